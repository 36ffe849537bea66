"""Examples: an environment, a home directory, and an SES endpoint of this machine."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import attrs

from .counting import Act, answers

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PATIENCE = 20
"""Seconds after which a test gives up waiting."""


@attrs.frozen
class App:
    """A web server that runs an example."""

    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def url(self) -> str:
        """The URL to call."""
        return self.wait_for(r"http://127\.0\.0\.1:\d+")

    def wait_for(self, pattern: str) -> str:
        """Wait until the log has a text, and return it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            if found := re.search(pattern, self.log.read_text()):
                return found[0]
            time.sleep(0.02)
        raise AssertionError(f"no {pattern} in the log:\n{self.log.read_text()}")


@contextmanager
def serving(home: Path, ses_url: str, *command: str) -> Generator[App]:
    """Run a web server, a Python module with arguments, until the end of the block."""
    log = home / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            env=environment(home, ses_url),
            cwd=home,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield App(process, log)
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        finally:
            process.kill()


def environment(home: Path, ses_url: str) -> dict[str, str]:
    """Return the settings of a user, who names an endpoint of their own and wants to see warnings."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "NO_PROXY": "127.0.0.1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "default",
        "AWS_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "any-access-key",
        "AWS_SECRET_ACCESS_KEY": "any-secret-key",
        "AWS_ENDPOINT_URL_SESV2": ses_url,
        "AWS_MAX_ATTEMPTS": "2",
    }


@attrs.define
class Crowd:
    """Answers requests only when so many of them are in flight at once, and knows how many have been at most."""

    size: int
    most: int = 0
    _now: int = 0
    _lock: threading.Lock = attrs.field(factory=threading.Lock)
    barrier: threading.Barrier = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.barrier = threading.Barrier(self.size)

    def acts(self, count: int) -> list[Act]:
        """Return what an endpoint does about the next requests; each mail gets an id of its own."""
        return [self._act(answers(body=b'{"MessageId": "%d"}' % number)) for number in range(count)]

    def _act(self, answer: Act) -> Act:
        def perform(connection: socket.socket, stopping: threading.Event) -> None:
            with self._lock:
                self._now += 1
                self.most = max(self.most, self._now)
            self.barrier.wait(PATIENCE)
            with self._lock:
                self._now -= 1
            answer.perform(connection, stopping)

        return attrs.evolve(answer, perform=perform)
