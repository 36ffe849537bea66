"""Against moto's server: what it implements of SES v2, as stories of create, read, change, list and delete.

moto 5.2 answers two of the lists only in their newer form, which `filter` asks for, and ignores the filter itself.
"""

import json
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import httpx
import pytest
from moto.server import ThreadedMotoServer
from support import opinions
from support.clients import TAGS, Connect, all_pages, is_recent

from sesv2kit import AsyncSESv2Client, errors, models

pytestmark = pytest.mark.anyio

ACCOUNT_ARN = "arn:aws:ses:eu-west-1:123456789012"
SHOP = "shop@example.com"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Run moto's server for the tests of this module; returns its URL."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def empty_server(server: str) -> str:
    """Empty the server, and return its URL."""
    # Plain HTTP needs no certificates, and reading those of every authority takes 25 ms.
    httpx.post(f"{server}/moto-api/reset", verify=False).raise_for_status()
    return server


@pytest.fixture
async def ses(empty_server: str, connect: Connect) -> AsyncIterator[AsyncSESv2Client]:
    """Return a client of an empty account."""
    async with connect(empty_server) as client:
        yield client


def stored(server: str, kind: str) -> list[dict[str, Any]]:
    """Return what moto keeps of one kind of thing."""
    kept: list[dict[str, Any]] = httpx.get(f"{server}/moto-api/data.json", verify=False).json()["ses"][kind]
    return kept


def to(*addresses: str) -> models.Destination:
    """Return a destination."""
    return models.Destination(to_addresses=addresses)


def simple(subject: str, text: str) -> models.EmailContent:
    """Return a simple message."""
    body = models.Body(text=models.Content(data=text))
    return models.EmailContent(simple=models.Message(subject=models.Content(data=subject), body=body))


async def test_an_identity_is_created_read_listed_and_deleted(ses: AsyncSESv2Client) -> None:
    created = await ses.create_email_identity(email_identity=SHOP, tags=TAGS)
    assert created.identity_type is models.IdentityType.EMAIL_ADDRESS
    assert created.verified_for_sending_status is False
    assert created.dkim_attributes is not None
    assert created.dkim_attributes.status == "NOT_STARTED"

    found = await ses.get_email_identity(email_identity=SHOP)
    assert found.identity_type == created.identity_type
    assert found.tags == TAGS
    assert found.policies == {}
    assert found.metadata.status_code == 200
    assert found.metadata.attempts == 1
    assert found.metadata.request_id

    await ses.delete_email_identity(email_identity=SHOP)
    with pytest.raises(errors.NotFoundException) as caught:
        await ses.get_email_identity(email_identity=SHOP)
    assert (caught.value.status_code, caught.value.message) == (404, SHOP)
    assert caught.value.operation == "GetEmailIdentity"
    assert caught.value.request_id


async def test_a_domain_identity_has_its_dkim_settings(ses: AsyncSESv2Client) -> None:
    created = await ses.create_email_identity(
        email_identity="example.com",
        dkim_signing_attributes=models.DkimSigningAttributes(next_signing_key_length="RSA_2048_BIT"),
    )
    assert created.identity_type is models.IdentityType.DOMAIN
    assert created.dkim_attributes is not None
    assert created.dkim_attributes.signing_enabled is True
    assert created.dkim_attributes.next_signing_key_length is models.DkimSigningKeyLength.RSA_2048_BIT
    assert is_recent(created.dkim_attributes.last_key_generation_timestamp)


async def test_identities_come_in_pages(ses: AsyncSESv2Client) -> None:
    names = [f"shop+{number}@example.com" for number in range(5)]
    for name in names:
        await ses.create_email_identity(email_identity=name)

    pages = await all_pages(lambda token: ses.list_email_identities(page_size=2, next_token=token))
    assert [len(page.email_identities) for page in pages] == [2, 2, 1]
    assert [identity.identity_name for page in pages for identity in page.email_identities] == names


