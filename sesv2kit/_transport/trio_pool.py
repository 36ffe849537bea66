"""The pool of an async client on trio, and its connections. Safe to share between the tasks of one trio run."""

import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from math import inf

import trio

from .._core.http import RawResponse, SignedRequest
from .async_pool import AsyncConnection, AsyncPool, find_addresses
from .connections import CLOSED, GONE, NO_HANDSHAKE, Connections, PoolSettings, timed_out, without_frames
from .http1 import WRITE_AT_ONCE, Connect, RequestBytes
from .socket_connection import SocketConnection
from .sockets import HEAD_START, Address, Poller, begin_connecting, check_connected
from .tls import TlsLayer


class TrioPool(AsyncPool["_TrioConnection"]):
    """The pool on trio."""

    def __init__(self, settings: PoolSettings) -> None:
        self._slots = trio.Semaphore(settings.max_connections)
        self._connections = Connections(_TrioConnection, settings)

    def _take_free_slot(self) -> bool:
        with suppress(trio.WouldBlock):
            self._slots.acquire_nowait()
            return True
        return False

    async def _wait_for_slot(self, request: SignedRequest) -> None:
        seconds = request.seconds("pool")
        with trio.move_on_after(inf if seconds is None else max(seconds, 0)) as scope:
            await self._slots.acquire()
        if scope.cancelled_caught:
            raise timed_out(request, "pool", sent=False)

    def _give_back_slot(self) -> None:
        self._slots.release()


class _TrioConnection(SocketConnection, AsyncConnection):
    """A connection on a socket that does not block, in trio."""

    async def exchange(self, request: SignedRequest, target: str) -> RawResponse:
        """Send a request and read the response."""
        data = self._begin(request, target)
        connection = self._socket or await self._connect()
        await self._write(connection, data)
        while self._response is None:
            self._response = self._http.receive(await self._read(connection))
        return self._end(self._response)

    # Connecting

    async def _connect(self) -> socket.socket:
        self._begin_connecting()
        seconds = self._connect_seconds()
        try:
            with trio.move_on_after(inf if seconds is None else seconds) as scope:
                connection = self._socket = await _connect_first(await find_addresses(self._resolver, self._next))
                if not self.closed:  # pragma: no branch -- else closed by another task meanwhile
                    await self._set_up(connection)
        except (OSError, ValueError) as error:
            raise self._not_connected(error) from error
        if scope.cancelled_caught:
            raise self._timed_out("connect")
        if self.closed or not self._socket:  # pragma: no cover -- closed by another task meanwhile
            raise self._not_connected(CLOSED)
        self._poller = Poller(self._socket)
        return self._socket

    async def _set_up(self, connection: socket.socket) -> None:
        if self._proxy:
            if self._next.uses_tls:
                await self._start_tls(connection, self._next.host)
            if self.origin.uses_tls:
                connect = Connect(self.origin.host, self.origin.port, self._proxy.authorization)
                await self._send(connection, connect.request())
                while not connect.receive(await self._receive_some(connection)):
                    pass
        if self.origin.uses_tls:
            await self._start_tls(connection, self.origin.host)

    async def _start_tls(self, connection: socket.socket, host: str) -> None:
        layer = TlsLayer(self._ssl_context(), host)
        data, done = layer.handshake()
        await self._send(connection, data)
        while not done:
            received = await self._receive_some(connection)
            if not received:
                raise ConnectionError(NO_HANDSHAKE)
            data, done = layer.handshake(received)
            await self._send(connection, data)
        self._layers.append(layer)

    async def _send(self, connection: socket.socket, data: RequestBytes) -> None:
        """Send bytes that precede the request."""
        for layer in reversed(self._layers):
            data = layer.encrypt(data)
        start = 0
        while start < len(data):
            with suppress(BlockingIOError):
                start += connection.send(data.piece(start))
                continue
            await _until_ready(connection, write=True)  # pragma: no cover -- the system takes so few bytes at once

    async def _receive_some(self, connection: socket.socket) -> bytes:
        """Return the next bytes; none at the end of the stream."""
        data: bytes | None = None
        while data is None:
            if not self._has_ended():
                await _until_ready(connection, write=False)
            with suppress(BlockingIOError):
                data = self._receive(connection)
        return data

    # Writing and reading

    async def _write(self, connection: socket.socket, data: RequestBytes) -> None:
        self._seconds("write")
        try:
            for start in range(0, len(data), WRITE_AT_ONCE):
                if start:
                    await trio.lowlevel.checkpoint()  # a large mail leaves turns to other tasks
                part = data.part(start)
                for layer in reversed(self._layers):
                    part = layer.encrypt(part)
                await self._write_part(connection, part)
                if self._is_cut_short:
                    return
        except OSError as error:
            if not self._sent:
                raise self._not_connected(GONE) from without_frames(error)
            self._is_cut_short = True  # but the server may have responded before it closed

    async def _write_part(self, connection: socket.socket, data: RequestBytes) -> None:
        start = 0
        while start < len(data):
            if self._sent:
                with suppress(BlockingIOError):
                    if self._read_early(connection):
                        return
            with suppress(BlockingIOError):
                start += connection.send(data.piece(start))
                self._sent = True
                continue
            seconds = self._seconds("write")
            with trio.move_on_after(inf if seconds is None else seconds) as scope:
                await _until_ready(connection, write=True)
            if scope.cancelled_caught:
                raise self._timed_out("write")

    async def _read(self, connection: socket.socket) -> bytes:
        data: bytes | None = None
        try:
            while data is None:
                seconds = self._read_seconds()
                with trio.move_on_after(inf if seconds is None else seconds) as scope:
                    if not self._has_ended():
                        await _until_ready(connection, write=False)
                if scope.cancelled_caught:
                    raise self._timed_out("read")
                with suppress(BlockingIOError):
                    data = self._receive(connection)
        except OSError as error:
            raise self._lost(str(error)) from error
        if self.closed:  # pragma: no cover -- closed by another task meanwhile
            raise self._lost(CLOSED)
        return data

    # Closing

    def close(self) -> None:
        """Close the connection; a task that waits for it wakes up."""
        self.closed = True
        if self._socket and self._socket.fileno() >= 0:
            trio.lowlevel.notify_closing(self._socket)
            self._socket.close()


