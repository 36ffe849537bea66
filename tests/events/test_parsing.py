"""Every kind of event in every wrapping becomes its type, with everything in its place."""

import json
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from support.events import AT, BODIES, DETAIL_TYPES, LEGACY, MAIL, MESSAGE_ID, TOPIC, WRAPPINGS, event, firehose, sns

from sesv2kit import errors, events, models
from sesv2kit.events.parsing import BY_TYPE

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("kind", BODIES)
def test_each_kind_in_each_wrapping_becomes_its_type(kind: str, wrapping: str) -> None:
    wrap, via = WRAPPINGS[wrapping]
    (found,) = events.parse(wrap(event(kind)))  # type: ignore[arg-type]
    assert type(found) is BY_TYPE[kind]
    assert (found.type, found.message_id, found.is_legacy) == (kind, MESSAGE_ID, False)
    assert found.raw == event(kind)
    assert found.envelope.via == via
    assert found.envelope.topic_arn == (TOPIC if "sns" in via else None)


@pytest.mark.parametrize("kind", LEGACY)
def test_an_older_notification_becomes_the_same_type(kind: str) -> None:
    (found,) = events.parse(sns(event(kind, legacy=True)))
    assert type(found) is BY_TYPE[kind]
    assert found.is_legacy


@pytest.mark.parametrize("kind", BODIES)
def test_nothing_of_a_documented_event_is_left_out(kind: str) -> None:
    (found,) = events.parse(event(kind))
    _, sent = BODIES[kind]
    assert as_wire(found.body) == as_wire_of(sent)
    assert as_wire(found.mail) == as_wire_of(MAIL)
    assert found.tags["campaign"] == ("november", "again")


def as_wire(model: Any) -> Any:
    """Return a model as SES would write it, without what is empty."""
    if isinstance(model, events.Event | events.Mail) or hasattr(model, "__attrs_attrs__"):
        pairs = {
            field.metadata["sesv2kit"].name: as_wire(getattr(model, field.name))
            for field in model.__attrs_attrs__
            if "sesv2kit" in field.metadata
        }
        return {name: value for name, value in pairs.items() if value not in (None, [], {})}
    if isinstance(model, tuple):
        return [as_wire(item) for item in model]
    if isinstance(model, dict):
        return {name: as_wire(item) for name, item in model.items()}
    return model.timestamp() if isinstance(model, datetime) else model


def as_wire_of(sent: Any, name: str = "") -> Any:
    """Return a documented body in the same form."""
    if isinstance(sent, dict):
        return {key: as_wire_of(value, key) for key, value in sent.items() if value is not None}
    if isinstance(sent, list):
        return [as_wire_of(item) for item in sent]
    if name in ("timestamp", "arrivalDate", "expirationTime"):
        return datetime.fromisoformat(sent).timestamp()
    return sent


def test_events_are_made_for_match() -> None:
    (found,) = events.parse(event("Bounce"))
    match found:
        case events.BounceEvent(is_hard=True, recipients=people):
            assert people == ("ann@example.net",)
        case _:
            pytest.fail("it is a hard bounce")


@pytest.mark.parametrize(
    ("kind", "recipients"),
    [
        ("Send", ("ann@example.net", "bob@example.org")),
        ("Delivery", ("ann@example.net",)),
        ("Bounce", ("ann@example.net",)),
        ("Complaint", ("ann@example.net", "bob@example.org")),
        ("Reject", ("ann@example.net", "bob@example.org")),
        ("Open", ()),
        ("Click", ()),
        ("Rendering Failure", ("ann@example.net", "bob@example.org")),
        ("DeliveryDelay", ("bob@example.org",)),
        ("Subscription", ("ann@example.net", "bob@example.org")),
    ],
)
def test_recipients_are_those_that_the_event_is_about(kind: str, recipients: tuple[str, ...]) -> None:
    (found,) = events.parse(event(kind))
    assert found.recipients == recipients


