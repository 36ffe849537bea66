"""The database of a shared journal: connections, repeated transactions, and checks of the server and its settings."""

import logging
import os
import random
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InternalError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
    TimeoutError,  # noqa: A004 -- of the pool
)

from .._core.exceptions import ConfigurationError, JournalError
from . import schema
from .server import clock_warnings, durability_problems, replication_warnings, server_of

P = ParamSpec("P")
T = TypeVar("T")
_FIRST_PATIENCE: Final = 5.0
"""Seconds for which the first connection is tried: a wrong password or address does not get better."""
_MAX_DELAY: Final = 2.0
_BUSY_TIMEOUT: Final = 60
"""Seconds that SQLite waits for other writers."""
_LOCK_TIMEOUT: Final = 10
"""Seconds that a statement waits for a row that another worker has locked, and that a worker may keep one locked."""
_LIBPQ: Final = {"connect_timeout": 10, "tcp_user_timeout": 30_000}
_TIMEOUTS: Final[Mapping[str, Mapping[str, int]]] = {
    "psycopg": _LIBPQ,
    "psycopg2": _LIBPQ,
    "pymysql": {"connect_timeout": 10, "read_timeout": 60, "write_timeout": 60},
}
"""By driver, what keeps a connection whose other end is gone from blocking forever; the URL can say otherwise."""
_MAX_TRIES: Final = 5
"""How often the tables are made, should other processes make them at the same moment."""

_log = logging.getLogger("sesv2kit")


