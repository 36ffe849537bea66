"""The journal that the workers of a fleet share: the tables of a database, and what is done with them.

Every statement can be repeated, and every write that follows from a claim has the token of the claim in its condition.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import attrs
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Executable,
    Integer,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from .._core.exceptions import ConfigurationError, JournalError, Problem
from .._core.settings import SWITCH, Rule, check_settings
from ..bulk.checks import check_key, invalid
from ..bulk.journal import MailingIdentity
from . import schema
from .batch import BatchJournal, Claim, OutcomeRow, has_outcomes, insert_outcomes, settle
from .database import Database
from .reports import EntryOutcome, MailingReport
from .states import (
    AGAIN,
    FAILED,
    IN_FLIGHT,
    LETTERS,
    PENDING,
    SENT,
    SKIPPED,
    STATES,
    TO_SEND,
    UNKNOWN,
    FleetState,
    counts,
)

_ENROLLED: Final = 10_000
"""Keys that one transaction takes in."""
_HASHES: Final = 500
"""Values in one condition."""
_PAGE: Final = 20
"""Batches that are read at a time."""
_NUMBERS: Final = 2**31
"""Batches have lower numbers."""
_MINUTE: Final = 60_000
_CANDIDATES: Final = 20
"""Batches that are tried when one is taken: others may take the first ones at the same moment."""

_mailings, _batches = schema.mailings.c, schema.batches.c
_MAILING: Final = _mailings.id == bindparam("of_mailing")
_BATCH: Final = (_batches.mailing == bindparam("of_mailing"), _batches.number == bindparam("of_number"))
# Made once: these statements are performed for each batch.
_FIND: Final = select(_mailings.id, _mailings.uid, _mailings.status, _mailings.reason).where(
    _mailings.name == bindparam("of_name")
)
_CLAIM: Final = (
    update(schema.batches)
    .where(*_BATCH, _batches.status != schema.DONE, _batches.leased_until <= schema.now())
    .values(
        token=bindparam("my_token"),
        leased_until=schema.now() + bindparam("lease", type_=BigInteger),
        offered_until=0,
        states=func.replace(_batches.states, IN_FLIGHT, UNKNOWN),
        version=_batches.version + 1,
        claims=_batches.claims + 1,
        status=schema.OFFERED,
    )
)
_READ_CLAIM: Final = (
    select(_batches.status, _batches.token, _batches.states, _batches.version, _batches.claims, schema.keys.c.packed)
    .join_from(
        schema.batches,
        schema.keys,
        (schema.keys.c.mailing == _batches.mailing) & (schema.keys.c.batch == _batches.number),
    )
    .where(*_BATCH)
)
_START: Final = update(schema.mailings).where(_MAILING, _mailings.started_at.is_(None)).values(started_at=schema.now())
_READ_STATUS: Final = select(_mailings.status, schema.now().label("now")).where(_MAILING)
_HANDED_OUT: Final = select(_batches.number, _batches.leased_until, _batches.offered_until).where(
    _batches.mailing == bindparam("of_mailing"), _batches.status == schema.OFFERED
)
_FRESH: Final = (
    select(_batches.number)
    .where(_batches.mailing == bindparam("of_mailing"), _batches.status == schema.WAITING)
    .order_by(_batches.number)
    .limit(bindparam("wanted", type_=Integer))
)
_LOST: Final = (
    select(_batches.number)
    .where(
        _batches.mailing == bindparam("of_mailing"),
        _batches.status == schema.OFFERED,
        _batches.leased_until <= schema.now(),
        _batches.offered_until <= schema.now(),
    )
    .order_by(_batches.number)
    .limit(_CANDIDATES)
)
_FIRST: Final = (
    select(_batches.number)
    .where(_batches.mailing == bindparam("of_mailing"), _batches.status == bindparam("of_status"))
    .order_by(_batches.number)
    .limit(1)
)
_TAKE_OFFER: Final = (
    update(schema.batches)
    .where(
        *_BATCH,
        _batches.status == bindparam("of_status"),
        _batches.leased_until <= schema.now(),
        _batches.offered_until <= schema.now(),
    )
    .values(status=schema.OFFERED, offered_until=schema.now() + bindparam("patience", type_=BigInteger))
)


@attrs.frozen
class MailingRow:
    """What the journal says of a mailing as a whole."""

    id: int
    uid: str
    status: str
    reason: str | None


_RULES: Final[Mapping[str, Rule]] = {
    "patience": Rule(
        lambda value: type(value) in (int, float) and value >= 0, "must be a number of seconds, at least 0"
    ),
    "guard": SWITCH,
    "require_durable": SWITCH,
}
"""What each argument of a journal has to be."""


class SharedJournal:
    """A journal in a database, for any number of workers on any number of machines.

    Needs the extra `sesv2kit[fleet]`, and the driver that the URL names. The tables are made at the first use, and
    brought up to date by a newer release; an older one then refuses them. One journal holds any number of mailings. It
    holds neither addresses nor contents, only keys, states, ids of mails and codes of errors.

    At the first use it checks whether the server keeps what it has committed. With each new connection it checks that
    it is still the same server: a standby that took over may not know the last marks, and then mails would be sent
    twice. It is safe to share between threads, and between processes that were forked off.

    Args:
        url: The database's URL for SQLAlchemy: `postgresql+psycopg://`, `mysql+pymysql://`, `mariadb+pymysql://` or
            `sqlite:///july.db`, which serves the processes of one machine.
        patience: Seconds for which each statement is repeated while the database can't be reached, at least 0. Default:
            60; a first connection has 5.
        guard: Whether work ends with a `JournalError` when another server has taken over. Default: True. Set it to
            False for a cluster that replicates synchronously, where no commit is lost.
        require_durable: Whether a server that may lose what it has committed (`fsync`, `synchronous_commit`,
            `innodb_flush_log_at_trx_commit`) is refused. Default: True; with False there is a warning in the log.

    Raises:
        ConfigurationError: The URL or another argument can't be used, or the driver is missing.
    """

    def __init__(self, url: str, *, patience: float = 60.0, guard: bool = True, require_durable: bool = True) -> None:
        check_settings(_RULES, {"patience": patience, "guard": guard, "require_durable": require_durable})
        self._database = Database(url, patience=patience, guard=guard, require_durable=require_durable)

    def __repr__(self) -> str:
        return f"SharedJournal({self._database.shown!r})"

    def close(self) -> None:
        """Close the connections; the next use opens new ones."""
        self._database.dispose()

    @property
    def missing_file(self) -> str | None:
        """The file of SQLite that is not there yet, so that the first use would make it; None otherwise."""
        return self._database.missing_file

    def accept_failover(self, name: str, *, ahead: int = 100) -> int:
        """Go on after a failover: take the server that there is now for the journal's own.

        The standby may not know the last marks. So what is pending in the batches that were handed out, and in those
        that follow them, becomes unknown: it is not sent again unless `resend_unknown` asks for it. Call it for each
        mailing that was under way, before its workers run.

        Args:
            name: The mailing.
            ahead: How many of the batches that were not handed out yet, as far as the standby knows, may have been: at
                least as many as the fleet sent within the time by which the standby lagged behind. Default: 100.

        Returns:
            int: How many entries became unknown.

        Raises:
            JournalError: The database can't be used; repeat the call.
        """
        self._database.accept_server()
        mailing = self.find(name)
        numbers = self._database.run(_suspects, mailing.id, ahead)
        return sum(self._replace(mailing.id, number, TO_SEND + IN_FLIGHT, UNKNOWN, steal=True) for number in numbers)

    # What mailings do with it ----------------------------------------------------------------------

    def find(self, name: str) -> MailingRow:
        """Return a mailing; it is made if it is not there.

        Raises:
            JournalError: The database can't be used.
        """
        new = {"name": name, "uid": secrets.token_hex(8), "status": "running", "batches": 0, "entries": 0}

        def work(db: Connection, _attempt: int) -> MailingRow | None:
            row = db.execute(_FIND, {"of_name": name}).one_or_none()
            if row is None:
                try:
                    with db.begin_nested():
                        db.execute(insert(schema.mailings).values(new))
                except IntegrityError:
                    pass  # another process has made it meanwhile
                row = db.execute(_FIND, {"of_name": name}).one()
            return MailingRow(*row)

        found = self._database.run(work)
        assert found  # noqa: S101
        return found

    def set_status(self, mailing: int, status: str, reason: str | None) -> None:
        """Set whether a mailing runs."""
        values = {"status": status, "reason": reason}
        table = schema.mailings
        self._execute(update(table).where(table.c.id == mailing).values(values))

    def enrol(self, mailing: int, keys: Iterable[str], *, batch_size: int, vouched: bool) -> int:
        """Take in keys; returns how many were new."""
        stream = iter(keys)
        new = 0
        first = self._skip_enrolled(mailing, stream) if vouched else None
        size = max(_ENROLLED // batch_size, 1) * batch_size
        while chunk := list(islice(stream, size)):
            _check_keys(chunk)
            if first is None:
                new += self._database.run(_enrol, mailing, chunk, batch_size)
            else:
                if len(set(chunk)) < len(chunk):  # in one batch, there can be no two
                    raise ConfigurationError("a key comes twice, despite keys_are_unique")
                new += self._database.run(_enrol_vouched, mailing, chunk, batch_size, first)
                first += -(-len(chunk) // batch_size)
        self._database.run(_analyze)
        return new

    def claim(self, mailing: int, number: int, lease: int, token: str) -> Claim | str:
        """Take a batch; returns why not if it can't be: it is `done`, or `held` by somebody.

        Raises:
            ConfigurationError: There is no such batch.
        """
        is_number = type(number) is int and 0 <= number < _NUMBERS
        claim = self._database.run(_claim, mailing, number, lease, token) if is_number else None
        if claim is None:
            raise ConfigurationError(f"the mailing has no batch {number}")
        return claim

    def open_batch(self, claim: Claim, lease: int, halted: Callable[[JournalError], object]) -> BatchJournal:
        """Return the journal of a batch that this worker has claimed."""
        return BatchJournal(self._database, claim, lease, halted)

    def identify(self, mailing: int, identity: MailingIdentity) -> None:
        """Take over what a mailing sends, or check that it is the same as before.

        Raises:
            ConfigurationError: It is another mailing, region or account.
        """
        if difference := self._database.run(_identify, mailing, identity):
            message = f"the journal has a mailing of this name with {difference}; nothing was sent"
            raise ConfigurationError(f"{message}. A mailing keeps its arguments: give another one another name")

    def offer(self, mailing: int, patience: int, at_least: int, *, lost: bool) -> list[int]:
        """Hand batches out: so many that twice as many are in circulation as workers are busy.

        Args:
            mailing: The mailing.
            patience: Milliseconds after which a batch that nobody has begun counts as lost.
            at_least: How many batches wait in the engine at least.
            lost: Whether batches are handed out again that were handed out and are nobody's.
        """
        return self._database.run(_offer, mailing, patience, at_least, lost)

    def take(self, mailing: int, patience: int) -> int | None:
        """Hand one batch out, one that is nobody's or the next one; None if there is none, or the mailing is halted.

        Args:
            mailing: The mailing.
            patience: Milliseconds after which a batch that nobody has begun counts as lost.
        """
        return self._database.run(_take, mailing, patience)

    def is_over(self, mailing: int) -> bool:
        """Return whether no worker has anything to do: every batch is done, or the mailing is stopped."""
        return self._database.run(_is_over, mailing)

    def take_back(self, mailing: int, numbers: Sequence[int]) -> None:
        """Note that batches were not handed out after all: the next sweep does it."""
        table = schema.batches.c
        place = (table.mailing == mailing, table.number.in_(numbers), table.status == schema.OFFERED)
        self._execute(update(schema.batches).where(*place).values(offered_until=0))

    def report(self, name: str, mailing: int) -> MailingReport:
        """Return the numbers of a mailing."""
        return self._database.run(_report, name, mailing)

    def outcomes(self, mailing: int, state: FleetState | None) -> Iterator[EntryOutcome]:
        """Yield the outcomes of a mailing's entries, batch by batch."""
        letters = "".join(letter for letter, name in STATES.items() if state in (None, name))
        start = 0
        while page := self._database.run(_read_page, mailing, start, letters):
            for number, states, keys, outcomes in page:
                yield from _outcomes_of(number, states, keys, outcomes, letters)
            start = page[-1][0] + 1

    def replace(self, mailing: int, letters: str, letter: str) -> int:
        """Replace letters in all batches, and let those be handed out that have something to send then.

        Returns:
            int: How many entries were changed. Batches that somebody works on are left as they are.
        """
        table = schema.batches.c
        has_letter = or_(*(table.states.contains(one) for one in letters))
        changed, start = 0, 0
        while True:
            query = select(table.number).where(table.mailing == mailing, table.number >= start, has_letter)
            numbers = [int(row[0]) for row in self._read(query.order_by(table.number).limit(_HASHES))]
            if not numbers:
                return changed
            changed += sum(self._replace(mailing, number, letters, letter) for number in numbers)
            start = numbers[-1] + 1

    def settle(self, mailing: int, sent: Mapping[int, Mapping[int, str]]) -> int:
        """Turn entries into sent ones, by batch and position, each with its id; returns how many were not."""
        return sum(
            self._database.run(_settle, mailing, number, [(place, SENT, ids[place], None) for place in sorted(ids)])
            for number, ids in sent.items()
        )

    def decide(self, mailing: int, letters: Mapping[str, str], code: str) -> int:
        """Turn unknown entries into what somebody has found out, by their keys; returns how many were unknown."""
        left = dict(letters)
        decided = start = 0
        while left and (page := self._database.run(_read_page, mailing, start, UNKNOWN)):
            for number, states, keys, _ in page:
                found = [place for place, key in enumerate(keys) if states[place] == UNKNOWN and key in left]
                rows: list[OutcomeRow] = [(place, left.pop(keys[place]), None, code) for place in found]
                decided += self._database.run(_settle, mailing, number, rows) if rows else 0
            start = page[-1][0] + 1
        return decided

    def _execute(self, statement: Executable) -> None:
        self._database.run(lambda db, _: db.execute(statement))

    def _read(self, query: Executable) -> Sequence[Any]:
        return self._database.run(lambda db, _: db.execute(query).all())

    def _replace(self, mailing: int, number: int, letters: str, letter: str, *, steal: bool = False) -> int:
        return self._database.run(_replace, mailing, number, letters, letter, steal)

    def _skip_enrolled(self, mailing: int, stream: Iterator[str]) -> int:
        """Skip what was enrolled before, which has to be the first keys of the stream; returns the next batch."""
        table = schema.keys.c
        start = 0
        while True:
            query = select(table.batch, table.packed).where(table.mailing == mailing, table.batch >= start)
            rows = self._read(query.order_by(table.batch).limit(_PAGE))
            if not rows:
                return start
            for number, packed in rows:
                before = json.loads(packed)
                if list(islice(stream, len(before))) != before:
                    message = f"batch {number} has other keys in the journal than this enrolment"
                    raise ConfigurationError(f"{message}; with keys_are_unique, repeat it with the same keys in order")
            start = rows[-1].batch + 1


