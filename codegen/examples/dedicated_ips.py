"""Examples: dedicated IP addresses and their pools."""

from sesv2kit import SESv2Client


def prepare(ses: SESv2Client) -> None:
    """`192.0.2.1` is an address that the account leases.

    The local SES has none; in tests, `fake.lease_ip` adds one.
    """
    ses.create_dedicated_ip_pool(pool_name="newsletter-pool")
    ses.create_dedicated_ip_pool(pool_name="receipts-pool")


def create_dedicated_ip_pool(ses: SESv2Client) -> None:
    ses.create_dedicated_ip_pool(pool_name="offers-pool", scaling_mode="STANDARD")


def delete_dedicated_ip_pool(ses: SESv2Client) -> None:
    ses.delete_dedicated_ip_pool(pool_name="receipts-pool")


def get_dedicated_ip(ses: SESv2Client) -> None:
    address = ses.get_dedicated_ip(ip="192.0.2.1").dedicated_ip
    if address is not None:
        print(f"{address.pool_name}: {address.warmup_percentage} % warmed up")


def get_dedicated_ip_pool(ses: SESv2Client) -> None:
    pool = ses.get_dedicated_ip_pool(pool_name="newsletter-pool").dedicated_ip_pool
    if pool is not None:
        print(pool.scaling_mode)


def get_dedicated_ips(ses: SESv2Client) -> None:
    for address in ses.iter_dedicated_ips(pool_name="newsletter-pool"):
        print(address.ip, address.warmup_status)


def list_dedicated_ip_pools(ses: SESv2Client) -> None:
    for pool_name in ses.iter_dedicated_ip_pools():
        print(pool_name)


def put_dedicated_ip_in_pool(ses: SESv2Client) -> None:
    ses.put_dedicated_ip_in_pool(ip="192.0.2.1", destination_pool_name="receipts-pool")


def put_dedicated_ip_pool_scaling_attributes(ses: SESv2Client) -> None:
    ses.put_dedicated_ip_pool_scaling_attributes(
        pool_name="newsletter-pool", scaling_mode="MANAGED"
    )


def put_dedicated_ip_warmup_attributes(ses: SESv2Client) -> None:
    ses.put_dedicated_ip_warmup_attributes(ip="192.0.2.1", warmup_percentage=50)


def wait_until_dedicated_ip_warmed_up(ses: SESv2Client) -> None:
    ses.wait_until_dedicated_ip_warmed_up(ip="192.0.2.1", wait_timeout=None)
    print("192.0.2.1 takes its full share of the mail")
