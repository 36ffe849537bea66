"""An ASGI application under uvicorn, in a thread of its own."""

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

from .._core.exceptions import ConfigurationError
from .._core.settings import TEXT, Rule, check_settings

_MAX_PORT = 65535
_RULES: Final = {"host": TEXT, "port": Rule(lambda value: type(value) is int, "must be an int")}
_START = 10.0
"""Seconds that the server may take to start."""


@contextmanager
def serving(app: Any, host: str = "127.0.0.1", port: int = 0) -> Generator[str]:
    """Serve an application until the end of the context, and give its URL.

    Args:
        app: The ASGI application.
        host: The address to listen on. Default: loopback.
        port: The port. Default: 0, a free one.

    Raises:
        ConfigurationError: uvicorn is not installed, or the address can't be used, or is of the wrong type.
    """
    try:
        import uvicorn
    except ImportError:
        raise ConfigurationError("serving needs the extra: pip install 'sesv2kit[local]'") from None
    check_settings(_RULES, {"host": host, "port": port})
    if not 0 <= port <= _MAX_PORT:
        raise ConfigurationError(f"can't listen on {host}:{port}: a port is a number from 0 to {_MAX_PORT}")
    try:
        listening = socket.create_server((host, port), family=_family(host))
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (while ")[0]  # which repeats the address
        raise ConfigurationError(f"can't listen on {host}:{port}: {reason}") from None
    config = uvicorn.Config(app, log_level="warning", access_log=False, ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True, name="sesv2kit-fake")
    with listening:
        thread.start()
        try:
            _wait(server, thread)
            name = f"[{host}]" if ":" in host else host
            yield f"http://{name}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(_START)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _wait(server: Any, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _START
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise ConfigurationError(f"the server did not start within {_START:g} seconds")
        time.sleep(0.005)
