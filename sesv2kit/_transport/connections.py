"""What all pools share: the state of a connection, and which connection a request gets.

httpx's own pools go through every connection on every request, so a request costs more the more of them there
are. These are LIFO: they take the connection that was used last and touch no other.
"""

import ssl
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, Generic, Literal, TypeVar

from .._core.exceptions import ConnectError, ConnectionLostError, TimeoutError, client_closed
from .._core.http import MAX_BODY, RawResponse, SignedRequest
from .._core.timeout import Phase
from .http1 import Http1, RequestBytes, TunnelError
from .resolver import Resolver
from .route import Origin, Proxy
from .sockets import disown

READ_AT_ONCE: Final = 64 * 1024
"""How many bytes are read at a time."""
CLOSED: Final = "the client was closed"
GONE: Final = "the server had closed the connection before the request was sent"
_CHECK_EVERY: Final = 0.1
"""Seconds between two checks of connections that nobody has used for long."""
NO_HANDSHAKE: Final = "the connection ended in the TLS handshake"
_ACTIVITIES: Final[dict[Phase, str]] = {
    "connect": "connecting",
    "write": "sending the request",
    "read": "waiting for the response",
    "pool": "waiting for a free connection",
}
"""What a request does in each phase."""
_EARLY: Final = 0.02
"""Seconds by which a timer of the operating system may end before the deadline that it was set for."""


class PoolSettings:
    """The settings of a pool."""

    __slots__ = ("keepalive_expiry", "max_body", "max_connections", "proxy", "ssl_context")

    def __init__(
        self,
        *,
        ssl_context: Callable[[], ssl.SSLContext],
        proxy: Proxy | None = None,
        max_connections: int = 200,
        keepalive_expiry: float = 25.0,
        max_body: int = MAX_BODY,
    ) -> None:
        self.ssl_context: Callable[[], ssl.SSLContext] = ssl_context
        """Returns the TLS context; called when the first TLS connection is made."""
        self.proxy: Proxy | None = proxy
        """The proxy to send through; None to connect to the endpoint directly."""
        self.max_connections: int = max_connections
        """How many requests can be in flight, each on a connection of its own; further ones wait."""
        self.keepalive_expiry: float = keepalive_expiry
        """Seconds after which an unused connection is not used again."""
        self.max_body: int = max_body
        """How many bytes the body of a response may have."""


ErrorT = TypeVar("ErrorT", bound=BaseException)


def timed_out(request: SignedRequest, phase: Phase, *, sent: bool) -> TimeoutError:
    """Return the error for a phase of a request that took too long."""
    activity, seconds = _ACTIVITIES[phase], getattr(request.timeout, phase)
    if request.deadline is not None and time.monotonic() >= request.deadline - _EARLY:
        message = f"the call_timeout ran out while {activity}"
    else:
        limit = "it may" if seconds is None else f"{seconds:g} seconds, the {phase} timeout"
        message = f"{activity} took longer than {limit}"
    outcome: Literal["not_sent", "unknown"] = "unknown" if sent else "not_sent"
    return TimeoutError(f"{request.operation}: {message}", operation=request.operation, outcome=outcome)


