"""Many requests with random faults, timeouts and cancellations.

No mail is sent twice or misreported, nothing hangs, and nothing is left open on either side. `nox -s soak` makes it
some hundred thousand requests.
"""

import asyncio
import gc
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import anyio
import pytest
from support.clients import REGION
from support.counting import answer_bytes
from support.long_tests import LONG
from support.transport import no_tls, transport_of, until

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors
from sesv2kit._core.http import SignedRequest
from sesv2kit._core.timeout import DEFAULT_TIMEOUT, Phases
from sesv2kit._transport.asyncio_pool import AsyncioPool
from sesv2kit._transport.choice import AsyncTransport
from sesv2kit._transport.connections import Connections, PoolSettings
from sesv2kit._transport.pool import Pool

TIMES = 20 if LONG else 1
SLOTS = 20
CALLERS = 40

OK = answer_bytes()
ANSWERS: list[bytes] = [
    OK,
    answer_bytes(503),
    answer_bytes(headers={"Connection": "close"}),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK,
    OK + OK,
    OK[:-1],
    OK[:20],
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{",
    b"SSH-2.0-OpenSSH_9.6\r\n",
    b"",
]


class _Connection(asyncio.Protocol):
    """One connection of the faulty server."""

    def __init__(self, server: "FaultyServer") -> None:
        self._server = server
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server.open += 1

    def connection_lost(self, _exc: Exception | None) -> None:
        self._server.open -= 1

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        early = self._server.random.random() < 0.01
        if not end or (len(body) < int(head.rpartition(b"content-length: ")[2] or 0) and not early):
            return
        self._received = b""
        self._server.received += 1
        self._act(self._server.random)

    def _act(self, random: random.Random) -> None:
        answer = random.choice(ANSWERS) if random.random() < 0.2 else OK
        fate = random.random()
        if fate < 0.02:
            self._transport.abort()
        elif fate < 0.1:
            asyncio.get_running_loop().call_later(0.01 * random.random(), self._transport.write, answer)
        else:
            self._transport.write(answer)
            if fate < 0.13 or not answer.startswith(b"HTTP"):
                self._transport.close()


class FaultyServer:
    """A server that often does the wrong thing, on an event loop in a thread of its own."""

    def __init__(self) -> None:
        self.open = 0
        self.received = 0
        self.random = random.Random(1)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        serving = self._loop.create_server(lambda: _Connection(self), "127.0.0.1", 0, backlog=512)
        self._server = asyncio.run_coroutine_threadsafe(serving, self._loop).result(10)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        """Stop the server."""
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.call_later, 0.01, self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    """Run a faulty server."""
    server = FaultyServer()
    yield server
    server.stop()


class Calls:
    """So many calls, with timeouts by chance; counts what came of them."""

    def __init__(self, url: str, number: int) -> None:
        self._url = url
        self._left = iter(range(number))
        self._random = random.Random(2)
        self._lock = threading.Lock()
        self.ends: Counter[str] = Counter()

    def __iter__(self) -> Iterator[tuple[SignedRequest, float | None]]:
        """Yield calls, and how long to wait before each is cancelled."""
        while True:
            with self._lock:
                if next(self._left, None) is None:
                    return
                chance = self._random.random()
                size = 300_000 if self._random.random() < 0.02 else 200
            seconds = Phases(connect=5.0, write=5.0, pool=5.0, read=0.002 if chance < 0.05 else 0.5)
            yield (
                SignedRequest("SendEmail", "POST", self._url, {"host": "localhost"}, b"x" * size, seconds),
                chance / 20 if 0.05 < chance < 0.15 else None,
            )

    def ended(self, end: str) -> None:
        """Count the end of a call."""
        with self._lock:
            self.ends[end] += 1


def open_files() -> int:
    """Return the number of open file descriptors; 0 where that can't be known."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


def check_ends(calls: Calls, server: FaultyServer, number: int, files: int) -> None:
    """Check that everything was tried, and that nothing is left open."""
    assert calls.ends.total() == number
    assert calls.ends["200"] > number / 2
    assert {"503", "ConnectionLostError", "TimeoutError"} <= calls.ends.keys()
    until(lambda: server.open == 0)
    gc.collect()
    until(lambda: open_files() <= files)
    print(dict(calls.ends), f"{server.received} received, {server.open} open, {open_files() - files} files more")


def check_pool(connections: Connections, free: int) -> None:  # type: ignore[type-arg]
    """Check that a pool lost no slot and keeps no connection."""
    assert free == SLOTS
    assert connections._busy == set()
    assert [len(stack) for stack in connections._idle.values()] == [0]


@pytest.mark.parametrize("number", [2_500 * TIMES])
def test_nothing_is_left_open_by_the_sync_pool(server: FaultyServer, credentials: Credentials, number: int) -> None:
    files = open_files()
    pool = Pool(PoolSettings(ssl_context=no_tls, max_connections=SLOTS))
    transport = transport_of(SESv2Client(region=REGION, credentials=credentials))
    transport._backends["pool"] = pool
    calls = Calls(server.url, number)

    def caller() -> None:
        for request, _ in calls:
            try:
                calls.ended(str(transport.send(request).status))
            except errors.SESv2Error as error:
                calls.ended(type(error).__name__)

    threads = [threading.Thread(target=caller) for _ in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(next(iter(pool._connections._idle.values()))) <= SLOTS
    transport.close()
    check_pool(pool._connections, pool._slots.free)
    check_ends(calls, server, number, files)


async def call_all(transport: AsyncTransport, calls: Calls) -> None:
    """Make all calls, many at a time."""

    async def caller() -> None:
        for request, cancelled_after in calls:
            try:
                with anyio.move_on_after(cancelled_after) as scope:
                    calls.ended(str((await transport.send(request)).status))
                if scope.cancelled_caught:
                    calls.ended("cancelled")
            except errors.SESv2Error as error:
                calls.ended(type(error).__name__)

    async with anyio.create_task_group() as tasks:
        for _ in range(CALLERS):
            tasks.start_soon(caller)


@pytest.mark.parametrize("number", [2_500 * TIMES])
def test_nothing_is_left_open_by_the_async_pool(server: FaultyServer, credentials: Credentials, number: int) -> None:
    files = open_files()
    calls = Calls(server.url, number)

    async def main() -> AsyncioPool:
        transport = transport_of(AsyncSESv2Client(region=REGION, credentials=credentials))
        transport._backends["pool"] = pool = AsyncioPool(PoolSettings(ssl_context=no_tls, max_connections=SLOTS))
        await call_all(transport, calls)
        assert len(next(iter(pool._connections._idle.values()))) <= SLOTS
        await transport.aclose()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return pool

    pool = asyncio.run(main())
    check_pool(pool._connections, pool._slots.free)
    assert calls.ends["cancelled"]
    check_ends(calls, server, number, files)


# httpx leaves generators of its own behind when a body breaks off in the middle.
@pytest.mark.filterwarnings("ignore:Async generator 'http(x|core):ResourceWarning")
@pytest.mark.parametrize("number", [500 * TIMES])
def test_nothing_is_left_open_on_trio(server: FaultyServer, credentials: Credentials, number: int) -> None:
    files = open_files()
    calls = Calls(server.url, number)

    async def main() -> None:
        transport = transport_of(AsyncSESv2Client(region=REGION, credentials=credentials))
        await call_all(transport, calls)
        await transport.aclose()

    anyio.run(main, backend="trio")
    assert calls.ends["cancelled"]
    check_ends(calls, server, number, files)


@pytest.mark.parametrize("times", [20 * TIMES])
def test_a_pool_that_is_closed_in_the_middle_leaves_nothing_open(server: FaultyServer, times: int) -> None:
    files = open_files()
    for turn in range(times):
        asyncio.run(_closed_in_the_middle(server.url, turn / times / 20))
    until(lambda: server.open == 0)
    gc.collect()
    until(lambda: open_files() <= files)


async def _closed_in_the_middle(url: str, seconds: float) -> None:
    """Close a pool while many calls are in flight, waiting or about to begin."""
    pool = AsyncioPool(PoolSettings(ssl_context=no_tls, max_connections=SLOTS))

    async def caller() -> None:
        for _ in range(20):
            with suppress(errors.TransportError):
                await pool.send(SignedRequest("GetAccount", "GET", url, {"host": "localhost"}, b"", DEFAULT_TIMEOUT))

    calls = [asyncio.ensure_future(caller()) for _ in range(CALLERS)]
    await asyncio.sleep(seconds)
    await pool.aclose()
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert {type(result) for result in results} <= {type(None), errors.ConfigurationError}
    await asyncio.sleep(0)
