"""The account: quotas, sending, suppression and contact details."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import attrs

from .... import errors, models
from ...._core.model import ABSENT
from ..records import ACCOUNT_KEY, AccountState
from ..world import World

_REVIEW: Final = timedelta(hours=24)
"""How long a request for production access is under review, which grants it."""
_CASE: Final = "1234567890"


def _change(world: World, **changes: Any) -> models.EmptyResponse:
    account = world.account()
    attributes = attrs.evolve(account.attributes, **changes)
    world.records(AccountState)[ACCOUNT_KEY] = attrs.evolve(account, attributes=attributes)
    return models.EmptyResponse()


def end_due_review(world: World) -> None:
    """End the sandbox if the review is done by now. Every request calls it, so that the effect is there in time."""
    account = world.account()
    began_at, details = account.review_began_at, account.attributes.details
    if began_at is None or details is None or world.now < began_at + _REVIEW:
        return
    granted = attrs.evolve(details, review_details=models.ReviewDetails(status="GRANTED", case_id=_CASE))
    attributes = attrs.evolve(account.attributes, details=granted, production_access_enabled=True)
    world.records(AccountState)[ACCOUNT_KEY] = AccountState(attributes=attributes)
    world.settings.sandbox = False


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
    """Keep the contact details. A request for production access is under review for 24 hours, and then granted."""
    account = world.account()
    if account.review_began_at is not None:
        raise errors.ConflictException("A request for production access is under review.")
    before = account.attributes.details
    review = before.review_details if before else None
    began_at = None
    if production_access_enabled and world.settings.sandbox:
        review, began_at = models.ReviewDetails(status="PENDING", case_id=_CASE), world.now
    details = models.AccountDetails(
        mail_type=mail_type,
        website_url=website_url,
        contact_language=contact_language or "EN",
        use_case_description=use_case_description,
        additional_contact_email_addresses=additional_contact_email_addresses,
        review_details=review,
    )
    attributes = attrs.evolve(account.attributes, details=details)
    world.records(AccountState)[ACCOUNT_KEY] = AccountState(attributes=attributes, review_began_at=began_at)
    return models.EmptyResponse()


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
