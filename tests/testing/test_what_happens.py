"""What becomes of mails: by the simulator's addresses, by suppression lists, and when a test says so."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.mails import PERSON, kinds_of, publishing, send, service, simple

from sesv2kit import events, models
from sesv2kit._core.exceptions import ConfigurationError
from sesv2kit.testing import FakeSES

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "kinds", "status"),
    [
        ("success", ["Send", "Delivery"], "delivered"),
        ("success+label", ["Send", "Delivery"], "delivered"),
        ("SUCCESS", ["Send", "Delivery"], "delivered"),
        ("bounce+1", ["Send", "Bounce"], "bounced"),
        ("complaint", ["Send", "Delivery", "Complaint"], "complained"),
        ("suppressionlist", ["Send", "Bounce"], "bounced"),
        ("ooto", ["Send", "Delivery"], "delivered"),
        ("other", ["Send"], "sent"),
    ],
)
def test_the_addresses_of_the_simulator(local: str, kinds: list[str], status: str) -> None:
    with service() as (fake, ses):
        send(ses, f"{local}@simulator.amazonses.com")
        assert kinds_of(fake) == kinds
        assert fake.outbox[0].status == status
        assert [event.type for event in fake.outbox[0].events] == kinds
        assert fake.world.send_quota().sent_last24_hours == 0


def test_what_the_simulators_events_say() -> None:
    with service() as (fake, ses):
        for local in ("bounce", "suppressionlist", "complaint"):
            send(ses, f"{local}@simulator.amazonses.com")
        bounce, suppressed, complaint = (
            event for event in fake.events if isinstance(event, events.BounceEvent | events.ComplaintEvent)
        )
    assert isinstance(bounce, events.BounceEvent)
    assert (bounce.bounce.bounce_type, bounce.bounce.bounce_sub_type) == ("Permanent", "General")
    assert bounce.bounce.bounced_recipients[0].status == "5.1.1"
    assert isinstance(suppressed, events.BounceEvent)
    assert "suppressionlist@simulator" in str(suppressed.bounce.bounced_recipients[0].diagnostic_code)
    assert isinstance(complaint, events.ComplaintEvent)
    assert complaint.complaint.complaint_feedback_type == "abuse"


def test_each_recipient_has_its_own_outcome() -> None:
    with service(auto_deliver=True) as (fake, ses):
        people = [f"{local}@simulator.amazonses.com" for local in ("success", "bounce", "complaint")]
        send(ses, *people, PERSON, f"Again <{PERSON}>")
        found = [(event.type, event.recipients) for event in fake.events[1:]]
    assert found == [
        ("Bounce", (people[1],)),
        ("Delivery", (people[0], people[2], PERSON)),
        ("Complaint", (people[2],)),
    ]


def test_ordinary_addresses_wait_for_the_test() -> None:
    with service() as (fake, ses):
        send(ses)
        assert kinds_of(fake) == ["Send"]


def test_the_mail_of_an_event_is_described_in_full() -> None:
    with service(region="eu-west-1", clock=NOW) as (fake, ses):
        publishing(ses, "set", "SEND")
        ses.send_email(
            from_email_address="Shop <shop@example.com>",
            destination=models.Destination(to_addresses=["Ann <ann@example.net>"], cc_addresses=["cc@example.net"]),
            reply_to_addresses=["help@example.com"],
            content=simple("Hello"),
            configuration_set_name="set",
            email_tags=[models.MessageTag(name="campaign", value="spring")],
        )
        (event,) = fake.events
        mail = event.mail
        wire = event.raw["mail"]
    assert isinstance(event, events.SendEvent)
    assert event.occurred_at == NOW.replace(microsecond=123000)
    assert event.raw["send"] == {}
    assert int(str(mail.message_id)[4:16], 16) == int(NOW.timestamp() * 1000)
    assert mail.source == "Shop <shop@example.com>"
    assert mail.source_arn == "arn:aws:ses:eu-west-1:123456789012:identity/example.com"
    assert mail.destination == ("ann@example.net", "cc@example.net")
    assert mail.headers_truncated is False
    assert {"name": "Subject", "value": "Hello"} in wire["headers"]
    common = mail.common_headers
    assert common
    assert (common.from_, common.to, common.cc, common.reply_to, common.subject, common.message_id) == (
        ("Shop <shop@example.com>",),
        ("Ann <ann@example.net>",),
        ("cc@example.net",),
        ("help@example.com",),
        "Hello",
        mail.message_id,
    )
    assert mail.tags["campaign"] == ("spring",)
    assert mail.tags["ses:configuration-set"] == ("set",)
    assert mail.tags["ses:from-domain"] == ("example.com",)
    assert mail.tags["ses:operation"] == ("SendEmail",)


def test_long_headers_are_cut() -> None:
    headers = [models.MessageHeader(name=f"X-{number}", value="x" * 900) for number in range(15)]
    with service() as (fake, ses):
        send(ses, content=simple(headers=headers))
        mail = fake.events[0].mail
    assert mail.headers_truncated is True
    assert 5 < len(mail.headers) < 15


# Suppression -------------------------------------------------------------------------------------


def test_a_suppressed_address_gets_no_mail() -> None:
    with service(auto_deliver=True) as (fake, ses):
        ses.put_suppressed_destination(email_address="a@Example.net", reason="BOUNCE")
        ses.put_suppressed_destination(email_address="b@example.net", reason="COMPLAINT")
        send(ses, "a@example.NET", "b@example.net", "A@example.net")
        bounce, complaint, delivery = fake.events[1:]
        assert isinstance(bounce, events.BounceEvent)
        assert bounce.bounce.bounce_sub_type == "OnAccountSuppressionList"
        assert bounce.recipients == ("a@example.NET",)
        assert not bounce.was_attempted
        assert isinstance(complaint, events.ComplaintEvent)
        assert complaint.complaint.complaint_sub_type == "OnAccountSuppressionList"
        assert delivery.recipients == ("A@example.net",)
        assert fake.world.send_quota().sent_last24_hours == 3


@pytest.mark.parametrize(
    ("account", "options", "is_suppressed"),
    [
        (["BOUNCE", "COMPLAINT"], None, True),
        (["COMPLAINT"], None, False),
        ([], None, False),
        ([], ["BOUNCE"], True),
        (["BOUNCE"], [], False),
        (["BOUNCE"], ["COMPLAINT"], False),
    ],
)
def test_which_reasons_count(account: list[str], options: list[str] | None, is_suppressed: bool) -> None:
    with service() as (fake, ses):
        ses.put_account_suppression_attributes(suppressed_reasons=account)
        ses.put_suppressed_destination(email_address=PERSON, reason="BOUNCE")
        ses.create_configuration_set(
            configuration_set_name="set",
            suppression_options=None if options is None else models.SuppressionOptions(suppressed_reasons=options),
        )
        send(ses, configuration_set_name="set")
        assert kinds_of(fake) == (["Send", "Bounce"] if is_suppressed else ["Send"])


def acme(fake: FakeSES, ses: object, **attributes: object) -> None:
    ses.create_tenant(  # type: ignore[attr-defined]
        tenant_name="acme",
        suppression_attributes=models.TenantSuppressionAttributes(**attributes),  # type: ignore[arg-type]
    )
    ses.create_tenant_resource_association(  # type: ignore[attr-defined]
        tenant_name="acme", resource_arn=fake.world.arn("identity/example.com")
    )


@pytest.mark.parametrize(
    ("attributes", "is_suppressed"),
    [
        ({"suppression_scope": "TENANT", "suppressed_reasons": ["BOUNCE"]}, True),
        ({"suppression_scope": "TENANT", "suppressed_reasons": ["COMPLAINT"]}, False),
        ({"suppression_scope": "TENANT"}, True),
        ({"suppression_scope": "ACCOUNT"}, False),
    ],
)
def test_a_tenant_may_have_a_list_of_its_own(attributes: dict[str, object], is_suppressed: bool) -> None:
    with service() as (fake, ses):
        acme(fake, ses, **attributes)
        ses.put_suppressed_destination(email_address=PERSON, reason="BOUNCE", tenant_name="acme")
        send(ses, tenant_name="acme")
        send(ses)
        kinds = kinds_of(fake)
        assert kinds == (["Send", "Bounce", "Send"] if is_suppressed else ["Send", "Send"])
        if is_suppressed:
            assert fake.events[1].body.bounce_sub_type == "OnTenantSuppressionList"


def test_a_hard_bounce_suppresses_the_address() -> None:
    with service() as (fake, ses):
        send(ses)
        event = fake.bounce(fake.outbox[0], "NoEmail")
        found = ses.get_suppressed_destination(email_address=PERSON).suppressed_destination
        assert found.reason == "BOUNCE"
        assert found.attributes
        assert found.attributes.message_id == fake.outbox[0].message_id
        assert found.attributes.feedback_id == event.bounce.feedback_id
        send(ses)
        assert fake.events[-1].body.bounce_sub_type == "OnAccountSuppressionList"


def test_a_complaint_suppresses_the_address_of_a_tenant() -> None:
    with service() as (fake, ses):
        acme(fake, ses, suppression_scope="TENANT", suppressed_reasons=["COMPLAINT"])
        send(ses, tenant_name="acme")
        fake.complain(fake.outbox[0], "fraud")
        found = ses.get_suppressed_destination(email_address=PERSON, tenant_name="acme").suppressed_destination
        assert (found.reason, found.tenant_name) == ("COMPLAINT", "acme")
        send(ses, tenant_name="acme")
        assert fake.events[-1].body.complaint_sub_type == "OnTenantSuppressionList"


def test_soft_bounces_and_the_simulator_suppress_nothing() -> None:
    with service() as (fake, ses):
        send(ses, PERSON, "success@simulator.amazonses.com")
        mail = fake.outbox[0]
        fake.bounce(mail, "MailboxFull")
        fake.bounce(mail, "General", bounce_type="Transient")
        fake.bounce(mail, "NoEmail", recipients=["success@simulator.amazonses.com"])
        assert ses.list_suppressed_destinations().suppressed_destination_summaries == ()
        ses.put_account_suppression_attributes(suppressed_reasons=[])
        fake.bounce(mail, "NoEmail")
        assert ses.list_suppressed_destinations().suppressed_destination_summaries == ()


# What tests let happen ---------------------------------------------------------------------------


def test_a_delivery() -> None:
    with service(clock=NOW) as (fake, ses):
        send(ses, "a@example.net", "b@example.net")
        fake.clock.advance(2)
        event = fake.deliver(fake.outbox[0], recipients=["B <b@example.net>"])
    assert event.recipients == ("b@example.net",)
    assert event.delivery.processing_time_millis == 2000
    assert event.occurred_at == (NOW + timedelta(seconds=2)).replace(microsecond=123000)
    assert event.tags["ses:outgoing-ip"]
    assert fake.outbox[0].status == "delivered"


@pytest.mark.parametrize(
    ("reason", "kind"), [("General", "Permanent"), ("ContentRejected", "Transient"), ("Undetermined", "Undetermined")]
)
def test_a_bounce(reason: str, kind: str) -> None:
    with service() as (fake, ses):
        message_id = send(ses)
        event = fake.bounce(message_id, reason, diagnostic="smtp; 550 no")
    assert (event.bounce.bounce_type, event.bounce.bounce_sub_type) == (kind, reason)
    assert event.bounce.bounced_recipients[0].diagnostic_code == "smtp; 550 no"
    assert event.recipients == (PERSON,)


def test_a_temporary_general_bounce() -> None:
    with service() as (fake, ses):
        event = fake.bounce(send(ses), bounce_type="Transient")
    assert (event.bounce.bounce_type, event.is_hard) == ("Transient", False)


def test_a_delay() -> None:
    with service(clock=NOW) as (fake, ses):
        event = fake.delay(send(ses), "MailboxFull")
    assert event.delivery_delay.delay_type == "MailboxFull"
    assert event.delivery_delay.expiration_time
    assert event.delivery_delay.expiration_time > NOW
    assert event.mail.headers == ()
    assert event.recipients == (PERSON,)
    assert fake.outbox[0].status == "delayed"


def test_an_open_and_clicks() -> None:
    html = '<a href="https://shop.example/a" ses:tags="part:foot;">a</a> <a href="https://shop.example/b">b</a>'
    with service() as (fake, ses):
        publishing(ses, "tracked", "CLICK")
        send(ses, content=simple(html=html), configuration_set_name="tracked")
        mail = fake.outbox[0]
        opened = fake.open(mail, is_bot=True)
        first, second = fake.click(mail), fake.click(mail, "https://shop.example/b", user_agent="curl")
        url = mail.message.get_body(("html",)).get_content().partition('href="')[2].partition('"')[0]  # type: ignore[union-attr]
        third = fake.click(mail, url)
        assert mail.status == "clicked"
    assert opened.is_bot is True
    assert opened.mail.source_arn is None
    assert first.is_bot is False
    assert (first.click.link, first.click.link_tags) == ("https://shop.example/a", {"part": ("foot",)})
    assert (second.click.link, second.click.link_tags, second.click.user_agent) == (
        "https://shop.example/b",
        {},
        "curl",
    )
    assert "awstrack.me" in url
    assert third.click.link == "https://shop.example/a"


def test_states_outrank_each_other() -> None:
    with service() as (fake, ses):
        send(ses)
        mail = fake.outbox[0]
        fake.complain(mail)
        fake.open(mail)
        assert mail.status == "complained"


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("deliver", {"mail": None}),
        ("deliver", {"mail": 7}),
        ("deliver", {"recipients": PERSON}),
        ("bounce", {"reason": None}),
        ("bounce", {"reason": ["NoEmail"]}),
        ("bounce", {"bounce_type": 7}),
        ("bounce", {"diagnostic": 550}),
        ("complain", {"feedback_type": 7}),
        ("complain", {"recipients": [7]}),
        ("delay", {"recipients": 7}),
        ("open", {"user_agent": None}),
        ("open", {"is_bot": "no"}),
        ("click", {"url": 7}),
        ("click", {"ip_address": 7}),
        ("unsubscribe", {"recipient": 7}),
    ],
)
def test_arguments_of_the_wrong_type_change_nothing(action: str, given: dict[str, Any]) -> None:
    (name,) = given
    with service() as (fake, ses):
        send(ses, content=simple(text="https://shop.example/a"))
        with pytest.raises(ConfigurationError, match=f"^{name} must be"):
            getattr(fake, action)(**({"mail": fake.outbox[0]} | given))
        assert kinds_of(fake) == ["Send"]


def test_wrong_arguments_are_explained() -> None:
    with service() as (fake, ses):
        send(ses)
        mail = fake.outbox[0]
        with pytest.raises(ConfigurationError, match="no mail 'nonsense'"):
            fake.bounce("nonsense")
        with pytest.raises(ConfigurationError, match="NoEmail, Suppressed"):
            fake.bounce(mail, "noemail")
        with pytest.raises(ConfigurationError, match="has the type 'Permanent'"):
            fake.bounce(mail, "NoEmail", bounce_type="Transient")
        with pytest.raises(ConfigurationError, match=f"but to {PERSON}"):
            fake.deliver(mail, recipients=["eve@example.net"])
        with pytest.raises(ConfigurationError, match="SendingDeferral"):
            fake.delay(mail, "nonsense")
        with pytest.raises(ConfigurationError, match="has no links"):
            fake.click(mail)
        send(ses, content=simple(text="https://shop.example/a"))
        with pytest.raises(ConfigurationError, match="its links are https:"):
            fake.click(fake.outbox[1], "https://shop.example/b")
        assert kinds_of(fake) == ["Send", "Send"]


def test_nothing_happens_to_a_mail_that_was_not_made() -> None:
    with service() as (fake, ses):
        message_id = send(
            ses,
            content=models.EmailContent(
                template=models.Template(template_content=models.EmailTemplateContent(subject="{{name}}"))
            ),
        )
        with pytest.raises(ConfigurationError, match="could not be filled in"):
            fake.deliver(message_id)


def test_listeners_are_called_with_mails_and_events() -> None:
    heard: list[str] = []
    with service(auto_deliver=True) as (fake, ses):
        fake.world.on_mail.append(lambda mail: heard.append(f"{mail.number} {mail.subject}"))
        fake.world.on_event.append(lambda mail, event: heard.append(f"{mail.status} {event.type} {event.number}"))
        send(ses)
    assert heard == ["1 Hello", "sent Send 1", "delivered Delivery 2"]


# Event destinations ------------------------------------------------------------------------------


def test_events_go_to_the_destinations_that_want_them() -> None:
    with service() as (fake, ses):
        publishing(ses, "set", "BOUNCE", "RENDERING_FAILURE", "DELIVERY_DELAY")
        send(ses, configuration_set_name="set")
        send(ses)
        listed, plain = fake.outbox
        assert [destination.name for destination in fake.destinations_of(fake.bounce(listed))] == ["topic"]
        assert [destination.name for destination in fake.destinations_of(fake.delay(listed))] == ["topic"]
        assert fake.destinations_of(fake.open(listed)) == []
        assert fake.destinations_of(fake.bounce(plain)) == ()
        content = models.EmailContent(
            template=models.Template(template_content=models.EmailTemplateContent(subject="{{name}}"))
        )
        send(ses, content=content, configuration_set_name="set")
        assert len(fake.destinations_of(fake.events[-1])) == 1


def test_a_destination_that_is_switched_off_gets_nothing() -> None:
    with service() as (fake, ses):
        publishing(ses, "set", "BOUNCE")
        ses.update_configuration_set_event_destination(
            configuration_set_name="set",
            event_destination_name="topic",
            event_destination=models.EventDestinationDefinition(enabled=False, matching_event_types=["BOUNCE"]),
        )
        send(ses, configuration_set_name="set")
        assert fake.destinations_of(fake.bounce(fake.outbox[0])) == []


def test_an_event_of_another_service_goes_nowhere() -> None:
    with service() as (fake, ses):
        send(ses)
        event = fake.events[0]
        fake.reset()
        assert fake.destinations_of(event) == ()
        assert fake.outbox == []
        assert fake.events == []
