"""`@respx.mock` with its defaults mocks the default clients, and no socket is opened."""

import socket
from collections.abc import AsyncIterator

import httpx
import pytest
import respx

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors, models

REGION = "eu-west-1"
ENDPOINT = "https://email.eu-west-1.amazonaws.com"
SEND = f"{ENDPOINT}/v2/email/outbound-emails"
CONTENT = models.EmailContent(raw=models.RawMessage(data=b"x"))


@pytest.fixture(autouse=True)
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no connection be made."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
async def ses(credentials: Credentials) -> AsyncIterator[AsyncSESv2Client]:
    """Open a default async client."""
    async with AsyncSESv2Client(region=REGION, credentials=credentials, retry_mode="off") as client:
        yield client


@respx.mock
def test_the_sync_client_is_intercepted(client: SESv2Client) -> None:
    route = respx.post(SEND).respond(json={"MessageId": "0100"})
    for _ in range(3):
        assert client.send_email(content=CONTENT).message_id == "0100"
    assert route.call_count == 3
    assert b"Raw" in route.calls.last.request.content


@pytest.mark.anyio
@respx.mock
async def test_the_async_client_is_intercepted(ses: AsyncSESv2Client) -> None:
    route = respx.post(SEND).respond(json={"MessageId": "0100"})
    for _ in range(3):
        assert (await ses.send_email(content=CONTENT)).message_id == "0100"
    assert route.call_count == 3
    assert b"Raw" in route.calls.last.request.content


@respx.mock
def test_mocked_errors_of_the_sync_client_are_ours(client: SESv2Client) -> None:
    respx.post(SEND).mock(side_effect=[httpx.Response(400, json={"__type": "MessageRejected"}), httpx.ReadTimeout])
    with pytest.raises(errors.MessageRejected):
        client.send_email(content=CONTENT)
    with pytest.raises(errors.AmbiguousSendError):
        client.send_email(content=CONTENT)


@pytest.mark.anyio
@respx.mock
async def test_mocked_errors_of_the_async_client_are_ours(ses: AsyncSESv2Client) -> None:
    respx.post(SEND).mock(side_effect=[httpx.Response(400, json={"__type": "MessageRejected"}), httpx.ReadTimeout])
    with pytest.raises(errors.MessageRejected):
        await ses.send_email(content=CONTENT)
    with pytest.raises(errors.AmbiguousSendError):
        await ses.send_email(content=CONTENT)


@pytest.mark.anyio
async def test_the_fixture_intercepts_too(ses: AsyncSESv2Client, respx_mock: respx.MockRouter) -> None:
    respx_mock.get(f"{ENDPOINT}/v2/email/account").respond(json={"SendingEnabled": True})
    assert (await ses.get_account()).sending_enabled is True
