"""Python names are the ones that boto3 gives, so that its documentation and code carry over."""

import keyword

import pytest
from botocore import xform_name
from hypothesis import given
from hypothesis import strategies as st

from codegen.ir import Spec
from codegen.naming import argument_name, class_prefix, constant_name, enum_member_name, snake_case

PARTS = [
    "Arn",
    "Arns",
    "ARN",
    "Dkim",
    "HTTPS",
    "IP",
    "Id",
    "IDs",
    "MaxItems",
    "S3",
    "SOA",
    "To",
    "URL",
    "Url",
    "V2",
    "s",
]


def wire_names(spec: Spec) -> set[str]:
    """Return the names of all operations and members."""
    names = {operation.name for operation in spec.operations()}
    for operation in spec.operations():
        names |= {member.name for member in (*operation.input, *operation.output)}
    return names | {member.name for structure in spec.structures() for member in structure.members}


def test_every_operation_and_member_is_called_as_in_boto3(spec: Spec) -> None:
    names = wire_names(spec)
    assert len(names) > 400
    assert {name: snake_case(name) for name in names} == {name: xform_name(name) for name in names}


@pytest.mark.parametrize(
    ("wire", "python"),
    [
        ("IP", "ip"),
        ("SOARecord", "soa_record"),
        ("WebsiteURL", "website_url"),
        ("MaxItems2", "max_items2"),
        ("HTTPSArns", "https_arns"),
        ("IdentityARNs", "identity_arns"),
        ("S3Url", "s3_url"),
        ("From", "from"),
        ("already_snake", "already_snake"),
    ],
)
def test_tricky_names_are_as_in_boto3(wire: str, python: str) -> None:
    assert snake_case(wire) == python == xform_name(wire)


@given(parts=st.lists(st.sampled_from(PARTS), min_size=1, max_size=5))
def test_made_up_names_are_as_in_boto3(parts: list[str]) -> None:
    name = f"Box{''.join(parts)}"
    assert snake_case(name) == xform_name(name)


def test_a_name_that_is_a_plural_acronym_alone_has_no_underscore_in_front() -> None:
    assert (xform_name("ARNs"), snake_case("ARNs")) == ("_arns", "arns")


def test_a_keyword_gets_an_underscore_behind() -> None:
    named = {name: argument_name(name.capitalize()) for name in keyword.kwlist if name.islower()}
    assert named == {name: f"{name}_" for name in named}
    assert (argument_name("Import"), argument_name("Importer")) == ("import_", "importer")


@pytest.mark.parametrize(
    ("value", "python"),
    [
        ("handed-over", "HANDED_OVER"),
        ("TLSv1.2", "TLSV1_2"),
        ("7BIT", "VALUE_7BIT"),
        ("eu west", "EU_WEST"),
        ("", "VALUE_"),
    ],
)
def test_an_enum_value_becomes_a_name(value: str, python: str) -> None:
    assert enum_member_name(value) == python
    assert python.isidentifier()


def test_rows_and_classes_are_named_after_operations_and_domains() -> None:
    assert constant_name("SendBulkEmail") == "SEND_BULK_EMAIL"
    assert class_prefix("dedicated_ips") == "DedicatedIps"
