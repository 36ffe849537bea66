"""The mail that an event is about, as SES describes it."""

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Final

from ..mail_log import StoredEvent, StoredMail
from ..world import World
from .addresses import domain_of, mailbox_of
from .bodies import stamp
from .mime import head

_WITHOUT_HEADERS: Final = ("Rendering Failure", "DeliveryDelay")
_WITHOUT_ARN: Final = ("Open", "Click")
_MAX_HEADERS: Final = 10_240
"""Bytes of headers that an event has."""


def mail_object(world: World, mail: StoredMail, event: StoredEvent) -> dict[str, Any]:
    """Return the member `mail` of an event."""
    sent_at = datetime.fromtimestamp(mail.sent_at, UTC)
    described: dict[str, Any] = {
        "timestamp": stamp(sent_at),
        "source": mail.sender,
        "sendingAccountId": world.account_id,
        "messageId": mail.message_id,
        "destination": list(mail.recipients.mailboxes),
    }
    if event.type not in _WITHOUT_ARN:
        described["sourceArn"] = mail.facts.get("source_arn")
    if event.type not in _WITHOUT_HEADERS:
        headers = head(world, mail)
        shown: list[dict[str, str]] = []
        size = 0
        for name, value in headers:
            size += len(name) + len(value)
            if size > _MAX_HEADERS:
                break
            shown.append({"name": name, "value": value})
        described["headersTruncated"] = len(shown) < len(headers)
        described["headers"] = shown
        described["commonHeaders"] = _common(mail, sent_at)
    described["tags"] = _tags(mail, event)
    return described


def _common(mail: StoredMail, sent_at: datetime) -> dict[str, Any]:
    common: dict[str, Any] = {"from": [mail.sender]}
    if reply_to := mail.facts.get("reply_to"):
        common["replyTo"] = reply_to
    common["date"] = format_datetime(sent_at)
    for name, values in (("to", mail.recipients.to), ("cc", mail.recipients.cc)):
        if values:
            common[name] = list(values)
    return common | {"messageId": mail.message_id, "subject": mail.subject}


def _tags(mail: StoredMail, event: StoredEvent) -> dict[str, list[str]]:
    facts = mail.facts
    tags = {
        "ses:operation": [mail.operation],
        "ses:source-ip": ["192.0.2.1"],
        "ses:from-domain": [domain_of(mailbox_of(mail.sender))],
        "ses:caller-identity": ["fake"],
    }
    if configuration_set := facts.get("configuration_set"):
        tags["ses:configuration-set"] = [configuration_set]
    if tenant := facts.get("tenant"):
        tags["ses:tenant-name"] = [tenant]
    if event.type == "Delivery":
        tags["ses:outgoing-ip"] = ["192.0.2.8"]
    return tags | {name: [value] for name, value in facts.get("tags", {}).items()}
