"""The messages that recipients get."""

import email
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default

import pytest
from support.mails import EICAR, PERSON, kinds_of, publishing, raw, send, service, simple

from sesv2kit import compose, errors, models

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LOGO = models.Attachment(
    file_name="logo.png",
    raw_content=b"\x89PNG",
    content_type="image/png",
    content_disposition="INLINE",
    content_id="logo",
)
FILE = models.Attachment(file_name="größe.pdf", raw_content=b"%PDF", content_type="application/pdf")


@pytest.mark.parametrize(("region", "host"), [("us-east-1", "email"), ("eu-west-1", "eu-west-1")])
def test_the_service_writes_message_id_and_date(region: str, host: str) -> None:
    with service(region=region, clock=NOW) as (fake, ses):
        message_id = send(ses)
        message = fake.outbox[0].message
    assert message["Message-ID"] == f"<{message_id}@{host}.amazonses.com>"
    assert message["Date"].datetime == NOW


def test_the_headers_of_a_simple_mail() -> None:
    with service() as (fake, ses):
        ses.send_email(
            from_email_address="Jörg <shop@example.com>",
            destination=models.Destination(
                to_addresses=["Ann <ann@example.net>", "bob@example.net"],
                cc_addresses=["cc@example.net"],
                bcc_addresses=["bcc@example.net"],
            ),
            reply_to_addresses=["help@example.com"],
            content=simple(
                "Grüße",
                headers=[
                    models.MessageHeader(name="X-Order", value="7"),
                    models.MessageHeader(name="X-SES-CONFIGURATION-SET", value="other"),
                    models.MessageHeader(name="Message-ID", value="<mine@example.com>"),
                    models.MessageHeader(name="To", value="eve@example.net"),
                    models.MessageHeader(name="Content-Type", value="multipart/mixed; boundary=x"),
                ],
            ),
        )
        mail = fake.outbox[0]
        message = mail.message
    assert message["From"] == "Jörg <shop@example.com>"
    assert message["To"] == "Ann <ann@example.net>, bob@example.net"
    assert message["Cc"] == "cc@example.net"
    assert message["Reply-To"] == "help@example.com"
    assert message["Subject"] == "Grüße"
    assert message["X-Order"] == "7"
    assert "bcc@example.net" not in mail.raw.decode()
    assert [name for name in message if name.lower().startswith("x-ses")] == []
    assert len(message.get_all("Message-ID")) == 1
    assert mail.raw.isascii()


def test_an_address_that_the_composer_would_refuse_is_written_unchanged() -> None:
    with service() as (fake, ses):
        send(ses, f"{'a' * 70}@example.net")
        assert fake.outbox[0].message["To"] == f"{'a' * 70}@example.net"


def test_text_html_inline_image_and_attachment() -> None:
    with service() as (fake, ses):
        send(ses, content=simple(text="Hi", html='<img src="cid:logo">', attachments=[FILE, LOGO]))
        mail = fake.outbox[0]
    message = mail.message
    assert message.get_body(("plain",)).get_content().strip() == "Hi"  # type: ignore[union-attr]
    assert "cid:logo" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert [
        (file.file_name, file.content_type, file.content_id, file.is_inline, file.data) for file in mail.attachments
    ] == [
        ("logo.png", "image/png", "logo", True, b"\x89PNG"),
        ("größe.pdf", "application/pdf", None, False, b"%PDF"),
    ]
    assert "4 bytes" in repr(mail.attachments[0])


def test_a_mail_without_any_text() -> None:
    with service() as (fake, ses):
        send(ses, content=simple(text=None))
        assert (fake.outbox[0].text, fake.outbox[0].html, fake.outbox[0].attachments) == (None, None, [])


def test_a_mail_as_an_attachment() -> None:
    inner = b"Subject: inner\r\n\r\nHi\r\n"
    file = models.Attachment(file_name="a.eml", raw_content=inner, content_type="message/rfc822")
    with service() as (fake, ses):
        send(ses, content=simple(attachments=[file]))
        (found,) = fake.outbox[0].attachments
        assert email.message_from_bytes(found.data)["Subject"] == "inner"


def test_an_attachment_that_can_not_be_what_it_says() -> None:
    file = models.Attachment(file_name="a.eml", raw_content=b"Subject: \xff\r\n\r\n\xff", content_type="message/rfc822")
    with service() as (fake, ses):
        send(ses, content=simple(attachments=[file]))
        (found,) = fake.outbox[0].attachments
        assert (found.content_type, found.data) == ("application/octet-stream", file.raw_content)


