"""A mail out of its parts: which form it gets, what is in it, and what is refused."""

import base64
import io
import tempfile
from collections.abc import Callable
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.compose import (
    ANN,
    EVERY_BYTE,
    SHOP,
    body_lines,
    lines,
    mail,
    parsed,
    passes_the_client,
    problems_of,
    raw_mail,
    simple,
)

from sesv2kit import compose, errors, models

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300).filter(
    lambda text: "=?" not in text
)
SHORT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=100).filter(
    lambda text: "=?" not in text and text.strip()
)
BODIES = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
BLOBS = st.binary(max_size=300)
PARTS = {
    "subject": TEXTS,
    "text": BODIES,
    "html": BODIES,
    "sender": TEXTS.map(lambda name: compose.address(name, SHOP)),
    "reply_to": TEXTS.map(lambda name: compose.address(name, SHOP)),
    "to": st.lists(TEXTS.map(lambda name: compose.address(name, ANN)), min_size=1, max_size=3),
    "headers": st.dictionaries(st.from_regex(r"X-[A-Za-z0-9]{1,20}", fullmatch=True), TEXTS, max_size=2),
    "tags": st.dictionaries(st.from_regex(r"[A-Za-z0-9_-]{1,256}", fullmatch=True), st.just("v"), max_size=2),
    "attachments": st.lists(st.builds(models.Attachment, raw_content=BLOBS, file_name=TEXTS), max_size=2),
}
"""Parts of a mail, most of them good ones."""
BREAKS = st.sampled_from(
    ["\r", "\n", "\r\n", "\n ", "\0", "\v", "\f", "\x1c", "\x7f", "\x85", "\x9b", "\u2028", "\u2029"]
)
"""What ends a line, somewhere."""


def decoded(header: str) -> str:
    """Return a header's text, encoded words read."""
    return str(make_header(decode_header(header)))


def unfolded(composed: compose.Mail, name: str) -> str:
    """Return a header's text as it is in a raw mail, its lines joined and its encoded words read."""
    assert composed.content.raw
    return decoded(str(message_from_bytes(composed.content.raw.data)[name]).replace("\r\n", ""))


def with_break(draw: st.DrawFn) -> str:
    """Draw a text with a line break, or another control character, somewhere in it."""
    return draw(TEXTS) + draw(BREAKS) + draw(TEXTS)


broken_texts = st.composite(with_break)()


# The simple form ---------------------------------------------------------------------------------


def test_a_mail_of_texts_is_a_simple_message() -> None:
    composed = mail(html="<p>Hi Ann</p>", cc=[SHOP], reply_to="help@example.com", tags={"campaign": "may"})
    assert composed.form == "simple"
    assert composed.arguments == {
        "from_email_address": SHOP,
        "destination": models.Destination(to_addresses=[ANN], cc_addresses=[SHOP]),
        "content": models.EmailContent(
            simple=models.Message(
                subject=models.Content(data="Hello", charset="UTF-8"),
                body=models.Body(
                    text=models.Content(data="Hi Ann", charset="UTF-8"),
                    html=models.Content(data="<p>Hi Ann</p>", charset="UTF-8"),
                ),
            )
        ),
        "reply_to_addresses": ["help@example.com"],
        "email_tags": [models.MessageTag(name="campaign", value="may")],
    }
    assert composed.content is composed.arguments["content"]
    assert composed.destination is composed.arguments["destination"]


def test_what_is_not_given_is_not_sent() -> None:
    composed = mail()
    assert set(composed.arguments) == {"from_email_address", "destination", "content"}
    assert models.to_wire(composed.content) == {
        "Simple": {
            "Subject": {"Data": "Hello", "Charset": "UTF-8"},
            "Body": {"Text": {"Data": "Hi Ann", "Charset": "UTF-8"}},
        }
    }


def test_a_mail_shows_its_form_and_size_but_not_its_content() -> None:
    assert repr(mail(text="secret")) == "Mail(form='simple', why='the simple form can hold all of it', size=20)"


def test_a_subject_that_is_not_ascii_is_in_encoded_words_as_the_reference_requires() -> None:
    subject = simple(mail(subject="Grüße an Ann")).subject.data
    assert subject.isascii()
    assert decoded(subject) == "Grüße an Ann"


