"""PostgreSQL, Redis and a local SES in folders of their own.

Nothing of the machine's own servers is touched: each server has a free port of
127.0.0.1, a password of its own and a folder that is removed at the end.
PostgreSQL refuses to run as root, so root runs it as another user.

Whatever ends the program, its processes end as well: Ctrl-C and SIGTERM are noticed
only where nothing is half done, and after SIGKILL the next start ends what is left.
"""

import fcntl
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import IO, Any

PACKAGES = ("postgresql", "redis-server")
"""The packages of Debian and Ubuntu."""
_DEBIAN = Path("/usr/lib/postgresql")
_NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/no-main-cluster.conf")
_NO_START = Path("/usr/sbin/policy-rc.d")
_PATIENCE = 30.0
"""Seconds that a server has to start."""
_END_PATIENCE = 10.0
"""Seconds that a process has to end before it is killed."""
_PREFIX = "sesv2kit-fleet-"
_OWNER = "owner.lock"


class Problem(Exception):
    """Something is missing, or does not start; the message says what to do."""


class Interruption:
    """Ctrl-C, SIGTERM and the end of the terminal, for which the program checks.

    An exception at any moment could come between the start of a process and the note
    that it has to be ended, or while processes are ended.
    """

    def __init__(self) -> None:
        self.came = False

    def await_signals(self) -> None:
        """Take the signals from now on."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN:  # as nohup has it
                signal.signal(number, self._note)

    def _note(self, *_: object) -> None:
        self.came = True

    def check(self) -> None:
        """Raise `KeyboardInterrupt` if one of the signals came."""
        if self.came:
            raise KeyboardInterrupt


interruption = Interruption()


# Programs ------------------------------------------------------------------


def postgresql_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs; None if there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = (path.parent for path in _DEBIAN.glob("*/bin/initdb"))
    return max(folders, key=lambda one: float(one.parent.name), default=None)


def missing_packages() -> list[str]:
    """Return the packages whose programs are not installed."""
    found = (postgresql_programs(), shutil.which("redis-server"))
    return [name for name, program in zip(PACKAGES, found, strict=True) if not program]


def install_packages(say: Callable[[str], object]) -> None:
    """Install what is missing, as root on Debian and Ubuntu.

    The packages would make a database of the machine's own and start it, and
    Redis. Two files, there for as long as this takes, keep them from that.

    Raises:
        Problem: It is not possible here; the message has the command.
    """
    names = missing_packages()
    if not names:
        return
    command = f"apt-get install --yes --no-install-recommends {' '.join(names)}"
    if os.geteuid() or not shutil.which("apt-get"):
        raise Problem(
            f"{' and '.join(names)} must be installed. On Debian and Ubuntu:\n"
            f"  sudo {command}\n"
            "Or name servers that you have:\n"
            "  --database postgresql+psycopg://... --redis redis://..."
        )
    say(f"Installing Debian's packages {' and '.join(names)}")
    with ExitStack() as stack:
        stack.enter_context(_file_for_now(_NO_CLUSTER, "create_main_cluster = false\n"))
        stack.enter_context(_file_for_now(_NO_START, "#!/bin/sh\nexit 101\n"))
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for line in ("apt-get update", command):
            done = subprocess.run(
                line.split(),
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            interruption.check()  # Ctrl-C has reached apt-get as well
    if missing_packages():
        raise Problem(f"{command} has failed:\n{done.stderr}")


@contextmanager
def _file_for_now(path: Path, text: str) -> Generator[None]:
    """Return a context in which there is a file, unless there is one anyway."""
    if path.exists():
        yield
        return
    parents = [one for one in path.parents if not one.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        for one in parents:
            if not any(one.iterdir()):
                one.rmdir()


# What is left ----------------------------------------------------------------


@contextmanager
def own_folder() -> Generator[Path]:
    """Make a folder; at the end, its processes are ended, and it is removed."""
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
            )
        )
        # Locked before it has its name: a folder without it is not looked at.
        unnamed = folder / "new.lock"
        stack.enter_context(_locked(unnamed))
        unnamed.rename(folder / _OWNER)
        folder.chmod(0o711)  # another user's folders are in it
        stack.callback(end_processes, folder)
        yield folder


def end_what_is_left(say: Callable[[str], object]) -> None:
    """End and remove what programs have left that were killed."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(FileNotFoundError):  # it has just been made, or removed
            # Everybody may make folders here: only those of this user count.
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
                continue
            if _is_locked(folder / _OWNER):
                continue
            count = end_processes(folder)
            shutil.rmtree(folder, ignore_errors=True)
            say(f"Removed {folder} of a start that was killed: {count} processes ended")


