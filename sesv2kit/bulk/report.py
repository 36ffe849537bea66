"""What a bulk run tells: an outcome for every entry, counts, a progress bar, and files of outcomes."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, Self, cast

import attrs

from .._core.exceptions import APIError, ConfigurationError, SESv2Error

if TYPE_CHECKING:
    from ..models import BulkEmailEntry

State = Literal["sent", "failed", "unknown"]


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of one entry."""

    index: int
    """Its place in the source: 0 for the first entry."""
    key: str | None
    """The key that it was given, see `BulkItem`."""
    entry: "BulkEmailEntry"
    """The entry itself, as it came from the source."""
    state: State
    """`sent`: the service took it. `failed`: it was certainly not sent. `unknown`: it may or may not have been sent."""
    message_id: str | None = None
    """The service's id of the mail, if it was sent."""
    error: SESv2Error | None = None
    """Why it was not sent, or why that is not known; can be raised. None if it was sent."""
    attempts: int = 0
    """How many requests of this run it was in."""
    resumed: bool = False
    """True if this is what the journal says of an earlier run."""

    @property
    def code(self) -> str | None:
        """What went wrong, in a word: the entry's status, the service's code, or the name of the error's class."""
        return code_of(self.error)


def code_of(error: SESv2Error | None) -> str | None:
    """Return an error in a word."""
    return error.code if isinstance(error, APIError) else type(error).__name__ if error else None


@attrs.define
class Report:
    """A run in numbers; they move while it is under way."""

    sent: int = 0
    """Entries that the service took, those of earlier runs included."""
    failed: int = 0
    """Entries that were certainly not sent, and won't be."""
    unknown: int = 0
    """Entries that may or may not have been sent."""
    resumed: int = 0
    """How many of the above the journal knew from an earlier run."""
    untouched: int = 0
    """Entries that were taken from the source and not sent when the run ended early."""
    retried: int = 0
    """How often an entry went into another request because it was throttled or met a transient failure."""
    in_flight: int = 0
    """Entries whose request is under way; after a run whose task was cancelled, those whose request was broken off."""
    codes: Counter[str] = attrs.field(factory=Counter[str])
    """How many entries failed or are unknown, by `Outcome.code`."""
    seconds: float = 0.0
    """The time since the run began, or that it took."""
    stopped: SESv2Error | None = None
    """Why the run ended early; None if it did not."""
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

    def count(self, outcome: Outcome) -> None:
        """Take in an outcome."""
        setattr(self, outcome.state, getattr(self, outcome.state) + 1)
        self.resumed += outcome.resumed
        if outcome.code:
            self.codes[outcome.code] += 1


Progress = Callable[[Report], object]
"""Is told the report after each answer, and when the run is over."""


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


_COLUMNS: Final = ("index", "key", "state", "message_id", "code", "error", "attempts", "resumed")


class OutcomeFile:
    """Writes outcomes into a file, one line each, as they come.

    The columns of a CSV file, and the keys of a JSON line, are `index`, `key`, `state`, `message_id`, `code`, `error`
    (its text), `attempts` and `resumed`. Entries themselves are not written. Values are written as they are: a
    spreadsheet may take a text that begins with `=`, `+`, `-` or `@` for a formula, so import CSV as text if keys come
    from strangers.

    Args:
        path: The file to write; what was in it is replaced. Its suffix says how: `.csv` or `.jsonl`.

    Raises:
        ConfigurationError: The suffix is another.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._path = Path(path)
        if self._path.suffix not in (".csv", ".jsonl"):
            raise ConfigurationError(f"the name of a file of outcomes ends in .csv or .jsonl, not {self._path.name!r}")
        self._file = self._path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
        if self._path.suffix == ".csv":
            self._csv = csv.writer(self._file)
            self._csv.writerow(_COLUMNS)

    def write(self, outcome: Outcome) -> None:
        """Add a line."""
        row = [str(outcome.error or "") or None if name == "error" else getattr(outcome, name) for name in _COLUMNS]
        if self._path.suffix == ".csv":
            self._csv.writerow(row)
        else:
            line = json.dumps(dict(zip(_COLUMNS, row, strict=True)))
            self._file.write(line + "\n")

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
