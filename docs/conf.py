"""How Sphinx builds the documentation."""

import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))

from public_names import missing
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.ext.napoleon import Config, GoogleDocstring
from sphinx.pycode import ModuleAnalyzer
from sphinx.util import logging

from sesv2kit import __version__

project = "sesv2kit"
author = "The sesv2kit developers"
project_copyright = author
version = release = __version__

extensions = [
    "myst_parser",
    "notfound.extension",
    "sphinx.ext.autodoc",
    "sphinx_copybutton",
    "sphinxext.opengraph",
]
exclude_patterns = ["_build", "examples"]

# The look ---------------------------------------------------------------------------

# Where the site is published: the page 404 and previews in chats need whole addresses.
SITE = os.environ.get("SESV2KIT_SITE_URL", "")
SOURCE = "https://github.com/sesv2kit/sesv2kit"

html_theme = "furo"
html_title = f"sesv2kit {version}"
html_baseurl = SITE
html_favicon = "_static/icon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#1f6f5c",
        "color-brand-content": "#1b6452",
        "color-brand-visited": "#1b6452",
    },
    "dark_css_variables": {
        "color-brand-primary": "#6fcfb6",
        "color-brand-content": "#6fcfb6",
        "color-brand-visited": "#6fcfb6",
    },
    "source_repository": SOURCE,
    "source_branch": "main",
    "source_directory": "docs/",
}
pygments_style = "friendly"
pygments_dark_style = "github-dark"

# What is copied is what one types: no prompts, and no output.
copybutton_selector = "div.highlight:not(.highlight-text *) pre"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_only_copy_prompt_lines = True
copybutton_remove_prompts = True
copybutton_copy_empty_lines = False
copybutton_line_continuation_character = "\\"

ogp_site_url = SITE
ogp_site_name = "sesv2kit"
ogp_description_length = 160
ogp_image = "_static/local-inbox.png"
ogp_image_alt = "The inbox of the local SES: mails with their recipients and states"
ogp_social_cards = {"enable": False}

notfound_urls_prefix = urlsplit(SITE).path or "/"
notfound_context = {
    "title": "There is no such page",
    "body": f"""
        <h1>There is no such page</h1>
        <p>It may have moved, or the address has a typo. Search for it, or start at
        <a href="{notfound_urls_prefix}index.html">the first page</a>. Questions that
        many have are in the <a href="{notfound_urls_prefix}faq.html">FAQ</a>, and
        recipes in the <a href="{notfound_urls_prefix}cookbook.html">cookbook</a>.</p>
    """,
}

# Hosts that are made up, or need an account.
linkcheck_ignore = [
    r"https?://(localhost|127\.0\.0\.1)",
    r"https?://[\w.]*example\.\w+",
]
linkcheck_anchors = False
linkcheck_retries = 3
linkcheck_timeout = 20
linkcheck_workers = 4

# The pages --------------------------------------------------------------------------

myst_heading_anchors = 3
myst_enable_extensions = ["deflist"]

autodoc_member_order = "bysource"
# Two models have a member named `type`, so Sphinx does not know what `type[...]` means.
suppress_warnings = ["ref.python"]
python_maximum_signature_line_length = 100
toc_object_entries_show_parents = "hide"

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


def widen_landing_page(_app: Sphinx, env: BuildEnvironment) -> None:
    """Leave out the contents of the landing page, which is short and has its own."""
    env.metadata["index"]["hide-toc"] = True


def leave_out_overloads(_app: Sphinx) -> None:
    """Have one signature in place of one for each operation."""
    analyzer = ModuleAnalyzer.for_module("sesv2kit.convert")
    analyzer.analyze()
    analyzer.overloads.clear()


def setup(app: Sphinx) -> None:
    """Tell Sphinx of the above."""
    app.connect("env-updated", widen_landing_page)
    app.connect("autodoc-process-docstring", read_docstring)
    app.connect("builder-inited", leave_out_overloads)
    app.connect("env-check-consistency", check_names)
