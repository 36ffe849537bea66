"""The command line as a whole."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from .._version import __version__
from . import account, fleet, identities, local, mailing, preview, sending, stats, suppression, tail, templates
from .failures import OK, SERVICE
from .session import EndpointUrl, Json, Profile, Region, Session

app: typer.Typer = typer.Typer(
    name="sesv2kit",
    help="Amazon SES from a shell. Exit codes: 0 done, 1 the service refused or failed, 2 wrong usage or input, "
    "3 credentials or configuration, 4 a mail may or may not have been sent, 5 a mailing partly failed, "
    "6 the work is done and the output can't be written, 130 Ctrl-C.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # which would show values, and so secrets
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _group in (sending, mailing, fleet, preview, account, stats, identities, suppression, templates, tail, local):
    _group.add_to(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"sesv2kit {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    region: Region = None,
    profile: Profile = None,
    endpoint_url: EndpointUrl = None,
    json: Json = False,
    version: Annotated[  # noqa: ARG001 -- the callback has used it
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that may be before the command as well."""
    before = context.find_object(Session) or Session()
    context.obj = Session(region, profile, endpoint_url, json, before.arguments)


def run(arguments: Sequence[str]) -> int:
    """Run a command, and return its exit code."""
    _prepare_streams()
    code: object = OK
    try:
        app(list(arguments), prog_name="sesv2kit", obj=Session(arguments=tuple(arguments)))
    except SystemExit as end:
        code = end.code
    return code if isinstance(code, int) else OK if code is None else SERVICE


def _prepare_streams() -> None:
    """Make the output take everything: a shell may close it, or its encoding may lack a character."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- until the process ends
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(errors="backslashreplace")
