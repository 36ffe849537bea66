"""Tenants, their resources and their reputation."""

from typing import Any

import pytest
from support.mails import PERSON, send, stored
from support.refused import refuses

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

PREFIX = "arn:aws:ses:us-east-1:123456789012:"
IDENTITY = f"{PREFIX}identity/example.com"
POLICY = "arn:aws:ses:us-east-1:aws:reputation-policy/strict"


@pytest.fixture
def acme(ses: SESv2Client) -> str:
    """Create a tenant that may use the identity, and return its ARN."""
    arn = ses.create_tenant(tenant_name="acme").tenant_arn
    assert arn
    ses.create_tenant_resource_association(tenant_name="acme", resource_arn=IDENTITY)
    return arn


def test_a_tenant_is_there_until_it_is_deleted(fake: FakeSES, ses: SESv2Client) -> None:
    tags = [models.Tag(key="team", value="shop")]
    attributes = models.TenantSuppressionAttributes(suppression_scope="TENANT")
    created = ses.create_tenant(tenant_name="acme", tags=tags, suppression_attributes=attributes)
    assert created.tenant_arn == f"{PREFIX}tenant/acme/{created.tenant_id}"
    with refuses(errors.AlreadyExistsException, "Tenant acme already exists."):
        ses.create_tenant(tenant_name="acme")
    assert ses.get_tenant(tenant_name="acme").tenant == models.Tenant(
        tenant_name="acme",
        tenant_id=created.tenant_id,
        tenant_arn=created.tenant_arn,
        created_timestamp=fake.clock.now,
        tags=tags,
        sending_status="ENABLED",
        suppression_attributes=attributes,
    )
    ses.put_tenant_suppression_attributes(tenant_name="acme", suppressed_reasons=["BOUNCE"])
    tenant = ses.get_tenant(tenant_name="acme").tenant
    assert tenant
    assert tenant.suppression_attributes == models.TenantSuppressionAttributes(suppressed_reasons=["BOUNCE"])
    ses.delete_tenant(tenant_name="acme")
    assert not ses.list_tenants().tenants


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("get_tenant", {}),
        ("delete_tenant", {}),
        ("put_tenant_suppression_attributes", {}),
        ("create_tenant_resource_association", {"resource_arn": IDENTITY}),
        ("delete_tenant_resource_association", {"resource_arn": IDENTITY}),
        ("list_tenant_resources", {}),
    ],
)
def test_a_tenant_that_is_not_there(ses: SESv2Client, method: str, arguments: dict[str, Any]) -> None:
    with refuses(errors.NotFoundException, "Tenant acme does not exist."):
        getattr(ses, method)(tenant_name="acme", **arguments)


def test_tenants_are_listed_by_filters(fake: FakeSES, ses: SESv2Client, acme: str) -> None:
    for name in ("acme-two", "other"):
        ses.create_tenant(tenant_name=name)
    ses.update_reputation_entity_customer_managed_status(
        reputation_entity_type="RESOURCE", reputation_entity_reference=acme, sending_status="DISABLED"
    )

    def names(**wanted: str) -> list[str | None]:
        return [tenant.tenant_name for tenant in ses.list_tenants(filter=wanted).tenants]

    assert names() == ["acme", "acme-two", "other"]
    assert names(TENANT_NAME_CONTAINS="acme") == ["acme", "acme-two"]
    assert names(SENDING_STATUS="DISABLED") == ["acme"]
    assert names(SENDING_STATUS="ENABLED", TENANT_NAME_CONTAINS="two") == ["acme-two"]


