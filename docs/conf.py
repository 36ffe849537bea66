"""How Sphinx builds the documentation."""

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from public_names import missing
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.ext.napoleon import Config, GoogleDocstring
from sphinx.util import logging

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
myst_enable_extensions = ["deflist"]

autodoc_member_order = "bysource"
# Two models have a member named `type`, so Sphinx does not know what `type[...]` means.
suppress_warnings = ["ref.python"]
python_maximum_signature_line_length = 100

logger = logging.getLogger(__name__)

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
    elif what not in ("attribute", "property"):
        text = str(
            GoogleDocstring(text, Config(), app, what, name, documented, options)
        )
    lines[:] = text.splitlines()


def check_names(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each public name that no page documents."""
    objects = env.domains.python_domain.objects
    for name in missing(objects):
        logger.warning("no page documents %s", name)


def setup(app: Sphinx) -> None:
    """Tell Sphinx of the above."""
    app.connect("autodoc-process-docstring", read_docstring)
    app.connect("env-check-consistency", check_names)
