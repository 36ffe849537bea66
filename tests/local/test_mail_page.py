"""The page of a mail: its tabs, its files, and what is made to happen to it."""

import re
from html import escape, unescape

import httpx
import pytest
from support.local import create_template, png, send, send_template, visible

from sesv2kit import models
from sesv2kit.local.pages.files import safe_name
from sesv2kit.local.pages.mail_html import shown
from sesv2kit.testing import FakeSES

EVIL = "<script>alert(1)</script>\"'&"
TABS = ["html", "text", "source", "headers", "attachments", "events", "request"]
POLICY = "sandbox allow-popups; default-src 'none'; img-src data: 'self'; style-src 'unsafe-inline'"
FRAME = 'sandbox="allow-popups allow-popups-to-escape-sandbox"'


def attach(name: str, content_type: str, data: bytes, content_id: str | None = None) -> models.Attachment:
    """Return an attachment of a request."""
    return models.Attachment(file_name=name, content_type=content_type, raw_content=data, content_id=content_id)


# What the tabs show ----------------------------------------------------------------------------------


def test_the_tabs_show_the_mail(fake: FakeSES, browser: httpx.Client) -> None:
    mail = send(
        fake,
        subject="Your order",
        text="Plain words",
        html="<p>Marked words</p>",
        tags={"campaign": "june"},
        headers=[models.MessageHeader(name="X-Order", value="1041")],
    )
    path = f"/mail/{mail.message_id}"
    page = browser.get(path).text
    assert "<title>Your order" in page
    assert "campaign=june" in page
    assert f'src="{path}/html"' in page
    assert FRAME in page
    assert "allow-same-origin" not in page
    assert "Plain words" in browser.get(f"{path}?tab=text").text
    assert "Content-Type: multipart/alternative" in browser.get(f"{path}?tab=source").text
    assert "<p>Marked words</p>" in unescape(browser.get(f"{path}?tab=source&part=html").text)
    assert "X-Order 1041" in visible(browser.get(f"{path}?tab=headers").text)
    assert "no attachments" in browser.get(f"{path}?tab=attachments").text
    assert "SES took the mail" in browser.get(f"{path}?tab=events").text
    assert '"FromEmailAddress": "shop@example.com"' in unescape(browser.get(f"{path}?tab=request").text)


def test_a_mail_without_html_begins_with_its_text(fake: FakeSES, browser: httpx.Client) -> None:
    mail = send(fake, html=None, text="Only this")
    assert "Only this" in browser.get(f"/mail/{mail.message_id}").text
    assert "no HTML" in browser.get(f"/mail/{mail.message_id}?tab=html").text
    mail = send(fake, text=None)
    assert "no plain text" in browser.get(f"/mail/{mail.message_id}?tab=text").text


