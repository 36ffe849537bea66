"""Hooks around calls and attempts, and the log line of a call."""

import logging
import time
from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    AsyncExitStack,
    ExitStack,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)
from typing import Any, TypeVar

from .._aws.credentials import Credentials, redact
from .._core.exceptions import ConfigurationError, SESv2Error
from .._core.http import RawResponse, show_headers
from .._core.model import is_sequence
from .options import header_problem, is_own_header

HookT = TypeVar("HookT")

logger = logging.getLogger("sesv2kit")


class CallInfo:
    """A call, as hooks see it. What is not known yet is None."""

    __slots__ = (
        "__weakref__",
        "attempts",
        "error",
        "may_have_happened",
        "operation",
        "request_id",
        "seconds",
        "status_code",
    )

    def __init__(
        self,
        operation: str,
        attempts: int = 0,
        status_code: int | None = None,
        request_id: str | None = None,
        may_have_happened: bool = False,
        error: SESv2Error | None = None,
        seconds: float | None = None,
    ) -> None:
        self.operation: str = operation
        """The operation's name: `SendEmail`."""
        self.attempts: int = attempts
        """How many requests were made so far."""
        self.status_code: int | None = status_code
        """The HTTP status of the last response."""
        self.request_id: str | None = request_id
        """The service's id of the last request that got a response."""
        self.may_have_happened: bool = may_have_happened
        """Whether the service may have acted on a request whose outcome is not known. It is true while a request is
        under way, and stays true if the call is cancelled, interrupted, or ended by a hook before the outcome is
        known."""
        self.error: SESv2Error | None = error
        """What the call ended with, if not with a response."""
        self.seconds: float | None = seconds
        """How long the call took, waiting between attempts included."""

    def __repr__(self) -> str:
        return (
            f"CallInfo(operation={self.operation!r}, attempts={self.attempts}, status_code={self.status_code}, "
            f"request_id={self.request_id!r}, may_have_happened={self.may_have_happened}, error={self.error!r}, "
            f"seconds={self.seconds})"
        )

    def note(self, response: RawResponse, credentials: Credentials) -> None:
        """Note the last response. Secrets of the credentials, which the response may repeat, are replaced."""
        self.status_code, self.request_id = response.status, redact(response.request_id, credentials)


class AttemptInfo:
    """One request of a call, as hooks see it."""

    __slots__ = (
        "__weakref__",
        "call",
        "headers",
        "method",
        "number",
        "response_headers",
        "status_code",
        "url",
    )

    def __init__(
        self,
        call: CallInfo,
        number: int,
        method: str,
        url: str,
        headers: dict[str, str],
        status_code: int | None = None,
        response_headers: Mapping[str, str] | None = None,
    ) -> None:
        self.call: CallInfo = call
        self.number: int = number
        """1 for the first."""
        self.method: str = method
        self.url: str = url
        self.headers: dict[str, str] = headers
        """The request's headers, names in lower case. A hook may add or replace some before the request leaves, names
        and values in printable ASCII; but not those that are signed (`authorization`, `content-type`, `host` and
        `x-amz-*`), nor `connection`, `content-length`, `transfer-encoding` and `upgrade`."""
        self.status_code: int | None = status_code
        """The HTTP status of the response; None without one."""
        self.response_headers: Mapping[str, str] | None = response_headers
        """The response's headers, names in lower case."""

    def __repr__(self) -> str:
        return (
            f"AttemptInfo(call={self.call!r}, number={self.number}, method={self.method!r}, url={self.url!r}, "
            f"headers={show_headers(self.headers)}, status_code={self.status_code})"
        )

    def check_headers(self, before: Mapping[str, str]) -> None:
        """Raise ConfigurationError if hooks have left headers that can't be sent, or changed signed ones."""
        for name, value in self.headers.items():
            if before.get(name) != value and (problem := header_problem(name, value)):
                raise ConfigurationError(f"{self.call.operation}: a hook set the header {name!r}, which {problem}")
        for name in before.keys() - self.headers.keys():
            if is_own_header(name):
                raise ConfigurationError(f"{self.call.operation}: a hook removed the header {name!r}, which is signed")

    def note(self, response: RawResponse) -> None:
        """Note the response."""
        self.status_code, self.response_headers = response.status, response.headers


