"""The fake service over HTTP: an ASGI application for every SDK that takes an endpoint URL."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from typing import Any, Final

from .._core.http import RawResponse
from ._service.service import Exchange

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Handle = Callable[[str, str, str, bytes], Exchange]
"""Handles a request: method, path, query and body."""

MAX_BODY: Final = 64 * 1024 * 1024
"""How many bytes a request may have: a mail of 40 MB in base64, and something for the rest."""
_SCHEME: Final = b"AWS4-"


class _GoneError(Exception):
    """The client closed the connection before its request was whole."""


class Api:
    """The API of a fake service as an ASGI application.

    Signatures must be there, as the service wants them, and are not verified: any credentials do.

    Args:
        handle: Handles a request.
    """

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Take one request."""
        if scope["type"] == "lifespan":
            await _take_lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        with suppress(_GoneError):
            await self._respond(scope, receive, send)

    async def _respond(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        body = await _read_body(receive)
        refusal = _refusal(scope, body)
        if refusal is not None:
            await send_response(send, refusal)
            return
        path = scope.get("raw_path") or scope["path"].encode()
        exchange = self._handle(
            scope["method"], path.decode("latin-1"), scope["query_string"].decode("latin-1"), body or b""
        )
        if exchange.delay and await _is_gone_within(exchange.delay, receive):
            return
        if exchange.broken == "truncate":
            await _send_half(send, exchange.response)
        if exchange.broken:
            await _abort(receive, send)
            return
        await send_response(send, exchange.response)


def _refusal(scope: Mapping[str, Any], body: bytes | None) -> RawResponse | None:
    """Return the response to a request that does not reach the service; None for one that does."""
    if body is None:
        return error_response(413, "RequestEntityTooLargeException", f"The request is larger than {MAX_BODY} bytes.")
    authorization = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
    if not authorization:
        return error_response(403, "MissingAuthenticationTokenException", "Missing Authentication Token")
    if not authorization.startswith(_SCHEME) or b"Credential=" not in authorization:
        return error_response(400, "IncompleteSignature", "Authorization header requires 'Credential' parameter.")
    return None


def error_response(status: int, code: str, message: str) -> RawResponse:
    """Return an error in the form of the service."""
    body = json.dumps({"message": message}).encode("ascii")
    headers = {"content-type": "application/json", "content-length": str(len(body)), "x-amzn-errortype": code}
    return RawResponse(status, headers, body)


async def _read_body(receive: Receive) -> bytes | None:
    """Return the body of a request; None if it is too large."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _GoneError
        part: bytes = message.get("body", b"")
        size += len(part)
        if size <= MAX_BODY:
            parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts) if size <= MAX_BODY else None


async def send_response(send: Send, response: RawResponse) -> None:
    """Send a whole response."""
    await _send_head(send, response)
    await send({"type": "http.response.body", "body": response.body})


async def _send_half(send: Send, response: RawResponse) -> None:
    await _send_head(send, response)
    await send({"type": "http.response.body", "body": response.body[: len(response.body) // 2], "more_body": True})


async def _send_head(send: Send, response: RawResponse) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})


async def _is_gone_within(seconds: float, receive: Receive) -> bool:
    """Wait, and return whether the client has closed the connection meanwhile."""
    try:
        await asyncio.wait_for(receive(), seconds)  # all that comes after the body is the end of the connection
    except TimeoutError:
        return False
    return True


async def _abort(receive: Receive, send: Send) -> None:
    """Break the connection. ASGI has no word for that; uvicorn's `send` is a method of what holds the connection."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
        await receive()  # until uvicorn has noticed, or it would log an incomplete response


async def _take_lifespan(receive: Receive, send: Send) -> None:
    while (await receive())["type"] != "lifespan.shutdown":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})
