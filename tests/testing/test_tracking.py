"""Opens and clicks: what is put into mails for them, and when."""

import re
from collections.abc import Mapping

import pytest
from support.mails import publishing, send, service, simple, stored, template

from sesv2kit import models
from sesv2kit.testing._service.sending import tracking

HTML = (
    '<html><body><p><a href="https://shop.example/a?x=1&amp;y=2">one</a> <a ses:no-track href="https://shop.example/b">'
    "two</a> <A HREF='http://shop.example/c' ses:tags=\"part:foot;part:end;odd\">three</A> <a href='mailto:a@b.example'"
    ">four</a> <a name=x>five</a></p></body></html>"
)
TEXT = "See https://shop.example/a?x=1&y=2, or (http://shop.example/c)."


def overrides(opens: str | None = None, clicks: str | None = None) -> models.ConfigurationOverrides:
    return models.ConfigurationOverrides(
        tracking=models.TrackingConfigurationOverrides(open_tracking_enabled=opens, click_tracking_enabled=clicks)
    )


def test_without_a_configuration_set_nothing_is_tracked() -> None:
    with service() as (fake, ses):
        send(ses, content=simple(html=HTML, text=TEXT))
        mail = fake.outbox[0]
    assert mail.html == HTML
    assert b"awstrack" not in mail.raw


def test_an_event_destination_switches_tracking_on() -> None:
    with service() as (fake, ses):
        publishing(ses, "tracked", "OPEN", "CLICK")
        message_id = send(ses, content=simple(html=HTML, text=TEXT), configuration_set_name="tracked")
        mail = fake.outbox[0]
    html = mail.message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    text = mail.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    hrefs = re.findall(r"""href=["']([^"']*)["']""", html, re.IGNORECASE)
    assert [tracking.original_link(url) for url in hrefs] == [
        "https://shop.example/a?x=1&y=2",
        None,
        "http://shop.example/c",
        None,
    ]
    assert hrefs[1] == "https://shop.example/b"
    assert hrefs[3] == "mailto:a@b.example"
    assert "ses:" not in html
    assert re.search(rf'<img alt="" src="https://[^"]+/I0/{message_id}/[^"]+"[^>]*></body></html>\s*$', html)
    assert "shop.example/a?" not in text
    assert text.count(".awstrack.me/L0/") == 2
    assert text.rstrip().endswith(").")
    assert mail.html == HTML


def test_opens_and_clicks_are_tracked_separately() -> None:
    with service() as (fake, ses):
        publishing(ses, "opens", "OPEN")
        publishing(ses, "clicks", "CLICK")
        publishing(ses, "others", "SEND", "DELIVERY")
        for name in ("opens", "clicks", "others"):
            send(ses, content=simple(html=HTML, text=TEXT), configuration_set_name=name)
        found = [(b"/I0/" in mail.raw, b"/L0/" in mail.raw) for mail in fake.outbox]
    assert found == [(True, False), (False, True), (False, False)]


def test_the_request_decides_before_the_configuration_set() -> None:
    with service() as (fake, ses):
        publishing(ses, "opens", "OPEN")
        send(
            ses,
            content=simple(html=HTML),
            configuration_set_name="opens",
            configuration_overrides=overrides("DISABLED", "ENABLED"),
        )
        send(ses, content=simple(html=HTML), configuration_overrides=overrides("ENABLED"))
        found = [(b"/I0/" in mail.raw, b"/L0/" in mail.raw) for mail in fake.outbox]
    assert found == [(False, True), (True, False)]