@pytest.mark.parametrize("tab", TABS)
def test_every_string_of_a_mail_is_escaped(fake: FakeSES, browser: httpx.Client, tab: str) -> None:
    mail = send(
        fake,
        subject=f"Subject {EVIL}",
        text=f"Text {EVIL}",
        html=f"<p>{EVIL}</p><a href='https://example.com/?{EVIL}'>x</a><a href='https://b.example'>y</a>",
        sender='"<script>alert(1)</script>" <shop@example.com>',
        attachments=[attach(f"{EVIL}.txt", "text/plain", b"x", "<script>alert(1)</script>")],
    )
    fake.bounce(mail, diagnostic=EVIL)
    fake.open(mail, user_agent=EVIL)
    for path in (f"/mail/{mail.message_id}?tab={tab}&q={EVIL}", "/", f"/?q={EVIL}"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "alert(1)" in page
        assert EVIL not in page


def test_template_data_is_escaped(fake: FakeSES, browser: httpx.Client) -> None:
    message_id = send_template(fake, {"name": EVIL, "voucher": {"code": "X"}})
    page = browser.get(f"/mail/{message_id}?tab=request").text
    assert EVIL not in page
    assert escape("<script>alert(1)</script>") in page
    assert 'href="/templates/edit?name=welcome"' in page


def test_long_texts_are_shortened(fake: FakeSES, browser: httpx.Client) -> None:
    mail = send(fake, text="x" * 600_000, html=None, attachments=[attach("a.bin", "application/zip", bytes(9000))])
    for tab in TABS:
        assert len(browser.get(f"/mail/{mail.message_id}?tab={tab}").content) < 1_200_000
    assert "100,000 more characters are not shown" in browser.get(f"/mail/{mail.message_id}?tab=text").text
    assert "12,000 characters" in unescape(browser.get(f"/mail/{mail.message_id}?tab=request").text)


def test_neighbours_follow_the_search(fake: FakeSES, browser: httpx.Client) -> None:
    first, _other, last = send(fake, subject="a 1"), send(fake, subject="b"), send(fake, subject="a 2")
    page = browser.get(f"/mail/{first.message_id}?q=subject:a").text
    assert f'href="/mail/{last.message_id}?q=subject%3Aa" data-key="k"' in page
    assert 'data-key="j"' not in page
    assert browser.get(f"/mail/{first.message_id}?q=is:odd").status_code == 200


# Read and unread -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("destination", "is_read"), [(None, True), ("document", True), ("empty", False), ("image", False)]
)
def test_only_a_page_view_marks_a_mail_as_read(
    fake: FakeSES, browser: httpx.Client, destination: str | None, is_read: bool
) -> None:
    mail = send(fake)
    headers = {"sec-fetch-dest": destination} if destination else {}
    browser.get(f"/mail/{mail.message_id}", headers=headers)
    assert browser.get("/_local/messages?query=is:read").json()["total"] == int(is_read)


def test_a_mail_is_marked_as_unread_and_deleted(fake: FakeSES, browser: httpx.Client) -> None:
    mail = send(fake)
    browser.get(f"/mail/{mail.message_id}")
    assert browser.post(f"/mail/{mail.message_id}/unread").headers["location"] == "/"
    assert browser.get("/_local/messages?query=is:unread").json()["total"] == 1
    assert browser.post(f"/mail/{mail.message_id}/delete").headers["location"] == "/"
    assert len(fake.outbox) == 0
    assert browser.get(f"/mail/{mail.message_id}").status_code == 404


# What happens to a mail --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "kind", "status"),
    [
        ({"action": "deliver"}, "Delivery", "delivered"),
        ({"bounce": "MailboxFull"}, "Bounce", "bounced"),
        ({"action": "complain"}, "Complaint", "complained"),
        ({"action": "delay"}, "DeliveryDelay", "delayed"),
        ({"action": "open"}, "Open", "opened"),
        ({"click": "https://b.example/?x=1&y=2"}, "Click", "clicked"),
    ],
)
def test_buttons_make_events(
    fake: FakeSES, browser: httpx.Client, form: dict[str, str], kind: str, status: str
) -> None:
    mail = send(fake, html='<a href="https://a.example/">a</a><a href="https://b.example/?x=1&amp;y=2">b</a>')
    page = browser.get(f"/mail/{mail.message_id}").text
    name, value = next(iter(form.items()))
    assert f'name="{name}" value="{escape(value)}"' in page
    response = browser.post(f"/mail/{mail.message_id}/act", data=form)
    assert response.headers["location"] == f"/mail/{mail.message_id}?tab=events"
    assert fake.events[-1].type == kind
    page = browser.get(response.headers["location"]).text
    assert f">{status}<" in page
    assert kind in visible(page)


def test_a_bounce_has_the_sub_type_that_was_chosen(fake: FakeSES, browser: httpx.Client) -> None:
    mail = send(fake)
    browser.post(f"/mail/{mail.message_id}/act", data={"bounce": "NoEmail"})
    page = visible(browser.get(f"/mail/{mail.message_id}?tab=events").text)
    assert "Sub-type NoEmail" in page
    assert "the mailbox does not exist" in page
    assert "ann@example.net" in visible(browser.get("/suppression").text)


