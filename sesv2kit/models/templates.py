# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: templates."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from .._core.model import ABSENT, Limits, Model, Response, wire
from .messages import EmailTemplateContent
from .tags import Tag


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CustomVerificationEmailTemplateMetadata(Model):
    """A custom verification template as it appears in a list, without its body.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CustomVerificationEmailTemplateMetadata.html
    """

    template_name: str | None = attrs.field(default=None, metadata=wire("TemplateName", Limits(min_length=1)))
    """Name of the custom verification template. At least 1 character."""
    from_email_address: str | None = attrs.field(default=None, metadata=wire("FromEmailAddress"))
    """Sender of the mails made from it."""
    template_subject: str | None = attrs.field(default=None, metadata=wire("TemplateSubject"))
    """Subject line of the mails made from it."""
    success_redirection_url: str | None = attrs.field(default=None, metadata=wire("SuccessRedirectionURL"))
    """Page that follows a successful verification."""
    failure_redirection_url: str | None = attrs.field(default=None, metadata=wire("FailureRedirectionURL"))
    """Page that follows a failed verification."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EmailTemplateMetadata(Model):
    """An email template as it appears in a list, without its content.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EmailTemplateMetadata.html
    """

    template_name: str | None = attrs.field(default=None, metadata=wire("TemplateName", Limits(min_length=1)))
    """Name of the email template. At least 1 character."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the email template was created."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetCustomVerificationEmailTemplateResponse(Response):
    """The response of `get_custom_verification_email_template`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetCustomVerificationEmailTemplate.html
    """

    template_name: str | None = attrs.field(default=None, metadata=wire("TemplateName", Limits(min_length=1)))
    """Name of the template that was read. At least 1 character."""
    from_email_address: str | None = attrs.field(default=None, metadata=wire("FromEmailAddress"))
    """Sender of the verification mails made from this template."""
    template_subject: str | None = attrs.field(default=None, metadata=wire("TemplateSubject"))
    """Subject line of the verification mails."""
    template_content: str | None = attrs.field(default=None, metadata=wire("TemplateContent"))
    """Body of the verification mails."""
    tags: Sequence[Tag] = attrs.field(default=ABSENT, metadata=wire("Tags"))
    """Tags that the template carries, as keys and values."""
    success_redirection_url: str | None = attrs.field(default=None, metadata=wire("SuccessRedirectionURL"))
    """Page shown to the recipient after a successful verification."""
    failure_redirection_url: str | None = attrs.field(default=None, metadata=wire("FailureRedirectionURL"))
    """Page shown to the recipient after a failed verification."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetEmailTemplateResponse(Response):
    """The response of `get_email_template`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailTemplate.html
    """

    template_name: str = attrs.field(metadata=wire("TemplateName", Limits(min_length=1)))
    """Name of the email template that was read. At least 1 character."""
    template_content: EmailTemplateContent = attrs.field(metadata=wire("TemplateContent"))
    """Its subject, HTML body and plain-text body."""
    tags: Sequence[Tag] = attrs.field(default=ABSENT, metadata=wire("Tags"))
    """Tags that the email template carries, as keys and values."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListCustomVerificationEmailTemplatesResponse(Response):
    """The response of `list_custom_verification_email_templates`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListCustomVerificationEmailTemplates.html
    """

    custom_verification_email_templates: Sequence[CustomVerificationEmailTemplateMetadata] = attrs.field(
        default=ABSENT, metadata=wire("CustomVerificationEmailTemplates")
    )
    """Custom verification templates on this page."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of custom verification templates; absent on the last one."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListEmailTemplatesResponse(Response):
    """The response of `list_email_templates`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListEmailTemplates.html
    """

    templates_metadata: Sequence[EmailTemplateMetadata] = attrs.field(
        default=ABSENT, metadata=wire("TemplatesMetadata")
    )
    """Email templates on this page, each with name and creation time."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of email templates; absent on the last one."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TestRenderEmailTemplateResponse(Response):
    """The response of `test_render_email_template`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TestRenderEmailTemplate.html
    """

    rendered_template: str = attrs.field(metadata=wire("RenderedTemplate"))
    """Full MIME message that the template and the sample values yield."""
