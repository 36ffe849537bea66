"""What calls and waiters request from the driver that runs them.

A call is a generator that does no I/O: it yields a step, the driver takes it, and what the step returned is sent in.
An error of this package that the step's own work raised is thrown in. What a hook or a callback raises ends the call.
"""

from collections.abc import Callable, Generator
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

import attrs

from .._aws.source import CredentialsSource
from .._core.http import SignedRequest
from .hooks import AttemptInfo, CallInfo

T = TypeVar("T")


@attrs.frozen
class RunBlocking:
    """Step: run a function that may block, in a thread if need be; returns what the function returns."""

    function: Callable[[], Any]


@attrs.frozen
class WaitFor:
    """Step: wait until a future is done, which another thread works on, but no longer than so many seconds."""

    future: "Future[Any]"
    seconds: float


@attrs.frozen
class LoadCredentials:
    """Step: load credentials, which may make requests; returns `Credentials`."""

    source: CredentialsSource


@attrs.frozen
class Send:
    """Step: send a request, with the hooks around it; returns a `RawResponse`."""

    request: SignedRequest
    attempt: AttemptInfo


@attrs.frozen
class Sleep:
    """Step: wait. Raises ConfigurationError as soon as the client is closed."""

    seconds: float


@attrs.frozen
class Call(Generic[T]):
    """Step: make a call, with the hooks and the log line around it; returns its response."""

    steps: "Steps[T]"
    info: CallInfo


@attrs.frozen
class Notify:
    """Step: call a function of the user's with a value. The async client awaits what it returns, if it can."""

    callback: Callable[[Any], Any]
    value: Any


Step = RunBlocking | WaitFor | LoadCredentials | Send | Sleep | Call[Any] | Notify
Steps = Generator[Step, Any, T]
