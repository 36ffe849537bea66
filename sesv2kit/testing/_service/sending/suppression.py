"""Which addresses get no mail, and how they come onto a suppression list."""

from collections.abc import Sequence

import attrs

from .... import models
from ..operations import suppression
from ..records import ConfigurationSet, SuppressedAddress, Tenant, suppression_key
from ..world import World


@attrs.frozen
class Rules:
    """The suppression list that counts for a mail, and the reasons that do."""

    tenant_name: str | None
    """The tenant whose own list it is; None for that of the account."""
    reasons: Sequence[str]


def rules_of(world: World, configuration_set: ConfigurationSet | None, tenant: Tenant | None) -> Rules:
    """Return what counts for a mail: the configuration set's options first, then the tenant's, then the account's."""
    options = configuration_set.attributes.suppression_options if configuration_set else None
    own = tenant.attributes.suppression_attributes if tenant else None
    scope = (options.suppression_scope if options else None) or (own.suppression_scope if own else None)
    name = tenant.attributes.tenant_name if tenant and scope == "TENANT" else None
    if options and options.suppressed_reasons is not None:
        return Rules(name, options.suppressed_reasons)
    if name and own and own.suppressed_reasons is not None:
        return Rules(name, own.suppressed_reasons)
    account = world.account().attributes.suppression_attributes
    return Rules(name, account.suppressed_reasons if account else ())


def reason_for(world: World, rules: Rules, address: str) -> str | None:
    """Return the reason for which an address gets no mail, `BOUNCE` or `COMPLAINT`; None if it gets it."""
    suppressed = world.records(SuppressedAddress)
    if not suppressed:
        return None
    found = suppressed.get(suppression_key(address, rules.tenant_name))
    return found.destination.reason if found and found.destination.reason in rules.reasons else None


def suppress(world: World, rules: Rules, address: str, reason: str, message_id: str, feedback_id: str) -> None:
    """Put an address on the list after a hard bounce or a complaint, if the reason counts."""
    if reason in rules.reasons:
        cause = models.SuppressedDestinationAttributes(message_id=message_id, feedback_id=feedback_id)
        suppression.suppress(world, address, reason, rules.tenant_name, cause)
