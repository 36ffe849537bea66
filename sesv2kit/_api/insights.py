# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: insights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page, Weight

BATCH_GET_METRIC_DATA = Operation(
    name="BatchGetMetricData",
    method="POST",
    path="/v2/email/metrics/batch",
    kind="read",
    output=lambda: models.BatchGetMetricDataResponse,
    errors=("BadRequestException", "InternalServiceErrorException", "NotFoundException", "TooManyRequestsException"),
    rate=16,
    weight=Weight("queries", 160),
    arguments=(
        Argument(
            "queries",
            "Queries",
            "body",
            lambda: Sequence[models.BatchGetMetricDataQuery],
            Limits(min_items=1, max_items=10),
            required=True,
        ),
    ),
)
GET_EMAIL_ADDRESS_INSIGHTS = Operation(
    name="GetEmailAddressInsights",
    method="POST",
    path="/v2/email/email-address-insights/",
    kind="read",
    output=lambda: models.GetEmailAddressInsightsResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    arguments=(Argument("email_address", "EmailAddress", "body", lambda: str, required=True),),
)
GET_MESSAGE_INSIGHTS = Operation(
    name="GetMessageInsights",
    method="GET",
    path="/v2/email/insights/{MessageId}/",
    kind="read",
    output=lambda: models.GetMessageInsightsResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(Argument("message_id", "MessageId", "path", lambda: str, required=True),),
)
LIST_RECOMMENDATIONS = Operation(
    name="ListRecommendations",
    method="POST",
    path="/v2/email/vdm/recommendations",
    kind="read",
    output=lambda: models.ListRecommendationsResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    page=Page(items="recommendations", token="next_token", size="page_size"),
    arguments=(
        Argument(
            "filter",
            "Filter",
            "body",
            lambda: Mapping[models.ListRecommendationsFilterKey, str],
            Limits(min_items=1, max_items=2, value=Limits(min_length=1, max_length=512)),
        ),
        Argument("next_token", "NextToken", "body", lambda: str),
        Argument("page_size", "PageSize", "body", lambda: int, Limits(minimum=1, maximum=100)),
    ),
)
