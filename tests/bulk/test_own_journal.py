"""A journal of the caller's own: four methods, and everything that a run promises holds."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import anyio.to_thread
import pytest
from support.bulk import Send, address, entry
from support.bulk_journal import Own, OwnRun
from support.bulk_server import BulkServer

from sesv2kit import errors
from sesv2kit._core import aio
from sesv2kit.bulk import BulkItem, BulkStoppedError, EntryRecord, KnownEntry
from sesv2kit.bulk.journal import Key

pytestmark = pytest.mark.anyio


def items(count: int) -> Iterator[BulkItem]:
    """Return entries with keys."""
    return (BulkItem(entry(number), key=str(number)) for number in range(count))


async def test_a_run_carries_on_where_the_journal_left_off(server: BulkServer, send: Send) -> None:
    own = Own()
    assert (await send(items(60), journal=own.open)).report.sent == 60
    second = await send(items(100), journal=own.open)
    assert (second.report.sent, second.report.resumed) == (100, 60)
    assert server.taken == {address(number): 1 for number in range(100)}
    assert own.closed >= 2
    assert own.states["7"] == EntryRecord("7", "sent", f"id of {address(7)}", None)
    first, again = own.identities
    assert first == again
    assert (first.region, first.endpoint) == ("eu-west-1", server.url)


class HalfJournal:
    """Has two of the four methods."""

    def look_up(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> list[KnownEntry]:  # noqa: ARG002
        return [KnownEntry("pending")] * len(keys)

    def close(self) -> None:
        pass


class AsyncJournal(OwnRun):
    """Notes nothing, as nobody awaits it."""

    async def begin(self, keys: Iterable[Key]) -> None:  # type: ignore[override]
        super().begin(keys)


@pytest.mark.parametrize(
    "returned", [None, 3, "july", HalfJournal(), AsyncJournal(Own())], ids=["none", "int", "str", "half", "async"]
)
async def test_a_function_that_returns_no_journal_is_refused_before_anything_is_sent(
    server: BulkServer, send: Send, returned: object
) -> None:
    mailing = await send(items(2), journal=lambda _identity: returned)
    assert isinstance(mailing.error, errors.ConfigurationError)
    expected = "journal must return a Journal, with its four methods, none of which is async, and not "
    assert str(mailing.error) == expected + type(returned).__name__
    assert server.requests == []


@pytest.mark.parametrize("method", ["begin", "record"])
async def test_a_journal_with_a_method_that_returns_an_awaitable_ends_the_run(
    server: BulkServer, send: Send, method: str
) -> None:
    journal = OwnRun(Own())

    async def note(_rows: object) -> None:
        pass

    setattr(journal, method, lambda rows: note(rows))
    mailing = await send(items(60), journal=lambda _identity: journal, max_in_flight=1)
    error: Any = mailing.error
    assert isinstance(error, BulkStoppedError)
    assert isinstance(error.reason, errors.JournalError)
    assert "returned something to await" in str(error.reason)
    assert len(server.requests) == (1 if method == "record" else 0)


async def test_what_was_in_flight_is_unknown_in_the_next_run(server: BulkServer, send: Send) -> None:
    own = Own({"0": EntryRecord("0", "in flight")})
    mailing = await send(items(2), journal=own.open)
    assert mailing.states == {0: "unknown", 1: "sent"}
    assert server.requests == [[address(1)]]


async def test_an_error_of_the_package_stays_what_it_is(server: BulkServer, send: Send) -> None:
    own = Own(fails_in="begin", error=errors.JournalError("the disk is full"))
    mailing = await send(items(3), journal=own.open)
    assert isinstance(mailing.error, BulkStoppedError)
    assert mailing.error.reason is own.error
    assert server.requests == []


@pytest.mark.parametrize("method", ["look_up", "begin", "record"])
async def test_an_error_of_the_journal_ends_the_run(server: BulkServer, send: Send, method: str) -> None:
    own = Own(fails_in=method)
    mailing = await send(items(10), journal=own.open)
    error: Any = mailing.error
    assert isinstance(error, BulkStoppedError)
    assert isinstance(error.reason, errors.JournalError)
    assert isinstance(error.reason.__cause__, ZeroDivisionError)
    if method == "record":
        assert mailing.states == dict.fromkeys(range(10), "sent")
    else:
        assert server.requests == []
        assert mailing.outcomes == []
    if method != "record":
        assert [item.key for item in error.untouched] == list(map(str, range(10)))


class NoTextError(Exception):
    """An error whose text can't be had."""

    def __str__(self) -> str:
        raise LookupError("no text")


