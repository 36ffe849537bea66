"""Lists come in pages: default and largest sizes, and tokens that belong to a list, a region and a request."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from support.mails import SENDER, simple
from support.refused import refuses, wire

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

PREFIX = "arn:aws:ses:us-east-1:123456789012:"
IDENTITY = f"{PREFIX}identity/example.com"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"


class Listed(NamedTuple):
    """A list, how to make its entries, and how many of them a page has."""

    method: str
    member: str
    create: Callable[[FakeSES, SESv2Client, int], object]
    default: int
    maximum: int
    arguments: dict[str, Any] = {}  # noqa: RUF012 -- nobody changes it
    before: int = 0
    """How many entries are there from the start."""
    has_zero: bool = False
    """Whether a size of 0 is the default."""
    limit: int = 1000
    """How many entries there can be."""


def _create_template(_fake: FakeSES, ses: SESv2Client, number: int) -> None:
    content = models.EmailTemplateContent(subject="Hello")
    ses.create_email_template(template_name=str(number), template_content=content)


def _create_custom(_fake: FakeSES, ses: SESv2Client, number: int) -> None:
    ses.create_custom_verification_email_template(
        template_name=str(number),
        from_email_address=SENDER,
        template_subject="Verify",
        template_content="<p>Hi</p>",
        success_redirection_url="https://example.com/yes",
        failure_redirection_url="https://example.com/no",
    )


def _create_contact(_fake: FakeSES, ses: SESv2Client, number: int) -> None:
    if number == 0:
        ses.create_contact_list(contact_list_name="readers")
    ses.create_contact(contact_list_name="readers", email_address=f"{number}@example.net")


def _create_import(_fake: FakeSES, ses: SESv2Client, _number: int) -> None:
    ses.create_import_job(
        import_destination=models.ImportDestination(
            suppression_list_destination=models.SuppressionListDestination(suppression_list_import_action="PUT")
        ),
        import_data_source=models.ImportDataSource(s3_url="s3://bucket/rows", data_format="CSV"),
    )


def _create_export(fake: FakeSES, ses: SESv2Client, _number: int) -> None:
    source = models.MessageInsightsDataSource(start_date=fake.clock.now, end_date=fake.clock.now)
    ses.create_export_job(
        export_data_source=models.ExportDataSource(message_insights_data_source=source),
        export_destination=models.ExportDestination(data_format="JSON"),
    )


def _create_association(_fake: FakeSES, ses: SESv2Client, number: int) -> None:
    if number == 0:
        ses.create_tenant(tenant_name="acme")
    ses.create_configuration_set(configuration_set_name=str(number))
    ses.create_tenant_resource_association(tenant_name="acme", resource_arn=f"{PREFIX}configuration-set/{number}")


def _create_owner(_fake: FakeSES, ses: SESv2Client, number: int) -> None:
    ses.create_tenant(tenant_name=str(number))
    ses.create_tenant_resource_association(tenant_name=str(number), resource_arn=IDENTITY)


def _create_endpoint(_fake: FakeSES, ses: SESv2Client, number: int) -> None:
    details = models.Details(routes_details=[models.RouteDetails(region="eu-west-1")])
    ses.create_multi_region_endpoint(endpoint_name=str(number), details=details)


def _create_campaign(fake: FakeSES, _ses: SESv2Client, number: int) -> None:
    campaign = models.DomainDeliverabilityCampaign(campaign_id=str(number))
    fake.canned.campaign("example.com", campaign)


def _create_recommendation(fake: FakeSES, _ses: SESv2Client, number: int) -> None:
    fake.canned.recommendation(models.Recommendation(resource_arn=str(number), type="DKIM"))


NOW = datetime(2026, 3, 1, tzinfo=UTC)
CAMPAIGNS = {"start_date": NOW, "end_date": NOW, "subscribed_domain": "example.com"}


LISTS = [
    Listed("list_email_templates", "templates_metadata", _create_template, 10, 100),
    Listed(
        "list_custom_verification_email_templates",
        "custom_verification_email_templates",
        _create_custom,
        50,
        50,
        limit=50,
    ),
    Listed(
        "list_email_identities",
        "email_identities",
        lambda _, ses, number: ses.create_email_identity(email_identity=f"{number}.example"),
        25,
        1000,
        before=1,
        has_zero=True,
    ),
    Listed(
        "list_configuration_sets",
        "configuration_sets",
        lambda _, ses, number: ses.create_configuration_set(configuration_set_name=str(number)),
        50,
        1000,
    ),
    Listed("list_tenants", "tenants", lambda _, ses, number: ses.create_tenant(tenant_name=str(number)), 100, 100),
    Listed("list_tenant_resources", "tenant_resources", _create_association, 100, 100, {"tenant_name": "acme"}),
    Listed("list_resource_tenants", "resource_tenants", _create_owner, 100, 100, {"resource_arn": IDENTITY}),
    Listed("list_reputation_entities", "reputation_entities", _create_owner, 100, 100),
    Listed("list_recommendations", "recommendations", _create_recommendation, 100, 100),
    Listed("list_export_jobs", "export_jobs", _create_export, 100, 100),
    Listed("list_import_jobs", "import_jobs", _create_import, 100, 1000),
    Listed("list_contacts", "contacts", _create_contact, 100, 1000, {"contact_list_name": "readers"}),
    Listed("list_multi_region_endpoints", "multi_region_endpoints", _create_endpoint, 100, 1000),
    Listed(
        "list_deliverability_test_reports",
        "deliverability_test_reports",
        lambda _, ses, __: ses.create_deliverability_test_report(from_email_address=SENDER, content=simple()),
        100,
        1000,
        has_zero=True,
    ),
    Listed(
        "list_domain_deliverability_campaigns",
        "domain_deliverability_campaigns",
        _create_campaign,
        100,
        1000,
        CAMPAIGNS,
    ),
    Listed(
        "list_suppressed_destinations",
        "suppressed_destination_summaries",
        lambda _, ses, number: ses.put_suppressed_destination(email_address=f"{number}@example.net", reason="BOUNCE"),
        100,
        1000,
    ),
    Listed(
        "list_dedicated_ip_pools",
        "dedicated_ip_pools",
        lambda _, ses, number: ses.create_dedicated_ip_pool(pool_name=str(number)),
        100,
        1000,
    ),
    Listed("get_dedicated_ips", "dedicated_ips", lambda fake, _, number: fake.lease_ip(f"192.0.2.{number}"), 100, 1000),
    Listed(
        "list_email_identity_certificates",
        "certificates",
        lambda _, ses, number: ses.associate_email_identity_certificate(
            email_identity="example.com", from_address=f"{number}@example.com", certificate_arn=CERTIFICATE
        ),
        25,
        1000,
        {"email_identity": "example.com"},
    ),
]
"""All lists but ListContactLists, as an account has one contact list at most."""


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: listed.method)
def test_a_list_comes_in_pages(fake: FakeSES, listed: Listed) -> None:
    with fake.client(retry_mode="off", check_limits=False) as ses:
        method: Any = getattr(ses, listed.method)

        def read(**more: Any) -> tuple[list[Any], str | None]:
            response = method(**listed.arguments, **more)
            return [*getattr(response, listed.member)], response.next_token

        count = min(listed.default + 1, listed.limit)
        for number in range(count - listed.before):
            listed.create(fake, ses, number)
        entries, token = read()
        assert len(entries) == listed.default
        assert (token is not None) == (count > listed.default)
        size = count // 2
        first, token = read(page_size=size)
        second, token = read(page_size=size, next_token=token)
        rest, token = read(page_size=size, next_token=token) if token else ([], None)
        assert (len(first), len(second), token) == (size, size, None)
        assert (first + second + rest)[: listed.default] == entries
        assert [one for one in first if one in second] == []
        with refuses(errors.BadRequestException, "Invalid next token."):
            read(next_token="nonsense")
        message = (
            "1 validation error detected: Value at 'pageSize' failed to satisfy constraint: "
            f"Member must have value less than or equal to {listed.maximum}"
        )
        with refuses(errors.BadRequestException, message):
            read(page_size=listed.maximum + 1)
        if listed.has_zero:
            assert read(page_size=0) == read()
        else:
            with pytest.raises(errors.BadRequestException, match="greater than or equal to 1"):
                read(page_size=0)


def test_the_one_contact_list_is_a_page(ses: SESv2Client) -> None:
    ses.create_contact_list(contact_list_name="readers")
    page = ses.list_contact_lists(page_size=1)
    assert len(page.contact_lists) == 1
    assert page.next_token is None


def _token(ses: SESv2Client, **arguments: Any) -> str:
    token = ses.list_suppressed_destinations(page_size=1, **arguments).next_token
    assert token
    return token


def _fill(ses: SESv2Client) -> None:
    for number in range(3):
        ses.put_suppressed_destination(email_address=f"{number}@example.net", reason="BOUNCE")
        ses.create_configuration_set(configuration_set_name=str(number))


def test_a_token_belongs_to_its_list_its_request_and_its_region(ses: SESv2Client) -> None:
    _fill(ses)
    token = _token(ses)
    assert len(ses.list_suppressed_destinations(next_token=token).suppressed_destination_summaries) == 2
    with refuses(errors.BadRequestException, "Invalid next token."):
        ses.list_configuration_sets(next_token=token)
    with refuses(errors.BadRequestException, "Invalid next token."):
        ses.list_suppressed_destinations(next_token=token, reasons=["BOUNCE"])
    with FakeSES(region="eu-west-1") as other, other.client() as elsewhere:
        _fill(elsewhere)
        own = elsewhere.list_suppressed_destinations(next_token=_token(elsewhere))
        assert len(own.suppressed_destination_summaries) == 2
        with refuses(errors.BadRequestException, "Invalid next token."):
            elsewhere.list_suppressed_destinations(next_token=token)


def test_entries_that_come_later_are_on_later_pages(ses: SESv2Client) -> None:
    for name in ("a", "b", "c"):
        ses.create_configuration_set(configuration_set_name=name)
    names = iter(ses.iter_configuration_sets(page_size=2))
    first = next(names)
    ses.create_configuration_set(configuration_set_name="d")
    assert [first, *names] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("token", ["", "%25", "bm8", "Og==", "é", "bm90IG91cnM="])
def test_any_text_but_a_token_is_refused(fake: FakeSES, token: str) -> None:
    status, body = wire(fake, "POST", "/v2/email/list-configuration-sets", {"NextToken": token})
    if token:
        assert (status, body) == (400, {"message": "Invalid next token."})
    else:
        assert status == 200
