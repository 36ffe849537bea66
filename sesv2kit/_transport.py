"""How bytes travel: through a pool of our own or an httpx client, and httpx's errors told in ours."""

import asyncio
import math
import ssl
import threading
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, asynccontextmanager, closing
from functools import lru_cache
from typing import Literal, NoReturn, TypeVar

import attrs
import httpx

from ._aio import current_loop, in_thread, in_trio
from ._config import Config
from ._exceptions import ConfigurationError, ConnectError, ConnectionLostError, ResponseError, TimeoutError
from ._response import MAX_BODY, Reply

_NEVER_SENT = (httpx.ConnectTimeout, httpx.PoolTimeout)
_BODY_METHODS = frozenset({"POST", "PUT"})

HttpT = TypeVar("HttpT", httpx.Client, httpx.AsyncClient)

_making_context = threading.Lock()


@attrs.frozen
class Outgoing:
    """A signed request, ready to travel."""

    operation: str
    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    timeout: Mapping[str, float | None]
    """Seconds by phase: connect, write, read, pool."""
    deadline: float | None = None
    """The `time.monotonic()` at which the answer must be there; None: no limit but the timeouts."""


class Transport:
    """Sends for a sync client: through its own pool, or an httpx client."""

    def __init__(self, client: httpx.Client | None, config: Config) -> None:
        self._given = client
        self._config = config
        self._own: httpx.BaseTransport | httpx.Client | None = None
        self._opening = threading.Lock()
        self._closed = False

    def send(self, outgoing: Outgoing) -> Reply:
        """Send a request and read the whole answer.

        Raises:
            TransportError, ResponseError: No usable answer came.
            ConfigurationError: The client is closed, or can't work as it is set up.
        """
        request = _http_request(outgoing)
        through = self._given or self._own or self._open()
        try:
            if isinstance(through, httpx.Client):
                return _send_through(through, request, outgoing.deadline)
            return _reply(through.handle_request(request))
        except (httpx.HTTPError, OSError) as error:
            _raise_ours(error, outgoing.operation)

    def _open(self) -> httpx.BaseTransport | httpx.Client:
        with self._opening:
            if self._closed:
                _raise_closed()
            if self._own is None:
                self._own = _open_client(httpx.Client, self._config) if self._config.proxy else _open_pool(self._config)
            return self._own

    def close(self) -> None:
        """Close the connections; an httpx client that was given stays open. Calls in flight end with an error."""
        with self._opening:
            self._closed = True
            if self._own:
                self._own.close()


class AsyncTransport:
    """Sends for an async client: through its own pool on asyncio, or an httpx client."""

    def __init__(self, client: httpx.AsyncClient | None, config: Config) -> None:
        self._given = client
        self._config = config
        self._own: httpx.AsyncBaseTransport | httpx.AsyncClient | None = None
        self._loop: object = None
        self._closed = False

    async def send(self, outgoing: Outgoing) -> Reply:
        """Send a request and read the whole answer, see `Transport.send`."""
        if self._given is None:
            self._check_loop()
        request = _http_request(outgoing)
        through = self._given or self._own or await self._open()
        try:
            if isinstance(through, httpx.AsyncClient):
                return await _send_through_async(through, request, outgoing.deadline)
            return _reply(await through.handle_async_request(request))
        except (httpx.HTTPError, OSError) as error:
            _raise_ours(error, outgoing.operation)

    def _check_loop(self) -> None:
        loop = current_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise ConfigurationError(
                "an async client belongs to the event loop of its first use, and this is another one; "
                "make a client for each event loop"
            )

    async def _open(self) -> httpx.AsyncBaseTransport | httpx.AsyncClient:
        config = self._config
        # Looking at the settings and making the TLS context read files, which would hold up other tasks.
        through_httpx = await in_thread(lambda: config.proxy is not None) or in_trio()
        if through_httpx or config.uses_tls:
            await in_thread(lambda: ssl_context(config))
        if self._closed:
            _raise_closed()
        if self._own is None:
            self._own = _open_client(httpx.AsyncClient, config) if through_httpx else _open_async_pool(config)
        return self._own

    async def aclose(self) -> None:
        """Close the connections; an httpx client that was given stays open. Calls in flight end with an error."""
        self._closed = True
        if self._own is None:
            return
        if self._loop is current_loop():
            await self._own.aclose()
        elif isinstance(self._loop, asyncio.AbstractEventLoop) and self._loop.is_running():
            asyncio.run_coroutine_threadsafe(self._own.aclose(), self._loop)
        # The connections of a loop that has ended can't be closed any more.


def ssl_context(config: Config) -> ssl.SSLContext:
    """Return the TLS context that all clients of the process with the same CA bundle share."""
    with _making_context:  # lru_cache alone would have many threads make one each
        return _new_ssl_context(config.ca_bundle)


@lru_cache(maxsize=8)
def _new_ssl_context(ca_bundle: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_bundle) if ca_bundle else httpx.create_ssl_context()
    except OSError as error:
        raise ConfigurationError(f"the CA bundle {ca_bundle} can't be read: {error}") from error


def _open_pool(config: Config) -> httpx.BaseTransport:
    from ._pool import Pool, PoolSettings

    return Pool(PoolSettings(ssl_context=lambda: ssl_context(config), max_body=MAX_BODY))


