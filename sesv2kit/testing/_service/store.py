"""Where the fake service keeps its state: records by kind and key, in memory, or in a file of SQLite as well."""

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterator, MutableMapping
from contextlib import AbstractContextManager, suppress
from os import PathLike, fspath
from typing import Any, Final, Generic, TypeVar, cast, overload

from ..._core.exceptions import ConfigurationError
from ..._core.model import Model
from ..._core.serde import decode, to_wire

RecordT = TypeVar("RecordT", bound=Model)
T = TypeVar("T")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (kind, key)
);
CREATE TABLE IF NOT EXISTS requests (number INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS mails (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    sent_at REAL NOT NULL,
    status TEXT NOT NULL,
    is_read INTEGER NOT NULL DEFAULT 0,
    counted INTEGER NOT NULL,
    request INTEGER NOT NULL,
    operation TEXT NOT NULL,
    sender TEXT NOT NULL,
    subject TEXT NOT NULL,
    recipients TEXT NOT NULL,
    facts TEXT NOT NULL,
    text TEXT,
    html TEXT
);
CREATE INDEX IF NOT EXISTS mails_by_time ON mails (sent_at);
CREATE INDEX IF NOT EXISTS mails_unread ON mails (is_read) WHERE is_read = 0;
CREATE INDEX IF NOT EXISTS mails_unsent ON mails (number) WHERE status = 'failed';
CREATE TABLE IF NOT EXISTS events (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    type TEXT NOT NULL,
    occurred_at REAL NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS events_by_mail ON events (message_id);
CREATE INDEX IF NOT EXISTS events_by_time ON events (type, occurred_at);
"""
_COMMIT_AFTER: Final = 0.2
"""Seconds after which mails are written to the file; writing each on its own costs more than sending it."""
_SEPARATOR = "\x1f"


def join_key(*parts: str) -> str:
    """Return the key of a record that several names identify, such as a list and an address."""
    return _SEPARATOR.join(parts)


class Database:
    """A database of SQLite, in memory or in a file.

    Args:
        path: The file; None for memory.

    Raises:
        ConfigurationError: The file can't be opened.
    """

    def __init__(self, path: str | PathLike[str] | None) -> None:
        self.is_in_memory: bool = path is None
        self.lock: AbstractContextManager[object] = threading.RLock()
        """Held by whoever uses the connection or the state of the service."""
        try:
            self.connection: sqlite3.Connection = sqlite3.connect(
                ":memory:" if path is None else fspath(path), check_same_thread=False, isolation_level=None
            )
            weakref.finalize(self, _close, self.connection)  # also if this is not a database
            self.connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _SCHEMA)
        except (sqlite3.Error, ValueError) as error:  # ValueError: a path with a null character
            raise ConfigurationError(f"the database {path} can't be opened: {error}") from None
        self._is_closed = False

    def collect(self) -> None:
        """Commit what is written now and within a fifth of a second together.

        Nothing is ever rolled back: records are in memory as well, so what was done before an error stays done.
        """
        if not self.is_in_memory and not self.connection.in_transaction:
            self.connection.execute("BEGIN")
            timer = threading.Timer(_COMMIT_AFTER, self._commit)
            timer.daemon = True
            timer.start()

    def _commit(self) -> None:
        with self.lock:
            if not self._is_closed and self.connection.in_transaction:
                self.connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file. What is in memory can be looked at for as long as somebody has the service."""
        if not self.is_in_memory:
            with self.lock:
                self._is_closed = True
                _close(self.connection)


def _close(connection: sqlite3.Connection) -> None:
    """Write what was not written yet, and close; one that is closed stays closed."""
    with suppress(sqlite3.ProgrammingError):
        connection.commit()
        connection.close()


class Collection(MutableMapping[str, RecordT], Generic[RecordT]):
    """The records of one class by their keys, in the order in which they were created.

    Records are frozen: a change is a new record under the same key. `attrs.evolve` makes one.
    """

    def __init__(self, database: Database, cls: type[RecordT]) -> None:
        self._database = database
        self._cls = cls
        self._kind = cls.__name__
        self._records: dict[str, RecordT] = {}
        if not database.is_in_memory:
            rows = database.connection.execute(
                "SELECT key, body FROM records WHERE kind = ? ORDER BY number", (self._kind,)
            )
            self._records = {key: decode(cls, json.loads(body)) for key, body in rows}

    def __getitem__(self, key: str) -> RecordT:
        return self._records[key]

    def __setitem__(self, key: str, record: RecordT) -> None:
        self._records[key] = record
        if not self._database.is_in_memory:
            self._database.connection.execute(
                "INSERT INTO records (kind, key, body) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
                (self._kind, key, json.dumps(to_wire(record))),
            )

    def __delitem__(self, key: str) -> None:
        del self._records[key]
        if not self._database.is_in_memory:
            self._database.connection.execute("DELETE FROM records WHERE kind = ? AND key = ?", (self._kind, key))

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    # Those of the abstract class raise and catch an error for each key that is missing.
    def __contains__(self, key: object) -> bool:
        return key in self._records

    @overload
    def get(self, key: str, default: None = None, /) -> RecordT | None: ...
    @overload
    def get(self, key: str, default: RecordT | T, /) -> RecordT | T: ...
    def get(self, key: str, default: Any = None, /) -> Any:
        """Return a record, or the default if there is none."""
        return self._records.get(key, default)

    def under(self, *parts: str) -> list[RecordT]:
        """Return the records whose keys begin with some names, such as all contacts of a list."""
        start = join_key(*parts, "")
        return [record for key, record in self._records.items() if key.startswith(start)]

    def delete_under(self, *parts: str) -> None:
        """Delete the records whose keys begin with some names."""
        start = join_key(*parts, "")
        for key in [key for key in self._records if key.startswith(start)]:
            del self[key]


class Collections:
    """The collections of a database, one for each class of records."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._by_class: dict[type[Model], Collection[Any]] = {}

    def of(self, cls: type[RecordT]) -> Collection[RecordT]:
        """Return the collection of a class."""
        found = self._by_class.get(cls)
        if found is None:
            found = self._by_class[cls] = Collection(self._database, cls)
        return cast("Collection[RecordT]", found)

    def clear(self) -> None:
        """Delete every record. Collections that were handed out before are not used any more."""
        self._database.connection.execute("DELETE FROM records")
        self._by_class.clear()
