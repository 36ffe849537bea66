# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: tenants."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from .._model import ABSENT, Limits, Model, OpenEnum, Response, wire
from .insights import RecommendationImpact
from .suppression import SuppressionListReason, SuppressionListScope
from .tags import Tag


class ListTenantResourcesFilterKey(OpenEnum):
    """To be described."""

    RESOURCE_TYPE = "RESOURCE_TYPE"
    """To be described."""


class ListTenantsFilterKey(OpenEnum):
    """To be described."""

    TENANT_NAME_CONTAINS = "TENANT_NAME_CONTAINS"
    """To be described."""
    SENDING_STATUS = "SENDING_STATUS"
    """To be described."""


class ReputationEntityFilterKey(OpenEnum):
    """To be described."""

    ENTITY_TYPE = "ENTITY_TYPE"
    """To be described."""
    REPUTATION_IMPACT = "REPUTATION_IMPACT"
    """To be described."""
    SENDING_STATUS = "SENDING_STATUS"
    """To be described."""
    ENTITY_REFERENCE_PREFIX = "ENTITY_REFERENCE_PREFIX"
    """To be described."""


class ReputationEntityType(OpenEnum):
    """To be described."""

    RESOURCE = "RESOURCE"
    """To be described."""


class ResourceType(OpenEnum):
    """To be described."""

    EMAIL_IDENTITY = "EMAIL_IDENTITY"
    """To be described."""
    CONFIGURATION_SET = "CONFIGURATION_SET"
    """To be described."""
    EMAIL_TEMPLATE = "EMAIL_TEMPLATE"
    """To be described."""


