"""Insights: metrics, messages, addresses, recommendations."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs

from .... import errors, models
from ...._core.model import Model, wire
from ..mail_log import StoredEvent, StoredMail
from ..paging import listing, page
from ..sending.addresses import domain_of, mailbox_of
from ..sending.destinations import matching_name
from ..world import World, moment_of

_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AddressInsights(Model):
    """What the service says of an address, by the address; tests set it."""

    insights: models.GetEmailAddressInsightsResponse = attrs.field(metadata=wire("insights"))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Advice(Model):
    """A recommendation, by its type and resource; tests set it."""

    recommendation: models.Recommendation = attrs.field(metadata=wire("recommendation"))


def get_message_insights(world: World, *, message_id: str) -> models.GetMessageInsightsResponse:
    """Return what became of a mail, recipient by recipient."""
    mail = world.mails.find(message_id)
    if mail is None:
        raise errors.NotFoundException(f"Message with id {message_id} does not exist.")
    events = world.events.of_mail(message_id)
    return models.GetMessageInsightsResponse(
        message_id=message_id,
        from_email_address=mail.sender,
        subject=mail.subject,
        email_tags=[models.MessageTag(name=name, value=value) for name, value in mail.facts.get("tags", {}).items()],
        insights=[
            models.EmailInsights(
                destination=recipient,
                isp=isp_of(recipient),
                events=[_insight(event) for event in events if recipient in recipients_of(mail, event)],
            )
            for recipient in mail.recipients.mailboxes
        ],
    )


def isp_of(address: str) -> str:
    """Return the provider of an address, as far as its domain says it."""
    domain = address.rpartition("@")[2].rstrip(">").lower()
    return {"gmail.com": "Gmail", "yahoo.com": "Yahoo", "hotmail.com": "Hotmail", "outlook.com": "Hotmail"}.get(
        domain, "UNKNOWN_ISP"
    )


def recipients_of(mail: StoredMail, event: StoredEvent) -> Sequence[str]:
    """Return the recipients that an event is about; all of the mail's if it names none."""
    members = event.body
    for name in ("bouncedRecipients", "complainedRecipients", "delayedRecipients"):
        if name in members:
            return [recipient["emailAddress"] for recipient in members[name]]
    return members.get("recipients") or mail.recipients.mailboxes


def _insight(event: StoredEvent) -> models.InsightsEvent:
    details = None
    body = event.body
    if event.type == "Bounce":
        recipients: Sequence[Mapping[str, str]] = body.get("bouncedRecipients") or [{}]
        bounce = models.Bounce(
            bounce_type=str(body.get("bounceType", "")).upper(),
            bounce_sub_type=body.get("bounceSubType"),
            diagnostic_code=recipients[0].get("diagnosticCode"),
        )
        details = models.EventDetails(bounce=bounce)
    elif event.type == "Complaint":
        complaint = models.Complaint(
            complaint_sub_type=body.get("complaintSubType"),
            complaint_feedback_type=body.get("complaintFeedbackType"),
        )
        details = models.EventDetails(complaint=complaint)
    return models.InsightsEvent(timestamp=moment_of(event.occurred_at), type=matching_name(event.type), details=details)


def batch_get_metric_data(
    world: World, *, queries: Sequence[models.BatchGetMetricDataQuery]
) -> models.BatchGetMetricDataResponse:
    """Count events day by day."""
    return models.BatchGetMetricDataResponse(results=[_result(world, query) for query in queries])


def _result(world: World, query: models.BatchGetMetricDataQuery) -> models.MetricDataResult:
    dimensions = {str(name): value for name, value in (query.dimensions or {}).items()}
    counts = count_by_day(world, str(query.metric), dimensions, query.start_date, query.end_date)
    return models.MetricDataResult(id=query.id, timestamps=list(counts), values=list(counts.values()))


