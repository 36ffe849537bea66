"""One call as a generator of steps: the attempts, and what follows from the outcome of each.

The generator holds all decisions and does no I/O, so the sync and the async client can't differ. Its shape is that of
httpx's `Auth.auth_flow`.
"""

import random
import time
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from .._aws.credentials import Credentials
from .._core.exceptions import AmbiguousSendError, APIError, ResponseError, SESv2Error, TimeoutError, TransportError
from .._core.http import RawResponse
from .._core.json_object import LARGE
from .._core.model import is_mapping
from .._core.operation import Operation, ResponseT
from .._rate.recipients import count_recipients
from .._rate.send_rate import SendRate
from .first import FirstAttempt
from .hooks import AttemptInfo, CallInfo
from .options import RequestOptions
from .pacing import find_account_rate, wait_for_send_turn, wait_for_turn
from .plan import Plan, plan_call
from .request import build_request
from .response import read_response
from .retry import backoff, classify, may_retry
from .shared import Shared
from .signed import signed_request
from .steps import Call, LoadCredentials, RunBlocking, Send, Sleep, Steps

if TYPE_CHECKING:
    from ..models import GetAccountResponse

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


def new_call(
    operation: Operation[ResponseT],
    arguments: Mapping[str, Any],
    options: RequestOptions | None,
    shared: Shared,
    first: FirstAttempt[ResponseT] | None = None,
) -> Call[ResponseT]:
    """Return a call, which a driver makes and a waiter yields.

    Args:
        operation: What to call.
        arguments: Values by Python name; None means that the argument was not given.
        options: What this call does otherwise than the client.
        shared: The client's.
        first: A first attempt that was made already, and failed.
    """
    info = CallInfo(operation.name)
    return Call(_call(operation, arguments, options, shared, info, first), info)


def _call(
    operation: Operation[ResponseT],
    arguments: Mapping[str, Any],
    options: RequestOptions | None,
    shared: Shared,
    info: CallInfo,
    first: FirstAttempt[ResponseT] | None,
) -> Steps[ResponseT]:
    """Make one call; a send of which any attempt may have happened fails with an error that says so."""
    try:
        return (yield from _attempts(operation, arguments, options, shared, info, first))
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
    first: FirstAttempt[ResponseT] | None,
) -> Steps[ResponseT]:
    """Check and serialise once, then sign and send until it succeeds or must not go on."""
    started = first.started if first else time.monotonic()
    config = shared.config
    extra_members = options.get("extra_members") if options and is_mapping(options) else None
    request = (
        first.request
        if first
        else build_request(operation, arguments, check_limits=config.check_limits, extra_members=extra_members)
    )
    endpoint_id: str | None = arguments.get("endpoint_id")
    target = config.target(endpoint_id) or (yield RunBlocking(lambda: config.find_target(endpoint_id)))
    plan = plan_call(operation.name, options, target, shared.send_rate, started)
    rate = shared.find_send_rate(plan.send_rate)
    recipients = count_recipients(arguments) if plan.send_rate is not None and operation.kind == "send" else 0
    last: SESv2Error | None = None
    corrected = False
    retries = 0
    credentials: Credentials
    while True:
        if first:
            credentials = first.credentials
        else:
            credentials = config.credentials.ready() or (yield LoadCredentials(config.credentials))
            if rate is None and plan.send_rate is not None and (recipients or operation.name == _ACCOUNT):
                rate = yield from find_account_rate(credentials, shared)
            on_time = yield from wait_for_turn(operation, arguments, plan, shared)
            if on_time and rate and recipients:
                read_account = partial(_account_call, shared)
                on_time = yield from wait_for_send_turn(rate, recipients, plan.deadline, read_account)
            if not on_time:
                raise last or _out_of_time(operation)
            credentials = config.credentials.ready() or credentials  # the wait may have been long
        response: RawResponse | None = None
        offset = first.offset if first else shared.clock.offset
        may_have_happened = info.may_have_happened
        try:
            if first and first.error:
                info.attempts += 1
                response = first.response
                if response:
                    info.note(response)
                raise first.error
            signed = signed_request(operation.name, request, target, credentials, plan, shared.clock.now())
            info.attempts += 1
            attempt = AttemptInfo(info, info.attempts, signed.method, signed.url, signed.headers)
            received: RawResponse = yield Send(signed, attempt)
            response = received
            is_large = len(received.body) > LARGE
            read = partial(_result, operation, received, info, credentials)
            result: ResponseT = (yield RunBlocking(read)) if is_large else read()
        except SESv2Error as error:
            first = None
            info.may_have_happened = may_have_happened or classify(error).may_have_happened
            if not isinstance(error, APIError | ResponseError | TransportError):
                raise
            last = error
            error.attempts = info.attempts
            _slow_down(error, plan, shared, rate if recipients else None)
            may_correct = not corrected and info.attempts < plan.max_attempts
            if may_correct and response and _correct(error, response, credentials, offset, shared):
                corrected = True
                continue
            delay = backoff(info.attempts, random.random, error.retry_after if isinstance(error, APIError) else None)
            if not _goes_on(operation, error, plan, info.attempts, delay) or not shared.quota.take():
                if rate and recipients and _was_refused(error):
                    rate.give_back(recipients)
                raise
            retries += 1
            yield Sleep(delay)
        else:
            info.may_have_happened = may_have_happened
            shared.quota.give_back(retries)
            if plan.adaptive:
                shared.adaptive.learn(time.monotonic(), throttled=False)
            if rate and operation.name == _ACCOUNT:
                rate.update(cast("GetAccountResponse", result))
            return result


def _account_call(shared: Shared, options: RequestOptions) -> Call[Any]:
    return new_call(shared.get_account(), {}, options, shared)


def _out_of_time(operation: Operation[Any]) -> TimeoutError:
    message = f"{operation.name}: the call's time ran out before a request was made"
    return TimeoutError(message, operation=operation.name, outcome="not_sent", attempts=0)


def _result(
    operation: Operation[ResponseT], response: RawResponse, info: CallInfo, credentials: Credentials
) -> ResponseT:
    """Return the model of a response, or raise the error that it is."""
    info.note(response)
    return read_response(operation, response, info.attempts, credentials)


def _slow_down(error: SESv2Error, plan: Plan, shared: Shared, rate: SendRate | None) -> None:
    """Let the rates learn from a failed attempt."""
    throttled = isinstance(error, APIError) and error.is_throttling
    if rate and throttled:
        rate.throttled()
    if plan.adaptive:
        shared.adaptive.learn(time.monotonic(), throttled=throttled)


def _was_refused(error: SESv2Error) -> bool:
    """Return whether a request certainly mailed nothing, and not because the rate was too high."""
    return not classify(error).may_have_happened and not (isinstance(error, APIError) and error.is_throttling)


def _correct(
    error: SESv2Error, response: RawResponse, credentials: Credentials, offset: timedelta, shared: Shared
) -> bool:
    """Fix what the service complained of, if it can be: expired credentials, or a clock that is off."""
    if not isinstance(error, APIError):
        return False
    if error.code in _EXPIRED:
        return shared.config.credentials.reject(credentials)
    return error.code in _SKEWED and shared.clock.correct(response, offset)


def _goes_on(operation: Operation[Any], error: SESv2Error, plan: Plan, attempts: int, delay: float) -> bool:
    failure = classify(error)
    if not may_retry(operation.kind, failure) and not (plan.resend_ambiguous and failure.transient):
        return False
    in_time = plan.deadline is None or time.monotonic() + delay < plan.deadline
    return in_time and attempts < plan.max_attempts
