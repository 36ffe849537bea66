# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: templates."""

from __future__ import annotations

from collections.abc import Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page

CREATE_CUSTOM_VERIFICATION_EMAIL_TEMPLATE = Operation(
    name="CreateCustomVerificationEmailTemplate",
    method="POST",
    path="/v2/email/custom-verification-email-templates",
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
        Argument("template_name", "TemplateName", "body", lambda: str, Limits(min_length=1), required=True),
        Argument("from_email_address", "FromEmailAddress", "body", lambda: str, required=True),
        Argument("template_subject", "TemplateSubject", "body", lambda: str, required=True),
        Argument("template_content", "TemplateContent", "body", lambda: str, Limits(max_bytes=10485759), required=True),
        Argument("tags", "Tags", "body", lambda: Sequence[models.Tag], Limits(max_items=50, unique="key")),
        Argument("success_redirection_url", "SuccessRedirectionURL", "body", lambda: str, required=True),
        Argument("failure_redirection_url", "FailureRedirectionURL", "body", lambda: str, required=True),
    ),
)
CREATE_EMAIL_TEMPLATE = Operation(
    name="CreateEmailTemplate",
    method="POST",
    path="/v2/email/templates",
    kind="write",
    output=lambda: models.EmptyResponse,
    errors=("AlreadyExistsException", "BadRequestException", "LimitExceededException", "TooManyRequestsException"),
    rate=1,
    arguments=(
        Argument("template_name", "TemplateName", "body", lambda: str, Limits(min_length=1), required=True),
        Argument("template_content", "TemplateContent", "body", lambda: models.EmailTemplateContent, required=True),
        Argument("tags", "Tags", "body", lambda: Sequence[models.Tag], Limits(max_items=50, unique="key")),
    ),
)
DELETE_CUSTOM_VERIFICATION_EMAIL_TEMPLATE = Operation(
    name="DeleteCustomVerificationEmailTemplate",
    method="DELETE",
    path="/v2/email/custom-verification-email-templates/{TemplateName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(Argument("template_name", "TemplateName", "path", lambda: str, Limits(min_length=1), required=True),),
)
DELETE_EMAIL_TEMPLATE = Operation(
    name="DeleteEmailTemplate",
    method="DELETE",
    path="/v2/email/templates/{TemplateName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(Argument("template_name", "TemplateName", "path", lambda: str, Limits(min_length=1), required=True),),
)
GET_CUSTOM_VERIFICATION_EMAIL_TEMPLATE = Operation(
    name="GetCustomVerificationEmailTemplate",
    method="GET",
    path="/v2/email/custom-verification-email-templates/{TemplateName}",
    kind="read",
    output=lambda: models.GetCustomVerificationEmailTemplateResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(Argument("template_name", "TemplateName", "path", lambda: str, Limits(min_length=1), required=True),),
)
GET_EMAIL_TEMPLATE = Operation(
    name="GetEmailTemplate",
    method="GET",
    path="/v2/email/templates/{TemplateName}",
    kind="read",
    output=lambda: models.GetEmailTemplateResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=50,
    arguments=(Argument("template_name", "TemplateName", "path", lambda: str, Limits(min_length=1), required=True),),
)
LIST_CUSTOM_VERIFICATION_EMAIL_TEMPLATES = Operation(
    name="ListCustomVerificationEmailTemplates",
    method="GET",
    path="/v2/email/custom-verification-email-templates",
    kind="read",
    output=lambda: models.ListCustomVerificationEmailTemplatesResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    rate=1,
    page=Page(items="custom_verification_email_templates", token="next_token", size="page_size"),
    arguments=(
        Argument("next_token", "NextToken", "query", lambda: str),
        Argument("page_size", "PageSize", "query", lambda: int, Limits(minimum=1, maximum=50)),
    ),
)
LIST_EMAIL_TEMPLATES = Operation(
    name="ListEmailTemplates",
    method="GET",
    path="/v2/email/templates",
    kind="read",
    output=lambda: models.ListEmailTemplatesResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    rate=1,
    page=Page(items="templates_metadata", token="next_token", size="page_size"),
    arguments=(
        Argument("next_token", "NextToken", "query", lambda: str),
        Argument("page_size", "PageSize", "query", lambda: int, Limits(minimum=1, maximum=100)),
    ),
)
TEST_RENDER_EMAIL_TEMPLATE = Operation(
    name="TestRenderEmailTemplate",
    method="POST",
    path="/v2/email/templates/{TemplateName}/render",
    kind="read",
    output=lambda: models.TestRenderEmailTemplateResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(
        Argument("template_name", "TemplateName", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("template_data", "TemplateData", "body", lambda: str, Limits(max_length=262144), required=True),
    ),
)
UPDATE_CUSTOM_VERIFICATION_EMAIL_TEMPLATE = Operation(
    name="UpdateCustomVerificationEmailTemplate",
    method="PUT",
    path="/v2/email/custom-verification-email-templates/{TemplateName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(
        Argument("template_name", "TemplateName", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("from_email_address", "FromEmailAddress", "body", lambda: str, required=True),
        Argument("template_subject", "TemplateSubject", "body", lambda: str, required=True),
        Argument("template_content", "TemplateContent", "body", lambda: str, Limits(max_bytes=10485759), required=True),
        Argument("success_redirection_url", "SuccessRedirectionURL", "body", lambda: str, required=True),
        Argument("failure_redirection_url", "FailureRedirectionURL", "body", lambda: str, required=True),
    ),
)
UPDATE_EMAIL_TEMPLATE = Operation(
    name="UpdateEmailTemplate",
    method="PUT",
    path="/v2/email/templates/{TemplateName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(
        Argument("template_name", "TemplateName", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("template_content", "TemplateContent", "body", lambda: models.EmailTemplateContent, required=True),
    ),
)
