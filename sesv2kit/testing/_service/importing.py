"""What an import job does with a file: contacts, or addresses of the suppression list."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, cast

import attrs

from ... import errors, models
from ..._core.exceptions import APIError
from .operations import contacts, suppression
from .records import ContactList
from .world import World

Row = Mapping[str, Any]
Take = Callable[[World, str, Row], None]
"""Takes the address of a row and the row, or raises an error of the service if it does not fit."""
_STATUSES: Final = ("OPT_IN", "OPT_OUT")
_TOPIC: Final = "topicPreferences."
_MAX_LINE: Final = 131_072
"""Characters of a line of CSV; Python's own limit is one of the whole process, which others may change."""


@attrs.frozen
class Imported:
    """What became of an import."""

    processed: int = 0
    failures: Sequence[Row] = ()
    """The rows that were left out, each with its reason."""
    problem: str | None = None
    """Why the import ended before the last row, if it did."""


def check(world: World, destination: models.ImportDestination) -> None:
    """Raise an error of the service if the destination is not there."""
    if (destination.contact_list_destination is None) == (destination.suppression_list_destination is None):
        raise errors.BadRequestException("Exactly one import destination is required.")
    of_list = destination.contact_list_destination
    if of_list is not None and of_list.contact_list_name not in world.records(ContactList):
        raise errors.BadRequestException(f"List with name: {of_list.contact_list_name} doesn't exist.")


def run(world: World, destination: models.ImportDestination, source: models.ImportDataSource) -> Imported:
    """Import a file row by row. A row that does not fit is counted and left out."""
    data = world.files.get(source.s3_url)
    if data is None:
        return Imported(problem=f"The file {source.s3_url} does not exist.")
    processed, failures = 0, list[Row]()
    take = _taker(destination)
    try:
        for row in _rows(data.decode("utf-8-sig"), destination, str(source.data_format)):
            processed += 1
            if problem := _take(world, take, row):
                failures.append({"record": row, "error": problem})
    except (ValueError, RecursionError, csv.Error):
        return Imported(processed, failures, "The file can't be read.")
    return Imported(processed, failures)


def _rows(text: str, destination: models.ImportDestination, data_format: str) -> Iterator[Row]:
    if data_format == "CSV":
        # A file for the suppression list needs no names of columns.
        is_named = destination.suppression_list_destination is None or "@" not in text.partition("\n")[0]
        names = None if is_named else ("emailAddress", "reason")
        if max(map(len, text.split("\n"))) > _MAX_LINE:
            raise ValueError("a line is too long")
        yield from csv.DictReader(io.StringIO(text, newline=""), names, restkey="")
        return
    for line in text.splitlines():
        if line.strip():
            row: object = json.loads(line)
            yield cast("Row", row) if isinstance(row, dict) else {}


def _taker(destination: models.ImportDestination) -> Take:
    of_list, to_suppress = destination.contact_list_destination, destination.suppression_list_destination
    if of_list is not None:
        return partial(_contact, of_list.contact_list_name, str(of_list.contact_list_import_action))
    return partial(_suppress, str(to_suppress.suppression_list_import_action) if to_suppress else "PUT")


def _take(world: World, take: Take, row: Row) -> str | None:
    """Take one row; return what is wrong with it, if anything is."""
    address = row.get("emailAddress")
    if not isinstance(address, str):
        return "There is no emailAddress."
    try:
        take(world, address, row)
    except APIError as error:
        return error.message
    return None


def _suppress(action: str, world: World, address: str, row: Row) -> None:
    if action == "DELETE":
        suppression.delete_suppressed_destination(world, email_address=address)
        return
    reason = row.get("reason") or "BOUNCE"
    if reason not in ("BOUNCE", "COMPLAINT"):
        raise errors.BadRequestException("The reason must be BOUNCE or COMPLAINT.")
    suppression.put_suppressed_destination(world, email_address=address, reason=reason)


def _contact(list_name: str, action: str, world: World, address: str, row: Row) -> None:
    if action == "DELETE":
        contacts.delete_contact(world, contact_list_name=list_name, email_address=address)
        return
    data = row.get("attributesData") or None
    if data is not None and not isinstance(data, str):
        raise errors.BadRequestException("The attributes must be a text.")
    arguments: dict[str, Any] = {
        "contact_list_name": list_name,
        "email_address": address,
        "topic_preferences": _preferences(row),
        "unsubscribe_all": str(row.get("unsubscribeAll")).lower() == "true",
        "attributes_data": data,
    }
    if contacts.has_contact(world, list_name, address):
        contacts.update_contact(world, **arguments)
    else:
        contacts.create_contact(world, **arguments)


def _preferences(row: Row) -> list[models.TopicPreference]:
    """Return the choices of a row: of a list in JSON, or of a column for each topic in CSV."""
    given: object = row.get("topicPreferences") or []
    items = cast("list[object]", given) if isinstance(given, list) else [given]
    pairs = [_pair(item) for item in items]
    pairs += [(name.removeprefix(_TOPIC), value) for name, value in row.items() if name.startswith(_TOPIC) and value]
    if any(not isinstance(name, str) or status not in _STATUSES for name, status in pairs):
        raise errors.BadRequestException("The topic preferences are invalid.")
    return [models.TopicPreference(topic_name=name, subscription_status=status) for name, status in pairs]


def _pair(item: object) -> tuple[Any, Any]:
    members = cast("dict[str, object]", item) if isinstance(item, dict) else {}
    return members.get("topicName"), members.get("subscriptionStatus")
