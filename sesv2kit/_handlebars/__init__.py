"""Templates of SES: Handlebars with its own helpers and inline partials, and without HTML escaping.

https://docs.aws.amazon.com/ses/latest/dg/send-personalized-email-advanced.html
"""

from .errors import (
    LimitExceeded,
    MissingVariable,
    RenderError,
    TemplateError,
    TemplateSyntaxError,
    UnsupportedOperation,
)
from .merging import merge
from .template import SES_VARIABLES, Template, parse, parse_inline, variables

__all__ = [
    "SES_VARIABLES",
    "LimitExceeded",
    "MissingVariable",
    "RenderError",
    "Template",
    "TemplateError",
    "TemplateSyntaxError",
    "UnsupportedOperation",
    "merge",
    "parse",
    "parse_inline",
    "variables",
]
