"""How fast a client may call: documented limits per second, and the rate that throttling teaches it.

Both are lines: a request takes a place, waits until it comes up, or gives it up. So they are fair, and the same for
threads and tasks; the time is handed in, and the caller does the waiting.
"""

import os
import sys
import threading
from typing import Final

LOCK: Final = threading.RLock()
"""Guards all that changes here and in `_send_rate.py`, for moments. One for all, so that a fork can wait for it:
otherwise a lock that another thread holds would stay locked in the child for ever."""
if sys.platform != "win32":
    os.register_at_fork(before=LOCK.acquire, after_in_parent=LOCK.release, after_in_child=LOCK.release)

_CLOSE_ENOUGH = 1e-9
"""The part of a place that is lost in rounding."""
_BETA = 0.7
"""What is left of a rate after a cut."""
_SCALE = 0.4
"""How fast a rate grows back."""


class Line:
    """Requests that leave one after the other, at a rate that may change while they wait.

    Args:
        rate: Requests per second.
        now: A monotonic time, as everywhere here.
    """

    def __init__(self, rate: float, now: float) -> None:
        self._rate = rate
        self._seen = now
        self._up = 0.0
        self._end = 0.0
        self._given_up: list[tuple[float, float]] = []
        """Stretches that nobody waits in any more, all of them ahead of what is up."""

    def join(self, now: float, size: float = 1) -> float:
        """Take the last `size` places, and return the first of them."""
        with LOCK:
            self._advance(now)
            place = max(self._end, self._up)
            self._end = place + size
            return place

    def wait(self, place: float, now: float) -> float:
        """Return the seconds until a place comes up at today's rate; 0 if it has."""
        with LOCK:
            self._advance(now)
            skipped = sum(end - start for start, end in self._given_up if start < place)
            ahead = place - skipped - self._up
            return ahead / self._rate if ahead > _CLOSE_ENOUGH else 0.0

    def leave(self, place: float, now: float, size: float = 1) -> None:
        """Give up places that were not used; all behind them move up."""
        with LOCK:
            self._advance(now)
            start, end = max(place, self._up), place + size
            if start < end:
                self._given_up = _joined([*self._given_up, (start, end)])

    def hold(self, place: float, seconds: float, now: float) -> None:
        """Let a place, and all behind it, come up only after so many seconds."""
        with LOCK:
            self._advance(now)
            self._up = min(self._up, place - seconds * self._rate)

    def set_rate(self, rate: float, now: float) -> None:
        """Let requests leave at another rate from now on, those who wait included."""
        with LOCK:
            self._advance(now)
            self._rate = rate

    def _advance(self, now: float) -> None:
        self._up += max(now - self._seen, 0.0) * self._rate
        self._seen = max(now, self._seen)
        while self._given_up and self._given_up[0][0] <= self._up:
            start, end = self._given_up.pop(0)
            self._up += end - start


def _joined(gaps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return stretches of places in their order, those that touch made one."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(gaps):
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


class RateLimits:
    """The documented limit of every operation that has one, spread evenly over the second."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}

    def line(self, operation: str, rate: int, now: float) -> Line:
        """Return the line of an operation, which is its own."""
        with LOCK:
            return self._lines.get(operation) or self._lines.setdefault(operation, Line(rate, now))


def regrown(peak: float, seconds: float) -> float:
    """Return what a rate is so long after it was cut from its peak: at once a part of it, later all, then more.

    It grows by the cubic curve that congestion control on the internet uses, which AWS's SDKs share:
    https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    """
    recovery: float = (peak * (1 - _BETA) / _SCALE) ** (1 / 3)
    return _SCALE * (seconds - recovery) ** 3 + peak


class AdaptiveRate:
    """The client-side rate of the retry mode `adaptive`: cut when the service throttles, then grown back."""

    LEAST = 0.5
    """Requests per second that are always left."""
    _SMOOTH = 0.8
    """How much the newest half second counts in the measured rate."""

    def __init__(self) -> None:
        self.line: Line | None = None
        """Where requests wait for their turn; None before the first throttling."""
        self.rate = self.LEAST
        """Requests per second that may leave, once there is a line."""
        self.measured = 0.0
        """Requests per second that ended of late."""
        self._bucket: float | None = None
        self._count = 0
        self._peak = 0.0
        self._cut_at = 0.0

    def learn(self, now: float, *, throttled: bool) -> None:
        """Take in how an attempt ended."""
        with LOCK:
            self._measure(now)
            if throttled:
                self._peak = min(self.measured, self.rate) if self.line else self.measured
                self._cut_at = now
            elif not self.line:
                return
            self.rate = max(min(regrown(self._peak, now - self._cut_at), 2 * self.measured), self.LEAST)
            if self.line:
                self.line.set_rate(self.rate, now)
            else:
                self.line = Line(self.rate, now)

    def _measure(self, now: float) -> None:
        """Count an attempt; its half second is measured when one of a later half second comes."""
        bucket = int(now * 2) / 2
        self._bucket = bucket if self._bucket is None else self._bucket
        self._count += 1
        if bucket > self._bucket:
            current = self._count / (bucket - self._bucket)
            self.measured = current * self._SMOOTH + self.measured * (1 - self._SMOOTH)
            self._count, self._bucket = 0, bucket
