"""A bulk run as a generator of steps, which the sync and the async sender take.

The generator holds all decisions and does no I/O: what goes into a request, what its end means for each of its
entries, what is tried again and when, and what ends the run.
"""

import hashlib
import math
import random
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from heapq import heappop, heappush
from itertools import chain
from typing import Any, Final, Literal, cast

import attrs

from .._api.messages import SEND_BULK_EMAIL
from .._bulk_status import status_error
from .._call.options import RequestOptions
from .._call.request import build_request
from .._call.retry import backoff
from .._call.steps import RunBlocking
from .._core.compiled import Encoded
from .._core.exceptions import (
    AmbiguousSendError,
    APIError,
    BulkStoppedError,
    ConfigurationError,
    JournalError,
    ParamValidationError,
    Problem,
    SESv2Error,
)
from .._rate.send_rate import SendRate
from ..errors import LimitExceededException
from .checks import addresses_of, check_entry, check_key, template_data_problem
from .item import MAX_ENTRIES, BulkItem, Chunk, Item, is_keyed
from .journal import NEW, Journal, Key, Known
from .report import Outcome, Progress, Report
from .steps import Collect, Collected, Emit, FindRate, Load, Pull, Pulled, ReadAccount, Start, Steps, StopPulling, Work
from .verdict import REFUSALS_OF_ONE_ENTRY, Finished, Result, Verdict, ambiguous, judge

THROTTLE_PATIENCE: Final = 900.0
"""Seconds that a run goes on while the service throttles all that it sends."""
QUOTA_POLL: Final = 300.0
"""Seconds between two checks whether the 24-hour quota allows more."""
MAX_IN_FLIGHT: Final = 100
"""Requests under way at a time, if the caller sets no bound."""
_FIRST_IN_FLIGHT: Final = 8
LINGER: Final = 0.25
"""Seconds that an entry waits for others to fill its request."""
LEAD: Final = 0.25
"""Seconds before its turn at which a request begins: the client waits for the turn itself, so none is missed."""
CHUNK_SECONDS: Final = 0.25
"""A request holds the recipients of so many seconds: with one more, a second exceeds the rate by a quarter."""
_NO_LIMIT: Final = 100_000.0
"""Recipients per second above which the rate is not what a run waits for."""
_MAX_LOOKED_UP: Final = 1000
"""Elements that are looked up in the journal at a time."""
_MAX_WAITS: Final = 10
"""After so many waits, the next ones get no longer."""
_MAX_REFUSALS_IN_A_ROW: Final = 50
"""If so many entries are refused one by one, with none taken in between, they are not the cause."""
_NO_QUOTA: Final = "the account's 24-hour quota is used up"
_OTHER_SOURCE: Final = "entry {} of the source is not the one that the journal has sent; a journal is for one mailing"


@attrs.frozen(kw_only=True)
class Settings:
    """What the runs of a sender share."""

    arguments: Mapping[str, Any]
    """Everything that `send_bulk_email` takes but the entries and the options."""
    options: RequestOptions
    """The options of each request, the send rate among them."""
    known_rate: Callable[[], SendRate | None]
    """Returns the send rate; None, or one that is not known yet, until the account was read."""
    max_in_flight: int | None
    max_attempts: int
    resend_unknown: bool
    retry_failed: bool
    check_limits: bool
    on_progress: Progress | None
    stop_when: Callable[[Report], object] | None = None
    limit: int | None = None
    on_quota: Literal["stop", "wait"] = "stop"
    outage_patience: float = 0.0
    unique_recipients: bool = False

    def fingerprint(self) -> bytes:
        """Return a hash of the arguments.

        Raises:
            ParamValidationError: An argument is missing, has the wrong type, or is past a limit.
        """
        arguments = {**self.arguments, "bulk_email_entries": ()}
        request = build_request(SEND_BULK_EMAIL, arguments, check_limits=self.check_limits, large=True)
        template = self.arguments["default_content"].template
        if template and template.template_data is not None:
            message = template_data_problem(template.template_data)
            if message:
                raise _invalid([Problem("default_content.template.template_data", message)])
        fingerprint = hashlib.blake2b(digest_size=16)
        for piece in (request.body,) if isinstance(request.body, bytes) else request.body.pieces():
            fingerprint.update(piece)
        return fingerprint.digest()

    def request(self, chunk: Chunk, before_send: Callable[[], None] | None) -> dict[str, Any]:
        """Return the arguments of a request; the function is called when it is about to leave."""
        options: RequestOptions = {**self.options, "before_send": before_send} if before_send else self.options
        entries = Encoded([item.entry for item in chunk], [item.text for item in chunk])
        return {**self.arguments, "bulk_email_entries": entries, "options": options}


