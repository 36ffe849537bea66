"""The tables of a shared journal, and its only clock: that of the database.

Keys and outcomes have rows of their own, so that the row of a batch, which is written for each request, stays small.
No index holds a column that is written for each request: PostgreSQL then updates the row in its page alone.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

VERSION: Final = 1
"""The version of the schema that this release reads and writes."""
MAX_BATCH: Final = 5000
"""Entries that a batch has at most."""
MAX_KEY: Final = 255
"""Characters of a key at most."""
MAX_NAME: Final = 200
"""Characters of a mailing's name at most."""

_MYSQL: Final = ("mysql", "mariadb")


def _ascii(length: int) -> Any:
    return String(length).with_variant(mysql.VARCHAR(length, charset="ascii", collation="ascii_bin"), *_MYSQL)


def _unicode(length: int) -> Any:
    return String(length).with_variant(mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin"), *_MYSQL)


def _binary(length: int) -> Any:
    return LargeBinary(length).with_variant(mysql.VARBINARY(length), *_MYSQL)


_INNODB: Final[Any] = {"mysql_engine": "InnoDB", "mariadb_engine": "InnoDB"}
"""Another engine that a server may have as its default has no transactions."""
_long_text: Final[Any] = Text().with_variant(mysql.MEDIUMTEXT(charset="utf8mb4", collation="utf8mb4_bin"), *_MYSQL)
_metadata: Final = MetaData()

fleet: Final = Table(
    "sesv2kit_fleet",
    _metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("server", _ascii(200)),
    **_INNODB,
)
"""One row: the version of the schema, and the server that the journal was last written on."""

mailings: Final = Table(
    "sesv2kit_fleet_mailings",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("name", _unicode(MAX_NAME), nullable=False, unique=True),
    Column("uid", _ascii(16), nullable=False),
    Column("status", _ascii(10), nullable=False),
    Column("reason", _long_text),
    Column("vouched", SmallInteger),
    Column("fingerprint", _binary(16)),
    Column("region", _ascii(100)),
    Column("endpoint", _unicode(500)),
    Column("account", _ascii(20)),
    Column("batches", Integer, nullable=False),
    Column("entries", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    **_INNODB,
)

batches: Final = Table(
    "sesv2kit_fleet_batches",
    _metadata,
    Column("mailing", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("size", SmallInteger, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("states", _ascii(MAX_BATCH), nullable=False),
    Column("version", Integer, nullable=False, default=0),
    Column("token", _ascii(32)),
    Column("leased_until", BigInteger, nullable=False, default=0),
    Column("offered_until", BigInteger, nullable=False, default=0),
    Column("claims", Integer, nullable=False, default=0),
    Column("done_at", BigInteger, nullable=False, default=0),
    *(Column(name, SmallInteger, nullable=False, default=0) for name in ("sent", "failed", "unknown", "skipped")),
    Index("sesv2kit_fleet_batches_status", "mailing", "status", "number"),
    **_INNODB,
)
_leave_room: Any = DDL("ALTER TABLE sesv2kit_fleet_batches SET (fillfactor = 70)")  # type: ignore[no-untyped-call]
event.listen(batches, "after_create", _leave_room.execute_if(dialect="postgresql"))
WAITING: Final = 0
"""Status of a batch that was not handed out yet."""
OFFERED: Final = 1
"""Status of a batch that was handed out; if it has a token and its lease lasts, a worker has it."""
DONE: Final = 2
"""Status of a batch in which nothing is left to send. Its states are counted in its last columns, for reports."""

keys: Final = Table(
    "sesv2kit_fleet_keys",
    _metadata,
    Column("mailing", Integer, primary_key=True, autoincrement=False),
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("packed", _long_text, nullable=False),
    **_INNODB,
)
"""The keys of each batch, as JSON."""

unique_keys: Final = Table(
    "sesv2kit_fleet_unique",
    _metadata,
    Column("mailing", Integer, primary_key=True, autoincrement=False),
    Column("hash", _binary(16), primary_key=True),
    **_INNODB,
)
"""Hashes of all keys of mailings whose keys the caller does not vouch for."""

outcomes: Final = Table(
    "sesv2kit_fleet_outcomes",
    _metadata,
    Column("mailing", Integer, primary_key=True, autoincrement=False),
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("id", _ascii(16), primary_key=True),
    Column("late", SmallInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("entries", _long_text, nullable=False),
    **_INNODB,
)
"""What became of the entries of one request, as JSON: position, letter, message id, code. Late if another
worker had taken the batch over by then."""


class now(FunctionElement[int]):  # noqa: N801 -- it reads as the function that it is
    """The database's time in milliseconds since 1970, whatever its time zone."""

    type: TypeEngine[int] = BigInteger()
    inherit_cache: bool | None = True


@compiles(now, "postgresql")
def _now_postgresql(*_arguments: Any, **_settings: Any) -> str:
    return "CAST(extract(epoch from clock_timestamp()) * 1000 AS BIGINT)"


@compiles(now, "mysql", "mariadb")
def _now_mysql(*_arguments: Any, **_settings: Any) -> str:
    return "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000)"


@compiles(now, "sqlite")
def _now_sqlite(*_arguments: Any, **_settings: Any) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"


Migration = Callable[[Connection], object]
MIGRATIONS: Final[Sequence[Migration]] = ()
"""What makes a schema of version 1 one of version 2, and so on; each can be repeated after it broke off half-way."""


def create(connection: Connection) -> None:
    """Make the tables that are not there."""
    _metadata.create_all(connection)
