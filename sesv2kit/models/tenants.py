# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: tenants."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import attrs

from .._core.model import ABSENT, Limits, Model, OpenEnum, Response, wire
from .insights import RecommendationImpact
from .suppression import SuppressionListReason, SuppressionListScope
from .tags import Tag


class ListTenantResourcesFilterKey(OpenEnum):
    """What the resources of a tenant can be filtered by."""

    RESOURCE_TYPE = "RESOURCE_TYPE"
    """Keep only resources of one type, such as `EMAIL_IDENTITY`."""


class ListTenantsFilterKey(OpenEnum):
    """What a listing of tenants can be filtered by."""

    TENANT_NAME_CONTAINS = "TENANT_NAME_CONTAINS"
    """Keep only tenants with the given text somewhere in their name."""
    SENDING_STATUS = "SENDING_STATUS"
    """Keep only tenants with the given sending status."""


class ReputationEntityFilterKey(OpenEnum):
    """What a listing of reputation entities can be filtered by."""

    ENTITY_TYPE = "ENTITY_TYPE"
    """Keep only entities of the given type."""
    REPUTATION_IMPACT = "REPUTATION_IMPACT"
    """Keep only entities with the given level of reputation impact."""
    SENDING_STATUS = "SENDING_STATUS"
    """Keep only entities whose combined sending status is the given one."""
    ENTITY_REFERENCE_PREFIX = "ENTITY_REFERENCE_PREFIX"
    """Keep only entities whose reference, such as an ARN, starts with the given text."""


class ReputationEntityType(OpenEnum):
    """Kind of thing whose reputation is tracked."""

    RESOURCE = "RESOURCE"
    """A resource in your SES account, identified by its ARN. The only kind so far."""


class ResourceType(OpenEnum):
    """Kind of resource that can be attached to a tenant."""

    EMAIL_IDENTITY = "EMAIL_IDENTITY"
    """An identity: a domain or an address that mail is sent from."""
    CONFIGURATION_SET = "CONFIGURATION_SET"
    """A configuration set: rules applied to the mail sent with it."""
    EMAIL_TEMPLATE = "EMAIL_TEMPLATE"
    """An email template: prepared content for messages."""


