"""Events: what became of a mail, as SES reports it over SNS, SQS, Lambda, EventBridge or Firehose.

    for event in events.parse(body):
        match event:
            case events.BounceEvent(is_hard=True, recipients=people):
                ...

`parse` verifies nothing; `SNSVerifier` and `Webhook` do. docs/events.md is the guide.

How it fails, and what is lost: a body without an event raises `EventError`. A handler that raises gets its event again.
SNS drops an event that it can't deliver for an hour; a queue in between keeps it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .aws_lambda import lambda_handler
from .bodies import (
    BotEvent,
    Bounce,
    BouncedRecipient,
    BounceSubType,
    BounceType,
    Click,
    CommonHeaders,
    ComplainedRecipient,
    Complaint,
    ComplaintFeedbackType,
    ComplaintSubType,
    DelayedRecipient,
    DelayType,
    Delivery,
    DeliveryDelay,
    Header,
    Mail,
    Open,
    Reject,
    RenderingFailure,
    Send,
    Subscription,
    SubscriptionStatus,
    TopicPreferences,
    TopicStatus,
)
from .counting import EventCounts
from .event import (
    AccountEvent,
    BounceEvent,
    ClickEvent,
    ComplaintEvent,
    DeliveryDelayEvent,
    DeliveryEvent,
    Envelope,
    Event,
    EventError,
    OpenEvent,
    RejectEvent,
    RenderingFailureEvent,
    SendEvent,
    SubscriptionEvent,
    UnknownEvent,
)
from .ids import message_id_header, ses_message_id
from .parsing import event_class, parse
from .sns import Notification, SignatureError, SNSMessage, SubscriptionConfirmation, UnsubscribeConfirmation
from .status import State, Status, advance
from .suppression import AsyncSuppressor, Reason, Suppressor, suppression_reason

if TYPE_CHECKING:
    from . import asgi as asgi
    from . import django as django
    from .certificates import CertificateError as CertificateError
    from .verifier import SNSVerifier as SNSVerifier
    from .webhook import Reply as Reply
    from .webhook import Webhook as Webhook

_HOMES = {"CertificateError": "certificates", "SNSVerifier": "verifier", "Reply": "webhook", "Webhook": "webhook"}
"""What is loaded when it is first used: parsing needs neither settings nor connections."""


def __getattr__(name: str) -> Any:
    if name in ("asgi", "django"):
        return import_module(f".{name}", __name__)
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


__all__ = [
    "AccountEvent",
    "AsyncSuppressor",
    "BotEvent",
    "Bounce",
    "BounceEvent",
    "BounceSubType",
    "BounceType",
    "BouncedRecipient",
    "CertificateError",
    "Click",
    "ClickEvent",
    "CommonHeaders",
    "ComplainedRecipient",
    "Complaint",
    "ComplaintEvent",
    "ComplaintFeedbackType",
    "ComplaintSubType",
    "DelayType",
    "DelayedRecipient",
    "Delivery",
    "DeliveryDelay",
    "DeliveryDelayEvent",
    "DeliveryEvent",
    "Envelope",
    "Event",
    "EventCounts",
    "EventError",
    "Header",
    "Mail",
    "Notification",
    "Open",
    "OpenEvent",
    "Reason",
    "Reject",
    "RejectEvent",
    "RenderingFailure",
    "RenderingFailureEvent",
    "Reply",
    "SNSMessage",
    "SNSVerifier",
    "Send",
    "SendEvent",
    "SignatureError",
    "State",
    "Status",
    "Subscription",
    "SubscriptionConfirmation",
    "SubscriptionEvent",
    "SubscriptionStatus",
    "Suppressor",
    "TopicPreferences",
    "TopicStatus",
    "UnknownEvent",
    "UnsubscribeConfirmation",
    "Webhook",
    "advance",
    "asgi",
    "django",
    "event_class",
    "lambda_handler",
    "message_id_header",
    "parse",
    "ses_message_id",
    "suppression_reason",
]
