"""Mails of tests in short."""

from collections.abc import Sequence

from sesv2kit import SESv2Client, models

SENDER = "shop@example.com"


def simple(
    subject: str = "Hello",
    *,
    text: str | None = "Hi",
    html: str | None = None,
    headers: Sequence[models.MessageHeader] | None = None,
    attachments: Sequence[models.Attachment] | None = None,
) -> models.EmailContent:
    """Return simple content."""
    body = models.Body(
        text=None if text is None else models.Content(data=text),
        html=None if html is None else models.Content(data=html),
    )
    message = models.Message(subject=models.Content(data=subject), body=body, headers=headers, attachments=attachments)
    return models.EmailContent(simple=message)


def send(
    ses: SESv2Client, *to: str, content: models.EmailContent | None = None, sender: str = SENDER, **arguments: object
) -> str:
    """Send a mail, and return its id."""
    response = ses.send_email(
        from_email_address=sender,
        destination=models.Destination(to_addresses=to or ["ann@example.net"]),
        content=content or simple(),
        **arguments,  # type: ignore[arg-type]
    )
    assert response.message_id
    return response.message_id
