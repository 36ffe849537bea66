"""One way to send a mailing with the sync sender, and with the async one on asyncio and on trio."""

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Iterator
from typing import Any, cast

import attrs
import pytest

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, models
from sesv2kit.bulk import AsyncBulkSender, BulkItem, BulkSender, Outcome, Report

from .servers import BulkServer, bulk_server

CONTENT = models.BulkEmailContent(template=models.Template(template_name="news", template_data="{}"))
SETTINGS: dict[str, Any] = {"from_email_address": "shop@example.com", "default_content": CONTENT}
CLIENT: dict[str, Any] = {"region": "eu-west-1", "credentials": Credentials("key", "secret"), "retry_mode": "off"}

Source = Iterable[models.BulkEmailEntry | BulkItem]


def address(number: int) -> str:
    """Return the address of a recipient."""
    return f"r{number}@example.net"


def entry(number: int, others: int = 0) -> models.BulkEmailEntry:
    """Return the entry of a recipient, and of so many others."""
    to = [address(number), *[f"other{other}.{number}@example.net" for other in range(others)]]
    return models.BulkEmailEntry(destination=models.Destination(to_addresses=to))


def entries(count: int) -> list[models.BulkEmailEntry]:
    """Return entries to the first so many recipients."""
    return list(map(entry, range(count)))


@attrs.define
class Mailing:
    """What came of a run."""

    report: Report
    outcomes: list[Outcome] = attrs.field(factory=list[Outcome])
    error: Exception | None = None

    @property
    def states(self) -> dict[int, str]:
        """The state of every entry that has an outcome, by its place."""
        states = {outcome.index: str(outcome.state) for outcome in self.outcomes}
        assert len(states) == len(self.outcomes), "an entry has two outcomes"
        return states


Send = Callable[..., Awaitable[Mailing]]
"""Sends entries through a server, and returns what came of it; settings are the sender's own."""


@pytest.fixture(params=["sync", "asyncio", "trio"])
def kind(request: pytest.FixtureRequest) -> str:
    """Run every story with each of the senders."""
    return str(request.param)


@pytest.fixture
def anyio_backend(kind: str) -> str:
    """Return the event loop that a sender needs; the sync one makes do with any."""
    return "asyncio" if kind == "sync" else kind


@pytest.fixture
def server() -> Iterator[BulkServer]:
    """An endpoint that takes every mail, unless a test tells it otherwise."""
    with bulk_server() as running:
        yield running


@pytest.fixture
def send(kind: str, server: BulkServer) -> Send:
    """Return a function that sends entries to the server."""

    async def sent(
        source: Source | AsyncIterable[Any], client: dict[str, Any] | None = None, **settings: Any
    ) -> Mailing:
        connection = {**CLIENT, "endpoint_url": server.url, **(client or {})}
        settings = {**SETTINGS, **settings}
        if kind == "sync":
            with SESv2Client(**connection) as ses:
                sender = BulkSender(ses, **settings)
                mailing = Mailing(sender.report)
                try:
                    mailing.outcomes += sender.send(cast(Source, source))
                except Exception as error:
                    mailing.error = error
                mailing.report = sender.report
                return mailing
        async with AsyncSESv2Client(**connection) as async_ses:
            async_sender = AsyncBulkSender(async_ses, **settings)
            mailing = Mailing(async_sender.report)
            try:
                async for outcome in async_sender.send(source):
                    mailing.outcomes.append(outcome)
            except Exception as error:
                mailing.error = error
            mailing.report = async_sender.report
            return mailing

    return sent


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach this machine directly, whatever proxy the environment names."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a hundredth of what a user waits before a retry."""
    from sesv2kit._call.retry import backoff
    from sesv2kit.bulk import run as _bulk_flow

    def shorter(attempt: int, random: Callable[[], float], retry_after: float | None = None) -> float:
        return backoff(attempt, random, retry_after) / 100

    monkeypatch.setattr(_bulk_flow, "backoff", shorter)
