"""Which backend sends: a connection pool, or an httpx client."""

import os
import threading
import weakref
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from .._core.aio import current_loop, in_thread, in_trio
from .._core.exceptions import ConfigurationError, client_closed
from .._core.http import MAX_BODY, RawResponse, SignedRequest
from .connections import PoolSettings
from .mocks import AsyncThroughMoto, BackendKind, ThroughMoto, find_backend_kind, find_substitute
from .route import BAD_PROXY, Proxy, parse_proxy
from .tls import ssl_context

if TYPE_CHECKING:
    import httpx

HttpT = TypeVar("HttpT", "httpx.Client", "httpx.AsyncClient")


class Settings:
    """The settings of a client that the transport needs, as functions: looking one up may read files, and block."""

    __slots__ = ("ca_bundle", "proxy", "uses_tls")

    def __init__(
        self, *, ca_bundle: Callable[[], str | None], proxy: Callable[[], str | None], uses_tls: Callable[[], bool]
    ) -> None:
        self.ca_bundle: Callable[[], str | None] = ca_bundle
        """Returns the path of a PEM file with the certificates to trust; None for the usual ones."""
        self.proxy: Callable[[], str | None] = proxy
        """Returns the URL of the proxy, which may hold a password; None for no proxy."""
        self.uses_tls: Callable[[], bool] = uses_tls
        """Returns whether the endpoint is an https one."""


class Backend(Protocol):
    """Sends requests, blocking."""

    def send(self, request: SignedRequest) -> RawResponse: ...

    def close(self) -> None: ...

    def disown(self) -> None: ...


class AsyncBackend(Protocol):
    """Sends requests without blocking other tasks."""

    async def send(self, request: SignedRequest) -> RawResponse: ...

    async def aclose(self) -> None: ...

    def disown(self) -> None: ...


class Transport:
    """Sends for a sync client: through a connection pool, or an httpx client."""

    def __init__(self, client: "httpx.Client | None", settings: Settings) -> None:
        self._given = None if client is None else _through_httpx(client)
        self._settings = settings
        self._backends: dict[BackendKind, Backend] = {}
        """The backends that were opened."""
        self._opening = threading.RLock()
        self._closed = False
        _transports.add(self)

    def send(self, request: SignedRequest) -> RawResponse:
        """Send a request and read the whole response.

        Raises:
            TransportError, ResponseError: There is no usable response.
            ConfigurationError: The client is closed, or can't work as it is set up.
        """
        if self._given:
            return self._given.send(request)
        if substitute := find_substitute():
            return substitute.backend.send(request)
        kind = find_backend_kind()
        backend = self._backends.get(kind) or self._open(kind)
        return backend.send(request)

    def _open(self, kind: BackendKind) -> Backend:
        with self._opening:
            if self._closed:  # pragma: no cover -- closed by another thread meanwhile
                raise client_closed()
            if kind not in self._backends:  # pragma: no branch -- else another thread opened it
                self._backends[kind] = self._new_backend(kind)
            return self._backends[kind]

    def _new_backend(self, kind: BackendKind) -> Backend:
        if kind == "moto":
            return ThroughMoto()
        pool_settings = _pool_settings(self._settings)
        if kind == "httpx":
            import httpx

            return _through_httpx(_new_client(httpx.Client, pool_settings, self._settings))
        from .pool import Pool

        return Pool(pool_settings)

    def close(self) -> None:
        """Close the connections; an httpx client that was given stays open. Calls in flight end with an error."""
        with self._opening:
            self._closed = True
            for backend in self._backends.values():
                backend.close()

    def reset_after_fork(self) -> None:
        """In a forked child, close its copies of the parent's connections, and open new ones when they are needed."""
        for backend in self._backends.values():
            backend.disown()
        self._backends = {}
        self._opening = threading.RLock()


