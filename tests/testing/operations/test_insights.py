"""Insights: what became of mails, metrics, addresses, recommendations."""

from datetime import UTC, datetime, timedelta

import pytest
from support.mails import PERSON, send
from support.refused import refuses

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
TENANT_ARN = "arn:aws:ses:us-east-1:123456789012:"


def test_a_mail_has_the_events_of_each_recipient(fake: FakeSES, ses: SESv2Client) -> None:
    message_id = send(
        ses,
        "ann@gmail.com",
        "Bob <bounce@simulator.amazonses.com>",
        "complaint@simulator.amazonses.com",
        email_tags=[models.MessageTag(name="campaign", value="spring")],
    )
    fake.clock.advance(60)
    fake.delay(fake.outbox[-1], recipients=["ann@gmail.com"])
    fake.deliver(fake.outbox[-1], recipients=["ann@gmail.com"])
    fake.open(fake.outbox[-1])
    found = ses.get_message_insights(message_id=message_id)
    assert (found.message_id, found.from_email_address, found.subject) == (message_id, "shop@example.com", "Hello")
    assert [*found.email_tags] == [models.MessageTag(name="campaign", value="spring")]
    kinds = {str(one.destination): [event.type for event in one.events] for one in found.insights}
    assert kinds == {
        "ann@gmail.com": ["SEND", "DELIVERY_DELAY", "DELIVERY", "OPEN"],
        "bounce@simulator.amazonses.com": ["SEND", "BOUNCE", "OPEN"],
        "complaint@simulator.amazonses.com": ["SEND", "DELIVERY", "COMPLAINT", "OPEN"],
    }
    first, second, third = found.insights
    assert [one.isp for one in found.insights] == ["Gmail", "UNKNOWN_ISP", "UNKNOWN_ISP"]
    assert [event.timestamp for event in first.events] == [NOW, *[NOW + timedelta(seconds=60)] * 3]
    bounce = second.events[1].details
    assert bounce
    assert bounce.bounce
    assert (bounce.bounce.bounce_type, bounce.bounce.bounce_sub_type) == ("PERMANENT", "General")
    assert bounce.bounce.diagnostic_code
    complaint = third.events[2].details
    assert complaint
    assert complaint.complaint == models.Complaint(complaint_feedback_type="abuse")


def test_a_mail_that_is_not_there(ses: SESv2Client) -> None:
    with refuses(errors.NotFoundException, "Message with id 1 does not exist."):
        ses.get_message_insights(message_id="1")


def query(metric: str, dimensions: dict[str, str] | None = None, days: int = 2) -> models.BatchGetMetricDataQuery:
    return models.BatchGetMetricDataQuery(
        id="q", namespace="VDM", metric=metric, dimensions=dimensions, start_date=TODAY, end_date=TODAY + days * DAY
    )


def counted(ses: SESv2Client, metric: str, dimensions: dict[str, str] | None = None) -> list[int]:
    (result,) = ses.batch_get_metric_data(queries=[query(metric, dimensions)]).results
    assert [*result.timestamps] == [TODAY, TODAY + DAY]
    return [*result.values]


def test_metrics_are_counted_by_day(fake: FakeSES, ses: SESv2Client) -> None:
    send(ses, PERSON, "success@simulator.amazonses.com", "bounce@simulator.amazonses.com")
    fake.clock.advance(DAY)
    send(ses, "complaint@simulator.amazonses.com")
    fake.open(fake.outbox[-1])
    send(ses)
    fake.bounce(fake.outbox[-1], "MailboxFull")
    fake.clock.advance(DAY)
    send(ses)
    assert counted(ses, "SEND") == [3, 2]
    assert counted(ses, "DELIVERY") == [1, 1]
    assert counted(ses, "PERMANENT_BOUNCE") == [1, 0]
    assert counted(ses, "TRANSIENT_BOUNCE") == [0, 1]
    assert counted(ses, "COMPLAINT") == counted(ses, "DELIVERY_COMPLAINT") == [0, 1]
    assert counted(ses, "OPEN") == counted(ses, "DELIVERY_OPEN") == [0, 1]
    assert counted(ses, "CLICK") == [0, 0]


