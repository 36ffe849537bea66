"""What a run does with the elements of its source: it looks them up in the journal, loads them and checks them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

from .._bulk_status import status_error
from .._call.steps import RunBlocking
from .._core.exceptions import APIError, ConfigurationError, JournalError, Problem, SESv2Error
from .checks import addresses_of, check_entry, check_key, has_right_types, invalid
from .item import MAX_ENTRIES, BulkItem, Item, is_keyed
from .journal import NEW, Journal, Key, KnownEntry, OtherMailingError, journal_error
from .report import Outcome
from .results import Results
from .settings import Settings
from .steps import Load, Pulled, Steps, Work
from .verdict import ambiguous

_MAX_LOOKED_UP: Final = 100
"""Elements that are looked up in the journal at a time. With more, there are so many objects at once that Python's
garbage collector runs more often: a third of the CPU time with 400, next to nothing with 100."""
_MAX_FAILURES_IN_A_ROW: Final = 50
"""If so many functions that return entries raise, with none that returns one in between, the run ends."""
_OTHER_SOURCE: Final = "the entry at index {} is not the one that an earlier run sent; a journal is for one mailing"


class Intake:
    """Takes in the elements of a source.

    Args:
        settings: The sender's.
        journal: Where states are kept, if they are.
        results: Takes the outcomes of elements that are not to be sent.
    """

    def __init__(self, settings: Settings, journal: Journal | None, results: Results) -> None:
        self.pulling: int = 0
        """Elements that were requested and are not there yet."""
        self.has_ended: bool = False
        self.source_error: Exception | None = None
        """What the source raised, or a function that returns an entry, if it ended the run."""
        self.left: list[Item] = []
        """Items that could not be looked up or loaded before the run ended; without outcomes, not in the queue."""
        self._failures_in_a_row = 0
        self._settings = settings
        self._journal = journal
        self._results = results
        self._next_index = 0
        self._batch = MAX_ENTRIES
        self._keys: dict[int, int] = {}
        """The index of the first entry with each key, by a hash: keys may be long, and two of a million have the same
        hash in 1 of 30 million runs."""
        self._addresses: dict[int, int] = {}
        """The index of the first entry with each address in To, by a hash."""
        self._admitted = 0

    @property
    def is_limited(self) -> bool:
        """Whether the run takes no more entries."""
        return self._settings.limit is not None and self._admitted >= self._settings.limit

    def elements_to_pull(self, waiting: int, unsettled: int, max_requests: int) -> int:
        """Return how many further elements to take from the source now.

        Args:
            waiting: Entries that can fill a request now.
            unsettled: Entries without an outcome.
            max_requests: How many requests may be under way.
        """
        ahead = waiting + self.pulling
        if self.has_ended or ahead > MAX_ENTRIES or self.is_limited:
            return 0
        wanted = [MAX_ENTRIES + self._batch - ahead]
        wanted.append((max_requests + 1) * MAX_ENTRIES + self._batch - unsettled - self.pulling)
        if self._settings.limit is not None:
            wanted.append(self._settings.limit - self._admitted - self.pulling)
        return max(min(wanted), 0)

    def take_in(self, pulled: Pulled) -> "Work[list[Item]]":
        """Take in what the source gave; returns the entries to send."""
        elements = pulled.elements
        self.pulling -= len(elements)
        if pulled.ended:
            self.has_ended, self.pulling, self.source_error = True, 0, pulled.error
        if not elements:
            return []
        start = self._next_index
        self._next_index += len(elements)
        keys = plain_keys(elements) if self._journal and not self._settings.unique_recipients else ()
        if keys:
            new = yield from self._look_up_keys(start, keys, cast(Sequence[BulkItem], elements))
            # What the journal knows costs a look-up alone, so more is looked up at a time.
            self._batch = MAX_ENTRIES if new else min(self._batch * 2, _MAX_LOOKED_UP)
        else:
            items = [self._make_item(index, element) for index, element in enumerate(elements, start)]
            new = yield from self._look_up_all(items)
        return (yield from self._admit(self._not_known(new)))

    def _look_up_keys(
        self, start: int, keys: Sequence[str], elements: Sequence[BulkItem]
    ) -> "Work[list[tuple[Item, KnownEntry]]]":
        """Return the items that the journal has not sent, each with what it knows of them."""
        known = yield from self._look_up(keys, [None] * len(keys))
        if known is None:  # pragma: no cover -- coverage does not see it on Python 3.11
            self.left += [self._make_item(index, element) for index, element in enumerate(elements, start)]
            return []
        outcomes: list[Outcome] = []
        new: list[tuple[Item, KnownEntry]] = []
        for index, (element, found) in enumerate(zip(elements, known, strict=True), start):
            if found.state == "sent" and not found.repeated:
                entry = element.entry
                outcome = Outcome(
                    index, element.key, None if callable(entry) else entry, "sent", found.message_id, resumed=True
                )
                outcomes.append(outcome)
            else:
                new.append((self._make_item(index, element), found))
        self._results.add(outcomes)
        return new

    def _look_up_all(self, items: Sequence[Item]) -> "Work[list[tuple[Item, KnownEntry]]]":
        """Return items, each with what the journal knows of them."""
        items = self._with_good_keys(items)
        if not self._journal:
            return [(item, NEW if item.key is None else self._known_by_key(item.key, item.index)) for item in items]
        # Without a key, the content is what an entry is known by.
        yield from self._load([item for item in items if item.key is None or self._settings.unique_recipients])
        self.left += [item for item in items if _has_no_content(item)]
        items = [item for item in items if not _has_no_content(item)]
        known = yield from self._look_up([item.journal_key for item in items], [item.digest for item in items])
        if known is None:  # pragma: no cover -- coverage does not see it on Python 3.11
            self.left += items
            return []
        return list(zip(items, known, strict=True))

    def _with_good_keys(self, items: Sequence[Item]) -> Sequence[Item]:
        """Return the items whose keys can be used; the others fail."""
        bad = [item for item in items if item.problems and _has_bad_key(item)]
        self._results.add([item.outcome("failed", invalid(item.problems)) for item in bad])
        return [item for item in items if item not in bad] if bad else items

    def _look_up(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> "Work[Sequence[KnownEntry] | None]":
        """Return what the journal knows of keys; None if it can't be read, which ends the run."""
        journal = cast(Journal, self._journal)

        def look_up() -> Sequence[KnownEntry]:
            try:
                known = journal.look_up(keys, digests)
                count = len(known)
            except SESv2Error:
                raise
            except Exception as error:
                raise journal_error(error) from error
            if count != len(keys):
                raise JournalError(f"the journal has returned {count} states for {len(keys)} keys")
            return known

        try:
            known: Sequence[KnownEntry] = yield RunBlocking(look_up)
        except SESv2Error as error:
            self._results.stop(error)
            return None
        return known

    def _known_by_key(self, key: str, index: int) -> KnownEntry:
        """Return what a run without a journal knows of a key: whether an earlier entry had it."""
        first = self._keys.setdefault(hash(key), index)
        return NEW if first == index else KnownEntry("pending", repeated=True)

    def _make_item(self, index: int, element: Any) -> Item:
        given, key = (element.entry, element.key) if is_keyed(element) else (element, None)
        problems = check_key(key) if key is not None else ()
        item = Item(index, None if problems else key, given, problems=problems)
        item.retries_left = self._settings.max_attempts - 1
        if not callable(given):
            self._fill(item, given)
        return item

    def _fill(self, item: Item, entry: Any) -> None:
        """Give an item its entry, and check that."""
        checked = check_entry(entry, self._settings.check_limits)
        item.entry, item.text, item.recipients = entry, checked.text, checked.recipients
        if checked.problems:
            item.problems = [*item.problems, *checked.problems]

    def _not_known(self, found: Iterable[tuple[Item, KnownEntry]]) -> list[Item]:
        """Return the items that are to be sent; those that are not get their outcomes."""
        pending: list[Item] = []
        outcomes: list[Outcome] = []
        for item, known in found:
            if known is not NEW and (outcome := self._known_outcome(item, known)):
                outcomes.append(outcome)
            else:
                pending.append(item)
        self._results.add(outcomes)
        return pending

    def _known_outcome(self, item: Item, known: KnownEntry) -> Outcome | None:
        """Return the outcome of an entry that is not to be sent; None if it is."""
        was_taken = known.state in ("sent", "unknown", "in flight")
        if self._settings.unique_recipients and was_taken and (item.text or has_right_types(item.entry)):
            self._repeated_recipient(item)  # so that no later entry is sent to the same address
        if known.repeated:
            return item.outcome("failed", invalid([self._repeated_key(item)]))
        if known.changed:
            self._results.stop(OtherMailingError(_OTHER_SOURCE.format(item.index)))
            return None
        if known.state == "sent":
            return item.outcome("sent", message_id=known.message_id, resumed=True)
        if known.state == "failed" and not self._settings.retry_failed and not item.problems:
            return item.outcome("failed", _earlier_failure(known.code), resumed=True)
        if known.state in ("unknown", "in flight"):  # in flight when another run ended
            item.unsure = ambiguous("it was in flight when an earlier run ended, or that run did not know")
            if not self._settings.resend_unknown and not known.resend:
                return item.outcome("unknown", item.unsure, resumed=True)
        return None

    def _repeated_key(self, item: Item) -> Problem:
        """Return the problem of an item whose key an earlier entry has. A journal does not say which."""
        first = self._keys.get(hash(item.key))
        other = "" if first is None else f", the other one at index {first}"
        return Problem("key", f"is that of another entry of this run; this one is at index {item.index}{other}")

    def _repeated_recipient(self, item: Item) -> list[Problem]:
        """Return the problem of an item if another one has one of its addresses in To; note the addresses."""
        hashes = list(map(hash, addresses_of(item.entry)))
        first_with = {self._addresses.setdefault(address, item.index) for address in hashes}
        # The addresses of those that an earlier run has sent are noted first, so their indexes may be greater.
        others = first_with - {item.index}
        if not others:
            return []
        places = f"this one is at index {item.index}, the other one at index {min(others)}"
        return [Problem("entry.destination", f"has a recipient of another entry; {places}")]

    def _admit(self, items: Sequence[Item]) -> "Work[list[Item]]":
        """Load entries that are to be sent; returns those that can be."""
        if not self._results.must_stop():
            yield from self._load(items)
        for item in items if self._settings.unique_recipients else ():
            if not item.problems:
                item.problems = self._repeated_recipient(item)
        self._results.add([self._failed_outcome(item) for item in items if item.problems])
        good = [item for item in items if not item.problems]
        self._admitted += len(good)
        return good

    def _failed_outcome(self, item: Item) -> Outcome:
        if item.unsure:
            return item.outcome("unknown", item.unsure)
        error = invalid(item.problems)
        error.__cause__ = item.cause
        return item.outcome("failed", error)

    def _load(self, items: Sequence[Item]) -> Steps:
        """Call the functions that return entries. The item of one that raises an error fails.

        A `ConfigurationError` concerns every entry, as do errors of many functions in a row: they end the run.
        """
        unloaded = [item for item in items if item.entry is None and callable(item.given) and not item.problems]
        if not unloaded:
            return
        loaded: Sequence[object] = yield Load([item.given for item in unloaded])
        for item, entry in zip(unloaded, loaded, strict=True):
            if not isinstance(entry, Exception):
                self._failures_in_a_row = 0
                self._fill(item, entry)
            elif isinstance(entry, ConfigurationError):
                self._end_by(entry, entry)
            elif self._failures_in_a_row >= _MAX_FAILURES_IN_A_ROW:
                message = f"the functions that return entries have raised {type(entry).__name__} again and again"
                self._end_by(entry, SESv2Error(f"{message}, for {_MAX_FAILURES_IN_A_ROW} entries in a row"))
            else:
                self._failures_in_a_row += 1
                item.problems = [Problem("entry", f"the function that returns it raised {type(entry).__name__}")]
                item.cause = entry

    def _end_by(self, error: Exception, reason: SESv2Error) -> None:
        """End the run by an error of a function that returns an entry."""
        self.source_error = self.source_error or error
        self._results.stop(reason)


def plain_keys(elements: Sequence[Any]) -> list[str]:
    """Return the keys of elements if all of them are ASCII strings that are not empty; otherwise no keys."""
    if not all(map(is_keyed, elements)):
        return []
    keys = [element.key for element in elements]
    return keys if set(map(type, keys)) == {str} and all(keys) and all(map(str.isascii, keys)) else []


def _has_bad_key(item: Item) -> bool:
    return any(problem.path == "key" for problem in item.problems)


def _has_no_content(item: Item) -> bool:
    """Return whether nothing says which entry an item is: it has no key, and could not be loaded."""
    return item.key is None and item.entry is None and not item.problems


def _earlier_failure(code: str | None) -> APIError:
    """Return the error of an entry that failed in an earlier run."""
    message = "it failed in an earlier run"
    return status_error(code, message)
