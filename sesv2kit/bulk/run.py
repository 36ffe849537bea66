"""A bulk run as a generator of steps, which the sync and the async sender take.

The generator holds all decisions and does no I/O: what goes into a request, what an answer means for each of its
entries, what is tried again and when, and what ends the run.
"""

import hashlib
import json
import math
import random
import time
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import chain
from typing import Any, Final, Literal, cast

import attrs

from .._api.messages import SEND_BULK_EMAIL
from .._bulk_status import CONCERNS_ALL, status_error
from .._call.options import RequestOptions
from .._call.request import build_request
from .._call.retry import backoff, classify
from .._core.exceptions import (
    AmbiguousSendError,
    APIError,
    BulkStoppedError,
    ConfigurationError,
    ParamValidationError,
    Problem,
    SESv2Error,
)
from .._core.serde import encoder
from .._core.validation import check_for, under
from .._rate.send_rate import SendRate, recipients_of
from ..errors import BY_CODE, BadRequestException, LimitExceededException, MessageRejected
from ..models import BulkEmailEntry, BulkEmailEntryResult, SendBulkEmailResponse
from .journal import NEW, EntryState, Journal, Key, Known, Row
from .report import Outcome, Progress, Report, State, code_of

MOST_ENTRIES: Final = 50
"""Entries that a request may hold: https://docs.aws.amazon.com/ses/latest/dg/send-personalized-email-api.html"""
MOST_RECIPIENTS: Final = 50
"""Recipients that an entry may have: https://docs.aws.amazon.com/ses/latest/dg/quotas.html"""
_REFUSED_IN_A_ROW: Final = 50
"""So many entries refused one by one, with none taken in between, are not at fault themselves."""
_OF_ONE_ENTRY: Final = (BadRequestException, MessageRejected, ParamValidationError)
"""Refusals of a request that one of its entries may be the reason of; other refusals concern every request."""
_TOO_LARGE: Final = 413
_NO_QUOTA: Final = "the account's 24-hour quota is used up"
_OTHER_SOURCE: Final = (
    "entry {} of the source is not the one that the journal has sent; a journal goes with one mailing"
)


@attrs.frozen
class BulkItem:
    """An entry with a key of its own, by which the journal knows it in later runs."""

    entry: BulkEmailEntry
    """The entry to send."""
    key: str | None = None
    """What the caller calls it, such as the id of an order or a user: in the journal, so better no address. Default:
    None, its place in the source."""


@attrs.frozen(kw_only=True)
class Settings:
    """What the runs of a sender share."""

    arguments: Mapping[str, Any]
    """Everything that `send_bulk_email` takes but the entries and the options."""
    options: RequestOptions
    """The options of each request, the send rate among them."""
    known_rate: Callable[[], SendRate | None]
    """Returns the send rate; None, or one that is not known yet, until the account was read."""
    in_flight: int
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


@attrs.define(eq=False)
class Item:
    """An element of the source under way."""

    index: int
    key: str | None
    entry: BulkEmailEntry
    problems: Sequence[Problem]
    """Why it can't be sent, if it can't."""
    recipients: int
    retries_left: int
    attempts: int = 0
    unsure: SESv2Error | None = None
    """Why it may have been sent already, if it may: it stays unknown, whatever fails from now on."""

    @property
    def journal_key(self) -> Key:
        """What the journal knows it by."""
        return self.index if self.key is None else self.key

    @property
    def digest(self) -> bytes | None:
        """What stands for its content, by which its place in the source is known to be its own; None with a key."""
        if self.key is not None or self.problems:
            return None
        members = json.dumps(encoder(BulkEmailEntry)(self.entry), sort_keys=True)
        return hashlib.blake2b(members.encode("ascii"), digest_size=8).digest()

    def outcome(self, state: State, error: SESv2Error | None = None, **facts: Any) -> Outcome:
        """Return what became of it."""
        return Outcome(
            index=self.index,
            key=self.key,
            entry=self.entry,
            state=state,
            error=error,
            attempts=self.attempts,
            **facts,
        )


Chunk = Sequence[Item]


# Steps -------------------------------------------------------------------------------------------


@attrs.frozen
class Pull:
    """Step: take up to so many elements from the source, and send back a `Pulled`."""

    most: int


