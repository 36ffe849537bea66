"""Pure: takes events out of their wrappings. Each wrapping is recognised by its members."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

import attrs

from .event import Envelope, EventError
from .json_types import as_list, as_object

Body = str | bytes | bytearray | memoryview | Mapping[str, Any] | Sequence[Any]
"""What can be parsed: a body in any wrapping, as text, bytes or JSON that was read already, or a sequence of them."""

_MAX_DEPTH: Final = 12
"""Wrappings in one another. Real ones have at most four."""
_MAX_JSON_DEPTH: Final = 64
"""JSON values in one another. An event has at most seven; what reads or writes an event may so recurse safely."""
_VALIDATION: Final = "Successfully validated SNS topic"
_SNS_TYPES: Final = frozenset({"Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"})
_DECODER: Final = json.JSONDecoder()


@attrs.frozen
class Found:
    """What was in the wrappings: an event, or something that is known not to be one."""

    value: Mapping[str, Any]
    envelope: Envelope
    not_an_event: str = ""
    """A description, if it is not an event; otherwise empty."""


def unwrap(body: object, envelope: Envelope | None = None, depth: int = 0) -> Iterator[Found]:
    """Yield what is in a body.

    Raises:
        EventError: It is neither an event, nor one of the wrappings, nor one of the known messages beside them.
    """
    envelope = envelope or Envelope(via="")
    if depth > _MAX_DEPTH or (depth == 0 and _is_deep(body)):
        raise EventError("the body is nested too deeply")
    if isinstance(body, bytes | bytearray | memoryview):
        body = _text(cast("bytes", body))
    if isinstance(body, str):
        text = body.strip().removeprefix("\ufeff")
        if text.startswith(_VALIDATION):
            yield Found({}, envelope, "the message with which SES tests a topic")
            return
        for value in _values(text):
            yield from unwrap(value, envelope, depth + 1)
    elif isinstance(body, Mapping):
        yield from _unwrap_object(cast("Mapping[str, Any]", body), envelope, depth)
    elif isinstance(body, Sequence):
        for item in cast("Sequence[object]", body):
            yield from unwrap(item, envelope, depth + 1)
    else:
        raise EventError(f"there is no SES event in {_type_of(body)}")


def _unwrap_object(body: Mapping[str, Any], envelope: Envelope, depth: int) -> Iterator[Found]:
    def inner(value: object, via: str, delivery_id: object = None, topic_arn: object = None) -> Iterator[Found]:
        return unwrap(value, _inside(envelope, via, delivery_id, topic_arn), depth + 1)

    if isinstance(body.get("eventType"), str) or isinstance(body.get("notificationType"), str):
        yield Found(body, envelope if envelope.via else attrs.evolve(envelope, via="json"))
    elif _is_sns_type(body.get("Type")) and "TopicArn" in body:
        yield from _unwrap_sns(body, envelope, depth)
    elif isinstance(body.get("Sns"), Mapping):
        yield from _unwrap_sns(body["Sns"], envelope, depth)
    elif "detail-type" in body and "detail" in body:
        yield from _unwrap_eventbridge(body, envelope)
    elif isinstance(body.get("Records"), list):
        yield from unwrap(body["Records"], envelope, depth + 1)
    elif isinstance(body.get("Messages"), list):
        yield from unwrap(body["Messages"], envelope, depth + 1)
    elif isinstance(body.get("records"), list):
        for record in body["records"]:
            if (members := as_object(record)) is None:
                raise EventError("a record of Firehose is not an object")
            yield from inner(_decoded(members.get("data")), "firehose", members.get("recordId"))
    elif "isBase64Encoded" in body or "requestContext" in body or "httpMethod" in body:
        payload = body.get("body")
        yield from inner(_decoded(payload) if body.get("isBase64Encoded") is True else payload, "apigateway")
    elif isinstance(body.get("body"), str) and "messageId" in body:
        yield from inner(body["body"], "sqs", body["messageId"])
    elif isinstance(body.get("Body"), str):
        yield from inner(body["Body"], "sqs", body.get("MessageId"))
    else:
        raise EventError("there is no SES event in this JSON object, nor is it a wrapping that events come in")


def _unwrap_sns(message: Mapping[str, Any], envelope: Envelope, depth: int) -> Iterator[Found]:
    envelope = _inside(envelope, "sns", message.get("MessageId"), message.get("TopicArn"))
    kind = message.get("Type", "Notification")
    if not _is_sns_type(kind):
        raise EventError("the message has a type that SNS does not send")
    if kind != "Notification":
        yield Found(message, envelope, f"a {kind} of SNS")
    else:
        yield from unwrap(message.get("Message"), envelope, depth + 1)


def _unwrap_eventbridge(body: Mapping[str, Any], envelope: Envelope) -> Iterator[Found]:
    envelope = _inside(envelope, "eventbridge", body.get("id"), None)
    if body.get("source") != "aws.ses":
        raise EventError("the event of EventBridge does not come from SES (source aws.ses)")
    detail = as_object(body["detail"])
    if detail is not None and isinstance(detail.get("eventType"), str):
        yield Found(detail, envelope)
    else:
        yield Found(body, envelope)


def _inside(envelope: Envelope, via: str, delivery_id: object, topic_arn: object) -> Envelope:
    return Envelope(
        via=f"{envelope.via}+{via}" if envelope.via else via,
        delivery_id=delivery_id if isinstance(delivery_id, str) else envelope.delivery_id,
        topic_arn=topic_arn if isinstance(topic_arn, str) else envelope.topic_arn,
    )


def _text(body: bytes) -> str:
    try:
        return str(body, "utf-8-sig")
    except (ValueError, BufferError):  # a view that was released is one, too
        raise EventError("the body is not UTF-8") from None


def _decoded(data: object) -> bytes:
    try:
        return base64.b64decode(data, validate=True) if isinstance(data, str) else b""
    except (binascii.Error, ValueError):
        raise EventError("the data is not base64") from None


def _values(text: str) -> Iterator[object]:
    """Yield the JSON values of a text. Firehose writes them one behind the other, with or without line ends."""
    position = 0
    may_be_deep = text.count("[") + text.count("{") > _MAX_JSON_DEPTH
    while position < len(text):
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            raise EventError("the body is not JSON") from None
        if may_be_deep and _is_deep(value):
            raise EventError("the body is nested too deeply")
        yield value
        while position < len(text) and text[position] in " \t\r\n":
            position += 1
    if not text:
        raise EventError("the body is empty")


def _is_sns_type(value: object) -> bool:
    return isinstance(value, str) and value in _SNS_TYPES


def _is_deep(value: object) -> bool:
    """Return whether a value has more values in one another than any event has. It does not recurse."""
    stack = [(value, 0)]
    while stack:
        value, depth = stack.pop()
        if depth > _MAX_JSON_DEPTH:
            return True
        inner: Iterable[object] = ()
        if (members := as_object(value)) is not None:
            inner = members.values()
        elif (items := as_list(value)) is not None:
            inner = items
        stack.extend((item, depth + 1) for item in inner)
    return False


def _type_of(value: object) -> str:
    if value is None or isinstance(value, int | float):
        return "a JSON " + ("null" if value is None else "boolean" if isinstance(value, bool) else "number")
    return f"an object of the type {type(value).__name__}; pass text, bytes, a mapping or a sequence of them"
