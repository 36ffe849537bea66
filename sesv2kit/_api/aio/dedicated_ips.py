# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: dedicated ips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ... import _api, models
from ..._call.caller import AsyncCaller
from ..._call.options import RequestOptions
from ..._call.paginator import AsyncPaginator


class AsyncDedicatedIpsMixin(AsyncCaller):
    """The operations of this domain, for asyncio and trio."""

    async def create_dedicated_ip_pool(
        self,
        *,
        pool_name: str,
        tags: Sequence[models.Tag] | None = None,
        scaling_mode: models.ScalingMode | Literal["STANDARD", "MANAGED"] | str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Create a pool for dedicated IP addresses of your account.

        Mail sent with a configuration set that names the pool goes out from one of its addresses.

        Args:
            pool_name: Name for the new pool.
            tags: Tags, as keys and values, to put on the new pool. At most 50 items. No two with the same
                `key`.
            scaling_mode: Who manages the addresses of the pool: you (`STANDARD`) or SES (`MANAGED`). A
                managed pool cannot be turned into a standard one later.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                ConcurrentModificationException, LimitExceededException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateDedicatedIpPool.html
        """
        return await self._call(
            _api.dedicated_ips.CREATE_DEDICATED_IP_POOL,
            {
                "pool_name": pool_name,
                "tags": tags,
                "scaling_mode": scaling_mode,
            },
            options,
        )

    async def delete_dedicated_ip_pool(
        self,
        *,
        pool_name: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Delete a pool of dedicated IP addresses.

        Args:
            pool_name: Pool to delete.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteDedicatedIpPool.html
        """
        return await self._call(
            _api.dedicated_ips.DELETE_DEDICATED_IP_POOL,
            {
                "pool_name": pool_name,
            },
            options,
        )

    async def get_dedicated_ip(
        self,
        *,
        ip: str,
        options: RequestOptions | None = None,
    ) -> models.GetDedicatedIpResponse:
        """Return the pool and the warm-up progress of one dedicated IP address.

        Args:
            ip: IP address to return; it must be a dedicated one of your account.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetDedicatedIpResponse: `dedicated_ip`: the address with its pool and warm-up progress.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIp.html
        """
        return await self._call(
            _api.dedicated_ips.GET_DEDICATED_IP,
            {
                "ip": ip,
            },
            options,
        )

    async def get_dedicated_ip_pool(
        self,
        *,
        pool_name: str,
        options: RequestOptions | None = None,
    ) -> models.GetDedicatedIpPoolResponse:
        """Return one pool of dedicated IP addresses with its scaling mode.

        Its addresses are not part of the response; list them with `get_dedicated_ips`.

        Args:
            pool_name: Pool to read.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetDedicatedIpPoolResponse: `dedicated_ip_pool`: name and scaling mode of the pool.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIpPool.html
        """
        return await self._call(
            _api.dedicated_ips.GET_DEDICATED_IP_POOL,
            {
                "pool_name": pool_name,
            },
            options,
        )

    async def get_dedicated_ips(
        self,
        *,
        pool_name: str | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetDedicatedIpsResponse:
        """List the dedicated IP addresses of your account with their pools and warm-up progress.

        Args:
            pool_name: Pool whose addresses to list.
            next_token: Token from an earlier response, to read the next page of addresses. Left out, the
                first page.
            page_size: How many addresses one response holds at most.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetDedicatedIpsResponse: `dedicated_ips`: dedicated IP addresses on this page;
            `next_token`: token for the next page of addresses; absent on the last one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIps.html
        """
        return await self._call(
            _api.dedicated_ips.GET_DEDICATED_IPS,
            {
                "pool_name": pool_name,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_dedicated_ips(
        self,
        *,
        pool_name: str | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncPaginator[models.DedicatedIp, models.GetDedicatedIpsResponse]:
        """Iterate over everything that `get_dedicated_ips` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            pool_name: Pool whose addresses to list.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many addresses one response holds at most.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            AsyncPaginator[models.DedicatedIp, models.GetDedicatedIpsResponse]: The entries; its `pages()`
            yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIps.html
        """
        return AsyncPaginator(
            self._call,
            _api.dedicated_ips.GET_DEDICATED_IPS,
            {
                "pool_name": pool_name,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    async def list_dedicated_ip_pools(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListDedicatedIpPoolsResponse:
        """List the names of the dedicated IP pools that your account has in this Region.

        Args:
            next_token: Token from an earlier response, to read the next page of pools. Left out, the first
                page.
            page_size: How many pools one response holds at most.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListDedicatedIpPoolsResponse: `dedicated_ip_pools`: names of the pools on this page;
            `next_token`: token for the next page of pools; absent on the last one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDedicatedIpPools.html
        """
        return await self._call(
            _api.dedicated_ips.LIST_DEDICATED_IP_POOLS,
            {
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_dedicated_ip_pools(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncPaginator[str, models.ListDedicatedIpPoolsResponse]:
        """Iterate over everything that `list_dedicated_ip_pools` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many pools one response holds at most.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            AsyncPaginator[str, models.ListDedicatedIpPoolsResponse]: The entries; its `pages()` yields the
            whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDedicatedIpPools.html
        """
        return AsyncPaginator(
            self._call,
            _api.dedicated_ips.LIST_DEDICATED_IP_POOLS,
            {
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    async def put_dedicated_ip_in_pool(
        self,
        *,
        ip: str,
        destination_pool_name: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Move a dedicated IP address to another pool.

        Both must exist already; make a pool with `create_dedicated_ip_pool`.

        Args:
            ip: IP address to move; it must be a dedicated one of your account.
            destination_pool_name: Existing pool that the address goes to.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutDedicatedIpInPool.html
        """
        return await self._call(
            _api.dedicated_ips.PUT_DEDICATED_IP_IN_POOL,
            {
                "ip": ip,
                "destination_pool_name": destination_pool_name,
            },
            options,
        )

    async def put_dedicated_ip_pool_scaling_attributes(
        self,
        *,
        pool_name: str,
        scaling_mode: models.ScalingMode | Literal["STANDARD", "MANAGED"] | str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Change the scaling mode of a dedicated IP pool. A pool can't change back from `MANAGED` to `STANDARD`.

        Args:
            pool_name: Pool to convert.
            scaling_mode: Scaling mode that the pool gets. A pool that is `MANAGED` cannot become `STANDARD`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutDedicatedIpPoolScalingAttributes.html
        """
        return await self._call(
            _api.dedicated_ips.PUT_DEDICATED_IP_POOL_SCALING_ATTRIBUTES,
            {
                "pool_name": pool_name,
                "scaling_mode": scaling_mode,
            },
            options,
        )

    async def put_dedicated_ip_warmup_attributes(
        self,
        *,
        ip: str,
        warmup_percentage: int,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Set the warm-up percentage of a dedicated IP address by hand.

        Args:
            ip: Dedicated IP address to set the percentage of.
            warmup_percentage: New warm-up percentage of the address; 100 means fully warmed up.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutDedicatedIpWarmupAttributes.html
        """
        return await self._call(
            _api.dedicated_ips.PUT_DEDICATED_IP_WARMUP_ATTRIBUTES,
            {
                "ip": ip,
                "warmup_percentage": warmup_percentage,
            },
            options,
        )
