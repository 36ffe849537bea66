"""Keys and addresses that are repeated, and entries that are loaded when they are needed."""

from pathlib import Path
from typing import Any

import pytest
from support.bulk import CLIENT, SETTINGS, Send, address, entry
from support.bulk_server import BulkServer

from sesv2kit import AsyncSESv2Client, models
from sesv2kit.bulk import AsyncBulkSender, BulkItem, BulkStoppedError

pytestmark = pytest.mark.anyio


def to(*addresses: str) -> models.BulkEmailEntry:
    """Return an entry to addresses."""
    return models.BulkEmailEntry(destination=models.Destination(to_addresses=addresses))


@pytest.mark.parametrize("has_journal", [True, False])
async def test_a_key_that_is_repeated_is_refused_the_second_time(
    has_journal: bool, server: BulkServer, send: Send, tmp_path: Path
) -> None:
    source = [BulkItem(entry(number), key=str(number % 60)) for number in range(130)]
    mailing = await send(iter(source), **({"journal": tmp_path / "journal"} if has_journal else {}))
    assert mailing.error is None
    assert {place for place, state in mailing.states.items() if state == "failed"} == set(range(60, 130))
    assert "key: is that of another entry of this run" in str(
        next(outcome.error for outcome in mailing.outcomes if outcome.index == 60)
    )
    assert server.taken == dict.fromkeys(map(address, range(60)), 1)


async def test_addresses_can_be_kept_unique(server: BulkServer, send: Send, tmp_path: Path) -> None:
    source = [
        to("ann@example.net"),
        to("Ann <ANN@example.net>"),
        to("ben@example.net", "ann@example.net"),
        to("cleo@example.net"),
    ]
    for journal in ({}, {"journal": tmp_path / "journal"}):
        server.taken.clear()
        mailing = await send(source, unique_recipients=True, **journal)
        assert mailing.states == {0: "sent", 1: "failed", 2: "failed", 3: "sent"}
        assert "has a recipient that an earlier entry has" in str(
            next(outcome.error for outcome in mailing.outcomes if outcome.index == 1)
        )
        assert set(server.taken) == {"ann@example.net", "cleo@example.net"}
    # What an earlier run has sent counts as well, though it is not sent again.
    resumed = await send(source, unique_recipients=True, journal=tmp_path / "journal")
    assert resumed.states == {0: "sent", 1: "failed", 2: "failed", 3: "sent"}
    assert resumed.report.resumed == 2
    assert (await send(source)).report.sent == 4


class Loader:
    """Loads entries by their numbers, and remembers which."""

    def __init__(self) -> None:
        self.loaded: list[int] = []

    def item(self, number: int, key: str | None = None) -> BulkItem:
        """Return an item whose entry is loaded when it is needed."""

        def load() -> models.BulkEmailEntry:
            self.loaded.append(number)
            return entry(number)

        return BulkItem(load, key)


async def test_entries_are_loaded_only_if_they_are_sent(server: BulkServer, send: Send, tmp_path: Path) -> None:
    loader = Loader()
    path = tmp_path / "journal"
    first = await send((loader.item(number, str(number)) for number in range(60)), journal=path)
    assert first.states == dict.fromkeys(range(60), "sent")
    assert sorted(loader.loaded) == list(range(60))
    assert {outcome.index: outcome.entry for outcome in first.outcomes} == {n: entry(n) for n in range(60)}
    loader.loaded.clear()
    second = await send((loader.item(number, str(number)) for number in range(100)), journal=path)
    assert second.states == dict.fromkeys(range(100), "sent")
    assert sorted(loader.loaded) == list(range(60, 100))
    assert all(outcome.entry is None for outcome in second.outcomes if outcome.resumed)
    assert server.taken == dict.fromkeys(map(address, range(100)), 1)


async def test_without_a_key_an_entry_is_loaded_as_its_content_is_what_it_is_known_by(
    server: BulkServer, send: Send, tmp_path: Path
) -> None:
    loader = Loader()
    for journal in ({}, {"journal": tmp_path / "journal"}, {"journal": tmp_path / "journal"}):
        mailing = await send((loader.item(number) for number in range(10)), **journal)
        assert mailing.states == dict.fromkeys(range(10), "sent")
    assert loader.loaded == [*range(10)] * 3
    assert set(server.taken.values()) == {2}


async def test_a_function_that_returns_no_entry_fails_its_item_alone(send: Send) -> None:
    nothing: Any = lambda: None  # noqa: E731 -- somebody who has unsubscribed, say
    mailing = await send([BulkItem(nothing, "0"), BulkItem(entry(1), "1")])
    assert mailing.states == {0: "failed", 1: "sent"}
    assert "entry: expected models.BulkEmailEntry, got None" in str(
        next(outcome.error for outcome in mailing.outcomes if outcome.index == 0)
    )


@pytest.mark.parametrize("has_journal", [True, False])
async def test_a_function_that_raises_ends_the_run_with_everything_accounted_for(
    has_journal: bool, server: BulkServer, send: Send, tmp_path: Path
) -> None:
    loader = Loader()

    def broken() -> models.BulkEmailEntry:
        raise ZeroDivisionError

    items = [loader.item(number, str(number)) for number in range(120)]
    items[70] = BulkItem(broken, "70")
    source = iter(items)
    mailing = await send(source, **({"journal": tmp_path / "journal"} if has_journal else {}))
    assert isinstance(mailing.error, BulkStoppedError)
    assert isinstance(mailing.error.source_error, ZeroDivisionError)
    assert "the function that returns entry 70 raised ZeroDivisionError" in str(mailing.error)
    untouched = [item.key for item in mailing.error.untouched]
    keys = [*(str(place) for place in mailing.states), *untouched, *(item.key for item in source)]
    assert sorted(map(str, keys)) == sorted(map(str, range(120)))
    assert "70" in untouched
    assert set(mailing.states.values()) <= {"sent"}


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
async def test_the_async_sender_takes_functions_that_are_async(server: BulkServer, kind: str) -> None:
    def item(number: int) -> BulkItem:
        async def load() -> models.BulkEmailEntry:
            return entry(number)

        return BulkItem(load, str(number))

    async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = AsyncBulkSender(ses, **SETTINGS)
        states = [outcome.state async for outcome in sender.send([*map(item, range(60)), Loader().item(60, "60")])]
    assert states == ["sent"] * 61
