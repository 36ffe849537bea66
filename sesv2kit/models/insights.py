# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: insights."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import attrs

from .._core.model import ABSENT, Limits, Model, OpenEnum, Response, wire
from .configuration_sets import EventType
from .messages import MessageTag


class BounceType(OpenEnum):
    """How SES classes a bounce."""

    UNDETERMINED = "UNDETERMINED"
    """SES could not determine why the message bounced."""
    TRANSIENT = "TRANSIENT"
    """Delivery failed for another reason than a mailbox that does not exist."""
    PERMANENT = "PERMANENT"
    """A hard bounce: the receiving mail server refused the message for good, for example because there is no
    such mailbox.
    """


class EmailAddressInsightsConfidenceVerdict(OpenEnum):
    """How strongly a check applies to an address.

    It rates the statement checked, not the quality of the address.
    """

    LOW = "LOW"
    """Little or nothing speaks for it: low for `is_role_address` means probably not a role address."""
    MEDIUM = "MEDIUM"
    """Some things speak for it: medium for `is_disposable` means that it may be a throwaway address."""
    HIGH = "HIGH"
    """Much speaks for it: high for `is_random_input` means that the address was most likely typed or generated
    at random.
    """


class ListRecommendationsFilterKey(OpenEnum):
    """Properties by which recommendations can be filtered."""

    TYPE = "TYPE"
    """Filter by subject, with a value such as `DKIM`, `SPF`, `DMARC`, `BIMI` or `COMPLAINT`."""
    IMPACT = "IMPACT"
    """Filter by impact, with the value `HIGH` or `LOW`."""
    STATUS = "STATUS"
    """Filter by status, with the value `OPEN` or `FIXED`."""
    RESOURCE_ARN = "RESOURCE_ARN"
    """Filter by the resource concerned, given by its ARN, such as that of an identity."""


class Metric(OpenEnum):
    """Metrics of the Virtual Deliverability Manager (VDM).

    None of them covers mail with more than one recipient.
    """

    SEND = "SEND"
    """Messages sent that count for the VDM dashboard. Leaves out the mailbox simulator."""
    COMPLAINT = "COMPLAINT"
    """Complaints received.

    Leaves out the mailbox simulator and complaints that stem from the account's own suppression list.
    """
    PERMANENT_BOUNCE = "PERMANENT_BOUNCE"
    """Bounces because the mailbox does not exist.

    Leaves out the mailbox simulator and bounces that stem from the account's own suppression list.
    """
    TRANSIENT_BOUNCE = "TRANSIENT_BOUNCE"
    """Failed deliveries for other reasons than a missing mailbox. Leaves out the mailbox simulator."""
    OPEN = "OPEN"
    """Unique opens of messages that carry an open tracker."""
    CLICK = "CLICK"
    """Unique clicks in messages whose links are wrapped for tracking."""
    DELIVERY = "DELIVERY"
    """Messages delivered. Leaves out the mailbox simulator."""
    DELIVERY_OPEN = "DELIVERY_OPEN"
    """Messages delivered that carry an open tracker: the base to compare `OPEN` with.

    Leaves out the mailbox simulator.
    """
    DELIVERY_CLICK = "DELIVERY_CLICK"
    """Messages delivered that carry click trackers: the base to compare `CLICK` with.

    Leaves out the mailbox simulator.
    """
    DELIVERY_COMPLAINT = "DELIVERY_COMPLAINT"
    """Messages delivered to mailbox providers that report complaints to SES: the base to compare `COMPLAINT`
    with.

    Leaves out the mailbox simulator.
    """


class MetricDimensionName(OpenEnum):
    """Properties of a message by which metrics can be filtered."""

    EMAIL_IDENTITY = "EMAIL_IDENTITY"
    """The identity that the messages were sent with."""
    CONFIGURATION_SET = "CONFIGURATION_SET"
    """The configuration set that the messages were sent with, where there was one."""
    ISP = "ISP"
    """The mailbox provider of the recipients, such as Gmail or Yahoo."""
    TENANT_NAME = "TENANT_NAME"
    """The tenant that the messages were sent for, where there was one."""


class MetricNamespace(OpenEnum):
    """Namespaces of metrics; there is only one."""

    VDM = "VDM"
    """Metrics of the Virtual Deliverability Manager."""


class QueryErrorCode(OpenEnum):
    """Why a single metric query failed."""

    INTERNAL_FAILURE = "INTERNAL_FAILURE"
    """SES itself failed to process the query."""
    ACCESS_DENIED = "ACCESS_DENIED"
    """Your permissions do not suffice to read the metric that the query names."""


