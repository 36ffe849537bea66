"""The journal of one machine: an SQLite file, and beside it, while a run lasts and after a crash, a `-wal` file."""

import gc
import json
import os
import sqlite3
import threading
import weakref
from collections import deque
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import repeat
from operator import lt
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import attrs

from .._core.exceptions import ConfigurationError, JournalError, SESv2Error
from .journal import NEW, EntryRecord, EntryState, Key, KnownEntry, MailingIdentity, OtherMailingError
from .sqlite_files import JournalFiles

T = TypeVar("T")
_APPLICATION_ID: Final = 0x53455332
_VERSION: Final = 5
_SCHEMA: Final = f"""
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_VERSION};
CREATE TABLE mailing (fingerprint BLOB, region TEXT, endpoint TEXT, account TEXT, has_keys INTEGER, is_open INTEGER);
INSERT INTO mailing DEFAULT VALUES;
CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    key TEXT,
    state TEXT NOT NULL,
    message_id TEXT,
    code TEXT,
    digest TEXT NOT NULL,
    request INTEGER
);
CREATE UNIQUE INDEX keys ON entries (key) WHERE key IS NOT NULL;
CREATE TABLE requests (slot INTEGER PRIMARY KEY, number INTEGER NOT NULL, entries TEXT NOT NULL);
"""
"""An entry without a key has its position as its number; a digest is hexadecimal, or empty if the entry has a key.

A request is one row, so that there is little to synchronise before it leaves: the numbers, the keys and the digests of
its entries, as three lists in JSON. The rows of `entries` are written when it has ended, with its number. So an entry
is in flight if the row of its request has a greater number than its own row. Rows of requests that have ended stay
until another request takes their slot; the greatest number is always among them."""
_MAX_ROWS: Final = 100
"""Rows that one statement reads or writes: all versions of SQLite take 999 values. Each time a statement is performed,
other threads may run, so one for many rows costs less than many for a row each."""
_MAX_PLACES: Final = 20_000
"""Rows that are not written yet: several times those of the entries that a run reads ahead and sends. With more, most
are of entries that are in no request, such as malformed ones."""

_ROW: Final = "(?, nullif(?, 0), ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, 0))"
"""For a `None`, sqlite3 looks up each time how to adapt it, which takes a microsecond."""
_WRITE: Final = """
INSERT INTO entries (number, key, digest, state, message_id, code, request) VALUES {}
ON CONFLICT (number) DO UPDATE SET state = excluded.state, message_id = excluded.message_id, code = excluded.code,
    request = coalesce(excluded.request, request)
"""
_MARK_UNKNOWN: Final = """
INSERT INTO entries (number, key, digest, state, request) VALUES (?, nullif(?, 0), ?, 'unknown', ?)
ON CONFLICT (number) DO UPDATE
    SET state = excluded.state, message_id = NULL, code = NULL, request = excluded.request
    WHERE state != 'sent' AND coalesce(request, 0) < excluded.request
"""
_WRITE_PENDING: Final = (
    "INSERT OR IGNORE INTO entries (number, key, digest, state) VALUES (?, nullif(?, 0), ?, 'pending')"
)
_REPLACE: Final = "UPDATE entries SET state = 'pending', code = NULL, digest = ? WHERE number = ?"
_BEGIN: Final = "INSERT OR REPLACE INTO requests (slot, number, entries) VALUES (?, ?, ?)"
_IS_USED: Final = "SELECT EXISTS (SELECT 1 FROM entries WHERE state != 'pending')"
_MARK_CLOSED: Final = "UPDATE mailing SET is_open = 0"
_COLUMNS: Final = "number, key, state, message_id, code, digest"

_ERRORS: Final = (sqlite3.Error, OSError, UnicodeError)

