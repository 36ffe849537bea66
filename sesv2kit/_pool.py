"""Connections kept open: LIFO pools over httpcore's connection classes.

httpx's own pools look at every connection on every request, so a request costs more the more of them there
are. These take the connection that was used last and look at no other: there is a slot for every request
in flight, and for every origin a stack of connections that wait for one.
"""

import asyncio
import os
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Generic, NoReturn, TypeVar

import attrs
import httpcore
import httpx

from ._exceptions import ConfigurationError
from ._response import MAX_BODY
from ._stream import AsyncLine, Line, time_left

_ERRORS: Final[Mapping[type[Exception], type[httpx.TransportError]]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.WriteTimeout: httpx.WriteTimeout,
    httpcore.ReadTimeout: httpx.ReadTimeout,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.WriteError: httpx.WriteError,
    httpcore.ReadError: httpx.ReadError,
    httpcore.LocalProtocolError: httpx.LocalProtocolError,
    httpcore.RemoteProtocolError: httpx.RemoteProtocolError,
}
_CORE_ERRORS: Final = tuple(_ERRORS)


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
    """How many bytes the body of an answer may have."""


class _Connection(httpcore.HTTPConnection):
    """A connection of httpcore's, with the line that it goes through."""

    def __init__(self, origin: httpcore.Origin, tls: ssl.SSLContext | None, settings: PoolSettings) -> None:
        self.line = Line()
        super().__init__(origin, tls, keepalive_expiry=settings.keepalive_expiry, network_backend=self.line)


class _AsyncConnection(httpcore.AsyncHTTPConnection):
    """The same for asyncio."""

    def __init__(self, origin: httpcore.Origin, tls: ssl.SSLContext | None, settings: PoolSettings) -> None:
        self.line = AsyncLine()
        super().__init__(origin, tls, keepalive_expiry=settings.keepalive_expiry, network_backend=self.line)


_ConnectionT = TypeVar("_ConnectionT", _Connection, _AsyncConnection)


class _Connections(Generic[_ConnectionT]):
    """The connections of a pool. Safe to share between threads: each step on a stack or the set is atomic."""

    def __init__(
        self,
        settings: PoolSettings,
        make: Callable[[httpcore.Origin, ssl.SSLContext | None, PoolSettings], _ConnectionT],
    ) -> None:
        self._settings = settings
        self._make: Callable[[httpcore.Origin, ssl.SSLContext | None, PoolSettings], _ConnectionT] = make
        self._idle: dict[tuple[bytes, bytes, int], deque[_ConnectionT]] = {}
        self._busy: set[_ConnectionT] = set()
        self._process = os.getpid()
        self._closed = False

    def take(self, origin: httpcore.Origin, deadline: float | None) -> _ConnectionT:
        """Return the connection for a request that was used last, or a new one.

        Raises:
            ConfigurationError: The pool is closed.
        """
        connection = self._idle_one(origin)
        if connection is None:
            tls = self._settings.ssl_context() if origin.scheme == b"https" else None
            connection = self._make(origin, tls, self._settings)
        self._busy.add(connection)
        if self._closed:
            self.drop(connection)
            raise ConfigurationError("the client is closed; make another one")
        connection.line.begin(deadline)
        return connection

    def _idle_one(self, origin: httpcore.Origin) -> _ConnectionT | None:
        if self._process != os.getpid():
            # A fork shares the parent's sockets; two processes on one connection would mix up their answers.
            self._process = os.getpid()
            self._idle.clear()
        stack = self._idle.get(_key(origin))
        while stack:
            try:
                connection = stack.pop()
            except IndexError:  # another thread took it
                break
            if not connection.has_expired():
                return connection
            connection.line.close()
        return None

    def put_back(self, connection: _ConnectionT, origin: httpcore.Origin) -> None:
        """Keep a connection for the next request, if it can have one."""
        if not connection.is_available():
            self.drop(connection)
            return
        self._busy.discard(connection)
        self._idle.setdefault(_key(origin), deque()).append(connection)
        for stack in tuple(self._idle.values()):
            _close_expired(stack)
        if self._closed:
            self.close()

    def drop(self, connection: _ConnectionT) -> None:
        """Close a connection."""
        connection.line.close()
        self._busy.discard(connection)

    def close(self) -> tuple[_ConnectionT, ...]:
        """Close the idle connections, and return those in use."""
        self._closed = True
        for stack in tuple(self._idle.values()):
            while stack:
                try:
                    stack.pop().line.close()
                except IndexError:  # another thread took it
                    break
        return tuple(self._busy)


def _key(origin: httpcore.Origin) -> tuple[bytes, bytes, int]:
    return origin.scheme, origin.host, origin.port


def _close_expired(stack: deque[_ConnectionT]) -> None:
    """Close what has expired at the bottom of a stack, so that it does not fill up with dead connections."""
    while len(stack) > 1:
        try:
            oldest = stack.popleft()
        except IndexError:  # another thread took it
            return
        if not oldest.has_expired():
            stack.appendleft(oldest)
            return
        oldest.line.close()


