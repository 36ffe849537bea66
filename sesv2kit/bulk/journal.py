"""What a bulk run needs of a journal, which knows of every entry what became of it, whatever ended the run.

A key is `in flight` in the journal before its request leaves. So whoever opens the journal after a crash knows that no
other entry can have been sent without its state saying so.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, Protocol

import attrs

from .._core.exceptions import JournalError

Key = str | int
"""A key that was given, or a position in the source; 7 and '7' are two keys."""
EntryState = Literal["pending", "in flight", "sent", "failed", "unknown"]


@attrs.define
class Known:
    """What the journal says of a key that an entry of this run has."""

    state: EntryState
    message_id: str | None = None
    code: str | None = None
    repeated: bool = False
    """The key is that of an earlier entry of this run."""
    changed: bool = False
    """Another entry had the key in an earlier run, and was sent, or may have been."""


NEW: Final = Known("pending")


@attrs.frozen
class Row:
    """What the journal is to say of a key."""

    key: Key
    state: EntryState
    message_id: str | None = None
    code: str | None = None


def journal_error(error: Exception) -> JournalError:
    """Return the error for one that a journal has raised, whose class is not of this package."""
    failure = JournalError(f"the journal raised {type(error).__name__}: {error}")
    failure.__cause__ = error
    return failure


class Journal(Protocol):
    """The states of entries by their keys. Its methods may block, and are called from several threads at a time.

    Every method raises an error of this package if it can't do what it says.
    """

    def look_up(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> Sequence[Known]:
        """Return what is known of keys, each with the hash of its entry if it has one; new keys become pending."""
        ...

    def begin(self, keys: Iterable[Key]) -> None:
        """Say that keys are in flight; when this returns, that is durable."""
        ...

    def record(self, rows: Iterable[Row]) -> None:
        """Say what became of keys. Recording the same rows again changes nothing."""
        ...

    def close(self) -> None:
        """Let go of the journal; closing it again does nothing."""
        ...
