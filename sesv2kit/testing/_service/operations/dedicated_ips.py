"""Dedicated IP addresses and their pools."""

from collections.abc import Sequence

import attrs

from .... import errors, models
from ...._core.model import ABSENT, Model, wire
from ..constraints import out_of_range
from ..paging import listing, page
from ..world import World


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IpPool(Model):
    """A pool of dedicated addresses, by its name."""

    pool: models.DedicatedIpPool = attrs.field(metadata=wire("pool"))
    tags: Sequence[models.Tag] = attrs.field(default=ABSENT, metadata=wire("tags"))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LeasedIp(Model):
    """A dedicated address of the account, by its text."""

    ip: models.DedicatedIp = attrs.field(metadata=wire("ip"))


def find_pool(world: World, pool_name: str) -> IpPool:
    """Return a pool, or raise NotFoundException."""
    pool = world.records(IpPool).get(pool_name)
    if pool is None:
        raise errors.NotFoundException(f"The requested pool <{pool_name}> does not exist.")
    return pool


def _find_ip(world: World, ip: str) -> models.DedicatedIp:
    leased = world.records(LeasedIp).get(ip)
    if leased is None:
        raise errors.NotFoundException(f"The requested IP <{ip}> does not exist.")
    return leased.ip


def lease_ip(world: World, ip: str, pool_name: str | None = None) -> None:
    """Give the account a dedicated address, whose warm-up is complete."""
    if pool_name is not None:
        find_pool(world, pool_name)
    leased = models.DedicatedIp(ip=ip, warmup_status="DONE", warmup_percentage=100, pool_name=pool_name)
    world.records(LeasedIp)[ip] = LeasedIp(ip=leased)


def create_dedicated_ip_pool(
    world: World, *, pool_name: str, tags: Sequence[models.Tag] = (), scaling_mode: str = "STANDARD"
) -> models.EmptyResponse:
    """Keep a new pool."""
    if pool_name in world.records(IpPool):
        raise errors.AlreadyExistsException(f"The requested pool <{pool_name}> already exists.")
    pool = models.DedicatedIpPool(pool_name=pool_name, scaling_mode=scaling_mode)
    world.records(IpPool)[pool_name] = IpPool(pool=pool, tags=tags)
    return models.EmptyResponse()


def get_dedicated_ip_pool(world: World, *, pool_name: str) -> models.GetDedicatedIpPoolResponse:
    """Return a pool."""
    return models.GetDedicatedIpPoolResponse(dedicated_ip_pool=find_pool(world, pool_name).pool)


def list_dedicated_ip_pools(
    world: World, *, next_token: str | None = None, page_size: int | None = None
) -> models.ListDedicatedIpPoolsResponse:
    """List the names of the pools."""
    names = list(world.records(IpPool))
    listed = listing("ListDedicatedIpPools")
    found, token = page(world.region, listed, names, next_token, page_size, default=100, maximum=1000)
    return models.ListDedicatedIpPoolsResponse(dedicated_ip_pools=found, next_token=token)


def delete_dedicated_ip_pool(world: World, *, pool_name: str) -> models.EmptyResponse:
    """Delete a pool; its addresses are in no pool afterwards."""
    find_pool(world, pool_name)
    del world.records(IpPool)[pool_name]
    leased = world.records(LeasedIp)
    for key, record in list(leased.items()):
        if record.ip.pool_name == pool_name:
            leased[key] = LeasedIp(ip=attrs.evolve(record.ip, pool_name=None))
    return models.EmptyResponse()


def put_dedicated_ip_pool_scaling_attributes(
    world: World, *, pool_name: str, scaling_mode: str
) -> models.EmptyResponse:
    """Change how a pool scales. A managed pool stays managed."""
    record = find_pool(world, pool_name)
    if record.pool.scaling_mode == "MANAGED" and scaling_mode != "MANAGED":
        raise errors.BadRequestException(f"The scaling mode of the pool <{pool_name}> can't change from MANAGED.")
    pool = attrs.evolve(record.pool, scaling_mode=scaling_mode)
    world.records(IpPool)[pool_name] = attrs.evolve(record, pool=pool)
    return models.EmptyResponse()


def get_dedicated_ip(world: World, *, ip: str) -> models.GetDedicatedIpResponse:
    """Return an address of the account."""
    return models.GetDedicatedIpResponse(dedicated_ip=_find_ip(world, ip))


def get_dedicated_ips(
    world: World, *, pool_name: str | None = None, next_token: str | None = None, page_size: int | None = None
) -> models.GetDedicatedIpsResponse:
    """List the addresses of the account, or of a pool."""
    if pool_name is not None:
        find_pool(world, pool_name)
    addresses = [record.ip for record in world.records(LeasedIp).values() if pool_name in (None, record.ip.pool_name)]
    listed = listing("GetDedicatedIps", {"pool": pool_name})
    found, token = page(world.region, listed, addresses, next_token, page_size, default=100, maximum=1000)
    return models.GetDedicatedIpsResponse(dedicated_ips=found, next_token=token)


def put_dedicated_ip_in_pool(world: World, *, ip: str, destination_pool_name: str) -> models.EmptyResponse:
    """Move an address to a pool."""
    address = _find_ip(world, ip)
    find_pool(world, destination_pool_name)
    world.records(LeasedIp)[ip] = LeasedIp(ip=attrs.evolve(address, pool_name=destination_pool_name))
    return models.EmptyResponse()


def put_dedicated_ip_warmup_attributes(world: World, *, ip: str, warmup_percentage: int) -> models.EmptyResponse:
    """Say how far the warm-up of an address has come, in percent."""
    address = _find_ip(world, ip)
    if not 0 <= warmup_percentage <= 100:
        raise errors.BadRequestException(out_of_range("warmup_percentage", 0, 100, warmup_percentage))
    status = "DONE" if warmup_percentage == 100 else "IN_PROGRESS"
    changed = attrs.evolve(address, warmup_percentage=warmup_percentage, warmup_status=status)
    world.records(LeasedIp)[ip] = LeasedIp(ip=changed)
    return models.EmptyResponse()
