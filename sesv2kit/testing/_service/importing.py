"""What an import job does with a file: contacts, or addresses of the suppression list."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

import attrs

from ... import errors, models
from ..._core.exceptions import APIError
from .operations import contacts, suppression
from .records import ContactList
from .world import World

Row = Mapping[str, Any]
_TOPIC: Final = "topicPreferences."


@attrs.frozen
class Imported:
    """What became of an import."""

    processed: int = 0
    failed: int = 0
    problem: str | None = None
    """Why nothing was imported, if nothing was."""


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
    failed = processed = 0
    try:
        for row in _rows(data.decode("utf-8-sig"), str(source.data_format)):
            processed += 1
            failed += not _take(world, destination, row)
    except (ValueError, csv.Error):
        return Imported(processed, failed, "The file can't be read.")
    return Imported(processed, failed)


def _rows(text: str, data_format: str) -> Iterator[Row]:
    if data_format == "CSV":
        yield from csv.DictReader(io.StringIO(text))
        return
    for line in text.splitlines():
        if line.strip():
            row: object = json.loads(line)
            yield cast("Row", row) if isinstance(row, dict) else {}


def _take(world: World, destination: models.ImportDestination, row: Row) -> bool:
    """Take one row; returns whether it fits."""
    address = row.get("emailAddress")
    if not isinstance(address, str) or "@" not in address:
        return False
    try:
        if destination.suppression_list_destination is not None:
            action = str(destination.suppression_list_destination.suppression_list_import_action)
            _suppress(world, action, address, row)
        elif destination.contact_list_destination is not None:
            of_list = destination.contact_list_destination
            _contact(world, of_list.contact_list_name, str(of_list.contact_list_import_action), address, row)
    except APIError:
        return False
    return True


def _suppress(world: World, action: str, address: str, row: Row) -> None:
    if action == "DELETE":
        suppression.delete_suppressed_destination(world, email_address=address)
        return
    reason = row.get("reason") or "BOUNCE"
    if reason not in ("BOUNCE", "COMPLAINT"):
        raise errors.BadRequestException("The reason must be BOUNCE or COMPLAINT.")
    suppression.suppress(world, address, reason)


def _contact(world: World, list_name: str, action: str, address: str, row: Row) -> None:
    if action == "DELETE":
        contacts.delete_contact(world, contact_list_name=list_name, email_address=address)
        return
    arguments: dict[str, Any] = {
        "contact_list_name": list_name,
        "email_address": address,
        "topic_preferences": _preferences(row),
        "unsubscribe_all": str(row.get("unsubscribeAll")).lower() == "true",
        "attributes_data": row.get("attributesData") or None,
    }
    if contacts.has_contact(world, list_name, address):
        contacts.update_contact(world, **arguments)
    else:
        contacts.create_contact(world, **arguments)


def _preferences(row: Row) -> list[models.TopicPreference]:
    given: object = row.get("topicPreferences")
    pairs: list[tuple[str, str]] = []
    if isinstance(given, list):
        pairs = [(item["topicName"], item["subscriptionStatus"]) for item in cast("list[dict[str, str]]", given)]
    pairs += [
        (name.removeprefix(_TOPIC), str(value)) for name, value in row.items() if name.startswith(_TOPIC) and value
    ]
    return [models.TopicPreference(topic_name=name, subscription_status=status) for name, status in pairs]
