"""The pages in Debian's chromium: live updates, the keyboard, narrow windows, and mails that want to do harm.

`nox -s browser` installs what these tests need.
"""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from support.browser import launched_chromium, needs_chromium
from support.hostile_mails import HOSTILE
from support.local import create_template, png, send, send_template

from sesv2kit import models
from sesv2kit.testing import FakeSES

playwright = needs_chromium("browser")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
PAGES = ["/", "/statistics", "/templates", "/templates/edit?name=welcome", "/identities", "/suppression", "/contacts"]
TABS = ["html", "text", "source", "headers", "attachments", "events", "request"]
LINKS = '<a href="https://a.example/">a</a> <a href="https://b.example/">b</a>'
# Long enough for what a hostile page does at once or after a second.
PATIENCE = 1500


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    with launched_chromium() as browser:
        yield browser


@pytest.fixture
def context(chromium: "Browser") -> Iterator["BrowserContext"]:
    opened = chromium.new_context(viewport=DESKTOP)
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: "BrowserContext", browser: httpx.Client) -> "Page":
    """An open page of the inbox, with live updates."""
    return open_page(context, browser)


def open_page(context: "BrowserContext", browser: httpx.Client, path: str = "/") -> "Page":
    """Open a page, and wait until it gets updates. What a page logs as an error fails the test."""
    opened = context.new_page()
    opened.goto(str(browser.base_url) + path)
    opened.wait_for_selector("#live:not([hidden])", state="attached")
    return opened