def _analyze(db: Connection, _attempt: int) -> None:
    """Let the database count its rows: without, PostgreSQL reads whole tables to find the next batch."""
    word = "ANALYZE TABLE" if db.dialect.name in ("mysql", "mariadb") else "ANALYZE"
    for table in (schema.batches, schema.keys):
        db.execute(text(f"{word} {table.name}"))


def _suspects(db: Connection, _attempt: int, mailing: int, ahead: int) -> list[int]:
    """Return the batches that were handed out, and so many of those that follow them."""
    table = schema.batches.c
    numbers = select(table.number).where(table.mailing == mailing)
    waiting = numbers.where(table.status == schema.WAITING).order_by(table.number).limit(ahead)
    return [*db.scalars(numbers.where(table.status == schema.OFFERED)), *db.scalars(waiting)]


def _check_keys(chunk: Sequence[Any]) -> None:
    for key in chunk:
        problems = check_key(key)
        if not problems and len(key) > schema.MAX_KEY:
            problems = [Problem("key", f"must have at most {schema.MAX_KEY} characters")]
        if problems:
            raise invalid(problems)


def _hash(key: str) -> bytes:
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()


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
    for start in range(0, len(ordered), _HASHES):
        some = ordered[start : start + _HASHES]
        query = select(table.c.hash).where(table.c.mailing == mailing, table.c.hash.in_(some))
        known.update(map(bytes, db.scalars(query)))
    new = [digest for digest in ordered if digest not in known]
    if new:
        db.execute(insert(table), [{"mailing": mailing, "hash": digest} for digest in sorted(new)])
    return [hashes[digest] for digest in new]


