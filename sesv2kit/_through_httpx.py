"""The other way to send: through an httpx client, for trio, proxies, and clients that the caller brings."""

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, asynccontextmanager, closing
from functools import lru_cache
from typing import Final, Literal, NoReturn

import attrs
import httpx

from ._aio import in_trio
from ._connections import split_url
from ._exceptions import ConfigurationError, ConnectError, ConnectionLostError, ResponseError, TimeoutError
from ._http1 import header_fields
from ._request import Outgoing
from ._response import Reply

_NEVER_SENT: Final = (httpx.ConnectTimeout, httpx.PoolTimeout)
_LATE: Final[Mapping[type[httpx.TimeoutException], str]] = {
    httpx.ConnectTimeout: "connecting took too long",
    httpx.PoolTimeout: "no connection became free in time",
    httpx.WriteTimeout: "sending the request took too long",
    httpx.ReadTimeout: "the answer took too long",
}


class ThroughHttpx:
    """Sends through an `httpx.Client`."""

    def __init__(self, client: httpx.Client, max_body: int) -> None:
        self._client = client
        self._max_body = max_body

    def send(self, outgoing: Outgoing) -> Reply:
        """Send a request and read the whole answer, see `Pool.send`."""
        _check_open(self._client)
        try:
            response = self._client.send(_request(outgoing), auth=None, follow_redirects=False, stream=True)
            with closing(response):
                body = bytearray()
                for part in response.iter_bytes():
                    _add(body, part, self._max_body, outgoing.deadline)
        except (httpx.HTTPError, OSError) as error:
            _raise_ours(error, outgoing.operation)
        return Reply(response.status_code, dict(response.headers), bytes(body))

    def close(self) -> None:
        """Close the httpx client."""
        self._client.close()


class AsyncThroughHttpx:
    """Sends through an `httpx.AsyncClient`."""

    def __init__(self, client: httpx.AsyncClient, max_body: int) -> None:
        self._client = client
        self._max_body = max_body

    async def send(self, outgoing: Outgoing) -> Reply:
        """Send a request and read the whole answer, see `Pool.send`."""
        _check_open(self._client)
        try:
            async with _until(outgoing.deadline):
                response = await self._client.send(_request(outgoing), auth=None, follow_redirects=False, stream=True)
                async with aclosing(response):
                    body = bytearray()
                    async for part in response.aiter_bytes():
                        _add(body, part, self._max_body, outgoing.deadline)
        except (httpx.HTTPError, OSError) as error:
            _raise_ours(error, outgoing.operation)
        return Reply(response.status_code, dict(response.headers), bytes(body))

    async def aclose(self) -> None:
        """Close the httpx client."""
        await self._client.aclose()


def _check_open(client: httpx.Client | httpx.AsyncClient) -> None:
    if client.is_closed:
        raise ConfigurationError("the client is closed; make another one")


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


@lru_cache(maxsize=256)
def _url(url: str) -> httpx.URL:
    split_url(url)  # refuses what can't be a host
    return httpx.URL(url)


def _request(outgoing: Outgoing) -> httpx.Request:
    left = None if outgoing.deadline is None else max(outgoing.deadline - time.monotonic(), 0.0)
    timeout = {phase: _shorter(limit, left) for phase, limit in attrs.asdict(outgoing.timeout).items()}
    return httpx.Request(
        outgoing.method,
        _url(outgoing.url),
        headers=header_fields(outgoing),
        stream=httpx.ByteStream(outgoing.body),
        extensions={"timeout": timeout},
    )


def _shorter(limit: float | None, left: float | None) -> float | None:
    return left if limit is None else limit if left is None else min(limit, left)


def _add(body: bytearray, part: bytes, most: int, deadline: float | None) -> None:
    body += part
    if len(body) > most:
        raise httpx.DecodingError(f"it has more than {most} bytes")
    if deadline is not None and time.monotonic() > deadline:
        raise httpx.ReadTimeout("no answer in time")


def _raise_ours(error: httpx.HTTPError | OSError, operation: str) -> NoReturn:
    """Raise the error of ours that says the same, with what is known about the request's fate."""
    told = f"{operation}: {_reason(error)}"
    if isinstance(error, httpx.TimeoutException):
        outcome: Literal["not_sent", "unknown"] = "not_sent" if isinstance(error, _NEVER_SENT) else "unknown"
        late = _LATE.get(type(error), "it took too long")
        raise TimeoutError(f"{operation}: {late}", operation=operation, outcome=outcome) from error
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
