"""One call as a generator of steps, and the two short drivers that take them.

The generator holds all decisions and does no I/O; it yields what is to be done, and is sent what came of
it. So the sync and the async client can't differ. The shape is that of httpx's `Auth.auth_flow`.
"""

import copy
import logging
import random
import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import attrs

from .._aws.config import Config, Target
from .._aws.credentials import Credentials
from .._aws.source import CredentialsSource
from .._core.aio import in_thread, sleep
from .._core.exceptions import AmbiguousSendError, APIError, ResponseError, SESv2Error, TimeoutError, TransportError
from .._core.http import RawResponse, SignedRequest
from .._core.operation import Operation, ResponseT
from .._rate.limiter import AdaptiveRate, Line, RateLimits
from .._rate.send_rate import SendRate, SendRateLike, account_rate, count_recipients
from .hooks import AttemptInfo, CallInfo, Hook, around, around_async, logger, told
from .options import RequestOptions
from .plan import Plan, plan_call
from .request import Request, build_request
from .response import read_reply
from .retry import RetryQuota, backoff, classify, may_retry

if TYPE_CHECKING:
    from ..models import GetAccountResponse

T = TypeVar("T")

_ACCOUNT: Final = "GetAccount"
_EXPIRED: Final = frozenset({"ExpiredToken", "ExpiredTokenException"})
_SKEWED: Final = frozenset(
    {
        "InvalidSignatureException",
        "RequestExpired",
        "RequestInTheFuture",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    }
)
_TOLERATED_SKEW: Final = timedelta(minutes=4)
"""The service refuses signatures that are more than five minutes off."""
_LOOK_AGAIN: Final = 1.0
"""How many seconds to wait at most before a look at the line, whose rate may have changed."""
_ACCOUNT_PATIENCE: Final = 60.0
"""Seconds that a send without a `call_timeout` waits for the account's first answer."""
_LOOK_FOR_ACCOUNT: Final = (0.02, 0.25)
"""How many seconds to wait before a look whether the account has answered another call: at first, and at most."""
_LAST_BACKOFF: Final = 3
"""After so many failures the questions to the account are no longer spaced further: up to four seconds."""
_DENIED: Final = frozenset({"AccessDenied", "AccessDeniedException"})


@attrs.frozen
class Resolve:
    """Step: do what may block, in a thread if need be, and send back what it returns."""

    blocking: Callable[[], Any]


@attrs.frozen
class LoadCredentials:
    """Step: load credentials, which may ask a server, and send them back."""

    source: CredentialsSource


@attrs.frozen
class Send:
    """Step: send this, and send back the `RawResponse`."""

    outgoing: SignedRequest
    attempt: AttemptInfo


@attrs.frozen
class Sleep:
    """Step: wait."""

    seconds: float


@attrs.frozen
class Call:
    """Step: make another call, with the hooks around it, and send back its answer."""

    steps: "Steps[Any]"
    info: CallInfo


Step = Resolve | LoadCredentials | Send | Sleep | Call
Steps = Generator[Step, Any, T]


@attrs.define
class Clock:
    """The time of signatures: this machine's, corrected once the service has shown that it is wrong."""

    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Return the service's time, as far as it is known."""
        return datetime.now(UTC) + self.offset

    def correct(self, reply: RawResponse, used: timedelta) -> bool:
        """Take over the time of an answer's Date header; False if the offset that was used is not far off."""
        try:
            theirs = parsedate_to_datetime(reply.headers.get("date", ""))
            theirs = theirs.astimezone(UTC) if theirs.tzinfo else theirs.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            return False
        offset = theirs - datetime.now(UTC)
        if abs(offset - used) < _TOLERATED_SKEW:
            return False
        self.offset = offset
        return True


@attrs.frozen(kw_only=True)
class Shared:
    """What the calls of a client share."""

    config: Config
    get_account: Callable[[], Operation[Any]]
    """Returns the operation that says what the account allows."""
    hooks: tuple[Hook, ...] = ()
    rate_limits: RateLimits | None = None
    """Given if the client obeys the documented limits per second."""
    send_rate: SendRateLike | None = None
    """What sends keep to, unless a call says otherwise."""
    send_rates: dict[float | str, SendRate] = attrs.field(factory=dict[float | str, SendRate])
    """The rates that numbers and `account` stand for, once there was a call for them."""
    quota: RetryQuota = attrs.field(factory=RetryQuota)
    adaptive: AdaptiveRate = attrs.field(factory=AdaptiveRate)
    clock: Clock = attrs.field(factory=Clock)

    def known_rate(self, setting: SendRateLike | None) -> SendRate | None:
        """Return the rate that a setting stands for; None for no limit, and before the account's is looked up."""
        if setting is None or isinstance(setting, SendRate):
            return setting
        if setting == "account":
            return self.send_rates.get(setting)
        return self.send_rates.get(setting) or self.send_rates.setdefault(setting, SendRate(setting))


