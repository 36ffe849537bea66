# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: endpoints."""

from __future__ import annotations

from collections.abc import Sequence

from ... import _api, models
from ..._call.caller import AsyncCaller
from ..._call.options import RequestOptions
from ..._call.paginator import AsyncPaginator


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
        """Create a multi-region endpoint (global endpoint) that splits sending equally between two Regions.

        The Region you call is the primary one, from which the endpoint is managed; the request names the
        secondary one.

        Args:
            endpoint_name: Name for the new multi-region endpoint. 1 to 64 characters. Must match
                `^[\\w\\-_]+$`.
            details: Configuration of the new endpoint: its secondary Region.
            tags: Tags, as keys and values, to put on the new endpoint. At most 50 items. No two with the same
                `key`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.CreateMultiRegionEndpointResponse: `status`: state of the endpoint directly after the
            request. While it is `CREATING` the endpoint is not ready; check again with
            `get_multi_region_endpoint`; `endpoint_id`: ID of the new multi-region endpoint.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                LimitExceededException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateMultiRegionEndpoint.html
        """
        return await self._call(
            _api.endpoints.CREATE_MULTI_REGION_ENDPOINT,
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
        """Delete a multi-region endpoint.

        Works only in the endpoint's primary Region, the one it was created in.

        Args:
            endpoint_name: Multi-region endpoint to delete. 1 to 64 characters. Must match `^[\\w\\-_]+$`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.DeleteMultiRegionEndpointResponse: `status`: state of the endpoint directly after the
            request; `DELETING` means that removal is still going on.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteMultiRegionEndpoint.html
        """
        return await self._call(
            _api.endpoints.DELETE_MULTI_REGION_ENDPOINT,
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
        """Return the configuration and state of a multi-region endpoint.

        Works only in the endpoint's primary Region, the one it was created in.

        Args:
            endpoint_name: Multi-region endpoint to read. 1 to 64 characters. Must match `^[\\w\\-_]+$`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetMultiRegionEndpointResponse: `endpoint_name`: name of the endpoint that was read;
            `endpoint_id`: ID of the endpoint; `routes`: routes of the endpoint, each with its Region;
            `status`: state of the endpoint; it can be used once it is `READY`; `created_timestamp`: when the
            endpoint was created; `last_updated_timestamp`: when the endpoint last changed.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetMultiRegionEndpoint.html
        """
        return await self._call(
            _api.endpoints.GET_MULTI_REGION_ENDPOINT,
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
        """List the multi-region endpoints whose primary Region is the one you call.

        Endpoints created in other Regions do not appear.

        Args:
            next_token: Token from an earlier response, to read the next page of endpoints. Left out, the
                first page. 1 to 5000 characters. Must match
                `^^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$`.
            page_size: How many endpoints one response holds at most. 1 to 1000.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListMultiRegionEndpointsResponse: `multi_region_endpoints`: endpoints on this page, each
            with its state and Regions; `next_token`: token for the next page of endpoints; absent on the last
            one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListMultiRegionEndpoints.html
        """
        return await self._call(
            _api.endpoints.LIST_MULTI_REGION_ENDPOINTS,
            {
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_multi_region_endpoints(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncPaginator[models.MultiRegionEndpoint, models.ListMultiRegionEndpointsResponse]:
        """Iterate over everything that `list_multi_region_endpoints` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many endpoints one response holds at most. 1 to 1000.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            AsyncPaginator[models.MultiRegionEndpoint, models.ListMultiRegionEndpointsResponse]: The entries;
            its `pages()` yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListMultiRegionEndpoints.html
        """
        return AsyncPaginator(
            self._call,
            _api.endpoints.LIST_MULTI_REGION_ENDPOINTS,
            {
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )
