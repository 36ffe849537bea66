# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: identities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page
from .._core.rules import NeededForDomain, OnlyForDomain

ASSOCIATE_EMAIL_IDENTITY_CERTIFICATE = Operation(
    name="AssociateEmailIdentityCertificate",
    method="POST",
    path="/v2/email/identity/certificates",
    kind="write",
    output=lambda: models.EmptyResponse,
    errors=("AlreadyExistsException", "BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rules=(NeededForDomain("email_identity", "from_address"),),
    arguments=(
        Argument("email_identity", "EmailIdentity", "body", lambda: str, Limits(min_length=1), required=True),
        Argument("from_address", "FromAddress", "body", lambda: str),
        Argument(
            "certificate_arn",
            "CertificateArn",
            "body",
            lambda: str,
            Limits(
                min_length=20,
                max_length=2048,
                pattern="arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:[\\w+=/,.@-]*:[0-9]+:certificate/[\\w+=,.@-]+",
            ),
            required=True,
        ),
    ),
)
CREATE_EMAIL_IDENTITY = Operation(
    name="CreateEmailIdentity",
    method="POST",
    path="/v2/email/identities",
    kind="write",
    output=lambda: models.CreateEmailIdentityResponse,
    errors=(
        "AlreadyExistsException",
        "BadRequestException",
        "ConcurrentModificationException",
        "LimitExceededException",
        "NotFoundException",
        "TooManyRequestsException",
    ),
    rules=(OnlyForDomain("email_identity", "dkim_signing_attributes"),),
    arguments=(
        Argument("email_identity", "EmailIdentity", "body", lambda: str, Limits(min_length=1), required=True),
        Argument("tags", "Tags", "body", lambda: Sequence[models.Tag], Limits(max_items=50, unique="key")),
        Argument("dkim_signing_attributes", "DkimSigningAttributes", "body", lambda: models.DkimSigningAttributes),
        Argument("configuration_set_name", "ConfigurationSetName", "body", lambda: str),
    ),
)
CREATE_EMAIL_IDENTITY_POLICY = Operation(
    name="CreateEmailIdentityPolicy",
    method="POST",
    path="/v2/email/identities/{EmailIdentity}/policies/{PolicyName}",
    kind="write",
    output=lambda: models.EmptyResponse,
    errors=(
        "AlreadyExistsException",
        "BadRequestException",
        "LimitExceededException",
        "NotFoundException",
        "TooManyRequestsException",
    ),
    rate=1,
    arguments=(
        Argument("email_identity", "EmailIdentity", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("policy_name", "PolicyName", "path", lambda: str, Limits(min_length=1, max_length=64), required=True),
        Argument("policy", "Policy", "body", lambda: str, Limits(min_length=1, max_bytes=4096), required=True),
    ),
)
DELETE_EMAIL_IDENTITY = Operation(
    name="DeleteEmailIdentity",
    method="DELETE",
    path="/v2/email/identities/{EmailIdentity}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConcurrentModificationException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("email_identity", "EmailIdentity", "path", lambda: str, Limits(min_length=1), required=True),),
)
DELETE_EMAIL_IDENTITY_POLICY = Operation(
    name="DeleteEmailIdentityPolicy",
    method="DELETE",
    path="/v2/email/identities/{EmailIdentity}/policies/{PolicyName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(
        Argument("email_identity", "EmailIdentity", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("policy_name", "PolicyName", "path", lambda: str, Limits(min_length=1, max_length=64), required=True),
    ),
)
DISASSOCIATE_EMAIL_IDENTITY_CERTIFICATE = Operation(
    name="DisassociateEmailIdentityCertificate",
    method="POST",
    path="/v2/email/identity/certificates/delete",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rules=(NeededForDomain("email_identity", "from_address"),),
    arguments=(
        Argument("email_identity", "EmailIdentity", "body", lambda: str, Limits(min_length=1), required=True),
        Argument("from_address", "FromAddress", "body", lambda: str),
    ),
)
GET_EMAIL_IDENTITY = Operation(
    name="GetEmailIdentity",
    method="GET",
    path="/v2/email/identities/{EmailIdentity}",
    kind="read",
    output=lambda: models.GetEmailIdentityResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("email_identity", "EmailIdentity", "path", lambda: str, Limits(min_length=1), required=True),),
)
GET_EMAIL_IDENTITY_POLICIES = Operation(
    name="GetEmailIdentityPolicies",
    method="GET",
    path="/v2/email/identities/{EmailIdentity}/policies",
    kind="read",
    output=lambda: models.GetEmailIdentityPoliciesResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(Argument("email_identity", "EmailIdentity", "path", lambda: str, Limits(min_length=1), required=True),),
)
LIST_EMAIL_IDENTITIES = Operation(
    name="ListEmailIdentities",
    method="POST",
    path="/v2/email/list-identities",
    kind="read",
    output=lambda: models.ListEmailIdentitiesResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    page=Page(items="email_identities", token="next_token", size="page_size"),
    arguments=(
        Argument(
            "filter",
            "Filter",
            "body",
            lambda: Mapping[models.IdentityFilterKey, str],
            Limits(value=Limits(min_length=1)),
        ),
        Argument("next_token", "NextToken", "body", lambda: str),
        Argument("page_size", "PageSize", "body", lambda: int, Limits(minimum=0, maximum=1000)),
    ),
)
LIST_EMAIL_IDENTITY_CERTIFICATES = Operation(
    name="ListEmailIdentityCertificates",
    method="POST",
    path="/v2/email/identity/certificates/list",
    kind="read",
    output=lambda: models.ListEmailIdentityCertificatesResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    page=Page(items="certificates", token="next_token", size="page_size"),
    arguments=(
        Argument("email_identity", "EmailIdentity", "body", lambda: str, Limits(min_length=1), required=True),
        Argument("next_token", "NextToken", "body", lambda: str),
        Argument("page_size", "PageSize", "body", lambda: int),
    ),
)
PUT_EMAIL_IDENTITY_CONFIGURATION_SET_ATTRIBUTES = Operation(
    name="PutEmailIdentityConfigurationSetAttributes",
    method="PUT",
    path="/v2/email/identities/{EmailIdentity}/configuration-set",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("email_identity", "EmailIdentity", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("configuration_set_name", "ConfigurationSetName", "body", lambda: str),
    ),
)
PUT_EMAIL_IDENTITY_DKIM_ATTRIBUTES = Operation(
    name="PutEmailIdentityDkimAttributes",
    method="PUT",
    path="/v2/email/identities/{EmailIdentity}/dkim",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("email_identity", "EmailIdentity", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("signing_enabled", "SigningEnabled", "body", lambda: bool),
    ),
)
PUT_EMAIL_IDENTITY_DKIM_SIGNING_ATTRIBUTES = Operation(
    name="PutEmailIdentityDkimSigningAttributes",
    method="PUT",
    path="/v2/email/identities/{EmailIdentity}/dkim/signing",
    kind="idempotent",
    output=lambda: models.PutEmailIdentityDkimSigningAttributesResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("email_identity", "EmailIdentity", "path", lambda: str, Limits(min_length=1), required=True),
        Argument(
            "signing_attributes_origin",
            "SigningAttributesOrigin",
            "body",
            lambda: models.DkimSigningAttributesOrigin,
            required=True,
        ),
        Argument("signing_attributes", "SigningAttributes", "body", lambda: models.DkimSigningAttributes),
    ),
)
PUT_EMAIL_IDENTITY_FEEDBACK_ATTRIBUTES = Operation(
    name="PutEmailIdentityFeedbackAttributes",
    method="PUT",
    path="/v2/email/identities/{EmailIdentity}/feedback",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("email_identity", "EmailIdentity", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("email_forwarding_enabled", "EmailForwardingEnabled", "body", lambda: bool),
    ),
)
PUT_EMAIL_IDENTITY_MAIL_FROM_ATTRIBUTES = Operation(
    name="PutEmailIdentityMailFromAttributes",
    method="PUT",
    path="/v2/email/identities/{EmailIdentity}/mail-from",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("email_identity", "EmailIdentity", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("mail_from_domain", "MailFromDomain", "body", lambda: str),
        Argument("behavior_on_mx_failure", "BehaviorOnMxFailure", "body", lambda: models.BehaviorOnMxFailure),
    ),
)
UPDATE_EMAIL_IDENTITY_POLICY = Operation(
    name="UpdateEmailIdentityPolicy",
    method="PUT",
    path="/v2/email/identities/{EmailIdentity}/policies/{PolicyName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(
        Argument("email_identity", "EmailIdentity", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("policy_name", "PolicyName", "path", lambda: str, Limits(min_length=1, max_length=64), required=True),
        Argument("policy", "Policy", "body", lambda: str, Limits(min_length=1, max_bytes=4096), required=True),
    ),
)
