# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: endpoints."""

from __future__ import annotations

from collections.abc import Sequence

from ... import models
from ..._operation import AsyncCaller, RequestOptions
from ..endpoints import (
    CREATE_MULTI_REGION_ENDPOINT,
    DELETE_MULTI_REGION_ENDPOINT,
    GET_MULTI_REGION_ENDPOINT,
    LIST_MULTI_REGION_ENDPOINTS,
)


class AsyncEndpointsMixin(AsyncCaller):
    """The operations of this domain, for asyncio and trio."""

    async def create_multi_region_endpoint(
        self,
        *,
        endpoint_name: str,
        details: models.Details,
        tags: Sequence[models.Tag] | None = None,
        options: RequestOptions | None = None,
    ) -> models.CreateMultiRegionEndpointResponse:
        """To be described.

        Args:
            endpoint_name: To be described. 1 to 64 characters. Must match `^[\\w\\-_]+$`.
            details: To be described.
            tags: To be described.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.CreateMultiRegionEndpointResponse: `status`: to be described; `endpoint_id`: to be
                described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: AlreadyExistsException, BadRequestException,
                LimitExceededException, TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateMultiRegionEndpoint.html
        """
        return await self._call(
            CREATE_MULTI_REGION_ENDPOINT,
            {
                "endpoint_name": endpoint_name,
                "details": details,
                "tags": tags,
            },
            options,
        )

    async def delete_multi_region_endpoint(
        self,
        *,
        endpoint_name: str,
        options: RequestOptions | None = None,
    ) -> models.DeleteMultiRegionEndpointResponse:
        """To be described.

        Args:
            endpoint_name: To be described. 1 to 64 characters. Must match `^[\\w\\-_]+$`.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.DeleteMultiRegionEndpointResponse: `status`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteMultiRegionEndpoint.html
        """
        return await self._call(
            DELETE_MULTI_REGION_ENDPOINT,
            {
                "endpoint_name": endpoint_name,
            },
            options,
        )

    async def get_multi_region_endpoint(
        self,
        *,
        endpoint_name: str,
        options: RequestOptions | None = None,
    ) -> models.GetMultiRegionEndpointResponse:
        """To be described.

        Args:
            endpoint_name: To be described. 1 to 64 characters. Must match `^[\\w\\-_]+$`.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetMultiRegionEndpointResponse: `endpoint_name`: to be described; `endpoint_id`: to be
                described; `routes`: to be described; `status`: to be described; `created_timestamp`: to be
                described; `last_updated_timestamp`: to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, NotFoundException, TooManyRequestsException,
                or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetMultiRegionEndpoint.html
        """
        return await self._call(
            GET_MULTI_REGION_ENDPOINT,
            {
                "endpoint_name": endpoint_name,
            },
            options,
        )

    async def list_multi_region_endpoints(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListMultiRegionEndpointsResponse:
        """To be described.

        Args:
            next_token: To be described. 1 to 5000 characters. Must match
                `^^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$`.
            page_size: To be described. 1 to 1000.
            options: What this call does otherwise than the client: timeout, retries, headers.

        Returns:
            models.ListMultiRegionEndpointsResponse: `multi_region_endpoints`: to be described; `next_token`:
                to be described.

        Raises:
            ParamValidationError: The arguments were refused; nothing was sent.
            APIError: The service said no: BadRequestException, TooManyRequestsException, or another.
            TransportError: No usable answer came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListMultiRegionEndpoints.html
        """
        return await self._call(
            LIST_MULTI_REGION_ENDPOINTS,
            {
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )
