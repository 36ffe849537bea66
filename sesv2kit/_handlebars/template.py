"""Templates: parse, render, and what a template reads."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from .errors import MissingVariable, UnsupportedOperation
from .nodes import Body, Output
from .parser import Parser
from .reading import Reader, is_helper
from .renderer import Renderer
from .source import Source

SES_VARIABLES: Final = ("amazonSESUnsubscribeUrl", "ses:openTracker")
"""The variables that SES fills in itself: the link to leave a list, and the image that reports opens."""


@attrs.frozen
class Template:
    """A parsed template."""

    source: str
    body: Body = attrs.field(repr=False, eq=False)

    def render(self, data: Mapping[str, Any], *, strict: bool = True) -> str:
        """Return the text of the template.

        Args:
            data: The values of its variables, as JSON has them.
            strict: Whether a variable that the data does not have is an error, as it is in SES. Otherwise it is
                printed as nothing. Conditions and loops may be about what is not there in either case.

        Raises:
            MissingVariable: The template prints a variable that the data does not have, or calls an unknown helper.
            RenderError: The template has a partial that is not defined, or a helper with too few arguments.
            LimitExceeded: The template is nested too deeply, takes too many steps, or its text is too long.
        """
        return Renderer(_refuse if strict else _ignore).render(self.body, data)

    def missing(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the variables that the template prints and the data does not have, in the order of the template.

        Args:
            data: The values of its variables, as JSON has them.

        Raises:
            RenderError: As in `render`.
        """
        names: dict[str, None] = {}
        try:
            Renderer(names.setdefault).render(self.body, data)
        except MissingVariable as error:
            names.setdefault(error.name)
        return tuple(names)


def parse(text: str) -> Template:
    """Parse a template that SES stores: all of Handlebars without helpers of one's own.

    Args:
        text: The template.

    Raises:
        TemplateSyntaxError: It is not a template.
    """
    return Template(text, Parser(Source(text)).parse())


def variables(template: Template) -> tuple[str, ...]:
    """Return the variables that a template reads, in its order, such as `user.name`, `items` and `items[].price`.

    Args:
        template: The template.
    """
    return Reader(template.body).variables()


def parse_inline(text: str) -> Template:
    """Parse a template that is part of a request: plain variables only.

    Args:
        text: The template.

    Raises:
        TemplateSyntaxError: It is not a template.
        UnsupportedOperation: It has a block, a partial or a helper.
    """
    template = parse(text)
    nodes = [node for node in template.body.nodes if not isinstance(node, str)]
    is_plain = all(isinstance(node, Output) and not (node.call.has_arguments or is_helper(node.call)) for node in nodes)
    if template.body.inlines or not is_plain:
        raise UnsupportedOperation
    return template


def _refuse(name: str) -> None:
    raise MissingVariable(name)


def _ignore(_name: str) -> None:
    return
