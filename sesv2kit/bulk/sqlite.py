"""The journal of one machine: an SQLite file, and beside it, while a run lasts and after a crash, a `-wal` file."""

import os
import sqlite3
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import FileIO
from itertools import chain
from os import PathLike, fspath
from pathlib import Path
from typing import Final, Literal, TypeVar

import attrs

from .._core.exceptions import ConfigurationError, JournalError
from .journal import NEW, EntryRecord, EntryState, Key, KnownEntry, MailingIdentity

T = TypeVar("T")
_APPLICATION_ID: Final = 0x53455332
_VERSION: Final = 2
_SCHEMA: Final = f"""
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_VERSION};
CREATE TABLE mailing (fingerprint BLOB, region TEXT, endpoint TEXT, account TEXT, has_keys INTEGER, is_open INTEGER);
INSERT INTO mailing DEFAULT VALUES;
CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    key UNIQUE NOT NULL,
    state TEXT NOT NULL,
    message_id TEXT,
    code TEXT,
    digest BLOB
);
"""
_MAX_ROWS: Final = 150
"""Rows that one statement reads or writes: all versions of SQLite take 999 values. Each time a statement is performed,
other threads may run, so one for many rows costs less than many for a row each."""


_RECORD: Final = """
INSERT INTO entries (number, key, state, message_id, code) VALUES {}
ON CONFLICT (number) DO UPDATE SET state = excluded.state, message_id = excluded.message_id, code = excluded.code
"""
"""Changes rows, which are all there; `UPDATE` alone has no values of their own for many rows."""
_WAL_STARTS: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
"""https://www.sqlite.org/fileformat2.html, section 4.1."""

_New = tuple[int, Key, bytes | None]
"""A row to insert: its number, key and digest."""
_Entry = tuple[int, Key, EntryState, str | None, str | None, bytes | None]
"""A row: its number, key, state, message id, code and digest."""


@attrs.define(eq=False)
class _Write:
    """What a thread wants to write."""

    begun: Sequence[Key] = ()
    """Keys that are in flight from now on."""
    rows: Sequence[EntryRecord] = ()
    is_done: bool = False
    error: Exception | None = None


