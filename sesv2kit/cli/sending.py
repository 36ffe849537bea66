"""`send`: one mail."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, TypedDict

import typer

from .. import compose
from .failures import OUTPUT, OutputProblem, UsageProblem
from .given import pairs, template_data, text_of
from .output import clean, note, print_json, print_line
from .session import Session, command


class Shared(TypedDict):
    """What mails have with and without a template."""

    sender: str
    to: Sequence[str]
    cc: Sequence[str]
    bcc: Sequence[str]
    reply_to: Sequence[str]
    attachments: Sequence[Path]
    headers: Mapping[str, str] | None
    tags: Mapping[str, str] | None


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "send")(send)


def send(
    session: Session,
    sender: Annotated[str, typer.Option("--from", help="The address in From, which must be verified.")],
    to: Annotated[list[str] | None, typer.Option(help="A recipient; repeat it for more.")] = None,
    cc: Annotated[list[str] | None, typer.Option(help="A recipient in Cc.")] = None,
    bcc: Annotated[list[str] | None, typer.Option(help="A recipient whom nobody else sees.")] = None,
    reply_to: Annotated[list[str] | None, typer.Option(help="Where replies go.")] = None,
    subject: Annotated[str | None, typer.Option(help="The subject.")] = None,
    text: Annotated[str | None, typer.Option(help="The plain text.")] = None,
    text_file: Annotated[str | None, typer.Option(help="A file with the plain text; - for standard input.")] = None,
    html: Annotated[str | None, typer.Option(help="The HTML.")] = None,
    html_file: Annotated[str | None, typer.Option(help="A file with the HTML; - for standard input.")] = None,
    template: Annotated[str | None, typer.Option(help="A stored template, instead of subject and texts.")] = None,
    data: Annotated[str | None, typer.Option(help="The template's data: JSON, or @FILE.")] = None,
    var: Annotated[list[str] | None, typer.Option(help="A value of the template: NAME=VALUE.")] = None,
    attach: Annotated[list[Path] | None, typer.Option(help="A file to attach.")] = None,
    inline: Annotated[list[str] | None, typer.Option(help='An image of the HTML: ID=FILE, for src="cid:ID".')] = None,
    header: Annotated[list[str] | None, typer.Option(help="A further header: NAME=VALUE.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag for sending events: NAME=VALUE.")] = None,
    configuration_set: Annotated[str | None, typer.Option(help="The configuration set.")] = None,
) -> None:
    """Send one mail, and print its message id.

    A mail is never sent twice: if it is not known whether it was sent, the command says so, and ends with exit code 4.
    """
    shared = Shared(
        sender=sender,
        to=to or (),
        cc=cc or (),
        bcc=bcc or (),
        reply_to=reply_to or (),
        attachments=attach or (),
        headers=pairs("--header", header or ()) or None,
        tags=pairs("--tag", tag or ()) or None,
    )
    if absent := [path for path in shared["attachments"] if not path.exists()]:
        raise UsageProblem(f"--attach: there is no {absent[0]}")
    if folders := [path for path in shared["attachments"] if path.is_dir()]:
        raise UsageProblem(f"--attach: {folders[0]} is a folder")
    values = template_data(data, var or ())
    if template is not None:
        if not (subject is text is text_file is html is html_file is None and not inline):
            raise UsageProblem("--template brings subject and texts with it; give one or the other")
        mail = compose.template(template, values or {}, **shared)
    else:
        if subject is None:
            raise UsageProblem("give a --subject, or a --template")
        if values is not None:
            raise UsageProblem("--data and --var are for a --template")
        plain, marked_up = text_of("--text", text, text_file), text_of("--html", html, html_file)
        if plain is marked_up is None:
            raise UsageProblem("give a --text, an --html, or a file with one of them")
        mail = compose.mail(
            subject=subject,
            text=plain,
            html=marked_up,
            inline=dict(pairs("--inline", inline or ())) or None,
            **shared,
        )
    _send(session, mail, configuration_set)


def _send(session: Session, mail: compose.Mail, configuration_set: str | None) -> None:
    """Send a mail, and print its message id."""
    with session.client() as ses:
        try:
            response = ses.send_email(**mail.arguments, configuration_set_name=configuration_set)
        except KeyboardInterrupt:
            note("sesv2kit: interrupted. The mail may have been sent. Check that before you send it again.")
            raise
    try:
        if session.json:
            print_json({"message_id": response.message_id})
        else:
            print_line(f"Sent as {clean(response.message_id)}")
    except (OutputProblem, BrokenPipeError):
        note(f"sesv2kit: the output can't be written. The mail was sent as {clean(response.message_id)}")
        raise typer.Exit(OUTPUT) from None
