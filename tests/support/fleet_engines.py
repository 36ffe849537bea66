"""Engines for the tests of fleets: their brokers, and their programs, which are killed and frozen."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import attrs

from .fleet_brokers import RabbitMQ, Redis, end_group, has_rabbitmq
from .fleet_database import Postgres, find_postgresql

TESTS = Path(__file__).parents[1]
Command = Sequence[str]


@attrs.frozen
class Engine:
    """An engine.

    Attributes:
        name: What the table of a run calls it.
        broker: Makes its broker; the journal's own server takes its place if that is one.
        worker: The module and the arguments of a worker.
        others: Those of what else runs, such as a sweeper.
        setup: Those of what is run once.
        reason: What has to be installed for it; empty if it is.
    """

    name: str
    broker: Callable[[Path], Redis | RabbitMQ | Postgres]
    worker: Command
    others: Sequence[Command] = ()
    setup: Sequence[Command] = ()
    reason: str = ""


def _needs(what: str, is_there: object) -> str:
    return "" if is_there else f"needs {what}"


_CELERY = ("celery", "-A", "celery_app", "worker", "--concurrency=1", "--loglevel=error", "-n", "{name}@fleet")
_PROCRASTINATE = ("procrastinate", "--app=procrastinate_app.app")
ENGINES: Mapping[str, Engine] = {
    "celery-redis": Engine(
        "Celery + Redis",
        Redis,
        worker=_CELERY,
        others=[("support.fleet_sweeper", "celery_app")],
        reason=_needs("`pip install celery`", find_spec("celery")),
    ),
    "celery-rabbitmq": Engine(
        "Celery + RabbitMQ",
        RabbitMQ,
        worker=_CELERY,
        others=[("support.fleet_sweeper", "celery_app")],
        reason=_needs("`apt-get install rabbitmq-server`", has_rabbitmq()),
    ),
    "dramatiq-redis": Engine(
        "Dramatiq + Redis",
        Redis,
        worker=("dramatiq", "dramatiq_app", "--processes=1", "--threads=1", "--skip-logging"),
        others=[("support.fleet_sweeper", "dramatiq_app")],
        reason=_needs("`pip install dramatiq`", find_spec("dramatiq")),
    ),
    "procrastinate": Engine(
        "Procrastinate",
        lambda _folder: Postgres(),
        worker=(*_PROCRASTINATE, "worker", "--concurrency=1", "--name={name}"),
        setup=[(*_PROCRASTINATE, "schema", "--apply")],
        reason=_needs("`apt-get install postgresql`", find_postgresql()),
    ),
}


class Programs:
    """Programs of an engine, each a group of processes. One that ends is started again, as systemd does.

    Args:
        workers: The commands of workers, which are killed and frozen.
        others: The commands of programs that are left alone.
        settings: What their environment has in addition.
        log: The file for what they print.
    """

    def __init__(
        self, workers: Sequence[Command], others: Sequence[Command], settings: Mapping[str, str], log: Path
    ) -> None:
        self._commands = [*workers, *others]
        self._workers = len(workers)
        self._settings = settings
        self._log = log
        self._frozen: dict[int, float] = {}
        self._processes: list[subprocess.Popen[bytes]] = []
        self.restarts = 0
        """How many ended without having been killed."""

    def __enter__(self) -> "Programs":
        self._processes += [self._start(command) for command in self._commands]
        return self

    def __exit__(self, *_details: object) -> None:
        for process in self._processes:
            end_group(process)

    def run(self, command: Command) -> None:
        """Run a command to its end."""
        assert self._start(command).wait() == 0, self._log.read_text()

    def kill(self, chance: random.Random) -> None:
        """Kill a worker with its children; another one takes its place."""
        place = chance.randrange(self._workers)
        end_group(self._processes[place])
        self._frozen.pop(place, None)
        self._processes[place] = self._start(self._commands[place])

    def freeze(self, chance: random.Random, seconds: float) -> None:
        """Freeze a worker with its children for some seconds."""
        place = chance.choice([place for place in range(self._workers) if place not in self._frozen])
        os.killpg(self._processes[place].pid, signal.SIGSTOP)
        self._frozen[place] = time.monotonic() + seconds

    def wait(self, until: Callable[[], object], seconds: float) -> None:
        """Wait until something is true, and keep all programs running; fails after some seconds."""
        deadline = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < deadline, f"it takes too long:\n{self._log.read_text()[-5000:]}"
            self._thaw()
            for place, process in enumerate(self._processes):
                if process.poll() is not None:
                    end_group(process)
                    self._processes[place] = self._start(self._commands[place])
                    self.restarts += 1
            time.sleep(0.02)

    def _thaw(self) -> None:
        for place, until in list(self._frozen.items()):
            if time.monotonic() >= until:
                os.killpg(self._processes[place].pid, signal.SIGCONT)
                del self._frozen[place]

    def _start(self, command: Command) -> "subprocess.Popen[bytes]":
        words = [word.format(name=f"worker{os.urandom(4).hex()}") for word in command]
        path = os.pathsep.join([str(TESTS / "fleet"), str(TESTS), *sys.path])
        environment = {**os.environ, **self._settings, "PYTHONPATH": path}
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", *words],
                env=environment,
                cwd=TESTS / "fleet",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
