"""`local`: the command of `sesv2kit.local`, which has its own options."""

from typing import Annotated

import typer

from ..local.__main__ import main

_SETTINGS = {"allow_extra_args": True, "ignore_unknown_options": True}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("local", context_settings=_SETTINGS, add_help_option=False)(local)


def local(arguments: Annotated[list[str] | None, typer.Argument(metavar="[OPTIONS]")] = None) -> None:
    """Serve SES on this machine, with an inbox in the browser; `sesv2kit local --help` has its options."""
    raise typer.Exit(main(arguments or []))
