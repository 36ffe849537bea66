# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: dedicated ips."""

from collections.abc import Sequence

import attrs

from .._model import ABSENT, Model, OpenEnum, Response, wire


class ScalingMode(OpenEnum):
    """To be described."""

    STANDARD = "STANDARD"
    """To be described."""
    MANAGED = "MANAGED"
    """To be described."""


class WarmupStatus(OpenEnum):
    """To be described."""

    IN_PROGRESS = "IN_PROGRESS"
    """To be described."""
    DONE = "DONE"
    """To be described."""
    NOT_APPLICABLE = "NOT_APPLICABLE"
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DedicatedIp(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DedicatedIp.html
    """

    ip: str = attrs.field(metadata=wire("Ip"))
    """To be described."""
    warmup_status: WarmupStatus | str = attrs.field(metadata=wire("WarmupStatus"))
    """To be described."""
    warmup_percentage: int = attrs.field(metadata=wire("WarmupPercentage"))
    """To be described."""
    pool_name: str | None = attrs.field(default=None, metadata=wire("PoolName"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DedicatedIpPool(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DedicatedIpPool.html
    """

    pool_name: str = attrs.field(metadata=wire("PoolName"))
    """To be described."""
    scaling_mode: ScalingMode | str = attrs.field(metadata=wire("ScalingMode"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDedicatedIpResponse(Response):
    """The answer of `get_dedicated_ip`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIp.html
    """

    dedicated_ip: DedicatedIp | None = attrs.field(default=None, metadata=wire("DedicatedIp"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDedicatedIpPoolResponse(Response):
    """The answer of `get_dedicated_ip_pool`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIpPool.html
    """

    dedicated_ip_pool: DedicatedIpPool | None = attrs.field(default=None, metadata=wire("DedicatedIpPool"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDedicatedIpsResponse(Response):
    """The answer of `get_dedicated_ips`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIps.html
    """

    dedicated_ips: Sequence[DedicatedIp] = attrs.field(default=ABSENT, metadata=wire("DedicatedIps"))
    """To be described."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListDedicatedIpPoolsResponse(Response):
    """The answer of `list_dedicated_ip_pools`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDedicatedIpPools.html
    """

    dedicated_ip_pools: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("DedicatedIpPools"))
    """To be described."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """To be described."""
