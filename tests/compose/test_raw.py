"""Messages of the standard library: sent unchanged, except for Bcc and for what MIME and SMTP require."""

import copy
import email
from collections.abc import Callable
from email.header import Header
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP, SMTPUTF8, compat32, default
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.compose import ANN, EVERY_BYTE, SHOP, body_lines, lines, parsed, passes_the_client, problems_of

from sesv2kit import compose, errors, models
from sesv2kit.compose.mime import AnyMessage

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40).filter(
    lambda word: "=?" not in word
)


def message(**headers: str) -> EmailMessage:
    """Return a message with these headers; an underscore becomes a dash."""
    made = EmailMessage()
    for name, value in ({"From": SHOP, "To": ANN, "Subject": "Hello"} | headers).items():
        made[name.replace("_", "-")] = value
    made.set_content("Hi Ann\n")
    return made


def legacy(**headers: Any) -> MIMEMultipart:
    """Return a message as people made it before `EmailMessage`."""
    made = MIMEMultipart()
    for name, value in ({"From": SHOP, "To": ANN, "Subject": "Hello"} | headers).items():
        made[name] = value
    made.attach(MIMEText("Grüße\n", "plain", "utf-8"))
    made.attach(MIMEApplication(EVERY_BYTE, Name="a.bin"))
    return made


def sent(composed: compose.Mail) -> bytes:
    """Return the bytes that are sent."""
    assert composed.content.raw
    return composed.content.raw.data


def test_a_message_is_sent_as_it_is_with_the_line_ends_of_the_wire() -> None:
    given_message = message(Cc="ben@example.net")
    composed = compose.raw(given_message, tags={"campaign": "may"})
    assert composed.form == "raw"
    assert composed.why == "a complete message was given"
    assert sent(composed) == given_message.as_bytes(policy=SMTP)
    assert composed.size == len(sent(composed))
    assert composed.arguments == {
        "from_email_address": SHOP,
        "destination": models.Destination(to_addresses=[ANN], cc_addresses=["ben@example.net"]),
        "content": models.EmailContent(raw=models.RawMessage(data=sent(composed))),
        "email_tags": [models.MessageTag(name="campaign", value="may")],
    }
    passes_the_client(composed)


@pytest.mark.parametrize("bcc", ["hidden@example.org", "Hïdden <hidden@example.org>", "hidden@bücher.example"])
@pytest.mark.parametrize("made", [message, legacy])
def test_bcc_moves_to_the_destination_and_the_given_message_stays_as_it_is(
    made: Callable[..., AnyMessage], bcc: str
) -> None:
    given_message = made(Bcc=bcc)
    before = copy.deepcopy(given_message)
    composed = compose.raw(given_message)
    (hidden,) = composed.destination.bcc_addresses or ()
    assert "hidden@" in hidden
    assert b"hidden" not in sent(composed)
    assert b"bcc" not in sent(composed).lower()
    assert list(given_message.raw_items()) == list(before.raw_items())
    # `as_bytes()` refuses the address that is not ASCII since Python 3.15.
    assert [part.get_payload() for part in given_message.walk() if not part.is_multipart()] == [
        part.get_payload() for part in before.walk() if not part.is_multipart()
    ]


def test_recipients_can_be_given_in_place_of_those_of_the_headers() -> None:
    given_message = message(Cc="ben@example.net", Bcc="hidden@example.org")
    composed = compose.raw(given_message, to="list@example.net", bcc=[])
    assert composed.destination == models.Destination(
        to_addresses=["list@example.net"], cc_addresses=["ben@example.net"]
    )
    assert parsed(composed)["To"] == ANN


def test_a_message_without_recipients_needs_some() -> None:
    given_message = message(To="undisclosed-recipients:;")
    assert problems_of(compose.raw, given_message) == ["to: is required: the mail has no recipient"]
    assert compose.raw(given_message, bcc=[ANN]).destination == models.Destination(bcc_addresses=[ANN])


