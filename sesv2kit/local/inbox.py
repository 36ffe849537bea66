"""What the page and the JSON API ask of the log: searches, rows of the inbox, neighbours of a mail."""

import html as html_entities
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import attrs

from ..testing import FakeSES, SentMail
from ..testing._service.search import EVERYTHING, Condition, parse
from ..testing._service.world import moment_of

MAX_COUNT: Final = 1000
"""How far the results of a search and unread mails are counted."""
_UNREAD: Final = Condition("is_read = 0")
_ROW: Final = (
    "number, message_id, sent_at, status, is_read, sender, subject, recipients, facts,"
    " substr(text, 1, 400), CASE WHEN coalesce(text, '') = '' THEN substr(html, 1, 4000) END"
)
_NOT_SHOWN: Final = re.compile(
    r"<(style|script|title|head)\b.*?(</\1\s*>|\Z)|<!--.*?(-->|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG: Final = re.compile(r"<[^>]*(>|\Z)")
_SNIPPET: Final = 160


@attrs.frozen
class Found:
    """A part of what a search found."""

    mails: Sequence[SentMail]
    total: int
    """How many mails fit."""
    unread: int
    """How many mails of the whole log are unread."""
    next_before: int | None
    """The number to go on from; None at the end."""


@attrs.frozen(kw_only=True)
class Row:
    """A mail as the list of the inbox shows it."""

    number: int
    message_id: str
    sent_at: datetime
    status: str
    is_read: bool
    sender: str
    recipients: Sequence[str]
    """The To, Cc and Bcc addresses, as the request has them."""
    subject: str
    snippet: str
    """How the text begins."""
    tags: Mapping[str, str]
    template: str | None
    attachments: int


@attrs.frozen
class Rows:
    """A page of the inbox."""

    rows: Sequence[Row]
    total: int
    """How many mails fit, counted up to `MAX_COUNT` for a search."""
    unread: int
    """How many mails of the whole log are unread, counted up to `MAX_COUNT`."""
    newer: int | None
    """What `before` is for the page with newer mails; 0 for the first page, None if this is it."""
    older: int | None
    """What `before` is for the page with older mails; None if this is the last page."""


def search(fake: FakeSES, text: str = "", *, before: int | None = None, limit: int = 50) -> Found:
    """Return the newest mails that fit.

    Args:
        fake: The service.
        text: The search, see `sesv2kit.testing._service.search`. Default: all mails.
        before: The number of a mail, to go on with older ones. Default: None, from the newest.
        limit: The maximum number of mails.

    Raises:
        ConfigurationError: The search has a term that is not understood.
    """
    condition = parse(text, fake.world.now)
    with fake.world.database.lock:
        stored = fake.world.mails.search(condition, before, limit + 1)
        total = fake.world.mails.count(condition)
        unread = fake.world.mails.count(_UNREAD)
    mails = [SentMail(fake.world, mail) for mail in stored[:limit]]
    return Found(mails, total, unread, stored[limit - 1].number if len(stored) > limit else None)


def count_unread(fake: FakeSES) -> int:
    """Return how many mails are unread, counted up to `MAX_COUNT`."""
    with fake.world.database.lock:
        return _bounded_count(fake, _UNREAD)


def find_rows(fake: FakeSES, text: str, *, before: int | None, limit: int) -> Rows:
    """Return a page of the inbox. The cost without a search does not depend on how many mails there are.

    Args:
        fake: The service.
        text: The search; empty for all mails.
        before: The number that all mails of the page are below; None for the newest.
        limit: The maximum number of mails.

    Raises:
        ConfigurationError: The search has a term that is not understood.
    """
    condition = parse(text, fake.world.now)
    with fake.world.database.lock:
        rows = _query(fake, condition, f"number < ? ORDER BY number DESC LIMIT {limit + 1}", before or 2**63 - 1)
        newer: int | None = None
        if before:
            above = _query(fake, condition, f"number >= ? ORDER BY number LIMIT {limit + 1}", before, "number")
            newer = above[limit][0] if len(above) > limit else 0
        total = len(fake.world.mails) if condition is EVERYTHING else _bounded_count(fake, condition)
        unread = _bounded_count(fake, _UNREAD)
    older = int(rows[limit - 1][0]) if len(rows) > limit else None
    return Rows([_row(row) for row in rows[:limit]], total, unread, newer, older)


def find_neighbours(fake: FakeSES, text: str, number: int) -> tuple[str | None, str | None]:
    """Return the ids of the next newer and the next older mail that a search finds.

    Raises:
        ConfigurationError: The search has a term that is not understood.
    """
    condition = parse(text, fake.world.now)
    with fake.world.database.lock:
        newer = _query(fake, condition, "number > ? ORDER BY number LIMIT 1", number, "message_id")
        older = _query(fake, condition, "number < ? ORDER BY number DESC LIMIT 1", number, "message_id")
    return (newer[0][0] if newer else None), (older[0][0] if older else None)


def _query(fake: FakeSES, condition: Condition, rest: str, number: int, columns: str = _ROW) -> list[tuple[Any, ...]]:
    query = f"SELECT {columns} FROM mails WHERE ({condition.sql}) AND {rest}"  # noqa: S608 -- no value is part of it
    return fake.world.database.connection.execute(query, [*condition.values, number]).fetchall()


def _bounded_count(fake: FakeSES, condition: Condition) -> int:
    query = f"SELECT count(*) FROM (SELECT 1 FROM mails WHERE {condition.sql} LIMIT {MAX_COUNT})"  # noqa: S608
    return int(fake.world.database.connection.execute(query, [*condition.values]).fetchone()[0])


def _row(values: tuple[Any, ...]) -> Row:
    number, message_id, sent_at, status, is_read, sender, subject, recipients, facts_json, text, html = values
    facts: dict[str, Any] = json.loads(facts_json)
    return Row(
        number=number,
        message_id=message_id,
        sent_at=moment_of(sent_at),
        status=status,
        is_read=bool(is_read),
        sender=sender,
        recipients=[address for addresses in json.loads(recipients) for address in addresses],
        subject=subject,
        snippet=snippet(text or "", html or ""),
        tags=facts.get("tags", {}),
        template=facts.get("template"),
        attachments=len(facts.get("attachments", ())),
    )


def snippet(text: str, html: str) -> str:
    """Return how a mail begins, in one line: its text, or what is readable of its HTML."""
    if not text:
        text = html_entities.unescape(_TAG.sub(" ", _NOT_SHOWN.sub(" ", html)))
    line = " ".join(text.split())
    return line if len(line) <= _SNIPPET else line[:_SNIPPET].rstrip() + "…"
