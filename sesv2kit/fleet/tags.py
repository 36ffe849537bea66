"""The tag of each mail, by which its events name its entry in the journal."""

from typing import Any, Final

from .._core.model import is_sequence
from ..events import Event
from ..models import BulkEmailEntry, MessageTag

TAG: Final = "sesv2kit-entry"
"""The name of the tag. Its value is the uid of the mailing, the number of the batch and the position in it."""


def tagged(given: Any, uid: str, number: int, position: int) -> Any:
    """Return an entry with its tag; or a function that returns it, if a function was given.

    Args:
        given: The entry, or a function that returns it.
        uid: The uid of the mailing.
        number: The batch.
        position: The position of the entry in the batch.
    """
    tag = MessageTag(name=TAG, value=f"{uid}-{number}-{position}")
    return (lambda: _with_tag(given(), tag)) if callable(given) else _with_tag(given, tag)


def _with_tag(entry: Any, tag: MessageTag) -> Any:
    """Return an entry with one more tag; what can't be sent is refused later, with the others."""
    if not isinstance(entry, BulkEmailEntry) or entry.extra:
        return entry
    given: Any = entry.replacement_tags
    if given is not None and not is_sequence(given):
        return entry
    # `attrs.evolve` takes ten times as long.
    return BulkEmailEntry(
        destination=entry.destination,
        replacement_tags=[tag] if given is None else [*given, tag],
        replacement_email_content=entry.replacement_email_content,
        replacement_headers=entry.replacement_headers,
        extra_members=entry.extra_members,
    )


def find_entry(event: Event, uid: str) -> tuple[int, int] | None:
    """Return the batch and the position of the entry that an event is about; None if the mailing has no such entry."""
    for value in event.tags.get(TAG, ()):
        mailing, _, place = value.partition("-")
        number, _, position = place.partition("-")
        if mailing == uid and number.isdecimal() and position.isdecimal():
            return int(number), int(position)
    return None
