"""A bulk run as a generator of steps, which the sync and the async sender take.

The generator holds all decisions and does no I/O: what goes into a request, what its end means for each of its
entries, what is tried again and when, and what ends the run.
"""

import hashlib
import math
import random
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import chain
from typing import Any, Final, cast

import attrs

from .._api.messages import SEND_BULK_EMAIL
from .._bulk_status import status_error
from .._call.options import RequestOptions
from .._call.request import build_request
from .._call.retry import backoff
from .._core.exceptions import (
    AmbiguousSendError,
    APIError,
    BulkStoppedError,
    ConfigurationError,
    ParamValidationError,
    Problem,
    SESv2Error,
)
from .._rate.send_rate import SendRate
from ..errors import BY_CODE, LimitExceededException
from ..models import BulkEmailEntry
from .item import MAX_ENTRIES, BulkItem, Chunk, Item, check
from .journal import NEW, Journal, Known
from .report import Outcome, Progress, Report
from .steps import Collect, Emit, Pull, Pulled, ReadAccount, RunBlocking, Start, Steps
from .verdict import REFUSALS_OF_ONE_ENTRY, Finished, Result, Verdict, ambiguous, judge

_MAX_REFUSALS_IN_A_ROW: Final = 50
"""If so many entries are refused one by one, with none taken in between, the fault is not theirs."""
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
    max_in_flight: int
    max_attempts: int
    resend_unknown: bool
    retry_failed: bool
    check_limits: bool
    on_progress: Progress | None

    def fingerprint(self) -> bytes:
        """Return what stands for the arguments.

        Raises:
            ParamValidationError: An argument is missing, has the wrong type, or is past a limit.
        """
        arguments = {**self.arguments, "bulk_email_entries": ()}
        request = build_request(SEND_BULK_EMAIL, arguments, check_limits=self.check_limits)
        return hashlib.blake2b(request.body, digest_size=16).digest()

    def request(self, chunk: "Chunk") -> dict[str, Any]:
        """Return the arguments of a request."""
        return {**self.arguments, "bulk_email_entries": [item.entry for item in chunk], "options": self.options}


