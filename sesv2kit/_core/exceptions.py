"""The hand-written classes of errors. Users import them, and the generated ones, from `sesv2kit.errors`."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Literal, TypeVar, cast

import attrs

from .model import Record, Response

_NOT_IMPLEMENTED: Final = 501

EntryT = TypeVar("EntryT")
# Patterns that a first send does not need are compiled at their first use, by the functions of `re`.
_DAILY: Final = r"(?i)\bdaily\b"
_QUOTA: Final = r"(?i)\bquota\b"


class SESv2Error(Exception):
    """The base of everything that this package raises on purpose.

    `type(error)(*error.args)` makes an error like it, which is how task queues carry errors from a worker. Its `args`
    are of types that JSON has, but for the response in a `WaiterError`.
    """

    is_of_hook: bool = False
    """Whether a hook raised it when a request might have been sent, so that it does not show the request's outcome."""
    _facts: ClassVar[tuple[str, ...]] = ()
    """The attributes that the arguments after the message set, in their order."""

    def _arguments(self) -> tuple[Any, ...]:
        return (*self._own_args, *(getattr(self, name) for name in self._facts))

    if not TYPE_CHECKING:  # type checkers know `args` from BaseException
        args = property(
            lambda self: self._arguments(),
            lambda self, args: _ARGS.__set__(self, args),
            doc="What the constructor takes to make an error like this one.",
        )

    @property
    def _own_args(self) -> tuple[Any, ...]:
        """The `args` of BaseException: the message, which `str` returns."""
        return cast("tuple[Any, ...]", _ARGS.__get__(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self._own_args, self.__dict__.copy())


_ARGS: Final[Any] = BaseException.__dict__["args"]


def _restore(cls: type[SESv2Error], own_args: tuple[Any, ...], state: dict[str, Any]) -> SESv2Error:
    error = cls.__new__(cls, *own_args)
    error.__dict__.update(state)
    return error


@attrs.frozen(eq=False, repr=False)
class Problem(Record):
    """One thing that is wrong with the arguments of a call."""

    path: str
    """Where it is, in Python names: `content.simple.headers[3].name`."""
    message: str
    """What is wrong, and what would be right. Never holds the value itself, which may be a secret."""

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class ParamValidationError(SESv2Error):
    """The arguments were refused before anything was sent; `problems` lists everything that is wrong."""

    def __init__(self, operation: str, problems: Sequence[Problem | Sequence[str]]) -> None:
        self.operation = operation
        """The operation or model that refused them."""
        self.problems: tuple[Problem, ...] = tuple(
            problem if isinstance(problem, Problem) else Problem(*problem) for problem in problems
        )
        """All problems, in the order of the arguments."""
        super().__init__("; ".join([f"{operation}: {self.problems[0]}", *map(str, self.problems[1:])]))

    def _arguments(self) -> tuple[Any, ...]:
        return self.operation, tuple(attrs.astuple(problem) for problem in self.problems)


class ConfigurationError(SESv2Error):
    """The client can't work as it is set up: no region, a bad endpoint, a missing extra."""


def client_closed() -> ConfigurationError:
    """Return the error for the use of a client that was closed."""
    return ConfigurationError("the client is closed; make another one")


class CredentialsError(ConfigurationError):
    """No AWS credentials were found, or they can't be loaded."""


class TransportError(SESv2Error):
    """No usable response came. `outcome` says whether the request can have reached the service."""

    _facts: ClassVar[tuple[str, ...]] = ("operation", "outcome", "attempts", "is_retryable")

    def __init__(
        self,
        message: str,
        operation: str | None = None,
        outcome: Literal["not_sent", "unknown"] = "unknown",
        attempts: int = 1,
        is_retryable: bool = True,
    ) -> None:
        super().__init__(message)
        self.operation = operation
        """The operation that was called."""
        self.outcome: Literal["not_sent", "unknown"] = outcome
        """`not_sent`: the service can't have acted on the request. `unknown`: it may have."""
        self.attempts = attempts
        """How many requests were made."""
        self.is_retryable = is_retryable
        """Whether the same request may succeed later; False if a certificate was refused, or a proxy requires a
        password."""


class ConnectError(TransportError):
    """No connection could be made; nothing was sent."""


class TimeoutError(TransportError):
    """The time for connecting, writing, reading or waiting for a free connection ran out."""


class ConnectionLostError(TransportError):
    """The connection broke before the whole response was there."""


class AmbiguousSendError(TransportError):
    """A send that may or may not have happened, so it is not repeated.

    `__cause__` is the error of the last attempt: a lost connection, a timeout, a server error, an unreadable response.
    """

    _facts = ("operation", "attempts", "request_id")

    def __init__(
        self,
        message: str,
        operation: str | None = None,
        attempts: int = 1,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, operation=operation, outcome="unknown", attempts=attempts)
        self.request_id = request_id
        """The service's id of the request, if any response came."""


class ResponseError(SESv2Error):
    """A response that can't be used: not JSON, of the wrong shape, a redirect, or a page that was read before."""

    _facts = ("operation", "status_code", "request_id", "attempts")

    def __init__(
        self,
        message: str,
        operation: str | None = None,
        status_code: int | None = None,
        request_id: str | None = None,
        attempts: int = 1,
    ) -> None:
        super().__init__(message)
        self.operation = operation
        """The operation that was called."""
        self.status_code = status_code
        """The HTTP status of the response."""
        self.request_id = request_id
        """The service's id of the request, if it sent one."""
        self.attempts = attempts
        """How many requests were made."""


class WaiterError(SESv2Error):
    """A `wait_until_...` method ended without success."""

    _facts: ClassVar[tuple[str, ...]] = ("operation", "response", "status")

    def __init__(
        self,
        message: str,
        operation: str | None = None,
        response: Response | str | None = None,
        status: str | None = None,
    ) -> None:
        super().__init__(message)
        self.operation = operation
        """The operation that was called."""
        self.response: Response | None = response if isinstance(response, Response) else None  # JSON leaves a repr
        """Its last response; None if there was none. For a `GetExportJob`, a `models.GetExportJobResponse`."""
        self.status = status
        """The status in that response."""


class WaiterFailedError(WaiterError):
    """What was waited for has failed, and waiting longer does not help. `response` and `reason` have the details."""

    _facts = ("operation", "response", "status", "reason")

    def __init__(
        self,
        message: str,
        operation: str | None = None,
        response: Response | str | None = None,
        status: str | None = None,
        reason: str | None = None,
    ) -> None:
        super().__init__(message, operation, response, status)
        self.reason = reason
        """The service's explanation of the failure, if it has one."""


class WaiterTimeoutError(WaiterError):
    """The time for waiting ran out; nothing has failed. `__cause__` is the error of the last call, if it had one."""


class Keyed(Generic[EntryT]):
    """An entry of a bulk run, and its key: the base of `bulk.BulkItem`."""

    __slots__ = ()

    entry: EntryT
    key: str | None


class BulkStoppedError(SESv2Error):
    """A bulk run ended early, for a reason that concerns every entry; what it took from its source is accounted for."""

    def __init__(
        self,
        message: str,
        reason: SESv2Error | str | None = None,
        untouched: Sequence[Keyed[Any]] = (),
        source_error: Exception | None = None,
    ) -> None:
        super().__init__(message)
        self.reason: SESv2Error = reason if isinstance(reason, SESv2Error) else SESv2Error(reason or message)
        """Why: a daily quota that is used up, an account that is suspended, credentials that are not accepted ..."""
        self.untouched: tuple[Keyed[Any], ...] = tuple(untouched)
        """What was taken from the source and was not sent by this run, each a `BulkItem`, in order. The rest of the
        source was not read. If the reason is that the journal could not be read, an earlier run may have sent some of
        it: give it to a run with the same journal."""
        self.source_error = source_error
        """What the source raised, if it had ended with an error by then; or the function of a `BulkItem`, if that is
        why the run ended."""

    def _arguments(self) -> tuple[Any, ...]:
        # Without the entries, which may be many, and are not of types that JSON has.
        return *self._own_args, str(self.reason)


class JournalError(SESv2Error):
    """The journal of a bulk run can't be read or written, or is not what it was: a full disk, a file that is gone."""


def says_daily_quota(message: str) -> bool:
    """Return whether a message says that the quota of 24 hours is used up."""
    # In two steps: one pattern for both would take hours for a long message that repeats the first word.
    daily = re.search(_DAILY, message)
    return daily is not None and re.search(_QUOTA, message[daily.end() :]) is not None


class APIError(SESv2Error):
    """The service refused the request, or failed. Catch a subclass for one code, or this for all of them."""

    _facts = ("code", "operation", "status_code", "request_id", "attempts", "retry_after")
    retry_class: ClassVar[Literal["throttling", "transient"] | None] = None
    """The kind of retry that the code alone allows; None for none."""

    def __init__(
        self,
        message: str = "",
        code: str | None = None,
        operation: str | None = None,
        status_code: int | None = None,
        request_id: str | None = None,
        attempts: int = 1,
        retry_after: float | None = None,
    ) -> None:
        self.code: str = type(self).__name__ if code is None else code
        """The service's code, as the response has it; the HTTP status if it names none."""
        self.message = message
        """The service's own words."""
        self.operation = operation
        """The operation that was called."""
        self.status_code = status_code
        """The HTTP status of the response; None for an entry of a bulk response."""
        self.request_id = request_id
        """The service's id of the request, if it sent one."""
        self.attempts = attempts
        """How many requests were made."""
        self.retry_after = retry_after
        """The seconds to wait before another request, from `Retry-After` or `x-amz-retry-after`; None without these."""
        super().__init__(message)

    @property
    def is_throttling(self) -> bool:
        """True if there were too many requests; the same request may succeed a little later.

        False for a daily quota that is used up, which the service reports in the same way.
        """
        if says_daily_quota(self.message):
            return False
        return self.retry_class == "throttling" or self.status_code == 429

    @property
    def is_retryable(self) -> bool:
        """True if the same request may succeed when it is made again. It does not mean that this is safe."""
        is_outage = (self.status_code or 0) >= 500 and self.status_code != _NOT_IMPLEMENTED
        return self.is_throttling or self.retry_class == "transient" or is_outage

    def __str__(self) -> str:
        facts = [f"HTTP {self.status_code}"] if self.status_code is not None else []
        facts += [f"request id {self.request_id}"] if self.request_id else []
        facts += [f"{self.attempts} attempts"] if self.attempts > 1 else []
        message = f"{self.operation or 'SESv2'}: {self.code}: {self.message or 'no message'}"
        return f"{message} ({', '.join(facts)})" if facts else message


class APIClientError(APIError):
    """The service refused the request (4xx). The same request is refused again, unless it was throttled."""


class ThrottledError(APIClientError):
    """There were too many requests; the same request may succeed a little later."""

    retry_class: ClassVar[Literal["throttling", "transient"] | None] = "throttling"


class QuotaExceededError(APIClientError):
    """A quota is used up: of messages per 24 hours, or of resources of one kind. Waiting seconds does not help."""


class AccessError(APIClientError):
    """The credentials are not accepted, or do not permit the request."""


class SendingStoppedError(APIClientError):
    """The account or the configuration set may not send at present: it is suspended or paused."""


class APIServerError(APIError):
    """The service failed (5xx)."""
