"""The documents of the project: their links lead somewhere, and changelog fragments have names that are understood."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(page for page in ROOT.glob("docs/**/*.md") if "_build" not in page.parts)])
CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def links(page: Path) -> list[str]:
    """Return the targets of a page's links, without those to other sites."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    return [target for target in LINK.findall(text) if not re.match(r"[a-z]+:", target)]


def anchors(page: Path) -> set[str]:
    """Return the fragments by which a page's headings are linked."""
    text = re.sub(r"^(`{3,}|~{3,}).*?^\1", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


def test_there_are_links_to_check() -> None:
    assert "docs/index.md" in links(ROOT / "README.md")


@pytest.mark.parametrize("fragment", sorted((ROOT / "changelog.d").glob("*.md")), ids=lambda path: path.name)
def test_a_changelog_fragment_has_a_known_type_and_one_line(fragment: Path) -> None:
    assert re.fullmatch(
        r"(\+[\w-]+|\d+)(\.\d+)?\.(added|changed|deprecated|removed|fixed|security)(\.\d+)?\.md", fragment.name
    )
    assert len(fragment.read_text(encoding="utf-8").strip().splitlines()) == 1


PARTS = {
    "bulk/__init__.py": "bulk.md#how-it-fails-and-what-is-lost",
    "cli/__init__.py": "cli.md#in-scripts",
    "django/__init__.py": "django.md#what-can-go-wrong",
    "events/__init__.py": "events.md#how-it-fails-and-what-is-lost",
    "fleet/__init__.py": "fleet.md#what-is-guaranteed-and-why",
    "local/__init__.py": "local.md#what-is-lost",
    "otel.py": "observability.md#how-telemetry-fails-and-what-is-lost",
    "testing/__init__.py": "testing.md#how-it-fails-and-what-is-lost",
}
"""The parts of the package, and the section of its page that says how it fails."""


@pytest.mark.parametrize(("module", "section"), PARTS.items(), ids=PARTS)
def test_each_part_says_how_it_fails_and_what_is_lost(module: str, section: str) -> None:
    docstring = ast.get_docstring(ast.parse((ROOT / "sesv2kit" / module).read_text(encoding="utf-8"))) or ""
    assert "fails" in docstring
    assert "lost" in docstring
    page, _, heading = section.partition("#")
    assert heading in anchors(ROOT / "docs" / page)
