"""What the arguments of a mailing have to be, and what its function for entries has to return."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from .._core.exceptions import ConfigurationError
from .._core.settings import SWITCH, TEXT, Rule, check_settings
from ..bulk import BulkItem
from ..bulk.arguments import SENDER_RULES
from ..client import SESv2Client
from ..events import Event
from . import schema
from .journal import SharedJournal

Entries = Callable[[Sequence[str]], Iterable[BulkItem]]
"""A function for entries: returns the items of keys."""
_MIN_LEASE: Final = 2.0
_MAX_LEASE: Final = 86_400.0
"""Seconds of a day: the batches of a worker that died are left alone for as long as the lease."""
_RULES: Final[Mapping[str, Rule]] = {
    "name": TEXT,
    "journal": Rule(lambda value: isinstance(value, SharedJournal), "must be a SharedJournal"),
    "entries": Rule(callable, "must be a function of keys that returns their BulkItems"),
    "client": Rule(
        lambda value: callable(value) or isinstance(value, SESv2Client),
        "must be an SESv2Client, or a function that returns one",
    ),
    "max_in_flight": SENDER_RULES["max_in_flight"],
    "max_attempts": SENDER_RULES["max_attempts"],
    "batch_size": Rule(
        lambda value: type(value) is int and 1 <= value <= schema.MAX_BATCH,
        f"must be an int from 1 to {schema.MAX_BATCH}",
    ),
    "lease": Rule(
        lambda value: type(value) in (int, float) and _MIN_LEASE <= value <= _MAX_LEASE,
        f"must be a number of seconds from {_MIN_LEASE:g} to {_MAX_LEASE:g}",
    ),
    "min_offered": Rule(lambda value: type(value) is int and value >= 1, "must be an int of at least 1"),
    "tag_entries": SWITCH,
    "reason": TEXT,
    "ahead": Rule(lambda value: type(value) is int and value >= 0, "must be an int of at least 0"),
}
"""What each argument of a mailing and of its methods has to be."""


def check_arguments(given: Mapping[str, object]) -> None:
    """Check arguments of a mailing or of its methods, by their names.

    Raises:
        ConfigurationError: One of them is not what it has to be.
    """
    check_settings(_RULES, given)


def check_name(name: str) -> None:
    """Check the name of a mailing.

    Raises:
        ConfigurationError: It is too long, or has characters that databases may drop.
    """
    if not 0 < len(name) <= schema.MAX_NAME:
        raise ConfigurationError(f"the name of a mailing must have 1 to {schema.MAX_NAME} characters, has {len(name)}")
    if not name.isprintable() or name != name.strip():  # MySQL ignores spaces at the end
        raise ConfigurationError(f"the name of a mailing must be printable, without spaces around it; it is {name!r}")


def check_keys(*given: Any) -> None:
    """Check that keys are several; the letters of one text would be taken for keys.

    Raises:
        ConfigurationError: One of the arguments is not an iterable of keys.
    """
    if any(isinstance(keys, str) or not isinstance(keys, Iterable) for keys in given):
        raise ConfigurationError("keys must be an iterable of str, and not one str")


def checked_key(key: object) -> str:
    """Return a key.

    Raises:
        ConfigurationError: It is not a str.
    """
    if not isinstance(key, str):
        raise ConfigurationError(f"keys must be str, and not {_name_of(key)}")
    return key


def checked_events(given: Any) -> Iterator[Event]:
    """Yield events.

    Raises:
        ConfigurationError: It is one of them, or something else.
    """
    if not isinstance(given, Iterable):
        raise ConfigurationError(f"events must be an iterable of Event, is {_name_of(given)}")
    for event in cast("Iterable[object]", given):
        if not isinstance(event, Event):
            raise ConfigurationError(f"events must be those of sesv2kit.events.parse, not {_name_of(event)}")
        yield event


def checked_client(made: object) -> SESv2Client:
    """Return what the function for the client has returned.

    Raises:
        ConfigurationError: It is not a client.
    """
    if not isinstance(made, SESv2Client):
        raise ConfigurationError(f"client must return an SESv2Client, and has returned {_name_of(made)}")
    return made


def load_entries(entries: Entries, wanted: Mapping[str, int]) -> dict[str, Any]:
    """Call the function for entries.

    Args:
        entries: The function.
        wanted: The keys that it is given.

    Returns:
        dict[str, Any]: By its key, each entry that there is, or the function that returns it.

    Raises:
        ConfigurationError: It returned something other than a `BulkItem` for each key, or for some of them.
    """
    found: dict[str, Any] = {}
    for item in _returned_items(entries(list(wanted))) if wanted else ():
        key = item.key
        if not isinstance(key, str):
            raise _entries_error(f"a BulkItem whose key is {_name_of(key)}, and not one of the keys that it was given")
        if key not in wanted:
            raise _entries_error("a BulkItem with a key that it was not given")
        if key in found:
            raise _entries_error("two BulkItems with the same key")
        found[key] = item.entry
    return found


def _returned_items(returned: object) -> Iterator[BulkItem]:
    """Yield what the function for entries has returned.

    Raises:
        ConfigurationError: It is not an iterable of `BulkItem` objects.
    """
    if inspect.iscoroutine(returned):
        returned.close()  # else Python warns that nobody has awaited it
    if inspect.iscoroutine(returned) or inspect.isasyncgen(returned):
        raise _entries_error(f"{_name_of(returned)}: the function must not be async")
    kind = _name_of(returned)
    if not isinstance(returned, Iterable):
        raise _entries_error(kind)
    for item in cast("Iterable[object]", returned):
        if not isinstance(item, BulkItem):
            raise _entries_error(f"{kind} with {_name_of(item)} in it")
        yield item


def _entries_error(returned: str) -> ConfigurationError:
    expected = "an iterable of BulkItem, one for each key that it was given, except for those that it leaves out"
    return ConfigurationError(f"the function for entries must return {expected}; it returned {returned}")


def _name_of(value: object) -> str:
    """Return what a message calls a value, which may hold an address: its type."""
    return "None" if value is None else f"an object of type {type(value).__name__}"
