"""A plot of counts over time, as the numbers that an SVG needs."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import attrs

from ..statistics import Statistics

WIDTH: Final = 1000
HEIGHT: Final = 240
KINDS: Final[Mapping[str, str]] = {
    "Send": "Sends",
    "Delivery": "Deliveries",
    "Bounce": "Bounces",
    "Complaint": "Complaints",
    "Open": "Opens",
    "Click": "Clicks",
}
"""The types of events that are plotted, and what they are called."""
_DAY: Final = 86_400


@attrs.frozen
class Line:
    """One series."""

    kind: str
    points: str
    """The corners of the line, as SVG wants them."""
    area: str
    """The corners of what is below the line."""


@attrs.frozen
class Step:
    """One step of time."""

    x: float
    width: float
    title: str
    """What happened in it, in words."""
    moment: datetime
    counts: Sequence[int]


@attrs.frozen
class Plot:
    """A plot."""

    lines: Sequence[Line]
    steps: Sequence[Step]
    ticks: Sequence[int]
    """The numbers at the vertical axis, the largest first."""
    labels: Sequence[datetime]
    """The times at the horizontal axis, from its left end to its right end."""


def plot(statistics: Statistics) -> Plot:
    """Return a plot of what happened."""
    series = {kind: statistics.series.get(kind, [0] * len(statistics.times)) for kind in KINDS}
    top = _round_up(max((max(counts) for counts in series.values()), default=0))
    width = WIDTH / len(statistics.times)
    lines = [_line(kind, counts, top, width) for kind, counts in series.items() if any(counts)]
    steps = [
        Step(
            round(position * width, 2),
            round(width, 2),
            _title(moment, statistics.step, {kind: counts[position] for kind, counts in series.items()}),
            moment,
            [counts[position] for counts in series.values()],
        )
        for position, moment in enumerate(statistics.times)
    ]
    length = timedelta(seconds=statistics.step * len(statistics.times))
    ticks = [top * part // 4 for part in (4, 3, 2, 1, 0)]
    labels = [statistics.times[0] + length * part / 4 for part in (0, 1, 2, 3, 4)]
    return Plot(lines, steps, ticks, labels)


def _line(kind: str, counts: Sequence[int], top: int, width: float) -> Line:
    corners = [
        f"{(position + 0.5) * width:.1f},{HEIGHT - count / top * HEIGHT:.1f}" for position, count in enumerate(counts)
    ]
    ends = f"{width / 2:.1f},{HEIGHT}", f"{WIDTH - width / 2:.1f},{HEIGHT}"
    return Line(kind, " ".join(corners), " ".join((ends[0], *corners, ends[1])))


def _round_up(count: int) -> int:
    """Return a round number for the top of the axis, of which a quarter is round as well."""
    unit = 1
    while True:
        for factor in (4, 8, 20):
            if factor * unit >= count:
                return factor * unit
        unit *= 10


def _title(moment: datetime, step: int, counts: Mapping[str, int]) -> str:
    form = "%Y-%m-%d" if step >= _DAY else "%Y-%m-%d %H:%M"
    found = [f"{KINDS[kind].lower()} {count:,}" for kind, count in counts.items() if count]
    return f"{moment.astimezone(UTC).strftime(form)} UTC: {', '.join(found) or 'nothing'}"