def test_the_bytes_of_a_mail_are_always_the_same() -> None:
    with service(seed=3, clock=NOW) as (fake, ses):
        send(ses, content=simple(html="<p>Hi</p>", attachments=[FILE]))
        first = fake.outbox[0].raw
        assert fake.outbox[0].raw == first
    with service(seed=3, clock=NOW) as (fake, ses):
        send(ses, content=simple(html="<p>Hi</p>", attachments=[FILE]))
        assert fake.outbox[0].raw == first


# Ready-made messages -----------------------------------------------------------------------------

READY = (
    b"From: Shop <shop@example.com>\r\n"
    b'To: Ann <ann@example.net>,\r\n "Miller, Bob" <bob@example.net>\r\n'
    b"Cc: cc@example.net\r\n"
    b"Bcc: bcc@example.net\r\n"
    b"Reply-To: help@example.com\r\n"
    b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
    b"Message-ID: <mine@example.com>\r\n"
    b"Date: Mon, 01 Jan 2001 00:00:00 +0000\r\n"
    b"X-SES-CONFIGURATION-SET: set\r\n"
    b"X-SES-MESSAGE-TAGS: a=1, b=2\r\n"
    b"X-Order: 7\r\n"
    b"\r\n"
    b"Hi Ann\r\n"
)


def test_the_recipients_of_a_raw_message_come_from_its_headers() -> None:
    with service() as (fake, ses):
        ses.create_configuration_set(configuration_set_name="set")
        ses.send_email(content=raw(READY))
        mail = fake.outbox[0]
        assert (mail.sender, mail.to, mail.cc, mail.bcc) == (
            "Shop <shop@example.com>",
            ["Ann <ann@example.net>", '"Miller, Bob" <bob@example.net>'],
            ["cc@example.net"],
            ["bcc@example.net"],
        )
        assert (mail.reply_to, mail.subject, mail.text) == (["help@example.com"], "Grüße", "Hi Ann\n")
        assert (mail.configuration_set, mail.tags) == ("set", {"a": "1", "b": "2"})
        assert mail.headers == [
            ("From", "Shop <shop@example.com>"),
            ("To", 'Ann <ann@example.net>,\r\n "Miller, Bob" <bob@example.net>'),
            ("Cc", "cc@example.net"),
            ("Reply-To", "help@example.com"),
            ("Subject", "=?utf-8?q?Gr=C3=BC=C3=9Fe?="),
            ("X-Order", "7"),
            ("Message-ID", f"<{mail.message_id}@email.amazonses.com>"),
            ("Date", mail.message["Date"]),
        ]
        assert mail.raw.endswith(b"\r\n\r\nHi Ann\r\n")


def test_arguments_come_before_headers() -> None:
    with service() as (fake, ses):
        ses.create_configuration_set(configuration_set_name="set")
        ses.create_configuration_set(configuration_set_name="other")
        send(
            ses,
            "eve@example.net",
            content=raw(READY),
            sender="other@example.com",
            configuration_set_name="other",
            reply_to_addresses=["r@example.com"],
            email_tags=[models.MessageTag(name="b", value="3")],
        )
        mail = fake.outbox[0]
        assert (mail.recipients, mail.sender, mail.configuration_set) == (
            ["eve@example.net"],
            "other@example.com",
            "other",
        )
        assert (mail.reply_to, mail.tags) == (["r@example.com"], {"a": "1", "b": "3"})
        assert "bcc@example.net" not in mail.raw.decode()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Subject: x\n\nHi\n", "Hi\n"),
        (b"\r\nHi", "Hi"),
        (b"\nHi", "Hi"),
        (b"Subject: x", ""),
        (b"Content-Type: text/plain; charset=latin-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E4", "ä"),
        (b"Content-Type: text/plain; charset=nonsense\r\n\r\nHi", "Hi"),
        (b'Content-Type: text/plain; charset="a\0b"\r\n\r\nHi', "Hi"),
        (b"Subject: =?nonsense?q?x?=\r\n\r\nHi", "Hi"),
    ],
)
def test_messages_of_odd_forms(data: bytes, text: str) -> None:
    with service() as (fake, ses):
        send(ses, content=raw(data))
        mail = fake.outbox[0]
    assert mail.text == text
    assert mail.message["From"] == "shop@example.com"
    assert mail.message["Message-ID"] == f"<{mail.message_id}@email.amazonses.com>"
    assert mail.message.get_payload(decode=True).strip() in {text.strip().encode(), text.encode("latin-1")}  # type: ignore[union-attr]


def composed() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Hi"
    message["To"] = PERSON
    message.set_content("See https://shop.example/a")
    message.add_alternative('<p><a href="https://shop.example/a">a</a></p>', subtype="html")
    message.add_attachment(b"abc", maintype="text", subtype="plain", filename="a.txt")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf")
    return message


