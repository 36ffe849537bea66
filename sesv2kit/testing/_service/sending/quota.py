"""How many recipients the last 24 hours and the last second had."""

from collections import deque
from collections.abc import Iterable
from typing import Final

DAY: Final = 86_400


class RecentRecipients:
    """Recipients that count against the quota, by the second, so that a mail costs the same after a million others.

    Args:
        earlier: What a database has of the last 24 hours: seconds since the epoch, and recipients.
    """

    def __init__(self, earlier: Iterable[tuple[int, int]] = ()) -> None:
        self._seconds = deque(earlier)
        self._in_day = sum(count for _, count in self._seconds)
        self._latest: deque[tuple[float, int]] = deque()
        self._in_second = 0

    def add(self, moment: float, count: int) -> None:
        """Count the recipients of a mail."""
        second = int(moment)
        if self._seconds and self._seconds[-1][0] == second:
            count_before = self._seconds.pop()[1]
            self._seconds.append((second, count_before + count))
        else:
            self._seconds.append((second, count))
            self._forget_days(moment)
        self._in_day += count
        self._latest.append((moment, count))
        self._in_second += count
        self._forget_seconds(moment)

    def in_day(self, moment: float) -> int:
        """Return how many recipients the 24 hours before a moment had."""
        self._forget_days(moment)
        return self._in_day

    def in_second(self, moment: float) -> int:
        """Return how many recipients the second before a moment had."""
        self._forget_seconds(moment)
        return self._in_second

    def _forget_days(self, moment: float) -> None:
        while self._seconds and self._seconds[0][0] + DAY <= moment:
            self._in_day -= self._seconds.popleft()[1]

    def _forget_seconds(self, moment: float) -> None:
        while self._latest and self._latest[0][0] + 1 <= moment:
            self._in_second -= self._latest.popleft()[1]
