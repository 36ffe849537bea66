"""What the tests of compose share: a mail with some of its parts replaced, and the problems of a bad one."""

import email
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.policy import default
from typing import Any, Literal, cast

import pytest

from sesv2kit import compose, errors, models
from sesv2kit._api.bulk_messages import SEND_BULK_EMAIL
from sesv2kit._api.messages import SEND_EMAIL
from sesv2kit._call.request import build_request

SHOP = "shop@example.com"
ANN = "ann@example.net"
EVERY_BYTE = bytes(range(256))


def mail(**parts: Any) -> compose.Mail:
    """Return a mail with some of its parts replaced."""
    given: dict[str, Any] = {"sender": SHOP, "to": ANN, "subject": "Hello", "text": "Hi Ann"}
    return compose.mail(**given | parts)


def raw_mail(attachments: Sequence[models.Attachment] = (), **parts: Any) -> compose.Mail:
    """Return a mail that can't be a simple one."""
    eml = compose.attachment(b"Subject: inner\r\n\r\nHi\r\n", file_name="inner.eml")
    return mail(attachments=[eml, *attachments], **parts)


def parsed(composed: compose.Mail) -> EmailMessage:
    """Return what the standard library reads out of a raw mail."""
    assert composed.content.raw
    return email.message_from_bytes(composed.content.raw.data, policy=default)


def simple(composed: compose.Mail) -> models.Message:
    """Return the message of a simple mail."""
    assert composed.content.simple
    return composed.content.simple


def problems_of(function: Callable[..., object], *given: Any, **parts: Any) -> list[str]:
    """Return the problems that a call is refused for."""
    with pytest.raises(errors.ParamValidationError) as caught:
        function(*given, **parts)
    assert caught.value.operation.startswith("compose.")
    return [str(problem) for problem in caught.value.problems]


def passes_the_client(composed: compose.Mail) -> None:
    """Assert that the client would send it."""
    given = dict.fromkeys((argument.name for argument in SEND_EMAIL.arguments), None)
    build_request(SEND_EMAIL, given | cast(dict[str, Any], composed.arguments))


def bulk_passes_the_client(content: models.BulkEmailContent, *entries: models.BulkEmailEntry) -> None:
    """Assert that the client would send it."""
    given = dict.fromkeys((argument.name for argument in SEND_BULK_EMAIL.arguments), None)
    build_request(SEND_BULK_EMAIL, given | {"default_content": content, "bulk_email_entries": entries})


def lines(text: str) -> list[str]:
    """Return the lines of a body, as SMTP knows them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def body_lines(message: EmailMessage, kind: Literal["plain", "html"]) -> list[str]:
    """Return the lines of one of a message's bodies."""
    body = message.get_body((kind,))
    assert body
    return lines(body.get_content())
