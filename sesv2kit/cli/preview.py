"""`preview`: a template with data, in the browser."""

import os
import tempfile
import webbrowser
from html import escape
from pathlib import Path
from typing import Annotated, Final

import typer

from .. import models
from .failures import UsageProblem
from .folder import FILES, is_template, read_template
from .given import template_data
from .output import clean, note, print_json, print_line
from .rendering import Rendered, render
from .session import Session, command
from .templates import get

_POLICY: Final = "script-src 'none'; object-src 'none'; connect-src 'none'; form-action 'none'; base-uri 'none'"
"""The mail can show images, as in a mail program, and run nothing."""
_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1f2933; }
h1 { font-size: 1.4rem; } h2 { font-size: 1rem; color: #52606d; }
iframe, pre { width: 100%; box-sizing: border-box; border: 1px solid #cbd2d9; border-radius: 6px; background: #fff; }
iframe { height: 70vh; } pre { padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.missing { background: #fff3c4; border-radius: 6px; padding: .6rem 1rem; }
""".strip()


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "preview")(preview)


def preview(
    session: Session,
    template: Annotated[str, typer.Argument(help="A folder with subject.txt and so on, or a stored template.")],
    data: Annotated[str | None, typer.Option(help="The data: JSON, or @FILE.")] = None,
    var: Annotated[list[str] | None, typer.Option(help="A value: NAME=VALUE.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write the page into this file, and open no browser.")] = None,
) -> None:
    """Show a template with data in the browser. Nothing is sent."""
    rendered = render(_content(session, template), template_data(data, var or ()) or {})
    if rendered.missing:
        names = ", ".join(rendered.missing)
        note(f"sesv2kit: the data has no {clean(names)}; SES would take such a mail, and never send it")
    if session.json:
        parts = {"subject": rendered.subject, "text": rendered.text, "html": rendered.html}
        print_json({**parts, "missing": list(rendered.missing)})
        return
    html = page(template, rendered)
    if output is not None:
        output.write_text(html, encoding="utf-8")
        print_line(f"The page is in {output}")
        return
    path = _temporary(html)
    print_line(f"The page is in {path}")
    webbrowser.open(path.as_uri())


def _content(session: Session, template: str) -> models.EmailTemplateContent:
    if is_template(Path(template)):
        return read_template(Path(template))
    if Path(template).is_dir():
        raise UsageProblem(f"{template} is a folder without {', '.join(FILES.values())}")
    with session.client() as ses:
        return get(ses, template)


def _temporary(html: str) -> Path:
    """Write a page into a file that only this user can read; it stays until the system tidies up."""
    number, name = tempfile.mkstemp(prefix="sesv2kit-", suffix=".html")
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(html)
    return Path(name)


def page(name: str, rendered: Rendered) -> str:
    """Return a page that shows a mail; its HTML is in a frame without scripts."""
    parts = [f"<h1>{escape(rendered.subject)}</h1>"]
    if rendered.missing:
        names = escape(", ".join(rendered.missing))
        parts.append(f'<p class="missing">The data has no {names}. SES would take such a mail, and never send it.</p>')
    if rendered.html is not None:
        parts.append(f'<h2>HTML</h2><iframe sandbox srcdoc="{escape(rendered.html)}"></iframe>')
    if rendered.text is not None:
        parts.append(f"<h2>Plain text</h2><pre>{escape(rendered.text)}</pre>")
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(name)}</title><style>{_STYLE}</style>"
    )
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(parts)}</body></html>\n'