class Connection:
    """A connection and the state of its request. The subclasses open, write, read and close."""

    def __init__(self, origin: Origin, settings: PoolSettings, resolver: Resolver) -> None:
        self.origin = origin
        self.closed = False
        self._proxy = settings.proxy
        self._next = self._proxy.origin if self._proxy else origin
        """What the socket connects to: the proxy, or the origin itself."""
        self._ssl_context = settings.ssl_context
        self._resolver = resolver
        self._http = Http1(settings.max_body)
        self._keepalive_expiry = settings.keepalive_expiry
        self._request: SignedRequest
        self._response: RawResponse | None = None
        self._sent = False
        """Whether a part of the request may have been sent."""
        self._is_cut_short = False
        """Whether a part of the request was not sent."""
        self._connect_deadline: float | None = None
        self._head_deadline: float | None = None
        """The `time.monotonic()` at which the head of the response must be there; None before the first read."""
        self._expires_at = 0.0

    def close(self) -> None:
        """Close the connection."""
        raise NotImplementedError

    def file_descriptors(self) -> Iterator[int]:
        """Yield the file descriptors of the connection."""
        raise NotImplementedError

    def _is_readable(self) -> bool:
        """Return whether an idle connection was closed, or has bytes to read, which belong to no response."""
        raise NotImplementedError

    def can_be_reused(self) -> bool:
        """Return whether an idle connection can have another request: it has not expired, and nothing arrived on it."""
        return time.monotonic() < self._expires_at and not self._is_readable()

    @property
    def can_be_kept(self) -> bool:
        """Whether a connection that has its response can be kept for another request."""
        return self._http.is_reusable and not self._is_cut_short and not self.closed

    # One request, from beginning to end

    def _begin(self, request: SignedRequest, target: str) -> RequestBytes:
        """Begin a request, and return its bytes."""
        self._request, self._response, self._sent, self._head_deadline = request, None, False, None
        if self._proxy and not self.origin.uses_tls:
            return self._http.request(request, f"{self.origin}{target}", self._proxy.authorization)
        return self._http.request(request, target)

    def _receive_early(self, data: bytes) -> bool:
        """Take in what arrived while the request was being written; returns whether to stop writing."""
        self._response = self._http.receive(data)
        self._is_cut_short = self._http.has_head
        return self._is_cut_short

    def _end(self, response: RawResponse) -> RawResponse:
        if self._is_cut_short and 200 <= response.status < 300:
            # It may be a surplus response to an earlier request: nobody can have carried out a part of one.
            raise self._lost("the server reported success before it had the whole request")
        del self._request, self._response
        if response.status >= 400 and self._proxy and self._proxy.authorization:
            # The page of a proxy, which errors quote, may repeat what the proxy got.
            password = self._proxy.authorization.removeprefix("Basic ").encode("ascii")
            response.body = response.body.replace(password, b"***")
        self._expires_at = time.monotonic() + self._keepalive_expiry
        return response

    # Seconds

    def _seconds(self, phase: Phase) -> float | None:
        """Return how long a step of a phase may take.

        Raises:
            TimeoutError: There is no time left.
        """
        seconds = self._request.seconds(phase)
        if seconds is not None and seconds <= 0:
            raise self._timed_out(phase)
        return seconds

    def _begin_connecting(self) -> None:
        if self.origin.uses_tls:
            self._ssl_context()  # a CA bundle that can't be read is reported before anything is looked up
        seconds = self._seconds("connect")
        self._connect_deadline = None if seconds is None else time.monotonic() + seconds

    def _connect_seconds(self) -> float | None:
        """Return the seconds left for connecting: lookup of the host, TCP, a proxy's tunnel and TLS together."""
        if self._connect_deadline is None:
            return None
        seconds = self._connect_deadline - time.monotonic()
        if seconds <= 0:
            raise self._timed_out("connect")
        return seconds

    def _read_seconds(self) -> float | None:
        """Return the seconds for the next read. Interim responses and the head share one read timeout."""
        seconds = self._seconds("read")
        if seconds is None or self._http.has_head:
            return seconds
        now = time.monotonic()
        if self._head_deadline is None:
            self._head_deadline = now + seconds
        if self._head_deadline <= now:
            raise self._timed_out("read")
        return min(seconds, self._head_deadline - now)

    # Errors

    def _timed_out(self, phase: Phase) -> TimeoutError:
        return timed_out(self._request, phase, sent=self._sent)

    def _not_connected(self, reason: Exception | str) -> ConnectError:
        """Return the error for a request of which nothing was sent."""
        operation = self._request.operation
        if self.closed:
            message = CLOSED
        elif isinstance(reason, str):
            message = reason
        else:
            through = f" through the proxy {self._next.host_and_port}" if self._proxy else ""
            message = f"could not connect to {self.origin.host_and_port}{through}: {_reason(reason)}"
        error = ConnectError(f"{operation}: {message}", operation=operation, outcome="not_sent")
        error.is_retryable = not isinstance(reason, ssl.SSLCertVerificationError) and (
            not isinstance(reason, TunnelError) or reason.is_retryable
        )
        return error

    def _lost(self, message: str) -> ConnectionLostError:
        operation = self._request.operation
        return ConnectionLostError(f"{operation}: {CLOSED if self.closed else message}", operation=operation)


