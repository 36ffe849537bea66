"""Operations on plain sockets that the pools share."""

import os
import select
import selectors
import socket
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from errno import EAGAIN, EINPROGRESS, EWOULDBLOCK
from typing import Any, Final, NamedTuple

HEAD_START: Final = 0.25
"""Seconds after which the next address of a host is tried as well, as RFC 8305 recommends."""
_UNDER_WAY: Final = frozenset({0, EINPROGRESS, EWOULDBLOCK, EAGAIN, 10035})
"""The codes of `connect_ex` for a connection that is being made; 10035 is WSAEWOULDBLOCK on Windows."""


class Address(NamedTuple):
    """One address of a host."""

    family: int
    protocol: int
    sockaddr: Any
    """The address, as `socket.getaddrinfo` returns it and `socket.connect` takes it."""


def new_socket(address: Address) -> socket.socket:
    """Return a non-blocking socket for an address."""
    connection = socket.socket(address.family, socket.SOCK_STREAM, address.protocol)
    try:
        connection.setblocking(False)
        with suppress(OSError):  # it is not TCP
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        connection.close()
        raise
    return connection


def begin_connecting(address: Address) -> socket.socket:
    """Return a socket that is being connected.

    Raises:
        OSError: The address can't be reached.
    """
    connection = new_socket(address)
    code = connection.connect_ex(address.sockaddr)
    if code not in _UNDER_WAY:
        connection.close()
        raise OSError(code, os.strerror(code))
    return connection


def check_connected(connection: socket.socket) -> None:
    """Check that a connection was made, once the socket is ready.

    Raises:
        OSError: It was not.
    """
    code = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))


def connect_first(
    addresses: Sequence[Address], seconds: Callable[[], float | None], under_way: set[socket.socket]
) -> socket.socket:
    """Connect to the address that responds first, blocking. Each one has a head start before the next.

    Args:
        addresses: The addresses, in the order in which to try them.
        seconds: Returns the seconds that are left; raises an error if there are none.
        under_way: Gets the sockets that are being connected, for another thread to shut down.

    Raises:
        OSError: None of them can be reached.
        TimeoutError: None of them was reached in time.
    """
    failure = OSError("the host has no address")
    left = list(reversed(addresses))
    with selectors.DefaultSelector() as selector:
        try:
            while left or under_way:
                if left:
                    try:
                        connection = begin_connecting(left.pop())
                    except OSError as error:
                        failure = error
                        continue
                    under_way.add(connection)
                    selector.register(connection, selectors.EVENT_WRITE)
                for connection in _ready(selector, seconds(), has_next=bool(left)):
                    selector.unregister(connection)
                    under_way.discard(connection)
                    try:
                        check_connected(connection)
                    except OSError as error:
                        connection.close()
                        failure = error
                    else:
                        return connection
        finally:
            for connection in tuple(under_way):
                connection.close()
            under_way.clear()
    raise failure


def _ready(selector: selectors.BaseSelector, seconds: float | None, *, has_next: bool) -> list[socket.socket]:
    """Wait until a connection was made or has failed, or it is time for the next address."""
    wait = HEAD_START if has_next and (seconds is None or seconds > HEAD_START) else seconds
    ready = [key.fileobj for key, _ in selector.select(wait)]
    if not ready and not (has_next and wait == HEAD_START):
        raise TimeoutError
    return ready  # type: ignore[return-value]


class Poller:
    """Waits until a socket can be read.

    It registers the socket once, which `wait_ready` does each time.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._poll: Any = None
        if hasattr(select, "poll"):
            self._poll = select.poll()
            self._poll.register(connection, select.POLLIN)

    def is_readable(self, seconds: float | None = 0) -> bool:
        """Return whether the socket, which must be open, can be read in time; an error or a hang-up can be."""
        if self._poll is None:  # Windows
            return wait_ready(self._connection, seconds, write=False)[0]
        return bool(self._poll.poll(None if seconds is None else max(seconds, 0) * 1000))


def wait_ready(connection: socket.socket, seconds: float | None, *, write: bool) -> tuple[bool, bool]:
    """Wait until a socket can be read or, with `write`, written; returns which of the two was possible in time."""
    if not hasattr(select, "poll"):  # Windows
        readable, writable, _ = select.select([connection], [connection] if write else [], [], seconds)
        return bool(readable), bool(writable)
    poll = select.poll()
    poll.register(connection, select.POLLIN | (select.POLLOUT if write else 0))
    for _, events in poll.poll(None if seconds is None else max(seconds, 0) * 1000):
        # An error or a hang-up shows in reading.
        return bool(events & ~select.POLLOUT), bool(events & select.POLLOUT)
    return False, False


def disown(numbers: Iterable[int]) -> None:
    """In a forked child, close its copies of the parent's sockets, without an effect on the connections.

    The file descriptors stay open, on the null device, because the objects that hold them will close them. No event
    loop is involved: the child shares the epoll instance of the parent, and would remove the parent's sockets from it.

    Args:
        numbers: The file descriptors.
    """
    with suppress(OSError):
        nothing = os.open(os.devnull, os.O_RDWR)
        try:
            for number in numbers:
                if number >= 0:
                    os.dup2(nothing, number, inheritable=False)
        finally:
            os.close(nothing)
