"""A queue whose requests leave at a rate, in their order, for threads and tasks alike.

Nothing here waits: a request joins, learns for how long to wait, and then takes its turn or leaves. The time, a
monotonic one, is passed in.
"""

import math
import os
import sys
import threading
from bisect import bisect_left
from collections.abc import Callable
from typing import Final

LOCK: Final = threading.RLock()
"""Guards all state of this package, and is never held for long. There is one lock for all, so that a fork can wait for
it: a lock that another thread holds at a fork would stay locked in the child for ever."""
if sys.platform != "win32":
    os.register_at_fork(before=LOCK.acquire, after_in_parent=LOCK.release, after_in_child=LOCK.release)

MAX_CATCH_UP: Final = 0.2
"""Seconds by which a rate may run ahead of its schedule, to make up for requests that left late on a busy machine. For
larger requests it is less, see `catch_up`."""
RESERVE_EARLY: Final = 0.05
"""Seconds before its turn in this process at which a send makes its reservation in Redis. If a whole machine stops for
a moment, these reservations are late as well, so processes that share a rate make up for that much less."""
_MIN_CATCH_UP: Final = 0.002
"""Seconds that large requests may make up for. It is less than their extra distance."""
_MAX_BURST: Final = 0.25
"""The part of a second's permits by which any one second may exceed the rate: what the queue makes up for, and the
request that leaves at the end of that second."""
_EXTRA_DISTANCE: Final = 1.015
"""How much further large requests are apart, so that a little jitter of the network never brings them closer than the
rate allows."""
_ROUNDING: Final = 1e-9
"""The part of a permit that is lost in rounding."""
_WORTH_WAKING: Final = 0.001
"""Seconds by which a turn must come earlier than expected for its request to be woken."""


def permits_for(size: float, rate: float) -> float:
    """Return how many permits a request of a size takes: 1.5 % more if they take longer than a quarter of a second.

    One such request more in a second would exceed the rate by far, so the distance between them has a margin.
    """
    return size * _EXTRA_DISTANCE if size > _MAX_BURST * rate else size


def catch_up(size: float, rate: float, max_seconds: float = MAX_CATCH_UP) -> float:
    """Return how many seconds requests of a size may make up for: no second then exceeds 125 % of the rate."""
    return min(max(_MAX_BURST - size / rate, _MIN_CATCH_UP), max_seconds)


class Alarm:
    """Wakes a thread or task that waits for its turn, from any thread, if the turn comes earlier than expected."""

    __slots__ = ("_has_rung", "_wake")

    def __init__(self) -> None:
        self._has_rung = False
        self._wake: Callable[[], None] | None = None

    def reset(self) -> None:
        """Clear the alarm, as the time until the turn was just computed."""
        self._has_rung = False

    def ring(self) -> None:
        """Wake the sleeper, or keep it from falling asleep; once, until the alarm is reset."""
        if not self._has_rung:
            self._has_rung = True
            if wake := self._wake:
                wake()

    def set(self, wake: Callable[[], None] | None) -> bool:
        """Set the function that wakes the sleeper; returns False if the alarm has rung already."""
        self._wake = wake
        return not self._has_rung


class Position:
    """The position of a request in a queue: it has the permits from `start` to `end`, counted since the queue began.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        alarm: What rings if the turn comes before `expected`.
        expected: The time at which its turn comes, as it was last computed for the request.
        early: Seconds before its turn at which the request wakes.
    """

    __slots__ = ("alarm", "early", "end", "expected", "start")

    def __init__(self, start: float, end: float) -> None:
        self.start: float = start
        self.end: float = end
        self.alarm: Alarm = Alarm()
        self.expected: float = -math.inf
        self.early: float = 0.0

    @property
    def size(self) -> float:
        """How many permits the request takes."""
        return self.end - self.start


