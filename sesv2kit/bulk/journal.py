"""The journal of bulk runs: an SQLite file that knows of every entry what became of it, whatever ended the run.

A key is `in flight` on the disk before its request leaves. So whoever opens the journal after a crash knows that no
other entry can have been sent without its state saying so.
"""

import sqlite3
import threading
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from os import PathLike, fspath
from typing import Final, Literal

import attrs

from .._core.exceptions import ConfigurationError

Key = str | int
"""A key that was given, or a place in the source. SQLite keeps 7 and '7' apart."""
EntryState = Literal["pending", "in flight", "sent", "failed", "unknown"]

_APPLICATION_ID: Final = 0x53455332
_VERSION: Final = 1
_SCHEMA: Final = f"""
BEGIN;
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_VERSION};
CREATE TABLE runs (number INTEGER PRIMARY KEY, fingerprint BLOB NOT NULL);
CREATE TABLE entries (
    key PRIMARY KEY NOT NULL,
    state TEXT NOT NULL,
    message_id TEXT,
    code TEXT,
    digest BLOB,
    run INTEGER NOT NULL
) WITHOUT ROWID;
COMMIT;
"""


@attrs.frozen
class Known:
    """What the journal says of a key that an entry of this run has."""

    state: EntryState
    message_id: str | None = None
    code: str | None = None
    repeated: bool = False
    """The key has come up in this run before."""
    changed: bool = False
    """Another entry had the key in an earlier run, and has been sent, or may have been."""


NEW: Final = Known("pending")


@attrs.frozen
class Row:
    """What is to be written of a key."""

    key: Key
    state: EntryState
    message_id: str | None = None
    code: str | None = None


class Journal:
    """An open journal, which nobody else can open meanwhile. Safe to share between threads.

    Args:
        path: The file; it is made if it is not there.
        fingerprint: What stands for the arguments of the run; the same in every run of a journal.

    Raises:
        ConfigurationError: Another run has it open, it is no journal, or it was made for other arguments.
    """

    def __init__(self, path: str | PathLike[str], fingerprint: bytes) -> None:
        self._path = fspath(path)
        if not self._path:
            raise ConfigurationError("the journal needs the path of a file")
        self._lock = threading.Lock()
        with self._telling():
            self._db = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            with self._telling():
                self._run = self._open(fingerprint)
        except BaseException:
            self._db.close()
            raise

    def _open(self, fingerprint: bytes) -> int:
        db = self._db
        # The lock is one of the operating system, which ends with the process.
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        found = (_pragma(db, "application_id"), _pragma(db, "user_version"))
        if found == (0, 0) and not db.execute("SELECT 1 FROM sqlite_master").fetchone():
            db.executescript(_SCHEMA)
        elif found != (_APPLICATION_ID, _VERSION):
            raise ConfigurationError(f"{self._path} is no journal of this version of sesv2kit")
        db.execute("PRAGMA journal_mode = WAL")
        with self._transaction():
            last, before = db.execute("SELECT max(number), fingerprint FROM runs").fetchone()
            if before not in (None, fingerprint):
                raise ConfigurationError(
                    f"the journal {self._path} was made with other arguments; a journal goes with one mailing"
                )
            run = (last or 0) + 1
            db.execute("INSERT INTO runs VALUES (?, ?)", (run, fingerprint))
            db.execute("UPDATE entries SET state = 'unknown' WHERE state = 'in flight'")
        return run

    def look_up(self, keys: Sequence[tuple[Key, bytes | None]]) -> list[Known]:
        """Return what is known of keys, each with the digest of its entry if there is one; note new ones as pending."""
        found: list[Known] = []
        with self._transaction() as db:
            for key, digest in keys:
                row = db.execute("SELECT * FROM entries WHERE key = ?", (key,)).fetchone()
                if row is None:
                    db.execute("INSERT INTO entries VALUES (?, 'pending', NULL, NULL, ?, ?)", (key, digest, self._run))
                    found.append(NEW)
                    continue
                _, state, message_id, code, before, run = row
                repeated = run == self._run
                changed = digest != before and state in ("sent", "unknown")
                if not repeated and not changed:
                    db.execute("UPDATE entries SET digest = ?, run = ? WHERE key = ?", (digest, self._run, key))
                found.append(Known(state, message_id, code, repeated, changed))
        return found

    def begin(self, keys: Iterable[Key]) -> None:
        """Note that keys are in flight; when this returns, neither a crash nor a power cut undoes it."""
        with self._transaction(synchronous="FULL") as db:
            db.executemany("UPDATE entries SET state = 'in flight' WHERE key = ?", [(key,) for key in keys])

    def record(self, rows: Iterable[Row]) -> None:
        """Note what became of keys. A power cut may undo it, which leaves them in flight; a crash doesn't."""
        with self._transaction() as db:
            db.executemany(
                "UPDATE entries SET state = ?, message_id = ?, code = ? WHERE key = ?",
                [(row.state, row.message_id, row.code, row.key) for row in rows],
            )

    def close(self) -> None:
        """Close the file, and let others open it."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _transaction(self, synchronous: Literal["NORMAL", "FULL"] = "NORMAL") -> Generator[sqlite3.Connection]:
        with self._lock, self._telling():
            self._db.execute(f"PRAGMA synchronous = {synchronous}")
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                yield self._db

    @contextmanager
    def _telling(self) -> Generator[None]:
        """Turn errors of SQLite, and of text that is none, into one of the package."""
        try:
            yield
        except (sqlite3.Error, UnicodeError) as error:
            locked = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
            told = "another run has it open" if locked else str(error)
            raise ConfigurationError(f"the journal {self._path} can't be used: {told}") from error


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
