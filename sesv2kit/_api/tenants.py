# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations: tenants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import models
from .._model import Limits
from .._operation import Argument, Caller, Operation, Page, RequestOptions

CREATE_TENANT = Operation(
    name="CreateTenant",
    method="POST",
    path="/v2/email/tenants",
    kind="write",
    output=lambda: models.CreateTenantResponse,
    errors=("AlreadyExistsException", "BadRequestException", "LimitExceededException", "TooManyRequestsException"),
    arguments=(
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1), required=True),
        Argument("tags", "Tags", "body", lambda: Sequence[models.Tag]),
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
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1), required=True),
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
    arguments=(Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1), required=True),),
)
DELETE_TENANT_RESOURCE_ASSOCIATION = Operation(
    name="DeleteTenantResourceAssociation",
    method="POST",
    path="/v2/email/tenants/resources/delete",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1), required=True),
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
    arguments=(Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1), required=True),),
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
            "filter", "Filter", "body", lambda: Mapping[str, str], Limits(value=Limits(min_length=1, max_length=512))
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
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1), required=True),
        Argument(
            "filter", "Filter", "body", lambda: Mapping[str, str], Limits(value=Limits(min_length=1, max_length=512))
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
        Argument("filter", "Filter", "body", lambda: Mapping[str, str], Limits(value=Limits(min_length=1))),
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
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1), required=True),
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


