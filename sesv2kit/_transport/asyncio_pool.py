"""The pool of an async client on asyncio, and its connections. Safe to share between the tasks of one event loop."""

import asyncio
import socket
from collections import deque
from collections.abc import Iterator, Sequence
from math import inf
from typing import Final, cast

from .._core.http import RawResponse, SignedRequest
from .async_pool import AsyncConnection, AsyncPool, find_addresses
from .connections import CLOSED, GONE, NO_HANDSHAKE, READ_AT_ONCE, Connections, PoolSettings, timed_out
from .http1 import WRITE_AT_ONCE, Connect, RequestBytes
from .resolver import Resolver
from .route import Origin, Proxy
from .sockets import HEAD_START, Address, Poller, new_socket

_PAUSE_AT: Final = 4 * READ_AT_ONCE
"""How many bytes may wait to be read before the server is held up."""
_BUFFER: Final = 16 * 1024
"""How many bytes a connection reads at a time: a TLS record."""


class AsyncioPool(AsyncPool["_LoopConnection"]):
    """The pool on asyncio."""

    def __init__(self, settings: PoolSettings) -> None:
        self._slots = _Slots(settings.max_connections)
        self._connections = Connections(_LoopConnection, settings)

    def _take_free_slot(self) -> bool:
        return self._slots.take()

    async def _wait_for_slot(self, request: SignedRequest) -> None:
        try:
            async with asyncio.timeout(request.seconds("pool")):
                await self._slots.wait()
        except TimeoutError as error:
            raise timed_out(request, "pool", sent=False) from error

    def _give_back_slot(self) -> None:
        self._slots.give_back()

    async def aclose(self) -> None:
        """Close all connections; a request in flight ends with an error."""
        await super().aclose()
        await asyncio.sleep(0)  # asyncio closes the sockets in its next turn


class _Slots:
    """A number of slots, for tasks. A free slot goes to the task that has waited longest.

    Unlike a semaphore of asyncio, it gives a free slot without a coroutine.
    """

    def __init__(self, number: int) -> None:
        self.free = number
        self._waiting: deque[asyncio.Future[None]] = deque()

    def take(self) -> bool:
        """Take a slot; returns whether one was free."""
        if self.free:
            self.free -= 1
            return True
        return False

    async def wait(self) -> None:
        """Wait until a slot is handed over."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except BaseException:
            if turn.done() and not turn.cancelled():
                self.give_back()  # the slot was handed over just as the task was cancelled
            raise

    def give_back(self) -> None:
        """Release a slot."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():  # else its task was cancelled
                turn.set_result(None)
                return
        self.free += 1


