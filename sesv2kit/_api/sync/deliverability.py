# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, blocking: deliverability."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ... import _api, models
from ..._call.caller import Caller
from ..._call.options import RequestOptions
from ..._call.paginator import Paginator


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
        """Start a predictive inbox placement test: SES mails your sample message to test mailboxes at several
        large providers to show where it lands.

        The test runs on for about 24 hours; read its outcome with `get_deliverability_test_report`.

        Args:
            from_email_address: Sender address of the sample message.
            content: Sample message to test; make it the same as the mail that customers will get.
            report_name: Unique name of your choice, to recognize the test by later.
            tags: Tags, as keys and values, to put on the test. At most 50 items. No two with the same `key`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.CreateDeliverabilityTestReportResponse: `report_id`: ID of the new test;
            `get_deliverability_test_report` takes it; `deliverability_test_status`: whether the test is still
            running or already finished. Most tests finish within a day.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AccountSuspendedException, BadRequestException,
                ConcurrentModificationException, LimitExceededException, MailFromDomainNotVerifiedException,
                MessageRejected, NotFoundException, SendingPausedException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateDeliverabilityTestReport.html
        """
        return self._call(
            _api.deliverability.CREATE_DELIVERABILITY_TEST_REPORT,
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
        """Return the blacklist entries that exist for your dedicated IP addresses.

        Args:
            blacklist_item_names: IP addresses to check. Only dedicated addresses that you send from through
                SES or Amazon Pinpoint are accepted.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetBlacklistReportsResponse: `blacklist_report`: blacklist entries found, as lists in a
            map.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetBlacklistReports.html
        """
        return self._call(
            _api.deliverability.GET_BLACKLIST_REPORTS,
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
        """Return whether the Deliverability dashboard is on for the account, and which domains are subscribed to
        it.

        The dashboard is a paid feature, charged by the month on top of other fees.

        Args:
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetDeliverabilityDashboardOptionsResponse: `dashboard_enabled`: true when the
            Deliverability dashboard is on, false when it is off; `subscription_expiry_date`: date on which
            the subscription ends, when it is set to end with this calendar month. Absent for a subscription
            that goes on; `account_status`: state of the account's dashboard subscription: active, ending with
            this calendar month, or off; `active_subscribed_domains`: verified sending domains whose dashboard
            subscription goes on beyond this calendar month; `pending_expiration_subscribed_domains`: verified
            sending domains whose dashboard subscription is still active but ends with this calendar month.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, LimitExceededException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDeliverabilityDashboardOptions.html
        """
        return self._call(
            _api.deliverability.GET_DELIVERABILITY_DASHBOARD_OPTIONS,
            {},
            options,
        )

    def get_deliverability_test_report(
        self,
        *,
        report_id: str,
        options: RequestOptions | None = None,
    ) -> models.GetDeliverabilityTestReportResponse:
        """Return the outcome of one predictive inbox placement test, overall and by email provider.

        Results are usually complete about 24 hours after the test was created.

        Args:
            report_id: ID of the test to read, as `create_deliverability_test_report` returned it.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetDeliverabilityTestReportResponse: `deliverability_test_report`: name, sender, subject,
            creation time and status of the test. The placement figures are beside it, in `overall_placement`
            and `isp_placements`; `overall_placement`: where the test messages ended up over all providers:
            inbox, spam folder or not delivered; `isp_placements`: placement of the test messages at each
            email provider, such as Gmail, Hotmail, Yahoo or AOL; `message`: sample message that the test
            sent; `tags`: tags on the test, as keys and values.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDeliverabilityTestReport.html
        """
        return self._call(
            _api.deliverability.GET_DELIVERABILITY_TEST_REPORT,
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
        """Return the deliverability data of one campaign.

        Needs the Deliverability dashboard to be on for the domain that the campaign was sent from.

        Args:
            campaign_id: ID of the campaign. The dashboard makes these IDs; find them with
                `list_domain_deliverability_campaigns`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetDomainDeliverabilityCampaignResponse: `domain_deliverability_campaign`: placement, read
            and delete figures of the campaign.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDomainDeliverabilityCampaign.html
        """
        return self._call(
            _api.deliverability.GET_DOMAIN_DELIVERABILITY_CAMPAIGN,
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
        """Return inbox placement and engagement figures of a sending domain, in sum and day by day, over up to
        30 days.

        `end_date` must be at most 30 days after `start_date`.

        Args:
            domain: Sending domain to report on. At least 1 character.
            start_date: First day of the report.
            end_date: Last day of the report, at most 30 days after the first.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetDomainStatisticsReportResponse: `overall_volume`: figures of the domain summed up over
            the whole period; `daily_volumes`: figures of the domain, one entry for each day of the period.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDomainStatisticsReport.html
        """
        return self._call(
            _api.deliverability.GET_DOMAIN_STATISTICS_REPORT,
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
        """List your predictive inbox placement tests, running and finished alike.

        Placement figures are not included; read them test by test with `get_deliverability_test_report`.

        Args:
            next_token: Token from an earlier response, to read the next page of tests. Left out, the first
                page.
            page_size: How many tests one response holds at most. 0 to 1000.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListDeliverabilityTestReportsResponse: `deliverability_test_reports`: tests on this page,
            with their names and statuses; `next_token`: token for the next page of tests; absent on the last
            one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDeliverabilityTestReports.html
        """
        return self._call(
            _api.deliverability.LIST_DELIVERABILITY_TEST_REPORTS,
            {
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_deliverability_test_reports(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.DeliverabilityTestReport, models.ListDeliverabilityTestReportsResponse]:
        """Iterate over everything that `list_deliverability_test_reports` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many tests one response holds at most. 0 to 1000.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.DeliverabilityTestReport, models.ListDeliverabilityTestReportsResponse]: The
            entries; its `pages()` yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDeliverabilityTestReports.html
        """
        return Paginator(
            self._call,
            _api.deliverability.LIST_DELIVERABILITY_TEST_REPORTS,
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
        """List the campaigns sent from one domain in a period of up to 30 days, with their deliverability data.

        Needs the Deliverability dashboard to be on for the domain. `end_date` must be at most 30 days after
        `start_date`.

        Args:
            start_date: First day of the period.
            end_date: Last day of the period, at most 30 days after the first.
            subscribed_domain: Domain whose campaigns to list; the dashboard must be on for it.
            next_token: Token from an earlier response, to read the next page of campaigns. Left out, the
                first page.
            page_size: How many campaigns one response holds at most.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListDomainDeliverabilityCampaignsResponse: `domain_deliverability_campaigns`: campaigns on
            this page, each with its figures; `next_token`: token for the next page of campaigns; absent on
            the last one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDomainDeliverabilityCampaigns.html
        """
        return self._call(
            _api.deliverability.LIST_DOMAIN_DELIVERABILITY_CAMPAIGNS,
            {
                "start_date": start_date,
                "end_date": end_date,
                "subscribed_domain": subscribed_domain,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_domain_deliverability_campaigns(
        self,
        *,
        start_date: datetime,
        end_date: datetime,
        subscribed_domain: str,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.DomainDeliverabilityCampaign, models.ListDomainDeliverabilityCampaignsResponse]:
        """Iterate over everything that `list_domain_deliverability_campaigns` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            start_date: First day of the period.
            end_date: Last day of the period, at most 30 days after the first.
            subscribed_domain: Domain whose campaigns to list; the dashboard must be on for it.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many campaigns one response holds at most.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.DomainDeliverabilityCampaign, models.ListDomainDeliverabilityCampaignsResponse]:
            The entries; its `pages()` yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDomainDeliverabilityCampaigns.html
        """
        return Paginator(
            self._call,
            _api.deliverability.LIST_DOMAIN_DELIVERABILITY_CAMPAIGNS,
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
        """Turn the Deliverability dashboard on or off.

        Turned on, it gives reputation and placement metrics of your domains and predictive inbox placement
        tests, for a monthly charge on top of other fees.

        Args:
            dashboard_enabled: True turns the dashboard on, and the monthly charge with it; false turns it
                off.
            subscribed_domains: Verified sending domains that the dashboard covers, one entry each.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                LimitExceededException, NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutDeliverabilityDashboardOption.html
        """
        return self._call(
            _api.deliverability.PUT_DELIVERABILITY_DASHBOARD_OPTION,
            {
                "dashboard_enabled": dashboard_enabled,
                "subscribed_domains": subscribed_domains,
            },
            options,
        )
