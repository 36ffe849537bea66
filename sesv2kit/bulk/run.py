"""A bulk run as a generator of steps, which the sync and the async sender take.

The generator holds all decisions and does no I/O. What the source gives is taken in by `intake.py`, waits in
`queue.py`, and leaves when `pace.py` says so. This module begins requests, and decides what follows from their ends.
"""

import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from .._call.retry import backoff
from .._core.exceptions import AmbiguousSendError, BulkStoppedError, SESv2Error
from ..errors import LimitExceededException
from .intake import Intake
from .item import Chunk, Item
from .journal import Journal, journal_error, note
from .pace import Pace
from .patience import Patience
from .queue import LINGER, Queue
from .report import Outcome, Report
from .results import Results
from .settings import Settings
from .steps import Collect, Collected, FindRate, Pull, Pulled, ReadAccount, Start, Steps, StopPulling
from .verdict import Finished, Result, Verdict, judge

QUOTA_POLL: Final = 300.0
"""Seconds between two checks whether the 24-hour quota allows more."""
_MAX_WAITS: Final = 10
"""After so many waits, the next ones get no longer."""
_NO_QUOTA: Final = "the account's 24-hour quota is used up"


class Run:
    """One run over a source.

    Args:
        settings: The sender's.
        journal: Where states are kept, if they are.
        clock: Returns a monotonic time.
        random: Returns a number from 0 to 1.
        total: How many entries the source has, if that is known.
        spacing: See `Pace`.
    """

    def __init__(
        self,
        settings: Settings,
        journal: Journal | None = None,
        clock: Callable[[], float] = time.monotonic,
        random: Callable[[], float] = random.random,
        total: int | None = None,
        spacing: float = 0.0,
    ) -> None:
        self.settings: Settings = settings
        self.journal: Journal | None = journal
        self.results: Results = Results(settings, clock, total)
        self._process = os.getpid()
        self._clock = clock
        self._random = random
        self._intake = Intake(settings, journal, self.results)
        self._queue = Queue()
        self._pace = Pace(settings.max_in_flight, spacing)
        self._patience = Patience(settings)
        self._unsettled = 0
        """Entries without an outcome: they wait, or are in a request."""
        self._quota_at: float | None = None
        """When to check whether the 24-hour quota allows more, if it is used up."""

    @property
    def report(self) -> Report:
        """The numbers of the run."""
        return self.results.report

    def steps(self) -> Steps:
        """Take every entry of the source to its outcome.

        Raises:
            BulkStoppedError: The run ended early.
        """
        intake, queue, pace, results = self._intake, self._queue, self._pace, self.results
        yield from self._find_rate()
        while not results.must_stop():
            queue.requeue_due(self._clock())
            if elements := intake.elements_to_pull(queue.size, self._unsettled, pace.max_requests):
                intake.pulling += elements
                yield Pull(elements)
            if self._must_check_quota():
                yield from self._check_quota()
            elif chunk := self._next_chunk():
                yield Start(chunk)
                yield from self._collect(0)
            elif self._unsettled or intake.pulling:
                yield from self._collect(self._seconds_to_wait())
            else:
                break
        while pace.requests:
            yield from self._collect(None)
        pulled: Pulled = yield StopPulling()
        yield from self._take_in(pulled)
        untouched = [item.as_given for item in self._give_up_left()]
        yield from results.emit()
        self.end()
        if reason := self.report.stopped:
            entries = "1 entry" if len(untouched) == 1 else f"{len(untouched)} entries"
            message = f"the run was stopped, with {entries} taken and not sent: {reason}"
            raise BulkStoppedError(message, reason, untouched, intake.source_error) from reason
        if intake.source_error:
            raise intake.source_error

    def settle(self, finished: Finished) -> None:
        """Take in the end of a request."""
        now = self._clock()
        if finished.failure:
            self.results.stop(finished.failure)
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
        self.results.add(outcomes)
        self._unsettled -= len(outcomes)
        self._pace.end()
        self.report.in_flight -= len(finished.chunk)
        self._learn(finished, now)
        if "stop" in errors:
            self.results.stop(errors["stop"])
        postponed = [item for then, items in waiting.items() for item in self._wait(then, items, errors[then], now)]
        if postponed:
            self._postpone(postponed, finished.verdicts, now)
        if reason := self._patience.find_common_reason(finished):
            self.results.stop(reason)

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
            note(self.journal.begin, [item.journal_key for item in chunk])
        except SESv2Error:
            raise
        except Exception as error:
            raise journal_error(error) from error

    def finish(self, chunk: Chunk, result: Result) -> Finished:
        """Judge the end of a request, and record it; may block. For the thread or task that made it."""
        verdicts = judge(chunk, result, resend_unknown=self.settings.resend_unknown)
        failure: SESv2Error | None = None
        if self.journal:
            try:
                note(self.journal.record, [verdict.row(item) for item, verdict in zip(chunk, verdicts, strict=True)])
            except SESv2Error as error:
                failure = error
            except BaseException as error:  # noqa: BLE001 -- of a journal that is not this package's; the run waits
                failure = journal_error(error)
        return Finished(chunk, verdicts, failure)

    def end(self, left: Sequence[Finished] = ()) -> None:
        """Close the report, however the run ended; takes the finished requests that nobody has waited for."""
        # Ctrl-C may have come right after the outcomes of one were added.
        added = {outcome.index for outcome in self.results.outbox}
        for finished in left:
            if added.isdisjoint(item.index for item in finished.chunk):
                self.settle(finished)
        self._give_up_left()
        if not self.report.finished:
            self.report.limit_reached = self._intake.is_limited and not self._intake.has_ended
            self.report.finished = True
            self.results.show_progress()

    def close(self) -> None:
        """Close the journal; may block. In a child that was forked meanwhile, the journal is that of the parent."""
        if self.journal and os.getpid() == self._process:
            self.journal.close()

    def _give_up_left(self) -> list[Item]:
        """Return the entries that were not sent, in the order of the source; those that may have been are unknown."""
        left = sorted([*self._queue.left(), *self._intake.left], key=lambda item: item.index)
        self._queue, self._intake.left = Queue(), []
        self.results.add([item.outcome("unknown", item.unsure) for item in left if item.unsure])
        untouched = [item for item in left if not item.unsure]
        self.report.untouched += len(untouched)
        return untouched

    def _find_rate(self) -> Steps:
        self._pace.rate = self.settings.known_rate()
        is_known = self._pace.rate is not None and self._pace.rate.is_known
        if is_known and not self._pace.has_no_quota:
            return
        try:
            yield ReadAccount(self.settings.options) if is_known else FindRate(self.settings.options)
        except SESv2Error as error:
            self.results.stop(error)
        self._pace.rate = self.settings.known_rate()

    def _must_check_quota(self) -> bool:
        if self._quota_at is not None:
            return self._clock() >= self._quota_at
        return self._queue.has_entries and self._pace.has_no_quota

    def _check_quota(self) -> Steps:
        waits = self.settings.on_quota == "wait"
        try:
            yield ReadAccount(self.settings.options)
        except SESv2Error as error:
            # Whoever waits for a day does not give up because one check fails.
            if not waits or self._quota_at is None:
                self.results.stop(error)
                return
        self._quota_at = None
        self._patience.begin_again()
        if self._pace.has_no_quota:
            reason = LimitExceededException(_NO_QUOTA, code="ACCOUNT_DAILY_QUOTA_EXCEEDED", operation="GetAccount")
            self._wait_for_quota(reason, self._clock())

    def _wait_for_quota(self, error: SESv2Error, now: float) -> None:
        if self.settings.on_quota == "wait":
            self._quota_at = now + QUOTA_POLL
        else:
            self.results.stop(error)

    def _next_chunk(self) -> Chunk | None:
        """Return what to send now, and count it as sent; None if there is nothing, or it is not the time."""
        now, pace = self._clock(), self._pace
        if self._quota_at is not None or now < self._ready_at() or now < pace.next_time(now):
            return None
        chunk = self._queue.take(pace.max_recipients, now)
        for item in chunk:
            item.attempts += 1
        self.report.in_flight += len(chunk)
        pace.begin(_recipients(chunk), now)
        return chunk

    def _ready_at(self) -> float:
        """Return when there are entries for the next request."""
        return self._queue.ready_at(self._pace.max_recipients, more_to_come=self._intake.pulling > 0)

    def _seconds_to_wait(self) -> float | None:
        """Return the time until there is something else to do; None if a request has to end first."""
        now = self._clock()
        times = [self._queue.next_due]
        if self._intake.pulling:
            times.append(now + LINGER)
        if self._quota_at is not None:
            times.append(self._quota_at)
        elif self._queue.has_entries:
            times.append(max(self._ready_at(), self._pace.next_time(now)))
        first = min(times)
        return max(first - now, 0.0) if first < float("inf") else None

    def _collect(self, seconds: float | None) -> Steps:
        collected: Collected = yield Collect(seconds)
        has_finished = bool(collected.finished)
        while collected.finished:
            self.settle(collected.finished[0])
            del collected.finished[0]  # only now: Ctrl-C must lose no outcome
        yield from self._take_in(collected.pulled)
        yield from self.results.emit()
        if has_finished:
            self.results.show_progress()

    def _take_in(self, pulled: Pulled) -> Steps:
        items = yield from self._intake.take_in(pulled)
        self._queue.add(items, self._clock())
        self._unsettled += len(items)

    def _learn(self, finished: Finished, now: float) -> None:
        """Take in what the end of a request says of the service as a whole."""
        states = {verdict.state for verdict in finished.verdicts}
        if "sent" in states:
            self._patience.begin_again()
        if not states & {"sent", "unknown"}:
            self._pace.give_back(_recipients(finished.chunk), now)
        for verdict in finished.verdicts:
            # The client slows down itself when a whole request is throttled.
            if verdict.then == "throttled" and getattr(verdict.error, "status_code", None) is None and self._pace.rate:
                self._pace.rate.throttled()

    def _wait(self, then: str, items: Sequence[Item], error: SESv2Error, now: float) -> Sequence[Item]:
        """Let entries wait for what their verdict says; returns those that wait for another request."""
        if then == "split":
            self._queue.add_halves(items)
            return ()
        for item in items:
            item.retries_left -= then == "retry"
            item.outages += then == "outage"
        if then == "retry" or (then in ("throttled", "outage") and not self._patience.is_over(then, items, now)):
            return items
        self._queue.add(items, now)
        if then == "quota":
            self._wait_for_quota(error, now)
        else:
            self.results.stop(error)
        return ()

    def _postpone(self, items: Sequence[Item], verdicts: Sequence[Verdict], now: float) -> None:
        """Let entries wait before they are tried again, together, so that they need no more requests than before."""
        # Only the error of a whole request, which is that of each entry, says how long to wait.
        asked_for = getattr(verdicts[0].error, "retry_after", None)
        for item in items:
            item.waits += 1
        waits = min(max(item.waits for item in items), _MAX_WAITS)
        self._queue.postpone(items, now + backoff(waits, self._random, asked_for))
        self.report.retried += len(items)


def _recipients(chunk: Chunk) -> int:
    return sum(item.recipients for item in chunk)
