"""Many callers cause one lookup; one that is cancelled does not fail the others."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import anyio
import pytest
import trio
from support.credentials import HOUR, SECRET, AsyncProvider, Aws, Provider, lasting, make_source
from support.interruption import Interrupted, Interruption, interrupt

from sesv2kit import AsyncSESv2Client, Credentials, errors
from sesv2kit._aws import source as source_module
from sesv2kit._aws.source import CredentialsSource, _Flight
from sesv2kit._core.aio import in_thread

pytestmark = pytest.mark.anyio
MANY = 50


class Held:
    """A provider that blocks until it is let go, and counts."""

    def __init__(self, result: Credentials | Exception | None = None) -> None:
        self.result = result or lasting("A", HOUR)
        self.calls = 0
        self.began = threading.Event()
        self.may_end = threading.Event()

    def load(self) -> Credentials:
        """Return or raise the result when it may."""
        self.calls += 1
        self.began.set()
        assert self.may_end.wait(10)
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


class AsyncHeld:
    """The same without blocking; to be made in the event loop that uses it."""

    def __init__(self, result: Credentials | Exception | None = None) -> None:
        self.result = result or lasting("A", HOUR)
        self.calls = 0
        self.began = anyio.Event()
        self.may_end = anyio.Event()

    async def load(self) -> Credentials:
        """Return or raise the result when it may."""
        self.calls += 1
        self.began.set()
        await self.may_end.wait()
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


async def begun(provider: Held | Aws) -> None:
    """Wait until a lookup runs in its thread."""
    event = provider.began if isinstance(provider, Held) else provider.was_requested
    while not event.is_set():  # noqa: ASYNC110 - it is set in a thread
        await anyio.sleep(0.001)


@pytest.fixture
def threads_used(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows with each piece of work that is given to a thread."""
    used: list[int] = []

    async def counted(blocking: Callable[[], Any]) -> Any:
        used.append(1)
        return await in_thread(blocking)

    monkeypatch.setattr("sesv2kit._aws.source.in_thread", counted)
    return used


async def outcomes(source: CredentialsSource, count: int, meanwhile: Callable[[], Any]) -> list[Any]:
    """Return what so many tasks got, credentials or errors; `meanwhile` is awaited while they wait."""
    got: list[Any] = []

    async def fetch() -> None:
        try:
            got.append(await source.aload())
        except errors.CredentialsError as error:
            got.append(error)

    async with anyio.create_task_group() as group:
        for _ in range(count):
            group.start_soon(fetch)
        await meanwhile()
    return got


async def test_many_tasks_cause_one_lookup_in_one_thread(imds: Aws, threads_used: list[int]) -> None:
    imds.may_respond.clear()

    async def meanwhile() -> None:
        await begun(imds)
        imds.may_respond.set()

    got = await outcomes(make_source(), MANY, meanwhile)
    assert [found.access_key for found in got] == ["imds-1"] * MANY
    assert imds.handed_out["imds"] == 1
    assert len(imds.requests) == 3
    assert len(threads_used) == 1


async def test_many_calls_of_a_client_cause_one_lookup(container: Aws) -> None:
    container.may_respond.clear()
    async with AsyncSESv2Client(region="eu-west-1", endpoint_url=container.url) as ses:
        async with anyio.create_task_group() as group:
            for _ in range(MANY):
                group.start_soon(ses.get_account)
            await begun(container)
            container.may_respond.set()
        assert container.signers == ["container-1"] * MANY


async def test_many_tasks_whose_credentials_expired_cause_one_lookup(container: Aws, threads_used: list[int]) -> None:
    source = make_source()
    old = await source.aload()
    threads_used.clear()

    async def renew() -> None:
        assert source.reject(old)
        assert (await source.aload()).access_key == "container-2"

    async with anyio.create_task_group() as group:
        for _ in range(MANY):
            group.start_soon(renew)
    assert container.handed_out["container"] == 2
    assert len(threads_used) == 1


def test_many_threads_cause_one_lookup(imds: Aws) -> None:
    imds.may_respond.clear()
    source = make_source()
    ready = threading.Barrier(MANY + 1)

    def fetch() -> str:
        ready.wait()
        return source.load().access_key

    with ThreadPoolExecutor(MANY) as pool:
        results = [pool.submit(fetch) for _ in range(MANY)]
        ready.wait()
        assert imds.was_requested.wait(10)
        imds.may_respond.set()
        assert [result.result() for result in results] == ["imds-1"] * MANY
    assert len(imds.requests) == 3


