"""Against ministack: what moto does not have, such as templates, bulk, tenants and the options of a configuration set.

ministack asks for one old botocore, but works with any, so it is installed without its dependencies. Where it is
not installed, these tests are skipped.
"""

import itertools
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest
from support import opinions
from support.clients import TAGS, Connect, all_pages, is_recent

from sesv2kit import AsyncSESv2Client, Credentials, errors, models

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(find_spec("ministack") is None, reason="ministack is not installed"),
]

SHOP = "shop@example.com"
GREETING = models.EmailTemplateContent(subject="Hi {{name}}", text="Dear {{name}},", html="<p>Dear {{name}},</p>")

_accounts = itertools.count(111_111_111_111)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run ministack for the tests of this module, writing into a directory of its own; returns its URL."""
    home = tmp_path_factory.mktemp("ministack")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ministack"], env=_environment(home, port), cwd=home, stdout=log, stderr=log
        )
    try:
        _wait_for(url, process, home / "log")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def _environment(home: Path, port: int) -> dict[str, str]:
    """Return settings for SES alone, on loopback alone, which checks access keys and finds no Docker."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(home),
        "TMPDIR": str(home),
        "STATE_DIR": str(home / "state"),
        "S3_DATA_DIR": str(home / "s3"),
        "DOCKER_HOST": f"unix://{home}/no-docker.sock",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "SERVICES": "ses",
        "AUTH": "true",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return as soon as the server answers."""
    for _ in range(600):
        with suppress(httpx.HTTPError):
            if httpx.get(f"{url}/_ministack/ready", verify=False).is_success:
                return
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(log.read_text())


@pytest.fixture
def account() -> str:
    """Return the id of an account that no other test uses; it is an access key, too."""
    return str(next(_accounts))


@pytest.fixture
async def ses(server: str, connect: Connect, account: str) -> AsyncIterator[AsyncSESv2Client]:
    """Return a client of an empty account."""
    async with connect(server, credentials=Credentials(account, "test")) as client:
        yield client


def stored(server: str, account: str) -> list[dict[str, Any]]:
    """Return the messages that ministack keeps of an account."""
    response = httpx.get(f"{server}/_ministack/ses/messages", params={"account": account}, verify=False)
    messages = response.json()["messages"]
    kept: list[dict[str, Any]] = messages.get(account, [])
    return kept


def entry(address: str, **values: str) -> models.BulkEmailEntry:
    """Return an entry of a bulk request, with values of its own if there are any."""
    replacement = models.ReplacementEmailContent(
        replacement_template=models.ReplacementTemplate(replacement_template_data=json.dumps(values))
    )
    return models.BulkEmailEntry(
        destination=models.Destination(to_addresses=[address]),
        replacement_email_content=replacement if values else None,
    )


def greeting(template_name: str = "greeting") -> models.BulkEmailContent:
    """Return the default content of a bulk request."""
    template = models.Template(template_name=template_name, template_data=json.dumps({"name": "customer"}))
    return models.BulkEmailContent(template=template)


async def test_a_template_is_created_read_changed_and_deleted(ses: AsyncSESv2Client) -> None:
    name = "greeting (Grüße)"
    await ses.create_email_template(template_name=name, template_content=GREETING, tags=TAGS)
    found = await ses.get_email_template(template_name=name)
    assert (found.template_name, found.template_content, found.tags) == (name, GREETING, TAGS)
    with pytest.raises(errors.AlreadyExistsException, match=r"greeting"):
        await ses.create_email_template(template_name=name, template_content=GREETING)

    changed = models.EmailTemplateContent(subject="Hello", text="你好 {{name}}", html="")
    await ses.update_email_template(template_name=name, template_content=changed)
    assert (await ses.get_email_template(template_name=name)).template_content == changed

    await ses.delete_email_template(template_name=name)
    with pytest.raises(errors.NotFoundException) as caught:
        await ses.get_email_template(template_name=name)
    assert (caught.value.operation, caught.value.status_code) == ("GetEmailTemplate", 404)


async def test_templates_come_in_pages(ses: AsyncSESv2Client) -> None:
    names = [f"template-{number}" for number in range(5)]
    for name in names:
        await ses.create_email_template(template_name=name, template_content=GREETING)

    pages = await all_pages(lambda token: ses.list_email_templates(page_size=2, next_token=token))
    templates = [template for page in pages for template in page.templates_metadata]
    assert [len(page.templates_metadata) for page in pages] == [2, 2, 1]
    assert [template.template_name for template in templates] == names
    assert all(is_recent(template.created_timestamp) for template in templates)

    with pytest.raises(errors.BadRequestException, match="NextToken"):
        await ses.list_email_templates(next_token="no such token")


async def test_a_template_is_filled_in_and_sent(ses: AsyncSESv2Client, server: str, account: str) -> None:
    await ses.create_email_identity(email_identity="example.com")
    await ses.create_email_template(template_name="greeting", template_content=GREETING)
    reply = await ses.send_email(
        from_email_address=SHOP,
        destination=models.Destination(to_addresses=["ann@example.net"], bcc_addresses=["ben@example.net"]),
        content=models.EmailContent(
            template=models.Template(template_name="greeting", template_data=json.dumps({"name": "Ann 你好"}))
        ),
    )
    (kept,) = stored(server, account)
    assert kept["MessageId"] == reply.message_id
    assert (kept["Source"], kept["To"], kept["BCC"]) == (SHOP, ["ann@example.net"], ["ben@example.net"])
    assert (kept["Subject"], kept["BodyText"]) == ("Hi Ann 你好", "Dear Ann 你好,")


async def test_a_bulk_request_sends_every_entry_with_its_own_values(
    ses: AsyncSESv2Client, server: str, account: str
) -> None:
    await ses.create_email_identity(email_identity="example.com")
    await ses.create_email_template(template_name="greeting", template_content=GREETING)
    reply = await ses.send_bulk_email(
        from_email_address=SHOP,
        default_content=greeting(),
        bulk_email_entries=[entry("ann@example.net", name="Ann"), entry("ben@example.net")],
    )
    assert [result.status for result in reply.bulk_email_entry_results] == ["SUCCESS", "SUCCESS"]
    assert all(result.ok and result.error_class is None for result in reply.bulk_email_entry_results)
    assert reply.failed == []
    assert reply.retryable == []

    kept = stored(server, account)
    assert [mail["MessageId"] for mail in kept] == [result.message_id for result in reply.bulk_email_entry_results]
    assert [(mail["To"], mail["Subject"]) for mail in kept] == [
        (["ann@example.net"], "Hi Ann"),
        (["ben@example.net"], "Hi customer"),
    ]


async def test_a_failed_entry_is_found_by_its_index_and_can_be_raised(
    ses: AsyncSESv2Client, server: str, account: str
) -> None:
    await ses.create_email_identity(email_identity="example.com")
    await ses.create_email_template(template_name="greeting", template_content=GREETING)
    # Without production access, mail goes to verified addresses alone.
    await ses.put_account_details(
        mail_type="TRANSACTIONAL", website_url="https://example.com", production_access_enabled=False
    )
    reply = await ses.send_bulk_email(
        from_email_address=SHOP,
        default_content=greeting(),
        bulk_email_entries=[entry("ann@example.com"), entry("ben@example.net"), entry("cleo@example.com")],
    )
    assert [result.ok for result in reply.bulk_email_entry_results] == [True, False, True]
    (failed,) = reply.failed
    assert failed.index == 1
    assert failed.result.status is models.BulkEmailStatus.MESSAGE_REJECTED
    assert failed.result.error_class is errors.MessageRejected
    assert reply.retryable == []
    with pytest.raises(errors.MessageRejected, match=r"ben@example\.net") as caught:
        failed.result.raise_for_status()
    assert caught.value.code == "MESSAGE_REJECTED"
    assert len(stored(server, account)) == 2


async def test_a_bulk_request_that_is_refused_as_a_whole_is_an_error(
    ses: AsyncSESv2Client, server: str, account: str
) -> None:
    await ses.create_email_template(template_name="greeting", template_content=GREETING)
    with pytest.raises(errors.NotFoundException, match="no-such-template"):
        await ses.send_bulk_email(
            from_email_address=SHOP,
            default_content=greeting("no-such-template"),
            bulk_email_entries=[entry("ann@example.net")],
        )
    with pytest.raises(errors.MessageRejected, match=SHOP) as caught:
        await ses.send_bulk_email(
            from_email_address=SHOP, default_content=greeting(), bulk_email_entries=[entry("ann@example.net")]
        )
    assert (caught.value.operation, caught.value.status_code) == ("SendBulkEmail", 400)
    assert stored(server, account) == []


async def test_get_account_returns_quota_and_details(ses: AsyncSESv2Client) -> None:
    found = await ses.get_account()
    assert found.send_quota == models.SendQuota(max24_hour_send=50000, max_send_rate=14, sent_last24_hours=0)
    assert (found.sending_enabled, found.production_access_enabled, found.details) == (True, True, None)

    await ses.put_account_details(
        mail_type="MARKETING",
        website_url="https://example.com",
        contact_language=models.ContactLanguage.EN,
        additional_contact_email_addresses=["ops@example.com"],
        production_access_enabled=True,
    )
    found = await ses.get_account()
    assert found.details == models.AccountDetails(
        mail_type=models.MailType.MARKETING,
        website_url="https://example.com",
        contact_language="EN",
        additional_contact_email_addresses=["ops@example.com"],
    )


async def test_a_tenant_is_created_read_listed_and_deleted(ses: AsyncSESv2Client) -> None:
    created = await ses.create_tenant(tenant_name="acme", tags=TAGS)
    await ses.create_tenant(tenant_name="zeta")
    assert created.sending_status is models.SendingStatus.ENABLED
    assert is_recent(created.created_timestamp)
    found = (await ses.get_tenant(tenant_name="acme")).tenant
    assert found is not None
    assert (found.tenant_id, found.tenant_arn, found.tags) == (created.tenant_id, created.tenant_arn, TAGS)

    pages = await all_pages(lambda token: ses.list_tenants(page_size=1, next_token=token))
    assert [[tenant.tenant_name for tenant in page.tenants] for page in pages] == [["acme"], ["zeta"]]
    listed = await ses.list_tenants(filter={"TENANT_NAME_CONTAINS": "et"})
    assert [tenant.tenant_name for tenant in listed.tenants] == ["zeta"]

    with pytest.raises(errors.AlreadyExistsException):
        await ses.create_tenant(tenant_name="acme")
    await ses.delete_tenant(tenant_name="acme")
    with pytest.raises(errors.NotFoundException):
        await ses.get_tenant(tenant_name="acme")


async def test_a_tenant_s_resources_are_associated_listed_and_let_go(ses: AsyncSESv2Client, account: str) -> None:
    identity, template = (f"arn:aws:ses:eu-west-1:{account}:{name}" for name in ("identity/example.com", "template/a"))
    await ses.create_email_identity(email_identity="example.com")
    await ses.create_email_template(template_name="a", template_content=GREETING)
    tenant = await ses.create_tenant(tenant_name="acme")
    for arn in (identity, template):
        await ses.create_tenant_resource_association(tenant_name="acme", resource_arn=arn)

    listed = await ses.list_tenant_resources(tenant_name="acme")
    assert [resource.resource_arn for resource in listed.tenant_resources] == [identity, template]
    listed = await ses.list_tenant_resources(tenant_name="acme", filter={"RESOURCE_TYPE": "EMAIL_TEMPLATE"})
    assert listed.tenant_resources == (models.TenantResource(resource_type="EMAIL_TEMPLATE", resource_arn=template),)
    (user,) = (await ses.list_resource_tenants(resource_arn=identity)).resource_tenants
    assert (user.tenant_name, user.tenant_id, user.resource_arn) == ("acme", tenant.tenant_id, identity)
    assert is_recent(user.associated_timestamp)

    with pytest.raises(errors.BadRequestException, match="tenant associations"):
        await ses.delete_email_template(template_name="a")
    await ses.delete_tenant_resource_association(tenant_name="acme", resource_arn=template)
    await ses.delete_email_template(template_name="a")


async def test_a_tenant_s_suppression_is_set_and_cleared(ses: AsyncSESv2Client) -> None:
    await ses.create_tenant(
        tenant_name="acme",
        suppression_attributes=models.TenantSuppressionAttributes(
            suppressed_reasons=["BOUNCE"], suppression_scope="TENANT"
        ),
    )
    await ses.put_tenant_suppression_attributes(
        tenant_name="acme", suppressed_reasons=["BOUNCE", "COMPLAINT"], suppression_scope="ACCOUNT"
    )
    found = (await ses.get_tenant(tenant_name="acme")).tenant
    assert found is not None
    assert found.suppression_attributes is not None
    assert found.suppression_attributes.suppressed_reasons == ("BOUNCE", "COMPLAINT")
    assert found.suppression_attributes.suppression_scope is models.SuppressionListScope.ACCOUNT

    await ses.put_tenant_suppression_attributes(tenant_name="acme")
    found = (await ses.get_tenant(tenant_name="acme")).tenant
    assert found is not None
    assert found.suppression_attributes is None


async def test_every_option_of_a_configuration_set_is_put_and_read(ses: AsyncSESv2Client, account: str) -> None:
    name = "receipts"
    archive = f"arn:aws:ses:eu-west-1:{account}:mailmanager-archive/a-{'0' * 24}"
    await ses.create_configuration_set(configuration_set_name=name, tags=TAGS)
    found = await ses.get_configuration_set(configuration_set_name=name)
    assert (found.configuration_set_name, found.tags, found.tracking_options) == (name, TAGS, None)

    await ses.put_configuration_set_tracking_options(
        configuration_set_name=name, custom_redirect_domain="links.example.com", https_policy="REQUIRE"
    )
    await ses.put_configuration_set_delivery_options(
        configuration_set_name=name, tls_policy=models.TlsPolicy.REQUIRE, max_delivery_seconds=300
    )
    await ses.put_configuration_set_reputation_options(configuration_set_name=name, reputation_metrics_enabled=False)
    await ses.put_configuration_set_sending_options(configuration_set_name=name, sending_enabled=False)
    await ses.put_configuration_set_suppression_options(configuration_set_name=name, suppressed_reasons=["COMPLAINT"])
    dashboard = models.DashboardOptions(engagement_metrics="ENABLED")
    await ses.put_configuration_set_vdm_options(
        configuration_set_name=name, vdm_options=models.VdmOptions(dashboard_options=dashboard)
    )
    await ses.put_configuration_set_archiving_options(configuration_set_name=name, archive_arn=archive)

    found = await ses.get_configuration_set(configuration_set_name=name)
    assert found.tracking_options == models.TrackingOptions(
        custom_redirect_domain="links.example.com", https_policy="REQUIRE"
    )
    assert found.delivery_options == models.DeliveryOptions(tls_policy="REQUIRE", max_delivery_seconds=300)
    assert found.reputation_options == models.ReputationOptions(reputation_metrics_enabled=False)
    assert found.sending_options == models.SendingOptions(sending_enabled=False)
    assert found.suppression_options == models.SuppressionOptions(suppressed_reasons=["COMPLAINT"])
    assert found.vdm_options == models.VdmOptions(dashboard_options=dashboard)
    assert found.archiving_options == models.ArchivingOptions(archive_arn=archive)

    # What is left out of a call that puts is cleared.
    await ses.put_configuration_set_delivery_options(configuration_set_name=name)
    assert (await ses.get_configuration_set(configuration_set_name=name)).delivery_options is None
    with pytest.raises(errors.NotFoundException, match="no-such-set"):
        await ses.put_configuration_set_sending_options(configuration_set_name="no-such-set")


async def test_configuration_sets_come_in_pages_and_by_filter(ses: AsyncSESv2Client) -> None:
    for name in ("news", "offers", "receipts"):
        await ses.create_configuration_set(configuration_set_name=name)
    pages = await all_pages(lambda token: ses.list_configuration_sets(page_size=2, next_token=token))
    assert [page.configuration_sets for page in pages] == [("news", "offers"), ("receipts",)]
    found = await ses.list_configuration_sets(filter={"CONFIGURATION_SET_NAME_CONTAINS": "e"}, page_size=1)
    assert (found.configuration_sets, found.next_token is None) == (("news",), False)


async def test_identities_come_in_pages_and_by_filter(ses: AsyncSESv2Client) -> None:
    for name in ("example.com", SHOP):
        await ses.create_email_identity(email_identity=name)
    pages = await all_pages(lambda token: ses.list_email_identities(page_size=1, next_token=token))
    assert [[found.identity_name for found in page.email_identities] for page in pages] == [["example.com"], [SHOP]]
    (domain,) = (await ses.list_email_identities(filter={"IDENTITY_TYPE": "DOMAIN"})).email_identities
    assert (domain.identity_name, domain.identity_type, domain.sending_enabled) == ("example.com", "DOMAIN", True)


async def test_an_event_destination_is_created_read_changed_and_deleted(ses: AsyncSESv2Client, account: str) -> None:
    topic = models.SnsDestination(topic_arn=f"arn:aws:sns:eu-west-1:{account}:bounces")
    dimension = models.CloudWatchDimensionConfiguration(
        dimension_name="campaign", dimension_value_source="MESSAGE_TAG", default_dimension_value="none"
    )
    watch = models.CloudWatchDestination(dimension_configurations=[dimension])
    await ses.create_configuration_set(configuration_set_name="news")
    await ses.create_configuration_set_event_destination(
        configuration_set_name="news",
        event_destination_name="bounces",
        event_destination=models.EventDestinationDefinition(
            enabled=True, matching_event_types=["BOUNCE", models.EventType.COMPLAINT], sns_destination=topic
        ),
    )
    (found,) = (await ses.get_configuration_set_event_destinations(configuration_set_name="news")).event_destinations
    assert (found.name, found.enabled, found.sns_destination) == ("bounces", True, topic)
    assert found.matching_event_types == (models.EventType.BOUNCE, models.EventType.COMPLAINT)

    await ses.update_configuration_set_event_destination(
        configuration_set_name="news",
        event_destination_name="bounces",
        event_destination=models.EventDestinationDefinition(
            enabled=False, matching_event_types=["CLICK"], cloud_watch_destination=watch
        ),
    )
    (found,) = (await ses.get_configuration_set_event_destinations(configuration_set_name="news")).event_destinations
    assert (found.enabled, found.sns_destination, found.cloud_watch_destination) == (False, None, watch)

    await ses.delete_configuration_set_event_destination(
        configuration_set_name="news", event_destination_name="bounces"
    )
    left = await ses.get_configuration_set_event_destinations(configuration_set_name="news")
    assert left.event_destinations == ()
    with pytest.raises(errors.NotFoundException, match="bounces"):
        await ses.delete_configuration_set_event_destination(
            configuration_set_name="news", event_destination_name="bounces"
        )


async def test_dedicated_ip_pools_come_in_pages(ses: AsyncSESv2Client) -> None:
    for name in ("a", "b", "c"):
        await ses.create_dedicated_ip_pool(pool_name=name, scaling_mode="MANAGED")
    pages = await all_pages(lambda token: ses.list_dedicated_ip_pools(page_size=2, next_token=token))
    assert [page.dedicated_ip_pools for page in pages] == [("a", "b"), ("c",)]
    with pytest.raises(errors.AlreadyExistsException):
        await ses.create_dedicated_ip_pool(pool_name="a")


async def test_tags_of_a_resource_are_listed_added_and_taken_off(ses: AsyncSESv2Client, account: str) -> None:
    arn = f"arn:aws:ses:eu-west-1:{account}:identity/example.com"
    await ses.create_email_identity(email_identity="example.com", tags=TAGS)
    more = models.Tag(key="stage", value="")
    await ses.tag_resource(resource_arn=arn, tags=[more])
    assert (await ses.list_tags_for_resource(resource_arn=arn)).tags == (*TAGS, more)
    await ses.untag_resource(resource_arn=arn, tag_keys=[tag.key for tag in TAGS])
    assert (await ses.list_tags_for_resource(resource_arn=arn)).tags == (more,)
    with pytest.raises(errors.BadRequestException, match="no-arn"):
        await ses.list_tags_for_resource(resource_arn="no-arn")


async def test_the_suppression_list_can_be_filtered_by_reason_and_time(ses: AsyncSESv2Client) -> None:
    await ses.put_account_suppression_attributes(suppressed_reasons=["BOUNCE", "COMPLAINT"])
    found = await ses.list_suppressed_destinations(
        reasons=[models.SuppressionListReason.BOUNCE, "COMPLAINT"],
        start_date=datetime(2026, 1, 1, tzinfo=UTC),
        end_date=datetime.now(UTC),
        page_size=10,
    )
    assert found.suppressed_destination_summaries == ()
    assert found.next_token is None


async def test_an_unknown_access_key_is_refused(server: str, connect: Connect) -> None:
    async with connect(server, credentials=Credentials("AKIDNOBODY", "test")) as stranger:
        with pytest.raises(errors.UnrecognizedClientException) as caught:
            await stranger.get_account()
    assert (caught.value.code, caught.value.status_code) == ("UnrecognizedClientException", 403)
    assert caught.value.attempts == 1


async def test_what_the_server_does_not_know_is_an_error_with_its_code(ses: AsyncSESv2Client) -> None:
    with pytest.raises(errors.NotFoundException) as caught:
        await ses.list_contact_lists()
    assert (caught.value.operation, caught.value.status_code) == ("ListContactLists", 404)


@pytest.mark.parametrize("calls", [opinions.BOTH, opinions.MINISTACK], ids=["both", "ministack"])
def test_the_fake_behaves_the_same(server: str, calls: Sequence[opinions.Call]) -> None:
    opinions.agrees(server, calls)
