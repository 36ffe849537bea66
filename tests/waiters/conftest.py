"""The fixtures of these tests."""

from support.fixtures import anyio_backend, kind, no_proxy, open_client, server, ses

__all__ = ["anyio_backend", "kind", "no_proxy", "open_client", "server", "ses"]
