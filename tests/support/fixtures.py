"""Fixtures that several conftests import: a test that uses them runs with the sync client, on asyncio and on trio."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client
from sesv2kit._call.retry import backoff

from .clients import REGION, AwaitableClient, Connect, OpenClient
from .counting import CountingServer, counting_server
from .unit import AnyClient, close, real_client


@pytest.fixture(params=["sync", "asyncio", "trio"])
def kind(request: pytest.FixtureRequest) -> str:
    """Run the test with each of the clients."""
    return str(request.param)


@pytest.fixture
def anyio_backend(kind: str) -> str:
    """Return the event loop that a kind of client needs; the sync client runs under asyncio."""
    return "asyncio" if kind == "sync" else kind


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connect to this machine directly, whatever proxy the environment names."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(autouse=True)
def no_known_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know no account's rate: a server can have the port of an earlier test's, and so its URL."""
    monkeypatch.setattr("sesv2kit._rate.send_rate._of_accounts", {})


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a hundredth of what a user waits before a retry."""

    def shorter(attempt: int, random: Callable[[], float], retry_after: float | None = None) -> float:
        return backoff(attempt, random, retry_after) / 100

    monkeypatch.setattr("sesv2kit._call.pipeline.backoff", shorter)


@pytest.fixture
def connect(kind: str, credentials: Credentials) -> Connect:
    """Return a function that opens a client for a URL, as an async context manager."""

    @asynccontextmanager
    async def connected(url: str, **settings: Any) -> AsyncGenerator[AsyncSESv2Client]:
        settings = {"region": REGION, "credentials": credentials, "endpoint_url": url, **settings}
        if kind == "sync":
            with SESv2Client(**settings) as client:
                yield cast(AsyncSESv2Client, AwaitableClient(client))
        else:
            async with AsyncSESv2Client(**settings) as async_client:
                yield async_client

    return connected


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """Run a server that counts requests."""
    with counting_server() as server:
        yield server


@pytest.fixture
def open_client(kind: str, server: CountingServer) -> OpenClient:
    """Return a function that opens a client for `server`; the client makes each request once."""

    @asynccontextmanager
    async def opened(**settings: Any) -> AsyncGenerator[AnyClient]:
        settings = {"retry_mode": "off", **settings}
        client = real_client("sync" if kind == "sync" else "async", server.url, **settings)
        yield client
        await close(client)

    return opened


@pytest.fixture
async def ses(open_client: OpenClient) -> AsyncIterator[Any]:
    """Return a client that makes each request once."""
    async with open_client() as client:
        yield client