class AsyncTransport:
    """Sends for an async client: through a connection pool on asyncio or trio, or an httpx client."""

    def __init__(self, client: "httpx.AsyncClient | None", settings: Settings) -> None:
        self._given = None if client is None else _async_through_httpx(client)
        self._settings = settings
        self._backends: dict[BackendKind, AsyncBackend] = {}
        self._loop: object = None
        self._closed = False
        _transports.add(self)

    def send(self, request: SignedRequest) -> Coroutine[Any, Any, RawResponse]:
        """Send a request and read the whole response, see `Transport.send`."""
        if self._given:
            return self._given.send(request)
        if substitute := find_substitute():
            return substitute.async_backend.send(request)
        self._check_loop()
        kind = find_backend_kind()
        backend = self._backends.get(kind)
        return backend.send(request) if backend else self._open_and_send(kind, request)

    async def _open_and_send(self, kind: BackendKind, request: SignedRequest) -> RawResponse:
        backend = await self._open(kind)
        return await backend.send(request)

    def _check_loop(self) -> None:
        loop = current_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise ConfigurationError(
                "an async client belongs to the event loop of its first use, and this is another one; "
                "make a client for each event loop"
            )

    async def _open(self, kind: BackendKind) -> AsyncBackend:
        # Reading the settings and making the TLS context read files, which would hold up other tasks.
        pool_settings = await in_thread(lambda: _pool_settings_with_tls(self._settings))
        if self._closed:  # pragma: no cover -- closed by another task meanwhile
            raise client_closed()
        if kind not in self._backends:
            self._backends[kind] = self._new_backend(kind, pool_settings)
        return self._backends[kind]

    def _new_backend(self, kind: BackendKind, pool_settings: PoolSettings) -> AsyncBackend:
        if kind == "moto":
            return AsyncThroughMoto()
        if kind == "httpx":
            import httpx

            return _async_through_httpx(_new_client(httpx.AsyncClient, pool_settings, self._settings))
        if in_trio():
            from .trio_pool import TrioPool

            return TrioPool(pool_settings)
        from .asyncio_pool import AsyncioPool

        return AsyncioPool(pool_settings)

    async def aclose(self) -> None:
        """Close the connections; an httpx client that was given stays open. Calls in flight end with an error."""
        import asyncio  # which a sync client does without

        self._closed = True
        for backend in self._backends.values():
            if self._loop is current_loop():
                await backend.aclose()
            elif isinstance(self._loop, asyncio.AbstractEventLoop) and self._loop.is_running():
                asyncio.run_coroutine_threadsafe(backend.aclose(), self._loop)
            # The connections of a loop that has ended can't be closed any more.

    def reset_after_fork(self) -> None:
        """In a forked child, close its copies of the parent's connections, and forget the parent's event loop."""
        for backend in self._backends.values():
            backend.disown()
        self._backends = {}
        self._loop = None


_transports: "weakref.WeakSet[Transport | AsyncTransport]" = weakref.WeakSet()
"""All transports of the process, which a forked child resets."""


def _reset_after_fork() -> None:
    for transport in tuple(_transports):
        transport.reset_after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_reset_after_fork)


def _pool_settings(settings: Settings) -> PoolSettings:
    return PoolSettings(
        ssl_context=lambda: ssl_context(settings.ca_bundle()),
        proxy=_proxy(settings),
        max_body=MAX_BODY,
    )


def _proxy(settings: Settings) -> Proxy | None:
    if not settings.proxy():
        return None
    proxy = parse_proxy(settings.proxy() or "")  # in no local of this frame, as it may hold a password
    if proxy is None:  # pragma: no cover -- the settings have refused it
        raise ConfigurationError(BAD_PROXY)
    return proxy


def _pool_settings_with_tls(settings: Settings) -> PoolSettings:
    """Return a pool's settings, with the TLS context made if it will be needed."""
    pool_settings = _pool_settings(settings)
    if settings.uses_tls() or (pool_settings.proxy and pool_settings.proxy.origin.uses_tls):
        pool_settings.ssl_context()
    return pool_settings


def _through_httpx(client: "httpx.Client") -> Backend:
    from .through_httpx import ThroughHttpx

    return ThroughHttpx(client, MAX_BODY)


def _async_through_httpx(client: "httpx.AsyncClient") -> AsyncBackend:
    from .through_httpx import AsyncThroughHttpx

    return AsyncThroughHttpx(client, MAX_BODY)


def _new_client(cls: type[HttpT], pool_settings: PoolSettings, settings: Settings) -> HttpT:
    import httpx

    limits = httpx.Limits(
        max_connections=pool_settings.max_connections,
        max_keepalive_connections=pool_settings.max_connections,
        keepalive_expiry=pool_settings.keepalive_expiry,
    )
    return cls(verify=pool_settings.ssl_context(), proxy=settings.proxy(), trust_env=False, limits=limits)
