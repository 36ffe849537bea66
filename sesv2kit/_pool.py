"""Connections kept open: LIFO pools over httpcore's connection classes.

httpx's own pools look at every connection on every request, so a request costs more the more of them there
are. These take the connection that was used last and look at no other: there is a slot for every request
in flight, and a stack of connections that wait for one.
"""

import asyncio
import ssl
import threading
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final, NoReturn

import attrs
import httpcore
import httpx

from ._stream import AsyncioBackend

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
    max_body: int = 32 * 1024 * 1024
    """How many bytes the body of an answer may have."""


class Pool(httpx.BaseTransport):
    """The pool of a sync client; safe to share between threads."""

    def __init__(self, settings: PoolSettings) -> None:
        self._settings = settings
        self._slots = threading.Semaphore(settings.max_connections)
        self._idle: deque[httpcore.HTTPConnection] = deque()
        self._closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the whole answer."""
        seconds = _pool_timeout(request)
        if not self._slots.acquire(timeout=seconds):
            raise httpx.PoolTimeout(f"no connection became free within {seconds} seconds")
        try:
            return self._exchange(_core_request(request))
        except _CORE_ERRORS as error:
            _raise_httpx(error)
        finally:
            self._slots.release()

    def _exchange(self, request: httpcore.Request) -> httpx.Response:
        connection = self._take(request.url.origin)
        try:
            response = connection.handle_request(request)
            body = bytearray()
            for part in response.iter_stream():
                _add(body, part, self._settings.max_body)
            response.close()
        except BaseException:
            connection.close()
            raise
        self._put_back(connection)
        return httpx.Response(response.status, headers=response.headers, content=bytes(body))

    def _take(self, origin: httpcore.Origin) -> httpcore.HTTPConnection:
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread took it
                break
            if connection.can_handle_request(origin) and not connection.has_expired():
                return connection
            connection.close()
        tls = self._settings.ssl_context() if origin.scheme == b"https" else None
        return httpcore.HTTPConnection(origin, tls, keepalive_expiry=self._settings.keepalive_expiry)

    def _put_back(self, connection: httpcore.HTTPConnection) -> None:
        if self._closed or not connection.is_available():
            connection.close()
            return
        self._idle.append(connection)
        # One look a request keeps the bottom of the stack from filling up with dead connections.
        try:
            oldest = self._idle.popleft()
        except IndexError:  # another thread took it
            return
        if oldest.has_expired():
            oldest.close()
        else:
            self._idle.appendleft(oldest)

    def close(self) -> None:
        """Close the idle connections; one in use closes when its answer is there."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()


class AsyncPool(httpx.AsyncBaseTransport):
    """The pool of an async client on asyncio; safe to share between the tasks of one event loop."""

    def __init__(self, settings: PoolSettings) -> None:
        self._settings = settings
        self._slots = asyncio.Semaphore(settings.max_connections)
        self._idle: deque[httpcore.AsyncHTTPConnection] = deque()
        self._backend = AsyncioBackend()
        self._closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the whole answer."""
        await self._take_slot(_pool_timeout(request))
        try:
            return await self._exchange(_core_request(request))
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

    async def _exchange(self, request: httpcore.Request) -> httpx.Response:
        connection = await self._take(request.url.origin)
        try:
            response = await connection.handle_async_request(request)
            body = bytearray()
            async for part in response.aiter_stream():
                _add(body, part, self._settings.max_body)
            await response.aclose()
        except BaseException:
            await connection.aclose()
            raise
        await self._put_back(connection)
        return httpx.Response(response.status, headers=response.headers, content=bytes(body))

    async def _take(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        while self._idle:
            connection = self._idle.pop()
            if connection.can_handle_request(origin) and not connection.has_expired():
                return connection
            await connection.aclose()
        tls = self._settings.ssl_context() if origin.scheme == b"https" else None
        return httpcore.AsyncHTTPConnection(
            origin, tls, keepalive_expiry=self._settings.keepalive_expiry, network_backend=self._backend
        )

    async def _put_back(self, connection: httpcore.AsyncHTTPConnection) -> None:
        if self._closed or not connection.is_available():
            await connection.aclose()
            return
        self._idle.append(connection)
        # One look a request keeps the bottom of the stack from filling up with dead connections.
        if self._idle[0].has_expired():
            await self._idle.popleft().aclose()

    async def aclose(self) -> None:
        """Close the idle connections; one in use closes when its answer is there."""
        self._closed = True
        while self._idle:
            await self._idle.pop().aclose()


def _pool_timeout(request: httpx.Request) -> float | None:
    timeouts: Mapping[str, float | None] = request.extensions.get("timeout", {})
    return timeouts.get("pool")


def _core_request(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


def _add(body: bytearray, part: bytes, most: int) -> None:
    body += part
    if len(body) > most:
        raise httpx.DecodingError(f"the answer has more than {most} bytes")


def _raise_httpx(error: Exception) -> NoReturn:
    raise _ERRORS[type(error)](str(error)) from error
