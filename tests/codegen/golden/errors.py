# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Everything that this package raises.

The tree::

    SESv2Error                    The base of everything that this package raises on purpose
      ParamValidationError        The arguments were refused before anything was sent
      ConfigurationError          The client can't work as it is set up
        CredentialsError          No AWS credentials were found, or they can't be loaded
      TransportError              No usable answer came
        ConnectError              No connection could be made
        TimeoutError              The time for connecting, writing, reading or waiting for a free connection ran out
        ConnectionLostError       The connection broke before the whole answer was there
        AmbiguousSendError        A send that may or may not have happened, so it is not repeated
      ResponseError               An answer that makes no sense
      WaiterError                 What a `wait_until_...` method waited for has not come
        WaiterFailedError         What was waited for has failed, and will not come by waiting
        WaiterTimeoutError        The time for waiting ran out
      BulkStoppedError            A bulk run ended early, for a reason that concerns every entry
      JournalError                The journal of a bulk run can't be read or written, or is not what it was
      APIError                    The service said no
        APIClientError            The service refused the request (4xx)
          NotFoundException
        APIServerError            The service failed (5xx)
          ServiceUnavailable

A code that is not in this tree is an APIClientError or APIServerError by its status, with its code kept.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal

from ._core.exceptions import (
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
    ResponseError,
    SESv2Error,
    TimeoutError,
    TransportError,
    WaiterError,
    WaiterFailedError,
    WaiterTimeoutError,
)

__all__ = [
    "APIClientError",
    "APIError",
    "APIServerError",
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
    "ResponseError",
    "SESv2Error",
    "ServiceUnavailable",
    "TimeoutError",
    "TransportError",
    "WaiterError",
    "WaiterFailedError",
    "WaiterTimeoutError",
]


class NotFoundException(APIClientError):
    """There is no such thing.

    HTTP status 404.
    """


class ServiceUnavailable(APIServerError):
    """The post office is shut.

    HTTP status 503; common to all AWS services.
    """

    retry_class: ClassVar[Literal["throttling", "transient"] | None] = "transient"


BY_CODE: Mapping[str, type[APIError]] = {
    "NotFoundException": NotFoundException,
    "ServiceUnavailable": ServiceUnavailable,
}
"""The exception class of each code."""

BY_STATUS: Mapping[str, type[APIError]] = {
    "LOST": NotFoundException,
    "BURNT": ServiceUnavailable,
}
"""The exception class of each status of a bulk entry: the one that a whole call would meet for the same reason. Other
statuses have none of their own: they are an APIError."""

SHARED_STATUSES: frozenset[str] = frozenset(
    {
        "LOST",
    }
)
"""The statuses whose reason is the account, or an argument that all entries of a request share."""

for _name in __all__:
    globals()[_name].__module__ = __name__
