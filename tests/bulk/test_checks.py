"""What is wrong with an entry is found before its request leaves, and it fails alone."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bulk import CLIENT, SETTINGS, Send, entry
from support.bulk_server import BulkServer

from sesv2kit import SESv2Client, compose, errors, models
from sesv2kit.bulk import BulkSender
from sesv2kit.bulk.checks import check_entry
from sesv2kit.compose.addresses import read_address


def with_data(text: str) -> models.BulkEmailEntry:
    """Return an entry with data for its template."""
    values = models.ReplacementTemplate(replacement_template_data=text)
    return models.BulkEmailEntry(
        destination=models.Destination(to_addresses=["ann@example.net"]),
        replacement_email_content=models.ReplacementEmailContent(replacement_template=values),
    )


def to(address: str) -> models.BulkEmailEntry:
    """Return an entry to an address."""
    return models.BulkEmailEntry(destination=models.Destination(cc_addresses=[address]))


BAD_DATA = {
    "": "is not JSON",
    "{": "is not JSON",
    "{} {}": "is not JSON",
    "[]": "must be a JSON object",
    '"text"': "must be a JSON object",
    '{"a": NaN}': "NaN is not a value of JSON",
    '{"a": -Infinity}': "-Infinity is not a value of JSON",
    '{"a":' + "[" * 100_000: "is not JSON",
}


@pytest.mark.parametrize("text", BAD_DATA)
def test_data_that_ses_could_not_render_is_refused(text: str) -> None:
    (problem,) = check_entry(with_data(text), True).problems
    assert problem.path == "entry.replacement_email_content.replacement_template.replacement_template_data"
    assert BAD_DATA[text] in problem.message


BAD_ADDRESSES = {
    "ann": "it has no @",
    "ann@example.net, ben@example.net": "not one address",
    "ann..lee@example.net": "not one address",
    "ann@-example.net": "domain",
    "ännchen@example.net": "not ASCII",
    "ann@müller.example": "must be in ASCII",
    "Änn <ann@example.net>": "must be in ASCII",
    "ann@example.net\r\nBcc: ben@example.net": "line break",
    "": "is empty",
    f"{'a' * 65}@example.net": "more than 64 characters",
}


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_addresses_are_checked_as_compose_checks_them(address: str) -> None:
    (problem,) = check_entry(to(address), True).problems
    assert problem.path == "entry.destination.cc_addresses[0]"
    assert BAD_ADDRESSES[address] in problem.message
    checked = check_entry(to(address), False)
    assert (checked.problems, checked.recipients) == ([], 1)


@given(st.one_of(st.emails(), st.text('ab.@-_+ "<>', max_size=20), st.from_regex(r"[a-z.-]+@[a-z.-]+", fullmatch=True)))
def test_a_sender_accepts_the_addresses_that_compose_accepts(address: str) -> None:
    try:
        read_address(address)
        is_good = address.isascii()
    except ValueError:
        is_good = False
    assert (not check_entry(to(address), True).problems) == is_good


@given(
    st.lists(st.emails(), min_size=1, max_size=3),
    st.dictionaries(st.text(max_size=5), st.none() | st.integers() | st.text(max_size=5), max_size=3),
)
def test_what_compose_makes_is_sent(addresses: list[str], data: dict[str, Any]) -> None:
    try:
        made = compose.bulk_entry(to=addresses, data=data)
    except errors.ParamValidationError:
        return
    checked = check_entry(made, True)
    assert (checked.problems, checked.recipients) == ([], len(addresses))
    assert json.loads(checked.text) == models.to_wire(made)


@pytest.mark.anyio
async def test_an_entry_with_bad_data_fails_alone(server: BulkServer, send: Send) -> None:
    mailing = await send([with_data('{"a": NaN}'), entry(1), with_data(json.dumps({"a": 1}))])
    assert mailing.states == {0: "failed", 1: "sent", 2: "sent"}
    assert len(server.requests) == 1


@pytest.mark.parametrize("text", ["[]", '{"a": Infinity}', "{"])
def test_bad_data_that_all_entries_share_is_refused_at_once(text: str) -> None:
    content = models.BulkEmailContent(template=models.Template(template_name="news", template_data=text))
    with SESv2Client(**CLIENT) as ses, pytest.raises(errors.ParamValidationError, match=r"template\.template_data"):
        BulkSender(ses, **{**SETTINGS, "default_content": content})
