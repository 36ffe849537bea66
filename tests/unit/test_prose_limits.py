"""Limits that only the prose of the documentation states: checked before sending, and switched off like others."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.refusals import passes, problems_of
from support.unit import CONTENT, MOMENT

from sesv2kit import models

Build = Callable[[Any], dict[str, Any]]

START = datetime(2026, 1, 1, tzinfo=UTC)
ARN = "arn:aws:ses:eu-west-1:123456789012:configuration-set/shop"
METRICS = models.MetricsDataSource(
    dimensions={"ISP": ["*"]},
    namespace="VDM",
    metrics=[models.ExportMetric(name="SEND", aggregation="VOLUME")],
    start_date=MOMENT,
    end_date=MOMENT,
)
INSIGHTS = models.MessageInsightsDataSource(start_date=MOMENT, end_date=MOMENT)
SOURCE = models.ExportDataSource(metrics_data_source=METRICS)
RAW = models.RawMessage(data=b"Subject: Hello\r\n\r\nHi")
TEMPLATE = models.Template(template_name="news")
ADDRESSES = [f"{number}@example.net" for number in range(51)]
MAX_HTML = 10 * 2**20 - 1


def tags(count: int) -> list[models.Tag]:
    """Return so many different tags."""
    return [models.Tag(key=f"key-{number}", value="") for number in range(count)]


def dimension(name: str = "campaign", default: str = "none") -> dict[str, Any]:
    """Return the arguments of an event destination in CloudWatch."""
    configuration = models.CloudWatchDimensionConfiguration(
        dimension_name=name, dimension_value_source="MESSAGE_TAG", default_dimension_value=default
    )
    destination = models.CloudWatchDestination(dimension_configurations=[configuration])
    return {
        "configuration_set_name": "shop",
        "event_destination_name": "metrics",
        "event_destination": models.EventDestinationDefinition(cloud_watch_destination=destination),
    }


def header(name: str, value: str) -> dict[str, Any]:
    """Return the arguments of a mail with a header."""
    message = models.Message(
        subject=models.Content(data="Hello"),
        body=models.Body(),
        headers=[models.MessageHeader(name=name, value=value)],
    )
    return {"content": models.EmailContent(simple=message)}


def raw(data: Any) -> dict[str, Any]:
    """Return the arguments of a raw mail."""
    return {"content": models.EmailContent(raw=models.RawMessage(data=data))}


def verification(content: str) -> dict[str, Any]:
    """Return the arguments of a custom verification template."""
    return {
        "template_name": "welcome",
        "from_email_address": "shop@example.com",
        "template_subject": "Welcome",
        "template_content": content,
        "success_redirection_url": "https://example.com/yes",
        "failure_redirection_url": "https://example.com/no",
    }


def policy(text: str) -> dict[str, Any]:
    """Return the arguments of a policy."""
    return {"email_identity": "example.com", "policy_name": "others", "policy": text}


def bulk(count: int) -> dict[str, Any]:
    """Return the arguments of a bulk send."""
    entry = models.BulkEmailEntry(destination=models.Destination(to_addresses=["ann@example.net"]))
    return {"default_content": models.BulkEmailContent(template=TEMPLATE), "bulk_email_entries": [entry] * count}


def endpoint(count: int) -> dict[str, Any]:
    """Return the arguments of a multi-region endpoint."""
    routes = [models.RouteDetails(region="us-east-1")] * count
    return {"endpoint_name": "global", "details": models.Details(routes_details=routes)}


def scheme(*names: str) -> dict[str, Any]:
    """Return the arguments of a configuration set with a signing scheme."""
    members: dict[str, Any] = {
        "default_scheme": models.DefaultSigningScheme(),
        "smime_scheme": models.SmimeSigningScheme(signature_format="DETACHED"),
    }
    signing = models.SigningScheme(**{name: members[name] for name in names})
    return {
        "configuration_set_name": "shop",
        "message_security_options": models.MessageSecurityOptions(signing_scheme=signing),
    }


def too_long(most: int, size: int | None = None, unit: str = "character") -> str:
    """Return the message of a text that is too long."""
    return f"must be at most {most} {unit}s, is {size or most + 1}"


SIZES: dict[str, tuple[str, Build, Any, Any, str]] = {
    # method, arguments of a value, a value at the bound, one past it, the problem
    "name of a configuration set": (
        "create_configuration_set",
        lambda name: {"configuration_set_name": name},
        "x" * 64,
        "x" * 65,
        f"configuration_set_name: {too_long(64)}",
    ),
    "name of a tenant": (
        "create_tenant",
        lambda name: {"tenant_name": name},
        "x" * 64,
        "x" * 65,
        f"tenant_name: {too_long(64)}",
    ),
    "tenant of a mail": (
        "send_email",
        lambda name: {"content": CONTENT, "tenant_name": name},
        "x" * 64,
        "x" * 65,
        f"tenant_name: {too_long(64)}",
    ),
    "tenant of a query": (
        "get_suppressed_destination",
        lambda name: {"email_address": "ann@example.net", "tenant_name": name},
        "x" * 64,
        "x" * 65,
        f"tenant_name: {too_long(64)}",
    ),
    "policy": (
        "create_email_identity_policy",
        policy,
        "ä" * 2048,
        "ä" * 2048 + "x",
        f"policy: {too_long(4096, unit='byte')}",
    ),
    "new policy": (
        "update_email_identity_policy",
        policy,
        "x" * 4096,
        "x" * 4097,
        f"policy: {too_long(4096, unit='byte')}",
    ),
    "content of a verification mail": (
        "create_custom_verification_email_template",
        verification,
        "x" * MAX_HTML,
        "x" * 11 * 2**20,
        f"template_content: {too_long(MAX_HTML, 11 * 2**20, 'byte')}",
    ),
    "new content of a verification mail": (
        "update_custom_verification_email_template",
        verification,
        "x" * MAX_HTML,
        "x" * (MAX_HTML + 1),
        f"template_content: {too_long(MAX_HTML, unit='byte')}",
    ),
    "name of a dimension": (
        "create_configuration_set_event_destination",
        lambda name: dimension(name=name),
        "x" * 255,
        "x" * 256,
        "event_destination.cloud_watch_destination.dimension_configurations[0].dimension_name: " + too_long(255),
    ),
    "default of a dimension": (
        "update_configuration_set_event_destination",
        lambda value: dimension(default=value),
        "x" * 255,
        "x" * 256,
        "event_destination.cloud_watch_destination.dimension_configurations[0].default_dimension_value: "
        + too_long(255),
    ),
    "name of a message tag": (
        "send_email",
        lambda name: {"content": CONTENT, "email_tags": [models.MessageTag(name=name, value="v")]},
        "x" * 256,
        "x" * 257,
        f"email_tags[0].name: {too_long(256)}",
    ),
    "value of a message tag": (
        "send_email",
        lambda value: {"content": CONTENT, "email_tags": [models.MessageTag(name="n", value=value)]},
        "x" * 256,
        "x" * 257,
        f"email_tags[0].value: {too_long(256)}",
    ),
    "header": (
        "send_email",
        lambda size: header("X-Long", "x" * size),
        990,
        991,
        "content.simple.headers[0]: must have at most 996 characters in its name and value together, has 997",
    ),
    "line of a raw mail": (
        "send_email",
        raw,
        b"A: b\r\n\r\n" + b"x" * 1000 + b"\r\n" + b"y" * 1000 + b"\n\n" + b"z" * 1000,
        b"A: b\r\n\r\n" + b"x" * 1000 + b"\r\n" + b"y" * 1001 + b"\r\n",
        "content.raw.data: must have lines of at most 1000 bytes",
    ),
    "last line of a raw mail": (
        "send_email",
        raw,
        bytearray(b"x" * 1000),
        memoryview(b"x" * 1001),
        "content.raw.data: must have lines of at most 1000 bytes",
    ),
    "recipients of a mail": (
        "send_email",
        lambda count: {
            "content": CONTENT,
            "destination": models.Destination(
                to_addresses=ADDRESSES[:20], cc_addresses=ADDRESSES[20:30], bcc_addresses=ADDRESSES[30:count]
            ),
        },
        50,
        51,
        "destination: must have at most 50 recipients, has 51",
    ),
    "entries of a bulk send": (
        "send_bulk_email",
        bulk,
        50,
        51,
        "bulk_email_entries: must be at most 50 items, is 51",
    ),
    "routes": (
        "create_multi_region_endpoint",
        endpoint,
        1,
        2,
        "details.routes_details: must be at most 1 item, is 2",
    ),
    "no route": (
        "create_multi_region_endpoint",
        endpoint,
        1,
        0,
        "details.routes_details: must be at least 1 item, is 0",
    ),
    "tags": (
        "tag_resource",
        lambda count: {"resource_arn": ARN, "tags": tags(count)},
        50,
        51,
        "tags: must be at most 50 items, is 51",
    ),
    "key of a tag": (
        "tag_resource",
        lambda key: {"resource_arn": ARN, "tags": [models.Tag(key=key, value="")]},
        "x" * 128,
        "x" * 129,
        f"tags[0].key: {too_long(128)}",
    ),
    "empty key of a tag": (
        "tag_resource",
        lambda key: {"resource_arn": ARN, "tags": [models.Tag(key=key, value="")]},
        "x",
        "",
        "tags[0].key: must be at least 1 character, is 0",
    ),
    "value of a tag": (
        "tag_resource",
        lambda value: {"resource_arn": ARN, "tags": [models.Tag(key="k", value=value)]},
        "x" * 256,
        "x" * 257,
        f"tags[0].value: {too_long(256)}",
    ),
    "reserved key of a tag": (
        "tag_resource",
        lambda key: {"resource_arn": ARN, "tags": [models.Tag(key=key, value="")]},
        "my-aws:team",
        "aws:team",
        "tags[0].key: must not start with aws:, which is reserved",
    ),
    "reserved value of a tag": (
        "tag_resource",
        lambda value: {"resource_arn": ARN, "tags": [models.Tag(key="k", value=value)]},
        "aws",
        "aws:",
        "tags[0].value: must not start with aws:, which is reserved",
    ),
    "reserved key of a tag that is removed": (
        "untag_resource",
        lambda key: {"resource_arn": ARN, "tag_keys": ["team", key]},
        "x" * 128,
        "aws:team",
        "tag_keys[1]: must not start with aws:, which is reserved",
    ),
    "tag given twice": (
        "tag_resource",
        lambda key: {"resource_arn": ARN, "tags": [*tags(2), models.Tag(key=key, value="x")]},
        "Key-1",
        "key-1",
        "tags[2].key: is the same as that of [1]",
    ),
    "days of statistics": (
        "get_domain_statistics_report",
        lambda end: {"domain": "example.com", "start_date": START, "end_date": end},
        START + timedelta(days=30),
        START + timedelta(days=30, seconds=1),
        "end_date: must be at most 30 days after start_date",
    ),
    "days of campaigns": (
        "list_domain_deliverability_campaigns",
        lambda end: {"subscribed_domain": "example.com", "start_date": START, "end_date": end},
        START + timedelta(days=30),
        START + timedelta(days=31),
        "end_date: must be at most 30 days after start_date",
    ),
}
CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/1-2-3"
DOMAINS: dict[str, tuple[str, Build, Any, Any, str]] = {
    "certificate of a domain": (
        "associate_email_identity_certificate",
        lambda members: {"certificate_arn": CERTIFICATE, **members},
        {"email_identity": "example.com", "from_address": "shop@example.com"},
        {"email_identity": "example.com"},
        "from_address: is required, as email_identity is a domain",
    ),
    "certificate of an address": (
        "disassociate_email_identity_certificate",
        lambda members: members,
        {"email_identity": "shop@example.com"},
        {"email_identity": "example.com", "from_address": None},
        "from_address: is required, as email_identity is a domain",
    ),
    "DKIM of an address": (
        "create_email_identity",
        lambda identity: {
            "email_identity": identity,
            "dkim_signing_attributes": models.DkimSigningAttributes(next_signing_key_length="RSA_2048_BIT"),
        },
        "example.com",
        "shop@example.com",
        "dkim_signing_attributes: may only be given for a domain, and email_identity is an address",
    ),
}
TAGGED = [
    ("create_configuration_set", {"configuration_set_name": "x"}),
    ("create_contact_list", {"contact_list_name": "x"}),
    ("create_dedicated_ip_pool", {"pool_name": "x"}),
    ("create_deliverability_test_report", {"from_email_address": "a@example.com", "content": CONTENT}),
    ("create_email_identity", {"email_identity": "example.com"}),
    ("create_email_template", {"template_name": "x", "template_content": models.EmailTemplateContent()}),
    ("create_custom_verification_email_template", verification("x")),
    ("create_multi_region_endpoint", endpoint(1)),
    ("create_tenant", {"tenant_name": "x"}),
]
PAGES = [
    ("list_custom_verification_email_templates", 1, 50),
    ("list_email_templates", 1, 100),
    ("list_recommendations", 1, 100),
    ("list_deliverability_test_reports", 0, 1000),
    ("list_email_identities", 0, 1000),
]
UNIONS: dict[str, tuple[str, Build, Any, Any, str]] = {
    "no signing scheme": (
        "create_configuration_set",
        lambda names: scheme(*names),
        ["default_scheme"],
        [],
        "message_security_options.signing_scheme: must have exactly one of default_scheme and smime_scheme, has none",
    ),
    "two signing schemes": (
        "create_configuration_set",
        lambda names: scheme(*names),
        ["smime_scheme"],
        ["default_scheme", "smime_scheme"],
        "message_security_options.signing_scheme: must have exactly one of default_scheme and smime_scheme, "
        "has default_scheme and smime_scheme",
    ),
    "no content": (
        "send_email",
        lambda members: {"content": models.EmailContent(**members)},
        {"raw": RAW},
        {},
        "content: must have exactly one of simple, raw and template, has none",
    ),
    "two contents": (
        "send_email",
        lambda members: {"content": models.EmailContent(**members)},
        {"template": TEMPLATE},
        {"raw": RAW, "template": TEMPLATE},
        "content: must have exactly one of simple, raw and template, has raw and template",
    ),
    "two contents of a test": (
        "create_deliverability_test_report",
        lambda members: {"from_email_address": "a@example.com", "content": models.EmailContent(**members)},
        {"raw": RAW},
        {"raw": RAW, "template": TEMPLATE, "simple": CONTENT.simple},
        "content: must have exactly one of simple, raw and template, has simple, raw and template",
    ),
    "two sources of an export": (
        "create_export_job",
        lambda members: {
            "export_data_source": models.ExportDataSource(**members),
            "export_destination": models.ExportDestination(data_format="CSV"),
        },
        {"metrics_data_source": METRICS},
        {"metrics_data_source": METRICS, "message_insights_data_source": INSIGHTS},
        "export_data_source: must have exactly one of metrics_data_source and message_insights_data_source, "
        "has metrics_data_source and message_insights_data_source",
    ),
    "address of an export": (
        "create_export_job",
        lambda members: {
            "export_data_source": SOURCE,
            "export_destination": models.ExportDestination(data_format="CSV", **members),
        },
        {},
        {"s3_url": "s3://bucket/key"},
        "export_destination.s3_url: is set by the service in responses; leave it out",
    ),
}


@pytest.mark.parametrize(
    ("method", "build", "at", "past", "problem"),
    [*SIZES.values(), *UNIONS.values(), *DOMAINS.values()],
    ids=[*SIZES, *UNIONS, *DOMAINS],
)
def test_a_limit_of_the_prose_holds_at_its_bound_and_can_be_turned_off(
    method: str, build: Build, at: Any, past: Any, problem: str
) -> None:
    passes(method, **build(at))
    assert problems_of(method, **build(past)) == [problem]
    passes(method, check_limits=False, **build(past))


@pytest.mark.parametrize(("method", "arguments"), TAGGED, ids=[method for method, _ in TAGGED])
def test_whatever_takes_tags_takes_fifty_different_ones(method: str, arguments: dict[str, Any]) -> None:
    passes(method, **arguments, tags=tags(50))
    assert problems_of(method, **arguments, tags=tags(51)) == ["tags: must be at most 50 items, is 51"]
    same = [*tags(2), *tags(1)]
    assert problems_of(method, **arguments, tags=same) == ["tags[2].key: is the same as that of [0]"]


@pytest.mark.parametrize(("method", "least", "most"), PAGES, ids=[method for method, *_ in PAGES])
def test_a_page_has_the_documented_sizes(method: str, least: int, most: int) -> None:
    passes(method, page_size=least)
    passes(method, page_size=most)
    assert problems_of(method, page_size=most + 1) == [f"page_size: must be at most {most}, is {most + 1}"]
    assert problems_of(method, page_size=least - 1) == [f"page_size: must be at least {least}, is {least - 1}"]
    passes(method, page_size=most + 1, check_limits=False)


def test_what_fits_no_type_is_reported_without_limits_on_it() -> None:
    destination = models.Destination(to_addresses=5)  # type: ignore[arg-type]
    problems = problems_of("send_email", content=CONTENT, destination=destination)
    assert problems == ["destination.to_addresses: expected a sequence, got int"]
    wrong = [models.Tag(key="k", value=""), "k"]
    assert problems_of("tag_resource", resource_arn=ARN, tags=wrong) == ["tags[1]: expected models.Tag, got str"]


def test_a_period_without_both_ends_is_reported_as_such() -> None:
    problems = problems_of("get_domain_statistics_report", domain="example.com", start_date=START, end_date=None)
    assert problems == ["end_date: is required"]


def test_the_documentation_of_a_method_has_its_rate_and_its_limits() -> None:
    from sesv2kit import SESv2Client

    expected = {
        "get_email_template": "The service allows 50 calls per second.",
        "list_email_templates": "The service allows 1 call per second.",
        "batch_get_metric_data": "The service allows 16 calls and 160 `queries` per second.",
        "get_domain_statistics_report": "`end_date` must be at most 30 days after `start_date`.",
        "create_tenant": "1 to 64 characters.",
        "create_email_identity_policy": "At most 4 KB of UTF-8.",
    }
    for method, sentence in expected.items():
        documentation = " ".join((getattr(SESv2Client, method).__doc__ or "").split())
        assert sentence in documentation, method