def test_a_mail_needs_a_text_or_a_page_which_may_be_empty() -> None:
    assert problems_of(mail, text=None) == ["text: is required, if there is no html"]
    assert simple(mail(text="")).body == models.Body(text=models.Content(data="", charset="UTF-8"))
    assert simple(mail(text=None, html="")).body.text is None
    assert problems_of(mail, text=b"", html=5) == ["text: expected a str, got bytes", "html: expected a str, got int"]


# Attachments -------------------------------------------------------------------------------------


def test_a_path_becomes_an_attachment_in_base64_with_its_name_and_type(tmp_path: Path) -> None:
    file = tmp_path / "Rechnung März.pdf"
    file.write_bytes(EVERY_BYTE)
    wanted = models.Attachment(
        file_name="Rechnung März.pdf",
        raw_content=EVERY_BYTE,
        content_type="application/pdf",
        content_disposition="ATTACHMENT",
        content_transfer_encoding="BASE64",
    )
    for given_file in (file, str(file), compose.attachment(file)):
        assert simple(mail(attachments=[given_file])).attachments == [wanted]


def test_bytes_and_open_files_become_attachments(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"head,1,2")
    with (tmp_path / "a.csv").open("rb") as file:
        file.read(5)
        assert compose.attachment(file) == compose.attachment(b"1,2", file_name="a.csv")
    assert compose.attachment(io.BytesIO(b"x"), file_name="x.txt") == compose.attachment(b"x", file_name="x.txt")
    for blob in (bytearray(b"x"), memoryview(b"x")):
        assert compose.attachment(blob, file_name="x") == compose.attachment(b"x", file_name="x")


def test_an_open_file_without_a_name_needs_one() -> None:
    with tempfile.TemporaryFile() as file:
        assert problems_of(compose.attachment, file) == [
            "file_name: is required, as in compose.attachment(data, file_name=...)"
        ]
    assert problems_of(compose.attachment, b"x") == [
        "file_name: is required, as in compose.attachment(data, file_name=...)"
    ]


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.pdf", "application/pdf"),
        ("a.PNG", "image/png"),
        ("a.html", "text/html"),
        ("a", "application/octet-stream"),
        ("a.nobody-knows", "application/octet-stream"),
        ("a.txt.gz", "application/octet-stream"),
    ],
)
def test_the_content_type_is_guessed_from_the_name(name: str, content_type: str) -> None:
    assert compose.attachment(b"", file_name=name).content_type == content_type


def test_what_is_given_of_an_attachment_wins_over_what_is_guessed(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"x")
    made = compose.attachment(
        tmp_path / "a.bin", file_name="b.txt", content_type="text/csv; charset=utf-8", content_description="Totals"
    )
    assert (made.file_name, made.content_type, made.content_description) == (
        "b.txt",
        "text/csv; charset=utf-8",
        "Totals",
    )


def test_an_attachment_model_gets_default_values_and_keeps_its_own() -> None:
    bare = models.Attachment(file_name="a.txt", raw_content=b"x")
    assert simple(mail(attachments=[bare])).attachments == [compose.attachment(b"x", file_name="a.txt")]
    full = models.Attachment(
        file_name="a.txt",
        raw_content=b"x",
        content_type="text/plain",
        content_disposition="INLINE",
        content_transfer_encoding="QUOTED_PRINTABLE",
        content_id="a",
    )
    assert simple(mail(attachments=[full])).attachments == [full]


def test_a_file_is_read_once() -> None:
    class Once(io.BytesIO):
        reads = 0

        def read(self, *size: Any) -> bytes:
            self.reads += 1
            return super().read(*size)

    file = Once(EVERY_BYTE)
    made = compose.attachment(file, file_name="a.bin")
    assert (simple(mail(attachments=[made])).attachments or [])[0].raw_content == EVERY_BYTE
    assert parsed(raw_mail(attachments=[made]))
    assert file.reads == 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("missing.txt", "can't be read: No such file or directory"),
        (Path(), "can't be read: Is a directory"),
        ("a\0b", "is neither a path, nor bytes, nor a file that is open for reading"),
        (5, "is neither a path, nor bytes, nor a file that is open for reading"),
        (io.StringIO("text"), "is not open for reading bytes (mode rb)"),
    ],
)
def test_a_file_that_can_not_be_read_is_an_error_of_the_package(source: Any, expected: str) -> None:
    assert problems_of(mail, attachments=[source])[0] == f"attachments[0]: {expected}"
    assert problems_of(compose.attachment, source, file_name="a") == [f"source: {expected}"]


