"""What takes the steps of a run, one step a test."""

import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from typing import Any

import anyio
import pytest
from support.bulk import CLIENT, entry
from support.bulk_server import BulkServer
from support.bulk_world import settings_with

from sesv2kit import AsyncSESv2Client, SESv2Client
from sesv2kit.bulk.checks import check_entry
from sesv2kit.bulk.drivers import Tasks, Threads
from sesv2kit.bulk.item import Item
from sesv2kit.bulk.run import Run
from sesv2kit.bulk.steps import Collect, Collected, Pull, Pulled, Start, StopPulling

pytestmark = pytest.mark.anyio


@pytest.fixture
def threads() -> Iterator[Threads]:
    """What takes the steps of a run over three numbers."""
    with SESv2Client(**CLIENT) as ses:
        new = Threads(ses, Run(settings_with()), [1, 2, 3], read_ahead=True, executor=None)
        with closing(new):
            yield new


def test_a_thread_waits_until_something_happens(threads: Threads) -> None:
    with ThreadPoolExecutor(1) as executor:
        waiting = executor.submit(threads.take, Collect(None))
        with pytest.raises(TimeoutError):
            waiting.result(0.1)
        threads.wake()
        assert waiting.result(10) == (Collected([], Pulled([])), None)
        threads.wake()
        assert executor.submit(threads.take, Collect(None)).result(10) == (Collected([], Pulled([])), None)


def test_a_thread_does_not_wait_while_there_is_something_to_read(threads: Threads) -> None:
    threads.take(Pull(2))
    with ThreadPoolExecutor(1) as executor:
        try:
            collected = executor.submit(threads.take, Collect(None)).result(10)
        finally:
            threads.wake()
    assert collected == (Collected([], Pulled([1, 2])), None)


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
@pytest.mark.parametrize("seconds", [None, 600.0])
async def test_a_task_waits_until_something_happens(kind: str, seconds: float | None) -> None:
    assert kind
    taken: list[Any] = []

    async def wait() -> None:
        taken.append(await tasks.take(Collect(seconds)))

    async with AsyncSESv2Client(**CLIENT) as ses:
        tasks = Tasks(ses, Run(settings_with()), [1, 2, 3], read_ahead=True)
        for _ in range(2):  # the second wait knows nothing of what ended the first one
            async with anyio.create_task_group() as group:
                group.start_soon(wait)
                await anyio.wait_all_tasks_blocked()
                assert taken == []
                tasks.wake()
            assert taken == [(Collected([], Pulled([])), None)]
            taken.clear()
        tasks.wake()  # this ends the next wait
        with anyio.fail_after(10):
            await wait()
        assert taken == [(Collected([], Pulled([])), None)]
        taken.clear()
        await tasks.take(Pull(2))
        with anyio.fail_after(10):
            await wait()
        assert taken == [(Collected([], Pulled([1, 2])), None)]
        await tasks.ended()


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
async def test_a_task_does_not_wait_for_what_a_source_has_given_meanwhile(kind: str) -> None:
    assert kind

    async def source() -> AsyncIterator[int]:
        yield 1
        yield 2

    async with AsyncSESv2Client(**CLIENT) as ses:
        tasks = Tasks(ses, Run(settings_with()), source(), read_ahead=True)
        for given in (Pulled([1]), Pulled([2]), Pulled([], ended=True)):
            await tasks.take(Pull(1))
            await anyio.wait_all_tasks_blocked()  # the source has given it before this task waits
            with anyio.fail_after(10):
                assert await tasks.take(Collect(600)) == (Collected([], given), None)
        await tasks.ended()


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
async def test_a_task_makes_way_for_others_although_it_need_not_wait(kind: str) -> None:
    assert kind
    others: list[str] = []

    async def other() -> None:
        others.append("ran")

    async with AsyncSESv2Client(**CLIENT) as ses, anyio.create_task_group() as group:
        tasks = Tasks(ses, Run(settings_with()), [1, 2, 3], read_ahead=True)
        group.start_soon(other)
        for _ in range(2):  # trio may take this task first, once
            await tasks.take(Collect(0))
        assert others == ["ran"]
        group.start_soon(other)
        for _ in range(2):
            await tasks.take(Pull(1))
            await tasks.take(Collect(None))
        assert others == ["ran", "ran"]
        await tasks.ended()


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
async def test_the_end_of_a_source_that_a_thread_reads_holds_up_no_task(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kind
    monkeypatch.setattr("sesv2kit.bulk.sources._PATIENCE", 5.0)
    gate = threading.Event()

    def source() -> Iterator[int]:
        gate.wait(20)
        yield 1

    async def other() -> None:
        gate.set()

    async with AsyncSESv2Client(**CLIENT) as ses, anyio.create_task_group() as group:
        tasks = Tasks(ses, Run(settings_with()), source(), read_ahead=True)
        await tasks.take(Pull(2))
        group.start_soon(other)
        pulled: Any = (await tasks.take(StopPulling()))[0]
        gate.set()
    assert pulled.elements == [1]


class InterruptError(BaseException):
    """What Ctrl-C raises, but for the test."""


class Interrupted:
    """A source in which Ctrl-C is pressed."""

    def __iter__(self) -> Iterator[object]:
        raise InterruptError


class AtOnce(Executor):
    """Makes a request in the thread that submits it."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


async def test_a_request_that_has_ended_is_not_lost_when_the_source_is_interrupted(
    kind: str, server: BulkServer
) -> None:
    run = Run(settings_with())
    chunk = [Item(0, None, entry(0), entry(0), check_entry(entry(0), check_limits=True).text)]
    connection: dict[str, Any] = {**CLIENT, "endpoint_url": server.url}
    if kind == "sync":
        with SESv2Client(**connection) as ses:
            threads = Threads(ses, run, Interrupted(), read_ahead=False, executor=AtOnce())
            threads.take(Start(chunk))
            threads.take(Pull(1))
            with pytest.raises(InterruptError):
                threads.take(Collect(None))
            finished = threads.finished()
    else:
        async with AsyncSESv2Client(**connection) as async_ses:
            tasks = Tasks(async_ses, run, Interrupted(), read_ahead=False)
            await tasks.take(Start(chunk))
            await tasks.ended()
            await tasks.take(Pull(1))
            with pytest.raises(InterruptError):
                await tasks.take(Collect(None))
            finished = tasks.finished()
    assert [(end.chunk, [verdict.state for verdict in end.verdicts]) for end in finished] == [(chunk, ["sent"])]
