"""The suppression lists of the account and of tenants that have one of their own."""

from collections.abc import Sequence
from datetime import datetime

from .... import errors, models
from ..paging import listing, page
from ..records import SuppressedAddress, Tenant, identity_key, suppression_key
from ..world import World
from .names import check_address


def _check_tenant(world: World, tenant_name: str | None) -> None:
    if tenant_name and tenant_name not in world.records(Tenant):
        raise errors.NotFoundException(f"Tenant {tenant_name} does not exist.")


def _not_there(address: str) -> errors.NotFoundException:
    return errors.NotFoundException(f"Email address {address} does not exist on your suppression list.")


def put_suppressed_destination(
    world: World, *, email_address: str, reason: str, tenant_name: str | None = None
) -> models.EmptyResponse:
    """Put an address on the list, or give it another reason."""
    check_address(email_address)
    _check_tenant(world, tenant_name)
    suppress(world, email_address, reason, tenant_name)
    return models.EmptyResponse()


def suppress(
    world: World,
    address: str,
    reason: str,
    tenant_name: str | None = None,
    attributes: models.SuppressedDestinationAttributes | None = None,
) -> None:
    """Put an address on a suppression list.

    Args:
        world: The state.
        address: The address.
        reason: `BOUNCE` or `COMPLAINT`.
        tenant_name: The tenant, for the list of a tenant. Default: None, the account's.
        attributes: The mail that was the cause, if there was one. Default: None.
    """
    destination = models.SuppressedDestination(
        email_address=identity_key(address),
        reason=reason,
        last_update_time=world.now,
        attributes=attributes,
        tenant_name=tenant_name,
    )
    addresses = world.records(SuppressedAddress)
    key = suppression_key(address, tenant_name)
    addresses.pop(key, None)  # the list is in the order of the last changes
    addresses[key] = SuppressedAddress(destination=destination)


def get_suppressed_destination(
    world: World, *, email_address: str, tenant_name: str | None = None
) -> models.GetSuppressedDestinationResponse:
    """Return an address of the list."""
    _check_tenant(world, tenant_name)
    found = world.records(SuppressedAddress).get(suppression_key(email_address, tenant_name))
    if found is None:
        raise _not_there(email_address)
    return models.GetSuppressedDestinationResponse(suppressed_destination=found.destination)


def delete_suppressed_destination(
    world: World, *, email_address: str, tenant_name: str | None = None
) -> models.EmptyResponse:
    """Take an address off the list."""
    _check_tenant(world, tenant_name)
    if world.records(SuppressedAddress).pop(suppression_key(email_address, tenant_name), None) is None:
        raise _not_there(email_address)
    return models.EmptyResponse()


def list_suppressed_destinations(
    world: World,
    *,
    tenant_name: str | None = None,
    reasons: Sequence[str] = (),
    start_date: datetime | None = None,
    end_date: datetime | None = None,
    next_token: str | None = None,
    page_size: int | None = None,
) -> models.ListSuppressedDestinationsResponse:
    """List the addresses, those that were changed last first."""
    _check_tenant(world, tenant_name)
    wanted = [
        record.destination
        for record in world.records(SuppressedAddress).under(tenant_name or "")
        if (not reasons or record.destination.reason in reasons)
        and (start_date is None or record.destination.last_update_time >= start_date)
        and (end_date is None or record.destination.last_update_time <= end_date)
    ]
    filters = {"tenant": tenant_name, "reasons": [*reasons], "start": start_date, "end": end_date}
    listed = listing("ListSuppressedDestinations", filters)
    found, token = page(world.region, listed, wanted[::-1], next_token, page_size, default=100, maximum=1000)
    summaries = [
        models.SuppressedDestinationSummary(
            email_address=destination.email_address,
            reason=destination.reason,
            last_update_time=destination.last_update_time,
        )
        for destination in found
    ]
    return models.ListSuppressedDestinationsResponse(suppressed_destination_summaries=summaries, next_token=token)
