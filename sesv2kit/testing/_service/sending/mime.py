"""The message that the recipients of a mail get, built when it is read."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Final, cast

import attrs

from .... import models
from ...._core.serde import decode
from ....compose.addresses import encoded, read_address
from ....compose.mime import build
from ....events.ids import message_id_header
from ..mail_log import StoredMail
from ..world import World
from .rendering import UNSUBSCRIBE
from .tracking import Tracking, tracked_html, tracked_text

_OVERRIDDEN: Final = frozenset({"message-id", "date", "bcc", "resent-bcc", "return-path"})
"""The headers, in lower case, that the service writes itself or leaves out."""
_COMPOSED: Final = frozenset(
    {"from", "to", "cc", "reply-to", "subject", "mime-version", "content-type", "content-transfer-encoding"}
)
"""The headers that the service makes of the other arguments of a request."""
_LIST_HEADERS: Final = frozenset({"list-unsubscribe", "list-unsubscribe-post"})
_FIELD: Final = re.compile(rb"([!-9;-~]+)[ \t]*:(?:.*(?:\r?\n|\Z)(?:[ \t].*(?:\r?\n|\Z))*)")
UNREADABLE: Final = (
    MessageError,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
    RecursionError,
)
"""What the standard library raises for messages that are not well-formed."""
_BOUNDARY: Final = re.compile(rb'boundary="(={15}[0-9]+==)"')
_BODY: Final = re.compile(rb"\r?\n\r?\n")


def is_stripped(name: str, *, is_listed: bool) -> bool:
    """Return whether a header of the request does not reach the recipients."""
    name = name.lower()
    return name.startswith("x-ses-") or name in _OVERRIDDEN or (is_listed and name in _LIST_HEADERS)


def _own(world: World, mail: StoredMail) -> list[tuple[str, str]]:
    """Return the headers that the service writes."""
    headers: list[tuple[str, str]] = []
    if url := mail.facts.get("unsubscribe_url"):
        headers += [("List-Unsubscribe", f"<{url}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]
    return [
        *headers,
        ("Message-ID", message_id_header(mail.message_id, world.region)),
        ("Date", format_datetime(datetime.fromtimestamp(mail.sent_at, UTC))),
    ]


def _composed_head(world: World, mail: StoredMail) -> list[tuple[str, str]]:
    facts, is_listed = mail.facts, "unsubscribe_url" in mail.facts
    headers = [("From", _addresses([mail.sender]))]
    for name, values in (
        ("Reply-To", facts.get("reply_to", ())),
        ("To", mail.recipients.to),
        ("Cc", mail.recipients.cc),
    ):
        if values:
            headers.append((name, _addresses(values)))
    headers.append(("Subject", mail.subject))
    custom = [
        (name, value)
        for name, value in facts.get("headers", ())
        if not is_stripped(name, is_listed=is_listed) and name.lower() not in _COMPOSED
    ]
    return headers + custom + _own(world, mail)


def _addresses(values: Sequence[str]) -> str:
    return ", ".join(map(_address, values))


def _address(text: str) -> str:
    try:
        return read_address(text)
    except ValueError:  # the service is less strict than the composer
        return encoded(text)


def head(world: World, mail: StoredMail) -> list[tuple[str, str]]:
    """Return the headers of a mail."""
    if not mail.facts.get("is_raw"):
        return [*_composed_head(world, mail), ("MIME-Version", "1.0")]
    message = BytesHeaderParser().parsebytes(raw_of(world, mail))
    return [(name, str(value)) for name, value in message.items()]


def raw_of(world: World, mail: StoredMail) -> bytes:
    """Return the message that the recipients of a mail get."""
    request = cast("dict[str, Any]", json.loads(world.mails.request_of(mail)))
    tracking = mail.facts.get("tracking")
    changes = _Changes(mail.message_id, mail.facts.get("unsubscribe_url"), Tracking(**tracking) if tracking else None)
    if mail.facts.get("is_raw"):
        return _sent_raw(world, mail, request, changes)
    attachments = attachments_of(request)
    headers = _composed_head(world, mail)
    text = None if mail.text is None else changes.text(mail.text)
    html = None if mail.html is None else changes.html(mail.html)
    try:
        built = build(headers, text, html, attachments)
    except ValueError:
        plain = [attrs.evolve(attachment, content_type=None) for attachment in attachments]
        built = build(headers, text, html, plain)
    return with_steady_boundaries(built, mail.message_id)


def with_steady_boundaries(data: bytes, message_id: str) -> bytes:
    """Return a message whose boundaries follow from its id: the standard library's are random."""
    for number, boundary in enumerate(dict.fromkeys(_BOUNDARY.findall(data))):
        data = data.replace(boundary, f"----=_Part_{number}_{message_id[:53]}".encode())
    return data


