"""How bytes travel: through a pool of our own, or an httpx client."""

import os
import ssl
import sys
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeVar

import certifi

from .._aws.config import Config
from .._core.aio import current_loop, in_thread, in_trio
from .._core.exceptions import ConfigurationError, client_closed
from .._core.http import MAX_BODY, RawResponse, SignedRequest
from .connections import PoolSettings

if TYPE_CHECKING:
    import httpx

HttpT = TypeVar("HttpT", "httpx.Client", "httpx.AsyncClient")

_making_context = threading.Lock()


class _Way(Protocol):
    """A way to send, blocking."""

    def send(self, outgoing: SignedRequest) -> RawResponse: ...

    def close(self) -> None: ...


class _AsyncWay(Protocol):
    """A way to send, without blocking other tasks."""

    async def send(self, outgoing: SignedRequest) -> RawResponse: ...

    async def aclose(self) -> None: ...


class Transport:
    """Sends for a sync client: through its own pool, or an httpx client."""

    def __init__(self, client: "httpx.Client | None", config: Config) -> None:
        self._given = None if client is None else _through_httpx(client)
        self._config = config
        self._ways: dict[bool, _Way] = {}
        """What was opened, by whether a test watches."""
        self._opening = threading.Lock()
        self._closed = False

    def send(self, outgoing: SignedRequest) -> RawResponse:
        """Send a request and read the whole answer.

        Raises:
            TransportError, ResponseError: No usable answer came.
            ConfigurationError: The client is closed, or can't work as it is set up.
        """
        watched = _is_watched()
        way = self._given or self._ways.get(watched) or self._open(watched)
        return way.send(outgoing)

    def _open(self, watched: bool) -> _Way:
        with self._opening:
            if self._closed:
                raise client_closed()
            if watched not in self._ways:
                self._ways[watched] = self._opened(watched)
            return self._ways[watched]

    def _opened(self, watched: bool) -> _Way:
        if watched or self._config.proxy:
            import httpx

            return _through_httpx(_open_client(httpx.Client, self._config))
        from .pool import Pool

        return Pool(_pool_settings(self._config))

    def close(self) -> None:
        """Close the connections; an httpx client that was given stays open. Calls in flight end with an error."""
        with self._opening:
            self._closed = True
            for way in self._ways.values():
                way.close()


class AsyncTransport:
    """Sends for an async client: through its own pool on asyncio, or an httpx client."""

    def __init__(self, client: "httpx.AsyncClient | None", config: Config) -> None:
        self._given = None if client is None else _async_through_httpx(client)
        self._config = config
        self._ways: dict[bool, _AsyncWay] = {}
        self._loop: object = None
        self._closed = False

    async def send(self, outgoing: SignedRequest) -> RawResponse:
        """Send a request and read the whole answer, see `Transport.send`."""
        if self._given:
            return await self._given.send(outgoing)
        self._check_loop()
        watched = _is_watched()
        way = self._ways.get(watched) or await self._open(watched)
        return await way.send(outgoing)

    def _check_loop(self) -> None:
        loop = current_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise ConfigurationError(
                "an async client belongs to the event loop of its first use, and this is another one; "
                "make a client for each event loop"
            )

    async def _open(self, watched: bool) -> _AsyncWay:
        config = self._config
        # Looking at the settings and making the TLS context read files, which would hold up other tasks.
        through_httpx = await in_thread(lambda: config.proxy is not None) or in_trio() or watched
        if through_httpx or config.uses_tls:
            await in_thread(lambda: ssl_context(config))
        if self._closed:
            raise client_closed()
        if watched not in self._ways:
            self._ways[watched] = self._opened(through_httpx)
        return self._ways[watched]

    def _opened(self, through_httpx: bool) -> _AsyncWay:
        if through_httpx:
            import httpx

            return _async_through_httpx(_open_client(httpx.AsyncClient, self._config))
        from .async_pool import AsyncPool

        return AsyncPool(_pool_settings(self._config))

    async def aclose(self) -> None:
        """Close the connections; an httpx client that was given stays open. Calls in flight end with an error."""
        import asyncio  # which a sync client does without

        self._closed = True
        for way in self._ways.values():
            if self._loop is current_loop():
                await way.aclose()
            elif isinstance(self._loop, asyncio.AbstractEventLoop) and self._loop.is_running():
                asyncio.run_coroutine_threadsafe(way.aclose(), self._loop)
            # The connections of a loop that has ended can't be closed any more.


def _is_watched() -> bool:
    """Return whether a test has put itself in httpcore's place, as `respx.mock` does, to answer in its stead."""
    connection = getattr(sys.modules.get("httpcore"), "HTTPConnection", None)  # None, too, while it is being loaded
    return connection is not None and not connection.handle_request.__module__.startswith("httpcore.")


def ssl_context(config: Config) -> ssl.SSLContext:
    """Return the TLS context that all clients of the process with the same CA bundle share."""
    with _making_context:  # lru_cache alone would have many threads make one each
        return _new_ssl_context(config.ca_bundle)


@lru_cache(maxsize=8)
def _new_ssl_context(ca_bundle: str | None) -> ssl.SSLContext:
    file = ca_bundle or os.environ.get("SSL_CERT_FILE")
    folder = None if file else os.environ.get("SSL_CERT_DIR")
    if not file and not folder:
        file = certifi.where()
    try:
        return ssl.create_default_context(cafile=file, capath=folder)
    except OSError as error:
        raise ConfigurationError(f"the CA bundle {file or folder} can't be read: {error}") from error


def _pool_settings(config: Config) -> PoolSettings:
    return PoolSettings(ssl_context=lambda: ssl_context(config), max_body=MAX_BODY)


def _through_httpx(client: "httpx.Client") -> _Way:
    from .through_httpx import ThroughHttpx

    return ThroughHttpx(client, MAX_BODY)


def _async_through_httpx(client: "httpx.AsyncClient") -> _AsyncWay:
    from .through_httpx import AsyncThroughHttpx

    return AsyncThroughHttpx(client, MAX_BODY)


def _open_client(kind: type[HttpT], config: Config) -> HttpT:
    import httpx

    settings = _pool_settings(config)
    most = settings.max_connections
    limits = httpx.Limits(
        max_connections=most, max_keepalive_connections=most, keepalive_expiry=settings.keepalive_expiry
    )
    try:
        return kind(verify=ssl_context(config), proxy=config.proxy, trust_env=False, limits=limits)
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        raise ConfigurationError(f"the proxy can't be used: {error}") from None
