"""Checks of entries before their requests leave, so that a malformed entry fails alone."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NoReturn, TypeGuard

import attrs

from .._core.compiled import UnusualError, json_encoder
from .._core.exceptions import ParamValidationError, Problem
from .._core.model import NO_LIMITS
from .._core.serde import encoder
from .._core.validation import check_for, under
from ..models import BulkEmailEntry, Destination

_PLAIN_ADDRESS: Final = re.compile(r"(?!.{65})[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
"""Most addresses; `compose.addresses` checks the others."""
_RECIPIENTS: Final = ("to_addresses", "cc_addresses", "bcc_addresses")
_TEMPLATE_DATA: Final = ".replacement_email_content.replacement_template.replacement_template_data"
_check_entry = check_for(BulkEmailEntry, None)
_check_text = check_for(str, None)
_encode_usual = json_encoder(BulkEmailEntry, NO_LIMITS)


def invalid(problems: Sequence[Problem]) -> ParamValidationError:
    """Return the error of an entry that is not sent, or of arguments."""
    return ParamValidationError("SendBulkEmail", problems)


def check_key(key: object) -> list[Problem]:
    """Return what is wrong with a key."""
    if key == "":
        return [Problem("key", "must not be empty; an entry that needs no key is given without one")]
    return under("key", _check_text(key, False))


@attrs.define
class Checked:
    """An entry as it was checked."""

    problems: Sequence[Problem]
    """What keeps it from being sent."""
    recipients: int = 0
    text: str = ""
    """The entry as JSON; empty if it has a problem of its type or limits."""


def check_entry(entry: Any, check_limits: bool) -> Checked:
    """Check an entry, and encode it."""
    problems: list[Problem] = []
    try:
        text = _encode_usual(entry) if check_limits else ""
    except UnusualError:
        text = ""
    if not text:
        problems += under("entry", _check_entry(entry, check_limits))
        if problems:
            return Checked(problems)
        text = json.dumps(encoder(BulkEmailEntry)(entry))
    addresses = addresses_in(entry.destination)
    if not addresses:
        problems.append(Problem("entry.destination", "has no recipient"))
    if check_limits and not all(map(_PLAIN_ADDRESS.fullmatch, addresses)):
        problems += _address_problems(entry.destination)
    content = entry.replacement_email_content
    template = content.replacement_template if content else None
    if template and template.replacement_template_data is not None:
        message = template_data_problem(template.replacement_template_data)
        problems += [Problem(f"entry{_TEMPLATE_DATA}", message)] if message else []
    return Checked(problems, len(addresses), text)


def has_right_types(entry: object) -> TypeGuard[BulkEmailEntry]:
    """Return whether something is an entry, and its members have the right types, so that it can be encoded."""
    return not _check_entry(entry, False)


def addresses_in(destination: Destination) -> list[str]:
    """Return the addresses of a destination."""
    return [
        *(destination.to_addresses or ()),
        *(destination.cc_addresses or ()),
        *(destination.bcc_addresses or ()),
    ]


def addresses_of(entry: Any) -> Iterator[str]:
    """Yield the addresses in To without their names, in lower case, as mail programs compare them."""
    destination = entry.destination if isinstance(entry, BulkEmailEntry) else None
    for address in (destination.to_addresses or ()) if destination else ():
        yield address.rpartition("<")[2].rstrip("> ").casefold()


def template_data_problem(text: str) -> str | None:
    """Return why SES could not render a template with this data, if it couldn't."""
    try:
        values = _read_json(text)
    except (ValueError, RecursionError) as error:
        return f"is not JSON: {error}"
    return None if isinstance(values, dict) else "must be a JSON object"


def _read_json(text: str) -> Any:
    # Of an object without space around it, `decode` would do the same, and then look for the space.
    if text.startswith("{"):
        values, end = _decoder.raw_decode(text)
        if end == len(text):
            return values
    return _decoder.decode(text)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a value of JSON")


_decoder = json.JSONDecoder(parse_constant=_refuse_constant)


def _address_problems(destination: Destination) -> Iterator[Problem]:
    """Yield what is wrong with the addresses of a destination."""
    for name in _RECIPIENTS:
        for index, address in enumerate(getattr(destination, name) or ()):
            if message := _address_problem(address):
                yield Problem(f"entry.destination.{name}[{index}]", message)


def _address_problem(address: str) -> str | None:
    from ..compose.addresses import read_address

    try:
        read_address(address)
    except ValueError as error:
        return str(error)
    return None if address.isascii() else "must be in ASCII; compose.bulk_entry encodes names and domains"
