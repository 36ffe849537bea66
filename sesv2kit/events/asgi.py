"""The webhook as an ASGI application: `app.mount("/ses-events", events.asgi.Webhook(handler, verifier))`."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final

from .._core.aio import fail_after
from .._core.exceptions import ConfigurationError
from .._core.timeout import is_seconds
from . import webhook
from .verifier import SNSVerifier
from .webhook import TOO_LARGE, TOO_SLOW, WRONG_METHOD, Handler, Reply

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_HEADER_PREFIX: Final = b"x-amz-sns-"
READ_TIMEOUT: Final = 10.0
"""Seconds that a request may take to arrive."""


class Webhook:
    """An ASGI application that receives events from SNS, for Starlette, FastAPI and every other ASGI framework.

    Args:
        handler: Is called with each event; sync or async. What it raises makes SNS deliver the message again.
        verifier: Verifies the signatures.
        confirm: Whether to confirm subscriptions to the topics of the verifier. Default: True.
        max_body: Bytes that a request may have. Default: 1 MiB.
        read_timeout: Seconds above 0 that a request may take to arrive. Default: 10.

    Raises:
        ConfigurationError: An argument is not what it has to be.
    """

    def __init__(
        self,
        handler: Handler,
        verifier: SNSVerifier,
        *,
        confirm: bool = True,
        max_body: int = webhook.MAX_BODY,
        read_timeout: float = READ_TIMEOUT,
    ) -> None:
        given: Any = read_timeout
        if given is None or not is_seconds(given):
            raise ConfigurationError("read_timeout must be seconds above 0")
        self._webhook = webhook.Webhook(handler, verifier, confirm=confirm, max_body=max_body)
        self._read_timeout = read_timeout

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            raise RuntimeError("events.asgi.Webhook takes HTTP requests alone; mount it under a path")
        reply = await self._reply(scope, receive)
        body = reply.body.encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))]
        if reply is WRONG_METHOD:
            headers.append((b"allow", b"POST"))
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _reply(self, scope: Mapping[str, Any], receive: Receive) -> Reply:
        if scope["method"] != "POST":
            return WRONG_METHOD
        try:
            async with fail_after(self._read_timeout):
                body = await self._read(receive)
        except TimeoutError:
            return TOO_SLOW
        if body is None:
            return TOO_LARGE
        headers = {
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in scope["headers"]
            if name.startswith(_HEADER_PREFIX)
        }
        return await self._webhook.ahandle(body, headers)

    async def _read(self, receive: Receive) -> bytes | None:
        """Return the body; None if it is too large, or the client has gone."""
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > self._webhook.max_body:
                return None
            if not message.get("more_body", False):
                return bytes(body)