async def test_many_tasks_call_an_async_provider_once() -> None:
    provider = AsyncHeld()

    async def meanwhile() -> None:
        await provider.began.wait()
        provider.may_end.set()

    got = await outcomes(make_source(provider), MANY, meanwhile)
    assert [found.access_key for found in got] == ["A"] * MANY
    assert provider.calls == 1


async def test_many_tasks_share_one_failure_and_each_has_its_own_error() -> None:
    failure = ValueError("the vault is sealed")
    held = Held(failure)

    async def meanwhile() -> None:
        await begun(held)
        held.may_end.set()

    got = await outcomes(make_source(held), MANY, meanwhile)
    assert held.calls == 1
    assert len({id(error) for error in got}) == MANY
    assert {error.__cause__ for error in got} == {failure}


def test_many_threads_each_get_the_failure() -> None:
    held = Held(ValueError("the vault is sealed"))
    source = make_source(held)
    waiting = threading.Barrier(MANY + 1)

    def fetch() -> None:
        waiting.wait()
        with pytest.raises(errors.CredentialsError, match="ValueError"):
            source.load()

    with ThreadPoolExecutor(MANY) as pool:
        results = [pool.submit(fetch) for _ in range(MANY)]
        waiting.wait()
        assert held.began.wait(10)
        held.may_end.set()
        for result in results:
            result.result()


# Cancellation ------------------------------------------------------------------------------------


async def test_a_cancelled_task_stops_waiting_and_its_lookup_serves_the_others() -> None:
    held = Held()
    source = make_source(held)
    got: list[Credentials] = []

    async def fetch() -> None:
        got.append(await source.aload())

    async with anyio.create_task_group() as group:
        with anyio.CancelScope() as first:
            async with anyio.create_task_group() as leader:
                leader.start_soon(fetch)
                await begun(held)
                for _ in range(MANY):
                    group.start_soon(fetch)
                await anyio.wait_all_tasks_blocked()
                first.cancel()
        # The cancelled task is gone though its thread still runs.
        assert not held.may_end.is_set()
        await anyio.wait_all_tasks_blocked()
        held.may_end.set()
    assert [found.access_key for found in got] == ["A"] * MANY
    assert held.calls == 1


async def test_a_lookup_whose_task_was_cancelled_is_not_lost() -> None:
    held = Held()
    source = make_source(held)
    with anyio.CancelScope() as scope:
        async with anyio.create_task_group() as group:
            group.start_soon(source.aload)
            await begun(held)
            scope.cancel()
    held.may_end.set()
    assert (await source.aload()).access_key == "A"
    assert held.calls == 1


async def test_a_cancelled_refresh_of_an_async_provider_is_taken_over_by_another_task() -> None:
    provider = AsyncHeld()
    source = make_source(provider)
    got: list[Credentials] = []

    async def fetch() -> None:
        got.append(await source.aload())

    async with anyio.create_task_group() as group:
        with anyio.CancelScope() as first:
            async with anyio.create_task_group() as leader:
                leader.start_soon(fetch)
                await provider.began.wait()
                for _ in range(MANY):
                    group.start_soon(fetch)
                await anyio.wait_all_tasks_blocked()
                first.cancel()
        provider.may_end.set()
    assert [found.access_key for found in got] == ["A"] * MANY
    assert provider.calls == 2


async def test_a_task_that_is_cancelled_while_another_refreshes_leaves_the_refresh_alone() -> None:
    provider = AsyncHeld()
    source = make_source(provider)

    async def meanwhile() -> None:
        await provider.began.wait()
        with anyio.move_on_after(0.01):
            await source.aload()
        provider.may_end.set()

    assert [found.access_key for found in await outcomes(source, 2, meanwhile)] == ["A", "A"]
    assert provider.calls == 1


# While valid ones are refreshed ------------------------------------------------------------------


SOON = timedelta(minutes=4)


async def test_other_calls_use_the_valid_credentials_while_one_refreshes_them() -> None:
    held = Held()
    source = make_source(held)
    held.result = old = lasting("OLD", SOON)
    held.may_end.set()
    assert await source.aload() == old
    put_forward(source)
    held.may_end.clear()
    held.began.clear()
    held.result = lasting("NEW", HOUR)
    async with anyio.create_task_group() as group:
        group.start_soon(source.aload)
        await begun(held)
        assert source.ready() == old
        assert await source.aload() == old
        held.may_end.set()
    found = source.ready()
    assert found is not None
    assert found.access_key == "NEW"
    assert held.calls == 2


