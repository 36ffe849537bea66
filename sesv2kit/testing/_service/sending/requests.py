"""What the operations that send share: who sends, to whom, and whether the account may."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from .... import errors, models
from ..mail_log import Recipients
from ..records import ConfigurationSet, Tenant
from ..world import World
from . import checks, tracking
from .accept import Sending
from .addresses import mailbox_of
from .content import Envelope, StoredTemplate

_MAX_RECIPIENTS: Final = 50
_TAG: Final = re.compile(r"[A-Za-z0-9_\-.@]+")


@attrs.frozen(kw_only=True)
class SendRequest:
    """What the requests say of how to send."""

    operation: str
    sender: str
    mailbox: str
    identity_arn: str | None = None
    reply_to: Sequence[str] = ()
    return_path: str | None = None
    configuration_set: str | None = None
    tenant: str | None = None
    overrides: models.ConfigurationOverrides | None = None


def check_request(
    world: World, request: SendRequest, stored: StoredTemplate | None, recipients: Iterable[str]
) -> Sending:
    """Check what does not depend on a single mail, and return what its mails have in common."""
    identity = checks.find_identity(world, request.mailbox)
    name = request.configuration_set or (identity.attributes.configuration_set_name if identity else None)
    configuration_set = checks.sending_configuration_set(world, name) if name else None
    checks.check_account(world)
    # Whoever names the identity of another account sends by its policy, which this account does not know.
    is_ours = request.identity_arn is None or request.identity_arn.startswith(world.arn(""))
    senders = [request.mailbox] if is_ours and identity is None else []
    if request.return_path:
        senders.append(mailbox_of(request.return_path))
    checks.check_verified(world, senders, recipients)
    checks.check_mail_from(identity)
    for reply_to in request.reply_to:
        mailbox_of(reply_to)
    resource = f"identity/{identity.name if identity else request.mailbox}"
    return Sending(
        operation=request.operation,
        sender=request.sender,
        source_arn=request.identity_arn or world.arn(resource),
        reply_to=request.reply_to,
        return_path=request.return_path,
        configuration_set=configuration_set,
        tenant=_tenant(world, request.tenant, resource, configuration_set, stored),
        tracking=tracking.decide(world, configuration_set, request.overrides),
    )


def _tenant(
    world: World,
    name: str | None,
    identity: str,
    configuration_set: ConfigurationSet | None,
    stored: StoredTemplate | None,
) -> Tenant | None:
    if name is None:
        return None
    resources = [identity]
    if configuration_set:
        resources.append(f"configuration-set/{configuration_set.name}")
    if stored and stored.resource:
        resources.append(stored.resource)
    return checks.find_tenant(world, name, resources)


def sender_of(address: str | None) -> tuple[str, str]:
    """Return the sender of a request, with and without a name."""
    if not address:
        raise errors.BadRequestException("FromEmailAddress is required.")
    return address, mailbox_of(address)


def addresses_in(destination: models.Destination) -> Recipients:
    """Return the addresses of a destination."""
    return Recipients(destination.to_addresses or (), destination.cc_addresses or (), destination.bcc_addresses or ())


def recipients_of(given: Recipients, envelope: Envelope) -> tuple[Recipients, list[str]]:
    """Return the recipients of a request or of the headers of a ready-made message, with and without names."""
    recipients = given if given.all else envelope.recipients
    mailboxes = [mailbox_of(address) for address in recipients.all]
    if not mailboxes:
        raise errors.BadRequestException("At least one recipient is required.")
    if len(mailboxes) > _MAX_RECIPIENTS:
        raise errors.BadRequestException(f"Recipient count exceeds {_MAX_RECIPIENTS}.")
    return recipients, mailboxes


def tags_of(tags: Sequence[models.MessageTag]) -> dict[str, str]:
    """Return the tags of a request by their names."""
    for tag in tags:
        for text in (tag.name, tag.value):
            if not _TAG.fullmatch(text):
                raise errors.BadRequestException(
                    f"Invalid tag <{text}>: only ASCII letters, digits, '_', '-', '.' and '@' are allowed."
                )
    return {tag.name: tag.value for tag in tags}
