"""Complete MIME messages, by the standard library's `email`: built from parts, or given by the caller."""

from __future__ import annotations

import os
import re
from binascii import b2a_base64
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from email import message_from_bytes
from email.errors import InvalidHeaderDefect, MessageError
from email.generator import BytesGenerator
from email.header import Header
from email.message import EmailMessage, Message
from email.policy import Compat32, EmailPolicy, Policy, default
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from .. import models
from .addresses import decoded, encoded, fitted, read_address

if TYPE_CHECKING:
    AnyMessage: TypeAlias = Message[Any, Any]
else:  # where the class takes no parameters
    AnyMessage = Message
"""A message of either of the standard library's two APIs."""

MESSAGE_TYPE = "message/rfc822"
VISIBLE = ("From", "Sender", "Reply-To", "To", "Cc")
"""The headers with addresses that a message may show."""
_LINE = 76
_LONGEST_LINE = 998
"""Characters of a line without its end, RFC 5322 section 2.1.1."""
_LARGE = 64 * 1024
"""Parts of more bytes are written by this module: the library would need several times their size in memory."""
_AT_ONCE = 57 * 1024
"""How many bytes of a large part are written at a time: 1024 lines of base64."""
_UNREADABLE = (MessageError, LookupError, AttributeError, TypeError, ValueError, RecursionError)
"""The errors of the standard library for a message that it can't read or write."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_FOLD = re.compile(r"(?:\r\n|\r|\n)(?=[ \t])")
_BREAK = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
"""Where the standard library ends a line: as `str.splitlines` does."""
_NEXT_HEADER = re.compile(rb"\r\n(?![ \t]|\Z)|\r(?!\n)|(?<!\r)\n")
_NAME = re.compile(r"[!-9;-~]+")
"""The name of a header, RFC 5322 section 2.2."""


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
    """Return a content type; None if the text is not one."""
    try:
        header: Any = default.header_factory("Content-Type", text)
    except _UNREADABLE:
        return None
    return MediaType(header.maintype, header.subtype, header.params) if text.isascii() and not header.defects else None


def is_seven_bit(content: bytes) -> bool:
    """Return whether a mail can be attached as one: in ASCII, in lines of at most 998 characters.

    RFC 2045, section 2.7, except that lines may also end in LF alone, which is corrected later.
    """
    text = content.replace(b"\r\n", b"\n")
    return text.isascii() and not (b"\0" in text or b"\r" in text) and not _has_long_line(text, b"\n")


def _has_long_line(data: bytes, end_of_line: bytes) -> bool:
    """Return whether a line has more than 998 characters. It searches backwards, so it reads few of them."""
    start = 0
    while len(data) - start > _LONGEST_LINE:
        end = data.rfind(end_of_line, start, start + _LONGEST_LINE + len(end_of_line))
        if end < 0:
            return True
        start = end + len(end_of_line)
    return False


class _Wire(EmailPolicy):
    """Writes headers in ASCII as they are given.

    The library would write a word that is longer than a line as encoded words, which breaks a link or an id. It
    still writes text that is not ASCII, and parameters that need several lines, such as a file name.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header with its line ends.

        Raises:
            ValueError: It would have the line end of a header in it.
        """
        # When the library folds a header, it parses it again, and may decode words and find line breaks in them.
        written = self._write(name, _text(value) if isinstance(value, Header) else value)
        if _NEXT_HEADER.search(written):
            raise ValueError("has a line break in it")
        return written

    def _write(self, name: str, value: str) -> bytes:
        composed = hasattr(value, "name")  # otherwise it is as it was read
        if not value.isascii() or hasattr(value, "params") or (composed and "=?" in value):
            return super().fold_binary(name, value)
        lines = _LINE_END.split(f"{name}: {value}")
        if composed or max(map(len, lines)) > _LONGEST_LINE:
            return _folded(name, _text(value)).encode("ascii")
        return "".join(f"{line}\r\n" for line in lines).encode("ascii")


class _LegacyWire(Compat32):
    """The same for messages of the older API, whose headers are str or `Header`."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header with its line ends."""
        if not isinstance(value, str) or not value.isascii():
            return super().fold_binary(name, value)
        lines = _LINE_END.split(f"{name}: {value}")
        if max(map(len, lines)) > _LINE:
            return _folded(name, _text(value)).encode("ascii")
        return "".join(f"{line}\r\n" for line in lines).encode("ascii")


_EIGHT_BIT_POLICY = _LegacyWire(linesep="\r\n")
_SEVEN_BIT_POLICY = _LegacyWire(linesep="\r\n", cte_type="7bit")
_POLICY = _Wire(linesep="\r\n", cte_type="7bit", refold_source="all")
"""Line ends as on the wire, and nothing but ASCII."""