def call(
    operation: Operation[ResponseT],
    arguments: Mapping[str, Any],
    options: RequestOptions | None,
    shared: Shared,
    info: CallInfo,
) -> Steps[ResponseT]:
    """Make one call; a send of which any attempt may have happened fails with an error that says so."""
    try:
        return (yield from _attempts(operation, arguments, options, shared, info))
    except SESv2Error as error:
        if info.may_have_happened and isinstance(error, TransportError):
            error.outcome = "unknown"
        if not info.may_have_happened or operation.kind != "send":
            raise
        raise AmbiguousSendError(
            f"{operation.name}: it is not known whether the mail was sent, so it was not sent again ({error})",
            operation=operation.name,
            attempts=info.attempts,
            request_id=info.request_id,
        ) from error


def _attempts(
    operation: Operation[ResponseT],
    arguments: Mapping[str, Any],
    options: RequestOptions | None,
    shared: Shared,
    info: CallInfo,
) -> Steps[ResponseT]:
    """Check and serialise once, then sign and send until it succeeds or must not go on."""
    started = time.monotonic()
    config = shared.config
    request = build_request(operation, arguments, check_limits=config.check_limits)
    endpoint_id: str | None = arguments.get("endpoint_id")
    target = config.target(endpoint_id) or (yield Resolve(lambda: config.find_target(endpoint_id)))
    plan = plan_call(operation.name, options, target, shared.send_rate)
    rate = shared.known_rate(plan.send_rate)
    recipients = count_recipients(arguments) if plan.send_rate is not None and operation.kind == "send" else 0
    deadline = None if plan.call_timeout is None else started + plan.call_timeout
    last: APIError | ResponseError | TransportError | None = None
    corrected = False
    retries = 0
    while True:
        credentials: Credentials = config.credentials.ready() or (yield LoadCredentials(config.credentials))
        if rate is None and plan.send_rate is not None and (recipients or operation.name == _ACCOUNT):
            rate = yield from _rate_of_account(credentials, shared)
        on_time = yield from _turn(operation, plan, shared, deadline)
        if on_time and rate and recipients:
            on_time = yield from _send_turn(rate, recipients, shared, deadline)
        if not on_time:
            raise last or _out_of_time(operation)
        credentials = config.credentials.ready() or credentials  # the wait may have been long
        reply: RawResponse | None = None
        offset = shared.clock.offset
        try:
            outgoing = _outgoing(operation.name, request, target, credentials, plan, shared.clock.now(), deadline)
            info.attempts += 1
            attempt = AttemptInfo(info, info.attempts, outgoing.method, outgoing.url, outgoing.headers)
            answer: RawResponse = yield Send(outgoing, attempt)
            reply = answer
            info.status_code, info.request_id = answer.status, answer.request_id
            response = read_reply(operation, answer, info.attempts)
        except (APIError, ResponseError, TransportError) as error:
            last = error
            error.attempts = info.attempts
            info.may_have_happened = info.may_have_happened or classify(error).may_have_happened
            throttled = isinstance(error, APIError) and error.is_throttling
            if rate and recipients and throttled:
                rate.throttled()
            if plan.adaptive:
                shared.adaptive.learn(time.monotonic(), throttled=throttled)
            may_correct = not corrected and info.attempts < plan.max_attempts
            if may_correct and reply is not None and _correct(error, reply, credentials, offset, shared):
                corrected = True
                continue
            asked_for = error.retry_after if isinstance(error, APIError) else None
            delay = backoff(info.attempts, random.random, asked_for)
            if not _goes_on(operation, error, plan, info.attempts, delay, deadline) or not shared.quota.take():
                raise
            retries += 1
            yield Sleep(delay)
        else:
            shared.quota.give_back(retries)
            if plan.adaptive:
                shared.adaptive.learn(time.monotonic(), throttled=False)
            if rate and operation.name == _ACCOUNT:
                rate.update(cast("GetAccountResponse", response))
            return response


