"""How fast a client may call: the documented limits per second, and the rate of the retry mode `adaptive`."""

from .queue import LOCK, RateQueue

_CUT_TO = 0.7
"""What a rate is multiplied by in a cut."""
_GROWTH = 0.4
"""How fast a rate grows back."""


class RateLimits:
    """The documented limit of every operation that has one, spread evenly over the second."""

    def __init__(self) -> None:
        self._queues: dict[str, RateQueue] = {}

    def queue(self, operation: str, rate: int, now: float) -> RateQueue:
        """Return the queue of an operation; each operation has its own."""
        with LOCK:
            return self._queues.get(operation) or self._queues.setdefault(operation, RateQueue(rate, now))


def grown_back(peak: float, seconds: float) -> float:
    """Return a rate some seconds after it was cut: at first a part of its peak, later all of it, then more.

    It grows by the cubic curve that congestion control on the internet uses, which AWS's SDKs share:
    https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    """
    recovery: float = (peak * (1 - _CUT_TO) / _GROWTH) ** (1 / 3)
    return _GROWTH * (seconds - recovery) ** 3 + peak


class AdaptiveRate:
    """The client-side rate of the retry mode `adaptive`: cut when the service throttles, then grown back."""

    MIN_RATE = 0.5
    """Requests per second that are always left."""
    _SMOOTH = 0.8
    """How much the newest half second counts in the measured rate."""

    def __init__(self) -> None:
        self.queue: RateQueue | None = None
        """Where requests wait for their turn; None before the service throttles for the first time."""
        self.rate = self.MIN_RATE
        """Requests per second that may leave, once there is a queue."""
        self.measured = 0.0
        """Requests per second that ended recently."""
        self._bucket: float | None = None
        self._count = 0
        self._peak = 0.0
        self._cut_at = 0.0

    def learn(self, now: float, *, throttled: bool) -> None:
        """Adapt the rate to how an attempt ended."""
        with LOCK:
            self._measure(now)
            if throttled:
                self._peak = min(self.measured, self.rate) if self.queue else self.measured
                self._cut_at = now
            elif not self.queue:
                return
            self.rate = max(min(grown_back(self._peak, now - self._cut_at), 2 * self.measured), self.MIN_RATE)
            if self.queue:
                self.queue.set_rate(self.rate, now)
            else:
                self.queue = RateQueue(self.rate, now)

    def _measure(self, now: float) -> None:
        """Count an attempt. The rate of a half second is computed when an attempt of a later one ends."""
        bucket = int(now * 2) / 2
        self._bucket = bucket if self._bucket is None else self._bucket
        self._count += 1
        if bucket > self._bucket:
            current = self._count / (bucket - self._bucket)
            self.measured = current * self._SMOOTH + self.measured * (1 - self._SMOOTH)
            self._count, self._bucket = 0, bucket