def _claim(db: Connection, _attempt: int, mailing: int, number: int, lease: int, token: str) -> Claim | str | None:
    place = {"of_mailing": mailing, "of_number": number}
    db.execute(_CLAIM, {**place, "my_token": token, "lease": lease})
    row = db.execute(_READ_CLAIM, place).one_or_none()
    if row is None:
        return None
    if row.token != token:
        return "done" if row.status == schema.DONE else "held"
    db.execute(_START, {"of_mailing": mailing})
    return Claim(mailing, number, token, json.loads(row.packed), row.states, row.version, row.claims)


def _identify(db: Connection, _attempt: int, mailing: int, identity: MailingIdentity) -> str | None:
    """Note what a mailing sends, if nothing is noted yet; returns what is different from what is noted."""
    table = schema.mailings
    place = table.c.id == mailing
    columns = (table.c.fingerprint, table.c.region, table.c.endpoint, table.c.account)
    row = db.execute(select(*columns).where(place)).one()
    if row.fingerprint is None:
        values = {
            "fingerprint": identity.fingerprint,
            "region": identity.region,
            "endpoint": identity.endpoint,
            "account": identity.account,
        }
        db.execute(update(table).where(place, table.c.fingerprint.is_(None)).values(values))
        row = db.execute(select(*columns).where(place)).one()
    before = MailingIdentity(bytes(row.fingerprint), row.region, row.endpoint, row.account)
    difference = identity.find_difference(before)
    if not difference and before.account is None and identity.account:
        db.execute(update(table).where(place, table.c.account.is_(None)).values(account=identity.account))
    return difference


