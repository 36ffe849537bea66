# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: bulk messages."""

from __future__ import annotations

from collections.abc import Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation

SEND_BULK_EMAIL = Operation(
    name="SendBulkEmail",
    method="POST",
    path="/v2/email/outbound-bulk-emails",
    kind="send",
    output=lambda: models.SendBulkEmailResponse,
    errors=(
        "AccountSuspendedException",
        "BadRequestException",
        "LimitExceededException",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",
        "NotFoundException",
        "SendingPausedException",
        "TooManyRequestsException",
    ),
    arguments=(
        Argument("from_email_address", "FromEmailAddress", "body", lambda: str),
        Argument(
            "from_email_address_identity_arn", "FromEmailAddressIdentityArn", "body", lambda: str, Limits(min_length=1)
        ),
        Argument("reply_to_addresses", "ReplyToAddresses", "body", lambda: Sequence[str]),
        Argument("feedback_forwarding_email_address", "FeedbackForwardingEmailAddress", "body", lambda: str),
        Argument(
            "feedback_forwarding_email_address_identity_arn",
            "FeedbackForwardingEmailAddressIdentityArn",
            "body",
            lambda: str,
            Limits(min_length=1),
        ),
        Argument("default_email_tags", "DefaultEmailTags", "body", lambda: Sequence[models.MessageTag]),
        Argument("default_content", "DefaultContent", "body", lambda: models.BulkEmailContent, required=True),
        Argument(
            "bulk_email_entries",
            "BulkEmailEntries",
            "body",
            lambda: Sequence[models.BulkEmailEntry],
            Limits(max_items=50),
            required=True,
        ),
        Argument("configuration_set_name", "ConfigurationSetName", "body", lambda: str),
        Argument("endpoint_id", "EndpointId", "body", lambda: str),
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1, max_length=64)),
        Argument("configuration_overrides", "ConfigurationOverrides", "body", lambda: models.ConfigurationOverrides),
    ),
)