def test_a_tenant_uses_the_resources_that_it_has(fake: FakeSES, ses: SESv2Client) -> None:
    ses.create_tenant(tenant_name="acme")
    with pytest.raises(errors.AccessDeniedException) as caught:
        send(ses, tenant_name="acme")
    assert caught.value.status_code == 403
    ses.create_tenant_resource_association(tenant_name="acme", resource_arn=IDENTITY)
    send(ses, tenant_name="acme")
    assert fake.outbox[-1].tenant == "acme"
    ses.delete_tenant_resource_association(tenant_name="acme", resource_arn=IDENTITY)
    message = f"Resource {IDENTITY} is not associated with tenant acme."
    with refuses(errors.NotFoundException, message):
        ses.delete_tenant_resource_association(tenant_name="acme", resource_arn=IDENTITY)
    with pytest.raises(errors.AccessDeniedException):
        send(ses, tenant_name="acme")


def test_a_resource_is_associated_once(ses: SESv2Client, acme: str) -> None:
    message = f"Resource {IDENTITY} is already associated with tenant acme."
    with refuses(errors.AlreadyExistsException, message):
        ses.create_tenant_resource_association(tenant_name="acme", resource_arn=IDENTITY)
    missing = f"{PREFIX}template/welcome"
    with refuses(errors.NotFoundException, f"Resource {missing} does not exist."):
        ses.create_tenant_resource_association(tenant_name="acme", resource_arn=missing)
    with refuses(errors.BadRequestException, f"Tenants can't have the resource {acme}."):
        ses.create_tenant_resource_association(tenant_name="acme", resource_arn=acme)


def test_resources_and_tenants_are_listed(fake: FakeSES, ses: SESv2Client, acme: str) -> None:
    stored(ses)
    ses.create_configuration_set(configuration_set_name="news")
    ses.create_tenant(tenant_name="other")
    ses.create_tenant_resource_association(tenant_name="acme", resource_arn=f"{PREFIX}template/welcome")
    ses.create_tenant_resource_association(tenant_name="acme", resource_arn=f"{PREFIX}configuration-set/news")
    ses.create_tenant_resource_association(tenant_name="other", resource_arn=IDENTITY)
    found = ses.list_tenant_resources(tenant_name="acme").tenant_resources
    assert [(one.resource_type, one.resource_arn) for one in found] == [
        ("EMAIL_IDENTITY", IDENTITY),
        ("EMAIL_TEMPLATE", f"{PREFIX}template/welcome"),
        ("CONFIGURATION_SET", f"{PREFIX}configuration-set/news"),
    ]
    (only,) = ses.list_tenant_resources(tenant_name="acme", filter={"RESOURCE_TYPE": "EMAIL_TEMPLATE"}).tenant_resources
    assert only.resource_arn == f"{PREFIX}template/welcome"
    owners = ses.list_resource_tenants(resource_arn=IDENTITY).resource_tenants
    assert [one.tenant_name for one in owners] == ["acme", "other"]
    assert owners[0].tenant_id == acme.rpartition("/")[2]
    assert owners[0].associated_timestamp == fake.clock.now
    with pytest.raises(errors.NotFoundException):
        ses.list_resource_tenants(resource_arn=f"{PREFIX}template/other")


def test_a_deleted_tenant_leaves_nothing(ses: SESv2Client, acme: str) -> None:
    ses.put_suppressed_destination(email_address=PERSON, reason="BOUNCE", tenant_name="acme")
    ses.update_reputation_entity_policy(
        reputation_entity_type="RESOURCE", reputation_entity_reference=acme, reputation_entity_policy=POLICY
    )
    ses.delete_tenant(tenant_name="acme")
    assert not ses.list_resource_tenants(resource_arn=IDENTITY).resource_tenants
    assert not ses.list_reputation_entities().reputation_entities
    ses.create_tenant(tenant_name="acme")
    assert not ses.list_tenant_resources(tenant_name="acme").tenant_resources
    assert not ses.list_suppressed_destinations(tenant_name="acme").suppressed_destination_summaries


# Reputation --------------------------------------------------------------------------------------


def entity(ses: SESv2Client, arn: str) -> models.ReputationEntity:
    found = ses.get_reputation_entity(reputation_entity_type="RESOURCE", reputation_entity_reference=arn)
    assert found.reputation_entity
    return found.reputation_entity


