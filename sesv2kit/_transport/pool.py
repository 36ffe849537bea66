"""The pool of a sync client, and its connections. Safe to share between threads."""

import socket
import threading
from collections import deque
from contextlib import suppress

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


class Pool:
    """Connections of a sync client: a slot for every request in flight, and the connections that wait for one."""

    def __init__(self, settings: PoolSettings) -> None:
        self._slots = _Slots(settings.max_connections)
        self._connections = Connections(_SocketConnection, settings)

    def send(self, request: SignedRequest) -> RawResponse:
        """Send a request and read the whole response.

        Raises:
            TransportError, ResponseError: There is no usable response.
            ConfigurationError: The pool is closed, or the request can't be sent as it is.
        """
        origin, target = split_url(request.url)
        if not self._slots.take(request.seconds("pool")):
            raise too_late(request, "pool", sent=False)
        try:
            connection = self._connections.take(origin)
            try:
                response = connection.exchange(request, target)
            except BaseException:
                self._connections.drop(connection)
                raise
            self._connections.put_back(connection)
            return response
        finally:
            self._slots.give_back()

    def close(self) -> None:
        """Close all connections; a request in flight ends with an error."""
        for connection in self._connections.close():
            connection.abort()


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


class _SocketConnection(Connection):
    """A connection on a socket that blocks."""

    def __init__(self, origin: Origin, settings: PoolSettings) -> None:
        super().__init__(origin, settings)
        self._socket: socket.socket | None = None
        # A socket's number may be given away as soon as it is closed, so `abort` must not meet `close`.
        self._closing = threading.Lock()

    def exchange(self, request: SignedRequest, target: str) -> RawResponse:
        """Send a request and read the response."""
        data = self._begin(request, target)
        connection = self._socket or self._connect()
        self._write(connection, data)
        while True:
            response = self._http.receive(self._read(connection))
            if response:
                self._end()
                return response

    def _connect(self) -> socket.socket:
        try:
            connection = self._connect_tcp()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls:
                # The handshake comes after, so that `abort` can reach the socket that makes it.
                connection = self._socket = tls = self._tls.wrap_socket(
                    connection, server_hostname=self.origin.host, do_handshake_on_connect=False
                )
                tls.settimeout(self._seconds("connect"))
                if not self.closed:
                    tls.do_handshake()
        except TimeoutError as error:
            raise self._too_late("connect") from error
        except (OSError, ValueError) as error:
            raise self._not_connected(str(error)) from error
        if self.closed:
            raise self._not_connected(CLOSED)
        return connection

    def _connect_tcp(self) -> socket.socket:
        """Connect to the first address of the host that can be reached."""
        failure = OSError("the host has no address")
        addresses = socket.getaddrinfo(self.origin.host, self.origin.port, type=socket.SOCK_STREAM)
        for family, kind, protocol, _, address in addresses:
            # Kept before it is connected, so that `abort` can reach it.
            connection = self._socket = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(self._seconds("connect"))
                connection.connect(address)
            except OSError as error:
                connection.close()
                failure = error
            else:
                return connection
        raise failure

    def _write(self, connection: socket.socket, data: bytes) -> None:
        start = 0
        try:
            with memoryview(data) as view:
                while start < len(view):
                    connection.settimeout(self._seconds("write"))
                    start += connection.send(view[start : start + WRITE_AT_ONCE])
                    self._sent = True
        except TimeoutError as error:
            self._sent = True  # a part of a TLS record may have left
            raise self._too_late("write") from error
        except OSError as error:
            if not self._sent:
                raise self._not_connected(GONE) from error
            self._is_broken = True  # but the server may have responded before it closed

    def _read(self, connection: socket.socket) -> bytes:
        try:
            connection.settimeout(self._seconds("read"))
            data = connection.recv(READ_AT_ONCE)
        except TimeoutError as error:
            raise self._too_late("read") from error
        except OSError as error:
            raise self._lost(str(error)) from error
        if self.closed:
            raise self._lost(CLOSED)
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

    def _has_news(self) -> bool:
        return is_readable(self._socket)