class RecommendationImpact(OpenEnum):
    """How serious a finding of SES is, on a recommendation or on the reputation of an entity."""

    LOW = "LOW"
    """The finding has little impact."""
    HIGH = "HIGH"
    """The finding has great impact; attend to it first."""


class RecommendationStatus(OpenEnum):
    """Whether the issue behind a recommendation still exists."""

    OPEN = "OPEN"
    """The issue still exists. Will change once it is solved."""
    FIXED = "FIXED"
    """The issue has been solved."""


class RecommendationType(OpenEnum):
    """Subject of a recommendation."""

    DKIM = "DKIM"
    """Advice on your DKIM setup, that is, the signing of your mail."""
    DMARC = "DMARC"
    """Advice on DMARC, the domain's policy for mail that fails authentication."""
    SPF = "SPF"
    """Advice on SPF, the DNS record that names who may send for a domain."""
    BIMI = "BIMI"
    """Advice on BIMI, the standard for showing your logo beside your mail."""
    COMPLAINT = "COMPLAINT"
    """Advice on complaints about your mail."""
    BOUNCE = "BOUNCE"
    """Advice on bounces of your mail."""
    FEEDBACK_3P = "FEEDBACK_3P"
    """Advice that rests on feedback from third parties."""
    IP_LISTING = "IP_LISTING"
    """Advice on a listing of an IP address."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BatchGetMetricDataQuery(Model):
    """One query of a batch: a metric, a time span and optional filters.

    Args:
        id: Name of your choice for the query. Its result or error carries the same one, so make it unique
            within the batch. 1 to 255 characters.
        namespace: Namespace that the metric belongs to: `VDM`.
        metric: The metric to return. All of them leave out mail with more than one recipient.
        dimensions: Values to filter by, one per dimension, such as a mailbox provider under `ISP`. Left out,
            the metric is not filtered. 1 to 3 items.
        start_date: Moment at which the queried time span begins.
        end_date: Moment at which the queried time span ends.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BatchGetMetricDataQuery.html
    """

    id: str = attrs.field(metadata=wire("Id", Limits(min_length=1, max_length=255)))
    """Name of your choice for the query.

    Its result or error carries the same one, so make it unique within the batch. 1 to 255 characters.
    """
    namespace: MetricNamespace | Literal["VDM"] | str = attrs.field(metadata=wire("Namespace"))
    """Namespace that the metric belongs to: `VDM`."""
    metric: (
        Metric
        | Literal[
            "SEND",
            "COMPLAINT",
            "PERMANENT_BOUNCE",
            "TRANSIENT_BOUNCE",
            "OPEN",
            "CLICK",
            "DELIVERY",
            "DELIVERY_OPEN",
            "DELIVERY_CLICK",
            "DELIVERY_COMPLAINT",
        ]
        | str
    ) = attrs.field(metadata=wire("Metric"))
    """The metric to return. All of them leave out mail with more than one recipient."""
    dimensions: (
        Mapping[MetricDimensionName, str]
        | Mapping[Literal["EMAIL_IDENTITY", "CONFIGURATION_SET", "ISP", "TENANT_NAME"], str]
        | Mapping[str, str]
        | None
    ) = attrs.field(default=None, metadata=wire("Dimensions", Limits(min_items=1, max_items=3)))
    """Values to filter by, one per dimension, such as a mailbox provider under `ISP`.

    Left out, the metric is not filtered. 1 to 3 items.
    """
    start_date: datetime = attrs.field(metadata=wire("StartDate"))
    """Moment at which the queried time span begins."""
    end_date: datetime = attrs.field(metadata=wire("EndDate"))
    """Moment at which the queried time span ends."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Bounce(Model):
    """Details of a bounce.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Bounce.html
    """

    bounce_type: BounceType | str | None = attrs.field(default=None, metadata=wire("BounceType"))
    """Kind of bounce, as SES classed it: permanent, transient or undetermined."""
    bounce_sub_type: str | None = attrs.field(default=None, metadata=wire("BounceSubType"))
    """Finer class of the bounce, as SES determined it."""
    diagnostic_code: str | None = attrs.field(default=None, metadata=wire("DiagnosticCode"))
    """Status code from the mail server that reported the bounce.

    Only there if the bounce came with a delivery status notification (DSN) that has a `Diagnostic-Code`.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Complaint(Model):
    """Details of a complaint.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Complaint.html
    """

    complaint_sub_type: str | None = attrs.field(default=None, metadata=wire("ComplaintSubType"))
    """`"OnAccountSuppressionList"` if SES accepted the message but did not try to send it, as the address is on
    your account's suppression list; otherwise null.
    """
    complaint_feedback_type: str | None = attrs.field(default=None, metadata=wire("ComplaintFeedbackType"))
    """`Feedback-Type` that the mailbox provider gave in its feedback report."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EmailAddressInsightsVerdict(Model):
    """Outcome of one check on an address.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EmailAddressInsightsVerdict.html
    """

    confidence_verdict: EmailAddressInsightsConfidenceVerdict | str | None = attrs.field(
        default=None, metadata=wire("ConfidenceVerdict")
    )
    """How strongly the check applies to the address: `LOW`, `MEDIUM` or `HIGH`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EmailAddressInsightsMailboxEvaluations(Model):
    """Verdicts of the single checks on an address.

    Each says how strongly the statement in its name applies, so a high value is good for some checks and bad
    for others.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EmailAddressInsightsMailboxEvaluations.html
    """

    has_valid_syntax: EmailAddressInsightsVerdict | None = attrs.field(default=None, metadata=wire("HasValidSyntax"))
    """Whether the address is well-formed by the RFCs and has only permitted characters. High is good."""
    has_valid_dns_records: EmailAddressInsightsVerdict | None = attrs.field(
        default=None, metadata=wire("HasValidDnsRecords")
    )
    """Whether the domain exists and its DNS is valid and set up for receiving mail. High is good."""
    mailbox_exists: EmailAddressInsightsVerdict | None = attrs.field(default=None, metadata=wire("MailboxExists"))
    """Whether there is such a mailbox and it can take mail, found out without mailing it. High is good."""
    is_role_address: EmailAddressInsightsVerdict | None = attrs.field(default=None, metadata=wire("IsRoleAddress"))
    """Whether the address belongs to a role, like `info@` or `support@`, rather than a person.

    High means likely a role; such addresses may engage less.
    """
    is_disposable: EmailAddressInsightsVerdict | None = attrs.field(default=None, metadata=wire("IsDisposable"))
    """Whether the address is a throwaway one.

    High means likely so; mailing such addresses can hurt your reputation as a sender.
    """
    is_random_input: EmailAddressInsightsVerdict | None = attrs.field(default=None, metadata=wire("IsRandomInput"))
    """Whether the address looks like random typing. High means very likely so."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EventDetails(Model):
    """More on a bounce or complaint; which member is set depends on the type of the event.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EventDetails.html
    """

    bounce: Bounce | None = attrs.field(default=None, metadata=wire("Bounce"))
    """Details of the bounce; set when the event is a `BOUNCE`."""
    complaint: Complaint | None = attrs.field(default=None, metadata=wire("Complaint"))
    """Details of the complaint; set when the event is a `COMPLAINT`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InsightsEvent(Model):
    """One event in the life of a message.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_InsightsEvent.html
    """

    timestamp: datetime | None = attrs.field(default=None, metadata=wire("Timestamp"))
    """When the event happened."""
    type: EventType | str | None = attrs.field(default=None, metadata=wire("Type"))
    """What happened: `SEND`, `DELIVERY`, `BOUNCE`, `COMPLAINT`, `OPEN` or `CLICK`.

    Apart from `SEND`, events of mail to several recipients are not recorded.
    """
    details: EventDetails | None = attrs.field(default=None, metadata=wire("Details"))
    """More on the event if it is a bounce or a complaint."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EmailInsights(Model):
    """What happened to a message for one recipient.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EmailInsights.html
    """

    destination: str | None = attrs.field(
        default=None, metadata=wire("Destination", Limits(min_length=1, max_length=320), sensitive=True)
    )
    """Address of the recipient. 1 to 320 characters."""
    isp: str | None = attrs.field(default=None, metadata=wire("Isp"))
    """Mailbox provider of the recipient, such as Gmail or Yahoo."""
    events: Sequence[InsightsEvent] = attrs.field(default=ABSENT, metadata=wire("Events"))
    """Events recorded for this recipient: sends, deliveries, bounces, complaints, opens and clicks."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MailboxValidation(Model):
    """Result of checking an email address.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MailboxValidation.html
    """

    is_valid: EmailAddressInsightsVerdict | None = attrs.field(default=None, metadata=wire("IsValid"))
    """Verdict on the address as a whole: how confident SES is that it is valid."""
    evaluations: EmailAddressInsightsMailboxEvaluations | None = attrs.field(default=None, metadata=wire("Evaluations"))
    """Verdicts of the single checks: syntax, DNS, mailbox, role, disposable, random."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MetricDataError(Model):
    """A query of a batch that failed, and why.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MetricDataError.html
    """

    id: str | None = attrs.field(default=None, metadata=wire("Id", Limits(min_length=1, max_length=255)))
    """ID that you gave the query. 1 to 255 characters."""
    code: QueryErrorCode | str | None = attrs.field(default=None, metadata=wire("Code"))
    """Kind of failure: internal, or missing permission."""
    message: str | None = attrs.field(default=None, metadata=wire("Message"))
    """Text that explains the failure."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MetricDataResult(Model):
    """Data returned for one query of a batch.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MetricDataResult.html
    """

    id: str | None = attrs.field(default=None, metadata=wire("Id", Limits(min_length=1, max_length=255)))
    """ID that you gave the query. 1 to 255 characters."""
    timestamps: Sequence[datetime] = attrs.field(default=ABSENT, metadata=wire("Timestamps"))
    """Points in time of the data, in step with `values`."""
    values: Sequence[int] = attrs.field(default=ABSENT, metadata=wire("Values"))
    """Totals of the metric, in step with `timestamps`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Recommendation(Model):
    """Something that SES found in your account and advises you to act on.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Recommendation.html
    """

    resource_arn: str | None = attrs.field(default=None, metadata=wire("ResourceArn", Limits(min_length=1)))
    """ARN of the resource concerned, for example of an email identity. At least 1 character."""
    type: RecommendationType | str | None = attrs.field(default=None, metadata=wire("Type"))
    """Subject of the advice, such as DKIM, SPF, DMARC, BIMI or complaints."""
    description: str | None = attrs.field(default=None, metadata=wire("Description"))
    """Distinguishes recommendations of the same type: `"DKIM1"` and `"DKIM2"`, for instance, are separate
    findings on DKIM.
    """
    status: RecommendationStatus | str | None = attrs.field(default=None, metadata=wire("Status"))
    """Whether the issue is still open or has been fixed."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the issue was first met and this recommendation made."""
    last_updated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastUpdatedTimestamp"))
    """When this recommendation last changed."""
    impact: RecommendationImpact | str | None = attrs.field(default=None, metadata=wire("Impact"))
    """How serious the issue is: high or low."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BatchGetMetricDataResponse(Response):
    """The response of `batch_get_metric_data`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BatchGetMetricData.html
    """

    results: Sequence[MetricDataResult] = attrs.field(default=ABSENT, metadata=wire("Results"))
    """Data of the queries that succeeded; match them to your queries by `id`."""
    errors: Sequence[MetricDataError] = attrs.field(default=ABSENT, metadata=wire("Errors"))
    """The queries that failed, with the reason; match them to your queries by `id`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetEmailAddressInsightsResponse(Response):
    """The response of `get_email_address_insights`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailAddressInsights.html
    """

    mailbox_validation: MailboxValidation | None = attrs.field(default=None, metadata=wire("MailboxValidation"))
    """Verdict on the address as a whole, and on each check."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetMessageInsightsResponse(Response):
    """The response of `get_message_insights`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetMessageInsights.html
    """

    message_id: str | None = attrs.field(default=None, metadata=wire("MessageId"))
    """ID of this message."""
    from_email_address: str | None = attrs.field(
        default=None, metadata=wire("FromEmailAddress", Limits(min_length=1, max_length=320), sensitive=True)
    )
    """Address that the message was sent from. 1 to 320 characters."""
    subject: str | None = attrs.field(
        default=None, metadata=wire("Subject", Limits(min_length=1, max_length=998), sensitive=True)
    )
    """Subject of the message. 1 to 998 characters."""
    email_tags: Sequence[MessageTag] = attrs.field(default=ABSENT, metadata=wire("EmailTags"))
    """Tags of the message: those you set on sending, and those that SES adds on its own (auto-tags)."""
    insights: Sequence[EmailInsights] = attrs.field(default=ABSENT, metadata=wire("Insights"))
    """Recipients of the message, each with its mailbox provider and events."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListRecommendationsResponse(Response):
    """The response of `list_recommendations`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListRecommendations.html
    """

    recommendations: Sequence[Recommendation] = attrs.field(default=ABSENT, metadata=wire("Recommendations"))
    """The recommendations on this page."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of recommendations, to be sent with otherwise unchanged parameters; absent on the
    last page.
    """