@attrs.frozen
class _Changes:
    """What the service changes in the bodies of a mail."""

    message_id: str
    unsubscribe_url: str | None
    tracking: Tracking | None

    @property
    def are_any(self) -> bool:
        return bool(self.unsubscribe_url or self.tracking)

    def text(self, text: str) -> str:
        if self.unsubscribe_url:
            text = text.replace(UNSUBSCRIBE, self.unsubscribe_url)
        return tracked_text(text, self.tracking, self.message_id, self._untracked) if self.tracking else text

    def html(self, html: str) -> str:
        if self.unsubscribe_url:
            html = html.replace(UNSUBSCRIBE, self.unsubscribe_url)
        return tracked_html(html, self.tracking, self.message_id, self._untracked) if self.tracking else html

    @property
    def _untracked(self) -> tuple[str, ...]:
        return (self.unsubscribe_url,) if self.unsubscribe_url else ()


def attachments_of(request: Mapping[str, Any]) -> list[models.Attachment]:
    """Return the attachments in the body of a request."""
    content: dict[str, Any] = request.get("Content") or request.get("DefaultContent") or {}
    part: dict[str, Any] = content.get("Simple") or content.get("Template") or {}
    attachments: list[Any] = part.get("Attachments") or []
    return [decode(models.Attachment, attachment) for attachment in attachments]


# Messages that the request holds ready-made ------------------------------------------------------


def _sent_raw(world: World, mail: StoredMail, request: Mapping[str, Any], changes: _Changes) -> bytes:
    data = decode(models.RawMessage, request["Content"]["Raw"]).data
    if changes.are_any:
        data = _changed(data, changes)
    start, rest = split_head(data)
    fields = {name.lower() for name, _ in _fields(start)}
    kept = b"".join(
        field for name, field in _fields(start) if not is_stripped(name, is_listed=bool(changes.unsubscribe_url))
    )
    own = _own(world, mail)
    if "from" not in fields:
        own.insert(0, ("From", _address(mail.sender)))
    if kept and not kept.endswith(b"\n"):
        kept += b"\r\n"
    return kept + "".join(f"{name}: {value}\r\n" for name, value in own).encode() + rest


def split_head(data: bytes) -> tuple[bytes, bytes]:
    """Return the headers of a message, and the rest with the empty line that begins it."""
    if data.startswith((b"\n", b"\r\n")):
        return b"", data
    end = _BODY.search(data)
    if not end:
        return data, b"\r\n"
    middle = end.start() + (2 if data[end.start() : end.start() + 2] == b"\r\n" else 1)
    return data[:middle], data[middle:]


def _fields(data: bytes) -> Iterator[tuple[str, bytes]]:
    for match in _FIELD.finditer(data):
        yield match[1].decode("ascii"), match[0]


def _changed(data: bytes, changes: _Changes) -> bytes:
    """Return a message whose texts have the replaced links; other parts stay as they are."""
    try:
        message = message_from_bytes(data, policy=SMTP)
        for part in message.walk():
            kind = part.get_content_type()
            if kind in ("text/plain", "text/html") and not part.is_attachment():
                is_html = kind == "text/html"
                content = str(part.get_content())
                changed = changes.html(content) if is_html else changes.text(content)
                if changed != content:
                    part.set_content(changed, subtype="html" if is_html else "plain")
        return message.as_bytes()
    except UNREADABLE:  # a message that is not well-formed stays as it is
        return data
