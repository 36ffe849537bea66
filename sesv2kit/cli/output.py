"""What commands print: tables for people, JSON for pipes, and notes on stderr."""

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .failures import OutputProblem

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What moves the cursor or begins a line, and what changes the direction of the text after it; a tab may stay."""
_WIDTH: Final = 200
"""Columns of a table that goes into a file or a pipe."""


def clean(value: object) -> str:
    """Return a value as one line that does nothing to a terminal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, int):
        return f"{value:,}"
    return _CONTROLS.sub("\ufffd", str(value))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, whose plural ends in s."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def console(*, stderr: bool = False) -> Console:
    """Return a console for stdout or stderr as they are now."""
    stream = sys.stderr if stderr else sys.stdout
    plain = Console(file=stream, highlight=False, emoji=False)
    return plain if plain.is_terminal else Console(file=stream, highlight=False, emoji=False, width=_WIDTH)


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; numbers are on the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    cells = [list(row) for row in rows]
    for column, header in enumerate(headers):
        is_number = any(isinstance(row[column], int) and not isinstance(row[column], bool) for row in cells)
        table.add_column(header, justify="right" if is_number else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(clean(value)) for value in row))
    screen = console()
    with screen.capture() as printed:
        screen.print(table)
    for line in printed.get().splitlines():
        print_line(line.rstrip())


def print_facts(facts: Mapping[str, object]) -> None:
    """Print names and values, a line each; those without a value are left out."""
    known = {name: value for name, value in facts.items() if value is not None}
    width = max(map(len, known), default=0)
    for name, value in known.items():
        print_line(f"{name:<{width}}  {clean(value)}")


def print_line(text: str = "") -> None:
    """Print a line as it is, however long: for what is copied."""
    _write(text)


def print_json(value: Any) -> None:
    """Print a line of JSON."""
    _write(json.dumps(value, default=_plain))


def note(text: str) -> None:
    """Print a line for people on stderr."""
    sys.stderr.write(text + "\n")


def _write(text: str) -> None:
    """Print a line at once: what was done and not printed would be lost by kill -9.

    Raises:
        BrokenPipeError: Nobody reads the output.
        OutputProblem: The output can't be written, such as on a full disk.
    """
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except OSError as error:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- Python would try again at its end
        if isinstance(error, BrokenPipeError):
            raise
        raise OutputProblem(f"the output can't be written: {error.strerror}") from None


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else str(value)