def _turn(operation: Operation[Any], plan: Plan, shared: Shared, deadline: float | None) -> Steps[bool]:
    """Wait until the next request may leave; False if the call's time runs out before it."""
    if plan.adaptive and shared.adaptive.line and not (yield from _stand_in(shared.adaptive.line, deadline)):
        return False
    if shared.rate_limits and operation.rate:
        line = shared.rate_limits.line(operation.name, operation.rate, time.monotonic())
        if not (yield from _stand_in(line, deadline)):
            return False
    return deadline is None or time.monotonic() < deadline


def _rate_of_account(credentials: Credentials, shared: Shared) -> Steps[SendRate]:
    config = shared.config
    target: Target = config.target(None) or (yield Resolve(lambda: config.find_target(None)))
    return shared.send_rates.setdefault("account", account_rate(target.url, credentials.access_key))


def _send_turn(rate: SendRate, recipients: int, shared: Shared, deadline: float | None) -> Steps[bool]:
    """Wait until mail to so many recipients may leave; False if the call's time runs out before it."""
    ask_others = rate.ask_others if rate.gate else None
    if not (yield from _know_account(rate, shared, deadline)):
        return False
    if not (yield from _stand_in(rate, deadline, recipients, ask_others)):
        return False
    rate.account.spend(recipients)
    return deadline is None or time.monotonic() < deadline


def _know_account(rate: SendRate, shared: Shared, deadline: float | None) -> Steps[bool]:
    """Ask GetAccount if it is time. One call does it for all; the others go by its last answer, or wait for a first."""
    account = rate.account
    failed_before = account.failure
    until = time.monotonic() + _ACCOUNT_PATIENCE if deadline is None else deadline
    pause, longest = _LOOK_FOR_ACCOUNT
    while True:
        # A copy, as each caller has an error of its own.
        failure = None if account.failure is failed_before else copy.copy(account.failure)
        left = until - (now := time.monotonic())
        if left > 0 and not _is_final(failure) and account.claim(now):
            failure = yield from _ask_account(rate, shared, left)
            left = until - time.monotonic()
        if account.is_known:
            return True
        if failure and (left <= 0 or _is_final(failure)):
            raise failure
        if left <= 0:
            return False
        yield Sleep(min(pause, left))
        pause = min(pause * 2, longest)


def _is_final(failure: SESv2Error | None) -> bool:
    return failure is not None and not classify(failure).transient


def _ask_account(rate: SendRate, shared: Shared, seconds: float) -> Steps[SESv2Error | None]:
    """Ask GetAccount, as the one who has claimed to, and return how that failed, if it did."""
    failure: SESv2Error | None = None
    pause = 0.0
    info = CallInfo(_ACCOUNT)
    try:
        yield Call(call(shared.get_account(), {}, {"call_timeout": seconds, "send_rate": rate}, shared, info), info)
    except SESv2Error as error:
        failure = error
        if not _is_final(error):
            asked_for = error.retry_after if isinstance(error, APIError) else None
            pause = backoff(min(rate.account.failures + 1, _LAST_BACKOFF), random.random, asked_for)
        if isinstance(error, TransportError):
            error.outcome = "not_sent"  # of the mail, which is what the caller asks
        if isinstance(error, APIError) and error.code in _DENIED:
            error.add_note("Nothing was sent. Allow ses:GetAccount, or give a number as the send rate: send_rate=14.")
    finally:
        rate.account.release(time.monotonic(), failure, pause)
    return failure


def _stand_in(
    line: Line | SendRate,
    deadline: float | None,
    size: int = 1,
    ask_others: Callable[[float, int, float | None], float] | None = None,
) -> Steps[bool]:
    place = line.join(time.monotonic(), size)
    has_come_up = False
    try:
        while True:
            now = time.monotonic()
            seconds: float = line.wait(place, now)
            if not seconds and ask_others:
                seconds = yield Resolve(lambda: ask_others(place, size, deadline))
            if not seconds:
                has_come_up = True
                return True
            if deadline is not None and now + seconds >= deadline:
                return False
            yield Sleep(min(seconds, _LOOK_AGAIN))
    finally:  # also if the call is cancelled while it waits
        if not has_come_up:
            line.leave(place, time.monotonic(), size)


def _out_of_time(operation: Operation[Any]) -> TimeoutError:
    told = f"{operation.name}: the call's time ran out before a request was made"
    return TimeoutError(told, operation=operation.name, outcome="not_sent", attempts=0)