class Database:
    """The database of a journal. Safe to share between threads, and to use after a fork.

    Args:
        url: Its URL, as SQLAlchemy takes it.
        patience: Seconds for which a transaction is repeated while the database can't be reached.
        guard: Whether another server than before ends the work.
        require_durable: Whether a server that may lose what it has committed is refused.
    """

    def __init__(self, url: str, *, patience: float, guard: bool, require_durable: bool) -> None:
        self.url: URL = _parse(url)
        try:
            dialect = self.url.get_dialect()
        except (ArgumentError, NoSuchModuleError) as error:
            raise ConfigurationError(f"the URL of the journal can't be used: {error}") from None
        self.dialect: str = dialect.name
        if self.dialect not in ("postgresql", "mysql", "mariadb", "sqlite"):
            raise ConfigurationError("a shared journal is in PostgreSQL, MySQL, MariaDB or SQLite")
        if dialect.is_async:
            raise ConfigurationError(
                f"the journal {self.shown} needs a driver that is not for asyncio, such as psycopg"
            )
        if self.dialect == "sqlite" and _is_in_memory(self.url):
            raise ConfigurationError("the journal needs a file: it has to outlast the process")
        try:
            dialect.import_dbapi()
        except ImportError as missing:
            raise ConfigurationError(f"the journal {self.shown} needs a driver: {_advice(missing)}") from None
        self._patience = patience
        self._guard = guard
        self._require_durable = require_durable
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._process = 0
        self._has_connected = False
        self._is_set_up = False

    @property
    def shown(self) -> str:
        """The URL without its password, and without its query, which may have one as well."""
        return self.url.set(query={}).render_as_string(hide_password=True)

    @property
    def missing_file(self) -> str | None:
        """The file of SQLite, if it is not there."""
        file = self.url.database if self.dialect == "sqlite" else None
        return file if file and not file.startswith("file:") and not Path(file).exists() else None

    def run(self, work: Callable[Concatenate[Connection, int, P], T], *arguments: P.args, **named: P.kwargs) -> T:
        """Run a transaction, again if the connection is lost or the database can't do it now.

        Args:
            work: Called with a connection and how often it was called before. A repetition may follow a commit whose
                confirmation was lost, so it must do no harm.
            *arguments: What else it is called with.
            **named: The same, by name.

        Raises:
            JournalError: The database can't be used, or was not reached for as long as the patience lasts.
            ConfigurationError: The server's settings, or the version of its tables, can't be used.
        """
        deadline = time.monotonic() + (self._patience if self._has_connected else min(self._patience, _FIRST_PATIENCE))
        attempt = 0
        while True:
            try:
                self._set_up()
                with self._engine_of_process().begin() as connection:
                    self._check(connection)
                    result = work(connection, attempt, *arguments, **named)
                self._has_connected = True
            except SQLAlchemyError as error:
                if not _is_transient(error) or time.monotonic() > deadline:
                    raise self._error(error) from error
                _log.warning("the journal %s: %s; trying again", self.shown, _first_line(error))
            else:
                return result
            attempt += 1
            time.sleep(random.uniform(0.5, 1.0) * min(0.05 * 2**attempt, _MAX_DELAY))  # noqa: S311 -- a delay

    def dispose(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._engine is not None and self._process == os.getpid():
                self._engine.dispose()
            self._engine = None

    def accept_server(self) -> None:
        """Take the server that there is now for the one that the journal was written on."""
        guard, self._guard = self._guard, False
        try:
            self.run(_note_server)
        finally:
            self._guard = guard

    def _engine_of_process(self) -> Engine:
        with self._lock:
            if self._engine is None or self._process != os.getpid():
                if self._engine is not None:
                    self._engine.dispose(close=False)  # the connections are those of the parent process
                self._engine = self._new_engine()
                self._process = os.getpid()
            return self._engine

    def _new_engine(self) -> Engine:
        options: dict[str, Any] = {} if self.dialect == "sqlite" else {"isolation_level": "READ COMMITTED"}
        given = _TIMEOUTS.get(self.url.get_driver_name(), {})
        arguments = {name: value for name, value in given.items() if name not in self.url.query}
        engine = create_engine(self.url, connect_args=arguments, **options)
        if self.dialect == "sqlite":
            event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "connect", _PREPARE[self.dialect])
        return engine

    def _set_up(self) -> None:
        if self._is_set_up:
            return
        for left in reversed(range(_MAX_TRIES)):  # pragma: no branch -- the last try succeeds or raises
            try:
                with self._engine_of_process().begin() as connection:
                    self._check_durability(connection)
                    _migrate(connection)
            except (ProgrammingError, IntegrityError, OperationalError, InternalError):
                if not left:
                    raise
                time.sleep(0.1)  # another process makes the same tables
            except UnicodeEncodeError:  # its context is not to be this one, which has the password in it
                break
            else:
                self._is_set_up = True
                return
        raise ConfigurationError(
            f"the journal {self.shown} can't be used: its driver can't encode the user or the password"
        )

    def _check(self, connection: Connection) -> None:
        """Check, on a new connection, that it leads to the server that the journal was written on."""
        if not self._guard or "sesv2kit" in connection.info:
            return
        server = server_of(connection)
        before = connection.execute(select(schema.fleet.c.server)).scalar_one()
        if before is None:
            connection.execute(update(schema.fleet).where(schema.fleet.c.server.is_(None)).values(server=server))
        elif server != before:
            raise JournalError(
                f"the journal {self.shown} is on another server than before ({server}, it was {before}): after a "
                "failover the last commits may be missing, and mails may be sent twice. Nothing was sent. See "
                "accept_failover() and, for a cluster that replicates synchronously, guard=False"
            )
        connection.info["sesv2kit"] = True

    def _check_durability(self, connection: Connection) -> None:
        for problem in durability_problems(connection):
            if self._require_durable:
                message = f"the journal {self.shown} may lose what it has committed, and then mails are sent twice: "
                raise ConfigurationError(f"{message}{problem}; see require_durable=")
            _log.warning("the journal %s: %s; after a crash mails may be sent twice", self.shown, problem)
        for warning in (*(replication_warnings(connection) if self._guard else ()), *clock_warnings(connection)):
            _log.warning("the journal %s: %s", self.shown, warning)

    def _error(self, error: SQLAlchemyError) -> JournalError:
        return JournalError(f"the journal {self.shown} can't be used: {_first_line(error)}")


_PACKAGES: Final[Mapping[str, str]] = {"psycopg": "psycopg[binary]", "MySQLdb": "mysqlclient"}
"""Drivers whose packages have other names than their modules, or need more."""


