"""Error trackers record the local variables of frames: none that an error comes through holds a token or a mail."""

import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx
import pytest
from support.clients import REGION
from support.counting import Act, CountingServer, answers, counting_server, hangs_up, never_answers, resets, sends
from support.tracker import recorded
from support.transport import full_listener, never_reads, open_pool, talking_listener, transport_of

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors
from sesv2kit._core.http import SignedRequest
from sesv2kit._core.timeout import phases

pytestmark = pytest.mark.anyio
SECRET = "s3cr3t"
LARGE = 1_500_000
Send = Callable[[SignedRequest], Any]


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """Run a server."""
    with counting_server() as server:
        yield server


@pytest.fixture(params=["pool", "httpx"])
async def send(request: pytest.FixtureRequest, kind: str, credentials: Credentials) -> AsyncIterator[Send]:
    """Return a function that sends through a pool, or a client of httpx."""
    async with opened(request.param, kind, credentials) as backend:

        async def send(outgoing: SignedRequest) -> Any:
            return backend.send(outgoing) if kind == "sync" else await backend.send(outgoing)

        yield send


@asynccontextmanager
async def opened(way: str, kind: str, credentials: Credentials) -> AsyncIterator[Any]:
    """Open a pool, or a transport through httpx."""
    if way == "pool":
        async with open_pool(kind, ssl_context=ssl.create_default_context) as sender:
            yield sender.pool
    elif kind == "sync":
        with httpx.Client(verify=False) as client:
            yield transport_of(SESv2Client(region=REGION, credentials=credentials, http_client=client))
    else:
        async with httpx.AsyncClient(verify=False) as async_client:
            yield transport_of(AsyncSESv2Client(region=REGION, credentials=credentials, http_client=async_client))


def secret_request(url: str, size: int = 1, timeout: float | httpx.Timeout = 10, **headers: str) -> SignedRequest:
    """Return a request of which every part is a secret."""
    secrets = {"x-amz-security-token": SECRET, "authorization": f"Signature={SECRET}"}
    fields = {"host": "localhost", **secrets, **headers}
    return SignedRequest("SendEmail", "POST", url, fields, SECRET.encode() * size, phases(timeout))


FAILURES: dict[str, tuple[Act, int, httpx.Timeout]] = {
    "hung up": (hangs_up(), 1, httpx.Timeout(10)),
    "reset": (resets(), 1, httpx.Timeout(10)),
    "not HTTP": (sends(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), 1, httpx.Timeout(10)),
    "no response in time": (never_answers(), 1, httpx.Timeout(10, read=0.2)),
    "not written in time": (never_reads(), LARGE, httpx.Timeout(10, write=0.2)),
    "too large": (answers(body=b" " * 33 * 1024 * 1024), 1, httpx.Timeout(10)),
    "not gzip": (answers(body=b"{}", headers={"Content-Encoding": "gzip"}), 1, httpx.Timeout(10)),
}


@pytest.mark.filterwarnings("ignore:Async generator 'http(x|core):ResourceWarning")
@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
async def test_no_frame_of_a_failure_holds_the_request(
    send: Send, server: CountingServer, failure: tuple[Act, int, httpx.Timeout]
) -> None:
    act, size, timeout = failure
    server.script(act)
    with pytest.raises(errors.SESv2Error) as caught:
        await send(secret_request(server.url, size, timeout))
    assert SECRET not in recorded(caught.value)


async def test_no_frame_of_a_failure_to_connect_holds_the_request(send: Send) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        nobody = f"http://127.0.0.1:{gone.getsockname()[1]}"
    with full_listener() as full, talking_listener(b"no TLS") as talking:
        for url in (nobody, full, talking):
            with pytest.raises(errors.TransportError) as caught:
                await send(secret_request(url, timeout=0.3))
            assert SECRET not in recorded(caught.value)


@pytest.mark.parametrize("value", [f"{SECRET}\r\nx: y", f"{SECRET}\xe9", f"{SECRET}\u20ac"])
async def test_a_header_that_can_t_be_sent_is_not_shown(send: Send, server: CountingServer, value: str) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        await send(secret_request(server.url, **{"x-amz-security-token": value}))
    assert SECRET not in recorded(caught.value)
    assert server.received == []


@pytest.mark.filterwarnings("ignore:Async generator 'http(x|core):ResourceWarning")
@pytest.mark.parametrize("kind", ["asyncio", "trio"])
async def test_no_frame_of_a_cancelled_request_of_a_pool_holds_it(
    kind: str, server: CountingServer, credentials: Credentials
) -> None:
    server.script(never_answers(), never_reads())
    seen: list[BaseException] = []
    async with opened("pool", kind, credentials) as pool:

        async def call(size: int) -> None:
            try:
                await pool.send(secret_request(server.url, size))
            except BaseException as error:
                seen.append(error)
                raise

        for size in (1, LARGE):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(call, size)
                await anyio.to_thread.run_sync(server.arrived.acquire)
                await anyio.sleep(0.02)
                tasks.cancel_scope.cancel()
    assert len(seen) == 2
    assert not any(SECRET in recorded(error) for error in seen)


def test_a_request_and_a_response_show_no_more_than_they_must() -> None:
    assert SECRET not in repr(secret_request("http://127.0.0.1"))
