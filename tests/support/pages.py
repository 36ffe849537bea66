"""The pages of the documentation, and the code on them."""

import re
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_GENERATED = "<!-- Written by `python -m codegen`"
PAGES = sorted(
    page
    for page in DOCS.rglob("*.md")
    if "_build" not in page.parts and not page.read_text(encoding="utf-8").startswith(_GENERATED)
)
"""The pages that are written by hand. The examples on the others are tested where they are written."""
_FENCE = re.compile(r"^```(?P<kind>\S*)[^\n]*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@attrs.frozen
class Block:
    """A fenced block of a page."""

    kind: str
    text: str
    line: int
    """The line of the page that its first line is."""
    follows: str
    """The kind of the block that it follows with nothing in between; empty if there is none."""


def blocks_of(page: Path) -> list[Block]:
    """Return the fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    blocks: list[Block] = []
    end = 0
    for fence in _FENCE.finditer(text):
        follows = blocks[-1].kind if blocks and not text[end : fence.start()].strip() else ""
        line = text.count("\n", 0, fence.start("text")) + 1
        blocks.append(Block(fence["kind"], fence["text"], line, follows))
        end = fence.end()
    return blocks


def name_of(page: Path) -> str:
    """Return the path of a page without its suffix, as the name of a test."""
    return str(page.relative_to(DOCS).with_suffix(""))


def has_tests(page: Path) -> bool:
    """Return whether the code of a page is a test module."""
    return any(re.search(r"^(async )?def test_", block.text, re.MULTILINE) for block in blocks_of(page))


def code_of(page: Path) -> str:
    """Return the Python code of a page, each line where it stands on the page."""
    code = ""
    for block in blocks_of(page):
        if block.kind == "python":
            code += "\n" * (block.line - 1 - code.count("\n")) + block.text
    return code
