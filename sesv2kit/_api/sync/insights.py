# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, blocking: insights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ... import _api, models
from ..._call.caller import Caller
from ..._call.options import RequestOptions
from ..._call.paginator import Paginator


class InsightsMixin(Caller):
    """The operations of this domain, blocking."""

    def batch_get_metric_data(
        self,
        *,
        queries: Sequence[models.BatchGetMetricDataQuery],
        options: RequestOptions | None = None,
    ) -> models.BatchGetMetricDataResponse:
        """Return metrics on your sending for several queries at once.

        A query that fails does not fail the call; it is listed under `errors`. The service allows 16 calls
        and 160 `queries` per second.

        Args:
            queries: The queries, each for one metric over one time span, with an ID of its own. 1 to 10
                items.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.BatchGetMetricDataResponse: `results`: data of the queries that succeeded; match them to
            your queries by `id`; `errors`: the queries that failed, with the reason; match them to your
            queries by `id`.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, InternalServiceErrorException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BatchGetMetricData.html
        """
        return self._call(
            _api.insights.BATCH_GET_METRIC_DATA,
            {
                "queries": queries,
            },
            options,
        )

    def get_email_address_insights(
        self,
        *,
        email_address: str,
        options: RequestOptions | None = None,
    ) -> models.GetEmailAddressInsightsResponse:
        """Check an email address before you write to it: syntax, DNS of its domain, whether the mailbox exists
        and other signs of deliverability.

        No mail is sent to it.

        Args:
            email_address: The address to check.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetEmailAddressInsightsResponse: `mailbox_validation`: verdict on the address as a whole,
            and on each check.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailAddressInsights.html
        """
        return self._call(
            _api.insights.GET_EMAIL_ADDRESS_INSIGHTS,
            {
                "email_address": email_address,
            },
            options,
        )

    def get_message_insights(
        self,
        *,
        message_id: str,
        options: RequestOptions | None = None,
    ) -> models.GetMessageInsightsResponse:
        """Return what is known of one sent message: sender, subject, tags and, for each recipient, the events so
        far.

        The service allows 1 call per second.

        Args:
            message_id: ID of the message, as SES returned it on sending.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetMessageInsightsResponse: `message_id`: ID of this message; `from_email_address`: address
            that the message was sent from; `subject`: subject of the message; `email_tags`: tags of the
            message: those you set on sending, and those that SES adds on its own (auto-tags); `insights`:
            recipients of the message, each with its mailbox provider and events.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetMessageInsights.html
        """
        return self._call(
            _api.insights.GET_MESSAGE_INSIGHTS,
            {
                "message_id": message_id,
            },
            options,
        )

    def list_recommendations(
        self,
        *,
        filter: Mapping[models.ListRecommendationsFilterKey, str]
        | Mapping[Literal["TYPE", "IMPACT", "STATUS", "RESOURCE_ARN"], str]
        | Mapping[str, str]
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListRecommendationsResponse:
        """List the recommendations for improving deliverability that SES has for your account in this region, a
        page at a time.

        The service allows 1 call per second.

        Args:
            filter: Conditions on the recommendations. Use one key alone, or `STATUS` combined with either
                `IMPACT` or `TYPE`. Left out, nothing is filtered. 1 to 2 items. Values 1 to 512 characters.
            next_token: Token from an earlier response, to read the next page of recommendations. Left out,
                the first page.
            page_size: How many recommendations one response holds at most. 1 to 100.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListRecommendationsResponse: `recommendations`: the recommendations on this page;
            `next_token`: token for the next page of recommendations, to be sent with otherwise unchanged
            parameters; absent on the last page.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListRecommendations.html
        """
        return self._call(
            _api.insights.LIST_RECOMMENDATIONS,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_recommendations(
        self,
        *,
        filter: Mapping[models.ListRecommendationsFilterKey, str]
        | Mapping[Literal["TYPE", "IMPACT", "STATUS", "RESOURCE_ARN"], str]
        | Mapping[str, str]
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.Recommendation, models.ListRecommendationsResponse]:
        """Iterate over everything that `list_recommendations` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            filter: Conditions on the recommendations. Use one key alone, or `STATUS` combined with either
                `IMPACT` or `TYPE`. Left out, nothing is filtered. 1 to 2 items. Values 1 to 512 characters.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many recommendations one response holds at most. 1 to 100.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.Recommendation, models.ListRecommendationsResponse]: The entries; its `pages()`
            yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListRecommendations.html
        """
        return Paginator(
            self._call,
            _api.insights.LIST_RECOMMENDATIONS,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )
