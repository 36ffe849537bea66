"""A file of recipients as the source of a mailing, an entry for each row; every run reads it from its beginning."""

import csv
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, cast

import attrs

from .. import compose, errors, models
from ..bulk import BulkItem, Outcome
from .failures import UsageProblem

_ADDRESS_COLUMNS: Final = ("email", "email_address", "address", "to")
_MAX_FIELD: Final = 1024 * 1024
"""Characters of a field; SES takes 262,144 of template data for a whole mail."""
_NOBODY: Final = models.BulkEmailEntry(destination=models.Destination())
"""What a row that is wrong is sent as: it has no recipient, so it fails alone."""


@attrs.frozen
class Columns:
    """Which columns are more than template data; None for the first of the usual names, and for no keys."""

    address: str | None = None
    key: str | None = None


@attrs.frozen
class Row:
    """A row of the file."""

    index: int
    """How many rows come before it, the header not included."""
    line: int
    """The line of the file that it begins in, the first being 1, as an editor counts."""
    values: Mapping[str, Any]
    problem: str | None = None
    """Why it can't be read, if it can't."""


class Recipients:
    """The rows of a file as entries of a mailing.

    A row that is wrong fails alone: `explained` gives its outcome the reason.

    Args:
        path: The file; its suffix says how it is written: `.csv`, `.jsonl` or `.ndjson`.
        columns: Which columns have the address and the key.

    Raises:
        UsageProblem: The file can't be used; nothing was sent.
    """

    def __init__(self, path: Path, columns: Columns) -> None:
        if path.suffix not in (".csv", ".jsonl", ".ndjson"):
            raise UsageProblem(f"the name of a file of recipients ends in .csv or .jsonl, not {path.name!r}")
        if not path.is_file():
            raise UsageProblem(f"{path} is not a file; recipients are read more than once, so a pipe will not do")
        self._path = path
        self._problems: dict[int, errors.ParamValidationError] = {}
        self._first_lines: dict[str, int] = {}
        """The line of the first row with each key that several rows have."""
        try:
            self._columns = _find_columns(columns, next(self._rows(), None), self._is_csv)
            self._count = self._read_through()
        except UnicodeDecodeError:
            raise UsageProblem(f"{path} is not in UTF-8: save it in that encoding, as a CSV file in UTF-8") from None
        except csv.Error as error:
            raise UsageProblem(f"{path} can't be read: {error}") from None
        self.template_problem: Callable[[Mapping[str, Any]], str | None] = lambda _: None
        """Says of the values of a row why the template can't be rendered with them; a row for which it does fails."""

    @property
    def _is_csv(self) -> bool:
        return self._path.suffix == ".csv"

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[BulkItem]:
        return (self._item(row) for row in self._rows())

    def explained(self, outcome: Outcome) -> Outcome:
        """Return an outcome with the reason why its row could not be used, if that was the reason."""
        error = self._problems.get(outcome.index)
        return attrs.evolve(outcome, error=error) if error and outcome.state == "failed" else outcome

    def usable(self, among: int) -> Sequence[tuple[int, BulkItem]]:
        """Return those of the first rows that can be used, each with its line."""
        items = [(row, self._item(row)) for row in islice(self._rows(), among)]
        return [(row.line, item) for row, item in items if row.index not in self._problems]

    def unusable(self) -> Iterator[tuple[int, errors.ParamValidationError]]:
        """Read the file, and yield the rows that can't be used: their lines, and why."""
        for row in self._rows():
            self._item(row)
            if error := self._problems.get(row.index):
                yield row.line, error

    def lines_of(self, indexes: Collection[int]) -> Mapping[int, int]:
        """Read the file, and return the line of each row with one of these indexes."""
        return {row.index: row.line for row in self._rows() if row.index in indexes} if indexes else {}

    def _read_through(self) -> int:
        """Return how many rows there are, and note where the keys are first that several of them have."""
        count = 0
        keys: set[int] = set()
        repeated: set[str] = set()
        for row in self._rows():
            count += 1
            if key := self._key(row):
                size = len(keys)
                keys.add(hash(key))  # a hash, as keys may be long
                if len(keys) == size:
                    repeated.add(key)
        if repeated:
            for row in self._rows():
                if (key := self._key(row)) in repeated:
                    self._first_lines.setdefault(key, row.line)
        return count

    def _key(self, row: Row) -> str:
        """Return the key of a row; an empty text if it has none."""
        value = row.values.get(self._columns.key) if self._columns.key else None
        return "" if value is None else str(value)

    def _rows(self) -> Iterator[Row]:
        with self._path.open(encoding="utf-8-sig", newline="") as file:
            yield from _csv_rows(file) if self._is_csv else _json_rows(file)

    def _item(self, row: Row) -> BulkItem:
        address, column = self._columns.address, self._columns.key
        key = self._key(row)
        name = (key or f"line {row.line}, which has no key") if column else None
        try:
            if row.problem:
                raise _invalid("row", row.problem)
            if column and not key:
                raise _invalid(column, "is empty; it is the key of the row")
            if column and self._first_lines.get(key, row.line) != row.line:
                raise _invalid(column, f"is the key of line {self._first_lines[key]} as well")
            entry = _entry(row.values, address or "")
            if problem := self.template_problem(row.values):
                raise _invalid("template", problem)
            return BulkItem(entry, name)
        except errors.ParamValidationError as error:
            self._problems[row.index] = error
            return BulkItem(_NOBODY, name)


