"""The journal that the workers of a fleet share: mailings and their batches in the tables of a database.

Every statement can be repeated, and every write that follows from a claim has the token of the claim in its condition.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Executable,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from .._core.exceptions import ConfigurationError, JournalError
from .._core.settings import SWITCH, Rule, check_settings
from ..bulk.journal import MailingIdentity
from . import offers, queries, schema
from .batch import BatchJournal, Claim
from .database import Database
from .enrolment import enrol
from .outcomes import OutcomeRow, has_outcomes, insert_outcomes, settle
from .reports import EntryOutcome, MailingReport
from .states import (
    IN_FLIGHT,
    SENT,
    STATES,
    TO_SEND,
    UNKNOWN,
    FleetState,
    counts,
)

_BATCHES_AT_A_TIME: Final = 500
"""Batches whose numbers are read at a time."""
_MAX_BATCHES: Final = 2**31
"""Batches have lower numbers."""

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
    it is still the same server: a standby that took over may lack the last commits, and then mails would be sent
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

        The standby may lack the last commits. So what is pending in the batches that were handed out, and in those
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

    # Used by mailings -----------------------------------------------------------------------------

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
        return enrol(self._database, mailing, keys, batch_size=batch_size, vouched=vouched)

    def claim(self, mailing: int, number: int, lease: int, token: str) -> Claim | str:
        """Take a batch; returns why not if it can't be: it is `done`, or `held` by another worker.

        Raises:
            ConfigurationError: There is no such batch.
        """
        is_number = type(number) is int and 0 <= number < _MAX_BATCHES
        claim = self._database.run(_claim, mailing, number, lease, token) if is_number else None
        if claim is None:
            raise ConfigurationError(f"the mailing has no batch {number}")
        return claim

    def open_batch(self, claim: Claim, lease: int, halted: Callable[[JournalError], object]) -> BatchJournal:
        """Return the journal of a batch that this worker has claimed."""
        return BatchJournal(self._database, claim, lease, halted)

    def identify(self, mailing: int, identity: MailingIdentity) -> None:
        """Note the identity of a mailing at its first run; check at later ones that it is the same.

        Raises:
            ConfigurationError: It is another mailing, region or account.
        """
        if difference := self._database.run(_identify, mailing, identity):
            message = f"the journal has a mailing of this name with {difference}; nothing was sent"
            raise ConfigurationError(f"{message}. A mailing keeps its arguments: give another one another name")

    def offer(self, mailing: int, patience: int, min_offered: int, *, lost: bool) -> list[int]:
        """Hand out batches, so that twice as many are handed out as workers are busy.

        Args:
            mailing: The mailing.
            patience: Milliseconds after which a batch that no worker has begun counts as lost.
            min_offered: How many batches wait in the engine at least.
            lost: Whether lost batches are handed out again.
        """
        return self._database.run(offers.offer, mailing, patience, min_offered, lost)

    def take(self, mailing: int, patience: int) -> int | None:
        """Hand out one batch, a lost one or the next one; None if there is no batch, or the mailing is halted.

        Args:
            mailing: The mailing.
            patience: Milliseconds after which a batch that no worker has begun counts as lost.
        """
        return self._database.run(offers.take, mailing, patience)

    def is_over(self, mailing: int) -> bool:
        """Return whether no worker has anything to do: every batch is done, or the mailing is stopped."""
        return self._database.run(offers.is_over, mailing)

    def take_back(self, mailing: int, numbers: Sequence[int]) -> None:
        """Note that batches were not handed out after all: the next sweep does it."""
        table = schema.batches.c
        place = (table.mailing == mailing, table.number.in_(numbers), table.status == schema.OFFERED)
        self._execute(update(schema.batches).where(*place).values(offered_until=0))

    def report(self, name: str, mailing: int) -> MailingReport:
        """Return the numbers of a mailing."""
        return self._database.run(queries.report, name, mailing)

    def outcomes(self, mailing: int, state: FleetState | None) -> Iterator[EntryOutcome]:
        """Yield the outcomes of a mailing's entries, batch by batch."""
        letters = "".join(letter for letter, name in STATES.items() if state in (None, name))
        start = 0
        while page := self._database.run(queries.read_page, mailing, start, letters):
            for number, states, keys, outcomes in page:
                yield from queries.outcomes_of(number, states, keys, outcomes, letters)
            start = page[-1][0] + 1

    def replace(self, mailing: int, letters: str, letter: str) -> int:
        """Replace letters in all batches, and let those be handed out that have something to send then.

        Returns:
            int: How many entries were changed. Batches that a worker has are left as they are.
        """
        table = schema.batches.c
        has_letter = or_(*(table.states.contains(one) for one in letters))
        changed, start = 0, 0
        while True:
            query = select(table.number).where(table.mailing == mailing, table.number >= start, has_letter)
            numbers = [int(row[0]) for row in self._read(query.order_by(table.number).limit(_BATCHES_AT_A_TIME))]
            if not numbers:
                return changed
            changed += sum(self._replace(mailing, number, letters, letter) for number in numbers)
            start = numbers[-1] + 1

    def settle(self, mailing: int, sent: Mapping[int, Mapping[int, str]]) -> int:
        """Note that entries were sent, each with the id of its mail; returns how many were not known to be sent."""
        return sum(
            self._database.run(_settle, mailing, number, [(place, SENT, ids[place], None) for place in sorted(ids)])
            for number, ids in sent.items()
        )

    def decide(self, mailing: int, letters: Mapping[str, str], code: str) -> int:
        """Note what became of unknown entries, by their keys; returns how many of them were unknown."""
        left = dict(letters)
        decided = start = 0
        while left and (page := self._database.run(queries.read_page, mailing, start, UNKNOWN)):
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


def _suspects(db: Connection, _attempt: int, mailing: int, ahead: int) -> list[int]:
    """Return the batches that were handed out, and so many of those that follow them."""
    table = schema.batches.c
    numbers = select(table.number).where(table.mailing == mailing)
    waiting = numbers.where(table.status == schema.WAITING).order_by(table.number).limit(ahead)
    return [*db.scalars(numbers.where(table.status == schema.OFFERED)), *db.scalars(waiting)]


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
    """Note the identity of a mailing if none is noted yet; returns how it differs from the one that is noted."""
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


def _replace(db: Connection, _attempt: int, mailing: int, number: int, letters: str, letter: str, steal: bool) -> int:
    """Replace letters in the states of a batch that no worker has, or with `steal` of any batch."""
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
