"""The event hooks of the caller's own httpx client."""

from typing import Any

import httpx
import pytest
from support.clients import Connect
from support.counting import CountingServer, answers
from support.unit import CONTENT

from sesv2kit import errors

pytestmark = pytest.mark.anyio


def client_of(kind: str, hook: Any) -> Any:
    """Return an httpx client with a hook for its responses."""

    async def async_hook(response: httpx.Response) -> None:
        hook(response)

    if kind == "sync":
        return httpx.Client(event_hooks={"response": [hook]}, trust_env=False, verify=False)
    return httpx.AsyncClient(event_hooks={"response": [async_hook]}, trust_env=False, verify=False)


async def close(http_client: Any) -> None:
    """Close either client."""
    if isinstance(http_client, httpx.Client):
        http_client.close()
    else:
        await http_client.aclose()


def raises(response: httpx.Response) -> None:
    """Do what many people have their clients do."""
    response.raise_for_status()


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (400, {"x-amzn-errortype": "MessageRejected"}, errors.MessageRejected),
        (404, {}, errors.APIClientError),
        (302, {}, errors.ResponseError),
        (500, {"x-amzn-requestid": "r-1"}, errors.AmbiguousSendError),
        (503, {}, errors.AmbiguousSendError),
    ],
)
async def test_raise_for_status_in_a_hook_is_read_as_the_response(
    connect: Connect,
    server: CountingServer,
    kind: str,
    status: int,
    headers: dict[str, str],
    error: type[errors.SESv2Error],
) -> None:
    server.script(answers(status, b"{}", headers))
    http_client = client_of(kind, raises)
    async with connect(server.url, http_client=http_client) as ses:
        with pytest.raises(errors.SESv2Error) as caught:
            await ses.send_email(content=CONTENT)
    await close(http_client)
    assert type(caught.value) is error
    assert len(server.received) == 1


async def test_a_refusal_that_passes_is_repeated(connect: Connect, server: CountingServer, kind: str) -> None:
    server.script(answers(429, b"{}", {"x-amzn-errortype": "TooManyRequestsException"}))
    http_client = client_of(kind, raises)
    async with connect(server.url, http_client=http_client) as ses:
        assert (await ses.send_email(content=CONTENT)).message_id == "m-1"
    await close(http_client)


async def test_an_error_about_another_request_proves_nothing(
    connect: Connect, server: CountingServer, kind: str
) -> None:
    def fails(_response: httpx.Response) -> None:
        other = httpx.Request("GET", "http://metrics.example/")
        httpx.Response(404, request=other).raise_for_status()

    http_client = client_of(kind, fails)
    async with connect(server.url, http_client=http_client) as ses:
        with pytest.raises(errors.AmbiguousSendError):
            await ses.send_email(content=CONTENT)
    await close(http_client)
    assert len(server.received) == 1
