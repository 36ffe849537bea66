"""The table of what the fake models has every operation, and is what the fake's functions say."""

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

from sesv2kit.testing import Canned
from sesv2kit.testing._service.routing import routes

SCRIPT = Path(__file__).parents[2] / "docs" / "write_operations.py"


@pytest.fixture(scope="module")
def writer() -> Any:
    """Load the script that writes the table."""
    spec = importlib.util.spec_from_file_location("write_operations", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(writer: Any) -> None:
    assert writer.PAGE.read_text(encoding="utf-8") == writer.page(), "run python docs/write_operations.py"


def test_the_table_has_every_operation_once(writer: Any) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", writer.table(), re.MULTILINE)
    assert sorted(name for name, _, _ in rows) == sorted(route.operation.name for route in routes())
    assert len(rows) == 116
    assert all(words.endswith(".") for _, _, words in rows)


def test_its_kinds_are_of_operations_that_are_there(writer: Any) -> None:
    names = {route.operation.name for route in routes()}
    assert names >= writer.BEHAVIOUR | set(writer.CANNED)
    assert not writer.BEHAVIOUR & set(writer.CANNED)
    assert {name for name in vars(Canned) if not name.startswith("_")} == set(writer.CANNED.values())
