"""Slow sources hold nothing up, and what was read of a source is never lost."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from typing import Any

import anyio
import anyio.to_thread
import pytest
from support.bulk import CLIENT, SETTINGS, Send, address, entries, entry
from support.bulk_server import Behaviour, BulkServer

from sesv2kit import SESv2Client, models
from sesv2kit.bulk import BulkSender, BulkStoppedError
from sesv2kit.bulk.sources import ThreadSource

pytestmark = pytest.mark.anyio

PATIENCE = 20.0
"""Seconds after which a source gives up waiting, so that a failing test ends."""


def waits_for(gate: threading.Event) -> None:
    """Block until something has happened elsewhere."""
    assert gate.wait(PATIENCE), "the source was waited for"


@pytest.fixture
def sent(server: BulkServer) -> threading.Event:
    """Is set when the server has taken a mail."""
    gate = threading.Event()

    def take(_addresses: list[str]) -> Behaviour:
        gate.set()
        return Behaviour()

    server.decide = take
    return gate


async def test_entries_leave_though_the_source_gives_no_further_ones(send: Send, sent: threading.Event) -> None:
    def slow() -> Iterator[models.BulkEmailEntry]:
        yield entry(0)
        yield entry(1)
        waits_for(sent)
        yield entry(2)

    mailing = await send(slow())
    assert mailing.error is None
    assert mailing.states == dict.fromkeys(range(3), "sent")


def test_outcomes_come_while_the_source_is_waited_for(server: BulkServer) -> None:
    elements: queue.Queue[models.BulkEmailEntry | None] = queue.Queue()
    elements.put(entry(0))
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        outcomes = BulkSender(ses, **SETTINGS).send(iter(elements.get, None))
        for number in range(1, 4):
            assert next(outcomes).state == "sent"
            elements.put(entry(number))
        elements.put(None)
        assert [outcome.index for outcome in outcomes] == [3]


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
async def test_an_async_source_is_read_beside_the_responses(server: BulkServer, send: Send) -> None:
    arrived = threading.Event()

    def take(_addresses: list[str]) -> Behaviour:
        arrived.set()
        return Behaviour()

    server.decide = take

    async def slow() -> AsyncIterator[models.BulkEmailEntry]:
        yield entry(0)
        assert await anyio.to_thread.run_sync(arrived.wait, PATIENCE), "the source was waited for"
        yield entry(1)

    mailing = await send(slow())
    assert mailing.error is None
    assert mailing.states == {0: "sent", 1: "sent"}
    assert len(server.requests) == 2


async def test_a_retry_does_not_wait_for_the_source(server: BulkServer, send: Send) -> None:
    again = threading.Event()

    def throttle_first(_addresses: list[str]) -> Behaviour:
        if len(server.requests) == 1:
            return Behaviour(("TRANSIENT_FAILURE",))
        again.set()
        return Behaviour()

    server.decide = throttle_first

    def slow() -> Iterator[models.BulkEmailEntry]:
        yield entry(0)
        waits_for(again)
        yield entry(1)

    mailing = await send(slow())
    assert mailing.error is None
    assert mailing.states == {0: "sent", 1: "sent"}


async def test_a_source_that_is_fast_fills_every_request(server: BulkServer, send: Send) -> None:
    assert (await send(map(entry, range(500)), max_in_flight=1)).error is None
    assert list(map(len, server.requests)) == [50] * 10


async def test_a_source_that_is_bound_to_its_thread_can_be_read_there(server: BulkServer, send: Send) -> None:
    threads: set[int] = set()

    def bound() -> Iterator[models.BulkEmailEntry]:
        with closing(sqlite3.connect(":memory:")) as db:
            for (number,) in db.execute(
                "WITH n(x) AS (SELECT 0 UNION SELECT x + 1 FROM n WHERE x < 99) SELECT x FROM n"
            ):
                threads.add(threading.get_ident())
                yield entry(number)

    mailing = await send(bound(), read_ahead=False)
    assert mailing.error is None
    assert mailing.report.sent == 100
    assert threads == {threading.get_ident()}


async def test_what_was_read_ahead_when_a_run_stops_is_untouched(server: BulkServer, send: Send) -> None:
    server.decide = lambda _addresses: Behaviour(("ACCOUNT_SUSPENDED",) * 50)
    source = iter(entries(1000))
    mailing = await send(source, max_in_flight=1)
    assert isinstance(mailing.error, BulkStoppedError)
    rest: list[Any] = [item.entry for item in mailing.error.untouched]
    assert [*rest, *source] == entries(1000)
    assert mailing.report.untouched == len(rest)


def test_a_source_that_gives_nothing_more_does_not_keep_a_run_from_ending(server: BulkServer) -> None:
    elements: queue.Queue[Any] = queue.Queue()
    elements.put(entry(0))
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = BulkSender(ses, **SETTINGS)
        outcomes = sender.send(iter(elements.get, None))
        assert next(outcomes).state == "sent"
        sender.stop()
        with pytest.raises(BulkStoppedError):
            next(outcomes)
    elements.put(None)


async def test_an_unusual_exception_that_ends_a_source_is_reported(send: Send) -> None:
    def breaks() -> Iterator[models.BulkEmailEntry]:
        yield entry(0)
        raise SystemExit

    mailing = await send(breaks())
    assert isinstance(mailing.error, RuntimeError)
    assert isinstance(mailing.error.__cause__, SystemExit)
    assert mailing.states == {0: "sent"}


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
@pytest.mark.parametrize("error", [SystemExit, asyncio.CancelledError])
async def test_what_ends_an_async_source_in_a_strange_way_ends_the_run(send: Send, error: type[BaseException]) -> None:
    """A task that a source waits for may be cancelled by others."""

    async def breaks() -> AsyncIterator[models.BulkEmailEntry]:
        yield entry(0)
        raise error

    with anyio.fail_after(20):
        mailing = await send(breaks())
    assert isinstance(mailing.error, RuntimeError)
    assert isinstance(mailing.error.__cause__, error)
    assert mailing.states == {0: "sent"}


@pytest.mark.parametrize("kind", ["asyncio"], indirect=True)
async def test_a_source_whose_task_is_cancelled_alone_ends_the_run(kind: str, send: Send) -> None:
    assert kind
    own = asyncio.current_task()

    async def cancelled() -> AsyncIterator[models.BulkEmailEntry]:
        yield entry(0)
        task = asyncio.current_task()
        assert task is not own
        if task:
            task.cancel()
        await asyncio.Event().wait()

    with anyio.fail_after(20):
        mailing = await send(cancelled())
    assert isinstance(mailing.error, RuntimeError)
    assert mailing.states == {0: "sent"}


def test_an_entry_that_comes_too_late_is_logged(
    server: BulkServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sesv2kit.bulk.sources._PATIENCE", 0.01)
    gate = threading.Event()

    def late() -> Iterator[models.BulkEmailEntry]:
        yield entry(0)
        waits_for(gate)
        yield entry(1)

    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        for _outcome in BulkSender(ses, **SETTINGS).send(late()):
            break
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "sesv2kit-bulk-source")
    gate.set()
    thread.join(PATIENCE)
    assert [record.message for record in caplog.records if record.name == "sesv2kit"] == [
        "an entry that the source gave after the run had ended was not sent"
    ]
    assert server.taken == {address(0): 1}


async def test_an_error_of_a_source_that_is_read_where_it_is_comes_after_everything_that_it_gave(send: Send) -> None:
    def breaks() -> Iterator[models.BulkEmailEntry]:
        yield from entries(70)
        raise ZeroDivisionError

    mailing = await send(breaks(), read_ahead=False)
    assert isinstance(mailing.error, ZeroDivisionError)
    assert mailing.states == dict.fromkeys(range(70), "sent")


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
async def test_an_error_of_an_async_source_comes_after_everything_that_it_gave(send: Send) -> None:
    async def breaks() -> AsyncIterator[models.BulkEmailEntry]:
        for number in range(70):
            yield entry(number)
        raise ZeroDivisionError

    mailing = await send(breaks())
    assert isinstance(mailing.error, ZeroDivisionError)
    assert mailing.states == dict.fromkeys(range(70), "sent")


def test_the_sender_is_notified_when_all_is_there_that_it_wants_meanwhile() -> None:
    notified = threading.Semaphore(0)

    def numbers() -> Iterator[int]:
        yield 0
        source.pull(2)
        yield from range(1, 10)

    source = ThreadSource(numbers(), notified.release)
    source.pull(2)
    assert notified.acquire(timeout=PATIENCE)
    assert source.take().elements == [0, 1, 2, 3]
    assert not notified.acquire(blocking=False)
    source.stop()


def test_what_a_source_gives_while_the_run_ends_is_not_lost(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sesv2kit.bulk.sources._PATIENCE", PATIENCE)
    is_asked, ends = threading.Event(), threading.Event()

    def last() -> Iterator[int]:
        is_asked.set()
        waits_for(ends)
        yield 1

    source = ThreadSource(last(), lambda: None)
    source.pull(2)
    waits_for(is_asked)
    timer = threading.Timer(0.05, ends.set)
    timer.start()
    assert source.stop().elements == [1]
    timer.join()
    assert caplog.records == []
