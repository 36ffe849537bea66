"""The fixtures of these tests."""

from support.fixtures import anyio_backend, connect, kind, no_proxy

__all__ = ["anyio_backend", "connect", "kind", "no_proxy"]
