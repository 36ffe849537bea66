"""Addresses: what is taken, how it is written, and what is refused."""

from email.header import decode_header, make_header
from email.headerregistry import Address
from email.policy import default
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.compose import ANN, SHOP, mail, problems_of, raw_mail

from sesv2kit import compose

LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
PIECES = LETTERS | st.sampled_from(["=?utf-8?q?", "=?utf-8?b?", "=0d=0a", "DQo=", "?=", '"', ",", "<", "@"])
NAMES = st.lists(PIECES).map(lambda pieces: "".join(pieces))


def written(address: str) -> str:
    """Return an address as it is sent."""
    (one,) = compose.destination(to=address).to_addresses or ()
    return one


def read_by_the_library(address: str) -> tuple[Address, ...]:
    """Return the addresses that the standard library sees in a header."""
    header: Any = default.header_factory("To", address)
    addresses: tuple[Address, ...] = header.addresses
    return addresses


def refused(address: Any) -> str:
    """Return why an address is refused; it is in every place that takes one."""
    (problem,) = problems_of(compose.destination, to=[ANN, address])
    for place in ("sender", "cc", "bcc", "reply_to"):
        assert problems_of(mail, **{place: address}) == [problem.replace("to[1]", place)]
    path, _, why = problem.partition(": ")
    assert path == "to[1]"
    return why


