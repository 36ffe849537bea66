"""Details of runs: sources and functions that fail, runs that overlap, and openings that are cancelled."""

import gc
import threading
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import pytest
from support.bulk import CLIENT, SETTINGS, Send, entries, entry
from support.bulk_server import BulkServer

from sesv2kit import AsyncSESv2Client, SESv2Client, models
from sesv2kit.bulk import AsyncBulkSender, BulkItem, BulkSender
from sesv2kit.bulk.drivers import load_async

pytestmark = pytest.mark.anyio


def failing() -> Iterator[models.BulkEmailEntry]:
    """Yield three entries and fail."""
    yield from entries(3)
    raise LookupError("the database is gone")


async def async_failing() -> AsyncIterator[models.BulkEmailEntry]:
    """Yield three entries and fail."""
    for one in entries(3):
        yield one
    raise LookupError("the database is gone")


async def test_a_source_that_fails_ends_the_run_after_what_it_gave(server: BulkServer, send: Send) -> None:
    mailing = await send(failing())
    assert isinstance(mailing.error, LookupError)
    assert set(mailing.states.values()) == {"sent"}
    assert sum(server.taken.values()) == 3


async def test_an_async_source_that_fails_ends_the_run_after_what_it_gave(
    kind: str, server: BulkServer, send: Send
) -> None:
    if kind == "sync":
        return
    mailing = await send(async_failing())
    assert isinstance(mailing.error, LookupError)
    assert sum(server.taken.values()) == 3


async def test_a_function_that_fails_does_not_keep_the_others_from_being_called() -> None:
    async def fail() -> None:
        raise LookupError("no such reader")

    async def load() -> models.BulkEmailEntry:
        return entry(7)

    failure, loaded = await load_async([fail, load])
    assert isinstance(failure, LookupError)
    assert loaded == entry(7)


async def test_a_function_may_return_an_awaitable(kind: str, server: BulkServer, send: Send) -> None:
    if kind == "sync":
        return

    async def load(number: int) -> models.BulkEmailEntry:
        await anyio.lowlevel.checkpoint()
        return entry(number)

    mailing = await send([BulkItem(lambda number=number: load(number), str(number)) for number in range(3)])
    assert mailing.error is None
    assert mailing.states == {0: "sent", 1: "sent", 2: "sent"}


@pytest.mark.filterwarnings("error")
async def test_functions_that_are_left_when_the_task_is_cancelled_do_not_begin(kind: str) -> None:
    if kind == "sync":
        return
    called: list[int] = []

    async def load(number: int) -> None:
        called.append(number)
        tasks.cancel_scope.cancel()
        await anyio.sleep_forever()

    async with anyio.create_task_group() as tasks:
        await load_async([partial(load, number) for number in range(3)])
    gc.collect()  # of a coroutine that nobody has awaited, Python would warn now
    assert called == [0]


async def test_an_async_source_that_can_not_be_iterated_ends_the_run_alone(
    kind: str, send: Send, tmp_path: Path
) -> None:
    class Broken:
        def __aiter__(self) -> AsyncIterator[models.BulkEmailEntry]:
            raise LookupError("the database is gone")

    if kind == "sync":
        return
    broken = await send(Broken(), journal=tmp_path / "journal")
    mailing = await send(entries(3), journal=tmp_path / "journal")  # which the first run has closed
    assert isinstance(broken.error, LookupError)
    assert (mailing.error, mailing.report.sent) == (None, 3)


def test_a_run_that_ends_after_a_later_one_has_begun_leaves_what_that_one_left(server: BulkServer) -> None:
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = BulkSender(ses, **SETTINGS)
        first = sender.send(entries(200))
        next(first)
        assert len(list(sender.send(entries(3)))) == 3
        first.close()
        assert sender.unread == ()
        assert sender.report.sent == 3


async def test_a_run_that_is_cancelled_while_its_journal_opens_closes_the_journal(
    kind: str, server: BulkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "sync":
        return
    begun, may_open, closed = threading.Event(), threading.Event(), threading.Event()
    new_run: Any = AsyncBulkSender._new_run

    def opened_late(sender: Any, *arguments: Any) -> Any:
        begun.set()
        may_open.wait(10)
        run = new_run(sender, *arguments)
        close = run.close

        def closing() -> None:
            close()
            closed.set()

        monkeypatch.setattr(run, "close", closing)
        return run

    monkeypatch.setattr(AsyncBulkSender, "_new_run", opened_late)
    async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = AsyncBulkSender(ses, **SETTINGS, journal=tmp_path / "journal")

        async def run() -> None:
            async for _ in sender.send(entries(3)):
                pass

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(run)
            await anyio.to_thread.run_sync(begun.wait)
            tasks.cancel_scope.cancel()
        may_open.set()
        assert await anyio.to_thread.run_sync(closed.wait, 10)
    assert not server.requests


async def test_a_template_without_values_of_its_own_can_have_a_journal(
    server: BulkServer, send: Send, tmp_path: Path
) -> None:
    content = models.BulkEmailContent(template=models.Template(template_name="news"))
    mailing = await send(entries(3), journal=tmp_path / "journal", default_content=content)
    assert mailing.error is None
    assert mailing.report.sent == 3


async def test_without_a_rate_requests_are_not_spaced(server: BulkServer, send: Send) -> None:
    server.quota = {}
    mailing = await send(entries(120))
    assert mailing.error is None
    assert mailing.report.sent == 120
