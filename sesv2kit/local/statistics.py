"""Counts of events over time, for the page of statistics."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs

from .. import models
from ..testing import FakeSES
from ..testing._service.world import moment_of

_STEPS: Final = (60, 300, 900, 3600, 6 * 3600, 24 * 3600)
_MAX_POINTS: Final = 60
_MINUTE: Final = 60
_BATCH: Final = 50_000
"""How many events are counted while the lock is held."""


@attrs.frozen
class Statistics:
    """What happened in a span of time."""

    times: Sequence[datetime]
    """The beginning of each step."""
    step: int
    """The length of a step in seconds."""
    series: Mapping[str, Sequence[int]]
    """How many events each step had, by the type of the event."""
    totals: Mapping[str, int]
    quota: models.SendQuota


class EventCounts:
    """How many events of each type each minute had. It reads every event once, so that a page costs little.

    Args:
        fake: The service.
    """

    def __init__(self, fake: FakeSES) -> None:
        self._fake = fake
        self._counts: Counter[tuple[str, int]] = Counter()
        self._first = 0
        self._last = 0

    def over(self, span: timedelta) -> Statistics:
        """Return what happened until now.

        Args:
            span: How far back.
        """
        while self._read_batch():
            pass
        seconds = span.total_seconds()
        step = next((step for step in _STEPS if seconds / step <= _MAX_POINTS), _STEPS[-1])
        points = max(1, int(-(-seconds // step)))
        start = int(self._fake.world.now.timestamp()) // step * step + step - points * step
        series: dict[str, list[int]] = {}
        with self._fake.world.database.lock:
            counts = list(self._counts.items())
            quota = self._fake.world.send_quota()
        for (kind, minute), count in counts:
            position = (minute * _MINUTE - start) // step
            if 0 <= position < points:
                series.setdefault(kind, [0] * points)[position] += count
        return Statistics(
            times=[moment_of(start + position * step) for position in range(points)],
            step=step,
            series=series,
            totals={kind: sum(values) for kind, values in series.items()},
            quota=quota,
        )

    def _read_batch(self) -> bool:
        """Count the next events; returns whether there may be more."""
        with self._fake.world.database.lock:
            execute = self._fake.world.database.connection.execute
            first = execute("SELECT min(number) FROM events").fetchone()[0] or 0
            last = execute("SELECT max(number) FROM events").fetchone()[0] or 0
            if first != self._first:  # events were deleted
                self._counts.clear()
                self._first, self._last = first, max(0, first - 1)
            end = min(last, self._last + _BATCH)
            query = (
                "SELECT type, CAST(occurred_at / 60 AS INTEGER), count(*) FROM events"
                " WHERE number > ? AND number <= ? GROUP BY 1, 2"
            )
            for kind, minute, count in execute(query, (self._last, end)):
                self._counts[kind, minute] += count
            self._last = max(self._last, end)
            return end < last
