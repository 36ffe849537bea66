"""One call as a generator of steps: the attempts, and what follows from the outcome of each.

The generator makes all decisions and does no I/O, so the sync and the async client behave alike. httpx's
`Auth.auth_flow` works in the same way.
"""

import random
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Generic, cast

from .._aws.config import Target
from .._aws.credentials import Credentials
from .._core.callbacks import was_async
from .._core.exceptions import (
    AmbiguousSendError,
    APIError,
    ParamValidationError,
    Problem,
    ResponseError,
    SESv2Error,
    TimeoutError,
    TransportError,
)
from .._core.http import RawResponse
from .._core.json_object import LARGE
from .._core.model import is_mapping
from .._core.operation import Operation, ResponseT
from .._rate.recipients import count_recipients
from .._rate.send_rate import SendRate
from .first import FirstAttempt
from .hooks import AttemptInfo, CallInfo
from .options import SYNC_BEFORE_SEND, RequestOptions
from .pacing import find_account_rate, know_account, wait_for_send_turn, wait_for_turn
from .plan import Plan, plan_call
from .request import LargeArgumentsError, Request, build_request
from .response import read_response
from .retry import backoff, classify, may_retry
from .shared import Shared
from .signed import load_signer, signed_request, signer_is_loaded
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
        options: The settings of this call, which replace those of the client.
        shared: What the calls of the client share.
        first: The first attempt, if it was made already and failed.
    """
    info = CallInfo(operation.name)
    return Call(_call(_Attempts(operation, arguments, options, shared, info, first)), info)


def _call(attempts: "_Attempts[ResponseT]") -> Steps[ResponseT]:
    """Make one call. A failed send of which an attempt may have happened ends in an AmbiguousSendError."""
    operation, info = attempts.operation, attempts.info
    try:
        return (yield from attempts.steps())
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


class _Attempts(Generic[ResponseT]):
    """The attempts of one call, and what is known between them."""

    def __init__(
        self,
        operation: Operation[ResponseT],
        arguments: Mapping[str, Any],
        options: RequestOptions | None,
        shared: Shared,
        info: CallInfo,
        first: FirstAttempt[ResponseT] | None,
    ) -> None:
        self.operation = operation
        self.info = info
        self._arguments = arguments
        self._options = options
        self._shared = shared
        self._first = first
        self._request: Request
        self._target: Target
        self._plan: Plan
        self._rate: SendRate | None = None
        self._recipients = 0
        """How many the send rate counts; 0 without a send rate."""
        self._response: RawResponse | None = None
        self._last: SESv2Error | None = None
        self._corrected = False
        self._retries = 0

    def steps(self) -> Steps[ResponseT]:
        """Check and serialise once, then sign and send until an attempt succeeds or must not be repeated."""
        info, clock = self.info, self._shared.clock
        yield from self._prepare()
        while True:
            first = self._first
            credentials = first.credentials if first else (yield from self._wait_for_turn())
            if not first and not info.attempts:
                yield from self._notify_before_send()
            offset = first.offset if first else clock.offset
            may_have_happened = info.may_have_happened
            try:
                result = yield from self._attempt(credentials)
            except SESv2Error as error:
                info.may_have_happened = may_have_happened or classify(error).may_have_happened
                if not isinstance(error, APIError | ResponseError | TransportError):
                    raise
                self._learn(error)
                if self._correct(error, credentials, offset):
                    continue
                delay = backoff(info.attempts, random.random, _retry_after(error))
                if not self._may_repeat(error, delay):
                    raise
                yield Sleep(delay)
            else:
                info.may_have_happened = may_have_happened
                self._succeed(result)
                return result

    def _prepare(self) -> Steps[None]:
        """Check and serialise the arguments, and resolve the settings of the call."""
        operation, arguments, options, first = self.operation, self._arguments, self._options, self._first
        config = self._shared.config
        started = first.started if first else time.monotonic()
        request = first.request if first else self._build_request()
        endpoint_id: str | None = arguments.get("endpoint_id")
        self._target = config.target(endpoint_id) or (yield RunBlocking(lambda: config.find_target(endpoint_id)))
        self._plan = plan_call(operation.name, options, self._target, self._shared.send_rate, started)
        self._request = request or (yield from self._build_large_request())
        self._rate = self._shared.find_send_rate(self._plan.send_rate)
        if self._plan.send_rate is not None and operation.kind == "send":
            self._recipients = count_recipients(arguments)

    def _build_request(self, *, large: bool = False) -> Request | None:
        """Check and serialise the arguments; None if they have large blobs, unless these are allowed."""
        options = self._options
        extra_members = options.get("extra_members") if options and is_mapping(options) else None
        try:
            return build_request(
                self.operation,
                self._arguments,
                check_limits=self._shared.config.check_limits,
                extra_members=extra_members,
                large=large,
            )
        except LargeArgumentsError:
            return None

    def _build_large_request(self) -> Steps[Request]:
        """Check and serialise arguments with large blobs.

        Raises:
            TimeoutError: The call's time ran out before a thread had done it.
        """
        deadline = self._plan.deadline
        seconds = None if deadline is None else deadline - time.monotonic()
        request: Request | None = yield RunBlocking(partial(self._build_request, large=True), seconds)
        if request is None:
            raise _out_of_time(self.operation)
        return request

    def _wait_for_turn(self) -> Steps[Credentials]:
        """Wait until the next request may leave; returns the credentials to sign it with.

        Raises:
            SESv2Error: The call's time runs out before.
        """
        operation, plan, shared = self.operation, self._plan, self._shared
        source = shared.config.credentials
        credentials: Credentials = source.ready() or (yield LoadCredentials(source))
        keeps_to_rate = self._recipients or operation.name == _ACCOUNT
        if plan.send_rate is not None and keeps_to_rate:
            self._rate = yield from find_account_rate(self._rate, credentials, shared)
        on_time = yield from wait_for_turn(operation, self._arguments, plan, shared)
        if on_time and self._rate and self._recipients:
            if not signer_is_loaded():  # loading it later would delay the first request of a process
                yield RunBlocking(partial(load_signer, shared.config))
            read_account = partial(_account_call, shared)
            on_time = yield from wait_for_send_turn(self._rate, self._recipients, plan.deadline, read_account)
        if not on_time:
            raise self._last or _out_of_time(operation)
        return source.ready() or credentials  # the wait may have been long

    def _notify_before_send(self) -> Steps[None]:
        """Call the `before_send` of the options; if it fails, the permits are given back."""
        if self._plan.before_send is None:
            return
        notified = False
        try:
            yield RunBlocking(partial(_notify, self._plan.before_send, self.info.operation))
            notified = True
        finally:  # also if the call is cancelled meanwhile
            if not notified and self._rate and self._recipients:
                self._rate.give_back(self._recipients)

    def _attempt(self, credentials: Credentials) -> Steps[ResponseT]:
        """Make one request, or take over the first attempt, and return the model of the response."""
        info, first = self.info, self._first
        self._first = self._response = None
        if first and first.error:
            info.attempts += 1
            if first.response:
                self._response = first.response
                info.note(first.response, credentials)
            raise first.error
        plan = self._plan
        signed = signed_request(
            self.operation.name,
            self._request,
            self._target,
            credentials,
            self._shared.clock.now(),
            headers=plan.headers,
            timeout=plan.timeout,
            deadline=plan.deadline,
        )
        info.attempts += 1
        attempt = AttemptInfo(info, info.attempts, signed.method, signed.url, signed.headers)
        response: RawResponse = yield Send(signed, attempt)
        self._response = response
        info.note(response, credentials)
        read = partial(read_response, self.operation, response, info.attempts, credentials)
        result: ResponseT = (yield RunBlocking(read)) if len(response.body) > LARGE else read()
        return result

    def _learn(self, error: APIError | ResponseError | TransportError) -> None:
        """Note a failed attempt, and reduce the rates if it was throttled."""
        self._last = error
        error.attempts = self.info.attempts
        throttled = _is_throttled(error)
        if self._rate and self._recipients and throttled:
            self._rate.throttled()
        if self._plan.adaptive:
            self._shared.adaptive.learn(time.monotonic(), throttled=throttled)

    def _correct(self, error: SESv2Error, credentials: Credentials, offset: timedelta) -> bool:
        """Correct what the service refused, once in a call and if possible: expired credentials, or a wrong clock."""
        response, shared = self._response, self._shared
        if self._corrected or self.info.attempts >= self._plan.max_attempts:
            return False
        if isinstance(error, APIError) and response:
            is_skewed = error.code in _SKEWED
            is_expired = error.code in _EXPIRED
            self._corrected = (is_expired and shared.config.credentials.reject(credentials)) or (
                is_skewed and shared.clock.correct(response, offset)
            )
        return self._corrected

    def _may_repeat(self, error: SESv2Error, delay: float) -> bool:
        """Return whether another attempt follows after a delay; if not, unused permits are given back."""
        if _goes_on(self.operation, error, self._plan, self.info.attempts, delay) and self._shared.quota.take():
            self._retries += 1
            return True
        if self._rate and self._recipients and not classify(error).may_have_happened and not _is_throttled(error):
            self._rate.give_back(self._recipients)
        return False

    def _succeed(self, result: ResponseT) -> None:
        self._shared.quota.give_back(self._retries)
        if self._plan.adaptive:
            self._shared.adaptive.learn(time.monotonic(), throttled=False)
        if self._rate and self.operation.name == _ACCOUNT:
            self._rate.update(cast("GetAccountResponse", result))


def read_send_rate(options: RequestOptions | None, shared: Shared) -> Steps[None]:
    """Find the send rate of a call with these options; if it is the account's and not known, read it."""
    started, config = time.monotonic(), shared.config
    target: Target = config.target(None) or (yield RunBlocking(lambda: config.find_target(None)))
    plan = plan_call(_ACCOUNT, options, target, shared.send_rate, started)
    if plan.send_rate is None:
        return
    credentials: Credentials = config.credentials.ready() or (yield LoadCredentials(config.credentials))
    rate = yield from find_account_rate(shared.find_send_rate(plan.send_rate), credentials, shared)
    if not (yield from know_account(rate, plan.deadline, partial(_account_call, shared))):
        raise _out_of_time(shared.get_account())


def _account_call(shared: Shared, options: RequestOptions) -> Call[Any]:
    return new_call(shared.get_account(), {}, options, shared)


def _notify(before_send: Callable[[], object], operation: str) -> None:
    if was_async(before_send()):
        raise ParamValidationError(operation, [Problem("options['before_send']", SYNC_BEFORE_SEND)])


def _out_of_time(operation: Operation[Any]) -> TimeoutError:
    message = f"{operation.name}: the call's time ran out before a request was made"
    return TimeoutError(message, operation=operation.name, outcome="not_sent", attempts=0)


def _is_throttled(error: SESv2Error) -> bool:
    return isinstance(error, APIError) and error.is_throttling


def _retry_after(error: SESv2Error) -> float | None:
    return error.retry_after if isinstance(error, APIError) else None


def _goes_on(operation: Operation[Any], error: SESv2Error, plan: Plan, attempts: int, delay: float) -> bool:
    failure = classify(error)
    if not may_retry(operation.kind, failure) and not (plan.resend_ambiguous and failure.transient):
        return False
    in_time = plan.deadline is None or time.monotonic() + delay < plan.deadline
    return in_time and attempts < plan.max_attempts
