"""A journal in memory, for as many runs as a test has."""

from collections.abc import Iterable, Sequence

import attrs

from sesv2kit.bulk import EntryRecord, Journal, KnownEntry, MailingIdentity
from sesv2kit.bulk.journal import Key


@attrs.define
class Own:
    """Journals in memory, one for each run."""

    states: dict[Key, EntryRecord] = attrs.field(factory=dict[Key, EntryRecord])
    identities: list[MailingIdentity] = attrs.field(factory=list[MailingIdentity])
    fails_in: str = ""
    """The name of a method that raises the error."""
    error: BaseException = attrs.Factory(lambda: ZeroDivisionError("no connection to the database"))
    forgets: int = 0
    """How many of the keys that are looked up it says nothing of."""
    closed: int = 0

    def open(self, identity: MailingIdentity) -> Journal:
        """Open a journal for a run."""
        self.identities.append(identity)
        return OwnRun(self)


class OwnRun:
    """A journal for one run; see `Journal` for its methods."""

    def __init__(self, own: Own) -> None:
        self._own = own
        self._seen: set[Key] = set()

    def look_up(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> list[KnownEntry]:  # noqa: ARG002
        self._maybe_fail("look_up")
        return list(map(self._look_up, keys[self._own.forgets :]))

    def _look_up(self, key: Key) -> KnownEntry:
        repeated = key in self._seen
        self._seen.add(key)
        row = self._own.states.setdefault(key, EntryRecord(key, "pending"))
        return KnownEntry(row.state, row.message_id, row.code, repeated)

    def begin(self, keys: Iterable[Key]) -> None:
        self._maybe_fail("begin")
        self._own.states.update((key, EntryRecord(key, "in flight")) for key in keys)

    def record(self, rows: Iterable[EntryRecord]) -> None:
        self._maybe_fail("record")
        self._own.states.update((row.key, row) for row in rows)

    def close(self) -> None:
        self._own.closed += 1

    def _maybe_fail(self, method: str) -> None:
        if self._own.fails_in == method:
            raise self._own.error
