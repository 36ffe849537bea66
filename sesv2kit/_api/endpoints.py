# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: endpoints."""

from __future__ import annotations

from collections.abc import Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page

CREATE_MULTI_REGION_ENDPOINT = Operation(
    name="CreateMultiRegionEndpoint",
    method="POST",
    path="/v2/email/multi-region-endpoints",
    kind="write",
    output=lambda: models.CreateMultiRegionEndpointResponse,
    errors=("AlreadyExistsException", "BadRequestException", "LimitExceededException", "TooManyRequestsException"),
    arguments=(
        Argument(
            "endpoint_name",
            "EndpointName",
            "body",
            lambda: str,
            Limits(min_length=1, max_length=64, pattern="^[\\w\\-_]+$"),
            required=True,
        ),
        Argument("details", "Details", "body", lambda: models.Details, required=True),
        Argument("tags", "Tags", "body", lambda: Sequence[models.Tag], Limits(max_items=50, unique="key")),
    ),
)
DELETE_MULTI_REGION_ENDPOINT = Operation(
    name="DeleteMultiRegionEndpoint",
    method="DELETE",
    path="/v2/email/multi-region-endpoints/{EndpointName}",
    kind="idempotent",
    output=lambda: models.DeleteMultiRegionEndpointResponse,
    errors=("BadRequestException", "ConcurrentModificationException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument(
            "endpoint_name",
            "EndpointName",
            "path",
            lambda: str,
            Limits(min_length=1, max_length=64, pattern="^[\\w\\-_]+$"),
            required=True,
        ),
    ),
)
GET_MULTI_REGION_ENDPOINT = Operation(
    name="GetMultiRegionEndpoint",
    method="GET",
    path="/v2/email/multi-region-endpoints/{EndpointName}",
    kind="read",
    output=lambda: models.GetMultiRegionEndpointResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument(
            "endpoint_name",
            "EndpointName",
            "path",
            lambda: str,
            Limits(min_length=1, max_length=64, pattern="^[\\w\\-_]+$"),
            required=True,
        ),
    ),
)
LIST_MULTI_REGION_ENDPOINTS = Operation(
    name="ListMultiRegionEndpoints",
    method="GET",
    path="/v2/email/multi-region-endpoints",
    kind="read",
    output=lambda: models.ListMultiRegionEndpointsResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    page=Page(items="multi_region_endpoints", token="next_token", size="page_size"),
    arguments=(
        Argument(
            "next_token",
            "NextToken",
            "query",
            lambda: str,
            Limits(
                min_length=1, max_length=5000, pattern="^^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
            ),
        ),
        Argument("page_size", "PageSize", "query", lambda: int, Limits(minimum=1, maximum=1000)),
    ),
)