@pytest.mark.parametrize("kind", BODIES)
def test_an_event_occurred_at_its_own_time_or_else_at_that_of_its_mail(kind: str) -> None:
    (found,) = events.parse(event(kind))
    own = "timestamp" in BODIES[kind][1]
    assert found.occurred_at == datetime.fromisoformat(AT if own else MAIL["timestamp"])


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2017-08-05T00:41:02.669Z", datetime(2017, 8, 5, 0, 41, 2, 669_000, tzinfo=UTC)),
        ("2018-10-08T14:05:45 +0000", datetime(2018, 10, 8, 14, 5, 45, tzinfo=UTC)),
        ("2009-12-03T04:24:21.000-05:00", datetime(2009, 12, 3, 9, 24, 21, tzinfo=UTC)),
        ("2018-10-08T14:05:45", datetime(2018, 10, 8, 14, 5, 45, tzinfo=UTC)),
        ("yesterday", None),
        ("9999-99-99T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("2018-10-08T14:05:45\ud800", None),
    ],
)
def test_times_are_read_in_every_form_that_was_seen(text: str, time: datetime | None) -> None:
    (found,) = events.parse(event("Delivery", timestamp=text))
    assert isinstance(found, events.DeliveryEvent)
    assert found.delivery.timestamp == time
    assert found.occurred_at is not None
    assert found.occurred_at.tzinfo is not None


@pytest.mark.parametrize(
    ("bounce_type", "sub_type", "is_hard", "was_attempted"),
    [
        ("Permanent", "General", True, True),
        ("Permanent", "NoEmail", True, True),
        ("Permanent", "Suppressed", True, False),
        ("Permanent", "OnAccountSuppressionList", True, False),
        ("Permanent", "OnTenantSuppressionList", True, False),
        ("Permanent", "EmailValidationSuppressed", True, False),
        ("Permanent", "UnsubscribedRecipient", False, False),
        ("Transient", "General", False, True),
        ("Transient", "MailboxFull", False, True),
        ("Undetermined", "Undetermined", False, True),
        ("Invented", "Since", False, True),
    ],
)
def test_what_kind_of_bounce_it_is(bounce_type: str, sub_type: str, is_hard: bool, was_attempted: bool) -> None:
    (found,) = events.parse(event("Bounce", bounceType=bounce_type, bounceSubType=sub_type))
    assert isinstance(found, events.BounceEvent)
    assert (found.is_hard, found.was_attempted) == (is_hard, was_attempted)
    assert found.bounce.bounce_sub_type == sub_type


@pytest.mark.parametrize(("judged", "is_bot"), [("Likely", True), ("Unlikely", False), (None, None)])
@pytest.mark.parametrize("kind", ["Open", "Click"])
def test_whether_a_program_opened_it(kind: str, judged: str | None, is_bot: bool | None) -> None:
    (found,) = events.parse(event(kind, isBotEvent=judged))
    assert isinstance(found, events.OpenEvent | events.ClickEvent)
    assert found.is_bot is is_bot


# Leniency ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("wrong", [None, 7, "text", [], {}, [7], [None, {"emailAddress": 7}], True])
def test_a_member_of_a_wrong_type_is_left_out_and_kept_in_raw(kind: str, wrong: object) -> None:
    name, body = BODIES[kind]
    for member in body:
        value = {**event(kind), name: {**body, member: wrong}}
        (found,) = events.parse(value)
        assert type(found) is BY_TYPE[kind]
        assert found.raw == value
        assert found.key
    for member in MAIL:
        (found,) = events.parse({**event(kind), "mail": {**MAIL, member: wrong}})
        assert type(found) is BY_TYPE[kind]


@pytest.mark.parametrize("kind", BODIES)
def test_an_event_without_mail_and_body_is_still_one(kind: str) -> None:
    (found,) = events.parse({"eventType": kind})
    assert type(found) is BY_TYPE[kind]
    assert (found.message_id, found.occurred_at, found.recipients) == (None, None, ())


def test_a_kind_that_was_invented_since_is_an_unknown_event() -> None:
    (found,) = events.parse({"eventType": "Teleported", "mail": MAIL, "teleported": {"to": "Mars"}})
    assert isinstance(found, events.UnknownEvent)
    assert (found.type, found.message_id) == ("Teleported", MESSAGE_ID)
    assert found.raw["teleported"] == {"to": "Mars"}


