"""The journal of one batch for one run: what a worker writes while it holds the batch's lease.

Writers wait for each other, and each one writes what the others have noted meanwhile as well: a commit serves several
requests, and a run needs one connection.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, cast

import attrs
from sqlalchemy import BigInteger, Connection, bindparam, select, update

from .._core.exceptions import ConfigurationError, JournalError
from ..bulk.journal import EntryRecord, EntryState, Key, KnownEntry
from . import schema
from .database import Database
from .errors import EntriesSettledError, LeaseLostError, MailingHaltedError
from .outcomes import OutcomeRow, has_outcomes, insert_outcomes, settle
from .states import (
    AGAIN,
    IN_FLIGHT,
    LETTERS,
    PENDING,
    SENT,
    STATES,
    TO_SEND,
    UNKNOWN,
    counts,
    has_any,
    with_letters,
)

_CHECK_INTERVAL: Final = 1.0
"""Seconds after which a worker that begins a request reads again whether the mailing goes on."""


@attrs.frozen
class Claim:
    """A batch that this worker holds."""

    mailing: int
    number: int
    token: str
    keys: Sequence[str]
    states: str
    version: int
    claims: int


_batches = schema.batches.c
_MINE: Final = (
    _batches.mailing == bindparam("of_mailing"),
    _batches.number == bindparam("of_number"),
    _batches.token == bindparam("my_token"),
)
# Made once: these statements are performed for each request, or for each batch.
_WRITE: Final = (
    update(schema.batches)
    .where(*_MINE, _batches.version == bindparam("my_version"))
    .values(states=bindparam("new_states"), version=_batches.version + 1)
)
_WRITE_STATES: Final = _WRITE.values(leased_until=schema.now() + bindparam("lease", type_=BigInteger))
_RENEW: Final = (
    update(schema.batches).where(*_MINE).values(leased_until=schema.now() + bindparam("lease", type_=BigInteger))
)
_READ_MINE: Final = select(_batches.states, _batches.version).where(*_MINE)
_READ_STATUS: Final = (
    select(schema.mailings.c.status, schema.mailings.c.reason)
    .join(schema.batches, schema.mailings.c.id == _batches.mailing)
    .where(*_MINE)
)
_RELEASE: Final = _WRITE.values(
    token=None,
    leased_until=0,
    **{name: bindparam(f"new_{name}") for name in ("sent", "failed", "unknown", "skipped")},
)
_GIVE_BACK: Final = _RELEASE.values(status=schema.OFFERED, offered_until=0)
_FINISH: Final = _RELEASE.values(status=schema.DONE, done_at=schema.now())


class BatchJournal:
    """A `sesv2kit.bulk.Journal` of one batch. Safe to share between threads.

    Args:
        database: Where it is.
        claim: The batch.
        lease: Milliseconds for which each write prolongs the lease.
        halted: Called with the error, once, when the batch was lost or the mailing was halted.
    """

    def __init__(self, database: Database, claim: Claim, lease: int, halted: Callable[[JournalError], object]) -> None:
        self.claim = claim
        self.states: str = claim.states
        """The states as this worker knows them; those in the database may lag behind for a moment."""
        self._database = database
        self._lease = lease
        self._halted = halted
        self._version = claim.version
        self._positions: Mapping[str, int] = {key: position for position, key in enumerate(claim.keys)}
        self._seen: set[int] = set()
        self._mutex = threading.Lock()
        self._writing = threading.Lock()
        self._noted = 0
        """How many changes were noted."""
        self._written = 0
        """How many of them are durable."""
        self._failed = 0
        """How many had been noted when a write failed last."""
        self._failure: JournalError | None = None
        """Why it failed."""
        self._unwritten: dict[int, str] = {}
        """Letters that are not durable yet, by position."""
        self._outcomes: list[OutcomeRow] = []
        """Outcomes that are not durable yet."""
        self.lost: JournalError | None = None
        """Why this worker may begin nothing more, if it may not."""
        self._checked_at = time.monotonic()

    def look_up(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> list[KnownEntry]:
        """Return what is known of keys; all of them are keys of the batch.

        Raises:
            ConfigurationError: A key is not one of the batch.
        """
        del digests  # entries of a fleet have keys
        with self._mutex:
            return [self._known(key) for key in keys]

    def begin(self, keys: Iterable[Key]) -> None:
        """Note, durably, that keys are in flight.

        Raises:
            LeaseLostError: Another worker has taken the batch over.
            MailingHaltedError: The mailing was paused or stopped.
            EntriesSettledError: An event has settled some of them meanwhile.
            JournalError: The database can't be written.
        """
        positions = [self._position(key) for key in keys]
        self.check()
        before = {position: self.states[position] for position in positions}
        try:
            self._write(self._note(dict.fromkeys(positions, IN_FLIGHT), ()))
            if any(self.states[position] == SENT for position in positions):
                number = self.claim.number
                raise EntriesSettledError(f"an event has settled an entry of batch {number}; nothing was sent")
        except JournalError:
            self._note(before, ())  # the next write takes it along
            raise

    def record(self, rows: Iterable[EntryRecord]) -> None:
        """Note what became of keys. If another worker has the batch by now, the outcomes are kept as late ones.

        What was not begun, and is to be sent later, stays as it is: if it is to be sent again, it still is.

        Raises:
            LeaseLostError: Another worker has taken the batch over.
            JournalError: The database can't be written: what was in flight becomes unknown later.
        """
        found: list[OutcomeRow] = []
        letters: dict[int, str] = {}
        for row in rows:
            position = self._position(row.key)
            letter = LETTERS[row.state]
            if letter in (PENDING, UNKNOWN) and self.states[position] in TO_SEND:
                continue
            letters[position] = letter
            if letter != PENDING:
                found.append((position, letter, row.message_id, row.code))
        if letters:
            self._write(self._note(letters, found))

    def skip(self, positions: Iterable[int], letter: str) -> None:
        """Note entries that are not to be sent."""
        if letters := dict.fromkeys(positions, letter):
            self._write(self._note(letters, ()))

    def close(self) -> None:
        """Do nothing: the batch is given back by `release`."""

    def check(self) -> None:
        """Raise an error if this worker may not begin another request.

        Raises:
            LeaseLostError: Another worker has taken the batch over.
            MailingHaltedError: The mailing was paused or stopped.
        """
        if self.lost:
            raise self.lost
        if time.monotonic() - self._checked_at >= _CHECK_INTERVAL:
            with self._writing:
                if not self.lost:  # another thread may have found out meanwhile
                    self._check_status()
            if self.lost:
                raise self.lost

    def renew(self) -> None:
        """Prolong the lease, and read whether the mailing goes on."""
        with self._writing:
            self._take_status(self._renew)

    def _check_status(self) -> None:
        try:
            self._take_status(self._read_status)  # what follows writes, and prolongs the lease by that
        except JournalError as error:
            self._lose(error)

    def _take_status(self, read: Callable[[Connection, int], tuple[str | None, str | None]]) -> None:
        """Note whether this worker still has the batch, and the mailing goes on."""
        status, reason = self._database.run(read)
        if status is None:
            self._lose(self._lease_lost())
        elif status != "running":
            self._lose(MailingHaltedError(f"the mailing is {status}", status, reason))
        self._checked_at = time.monotonic()

    def release(self) -> str:
        """Give the batch back, and return its states: done, or to be handed out by the next sweep.

        Raises:
            LeaseLostError: Another worker has taken it over.
            JournalError: The database can't be written; the lease runs out.
        """
        self._write(self._note({}, ()))  # once more, if an earlier write has failed
        with self._writing:
            return self._database.run(self._release)

    def _known(self, key: Key) -> KnownEntry:
        position = self._position(key)
        repeated = position in self._seen
        self._seen.add(position)
        letter = self.states[position]
        return KnownEntry(cast(EntryState, STATES[letter]), repeated=repeated, resend=letter == AGAIN)

    def _position(self, key: Key) -> int:
        try:
            return self._positions[key]  # type: ignore[index]  # pyright: ignore[reportArgumentType]
        except KeyError:
            raise ConfigurationError(f"the entries of batch {self.claim.number} have a key that is not in it") from None

    def _note(self, letters: Mapping[int, str], outcomes: Iterable[OutcomeRow]) -> int:
        with self._mutex:
            self._unwritten.update(letters)
            self._outcomes += outcomes
            self.states = with_letters(self.states, letters)
            self._noted += 1
            return self._noted

    def _write(self, number: int) -> None:
        """Make a change durable, with all that were noted before it."""
        with self._writing:
            if self._written >= number:
                return
            if self._failure and self._failed >= number:
                raise self._failure  # each writer would wait for the database as long again
            with self._mutex:
                noted, states = self._noted, self.states
                letters, outcomes = dict(self._unwritten), list(self._outcomes)
            identity = secrets.token_hex(8)
            try:
                self._database.run(lambda db, attempt: self._save(db, attempt, identity, states, letters, outcomes))
            except LeaseLostError as error:
                if outcomes:
                    self._database.run(lambda db, _: self._save_late(db, identity, outcomes))
                    self._forget(letters, outcomes)
                self._lose(error)
                raise
            except JournalError as error:
                self._failed, self._failure = self._noted, error
                self._lose(error)
                raise
            self._forget(letters, outcomes)
            self._written = noted

    def _forget(self, letters: Mapping[int, str], outcomes: Sequence[OutcomeRow]) -> None:
        with self._mutex:
            for position, letter in letters.items():
                if self._unwritten.get(position) == letter:
                    del self._unwritten[position]
            del self._outcomes[: len(outcomes)]

    def _lose(self, error: JournalError) -> None:
        if self.lost is None:
            self.lost = error
            self._halted(error)

    def _place(self) -> dict[str, Any]:
        return {"of_mailing": self.claim.mailing, "of_number": self.claim.number, "my_token": self.claim.token}

    def _save(
        self,
        db: Connection,
        attempt: int,
        identity: str,
        states: str,
        letters: Mapping[int, str],
        outcomes: Sequence[OutcomeRow],
    ) -> None:
        """Write states, unless another worker has the batch; events may have settled entries of it meanwhile."""
        is_written = not attempt and self._write_states(db, states)
        while not is_written:
            row = db.execute(_READ_MINE, self._place()).one_or_none()
            if row is None:
                raise self._lease_lost()
            self._version = row.version
            is_written = self._write_states(db, with_letters(row.states, letters))
            with self._mutex:
                self.states = with_letters(row.states, self._unwritten)
        if outcomes and not (attempt and has_outcomes(db, self.claim.mailing, self.claim.number, identity)):
            insert_outcomes(db, self.claim.mailing, self.claim.number, identity, outcomes, late=False)

    def _write_states(self, db: Connection, states: str) -> bool:
        """Write states over the version that was read last; returns whether it was still that."""
        values = {**self._place(), "new_states": states, "my_version": self._version, "lease": self._lease}
        written = db.execute(_WRITE_STATES, values)
        self._version += written.rowcount
        return bool(written.rowcount)

    def _save_late(self, db: Connection, identity: str, outcomes: Sequence[OutcomeRow]) -> None:
        """Keep outcomes of a batch that another worker has; their entries are not unknown any more."""
        if not has_outcomes(db, self.claim.mailing, self.claim.number, identity):
            insert_outcomes(db, self.claim.mailing, self.claim.number, identity, outcomes, late=True)
        letters = {position: letter for position, letter, _, _ in outcomes}
        settle(db, self.claim.mailing, self.claim.number, letters, self.claim.claims)

    def _renew(self, db: Connection, attempt: int) -> tuple[str | None, str | None]:
        """Prolong the lease; returns what `_read_status` does."""
        db.execute(_RENEW, {**self._place(), "lease": self._lease})
        return self._read_status(db, attempt)

    def _read_status(self, db: Connection, _attempt: int) -> tuple[str | None, str | None]:
        """Return the mailing's status and its reason; None if another worker has the batch."""
        row = db.execute(_READ_STATUS, self._place()).one_or_none()
        return (row.status, row.reason) if row else (None, None)

    def _release(self, db: Connection, attempt: int) -> str:
        while True:
            row = db.execute(_READ_MINE, self._place()).one_or_none()
            if row is None:
                if attempt:  # the commit before may have succeeded
                    table, claim = schema.batches.c, self.claim
                    place = (table.mailing == claim.mailing, table.number == claim.number)
                    return str(db.execute(select(table.states).where(*place)).scalar_one())
                raise self._lease_lost()
            states = str(row.states).replace(IN_FLIGHT, UNKNOWN)
            values: dict[str, Any] = {"new_states": states, "my_version": row.version, **self._place()}
            values |= {f"new_{name}": count for name, count in counts(states).items()}
            statement = _GIVE_BACK if has_any(states, TO_SEND) else _FINISH
            if db.execute(statement, values).rowcount:
                return states

    def _lease_lost(self) -> LeaseLostError:
        number = self.claim.number
        return LeaseLostError(f"batch {number} was taken over by another worker; this one sent nothing more of it")
