# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: tenants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page

CREATE_TENANT = Operation(
    name="CreateTenant",
    method="POST",
    path="/v2/email/tenants",
    kind="write",
    output=lambda: models.CreateTenantResponse,
    errors=("AlreadyExistsException", "BadRequestException", "LimitExceededException", "TooManyRequestsException"),
    arguments=(
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1, max_length=64), required=True),
        Argument("tags", "Tags", "body", lambda: Sequence[models.Tag], Limits(max_items=50, unique="key")),
        Argument("suppression_attributes", "SuppressionAttributes", "body", lambda: models.TenantSuppressionAttributes),
    ),
)
CREATE_TENANT_RESOURCE_ASSOCIATION = Operation(
    name="CreateTenantResourceAssociation",
    method="POST",
    path="/v2/email/tenants/resources",
    kind="write",
    output=lambda: models.EmptyResponse,
    errors=("AlreadyExistsException", "BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1, max_length=64), required=True),
        Argument("resource_arn", "ResourceArn", "body", lambda: str, Limits(min_length=1), required=True),
    ),
)
DELETE_TENANT = Operation(
    name="DeleteTenant",
    method="POST",
    path="/v2/email/tenants/delete",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1, max_length=64), required=True),
    ),
)
DELETE_TENANT_RESOURCE_ASSOCIATION = Operation(
    name="DeleteTenantResourceAssociation",
    method="POST",
    path="/v2/email/tenants/resources/delete",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1, max_length=64), required=True),
        Argument("resource_arn", "ResourceArn", "body", lambda: str, Limits(min_length=1), required=True),
    ),
)
GET_REPUTATION_ENTITY = Operation(
    name="GetReputationEntity",
    method="GET",
    path="/v2/email/reputation/entities/{ReputationEntityType}/{ReputationEntityReference}",
    kind="read",
    output=lambda: models.GetReputationEntityResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument(
            "reputation_entity_reference",
            "ReputationEntityReference",
            "path",
            lambda: str,
            Limits(min_length=1),
            required=True,
        ),
        Argument(
            "reputation_entity_type", "ReputationEntityType", "path", lambda: models.ReputationEntityType, required=True
        ),
    ),
)
GET_TENANT = Operation(
    name="GetTenant",
    method="POST",
    path="/v2/email/tenants/get",
    kind="read",
    output=lambda: models.GetTenantResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1, max_length=64), required=True),
    ),
)
LIST_REPUTATION_ENTITIES = Operation(
    name="ListReputationEntities",
    method="POST",
    path="/v2/email/reputation/entities",
    kind="read",
    output=lambda: models.ListReputationEntitiesResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    page=Page(items="reputation_entities", token="next_token", size="page_size"),
    arguments=(
        Argument(
            "filter",
            "Filter",
            "body",
            lambda: Mapping[models.ReputationEntityFilterKey, str],
            Limits(value=Limits(min_length=1, max_length=512)),
        ),
        Argument("next_token", "NextToken", "body", lambda: str),
        Argument("page_size", "PageSize", "body", lambda: int),
    ),
)
LIST_RESOURCE_TENANTS = Operation(
    name="ListResourceTenants",
    method="POST",
    path="/v2/email/resources/tenants/list",
    kind="read",
    output=lambda: models.ListResourceTenantsResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    page=Page(items="resource_tenants", token="next_token", size="page_size"),
    arguments=(
        Argument("resource_arn", "ResourceArn", "body", lambda: str, Limits(min_length=1), required=True),
        Argument("page_size", "PageSize", "body", lambda: int),
        Argument("next_token", "NextToken", "body", lambda: str),
    ),
)
LIST_TENANT_RESOURCES = Operation(
    name="ListTenantResources",
    method="POST",
    path="/v2/email/tenants/resources/list",
    kind="read",
    output=lambda: models.ListTenantResourcesResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    page=Page(items="tenant_resources", token="next_token", size="page_size"),
    arguments=(
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1, max_length=64), required=True),
        Argument(
            "filter",
            "Filter",
            "body",
            lambda: Mapping[models.ListTenantResourcesFilterKey, str],
            Limits(value=Limits(min_length=1, max_length=512)),
        ),
        Argument("page_size", "PageSize", "body", lambda: int),
        Argument("next_token", "NextToken", "body", lambda: str),
    ),
)
LIST_TENANTS = Operation(
    name="ListTenants",
    method="POST",
    path="/v2/email/tenants/list",
    kind="read",
    output=lambda: models.ListTenantsResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    page=Page(items="tenants", token="next_token", size="page_size"),
    arguments=(
        Argument(
            "filter",
            "Filter",
            "body",
            lambda: Mapping[models.ListTenantsFilterKey, str],
            Limits(value=Limits(min_length=1)),
        ),
        Argument("next_token", "NextToken", "body", lambda: str),
        Argument("page_size", "PageSize", "body", lambda: int),
    ),
)
PUT_TENANT_SUPPRESSION_ATTRIBUTES = Operation(
    name="PutTenantSuppressionAttributes",
    method="POST",
    path="/v2/email/tenant/suppression",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1, max_length=64), required=True),
        Argument("suppressed_reasons", "SuppressedReasons", "body", lambda: Sequence[models.SuppressionListReason]),
        Argument("suppression_scope", "SuppressionScope", "body", lambda: models.SuppressionListScope),
    ),
)
UPDATE_REPUTATION_ENTITY_CUSTOMER_MANAGED_STATUS = Operation(
    name="UpdateReputationEntityCustomerManagedStatus",
    method="PUT",
    path="/v2/email/reputation/entities/{ReputationEntityType}/{ReputationEntityReference}/customer-managed-status",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConflictException", "TooManyRequestsException"),
    arguments=(
        Argument(
            "reputation_entity_type", "ReputationEntityType", "path", lambda: models.ReputationEntityType, required=True
        ),
        Argument(
            "reputation_entity_reference",
            "ReputationEntityReference",
            "path",
            lambda: str,
            Limits(min_length=1),
            required=True,
        ),
        Argument("sending_status", "SendingStatus", "body", lambda: models.SendingStatus, required=True),
    ),
)
UPDATE_REPUTATION_ENTITY_POLICY = Operation(
    name="UpdateReputationEntityPolicy",
    method="PUT",
    path="/v2/email/reputation/entities/{ReputationEntityType}/{ReputationEntityReference}/policy",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConflictException", "TooManyRequestsException"),
    arguments=(
        Argument(
            "reputation_entity_type", "ReputationEntityType", "path", lambda: models.ReputationEntityType, required=True
        ),
        Argument(
            "reputation_entity_reference",
            "ReputationEntityReference",
            "path",
            lambda: str,
            Limits(min_length=1),
            required=True,
        ),
        Argument(
            "reputation_entity_policy",
            "ReputationEntityPolicy",
            "body",
            lambda: str,
            Limits(min_length=1),
            required=True,
        ),
    ),
)
