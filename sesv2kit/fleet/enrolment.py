"""Enrolment: keys become batches of a mailing, each key once, however often an enrolment is repeated."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select, text, update

from .._core.exceptions import ConfigurationError, Problem
from ..bulk.checks import check_key, invalid
from . import schema
from .database import Database
from .states import PENDING

_KEYS_AT_A_TIME: Final = 10_000
"""Keys that one transaction takes in."""
_MAX_IN_CONDITION: Final = 500
"""Values in the condition of one statement."""
_BATCHES_AT_A_TIME: Final = 20
"""Batches whose keys are read at a time."""


def enrol(database: Database, mailing: int, keys: Iterable[str], *, batch_size: int, vouched: bool) -> int:
    """Take in keys; returns how many were new.

    Args:
        database: The database.
        mailing: The mailing.
        keys: The keys.
        batch_size: Entries in a batch.
        vouched: Whether the caller vouches that no key comes twice.
    """
    stream = iter(keys)
    new = 0
    first = _skip_enrolled(database, mailing, stream) if vouched else None
    size = max(_KEYS_AT_A_TIME // batch_size, 1) * batch_size
    while chunk := list(islice(stream, size)):
        _check_keys(chunk)
        if first is None:
            new += database.run(_enrol, mailing, chunk, batch_size)
        else:
            if len(set(chunk)) < len(chunk):  # in one batch, there can be no two
                raise ConfigurationError("a key comes twice, despite keys_are_unique")
            new += database.run(_enrol_vouched, mailing, chunk, batch_size, first)
            first += -(-len(chunk) // batch_size)
    database.run(_analyze)
    return new


def _skip_enrolled(database: Database, mailing: int, stream: Iterator[str]) -> int:
    """Skip what was enrolled before, which has to be the first keys of the stream; returns the next batch."""
    start = 0
    while rows := database.run(_read_keys, mailing, start):
        for number, packed in rows:
            before = json.loads(packed)
            if list(islice(stream, len(before))) != before:
                message = f"batch {number} has other keys in the journal than this enrolment"
                raise ConfigurationError(f"{message}; with keys_are_unique, repeat it with the same keys in order")
        start = rows[-1][0] + 1
    return start


def _read_keys(db: Connection, _attempt: int, mailing: int, start: int) -> list[tuple[int, str]]:
    """Return the next batches with their keys, as JSON."""
    table = schema.keys.c
    query = select(table.batch, table.packed).where(table.mailing == mailing, table.batch >= start)
    return [(number, packed) for number, packed in db.execute(query.order_by(table.batch).limit(_BATCHES_AT_A_TIME))]


def _check_keys(chunk: Sequence[Any]) -> None:
    for key in chunk:
        problems = check_key(key)
        if not problems and len(key) > schema.MAX_KEY:
            problems = [Problem("key", f"must have at most {schema.MAX_KEY} characters")]
        if problems:
            raise invalid(problems)


def _enrol(db: Connection, _attempt: int, mailing: int, chunk: Sequence[str], size: int) -> int:
    """Take in keys that are not there yet."""
    row = _lock_for_enrolment(db, mailing, vouched=False)
    new = _new_keys(db, mailing, chunk)
    _insert_batches(db, mailing, new, size, row.batches, row.entries)
    return len(new)


def _enrol_vouched(db: Connection, attempt: int, mailing: int, chunk: Sequence[str], size: int, first: int) -> int:
    """Take in keys as batches from a number on, unless they are there.

    Raises:
        ConfigurationError: These batches have other keys, of another process that enrols.
    """
    row = _lock_for_enrolment(db, mailing, vouched=True)
    if row.batches == first:
        _insert_batches(db, mailing, chunk, size, row.batches, row.entries)
        return len(chunk)
    table = schema.keys.c
    numbers = range(first, first - (-len(chunk) // size))
    query = select(table.packed).where(table.mailing == mailing, table.batch.between(first, numbers[-1]))
    packed = db.scalars(query.order_by(table.batch))
    if [key for one in packed for key in json.loads(one)] != chunk:
        raise ConfigurationError("another process enrols other keys with keys_are_unique at the same time; repeat it")
    return len(chunk) if attempt else 0  # the commit before has succeeded, or another process has done the same


def _lock_for_enrolment(db: Connection, mailing: int, *, vouched: bool) -> Any:
    """Lock a mailing, so that enrolments of several processes follow one another; returns its row."""
    table = schema.mailings
    place = table.c.id == mailing
    db.execute(update(table).where(place).values(vouched=func.coalesce(table.c.vouched, int(vouched))))
    row = db.execute(select(table.c.batches, table.c.entries, table.c.vouched).where(place)).one()
    if row.vouched != int(vouched):
        before = "with" if row.vouched else "without"
        raise ConfigurationError(f"the mailing was enrolled {before} keys_are_unique before; go on like that")
    return row


def _insert_batches(db: Connection, mailing: int, new: Sequence[str], size: int, first: int, entries: int) -> None:
    """Insert batches of new keys after those that there are."""
    parts = [new[start : start + size] for start in range(0, len(new), size)]
    if not parts:
        return
    rows = [
        {
            "mailing": mailing,
            "number": number,
            "size": len(part),
            "status": schema.WAITING,
            "states": PENDING * len(part),
        }
        for number, part in enumerate(parts, first)
    ]
    db.execute(insert(schema.batches), rows)
    packed = [
        {"mailing": mailing, "batch": number, "packed": json.dumps(part, ensure_ascii=True, separators=(",", ":"))}
        for number, part in enumerate(parts, first)
    ]
    db.execute(insert(schema.keys), packed)
    counts = {"batches": first + len(parts), "entries": entries + len(new)}
    db.execute(update(schema.mailings).where(schema.mailings.c.id == mailing).values(counts))


def _new_keys(db: Connection, mailing: int, chunk: Sequence[str]) -> list[str]:
    """Note keys that are not noted yet, and return them, each once."""
    table = schema.unique_keys
    hashes = {_hash(key): key for key in chunk}
    ordered = list(hashes)
    known: set[bytes] = set()
    for start in range(0, len(ordered), _MAX_IN_CONDITION):
        some = ordered[start : start + _MAX_IN_CONDITION]
        query = select(table.c.hash).where(table.c.mailing == mailing, table.c.hash.in_(some))
        known.update(map(bytes, db.scalars(query)))
    new = [digest for digest in ordered if digest not in known]
    if new:
        db.execute(insert(table), [{"mailing": mailing, "hash": digest} for digest in sorted(new)])
    return [hashes[digest] for digest in new]


def _hash(key: str) -> bytes:
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _analyze(db: Connection, _attempt: int) -> None:
    """Let the database count its rows: without, PostgreSQL reads whole tables to find the next batch."""
    word = "ANALYZE TABLE" if db.dialect.name in ("mysql", "mariadb") else "ANALYZE"
    for table in (schema.batches, schema.keys):
        db.execute(text(f"{word} {table.name}"))
