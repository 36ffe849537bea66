"""What waiters wait for, as data, and when they call again: a generator of steps that does no I/O."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, cast

import attrs

from .. import models
from .._api.dedicated_ips import GET_DEDICATED_IP
from .._api.deliverability import GET_DELIVERABILITY_TEST_REPORT
from .._api.endpoints import GET_MULTI_REGION_ENDPOINT
from .._api.identities import GET_EMAIL_IDENTITY
from .._api.jobs import GET_EXPORT_JOB, GET_IMPORT_JOB
from .._core.exceptions import ParamValidationError, Problem, SESv2Error, WaiterFailedError, WaiterTimeoutError
from .._core.operation import Operation, ResponseT
from .options import RequestOptions, check_options
from .pipeline import new_call
from .retry import classify, may_retry
from .shared import Shared
from .steps import Notify, Sleep, Steps

_MOST_DELAY: Final = 86_400.0


# What is waited for ------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, eq=False)
class Waiter(Generic[ResponseT]):
    """What is asked, and what the statuses in its answers mean. One that is in neither set will still change."""

    operation: Operation[ResponseT]
    subject: str
    """What has the status, for messages."""
    status: Callable[[ResponseT], str | None]
    done: frozenset[str]
    failed: frozenset[str] = frozenset()
    reason: Callable[[ResponseT], str | None] = lambda _: None
    """Returns what the service says of a failure."""


def _identity_status(identity: models.GetEmailIdentityResponse) -> str | None:
    # An identity from which you can send stays so while its DNS records can't be looked up.
    return "SUCCESS" if identity.verified_for_sending_status else identity.verification_status


def _mail_from_status(identity: models.GetEmailIdentityResponse) -> str | None:
    return identity.mail_from_attributes.mail_from_domain_status if identity.mail_from_attributes else None


def _verification_error(identity: models.GetEmailIdentityResponse) -> str | None:
    return identity.verification_info.error_type if identity.verification_info else None


def _job_error(job: models.GetExportJobResponse | models.GetImportJobResponse) -> str | None:
    return job.failure_info.error_message if job.failure_info else None


IDENTITY_VERIFIED: Final = Waiter(
    operation=GET_EMAIL_IDENTITY,
    subject="the identity",
    status=_identity_status,
    done=frozenset({"SUCCESS"}),
    failed=frozenset({"FAILED"}),
    reason=_verification_error,
)
# NOT_STARTED says that nobody has begun to look, so it is no failure, here as above.
DKIM_VERIFIED: Final = Waiter(
    operation=GET_EMAIL_IDENTITY,
    subject="DKIM of the identity",
    status=lambda identity: identity.dkim_attributes.status if identity.dkim_attributes else None,
    done=frozenset({"SUCCESS"}),
    failed=frozenset({"FAILED"}),
    reason=_verification_error,
)
MAIL_FROM_VERIFIED: Final = Waiter(
    operation=GET_EMAIL_IDENTITY,
    subject="the MAIL FROM domain of the identity",
    status=_mail_from_status,
    done=frozenset({"SUCCESS"}),
    failed=frozenset({"FAILED"}),
)
# The reference lists the valid statuses of a job, and elsewhere tells of ERROR, too.
_JOB_FAILED: Final = frozenset({"FAILED", "CANCELLED", "ERROR"})
EXPORT_JOB_ENDED: Final = Waiter(
    operation=GET_EXPORT_JOB,
    subject="the export job",
    status=lambda job: job.job_status,
    done=frozenset({"COMPLETED"}),
    failed=_JOB_FAILED,
    reason=_job_error,
)
IMPORT_JOB_ENDED: Final = Waiter(
    operation=GET_IMPORT_JOB,
    subject="the import job",
    status=lambda job: job.job_status,
    done=frozenset({"COMPLETED"}),
    failed=_JOB_FAILED,
    reason=_job_error,
)
MULTI_REGION_ENDPOINT_READY: Final = Waiter(
    operation=GET_MULTI_REGION_ENDPOINT,
    subject="the multi-region endpoint",
    status=lambda endpoint: endpoint.status,
    done=frozenset({"READY"}),
    failed=frozenset({"FAILED", "DELETING"}),
)
DEDICATED_IP_WARMED_UP: Final = Waiter(
    operation=GET_DEDICATED_IP,
    subject="the warm-up of the address",
    status=lambda answer: answer.dedicated_ip.warmup_status if answer.dedicated_ip else None,
    # NOT_APPLICABLE: SES warms the address up as it uses it, so there is nothing to wait for.
    done=frozenset({"DONE", "NOT_APPLICABLE"}),
)
DELIVERABILITY_TEST_FINISHED: Final = Waiter(
    operation=GET_DELIVERABILITY_TEST_REPORT,
    subject="the deliverability test",
    status=lambda answer: answer.deliverability_test_report.deliverability_test_status,
    done=frozenset({"COMPLETED", "COMPLETE"}),  # the reference has both
)


# How it is waited --------------------------------------------------------------------------------


@attrs.frozen
class Pace:
    """How long to wait, and how often to look, in seconds."""

    wait_timeout: float | None
    first_delay: float
    most_delay: float

    def check(self, operation: str) -> None:
        """Raise ParamValidationError if a number is none, or out of its bounds."""
        problems: list[Problem] = []
        if self.wait_timeout is not None and not _is_number(self.wait_timeout):
            problems.append(Problem("wait_timeout", "must be seconds above 0, or None"))
        for name, delay in (("first_delay", self.first_delay), ("most_delay", self.most_delay)):
            if not _is_number(delay) or delay > _MOST_DELAY:
                problems.append(Problem(name, f"must be seconds above 0 and at most {_MOST_DELAY:.0f}"))
        if problems:
            raise ParamValidationError(operation, problems)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def wait(
    waiter: Waiter[ResponseT],
    arguments: Mapping[str, Any],
    pace: Pace,
    on_progress: Callable[[ResponseT], Any] | None,
    options: RequestOptions | None,
    shared: Shared,
) -> Steps[ResponseT]:
    """Call until what is waited for is there, has failed, or the time is up.

    Args:
        waiter: What to wait for.
        arguments: Those of the operation, by Python name.
        pace: How long and how often.
        on_progress: Is called with each response.
        options: The caller's options for each of the calls.
        shared: The client's.
    """
    pace.check(waiter.operation.name)
    given = check_options(waiter.operation.name, options)
    max_call = given.get("call_timeout", shared.config.call_timeout)
    end = math.inf if pace.wait_timeout is None else time.monotonic() + pace.wait_timeout
    # The last check leaves some of the time to its call.
    last_check = end if pace.wait_timeout is None else end - min(pace.wait_timeout / 10, 1.0)
    delay = min(pace.first_delay, pace.most_delay)
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
        pause = min(jittered(delay, random.random), last_check - time.monotonic())
        if pause <= 0:
            raise _timed_out(waiter, pace, response) from failure
        yield Sleep(pause)
        delay = min(delay * 2, pace.most_delay)


def jittered(delay: float, random: Callable[[], float]) -> float:
    """Return a delay cut at random by up to a half, so that those who wait for many things don't ask all at once."""
    return delay * (1 - random() / 2)


def _is_done(waiter: Waiter[ResponseT], answer: ResponseT) -> bool:
    """Return whether what is waited for is there.

    Raises:
        WaiterFailedError: It will not come.
    """
    status = _status(waiter, answer)
    if status in waiter.failed:
        reason = waiter.reason(answer)
        raise WaiterFailedError(
            f"{waiter.operation.name}: {waiter.subject} is {status}" + (f": {reason}" if reason else ""),
            operation=waiter.operation.name,
            answer=answer,
            status=status,
            reason=None if reason is None else str(reason),
        )
    return status in waiter.done


def _timed_out(waiter: Waiter[ResponseT], pace: Pace, answer: ResponseT | None) -> WaiterTimeoutError:
    status = None if answer is None else _status(waiter, answer)
    state = "no answer came" if answer is None else f"{waiter.subject} is still {status or 'without a status'}"
    return WaiterTimeoutError(
        f"{waiter.operation.name}: {state} after {pace.wait_timeout:g} seconds",
        operation=waiter.operation.name,
        answer=answer,
        status=status,
    )


def _status(waiter: Waiter[ResponseT], answer: ResponseT) -> str | None:
    status = waiter.status(answer)
    return None if status is None else str(status)
