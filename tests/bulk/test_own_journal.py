"""A journal of the caller's own: four methods, and everything that a run promises holds."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
import pytest
from support.bulk import Send, address, entry
from support.bulk_server import BulkServer

from sesv2kit import errors
from sesv2kit.bulk import BulkItem, BulkStoppedError, EntryRecord, Journal, KnownEntry, MailingIdentity

pytestmark = pytest.mark.anyio
Key = str | int


@attrs.define
class Own:
    """Journals in memory, one for each run."""

    states: dict[Key, EntryRecord] = attrs.field(factory=dict[Key, EntryRecord])
    identities: list[MailingIdentity] = attrs.field(factory=list[MailingIdentity])
    fails_in: str = ""
    error: BaseException = attrs.Factory(lambda: ZeroDivisionError("no connection to the database"))
    """The name of a method that raises an error of no class of the package."""
    closed: int = 0

    def open(self, identity: MailingIdentity) -> Journal:
        """Open a journal for a run."""
        self.identities.append(identity)
        return OwnRun(self)


class OwnRun:
    """A journal for one run."""

    def __init__(self, own: Own) -> None:
        self._own = own
        self._seen: set[Key] = set()

    def look_up(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> list[KnownEntry]:  # noqa: ARG002
        self._maybe_fail("look_up")
        return list(map(self._look_up, keys))

    def _look_up(self, key: Key) -> KnownEntry:
        repeated = key in self._seen
        self._seen.add(key)
        row = self._own.states.setdefault(key, EntryRecord(key, "pending"))
        return KnownEntry(row.state, row.message_id, row.code, repeated)

    def begin(self, keys: Iterable[Key]) -> None:
        self._maybe_fail("begin")
        self._own.states.update((key, EntryRecord(key, "in flight")) for key in keys)

    def record(self, rows: Iterable[EntryRecord]) -> None:
        self._maybe_fail("record")
        self._own.states.update((row.key, row) for row in rows)

    def close(self) -> None:
        self._own.closed += 1

    def _maybe_fail(self, method: str) -> None:
        if self._own.fails_in == method:
            raise self._own.error


def items(count: int) -> Iterator[BulkItem]:
    """Return entries with keys."""
    return (BulkItem(entry(number), key=str(number)) for number in range(count))


async def test_a_run_carries_on_where_the_journal_says(server: BulkServer, send: Send) -> None:
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


@pytest.mark.parametrize("returned", [None, 3, "july", HalfJournal()], ids=["none", "int", "str", "half"])
async def test_a_function_that_returns_no_journal_is_refused_before_anything_is_sent(
    server: BulkServer, send: Send, returned: object
) -> None:
    mailing = await send(items(2), journal=lambda _identity: returned)
    assert isinstance(mailing.error, errors.ConfigurationError)
    expected = f"journal must return a Journal, with its four methods, and not {type(returned).__name__}"
    assert str(mailing.error) == expected
    assert server.requests == []


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
