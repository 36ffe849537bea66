"""What is sent runs with the sync client, and the async one on asyncio and on trio, as the servers' tests do."""

from servers.conftest import anyio_backend, connect, kind, no_proxy

__all__ = ["anyio_backend", "connect", "kind", "no_proxy"]