@pytest.mark.parametrize(
    ("options", "is_tracked"),
    [
        (None, True),
        (models.VdmOptions(dashboard_options=models.DashboardOptions(engagement_metrics="DISABLED")), False),
        (models.VdmOptions(dashboard_options=models.DashboardOptions(engagement_metrics="ENABLED")), True),
        (models.VdmOptions(guardian_options=models.GuardianOptions(optimized_shared_delivery="ENABLED")), True),
    ],
)
def test_the_dashboard_of_vdm_switches_tracking_on(options: models.VdmOptions | None, is_tracked: bool) -> None:
    with service() as (fake, ses):
        ses.put_account_vdm_attributes(
            vdm_attributes=models.VdmAttributes(
                vdm_enabled="ENABLED", dashboard_attributes=models.DashboardAttributes(engagement_metrics="ENABLED")
            )
        )
        ses.create_configuration_set(configuration_set_name="set", vdm_options=options)
        send(ses, content=simple(html=HTML), configuration_set_name="set")
        send(ses, content=simple(html=HTML))
        assert b"/I0/" in fake.outbox[1].raw
        assert (b"/I0/" in fake.outbox[0].raw) == is_tracked
        ses.put_account_vdm_attributes(vdm_attributes=models.VdmAttributes(vdm_enabled="ENABLED"))
        send(ses, content=simple(html=HTML))
        assert b"/I0/" not in fake.outbox[2].raw


@pytest.mark.parametrize(
    ("policy", "image", "first", "second"),
    [
        ("REQUIRE", "https", "https", "https"),
        ("REQUIRE_OPEN_ONLY", "https", "https", "http"),
        ("OPTIONAL", "http", "https", "http"),
    ],
)
def test_a_domain_of_your_own(policy: str, image: str, first: str, second: str) -> None:
    options = models.TrackingOptions(custom_redirect_domain="go.shop.example", https_policy=policy)
    with service() as (fake, ses):
        publishing(ses, "tracked", "OPEN", "CLICK", tracking_options=options)
        send(ses, content=simple(text=None, html=HTML), configuration_set_name="tracked")
        html = fake.outbox[0].message.get_content()
    assert f'src="{image}://go.shop.example/I0/' in html
    assert f'href="{first}://go.shop.example/L0/https%3A' in html
    assert f'HREF="{second}://go.shop.example/L0/http%3A' in html


def test_the_place_of_the_image() -> None:
    html = "<p>{{ses:openTracker}}Hi {{name}}</p>{{ses:openTracker}}"
    with service() as (fake, ses):
        publishing(ses, "tracked", "OPEN")
        stored(ses, html=html)
        send(ses, content=template(), configuration_set_name="tracked")
        send(ses, content=template())
        tracked, plain = fake.outbox
        body = tracked.message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert re.match(r"<p><img [^>]*>Hi Ann</p>\s*$", body)
    assert plain.html == "<p>Hi Ann</p>"


def test_links_of_the_server_of_the_fake() -> None:
    with service() as (fake, ses):
        fake.settings.public_url = "http://127.0.0.1:8005"
        publishing(ses, "tracked", "OPEN", "CLICK")
        message_id = send(ses, content=simple(text=None, html=HTML), configuration_set_name="tracked")
        html = fake.outbox[0].message.get_content()
    paths = re.findall(r'(?:src|href)="http://127\.0\.0\.1:8005(/[IL]0/[^"]+)"', html)
    assert [tracking.read_path(path) for path in paths] == [
        (message_id, "https://shop.example/a?x=1&y=2"),
        (message_id, None),
    ]
    assert tracking.read_path("/unsubscribe/x") is None


def test_no_more_than_250_links_are_replaced() -> None:
    html = "".join(f'<a href="https://shop.example/{number}">x</a>' for number in range(260))
    with service() as (fake, ses):
        publishing(ses, "tracked", "CLICK")
        send(ses, content=simple(text=None, html=html), configuration_set_name="tracked")
        found = fake.outbox[0].message.get_content()
    assert found.count("/L0/") == 250
    assert 'href="https://shop.example/259"' in found


def test_the_links_of_a_mail() -> None:
    found: Mapping[str, tracking.Link] = {link.url: link for link in tracking.links(HTML, TEXT)}
    assert list(found) == ["https://shop.example/a?x=1&y=2", "https://shop.example/b", "http://shop.example/c"]
    assert found["http://shop.example/c"].tags == {"part": ["foot", "end"]}
    assert not found["https://shop.example/b"].is_tracked
    assert tracking.links(None, None) == []
