"""Databases for the tests of fleets, each in a folder of its own; one that is not installed is skipped."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from glob import glob
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

Database = Callable[[Path], AbstractContextManager[str]]


def databases() -> list[Any]:
    """Return the databases that there are, as parameters of tests."""
    has_postgresql = bool(_postgresql()) and bool(find_spec("psycopg"))
    has_mariadb = bool(shutil.which("mariadbd")) and bool(find_spec("pymysql"))
    postgresql_reason = "needs `apt-get install postgresql` and `pip install psycopg[binary]`"
    mariadb_reason = "needs `apt-get install mariadb-server` and `pip install pymysql`"
    return [
        pytest.param(sqlite, id="sqlite"),
        pytest.param(
            postgresql, id="postgresql", marks=pytest.mark.skipif(not has_postgresql, reason=postgresql_reason)
        ),
        pytest.param(mariadb, id="mariadb", marks=pytest.mark.skipif(not has_mariadb, reason=mariadb_reason)),
    ]


@contextmanager
def sqlite(folder: Path) -> Generator[str]:
    """Give the URL of a file."""
    yield f"sqlite:///{folder / 'journal'}"


@contextmanager
def postgresql(folder: Path) -> Generator[str]:
    """Run a server of PostgreSQL, and give the URL of an empty database."""
    with Postgres(folder / "postgresql") as server:
        yield server.url


@contextmanager
def mariadb(folder: Path) -> Generator[str]:
    """Run a server of MariaDB, and give the URL of an empty database."""
    data = folder / "mariadb"
    data.mkdir()
    user = _hand_over(data)
    common = [f"--datadir={data}", "--no-defaults"]
    subprocess.run(
        ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal"]
        + ([f"--user={user}"] if user else []),
        check=True,
        capture_output=True,
    )
    port = free_port()
    command = ["mariadbd", "--no-defaults", *common[:1], f"--port={port}", "--bind-address=127.0.0.1"]
    command += [f"--socket={data / 'socket'}", f"--pid-file={data / 'pid'}", *([f"--user={user}"] if user else [])]
    with (data.parent / "mariadb.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            import pymysql

            def connect() -> None:
                with pymysql.connect(host="127.0.0.1", port=port, user="root") as connection:
                    connection.cursor().execute("CREATE DATABASE IF NOT EXISTS fleet")

            wait_until(connect)
            yield f"mariadb+pymysql://root@127.0.0.1:{port}/fleet"
        finally:
            server.kill()


class Postgres:
    """A server of PostgreSQL in a folder of its own, which can be killed and started again.

    Args:
        folder: Its folder.
        settings: Lines for its configuration.
        primary: The server that it is a standby of, if it is one.
    """

    def __init__(self, folder: Path, settings: str = "", primary: "Postgres | None" = None) -> None:
        self.port = free_port()
        self._folder = folder
        self._bin = _postgresql()
        folder.mkdir(mode=0o700, parents=True)
        self._user = _hand_over(folder)
        if primary is None:
            self._run("initdb", "--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "-D", str(folder))
        else:
            arguments = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres", "-D", str(folder), "-R"]
            self._run("pg_basebackup", *arguments, "--checkpoint=fast", "--no-sync")
        own = f"port = {self.port}\nunix_socket_directories = ''\nlisten_addresses = '127.0.0.1'\nmax_connections = 60\n"
        with (folder / "postgresql.conf").open("a") as file:
            file.write(own + settings + "\n")

    @property
    def url(self) -> str:
        """The URL of its database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it."""
        self._run("pg_ctl", "-D", str(self._folder), "-l", str(self._folder / "log"), "-w", "start")

    def kill(self) -> None:
        """End it as a crash does."""
        self._run("pg_ctl", "-D", str(self._folder), "-m", "immediate", "stop")

    def promote(self) -> None:
        """Make a standby the primary."""
        self._run("pg_ctl", "-D", str(self._folder), "-w", "promote")

    def execute(self, statement: str) -> Any:
        """Execute a statement; returns the first value."""
        import psycopg

        with psycopg.connect(f"postgresql://postgres@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None

    def __enter__(self) -> "Postgres":
        self.start()
        return self

    def __exit__(self, *_details: object) -> None:
        if (self._folder / "postmaster.pid").exists():
            self.kill()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(Path(self._bin) / program), *arguments]
        if self._user:
            command = ["setpriv", f"--reuid={self._user}", f"--regid={self._user}", "--clear-groups", *command]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/")
        assert done.returncode == 0, done.stderr


def _postgresql() -> str:
    """Return the folder of PostgreSQL's programs; empty if it is not installed."""
    found = shutil.which("pg_ctl")
    folders = [str(Path(found).resolve().parent)] if found else sorted(glob("/usr/lib/postgresql/*/bin"))
    return folders[-1] if folders else ""


def _hand_over(folder: Path) -> str:
    """Give a folder to a user without privileges, if this one has all; returns who that is."""
    if os.geteuid():
        return ""
    user = "nobody"
    shutil.chown(folder, user)
    for parent in folder.parents:
        if parent.owner() != "root" or parent == Path("/"):
            break
        parent.chmod(parent.stat().st_mode | 0o011)
    return user


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait_until(act: Callable[[], object], seconds: float = 60.0) -> None:
    """Repeat something until it raises nothing."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            act()
        except Exception:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            return
