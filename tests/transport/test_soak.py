"""Many requests with random faults, timeouts and cancellations.

No mail is sent twice or misreported, nothing hangs, and nothing is left open on either side. SESV2KIT_SOAK=1 makes it
some hundred thousand requests.
"""

import asyncio
import gc
import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import anyio
import pytest
import trustme
from support.clients import REGION
from support.counting import answer_bytes
from support.faulty import MailServer
from support.transport import no_tls, server_context, transport_of, until

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors
from sesv2kit._core.http import SignedRequest
from sesv2kit._core.timeout import DEFAULT_TIMEOUT, Phases
from sesv2kit._transport import tls
from sesv2kit._transport.asyncio_pool import AsyncioPool
from sesv2kit._transport.choice import AsyncTransport
from sesv2kit._transport.connections import Connections, PoolSettings
from sesv2kit._transport.pool import Pool

TIMES = 20 if os.environ.get("SESV2KIT_SOAK") else 1
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


# The truth about each mail -------------------------------------------------------------------------------------------

MAILS = 20_000 if TIMES > 1 else 400


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Return an authority; making its keys takes a while."""
    return trustme.CA()


@pytest.fixture(params=["directly", "forwarded", "through a tunnel", "directly over TLS"])
def mail_server(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, authority: trustme.CA
) -> Iterator[MailServer]:
    """Run a faulty server, and name its proxy in the environment if mails go through that."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    monkeypatch.setattr("sesv2kit._call.pipeline.backoff", lambda *_: 0.0)
    monkeypatch.setattr("sesv2kit._call.retry.RetryQuota.CAPACITY", 10**9)
    tls._new_ssl_context.cache_clear()
    with_tls = "TLS" in request.param or "tunnel" in request.param
    server = MailServer(context=server_context(authority, "localhost") if with_tls else None)
    if "directly" not in request.param:
        monkeypatch.delenv("NO_PROXY")
        monkeypatch.setenv("ALL_PROXY", server.proxy_url)
    yield server
    server.stop()
    tls._new_ssl_context.cache_clear()


class Mails:
    """Mails with numbers for names, some of them in a hurry; keeps what was reported of each."""

    def __init__(self, number: int) -> None:
        self._names = (str(name) for name in range(number))
        self._lock = threading.Lock()
        self.random = random.Random(3)
        self.reports: dict[str, str] = {}

    def __iter__(self) -> Iterator[str]:
        while True:
            with self._lock:
                name = next(self._names, None)
            if name is None:
                return
            yield name

    def arguments(self, name: str) -> dict[str, Any]:
        """Return the arguments of a mail."""
        options = {"timeout": 0.02 if self.random.random() < 0.05 else 5}
        return {"email_address": f"{name}@example.com", "template_name": "t" * 60, "options": options}


def reported(error: errors.SESv2Error) -> str:
    """Return what an error reports of a mail."""
    if isinstance(error, errors.TransportError):
        return error.outcome
    assert isinstance(error, errors.APIError), repr(error)
    return "not_sent"


def check_truth(mails: Mails, server: MailServer, number: int) -> None:
    """Check what was reported of each mail against what the server knows."""
    assert len(mails.reports) == number
    doubled = {name for name, times in server.taken.items() if times > 1}
    wrong = {name: report for name, report in mails.reports.items() if not is_true(name, report, server.taken[name])}
    counts = Counter("sent" if report == name else report for name, report in mails.reports.items())
    print(dict(counts), f"{server.requests} requests, {len(doubled)} doubled, {len(wrong)} misreported")
    assert (doubled, wrong) == (set(), {})
    assert counts["sent"] > number / 2
    assert counts["unknown"]


def is_true(name: str, report: str, times: int) -> bool:
    """Return whether what was reported of a mail can be true."""
    if report in ("unknown", "cancelled"):
        return True
    return times == (1 if report == name else 0) and report in (name, "not_sent")


