"""What tests look at after a send, and what they let happen to mails."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Final, Literal, TypeVar, get_args
from urllib.parse import urlsplit

import attrs

from .._core.exceptions import ConfigurationError
from .._core.model import is_collection_of, is_mapping
from .._core.settings import OPTIONAL_TEXT, SWITCH, TEXT, Rule, check_settings, is_text
from ..events import (
    BounceEvent,
    ClickEvent,
    ComplaintEvent,
    DeliveryDelayEvent,
    DeliveryEvent,
    Event,
    OpenEvent,
    SubscriptionEvent,
)
from ..models import EventDestination
from ._service.mail_log import StoredEvent, StoredMail
from ._service.sending import reactions
from ._service.sending.destinations import destinations_of
from ._service.sending.happen import typed_event
from ._service.sending.reactions import IP_ADDRESS, USER_AGENT
from ._service.sending.visits import Page, Visitor, visit
from ._service.world import World
from .assertions import Wanted, find_sent
from .log import Log, SentMails
from .outbox import SentMail
from .sns import FakeSNS

BounceReason = Literal[
    "General",
    "NoEmail",
    "Suppressed",
    "OnAccountSuppressionList",
    "OnTenantSuppressionList",
    "EmailValidationSuppressed",
    "UnsubscribedRecipient",
    "MailboxFull",
    "MessageTooLarge",
    "CustomTimeoutExceeded",
    "ContentRejected",
    "AttachmentRejected",
    "Undetermined",
]
DelayReason = Literal[
    "InternalFailure",
    "General",
    "MailboxFull",
    "SpamDetected",
    "RecipientServerError",
    "IPFailure",
    "TransientCommunicationFailure",
    "BYOIPHostNameLookupUnavailable",
    "Undetermined",
    "SendingDeferral",
]
_DELAYS: Final = get_args(DelayReason)


_OPTIONAL_PATTERN: Final = Rule(
    lambda value: value is None or isinstance(value, str | re.Pattern), "must be a str, a pattern or None"
)
_RULES: Final[Mapping[str, Rule]] = {
    "event": Rule(lambda value: isinstance(value, Event), "must be an Event"),
    "mail": Rule(lambda value: isinstance(value, SentMail | str), "must be a SentMail or its message_id"),
    "recipients": Rule(
        lambda value: value is None or is_collection_of(value, is_text), "must be a sequence of addresses, or None"
    ),
    "recipient": OPTIONAL_TEXT,
    "reason": TEXT,
    "bounce_type": OPTIONAL_TEXT,
    "diagnostic": OPTIONAL_TEXT,
    "feedback_type": TEXT,
    "url": OPTIONAL_TEXT,
    "user_agent": TEXT,
    "ip_address": TEXT,
    "is_bot": SWITCH,
}
"""What the arguments of the methods have to be that let something happen to a mail."""
_VISIT_RULES: Final[Mapping[str, Rule]] = dict.fromkeys(("url", "method", "user_agent", "ip_address"), TEXT)
_WANTED_RULES: Final[Mapping[str, Rule]] = {
    "to": OPTIONAL_TEXT,
    "sender": OPTIONAL_TEXT,
    "template": OPTIONAL_TEXT,
    "subject": _OPTIONAL_PATTERN,
    "text": _OPTIONAL_PATTERN,
    "html": _OPTIONAL_PATTERN,
    "tags": Rule(lambda value: value is None or is_mapping(value), "must be a mapping, or None"),
    "times": Rule(lambda value: value is None or (type(value) is int and value >= 0), "must be an int from 0, or None"),
}
"""What the arguments of `assert_sent` have to be."""

EventT = TypeVar("EventT", bound=Event)


class MailActions:
    """The part of `FakeSES` that is about mails which were sent.

    Methods that take a mail take its `message_id` as well. They return the event that SES would publish.
    """

    world: World

    @property
    def outbox(self) -> Sequence[SentMail]:
        """The mails that were sent, oldest first. A mail whose template could not be filled in is not among them."""
        world = self.world
        return Log(world.database.lock, SentMails(world.mails), lambda stored: SentMail(world, stored))

    @property
    def events(self) -> Sequence[Event]:
        """Everything that happened to mails so far, in its order, as `sesv2kit.events` reads it."""
        return Log(self.world.database.lock, self.world.events, self._typed)

    def _typed(self, event: StoredEvent) -> Event:
        mail = self.world.mails.find(event.message_id)
        if mail is None:  # pragma: no cover -- mails and events are deleted together
            raise ConfigurationError(f"there is no mail {event.message_id!r}")
        return typed_event(self.world, mail, event)

    @cached_property
    def sns(self) -> FakeSNS:
        """SNS, which signs events, see `FakeSNS`."""
        return FakeSNS(self.world.region)

    def destinations_of(self, event: Event) -> Sequence[EventDestination]:
        """Return the event destinations of a mail's configuration set that an event goes to.

        Args:
            event: An event of this service.

        Raises:
            ConfigurationError: It is not an event.
        """
        check_settings(_RULES, {"event": event})
        with self.world.database.lock:
            mail = self.world.mails.find(event.message_id or "")
            return destinations_of(self.world, mail, event.type) if mail else ()

    def assert_sent(
        self,
        *,
        to: str | None = None,
        subject: str | re.Pattern[str] | None = None,
        times: int | None = None,
        sender: str | None = None,
        template: str | None = None,
        text: str | re.Pattern[str] | None = None,
        html: str | re.Pattern[str] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> Sequence[SentMail]:
        """Check that a mail was sent. What is not given does not matter.

        Args:
            to: One of its To addresses, with or without the name.
            subject: Its subject, or a pattern that is found in it.
            times: How many such mails there have to be. Default: 1 or more.
            sender: Its From address, with or without the name.
            template: The name of its template.
            text: What its plain text holds, or a pattern that is found in it.
            html: What its HTML holds, or a pattern that is found in it.
            tags: Tags that it has, perhaps among others.

        Returns:
            Sequence[SentMail]: The mails, oldest first.

        Raises:
            AssertionError: There is no such mail, or another number of them. The message shows the outbox.
            ConfigurationError: An argument is of a wrong type.
        """
        wanted = Wanted(to=to, subject=subject, sender=sender, template=template, text=text, html=html, tags=tags)
        check_settings(_WANTED_RULES, {**attrs.asdict(wanted, recurse=False), "times": times})
        with self.world.database.lock:
            failures = [str(event.body["errorMessage"]) for event in self.world.events.of_type("Rendering Failure")]
        return find_sent(self.outbox, failures, wanted, times)

    def deliver(self, mail: SentMail | str, *, recipients: Sequence[str] | None = None) -> DeliveryEvent:
        """Let the servers of the recipients take a mail.

        Args:
            mail: The mail, or its id.
            recipients: Some of its recipients. Default: all.
        """
        return self._happen(
            mail,
            DeliveryEvent,
            lambda stored: reactions.deliver(self.world, stored, recipients),
            recipients=recipients,
        )

    def bounce(
        self,
        mail: SentMail | str,
        reason: BounceReason | str = "General",
        *,
        bounce_type: Literal["Permanent", "Transient", "Undetermined"] | None = None,
        recipients: Sequence[str] | None = None,
        diagnostic: str | None = None,
    ) -> BounceEvent:
        """Let a mail bounce. A hard bounce puts the addresses on the suppression list, as the service's does.

        Args:
            mail: The mail, or its id.
            reason: The sub-type of the bounce, such as `NoEmail` or `MailboxFull`. Default: `General`.
            bounce_type: The type, which follows from the sub-type except for `General`, which may be `Transient` as
                well. Default: `Permanent` for `General`.
            recipients: Some of its recipients. Default: all.
            diagnostic: What the recipient's server said. Default: a text that fits.

        Raises:
            ConfigurationError: There is no such mail, recipient or bounce.
        """
        return self._happen(
            mail,
            BounceEvent,
            lambda stored: reactions.bounce(self.world, stored, reason, bounce_type, recipients, diagnostic),
            reason=reason,
            bounce_type=bounce_type,
            recipients=recipients,
            diagnostic=diagnostic,
        )

    def complain(
        self, mail: SentMail | str, feedback_type: str = "abuse", *, recipients: Sequence[str] | None = None
    ) -> ComplaintEvent:
        """Let recipients mark a mail as unwanted, which puts their addresses on the suppression list.

        Args:
            mail: The mail, or its id.
            feedback_type: What they complain of, see `sesv2kit.events.ComplaintFeedbackType`. Default: `abuse`.
            recipients: Some of its recipients. Default: all.
        """
        return self._happen(
            mail,
            ComplaintEvent,
            lambda stored: reactions.complain(self.world, stored, feedback_type, recipients),
            feedback_type=feedback_type,
            recipients=recipients,
        )

    def delay(
        self,
        mail: SentMail | str,
        reason: DelayReason | str = "TransientCommunicationFailure",
        *,
        recipients: Sequence[str] | None = None,
    ) -> DeliveryDelayEvent:
        """Let the delivery of a mail take longer.

        Args:
            mail: The mail, or its id.
            reason: Why, see `sesv2kit.events.DelayType`. Default: `TransientCommunicationFailure`.
            recipients: Some of its recipients. Default: all.

        Raises:
            ConfigurationError: There is no such mail, recipient or reason.
        """
        if reason not in _DELAYS:
            raise ConfigurationError(f"there is no delay {reason!r}; SES has {', '.join(_DELAYS)}")
        return self._happen(
            mail,
            DeliveryDelayEvent,
            lambda stored: reactions.delay(self.world, stored, reason, recipients),
            recipients=recipients,
        )

    def open(
        self, mail: SentMail | str, *, user_agent: str = USER_AGENT, ip_address: str = IP_ADDRESS, is_bot: bool = False
    ) -> OpenEvent:
        """Let somebody open a mail. That works for a mail without a tracking image, too.

        Args:
            mail: The mail, or its id.
            user_agent: The program that opens it. Default: a browser.
            ip_address: The address that it is opened from.
            is_bot: Whether SES takes the program for a bot. Default: False.
        """
        return self._happen(
            mail,
            OpenEvent,
            lambda stored: reactions.open_mail(self.world, stored, user_agent, ip_address, is_bot=is_bot),
            user_agent=user_agent,
            ip_address=ip_address,
            is_bot=is_bot,
        )

    def click(
        self,
        mail: SentMail | str,
        url: str | None = None,
        *,
        user_agent: str = USER_AGENT,
        ip_address: str = IP_ADDRESS,
        is_bot: bool = False,
    ) -> ClickEvent:
        """Let somebody follow a link of a mail.

        Args:
            mail: The mail, or its id.
            url: The link, as it was in the mail or as tracking replaced it. Default: the first link.
            user_agent: The program that follows it. Default: a browser.
            ip_address: The address that it is followed from.
            is_bot: Whether SES takes the program for a bot. Default: False.

        Raises:
            ConfigurationError: There is no such mail, or it has no such link.
        """
        return self._happen(
            mail,
            ClickEvent,
            lambda stored: reactions.click(self.world, stored, url, user_agent, ip_address, is_bot=is_bot),
            url=url,
            user_agent=user_agent,
            ip_address=ip_address,
            is_bot=is_bot,
        )

    def unsubscribe(self, mail: SentMail | str, *, recipient: str | None = None) -> SubscriptionEvent:
        """Let a recipient leave the topic that a mail belongs to, or the whole list if it belongs to none.

        Args:
            mail: The mail, or its id.
            recipient: Who. Default: the first recipient.

        Raises:
            ConfigurationError: There is no such mail or recipient, or the mail belongs to no contact list.
        """
        return self._happen(
            mail,
            SubscriptionEvent,
            lambda stored: reactions.unsubscribe(self.world, stored, recipient, "UnsubscribeHeader"),
            recipient=recipient,
        )

    def visit(
        self, url: str, *, method: str = "GET", user_agent: str = USER_AGENT, ip_address: str = IP_ADDRESS
    ) -> Page | None:
        """Follow an address that the service has put into a mail, as its recipient would.

        The image of opens and tracked links yield their events. The link to leave a list shows a page; with `POST` it
        unsubscribes the recipient. The link of a verification mail verifies the address.

        Args:
            url: The address, or its path alone.
            method: The HTTP method. Default: `GET`.
            user_agent: The program that follows it. Default: a browser.
            ip_address: The address that it is followed from.

        Returns:
            Page: What comes back, such as a redirect to the link; None if it is not an address of the service.
        """
        check_settings(_VISIT_RULES, {"url": url, "method": method, "user_agent": user_agent, "ip_address": ip_address})
        path = urlsplit(url).path
        with self.world.database.lock:
            return visit(self.world, method, path, Visitor(user_agent=user_agent, ip_address=ip_address))

    def _happen(
        self, mail: SentMail | str, cls: type[EventT], react: Callable[[StoredMail], StoredEvent], **given: object
    ) -> EventT:
        check_settings(_RULES, {"mail": mail, **given})
        message_id = mail if isinstance(mail, str) else mail.message_id
        with self.world.database.lock:
            stored = reactions.find_mail(self.world, message_id)
            event = typed_event(self.world, stored, react(stored))
        assert isinstance(event, cls)  # noqa: S101 -- for the type checker
        return event
