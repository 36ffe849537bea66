"""What the page and the JSON API ask of the log: searches, counts and statistics."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import attrs

from ..testing import FakeSES, SentMail
from ..testing._service.search import parse
from ..testing._service.world import moment_of

_STEPS: Final = (60, 300, 900, 3600, 6 * 3600, 24 * 3600)
_MAX_POINTS: Final = 60


@attrs.frozen
class Found:
    """A part of what a search found."""

    mails: Sequence[SentMail]
    total: int
    """How many mails fit."""
    unread: int
    """How many mails of the whole log are unread."""
    next_before: int | None
    """The number to go on from; None at the end."""


def search(fake: FakeSES, text: str = "", *, before: int | None = None, limit: int = 50) -> Found:
    """Return the newest mails that fit.

    Args:
        fake: The service.
        text: The search, see `sesv2kit.testing._service.search`. Default: all mails.
        before: The number of a mail, to go on with older ones. Default: None, from the newest.
        limit: The maximum number of mails.

    Raises:
        ConfigurationError: The search has a term that is not understood.
    """
    condition = parse(text, fake.world.now)
    with fake.world.database.lock:
        stored = fake.world.mails.search(condition, before, limit + 1)
        total = fake.world.mails.count(condition)
        unread = fake.world.mails.count(parse("is:unread", fake.world.now))
    mails = [SentMail(fake.world, mail) for mail in stored[:limit]]
    return Found(mails, total, unread, stored[limit - 1].number if len(stored) > limit else None)


def statistics(fake: FakeSES, span: timedelta) -> Mapping[str, Any]:
    """Return counts of events over time for a plot, and the quota.

    Args:
        fake: The service.
        span: How far back.

    Returns:
        `times` (the beginning of each step), `series` (a list of counts for each type of event), `totals` and `quota`.
    """
    now = fake.world.now
    step = next((step for step in _STEPS if span.total_seconds() / step <= _MAX_POINTS), _STEPS[-1])
    end = now.timestamp() // step * step + step
    start = end - max(1, -(-span.total_seconds() // step)) * step
    with fake.world.database.lock:
        counts = fake.world.events.count_by_step(start, step)
        quota = fake.world.send_quota()
    points = int((end - start) // step)
    series: dict[str, list[int]] = {}
    for kind, number, count in counts:
        if 0 <= number < points:
            series.setdefault(kind, [0] * points)[number] = count
    times: list[datetime] = [moment_of(start + number * step) for number in range(points)]
    return {
        "times": times,
        "step": step,
        "series": series,
        "totals": {kind: sum(values) for kind, values in series.items()},
        "quota": quota,
    }
