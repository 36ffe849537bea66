"""The built site in Debian's chromium, wide and narrow, light and dark. `nox -s docs-browser` installs what it needs.

Each test of a page leaves a picture of it in docs/_build/shots, for somebody to look at.
"""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.browser import launched_chromium, needs_chromium

needs_chromium("docs-browser")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PAGES = {
    "landing": "index.html",
    "operations": "operations/messages.html",
    "guide": "guides/domain.html",
    "cookbook": "cookbook.html",
    "errors": "what-to-catch.html",
    "table": "django.html",
    "wide-table": "configuration.html",
}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and the page 404 for what is not there, as hosts of pages do."""

    def log_message(self, *_: object) -> None: ...

    def send_error(self, code: int, *_: object) -> None:  # type: ignore[override]
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    with launched_chromium() as browser:
        yield browser


@pytest.fixture
def desktop(chromium: "Browser") -> Iterator["BrowserContext"]:
    context = chromium.new_context(viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(20_000)
    yield context
    context.close()


def keep(page: "Page", site: Path, name: str) -> None:
    """Leave a picture of what the window shows."""
    folder = site.parent / "shots"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")


def copy(block: "Locator") -> str:
    """Press the button of a block of code, and return what is on the clipboard."""
    block.hover()
    block.locator("button.copybtn").click()
    block.locator("button.copybtn.success").wait_for()
    copied: str = block.evaluate("() => navigator.clipboard.readText()")
    return copied


def is_dark(page: "Page") -> bool:
    """Return whether the page has a dark background."""
    color = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in color.removeprefix("rgb(").removesuffix(")").split(",")) < 3 * 80


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_window_in_the_colours_of_the_system(
    chromium: "Browser", site: Path, address: str, name: str, size: dict[str, int], scheme: str
) -> None:
    if not (site / PAGES[name]).exists():
        pytest.skip(f"there is no page {PAGES[name]}")
    context = chromium.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(f"{address}/{PAGES[name]}")
    keep(page, site, f"{name}-{scheme}-{size['width']}")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert is_dark(page) == (scheme == "dark")
    assert not failed
    context.close()


def test_a_card_of_the_landing_page_is_a_link_as_a_whole(desktop: "BrowserContext", address: str) -> None:
    page = desktop.new_page()
    page.goto(f"{address}/index.html")
    page.get_by_text("Install, make a client, verify a sender, send.").click()
    page.wait_for_url("**/getting-started.html")


def test_the_search_finds_operations_and_words(desktop: "BrowserContext", site: Path, address: str) -> None:
    page = desktop.new_page()
    page.goto(f"{address}/index.html")
    page.get_by_placeholder("Search").fill("put_suppressed_destination")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?*")
    results = page.locator("ul.search > li")
    results.first.wait_for()
    keep(page, site, "search-light-1280")
    assert "put_suppressed_destination" in results.first.inner_text()

    page.goto(f"{address}/search.html?q=sandbox")
    results.first.wait_for()
    assert page.locator("ul.search > li a", has_text="FAQ").count()


def test_the_copy_button_takes_code_without_prompts_and_outputs(desktop: "BrowserContext", address: str) -> None:
    page = desktop.new_page()
    page.goto(f"{address}/index.html")
    copied = copy(page.locator(".highlight-python").first)
    assert copied.startswith("from sesv2kit import SESv2Client, compose\n")
    assert "ses.send_email(**mail.arguments)" in copied

    page.goto(f"{address}/cli.html")
    lines = copy(page.locator(".highlight-console", has_text="identities create").first).splitlines()
    assert len(lines) == 3
    assert all(line.startswith("sesv2kit ") for line in lines)
    assert not page.locator(".highlight-text button.copybtn").count()


def test_an_address_that_leads_nowhere_has_a_page_that_leads_on(
    desktop: "BrowserContext", site: Path, address: str
) -> None:
    page = desktop.new_page()
    page.goto(f"{address}/guides/no/such-page.html")
    keep(page, site, "404-light-1280")
    page.get_by_role("link", name="FAQ").last.click()
    page.wait_for_url("**/faq.html")
    assert page.locator("h1").first.inner_text().startswith("FAQ")
