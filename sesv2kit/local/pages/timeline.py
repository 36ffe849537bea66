"""The events of a mail in words."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import attrs

from ...testing._service.mail_log import StoredEvent, StoredMail
from ...testing._service.sending.happen import wire_event
from ...testing._service.world import World, moment_of

MAX_EVENTS: Final = 200
"""How many events of a mail are shown: the last ones."""
_NOTES: Final = {
    "Send": "SES took the mail and will try to deliver it.",
    "Delivery": "The server of the recipient took the mail.",
    "Bounce": "The mail could not be delivered.",
    "Complaint": "A recipient marked the mail as unwanted.",
    "DeliveryDelay": "The delivery takes longer; SES goes on trying.",
    "Open": "A recipient opened the mail.",
    "Click": "A recipient followed a link.",
    "Subscription": "A recipient changed what the contact list sends.",
    "Rendering Failure": "The template could not be filled in, so the mail was never made.",
    "Reject": "SES found a virus and did not send the mail.",
}
_MEMBERS: Final = {
    "bounceType": "Type",
    "bounceSubType": "Sub-type",
    "complaintFeedbackType": "Feedback",
    "complaintSubType": "Sub-type",
    "delayType": "Reason",
    "smtpResponse": "Response",
    "link": "Link",
    "userAgent": "Program",
    "ipAddress": "From",
    "reason": "Reason",
    "errorMessage": "Problem",
    "templateName": "Template",
    "contactList": "List",
    "source": "Way",
}


@attrs.frozen
class Entry:
    """An event for the timeline."""

    type: str
    moment: datetime
    note: str
    facts: list[tuple[str, str]]
    """Names and values."""
    wire: Mapping[str, Any]
    """The event as SES publishes it."""


def entries(world: World, mail: StoredMail) -> list[Entry]:
    """Return the events of a mail, oldest first. The caller holds the lock of the database."""
    stored = world.events.of_mail(mail.message_id)[-MAX_EVENTS:]
    return [_entry(world, mail, event) for event in stored]


def _entry(world: World, mail: StoredMail, event: StoredEvent) -> Entry:
    return Entry(
        event.type,
        moment_of(event.occurred_at),
        _NOTES.get(event.type, ""),
        list(_facts(event.body)),
        wire_event(world, mail, event),
    )


def _facts(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if recipients := body.get("recipients"):
        yield "To", ", ".join(map(str, recipients))
    for member in ("bouncedRecipients", "complainedRecipients", "delayedRecipients"):
        for recipient in body.get(member) or ():
            yield "To", str(recipient.get("emailAddress", ""))
            if diagnostic := recipient.get("diagnosticCode"):
                yield "Diagnostic", str(diagnostic)
    for member, name in _MEMBERS.items():
        if value := body.get(member):
            yield name, str(value)
