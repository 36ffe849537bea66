"""Pure: templates with data, rendered as SES renders them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from .. import models
from .._handlebars import SES_VARIABLES, LimitExceeded, RenderError, TemplateError, merge, parse
from .failures import UsageProblem

_OF_SES: Final = {**dict.fromkeys(SES_VARIABLES, ""), "amazonSESUnsubscribeUrl": "#"}
"""Values of the variables that SES fills in itself: the link leads nowhere."""


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


def row_check(
    content: models.EmailTemplateContent, default: Mapping[str, Any]
) -> Callable[[Mapping[str, Any]], str | None]:
    """Return a function that says why SES could not render a template with a row's data; None if it can.

    Args:
        content: The template.
        default: The data of all rows.

    Raises:
        TemplateError: The template can't be parsed, though SES has accepted it.
    """
    templates = [parse(text) for text in (content.subject, content.text, content.html) if text]
    shared = {**_OF_SES, **default}

    def problem(values: Mapping[str, Any]) -> str | None:
        data = merge(shared, values)
        try:
            names = dict.fromkeys(name for template in templates for name in template.missing(data))
        except LimitExceeded:  # a limit of this check, and not one of SES
            return None
        except RenderError as error:
            return str(error)
        used = ", ".join(f"{{{{{name}}}}}" for name in names)
        return f"uses {used}, which the row does not have: SES would accept and never send it" if names else None

    return problem