@pytest.mark.parametrize("kind", ["Sending Status Disabled", "Advisor Recommendation Status Open"])
def test_events_of_the_account_are_account_events(kind: str) -> None:
    bridge = {
        "source": "aws.ses",
        "detail-type": kind,
        "id": "1",
        "time": AT,
        "resources": ["arn:aws:ses:eu-west-1:123456789012:tenant/acme/tn-1"],
        "detail": {"version": "1.0.0"},
    }
    (found,) = events.parse(bridge)
    assert isinstance(found, events.AccountEvent)
    assert (found.type, found.detail, found.resources) == (kind, {"version": "1.0.0"}, tuple(bridge["resources"]))
    assert found.occurred_at == datetime.fromisoformat(AT)
    assert (found.body, found.message_id, found.recipients) == (None, None, ())
    (other,) = events.parse({**bridge, "detail-type": "Something New"})
    assert isinstance(other, events.UnknownEvent)


def test_an_event_of_eventbridge_that_does_not_repeat_its_type_is_known_by_the_detail_type() -> None:
    (found,) = events.parse({"source": "aws.ses", "detail-type": "Email Bounced", "detail": {"mail": MAIL}})
    assert isinstance(found, events.BounceEvent)


# Several, and none -------------------------------------------------------------------------------


def test_several_events_come_in_order() -> None:
    kinds = list(BODIES)
    sequence = [event(kind) for kind in kinds]
    assert [found.type for found in events.parse(sequence)] == kinds
    joined = "".join(json.dumps(value) for value in sequence)
    assert [found.type for found in events.parse(joined)] == kinds
    lines = "\n".join(json.dumps(value) for value in sequence) + "\n"
    assert [found.type for found in events.parse(lines.encode())] == kinds


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "the body is empty"),
        (b"", "the body is empty"),
        ("nonsense", "the body is not JSON"),
        ('{"eventType": "Bounce"', "the body is not JSON"),
        (b"\xff\xfe", "the body is not UTF-8"),
        ("7", "in a JSON number"),
        ("null", "in a JSON null"),
        ("true", "in a JSON boolean"),
        ("{}", "there is no SES event"),
        ("[]", "there is no SES event"),
        ("[" * 100_000, "the body is not JSON"),
        ("[" * 50 + "]" * 50, "nested too deeply"),
        ({"Records": [{"s3": {}}]}, "there is no SES event"),
        ({"detail-type": "Email Bounced", "source": "my.app", "detail": {}}, "does not come from SES"),
        ({"notificationType": "Received", "mail": MAIL}, "inbound mail"),
        (sns("Successfully validated SNS topic for Amazon SES event publishing."), "tests a topic"),
        (sns({"notificationType": "AmazonSnsSubscriptionSucceeded", "message": "..."}), "tests a topic"),
        (sns("x", Type="SubscriptionConfirmation"), "a SubscriptionConfirmation of SNS"),
        ({"records": [{"data": "%"}]}, "not base64"),
        ({"records": [7]}, "not an object"),
        ({"Type": [], "TopicArn": "x"}, "there is no SES event"),
        ({"Records": [{"Sns": {"Type": ["secret"]}}]}, "a type that SNS does not send"),
        ({"Records": [{"Sns": {"Type": "secret"}}]}, "a type that SNS does not send"),
        ('{"eventType": "Send", "x": ' + "[" * 200 + "]" * 200 + "}", "nested too deeply"),
        ({"eventType": "Send", "x": json.loads("[" * 200 + "]" * 200)}, "nested too deeply"),
        ('{"eventType": "Send", "x": ' + "9" * 5000 + "}", "the body is not JSON"),
        (object(), "an object of the type object; pass text, bytes, a mapping or a sequence"),
        (iter([event("Open")]), "an object of the type list_iterator"),
        ([{"eventType"}], "an object of the type set"),
        (bytearray(b"\xff"), "the body is not UTF-8"),
        (memoryview(b"\xff"), "the body is not UTF-8"),
    ],
)
def test_the_error_of_a_body_without_an_event_names_what_is_in_it(body: Any, message: str) -> None:
    with pytest.raises(events.EventError, match=message) as caught:
        events.parse(body)
    assert isinstance(caught.value, errors.SESv2Error)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_a_body_may_be_any_bytes(kind: Any) -> None:
    (found,) = events.parse(kind(json.dumps(event("Open")).encode()))
    assert found.type == "Open"


def test_messages_that_are_not_events_are_ignored_beside_events() -> None:
    test = sns("Successfully validated SNS topic for Amazon SES event publishing.")
    assert [found.type for found in events.parse([test, event("Open"), test])] == ["Open"]


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "9" * 4000, "-0"])
def test_odd_numbers_are_kept_in_raw_alone(number: str) -> None:
    (found,) = events.parse(f'{{"eventType": "Delivery", "delivery": {{"processingTimeMillis": "x", "n": {number}}}}}')
    assert isinstance(found, events.DeliveryEvent)
    assert found.delivery.processing_time_millis is None
    assert found.key == found.key


