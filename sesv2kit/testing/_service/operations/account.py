"""The account: quotas, sending, suppression and contact details."""

from collections.abc import Sequence
from typing import Any

import attrs

from .... import errors, models
from ...._core.model import ABSENT
from ..records import ACCOUNT_KEY, AccountState
from ..world import World


def _change(world: World, **changes: Any) -> models.EmptyResponse:
    attributes = attrs.evolve(world.account().attributes, **changes)
    world.records(AccountState)[ACCOUNT_KEY] = AccountState(attributes=attributes)
    return models.EmptyResponse()


def get_account(world: World) -> models.GetAccountResponse:
    """Return the quota and the settings of the account."""
    return attrs.evolve(
        world.account().attributes,
        production_access_enabled=not world.settings.sandbox,
        send_quota=world.send_quota(),
    )


def put_account_dedicated_ip_warmup_attributes(
    world: World, *, auto_warmup_enabled: bool = False
) -> models.EmptyResponse:
    """Switch the automatic warm-up of dedicated addresses on or off."""
    return _change(world, dedicated_ip_auto_warmup_enabled=auto_warmup_enabled)


def put_account_details(
    world: World,
    *,
    mail_type: str,
    website_url: str | None = None,
    contact_language: str | None = None,
    use_case_description: str | None = None,
    additional_contact_email_addresses: Sequence[str] = ABSENT,
    production_access_enabled: bool | None = None,
) -> models.EmptyResponse:
    """Keep the contact details. A request for production access is granted at once, as nobody is there to review it."""
    before = world.account().attributes.details
    if before and before.review_details and before.review_details.status == "PENDING":
        raise errors.ConflictException("A request for production access is under review.")
    wants_production = bool(production_access_enabled) and world.settings.sandbox
    if wants_production:
        world.settings.sandbox = False
    review = models.ReviewDetails(status="GRANTED", case_id="1234567890") if wants_production else None
    details = models.AccountDetails(
        mail_type=mail_type,
        website_url=website_url,
        contact_language=contact_language or "EN",
        use_case_description=use_case_description,
        additional_contact_email_addresses=additional_contact_email_addresses,
        review_details=review or (before.review_details if before else None),
    )
    return _change(world, details=details)


def put_account_pricing_attributes(world: World, *, plan: str) -> models.EmptyResponse:
    """Choose a pricing plan, which is in force at once."""
    return _change(world, pricing_attributes=models.PricingAttributes(current_plan=plan))


def put_account_sending_attributes(world: World, *, sending_enabled: bool = False) -> models.EmptyResponse:
    """Pause the account's sending, or take it up again."""
    return _change(world, sending_enabled=sending_enabled)


def put_account_suppression_attributes(
    world: World,
    *,
    suppressed_reasons: Sequence[str] = (),
    validation_attributes: models.SuppressionValidationAttributes | None = None,
) -> models.EmptyResponse:
    """Choose what puts addresses on the suppression list."""
    attributes = models.SuppressionAttributes(
        suppressed_reasons=suppressed_reasons, validation_attributes=validation_attributes
    )
    return _change(world, suppression_attributes=attributes)


def put_account_vdm_attributes(world: World, *, vdm_attributes: models.VdmAttributes) -> models.EmptyResponse:
    """Switch the Virtual Deliverability Manager on or off."""
    return _change(world, vdm_attributes=vdm_attributes)
