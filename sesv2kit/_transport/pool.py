"""The pool of a sync client, and its connections. Safe to share between threads."""

import socket
import ssl
import threading
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final

from .._core.http import RawResponse, SignedRequest
from .connections import (
    CLOSED,
    GONE,
    NO_HANDSHAKE,
    READ_AT_ONCE,
    Connections,
    PoolSettings,
    timed_out,
    without_frames,
)
from .http1 import WRITE_AT_ONCE, Connect, RequestBytes
from .resolver import Resolver
from .route import Origin, split_url
from .slots import Slot, Slots
from .socket_connection import SocketConnection
from .sockets import Address, Poller, connect_first, wait_ready
from .tls import TlsLayer, continue_handshake

_NOT_YET: Final = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
"""What sockets that don't block raise when they would have to."""


class Pool:
    """Connections of a sync client: a slot for each request in flight, and the idle connections."""

    def __init__(self, settings: PoolSettings) -> None:
        self._slots = Slots(settings.max_connections)
        self._connections = Connections(_BlockingConnection, settings)

    def send(self, request: SignedRequest) -> RawResponse:
        """Send a request and read the whole response.

        Raises:
            TransportError, ResponseError: There is no usable response.
            ConfigurationError: The pool is closed, or the request can't be sent as it is.
        """
        origin, target = split_url(request.url)
        slots, slot = self._slots, Slot()
        try:
            if not slots.take(slot, request.seconds("pool")):
                raise timed_out(request, "pool", sent=False)
            connection = self._connections.take(origin)
            try:
                response = connection.exchange(request, target)
            except BaseException:
                self._connections.drop(connection)
                raise
            self._connections.put_back(connection)
            return response
        finally:
            slots.give_back(slot)

    def close(self) -> None:
        """Close all connections; a request in flight ends with an error."""
        for connection in self._connections.close():
            connection.abort()

    def disown(self) -> None:
        """In a forked child, close its copies of the parent's connections."""
        self._connections.disown()


