"""The files of `fleet`: keys and events that it reads, and outcomes that it writes."""

import csv
import json
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import attrs

from ..events import Event, EventError, parse
from ..fleet import EntryOutcome
from .failures import UsageProblem
from .output import clean, note

_COLUMNS: Final = tuple(field.name for field in attrs.fields(EntryOutcome))


def read_keys(file: Path | None) -> Iterator[str]:
    """Yield the keys of a file: its lines, but for empty ones."""
    with _reading(file) as lines:
        yield from (key for text in lines if (key := text.strip()))


@contextmanager
def _reading(file: Path | None) -> Generator[Iterable[str]]:
    """Return a context with the lines of a file, which is `-` for standard input; none without a file."""
    if file is None:
        yield ()
    elif str(file) == "-":
        yield sys.stdin
    else:
        try:
            with file.open(encoding="utf-8-sig") as opened:
                yield opened
        except UnicodeDecodeError:
            raise UsageProblem(f"{file} is not in UTF-8") from None


def write_outcomes(file: IO[str], found: Iterable[EntryOutcome], *, as_json: bool) -> int:
    """Write outcomes; returns how many."""
    table_writer = csv.writer(file, lineterminator="\n")
    if not as_json:
        table_writer.writerow(_COLUMNS)
    count = 0
    for outcome in found:
        values = [getattr(outcome, name) for name in _COLUMNS]
        if as_json:
            file.write(json.dumps(dict(zip(_COLUMNS, values, strict=True))) + "\n")
        else:
            table_writer.writerow(values)
        count += 1
    return count


class EventReader:
    """Reads events, and counts what it has read."""

    def __init__(self) -> None:
        self.events: int = 0
        self.unreadable: int = 0
        """Lines that are not events."""

    def read(self, files: Iterable[Path]) -> Iterator[Event]:
        """Yield the events of files. A line that is not an event is named on stderr."""
        for file in files:
            with _reading(file) as lines:
                yield from self._lines("standard input" if str(file) == "-" else str(file), lines)

    def _lines(self, name: str, lines: Iterable[str]) -> Iterator[Event]:
        for number, text in enumerate(lines, 1):
            if not text.strip():
                continue
            try:
                found = parse(_event_of(text))
            except (EventError, ValueError) as error:
                self.unreadable += 1
                problem = error if isinstance(error, EventError) else f"is not JSON: {error}"
                note(f"sesv2kit: {clean(name)}, line {number}: {clean(problem)}")
                continue
            self.events += len(found)
            yield from found


def _event_of(text: str) -> Any:
    """Return the event in a line; one of `events tail --json` has it as a member."""
    value: Any = json.loads(text)
    if isinstance(value, dict) and {"type", "key", "event"} <= value.keys():
        return value["event"]  # pyright: ignore[reportUnknownVariableType]
    return value  # pyright: ignore[reportUnknownVariableType]
