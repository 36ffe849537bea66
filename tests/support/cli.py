"""The command line in tests: as a function of this process, or as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest

from sesv2kit.__main__ import main
from sesv2kit.testing import FakeSES

ROOT = Path(__file__).parents[2]


@attrs.frozen
class Done:
    """What a command did."""

    code: int
    out: str
    err: str


@attrs.frozen
class Shell:
    """Runs commands against a fake service; the environment names it, as a user's does."""

    fake: FakeSES
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: object) -> Done:
        """Run a command in this process."""
        self.capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:  # `local --help`
            code = int(end.code or 0)
        return Done(code, *self.capsys.readouterr())

    def ok(self, *arguments: object) -> str:
        """Run a command that has to succeed; returns what it printed."""
        done = self(*arguments)
        assert done.code == 0, done
        return done.out


def start(arguments: Sequence[object], **settings: Any) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "sesv2kit", *map(str, arguments)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        **{"stdout": subprocess.PIPE, **settings},
    )
