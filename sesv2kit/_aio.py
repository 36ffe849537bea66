"""The two things that differ between asyncio and trio."""

import asyncio
import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def in_trio() -> bool:
    """Return whether the caller runs in trio."""
    # Only a program that has imported trio itself can be running in it.
    trio = sys.modules.get("trio")
    return trio is not None and trio.lowlevel.in_trio_run()


async def sleep(seconds: float) -> None:
    """Wait without holding up other tasks."""
    if in_trio():
        import trio

        await trio.sleep(seconds)
    else:
        await asyncio.sleep(seconds)


async def in_thread(blocking: Callable[[], T]) -> T:
    """Run a function that may block in a thread, and wait for it."""
    if in_trio():
        import trio

        return await trio.to_thread.run_sync(blocking)
    return await asyncio.to_thread(blocking)
