"""The layers of docs/architecture.md: a module imports only from its own layer and from lower ones."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import sesv2kit

PACKAGE = Path(sesv2kit.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"
TABLE = PAGE.read_text(encoding="utf-8").partition("\n## The path")[0]
LAYERS: list[str] = re.findall(r"^\| `(\w+)/?`", TABLE, re.MULTILINE)[::-1]
"""The layers of the table, lowest first. Imports inside functions, and for type checkers alone, count as well."""


def modules() -> dict[str, Path]:
    """Return every module of the package by its dotted name below `sesv2kit`."""
    found: dict[str, Path] = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)] = path
    return found


def imports(module: str, path: Path, known: dict[str, Path]) -> Iterator[str]:
    """Yield the modules of the package that a module imports."""
    folder = path.relative_to(PACKAGE).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*folder[: len(folder) - node.level + 1], *(node.module or "").split(".")]
            origin = ".".join(part for part in base if part)
            for alias in node.names:
                inner = f"{origin}.{alias.name}" if origin else alias.name
                yield inner if inner in known else origin or "__init__"
        elif isinstance(node, ast.ImportFrom | ast.Import):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            assert not any(name.split(".")[0] == "sesv2kit" for name in names), f"{module}: imports are relative"


def arrows() -> dict[str, set[str]]:
    """Return what each module imports of the package."""
    known = modules()
    return {module: set(imports(module, path, known)) - {module} for module, path in known.items()}


def layer(module: str) -> int:
    """Return the number of a module's layer, the lowest being 0."""
    return LAYERS.index(module.split(".")[0])


def test_every_module_has_one_layer_in_the_table() -> None:
    assert sorted({module.split(".")[0] for module in modules()}) == sorted(LAYERS)


def test_no_module_imports_from_a_higher_layer() -> None:
    upward = [(module, lower) for module, found in arrows().items() for lower in found if layer(lower) > layer(module)]
    assert sorted(f"{module} imports {higher}, a higher layer" for module, higher in upward) == []


def test_there_are_no_circular_imports() -> None:
    left = arrows()
    while leaves := [module for module, found in left.items() if not found & left.keys()]:
        for module in leaves:
            del left[module]
    # What is left is in a cycle, or leads to one.
    assert {module: sorted(found & left.keys()) for module, found in left.items()} == {}
