"""Types and values of tests that run once with each client: sync, asyncio and trio. The fixtures are in `fixtures`."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from sesv2kit import AsyncSESv2Client, SESv2Client, models

REGION = "eu-west-1"
TAGS = (models.Tag(key="team", value="shop"), models.Tag(key="cost center", value="4/2 + 1"))

Connect = Callable[..., AbstractAsyncContextManager[AsyncSESv2Client]]
"""Opens a client for the server at a URL; further settings are the client's own."""

OpenClient = Callable[..., AbstractAsyncContextManager[Any]]
"""Opens a client for the server of a test; the settings are the client's own."""


class AwaitableClient:
    """A sync client whose methods can be awaited."""

    def __init__(self, client: SESv2Client) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        async def call(**arguments: Any) -> Any:
            return method(**arguments)

        return call


class Page(Protocol):
    """One response of a list."""

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
