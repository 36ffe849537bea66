"""Every link within the built site leads to a file and a place in it; every page can be found, shared and searched."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest


class Page(HTMLParser):
    """What a page links to, what can be linked in it, and what it says about itself."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.links: list[str] = []
        self.places: set[str] = set()
        self.said: dict[str, str] = {}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.links += [values[name] for name in ("href", "src") if name in values]
        self.places |= {values[name] for name in ("id", "name") if name in values and tag != "meta"}
        if tag == "meta":
            self.said[values.get("property") or values.get("name", "")] = values.get("content", "")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """All pages of the site, by their paths."""
    found = {path: Page(path) for path in site.rglob("*.html")}
    assert found
    return found


def test_links_lead_to_files_and_places_that_are_there(site: Path, pages: dict[Path, Page]) -> None:
    broken = set()
    for page in pages.values():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            path = unquote(parts.path)
            # The page 404 is shown at any address, so its links begin at the root.
            base = site if path.startswith("/") else page.path.parent
            target = (base / path.lstrip("/")).resolve() if path else page.path
            target = target / "index.html" if target.is_dir() else target
            has_place = not parts.fragment or target not in pages or unquote(parts.fragment) in pages[target].places
            if not target.exists() or not has_place:
                broken.add(f"{page.path.relative_to(site)}: {link}")
    assert not broken


def test_pages_say_what_they_are_about(site: Path, pages: dict[Path, Page]) -> None:
    silent = [
        str(path.relative_to(site))
        for path, page in pages.items()
        if path.name not in {"404.html", "genindex.html", "py-modindex.html", "search.html"}
        and not (page.said.get("og:title") and page.said.get("og:description"))
    ]
    assert not silent
    assert "never sends a mail twice" in pages[site / "index.html"].said["description"]


def test_there_is_a_page_for_addresses_that_lead_nowhere(site: Path, pages: dict[Path, Page]) -> None:
    local = [link for link in pages[site / "404.html"].links if not urlsplit(link).scheme]
    assert local
    assert all(link.startswith(("/", "#")) for link in local)


def test_the_index_of_the_search_has_names_and_words(site: Path) -> None:
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(re.sub(r"^Search\.setIndex\((.*)\)$", r"\1", text, flags=re.DOTALL))
    assert {"faq", "cookbook", "what-to-catch"} <= set(index["docnames"])
    assert "suppress" in " ".join(index["terms"])