_Entry = tuple[int, str | None, EntryState, str | None, str | None, str]
"""A row: its number, its key if it has one, state, message id, code and digest."""
_Place = tuple[int, Key, str]
"""The first part of a row: its number, its key or 0 if it has none, and its digest."""
_State = tuple[EntryState, str, str]
"""The next part of a row: its state, message id and code, which may be empty."""
_Statement = tuple[str, Sequence[Any]]


@attrs.define(eq=False)
class _Request:
    """A request that has begun, until something is recorded of all its entries."""

    slot: int
    number: int
    left: int
    """How many entries nothing is recorded of."""


@attrs.define(eq=False)
class _Write:
    """What a thread wants to write."""

    begun: Sequence[Key] = ()
    """The keys of a request that begins."""
    states: Mapping[Key, _State] = attrs.field(factory=dict[Key, _State])
    request: _Request | None = None
    is_done: bool = False
    error: Exception | None = None


class SqliteJournal:
    """An open journal, which no other run can open meanwhile. Safe to share between threads.

    Args:
        path: The file; it is made if it is not there.
        identity: What the journal is for; the same in every run.

    Raises:
        ConfigurationError: Another run has it open, it is not a journal, or it is one of something else.
        JournalError: It is not complete any more.
    """

    def __init__(self, path: str | PathLike[str], identity: MailingIdentity) -> None:
        if fspath(path) in ("", ":memory:"):
            raise ConfigurationError("the journal needs the path of a file: it has to outlast the process")
        self._path = Path(path).absolute()  # the program may change its folder
        self._wal = self._path.with_name(f"{self._path.name}-wal")
        self._lock = threading.RLock()
        self._waiting: deque[_Write] = deque()
        self._files: JournalFiles | None = None
        self._last_known: int
        """The greatest number of a row of earlier runs."""
        self._last_number: int
        """The greatest number of a row, written or not."""
        self._last_request: int
        """The greatest number of a request."""
        self._places: dict[Key, _Place] = {}
        """The rows of keys that are new in this run, until their requests end, or there are too many."""
        self._requests: dict[Key, _Request] = {}
        """The requests that keys are in, until something is recorded of them."""
        self._last_slot = 0
        self._free_slots: list[int] = []
        self._next_number = 0
        """The number of the row that follows those that were looked up last, if entries have keys."""
        self._seen = bytearray()
        """A byte for each row that says whether this run has had it."""
        self._has_keys: int | None = None
        self._sync_error: Exception | None = None
        with self._translated(ConfigurationError):
            self._create()
            if not self._path.stat().st_size:
                raise JournalError(
                    f"the journal {self._path} is empty, so it is not known what was sent; "
                    "if nothing was, delete the file and begin again"
                )
            self._is_complete = self._has_wal()
            """Whether all states of earlier runs are there."""
            self._db = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            with self._translated(ConfigurationError):
                self._open(identity)
                self._files = JournalFiles(self._path, self._wal)
            _open.add(self)
        except BaseException:
            self._let_go()
            raise

    def _create(self) -> None:
        """Make the file in one piece, if it is not there: a file that is empty was a journal once.

        Raises:
            JournalError: The file beside it is there, so it was deleted.
        """
        had_wal = self._has_wal()
        if self._path.exists():
            return
        if had_wal:
            raise JournalError(
                f"the journal {self._path} is gone, but the file {self._wal} is there, so it is not known "
                "what was sent; if nothing was, delete that file and begin again"
            )
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}-{threading.get_ident()}.new")
        try:
            db = sqlite3.connect(draft, isolation_level=None)
            try:
                db.executescript(_SCHEMA)
            finally:
                db.close()
            try:
                self._path.hardlink_to(draft)
            except FileExistsError:
                pass  # another run has made it meanwhile
            except OSError:  # the file system knows no links
                draft.rename(self._path)
        finally:
            draft.unlink(missing_ok=True)

    def _has_wal(self) -> bool:
        return self._wal.exists() and self._wal.stat().st_size > 0

    def _open(self, identity: MailingIdentity) -> None:
        db = self._db
        # The lock is one of the operating system, which ends with the process.
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        if (_pragma(db, "application_id"), _pragma(db, "user_version")) != (_APPLICATION_ID, _VERSION):
            raise ConfigurationError(f"{self._path} is not a journal of this version of sesv2kit")
        db.execute("PRAGMA cache_size = -16000")
        db.execute("PRAGMA journal_mode = WAL")
        with self._translated(), db:
            db.execute("BEGIN")
            (is_open,) = db.execute("SELECT is_open FROM mailing").fetchone()
            if is_open and not self._is_complete:
                raise JournalError(
                    f"the run that had the journal {self._path} open was killed, and the file {self._wal}, in which "
                    "its last states were, is gone: it is not known what was sent. See the guide on mailings"
                )
            self._is_complete = True
            for number, entries in db.execute("SELECT number, entries FROM requests").fetchall():
                db.executemany(_MARK_UNKNOWN, zip(*json.loads(entries), repeat(number), strict=False))
            self._compare(identity)
            (self._has_keys,) = db.execute("SELECT has_keys FROM mailing").fetchone()
            db.execute("UPDATE mailing SET is_open = 1")
            (self._last_request,) = db.execute("SELECT coalesce(max(number), 0) FROM requests").fetchone()
            (self._last_known,) = db.execute("SELECT coalesce(max(number), -1) FROM entries").fetchone()
            self._last_number = self._last_known
        # From here on, the file itself says that there is a file beside it.
        db.execute("PRAGMA wal_checkpoint(FULL)")
        # What has to be durable is synchronised by `begin`.
        db.execute("PRAGMA synchronous = NORMAL")

    def _compare(self, identity: MailingIdentity) -> None:
        """Take over what the journal is for, or check that it is the same as before, if something has been sent.

        Raises:
            ConfigurationError: It is another mailing, account or region.
        """
        row = self._db.execute("SELECT fingerprint, region, endpoint, account FROM mailing").fetchone()
        before = MailingIdentity(*row)
        (is_used,) = self._db.execute(_IS_USED).fetchone()
        if is_used and (difference := identity.find_difference(before)):
            raise ConfigurationError(
                f"the journal {self._path} was made with {difference}; a journal is for one mailing, "
                "so another one needs a file of its own"
            )
        account = identity.account or (before.account if is_used else None)
        self._db.execute(
            "UPDATE mailing SET fingerprint = ?, region = ?, endpoint = ?, account = ?",
            (identity.fingerprint, identity.region, identity.endpoint, account),
        )
        if not is_used:
            self._db.execute("UPDATE mailing SET has_keys = NULL")
            self._db.execute("DELETE FROM entries")
            self._db.execute("DELETE FROM requests")

    def look_up(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> list[KnownEntry]:
        """Return what is known of keys, each with the hash of its entry if it has one; new keys are pending.

        Raises:
            ConfigurationError: Some keys are given, and others are positions in the source.
            JournalError: The journal can't be read or written.
        """
        if not keys:
            return []
        with self._lock, self._translated():
            self._check_kind(keys)
            known = self._look_up_next(keys, digests)
            if known is not None:
                return known
            hexadecimal = list(map(_hexadecimal, digests))
            rows = {} if self._follow(keys) else self._rows_of(keys)
            self._next_number = max((row[0] for row in rows.values()), default=self._next_number) + 1
            if not rows and len(set(keys)) == len(keys) and self._places.keys().isdisjoint(keys):
                self._add(keys, hexadecimal)
                found = [NEW] * len(keys)
            else:
                entries = zip(keys, hexadecimal, strict=True)
                found = [self._known(key, digest, rows.get(key)) for key, digest in entries]
            if len(self._places) > _MAX_PLACES:
                self._write_places()
            return found

    def _follow(self, keys: Sequence[Key]) -> bool:
        """Return whether keys are positions after all those that have rows."""
        positions = cast(Sequence[int], keys)
        return not self._has_keys and positions[0] > self._last_number and all(map(lt, positions, positions[1:]))

    def _add(self, keys: Sequence[Key], digests: Sequence[str]) -> None:
        """Add rows for new keys."""
        numbers: Sequence[int]
        if self._has_keys:
            numbers = range(self._last_number + 1, self._last_number + 1 + len(keys))
            places: Iterable[_Place] = zip(numbers, keys, digests, strict=True)
        else:
            numbers = cast(Sequence[int], keys)
            places = zip(numbers, repeat(0, len(keys)), digests, strict=True)
        self._places.update(zip(keys, places, strict=True))
        self._note_seen(numbers)
        self._last_number = max(self._last_number, *numbers)

    def _look_up_next(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> list[KnownEntry] | None:
        """Return what is known of keys that come in the order of the run before; None if they don't.

        A run that carries on after another one reads the same source, so this is usual, and takes no index.
        """
        column, start = ("key", self._next_number) if self._has_keys else ("number", cast(int, keys[0]))
        end = start + len(keys)
        if start > self._last_known or any(self._seen[start:end]):
            return None
        first = self._db.execute(f"SELECT {column} FROM entries WHERE number = ?", (start,)).fetchone()  # noqa: S608
        if first != (keys[0],):
            return None
        columns = f"{column}, digest, state, message_id, code"
        select = f"SELECT {columns} FROM entries WHERE number >= ? AND number < ? ORDER BY number"  # noqa: S608
        rows = self._db.execute(select, (start, end)).fetchall()
        known_keys, known_digests, *facts = zip(*rows, strict=True)
        if known_keys != tuple(keys) or known_digests != tuple(map(_hexadecimal, digests)):
            return None
        self._note_seen(range(start, end))
        self._next_number = end
        return list(map(KnownEntry, *facts))

    def _known(self, key: Key, digest: str, row: _Entry | None) -> KnownEntry:
        """Return what is known of a key, whose row is this one, if it has one."""
        if row is None:
            return self._known_without_row(key, digest)
        number, _, state, message_id, code, before = row
        repeated = any(self._seen[number : number + 1])
        self._note_seen([number])
        if digest == before:
            return KnownEntry(state, message_id, code, repeated)
        if state in ("sent", "unknown"):
            return KnownEntry(state, message_id, code, repeated, changed=True)
        # What was not sent can be replaced.
        self._perform([(_REPLACE, (digest, number))])
        return KnownEntry("pending", repeated=repeated)

    def _known_without_row(self, key: Key, digest: str) -> KnownEntry:
        if key in self._places:
            return KnownEntry("pending", repeated=True)
        self._add([key], [digest])
        return NEW

    def _write_places(self) -> None:
        """Write the rows that are not written yet, so that they take no memory."""
        self._perform([(_WRITE_PENDING, place) for place in self._places.values()])
        self._places.clear()

    def _note_seen(self, numbers: Sequence[int]) -> None:
        """Note that this run has had these rows."""
        last = max(numbers)
        if last >= len(self._seen):
            self._seen.extend(bytes(last + 1))  # at least twice as many
        for number in numbers:
            self._seen[number] = True

    def _check_kind(self, keys: Sequence[Key]) -> None:
        """Check that all entries of the mailing have keys, or none."""
        has_keys = self._has_keys
        kinds = {issubclass(kind, str) for kind in set(map(type, keys))}
        if has_keys is not None:
            kinds.add(bool(has_keys))
        if len(kinds) > 1:
            before = {None: "", 0: "; those in the journal have none", 1: "; those in the journal have keys"}
            raise OtherMailingError(f"either all entries of a mailing have keys, or none{before[has_keys]}")
        if has_keys is None:
            has_keys = int(kinds.pop())
            self._perform([("UPDATE mailing SET has_keys = ?", (has_keys,))])
            self._has_keys = has_keys

    def begin(self, keys: Iterable[Key]) -> None:
        """Say that keys are in flight; when this returns, neither a crash nor a power cut undoes it.

        Raises:
            JournalError: The journal can't be written, or is not the file any more that was opened.
        """
        self._write(_Write(begun=list(keys)))

    def record(self, rows: Iterable[EntryRecord]) -> None:
        """Say what became of keys. A power cut may undo it, which leaves them in flight; a crash doesn't.

        Raises:
            JournalError: The journal can't be written, or is not the file any more that was opened.
        """
        self._write(_Write(states={row.key: (row.state, row.message_id or "", row.code or "") for row in rows}))

    def _write(self, write: _Write) -> None:
        """Write rows, in one commit with what other threads want to write meanwhile; returns when it is done."""
        self._waiting.append(write)
        with self._lock:
            if not write.is_done:
                others = [self._waiting.popleft() for _ in range(len(self._waiting))]
                self._commit([write, *(other for other in others if other is not write)])
        if write.error:
            raise write.error

    def _commit(self, writes: Sequence[_Write]) -> None:
        """Commit writes, together or, if that fails, each alone."""
        try:
            self._perform(statement for write in writes for statement in self._statements(write))
        except Exception as error:  # noqa: BLE001 -- it is raised where the write was requested
            if len(writes) > 1:
                for write in writes:
                    self._commit([write])
                return
            writes[0].error = self._error_for(error)
        else:
            for write in writes:
                self._note_written(write)
            self._synchronise([write for write in writes if write.begun])
        for write in writes:
            write.is_done = True

    def _perform(self, statements: Iterable[_Statement]) -> None:
        """Perform all statements, or none. The caller has the lock.

        The connection itself is the context manager: Ctrl-C could keep one that is written in Python from ending the
        transaction.
        """
        self._check_files()
        performed = list(statements)  # which may read the files
        with self._db:
            if len(performed) > 1:
                self._db.execute("BEGIN")
            for statement in performed:
                self._db.execute(*statement)

    def _statements(self, write: _Write) -> Iterator[_Statement]:
        if write.begun:
            if self._sync_error:
                raise self._sync_error
            write.request = write.request or self._next_request(len(write.begun))
            columns = tuple(zip(*self._places_of(write.begun), strict=True))
            yield _BEGIN, (write.request.slot, write.request.number, json.dumps(columns))
        numbers = [request.number if (request := self._requests.get(key)) else 0 for key in write.states]
        rows = list(zip(self._places_of(write.states), write.states.values(), numbers, strict=True))
        for part in _parts(rows):
            values: list[Any] = []
            for place, state, number in part:
                values += (*place, *state, number)
            yield _write_of(len(part)), values

    def _next_request(self, entries: int) -> _Request:
        self._last_request += 1
        if self._free_slots:
            return _Request(self._free_slots.pop(), self._last_request, entries)
        self._last_slot += 1
        return _Request(self._last_slot, self._last_request, entries)

    def _note_written(self, write: _Write) -> None:
        """Note what is in the file now."""
        if write.request:
            self._requests.update(dict.fromkeys(write.begun, write.request))
        for key, state in write.states.items():
            request = self._requests.pop(key, None)
            if request:
                request.left -= 1
                if not request.left:
                    self._free_slots.append(request.slot)
            if state[0] != "pending":
                self._places.pop(key, None)

    def _synchronise(self, begun: Sequence[_Write]) -> None:
        """Make what requests that begin have written durable, and all that was written before.

        After an error nothing can begin any more: what the operating system has not written then, it may have dropped,
        and what is written later can't be read without it.
        """
        if not begun:
            return
        try:
            cast(JournalFiles, self._files).synchronise()
        except OSError as error:
            self._sync_error = self._error_for(error)
            for write in begun:
                write.error = self._sync_error

    def _places_of(self, keys: Collection[Key]) -> Sequence[_Place]:
        """Return the first parts of the rows of keys."""
        missing = [key for key in keys if key not in self._places]
        if not missing:
            return list(map(self._places.__getitem__, keys))
        rows = self._rows_of(missing)
        # Of a row that is there, the number is enough.
        return [self._places.get(key) or (rows[key][0], 0, "") for key in keys]

    def _rows_of(self, keys: Sequence[Key]) -> dict[Key, _Entry]:
        """Return the rows of keys, those that there are."""
        column = "key" if self._has_keys else "number"
        rows: dict[Key, _Entry] = {}
        for some in _parts(keys):
            marks = ",".join("?" * len(some))
            select = f"SELECT {column}, {_COLUMNS} FROM entries WHERE {column} IN ({marks})"  # noqa: S608
            rows.update({key: row for key, *row in self._db.execute(select, some).fetchall()})
        return rows

    def close(self) -> None:
        """Close the file, and let others open it."""
        with self._lock:
            try:
                self._note_closed()
            except KeyboardInterrupt:  # which must not leave a journal that looks like one of a killed run
                self._note_closed()
                raise
            finally:
                if self._files:
                    self._files.close()  # first: Windows removes no file that is open
                self._db.close()

    @staticmethod
    def disown_all() -> None:
        """In a forked child, keep the connections of the parent for ever.

        To close one, as Python does when the child ends, would remove the file beside the parent's journal.
        """
        connections = [journal._db for journal in _open]  # noqa: SLF001 -- its own
        if connections:
            cycle: list[object] = [connections]
            cycle.append(cycle)
            gc.freeze()  # so this cycle is never collected

    def _note_closed(self) -> None:
        with suppress(sqlite3.Error, OSError, JournalError):
            self._check_files()
            self._mark_closed()

    def _mark_closed(self) -> None:
        """Note that no run has the journal open: SQLite removes the file beside it when the database is closed."""
        self._db.rollback()  # what Ctrl-C has interrupted
        try:
            self._db.execute(_MARK_CLOSED)
        except sqlite3.Error:
            # The disk may be full. After a checkpoint, the file beside it is written from its beginning.
            self._db.execute("PRAGMA wal_checkpoint(FULL)")
            self._db.execute(_MARK_CLOSED)

    def _let_go(self) -> None:
        """Close the file after it could not be opened as a journal, such as for another mailing, or because of Ctrl-C.

        The file beside it goes away with that, so the file must not say any more that there is one.
        """
        with suppress(sqlite3.Error):
            if self._is_complete and _pragma(self._db, "application_id") == _APPLICATION_ID:
                self._mark_closed()
        self._db.close()

    def _check_files(self) -> None:
        if self._files and not self._files.are_intact():
            raise JournalError(f"the journal {self._path} was deleted, emptied or replaced during the run")

    @contextmanager
    def _translated(self, kind: type[SESv2Error] = JournalError) -> Generator[None]:
        """Turn errors of SQLite, of the file system, and of text that is not Unicode, into one of the package."""
        try:
            yield
        except _ERRORS as error:
            raise self._error_for(error, kind) from error

    def _error_for(self, error: Exception, kind: type[SESv2Error] = JournalError) -> Exception:
        """Return an error of the package for one of SQLite, of the file system, or of text that is not Unicode."""
        if not isinstance(error, _ERRORS):
            return error
        locked = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
        reason = "another run has it open" if locked else str(error)
        translated = (ConfigurationError if locked else kind)(f"the journal {self._path} can't be used: {reason}")
        translated.__cause__ = error
        return translated


_open: Final[weakref.WeakSet[SqliteJournal]] = weakref.WeakSet()
"""The journals of this process."""


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=SqliteJournal.disown_all)


@cache
def _write_of(rows: int) -> str:
    """Return the statement that writes so many rows."""
    return _WRITE.format(",".join([_ROW] * rows))


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield values, so many at a time as one statement takes."""
    for start in range(0, len(values), _MAX_ROWS):
        yield values[start : start + _MAX_ROWS]


def _hexadecimal(digest: bytes | None) -> str:
    return digest.hex() if digest else ""


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
