"""Examples: multi-region endpoints."""

from sesv2kit import SESv2Client, models


def prepare(ses: SESv2Client) -> None:
    ses.create_multi_region_endpoint(
        endpoint_name="newsletter",
        details=models.Details(routes_details=[models.RouteDetails(region="eu-west-1")]),
    )


def create_multi_region_endpoint(ses: SESv2Client) -> None:
    created = ses.create_multi_region_endpoint(
        endpoint_name="receipts",
        details=models.Details(routes_details=[models.RouteDetails(region="eu-west-1")]),
    )
    print(created.endpoint_id)  # the `endpoint_id` of sends


def delete_multi_region_endpoint(ses: SESv2Client) -> None:
    deleted = ses.delete_multi_region_endpoint(endpoint_name="newsletter")
    print(deleted.status)


def get_multi_region_endpoint(ses: SESv2Client) -> None:
    endpoint = ses.get_multi_region_endpoint(endpoint_name="newsletter")
    print(endpoint.status, *[route.region for route in endpoint.routes])


def list_multi_region_endpoints(ses: SESv2Client) -> None:
    for endpoint in ses.iter_multi_region_endpoints():
        print(endpoint.endpoint_name, endpoint.endpoint_id, endpoint.status)


def wait_until_multi_region_endpoint_ready(ses: SESv2Client) -> None:
    ready = ses.wait_until_multi_region_endpoint_ready(endpoint_name="newsletter")
    print("send with endpoint_id =", ready.endpoint_id)
