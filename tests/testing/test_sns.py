"""The fake's SNS signs for real."""

import json
import sys
from typing import Any

import pytest
from support.mails import PERSON, send, service

from sesv2kit import events
from sesv2kit._core.exceptions import ConfigurationError
from sesv2kit.testing import FakeSES, sns

TOPIC = "arn:aws:sns:eu-west-1:123456789012:mine"


def test_an_event_is_signed() -> None:
    with service(region="eu-west-1") as (fake, ses):
        bounce = fake.bounce(send(ses), "NoEmail")
        body, headers = fake.sns.post(bounce)
        verifier = events.SNSVerifier([fake.sns.topic_arn], certificates=fake.sns.certificates)
        message = verifier.verify(body, headers)
    assert isinstance(message, events.Notification)
    (event,) = message.events
    assert isinstance(event, events.BounceEvent)
    assert event == bounce
    assert event.recipients == (PERSON,)
    assert json.loads(body)["SignatureVersion"] == "2"
    assert headers["x-amz-sns-message-type"] == "Notification"
    assert headers["x-amz-sns-topic-arn"] == fake.sns.topic_arn


def test_a_changed_message_is_refused() -> None:
    with service() as (fake, ses):
        send(ses)
        body, headers = fake.sns.post(fake.events[0], topic_arn=TOPIC)
        verifier = events.SNSVerifier([TOPIC], certificates=fake.sns.certificates)
        with pytest.raises(events.SignatureError):
            verifier.verify(body.replace(b"shop@", b"shap@"), headers)
        with pytest.raises(events.SignatureError):
            events.SNSVerifier([fake.sns.topic_arn], certificates=fake.sns.certificates).verify(body, headers)


def test_each_post_has_an_id_of_its_own() -> None:
    with FakeSES(seed=1) as fake:
        first, second = (fake.sns.post({"eventType": "Send", "mail": {}, "send": {}}) for _ in range(2))
    assert first.headers["x-amz-sns-message-id"] != second.headers["x-amz-sns-message-id"]


def test_raw_delivery_has_no_signature() -> None:
    with service() as (fake, ses):
        send(ses)
        post = fake.sns.post(fake.events[0], raw=True)
    assert post.headers["x-amz-sns-rawdelivery"] == "true"
    assert events.parse(post.body)[0].message_id == fake.outbox[0].message_id


def test_a_subscription_is_to_be_confirmed() -> None:
    with FakeSES(region="eu-west-1") as fake:
        body, headers = fake.sns.confirmation(topic_arn=TOPIC, token="abc")
        message = events.SNSVerifier([TOPIC], certificates=fake.sns.certificates).verify(body, headers)
        assert fake.sns.confirmation().headers["x-amz-sns-topic-arn"] == fake.sns.topic_arn
    assert isinstance(message, events.SubscriptionConfirmation)
    assert message.token == "abc"
    assert "x-amz-sns-subscription-arn" not in headers


def test_a_webhook_handles_what_is_posted() -> None:
    seen: list[events.Event] = []
    with service() as (fake, ses):
        fake.complain(send(ses))
        verifier = events.SNSVerifier([fake.sns.topic_arn], certificates=fake.sns.certificates)
        reply = events.Webhook(seen.append, verifier).handle(*fake.sns.post(fake.events[-1]))
    assert reply.status == 200
    assert [event.type for event in seen] == ["Complaint"]


def test_signing_needs_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    sns._signer.cache_clear()
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with FakeSES() as fake, pytest.raises(ConfigurationError, match=r"sesv2kit\[sns\]"):
        _ = fake.sns.certificates


@pytest.mark.parametrize("event", [None, 7, "Bounce", [("eventType", "Bounce")]])
def test_what_is_not_an_event_is_not_posted(event: Any) -> None:
    with pytest.raises(ConfigurationError, match="an event of SES or a mapping can be posted"):
        FakeSES().sns.post(event)
