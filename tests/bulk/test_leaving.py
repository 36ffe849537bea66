"""Leaving a mailing early: nothing is left running, and what was under way is accounted for."""

import asyncio
import gc
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
import trio
from support.bulk import CLIENT, SETTINGS, address, entries, entry
from support.bulk_server import Behaviour, BulkServer

from sesv2kit import AsyncSESv2Client, SESv2Client, models
from sesv2kit.bulk import AsyncBulkSender, BulkSender, BulkStoppedError, Report

pytestmark = pytest.mark.anyio


def worker_threads() -> list[str]:
    """Return the names of the threads of senders."""
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("sesv2kit-bulk")]


def slow_but_the_first(server: BulkServer) -> Callable[[list[str]], Behaviour]:
    """Answer the first request at once, and the others after a moment."""
    return lambda _addresses: Behaviour(seconds=0.0 if len(server.requests) == 1 else 0.15)


def test_breaking_out_of_the_loop_waits_for_what_is_under_way_and_begins_nothing_else(
    server: BulkServer, tmp_path: Path
) -> None:
    server.decide = slow_but_the_first(server)
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = BulkSender(ses, **SETTINGS, max_in_flight=3, journal=tmp_path / "journal")
        for _outcome in sender.send(entries(1000)):
            break
        assert worker_threads() == []
        made = len(server.requests)
        assert 1 <= made <= 4
        report = sender.report
        assert (report.sent, report.in_flight, report.finished) == (made * 50, 0, True)
        assert server.now == 0
        server.decide = lambda _addresses: Behaviour()
        again = list(sender.send(entries(1000)))
    assert [outcome.state for outcome in again].count("sent") == 1000
    assert set(server.taken.values()) == {1}


