"""What happens to a mail after it was sent, when a test or somebody at the page says so."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from .... import errors
from ...._core.exceptions import ConfigurationError
from ..mail_log import StoredEvent, StoredMail
from ..records import ConfigurationSet, Tenant
from ..world import World
from . import bodies, lists, suppression, tracking
from .addresses import mailbox_of, simulated
from .happen import happen
from .lists import Subscription

USER_AGENT: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
IP_ADDRESS: Final = "192.0.2.44"
_GIVES_UP_AFTER: Final = timedelta(hours=14)
_HARD: Final = ("General", "NoEmail")
"""The sub-types of bounces, of the type Permanent, that put an address on the suppression list."""


def find_mail(world: World, message_id: str) -> StoredMail:
    """Return a mail that was sent.

    Raises:
        ConfigurationError: There is no such mail, or its template could not be filled in.
    """
    mail = world.mails.find(message_id)
    if mail is None:
        raise ConfigurationError(f"there is no mail {message_id!r}")
    if mail.status == "failed":
        raise ConfigurationError(f"the mail {message_id!r} was not sent, as its template could not be filled in")
    return mail


def recipients_of(mail: StoredMail, recipients: Sequence[str] | None) -> list[str]:
    """Return the recipients that something happens to: all, or those that are given.

    Raises:
        ConfigurationError: The mail has no such recipient.
    """
    known = list(dict.fromkeys(mail.recipients.mailboxes))
    if recipients is None:
        return known
    if not recipients:
        raise ConfigurationError("recipients must name at least one recipient of the mail")
    chosen = [_mailbox(recipient) for recipient in recipients]
    if strangers := [recipient for recipient in chosen if recipient not in known]:
        raise ConfigurationError(f"the mail did not go to {strangers[0]!r}, but to {', '.join(known)}")
    return chosen


def _mailbox(recipient: str) -> str:
    try:
        return mailbox_of(recipient)
    except errors.BadRequestException:  # what is not an address is not a recipient either
        return recipient


def deliver(world: World, mail: StoredMail, recipients: Sequence[str] | None) -> StoredEvent:
    """Let the recipients' servers take a mail."""
    body = bodies.delivery(world, mail, recipients_of(mail, recipients))
    return happen(world, mail, "Delivery", body)


def bounce(
    world: World,
    mail: StoredMail,
    sub_type: str,
    bounce_type: str | None,
    recipients: Sequence[str] | None,
    diagnostic: str | None,
) -> StoredEvent:
    """Let a mail bounce; a hard bounce puts the addresses on the suppression list."""
    chosen = recipients_of(mail, recipients)
    body = bodies.bounce(world, chosen, sub_type, bounce_type=bounce_type, diagnostic=diagnostic)
    if body["bounceType"] == "Permanent" and sub_type in _HARD:
        _suppress(world, mail, chosen, "BOUNCE", body["feedbackId"])
    return happen(world, mail, "Bounce", body)


def complain(world: World, mail: StoredMail, feedback_type: str, recipients: Sequence[str] | None) -> StoredEvent:
    """Let recipients complain of a mail, which puts their addresses on the suppression list."""
    chosen = recipients_of(mail, recipients)
    body = bodies.complaint(world, mail, chosen, feedback_type)
    _suppress(world, mail, chosen, "COMPLAINT", body["feedbackId"])
    return happen(world, mail, "Complaint", body)


def _suppress(world: World, mail: StoredMail, recipients: Sequence[str], reason: str, feedback_id: str) -> None:
    configuration_set = world.records(ConfigurationSet).get(mail.facts.get("configuration_set", ""))
    tenant = world.records(Tenant).get(mail.facts.get("tenant", ""))
    rules = suppression.rules_of(world, configuration_set, tenant)
    for recipient in recipients:
        if simulated(recipient) is None:
            suppression.suppress(world, rules, recipient, reason, mail.message_id, feedback_id)


def delay(world: World, mail: StoredMail, delay_type: str, recipients: Sequence[str] | None) -> StoredEvent:
    """Let the delivery of a mail take longer."""
    body = bodies.delay(world, recipients_of(mail, recipients), delay_type, world.now + _GIVES_UP_AFTER)
    return happen(world, mail, "DeliveryDelay", body)


def open_mail(world: World, mail: StoredMail, user_agent: str, ip_address: str, *, is_bot: bool) -> StoredEvent:
    """Let somebody open a mail."""
    return happen(world, mail, "Open", bodies.opened(world, user_agent, ip_address, is_bot=is_bot))


def click(
    world: World, mail: StoredMail, url: str | None, user_agent: str, ip_address: str, *, is_bot: bool
) -> StoredEvent:
    """Let somebody follow a link of a mail.

    Raises:
        ConfigurationError: The mail has no such link, or no link at all.
    """
    link = _find_link(mail, url)
    body = bodies.clicked(world, user_agent, ip_address, link.url, link.tags, is_bot=is_bot)
    return happen(world, mail, "Click", body)


def _find_link(mail: StoredMail, url: str | None) -> tracking.Link:
    found = tracking.links(mail.html, mail.text)
    if not found:
        raise ConfigurationError("the mail has no links")
    if url is None:
        return found[0]
    original = tracking.original_link(url) or url
    for link in found:
        if link.url == original:
            return link
    raise ConfigurationError(f"the mail has no link {url!r}; its links are {', '.join(link.url for link in found)}")


def unsubscribe(world: World, mail: StoredMail, recipient: str | None, source: str) -> StoredEvent:
    """Let a recipient leave the topic or the list that a mail belongs to.

    Args:
        world: The state of the service.
        mail: The mail.
        recipient: Who; None for the first recipient.
        source: By which way, as Subscription events have it.

    Raises:
        ConfigurationError: The mail belongs to no list, or has no such recipient.
    """
    facts = mail.facts
    if "contact_list" not in facts:
        raise ConfigurationError("the mail belongs to no contact list, see list_management_options of send_email")
    address = recipients_of(mail, None if recipient is None else [recipient])[0]
    before, after = lists.leave(world, Subscription(facts["contact_list"], facts.get("topic")), address)
    body = {
        "contactList": facts["contact_list"],
        "timestamp": bodies.stamp(world.now),
        "source": source,
        "newTopicPreferences": lists.preferences(world, after),
        "oldTopicPreferences": lists.preferences(world, before),
    }
    return happen(world, mail, "Subscription", body)