def test_a_closed_file_is_an_error_of_the_package(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with (tmp_path / "a").open("rb") as file:
        pass
    assert problems_of(compose.attachment, file) == [
        "source: is neither a path, nor bytes, nor a file that is open for reading"
    ]


@pytest.mark.parametrize(
    "content_type",
    ["pdf", "application/", "multipart/mixed", "a/b/c", "text/plain; x", "text/pläin", "text/plain; x=ü"],
)
def test_what_is_not_a_content_type_of_a_file_is_refused(content_type: str) -> None:
    assert problems_of(compose.attachment, b"", file_name="a", content_type=content_type) == [
        "content_type: is not the content type of a file, such as application/pdf"
    ]


@pytest.mark.parametrize("member", ["content_disposition", "content_transfer_encoding"])
@pytest.mark.parametrize("value", ["BASE64\r\nX-Evil: 1", "base64", "x"])
def test_what_is_not_a_choice_of_the_service_is_refused(member: str, value: str) -> None:
    given_file = models.Attachment(file_name="a", raw_content=b"", **{member: value})
    (problem,) = problems_of(mail, attachments=[given_file])
    assert problem.startswith(f"attachments[0].{member}: must be one of ")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"file_name": "a\ud800"}, "file_name: has half of a surrogate pair, which can't be encoded"),
        ({"file_name": 5}, "file_name: expected a str, got int"),
        ({"file_name": ""}, "file_name: is required, as in compose.attachment(data, file_name=...)"),
        ({"file_name": "a", "content_type": 5}, "content_type: expected a str, got int"),
        ({"file_name": "a", "content_description": "b\n"}, "content_description: has a line break or another control"),
    ],
)
def test_a_problem_of_an_attachment_is_reported_by_its_argument(parts: dict[str, Any], expected: str) -> None:
    assert problems_of(compose.attachment, b"", **parts)[0].startswith(expected)


def test_one_path_in_place_of_a_list_is_refused() -> None:
    assert problems_of(mail, attachments="a.pdf") == ["attachments: expected a sequence, got str"]


# Inline ------------------------------------------------------------------------------------------


def test_an_inline_image_is_tied_to_the_page_by_its_content_id() -> None:
    logo = compose.attachment(b"\x89PNG", file_name="logo.png")
    composed = mail(html="<img src='cid:logo'>", inline={"logo": logo})
    (placed,) = simple(composed).attachments or []
    assert (placed.content_id, placed.content_disposition, placed.content_type) == ("logo", "INLINE", "image/png")
    assert placed.content_transfer_encoding == "BASE64"


@pytest.mark.parametrize(
    ("content_id", "html"),
    [
        ("logo", '<img src="CID:logo">'),
        ("logo", "<img src=cid:logo>"),
        ("logo", "see cid:logo."),
        ("logo", "<p style='background: url(cid:logo)'>"),
        ("logo", '<p style="background: url(&quot;cid:logo&quot;)">'),
        ("a@b", '<img src="cid:a%40b">'),
        ("a@b", '<img src="cid:a&#64;b">'),
        ("a+b", '<img src="cid:a+b">'),
    ],
)
def test_an_inline_image_is_found_as_mail_programs_find_it(content_id: str, html: str) -> None:
    logo = compose.attachment(b"", file_name="logo.png")
    assert simple(mail(html=html, inline={content_id: logo})).attachments


@pytest.mark.parametrize("html", [None, "<img src='cid:logo2'>", "<img src='logo'>", "acid:logo", ""])
def test_an_inline_image_that_the_page_does_not_show_is_refused(html: str | None) -> None:
    logo = compose.attachment(b"", file_name="logo.png")
    assert problems_of(mail, html=html, inline={"logo": logo}) == [
        "inline['logo']: is not referred to by the html, as src=\"cid:...\" would"
    ]


@pytest.mark.parametrize("content_id", ["<logo>", "my logo", "lögo", "a/b", "a\n", ""])
def test_a_content_id_that_would_have_to_be_encoded_is_refused(content_id: str) -> None:
    logo = compose.attachment(b"", file_name="logo.png")
    problems = problems_of(mail, html=f"cid:{content_id}", inline={content_id: logo})
    assert problems[-1].endswith("content_id: must be 1 to 995 ASCII letters, digits and . _ + @ -")


# Headers and tags --------------------------------------------------------------------------------