@attrs.frozen
class Pulled:
    """What the source gave."""

    elements: Sequence[object]
    ended: bool = False
    error: Exception | None = None
    """What the source raised, which is also its end."""


@attrs.frozen
class Resolve:
    """Step: do what may block, in a thread if need be, and send back what it returns or the error it raises."""

    blocking: Callable[[], object]


@attrs.frozen
class ReadAccount:
    """Step: call `get_account`, by which the send rate learns; send back the answer or the error."""

    options: RequestOptions


@attrs.frozen
class Start:
    """Step: begin a request; nothing is sent back."""

    chunk: Chunk


@attrs.frozen
class Collect:
    """Step: wait for answers, at most so many seconds, and send back an `Answered` for each that there is."""

    seconds: float | None


@attrs.frozen
class Tell:
    """Step: hand out an outcome."""

    outcome: Outcome


Step = Pull | Resolve | ReadAccount | Start | Collect | Tell
Steps = Generator[Step, Any, None]


# What an answer means ----------------------------------------------------------------------------


@attrs.frozen
class Verdict:
    """What an answer means for one entry."""

    state: Literal["sent", "failed", "unknown", "pending"]
    error: SESv2Error | None = None
    message_id: str | None = None
    then: Literal["retry", "split", "stop"] | None = None
    """What follows: the entry is tried again, alone or with fewer others, or the run ends."""

    def row(self, item: Item) -> Row:
        """Return what the journal says from now on."""
        doubtful = self.state == "pending" and (item.unsure or isinstance(self.error, AmbiguousSendError))
        state: EntryState = "unknown" if doubtful else self.state
        return Row(item.journal_key, state, self.message_id, None if state == "pending" else code_of(self.error))


@attrs.frozen
class Answered:
    """A request that is over, with a verdict on each of its entries."""

    chunk: Chunk
    verdicts: Sequence[Verdict]
    failure: SESv2Error | None = None
    """What the journal ended with when it was told, if it failed."""


Answer = SendBulkEmailResponse | BaseException
"""What a request ended with."""


def judge(chunk: Chunk, answer: Answer, *, resend_unknown: bool) -> list[Verdict]:
    """Say what an answer, or what there was in its place, means for each entry of a request."""
    if isinstance(answer, SendBulkEmailResponse):
        results = answer.bulk_email_entry_results
        if len(results) == len(chunk):
            return [_of_result(item, result) for item, result in zip(chunk, results, strict=True)]
        told = f"the answer has {len(results)} results for {len(chunk)} entries, so none can be told whose it is"
        answer = _ambiguous(told)
    return [_of_error(item, answer, len(chunk), resend_unknown) for item in chunk]


def _of_result(item: Item, result: BulkEmailEntryResult) -> Verdict:
    if result.ok:
        return Verdict("sent", message_id=result.message_id)
    if not result.status:
        return Verdict("unknown", _ambiguous("the answer does not say what became of the entry"))
    error = status_error(result.status, result.error)
    if error.is_retryable and item.retries_left:
        return Verdict("pending", error, then="retry")
    # Throttling that says that it won't pass is a daily quota.
    if result.status in CONCERNS_ALL or (result.is_retryable and not error.is_retryable):
        return Verdict("pending", error, then="stop")
    return _failed(item, error)


def _of_error(item: Item, error: BaseException, size: int, resend_unknown: bool) -> Verdict:
    if not isinstance(error, SESv2Error):
        unsure = _ambiguous(f"{type(error).__name__} ended the call")
        unsure.__cause__ = error
        return Verdict("unknown", unsure, then="stop")
    failure = classify(error)
    if failure.may_have_happened:
        again = resend_unknown and item.retries_left
        return Verdict("pending", error, then="retry") if again else Verdict("unknown", error)
    if failure.transient:
        return Verdict("pending", error, then="retry" if item.retries_left else "stop")
    if isinstance(error, _OF_ONE_ENTRY) or getattr(error, "status_code", None) == _TOO_LARGE:
        return Verdict("pending", error, then="split") if size > 1 else _failed(item, error)
    return Verdict("pending", error, then="stop")


def _failed(item: Item, error: SESv2Error) -> Verdict:
    return Verdict("unknown", item.unsure) if item.unsure else Verdict("failed", error)


def _ambiguous(told: str) -> AmbiguousSendError:
    return AmbiguousSendError(f"SendBulkEmail: {told}", operation="SendBulkEmail")


