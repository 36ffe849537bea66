"""Examples: the Deliverability dashboard and inbox placement tests."""

from datetime import UTC, datetime, timedelta

from sesv2kit import SESv2Client, compose, models


def prepare(ses: SESv2Client) -> dict[str, str | None]:
    """The local SES has neither campaigns nor blocklists.

    In tests, `fake.canned` sets them.
    """
    ses.put_deliverability_dashboard_option(
        dashboard_enabled=True,
        subscribed_domains=[
            models.DomainDeliverabilityTrackingOption(domain="example.com")
        ],
    )
    mail = compose.mail(
        sender="shop@example.com", to="ann@example.net", subject="Offers", text="Tea"
    )
    report_id = ses.create_deliverability_test_report(
        from_email_address="shop@example.com", content=mail.content
    ).report_id
    campaign_id = "spring"
    return {"report_id": report_id, "campaign_id": campaign_id}


def create_deliverability_test_report(ses: SESv2Client) -> None:
    sample = compose.mail(
        sender="shop@example.com",
        to="ann@example.net",
        subject="Offers of the week",
        html="<h1>20 % off</h1><p>Until Sunday.</p>",
    )
    test = ses.create_deliverability_test_report(
        report_name="offers-in-march",
        from_email_address="shop@example.com",
        content=sample.content,
    )
    print(test.report_id, test.deliverability_test_status)


def get_blacklist_reports(ses: SESv2Client) -> None:
    found = ses.get_blacklist_reports(blacklist_item_names=["192.0.2.1", "192.0.2.2"])
    for ip, entries in found.blacklist_report.items():
        print(ip, *[entry.rbl_name for entry in entries])


def get_deliverability_dashboard_options(ses: SESv2Client) -> None:
    dashboard = ses.get_deliverability_dashboard_options()
    if dashboard.dashboard_enabled:
        print(*[option.domain for option in dashboard.active_subscribed_domains])


def get_deliverability_test_report(ses: SESv2Client, report_id: str) -> None:
    report = ses.get_deliverability_test_report(report_id=report_id)
    print(f"{report.overall_placement.inbox_percentage} % reached the inbox")
    for placement in report.isp_placements:
        print(placement.isp_name, placement.placement_statistics)


def get_domain_deliverability_campaign(ses: SESv2Client, campaign_id: str) -> None:
    found = ses.get_domain_deliverability_campaign(campaign_id=campaign_id)
    campaign = found.domain_deliverability_campaign
    print(campaign.subject, campaign.inbox_count, campaign.spam_count)


def get_domain_statistics_report(ses: SESv2Client) -> None:
    today = datetime.now(UTC)
    report = ses.get_domain_statistics_report(
        domain="example.com", start_date=today - timedelta(days=7), end_date=today
    )
    print(report.overall_volume.read_rate_percent)
    for day in report.daily_volumes:
        print(day.start_date, day.volume_statistics)


def list_deliverability_test_reports(ses: SESv2Client) -> None:
    for report in ses.iter_deliverability_test_reports():
        print(report.report_name, report.deliverability_test_status)


def list_domain_deliverability_campaigns(ses: SESv2Client) -> None:
    today = datetime.now(UTC)
    for campaign in ses.iter_domain_deliverability_campaigns(
        subscribed_domain="example.com",
        start_date=today - timedelta(days=30),
        end_date=today,
    ):
        print(campaign.campaign_id, campaign.subject)


def put_deliverability_dashboard_option(ses: SESv2Client) -> None:
    ses.put_deliverability_dashboard_option(
        dashboard_enabled=True,  # a paid feature
        subscribed_domains=[
            models.DomainDeliverabilityTrackingOption(domain="example.com")
        ],
    )


def wait_until_deliverability_test_finished(ses: SESv2Client, report_id: str) -> None:
    report = ses.wait_until_deliverability_test_finished(report_id=report_id)
    print(f"{report.overall_placement.spam_percentage} % went to spam")