def _entry(values: Mapping[str, Any], column: str) -> models.BulkEmailEntry:
    address = values.get(column)
    if not isinstance(address, str) or not address.strip():
        raise _invalid(column, "has no address")
    return compose.bulk_entry(to=address.strip(), data=values)


def _invalid(path: str, message: str) -> errors.ParamValidationError:
    return errors.ParamValidationError("bulk", [errors.Problem(path, message)])


def _find_columns(columns: Columns, first: Row | None, is_csv: bool) -> Columns:
    """Return the columns by their names in the file."""
    names = list(first.values) if first and not first.problem else []
    wanted = [columns.address] if columns.address else _ADDRESS_COLUMNS
    known = {name: name for name in names}
    if not columns.address:  # the usual names are found in upper case, too
        known = {name.lower(): name for name in names} | known
    address = next((known[name] for name in wanted if name in known), None)
    if not names or (not is_csv and columns.address):  # lines of JSON need not be alike
        return Columns(columns.address or _ADDRESS_COLUMNS[0], columns.key)
    if address is None:
        raise UsageProblem(
            f"there is no column {wanted[0]!r} for the address; the columns are {', '.join(names)}; --column names it"
        )
    if columns.key and is_csv and columns.key not in names:
        raise UsageProblem(f"there is no column {columns.key!r} for the key; the columns are {', '.join(names)}")
    return Columns(address, columns.key)


def _csv_rows(file: IO[str]) -> Iterator[Row]:
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(file, delimiter=_delimiter(file.readline()), strict=True)
    file.seek(0)
    header = [name.strip() for name in next(reader, ())]
    if not header:
        return
    if len(set(header)) < len(header):
        repeated = next(name for name in header if header.count(name) > 1)
        raise UsageProblem(f"two columns have the name {repeated!r}")
    index, end = 0, reader.line_num
    for cells in reader:
        line, end = end + 1, reader.line_num  # a field in quotes may have several lines
        if cells:
            problem = None if len(cells) == len(header) else f"has {len(cells)} fields, the header has {len(header)}"
            yield Row(index, line, dict(zip(header, cells, strict=False)), problem)
            index += 1


def _delimiter(header: str) -> str:
    """Return what is between the columns: semicolons and tabs are, too, if the header has no comma."""
    return next((mark for mark in ",;\t" if mark in header), ",")


def _json_rows(file: IO[str]) -> Iterator[Row]:
    lines = ((number, text) for number, text in enumerate(file, 1) if text.strip())
    for index, (line, text) in enumerate(lines):
        yield _json_row(index, line, text)


def _json_row(index: int, line: int, text: str) -> Row:
    try:
        values: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Row(index, line, {}, f"is not JSON: {error}")
    if not isinstance(values, dict):
        return Row(index, line, {}, "is not a JSON object")
    return Row(index, line, cast("dict[str, Any]", values))