def build(
    headers: Iterable[tuple[str, str]], text: str | None, html: str | None, attachments: Sequence[models.Attachment]
) -> bytes:
    """Return a complete message.

    Args:
        headers: All headers but those of MIME, in ASCII. They are folded, and otherwise written unchanged:
            the standard library would parse names and encoded words and write them differently.
        text: The plain text.
        html: The HTML.
        attachments: The files; inline ones are put beside the HTML.

    Raises:
        ValueError: One of the attachments can't be written, or what describes it is too long for a line.
    """
    message = EmailMessage(policy=_POLICY)
    if text is not None:
        message.set_content(text)
    if html is not None and text is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    page = message.get_body(("html",))
    large = _LargeParts()
    for attachment in sorted(attachments, key=_is_inline, reverse=True):
        if page and _is_inline(attachment):
            _add(page.add_related, attachment, large)
        else:
            _add(message.add_attachment, attachment, large)
    head = "".join(_folded(name, fitted(value)) for name, value in headers)
    return _checked(large.put_in(head.encode("ascii"), _written(message)))


class _LargeParts:
    """The large parts of a message. The library writes a marker for each, which is replaced by the part at the end."""

    def __init__(self) -> None:
        self._marker = os.urandom(24).hex().encode()
        self._parts: list[Iterator[bytes]] = []

    def take_out(self, pieces: Iterator[bytes]) -> bytes:
        """Keep a part, and return the marker that the library writes instead of it."""
        self._parts.append(pieces)
        return self._marker

    def put_in(self, head: bytes, written: bytes) -> bytes:
        """Return a message with the parts in it."""
        # The library may have written the marker in base64: 64 characters, without padding.
        texts = re.split(self._marker + b"|" + re.escape(b2a_base64(self._marker, newline=False)), written)
        data = BytesIO()
        data.writelines([head, texts[0]])
        for pieces, text in zip(self._parts, texts[1:], strict=True):
            data.writelines(pieces)
            data.write(text)
        return data.getvalue()


def _base64_lines(content: bytes) -> Iterator[bytes]:
    """Yield a file in base64, in lines of 76 characters; the last one has no end."""
    whole = memoryview(content)
    for start in range(0, len(whole), _AT_ONCE):
        encoded = b2a_base64(whole[start : start + _AT_ONCE], newline=False)
        lines = [encoded[place : place + _LINE] for place in range(0, len(encoded), _LINE)]
        yield (b"\r\n" if start else b"") + b"\r\n".join(lines)


def _mail_lines(content: bytes) -> Iterator[bytes]:
    """Yield an attached mail with CRLF line ends. Each CR in it belongs to a line end, see `is_seven_bit`."""
    whole = memoryview(content)
    for start in range(0, len(whole), _AT_ONCE):
        yield bytes(whole[start : start + _AT_ONCE]).replace(b"\r", b"").replace(b"\n", b"\r\n")


def _is_inline(attachment: models.Attachment) -> bool:
    return attachment.content_disposition == "INLINE"


def _add(add: Callable[..., None], attachment: models.Attachment, large: _LargeParts) -> None:
    kind = read_media_type(attachment.content_type or "")
    if kind is None or str(kind) == "message/delivery-status":  # the library can't write the latter out of bytes
        kind = MediaType("application", "octet-stream", {})
    described = attachment.content_description
    facts: dict[str, Any] = {
        "disposition": "inline" if _is_inline(attachment) else "attachment",
        "filename": attachment.file_name,
        "cid": f"<{attachment.content_id}>" if attachment.content_id else None,
        "headers": [f"Content-Description: {encoded(described)}"] if described else None,
    }
    content, is_mail = attachment.raw_content, str(kind) == MESSAGE_TYPE
    if len(content) > _LARGE and (is_mail or kind.maintype != "message"):  # the library does not break those lines
        content = large.take_out((_mail_lines if is_mail else _base64_lines)(content))
    elif is_mail:
        content = re.sub(rb"\r?\n", b"\r\n", content)
    add(content, kind.maintype, kind.subtype, cte="7bit" if is_mail else "base64", params=kind.params, **facts)


def _folded(name: str, value: str) -> str:
    """Return a header, folded before each word that would make a line too long."""
    lines = [f"{name}:"]
    for index, word in enumerate(value.split(" ")):
        longest = _LINE if index else _LONGEST_LINE
        if word and not lines[-1].isspace() and len(lines[-1]) + 1 + len(word) > longest:
            lines.append(f" {word}")
        else:
            lines[-1] += f" {word}"
    return "".join(f"{line}\r\n" for line in lines)


# Messages that are given -------------------------------------------------------------------------


