"""Templates of mails and of verification mails."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from .... import errors, models
from ...._core.model import ABSENT, Model, wire
from ..paging import listing, page
from ..world import World


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
    tags: Sequence[models.Tag] = ABSENT,
) -> models.EmptyResponse:
    """Keep a new template."""
    templates = world.records(EmailTemplate)
    if template_name in templates:
        raise errors.AlreadyExistsException(
            f"Template {template_name} already exists for account id {world.account_id}."
        )
    templates[template_name] = EmailTemplate(
        name=template_name, content=template_content, created_at=world.now, tags=tags
    )
    return models.EmptyResponse()


def get_email_template(world: World, *, template_name: str) -> models.GetEmailTemplateResponse:
    """Return a template."""
    template = find_template(world, template_name)
    return models.GetEmailTemplateResponse(
        template_name=template_name, template_content=template.content, tags=template.tags
    )


def update_email_template(
    world: World, *, template_name: str, template_content: models.EmailTemplateContent
) -> models.EmptyResponse:
    """Replace the content of a template."""
    template = find_template(world, template_name)
    world.records(EmailTemplate)[template_name] = attrs.evolve(template, content=template_content)
    return models.EmptyResponse()


def delete_email_template(world: World, *, template_name: str) -> models.EmptyResponse:
    """Delete a template; one that is not there is no error."""
    world.records(EmailTemplate).pop(template_name, None)
    return models.EmptyResponse()


def list_email_templates(
    world: World, *, next_token: str | None = None, page_size: int | None = None
) -> models.ListEmailTemplatesResponse:
    """List the templates, the newest first."""
    newest_first = list(world.records(EmailTemplate).values())[::-1]
    found, token = page(
        world.region, listing("ListEmailTemplates"), newest_first, next_token, page_size, default=10, most=100
    )
    return models.ListEmailTemplatesResponse(
        templates_metadata=[
            models.EmailTemplateMetadata(template_name=template.name, created_timestamp=template.created_at)
            for template in found
        ],
        next_token=token,
    )
