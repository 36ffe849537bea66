# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: bulk messages."""

from collections.abc import Sequence

import attrs

from .._bulk_status import BulkEntryOutcome, BulkOutcome
from .._core.model import Limits, Model, OpenEnum, Response, wire
from .messages import Destination, MessageHeader, MessageTag, Template


class BulkEmailStatus(OpenEnum):
    """Outcome of one message in a bulk sending: accepted, or the reason why not."""

    SUCCESS = "SUCCESS"
    """Accepted; delivery to the recipients will be attempted, so this is not yet proof of arrival."""
    MESSAGE_REJECTED = "MESSAGE_REJECTED"
    """Refused because a virus was found in the message."""
    MAIL_FROM_DOMAIN_NOT_VERIFIED = "MAIL_FROM_DOMAIN_NOT_VERIFIED"
    """Not sent: the address or domain of the sender is not verified."""
    CONFIGURATION_SET_NOT_FOUND = "CONFIGURATION_SET_NOT_FOUND"
    """Not sent: there is no configuration set of the given name."""
    TEMPLATE_NOT_FOUND = "TEMPLATE_NOT_FOUND"
    """Not sent: the template that the request names was not found."""
    ACCOUNT_SUSPENDED = "ACCOUNT_SUSPENDED"
    """Not sent: the account was shut down over problems with its sending practices."""
    ACCOUNT_THROTTLED = "ACCOUNT_THROTTLED"
    """Not sent: the account went over its sending limit and may now send less."""
    ACCOUNT_DAILY_QUOTA_EXCEEDED = "ACCOUNT_DAILY_QUOTA_EXCEEDED"
    """Not sent: the account's quota of messages per 24 hours is used up."""
    INVALID_SENDING_POOL_NAME = "INVALID_SENDING_POOL_NAME"
    """Not sent: the configuration set names an IP pool that is not there."""
    ACCOUNT_SENDING_PAUSED = "ACCOUNT_SENDING_PAUSED"
    """Not sent: sending is switched off for the whole account."""
    CONFIGURATION_SET_SENDING_PAUSED = "CONFIGURATION_SET_SENDING_PAUSED"
    """Not sent: sending is switched off for the configuration set in use."""
    INVALID_PARAMETER = "INVALID_PARAMETER"
    """Not sent: at least one value of the request is invalid; the error text has the details."""
    TRANSIENT_FAILURE = "TRANSIENT_FAILURE"
    """Not sent because of a temporary problem in the service; the same message can be tried again."""
    FAILED = "FAILED"
    """Not sent: processing failed for the reason given in the error text."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BulkEmailContent(Model):
    """Default content of a bulk sending: the template that the messages share.

    Args:
        template: Template, with default values, that the messages are made from.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BulkEmailContent.html
    """

    template: Template | None = attrs.field(default=None, metadata=wire("Template"))
    """Template, with default values, that the messages are made from."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReplacementTemplate(Model):
    """Template values of one entry in a bulk sending.

    Args:
        replacement_template_data: Values for the template as a JSON object in text form; its keys are the
            tags that occur in the template. At most 262144 characters.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ReplacementTemplate.html
    """

    replacement_template_data: str | None = attrs.field(
        default=None, metadata=wire("ReplacementTemplateData", Limits(max_length=262144))
    )
    """Values for the template as a JSON object in text form; its keys are the tags that occur in the template.

    At most 262144 characters.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReplacementEmailContent(Model):
    """Content that one bulk entry uses instead of the request's default.

    Args:
        replacement_template: Template values for this entry.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ReplacementEmailContent.html
    """

    replacement_template: ReplacementTemplate | None = attrs.field(default=None, metadata=wire("ReplacementTemplate"))
    """Template values for this entry."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BulkEmailEntry(Model):
    """One message of a bulk sending: its recipients and whatever differs from the defaults of the request.

    Args:
        destination: To, Cc and Bcc recipients of this message. Before the @ only 7-bit ASCII is possible; a
            domain with other characters must be in Punycode.
        replacement_tags: Name/value tags for this message; they describe it in the sending events published
            about it.
        replacement_email_content: Template values that apply to this entry only.
        replacement_headers: Headers for this entry. One with the same name as a header of the template
            replaces it, others are added; template headers not named here are kept. At most 15 items.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BulkEmailEntry.html
    """

    destination: Destination = attrs.field(metadata=wire("Destination"))
    """To, Cc and Bcc recipients of this message.

    Before the @ only 7-bit ASCII is possible; a domain with other characters must be in Punycode.
    """
    replacement_tags: Sequence[MessageTag] | None = attrs.field(default=None, metadata=wire("ReplacementTags"))
    """Name/value tags for this message; they describe it in the sending events published about it."""
    replacement_email_content: ReplacementEmailContent | None = attrs.field(
        default=None, metadata=wire("ReplacementEmailContent")
    )
    """Template values that apply to this entry only."""
    replacement_headers: Sequence[MessageHeader] | None = attrs.field(
        default=None, metadata=wire("ReplacementHeaders", Limits(max_items=15))
    )
    """Headers for this entry.

    One with the same name as a header of the template replaces it, others are added; template headers not
    named here are kept. At most 15 items.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BulkEmailEntryResult(BulkEntryOutcome, Model):
    """What became of one entry of a bulk sending.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BulkEmailEntryResult.html
    """

    status: BulkEmailStatus | str | None = attrs.field(default=None, metadata=wire("Status"))
    """Whether the message was accepted, and if not, why. Only `SUCCESS` means that delivery will be attempted."""
    error: str | None = attrs.field(default=None, metadata=wire("Error"))
    """Text that explains why this message could not be sent."""
    message_id: str | None = attrs.field(default=None, metadata=wire("MessageId"))
    """ID assigned to this message."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SendBulkEmailResponse(BulkOutcome[BulkEmailEntryResult], Response):
    """The response of `send_bulk_email`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendBulkEmail.html
    """

    bulk_email_entry_results: Sequence[BulkEmailEntryResult] = attrs.field(metadata=wire("BulkEmailEntryResults"))
    """Outcome per intended recipient.

    Check the status of each one. Send again only those whose `is_retryable` is true; for the others, correct
    the reason first.
    """
