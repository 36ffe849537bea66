"""What the generator makes of the tiny specification passes mypy strict and pyright strict."""

import json
import sys
from pathlib import Path

from support.generator import GOLDEN, run
from support.long_tests import run_by

pytestmark = run_by("types")

CHECKED = ("sesv2kit/models", "sesv2kit/_api", "sesv2kit/convert.py", "sesv2kit/errors.py", "use.py")
"""The generated files, and a program that uses them."""


def test_the_tiny_package_passes_mypy_strict(package: Path) -> None:
    done = run("-m", "mypy", "--strict", "--config-file=", "--follow-imports=silent", *CHECKED, cwd=package)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_the_tiny_package_passes_pyright_strict(package: Path) -> None:
    settings = {"include": CHECKED, "typeCheckingMode": "strict"}
    (package / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    done = run("-m", "pyright", "--pythonpath", sys.executable, "--outputjson", cwd=package)
    report = json.loads(done.stdout)
    assert report["generalDiagnostics"] == []
    assert report["summary"]["filesAnalyzed"] == len([*GOLDEN.rglob("*.py")]) + 1
