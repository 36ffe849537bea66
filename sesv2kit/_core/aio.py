"""Events, timeouts and threads for asyncio and trio alike. A sync client, which needs neither, loads neither."""

import contextvars
import sys
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")


class Event(Protocol):
    """An event of asyncio or trio."""

    def set(self) -> None:
        """Wake all tasks that wait for it."""
        ...

    def wait(self) -> Awaitable[object]:
        """Wait until it is set."""
        ...


def in_trio() -> bool:
    """Return whether the caller runs in trio."""
    # Only a program that has imported trio itself can be running in it.
    trio = sys.modules.get("trio")
    return trio is not None and trio.lowlevel.in_trio_run()


def current_loop() -> object:
    """Return an object that identifies the running event loop."""
    if in_trio():
        import trio

        return trio.lowlevel.current_trio_token()
    import asyncio

    return asyncio.get_running_loop()


def event() -> Event:
    """Return a new event for the tasks of the running event loop."""
    if in_trio():
        import trio

        return trio.Event()
    import asyncio

    return asyncio.Event()


def set_in_loop(awaited: Event, loop: object) -> None:
    """Set an event of an event loop, see `current_loop`, from wherever the caller runs.

    A signal handler that interrupts the event loop runs in it, but may neither touch it nor count on its waking up. So
    this is done as from another thread wherever the caller runs.
    """
    schedule: Any = getattr(loop, "call_soon_threadsafe", None) or getattr(loop, "run_sync_soon", None)
    with suppress(RuntimeError):  # the event loop has ended, and its tasks with it; trio's RunFinishedError is one
        schedule(awaited.set)


def event_for_threads() -> tuple[Event, Callable[[], None]]:
    """Return a new event for the tasks of the running event loop, and a function for other threads that sets it."""
    new = event()
    if in_trio():
        import trio

        run_soon: Callable[[Callable[[], None]], object] = trio.lowlevel.current_trio_token().run_sync_soon
    else:
        import asyncio

        run_soon = asyncio.get_running_loop().call_soon_threadsafe

    def set_from_thread() -> None:
        with suppress(RuntimeError):  # the event loop has ended meanwhile; trio's RunFinishedError is one
            run_soon(new.set)

    return new, set_from_thread


async def sleep(seconds: float) -> None:
    """Wait without holding up other tasks."""
    if in_trio():
        import trio

        await trio.sleep(seconds)
        return
    import asyncio

    await asyncio.sleep(seconds)


def is_ending() -> bool:
    """Return whether the interpreter is ending, so that no thread can be started."""
    return not threading.main_thread().is_alive()


async def in_thread(blocking: Callable[[], T]) -> T:
    """Run a function that may block in a thread, and wait for it.

    A task that is cancelled stops waiting; the thread carries on to its end. When the interpreter ends, as in functions
    that `atexit` calls, there are no new threads, and the function holds up the event loop.
    """
    if is_ending():
        return blocking()  # pragma: no cover -- only when the interpreter ends
    if in_trio():
        import trio

        return await trio.to_thread.run_sync(blocking, abandon_on_cancel=True)
    import asyncio

    return await asyncio.to_thread(blocking)


_started: set["asyncio.Task[None]"] = set()
"""Tasks that are running: the event loop itself has only weak references to them."""


def start(work: Callable[[], Coroutine[Any, Any, None]], then: Callable[[], object]) -> Callable[[], object]:
    """Start a task in the background, and return a function that cancels it.

    Args:
        work: The async function that the task runs. It must not raise an error.
        then: A function that is called when the task has ended or was cancelled.
    """
    if in_trio():
        import trio

        scope = trio.CancelScope()

        async def scoped() -> None:
            try:
                with scope:
                    await work()
            finally:
                then()

        trio.lowlevel.spawn_system_task(scoped, context=contextvars.copy_context())
        return scope.cancel
    import asyncio

    task = asyncio.create_task(work())
    _started.add(task)
    task.add_done_callback(_started.discard)
    task.add_done_callback(lambda _task: then())
    return task.cancel


async def wait(awaited: Event, seconds: float | None) -> None:
    """Wait until an event is set, but at most for a number of seconds."""
    if in_trio():
        import trio

        with trio.move_on_after(float("inf") if seconds is None else max(seconds, 0.0)):
            await awaited.wait()
        return
    import asyncio

    try:
        async with asyncio.timeout(seconds):
            await awaited.wait()
    except TimeoutError:
        pass


async def shielded(work: Callable[[], Awaitable[T]]) -> T:
    """Await what has to be finished although the caller was cancelled. On asyncio, a second cancellation ends it."""
    if in_trio():
        import trio

        with trio.CancelScope(shield=True):
            return await work()
    return await work()


def fail_after(seconds: float) -> AbstractAsyncContextManager[object]:
    """Return a context that cancels its body after a number of seconds, and raises Python's TimeoutError."""
    if in_trio():
        return _fail_after_in_trio(seconds)
    import asyncio

    return asyncio.timeout(seconds)


@asynccontextmanager
async def _fail_after_in_trio(seconds: float) -> AsyncGenerator[None]:
    import trio

    with trio.move_on_after(max(seconds, 0.0)) as scope:
        yield
    if scope.cancelled_caught:
        raise TimeoutError
