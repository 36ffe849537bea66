"""The changes that `nox -s mutate` tries: each differs from the code, can be parsed, and changes one place."""

import ast
import runpy
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parents[1] / "mutation"

SOURCE = '''
"""A module."""
LIMIT = 5

class Box:
    def room(self, left: int = 0) -> bool:
        """Return whether there is room: é."""
        if not left and self.é < 1:
            raise ValueError("none")
        self.left = min(left, 2)
        return left > -3 or self.full is None
'''

EXPECTED = {
    ("left: int = 0", "left: int = 1"),
    ("if not left and self.é < 1:", "if not (not left and self.é < 1):"),
    ("if not left and self.é < 1:", "if ((not left) or (self.é < 1)):"),
    ("if not left and self.é < 1:", "if (left) and self.é < 1:"),
    ("if not left and self.é < 1:", "if not left and self.é <= 1:"),
    ("if not left and self.é < 1:", "if not left and self.é < 2:"),
    ('raise ValueError("none")', "pass"),
    ("self.left = min(left, 2)", "pass"),
    ("self.left = min(left, 2)", "self.left = max(left, 2)"),
    ("self.left = min(left, 2)", "self.left = min(left, 3)"),
    ("return left > -3 or self.full is None", "return None"),
    ("return left > -3 or self.full is None", "return ((left > -3) and (self.full is None))"),
    ("return left > -3 or self.full is None", "return left >= -3 or self.full is None"),
    ("return left > -3 or self.full is None", "return left > (3) or self.full is None"),
    ("return left > -3 or self.full is None", "return left > -4 or self.full is None"),
    ("return left > -3 or self.full is None", "return left > -3 or self.full is not None"),
}


@pytest.fixture(scope="module")
def mutants() -> Any:
    """The function that makes mutants."""
    return runpy.run_path(str(HERE / "mutants.py"))["mutants"]


def test_every_place_is_changed_on_its_own(mutants: Any) -> None:
    found = {
        (mutant.before.removeprefix("def room(self, "), mutant.after.removeprefix("def room(self, "))
        for mutant in mutants(SOURCE)
    }
    assert {
        (before.removesuffix(") -> bool:"), after.removesuffix(") -> bool:")) for before, after in found
    } == EXPECTED


def test_every_mutant_differs_and_can_be_parsed(mutants: Any) -> None:
    for mutant in mutants(SOURCE):
        assert mutant.function == "Box.room"
        assert ast.dump(ast.parse(mutant.source)) != ast.dump(ast.parse(SOURCE))


def test_the_order_of_a_sample_depends_on_the_seed_and_not_on_the_place_in_the_file(mutants: Any) -> None:
    moved = mutants("\n\n" + SOURCE)
    by_rank = [
        [mutant.after for mutant in sorted(found, key=lambda mutant: mutant.rank("box.py", 7))]
        for found in (mutants(SOURCE), moved)
    ]
    assert by_rank[0] == by_rank[1]
    assert by_rank[0] != [mutant.after for mutant in sorted(moved, key=lambda mutant: mutant.rank("box.py", 8))]
