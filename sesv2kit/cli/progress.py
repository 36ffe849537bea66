"""The progress bar of a mailing."""

from rich.progress import BarColumn, Progress, TextColumn

from ..bulk import Report
from .output import console


class Bar:
    """A progress bar with rate and time left, on stderr if that is a terminal."""

    def __init__(self) -> None:
        self._progress = Progress(
            BarColumn(),
            TextColumn("{task.completed:,.0f}/{task.total:,.0f}"),
            TextColumn("{task.fields[rest]}"),
            console=console(stderr=True),
            disable=not console(stderr=True).is_terminal,
        )
        self._task = self._progress.add_task("", total=0, rest="")
        self.is_shown: bool = not self._progress.disable
        """Whether there is a terminal that shows it."""

    def show(self, report: Report) -> None:
        """Draw the state of a run."""
        rest = rest_of(report.rate, report.seconds_left, report.failed, report.unknown)
        self.draw(report.settled, report.total or 0, rest)

    def draw(self, settled: int, total: int, rest: str) -> None:
        """Draw how many entries are settled, and a text."""
        self._progress.update(self._task, completed=settled, total=total, rest=rest)

    def __enter__(self) -> None:
        self._progress.start()

    def __exit__(self, *_details: object) -> None:
        if not self._progress.disable:  # older versions of rich would print an empty line
            self._progress.stop()


def rest_of(rate: float, seconds_left: float | None, failed: int, unknown: int) -> str:
    """Return the part of the bar that is text: rate, time left, and what has failed."""
    parts = [f"{rate:,.0f}/s"]
    if seconds_left is not None:
        parts.append(f"{duration(seconds_left)} left")
    parts += [f"{failed:,} failed"] if failed else []
    parts += [f"{unknown:,} unknown"] if unknown else []
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Return a time in hours, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
