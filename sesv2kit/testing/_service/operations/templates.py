"""Templates of mails and of verification mails."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Final

import attrs

from .... import errors, models
from ...._core.model import ABSENT, Model, wire
from ...._handlebars import TemplateError, parse
from ....compose.mime import build
from ....events.ids import message_id_header
from ..paging import listing, page
from ..records import CustomVerificationTemplate
from ..sending.mime import with_steady_boundaries
from ..sending.rendering import read_data, render
from ..sending.tracking import PLACEHOLDER
from ..world import World

_MAX_CUSTOM: Final = 50
_MAX_SIZE: Final = 500 * 1024
"""The bytes of a template's subject, text and HTML."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EmailTemplate(Model):
    """A template as the service keeps it, by its name."""

    name: str = attrs.field(metadata=wire("name"))
    content: models.EmailTemplateContent = attrs.field(metadata=wire("content"))
    created_at: datetime = attrs.field(metadata=wire("createdAt"))
    tags: Sequence[models.Tag] = attrs.field(default=ABSENT, metadata=wire("tags"))


def find_template(world: World, template_name: str) -> EmailTemplate:
    """Return a template, or raise NotFoundException."""
    template = world.records(EmailTemplate).get(template_name)
    if template is None:
        raise errors.NotFoundException(f"Template {template_name} does not exist.")
    return template


def create_email_template(
    world: World,
    *,
    template_name: str,
    template_content: models.EmailTemplateContent,
    tags: Sequence[models.Tag] = (),
) -> models.EmptyResponse:
    """Keep a new template. Syntax errors and more than 500 KB are refused.

    Raises:
        AlreadyExistsException: There is one of this name.
        BadRequestException: It has a syntax error, is too large or is empty.
    """
    templates = world.records(EmailTemplate)
    if template_name in templates:
        raise errors.AlreadyExistsException(
            f"Template {template_name} already exists for account id {world.account_id}."
        )
    _check_content(template_content)
    templates[template_name] = EmailTemplate(
        name=template_name, content=template_content, created_at=world.now, tags=tags
    )
    return models.EmptyResponse()


def _check_content(content: models.EmailTemplateContent) -> None:
    parts = [part for part in (content.subject, content.text, content.html) if part]
    if not parts:
        raise errors.BadRequestException("The template must have a subject, a text or an HTML part.")
    size = sum(len(part.encode()) for part in parts)
    if size > _MAX_SIZE:
        raise errors.BadRequestException(f"The template has {size} bytes; at most {_MAX_SIZE} are allowed.")
    try:
        for part in parts:
            parse(part)
    except TemplateError as error:
        raise errors.BadRequestException(str(error)) from None


def get_email_template(world: World, *, template_name: str) -> models.GetEmailTemplateResponse:
    """Return a template."""
    template = find_template(world, template_name)
    return models.GetEmailTemplateResponse(
        template_name=template_name, template_content=template.content, tags=template.tags
    )


def update_email_template(
    world: World, *, template_name: str, template_content: models.EmailTemplateContent
) -> models.EmptyResponse:
    """Replace the content of a template. Syntax errors and more than 500 KB are refused."""
    template = find_template(world, template_name)
    _check_content(template_content)
    world.records(EmailTemplate)[template_name] = attrs.evolve(template, content=template_content)
    return models.EmptyResponse()


def delete_email_template(world: World, *, template_name: str) -> models.EmptyResponse:
    """Delete a template, if it is there."""
    world.records(EmailTemplate).pop(template_name, None)
    return models.EmptyResponse()


def test_render_email_template(
    world: World, *, template_name: str, template_data: str
) -> models.TestRenderEmailTemplateResponse:
    """Return the whole message that a template makes of some data. A variable that is not in it is an error.

    Raises:
        NotFoundException: There is no such template.
        BadRequestException: The data is not a JSON object, or a variable of the template is not in it.
    """
    content = find_template(world, template_name).content
    rendered = render(content, read_data(template_data), is_inline=False, is_listed=True)
    if rendered.failure is not None:
        raise errors.BadRequestException(rendered.failure)
    message_id = world.new_message_id(world.now)
    headers = [
        ("Date", format_datetime(world.now)),
        ("Message-ID", message_id_header(message_id, world.region)),
        ("Subject", rendered.subject),
    ]
    html = rendered.html and rendered.html.replace(PLACEHOLDER, "")
    try:
        message = build(headers, rendered.text, html, ())
    except ValueError:  # the data has half of a surrogate pair
        raise errors.BadRequestException("Template rendering data is invalid") from None
    return models.TestRenderEmailTemplateResponse(
        rendered_template=with_steady_boundaries(message, message_id).decode()
    )


