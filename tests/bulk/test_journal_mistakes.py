"""Mistakes with a journal that would send mails twice in silence: each is noticed, and nothing is sent."""

import gc
import os
import shutil
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any

import attrs
import pytest
from support.bulk import CLIENT, SETTINGS, Send, address, entries, entry
from support.bulk_process import mail
from support.bulk_server import Behaviour, BulkServer

from sesv2kit import Credentials, SESv2Client, errors
from sesv2kit._aws.account_id import account_id
from sesv2kit.bulk import BulkItem, BulkSender, BulkStoppedError
from sesv2kit.bulk.journal import EntryRecord, MailingIdentity
from sesv2kit.bulk.sqlite import SqliteJournal
from sesv2kit.bulk.sqlite_files import JournalFiles

pytestmark = pytest.mark.anyio


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of a journal that is not there yet."""
    return tmp_path / "mailing.journal"


def items(count: int) -> Iterator[BulkItem]:
    """Return entries with keys."""
    return (BulkItem(entry(number), key=f"user {number}") for number in range(count))


def empty(path: Path) -> None:
    """Empty a file."""
    with path.open("r+b") as file:
        file.truncate()


def replace(path: Path) -> None:
    """Put a copy in the place of a file."""
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    copy.replace(path)


def remove(path: Path) -> None:
    """Remove a file."""
    path.unlink()


@pytest.mark.parametrize(("first", "second"), [(items, entries), (entries, items)])
async def test_keys_in_one_run_and_not_in_the_next_are_refused(
    first: Any, second: Any, server: BulkServer, send: Send, path: Path
) -> None:
    await send(first(60), journal=path)
    mailing = await send(second(60), journal=path)
    assert isinstance(mailing.error, BulkStoppedError)
    assert isinstance(mailing.error.reason, errors.ConfigurationError)
    assert "either all entries of a mailing have keys, or none" in str(mailing.error)
    assert mailing.outcomes == []
    assert set(server.taken.values()) == {1}


async def test_keys_for_some_entries_alone_are_refused(server: BulkServer, send: Send, path: Path) -> None:
    mailing = await send([*items(10), entry(10)], journal=path)
    assert isinstance(mailing.error, BulkStoppedError)
    assert isinstance(mailing.error.reason, errors.ConfigurationError)
    assert server.requests == []
    assert len(mailing.error.untouched) == 11


@pytest.mark.parametrize("name", ["", ":memory:"])
async def test_a_journal_that_is_not_a_file_is_refused(name: str, server: BulkServer, send: Send) -> None:
    mailing = await send(entries(3), journal=name)
    assert isinstance(mailing.error, errors.ConfigurationError)
    assert "the path of a file" in str(mailing.error)
    assert server.requests == []


async def test_a_journal_that_was_emptied_is_refused(server: BulkServer, send: Send, path: Path) -> None:
    await send(entries(3), journal=path)
    empty(path)
    mailing = await send(entries(3), journal=path)
    assert isinstance(mailing.error, errors.JournalError)
    assert "is empty" in str(mailing.error)
    assert set(server.taken.values()) == {1}
    remove(path)
    assert (await send(entries(3), journal=path)).report.sent == 3


@pytest.mark.parametrize("suffix", ["", "-wal"])
@pytest.mark.parametrize("damage", [empty, replace, remove])
async def test_a_journal_that_is_damaged_during_the_run_ends_it(
    suffix: str, damage: Any, server: BulkServer, send: Send, path: Path
) -> None:
    def decide(_addresses: list[str]) -> Behaviour:
        if len(server.requests) == 2:
            damage(path.with_name(path.name + suffix))
        return Behaviour()

    server.decide = decide
    mailing = await send(items(500), journal=path, max_in_flight=1)
    assert isinstance(mailing.error, BulkStoppedError)
    assert isinstance(mailing.error.reason, errors.JournalError)
    assert "was deleted, emptied or replaced during the run" in str(mailing.error)
    assert len(server.requests) == 2
    assert mailing.states == dict.fromkeys(range(100), "sent")


_processes = get_context("forkserver")


def can_open(path: Path) -> bool:
    """Return whether a journal can be opened here."""
    try:
        SqliteJournal(path, MailingIdentity(b"1")).close()
    except errors.ConfigurationError:
        return False
    return True


def test_another_process_can_not_open_a_journal_whatever_the_run_does(path: Path) -> None:
    journal = SqliteJournal(path, MailingIdentity(b"1"))
    with ProcessPoolExecutor(1, mp_context=_processes) as other_process:
        for work in (
            lambda: None,
            lambda: journal.look_up(["a"], [None]),
            lambda: journal.begin(["a"]),
            lambda: journal.record([EntryRecord("a", "sent", "id")]),
            lambda: can_open(path),
        ):
            work()
            assert not other_process.submit(can_open, path).result()
        journal.close()
        assert other_process.submit(can_open, path).result()


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_journal_whose_wal_file_is_lost_after_a_kill_is_refused(server: BulkServer, tmp_path: Path) -> None:
    arrived = threading.Event()

    def decide(_addresses: list[str]) -> Behaviour:
        if len(server.requests) < 4:
            return Behaviour()
        arrived.set()
        return Behaviour(seconds=0.3)

    server.decide = decide
    process = _processes.Process(target=mail, args=(server.url, tmp_path, 5000, "sync", False))
    process.start()
    assert arrived.wait(60)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    path = tmp_path / "journal"
    wal = tmp_path / "journal-wal"
    kept = wal.read_bytes()
    wal.unlink()
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = BulkSender(ses, **SETTINGS, journal=path)
        with pytest.raises(errors.JournalError, match=r"journal-wal.*is gone"):
            list(sender.send(BulkItem(entry(number), key=str(number)) for number in range(5000)))
        # With the file in its place again, the run carries on.
        wal.write_bytes(kept)
        server.decide = lambda _addresses: Behaviour()
        outcomes = list(sender.send(BulkItem(entry(number), key=str(number)) for number in range(5000)))
    assert len(outcomes) == 5000
    assert max(server.taken.values()) == 1


def test_a_journal_that_is_deleted_without_the_file_beside_it_is_refused(path: Path) -> None:
    open_and_kill(path)
    remove(path)
    for _ in range(2):
        with pytest.raises(errors.JournalError, match=r"is gone, but the file .*-wal is there"):
            SqliteJournal(path, IDENTITY)
    remove(path.with_name(f"{path.name}-wal"))
    with closing(SqliteJournal(path, IDENTITY)) as journal:
        assert [known.state for known in journal.look_up(["1", "2"], [None, None])] == ["pending", "pending"]


def test_a_refused_journal_can_be_opened_after_the_command_in_the_guide(path: Path) -> None:
    journal = SqliteJournal(path, MailingIdentity(b"1"))
    journal.look_up(["a"], [None])
    journal.begin(["a"])
    wal = path.with_name(f"{path.name}-wal")
    copies = [(file, file.read_bytes()) for file in (path, wal)]
    journal.close()
    for file, content in copies:
        file.write_bytes(content)
    with closing(sqlite3.connect(path)) as db:  # as the command line of SQLite does
        assert db.execute("SELECT count(*) FROM requests").fetchone() == (1,)
    assert not wal.exists()
    with pytest.raises(errors.JournalError, match="is gone"):
        SqliteJournal(path, MailingIdentity(b"1"))
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE mailing SET is_open = 0")
        db.commit()
    with closing(SqliteJournal(path, MailingIdentity(b"1"))) as journal:
        assert [known.state for known in journal.look_up(["a"], [None])] == ["unknown"]


async def test_a_new_entry_in_the_place_of_one_that_failed_is_tried(server: BulkServer, send: Send, path: Path) -> None:
    server.decide = lambda _addresses: Behaviour(("MESSAGE_REJECTED",))
    await send(entries(3), journal=path)
    server.decide = lambda _addresses: Behaviour()
    for resumed in (False, True):
        mailing = await send([entry(7), *entries(3)[1:]], journal=path)
        assert mailing.states == dict.fromkeys(range(3), "sent")
        assert server.taken == {address(7): 1, address(1): 1, address(2): 1}
        assert [outcome.resumed for outcome in mailing.outcomes if outcome.index == 0] == [resumed]


KEYS = {"AKIAQYLPMN5HHHFPZAM2": "052310077262", "ASIAQNZGKIQY56JQ7WML": "029608264753"}


def test_the_account_of_an_access_key_is_read_without_a_call() -> None:
    assert {key: account_id(key) for key in KEYS} == KEYS
    for unknown in ("AKIAIOSFODNN7EXAMPLE", "AKIAJ234567ABCDEFGHI", "key", "", "AKIAQYLPMN5HHHFPZAM"):
        assert account_id(unknown) is None


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"region": "eu-central-1"}, "another region"),
        ({"credentials": Credentials("ASIAQNZGKIQY56JQ7WML", "secret")}, "another account"),
    ],
)
async def test_a_journal_is_for_one_account_and_one_region(
    other: dict[str, Any], message: str, server: BulkServer, send: Send, path: Path
) -> None:
    first = {"credentials": Credentials("AKIAQYLPMN5HHHFPZAM2", "secret")}
    assert (await send(entries(3), first, journal=path)).report.sent == 3
    mailing = await send(entries(4), {**first, **other}, journal=path)
    assert isinstance(mailing.error, errors.ConfigurationError)
    assert message in str(mailing.error)
    assert len(server.requests) == 1
    rotated = {"credentials": Credentials("ASIAQYLPMN5HHHFPZAM2", "secret", "token")}
    assert (await send(entries(4), rotated, journal=path)).report.sent == 4


def open_and_kill(path: Path) -> None:
    """Leave the files that a run leaves that is killed after a mail, and while another one is in flight."""
    draft = path.with_name("draft")
    with closing(SqliteJournal(draft, IDENTITY)) as journal:
        journal.look_up(["1", "2"], [None, None])
        journal.begin(["1", "2"])
        journal.record([EntryRecord("1", "sent", "id")])
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{draft}{suffix}", f"{path}{suffix}")


IDENTITY = MailingIdentity(b"july", "eu-west-1", "http://127.0.0.1:9", None)


@pytest.mark.parametrize("reason", ["another mailing", "another version", "Ctrl-C"])
def test_a_journal_that_was_opened_in_vain_can_be_opened_again(
    reason: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost by that, although SQLite removes the file beside it as it closes the journal."""

    def interrupt(*_paths: Path) -> None:
        raise KeyboardInterrupt

    open_and_kill(path)
    identity = MailingIdentity(b"august") if reason == "another mailing" else IDENTITY
    if reason == "another version":
        monkeypatch.setattr("sesv2kit.bulk.sqlite._VERSION", 0)
    elif reason == "Ctrl-C":
        monkeypatch.setattr("sesv2kit.bulk.sqlite.JournalFiles", interrupt)
    with pytest.raises((errors.ConfigurationError, KeyboardInterrupt)):
        SqliteJournal(path, identity)
    monkeypatch.undo()
    with closing(SqliteJournal(path, IDENTITY)) as journal:
        assert [known.state for known in journal.look_up(["1", "2"], [None, None])] == ["sent", "unknown"]


