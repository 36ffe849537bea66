"""Pure: templates with data, rendered as SES renders them."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from .. import models
from .._handlebars import TemplateError, parse
from .failures import UsageProblem

_OF_SES: Final = {"amazonSESUnsubscribeUrl": "#", "ses:openTracker": ""}
"""The variables that SES has a value for."""


@attrs.frozen
class Rendered:
    """A template with data."""

    subject: str
    text: str | None
    html: str | None
    missing: tuple[str, ...]
    """Variables that the data does not have: SES would take such a mail, and never send it."""


def render(content: models.EmailTemplateContent, data: Mapping[str, Any]) -> Rendered:
    """Render a template. A variable that the data does not have is printed as nothing.

    Raises:
        UsageProblem: The template can't be parsed or rendered.
    """
    values = {**_OF_SES, **data}
    missing: dict[str, None] = {}
    texts: dict[str, str | None] = {}
    for part in ("subject", "text", "html"):
        source: str | None = getattr(content, part)
        if not source:
            texts[part] = None
            continue
        try:
            template = parse(source)
            missing.update(dict.fromkeys(template.missing(values)))
            texts[part] = template.render(values, strict=False)
        except TemplateError as error:
            raise UsageProblem(f"the {part} of the template can't be rendered: {error}") from None
    return Rendered(texts["subject"] or "", texts["text"], texts["html"], tuple(missing))
