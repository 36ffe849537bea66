"""What a mailing's tables say: its numbers, and what became of each entry. Nothing is written."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, case, func, or_, select

from . import schema
from .reports import EntryOutcome, MailingReport
from .states import AGAIN, FAILED, IN_FLIGHT, LETTERS, PENDING, SENT, SKIPPED, STATES, UNKNOWN

_BATCHES_AT_A_TIME: Final = 20
"""Batches that are read at a time."""
_MINUTE: Final = 60_000
"""Milliseconds of a minute."""
_batches = schema.batches.c

Page = tuple[int, str, Sequence[str], Sequence[Sequence[Any]]]
"""A batch: its number, states, keys, and outcomes in the order in which they came."""


def report(db: Connection, _attempt: int, name: str, mailing: int) -> MailingReport:
    """Return the numbers of a mailing."""
    table = schema.mailings.c
    columns = (table.status, table.reason, table.entries, table.batches, table.started_at)
    head = db.execute(select(*columns).where(table.id == mailing)).one()
    current = db.execute(select(schema.now())).scalar_one()
    row = db.execute(select(*_report_columns(current)).where(_batches.mailing == mailing)).mappings().one()
    numbers = {label: int(value or 0) for label, value in row.items()}
    recent = numbers.pop("recent")
    numbers["pending"] += numbers.pop("again")
    seconds = min(max(current - (head.started_at or current), 1000), _MINUTE) / 1000
    is_finished = head.batches > 0 and numbers["done"] == head.batches
    return MailingReport(
        name=name,
        status="finished" if is_finished else head.status,
        reason=head.reason,
        entries=head.entries,
        batches=head.batches,
        per_second=recent / seconds,
        **numbers,
    )


def _report_columns(current: int) -> list[ColumnElement[int]]:
    """Return the numbers of entries and of batches, each with its label; `current` is the time of the database."""
    offered = _batches.status == schema.OFFERED
    is_held = offered & (_batches.leased_until > current)
    is_free = offered & (_batches.leased_until <= current)
    return [
        _count_entries(PENDING, untouched=_batches.size).label("pending"),
        _count_entries(AGAIN).label("again"),
        _count_entries(IN_FLIGHT).label("in_flight"),
        _count_entries(SENT, done=_batches.sent).label("sent"),
        _count_entries(FAILED, done=_batches.failed).label("failed"),
        _count_entries(UNKNOWN, done=_batches.unknown).label("unknown"),
        _count_entries(SKIPPED, done=_batches.skipped).label("skipped"),
        _sum_where(_batches.status == schema.WAITING).label("waiting"),
        _sum_where(is_free & (_batches.offered_until > current)).label("offered"),
        _sum_where(is_held).label("active"),
        _sum_where(is_free & (_batches.offered_until <= current)).label("lost"),
        _sum_where(_batches.status == schema.DONE).label("done"),
        _sum_where(_batches.claims > 1, _batches.claims - 1).label("takeovers"),
        _sum_where(_batches.done_at > current - _MINUTE, _batches.size).label("recent"),
    ]


def _count_entries(letter: str, *, done: Any = 0, untouched: Any = 0) -> ColumnElement[int]:
    """Return the number of entries with a letter.

    Only batches that were begun and are not done are counted letter by letter: a mailing may have 200,000 batches.

    Args:
        letter: The letter.
        done: How many a batch has that is done.
        untouched: How many a batch has that was never begun.
    """
    letters = func.length(_batches.states) - func.length(func.replace(_batches.states, letter, ""))
    return func.sum(case((_batches.status == schema.DONE, done), (_batches.version == 0, untouched), else_=letters))


def _sum_where(condition: ColumnElement[bool], value: Any = 1) -> ColumnElement[int]:
    """Return the sum of a value over the batches that meet a condition."""
    return func.sum(case((condition, value), else_=0))


def read_page(db: Connection, _attempt: int, mailing: int, start: int, letters: str) -> list[Page]:
    """Return the next batches, from a number on, that have an entry with one of some letters."""
    table, keys, outcomes = schema.batches.c, schema.keys.c, schema.outcomes.c
    has_letter = or_(*(table.states.contains(letter) for letter in letters))
    query = (
        select(table.number, table.states, keys.packed)
        .join_from(schema.batches, schema.keys, (keys.mailing == table.mailing) & (keys.batch == table.number))
        .where(table.mailing == mailing, table.number >= start, has_letter)
        .order_by(table.number)
        .limit(_BATCHES_AT_A_TIME)
    )
    rows = db.execute(query).all()
    found: dict[int, list[Sequence[Any]]] = {row.number: [] for row in rows}
    if rows:
        # With the bounds, a database that does not look the numbers up one by one reads no more than what is between.
        is_near = outcomes.batch.between(min(found), max(found))
        of_batches = select(outcomes.batch, outcomes.entries).where(
            outcomes.mailing == mailing, is_near, outcomes.batch.in_(list(found))
        )
        for number, packed in db.execute(of_batches.order_by(outcomes.at, outcomes.id)):
            found[number] += json.loads(packed)
    return [(row.number, row.states, json.loads(row.packed), found[row.number]) for row in rows]


def outcomes_of(
    number: int, states: str, keys: Sequence[str], outcomes: Sequence[Sequence[Any]], letters: str
) -> Iterator[EntryOutcome]:
    """Yield the outcomes of the entries of a batch that have one of some letters."""
    latest: dict[tuple[int, str], Sequence[Any]] = {(row[0], row[1]): row for row in outcomes}
    for position, (letter, key) in enumerate(zip(states, keys, strict=True)):
        if letter in letters:
            _, _, message_id, code = latest.get((position, LETTERS[STATES[letter]]), (position, letter, None, None))
            yield EntryOutcome(key, STATES[letter], message_id, code, number)