# Taken -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_address", "sent"),
    [
        ("ann@example.net", "ann@example.net"),
        ("  ann@example.net ", "ann@example.net"),
        ("<ann@example.net>", "ann@example.net"),
        ("ann.o'neill+tag=1@mail.example.net", "ann.o'neill+tag=1@mail.example.net"),
        ('"ann..b"@example.net', '"ann..b"@example.net'),
        ("Ann <ann@example.net>", "Ann <ann@example.net>"),
        ("Ann B. Miller <ann@example.net>", '"Ann B. Miller" <ann@example.net>'),
        ('"Miller, Ann" <ann@example.net>', '"Miller, Ann" <ann@example.net>'),
        (r'"Ann \"A\" Miller" <ann@example.net>', r'"Ann \"A\" Miller" <ann@example.net>'),
        ("Müller <ann@example.net>", "=?utf-8?q?M=C3=BCller?= <ann@example.net>"),
        ('"Müller, Ann" <ann@example.net>', "=?utf-8?b?TcO8bGxlciwgQW5u?= <ann@example.net>"),
        ("=?utf-8?q?M=C3=BCller?= <ann@example.net>", "=?utf-8?q?M=C3=BCller?= <ann@example.net>"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("Ann <ann@straße.example>", "Ann <ann@xn--strae-oqa.example>"),
        ("ann@BÜCHER。example", "ann@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_written_as_the_service_takes_it(given_address: str, sent: str) -> None:
    assert written(given_address) == sent
    assert mail(sender=given_address).arguments["from_email_address"] == sent
    assert mail(reply_to=given_address).arguments.get("reply_to_addresses") == [sent]


def test_one_address_can_stand_alone_and_several_in_any_sequence() -> None:
    assert compose.destination(to=ANN, cc=(SHOP, ANN)) == compose.destination(to=[ANN], cc=[SHOP, ANN])


@given(NAMES)
def test_a_typed_name_never_makes_two_addresses(name: str) -> None:
    address = compose.address(name, "ann@bücher.example")
    assert [read.addr_spec for read in read_by_the_library(address)] == ["ann@xn--bcher-kva.example"]
    # The library's newer API puts spaces between encoded words that belong together.
    assert str(make_header(decode_header(parseaddr(address)[0]))) == name.strip()
    assert address.isascii()
    assert written(address) == address


@pytest.mark.parametrize("name", ["=?utf-8?b?DQpCY2M6IGV2aWxAeC5vcmc=?=", "=?utf-8?q?Security_Team?=", "a =?b", "=?"])
def test_a_name_that_looks_encoded_arrives_as_it_was_typed(name: str) -> None:
    address = compose.address(name, ANN)
    assert [read.display_name for read in read_by_the_library(address)] == [name]
    assert written(f'"{name}" <{ANN}>' if "DQp" not in name else address) == address


def test_a_name_in_encoded_words_is_read() -> None:
    assert written(f"=?utf-8?q?Security_Team?= <{ANN}>") == f"Security Team <{ANN}>"
    assert written(f"J. =?utf-8?q?M=C3=BCller=2C_Shop?= <{ANN}>") == f"=?utf-8?q?J=2E_M=C3=BCller=2C_Shop?= <{ANN}>"
    assert written(f"=?utf-8?q?a=22=3Cevil=40x.org=3E=2C?= <{ANN}>") == rf'"a\"<evil@x.org>," <{ANN}>'


# Refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", ["=?utf-8?b?DQpCY2M6IGV2aWxAeC5vcmc=?=", "=?utf-8?q?=00?=", "a=?UTF-8?Q?=0a?="])
def test_a_line_break_hidden_in_an_encoded_name_is_refused(hidden: str) -> None:
    assert refused(f"{hidden} <{ANN}>") == "has a line break or another control character"


@pytest.mark.parametrize(
    "address",
    [
        "ann@example.net, ben@example.net",
        "ann@example.net,ben@example.net",
        "ann@example.net;ben@example.net",
        "ann@example.net ben@example.net",
        "<ann@example.net> <ben@example.net>",
        "Ann <ann@example.net>, Ben <ben@example.net>",
        "Ann <ann@example.net>, ben@example.net",
        "ann@example.net, Ben <ben@example.net>",
        "Miller, Ann <ann@example.net>",
        "ann@evil.example <ann@example.net>",
        "Friends: ann@example.net, ben@example.net;",
        "Friends: ann@example.net;",
        '"Ann" "B" <ann@example.net>',
        "<@relay.example:ann@example.net>",
        "ann@example.net (Ann)",
    ],
)
def test_an_address_that_hides_another_or_can_not_be_read_is_refused(address: str) -> None:
    assert refused(address).startswith(("is not one address", "has a domain that is not a valid host name"))


@pytest.mark.parametrize("address", ["", " ", "\u2003"])
def test_an_empty_address_is_refused(address: str) -> None:
    assert refused(address) == "is empty"


@pytest.mark.parametrize(
    "address", ["ann", "Ann <ann>", "@", "@example.net", "ann@", "ann@@example.net", "a..b@example.net", "<>", "Ann <>"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert refused(address)


@pytest.mark.parametrize(
    "domain",
    ["-example.net", "example-.net", "example..net", ".example.net", "[192.0.2.1]", "exa mple.net", "a" * 64 + ".net"],
)
def test_what_is_no_domain_is_refused(domain: str) -> None:
    assert "domain" in refused(f"ann@{domain}")


@pytest.mark.parametrize(
    "domain", ["bü cher.example", "bü\uff0fcher.example", "ü" * 300, "\u200dü.example", "ü..example"]
)
def test_a_domain_that_idna_can_not_encode_is_refused(domain: str) -> None:
    assert "domain" in refused(f"ann@{domain}")


@pytest.mark.parametrize("address", ["müller@example.net", "Müller <müller@example.net>", "\u0430nn@example.net"])
def test_a_local_part_that_is_not_ascii_is_refused_with_the_reason(address: str) -> None:
    assert refused(address) == "has a local part (before the @) that is not ASCII; SES can't send to such an address"


def test_a_local_part_that_is_too_long_is_refused() -> None:
    assert written(f"{'a' * 64}@example.net")
    assert refused(f"{'a' * 65}@example.net") == "has a local part (before the @) of more than 64 characters"


@pytest.mark.parametrize("address", [5, None, b"ann@example.net", ["ann@example.net"]])
def test_an_address_that_is_no_text_is_refused(address: Any) -> None:
    assert problems_of(compose.destination, to=[address]) == [
        f"to[0]: expected a str, got {'None' if address is None else type(address).__name__}"
    ]


def test_all_bad_addresses_are_reported_at_once_each_with_its_path() -> None:
    problems = problems_of(mail, sender="shop", to=[ANN, "x"], cc="", bcc=["a,b@c.example"], reply_to=5)
    assert [problem.split(":")[0] for problem in problems] == ["sender", "to[1]", "cc", "bcc[0]", "reply_to"]


def test_a_name_and_an_address_are_checked_apart() -> None:
    problems = problems_of(compose.address, "Ann\n", "Ann <ann@example.net>")
    assert [problem.split(":")[0] for problem in problems] == ["name", "address"]


# How many ----------------------------------------------------------------------------------------


def test_to_cc_and_bcc_have_at_most_50_recipients_together() -> None:
    parts: dict[str, Any] = {"to": [ANN] * 20, "cc": [ANN] * 20, "bcc": [ANN] * 10}
    expected = "to: must be at most 50 recipients in to, cc and bcc together, is 51"
    for function in (mail, raw_mail, compose.destination, compose.bulk_entry):
        assert function(**parts)
        assert problems_of(function, **parts | {"bcc": [ANN] * 11}) == [expected]


def test_what_is_not_a_recipient_is_reported_once() -> None:
    to: Any = None
    assert problems_of(compose.destination, to=to) == ["to: expected a str or a sequence of str, got NoneType"]


def test_a_mail_without_a_recipient_is_refused() -> None:
    for function in (compose.destination, compose.bulk_entry):
        assert problems_of(function, to=[], cc=(), bcc=[]) == ["to: is required: the mail has no recipient"]
    assert mail(to=(), bcc=ANN)
