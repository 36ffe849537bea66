"""Names of the hand-written package that the generator needs, read from the source without importing it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import attrs

_ROOT = "SESv2Error"
_EXPORTED_TOO = {"Problem"}
"""Classes that errors have as attributes, and that are exported with them."""
_PACKAGE = Path(__file__).parent.parent / "sesv2kit"


@attrs.frozen
class BaseError:
    """A hand-written class of errors, from which generated ones may be derived, or `Problem`."""

    name: str
    base: str | None
    """The class of the same module that it is derived from; None for SESv2Error and `Problem`."""
    summary: str
    """The beginning of its docstring, up to the first stop, colon or semicolon."""


def read_base_errors(module: Path = _PACKAGE / "_core" / "exceptions.py") -> tuple[BaseError, ...]:
    """Return the hand-written errors, and `Problem`, in the order of the module."""
    found: dict[str, BaseError] = {}
    for node in _classes(module):
        base = next((base.id for base in node.bases if isinstance(base, ast.Name) and base.id in found), None)
        if base or node.name == _ROOT or node.name in _EXPORTED_TOO:
            summary = re.split(r"[.:;](?:\s|$)", ast.get_docstring(node) or "")[0]
            found[node.name] = BaseError(name=node.name, base=base, summary=summary)
    return tuple(found.values())


def read_client_names() -> set[str]:
    """Return the names of the public methods and properties that the clients have beside the generated ones."""
    return {name for module in (_PACKAGE / "client").glob("*.py") for name in _methods(module)}


def read_base_names() -> set[str]:
    """Return the names of the public methods and properties that models have from hand-written bases."""
    return _methods(_PACKAGE / "_bulk_status.py")


def _methods(module: Path) -> set[str]:
    functions = (node for cls in _classes(module) for node in cls.body)
    names = {node.name for node in functions if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return {name for name in names if not name.startswith("_")}


def _classes(module: Path) -> Iterator[ast.ClassDef]:
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node
