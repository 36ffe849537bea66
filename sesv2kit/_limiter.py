"""How fast a client may call: documented limits per second, and the rate that throttling teaches it.

Both are lines: a request takes a place, waits until it comes up, or gives it up. So they are fair, and the same for
threads and tasks; the time is handed in, and the caller does the waiting.
"""

import threading
from heapq import heappop, heappush

_CLOSE_ENOUGH = 1e-9
"""The part of a place that is lost in rounding."""


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
        self._given_up: list[float] = []
        self._lock = threading.Lock()

    def join(self, now: float) -> float:
        """Take a place: the first that somebody gave up, else the last."""
        with self._lock:
            self._advance(now)
            while self._given_up:
                place = heappop(self._given_up)
                if place >= self._up:
                    return place
            place = max(self._end, self._up)
            self._end = place + 1
            return place

    def wait(self, place: float, now: float) -> float:
        """Return the seconds until a place comes up at today's rate; 0 if it has."""
        with self._lock:
            self._advance(now)
            ahead = place - self._up
            return ahead / self._rate if ahead > _CLOSE_ENOUGH else 0.0

    def leave(self, place: float) -> None:
        """Give up a place that was not used, for the next who joins."""
        with self._lock:
            heappush(self._given_up, place)

    def set_rate(self, rate: float, now: float) -> None:
        """Let requests leave at another rate from now on, those who wait included."""
        with self._lock:
            self._advance(now)
            self._rate = rate

    def _advance(self, now: float) -> None:
        self._up += max(now - self._seen, 0.0) * self._rate
        self._seen = max(now, self._seen)


class RateLimits:
    """The documented limit of every operation that has one, spread evenly over the second."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}
        self._lock = threading.Lock()

    def line(self, operation: str, rate: int, now: float) -> Line:
        """Return the line of an operation, which is its own."""
        with self._lock:
            return self._lines.get(operation) or self._lines.setdefault(operation, Line(rate, now))


class AdaptiveRate:
    """The client-side rate of the retry mode `adaptive`: cut when the service throttles, then grown back.

    It grows by the cubic curve that congestion control on the internet uses, which AWS's SDKs share:
    https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    """

    LEAST = 0.5
    """Requests per second that are always left."""
    _BETA = 0.7
    """What is left of the rate after a cut."""
    _SCALE = 0.4
    """How fast the curve grows."""
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
        self._lock = threading.Lock()

    def learn(self, now: float, *, throttled: bool) -> None:
        """Take in how an attempt ended."""
        with self._lock:
            self._measure(now)
            if throttled:
                self._peak = min(self.measured, self.rate) if self.line else self.measured
                self._cut_at = now
                wanted = self._peak * self._BETA
            elif self.line:
                recovery = (self._peak * (1 - self._BETA) / self._SCALE) ** (1 / 3)
                wanted = self._SCALE * (now - self._cut_at - recovery) ** 3 + self._peak
            else:
                return
            self.rate = max(min(wanted, 2 * self.measured), self.LEAST)
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