class SendingStatus(OpenEnum):
    """To be described."""

    ENABLED = "ENABLED"
    """To be described."""
    REINSTATED = "REINSTATED"
    """To be described."""
    DISABLED = "DISABLED"
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StatusRecord(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_StatusRecord.html
    """

    status: SendingStatus | str | None = attrs.field(default=None, metadata=wire("Status"))
    """To be described."""
    cause: str | None = attrs.field(default=None, metadata=wire("Cause", Limits(min_length=1, max_length=512)))
    """To be described. 1 to 512 characters."""
    last_updated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastUpdatedTimestamp"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReputationEntity(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ReputationEntity.html
    """

    reputation_entity_reference: str | None = attrs.field(
        default=None, metadata=wire("ReputationEntityReference", Limits(min_length=1))
    )
    """To be described. At least 1 character."""
    reputation_entity_type: ReputationEntityType | str | None = attrs.field(
        default=None, metadata=wire("ReputationEntityType")
    )
    """To be described."""
    reputation_management_policy: str | None = attrs.field(
        default=None, metadata=wire("ReputationManagementPolicy", Limits(min_length=1))
    )
    """To be described. At least 1 character."""
    customer_managed_status: StatusRecord | None = attrs.field(default=None, metadata=wire("CustomerManagedStatus"))
    """To be described."""
    aws_ses_managed_status: StatusRecord | None = attrs.field(default=None, metadata=wire("AwsSesManagedStatus"))
    """To be described."""
    sending_status_aggregate: SendingStatus | str | None = attrs.field(
        default=None, metadata=wire("SendingStatusAggregate")
    )
    """To be described."""
    reputation_impact: RecommendationImpact | str | None = attrs.field(default=None, metadata=wire("ReputationImpact"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ResourceTenantMetadata(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ResourceTenantMetadata.html
    """

    tenant_name: str | None = attrs.field(default=None, metadata=wire("TenantName", Limits(min_length=1)))
    """To be described. At least 1 character."""
    tenant_id: str | None = attrs.field(default=None, metadata=wire("TenantId"))
    """To be described."""
    resource_arn: str | None = attrs.field(default=None, metadata=wire("ResourceArn", Limits(min_length=1)))
    """To be described. At least 1 character."""
    associated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("AssociatedTimestamp"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TenantSuppressionAttributes(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TenantSuppressionAttributes.html
    """

    suppressed_reasons: Sequence[SuppressionListReason | str] | None = attrs.field(
        default=None, metadata=wire("SuppressedReasons")
    )
    """To be described."""
    suppression_scope: SuppressionListScope | str | None = attrs.field(default=None, metadata=wire("SuppressionScope"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Tenant(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Tenant.html
    """

    tenant_name: str | None = attrs.field(default=None, metadata=wire("TenantName", Limits(min_length=1)))
    """To be described. At least 1 character."""
    tenant_id: str | None = attrs.field(default=None, metadata=wire("TenantId"))
    """To be described."""
    tenant_arn: str | None = attrs.field(default=None, metadata=wire("TenantArn", Limits(min_length=1)))
    """To be described. At least 1 character."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """To be described."""
    tags: Sequence[Tag] = attrs.field(default=ABSENT, metadata=wire("Tags"))
    """To be described."""
    sending_status: SendingStatus | str | None = attrs.field(default=None, metadata=wire("SendingStatus"))
    """To be described."""
    suppression_attributes: TenantSuppressionAttributes | None = attrs.field(
        default=None, metadata=wire("SuppressionAttributes")
    )
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TenantInfo(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TenantInfo.html
    """

    tenant_name: str | None = attrs.field(default=None, metadata=wire("TenantName", Limits(min_length=1)))
    """To be described. At least 1 character."""
    tenant_id: str | None = attrs.field(default=None, metadata=wire("TenantId"))
    """To be described."""
    tenant_arn: str | None = attrs.field(default=None, metadata=wire("TenantArn", Limits(min_length=1)))
    """To be described. At least 1 character."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """To be described."""
    sending_status: SendingStatus | str | None = attrs.field(default=None, metadata=wire("SendingStatus"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TenantResource(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TenantResource.html
    """

    resource_type: ResourceType | str | None = attrs.field(default=None, metadata=wire("ResourceType"))
    """To be described."""
    resource_arn: str | None = attrs.field(default=None, metadata=wire("ResourceArn", Limits(min_length=1)))
    """To be described. At least 1 character."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CreateTenantResponse(Response):
    """The answer of `create_tenant`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateTenant.html
    """

    tenant_name: str | None = attrs.field(default=None, metadata=wire("TenantName", Limits(min_length=1)))
    """To be described. At least 1 character."""
    tenant_id: str | None = attrs.field(default=None, metadata=wire("TenantId"))
    """To be described."""
    tenant_arn: str | None = attrs.field(default=None, metadata=wire("TenantArn", Limits(min_length=1)))
    """To be described. At least 1 character."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """To be described."""
    tags: Sequence[Tag] = attrs.field(default=ABSENT, metadata=wire("Tags"))
    """To be described."""
    sending_status: SendingStatus | str | None = attrs.field(default=None, metadata=wire("SendingStatus"))
    """To be described."""
    suppression_attributes: TenantSuppressionAttributes | None = attrs.field(
        default=None, metadata=wire("SuppressionAttributes")
    )
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetReputationEntityResponse(Response):
    """The answer of `get_reputation_entity`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetReputationEntity.html
    """

    reputation_entity: ReputationEntity | None = attrs.field(default=None, metadata=wire("ReputationEntity"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetTenantResponse(Response):
    """The answer of `get_tenant`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetTenant.html
    """

    tenant: Tenant | None = attrs.field(default=None, metadata=wire("Tenant"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListReputationEntitiesResponse(Response):
    """The answer of `list_reputation_entities`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListReputationEntities.html
    """

    reputation_entities: Sequence[ReputationEntity] = attrs.field(default=ABSENT, metadata=wire("ReputationEntities"))
    """To be described."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListResourceTenantsResponse(Response):
    """The answer of `list_resource_tenants`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListResourceTenants.html
    """

    resource_tenants: Sequence[ResourceTenantMetadata] = attrs.field(default=ABSENT, metadata=wire("ResourceTenants"))
    """To be described."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListTenantResourcesResponse(Response):
    """The answer of `list_tenant_resources`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTenantResources.html
    """

    tenant_resources: Sequence[TenantResource] = attrs.field(default=ABSENT, metadata=wire("TenantResources"))
    """To be described."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListTenantsResponse(Response):
    """The answer of `list_tenants`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTenants.html
    """

    tenants: Sequence[TenantInfo] = attrs.field(default=ABSENT, metadata=wire("Tenants"))
    """To be described."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """To be described."""