def _offer(db: Connection, _attempt: int, mailing: int, patience: int, at_least: int, lost: bool) -> list[int]:
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
    wanted = max(at_least, active) - waiting - len(offered)
    if wanted > 0:
        numbers = db.scalars(_FRESH, {**place, "wanted": wanted}).all()
        offered += [number for number in numbers if _take_offer(db, mailing, number, schema.WAITING, patience)]
    return offered


def _take(db: Connection, _attempt: int, mailing: int, patience: int) -> int | None:
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


def _is_over(db: Connection, _attempt: int, mailing: int) -> bool:
    # Workers without work ask this again and again, so it must not count batches, as a report does.
    place = {"of_mailing": mailing}
    status = db.execute(_READ_STATUS, place).one().status
    # One status at a time, in the order of the index: for both at once, PostgreSQL reads batch after batch.
    left = (
        db.execute(_FIRST, {**place, "of_status": one}).first() is not None for one in (schema.OFFERED, schema.WAITING)
    )
    return status == "stopped" or not any(left)


def _take_offer(db: Connection, mailing: int, number: int, status: int, patience: int) -> bool:
    """Note that a batch is handed out, unless somebody else has just done so."""
    values = {"of_mailing": mailing, "of_number": number, "of_status": status, "patience": patience}
    return bool(db.execute(_TAKE_OFFER, values).rowcount)