class Run:
    """One run over a source.

    Args:
        settings: The sender's.
        journal: Where states are kept, if they are.
        clock: Returns a monotonic time.
        random: Returns a number from 0 to 1.
    """

    def __init__(
        self,
        settings: Settings,
        journal: Journal | None = None,
        clock: Callable[[], float] = time.monotonic,
        random: Callable[[], float] = random.random,
    ) -> None:
        self.settings: Settings = settings
        self.journal: Journal | None = journal
        self.report: Report = Report()
        self._clock = clock
        self._random = random
        self._began = clock()
        self._rate: SendRate | None = None
        self._turn = -math.inf  # when the next request may leave at that rate
        self._pulled = 0
        self._ended = False
        self._source_error: Exception | None = None
        self._unsettled = 0
        # An entry without an outcome is in one of these, or in a request.
        self._fresh: deque[Item] = deque()
        self._split: deque[Chunk] = deque()
        self._later: list[tuple[float, int, Item]] = []
        self._requests = 0
        self._refused_in_a_row = 0
        self._on_progress: Progress | None = settings.on_progress

    def steps(self) -> Steps:
        """Take every entry of the source to its outcome.

        Raises:
            BulkStoppedError: The run ended early.
        """
        yield from self._find_rate()
        while not self.report.stopped:
            self._requeue_due()
            if self._may_pull():
                yield from self._pull()
            elif (self._fresh or self._split) and self._has_no_quota():
                yield from self._read_quota()
            elif chunk := self._next_chunk():
                yield Start(chunk)
            elif self._unsettled:
                yield from self._collect(self._seconds_to_wait())
            else:
                break
            yield from self._collect(0)
        while self._requests:
            yield from self._collect(None)
        left = self._left()
        for item in left:
            if item.unsure:
                yield Emit(self._count(item.outcome("unknown", item.unsure)))
        self.end()
        if self.report.stopped:
            untouched = [BulkItem(item.entry, item.key) for item in left if not item.unsure]
            raise BulkStoppedError(self.report.stopped, untouched, self._source_error) from self.report.stopped
        if self._source_error:
            raise self._source_error

    def settle(self, finished: Finished) -> list[Outcome]:
        """Take in what came of a request; returns the outcomes of the entries that are done with."""
        now = self._clock()
        self._requests -= 1
        self.report.in_flight -= len(finished.chunk)
        if finished.failure:
            self._stop(finished.failure)
        outcomes: list[Outcome] = []
        retried: list[Item] = []
        split: list[Item] = []
        for item, verdict in zip(finished.chunk, finished.verdicts, strict=True):
            error = verdict.error
            if verdict.state != "pending":
                outcomes.append(self._count(item.outcome(verdict.state, error, message_id=verdict.message_id)))
            else:
                place = {"retry": retried, "split": split, "stop": self._fresh}[verdict.then or "stop"]
                place.append(item)
            if verdict.then == "stop" and error:
                self._stop(error)
            if isinstance(error, AmbiguousSendError):
                item.unsure = error
            if self._rate and isinstance(error, APIError) and error.is_throttling and error.status_code is None:
                self._rate.throttled()  # the client does so for a whole request
        if retried:
            self._postpone(retried, finished.verdicts, now)
        if split:
            half = (len(split) + 1) // 2
            self._split += [split[:half], split[half:]]
        self._find_common_reason(finished)
        return outcomes

    def begin(self, chunk: Chunk) -> None:
        """Note that a request is about to leave; may block. For the thread or task that makes it."""
        if self.journal:
            self.journal.begin([item.journal_key for item in chunk])

    def finish(self, chunk: Chunk, result: Result) -> Finished:
        """Judge the end of a request, and record it; may block. For the thread or task that made it."""
        verdicts = judge(chunk, result, resend_unknown=self.settings.resend_unknown)
        if not self.journal:
            return Finished(chunk, verdicts)
        try:
            self.journal.record([verdict.row(item) for item, verdict in zip(chunk, verdicts, strict=True)])
        except SESv2Error as failure:
            return Finished(chunk, verdicts, failure)
        return Finished(chunk, verdicts)

    def end(self, left: Sequence[Finished] = ()) -> None:
        """Close the report, however the run ended; takes the finished requests that nobody has waited for."""
        for finished in left:
            self.settle(finished)
        if not self.report.finished:
            self.report.untouched = sum(not item.unsure for item in self._left())
            self.report.finished = True
            self._show_progress()

    def close(self) -> None:
        """Close the journal; may block."""
        if self.journal:
            self.journal.close()

    # Taking entries in -----------------------------------------------------------------------------

    def _find_rate(self) -> Steps:
        self._rate = self.settings.known_rate()
        if not (self._rate and self._rate.is_known) or self._has_no_quota():
            try:
                yield ReadAccount(self.settings.options)
            except SESv2Error as error:
                self._stop(error)
            self._rate = self.settings.known_rate()

    def _has_no_quota(self) -> bool:
        """Return whether the quota is used up, by the last response of GetAccount and what was sent since."""
        left = self._rate.quota_left if self._rate else None
        return left is not None and left < 1

    def _read_quota(self) -> Steps:
        try:
            yield ReadAccount(self.settings.options)
        except SESv2Error as error:
            self._stop(error)
            return
        if self._has_no_quota():
            self._stop(LimitExceededException(_NO_QUOTA, code="ACCOUNT_DAILY_QUOTA_EXCEEDED", operation="GetAccount"))

    def _may_pull(self) -> bool:
        max_requests = self.settings.max_in_flight
        is_wanted = len(self._fresh) < MAX_ENTRIES and not self._split and self._requests < max_requests
        return is_wanted and not self._ended and self._unsettled < (max_requests + 1) * MAX_ENTRIES

    def _pull(self) -> Steps:
        pulled: Pulled = yield Pull(MAX_ENTRIES - len(self._fresh))
        self._ended, self._source_error = pulled.ended, pulled.error
        items = list(map(self._make_item, pulled.elements))
        known: Sequence[Known] = [NEW] * len(items)
        if journal := self.journal:
            try:
                known = yield RunBlocking(lambda: journal.look_up([(item.journal_key, item.digest) for item in items]))
            except SESv2Error as error:
                self._stop(error)
                self._fresh += items
                return
        for item, found in zip(items, known, strict=True):
            if outcome := self._known_outcome(item, found):
                yield Emit(self._count(outcome))
            else:
                self._fresh.append(item)

    def _make_item(self, element: object) -> Item:
        entry, key = (element.entry, element.key) if isinstance(element, BulkItem) else (element, None)
        problems, recipients = check(entry, key, self.settings.check_limits)
        is_key = not any(problem.path == "key" for problem in problems)
        item = Item(
            self._pulled,
            key if is_key else None,
            cast("BulkEmailEntry", entry),  # if it is none, that is one of the problems
            problems,
            recipients,
            self.settings.max_attempts - 1,
        )
        self._pulled += 1
        self._unsettled += 1
        return item

    def _known_outcome(self, item: Item, known: Known) -> Outcome | None:
        """Return the outcome of an entry that is not to be sent; None if it is."""
        if known.repeated:
            return item.outcome("failed", _invalid([Problem("key", "is that of another entry of this run")]))
        if known.changed:
            self._stop(ConfigurationError(_OTHER_SOURCE.format(item.index)))
            return None
        if known.state == "sent":
            return item.outcome("sent", message_id=known.message_id, resumed=True)
        if item.problems:
            return item.outcome("failed", _invalid(item.problems))
        if known.state == "failed" and not self.settings.retry_failed:
            return item.outcome("failed", _earlier_failure(known.code), resumed=True)
        if known.state == "unknown":
            item.unsure = ambiguous("it was in flight when an earlier run ended, or that run could not tell")
            if not self.settings.resend_unknown:
                return item.outcome("unknown", item.unsure, resumed=True)
        return None

    # Sending ----------------------------------------------------------------------------------------

    def _requeue_due(self) -> None:
        """Put what has waited long enough before what is new."""
        now = self._clock()
        due: list[Item] = []
        while self._later and self._later[0][0] <= now:
            due.append(heappop(self._later)[-1])
        self._fresh.extendleft(reversed(due))

    def _next_chunk(self) -> Chunk | None:
        """Return what to send now, and count it as sent; None if there is nothing, or it is not the time."""
        now = self._clock()
        if self._requests >= self.settings.max_in_flight or now < self._turn or not (self._split or self._fresh):
            return None
        per_second = self._rate.per_second if self._rate else None
        chunk = self._split.popleft() if self._split else self._cut(per_second or math.inf)
        for item in chunk:
            item.attempts += 1
        self._requests += 1
        self.report.in_flight += len(chunk)
        if per_second:
            # The client waits for its turn, too. But what waits here is not in flight yet, and can be given up.
            recipients = sum(item.recipients for item in chunk)
            self._turn = max(self._turn, now) + recipients / per_second
        return chunk

    def _cut(self, per_second: float) -> Chunk:
        """Take a chunk off what there is: no more recipients than a second has room for, but at least one entry."""
        chunk = [self._fresh.popleft()]
        recipients = chunk[0].recipients
        while self._fresh and len(chunk) < MAX_ENTRIES and recipients + self._fresh[0].recipients <= per_second:
            chunk.append(self._fresh.popleft())
            recipients += chunk[-1].recipients
        return chunk

    def _seconds_to_wait(self) -> float | None:
        """Return the time until another request can leave; None if another one has to end first."""
        if self.report.stopped:
            return 0
        if self._requests >= self.settings.max_in_flight:
            return None
        times = [self._turn] if self._fresh or self._split else []
        times += [max(self._later[0][0], self._turn)] if self._later else []
        return max(min(times) - self._clock(), 0) if times else None

    # Ends of requests ----------------------------------------------------------------------------------------

    def _collect(self, seconds: float | None) -> Steps:
        if self._requests or seconds:
            ended: Sequence[Finished] = yield Collect(seconds)
            for finished in ended:
                for outcome in self.settle(finished):
                    yield Emit(outcome)
                self._show_progress()

    def _postpone(self, items: Sequence[Item], verdicts: Sequence[Verdict], now: float) -> None:
        """Let entries wait before they are tried again, together, so that they need no more requests than before."""
        tried = self.settings.max_attempts - min(item.retries_left for item in items)
        asked_for = max(
            (verdict.error.retry_after or 0 for verdict in verdicts if isinstance(verdict.error, APIError)), default=0
        )
        due = now + backoff(tried, self._random, asked_for)
        for item in items:
            item.retries_left -= 1
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

    # Reporting ----------------------------------------------------------------------------------------

    def _stop(self, reason: SESv2Error) -> None:
        self.report.stopped = self.report.stopped or reason

    def _count(self, outcome: Outcome) -> Outcome:
        self._unsettled -= 1
        self.report.count(outcome)
        return outcome

    def _left(self) -> list[Item]:
        """Return what was taken from the source, is in no request and has no outcome, in order."""
        left = [*self._fresh, *chain.from_iterable(self._split), *(item for _, _, item in self._later)]
        return sorted(left, key=lambda item: item.index)

    def _show_progress(self) -> None:
        self.report.seconds = self._clock() - self._began
        show, self._on_progress = self._on_progress, None
        if show:
            show(self.report)
            self._on_progress = show  # one that has raised is not called again


def _invalid(problems: Sequence[Problem]) -> ParamValidationError:
    return ParamValidationError("SendBulkEmail", problems)


def _earlier_failure(code: str | None) -> APIError:
    """Return the error of an entry that failed in an earlier run."""
    message = "it failed in an earlier run"
    cls = BY_CODE.get(code or "")
    return cls(message, code=code, operation="SendBulkEmail") if cls else status_error(code, message)