def test_unsubscribe_needs_a_list(fake: FakeSES, browser: httpx.Client) -> None:
    mail = send(fake)
    response = browser.post(f"/mail/{mail.message_id}/act", data={"action": "unsubscribe"})
    assert response.status_code == 400
    assert "belongs to no contact list" in response.text
    with fake.client() as ses:
        ses.create_contact_list(contact_list_name="friends")
    options = models.ListManagementOptions(contact_list_name="friends")
    mail = send(fake, list_management_options=options)
    assert browser.post(f"/mail/{mail.message_id}/act", data={"action": "unsubscribe"}).status_code == 303
    assert fake.events[-1].type == "Subscription"


@pytest.mark.parametrize("form", [{}, {"action": "reset"}, {"bounce": "<odd>"}, {"click": "https://other.example"}])
def test_what_is_not_a_button_is_refused(fake: FakeSES, browser: httpx.Client, form: dict[str, str]) -> None:
    mail = send(fake)
    response = browser.post(f"/mail/{mail.message_id}/act", data=form)
    assert response.status_code == 400
    assert 'role="alert"' in response.text
    assert "<odd>" not in response.text
    assert browser.post("/mail/absent/act", data=form).status_code == 404


# The HTML of a mail ------------------------------------------------------------------------------------


def test_the_html_of_a_mail_has_a_policy_of_its_own(fake: FakeSES, browser: httpx.Client) -> None:
    mail = send(fake, html="<!doctype html><p>Hi")
    response = browser.get(f"/mail/{mail.message_id}/html")
    assert response.text == '<!doctype html><base target="_blank"><p>Hi'
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["x-frame-options"] == "SAMEORIGIN"
    assert browser.get("/mail/absent/html").headers["content-security-policy"] == POLICY


def test_images_of_other_hosts_are_loaded_on_request(fake: FakeSES, browser: httpx.Client) -> None:
    mail = send(fake, html='<img src="https://images.example/a.png">')
    page = browser.get(f"/mail/{mail.message_id}").text
    assert "Images of other hosts are blocked" in page
    page = browser.get(f"/mail/{mail.message_id}?tab=html&images=1").text
    assert f'src="/mail/{mail.message_id}/html?images=1"' in page
    policy = browser.get(f"/mail/{mail.message_id}/html?images=1").headers["content-security-policy"]
    assert policy == POLICY.replace("img-src data: 'self'", "img-src data: 'self' https: http:")
    mail = send(fake, html="<p>Nothing of others</p>")
    assert "Images of other hosts" not in browser.get(f"/mail/{mail.message_id}").text


def test_images_of_the_mail_are_found(fake: FakeSES, browser: httpx.Client) -> None:
    mail = send(
        fake,
        html='<img src="cid:logo%40shop"><IMG SRC=CID:logo@shop><img src="cid:absent"><p>cid:logo@shop-2</p>',
        attachments=[attach("a.txt", "text/plain", b"x"), attach("logo.png", "image/png", png(), "logo@shop")],
    )
    html = browser.get(f"/mail/{mail.message_id}/html").text
    url = f"{str(browser.base_url).rstrip('/')}/mail/{mail.message_id}/images/1"
    assert html.count(url) == 2
    assert "cid:absent" in html
    image = browser.get(url)
    assert image.content == png()
    assert image.headers["content-type"] == "image/png"
    assert image.headers["x-content-type-options"] == "nosniff"
    assert "cid:logo@shop" in browser.get(f"/mail/{mail.message_id}?tab=attachments").text


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="preconnect" href="//e">',
        "<LINK/rel=x>",
        "<svg><link\nhref=x></svg>",
        "<!--<link >-->",
        "<IFRAME>",
        "<Frame/src=x>",
        "<object\tdata=x>",
    ],
)
def test_elements_that_connect_to_hosts_have_no_meaning(html: str) -> None:
    assert re.search(r"<(link|i?frame|object)", shown(html, {}), re.IGNORECASE) is None


