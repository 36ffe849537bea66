"""How bytes travel: signed requests through httpx, and its errors told in ours."""

import os
import ssl
from functools import lru_cache
from typing import Literal, NoReturn

import attrs
import httpx

from ._exceptions import ConfigurationError, ConnectError, ConnectionLostError, ResponseError, TimeoutError
from ._response import Reply

_LIMITS = httpx.Limits(max_connections=200, max_keepalive_connections=200, keepalive_expiry=20.0)
_NEVER_SENT = (httpx.ConnectTimeout, httpx.PoolTimeout)


@attrs.frozen
class Outgoing:
    """A signed request, ready to travel."""

    operation: str
    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    timeout: float | httpx.Timeout | None


@lru_cache(maxsize=8)
def _ssl_context(ca_bundle: str | None) -> ssl.SSLContext:
    """Return the context that all clients of the process share; making one costs tens of milliseconds."""
    try:
        return ssl.create_default_context(cafile=ca_bundle) if ca_bundle else httpx.create_ssl_context()
    except OSError as error:
        raise ConfigurationError(f"the CA bundle {ca_bundle} can't be read: {error}") from error


def open_client() -> httpx.Client:
    """Return the HTTP client that a sync client makes for itself."""
    return httpx.Client(verify=_ssl_context(os.environ.get("AWS_CA_BUNDLE")), limits=_LIMITS)


def open_async_client() -> httpx.AsyncClient:
    """Return the HTTP client that an async client makes for itself."""
    return httpx.AsyncClient(verify=_ssl_context(os.environ.get("AWS_CA_BUNDLE")), limits=_LIMITS)


def send(client: httpx.Client, outgoing: Outgoing) -> Reply:
    """Send a request and read the whole answer.

    Raises:
        TransportError, ResponseError: No usable answer came.
    """
    try:
        return _reply(client.send(_http_request(outgoing), auth=None, follow_redirects=False))
    except (httpx.HTTPError, OSError) as error:
        _raise_ours(error, outgoing.operation)


async def send_async(client: httpx.AsyncClient, outgoing: Outgoing) -> Reply:
    """Send a request and read the whole answer, see `send`."""
    try:
        return _reply(await client.send(_http_request(outgoing), auth=None, follow_redirects=False))
    except (httpx.HTTPError, OSError) as error:
        _raise_ours(error, outgoing.operation)


def _http_request(outgoing: Outgoing) -> httpx.Request:
    return httpx.Request(
        outgoing.method,
        outgoing.url,
        headers=outgoing.headers,
        content=outgoing.body,
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
        raise ResponseError(f"{operation}: the answer's content encoding is broken", operation=operation) from error
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
