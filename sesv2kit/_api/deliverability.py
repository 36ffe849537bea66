# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations: deliverability."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .. import models
from .._model import Limits
from .._operation import Argument, Caller, Operation, Page, RequestOptions

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
        Argument("tags", "Tags", "body", lambda: Sequence[models.Tag]),
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
        Argument("page_size", "PageSize", "query", lambda: int),
    ),
)
LIST_DOMAIN_DELIVERABILITY_CAMPAIGNS = Operation(
    name="ListDomainDeliverabilityCampaigns",
    method="GET",
    path="/v2/email/deliverability-dashboard/domains/{SubscribedDomain}/campaigns",
    kind="read",
    output=lambda: models.ListDomainDeliverabilityCampaignsResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
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


class DeliverabilityMixin(Caller):
    """The operations of this domain, blocking."""

    def create_deliverability_test_report(
        self,
        *,
        from_email_address: str,
        content: models.EmailContent,
        report_name: str | None = None,
        tags: Sequence[models.Tag] | None = None,
        options: RequestOptions | None = None,
    ) -> models.CreateDeliverabilityTestReportResponse:
        """To be described.

        Args:
            from_email_address: To be described.
            content: To be described.
            report_name: To be described.
            tags: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.CreateDeliverabilityTestReportResponse: `report_id`: to be described;
                `deliverability_test_status`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: AccountSuspendedException, BadRequestException,
                ConcurrentModificationException, LimitExceededException, MailFromDomainNotVerifiedException,
                MessageRejected, NotFoundException, SendingPausedException, TooManyRequestsException, or
                another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateDeliverabilityTestReport.html
        """
        return self._call(
            CREATE_DELIVERABILITY_TEST_REPORT,
            {
                "report_name": report_name,
                "from_email_address": from_email_address,
                "content": content,
                "tags": tags,
            },
            options,
        )

    def get_blacklist_reports(
        self,
        *,
        blacklist_item_names: Sequence[str],
        options: RequestOptions | None = None,
    ) -> models.GetBlacklistReportsResponse:
        """To be described.

        Args:
            blacklist_item_names: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetBlacklistReportsResponse: `blacklist_report`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetBlacklistReports.html
        """
        return self._call(
            GET_BLACKLIST_REPORTS,
            {
                "blacklist_item_names": blacklist_item_names,
            },
            options,
        )

    def get_deliverability_dashboard_options(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> models.GetDeliverabilityDashboardOptionsResponse:
        """To be described.

        Args:
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetDeliverabilityDashboardOptionsResponse: `dashboard_enabled`: to be described;
                `subscription_expiry_date`: to be described; `account_status`: to be described;
                `active_subscribed_domains`: to be described; `pending_expiration_subscribed_domains`: to be
                described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, LimitExceededException,
                TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDeliverabilityDashboardOptions.html
        """
        return self._call(
            GET_DELIVERABILITY_DASHBOARD_OPTIONS,
            {},
            options,
        )

    def get_deliverability_test_report(
        self,
        *,
        report_id: str,
        options: RequestOptions | None = None,
    ) -> models.GetDeliverabilityTestReportResponse:
        """To be described.

        Args:
            report_id: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetDeliverabilityTestReportResponse: `deliverability_test_report`: to be described;
                `overall_placement`: to be described; `isp_placements`: to be described; `message`: to be
                described; `tags`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDeliverabilityTestReport.html
        """
        return self._call(
            GET_DELIVERABILITY_TEST_REPORT,
            {
                "report_id": report_id,
            },
            options,
        )

    def get_domain_deliverability_campaign(
        self,
        *,
        campaign_id: str,
        options: RequestOptions | None = None,
    ) -> models.GetDomainDeliverabilityCampaignResponse:
        """To be described.

        Args:
            campaign_id: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetDomainDeliverabilityCampaignResponse: `domain_deliverability_campaign`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDomainDeliverabilityCampaign.html
        """
        return self._call(
            GET_DOMAIN_DELIVERABILITY_CAMPAIGN,
            {
                "campaign_id": campaign_id,
            },
            options,
        )

    def get_domain_statistics_report(
        self,
        *,
        domain: str,
        start_date: datetime,
        end_date: datetime,
        options: RequestOptions | None = None,
    ) -> models.GetDomainStatisticsReportResponse:
        """To be described.

        Args:
            domain: To be described. At least 1 character.
            start_date: To be described.
            end_date: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetDomainStatisticsReportResponse: `overall_volume`: to be described; `daily_volumes`: to
                be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDomainStatisticsReport.html
        """
        return self._call(
            GET_DOMAIN_STATISTICS_REPORT,
            {
                "domain": domain,
                "start_date": start_date,
                "end_date": end_date,
            },
            options,
        )

    def list_deliverability_test_reports(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListDeliverabilityTestReportsResponse:
        """To be described.

        Args:
            next_token: To be described.
            page_size: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.ListDeliverabilityTestReportsResponse: `deliverability_test_reports`: to be described;
                `next_token`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDeliverabilityTestReports.html
        """
        return self._call(
            LIST_DELIVERABILITY_TEST_REPORTS,
            {
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def list_domain_deliverability_campaigns(
        self,
        *,
        start_date: datetime,
        end_date: datetime,
        subscribed_domain: str,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListDomainDeliverabilityCampaignsResponse:
        """To be described.

        Args:
            start_date: To be described.
            end_date: To be described.
            subscribed_domain: To be described.
            next_token: To be described.
            page_size: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.ListDomainDeliverabilityCampaignsResponse: `domain_deliverability_campaigns`: to be
                described; `next_token`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDomainDeliverabilityCampaigns.html
        """
        return self._call(
            LIST_DOMAIN_DELIVERABILITY_CAMPAIGNS,
            {
                "start_date": start_date,
                "end_date": end_date,
                "subscribed_domain": subscribed_domain,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def put_deliverability_dashboard_option(
        self,
        *,
        dashboard_enabled: bool,
        subscribed_domains: Sequence[models.DomainDeliverabilityTrackingOption] | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """To be described.

        Args:
            dashboard_enabled: To be described.
            subscribed_domains: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: AlreadyExistsException, BadRequestException,
                LimitExceededException, NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutDeliverabilityDashboardOption.html
        """
        return self._call(
            PUT_DELIVERABILITY_DASHBOARD_OPTION,
            {
                "dashboard_enabled": dashboard_enabled,
                "subscribed_domains": subscribed_domains,
            },
            options,
        )