def _advice(missing: ImportError) -> str:
    """Return what to do about a driver that can't be imported."""
    name = missing.name or str(missing)
    if not isinstance(missing, ModuleNotFoundError):  # psycopg without a library for the protocol, for example
        return f"it is installed, and can't be imported: {str(missing).splitlines()[0]}"
    return f'pip install "{_PACKAGES.get(name, name)}"'


def _parse(url: str) -> URL:
    """Return a URL in its parts.

    Raises:
        ConfigurationError: It isn't one. The error quotes no part of it, since any part may be of the password.
    """
    try:
        parts = make_url(url)
        str(url).encode()
    except (ArgumentError, ValueError):  # of a port that is not a number, or of half of a surrogate pair
        raise ConfigurationError(
            "the URL of the journal can't be used: it is not like dialect+driver://user:password@host:port/database. "
            + _PERCENT_ENCODING
        ) from None
    if "\0" in str(url):
        raise ConfigurationError("the URL of the journal can't be used: it has a null character")
    if "@" in (parts.host or "") or (parts.host and "@" in (parts.database or "")):
        raise ConfigurationError(f"the URL of the journal can't be used: it has more than one @. {_PERCENT_ENCODING}")
    return parts


_PERCENT_ENCODING: Final = "Special characters of a password must be percent-encoded, such as @ as %40"


def _is_in_memory(url: URL) -> bool:
    """Return whether an SQLite database would be gone with its process."""
    name = url.database or ""
    return name in ("", ":memory:") or (
        name.startswith("file:") and (":memory:" in name or "memory" in url.query.get("mode", ""))
    )


def _is_transient(error: SQLAlchemyError) -> bool:
    """Return whether the same may succeed later: a lost connection, a deadlock, a locked file, a busy pool."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, OperationalError | InterfaceError | InternalError | TimeoutError)


def _first_line(error: SQLAlchemyError) -> str:
    """Return what the driver said, without the statement and its values."""
    words = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return words.splitlines()[0] if words else type(error).__name__


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the transactions are SQLAlchemy's
    _execute(
        connection,
        f"PRAGMA busy_timeout = {_BUSY_TIMEOUT * 1000}",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
    )


def _prepare_postgresql(connection: Any, _record: object) -> None:
    # A worker that is frozen in the middle of a transaction must not keep others from its batch.
    seconds = f"'{_LOCK_TIMEOUT}s'"
    _execute(connection, f"SET idle_in_transaction_session_timeout = {seconds}", f"SET lock_timeout = {seconds}")
    connection.commit()


def _prepare_mysql(connection: Any, _record: object) -> None:
    _execute(connection, f"SET SESSION innodb_lock_wait_timeout = {_LOCK_TIMEOUT}")
    with suppress(Exception):  # MariaDB alone has it
        _execute(connection, f"SET SESSION idle_transaction_timeout = {_LOCK_TIMEOUT}")
    connection.commit()


_PREPARE: Final[Mapping[str, Callable[[Any, object], None]]] = {
    "sqlite": _prepare_sqlite,
    "postgresql": _prepare_postgresql,
    "mysql": _prepare_mysql,
    "mariadb": _prepare_mysql,
}


def _execute(connection: Any, *statements: str) -> None:
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    """Make the tables, or bring them to this version.

    Raises:
        ConfigurationError: They are of a later version.
    """
    version: int | None = None
    if inspect(connection).has_table(schema.fleet.name):
        version = connection.execute(select(schema.fleet.c.version)).scalar()
    if version is None:
        schema.create(connection)
        connection.execute(insert(schema.fleet).values(id=1, version=schema.VERSION))
    elif version > schema.VERSION:
        message = f"the tables of the journal have version {version}, this release of sesv2kit knows {schema.VERSION}"
        raise ConfigurationError(f"{message}: update it on this machine as well")
    elif version < schema.VERSION:
        connection.execute(select(schema.fleet.c.version).with_for_update())
        for migration in schema.MIGRATIONS[version - 1 :]:
            migration(connection)
        connection.execute(update(schema.fleet).values(version=schema.VERSION))


def _note_server(connection: Connection, _attempt: int) -> None:
    connection.execute(update(schema.fleet).values(server=server_of(connection)))