class Run:
    """One run over a source.

    Args:
        settings: The sender's.
        journal: Where states are kept, if they are.
        clock: Returns a monotonic time.
        random: Returns a number from 0 to 1.
        total: How many entries the source has, if that is known.
    """

    def __init__(
        self,
        settings: Settings,
        journal: Journal | None = None,
        clock: Callable[[], float] = time.monotonic,
        random: Callable[[], float] = random.random,
        total: int | None = None,
    ) -> None:
        self.settings: Settings = settings
        self.journal: Journal | None = journal
        self.report: Report = Report(total=total)
        self.outbox: deque[Outcome] = deque()
        """Outcomes that were not handed out yet."""
        self._clock = clock
        self._random = random
        self._began = clock()
        self._stop_reason: SESv2Error | None = None
        # The source.
        self._next_index = 0
        self._pulling = 0
        self._batch = MAX_ENTRIES
        self._ended = False
        self._source_error: Exception | None = None
        self._keys: set[int] = set()
        self._addresses: set[int] = set()
        self._admitted = 0
        # An entry without an outcome is in one of these, or in a request.
        self._unsettled = 0
        self._fresh: deque[Item] = deque()
        self._fresh_since = -math.inf
        self._split: deque[Chunk] = deque()
        self._later: list[tuple[float, int, Item]] = []
        # Requests.
        self._rate: SendRate | None = None
        self._turn = -math.inf  # when the next request may leave at that rate
        self._requests = 0
        self._max_requests = settings.max_in_flight or _FIRST_IN_FLIGHT
        # What may end the run.
        self._refused_in_a_row = 0
        self._throttled_since: float | None = None
        self._outage_since: float | None = None
        self._quota_at: float | None = None
        self._on_progress: Progress | None = settings.on_progress

    def steps(self) -> Steps:
        """Take every entry of the source to its outcome.

        Raises:
            BulkStoppedError: The run ended early.
        """
        yield from self._find_rate()
        while not self._must_stop():
            self._requeue_due()
            if elements := self._elements_to_pull():
                self._pulling += elements
                yield Pull(elements)
            if self._must_check_quota():
                yield from self._check_quota()
            elif chunk := self._next_chunk():
                yield Start(chunk)
                yield from self._collect(0)
            elif self._unsettled or self._pulling:
                yield from self._collect(self._seconds_to_wait())
            else:
                break
        while self._requests:
            yield from self._collect(None)
        pulled: Pulled = yield StopPulling()
        yield from self._take_in(pulled)
        left = self._left()
        self._hand_out([item.outcome("unknown", item.unsure) for item in left if item.unsure])
        yield from self._emit()
        self.end()
        if self.report.stopped:
            untouched = [item.as_given for item in left if not item.unsure]
            reason = self.report.stopped
            message = f"the run was stopped, with {len(untouched)} entries taken and not sent: {reason}"
            raise BulkStoppedError(message, reason, untouched, self._source_error) from reason
        if self._source_error:
            raise self._source_error

    def request_stop(self, reason: SESv2Error) -> None:
        """Begin nothing more. Safe to call from other threads and from signal handlers."""
        self._stop_reason = self._stop_reason or reason

    def settle(self, finished: Finished) -> None:
        """Take in the end of a request."""
        now = self._clock()
        self._requests -= 1
        self.report.in_flight -= len(finished.chunk)
        if finished.failure:
            self._stop(finished.failure)
        outcomes: list[Outcome] = []
        waiting: dict[str, list[Item]] = defaultdict(list)
        errors: dict[str, SESv2Error] = {}
        for item, verdict in zip(finished.chunk, finished.verdicts, strict=True):
            then = verdict.then
            if then and verdict.error:
                errors[then] = verdict.error
            if verdict.state == "pending":
                waiting[then or "stop"].append(item)
            else:
                outcomes.append(item.outcome(verdict.state, verdict.error, message_id=verdict.message_id))
            if isinstance(verdict.error, AmbiguousSendError):
                item.unsure = verdict.error
        self._unsettled -= len(outcomes)
        self._hand_out(outcomes)
        self._learn(finished, now)
        if "stop" in errors:
            self._stop(errors["stop"])
        postponed = [item for then, items in waiting.items() for item in self._wait(then, items, errors[then], now)]
        if postponed:
            self._postpone(postponed, finished.verdicts, now)
        self._find_common_reason(finished)

    def request(self, chunk: Chunk) -> dict[str, Any]:
        """Return the arguments of a request, which the journal notes when it is about to leave."""
        return self.settings.request(chunk, partial(self.begin, chunk) if self.journal else None)

    def begin(self, chunk: Chunk) -> None:
        """Note that a request is about to leave; may block.

        Raises:
            SESv2Error: The journal can't be written, so nothing may be sent.
        """
        if not self.journal:
            return
        try:
            self.journal.begin([item.journal_key for item in chunk])
        except SESv2Error:
            raise
        except Exception as error:
            raise _journal_error(error) from error

    def finish(self, chunk: Chunk, result: Result) -> Finished:
        """Judge the end of a request, and record it; may block. For the thread or task that made it."""
        verdicts = judge(chunk, result, resend_unknown=self.settings.resend_unknown)
        if not self.journal:
            return Finished(chunk, verdicts)
        try:
            self.journal.record([verdict.row(item) for item, verdict in zip(chunk, verdicts, strict=True)])
        except SESv2Error as failure:
            return Finished(chunk, verdicts, failure)
        except Exception as error:  # noqa: BLE001 -- of a journal that is not this package's
            return Finished(chunk, verdicts, _journal_error(error))
        return Finished(chunk, verdicts)

    def end(self, left: Sequence[Finished] = ()) -> None:
        """Close the report, however the run ended; takes the finished requests that nobody has waited for."""
        for finished in left:
            self.settle(finished)
        if not self.report.finished:
            self.report.untouched = sum(not item.unsure for item in self._left())
            self.report.limit_reached = self._is_limited() and not self._ended
            self.report.finished = True
            self._show_progress()

    def close(self) -> None:
        """Close the journal; may block."""
        if self.journal:
            self.journal.close()

    # The source -------------------------------------------------------------------------------------

    def _elements_to_pull(self) -> int:
        """Return how many further elements to take from the source now."""
        ahead = len(self._fresh) + self._pulling
        if self._ended or ahead > MAX_ENTRIES or self._is_limited():
            return 0
        wanted = [MAX_ENTRIES + self._batch - ahead]
        wanted.append((self._max_requests + 1) * MAX_ENTRIES + self._batch - self._unsettled - self._pulling)
        if self.settings.limit is not None:
            wanted.append(self.settings.limit - self._admitted - self._pulling)
        return max(min(wanted), 0)

    def _is_limited(self) -> bool:
        return self.settings.limit is not None and self._admitted >= self.settings.limit

    def _take_in(self, pulled: Pulled) -> Steps:
        """Take in what the source gave: look it up, load it, check it."""
        elements = pulled.elements
        self._pulling -= len(elements)
        if pulled.ended:
            self._ended, self._pulling, self._source_error = True, 0, pulled.error
        if not elements:
            return
        start = self._next_index
        self._next_index += len(elements)
        keys = _plain_keys(elements) if self.journal and not self.settings.unique_recipients else ()
        if keys:
            new = yield from self._look_up_keys(start, keys, cast(Sequence[BulkItem], elements))
            # What the journal knows costs a look-up alone, so more is looked up at a time.
            self._batch = MAX_ENTRIES if new else min(self._batch * 2, _MAX_LOOKED_UP)
        else:
            items = [self._make_item(index, element) for index, element in enumerate(elements, start)]
            new = yield from self._look_up_all(items)
        yield from self._admit(self._not_known(new))

    def _look_up_keys(
        self, start: int, keys: Sequence[str], elements: Sequence[BulkItem]
    ) -> "Work[list[tuple[Item, Known]]]":
        """Return the items that the journal has not sent, each with what it knows of them."""
        known = yield from self._look_up(keys, [None] * len(keys))
        outcomes: list[Outcome] = []
        new: list[tuple[Item, Known]] = []
        for index, (element, found) in enumerate(zip(elements if known else (), known, strict=True), start):
            if found.state == "sent" and not found.repeated:
                entry = element.entry
                outcome = Outcome(
                    index, element.key, None if callable(entry) else entry, "sent", found.message_id, resumed=True
                )
                outcomes.append(outcome)
            else:
                new.append((self._make_item(index, element), found))
        self._hand_out(outcomes)
        return new

    def _look_up_all(self, items: Sequence[Item]) -> "Work[list[tuple[Item, Known]]]":
        """Return items, each with what the journal knows of them."""
        bad = [item for item in items if _has_bad_key(item)]
        items = [item for item in items if not _has_bad_key(item)]
        self._hand_out([item.outcome("failed", _invalid(item.problems)) for item in bad])
        if not self.journal:
            return [(item, self._known_by_key(item)) for item in items]
        # Without a key, the content is what an entry is known by.
        yield from self._load([item for item in items if item.key is None or self.settings.unique_recipients])
        items = [item for item in items if item.key is not None or item.entry is not None]
        known = yield from self._look_up([item.journal_key for item in items], [item.digest for item in items])
        return list(zip(items, known, strict=True)) if known else []

    def _look_up(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> "Work[Sequence[Known]]":
        """Return what the journal knows of keys; if it can't be read, the run ends, as nobody knows what was sent."""
        journal = cast(Journal, self.journal)
        try:
            known: Sequence[Known] = yield RunBlocking(lambda: journal.look_up(keys, digests))
        except SESv2Error as error:
            self._stop(error)
            return ()
        return known

    def _known_by_key(self, item: Item) -> Known:
        """Return what a run without a journal knows of a key: whether it has had it before."""
        if item.key is None:
            return NEW
        # Hashes, as keys may be long; two keys of a million have the same one in 1 of 30 million runs.
        key = hash(item.key)
        repeated = key in self._keys
        self._keys.add(key)
        return Known("pending", repeated=repeated)

    def _make_item(self, index: int, element: Any) -> Item:
        given, key = (element.entry, element.key) if is_keyed(element) else (element, None)
        problems = check_key(key) if key is not None else ()
        item = Item(index, None if problems else key, given, problems=problems)
        item.retries_left = self.settings.max_attempts - 1
        if not callable(given):
            self._fill(item, given)
        return item

    def _fill(self, item: Item, entry: Any) -> None:
        """Give an item its entry, and check that."""
        checked = check_entry(entry, self.settings.check_limits)
        item.entry, item.text, item.recipients = entry, checked.text, checked.recipients
        if checked.problems:
            item.problems = [*item.problems, *checked.problems]

    def _not_known(self, found: Iterable[tuple[Item, Known]]) -> list[Item]:
        """Return the items that are to be sent; those that are not get their outcomes."""
        pending: list[Item] = []
        outcomes: list[Outcome] = []
        for item, known in found:
            if outcome := self._known_outcome(item, known):
                outcomes.append(outcome)
            else:
                pending.append(item)
        self._hand_out(outcomes)
        return pending

    def _known_outcome(self, item: Item, known: Known) -> Outcome | None:
        """Return the outcome of an entry that is not to be sent; None if it is."""
        if self.settings.unique_recipients and known.state in ("sent", "unknown"):
            self._repeats_recipient(item)  # so that no later entry is sent to the same address
        if known.repeated:
            return item.outcome("failed", _invalid([Problem("key", "is that of another entry of this run")]))
        if known.changed:
            self._stop(ConfigurationError(_OTHER_SOURCE.format(item.index)))
            return None
        if known.state == "sent":
            return item.outcome("sent", message_id=known.message_id, resumed=True)
        if known.state == "failed" and not self.settings.retry_failed and not item.problems:
            return item.outcome("failed", _earlier_failure(known.code), resumed=True)
        if known.state == "unknown":
            item.unsure = ambiguous("it was in flight when an earlier run ended, or that run did not know")
            if not self.settings.resend_unknown:
                return item.outcome("unknown", item.unsure, resumed=True)
        return None

    def _repeats_recipient(self, item: Item) -> bool:
        """Return whether an earlier entry of this run has one of the addresses in To; note the addresses."""
        addresses = {hash(address) for address in addresses_of(item.entry)}
        repeats = not addresses.isdisjoint(self._addresses)
        self._addresses |= addresses
        return repeats

    def _admit(self, items: Sequence[Item]) -> Steps:
        """Load entries that are to be sent, and queue those that can be."""
        if not self._must_stop():
            yield from self._load(items)
        for item in items if self.settings.unique_recipients else ():
            if not item.problems and self._repeats_recipient(item):
                item.problems = [Problem("entry.destination", "has a recipient that an earlier entry has")]
        self._hand_out([self._failed_outcome(item) for item in items if item.problems])
        good = [item for item in items if not item.problems]
        if good and not self._fresh:
            self._fresh_since = self._clock()
        self._fresh += good
        self._unsettled += len(good)
        self._admitted += len(good)

    def _failed_outcome(self, item: Item) -> Outcome:
        return item.outcome("unknown", item.unsure) if item.unsure else item.outcome("failed", _invalid(item.problems))

    def _load(self, items: Sequence[Item]) -> Steps:
        """Call the functions that return entries; if one raises an error, the run ends."""
        unloaded = [item for item in items if item.entry is None and callable(item.given)]
        if not unloaded:
            return
        loaded: Sequence[object] = yield Load([item.given for item in unloaded])
        for item, entry in zip(unloaded, loaded, strict=True):
            if isinstance(entry, Exception):
                self._source_error = self._source_error or entry
                self._stop(SESv2Error(f"the function that returns entry {item.index} raised {type(entry).__name__}"))
            else:
                self._fill(item, entry)

    # Quota and rate ---------------------------------------------------------------------------------

    def _find_rate(self) -> Steps:
        self._rate = self.settings.known_rate()
        is_known = self._rate is not None and self._rate.is_known
        if is_known and not self._has_no_quota():
            return
        try:
            yield ReadAccount(self.settings.options) if is_known else FindRate(self.settings.options)
        except SESv2Error as error:
            self._stop(error)
        self._rate = self.settings.known_rate()

    def _has_no_quota(self) -> bool:
        """Return whether the quota is used up, by the last response of GetAccount and what was sent since."""
        left = self._rate.quota_left if self._rate else None
        return left is not None and left < 1

    def _must_check_quota(self) -> bool:
        if self._quota_at is not None:
            return self._clock() >= self._quota_at
        return bool(self._fresh or self._split) and self._has_no_quota()

    def _check_quota(self) -> Steps:
        waits = self.settings.on_quota == "wait"
        try:
            yield ReadAccount(self.settings.options)
        except SESv2Error as error:
            # Whoever waits for a day does not give up because one check fails.
            if not waits or self._quota_at is None:
                self._stop(error)
                return
        self._quota_at = self._throttled_since = self._outage_since = None
        if self._has_no_quota():
            reason = LimitExceededException(_NO_QUOTA, code="ACCOUNT_DAILY_QUOTA_EXCEEDED", operation="GetAccount")
            self._wait_for_quota(reason, self._clock())

    def _wait_for_quota(self, error: SESv2Error, now: float) -> None:
        if self.settings.on_quota == "wait":
            self._quota_at = now + QUOTA_POLL
        else:
            self._stop(error)

    # Sending ----------------------------------------------------------------------------------------

    def _requeue_due(self) -> None:
        """Put what has waited long enough before what is new."""
        now = self._clock()
        due: list[Item] = []
        while self._later and self._later[0][0] <= now:
            due.append(heappop(self._later)[-1])
        if due:
            self._fresh.extendleft(reversed(due))
            self._fresh_since = -math.inf

    def _next_chunk(self) -> Chunk | None:
        """Return what to send now, and count it as sent; None if there is nothing, or it is not the time."""
        now = self._clock()
        per_second = self._rate.per_second if self._rate else None
        if not self._has_chunk(per_second, now) or now < self._turn - LEAD or self._quota_at is not None:
            return None
        if self._requests >= self._max_requests:
            if now < self._turn or now < self._growth_time(per_second, now):
                return None
            self._max_requests += 1
        chunk = self._split.popleft() if self._split else self._cut((per_second or math.inf) * CHUNK_SECONDS)
        for item in chunk:
            item.attempts += 1
        self._requests += 1
        self.report.in_flight += len(chunk)
        if per_second:
            # The client waits for its turn, too. But what waits here is not in flight yet, and can be given up.
            self._turn = max(self._turn, now) + _recipients(chunk) / per_second
        return chunk

    def _has_chunk(self, per_second: float | None, now: float) -> bool:
        """Return whether a request is full, or its entries have waited long enough for others."""
        if self._split or not self._fresh:
            return bool(self._split)
        is_full = len(self._fresh) >= min(MAX_ENTRIES, (per_second or math.inf) * CHUNK_SECONDS)
        return is_full or not self._pulling or now >= self._fresh_since + LINGER

    def _growth_time(self, per_second: float | None, now: float) -> float:
        """Return when more requests than now may be under way, as only the others keep the next one from its turn.

        That is when the rate has a turn for one more request. As long as it has none, because requests of this run or
        of others wait for it, another one would not help.
        """
        if self.settings.max_in_flight is not None or self._max_requests >= MAX_IN_FLIGHT:
            return math.inf
        if self._rate is None or per_second is None or per_second > _NO_LIMIT:
            return math.inf
        turn = self._rate.join(now, 1)
        seconds = self._rate.wait(turn, now)
        self._rate.leave(turn, now)
        return now + seconds

    def _cut(self, max_recipients: float) -> Chunk:
        """Take a chunk off what there is: at least one entry."""
        chunk = [self._fresh.popleft()]
        recipients = chunk[0].recipients
        while self._fresh and len(chunk) < MAX_ENTRIES and recipients + self._fresh[0].recipients <= max_recipients:
            chunk.append(self._fresh.popleft())
            recipients += chunk[-1].recipients
        self._fresh_since = self._clock()
        return chunk

    def _seconds_to_wait(self) -> float | None:
        """Return the time until there is something else to do; None if a request has to end first."""
        now = self._clock()
        per_second = self._rate.per_second if self._rate else None
        times = [self._later[0][0]] if self._later else []
        times += [now + LINGER] if self._pulling else []
        if self._quota_at is not None:
            times.append(self._quota_at)
        elif self._fresh or self._split:
            has_slot = self._requests < self._max_requests
            turn = self._turn - LEAD if has_slot else max(self._turn, self._growth_time(per_second, now))
            times.append(turn if self._has_chunk(per_second, now) else max(turn, self._fresh_since + LINGER))
        time = min(times, default=math.inf)
        return max(time - now, 0.0) if time < math.inf else None

    # Ends of requests -------------------------------------------------------------------------------

    def _collect(self, seconds: float | None) -> Steps:
        collected: Collected = yield Collect(seconds)
        for finished in collected.finished:
            self.settle(finished)
        yield from self._take_in(collected.pulled)
        yield from self._emit()
        if collected.finished:
            self._show_progress()

    def _emit(self) -> Steps:
        if self.outbox:
            yield Emit(self.outbox)

    def _learn(self, finished: Finished, now: float) -> None:
        """Take in what the end of a request says of the service as a whole."""
        states = {verdict.state for verdict in finished.verdicts}
        if "sent" in states:
            self._throttled_since = self._outage_since = None
        per_second = self._rate.per_second if self._rate else None
        if per_second and not states & {"sent", "unknown"}:
            self._turn = max(self._turn - _recipients(finished.chunk) / per_second, min(self._turn, now))
        for verdict in finished.verdicts:
            error = verdict.error
            # The client slows down itself when a whole request is throttled.
            if self._rate and verdict.then == "throttled" and isinstance(error, APIError) and error.status_code is None:
                self._rate.throttled()

    def _wait(self, then: str, items: Sequence[Item], error: SESv2Error, now: float) -> Sequence[Item]:
        """Let entries wait for what their verdict says; returns those that wait for another request."""
        if then == "split":
            half = (len(items) + 1) // 2
            self._split += [items[:half], items[half:]]
            return ()
        for item in items:
            item.retries_left -= then == "retry"
            item.outages += then == "outage"
        if then == "retry" or (then in ("throttled", "outage") and not self._is_out_of_patience(then, items, now)):
            return items
        self._fresh += items
        if then == "quota":
            self._wait_for_quota(error, now)
        else:
            self._stop(error)
        return ()

    def _is_out_of_patience(self, then: str, items: Sequence[Item], now: float) -> bool:
        """Return whether the service has been throttling, or out of reach, for too long."""
        if then == "throttled":
            since = self._throttled_since = now if self._throttled_since is None else self._throttled_since
            return now - since >= THROTTLE_PATIENCE
        since = self._outage_since = now if self._outage_since is None else self._outage_since
        has_retries = max(item.outages for item in items) < self.settings.max_attempts
        return not has_retries and now - since >= self.settings.outage_patience

    def _postpone(self, items: Sequence[Item], verdicts: Sequence[Verdict], now: float) -> None:
        """Let entries wait before they are tried again, together, so that they need no more requests than before."""
        asked_for = max(
            (verdict.error.retry_after or 0 for verdict in verdicts if isinstance(verdict.error, APIError)), default=0
        )
        for item in items:
            item.waits += 1
        waits = min(max(item.waits for item in items), _MAX_WAITS)
        due = now + backoff(waits, self._random, asked_for)
        for item in items:
            heappush(self._later, (due, item.index, item))
        self.report.retried += len(items)

    def _find_common_reason(self, finished: Finished) -> None:
        """Stop if entry after entry is refused alone: then it is what they share that is refused."""
        if any(verdict.state == "sent" for verdict in finished.verdicts):
            self._refused_in_a_row = 0
        error = finished.verdicts[0].error
        was_sent = getattr(error, "status_code", None) is not None
        if len(finished.chunk) == 1 and isinstance(error, REFUSALS_OF_ONE_ENTRY) and was_sent:
            self._refused_in_a_row += 1
            if self._refused_in_a_row >= _MAX_REFUSALS_IN_A_ROW:
                self._stop(error)

    # Reporting --------------------------------------------------------------------------------------

    def _must_stop(self) -> bool:
        if self._stop_reason:
            self._stop(self._stop_reason)
        return self.report.stopped is not None

    def _stop(self, reason: SESv2Error) -> None:
        self.report.stopped = self.report.stopped or reason

    def _hand_out(self, outcomes: Sequence[Outcome]) -> None:
        if outcomes:
            self.report.count(outcomes)
            self.outbox += outcomes

    def _left(self) -> list[Item]:
        """Return what was taken from the source, is in no request and has no outcome, in order."""
        left = [*self._fresh, *chain.from_iterable(self._split), *(item for _, _, item in self._later)]
        return sorted(left, key=lambda item: item.index)

    def _show_progress(self) -> None:
        report = self.report
        report.seconds = self._clock() - self._began
        # A callback that has raised is not called again.
        show, self._on_progress = self._on_progress, None
        if show:
            show(report)
            self._on_progress = show
        if self.settings.stop_when and not report.finished and (reason := self.settings.stop_when(report)):
            said = reason if isinstance(reason, str) else "stop_when= said so"
            self._stop(SESv2Error(said))


def _recipients(chunk: Chunk) -> int:
    return sum(item.recipients for item in chunk)


def _plain_keys(elements: Sequence[Any]) -> list[str]:
    """Return the keys of elements if all of them have one that needs no closer look; otherwise none."""
    if not all(map(is_keyed, elements)):
        return []
    keys = [element.key for element in elements]
    return keys if set(map(type, keys)) == {str} and all(map(str.isascii, keys)) else []


def _journal_error(error: Exception) -> JournalError:
    failure = JournalError(f"the journal raised {type(error).__name__}: {error}")
    failure.__cause__ = error
    return failure


def _has_bad_key(item: Item) -> bool:
    return any(problem.path == "key" for problem in item.problems)


def _invalid(problems: Sequence[Problem]) -> ParamValidationError:
    return ParamValidationError("SendBulkEmail", problems)


def _earlier_failure(code: str | None) -> APIError:
    """Return the error of an entry that failed in an earlier run."""
    message = "it failed in an earlier run"
    return status_error(code, message)
