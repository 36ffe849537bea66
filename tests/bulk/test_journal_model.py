"""The journal against a model of what its documentation promises: any calls, in any order, with crashes in between."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, cast

import attrs
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from sesv2kit import errors
from sesv2kit.bulk import EntryRecord, KnownEntry, MailingIdentity, sqlite
from sesv2kit.bulk.journal import EntryState, Key
from sesv2kit.bulk.sqlite import SqliteJournal

EXAMPLES: Final = int(os.environ.get("SESV2KIT_EXAMPLES", "25"))
"""How many sequences of calls are tried; SESV2KIT_EXAMPLES raises it."""
IDENTITY: Final = MailingIdentity(b"july", "eu-west-1", "http://127.0.0.1:9", None)
COUNT: Final = 6
"""How many entries the mailing has."""
_RECORDED: Final[tuple[EntryState, ...]] = ("pending", "sent", "failed", "unknown")
_numbers = st.integers(0, COUNT - 1)
_order = st.lists(_numbers, min_size=1, max_size=2 * COUNT)
_contents = st.sampled_from([0, 0, 0, 1])
_states = st.lists(st.sampled_from(_RECORDED), min_size=COUNT, max_size=COUNT)


@attrs.define
class Entry:
    """What is known of an entry whatever happens, and what depends on the run."""

    state: EntryState = "pending"
    message_id: str | None = None
    code: str | None = None
    digest: bytes | None = None
    was_seen: bool = False
    """Whether this run has looked it up."""
    request: int | None = None
    """The request that it is in flight in."""


class JournalModel(RuleBasedStateMachine):
    """A journal, and the entries of its mailing as they must be."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._path = Path(self._folder.name) / "0"
        self._files = 0
        self._journal = SqliteJournal(self._path, IDENTITY)
        self._entries = [Entry() for _ in range(COUNT)]
        self._requests: dict[int, list[int]] = {}
        """The entries of each request, also of those that have ended."""
        self._has_keys = True
        self._patch = pytest.MonkeyPatch()

    def teardown(self) -> None:
        """Remove the files."""
        self._journal.close()
        self._folder.cleanup()
        self._patch.undo()

    @initialize(has_keys=st.booleans(), max_places=st.sampled_from([2, 1000]))
    def choose(self, has_keys: bool, max_places: int) -> None:
        """Choose whether the mailing has keys, and how many rows may wait to be written."""
        self._has_keys = has_keys
        self._patch.setattr(sqlite, "_MAX_PLACES", max_places)

    def _key(self, number: int) -> Key:
        return f"user {number}" if self._has_keys else number

    def _look_up(self, numbers: Sequence[int], contents: int) -> None:
        """Look up entries, and compare what the journal knows of them. A run has each position once.

        Args:
            numbers: The entries.
            contents: Says what the entries contain; with keys it does not matter.
        """
        if not self._has_keys:
            numbers = [number for number in dict.fromkeys(numbers) if not self._entries[number].was_seen]
        digests = [None if self._has_keys else bytes([contents, number]) for number in numbers]
        known = self._journal.look_up(list(map(self._key, numbers)), digests)
        assert len(known) == len(numbers)
        for number, digest, found in zip(numbers, digests, known, strict=True):
            entry = self._entries[number]
            if entry.was_seen:
                assert found.repeated
                continue
            entry.was_seen = True
            if entry.state in ("sent", "unknown"):
                changed = digest != entry.digest
                assert found == KnownEntry(entry.state, entry.message_id, entry.code, changed=changed)
                continue
            if digest != entry.digest:
                entry.state, entry.message_id, entry.code, entry.digest = "pending", None, None, digest
            assert found == KnownEntry(entry.state, entry.message_id, entry.code)

    @rule(start=st.sampled_from([0, 0, *range(COUNT)]), count=st.integers(1, COUNT), contents=_contents)
    def look_up_in_order(self, start: int, count: int, contents: int) -> None:
        """Look up entries that come in the order of the source."""
        self._look_up(range(start, min(start + count, COUNT)), contents)

    @rule(numbers=_order, contents=_contents)
    def look_up_in_another_order(self, numbers: list[int], contents: int) -> None:
        """Look up entries as they come, some of them more than once."""
        self._look_up(numbers, contents)

    @precondition(lambda self: any(entry.was_seen for entry in self._entries))
    @rule()
    def look_up_keys_of_the_other_kind(self) -> None:
        """Look up what has a key if the others have none, or the other way round."""
        try:
            self._journal.look_up([0 if self._has_keys else "user 0"], [None])
        except errors.ConfigurationError:
            return
        raise AssertionError("keys and positions in one mailing")

    @rule(numbers=_order)
    def begin(self, numbers: list[int]) -> None:
        """Begin a request with entries that are not in flight, which are looked up before."""
        entries = self._to_send(numbers)
        if not entries:
            return
        self._journal.begin(list(map(self._key, entries)))
        request = len(self._requests)
        self._requests[request] = entries
        for number in entries:
            self._entries[number].request = request

    def _to_send(self, numbers: Sequence[int]) -> list[int]:
        """Look up what was not looked up yet; returns the entries that can be sent, each once."""
        self._look_up([number for number in dict.fromkeys(numbers) if not self._entries[number].was_seen], 0)
        left = [number for number in dict.fromkeys(numbers) if self._entries[number].request is None]
        return [number for number in left if self._entries[number].state != "sent"]

    def _record(self, numbers: Sequence[int], states: Sequence[EntryState]) -> None:
        for number, state in zip(numbers, states, strict=False):
            entry = self._entries[number]
            entry.state, entry.request = state, None
            entry.message_id = f"id {number}" if state == "sent" else None
            entry.code = "CODE" if state in ("failed", "unknown") else None
        self._record_again(numbers)

    def _record_again(self, numbers: Sequence[int]) -> None:
        facts = [(self._key(number), self._entries[number]) for number in numbers]
        self._journal.record([EntryRecord(key, entry.state, entry.message_id, entry.code) for key, entry in facts])

    def _in_flight(self) -> dict[int, list[int]]:
        """Return the entries in flight by their requests."""
        left = {
            request: [number for number in numbers if self._entries[number].request == request]
            for request, numbers in self._requests.items()
        }
        return {request: numbers for request, numbers in left.items() if numbers}

    @precondition(lambda self: self._in_flight())
    @rule(data=st.data(), states=_states)
    def record_a_request(self, data: st.DataObject, states: list[EntryState]) -> None:
        """Record all that is left of a request."""
        self._record(data.draw(st.sampled_from(list(self._in_flight().values()))), states)

    @precondition(lambda self: self._in_flight())
    @rule(data=st.data(), states=_states)
    def record_a_part(self, data: st.DataObject, states: list[EntryState]) -> None:
        """Record some entries that are in flight, of one request or of several."""
        in_flight = [number for numbers in self._in_flight().values() for number in numbers]
        self._record(data.draw(st.lists(st.sampled_from(in_flight), min_size=1, unique=True)), states)

    @rule(numbers=_order, state=st.sampled_from(["pending", "failed"]))
    def record_what_never_left(self, numbers: list[int], state: EntryState) -> None:
        """Record what became of entries whose request failed before it left."""
        entries = self._to_send(numbers)
        new = [number for number in entries if self._entries[number].state != "unknown"]
        states: list[EntryState] = [state] * len(new)
        self._record(new, states)

    @rule(numbers=_order)
    def record_again(self, numbers: list[int]) -> None:
        """Record what was recorded already."""
        entries = enumerate(self._entries)
        ended = [number for number, entry in entries if entry.was_seen and entry.request is None]
        self._record_again([number for number in numbers if number in ended])

    @rule(
        is_killed=st.booleans(),
        others=st.lists(st.sampled_from(["mailing", "run", "crash"]), max_size=2),
        order=st.permutations(range(COUNT)) | st.just(range(COUNT)),
        count=st.sampled_from([COUNT, COUNT, *range(COUNT)]),
        contents=_contents,
    )
    def open_again(self, is_killed: bool, others: list[str], order: Sequence[int], count: int, contents: int) -> None:
        """End the run or kill it, and begin another one, perhaps after others that did nothing; look up entries."""
        if is_killed:
            self._kill()
        self._journal.close()
        for other in others:
            if other == "mailing":
                self._open_for_another_mailing()
                continue
            self._journal = SqliteJournal(self._path, IDENTITY)
            if other == "crash":
                self._kill()
            self._journal.close()
        self._journal = SqliteJournal(self._path, IDENTITY)
        self._end_run()
        self._look_up(order[:count], contents)

    def _open_for_another_mailing(self) -> None:
        is_used = any(entry.state != "pending" or entry.request is not None for entry in self._entries)
        try:
            SqliteJournal(self._path, attrs.evolve(IDENTITY, fingerprint=b"august")).close()
        except errors.ConfigurationError:
            assert is_used, "nothing was sent, so nothing can be sent twice"
        else:
            assert not is_used, "a journal is for one mailing"

    def _kill(self) -> None:
        """Go on with the files as they are now, which is what a killed process leaves."""
        self._files += 1
        copy = self._path.with_name(str(self._files))
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{self._path}{suffix}", f"{copy}{suffix}")
        self._journal.close()
        self._path = copy

    def _end_run(self) -> None:
        """Note what a run makes of the entries of the run before."""
        self._requests.clear()
        for entry in self._entries:
            entry.was_seen = False
            if entry.request is not None:
                entry.state, entry.message_id, entry.code = "unknown", None, None
                entry.request = None


TestJournalModel: Any = cast(Any, JournalModel).TestCase
TestJournalModel.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=20, suppress_health_check=[HealthCheck.too_slow]
)
