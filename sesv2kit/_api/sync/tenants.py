# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, blocking: tenants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ... import _api, models
from ..._call.caller import Caller
from ..._call.options import RequestOptions
from ..._call.paginator import Paginator


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
        """Create a tenant, a container for the identities, configuration sets and templates of one customer or
        business unit, with a reputation and sending status of its own.

        Attach resources afterwards with `create_tenant_resource_association`.

        Args:
            tenant_name: Name for the new tenant: letters, digits, hyphens and underscores. 1 to 64
                characters.
            tags: Tags, as keys and values, to put on the new tenant. At most 50 items. No two with the same
                `key`.
            suppression_attributes: Which suppression list the tenant uses and what puts addresses on it.
                `put_tenant_suppression_attributes` changes it later.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.CreateTenantResponse: `tenant_name`: name of the new tenant; `tenant_id`: ID of the new
            tenant; `tenant_arn`: ARN of the new tenant; `created_timestamp`: when the tenant was created;
            `tags`: tags on the new tenant, as keys and values; `sending_status`: whether the new tenant may
            send mail; `suppression_attributes`: suppression list settings of the new tenant.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                LimitExceededException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateTenant.html
        """
        return self._call(
            _api.tenants.CREATE_TENANT,
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
        """Attach an identity, configuration set or template to a tenant, so that mail sent for the tenant can
        use it.

        One resource may be attached to several tenants.

        Args:
            tenant_name: Tenant that gets the resource. 1 to 64 characters.
            resource_arn: ARN of the identity, configuration set or template to attach. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateTenantResourceAssociation.html
        """
        return self._call(
            _api.tenants.CREATE_TENANT_RESOURCE_ASSOCIATION,
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
        """Delete a tenant and its links to resources.

        The identities, configuration sets and templates themselves stay.

        Args:
            tenant_name: Tenant to delete. 1 to 64 characters.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteTenant.html
        """
        return self._call(
            _api.tenants.DELETE_TENANT,
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
        """Detach a resource from a tenant.

        The resource itself stays, but mail sent for this tenant can no longer use it.

        Args:
            tenant_name: Tenant that loses the resource. 1 to 64 characters.
            resource_arn: ARN of the identity, configuration set or template to detach. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteTenantResourceAssociation.html
        """
        return self._call(
            _api.tenants.DELETE_TENANT_RESOURCE_ASSOCIATION,
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
        reputation_entity_type: models.ReputationEntityType | Literal["RESOURCE"] | str,
        options: RequestOptions | None = None,
    ) -> models.GetReputationEntityResponse:
        """Return the reputation policy, both sending statuses (yours and that of SES), their combined result and
        the reputation impact of one resource.

        The findings behind the impact come from `list_recommendations`.

        Args:
            reputation_entity_reference: What identifies the entity; for the type `RESOURCE` it is the ARN of
                the resource. At least 1 character.
            reputation_entity_type: Kind of entity; only `RESOURCE` is supported so far.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetReputationEntityResponse: `reputation_entity`: the entity with its statuses, policy and
            reputation impact.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetReputationEntity.html
        """
        return self._call(
            _api.tenants.GET_REPUTATION_ENTITY,
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
        """Return the details of one tenant, among them its ID, ARN, tags and sending status.

        Its resources are not part of the response; list them with `list_tenant_resources`.

        Args:
            tenant_name: Tenant to read. 1 to 64 characters.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetTenantResponse: `tenant`: details of the tenant.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetTenant.html
        """
        return self._call(
            _api.tenants.GET_TENANT,
            {
                "tenant_name": tenant_name,
            },
            options,
        )

    def list_reputation_entities(
        self,
        *,
        filter: Mapping[models.ReputationEntityFilterKey, str]
        | Mapping[Literal["ENTITY_TYPE", "REPUTATION_IMPACT", "SENDING_STATUS", "ENTITY_REFERENCE_PREFIX"], str]
        | Mapping[str, str]
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListReputationEntitiesResponse:
        """List the resources of your account in this Region whose reputation is tracked, with their current
        statuses.

        Filters narrow the list.

        Args:
            filter: Conditions that narrow the list: type, impact level, combined sending status or first
                characters of the reference. Left out, all entities are listed. Values 1 to 512 characters.
            next_token: Token from an earlier response, to read the next page of entities. Left out, the first
                page.
            page_size: How many entities one response holds at most.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListReputationEntitiesResponse: `reputation_entities`: reputation entities on this page;
            `next_token`: token for the next page of entities; absent on the last one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListReputationEntities.html
        """
        return self._call(
            _api.tenants.LIST_REPUTATION_ENTITIES,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_reputation_entities(
        self,
        *,
        filter: Mapping[models.ReputationEntityFilterKey, str]
        | Mapping[Literal["ENTITY_TYPE", "REPUTATION_IMPACT", "SENDING_STATUS", "ENTITY_REFERENCE_PREFIX"], str]
        | Mapping[str, str]
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.ReputationEntity, models.ListReputationEntitiesResponse]:
        """Iterate over everything that `list_reputation_entities` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            filter: Conditions that narrow the list: type, impact level, combined sending status or first
                characters of the reference. Left out, all entities are listed. Values 1 to 512 characters.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many entities one response holds at most.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.ReputationEntity, models.ListReputationEntitiesResponse]: The entries; its
            `pages()` yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListReputationEntities.html
        """
        return Paginator(
            self._call,
            _api.tenants.LIST_REPUTATION_ENTITIES,
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
        """List the tenants that a given identity, configuration set or template is attached to.

        Args:
            resource_arn: ARN of the resource whose tenants to list. At least 1 character.
            page_size: How many tenants one response holds at most.
            next_token: Token from an earlier response, to read the next page of tenants. Left out, the first
                page.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListResourceTenantsResponse: `resource_tenants`: tenants on this page that have the
            resource, each with the time it was attached; `next_token`: token for the next page of tenants;
            absent on the last one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListResourceTenants.html
        """
        return self._call(
            _api.tenants.LIST_RESOURCE_TENANTS,
            {
                "resource_arn": resource_arn,
                "page_size": page_size,
                "next_token": next_token,
            },
            options,
        )

    def iter_resource_tenants(
        self,
        *,
        resource_arn: str,
        page_size: int | None = None,
        next_token: str | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.ResourceTenantMetadata, models.ListResourceTenantsResponse]:
        """Iterate over everything that `list_resource_tenants` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            resource_arn: ARN of the resource whose tenants to list. At least 1 character.
            page_size: How many tenants one response holds at most.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.ResourceTenantMetadata, models.ListResourceTenantsResponse]: The entries; its
            `pages()` yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListResourceTenants.html
        """
        return Paginator(
            self._call,
            _api.tenants.LIST_RESOURCE_TENANTS,
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
        filter: Mapping[models.ListTenantResourcesFilterKey, str]
        | Mapping[Literal["RESOURCE_TYPE"], str]
        | Mapping[str, str]
        | None = None,
        page_size: int | None = None,
        next_token: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListTenantResourcesResponse:
        """List the identities, configuration sets and templates attached to a tenant, all of them or those of
        one type.

        Args:
            tenant_name: Tenant whose resources to list. 1 to 64 characters.
            filter: Condition that narrows the list; `RESOURCE_TYPE` is the only key so far. Left out,
                resources of every type are listed. Values 1 to 512 characters.
            page_size: How many resources one response holds at most.
            next_token: Token from an earlier response, to read the next page of resources. Left out, the
                first page.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListTenantResourcesResponse: `tenant_resources`: resources on this page, each with type and
            ARN; `next_token`: token for the next page of resources; absent on the last one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTenantResources.html
        """
        return self._call(
            _api.tenants.LIST_TENANT_RESOURCES,
            {
                "tenant_name": tenant_name,
                "filter": filter,
                "page_size": page_size,
                "next_token": next_token,
            },
            options,
        )

    def iter_tenant_resources(
        self,
        *,
        tenant_name: str,
        filter: Mapping[models.ListTenantResourcesFilterKey, str]
        | Mapping[Literal["RESOURCE_TYPE"], str]
        | Mapping[str, str]
        | None = None,
        page_size: int | None = None,
        next_token: str | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.TenantResource, models.ListTenantResourcesResponse]:
        """Iterate over everything that `list_tenant_resources` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            tenant_name: Tenant whose resources to list. 1 to 64 characters.
            filter: Condition that narrows the list; `RESOURCE_TYPE` is the only key so far. Left out,
                resources of every type are listed. Values 1 to 512 characters.
            page_size: How many resources one response holds at most.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.TenantResource, models.ListTenantResourcesResponse]: The entries; its `pages()`
            yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTenantResources.html
        """
        return Paginator(
            self._call,
            _api.tenants.LIST_TENANT_RESOURCES,
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
        filter: Mapping[models.ListTenantsFilterKey, str]
        | Mapping[Literal["TENANT_NAME_CONTAINS", "SENDING_STATUS"], str]
        | Mapping[str, str]
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListTenantsResponse:
        """List the tenants of your account in this Region with name, ID, ARN, creation time and sending status.

        For tags and suppression settings call `get_tenant`.

        Args:
            filter: Conditions that narrow the list: part of the tenant name, or the sending status. Left out,
                all tenants are listed. Values at least 1 character.
            next_token: Token from an earlier response, to read the next page of tenants. Left out, the first
                page.
            page_size: How many tenants one response holds at most.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListTenantsResponse: `tenants`: tenants on this page, in short form; `next_token`: token
            for the next page of tenants; absent on the last one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTenants.html
        """
        return self._call(
            _api.tenants.LIST_TENANTS,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_tenants(
        self,
        *,
        filter: Mapping[models.ListTenantsFilterKey, str]
        | Mapping[Literal["TENANT_NAME_CONTAINS", "SENDING_STATUS"], str]
        | Mapping[str, str]
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.TenantInfo, models.ListTenantsResponse]:
        """Iterate over everything that `list_tenants` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            filter: Conditions that narrow the list: part of the tenant name, or the sending status. Left out,
                all tenants are listed. Values at least 1 character.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many tenants one response holds at most.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.TenantInfo, models.ListTenantsResponse]: The entries; its `pages()` yields the
            whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTenants.html
        """
        return Paginator(
            self._call,
            _api.tenants.LIST_TENANTS,
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
        suppressed_reasons: Sequence[models.SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str] | None = None,
        suppression_scope: models.SuppressionListScope | Literal["ACCOUNT", "TENANT"] | str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Choose whether a tenant has a suppression list of its own or shares that of the account, and which
        events put addresses on it.

        Args:
            tenant_name: Tenant to configure. 1 to 64 characters.
            suppressed_reasons: Events that put a recipient on the tenant's suppression list by themselves:
                `BOUNCE` for hard bounces, `COMPLAINT` for complaints, or both.
            suppression_scope: `TENANT` for a list of the tenant's own, `ACCOUNT` for the list of the account.
                Left out, `ACCOUNT` applies.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutTenantSuppressionAttributes.html
        """
        return self._call(
            _api.tenants.PUT_TENANT_SUPPRESSION_ATTRIBUTES,
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
        reputation_entity_type: models.ReputationEntityType | Literal["RESOURCE"] | str,
        reputation_entity_reference: str,
        sending_status: models.SendingStatus | Literal["ENABLED", "REINSTATED", "DISABLED"] | str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Set your own sending status of a resource: allow, stop or reinstate its sending.

        The status kept by SES does not change, and while SES has disabled the resource it cannot send,
        whatever you set here.

        Args:
            reputation_entity_type: Kind of entity; only `RESOURCE` is supported so far.
            reputation_entity_reference: What identifies the entity; for the type `RESOURCE` it is the ARN of
                the resource. At least 1 character.
            sending_status: New status on your side: `ENABLED` allows sending, `DISABLED` stops it,
                `REINSTATED` allows it despite open reputation findings until these are resolved or new
                violations occur.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConflictException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateReputationEntityCustomerManagedStatus.html
        """
        return self._call(
            _api.tenants.UPDATE_REPUTATION_ENTITY_CUSTOMER_MANAGED_STATUS,
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
        reputation_entity_type: models.ReputationEntityType | Literal["RESOURCE"] | str,
        reputation_entity_reference: str,
        reputation_entity_policy: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Choose the reputation policy of a resource, which decides how it reacts to reputation findings, for
        instance by pausing its sending.

        The policies are predefined by SES: none, standard and strict.

        Args:
            reputation_entity_type: Kind of entity; only `RESOURCE` is supported so far.
            reputation_entity_reference: What identifies the entity; for the type `RESOURCE` it is the ARN of
                the resource. At least 1 character.
            reputation_entity_policy: ARN of the policy to apply, one of those that SES predefines. At least 1
                character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConflictException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateReputationEntityPolicy.html
        """
        return self._call(
            _api.tenants.UPDATE_REPUTATION_ENTITY_POLICY,
            {
                "reputation_entity_type": reputation_entity_type,
                "reputation_entity_reference": reputation_entity_reference,
                "reputation_entity_policy": reputation_entity_policy,
            },
            options,
        )