def test_the_parts_of_a_message() -> None:
    with service() as (fake, ses):
        send(ses, content=raw(composed().as_bytes()))
        mail = fake.outbox[0]
        assert (mail.text, mail.html) == (
            "See https://shop.example/a\n",
            '<p><a href="https://shop.example/a">a</a></p>\n',
        )
        assert [(file.file_name, file.data) for file in mail.attachments] == [("a.txt", b"abc"), (None, b"%PDF")]


def test_the_links_of_a_message_are_tracked_as_well() -> None:
    with service() as (fake, ses):
        publishing(ses, "tracked", "OPEN", "CLICK")
        send(ses, content=raw(composed().as_bytes()), configuration_set_name="tracked")
        mail = fake.outbox[0]
        text, html = mail.message.get_body(("plain",)), mail.message.get_body(("html",))
        assert "awstrack.me/L0/" in text.get_content()  # type: ignore[union-attr]
        assert "awstrack.me/L0/" in html.get_content()  # type: ignore[union-attr]
        assert "awstrack.me/I0/" in html.get_content()  # type: ignore[union-attr]
        assert mail.attachments[0].data == b"abc"
        assert mail.text == "See https://shop.example/a\n"


def test_a_message_that_can_not_be_parsed_is_sent_unchanged() -> None:
    data = b"Content-Type: text/plain; charset=nonsense\r\n\r\nSee https://shop.example/a\r\n"
    with service() as (fake, ses):
        publishing(ses, "tracked", "CLICK")
        send(ses, content=raw(data), configuration_set_name="tracked")
        assert fake.outbox[0].raw.endswith(b"\r\n\r\nSee https://shop.example/a\r\n")


@pytest.mark.parametrize(
    "data",
    [
        b'Content-Type: text/plain; charset="a\0b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xe4',
        b"Subject: =?a\0b?q?x?=\r\n\r\nHi",
        b"Content-Type: message/rfc822\r\n\r\nSubject: \xe4\r\nContent-Type: text/plain; charset=x\r\n\r\n\xe4",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"
        b"Subject: \xe4\xff\r\n\r\n--x--",
        b"Content-Type: multipart/mixed\r\n\r\nHi",
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nSGk=",
        b"Content-Type: =?\r\nTo: <\r\nDate: x\r\n\r\n",
        b"Content-Type: text/plain; name*=a\0b''x\r\n\r\nHi",
        b"Content-Disposition: attachment; filename*=a\0b''%e4\r\n\r\nHi",
    ],
)
def test_every_malformed_message_can_be_shown(data: bytes) -> None:
    with service() as (fake, ses):
        publishing(ses, "tracked", "OPEN", "CLICK")
        for name in (None, "tracked"):
            send(ses, content=raw(data), configuration_set_name=name)
            mail = fake.outbox[-1]
            assert mail.headers
            assert len(mail.attachments) < 2
            assert mail.message.keys()
            assert mail.events


def test_a_text_without_changes_stays() -> None:
    with service() as (fake, ses):
        publishing(ses, "tracked", "OPEN")
        send(ses, content=raw(composed().as_bytes()), configuration_set_name="tracked")
        mail = fake.outbox[0]
    assert mail.message.get_body(("plain",)).get_content().strip() == "See https://shop.example/a"  # type: ignore[union-attr]
    assert b"/I0/" in mail.raw


def test_a_virus_in_an_encoded_attachment() -> None:
    message = composed()
    message.add_attachment(EICAR.encode(), maintype="application", subtype="octet-stream", filename="a.com")
    with service() as (fake, ses):
        send(ses, content=raw(message.as_bytes()))
        assert kinds_of(fake) == ["Send", "Reject"]


def test_options_of_a_list_that_can_not_be_read() -> None:
    with service() as (_, ses), pytest.raises(errors.BadRequestException, match="X-SES-LIST-MANAGEMENT-OPTIONS"):
        send(ses, content=raw(b"X-SES-LIST-MANAGEMENT-OPTIONS: a b c\r\n\r\nHi"))


def test_a_composed_mail() -> None:
    composed = compose.mail(
        sender="shop@example.com", to=["ann@example.net"], subject="Grüße", text="Hi", html="<p>Hi</p>"
    )
    with service() as (fake, ses):
        ses.send_email(**composed.arguments)
        sent = fake.outbox[0]
        assert (sent.subject, sent.text, sent.html) == ("Grüße", "Hi", "<p>Hi</p>")
        assert email.message_from_bytes(sent.raw, policy=default)["Subject"] == "Grüße"
