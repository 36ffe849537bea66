"""Every page of the local service, as a browser gets it."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from support.local import create_template, pages_of, send, send_template, visible

from sesv2kit import models
from sesv2kit.local.pages.plot import plot
from sesv2kit.local.pages.template_pages import sample
from sesv2kit.local.statistics import EventCounts, Statistics
from sesv2kit.testing import FakeSES

PAGES = ["/", "/statistics", "/templates", "/templates/edit", "/identities", "/suppression", "/contacts", "/service"]
EMPTY = {
    "/": "Send the first mail",
    "/statistics": "Nothing happened in this time",
    "/templates": "No templates",
    "/suppression": "The list is empty",
    "/contacts": "No contact list",
    "/service": "No faults are scripted",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", [*PAGES, "/nothing-here.", "/mail/nothing", "/?q=is:nonsense"])
def test_pages_have_strict_headers(browser: httpx.Client, path: str) -> None:
    response = browser.get(path)
    if path == "/nothing-here.":  # the API responds, with JSON
        assert response.headers["content-type"] == "application/json"
        return
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_no_inline_scripts_styles_or_handlers(fake: FakeSES, browser: httpx.Client, path: str) -> None:
    create_template(fake)
    send(fake)
    page = browser.get(path).text
    assert re.findall(r"<script(?! src=)|<style| style=| on\w+=|javascript:", page) == []


@pytest.mark.parametrize(("path", "words"), EMPTY.items())
def test_an_empty_page_has_instructions(browser: httpx.Client, path: str, words: str) -> None:
    response = browser.get(path)
    assert response.status_code == 200
    assert words in visible(response.text)


def test_the_first_commands_have_the_address_and_the_region() -> None:
    with FakeSES(region="eu-west-1") as fake, pages_of(fake) as browser:
        page = browser.get("/").text
        url = str(browser.base_url).rstrip("/")
    commands = re.findall(r"<code>(export .*?)</code>", page, re.DOTALL)
    assert len(commands) == 3
    for command in commands:
        assert f"AWS_ENDPOINT_URL_SESV2={url}\nexport AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1\n" in command
    assert "aws sesv2 send-email" in commands[2]


@pytest.mark.parametrize("number", [0, 1])
def test_the_first_commands_work(fake: FakeSES, browser: httpx.Client, number: int) -> None:
    commands = re.findall(r"<code>(export .*?)</code>", browser.get("/").text, re.DOTALL)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "NO_PROXY": "127.0.0.1"}
    command = ["bash", "-c", unescape(commands[number])]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == fake.outbox[-1].message_id, done.stderr


# The inbox ---------------------------------------------------------------------------------------


def test_the_inbox_lists_mails_newest_first(fake: FakeSES, browser: httpx.Client) -> None:
    send(fake, subject="First")
    send(fake, subject="Second", text=None, html="<style>p{}</style><p>Dear&nbsp;Ann,<br>welcome</p>", tags={"a": "b"})
    page = browser.get("/").text
    assert page.index("Second") < page.index("First")
    assert "Dear Ann, welcome" in visible(page)
    assert "a=b" in page
    assert "<title>(2) Inbox" in page


def test_a_search_lists_what_fits(fake: FakeSES, browser: httpx.Client) -> None:
    send(fake, subject="Invoice", to="ben@example.org")
    send(fake, subject="Welcome")
    page = visible(browser.get("/", params={"q": "to:ben"}).text)
    assert "1 mail fits" in page
    assert "Invoice" in page
    assert "Welcome" not in page
    assert "No mail fits" in visible(browser.get("/", params={"q": "absent"}).text)


def test_a_search_that_is_not_understood_is_explained(browser: httpx.Client) -> None:
    response = browser.get("/", params={"q": "is:<b>odd"})
    assert response.status_code == 400
    assert "is:<b>odd is not understood" in unescape(response.text)
    assert "<b>odd" not in response.text


def test_the_inbox_comes_in_pages(fake: FakeSES, browser: httpx.Client) -> None:
    for number in range(120):
        send(fake, subject=f"Mail {number:03d}")
    seen: list[str] = []
    path: str | None = "/"
    pages = []
    while path:
        page = browser.get(path).text
        pages.append(re.findall(r"Mail \d{3}", page))
        seen += pages[-1]
        older = re.search(r'href="([^"]*)">Older', page)
        path = unescape(older[1]) if older else None
    assert seen == [f"Mail {number:03d}" for number in reversed(range(120))]
    newer = re.search(r'href="([^"]*)">.*?Newer', page.partition('aria-label="Pages of the inbox"')[2])
    assert newer is not None
    assert re.findall(r"Mail \d{3}", browser.get(unescape(newer[1])).text) == pages[1]


@pytest.mark.parametrize("before", ["x", "-1", "0", "9" * 30, "٣"])
def test_an_odd_page_is_the_first_one(fake: FakeSES, browser: httpx.Client, before: str) -> None:
    send(fake, subject="Here")
    assert "Here" in browser.get("/", params={"before": before}).text


def test_all_mails_are_marked_as_read_and_deleted(fake: FakeSES, browser: httpx.Client) -> None:
    send(fake)
    send(fake)
    assert browser.post("/read").headers["location"] == "/"
    assert "unread" not in visible(browser.get("/").text).partition("2 mails")[2][:20]
    assert browser.post("/delete").status_code == 303
    assert len(fake.outbox) == 0
    assert len(fake.events) == 0


def test_the_cost_of_the_inbox_does_not_grow_with_the_mails() -> None:
    from sesv2kit.local.inbox import find_rows

    def steps(count: int) -> int:
        with FakeSES() as fake:
            send(fake)
            connection = fake.world.database.connection
            names = "sent_at, status, counted, request, operation, sender, subject, recipients, facts, text, html"
            connection.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                f" INSERT INTO mails (message_id, {names}) SELECT i, {names} FROM n, mails WHERE mails.number = 1",
                (count,),
            )
            taken = 0

            def tick() -> int:
                nonlocal taken
                taken += 1
                return 0

            connection.set_progress_handler(tick, 10)
            middle = count // 2
            for before in (None, middle, 10):
                find_rows(fake, "", before=before, limit=50)
            connection.set_progress_handler(None, 0)
            return taken

    assert steps(40_000) < 2 * steps(4_000)


# Requests of other pages ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"host": "evil.example:8005"},
    ],
)
@pytest.mark.parametrize("path", ["/delete", "/read", "/identities", "/service", "/mail/x/delete", "/templates/edit"])
def test_a_page_of_another_origin_changes_nothing(
    fake: FakeSES, browser: httpx.Client, path: str, headers: dict[str, str]
) -> None:
    send(fake)
    assert browser.post(path, headers=headers).status_code == 403
    assert len(fake.outbox) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
        {"host": "localhost:8005", "origin": "http://localhost:8005"},
        {},
    ],
)
def test_a_page_of_the_service_may_change_things(fake: FakeSES, browser: httpx.Client, headers: dict[str, str]) -> None:
    send(fake)
    assert browser.post("/delete", headers=headers).status_code == 303
    assert len(fake.outbox) == 0


def test_a_form_that_is_too_large_is_refused(browser: httpx.Client) -> None:
    assert browser.post("/suppression", content=b"a" * (4 * 1024 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize("body", [b"\xff=1", b"&".join(b"a=1" for _ in range(200))])
def test_a_form_that_cannot_be_read_is_refused(browser: httpx.Client, body: bytes) -> None:
    assert browser.post("/suppression", content=body).status_code == 400


# Static files --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("style.css", "text/css"), ("script.js", "text/javascript"), ("icon.svg", "image/svg+xml")],
)
def test_static_files(browser: httpx.Client, name: str, content_type: str) -> None:
    assert f"/static/{name}?v=" in browser.get("/").text
    response = browser.get(f"/static/{name}")
    assert response.headers["content-type"].startswith(content_type)
    assert response.headers["x-content-type-options"] == "nosniff"


def test_no_other_file_is_served(browser: httpx.Client) -> None:
    assert browser.get("/static/layout.html").status_code == 404
    assert browser.get("/static/..%2fapp.py").status_code != 200


# Statistics ----------------------------------------------------------------------------------------


def test_statistics_count_events(browser: httpx.Client, fake: FakeSES) -> None:
    mail = send(fake)
    for _ in range(3):
        send(fake)
    fake.bounce(mail)
    fake.open(mail)
    page = visible(browser.get("/statistics").text)
    assert "Sends 4" in page
    assert "Bounces 1 25.0 %" in page
    assert "Opens 1" in page
    send(fake)
    assert "Sends 5" in visible(browser.get("/statistics").text)


def test_statistics_follow_the_span_and_the_clock() -> None:
    with FakeSES(clock=datetime(2026, 6, 1, 12, 30, tzinfo=UTC)) as fake, pages_of(fake) as browser:
        send(fake)
        fake.clock.advance(7200)
        send(fake)
        assert "Sends 1" in visible(browser.get("/statistics?span=1h").text)
        page = browser.get("/statistics?span=6h").text
        assert "Sends 2" in visible(page)
        assert "<title>2026-06-01 14:30 UTC: sends 1</title>" in page
        labels = re.findall(r"<time datetime=\"2026-06-01T(.....):00Z\"", page.partition('class="axis x"')[2])[:5]
        assert labels == ["08:45", "10:15", "11:45", "13:15", "14:45"]
        assert "Sends 2" in visible(browser.get("/statistics?span=30d").text)


def test_statistics_forget_what_is_deleted(browser: httpx.Client, fake: FakeSES) -> None:
    send(fake)
    assert "Sends 1" in visible(browser.get("/statistics").text)
    browser.post("/delete")
    assert "Sends 0" in visible(browser.get("/statistics").text)
    send(fake)
    assert "Sends 1" in visible(browser.get("/statistics").text)


def test_many_events_are_counted_in_batches(fake: FakeSES, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sesv2kit.local.statistics._BATCH", 3)
    for _ in range(10):
        send(fake)
    assert EventCounts(fake).over(timedelta(hours=1)).totals == {"Send": 10}


@pytest.mark.parametrize(("most", "top"), [(0, 4), (4, 4), (5, 8), (9, 20), (21, 40), (123_456, 200_000)])
def test_the_axis_of_the_plot_ends_in_a_round_number(most: int, top: int) -> None:
    quota = models.SendQuota()
    counts = Statistics([datetime(2026, 6, 1, tzinfo=UTC)], 60, {"Send": [most]}, {"Send": most}, quota)
    assert plot(counts).ticks == [top, top * 3 // 4, top // 2, top // 4, 0]


def test_statistics_show_the_quota() -> None:
    with FakeSES(sandbox=True, verified=["example.com", "ann@example.net"]) as fake, pages_of(fake) as browser:
        send(fake)
        page = browser.get("/statistics").text
    assert "1 of 200 recipients, 1 a second" in visible(page)


# Templates -----------------------------------------------------------------------------------------


def test_templates_are_listed_and_shown(fake: FakeSES, browser: httpx.Client) -> None:
    create_template(fake, "a/b <c>")
    page = browser.get("/templates").text
    link = re.search(r'href="(/templates/edit\?name=[^"]*)"', page)
    assert link is not None
    page = browser.get(unescape(link[1])).text
    assert "a/b &lt;c&gt;" in page
    assert '"code": "code"' in unescape(page)
    assert "Welcome name" in visible(page)


def test_a_template_has_sample_data() -> None:
    names = ["user.name", "user.town", "items[].name", "items[].sizes[]", "tags[]", "user", "name"]
    assert sample(names) == {
        "user": {"name": "name", "town": "town"},
        "items": [{"name": "name", "sizes": ["sizes"]}],
        "tags": ["tags"],
        "name": "name",
    }
    assert sample(["a", "a.b"]) == {"a": {"b": "b"}}


def test_a_template_that_is_not_there(browser: httpx.Client) -> None:
    assert browser.get("/templates/edit?name=x").status_code == 404


def test_a_preview_names_what_is_missing(browser: httpx.Client) -> None:
    form = {
        "subject": "Hi {{name}}",
        "html": "<b>{{a.b}}</b>{{#if c}}x{{/if}}",
        "text": "{{name}}",
        "data": '{"a": {}}',
    }
    found = browser.post("/templates/preview", data=form).json()
    assert found["missing"] == ["name", "a.b"]
    assert found["problems"] == []
    assert found["variables"] == ["name", "a.b", "c"]
    frame = browser.get(found["url"])
    assert frame.text == '<base target="_blank"><b></b>'
    assert frame.headers["content-security-policy"].startswith("sandbox allow-popups; default-src 'none'")


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"html": "{{#if a}}"}, "html: line 1"),
        ({"data": "{"}, "data: this is not JSON"),
        ({"data": "[1]"}, "data: it must be an object"),
        ({"data": "[" * 100_000}, "data: "),
    ],
)
def test_a_preview_says_what_is_wrong(browser: httpx.Client, form: dict[str, str], problem: str) -> None:
    found = browser.post("/templates/preview", data=form).json()
    assert [text[: len(problem)] for text in found["problems"]] == [problem]


def test_a_preview_does_not_miss_what_the_service_fills_in(browser: httpx.Client) -> None:
    form = {"html": '<a href="{{amazonSESUnsubscribeUrl}}">leave</a>{{ses:openTracker}}', "data": ""}
    found = browser.post("/templates/preview", data=form).json()
    assert (found["missing"], found["variables"], found["problems"]) == ([], [], [])


def test_previews_are_not_kept_for_ever(browser: httpx.Client) -> None:
    urls = [browser.post("/templates/preview", data={"html": str(number)}).json()["url"] for number in range(25)]
    assert browser.get(urls[-1]).status_code == 200
    assert browser.get(urls[0]).status_code == 404


def test_a_template_is_created_changed_and_deleted(fake: FakeSES, browser: httpx.Client) -> None:
    form = {"is_new": "1", "name": "new", "subject": "Hi {{name}}", "html": "", "text": "Hi", "action": "save"}
    assert browser.post("/templates/edit", data=form).headers["location"] == "/templates"
    with fake.client() as ses:
        assert ses.get_email_template(template_name="new").template_content.text == "Hi"
        form |= {"is_new": "", "text": "Changed"}
        browser.post("/templates/edit", data=form)
        assert ses.get_email_template(template_name="new").template_content.text == "Changed"
        browser.post("/templates/edit", data=form | {"action": "delete"})
        assert ses.list_email_templates().templates_metadata == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": " "}, "A template needs a name."),
        ({"text": "{{#if}}"}, "The template was not saved: line 1"),
        ({"text": "x" * 500_001}, "at most 500 KB"),
        ({"name": "welcome"}, "already exists"),
    ],
)
def test_a_template_that_cannot_be_saved_stays_in_the_editor(
    fake: FakeSES, browser: httpx.Client, changes: dict[str, str], problem: str
) -> None:
    create_template(fake)
    form = {"is_new": "1", "name": "new", "subject": "Kept", "html": "", "text": "", "action": "save"}
    response = browser.post("/templates/edit", data=form | changes)
    assert response.status_code == 400
    assert problem in unescape(response.text)
    assert 'value="Kept"' in response.text


def test_a_preview_without_the_script(browser: httpx.Client) -> None:
    form = {"is_new": "1", "name": "new", "subject": "Hi {{name}}", "data": '{"name": "Ann"}', "action": "preview"}
    page = browser.post("/templates/edit", data=form).text
    assert "Hi Ann" in visible(page)
    assert 'value="new"' in page


# Identities ----------------------------------------------------------------------------------------


def test_identities_are_created_verified_and_deleted(fake: FakeSES, browser: httpx.Client) -> None:
    fake.world.settings.auto_verify = False
    browser.post("/identities", data={"action": "create", "name": "shop.example"})
    page = visible(browser.get("/identities").text)
    assert "shop.example pending" in page
    assert "dkim.amazonses.com" in page
    assert "_dmarc.shop.example" in page
    browser.post("/identities", data={"action": "verify", "name": "shop.example"})
    assert "shop.example verified" in visible(browser.get("/identities").text)
    browser.post("/identities", data={"action": "delete", "name": "shop.example"})
    assert "shop.example pending" not in visible(browser.get("/identities").text)


def test_the_records_of_mail_from(fake: FakeSES, browser: httpx.Client) -> None:
    with fake.client() as ses:
        ses.put_email_identity_mail_from_attributes(email_identity="example.com", mail_from_domain="mail.example.com")
    page = visible(browser.get("/identities").text)
    assert "MX mail.example.com 10 feedback-smtp.us-east-1.amazonses.com" in page


def test_only_domains_with_easy_dkim_need_cname_records(fake: FakeSES, browser: httpx.Client) -> None:
    with fake.client() as ses:
        ses.create_email_identity(email_identity="ann@example.net")
        ses.delete_email_identity(email_identity="example.com")
        assert "DNS records" not in browser.get("/identities").text
        keys = models.DkimSigningAttributes(domain_signing_selector="own", domain_signing_private_key="a2V5")
        ses.create_email_identity(email_identity="example.org", dkim_signing_attributes=keys)
    page = visible(browser.get("/identities").text)
    assert "_dmarc.example.org" in page
    assert "TXT own._domainkey.example.org" in " ".join(page.split())
    assert "CNAME" not in page


@pytest.mark.parametrize(
    "form", [{"name": "not a name"}, {"name": "example.com"}, {"name": "absent.example", "action": "verify"}]
)
def test_an_identity_that_is_refused(browser: httpx.Client, form: dict[str, str]) -> None:
    response = browser.post("/identities", data=form)
    assert response.status_code == 400
    assert 'role="alert"' in response.text


# Suppression and contacts --------------------------------------------------------------------------


def test_addresses_are_suppressed_and_removed(fake: FakeSES, browser: httpx.Client) -> None:
    browser.post("/suppression", data={"action": "add", "address": " ann@example.net ", "reason": "COMPLAINT"})
    assert "ann@example.net complained" in visible(browser.get("/suppression").text)
    browser.post("/suppression", data={"action": "remove", "address": "ann@example.net"})
    assert "The list is empty" in visible(browser.get("/suppression").text)


@pytest.mark.parametrize("address", ["", "ann", "a b@example.net", "@"])
def test_what_is_not_an_address_is_not_suppressed(browser: httpx.Client, address: str) -> None:
    response = browser.post("/suppression", data={"action": "add", "address": address})
    assert response.status_code == 400
    assert "is not an address" in response.text


@pytest.mark.parametrize("path", ["/suppression", "/contacts", "/identities", "/templates"])
def test_a_foreign_token_leads_to_the_first_page(fake: FakeSES, browser: httpx.Client, path: str) -> None:
    with fake.client() as ses:
        ses.create_contact_list(contact_list_name="friends")
    assert browser.get(path, params={"token": "odd"}).status_code == 200


def test_long_lists_have_more_pages(fake: FakeSES, browser: httpx.Client) -> None:
    with fake.client() as ses:
        for number in range(60):
            ses.put_suppressed_destination(email_address=f"a{number:02d}@example.net", reason="BOUNCE")
    page = browser.get("/suppression").text
    more = re.search(r'href="(/suppression\?token=[^"]*)"', page)
    assert more is not None
    found = re.findall(r">(a\d\d@example.net)<", page + browser.get(unescape(more[1])).text)
    assert sorted(found) == [f"a{number:02d}@example.net" for number in range(60)]


def test_contacts_have_their_topics(fake: FakeSES, browser: httpx.Client) -> None:
    news = models.Topic(topic_name="news", display_name="The <News>", default_subscription_status="OPT_IN")
    with fake.client() as ses:
        ses.create_contact_list(contact_list_name="friends", topics=[news])
        assert "No contacts" in visible(browser.get("/contacts").text)
        ses.create_contact(contact_list_name="friends", email_address="ann@example.net")
        choice = models.TopicPreference(topic_name="news", subscription_status="OPT_OUT")
        ses.create_contact(contact_list_name="friends", email_address="ben@example.net", topic_preferences=[choice])
        ses.create_contact(contact_list_name="friends", email_address="gone@example.net", unsubscribe_all=True)
    page = browser.get("/contacts?list=friends").text
    words = visible(page)
    assert "The &lt;News&gt;" in page
    assert "ann@example.net in by default" in words
    assert "ben@example.net out" in words
    assert "gone@example.net left the list out" in words


# Faults and the clock --------------------------------------------------------------------------------


def test_faults_are_added_and_removed(fake: FakeSES, browser: httpx.Client) -> None:
    browser.post("/service", data={"action": "add", "operation": "SendEmail", "kind": "throttle", "times": "2"})
    browser.post("/service", data={"action": "add", "operation": "*", "kind": "status", "status": "502", "times": ""})
    assert [(name, left) for name, left, _fault in fake.faults.pending] == [("SendEmail", 2), ("*", 1)]
    page = visible(browser.get("/service").text)
    assert "TooManyRequestsException" in page
    assert "any operation" in page
    assert "502" in page
    form = {"action": "add", "kind": "error", "code": "MessageRejected", "always": "1"}
    browser.post("/service", data=form)
    assert "MessageRejected all" in visible(browser.get("/service").text)
    browser.post("/service", data={"action": "clear"})
    assert fake.faults.pending == []


def test_a_fault_of_the_process_alone_is_shown(fake: FakeSES, browser: httpx.Client) -> None:
    fake.faults.on("SendEmail").refuse_connection()
    assert "SendEmail refuse_connection 1" in visible(browser.get("/service").text)


def test_the_clock_is_advanced(browser: httpx.Client, fake: FakeSES) -> None:
    before = fake.clock.now
    browser.post("/service", data={"action": "advance", "seconds": "3600"})
    assert (fake.clock.now - before).total_seconds() >= 3600


@pytest.mark.parametrize(
    "form",
    [
        {"action": "advance", "seconds": "-1"},
        {"action": "advance", "seconds": "nan"},
        {"action": "advance", "seconds": "1e300"},
        {"action": "advance"},
        {"action": "add", "operation": "Nonsense", "kind": "throttle"},
        {"action": "add", "kind": "odd"},
        {"action": "add", "kind": "throttle", "times": "x"},
        {"action": "odd"},
    ],
)
def test_what_the_service_page_refuses(browser: httpx.Client, form: dict[str, str]) -> None:
    response = browser.post("/service", data=form)
    assert response.status_code == 400
    assert 'role="alert"' in response.text


def test_a_mail_that_was_never_made(fake: FakeSES, browser: httpx.Client) -> None:
    message_id = send_template(fake, {"name": "Kim"})
    page = browser.get(f"/mail/{message_id}").text
    assert "never made it" in page
    assert browser.get(f"/mail/{message_id}?tab=html").text.count('aria-current="page" data-tab="events"') == 1
    assert "voucher.code" in page
    assert "Deliver<" not in page
    assert "&#34;name&#34;: &#34;Kim&#34;" in browser.get(f"/mail/{message_id}?tab=request").text
    assert browser.get(f"/mail/{message_id}/raw").status_code == 404
    assert browser.get(f"/mail/{message_id}/html").status_code == 404
    assert browser.post(f"/mail/{message_id}/act", data={"action": "open"}).status_code == 400
