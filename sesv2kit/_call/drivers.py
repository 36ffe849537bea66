"""The two drivers: they run the steps of calls and waiters, one blocking and one without blocking other tasks."""

import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent import futures
from contextlib import closing, nullcontext, suppress
from functools import partial
from inspect import isawaitable
from typing import Any, Protocol, TypeVar

from .._core import aio
from .._core.callbacks import was_async
from .._core.exceptions import ConfigurationError, SESv2Error, client_closed
from .._core.http import Headers, RawResponse, SignedRequest
from .._rate.queue import Alarm
from .hooks import AnyContext, Hook, around, around_async, contexts_of_call
from .steps import Call, LoadCredentials, Notify, RunBlocking, Send, Sleep, Step, Steps, WaitFor

T = TypeVar("T")
Outcome = tuple[Any, SESv2Error | None]
"""The result of a step, or the error of this package that it raised."""


class Transport(Protocol):
    """Sends requests, blocking."""

    def send(self, request: SignedRequest, /) -> RawResponse:
        """Send a request and return the whole response."""
        ...

    def close(self) -> None:
        """Close the connections."""
        ...


class AsyncTransport(Protocol):
    """Sends requests without blocking other tasks."""

    def send(self, request: SignedRequest, /) -> Awaitable[RawResponse]:
        """Send a request and return the whole response."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...


class Driver:
    """Runs the steps of a sync client's calls.

    Args:
        transport: Sends the requests; in tests, it may be a fake.
        hooks: The hooks around each call and each request.
    """

    def __init__(self, transport: Transport, hooks: Sequence[Hook] = ()) -> None:
        self.is_closed: bool = False
        self._transport = transport
        self._hooks = tuple(hooks)
        self.has_hooks: bool = bool(hooks)
        """Whether there are any hooks."""
        # A lock for each sleeping thread, and no shared one: a shared lock could stay locked for ever after a fork, or
        # in a signal handler that closes the client.
        self._sleepers: set[threading.Lock] = set()

    def check_open(self) -> None:
        """Raise ConfigurationError if the client is closed."""
        if self.is_closed:
            raise client_closed()

    def send(self, request: SignedRequest) -> RawResponse:
        """Send a request, without any hooks."""
        self.check_open()
        return self._transport.send(request)

    def call(self, call: Call[T], *, has_begun: bool = False) -> T:
        """Make a call, with the hooks and the log line around it.

        Args:
            call: The call.
            has_begun: Whether a request of the call was made and has failed. The outcome of that request then decides
                how the call ends, even if the client was closed meanwhile.
        """
        contexts = contexts_of_call(call.info, self._hooks)
        try:
            with around(contexts) if contexts else nullcontext():
                return self._run_all(call.steps) if has_begun else self.run(call.steps)
        except SESv2Error as error:
            if self._hooks and error is not call.info.error:  # a hook around the call raised it
                error.is_of_hook = call.info.attempts > 0
            raise

    def run(self, steps: Steps[T]) -> T:
        """Run steps until they end, and return their result.

        Raises:
            ConfigurationError: The client is closed.
        """
        self.check_open()
        return self._run_all(steps)

    def _run_all(self, steps: Steps[T]) -> T:
        with closing(steps):
            value: Any = None
            error: SESv2Error | None = None
            while True:
                try:
                    step = steps.throw(error) if error else steps.send(value)
                except StopIteration as stop:
                    return stop.value  # type: ignore[no-any-return]
                value, error = self._run_step(step)

    def _run_step(self, step: Step) -> Outcome:
        match step:
            case Send():
                return self._send(step)
            case RunBlocking(function):
                return _outcome(function)
            case WaitFor(future, seconds):
                futures.wait([future], seconds)
            case LoadCredentials(source):
                return _outcome(source.load)
            case Sleep(seconds, alarm):
                self._sleep(seconds, alarm)
                return None, client_closed() if self.is_closed else None
            case Call(steps, info):
                return _outcome_within(contexts_of_call(info, self._hooks), lambda: self.run(steps))
            case Notify(callback, value):  # pragma: no branch -- there is no other step
                if was_async(callback(value)):
                    raise ConfigurationError("on_progress is async, and a sync client can't await it")
        return None, None

    def _send(self, step: Send) -> Outcome:
        if not self._hooks:
            try:
                return self._exchange(step), None
            except SESv2Error as error:
                return None, error
        before = Headers(step.request.headers)

        def exchange() -> RawResponse:
            step.attempt.check_headers(before)
            response = self._exchange(step)
            step.attempt.note(response)
            return response

        try:
            return _outcome_within([hook.around_attempt(step.attempt) for hook in self._hooks], exchange)
        except SESv2Error as error:
            error.is_of_hook = step.attempt.call.may_have_happened
            raise

    def _exchange(self, step: Send) -> RawResponse:
        step.attempt.call.may_have_happened = True  # until the outcome is known
        return self._transport.send(step.request)

    def _sleep(self, seconds: float, alarm: Alarm | None) -> None:
        sleeper = threading.Lock()
        sleeper.acquire()
        self._sleepers.add(sleeper)
        try:
            is_early = not alarm or alarm.set(partial(_wake, sleeper))
            if is_early and not self.is_closed:  # pragma: no branch -- else it was closed meanwhile
                sleeper.acquire(timeout=min(seconds, threading.TIMEOUT_MAX))
        finally:
            if alarm:
                alarm.set(None)
            self._sleepers.discard(sleeper)

    def close(self) -> None:
        """Close the connections, and end the calls that sleep."""
        self.is_closed = True
        for sleeper in tuple(self._sleepers):
            _wake(sleeper)
        self._transport.close()


class AsyncDriver:
    """Runs the steps of an async client's calls.

    Args:
        transport: Sends the requests; in tests, it may be a fake.
        hooks: The hooks around each call and each request.
    """

    def __init__(self, transport: AsyncTransport, hooks: Sequence[Hook] = ()) -> None:
        self.is_closed: bool = False
        self._transport = transport
        self._hooks = tuple(hooks)
        self.has_hooks: bool = bool(hooks)
        """Whether there are any hooks."""
        self._sleepers: set[Callable[[], None]] = set()
        """For each sleeping task, the function that wakes it; it may be called in any thread."""

    def check_open(self) -> None:
        """Raise ConfigurationError if the client is closed."""
        if self.is_closed:
            raise client_closed()

    def send(self, request: SignedRequest) -> Awaitable[RawResponse]:
        """Send a request, without any hooks."""
        self.check_open()
        return self._transport.send(request)

    async def call(self, call: Call[T], *, has_begun: bool = False) -> T:
        """Make a call, with the hooks and the log line around it, see `Driver.call`."""
        contexts = contexts_of_call(call.info, self._hooks)
        try:
            async with around_async(contexts) if contexts else nullcontext():
                return await (self._run_all(call.steps) if has_begun else self.run(call.steps))
        except SESv2Error as error:
            if self._hooks and error is not call.info.error:  # a hook around the call raised it
                error.is_of_hook = call.info.attempts > 0
            raise

    async def run(self, steps: Steps[T]) -> T:
        """Run steps until they end, see `Driver.run`."""
        self.check_open()
        return await self._run_all(steps)

    async def _run_all(self, steps: Steps[T]) -> T:
        with closing(steps):
            value: Any = None
            error: SESv2Error | None = None
            while True:
                try:
                    step = steps.throw(error) if error else steps.send(value)
                except StopIteration as stop:
                    return stop.value  # type: ignore[no-any-return]
                value, error = await self._run_step(step)

    async def _run_step(self, step: Step) -> Outcome:
        match step:
            case Send():
                return await self._send(step)
            case RunBlocking(function, seconds):
                return await _async_outcome(lambda: _in_thread(function, seconds))
            case WaitFor(future, seconds):
                done, set_done = aio.event_for_threads()
                future.add_done_callback(lambda _: set_done())
                await aio.wait(done, seconds)
            case LoadCredentials(source):
                return await _async_outcome(source.aload)
            case Sleep(seconds, alarm):
                await self._sleep(seconds, alarm)
                return None, client_closed() if self.is_closed else None
            case Call(steps, info):
                return await _async_outcome_within(contexts_of_call(info, self._hooks), lambda: self.run(steps))
            case Notify(callback, value):  # pragma: no branch -- there is no other step
                returned = callback(value)
                if isawaitable(returned):
                    await returned
        return None, None

    async def _send(self, step: Send) -> Outcome:
        if not self._hooks:
            try:
                return await self._exchange(step), None
            except SESv2Error as error:
                return None, error
        before = Headers(step.request.headers)

        async def exchange() -> RawResponse:
            step.attempt.check_headers(before)
            response = await self._exchange(step)
            step.attempt.note(response)
            return response

        try:
            return await _async_outcome_within([hook.around_attempt(step.attempt) for hook in self._hooks], exchange)
        except SESv2Error as error:
            error.is_of_hook = step.attempt.call.may_have_happened
            raise

    async def _exchange(self, step: Send) -> RawResponse:
        step.attempt.call.may_have_happened = True  # until the outcome is known
        return await self._transport.send(step.request)

    async def _sleep(self, seconds: float, alarm: Alarm | None) -> None:
        woken, wake = aio.event_for_threads()
        self._sleepers.add(wake)
        try:
            is_early = not alarm or alarm.set(wake)
            if is_early and not self.is_closed:  # pragma: no branch -- else it was closed meanwhile
                await aio.wait(woken, seconds)
        finally:
            if alarm:
                alarm.set(None)
            self._sleepers.discard(wake)

    async def aclose(self) -> None:
        """Close the connections, and end the calls that sleep."""
        self.is_closed = True
        for wake in tuple(self._sleepers):
            wake()
        await self._transport.aclose()


def _wake(sleeper: threading.Lock) -> None:
    with suppress(RuntimeError):  # it was woken before
        sleeper.release()


def _outcome(work: Callable[[], Any]) -> Outcome:
    try:
        return work(), None
    except SESv2Error as error:
        return None, error


async def _async_outcome(work: Callable[[], Awaitable[Any]]) -> Outcome:
    try:
        return await work(), None
    except SESv2Error as error:
        return None, error


async def _in_thread(function: Callable[[], T], seconds: float | None) -> T | None:
    if seconds is None:
        return await aio.in_thread(function)
    with suppress(TimeoutError):
        async with aio.fail_after(seconds):
            return await aio.in_thread(function)
    return None


def _outcome_within(contexts: Sequence[AnyContext], work: Callable[[], Any]) -> Outcome:
    """Return the outcome of a function that runs within the contexts of hooks. An error of a hook is raised."""
    outcome: Outcome = None, None
    try:
        with around(contexts):
            outcome = _outcome(work)
            if outcome[1]:
                raise outcome[1]  # for the hooks to see
    except SESv2Error as error:
        if error is not outcome[1]:
            raise
    return outcome


async def _async_outcome_within(contexts: Sequence[AnyContext], work: Callable[[], Awaitable[Any]]) -> Outcome:
    """Return the outcome of a function that runs within the contexts of hooks. An error of a hook is raised."""
    outcome: Outcome = None, None
    try:
        async with around_async(contexts):
            outcome = await _async_outcome(work)
            if outcome[1]:  # pragma: no branch -- the way out of `async with` is not measured
                raise outcome[1]  # for the hooks to see
    except SESv2Error as error:
        if error is not outcome[1]:
            raise
    return outcome
