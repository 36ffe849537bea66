"""The journal of one machine: an SQLite file, and beside it, while a run lasts and after a crash, a `-wal` file."""

import json
import os
import sqlite3
import threading
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from operator import lt
from os import PathLike, fspath
from pathlib import Path
from typing import Final, Literal, TypeVar, cast

import attrs

from .._core.exceptions import ConfigurationError, JournalError
from .journal import NEW, EntryRecord, EntryState, Key, KnownEntry, MailingIdentity
from .sqlite_files import JournalFiles

T = TypeVar("T")
_APPLICATION_ID: Final = 0x53455332
_VERSION: Final = 4
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
    digest TEXT NOT NULL
);
CREATE TABLE requests (number INTEGER PRIMARY KEY, entries TEXT NOT NULL);
"""
"""Of a request under way, `requests` has the numbers, the keys and the digests of its entries, as three lists in JSON.
So there is one row to write and to synchronise before it leaves, and the rows of `entries` are written once, when it
has ended. A digest is hexadecimal, or empty if the entry has a key."""
_MAX_ROWS: Final = 150
"""Rows that one statement reads or writes: all versions of SQLite take 999 values. Each time a statement is performed,
other threads may run, so one for many rows costs less than many for a row each."""
_MAX_PLACES: Final = 20_000
"""Rows that are not written yet: several times those of the entries that a run reads ahead and sends. With more, most
are of entries that are in no request, such as malformed ones."""

_ROW: Final = "(?, ?, ?, ?, nullif(?, ''), nullif(?, ''))"
"""For a `None`, sqlite3 looks up each time how to adapt it, which takes a microsecond."""
_WRITE: Final = """
INSERT INTO entries (number, key, digest, state, message_id, code) VALUES {}
ON CONFLICT (number) DO UPDATE SET state = excluded.state, message_id = excluded.message_id, code = excluded.code
"""
_MARK_UNKNOWN: Final = """
INSERT INTO entries (number, key, digest, state) VALUES (?, ?, ?, 'unknown')
ON CONFLICT (number) DO UPDATE SET state = 'unknown', message_id = NULL, code = NULL WHERE state != 'sent'
"""
_WRITE_PENDING: Final = "INSERT OR IGNORE INTO entries (number, key, digest, state) VALUES (?, ?, ?, 'pending')"
_IS_USED: Final = "SELECT EXISTS (SELECT 1 FROM entries WHERE state != 'pending') OR EXISTS (SELECT 1 FROM requests)"
_MARK_CLOSED: Final = "UPDATE mailing SET is_open = 0"

_Entry = tuple[int, Key, EntryState, str | None, str | None, str]
"""A row: its number, key, state, message id, code and digest."""
_Place = tuple[int, Key, str]
"""The first part of a row: its number, key and digest."""
_State = tuple[EntryState, str, str]
"""The rest of a row: its state, message id and code, which may be empty."""


@attrs.define(eq=False)
class _Write:
    """What a thread wants to write."""

    begun: Sequence[Key] = ()
    """The keys of a request that begins."""
    states: Mapping[Key, _State] = attrs.field(factory=dict[Key, _State])
    request: int = 0
    """The number of the request."""
    settled: Mapping[int, int] = attrs.field(factory=dict[int, int])
    """How many of the keys that have states now are in which request."""
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
        self._files: JournalFiles | None = None
        self._last_number = 0
        """The number of the last row, written or not."""
        self._last_known = 0
        """The number of the last row of earlier runs."""
        self._places: dict[Key, _Place] = {}
        """The rows of keys that are new in this run, until their requests end, or there are too many."""
        self._requests: dict[Key, int] = {}
        """The numbers of the requests that keys are in, until something is recorded of them."""
        self._left: dict[int, int] = {}
        """How many keys of each request nothing is recorded of."""
        self._last_request = 0
        self._next_number = 1
        """The number of the row that follows those that were looked up last."""
        self._next_position = 0
        """The position after all those that have rows, if entries have no keys."""
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
            had_wal = self._has_wal()
            self._db = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            with self._translated(ConfigurationError):
                self._open(identity, had_wal)
                self._files = JournalFiles(self._path, self._wal)
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
                f"the journal {self._path} is gone, but the file {self._wal} is there, so nobody knows what was sent; "
                "if nothing was, delete that file and begin again"
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
            db.execute("UPDATE mailing SET is_open = 1")
            for (entries,) in db.execute("SELECT entries FROM requests").fetchall():
                db.executemany(_MARK_UNKNOWN, zip(*json.loads(entries), strict=True))
            db.execute("DELETE FROM requests")
            (self._last_known,) = db.execute("SELECT coalesce(max(number), 0) FROM entries").fetchone()
            self._last_number = self._last_known
            if self._has_keys == 0:
                (self._next_position,) = db.execute("SELECT coalesce(max(key), -1) + 1 FROM entries").fetchone()
        # From here on, the file itself says that there is a file beside it.
        db.execute("PRAGMA wal_checkpoint(FULL)")

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

    def look_up(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> list[KnownEntry]:
        """Return what is known of keys, each with the hash of its entry if it has one; new keys are pending.

        Raises:
            ConfigurationError: Some keys are given, and others are positions in the source.
            JournalError: The journal can't be read or written.
        """
        with self._lock, self._translated():
            self._check_kind(keys)
            known = self._look_up_next(keys, digests)
            if known is not None:
                return known
            rows = {} if self._follow(keys) else _rows_of(self._db, keys)
            self._next_number = max((row[0] for row in rows.values()), default=self._next_number) + 1
            hexadecimal = list(map(_hexadecimal, digests))
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
        """Note positions; returns whether they come after all those before, so that there are no rows of them."""
        if self._has_keys or not keys:
            return False
        positions = cast(Sequence[int], keys)
        follow = positions[0] >= self._next_position and all(map(lt, positions, positions[1:]))
        self._next_position = max(self._next_position, max(positions) + 1)
        return follow

    def _add(self, keys: Sequence[Key], digests: Sequence[str]) -> None:
        """Add rows for new keys."""
        start, end = self._last_number + 1, self._last_number + 1 + len(keys)
        self._places.update(zip(keys, zip(range(start, end), keys, digests, strict=True), strict=True))
        self._note_seen(start, end)
        self._last_number = end - 1

    def _look_up_next(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> list[KnownEntry] | None:
        """Return what is known of keys that come in the order of the run before; None if they don't.

        A run that carries on after another one reads the same source, so this is usual, and takes no index.
        """
        start, end = self._next_number, self._next_number + len(keys)
        if not keys or start > self._last_known or any(self._seen[start:end]):
            return None
        first = self._db.execute("SELECT key FROM entries WHERE number = ?", (start,)).fetchone()
        if first != (keys[0],):
            return None
        columns = "key, digest, state, message_id, code"
        select = f"SELECT {columns} FROM entries WHERE number >= ? AND number < ? ORDER BY number"  # noqa: S608
        rows = self._db.execute(select, (start, end)).fetchall()
        known_keys, known_digests, *facts = zip(*rows, strict=True)
        if known_keys != tuple(keys) or known_digests != tuple(map(_hexadecimal, digests)):
            return None
        self._note_seen(start, end)
        self._next_number = end
        return list(map(KnownEntry, *facts))

    def _known(self, key: Key, digest: str, row: _Entry | None) -> KnownEntry:
        """Return what is known of a key, whose row is this one, if it has one."""
        if row is None:
            return self._known_without_row(key, digest)
        number, _, state, message_id, code, before = row
        repeated = any(self._seen[number : number + 1])
        self._note_seen(number, number + 1)
        if digest == before:
            return KnownEntry(state, message_id, code, repeated)
        if state in ("sent", "unknown"):
            return KnownEntry(state, message_id, code, repeated, changed=True)
        # What was not sent can be replaced.
        with self._transaction() as db:
            db.execute(
                "UPDATE entries SET state = 'pending', code = NULL, digest = ? WHERE number = ?", (digest, number)
            )
        return KnownEntry("pending", repeated=repeated)

    def _known_without_row(self, key: Key, digest: str) -> KnownEntry:
        if key in self._places:
            return KnownEntry("pending", repeated=True)
        self._add([key], [digest])
        return NEW

    def _write_places(self) -> None:
        """Write the rows that are not written yet, so that they take no memory."""
        with self._transaction() as db:
            db.executemany(_WRITE_PENDING, self._places.values())
        self._places.clear()

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
            has_keys = int(kinds.pop())
            with self._transaction() as db:
                db.execute("UPDATE mailing SET has_keys = ?", (has_keys,))
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
            if not write.error:
                self._note_written(write)
            write.is_done = True

    def _update(self, db: sqlite3.Connection, write: _Write) -> None:
        if write.begun:
            write.request = self._last_request = self._last_request + 1
            columns = tuple(zip(*self._places_of(db, write.begun), strict=True))
            db.execute("INSERT INTO requests VALUES (?, ?)", (write.request, json.dumps(columns)))
        rows = list(zip(self._places_of(db, write.states), write.states.values(), strict=True))
        for part in _parts(rows):
            statement = _WRITE.format(",".join([_ROW] * len(part)))
            db.execute(statement, list(chain.from_iterable(chain.from_iterable(part))))
        requests = Counter(map(self._requests.get, write.states))
        write.settled = {request: keys for request, keys in requests.items() if request is not None}
        for request, keys in write.settled.items():
            if keys == self._left[request]:
                db.execute("DELETE FROM requests WHERE number = ?", (request,))

    def _note_written(self, write: _Write) -> None:
        """Note what is in the file now."""
        if write.begun:
            self._requests.update(dict.fromkeys(write.begun, write.request))
            self._left[write.request] = len(write.begun)
        for request, keys in write.settled.items():
            self._left[request] -= keys
            if not self._left[request]:
                del self._left[request]
        requests, places = self._requests, self._places
        for key, state in write.states.items():
            requests.pop(key, None)
            if state[0] != "pending":
                places.pop(key, None)

    def _places_of(self, db: sqlite3.Connection, keys: Iterable[Key]) -> Sequence[_Place]:
        """Return the first parts of the rows of keys."""
        missing = [key for key in keys if key not in self._places]
        if not missing:
            return list(map(self._places.__getitem__, keys))
        rows = _rows_of(db, missing)
        places = {**self._places, **{key: (row[0], key, row[-1]) for key, row in rows.items()}}
        return [places[key] for key in keys]

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
                if self._files:
                    self._files.close()

    def _note_closed(self) -> None:
        with suppress(sqlite3.Error, OSError, JournalError):
            self._check_files()
            self._mark_closed()

    def _mark_closed(self) -> None:
        """Write that nobody has the journal open: SQLite removes the file beside it when the database is closed."""
        try:
            self._db.execute(_MARK_CLOSED)
        except sqlite3.Error:
            # The disk may be full. After a checkpoint, the file beside it is written from its beginning.
            self._db.execute("PRAGMA wal_checkpoint(FULL)")
            self._db.execute(_MARK_CLOSED)

    def _let_go(self) -> None:
        """Close the file, which can't be used now, such as for another mailing, or because of Ctrl-C.

        The file beside it goes away with that, so the file must not say any more that there is one.
        """
        with suppress(sqlite3.Error):
            self._db.rollback()
            if self._is_complete:
                self._mark_closed()
        self._db.close()

    def _check_files(self) -> None:
        if self._files and not self._files.are_intact():
            raise JournalError(f"the journal {self._path} was deleted, emptied or replaced during the run")

    @contextmanager
    def _transaction(self, synchronous: Literal["NORMAL", "FULL"] = "NORMAL") -> Generator[sqlite3.Connection]:
        with self._lock, self._translated():
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


def _hexadecimal(digest: bytes | None) -> str:
    return digest.hex() if digest else ""


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