@pytest.mark.parametrize("make", [Provider, AsyncProvider])
async def test_a_failing_provider_does_not_take_valid_credentials_away(
    make: type[Provider], caplog: pytest.LogCaptureFixture
) -> None:
    old = lasting("OLD", SOON)
    provider = make(old, ValueError(SECRET), lasting("NEW", HOUR))
    source = make_source(provider)
    assert await source.aload() == old
    put_forward(source)
    assert await source.aload() == old
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text
    assert await source.aload() == old
    assert provider.calls == 2, "tried again at once"
    put_forward(source)
    assert (await source.aload()).access_key == "NEW"


def put_forward(source: CredentialsSource) -> None:
    """Let the time pass for which due credentials are left alone."""
    assert source._kept is not None
    source._kept.check_at = 0.0


def test_a_lookup_that_is_interrupted_is_made_again_by_a_thread_that_waits() -> None:
    held = Held()
    interrupted = [True]

    def load() -> Credentials:
        found = held.load()
        if interrupted:
            interrupted.clear()
            raise KeyboardInterrupt
        return found

    source = make_source(load)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(source.load)
        assert held.began.wait(10)
        second = pool.submit(source.load)
        held.may_end.set()
        with pytest.raises(KeyboardInterrupt):
            first.result()
        assert second.result().access_key == "A"
    assert held.calls == 2


def test_no_thread_waits_for_a_lookup_wherever_a_signal_handler_interrupts_it() -> None:
    for moment in count():
        source = make_source(Provider(lasting("A", HOUR), lasting("A", HOUR)))
        interruption = Interruption(moment, interrupt, Path(source_module.__file__))
        sys.setprofile(interruption)
        try:
            source.load()
        except Interrupted:
            pass
        finally:
            sys.setprofile(None)
        # Another thread, as a lock that this one still had would not stop it.
        found: list[Credentials] = []
        thread = threading.Thread(target=lambda: found.append(source.load()), daemon=True)  # noqa: B023
        thread.start()
        thread.join(10)
        assert [credentials.access_key for credentials in found] == ["A"], moment
        if not interruption.happened:
            break
    assert moment > 10


def test_credentials_that_change_while_they_are_read_are_not_kept() -> None:
    class Refreshing:
        """Credentials as botocore's: they are rejected while `ready` reads them."""

        reads = 0

        def refresh_needed(self, _within: float = 0) -> bool:
            return False

        def get_frozen_credentials(self) -> Credentials:
            self.reads += 1
            if self.reads == 2:
                source.reject(first)
            return Credentials("A", SECRET)

    source = make_source(given := Refreshing())
    first = source.load()
    put_forward(source)
    assert source.ready() == first
    assert source.ready() is None
    assert given.reads == 2


# Event loops and processes -----------------------------------------------------------------------


def test_one_source_serves_one_event_loop_after_the_other() -> None:
    provider = AsyncProvider(*(lasting(key, HOUR) for key in "ABC"))
    source = make_source(provider)

    async def renew() -> str:
        found = await source.aload()
        source.reject(found)
        return found.access_key

    assert [asyncio.run(renew()), trio.run(renew), asyncio.run(renew())] == ["A", "B", "C"]


def test_a_loop_that_was_left_in_mid_refresh_does_not_hold_up_the_next_one() -> None:
    provider = AsyncProvider(lasting("A", HOUR))
    source = make_source(provider)
    source._task_flight = _Flight(object(), None)
    assert asyncio.run(source.aload()).access_key == "A"


def test_a_lookup_of_one_loop_that_ends_late_leaves_the_lookup_of_another_alone() -> None:
    provider = AsyncProvider(lasting("A", HOUR))
    source = make_source(provider)

    async def renew() -> str:
        source._task_flight = None

        async def load() -> Credentials:
            source._task_flight = newer  # another loop has begun its own
            return await AsyncProvider(lasting("A", HOUR)).load()

        source._fetch = load
        return (await source.aload()).access_key

    newer = _Flight(object(), None)
    assert asyncio.run(renew()) == "A"
    assert source._task_flight is newer


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_does_not_wait_for_a_thread_of_its_parent() -> None:
    source = make_source(Provider(lasting("A", HOUR)))
    source._thread_flight = _Flight(os.getpid() + 1, None)
    assert source.load().access_key == "A"