def _replace(db: Connection, _attempt: int, mailing: int, number: int, letters: str, letter: str, steal: bool) -> int:
    """Replace letters in the states of a batch that nobody works on, or with `steal` of any."""
    table = schema.batches
    place = (table.c.mailing == mailing, table.c.number == number)
    while True:
        row = db.execute(select(table.c.states, table.c.version, table.c.status).where(*place)).one()
        states = "".join(letter if one in letters else one for one in row.states)
        count = sum(one in letters for one in row.states)
        if not count and not steal:
            return 0
        to_send = any(one in TO_SEND for one in states)
        values: dict[str, Any] = {"states": states, "version": row.version + 1, **counts(states)}
        if steal:
            values |= {"token": None, "leased_until": 0, "offered_until": 0}
        if to_send and row.status == schema.DONE:
            values |= {"status": schema.WAITING, "offered_until": 0, "token": None, "leased_until": 0}
        elif not to_send:
            values |= {"status": schema.DONE, "done_at": schema.now()}
        is_free: Sequence[ColumnElement[bool]] = () if steal else (table.c.leased_until <= schema.now(),)
        same = table.c.version == row.version
        if db.execute(update(table).where(*place, same, *is_free).values(values)).rowcount:
            return count
        if not steal and _is_held(db, place):
            return 0


