# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: dedicated ips."""

from __future__ import annotations

from collections.abc import Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page

CREATE_DEDICATED_IP_POOL = Operation(
    name="CreateDedicatedIpPool",
    method="POST",
    path="/v2/email/dedicated-ip-pools",
    kind="write",
    output=lambda: models.EmptyResponse,
    errors=(
        "AlreadyExistsException",
        "BadRequestException",
        "ConcurrentModificationException",
        "LimitExceededException",
        "TooManyRequestsException",
    ),
    arguments=(
        Argument("pool_name", "PoolName", "body", lambda: str, required=True),
        Argument("tags", "Tags", "body", lambda: Sequence[models.Tag], Limits(max_items=50, unique="key")),
        Argument("scaling_mode", "ScalingMode", "body", lambda: models.ScalingMode),
    ),
)
DELETE_DEDICATED_IP_POOL = Operation(
    name="DeleteDedicatedIpPool",
    method="DELETE",
    path="/v2/email/dedicated-ip-pools/{PoolName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConcurrentModificationException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("pool_name", "PoolName", "path", lambda: str, required=True),),
)
GET_DEDICATED_IP = Operation(
    name="GetDedicatedIp",
    method="GET",
    path="/v2/email/dedicated-ips/{IP}",
    kind="read",
    output=lambda: models.GetDedicatedIpResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("ip", "IP", "path", lambda: str, required=True, member_name="Ip"),),
)
GET_DEDICATED_IP_POOL = Operation(
    name="GetDedicatedIpPool",
    method="GET",
    path="/v2/email/dedicated-ip-pools/{PoolName}",
    kind="read",
    output=lambda: models.GetDedicatedIpPoolResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("pool_name", "PoolName", "path", lambda: str, required=True),),
)
GET_DEDICATED_IPS = Operation(
    name="GetDedicatedIps",
    method="GET",
    path="/v2/email/dedicated-ips",
    kind="read",
    output=lambda: models.GetDedicatedIpsResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    page=Page(items="dedicated_ips", token="next_token", size="page_size"),
    arguments=(
        Argument("pool_name", "PoolName", "query", lambda: str),
        Argument("next_token", "NextToken", "query", lambda: str),
        Argument("page_size", "PageSize", "query", lambda: int),
    ),
)
LIST_DEDICATED_IP_POOLS = Operation(
    name="ListDedicatedIpPools",
    method="GET",
    path="/v2/email/dedicated-ip-pools",
    kind="read",
    output=lambda: models.ListDedicatedIpPoolsResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    page=Page(items="dedicated_ip_pools", token="next_token", size="page_size"),
    arguments=(
        Argument("next_token", "NextToken", "query", lambda: str),
        Argument("page_size", "PageSize", "query", lambda: int),
    ),
)
PUT_DEDICATED_IP_IN_POOL = Operation(
    name="PutDedicatedIpInPool",
    method="PUT",
    path="/v2/email/dedicated-ips/{IP}/pool",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("ip", "IP", "path", lambda: str, required=True, member_name="Ip"),
        Argument("destination_pool_name", "DestinationPoolName", "body", lambda: str, required=True),
    ),
)
PUT_DEDICATED_IP_POOL_SCALING_ATTRIBUTES = Operation(
    name="PutDedicatedIpPoolScalingAttributes",
    method="PUT",
    path="/v2/email/dedicated-ip-pools/{PoolName}/scaling",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConcurrentModificationException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("pool_name", "PoolName", "path", lambda: str, required=True),
        Argument("scaling_mode", "ScalingMode", "body", lambda: models.ScalingMode, required=True),
    ),
)
PUT_DEDICATED_IP_WARMUP_ATTRIBUTES = Operation(
    name="PutDedicatedIpWarmupAttributes",
    method="PUT",
    path="/v2/email/dedicated-ips/{IP}/warmup",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("ip", "IP", "path", lambda: str, required=True, member_name="Ip"),
        Argument("warmup_percentage", "WarmupPercentage", "body", lambda: int, required=True),
    ),
)
