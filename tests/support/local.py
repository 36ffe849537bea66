"""Mails and pages for the tests of the local service."""

import json
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from sesv2kit import models
from sesv2kit.testing import FakeSES, SentMail


@contextmanager
def pages_of(fake: FakeSES) -> Iterator[httpx.Client]:
    """Serve the pages of a fake service, and yield a client of them that follows no redirects."""
    pytest.importorskip("starlette", reason="the extra sesv2kit[local] is not installed")
    from sesv2kit import local

    # Plain HTTP needs no certificates, and reading those of every authority takes 25 ms.
    with local.serve(fake) as url, httpx.Client(base_url=url, trust_env=False, verify=False) as client:
        yield client


def png(width: int = 2, height: int = 2) -> bytes:
    """Return an image."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = b"".join(b"\0" + b"\x17\x69\x5a" * width for _ in range(height))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def send(
    fake: FakeSES,
    *,
    subject: str = "Hello",
    text: str | None = "Hi Ann",
    html: str | None = "<p>Hi <b>Ann</b></p>",
    to: str = "ann@example.net",
    sender: str = "shop@example.com",
    tags: Mapping[str, str] | None = None,
    attachments: list[models.Attachment] | None = None,
    headers: list[models.MessageHeader] | None = None,
    **arguments: Any,
) -> SentMail:
    """Send a mail, and return it."""
    body = models.Body(
        html=models.Content(data=html) if html is not None else None,
        text=models.Content(data=text) if text is not None else None,
    )
    message = models.Message(subject=models.Content(data=subject), body=body)
    if attachments is not None:
        message = models.Message(subject=message.subject, body=body, attachments=attachments)
    if headers is not None:
        message = models.Message(subject=message.subject, body=body, headers=headers)
    with fake.client() as ses:
        ses.send_email(
            from_email_address=sender,
            destination=models.Destination(to_addresses=[to]),
            content=models.EmailContent(simple=message),
            email_tags=[models.MessageTag(name=name, value=value) for name, value in (tags or {}).items()],
            **arguments,
        )
    return fake.outbox[-1]


def send_template(fake: FakeSES, data: Mapping[str, Any]) -> str:
    """Send a mail out of the template `welcome`, and return its id."""
    with fake.client() as ses:
        if not ses.list_email_templates().templates_metadata:
            create_template(fake)
        response = ses.send_email(
            from_email_address="shop@example.com",
            destination=models.Destination(to_addresses=["kim@example.net"]),
            content=models.EmailContent(
                template=models.Template(template_name="welcome", template_data=json.dumps(data))
            ),
        )
    return response.message_id


def create_template(fake: FakeSES, name: str = "welcome") -> None:
    """Keep a template."""
    content = models.EmailTemplateContent(
        subject="Welcome {{name}}", html="<h1>Welcome {{name}}</h1><p>{{voucher.code}}</p>", text="Welcome {{name}}"
    )
    with fake.client() as ses:
        ses.create_email_template(template_name=name, template_content=content)


def visible(page: str) -> str:
    """Return the words of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())