@pytest.mark.parametrize("error", [RuntimeError("can't start new thread"), KeyboardInterrupt("now")])
def test_a_source_whose_thread_does_not_start_ends_the_run(
    server: BulkServer, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = threading.Thread.start

    def fail(thread: threading.Thread) -> None:
        if thread.name == "sesv2kit-bulk-source":
            raise error
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", fail)
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses, pytest.raises(type(error), match=str(error)):
        list(BulkSender(ses, **SETTINGS).send(iter(entries(3))))
    assert server.requests == []


@pytest.mark.parametrize("raised", [ValueError, KeyboardInterrupt])
def test_an_error_in_the_loop_leaves_no_thread(server: BulkServer, raised: type[BaseException]) -> None:
    server.decide = slow_but_the_first(server)

    def stumble(ses: SESv2Client) -> None:
        for _outcome in BulkSender(ses, **SETTINGS).send(entries(1000)):
            raise raised

    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses, pytest.raises(raised):
        stumble(ses)
    gc.collect()
    assert worker_threads() == []
    assert server.now == 0


@pytest.fixture
def async_sender(server: BulkServer, tmp_path: Path) -> Callable[[AsyncSESv2Client], AsyncBulkSender]:
    """Return a function that makes a sender with a journal."""
    return lambda ses: AsyncBulkSender(ses, **SETTINGS, max_in_flight=3, journal=tmp_path / "journal")


async def leave(sender: AsyncBulkSender) -> None:
    """Leave a mailing after its first outcome."""
    async with aclosing(sender.send(entries(1000))) as outcomes:
        async for _outcome in outcomes:
            break


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
async def test_closing_the_generator_waits_for_what_is_under_way(
    server: BulkServer, async_sender: Callable[[AsyncSESv2Client], AsyncBulkSender]
) -> None:
    server.decide = slow_but_the_first(server)
    async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = async_sender(ses)
        await leave(sender)
        made = len(server.requests)
        assert 1 <= made <= 4
        report = sender.report
        assert (report.sent, report.in_flight, report.finished) == (made * 50, 0, True)
        server.decide = lambda _addresses: Behaviour()
        states = [outcome.state async for outcome in sender.send(entries(1000))]
    assert states.count("sent") == 1000
    assert set(server.taken.values()) == {1}


async def test_what_may_have_been_sent_is_unknown_when_the_loop_is_left(server: BulkServer, kind: str) -> None:
    """With `resend_unknown`, entries that may have been sent wait for another request, which does not come any more."""
    settings: dict[str, Any] = {**SETTINGS, "max_in_flight": 2, "max_attempts": 100, "resend_unknown": True}
    sender: BulkSender | AsyncBulkSender

    def decide(addresses: list[str]) -> Behaviour:
        if address(0) not in addresses:
            return Behaviour(drop=True)
        both = threading.Event()
        while sender.report.in_flight < 100:
            both.wait(0.001)
        return Behaviour()

    server.decide = decide
    if kind == "sync":
        with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
            sender = BulkSender(ses, **settings)
            for _outcome in sender.send(entries(100)):
                break
    else:
        async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as async_ses:
            sender = AsyncBulkSender(async_ses, **settings)
            async with aclosing(sender.send(entries(100))) as outcomes:
                await anext(outcomes)
    states = {outcome.index: outcome.state for outcome in sender.unread}
    assert states == {**dict.fromkeys(range(1, 50), "sent"), **dict.fromkeys(range(50, 100), "unknown")}
    assert (sender.report.sent, sender.report.unknown, sender.report.untouched) == (50, 50, 0)


async def test_a_callback_that_raises_when_the_loop_is_left_takes_no_outcome_away(
    server: BulkServer, kind: str
) -> None:
    def show(report: Report) -> None:
        if report.finished:
            raise BrokenPipeError

    sender: BulkSender | AsyncBulkSender
    if kind == "sync":
        with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
            sender = BulkSender(ses, **SETTINGS, max_in_flight=1, on_progress=show)
            outcomes = sender.send(entries(30))
            next(outcomes)
            with pytest.raises(BrokenPipeError):
                outcomes.close()
    else:
        async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as async_ses:
            sender = AsyncBulkSender(async_ses, **SETTINGS, max_in_flight=1, on_progress=show)
            async_outcomes = sender.send(entries(30))
            await anext(async_outcomes)
            with pytest.raises(BrokenPipeError):
                await async_outcomes.aclose()
    assert [outcome.index for outcome in sender.unread] == list(range(1, 30))


async def test_what_was_read_ahead_when_the_loop_is_left_is_untouched(server: BulkServer, kind: str) -> None:
    given = 0

    def source() -> Iterator[models.BulkEmailEntry]:
        nonlocal given
        while True:
            given += 1
            yield entry(given)

    async def async_source() -> AsyncIterator[models.BulkEmailEntry]:
        for one in source():
            yield one

    sender: BulkSender | AsyncBulkSender
    for in_task in (False, True):
        given = 0
        if kind == "sync":
            with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
                sender = BulkSender(ses, **SETTINGS)
                for _outcome in sender.send(source()):
                    break
        else:
            async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as async_ses:
                sender = AsyncBulkSender(async_ses, **SETTINGS)
                async with aclosing(sender.send(async_source() if in_task else source())) as outcomes:
                    await anext(outcomes)
        assert sender.report.settled + sender.report.untouched == given


def check_cancelled(sender: AsyncBulkSender, again: list[Any], server: BulkServer) -> None:
    """Check that the requests that were cancelled are unknown to the next run, and nothing was sent twice."""
    states = [outcome.state for outcome in again]
    assert states.count("unknown") == 150
    assert states.count("sent") == 850
    assert all(outcome.resumed for outcome in again if outcome.state == "unknown")
    assert max(server.taken.values()) == 1


async def until(is_so: Callable[[], bool], sleep: Callable[[float], Any]) -> None:
    """Wait until something is so."""
    while not is_so():
        await sleep(0.005)


async def consume(sender: AsyncBulkSender, count: int = 1000) -> None:
    """Take all outcomes."""
    async for _outcome in sender.send(entries(count)):
        pass


def test_cancelled_requests_are_unknown_in_the_next_run_on_asyncio(
    server: BulkServer, async_sender: Callable[[AsyncSESv2Client], AsyncBulkSender]
) -> None:
    async def main() -> None:
        server.decide = lambda _addresses: Behaviour(seconds=0.3)
        async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as ses:
            sender = async_sender(ses)
            task = asyncio.create_task(consume(sender))
            await until(lambda: len(server.requests) == 3, asyncio.sleep)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert asyncio.all_tasks() == {asyncio.current_task()}
            assert sender.report.finished
            server.decide = lambda _addresses: Behaviour()
            check_cancelled(sender, [outcome async for outcome in sender.send(entries(1000))], server)

    asyncio.run(main())


def test_a_request_that_is_cancelled_alone_ends_the_run(server: BulkServer) -> None:
    async def main() -> None:
        server.decide = lambda _addresses: Behaviour(seconds=0.3)
        async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as ses:
            sender = AsyncBulkSender(ses, **SETTINGS, max_in_flight=2)
            task = asyncio.create_task(consume(sender))
            await until(lambda: len(server.requests) == 2, asyncio.sleep)
            for other in asyncio.all_tasks() - {task, asyncio.current_task()}:
                other.cancel()
            with pytest.raises(BulkStoppedError):
                await asyncio.wait_for(task, 10)
        assert (sender.report.unknown, sender.report.in_flight) == (100, 0)

    asyncio.run(main())


def test_a_run_that_is_cancelled_twice_leaves_no_task(server: BulkServer) -> None:
    async def waits() -> AsyncIterator[models.BulkEmailEntry]:
        for one in entries(60):
            yield one
        await asyncio.Event().wait()

    async def main() -> None:
        server.decide = lambda _addresses: Behaviour(seconds=0.2)
        async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as ses:
            sender = AsyncBulkSender(ses, **SETTINGS)

            async def run() -> None:
                async for _outcome in sender.send(waits()):
                    pass

            task = asyncio.create_task(run())
            await until(lambda: len(server.requests) == 1, asyncio.sleep)
            task.cancel()
            await asyncio.sleep(0)  # now it waits for the request, which is cancelled as well
            task.cancel()
            await asyncio.wait({task})
            assert task.cancelled()
            async with asyncio.timeout(10):
                await until(lambda: asyncio.all_tasks() == {asyncio.current_task()}, asyncio.sleep)
        assert sender.report.finished

    asyncio.run(main())


def test_a_request_that_is_cancelled_before_it_began_is_untouched(server: BulkServer) -> None:
    async def cancel_others(task: "asyncio.Task[None]") -> None:
        """Cancel each task of the run before its first step."""
        while not task.done():
            for other in asyncio.all_tasks() - own - {task}:
                other.cancel()
            await asyncio.sleep(0)

    own: set[asyncio.Task[Any] | None] = set()

    async def main() -> None:
        async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as ses:
            sender = AsyncBulkSender(ses, **SETTINGS, max_in_flight=2)
            task = asyncio.create_task(consume(sender, 60))
            own.update({asyncio.current_task(), asyncio.create_task(cancel_others(task))})
            done, _ = await asyncio.wait({task}, timeout=10)
            assert done, "the run waits for a request that never began"
            error = task.exception()
        assert isinstance(error, BulkStoppedError)
        assert "cancelled before it began" in str(error)
        assert len(error.untouched) == 60
        assert (sender.report.untouched, sender.report.in_flight, server.requests) == (60, 0, [])

    asyncio.run(main())


def test_cancelled_requests_are_unknown_in_the_next_run_on_trio(
    server: BulkServer, async_sender: Callable[[AsyncSESv2Client], AsyncBulkSender]
) -> None:
    async def main() -> None:
        server.decide = lambda _addresses: Behaviour(seconds=0.3)
        async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as ses:
            sender = async_sender(ses)
            tasks = trio.lowlevel.current_statistics().tasks_living
            async with trio.open_nursery() as nursery:
                nursery.start_soon(consume, sender)
                await until(lambda: len(server.requests) == 3, trio.sleep)
                nursery.cancel_scope.cancel()
            assert trio.lowlevel.current_statistics().tasks_living <= tasks
            assert sender.report.finished
            server.decide = lambda _addresses: Behaviour()
            check_cancelled(sender, [outcome async for outcome in sender.send(entries(1000))], server)

    trio.run(main)


def test_a_loop_that_is_left_without_closing_still_closes_the_journal_on_asyncio(
    server: BulkServer, async_sender: Callable[[AsyncSESv2Client], AsyncBulkSender]
) -> None:
    async def main() -> None:
        async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as ses:
            sender = async_sender(ses)
            async for _outcome in sender.send(entries(1000)):
                break
            await until(lambda: sender.report.finished, asyncio.sleep)
            assert [outcome.state async for outcome in sender.send(entries(1000))].count("sent") == 1000

    asyncio.run(main())
    assert set(server.taken.values()) == {1}


@pytest.mark.filterwarnings("ignore:Async generator:ResourceWarning")  # trio's own, of a loop that was not closed
def test_a_loop_that_is_left_without_closing_leaves_nothing_running_on_trio(
    server: BulkServer, async_sender: Callable[[AsyncSESv2Client], AsyncBulkSender]
) -> None:
    async def main() -> None:
        async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as ses:
            sender = async_sender(ses)
            async for _outcome in sender.send(entries(1000)):
                break
            gc.collect()
            await until(lambda: sender.report.finished, trio.sleep)
            states = [outcome.state async for outcome in sender.send(entries(1000))]
            assert len(states) == 1000
            assert set(states) <= {"sent", "unknown"}

    trio.run(main)
    assert set(server.taken.values()) == {1}
