"""TCP and TLS as httpcore asks for it, sync and on asyncio: lean, and knowing whether a request was written.

A `Line` is one connection. The pool tells it when a request begins; httpcore writes and reads through it.
Small writes wait for the next read, so that a request's head and body are one packet.
"""

import asyncio
import select
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final, cast

import httpcore

_FLUSH_AT: Final = 64 * 1024
_PAUSE_AT: Final = 256 * 1024
# Nothing of the request has left, which a connection error says and a write error does not.
_GONE: Final = "the server had closed the connection before the request was sent"
_CLOSED: Final = "the client was closed"
_NOT_CONNECTED: Final = "no connection in time"
_NO_HANDSHAKE: Final = "no TLS handshake in time"
_NOT_SENT: Final = "the request was not sent in time"
_NO_ANSWER: Final = "no answer in time"


class _Line:
    """What both kinds of connection know of the request in work."""

    def __init__(self) -> None:
        self.closed = False
        self._connected = False  # stays so where a test replaces httpcore's connections
        self._deadline: float | None = None
        self._unsent = bytearray()
        self._write_timeout: float | None = None
        self._sent = False
        self._heard = False

    def begin(self, deadline: float | None) -> None:
        """Begin a request, which may take until a time of `time.monotonic()`."""
        self._deadline = deadline
        self._unsent.clear()
        self._sent = self._heard = False

    def check_answer(self) -> None:
        """Refuse an answer that was there before the request: bytes too many that the last answer left behind."""
        if self._connected and not self._heard:
            error = httpcore.RemoteProtocolError if self._sent else httpcore.ConnectError
            raise error("the server had sent an answer before it was asked")

    def _put_by(self, buffer: bytes, timeout: float | None) -> bool:
        """Keep bytes to send; returns whether there are enough to send them at once."""
        self._unsent += buffer
        self._write_timeout = timeout
        return len(self._unsent) >= _FLUSH_AT

    def _seconds_to_write(self) -> float | None:
        late = httpcore.WriteTimeout if self._sent else httpcore.ConnectTimeout
        return self._seconds(self._write_timeout, late, _NOT_SENT)

    def _seconds(self, timeout: float | None, error: type[httpcore.TimeoutException], told: str) -> float | None:
        """Return how long a step may take; raise if there is no time left."""
        seconds = time_left(timeout, self._deadline)
        if seconds is not None and seconds <= 0:
            raise error(told)
        return seconds


