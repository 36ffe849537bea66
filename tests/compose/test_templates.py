"""Mails from templates, one by one and in bulk: data as a mapping, never as JSON by hand."""

import json
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.compose import ANN, SHOP, bulk_passes_the_client, passes_the_client, problems_of

from sesv2kit import compose, models

ARN = "arn:aws:ses:eu-west-1:123456789012:template/welcome"
INLINE = models.EmailTemplateContent(subject="Hi {{name}}", text="Dear {{name}}")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def filled(template: Any = "welcome", data: Any = None, **parts: Any) -> models.Template:
    """Return the template of a composed mail."""
    composed = compose.template(template, data, sender=SHOP, to=ANN, **parts)
    passes_the_client(composed)
    assert (composed.form, composed.why) == ("template", "a template was given")
    assert composed.content.template
    return composed.content.template


def test_a_template_is_named_by_name_or_arn_or_brings_its_content() -> None:
    assert filled("welcome") == models.Template(template_name="welcome", template_data="{}")
    assert filled(ARN) == models.Template(template_arn=ARN, template_data="{}")
    assert filled(INLINE) == models.Template(template_content=INLINE, template_data="{}")


def test_headers_attachments_and_tags_go_along() -> None:
    file = compose.attachment(b"x", file_name="a.txt")
    template = filled(attachments=[file], headers={"X-Order": "7"})
    assert template.attachments == [file]
    assert template.headers == [models.MessageHeader(name="X-Order", value="7")]
    composed = compose.template("welcome", sender=SHOP, to=ANN, reply_to=ANN, tags={"a": "b"})
    assert composed.arguments.get("reply_to_addresses") == [ANN]
    assert composed.arguments.get("email_tags") == [models.MessageTag(name="a", value="b")]


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_the_data_that_the_service_reads_is_the_data_that_was_given(data: dict[str, Any]) -> None:
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        assert problems_of(compose.bulk_entry, to=ANN, data=data)
        return
    assert json.loads(filled(data=data).template_data or "") == data
    content, entry = compose.bulk_content("welcome", data), compose.bulk_entry(to=ANN, data=data)
    assert content.template
    assert json.loads(content.template.template_data or "") == data
    assert entry.replacement_email_content
    assert entry.replacement_email_content.replacement_template
    assert json.loads(entry.replacement_email_content.replacement_template.replacement_template_data or "") == data
    bulk_passes_the_client(content, entry)


def test_any_mapping_will_do_for_the_data() -> None:
    assert filled(data=MappingProxyType({"name": "Müller"})).template_data == '{"name": "Müller"}'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"a": Decimal(1)}, "data: can't be written as JSON: Object of type Decimal is not JSON serializable"),
        ({"a": date(2026, 1, 1)}, "data: can't be written as JSON: Object of type date is not JSON serializable"),
        ({"a": float("nan")}, "data: can't be written as JSON: Out of range float values are not JSON compliant"),
        ({5: "a"}, "data['5'] (key): expected a str, got int"),
        ('{"a": 1}', "data: expected a mapping, got str"),
        ({"a": "x" * 262144}, "data: must be at most 262144 characters, is 262153"),
    ],
)
def test_data_that_is_not_json_or_too_long_is_refused(data: Any, expected: str) -> None:
    for function in (filled, compose.bulk_content):
        (found,) = problems_of(function, "welcome", data)
        assert found.startswith(expected)
    assert problems_of(compose.bulk_entry, to=ANN, data=data)[0].startswith(expected)


def test_data_that_holds_itself_is_refused() -> None:
    data: dict[str, Any] = {}
    data["itself"] = data
    assert problems_of(filled, data=data)[0].startswith("data: can't be written as JSON: ")


@pytest.mark.parametrize("template", ["", None, 5])
def test_what_names_no_template_is_refused(template: Any) -> None:
    for function in (filled, compose.bulk_content):
        assert problems_of(function, template)[0].startswith("template: ")


def test_what_only_a_raw_mail_could_hold_is_refused_beside_a_template() -> None:
    eml = compose.attachment(b"Subject: inner\r\n\r\nHi\r\n", file_name="inner.eml")
    long = compose.attachment(b"", file_name="x" * 256)
    for function in (filled, compose.bulk_content):
        assert problems_of(function, "welcome", attachments=[eml, long]) == [
            "attachments[0]: is a mail, which must not be in base64",
            "attachments[1].file_name: must be at most 255 characters, is 256",
        ]


def test_a_line_break_in_the_subject_of_a_template_is_refused() -> None:
    content = models.EmailTemplateContent(subject="Hi\r\nBcc: hidden@example.org")
    assert problems_of(filled, content) == ["template.subject: has a line break or another control character"]


def test_an_entry_without_data_leaves_the_default_values_alone() -> None:
    assert compose.bulk_entry(to=ANN) == models.BulkEmailEntry(destination=models.Destination(to_addresses=[ANN]))


def test_an_entry_has_recipients_headers_and_tags_of_its_own() -> None:
    entry = compose.bulk_entry(
        to="Ann <ann@bücher.example>", bcc=[SHOP], headers=compose.unsubscribe("https://example.com/u"), tags={"a": "b"}
    )
    assert entry.destination == models.Destination(
        to_addresses=["Ann <ann@xn--bcher-kva.example>"], bcc_addresses=[SHOP]
    )
    assert [header.name for header in entry.replacement_headers or ()] == ["List-Unsubscribe", "List-Unsubscribe-Post"]
    assert entry.replacement_tags == [models.MessageTag(name="a", value="b")]
    bulk_passes_the_client(compose.bulk_content(INLINE, {"name": "friend"}), entry)


def test_what_all_mails_of_a_bulk_send_share_is_checked_as_a_mail_is() -> None:
    problems = problems_of(compose.bulk_content, "welcome", headers={"From": "x"}, attachments=["missing.txt"])
    assert [problem.split(": ")[0] for problem in problems] == ["headers['From'] (key)", "attachments[0]"]
    large = compose.attachment(bytes(31_000_000), file_name="a.bin")
    assert problems_of(compose.bulk_content, "welcome", attachments=[large])[0].startswith(
        "attachments[0]: makes the message too large"
    )


def test_all_problems_of_an_entry_are_reported_at_once() -> None:
    problems = problems_of(compose.bulk_entry, to="x", data={"a": object()}, headers={"To": "x"}, tags={"": ""})
    assert [problem.split(": ")[0] for problem in problems] == [
        "to",
        "tags[''] (key)",
        "tags['']",
        "headers['To'] (key)",
        "data",
    ]
