"""When the next request of a run may begin, by the send rate and the number of requests under way."""

import math
from typing import Final

from .._rate.send_rate import SendRate

MAX_IN_FLIGHT: Final = 100
"""Requests under way at a time, if the caller sets no bound."""
_FIRST_IN_FLIGHT: Final = 8
LEAD: Final = 0.25
"""Seconds before its turn at which a request begins: the client waits for the turn itself, so none is missed."""
CHUNK_SECONDS: Final = 0.25
"""Seconds whose recipients a request holds at most: one request too many exceeds the rate of a second by a quarter."""
_NO_LIMIT: Final = 100_000.0
"""Recipients per second above which the rate is not what a run waits for."""


class Pace:
    """The pace of a run. The time, a monotonic one, is passed in.

    Args:
        max_in_flight: How many requests may be under way; None for 8, and more if the next one would miss its turn.
        spacing: How many seconds after another one a request begins at the earliest, if that is still under way.
    """

    def __init__(self, max_in_flight: int | None, spacing: float = 0.0) -> None:
        self.rate: SendRate | None = None
        self.requests: int = 0
        """Requests under way."""
        self.max_requests: int = max_in_flight or _FIRST_IN_FLIGHT
        self._may_grow = max_in_flight is None
        self._spacing = spacing
        self._turn = -math.inf
        """When the next request may leave. The client waits for its turn, too; but what waits in the run is not in
        flight yet, and can be given up."""
        self._began = -math.inf
        """When the last request began."""

    @property
    def per_second(self) -> float | None:
        """Recipients per second; None without a limit."""
        return self.rate.per_second if self.rate else None

    @property
    def max_recipients(self) -> float:
        """How many recipients a request has at most, unless a single entry has more."""
        return (self.per_second or math.inf) * CHUNK_SECONDS

    @property
    def has_no_quota(self) -> bool:
        """Whether the quota is used up, by the last response of GetAccount and what was sent since."""
        left = self.rate.quota_left if self.rate else None
        return left is not None and left < 1

    def next_time(self, now: float) -> float:
        """Return when another request may begin; infinite if one of those under way has to end first."""
        if self.requests < self.max_requests:
            return max(self._turn - LEAD, self._began + self._spacing if self.requests else -math.inf)
        return max(self._turn, self._growth_time(now))

    def _growth_time(self, now: float) -> float:
        """Return when the number of requests that may be under way can grow.

        That is when the rate has a turn for one more request. As long as it has none, because requests of this run or
        of others wait for their turns, another one would not leave any sooner.
        """
        per_second = self.per_second
        if not self._may_grow or self.max_requests >= MAX_IN_FLIGHT:
            return math.inf
        if self.rate is None or per_second is None or per_second > _NO_LIMIT:
            return math.inf
        turn = self.rate.join(now, 1)
        seconds = self.rate.wait(turn, now)
        self.rate.leave(turn, now)
        return now + seconds

    def begin(self, recipients: int, now: float) -> None:
        """Note that a request begins."""
        self.requests += 1
        self._began = now
        self.max_requests = max(self.max_requests, self.requests)
        if per_second := self.per_second:
            self._turn = max(self._turn, now) + recipients / per_second

    def end(self) -> None:
        """Note that a request has ended."""
        self.requests -= 1

    def give_back(self, recipients: int, now: float) -> None:
        """Note that a request that has ended did not use its turn: nothing was sent."""
        if per_second := self.per_second:
            self._turn = max(self._turn - recipients / per_second, min(self._turn, now))
