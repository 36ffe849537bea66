"""Mails from text, HTML, files, templates, or a message of the standard library's `email` or of Django.

None of the functions makes a request: each checks its arguments and returns what the clients take, so
`SESv2Client` and `AsyncSESv2Client` share them all.

    mail = compose.mail(sender="shop@example.com", to="ann@example.net", subject="Hello", text="Hi Ann")
    ses.send_email(**mail.arguments)
"""

from .files import File, Readable
from .mails import (
    Form,
    Mail,
    SendArguments,
    address,
    attachment,
    bulk_content,
    bulk_entry,
    destination,
    mail,
    raw,
    tags,
    template,
    unsubscribe,
)
from .parts import Addresses

__all__ = [
    "Addresses",
    "File",
    "Form",
    "Mail",
    "Readable",
    "SendArguments",
    "address",
    "attachment",
    "bulk_content",
    "bulk_entry",
    "destination",
    "mail",
    "raw",
    "tags",
    "template",
    "unsubscribe",
]