class SendingStatus(OpenEnum):
    """Whether a tenant or other reputation entity may send mail.

    The status you set and the one SES sets must both allow it.
    """

    ENABLED = "ENABLED"
    """Sending is allowed."""
    REINSTATED = "REINSTATED"
    """Sending is allowed even though reputation findings are open, as long as SES permits it too."""
    DISABLED = "DISABLED"
    """Sending is stopped until the status changes."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StatusRecord(Model):
    """A sending status of a reputation entity, with its cause and the time of its last change.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_StatusRecord.html
    """

    status: SendingStatus | str | None = attrs.field(default=None, metadata=wire("Status"))
    """Whether this status allows sending, stops it, or allows it despite open reputation findings."""
    cause: str | None = attrs.field(default=None, metadata=wire("Cause", Limits(min_length=1, max_length=512)))
    """Why the status is what it is; absent when it has no particular cause. 1 to 512 characters."""
    last_updated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastUpdatedTimestamp"))
    """When the status last changed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReputationEntity(Model):
    """A resource whose reputation is tracked, with its policy, statuses and reputation impact.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ReputationEntity.html
    """

    reputation_entity_reference: str | None = attrs.field(
        default=None, metadata=wire("ReputationEntityReference", Limits(min_length=1))
    )
    """What identifies the entity; for the type `RESOURCE` it is the ARN of the resource. At least 1 character."""
    reputation_entity_type: ReputationEntityType | str | None = attrs.field(
        default=None, metadata=wire("ReputationEntityType")
    )
    """Kind of entity; only `RESOURCE` is supported so far."""
    reputation_management_policy: str | None = attrs.field(
        default=None, metadata=wire("ReputationManagementPolicy", Limits(min_length=1))
    )
    """ARN of the predefined SES policy that is in force for the entity. At least 1 character."""
    customer_managed_status: StatusRecord | None = attrs.field(default=None, metadata=wire("CustomerManagedStatus"))
    """Sending status that you have set, with cause and time of its last change."""
    aws_ses_managed_status: StatusRecord | None = attrs.field(default=None, metadata=wire("AwsSesManagedStatus"))
    """Sending status that SES has set, with cause and time of its last change."""
    sending_status_aggregate: SendingStatus | str | None = attrs.field(
        default=None, metadata=wire("SendingStatusAggregate")
    )
    """Status that counts in the end, made from yours and that of SES.

    The entity can send only if both allow it; one `DISABLED` is enough to stop it.
    """
    reputation_impact: RecommendationImpact | str | None = attrs.field(default=None, metadata=wire("ReputationImpact"))
    """Impact level of the gravest open finding on the entity.

    `list_recommendations` returns the findings themselves.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ResourceTenantMetadata(Model):
    """Link between a resource and one tenant that it is attached to.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ResourceTenantMetadata.html
    """

    tenant_name: str | None = attrs.field(default=None, metadata=wire("TenantName", Limits(min_length=1)))
    """Name of the tenant that has the resource. At least 1 character."""
    tenant_id: str | None = attrs.field(default=None, metadata=wire("TenantId"))
    """ID of the tenant that has the resource."""
    resource_arn: str | None = attrs.field(default=None, metadata=wire("ResourceArn", Limits(min_length=1)))
    """ARN of the attached resource. At least 1 character."""
    associated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("AssociatedTimestamp"))
    """When the resource was attached to the tenant."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TenantSuppressionAttributes(Model):
    """Suppression list settings of a tenant.

    Args:
        suppressed_reasons: Events that put a recipient on the tenant's suppression list by themselves:
            `BOUNCE` for hard bounces, `COMPLAINT` for complaints, or both.
        suppression_scope: `TENANT` for a list of the tenant's own, `ACCOUNT` for the list of the account.
            Left out, `ACCOUNT` applies.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TenantSuppressionAttributes.html
    """

    suppressed_reasons: Sequence[SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str] | None = attrs.field(
        default=None, metadata=wire("SuppressedReasons")
    )
    """Events that put a recipient on the tenant's suppression list by themselves: `BOUNCE` for hard bounces,
    `COMPLAINT` for complaints, or both.
    """
    suppression_scope: SuppressionListScope | Literal["ACCOUNT", "TENANT"] | str | None = attrs.field(
        default=None, metadata=wire("SuppressionScope")
    )
    """`TENANT` for a list of the tenant's own, `ACCOUNT` for the list of the account.

    Left out, `ACCOUNT` applies.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Tenant(Model):
    """A tenant with all its details, tags and suppression settings included.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Tenant.html
    """

    tenant_name: str | None = attrs.field(default=None, metadata=wire("TenantName", Limits(min_length=1)))
    """Name of the tenant. At least 1 character."""
    tenant_id: str | None = attrs.field(default=None, metadata=wire("TenantId"))
    """ID of the tenant."""
    tenant_arn: str | None = attrs.field(default=None, metadata=wire("TenantArn", Limits(min_length=1)))
    """ARN of the tenant. At least 1 character."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the tenant was created."""
    tags: Sequence[Tag] = attrs.field(default=ABSENT, metadata=wire("Tags"))
    """Tags on the tenant, as keys and values."""
    sending_status: SendingStatus | str | None = attrs.field(default=None, metadata=wire("SendingStatus"))
    """Whether the tenant may send mail."""
    suppression_attributes: TenantSuppressionAttributes | None = attrs.field(
        default=None, metadata=wire("SuppressionAttributes")
    )
    """Which suppression list the tenant uses, and what puts addresses on it."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TenantInfo(Model):
    """A tenant in short form, as it appears in a listing.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TenantInfo.html
    """

    tenant_name: str | None = attrs.field(default=None, metadata=wire("TenantName", Limits(min_length=1)))
    """Name of the tenant. At least 1 character."""
    tenant_id: str | None = attrs.field(default=None, metadata=wire("TenantId"))
    """ID of the tenant."""
    tenant_arn: str | None = attrs.field(default=None, metadata=wire("TenantArn", Limits(min_length=1)))
    """ARN of the tenant. At least 1 character."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the tenant was created."""
    sending_status: SendingStatus | str | None = attrs.field(default=None, metadata=wire("SendingStatus"))
    """Whether the tenant may send mail; `REINSTATED` means it may despite open reputation findings."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TenantResource(Model):
    """An identity, configuration set or template attached to a tenant.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TenantResource.html
    """

    resource_type: ResourceType | str | None = attrs.field(default=None, metadata=wire("ResourceType"))
    """Whether the resource is an identity, a configuration set or a template."""
    resource_arn: str | None = attrs.field(default=None, metadata=wire("ResourceArn", Limits(min_length=1)))
    """ARN of the attached resource. At least 1 character."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CreateTenantResponse(Response):
    """The response of `create_tenant`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateTenant.html
    """

    tenant_name: str | None = attrs.field(default=None, metadata=wire("TenantName", Limits(min_length=1)))
    """Name of the new tenant. At least 1 character."""
    tenant_id: str | None = attrs.field(default=None, metadata=wire("TenantId"))
    """ID of the new tenant."""
    tenant_arn: str | None = attrs.field(default=None, metadata=wire("TenantArn", Limits(min_length=1)))
    """ARN of the new tenant. At least 1 character."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the tenant was created."""
    tags: Sequence[Tag] = attrs.field(default=ABSENT, metadata=wire("Tags"))
    """Tags on the new tenant, as keys and values."""
    sending_status: SendingStatus | str | None = attrs.field(default=None, metadata=wire("SendingStatus"))
    """Whether the new tenant may send mail."""
    suppression_attributes: TenantSuppressionAttributes | None = attrs.field(
        default=None, metadata=wire("SuppressionAttributes")
    )
    """Suppression list settings of the new tenant."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetReputationEntityResponse(Response):
    """The response of `get_reputation_entity`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetReputationEntity.html
    """

    reputation_entity: ReputationEntity | None = attrs.field(default=None, metadata=wire("ReputationEntity"))
    """The entity with its statuses, policy and reputation impact."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetTenantResponse(Response):
    """The response of `get_tenant`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetTenant.html
    """

    tenant: Tenant | None = attrs.field(default=None, metadata=wire("Tenant"))
    """Details of the tenant."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListReputationEntitiesResponse(Response):
    """The response of `list_reputation_entities`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListReputationEntities.html
    """

    reputation_entities: Sequence[ReputationEntity] = attrs.field(default=ABSENT, metadata=wire("ReputationEntities"))
    """Reputation entities on this page."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of entities; absent on the last one."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListResourceTenantsResponse(Response):
    """The response of `list_resource_tenants`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListResourceTenants.html
    """

    resource_tenants: Sequence[ResourceTenantMetadata] = attrs.field(default=ABSENT, metadata=wire("ResourceTenants"))
    """Tenants on this page that have the resource, each with the time it was attached."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of tenants; absent on the last one."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListTenantResourcesResponse(Response):
    """The response of `list_tenant_resources`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTenantResources.html
    """

    tenant_resources: Sequence[TenantResource] = attrs.field(default=ABSENT, metadata=wire("TenantResources"))
    """Resources on this page, each with type and ARN."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of resources; absent on the last one."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListTenantsResponse(Response):
    """The response of `list_tenants`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTenants.html
    """

    tenants: Sequence[TenantInfo] = attrs.field(default=ABSENT, metadata=wire("Tenants"))
    """Tenants on this page, in short form."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of tenants; absent on the last one."""
