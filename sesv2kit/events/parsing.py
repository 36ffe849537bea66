"""Pure: bodies become events."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from .._core.settings import TEXT, check_settings
from .bodies import Mail
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
    wire_body,
)
from .json_types import as_list, as_object, as_text
from .reading import read, read_time
from .wrappings import Body, Found, unwrap

BY_TYPE: Final[Mapping[str, type[Event]]] = {
    "Send": SendEvent,
    "Delivery": DeliveryEvent,
    "Bounce": BounceEvent,
    "Complaint": ComplaintEvent,
    "Reject": RejectEvent,
    "Open": OpenEvent,
    "Click": ClickEvent,
    "Rendering Failure": RenderingFailureEvent,
    "DeliveryDelay": DeliveryDelayEvent,
    "Subscription": SubscriptionEvent,
}
"""The class of each kind of event, by the `eventType` of SES."""

_TYPES: Final[Mapping[type[Event], str]] = {cls: name for name, cls in BY_TYPE.items()}
_BY_NAME: Final = {name.replace(" ", "").lower(): cls for name, cls in BY_TYPE.items()}
_DETAIL_TYPES: Final[Mapping[str, str]] = {
    "Email Sent": "Send",
    "Email Delivered": "Delivery",
    "Email Bounced": "Bounce",
    "Email Complaint Received": "Complaint",
    "Email Rejected": "Reject",
    "Email Opened": "Open",
    "Email Clicked": "Click",
    "Email Rendering Failed": "Rendering Failure",
    "Email Delivery Delayed": "DeliveryDelay",
    "Email Subscribed": "Subscription",
}
_ACCOUNT: Final = ("Advisor Recommendation Status ", "Sending Status ")
_NOT_EVENTS: Final = {
    "Received": "inbound mail, which SES received for you; sesv2kit.events is about mail that you sent",
    "AmazonSnsSubscriptionSucceeded": "the message with which SES tests a topic",
}
_RULES: Final = {"name": TEXT}


def event_class(name: str) -> type[Event]:
    """Return the class of a kind of event.

    Args:
        name: The kind as SES reports it (`Rendering Failure`), as `models.EventType` and the CDK's EmailSendingEvent
            name it (`RENDERING_FAILURE`), or as EventBridge does (`Email Rendering Failed`).

    Returns:
        The class; `UnknownEvent` for a kind that this version does not know.

    Raises:
        ConfigurationError: It is not a str.
    """
    check_settings(_RULES, {"name": name})
    plain = _DETAIL_TYPES.get(name, name).replace(" ", "").replace("_", "").lower()
    return _BY_NAME.get(plain, UnknownEvent)


def parse(body: Body) -> tuple[Event, ...]:
    """Return the events in a body, in any wrapping: SNS, SQS, Lambda, EventBridge, Firehose, API Gateway, bare JSON.

    Nothing is verified; anybody can write a body like this, see `SNSVerifier`. What SES leaves out is None or empty in
    the event, and a member of an unexpected type is left out, too; `Event.raw` has everything.

    Args:
        body: Text, bytes, JSON that was read already, or a sequence of them.

    Returns:
        The events, in order; at least 1. A kind that SES has invented since is an `UnknownEvent`.

    Raises:
        EventError: There is no event in it. Beside events, messages that are known not to be any are passed over.

    https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
    """
    others: list[str] = []
    events = tuple(parse_leniently(body, others))
    if not events:
        raise EventError(f"there is no SES event in it: {others[0]}" if others else "there is no SES event in it")
    return events


def parse_leniently(body: Body, others: list[str], envelope: Envelope | None = None) -> Iterator[Event]:
    """Yield the events in a body, which came in an envelope; what is known not to be one is named in `others`."""
    for found in unwrap(body, envelope):
        kind = found.value.get("notificationType")
        other = found.not_an_event or (_NOT_EVENTS.get(kind) if isinstance(kind, str) else None)
        if other:
            others.append(other)
        else:
            yield _event(found)


def _event(found: Found) -> Event:
    value = found.value
    if (name := as_text(value.get("eventType"))) is not None:
        return _made(name, value, found.envelope, is_legacy=False)
    if (name := as_text(value.get("notificationType"))) is not None:
        return _made(name, value, found.envelope, is_legacy=True)
    return _from_eventbridge(found)


def _from_eventbridge(found: Found) -> Event:
    """Return an event that says what it is in its `detail-type` alone."""
    value, detail = found.value, as_object(found.value.get("detail"))
    name = as_text(value.get("detail-type")) or ""
    if name in _DETAIL_TYPES and detail is not None:
        return _made(_DETAIL_TYPES[name], detail, found.envelope, is_legacy=False)
    cls = AccountEvent if name.startswith(_ACCOUNT) else UnknownEvent
    facts: dict[str, Any] = {"type": name, "raw": value, "envelope": found.envelope}
    if cls is AccountEvent:
        facts["detail"] = detail or {}
        facts["resources"] = tuple(filter(as_text, as_list(value.get("resources")) or []))
        facts["time"] = read_time(value.get("time"))
    return cls(**facts)


def _made(name: str, value: Mapping[str, Any], envelope: Envelope, *, is_legacy: bool) -> Event:
    cls = event_class(name)
    facts: dict[str, Any] = {
        "type": _TYPES.get(cls, name),
        "mail": read(Mail, value.get("mail")),
        "raw": value,
        "is_legacy": is_legacy,
        "envelope": envelope,
    }
    if cls.body_name:
        facts[cls.body_name] = read(cls.body_type, value.get(wire_body(cls.body_name)))
    return cls(**facts)
