"""Counts of events by type and day, ready to be plotted."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date
from typing import Final

from .._core.settings import Rule, check_settings
from .event import Event
from .handlers import check_event

_RULES: Final = {
    "max_keys": Rule(lambda value: type(value) is int and value >= 1, "must be an int of at least 1"),
    "events": Rule(lambda value: isinstance(value, Iterable), "must be an iterable of Event"),
}


class EventCounts:
    """How many events of each type there were on each day, in UTC.

    Repeated deliveries of an event count once, as long as this object remembers its key.

    Args:
        max_keys: How many keys are remembered, at least 1; about 100 bytes each. Default: 100,000.

    Raises:
        ConfigurationError: `max_keys` is something else.
    """

    def __init__(self, *, max_keys: int = 100_000) -> None:
        check_settings(_RULES, {"max_keys": max_keys})
        self._counts: Counter[tuple[date, str]] = Counter()
        self._keys: dict[str, None] = {}
        self._max_keys = max_keys

    def add(self, event: Event) -> bool:
        """Count an event; returns False if it was counted before, or has no time.

        Raises:
            ConfigurationError: It is not an event.
        """
        check_event(event)
        occurred_at = event.occurred_at
        if occurred_at is None or event.key in self._keys:
            return False
        self._keys[event.key] = None
        if len(self._keys) > self._max_keys:
            del self._keys[next(iter(self._keys))]
        self._counts[occurred_at.astimezone(UTC).date(), event.type] += 1
        return True

    def add_all(self, events: Iterable[Event]) -> int:
        """Count events; returns how many were counted.

        Raises:
            ConfigurationError: They are not events. Those before the first that is not one were counted.
        """
        check_settings(_RULES, {"events": events})
        return sum(map(self.add, events))

    def rows(self) -> list[tuple[date, str, int]]:
        """Return day, type and number, in order."""
        return sorted((day, kind, number) for (day, kind), number in self._counts.items())

    def series(self, kind: str) -> tuple[list[date], list[int]]:
        """Return the days and the numbers of one type, as plotting libraries take them."""
        found = [(day, number) for day, other, number in self.rows() if other == kind]
        return [day for day, _ in found], [number for _, number in found]