def test_headers_go_along_and_other_characters_are_encoded() -> None:
    headers = simple(mail(headers={"X-Order": "2026-7", "Comments": "Grüße"})).headers or []
    assert [(header.name, decoded(header.value)) for header in headers] == [
        ("X-Order", "2026-7"),
        ("Comments", "Grüße"),
    ]
    assert all(header.value.isascii() for header in headers)


def test_a_mail_has_at_most_15_headers() -> None:
    most = {f"X-{number}": "1" for number in range(15)}
    for function in (mail, raw_mail, compose.bulk_entry):
        assert function(to=ANN, headers=most)
        assert problems_of(function, to=ANN, headers=most | {"X-More": "1"}) == [
            "headers: must be at most 15 items, is 16"
        ]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"X" * 127: "1"}, "(key): must be at most 126 characters, is 127"),
        ({"X": "1" * 996}, ": must be at most 995 characters, is 996"),
        ({"X-12": "1" * 993}, ": must be at most 996 characters, name and value together"),
        ({"X": "ü" * 400}, ": must be at most 995 characters, is "),
        ({"": "1"}, "(key): must be at least 1 character, is 0"),
        ({"X": " "}, ": must be at least 1 character, is 0"),
        ({"X Y": "1"}, "(key): must match ^[!-9;-@A-~]+$"),
        ({"X:": "1"}, "(key): must match ^[!-9;-@A-~]+$"),
        ({"Ü": "1"}, "(key): must match ^[!-9;-@A-~]+$"),
        ({"X": 5}, ": expected a str, got int"),
        ({"X": None}, ": expected a str, got None"),
        ({5: "1"}, "(key): expected a str, got int"),
        ({"X-A": "1", "x-a": "2"}, "has a name twice"),
        ([("X-A", "1")], "expected a mapping, got list"),
    ],
)
def test_a_header_that_the_service_would_refuse_is_refused(headers: Any, expected: str) -> None:
    first = problems_of(mail, headers=headers)[0]
    assert first.startswith("headers")
    assert expected in first


def test_the_longest_header_passes() -> None:
    passes_the_client(mail(headers={"X": "1" * 995, "X" * 126: "1"}))
    passes_the_client(raw_mail(headers={"X": "1" * 995, "X" * 126: "1"}))


SET_BY_SES = ["Bcc", "CC", "Content-Disposition", "content-type", "Content-Transfer-Encoding", "Date", "From"]
SET_BY_SES += ["Message-ID", "MIME-Version", "Reply-To", "Return-Path", "Subject", "to"]


@pytest.mark.parametrize("name", SET_BY_SES)
def test_a_header_that_the_service_sets_itself_is_refused(name: str) -> None:
    for function in (mail, raw_mail):
        assert problems_of(function, headers={name: "x"}) == [
            f"headers[{name!r}] (key): is set by SES, or by an argument of its own"
        ]


@pytest.mark.parametrize("name", ["Sender", "sender", "Resent-To", "RESENT-Bcc"])
def test_a_header_with_an_address_of_its_own_is_refused(name: str) -> None:
    for function in (mail, raw_mail):
        assert problems_of(function, headers={name: "x@example.org"}) == [
            f"headers[{name!r}] (key): has an address; only a message of your own can hold it, see compose.raw"
        ]


def test_encoded_words_of_your_own_are_sent_if_they_can_be_read() -> None:
    assert simple(mail(subject="=?utf-8?q?Gr=C3=BC=C3=9Fe?=")).subject.data == "=?utf-8?q?Gr=C3=BC=C3=9Fe?="
    assert problems_of(mail, subject="=?utf-7?q?+2AA-?=") == [
        "subject: has an encoded word (=?...?=) that can't be read"
    ]


def test_tags_are_checked_for_their_characters_and_length() -> None:
    assert compose.tags({"Campaign_1-a": "x" * 256}) == [models.MessageTag(name="Campaign_1-a", value="x" * 256)]
    bad = {"a b": "c", "d": "é", "e": "", "f": "x" * 257, "g": 5, "h": "a\n"}
    problems = problems_of(compose.tags, bad)
    assert [problem.split(": ")[0] for problem in problems] == [
        "tags['a b'] (key)",
        "tags['d']",
        "tags['e']",
        "tags['f']",
        "tags['g']",
        "tags['h']",
    ]
    assert problems_of(mail, tags=bad) == problems


