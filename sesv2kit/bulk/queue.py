"""The entries that wait for a request: new ones, parts of refused requests, and those that are tried again later."""

import math
from collections import deque
from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import chain
from typing import Final

from .item import MAX_ENTRIES, Chunk, Item

LINGER: Final = 0.25
"""Seconds that an entry waits for others to fill its request."""


class Queue:
    """The entries of a run that wait for a request. The time, a monotonic one, is passed in."""

    def __init__(self) -> None:
        self._fresh: deque[Item] = deque()
        self._fresh_since = -math.inf
        self._split: deque[Chunk] = deque()
        """Parts of refused requests, each a request of its own."""
        self._later: list[tuple[float, int, Item]] = []
        """A heap: when an entry is tried again, its index, and itself."""

    @property
    def size(self) -> int:
        """How many entries can fill a request now."""
        return len(self._fresh)

    @property
    def has_entries(self) -> bool:
        """Whether there are entries that need not wait until they are due."""
        return bool(self._fresh or self._split)

    @property
    def next_due(self) -> float:
        """When the next entry is tried again; infinite if none is."""
        return self._later[0][0] if self._later else math.inf

    def add(self, items: Sequence[Item], now: float) -> None:
        """Add entries."""
        if items and not self._fresh:
            self._fresh_since = now
        self._fresh += items

    def add_halves(self, items: Sequence[Item]) -> None:
        """Add the entries of a refused request, as two requests."""
        half = (len(items) + 1) // 2
        self._split += [items[:half], items[half:]]

    def postpone(self, items: Sequence[Item], due: float) -> None:
        """Add entries that are tried again later, at `due`."""
        for item in items:
            heappush(self._later, (due, item.index, item))

    def requeue_due(self, now: float) -> None:
        """Move entries that are due to the front of the queue."""
        due: list[Item] = []
        while self._later and self._later[0][0] <= now:
            due.append(heappop(self._later)[-1])
        if due:
            self._fresh.extendleft(reversed(due))
            self._fresh_since = -math.inf

    def ready_at(self, max_recipients: float, *, more_to_come: bool) -> float:
        """Return when the next request can leave: when it is full, or its entries have waited long enough for others.

        Args:
            max_recipients: The maximum number of recipients of a request.
            more_to_come: Whether the source may give further entries.
        """
        if self._split:
            return -math.inf
        if not self._fresh:
            return math.inf
        is_full = len(self._fresh) >= min(MAX_ENTRIES, max_recipients)
        return self._fresh_since + LINGER if more_to_come and not is_full else -math.inf

    def take(self, max_recipients: float, now: float) -> Chunk:
        """Return the entries of the next request: one, or several that have at most `max_recipients` recipients."""
        if self._split:
            return self._split.popleft()
        chunk = [self._fresh.popleft()]
        recipients = chunk[0].recipients
        while self._fresh and len(chunk) < MAX_ENTRIES and recipients + self._fresh[0].recipients <= max_recipients:
            chunk.append(self._fresh.popleft())
            recipients += chunk[-1].recipients
        self._fresh_since = now
        return chunk

    def left(self) -> list[Item]:
        """Return all entries, in no particular order."""
        return [*self._fresh, *chain.from_iterable(self._split), *(item for _, _, item in self._later)]
