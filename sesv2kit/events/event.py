"""The events, a class for each kind, made for `match`."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

import attrs

from .._core.exceptions import SESv2Error
from .._core.model import Model
from .bodies import (
    BotEvent,
    Bounce,
    BounceSubType,
    BounceType,
    Click,
    Complaint,
    Delivery,
    DeliveryDelay,
    Mail,
    Open,
    Reject,
    RenderingFailure,
    Send,
    Subscription,
)
from .json_types import as_object

_NOT_ATTEMPTED: Final = frozenset(
    {
        BounceSubType.SUPPRESSED,
        BounceSubType.ON_ACCOUNT_SUPPRESSION_LIST,
        BounceSubType.ON_TENANT_SUPPRESSION_LIST,
        BounceSubType.EMAIL_VALIDATION_SUPPRESSED,
        BounceSubType.UNSUBSCRIBED_RECIPIENT,
    }
)


class EventError(SESv2Error):
    """There is no SES event in what was given. The message says what there was instead, and never quotes it."""


@attrs.frozen(kw_only=True)
class Envelope:
    """The wrappings in which an event arrived."""

    via: str = "json"
    """The wrappings, the outermost first, joined by `+`: `sns`, `sqs+sns`, `eventbridge`, `firehose`, `apigateway`;
    `json` for a bare event."""
    delivery_id: str | None = None
    """The id that the innermost wrapping gave it, such as the MessageId of SNS, which stays over redeliveries."""
    topic_arn: str | None = None
    """The SNS topic, if it came over one."""


def _addresses(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(value for value in values if value is not None)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Event(Model):
    """Something that happened to a mail, or to the account.

    Events come at least once, and in no order: drop repeated ones by `key`, and see `advance` for a status.
    """

    body_name: ClassVar[str] = ""
    """The attribute that holds the body; empty for an event without one."""
    body_type: ClassVar[type[Model]] = Model
    """The class of the body."""

    type: str
    """The kind: `Send`, `Delivery`, `Bounce`, `Complaint`, `Reject`, `Open`, `Click`, `Rendering Failure`,
    `DeliveryDelay`, `Subscription`, or what SES calls an event of another kind."""
    mail: Mail = attrs.field(factory=Mail)
    """The mail that it is about."""
    raw: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    """The event as it came."""
    is_legacy: bool = False
    """True for a notification of the older kind, which identities send (`notificationType`)."""
    envelope: Envelope = attrs.field(factory=Envelope)
    """The wrappings in which it arrived."""

    def _identity(self) -> tuple[Any, ...]:
        return (self.type, self.is_legacy, self.key)

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(type={self.type!r}, message_id={self.message_id!r}, occurred_at={self.occurred_at})"
        )

    @property
    def body(self) -> Any:
        """The body, which also has a name of its own, such as `event.bounce`; None for an event without one."""
        return getattr(self, self.body_name) if self.body_name else None

    @property
    def message_id(self) -> str | None:
        """The id that SES gave the mail; `send_email` returned it."""
        return self.mail.message_id

    @property
    def recipients(self) -> tuple[str, ...]:
        """The addresses that the event is about. Empty for Open and Click, which do not say whose they are."""
        return tuple(self.mail.destination)

    @property
    def occurred_at(self) -> datetime | None:
        """When it happened, with a time zone; the time of the mail for events that have none of their own."""
        return getattr(self.body, "timestamp", None) or self.mail.timestamp

    @property
    def tags(self) -> Mapping[str, Sequence[str]]:
        """The tags of the mail, each with its values."""
        return self.mail.tags

    @property
    def key(self) -> str:
        """What identifies the event: equal for each redelivery, however it is wrapped; put it in a unique column."""
        facts = [self.type, self.mail.message_id, self._key_facts()]
        text = json.dumps(facts, sort_keys=True, separators=(",", ":"), default=_plain)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def _key_facts(self) -> Any:
        return self.raw.get(wire_body(self.body_name)) if self.body_name else self.raw


def _plain(value: object) -> object:
    """Return something that JSON has, for a value that the caller's own reader of JSON made."""
    members = as_object(value)
    return str(value) if members is None else dict(members)


