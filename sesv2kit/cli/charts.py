"""Pure: charts of days, for the terminal and for a page."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import Any, Final

import attrs

_BAR: Final = 30
"""Characters of the longest bar in the terminal."""
_WIDTH: Final = 960
_HEIGHT: Final = 320
_LEFT: Final = 70
_BOTTOM: Final = 40
_COLORS: Final = {"delivered": "#2f855a", "bounces": "#dd6b20", "open": "#cbd5e0"}
_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #1f2933; }
div { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
td, th { padding: .2rem .6rem; text-align: right; }
td:first-child, th:first-child { text-align: left; } tr:nth-child(even) { background: #f5f7fa; }
svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: #52606d; }
@media (prefers-color-scheme: dark) {
  body { background: #1f2933; color: #f5f7fa; } tr:nth-child(even) { background: #323f4b; }
  svg text { fill: #cbd2d9; }
}
""".strip()


@attrs.frozen(kw_only=True)
class Day:
    """The mails of a day. SES counts recipients, on the day of each event."""

    date: date
    sent: int = 0
    delivered: int = 0
    hard_bounces: int = 0
    soft_bounces: int = 0
    complaints: int = 0

    @property
    def bounces(self) -> int:
        """Hard and soft ones."""
        return self.hard_bounces + self.soft_bounces

    @property
    def numbers(self) -> tuple[int, ...]:
        """The counts, in their order."""
        return (self.sent, self.delivered, self.hard_bounces, self.soft_bounces, self.complaints)

    @property
    def facts(self) -> dict[str, Any]:
        """The day for JSON."""
        return {**attrs.asdict(self), "date": self.date.isoformat()}

    @property
    def parts(self) -> tuple[int, int, int]:
        """What a bar consists of: delivered, bounced, and nothing known yet."""
        return self.delivered, self.bounces, max(self.sent - self.delivered - self.bounces, 0)

    def share(self, count: int) -> str:
        """Return a count as a share of what was sent."""
        return f"{count / self.sent:.2%}" if self.sent else "-"


def totals(days: Sequence[Day]) -> Day:
    """Return the sums of days."""
    sums = [sum(column) for column in zip(*(day.numbers for day in days), strict=True)]
    names = ("sent", "delivered", "hard_bounces", "soft_bounces", "complaints")
    return Day(date=days[-1].date, **dict(zip(names, sums, strict=True)))


def terminal_bar(day: Day, most: int) -> str:
    """Return a bar of characters; the longest is for the day with the most mails."""
    scale = _BAR / max(most, sum(day.parts), 1)
    ends = [round(sum(day.parts[: count + 1]) * scale) for count in range(3)]
    lengths = [ends[0], ends[1] - ends[0], ends[2] - ends[1]]
    return "".join(character * length for character, length in zip("█▒░", lengths, strict=True))


def page(days: Sequence[Day], title: str) -> str:
    """Return a page of HTML with a chart and a table, which loads nothing from elsewhere."""
    header = "".join(
        f"<th>{name}</th>" for name in ("Day", "Sent", "Delivered", "Hard bounces", "Soft bounces", "Complaints")
    )
    rows = "".join(_row(day) for day in days)
    whole = totals(days)
    summary = (
        f"Of {whole.sent:,} sent: {whole.share(whole.delivered)} delivered, {whole.share(whole.bounces)} bounced, "
        f"{whole.share(whole.complaints)} complained."
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>{escape(title)}</h1><p>{summary}</p>{svg(days)}"
        f"<div><table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table></div></body></html>\n"
    )


def svg(days: Sequence[Day]) -> str:
    """Return a chart with a stacked bar for each day."""
    most = max(1, *(max(day.sent, sum(day.parts)) for day in days))
    shapes = "".join((*_grid(most), *_bars(days, most), *_legend()))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="Mails by day" '
        f'xmlns="http://www.w3.org/2000/svg">{shapes}</svg>'
    )


def _row(day: Day) -> str:
    cells = "".join(f"<td>{number:,}</td>" for number in day.numbers)
    return f"<tr><td>{day.date.isoformat()}</td>{cells}</tr>"


def _y(value: float, most: int) -> float:
    return _HEIGHT - _BOTTOM - value / most * (_HEIGHT - 2 * _BOTTOM)


def _grid(most: int) -> Iterator[str]:
    for value in sorted({0, most // 2, most}):
        y = _y(value, most)
        yield f'<line x1="{_LEFT}" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#9aa5b1" stroke-width="0.5"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:,}</text>'


def _bars(days: Sequence[Day], most: int) -> Iterator[str]:
    step = (_WIDTH - _LEFT) / len(days)
    labelled = max(1, -(-len(days) // 14))
    for number, day in enumerate(days):
        x, below = _LEFT + number * step, 0
        for (kind, color), value in zip(_COLORS.items(), day.parts, strict=True):
            if value:
                top, bottom = _y(below + value, most), _y(below, most)
                yield (
                    f'<rect class="{kind}" x="{x + step * 0.15:.1f}" y="{top:.1f}" width="{step * 0.7:.1f}" '
                    f'height="{bottom - top:.1f}" fill="{color}"><title>{_tip(day)}</title></rect>'
                )
            below += value
        if number % labelled == 0:
            middle = x + step / 2
            yield f'<text x="{middle:.1f}" y="{_HEIGHT - 18}" text-anchor="middle">{day.date:%m-%d}</text>'


def _tip(day: Day) -> str:
    return (
        f"{day.date.isoformat()}: {day.sent:,} sent, {day.delivered:,} delivered, {day.bounces:,} bounced, "
        f"{day.complaints:,} complaints"
    )


def _legend() -> Iterator[str]:
    names = {"delivered": "delivered", "bounces": "bounced", "open": "nothing known yet"}
    for number, (kind, color) in enumerate(_COLORS.items()):
        x = _LEFT + number * 140
        yield f'<rect x="{x}" y="8" width="12" height="12" fill="{color}"/>'
        yield f'<text x="{x + 18}" y="18">{names[kind]}</text>'
