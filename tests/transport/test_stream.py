"""Responses and connections that fail: timeouts and cancellation in each phase, early responses, limits."""

import asyncio
import gc
import gzip
import socket
import threading
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import anyio
import httpx
import pytest
from support.clients import REGION, Connect
from support.counting import Act, CountingServer, answer_bytes, answers, counting_server, never_answers, resets, sends
from support.transport import (
    Sender,
    answers_early,
    answers_early_and_reads_no_further,
    full_listener,
    never_reads,
    open_pool,
    silent_listener,
    stalls_after,
    transport_of,
    trickles,
    until,
)

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors, models
from sesv2kit._core.http import SignedRequest
from sesv2kit._core.timeout import Phases
from sesv2kit._transport.asyncio_pool import AsyncioPool

pytestmark = [
    pytest.mark.anyio,
    # On trio, httpx leaves a generator of its own behind when a body breaks off in the middle.
    pytest.mark.filterwarnings("ignore:Async generator 'http(x|core):ResourceWarning"),
]
BOTH = pytest.mark.parametrize("kind", ["sync", "asyncio"])
ASYNC = pytest.mark.parametrize("kind", ["asyncio", "trio"])
SENT = b'{"MessageId": "0100"}'
LARGE = 20_000_000


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """Run a server."""
    with counting_server() as server:
        yield server


@pytest.fixture
async def ses(server: CountingServer, connect: Connect) -> AsyncIterator[AsyncSESv2Client]:
    """Return a client that makes one attempt."""
    async with connect(server.url, retry_mode="off") as client:
        yield client


@pytest.fixture
async def sender(kind: str) -> AsyncIterator[Sender]:
    """Open a pool with a small limit for answers."""
    async with open_pool(kind, max_body=10_000) as sender:
        yield sender


def content(size: int = 2) -> models.EmailContent:
    """Return a raw message of so many bytes."""
    return models.EmailContent(raw=models.RawMessage(data=b"\n" * size))


def phase(**seconds: float) -> httpx.Timeout:
    """Return timeouts of which only one is short."""
    return httpx.Timeout(10, **seconds)


# Timeouts ------------------------------------------------------------------------------------------------------------


async def test_connecting_that_takes_too_long_is_a_timeout_that_sent_nothing(connect: Connect) -> None:
    with full_listener() as url:
        async with connect(url, retry_mode="off", timeout=phase(connect=0.05)) as ses:
            with pytest.raises(errors.TimeoutError, match="connecting") as caught:
                await ses.send_email(content=content())
    assert caught.value.outcome == "not_sent"


async def test_a_tls_handshake_that_takes_too_long_is_a_timeout_that_sent_nothing(connect: Connect) -> None:
    with silent_listener() as url:
        async with connect(url, retry_mode="off", timeout=phase(connect=0.05)) as ses:
            with pytest.raises(errors.TimeoutError, match="connecting") as caught:
                await ses.send_email(content=content())
    assert caught.value.outcome == "not_sent"


