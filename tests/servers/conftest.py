"""One way to write a story once and have it run with the sync client, and the async one on asyncio and on trio."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar, cast

import pytest

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, models

REGION = "eu-west-1"
TAGS = (models.Tag(key="team", value="shop"), models.Tag(key="cost center", value="4/2 + 1"))

Connect = Callable[..., AbstractAsyncContextManager[AsyncSESv2Client]]
"""Opens a client for the server at a URL; further settings are the client's own."""


class AwaitableClient:
    """A sync client whose methods can be awaited."""

    def __init__(self, client: SESv2Client) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        async def call(**arguments: Any) -> Any:
            return method(**arguments)

        return call


@pytest.fixture(params=["sync", "asyncio", "trio"])
def kind(request: pytest.FixtureRequest) -> str:
    """Run every story with each of the clients."""
    return str(request.param)


@pytest.fixture
def anyio_backend(kind: str) -> str:
    """Return the event loop that a kind of client needs; the sync one makes do with any."""
    return "asyncio" if kind == "sync" else kind


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


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach this machine directly, whatever proxy the environment names."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


class Page(Protocol):
    """One answer of a list."""

    @property
    def next_token(self) -> str | None:
        """The token of the page after this one."""
        ...


PageT = TypeVar("PageT", bound=Page)


async def all_pages(fetch: Callable[[str | None], Awaitable[PageT]]) -> list[PageT]:
    """Return every page of a list; `fetch` gets the page of a token."""
    pages = [await fetch(None)]
    while token := pages[-1].next_token:
        pages.append(await fetch(token))
    return pages


def is_recent(moment: datetime | None) -> bool:
    """Return whether a time is aware and of the last minute."""
    return moment is not None and abs(datetime.now(UTC) - moment) < timedelta(minutes=1)
