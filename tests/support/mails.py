"""Mails of tests in short."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sesv2kit import SESv2Client, models
from sesv2kit.testing import FakeSES

SENDER = "shop@example.com"
PERSON = "ann@example.net"
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def service(**settings: Any) -> Iterator[tuple[FakeSES, SESv2Client]]:
    """Yield a fake service and a client of it, which does not repeat what is refused."""
    with FakeSES(**settings) as fake, fake.client(retry_mode="off") as ses:
        yield fake, ses


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
    return models.EmailContent(
        simple=models.Message(subject=models.Content(data=subject), body=body, headers=headers, attachments=attachments)
    )


def raw(data: bytes) -> models.EmailContent:
    """Return a ready-made message."""
    return models.EmailContent(raw=models.RawMessage(data=data))


def stored(ses: SESv2Client, name: str = "welcome", **parts: str) -> None:
    """Create a template."""
    content = models.EmailTemplateContent(**({"subject": "Hello {{name}}", "text": "Hi {{name}}"} | parts))
    ses.create_email_template(template_name=name, template_content=content)


def template(name: str | None = "welcome", data: str | None = '{"name": "Ann"}', **facts: Any) -> models.EmailContent:
    """Return a template as content."""
    return models.EmailContent(template=models.Template(template_name=name, template_data=data, **facts))


def send(
    ses: SESv2Client, *to: str, content: models.EmailContent | None = None, sender: str = SENDER, **arguments: Any
) -> str:
    """Send a mail, and return its id."""
    response = ses.send_email(
        from_email_address=sender,
        destination=models.Destination(to_addresses=to or (PERSON,)),
        content=content or simple(),
        **arguments,
    )
    assert response.message_id
    return response.message_id


def entry(*to: str, data: str | None = None, **facts: Any) -> models.BulkEmailEntry:
    """Return an entry of a bulk request."""
    replacement = models.ReplacementEmailContent(
        replacement_template=models.ReplacementTemplate(replacement_template_data=data)
    )
    return models.BulkEmailEntry(
        destination=models.Destination(to_addresses=to),
        replacement_email_content=replacement if data else None,
        **facts,
    )


def publishing(ses: SESv2Client, name: str, *kinds: str, **options: Any) -> None:
    """Create a configuration set that publishes kinds of events to a topic."""
    ses.create_configuration_set(configuration_set_name=name, **options)
    ses.create_configuration_set_event_destination(
        configuration_set_name=name,
        event_destination_name="topic",
        event_destination=models.EventDestinationDefinition(
            enabled=True,
            matching_event_types=kinds,
            sns_destination=models.SnsDestination(topic_arn="arn:aws:sns:us-east-1:123456789012:events"),
        ),
    )


def kinds_of(fake: FakeSES) -> list[str]:
    """Return the kinds of all events so far."""
    return [event.type for event in fake.events]