class Line(_Line, httpcore.NetworkBackend, httpcore.NetworkStream):
    """A connection of a sync client."""

    def __init__(self) -> None:
        super().__init__()
        self._socket: socket.socket | None = None
        # A socket's number may be given away as soon as it is closed, so `abort` must not meet `close`.
        self._closing = threading.Lock()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 -- httpcore's signature
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Open a TCP connection."""
        seconds = self._seconds(timeout, httpcore.ConnectTimeout, _NOT_CONNECTED)
        try:
            self._socket = socket.create_connection((host, port), seconds)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(_NOT_CONNECTED) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        self._connected = True
        if self.closed:
            raise httpcore.ConnectError(_CLOSED)
        return self

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go over to TLS."""
        seconds = self._seconds(timeout, httpcore.ConnectTimeout, _NO_HANDSHAKE)
        try:
            # The handshake comes after, so that `abort` can reach the socket that makes it.
            tls = ssl_context.wrap_socket(
                self._opened(), server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._socket = tls
            if self.closed:
                raise httpcore.ConnectError(_CLOSED)
            tls.settimeout(seconds)
            tls.do_handshake()
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(_NO_HANDSHAKE) from error
        except (OSError, ValueError) as error:
            raise httpcore.ConnectError(_CLOSED if self.closed else str(error)) from error
        return self

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Take bytes to send; a lot of them is sent at once."""
        if self._put_by(buffer, timeout):
            self._flush()

    def _flush(self) -> None:
        connection = self._opened()
        with memoryview(bytes(self._unsent)) as data:
            self._unsent.clear()
            start = 0
            try:
                while start < len(data):
                    connection.settimeout(self._seconds_to_write())
                    start += connection.send(data[start:])
                    self._sent = True
            except TimeoutError as error:
                self._sent = True  # a part of a TLS record may have left
                raise httpcore.WriteTimeout(_NOT_SENT) from error
            except OSError as error:
                if not self._sent:
                    raise httpcore.ConnectError(_CLOSED if self.closed else _GONE) from error
                raise httpcore.WriteError(str(error)) from error

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has come, or wait for it; empty at the end of the stream."""
        if self._unsent:
            with suppress(httpcore.WriteError):  # the server may have answered before it closed
                self._flush()
        self._heard = True
        connection = self._opened()
        try:
            connection.settimeout(self._seconds(timeout, httpcore.ReadTimeout, _NO_ANSWER))
            data = connection.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(_NO_ANSWER) from error
        except OSError as error:
            raise httpcore.ReadError(_CLOSED if self.closed else str(error)) from error
        if self.closed:
            raise httpcore.ReadError(_CLOSED)
        return data

    def close(self) -> None:
        """Close the connection; for the thread that uses it."""
        with self._closing:
            self.closed = True
            if self._socket:
                self._socket.close()

    def abort(self) -> None:
        """Break the connection off, so that the thread that uses it wakes up and closes it."""
        with self._closing:
            self.closed = True
            if self._socket:
                with suppress(OSError):
                    # Not SSLSocket.shutdown, which would have the other thread go on without TLS.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def get_extra_info(self, info: str) -> Any:
        """Return facts of the connection; an idle one that `is_readable` was closed or broken by the server."""
        if info == "is_readable":
            return _is_readable(self._socket)
        return None

    def _opened(self) -> socket.socket:
        assert self._socket is not None
        return self._socket


class _Protocol(asyncio.Protocol):
    """What asyncio tells of a connection."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self.received = bytearray()
        self.ended = False
        self.error: Exception | None = None
        self.reading = True
        self.news: asyncio.Future[None] | None = None
        self.room: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by class

    def data_received(self, data: bytes) -> None:
        self.received += data
        if self.reading and len(self.received) > _PAUSE_AT:
            self.transport.pause_reading()
            self.reading = False
        self._tell_news()

    def eof_received(self) -> bool:
        self.ended = True
        self._tell_news()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = True
        self.error = self.error or exc
        self._tell_news()

    def pause_writing(self) -> None:
        self.room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        _wake(self.room)
        self.room = None

    def _tell_news(self) -> None:
        _wake(self.news)
        # An answer may come early, and the server read no further: there is nothing to wait for.
        _wake(self.room)


def _wake(waiting: "asyncio.Future[None] | None") -> None:
    if waiting and not waiting.done():
        waiting.set_result(None)


class AsyncLine(_Line, httpcore.AsyncNetworkBackend, httpcore.AsyncNetworkStream):
    """A connection of an async client on asyncio."""

    def __init__(self) -> None:
        super().__init__()
        self._protocol: _Protocol | None = None

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 -- httpcore's signature
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 -- asyncio sets TCP_NODELAY itself
    ) -> httpcore.AsyncNetworkStream:
        """Open a TCP connection."""
        seconds = self._seconds(timeout, httpcore.ConnectTimeout, _NOT_CONNECTED)
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                _, self._protocol = await loop.create_connection(_Protocol, host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(_NOT_CONNECTED) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        self._connected = True
        if self.closed:
            raise httpcore.ConnectError(_CLOSED)
        return self

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Go over to TLS."""
        seconds = self._seconds(timeout, httpcore.ConnectTimeout, _NO_HANDSHAKE)
        protocol = self._opened()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                transport = await loop.start_tls(
                    protocol.transport, protocol, ssl_context, server_hostname=server_hostname
                )
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(_NO_HANDSHAKE) from error
        except (OSError, ValueError) as error:
            raise httpcore.ConnectError(_CLOSED if self.closed else str(error)) from error
        if transport is None:
            raise httpcore.ConnectError(_CLOSED if self.closed else "the connection ended in the TLS handshake")
        protocol.transport = transport
        return self

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Take bytes to send; a lot of them is sent at once."""
        if self._put_by(buffer, timeout):
            await self._flush()

    async def _flush(self) -> None:
        protocol = self._opened()
        seconds = self._seconds_to_write()
        data = bytes(self._unsent)
        self._unsent.clear()
        if not self._sent:
            # What has come before the request is no answer to it.
            if protocol.ended or protocol.received or protocol.transport.is_closing():
                raise httpcore.ConnectError(_CLOSED if self.closed else _GONE)
            protocol.transport.write(data)
            if protocol.transport.is_closing():  # asyncio sends at once if it can; the first bytes met an error
                raise httpcore.ConnectError(_GONE)
            self._sent = True
        else:
            protocol.transport.write(data)
        if protocol.room:
            try:
                async with asyncio.timeout(seconds):
                    await asyncio.shield(protocol.room)
            except TimeoutError as error:
                raise httpcore.WriteTimeout(_NOT_SENT) from error
            if protocol.error:
                raise httpcore.WriteError(str(protocol.error)) from protocol.error

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has come, or wait for it; empty at the end of the stream."""
        if self._unsent:
            with suppress(httpcore.WriteError):  # the server may have answered before it closed
                await self._flush()
        self._heard = True
        seconds = self._seconds(timeout, httpcore.ReadTimeout, _NO_ANSWER)
        protocol = self._opened()
        if not protocol.received and not protocol.ended:
            protocol.news = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(seconds):
                    await protocol.news
            except TimeoutError as error:
                raise httpcore.ReadTimeout(_NO_ANSWER) from error
            finally:
                protocol.news = None
        if self.closed:
            raise httpcore.ReadError(_CLOSED)
        if not protocol.received and protocol.error:
            raise httpcore.ReadError(str(protocol.error)) from protocol.error
        data = bytes(protocol.received[:max_bytes])
        del protocol.received[:max_bytes]
        if not protocol.reading and len(protocol.received) <= _PAUSE_AT:
            protocol.transport.resume_reading()
            protocol.reading = True
        return data

    def close(self) -> None:
        """Close the connection; a task that waits for it wakes up."""
        self.closed = True
        if self._protocol:
            self._protocol.transport.abort()

    async def aclose(self) -> None:
        """Close the connection; never waits."""
        self.close()

    def get_extra_info(self, info: str) -> Any:
        """Return facts of the connection; an idle one that `is_readable` was closed or broken by the server."""
        protocol = self._opened()
        if info == "is_readable":
            # An answer that came early may have left some of the request behind.
            transport = protocol.transport
            if protocol.received or protocol.ended or transport.is_closing() or transport.get_write_buffer_size():
                return True
            return _is_readable(transport.get_extra_info("socket"))
        return None

    def _opened(self) -> _Protocol:
        assert self._protocol is not None
        return self._protocol


def time_left(timeout: float | None, deadline: float | None) -> float | None:
    """Return the seconds that a step may take: its timeout, or the time until the deadline if that is shorter."""
    if deadline is None:
        return timeout
    seconds = deadline - time.monotonic()
    return seconds if timeout is None else min(timeout, seconds)


def _is_readable(connection: socket.socket | None) -> bool:
    """Ask the operating system, since the event loop may not have come round to the news."""
    if connection is None or connection.fileno() < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([connection], [], [], 0)[0])
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))
