"""The journal of one machine: an SQLite file."""

import sqlite3
import threading
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from os import PathLike, fspath
from typing import Final, Literal

from .._core.exceptions import ConfigurationError
from .journal import NEW, Key, Known, Row

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


class SqliteJournal:
    """An open journal, which nobody else can open meanwhile. Safe to share between threads.

    Args:
        path: The file; it is made if it is not there.
        fingerprint: A hash of the arguments of the run; the same in every run of a journal.

    Raises:
        ConfigurationError: Another run has it open, it is not a journal, or it was made for other arguments.
    """

    def __init__(self, path: str | PathLike[str], fingerprint: bytes) -> None:
        self._path = fspath(path)
        if not self._path:
            raise ConfigurationError("the journal needs the path of a file")
        self._lock = threading.Lock()
        with self._translating():
            self._db = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            with self._translating():
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
            raise ConfigurationError(f"{self._path} is not a journal of this version of sesv2kit")
        db.execute("PRAGMA journal_mode = WAL")
        with self._transaction():
            last, before = db.execute("SELECT max(number), fingerprint FROM runs").fetchone()
            if before not in (None, fingerprint):
                raise ConfigurationError(
                    f"the journal {self._path} was made with other arguments; a journal is for one mailing"
                )
            run = (last or 0) + 1
            db.execute("INSERT INTO runs VALUES (?, ?)", (run, fingerprint))
            db.execute("UPDATE entries SET state = 'unknown' WHERE state = 'in flight'")
        return run

    def look_up(self, keys: Sequence[tuple[Key, bytes | None]]) -> list[Known]:
        """Return what is known of keys, each with the hash of its entry if it has one; new keys become pending."""
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
        """Say that keys are in flight; when this returns, neither a crash nor a power cut undoes it."""
        with self._transaction(synchronous="FULL") as db:
            db.executemany("UPDATE entries SET state = 'in flight' WHERE key = ?", [(key,) for key in keys])

    def record(self, rows: Iterable[Row]) -> None:
        """Say what became of keys. A power cut may undo it, which leaves them in flight; a crash doesn't."""
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
        with self._lock, self._translating():
            self._db.execute(f"PRAGMA synchronous = {synchronous}")
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                yield self._db

    @contextmanager
    def _translating(self) -> Generator[None]:
        """Turn errors of SQLite, and of text that is not Unicode, into one of the package."""
        try:
            yield
        except (sqlite3.Error, UnicodeError) as error:
            locked = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
            reason = "another run has it open" if locked else str(error)
            raise ConfigurationError(f"the journal {self._path} can't be used: {reason}") from error


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
