"""How Sphinx builds the documentation."""

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.ext.napoleon import Config, GoogleDocstring

from sesv2kit import __version__

project = "sesv2kit"
author = "The sesv2kit developers"
project_copyright = author
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build", "examples"]

html_theme = "furo"
html_title = f"sesv2kit {version}"

myst_heading_anchors = 3

autodoc_member_order = "bysource"
# Two models have a member named `type`, so Sphinx does not know what `type[...]` means.
suppress_warnings = ["ref.python"]
python_maximum_signature_line_length = 100

_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")


def read_docstring(
    app: Sphinx, what: str, name: str, documented: Any, options: Any, lines: list[str]
) -> None:
    """Turn a docstring into reStructuredText.

    Docstrings are in Google's style, with Markdown's backticks. `sphinx.ext.napoleon`
    alone takes the words before a colon in an attribute's docstring for a type; ours
    are sentences. A pattern in single backticks would lose its backslashes. And what a
    module's docstring says is on the pages.
    """
    text = _CODE.sub(r"``\1``", "\n".join(lines))
    if what == "module":
        text = ""
    elif what != "attribute":
        text = str(
            GoogleDocstring(text, Config(), app, what, name, documented, options)
        )
    lines[:] = text.splitlines()


def setup(app: Sphinx) -> None:
    """Tell Sphinx of the above."""
    app.connect("autodoc-process-docstring", read_docstring)
