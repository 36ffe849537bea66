"""What is given on the command line, or in files that it names, as values."""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from ..compose.addresses import read_address
from .failures import UsageProblem


def pairs(option: str, texts: Iterable[str]) -> dict[str, str]:
    """Return the names and values of an option that takes NAME=VALUE and can be repeated."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not (name and equals):
            raise UsageProblem(f"{option} takes NAME=VALUE, not {text!r}")
        if name in found:
            raise UsageProblem(f"{option} has {name!r} twice")
        found[name] = value
    return found


def sender_of(text: str) -> str:
    """Return the address of `--from` as it may be sent; a name that is not ASCII is encoded.

    Raises:
        UsageProblem: It is not an address.
    """
    try:
        return read_address(text)
    except ValueError as error:
        raise UsageProblem(f"--from: {error}") from None


def template_data(text: str | None, variables: Sequence[str]) -> dict[str, Any] | None:
    """Return the data of a template.

    Args:
        text: What `--data` has: a JSON object, or @FILE for a file that holds one; None without it.
        variables: What `--var` has: NAME=VALUE.

    Returns:
        The data; None if there is neither.
    """
    if text is None and not variables:
        return None
    data: Any = {}
    if text is not None:
        try:
            data = json.loads(read_text(text[1:]) if text.startswith("@") else text)
        except (ValueError, RecursionError) as error:
            raise UsageProblem(f"--data is not JSON: {error}") from None
    if not isinstance(data, dict):
        raise UsageProblem('--data takes a JSON object, such as \'{"name": "Ann"}\'')
    return {**cast("dict[str, Any]", data), **pairs("--var", variables)}


def text_of(option: str, text: str | None, file: str | None) -> str | None:
    """Return a text that is given itself or by a file; - is the standard input."""
    if text is not None and file is not None:
        raise UsageProblem(f"give either {option} or {option}-file")
    return text if file is None else read_text(file)


def read_text(name: str) -> str:
    """Return what a file holds, in UTF-8; - is the standard input."""
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageProblem(f"{name} is not in UTF-8") from None
