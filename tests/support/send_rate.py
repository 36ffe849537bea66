"""The send rate: mails, answers of the account, a server that notes the time, Redis."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest

from sesv2kit import AsyncSESv2Client, models

from .counting import Act, CountingServer, Received, answers
from .unit import SETTINGS

PASSWORD = "not-for-logs"


def async_client_at(url: str, **settings: Any) -> AsyncSESv2Client:
    """Return an async client with connections of its own to a URL."""
    return AsyncSESv2Client(**(SETTINGS | {"endpoint_url": url} | settings))


def mail(recipients: int = 1) -> dict[str, Any]:
    """Return the arguments of a send to so many recipients."""
    return {
        "from_email_address": "shop@example.com",
        "destination": models.Destination(to_addresses=[f"ann{number}@example.net" for number in range(recipients)]),
        "content": models.EmailContent(template=models.Template(template_name="news", template_data="{}")),
    }


def account(rate: float = 14, quota: float = 50_000, sent: float = 0) -> Act:
    """Answer as GetAccount does."""
    members = {"MaxSendRate": rate, "Max24HourSend": quota, "SentLast24Hours": sent}
    return answers(body=json.dumps({"SendQuota": members}).encode())


def refuses(status: int, code: str, message: str = "no") -> Act:
    """Answer with an error."""
    return answers(status, json.dumps({"message": message}).encode(), {"x-amzn-ErrorType": code})


def is_send(request: Received) -> bool:
    """Return whether a request sends mail."""
    return request.method == "POST"


class TimingServer(CountingServer):
    """Notes when each request came in."""

    def __init__(self) -> None:
        super().__init__()
        self.started = time.monotonic()
        self.times: list[float] = []

    def next_act(self) -> Act:
        """Take the next act from the script, and note the time."""
        self.times.append(time.monotonic())
        return super().next_act()

    @property
    def seconds(self) -> float:
        """The time from before the first request to the last."""
        return max(self.times) - self.started


@attrs.frozen
class RedisServer:
    """A Redis server of the tests."""

    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        """The URL with its password."""
        return f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"


@contextmanager
def running_redis(folder: Path, port: int = 0) -> Iterator[RedisServer]:
    """Run Debian's Redis server on a port, by default a free one; it keeps nothing on disk."""
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("redis-server is not installed: apt-get install redis-server")
    pytest.importorskip("redis", reason="the extra sesv2kit[redis] is not installed")
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        port = int(listener.getsockname()[1])
    settings = {"port": port, "bind": "127.0.0.1", "dir": folder, "save": "", "appendonly": "no"}
    words = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
    process = subprocess.Popen([binary, *words, "--requirepass", PASSWORD], stdout=subprocess.DEVNULL)
    try:
        _wait_until_open(port)
        yield RedisServer(port, process)
    finally:
        process.kill()
        process.wait()


def _wait_until_open(port: int) -> None:
    """Wait until a port takes connections."""
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, "redis-server does not start"
            time.sleep(0.01)
        else:
            return
