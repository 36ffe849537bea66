"""When the next request of a call may leave: documented rates, adaptive retries, and the send rate."""

import copy
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from .._aws.account_id import account_id
from .._aws.config import Target
from .._aws.credentials import Credentials
from .._core.exceptions import APIError, SESv2Error, TransportError
from .._core.operation import Operation
from .._rate.account import AccountKey
from .._rate.queue import RateQueue
from .._rate.send_rate import SendRate, account_rate
from .options import RequestOptions
from .plan import Plan
from .retry import backoff, classify
from .shared import Shared
from .steps import Call, RunBlocking, Sleep, Steps, WaitFor

_CHECK_AGAIN: Final = 1.0
"""Maximum seconds until the position in a queue is checked again, because the rate may have changed."""
_ACCOUNT_PATIENCE: Final = 60.0
"""Seconds that a send without a `call_timeout` waits for the first response to GetAccount."""
_CHECK_SHARED: Final = 0.5
"""Seconds between two checks whether another process has read the account."""
_CHECK_ACCOUNT: Final = (0.02, 0.25)
"""Seconds between two checks whether another call has read the account: at first, and at most."""
_MAX_BACKOFF: Final = 3
"""The number of failures after which the delay of GetAccount no longer grows: it is then up to four seconds."""
_DENIED: Final = frozenset({"AccessDenied", "AccessDeniedException"})

ReadAccount = Callable[[RequestOptions], Call[Any]]
"""Returns a call of GetAccount with these options."""


def wait_for_turn(operation: Operation[Any], arguments: Mapping[str, Any], plan: Plan, shared: Shared) -> Steps[bool]:
    """Wait until the next request may leave; False if the call's time runs out before it."""
    if plan.adaptive and shared.adaptive.queue and not (yield from _wait_in(shared.adaptive.queue, plan.deadline)):
        return False
    if shared.rate_limits and operation.rate:
        queue = shared.rate_limits.queue(operation.name, operation.rate, time.monotonic())
        if not (yield from _wait_in(queue, plan.deadline)):
            return False
    if shared.rate_limits and operation.weight:
        weight = operation.weight
        name = f"{operation.name} {weight.argument}"
        queue = shared.rate_limits.queue(name, weight.rate, time.monotonic())
        if not (yield from _wait_in(queue, plan.deadline, len(arguments[weight.argument]))):
            return False
    return _is_in_time(plan.deadline)


def find_account_rate(rate: SendRate | None, credentials: Credentials, shared: Shared) -> Steps[SendRate]:
    """Return a send rate with the account of some credentials set; for None, the account's own rate."""
    if rate and not rate.must_learn_account:
        return rate
    config = shared.config
    target: Target = config.target(None) or (yield RunBlocking(lambda: config.find_target(None)))
    key = AccountKey(target.url, target.region, account_id(credentials.access_key) or credentials.access_key)
    if rate is None:
        return shared.send_rates.setdefault("account", account_rate(key))
    rate.use_account(key)
    return rate


def wait_for_send_turn(
    rate: SendRate, recipients: int, deadline: float | None, read_account: ReadAccount
) -> Steps[bool]:
    """Wait until mail to so many recipients may leave; False if the call's time runs out before it."""
    if not (yield from know_account(rate, deadline, read_account)):
        return False
    if not (yield from _wait_for_permits(rate, recipients, deadline)):
        return False
    rate.account.spend(recipients)
    return _is_in_time(deadline)


def _is_in_time(deadline: float | None) -> bool:
    return deadline is None or time.monotonic() < deadline


