"""Outcomes of entries: kept for reports, and what they change in the states of a batch that another worker may have."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from . import schema
from .states import FAILED, SENT, TO_SEND, UNKNOWN, counts, has_any, with_letters

OutcomeRow = tuple[int, str, str | None, str | None]
"""An outcome: position, letter, message id and code."""
_INSERT_OUTCOMES: Final = insert(schema.outcomes).values(at=schema.now())


def settle(
    db: Connection, mailing: int, number: int, letters: Mapping[int, str], claims: int | None = None
) -> Mapping[int, str]:
    """Note what was found out of a batch's entries by others than the worker that has it.

    Args:
        db: The connection.
        mailing: The mailing.
        number: The batch.
        letters: By position, that an entry was sent, whatever was known of it, or that an unknown one was not.
        claims: If this is what the worker of an earlier claim says of its own requests, how often the batch had been
            claimed by then. An unknown entry can have been sent by a request of a later claim than the next.

    Returns:
        Mapping[int, str]: The letters that were not known before.
    """
    table = schema.batches
    place = (table.c.mailing == mailing, table.c.number == number)
    columns = (table.c.states, table.c.version, table.c.token, table.c.claims)
    while True:
        row = db.execute(select(*columns).where(*place)).one_or_none()
        if row is None:
            return {}
        is_latest = claims is None or row.claims <= claims + 1
        news = {
            position: letter
            for position, letter in letters.items()
            if 0 <= position < len(row.states) and _is_news(row.states[position], letter, is_latest=is_latest)
        }
        if not news:
            return {}
        states = with_letters(row.states, news)
        values: dict[str, Any] = {"states": states, "version": row.version + 1, **counts(states)}
        if row.token is None and not has_any(states, TO_SEND):
            values |= {"status": schema.DONE, "done_at": schema.now()}
        if db.execute(update(table).where(*place, table.c.version == row.version).values(values)).rowcount:
            return news


def _is_news(before: str, letter: str, *, is_latest: bool) -> bool:
    """Return whether a letter replaces another one."""
    return letter != before and (letter == SENT or (letter == FAILED and before == UNKNOWN and is_latest))


def has_outcomes(db: Connection, mailing: int, number: int, identity: str) -> bool:
    """Return whether outcomes were kept under an id."""
    table = schema.outcomes.c
    place = (table.mailing == mailing, table.batch == number, table.id == identity)
    return db.execute(select(table.id).where(*place)).first() is not None


def insert_outcomes(
    db: Connection, mailing: int, number: int, identity: str, outcomes: Sequence[OutcomeRow], *, late: bool
) -> None:
    """Keep outcomes under an id of their own."""
    values: dict[str, Any] = {
        "mailing": mailing,
        "batch": number,
        "id": identity,
        "late": int(late),
        "entries": json.dumps(outcomes, separators=(",", ":")),
    }
    db.execute(_INSERT_OUTCOMES, values)
