"""The elements of a bulk run's source: what a caller gives, and the same entry on its way."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, TypeAlias

import attrs

from .._core.exceptions import Keyed, Problem, SESv2Error
from ..models import BulkEmailEntry
from .journal import Key
from .report import Outcome, State

MAX_ENTRIES: Final = 50
"""Entries that a request may hold: https://docs.aws.amazon.com/ses/latest/dg/send-personalized-email-api.html"""

Loader = Callable[[], BulkEmailEntry] | Callable[[], Awaitable[BulkEmailEntry]]
"""A function that returns the entry of an item; only an `AsyncBulkSender` takes one that is async."""


@attrs.define(unsafe_hash=True)  # an instance of a frozen class takes three times as long to make, a million times
class BulkItem(Keyed[BulkEmailEntry | Loader]):
    """An entry with a key of its own, by which the journal knows it in later runs; not to be changed.

    In place of the entry it may have a function without arguments that returns it. With a journal and a key, the
    function is called only if the entry is to be sent: what was sent in an earlier run is not loaded again. If it
    raises an error, the entry fails; a `ConfigurationError`, or errors for more than 50 entries in a row, end the run.
    """

    entry: BulkEmailEntry | Loader
    """The entry to send."""
    key: str | None = None
    """The key of the entry, such as the id of an order or a user. The journal holds keys, so an address does not suit.
    Default: None, the position in the source takes its place."""


Element: TypeAlias = BulkEmailEntry | Keyed[BulkEmailEntry | Loader]
"""What a source gives: an entry, or a `BulkItem`, which the error of a stopped run holds as well."""


def is_keyed(element: object) -> bool:
    """Return whether an element of a source has a key and an entry, as a `BulkItem` has."""
    return isinstance(element, Keyed)


@attrs.define(eq=False)
class Item:
    """An element of the source without an outcome."""

    index: int
    key: str | None
    given: Any
    """The entry, or the function that returns it, as it came from the source."""
    entry: Any = None
    """The entry; None before it is loaded."""
    text: str = ""
    """The entry as JSON, for digests and requests."""
    problems: Sequence[Problem] = ()
    """Why the item can't be sent; empty if it can."""
    cause: Exception | None = None
    """What the function that returns its entry raised, if it did."""
    recipients: int = 1
    retries_left: int = 0
    outages: int = 0
    """How often its whole request met a transient failure."""
    waits: int = 0
    """How often it had to wait for another request."""
    attempts: int = 0
    unsure: SESv2Error | None = None
    """Why it may have been sent already, if it may: then it stays unknown, whatever fails later."""

    @property
    def journal_key(self) -> Key:
        """The key of the item in the journal: its own, or its position in the source."""
        return self.index if self.key is None else self.key

    @property
    def digest(self) -> bytes | None:
        """A hash of its content, which shows that a position in the source still holds the same; None with a key."""
        if self.key is not None or self.problems:
            return None
        return hashlib.blake2b(self.text.encode("ascii"), digest_size=8).digest()

    @property
    def as_given(self) -> BulkItem:
        """What the caller gave, to be sent by another run."""
        return BulkItem(self.given, self.key)

    def outcome(
        self, state: State, error: SESv2Error | None = None, message_id: str | None = None, *, resumed: bool = False
    ) -> Outcome:
        """Return what became of it."""
        return Outcome(self.index, self.key, self.entry, state, message_id, error, self.attempts, resumed)


Chunk = Sequence[Item]
"""The items of one request."""
