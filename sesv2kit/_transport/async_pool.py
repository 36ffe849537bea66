"""The pool of an async client on asyncio, and its connections. Safe to share between the tasks of one event loop."""

import asyncio
import ssl
from typing import Final, cast

from .._core.http import RawResponse, SignedRequest
from .connections import (
    CLOSED,
    GONE,
    READ_AT_ONCE,
    WRITE_AT_ONCE,
    Connection,
    Connections,
    Origin,
    PoolSettings,
    is_readable,
    split_url,
    too_late,
)

_PAUSE_AT: Final = 4 * READ_AT_ONCE
"""How many bytes may wait to be read before the server is held up."""


class AsyncPool:
    """Connections of an async client: a slot for every request in flight, and the connections that wait for one."""

    def __init__(self, settings: PoolSettings) -> None:
        self._slots = asyncio.Semaphore(settings.max_connections)
        self._connections = Connections(_LoopConnection, settings)

    async def send(self, request: SignedRequest) -> RawResponse:
        """Send a request and read the whole response, see `Pool.send`."""
        origin, target = split_url(request.url)
        await self._take_slot(request)
        try:
            connection = self._connections.take(origin)
            try:
                response = await connection.exchange(request, target)
            except BaseException:
                self._connections.drop(connection)
                raise
            self._connections.put_back(connection)
            return response
        finally:
            self._slots.release()

    async def _take_slot(self, request: SignedRequest) -> None:
        if not self._slots.locked():
            await self._slots.acquire()
            return
        try:
            async with asyncio.timeout(request.seconds("pool")):
                await self._slots.acquire()
        except TimeoutError as error:
            raise too_late(request, "pool", sent=False) from error

    async def aclose(self) -> None:
        """Close all connections; a request in flight ends with an error."""
        for connection in self._connections.close():
            connection.close()
        await asyncio.sleep(0)  # asyncio closes the sockets in its next turn


class _Protocol(asyncio.Protocol):
    """The callbacks of asyncio for a connection."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self.received = bytearray()
        self.ended = False
        self.error: Exception | None = None
        self.reading = True
        self.news: asyncio.Future[bool] | None = None
        self.room: asyncio.Future[bool] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by class

    def data_received(self, data: bytes) -> None:
        self.received += data
        if self.reading and len(self.received) > _PAUSE_AT:
            self.transport.pause_reading()
            self.reading = False
        self._wake_waiters()

    def eof_received(self) -> bool:
        self.ended = True
        self._wake_waiters()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = True
        self.error = self.error or exc
        self._wake_waiters()

    def pause_writing(self) -> None:
        self.room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        _wake(self.room)
        self.room = None

    @property
    def has_news(self) -> bool:
        """Whether something has come, or the connection has ended."""
        return bool(self.received) or self.ended or self.transport.is_closing()

    def take(self) -> bytes:
        """Return what has come so far."""
        data = bytes(self.received)
        self.received.clear()
        if not self.reading:
            self.transport.resume_reading()
            self.reading = True
        return data

    def _wake_waiters(self) -> None:
        _wake(self.news)
        # A response may come early, and the server read no further: there is nothing to wait for.
        _wake(self.room)


def _wake(waiting: asyncio.Future[bool] | None, came: bool = True) -> None:
    if waiting and not waiting.done():
        waiting.set_result(came)


async def _came(waiting: asyncio.Future[bool], seconds: float | None) -> bool:
    """Wait; returns whether what is waited for came in time."""
    if seconds is None:
        return await waiting
    timer = asyncio.get_running_loop().call_later(seconds, _wake, waiting, False)
    try:
        return await waiting
    finally:
        timer.cancel()


class _LoopConnection(Connection):
    """A connection on an asyncio event loop."""

    def __init__(self, origin: Origin, settings: PoolSettings) -> None:
        super().__init__(origin, settings)
        self._protocol: _Protocol | None = None

    async def exchange(self, request: SignedRequest, target: str) -> RawResponse:
        """Send a request and read the response."""
        data = self._begin(request, target)
        protocol = self._protocol or await self._connect()
        await self._write(protocol, data)
        while True:
            response = self._http.receive(await self._read(protocol))
            if response:
                self._end()
                return response

    async def _connect(self) -> _Protocol:
        loop, host = asyncio.get_running_loop(), self.origin.host
        try:
            async with asyncio.timeout(self._seconds("connect")):
                _, protocol = await loop.create_connection(_Protocol, host, self.origin.port)
                self._protocol = protocol
            if self._tls and not self.closed:
                await self._start_tls(protocol, self._tls)
        except TimeoutError as error:
            raise self._too_late("connect") from error
        except (OSError, ValueError) as error:
            raise self._not_connected(str(error)) from error
        if self.closed:
            raise self._not_connected(CLOSED)
        return protocol

    async def _start_tls(self, protocol: _Protocol, context: ssl.SSLContext) -> None:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self._seconds("connect")):
            transport = await loop.start_tls(protocol.transport, protocol, context, server_hostname=self.origin.host)
        if transport is None:
            raise self._not_connected("the connection ended in the TLS handshake")
        protocol.transport = transport

    async def _write(self, protocol: _Protocol, data: bytes) -> None:
        self._seconds("write")
        # What came before the request is not a response to it.
        if protocol.has_news:
            raise self._not_connected(GONE)
        for start in range(0, len(data), WRITE_AT_ONCE):
            if start:
                await asyncio.sleep(0)  # a large mail leaves turns to other tasks
                if protocol.has_news:
                    self._is_broken = True  # but the server may have responded before it closed
                    return
            protocol.transport.write(data[start : start + WRITE_AT_ONCE])
            # asyncio sends at once if it can; the first bytes may have met an error.
            if not self._sent and protocol.transport.is_closing():
                raise self._not_connected(GONE)
            self._sent = True
            if protocol.room and not await _came(protocol.room, self._seconds("write")):
                raise self._too_late("write")

    async def _read(self, protocol: _Protocol) -> bytes:
        seconds = self._seconds("read")
        if not protocol.received and not protocol.ended:
            protocol.news = asyncio.get_running_loop().create_future()
            if not await _came(protocol.news, seconds):
                raise self._too_late("read")
        if self.closed:
            raise self._lost(CLOSED)
        if not protocol.received and protocol.error:
            raise self._lost(str(protocol.error)) from protocol.error
        return protocol.take()

    def close(self) -> None:
        """Close the connection; a task that waits for it wakes up."""
        self.closed = True
        if self._protocol:
            self._protocol.transport.abort()

    def _has_news(self) -> bool:
        protocol = self._protocol
        if protocol is None or protocol.has_news:
            return True
        if protocol.transport.get_write_buffer_size():  # an early response may have left some of the request behind
            return True
        return is_readable(protocol.transport.get_extra_info("socket"))
