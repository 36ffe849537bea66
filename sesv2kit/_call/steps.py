"""The steps that calls and waiters yield to the driver that runs them.

A call is a generator that does no I/O: it yields a step, the driver runs it, and sends its result into the generator.
If the step raises an error of this package, the driver throws it into the generator. An error of a hook or a callback
ends the call.
"""

from collections.abc import Callable, Generator
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from .._aws.source import CredentialsSource
from .._core.http import SignedRequest
from .._rate.queue import Alarm
from .hooks import AttemptInfo, CallInfo

T = TypeVar("T")


class RunBlocking:
    """Step: run a function that may block, in a thread if the client is async; returns the result of the function.

    With `seconds`, an async client waits no longer than that; after that time the step returns None.
    """

    __slots__ = ("function", "seconds")
    __match_args__ = ("function", "seconds")

    def __init__(self, function: Callable[[], Any], seconds: float | None = None) -> None:
        self.function: Callable[[], Any] = function
        self.seconds: float | None = seconds


class WaitFor:
    """Step: wait until the future of another thread is done, but at most for a number of seconds."""

    __slots__ = ("future", "seconds")
    __match_args__ = ("future", "seconds")

    def __init__(self, future: "Future[Any]", seconds: float) -> None:
        self.future: Future[Any] = future
        self.seconds: float = seconds


class LoadCredentials:
    """Step: load credentials, which may make requests; returns `Credentials`."""

    __slots__ = ("source",)
    __match_args__ = ("source",)

    def __init__(self, source: CredentialsSource) -> None:
        self.source: CredentialsSource = source


class Send:
    """Step: send a request, with the hooks around it; returns a `RawResponse`."""

    __slots__ = ("attempt", "request")
    __match_args__ = ("request", "attempt")

    def __init__(self, request: SignedRequest, attempt: AttemptInfo) -> None:
        self.request: SignedRequest = request
        self.attempt: AttemptInfo = attempt


class Sleep:
    """Step: wait for some seconds, or until an alarm rings. Raises ConfigurationError when the client is closed."""

    __slots__ = ("alarm", "seconds")
    __match_args__ = ("seconds", "alarm")

    def __init__(self, seconds: float, alarm: Alarm | None = None) -> None:
        self.seconds: float = seconds
        self.alarm: Alarm | None = alarm


class Call(Generic[T]):
    """Step: make a call, with the hooks and the log line around it; returns its response."""

    __slots__ = ("info", "steps")
    __match_args__ = ("steps", "info")

    def __init__(self, steps: "Steps[T]", info: CallInfo) -> None:
        self.steps: Steps[T] = steps
        self.info: CallInfo = info


class Notify:
    """Step: call a function of the user with a value. The async client awaits its result if it is awaitable."""

    __slots__ = ("callback", "value")
    __match_args__ = ("callback", "value")

    def __init__(self, callback: Callable[[Any], Any], value: Any) -> None:
        self.callback: Callable[[Any], Any] = callback
        self.value: Any = value


Step = RunBlocking | WaitFor | LoadCredentials | Send | Sleep | Call[Any] | Notify
Steps = Generator[Step, Any, T]
