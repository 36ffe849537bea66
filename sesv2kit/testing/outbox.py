"""The mails that the fake service sent, as tests look at them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from typing import Any, ClassVar, Final, Generic, Protocol, TypeVar, cast, overload

import attrs

from ..events import Event, State
from ._service.mail_log import MailLog, StoredEvent, StoredMail
from ._service.sending.addresses import domain_of, mailbox_of
from ._service.sending.happen import typed_event
from ._service.sending.mime import UNREADABLE, head, raw_of
from ._service.sending.tracking import links
from ._service.world import World, moment_of

T = TypeVar("T")
StoredT = TypeVar("StoredT", StoredMail, StoredEvent)
_BATCH: Final = 500
_MAX_LISTED: Final = 20
"""How many mails the message of a failed assertion lists."""


@attrs.frozen
class SentAttachment:
    """A file in a mail."""

    file_name: str | None
    """Its name; None if it has none."""
    content_type: str
    """Its content type, such as `application/pdf`."""
    content_id: str | None
    """What the HTML names it by (`cid:`), without angle brackets; None if it has none."""
    is_inline: bool
    """Whether it is shown within the text."""
    data: bytes = attrs.field(repr=lambda data: f"<{len(data)} bytes>")
    """Its content, decoded."""


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


class Source(Protocol[StoredT]):
    """Where the entries of a `Log` are."""

    def count(self) -> int:
        """Return how many there are."""
        ...

    def slice(self, start: int, count: int, /) -> list[StoredT]:
        """Return some of them, oldest first, without the first `start`."""
        ...

    def after(self, number: int, limit: int, /) -> list[StoredT]:
        """Return those with larger numbers, oldest first."""
        ...


class Log(Sequence[T], Generic[StoredT, T]):
    """A growing sequence in the database, of which only the entries that are used are read.

    Args:
        lock: Is held while the database is read.
        source: Where the entries are.
        make: Makes an entry of what is stored of it.
    """

    def __init__(
        self, lock: AbstractContextManager[object], source: Source[StoredT], make: Callable[[StoredT], T]
    ) -> None:
        self._lock = lock
        self._source: Source[StoredT] = source
        self._make: Callable[[StoredT], T] = make

    def __len__(self) -> int:
        with self._lock:
            return self._source.count()

    def _read(self, start: int, count: int) -> list[T]:
        with self._lock:
            return list(map(self._make, self._source.slice(start, count)))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        length = len(self)
        if isinstance(index, slice):
            chosen = range(length)[index]
            if not chosen:
                return []
            first = min(chosen[0], chosen[-1])
            found = self._read(first, abs(chosen[-1] - chosen[0]) + 1)
            return [found[position - first] for position in chosen]
        try:
            position = range(length)[index]
        except IndexError:
            raise IndexError(f"there are {length} entries, and none at {index}") from None
        return self._read(position, 1)[0]

    def __iter__(self) -> Iterator[T]:
        number = 0
        while True:
            with self._lock:
                batch = self._source.after(number, _BATCH)
                entries = list(map(self._make, batch))
            if not batch:
                return
            yield from entries
            number = batch[-1].number

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str | bytes):
            return NotImplemented
        entries = cast("Sequence[object]", other)
        return len(self) == len(entries) and all(mine == its for mine, its in zip(self, entries, strict=True))

    __hash__: ClassVar[None]  # type: ignore[assignment]  # it grows

    def __repr__(self) -> str:
        return repr(list(self))


class SentMails:
    """The mails of a log, without those whose template could not be filled in."""

    def __init__(self, mails: MailLog) -> None:
        self.count: Callable[[], int] = mails.count_sent
        self.slice: Callable[[int, int], list[StoredMail]] = mails.sent
        self.after: Callable[[int, int], list[StoredMail]] = mails.sent_after


# Assertions --------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Wanted:
    """The mail that `assert_sent` looks for."""

    to: str | None = None
    subject: "str | re.Pattern[str] | None" = None
    sender: str | None = None
    template: str | None = None
    text: "str | re.Pattern[str] | None" = None
    html: "str | re.Pattern[str] | None" = None
    tags: Mapping[str, str] | None = None

    def differences(self, mail: SentMail) -> list[str]:
        """Return what is different in a mail, by the names of the arguments."""
        found = {
            "to": self.to is None or _has_recipient(mail.to, self.to),
            "subject": _equals(self.subject, mail.subject),
            "sender": self.sender is None or _same_address(mail.sender, self.sender),
            "template": self.template is None or self.template == mail.template,
            "text": _holds(self.text, mail.text),
            "html": _holds(self.html, mail.html),
            "tags": self.tags is None or self.tags.items() <= mail.tags.items(),
        }
        return [name for name, is_same in found.items() if not is_same]

    def __str__(self) -> str:
        given = {name: value for name, value in attrs.asdict(self, recurse=False).items() if value is not None}
        return ", ".join(f"{name}={_shown(value)}" for name, value in given.items()) or "any mail"


def _shown(value: object) -> str:
    pattern = getattr(value, "pattern", None)
    return repr(value) if pattern is None else f"/{pattern}/"


def _equals(wanted: "str | re.Pattern[str] | None", text: str) -> bool:
    return wanted is None or (text == wanted if isinstance(wanted, str) else wanted.search(text) is not None)


def _holds(wanted: "str | re.Pattern[str] | None", text: str | None) -> bool:
    if wanted is None:
        return True
    return text is not None and (wanted in text if isinstance(wanted, str) else wanted.search(text) is not None)


def _has_recipient(addresses: Sequence[str], wanted: str) -> bool:
    return any(_same_address(address, wanted) for address in addresses)


def _same_address(address: str, wanted: str) -> bool:
    """Return whether two addresses are the same; names count only if a name is wanted."""
    if address == wanted:
        return True
    mailbox = mailbox_of(address)
    return "<" not in wanted and _normal(mailbox) == _normal(wanted)


def _normal(mailbox: str) -> str:
    return f"{mailbox.rpartition('@')[0]}@{domain_of(mailbox)}"


def find_sent(mails: Sequence[SentMail], failures: Sequence[str], wanted: Wanted, times: int | None) -> list[SentMail]:
    """Return the mails that are as wanted.

    Args:
        mails: The outbox.
        failures: Why mails were not made.
        wanted: What they have to be like.
        times: How many there have to be; None for one or more.

    Raises:
        AssertionError: There are more or fewer. The message shows what there is instead.
    """
    found: list[SentMail] = []
    others: list[str] = []
    for mail in mails:
        differences = wanted.differences(mail)
        if not differences:
            found.append(mail)
        if len(others) < _MAX_LISTED:
            others.append(_line(mail, differences))
    if len(found) == times or (times is None and found):
        return found
    raise AssertionError("\n".join(_explanation(len(found), len(mails), others, failures, wanted, times)))


def _line(mail: SentMail, differences: Sequence[str]) -> str:
    note = f"   <- other {', '.join(differences)}" if differences else "   <- as wanted"
    return f"  to {', '.join(mail.to) or '(nobody)'}: {mail.subject!r}{note}"


def _explanation(
    count: int, length: int, lines: Sequence[str], failures: Sequence[str], wanted: Wanted, times: int | None
) -> Iterator[str]:
    expected = "at least once" if times is None else f"{times} times"
    yield f"expected {wanted} to be sent {expected}, and it was sent {count} times"
    if not length:
        yield "the outbox is empty"
    else:
        yield f"the outbox holds {length} mail{'' if length == 1 else 's'}:"
        yield from lines
        if length > len(lines):
            yield f"  ... and {length - len(lines)} more"
    if failures:
        yield f"{len(failures)} mail{'' if len(failures) == 1 else 's'} could not be made out of a template:"
        yield from (f"  {failure}" for failure in failures[:_MAX_LISTED])