class SqliteJournal:
    """An open journal, which nobody else can open meanwhile. Safe to share between threads.

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
        self._files: list[tuple[int, int, int]] = []
        self._last_number = 0
        """The number of the last row."""
        self._numbers: dict[Key, int] = {}
        """The rows of keys that are new in this run, until their requests end."""
        self._next_number = 1
        """The number of the row that follows those that were looked up last."""
        self._seen = bytearray()
        """A byte for each row that says whether this run has had it."""
        self._has_keys: int | None = None
        self._synchronous = ""
        self._is_complete = False
        """Whether all states of earlier runs are there."""
        with self._translated(ConfigurationError):
            self._create()
            if not self._path.stat().st_size:
                raise JournalError(
                    f"the journal {self._path} is empty, so nobody knows what was sent; "
                    "if nothing was, delete the file and begin again"
                )
            had_wal = self._wal.exists() and self._wal.stat().st_size > 0
            self._db = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            with self._translated(ConfigurationError):
                self._open(identity, had_wal)
                self._files = self._look_at_files()
                # The database itself must not be opened beside SQLite: to close it would end the lock.
                self._wal_file = FileIO(self._wal)
        except BaseException:
            self._let_go()
            raise

    def _create(self) -> None:
        """Make the file in one piece, if it is not there: a file that is empty was a journal once."""
        if self._path.exists():
            return
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

    def _open(self, identity: MailingIdentity, had_wal: bool) -> None:
        db = self._db
        # The lock is one of the operating system, which ends with the process.
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        if (_pragma(db, "application_id"), _pragma(db, "user_version")) != (_APPLICATION_ID, _VERSION):
            raise ConfigurationError(f"{self._path} is not a journal of this version of sesv2kit")
        self._is_complete = had_wal
        db.execute("PRAGMA cache_size = -16000")
        db.execute("PRAGMA journal_mode = WAL")
        with self._transaction("FULL"):
            (is_open,) = db.execute("SELECT is_open FROM mailing").fetchone()
            if is_open and not had_wal:
                raise JournalError(
                    f"the run that had the journal {self._path} open was killed, and the file {self._wal}, in which "
                    "its last states were, is gone: nobody knows what was sent. See the guide on mailings"
                )
            self._is_complete = True
            self._compare(identity)
            (self._has_keys,) = db.execute("SELECT has_keys FROM mailing").fetchone()
            (self._last_number,) = db.execute("SELECT coalesce(max(number), 0) FROM entries").fetchone()
            db.execute("UPDATE mailing SET is_open = 1")
            db.execute("UPDATE entries SET state = 'unknown' WHERE state = 'in flight'")
        # From here on, the file itself says that there is a file beside it.
        db.execute("PRAGMA wal_checkpoint(FULL)")

    def _compare(self, identity: MailingIdentity) -> None:
        """Take over what the journal is for, or check that it is the same as before.

        Raises:
            ConfigurationError: It is another mailing, account or region.
        """
        row = self._db.execute("SELECT fingerprint, region, endpoint, account FROM mailing").fetchone()
        before = MailingIdentity(*row)
        is_new = before.fingerprint is None  # pyright: ignore[reportUnnecessaryComparison] -- a new journal has none
        if not is_new and (difference := identity.find_difference(before)):
            message = f"the journal {self._path} was made with {difference}; a journal is for one mailing"
            raise ConfigurationError(message)
        self._db.execute(
            "UPDATE mailing SET fingerprint = ?, region = ?, endpoint = ?, account = coalesce(?, account)",
            (identity.fingerprint, identity.region, identity.endpoint, identity.account),
        )

    def look_up(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> list[KnownEntry]:
        """Return what is known of keys, each with the hash of its entry if it has one; new keys become pending.

        Raises:
            ConfigurationError: Some keys are given, and others are positions in the source.
            JournalError: The journal can't be read or written.
        """
        with self._transaction() as db:
            self._check_kind(keys)
            known = self._look_up_next(db, keys, digests)
            if known is not None:
                return known
            rows = _rows_of(db, keys)
            self._next_number = max((row[0] for row in rows.values()), default=self._next_number) + 1
            new: list[_New] = []
            found = [self._known(db, key, digest, rows, new) for key, digest in zip(keys, digests, strict=True)]
            _insert(db, new)
            return found

    def _look_up_next(
        self, db: sqlite3.Connection, keys: Sequence[Key], digests: Sequence[bytes | None]
    ) -> list[KnownEntry] | None:
        """Return what is known of keys that come in the order of the run before; None if they don't.

        A run that carries on after another one reads the same source, so this is usual, and takes no index.
        """
        start, end = self._next_number, self._next_number + len(keys)
        first = db.execute("SELECT key FROM entries WHERE number = ?", (start,)).fetchone()
        if not keys or first != (keys[0],) or any(self._seen[start:end]):
            return None
        columns = "key, digest, state, message_id, code"
        select = f"SELECT {columns} FROM entries WHERE number >= ? AND number < ? ORDER BY number"  # noqa: S608
        rows = db.execute(select, (start, end)).fetchall()
        known_keys, known_digests, *facts = zip(*rows, strict=True)
        if known_keys != tuple(keys) or known_digests != tuple(digests):
            return None
        self._note_seen(start, end)
        self._next_number = end
        return list(map(KnownEntry, *facts))

    def _known(
        self, db: sqlite3.Connection, key: Key, digest: bytes | None, rows: dict[Key, _Entry], new: list[_New]
    ) -> KnownEntry:
        """Return what is known of a key; one that is not known is added to `rows` and to `new`."""
        row = rows.get(key)
        if row is None:
            self._last_number += 1
            number = self._numbers[key] = self._last_number
            rows[key] = (number, key, "pending", None, None, digest)
            new.append((number, key, digest))
            self._note_seen(number, number + 1)
            return NEW
        number, _, state, message_id, code, before = row
        repeated = any(self._seen[number : number + 1])
        self._note_seen(number, number + 1)
        if digest == before:
            return KnownEntry(state, message_id, code, repeated)
        if state in ("sent", "unknown"):
            return KnownEntry(state, message_id, code, repeated, changed=True)
        # What was not sent can be replaced.
        db.execute("UPDATE entries SET state = 'pending', code = NULL, digest = ? WHERE number = ?", (digest, number))
        return KnownEntry("pending", repeated=repeated)

    def _note_seen(self, start: int, end: int) -> None:
        """Note that this run has had these rows."""
        if end > len(self._seen):
            self._seen.extend(bytes(end))  # at least twice as many
        self._seen[start:end] = b"\1" * (end - start)

    def _check_kind(self, keys: Sequence[Key]) -> None:
        """Check that all entries of the mailing have keys, or none."""
        has_keys = self._has_keys
        kinds = {issubclass(kind, str) for kind in set(map(type, keys))}
        if has_keys is not None:
            kinds.add(bool(has_keys))
        if len(kinds) > 1:
            before = {None: "", 0: "; those in the journal have none", 1: "; those in the journal have keys"}
            raise ConfigurationError(f"either all entries of a mailing have keys, or none{before[has_keys]}")
        if has_keys is None and kinds:
            self._has_keys = int(kinds.pop())
            self._db.execute("UPDATE mailing SET has_keys = ?", (self._has_keys,))

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
        self._write(_Write(rows=list(rows)))

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
            with self._transaction("FULL" if any(write.begun for write in writes) else "NORMAL") as db:
                for write in writes:
                    self._update(db, write)
        except Exception as error:  # noqa: BLE001 -- it is raised where the write was requested
            if len(writes) > 1:
                for write in writes:
                    self._commit([write])
                return
            writes[0].error = error
        for write in writes:
            write.is_done = True

    def _update(self, db: sqlite3.Connection, write: _Write) -> None:
        for numbers in _parts(self._numbers_of(db, write.begun)):
            marks = ",".join("?" * len(numbers))
            db.execute(f"UPDATE entries SET state = 'in flight' WHERE number IN ({marks})", numbers)  # noqa: S608
        numbers = self._numbers_of(db, [row.key for row in write.rows])
        for part in _parts(list(zip(numbers, write.rows, strict=True))):
            values = [(number, row.key, row.state, row.message_id, row.code) for number, row in part]
            marks = ",".join(["(?, ?, ?, ?, ?)"] * len(part))
            db.execute(_RECORD.format(marks), list(chain.from_iterable(values)))
        for row in write.rows:
            if row.state != "pending":
                self._numbers.pop(row.key, None)

    def _numbers_of(self, db: sqlite3.Connection, keys: Sequence[Key]) -> list[int]:
        """Return the numbers of the rows of keys."""
        missing = [key for key in keys if key not in self._numbers]
        if not missing:
            return [self._numbers[key] for key in keys]
        rows = _rows_of(db, missing)
        return [rows[key][0] if key in rows else self._numbers[key] for key in keys]

    def close(self) -> None:
        """Close the file, and let others open it."""
        with self._lock:
            try:
                self._note_closed()
            except KeyboardInterrupt:  # which must not leave a journal that looks like one of a killed run
                self._note_closed()
                raise
            finally:
                self._db.close()
                self._wal_file.close()

    def _note_closed(self) -> None:
        with suppress(sqlite3.Error, OSError, JournalError):
            self._check_files()
            self._db.execute("UPDATE mailing SET is_open = 0")

    def _let_go(self) -> None:
        """Close the file, which can't be used now, such as for another mailing, or because of Ctrl-C.

        The file beside it goes away with that, so the file must not say any more that there is one.
        """
        with suppress(sqlite3.Error):
            self._db.rollback()
            if self._is_complete:
                self._db.execute("UPDATE mailing SET is_open = 0")
        self._db.close()

    def _look_at_files(self) -> list[tuple[int, int, int]]:
        """Return what identifies the two files: device, number, and size, which never shrinks."""
        stats = [path.stat() for path in (self._path, self._wal)]
        return [(stat.st_dev, stat.st_ino, stat.st_size) for stat in stats]

    def _check_files(self) -> None:
        """Check that the files are still there: SQLite itself would go on with one that has been deleted."""
        try:
            files = self._look_at_files()
        except OSError:
            files = []
        if (
            [file[:2] for file in files] != [file[:2] for file in self._files]
            or any(now[2] < before[2] for now, before in zip(files, self._files, strict=True))
            or not self._has_wal_header()
        ):
            raise JournalError(f"the journal {self._path} was deleted, emptied or replaced during the run")
        self._files = files

    def _has_wal_header(self) -> bool:
        """Return whether the file begins as SQLite writes it: one that was emptied and written on begins with zeros."""
        self._wal_file.seek(0)
        return self._wal_file.read(4) in _WAL_STARTS

    @contextmanager
    def _transaction(self, synchronous: Literal["NORMAL", "FULL"] = "NORMAL") -> Generator[sqlite3.Connection]:
        with self._lock, self._translated():
            if self._files:
                self._check_files()
            if synchronous != self._synchronous:
                self._db.execute(f"PRAGMA synchronous = {synchronous}")
                self._synchronous = synchronous
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                yield self._db

    @contextmanager
    def _translated(self, kind: type[ConfigurationError] | type[JournalError] = JournalError) -> Generator[None]:
        """Turn errors of SQLite, of the file system, and of text that is not Unicode, into one of the package."""
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeError) as error:
            locked = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
            reason = "another run has it open" if locked else str(error)
            kind = ConfigurationError if locked else kind
            raise kind(f"the journal {self._path} can't be used: {reason}") from error


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield values, so many at a time as one statement takes."""
    for start in range(0, len(values), _MAX_ROWS):
        yield values[start : start + _MAX_ROWS]


def _insert(db: sqlite3.Connection, new: Sequence[_New]) -> None:
    """Insert pending rows."""
    for part in _parts(new):
        marks = ",".join(["(?, ?, 'pending', ?)"] * len(part))
        insert = f"INSERT INTO entries (number, key, state, digest) VALUES {marks}"  # noqa: S608 -- of marks
        db.execute(insert, list(chain.from_iterable(part)))


def _rows_of(db: sqlite3.Connection, keys: Sequence[Key]) -> dict[Key, _Entry]:
    """Return the rows of keys, those that there are."""
    rows: dict[Key, _Entry] = {}
    for some in _parts(keys):
        marks = ",".join("?" * len(some))
        cursor = db.execute(f"SELECT * FROM entries WHERE key IN ({marks})", some)  # noqa: S608 -- of marks
        rows.update({row[1]: row for row in cursor})
    return rows


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
