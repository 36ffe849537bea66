"""What the service checks before it takes a mail."""

from collections.abc import Iterable, Sequence

from .... import errors
from ..operations.configuration_sets import find_configuration_set
from ..records import ConfigurationSet, Identity, Tenant, TenantAssociation, identity_key
from ..store import join_key
from ..world import World
from .addresses import domain_of, simulated

_PAUSED = "For more information, please check the inbox of the email address associated with your AWS account."


def sending_configuration_set(world: World, name: str) -> ConfigurationSet:
    """Return a configuration set.

    Raises:
        NotFoundException: It does not exist.
        SendingPausedException: It does not send.
    """
    found = find_configuration_set(world, name)
    options = found.attributes.sending_options
    if options and options.sending_enabled is False:
        raise errors.SendingPausedException(f"Sending paused for configuration set <{name}>. {_PAUSED}")
    return found


def check_account(world: World) -> None:
    """Refuse a mail while the account does not send.

    Raises:
        AccountSuspendedException: AWS has shut the account down.
        SendingPausedException: Sending is switched off.
    """
    attributes = world.account().attributes
    if attributes.enforcement_status == "SHUTDOWN":
        raise errors.AccountSuspendedException("Sending suspended for this account. " + _PAUSED)
    if attributes.sending_enabled is False:
        raise errors.SendingPausedException("Sending paused for this account. " + _PAUSED)


def find_identity(world: World, mailbox: str) -> Identity | None:
    """Return the verified identity that covers an address: the address itself, or else exactly its domain."""
    identities = world.records(Identity)
    for name in (identity_key(mailbox), domain_of(mailbox)):
        identity = identities.get(name)
        if identity is not None and identity.is_verified:
            return identity
    return None


def check_mail_from(identity: Identity | None) -> None:
    """Refuse a mail whose identity has a MAIL FROM domain that is not set up, if the identity insists on it.

    Raises:
        MailFromDomainNotVerifiedException: It does.
    """
    mail_from = identity.attributes.mail_from_attributes if identity else None
    if (
        mail_from
        and mail_from.behavior_on_mx_failure == "REJECT_MESSAGE"
        and mail_from.mail_from_domain_status != "SUCCESS"
    ):
        raise errors.MailFromDomainNotVerifiedException(
            f"The MAIL FROM domain {mail_from.mail_from_domain} is not verified."
        )


def check_verified(world: World, senders: Sequence[str], recipients: Iterable[str]) -> None:
    """Refuse a mail from an address that is not verified, and in the sandbox one to such an address.

    Raises:
        MessageRejected: The message names all of them.
    """
    checked = list(senders)
    if world.settings.sandbox:
        checked += [recipient for recipient in recipients if simulated(recipient) is None]
    failed = [mailbox for mailbox in checked if find_identity(world, mailbox) is None]
    if failed:
        listed = ", ".join(dict.fromkeys(failed))
        raise errors.MessageRejected(
            "Email address is not verified. The following identities failed the check in region "
            f"{world.region.upper()}: {listed}"
        )


def find_tenant(world: World, name: str, resources: Iterable[str]) -> Tenant:
    """Return a tenant that a mail is sent for.

    Args:
        world: The state of the service.
        name: The name of the tenant.
        resources: The resource parts of the ARNs of what the mail uses, such as `identity/example.com`.

    Raises:
        NotFoundException: It does not exist.
        SendingPausedException: It does not send.
        AccessDeniedException: It is not associated with one of the resources.
    """
    tenant = world.records(Tenant).get(name)
    if tenant is None:
        raise errors.NotFoundException(f"Tenant {name} does not exist.")
    if tenant.attributes.sending_status == "DISABLED":
        raise errors.SendingPausedException(f"Sending paused for tenant <{name}>.")
    associations = world.records(TenantAssociation)
    for resource in resources:
        arn = world.arn(resource)
        if join_key(name, arn) not in associations:
            raise errors.AccessDeniedException(f"Tenant {name} is not associated with the resource {arn}.")
    return tenant


def check_quota(world: World, count: int) -> None:
    """Refuse a mail past the send rate or the quota of 24 hours.

    Args:
        world: The state of the service.
        count: How many of its recipients count.

    Raises:
        TooManyRequestsException: The rate is reached.
        LimitExceededException: The quota would be exceeded.
    """
    settings, moment = world.settings, world.now.timestamp()
    quota = settings.quota_in_force
    if quota >= 0 and world.recent.in_day(moment) + count > quota:
        raise errors.LimitExceededException("Daily message quota exceeded.")
    if count and world.recent.in_second(moment) >= settings.rate_in_force:
        raise errors.TooManyRequestsException("Maximum sending rate exceeded.")
