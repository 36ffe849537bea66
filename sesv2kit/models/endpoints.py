# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: endpoints."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from .._model import ABSENT, Limits, Model, OpenEnum, Response, wire


class Status(OpenEnum):
    """To be described."""

    CREATING = "CREATING"
    """To be described."""
    READY = "READY"
    """To be described."""
    FAILED = "FAILED"
    """To be described."""
    DELETING = "DELETING"
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RouteDetails(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_RouteDetails.html
    """

    region: str = attrs.field(metadata=wire("Region"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Details(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Details.html
    """

    routes_details: Sequence[RouteDetails] = attrs.field(metadata=wire("RoutesDetails"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MultiRegionEndpoint(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MultiRegionEndpoint.html
    """

    endpoint_name: str | None = attrs.field(
        default=None, metadata=wire("EndpointName", Limits(min_length=1, max_length=64, pattern="^[\\w\\-_]+$"))
    )
    """To be described. 1 to 64 characters. Must match `^[\\w\\-_]+$`."""
    status: Status | str | None = attrs.field(default=None, metadata=wire("Status"))
    """To be described."""
    endpoint_id: str | None = attrs.field(default=None, metadata=wire("EndpointId"))
    """To be described."""
    regions: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("Regions"))
    """To be described."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """To be described."""
    last_updated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastUpdatedTimestamp"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Route(Model):
    """To be described.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Route.html
    """

    region: str = attrs.field(metadata=wire("Region"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CreateMultiRegionEndpointResponse(Response):
    """The answer of `create_multi_region_endpoint`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateMultiRegionEndpoint.html
    """

    status: Status | str | None = attrs.field(default=None, metadata=wire("Status"))
    """To be described."""
    endpoint_id: str | None = attrs.field(default=None, metadata=wire("EndpointId"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeleteMultiRegionEndpointResponse(Response):
    """The answer of `delete_multi_region_endpoint`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteMultiRegionEndpoint.html
    """

    status: Status | str | None = attrs.field(default=None, metadata=wire("Status"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetMultiRegionEndpointResponse(Response):
    """The answer of `get_multi_region_endpoint`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetMultiRegionEndpoint.html
    """

    endpoint_name: str | None = attrs.field(
        default=None, metadata=wire("EndpointName", Limits(min_length=1, max_length=64, pattern="^[\\w\\-_]+$"))
    )
    """To be described. 1 to 64 characters. Must match `^[\\w\\-_]+$`."""
    endpoint_id: str | None = attrs.field(default=None, metadata=wire("EndpointId"))
    """To be described."""
    routes: Sequence[Route] = attrs.field(default=ABSENT, metadata=wire("Routes"))
    """To be described."""
    status: Status | str | None = attrs.field(default=None, metadata=wire("Status"))
    """To be described."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """To be described."""
    last_updated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastUpdatedTimestamp"))
    """To be described."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListMultiRegionEndpointsResponse(Response):
    """The answer of `list_multi_region_endpoints`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListMultiRegionEndpoints.html
    """

    multi_region_endpoints: Sequence[MultiRegionEndpoint] = attrs.field(
        default=ABSENT, metadata=wire("MultiRegionEndpoints")
    )
    """To be described."""
    next_token: str | None = attrs.field(
        default=None,
        metadata=wire(
            "NextToken",
            Limits(
                min_length=1, max_length=5000, pattern="^^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
            ),
        ),
    )
    """To be described. 1 to 5000 characters. Must match
    `^^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$`.
    """
