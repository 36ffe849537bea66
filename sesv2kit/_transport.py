"""How bytes travel: through a pool of our own or an httpx client, and httpx's errors told in ours."""

import os
import ssl
import threading
from functools import lru_cache
from typing import Literal, NoReturn
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

import attrs
import httpx

from ._aio import in_thread, in_trio
from ._exceptions import ConfigurationError, ConnectError, ConnectionLostError, ResponseError, TimeoutError
from ._response import Reply

_NEVER_SENT = (httpx.ConnectTimeout, httpx.PoolTimeout)
_BODY_METHODS = frozenset({"POST", "PUT"})


@attrs.frozen
class Outgoing:
    """A signed request, ready to travel."""

    operation: str
    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    timeout: float | httpx.Timeout | None


class Transport:
    """Sends for a sync client: through its own pool, or an httpx client."""

    def __init__(self, client: httpx.Client | None) -> None:
        self._given = client
        self._own: httpx.BaseTransport | httpx.Client | None = None
        self._opening = threading.Lock()

    def send(self, outgoing: Outgoing) -> Reply:
        """Send a request and read the whole answer.

        Raises:
            TransportError, ResponseError: No usable answer came.
        """
        request = _http_request(outgoing)
        try:
            through = self._given or self._own or self._open(outgoing.url)
            if isinstance(through, httpx.Client):
                return _reply(through.send(request, auth=None, follow_redirects=False))
            return _reply(through.handle_request(request))
        except (httpx.HTTPError, OSError) as error:
            _raise_ours(error, outgoing.operation)

    def _open(self, url: str) -> httpx.BaseTransport | httpx.Client:
        with self._opening:
            if self._own is None:
                self._own = httpx.Client(verify=ssl_context()) if _behind_proxy(url) else _open_pool()
            return self._own

    def close(self) -> None:
        """Close the connections; an httpx client that was given stays open."""
        with self._opening:
            if self._own:
                self._own.close()


class AsyncTransport:
    """Sends for an async client: through its own pool on asyncio, or an httpx client."""

    def __init__(self, client: httpx.AsyncClient | None) -> None:
        self._given = client
        self._own: httpx.AsyncBaseTransport | httpx.AsyncClient | None = None

    async def send(self, outgoing: Outgoing) -> Reply:
        """Send a request and read the whole answer, see `Transport.send`."""
        request = _http_request(outgoing)
        try:
            through = self._given or self._own or await self._open(outgoing.url)
            if isinstance(through, httpx.AsyncClient):
                return _reply(await through.send(request, auth=None, follow_redirects=False))
            return _reply(await through.handle_async_request(request))
        except (httpx.HTTPError, OSError) as error:
            _raise_ours(error, outgoing.operation)

    async def _open(self, url: str) -> httpx.AsyncBaseTransport | httpx.AsyncClient:
        through_httpx = in_trio() or _behind_proxy(url)
        if through_httpx or url.startswith("https:"):
            # Making the context reads the CA bundle, which would hold up other tasks.
            await in_thread(ssl_context)
        if self._own is None:
            self._own = httpx.AsyncClient(verify=ssl_context()) if through_httpx else _open_async_pool()
        return self._own

    async def aclose(self) -> None:
        """Close the connections; an httpx client that was given stays open."""
        if self._own:
            await self._own.aclose()


def ssl_context() -> ssl.SSLContext:
    """Return the TLS context that all clients of the process share."""
    return _ssl_context(os.environ.get("AWS_CA_BUNDLE"))


@lru_cache(maxsize=8)
def _ssl_context(ca_bundle: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_bundle) if ca_bundle else httpx.create_ssl_context()
    except OSError as error:
        raise ConfigurationError(f"the CA bundle {ca_bundle} can't be read: {error}") from error


def _open_pool() -> httpx.BaseTransport:
    from ._pool import Pool, PoolSettings

    return Pool(PoolSettings(ssl_context=ssl_context))


def _open_async_pool() -> httpx.AsyncBaseTransport:
    from ._pool import AsyncPool, PoolSettings

    return AsyncPool(PoolSettings(ssl_context=ssl_context))


def _behind_proxy(url: str) -> bool:
    """Return whether the environment names a proxy for a URL; httpx's own transports then do the work."""
    parts = urlsplit(url)
    proxies = getproxies_environment()
    return bool(proxies.get(parts.scheme) or proxies.get("all")) and not proxy_bypass(parts.netloc)


@lru_cache(maxsize=256)
def _parsed(url: str) -> httpx.URL:
    return httpx.URL(url)


def _http_request(outgoing: Outgoing) -> httpx.Request:
    headers = [(name.encode("ascii"), value.encode("ascii")) for name, value in outgoing.headers.items()]
    if outgoing.body or outgoing.method in _BODY_METHODS:
        headers.append((b"content-length", b"%d" % len(outgoing.body)))
    return httpx.Request(
        outgoing.method,
        _parsed(outgoing.url),
        headers=headers,
        stream=httpx.ByteStream(outgoing.body),
        extensions={"timeout": httpx.Timeout(outgoing.timeout).as_dict()},
    )


def _reply(response: httpx.Response) -> Reply:
    return Reply(response.status_code, dict(response.headers), response.content)


def _raise_ours(error: httpx.HTTPError | OSError, operation: str) -> NoReturn:
    """Raise the error of ours that says the same, with what is known about the request's fate."""
    told = f"{operation}: {str(error) or type(error).__name__}"
    if isinstance(error, httpx.TimeoutException):
        outcome: Literal["not_sent", "unknown"] = "not_sent" if isinstance(error, _NEVER_SENT) else "unknown"
        raise TimeoutError(f"{operation}: {_timeout(error)}", operation=operation, outcome=outcome) from error
    if isinstance(error, httpx.ConnectError | httpx.ProxyError):
        raise ConnectError(told, operation=operation, outcome="not_sent") from error
    if isinstance(error, httpx.DecodingError):
        raise ResponseError(f"{operation}: the answer can't be read: {error}", operation=operation) from error
    if isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol):
        # h11 quotes the header that it refuses, which may be the session token.
        raise ConfigurationError(f"{operation}: the request can't be sent: {type(error).__name__}") from None
    raise ConnectionLostError(told, operation=operation, outcome="unknown") from error


def _timeout(error: httpx.TimeoutException) -> str:
    phases: dict[type[httpx.TimeoutException], str] = {
        httpx.ConnectTimeout: "connecting took too long",
        httpx.PoolTimeout: "no connection became free in time",
        httpx.WriteTimeout: "sending the request took too long",
        httpx.ReadTimeout: "the answer took too long",
    }
    return phases.get(type(error), "it took too long")