def _open_async_pool(config: Config) -> httpx.AsyncBaseTransport:
    from ._pool import AsyncPool, PoolSettings

    return AsyncPool(PoolSettings(ssl_context=lambda: ssl_context(config), max_body=MAX_BODY))


def _open_client(kind: type[HttpT], config: Config) -> HttpT:
    from ._pool import PoolSettings

    settings = PoolSettings(ssl_context=lambda: ssl_context(config))
    most = settings.max_connections
    limits = httpx.Limits(
        max_connections=most, max_keepalive_connections=most, keepalive_expiry=settings.keepalive_expiry
    )
    try:
        return kind(verify=ssl_context(config), proxy=config.proxy, trust_env=False, limits=limits)
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        raise ConfigurationError(f"the proxy can't be used: {error}") from None


def _send_through(client: httpx.Client, request: httpx.Request, deadline: float | None) -> Reply:
    if client.is_closed:
        _raise_closed()
    response = client.send(request, auth=None, follow_redirects=False, stream=True)
    with closing(response):
        body = bytearray()
        for part in response.iter_bytes():
            _add(body, part, deadline)
    return Reply(response.status_code, dict(response.headers), bytes(body))


async def _send_through_async(client: httpx.AsyncClient, request: httpx.Request, deadline: float | None) -> Reply:
    if client.is_closed:
        _raise_closed()
    async with _until(deadline):
        response = await client.send(request, auth=None, follow_redirects=False, stream=True)
        async with aclosing(response):
            body = bytearray()
            async for part in response.aiter_bytes():
                _add(body, part, deadline)
    return Reply(response.status_code, dict(response.headers), bytes(body))


@asynccontextmanager
async def _until(deadline: float | None) -> AsyncGenerator[None]:
    """Break off what is not done by a deadline."""
    if deadline is None:
        yield
        return
    seconds = max(deadline - time.monotonic(), 0.0)
    if in_trio():
        import trio

        with trio.move_on_after(seconds) as scope:
            yield
        if scope.cancelled_caught:
            raise httpx.ReadTimeout("no answer in time")
    else:
        try:
            async with asyncio.timeout(seconds):
                yield
        except asyncio.TimeoutError as error:  # noqa: UP041 - the builtin one; ours has its name here
            raise httpx.ReadTimeout("no answer in time") from error


def _add(body: bytearray, part: bytes, deadline: float | None) -> None:
    body += part
    if len(body) > MAX_BODY:
        raise httpx.DecodingError(f"the answer has more than {MAX_BODY} bytes")
    if deadline is not None and time.monotonic() > deadline:
        raise httpx.ReadTimeout("no answer in time")


def _raise_closed() -> NoReturn:
    raise ConfigurationError("the client is closed; make another one")


@lru_cache(maxsize=256)
def _parsed(url: str) -> httpx.URL:
    parsed = httpx.URL(url)
    try:
        parsed.raw_host.decode("ascii").encode("idna")
    except UnicodeError as error:  # sockets would raise it
        raise ConfigurationError(f"{parsed.host} can't be the name of a host: {error}") from error
    return parsed


def _http_request(outgoing: Outgoing) -> httpx.Request:
    try:
        headers = [(name.encode("ascii"), value.encode("ascii")) for name, value in outgoing.headers.items()]
    except UnicodeEncodeError:
        raise ConfigurationError(f"{outgoing.operation}: a hook set a header that is not ASCII") from None
    if outgoing.body or outgoing.method in _BODY_METHODS:
        headers.append((b"content-length", b"%d" % len(outgoing.body)))
    return httpx.Request(
        outgoing.method,
        _parsed(outgoing.url),
        headers=headers,
        stream=httpx.ByteStream(outgoing.body),
        extensions={"timeout": _timeouts(outgoing), "deadline": outgoing.deadline},
    )


def _timeouts(outgoing: Outgoing) -> dict[str, float | None]:
    """Return the timeout of each phase, none longer than until the deadline. Sockets don't take an endless number."""
    seconds = outgoing.timeout
    if outgoing.deadline is not None:
        left = max(outgoing.deadline - time.monotonic(), 0.0)
        seconds = {phase: left if limit is None else min(limit, left) for phase, limit in seconds.items()}
    return {phase: None if limit == math.inf else limit for phase, limit in seconds.items()}


def _reply(response: httpx.Response) -> Reply:
    return Reply(response.status_code, dict(response.headers), response.content)


def _raise_ours(error: httpx.HTTPError | OSError, operation: str) -> NoReturn:
    """Raise the error of ours that says the same, with what is known about the request's fate."""
    told = f"{operation}: {_reason(error)}"
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


def _reason(error: BaseException) -> str:
    """Return what an error says, or if it says nothing, what it came from."""
    cause: BaseException | None = error
    while cause and not str(cause):
        cause = cause.__cause__ or cause.__context__
    return str(cause or type(error).__name__)


def _timeout(error: httpx.TimeoutException) -> str:
    phases: dict[type[httpx.TimeoutException], str] = {
        httpx.ConnectTimeout: "connecting took too long",
        httpx.PoolTimeout: "no connection became free in time",
        httpx.WriteTimeout: "sending the request took too long",
        httpx.ReadTimeout: "the answer took too long",
    }
    return phases.get(type(error), "it took too long")
