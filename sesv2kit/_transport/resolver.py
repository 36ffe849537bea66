"""The addresses of hosts, by DNS. Connections that are opened within some seconds share one lookup."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from itertools import count, zip_longest
from typing import Final

from .sockets import Address

KEPT: Final = 10.0
"""Seconds for which the addresses of a host are kept. The records of AWS may be kept for a minute."""


class Lookup:
    """A lookup of the addresses of a host, which runs in a thread of its own. Any number of connections wait for it."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._lock = threading.RLock()
        self._waiting: list[Callable[[], object]] = []
        self._found: Sequence[Address] = ()
        self._failure: Exception | None = None
        self._turn = count()
        self.ended_at: float | None = None
        """The `time.monotonic()` of its end; None while it is under way."""

    @property
    def is_fresh(self) -> bool:
        """Whether new connections can use it."""
        if self.ended_at is None:
            return True
        return self._failure is None and time.monotonic() < self.ended_at + KEPT

    def run(self, flags: int = 0) -> None:
        """Look the addresses up, blocking."""
        try:
            found = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM, flags=flags)
            self._found = [Address(family, protocol, sockaddr) for family, _, protocol, _, sockaddr in found]
        except Exception as error:  # noqa: BLE001 -- it is raised where the addresses are needed
            self._failure = error
        with self._lock:
            self.ended_at = time.monotonic()
            waiting, self._waiting = self._waiting, []
        for wake in waiting:
            wake()

    def when_ended(self, wake: Callable[[], object]) -> None:
        """Have a function called at the end of the lookup, in any thread; at once if it has ended."""
        with self._lock:
            if self.ended_at is None:
                self._waiting.append(wake)
                return
        wake()

    def addresses(self) -> list[Address]:
        """Return the addresses in the order in which to try them. Each call begins with another one.

        Raises:
            OSError, ValueError: There are none.
        """
        if self._failure:
            raise self._failure.with_traceback(None)
        return in_turn(self._found, next(self._turn))


def in_turn(found: Sequence[Address], turn: int) -> list[Address]:
    """Return addresses in the order of RFC 8305: the families alternate. Each turn begins with another address.

    Args:
        found: The addresses, those of the preferred family first.
        turn: The number of times that the addresses were used.
    """
    families: dict[int, list[Address]] = {}
    for address in found:
        families.setdefault(address.family, []).append(address)
    rotated = [group[turn % len(group) :] + group[: turn % len(group)] for group in families.values()]
    return [address for rank in zip_longest(*rotated) for address in rank if address is not None]


class Resolver:
    """Looks up the hosts of a pool, and keeps the results for some seconds. Safe to share between threads."""

    def __init__(self) -> None:
        self._lookups: dict[tuple[str, int], Lookup] = {}
        self._lock = threading.RLock()

    def lookup(self, host: str, port: int) -> Lookup:
        """Return the lookup of a host: a recent one, one that is under way, or a new one."""
        with self._lock:
            known = self._lookups.get((host, port))
            if known and known.is_fresh:
                return known
            new = Lookup(host, port)
            new.run(socket.AI_NUMERICHOST)  # makes no request, so it never blocks
            if not new.is_fresh:
                new = Lookup(host, port)
                _run_in_thread(new)
                self._lookups[host, port] = new  # only now: nobody may wait for a lookup that has not begun
            return new


def _run_in_thread(lookup: Lookup) -> None:
    try:
        # A daemon, since a lookup can't be interrupted, and the program must not wait for it at its end.
        threading.Thread(target=lookup.run, name="sesv2kit-lookup", daemon=True).start()
    except RuntimeError:  # no thread can be started when the interpreter ends
        lookup.run()