def test_a_new_tenant_has_a_good_reputation(fake: FakeSES, ses: SESv2Client, acme: str) -> None:
    enabled = models.StatusRecord(status="ENABLED", last_updated_timestamp=fake.clock.now)
    assert entity(ses, acme) == models.ReputationEntity(
        reputation_entity_reference=acme,
        reputation_entity_type="RESOURCE",
        customer_managed_status=enabled,
        aws_ses_managed_status=enabled,
        sending_status_aggregate="ENABLED",
    )
    with refuses(errors.NotFoundException, f"Resource {PREFIX}tenant/a/b does not exist."):
        entity(ses, f"{PREFIX}tenant/a/b")


def test_a_tenant_is_paused_and_resumed(fake: FakeSES, ses: SESv2Client, acme: str) -> None:
    def put(status: str) -> None:
        ses.update_reputation_entity_customer_managed_status(
            reputation_entity_type="RESOURCE", reputation_entity_reference=acme, sending_status=status
        )

    put("DISABLED")
    assert entity(ses, acme).sending_status_aggregate == "DISABLED"
    with pytest.raises(errors.SendingPausedException):
        send(ses, tenant_name="acme")
    put("REINSTATED")
    assert entity(ses, acme).sending_status_aggregate == "REINSTATED"
    send(ses, tenant_name="acme")
    put("ENABLED")
    tenant = ses.get_tenant(tenant_name="acme").tenant
    assert tenant
    assert tenant.sending_status == "ENABLED"
    assert len(fake.outbox) == 1


def test_a_tenant_that_ses_paused_is_not_resumed_by_the_customer(fake: FakeSES, ses: SESv2Client, acme: str) -> None:
    fake.canned.reputation(
        models.ReputationEntity(
            reputation_entity_type="RESOURCE",
            reputation_entity_reference=acme,
            aws_ses_managed_status=models.StatusRecord(status="DISABLED", cause="Too many bounces"),
            reputation_impact="HIGH",
        )
    )
    ses.update_reputation_entity_customer_managed_status(
        reputation_entity_type="RESOURCE", reputation_entity_reference=acme, sending_status="ENABLED"
    )
    assert entity(ses, acme).sending_status_aggregate == "DISABLED"
    with pytest.raises(errors.SendingPausedException):
        send(ses, tenant_name="acme")


def test_a_resource_has_a_policy(ses: SESv2Client, acme: str) -> None:
    ses.update_reputation_entity_policy(
        reputation_entity_type="RESOURCE", reputation_entity_reference=acme, reputation_entity_policy=POLICY
    )
    assert entity(ses, acme).reputation_management_policy == POLICY


def test_entities_are_listed_by_filters(fake: FakeSES, ses: SESv2Client, acme: str) -> None:
    other = str(ses.create_tenant(tenant_name="other").tenant_arn)
    fake.canned.reputation(
        models.ReputationEntity(
            reputation_entity_type="RESOURCE", reputation_entity_reference=other, reputation_impact="HIGH"
        )
    )
    ses.update_reputation_entity_customer_managed_status(
        reputation_entity_type="RESOURCE", reputation_entity_reference=acme, sending_status="DISABLED"
    )

    def arns(**wanted: str) -> list[str | None]:
        found = ses.list_reputation_entities(filter=wanted).reputation_entities
        return [one.reputation_entity_reference for one in found]

    assert arns() == arns(ENTITY_TYPE="RESOURCE") == [acme, other]
    assert arns(REPUTATION_IMPACT="HIGH") == arns(SENDING_STATUS="ENABLED") == [other]
    assert arns(SENDING_STATUS="DISABLED") == [acme]
    assert arns(ENTITY_REFERENCE_PREFIX=f"{PREFIX}tenant/ac") == [acme]
    assert arns(ENTITY_REFERENCE_PREFIX=f"{PREFIX}tenant/ac", SENDING_STATUS="ENABLED") == []
