"""What a request wants to be sent: simple texts, a ready-made message, or a template."""

import re
from collections.abc import Iterable, Mapping, Sequence
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Any, Final

import attrs

from .... import errors, models
from ....compose.mime import encoded_size
from ..mail_log import Recipients
from ..operations.templates import find_template
from ..world import World
from .addresses import CONTROL
from .mime import UNREADABLE
from .rendering import Rendered, check_inline, read_data, render

MAX_SIZE: Final = 40 * 1024 * 1024
"""The bytes of a message, its attachments in base64."""
_EICAR: Final = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The text that every virus scanner takes for a virus."""
_EICAR_BYTES: Final = _EICAR.encode()
_LIST_OPTIONS: Final = re.compile(r"\s*([^;\s]+)\s*(?:;\s*topic=\s*([^;\s]+)\s*)?;?\s*")
AnyMessage = Message


@attrs.define(kw_only=True)
class Content:
    """What a mail says."""

    subject: str = ""
    text: str | None = None
    html: str | None = None
    headers: Sequence[tuple[str, str]] = ()
    attachments: Sequence[str] = ()
    """The names of the files."""
    template: str | None = None
    """The name or ARN of the template."""
    template_data: Mapping[str, Any] | None = None
    failure: str | None = None
    """Why the template could not be filled in."""
    has_virus: bool = False
    is_raw: bool = False


@attrs.frozen(kw_only=True)
class Envelope:
    """What the headers of a ready-made message say of its sending; arguments of the request come first."""

    sender: str | None = None
    recipients: Recipients = attrs.field(factory=Recipients)
    reply_to: Sequence[str] = ()
    configuration_set: str | None = None
    tags: Mapping[str, str] = attrs.field(factory=dict[str, str])
    tenant: str | None = None
    contact_list: str | None = None
    topic: str | None = None


@attrs.frozen
class StoredTemplate:
    """A template that a request names or holds."""

    content: models.EmailTemplateContent
    name: str | None
    """Its name or ARN; None for one in the request."""
    resource: str | None
    """The resource part of its ARN; None for one in the request."""


def of_simple(message: models.Message) -> Content:
    """Return what a simple message says.

    Raises:
        BadRequestException: Its subject or a file name has a line break, or it is too large.
    """
    subject = message.subject.data
    if CONTROL.search(subject):
        raise errors.BadRequestException("Header 'Subject' contains a control character.")
    text = message.body.text.data if message.body.text else None
    html = message.body.html.data if message.body.html else None
    attachments = message.attachments or ()
    _check(attachments, text, html)
    return Content(
        subject=_shown(subject),
        text=text,
        html=html,
        headers=_headers(message.headers),
        attachments=[attachment.file_name for attachment in attachments],
        has_virus=_has_virus(attachments, subject, text, html),
    )


def find_stored(world: World, template: models.Template) -> StoredTemplate:
    """Return the template that a request names or holds.

    Raises:
        NotFoundException: There is no such template.
        BadRequestException: Neither a name nor a content is given, or the content has more than plain variables.
    """
    if template.template_content:
        check_inline(template.template_content)
        return StoredTemplate(template.template_content, None, None)
    given = template.template_name or template.template_arn
    if not given:
        raise errors.BadRequestException("Template must have a name, an ARN or a content.")
    name = given if template.template_name else given.rpartition("/")[2]
    return StoredTemplate(find_template(world, name).content, given, f"template/{name}")


def of_template(
    stored: StoredTemplate, template: models.Template, data: Mapping[str, Any], *, is_listed: bool
) -> Content:
    """Return what a template says with some data.

    Raises:
        BadRequestException: It is too large, or a file name has a line break.
    """
    attachments = template.attachments or ()
    rendered: Rendered = render(stored.content, data, is_inline=stored.name is None, is_listed=is_listed)
    _check(attachments, rendered.text, rendered.html)
    return Content(
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        headers=_headers(template.headers),
        attachments=[attachment.file_name for attachment in attachments],
        template=stored.name,
        template_data=data,
        failure=rendered.failure,
        has_virus=_has_virus(attachments, rendered.subject, rendered.text, rendered.html),
    )


def default_data(template: models.Template) -> Mapping[str, Any]:
    """Return the data of a template that the request holds."""
    return read_data(template.template_data)


def _shown(text: str) -> str:
    """Return a header as mail programs show it: with its encoded words decoded, if they can be."""
    if "=?" not in text:
        return text
    try:
        return str(make_header(decode_header(text)))
    except UNREADABLE:
        return text


def _headers(headers: Sequence[models.MessageHeader] | None) -> list[tuple[str, str]]:
    return [(header.name, header.value) for header in headers] if headers else []


def _check(attachments: Sequence[models.Attachment], *texts: str | None) -> None:
    for attachment in attachments:
        for text in (attachment.file_name, attachment.content_id, attachment.content_description):
            if text and CONTROL.search(text):
                raise errors.BadRequestException("Attachment contains a control character in its description.")
    size = sum(len(text) for text in texts if text)
    size += sum(encoded_size(len(attachment.raw_content)) for attachment in attachments)
    check_size(size)


def check_size(size: int) -> None:
    """Refuse a message of more than 40 MB.

    Raises:
        BadRequestException: It has more.
    """
    if size > MAX_SIZE:
        raise errors.BadRequestException(f"Message length is more than {MAX_SIZE} bytes long: '{size}'.")


def _has_virus(attachments: Iterable[models.Attachment], *texts: str | None) -> bool:
    return any(text and _EICAR in text for text in texts) or any(
        _EICAR_BYTES in attachment.raw_content for attachment in attachments
    )


# Ready-made messages -----------------------------------------------------------------------------


def of_raw(message: models.RawMessage) -> tuple[Content, Envelope]:
    """Return what a ready-made message says, and what its headers say of its sending.

    Raises:
        BadRequestException: It is too large or nested too deeply, or one of its headers of SES can't be read.
    """
    check_size(len(message.data))
    try:
        return _read_raw(message)
    except RecursionError:
        raise errors.BadRequestException("The parts of the message are nested too deeply.") from None


def _read_raw(message: models.RawMessage) -> tuple[Content, Envelope]:
    parsed = message_from_bytes(message.data)
    content = Content(subject=_text_of(parsed, "Subject"), is_raw=True, has_virus=_EICAR_BYTES in message.data)
    names: list[str] = []
    for part in parsed.walk():
        if not part.is_multipart():
            try:
                _read_part(content, part, names)
            except UNREADABLE:  # a file of which not even the name can be read
                names.append("")
    content.attachments = names
    return content, _envelope(parsed)


def _read_part(content: Content, part: AnyMessage, names: list[str]) -> None:
    kind, data = part.get_content_type(), part.get_payload(decode=True)
    found = data if isinstance(data, bytes) else b""
    content.has_virus = content.has_virus or _EICAR_BYTES in found
    is_body = kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment"
    if is_body and kind == "text/plain" and content.text is None:
        content.text = _decoded(part, found)
    elif is_body and kind == "text/html" and content.html is None:
        content.html = _decoded(part, found)
    else:
        names.append(part.get_filename() or "")


def _decoded(part: AnyMessage, data: bytes) -> str:
    try:
        text = data.decode(part.get_content_charset("utf-8"), "replace")
    except UNREADABLE:  # no such charset, or not a name of one
        text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")


def _text_of(message: AnyMessage, name: str) -> str:
    return _shown(" ".join(str(message.get(name, "")).split()))


def _addresses_of(message: AnyMessage, name: str) -> tuple[str, ...]:
    values = [str(value) for value in message.get_all(name, [])]
    return tuple(f"{shown} <{address}>" if shown else address for shown, address in _pairs(values))


def _pairs(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(_quoted(shown), address) for shown, address in getaddresses(values) if address]


def _quoted(name: str) -> str:
    return f'"{name}"' if re.search(r'[()<>\[\]:;@\\,"]', name) else name


def _envelope(message: AnyMessage) -> Envelope:
    senders = _addresses_of(message, "From")
    contact_list, topic = _list_options(message)
    return Envelope(
        sender=senders[0] if senders else None,
        recipients=Recipients(
            _addresses_of(message, "To"), _addresses_of(message, "Cc"), _addresses_of(message, "Bcc")
        ),
        reply_to=_addresses_of(message, "Reply-To"),
        configuration_set=_text_of(message, "X-SES-CONFIGURATION-SET") or None,
        tags=_tags(_text_of(message, "X-SES-MESSAGE-TAGS")),
        tenant=_text_of(message, "X-SES-TENANT") or None,
        contact_list=contact_list,
        topic=topic,
    )


def _list_options(message: AnyMessage) -> tuple[str | None, str | None]:
    value = _text_of(message, "X-SES-LIST-MANAGEMENT-OPTIONS")
    if not value:
        return None, None
    found = _LIST_OPTIONS.fullmatch(value)
    if not found:
        raise errors.BadRequestException("X-SES-LIST-MANAGEMENT-OPTIONS can't be read.")
    return found[1], found[2]


def _tags(text: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in text.split(",") if pair.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}