class _BlockingConnection(SocketConnection):
    """A connection of a thread, which waits for it."""

    def __init__(self, origin: Origin, settings: PoolSettings, resolver: Resolver) -> None:
        super().__init__(origin, settings, resolver)
        self._found: SimpleQueue[None] = SimpleQueue()
        """Gets an item when the lookup of the host ends, or when the pool is closed. Safe in signal handlers."""
        # A file descriptor may be reused as soon as it is closed, so `abort` must not run during `close`. The lock is
        # reentrant, as all locks here are: a signal handler may close the client while its own thread holds one.
        self._closing = threading.RLock()

    def exchange(self, request: SignedRequest, target: str) -> RawResponse:
        """Send a request and read the response."""
        data = self._begin(request, target)
        connection = self._socket or self._connect()
        self._write(connection, data)
        while self._response is None:
            self._response = self._http.receive(self._read(connection))
        return self._end(self._response)

    # Connecting

    def _connect(self) -> socket.socket:
        self._begin_connecting()
        try:
            # Each socket is kept before it is used, so that `abort` can reach it.
            connection = self._socket = connect_first(self._addresses(), self._connect_seconds, self._under_way)
            if self._proxy and self._next.uses_tls:
                connection = self._start_tls(connection, self._next.host)
            if self._proxy and self.origin.uses_tls:
                self._open_tunnel(connection, Connect(self.origin.host, self.origin.port, self._proxy.authorization))
            if self.origin.uses_tls and isinstance(connection, ssl.SSLSocket):
                self._start_inner_tls(connection)
            elif self.origin.uses_tls:
                connection = self._start_tls(connection, self.origin.host)
        except TimeoutError as error:
            raise self._timed_out("connect") from error
        except (OSError, ValueError) as error:
            raise self._not_connected(error) from error
        if self.closed:
            raise self._not_connected(CLOSED)
        connection.settimeout(0)
        self._poller = Poller(connection)
        return connection

    def _addresses(self) -> list[Address]:
        lookup = self._resolver.lookup(self._next.host, self._next.port)
        if lookup.ended_at is None:
            lookup.when_ended(lambda: self._found.put(None))
            try:
                self._found.get(timeout=self._connect_seconds())
            except Empty:
                raise TimeoutError from None
            if self.closed:
                raise ConnectionError(CLOSED)
        return lookup.addresses()

    def _start_tls(self, connection: socket.socket, host: str) -> ssl.SSLSocket:
        # The handshake comes after, so that `abort` can reach the socket that makes it.
        wrapped = self._socket = self._ssl_context().wrap_socket(
            connection, server_hostname=host, do_handshake_on_connect=False
        )
        wrapped.settimeout(0)
        while not self.closed:
            try:
                continue_handshake(wrapped)
                break
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError) as wanted:
                write = isinstance(wanted, ssl.SSLWantWriteError)
            if not any(wait_ready(wrapped, self._connect_seconds(), write=write)):
                raise TimeoutError
        return wrapped

    def _open_tunnel(self, connection: socket.socket, connect: Connect) -> None:
        connection.settimeout(self._connect_seconds())
        connection.sendall(connect.request().piece(0))
        is_open = False
        while not is_open:
            connection.settimeout(self._connect_seconds())
            is_open = connect.receive(connection.recv(READ_AT_ONCE))

    def _start_inner_tls(self, connection: ssl.SSLSocket) -> None:
        inner = TlsLayer(self._ssl_context(), self.origin.host)
        data, done = inner.handshake()
        while True:
            connection.settimeout(self._connect_seconds())
            connection.sendall(data.piece(0))
            if done:
                break
            received = connection.recv(READ_AT_ONCE)
            if not received:  # pragma: no cover -- TLS in TLS, see the handshakes of one layer
                raise ConnectionError(NO_HANDSHAKE)
            data, done = inner.handshake(received)
        self._layers.append(inner)

    # Writing and reading

    def _write(self, connection: socket.socket, data: RequestBytes) -> None:
        try:
            if not self._layers:
                self._write_all(connection, data)
            for start in range(0, len(data) if self._layers else 0, WRITE_AT_ONCE):
                if not self._is_cut_short:  # pragma: no branch -- else an early response through TLS in TLS
                    self._write_all(connection, self._layers[0].encrypt(data.part(start)))
        except TimeoutError as error:
            self._sent = True  # a part of a TLS record may have left
            raise self._timed_out("write") from without_frames(error)
        except OSError as error:
            if not self._sent:
                raise self._not_connected(GONE) from without_frames(error)
            self._is_cut_short = True  # but the server may have responded before it closed

    def _write_all(self, connection: socket.socket, data: RequestBytes) -> None:
        self._seconds("write")
        start = self._send(connection, data.piece(0))
        while start < len(data):
            readable, writable = wait_ready(connection, self._seconds("write"), write=True)
            if not readable and not writable:
                raise TimeoutError
            with suppress(*_NOT_YET):
                if readable and self._read_early(connection):
                    return
            if writable:  # pragma: no branch -- else a part of an early response
                start += self._send(connection, data.piece(start))

    def _send(self, connection: socket.socket, data: memoryview) -> int:
        """Send what can be sent at once; returns how many bytes."""
        try:
            size = connection.send(data)
        except _NOT_YET:
            size = 0  # but a part of a TLS record may have left
        self._sent = True
        return size

    def _read(self, connection: socket.socket) -> bytes:
        data: bytes | None = None
        try:
            # A TLS socket keeps nothing back that could be read: more is read at a time than a record holds.
            while data is None and (self._has_ended() or self._poller.is_readable(self._read_seconds())):
                data = self._receive_now(connection)
        except OSError as error:
            raise self._lost(str(error)) from error
        if data is None:
            raise self._timed_out("read")
        if self.closed:
            raise self._lost(CLOSED)
        return data

    def _receive_now(self, connection: socket.socket) -> bytes | None:
        """Receive what is there; None if that is nothing, or no whole TLS record."""
        try:
            return self._receive(connection)
        except _NOT_YET:
            return None

    # Closing

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
            self._found.put(None)
            for connection in (*self._under_way, self._socket):
                if connection:
                    with suppress(OSError):
                        # Not SSLSocket.shutdown, which would have the other thread go on without TLS.
                        socket.socket.shutdown(connection, socket.SHUT_RDWR)
