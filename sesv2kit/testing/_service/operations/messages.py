"""Sending."""

from collections.abc import Sequence
from typing import Final, cast
from urllib.parse import quote

from .... import errors, models
from ..mail_log import Recipients
from ..records import CustomVerificationTemplate, Identity, identity_key, new_identity
from ..sending import checks, lists
from ..sending.accept import accept, count_recipients
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
from ..sending.rendering import UNSUBSCRIBE
from ..sending.requests import SendRequest, addresses_in, check_request, recipients_of, sender_of, tags_of
from ..world import World

_MAX_PLACEHOLDERS: Final = 2
"""How many links to leave the list a mail may have."""
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
    sender, mailbox = sender_of(from_email_address or envelope.sender)
    recipients, mailboxes = recipients_of(addresses_in(destination), envelope)
    tags = {**envelope.tags, **tags_of(email_tags)}
    subscription = _subscription(list_management_options, envelope)
    if subscription:
        lists.check(world, subscription)
    stored = find_stored(world, content.template) if content.template else None
    request = SendRequest(
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
    sending = check_request(world, request, stored, mailboxes)
    found = raw[0] if raw else _content(content, stored, is_listed=subscription is not None)
    if subscription:
        _check_placeholders(found)
    checks.check_quota(world, count_recipients(mailboxes))
    sending.subscription = subscription
    sending.request = world.mails.add_request(body)
    return models.SendEmailResponse(message_id=accept(world, sending, found, recipients, mailboxes, tags))


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
    sender, mailbox = sender_of(attributes.from_email_address)
    recipient = mailbox_of(email_address)
    request = SendRequest(
        operation="SendCustomVerificationEmail",
        sender=sender,
        mailbox=mailbox,
        configuration_set=configuration_set_name,
    )
    sending = check_request(world, request, None, ())
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
