"""The command `sesv2kit`, also `python -m sesv2kit`."""

import sys
from collections.abc import Sequence

_USAGE = "usage: sesv2kit local [--help]\n\n  local   Amazon SES on this machine, with an inbox in the browser\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: The command line. Default: that of the process.

    Returns:
        int: The exit code.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    match given:
        case ["local", *rest]:
            from .local.__main__ import main as local

            return local(rest)
        case ["-h" | "--help"]:
            sys.stdout.write(_USAGE)
            return 0
        case _:
            sys.stderr.write(_USAGE)
            return 2


if __name__ == "__main__":
    sys.exit(main())
