# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: deliverability."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page
from .._core.rules import Span

CREATE_DELIVERABILITY_TEST_REPORT = Operation(
    name="CreateDeliverabilityTestReport",
    method="POST",
    path="/v2/email/deliverability-dashboard/test",
    kind="send",
    output=lambda: models.CreateDeliverabilityTestReportResponse,
    errors=(
        "AccountSuspendedException",
        "BadRequestException",
        "ConcurrentModificationException",
        "LimitExceededException",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",
        "NotFoundException",
        "SendingPausedException",
        "TooManyRequestsException",
    ),
    arguments=(
        Argument("report_name", "ReportName", "body", lambda: str),
        Argument("from_email_address", "FromEmailAddress", "body", lambda: str, required=True),
        Argument("content", "Content", "body", lambda: models.EmailContent, required=True),
        Argument("tags", "Tags", "body", lambda: Sequence[models.Tag], Limits(max_items=50, unique="key")),
    ),
)
GET_BLACKLIST_REPORTS = Operation(
    name="GetBlacklistReports",
    method="GET",
    path="/v2/email/deliverability-dashboard/blacklist-report",
    kind="read",
    output=lambda: models.GetBlacklistReportsResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("blacklist_item_names", "BlacklistItemNames", "query", lambda: Sequence[str], required=True),),
)
GET_DELIVERABILITY_DASHBOARD_OPTIONS = Operation(
    name="GetDeliverabilityDashboardOptions",
    method="GET",
    path="/v2/email/deliverability-dashboard",
    kind="read",
    output=lambda: models.GetDeliverabilityDashboardOptionsResponse,
    errors=("BadRequestException", "LimitExceededException", "TooManyRequestsException"),
)
GET_DELIVERABILITY_TEST_REPORT = Operation(
    name="GetDeliverabilityTestReport",
    method="GET",
    path="/v2/email/deliverability-dashboard/test-reports/{ReportId}",
    kind="read",
    output=lambda: models.GetDeliverabilityTestReportResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("report_id", "ReportId", "path", lambda: str, required=True),),
)
GET_DOMAIN_DELIVERABILITY_CAMPAIGN = Operation(
    name="GetDomainDeliverabilityCampaign",
    method="GET",
    path="/v2/email/deliverability-dashboard/campaigns/{CampaignId}",
    kind="read",
    output=lambda: models.GetDomainDeliverabilityCampaignResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("campaign_id", "CampaignId", "path", lambda: str, required=True),),
)
GET_DOMAIN_STATISTICS_REPORT = Operation(
    name="GetDomainStatisticsReport",
    method="GET",
    path="/v2/email/deliverability-dashboard/statistics-report/{Domain}",
    kind="read",
    output=lambda: models.GetDomainStatisticsReportResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rules=(Span("start_date", "end_date", 30),),
    arguments=(
        Argument("domain", "Domain", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("start_date", "StartDate", "query", lambda: datetime, required=True),
        Argument("end_date", "EndDate", "query", lambda: datetime, required=True),
    ),
)
LIST_DELIVERABILITY_TEST_REPORTS = Operation(
    name="ListDeliverabilityTestReports",
    method="GET",
    path="/v2/email/deliverability-dashboard/test-reports",
    kind="read",
    output=lambda: models.ListDeliverabilityTestReportsResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    page=Page(items="deliverability_test_reports", token="next_token", size="page_size"),
    arguments=(
        Argument("next_token", "NextToken", "query", lambda: str),
        Argument("page_size", "PageSize", "query", lambda: int, Limits(minimum=0, maximum=1000)),
    ),
)
LIST_DOMAIN_DELIVERABILITY_CAMPAIGNS = Operation(
    name="ListDomainDeliverabilityCampaigns",
    method="GET",
    path="/v2/email/deliverability-dashboard/domains/{SubscribedDomain}/campaigns",
    kind="read",
    output=lambda: models.ListDomainDeliverabilityCampaignsResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rules=(Span("start_date", "end_date", 30),),
    page=Page(items="domain_deliverability_campaigns", token="next_token", size="page_size"),
    arguments=(
        Argument("start_date", "StartDate", "query", lambda: datetime, required=True),
        Argument("end_date", "EndDate", "query", lambda: datetime, required=True),
        Argument("subscribed_domain", "SubscribedDomain", "path", lambda: str, required=True),
        Argument("next_token", "NextToken", "query", lambda: str),
        Argument("page_size", "PageSize", "query", lambda: int),
    ),
)
PUT_DELIVERABILITY_DASHBOARD_OPTION = Operation(
    name="PutDeliverabilityDashboardOption",
    method="PUT",
    path="/v2/email/deliverability-dashboard",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=(
        "AlreadyExistsException",
        "BadRequestException",
        "LimitExceededException",
        "NotFoundException",
        "TooManyRequestsException",
    ),
    arguments=(
        Argument("dashboard_enabled", "DashboardEnabled", "body", lambda: bool, required=True),
        Argument(
            "subscribed_domains",
            "SubscribedDomains",
            "body",
            lambda: Sequence[models.DomainDeliverabilityTrackingOption],
        ),
    ),
)
