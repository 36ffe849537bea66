"""The few things that differ between asyncio and trio."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Event(Protocol):
    """What tasks wait for: an event of asyncio or trio."""

    def set(self) -> None:
        """Wake all that wait."""
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
    """Return what stands for the running event loop; another loop has another one."""
    if in_trio():
        import trio

        return trio.lowlevel.current_trio_token()
    return asyncio.get_running_loop()


def event() -> Event:
    """Return a new event for the tasks of the running event loop."""
    if in_trio():
        import trio

        return trio.Event()
    return asyncio.Event()


async def sleep(seconds: float) -> None:
    """Wait without holding up other tasks."""
    if in_trio():
        import trio

        await trio.sleep(seconds)
    else:
        await asyncio.sleep(seconds)


async def in_thread(blocking: Callable[[], T]) -> T:
    """Run a function that may block in a thread, and wait for it.

    A task that is cancelled stops waiting; the thread carries on to its end.
    """
    if in_trio():
        import trio

        return await trio.to_thread.run_sync(blocking, abandon_on_cancel=True)
    return await asyncio.to_thread(blocking)
