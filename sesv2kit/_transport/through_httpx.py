"""Sends through an httpx client: one that the caller passes, or a new one while a test mocks httpx."""

import asyncio
import ssl
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, closing
from functools import lru_cache
from typing import Final

import httpx

from .._core.aio import in_trio
from .._core.blobs import LargeBody
from .._core.exceptions import ConfigurationError, ConnectError, ConnectionLostError, ResponseError, client_closed
from .._core.http import RawResponse, SignedRequest
from .._core.timeout import Phase
from .connections import timed_out, without_frames
from .http1 import decompressed, encode_head, has_body
from .parser import too_large
from .route import split_url

_PHASES: Final[Mapping[type[httpx.TimeoutException], Phase]] = {
    httpx.ConnectTimeout: "connect",
    httpx.PoolTimeout: "pool",
    httpx.WriteTimeout: "write",
    httpx.ReadTimeout: "read",
}
_GRACE: Final = 0.1
"""Seconds for which httpx may go on after the deadline, so that its own error names the phase."""


class ThroughHttpx:
    """Sends through an `httpx.Client`."""

    def __init__(self, client: httpx.Client, max_body: int) -> None:
        check_kind(client, httpx.Client)
        self._client = client
        self._max_body = max_body

    def send(self, request: SignedRequest) -> RawResponse:
        """Send a request and read the whole response, see `Pool.send`."""
        _check_open(self._client)
        try:
            return self._exchange(request)
        except (httpx.HTTPError, OSError, RuntimeError) as error:
            failure = _failure(without_frames(error), request, self._client)
        raise failure  # here, where no local variable holds the error of httpx

    def _exchange(self, request: SignedRequest) -> RawResponse:
        sent = _request(request)
        try:
            response = self._client.send(sent, auth=None, follow_redirects=False, stream=True)
        except httpx.HTTPStatusError as error:
            return _status_response(error, sent)
        with closing(response):
            if response.is_stream_consumed:  # by an event hook
                return _raw_response(response)
            body = bytearray()
            for part in response.iter_raw():
                _add(body, part, self._max_body, request.deadline)
        return _raw_response(response, bytes(body), self._max_body)

    def close(self) -> None:
        """Close the httpx client."""
        self._client.close()

    def disown(self) -> None:
        """In a forked child, do nothing: the connections are httpx's."""


class AsyncThroughHttpx:
    """Sends through an `httpx.AsyncClient`."""

    def __init__(self, client: httpx.AsyncClient, max_body: int) -> None:
        check_kind(client, httpx.AsyncClient)
        self._client = client
        self._max_body = max_body

    async def send(self, request: SignedRequest) -> RawResponse:
        """Send a request and read the whole response, see `Pool.send`."""
        _check_open(self._client)
        try:
            async with _until(request.deadline):
                return await self._exchange(request)
        except (httpx.HTTPError, OSError, RuntimeError) as error:
            failure = _failure(without_frames(error), request, self._client)
        raise failure  # here, where no local variable holds the error of httpx

    async def _exchange(self, request: SignedRequest) -> RawResponse:
        sent = _request(request)
        try:
            response = await self._client.send(sent, auth=None, follow_redirects=False, stream=True)
        except httpx.HTTPStatusError as error:
            return _status_response(error, sent)
        async with aclosing(response):
            if response.is_stream_consumed:  # by an event hook
                return _raw_response(response)
            body = bytearray()
            async for part in response.aiter_raw():
                _add(body, part, self._max_body, request.deadline)
        return _raw_response(response, bytes(body), self._max_body)

    async def aclose(self) -> None:
        """Close the httpx client."""
        await self._client.aclose()

    def disown(self) -> None:
        """In a forked child, do nothing: the connections are httpx's."""


@asynccontextmanager
async def _until(deadline: float | None) -> AsyncGenerator[None]:
    """Return a context that raises httpx.ReadTimeout if its body has not ended shortly after a deadline."""
    if deadline is None:
        yield
        return
    seconds = max(deadline - time.monotonic(), 0.0) + _GRACE
    if in_trio():
        import trio

        with trio.move_on_after(seconds) as scope:
            yield
        if scope.cancelled_caught:
            raise httpx.ReadTimeout("no response in time")
    else:
        try:
            async with asyncio.timeout(seconds):
                yield
        except TimeoutError as error:
            raise httpx.ReadTimeout("no response in time") from error


@lru_cache(maxsize=256)
def _url(url: str) -> httpx.URL:
    split_url(url)  # refuses what can't be a host
    return httpx.URL(url)


