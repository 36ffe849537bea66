"""The part of a shared rate that a process uses."""

import math
from typing import Final

MIN_SHARE: Final = 0.1
"""The part of the rate that a process has if it used nothing of it recently."""
_FADING: Final = 30.0
"""Seconds after which what was used counts about a third."""
_FIRST_FADING: Final = 2.0
"""Seconds after which the share that a process has in the beginning counts about a third."""


class RecentShare:
    """The part of all recipients that were recently mailed to by this process.

    In the beginning it is `MIN_SHARE`, which weighs as much as a second of the rate, and soon next to nothing.
    """

    def __init__(self) -> None:
        self._own = 0.0
        self._all = 0.0
        self._first = 0.0
        """The weight of `MIN_SHARE`, in recipients."""
        self._latest = 0.0
        """Recipients of this process at the last count. They are added with those of the others, at the next count."""
        self._total: float | None = None
        """Recipients of all processes at the last count, without `_latest`; None before the first count."""
        self._counted_at = 0.0

    @property
    def value(self) -> float:
        """A number above 0, and 1 at most."""
        every = self._all + self._first
        share = (self._own + MIN_SHARE * self._first) / every if every else 0.0
        # A process that has sent anything has its true share, however small: there may be many processes.
        return share if self._own >= 1 else max(share, MIN_SHARE)

    def count(self, own: float, total: float, per_second: float, now: float) -> None:
        """Count recipients.

        Args:
            own: Those of this process since it was last counted.
            total: Those of all processes since they began.
            per_second: The rate that they share.
            now: A monotonic time.
        """
        total -= own
        if self._total is None:
            self._first = per_second
            self._total, self._counted_at = total, now
        seconds = now - self._counted_at
        every = total - self._total
        if every < self._latest:  # Redis has lost its state and counts from 0, so what the others had is not known
            every = self._latest = 0.0
        kept = math.exp(-seconds / _FADING)
        self._own = max(self._own * kept + self._latest, 0.0)
        self._all = max(self._all * kept + every, self._own)
        self._first *= math.exp(-seconds / _FIRST_FADING)
        self._total, self._latest, self._counted_at = total, own, now