def know_account(rate: SendRate, deadline: float | None, read_account: ReadAccount) -> Steps[bool]:
    """Have the account's quotas read if they are due: one call makes the request, and the others use its response.

    Returns False if the call's time runs out before there is a first response.
    """
    account = rate.account
    failed_before = account.failure
    until = time.monotonic() + _ACCOUNT_PATIENCE if deadline is None else deadline
    pause, max_pause = _CHECK_ACCOUNT
    while True:
        # A copy, as each caller has an error of its own.
        failure = None if account.failure is failed_before else copy.copy(account.failure)
        left = until - (now := time.monotonic())
        if left > 0 and not _is_final(failure) and account.claim(now):
            failure = yield from _read_account(rate, left, read_account)
            left = until - time.monotonic()
        if account.is_known:
            return True
        if failure and (left <= 0 or _is_final(failure)):
            raise failure
        if left <= 0:
            return False
        yield Sleep(min(pause, left))
        pause = min(pause * 2, max_pause)


def _is_final(failure: SESv2Error | None) -> bool:
    return failure is not None and not classify(failure).transient


def _read_account(rate: SendRate, seconds: float, read_account: ReadAccount) -> Steps[SESv2Error | None]:
    """Call GetAccount after a successful `claim`, and return the error if it failed."""
    failure: SESv2Error | None = None
    pause = 0.0
    try:
        if (yield from _must_call(rate, seconds)):
            yield read_account({"call_timeout": seconds, "send_rate": rate})
        else:
            pause = _CHECK_SHARED
    except SESv2Error as error:
        failure = error
        if _is_final(error):
            rate.release_account()
        else:
            retry_after = error.retry_after if isinstance(error, APIError) else None
            pause = backoff(min(rate.account.failures + 1, _MAX_BACKOFF), random.random, retry_after)
        if isinstance(error, TransportError):
            error.outcome = "not_sent"  # this is about the mail, not about GetAccount
        if isinstance(error, APIError) and error.code in _DENIED:
            error.add_note("Nothing was sent. Allow ses:GetAccount, or give a number as the send rate: send_rate=14.")
    finally:
        rate.account.release(time.monotonic(), failure, pause)
    return failure


def _must_call(rate: SendRate, seconds: float) -> Steps[bool]:
    """Return whether this process has to call GetAccount; False if another one that shares the rate does or did so."""
    limiter, key = rate.limiter, rate.account_key
    if limiter is None or key is None or limiter.is_lost:
        return True
    found = limiter.accounts.find(key)
    yield WaitFor(found, min(seconds, limiter.timeout))
    shared = found.result() if found.done() else True
    if isinstance(shared, bool):
        return shared
    rate.account.update(shared.quota, time.monotonic() - shared.age)
    return False


def _wait_in(queue: RateQueue, deadline: float | None, size: int = 1) -> Steps[bool]:
    """Wait in a queue; False, and the queue is left, if the turn would come after the deadline."""
    position = queue.join(time.monotonic(), size)
    has_turn = False
    try:
        while True:
            now = time.monotonic()
            seconds = queue.take(position, now)
            if not seconds:
                has_turn = True
                return True
            if deadline is not None and now + seconds >= deadline:
                return False
            yield Sleep(min(seconds, _CHECK_AGAIN), position.alarm)
    finally:  # also if the call is cancelled while it waits
        if not has_turn:
            queue.leave(position, time.monotonic())


def _wait_for_permits(rate: SendRate, recipients: int, deadline: float | None) -> Steps[bool]:
    """Wait until a send rate allows mail to so many recipients; False if that would be after the deadline."""
    turn = rate.join(time.monotonic(), recipients)
    may_leave = False
    try:
        while True:
            now = time.monotonic()
            seconds = rate.wait(turn, now)
            if not seconds and turn.must_reserve:
                if request := rate.reserve(turn, now, deadline):
                    yield WaitFor(request.response, request.max_wait)
                rate.settle(turn, time.monotonic())
                continue
            if not seconds:
                may_leave = True
                return True
            if deadline is not None and now + seconds >= deadline:
                return False
            yield Sleep(min(seconds, _CHECK_AGAIN), turn.position.alarm)
    finally:  # also if the call is cancelled while it waits
        if not may_leave:
            rate.leave(turn, time.monotonic())
