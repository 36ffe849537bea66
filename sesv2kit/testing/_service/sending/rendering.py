"""Templates become texts."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, cast

import attrs

from .... import errors, models
from ...._handlebars import Template, TemplateError, merge, parse, parse_inline
from .tracking import PLACEHOLDER

UNSUBSCRIBE: Final = "{{amazonSESUnsubscribeUrl}}"
"""The placeholder in a mail for the address of the page on which its recipient leaves the list."""
_UNSUBSCRIBE_NAME: Final = UNSUBSCRIBE.strip("{}")
_IMAGE_NAME: Final = PLACEHOLDER.strip("{}")


@attrs.frozen
class Rendered:
    """A template, filled in; or why it could not be."""

    subject: str
    text: str | None = None
    html: str | None = None
    failure: str | None = None


@lru_cache(maxsize=512)
def _parsed(text: str, is_inline: bool) -> Template:
    return parse_inline(text) if is_inline else parse(text)


def read_data(text: str | None) -> Mapping[str, Any]:
    """Return template data; none of it is an empty object.

    Raises:
        BadRequestException: It is not a JSON object.
    """
    if not text:
        return {}
    try:
        data: object = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise errors.BadRequestException("Template rendering data is invalid")
    return cast("dict[str, Any]", data)


def _refuse(constant: str) -> object:
    """Refuse `NaN` and infinities, which are not JSON."""
    raise ValueError(constant)


def merged(defaults: Mapping[str, Any], data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the data of one mail over the default data of its request."""
    return merge(defaults, data) if defaults else data


def check_inline(content: models.EmailTemplateContent) -> None:
    """Refuse a template in a request that has more than plain variables.

    Raises:
        BadRequestException: It has, or it is not a template.
    """
    try:
        for text in (content.subject, content.text, content.html):
            if text:
                _parsed(text, True)
    except TemplateError as error:
        raise errors.BadRequestException(str(error)) from None


def render(
    content: models.EmailTemplateContent, data: Mapping[str, Any], *, is_inline: bool, is_listed: bool
) -> Rendered:
    """Fill in a template.

    Args:
        content: The template.
        data: The values of its variables.
        is_inline: Whether it was part of the request.
        is_listed: Whether the mail goes to a contact list, so that it may have a link to leave the list.
    """
    data = {**data, _IMAGE_NAME: PLACEHOLDER}
    if is_listed:
        data[_UNSUBSCRIBE_NAME] = UNSUBSCRIBE
    try:
        subject, text, html = (
            template and _parsed(template, is_inline).render(data)
            for template in (content.subject, content.text, content.html)
        )
    except TemplateError as error:
        return Rendered(content.subject or "", failure=str(error))
    return Rendered(" ".join((subject or "").splitlines()), text, html)
