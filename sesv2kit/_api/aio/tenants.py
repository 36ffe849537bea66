# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: tenants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import models
from ..._operation import AsyncCaller, RequestOptions
from ..tenants import (
    CREATE_TENANT,
    CREATE_TENANT_RESOURCE_ASSOCIATION,
    DELETE_TENANT,
    DELETE_TENANT_RESOURCE_ASSOCIATION,
    GET_REPUTATION_ENTITY,
    GET_TENANT,
    LIST_REPUTATION_ENTITIES,
    LIST_RESOURCE_TENANTS,
    LIST_TENANT_RESOURCES,
    LIST_TENANTS,
    PUT_TENANT_SUPPRESSION_ATTRIBUTES,
    UPDATE_REPUTATION_ENTITY_CUSTOMER_MANAGED_STATUS,
    UPDATE_REPUTATION_ENTITY_POLICY,
)


class AsyncTenantsMixin(AsyncCaller):
    """The operations of this domain, for asyncio and trio."""

    async def create_tenant(
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
        return await self._call(
            CREATE_TENANT,
            {
                "tenant_name": tenant_name,
                "tags": tags,
                "suppression_attributes": suppression_attributes,
            },
            options,
        )

    async def create_tenant_resource_association(
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
        return await self._call(
            CREATE_TENANT_RESOURCE_ASSOCIATION,
            {
                "tenant_name": tenant_name,
                "resource_arn": resource_arn,
            },
            options,
        )

    async def delete_tenant(
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
        return await self._call(
            DELETE_TENANT,
            {
                "tenant_name": tenant_name,
            },
            options,
        )

    async def delete_tenant_resource_association(
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
        return await self._call(
            DELETE_TENANT_RESOURCE_ASSOCIATION,
            {
                "tenant_name": tenant_name,
                "resource_arn": resource_arn,
            },
            options,
        )

    async def get_reputation_entity(
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
        return await self._call(
            GET_REPUTATION_ENTITY,
            {
                "reputation_entity_reference": reputation_entity_reference,
                "reputation_entity_type": reputation_entity_type,
            },
            options,
        )

    async def get_tenant(
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
        return await self._call(
            GET_TENANT,
            {
                "tenant_name": tenant_name,
            },
            options,
        )

    async def list_reputation_entities(
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
        return await self._call(
            LIST_REPUTATION_ENTITIES,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    async def list_resource_tenants(
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
        return await self._call(
            LIST_RESOURCE_TENANTS,
            {
                "resource_arn": resource_arn,
                "page_size": page_size,
                "next_token": next_token,
            },
            options,
        )

    async def list_tenant_resources(
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
        return await self._call(
            LIST_TENANT_RESOURCES,
            {
                "tenant_name": tenant_name,
                "filter": filter,
                "page_size": page_size,
                "next_token": next_token,
            },
            options,
        )

    async def list_tenants(
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
        return await self._call(
            LIST_TENANTS,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    async def put_tenant_suppression_attributes(
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
        return await self._call(
            PUT_TENANT_SUPPRESSION_ATTRIBUTES,
            {
                "tenant_name": tenant_name,
                "suppressed_reasons": suppressed_reasons,
                "suppression_scope": suppression_scope,
            },
            options,
        )

    async def update_reputation_entity_customer_managed_status(
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
        return await self._call(
            UPDATE_REPUTATION_ENTITY_CUSTOMER_MANAGED_STATUS,
            {
                "reputation_entity_type": reputation_entity_type,
                "reputation_entity_reference": reputation_entity_reference,
                "sending_status": sending_status,
            },
            options,
        )

    async def update_reputation_entity_policy(
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
        return await self._call(
            UPDATE_REPUTATION_ENTITY_POLICY,
            {
                "reputation_entity_type": reputation_entity_type,
                "reputation_entity_reference": reputation_entity_reference,
                "reputation_entity_policy": reputation_entity_policy,
            },
            options,
        )