def end_processes(folder: Path) -> int:
    """End the processes of a folder, by whichever program; returns how many."""
    found = {file: file.read_text().split() for file in folder.glob("*.pid")}
    running = [file for file, text in found.items() if text and _is_locked(file)]
    for file in running:
        pid, number = map(int, found[file])
        with suppress(ProcessLookupError):
            os.kill(pid, number)
    left = _wait_for(running)
    for file in left:
        with suppress(ProcessLookupError):
            os.killpg(int(found[file][0]), signal.SIGKILL)
    _wait_for(left)
    return len(running)


def _wait_for(files: Sequence[Path]) -> Sequence[Path]:
    """Wait until processes have ended; returns the files of those that have not."""
    deadline = time.monotonic() + _END_PATIENCE
    while (left := [*filter(_is_locked, files)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def _locked(file: Path) -> IO[str]:
    """Make a file that is locked as long as somebody has it open."""
    opened = file.open("w", encoding="ascii")
    fcntl.flock(opened, fcntl.LOCK_EX)
    return opened


def _is_locked(file: Path) -> bool:
    """Return whether a process has a file of `_locked` open."""
    with file.open(encoding="ascii") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


# Processes -----------------------------------------------------------------


class Process:
    """A process with its children, which Ctrl-C in the terminal does not reach.

    A file beside its log has its id, and is locked while it runs: an id alone might be
    that of another process by now. The command begins once the file is written.

    Args:
        name: What messages call it.
        command: The command line.
        log: The file for what it prints.
        end: The signal that ends it.
        text: What it reads.
        settings: As for `subprocess.Popen`.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        log: Path,
        *,
        end: signal.Signals = signal.SIGTERM,
        text: str = "",
        **settings: Any,
    ) -> None:
        self.name = name
        self.log = log
        self._end = end
        with log.open("ab") as output, _locked(log.with_suffix(".pid")) as lock:
            self.process = subprocess.Popen(
                ["/bin/sh", "-c", 'read -r line && exec "$@"', "sh", *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=[lock.fileno()],
                **settings,
            )
            lock.write(f"{self.process.pid} {end:d}\n")
        assert self.process.stdin  # noqa: S101 -- it is a pipe
        self.process.stdin.write(f"begin\n{text}".encode())
        self.process.stdin.close()

    def wait_until(self, is_ready: Callable[[], object]) -> None:
        """Wait until the process is ready.

        Raises:
            Problem: It has ended, or is not ready in time.
        """
        deadline = time.monotonic() + _PATIENCE
        while not is_ready():
            interruption.check()
            self.check()
            if time.monotonic() > deadline:
                raise Problem(f"{self.name} does not start:\n{self._last_lines()}")
            time.sleep(0.05)

    def check(self) -> None:
        """Raise a problem if the process has ended."""
        if self.process.poll() is not None:
            raise Problem(f"{self.name} has ended:\n{self._last_lines()}")

    def kill(self) -> None:
        """Kill the process and its children, as a crash of the machine does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask_to_end(self) -> None:
        """Send the signal that ends the process."""
        if self.process.poll() is None:
            self.process.send_signal(self._end)

    def end(self) -> None:
        """End the process; kill it if that takes too long."""
        self.ask_to_end()
        try:
            self.process.wait(_END_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()

    def _last_lines(self) -> str:
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-20:])


@contextmanager
def _ending(process: Process) -> Generator[Process]:
    """Return a context at whose end a process ends."""
    try:
        yield process
    finally:
        process.end()


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Make a folder; if this is root, give it to another user.

    Returns:
        How a process runs as that user.
    """
    folder.mkdir(mode=0o700)
    if os.geteuid():
        return {}
    names = {one.pw_name: one for one in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _takes_connections(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


# Servers -------------------------------------------------------------------


@contextmanager
def postgresql(folder: Path) -> Generator[str]:
    """Run a server of PostgreSQL; gives the URL of an empty database."""
    programs = postgresql_programs()
    if not programs:
        raise Problem("PostgreSQL is not installed")
    home = folder / "postgresql"
    as_user = _unprivileged(home)
    data, port, password = home / "data", _free_port(), secrets.token_urlsafe(16)
    secret = home / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if as_user:
        os.chown(secret, as_user["user"], as_user["group"])
    make = [
        str(programs / "initdb"),
        f"--pgdata={data}",
        f"--pwfile={secret}",
        "--username=shop",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
    ]
    done = subprocess.run(
        make,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
        **as_user,
    )
    interruption.check()
    if done.returncode:
        raise Problem(f"initdb has failed:\n{done.stderr}")
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(port)]
    command += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    server = Process(
        "PostgreSQL",
        command,
        folder / "postgresql.log",
        end=signal.SIGINT,
        cwd="/",
        **as_user,
    )
    ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    with _ending(server):
        server.wait_until(lambda: subprocess.run(ready, check=False).returncode == 0)
        yield f"postgresql+psycopg://shop:{password}@127.0.0.1:{port}/postgres"


@contextmanager
def redis(folder: Path) -> Generator[str]:
    """Run a server of Redis that keeps nothing on disk; gives its URL."""
    program = shutil.which("redis-server")
    if not program:
        raise Problem("Redis is not installed")
    home = folder / "redis"
    as_user = _unprivileged(home)
    port, password = _free_port(), secrets.token_urlsafe(16)
    settings = [
        "bind 127.0.0.1",
        f"port {port}",
        f"dir {home}",
        'save ""',
        "appendonly no",
        f"requirepass {password}",
    ]
    # The settings are its input: a password of the command line is everybody's.
    server = Process(
        "Redis",
        [program, "-"],
        folder / "redis.log",
        text="\n".join(settings),
        cwd="/",
        **as_user,
    )
    with _ending(server):
        server.wait_until(lambda: _takes_connections(port))
        yield f"redis://:{password}@127.0.0.1:{port}/0"


@contextmanager
def local_ses(folder: Path) -> Generator[str]:
    """Run `sesv2kit local`; gives its URL."""
    log = folder / "ses.log"
    server = Process(
        "sesv2kit local", [sys.executable, "-m", "sesv2kit", "local", "--port=0"], log
    )
    with _ending(server):
        server.wait_until(lambda: _address(log))
        yield _address(log)


def _address(log: Path) -> str:
    found = re.search(r"SES is at +(http://\S+)", log.read_text(encoding="utf-8"))
    return found[1] if found else ""


# Workers -------------------------------------------------------------------


class Workers:
    """Workers of Celery, each a process of its own.

    Args:
        count: How many.
        queue: The queue that they take batches from.
        folder: A folder for their logs.
        environment: The variables that they have.
    """

    def __init__(
        self, count: int, queue: str, folder: Path, environment: Mapping[str, str]
    ) -> None:
        self._queue = queue
        self._folder = folder
        self._environment = dict(environment)
        self._started = 0
        self.processes = [self._start() for _ in range(count)]

    def _start(self) -> Process:
        self._started += 1
        name = f"worker{self._started}"
        command = [
            sys.executable,
            "-m",
            "celery",
            "--app=fleet_shop",
            "worker",
            "--pool=solo",
        ]
        command += [
            f"--queues={self._queue}",
            f"--hostname={name}@%h",
            "--loglevel=warning",
        ]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        log = self._folder / f"{name}.log"
        here = str(Path(__file__).parent)
        return Process(name, command, log, env=self._environment, cwd=here)

    def kill(self, number: int) -> None:
        """Kill one, and start another in its place."""
        self.processes[number].kill()
        self.processes[number] = self._start()

    def check(self) -> None:
        """Raise a problem if one has ended by itself."""
        for process in self.processes:
            process.check()

    def end(self) -> None:
        """End all."""
        for process in self.processes:
            process.ask_to_end()
        for process in self.processes:
            process.end()
