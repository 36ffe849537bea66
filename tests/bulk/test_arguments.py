"""Arguments that can't be used are refused by their names, before anything is sent."""

import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from support.bulk import CLIENT, SETTINGS, Send, entries, entry
from support.bulk_server import BulkServer

from sesv2kit import AsyncSESv2Client, SendRate, SESv2Client, errors
from sesv2kit.bulk import AsyncBulkSender, BulkItem, BulkSender

pytestmark = pytest.mark.anyio


async def never_awaited(*_arguments: object) -> None:
    """Stand for a function that is async where none may be."""
    raise AssertionError("it was awaited")


class PathOfBytes:
    """A path that no text can be made of."""

    def __fspath__(self) -> bytes:
        return b"july"


# What a sender is made with -----------------------------------------------------------------------


def sender_of(kind: str, **settings: Any) -> BulkSender | AsyncBulkSender:
    """Return a sender of one kind."""
    if kind == "sync":
        return BulkSender(SESv2Client(**CLIENT), **{**SETTINGS, **settings})
    return AsyncBulkSender(AsyncSESv2Client(**CLIENT), **{**SETTINGS, **settings})


@pytest.mark.parametrize("kind", [BulkSender, AsyncBulkSender])
def test_a_call_with_missing_or_unknown_arguments_names_the_class_that_was_called(kind: Any) -> None:
    constructor = rf"{kind.__name__}\.__init__\(\)"
    with pytest.raises(TypeError, match=rf"{constructor} missing 1 required positional argument: 'client'"):
        kind()
    with pytest.raises(TypeError, match=rf"{constructor} missing 1 required keyword-only argument: 'default_content'"):
        kind(None)
    with pytest.raises(TypeError, match=rf"{constructor} got an unexpected keyword argument 'rate'"):
        kind(None, **SETTINGS, rate=14)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("max_in_flight", 0),
        ("max_in_flight", "8"),
        ("max_attempts", True),
        ("max_attempts", None),
        ("journal", 3),
        ("journal", True),
        ("journal", b"july"),
        ("journal", ["july"]),
        ("journal", "\0"),
        ("journal", Path("july\0")),
        ("journal", "\ud800" if sys.platform != "win32" else 3),
        ("journal", PathOfBytes()),
        ("journal", never_awaited),
        ("retry_failed", None),
        ("resend_unknown", "no"),
        ("resend_unknown", 1),
        ("unique_recipients", "no"),
        ("limit", 0),
        ("limit", True),
        ("limit", 1.0),
        ("stop_when", 0),
        ("stop_when", 1.5),
        ("stop_when", True),
        ("stop_when", float("nan")),
        ("stop_when", "never"),
        ("stop_when", []),
        ("stop_when", never_awaited),
        ("on_quota", "ignore"),
        ("on_quota", []),
        ("outage_patience", -1),
        ("outage_patience", None),
        ("outage_patience", float("nan")),
        ("read_ahead", "no"),
        ("read_ahead", None),
        ("on_progress", 3),
        ("on_progress", ""),
        ("on_progress", never_awaited),
        ("send_rate", 0),
        ("send_rate", True),
        ("send_rate", "fast"),
        ("send_rate", [14]),
        ("send_rate", SendRate),
    ],
)
async def test_a_setting_that_cannot_be_used_is_refused_by_its_name(kind: str, name: str, wrong: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match=f"^{name} must be "):
        sender_of(kind, **{name: wrong})


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"default_content": None}, "default_content"),
        ({"default_content": {"Template": {}}}, "default_content"),
        ({"reply_to_addresses": "ann@example.net"}, "reply_to_addresses"),
        ({"default_email_tags": [3]}, r"default_email_tags\[0\]"),
        ({"options": 3}, "options"),
        ({"options": []}, "options"),
        ({"options": {"nope": 1}}, r"options\['nope'\]"),
        ({"options": {"timeout": "5"}}, r"options\['timeout'\]"),
    ],
    ids=str,
)
async def test_what_no_call_would_take_is_refused_at_once(kind: str, wrong: dict[str, Any], path: str) -> None:
    with pytest.raises(errors.ParamValidationError, match=f"^SendBulkEmail: {path}: "):
        sender_of(kind, **wrong)


