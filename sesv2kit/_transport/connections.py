"""What the pools of both clients share: what a connection knows of its request, and which one a request gets.

httpx's own pools look at every connection on every request, so a request costs more the more of them there
are. These are LIFO: they take the connection that was used last and look at no other.
"""

import os
import select
import socket
import ssl
import time
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from typing import Final, Generic, TypeVar
from urllib.parse import urlsplit

import attrs

from .._core.exceptions import ConfigurationError, ConnectError, ConnectionLostError, TimeoutError, client_closed
from .._core.http import MAX_BODY, SignedRequest
from .._core.timeout import Phase
from .http1 import Http1

READ_AT_ONCE: Final = 64 * 1024
"""How many bytes are read at a time."""
WRITE_AT_ONCE: Final = 16 * 1024
"""How many bytes are written at a time: a TLS record, so that it is known whether any of them left."""
CLOSED: Final = "the client was closed"
GONE: Final = "the server had closed the connection before the request was sent"
_LATE: Final[dict[Phase, str]] = {
    "connect": "connecting took too long",
    "write": "sending the request took too long",
    "read": "the response took too long",
    "pool": "no connection became free in time",
}


@attrs.frozen(kw_only=True)
class PoolSettings:
    """What both pools go by."""

    ssl_context: Callable[[], ssl.SSLContext]
    """Returns the TLS context; called when the first TLS connection is made."""
    max_connections: int = 200
    """How many requests can be in flight, each on a connection of its own; further ones wait."""
    keepalive_expiry: float = 25.0
    """Seconds after which an unused connection is not used again."""
    max_body: int = MAX_BODY
    """How many bytes the body of a response may have."""


@attrs.frozen
class Origin:
    """Where a connection goes."""

    scheme: str
    host: str
    port: int


@lru_cache(maxsize=256)
def split_url(url: str) -> tuple[Origin, str]:
    """Return where a URL leads, and what to ask for there: its path and query."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        host.encode("idna")
    except UnicodeError as error:  # sockets would raise it
        raise ConfigurationError(f"{host} can't be the name of a host: {error}") from error
    port = parts.port or (443 if parts.scheme == "https" else 80)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Origin(parts.scheme, host, port), target


def too_late(request: SignedRequest, phase: Phase, *, sent: bool) -> TimeoutError:
    """Return the error for a phase of a request that took too long."""
    message = f"{request.operation}: {_LATE[phase]}"
    return TimeoutError(message, operation=request.operation, outcome="unknown" if sent else "not_sent")


class Connection:
    """A connection, and what it knows of the request in work. Its kinds open, write, read and close."""

    def __init__(self, origin: Origin, settings: PoolSettings) -> None:
        self.origin = origin
        self.closed = False
        self._tls = settings.ssl_context() if origin.scheme == "https" else None
        self._http = Http1(settings.max_body)
        self._keepalive_expiry = settings.keepalive_expiry
        self._request: SignedRequest
        self._sent = False
        """Whether a part of the request may have left."""
        self._is_broken = False
        """Whether a part of the request could not be sent."""
        self._expires_at = 0.0

    def close(self) -> None:
        """Close the connection."""
        raise NotImplementedError

    def _has_news(self) -> bool:
        """Return whether an idle connection was closed, or has sent what nobody asked for."""
        raise NotImplementedError

    def can_be_reused(self) -> bool:
        """Return whether an idle connection is good for another request."""
        return time.monotonic() < self._expires_at and not self._has_news()

    @property
    def is_reusable(self) -> bool:
        """Whether a connection can wait for another request now that it has its response."""
        return self._http.is_reusable and not self._is_broken and not self.closed

    def _begin(self, request: SignedRequest, target: str) -> bytes:
        """Begin a request, and return its bytes."""
        self._request, self._sent = request, False
        return self._http.request(request, target)

    def _end(self) -> None:
        del self._request
        self._expires_at = time.monotonic() + self._keepalive_expiry

    def _seconds(self, phase: Phase) -> float | None:
        """Return how long a phase may take.

        Raises:
            TimeoutError: There is no time left.
        """
        seconds = self._request.seconds(phase)
        if seconds is not None and seconds <= 0:
            raise self._too_late(phase)
        return seconds

    def _too_late(self, phase: Phase) -> TimeoutError:
        return too_late(self._request, phase, sent=self._sent)

    def _not_connected(self, message: str) -> ConnectError:
        """Return the error for a request of which nothing has left."""
        operation = self._request.operation
        return ConnectError(
            f"{operation}: {CLOSED if self.closed else message}", operation=operation, outcome="not_sent"
        )

    def _lost(self, message: str) -> ConnectionLostError:
        operation = self._request.operation
        return ConnectionLostError(f"{operation}: {CLOSED if self.closed else message}", operation=operation)


ConnectionT = TypeVar("ConnectionT", bound=Connection)


class Connections(Generic[ConnectionT]):
    """The connections of a pool. Safe to share between threads: each step on a stack or the set is atomic."""

    def __init__(self, make: Callable[[Origin, PoolSettings], ConnectionT], settings: PoolSettings) -> None:
        self._make = make
        self._settings = settings
        self._idle: dict[Origin, deque[ConnectionT]] = {}
        self._busy: set[ConnectionT] = set()
        self._process = os.getpid()
        self._closed = False

    def take(self, origin: Origin) -> ConnectionT:
        """Return the connection that was used last, or a new one.

        Raises:
            ConfigurationError: The pool is closed.
        """
        connection = self._idle_one(origin) or self._make(origin, self._settings)
        self._busy.add(connection)
        if self._closed:
            self.drop(connection)
            raise client_closed()
        return connection

    def _idle_one(self, origin: Origin) -> ConnectionT | None:
        if self._process != os.getpid():
            # A fork shares the parent's sockets; two processes on one connection would mix up their responses.
            self._process = os.getpid()
            self._idle.clear()
        stack = self._idle.get(origin)
        while stack:
            try:
                connection = stack.pop()
            except IndexError:  # another thread took it
                break
            if connection.can_be_reused():
                return connection
            connection.close()
        return None

    def put_back(self, connection: ConnectionT) -> None:
        """Keep a connection for the next request, if it can have one."""
        if not connection.is_reusable:
            self.drop(connection)
            return
        self._busy.discard(connection)
        self._idle.setdefault(connection.origin, deque()).append(connection)
        for stack in tuple(self._idle.values()):
            _close_expired(stack)
        if self._closed:
            self.close()

    def drop(self, connection: ConnectionT) -> None:
        """Close a connection."""
        connection.close()
        self._busy.discard(connection)

    def close(self) -> tuple[ConnectionT, ...]:
        """Close the idle connections, and return those in use."""
        self._closed = True
        for stack in tuple(self._idle.values()):
            while stack:
                try:
                    stack.pop().close()
                except IndexError:  # another thread took it
                    break
        return tuple(self._busy)


def _close_expired(stack: deque[ConnectionT]) -> None:
    """Close what has expired at the bottom of a stack, so that it does not fill up with dead connections."""
    while len(stack) > 1:
        try:
            oldest = stack.popleft()
        except IndexError:  # another thread took it
            return
        if oldest.can_be_reused():
            stack.appendleft(oldest)
            return
        oldest.close()


def is_readable(connection: socket.socket | None) -> bool:
    """Ask the operating system, since an event loop may not have come round to the news."""
    if connection is None or connection.fileno() < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([connection], [], [], 0)[0])
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))
