"""The server of a shared journal: whether it keeps what it has committed, and whether it is the same as before."""

import time
from typing import Final

from sqlalchemy import Connection, select, text

from . import schema

_MAX_CLOCK_DIFFERENCE: Final = 60.0
"""Seconds by which the clocks of this machine and of the database may differ without a warning."""
_SYNCHRONOUS: Final = ("on", "local", "remote_write", "remote_apply")
"""The values of `synchronous_commit` with which a commit is on the disk of the server."""


def durability_problems(connection: Connection) -> list[str]:
    """Return which settings of the server let it lose what it has committed."""
    if connection.dialect.name == "postgresql":
        wanted = {"fsync": ("on",), "full_page_writes": ("on",), "synchronous_commit": _SYNCHRONOUS}
        settings = {name: connection.execute(text(f"SHOW {name}")).scalar_one() for name in wanted}
    elif connection.dialect.name in ("mysql", "mariadb"):
        wanted = {"innodb_flush_log_at_trx_commit": ("1", "3")}
        settings = {name: connection.execute(text(f"SELECT @@GLOBAL.{name}")).scalar_one() for name in wanted}
    else:
        wanted = {"synchronous": ("2", "3"), "journal_mode": ("wal", "delete", "truncate", "persist")}
        settings = {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in wanted}
    return [f"{name} is {value}" for name, value in settings.items() if str(value) not in wanted[name]]


def replication_warnings(connection: Connection) -> list[str]:
    """Return a warning if standbys replicate asynchronously, so that a failover loses the last commits."""
    if connection.dialect.name != "postgresql":
        return []
    standbys = connection.execute(text("SELECT count(*) FROM pg_stat_replication")).scalar_one()
    names = connection.execute(text("SHOW synchronous_standby_names")).scalar_one()
    if not standbys or names:
        return []
    return ["its standbys replicate asynchronously (synchronous_standby_names is empty); a failover stops the mailing"]


def clock_warnings(connection: Connection) -> list[str]:
    """Return a warning if the clocks of this machine and of the database differ; only the database's counts."""
    ahead = time.time() - connection.execute(select(schema.now())).scalar_one() / 1000
    if abs(ahead) < _MAX_CLOCK_DIFFERENCE:
        return []
    words = "ahead of" if ahead > 0 else "behind"
    return [f"the clock of this machine is {abs(ahead):.0f} seconds {words} the database's; leases use the database's"]


def server_of(connection: Connection) -> str:
    """Return what changes when another server takes over: the timeline of PostgreSQL, the server's id of MySQL."""
    if connection.dialect.name == "postgresql":
        timeline = "SELECT substring(pg_walfile_name(pg_current_wal_lsn()) for 8)"
        return f"timeline {connection.execute(text(timeline)).scalar_one()}"
    if connection.dialect.name in ("mysql", "mariadb"):
        row = connection.execute(text("SELECT @@hostname, @@port, @@server_id")).one()
        return f"server {row[0]}:{row[1]} {row[2]}"
    return "file"
