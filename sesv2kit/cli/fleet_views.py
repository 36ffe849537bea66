"""Pure: a mailing of a fleet in numbers, for people and for JSON."""

from collections.abc import Iterator
from typing import Any

import attrs

from ..fleet import BatchReport, MailingReport
from .failures import OK, PARTLY, SERVICE
from .progress import duration, rest_of


def facts(report: MailingReport) -> dict[str, Any]:
    """Return a report for JSON."""
    left = report.seconds_left
    return {
        **attrs.asdict(report),
        "per_second": round(report.per_second, 1),
        "settled": report.settled,
        "seconds_left": None if left is None else round(left, 1),
    }


def table(report: MailingReport) -> dict[str, object]:
    """Return a report for people: names and values."""
    share = f" ({100 * report.settled / report.entries:.1f} %)" if report.entries else ""
    left = report.seconds_left
    return {
        "Mailing": report.name,
        "Status": report.status,
        "Reason": report.reason if report.status == "stopped" else None,
        "Entries": report.entries,
        "Settled": f"{report.settled:,}{share}",
        "  sent": report.sent,
        "  failed": report.failed,
        "  unknown": report.unknown,
        "  skipped": report.skipped,
        "Pending": report.pending,
        "In flight": report.in_flight,
        "Batches": f"{report.batches:,}: {batches(report)}" if report.batches else 0,
        "Takeovers": report.takeovers,
        "Rate": f"{report.per_second:,.0f} entries a second",
        "Time left": "not known" if left is None else duration(left),
    }


def batches(report: MailingReport) -> str:
    """Return how many batches are where; what there is none of is left out."""
    numbers = {
        "done": report.done,
        "active": report.active,
        "offered": report.offered,
        "waiting": report.waiting,
        "lost": report.lost,
    }
    return ", ".join(f"{count:,} {name}" for name, count in numbers.items() if count)


def hints(report: MailingReport, place: str) -> Iterator[str]:
    """Yield what an operator can do now.

    Args:
        report: The mailing.
        place: What the command line calls it.
    """
    if not report.entries:
        yield f"No keys are enrolled: `sesv2kit fleet start {place} --keys FILE`, or enrol() in a program."
    elif report.status in ("paused", "stopped"):
        yield f"`sesv2kit fleet resume {place}` goes on."
    elif report.status == "running" and not report.active:
        yield "Nobody works on it. Are workers running? They begin when a sweep has handed batches out,"
        yield f"`sesv2kit fleet sweep {place}`; `sesv2kit fleet start {place} --work` sends in this process."
    if report.status == "finished" and report.failed:
        yield f"`sesv2kit fleet start {place} --retry-failed` sends again what has failed."
    if report.status == "finished" and report.unknown:
        yield "What is unknown may have been sent. Events say what was:"
        yield f"`sesv2kit fleet settle {place} EVENTS.jsonl`."


def line(report: MailingReport) -> str:
    """Return a report as one line."""
    rest = rest_of(report.per_second, report.seconds_left, report.failed, report.unknown)
    return f"{report.status}: {report.settled:,}/{report.entries:,}, {rest}, {report.active:,} at work"


def batch_line(report: BatchReport) -> str:
    """Return what became of a batch as one line."""
    counts = {"failed": report.failed, "unknown": report.unknown, "skipped": report.skipped, "pending": report.pending}
    others = "".join(f", {count:,} {name}" for name, count in counts.items() if count)
    reason = f": {report.reason}" if report.reason else ""
    return (
        f"batch {report.number} {report.state}: {report.sent:,} sent{others}, in {report.seconds:.1f} seconds{reason}"
    )


def exit_code(report: MailingReport) -> int:
    """Return the exit code for the state of a mailing."""
    if report.status == "stopped":
        return SERVICE
    return PARTLY if report.status == "finished" and (report.failed or report.unknown) else OK
