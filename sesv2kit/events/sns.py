"""Pure: messages of Amazon SNS, the text that is signed in them, and everything that is checked before a signature is.

https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final, Protocol
from urllib.parse import urlencode

import attrs

from .event import Envelope, Event, EventError
from .json_types import as_object
from .parsing import parse_leniently
from .reading import read_time


class Headers(Protocol):
    """The headers of a request: a mapping, or what a framework has in its place, such as that of Flask."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Return the names and values."""
        ...


_ARN: Final = re.compile(r"arn:([a-z0-9-]{3,20}):sns:([a-z0-9-]{1,32}):([0-9]{12}):([A-Za-z0-9_.-]{1,256})")
_CERTIFICATE: Final = re.compile(
    r"https://sns\.([a-z0-9-]+)\.([a-z0-9.-]+)/SimpleNotificationService-[0-9A-Za-z]+\.pem"
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_NOTIFICATION: Final = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_CONFIRMATION: Final = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_ALIASES: Final[Mapping[str, str]] = {
    "SigningCertUrl": "SigningCertURL",
    "SubscribeUrl": "SubscribeURL",
    "UnsubscribeUrl": "UnsubscribeURL",
}
"""Lambda writes some members in another way."""
SKEW: Final = timedelta(minutes=5)
"""How far ahead of this machine's clock a message may be."""
HASHES: Final[Mapping[str, str]] = {"1": "sha1", "2": "sha256"}
"""The hash of each signature version. The version decides; the hash is never found by trying."""


SNSBody = str | bytes | bytearray | memoryview | Mapping[str, Any]
"""A message of SNS, as it was posted or as read from JSON."""


def is_topic_arn(arn: object) -> bool:
    """Return whether something is the ARN of a topic."""
    return isinstance(arn, str) and bool(_ARN.fullmatch(arn))


class SignatureError(EventError):
    """The message does not come from SNS and an expected topic, or it is too old; nothing in it can be trusted."""


@attrs.frozen(kw_only=True)
class SNSMessage:
    """A message of SNS whose signature was verified."""

    message_id: str
    """The id of the message, the same for each redelivery."""
    topic_arn: str
    """The ARN of the topic."""
    timestamp: datetime
    """When SNS created the message."""
    message: str = attrs.field(repr=False)
    """The content of the message."""


@attrs.frozen(kw_only=True, slots=False)
class Notification(SNSMessage):
    """A message that somebody published to the topic."""

    subject: str | None = None
    """The subject of the message; None if it has none."""

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The SES events in it; empty for the message with which SES tests a topic.

        Raises:
            EventError: The message has something else in it.
        """
        envelope = Envelope(via="sns", delivery_id=self.message_id, topic_arn=self.topic_arn)
        return tuple(parse_leniently(self.message, [], envelope))


@attrs.frozen(kw_only=True)
class Confirmation(SNSMessage):
    """A message about a subscription, with the token that confirms the subscription."""

    token: str = attrs.field(repr=False)
    """The token with which the subscription is confirmed."""


@attrs.frozen(kw_only=True)
class SubscriptionConfirmation(Confirmation):
    """SNS asks whether the endpoint wants the messages of the topic; `SNSVerifier.confirm` confirms it."""


@attrs.frozen(kw_only=True)
class UnsubscribeConfirmation(Confirmation):
    """The endpoint gets no further messages of the topic; `SNSVerifier.confirm` would subscribe it again."""


@attrs.frozen
class Signed:
    """A message that passed every check but that of its signature."""

    message: SNSMessage
    text: bytes
    """The text that was signed."""
    signature: str
    """In base64."""
    hash: str
    certificate_url: str


@attrs.frozen
class Rules:
    """What a message has to satisfy.

    Args:
        topics: The ARNs of the topics that may send it.
        max_age: How old it may be; None for any age.
        dns_suffix: Returns the DNS suffix of a partition; None if there is no such partition.
    """

    topics: frozenset[str]
    max_age: timedelta | None
    dns_suffix: Callable[[str], str | None]


def check(body: SNSBody, headers: Mapping[str, str], rules: Rules, now: datetime) -> Signed:
    """Return what has to be verified of a message.

    Raises:
        SignatureError: The message breaks a rule.
        EventError: It is not a message of SNS.
    """
    members = _members(body, headers)
    topic = members.get("TopicArn")
    if not isinstance(topic, str) or topic not in rules.topics:
        raise SignatureError("the message is not from one of the expected topics")
    kind = members.get("Type")
    names = {"Notification": _NOTIFICATION, "SubscriptionConfirmation": _CONFIRMATION}.get(
        "SubscriptionConfirmation" if kind == "UnsubscribeConfirmation" else str(kind)
    )
    if names is None:
        raise SignatureError("the message has a type that SNS does not send")
    if headers.get("x-amz-sns-message-type", kind) != kind:
        raise SignatureError("the header x-amz-sns-message-type says another type than the message")
    signed = _signed_members(members, names)
    digest = HASHES.get(str(members.get("SignatureVersion")))
    signature, url = members.get("Signature"), members.get("SigningCertURL")
    if digest is None or not isinstance(signature, str):
        raise SignatureError("the message has no signature of version 1 or 2")
    if not isinstance(url, str) or not _is_certificate_url(url, topic, rules):
        raise SignatureError("the certificate does not come from SNS in the region of the topic")
    timestamp = _fresh(signed["Timestamp"], rules, now)
    text = "".join(f"{name}\n{signed[name]}\n" for name in names if name in signed)
    return Signed(_message(signed, timestamp), text.encode("utf-8", "surrogatepass"), signature, digest, url)


def confirmation_url(message: Confirmation, dns_suffix: Callable[[str], str | None]) -> str:
    """Return the URL that confirms a subscription: made of topic and token, never the one that came."""
    _, partition, _, region, *_ = message.topic_arn.split(":")
    query = {"Action": "ConfirmSubscription", "TopicArn": message.topic_arn, "Token": message.token}
    return f"https://sns.{region}.{dns_suffix(partition)}/?{urlencode(query)}"


def is_raw(headers: Mapping[str, str]) -> bool:
    """Return whether SNS delivered a message raw: its body is what was published, without a signature."""
    return str(headers.get("x-amz-sns-rawdelivery")).lower() == "true"


def raw_notification(body: SNSBody, headers: Mapping[str, str], rules: Rules, now: datetime) -> Notification:
    """Return a message that was delivered raw. Nothing proves that it comes from SNS, or from the topic that it names.

    Raises:
        SignatureError: The topic that its header names is not one of the expected ones.
    """
    topic = headers.get("x-amz-sns-topic-arn")
    if topic is None or topic not in rules.topics:
        raise SignatureError("the message is not from one of the expected topics")
    text = str(body, "utf-8", "replace") if isinstance(body, bytes | bytearray | memoryview) else body
    return Notification(
        message_id=headers.get("x-amz-sns-message-id", ""),
        topic_arn=topic,
        timestamp=now,
        message=text if isinstance(text, str) else json.dumps(dict(text)),
    )


def _members(body: SNSBody, headers: Mapping[str, str]) -> dict[str, Any]:
    if is_raw(headers):
        raise SignatureError("raw delivery is switched on for the subscription, so the message has no signature")
    value: Any = body
    if isinstance(body, str | bytes | bytearray | memoryview):
        try:
            value = json.loads(bytes(body) if isinstance(body, memoryview) else body)
        except (ValueError, RecursionError):
            raise EventError("the body is not JSON") from None
    members = as_object(value)
    if members is None:
        raise EventError("the body is not a message of SNS")
    return {_ALIASES.get(name, name): member for name, member in members.items()}


def _signed_members(members: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    """Return the members that are signed. All are texts, and only Message may have more than one line.

    The signed text has no lengths in it. Without this rule, what SNS has signed for one topic could be cut at other
    places, and shown as a message of another topic.
    """
    signed = {name: members[name] for name in names if members.get(name) is not None}
    if missing := [name for name in names if name not in signed and name != "Subject"]:
        raise SignatureError(f"the message has no {missing[0]}")
    for name, value in signed.items():
        if not isinstance(value, str):
            raise SignatureError(f"{name} of the message is not text")
        if name != "Message" and _CONTROL.search(value):
            raise SignatureError(f"{name} of the message has control characters")
        if not value.isascii() and _SURROGATE.search(value):
            raise SignatureError(f"{name} of the message is not Unicode")
    return signed


def _is_certificate_url(url: str, topic: str, rules: Rules) -> bool:
    arn, matched = _ARN.fullmatch(topic), _CERTIFICATE.fullmatch(url)
    return bool(arn and matched and matched[1] == arn[2] and matched[2] == rules.dns_suffix(arn[1]))


def _fresh(text: str, rules: Rules, now: datetime) -> datetime:
    timestamp = read_time(text)
    if timestamp is None:
        raise SignatureError("the timestamp of the message can't be read")
    if timestamp > now + SKEW:
        raise SignatureError("the message is from the future; check the clock of this machine")
    if rules.max_age is not None and timestamp < now - rules.max_age:
        raise SignatureError("the message is too old; see max_age")
    return timestamp


def _message(signed: Mapping[str, str], timestamp: datetime) -> SNSMessage:
    facts: dict[str, Any] = {
        "message_id": signed["MessageId"],
        "topic_arn": signed["TopicArn"],
        "timestamp": timestamp,
        "message": signed["Message"],
    }
    if signed["Type"] == "Notification":
        return Notification(**facts, subject=signed.get("Subject"))
    cls = SubscriptionConfirmation if signed["Type"] == "SubscriptionConfirmation" else UnsubscribeConfirmation
    return cls(**facts, token=signed["Token"])