def test_the_truth_is_reported_of_each_mail(mail_server: MailServer, credentials: Credentials) -> None:
    files, mails = open_files(), Mails(MAILS)
    with SESv2Client(region=REGION, credentials=credentials, endpoint_url=mail_server.url) as ses:

        def caller() -> None:
            for name in mails:
                try:
                    report = ses.send_custom_verification_email(**mails.arguments(name)).message_id or "none"
                except errors.SESv2Error as error:
                    report = reported(error)
                mails.reports[name] = report

        threads = [threading.Thread(target=caller) for _ in range(CALLERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    check_truth(mails, mail_server, MAILS)
    until(lambda: mail_server.open == 0)
    gc.collect()
    until(lambda: open_files() <= files)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_the_truth_is_reported_of_each_mail_of_an_async_client(
    mail_server: MailServer, credentials: Credentials, backend: str
) -> None:
    files, mails = open_files(), Mails(MAILS)

    async def caller(ses: AsyncSESv2Client) -> None:
        for name in mails:
            mails.reports[name] = "cancelled"
            with anyio.move_on_after(0.01 if mails.random.random() < 0.05 else None):
                try:
                    response = await ses.send_custom_verification_email(**mails.arguments(name))
                    mails.reports[name] = response.message_id or "none"
                except errors.SESv2Error as error:
                    mails.reports[name] = reported(error)

    async def main() -> None:
        async with (
            AsyncSESv2Client(region=REGION, credentials=credentials, endpoint_url=mail_server.url) as ses,
            anyio.create_task_group() as tasks,
        ):
            for _ in range(CALLERS):
                tasks.start_soon(caller, ses)

    anyio.run(main, backend=backend)
    check_truth(mails, mail_server, MAILS)
    until(lambda: mail_server.open == 0)
    gc.collect()
    until(lambda: open_files() <= files)


# A process whose threads send mails while it forks; each child sends some through its copy of the client and closes it.
FORKING = """
import faulthandler, os, sys, threading, time, warnings
from sesv2kit import Credentials, SESv2Client, errors
import sesv2kit._call.pipeline as pipeline

warnings.simplefilter("ignore", DeprecationWarning)  # of forks with threads
pipeline.backoff = lambda *_: 0.0
url, number, children = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
ses = SESv2Client(region="eu-west-1", credentials=Credentials("AKIDEXAMPLE", "secret"), endpoint_url=url)

def send(name):
    try:
        report = ses.send_custom_verification_email(email_address=f"{name}@example.com", template_name="t").message_id
    except errors.SESv2Error as error:
        report = getattr(error, "outcome", "not_sent")
    os.write(1, f"{name} {report}\\n".encode())

def parent(first):
    for name in range(first, number, 8):
        send(str(name))

def child(number):
    faulthandler.dump_traceback_later(60, exit=True)  # says where it hangs
    code = 1
    try:
        for mail in range(5):
            send(f"child-{number}-{mail}")
        ses.close()
        code = 0
    finally:
        os._exit(code)

send("first")  # imports what there is to import: Python itself hangs in a child that is forked in the midst of that
threads = [threading.Thread(target=parent, args=[first]) for first in range(8)]
for thread in threads:
    thread.start()
for count in range(children):
    if not (pid := os.fork()):
        child(count)
    if count % 4 == 3:
        for _ in range(4):
            assert os.wait()[1] == 0
for thread in threads:
    thread.join()
ses.close()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_the_truth_is_reported_of_each_mail_of_a_process_that_forks(mail_server: MailServer) -> None:
    number, children = MAILS, MAILS // 20
    done = subprocess.run(
        [sys.executable, "-c", FORKING, mail_server.url, str(number), str(children)],
        capture_output=True,
        text=True,
        timeout=60 * TIMES,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    mails = Mails(0)
    mails.reports = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    check_truth(mails, mail_server, 1 + number + 5 * children)
    until(lambda: mail_server.open == 0)
