"""Complete messages in MIME, by the standard library's `email`: built from parts, or taken as they are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from email import message_from_bytes
from email.errors import InvalidHeaderDefect, MessageError
from email.header import Header
from email.message import EmailMessage, Message
from email.policy import SMTP, EmailPolicy, Policy, compat32, default
from typing import Any, TypeAlias

import attrs

from . import models
from ._addresses import encoded, read_address

AnyMessage: TypeAlias = "Message[Any, Any]"
"""A message of either of the standard library's two APIs."""

MESSAGE_TYPE = "message/rfc822"
VISIBLE = ("From", "Sender", "Reply-To", "To", "Cc")
"""The headers with addresses that a message may show."""
_LINE = 76
_LONGEST_LINE = 998
"""Characters of a line without its end, RFC 5322 section 2.1.1."""
_POLICY = SMTP.clone(cte_type="7bit")
"""Line ends as on the wire, and nothing but ASCII."""
_LEGACY_POLICY = compat32.clone(linesep="\r\n", cte_type="7bit")
_UNREADABLE = (MessageError, LookupError, AttributeError, TypeError, ValueError)
"""What the standard library raises for a message that it can't read or write."""
_FOLD = re.compile(r"(?>\r\n|\r|\n)(?=[ \t])")
_BREAK = re.compile(r"(?>\r\n|\r|\n)(?![ \t])")


def encoded_size(size: int) -> int:
    """Return how many bytes a part of so many bytes has in base64, in lines of 76 characters."""
    characters = -(-size // 3) * 4
    return characters + 2 * -(-characters // _LINE)


@attrs.frozen
class MediaType:
    """A content type, read."""

    maintype: str
    subtype: str
    params: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.maintype}/{self.subtype}"


def read_media_type(text: str) -> MediaType | None:
    """Return a content type; None if it is none."""
    header: Any = default.header_factory("Content-Type", text)
    return None if header.defects else MediaType(header.maintype, header.subtype, header.params)


def build(
    headers: Iterable[tuple[str, str]], text: str | None, html: str | None, attachments: Sequence[models.Attachment]
) -> bytes:
    """Return a complete message.

    Args:
        headers: All headers but those of MIME, in ASCII. They are folded, and otherwise written as they stand:
            the standard library would read names and encoded words and write them anew.
        text: The plain text.
        html: The HTML.
        attachments: The files; inline ones are put beside the HTML.

    Raises:
        ValueError: An attached message can't be written.
    """
    message = EmailMessage(policy=_POLICY)
    if text is not None:
        message.set_content(text)
    if html is not None and text is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    page = message.get_body(("html",))
    for attachment in sorted(attachments, key=_is_inline, reverse=True):
        if page and _is_inline(attachment):
            _add(page.add_related, attachment)
        else:
            _add(message.add_attachment, attachment)
    return _checked("".join(_folded(*header) for header in headers).encode("ascii") + _written(message, _POLICY))


def _is_inline(attachment: models.Attachment) -> bool:
    return attachment.content_disposition == "INLINE"


def _add(add: Callable[..., None], attachment: models.Attachment) -> None:
    kind = read_media_type(attachment.content_type or "") or MediaType("application", "octet-stream", {})
    described = attachment.content_description
    facts: dict[str, Any] = {
        "disposition": "inline" if _is_inline(attachment) else "attachment",
        "filename": attachment.file_name,
        "cid": f"<{attachment.content_id}>" if attachment.content_id else None,
        "headers": [f"Content-Description: {encoded(described)}"] if described else None,
    }
    if str(kind) == MESSAGE_TYPE:
        add(message_from_bytes(attachment.raw_content, policy=_POLICY), **facts)
    else:
        add(attachment.raw_content, kind.maintype, kind.subtype, cte="base64", params=kind.params, **facts)


def _folded(name: str, value: str) -> str:
    """Return a header with its line ends: a new line before a word that would make one too long."""
    first, *words = value.split(" ")
    lines = [f"{name}: {first}"]
    for word in words:
        if word and not lines[-1].isspace() and len(lines[-1]) + 1 + len(word) > _LINE:
            lines.append(f" {word}")
        else:
            lines[-1] += f" {word}"
    return "".join(f"{line}\r\n" for line in lines)


# Messages that are given -------------------------------------------------------------------------


def addresses_in(message: AnyMessage, name: str) -> list[str]:
    """Return the addresses of a header as they may be sent; none if it is not there or holds an empty group.

    Raises:
        ValueError: The header can't be read, or one of its addresses is none.
    """
    found: list[str] = []
    for value in message.get_all(name, []):
        try:
            # A header that the library has read keeps what was wrong with it to itself: its text has no trace of it.
            header: Any = value if hasattr(value, "addresses") else default.header_factory(name, _text(value))
        except _UNREADABLE:
            raise ValueError("can't be read as addresses") from None
        if any(isinstance(defect, InvalidHeaderDefect) for defect in header.defects):
            raise ValueError("can't be read as addresses")
        found += [read_address(str(address)) for address in header.addresses]
    return found


def serialised(message: AnyMessage, addresses: Mapping[str, Sequence[str]]) -> bytes:
    """Return the bytes of a message: without Bcc, in ASCII, its line ends as on the wire.

    Args:
        message: The message, which stays as it is.
        addresses: What the headers with addresses hold. Those that are not ASCII are written anew, as the standard
            library has no IDNA.

    Raises:
        ValueError: A header has a line break in it, or the message can't be written.
    """
    for part in message.walk():
        for name, value in part.items():
            if _BREAK.search(f"{name}:{_text(value)}"):
                raise ValueError("has a header with a line break in it")
    outgoing = copy(message)
    del outgoing["Bcc"]
    del outgoing["Resent-Bcc"]
    for name in VISIBLE:
        if not all(_text(value).isascii() for value in message.get_all(name, [])):
            del outgoing[name]
            outgoing[name] = ", ".join(addresses[name])
    return _checked(_written(outgoing, _POLICY if isinstance(message.policy, EmailPolicy) else _LEGACY_POLICY))


def _written(message: AnyMessage, policy: Policy[Any]) -> bytes:
    try:
        return message.as_bytes(policy=policy)
    except _UNREADABLE as error:
        raise ValueError(f"can't be written: {type(error).__name__}") from error


def _checked(data: bytes) -> bytes:
    """Refuse what is not ASCII, or has a line that is too long."""
    if not data.isascii():
        raise ValueError("has bytes that are not ASCII; give its parts a transfer encoding, such as base64")
    if max(map(len, data.split(b"\r\n"))) > _LONGEST_LINE:
        raise ValueError(f"has a line of more than {_LONGEST_LINE} characters")
    return data


def _text(value: Any) -> str:
    """Return a header's value as it will be written, on one line unless there is a line break in it."""
    return _FOLD.sub("", value.encode() if isinstance(value, Header) else str(value))
