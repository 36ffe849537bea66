# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: messages."""

from __future__ import annotations

from collections.abc import Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation

SEND_CUSTOM_VERIFICATION_EMAIL = Operation(
    name="SendCustomVerificationEmail",
    method="POST",
    path="/v2/email/outbound-custom-verification-emails",
    kind="send",
    output=lambda: models.SendCustomVerificationEmailResponse,
    errors=(
        "BadRequestException",
        "LimitExceededException",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",
        "NotFoundException",
        "SendingPausedException",
        "TooManyRequestsException",
    ),
    rate=1,
    arguments=(
        Argument("email_address", "EmailAddress", "body", lambda: str, required=True),
        Argument("template_name", "TemplateName", "body", lambda: str, Limits(min_length=1), required=True),
        Argument("configuration_set_name", "ConfigurationSetName", "body", lambda: str),
    ),
)
SEND_EMAIL = Operation(
    name="SendEmail",
    method="POST",
    path="/v2/email/outbound-emails",
    kind="send",
    output=lambda: models.SendEmailResponse,
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
        Argument("destination", "Destination", "body", lambda: models.Destination),
        Argument("reply_to_addresses", "ReplyToAddresses", "body", lambda: Sequence[str]),
        Argument("feedback_forwarding_email_address", "FeedbackForwardingEmailAddress", "body", lambda: str),
        Argument(
            "feedback_forwarding_email_address_identity_arn",
            "FeedbackForwardingEmailAddressIdentityArn",
            "body",
            lambda: str,
            Limits(min_length=1),
        ),
        Argument("content", "Content", "body", lambda: models.EmailContent, required=True),
        Argument("email_tags", "EmailTags", "body", lambda: Sequence[models.MessageTag]),
        Argument("configuration_set_name", "ConfigurationSetName", "body", lambda: str),
        Argument("endpoint_id", "EndpointId", "body", lambda: str),
        Argument("tenant_name", "TenantName", "body", lambda: str, Limits(min_length=1, max_length=64)),
        Argument("list_management_options", "ListManagementOptions", "body", lambda: models.ListManagementOptions),
        Argument("configuration_overrides", "ConfigurationOverrides", "body", lambda: models.ConfigurationOverrides),
    ),
)
