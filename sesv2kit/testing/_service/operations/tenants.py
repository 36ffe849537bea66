"""Tenants, their resources and their reputation."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from .... import errors, models
from ...._core.model import ABSENT, Model, wire
from ..paging import listing, page
from ..records import SuppressedAddress, Tenant, TenantAssociation
from ..store import join_key
from ..world import World
from . import resources
from .names import check_name


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Reputation(Model):
    """What was set for the reputation of a tenant or an identity, by its type and ARN; tests may set the rest."""

    entity: models.ReputationEntity = attrs.field(metadata=wire("entity"))


def find_tenant(world: World, tenant_name: str) -> models.Tenant:
    """Return a tenant, or raise NotFoundException."""
    found = world.records(Tenant).get(tenant_name)
    if found is None:
        raise errors.NotFoundException(f"Tenant {tenant_name} does not exist.")
    return found.attributes


def create_tenant(
    world: World,
    *,
    tenant_name: str,
    tags: Sequence[models.Tag] = (),
    suppression_attributes: models.TenantSuppressionAttributes | None = None,
) -> models.CreateTenantResponse:
    """Keep a new tenant."""
    check_name("tenant", tenant_name)
    if tenant_name in world.records(Tenant):
        raise errors.AlreadyExistsException(f"Tenant {tenant_name} already exists.")
    tenant_id = f"tn-{world.new_id().replace('-', '')[:28]}"
    facts: dict[str, Any] = {
        "tenant_name": tenant_name,
        "tenant_id": tenant_id,
        "tenant_arn": world.arn(f"tenant/{tenant_name}/{tenant_id}"),
        "created_timestamp": world.now,
        "tags": tags,
        "sending_status": "ENABLED",
        "suppression_attributes": suppression_attributes,
    }
    world.records(Tenant)[tenant_name] = Tenant(attributes=models.Tenant(**facts))
    return models.CreateTenantResponse(**facts)


def get_tenant(world: World, *, tenant_name: str) -> models.GetTenantResponse:
    """Return a tenant."""
    return models.GetTenantResponse(tenant=find_tenant(world, tenant_name))


def delete_tenant(world: World, *, tenant_name: str) -> models.EmptyResponse:
    """Delete a tenant with its associations and its suppression list. The resources themselves stay."""
    tenant = find_tenant(world, tenant_name)
    del world.records(Tenant)[tenant_name]
    world.records(TenantAssociation).delete_under(tenant_name)
    world.records(SuppressedAddress).delete_under(tenant_name)
    world.records(Reputation).pop(join_key("RESOURCE", tenant.tenant_arn or ""), None)
    return models.EmptyResponse()


def list_tenants(
    world: World,
    *,
    filter: Mapping[str, str] | None = None,  # noqa: A002 -- the service's name
    next_token: str | None = None,
    page_size: int | None = None,
) -> models.ListTenantsResponse:
    """List the tenants, or those whose names hold a text or that have a status."""
    part, status = (filter or {}).get("TENANT_NAME_CONTAINS", ""), (filter or {}).get("SENDING_STATUS")
    tenants = [
        record.attributes
        for name, record in world.records(Tenant).items()
        if part in name and status in (None, record.attributes.sending_status)
    ]
    listed = listing("ListTenants", filter)
    found, token = page(world.region, listed, tenants, next_token, page_size, default=100, maximum=100)
    return models.ListTenantsResponse(
        tenants=[
            models.TenantInfo(
                tenant_name=tenant.tenant_name,
                tenant_id=tenant.tenant_id,
                tenant_arn=tenant.tenant_arn,
                created_timestamp=tenant.created_timestamp,
                sending_status=tenant.sending_status,
            )
            for tenant in found
        ],
        next_token=token,
    )


def put_tenant_suppression_attributes(
    world: World,
    *,
    tenant_name: str,
    suppressed_reasons: Sequence[str] = ABSENT,
    suppression_scope: str | None = None,
) -> models.EmptyResponse:
    """Choose which list and which reasons suppress an address for a tenant."""
    tenant = find_tenant(world, tenant_name)
    attributes = models.TenantSuppressionAttributes(
        suppressed_reasons=suppressed_reasons, suppression_scope=suppression_scope
    )
    changed = attrs.evolve(tenant, suppression_attributes=attributes)
    world.records(Tenant)[tenant_name] = Tenant(attributes=changed)
    return models.EmptyResponse()


def create_tenant_resource_association(world: World, *, tenant_name: str, resource_arn: str) -> models.EmptyResponse:
    """Let a tenant use a resource: an identity, a configuration set or a template."""
    find_tenant(world, tenant_name)
    if resources.type_of(resource_arn) is None:
        raise errors.BadRequestException(f"Tenants can't have the resource {resource_arn}.")
    resources.find_resource(world, resource_arn)
    associations = world.records(TenantAssociation)
    key = join_key(tenant_name, resource_arn)
    if key in associations:
        raise errors.AlreadyExistsException(f"Resource {resource_arn} is already associated with tenant {tenant_name}.")
    associations[key] = TenantAssociation(tenant_name=tenant_name, resource_arn=resource_arn, associated_at=world.now)
    return models.EmptyResponse()


def delete_tenant_resource_association(world: World, *, tenant_name: str, resource_arn: str) -> models.EmptyResponse:
    """End the use of a resource by a tenant."""
    find_tenant(world, tenant_name)
    if world.records(TenantAssociation).pop(join_key(tenant_name, resource_arn), None) is None:
        raise errors.NotFoundException(f"Resource {resource_arn} is not associated with tenant {tenant_name}.")
    return models.EmptyResponse()


def list_tenant_resources(
    world: World,
    *,
    tenant_name: str,
    filter: Mapping[str, str] | None = None,  # noqa: A002 -- the service's name
    page_size: int | None = None,
    next_token: str | None = None,
) -> models.ListTenantResourcesResponse:
    """List the resources of a tenant, or those of a type."""
    find_tenant(world, tenant_name)
    wanted = (filter or {}).get("RESOURCE_TYPE")
    found = [
        models.TenantResource(resource_type=resources.type_of(record.resource_arn), resource_arn=record.resource_arn)
        for record in world.records(TenantAssociation).under(tenant_name)
    ]
    listed = listing("ListTenantResources", {"tenant": tenant_name, "filter": filter})
    fitting = [resource for resource in found if wanted in (None, resource.resource_type)]
    entries, token = page(world.region, listed, fitting, next_token, page_size, default=100, maximum=100)
    return models.ListTenantResourcesResponse(tenant_resources=entries, next_token=token)


def list_resource_tenants(
    world: World, *, resource_arn: str, page_size: int | None = None, next_token: str | None = None
) -> models.ListResourceTenantsResponse:
    """List the tenants of a resource."""
    resources.find_resource(world, resource_arn)
    found = [
        models.ResourceTenantMetadata(
            tenant_name=record.tenant_name,
            tenant_id=find_tenant(world, record.tenant_name).tenant_id,
            resource_arn=record.resource_arn,
            associated_timestamp=record.associated_at,
        )
        for record in world.records(TenantAssociation).values()
        if record.resource_arn == resource_arn
    ]
    listed = listing("ListResourceTenants", {"resource": resource_arn})
    entries, token = page(world.region, listed, found, next_token, page_size, default=100, maximum=100)
    return models.ListResourceTenantsResponse(resource_tenants=entries, next_token=token)


def _find_reputation(world: World, entity_type: str, reference: str) -> models.ReputationEntity:
    found = world.records(Reputation).get(join_key(entity_type, reference))
    if found is not None:
        return found.entity
    resources.find_resource(world, reference)
    enabled = models.StatusRecord(status="ENABLED", last_updated_timestamp=world.now)
    return models.ReputationEntity(
        reputation_entity_reference=reference,
        reputation_entity_type=entity_type,
        customer_managed_status=enabled,
        aws_ses_managed_status=enabled,
        sending_status_aggregate="ENABLED",
    )


def put_reputation(world: World, entity: models.ReputationEntity) -> None:
    """Keep what is known of the reputation of a resource. The stricter of both statuses is in force."""
    statuses = [record.status for record in (entity.customer_managed_status, entity.aws_ses_managed_status) if record]
    in_force = "DISABLED" if "DISABLED" in statuses else "REINSTATED" if "REINSTATED" in statuses else "ENABLED"
    key = join_key(str(entity.reputation_entity_type), entity.reputation_entity_reference or "")
    changed = attrs.evolve(entity, sending_status_aggregate=in_force)
    world.records(Reputation)[key] = Reputation(entity=changed)
    for name, record in list(world.records(Tenant).items()):
        if record.attributes.tenant_arn == entity.reputation_entity_reference:
            attributes = attrs.evolve(record.attributes, sending_status=in_force)
            world.records(Tenant)[name] = Tenant(attributes=attributes)


def get_reputation_entity(
    world: World, *, reputation_entity_reference: str, reputation_entity_type: str
) -> models.GetReputationEntityResponse:
    """Return the reputation of a resource."""
    entity = _find_reputation(world, reputation_entity_type, reputation_entity_reference)
    return models.GetReputationEntityResponse(reputation_entity=entity)


def list_reputation_entities(
    world: World,
    *,
    filter: Mapping[str, str] | None = None,  # noqa: A002 -- the service's name
    next_token: str | None = None,
    page_size: int | None = None,
) -> models.ListReputationEntitiesResponse:
    """List the reputation of every tenant, and of what else was changed."""
    kept = {
        join_key("RESOURCE", record.attributes.tenant_arn or ""): _find_reputation(
            world, "RESOURCE", record.attributes.tenant_arn or ""
        )
        for record in world.records(Tenant).values()
    }
    kept |= {key: record.entity for key, record in world.records(Reputation).items()}
    entities = [entity for entity in kept.values() if _fits(entity, filter or {})]
    listed = listing("ListReputationEntities", filter)
    found, token = page(world.region, listed, entities, next_token, page_size, default=100, maximum=100)
    return models.ListReputationEntitiesResponse(reputation_entities=found, next_token=token)


def _fits(entity: models.ReputationEntity, wanted: Mapping[str, str]) -> bool:
    facts = {
        "ENTITY_TYPE": entity.reputation_entity_type,
        "REPUTATION_IMPACT": entity.reputation_impact,
        "SENDING_STATUS": entity.sending_status_aggregate,
    }
    prefix = wanted.get("ENTITY_REFERENCE_PREFIX", "")
    return (entity.reputation_entity_reference or "").startswith(prefix) and all(
        value == wanted.get(name, value) for name, value in facts.items()
    )


def update_reputation_entity_customer_managed_status(
    world: World, *, reputation_entity_type: str, reputation_entity_reference: str, sending_status: str
) -> models.EmptyResponse:
    """Pause the sending of a tenant, or take it up again."""
    entity = _find_reputation(world, reputation_entity_type, reputation_entity_reference)
    status = models.StatusRecord(status=sending_status, cause="Set by the customer", last_updated_timestamp=world.now)
    put_reputation(world, attrs.evolve(entity, customer_managed_status=status))
    return models.EmptyResponse()


def update_reputation_entity_policy(
    world: World, *, reputation_entity_type: str, reputation_entity_reference: str, reputation_entity_policy: str
) -> models.EmptyResponse:
    """Choose the policy that judges the reputation of a resource."""
    entity = _find_reputation(world, reputation_entity_type, reputation_entity_reference)
    put_reputation(world, attrs.evolve(entity, reputation_management_policy=reputation_entity_policy))
    return models.EmptyResponse()
