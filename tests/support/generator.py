"""The generator in a process of its own, and a tiny specification with what the generator makes of it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
TINY: Final = ROOT / "tests" / "codegen" / "tiny"
GOLDEN: Final = ROOT / "tests" / "codegen" / "golden"
GENERATED: Final = ("convert.py", "errors.py")
"""The generated files beside the hand-written ones."""
ENVIRONMENT: Final = dict(os.environ)
"""As it was before any fixture: the type checkers keep what they need in the home directory."""


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder; returns what it printed and its exit status."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=cwd, env=ENVIRONMENT | environment, capture_output=True, text=True, check=False, timeout=120
    )
