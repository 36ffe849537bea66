# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: deliverability."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from .._model import ABSENT, Limits, Model, OpenEnum, Response, wire
from .tags import Tag


class DeliverabilityDashboardAccountStatus(OpenEnum):
    """To be described."""

    ACTIVE = "ACTIVE"
    """To be described."""
    PENDING_EXPIRATION = "PENDING_EXPIRATION"
    """To be described."""
    DISABLED = "DISABLED"
    """To be described."""


class DeliverabilityTestStatus(OpenEnum):
    """To be described."""

    IN_PROGRESS = "IN_PROGRESS"
    """To be described."""
    COMPLETED = "COMPLETED"
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BlacklistEntry(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BlacklistEntry.html
    """

    rbl_name: str | None = attrs.field(default=None, metadata=wire("RblName"))
    """To be described."""
    listing_time: datetime | None = attrs.field(default=None, metadata=wire("ListingTime"))
    """To be described."""
    description: str | None = attrs.field(default=None, metadata=wire("Description"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VolumeStatistics(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_VolumeStatistics.html
    """

    inbox_raw_count: int | None = attrs.field(default=None, metadata=wire("InboxRawCount"))
    """To be described."""
    spam_raw_count: int | None = attrs.field(default=None, metadata=wire("SpamRawCount"))
    """To be described."""
    projected_inbox: int | None = attrs.field(default=None, metadata=wire("ProjectedInbox"))
    """To be described."""
    projected_spam: int | None = attrs.field(default=None, metadata=wire("ProjectedSpam"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DomainIspPlacement(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DomainIspPlacement.html
    """

    isp_name: str | None = attrs.field(default=None, metadata=wire("IspName"))
    """To be described."""
    inbox_raw_count: int | None = attrs.field(default=None, metadata=wire("InboxRawCount"))
    """To be described."""
    spam_raw_count: int | None = attrs.field(default=None, metadata=wire("SpamRawCount"))
    """To be described."""
    inbox_percentage: float | None = attrs.field(default=None, metadata=wire("InboxPercentage"))
    """To be described."""
    spam_percentage: float | None = attrs.field(default=None, metadata=wire("SpamPercentage"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DailyVolume(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DailyVolume.html
    """

    start_date: datetime | None = attrs.field(default=None, metadata=wire("StartDate"))
    """To be described."""
    volume_statistics: VolumeStatistics | None = attrs.field(default=None, metadata=wire("VolumeStatistics"))
    """To be described."""
    domain_isp_placements: Sequence[DomainIspPlacement] = attrs.field(
        default=ABSENT, metadata=wire("DomainIspPlacements")
    )
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeliverabilityTestReport(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeliverabilityTestReport.html
    """

    report_id: str | None = attrs.field(default=None, metadata=wire("ReportId"))
    """To be described."""
    report_name: str | None = attrs.field(default=None, metadata=wire("ReportName"))
    """To be described."""
    subject: str | None = attrs.field(default=None, metadata=wire("Subject"))
    """To be described."""
    from_email_address: str | None = attrs.field(default=None, metadata=wire("FromEmailAddress"))
    """To be described."""
    create_date: datetime | None = attrs.field(default=None, metadata=wire("CreateDate"))
    """To be described."""
    deliverability_test_status: DeliverabilityTestStatus | str | None = attrs.field(
        default=None, metadata=wire("DeliverabilityTestStatus")
    )
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DomainDeliverabilityCampaign(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DomainDeliverabilityCampaign.html
    """

    campaign_id: str | None = attrs.field(default=None, metadata=wire("CampaignId"))
    """To be described."""
    image_url: str | None = attrs.field(default=None, metadata=wire("ImageUrl"))
    """To be described."""
    subject: str | None = attrs.field(default=None, metadata=wire("Subject"))
    """To be described."""
    from_address: str | None = attrs.field(default=None, metadata=wire("FromAddress", Limits(min_length=1)))
    """To be described. At least 1 character."""
    sending_ips: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("SendingIps"))
    """To be described."""
    first_seen_date_time: datetime | None = attrs.field(default=None, metadata=wire("FirstSeenDateTime"))
    """To be described."""
    last_seen_date_time: datetime | None = attrs.field(default=None, metadata=wire("LastSeenDateTime"))
    """To be described."""
    inbox_count: int | None = attrs.field(default=None, metadata=wire("InboxCount"))
    """To be described."""
    spam_count: int | None = attrs.field(default=None, metadata=wire("SpamCount"))
    """To be described."""
    read_rate: float | None = attrs.field(default=None, metadata=wire("ReadRate"))
    """To be described."""
    delete_rate: float | None = attrs.field(default=None, metadata=wire("DeleteRate"))
    """To be described."""
    read_delete_rate: float | None = attrs.field(default=None, metadata=wire("ReadDeleteRate"))
    """To be described."""
    projected_volume: int | None = attrs.field(default=None, metadata=wire("ProjectedVolume"))
    """To be described."""
    esps: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("Esps"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InboxPlacementTrackingOption(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_InboxPlacementTrackingOption.html
    """

    global_: bool | None = attrs.field(default=None, metadata=wire("Global"))
    """To be described."""
    tracked_isps: Sequence[str] | None = attrs.field(default=None, metadata=wire("TrackedIsps"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DomainDeliverabilityTrackingOption(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DomainDeliverabilityTrackingOption.html
    """

    domain: str | None = attrs.field(default=None, metadata=wire("Domain"))
    """To be described."""
    subscription_start_date: datetime | None = attrs.field(default=None, metadata=wire("SubscriptionStartDate"))
    """To be described."""
    inbox_placement_tracking_option: InboxPlacementTrackingOption | None = attrs.field(
        default=None, metadata=wire("InboxPlacementTrackingOption")
    )
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PlacementStatistics(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PlacementStatistics.html
    """

    inbox_percentage: float | None = attrs.field(default=None, metadata=wire("InboxPercentage"))
    """To be described."""
    spam_percentage: float | None = attrs.field(default=None, metadata=wire("SpamPercentage"))
    """To be described."""
    missing_percentage: float | None = attrs.field(default=None, metadata=wire("MissingPercentage"))
    """To be described."""
    spf_percentage: float | None = attrs.field(default=None, metadata=wire("SpfPercentage"))
    """To be described."""
    dkim_percentage: float | None = attrs.field(default=None, metadata=wire("DkimPercentage"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IspPlacement(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_IspPlacement.html
    """

    isp_name: str | None = attrs.field(default=None, metadata=wire("IspName"))
    """To be described."""
    placement_statistics: PlacementStatistics | None = attrs.field(default=None, metadata=wire("PlacementStatistics"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OverallVolume(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_OverallVolume.html
    """

    volume_statistics: VolumeStatistics | None = attrs.field(default=None, metadata=wire("VolumeStatistics"))
    """To be described."""
    read_rate_percent: float | None = attrs.field(default=None, metadata=wire("ReadRatePercent"))
    """To be described."""
    domain_isp_placements: Sequence[DomainIspPlacement] = attrs.field(
        default=ABSENT, metadata=wire("DomainIspPlacements")
    )
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CreateDeliverabilityTestReportResponse(Response):
    """The answer of `create_deliverability_test_report`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateDeliverabilityTestReport.html
    """

    report_id: str = attrs.field(metadata=wire("ReportId"))
    """To be described."""
    deliverability_test_status: DeliverabilityTestStatus | str = attrs.field(metadata=wire("DeliverabilityTestStatus"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetBlacklistReportsResponse(Response):
    """The answer of `get_blacklist_reports`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetBlacklistReports.html
    """

    blacklist_report: Mapping[str, Sequence[BlacklistEntry]] = attrs.field(metadata=wire("BlacklistReport"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDeliverabilityDashboardOptionsResponse(Response):
    """The answer of `get_deliverability_dashboard_options`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDeliverabilityDashboardOptions.html
    """

    dashboard_enabled: bool = attrs.field(metadata=wire("DashboardEnabled"))
    """To be described."""
    subscription_expiry_date: datetime | None = attrs.field(default=None, metadata=wire("SubscriptionExpiryDate"))
    """To be described."""
    account_status: DeliverabilityDashboardAccountStatus | str | None = attrs.field(
        default=None, metadata=wire("AccountStatus")
    )
    """To be described."""
    active_subscribed_domains: Sequence[DomainDeliverabilityTrackingOption] = attrs.field(
        default=ABSENT, metadata=wire("ActiveSubscribedDomains")
    )
    """To be described."""
    pending_expiration_subscribed_domains: Sequence[DomainDeliverabilityTrackingOption] = attrs.field(
        default=ABSENT, metadata=wire("PendingExpirationSubscribedDomains")
    )
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDeliverabilityTestReportResponse(Response):
    """The answer of `get_deliverability_test_report`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDeliverabilityTestReport.html
    """

    deliverability_test_report: DeliverabilityTestReport = attrs.field(metadata=wire("DeliverabilityTestReport"))
    """To be described."""
    overall_placement: PlacementStatistics = attrs.field(metadata=wire("OverallPlacement"))
    """To be described."""
    isp_placements: Sequence[IspPlacement] = attrs.field(metadata=wire("IspPlacements"))
    """To be described."""
    message: str | None = attrs.field(default=None, metadata=wire("Message"))
    """To be described."""
    tags: Sequence[Tag] = attrs.field(default=ABSENT, metadata=wire("Tags"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDomainDeliverabilityCampaignResponse(Response):
    """The answer of `get_domain_deliverability_campaign`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDomainDeliverabilityCampaign.html
    """

    domain_deliverability_campaign: DomainDeliverabilityCampaign = attrs.field(
        metadata=wire("DomainDeliverabilityCampaign")
    )
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDomainStatisticsReportResponse(Response):
    """The answer of `get_domain_statistics_report`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDomainStatisticsReport.html
    """

    overall_volume: OverallVolume = attrs.field(metadata=wire("OverallVolume"))
    """To be described."""
    daily_volumes: Sequence[DailyVolume] = attrs.field(metadata=wire("DailyVolumes"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListDeliverabilityTestReportsResponse(Response):
    """The answer of `list_deliverability_test_reports`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDeliverabilityTestReports.html
    """

    deliverability_test_reports: Sequence[DeliverabilityTestReport] = attrs.field(
        metadata=wire("DeliverabilityTestReports")
    )
    """To be described."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListDomainDeliverabilityCampaignsResponse(Response):
    """The answer of `list_domain_deliverability_campaigns`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDomainDeliverabilityCampaigns.html
    """

    domain_deliverability_campaigns: Sequence[DomainDeliverabilityCampaign] = attrs.field(
        metadata=wire("DomainDeliverabilityCampaigns")
    )
    """To be described."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """To be described."""
