"""A server that counts, and a client of each kind for it: the sync one, and the async one on asyncio and on trio."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from servers.conftest import anyio_backend, kind, no_proxy
from servers.counting import CountingServer, counting_server
from unit.helpers import AnyClient, close, real_client

__all__ = ["anyio_backend", "kind", "no_proxy", "open_client", "server", "ses"]

OpenClient = Callable[..., AbstractAsyncContextManager[Any]]
"""Opens a client for the server; the settings are the client's own."""


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """Run a server."""
    with counting_server() as server:
        yield server


@pytest.fixture
def open_client(kind: str, server: CountingServer) -> OpenClient:
    """Return a function that opens a client, which makes each request once."""

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