def wire_body(name: str) -> str:
    """Return the member of an event that holds a body, by the body's name."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SendEvent(Event):
    """SES took the mail, and will try to deliver it."""

    body_name: ClassVar[str] = "send"
    body_type: ClassVar[type[Model]] = Send
    send: Send = attrs.field(factory=Send)
    """The body, which is empty."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeliveryEvent(Event):
    """The recipient's server took the mail. A bounce can still follow."""

    body_name: ClassVar[str] = "delivery"
    body_type: ClassVar[type[Model]] = Delivery
    delivery: Delivery = attrs.field(factory=Delivery)
    """The details."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """The recipients that the server took the mail for."""
        return tuple(self.delivery.recipients)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BounceEvent(Event):
    """The mail was not delivered to some recipients."""

    body_name: ClassVar[str] = "bounce"
    body_type: ClassVar[type[Model]] = Bounce
    bounce: Bounce = attrs.field(factory=Bounce)
    """The details."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """The recipients whose mail bounced."""
        return _addresses(recipient.email_address for recipient in self.bounce.bounced_recipients)

    @property
    def is_hard(self) -> bool:
        """True if the address can't be reached, so that it should get no further mail.

        False for soft bounces, which include out-of-office replies, and for a contact that left a topic.
        """
        left_topic = self.bounce.bounce_sub_type == BounceSubType.UNSUBSCRIBED_RECIPIENT
        return self.bounce.bounce_type == BounceType.PERMANENT and not left_topic

    @property
    def was_attempted(self) -> bool:
        """False if SES did not try to deliver the mail, because of a suppression list or the like."""
        return self.bounce.bounce_sub_type not in _NOT_ATTEMPTED


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ComplaintEvent(Event):
    """A recipient marked the mail as unwanted."""

    body_name: ClassVar[str] = "complaint"
    body_type: ClassVar[type[Model]] = Complaint
    complaint: Complaint = attrs.field(factory=Complaint)
    """The details."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """Who may have complained."""
        return _addresses(recipient.email_address for recipient in self.complaint.complained_recipients)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RejectEvent(Event):
    """SES did not send the mail that it had taken, because of a virus in it."""

    body_name: ClassVar[str] = "reject"
    body_type: ClassVar[type[Model]] = Reject
    reject: Reject = attrs.field(factory=Reject)
    """The details."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _OpenOrClick(Event):
    @property
    def recipients(self) -> tuple[str, ...]:
        """Empty: SES does not say which recipient it was."""
        return ()

    @property
    def is_bot(self) -> bool | None:
        """Whether a program did it, as SES judges; None if SES does not say."""
        judged = self.body.is_bot_event
        return None if judged is None else judged == BotEvent.LIKELY


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OpenEvent(_OpenOrClick):
    """The mail was opened: its tracking image was loaded."""

    body_name: ClassVar[str] = "open"
    body_type: ClassVar[type[Model]] = Open
    open: Open = attrs.field(factory=Open)
    """The details."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ClickEvent(_OpenOrClick):
    """A link of the mail was followed."""

    body_name: ClassVar[str] = "click"
    body_type: ClassVar[type[Model]] = Click
    click: Click = attrs.field(factory=Click)
    """The details."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RenderingFailureEvent(Event):
    """The template could not be filled in, so nothing was sent, although SES had taken the request."""

    body_name: ClassVar[str] = "failure"
    body_type: ClassVar[type[Model]] = RenderingFailure
    failure: RenderingFailure = attrs.field(factory=RenderingFailure)
    """The details."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeliveryDelayEvent(Event):
    """The mail could not be delivered yet; SES keeps trying."""

    body_name: ClassVar[str] = "delivery_delay"
    body_type: ClassVar[type[Model]] = DeliveryDelay
    delivery_delay: DeliveryDelay = attrs.field(factory=DeliveryDelay)
    """The details."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """The recipients whose mail is delayed."""
        return _addresses(recipient.email_address for recipient in self.delivery_delay.delayed_recipients)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SubscriptionEvent(Event):
    """A contact changed which topics it wants."""

    body_name: ClassVar[str] = "subscription"
    body_type: ClassVar[type[Model]] = Subscription
    subscription: Subscription = attrs.field(factory=Subscription)
    """The details."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AccountEvent(Event):
    """Something about the account or a tenant, from EventBridge; `type` is its `detail-type`, and it has no mail."""

    detail: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    """The `detail` of EventBridge, as it came; its members depend on `type`."""
    resources: tuple[str, ...] = ()
    """The ARNs that it is about."""
    time: datetime | None = None
    """When it happened."""

    @property
    def occurred_at(self) -> datetime | None:
        """When it happened, with a time zone."""
        return self.time


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnknownEvent(Event):
    """An event of a kind that SES has invented since; `type` and `raw` say what it is."""
