"""The command `sesv2kit`, also `python -m sesv2kit`."""

import sys
from collections.abc import Sequence

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: The command line. Default: that of the process.

    Returns:
        int: The exit code.
    """
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:  # while modules are imported; later, a command says itself what was under way
        return _INTERRUPTED


def _run(given: list[str]) -> int:
    if given[:1] == ["local"]:  # which does without the extra `cli`
        from .local.__main__ import main as local

        return local(given[1:])
    from .cli import main as command

    return command(given)


if __name__ == "__main__":
    sys.exit(main())
