"""The guide to the command line is true: its commands print what the page shows."""

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cli import Shell
from support.pages import DOCS, blocks_of

from sesv2kit.testing import FakeSES

PAGE = DOCS / "cli.md"


@pytest.fixture
def fake() -> Iterator[FakeSES]:
    """A service that delivers mails at once."""
    with FakeSES(auto_deliver=True) as fake:
        yield fake


VARYING = {
    r"\b[0-9a-f]{16}-[0-9a-f-]{36}-000000\b": "<message id>",
    r"\b[a-z0-9]{32}\b": "<token>",
    r"\b20\d\d-\d\d-\d\d( \d\d:\d\d:\d\d)?\b": "<time>",
    r"\bin \d+\.\d seconds\b": "in <number> seconds",
    r"(?<=^Rate         )[\d,]+": "<number>",
}
"""What is different each time."""


def same_each_time(text: str) -> str:
    """Return a text without what is different each time."""
    for pattern, name in VARYING.items():
        text = re.sub(pattern, name, text, flags=re.MULTILINE)
    return text


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of a block, each with what it prints."""
    for part in re.split(r"^\$ ", text.replace("\\\n", ""), flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def run(shell: Shell, command: str, printed: str, last: int) -> tuple[str, int]:
    """Run a command of the page; `cat` makes a file that the page shows. Returns what it prints, and its exit code."""
    name, *arguments = shlex.split(command)
    match name:
        case "cat":
            if not Path(arguments[0]).exists():
                Path(arguments[0]).parent.mkdir(parents=True, exist_ok=True)
                Path(arguments[0]).write_text(printed, encoding="utf-8")
            return Path(arguments[0]).read_text(encoding="utf-8"), 0
        case "echo":
            assert arguments == ["$?"]
            return f"{last}\n", 0
        case "sesv2kit":
            done = shell(*arguments)
            return done.out + done.err, done.code
        case _:
            raise AssertionError(f"the page has a command that nothing here runs: {command}")


def test_the_commands_of_the_guide_print_what_it_shows(shell: Shell) -> None:
    last = 0
    for block in blocks_of(PAGE):
        if block.kind == "console":
            for command, expected in commands(block.text):
                printed, last = run(shell, command, expected, last)
                shown, real = same_each_time(expected), same_each_time(printed)
                same = doctest.OutputChecker().check_output(shown, real, doctest.ELLIPSIS)
                assert same, f"{PAGE}:{block.line}: {command} prints something else:\n{printed}"


def test_every_command_is_in_the_guide(shell: Shell) -> None:
    page = PAGE.read_text(encoding="utf-8")
    groups = {"identities": 4, "suppression": 5, "templates": 4, "events": 1, "fleet": 9}
    found = re.findall(r"^│ (\w+) ", shell.ok("--help").partition("Commands")[2], re.MULTILINE)
    assert len(found) == 11
    for name in found:
        if name not in groups:
            assert f"`sesv2kit {name}`" in page
            continue
        inner = re.findall(r"^│ ([\w-]+) ", shell.ok(name, "--help").partition("Commands")[2], re.MULTILINE)
        assert len(inner) == groups[name]
        assert all(f"{name} {one}" in page for one in inner), name
