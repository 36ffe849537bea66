# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: suppression."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page

DELETE_SUPPRESSED_DESTINATION = Operation(
    name="DeleteSuppressedDestination",
    method="DELETE",
    path="/v2/email/suppression/addresses/{EmailAddress}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("email_address", "EmailAddress", "path", lambda: str, required=True),
        Argument("tenant_name", "TenantName", "query", lambda: str, Limits(min_length=1, max_length=64)),
    ),
)
GET_SUPPRESSED_DESTINATION = Operation(
    name="GetSuppressedDestination",
    method="GET",
    path="/v2/email/suppression/addresses/{EmailAddress}",
    kind="read",
    output=lambda: models.GetSuppressedDestinationResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("email_address", "EmailAddress", "path", lambda: str, required=True),
        Argument("tenant_name", "TenantName", "query", lambda: str, Limits(min_length=1, max_length=64)),
    ),
)
LIST_SUPPRESSED_DESTINATIONS = Operation(
    name="ListSuppressedDestinations",
    method="GET",
    path="/v2/email/suppression/addresses",
    kind="read",
    output=lambda: models.ListSuppressedDestinationsResponse,
    errors=("BadRequestException", "InvalidNextTokenException", "NotFoundException", "TooManyRequestsException"),
    page=Page(items="suppressed_destination_summaries", token="next_token", size="page_size"),
    arguments=(
        Argument("tenant_name", "TenantName", "query", lambda: str, Limits(min_length=1, max_length=64)),
        Argument("reasons", "Reason", "query", lambda: Sequence[models.SuppressionListReason], member_name="Reasons"),
        Argument("start_date", "StartDate", "query", lambda: datetime),
        Argument("end_date", "EndDate", "query", lambda: datetime),
        Argument("next_token", "NextToken", "query", lambda: str),
        Argument("page_size", "PageSize", "query", lambda: int),
    ),
)
PUT_SUPPRESSED_DESTINATION = Operation(
    name="PutSuppressedDestination",
    method="PUT",
    path="/v2/email/suppression/addresses",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("email_address", "EmailAddress", "body", lambda: str, required=True),
        Argument("reason", "Reason", "body", lambda: models.SuppressionListReason, required=True),
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1, max_length=64)),
    ),
)
