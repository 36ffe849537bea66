"""The fixtures of these tests: a run with the sync sender, and with the async one on asyncio and on trio."""

from collections.abc import AsyncIterable, Callable, Iterator
from typing import Any, cast

import pytest
from support.bulk import CLIENT, SETTINGS, Mailing, Send, Source
from support.bulk_server import BulkServer, bulk_server
from support.fixtures import anyio_backend, kind, no_known_accounts, no_proxy

from sesv2kit import AsyncSESv2Client, SESv2Client
from sesv2kit.bulk import AsyncBulkSender, BulkSender

__all__ = ["anyio_backend", "kind", "no_known_accounts", "no_proxy", "send", "server", "short_waits"]


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
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a hundredth of what a user waits before a retry."""
    from sesv2kit._call.retry import backoff
    from sesv2kit.bulk import run

    def shorter(attempt: int, random: Callable[[], float], retry_after: float | None = None) -> float:
        return backoff(attempt, random, retry_after) / 100

    monkeypatch.setattr(run, "backoff", shorter)
