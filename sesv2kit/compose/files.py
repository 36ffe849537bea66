"""Files as attachments, and the size of the message that they make."""

from __future__ import annotations

import html as markup
import mimetypes
import re
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias
from urllib.parse import unquote

import attrs

from .. import models
from .._core.exceptions import Problem
from .._core.model import is_sequence
from .._core.validation import check_for, under
from .addresses import LONGEST_WORD
from .checks import Checks
from .mime import MESSAGE_TYPE, encoded_size, is_seven_bit, read_media_type

_MAX_SIZE: Final = 40 * 1024 * 1024
"""40 MB, with 1 MB as 1024 * 1024 bytes: API version 1 reported its limit of 10 MB as 10485760 bytes.

https://docs.aws.amazon.com/ses/latest/dg/quotas.html
"""
_CONTENT_ID: Final = re.compile(rf"[A-Za-z0-9._+@-]{{1,{LONGEST_WORD}}}")
_REFERENCE: Final = re.compile(r"""(?i)\bcid:([^\s"'<>()]+)""")
"""A URL of RFC 2392, in the HTML or in its styles."""
_UNKNOWN_TYPE: Final = "application/octet-stream"
_DISPOSITIONS: Final = ("ATTACHMENT", "INLINE")
_ENCODINGS: Final = ("BASE64", "QUOTED_PRINTABLE", "SEVEN_BIT")


File: TypeAlias = "str | PathLike[str] | models.Attachment"
"""A file's path, or what `attachment` made of bytes or of an open file."""


class Readable(Protocol):
    """A file that is open for reading bytes."""

    def read(self) -> bytes:
        """Return all bytes from here to the end."""
        ...


def attachments(checks: Checks, given: Sequence[File] | None) -> dict[str, models.Attachment]:
    """Return files by their paths in the arguments."""
    if given is None:
        return {}
    if not is_sequence(given):
        checks.add("attachments", f"expected a sequence, got {type(given).__name__}")
        return {}
    items = {f"attachments[{index}]": item for index, item in enumerate(given)}
    return {path: file(checks, path, item) for path, item in items.items()}


def inline(checks: Checks, given: Mapping[str, File] | None, html: str | None) -> dict[str, models.Attachment]:
    """Return the files that the HTML refers to by content id, by their paths in the arguments."""
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
    """Return a file as an attachment, checked and with all members set."""
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
        checks.add(f"{path}.file_name", "is required, as in compose.attachment(data, file_name=...)")
    if ready.content_id is not None and not _CONTENT_ID.fullmatch(ready.content_id):
        checks.add(f"{path}.content_id", f"must be 1 to {LONGEST_WORD} ASCII letters, digits and . _ + @ -")
    media_type = read_media_type(str(ready.content_type))
    if media_type is None or media_type.maintype == "multipart":
        checks.add(f"{path}.content_type", "is not the content type of a file, such as application/pdf")
    for member, known in (("content_disposition", _DISPOSITIONS), ("content_transfer_encoding", _ENCODINGS)):
        if getattr(ready, member) not in known:
            checks.add(f"{path}.{member}", f"must be one of {', '.join(known)}")
    return ready


def _content_type(item: models.Attachment) -> str:
    """Return the content type that was passed, or a guess; a mail that can't be attached as a mail is a plain file."""
    content_type = item.content_type or _guessed_type(item.file_name)
    if str(read_media_type(content_type)) == MESSAGE_TYPE and not is_seven_bit(item.raw_content):
        return _UNKNOWN_TYPE
    return content_type


def read(
    checks: Checks, path: str, source: str | PathLike[str] | bytes | bytearray | memoryview | Readable
) -> models.Attachment:
    """Return a file as an attachment with only its bytes and its name."""
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
            path_of_file = getattr(source, "name", None)
            name = Path(path_of_file).name if isinstance(path_of_file, str) else ""
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
    """Return why a simple message can't hold an attachment; empty if it can."""
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
    """Return the sizes of the parts of a message with a template; the content of a stored template is not counted."""
    content = template.template_content or models.EmailTemplateContent()
    texts = {f"template.{member}": getattr(content, member) for member in ("subject", "text", "html")}
    files = {f"attachments[{index}]": file for index, file in enumerate(template.attachments or ())}
    return sizes(texts, template.headers or (), files)


def check_size(checks: Checks, path: str, size: int) -> None:
    """Check the size of a message, in bytes after encoding.

    Args:
        checks: Collects the problem.
        path: The argument that contributes most to the size.
        size: The size of the whole message.
    """
    if size > _MAX_SIZE:
        checks.add(path, f"makes the message too large: at most {_MAX_SIZE} bytes after encoding, is {size}")
