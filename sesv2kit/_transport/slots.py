"""The limit of requests in flight, for threads."""

import threading
import time
import weakref
from collections import deque
from typing import Final

_CHECK_AGAIN: Final = 1.0
"""Seconds after which a waiting thread checks for slots that nothing refers to any more."""


class Slot:
    """A slot that a thread waits for or holds."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        """Locked while the thread waits."""


class Slots:
    """A number of slots. A free slot goes to the thread that has waited longest.

    A signal handler may raise an error between any two steps of the main thread. So each step can be repeated, and a
    slot that no frame refers to any more counts as free.

    Args:
        number: The number of slots.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._lock = threading.RLock()
        self._held: set[weakref.ref[Slot]] = set()
        self._waiting: deque[weakref.ref[Slot]] = deque()

    def take(self, slot: Slot, seconds: float | None) -> bool:
        """Take a slot, or wait for one; returns whether one was free in time. Call `give_back` in either case."""
        reference = weakref.ref(slot)
        with self._lock:
            if self._waiting:
                self._admit()
            if not self._waiting and self._has_room():
                self._held.add(reference)
                return True
            slot.turn.acquire()
            self._waiting.append(reference)
        end = None if seconds is None else time.monotonic() + seconds
        while True:
            left = _CHECK_AGAIN if end is None else end - time.monotonic()
            if slot.turn.acquire(timeout=max(min(left, _CHECK_AGAIN), 0)):
                return True
            with self._lock:
                self._admit()
                if reference in self._held:  # pragma: no cover -- the turn came just as the wait ended
                    return True
            if left <= 0:
                return False

    def give_back(self, slot: Slot) -> None:
        """Release a slot, or stop waiting for one."""
        reference = weakref.ref(slot)
        with self._lock:
            self._held.discard(reference)
            if self._waiting:
                if reference in self._waiting:
                    self._waiting.remove(reference)
                self._admit()

    def _has_room(self) -> bool:
        if len(self._held) >= self._number:
            self._held -= {reference for reference in self._held if reference() is None}
        return len(self._held) < self._number

    def _admit(self) -> None:
        """Give the free slots to the threads that wait."""
        while self._waiting and self._has_room():
            reference = self._waiting[0]
            slot = reference()
            if slot:
                self._held.add(reference)
            self._waiting.popleft()
            if slot:
                slot.turn.release()

    @property
    def free(self) -> int:
        """The number of free slots."""
        with self._lock:
            self._has_room()
            return self._number - len(self._held)
