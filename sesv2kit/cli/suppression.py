"""`suppression`: addresses that SES sends nothing to."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

import attrs
import typer

from ..client import SESv2Client
from ..errors import BadRequestException, NotFoundException, ParamValidationError
from .failures import OK, SERVICE, UsageProblem, explain
from .output import clean, note, print_json, print_line, print_table
from .session import Session, command

Reason = Literal["bounce", "complaint"]
Addresses = Annotated[list[str], typer.Argument(metavar="ADDRESS...", help="One address or more.")]
_REASONS: Final = ("BOUNCE", "COMPLAINT")
_COLUMNS: Final = ("email", "reason", "updated")
_NAMES: Final = ("email", "email_address", "address")
_MAX_CELL: Final = 128 * 1024
"""Characters of a cell; the limit of the csv module, which is one for the whole process."""


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="The account's suppression list.")
    command(group, "list")(list_addresses)
    command(group, "add")(add)
    command(group, "remove")(remove)
    command(group, "import")(import_file)
    command(group, "export")(export_file)
    app.add_typer(group, name="suppression")


@attrs.frozen
class Entry:
    """An address that is to be suppressed."""

    address: str
    reason: str


def list_addresses(
    session: Session,
    reason: Annotated[
        Reason | None, typer.Option(case_sensitive=False, help="Only those that are listed for this reason.")
    ] = None,
) -> None:
    """List the addresses."""
    with session.client() as ses:
        if session.json:
            for row in _rows(ses, reason):
                print_json(row)
        else:
            print_table(("Address", "Reason", "Since"), [list(row.values()) for row in _rows(ses, reason)])


def _rows(ses: SESv2Client, reason: Reason | None) -> Iterator[dict[str, object]]:
    reasons = [reason.upper()] if reason else None
    for one in ses.iter_suppressed_destinations(reasons=reasons):
        yield {"email": one.email_address, "reason": one.reason, "updated": one.last_update_time}


def add(
    session: Session,
    addresses: Addresses,
    reason: Annotated[Reason, typer.Option(case_sensitive=False, help="The reason to record.")] = "bounce",
) -> int:
    """Add addresses."""
    return _put(session, [Entry(address, reason.upper()) for address in addresses])


def remove(session: Session, addresses: Addresses) -> int:
    """Remove addresses. One that is not on the list is named, and makes the exit code 1."""
    absent: list[str] = []
    with session.client() as ses:
        for address in addresses:
            try:
                ses.delete_suppressed_destination(email_address=address)
            except NotFoundException:
                absent.append(address)
    _report(session, "removed", len(addresses) - len(absent))
    for address in absent:
        note(f"sesv2kit: {clean(address)} is not on the list")
    return SERVICE if absent else OK


def import_file(
    session: Session,
    file: Annotated[Path, typer.Argument(help="CSV with a column email, and perhaps reason; or an address a line.")],
    reason: Annotated[
        Reason, typer.Option(case_sensitive=False, help="The reason of lines that have none.")
    ] = "bounce",
) -> int:
    """Add the addresses of a file. If it fails, run it again: adding an address again changes nothing."""
    try:
        csv.field_size_limit(_MAX_CELL)
        with file.open(encoding="utf-8-sig", newline="") as opened:
            entries = read_entries(opened, reason.upper())
    except (csv.Error, UnicodeDecodeError) as error:
        raise UsageProblem(f"{file} can't be read: {error}") from None
    return _put(session, entries)


def export_file(
    session: Session, file: Annotated[Path, typer.Argument(help="The CSV file to write; - for the output.")]
) -> None:
    """Write all addresses into a CSV file, which `import` reads."""
    with session.client() as ses:
        rows = list(_rows(ses, None))
    text = "".join(csv_lines(rows))
    if str(file) == "-":
        print_line(text.removesuffix("\n"))
        return
    file.write_text(text, encoding="utf-8", newline="")
    _report(session, "exported", len(rows))


def csv_lines(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    """Yield the lines of a CSV file."""
    yield _csv_line(_COLUMNS)
    for row in rows:
        when = row["updated"]
        yield _csv_line((row["email"], row["reason"], when.isoformat() if isinstance(when, datetime) else ""))


def _csv_line(cells: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def read_entries(lines: Iterable[str], reason: str) -> Sequence[Entry]:
    """Return the entries of a file; every line is read before the first is added.

    Raises:
        UsageProblem: A line has no address, or another reason; says which.
    """
    rows = [
        (number, row)
        for number, row in enumerate(csv.reader(lines, strict=True), 1)
        if any(cell.strip() for cell in row)
    ]
    if not rows:
        return ()
    header = [cell.strip().lower() for cell in rows[0][1]]
    column = next((header.index(name) for name in _NAMES if name in header), None)
    if column is None and "@" not in rows[0][1][0]:
        raise UsageProblem(f"the file has no column {_NAMES[0]}; its columns are {', '.join(header)}")
    reasons = header.index("reason") if column is not None and "reason" in header else None
    return [_entry(number, row, column or 0, reasons, reason) for number, row in rows[column is not None :]]


def _entry(number: int, row: Sequence[str], column: int, reasons: int | None, default: str) -> Entry:
    address = row[column].strip() if len(row) > column else ""
    given = row[reasons].strip().upper() if reasons is not None and len(row) > reasons else ""
    if "@" not in address:
        raise UsageProblem(f"line {number} has no address")
    if given and given not in _REASONS:
        raise UsageProblem(f"line {number} has the reason {given!r}; it is BOUNCE or COMPLAINT")
    return Entry(address, given or default)


def _put(session: Session, entries: Sequence[Entry]) -> int:
    """Add entries. An address that the service refuses is named, and the others are added."""
    done = refused = 0
    try:
        with session.client(retry_mode="adaptive", max_attempts=10) as ses:  # the service allows few calls a second
            for entry in entries:
                try:
                    ses.put_suppressed_destination(email_address=entry.address, reason=entry.reason)
                    done += 1
                except (BadRequestException, ParamValidationError) as error:
                    refused += 1
                    note(f"sesv2kit: {clean(entry.address)}: {clean(explain(error).partition(chr(10))[0])}")
    finally:
        if done + refused < len(entries):
            note(f"sesv2kit: {done} of {len(entries)} addresses were added; the same command adds the rest")
    _report(session, "added", done)
    return SERVICE if refused else OK


def _report(session: Session, verb: str, count: int) -> None:
    if session.json:
        print_json({verb: count})
    else:
        print_line(f"{count} {'address' if count == 1 else 'addresses'} {verb}")
