# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: suppression."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from ... import _api, models
from ..._call.caller import AsyncCaller
from ..._call.options import RequestOptions
from ..._call.paginator import AsyncPaginator


class AsyncSuppressionMixin(AsyncCaller):
    """The operations of this domain, for asyncio and trio."""

    async def delete_suppressed_destination(
        self,
        *,
        email_address: str,
        tenant_name: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Take an address off the suppression list of the account, or of one tenant.

        Args:
            email_address: Suppressed address to take off the list.
            tenant_name: Tenant whose list the address comes off. Left out, the list of the account is meant.
                1 to 64 characters.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteSuppressedDestination.html
        """
        return await self._call(
            _api.suppression.DELETE_SUPPRESSED_DESTINATION,
            {
                "email_address": email_address,
                "tenant_name": tenant_name,
            },
            options,
        )

    async def get_suppressed_destination(
        self,
        *,
        email_address: str,
        tenant_name: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetSuppressedDestinationResponse:
        """Return the entry of one suppressed address, from the list of the account or of one tenant: the reason,
        the time of the last change and what caused it.

        Args:
            email_address: Suppressed address to return.
            tenant_name: Tenant whose list is searched. Left out, the list of the account is searched. 1 to 64
                characters.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetSuppressedDestinationResponse: `suppressed_destination`: the entry of this address on
            the list.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetSuppressedDestination.html
        """
        return await self._call(
            _api.suppression.GET_SUPPRESSED_DESTINATION,
            {
                "email_address": email_address,
                "tenant_name": tenant_name,
            },
            options,
        )

    async def list_suppressed_destinations(
        self,
        *,
        tenant_name: str | None = None,
        reasons: Sequence[models.SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str] | None = None,
        start_date: datetime | None = None,
        end_date: datetime | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListSuppressedDestinationsResponse:
        """List suppressed addresses of the account or of one tenant, all of them or by reason and date.

        Args:
            tenant_name: Tenant whose list is read. Left out, the list of the account is read. 1 to 64
                characters.
            reasons: Reasons of suppression to show. Only addresses suppressed for one of them are listed.
            start_date: Only addresses that came on the list after this moment.
            end_date: Only addresses that came on the list before this moment.
            next_token: Token from an earlier response, to read the next page of suppressed addresses. Left
                out, the first page.
            page_size: How many suppressed addresses one response holds at most.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListSuppressedDestinationsResponse: `suppressed_destination_summaries`: one page of
            suppressed addresses, each with its reason and time; `next_token`: token for the next page of
            suppressed addresses. Absent on the last page.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, InvalidNextTokenException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListSuppressedDestinations.html
        """
        return await self._call(
            _api.suppression.LIST_SUPPRESSED_DESTINATIONS,
            {
                "tenant_name": tenant_name,
                "reasons": reasons,
                "start_date": start_date,
                "end_date": end_date,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_suppressed_destinations(
        self,
        *,
        tenant_name: str | None = None,
        reasons: Sequence[models.SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str] | None = None,
        start_date: datetime | None = None,
        end_date: datetime | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncPaginator[models.SuppressedDestinationSummary, models.ListSuppressedDestinationsResponse]:
        """Iterate over everything that `list_suppressed_destinations` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            tenant_name: Tenant whose list is read. Left out, the list of the account is read. 1 to 64
                characters.
            reasons: Reasons of suppression to show. Only addresses suppressed for one of them are listed.
            start_date: Only addresses that came on the list after this moment.
            end_date: Only addresses that came on the list before this moment.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many suppressed addresses one response holds at most.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            AsyncPaginator[models.SuppressedDestinationSummary, models.ListSuppressedDestinationsResponse]:
            The entries; its `pages()` yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, InvalidNextTokenException,
                NotFoundException, TooManyRequestsException, or another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListSuppressedDestinations.html
        """
        return AsyncPaginator(
            self._call,
            _api.suppression.LIST_SUPPRESSED_DESTINATIONS,
            {
                "tenant_name": tenant_name,
                "reasons": reasons,
                "start_date": start_date,
                "end_date": end_date,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    async def put_suppressed_destination(
        self,
        *,
        email_address: str,
        reason: models.SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str,
        tenant_name: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Put an address by hand on the suppression list of the account, or of one tenant.

        Args:
            email_address: Address to suppress.
            reason: Reason to record for the address: bounce or complaint.
            tenant_name: Tenant whose list the address goes on. Left out, it goes on the list of the account.
                1 to 64 characters.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutSuppressedDestination.html
        """
        return await self._call(
            _api.suppression.PUT_SUPPRESSED_DESTINATION,
            {
                "email_address": email_address,
                "reason": reason,
                "tenant_name": tenant_name,
            },
            options,
        )