async def test_an_identity_s_policies_are_created_changed_read_and_deleted(ses: AsyncSESv2Client) -> None:
    await ses.create_email_identity(email_identity=SHOP)
    allow, deny = (json.dumps({"Statement": [{"Effect": effect}]}) for effect in ("Allow", "Deny"))
    await ses.create_email_identity_policy(email_identity=SHOP, policy_name="partners", policy=allow)
    assert (await ses.get_email_identity_policies(email_identity=SHOP)).policies == {"partners": allow}

    await ses.update_email_identity_policy(email_identity=SHOP, policy_name="partners", policy=deny)
    assert (await ses.get_email_identity_policies(email_identity=SHOP)).policies == {"partners": deny}
    assert (await ses.get_email_identity(email_identity=SHOP)).policies == {"partners": deny}

    await ses.delete_email_identity_policy(email_identity=SHOP, policy_name="partners")
    assert (await ses.get_email_identity_policies(email_identity=SHOP)).policies == {}
    with pytest.raises(errors.NotFoundException):
        await ses.create_email_identity_policy(email_identity="no@example.com", policy_name="p", policy=allow)


async def test_a_contact_list_is_created_read_changed_listed_and_deleted(ses: AsyncSESv2Client) -> None:
    sport = models.Topic(
        topic_name="sport", display_name="Sport", default_subscription_status=models.SubscriptionStatus.OPT_IN
    )
    await ses.create_contact_list(contact_list_name="readers", description="All", topics=[sport], tags=TAGS)
    found = await ses.get_contact_list(contact_list_name="readers")
    assert (found.contact_list_name, found.description, found.topics) == ("readers", "All", (sport,))
    assert is_recent(found.created_timestamp)

    news = models.Topic(topic_name="news", display_name="Neues", description="Ä", default_subscription_status="OPT_OUT")
    await ses.update_contact_list(contact_list_name="readers", description="Some", topics=[sport, news])
    found = await ses.get_contact_list(contact_list_name="readers")
    assert (found.description, found.topics) == ("Some", (sport, news))

    await ses.create_contact_list(contact_list_name="buyers")
    listed = await ses.list_contact_lists()
    assert [entry.contact_list_name for entry in listed.contact_lists] == ["readers", "buyers"]
    # What the reference does not list is kept, not lost.
    assert "CreatedTimestamp" in listed.contact_lists[0].extra

    await ses.delete_contact_list(contact_list_name="readers")
    with pytest.raises(errors.NotFoundException):
        await ses.get_contact_list(contact_list_name="readers")
    with pytest.raises(errors.NotFoundException):
        await ses.delete_contact_list(contact_list_name="readers")


async def test_a_contact_is_created_read_changed_listed_and_deleted(ses: AsyncSESv2Client) -> None:
    ann = "ann+news@example.net"
    preference = models.TopicPreference(topic_name="sport", subscription_status="OPT_OUT")
    attributes = json.dumps({"name": "Ann Ä", "orders": 3})
    await ses.create_contact_list(contact_list_name="readers")
    await ses.create_contact(
        contact_list_name="readers", email_address=ann, topic_preferences=[preference], attributes_data=attributes
    )
    found = await ses.get_contact(contact_list_name="readers", email_address=ann)
    assert found.email_address == ann
    assert found.topic_preferences == (preference,)
    assert found.unsubscribe_all is False
    assert found.attributes_data == attributes
    assert is_recent(found.last_updated_timestamp)

    await ses.update_contact(contact_list_name="readers", email_address=ann, unsubscribe_all=True, topic_preferences=[])
    found = await ses.get_contact(contact_list_name="readers", email_address=ann)
    assert (found.unsubscribe_all, found.topic_preferences, found.attributes_data) == (True, (), attributes)

    await ses.create_contact(contact_list_name="readers", email_address="ben@example.net")
    listed = await ses.list_contacts(contact_list_name="readers", page_size=10)
    assert [(entry.email_address, entry.unsubscribe_all) for entry in listed.contacts] == [
        (ann, True),
        ("ben@example.net", False),
    ]

    await ses.delete_contact(contact_list_name="readers", email_address=ann)
    with pytest.raises(errors.NotFoundException, match=r"ann\+news@example.net"):
        await ses.get_contact(contact_list_name="readers", email_address=ann)
    with pytest.raises(errors.NotFoundException):
        await ses.list_contacts(contact_list_name="no such list")


async def test_a_configuration_set_is_created_listed_and_deleted(ses: AsyncSESv2Client, server: str) -> None:
    await ses.create_configuration_set(
        configuration_set_name="receipts",
        tracking_options=models.TrackingOptions(custom_redirect_domain="links.example.com"),
        delivery_options=models.DeliveryOptions(tls_policy="REQUIRE", max_delivery_seconds=600),
        reputation_options=models.ReputationOptions(
            reputation_metrics_enabled=False, last_fresh_start=datetime(2026, 1, 2, tzinfo=UTC)
        ),
        suppression_options=models.SuppressionOptions(suppressed_reasons=["BOUNCE"]),
        tags=TAGS,
    )
    (kept,) = stored(server, "ConfigurationSet")
    assert kept["tracking_options"] == {"CustomRedirectDomain": "links.example.com"}
    assert kept["delivery_options"] == {"TlsPolicy": "REQUIRE", "MaxDeliverySeconds": 600}
    assert kept["reputation_options"] == {"ReputationMetricsEnabled": False, "LastFreshStart": 1767312000}
    assert kept["suppression_options"] == {"SuppressedReasons": ["BOUNCE"]}

    await ses.create_configuration_set(configuration_set_name="news")
    pages = await all_pages(lambda token: ses.list_configuration_sets(page_size=1, next_token=token))
    assert [page.configuration_sets for page in pages] == [("receipts",), ("news",)]

    await ses.delete_configuration_set(configuration_set_name="news")
    assert (await ses.list_configuration_sets()).configuration_sets == ("receipts",)
    with pytest.raises(errors.NotFoundException, match="news"):
        await ses.get_configuration_set(configuration_set_name="news")


async def test_a_code_that_the_reference_does_not_have_is_kept(ses: AsyncSESv2Client) -> None:
    await ses.create_configuration_set(configuration_set_name="news")
    with pytest.raises(errors.APIClientError) as caught:
        await ses.create_configuration_set(configuration_set_name="news")
    assert caught.value.code == "ConfigurationSetAlreadyExistsException"
    assert caught.value.status_code == 400
    assert not caught.value.is_retryable


async def test_a_configuration_set_is_read(ses: AsyncSESv2Client) -> None:
    await ses.create_configuration_set(
        configuration_set_name="news", sending_options=models.SendingOptions(sending_enabled=False)
    )
    found = await ses.get_configuration_set(configuration_set_name="news")
    assert found.configuration_set_name == "news"
    # moto 5.2 responds with an object where SendingEnabled is a boolean; `extra` keeps what does not fit.
    assert found.sending_options
    assert found.sending_options.sending_enabled is False or found.sending_options.extra


async def test_a_dedicated_ip_pool_is_created_read_listed_and_deleted(ses: AsyncSESv2Client) -> None:
    await ses.create_dedicated_ip_pool(pool_name="fast", scaling_mode=models.ScalingMode.MANAGED, tags=TAGS)
    await ses.create_dedicated_ip_pool(pool_name="slow", scaling_mode="STANDARD")
    found = await ses.get_dedicated_ip_pool(pool_name="fast")
    assert found.dedicated_ip_pool is not None
    assert (found.dedicated_ip_pool.pool_name, found.dedicated_ip_pool.scaling_mode) == ("fast", "MANAGED")
    assert (await ses.list_dedicated_ip_pools()).dedicated_ip_pools == ("fast", "slow")

    await ses.delete_dedicated_ip_pool(pool_name="fast")
    assert (await ses.list_dedicated_ip_pools()).dedicated_ip_pools == ("slow",)
    with pytest.raises(errors.NotFoundException):
        await ses.get_dedicated_ip_pool(pool_name="fast")


