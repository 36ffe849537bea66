"""Sending."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast
from urllib.parse import quote

import attrs

from .... import errors, models
from ...._core.exceptions import APIError
from ..mail_log import Recipients
from ..records import (
    ConfigurationSet,
    CustomVerificationTemplate,
    Identity,
    Tenant,
    identity_key,
    new_identity,
)
from ..sending import checks, lists, tracking
from ..sending.accept import Sending, accept, count_recipients
from ..sending.addresses import mailbox_of
from ..sending.content import (
    Content,
    Envelope,
    StoredTemplate,
    default_data,
    find_stored,
    of_raw,
    of_simple,
    of_template,
)
from ..sending.lists import Subscription
from ..sending.rendering import UNSUBSCRIBE, merged, read_data
from ..world import World

_MAX_RECIPIENTS: Final = 50
_MAX_PLACEHOLDERS: Final = 2
"""How many links to leave the list a mail may have."""
_TAG: Final = re.compile(r"[A-Za-z0-9_\-.@]+")
_NOBODY: Final = models.Destination()


def send_email(
    world: World,
    body: bytes,
    *,
    content: models.EmailContent,
    from_email_address: str | None = None,
    from_email_address_identity_arn: str | None = None,
    destination: models.Destination = _NOBODY,
    reply_to_addresses: Sequence[str] = (),
    feedback_forwarding_email_address: str | None = None,
    feedback_forwarding_email_address_identity_arn: str | None = None,  # noqa: ARG001
    email_tags: Sequence[models.MessageTag] = (),
    configuration_set_name: str | None = None,
    endpoint_id: str | None = None,  # noqa: ARG001
    tenant_name: str | None = None,
    list_management_options: models.ListManagementOptions | None = None,
    configuration_overrides: models.ConfigurationOverrides | None = None,
) -> models.SendEmailResponse:
    """Take one mail."""
    raw = of_raw(content.raw) if content.raw else None
    envelope = raw[1] if raw else Envelope()
    sender, mailbox = _sender(from_email_address or envelope.sender)
    recipients, mailboxes = _recipients(_of(destination), envelope)
    tags = {**envelope.tags, **_tags(email_tags)}
    subscription = _subscription(list_management_options, envelope)
    if subscription:
        lists.check(world, subscription)
    stored = find_stored(world, content.template) if content.template else None
    request = _Request(
        operation="SendEmail",
        sender=sender,
        mailbox=mailbox,
        identity_arn=from_email_address_identity_arn,
        reply_to=[*reply_to_addresses] or envelope.reply_to,
        return_path=feedback_forwarding_email_address,
        configuration_set=configuration_set_name or envelope.configuration_set,
        tenant=tenant_name or envelope.tenant,
        overrides=configuration_overrides,
    )
    sending = _check(world, request, stored, mailboxes)
    found = raw[0] if raw else _content(content, stored, is_listed=subscription is not None)
    if subscription:
        _check_placeholders(found)
    checks.check_quota(world, count_recipients(mailboxes))
    sending.subscription = subscription
    sending.request = world.mails.add_request(body)
    return models.SendEmailResponse(message_id=accept(world, sending, found, recipients, mailboxes, tags))


def send_bulk_email(
    world: World,
    body: bytes,
    *,
    default_content: models.BulkEmailContent,
    bulk_email_entries: Sequence[models.BulkEmailEntry],
    from_email_address: str | None = None,
    from_email_address_identity_arn: str | None = None,
    reply_to_addresses: Sequence[str] = (),
    feedback_forwarding_email_address: str | None = None,
    feedback_forwarding_email_address_identity_arn: str | None = None,  # noqa: ARG001
    default_email_tags: Sequence[models.MessageTag] = (),
    configuration_set_name: str | None = None,
    endpoint_id: str | None = None,  # noqa: ARG001
    tenant_name: str | None = None,
    configuration_overrides: models.ConfigurationOverrides | None = None,
) -> models.SendBulkEmailResponse:
    """Take a mail for each entry. What is wrong with an entry is its own status; the others are sent."""
    template = default_content.template
    if template is None:
        raise errors.BadRequestException("DefaultContent must have a template.")
    if not bulk_email_entries:
        raise errors.BadRequestException("BulkEmailEntries must have at least one entry.")
    sender, mailbox = _sender(from_email_address)
    stored = find_stored(world, template)
    request = _Request(
        operation="SendBulkEmail",
        sender=sender,
        mailbox=mailbox,
        identity_arn=from_email_address_identity_arn,
        reply_to=reply_to_addresses,
        return_path=feedback_forwarding_email_address,
        configuration_set=configuration_set_name,
        tenant=tenant_name,
        overrides=configuration_overrides,
    )
    sending = _check(world, request, stored, ())
    bulk = _Bulk(sending, template, stored, default_data(template), _tags(default_email_tags))
    sending.request = world.mails.add_request(body)
    results = [_send_entry(world, bulk, entry, number) for number, entry in enumerate(bulk_email_entries)]
    return models.SendBulkEmailResponse(bulk_email_entry_results=results)


def send_custom_verification_email(
    world: World,
    body: bytes,
    *,
    email_address: str,
    template_name: str,
    configuration_set_name: str | None = None,
) -> models.SendCustomVerificationEmailResponse:
    """Send a mail that asks for a verification, and begin to verify the address."""
    if world.settings.sandbox:
        raise errors.BadRequestException("Sending custom verification emails needs production access.")
    template = world.records(CustomVerificationTemplate).get(template_name)
    if template is None:
        raise errors.NotFoundException(f"Custom verification email template <{template_name}> does not exist.")
    attributes = template.attributes
    sender, mailbox = _sender(attributes.from_email_address)
    recipient = mailbox_of(email_address)
    request = _Request(
        operation="SendCustomVerificationEmail",
        sender=sender,
        mailbox=mailbox,
        configuration_set=configuration_set_name,
    )
    sending = _check(world, request, None, ())
    checks.check_quota(world, count_recipients([recipient]))
    key, identities = identity_key(recipient), world.records(Identity)
    if key not in identities:
        identities[key] = new_identity(recipient, world.now, is_verified=world.settings.auto_verify)
    base = world.settings.public_url or f"https://email-verification.{world.region}.amazonaws.com"
    url = f"{base}/verify/{quote(template_name, safe='')}/{quote(key, safe='')}"
    content = Content(
        subject=attributes.template_subject or "",
        html=f'{attributes.template_content or ""}<p><a href="{url}">{url}</a></p>',
        template=template_name,
    )
    sending.request = world.mails.add_request(body)
    message_id = accept(world, sending, content, Recipients([recipient]), [recipient], {})
    return models.SendCustomVerificationEmailResponse(message_id=message_id)


# What the operations share -----------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Request:
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


def _check(world: World, request: _Request, stored: StoredTemplate | None, recipients: Iterable[str]) -> Sending:
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


def _sender(address: str | None) -> tuple[str, str]:
    if not address:
        raise errors.BadRequestException("FromEmailAddress is required.")
    return address, mailbox_of(address)


def _of(destination: models.Destination) -> Recipients:
    return Recipients(destination.to_addresses or (), destination.cc_addresses or (), destination.bcc_addresses or ())


def _recipients(given: Recipients, envelope: Envelope) -> tuple[Recipients, list[str]]:
    """Return the recipients of a request or of the headers of a ready-made message, with and without names."""
    recipients = given if given.all else envelope.recipients
    mailboxes = [mailbox_of(address) for address in recipients.all]
    if not mailboxes:
        raise errors.BadRequestException("At least one recipient is required.")
    if len(mailboxes) > _MAX_RECIPIENTS:
        raise errors.BadRequestException(f"Recipient count exceeds {_MAX_RECIPIENTS}.")
    return recipients, mailboxes


def _tags(tags: Sequence[models.MessageTag]) -> dict[str, str]:
    for tag in tags:
        for text in (tag.name, tag.value):
            if not _TAG.fullmatch(text):
                raise errors.BadRequestException(
                    f"Invalid tag <{text}>: only ASCII letters, digits, '_', '-', '.' and '@' are allowed."
                )
    return {tag.name: tag.value for tag in tags}


def _subscription(options: models.ListManagementOptions | None, envelope: Envelope) -> Subscription | None:
    if options:
        return Subscription(options.contact_list_name, options.topic_name)
    return Subscription(envelope.contact_list, envelope.topic) if envelope.contact_list else None


def _content(content: models.EmailContent, stored: StoredTemplate | None, *, is_listed: bool) -> Content:
    if stored and content.template:
        return of_template(stored, content.template, default_data(content.template), is_listed=is_listed)
    return of_simple(cast(models.Message, content.simple))  # a union has exactly one member


def _check_placeholders(content: Content) -> None:
    if ((content.text or "") + (content.html or "")).count(UNSUBSCRIBE) > _MAX_PLACEHOLDERS:
        raise errors.BadRequestException(f"{UNSUBSCRIBE} can be used at most {_MAX_PLACEHOLDERS} times in a mail.")


# The entries of a bulk request -------------------------------------------------------------------


@attrs.frozen
class _Bulk:
    sending: Sending
    template: models.Template
    stored: StoredTemplate
    data: Mapping[str, Any]
    tags: Mapping[str, str]


_STATUSES: Final[Mapping[str, str]] = {
    "BadRequestException": "INVALID_PARAMETER",
    "LimitExceededException": "ACCOUNT_DAILY_QUOTA_EXCEEDED",
    "TooManyRequestsException": "ACCOUNT_THROTTLED",
    "MessageRejected": "MESSAGE_REJECTED",
}


def _send_entry(world: World, bulk: _Bulk, entry: models.BulkEmailEntry, number: int) -> models.BulkEmailEntryResult:
    try:
        message_id = _accept_entry(world, bulk, entry, number)
    except APIError as error:
        return models.BulkEmailEntryResult(status=_STATUSES.get(error.code, "FAILED"), error=error.message)
    return models.BulkEmailEntryResult(status="SUCCESS", message_id=message_id)


def _accept_entry(world: World, bulk: _Bulk, entry: models.BulkEmailEntry, number: int) -> str:
    recipients, mailboxes = _recipients(_of(entry.destination), Envelope())
    checks.check_verified(world, (), mailboxes)
    replaced = entry.replacement_email_content and entry.replacement_email_content.replacement_template
    data = merged(bulk.data, read_data(replaced.replacement_template_data if replaced else None))
    content = of_template(bulk.stored, bulk.template, data, is_listed=False)
    if entry.replacement_headers:
        content.headers = _merged_headers(content.headers, entry.replacement_headers)
    tags = {**bulk.tags, **_tags(entry.replacement_tags or ())}
    checks.check_quota(world, count_recipients(mailboxes))
    return accept(world, bulk.sending, content, recipients, mailboxes, tags, number)


def _merged_headers(
    headers: Sequence[tuple[str, str]], replacements: Sequence[models.MessageHeader]
) -> list[tuple[str, str]]:
    """Return the headers of the template, those of an entry in the place of those with the same name."""
    replaced = {header.name.lower() for header in replacements}
    kept = [(name, value) for name, value in headers if name.lower() not in replaced]
    return kept + [(header.name, header.value) for header in replacements]
