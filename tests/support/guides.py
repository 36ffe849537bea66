"""The programs of the guides, run as the pages show it."""

import doctest
import re
import runpy
import shlex
import sys

import pytest

from .pages import DOCS, ROOT, blocks_of

GUIDES = DOCS / "guides"


def shown(page: str, program: str) -> tuple[list[str], str]:
    """Return the arguments that a page runs a program with, and what the page says it prints."""
    for block in blocks_of(GUIDES / page):
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:] if block.kind == "console" else ():
            command, _, printed = part.partition("\n")
            if program in command:
                return shlex.split(command.partition(" < ")[0])[2:], printed  # the test has the standard input
    raise AssertionError(f"{page} does not run {program}")


def check_what_is_shown(
    page: str, program: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run a program in this process as the page does, and compare what it prints with the page."""
    arguments, expected = shown(page, program)
    monkeypatch.setattr(sys, "argv", [program, *arguments])
    runpy.run_path(str(ROOT / program), run_name="__main__")
    printed = capsys.readouterr().out
    assert doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS), printed
