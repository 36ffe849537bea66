# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: dedicated ips."""

from collections.abc import Sequence

import attrs

from .._core.model import ABSENT, Model, OpenEnum, Response, wire


class ScalingMode(OpenEnum):
    """Who decides on the addresses in a dedicated IP pool."""

    STANDARD = "STANDARD"
    """You choose which addresses are in the pool. Can be converted to `MANAGED`."""
    MANAGED = "MANAGED"
    """SES manages the number of addresses and their reputation. Cannot be converted back to `STANDARD`."""


class WarmupStatus(OpenEnum):
    """Warm-up state of a dedicated IP address."""

    IN_PROGRESS = "IN_PROGRESS"
    """Warm-up is going on; the address is not ready for use yet."""
    DONE = "DONE"
    """Warm-up is finished; the address is ready for use."""
    NOT_APPLICABLE = "NOT_APPLICABLE"
    """The address is in a managed pool, where SES sees to the warm-up itself."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DedicatedIp(Model):
    """A dedicated IP address of your account, with its pool and warm-up progress.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DedicatedIp.html
    """

    ip: str = attrs.field(metadata=wire("Ip"))
    """The address itself, IPv4."""
    warmup_status: WarmupStatus | str = attrs.field(metadata=wire("WarmupStatus"))
    """Whether warm-up is still going on, is finished, or does not concern the address because it is in a managed
    pool.
    """
    warmup_percentage: int = attrs.field(metadata=wire("WarmupPercentage"))
    """How far warm-up has come, from 0 to 100, where 100 is fully warmed up.

    It is -1 for an address in a managed pool, which SES warms up itself.
    """
    pool_name: str | None = attrs.field(default=None, metadata=wire("PoolName"))
    """Pool that the address is in."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DedicatedIpPool(Model):
    """A pool of dedicated IP addresses.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DedicatedIpPool.html
    """

    pool_name: str = attrs.field(metadata=wire("PoolName"))
    """Name of the pool."""
    scaling_mode: ScalingMode | str = attrs.field(metadata=wire("ScalingMode"))
    """Who manages the addresses of the pool: you (`STANDARD`) or SES (`MANAGED`)."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDedicatedIpResponse(Response):
    """The response of `get_dedicated_ip`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIp.html
    """

    dedicated_ip: DedicatedIp | None = attrs.field(default=None, metadata=wire("DedicatedIp"))
    """The address with its pool and warm-up progress."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDedicatedIpPoolResponse(Response):
    """The response of `get_dedicated_ip_pool`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIpPool.html
    """

    dedicated_ip_pool: DedicatedIpPool | None = attrs.field(default=None, metadata=wire("DedicatedIpPool"))
    """Name and scaling mode of the pool."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetDedicatedIpsResponse(Response):
    """The response of `get_dedicated_ips`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIps.html
    """

    dedicated_ips: Sequence[DedicatedIp] = attrs.field(default=ABSENT, metadata=wire("DedicatedIps"))
    """Dedicated IP addresses on this page."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of addresses; absent on the last one."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListDedicatedIpPoolsResponse(Response):
    """The response of `list_dedicated_ip_pools`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListDedicatedIpPools.html
    """

    dedicated_ip_pools: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("DedicatedIpPools"))
    """Names of the pools on this page."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of pools; absent on the last one."""
