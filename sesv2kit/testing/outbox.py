"""The mails that the fake service sent, as tests read them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from typing import Any, cast

import attrs

from ..events import Event, State
from ._service.mail_log import StoredMail
from ._service.sending.happen import typed_event
from ._service.sending.mime import UNREADABLE, head, raw_of
from ._service.sending.tracking import links
from ._service.world import World, moment_of


@attrs.frozen
class SentAttachment:
    """A file in a mail."""

    file_name: str | None
    """The name of the file; None if it has none."""
    content_type: str
    """The content type, such as `application/pdf`."""
    content_id: str | None
    """The id by which the HTML refers to it (`cid:`), without angle brackets; None if it has none."""
    is_inline: bool
    """Whether it is shown within the text."""
    data: bytes = attrs.field(repr=lambda data: f"<{len(data)} bytes>")
    """The content, decoded."""


class SentMail:
    """A mail that the fake service took. Costly attributes are computed when they are first read."""

    def __init__(self, world: World, stored: StoredMail) -> None:
        self._world = world
        self._stored = stored

    def __eq__(self, other: object) -> bool:
        return other.message_id == self.message_id if isinstance(other, SentMail) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.message_id)

    def __repr__(self) -> str:
        return f"<SentMail to {', '.join(self.recipients)}: {self.subject!r}>"

    @property
    def message_id(self) -> str:
        """The id that the send returned."""
        return self._stored.message_id

    @property
    def sent_at(self) -> datetime:
        """When the service took it, in UTC."""
        return moment_of(self._stored.sent_at)

    @property
    def operation(self) -> str:
        """The operation that sent it: `SendEmail`, `SendBulkEmail` or `SendCustomVerificationEmail`."""
        return self._stored.operation

    @property
    def sender(self) -> str:
        """The From address, as the request has it."""
        return self._stored.sender

    @property
    def to(self) -> list[str]:
        """The To addresses, as the request has them."""
        return list(self._stored.recipients.to)

    @property
    def cc(self) -> list[str]:
        """The Cc addresses."""
        return list(self._stored.recipients.cc)

    @property
    def bcc(self) -> list[str]:
        """The Bcc addresses, which the message does not show."""
        return list(self._stored.recipients.bcc)

    @property
    def recipients(self) -> list[str]:
        """All recipients, without their names."""
        return list(self._stored.recipients.mailboxes)

    @property
    def reply_to(self) -> list[str]:
        """The Reply-To addresses."""
        return list(self._stored.facts.get("reply_to", ()))

    @property
    def subject(self) -> str:
        """The subject."""
        return self._stored.subject

    @property
    def text(self) -> str | None:
        """The plain text, before its links are replaced to report clicks; None if there is none."""
        return self._stored.text

    @property
    def html(self) -> str | None:
        """The HTML, before it is made to report opens and clicks; None if there is none."""
        return self._stored.html

    @property
    def tags(self) -> Mapping[str, str]:
        """The tags by their names."""
        return dict(self._stored.facts.get("tags", {}))

    @property
    def template(self) -> str | None:
        """The name or the ARN of the template; None for a mail without a stored template."""
        return self._stored.facts.get("template")

    @property
    def template_data(self) -> Mapping[str, Any] | None:
        """The data of the template, merged with the default data; None for a mail without data."""
        return self._stored.facts.get("template_data")

    @property
    def configuration_set(self) -> str | None:
        """The configuration set that the mail was sent with; None for none."""
        return self._stored.facts.get("configuration_set")

    @property
    def tenant(self) -> str | None:
        """The tenant that the mail was sent for; None for none."""
        return self._stored.facts.get("tenant")

    @property
    def status(self) -> State:
        """What became of the mail, see `sesv2kit.events.advance`: of its recipients, the highest state of any."""
        with self._world.database.lock:
            found = self._world.mails.find(self.message_id)
        return cast("State", (found or self._stored).status)

    @property
    def events(self) -> list[Event]:
        """The events of the mail so far, in their order."""
        with self._world.database.lock:
            stored = self._world.events.of_mail(self.message_id)
            return [typed_event(self._world, self._stored, event) for event in stored]

    @property
    def links(self) -> list[str]:
        """The links of the mail, each once; `FakeSES.click` follows them."""
        return [link.url for link in links(self.html, self.text)]

    @cached_property
    def headers(self) -> list[tuple[str, str]]:
        """The headers of the message, in order, as on the wire: names and values."""
        with self._world.database.lock:
            return head(self._world, self._stored)

    @cached_property
    def raw(self) -> bytes:
        """The message as the recipients get it."""
        with self._world.database.lock:
            return raw_of(self._world, self._stored)

    @cached_property
    def message(self) -> EmailMessage:
        """The message as the recipients get it, parsed; one that can't be parsed is all text, without headers."""
        try:
            return message_from_bytes(self.raw, policy=default)
        except UNREADABLE:
            message = EmailMessage()
            message.set_content(self.raw.decode("utf-8", "replace"))
            return message

    @cached_property
    def attachments(self) -> list[SentAttachment]:
        """The files in the mail, inline ones included, in the order of the message; none if they can't be read."""
        message = self.message
        try:
            texts = [part for part in (message.get_body(("plain",)), message.get_body(("html",))) if part is not None]
            return [_attachment(part) for part in _leaves(message) if not any(part is text for text in texts)]
        except UNREADABLE:
            return []


def _leaves(part: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that hold something themselves; a mail in a mail is one of them."""
    if part.get_content_maintype() == "multipart":
        for inner in part.iter_parts():
            yield from _leaves(cast("EmailMessage", inner))
    else:
        yield part


def _attachment(part: EmailMessage) -> SentAttachment:
    if part.get_content_maintype() == "message":
        data = b"".join(bytes(inner) for inner in part.iter_parts())
    else:
        data = cast("bytes | None", part.get_payload(decode=True)) or b""
    content_id = part.get("Content-ID")
    return SentAttachment(
        file_name=part.get_filename(),
        content_type=part.get_content_type(),
        content_id=content_id.strip().strip("<>") if content_id else None,
        is_inline=part.get_content_disposition() == "inline",
        data=data,
    )
