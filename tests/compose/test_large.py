"""Large messages: they are written without the copies that the library would need, and have the same bytes."""

import random
import tracemalloc
from collections.abc import Callable
from email import message_from_bytes
from email.generator import BytesGenerator
from email.message import EmailMessage, MIMEPart
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import default
from io import BytesIO
from typing import Any

import pytest

from sesv2kit import compose, errors, models
from sesv2kit.compose import mime
from sesv2kit.compose.mime import AnyMessage

BLOB = random.Random(1).randbytes(300_001)
LINES = b"From: ann@example.com\r\n\r\n" + b"x" * 70 + b"\n" + b"y\r\n\r\n" * 40_000
LONG_NAME = "n" * 300
SIZES = [57 * 1024 * 2, 57 * 1024 * 2 + 1, 57 * 1024 * 2 - 1, 70_003]


def raw_mail(*files: models.Attachment, **settings: Any) -> bytes:
    """Return the message of a mail that only the raw form can hold."""
    odd = compose.attachment(b"x", file_name=LONG_NAME)
    given: dict[str, Any] = {"sender": "shop@example.com", "to": "ann@example.net", "subject": "é", "text": "Hi"}
    mail = compose.mail(**given, attachments=[odd, *files], **settings)
    assert mail.content.raw
    return mail.content.raw.data


def by_the_library(monkeypatch: pytest.MonkeyPatch, write: Callable[[], bytes]) -> tuple[bytes, bytes]:
    """Return what is written, and what the library alone writes, with the same boundaries."""
    random.seed(1)
    ours = write()
    monkeypatch.setattr(mime, "_LARGE", 10**9)
    random.seed(1)
    return ours, write()


@pytest.mark.parametrize("size", SIZES)
def test_large_files_are_written_as_the_library_writes_them(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [
        compose.attachment(BLOB[:size], file_name="a.pdf", content_description="é"),
        compose.attachment(b"small", file_name="b.txt"),
        compose.attachment(LINES, file_name="c.eml"),
        compose.attachment(LINES + b"end", file_name="d.eml"),
        compose.attachment(b"y" * 70_000 + b"\n", file_name="e.txt"),
    ]
    picture = {"logo": compose.attachment(BLOB, file_name="logo.png")}
    html = '<img src="cid:logo">' + "<br>é\n" * 50_000

    def write() -> bytes:
        return raw_mail(*files, inline=picture, html=html)

    ours, theirs = by_the_library(monkeypatch, write)
    assert ours == theirs
    parts = {part.get_filename(): part for part in message_from_bytes(ours, policy=default).walk()}
    assert parts["a.pdf"].get_content() == BLOB[:size]
    assert parts["logo.png"].get_content() == BLOB
    assert parts["c.eml"].get_content_type() == "message/rfc822"


def test_a_large_file_may_be_given_as_any_bytes() -> None:
    kinds: tuple[Any, ...] = (bytes, bytearray, memoryview)
    files = [
        models.Attachment(file_name="a.bin", raw_content=kind(BLOB), content_type="application/pdf") for kind in kinds
    ]
    message = message_from_bytes(raw_mail(*files), policy=default)
    assert [part.get_content() for part in message.iter_attachments()][1:] == [BLOB] * 3


def email_message() -> AnyMessage:
    """Return a message of the newer API."""
    message = EmailMessage()
    message.set_content("é\n" * 50_000)
    message.add_alternative("<p>Hi\n" * 20_000, subtype="html")
    message.add_attachment(BLOB, maintype="image", subtype="png", filename="a.png")
    inner = EmailMessage()
    inner.set_content("Hi\n" * 40_000)
    message.add_attachment(inner)
    return message


def older_message() -> AnyMessage:
    """Return a message of the older API, with line ends of all kinds, and with bytes that are not ASCII."""
    message = MIMEMultipart()
    for text in ("Hi\r" * 40_000, "Hi\r\n" * 40_000 + "end", "\r\n\n\r" * 30_000, "x\n" * 60_000):
        message.attach(MIMEText(text, "plain", "us-ascii"))
    part = message_from_bytes(b"Content-Type: text/plain; charset=utf-8\n\n" + "é\n".encode() * 40_000)
    message.attach(part)
    return message


def signed_message() -> AnyMessage:
    """Return a message whose parts the library writes with another policy."""
    message = EmailMessage()
    message["Content-Type"] = "multipart/signed"
    part = MIMEPart()
    part.set_content("Hi\n" * 40_000)
    message.set_payload([part])
    return message


@pytest.mark.parametrize("make", [email_message, older_message, signed_message])
@pytest.mark.parametrize("policy", [mime._POLICY, mime._EIGHT_BIT_POLICY, mime._SEVEN_BIT_POLICY])
def test_a_large_message_is_written_as_the_library_writes_it(make: Callable[[], AnyMessage], policy: Any) -> None:
    message = make()
    message["From"] = "shop@example.com"
    random.seed(1)
    ours = mime._flattened(message, policy)
    data = BytesIO()
    BytesGenerator(data, mangle_from_=False, policy=policy).flatten(message)
    assert ours == data.getvalue()


@pytest.mark.parametrize("size", [998, 999])
@pytest.mark.parametrize("before", ["", "x\n" * 50_000])
def test_a_line_may_have_998_characters(size: int, before: str) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "shop@example.com", "ann@example.net"
    message.set_content(before + "x" * size + "\nend", cte="7bit")
    if size == 998:
        assert compose.raw(message).content.raw
    else:
        with pytest.raises(errors.ParamValidationError, match="998 characters"):
            compose.raw(message)


def peak_of(work: Callable[[], object]) -> int:
    """Return how many bytes some work needs at most."""
    work()
    tracemalloc.start()
    try:
        kept = work()
        del kept
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_large_message_is_in_memory_once_and_a_half_at_most() -> None:
    blob = bytes(3_000_000)
    size = mime.encoded_size(len(blob))
    message = EmailMessage()
    message["From"], message["To"] = "shop@example.com", "ann@example.net"
    message.set_content("Hi")
    message.add_attachment(blob, maintype="image", subtype="png", filename="a.png")
    lines = compose.attachment(LINES * 15, file_name="a.eml")
    assert peak_of(lambda: compose.raw(message)) < 1.5 * size
    assert peak_of(lambda: raw_mail(compose.attachment(blob, file_name="a.png"))) < 1.5 * size
    assert peak_of(lambda: raw_mail(lines)) < 1.5 * len(lines.raw_content)
