"""Files of outcomes, for the record and to send failed entries again."""

import csv
import io
import json
from collections.abc import Container, Iterator
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self, cast

from .._core.exceptions import ConfigurationError
from .._core.model import is_sequence
from .._core.settings import check_settings
from ..models import BulkEmailEntry, from_wire, to_wire
from .arguments import OUTCOME_FILE_RULES
from .checks import has_right_types
from .item import BulkItem
from .report import Outcome, State

_COLUMNS: Final = ("index", "key", "recipient", "state", "message_id", "code", "error", "attempts", "resumed")
_MEMBERS: Final = frozenset({"index", "key", "state"})
"""What tells apart the lines of a file, and says whether an entry is to be sent again."""


class OutcomeFile:
    """Writes outcomes into a file, one line each, as they come.

    The columns of a CSV file, and the keys of a JSON line, are `index`, `key`, `recipient` (the first address),
    `state`, `message_id`, `code`, `error` (its text), `attempts` and `resumed`. Values are written as they are: a
    spreadsheet may take a text that begins with `=`, `+`, `-` or `@` for a formula, so import CSV as text if keys come
    from strangers.

    Args:
        path: The file to write. Its suffix says how: `.csv` or `.jsonl`.
        append: Whether to add to what is in the file, as a run that carries on after another one does; a line that was
            cut off in a crash is removed, and outcomes that are in the file already are not written again. Takes about
            100 bytes of memory a line. Default: False, what is in the file is replaced.
        recipients: Whether to write addresses. Default: True.
        entries: Whether a line of an entry that was not sent has the entry itself, as `entry`, so that `items` can
            read it; only for `.jsonl`. Default: False.

    Raises:
        ConfigurationError: It is not the path of a file, the suffix is another, or one of a file without entries, or
            what is in the file was not written by an `OutcomeFile`.
        OSError: The file can't be opened.
    """

    def __init__(
        self, path: str | PathLike[str], *, append: bool = False, recipients: bool = True, entries: bool = False
    ) -> None:
        check_settings(OUTCOME_FILE_RULES, {"path": path})
        self._path = Path(path)
        if self._path.suffix not in (".csv", ".jsonl"):
            raise ConfigurationError(f"the name of a file of outcomes ends in .csv or .jsonl, not {self._path.name!r}")
        if entries and self._path.suffix != ".jsonl":
            raise ConfigurationError("a file of outcomes with their entries is one of JSON lines: .jsonl")
        self._columns = tuple(name for name in _COLUMNS if recipients or name != "recipient")
        self._entries = entries
        self._written: set[int] = set()
        is_new = True
        if append and self._path.exists():
            is_new = not self._keep_whole_lines()
        self._file = self._path.open("a" if append else "w", encoding="utf-8", errors="backslashreplace", newline="")
        if self._path.suffix == ".csv":
            self._csv = csv.writer(self._file)
            if is_new:
                self._csv.writerow(self._columns)

    def write(self, outcome: Outcome) -> None:
        """Add a line."""
        if self._written and _identity(outcome.index, outcome.key, outcome.state) in self._written:
            return
        row = [_value(outcome, name) for name in self._columns]
        if self._path.suffix == ".csv":
            self._csv.writerow(row)
            return
        line = dict(zip(self._columns, row, strict=True))
        if self._entries and outcome.state != "sent" and has_right_types(outcome.entry):
            line["entry"] = to_wire(outcome.entry)
        self._file.write(json.dumps(line) + "\n")

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @staticmethod
    def items(path: str | PathLike[str], states: Container[State] = ("failed",)) -> Iterator[BulkItem]:
        """Yield what a file with entries says was not sent, to be sent by another run.

        An entry counts by its last line, so one that was sent by a later run is not among them. A line without an entry
        is left out, such as that of an entry with members of wrong types, and so is a last line that a crash has cut
        off.

        Args:
            path: A file that was written with `entries=True`.
            states: The states to yield: `failed`, `unknown` or both. Sending what is unknown may send a mail twice.
                Default: `failed` alone.

        Yields:
            BulkItem: An entry, with its key if it had one.

        Raises:
            ConfigurationError: It is not the path of a file of JSON lines that an `OutcomeFile` wrote.
            OSError: The file can't be opened.
        """
        check_settings(OUTCOME_FILE_RULES, {"path": path})
        # Two passes, so that the entries need not all be in memory.
        last: dict[Any, int] = {}
        for number, facts in _read_json_lines(Path(path)):
            last[facts["key"] if facts["key"] is not None else facts["index"]] = number
        numbers = set(last.values())
        for number, facts in _read_json_lines(Path(path)):
            if number in numbers and "entry" in facts and facts["state"] in states:
                yield BulkItem(from_wire(BulkEmailEntry, facts["entry"]), facts["key"])

    def _keep_whole_lines(self) -> bool:
        """Cut off a line that a crash has left in the middle, and note what there is; False if that is nothing."""
        with self._path.open("rb+") as file:
            end = 0
            for line in _whole_lines(file, quoted=self._path.suffix == ".csv"):
                try:
                    self._note(line.decode("utf-8"))
                except (ValueError, KeyError, TypeError, RecursionError, csv.Error):
                    message = f"{self._path} is not a file of outcomes, so nothing is added to it; name another file"
                    raise ConfigurationError(message) from None
                end += len(line)
            file.truncate(end)
        return end > 0

    def _note(self, line: str) -> None:
        if self._path.suffix == ".csv":
            values = next(csv.reader(io.StringIO(line, newline="")))
            if _MEMBERS <= set(values) <= set(_COLUMNS):
                self._columns = tuple(values)
                return
            facts: dict[str, Any] = dict(zip(self._columns, values, strict=False))
            facts["index"] = int(facts["index"])
        else:
            facts = json.loads(line)
        self._written.add(_identity(facts["index"], facts["key"], facts["state"]))


def _read_json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number of each line, the first being 1, and what it says; without a last line that was cut off.

    Raises:
        ConfigurationError: A line is not one that an `OutcomeFile` wrote.
    """
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            try:
                facts: Any = json.loads(line)
            except (ValueError, RecursionError):
                if not line.endswith("\n"):
                    return
                facts = None
            if not (isinstance(facts, dict) and facts.keys() >= _MEMBERS):
                raise ConfigurationError(
                    f"line {number} of {path} is not one of a file of outcomes with entries; "
                    "OutcomeFile(..., entries=True) writes such a file, whose name ends in .jsonl"
                )
            yield number, cast("dict[str, Any]", facts)


def _identity(index: int, key: str | None, state: str) -> int:
    # As it is in a file: half of a surrogate pair is written as its number.
    return hash((key.encode(errors="backslashreplace") if key else index, state))


def _value(outcome: Outcome, name: str) -> Any:
    if name == "error":
        return str(outcome.error or "") or None
    if name == "recipient":
        # An entry that has failed for its types has anything in place of a destination and of addresses.
        destination: object = outcome.entry.destination if isinstance(outcome.entry, BulkEmailEntry) else None
        addresses: Any = getattr(destination, "to_addresses", None)
        first: object = next(iter(addresses), None) if is_sequence(addresses) else None
        return first if isinstance(first, str) else None
    return getattr(outcome, name)


def _whole_lines(file: IO[bytes], *, quoted: bool) -> Iterator[bytes]:
    """Yield each line that is complete; a quoted one may have line breaks in it."""
    whole = b""
    for line in file:
        whole += line
        if line.endswith(b"\n") and not (quoted and whole.count(b'"') % 2):
            yield whole
            whole = b""