class Pool(httpx.BaseTransport):
    """The pool of a sync client; safe to share between threads."""

    def __init__(self, settings: PoolSettings) -> None:
        self._max_body = settings.max_body
        self._slots = _Slots(settings.max_connections)
        self._connections = _Connections(settings, _Connection)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the whole answer."""
        seconds = _pool_timeout(request)
        if not self._slots.take(seconds):
            raise httpx.PoolTimeout(f"no connection became free within {seconds} seconds")
        try:
            return self._exchange(_core_request(request), request.extensions.get("deadline"))
        except _CORE_ERRORS as error:
            _raise_httpx(error)
        finally:
            self._slots.give_back()

    def _exchange(self, request: httpcore.Request, deadline: float | None) -> httpx.Response:
        connection = self._connections.take(request.url.origin, deadline)
        try:
            response = connection.handle_request(request)
            body = bytearray()
            for part in response.iter_stream():
                _add(body, part, self._max_body)
            response.close()
            connection.line.check_answer()
        except BaseException:
            self._connections.drop(connection)
            raise
        self._connections.put_back(connection, request.url.origin)
        return _response(response, body, self._max_body)

    def close(self) -> None:
        """Close all connections; a request in flight ends with an error."""
        for connection in self._connections.close():
            connection.line.abort()


class _Slots:
    """The right to be in flight, so many at a time. First come, first served: a slot goes to who waits longest."""

    def __init__(self, free: int) -> None:
        self._free = free
        self._lock = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    def take(self, seconds: float | None) -> bool:
        """Take a slot, or wait for one; returns whether there was one in time."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        came = False
        try:
            came = turn.acquire(timeout=-1 if seconds is None else min(max(seconds, 0), threading.TIMEOUT_MAX))
        finally:
            if not came:
                self._leave(turn)
        return came

    def _leave(self, turn: threading.Lock) -> None:
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return
        self.give_back()  # the slot came just as the time ran out

    def give_back(self) -> None:
        """Hand a slot on."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


class AsyncPool(httpx.AsyncBaseTransport):
    """The pool of an async client on asyncio; safe to share between the tasks of one event loop."""

    def __init__(self, settings: PoolSettings) -> None:
        self._max_body = settings.max_body
        self._slots = asyncio.Semaphore(settings.max_connections)
        self._connections = _Connections(settings, _AsyncConnection)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the whole answer."""
        await self._take_slot(_pool_timeout(request))
        try:
            return await self._exchange(_core_request(request), request.extensions.get("deadline"))
        except _CORE_ERRORS as error:
            _raise_httpx(error)
        finally:
            self._slots.release()

    async def _take_slot(self, seconds: float | None) -> None:
        if not self._slots.locked():
            await self._slots.acquire()
            return
        try:
            async with asyncio.timeout(seconds):
                await self._slots.acquire()
        except TimeoutError as error:
            raise httpx.PoolTimeout(f"no connection became free within {seconds} seconds") from error

    async def _exchange(self, request: httpcore.Request, deadline: float | None) -> httpx.Response:
        connection = self._connections.take(request.url.origin, deadline)
        try:
            response = await connection.handle_async_request(request)
            body = bytearray()
            async for part in response.aiter_stream():
                _add(body, part, self._max_body)
            await response.aclose()
            connection.line.check_answer()
        except BaseException:
            self._connections.drop(connection)
            raise
        self._connections.put_back(connection, request.url.origin)
        return _response(response, body, self._max_body)

    async def aclose(self) -> None:
        """Close all connections; a request in flight ends with an error."""
        for connection in self._connections.close():
            connection.line.close()
        await asyncio.sleep(0)  # asyncio closes the sockets when it comes round


def _pool_timeout(request: httpx.Request) -> float | None:
    timeouts: Mapping[str, float | None] = request.extensions.get("timeout", {})
    return time_left(timeouts.get("pool"), request.extensions.get("deadline"))


def _core_request(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


def _response(response: httpcore.Response, body: bytearray, most: int) -> httpx.Response:
    """Return the answer as httpx has it; a body that would unpack to more than it may have is refused."""
    if any(name.lower() == b"content-encoding" for name, _ in response.headers):
        unpacked = bytearray()
        packed = httpx.Response(200, headers=response.headers, stream=_Slices(bytes(body)))
        for part in packed.iter_bytes():
            _add(unpacked, part, most)
    return httpx.Response(response.status, headers=response.headers, content=bytes(body))


class _Slices(httpx.SyncByteStream):
    """Bytes in small parts, each of which unpacks to no more than some megabytes."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._body), 4096):
            yield self._body[start : start + 4096]


def _add(body: bytearray, part: bytes, most: int) -> None:
    body += part
    if len(body) > most:
        raise httpx.DecodingError(f"the answer has more than {most} bytes")


def _raise_httpx(error: Exception) -> NoReturn:
    raise _ERRORS[type(error)](str(error)) from error