class _Protocol(asyncio.BufferedProtocol):
    """The callbacks of asyncio for a connection.

    It has a buffer of its own to read into: an `asyncio.Protocol` gets new memory of 256 KiB for each read.
    """

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self.received = b""
        self.ended = False
        self.error: Exception | None = None
        self.is_paused = False
        """Whether the write buffer is full."""
        self._buffer = memoryview(bytearray(_BUFFER))
        self._reading = True
        self._waiter: asyncio.Future[bool] | None = None
        self._timer: asyncio.TimerHandle | None = None
        """One timer for many waits: most end long before their time is over."""
        self._wait_until = inf

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's does not derive from it

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        self.received += self._buffer[:nbytes]
        if self._reading and len(self.received) > _PAUSE_AT:
            self.transport.pause_reading()
            self._reading = False
        self._wake()

    def eof_received(self) -> bool:
        self.ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = True
        self.error = self.error or exc
        if self._timer:
            self._timer.cancel()
        self._wake()

    def pause_writing(self) -> None:
        self.is_paused = True

    def resume_writing(self) -> None:
        self.is_paused = False
        self._wake()

    @property
    def is_readable(self) -> bool:
        """Whether bytes arrived, or the connection has ended."""
        return bool(self.received) or self.ended or self.transport.is_closing()

    def take(self) -> bytes:
        """Return the bytes that have arrived."""
        data, self.received = self.received, b""
        if not self._reading:
            self.transport.resume_reading()
            self._reading = True
        return data

    async def wait(self, seconds: float | None) -> bool:
        """Wait for bytes, the end of the stream or room to write; returns False if the time ran out before."""
        if self.ended:  # nothing else will arrive
            return True
        loop = asyncio.get_running_loop()
        self._waiter = loop.create_future()
        self._wait_until = inf if seconds is None else loop.time() + seconds
        if seconds is not None and (self._timer is None or self._timer.when() > self._wait_until):
            self._set_timer(loop)
        return await self._waiter

    def _set_timer(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = loop.call_at(self._wait_until, self._time_is_over, loop)

    def _time_is_over(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        if self._waiter is None or self._waiter.done() or self._wait_until == inf:
            return
        if loop.time() < self._wait_until:  # the timer was set for a wait that has ended
            self._set_timer(loop)
        else:
            self._waiter.set_result(False)

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(True)


class _LoopConnection(AsyncConnection):
    """A connection on an asyncio event loop."""

    def __init__(self, origin: Origin, settings: PoolSettings, resolver: Resolver) -> None:
        super().__init__(origin, settings, resolver)
        self._protocol: _Protocol | None = None
        self._poller: Poller

    async def exchange(self, request: SignedRequest, target: str) -> RawResponse:
        """Send a request and read the response."""
        data = self._begin(request, target)
        protocol = self._protocol or await self._connect()
        is_written = self._write_at_once(protocol, data)
        if not is_written:
            await self._write_rest(protocol, data)
        while self._response is None:
            self._response = self._http.receive(await self._read(protocol))
        if not is_written and protocol.transport.get_write_buffer_size():
            self._is_cut_short = True
        return self._end(self._response)

    # Connecting

    async def _connect(self) -> _Protocol:
        self._begin_connecting()
        try:
            async with asyncio.timeout(self._connect_seconds()):
                protocol = self._protocol = await _connected(await find_addresses(self._resolver, self._next))
                if self._proxy and not self.closed:
                    await self._go_through(self._proxy, protocol)
                if self.origin.uses_tls and not self.closed:
                    await self._start_tls(protocol, self.origin.host)
        except TimeoutError as error:
            raise self._timed_out("connect") from error
        except (OSError, ValueError) as error:
            raise self._not_connected(error) from error
        if self.closed:
            raise self._not_connected(CLOSED)
        # Bytes that arrive before the request are not a response to it.
        if protocol.is_readable:
            raise self._not_connected(GONE)
        self._poller = Poller(protocol.transport.get_extra_info("socket"))
        return protocol

    async def _go_through(self, proxy: Proxy, protocol: _Protocol) -> None:
        if self._next.uses_tls:
            await self._start_tls(protocol, self._next.host)
        if not self.origin.uses_tls:
            return
        connect = Connect(self.origin.host, self.origin.port, proxy.authorization)
        protocol.transport.write(connect.request().piece(0))
        is_open = False
        while not is_open:
            if not protocol.is_readable:  # pragma: no branch -- else the next bytes arrived meanwhile
                await protocol.wait(None)
            is_open = connect.receive(protocol.take())

    async def _start_tls(self, protocol: _Protocol, host: str) -> None:
        loop, context = asyncio.get_running_loop(), self._ssl_context()
        transport = await loop.start_tls(protocol.transport, protocol, context, server_hostname=host)
        if transport is None:  # pragma: no cover -- the type allows it; an error is raised instead
            raise ConnectionError(NO_HANDSHAKE)
        protocol.transport = transport

    # Writing and reading

    def _write_at_once(self, protocol: _Protocol, data: RequestBytes) -> bool:
        """Write the first bytes of a request; returns whether they are all of it, and all were taken."""
        self._seconds("write")
        protocol.transport.write(data.piece(0))
        # asyncio sends at once if it can; the first bytes may have met an error.
        if protocol.transport.is_closing():
            raise self._not_connected(GONE)
        self._sent = True
        return len(data) <= WRITE_AT_ONCE and not protocol.is_paused

    async def _write_rest(self, protocol: _Protocol, data: RequestBytes) -> None:
        for start in range(WRITE_AT_ONCE, len(data) + WRITE_AT_ONCE, WRITE_AT_ONCE):
            while protocol.is_paused:
                if not await protocol.wait(self._seconds("write")):
                    raise self._timed_out("write")
                if protocol.is_readable and self._read_early(protocol):
                    return
            if start < len(data):
                await asyncio.sleep(0)  # a large mail leaves turns to other tasks
                if protocol.is_readable and self._read_early(
                    protocol
                ):  # pragma: no branch -- the time of arrival decides
                    return  # pragma: no cover -- see above
                protocol.transport.write(data.piece(start))

    def _read_early(self, protocol: _Protocol) -> bool:
        """Read what arrived while the request was being written; returns whether to stop writing."""
        if protocol.received:
            return self._receive_early(protocol.take())
        self._is_cut_short = True  # but the server may have responded before it closed
        return True

    async def _read(self, protocol: _Protocol) -> bytes:
        seconds = self._read_seconds()
        while not protocol.received and not protocol.ended:
            if not await protocol.wait(seconds):
                raise self._timed_out("read")
            if not protocol.received:
                seconds = self._read_seconds()
        if self.closed:
            raise self._lost(CLOSED)
        if not protocol.received and protocol.error:
            raise self._lost(str(protocol.error)) from protocol.error
        return protocol.take()

    # Closing

    def close(self) -> None:
        """Close the connection; a task that waits for it wakes up."""
        self.closed = True
        if self._protocol:
            self._protocol.transport.abort()

    def file_descriptors(self) -> Iterator[int]:
        """Yield the file descriptors of the connection."""
        if self._protocol and (
            connection := self._protocol.transport.get_extra_info("socket")
        ):  # pragma: no branch -- else not open
            yield connection.fileno()

    def _is_readable(self) -> bool:
        protocol = self._protocol
        if protocol is None or protocol.is_readable:
            return True
        # An early response may have left some of the request behind.
        if protocol.transport.get_write_buffer_size():  # pragma: no cover -- depends on what the system takes at once
            return True
        return self._poller.is_readable()


async def _connected(addresses: Sequence[Address]) -> _Protocol:
    """Connect to the address that responds first. Each one has a head start before the next.

    Raises:
        OSError: None of them can be reached.
    """
    connection = await (_connect_to(addresses[0]) if len(addresses) == 1 else _connect_first(addresses))
    try:
        _, protocol = await asyncio.get_running_loop().create_connection(_Protocol, sock=connection)
    except BaseException:
        connection.close()
        raise
    return protocol


async def _connect_to(address: Address) -> socket.socket:
    connection = new_socket(address)
    try:
        await asyncio.get_running_loop().sock_connect(connection, address.sockaddr)
    except BaseException:
        connection.close()
        raise
    return connection


async def _connect_first(addresses: Sequence[Address]) -> socket.socket:
    failure: BaseException = OSError("the host has no address")
    left = list(reversed(addresses))
    under_way: set[asyncio.Task[socket.socket]] = set()
    try:
        while left or under_way:
            if left:
                under_way.add(asyncio.ensure_future(_connect_to(left.pop())))
            wait = HEAD_START if left else None
            await asyncio.wait(under_way, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            for task in [task for task in under_way if task.done()]:
                under_way.discard(task)
                error = task.exception()
                if error is None:
                    return task.result()
                failure = error
    finally:
        for task in under_way:
            task.add_done_callback(_close_spare)
            task.cancel()
    raise failure


def _close_spare(task: "asyncio.Task[socket.socket]") -> None:
    if not task.cancelled() and not task.exception():
        task.result().close()
