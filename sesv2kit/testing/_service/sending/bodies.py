"""The bodies of events, as SES writes them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import attrs

from ...._core.exceptions import ConfigurationError
from ..mail_log import StoredMail
from ..world import World

SUPPRESSED: Final = "OnAccountSuppressionList"
SUPPRESSED_FOR_TENANT: Final = "OnTenantSuppressionList"
Body = dict[str, Any]


@attrs.frozen
class _Kind:
    type: str
    status: str
    diagnostic: str


BOUNCES: Final[Mapping[str, _Kind]] = {
    "General": _Kind("Permanent", "5.1.1", "smtp; 550 5.1.1 user unknown"),
    "NoEmail": _Kind("Permanent", "5.1.1", "smtp; 550 5.1.1 the mailbox does not exist"),
    "Suppressed": _Kind("Permanent", "5.1.1", "the address is on the global suppression list of Amazon SES"),
    SUPPRESSED: _Kind("Permanent", "5.1.1", "the address is on the suppression list of your account"),
    SUPPRESSED_FOR_TENANT: _Kind("Permanent", "5.1.1", "the address is on the suppression list of the tenant"),
    "EmailValidationSuppressed": _Kind("Permanent", "5.1.1", "the address was judged not worth an attempt"),
    "UnsubscribedRecipient": _Kind("Permanent", "5.1.1", "the contact has left the topic or the list"),
    "MailboxFull": _Kind("Transient", "5.2.2", "smtp; 552 5.2.2 the mailbox is full"),
    "MessageTooLarge": _Kind("Transient", "5.3.4", "smtp; 552 5.3.4 the message is too large"),
    "CustomTimeoutExceeded": _Kind("Transient", "4.4.7", "smtp; 450 4.4.7 the delivery took too long"),
    "ContentRejected": _Kind("Transient", "5.6.1", "smtp; 554 5.6.1 the content was refused"),
    "AttachmentRejected": _Kind("Transient", "5.6.1", "smtp; 554 5.6.1 an attachment was refused"),
    "Undetermined": _Kind("Undetermined", "5.0.0", "smtp; 550 5.0.0"),
}
"""What each sub-type of a bounce says."""
_TEMPORARY: Final = _Kind("Transient", "4.0.0", "smtp; 450 4.0.0 try again later")
_MTA_IP: Final = "192.0.2.25"


def stamp(moment: datetime) -> str:
    """Return a time as events have it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def reporting_mta(world: World) -> str:
    """Return the host that delivers mails."""
    return f"a8-50.smtp-out.{world.region}.amazonses.com"


def delivery(world: World, mail: StoredMail, recipients: Sequence[str]) -> Body:
    """Return the body of a Delivery."""
    return {
        "timestamp": stamp(world.now),
        "processingTimeMillis": max(0, round((world.now.timestamp() - mail.sent_at) * 1000)),
        "recipients": list(recipients),
        "smtpResponse": "250 2.6.0 Message received",
        "reportingMTA": reporting_mta(world),
        "remoteMtaIp": _MTA_IP,
    }


def bounce(
    world: World,
    recipients: Sequence[str],
    sub_type: str,
    *,
    bounce_type: str | None = None,
    diagnostic: str | None = None,
) -> Body:
    """Return the body of a Bounce.

    Raises:
        ConfigurationError: SES has no such bounces.
    """
    kind = BOUNCES.get(sub_type)
    if kind is None:
        raise ConfigurationError(f"there is no bounce {sub_type!r}; SES has {', '.join(BOUNCES)}")
    if sub_type == "General" and bounce_type == "Transient":
        kind = _TEMPORARY
    if bounce_type not in (None, kind.type):
        raise ConfigurationError(f"a bounce {sub_type!r} has the type {kind.type!r}, not {bounce_type!r}")
    bounced = [
        {
            "emailAddress": recipient,
            "action": "failed",
            "status": kind.status,
            "diagnosticCode": diagnostic or kind.diagnostic,
        }
        for recipient in recipients
    ]
    return {
        "feedbackId": world.new_message_id(world.now),
        "bounceType": kind.type,
        "bounceSubType": sub_type,
        "bouncedRecipients": bounced,
        "timestamp": stamp(world.now),
        "reportingMTA": f"dns; {reporting_mta(world)}",
    }


def complaint(
    world: World, mail: StoredMail, recipients: Sequence[str], feedback_type: str | None, sub_type: str | None = None
) -> Body:
    """Return the body of a Complaint; one with a sub-type stands for a mail that was not attempted."""
    body: Body = {
        "feedbackId": world.new_message_id(world.now),
        "complaintSubType": sub_type,
        "complainedRecipients": [{"emailAddress": recipient} for recipient in recipients],
        "timestamp": stamp(world.now),
    }
    if feedback_type:
        body["userAgent"] = "Amazon SES Mailbox Simulator"
        body["complaintFeedbackType"] = feedback_type
        body["arrivalDate"] = stamp(datetime.fromtimestamp(mail.sent_at, UTC))
    return body


def delay(world: World, recipients: Sequence[str], delay_type: str, expires_at: datetime) -> Body:
    """Return the body of a DeliveryDelay."""
    return {
        "timestamp": stamp(world.now),
        "delayType": delay_type,
        "expirationTime": stamp(expires_at),
        "reportingMTA": reporting_mta(world),
        "delayedRecipients": [
            {"emailAddress": recipient, "status": "4.4.1", "diagnosticCode": "smtp; 421 4.4.1 no response"}
            for recipient in recipients
        ],
    }


def opened(world: World, user_agent: str, ip_address: str, *, is_bot: bool) -> Body:
    """Return the body of an Open."""
    return {
        "timestamp": stamp(world.now),
        "userAgent": user_agent,
        "ipAddress": ip_address,
        "isBotEvent": "Likely" if is_bot else "Unlikely",
    }


def clicked(
    world: World, user_agent: str, ip_address: str, link: str, link_tags: Mapping[str, Sequence[str]], *, is_bot: bool
) -> Body:
    """Return the body of a Click."""
    tags = {name: list(values) for name, values in link_tags.items()}
    return opened(world, user_agent, ip_address, is_bot=is_bot) | {"link": link, "linkTags": tags or None}
