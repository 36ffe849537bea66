"""The webhook without HTTP: it takes the body and the headers of a request of SNS, and returns a status and a text."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable
from typing import Final

import attrs

from .._core.settings import SWITCH, Rule, check_settings
from .event import Event, EventError
from .handlers import check_function, refuse_awaitable
from .sns import Headers, Notification, SignatureError, SNSMessage, SubscriptionConfirmation, UnsubscribeConfirmation
from .verifier import CertificateError, SNSVerifier

MAX_BODY: Final = 1024 * 1024
"""Bytes that a request may have. SNS itself sends at most 256 KB of payload."""

Handler = Callable[[Event], Awaitable[None] | None]
"""Takes an event; what it raises makes SNS deliver the event again."""

_log = logging.getLogger("sesv2kit.events")


@attrs.frozen
class Reply:
    """The response to SNS."""

    status: int
    """The HTTP status."""
    body: str
    """A short text for the delivery logs of SNS; it quotes nothing of the request."""


HANDLED: Final = Reply(200, "handled")
FAILED: Final = Reply(500, "not handled, please deliver it again")
FORGED: Final = Reply(403, "not accepted")
UNREADABLE: Final = Reply(400, "not a message with SES events")
TOO_LARGE: Final = Reply(413, "too large")
TOO_SLOW: Final = Reply(408, "too slow")
WRONG_METHOD: Final = Reply(405, "only POST is accepted")
UNVERIFIED: Final = Reply(500, "the certificate could not be loaded, please deliver it again")


_RULES: Final[Mapping[str, Rule]] = {
    "verifier": Rule(lambda value: isinstance(value, SNSVerifier), "must be an SNSVerifier"),
    "confirm": SWITCH,
    "max_body": Rule(lambda value: type(value) is int and value >= 1, "must be an int of at least 1"),
}
"""What each argument of a webhook has to be."""


class Webhook:
    """Receives events that SNS posts.

    A message whose signature is not valid gets 403, one that can't be read 400, one above `max_body` 413. If the
    handler raises, or the certificate can't be fetched, the status is 500, and SNS delivers the message again. Nothing
    is raised.

    Args:
        handler: Is called with each event, one after the other; may be async if `ahandle` is used. It should drop
            repeated events by `event.key`, since a message with several events is delivered again as a whole.
        verifier: Verifies the signatures.
        confirm: Whether to confirm subscriptions to the topics of the verifier. Default: True.
        max_body: Bytes that a request may have. Default: 1 MiB.

    Raises:
        ConfigurationError: An argument is not what it has to be.
    """

    def __init__(
        self, handler: Handler, verifier: SNSVerifier, *, confirm: bool = True, max_body: int = MAX_BODY
    ) -> None:
        check_function(handler, "handler")
        check_settings(_RULES, {"verifier": verifier, "confirm": confirm, "max_body": max_body})
        self._handler = handler
        self._verifier = verifier
        self._confirm = confirm
        self.max_body = max_body

    def handle(self, body: bytes, headers: Headers) -> Reply:
        """Handle a request, blocking. Call it from a thread if the certificate has to be fetched.

        Args:
            body: The body of the request.
            headers: The headers of the request, as the framework has them; names in any case.
        """
        try:
            if len(body) > self.max_body:
                return TOO_LARGE
            message = self._verifier.verify(body, headers)
            found = self._events(message)
        except Exception as error:  # noqa: BLE001 -- SNS gets a status, whatever happens
            return _reply_to(error)
        try:
            for event in found:
                refuse_awaitable(self._handler(event))
            if self._is_to_confirm(message):
                self._verifier.confirm(message)
        except Exception as error:  # noqa: BLE001
            return _failed(error)
        return HANDLED

    async def ahandle(self, body: bytes, headers: Headers) -> Reply:
        """Handle a request without blocking other tasks, see `handle`."""
        try:
            if len(body) > self.max_body:
                return TOO_LARGE
            message = await self._verifier.averify(body, headers)
            found = self._events(message)
        except Exception as error:  # noqa: BLE001
            return _reply_to(error)
        try:
            for event in found:
                if isawaitable(result := self._handler(event)):
                    await result
            if self._is_to_confirm(message):
                await self._verifier.aconfirm(message)
        except Exception as error:  # noqa: BLE001
            return _failed(error)
        return HANDLED

    def _events(self, message: SNSMessage) -> tuple[Event, ...]:
        return message.events if isinstance(message, Notification) else ()

    def _is_to_confirm(self, message: SNSMessage) -> bool:
        if isinstance(message, UnsubscribeConfirmation):
            _log.warning("the subscription of this endpoint to %s was deleted", message.topic_arn)
            return False
        return self._confirm and isinstance(message, SubscriptionConfirmation)


def _reply_to(error: Exception) -> Reply:
    if isinstance(error, SignatureError):
        _log.warning("a message was refused: %s", error)
        return FORGED
    if isinstance(error, EventError):
        _log.warning("a message could not be read: %s", error)
        return UNREADABLE
    if isinstance(error, CertificateError):
        _log.warning("a message could not be verified: %s", error)
        return UNVERIFIED
    return _failed(error)


def _failed(error: Exception) -> Reply:
    _log.error("handling a message failed; SNS will deliver it again", exc_info=error)
    return FAILED