def test_the_file_beside_a_journal_is_closed_before_it_is_removed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows removes no file that is open."""
    wal = path.with_name(f"{path.name}-wal")
    was_there: list[bool] = []
    close = JournalFiles.close

    def close_and_look(files: JournalFiles) -> None:
        close(files)
        was_there.append(wal.exists())

    monkeypatch.setattr(JournalFiles, "close", close_and_look)
    SqliteJournal(path, IDENTITY).close()
    assert was_there == [True]
    assert not wal.exists()


def test_another_database_whose_program_was_killed_is_not_changed(path: Path) -> None:
    draft = path.with_name("draft")
    with closing(sqlite3.connect(draft, isolation_level=None)) as db:
        db.executescript("PRAGMA journal_mode = WAL; CREATE TABLE mailing (is_open); INSERT INTO mailing VALUES (1)")
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{draft}{suffix}", f"{path}{suffix}")
    with pytest.raises(errors.ConfigurationError, match="is not a journal"):
        SqliteJournal(path, IDENTITY)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT is_open FROM mailing").fetchall() == [(1,)]


def interrupt(call: Callable[[], object], lines: int) -> KeyboardInterrupt | None:
    """Call a function, and press Ctrl-C before so many lines have been run; return the error, or None if it is over."""
    # In a thread of its own: an error from a trace function can leave another one as the one that is being handled.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_interrupt, call, lines).result()


def _interrupt(call: Callable[[], object], lines: int) -> KeyboardInterrupt | None:
    left = lines

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal left
        left -= event == "line"
        if not left:
            raise KeyboardInterrupt
        return trace

    gc.disable()  # what it calls can't raise
    sys.settrace(trace)
    try:
        call()
    except KeyboardInterrupt as error:
        return error
    finally:
        sys.settrace(None)
        gc.enable()
    return None


def open_and_close(path: Path) -> None:
    """Leave the file that a run leaves after a mail, and after another one that may have been sent."""
    open_and_kill(path)
    SqliteJournal(path, IDENTITY).close()


def open_for_another_mailing(path: Path) -> None:
    """Leave the file of another mailing, whose only request was refused, such as for a misspelt template."""
    with closing(SqliteJournal(path, MailingIdentity(b"august"))) as journal:
        journal.look_up(["1", "2"], [None, None])
        journal.begin(["1", "2"])
        journal.record([EntryRecord("1", "pending"), EntryRecord("2", "pending")])


@pytest.mark.parametrize(
    ("leave", "states"),
    [
        (open_and_kill, ["sent", "unknown"]),
        (open_and_close, ["sent", "unknown"]),
        (open_for_another_mailing, ["pending", "pending"]),
    ],
)
@pytest.mark.parametrize("is_done", [True, False])
def test_ctrl_c_at_any_statement_while_a_journal_is_opened_loses_nothing(
    leave: Callable[[Path], None], states: list[str], is_done: bool, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = 0

    class Interrupted(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            nonlocal left
            left -= 1
            if left == 0 and not is_done:
                raise KeyboardInterrupt
            cursor = super().execute(*arguments)
            if left == 0:
                raise KeyboardInterrupt
            return cursor

    leave(path)
    kept = {file: file.read_bytes() for file in path.parent.iterdir()}
    is_open = False
    statements = 0
    while not is_open:
        statements += 1
        left = statements
        with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
            patched.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Interrupted))
            with closing(SqliteJournal(path, IDENTITY)):
                left = 0
                is_open = True
        with closing(SqliteJournal(path, IDENTITY)) as journal:
            assert [known.state for known in journal.look_up(["1", "2"], [None, None])] == states
        for file, content in kept.items():
            file.write_bytes(content)
    assert statements > 10


def test_ctrl_c_at_any_moment_of_a_look_up_leaves_a_complete_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sesv2kit.bulk.sqlite._MAX_PLACES", 0)  # so that the rows are written at once
    for lines in count(1):
        path = tmp_path / str(lines)
        journal = SqliteJournal(path, IDENTITY)
        # The error keeps alive what was interrupted, as it does while a program ends.
        error = interrupt(partial(journal.look_up, [0, 1], [b"1", b"2"]), lines)
        other = threading.Thread(target=journal.close, daemon=True)
        other.start()
        other.join(60)
        assert not other.is_alive(), "a thread waits for one that was interrupted"
        with closing(SqliteJournal(path, IDENTITY)) as again:
            assert [known.state for known in again.look_up([0, 1], [b"1", b"2"])] == ["pending"] * 2
        if not error:
            break
    assert lines > 50


async def test_if_the_access_key_does_not_hold_the_account_the_endpoint_counts(
    server: BulkServer, send: Send, path: Path
) -> None:
    assert (await send(entries(3), journal=path)).report.sent == 3
    mailing = await send(entries(4), {"endpoint_url": "http://127.0.0.1:9"}, journal=path)
    assert isinstance(mailing.error, errors.ConfigurationError)
    assert "another endpoint" in str(mailing.error)


async def test_a_full_disk_is_an_error_of_the_journal(
    server: BulkServer, send: Send, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect

    def small(*arguments: Any, **settings: Any) -> sqlite3.Connection:
        db = real(*arguments, **settings)
        db.execute("PRAGMA max_page_count = 12")
        return db

    monkeypatch.setattr("sesv2kit.bulk.sqlite.sqlite3.connect", small)
    mailing = await send(items(5000), journal=path)
    assert isinstance(mailing.error, BulkStoppedError)
    assert isinstance(mailing.error.reason, errors.JournalError)
    assert not isinstance(mailing.error.reason, errors.ConfigurationError)
    assert "full" in str(mailing.error.reason)
    monkeypatch.setattr("sesv2kit.bulk.sqlite.sqlite3.connect", real)
    assert (await send(items(5000), journal=path)).report.settled == 5000
    assert max(server.taken.values()) == 1


@contextmanager
def no_file_grows(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as if the disk were full."""
    resource = pytest.importorskip("resource", reason="needs setrlimit")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def long_wal(path: Path) -> Iterator[SqliteJournal]:
    """An open journal whose `-wal` file is larger than the database will be."""
    with closing(SqliteJournal(path, IDENTITY)) as journal:
        journal.look_up(KEYS_IN_FLIGHT, [None] * len(KEYS_IN_FLIGHT))
        for key in KEYS_IN_FLIGHT:
            journal.begin([key])
        yield journal


