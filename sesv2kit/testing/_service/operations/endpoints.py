"""Endpoints of several regions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs

from .... import errors, models
from ...._core.model import ABSENT, Model, wire
from ..paging import listing, page
from ..world import World

_CREATION: Final = timedelta(seconds=30)
_DELETION: Final = timedelta(seconds=30)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Endpoint(Model):
    """An endpoint, by its name. The clock says how far its creation or deletion has come."""

    name: str = attrs.field(metadata=wire("name"))
    id: str = attrs.field(metadata=wire("id"))
    regions: Sequence[str] = attrs.field(metadata=wire("regions"))
    created_at: datetime = attrs.field(metadata=wire("createdAt"))
    deleted_at: datetime | None = attrs.field(default=None, metadata=wire("deletedAt"))
    tags: Sequence[models.Tag] = attrs.field(default=ABSENT, metadata=wire("tags"))

    def status(self, now: datetime) -> str:
        """Return the status at a time."""
        if self.deleted_at is not None:
            return "DELETING"
        return "READY" if now >= self.created_at + _CREATION else "CREATING"

    @property
    def changed_at(self) -> datetime:
        """When it was created, or its deletion began."""
        return self.deleted_at or self.created_at


def _endpoints(world: World) -> dict[str, Endpoint]:
    """Return the endpoints by their names; those whose deletion is complete are gone."""
    records = world.records(Endpoint)
    for name, endpoint in list(records.items()):
        if endpoint.deleted_at is not None and world.now >= endpoint.deleted_at + _DELETION:
            del records[name]
    return dict(records)


def find_endpoint(world: World, endpoint_name: str) -> Endpoint:
    """Return an endpoint, or raise NotFoundException."""
    endpoint = _endpoints(world).get(endpoint_name)
    if endpoint is None:
        raise errors.NotFoundException(f"Multi-region endpoint {endpoint_name} does not exist.")
    return endpoint


def create_multi_region_endpoint(
    world: World, *, endpoint_name: str, details: models.Details, tags: Sequence[models.Tag] = ()
) -> models.CreateMultiRegionEndpointResponse:
    """Begin to create an endpoint of this region and another one. It takes 30 seconds."""
    if endpoint_name in _endpoints(world):
        raise errors.AlreadyExistsException(f"Multi-region endpoint {endpoint_name} already exists.")
    others = [route.region for route in details.routes_details]
    if world.region in others:
        raise errors.BadRequestException("The secondary region must differ from the primary region.")
    endpoint = Endpoint(
        name=endpoint_name,
        id=world.new_id().replace("-", "")[:20],
        regions=[world.region, *others],
        created_at=world.now,
        tags=tags,
    )
    world.records(Endpoint)[endpoint_name] = endpoint
    return models.CreateMultiRegionEndpointResponse(status="CREATING", endpoint_id=endpoint.id)


def get_multi_region_endpoint(world: World, *, endpoint_name: str) -> models.GetMultiRegionEndpointResponse:
    """Return an endpoint and how far its creation or deletion has come."""
    endpoint = find_endpoint(world, endpoint_name)
    return models.GetMultiRegionEndpointResponse(
        endpoint_name=endpoint.name,
        endpoint_id=endpoint.id,
        routes=[models.Route(region=region) for region in endpoint.regions],
        status=endpoint.status(world.now),
        created_timestamp=endpoint.created_at,
        last_updated_timestamp=endpoint.changed_at,
    )


def delete_multi_region_endpoint(world: World, *, endpoint_name: str) -> models.DeleteMultiRegionEndpointResponse:
    """Begin to delete an endpoint. It takes 30 seconds."""
    endpoint = find_endpoint(world, endpoint_name)
    if endpoint.deleted_at is None:
        world.records(Endpoint)[endpoint_name] = attrs.evolve(endpoint, deleted_at=world.now)
    return models.DeleteMultiRegionEndpointResponse(status="DELETING")


def list_multi_region_endpoints(
    world: World, *, next_token: str | None = None, page_size: int | None = None
) -> models.ListMultiRegionEndpointsResponse:
    """List the endpoints."""
    endpoints = list(_endpoints(world).values())
    listed = listing("ListMultiRegionEndpoints")
    found, token = page(world.region, listed, endpoints, next_token, page_size, default=100, maximum=1000)
    return models.ListMultiRegionEndpointsResponse(
        multi_region_endpoints=[
            models.MultiRegionEndpoint(
                endpoint_name=endpoint.name,
                status=endpoint.status(world.now),
                endpoint_id=endpoint.id,
                regions=endpoint.regions,
                created_timestamp=endpoint.created_at,
                last_updated_timestamp=endpoint.changed_at,
            )
            for endpoint in found
        ],
        next_token=token,
    )
