"""Deliverability: test reports, the dashboard, blocklists, statistics, campaigns."""

from datetime import UTC, datetime, timedelta

import pytest
from support.mails import raw, simple
from support.refused import refuses

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_test_is_complete_after_a_day(fake: FakeSES, ses: SESv2Client) -> None:
    begun = ses.create_deliverability_test_report(
        from_email_address="shop@example.com", content=simple("Spring"), report_name="First"
    )
    assert begun.deliverability_test_status == "IN_PROGRESS"
    found = ses.get_deliverability_test_report(report_id=begun.report_id)
    assert found.deliverability_test_report == models.DeliverabilityTestReport(
        report_id=begun.report_id,
        report_name="First",
        subject="Spring",
        from_email_address="shop@example.com",
        create_date=NOW,
        deliverability_test_status="IN_PROGRESS",
    )
    assert found.overall_placement == models.PlacementStatistics()
    assert not found.isp_placements
    fake.clock.advance(DAY)
    found = ses.get_deliverability_test_report(report_id=begun.report_id)
    assert found.deliverability_test_report.deliverability_test_status == "COMPLETED"
    assert found.overall_placement.inbox_percentage == 98
    assert [placement.isp_name for placement in found.isp_placements] == ["Gmail", "Hotmail", "Yahoo"]


def test_tests_are_listed_newest_first(fake: FakeSES, ses: SESv2Client) -> None:
    first = ses.create_deliverability_test_report(from_email_address="a@example.com", content=simple()).report_id
    fake.clock.advance(DAY)
    data = b"Subject: Raw\r\n\r\nHi\r\n"
    second = ses.create_deliverability_test_report(from_email_address="a@example.com", content=raw(data)).report_id
    reports = ses.list_deliverability_test_reports(page_size=0).deliverability_test_reports
    assert [(report.report_id, report.deliverability_test_status) for report in reports] == [
        (second, "IN_PROGRESS"),
        (first, "COMPLETED"),
    ]


def test_a_test_is_sent_as_other_mails_are(ses: SESv2Client) -> None:
    with pytest.raises(errors.MessageRejected, match=r"a@example\.org"):
        ses.create_deliverability_test_report(from_email_address="A <a@example.org>", content=simple())
    ses.put_account_sending_attributes(sending_enabled=False)
    with pytest.raises(errors.SendingPausedException):
        ses.create_deliverability_test_report(from_email_address="a@example.com", content=simple())


def test_what_is_not_there(ses: SESv2Client) -> None:
    with refuses(errors.NotFoundException, "The requested report <1> does not exist."):
        ses.get_deliverability_test_report(report_id="1")
    with refuses(errors.NotFoundException, "The requested campaign <1> does not exist."):
        ses.get_domain_deliverability_campaign(campaign_id="1")


def test_the_dashboard_is_switched_on_and_off(ses: SESv2Client) -> None:
    assert ses.get_deliverability_dashboard_options() == models.GetDeliverabilityDashboardOptionsResponse(
        dashboard_enabled=False, account_status="DISABLED"
    )
    domains = [
        models.DomainDeliverabilityTrackingOption(domain="example.com"),
        models.DomainDeliverabilityTrackingOption(domain="example.net", subscription_start_date=NOW - DAY),
    ]
    ses.put_deliverability_dashboard_option(dashboard_enabled=True, subscribed_domains=domains)
    options = ses.get_deliverability_dashboard_options()
    assert (options.dashboard_enabled, options.account_status) == (True, "ACTIVE")
    found = {domain.domain: domain.subscription_start_date for domain in options.active_subscribed_domains}
    assert found == {"example.com": NOW, "example.net": NOW - DAY}
    ses.put_deliverability_dashboard_option(dashboard_enabled=False, subscribed_domains=domains)
    options = ses.get_deliverability_dashboard_options()
    assert (options.dashboard_enabled, options.account_status) == (False, "DISABLED")
    assert not options.active_subscribed_domains


def test_an_address_is_on_the_blocklists_that_a_test_set(fake: FakeSES, ses: SESv2Client) -> None:
    entry = models.BlacklistEntry(rbl_name="Example", listing_time=NOW, description="Spam")
    fake.canned.blocklist("192.0.2.1", [entry])
    report = ses.get_blacklist_reports(blacklist_item_names=["192.0.2.1", "192.0.2.2"]).blacklist_report
    assert {ip: [*entries] for ip, entries in report.items()} == {"192.0.2.1": [entry], "192.0.2.2": []}


def test_a_domain_has_the_statistics_that_a_test_set(fake: FakeSES, ses: SESv2Client) -> None:
    usual = ses.get_domain_statistics_report(domain="example.com", start_date=NOW, end_date=NOW + 3 * DAY)
    assert [volume.start_date for volume in usual.daily_volumes] == [NOW, NOW + DAY, NOW + 2 * DAY]
    assert usual.overall_volume.read_rate_percent == 0
    none = models.VolumeStatistics(inbox_raw_count=0, spam_raw_count=0, projected_inbox=0, projected_spam=0)
    assert usual.overall_volume.volume_statistics == none
    assert {volume.volume_statistics for volume in usual.daily_volumes} == {none}
    report = models.GetDomainStatisticsReportResponse(
        overall_volume=models.OverallVolume(read_rate_percent=41.5), daily_volumes=[]
    )
    fake.canned.domain_statistics("example.com", report)
    assert ses.get_domain_statistics_report(domain="example.com", start_date=NOW, end_date=NOW) == report


def test_a_domain_has_the_campaigns_that_a_test_set(fake: FakeSES, ses: SESv2Client) -> None:
    def campaign(name: str, first: datetime | None, last: datetime | None) -> models.DomainDeliverabilityCampaign:
        return models.DomainDeliverabilityCampaign(
            campaign_id=name, first_seen_date_time=first, last_seen_date_time=last
        )

    campaigns = [
        campaign("spring", NOW, NOW + DAY),
        campaign("old", NOW - 9 * DAY, NOW - 8 * DAY),
        campaign("late", NOW + 9 * DAY, None),
        campaign("always", None, None),
    ]
    for one in campaigns:
        fake.canned.campaign("example.com", one)
    fake.canned.campaign("example.net", campaign("other", NOW, NOW))
    assert ses.get_domain_deliverability_campaign(campaign_id="old").domain_deliverability_campaign == campaigns[1]
    found = ses.list_domain_deliverability_campaigns(
        start_date=NOW - DAY, end_date=NOW + DAY, subscribed_domain="example.com"
    )
    assert [one.campaign_id for one in found.domain_deliverability_campaigns] == ["spring", "always"]
