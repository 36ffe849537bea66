"""A mailing in a process of its own, for tests that kill it."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import sesv2kit._aws.signing  # noqa: F401 -- loaded once, for all processes that are forked off this one
from sesv2kit import AsyncSESv2Client, CallInfo, Hook, SendRate, SESv2Client
from sesv2kit.bulk import AsyncBulkSender, BulkItem, BulkSender, OutcomeFile

from .bulk import CLIENT, SETTINGS, entry


def items(count: int) -> Iterator[BulkItem]:
    """Return entries, each with a key."""
    return (BulkItem(entry(number), key=str(number)) for number in range(count))


def wait_for_rate(url: str, folder: Path, count: int, kind: str) -> None:
    """Begin a mailing whose rate others use up, and kill this process when requests wait for their permits."""
    rate = SendRate(1000.0)
    rate.join(time.monotonic(), 1_000_000)
    settings = {**SETTINGS, "journal": folder / "journal", "send_rate": rate}
    client = {**CLIENT, "endpoint_url": url, "hooks": [DiesWithCalls(4)]}

    async def mail_async() -> None:
        async with AsyncSESv2Client(**client) as ses:
            async for _ in AsyncBulkSender(ses, **settings).send(items(count)):
                pass

    if kind == "async":
        asyncio.run(mail_async())
        return
    with SESv2Client(**client) as ses:
        list(BulkSender(ses, **settings).send(items(count)))


class DiesWithCalls(Hook):
    """Kills the process once so many calls are under way, and have had the time to go as far as they get."""

    def __init__(self, calls: int) -> None:
        self._left = calls
        self._lock = threading.Lock()

    @contextmanager
    def around_call(self, call: CallInfo) -> Generator[None]:
        assert call.operation == "SendBulkEmail"
        with self._lock:
            self._left -= 1
            if not self._left:
                threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGKILL)).start()
        yield


def mail(url: str, folder: Path, count: int, kind: str, resend_unknown: bool) -> None:
    """Send entries, with a journal; the outcomes go into a file."""
    os.environ["NO_PROXY"] = "127.0.0.1"
    settings = {**SETTINGS, "journal": folder / "journal", "max_in_flight": 4, "resend_unknown": resend_unknown}
    client = {**CLIENT, "endpoint_url": url}

    async def mail_async() -> None:
        async with AsyncSESv2Client(**client) as ses:
            async for outcome in AsyncBulkSender(ses, **settings).send(items(count)):
                told.write(outcome)

    with OutcomeFile(folder / "outcomes.jsonl") as told:
        if kind == "async":
            asyncio.run(mail_async())
            return
        with SESv2Client(**client) as ses:
            for outcome in BulkSender(ses, **settings).send(items(count)):
                told.write(outcome)