KEYS_IN_FLIGHT = list(map(str, range(20)))


def states_in(path: Path) -> set[str]:
    """Return the states of the keys that were in flight in a journal."""
    with closing(SqliteJournal(path, IDENTITY)) as journal:
        return {known.state for known in journal.look_up(KEYS_IN_FLIGHT, [None] * len(KEYS_IN_FLIGHT))}


def test_a_journal_that_is_cut_short_during_the_run_is_not_written_on(long_wal: SqliteJournal, path: Path) -> None:
    wal = path.with_name(f"{path.name}-wal")
    os.truncate(wal, wal.stat().st_size // 2)
    with pytest.raises(errors.JournalError, match="was deleted, emptied or replaced"):
        long_wal.record([EntryRecord("1", "sent", "id")])


def test_a_journal_that_is_closed_on_a_full_disk_can_be_opened_again(long_wal: SqliteJournal, path: Path) -> None:
    with no_file_grows(path.with_name(f"{path.name}-wal").stat().st_size):
        with pytest.raises(errors.JournalError):
            long_wal.record([EntryRecord("1", "sent", "id")])
        long_wal.close()
    assert states_in(path) == {"unknown"}


def test_a_journal_that_was_opened_in_vain_on_a_full_disk_can_be_opened_again(
    long_wal: SqliteJournal, path: Path
) -> None:
    wal = path.with_name(f"{path.name}-wal")
    copies = [(file, file.read_bytes()) for file in (path, wal)]
    long_wal.close()
    for file, content in copies:
        file.write_bytes(content)
    with no_file_grows(wal.stat().st_size), pytest.raises(errors.JournalError, match="can't be used"):
        SqliteJournal(path, IDENTITY)
    assert states_in(path) == {"unknown"}


def test_two_runs_that_make_a_journal_at_a_time_make_one(path: Path) -> None:
    open_at_once = threading.Barrier(4)
    opened: list[SqliteJournal] = []

    def begin() -> None:
        open_at_once.wait()
        with suppress(errors.ConfigurationError):
            opened.append(SqliteJournal(path, MailingIdentity(b"1")))

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1
    opened[0].close()
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("wal", [None, b""], ids=["gone", "empty"])
def test_a_copy_of_an_open_journal_without_its_last_states_is_refused_every_time(path: Path, wal: bytes | None) -> None:
    copy = path.with_name("copy")
    with closing(SqliteJournal(path, IDENTITY)) as journal:
        journal.look_up(["1"], [None])
        journal.begin(["1"])
        copy.write_bytes(path.read_bytes())
    if wal is not None:
        copy.with_name("copy-wal").write_bytes(wal)
    for _ in range(2):
        with pytest.raises(errors.JournalError, match=r"copy-wal.*is gone"):
            SqliteJournal(copy, IDENTITY)


def test_a_file_system_without_links_will_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    SqliteJournal(path, MailingIdentity(b"1")).close()
    assert list(path.parent.iterdir()) == [path]


def test_ctrl_c_while_a_journal_is_closed_leaves_a_complete_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check = SqliteJournal._check_files
    presses = iter([KeyboardInterrupt])

    def interrupt(journal: SqliteJournal) -> None:
        for error in presses:
            raise error
        check(journal)

    journal = SqliteJournal(path, IDENTITY)
    journal.look_up(["1"], [None])
    monkeypatch.setattr(SqliteJournal, "_check_files", interrupt)
    with pytest.raises(KeyboardInterrupt):
        journal.close()
    monkeypatch.undo()
    with closing(SqliteJournal(path, IDENTITY)) as again:
        assert [known.state for known in again.look_up(["1"], [None])] == ["pending"]


def test_a_journal_of_which_nothing_was_sent_is_for_any_mailing(path: Path) -> None:
    """A mailing that stops before its first mail, such as for a misspelt template, is corrected and sent."""
    with closing(SqliteJournal(path, IDENTITY)) as journal:
        journal.look_up([0, 1], [b"1", b"2"])
    august = MailingIdentity(b"august", "eu-west-2", "http://127.0.0.1:8", "123456789012")
    with closing(SqliteJournal(path, august)) as journal:
        assert [known.state for known in journal.look_up(["a"], [None])] == ["pending"]
        journal.begin(["a"])
        journal.record([EntryRecord("a", "failed", None, "CODE")])
    with pytest.raises(errors.ConfigurationError, match="other arguments"):
        SqliteJournal(path, IDENTITY)


@pytest.mark.parametrize(("before", "after"), [(["a"], ["b"]), (["a"], [0]), ([0], ["a"])])
def test_nothing_is_left_of_a_mailing_of_which_nothing_was_sent(
    before: list[Any], after: list[Any], path: Path
) -> None:
    """Its request was refused, such as for a misspelt template."""
    with closing(SqliteJournal(path, IDENTITY)) as journal:
        journal.look_up(before, [None])
        journal.begin(before)
        journal.record([EntryRecord(key, "pending") for key in before])
    SqliteJournal(path, MailingIdentity(b"august")).close()
    with closing(SqliteJournal(path, IDENTITY)) as journal:
        assert [known.state for known in journal.look_up(after, [None])] == ["pending"]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT coalesce(key, number) FROM entries").fetchall() == []


def test_the_account_of_a_mailing_is_kept_though_a_later_access_key_does_not_hold_it(path: Path) -> None:
    accounts = [attrs.evolve(IDENTITY, account=account) for account in ("052310077262", None, "029608264753")]
    with closing(SqliteJournal(path, accounts[0])) as journal:
        journal.look_up(["a"], [None])
        journal.begin(["a"])
        journal.record([EntryRecord("a", "sent", "id 1")])
    SqliteJournal(path, accounts[1]).close()
    with pytest.raises(errors.ConfigurationError, match="another account"):
        SqliteJournal(path, accounts[2])


def test_a_journal_whose_only_request_is_in_flight_is_for_its_mailing(path: Path) -> None:
    journal = SqliteJournal(path, IDENTITY)
    journal.look_up(["a"], [None])
    journal.begin(["a"])
    copies = [(Path(f"{path}{suffix}"), Path(f"{path}{suffix}").read_bytes()) for suffix in ("", "-wal")]
    journal.close()
    for file, content in copies:
        file.write_bytes(content)
    with pytest.raises(errors.ConfigurationError, match="other arguments"):
        SqliteJournal(path, MailingIdentity(b"august", "eu-west-1", "http://127.0.0.1:9", None))
