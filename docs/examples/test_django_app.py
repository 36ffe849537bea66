"""Tests of the Django app: each has a new client, which replaces the module's.

pytest docs/examples/test_django_app.py
"""

from collections.abc import Iterator

import django_app
import pytest
import respx
from django.test import AsyncClient, Client

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client

SEND = "https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails"
MAIL = {"to": "ann@example.net", "subject": "Your order", "text": "It is on its way."}


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Call the app, which uses the client of this test."""
    with SESv2Client(
        region="eu-west-1", credentials=Credentials("any", "any"), retry_mode="off"
    ) as ses:
        monkeypatch.setattr(django_app, "ses", ses)
        yield Client(SERVER_NAME="localhost")


@respx.mock
def test_a_mail_is_sent(browser: Client) -> None:
    """The response has the id that SES returns."""
    respx.post(SEND).respond(json={"MessageId": "0102"})
    response = browser.post("/mails", MAIL)
    assert (response.status_code, response.json()) == (201, {"message_id": "0102"})


@respx.mock
def test_the_response_has_the_code_of_a_refusal(browser: Client) -> None:
    """If SES refuses a mail, the response is not a success."""
    respx.post(SEND).respond(
        400, headers={"x-amzn-errortype": "MessageRejected"}, json={"message": "no"}
    )
    response = browser.post("/mails", MAIL)
    assert response.status_code == 502
    assert "MessageRejected" in response.content.decode()


@pytest.fixture
def anyio_backend() -> str:
    """Run the async tests on asyncio."""
    return "asyncio"


@pytest.mark.anyio
@respx.mock
async def test_a_mail_is_sent_from_the_async_view(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An async client belongs to one event loop, and every async test has its own."""
    respx.post(SEND).respond(json={"MessageId": "0102"})
    async with AsyncSESv2Client(
        region="eu-west-1", credentials=Credentials("any", "any")
    ) as ses:
        monkeypatch.setattr(django_app, "async_ses", ses)
        response = await AsyncClient(headers={"host": "localhost"}).post(
            "/async/mails", MAIL
        )
    assert (response.status_code, response.json()) == (201, {"message_id": "0102"})
