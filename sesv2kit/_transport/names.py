"""The addresses of hosts: one lookup for many connections, kept for some seconds, its addresses taken in turn."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from itertools import count, zip_longest
from typing import Final

from .sockets import Address

KEPT: Final = 10.0
"""Seconds for which the addresses of a host are kept. AWS names its endpoints for a minute at a time."""


class Lookup:
    """A lookup of a host's addresses, in a thread of its own, for all that ask for the host meanwhile."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._lock = threading.Lock()
        self._waiting: list[Callable[[], object]] = []
        self._found: Sequence[Address] = ()
        self._failure: Exception | None = None
        self._turn = count()
        self.ended_at: float | None = None
        """The `time.monotonic()` of its end; None while it is under way."""

    @property
    def is_fresh(self) -> bool:
        """Whether a new connection can go by it."""
        if self.ended_at is None:
            return True
        return self._failure is None and time.monotonic() < self.ended_at + KEPT

    def run(self, flags: int = 0) -> None:
        """Look the addresses up, blocking."""
        try:
            found = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM, flags=flags)
            self._found = [Address(family, protocol, place) for family, _, protocol, _, place in found]
        except Exception as error:  # noqa: BLE001 -- those that wait get it
            self._failure = error
        with self._lock:
            self.ended_at = time.monotonic()
            waiting, self._waiting = self._waiting, []
        for wake in waiting:
            wake()

    def when_ended(self, wake: Callable[[], object]) -> None:
        """Have a function called at the end of the lookup, by whatever thread; at once if it has ended."""
        with self._lock:
            if self.ended_at is None:
                self._waiting.append(wake)
                return
        wake()

    def addresses(self) -> list[Address]:
        """Return the addresses in the order to try them in, each time beginning with another one.

        Raises:
            OSError, ValueError: There are none.
        """
        if self._failure:
            raise self._failure.with_traceback(None)
        return in_turn(self._found, next(self._turn))


def in_turn(found: Sequence[Address], turn: int) -> list[Address]:
    """Return addresses turned by some places within each family, and the families by turns, the preferred one first."""
    families: dict[int, list[Address]] = {}
    for address in found:
        families.setdefault(address.family, []).append(address)
    turned = [group[turn % len(group) :] + group[: turn % len(group)] for group in families.values()]
    return [address for rank in zip_longest(*turned) for address in rank if address is not None]


class Names:
    """The names that a pool knows. Safe to share between threads."""

    def __init__(self) -> None:
        self._lookups: dict[tuple[str, int], Lookup] = {}
        self._lock = threading.Lock()

    def lookup(self, host: str, port: int) -> Lookup:
        """Return the lookup of a host: one of before, one under way, or a new one."""
        with self._lock:
            known = self._lookups.get((host, port))
            if known and known.is_fresh:
                return known
            new = Lookup(host, port)
            new.run(socket.AI_NUMERICHOST)  # asks nobody, so it never blocks
            if new.is_fresh:
                return new
            self._lookups[host, port] = new = Lookup(host, port)
        _run_in_thread(new)
        return new


def _run_in_thread(lookup: Lookup) -> None:
    try:
        # A daemon, since nothing but the system ends a lookup, and the program should not wait for it.
        threading.Thread(target=lookup.run, name="sesv2kit-lookup", daemon=True).start()
    except RuntimeError:  # at the interpreter's end there are no new threads
        lookup.run()