def test_one_click_unsubscribing_has_both_headers() -> None:
    assert compose.unsubscribe("https://example.com/u?who=1") == {
        "List-Unsubscribe": "<https://example.com/u?who=1>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    headers = compose.unsubscribe("https://example.com/u", mailto="leave@bücher.example?subject=Ann")
    assert headers["List-Unsubscribe"] == "<https://example.com/u>, <mailto:leave@xn--bcher-kva.example?subject=Ann>"
    passes_the_client(mail(headers=headers))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/u",
        "example.com",
        "https://example.com/ü",
        "https://a b",
        "https://a>,<b",
        "https://",
        "https:///u",
        "",
        5,
    ],
)
def test_a_link_that_mail_programs_would_not_follow_is_refused(url: Any) -> None:
    assert problems_of(compose.unsubscribe, url)[-1].startswith("url: must begin with https://")


@pytest.mark.parametrize("mailto", ["leave", "Ann <ann@example.net>", "a@b.c?subject=a b", "a@b.c?x=ü", "a@b.c,d@e.f"])
def test_an_address_to_unsubscribe_at_is_checked(mailto: str) -> None:
    assert problems_of(compose.unsubscribe, "https://example.com/u", mailto=mailto)[0].startswith("mailto: ")


# The raw form ------------------------------------------------------------------------------------


def test_a_mail_attached_to_a_mail_makes_it_raw_as_base64_would_break_it() -> None:
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("Hi")
    eml = compose.attachment(inner.as_bytes(), file_name="inner.eml")
    composed = mail(subject="outer", attachments=[eml])
    assert composed.form == "raw"
    assert composed.why == "attachments[0]: is a mail, which must not be in base64"
    (attached,) = parsed(composed).iter_attachments()
    assert attached.get_content_type() == "message/rfc822"
    assert attached["Content-Transfer-Encoding"] != "base64"
    assert attached.get_content()["Subject"] == "inner"


@pytest.mark.parametrize(
    ("member", "value", "expected"),
    [
        ("file_name", "x" * 256, "attachments[0].file_name: must be at most 255 characters, is 256"),
        ("content_type", f"text/{'x' * 80}", "attachments[0].content_type: must be at most 78 characters, is 85"),
        (
            "content_description",
            "x " * 500 + "x",
            "attachments[0].content_description: must be at most 1000 characters, is 1001",
        ),
    ],
)
def test_what_is_too_long_for_a_simple_message_makes_it_raw(member: str, value: str, expected: str) -> None:
    given_parts = {"file_name": "a.bin", member: value}
    composed = mail(attachments=[compose.attachment(EVERY_BYTE, **given_parts)])
    assert (composed.form, composed.why) == ("raw", expected)
    (attached,) = parsed(composed).iter_attachments()
    assert attached.get_content() if member == "content_type" else attached.get_content() == EVERY_BYTE
    shown = {"file_name": attached.get_filename(), "content_type": attached.get_content_type()}
    assert shown.get(member, attached["Content-Description"]) == value


def test_a_raw_mail_has_what_the_service_would_have_added() -> None:
    composed = raw_mail(
        sender='"Müller, Shop" <shop@bücher.example>',
        to=["Ann <ann@example.net>", "ben@example.net"],
        cc=["Cleo <cleo@example.net>"],
        reply_to="help@example.com",
        subject="Grüße",
        headers={"X-Order": "7"},
    )
    message = parsed(composed)
    assert message["From"].addresses[0].display_name == "Müller, Shop"
    assert message["From"].addresses[0].addr_spec == "shop@xn--bcher-kva.example"
    assert str(message["To"]) == "Ann <ann@example.net>, ben@example.net"
    assert str(message["Cc"]) == "Cleo <cleo@example.net>"
    assert str(message["Reply-To"]) == "help@example.com"
    assert message["Subject"] == "Grüße"
    assert message["X-Order"] == "7"
    assert composed.arguments.get("reply_to_addresses") is None
    assert composed.destination.to_addresses == ["Ann <ann@example.net>", "ben@example.net"]