def addresses_in(message: AnyMessage, name: str) -> list[str]:
    """Return the addresses of a header as they may be sent; none if it is missing or holds an empty group.

    Raises:
        ValueError: The header can't be read, or one of its addresses is not valid.
    """
    try:
        # Only a header that the library has parsed lists its defects; they can't be seen in its text.
        read: list[Any] = [
            value if hasattr(value, "addresses") else default.header_factory(name, _text(value))
            for value in message.get_all(name, [])
        ]
    except _UNREADABLE as error:
        raise ValueError("can't be read as addresses") from error
    if any(isinstance(defect, InvalidHeaderDefect) for header in read for defect in header.defects):
        raise ValueError("can't be read as addresses")
    return [read_address(str(address)) for header in read for address in header.addresses]


def serialised(message: AnyMessage, addresses: Mapping[str, Sequence[str]]) -> bytes:
    """Return the bytes of a message: in ASCII, without Bcc, with CRLF line ends.

    Args:
        message: The message, which stays as it is.
        addresses: The addresses of each header. Headers that are not ASCII are replaced by them, because the
            standard library does not apply IDNA.

    Raises:
        ValueError: A header has a line break in it, or no proper name, or the message can't be written.
    """
    for part in _parts(message):
        # The raw headers are what is written: a parsed address does not show all of its text.
        for name, value in part.raw_items():
            text = _text(value)
            if not _NAME.fullmatch(name):
                raise ValueError(f"has a header whose name can't be one: {name!r}")
            if _BREAK.search(text) or _BREAK.search(decoded(text)):
                raise ValueError("has a header with a line break in it")
    outgoing = copy(message)
    del outgoing["Bcc"]
    del outgoing["Resent-Bcc"]
    foreign = {name.lower() for name, value in message.raw_items() if not _text(value).isascii()}
    for name in VISIBLE:
        if name.lower() in foreign:
            del outgoing[name]
            # With `set_raw`, as the library would encode the commas between long addresses.
            outgoing.set_raw(name, ", ".join(addresses[name]))
    return _checked(_written(outgoing))


def _parts(message: AnyMessage) -> list[AnyMessage]:
    try:
        return list(message.walk())
    except _UNREADABLE as error:
        raise ValueError(f"can't be read: {type(error).__name__}") from error


def _written(message: AnyMessage) -> bytes:
    try:
        if isinstance(message.policy, EmailPolicy):
            return _flattened(message, _POLICY)
        data = _flattened(message, _EIGHT_BIT_POLICY)
        # Parsed again, parts of other classes, such as Django's, become the library's own, which it can convert.
        return data if data.isascii() else _flattened(message_from_bytes(data), _SEVEN_BIT_POLICY)
    except _UNREADABLE as error:
        raise ValueError(f"can't be written: {type(error).__name__}") from error


class _Generator(BytesGenerator):
    """The library's generator, except that `_LargeParts` writes the large parts.

    The library keeps all lines of a part in memory, and a copy for each level of the message. If a later version of it
    does not call `_write_lines`, the message is the same, and only needs this memory again.
    """

    def __init__(self, file: Any, mangle_from_: bool, policy: Policy[Any] | None, large: _LargeParts) -> None:
        super().__init__(file, mangle_from_, policy=policy)
        self._large = large

    def clone(self, fp: Any) -> _Generator:
        """Return a generator for a part."""
        return _Generator(fp, False, self.policy, self._large)

    def _write_lines(self, lines: str) -> None:
        if len(lines) > _LARGE:
            self.write(self._large.take_out(_text_lines(lines)).decode("ascii"))
        else:
            super()._write_lines(lines)  # type: ignore[misc]


def _text_lines(text: str) -> Iterator[bytes]:
    """Yield a text with the line ends of the wire."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _AT_ONCE) + 1 or len(text)  # never between CR and LF
        lines = text[start:end].replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
        yield lines.encode("ascii", "surrogateescape")
        start = end


def _flattened(message: AnyMessage, policy: Policy[Any]) -> bytes:
    """Return the bytes of a message as the library's `as_bytes` does; Django's own takes no policy."""
    data, large = BytesIO(), _LargeParts()
    _Generator(data, False, policy, large).flatten(message)
    return large.put_in(b"", data.getvalue())


def _checked(data: bytes) -> bytes:
    """Return data unchanged, or raise ValueError if it is not ASCII or has a line that is too long."""
    if not data.isascii():
        raise ValueError("has bytes that are not ASCII; give its parts a transfer encoding, such as base64")
    if _has_long_line(data, b"\r\n"):
        raise ValueError(f"has a line of more than {_LONGEST_LINE} characters")
    return data


def _text(value: Any) -> str:
    """Return a header's value as it will be written, on one line unless there is a line break in it."""
    return _FOLD.sub("", value.encode() if isinstance(value, Header) else str(value))
