"""Pure: what a failed attempt means, whether another one is safe, and how long to wait before it."""

from collections.abc import Callable
from typing import Final, NamedTuple

from .._core.exceptions import APIClientError, APIError, APIServerError, ResponseError, SESv2Error, TransportError
from .._core.operation import Kind
from .._rate.queue import LOCK

_BASE_SECONDS: Final = 1.0
_MAX_SECONDS: Final = 20.0
_CUT_OFF: Final = "RequestAbortedException"
"""The one 4xx after which the service may have acted: the connection ended before its response."""
_CONFLICT: Final = "ConcurrentModificationException"
"""The one code of a 500 after which the service has certainly not acted."""
_NOT_IMPLEMENTED: Final = 501
_CERTAIN_OF_AWS: Final = frozenset({408, 503})
"""Statuses after which the service has certainly not acted if they come from AWS itself. A proxy responds with 503 when
it loses the connection to the service, which may have the request; Envoy with 408 when the service is slow:
https://github.com/envoyproxy/envoy/issues/19725."""


class Failure(NamedTuple):
    """The facts of a failed attempt that decide about retries."""

    transient: bool
    """The same request may succeed later."""
    may_have_happened: bool
    """The service may have carried out the request."""


def classify(error: SESv2Error) -> Failure:
    """Return the facts of an error."""
    if isinstance(error, APIError):
        return Failure(error.is_retryable, _may_have_happened(error))
    if isinstance(error, TransportError):
        return Failure(error.is_retryable, error.outcome == "unknown")
    if isinstance(error, ResponseError):
        # After a 2xx that can't be read the service has acted, and after a 5xx it may have; a retry changes neither.
        return Failure(False, not 300 <= (error.status_code or 200) < 500)
    return Failure(False, False)


def _may_have_happened(error: APIError) -> bool:
    status = error.status_code or 0
    if error.is_throttling or error.code == _CONFLICT or status == _NOT_IMPLEMENTED:
        return False
    if status in _CERTAIN_OF_AWS:
        return not _is_of_aws(error)
    return status >= 500 or error.code == _CUT_OFF


def _is_of_aws(error: APIError) -> bool:
    """Return whether an error comes from AWS itself, and not from a proxy."""
    return error.request_id is not None or type(error) not in (APIError, APIClientError, APIServerError)


def may_retry(kind: Kind, failure: Failure) -> bool:
    """Return whether another attempt may succeed, and can't do twice what should be done once."""
    return failure.transient and (not failure.may_have_happened or kind in ("read", "idempotent"))


def backoff(attempt: int, random: Callable[[], float], retry_after: float | None = None) -> float:
    """Return the seconds to wait after an attempt: full jitter, but at least the `Retry-After` of the response.

    Args:
        attempt: The number of the attempt, 1 for the first.
        random: Returns a number from 0 to 1.
        retry_after: The seconds of `Retry-After`, of which 20 count at most; None without one.
    """
    jittered = random() * min(_BASE_SECONDS * 2.0 ** (attempt - 1), _MAX_SECONDS)
    return max(jittered, min(retry_after, _MAX_SECONDS)) if retry_after is not None else jittered


class RetryQuota:
    """The retry quota that a client's calls share, so that their retries do not add to an outage."""

    CAPACITY = 500
    RETRY_COST = 5

    def __init__(self) -> None:
        self._left = self.CAPACITY

    def take(self) -> bool:
        """Take the cost of one retry; False if there is not enough left."""
        with LOCK:
            if self._left < self.RETRY_COST:
                return False
            self._left -= self.RETRY_COST
            return True

    def give_back(self, retries: int) -> None:
        """Return the cost of the retries of a call that succeeded, or 1 if it had none."""
        if self._left >= self.CAPACITY:  # as almost always
            return
        with LOCK:
            self._left = min(self._left + max(retries * self.RETRY_COST, 1), self.CAPACITY)
