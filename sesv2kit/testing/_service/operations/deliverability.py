"""Deliverability: test reports, the dashboard, blocklists."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs

from .... import errors, models
from ...._core.model import ABSENT, Model, wire
from ..paging import listing, page
from ..sending import checks
from ..sending.addresses import mailbox_of
from ..world import World

_TEST: Final = timedelta(hours=24)
"""How long a test takes."""
_ISPS: Final = ("Gmail", "Hotmail", "Yahoo")
_PLACEMENT: Final = models.PlacementStatistics(
    inbox_percentage=98.0, spam_percentage=1.0, missing_percentage=1.0, spf_percentage=100.0, dkim_percentage=100.0
)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TestReport(Model):
    """A report of a deliverability test, by its id. The clock says when it is complete."""

    report: models.DeliverabilityTestReport = attrs.field(metadata=wire("report"))
    created_at: datetime = attrs.field(metadata=wire("createdAt"))
    tags: Sequence[models.Tag] = attrs.field(default=ABSENT, metadata=wire("tags"))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Dashboard(Model):
    """The options of the dashboard, by `KEY`."""

    options: models.GetDeliverabilityDashboardOptionsResponse = attrs.field(metadata=wire("options"))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Blocklist(Model):
    """What blocklists say of an address, by the address; tests set it."""

    entries: Sequence[models.BlacklistEntry] = attrs.field(default=ABSENT, metadata=wire("entries"))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DomainStatistics(Model):
    """The statistics of a domain, by its name; tests set them."""

    report: models.GetDomainStatisticsReportResponse = attrs.field(metadata=wire("report"))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Campaign(Model):
    """A campaign of a domain, by its id; tests set it."""

    campaign: models.DomainDeliverabilityCampaign = attrs.field(metadata=wire("campaign"))
    domain: str = attrs.field(metadata=wire("domain"))


KEY: Final = "dashboard"


def create_deliverability_test_report(
    world: World,
    *,
    from_email_address: str,
    content: models.EmailContent,
    report_name: str | None = None,
    tags: Sequence[models.Tag] = (),
) -> models.CreateDeliverabilityTestReportResponse:
    """Begin a test, which takes 24 hours of the service's clock.

    Raises:
        SendingPausedException: The account does not send.
        MessageRejected: The sender is not verified.
    """
    checks.check_account(world)
    checks.check_verified(world, [mailbox_of(from_email_address)], ())
    report_id = world.new_id()
    subject = content.simple.subject.data if content.simple else None
    report = models.DeliverabilityTestReport(
        report_id=report_id,
        report_name=report_name,
        subject=subject,
        from_email_address=from_email_address,
        create_date=world.now,
        deliverability_test_status="IN_PROGRESS",
    )
    world.records(TestReport)[report_id] = TestReport(report=report, created_at=world.now, tags=tags)
    return models.CreateDeliverabilityTestReportResponse(report_id=report_id, deliverability_test_status="IN_PROGRESS")


def _by_the_clock(world: World, record: TestReport) -> models.DeliverabilityTestReport:
    is_complete = world.now >= record.created_at + _TEST
    return attrs.evolve(record.report, deliverability_test_status="COMPLETED") if is_complete else record.report


def get_deliverability_test_report(world: World, *, report_id: str) -> models.GetDeliverabilityTestReportResponse:
    """Return a test with its results, which are always good ones."""
    record = world.records(TestReport).get(report_id)
    if record is None:
        raise errors.NotFoundException(f"The requested report <{report_id}> does not exist.")
    report = _by_the_clock(world, record)
    is_complete = report.deliverability_test_status == "COMPLETED"
    placement = _PLACEMENT if is_complete else models.PlacementStatistics()
    return models.GetDeliverabilityTestReportResponse(
        deliverability_test_report=report,
        overall_placement=placement,
        isp_placements=[models.IspPlacement(isp_name=isp, placement_statistics=placement) for isp in _ISPS]
        if is_complete
        else [],
        tags=record.tags,
    )


def list_deliverability_test_reports(
    world: World, *, next_token: str | None = None, page_size: int | None = None
) -> models.ListDeliverabilityTestReportsResponse:
    """List the tests, the newest first."""
    reports = [_by_the_clock(world, record) for record in world.records(TestReport).values()][::-1]
    listed = listing("ListDeliverabilityTestReports")
    found, token = page(world.region, listed, reports, next_token, page_size or None, default=100, maximum=1000)
    return models.ListDeliverabilityTestReportsResponse(deliverability_test_reports=found, next_token=token)


def put_deliverability_dashboard_option(
    world: World,
    *,
    dashboard_enabled: bool,
    subscribed_domains: Sequence[models.DomainDeliverabilityTrackingOption] = (),
) -> models.EmptyResponse:
    """Switch the dashboard on for some domains, or off."""
    options = models.GetDeliverabilityDashboardOptionsResponse(
        dashboard_enabled=dashboard_enabled,
        account_status="ACTIVE" if dashboard_enabled else "DISABLED",
        active_subscribed_domains=[
            attrs.evolve(domain, subscription_start_date=domain.subscription_start_date or world.now)
            for domain in subscribed_domains
        ]
        if dashboard_enabled
        else [],
    )
    world.records(Dashboard)[KEY] = Dashboard(options=options)
    return models.EmptyResponse()


def get_deliverability_dashboard_options(
    world: World,
) -> models.GetDeliverabilityDashboardOptionsResponse:
    """Return the options of the dashboard, which is off at first."""
    found = world.records(Dashboard).get(KEY)
    if found is not None:
        return found.options
    return models.GetDeliverabilityDashboardOptionsResponse(dashboard_enabled=False, account_status="DISABLED")


def get_blacklist_reports(world: World, *, blacklist_item_names: Sequence[str]) -> models.GetBlacklistReportsResponse:
    """Return what blocklists say of dedicated addresses: nothing, unless a test set it."""
    listed = world.records(Blocklist)
    report: Mapping[str, Sequence[models.BlacklistEntry]] = {
        name: listed[name].entries if name in listed else () for name in blacklist_item_names
    }
    return models.GetBlacklistReportsResponse(blacklist_report=report)


def get_domain_statistics_report(
    world: World, *, domain: str, start_date: datetime, end_date: datetime
) -> models.GetDomainStatisticsReportResponse:
    """Return the statistics of a domain: those that a test set, or good ones without a volume."""
    found = world.records(DomainStatistics).get(domain)
    if found is not None:
        return found.report
    none = models.VolumeStatistics(inbox_raw_count=0, spam_raw_count=0, projected_inbox=0, projected_spam=0)
    days = max(0, min(30, (end_date - start_date).days))
    return models.GetDomainStatisticsReportResponse(
        overall_volume=models.OverallVolume(volume_statistics=none, read_rate_percent=0.0),
        daily_volumes=[
            models.DailyVolume(start_date=start_date + timedelta(days=day), volume_statistics=none)
            for day in range(days)
        ],
    )


def get_domain_deliverability_campaign(
    world: World, *, campaign_id: str
) -> models.GetDomainDeliverabilityCampaignResponse:
    """Return a campaign that a test set."""
    found = world.records(Campaign).get(campaign_id)
    if found is None:
        raise errors.NotFoundException(f"The requested campaign <{campaign_id}> does not exist.")
    return models.GetDomainDeliverabilityCampaignResponse(domain_deliverability_campaign=found.campaign)


def list_domain_deliverability_campaigns(
    world: World,
    *,
    start_date: datetime,
    end_date: datetime,
    subscribed_domain: str,
    next_token: str | None = None,
    page_size: int | None = None,
) -> models.ListDomainDeliverabilityCampaignsResponse:
    """List the campaigns of a domain that a test set."""
    campaigns = [
        record.campaign
        for record in world.records(Campaign).values()
        if record.domain == subscribed_domain
        and (record.campaign.first_seen_date_time is None or record.campaign.first_seen_date_time <= end_date)
        and (record.campaign.last_seen_date_time is None or record.campaign.last_seen_date_time >= start_date)
    ]
    filters = {"domain": subscribed_domain, "start": start_date, "end": end_date}
    listed = listing("ListDomainDeliverabilityCampaigns", filters)
    found, token = page(world.region, listed, campaigns, next_token, page_size, default=100, maximum=1000)
    return models.ListDomainDeliverabilityCampaignsResponse(domain_deliverability_campaigns=found, next_token=token)