@pytest.mark.parametrize("resource", ["email-identity", "contact-list", "configuration-set", "dedicated-ip-pool"])
async def test_tags_are_listed_added_and_taken_off(ses: AsyncSESv2Client, resource: str) -> None:
    match resource:
        case "email-identity":
            await ses.create_email_identity(email_identity="tagged", tags=TAGS)
        case "contact-list":
            await ses.create_contact_list(contact_list_name="tagged", tags=TAGS)
        case "configuration-set":
            await ses.create_configuration_set(configuration_set_name="tagged", tags=TAGS)
        case _:
            await ses.create_dedicated_ip_pool(pool_name="tagged", tags=TAGS)
    arn = f"{ACCOUNT_ARN}:{resource}/tagged"
    assert (await ses.list_tags_for_resource(resource_arn=arn)).tags == TAGS

    more = models.Tag(key="stage", value="")
    await ses.tag_resource(resource_arn=arn, tags=[more])
    assert (await ses.list_tags_for_resource(resource_arn=arn)).tags == (*TAGS, more)

    await ses.untag_resource(resource_arn=arn, tag_keys=[tag.key for tag in TAGS])
    assert (await ses.list_tags_for_resource(resource_arn=arn)).tags == (more,)


async def test_a_simple_message_arrives_whole(ses: AsyncSESv2Client, server: str) -> None:
    await ses.create_email_identity(email_identity="example.com")
    text = 'Grüße, 你好 \U0001f44b\n"quoted" \\ and a \u2028 line'
    reply = await ses.send_email(
        from_email_address=SHOP,
        destination=models.Destination(to_addresses=["ann@example.net"], cc_addresses=["ben@example.net"]),
        content=simple("Größe", text),
    )
    assert reply.message_id
    assert stored(server, "Message") == [
        {
            "id": reply.message_id,
            "source": SHOP,
            "subject": "Größe",
            "body": text,
            "destinations": {"ToAddresses": ["ann@example.net"], "CcAddresses": ["ben@example.net"]},
        }
    ]


async def test_a_raw_message_arrives_byte_for_byte(ses: AsyncSESv2Client, server: str) -> None:
    await ses.create_email_identity(email_identity=SHOP)
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SHOP, "ann@example.net", "Größe"
    message.set_content("Grüße")
    message.add_attachment(bytes(range(256)), maintype="application", subtype="octet-stream", filename="all.bin")

    reply = await ses.send_email(content=models.EmailContent(raw=models.RawMessage(data=message.as_bytes())))
    (kept,) = stored(server, "RawMessage")
    assert kept["id"] == reply.message_id
    assert kept["raw_data"].encode() == message.as_bytes()
    assert kept["destinations"] == ["ann@example.net"]


async def test_an_unverified_sender_is_rejected(ses: AsyncSESv2Client, server: str) -> None:
    with pytest.raises(errors.MessageRejected, match=SHOP) as caught:
        await ses.send_email(from_email_address=SHOP, destination=to("ann@example.net"), content=simple("a", "b"))
    assert (caught.value.code, caught.value.status_code, caught.value.attempts) == ("MessageRejected", 400, 1)
    assert stored(server, "Message") == []


async def test_an_address_that_the_service_refuses_is_an_error_with_its_code(ses: AsyncSESv2Client) -> None:
    await ses.create_email_identity(email_identity=SHOP)
    with pytest.raises(errors.APIClientError, match="Missing domain") as caught:
        await ses.send_email(from_email_address=SHOP, destination=to("nobody"), content=simple("a", "b"))
    assert caught.value.code == "InvalidParameterValue"


async def test_what_the_server_does_not_know_is_an_error_of_the_package(ses: AsyncSESv2Client) -> None:
    with pytest.raises(errors.APIClientError) as caught:
        await ses.get_account()
    assert (caught.value.code, caught.value.status_code) == ("404", 404)


@pytest.mark.parametrize("calls", [opinions.BOTH, opinions.MOTO], ids=["both", "moto"])
def test_the_fake_behaves_the_same(empty_server: str, calls: Sequence[opinions.Call]) -> None:
    opinions.agrees(empty_server, calls)