def test_what_is_not_ascii_is_encoded_in_headers_addresses_and_bodies() -> None:
    given_message = message(From="Müller <shop@bücher.example>", To="Ann <ann@bücher.example>", Subject="Grüße")
    given_message.set_content("Grüße\n", cte="8bit")
    composed = compose.raw(given_message)
    assert sent(composed).isascii()
    read = parsed(composed)
    assert str(read["From"]) == "Müller <shop@xn--bcher-kva.example>"
    assert str(read["To"]) == "Ann <ann@xn--bcher-kva.example>"
    assert read["Subject"] == "Grüße"
    assert read.get_content() == "Grüße\n"
    assert composed.arguments["from_email_address"].endswith("<shop@xn--bcher-kva.example>")
    assert composed.destination.to_addresses == ["Ann <ann@xn--bcher-kva.example>"]


def test_a_message_with_a_policy_of_utf_8_is_written_in_ascii_too() -> None:
    given_message = EmailMessage(policy=SMTPUTF8)
    for name, value in {"From": SHOP, "To": ANN, "Subject": "Grüße"}.items():
        given_message[name] = value
    given_message.set_content("Grüße")
    assert sent(compose.raw(given_message)).isascii()


def test_a_message_of_the_older_kind_is_taken_too() -> None:
    composed = compose.raw(legacy(Subject=Header("Grüße", "utf-8"), To=f"{Header('Müller', 'utf-8').encode()} <{ANN}>"))
    read = parsed(composed)
    assert read["Subject"] == "Grüße"
    assert str(read["To"]) == f"Müller <{ANN}>"
    text, file = read.iter_parts()
    assert text.get_content() == "Grüße\n"
    assert file.get_payload(decode=True) == EVERY_BYTE
    assert b"\n" not in sent(composed).replace(b"\r\n", b"")


@pytest.mark.parametrize("policy", [default, compat32])
def test_a_message_that_was_read_from_bytes_is_taken_with_its_folded_headers(policy: Any) -> None:
    data = f"From: {SHOP}\r\nTo: {ANN},\r\n ben@example.net\r\nX-Long: a\r\n b\r\n\r\nHi\r\n".encode()
    composed = compose.raw(email.message_from_bytes(data, policy=policy))
    assert composed.destination.to_addresses == [ANN, "ben@example.net"]
    assert parsed(composed)["X-Long"] == "a b"


LONG = "0123456789abcdef" * 6
LONG_HEADERS = {
    "List-Unsubscribe": f"<https://example.com/leave?token={LONG}>",
    "In-Reply-To": f"<{LONG}@example.net>",
    "References": " ".join(f"<{LONG}{number}@example.net>" for number in range(12)),
    "X-Token": LONG * 10,
    "X-Spaces": f"a  b   {'c ' * 100}d",
}


def test_long_links_and_ids_are_written_as_they_are() -> None:
    given_message = message()
    for name, value in LONG_HEADERS.items():
        given_message[name] = value
    composed = compose.raw(given_message)
    assert b"=?" not in sent(composed)
    read = email.message_from_bytes(sent(composed), policy=compat32)
    assert {name: read[name].replace("\r\n", "") for name in LONG_HEADERS} == LONG_HEADERS
    assert max(map(len, read["References"].split("\r\n"))) < 120


@pytest.mark.parametrize("policy", [default, SMTP])
def test_headers_that_were_read_are_written_as_they_were(policy: Any) -> None:
    head = f"From: {SHOP}\r\nTo: Ann\r\n <{ANN}>\r\nX-Word: =?utf-8?q?=C3=A9?= x\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in LONG_HEADERS.items() if len(value) < 900)
    head += f"DKIM-Signature: v=1;\r\n\tb={LONG}\r\nX-Empty: \r\n"
    data = f"{head}\r\nHi\r\n".encode()
    assert sent(compose.raw(email.message_from_bytes(data, policy=policy))) == data


def test_a_line_that_was_read_and_is_too_long_is_folded() -> None:
    data = f"From: {SHOP}\r\nTo: {ANN}\r\nX-Long: {'word ' * 300}end\r\n\r\nHi\r\n".encode()
    composed = compose.raw(email.message_from_bytes(data, policy=default))
    assert parsed(composed)["X-Long"] == "word " * 300 + "end"


def test_a_link_that_no_line_can_hold_is_refused() -> None:
    given_message = message(List_Unsubscribe=f"<https://example.com/{'x' * 1000}>")
    assert problems_of(compose.raw, given_message) == ["message: has a line of more than 998 characters"]