def _settle(db: Connection, _attempt: int, mailing: int, number: int, rows: Sequence[OutcomeRow]) -> int:
    identity = hashlib.blake2b(json.dumps(rows).encode(), digest_size=8).hexdigest()
    settled = settle(db, mailing, number, {position: letter for position, letter, _, _ in rows})
    if settled and not has_outcomes(db, mailing, number, identity):
        insert_outcomes(db, mailing, number, identity, rows, late=True)
    return len(settled)


def _is_held(db: Connection, place: Sequence[ColumnElement[bool]]) -> bool:
    return (
        db.execute(select(schema.batches.c.number).where(*place, schema.batches.c.leased_until > schema.now())).first()
        is not None
    )


def _report(db: Connection, _attempt: int, name: str, mailing: int) -> MailingReport:
    table, mailings = schema.batches.c, schema.mailings.c
    head = db.execute(
        select(mailings.status, mailings.reason, mailings.entries, mailings.batches, mailings.started_at).where(
            mailings.id == mailing
        )
    ).one()
    current = db.execute(select(schema.now())).scalar_one()

    # Only batches that were begun and are not done are counted letter by letter: a mailing may have 200,000.
    is_done = table.status == schema.DONE

    def count(letter: str, counted: ColumnElement[int] | int = 0, untouched: ColumnElement[int] | int = 0) -> Any:
        letters = func.length(table.states) - func.length(func.replace(table.states, letter, ""))
        return func.sum(case((is_done, counted), (table.version == 0, untouched), else_=letters))

    def where(condition: ColumnElement[bool], value: Any = 1) -> ColumnElement[int]:
        return func.sum(case((condition, value), else_=0))

    offered = table.status == schema.OFFERED
    is_held = offered & (table.leased_until > current)
    row = (
        db.execute(
            select(
                count(PENDING, untouched=table.size).label("pending"),
                count(AGAIN).label("again"),
                count(IN_FLIGHT).label("in_flight"),
                count(SENT, table.sent).label("sent"),
                count(FAILED, table.failed).label("failed"),
                count(UNKNOWN, table.unknown).label("unknown"),
                count(SKIPPED, table.skipped).label("skipped"),
                where(table.status == schema.WAITING).label("waiting"),
                where(offered & (table.leased_until <= current) & (table.offered_until > current)).label("offered"),
                where(is_held).label("active"),
                where(offered & (table.leased_until <= current) & (table.offered_until <= current)).label("lost"),
                where(table.status == schema.DONE).label("done"),
                where(table.claims > 1, table.claims - 1).label("takeovers"),
                where(table.done_at > current - _MINUTE, table.size).label("recent"),
            ).where(table.mailing == mailing)
        )
        .mappings()
        .one()
    )
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


_Page = tuple[int, str, Sequence[str], Sequence[Sequence[Any]]]
"""A batch: its number, states, keys, and outcomes in the order in which they came."""


def _read_page(db: Connection, _attempt: int, mailing: int, start: int, letters: str) -> list[_Page]:
    table, keys, outcomes = schema.batches.c, schema.keys.c, schema.outcomes.c
    has_letter = or_(*(table.states.contains(letter) for letter in letters))
    query = (
        select(table.number, table.states, keys.packed)
        .join_from(schema.batches, schema.keys, (keys.mailing == table.mailing) & (keys.batch == table.number))
        .where(table.mailing == mailing, table.number >= start, has_letter)
        .order_by(table.number)
        .limit(_PAGE)
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


def _outcomes_of(
    number: int, states: str, keys: Sequence[str], outcomes: Sequence[Sequence[Any]], letters: str
) -> Iterator[EntryOutcome]:
    latest: dict[tuple[int, str], Sequence[Any]] = {(row[0], row[1]): row for row in outcomes}
    for position, (letter, key) in enumerate(zip(states, keys, strict=True)):
        if letter in letters:
            _, _, message_id, code = latest.get((position, LETTERS[STATES[letter]]), (position, letter, None, None))
            yield EntryOutcome(key, STATES[letter], message_id, code, number)