class RateQueue:
    """Requests that leave one after the other, at a rate that may change while they wait.

    Args:
        rate: Permits per second.
        now: The time.
        catches_up: Whether the queue makes up for requests that left late. Without it no second exceeds the rate;
            with it a second has up to a quarter more, and the queue keeps up the rate although threads wake late.
    """

    def __init__(self, rate: float, now: float, *, catches_up: bool = False) -> None:
        self._rate = rate
        self._catches_up = catches_up
        self._updated = now
        self._due = 0.0
        """Positions that start here or earlier have their turn."""
        self._end = 0.0
        self._taken = 0.0
        """Where the last turn that was taken ended."""
        self._gaps: list[tuple[float, float]] = []
        """Ranges of permits whose requests have left the queue, all of them after `_due`."""
        self._waiting: list[Position] = []
        """The requests that wait for their turn, in their order."""

    def join(self, now: float, size: float = 1) -> Position:
        """Join the end of the queue with a request that takes `size` permits."""
        with LOCK:
            self._advance(now)
            start = max(self._end, self._due - self._catch_up(size))
            self._end = start + size
            return Position(start, self._end)

    def wait(self, position: Position, now: float) -> float:
        """Return the seconds until it is a position's turn at the present rate; 0 if it has come."""
        with LOCK:
            self._advance(now)
            ahead = position.start - self._skipped(position) - self._due
            return ahead / self._rate if ahead > _ROUNDING else 0.0

    def take(self, position: Position, now: float, early: float = 0.0) -> float:
        """Take a position's turn if it has come.

        Args:
            position: The position.
            now: The time.
            early: Seconds by which the turn may be taken early.

        Returns:
            0 if it was taken, else the seconds until it can be.
        """
        with LOCK:
            seconds = max(self.wait(position, now) - early, 0.0)
            position.alarm.reset()
            if seconds:
                position.expected, position.early = now + seconds, early
                self._note(position)
                return seconds
            self._forget(position)
            if position.start >= self._taken:
                self._taken = position.end
                # However late this request is, those behind it keep their distance.
                self._due = min(self._due, position.start + self._catch_up(position.size))
            self._wake_next(now)
            return 0.0

    def leave(self, position: Position, now: float) -> None:
        """Leave the queue without taking the turn; all requests behind the position move up."""
        with LOCK:
            self._advance(now)
            self._forget(position)
            start = max(position.start, self._due)
            if start < position.end:
                self._gaps = _joined([*self._gaps, (start, position.end)])
            self._wake_next(now)

    def give_back(self, size: float, now: float) -> None:
        """Return the permits of a turn that was taken but not used; all waiting requests move up."""
        with LOCK:
            self._advance(now)
            # Permits are not saved up for later.
            self._due = max(self._due, min(self._due + size, self._taken + self._catch_up(size)))
            self._wake_next(now)

    def hold(self, position: Position, seconds: float, now: float) -> None:
        """Delay the turn of a position, and of all behind it, until at least a number of seconds from now."""
        with LOCK:
            self._advance(now)
            self._due = min(self._due, self._due_for(position, seconds))

    def move(self, position: Position, seconds: float, now: float) -> None:
        """Set the turn of a position to a number of seconds from now, earlier or later; those behind it follow."""
        with LOCK:
            self._advance(now)
            self._due = self._due_for(position, seconds)
            self._wake_next(now)

    def set_rate(self, rate: float, now: float) -> None:
        """Change the rate from now on, also for the waiting requests."""
        with LOCK:
            self._advance(now)
            is_faster, self._rate = rate > self._rate, rate
            if is_faster:
                self._wake_next(now)

    def _due_for(self, position: Position, seconds: float) -> float:
        """Return the value of `_due` with which a position has its turn after a number of seconds."""
        return position.start - self._skipped(position) - seconds * self._rate

    def _skipped(self, position: Position) -> float:
        """Return how many permits before a position belong to requests that have left."""
        return sum(end - start for start, end in self._gaps if start < position.start)

    def _wake_next(self, now: float) -> None:
        """Wake the first waiting request if its turn comes earlier than it expects.

        When it takes its turn, the one behind it is woken in the same way. So this is one step, however many wait.
        """
        while self._waiting and self._waiting[0].start < self._taken:
            del self._waiting[0]  # its turn was taken, or its thread belongs to the parent of this process
        if self._waiting:
            first = self._waiting[0]
            if self.wait(first, now) - first.early < first.expected - now - _WORTH_WAKING:
                first.alarm.ring()

    def _note(self, position: Position) -> None:
        """Note that a request waits for its turn."""
        index = bisect_left(self._waiting, position.start, key=_start)
        if self._waiting[index : index + 1] != [position]:
            self._waiting.insert(index, position)

    def _forget(self, position: Position) -> None:
        """Note that a request no longer waits for its turn."""
        index = bisect_left(self._waiting, position.start, key=_start)
        if self._waiting[index : index + 1] == [position]:
            del self._waiting[index]

    def _catch_up(self, size: float) -> float:
        """Return how many permits the queue may run ahead of its schedule."""
        return catch_up(size, self._rate) * self._rate if self._catches_up else 0.0

    def _advance(self, now: float) -> None:
        self._due += max(now - self._updated, 0.0) * self._rate
        self._updated = max(now, self._updated)
        while self._gaps and self._gaps[0][0] <= self._due:
            start, end = self._gaps.pop(0)
            self._due += end - start
            self._taken = max(self._taken, end)


def _start(position: Position) -> float:
    return position.start


def _joined(gaps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return gaps in their order; adjacent ones are merged."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(gaps):
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
