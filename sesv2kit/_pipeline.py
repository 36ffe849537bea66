"""One call as a generator of steps, and the two short drivers that take them.

The generator holds all decisions and does no I/O; it yields what is to be done, and is sent what came of
it. So the sync and the async client can't differ. The shape is that of httpx's `Auth.auth_flow`.
"""

import random
import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import attrs

from ._aio import in_thread, sleep
from ._config import Config, Target
from ._credentials import Credentials
from ._exceptions import (
    AmbiguousSendError,
    APIError,
    ResponseError,
    SESv2Error,
    TransportError,
)
from ._operation import Operation, ResponseT
from ._options import Plan, RequestOptions, plan_call
from ._request import Request, build_request
from ._response import Reply, read_reply, retry_after
from ._retry import RetryQuota, backoff, classify, may_retry
from ._transport import Outgoing

T = TypeVar("T")


@attrs.frozen
class Resolve:
    """Step: do what may block, in a thread if need be, and send back what it returns."""

    blocking: Callable[[], Any]


@attrs.frozen
class Send:
    """Step: send this, and send back the `Reply`."""

    outgoing: Outgoing


@attrs.frozen
class Sleep:
    """Step: wait."""

    seconds: float


Step = Resolve | Send | Sleep
Steps = Generator[Step, Any, T]


def call(
    operation: Operation[ResponseT],
    arguments: Mapping[str, Any],
    options: RequestOptions | None,
    config: Config,
    quota: RetryQuota,
) -> Steps[ResponseT]:
    """Make one call: check and serialise once, then sign and send until it succeeds or must not go on."""
    request = build_request(operation, arguments, check_limits=config.check_limits)
    endpoint_id: str | None = arguments.get("endpoint_id")
    target = config.target(endpoint_id) or (yield Resolve(lambda: config.find_target(endpoint_id)))
    plan = plan_call(operation.name, options, target)
    attempt = 1
    while True:
        asked_to_wait: float | None = None
        try:
            credentials = config.credentials.static or (yield Resolve(config.credentials.load))
            reply: Reply = yield Send(_outgoing(operation.name, request, target, credentials, plan))
            asked_to_wait = retry_after(reply)
            response = read_reply(operation, reply, attempt)
        except (APIError, ResponseError, TransportError) as error:
            error.attempts = attempt
            failure = classify(error)
            resend = plan.resend_ambiguous and failure.transient
            if not (may_retry(operation.kind, failure) or resend) or attempt >= plan.max_attempts or not quota.take():
                _give_up(operation, error, attempt)
            yield Sleep(backoff(attempt, random.random, asked_to_wait))
            attempt += 1
        else:
            quota.give_back(attempt - 1)
            return response


def _give_up(operation: Operation[Any], error: APIError | ResponseError | TransportError, attempts: int) -> None:
    """Raise the error; for a send that may have happened, one that says so."""
    if operation.kind != "send" or not classify(error).may_have_happened:
        raise error
    request_id = None if isinstance(error, TransportError) else error.request_id
    raise AmbiguousSendError(
        f"{operation.name}: it is not known whether the mail was sent, so it was not sent again ({error})",
        operation=operation.name,
        attempts=attempts,
        request_id=request_id,
    ) from error


def _outgoing(operation: str, request: Request, target: Target, credentials: Credentials, plan: Plan) -> Outgoing:
    from ._signing import sign

    url = f"{target.url}{request.path}" + (f"?{request.query}" if request.query else "")
    signed = sign(
        method=request.method,
        url=url,
        host=target.host,
        body=request.body,
        credentials=credentials,
        region=target.region,
        now=datetime.now(UTC),
    )
    headers = {"user-agent": target.user_agent, **plan.headers, **signed}
    return Outgoing(operation, request.method, url, headers, request.body, plan.timeout)


def drive(steps: Steps[T], send: Callable[[Outgoing], Reply]) -> T:
    """Take the steps of a call one after the other, blocking."""
    outcome: Any = None
    error: SESv2Error | None = None
    try:
        while True:
            step = steps.throw(error) if error else steps.send(outcome)
            outcome, error = None, None
            try:
                match step:
                    case Send(outgoing):
                        outcome = send(outgoing)
                    case Resolve(blocking):
                        outcome = blocking()
                    case Sleep(seconds):
                        time.sleep(seconds)
            except SESv2Error as raised:
                error = raised
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]


async def drive_async(steps: Steps[T], send: Callable[[Outgoing], Awaitable[Reply]]) -> T:
    """Take the steps of a call one after the other, without blocking other tasks."""
    outcome: Any = None
    error: SESv2Error | None = None
    try:
        while True:
            step = steps.throw(error) if error else steps.send(outcome)
            outcome, error = None, None
            try:
                match step:
                    case Send(outgoing):
                        outcome = await send(outgoing)
                    case Resolve(blocking):
                        outcome = await in_thread(blocking)
                    case Sleep(seconds):
                        await sleep(seconds)
            except SESv2Error as raised:
                error = raised
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]
