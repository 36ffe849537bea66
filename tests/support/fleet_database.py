"""Databases for the tests of fleets, each in a folder of its own; one that is not installed is skipped."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from pwd import getpwnam
from tempfile import TemporaryDirectory
from typing import Any

import pytest

Database = Callable[[Path], AbstractContextManager[str]]


def databases() -> list[Any]:
    """Return the databases that there are, as parameters of tests."""
    return [
        pytest.param(sqlite, id="sqlite"),
        pytest.param(postgresql, id="postgresql", marks=needs_postgresql()),
        pytest.param(mariadb, id="mariadb", marks=needs_mariadb()),
    ]


def needs_postgresql() -> Any:
    """Return the mark of a test that is skipped where PostgreSQL, or its driver, is not installed."""
    reason = "needs `apt-get install postgresql` and `pip install psycopg[binary]`"
    return pytest.mark.skipif(not find_postgresql(), reason=reason)


def needs_mariadb() -> Any:
    """Return the mark of a test that is skipped where MariaDB, or its driver, is not installed."""
    has_mariadb = bool(shutil.which("mariadbd")) and bool(find_spec("pymysql"))
    return pytest.mark.skipif(
        not has_mariadb, reason="needs `apt-get install mariadb-server` and `pip install pymysql`"
    )


@contextmanager
def sqlite(folder: Path) -> Generator[str]:
    """Give the URL of a file."""
    yield f"sqlite:///{folder / 'journal'}"


@contextmanager
def postgresql(_folder: Path) -> Generator[str]:
    """Run a server of PostgreSQL, and give the URL of an empty database."""
    with Postgres() as server:
        yield server.url


@contextmanager
def mariadb(_folder: Path) -> Generator[str]:
    """Run a server of MariaDB, and give the URL of an empty database."""
    with MariaDB() as server:
        yield server.url


class MariaDB:
    """A server of MariaDB in a folder of its own, which can be killed and started again; entering it starts it."""

    def __init__(self) -> None:
        self.port = free_port()
        self._temporary = TemporaryDirectory(prefix="mariadb-", ignore_cleanup_errors=True)
        self._folder = folder = Path(self._temporary.name)
        self._as_user = hand_over(folder)
        self._environment = os.environ | {"TMPDIR": str(folder)}  # that of the tests may belong to another user
        self._server: subprocess.Popen[bytes] | None = None
        make = [
            "mariadb-install-db",
            "--no-defaults",
            f"--datadir={folder}",
            "--auth-root-authentication-method=normal",
        ]
        subprocess.run(make, check=True, capture_output=True, cwd="/", env=self._environment, **self._as_user)

    @property
    def url(self) -> str:
        """The URL of its database."""
        return f"mariadb+pymysql://root@127.0.0.1:{self.port}/fleet"

    def start(self) -> None:
        """Start it."""
        data = self._folder
        command = ["mariadbd", "--no-defaults", f"--datadir={data}", f"--port={self.port}", "--bind-address=127.0.0.1"]
        command += [f"--socket={data / 'socket'}", f"--pid-file={data / 'pid'}", f"--log-error={data / 'log'}"]
        self._server = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, cwd="/", env=self._environment, **self._as_user
        )
        wait_until(lambda: self.execute("CREATE DATABASE IF NOT EXISTS fleet"))

    def kill(self) -> None:
        """End it as a crash does."""
        if self._server:
            self._server.kill()
            self._server.wait()
            self._server = None

    def cut(self) -> None:
        """Close all connections."""
        for (connection,) in self.execute("SELECT id FROM information_schema.processlist WHERE db = 'fleet'"):
            with suppress(Exception):  # it has gone meanwhile
                self.execute(f"KILL {connection}")

    def execute(self, statement: str) -> Sequence[Any]:
        """Execute a statement; returns the rows."""
        import pymysql

        with (
            pymysql.connect(host="127.0.0.1", port=self.port, user="root") as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
            return cursor.fetchall()

    def __enter__(self) -> "MariaDB":
        self.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self.kill()
        self._temporary.cleanup()


class Postgres:
    """A server of PostgreSQL in a folder of its own, which can be killed and started again; entering it starts it.

    Args:
        settings: Lines for its configuration.
        primary: The server that it is a standby of, if it is one.
    """

    def __init__(self, settings: str = "", primary: "Postgres | None" = None) -> None:
        self.port = free_port()
        self._temporary = TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True)
        self._folder = Path(self._temporary.name)
        self._as_user = hand_over(self._folder)
        if primary is None:
            arguments = ["--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8"]
            self._run("initdb", *arguments, "-D", str(self._folder))
        else:
            arguments = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres", "-R", "--checkpoint=fast"]
            self._run("pg_basebackup", *arguments, "--no-sync", "-D", str(self._folder))
        own = (
            f"port = {self.port}\nunix_socket_directories = ''\nlisten_addresses = '127.0.0.1'\nmax_connections = 60\n"
        )
        with (self._folder / "postgresql.conf").open("a") as file:
            file.write(own + settings + "\n")

    @property
    def url(self) -> str:
        """The URL of its database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    @property
    def pid(self) -> int:
        """The process that is the parent of all others of the server."""
        return int((self._folder / "postmaster.pid").read_text().splitlines()[0])

    def configure(self, settings: str) -> None:
        """Add lines to its configuration, and have it read them."""
        with (self._folder / "postgresql.conf").open("a") as file:
            file.write(settings + "\n")
        self._run("pg_ctl", "-D", str(self._folder), "reload")

    def start(self) -> None:
        """Start it."""
        self._run("pg_ctl", "-D", str(self._folder), "-l", str(self._folder / "log"), "-w", "start")

    def kill(self) -> None:
        """End it as a crash does."""
        self._run("pg_ctl", "-D", str(self._folder), "-m", "immediate", "stop")

    def cut(self) -> None:
        """Close all connections."""
        self.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )

    def promote(self) -> None:
        """Make a standby the primary."""
        self._run("pg_ctl", "-D", str(self._folder), "-w", "promote")

    def processor_time(self) -> float:
        """Return the seconds of CPU that its processes have used, as Linux counts them."""
        main = (self._folder / "postmaster.pid").read_text().split()[0]
        ticks = 0
        for status in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it has ended meanwhile
                pid, _, rest = status.read_text().partition(" (")
                words = rest.rpartition(") ")[2].split()
                if pid == main:
                    ticks += sum(map(int, words[11:15]))
                elif words[1] == main:
                    ticks += int(words[11]) + int(words[12])
        return ticks / os.sysconf("SC_CLK_TCK")

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
        self._temporary.cleanup()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(Path(find_postgresql()) / program), *arguments]
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/", **self._as_user
        )
        assert done.returncode == 0, done.stderr


def find_postgresql() -> str:
    """Return the folder of PostgreSQL's programs; empty if it, or its driver, is not installed."""
    if not find_spec("psycopg"):
        return ""
    found = shutil.which("pg_ctl")
    folders = (
        [str(Path(found).resolve().parent)] if found else sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")))
    )
    return folders[-1] if folders else ""


def hand_over(folder: Path) -> dict[str, Any]:
    """Give a folder to a user without privileges, if this one has all; returns how to run a process as that user."""
    if os.geteuid():
        return {}
    user = getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


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
