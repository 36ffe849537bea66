"""Many mails through a faulty server: what is reported of each is true, and none is doubled.

Nothing hangs, no foreign exception appears, and nothing is left open on either side. SESV2KIT_MAILS says how many mails
each test sends. Each test prints a row of the table in docs/errors.md:

    SESV2KIT_MAILS=40000 nox -s soak -- -n0 -s tests/transport/test_truth.py
"""

import asyncio
import gc
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
import trio
import trustme
from support.faulty import MailServer
from support.transport import server_context, until

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors
from sesv2kit._transport import tls

MAILS = int(os.environ.get("SESV2KIT_MAILS", "100"))
CALLERS = 40
MAX_SECONDS = 120 + MAILS / 20
"""Seconds after which a test counts what has not ended as hung."""


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Return an authority; making its keys takes a while."""
    return trustme.CA()


@pytest.fixture(params=["direct", "forwarding proxy", "CONNECT proxy", "direct, TLS"])
def route(request: pytest.FixtureRequest) -> str:
    """Return how the mails travel."""
    return str(request.param)


@pytest.fixture
def server(route: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, authority: trustme.CA) -> Iterator[MailServer]:
    """Run a faulty server, and name its proxy in the environment if mails go through that."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    monkeypatch.setattr("sesv2kit._call.pipeline.backoff", lambda *_: 0.0)
    monkeypatch.setattr("sesv2kit._call.retry.RetryQuota.CAPACITY", 10**9)
    tls._new_ssl_context.cache_clear()
    with_tls = "TLS" in route or "CONNECT" in route
    server = MailServer(context=server_context(authority, "localhost") if with_tls else None)
    if "proxy" in route:
        monkeypatch.delenv("NO_PROXY")
        monkeypatch.setenv("ALL_PROXY", server.proxy_url)
    yield server
    server.stop()
    tls._new_ssl_context.cache_clear()


class Mails:
    """Mails with numbers for names, some of them in a hurry; keeps what was reported of each."""

    def __init__(self, number: int = MAILS) -> None:
        self._names = (str(name) for name in range(number))
        self._lock = threading.Lock()
        self._random = random.Random(3)
        self._started = time.monotonic()
        self._files, self._threads = open_files(), threads()
        self.number = number
        self.hurried = 0
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
        is_hurried = self._random.random() < 0.05
        self.hurried += is_hurried
        options = {"timeout": 0.02 if is_hurried else 5}
        return {"email_address": f"{name}@example.com", "template_name": "t" * 60, "options": options}

    def cancelled_after(self) -> float | None:
        """Return the seconds after which a mail is cancelled."""
        return 0.01 if self._random.random() < 0.05 else None

    def left_open(self, server: MailServer) -> int:
        """Return how many connections, files and threads are left, once they had the time to end."""

        def left() -> int:
            gc.collect()
            return server.open + max(open_files() - self._files, 0) + max(threads() - self._threads, 0)

        until(lambda: not left())
        return left()

    def check(self, mode: str, server: MailServer, left_open: int) -> None:
        """Check what was reported of each mail against what the server knows, and print a row of the table."""
        seconds = time.monotonic() - self._started
        doubled = {name for name, times in server.taken.items() if times > 1}
        foreign = {name: report for name, report in self.reports.items() if report.startswith("foreign")}
        wrong = {
            name: report
            for name, report in self.reports.items()
            if name not in foreign and not is_true(name, report, server.taken[name])
        }
        hung = self.number - len(self.reports)
        counts = Counter("sent" if report == name else report for name, report in self.reports.items())
        faults = Counter({**server.faults, "client in a hurry": self.hurried, "cancelled": counts["cancelled"]})
        row: list[object] = [mode, self.number, faults.total(), counts["sent"], counts["not_sent"], counts["unknown"]]
        row += [len(doubled), len(wrong), len(foreign), hung, left_open]
        row.append(round(seconds))
        print("\n|", " | ".join(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row), "|")
        print("faults:", *[f"{times:,} {fault};" for fault, times in sorted(faults.items()) if times])
        assert (doubled, wrong, foreign, hung, left_open) == (set(), {}, {}, 0, 0)
        assert counts["sent"] > self.number / 2
        assert counts["unknown"]


