"""Queries of the pages and the JSON API: searches, rows of the inbox, neighbours of a mail."""

import html as html_entities
import json
import re
import time
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
_END: Final = 2**63 - 1
_WINDOW: Final = 10_000
"""How many mails are searched while the lock is held."""
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
    numbers = _older(fake, condition, _END if before is None else before, limit + 1)
    with fake.world.database.lock:
        stored = fake.world.mails.with_numbers(numbers[:limit])
    mails = [SentMail(fake.world, mail) for mail in stored]
    next_before = numbers[limit - 1] if len(numbers) > limit else None
    return Found(mails, _count(fake, condition), _count(fake, _UNREAD), next_before)


def count_unread(fake: FakeSES) -> int:
    """Return how many mails are unread, counted up to `MAX_COUNT`."""
    with fake.world.database.lock:
        return _count_unread(fake)


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
    numbers = _older(fake, condition, before or _END, limit + 1)
    newer: int | None = None
    if before:
        above = _newer(fake, condition, before - 1, limit + 1)
        newer = above[limit] if len(above) > limit else 0
    is_search = condition is not EVERYTHING
    total = len(_older(fake, condition, _END, MAX_COUNT)) if is_search else 0
    older = numbers[limit - 1] if len(numbers) > limit else None
    shown = numbers[:limit]
    marks = ", ".join("?" * len(shown))
    query = f"SELECT {_ROW} FROM mails WHERE number IN ({marks}) ORDER BY number DESC"  # noqa: S608 -- no values
    with fake.world.database.lock:
        rows = fake.world.database.connection.execute(query, shown).fetchall()
        total = total if is_search else len(fake.world.mails)
        unread = _count_unread(fake)
    return Rows([_row(row) for row in rows], total, unread, newer, older)


def find_neighbours(fake: FakeSES, text: str, number: int) -> tuple[str | None, str | None]:
    """Return the ids of the next newer and the next older mail that a search finds.

    Raises:
        ConfigurationError: The search has a term that is not understood.
    """
    condition = parse(text, fake.world.now)
    newer, older = _newer(fake, condition, number, 1), _older(fake, condition, number, 1)
    return _id_of(fake, newer), _id_of(fake, older)


def _id_of(fake: FakeSES, numbers: Sequence[int]) -> str | None:
    with fake.world.database.lock:
        query = "SELECT message_id FROM mails WHERE number = ?"
        found = fake.world.database.connection.execute(query, numbers).fetchone() if numbers else None
    return found[0] if found else None


def _older(fake: FakeSES, condition: Condition, below: int, limit: int) -> list[int]:
    """Return the numbers of mails that meet a condition and are below a number, newest first."""
    first, last = _range(fake)
    found: list[int] = []
    end = min(below, last + 1)
    while end > first and len(found) < limit:
        found += _numbers(fake, condition, end - _WINDOW, end, "DESC", limit - len(found))
        end -= _WINDOW
    return found


def _newer(fake: FakeSES, condition: Condition, above: int, limit: int) -> list[int]:
    """Return the numbers of mails that meet a condition and are above a number, oldest first."""
    first, last = _range(fake)
    found: list[int] = []
    start = max(above + 1, first)
    while start <= last and len(found) < limit:
        found += _numbers(fake, condition, start, start + _WINDOW, "ASC", limit - len(found))
        start += _WINDOW
    return found


def _range(fake: FakeSES) -> tuple[int, int]:
    """Return the smallest and the largest number of a mail."""
    with fake.world.database.lock:
        execute = fake.world.database.connection.execute
        first = execute("SELECT min(number) FROM mails").fetchone()[0]
        last = execute("SELECT max(number) FROM mails").fetchone()[0]
    return (first, last) if last else (1, 0)


def _numbers(fake: FakeSES, condition: Condition, start: int, end: int, order: str, limit: int) -> list[int]:
    """Return the numbers of some mails; between two calls others get the lock, so that a search delays no sends."""
    query = (
        f"SELECT number FROM mails WHERE number >= ? AND number < ? AND ({condition.sql})"  # noqa: S608 -- no values
        f" ORDER BY number {order} LIMIT ?"
    )
    time.sleep(0)
    with fake.world.database.lock:
        rows = fake.world.database.connection.execute(query, [start, end, *condition.values, limit])
        return [number for (number,) in rows]


def _count(fake: FakeSES, condition: Condition) -> int:
    """Return how many mails meet a condition, counted a window at a time."""
    first, last = _range(fake)
    return sum(_count_window(fake, condition, start) for start in range(first, last + 1, _WINDOW))


def _count_window(fake: FakeSES, condition: Condition, start: int) -> int:
    query = f"SELECT count(*) FROM mails WHERE number >= ? AND number < ? AND ({condition.sql})"  # noqa: S608 -- no values
    time.sleep(0)
    with fake.world.database.lock:
        execute = fake.world.database.connection.execute
        return int(execute(query, [start, start + _WINDOW, *condition.values]).fetchone()[0])


def _count_unread(fake: FakeSES) -> int:
    query = "SELECT count(*) FROM (SELECT 1 FROM mails WHERE is_read = 0 LIMIT ?)"
    return int(fake.world.database.connection.execute(query, (MAX_COUNT,)).fetchone()[0])


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
