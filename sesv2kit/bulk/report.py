"""What a bulk run reports: an outcome for every entry, numbers, and a progress bar."""

from collections import Counter
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Final, Literal, cast

import attrs

from .._core.exceptions import APIError, ConfigurationError, SESv2Error
from ..models import BulkEmailEntry

State = Literal["sent", "failed", "unknown"]


@attrs.define(unsafe_hash=True)  # an instance of a frozen class takes three times as long to make, a million times
class Outcome:
    """What became of one entry; not to be changed."""

    index: int
    """The position of the entry in the source: 0 for the first one."""
    key: str | None
    """The key of the entry, see `BulkItem`; None without one."""
    entry: BulkEmailEntry | None
    """The entry itself, as it came from the source. None if the source gave a function for it that was not called,
    because the journal knows the outcome from an earlier run."""
    state: State
    """`sent`: the service took it. `failed`: it was certainly not sent. `unknown`: it may or may not have been sent."""
    message_id: str | None = None
    """The service's id of the mail, if it was sent."""
    error: SESv2Error | None = None
    """Why it was not sent, or why that is not known; can be raised. None if it was sent."""
    attempts: int = 0
    """How many requests of this run the entry was in."""
    resumed: bool = False
    """True if the journal has this outcome from an earlier run."""

    @property
    def code(self) -> str | None:
        """What went wrong, as a code: the entry's status, the service's code, or the name of the error's class."""
        return code_of(self.error)


def code_of(error: SESv2Error | None) -> str | None:
    """Return the code of an error."""
    return error.code if isinstance(error, APIError) else type(error).__name__ if error else None


@attrs.define
class Report:
    """The numbers of a run, which change while it is under way."""

    sent: int = 0
    """Entries that the service took, those of earlier runs included."""
    failed: int = 0
    """Entries that were certainly not sent, and won't be."""
    unknown: int = 0
    """Entries that may or may not have been sent."""
    resumed: int = 0
    """Entries, of those that are sent, failed or unknown, whose outcome the journal has from an earlier run."""
    failed_before: int = 0
    """Entries, of those that failed, whose outcome the journal has from an earlier run."""
    untouched: int = 0
    """Entries that were taken from the source and not sent when the run ended early."""
    retried: int = 0
    """How often an entry had to wait for another request, because it was throttled or met a transient failure."""
    in_flight: int = 0
    """Entries whose request is under way; after a run whose task was cancelled, those whose request was broken off."""
    codes: Counter[str] = attrs.field(factory=Counter[str])
    """How many entries failed or are unknown, by `Outcome.code`."""
    seconds: float = 0.0
    """The time since the run began, or that it took."""
    total: int | None = None
    """How many entries the source has; None if that is not known."""
    stopped: SESv2Error | None = None
    """Why the run ended early; None if it did not."""
    limit_reached: bool = False
    """True if the run ended because it had sent as many entries as `limit` allows."""
    finished: bool = False
    """True once the run is over."""

    @property
    def settled(self) -> int:
        """Entries that have an outcome."""
        return self.sent + self.failed + self.unknown

    @property
    def rate(self) -> float:
        """Outcomes a second, without those of earlier runs, over the whole run."""
        return (self.settled - self.resumed) / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """The time that the rest takes at the rate so far; None if `total` or the rate is not known yet."""
        if self.finished:
            return 0.0
        return max(self.total - self.settled, 0) / self.rate if self.total is not None and self.rate else None

    def count(self, outcomes: Sequence[Outcome]) -> None:
        """Count outcomes."""
        states = Counter(map(_state, outcomes))
        self.sent += states["sent"]
        self.failed += states["failed"]
        self.unknown += states["unknown"]
        self.resumed += sum(map(_resumed, outcomes))
        if states["failed"] or states["unknown"]:
            self.failed_before += sum(outcome.resumed for outcome in outcomes if outcome.state == "failed")
            self.codes.update(outcome.code for outcome in outcomes if outcome.error and outcome.code)


_state: Final = attrgetter("state")
_resumed: Final = attrgetter("resumed")
Progress = Callable[[Report], object]
"""Called with the report after each response, and when the run is over."""


def tqdm_bar(total: int | None = None, **settings: Any) -> Progress:
    """Return a callback that draws a progress bar.

    Needs an extra: `pip install "sesv2kit[progress]"`.

    Args:
        total: How many entries there are, if that is known.
        **settings: What else `tqdm.tqdm` takes, such as `desc` or `disable`.

    Raises:
        ConfigurationError: The extra is missing.
    """
    try:
        from tqdm import tqdm
    except ModuleNotFoundError as missing:
        raise ConfigurationError('tqdm_bar needs an extra: pip install "sesv2kit[progress]"') from missing
    bar: Any = cast("Callable[..., object]", tqdm)(total=total, **{"unit": "mail", **settings})

    def show(report: Report) -> None:
        bar.update(report.settled - bar.n)
        bar.set_postfix(failed=report.failed, unknown=report.unknown, refresh=False)
        if report.finished:
            bar.close()

    return show
