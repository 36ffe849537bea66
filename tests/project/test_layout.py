"""What tests share is in tests/support; a conftest holds fixtures alone, and no module imports it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
PACKAGES = {path.parent.name for path in TESTS.glob("*/__init__.py")} - {"support"} | {"tests"}


def imported_modules(tree: ast.AST) -> Iterator[str]:
    """Return the absolute imports of a file, and `.conftest` for a conftest beside it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def test_no_module_imports_a_conftest_or_another_test_package() -> None:
    offenders = [
        f"{path.relative_to(TESTS)} imports {module}"
        for path in TESTS.rglob("*.py")
        for module in imported_modules(ast.parse(path.read_text(encoding="utf-8")))
        if "conftest" in module.split(".") or (module.partition(".")[0] in PACKAGES)
    ]
    assert not offenders


def test_every_pragma_of_coverage_gives_its_reason() -> None:
    package = TESTS.parent / "sesv2kit"
    lines = [
        f"{path.relative_to(package)}:{number}"
        for path in package.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "# pragma: no " in line and not re.search(r"# pragma: no (cover|branch) -- \w+", line)
    ]
    assert not lines
