"""Endpoints of several regions."""

import pytest
from support.refused import refuses

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES


def details(*regions: str) -> models.Details:
    return models.Details(routes_details=[models.RouteDetails(region=region) for region in regions])


def test_an_endpoint_is_created_and_deleted_by_the_clock(fake: FakeSES, ses: SESv2Client) -> None:
    start = fake.clock.now
    created = ses.create_multi_region_endpoint(endpoint_name="both", details=details("eu-west-1"))
    assert created.status == "CREATING"
    found = ses.get_multi_region_endpoint(endpoint_name="both")
    assert found == models.GetMultiRegionEndpointResponse(
        endpoint_name="both",
        endpoint_id=created.endpoint_id,
        routes=[models.Route(region="us-east-1"), models.Route(region="eu-west-1")],
        status="CREATING",
        created_timestamp=start,
        last_updated_timestamp=start,
    )
    fake.clock.advance(30)
    assert ses.get_multi_region_endpoint(endpoint_name="both").status == "READY"
    assert ses.delete_multi_region_endpoint(endpoint_name="both").status == "DELETING"
    fake.clock.advance(20)
    assert ses.delete_multi_region_endpoint(endpoint_name="both").status == "DELETING"
    found = ses.get_multi_region_endpoint(endpoint_name="both")
    assert (found.status, found.created_timestamp) == ("DELETING", start)
    assert found.last_updated_timestamp != start
    (listed,) = ses.list_multi_region_endpoints().multi_region_endpoints
    assert (listed.endpoint_name, listed.status, [*listed.regions]) == ("both", "DELETING", ["us-east-1", "eu-west-1"])
    with refuses(errors.AlreadyExistsException, "Multi-region endpoint both already exists."):
        ses.create_multi_region_endpoint(endpoint_name="both", details=details("eu-west-1"))
    fake.clock.advance(10)
    assert not ses.list_multi_region_endpoints().multi_region_endpoints
    with refuses(errors.NotFoundException, "Multi-region endpoint both does not exist."):
        ses.get_multi_region_endpoint(endpoint_name="both")
    with pytest.raises(errors.NotFoundException):
        ses.delete_multi_region_endpoint(endpoint_name="both")
    ses.create_multi_region_endpoint(endpoint_name="both", details=details("eu-west-1"))


def test_both_regions_must_differ(ses: SESv2Client) -> None:
    with refuses(errors.BadRequestException, "The secondary region must differ from the primary region."):
        ses.create_multi_region_endpoint(endpoint_name="both", details=details("us-east-1"))
    assert not ses.list_multi_region_endpoints().multi_region_endpoints