def count_by_day(
    world: World, metric: str, dimensions: Mapping[str, str], start: datetime, end: datetime
) -> dict[datetime, int]:
    """Return how many events of a metric there were on each day of a range, the first day included."""
    first = start.replace(hour=0, minute=0, second=0, microsecond=0)
    days = max(0, -((first - end) // _DAY))
    counts = {first + number * _DAY: 0 for number in range(min(days, 366))}
    for event, mail in _events_of(world, metric, dimensions, start, end):
        day = first + (moment_of(event.occurred_at) - first) // _DAY * _DAY
        if day in counts:
            counts[day] += sum(dimensions.get("ISP") in (None, isp_of(one)) for one in recipients_of(mail, event))
    return counts


def _events_of(
    world: World, metric: str, dimensions: Mapping[str, str], start: datetime, end: datetime
) -> Iterator[tuple[StoredEvent, StoredMail]]:
    """Yield the events of a metric in a range of time, each with its mail."""
    for event in world.events.between(start.timestamp(), end.timestamp()):
        mail = world.mails.find(event.message_id) if _counts(metric, event) else None
        if mail is not None and _has_dimensions(mail, dimensions):
            yield event, mail


def _counts(metric: str, event: StoredEvent) -> bool:
    if metric in ("PERMANENT_BOUNCE", "TRANSIENT_BOUNCE"):
        kind = metric.removesuffix("_BOUNCE")
        return event.type == "Bounce" and str(event.body.get("bounceType", "")).upper() == kind
    return matching_name(event.type) == metric.removeprefix("DELIVERY_")


def _has_dimensions(mail: StoredMail, dimensions: Mapping[str, str]) -> bool:
    """Return whether a mail has the wanted dimensions, except for the provider, which each recipient has."""
    sender = mailbox_of(mail.sender)
    facts: Mapping[str, Sequence[str | None]] = {
        "EMAIL_IDENTITY": (sender, domain_of(sender)),
        "CONFIGURATION_SET": (mail.facts.get("configuration_set"),),
        "TENANT_NAME": (mail.facts.get("tenant"),),
    }
    return all(name not in dimensions or dimensions[name] in values for name, values in facts.items())


def get_email_address_insights(world: World, *, email_address: str) -> models.GetEmailAddressInsightsResponse:
    """Return what is known of an address: what a test set, or that it is fine."""
    found = world.records(AddressInsights).get(email_address.lower())
    if found is not None:
        return found.insights
    high = models.EmailAddressInsightsVerdict(confidence_verdict="HIGH")
    low = models.EmailAddressInsightsVerdict(confidence_verdict="LOW")
    evaluations = models.EmailAddressInsightsMailboxEvaluations(
        has_valid_syntax=high,
        has_valid_dns_records=high,
        mailbox_exists=high,
        is_role_address=low,
        is_disposable=low,
        is_random_input=low,
    )
    return models.GetEmailAddressInsightsResponse(
        mailbox_validation=models.MailboxValidation(is_valid=high, evaluations=evaluations)
    )


def list_recommendations(
    world: World,
    *,
    filter: Mapping[str, str] | None = None,  # noqa: A002 -- the service's name
    next_token: str | None = None,
    page_size: int | None = None,
) -> models.ListRecommendationsResponse:
    """List the recommendations that a test set."""
    found = [record.recommendation for record in world.records(Advice).values()]
    wanted = [advice for advice in found if _fits(advice, filter or {})]
    listed = listing("ListRecommendations", filter)
    entries, token = page(world.region, listed, wanted, next_token, page_size, default=100, maximum=100)
    return models.ListRecommendationsResponse(recommendations=entries, next_token=token)


def _fits(advice: models.Recommendation, wanted: Mapping[str, str]) -> bool:
    facts = {
        "TYPE": advice.type,
        "IMPACT": advice.impact,
        "STATUS": advice.status,
        "RESOURCE_ARN": advice.resource_arn,
    }
    return all(value == wanted.get(name, value) for name, value in facts.items())
