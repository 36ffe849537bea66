"""`templates`: stored templates as files, so that they can be kept under version control."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from .. import models
from ..client import SESv2Client
from ..errors import NotFoundException, SESv2Error
from .failures import SERVICE, UsageProblem
from .folder import differences, is_template, read_folder, read_template, write_template
from .output import clean, note, print_json, print_line, print_table
from .session import Session, command

Folder = Annotated[Path, typer.Argument(help="The folder: NAME/subject.txt, NAME/text.txt, NAME/html.html.")]
Names = Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these templates.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Stored templates, and a folder of files.")
    command(group, "list")(list_templates)
    command(group, "push")(push)
    command(group, "pull")(pull)
    command(group, "diff")(diff)
    app.add_typer(group, name="templates")


def list_templates(session: Session) -> None:
    """List the stored templates."""
    with session.client() as ses:
        stored = sorted(ses.iter_email_templates(), key=lambda one: one.template_name or "")
    found = [{"name": one.template_name, "created": one.created_timestamp} for one in stored]
    if session.json:
        for row in found:
            print_json(row)
    else:
        print_table(("Template", "Created"), [list(row.values()) for row in found])


def push(session: Session, folder: Folder, names: Names = None) -> None:
    """Store the templates of a folder. Only what differs is written, and nothing is deleted."""
    with session.client() as ses:
        for name, local in read_folder(folder, names or ()).items():
            _report(session, name, _store(ses, name, local))


def _store(ses: SESv2Client, name: str, local: models.EmailTemplateContent) -> str:
    """Store a template unless it is there, and return what was done. An error is preceded by its name."""
    try:
        stored = find(ses, name)
        if stored is None:
            ses.create_email_template(template_name=name, template_content=local)
        elif differences(name, stored, local):
            ses.update_email_template(template_name=name, template_content=local)
    except SESv2Error:
        note(f"sesv2kit: while storing {clean(name)}:")
        raise
    return "created" if stored is None else "updated" if differences(name, stored, local) else "unchanged"


def pull(
    session: Session,
    folder: Folder,
    names: Names = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that differ.")] = False,
) -> None:
    """Write stored templates into a folder. Files that differ are kept, unless --force replaces them."""
    with session.client() as ses:
        wanted = names or [one.template_name for one in ses.iter_email_templates() if one.template_name]
        stored = {name: get(ses, name) for name in wanted}
    done = {name: _compared(folder / name, name, content) for name, content in stored.items()}
    if not force and (kept := [name for name, state in done.items() if state == "updated"]):
        raise UsageProblem(f"{', '.join(kept)}: the files differ; `diff` shows how, and --force replaces them")
    for name, content in stored.items():
        if done[name] != "unchanged":
            write_template(folder, name, content)
        _report(session, name, done[name])


def _compared(home: Path, name: str, stored: models.EmailTemplateContent) -> str:
    if not is_template(home):
        return "created"
    return "updated" if differences(name, stored, read_template(home)) else "unchanged"


def diff(session: Session, folder: Folder, names: Names = None) -> int:
    """Show what `push` would change. The exit code is 1 if there is a difference, and 0 if there is none."""
    found: list[str] = []
    with session.client() as ses:
        for name, local in read_folder(folder, names or ()).items():
            lines = differences(name, find(ses, name), local)
            found += lines
            _print_diff(session, name, lines)
    return SERVICE if found else 0


def _print_diff(session: Session, name: str, lines: Sequence[str]) -> None:
    if session.json:
        print_json({"name": name, "differs": bool(lines), "diff": "\n".join(lines)})
        return
    for line in lines:
        print_line(clean(line))


def find(ses: SESv2Client, name: str) -> models.EmailTemplateContent | None:
    """Return a stored template; None if there is none."""
    try:
        return get(ses, name)
    except NotFoundException:
        return None


def get(ses: SESv2Client, name: str) -> models.EmailTemplateContent:
    """Return a stored template."""
    return ses.get_email_template(template_name=name).template_content


def _report(session: Session, name: str, done: str) -> None:
    if session.json:
        print_json({"name": name, "state": done})
    else:
        print_line(f"{done:<9}  {clean(name)}")
