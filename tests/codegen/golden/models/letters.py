# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: letters."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

import attrs

from .._bulk_status import LetterOutcome, LettersOutcome
from .._core.model import ABSENT, Limits, Model, OpenEnum, Response, UnionModel, wire
from .._core.rules import MemberRule, Together
from .boxes import BoxAddress


class LetterStatus(OpenEnum):
    """How far a letter is."""

    ON_ITS_WAY = "ON_ITS_WAY"
    """Sent, and not there yet."""
    HANDED_OVER = "handed-over"
    """The receiver has it."""
    LOST = "LOST"
    """Nobody knows where it is."""
    BURNT = "BURNT"
    """There was a fire."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Photo(Model):
    """A picture.

    Args:
        data: Its bytes.

    https://post.example/Photo
    """

    data: bytes = attrs.field(metadata=wire("Data"))
    """Its bytes."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Coin(Model):
    """A coin.

    Args:
        number: What is printed on it. 1 to 8 characters.
        value: What it is worth.

    https://post.example/Coin
    """

    number: str = attrs.field(metadata=wire("Number", Limits(min_length=1, max_length=8)))
    """What is printed on it. 1 to 8 characters."""
    value: str | None = attrs.field(default=None, metadata=wire("Value", output_only=True))
    """What it is worth."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Payment(UnionModel):
    """Cash, coins or a proof. Give exactly one of its members.

    Args:
        cash: An amount in cents. At least 1.
        proof: A text that proves it. Lines of at most 80 bytes.
        coins: The coins. At most 9 items. No two with the same `number`.

    https://post.example/Payment
    """

    cash: int | None = attrs.field(default=None, metadata=wire("Cash", Limits(minimum=1)))
    """An amount in cents. At least 1."""
    proof: Sequence[bytes] | None = attrs.field(default=None, metadata=wire("Proof", Limits(item=Limits(max_line=80))))
    """A text that proves it. Lines of at most 80 bytes."""
    coins: Sequence[Coin] | None = attrs.field(
        default=None, metadata=wire("Coins", Limits(max_items=9, unique="number"))
    )
    """The coins. At most 9 items. No two with the same `number`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Letter(Model):
    """What is sent. At most 1010 characters.

    Args:
        from_: Who sends it. At most 64 characters. At most 100 bytes of UTF-8. Must not start with `post:`,
            which is reserved. Deprecated.
        to: Where it goes. At least 1 item.
        text: What it says. At most 1000 characters.
        photo: A picture to go with it.
        payment: How it is paid.
        labels: Labels, by name. At most 3 items. Keys at least 1 character. Values at most 20 characters.

    https://post.example/Letter
    """

    __rules__: ClassVar[tuple[MemberRule, ...]] = (Together(("from_", "text"), 1010, "characters"),)

    from_: str | None = attrs.field(
        default=None, metadata=wire("From", Limits(max_length=64, max_bytes=100, reserved_prefix="post:"))
    )
    """Who sends it.

    At most 64 characters. At most 100 bytes of UTF-8. Must not start with `post:`, which is reserved.
    Deprecated.
    """
    to: Sequence[BoxAddress] = attrs.field(metadata=wire("To", Limits(min_items=1)))
    """Where it goes. At least 1 item."""
    text: str | None = attrs.field(default=None, metadata=wire("Text", Limits(max_length=1000), sensitive=True))
    """What it says. At most 1000 characters."""
    photo: Photo | None = attrs.field(default=None, metadata=wire("Photo"))
    """A picture to go with it."""
    payment: Payment | None = attrs.field(default=None, metadata=wire("Payment"))
    """How it is paid."""
    labels: Mapping[str, str] | None = attrs.field(
        default=None,
        metadata=wire("Labels", Limits(max_items=3, key=Limits(min_length=1), value=Limits(max_length=20))),
    )
    """Labels, by name. At most 3 items. Keys at least 1 character. Values at most 20 characters."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LetterSummary(LetterOutcome, Model):
    """A letter in a list.

    https://post.example/LetterSummary
    """

    status: LetterStatus | str = attrs.field(metadata=wire("Status"))
    """How far it is."""
    sent_at: datetime | None = attrs.field(default=None, metadata=wire("SentAt"))
    """When it was sent."""
    marks: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("Marks", Limits(item=Limits(pattern="\\d+"))))
    """Postmarks that it has got. Each matches `\\d+`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListLettersResponse(LettersOutcome[LetterSummary], Response):
    """The response of `list_letters`.

    https://post.example/ListLetters
    """

    letters: Sequence[LetterSummary] = attrs.field(default=ABSENT, metadata=wire("Letters"))
    """The letters of this page."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """The token of the next page, if there is one."""
    counts: Mapping[str, int] | None = attrs.field(default=None, metadata=wire("Counts"))
    """How many letters there are, by state."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetLetterResponse(Response):
    """The response of `get_letter`.

    https://post.example/GetLetter
    """

    summary: LetterSummary | None = attrs.field(default=None, metadata=wire("Summary"))
    """How far it is."""
    read: bool | None = attrs.field(default=None, metadata=wire("Read"))
    """Whether the receiver has read it."""
    trouble: str | None = attrs.field(default=None, metadata=wire("Trouble"))
    """What went wrong."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SendLetterResponse(Response):
    """The response of `send_letter`.

    https://post.example/SendLetter
    """

    message_id: str = attrs.field(metadata=wire("MessageId"))
    """Id of the letter."""