def _request(request: SignedRequest) -> httpx.Request:
    left = None if request.deadline is None else max(request.deadline - time.monotonic(), 0.0)
    timeout = {phase: _shorter(limit, left) for phase, limit in request.timeout._asdict().items()}
    return httpx.Request(
        request.method,
        _url(request.url),
        headers=_headers(request),
        stream=httpx.ByteStream(request.body) if isinstance(request.body, bytes) else _LargeStream(request.body),
        extensions={"timeout": timeout},
    )


class _LargeStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A large body, encoded piece by piece."""

    def __init__(self, body: LargeBody) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        return self._body.pieces()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._body.pieces():
            yield piece


def _headers(request: SignedRequest) -> list[tuple[bytes, bytes]]:
    encode_head(request, "/")  # refuses what can't be sent, with an error that does not hold it
    fields = [(name.encode("ascii"), value.encode("ascii")) for name, value in request.headers.items()]
    return [*fields, (b"content-length", b"%d" % len(request.body))] if has_body(request) else fields


def _shorter(limit: float | None, left: float | None) -> float | None:
    return left if limit is None else limit if left is None else min(limit, left)


def _add(body: bytearray, part: bytes, limit: int, deadline: float | None) -> None:
    body += part
    if len(body) > limit:
        raise httpx.DecodingError(too_large(limit))
    if deadline is not None and time.monotonic() > deadline:
        raise httpx.ReadTimeout("no response in time")


def _raw_response(response: httpx.Response, packed: bytes | None = None, limit: int = 0) -> RawResponse:
    """Return a response of httpx.

    Args:
        response: The response.
        packed: Its body, which may still be compressed; None if httpx has read and decompressed it already.
        limit: How many bytes the decompressed body may have.
    """
    headers = dict(response.headers)
    if packed is None:
        return RawResponse(response.status_code, headers, response.content)
    try:
        body = decompressed(packed, headers.get("content-encoding"), limit)
    except ValueError as error:
        raise httpx.DecodingError(str(error)) from None
    return RawResponse(response.status_code, headers, body)


def _status_response(error: httpx.HTTPStatusError, sent: httpx.Request) -> RawResponse:
    """Return the response that an event hook raised an error for, as `raise_for_status` does. httpx has closed it."""
    response = error.response
    if response.request is not sent:  # that of another request, which the hook made
        raise error
    try:
        return _raw_response(response)
    except httpx.ResponseNotRead:
        return RawResponse(response.status_code, dict(response.headers), b"")


def check_kind(client: object, kind: type) -> None:
    """Raise ConfigurationError if a value is not an instance of a class of httpx clients."""
    if not isinstance(client, kind):
        raise ConfigurationError(f"http_client must be an httpx.{kind.__name__}, got {type(client).__name__}")


def _check_open(client: httpx.Client | httpx.AsyncClient) -> None:
    if client.is_closed:
        raise client_closed()


def _failure(
    error: httpx.HTTPError | OSError | RuntimeError,
    request: SignedRequest,
    client: httpx.Client | httpx.AsyncClient,
) -> Exception:
    """Return the error of this package for one of httpx, with what is known about the outcome of the request."""
    if isinstance(error, RuntimeError):  # pragma: no cover -- closed meanwhile, by another thread
        return client_closed() if client.is_closed else error
    if isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol):
        # h11 quotes the header that it refuses, which may be the session token.
        return ConfigurationError(f"{request.operation}: the request can't be sent: {type(error).__name__}")
    failure = _transport_failure(error, request)
    if not isinstance(error, httpx.RemoteProtocolError):  # which quotes the received bytes
        failure.__cause__ = error
    return failure


def _transport_failure(error: httpx.HTTPError | OSError, request: SignedRequest) -> Exception:
    operation = request.operation
    if isinstance(error, httpx.TimeoutException):
        phase = _PHASES.get(type(error), "read")
        return timed_out(request, phase, sent=phase in ("write", "read"))
    if isinstance(error, httpx.ConnectError | httpx.ProxyError):
        message = f"{operation}: could not connect to {split_url(request.url)[0].host_and_port}: {_reason(error)}"
        is_refused = any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error))
        return ConnectError(message, operation=operation, outcome="not_sent", is_retryable=not is_refused)
    if isinstance(error, httpx.DecodingError):
        return ResponseError(f"{operation}: the response can't be read: {error}", operation=operation)
    if isinstance(error, httpx.RemoteProtocolError):
        message = f"{operation}: the connection ended before the whole response was there, or it is not HTTP"
        return ConnectionLostError(message, operation=operation)
    return ConnectionLostError(f"{operation}: {_reason(error)}", operation=operation)


def _reason(error: BaseException) -> str:
    """Return the message of an error; if it has none, that of the first of its causes that has one."""
    return next((str(cause) for cause in _causes(error) if str(cause)), type(error).__name__)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, and the errors that led to it, the last one first."""
    cause: BaseException | None = error
    while cause:
        yield cause
        cause = cause.__cause__ or cause.__context__