def test_none_means_no_copies_replies_and_files_but_not_for_recipients() -> None:
    nothing: dict[str, Any] = {"cc": None, "bcc": None, "reply_to": None, "attachments": None}
    without = compose.mail(sender=SHOP, to=ANN, subject="Hello", text="Hi")
    assert compose.mail(sender=SHOP, to=ANN, subject="Hello", text="Hi", **nothing) == without
    nobody: dict[str, Any] = {"to": None, "bcc": "audit@example.com"}
    assert problems_of(compose.mail, sender=SHOP, subject="Hello", text="Hi", **nobody) == [
        "to: expected a str or a sequence of str, got NoneType"
    ]


def test_bcc_is_in_the_destination_and_nowhere_in_a_raw_mail() -> None:
    composed = raw_mail(bcc=["hidden@example.org"])
    assert composed.destination.bcc_addresses == ["hidden@example.org"]
    assert composed.content.raw
    assert b"hidden" not in composed.content.raw.data
    assert b"bcc" not in composed.content.raw.data.lower()


def test_a_raw_mail_puts_inline_images_beside_the_page_and_files_beside_all() -> None:
    composed = raw_mail(
        html="<img src='cid:logo'>",
        inline={"logo": compose.attachment(b"\x89PNG", file_name="logo.png")},
        attachments=[compose.attachment(b"1;2", file_name="a.csv")],
    )
    message = parsed(composed)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "message/rfc822",
        "text/plain",
        "text/csv",
    ]
    (image,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert (image["Content-ID"], image.get_content_disposition()) == ("<logo>", "inline")


def test_a_raw_mail_can_be_a_page_alone() -> None:
    logo = {"logo": compose.attachment(b"\x89PNG", file_name="logo.png")}
    message = parsed(raw_mail(text=None, html="<img src='cid:logo'>", inline=logo))
    assert [part.get_content_type() for part in message.walk()][:4] == [
        "multipart/mixed",
        "multipart/related",
        "text/html",
        "image/png",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: x\r\n\r\nHi\r\n",
        b"Subject: x\r\n\r\nHi, without an end",
        b"Subject:  two   spaces\r\nNo-Space:x\r\nReceived: by\r\n\ta.example\r\n\r\nHi\r\n",
        b"DKIM-Signature: bh=" + b"x" * 200 + b"\r\nReferences: <" + b"y" * 200 + b">\r\n\r\nHi\r\n",
        b"X: a\vX-Evil: 1\x1dBcc: b@c.d\r\n\r\nHi\r\n",
        b"From: =?utf-8?b?DQpCY2M6IGV2aWxAeC5vcmc=?= <a@b.c>\r\n\r\nHi\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHi\r\n--x--\r\n",
        b"no mail at all",
        b"x" * 998,
        b"",
    ],
)
def test_an_attached_mail_arrives_byte_for_byte(content: bytes) -> None:
    eml = compose.attachment(content, file_name="a.eml")
    composed = mail(attachments=[eml])
    assert composed.form == "raw"
    assert composed.content.raw
    assert b"\r\nContent-Type: message/rfc822\r\n" in composed.content.raw.data
    assert b"\r\n\r\n" + content + b"\r\n--" in composed.content.raw.data
    passes_the_client(composed)


def test_an_attached_mail_has_the_line_ends_of_the_wire() -> None:
    eml = compose.attachment(b"Subject: x\n\nHi\r\n", file_name="a.eml")
    raw = mail(attachments=[eml]).content.raw
    assert raw
    assert b"\r\n\r\nSubject: x\r\n\r\nHi\r\n\r\n--" in raw.data


@pytest.mark.parametrize(
    "body", [b"x" * 999, "Grüße".encode(), "Grüße".encode("latin-1"), EVERY_BYTE, b"a\0", b"a\rb", b"a\r"]
)
def test_an_attached_mail_that_has_to_be_encoded_is_a_file_like_others(body: bytes) -> None:
    content = b"Subject: x\r\n\r\n" + body
    eml = compose.attachment(content, file_name="a.eml")
    (sent,) = simple(mail(attachments=[eml])).attachments or []
    assert (sent.content_type, sent.raw_content) == ("application/octet-stream", content)
    assert sent.content_transfer_encoding == "BASE64"
    by_hand = models.Attachment(file_name="a", raw_content=content, content_type="message/rfc822")
    attached = list(parsed(raw_mail(attachments=[by_hand])).iter_attachments())[-1]
    assert attached.get_content() == content


