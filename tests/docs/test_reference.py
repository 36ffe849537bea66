"""The reference has every public name; the build of the pages compares the names, and these tests the comparison."""

import importlib.util
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import sesv2kit
from sesv2kit.testing._service.routing import routes

DOCS = Path(__file__).parents[2] / "docs"
REPEATED = {"sesv2kit.client", "sesv2kit.events.verifier"}
"""Modules whose names are those of the package above them."""


@pytest.fixture(scope="module")
def public_names() -> Any:
    """Load the module that the build uses."""
    spec = importlib.util.spec_from_file_location("public_names", DOCS / "public_names.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def modules_of(package: ModuleType) -> Iterator[str]:
    """Yield the modules of a package that have public names, and do not begin with an underscore."""
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if found.name.rpartition(".")[2].startswith("_") or not source_has_all(found):
            continue
        yield found.name
        if found.ispkg:
            yield from modules_of(import_module(found.name))


def source_has_all(found: pkgutil.ModuleInfo) -> bool:
    """Return whether a module defines `__all__`, without importing it."""
    spec = importlib.util.find_spec(found.name)
    return bool(spec and spec.origin and "\n__all__" in Path(spec.origin).read_text(encoding="utf-8"))


def test_every_module_with_public_names_is_compared(public_names: Any) -> None:
    assert set(public_names.MODULES) == {"sesv2kit", *modules_of(sesv2kit)} - REPEATED


def test_a_name_that_no_page_documents_is_found(public_names: Any) -> None:
    names = set(public_names.missing(set()))
    assert {"sesv2kit.Hook", "sesv2kit.bulk.Progress", "sesv2kit.compose.File", "sesv2kit.SESv2Client.close"} <= names
    assert "sesv2kit.Hook" not in set(public_names.missing({"sesv2kit.Hook"}))


def test_an_error_that_several_modules_export_is_documented_once(public_names: Any) -> None:
    names = set(public_names.missing({"sesv2kit.errors.JournalError"}))
    assert not {name for name in names if name.endswith(".JournalError")}


def test_every_operation_has_an_entry_with_all_that_is_known_of_it() -> None:
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (DOCS / "operations").glob("*.md")}
    for route in routes():
        operation = route.operation
        (entry,) = re.findall(
            rf"^## {route.method_name}\n(.*?)(?=^## |\Z)", pages[route.domain], re.MULTILINE | re.DOTALL
        )
        signature = re.search(
            rf"^````\{{py:method\}} SESv2Client\.{route.method_name}\((.*)\) -> ", entry, re.MULTILINE
        )
        assert signature
        for argument in operation.arguments:
            assert f"{argument.name}: " in signature[1]
            assert re.search(
                rf"^`{argument.name}`: .*{', required' if argument.required else ''}\n: ", entry, re.MULTILINE
            )
        assert all(f"`~sesv2kit.errors.{error}`" in entry for error in operation.errors)
        assert f"- Kind: [{operation.kind}](" in entry
        assert operation.rate is None or f"- Rate: The service allows {operation.rate} call" in entry
        assert f"/API_{operation.name}.html)" in entry
        assert f"`~sesv2kit.models.{operation.output().__name__}`" in entry
        assert "```python\n" in entry
        assert f"`~sesv2kit.SESv2Client.{route.method_name}`: " in pages["index"]