async def test_writing_that_takes_too_long_is_a_timeout(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(never_reads())
    with pytest.raises(errors.AmbiguousSendError, match="sending the request") as caught:
        await ses.send_email(content=content(LARGE), options={"timeout": phase(write=0.05)})
    assert isinstance(caught.value.__cause__, errors.TimeoutError)
    assert len(server.received) == 1


async def test_a_response_that_takes_too_long_is_a_timeout(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(never_answers())
    with pytest.raises(
        errors.TimeoutError, match=r"for the response took longer than 0\.05 seconds, the read timeout$"
    ) as caught:
        await ses.get_account(options={"timeout": phase(read=0.05)})
    assert caught.value.outcome == "unknown"


async def test_a_response_that_comes_after_the_call_timeout_is_a_timeout_that_names_it(
    ses: AsyncSESv2Client, server: CountingServer
) -> None:
    server.script(never_answers())
    with pytest.raises(errors.TimeoutError, match=r"the call_timeout ran out while waiting for the response$"):
        await ses.get_account(options={"call_timeout": 0.2})


async def test_a_timeout_of_zero_sends_nothing(sender: Sender, server: CountingServer) -> None:
    with pytest.raises(errors.TimeoutError) as caught:
        await sender.send(server.url, timeout=0)
    assert caught.value.outcome == "not_sent"
    assert server.received == []


async def test_infinity_is_a_timeout_like_none(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(answers(body=SENT))
    response = await ses.send_email(content=content(), options={"timeout": float("inf")})
    assert response.message_id == "0100"


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1_000,
        b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100,
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 1_000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 200,
    ],
    ids=["head", "interim answers", "body", "chunks"],
)
async def test_a_response_that_arrives_slowly_ends_at_the_deadline(
    sender: Sender, server: CountingServer, data: bytes
) -> None:
    server.script(trickles(data, pause=0.01))
    begun = time.monotonic()
    with pytest.raises(errors.TimeoutError):
        await sender.send(server.url, deadline=begun + 0.1)
    assert (await sender.send(server.url, deadline=time.monotonic() + 10)).status == 200


async def test_a_deadline_that_has_passed_sends_nothing(sender: Sender, server: CountingServer) -> None:
    await sender.send(server.url)
    for url in (server.url, f"{server.url}/new"):
        with pytest.raises(errors.TimeoutError) as caught:
            await sender.send(url, deadline=time.monotonic())
        assert caught.value.outcome == "not_sent"
    assert len(server.received) == 1


async def test_writing_does_not_outlive_the_deadline(sender: Sender, server: CountingServer) -> None:
    server.script(never_reads())
    with pytest.raises(errors.TimeoutError, match="sending"):
        await sender.send(server.url, b"x" * LARGE, deadline=time.monotonic() + 0.5)


# Cancellation --------------------------------------------------------------------------------------------------------


async def cancelled(call: Callable[[], Awaitable[object]], when: Callable[[], object] | None = None) -> None:
    """Make a call and cancel it, when something has happened or a moment later."""
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(call)
        if when:
            await anyio.to_thread.run_sync(when)
        await anyio.sleep(0.02)
        tasks.cancel_scope.cancel()


@ASYNC
async def test_a_call_can_be_cancelled_while_it_connects(connect: Connect) -> None:
    with full_listener() as url:
        async with connect(url) as ses:
            await cancelled(ses.get_account)


# On trio, httpcore leaves the socket of a cancelled handshake to the garbage collection.
@ASYNC
@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
async def test_a_call_can_be_cancelled_in_the_tls_handshake(connect: Connect) -> None:
    with silent_listener() as url:
        async with connect(url) as ses:
            await cancelled(ses.get_account)
    gc.collect()


@ASYNC
@pytest.mark.parametrize(
    "begun", [b"", b"HTTP/1.1 20", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"], ids=["wait", "head", "body"]
)
async def test_a_call_can_be_cancelled_while_it_reads(
    ses: AsyncSESv2Client, server: CountingServer, begun: bytes
) -> None:
    def call() -> Awaitable[object]:
        return ses.get_account(options={"timeout": None})

    server.script(stalls_after(begun), answers(body=b'{"SendingEnabled": true}'))
    await cancelled(call, server.arrived.acquire)
    assert (await ses.get_account()).sending_enabled is True
    assert (len(server.received), len(server.connections)) == (2, 2)


@ASYNC
async def test_a_call_can_be_cancelled_while_it_writes(ses: AsyncSESv2Client, server: CountingServer) -> None:
    def call() -> Awaitable[object]:
        return ses.send_email(content=content(LARGE), options={"timeout": None})

    server.script(never_reads(), answers(body=SENT))
    await cancelled(call, server.arrived.acquire)
    assert (await ses.send_email(content=content())).message_id == "0100"
    assert len(server.connections) == 2


@pytest.mark.parametrize("kind", ["asyncio"])
async def test_a_cancelled_call_gives_its_slot_back_in_every_phase(kind: str, server: CountingServer) -> None:
    async with open_pool(kind, max_connections=1) as sender:
        server.script(never_reads(), never_answers(), trickles(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" * 9))
        for body in (b"x" * LARGE, b"", b""):
            call = asyncio.ensure_future(sender.send(server.url, body))
            await asyncio.to_thread(server.arrived.acquire)
            await asyncio.sleep(0.02)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
        with full_listener() as url:
            call = asyncio.ensure_future(sender.send(url))
            await asyncio.sleep(0.02)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
        assert (await sender.send(server.url, timeout=httpx.Timeout(5, pool=1))).status == 200


# The connection ends in the very moment of its reuse -----------------------------------------------------------------


def ends_at_reuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide from the pool that a connection was closed, as if it were closed right after the look."""
    monkeypatch.setattr("sesv2kit._transport.connections.Connection.can_be_reused", lambda _connection: True)


async def test_a_send_on_a_connection_that_ends_right_then_is_ambiguous(
    connect: Connect, server: CountingServer
) -> None:
    # The server reads the second request, or its beginning, and closes: nothing tells whether it acted on it.
    server.script(answers(body=SENT), sends())
    async with connect(server.url) as ses:
        await ses.send_email(content=content())
        with pytest.raises(errors.AmbiguousSendError):
            await ses.send_email(content=content())
    assert (len(server.received), len(server.connections)) == (2, 1)


async def test_a_send_of_which_nothing_could_be_written_is_made_again(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer
) -> None:
    monkeypatch.setattr("sesv2kit._call.pipeline.backoff", lambda *_: 0.0)
    async with connect(server.url) as ses:
        server.script(resets_after_answer(), answers(body=SENT))
        await ses.send_email(content=content())
        assert server.closed.acquire(timeout=10)
        ends_at_reuse(monkeypatch)
        response = await ses.send_email(content=content())
    assert (response.message_id, response.metadata.attempts) == ("0100", 2)
    assert (len(server.received), len(server.connections)) == (2, 2)


def resets_after_answer() -> Act:
    """Answer, then break the connection off when the answer is read."""

    def perform(connection: socket.socket, stopping: threading.Event) -> None:
        answers(body=SENT).perform(connection, stopping)
        stopping.wait(0.05)
        resets().perform(connection, stopping)

    return Act(perform)


# Answers before their time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [10, LARGE])
async def test_a_response_during_the_upload_is_read(ses: AsyncSESv2Client, server: CountingServer, size: int) -> None:
    server.script(answers_early(413))
    with pytest.raises((errors.APIError, errors.AmbiguousSendError)):
        await ses.send_email(content=content(size))
    assert (await ses.get_account()).metadata.status_code == 200
    assert (len(server.received), len(server.connections)) == (2, 2)


async def test_a_response_during_the_upload_ends_the_upload(sender: Sender, server: CountingServer) -> None:
    server.script(answers_early_and_reads_no_further(413))
    # Without a time limit for writing: the answer is seen although the request could not be written.
    assert (await sender.send(server.url, b"x" * LARGE, timeout=httpx.Timeout(None, read=10))).status == 413
    assert (await sender.send(server.url)).status == 200
    assert len(server.connections) == 2


async def test_a_success_during_the_upload_is_an_ambiguous_send_error(
    ses: AsyncSESv2Client, server: CountingServer
) -> None:
    # It may be meant for an earlier mail; this one can't have been taken.
    server.script(answers_early_and_reads_no_further(200, SENT))
    with pytest.raises(errors.AmbiguousSendError, match="before it had the whole request"):
        await ses.send_email(content=content(LARGE))
    assert (await ses.get_account()).metadata.status_code == 200
    assert (len(server.received), len(server.connections)) == (2, 2)


@pytest.mark.parametrize("kind", ["asyncio"])
async def test_a_response_that_arrives_while_the_write_buffer_is_full_is_read(
    sender: Sender, server: CountingServer
) -> None:
    no_room = threading.Event()

    def answer(connection: socket.socket, stopping: threading.Event) -> None:
        no_room.wait(20)
        answers_early_and_reads_no_further(413).perform(connection, stopping)

    def is_held_up() -> bool:
        pool = sender.pool
        assert isinstance(pool, AsyncioPool)
        return any(connection._protocol and connection._protocol.is_paused for connection in pool._connections.busy())

    server.script(Act(answer, read_body=False))
    sending = asyncio.create_task(sender.send(server.url, b"x" * LARGE))
    await anyio.to_thread.run_sync(until, is_held_up)
    no_room.set()
    assert (await sending).status == 413


@pytest.mark.parametrize("size", [100, 20_000, 3_000_000])
@pytest.mark.parametrize(
    "interim",
    [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n" * 3],
    ids=["100", "103"],
)
async def test_an_interim_response_during_the_upload_does_not_end_it(
    connect: Connect, size: int, interim: bytes
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve_early, args=[listener, interim])
        thread.start()
        async with connect(f"http://127.0.0.1:{listener.getsockname()[1]}", retry_mode="off") as ses:
            for _ in range(2):
                assert (await ses.send_email(content=content(size))).message_id == "0100"
        await anyio.to_thread.run_sync(thread.join)


def serve_early(listener: socket.socket, interim: bytes) -> None:
    """Serve two requests on one connection; say something to each when only its head was read."""
    connection, _ = listener.accept()
    with connection:
        for _ in range(2):
            data = b""
            while b"\r\n\r\n" not in data:
                data += connection.recv(65_536)
            head, _, body = data.partition(b"\r\n\r\n")
            connection.sendall(interim)
            time.sleep(0.05)  # until the client is held up in its writing
            left = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]) - len(body)
            while left > 0:
                left -= len(connection.recv(65_536))
            connection.sendall(answer_bytes(body=SENT))


# Answers without end -------------------------------------------------------------------------------------------------


async def test_endless_interim_responses_end_the_call(sender: Sender, server: CountingServer) -> None:
    server.script(sends(b"HTTP/1.1 102 Processing\r\n\r\n" * 1_000))
    with pytest.raises(errors.ConnectionLostError, match="interim") as caught:
        await sender.send(server.url, timeout=httpx.Timeout(None))
    assert caught.value.outcome == "unknown"
    assert (await sender.send(server.url)).status == 200


@pytest.mark.parametrize(
    "data",
    [b"HTTP/1.1 102 Processing\r\n\r\n" * 30, b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 10_000],
    ids=["interim answers", "head"],
)
async def test_a_head_that_trickles_takes_no_longer_than_reading_may(
    sender: Sender, server: CountingServer, data: bytes
) -> None:
    server.script(trickles(data, pause=0.01))
    with pytest.raises(errors.TimeoutError, match="the response") as caught:
        await sender.send(server.url, timeout=httpx.Timeout(None, read=0.3))
    assert caught.value.outcome == "unknown"


# Limits --------------------------------------------------------------------------------------------------------------


def gzipped(body: bytes) -> Act:
    """Answer with a compressed body."""
    return answers(body=gzip.compress(body), headers={"Content-Encoding": "gzip"})


TOO_MUCH: dict[str, Act] = {
    "by length": answers(body=b"x" * 10_001),
    "in chunks": sends(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + (b"3e8\r\n" + b"x" * 1000 + b"\r\n") * 11
    ),
    "to the end": sends(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 10_001),
    "unpacked": gzipped(b"x" * 10_001),
    "deflated": answers(body=zlib.compress(b"x" * 10_001), headers={"content-encoding": "deflate"}),
}


@pytest.mark.parametrize("act", TOO_MUCH.values(), ids=TOO_MUCH.keys())
async def test_a_response_over_the_maximum_size_is_refused(sender: Sender, server: CountingServer, act: Act) -> None:
    server.script(act)
    with pytest.raises(errors.ResponseError, match="more than 10000 bytes"):
        await sender.send(server.url)
    assert (await sender.send(server.url)).status == 200


@pytest.mark.parametrize("act", [answers(body=b"x" * 10_000), gzipped(b"x" * 10_000)], ids=["plain", "gzip"])
async def test_a_response_of_the_maximum_size_is_read(sender: Sender, server: CountingServer, act: Act) -> None:
    server.script(act)
    assert (await sender.send(server.url)).body == b"x" * 10_000


async def test_an_oversized_response_is_an_error_of_the_package(
    monkeypatch: pytest.MonkeyPatch, ses: AsyncSESv2Client, server: CountingServer
) -> None:
    monkeypatch.setattr("sesv2kit._transport.choice.MAX_BODY", 10_000)
    server.script(answers(body=b" " * 10_001), answers(body=SENT))
    with pytest.raises(errors.ResponseError, match="10000 bytes"):
        await ses.get_account()
    assert (await ses.send_email(content=content())).message_id == "0100"


async def test_a_body_larger_than_any_buffer_is_read_whole(kind: str, server: CountingServer) -> None:
    body = bytes(range(256)) * 8_192
    server.script(answers(body=body))
    async with open_pool(kind) as sender:
        assert (await sender.send(server.url, body)).body == body
        assert (await sender.send(server.url)).status == 200
    assert server.received[0].body == body
    assert len(server.connections) == 1


@BOTH
async def test_head_and_body_of_a_request_travel_together(sender: Sender) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> bytes:
            connection, _ = listener.accept()
            with connection:
                data = connection.recv(65_536)
                connection.sendall(answer_bytes())
                return data

        serving = asyncio.ensure_future(asyncio.to_thread(serve))
        await sender.send(f"http://127.0.0.1:{listener.getsockname()[1]}", b"the body")
        assert (await serving).endswith(b"\r\n\r\nthe body")


@pytest.mark.parametrize("host", ["a..b", "x" * 64 + ".example", "nobody.invalid"])
async def test_a_host_that_can_t_be_found_is_an_error_of_the_package(connect: Connect, host: str) -> None:
    async with connect(f"http://{host}", retry_mode="off") as ses:
        with pytest.raises((errors.ConnectError, errors.ConfigurationError)) as caught:
            await ses.send_email(content=content())
    assert not isinstance(caught.value, errors.ConnectError) or caught.value.outcome == "not_sent"


# Through httpx -------------------------------------------------------------------------------------------------------


@ASYNC
@pytest.mark.parametrize("given", [False, True])
async def test_the_deadline_holds_for_every_way_to_send(
    server: CountingServer, credentials: Credentials, given: bool
) -> None:
    http_client = httpx.AsyncClient() if given else None
    transport = transport_of(AsyncSESv2Client(region=REGION, credentials=credentials, http_client=http_client))
    server.script(trickles(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1_000, pause=0.01))
    timeouts = Phases(connect=5.0, write=5.0, read=5.0, pool=5.0)
    request = SignedRequest("GetAccount", "GET", server.url, {"host": "x"}, b"", timeouts, time.monotonic() + 0.3)
    with pytest.raises(errors.TimeoutError) as caught:
        await transport.send(request)
    assert caught.value.outcome == "unknown"
    await transport.aclose()
    if http_client:
        await http_client.aclose()


def test_a_closed_http_client_raises_a_configuration_error(server: CountingServer, credentials: Credentials) -> None:
    given = httpx.Client()
    given.close()
    with (
        SESv2Client(region=REGION, credentials=credentials, endpoint_url=server.url, http_client=given) as ses,
        pytest.raises(errors.ConfigurationError, match="closed"),
    ):
        ses.get_account()
    assert server.received == []


@ASYNC
async def test_a_closed_async_http_client_raises_a_configuration_error(
    server: CountingServer, credentials: Credentials
) -> None:
    given = httpx.AsyncClient()
    await given.aclose()
    async with AsyncSESv2Client(
        region=REGION, credentials=credentials, endpoint_url=server.url, http_client=given
    ) as ses:
        with pytest.raises(errors.ConfigurationError, match="closed"):
            await ses.get_account()
    assert server.received == []