@pytest.mark.parametrize("kind", ["delivery-status", "partial", "disposition-notification", "global", "http"])
def test_other_parts_of_mails_can_go_beside_an_attached_mail(kind: str) -> None:
    report = compose.attachment(
        b"Reporting-MTA: dns; x\r\n\r\nAction: failed\r\n", file_name="a", content_type=f"message/{kind}"
    )
    attached = list(parsed(raw_mail(attachments=[report])).iter_attachments())[-1]
    assert b"Action: failed" in raw_content_of(attached)


def raw_content_of(part: EmailMessage) -> bytes:
    """Return the bytes of a part, its transfer encoding read; the library takes those of `message/` for mails."""
    part.replace_header("Content-Type", "application/octet-stream")
    payload: Any = part.get_payload()
    if isinstance(payload, list):
        payload = cast(list[EmailMessage], payload)[0].get_payload()
    return base64.b64decode(payload)


def test_a_text_that_no_line_can_hold_is_encoded_in_a_raw_mail() -> None:
    composed = raw_mail(subject="s" * 2000, sender=compose.address("n" * 2000, SHOP))
    assert unfolded(composed, "Subject") == "s" * 2000
    assert unfolded(composed, "From") == f"{'n' * 2000} <{SHOP}>"
    file = compose.attachment(b"", file_name="a", content_description="d" * 1001)
    assert problems_of(raw_mail, attachments=[file]) == ["attachments: has a line of more than 998 characters"]


# Size --------------------------------------------------------------------------------------------


def test_a_message_has_at_most_40_mb_after_encoding() -> None:
    # 57 bytes are a line of 76 characters and its end.
    most = 40 * 1024 * 1024 // 78 * 57 - 57
    composed = mail(attachments=[compose.attachment(bytes(most), file_name="a.bin")])
    assert 40 * 1024 * 1024 - 200 < composed.size <= 40 * 1024 * 1024
    large = compose.attachment(bytes(most + 57), file_name="a.bin")
    for function in (mail, template_with):
        (problem,) = problems_of(function, attachments=[large, large])
        assert problem.startswith(
            "attachments[0]: makes the message too large: at most 41943040 bytes after encoding, is "
        )


@pytest.mark.parametrize("name", ["text", "html"])
def test_the_largest_part_is_named_when_a_message_is_too_large(name: str) -> None:
    (problem,) = problems_of(mail, **{name: "x" * 45_000_000})
    assert problem.startswith(f"{name}: makes the message too large")


def test_a_raw_mail_has_at_most_40_mb_too() -> None:
    eml = compose.attachment((b"x" * 98 + b"\r\n") * 210_000, file_name="a.eml")
    (problem,) = problems_of(mail, attachments=[eml, eml])
    assert problem.startswith(
        "attachments[0]: makes the message too large: at most 41943040 bytes after encoding, is 4200"
    )


def template_with(**parts: Any) -> compose.Mail:
    """Return a mail from a template."""
    return compose.template("welcome", sender=SHOP, to=ANN, **parts)


def test_a_raw_mail_is_measured_as_it_is() -> None:
    composed = raw_mail()
    assert composed.content.raw
    assert composed.size == len(composed.content.raw.data)


def test_a_file_that_is_far_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    with (tmp_path / "huge.bin").open("wb") as file:
        file.truncate(1024**4)  # a hole, which takes no room on the disk
    problems = problems_of(compose.attachment, tmp_path / "huge.bin")
    assert problems == ["source: must be at most 41943040 bytes after encoding, is more"]


# Whatever goes in --------------------------------------------------------------------------------


@given(subject=TEXTS, text=BODIES, html=BODIES, blob=BLOBS, name=TEXTS.filter(str.strip), value=SHORT)
def test_a_raw_mail_parses_to_what_was_composed(
    subject: str, text: str, html: str, blob: bytes, name: str, value: str
) -> None:
    composed = raw_mail(
        subject=subject,
        text=text,
        html=html,
        attachments=[compose.attachment(blob, file_name=name, content_type="application/x-any")],
        headers={"X-Any": value},
    )
    passes_the_client(composed)
    message = parsed(composed)
    assert body_lines(message, "plain") == lines(text)
    assert body_lines(message, "html") == lines(html)
    attached = list(message.iter_attachments())[-1]
    assert attached.get_content() == blob
    assert str(attached.get_filename()).strip() == name.strip()
    assert unfolded(composed, "Subject") == subject.strip()
    assert unfolded(composed, "X-Any") == value.strip()
    raw = composed.content.raw
    assert raw
    assert raw.data.isascii()
    assert all(len(line) <= 998 for line in raw.data.split(b"\r\n"))
    assert b"\n" not in raw.data.replace(b"\r\n", b"")


