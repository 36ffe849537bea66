"""Messages of Django's mail package, which has its own classes of messages up to version 5.2."""

import email
from email.message import EmailMessage as StandardMessage
from email.policy import default
from typing import Any

import pytest
from support.compose import ANN, SHOP, body_lines, lines, parsed, passes_the_client

from sesv2kit import compose, errors

pytest.importorskip("django", minversion="5.2")
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives


@pytest.fixture(autouse=True, scope="module")
def configured() -> None:
    """Django with its usual settings."""
    if not settings.configured:
        settings.configure()


def composed(message: EmailMessage) -> compose.Mail:
    """Return a mail of a Django message, as a backend makes it."""
    return compose.raw(message.message(), bcc=message.bcc or None)


def message(**parts: Any) -> EmailMessage:
    """Return a Django message."""
    return EmailMessage(**({"subject": "Hello", "body": "Hi Ann", "from_email": SHOP, "to": [ANN]} | parts))


def read(mail: compose.Mail) -> StandardMessage:
    """Return what a mail program reads; the message is in ASCII, in lines that are not too long."""
    assert mail.content.raw
    data = mail.content.raw.data
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    passes_the_client(mail)
    return parsed(mail)


@pytest.mark.parametrize(
    "body", ["Hi Ann", "Grüße", "Grüße\n" + "ü" * 2000, "x" * 5000, "中文 😀", "From me\n.\n\n  two spaces"]
)
@pytest.mark.parametrize("charset", ["utf-8", None])
def test_a_text_arrives(body: str, charset: str | None) -> None:
    given = message(body=body)
    given.encoding = charset
    assert body_lines(read(composed(given)), "plain") == lines(body)


def test_a_text_in_another_charset_arrives() -> None:
    given = message(body="Grüße")
    given.encoding = "iso-8859-1"
    assert body_lines(read(composed(given)), "plain") == ["Grüße"]


def test_recipients_are_those_of_the_message() -> None:
    given = message(cc=["Ben <ben@example.net>"], bcc=["hidden@example.org"], reply_to=["desk@example.com"])
    mail = composed(given)
    assert (mail.destination.to_addresses, mail.destination.cc_addresses) == ([ANN], ["Ben <ben@example.net>"])
    assert mail.destination.bcc_addresses == ["hidden@example.org"]
    found = read(mail)
    assert (found["Reply-To"], found["Bcc"]) == ("desk@example.com", None)


def test_names_and_domains_that_are_not_ascii_are_encoded() -> None:
    mail = composed(message(from_email="Jürgen <shop@bücher.example>", to=["Änn Müller <ann@exämple.net>", "b@c.de"]))
    found = read(mail)
    assert found["From"] == "Jürgen <shop@xn--bcher-kva.example>"
    assert found["To"] == "Änn Müller <ann@xn--exmple-cua.net>, b@c.de"
    first, second = mail.destination.to_addresses or ()
    assert (first.endswith("<ann@xn--exmple-cua.net>"), second) == (True, "b@c.de")


@pytest.mark.parametrize("header", ["From", "To", "Cc", "Reply-To"])
def test_an_address_that_was_set_by_hand_is_fixed(header: str) -> None:
    given = message(cc=["ben@example.net"], reply_to=["desk@example.com"]).message()
    # Past the checks of Django's classes, as `Message.replace_header` and others go.
    given._headers = [(name, "Änn <ann@exämple.net>" if name == header else value) for name, value in given._headers]
    assert read(compose.raw(given))[header] == "Änn <ann@xn--exmple-cua.net>"


def test_a_page_and_files_arrive() -> None:
    given = EmailMultiAlternatives("Grüße", "Hallo ü", SHOP, [ANN])
    given.attach_alternative("<p>ü 中文</p>", "text/html")
    given.attach("Rechnung ü.pdf", b"%PDF\0\xff", "application/pdf")
    given.attach("text.txt", "tüxt", "text/plain")
    found = read(composed(given))
    assert found["Subject"] == "Grüße"
    assert (body_lines(found, "plain"), body_lines(found, "html")) == (["Hallo ü"], ["<p>ü 中文</p>"])
    pdf, text = found.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("Rechnung ü.pdf", b"%PDF\0\xff")
    assert (text.get_filename(), lines(text.get_content())) == ("text.txt", ["tüxt"])


def test_a_mail_attached_to_a_mail_arrives() -> None:
    inner = StandardMessage()
    inner["Subject"] = "Grüße"
    inner.set_content("Hallo ü\n")
    given = message(body="See ü")
    given.attach("inner.eml", inner.as_bytes(), "message/rfc822")
    (attached,) = read(composed(given)).iter_attachments()
    found = attached.get_content()
    assert found["Subject"] == "Grüße"
    assert body_lines(email.message_from_bytes(found.as_bytes(), policy=default), "plain") == ["Hallo ü"]


def test_headers_arrive() -> None:
    link = f"<https://example.com/{'u' * 300}>"
    found = read(
        composed(message(headers={"List-Unsubscribe": link, "X-Campaign": "may", "From": "Ö <o@example.com>"}))
    )
    assert (found["List-Unsubscribe"], found["X-Campaign"], found["From"]) == (link, "may", "Ö <o@example.com>")


def test_what_can_not_be_written_keeps_its_cause() -> None:
    given = StandardMessage()
    given["From"], given["To"] = SHOP, ANN
    given.set_payload(["not a part"])
    given["Content-Type"] = "multipart/mixed"
    with pytest.raises(errors.ParamValidationError, match="can't be") as caught:
        compose.raw(given)
    assert isinstance(caught.value.__cause__, AttributeError)
