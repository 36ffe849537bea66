"""The text of a template, and the errors that name a place in it."""

from typing import Final

import attrs

from .errors import TemplateSyntaxError

WHITESPACE: Final = (
    " \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What JavaScript regards as white space."""


@attrs.frozen
class Source:
    """The text of a template."""

    text: str

    def error(self, offset: int, problem: str) -> TemplateSyntaxError:
        """Return an error about the character at an offset."""
        line = self.text.count("\n", 0, offset) + 1
        return TemplateSyntaxError(problem, line, offset - self.text.rfind("\n", 0, offset))
