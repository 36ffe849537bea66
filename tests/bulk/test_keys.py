"""Keys and addresses that are repeated, and entries that are loaded when they are needed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.bulk import CLIENT, SETTINGS, Mailing, Send, address, entry
from support.bulk_server import BulkServer

from sesv2kit import AsyncSESv2Client, errors, models
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
    other = "" if has_journal else ", the other one at index 0"
    assert str(next(outcome.error for outcome in mailing.outcomes if outcome.index == 60)) == (
        f"SendBulkEmail: key: is that of another entry of this run; this one is at index 60{other}"
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
        assert "has a recipient of another entry; this one is at index 2, the other one at index 0" in str(
            next(outcome.error for outcome in mailing.outcomes if outcome.index == 2)
        )
        assert set(server.taken) == {"ann@example.net", "cleo@example.net"}
    # What an earlier run has sent counts as well, though it is not sent again.
    resumed = await send(source, unique_recipients=True, journal=tmp_path / "journal")
    assert resumed.states == {0: "sent", 1: "failed", 2: "failed", 3: "sent"}
    assert resumed.report.resumed == 2
    assert (await send(source)).report.sent == 4


async def test_new_entries_before_those_that_were_sent_are_not_to_the_same_addresses(
    server: BulkServer, send: Send, tmp_path: Path
) -> None:
    settings: dict[str, Any] = {"journal": tmp_path / "journal", "unique_recipients": True}
    sent = BulkItem(to("ann@example.net"), key="ann")
    assert (await send([sent], **settings)).states == {0: "sent"}
    resumed = await send([BulkItem(to("ben@example.net", "ann@example.net"), key="both"), sent], **settings)
    assert resumed.states == {0: "failed", 1: "sent"}
    assert "has a recipient of another entry; this one is at index 0, the other one at index 1" in str(
        next(outcome.error for outcome in resumed.outcomes if outcome.index == 0)
    )
    assert server.taken == {"ann@example.net": 1}


@pytest.mark.parametrize(
    "wrong", [5, models.Destination(to_addresses=5), models.Destination(to_addresses=[5])], ids=str
)
async def test_an_entry_that_was_sent_and_is_malformed_now_ends_no_run(
    server: BulkServer, send: Send, tmp_path: Path, wrong: Any
) -> None:
    settings: dict[str, Any] = {"journal": tmp_path / "journal", "unique_recipients": True}
    await send([BulkItem(to("ann@example.net"), key="ann")], **settings)
    malformed = BulkItem(models.BulkEmailEntry(destination=wrong), key="ann")
    resumed = await send([malformed, BulkItem(to("ben@example.net"), key="ben")], **settings)
    assert resumed.error is None
    assert resumed.states == {0: "sent", 1: "sent"}
    assert server.taken == {"ann@example.net": 1, "ben@example.net": 1}


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


async def test_without_a_key_an_entry_is_loaded_as_its_content_identifies_it(
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


def raising(error: Exception, number: int, key: str | None = None) -> BulkItem:
    """Return an item whose entry can't be loaded."""

    def broken() -> models.BulkEmailEntry:
        raise error

    return BulkItem(broken, str(number) if key is None else key or None)


@pytest.mark.parametrize("has_keys", [True, False])
@pytest.mark.parametrize("has_journal", [True, False])
async def test_a_function_that_raises_fails_its_item_alone(
    has_journal: bool, has_keys: bool, server: BulkServer, send: Send, tmp_path: Path
) -> None:
    loader = Loader()
    items = [loader.item(number, str(number) if has_keys else None) for number in range(120)]
    items[70] = raising(ZeroDivisionError("the reader's data"), 70, None if has_keys else "")
    journal = {"journal": tmp_path / "journal"} if has_journal else {}
    mailing = await send(items, **journal)
    assert mailing.error is None
    assert mailing.states == dict.fromkeys(range(120), "sent") | {70: "failed"}
    (failed,) = [outcome for outcome in mailing.outcomes if outcome.state == "failed"]
    assert isinstance(failed.error, errors.ParamValidationError)
    assert isinstance(failed.error.__cause__, ZeroDivisionError)
    assert "entry: the function that returns it raised ZeroDivisionError" in str(failed.error)
    assert "data" not in str(failed.error)
    assert len(server.taken) == 119

    # It was not sent, so the next run loads it again; what was sent is not sent again.
    items[70] = loader.item(70, "70" if has_keys else None)
    if has_journal:
        assert (await send(items, **journal)).states == dict.fromkeys(range(120), "sent")
        assert set(server.taken.values()) == {1}
        assert len(server.taken) == 120


@pytest.mark.parametrize("has_keys", [True, False])
@pytest.mark.parametrize("has_journal", [True, False])
async def test_a_configuration_error_of_a_function_that_returns_an_entry_ends_the_run_with_everything_accounted_for(
    has_journal: bool, has_keys: bool, server: BulkServer, send: Send, tmp_path: Path
) -> None:
    loader = Loader()
    items = [loader.item(number, str(number) if has_keys else None) for number in range(120)]
    items[70] = raising(errors.ConfigurationError("no template folder"), 70, None if has_keys else "")
    source = iter(items)
    mailing = await send(source, **({"journal": tmp_path / "journal"} if has_journal else {}))
    assert isinstance(mailing.error, BulkStoppedError)
    assert isinstance(mailing.error.reason, errors.ConfigurationError)
    assert mailing.error.source_error is mailing.error.reason
    check_all_there(mailing, items, source)
    assert items[70] in mailing.error.untouched
    assert set(mailing.states.values()) <= {"sent"}


def check_all_there(mailing: Mailing, items: list[BulkItem], source: Iterator[BulkItem]) -> None:
    """Check that each item has an outcome, is untouched, or was not read."""
    left = [*getattr(mailing.error, "untouched", ()), *source]
    places = [next(place for place, item in enumerate(items) if item == one) for one in left]
    assert sorted([*mailing.states, *places]) == list(range(len(items)))
    assert mailing.report.untouched == len(getattr(mailing.error, "untouched", ()))


async def test_functions_that_raise_again_and_again_end_the_run(server: BulkServer, send: Send) -> None:
    items = [raising(OSError("no database"), number) for number in range(200)]
    items[10] = Loader().item(10, "10")
    source = iter(items)
    mailing = await send(source)
    assert isinstance(mailing.error, BulkStoppedError)
    assert "raised OSError again and again, for 50 entries in a row" in str(mailing.error)
    assert isinstance(mailing.error.source_error, OSError)
    check_all_there(mailing, items, source)
    assert mailing.report.failed == 60
    assert {place for place, state in mailing.states.items() if state == "sent"} <= {10}
    assert set(server.taken.values()) <= {1}


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
