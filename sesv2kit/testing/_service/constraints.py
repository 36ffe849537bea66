"""What is wrong with arguments, in the service's own form."""

from collections.abc import Sequence
from typing import Final

from ..._core.exceptions import Problem

_MAX_SHOWN: Final = 10


def message(problems: Sequence[Problem]) -> str:
    """Return the message of the service for arguments that break constraints."""
    count = len(problems)
    found = "; ".join(
        f"Value at '{_member(problem.path)}' failed to satisfy constraint: Member {problem.message}"
        for problem in problems[:_MAX_SHOWN]
    )
    return f"{count} validation error{'' if count == 1 else 's'} detected: {found}"


def _member(path: str) -> str:
    """Return a path in Python names as the service writes it: `template_content.html` as `templateContent.html`."""
    return ".".join(_camel(part) for part in path.split("."))


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)
