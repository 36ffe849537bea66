# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page, Weight
from .._core.rules import OnlyForDomain, Span

LIST_LETTERS = Operation(
    name="ListLetters",
    method="GET",
    path="/v1/letters",
    kind="read",
    output=lambda: models.ListLettersResponse,
    errors=("NotFoundException", "ServiceUnavailable"),
    rate=1,
    weight=Weight("statuses", 20),
    rules=(Span("sent_after", "sent_before", 7),),
    page=Page(items="letters", token="next_token", size="page_size"),
    arguments=(
        Argument(
            "statuses",
            "Status",
            "query",
            lambda: Sequence[models.LetterStatus],
            Limits(max_items=2),
            member_name="Statuses",
        ),
        Argument("sent_after", "SentAfter", "query", lambda: datetime),
        Argument("sent_before", "SentBefore", "query", lambda: datetime),
        Argument("next_token", "NextToken", "query", lambda: str),
        Argument("page_size", "PageSize", "query", lambda: int, Limits(minimum=1, maximum=100)),
    ),
)
GET_LETTER = Operation(
    name="GetLetter",
    method="GET",
    path="/v1/letters/{LetterId}",
    kind="read",
    output=lambda: models.GetLetterResponse,
    errors=("NotFoundException", "ServiceUnavailable"),
    rules=(OnlyForDomain("letter_id", "copy"),),
    arguments=(
        Argument("letter_id", "LetterId", "path", lambda: str, required=True),
        Argument("copy", "Copy", "query", lambda: int),
    ),
)
SEND_LETTER = Operation(
    name="SendLetter",
    method="POST",
    path="/v1/letters",
    kind="send",
    output=lambda: models.SendLetterResponse,
    errors=("NotFoundException",),
    arguments=(Argument("letter", "Letter", "body", lambda: models.Letter, required=True),),
)
