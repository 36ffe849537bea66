"""The waiters are tested with the server and the clients that the lists are."""

from paging.conftest import anyio_backend, kind, no_proxy, open_client, server, ses

__all__ = ["anyio_backend", "kind", "no_proxy", "open_client", "server", "ses"]
