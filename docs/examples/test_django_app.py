"""Tests of the Django app: the fixture `fake_ses` catches every client.

pytest docs/examples/test_django_app.py
"""

from importlib import import_module

import pytest
from django.test import AsyncClient, Client

from sesv2kit.testing import FakeSES

import_module("django_app")  # sets Django up; in a project, pytest-django does that
MAIL = {"to": "ann@example.net", "subject": "Your order", "text": "It is on its way."}


@pytest.fixture
def browser() -> Client:
    """Call the app."""
    return Client(SERVER_NAME="localhost")


def test_a_mail_is_sent(browser: Client, fake_ses: FakeSES) -> None:
    """The response has the id that SES returns."""
    response = browser.post("/mails", MAIL)
    assert response.status_code == 201
    assert response.json() == {"message_id": fake_ses.outbox[-1].message_id}
    fake_ses.assert_sent(to="ann@example.net", subject="Your order", times=1)


def test_the_response_has_the_code_of_a_refusal(
    browser: Client, fake_ses: FakeSES
) -> None:
    """If SES refuses a mail, the response is not a success."""
    fake_ses.faults.on("SendEmail").error("MessageRejected")
    response = browser.post("/mails", MAIL)
    assert response.status_code == 502
    assert "MessageRejected" in response.content.decode()


@pytest.fixture
def anyio_backend() -> str:
    """Run the async tests on asyncio."""
    return "asyncio"


@pytest.mark.anyio
@pytest.mark.parametrize("to", ["ann@example.net", "ben@example.net"])
async def test_a_mail_is_sent_from_the_async_view(fake_ses: FakeSES, to: str) -> None:
    """Each test has an event loop of its own; with the fake, one client is enough."""
    browser = AsyncClient(headers={"host": "localhost"})
    response = await browser.post("/async/mails", MAIL | {"to": to})
    assert response.status_code == 201
    fake_ses.assert_sent(to=to, times=1)