def open_files() -> int:
    """Return the number of open file descriptors; 0 where that can't be known."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


def threads() -> int:
    """Return the number of threads, without those that trio keeps for a while."""
    return sum("Trio" not in thread.name for thread in threading.enumerate())


def reported(error: Exception) -> str:
    """Return what an error reports of a mail."""
    if isinstance(error, errors.TransportError):
        return error.outcome
    return "not_sent" if isinstance(error, errors.APIError) else f"foreign: {error!r}"


def is_true(name: str, report: str, times: int) -> bool:
    """Return whether what was reported of a mail can be true."""
    if report in ("unknown", "cancelled"):
        return True
    return times == (1 if report == name else 0) and report in (name, "not_sent")


def test_the_truth_is_reported_of_each_mail(server: MailServer, route: str, credentials: Credentials) -> None:
    mails = Mails()
    with SESv2Client(region="eu-west-1", credentials=credentials, endpoint_url=server.url) as ses:

        def caller() -> None:
            for name in mails:
                try:
                    report = ses.send_custom_verification_email(**mails.arguments(name)).message_id or "none"
                except Exception as error:
                    report = reported(error)
                mails.reports[name] = report

        callers = [threading.Thread(target=caller, daemon=True) for _ in range(CALLERS)]
        for thread in callers:
            thread.start()
        deadline = time.monotonic() + MAX_SECONDS
        for thread in callers:
            thread.join(max(deadline - time.monotonic(), 0))
    mails.check(f"sync, {route}", server, mails.left_open(server))


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_the_truth_is_reported_of_each_mail_of_an_async_client(
    server: MailServer, route: str, credentials: Credentials, backend: str
) -> None:
    mails = Mails()

    async def send(ses: AsyncSESv2Client, name: str) -> None:
        try:
            response = await ses.send_custom_verification_email(**mails.arguments(name))
            mails.reports[name] = response.message_id or "none"
        except Exception as error:
            mails.reports[name] = reported(error)

    async def caller(ses: AsyncSESv2Client) -> None:
        for name in mails:
            with anyio.move_on_after(mails.cancelled_after()) as scope:
                await send(ses, name)
            if scope.cancelled_caught:
                mails.reports[name] = "cancelled"

    async def main() -> int:
        before = tasks()
        async with AsyncSESv2Client(region="eu-west-1", credentials=credentials, endpoint_url=server.url) as ses:
            with anyio.move_on_after(MAX_SECONDS):
                async with anyio.create_task_group() as group:
                    for _ in range(CALLERS):
                        group.start_soon(caller, ses)
        return tasks() - before

    def tasks() -> int:
        return len(asyncio.all_tasks()) if backend == "asyncio" else trio.lowlevel.current_statistics().tasks_living

    tasks_left = anyio.run(main, backend=backend)
    mails.check(f"{backend}, {route}", server, tasks_left + mails.left_open(server))


# A process that sends mails while it forks, in threads or in tasks. Each child sends some mails through its copy of the
# client and closes it.
FORKING = """
import asyncio, faulthandler, os, sys, threading, warnings
from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors
import sesv2kit._call.pipeline as pipeline

warnings.simplefilter("ignore", DeprecationWarning)  # of forks with threads
pipeline.backoff = lambda *_: 0.0
url, number, children, kind = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
settings = dict(region="eu-west-1", credentials=Credentials("AKIDEXAMPLE", "secret"), endpoint_url=url)
SENDERS = 8

def report(name, report):
    os.write(1, f"{name} {report}\\n".encode())

def failure(error):
    known = isinstance(error, errors.TransportError | errors.APIError)
    return getattr(error, "outcome", "not_sent") if known else f"foreign: {error!r}"

def arguments(name):
    return {"email_address": f"{name}@example.com", "template_name": "t"}

def in_child(work):
    faulthandler.dump_traceback_later(60, exit=True)  # says where it hangs
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)

def reap(count):
    for _ in range(count):
        assert os.wait()[1] == 0

def with_threads():
    ses = SESv2Client(**settings)

    def send(name):
        try:
            report(name, ses.send_custom_verification_email(**arguments(name)).message_id)
        except Exception as error:
            report(name, failure(error))

    def child(count):
        for mail in range(5):
            send(f"child-{count}-{mail}")
        ses.close()

    send("first")  # imports what there is to import: Python itself hangs in a child that is forked in the midst of that
    before = len(os.listdir("/proc/self/fd"))
    threads = [
        threading.Thread(target=lambda first=first: [send(str(name)) for name in range(first, number, SENDERS)])
        for first in range(SENDERS)
    ]
    for thread in threads:
        thread.start()
    for count in range(children):
        if not os.fork():
            in_child(lambda: child(count))
        if count % 4 == 3:
            reap(4)
    reap(children % 4)
    for thread in threads:
        thread.join()
    ses.close()
    return max(len(os.listdir("/proc/self/fd")) - before, 0) + threading.active_count() - 1

async def with_tasks():
    ses = AsyncSESv2Client(**settings)

    async def send(name):
        try:
            report(name, (await ses.send_custom_verification_email(**arguments(name))).message_id)
        except Exception as error:
            report(name, failure(error))

    async def child(count):
        for mail in range(5):
            await send(f"child-{count}-{mail}")
        await ses.aclose()

    async def some(first):
        for name in range(first, number, SENDERS):
            await send(str(name))

    await send("first")
    before = len(os.listdir("/proc/self/fd"))
    tasks = [asyncio.ensure_future(some(first)) for first in range(SENDERS)]
    for count in range(children):
        if not os.fork():
            in_child(lambda: asyncio.run(child(count)))
        if count % 4 == 3:
            await asyncio.to_thread(reap, 4)
    await asyncio.to_thread(reap, children % 4)
    await asyncio.gather(*tasks)
    await ses.aclose()
    return max(len(os.listdir("/proc/self/fd")) - before, 0) + len(asyncio.all_tasks()) - 1

print("left", with_threads() if kind == "threads" else asyncio.run(with_tasks()))
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists() or not hasattr(os, "fork"), reason="no fork or no /proc here")
@pytest.mark.parametrize("kind", ["threads", "tasks"])
def test_the_truth_is_reported_of_each_mail_of_a_process_that_forks(server: MailServer, route: str, kind: str) -> None:
    children = MAILS // 20
    mails = Mails(1 + MAILS + 5 * children)
    # Without coverage, which takes locks: a child that is forked while another thread has one never gets it.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(
        [sys.executable, "-c", FORKING, server.url, str(MAILS), str(children), kind],
        env=environment,
        capture_output=True,
        text=True,
        timeout=MAX_SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    mails.reports = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    left_open = int(mails.reports.pop("left"))
    client = "sync" if kind == "threads" else "asyncio"
    mails.check(f"{client} with forks, {route}", server, left_open + mails.left_open(server))