async def _until_ready(connection: socket.socket, *, write: bool) -> None:
    """Wait until a socket can be read or, with `write`, written; one that was closed can be, as its use fails."""
    if connection.fileno() < 0:
        return
    if not write:
        with suppress(trio.ClosedResourceError):  # the next operation on the socket raises an error
            await trio.lowlevel.wait_readable(connection)
        return
    async with trio.open_nursery() as nursery:

        async def either(wait: Callable[[socket.socket], Awaitable[None]]) -> None:
            with suppress(trio.ClosedResourceError):
                await wait(connection)
            nursery.cancel_scope.cancel()

        nursery.start_soon(either, trio.lowlevel.wait_readable)
        nursery.start_soon(either, trio.lowlevel.wait_writable)


async def _connect_first(addresses: Sequence[Address]) -> socket.socket:
    """Connect to the address that responds first. Each one has a head start before the next.

    Raises:
        OSError: None of them can be reached.
    """
    if len(addresses) == 1:
        return await _connect_to(addresses[0])
    failures: list[OSError] = [OSError("the host has no address")]
    made: list[socket.socket] = []

    async def attempt(address: Address, failed: trio.Event, all_attempts: trio.CancelScope) -> None:
        try:
            made.append(await _connect_to(address))
            all_attempts.cancel()
        except OSError as error:
            failures.append(error)
            failed.set()

    try:
        async with trio.open_nursery() as nursery:
            for address in addresses:
                failed = trio.Event()
                nursery.start_soon(attempt, address, failed, nursery.cancel_scope)
                with trio.move_on_after(HEAD_START):
                    await failed.wait()
        if not made:
            raise failures[-1]
        return made.pop(0)
    finally:
        for spare in made:
            spare.close()  # pragma: no cover -- two connections were made at the same moment


async def _connect_to(address: Address) -> socket.socket:
    connection = begin_connecting(address)
    try:
        await trio.lowlevel.wait_writable(connection)
        check_connected(connection)
    except BaseException:
        trio.lowlevel.notify_closing(connection)
        connection.close()
        raise
    return connection