@given(st.fixed_dictionaries({}, optional=PARTS))
def test_whatever_is_composed_the_client_would_send_and_all_else_is_an_error_of_the_package(parts: Any) -> None:
    for function in (mail, raw_mail):
        try:
            composed = function(**parts)
        except errors.ParamValidationError:
            continue
        passes_the_client(composed)


@pytest.mark.parametrize("function", [mail, raw_mail])
@given(broken=broken_texts)
def test_a_line_break_in_a_header_or_an_address_is_refused_wherever_it_is(
    function: Callable[..., compose.Mail], broken: str
) -> None:
    file = models.Attachment(file_name="a", raw_content=b"")
    for parts in (
        {"subject": broken},
        {"sender": f"{broken} <{SHOP}>"},
        {"sender": broken},
        {"to": [ANN, broken]},
        {"cc": broken},
        {"bcc": f'"{broken}" <{ANN}>'},
        {"reply_to": f"{ANN}{broken}"},
        {"headers": {"X-Any": broken}},
        {"headers": {f"X{broken}": "1"}},
        {"tags": {"name": broken}},
        {"tags": {broken: "value"}},
        {"attachments": [models.Attachment(file_name=broken, raw_content=b"")]},
        {"attachments": [models.Attachment(file_name="a", raw_content=b"", content_type=f"a/b{broken}")]},
        {"attachments": [models.Attachment(file_name="a", raw_content=b"", content_description=broken)]},
        {"attachments": [models.Attachment(file_name="a", raw_content=b"", content_id=broken)]},
        {"inline": {broken: file}, "html": f"cid:{broken}"},
    ):
        with pytest.raises(errors.ParamValidationError):
            function(**parts)
    for call in (
        lambda: compose.address(broken, ANN),
        lambda: compose.address("Ann", broken),
        lambda: compose.unsubscribe(f"https://example.com/{broken}"),
        lambda: compose.unsubscribe("https://example.com/", mailto=f"{ANN}{broken}"),
        lambda: compose.attachment(b"", file_name=broken),
        lambda: compose.bulk_entry(to=ANN, headers={"X-Any": broken}),
        lambda: compose.template("welcome", sender=SHOP, to=ANN, headers={"X-Any": broken}),
    ):
        with pytest.raises(errors.ParamValidationError):
            call()


@pytest.mark.parametrize(
    "hidden", ["=?utf-8?b?DQpCY2M6IHg=?=", "a=?UTF-8?Q?=0dX?=b", "x =?iso-8859-1?q?=85?= y", "=?utf-16?b?CgA=?="]
)
def test_a_line_break_in_an_encoded_word_is_refused(hidden: str) -> None:
    places: dict[str, dict[str, Any]] = {
        "subject": {"subject": hidden},
        "sender": {"sender": f"{hidden} <{SHOP}>"},
        "headers['X-Any']": {"headers": {"X-Any": hidden}},
    }
    for function in (mail, raw_mail):
        for path, parts in places.items():
            assert problems_of(function, **parts) == [f"{path}: has a line break or another control character"]
        for member in ("file_name", "content_description"):
            file: dict[str, Any] = {"file_name": "a", "raw_content": b"", member: hidden}
            (problem,) = problems_of(function, attachments=[models.Attachment(**file)])
            assert problem.endswith(f"].{member}: has a line break or another control character")


def test_half_of_a_surrogate_pair_is_refused_wherever_it_is() -> None:
    for parts in ({"subject": "\ud800"}, {"text": "\ud800"}, {"html": "\ud800"}, {"sender": f"\ud800 <{SHOP}>"}):
        (problem,) = problems_of(mail, **parts)
        assert problem == f"{next(iter(parts))}: has half of a surrogate pair, which can't be encoded"


def test_all_problems_are_reported_at_once() -> None:
    problems = problems_of(
        compose.mail,
        sender="shop",
        to=[],
        subject="a\nb",
        attachments=["missing.txt"],
        headers={"Bcc": "x"},
        tags={"a b": "c"},
    )
    assert [problem.split(": ")[0] for problem in problems] == [
        "sender",
        "to",
        "tags['a b'] (key)",
        "subject",
        "text",
        "attachments[0]",
        "headers['Bcc'] (key)",
    ]