AnyContext = AbstractContextManager[None] | AbstractAsyncContextManager[None]


class Hook:
    """Runs around every call and every attempt. Override one or both methods.

    Each returns a context manager: the code before its `yield` runs before, the rest after, and an error passes
    through it, which it can see but not suppress. For the async client it may be an async one. An error that the hook
    raises itself, of whatever class, ends the call at once: the request is not repeated, and may have been sent.
    """

    def around_call(self, call: CallInfo) -> AnyContext:  # noqa: ARG002 -- for those who override it
        """Return what to do around a call, retries included."""
        return nullcontext()

    def around_attempt(self, attempt: AttemptInfo) -> AnyContext:  # noqa: ARG002
        """Return what to do around one request."""
        return nullcontext()


def check_hooks(hooks: Any, kind: type[HookT]) -> tuple[HookT, ...]:
    """Check hooks, and return them.

    Args:
        hooks: The hooks as they were passed.
        kind: The class whose methods they must have; they need not be instances of it.

    Raises:
        ConfigurationError: They are not a sequence of objects with these methods.
    """
    if not is_sequence(hooks):
        raise ConfigurationError(f"hooks must be a sequence of hooks, got {type(hooks).__name__}")
    methods = [name for name in vars(kind) if not name.startswith("_")]
    found: tuple[Any, ...] = tuple(hooks)
    for hook in found:
        if isinstance(hook, type):
            raise ConfigurationError(f"a hook must be an object, not a class: write {hook.__name__}()")
        if not all(callable(getattr(hook, method, None)) for method in methods):
            raise ConfigurationError(
                f"a hook must have the method{'s' * (len(methods) > 1)} {' and '.join(methods)}, as subclasses of "
                f"{kind.__name__} have; {type(hook).__name__} does not"
            )
    return found


@contextmanager
def around(contexts: Sequence[AnyContext]) -> Generator[None]:
    """Enter the context managers of hooks, in order. None of them can suppress an error."""
    failure: BaseException | None = None
    with ExitStack() as stack:
        for context in contexts:
            if not isinstance(context, AbstractContextManager):
                raise ConfigurationError(f"a hook of the sync client must return a context manager, {_not(context)}")
            stack.enter_context(context)
        try:
            yield
        except BaseException as error:
            failure = error
            raise
    if failure is not None:
        raise failure


@asynccontextmanager
async def around_async(contexts: Sequence[AnyContext]) -> AsyncGenerator[None]:
    """Enter the context managers of hooks, sync or async, in order. None of them can suppress an error."""
    failure: BaseException | None = None
    async with AsyncExitStack() as stack:
        for context in contexts:
            if isinstance(context, AbstractContextManager):
                stack.enter_context(context)
            elif isinstance(context, AbstractAsyncContextManager):  # pyright: ignore[reportUnnecessaryIsInstance]
                await stack.enter_async_context(context)
            else:
                raise ConfigurationError(f"a hook must return a context manager, {_not(context)}")
        try:
            yield
        except BaseException as error:
            failure = error
            raise
    if failure is not None:
        raise failure


def _not(context: object) -> str:
    return "not an async one" if isinstance(context, AbstractAsyncContextManager) else f"not {type(context).__name__}"


def contexts_of_call(call: CallInfo, hooks: Sequence[Hook]) -> list[AnyContext]:
    """Return the contexts around a call: the hooks, and within them the log line. Empty if there is neither."""
    if not hooks and not logger.isEnabledFor(logging.DEBUG):
        return []
    return [*(hook.around_call(call) for hook in hooks), logged(call)]


@contextmanager
def logged(call: CallInfo) -> Generator[None]:
    """Note how a call ended and how long it took, and log one line, without a body, a secret or an address."""
    started = time.monotonic()
    outcome = "done"
    try:
        yield
    except BaseException as error:
        outcome = f"failed with {type(error).__name__}"
        call.error = error if isinstance(error, SESv2Error) else None
        raise
    finally:
        call.seconds = time.monotonic() - started
        logger.debug(
            "%s %s in %.3f s, attempts: %d, HTTP status: %s, request id: %s",
            call.operation,
            outcome,
            call.seconds,
            call.attempts,
            call.status_code,
            call.request_id,
        )
