"""Offers: which batches are handed to the engine, or to a worker, next.

A batch that is handed out is on offer for some time. If no worker has claimed it by then, or the lease of its worker
has ended, the batch is lost, and is handed out again.
"""

from typing import Final

from sqlalchemy import BigInteger, Connection, Integer, bindparam, select, update

from . import schema

_CANDIDATES: Final = 20
"""Batches that are tried when one is taken: others may take the first ones at the same moment."""

_mailings, _batches = schema.mailings.c, schema.batches.c
_MAILING: Final = _batches.mailing == bindparam("of_mailing")
# Made once: these statements are performed for each batch.
_READ_STATUS: Final = select(_mailings.status, schema.now().label("now")).where(_mailings.id == bindparam("of_mailing"))
_HANDED_OUT: Final = select(_batches.number, _batches.leased_until, _batches.offered_until).where(
    _MAILING, _batches.status == schema.OFFERED
)
_FRESH: Final = (
    select(_batches.number)
    .where(_MAILING, _batches.status == schema.WAITING)
    .order_by(_batches.number)
    .limit(bindparam("wanted", type_=Integer))
)
_LOST: Final = (
    select(_batches.number)
    .where(
        _MAILING,
        _batches.status == schema.OFFERED,
        _batches.leased_until <= schema.now(),
        _batches.offered_until <= schema.now(),
    )
    .order_by(_batches.number)
    .limit(_CANDIDATES)
)
_FIRST: Final = (
    select(_batches.number)
    .where(_MAILING, _batches.status == bindparam("of_status"))
    .order_by(_batches.number)
    .limit(1)
)
_TAKE_OFFER: Final = (
    update(schema.batches)
    .where(
        _MAILING,
        _batches.number == bindparam("of_number"),
        _batches.status == bindparam("of_status"),
        _batches.leased_until <= schema.now(),
        _batches.offered_until <= schema.now(),
    )
    .values(status=schema.OFFERED, offered_until=schema.now() + bindparam("patience", type_=BigInteger))
)


def offer(db: Connection, _attempt: int, mailing: int, patience: int, min_offered: int, lost: bool) -> list[int]:
    """Hand out batches, so that twice as many are handed out as workers are busy; returns their numbers.

    Args:
        db: The connection.
        mailing: The mailing.
        patience: Milliseconds for which a batch is on offer.
        min_offered: How many batches are on offer at least.
        lost: Whether lost batches are handed out again.
    """
    place = {"of_mailing": mailing}
    status, current = db.execute(_READ_STATUS, place).one()
    if status != "running":
        return []
    handed_out = db.execute(_HANDED_OUT, place).all()
    active = sum(row.leased_until > current for row in handed_out)
    idle = [row for row in handed_out if row.leased_until <= current]
    waiting = sum(row.offered_until > current for row in idle)
    offered: list[int] = []
    if lost:
        lapsed = [row.number for row in idle if row.offered_until <= current]
        offered += [number for number in lapsed if _take_offer(db, mailing, number, schema.OFFERED, patience)]
    wanted = max(min_offered, active) - waiting - len(offered)
    if wanted > 0:
        numbers = db.scalars(_FRESH, {**place, "wanted": wanted}).all()
        offered += [number for number in numbers if _take_offer(db, mailing, number, schema.WAITING, patience)]
    return offered


def take(db: Connection, _attempt: int, mailing: int, patience: int) -> int | None:
    """Hand out one batch, a lost one if there is one; None if there is no batch, or the mailing is halted."""
    place = {"of_mailing": mailing}
    if db.execute(_READ_STATUS, place).one().status != "running":
        return None
    for number in db.scalars(_LOST, place).all():
        if _take_offer(db, mailing, number, schema.OFFERED, patience):
            return int(number)
    for number in db.scalars(_FRESH, {**place, "wanted": _CANDIDATES}).all():
        if _take_offer(db, mailing, number, schema.WAITING, patience):
            return int(number)
    return None


def is_over(db: Connection, _attempt: int, mailing: int) -> bool:
    """Return whether no worker has anything to do: every batch is done, or the mailing is stopped."""
    # Workers without work run this again and again, so it must not count batches, as a report does.
    place = {"of_mailing": mailing}
    status = db.execute(_READ_STATUS, place).one().status
    # One status at a time, in the order of the index: for both at once, PostgreSQL reads batch after batch.
    left = (
        db.execute(_FIRST, {**place, "of_status": one}).first() is not None for one in (schema.OFFERED, schema.WAITING)
    )
    return status == "stopped" or not any(left)


def _take_offer(db: Connection, mailing: int, number: int, status: int, patience: int) -> bool:
    """Note that a batch is on offer, unless another process has just done so."""
    values = {"of_mailing": mailing, "of_number": number, "of_status": status, "patience": patience}
    return bool(db.execute(_TAKE_OFFER, values).rowcount)
