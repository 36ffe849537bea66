# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: endpoints."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from .._core.model import ABSENT, Limits, Model, OpenEnum, Response, wire


class Status(OpenEnum):
    """State of a multi-region endpoint."""

    CREATING = "CREATING"
    """The endpoint is being set up and cannot be used yet. Changes to `READY` or `FAILED`."""
    READY = "READY"
    """The endpoint is set up and can be used for sending."""
    FAILED = "FAILED"
    """Setting up the endpoint did not succeed; it cannot be used."""
    DELETING = "DELETING"
    """Deletion was requested and is going on."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RouteDetails(Model):
    """Route wanted for a new multi-region endpoint; names the secondary Region.

    Args:
        region: Name of the AWS Region to use as the secondary one.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_RouteDetails.html
    """

    region: str = attrs.field(metadata=wire("Region"))
    """Name of the AWS Region to use as the secondary one."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Details(Model):
    """Configuration of a multi-region endpoint to be created.

    Args:
        routes_details: The route to the secondary Region; it has exactly one entry. 1 to 1 item.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Details.html
    """

    routes_details: Sequence[RouteDetails] = attrs.field(
        metadata=wire("RoutesDetails", Limits(min_items=1, max_items=1))
    )
    """The route to the secondary Region; it has exactly one entry. 1 to 1 item."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MultiRegionEndpoint(Model):
    """A multi-region endpoint as it appears in a listing.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MultiRegionEndpoint.html
    """

    endpoint_name: str | None = attrs.field(
        default=None, metadata=wire("EndpointName", Limits(min_length=1, max_length=64, pattern="^[\\w\\-_]+$"))
    )
    """Name of the endpoint. 1 to 64 characters. Must match `^[\\w\\-_]+$`."""
    status: Status | str | None = attrs.field(default=None, metadata=wire("Status"))
    """State of the endpoint; it can be used once it is `READY`."""
    endpoint_id: str | None = attrs.field(default=None, metadata=wire("EndpointId"))
    """ID of the endpoint."""
    regions: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("Regions"))
    """The Regions that share the sending, primary and secondary."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the endpoint was created."""
    last_updated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastUpdatedTimestamp"))
    """When the endpoint last changed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Route(Model):
    """One route of a multi-region endpoint.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Route.html
    """

    region: str = attrs.field(metadata=wire("Region"))
    """Name of the AWS Region that the route leads to."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CreateMultiRegionEndpointResponse(Response):
    """The response of `create_multi_region_endpoint`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateMultiRegionEndpoint.html
    """

    status: Status | str | None = attrs.field(default=None, metadata=wire("Status"))
    """State of the endpoint directly after the request.

    While it is `CREATING` the endpoint is not ready; check again with `get_multi_region_endpoint`.
    """
    endpoint_id: str | None = attrs.field(default=None, metadata=wire("EndpointId"))
    """ID of the new multi-region endpoint."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeleteMultiRegionEndpointResponse(Response):
    """The response of `delete_multi_region_endpoint`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteMultiRegionEndpoint.html
    """

    status: Status | str | None = attrs.field(default=None, metadata=wire("Status"))
    """State of the endpoint directly after the request; `DELETING` means that removal is still going on."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetMultiRegionEndpointResponse(Response):
    """The response of `get_multi_region_endpoint`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetMultiRegionEndpoint.html
    """

    endpoint_name: str | None = attrs.field(
        default=None, metadata=wire("EndpointName", Limits(min_length=1, max_length=64, pattern="^[\\w\\-_]+$"))
    )
    """Name of the endpoint that was read. 1 to 64 characters. Must match `^[\\w\\-_]+$`."""
    endpoint_id: str | None = attrs.field(default=None, metadata=wire("EndpointId"))
    """ID of the endpoint."""
    routes: Sequence[Route] = attrs.field(default=ABSENT, metadata=wire("Routes"))
    """Routes of the endpoint, each with its Region."""
    status: Status | str | None = attrs.field(default=None, metadata=wire("Status"))
    """State of the endpoint; it can be used once it is `READY`."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the endpoint was created."""
    last_updated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastUpdatedTimestamp"))
    """When the endpoint last changed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListMultiRegionEndpointsResponse(Response):
    """The response of `list_multi_region_endpoints`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListMultiRegionEndpoints.html
    """

    multi_region_endpoints: Sequence[MultiRegionEndpoint] = attrs.field(
        default=ABSENT, metadata=wire("MultiRegionEndpoints")
    )
    """Endpoints on this page, each with its state and Regions."""
    next_token: str | None = attrs.field(
        default=None,
        metadata=wire(
            "NextToken",
            Limits(
                min_length=1, max_length=5000, pattern="^^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
            ),
        ),
    )
    """Token for the next page of endpoints; absent on the last one.

    1 to 5000 characters. Must match `^^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$`.
    """
