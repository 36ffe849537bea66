"""The command `sesv2kit`: mails, mailings, and what an account has, from a shell.

Needs the extra `sesv2kit[cli]`, but for `sesv2kit local`, which needs `sesv2kit[local]`. docs/cli.md is the guide.
A command fails with an exit code that says what kind of error it was, see `failures`. Nothing is lost by that: what may
have been sent is never called not sent, and a mailing that was stopped is carried on by the same command.
"""

import sys
from collections.abc import Sequence

from .failures import CONFIGURATION

_EXTRA = "sesv2kit: the command line needs an extra: pip install 'sesv2kit[cli]'\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: The command line. Default: that of the process.

    Returns:
        int: The exit code.
    """
    try:
        from .app import run
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("rich", "typer"):
            raise
        sys.stderr.write(_EXTRA)
        return CONFIGURATION
    return run(sys.argv[1:] if arguments is None else arguments)
