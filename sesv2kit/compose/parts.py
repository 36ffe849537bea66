"""The parts of a mail: checked, every problem noted with its path, and turned into models. Used by `compose`."""

from __future__ import annotations

import html as markup
import json
import mimetypes
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Final, ParamSpec, Protocol, TypeAlias, TypeVar
from urllib.parse import unquote

import attrs

from .. import models
from .._core.exceptions import ParamValidationError, Problem
from .._core.model import Limits, Model, is_mapping, is_sequence, wire_of
from .._core.validation import check_for, under
from .addresses import LONGEST_WORD, header_text, read_address
from .mime import MESSAGE_TYPE, encoded_size, is_seven_bit, read_media_type

P = ParamSpec("P")
T = TypeVar("T")

_MAX_RECIPIENTS: Final = 50
_MAX_SIZE: Final = 40 * 1024 * 1024
"""40 MB, as the service counts them: what its page calls 10 MB, its version 1 told of as 10485760 bytes."""
# Of a message, both: https://docs.aws.amazon.com/ses/latest/dg/quotas.html
_MAX_HEADER: Final = 996
"""Characters of a header's name and value together, as the SESv2 model of botocore 1.44.5 says."""
_SET_BY_SES: Final = frozenset(
    {"bcc", "cc", "date", "from", "message-id", "mime-version", "reply-to", "return-path", "subject", "to"}
)
"""Besides all of `Content-`: https://docs.aws.amazon.com/ses/latest/dg/header-fields.html."""
_OF_A_MESSAGE: Final = re.compile(r"(?i)sender|resent-.*")
"""Headers with addresses, RFC 5322 sections 3.6.2 and 3.6.6."""
_TAG: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html."""
_CONTENT_ID: Final = re.compile(rf"[A-Za-z0-9._+@-]{{1,{LONGEST_WORD}}}")
_REFERENCE: Final = re.compile(r"""(?i)\bcid:([^\s"'<>()]+)""")
"""RFC 2392; in the HTML, or in a style in it."""
_UNKNOWN_TYPE: Final = "application/octet-stream"
_DISPOSITIONS: Final = ("ATTACHMENT", "INLINE")
_ENCODINGS: Final = ("BASE64", "QUOTED_PRINTABLE", "SEVEN_BIT")

Addresses: TypeAlias = "str | Sequence[str]"
"""One address or several: `ann@example.net`, `Ann <ann@example.net>`, `"Miller, Ann" <ann@example.net>`."""
File: TypeAlias = "str | PathLike[str] | models.Attachment"
"""A file's path, or what `attachment` made of bytes or of an open file."""


class Readable(Protocol):
    """A file that is open for reading bytes."""

    def read(self) -> bytes:
        """Return all bytes from here to the end."""
        ...


class Checks:
    """Collects what is wrong with the arguments of a function.

    Args:
        function: Its name, as users write it.
    """

    def __init__(self, function: str) -> None:
        self._function = function
        self._problems: list[Problem] = []

    def add(self, path: str, message: str) -> None:
        """Note a problem; the path of a member of nothing, `.name`, is that of an argument."""
        self._problems.append(Problem(path.removeprefix("."), message))

    def note(self, problems: Iterable[Problem]) -> None:
        """Note problems that have their paths already."""
        for problem in problems:
            self.add(problem.path, problem.message)

    def call(self, path: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Return what a function returns; its ValueError is a problem, and None is returned."""
        try:
            return function(*args, **kwargs)
        except ValueError as error:
            self.add(path, str(error))
            return None

    def fits(self, path: str, tp: type, value: Any, limits: Limits | None = None) -> bool:
        """Return whether a value has a type, and is within limits if there are any."""
        found = check_for(tp, limits)(value, limits is not None)
        self.note(under(path, found))
        return not found

    def is_a(self, path: str, tp: type, value: Any) -> bool:
        """Return whether a value is of a class that no model knows."""
        if not isinstance(value, tp):
            self.add(path, f"expected {tp.__name__}, got {type(value).__name__}")
        return isinstance(value, tp)

    def text(self, path: str, value: Any) -> str:
        """Return a text, an empty one in place of what is none."""
        return value if self.fits(path, str, value) else ""

    def mapping(self, path: str, given: Mapping[str, T] | None) -> Mapping[str, T]:
        """Return a mapping with keys that are texts, an empty one for None."""
        if given is None:
            return {}
        if not is_mapping(given):
            self.add(path, f"expected a mapping, got {type(given).__name__}")
            return {}
        return {key: value for key, value in given.items() if self.fits(f"{path}[{str(key)!r}] (key)", str, key)}

    def header_text(self, path: str, value: Any) -> str:
        """Return a text as a header holds it."""
        text = self.text(path, value)
        held = self.call(path, header_text, text)
        return text if held is None else held

    def done(self) -> None:
        """Raise what was found, if anything was.

        Raises:
            ParamValidationError: All problems.
        """
        if self._problems:
            raise ParamValidationError(self._function, self._problems)


def limits_of(model: type[Model], member: str) -> Limits:
    """Return the documented limits of a model's member."""
    wire = wire_of(getattr(attrs.fields(model), member))
    return (wire and wire.limits) or Limits()


def check_size(checks: Checks, path: str, size: int) -> None:
    """Check the size of a message, in bytes after encoding.

    Args:
        checks: Takes the problem.
        path: The argument that makes the message so large, more than others do.
        size: Of the whole message.
    """
    if size > _MAX_SIZE:
        checks.add(path, f"makes the message too large: at most {_MAX_SIZE} bytes after encoding, is {size}")


# Recipients and tags -----------------------------------------------------------------------------


def addresses(checks: Checks, path: str, given: Addresses) -> list[str]:
    """Return addresses as they may be sent."""
    if isinstance(given, str):
        items = {path: given}
    elif is_sequence(given):
        items = {f"{path}[{index}]": item for index, item in enumerate(given)}
    else:
        checks.add(path, f"expected a str or a sequence of str, got {type(given).__name__}")
        return []
    read = [checks.call(at, read_address, item) for at, item in items.items() if checks.fits(at, str, item)]
    return [one for one in read if one is not None]


def destination(checks: Checks, to: Addresses, cc: Addresses, bcc: Addresses) -> models.Destination:
    """Return recipients, of which there is at least one."""
    given = [[one] if isinstance(one, str) else one for one in (to, cc, bcc)]
    count = sum(len(many) if is_sequence(many) else 1 for many in given)
    if not count:
        checks.add("to", "is required: the mail has no recipient")
    if count > _MAX_RECIPIENTS:
        checks.add("to", f"must be at most {_MAX_RECIPIENTS} recipients in to, cc and bcc together, are {count}")
    return models.Destination(
        to_addresses=addresses(checks, "to", to) or None,
        cc_addresses=addresses(checks, "cc", cc) or None,
        bcc_addresses=addresses(checks, "bcc", bcc) or None,
    )


def tags(checks: Checks, given: Mapping[str, str] | None) -> list[models.MessageTag]:
    """Return tags for sending events."""
    labels = [models.MessageTag(name=name, value=value) for name, value in checks.mapping("tags", given).items()]
    for label in labels:
        path = f"tags[{label.name!r}]"
        told = "must be 1 to 256 ASCII letters, digits, underscores and dashes"
        if not _TAG.fullmatch(label.name):
            checks.add(f"{path} (key)", told)
        if checks.fits(path, str, label.value) and not _TAG.fullmatch(label.value):
            checks.add(path, told)
    return labels


@attrs.frozen
class Envelope:
    """Who sends a mail to whom, and the tags that describe it."""

    sender: str
    destination: models.Destination
    reply_to: Sequence[str]
    tags: Sequence[models.MessageTag]

    def headers(self) -> list[tuple[str, str]]:
        """Return the headers that tell it, without Bcc."""
        told = {
            "From": [self.sender],
            "To": self.destination.to_addresses,
            "Cc": self.destination.cc_addresses,
            "Reply-To": self.reply_to,
        }
        return [(name, ", ".join(addresses)) for name, addresses in told.items() if addresses]


def envelope(
    checks: Checks,
    sender: str,
    to: Addresses,
    cc: Addresses,
    bcc: Addresses,
    reply_to: Addresses,
    labels: Mapping[str, str] | None,
) -> Envelope:
    """Return checked addresses and tags."""
    one = checks.call("sender", read_address, sender) if checks.fits("sender", str, sender) else None
    return Envelope(
        one or "", destination(checks, to, cc, bcc), addresses(checks, "reply_to", reply_to), tags(checks, labels)
    )


# Texts -------------------------------------------------------------------------------------------


def headers(checks: Checks, given: Mapping[str, str] | None) -> list[models.MessageHeader]:
    """Return headers; those that the service sets are refused."""
    named = checks.mapping("headers", given)
    most = limits_of(models.Message, "headers").max_items
    if most is not None and len(named) > most:
        checks.add("headers", f"must be at most {most} items, is {len(named)}")
    if len({name.lower() for name in named}) < len(named):
        checks.add("headers", "has a name twice; upper and lower case are the same here")
    return [_header(checks, f"headers[{name!r}]", name, value) for name, value in named.items()]


def _header(checks: Checks, path: str, name: str, value: Any) -> models.MessageHeader:
    text = checks.header_text(path, value)
    checks.fits(f"{path} (key)", str, name, limits_of(models.MessageHeader, "name"))
    if name.lower() in _SET_BY_SES or name.lower().startswith("content-"):
        checks.add(f"{path} (key)", "is set by SES, or by an argument of its own")
    if _OF_A_MESSAGE.fullmatch(name):
        checks.add(f"{path} (key)", "has an address; it can stand in a message of your own alone, see compose.raw")
    fits = not isinstance(value, str) or checks.fits(path, str, text, limits_of(models.MessageHeader, "value"))
    if fits and len(name) + len(text) > _MAX_HEADER:
        checks.add(path, f"must be at most {_MAX_HEADER} characters, name and value together")
    return models.MessageHeader(name=name, value=text)


def template(
    checks: Checks,
    given: str | models.EmailTemplateContent,
    data: Mapping[str, object] | None,
    own_headers: Mapping[str, str] | None,
    files: Sequence[File],
) -> models.Template:
    """Return a template with its data."""
    values = template_data(checks, data)
    own = headers(checks, own_headers)
    attached = attachments(checks, files)
    for path, one in attached.items():
        checks.note(not_simple(path, one))
    filled = models.Template(template_data=values, headers=own or None, attachments=list(attached.values()) or None)
    if isinstance(given, models.EmailTemplateContent):
        if checks.fits("template", models.EmailTemplateContent, given):
            checks.header_text("template.subject", given.subject or "")
        return attrs.evolve(filled, template_content=given)
    if checks.fits("template", str, given, limits_of(models.Template, "template_name")) and given.startswith("arn:"):
        return attrs.evolve(filled, template_arn=given)
    return attrs.evolve(filled, template_name=given)


def template_data(checks: Checks, given: Mapping[str, object] | None) -> str:
    """Return the values of a template as JSON."""
    try:
        text = json.dumps(dict(checks.mapping("data", given)), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        checks.add("data", f"can't be written as JSON: {error}")
        return ""
    checks.fits("data", str, text, limits_of(models.Template, "template_data"))
    return text


# Files -------------------------------------------------------------------------------------------


def attachments(checks: Checks, given: Sequence[File]) -> dict[str, models.Attachment]:
    """Return files by their paths in the arguments."""
    if not is_sequence(given):
        checks.add("attachments", f"expected a sequence, got {type(given).__name__}")
        return {}
    items = {f"attachments[{index}]": item for index, item in enumerate(given)}
    return {path: file(checks, path, item) for path, item in items.items()}


def inline(checks: Checks, given: Mapping[str, File] | None, html: str | None) -> dict[str, models.Attachment]:
    """Return files that the HTML shows, by their paths in the arguments."""
    files: dict[str, models.Attachment] = {}
    shown = _REFERENCE.findall(markup.unescape(html)) if isinstance(html, str) else []
    shown = [unquote(reference) for reference in shown]
    for content_id, item in checks.mapping("inline", given).items():
        path = f"inline[{content_id!r}]"
        if not any(content_id in (reference, reference.rstrip(".,;")) for reference in shown):
            checks.add(path, 'is not referred to by the html, as src="cid:..." would')
        files[path] = file(checks, path, item, content_id)
    return files


def file(checks: Checks, path: str, item: File, content_id: str | None = None) -> models.Attachment:
    """Return a file as an attachment, with everything set that is known of it."""
    if not isinstance(item, models.Attachment):
        item = read(checks, path, item)
    elif not checks.fits(path, models.Attachment, item):
        return item
    ready = attrs.evolve(
        item,
        content_type=_content_type(item),
        content_id=item.content_id if content_id is None else content_id,
        content_disposition=(item.content_disposition or "ATTACHMENT") if content_id is None else "INLINE",
        content_transfer_encoding=item.content_transfer_encoding or "BASE64",
    )
    for member in ("file_name", "content_type", "content_description"):
        checks.header_text(f"{path}.{member}", getattr(ready, member) or "")
    if not ready.file_name:
        checks.add(f"{path}.file_name", "is required")
    if ready.content_id is not None and not _CONTENT_ID.fullmatch(ready.content_id):
        checks.add(f"{path}.content_id", f"must be 1 to {LONGEST_WORD} ASCII letters, digits and . _ + @ -")
    kind = read_media_type(str(ready.content_type))
    if kind is None or kind.maintype == "multipart":
        checks.add(f"{path}.content_type", "is not the content type of a file, such as application/pdf")
    for member, known in (("content_disposition", _DISPOSITIONS), ("content_transfer_encoding", _ENCODINGS)):
        if getattr(ready, member) not in known:
            checks.add(f"{path}.{member}", f"must be one of {', '.join(known)}")
    return ready


def _content_type(item: models.Attachment) -> str:
    """Return what a file is told to be, or else looks like; a mail that can't be attached as one is just a file."""
    told = item.content_type or _guessed_type(item.file_name)
    if str(read_media_type(told)) == MESSAGE_TYPE and not is_seven_bit(item.raw_content):
        return _UNKNOWN_TYPE
    return told


def read(
    checks: Checks, path: str, source: str | PathLike[str] | bytes | bytearray | memoryview | Readable
) -> models.Attachment:
    """Return a file as an attachment of which only the bytes and the name are known."""
    name = ""
    content: Any = b""
    try:
        if isinstance(source, bytes | bytearray | memoryview):
            content = bytes(source)
        elif isinstance(source, str | PathLike):
            name = Path(source).name
            with Path(source).open("rb") as opened:
                content = opened.read(_MAX_SIZE + 1)
        else:
            told = getattr(source, "name", None)
            name = Path(told).name if isinstance(told, str) else ""
            content = source.read()
    except OSError as error:
        checks.add(path, f"can't be read: {error.strerror or type(error).__name__}")
    except (AttributeError, TypeError, ValueError):
        checks.add(path, "is neither a path, nor bytes, nor a file that is open for reading")
    if not isinstance(content, bytes):
        checks.add(path, "is not open for reading bytes (mode rb)")
        content = b""
    if len(content) > _MAX_SIZE:
        checks.add(path, f"must be at most {_MAX_SIZE} bytes after encoding, is more")
    return models.Attachment(file_name=name, raw_content=content)


def _guessed_type(name: str) -> str:
    guessed, packed = mimetypes.guess_type(name)
    return guessed if guessed and not packed else _UNKNOWN_TYPE


def not_simple(path: str, attachment: models.Attachment) -> list[Problem]:
    """Return why an attachment has no place in a simple message."""
    if str(read_media_type(attachment.content_type or "")) == MESSAGE_TYPE:
        return [Problem(path, "is a mail, which must not be in base64")]
    return under(path, check_for(models.Attachment, None)(attachment, True))


@attrs.frozen
class Sizes:
    """How many bytes the parts of a message have in base64, by the arguments that they come from."""

    parts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.parts.values())

    @property
    def largest(self) -> str:
        """The argument that has the most."""
        return max(self.parts, key=self.parts.__getitem__)


def sizes(
    texts: Mapping[str, str | None],
    own_headers: Sequence[models.MessageHeader],
    files: Mapping[str, models.Attachment],
) -> Sizes:
    """Return the sizes of the parts of a message."""
    contents = {path: text.encode() for path, text in texts.items() if text}
    contents |= {path: file.raw_content for path, file in files.items()}
    heads = sum(len(f"{own.name}: {own.value}\r\n") for own in own_headers)
    return Sizes({"headers": heads} | {path: encoded_size(len(content)) for path, content in contents.items()})


def template_sizes(template: models.Template) -> Sizes:
    """Return the sizes of the parts of a message that is made of a template, but for what is stored."""
    content = template.template_content or models.EmailTemplateContent()
    texts = {f"template.{member}": getattr(content, member) for member in ("subject", "text", "html")}
    files = {f"attachments[{index}]": file for index, file in enumerate(template.attachments or ())}
    return sizes(texts, template.headers or (), files)
