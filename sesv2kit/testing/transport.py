"""The fake service in the place of connections: requests reach it without a socket."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from .._core import aio
from .._core.exceptions import ConnectError, ConnectionLostError, TimeoutError  # noqa: A004 -- the package's own
from .._core.http import RawResponse, SignedRequest
from ._service.service import Exchange

Handle = Callable[[str, str, str, bytes], Exchange]
"""Handles a request: method, path, query and body."""


class FakeBackend:
    """The backend of a sync client of a fake service."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    def send(self, request: SignedRequest) -> RawResponse:
        """Hand a request to the fake service."""
        exchange = _begin(self._handle, request)
        if exchange.delay:
            time.sleep(_seconds_to_wait(exchange, request))
        return _end(exchange, request)

    def close(self) -> None:
        """Do nothing: there are no connections."""


class AsyncFakeBackend:
    """The backend of an async client of a fake service."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    async def send(self, request: SignedRequest) -> RawResponse:
        """Hand a request to the fake service."""
        exchange = _begin(self._handle, request)
        # A real request lets other tasks run, so code that forgets that shows it in its tests.
        await aio.sleep(_seconds_to_wait(exchange, request))
        return _end(exchange, request)

    async def aclose(self) -> None:
        """Do nothing: there are no connections."""


def _begin(handle: Handle, request: SignedRequest) -> Exchange:
    url = urlsplit(request.url)
    body = bytes(request.body)
    return handle(request.method, url.path, url.query, body)


def _seconds_to_wait(exchange: Exchange, request: SignedRequest) -> float:
    limit = request.seconds("read")
    return exchange.delay if limit is None else max(0.0, min(exchange.delay, limit))


def _end(exchange: Exchange, request: SignedRequest) -> RawResponse:
    operation = request.operation
    limit = request.seconds("read")
    if exchange.broken == "refuse_connection":
        raise ConnectError(f"{operation}: the connection was refused", operation=operation, outcome="not_sent")
    if exchange.broken:
        raise ConnectionLostError(
            f"{operation}: the connection was closed before the whole response was there", operation=operation
        )
    if limit is not None and exchange.delay > limit:
        raise TimeoutError(f"{operation}: no response within the timeout for reading", operation=operation)
    return exchange.response
