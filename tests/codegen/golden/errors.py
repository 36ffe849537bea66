# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Everything that this package raises.

The tree::

    SESv2Error                    The base of everything that this package raises on purpose
      ParamValidationError        The arguments were refused before anything was sent
      ConfigurationError          The client can't work as it is set up
        CredentialsError          No AWS credentials were found, or they can't be loaded
      TransportError              No usable response came
        ConnectError              No connection could be made
        TimeoutError              The time for connecting, writing, reading or waiting for a free connection ran out
        ConnectionLostError       The connection broke before the whole response was there
        AmbiguousSendError        A send that may or may not have happened, so it is not repeated
      ResponseError               A response that can't be used
      WaiterError                 A `wait_until_...` method ended without success
        WaiterFailedError         What was waited for has failed, and waiting longer does not help
        WaiterTimeoutError        The time for waiting ran out
      BulkStoppedError            A bulk run ended early, for a reason that concerns every entry
      JournalError                The journal of a bulk run can't be read or written, or is not what it was
      APIError                    The service refused the request, or failed
        APIClientError            The service refused the request (4xx)
          ThrottledError          There were too many requests
          QuotaExceededError      A quota is used up
          AccessError             The credentials are not accepted, or do not permit the request
            NotFoundException
          SendingStoppedError     The account or the configuration set may not send at present
        APIServerError            The service failed (5xx)
          ServiceUnavailable

A code that is not in this tree is an APIClientError or APIServerError by its status, with its code kept.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal

from ._core.exceptions import (
    AccessError,
    AmbiguousSendError,
    APIClientError,
    APIError,
    APIServerError,
    BulkStoppedError,
    ConfigurationError,
    ConnectError,
    ConnectionLostError,
    CredentialsError,
    JournalError,
    ParamValidationError,
    Problem,
    QuotaExceededError,
    ResponseError,
    SendingStoppedError,
    SESv2Error,
    ThrottledError,
    TimeoutError,
    TransportError,
    WaiterError,
    WaiterFailedError,
    WaiterTimeoutError,
    says_daily_quota,
)

__all__ = [
    "APIClientError",
    "APIError",
    "APIServerError",
    "AccessError",
    "AmbiguousSendError",
    "BulkStoppedError",
    "ConfigurationError",
    "ConnectError",
    "ConnectionLostError",
    "CredentialsError",
    "JournalError",
    "NotFoundException",
    "ParamValidationError",
    "Problem",
    "QuotaExceededError",
    "ResponseError",
    "SESv2Error",
    "SendingStoppedError",
    "ServiceUnavailable",
    "ThrottledError",
    "TimeoutError",
    "TransportError",
    "WaiterError",
    "WaiterFailedError",
    "WaiterTimeoutError",
]


class NotFoundException(AccessError):
    """It does not exist.

    HTTP status 404.
    """


class ServiceUnavailable(APIServerError):
    """The post office is shut.

    HTTP status 503; common to all AWS services.
    """

    retry_class: ClassVar[Literal["throttling", "transient"] | None] = "transient"


BY_CODE: Mapping[str, type[APIError]] = {
    "NotFoundException": NotFoundException,
    "NoSuchThing": NotFoundException,
    "ServiceUnavailable": ServiceUnavailable,
    "LOST": NotFoundException,
    "MISSING": NotFoundException,
    "BURNT": ServiceUnavailable,
}
"""The exception class of each code, of its other spellings, and of each status of a bulk entry that has one."""

SHARED_STATUSES: frozenset[str] = frozenset(
    {
        "LOST",
        "MISSING",
    }
)
"""The statuses of a bulk entry whose reason is the account, or an argument that all entries of a request share."""


def find_class(code: str | None, message: str = "", status: int | None = None) -> type[APIError]:
    """Return the class of an error.

    Args:
        code: The service's code, or the status of a bulk entry.
        message: The service's message.
        status: The HTTP status of a response; None for a bulk entry.
    """
    found = BY_CODE.get(code or "")
    if status == 429 or (found is not None and found.retry_class == "throttling"):
        if says_daily_quota(message):
            return NotFoundException
        return found or ThrottledError
    if found is not None or status is None:
        return found or APIError
    return APIServerError if status >= 500 else APIClientError


for _name in __all__:
    globals()[_name].__module__ = __name__
