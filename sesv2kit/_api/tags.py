# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: tags."""

from __future__ import annotations

from collections.abc import Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation

LIST_TAGS_FOR_RESOURCE = Operation(
    name="ListTagsForResource",
    method="GET",
    path="/v2/email/tags",
    kind="read",
    output=lambda: models.ListTagsForResourceResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("resource_arn", "ResourceArn", "query", lambda: str, Limits(min_length=1), required=True),),
)
TAG_RESOURCE = Operation(
    name="TagResource",
    method="POST",
    path="/v2/email/tags",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConcurrentModificationException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("resource_arn", "ResourceArn", "body", lambda: str, Limits(min_length=1), required=True),
        Argument(
            "tags", "Tags", "body", lambda: Sequence[models.Tag], Limits(max_items=50, unique="key"), required=True
        ),
    ),
)
UNTAG_RESOURCE = Operation(
    name="UntagResource",
    method="DELETE",
    path="/v2/email/tags",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConcurrentModificationException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("resource_arn", "ResourceArn", "query", lambda: str, Limits(min_length=1), required=True),
        Argument(
            "tag_keys",
            "TagKeys",
            "query",
            lambda: Sequence[str],
            Limits(item=Limits(min_length=1, max_length=128, reserved_prefix="aws:")),
            required=True,
        ),
    ),
)
