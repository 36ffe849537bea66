"""Sending many mails in one request."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from .... import errors, models
from ...._core.exceptions import APIError
from ..sending import checks
from ..sending.accept import Sending, accept, count_recipients
from ..sending.content import Envelope, StoredTemplate, default_data, find_stored, of_template
from ..sending.rendering import merged, read_data
from ..sending.requests import SendRequest, addresses_in, check_request, recipients_of, sender_of, tags_of
from ..world import World

_STATUSES: Final[Mapping[str, str]] = {
    "BadRequestException": "INVALID_PARAMETER",
    "LimitExceededException": "ACCOUNT_DAILY_QUOTA_EXCEEDED",
    "TooManyRequestsException": "ACCOUNT_THROTTLED",
    "MessageRejected": "MESSAGE_REJECTED",
}


@attrs.frozen
class _Bulk:
    sending: Sending
    template: models.Template
    stored: StoredTemplate
    data: Mapping[str, Any]
    tags: Mapping[str, str]


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
    """Take a mail for each entry. An entry that is refused has a status that says why; the others are sent."""
    template = default_content.template
    if template is None:
        raise errors.BadRequestException("DefaultContent must have a template.")
    if not bulk_email_entries:
        raise errors.BadRequestException("BulkEmailEntries must have at least one entry.")
    sender, mailbox = sender_of(from_email_address)
    stored = find_stored(world, template)
    request = SendRequest(
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
    sending = check_request(world, request, stored, ())
    bulk = _Bulk(sending, template, stored, default_data(template), tags_of(default_email_tags))
    sending.request = world.mails.add_request(body)
    results = [_send_entry(world, bulk, entry, number) for number, entry in enumerate(bulk_email_entries)]
    return models.SendBulkEmailResponse(bulk_email_entry_results=results)


def _send_entry(world: World, bulk: _Bulk, entry: models.BulkEmailEntry, number: int) -> models.BulkEmailEntryResult:
    try:
        message_id = _accept_entry(world, bulk, entry, number)
    except APIError as error:
        return models.BulkEmailEntryResult(status=_STATUSES.get(error.code, "FAILED"), error=error.message)
    return models.BulkEmailEntryResult(status="SUCCESS", message_id=message_id)


def _accept_entry(world: World, bulk: _Bulk, entry: models.BulkEmailEntry, number: int) -> str:
    recipients, mailboxes = recipients_of(addresses_in(entry.destination), Envelope())
    checks.check_verified(world, (), mailboxes)
    replaced = entry.replacement_email_content and entry.replacement_email_content.replacement_template
    data = merged(bulk.data, read_data(replaced.replacement_template_data if replaced else None))
    content = of_template(bulk.stored, bulk.template, data, is_listed=False)
    if entry.replacement_headers:
        content.headers = _merged_headers(content.headers, entry.replacement_headers)
    tags = {**bulk.tags, **tags_of(entry.replacement_tags or ())}
    checks.check_quota(world, count_recipients(mailboxes))
    return accept(world, bulk.sending, content, recipients, mailboxes, tags, number)


def _merged_headers(
    headers: Sequence[tuple[str, str]], replacements: Sequence[models.MessageHeader]
) -> list[tuple[str, str]]:
    """Return the headers of the template, those of an entry in the place of those with the same name."""
    replaced = {header.name.lower() for header in replacements}
    kept = [(name, value) for name, value in headers if name.lower() not in replaced]
    return kept + [(header.name, header.value) for header in replacements]