# The run -----------------------------------------------------------------------------------------


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
            self._take_up_again()
            if self._may_pull():
                yield from self._pull()
            elif (self._fresh or self._split) and self._has_no_quota():
                yield from self._ask_for_quota()
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
                yield Tell(self._count(item.outcome("unknown", item.unsure)))
        self.end()
        if self.report.stopped:
            untouched = [BulkItem(item.entry, item.key) for item in left if not item.unsure]
            raise BulkStoppedError(self.report.stopped, untouched, self._source_error) from self.report.stopped
        if self._source_error:
            raise self._source_error

    def settle(self, answered: Answered) -> list[Outcome]:
        """Take in what came of a request; returns the outcomes of the entries that are done with."""
        now = self._clock()
        self._requests -= 1
        self.report.in_flight -= len(answered.chunk)
        if answered.failure:
            self._stop(answered.failure)
        outcomes: list[Outcome] = []
        retried: list[Item] = []
        split: list[Item] = []
        for item, verdict in zip(answered.chunk, answered.verdicts, strict=True):
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
                self._rate.throttled()  # what the client sees throttled, it tells itself
        if retried:
            self._put_off(retried, answered.verdicts, now)
        if split:
            half = (len(split) + 1) // 2
            self._split += [split[:half], split[half:]]
        self._look_for_a_common_reason(answered)
        return outcomes

    def begin(self, chunk: Chunk) -> None:
        """Note that a request is about to leave; may block. For the thread or task that makes it."""
        if self.journal:
            self.journal.begin([item.journal_key for item in chunk])

    def judged(self, chunk: Chunk, answer: Answer) -> Answered:
        """Judge the answer to a request, and note what came of it; may block. For the thread or task that made it."""
        verdicts = judge(chunk, answer, resend_unknown=self.settings.resend_unknown)
        if not self.journal:
            return Answered(chunk, verdicts)
        try:
            self.journal.record([verdict.row(item) for item, verdict in zip(chunk, verdicts, strict=True)])
        except SESv2Error as failure:
            return Answered(chunk, verdicts, failure)
        return Answered(chunk, verdicts)

    def end(self, answers: Sequence[Answered] = ()) -> None:
        """Tell that the run is over, however it ended; with the answers that nobody has waited for."""
        for answered in answers:
            self.settle(answered)
        if not self.report.finished:
            self.report.untouched = sum(not item.unsure for item in self._left())
            self.report.finished = True
            self._tell_progress()

    def close(self) -> None:
        """Close the journal; may block."""
        if self.journal:
            self.journal.close()

    # Taking entries in -----------------------------------------------------------------------------

    def _find_rate(self) -> Steps:
        self._rate = self.settings.known_rate()
        if not (self._rate and self._rate.is_known) or self._has_no_quota():
            answer: object = yield ReadAccount(self.settings.options)
            self._rate = self.settings.known_rate()
            if isinstance(answer, SESv2Error):
                self._stop(answer)

    def _has_no_quota(self) -> bool:
        """Return whether the quota is used up, by the account's last answer and what was asked for since."""
        left = self._rate.quota_left if self._rate else None
        return left is not None and left < 1

    def _ask_for_quota(self) -> Steps:
        answer: object = yield ReadAccount(self.settings.options)
        if isinstance(answer, SESv2Error):
            self._stop(answer)
        elif self._has_no_quota():
            self._stop(LimitExceededException(_NO_QUOTA, code="ACCOUNT_DAILY_QUOTA_EXCEEDED", operation="GetAccount"))

    def _may_pull(self) -> bool:
        most = (self.settings.in_flight + 1) * MOST_ENTRIES
        wanted = len(self._fresh) < MOST_ENTRIES and not self._split
        return wanted and not self._ended and self._unsettled < most and self._requests < self.settings.in_flight

    def _pull(self) -> Steps:
        pulled: Pulled = yield Pull(MOST_ENTRIES - len(self._fresh))
        self._ended, self._source_error = pulled.ended, pulled.error
        items = list(map(self._taken_in, pulled.elements))
        known: Sequence[Known] | SESv2Error = [NEW] * len(items)
        if journal := self.journal:
            known = yield Resolve(lambda: journal.look_up([(item.journal_key, item.digest) for item in items]))
        if isinstance(known, SESv2Error):
            self._stop(known)
            self._fresh += items
            return
        for item, found in zip(items, known, strict=True):
            if outcome := self._known_outcome(item, found):
                yield Tell(self._count(outcome))
            else:
                self._fresh.append(item)

    def _taken_in(self, element: object) -> Item:
        entry, key = (element.entry, element.key) if isinstance(element, BulkItem) else (element, None)
        problems, recipients = _checked(entry, key, self.settings.check_limits)
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
            item.unsure = _ambiguous("it was in flight when an earlier run ended, or that run could not tell")
            if not self.settings.resend_unknown:
                return item.outcome("unknown", item.unsure, resumed=True)
        return None

    # Sending ----------------------------------------------------------------------------------------

    def _take_up_again(self) -> None:
        """Put what has waited long enough before what is new."""
        now = self._clock()
        due: list[Item] = []
        while self._later and self._later[0][0] <= now:
            due.append(heappop(self._later)[-1])
        self._fresh.extendleft(reversed(due))

    def _next_chunk(self) -> Chunk | None:
        """Return what to send now, and count it as sent; None if there is nothing, or it is not the time."""
        now = self._clock()
        if self._requests >= self.settings.in_flight or now < self._turn or not (self._split or self._fresh):
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
        while self._fresh and len(chunk) < MOST_ENTRIES and recipients + self._fresh[0].recipients <= per_second:
            chunk.append(self._fresh.popleft())
            recipients += chunk[-1].recipients
        return chunk

    def _seconds_to_wait(self) -> float | None:
        """Return the time until another request can leave; None if that takes an answer first."""
        if self.report.stopped:
            return 0
        if self._requests >= self.settings.in_flight:
            return None
        times = [self._turn] if self._fresh or self._split else []
        times += [max(self._later[0][0], self._turn)] if self._later else []
        return max(min(times) - self._clock(), 0) if times else None

    # Answers ----------------------------------------------------------------------------------------

    def _collect(self, seconds: float | None) -> Steps:
        if self._requests or seconds:
            answers: Sequence[Answered] = yield Collect(seconds)
            for answered in answers:
                for outcome in self.settle(answered):
                    yield Tell(outcome)
                self._tell_progress()

    def _put_off(self, items: Sequence[Item], verdicts: Sequence[Verdict], now: float) -> None:
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

    def _look_for_a_common_reason(self, answered: Answered) -> None:
        """Stop if entry after entry is refused alone: then it is what they share that is refused."""
        if any(verdict.state == "sent" for verdict in answered.verdicts):
            self._refused_in_a_row = 0
        error = answered.verdicts[0].error
        if len(answered.chunk) == 1 and isinstance(error, _OF_ONE_ENTRY) and getattr(error, "status_code", None):
            self._refused_in_a_row += 1
            if self._refused_in_a_row >= _REFUSED_IN_A_ROW:
                self._stop(error)

    # Telling ----------------------------------------------------------------------------------------

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

    def _tell_progress(self) -> None:
        self.report.seconds = self._clock() - self._began
        tell, self._on_progress = self._on_progress, None
        if tell:
            tell(self.report)
            self._on_progress = tell  # one that has raised is not asked again


def _checked(entry: Any, key: object, check_limits: bool) -> tuple[Sequence[Problem], int]:
    """Return what keeps an element of the source from being sent, and how many recipients it has."""
    problems = under("entry", check_for(BulkEmailEntry, None)(entry, check_limits))
    if key is not None:
        problems += under("key", check_for(str, None)(key, check_limits))
    if problems:
        return problems, 0
    recipients = recipients_of(entry.destination)
    if not recipients:
        problems.append(Problem("entry.destination", "has no recipient"))
    elif check_limits and recipients > MOST_RECIPIENTS:
        told = f"must have at most {MOST_RECIPIENTS} recipients, has {recipients}"
        problems.append(Problem("entry.destination", told))
    return problems, recipients


def _invalid(problems: Sequence[Problem]) -> ParamValidationError:
    return ParamValidationError("SendBulkEmail", problems)


def _earlier_failure(code: str | None) -> APIError:
    """Return the error of an entry that failed in an earlier run."""
    told = "it failed in an earlier run"
    cls = BY_CODE.get(code or "")
    return cls(told, code=code, operation="SendBulkEmail") if cls else status_error(code, told)