def test_half_of_a_surrogate_pair_does_not_stop_an_event() -> None:
    (found,) = events.parse('{"eventType": "Bounce", "mail": {"messageId": "\\ud800"}, "bounce": {"x": "\\udfff"}}')
    assert found.message_id == "\ud800"
    assert len(found.key) == 32


def test_what_another_reader_of_json_makes_is_fine() -> None:
    mail = MappingProxyType({"messageId": MESSAGE_ID})
    (found,) = events.parse(MappingProxyType({"eventType": "X", "mail": mail, "n": Decimal("1.5")}))
    assert found.message_id == MESSAGE_ID
    assert len(found.key) == 32


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("RenderingFailure", "Rendering Failure"),
        ("Rendering failure", "Rendering Failure"),
        ("RENDERING_FAILURE", "Rendering Failure"),
        ("Delivery Delay", "DeliveryDelay"),
        ("DELIVERY_DELAY", "DeliveryDelay"),
        ("deliverydelay", "DeliveryDelay"),
    ],
)
def test_a_kind_that_is_written_in_another_way_is_the_same_event(written: str, kind: str) -> None:
    usual, other = events.parse([event(kind), {**event(kind), "eventType": written}])
    assert (type(other), other.type, other.key) == (BY_TYPE[kind], kind, usual.key)
    assert other.raw["eventType"] == written


# Keys --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BODIES)
def test_the_key_is_the_same_in_every_wrapping_and_every_delivery(kind: str) -> None:
    keys = {events.parse(wrap(event(kind)))[0].key for wrap, _ in WRAPPINGS.values()}  # type: ignore[arg-type]
    assert len(keys) == 1


def test_different_events_have_different_keys() -> None:
    found = [events.parse(event(kind))[0].key for kind in BODIES]
    found.append(events.parse(event("Open", timestamp="2026-11-20T09:16:00.501Z"))[0].key)
    found.append(events.parse(event("Click", link="https://shop.example.com/other"))[0].key)
    found.append(events.parse({**event("Send"), "mail": {**MAIL, "messageId": "another"}})[0].key)
    assert len(set(found)) == len(found)


def test_equal_events_are_equal_whatever_the_wrapping() -> None:
    bare, wrapped = events.parse(event())[0], events.parse(firehose(event()))[0]
    assert bare == wrapped
    assert hash(bare) == hash(wrapped)
    assert bare != events.parse(event("Send"))[0]
    assert bare != "Bounce"


def test_the_repr_shows_what_it_is_and_no_address() -> None:
    shown = repr(events.parse(event())[0])
    assert shown.startswith("BounceEvent(type='Bounce', message_id=")
    assert "ann@" not in shown


# Names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BODIES)
def test_each_kind_is_found_by_all_its_names(kind: str) -> None:
    member = {name.replace("_", "").lower(): name for name in models.EventType.__members__}[
        kind.replace(" ", "").lower()
    ]
    for name in (kind, DETAIL_TYPES[kind], models.EventType[member], str(models.EventType[member])):
        assert events.event_class(name) is BY_TYPE[kind]
    assert events.event_class("Teleported") is events.UnknownEvent


# Anything ----------------------------------------------------------------------------------------


def test_mutated_bodies_raise_nothing_but_event_errors(request: pytest.FixtureRequest) -> None:
    chance = random.Random(20261121)
    bodies = [json.dumps(wrap(event(kind))) for kind in BODIES for wrap, _ in list(WRAPPINGS.values())[3:]]
    atoms = ['"', "{", "}", "[", "]", ",", ":", "null", "7", "\\u0000", "\\ud800", "true", "1e999", "\x00", "é"]
    survivors = 0
    for _ in range(20_000):
        text = chance.choice(bodies)
        for _ in range(chance.randrange(1, 4)):
            place = chance.randrange(len(text))
            text = text[:place] + chance.choice([*atoms, ""]) + text[place + chance.randrange(3) :]
        try:
            for found in events.parse(text):
                assert all(isinstance(address, str) for address in found.recipients)
                assert found.key
                assert repr(found)
                events.advance(None, found)
            survivors += 1
        except events.EventError:
            pass
    assert survivors > 1_000
