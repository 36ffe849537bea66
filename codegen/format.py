"""The last step before writing: ruff sorts imports, removes unused ones, and formats."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

_ROOT = Path(__file__).parents[1]


def format_files(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files as ruff leaves them, by the project's own settings."""
    with tempfile.TemporaryDirectory(dir=_ROOT, prefix=".codegen-") as name:
        folder = Path(name) / "sesv2kit"
        for path, text in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        for arguments in (["check", "--fix-only", "--select=F401,I,RUF022"], ["format"]):
            ruff = [sys.executable, "-m", "ruff", *arguments, "--no-cache", "--quiet", "--no-respect-gitignore"]
            subprocess.run([*ruff, f"--config={_ROOT / 'pyproject.toml'}", str(folder)], check=True)
        return {path: (folder / path).read_text(encoding="utf-8") for path in files}
