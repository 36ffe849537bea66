"""The journal: a run carries on where another one ended."""

import errno
import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import attrs
import pytest
from support.bulk import CLIENT, SETTINGS, Send, address, entries, entry
from support.bulk_server import Behaviour, BulkServer

from sesv2kit import SESv2Client, errors, models
from sesv2kit.bulk import BulkItem, BulkSender, BulkStoppedError, EntryRecord, MailingIdentity
from sesv2kit.bulk.sqlite import SqliteJournal, _Write

pytestmark = pytest.mark.anyio


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of a journal that is not there yet."""
    return tmp_path / "mailing.journal"


def rows(path: Path) -> dict[Any, tuple[str, str | None, str | None]]:
    """Return what a journal says of every key, or position."""
    select = "SELECT coalesce(key, number), state, message_id, code FROM entries"
    with closing(sqlite3.connect(path)) as db:
        return {key: tuple(rest) for key, *rest in db.execute(select)}


def keys_in_flight(path: Path) -> list[Any]:
    """Return the keys that a journal says are in flight."""
    with closing(sqlite3.connect(path)) as db:
        requests = db.execute("SELECT number, entries FROM requests").fetchall()
        recorded = dict(db.execute("SELECT number, coalesce(request, 0) FROM entries").fetchall())
    return [
        key or number
        for request, entries in requests
        for number, key, _ in zip(*json.loads(entries), strict=True)
        if recorded.get(number, 0) < request
    ]


def items(count: int, start: int = 0) -> Iterator[BulkItem]:
    """Return entries with keys."""
    return (BulkItem(entry(number), key=f"user {number}") for number in range(start, count))


async def test_a_second_run_reports_what_was_sent_and_sends_the_rest(
    server: BulkServer, send: Send, path: Path
) -> None:
    first = await send(entries(70), journal=path)
    second = await send(entries(120), journal=path)
    assert second.states == dict.fromkeys(range(120), "sent")
    assert set(server.taken.values()) == {1}
    told = {outcome.index: (outcome.message_id, outcome.attempts, outcome.resumed) for outcome in second.outcomes}
    assert told[0] == (f"id of {address(0)}", 0, True)
    assert told[119] == (f"id of {address(119)}", 1, False)
    assert (first.report.resumed, second.report.resumed, second.report.sent) == (0, 70, 120)


async def test_the_journal_has_states_ids_and_codes_but_no_address_and_no_content(
    server: BulkServer, send: Send, path: Path
) -> None:
    server.decide = lambda _addresses: Behaviour(("MESSAGE_REJECTED",))
    await send(items(3), journal=path)
    assert rows(path) == {
        "user 0": ("failed", None, "MESSAGE_REJECTED"),
        "user 1": ("sent", f"id of {address(1)}", None),
        "user 2": ("sent", f"id of {address(2)}", None),
    }
    server.decide = lambda _addresses: Behaviour(("FAILED",) * 3)
    other = path.with_name("other")
    await send(entries(3), journal=other)
    assert b"example.net" not in other.read_bytes()


async def test_with_keys_the_source_may_change_its_order_and_its_contents(
    server: BulkServer, send: Send, path: Path
) -> None:
    await send(items(60), journal=path)
    changed = [attrs.evolve(item, entry=entry(999)) if item.key == "user 7" else item for item in items(80)]
    second = await send(reversed(changed), journal=path)
    assert second.report.sent == 80
    assert second.report.resumed == 60
    assert set(server.taken.values()) == {1}


async def test_without_keys_the_source_must_be_the_same_where_it_was_sent(
    server: BulkServer, send: Send, path: Path
) -> None:
    await send(entries(60), journal=path)
    second = await send(entries(60)[1:], journal=path)
    assert isinstance(second.error, BulkStoppedError)
    assert isinstance(second.error.reason, errors.ConfigurationError)
    assert "the entry at index 0 is not" in str(second.error)
    assert set(server.taken.values()) == {1}


async def test_entries_that_are_alike_are_mails_of_their_own(server: BulkServer, send: Send, path: Path) -> None:
    for _ in range(2):
        assert (await send([entry(7)] * 3, journal=path)).report.sent == 3
    assert server.taken == {address(7): 3}


async def test_a_key_that_is_twice_in_a_source_is_refused_the_second_time(
    server: BulkServer, send: Send, path: Path
) -> None:
    twice = [*items(60), *items(2)]
    for _ in range(2):
        mailing = await send(twice, journal=path)
        assert {place for place, state in mailing.states.items() if state == "failed"} == {60, 61}
        assert "key: is that of another entry of this run" in str(
            next(outcome.error for outcome in mailing.outcomes if outcome.index == 60)
        )
    assert set(server.taken.values()) == {1}


@pytest.mark.parametrize("has_journal", [True, False])
@pytest.mark.parametrize("bad", ["\ud800", ""], ids=ascii)
async def test_a_key_that_is_empty_or_not_unicode_fails_its_entry_alone(
    server: BulkServer, send: Send, path: Path, bad: str, has_journal: bool
) -> None:
    source = [BulkItem(entry(number), key=key) for number, key in enumerate(["user 0", bad, "user 2", bad])]
    mailing = await send(source, journal=path if has_journal else None)
    assert mailing.error is None
    assert mailing.states == {0: "sent", 1: "failed", 2: "sent", 3: "failed"}
    assert {f"{outcome.error}".partition(": key")[1] for outcome in mailing.outcomes if outcome.index in (1, 3)} == {
        ": key"
    }


async def test_failed_entries_are_reported_again_and_sent_again_only_with_retry_failed(
    server: BulkServer, send: Send, path: Path
) -> None:
    server.decide = lambda _addresses: Behaviour(("MESSAGE_REJECTED",))
    await send(entries(2), journal=path)
    server.decide = lambda _addresses: Behaviour()
    second = await send(entries(2), journal=path)
    failed = next(outcome for outcome in second.outcomes if outcome.index == 0)
    assert (failed.state, failed.resumed, failed.code) == ("failed", True, "MESSAGE_REJECTED")
    assert isinstance(failed.error, errors.MessageRejected)
    third = await send(entries(2), journal=path, retry_failed=True)
    assert third.states == {0: "sent", 1: "sent"}
    assert set(server.taken.values()) == {1}


async def test_a_malformed_entry_can_be_corrected_for_the_next_run(server: BulkServer, send: Send, path: Path) -> None:
    broken = [models.BulkEmailEntry(destination=models.Destination()), *entries(2)[1:]]
    assert (await send(broken, journal=path)).states == {0: "failed", 1: "sent"}
    assert (await send(entries(2), journal=path)).states == {0: "sent", 1: "sent"}


async def test_unknown_entries_stay_unknown_and_are_sent_again_only_with_resend_unknown(
    server: BulkServer, send: Send, path: Path
) -> None:
    server.decide = lambda _addresses: Behaviour(drop=True)
    await send(entries(2), journal=path)
    server.decide = lambda _addresses: Behaviour()
    second = await send(entries(3), journal=path)
    assert second.states == {0: "unknown", 1: "unknown", 2: "sent"}
    assert all(outcome.resumed for outcome in second.outcomes if outcome.state == "unknown")
    third = await send(entries(3), journal=path, resend_unknown=True)
    assert third.states == dict.fromkeys(range(3), "sent")
    assert [server.taken[address(place)] for place in range(3)] == [2, 2, 1]


async def test_a_response_with_invalid_text_ends_the_run_without_hanging(
    server: BulkServer, send: Send, path: Path
) -> None:
    server.decide = lambda _addresses: Behaviour(("\ud800",))
    mailing = await send(entries(2), journal=path)
    assert isinstance(mailing.error, BulkStoppedError)
    assert mailing.states == {0: "failed", 1: "sent"}


async def test_what_a_stopped_run_left_is_sent_by_the_next(server: BulkServer, send: Send, path: Path) -> None:
    server.decide = lambda addresses: Behaviour(
        ("SUCCESS",) * 10 + ("ACCOUNT_DAILY_QUOTA_EXCEEDED",) * 40 if address(0) in addresses else ()
    )
    first = await send(entries(300), journal=path, max_in_flight=2)
    assert isinstance(first.error, BulkStoppedError)
    server.decide = lambda _addresses: Behaviour()
    assert (await send(entries(300), journal=path)).states == dict.fromkeys(range(300), "sent")
    assert set(server.taken.values()) == {1}


async def test_a_journal_goes_with_one_mailing(server: BulkServer, send: Send, path: Path) -> None:
    await send(entries(2), journal=path)
    other = await send(entries(2), journal=path, configuration_set_name="another")
    assert isinstance(other.error, errors.ConfigurationError)
    assert "was made with other arguments" in str(other.error)
    same = await send(entries(2), journal=path, max_in_flight=1, max_attempts=9)
    assert same.error is None


async def test_a_journal_that_another_run_has_open_is_refused(server: BulkServer, send: Send, path: Path) -> None:
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        running = BulkSender(ses, **SETTINGS, journal=path).send(entries(60))
        next(running)
        second = await send(entries(60), journal=path)
        assert isinstance(second.error, errors.ConfigurationError)
        assert "another run has it open" in str(second.error)
        running.close()
    assert (await send(entries(60), journal=path)).report.sent == 60


@pytest.fixture
def text_file(path: Path) -> Path:
    """A file that is no database."""
    path.write_bytes(b"not a database, but a text of some length " * 40)
    return path


@pytest.fixture
def database(path: Path) -> Path:
    """A database of somebody else."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE mine (x)")
    return path


