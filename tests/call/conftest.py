"""Every test here that makes calls runs with the sync client, on asyncio and on trio."""

from support.fixtures import anyio_backend, connect, kind, no_proxy, server, short_waits

__all__ = ["anyio_backend", "connect", "kind", "no_proxy", "server", "short_waits"]
