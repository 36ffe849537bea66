# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: dedicated ips."""

from __future__ import annotations

from collections.abc import Sequence

from ... import models
from ..._operation import AsyncCaller, RequestOptions
from ..dedicated_ips import (
    CREATE_DEDICATED_IP_POOL,
    DELETE_DEDICATED_IP_POOL,
    GET_DEDICATED_IP,
    GET_DEDICATED_IP_POOL,
    GET_DEDICATED_IPS,
    LIST_DEDICATED_IP_POOLS,
    PUT_DEDICATED_IP_IN_POOL,
    PUT_DEDICATED_IP_POOL_SCALING_ATTRIBUTES,
    PUT_DEDICATED_IP_WARMUP_ATTRIBUTES,
)


class AsyncDedicatedIpsMixin(AsyncCaller):
    """The operations of this domain, for asyncio and trio."""

    async def create_dedicated_ip_pool(
        self,
        *,
        pool_name: str,
        tags: Sequence[models.Tag] | None = None,
        scaling_mode: models.ScalingMode | str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """To be described.

        Args:
            pool_name: To be described.
            tags: To be described.
            scaling_mode: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: AlreadyExistsException, BadRequestException,
                ConcurrentModificationException, LimitExceededException, TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateDedicatedIpPool.html
        """
        return await self._call(
            CREATE_DEDICATED_IP_POOL,
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
        """To be described.

        Args:
            pool_name: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteDedicatedIpPool.html
        """
        return await self._call(
            DELETE_DEDICATED_IP_POOL,
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
        """To be described.

        Args:
            ip: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetDedicatedIpResponse: `dedicated_ip`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIp.html
        """
        return await self._call(
            GET_DEDICATED_IP,
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
        """To be described.

        Args:
            pool_name: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetDedicatedIpPoolResponse: `dedicated_ip_pool`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIpPool.html
        """
        return await self._call(
            GET_DEDICATED_IP_POOL,
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
        """To be described.

        Args:
            pool_name: To be described.
            next_token: To be described.
            page_size: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetDedicatedIpsResponse: `dedicated_ips`: to be described; `next_token`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIps.html
        """
        return await self._call(
            GET_DEDICATED_IPS,
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
        """To be described.

        Args:
            next_token: To be described.
            page_size: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.ListDedicatedIpPoolsResponse: `dedicated_ip_pools`: to be described; `next_token`: to be
                described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDedicatedIpPools.html
        """
        return await self._call(
            LIST_DEDICATED_IP_POOLS,
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
        """To be described.

        Args:
            ip: To be described.
            destination_pool_name: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutDedicatedIpInPool.html
        """
        return await self._call(
            PUT_DEDICATED_IP_IN_POOL,
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
        scaling_mode: models.ScalingMode | str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """To be described.

        Args:
            pool_name: To be described.
            scaling_mode: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutDedicatedIpPoolScalingAttributes.html
        """
        return await self._call(
            PUT_DEDICATED_IP_POOL_SCALING_ATTRIBUTES,
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
        """To be described.

        Args:
            ip: To be described.
            warmup_percentage: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty answer; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutDedicatedIpWarmupAttributes.html
        """
        return await self._call(
            PUT_DEDICATED_IP_WARMUP_ATTRIBUTES,
            {
                "ip": ip,
                "warmup_percentage": warmup_percentage,
            },
            options,
        )
