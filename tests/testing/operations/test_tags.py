"""Tags of resources, by their ARNs."""

import pytest
from support.mails import simple, stored
from support.refused import refuses

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

PREFIX = "arn:aws:ses:us-east-1:123456789012:"
OLD = models.Tag(key="old", value="1")


@pytest.fixture
def arns(ses: SESv2Client) -> list[str]:
    """Create a resource of each type with a tag, and return their ARNs."""
    tags = [OLD]
    ses.create_email_identity(email_identity="Example.org", tags=tags)
    ses.create_configuration_set(configuration_set_name="news", tags=tags)
    ses.create_contact_list(contact_list_name="readers", tags=tags)
    ses.create_dedicated_ip_pool(pool_name="fast", tags=tags)
    ses.create_email_template(
        template_name="welcome", template_content=models.EmailTemplateContent(subject="Hello"), tags=tags
    )
    ses.create_custom_verification_email_template(
        template_name="verify",
        from_email_address="shop@example.com",
        template_subject="Verify",
        template_content="<p>Hi</p>",
        success_redirection_url="https://example.com/yes",
        failure_redirection_url="https://example.com/no",
        tags=tags,
    )
    details = models.Details(routes_details=[models.RouteDetails(region="eu-west-1")])
    ses.create_multi_region_endpoint(endpoint_name="both", details=details, tags=tags)
    report = ses.create_deliverability_test_report(from_email_address="a@example.com", content=simple(), tags=tags)
    tenant = ses.create_tenant(tenant_name="acme", tags=tags)
    names = [
        "identity/example.org",
        "configuration-set/news",
        "contact-list/readers",
        "dedicated-ip-pool/fast",
        "template/welcome",
        "custom-verification-email-template/verify",
        "multi-region-endpoint/both",
        f"deliverability-test-report/{report.report_id}",
    ]
    return [*(PREFIX + name for name in names), str(tenant.tenant_arn)]


def test_each_resource_has_tags(ses: SESv2Client, arns: list[str]) -> None:
    for arn in arns:
        ses.tag_resource(resource_arn=arn, tags=[models.Tag(key="new", value="2"), models.Tag(key="old", value="3")])
        assert {tag.key: tag.value for tag in ses.list_tags_for_resource(resource_arn=arn).tags} == {
            "old": "3",
            "new": "2",
        }
        ses.untag_resource(resource_arn=arn, tag_keys=["old", "unknown"])
        assert [tag.key for tag in ses.list_tags_for_resource(resource_arn=arn).tags] == ["new"]
    assert [tag.key for tag in ses.get_configuration_set(configuration_set_name="news").tags] == ["new"]
    assert [tag.key for tag in ses.get_email_identity(email_identity="example.org").tags] == ["new"]
    assert [tag.key for tag in ses.get_email_template(template_name="welcome").tags] == ["new"]


@pytest.mark.parametrize(
    "name",
    [
        "identity/example.net",
        "configuration-set/other",
        "contact-list/other",
        "dedicated-ip-pool/other",
        "template/other",
        "tenant/acme",
        "tenant/other/tn-1",
        "mailmanager-archive/a-1",
    ],
)
def test_a_resource_that_is_not_there(ses: SESv2Client, arns: list[str], name: str) -> None:
    assert PREFIX + name not in arns
    with refuses(errors.NotFoundException, f"Resource {PREFIX}{name} does not exist."):
        ses.list_tags_for_resource(resource_arn=PREFIX + name)


@pytest.mark.parametrize(
    "arn", ["arn:aws:ses:eu-west-1:123456789012:identity/example.com", PREFIX + "identity", PREFIX + "identity/"]
)
def test_what_is_not_an_arn_of_the_account_in_the_region(ses: SESv2Client, arn: str) -> None:
    with refuses(errors.BadRequestException, f"Invalid resource ARN: {arn}."):
        ses.tag_resource(resource_arn=arn, tags=[OLD])


def test_a_resource_has_at_most_50_tags(fake: FakeSES, ses: SESv2Client) -> None:
    stored(ses)
    arn = f"{PREFIX}template/welcome"
    ses.tag_resource(resource_arn=arn, tags=[models.Tag(key=str(number), value="") for number in range(50)])
    with refuses(errors.BadRequestException, "A resource can have at most 50 tags."):
        ses.tag_resource(resource_arn=arn, tags=[models.Tag(key="50", value="")])
    ses.tag_resource(resource_arn=arn, tags=[models.Tag(key="49", value="changed")])
    assert len(ses.list_tags_for_resource(resource_arn=arn).tags) == 50
    assert fake.region == "us-east-1"
