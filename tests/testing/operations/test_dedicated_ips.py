"""Dedicated IP addresses and their pools."""

import pytest
from support.refused import refuses, wire

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

IP = "192.0.2.1"
NO_POOL = "The requested pool <fast> does not exist."
NO_IP = "The requested IP <192.0.2.1> does not exist."


def test_a_pool_is_there_until_it_is_deleted(fake: FakeSES, ses: SESv2Client) -> None:
    ses.create_dedicated_ip_pool(pool_name="fast")
    with refuses(errors.AlreadyExistsException, "The requested pool <fast> already exists."):
        ses.create_dedicated_ip_pool(pool_name="fast")
    pool = models.DedicatedIpPool(pool_name="fast", scaling_mode="STANDARD")
    assert ses.get_dedicated_ip_pool(pool_name="fast").dedicated_ip_pool == pool
    fake.lease_ip(IP, "fast")
    fake.lease_ip("192.0.2.2")
    ses.delete_dedicated_ip_pool(pool_name="fast")
    assert not ses.list_dedicated_ip_pools().dedicated_ip_pools
    leased = ses.get_dedicated_ip(ip=IP).dedicated_ip
    assert leased == models.DedicatedIp(ip=IP, warmup_status="DONE", warmup_percentage=100)


def test_a_managed_pool_stays_managed(ses: SESv2Client) -> None:
    ses.create_dedicated_ip_pool(pool_name="fast")
    ses.put_dedicated_ip_pool_scaling_attributes(pool_name="fast", scaling_mode="MANAGED")
    ses.put_dedicated_ip_pool_scaling_attributes(pool_name="fast", scaling_mode="MANAGED")
    with refuses(errors.BadRequestException, "The scaling mode of the pool <fast> can't change from MANAGED."):
        ses.put_dedicated_ip_pool_scaling_attributes(pool_name="fast", scaling_mode="STANDARD")
    pool = ses.get_dedicated_ip_pool(pool_name="fast").dedicated_ip_pool
    assert pool
    assert pool.scaling_mode == "MANAGED"


def test_a_pool_that_is_not_there(fake: FakeSES, ses: SESv2Client) -> None:
    fake.lease_ip(IP)
    with refuses(errors.NotFoundException, NO_POOL):
        ses.get_dedicated_ip_pool(pool_name="fast")
    with refuses(errors.NotFoundException, NO_POOL):
        ses.delete_dedicated_ip_pool(pool_name="fast")
    with refuses(errors.NotFoundException, NO_POOL):
        ses.put_dedicated_ip_pool_scaling_attributes(pool_name="fast", scaling_mode="MANAGED")
    with refuses(errors.NotFoundException, NO_POOL):
        ses.put_dedicated_ip_in_pool(ip=IP, destination_pool_name="fast")
    with refuses(errors.NotFoundException, NO_POOL):
        ses.get_dedicated_ips(pool_name="fast")
    with pytest.raises(errors.NotFoundException):
        fake.lease_ip("192.0.2.2", "fast")


def test_an_account_has_the_addresses_that_were_leased(fake: FakeSES, ses: SESv2Client) -> None:
    with refuses(errors.NotFoundException, NO_IP):
        ses.get_dedicated_ip(ip=IP)
    with refuses(errors.NotFoundException, NO_IP):
        ses.put_dedicated_ip_warmup_attributes(ip=IP, warmup_percentage=5)
    with refuses(errors.NotFoundException, NO_IP):
        ses.put_dedicated_ip_in_pool(ip=IP, destination_pool_name="fast")
    ses.create_dedicated_ip_pool(pool_name="fast")
    fake.lease_ip(IP)
    fake.lease_ip("192.0.2.2")
    ses.put_dedicated_ip_in_pool(ip=IP, destination_pool_name="fast")
    assert [leased.ip for leased in ses.get_dedicated_ips().dedicated_ips] == [IP, "192.0.2.2"]
    (only,) = ses.get_dedicated_ips(pool_name="fast").dedicated_ips
    assert only.pool_name == "fast"


@pytest.mark.parametrize(("percentage", "status"), [(0, "IN_PROGRESS"), (99, "IN_PROGRESS"), (100, "DONE")])
def test_the_warm_up_has_a_percentage(fake: FakeSES, ses: SESv2Client, percentage: int, status: str) -> None:
    fake.lease_ip(IP)
    ses.put_dedicated_ip_warmup_attributes(ip=IP, warmup_percentage=percentage)
    leased = ses.get_dedicated_ip(ip=IP).dedicated_ip
    assert leased == models.DedicatedIp(ip=IP, warmup_status=status, warmup_percentage=percentage)


@pytest.mark.parametrize(
    ("percentage", "words"), [(-1, "greater than or equal to 0"), (101, "less than or equal to 100")]
)
def test_a_percentage_that_is_out_of_range(fake: FakeSES, percentage: int, words: str) -> None:
    fake.lease_ip(IP)
    status, body = wire(fake, "PUT", f"/v2/email/dedicated-ips/{IP}/warmup", {"WarmupPercentage": percentage})
    assert status == 400
    assert body == {
        "message": "1 validation error detected: Value at 'warmupPercentage' failed to satisfy constraint: "
        f"Member must have value {words}"
    }