def test_metrics_of_a_long_time_are_those_of_its_first_year(fake: FakeSES, ses: SESv2Client) -> None:
    fake.clock.advance(370 * DAY)
    send(ses)
    (result,) = ses.batch_get_metric_data(queries=[query("SEND", days=400)]).results
    assert (len(result.values), sum(result.values)) == (366, 0)


def test_metrics_have_dimensions(ses: SESv2Client) -> None:
    ses.create_configuration_set(configuration_set_name="news")
    ses.create_email_identity(email_identity="ann@example.org")
    ses.create_tenant(tenant_name="acme")
    for resource in ("identity/example.com", "configuration-set/news"):
        ses.create_tenant_resource_association(tenant_name="acme", resource_arn=TENANT_ARN + resource)
    send(ses, "a@gmail.com", "b@gmail.com", "c@yahoo.com", configuration_set_name="news", tenant_name="acme")
    send(ses, "a@hotmail.com", sender="Ann <ann@example.org>")
    assert counted(ses, "SEND", {"ISP": "Gmail"}) == [2, 0]
    assert counted(ses, "SEND", {"ISP": "Yahoo"}) == [1, 0]
    assert counted(ses, "SEND", {"CONFIGURATION_SET": "news"}) == [3, 0]
    assert counted(ses, "SEND", {"TENANT_NAME": "acme", "ISP": "Gmail"}) == [2, 0]
    assert counted(ses, "SEND", {"TENANT_NAME": "other"}) == [0, 0]
    assert counted(ses, "SEND", {"EMAIL_IDENTITY": "example.com"}) == [3, 0]
    assert counted(ses, "SEND", {"EMAIL_IDENTITY": "ann@example.org", "ISP": "Hotmail"}) == [1, 0]


def test_an_address_is_valid_unless_a_test_sets_something_else(fake: FakeSES, ses: SESv2Client) -> None:
    usual = ses.get_email_address_insights(email_address=PERSON).mailbox_validation
    assert usual
    assert usual.is_valid == models.EmailAddressInsightsVerdict(confidence_verdict="HIGH")
    insights = models.GetEmailAddressInsightsResponse(
        mailbox_validation=models.MailboxValidation(
            is_valid=models.EmailAddressInsightsVerdict(confidence_verdict="LOW"),
            evaluations=models.EmailAddressInsightsMailboxEvaluations(),
        )
    )
    fake.canned.address_insights("Ann@example.net", insights)
    assert ses.get_email_address_insights(email_address="ann@EXAMPLE.net") == insights


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (None, [0, 1]),
        ({"TYPE": "DKIM"}, [0]),
        ({"IMPACT": "LOW"}, [1]),
        ({"STATUS": "OPEN", "TYPE": "SPF"}, [1]),
        ({"RESOURCE_ARN": "arn:aws:ses:us-east-1:123456789012:identity/example.net"}, []),
    ],
)
def test_recommendations_are_those_that_a_test_set(
    fake: FakeSES, ses: SESv2Client, wanted: dict[str, str] | None, numbers: list[int]
) -> None:
    assert not ses.list_recommendations().recommendations
    arn = "arn:aws:ses:us-east-1:123456789012:identity/example.com"
    advice = [
        models.Recommendation(resource_arn=arn, type="DKIM", status="OPEN", impact="HIGH"),
        models.Recommendation(resource_arn=arn, type="SPF", status="OPEN", impact="LOW"),
    ]
    fake.canned.recommendation(models.Recommendation(resource_arn=arn, type="DKIM", status="FIXED"))
    for one in advice:
        fake.canned.recommendation(one)
    assert [*ses.list_recommendations(filter=wanted).recommendations] == [advice[number] for number in numbers]
