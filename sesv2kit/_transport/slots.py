"""The right to have a request in flight, so many at a time, for threads."""

import threading
import time
import weakref
from collections import deque
from typing import Final

_CHECK_AGAIN: Final = 1.0
"""Seconds after which a thread that waits looks for slots whose holders are gone."""


class Slot:
    """A slot that a thread waits for or holds."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        """Is released when the slot's turn has come."""


class Slots:
    """So many slots. First come, first served: a slot goes to the thread that has waited longest.

    A signal handler may raise between any two steps of the thread that it interrupts. So all steps can be done twice,
    and a slot that no frame holds any more counts as given back.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._lock = threading.Lock()
        self._held: set[weakref.ref[Slot]] = set()
        self._waiting: deque[weakref.ref[Slot]] = deque()

    def take(self, slot: Slot, seconds: float | None) -> bool:
        """Take a slot, or wait for one; returns whether there was one in time. Give it back in either case."""
        reference = weakref.ref(slot)
        with self._lock:
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
                if reference in self._held:
                    return True
            if left <= 0:
                return False

    def give_back(self, slot: Slot) -> None:
        """Hand a slot on, or stop waiting for it."""
        reference = weakref.ref(slot)
        with self._lock:
            self._held.discard(reference)
            if reference in self._waiting:
                self._waiting.remove(reference)
            self._admit()

    def _has_room(self) -> bool:
        if len(self._held) >= self._number:
            self._held -= {reference for reference in self._held if reference() is None}
        return len(self._held) < self._number

    def _admit(self) -> None:
        """Let those in who wait, as far as there is room."""
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
        """How many slots nobody holds."""
        with self._lock:
            self._has_room()
            return self._number - len(self._held)