@pytest.mark.parametrize("name", ["text_file", "database"])
async def test_a_file_that_is_not_a_journal_is_refused_and_not_changed(
    name: str, server: BulkServer, send: Send, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(name)
    read = path.read_bytes
    before = read()
    mailing = await send(entries(2), journal=path)
    assert isinstance(mailing.error, errors.ConfigurationError)
    assert server.requests == []
    assert read() == before


async def test_a_folder_that_is_not_there_is_named(server: BulkServer, send: Send, tmp_path: Path) -> None:
    mailing = await send(entries(2), journal=tmp_path / "nowhere" / "journal")
    assert isinstance(mailing.error, errors.ConfigurationError)


async def test_a_journal_that_can_no_longer_be_written_ends_the_run_without_losing_what_was_sent(
    server: BulkServer, send: Send, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_journal: SqliteJournal, _rows: object) -> None:
        raise errors.ConfigurationError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(SqliteJournal, "record", full)
        first = await send(entries(300), journal=path, max_in_flight=2)
    assert isinstance(first.error, BulkStoppedError)
    assert "the disk is full" in str(first.error)
    assert set(first.states.values()) == {"sent"}
    second = await send(entries(300), journal=path)
    assert {place for place, state in second.states.items() if state == "unknown"} == set(first.states)
    assert set(server.taken.values()) == {1}


async def test_an_entry_is_in_flight_on_the_disk_before_its_request_arrives(
    server: BulkServer, send: Send, path: Path
) -> None:
    seen: list[tuple[int, Sequence[int]]] = []

    def look(_addresses: list[str]) -> Behaviour:
        # A copy: the journal itself is locked while a run has it open.
        copy = path.with_name(f"copy {len(seen)}")
        copy.write_bytes(path.read_bytes())
        copy.with_name(f"{copy.name}-wal").write_bytes(path.with_name(f"{path.name}-wal").read_bytes())
        assert {state for state, _, _ in rows(copy).values()} <= {"sent"}
        seen.append((len(rows(copy)), keys_in_flight(copy)))
        return Behaviour()

    server.decide = look
    await send(entries(100), journal=path, max_in_flight=1)
    assert seen == [(0, list(range(50))), (50, list(range(50, 100)))]


def test_what_several_threads_write_at_a_time_is_written_and_a_failure_is_that_of_its_own_thread(path: Path) -> None:
    journal = SqliteJournal(path, MailingIdentity(b"1"))
    keys = list(map(str, range(40)))
    journal.look_up(keys, [None] * len(keys))
    begin_at_once = threading.Barrier(len(keys))

    def write(key: str) -> Exception | None:
        begin_at_once.wait()
        try:
            journal.begin([key])
            journal.record([EntryRecord(key, "sent", "\ud800" if key == "7" else f"id of {key}")])
        except errors.JournalError as error:
            return error
        return None

    with ThreadPoolExecutor(len(keys)) as threads:
        failures = dict(zip(keys, threads.map(write, keys), strict=True))
    assert [key for key in keys if failures[key]] == ["7"]
    journal.close()
    again = SqliteJournal(path, MailingIdentity(b"1"))
    known = dict(zip(keys, again.look_up(keys, [None] * len(keys)), strict=True))
    again.close()
    assert known.pop("7").state == "unknown"
    assert {key: found.message_id for key, found in known.items()} == {key: f"id of {key}" for key in known}


def test_a_write_that_fails_does_not_fail_those_that_are_committed_with_it(path: Path) -> None:
    journal = SqliteJournal(path, MailingIdentity(b"1"))
    journal.look_up(["good", "bad", "other"], [None] * 3)
    writes = [EntryRecord("good", "sent", "id 1"), EntryRecord("bad", "sent", "\ud800"), EntryRecord("other", "sent")]
    with ThreadPoolExecutor(3) as pool:
        with journal._lock:
            results = [pool.submit(journal.record, [write]) for write in writes]
            while len(journal._waiting) < len(writes):
                threading.Event().wait(0.001)
        errors_of = [result.exception(60) for result in results]
    journal.close()
    assert [type(error) for error in errors_of] == [type(None), errors.JournalError, type(None)]
    assert rows(path) == {"good": ("sent", "id 1", None), "other": ("sent", None, None)}


def test_a_write_that_fails_writes_nothing(path: Path) -> None:
    keys = list(map(str, range(150)))  # more than one statement takes
    journal = SqliteJournal(path, MailingIdentity(b"1"))
    journal.look_up(keys, [None] * len(keys))
    with pytest.raises(errors.JournalError):
        journal.record([EntryRecord(key, "sent", "\ud800" if key == keys[-1] else "id") for key in keys])
    journal.close()
    assert rows(path) == {}


def killed(path: Path, journal: SqliteJournal) -> Path:
    """Return a copy of an open journal as a run leaves it that is killed now; closes the journal."""
    copy = path.with_name("copy")
    for suffix in ("", "-wal"):
        copy.with_name(f"{copy.name}{suffix}").write_bytes(path.with_name(f"{path.name}{suffix}").read_bytes())
    journal.close()
    return copy


def states_of(path: Path, *keys: str) -> list[str]:
    """Return the states of keys, as the next run with a journal looks them up."""
    with closing(SqliteJournal(path, MailingIdentity(b"1"))) as journal:
        return [known.state for known in journal.look_up(keys, [None] * len(keys))]


def test_the_recorded_entries_of_an_unfinished_request_keep_their_states_and_the_rest_is_unknown(path: Path) -> None:
    journal = SqliteJournal(path, MailingIdentity(b"1"))
    journal.look_up(["a", "b", "c"], [None] * 3)
    journal.begin(["a", "b"])
    journal.record([EntryRecord("a", "sent", "id 1")])
    copy = killed(path, journal)
    assert states_of(copy, "c", "a", "b") == ["pending", "sent", "unknown"]
    assert rows(copy) == {"a": ("sent", "id 1", None), "b": ("unknown", None, None)}
    assert keys_in_flight(copy) == []


@pytest.mark.parametrize("state", ["failed", "unknown", "pending"])
def test_an_entry_that_is_tried_again_when_the_run_dies_is_unknown(
    state: Literal["failed", "unknown", "pending"], path: Path
) -> None:
    with closing(SqliteJournal(path, MailingIdentity(b"1"))) as journal:
        journal.look_up(["a"], [None])
        journal.begin(["a"])
        journal.record([EntryRecord("a", state, None, "CODE")])
    assert states_of(path, "a") == [state]
    journal = SqliteJournal(path, MailingIdentity(b"1"))
    journal.look_up(["a"], [None])
    journal.begin(["a"])
    copy = killed(path, journal)
    assert states_of(copy, "a") == ["unknown"]
    assert rows(copy) == {"a": ("unknown", None, None)}


def test_an_entry_that_was_recorded_again_and_again_is_in_no_request(path: Path) -> None:
    journal = SqliteJournal(path, MailingIdentity(b"1"))
    journal.look_up(["a", "b"], [None] * 2)
    journal.begin(["a", "b"])
    journal.record([EntryRecord("a", "pending"), EntryRecord("b", "pending")])
    journal.begin(["b", "a"])
    for _ in range(2):
        journal.record([EntryRecord("a", "sent", "id 1")])
        journal.record([EntryRecord("b", "failed", None, "CODE")])
    copy = killed(path, journal)
    assert keys_in_flight(copy) == []
    assert rows(copy) == {"a": ("sent", "id 1", None), "b": ("failed", None, "CODE")}


def test_a_key_is_repeated_whether_its_entry_waits_or_is_in_flight_or_has_ended(path: Path) -> None:
    with closing(SqliteJournal(path, MailingIdentity(b"1"))) as journal:

        def are_repeated(*keys: str) -> list[bool]:
            return [known.repeated for known in journal.look_up(keys, [None] * len(keys))]

        assert are_repeated("a", "b", "a") == [False, False, True]
        journal.begin(["a"])
        assert are_repeated("a", "c", "b") == [True, False, True]
        journal.record([EntryRecord("a", "sent", "id 1")])
        assert are_repeated("d", "a") == [False, True]


def test_entries_that_are_in_no_request_take_no_memory(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sesv2kit.bulk.sqlite._MAX_PLACES", 10)
    keys = list(map(str, range(40)))
    journal = SqliteJournal(path, MailingIdentity(b"1"))
    journal.look_up(keys[:5], [None] * 5)
    journal.begin(keys[:2])
    journal.begin(keys[2:5])
    for key in keys[5:]:
        assert not journal.look_up([key], [None])[0].repeated
        assert len(journal._places) <= 10
    assert all(known.repeated for known in journal.look_up(keys, [None] * len(keys)))
    journal.record([EntryRecord(key, "sent", f"id {key}") for key in keys[:2]])
    copy = killed(path, journal)
    assert states_of(copy, *keys) == ["sent"] * 2 + ["unknown"] * 3 + ["pending"] * 35


def test_entries_take_memory_until_they_have_an_outcome(path: Path) -> None:
    with closing(SqliteJournal(path, MailingIdentity(b"1"))) as journal:
        journal.look_up(["a", "b", "c"], [None] * 3)
        journal.begin(["a", "b", "c"])
        journal.record([EntryRecord("a", "sent"), EntryRecord("b", "pending"), EntryRecord("c", "failed")])
        assert list(journal._places) == ["b"]
        assert not journal._requests


async def test_a_run_leaves_no_request_in_its_journal(server: BulkServer, send: Send, path: Path) -> None:
    server.decide = lambda _addresses: Behaviour(("TRANSIENT_FAILURE",)) if len(server.requests) < 3 else Behaviour()
    mailing = await send(items(120), journal=path)
    assert mailing.report.sent == 120
    assert mailing.report.retried > 0
    assert keys_in_flight(path) == []
    assert {state for state, _, _ in rows(path).values()} == {"sent"}


@pytest.mark.parametrize("keys", [("a", "b", "c"), (0, 1, 2)])
def test_entries_of_a_run_that_took_them_and_did_not_send_them_are_new(keys: tuple[Any, ...], path: Path) -> None:
    with closing(SqliteJournal(path, MailingIdentity(b""))) as journal:
        journal.look_up(keys, [None] * 3)
        journal.record([EntryRecord(keys[2], "sent", "id 2")])
    with closing(SqliteJournal(path, MailingIdentity(b""))) as journal:
        found = [journal.look_up([key], [None])[0] for key in keys]
    assert [(known.state, known.repeated) for known in found] == [
        ("pending", False),
        ("pending", False),
        ("sent", False),
    ]


@pytest.mark.parametrize(
    "batches",
    [
        ["ab", "cd"],
        ["abcd", "abcd"],
        ["ab", "a", "bc", "c", "d", "d"],
        ["ac", "bd", "ca"],
        ["ca", "ab", "d"],
        ["b", "cd", "a", "bc"],
        ["xab", "abx", "cd"],
        ["aa", "bxcx", "cd"],
        ["abc", "dx"],
        ["xay", "b"],
    ],
)
@pytest.mark.parametrize("has_keys", [True, False])
def test_in_whatever_order_entries_come_each_is_found_and_known_to_be_new_once(
    batches: list[str], has_keys: bool, tmp_path: Path
) -> None:
    def key(letter: str) -> str | int:
        return letter if has_keys else ord(letter)

    def digest(letter: str) -> bytes | None:
        return None if has_keys else letter.encode()

    identity = MailingIdentity(b"")
    with closing(SqliteJournal(tmp_path / "journal", identity)) as journal:
        journal.look_up([key(letter) for letter in "abcd"], [digest(letter) for letter in "abcd"])
        journal.begin([key(letter) for letter in "abcd"])
        journal.record([EntryRecord(key(letter), "sent", f"id of {letter}") for letter in "abcd"])
    seen: set[str] = set()
    with closing(SqliteJournal(tmp_path / "journal", identity)) as journal:
        for batch in batches:
            found = journal.look_up([key(letter) for letter in batch], [digest(letter) for letter in batch])
            assert [known.message_id for known in found] == [
                None if letter in "xy" else f"id of {letter}" for letter in batch
            ]
            for letter, known in zip(batch, found, strict=True):
                assert known.state == ("pending" if letter in "xy" else "sent")
                assert (known.repeated, known.changed) == (letter in seen, False)
                seen.add(letter)


def test_another_entry_at_a_position_is_noticed_if_the_one_before_may_have_been_sent(tmp_path: Path) -> None:
    states: list[Literal["sent", "unknown", "failed", "pending"]] = ["sent", "unknown", "failed", "pending"]
    with closing(SqliteJournal(tmp_path / "journal", MailingIdentity(b""))) as journal:
        journal.look_up(range(4), [b"old"] * 4)
        journal.record([EntryRecord(position, state) for position, state in enumerate(states)])
    with closing(SqliteJournal(tmp_path / "journal", MailingIdentity(b""))) as journal:
        found = journal.look_up(range(4), [b"new"] * 4)
    assert [known.changed for known in found] == [True, True, False, False]
    assert [known.state for known in found] == ["sent", "unknown", "pending", "pending"]


@pytest.fixture
def disk(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of the journal as a power cut leaves it: as it was when it was last synchronised."""
    copy = tmp_path / "on the disk" / "journal"
    copy.parent.mkdir()

    def synchronise(file: int) -> None:
        os.fsync(file)
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{copy}{suffix}")

    monkeypatch.setattr("sesv2kit.bulk.sqlite_files._synchronise", synchronise)
    return copy


def test_what_begins_outlasts_a_power_cut_also_when_something_else_is_written_with_it(path: Path, disk: Path) -> None:
    with closing(SqliteJournal(path, MailingIdentity(b"1"))) as journal:
        journal.look_up(["a", "b"], [None] * 2)
        journal.begin(["a"])
        journal.record([EntryRecord("a", "sent")])
        assert keys_in_flight(disk) == ["a"]
        journal._commit([_Write(states={"a": ("sent", "", "")}), _Write(begun=["b"])])
    assert states_of(disk, "a", "b") == ["sent", "unknown"]


def test_nothing_begins_after_the_disk_has_failed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with closing(SqliteJournal(path, MailingIdentity(b"1"))) as journal:
        journal.look_up(["a", "b"], [None] * 2)
        with monkeypatch.context() as broken:
            broken.setattr("sesv2kit.bulk.sqlite_files._synchronise", fail)
            with pytest.raises(errors.JournalError, match=r"can't be used: .*Input/output error") as raised:
                journal.begin(["a"])
        assert isinstance(raised.value.__cause__, OSError)
        # What was not synchronised may never be on the disk, whatever is synchronised later.
        with pytest.raises(errors.JournalError, match="Input/output error"):
            journal.begin(["b"])
        journal.record([EntryRecord("a", "pending")])
    assert states_of(path, "a", "b") == ["pending", "pending"]


def test_a_request_takes_the_row_of_one_that_has_ended(path: Path) -> None:
    def begun() -> list[tuple[int, int]]:
        return journal._db.execute("SELECT slot, number FROM requests").fetchall()

    runs = [
        ([(1, 3)], [(1, 4), (2, 5)]),
        # The numbers go on: an entry that nothing was recorded of is found by them.
        ([(1, 8), (2, 5)], [(1, 9), (2, 10)]),
    ]
    for one_by_one, together in runs:
        with closing(SqliteJournal(path, MailingIdentity(b"1"))) as journal:
            journal.look_up(["a", "b", "c"], [None] * 3)
            for key in "abc":
                journal.begin([key])
                journal.record([EntryRecord(key, "pending")])
            assert begun() == one_by_one
            journal.begin(["a", "b"])
            journal.record([EntryRecord("b", "failed")])
            journal.begin(["c"])
            assert begun() == together
            journal.record([EntryRecord("a", "failed"), EntryRecord("c", "failed")])
    assert states_of(path, "a", "b", "c") == ["failed"] * 3


def test_the_recorded_state_of_an_entry_is_kept_although_the_rest_of_its_request_is_in_flight(path: Path) -> None:
    journal = SqliteJournal(path, MailingIdentity(b"1"))
    journal.look_up(["a", "b"], [None] * 2)
    journal.begin(["a", "b"])
    for _ in range(2):
        journal.record([EntryRecord("a", "failed", None, "CODE")])
    assert states_of(killed(path, journal), "a", "b") == ["failed", "unknown"]


def test_of_two_writes_at_the_same_moment_the_one_that_can_be_made_is_made(tmp_path: Path) -> None:
    bad, good = (_Write(states={key: ("sent", f"id of {key}", "")}) for key in ("never looked up", "a"))
    with closing(SqliteJournal(tmp_path / "journal", MailingIdentity(b""))) as journal:
        journal.look_up(["a"], [None])
        journal._commit([bad, good])
        assert isinstance(bad.error, KeyError)
        assert (good.error, good.is_done, bad.is_done) == (None, True, True)
    with closing(SqliteJournal(tmp_path / "journal", MailingIdentity(b""))) as journal:
        (known,) = journal.look_up(["a"], [None])
        assert (known.state, known.message_id) == ("sent", "id of a")


@pytest.mark.parametrize(("before", "after"), [(["0"], [0]), ([0], ["0"])])
def test_a_later_run_has_keys_only_if_the_first_one_had(before: list[Any], after: list[Any], tmp_path: Path) -> None:
    with closing(SqliteJournal(tmp_path / "journal", MailingIdentity(b""))) as journal:
        journal.look_up(before, [None])
        journal.begin(before)
    with closing(SqliteJournal(tmp_path / "journal", MailingIdentity(b""))) as journal:
        with pytest.raises(errors.ConfigurationError, match="those in the journal have"):
            journal.look_up(after, [None])
        assert journal.look_up(before, [None])[0].state == "unknown"
