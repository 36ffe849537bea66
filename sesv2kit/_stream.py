"""TCP and TLS on asyncio, as httpcore asks for it: lean, and knowing whether a request was written."""

import asyncio
import select
import socket
import ssl
from collections.abc import Iterable
from typing import Any, Final

import httpcore

_FLUSH_AT: Final = 64 * 1024
_PAUSE_AT: Final = 256 * 1024


class AsyncioBackend(httpcore.AsyncNetworkBackend):
    """Opens connections on the running asyncio loop."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 -- httpcore's signature
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 -- asyncio sets TCP_NODELAY itself
    ) -> httpcore.AsyncNetworkStream:
        """Open a TCP connection."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                _, protocol = await loop.create_connection(_Protocol, host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no connection within {timeout} seconds") from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        return Stream(protocol)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


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
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        if self.reading and len(self.received) > _PAUSE_AT:
            self.transport.pause_reading()
            self.reading = False
        _wake(self.news)

    def eof_received(self) -> bool:
        self.ended = True
        _wake(self.news)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = True
        self.error = self.error or exc
        _wake(self.news)
        _wake(self.room)

    def pause_writing(self) -> None:
        self.room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        _wake(self.room)
        self.room = None


def _wake(waiting: "asyncio.Future[None] | None") -> None:
    if waiting and not waiting.done():
        waiting.set_result(None)


class Stream(httpcore.AsyncNetworkStream):
    """A connection. Small writes wait for the next read, so that a request's head and body are one packet."""

    def __init__(self, protocol: _Protocol) -> None:
        self._protocol = protocol
        self._unsent = bytearray()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has come, or wait for it; empty at the end of the stream."""
        if self._unsent:
            await self._flush(timeout)
        protocol = self._protocol
        if not protocol.received and not protocol.ended:
            protocol.news = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(timeout):
                    await protocol.news
            except TimeoutError as error:
                raise httpcore.ReadTimeout(f"no answer within {timeout} seconds") from error
            finally:
                protocol.news = None
        if not protocol.received and protocol.error:
            raise httpcore.ReadError(str(protocol.error)) from protocol.error
        data = bytes(protocol.received[:max_bytes])
        del protocol.received[:max_bytes]
        if not protocol.reading and len(protocol.received) <= _PAUSE_AT:
            protocol.transport.resume_reading()
            protocol.reading = True
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Take bytes to send; a lot of them is sent at once."""
        self._unsent += buffer
        if len(self._unsent) >= _FLUSH_AT:
            await self._flush(timeout)

    async def _flush(self, timeout: float | None) -> None:
        protocol = self._protocol
        if protocol.ended or protocol.transport.is_closing():
            # Nothing of the request has left, which a connection error says and a write error does not.
            raise httpcore.ConnectError("the server had closed the connection before the request was sent")
        protocol.transport.write(bytes(self._unsent))
        self._unsent.clear()
        if protocol.room:
            try:
                async with asyncio.timeout(timeout):
                    await asyncio.shield(protocol.room)
            except TimeoutError as error:
                raise httpcore.WriteTimeout(f"the request was not sent within {timeout} seconds") from error
            if protocol.error:
                raise httpcore.WriteError(str(protocol.error)) from protocol.error

    async def aclose(self) -> None:
        """Close the connection; never waits."""
        self._protocol.transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Go over to TLS."""
        protocol = self._protocol
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                transport = await loop.start_tls(
                    protocol.transport, protocol, ssl_context, server_hostname=server_hostname
                )
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no TLS handshake within {timeout} seconds") from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        assert transport is not None
        protocol.transport = transport
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return facts of the connection; an idle one that `is_readable` was closed or broken by the server."""
        protocol = self._protocol
        if info == "is_readable":
            return (
                bool(protocol.received) or protocol.ended or _is_readable(protocol.transport.get_extra_info("socket"))
            )
        return protocol.transport.get_extra_info(info)


def _is_readable(connection: socket.socket) -> bool:
    """Ask the operating system, since the event loop may not have come round to the news."""
    if connection.fileno() < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([connection], [], [], 0)[0])
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))