class Canary(ThreadingHTTPServer):
    """A server of somebody else, which remembers who connected and what was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), CanaryHandler)
        self.connections = 0
        self.requests: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def verify_request(self, *_details: object) -> bool:
        self.connections += 1
        return True


class CanaryHandler(BaseHTTPRequestHandler):
    server: Canary

    def do_GET(self) -> None:
        self.server.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.send_response(200)
        self.send_header("content-type", "image/png")
        self.end_headers()
        self.wfile.write(png())

    do_POST = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def canary() -> Iterator[Canary]:
    with Canary() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


# Hostile mails ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_runs_nothing_and_loads_nothing(
    fake: FakeSES, browser: httpx.Client, context: "BrowserContext", canary: Canary, name: str
) -> None:
    mail = send(
        fake, html=f"<!doctype html><h1>Shown</h1>{HOSTILE[name].replace('URL', canary.url)}", subject="Subject"
    )
    dialogs: list[str] = []
    page = context.new_page()
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    url = f"{browser.base_url}/mail/{mail.message_id}"
    page.goto(url)
    frame = page.frame_locator("iframe[title='The mail']")
    frame.locator("h1").wait_for()
    page.wait_for_timeout(PATIENCE)
    assert dialogs == []
    assert canary.requests == []
    assert canary.connections == 0
    assert page.url == url
    assert page.title().startswith("Subject")
    assert len(context.pages) == 1
    assert frame.locator("h1").text_content() == "Shown"
    assert len(fake.outbox) == 1


@pytest.mark.parametrize("images", ["", "?images=1"])
def test_a_hostile_mail_in_a_window_of_its_own(
    fake: FakeSES, browser: httpx.Client, context: "BrowserContext", canary: Canary, images: str
) -> None:
    harm = "".join(HOSTILE[name] for name in ("script", "handlers", "refresh", "frames", "form", "objects", "own"))
    mail = send(fake, html=f"<h1>Shown</h1>{harm.replace('URL', canary.url)}")
    dialogs: list[str] = []
    page = context.new_page()
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(f"{browser.base_url}/mail/{mail.message_id}/html{images}")
    page.wait_for_timeout(PATIENCE)
    assert page.locator("h1").text_content() == "Shown"
    assert page.evaluate("() => window.origin") == "null"
    assert dialogs == []
    assert canary.requests == []
    assert len(fake.outbox) == 1


def test_what_is_clicked_in_a_hostile_mail(
    fake: FakeSES, browser: httpx.Client, context: "BrowserContext", canary: Canary
) -> None:
    html = (
        "<a id=a href='javascript:alert(1)'>a</a> <a id=b href='javascript:alert(2)' target=_self>b</a>"
        f"<a id=c href='{canary.url}/top' target=_top>c</a>"
        f"<form action='{canary.url}/form'><button id=d>d</button></form>"
        "<form action='/delete' method=post><button id=e>e</button></form>"
        f"<a id=f href='{canary.url}/link'>f</a>"
    )
    mail = send(fake, html=html)
    dialogs: list[str] = []
    context.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page = open_page(context, browser, f"/mail/{mail.message_id}")
    url = page.url
    frame = page.frame_locator("iframe[title='The mail']")
    for name in "abcde":
        frame.locator(f"#{name}").click()
    page.wait_for_timeout(PATIENCE)
    assert dialogs == []
    assert canary.requests == []
    assert page.url == url
    assert len(fake.outbox) == 1
    with context.expect_page() as popup:
        frame.locator("#f").click()
    popup.value.wait_for_load_state()
    assert [path for path, _headers in canary.requests if path != "/favicon.ico"] == ["/link"]
    assert "referer" not in canary.requests[0][1]
    assert popup.value.evaluate("() => window.opener") is None


def test_images_of_other_hosts_wait_for_a_click(
    fake: FakeSES, browser: httpx.Client, context: "BrowserContext", canary: Canary
) -> None:
    mail = send(fake, html=f'<h1>Shown</h1><img src="{canary.url}/a.png"><script src="{canary.url}/b.js"></script>')
    page = open_page(context, browser, f"/mail/{mail.message_id}")
    page.frame_locator("iframe").locator("h1").wait_for()
    assert canary.requests == []
    page.click("#load-images")
    image = page.frame_locator("iframe").locator("img")
    playwright.expect(image).to_have_js_property("naturalWidth", 2)
    assert [path for path, _headers in canary.requests] == ["/a.png"]
    assert "referer" not in canary.requests[0][1]


def test_images_of_the_mail_are_shown(fake: FakeSES, browser: httpx.Client, context: "BrowserContext") -> None:
    logo = models.Attachment(file_name="logo.png", content_type="image/png", raw_content=png(3, 3), content_id="logo")
    mail = send(
        fake, html="<style>h1 { color: rgb(1, 2, 3) }</style><h1>x</h1><img src='cid:logo'>", attachments=[logo]
    )
    page = open_page(context, browser, f"/mail/{mail.message_id}")
    frame = page.frame_locator("iframe")
    playwright.expect(frame.locator("img")).to_have_js_property("naturalWidth", 3)
    playwright.expect(frame.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    page.click("text=Attachments")
    playwright.expect(page.locator(".thumb img")).to_have_js_property("naturalWidth", 3)


# Live updates ------------------------------------------------------------------------------------------


def test_new_mails_appear_and_the_selection_stays(fake: FakeSES, page: "Page") -> None:
    playwright.expect(page.locator("h2")).to_contain_text(["Send the first mail"])
    send(fake, subject="First")
    playwright.expect(page.locator(".row .subject")).to_have_text(["Unread: First"])
    page.keyboard.press("j")
    first = page.locator(".row a:focus")
    playwright.expect(first).to_contain_text("First")
    mail = send(fake, subject="Second", attachments=[])
    playwright.expect(page.locator(".row .subject")).to_have_text(["Unread: Second", "Unread: First"])
    playwright.expect(first).to_contain_text("First")
    playwright.expect(page).to_have_title("(2) Inbox · sesv2kit local")
    playwright.expect(page.locator("#announce")).to_have_text("1 new mail")
    fake.deliver(mail)
    playwright.expect(page.locator(".badge").first).to_have_text("delivered")
    playwright.expect(first).to_contain_text("First")


def test_a_search_shows_new_mails_that_fit(fake: FakeSES, browser: httpx.Client, context: "BrowserContext") -> None:
    page = open_page(context, browser, "/?q=subject:invoice")
    send(fake, subject="Welcome")
    send(fake, subject="Invoice 1")
    playwright.expect(page.locator(".row .subject")).to_have_text(["Unread: Invoice 1"])


def test_many_mails_at_once(fake: FakeSES, page: "Page") -> None:
    for number in range(130):
        send(fake, subject=f"Mail {number}")
    playwright.expect(page.locator(".row .subject").first).to_have_text("Unread: Mail 129")
    playwright.expect(page.locator(".row")).to_have_count(50)
    playwright.expect(page.locator("#summary")).to_contain_text("130 mails")


def test_the_timeline_and_the_statistics_follow(
    fake: FakeSES, browser: httpx.Client, context: "BrowserContext"
) -> None:
    mail = send(fake)
    page = open_page(context, browser, f"/mail/{mail.message_id}?tab=events")
    plot = open_page(context, browser, "/statistics")
    playwright.expect(plot.locator(".tile.send dd")).to_have_text("1")
    fake.bounce(mail, "NoEmail")
    playwright.expect(page.locator(".timeline h3").last).to_contain_text("Bounce")
    playwright.expect(page.locator("#status")).to_have_text("bounced")
    playwright.expect(plot.locator(".tile.bounce dd")).to_contain_text("1")
    playwright.expect(plot.locator("polyline.bounce")).to_have_count(1)


def test_what_is_open_stays_open(fake: FakeSES, browser: httpx.Client, context: "BrowserContext") -> None:
    mail = send(fake)
    page = open_page(context, browser, f"/mail/{mail.message_id}?tab=events")
    page.locator(".timeline summary").focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".timeline details[open]")).to_have_count(1)
    fake.deliver(mail)
    playwright.expect(page.locator(".timeline li")).to_have_count(2)
    playwright.expect(page.locator(".timeline details[open]")).to_have_count(1)
    playwright.expect(page.locator(".timeline summary").first).to_be_focused()


def test_changes_by_others_appear(
    fake: FakeSES, browser: httpx.Client, context: "BrowserContext", page: "Page"
) -> None:
    mail = send(fake)
    send(fake)
    playwright.expect(page.locator(".row.unread")).to_have_count(2)
    open_page(context, browser, "/suppression")
    browser.delete(f"/_local/messages/{mail.message_id}")
    playwright.expect(page.locator(".row")).to_have_count(1)
    browser.post("/read")
    playwright.expect(page.locator(".row.unread")).to_have_count(0)
    playwright.expect(page).to_have_title("Inbox · sesv2kit local")
    suppression = context.pages[-1]
    browser.post("/suppression", data={"action": "add", "address": "ben@example.org"})
    playwright.expect(suppression.locator("td").first).to_have_text("ben@example.org")


# The keyboard --------------------------------------------------------------------------------------------


def test_mails_are_read_with_the_keyboard(fake: FakeSES, browser: httpx.Client, context: "BrowserContext") -> None:
    for subject in ("One", "Two", "Three"):
        send(fake, subject=subject)
    page = open_page(context, browser)
    for key in "jjk":
        page.keyboard.press(key)
    playwright.expect(page.locator(".row a:focus")).to_contain_text("Three")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    playwright.expect(page.locator("h1")).to_contain_text("Three")
    page.keyboard.press("j")
    playwright.expect(page.locator("h1")).to_contain_text("Two")
    page.keyboard.press("2")
    playwright.expect(page.locator(".tabs [aria-current]")).to_have_text("Text")
    page.keyboard.press("k")
    playwright.expect(page.locator("h1")).to_contain_text("Three")
    page.keyboard.press("Escape")
    playwright.expect(page.locator(".row")).to_have_count(3)
    playwright.expect(page.locator(".row.unread")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.type("subject:one")
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".row")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    playwright.expect(page.locator("h1")).to_contain_text("One")
    page.keyboard.press("u")
    playwright.expect(page.locator(".row.unread")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    playwright.expect(page.locator("h1")).to_contain_text("Three")
    page.keyboard.press("#")
    playwright.expect(page.locator(".row")).to_have_count(2)


def test_the_help_opens_and_closes(page: "Page") -> None:
    dialog = page.get_by_role("dialog", name="Keyboard")
    page.keyboard.press("?")
    playwright.expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    playwright.expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    playwright.expect(dialog).to_be_visible()


def test_a_menu_works_with_the_keyboard(fake: FakeSES, browser: httpx.Client, context: "BrowserContext") -> None:
    mail = send(fake)
    page = open_page(context, browser, f"/mail/{mail.message_id}")
    page.locator("summary", has_text="Bounce").focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".actions .menu[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    playwright.expect(page.locator(".actions .menu[open]")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#status")).to_have_text("bounced")
    playwright.expect(page.locator(".timeline")).to_contain_text("NoEmail")


# Looks -----------------------------------------------------------------------------------------------------


def test_dark_and_light(fake: FakeSES, browser: httpx.Client, chromium: "Browser") -> None:
    grounds = []
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme)
        page = open_page(context, browser)
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.get_by_role("button", name="Switch between light and dark").click()
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.reload()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == grounds[-1]
        context.close()
    assert grounds[0] == grounds[3]
    assert grounds[1] == grounds[2]
    assert grounds[0] != grounds[1]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_fit_into_the_window_and_are_labelled(
    fake: FakeSES, browser: httpx.Client, chromium: "Browser", viewport: Any
) -> None:
    create_template(fake)
    long_name = "a-very-long-address-without-any-place-to-break-it-anywhere-at-all@example.net"
    mail = send(fake, subject="x" * 300, to=long_name, tags={"campaign": "y" * 100}, text="z" * 5000, html=LINKS)
    fake.bounce(mail, "NoEmail")
    failed = send_template(fake, {})
    with fake.client() as ses:
        ses.create_contact_list(contact_list_name="friends")
        ses.create_contact(contact_list_name="friends", email_address=long_name)
    context = chromium.new_context(viewport=viewport)
    paths = [*PAGES, "/service", f"/mail/{failed}", *(f"/mail/{mail.message_id}?tab={tab}" for tab in TABS)]
    problems: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    for path in paths:
        page.goto(str(browser.base_url) + path)
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, path
        assert page.evaluate(UNNAMED) == [], path
        assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size") == page.evaluate(
            "document.querySelectorAll('[id]').length"
        ), path
        assert page.locator("h1").count() == 1, path
    for menu in page.locator("details.menu").all():
        menu.locator("summary").click()
        box = menu.locator(".sheet").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= viewport["width"]
        page.keyboard.press("Escape")
    context.close()
    assert problems == []


# What can be operated and has no name for those who do not see it.
UNNAMED = """() => {
  const all = document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary, iframe");
  const isNamed = (e) => e.getAttribute("aria-label") || e.title || e.textContent.trim() || e.labels?.length;
  return [...all].filter((e) => !isNamed(e)).map((e) => e.outerHTML);
}"""


def test_the_width_of_the_preview(fake: FakeSES, browser: httpx.Client, context: "BrowserContext") -> None:
    mail = send(fake)
    page = open_page(context, browser, f"/mail/{mail.message_id}")
    widths = []
    for name in ("Full width", "Tablet", "Phone"):
        page.get_by_text(name, exact=True).click()
        widths.append(page.locator(".frame iframe").evaluate("e => e.clientWidth"))
    assert widths[0] > 900
    assert widths[1:] == [768, 375]


# Templates -------------------------------------------------------------------------------------------------


def test_the_preview_of_a_template_is_live(fake: FakeSES, browser: httpx.Client, context: "BrowserContext") -> None:
    create_template(fake)
    page = open_page(context, browser, "/templates/edit?name=welcome")
    frame = page.frame_locator("#preview-frame")
    playwright.expect(frame.locator("h1")).to_have_text("Welcome name")
    page.get_by_label("Data for the preview").fill('{"name": "Ann"}')
    playwright.expect(frame.locator("h1")).to_have_text("Welcome Ann")
    playwright.expect(page.locator("#preview-subject")).to_have_text("Welcome Ann")
    playwright.expect(page.locator("#preview-notes")).to_contain_text("voucher.code")
    page.get_by_label("HTML").fill("<script>alert(1)</script><h1>Hi {{name}}</h1>{{#if}}")
    playwright.expect(page.locator("#preview-notes .bad")).to_contain_text("html: line 1")
    page.get_by_label("HTML").fill("<script>document.write('x')</script><h1>Hi {{name}}</h1>")
    playwright.expect(frame.locator("h1")).to_have_text("Hi Ann")
    page.get_by_role("button", name="Save").click()
    playwright.expect(page.locator("h1")).to_have_text("Templates")
    with fake.client() as ses:
        assert "Hi {{name}}" in str(ses.get_email_template(template_name="welcome").template_content.html)


def test_pages_work_without_the_script(fake: FakeSES, browser: httpx.Client, chromium: "Browser") -> None:
    mail = send(fake)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(str(browser.base_url))
    page.locator(".row a").click()
    page.locator("summary", has_text="Bounce").click()
    page.get_by_role("button", name="MailboxFull").click()
    playwright.expect(page.locator(".timeline")).to_contain_text("MailboxFull")
    assert mail.status == "bounced"
    context.close()
