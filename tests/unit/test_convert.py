"""Requests in boto3's form as arguments of the methods, and back."""

import inspect
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Required, cast, get_origin, get_type_hints

import pytest
from botocore import xform_name
from support.unit import OPERATIONS, sample

from sesv2kit import SESv2Client, convert, errors, models

MAIL: dict[str, Any] = {
    "FromEmailAddress": "shop@example.com",
    "Destination": {"ToAddresses": ["ann@example.net"]},
    "Content": {
        "Simple": {
            "Subject": {"Data": "Hello"},
            "Body": {"Text": {"Data": "Hi Ann"}},
            "Attachments": [{"FileName": "a.txt", "RawContent": b"\x00\xff", "ContentDisposition": "ATTACHMENT"}],
        }
    },
    "EmailTags": [{"Name": "shop", "Value": "7"}],
}


def problems(operation: str, request: Any) -> list[str]:
    """Return what is refused of a request."""
    with pytest.raises(errors.ParamValidationError) as caught:
        cast(Any, convert.arguments)(operation, request)
    return [str(problem) for problem in caught.value.problems]


def test_a_request_becomes_typed_arguments_and_back() -> None:
    arguments = convert.arguments("SendEmail", MAIL)
    assert arguments["content"].simple == models.Message(
        subject=models.Content(data="Hello"),
        body=models.Body(text=models.Content(data="Hi Ann")),
        attachments=[models.Attachment(file_name="a.txt", raw_content=b"\x00\xff", content_disposition="ATTACHMENT")],
    )
    assert arguments.get("email_tags") == (models.MessageTag(name="shop", value="7"),)
    assert convert.request("SendEmail", arguments) == MAIL


def test_text_of_a_blob_is_encoded_and_not_taken_for_base64_as_with_boto3() -> None:
    arguments = convert.arguments("SendEmail", {"Content": {"Raw": {"Data": "U3ViamVjdA=="}}})
    assert arguments["content"].raw == models.RawMessage(data=b"U3ViamVjdA==")


def test_times_stay_times_and_enums_become_texts() -> None:
    since = datetime(2026, 1, 2, tzinfo=UTC)
    request = {"Reasons": ["BOUNCE"], "StartDate": since}
    arguments = convert.arguments("ListSuppressedDestinations", request)
    assert arguments == {"reasons": (models.SuppressionListReason.BOUNCE,), "start_date": since}
    back = convert.request("ListSuppressedDestinations", arguments)
    assert back == request
    assert type(back["Reasons"][0]) is str


def test_names_are_those_of_boto3_also_where_the_wire_has_another() -> None:
    assert convert.arguments("GetDedicatedIp", {"Ip": "192.0.2.1"}) == {"ip": "192.0.2.1"}
    assert convert.request("GetDedicatedIp", {"ip": "192.0.2.1"}) == {"Ip": "192.0.2.1"}


def test_none_is_left_out() -> None:
    assert convert.arguments("ListContactLists", {"PageSize": None}) == {}
    assert convert.request("ListContactLists", {"page_size": None}) == {}


def test_extra_members_of_models_come_along() -> None:
    content = models.EmailContent(extra_members={"Calendar": {"Event": "lunch"}})
    assert convert.request("SendEmail", {"content": content}) == {"Content": {"Calendar": {"Event": "lunch"}}}


def test_everything_wrong_is_listed_with_its_place() -> None:
    assert problems("SendEmail", {"FromEmailAddres": "a@example.com", "Tags": [], "ReplyToAddresses": "a"}) == [
        "FromEmailAddres: SendEmail has no such member; did you mean FromEmailAddress?",
        "Tags: SendEmail has no such member; did you mean EmailTags?",
        "ReplyToAddresses: expected an array, got a string",
        "Content: is required",
    ]
    assert problems("SendEmail", {"Content": {"Simple": {"Body": {"Txt": {}}, "Subject": {"Data": "a"}}}}) == [
        "content.simple.body.Txt: models.Body has no such member; did you mean Text?"
    ]
    assert problems("SendEmail", {}) == ["Content: is required"]
    assert problems("SendEmail", [MAIL]) == ["request: expected a mapping, got list"]
    assert problems("SendMail", MAIL) == ["operation: is not an operation; did you mean SendEmail?"]
    assert problems("Zzz", MAIL) == ["operation: is not an operation"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"contnt": 1}, "contnt: SendEmail has no such member; did you mean content?"),
        ({"content": 1}, "content: expected models.EmailContent, got int"),
        (7, "arguments: expected a mapping, got int"),
    ],
)
def test_wrong_arguments_are_refused(arguments: Any, problem: str) -> None:
    with pytest.raises(errors.ParamValidationError) as caught:
        convert.request("SendEmail", arguments)
    assert [str(problem) for problem in caught.value.problems] == [problem]


def test_documented_limits_are_left_to_the_call() -> None:
    assert convert.arguments("ListContacts", {"ContactListName": "n", "PageSize": 10**9})["contact_list_name"] == "n"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_operation_has_a_type_of_its_arguments(operation: Any) -> None:
    cls = getattr(convert, f"{operation.name}Arguments")
    parameters = inspect.signature(getattr(SESv2Client, xform_name(operation.name))).parameters
    names = [name for name in parameters if name not in ("self", "options")]
    assert list(cls.__annotations__) == names
    hints = get_type_hints(cls, include_extras=True)
    needed = {name for name in names if parameters[name].default is inspect.Parameter.empty}
    assert {name for name, hint in hints.items() if get_origin(hint) is Required} == needed
    assert f"{operation.name}Arguments" in convert.__all__
    assert isinstance(cast(Any, convert.request)(operation.name, _minimal(operation)), Mapping)


def _minimal(operation: Any) -> dict[str, Any]:
    required = [argument for argument in operation.arguments if argument.required]
    return {argument.name: sample(argument.type(), argument.limits, full=False).value for argument in required}


def test_every_member_that_is_missing_is_named_at_any_depth_beside_other_mistakes() -> None:
    request = {
        "Content": {"Simple": {"Body": {}, "Attachments": [{"FileName": "a.txt"}]}},
        "EmailTags": [{"Name": "shop"}],
        "Nonsense": 1,
    }
    assert problems("SendEmail", request) == [
        "Content.Simple.Subject: is required",
        "Content.Simple.Attachments[0].RawContent: is required",
        "EmailTags[0].Value: is required",
        "Nonsense: SendEmail has no such member",
    ]
    assert problems("CreateContactList", {"Nonsense": 1})[1:] == ["ContactListName: is required"]
