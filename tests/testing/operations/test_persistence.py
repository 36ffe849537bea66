"""With a file, everything outlives a restart; a reset forgets it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from support.mails import PERSON, SENDER, send, service, simple, stored

from sesv2kit import SESv2Client, models
from sesv2kit.testing import FakeSES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PREFIX = "arn:aws:ses:us-east-1:123456789012:"
TAGS = [models.Tag(key="team", value="shop")]
URL = "s3://bucket/rows"


def fill(fake: FakeSES, ses: SESv2Client) -> dict[str, Any]:
    """Create something of everything; return what `read` needs to find it."""
    ses.put_account_details(mail_type="MARKETING", website_url="https://example.com")
    ses.create_dedicated_ip_pool(pool_name="fast", tags=TAGS)
    fake.lease_ip("192.0.2.1", "fast")
    ses.create_configuration_set(
        configuration_set_name="news", tags=TAGS, suppression_options=models.SuppressionOptions(suppressed_reasons=[])
    )
    ses.create_configuration_set_event_destination(
        configuration_set_name="news",
        event_destination_name="bus",
        event_destination=models.EventDestinationDefinition(
            enabled=True,
            matching_event_types=["SEND"],
            event_bridge_destination=models.EventBridgeDestination(
                event_bus_arn="arn:aws:events:us-east-1:123456789012:event-bus/default"
            ),
        ),
    )
    ses.create_email_identity(email_identity="Grüße@example.org", tags=TAGS, configuration_set_name="news")
    ses.create_email_identity_policy(email_identity="example.com", policy_name="p", policy='{"Version": "1"}')
    ses.associate_email_identity_certificate(
        email_identity="example.com",
        from_address=SENDER,
        certificate_arn="arn:aws:acm:us-east-1:123456789012:certificate/1",
    )
    topics = [models.Topic(topic_name="news", display_name="News", default_subscription_status="OPT_IN")]
    ses.create_contact_list(contact_list_name="readers", topics=topics, tags=TAGS)
    ses.create_contact(contact_list_name="readers", email_address=PERSON, attributes_data='{"name": "Ann"}')
    stored(ses)
    ses.create_custom_verification_email_template(
        template_name="verify",
        from_email_address=SENDER,
        template_subject="Verify",
        template_content="<p>Hi</p>",
        success_redirection_url="https://example.com/yes",
        failure_redirection_url="https://example.com/no",
    )
    tenant = str(ses.create_tenant(tenant_name="acme", tags=TAGS).tenant_arn)
    ses.create_tenant_resource_association(tenant_name="acme", resource_arn=f"{PREFIX}identity/example.com")
    ses.update_reputation_entity_customer_managed_status(
        reputation_entity_type="RESOURCE", reputation_entity_reference=tenant, sending_status="REINSTATED"
    )
    ses.put_suppressed_destination(email_address="gone@example.net", reason="COMPLAINT")
    ses.put_suppressed_destination(email_address=PERSON, reason="BOUNCE", tenant_name="acme")
    details = models.Details(routes_details=[models.RouteDetails(region="eu-west-1")])
    ses.create_multi_region_endpoint(endpoint_name="both", details=details)
    ses.put_deliverability_dashboard_option(dashboard_enabled=True)
    report = ses.create_deliverability_test_report(from_email_address=SENDER, content=simple())
    fake.files[URL] = b"emailAddress\nbob@example.net\n"
    imported = ses.create_import_job(
        import_destination=models.ImportDestination(
            suppression_list_destination=models.SuppressionListDestination(suppression_list_import_action="PUT")
        ),
        import_data_source=models.ImportDataSource(s3_url=URL, data_format="CSV"),
    )
    message_id = send(ses, "bounce@simulator.amazonses.com")
    exported = ses.create_export_job(
        export_data_source=models.ExportDataSource(
            message_insights_data_source=models.MessageInsightsDataSource(
                start_date=NOW, end_date=NOW + timedelta(days=1)
            )
        ),
        export_destination=models.ExportDestination(data_format="JSON"),
    )
    entry = models.BlacklistEntry(rbl_name="Example", listing_time=NOW)
    fake.canned.blocklist("192.0.2.1", [entry])
    fake.canned.recommendation(models.Recommendation(resource_arn=tenant, type="DKIM"))
    fake.canned.campaign("example.com", models.DomainDeliverabilityCampaign(campaign_id="spring"))
    fake.canned.domain_statistics(
        "example.com",
        models.GetDomainStatisticsReportResponse(
            overall_volume=models.OverallVolume(read_rate_percent=4.0), daily_volumes=[]
        ),
    )
    fake.canned.address_insights(PERSON, models.GetEmailAddressInsightsResponse())
    return {
        "tenant": tenant,
        "report": report.report_id,
        "import": imported.job_id,
        "export": exported.job_id,
        "message": message_id,
    }


def read(ses: SESv2Client, ids: dict[str, Any]) -> list[object]:
    """Return what the operations say of everything."""
    arns = ["contact-list/readers", "dedicated-ip-pool/fast", "configuration-set/news"]
    dates = {"start_date": NOW, "end_date": NOW}
    return [
        ses.get_account(),
        ses.list_dedicated_ip_pools(),
        ses.get_dedicated_ips(),
        ses.get_configuration_set(configuration_set_name="news"),
        ses.get_configuration_set_event_destinations(configuration_set_name="news"),
        ses.list_email_identities(),
        ses.get_email_identity(email_identity="Grüße@example.org"),
        ses.get_email_identity_policies(email_identity="example.com"),
        ses.list_email_identity_certificates(email_identity="example.com"),
        ses.get_contact_list(contact_list_name="readers"),
        ses.get_contact(contact_list_name="readers", email_address=PERSON),
        ses.get_email_template(template_name="welcome"),
        ses.get_custom_verification_email_template(template_name="verify"),
        ses.get_tenant(tenant_name="acme"),
        ses.list_tenant_resources(tenant_name="acme"),
        ses.get_reputation_entity(reputation_entity_type="RESOURCE", reputation_entity_reference=ids["tenant"]),
        ses.list_suppressed_destinations(),
        ses.list_suppressed_destinations(tenant_name="acme"),
        ses.get_multi_region_endpoint(endpoint_name="both"),
        ses.get_deliverability_dashboard_options(),
        ses.get_deliverability_test_report(report_id=ids["report"]),
        ses.get_import_job(job_id=ids["import"]),
        ses.get_export_job(job_id=ids["export"]),
        ses.get_message_insights(message_id=ids["message"]),
        ses.get_blacklist_reports(blacklist_item_names=["192.0.2.1"]),
        ses.list_recommendations(),
        ses.get_domain_deliverability_campaign(campaign_id="spring"),
        ses.get_domain_statistics_report(domain="example.com", **dates),
        ses.get_email_address_insights(email_address=PERSON),
        *(ses.list_tags_for_resource(resource_arn=PREFIX + arn) for arn in arns),
    ]


def test_everything_outlives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "ses.db"
    with service(db=path, clock=NOW) as (fake, ses):
        ids = fill(fake, ses)
        before = read(ses, ids)
    with service(db=path, clock=NOW) as (fake, ses):
        assert read(ses, ids) == before
        # Jobs that had begun end after the restart, with the files of before.
        fake.clock.advance(5)
        job = ses.get_import_job(job_id=ids["import"])
        assert (job.job_status, job.processed_records_count) == ("COMPLETED", 1)
        exported = ses.get_export_job(job_id=ids["export"])
        assert exported.export_destination
    with service(db=path, clock=NOW) as (fake, ses):
        assert ids["message"] in fake.files[str(exported.export_destination.s3_url)].decode()
        assert ses.get_suppressed_destination(email_address="bob@example.net")
        assert len(fake.outbox) == 1


def test_a_reset_forgets_everything_for_good(tmp_path: Path) -> None:
    path = tmp_path / "ses.db"
    with service(db=path, clock=NOW) as (fake, ses):
        fill(fake, ses)
        fake.reset()
    with service(db=path, clock=NOW) as (fake, ses):
        assert [one.identity_name for one in ses.list_email_identities().email_identities] == ["example.com"]
        assert not ses.list_email_identity_certificates(email_identity="example.com").certificates
        for empty in (
            ses.list_configuration_sets().configuration_sets,
            ses.list_contact_lists().contact_lists,
            ses.list_email_templates().templates_metadata,
            ses.list_custom_verification_email_templates().custom_verification_email_templates,
            ses.list_tenants().tenants,
            ses.list_reputation_entities().reputation_entities,
            ses.list_suppressed_destinations().suppressed_destination_summaries,
            ses.list_dedicated_ip_pools().dedicated_ip_pools,
            ses.get_dedicated_ips().dedicated_ips,
            ses.list_multi_region_endpoints().multi_region_endpoints,
            ses.list_deliverability_test_reports().deliverability_test_reports,
            ses.list_import_jobs().import_jobs,
            ses.list_export_jobs().export_jobs,
            ses.list_recommendations().recommendations,
        ):
            assert not empty
        assert ses.get_account().details is None
        assert (len(fake.files), len(fake.outbox)) == (0, 0)
