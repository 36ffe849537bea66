"""Brokers for the tests of fleets, each in a folder of its own, which can be killed and started again."""

import os
import shutil
import signal
import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Protocol

from .fleet_database import free_port, wait_until
from .send_rate import PASSWORD, running_redis

_RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


class Server(Protocol):
    """A server that can be killed and started again."""

    @property
    def url(self) -> str:
        """Where it is."""
        ...

    def start(self) -> None:
        """Start it; returns when it takes connections."""

    def kill(self) -> None:
        """End it as a crash does."""


class Redis:
    """A Redis server, which keeps nothing when it is killed.

    Args:
        folder: Where its files are.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._port = free_port()
        self._running = ExitStack()

    @property
    def url(self) -> str:
        """Its URL, with the password."""
        return f"redis://:{PASSWORD}@127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start it, empty."""
        self._running.enter_context(running_redis(self._folder, self._port))

    def kill(self) -> None:
        """End it."""
        self._running.close()

    def close(self) -> None:
        """End it for good."""
        self.kill()


class RabbitMQ:
    """A node of RabbitMQ without plugins, with a port mapper of its own; durable queues outlast a crash.

    Args:
        folder: Where its files are.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._port = free_port()
        mapper = str(free_port())
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "ERL_EPMD_PORT": mapper,
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"fleet{self._port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self._port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        }
        self._mapper = self._run("epmd", "-port", mapper, "-address", "127.0.0.1")
        self._node: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its URL."""
        return f"amqp://guest:guest@127.0.0.1:{self._port}//"

    def start(self) -> None:
        """Start it."""
        self._node = self._run(str(_RABBITMQ))
        wait_until(self._connect)

    def kill(self) -> None:
        """End it."""
        if self._node:
            end_group(self._node)
            self._node = None

    def close(self) -> None:
        """End it with its port mapper."""
        self.kill()
        end_group(self._mapper)

    def _connect(self) -> None:
        from amqp import Connection

        with Connection(f"127.0.0.1:{self._port}", connect_timeout=5):
            pass

    def _run(self, *command: str) -> "subprocess.Popen[bytes]":
        nowhere: Any = subprocess.DEVNULL
        return subprocess.Popen(
            command, env=self._environment, cwd="/", stdout=nowhere, stderr=nowhere, start_new_session=True
        )


def has_rabbitmq() -> bool:
    """Return whether RabbitMQ is installed."""
    return _RABBITMQ.exists() and bool(shutil.which("epmd"))


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process with its children; it may have ended before."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
