# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: account."""

from __future__ import annotations

from collections.abc import Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation

GET_ACCOUNT = Operation(
    name="GetAccount",
    method="GET",
    path="/v2/email/account",
    kind="read",
    output=lambda: models.GetAccountResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
)
PUT_ACCOUNT_DEDICATED_IP_WARMUP_ATTRIBUTES = Operation(
    name="PutAccountDedicatedIpWarmupAttributes",
    method="PUT",
    path="/v2/email/account/dedicated-ips/warmup",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    arguments=(Argument("auto_warmup_enabled", "AutoWarmupEnabled", "body", lambda: bool),),
)
PUT_ACCOUNT_DETAILS = Operation(
    name="PutAccountDetails",
    method="POST",
    path="/v2/email/account/details",
    kind="write",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConflictException", "TooManyRequestsException"),
    arguments=(
        Argument("mail_type", "MailType", "body", lambda: models.MailType, required=True),
        Argument(
            "website_url",
            "WebsiteURL",
            "body",
            lambda: str,
            Limits(min_length=1, max_length=1000, pattern="^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\\?([^#]*))?(#(.*))?"),
            required=True,
        ),
        Argument("contact_language", "ContactLanguage", "body", lambda: models.ContactLanguage),
        Argument("use_case_description", "UseCaseDescription", "body", lambda: str, Limits(max_length=5000)),
        Argument(
            "additional_contact_email_addresses",
            "AdditionalContactEmailAddresses",
            "body",
            lambda: Sequence[str],
            Limits(min_items=1, max_items=4, item=Limits(min_length=6, max_length=254, pattern="^(.+)@(.+)$")),
        ),
        Argument("production_access_enabled", "ProductionAccessEnabled", "body", lambda: bool),
    ),
)
PUT_ACCOUNT_PRICING_ATTRIBUTES = Operation(
    name="PutAccountPricingAttributes",
    method="PUT",
    path="/v2/email/account/pricing-attributes",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConflictException", "TooManyRequestsException"),
    arguments=(Argument("plan", "Plan", "body", lambda: models.PricingPlan, required=True),),
)
PUT_ACCOUNT_SENDING_ATTRIBUTES = Operation(
    name="PutAccountSendingAttributes",
    method="PUT",
    path="/v2/email/account/sending",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    arguments=(Argument("sending_enabled", "SendingEnabled", "body", lambda: bool),),
)
PUT_ACCOUNT_SUPPRESSION_ATTRIBUTES = Operation(
    name="PutAccountSuppressionAttributes",
    method="PUT",
    path="/v2/email/account/suppression",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    arguments=(
        Argument("suppressed_reasons", "SuppressedReasons", "body", lambda: Sequence[models.SuppressionListReason]),
        Argument(
            "validation_attributes", "ValidationAttributes", "body", lambda: models.SuppressionValidationAttributes
        ),
    ),
)
PUT_ACCOUNT_VDM_ATTRIBUTES = Operation(
    name="PutAccountVdmAttributes",
    method="PUT",
    path="/v2/email/account/vdm",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    rate=1,
    arguments=(Argument("vdm_attributes", "VdmAttributes", "body", lambda: models.VdmAttributes, required=True),),
)
