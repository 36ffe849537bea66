"""The elements of a bulk run's source: what a caller gives, and the same entry on its way."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import attrs

from .._core.exceptions import Keyed, Problem, SESv2Error
from .._core.serde import encoder
from .._core.validation import check_for, under
from .._rate.recipients import recipients_of
from ..models import BulkEmailEntry
from .journal import Key
from .report import Outcome, State

MAX_ENTRIES: Final = 50
"""Entries that a request may hold: https://docs.aws.amazon.com/ses/latest/dg/send-personalized-email-api.html"""
MAX_RECIPIENTS: Final = 50
"""Recipients that an entry may have: https://docs.aws.amazon.com/ses/latest/dg/quotas.html"""


@attrs.frozen
class BulkItem(Keyed[BulkEmailEntry]):
    """An entry with a key of its own, by which the journal knows it in later runs."""


Element: TypeAlias = BulkEmailEntry | Keyed[BulkEmailEntry]
"""What a source gives: an entry, or a `BulkItem`, which the error of a stopped run holds as well."""


@attrs.define(eq=False)
class Item:
    """An element of the source without an outcome."""

    index: int
    key: str | None
    entry: BulkEmailEntry
    problems: Sequence[Problem]
    """Why it can't be sent, if it can't."""
    recipients: int
    retries_left: int
    attempts: int = 0
    unsure: SESv2Error | None = None
    """Why it may have been sent already, if it may: then it stays unknown, whatever fails later."""

    @property
    def journal_key(self) -> Key:
        """What the journal knows it by."""
        return self.index if self.key is None else self.key

    @property
    def digest(self) -> bytes | None:
        """A hash of its content, which shows that a position in the source still holds the same; None with a key."""
        if self.key is not None or self.problems:
            return None
        members = json.dumps(encoder(BulkEmailEntry)(self.entry), sort_keys=True)
        return hashlib.blake2b(members.encode("ascii"), digest_size=8).digest()

    def outcome(self, state: State, error: SESv2Error | None = None, **facts: Any) -> Outcome:
        """Return what became of it."""
        return Outcome(
            index=self.index,
            key=self.key,
            entry=self.entry,
            state=state,
            error=error,
            attempts=self.attempts,
            **facts,
        )


Chunk = Sequence[Item]
"""The items of one request."""


def check(entry: Any, key: object, check_limits: bool) -> tuple[Sequence[Problem], int]:
    """Return what keeps an element of the source from being sent, and how many recipients it has."""
    problems = under("entry", check_for(BulkEmailEntry, None)(entry, check_limits))
    if key is not None:
        problems += under("key", check_for(str, None)(key, check_limits))
    if problems:
        return problems, 0
    recipients = recipients_of(entry.destination)
    if not recipients:
        problems.append(Problem("entry.destination", "has no recipient"))
    elif check_limits and recipients > MAX_RECIPIENTS:
        message = f"must have at most {MAX_RECIPIENTS} recipients, has {recipients}"
        problems.append(Problem("entry.destination", message))
    return problems, recipients