def test_long_addresses_beside_names_that_are_not_ascii_stay_apart() -> None:
    long = f"{'a' * 60}@{'b' * 60}.example"
    composed = compose.raw(message(To=f"Müller <{long}>, {ANN}"))
    assert [address.addr_spec for address in parsed(composed)["To"].addresses] == [long, ANN]
    assert composed.destination.to_addresses == [f"=?utf-8?q?M=C3=BCller?= <{long}>", ANN]


@pytest.mark.parametrize("name", ["a" * 200 + ".pdf", "é" * 100 + ".pdf", 'a "b"; c.pdf', "=?utf-8?q?a?=.pdf"])
def test_file_names_of_any_length_arrive(name: str) -> None:
    given_message = message()
    given_message.add_attachment(b"", "application", "pdf", filename=name)
    (file,) = parsed(compose.raw(given_message)).iter_attachments()
    (expected,) = email.message_from_bytes(given_message.as_bytes(), policy=default).iter_attachments()
    assert file.get_filename() == expected.get_filename()


def test_a_message_of_the_older_kind_can_be_in_one_of_the_newer() -> None:
    given_message = message()
    given_message.add_attachment(legacy(Subject=Header("Grüße " * 30, "utf-8")))
    (attached,) = parsed(compose.raw(given_message)).iter_attachments()
    assert attached.get_content()["Subject"].split() == ["Grüße"] * 30


@given(
    name=WORDS,
    subject=st.lists(WORDS, min_size=1, max_size=8).map(" ".join),
    body=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    blob=st.binary(),
)
def test_the_library_reads_what_was_composed(name: str, subject: str, body: str, blob: bytes) -> None:
    given_message = message(From=compose.address(name, SHOP), Subject=subject)
    given_message.set_content(body)
    given_message.add_attachment(blob, "application", "x-any", filename="a.bin")
    read = parsed(compose.raw(given_message))
    assert read["From"].addresses[0].addr_spec == SHOP
    assert "".join(str(read["Subject"]).split()) == "".join(subject.split())
    assert body_lines(read, "plain") == lines(body)
    (file,) = read.iter_attachments()
    assert file.get_content() == blob


# Refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("given_message", [b"From: a@b.c", "From: a@b.c", None, {}])
def test_what_is_not_a_message_is_refused(given_message: Any) -> None:
    (problem,) = problems_of(compose.raw, given_message)
    assert problem.startswith("message: expected Message, got ")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"To": "ann@example.net ben@example.net"}, "message['To']: can't be read as addresses"),
        ({"To": "Miller, Ann <ann@example.net>"}, "message['To']: can't be read as addresses"),
        ({"To": "ann"}, "message['To']: can't be read as addresses"),
        ({"Cc": "ann@-example.net"}, "message['Cc']: has a domain that is not a valid host name"),
        ({"Bcc": "müller@example.net"}, "message['Bcc']: has a local part (before the @) that is not ASCII; SES can't"),
        ({"From": "a@example.com, b@example.com", "Sender": SHOP}, "message['From']: must hold 1 address, holds 2"),
        ({"Reply-To": "ann"}, "message['Reply-To']: can't be read as addresses"),
    ],
)
@pytest.mark.parametrize("made", [message, legacy])
def test_an_address_that_the_service_could_not_send_to_is_refused(
    made: Callable[..., AnyMessage], headers: dict[str, str], expected: str
) -> None:
    (first, *_) = problems_of(compose.raw, made(**headers))
    assert first.startswith(expected)


def test_a_message_without_from_is_refused() -> None:
    given_message = message()
    del given_message["From"]
    assert problems_of(compose.raw, given_message) == ["message['From']: must hold 1 address, holds 0"]


@pytest.mark.parametrize("broken", ["Hello\r\nBcc: hidden@example.org", "Hello\nX: 1", "Hello\r", "Hello\n"])
@pytest.mark.parametrize("name", ["Subject", "X-Any", "To", "From", "Reply-To"])
def test_a_line_break_in_a_header_is_refused(broken: str, name: str) -> None:
    # EmailMessage itself refuses it; the older class takes anything.
    value = f"{ANN}{broken}" if name in ("To", "From", "Reply-To") else broken
    assert problems_of(compose.raw, legacy(**{name: value}))
    inner = legacy()
    inner[name] = value
    outer = legacy()
    outer.attach(inner)
    assert problems_of(compose.raw, outer)


