"""The results of a run so far: its report, the outcomes that were not yielded yet, and why it has to end."""

from collections import deque
from collections.abc import Callable, Sequence

from .._core.callbacks import was_async
from .._core.exceptions import ConfigurationError, SESv2Error
from .report import Outcome, Progress, Report
from .settings import Settings
from .steps import Emit, Steps


class Results:
    """The results of a run.

    Args:
        settings: The sender's.
        clock: Returns a monotonic time.
        total: How many entries the source has, if that is known.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float], total: int | None) -> None:
        self.report: Report = Report(total=total)
        self.outbox: deque[Outcome] = deque()
        """Outcomes that were not yielded yet."""
        self._settings = settings
        self._clock = clock
        self._began = clock()
        self._stop_reason: SESv2Error | None = None
        self._on_progress: Progress | None = settings.on_progress

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Count outcomes, and keep them until they are emitted."""
        if outcomes:
            self.report.count(outcomes)
            self.outbox += outcomes

    def emit(self) -> Steps:
        """Yield the outcomes that were not yielded yet."""
        if self.outbox:
            yield Emit(self.outbox)

    def stop(self, reason: SESv2Error) -> None:
        """Begin nothing more; the first reason is the one that is reported."""
        self.report.stopped = self.report.stopped or reason

    def request_stop(self, reason: SESv2Error) -> None:
        """Begin nothing more. Safe to call from other threads and from signal handlers."""
        self._stop_reason = self._stop_reason or reason

    def must_stop(self) -> bool:
        """Return whether the run has to end."""
        if self._stop_reason:
            self.stop(self._stop_reason)
        return self.report.stopped is not None

    def show_progress(self) -> None:
        """Call the caller's functions with the report; what they raise ends the run."""
        report = self.report
        report.seconds = self._clock() - self._began
        # A callback that has raised is not called again.
        show, self._on_progress = self._on_progress, None
        if show:
            _check_returned("on_progress", show(report))
            self._on_progress = show
        stop_when = self._settings.stop_when
        if stop_when and not report.finished and (reason := stop_when(report)):
            _check_returned("stop_when", reason)
            self.stop(SESv2Error(reason if isinstance(reason, str) else "stop_when= returned a true value"))


def _check_returned(name: str, returned: object) -> None:
    if was_async(returned):
        raise ConfigurationError(f"{name} must be a function of the report that is not async")