class TenantsMixin(Caller):
    """The operations of this domain, blocking."""

    def create_tenant(
        self,
        *,
        tenant_name: str,
        tags: Sequence[models.Tag] | None = None,
        suppression_attributes: models.TenantSuppressionAttributes | None = None,
        options: RequestOptions | None = None,
    ) -> models.CreateTenantResponse:
        """To be described.

        Args:
            tenant_name: To be described. At least 1 character.
            tags: To be described.
            suppression_attributes: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.CreateTenantResponse: `tenant_name`: to be described; `tenant_id`: to be described;
                `tenant_arn`: to be described; `created_timestamp`: to be described; `tags`: to be described;
                `sending_status`: to be described; `suppression_attributes`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: AlreadyExistsException, BadRequestException,
                LimitExceededException, TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateTenant.html
        """
        return self._call(
            CREATE_TENANT,
            {
                "tenant_name": tenant_name,
                "tags": tags,
                "suppression_attributes": suppression_attributes,
            },
            options,
        )

    def create_tenant_resource_association(
        self,
        *,
        tenant_name: str,
        resource_arn: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """To be described.

        Args:
            tenant_name: To be described. At least 1 character.
            resource_arn: To be described. At least 1 character.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: AlreadyExistsException, BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateTenantResourceAssociation.html
        """
        return self._call(
            CREATE_TENANT_RESOURCE_ASSOCIATION,
            {
                "tenant_name": tenant_name,
                "resource_arn": resource_arn,
            },
            options,
        )

    def delete_tenant(
        self,
        *,
        tenant_name: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """To be described.

        Args:
            tenant_name: To be described. At least 1 character.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteTenant.html
        """
        return self._call(
            DELETE_TENANT,
            {
                "tenant_name": tenant_name,
            },
            options,
        )

    def delete_tenant_resource_association(
        self,
        *,
        tenant_name: str,
        resource_arn: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """To be described.

        Args:
            tenant_name: To be described. At least 1 character.
            resource_arn: To be described. At least 1 character.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteTenantResourceAssociation.html
        """
        return self._call(
            DELETE_TENANT_RESOURCE_ASSOCIATION,
            {
                "tenant_name": tenant_name,
                "resource_arn": resource_arn,
            },
            options,
        )

    def get_reputation_entity(
        self,
        *,
        reputation_entity_reference: str,
        reputation_entity_type: models.ReputationEntityType | str,
        options: RequestOptions | None = None,
    ) -> models.GetReputationEntityResponse:
        """To be described.

        Args:
            reputation_entity_reference: To be described. At least 1 character.
            reputation_entity_type: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetReputationEntityResponse: `reputation_entity`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetReputationEntity.html
        """
        return self._call(
            GET_REPUTATION_ENTITY,
            {
                "reputation_entity_reference": reputation_entity_reference,
                "reputation_entity_type": reputation_entity_type,
            },
            options,
        )

    def get_tenant(
        self,
        *,
        tenant_name: str,
        options: RequestOptions | None = None,
    ) -> models.GetTenantResponse:
        """To be described.

        Args:
            tenant_name: To be described. At least 1 character.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetTenantResponse: `tenant`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetTenant.html
        """
        return self._call(
            GET_TENANT,
            {
                "tenant_name": tenant_name,
            },
            options,
        )

    def list_reputation_entities(
        self,
        *,
        filter: Mapping[str, str] | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListReputationEntitiesResponse:
        """To be described.

        Args:
            filter: To be described. Values 1 to 512 characters.
            next_token: To be described.
            page_size: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.ListReputationEntitiesResponse: `reputation_entities`: to be described; `next_token`: to be
                described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListReputationEntities.html
        """
        return self._call(
            LIST_REPUTATION_ENTITIES,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def list_resource_tenants(
        self,
        *,
        resource_arn: str,
        page_size: int | None = None,
        next_token: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListResourceTenantsResponse:
        """To be described.

        Args:
            resource_arn: To be described. At least 1 character.
            page_size: To be described.
            next_token: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.ListResourceTenantsResponse: `resource_tenants`: to be described; `next_token`: to be
                described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListResourceTenants.html
        """
        return self._call(
            LIST_RESOURCE_TENANTS,
            {
                "resource_arn": resource_arn,
                "page_size": page_size,
                "next_token": next_token,
            },
            options,
        )

    def list_tenant_resources(
        self,
        *,
        tenant_name: str,
        filter: Mapping[str, str] | None = None,
        page_size: int | None = None,
        next_token: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListTenantResourcesResponse:
        """To be described.

        Args:
            tenant_name: To be described. At least 1 character.
            filter: To be described. Values 1 to 512 characters.
            page_size: To be described.
            next_token: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.ListTenantResourcesResponse: `tenant_resources`: to be described; `next_token`: to be
                described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTenantResources.html
        """
        return self._call(
            LIST_TENANT_RESOURCES,
            {
                "tenant_name": tenant_name,
                "filter": filter,
                "page_size": page_size,
                "next_token": next_token,
            },
            options,
        )

    def list_tenants(
        self,
        *,
        filter: Mapping[str, str] | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListTenantsResponse:
        """To be described.

        Args:
            filter: To be described. Values at least 1 character.
            next_token: To be described.
            page_size: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.ListTenantsResponse: `tenants`: to be described; `next_token`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTenants.html
        """
        return self._call(
            LIST_TENANTS,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def put_tenant_suppression_attributes(
        self,
        *,
        tenant_name: str,
        suppressed_reasons: Sequence[models.SuppressionListReason | str] | None = None,
        suppression_scope: models.SuppressionListScope | str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """To be described.

        Args:
            tenant_name: To be described. At least 1 character.
            suppressed_reasons: To be described.
            suppression_scope: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutTenantSuppressionAttributes.html
        """
        return self._call(
            PUT_TENANT_SUPPRESSION_ATTRIBUTES,
            {
                "tenant_name": tenant_name,
                "suppressed_reasons": suppressed_reasons,
                "suppression_scope": suppression_scope,
            },
            options,
        )

    def update_reputation_entity_customer_managed_status(
        self,
        *,
        reputation_entity_type: models.ReputationEntityType | str,
        reputation_entity_reference: str,
        sending_status: models.SendingStatus | str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """To be described.

        Args:
            reputation_entity_type: To be described.
            reputation_entity_reference: To be described. At least 1 character.
            sending_status: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, ConflictException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateReputationEntityCustomerManagedStatus.html
        """
        return self._call(
            UPDATE_REPUTATION_ENTITY_CUSTOMER_MANAGED_STATUS,
            {
                "reputation_entity_type": reputation_entity_type,
                "reputation_entity_reference": reputation_entity_reference,
                "sending_status": sending_status,
            },
            options,
        )

    def update_reputation_entity_policy(
        self,
        *,
        reputation_entity_type: models.ReputationEntityType | str,
        reputation_entity_reference: str,
        reputation_entity_policy: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """To be described.

        Args:
            reputation_entity_type: To be described.
            reputation_entity_reference: To be described. At least 1 character.
            reputation_entity_policy: To be described. At least 1 character.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, ConflictException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateReputationEntityPolicy.html
        """
        return self._call(
            UPDATE_REPUTATION_ENTITY_POLICY,
            {
                "reputation_entity_type": reputation_entity_type,
                "reputation_entity_reference": reputation_entity_reference,
                "reputation_entity_policy": reputation_entity_policy,
            },
            options,
        )