@pytest.mark.parametrize("policy", [default, SMTP, compat32])
@pytest.mark.parametrize("end", ["\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\v\r\n "])
@pytest.mark.parametrize("name", ["Subject", "X-Any", "To", "Content-Type"])
def test_what_the_library_takes_for_a_line_break_is_refused(policy: Any, end: str, name: str) -> None:
    inner = f"From: {SHOP}\r\nTo: {ANN}\r\n"
    inner += f"{name}: x <{ANN}>{end}Bcc: hidden@example.org{end}X-Evil: 1\r\n\r\nHi\r\n"
    read = email.message_from_string(inner, policy=policy)
    assert problems_of(compose.raw, read)
    outer = message()
    outer.add_attachment(email.message_from_string(inner, policy=default))
    assert problems_of(compose.raw, outer)


@pytest.mark.parametrize("policy", [default, compat32])
@pytest.mark.parametrize("name", ["Subject", "X-Any", "To", "From", "Content-Description"])
@pytest.mark.parametrize("hidden", ["=?utf-8?b?DQpCY2M6IGV2aWxAeC5vcmc=?=", "a=?UTF-8?Q?=0aBcc:x?=b"])
def test_a_line_break_in_an_encoded_word_is_refused(policy: Any, name: str, hidden: str) -> None:
    heads = {"From": SHOP, "To": ANN} | {name: f"{hidden} <{ANN}>"}
    data = "".join(f"{name}: {value}\r\n" for name, value in heads.items()) + "\r\nHi\r\n"
    assert problems_of(compose.raw, email.message_from_string(data, policy=policy))


@pytest.mark.parametrize("hidden", ["=?utf-8?q?>a>=?utf-8?q?=0d=0aBcc:e", " \\é*0=Bcc: e@x.y?=\r"])
def test_a_line_break_that_the_library_alone_makes_never_travels(hidden: str) -> None:
    # Some versions of Python make one of these, which is refused then; others don't.
    outer = message()
    outer.add_attachment(message(Sender=hidden))
    try:
        data = compose.raw(outer).content.raw.data  # type: ignore[union-attr]
    except errors.ParamValidationError:
        return
    assert not [line for line in data.splitlines() if line.lower().startswith(b"bcc")]


@pytest.mark.parametrize("name", ["Bcc ", "Bcc\t", "X\r\nBcc", "", "Bçc", "a:b"])
def test_a_header_whose_name_can_not_be_one_is_refused(name: str) -> None:
    made = legacy()
    made.set_raw(name, "hidden@example.org")  # `made[name] =` refuses it since Python 3.14
    assert problems_of(compose.raw, made) == [f"message: has a header whose name can't be one: {name!r}"]


def test_headers_that_the_library_can_not_read_are_an_error_of_the_package() -> None:
    for name in ("To", "Sender"):
        data = f"From: {SHOP}\r\n{name}: {'(' * 5000}\r\n\r\nHi\r\n".encode()
        assert problems_of(compose.raw, email.message_from_bytes(data, policy=default), to=ANN)


def test_a_message_with_a_line_that_is_too_long_is_refused() -> None:
    given_message = message()
    given_message.set_payload("x" * 999)
    assert problems_of(compose.raw, given_message) == ["message: has a line of more than 998 characters"]


def test_a_message_that_can_not_be_written_is_an_error_of_the_package() -> None:
    given_message = message()
    given_message.set_payload(cast(str, 5))
    assert problems_of(compose.raw, given_message)[0].startswith("message: can't be written")


def test_more_than_50_recipients_and_more_than_40_mb_are_refused() -> None:
    many = message(To=", ".join([ANN] * 51))
    assert problems_of(compose.raw, many) == ["to: must be at most 50 recipients in to, cc and bcc together, is 51"]
    large = message()
    large.add_attachment(bytes(31_000_000), "application", "x-any", filename="a.bin")
    (problem,) = problems_of(compose.raw, large)
    assert problem.startswith("message: makes the message too large: at most 41943040 bytes after encoding, is ")
