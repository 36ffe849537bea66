"""The states of a batch's entries, packed into one text: a letter an entry, in the order of the batch."""

from collections.abc import Mapping
from typing import Final, Literal

from ..bulk.journal import EntryState

FleetState = EntryState | Literal["skipped"]

PENDING: Final = "p"
AGAIN: Final = "r"
"""The entry is unknown, and is to be sent again, as `resend_unknown` was called."""
IN_FLIGHT: Final = "i"
SENT: Final = "s"
FAILED: Final = "f"
UNKNOWN: Final = "u"
SKIPPED: Final = "o"

TO_SEND: Final = PENDING + AGAIN
STATES: Final[Mapping[str, FleetState]] = {
    PENDING: "pending",
    AGAIN: "unknown",
    IN_FLIGHT: "in flight",
    SENT: "sent",
    FAILED: "failed",
    UNKNOWN: "unknown",
    SKIPPED: "skipped",
}
LETTERS: Final[Mapping[str, str]] = {
    "pending": PENDING,
    "in flight": IN_FLIGHT,
    "sent": SENT,
    "failed": FAILED,
    "unknown": UNKNOWN,
    "skipped": SKIPPED,
}


def with_letters(states: str, letters: Mapping[int, str]) -> str:
    """Return states with the letters at some positions replaced; what was sent stays sent."""
    packed = list(states)
    for position, letter in letters.items():
        if packed[position] != SENT:
            packed[position] = letter
    return "".join(packed)


def has_any(states: str, letters: str) -> bool:
    """Return whether one of the letters is in states."""
    return any(letter in states for letter in letters)


def counts(states: str) -> dict[str, int]:
    """Return how many entries have which outcome."""
    return {name: states.count(LETTERS[name]) for name in ("sent", "failed", "unknown", "skipped")}
