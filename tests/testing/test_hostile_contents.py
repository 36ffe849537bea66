"""Contents that are made to break the fake: it takes or refuses them as SES does, and soon."""

import base64
import json
from typing import Any

import pytest
from support.mails import send, simple

from sesv2kit import models
from sesv2kit.errors import ConfigurationError
from sesv2kit.testing import FakeSES
from sesv2kit.testing._service.search import parse

HEAD = b"From: shop@example.com\r\nTo: ann@example.net\r\n"


def posted(fake: FakeSES, content: dict[str, Any], to: str = "ann@example.net") -> tuple[int, dict[str, Any]]:
    """Send a mail in the form of the wire, and return the status and the body of the response."""
    request = {
        "FromEmailAddress": "shop@example.com",
        "Destination": {"ToAddresses": [to]},
        "Content": content,
    }
    response = fake.answer("POST", "/v2/email/outbound-emails", body=json.dumps(request).encode())
    return response.status, json.loads(response.body)


def raw(data: bytes) -> dict[str, Any]:
    return {"Raw": {"Data": base64.b64encode(data).decode()}}


def of_template(data: str) -> dict[str, Any]:
    return {"Template": {"TemplateContent": {"Subject": "{{name}}", "Text": "Hi {{name}}"}, "TemplateData": data}}


@pytest.mark.parametrize(
    "content",
    [
        of_template(r'{"name": "a\ud800b"}'),
        raw(HEAD + b"Content-Type: text/plain; charset=unicode_escape\r\n\r\n\\ud800"),
        raw(HEAD + b"Content-Type: text/html; charset=utf-7\r\n\r\n+2AA-"),
        raw(HEAD + b"Subject: =?unicode_escape?q?=5Cud800?=\r\n\r\nHi"),
        raw(
            HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
            b"Content-Disposition: attachment; filename*=unicode_escape''%5Cud800.txt\r\n\r\nHi\r\n--b--"
        ),
    ],
    ids=["template data", "text", "html", "subject", "file name"],
)
def test_half_of_a_surrogate_pair_is_taken(content: dict[str, Any]) -> None:
    with FakeSES() as fake:
        assert posted(fake, content)[0] == 200
        (mail,) = fake.outbox
        for text in (mail.subject, mail.text or "", mail.html or ""):
            text.encode()
        assert [event.type for event in fake.events] == ["Send"]
        assert mail.raw


def test_half_of_a_surrogate_pair_in_an_event_is_taken(fake_mail: FakeSES) -> None:
    event = fake_mail.open(fake_mail.outbox[0], user_agent="a\ud800b")
    assert fake_mail.events[-1].type == event.type == "Open"


@pytest.fixture
def fake_mail() -> FakeSES:
    """Return a fake service that took a mail."""
    fake = FakeSES()
    with fake.client() as ses:
        send(ses)
    return fake


@pytest.mark.parametrize("data", ['{"name": NaN}', '{"name": -Infinity}', '{"name": 1, "other": [Infinity]}'])
def test_template_data_is_json(data: str) -> None:
    with FakeSES() as fake:
        status, body = posted(fake, of_template(data))
        assert (status, body) == (400, {"message": "Template rendering data is invalid"})
        assert not fake.outbox


def test_a_message_of_very_many_levels_is_refused() -> None:
    with FakeSES() as fake:
        status, body = posted(fake, raw(HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 3000 + b"Hi"))
        assert (status, body) == (400, {"message": "The parts of the message are nested too deeply."})


@pytest.mark.parametrize("end", ["", "\\"], ids=["open", "backslash"])
def test_a_name_of_very_many_quotes_is_refused_at_once(end: str) -> None:
    with FakeSES() as fake:
        simple = {"Simple": {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}}
        status, body = posted(fake, simple, to='"' + '\\"' * 200_000 + end + " <ann@example.net>")
        assert (status, body) == (400, {"message": "Missing final '@domain'"})


@pytest.mark.parametrize("piece", ["<a ", "<a href='", '<a \n ses:no-track="'])
def test_the_links_of_broken_html_are_found_at_once(piece: str) -> None:
    html = '<a href="https://example.com/1">1</a>' + piece * 300_000
    tracking = models.TrackingConfigurationOverrides(click_tracking_enabled="ENABLED")
    overrides = models.ConfigurationOverrides(tracking=tracking)
    with FakeSES() as fake, fake.client() as ses:
        send(ses, content=simple(html=html), configuration_overrides=overrides)
        assert fake.outbox[0].links == ["https://example.com/1"]
        shown = fake.outbox[0].message.get_body(("html",))
        assert shown is not None
        assert "awstrack.me/L0/https%3A%2F%2Fexample.com%2F1/" in shown.get_content()


def test_a_very_long_term_of_a_search_is_refused() -> None:
    with FakeSES() as fake:
        for text in ("x" * 60_000, "to:" + "%" * 60_000, f'subject:"{"_" * 60_000}"'):
            with pytest.raises(ConfigurationError, match="at most 1,000 characters"):
                parse(text, fake.clock.now)


@pytest.mark.parametrize("recipients", [[], ["x"], ["a b@example.net"], ["ann@example.net", "\n"]])
def test_something_that_is_not_a_recipient_is_refused(fake_mail: FakeSES, recipients: list[str]) -> None:
    for act in (fake_mail.deliver, fake_mail.bounce, fake_mail.complain, fake_mail.delay):
        with pytest.raises(ConfigurationError, match=r"recipient|the mail did not go to"):
            act(fake_mail.outbox[0], recipients=recipients)
    assert len(fake_mail.events) == 1
