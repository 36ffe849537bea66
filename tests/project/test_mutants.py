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


EQUAL_LINES = """
def close(self):
    if self.reader:
        self.reader.close()
    if self.reader:
        self.reader = 1

def other(self):
    if self.reader:
        pass
"""


def test_equal_changes_of_equal_lines_are_told_apart_by_a_number(mutants: Any) -> None:
    found = mutants(EQUAL_LINES)
    negated = [(mutant.function, mutant.occurrence, mutant.line) for mutant in found if "not" in mutant.after]
    assert negated == [("close", 1, 3), ("close", 2, 5), ("other", 0, 9)]
    keys = [(mutant.function, mutant.before, mutant.after, mutant.occurrence) for mutant in found]
    assert len(set(keys)) == len(keys)
    assert {mutant.occurrence for mutant in mutants(SOURCE)} == {0}


def test_a_survivor_is_shown_as_the_row_that_it_is_known_by(
    mutants: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(HERE)
    run = runpy.run_path(str(HERE / "run.py"))
    trials = [run["Trial"]("box.py", mutant, (), (), 1.0) for mutant in mutants(EQUAL_LINES)]
    rows = "".join(run["show"](trial) + 'reason = "None."\n' for trial in trials)
    (tmp_path / "survivors.toml").write_text(rows, encoding="utf-8")
    monkeypatch.setitem(run["known_survivors"].__globals__, "SURVIVORS", tmp_path / "survivors.toml")
    assert sorted(run["known_survivors"]()) == sorted(trial.key for trial in trials)
    assert rows.count("occurrence = ") == 2


def test_a_row_whose_line_has_changed_is_stale(mutants: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(HERE)
    run = runpy.run_path(str(HERE / "run.py"))
    (tmp_path / "box.py").write_text(SOURCE, encoding="utf-8")
    first, *others = [run["key_of"]("box.py", mutant) for mutant in mutants(SOURCE)]
    changed = (first[0], first[1], "before", *first[3:])
    assert run["stale"]([first, changed, *others], tmp_path) == [changed]


def test_the_order_of_a_sample_depends_on_the_seed_and_not_on_the_place_in_the_file(mutants: Any) -> None:
    moved = mutants("\n\n" + SOURCE)
    by_rank = [
        [mutant.after for mutant in sorted(found, key=lambda mutant: mutant.rank("box.py", 7))]
        for found in (mutants(SOURCE), moved)
    ]
    assert by_rank[0] == by_rank[1]
    assert by_rank[0] != [mutant.after for mutant in sorted(moved, key=lambda mutant: mutant.rank("box.py", 8))]