def _reason(reason: Exception) -> str:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return (
            f"the server's certificate was refused, certificate verify failed: {reason.verify_message}. If a private "
            "authority has signed it, name the file of that authority: ca_bundle=, AWS_CA_BUNDLE or SSL_CERT_FILE"
        )
    return str(reason) or type(reason).__name__


def without_frames(error: ErrorT) -> ErrorT:
    """Return an error without its traceback, whose frames hold the bytes of a request."""
    cause: BaseException | None = error
    while cause:
        cause = cause.with_traceback(None).__cause__ or cause.__context__
    return error


ConnectionT = TypeVar("ConnectionT", bound=Connection)


class Connections(Generic[ConnectionT]):
    """The connections of a pool. Safe to share between threads: each step on a stack or the set is atomic."""

    def __init__(self, make: Callable[[Origin, PoolSettings, Resolver], ConnectionT], settings: PoolSettings) -> None:
        self._make = make
        self._settings = settings
        self._resolver = Resolver()
        self._idle: dict[Origin, deque[ConnectionT]] = {}
        self._busy: set[weakref.ref[ConnectionT]] = set()
        """Weak references, so that nothing is kept if a signal handler raises an error between two steps."""
        self._check_at = 0.0
        self._closed = False

    def take(self, origin: Origin) -> ConnectionT:
        """Return the connection that was used last, or a new one.

        Raises:
            ConfigurationError: The pool is closed.
        """
        connection = self._idle_one(origin) or self._make(origin, self._settings, self._resolver)
        self._busy.add(weakref.ref(connection))
        if self._closed:
            self.drop(connection)
            raise client_closed()
        return connection

    def _idle_one(self, origin: Origin) -> ConnectionT | None:
        stack = self._idle.get(origin)
        while stack:
            try:
                connection = stack.pop()
            except IndexError:  # pragma: no cover -- another thread took it
                break
            if connection.can_be_reused():
                return connection
            connection.close()
        return None

    def put_back(self, connection: ConnectionT) -> None:
        """Keep a connection for the next request, if it can have one."""
        if not connection.can_be_kept:
            self.drop(connection)
            return
        self._busy.discard(weakref.ref(connection))
        stack = self._idle.get(connection.origin)
        if stack is None:
            stack = self._idle.setdefault(connection.origin, deque())
        stack.append(connection)
        now = time.monotonic()
        if now >= self._check_at:
            self._check_at = now + _CHECK_EVERY
            for stack in tuple(self._idle.values()):
                _close_expired(stack)
        if self._closed:  # pragma: no cover -- closed by another thread meanwhile
            self.close()

    def drop(self, connection: ConnectionT) -> None:
        """Close a connection."""
        connection.close()
        self._busy.discard(weakref.ref(connection))

    def close(self) -> tuple[ConnectionT, ...]:
        """Close the idle connections, and return those in use."""
        self._closed = True
        for stack in tuple(self._idle.values()):
            while stack:
                try:
                    stack.pop().close()
                except IndexError:  # pragma: no cover -- another thread took it
                    break
        return self.busy()

    def busy(self) -> tuple[ConnectionT, ...]:
        """Return the connections in use."""
        found = (reference() for reference in tuple(self._busy))
        return tuple(connection for connection in found if connection)

    def disown(self) -> None:
        """In a forked child, close its copies of the parent's connections; see `sockets.disown`."""
        self._closed = True
        for connection in (*self.busy(), *(idle for stack in self._idle.values() for idle in stack)):
            connection.closed = True
            disown(connection.file_descriptors())


def _close_expired(stack: deque[ConnectionT]) -> None:
    """Close what has expired at the bottom of a stack, so that it does not fill up with dead connections."""
    while len(stack) > 1:
        try:
            oldest = stack.popleft()
        except IndexError:  # pragma: no cover -- another thread took it
            return
        if oldest.can_be_reused():
            stack.appendleft(oldest)
            return
        oldest.close()
