"""Events of an event loop that are set in another thread or event loop."""

import asyncio

import anyio
import pytest

from sesv2kit._core import aio

pytestmark = pytest.mark.anyio


async def test_an_event_is_set_by_a_task_of_its_own_loop() -> None:
    event = aio.event()
    aio.set_in_loop(event, aio.current_loop())
    with anyio.fail_after(10):
        await event.wait()


async def test_an_event_is_set_by_a_thread_without_a_loop() -> None:
    event, loop = aio.event(), aio.current_loop()
    await anyio.to_thread.run_sync(aio.set_in_loop, event, loop)
    with anyio.fail_after(10):
        await event.wait()


async def test_an_event_is_set_by_a_task_of_another_loop() -> None:
    event, loop = aio.event(), aio.current_loop()

    async def set_it() -> None:
        aio.set_in_loop(event, loop)

    await anyio.to_thread.run_sync(asyncio.run, set_it())
    with anyio.fail_after(10):
        await event.wait()


async def test_setting_an_event_of_a_loop_that_has_ended_does_nothing(anyio_backend: str) -> None:
    async def opened() -> tuple[aio.Event, object]:
        return aio.event(), aio.current_loop()

    def ended() -> tuple[aio.Event, object]:
        return anyio.run(opened, backend=anyio_backend)

    event, loop = await anyio.to_thread.run_sync(ended)
    aio.set_in_loop(event, loop)
    await anyio.to_thread.run_sync(aio.set_in_loop, event, loop)
    assert not event.is_set()


async def test_what_takes_too_long_is_cancelled() -> None:
    with pytest.raises(TimeoutError):
        async with aio.fail_after(0):
            await anyio.sleep_forever()
    async with aio.fail_after(10):
        pass
