# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Everything that this package raises.

The tree::

    SESv2Error
      ParamValidationError             refused before anything was sent; lists every problem with its path
      ConfigurationError               no region, a bad endpoint, a missing extra
        CredentialsError               no credentials, or they can't be loaded
      TransportError                   no usable answer; .outcome is "not_sent" or "unknown"
        ConnectError                   no connection could be made
        TimeoutError                   connecting, writing, reading or waiting for a connection took too long
        ConnectionLostError            the connection broke before the whole answer was there
        AmbiguousSendError             a send that may or may not have happened; its cause is what was seen
      ResponseError                    an answer that can't be read, or leads in a circle
      WaiterError                      what was waited for has not come; .response is the last one
        WaiterFailedError              it has failed; .reason says why
        WaiterTimeoutError             the time ran out
      BulkStoppedError                 a bulk run ended early; .reason says why, .untouched what was not sent
      APIError                         the service said no
        APIClientError                 4xx
          NotFoundException
        APIServerError                 5xx
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

for _name in __all__:
    globals()[_name].__module__ = __name__
