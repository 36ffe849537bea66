"""Waiters: what each waits for, as data, and a generator of steps that decides when to call again. It does no I/O."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, cast

from .._core.exceptions import ParamValidationError, Problem, SESv2Error, WaiterFailedError, WaiterTimeoutError
from .._core.model import Response, is_number
from .._core.operation import Operation, ResponseT
from .options import RequestOptions, check_options
from .pipeline import new_call
from .retry import classify, may_retry
from .shared import Shared
from .steps import Notify, Sleep, Steps

_MAX_DELAY: Final = 86_400.0


class Waiter(Generic[ResponseT]):
    """Which operation is called, and what the statuses in its responses mean.

    The paths lead to a member of the response: `dkim_attributes.status`.
    """

    __slots__ = ("done", "done_if", "failed", "operation", "reason", "status", "subject")

    def __init__(
        self,
        *,
        operation: Operation[ResponseT],
        subject: str,
        status: str,
        done: frozenset[str],
        failed: frozenset[str] = frozenset(),
        done_if: str | None = None,
        reason: str | None = None,
    ) -> None:
        self.operation: Operation[ResponseT] = operation
        self.subject: str = subject
        """What the status belongs to, for messages: `the MAIL FROM domain of the identity`."""
        self.status: str = status
        """The path of the status. One that is neither in `done` nor in `failed` will still change."""
        self.done: frozenset[str] = done
        self.failed: frozenset[str] = failed
        self.done_if: str | None = done_if
        """The path of a boolean that ends the wait if it is true, whatever the status."""
        self.reason: str | None = reason
        """The path of the service's explanation of a failure."""


def value_at(response: Response, path: str | None) -> Any:
    """Return the member at a path; None if the response does not have it."""
    value: Any = response if path else None
    for name in (path or "").split("."):
        if value is not None:
            value = getattr(value, name)
    return value


class Pace:
    """How long to wait, and how often to call, in seconds."""

    __slots__ = ("initial_delay", "max_delay", "wait_timeout")

    def __init__(self, wait_timeout: float | None, initial_delay: float, max_delay: float) -> None:
        self.wait_timeout: float | None = wait_timeout
        self.initial_delay: float = initial_delay
        self.max_delay: float = max_delay

    def problems(self) -> list[Problem]:
        """Return which values are not numbers, or are out of bounds."""
        problems: list[Problem] = []
        if self.wait_timeout is not None and not _is_positive(self.wait_timeout):
            problems.append(Problem("wait_timeout", "must be seconds above 0, or None"))
        for name, delay in (("initial_delay", self.initial_delay), ("max_delay", self.max_delay)):
            if not _is_positive(delay) or delay > _MAX_DELAY:
                problems.append(Problem(name, f"must be seconds above 0 and at most {_MAX_DELAY:.0f}"))
        return problems


def _is_positive(value: Any) -> bool:
    return is_number(value) and value > 0


def wait(
    waiter: Waiter[ResponseT],
    arguments: Mapping[str, Any],
    pace: Pace,
    on_progress: Callable[[ResponseT], Any] | None,
    options: RequestOptions | None,
    shared: Shared,
) -> Steps[ResponseT]:
    """Call an operation until the waiter is done, has failed, or the time is up.

    Args:
        waiter: What to wait for.
        arguments: The arguments of the operation, by Python name.
        pace: How long to wait, and how often to call.
        on_progress: A function that is called with each response.
        options: The options of each call.
        shared: What the calls of the client share.
    """
    problems = pace.problems()
    if on_progress is not None and not callable(on_progress):
        problems.append(Problem("on_progress", "must be a function that takes a response"))
    if problems:
        raise ParamValidationError(waiter.operation.name, problems)
    given = check_options(waiter.operation.name, options)
    max_call = given.get("call_timeout", shared.config.call_timeout)
    end = math.inf if pace.wait_timeout is None else time.monotonic() + pace.wait_timeout
    # The last call begins before the end, so that it has some time for its request.
    last_call = end if pace.wait_timeout is None else end - min(pace.wait_timeout / 10, 1.0)
    delay = min(pace.initial_delay, pace.max_delay)
    response: ResponseT | None = None
    while True:
        left = min(end - time.monotonic(), math.inf if max_call is None else max_call)
        bounded: RequestOptions = {**given, "call_timeout": None if left == math.inf else max(left, 0.001)}
        failure: SESv2Error | None = None
        try:
            response = yield new_call(waiter.operation, arguments, bounded, shared)
        except SESv2Error as error:
            if not may_retry(waiter.operation.kind, classify(error)):
                raise
            failure = error
        else:
            if on_progress:
                yield Notify(on_progress, response)
            if _is_done(waiter, cast(ResponseT, response)):
                return cast(ResponseT, response)
        pause = min(jittered(delay, random.random), last_call - time.monotonic())
        if pause <= 0:
            raise _timed_out(waiter, pace, response) from failure
        yield Sleep(pause)
        delay = min(delay * 2, pace.max_delay)


def jittered(delay: float, random: Callable[[], float]) -> float:
    """Return a delay cut at random by up to a half, so that many waits don't call at the same time."""
    return delay * (1 - random() / 2)


def _is_done(waiter: Waiter[ResponseT], response: ResponseT) -> bool:
    """Return whether the waiter is done.

    Raises:
        WaiterFailedError: What it waits for has failed.
    """
    if value_at(response, waiter.done_if):
        return True
    status = _status(waiter, response)
    if status in waiter.failed:
        reason = value_at(response, waiter.reason)
        raise WaiterFailedError(
            f"{waiter.operation.name}: {waiter.subject} is {status}" + (f": {reason}" if reason else ""),
            operation=waiter.operation.name,
            response=response,
            status=status,
            reason=None if reason is None else str(reason),
        )
    return status in waiter.done


def _timed_out(waiter: Waiter[ResponseT], pace: Pace, response: ResponseT | None) -> WaiterTimeoutError:
    status = None if response is None else _status(waiter, response)
    state = "no response came" if response is None else f"{waiter.subject} is still {status or 'without a status'}"
    return WaiterTimeoutError(
        f"{waiter.operation.name}: {state} after {pace.wait_timeout:g} seconds",
        operation=waiter.operation.name,
        response=response,
        status=status,
    )


def _status(waiter: Waiter[ResponseT], response: ResponseT) -> str | None:
    status = value_at(response, waiter.status)
    return None if status is None else str(status)
