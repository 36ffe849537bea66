"""Tests of the FastAPI app: each has a new client, which replaces the app's.

pytest docs/examples/test_fastapi_app.py
"""

from collections.abc import AsyncGenerator

import httpx
import pytest
import respx
from fastapi_app import app, get_ses

from sesv2kit import AsyncSESv2Client, Credentials

SEND = "https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails"
MAIL = {"to": "ann@example.net", "subject": "Your order", "text": "It is on its way."}


@pytest.fixture
def anyio_backend() -> str:
    """Run the tests on asyncio."""
    return "asyncio"


@pytest.fixture
async def browser() -> AsyncGenerator[httpx.AsyncClient]:
    """Call the app in the test's own event loop, where its client lives, too."""
    async with (
        AsyncSESv2Client(
            region="eu-west-1", credentials=Credentials("any", "any"), retry_mode="off"
        ) as ses,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://app"
        ) as browser,
    ):
        app.dependency_overrides[get_ses] = lambda: ses
        yield browser
        app.dependency_overrides.clear()


@pytest.mark.anyio
@respx.mock
async def test_a_mail_is_sent(browser: httpx.AsyncClient) -> None:
    """The response has the id that SES returns."""
    respx.post(SEND).respond(json={"MessageId": "0102"})
    response = await browser.post("/mails", json=MAIL)
    assert (response.status_code, response.json()) == (201, {"message_id": "0102"})


@pytest.mark.anyio
@respx.mock
async def test_the_browser_may_try_again_if_ses_is_out_of_reach(
    browser: httpx.AsyncClient,
) -> None:
    """Nothing was sent, so a second try can't double the mail."""
    respx.post(SEND).mock(side_effect=httpx.ConnectError("no route to SES"))
    response = await browser.post("/mails", json=MAIL)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


@pytest.mark.anyio
@respx.mock
async def test_the_response_says_that_the_mail_may_have_been_sent(
    browser: httpx.AsyncClient,
) -> None:
    """A lost response is not a lost mail."""
    route = respx.post(SEND).mock(
        side_effect=httpx.ReadError("the connection was lost")
    )
    response = await browser.post("/mails", json=MAIL)
    assert (response.status_code, route.call_count) == (502, 1)
