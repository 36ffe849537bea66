"""Tests of the FastAPI app, with a client of the fake in place of the app's client.

pytest docs/examples/test_fastapi_app.py
"""

from collections.abc import AsyncGenerator

import httpx
import pytest
from fastapi_app import app, get_ses

from sesv2kit import AsyncSESv2Client
from sesv2kit.testing import FakeSES

MAIL = {"to": "ann@example.net", "subject": "Your order", "text": "It is on its way."}


@pytest.fixture
def anyio_backend() -> str:
    """Run the tests on asyncio."""
    return "asyncio"


@pytest.fixture
async def browser(
    async_ses: AsyncSESv2Client, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[httpx.AsyncClient]:
    """Call the app; its client does not repeat what fails, so that no test waits."""
    monkeypatch.setenv("AWS_RETRY_MODE", "off")
    app.dependency_overrides[get_ses] = lambda: async_ses
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://app") as browser:
        yield browser
    app.dependency_overrides.clear()


@pytest.mark.anyio
async def test_a_mail_is_sent(browser: httpx.AsyncClient, fake_ses: FakeSES) -> None:
    """The response has the id that SES returns."""
    response = await browser.post("/mails", json=MAIL)
    assert response.status_code == 201
    assert response.json() == {"message_id": fake_ses.outbox[-1].message_id}
    fake_ses.assert_sent(to="ann@example.net", subject="Your order", times=1)


@pytest.mark.anyio
async def test_the_browser_may_try_again_if_ses_is_out_of_reach(
    browser: httpx.AsyncClient, fake_ses: FakeSES
) -> None:
    """Nothing was sent, so a second try can't double the mail."""
    fake_ses.faults.on("SendEmail").refuse_connection()
    response = await browser.post("/mails", json=MAIL)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert not fake_ses.outbox


@pytest.mark.anyio
async def test_the_response_says_that_the_mail_may_have_been_sent(
    browser: httpx.AsyncClient, fake_ses: FakeSES
) -> None:
    """A lost response is not a lost mail."""
    fake_ses.faults.on("SendEmail").lose_answer()
    response = await browser.post("/mails", json=MAIL)
    assert (response.status_code, len(fake_ses.outbox)) == (502, 1)