def list_email_templates(
    world: World, *, next_token: str | None = None, page_size: int | None = None
) -> models.ListEmailTemplatesResponse:
    """List the templates, the newest first."""
    newest_first = list(world.records(EmailTemplate).values())[::-1]
    found, token = page(
        world.region, listing("ListEmailTemplates"), newest_first, next_token, page_size, default=10, maximum=100
    )
    return models.ListEmailTemplatesResponse(
        templates_metadata=[
            models.EmailTemplateMetadata(template_name=template.name, created_timestamp=template.created_at)
            for template in found
        ],
        next_token=token,
    )


def _find_custom(world: World, template_name: str) -> CustomVerificationTemplate:
    found = world.records(CustomVerificationTemplate).get(template_name)
    if found is None:
        raise errors.NotFoundException(f"Custom verification email template <{template_name}> does not exist.")
    return found


def create_custom_verification_email_template(
    world: World,
    *,
    template_name: str,
    from_email_address: str,
    template_subject: str,
    template_content: str,
    tags: Sequence[models.Tag] = (),
    success_redirection_url: str,
    failure_redirection_url: str,
) -> models.EmptyResponse:
    """Keep a new template of verification mails, at most 50 in an account."""
    templates = world.records(CustomVerificationTemplate)
    if template_name in templates:
        raise errors.AlreadyExistsException(f"Custom verification email template <{template_name}> already exists.")
    if len(templates) >= _MAX_CUSTOM:
        raise errors.LimitExceededException(
            f"An account can have at most {_MAX_CUSTOM} custom verification email templates."
        )
    attributes = models.GetCustomVerificationEmailTemplateResponse(
        template_name=template_name,
        from_email_address=from_email_address,
        template_subject=template_subject,
        template_content=template_content,
        tags=tags,
        success_redirection_url=success_redirection_url,
        failure_redirection_url=failure_redirection_url,
    )
    templates[template_name] = CustomVerificationTemplate(attributes=attributes, created_at=world.now)
    return models.EmptyResponse()


def get_custom_verification_email_template(
    world: World, *, template_name: str
) -> models.GetCustomVerificationEmailTemplateResponse:
    """Return a template of verification mails."""
    return _find_custom(world, template_name).attributes


def update_custom_verification_email_template(
    world: World,
    *,
    template_name: str,
    from_email_address: str,
    template_subject: str,
    template_content: str,
    success_redirection_url: str,
    failure_redirection_url: str,
) -> models.EmptyResponse:
    """Replace a template of verification mails."""
    found = _find_custom(world, template_name)
    attributes = attrs.evolve(
        found.attributes,
        from_email_address=from_email_address,
        template_subject=template_subject,
        template_content=template_content,
        success_redirection_url=success_redirection_url,
        failure_redirection_url=failure_redirection_url,
    )
    world.records(CustomVerificationTemplate)[template_name] = attrs.evolve(found, attributes=attributes)
    return models.EmptyResponse()


def delete_custom_verification_email_template(world: World, *, template_name: str) -> models.EmptyResponse:
    """Delete a template of verification mails."""
    _find_custom(world, template_name)
    del world.records(CustomVerificationTemplate)[template_name]
    return models.EmptyResponse()


def list_custom_verification_email_templates(
    world: World, *, next_token: str | None = None, page_size: int | None = None
) -> models.ListCustomVerificationEmailTemplatesResponse:
    """List the templates of verification mails."""
    templates = [record.attributes for record in world.records(CustomVerificationTemplate).values()]
    listed = listing("ListCustomVerificationEmailTemplates")
    found, token = page(world.region, listed, templates, next_token, page_size, default=50, maximum=50)
    return models.ListCustomVerificationEmailTemplatesResponse(
        custom_verification_email_templates=[
            models.CustomVerificationEmailTemplateMetadata(
                template_name=template.template_name,
                from_email_address=template.from_email_address,
                template_subject=template.template_subject,
                success_redirection_url=template.success_redirection_url,
                failure_redirection_url=template.failure_redirection_url,
            )
            for template in found
        ],
        next_token=token,
    )