# Files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content_type", "served"),
    [
        ("application/pdf", "application/pdf"),
        ("text/html", "application/octet-stream"),
        ("image/svg+xml", "application/octet-stream"),
        ("application/xhtml+xml", "application/octet-stream"),
        ("text/xml", "application/octet-stream"),
    ],
)
def test_attachments_are_downloads(fake: FakeSES, browser: httpx.Client, content_type: str, served: str) -> None:
    mail = send(fake, attachments=[attach("file.bin", content_type, b"<script>alert(1)</script>")])
    response = browser.get(f"/mail/{mail.message_id}/attachments/0")
    assert response.content == b"<script>alert(1)</script>"
    assert response.headers["content-type"] == served
    assert response.headers["content-disposition"].startswith("attachment; ")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert browser.get(f"/mail/{mail.message_id}/images/0").status_code == 404


def test_the_message_is_a_download(fake: FakeSES, browser: httpx.Client) -> None:
    mail = send(fake, subject="Your order / 10\u202e41")
    response = browser.get(f"/mail/{mail.message_id}/raw")
    assert response.content == mail.raw
    assert "filename*=UTF-8''Your%20order%20-%2010_41.eml" in response.headers["content-disposition"]


@pytest.mark.parametrize("path", ["attachments/0", "images/0", "attachments/99999999999999999999"])
def test_a_file_that_is_not_there(fake: FakeSES, browser: httpx.Client, path: str) -> None:
    mail = send(fake)
    assert browser.get(f"/mail/{mail.message_id}/{path}").status_code == 404
    assert browser.get(f"/mail/absent/{path}").status_code == 404


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Invoice 2026.pdf", "Invoice 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.exe", "a.exe"),
        ("a\r\nSet-Cookie: x", "a__Set-Cookie_ x"),
        ('a"b<c>.txt', "a_b_c_.txt"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("..", "file"),
        ("", "file"),
        (None, "file"),
        ("é" * 300 + ".pdf", "é" * 138 + ".pdf"),
        ("x" * 300, "x" * 150),
    ],
)
def test_names_of_files_are_safe(name: str | None, expected: str) -> None:
    assert safe_name(name, "file") == expected


def test_a_name_that_is_not_ascii_travels(fake: FakeSES, browser: httpx.Client) -> None:
    mail = send(fake, attachments=[attach("Rechnung März 🙂.pdf", "application/pdf", b"x")])
    disposition = browser.get(f"/mail/{mail.message_id}/attachments/0").headers["content-disposition"]
    assert disposition.endswith("filename*=UTF-8''Rechnung%20M%C3%A4rz%20%F0%9F%99%82.pdf")


def test_images_have_thumbnails(fake: FakeSES, browser: httpx.Client) -> None:
    attachments = [attach("a.png", "image/png", png()), attach("b.svg", "image/svg+xml", b"<svg/>")]
    mail = send(fake, attachments=attachments)
    page = browser.get(f"/mail/{mail.message_id}?tab=attachments").text
    assert f'<img src="/mail/{mail.message_id}/images/0"' in page
    assert "/images/1" not in page


def test_a_raw_message_is_shown(fake: FakeSES, browser: httpx.Client) -> None:
    raw = (
        b"From: shop@example.com\r\nTo: ann@example.net\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
        b"Content-Type: text/html; charset=latin-1\r\n\r\n<p>Gr\xfc\xdfe</p>\r\n"
    )
    with fake.client() as ses:
        ses.send_email(content=models.EmailContent(raw=models.RawMessage(data=raw)))
    mail = fake.outbox[-1]
    assert "Grüße" in browser.get(f"/mail/{mail.message_id}").text
    assert "<p>Grüße</p>" in browser.get(f"/mail/{mail.message_id}/html").text
    for tab in TABS:
        assert browser.get(f"/mail/{mail.message_id}?tab={tab}").status_code == 200


def test_a_template_is_linked_while_it_is_there(fake: FakeSES, browser: httpx.Client) -> None:
    create_template(fake)
    message_id = send_template(fake, {"name": "Kim", "voucher": {"code": "X"}})
    with fake.client() as ses:
        ses.delete_email_template(template_name="welcome")
    page = browser.get(f"/mail/{message_id}?tab=request").text
    assert "welcome" in page
    assert "/templates/edit?name=" not in page
