"""The service accepts a mail: it is stored, and so are the events that follow at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from ..mail_log import Recipients, StoredMail
from ..records import ConfigurationSet, Tenant
from ..world import World
from . import bodies, lists, suppression
from .addresses import simulated
from .content import Content
from .happen import happen
from .lists import Subscription
from .rendering import UNSUBSCRIBE
from .tracking import PLACEHOLDER, Tracking

_DELIVERED = ("success", "complaint", "ooto")


@attrs.define(kw_only=True)
class Sending:
    """The settings that all mails of a request have in common."""

    operation: str
    sender: str
    source_arn: str
    reply_to: Sequence[str] = ()
    return_path: str | None = None
    configuration_set: ConfigurationSet | None = None
    tenant: Tenant | None = None
    subscription: Subscription | None = None
    tracking: Tracking | None = None
    request: int = 0
    """The number of the request in the log, which it gets once nothing is wrong with it."""


def count_recipients(mailboxes: Sequence[str]) -> int:
    """Return how many recipients count against the quota."""
    return sum(simulated(mailbox) is None for mailbox in mailboxes)


def accept(
    world: World,
    sending: Sending,
    content: Content,
    recipients: Recipients,
    mailboxes: Sequence[str],
    tags: Mapping[str, str],
    entry: int | None = None,
) -> str:
    """Take a mail, and return its id.

    Args:
        world: The state of the service.
        sending: What it has in common with the other mails of the request.
        content: What it says.
        recipients: Who it goes to, as in the request.
        mailboxes: The same, without names.
        tags: Its tags.
        entry: Its position in a bulk request.
    """
    now = world.now
    moment, message_id = now.timestamp(), world.new_message_id(now)
    facts = _facts(sending, content, tags)
    if entry is not None:
        facts["entry"] = entry
    text, html = content.text, content.html
    if sending.subscription:
        url = facts["unsubscribe_url"] = unsubscribe_url(world, message_id)
        text = text and text.replace(UNSUBSCRIBE, url)
        html = html and html.replace(UNSUBSCRIBE, url)
    if html and not sending.tracking and PLACEHOLDER in html:
        html = html.replace(PLACEHOLDER, "")
    mail = StoredMail(
        message_id=message_id,
        sent_at=moment,
        operation=sending.operation,
        sender=sending.sender,
        recipients=recipients,
        subject=content.subject,
        text=text,
        html=html,
        facts=facts,
        counted=count_recipients(mailboxes),
        request=sending.request,
        status="failed" if content.failure else "sent",
    )
    world.recent.add(moment, mail.counted)
    world.add_mail(mail)
    if content.failure:
        happen(world, mail, "Rendering Failure", {"templateName": content.template, "errorMessage": content.failure})
        return message_id
    happen(world, mail, "Send", {})
    if content.has_virus:
        happen(world, mail, "Reject", {"reason": "Bad content"})
    else:
        _deliver(world, sending, mail, mailboxes)
    return message_id


def unsubscribe_url(world: World, message_id: str) -> str:
    """Return the address of the page on which the recipient of a mail leaves the list."""
    base = world.settings.public_url or f"https://unsubscribe.{world.region}.amazonses.com"
    return f"{base}/unsubscribe/{message_id}"


def _facts(sending: Sending, content: Content, tags: Mapping[str, str]) -> dict[str, Any]:
    subscription = sending.subscription
    facts = {
        "source_arn": sending.source_arn,
        "tags": dict(tags),
        "reply_to": list(sending.reply_to),
        "return_path": sending.return_path,
        "configuration_set": sending.configuration_set and sending.configuration_set.name,
        "tenant": sending.tenant and sending.tenant.attributes.tenant_name,
        "contact_list": subscription and subscription.list_name,
        "topic": subscription and subscription.topic,
        "tracking": sending.tracking and sending.tracking.facts(),
        "headers": content.headers,
        "attachments": content.attachments,
        "template": content.template,
        "template_data": content.template_data,
        "is_raw": content.is_raw,
    }
    return {name: value for name, value in facts.items() if value}


def _deliver(world: World, sending: Sending, mail: StoredMail, mailboxes: Sequence[str]) -> None:
    """Make the events that follow at once for each recipient."""
    rules = suppression.rules_of(world, sending.configuration_set, sending.tenant)
    delivered: list[str] = []
    complaining: list[str] = []
    for mailbox in dict.fromkeys(mailboxes):
        kind = simulated(mailbox)
        if sending.subscription and lists.has_left(world, sending.subscription, mailbox):
            _bounce(world, mail, mailbox, "UnsubscribedRecipient")
        elif kind in _DELIVERED:
            delivered.append(mailbox)
            if kind == "complaint":
                complaining.append(mailbox)
        elif kind == "bounce":
            _bounce(world, mail, mailbox, "General")
        elif kind == "suppressionlist":
            diagnostic = f"Amazon SES has suppressed sending to {mailbox} because of earlier bounces of this address."
            _bounce(world, mail, mailbox, "General", diagnostic)
        elif reason := suppression.reason_for(world, rules, mailbox):
            _suppressed(world, mail, mailbox, reason, for_tenant=bool(rules.tenant_name))
        elif kind is None and world.settings.auto_deliver:
            delivered.append(mailbox)
    if delivered:
        happen(world, mail, "Delivery", bodies.delivery(world, mail, delivered))
    for mailbox in complaining:
        happen(world, mail, "Complaint", bodies.complaint(world, mail, [mailbox], "abuse"))


def _bounce(world: World, mail: StoredMail, mailbox: str, sub_type: str, diagnostic: str | None = None) -> None:
    happen(world, mail, "Bounce", bodies.bounce(world, [mailbox], sub_type, diagnostic=diagnostic))


def _suppressed(world: World, mail: StoredMail, mailbox: str, reason: str, *, for_tenant: bool) -> None:
    sub_type = bodies.SUPPRESSED_FOR_TENANT if for_tenant else bodies.SUPPRESSED
    if reason == "COMPLAINT":
        happen(world, mail, "Complaint", bodies.complaint(world, mail, [mailbox], None, sub_type))
    else:
        _bounce(world, mail, mailbox, sub_type)
