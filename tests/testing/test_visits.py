"""Addresses in mails can be followed."""

import re
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from support.mails import kinds_of, publishing, send, service, simple

from sesv2kit import events, models
from sesv2kit.testing import FakeSES

HTML = '<p><a href="https://shop.example/a?x=1&amp;y=2">a</a></p>'


def addresses(fake: FakeSES) -> list[str]:
    """Return the addresses in the last mail."""
    html = fake.outbox[-1].message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    return re.findall(r'(?:href|src)="([^"]+)"', html)


def test_the_image_and_the_links() -> None:
    with service() as (fake, ses):
        publishing(ses, "tracked", "OPEN", "CLICK")
        send(ses, content=simple(html=HTML), configuration_set_name="tracked")
        link, image = addresses(fake)
        picture = fake.visit(image)
        page = fake.visit(link, user_agent="curl", ip_address="192.0.2.9")
        assert picture
        assert (picture.status, picture.content_type, picture.body[:6]) == (200, "image/gif", b"GIF89a")
        assert page
        assert (page.status, page.location) == (302, "https://shop.example/a?x=1&y=2")
        assert kinds_of(fake) == ["Send", "Open", "Click"]
        click = fake.events[-1]
        assert isinstance(click, events.ClickEvent)
        assert (click.click.user_agent, click.click.ip_address) == ("curl", "192.0.2.9")


def test_the_page_to_leave_a_list() -> None:
    topic = models.Topic(topic_name="news", display_name="News", default_subscription_status="OPT_IN")
    with service() as (fake, ses):
        ses.create_contact_list(contact_list_name="people", topics=[topic])
        send(
            ses,
            content=simple(text="{{amazonSESUnsubscribeUrl}}"),
            list_management_options=models.ListManagementOptions(contact_list_name="people", topic_name="news"),
        )
        (url,) = fake.outbox[0].links
        asked = fake.visit(url)
        assert asked
        assert b'<form method="post">' in asked.body
        assert b"news" in asked.body
        assert kinds_of(fake) == ["Send"]
        done = fake.visit(url, method="POST")
        assert done
        assert b"no further mails" in done.body
        assert kinds_of(fake) == ["Send", "Subscription"]


def test_the_link_of_a_verification_mail() -> None:
    with service(auto_verify=False) as (fake, ses):
        ses.create_custom_verification_email_template(
            template_name="a template",
            from_email_address="shop@example.com",
            template_subject="Please confirm",
            template_content="<p>Welcome</p>",
            success_redirection_url="https://example.com/yes",
            failure_redirection_url="https://example.com/no",
        )
        ses.send_custom_verification_email(email_address="new+1@example.net", template_name="a template")
        (url, *_) = fake.outbox[0].links
        page = fake.visit(url)
        assert page
        assert (page.status, page.location) == (302, "https://example.com/yes")
        assert ses.get_email_identity(email_identity="new+1@example.net").verified_for_sending_status is True
        ses.delete_email_identity(email_identity="new+1@example.net")
        page = fake.visit(url)
        assert page
        assert page.location == "https://example.com/no"
        ses.delete_custom_verification_email_template(template_name="a template")
        assert fake.visit(url) is None


@pytest.mark.parametrize(
    "path", ["/", "/I0/nobody/x=1", "/L0/https%3A%2F%2Fevil.example/1/nobody/x=1", "/unsubscribe/nobody"]
)
def test_other_addresses_lead_nowhere(path: str) -> None:
    with service() as (fake, _):
        assert fake.visit(path) is None


def get(url: str, data: bytes | None = None, method: str | None = None) -> tuple[int, str | None]:
    """Request a URL without following redirects, and return the status and the location."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=30)
    with closing(connection):
        connection.request(
            method or ("GET" if data is None else "POST"), url.removeprefix(f"http://{parts.netloc}"), data
        )
        response = connection.getresponse()
        response.read()
        return response.status, response.headers["location"]


def test_the_local_service_follows_the_links_of_its_mails() -> None:
    server = pytest.importorskip("sesv2kit.local.server")
    with service() as (fake, ses), server.serve(fake) as base:
        publishing(ses, "tracked", "OPEN", "CLICK")
        ses.create_contact_list(contact_list_name="people")
        send(
            ses,
            content=simple(text="{{amazonSESUnsubscribeUrl}}", html=HTML),
            configuration_set_name="tracked",
            list_management_options=models.ListManagementOptions(contact_list_name="people"),
        )
        link, image = addresses(fake)
        assert link.startswith(f"{base}/L0/")
        assert get(link, method="HEAD") == (200, None)
        assert get(link) == (302, "https://shop.example/a?x=1&y=2")
        assert get(image) == (200, None)
        page = next(url for url in fake.outbox[0].links if "unsubscribe" in url)
        assert get(page) == (200, None)
        assert get(page, b"List-Unsubscribe=One-Click") == (200, None)
        assert get(f"{base}/unsubscribe/nobody") == (404, None)
        assert kinds_of(fake) == ["Send", "Click", "Open", "Subscription"]
    assert fake.settings.public_url is None


def test_a_tracked_address_redirects_only_to_links_of_its_mail() -> None:
    with service() as (fake, ses):
        message_id = send(ses, content=simple(html=HTML))
        assert fake.visit(f"/L0/https%3A%2F%2Fevil.example/1/{message_id}/x=1") is None
        assert fake.visit(f"/unsubscribe/{message_id}", method="POST") is None
        assert kinds_of(fake) == ["Send"]
