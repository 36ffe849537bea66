# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: deliverability."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from .._core.model import ABSENT, Limits, Model, OpenEnum, Response, wire
from .tags import Tag


class DeliverabilityDashboardAccountStatus(OpenEnum):
    """State of the account's subscription to the Deliverability dashboard."""

    ACTIVE = "ACTIVE"
    """The subscription runs and is not set to end."""
    PENDING_EXPIRATION = "PENDING_EXPIRATION"
    """The subscription still runs but ends with the current calendar month."""
    DISABLED = "DISABLED"
    """The dashboard is off for the account."""


class DeliverabilityTestStatus(OpenEnum):
    """Progress of a predictive inbox placement test."""

    IN_PROGRESS = "IN_PROGRESS"
    """The test is still running; it usually finishes within 24 hours of its creation."""
    COMPLETED = "COMPLETED"
    """The test is over, and its results can be read. Final."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BlacklistEntry(Model):
    """One listing of one of your dedicated IP addresses on a blacklist.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BlacklistEntry.html
    """

    rbl_name: str | None = attrs.field(default=None, metadata=wire("RblName"))
    """Name of the blacklist."""
    listing_time: datetime | None = attrs.field(default=None, metadata=wire("ListingTime"))
    """When the address was put on the blacklist."""
    description: str | None = attrs.field(default=None, metadata=wire("Description"))
    """What the blacklist's maintainer says about the listing."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VolumeStatistics(Model):
    """How much mail reached inboxes and spam folders, counted and estimated.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_VolumeStatistics.html
    """

    inbox_raw_count: int | None = attrs.field(default=None, metadata=wire("InboxRawCount"))
    """Number of messages that reached an inbox."""
    spam_raw_count: int | None = attrs.field(default=None, metadata=wire("SpamRawCount"))
    """Number of messages that went to a spam or junk folder."""
    projected_inbox: int | None = attrs.field(default=None, metadata=wire("ProjectedInbox"))
    """Estimate of how much of the domain's mail will reach inboxes, as a percentage."""
    projected_spam: int | None = attrs.field(default=None, metadata=wire("ProjectedSpam"))
    """Estimate of how much of the domain's mail will go to spam or junk folders, as a percentage."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DomainIspPlacement(Model):
    """Where mail from one of your domains ended up at one email provider.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DomainIspPlacement.html
    """

    isp_name: str | None = attrs.field(default=None, metadata=wire("IspName"))
    """Name of the email provider."""
    inbox_raw_count: int | None = attrs.field(default=None, metadata=wire("InboxRawCount"))
    """Number of messages that reached an inbox at this provider."""
    spam_raw_count: int | None = attrs.field(default=None, metadata=wire("SpamRawCount"))
    """Number of messages that went to a spam or junk folder at this provider."""
    inbox_percentage: float | None = attrs.field(default=None, metadata=wire("InboxPercentage"))
    """Percentage of the domain's messages to this provider that reached an inbox."""
    spam_percentage: float | None = attrs.field(default=None, metadata=wire("SpamPercentage"))
    """Percentage of the domain's messages to this provider that went to a spam or junk folder."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DailyVolume(Model):
    """Mail volume and placement of a domain on one day of the report.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DailyVolume.html
    """

    start_date: datetime | None = attrs.field(default=None, metadata=wire("StartDate"))
    """Day that the figures belong to."""
    volume_statistics: VolumeStatistics | None = attrs.field(default=None, metadata=wire("VolumeStatistics"))
    """Inbox and spam figures of the day, all providers together."""
    domain_isp_placements: Sequence[DomainIspPlacement] = attrs.field(
        default=ABSENT, metadata=wire("DomainIspPlacements")
    )
    """Inbox and spam figures of the day, one entry for each email provider."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeliverabilityTestReport(Model):
    """Head data of a predictive inbox placement test: its name, sender, subject, creation time and status.

    Holds no placement figures.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeliverabilityTestReport.html
    """

    report_id: str | None = attrs.field(default=None, metadata=wire("ReportId"))
    """ID of the test, to read its results with `get_deliverability_test_report`."""
    report_name: str | None = attrs.field(default=None, metadata=wire("ReportName"))
    """Name given to the test when it was created."""
    subject: str | None = attrs.field(default=None, metadata=wire("Subject"))
    """Subject line of the sample message."""
    from_email_address: str | None = attrs.field(default=None, metadata=wire("FromEmailAddress"))
    """Sender address of the sample message."""
    create_date: datetime | None = attrs.field(default=None, metadata=wire("CreateDate"))
    """When the test was created."""
    deliverability_test_status: DeliverabilityTestStatus | str | None = attrs.field(
        default=None, metadata=wire("DeliverabilityTestStatus")
    )
    """Whether the test is still running or finished. A test usually takes up to 24 hours."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DomainDeliverabilityCampaign(Model):
    """Deliverability data of one campaign.

    Exists only for campaigns from a domain with the Deliverability dashboard turned on.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DomainDeliverabilityCampaign.html
    """

    campaign_id: str | None = attrs.field(default=None, metadata=wire("CampaignId"))
    """ID of the campaign, made by the dashboard."""
    image_url: str | None = attrs.field(default=None, metadata=wire("ImageUrl"))
    """URL of a picture of the message as it was displayed."""
    subject: str | None = attrs.field(default=None, metadata=wire("Subject"))
    """Subject line of the campaign's message."""
    from_address: str | None = attrs.field(default=None, metadata=wire("FromAddress", Limits(min_length=1)))
    """Verified address that the campaign was sent from. At least 1 character."""
    sending_ips: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("SendingIps"))
    """IP addresses that the campaign was sent from."""
    first_seen_date_time: datetime | None = attrs.field(default=None, metadata=wire("FirstSeenDateTime"))
    """When the message first reached an inbox.

    Together with `last_seen_date_time` it shows how long delivery of the campaign took.
    """
    last_seen_date_time: datetime | None = attrs.field(default=None, metadata=wire("LastSeenDateTime"))
    """When the message most recently reached an inbox.

    Together with `first_seen_date_time` it shows how long delivery of the campaign took.
    """
    inbox_count: int | None = attrs.field(default=None, metadata=wire("InboxCount"))
    """Number of messages that reached an inbox."""
    spam_count: int | None = attrs.field(default=None, metadata=wire("SpamCount"))
    """Number of messages that ended up in a spam or junk folder."""
    read_rate: float | None = attrs.field(default=None, metadata=wire("ReadRate"))
    """Percentage of messages that were opened. Only opens in mail programs that support images are counted."""
    delete_rate: float | None = attrs.field(default=None, metadata=wire("DeleteRate"))
    """Percentage of messages deleted unread. Only recipients whose mail program supports images are counted."""
    read_delete_rate: float | None = attrs.field(default=None, metadata=wire("ReadDeleteRate"))
    """Percentage of messages opened first and deleted after.

    Only recipients whose mail program supports images are counted.
    """
    projected_volume: int | None = attrs.field(default=None, metadata=wire("ProjectedVolume"))
    """Estimated number of recipients of the campaign."""
    esps: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("Esps"))
    """Large email providers that handled the message."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InboxPlacementTrackingOption(Model):
    """Inbox placement settings of a verified domain.

    Available only while the Deliverability dashboard is on for it.

    Args:
        global_: True when inbox placement is tracked for the domain, false when it is not.
        tracked_isps: Names of the large email providers that the placement data covers.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_InboxPlacementTrackingOption.html
    """

    global_: bool | None = attrs.field(default=None, metadata=wire("Global"))
    """True when inbox placement is tracked for the domain, false when it is not."""
    tracked_isps: Sequence[str] | None = attrs.field(default=None, metadata=wire("TrackedIsps"))
    """Names of the large email providers that the placement data covers."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DomainDeliverabilityTrackingOption(Model):
    """Dashboard subscription of one verified sending domain.

    With it the domain has reputation and inbox placement metrics.

    Args:
        domain: Verified domain of your account that the subscription is for.
        subscription_start_date: When the dashboard was turned on for the domain.
        inbox_placement_tracking_option: For which email providers inbox placement of the domain is tracked.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DomainDeliverabilityTrackingOption.html
    """

    domain: str | None = attrs.field(default=None, metadata=wire("Domain"))
    """Verified domain of your account that the subscription is for."""
    subscription_start_date: datetime | None = attrs.field(default=None, metadata=wire("SubscriptionStartDate"))
    """When the dashboard was turned on for the domain."""
    inbox_placement_tracking_option: InboxPlacementTrackingOption | None = attrs.field(
        default=None, metadata=wire("InboxPlacementTrackingOption")
    )
    """For which email providers inbox placement of the domain is tracked."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PlacementStatistics(Model):
    """Percentages of the messages of a predictive inbox placement test by where they ended up, and of those that
    passed authentication.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PlacementStatistics.html
    """

    inbox_percentage: float | None = attrs.field(default=None, metadata=wire("InboxPercentage"))
    """Percentage of test messages that reached the inbox."""
    spam_percentage: float | None = attrs.field(default=None, metadata=wire("SpamPercentage"))
    """Percentage of test messages that went to a spam or junk folder."""
    missing_percentage: float | None = attrs.field(default=None, metadata=wire("MissingPercentage"))
    """Percentage of test messages that never arrived."""
    spf_percentage: float | None = attrs.field(default=None, metadata=wire("SpfPercentage"))
    """Percentage of test messages authenticated with SPF (Sender Policy Framework)."""
    dkim_percentage: float | None = attrs.field(default=None, metadata=wire("DkimPercentage"))
    """Percentage of test messages authenticated with DKIM (DomainKeys Identified Mail)."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IspPlacement(Model):
    """Outcome of a predictive inbox placement test at one email provider.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_IspPlacement.html
    """

    isp_name: str | None = attrs.field(default=None, metadata=wire("IspName"))
    """Name of the email provider."""
    placement_statistics: PlacementStatistics | None = attrs.field(default=None, metadata=wire("PlacementStatistics"))
    """Placement and authentication percentages of the test messages at this provider."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OverallVolume(Model):
    """Figures of a domain summed up over the whole report period.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_OverallVolume.html
    """

    volume_statistics: VolumeStatistics | None = attrs.field(default=None, metadata=wire("VolumeStatistics"))
    """Inbox and spam figures over all providers."""
    read_rate_percent: float | None = attrs.field(default=None, metadata=wire("ReadRatePercent"))
    """Percentage of the domain's messages that recipients read."""
    domain_isp_placements: Sequence[DomainIspPlacement] = attrs.field(
        default=ABSENT, metadata=wire("DomainIspPlacements")
    )
    """Inbox and spam figures, one entry for each email provider."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CreateDeliverabilityTestReportResponse(Response):
    """The response of `create_deliverability_test_report`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateDeliverabilityTestReport.html
    """

    report_id: str = attrs.field(metadata=wire("ReportId"))
    """ID of the new test; `get_deliverability_test_report` takes it."""
    deliverability_test_status: DeliverabilityTestStatus | str = attrs.field(metadata=wire("DeliverabilityTestStatus"))
    """Whether the test is still running or already finished. Most tests finish within a day."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetBlacklistReportsResponse(Response):
    """The response of `get_blacklist_reports`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetBlacklistReports.html
    """

    blacklist_report: Mapping[str, Sequence[BlacklistEntry]] = attrs.field(metadata=wire("BlacklistReport"))
    """Blacklist entries found, as lists in a map."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDeliverabilityDashboardOptionsResponse(Response):
    """The response of `get_deliverability_dashboard_options`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDeliverabilityDashboardOptions.html
    """

    dashboard_enabled: bool = attrs.field(metadata=wire("DashboardEnabled"))
    """True when the Deliverability dashboard is on, false when it is off."""
    subscription_expiry_date: datetime | None = attrs.field(default=None, metadata=wire("SubscriptionExpiryDate"))
    """Date on which the subscription ends, when it is set to end with this calendar month.

    Absent for a subscription that goes on.
    """
    account_status: DeliverabilityDashboardAccountStatus | str | None = attrs.field(
        default=None, metadata=wire("AccountStatus")
    )
    """State of the account's dashboard subscription: active, ending with this calendar month, or off."""
    active_subscribed_domains: Sequence[DomainDeliverabilityTrackingOption] = attrs.field(
        default=ABSENT, metadata=wire("ActiveSubscribedDomains")
    )
    """Verified sending domains whose dashboard subscription goes on beyond this calendar month."""
    pending_expiration_subscribed_domains: Sequence[DomainDeliverabilityTrackingOption] = attrs.field(
        default=ABSENT, metadata=wire("PendingExpirationSubscribedDomains")
    )
    """Verified sending domains whose dashboard subscription is still active but ends with this calendar month."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDeliverabilityTestReportResponse(Response):
    """The response of `get_deliverability_test_report`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDeliverabilityTestReport.html
    """

    deliverability_test_report: DeliverabilityTestReport = attrs.field(metadata=wire("DeliverabilityTestReport"))
    """Name, sender, subject, creation time and status of the test.

    The placement figures are beside it, in `overall_placement` and `isp_placements`.
    """
    overall_placement: PlacementStatistics = attrs.field(metadata=wire("OverallPlacement"))
    """Where the test messages ended up over all providers: inbox, spam folder or not delivered."""
    isp_placements: Sequence[IspPlacement] = attrs.field(metadata=wire("IspPlacements"))
    """Placement of the test messages at each email provider, such as Gmail, Hotmail, Yahoo or AOL."""
    message: str | None = attrs.field(default=None, metadata=wire("Message"))
    """Sample message that the test sent."""
    tags: Sequence[Tag] = attrs.field(default=ABSENT, metadata=wire("Tags"))
    """Tags on the test, as keys and values."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDomainDeliverabilityCampaignResponse(Response):
    """The response of `get_domain_deliverability_campaign`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDomainDeliverabilityCampaign.html
    """

    domain_deliverability_campaign: DomainDeliverabilityCampaign = attrs.field(
        metadata=wire("DomainDeliverabilityCampaign")
    )
    """Placement, read and delete figures of the campaign."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDomainStatisticsReportResponse(Response):
    """The response of `get_domain_statistics_report`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDomainStatisticsReport.html
    """

    overall_volume: OverallVolume = attrs.field(metadata=wire("OverallVolume"))
    """Figures of the domain summed up over the whole period."""
    daily_volumes: Sequence[DailyVolume] = attrs.field(metadata=wire("DailyVolumes"))
    """Figures of the domain, one entry for each day of the period."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListDeliverabilityTestReportsResponse(Response):
    """The response of `list_deliverability_test_reports`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDeliverabilityTestReports.html
    """

    deliverability_test_reports: Sequence[DeliverabilityTestReport] = attrs.field(
        metadata=wire("DeliverabilityTestReports")
    )
    """Tests on this page, with their names and statuses."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of tests; absent on the last one."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListDomainDeliverabilityCampaignsResponse(Response):
    """The response of `list_domain_deliverability_campaigns`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDomainDeliverabilityCampaigns.html
    """

    domain_deliverability_campaigns: Sequence[DomainDeliverabilityCampaign] = attrs.field(
        metadata=wire("DomainDeliverabilityCampaigns")
    )
    """Campaigns on this page, each with its figures."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of campaigns; absent on the last one."""