def test_a_mailing_has_a_journal_in_place_of_before_send() -> None:
    with pytest.raises(errors.ConfigurationError, match="before_send"):
        sender_of("sync", options={"before_send": print})


@pytest.mark.parametrize("client", [3, None, SESv2Client, lambda: SESv2Client(**CLIENT), AsyncSESv2Client(**CLIENT)])
def test_a_sender_takes_a_client_that_is_not_async(client: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"^client must be an SESv2Client; AsyncBulkSender takes an "):
        BulkSender(client, **SETTINGS)


@pytest.mark.parametrize("client", [3, None, AsyncSESv2Client, SESv2Client(**CLIENT)])
def test_an_async_sender_takes_an_async_client(client: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"^client must be an AsyncSESv2Client; BulkSender takes an "):
        AsyncBulkSender(client, **SETTINGS)


# What a run is begun with -------------------------------------------------------------------------


async def entries_of_today() -> AsyncIterator[Any]:
    yield entry(0)


@pytest.mark.parametrize(
    "source", [3, None, "r1@example.net", "", b"r1", entry(0), BulkItem(entry(0), "k"), entries, entries_of_today]
)
@pytest.mark.parametrize("read_ahead", [True, False])
async def test_what_is_not_several_entries_is_refused_before_the_journal_is_opened(
    server: BulkServer, send: Send, source: Any, read_ahead: bool
) -> None:
    opened: list[object] = []
    mailing = await send(source, journal=opened.append, read_ahead=read_ahead)
    assert isinstance(mailing.error, errors.ConfigurationError)
    assert str(mailing.error).startswith("entries must be an iterable of BulkEmailEntry or BulkItem, and not one")
    assert opened == []
    assert server.requests == []


def test_an_async_source_is_for_the_async_sender(server: BulkServer) -> None:
    source: Any = entries_of_today()
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = BulkSender(ses, **SETTINGS)
        with pytest.raises(errors.ConfigurationError, match="AsyncBulkSender takes an async one"):
            list(sender.send(source))
    assert server.requests == []


@pytest.mark.parametrize("has_journal", [True, False])
@pytest.mark.parametrize("unique_recipients", [True, False])
@pytest.mark.parametrize("wrong", [3, None, "r1@example.net", {"Destination": {}}, BulkItem, object()])
async def test_an_element_that_is_not_an_entry_fails_alone(
    server: BulkServer, send: Send, tmp_path: Path, wrong: Any, unique_recipients: bool, has_journal: bool
) -> None:
    journal = tmp_path / "july" if has_journal else None
    source = [entry(0), wrong, BulkItem(wrong), entry(3)]
    mailing = await send(source, unique_recipients=unique_recipients, journal=journal)
    assert mailing.error is None
    assert mailing.states == {0: "sent", 1: "failed", 2: "failed", 3: "sent"}
    for outcome in mailing.outcomes:
        assert outcome.state == "sent" or isinstance(outcome.error, errors.ParamValidationError)
    assert sum(server.taken.values()) == 2


@pytest.mark.parametrize("executor", [3, "threads", False, ThreadPoolExecutor, map])
def test_an_executor_that_is_not_one_is_refused_before_anything_is_sent(
    server: BulkServer, tmp_path: Path, executor: Any
) -> None:
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = BulkSender(ses, **SETTINGS, journal=tmp_path / "july")
        sender.executor = executor
        with pytest.raises(errors.ConfigurationError, match=r"^executor must be an Executor, or None, got \w+$"):
            list(sender.send(entries(3)))
        assert list(tmp_path.iterdir()) == []
        assert server.requests == []
        sender.executor = None
        assert [outcome.state for outcome in sender.send(entries(3))] == ["sent"] * 3