@pytest.mark.parametrize("method", ["look_up", "begin", "record"])
async def test_an_error_of_the_journal_that_has_no_text_ends_the_run(
    server: BulkServer, send: Send, method: str
) -> None:
    mailing = await send(items(10), journal=Own(fails_in=method, error=NoTextError()).open)
    assert isinstance(mailing.error, BulkStoppedError)
    assert "the journal raised NoTextError" in str(mailing.error)
    assert len(mailing.states) == len(server.taken) == (10 if method == "record" else 0)


async def test_a_journal_that_takes_long_holds_up_no_task(kind: str, server: BulkServer, send: Send) -> None:
    if kind == "sync":
        return
    begun, gate = threading.Event(), threading.Event()
    others_ran: list[bool] = []

    class Slow(OwnRun):
        def record(self, rows: Iterable[EntryRecord]) -> None:
            begun.set()
            others_ran.append(gate.wait(5))
            super().record(rows)

    async def other() -> None:
        await anyio.to_thread.run_sync(begun.wait, 10)
        gate.set()

    async with anyio.create_task_group() as group:
        group.start_soon(other)
        mailing = await send(items(10), journal=lambda _identity: Slow(Own()))
    assert mailing.report.sent == 10
    assert others_ran == [True]
    assert len(server.requests) == 1


async def test_entries_are_unknown_if_no_thread_can_be_started_that_records_them(
    kind: str, server: BulkServer, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "sync":
        return
    in_thread, failures = aio.in_thread, iter([RuntimeError("can't start new thread")])

    async def limited(blocking: Callable[[], object]) -> object:
        if server.taken and (failure := next(failures, None)):
            raise failure
        return await in_thread(blocking)

    monkeypatch.setattr(aio, "in_thread", limited)
    own = Own()
    mailing = await send(items(10), journal=own.open)
    assert isinstance(mailing.error, BulkStoppedError)
    assert mailing.states == dict.fromkeys(range(10), "unknown")
    assert {row.state for row in own.states.values()} == {"in flight"}


async def test_an_error_that_ends_a_thread_ends_the_run(server: BulkServer, send: Send) -> None:
    mailing = await send(items(10), journal=Own(fails_in="record", error=SystemExit(1)).open)
    assert mailing.states == dict.fromkeys(range(10), "sent")
    assert isinstance(mailing.error, BulkStoppedError)
    assert "the journal raised SystemExit" in str(mailing.error)


@pytest.mark.parametrize("has_keys", [True, False])
async def test_what_can_not_be_looked_up_is_left_untouched(server: BulkServer, send: Send, has_keys: bool) -> None:
    own = Own()

    def breaks() -> Iterator[BulkItem]:
        for number, item in enumerate(items(300)):
            if number == 120:
                own.fails_in = "look_up"
            if number == 150:
                raise OSError("the source is gone")
            yield item if has_keys else BulkItem(item.entry)

    mailing = await send(breaks(), journal=own.open, max_in_flight=1)
    error: Any = mailing.error
    assert isinstance(error, BulkStoppedError)
    assert isinstance(error.reason, errors.JournalError)
    left = [item.entry for item in error.untouched]
    assert left == [entry(number) for number in range(len(mailing.states), len(mailing.states) + len(left))]
    assert mailing.report.untouched == len(left) >= 20
    assert set(mailing.states.values()) <= {"sent"}
    assert len(server.taken) == len(mailing.states)


async def test_a_bad_key_fails_though_the_others_can_not_be_looked_up(send: Send) -> None:
    bad: Any = BulkItem(entry(2), key=7)
    mailing = await send([*items(2), bad], journal=Own(fails_in="look_up").open)
    assert mailing.states == {2: "failed"}
    assert [item.key for item in getattr(mailing.error, "untouched", ())] == ["0", "1"]


async def test_a_repeated_key_is_refused(send: Send) -> None:
    source = [BulkItem(entry(0), key="a"), BulkItem(entry(1), key="a")]
    mailing = await send(source, journal=Own().open)
    assert mailing.states == {0: "sent", 1: "failed"}