def _correct(
    error: SESv2Error, reply: RawResponse, credentials: Credentials, offset: timedelta, shared: Shared
) -> bool:
    """Mend what the service complained of, if it can be: expired credentials, or a clock that is off."""
    if not isinstance(error, APIError):
        return False
    if error.code in _EXPIRED:
        return shared.config.credentials.reject(credentials)
    return error.code in _SKEWED and shared.clock.correct(reply, offset)


def _goes_on(
    operation: Operation[Any], error: SESv2Error, plan: Plan, attempts: int, delay: float, deadline: float | None
) -> bool:
    failure = classify(error)
    if not may_retry(operation.kind, failure) and not (plan.resend_ambiguous and failure.transient):
        return False
    in_time = deadline is None or time.monotonic() + delay < deadline
    return in_time and attempts < plan.max_attempts


def _outgoing(
    operation: str,
    request: Request,
    target: Target,
    credentials: Credentials,
    plan: Plan,
    now: datetime,
    deadline: float | None,
) -> SignedRequest:
    from .._aws.signing import sign

    url = f"{target.url}{request.path}" + (f"?{request.query}" if request.query else "")
    signed = sign(
        method=request.method,
        url=url,
        host=target.host,
        body=request.body,
        credentials=credentials,
        region=target.region,
        now=now,
        scheme=target.signing,
    )
    headers = {"user-agent": target.user_agent, **plan.headers, **signed}
    return SignedRequest(operation, request.method, url, headers, request.body, plan.timeout, deadline)


def drive(steps: Steps[T], send: Callable[[SignedRequest], RawResponse], info: CallInfo, hooks: tuple[Hook, ...]) -> T:
    """Take the steps of a call one after the other, blocking."""
    around_call = around([hook.around_call(info) for hook in hooks]) if hooks else nullcontext()
    with closing(steps), around_call, _watching(info, hooks):
        outcome: Any = None
        error: SESv2Error | None = None
        while True:
            try:
                step = steps.throw(error) if error else steps.send(outcome)
            except StopIteration as stop:
                return stop.value  # type: ignore[no-any-return]
            outcome, error = None, None
            try:
                match step:
                    case Send(outgoing, attempt):
                        if hooks:
                            with around([hook.around_attempt(attempt) for hook in hooks]):
                                outcome = _noted(send(outgoing), attempt)
                        else:
                            outcome = send(outgoing)
                    case LoadCredentials(source):
                        outcome = source.load()
                    case Resolve(blocking):
                        outcome = blocking()
                    case Sleep(seconds):
                        time.sleep(seconds)
                    case Call(inner, its_info):
                        outcome = drive(inner, send, its_info, hooks)
            except SESv2Error as raised:
                error = raised


async def drive_async(
    steps: Steps[T], send: Callable[[SignedRequest], Awaitable[RawResponse]], info: CallInfo, hooks: tuple[Hook, ...]
) -> T:
    """Take the steps of a call one after the other, without blocking other tasks."""
    async with around_async([hook.around_call(info) for hook in hooks]) if hooks else nullcontext():
        with closing(steps), _watching(info, hooks):
            outcome: Any = None
            error: SESv2Error | None = None
            while True:
                try:
                    step = steps.throw(error) if error else steps.send(outcome)
                except StopIteration as stop:
                    return stop.value  # type: ignore[no-any-return]
                outcome, error = None, None
                try:
                    match step:
                        case Send(outgoing, attempt):
                            if hooks:
                                async with around_async([hook.around_attempt(attempt) for hook in hooks]):
                                    outcome = _noted(await send(outgoing), attempt)
                            else:
                                outcome = await send(outgoing)
                        case LoadCredentials(source):
                            outcome = await source.aload()
                        case Resolve(blocking):
                            outcome = await in_thread(blocking)
                        case Sleep(seconds):
                            await sleep(seconds)
                        case Call(inner, its_info):
                            outcome = await drive_async(inner, send, its_info, hooks)
                except SESv2Error as raised:
                    error = raised


def _watching(info: CallInfo, hooks: tuple[Hook, ...]) -> AbstractContextManager[None]:
    """Return the context that notes and logs how a call ends, or nothing if nobody listens."""
    return told(info) if hooks or logger.isEnabledFor(logging.DEBUG) else nullcontext()


def _noted(reply: RawResponse, attempt: AttemptInfo) -> RawResponse:
    attempt.status_code, attempt.response_headers = reply.status, reply.headers
    return reply
