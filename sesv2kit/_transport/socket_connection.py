"""What connections on plain sockets share, for threads and for trio."""

import socket
from collections.abc import Iterator

from .connections import READ_AT_ONCE, Connection, PoolSettings
from .resolver import Resolver
from .route import Origin
from .sockets import Poller
from .tls import TlsLayer


class SocketConnection(Connection):
    """A connection on a socket."""

    def __init__(self, origin: Origin, settings: PoolSettings, resolver: Resolver) -> None:
        super().__init__(origin, settings, resolver)
        self._socket: socket.socket | None = None
        self._poller: Poller
        """Waits for the socket once it is connected."""
        self._under_way: set[socket.socket] = set()
        """Sockets that are being connected."""
        self._layers: list[TlsLayer] = []
        """The layers of TLS that the socket does not handle itself, the outer one first."""

    def _has_ended(self) -> bool:
        """Return whether the server has ended TLS, after which nothing follows; the socket may still be open."""
        return any(layer.ended for layer in self._layers)

    def _receive(self, connection: socket.socket) -> bytes | None:
        """Return the bytes that arrived: None if no TLS record is complete yet, no bytes at the end of the stream.

        Raises:
            OSError: There is nothing yet, or the connection is lost.
        """
        if not self._layers:
            return connection.recv(READ_AT_ONCE)
        data: bytes | None = b""
        if not self._has_ended():
            data = connection.recv(READ_AT_ONCE)
            for layer in self._layers:
                if data is not None:  # pragma: no branch -- else a part of a record of the outer layer
                    data = layer.decrypt(data)
        return data

    def _read_early(self, connection: socket.socket) -> bool:
        """Read what arrived while the request was being written; returns whether to stop writing."""
        data = self._receive(connection)
        if data:
            return self._receive_early(data)
        self._is_cut_short = data is not None
        return self._is_cut_short

    def file_descriptors(self) -> Iterator[int]:
        """Yield the file descriptors of the connection."""
        for connection in (*self._under_way, self._socket):
            if connection:
                yield connection.fileno()

    def _is_readable(self) -> bool:
        return self._socket is None or self._socket.fileno() < 0 or self._poller.is_readable()
