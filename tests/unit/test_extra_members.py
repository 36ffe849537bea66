"""Members that this version does not know: sent as they are given, in a call's options or in a model."""

import copy
import json
import pickle
from typing import Any

import attrs
import pytest
from support.counting import CountingServer, answers
from support.fixtures import anyio_backend, kind, no_proxy, open_client, server, ses
from support.unit import ask

from sesv2kit import errors, models

__all__ = ["anyio_backend", "kind", "no_proxy", "open_client", "server", "ses"]

pytestmark = pytest.mark.anyio

DRAFT: dict[str, Any] = {
    "from_email_address": "a@example.com",
    "destination": models.Destination(to_addresses=["b@x.org"]),
}


def content(**extra: Any) -> models.EmailContent:
    """Return a mail whose subject has members of its own."""
    subject = models.Content(data="Hi", **extra)
    return models.EmailContent(
        simple=models.Message(subject=subject, body=models.Body(text=models.Content(data="Ann")))
    )


async def test_a_call_sends_extra_members_in_the_body(ses: Any, server: CountingServer) -> None:
    server.script(answers())
    extra = {"Priority": "HIGH", "Later": {"At": 7, "Zones": ["a", None, True, 1.5]}}
    await ask(ses, "send_email", **DRAFT, content=content(), options={"extra_members": extra})
    body = json.loads(server.received[0].body)
    assert {name: body[name] for name in extra} == extra
    assert body["FromEmailAddress"] == "a@example.com"


async def test_a_get_and_a_delete_send_extra_members_in_the_query(ses: Any, server: CountingServer) -> None:
    server.script(answers(body=b"{}"), answers(body=b"{}"))
    options = {"extra_members": {"Kind": ["a b", "c"], "Deep": True, "Depth": 3}}
    await ask(ses, "get_contact_list", contact_list_name="n", options=options)
    await ask(ses, "delete_contact_list", contact_list_name="n", options=options)
    query = "?Kind=a%20b&Kind=c&Deep=true&Depth=3"
    assert [request.target for request in server.received] == [f"/v2/email/contact-lists/n{query}"] * 2
    assert [request.body for request in server.received] == [b"", b""]


async def test_an_operation_without_a_body_gets_one(ses: Any, server: CountingServer) -> None:
    server.script(answers(body=b"{}"))
    await ask(ses, "cancel_export_job", job_id="j-1", options={"extra_members": {"Reason": "late"}})
    assert json.loads(server.received[0].body) == {"Reason": "late"}


async def test_extra_members_are_for_one_call(ses: Any, server: CountingServer) -> None:
    server.script(answers(), answers())
    await ask(ses, "send_email", **DRAFT, content=content(), options={"extra_members": {"Priority": "HIGH"}})
    await ask(ses, "send_email", **DRAFT, content=content())
    assert ["Priority" in json.loads(request.body) for request in server.received] == [True, False]


async def test_a_model_sends_extra_members(ses: Any, server: CountingServer) -> None:
    server.script(answers())
    await ask(ses, "send_email", **DRAFT, content=content(extra_members={"Language": "en"}))
    subject = json.loads(server.received[0].body)["Content"]["Simple"]["Subject"]
    assert subject == {"Data": "Hi", "Language": "en"}


async def test_a_new_member_of_a_union_counts(ses: Any, server: CountingServer) -> None:
    server.script(answers())
    calendar = models.EmailContent(extra_members={"Calendar": {"Event": "lunch"}})
    await ask(ses, "send_email", **DRAFT, content=calendar)
    assert json.loads(server.received[0].body)["Content"] == {"Calendar": {"Event": "lunch"}}


@pytest.mark.parametrize(
    ("method", "arguments", "extra", "path", "message"),
    [
        ("get_account", {}, 7, "options['extra_members']", "expected a mapping, got int"),
        ("get_account", {}, {"": 1}, "options['extra_members']['']", "is not the name of a member"),
        ("get_account", {}, {1: 1}, "options['extra_members']['1']", "is not the name of a member"),
        (
            "get_account",
            {},
            {"A": {"b": 1}},
            "options['extra_members']['A']",
            "must be a str, a number, a bool or a list of these, as it travels in the query of a GET",
        ),
        (
            "get_contact_list",
            {"contact_list_name": "n"},
            {"ContactListName": "m"},
            "options['extra_members']['ContactListName']",
            "is a member that this version knows; pass it as contact_list_name=",
        ),
        *[
            (
                "cancel_export_job",
                {"job_id": "j"},
                {"A": wrong},
                "options['extra_members']['A']",
                "must be a JSON value; models.to_wire turns a model into one",
            )
            for wrong in (b"x", float("nan"), {1j: 2}, models.Tag(key="k", value="v"))
        ],
    ],
)
async def test_wrong_extra_members_are_refused_before_anything_is_sent(
    ses: Any, server: CountingServer, method: str, arguments: dict[str, Any], extra: Any, path: str, message: str
) -> None:
    with pytest.raises(errors.ParamValidationError) as caught:
        await ask(ses, method, **arguments, options={"extra_members": extra})
    assert caught.value.problems == (errors.Problem(path, message),)
    assert server.received == []


async def test_wrong_extra_members_of_a_model_are_refused(ses: Any, server: CountingServer) -> None:
    with pytest.raises(errors.ParamValidationError) as caught:
        await ask(ses, "send_email", **DRAFT, content=content(extra_members={"Charset": "UTF-8", "A": object()}))
    assert [str(problem) for problem in caught.value.problems] == [
        "content.simple.subject.extra_members['Charset']: is a member that this version knows; pass it as charset=",
        "content.simple.subject.extra_members['A']: must be a JSON value; models.to_wire turns a model into one",
    ]
    assert server.received == []


def test_extra_members_of_a_model_compare_copy_and_stay_secret() -> None:
    one = models.Content(data="Hi", extra_members={"Key": "secret", "List": [1, {"a": 2}]})
    same = attrs.evolve(one)
    assert one == same == pickle.loads(pickle.dumps(one))
    assert hash(one) == hash(same)
    assert one != models.Content(data="Hi")
    assert repr(one) == "Content(data='Hi', extra_members=<Key, List>)"
    assert models.to_wire(one) == {"Data": "Hi", "Key": "secret", "List": [1, {"a": 2}]}


async def test_the_error_for_an_unknown_member_names_extra_members(ses: Any, server: CountingServer) -> None:
    unknown = models.from_wire(models.EmailContent, {"Calendar": {"Event": "lunch"}})
    with pytest.raises(errors.ParamValidationError) as caught:
        await ask(ses, "send_email", **DRAFT, content=unknown)
    assert "content.Calendar: models.EmailContent has no such member; extra_members= sends it all the same" in str(
        caught.value
    )
    assert server.received == []


def test_the_empty_members_of_a_model_can_not_be_changed() -> None:
    model = models.Content(data="x")
    for members in (model.extra, model.extra_members):
        changeable: Any = members
        for change in (lambda members: members.update(a=1), lambda members: members.setdefault("a", 1)):
            with pytest.raises(TypeError, match="extra_members="):
                change(changeable)
        with pytest.raises(TypeError, match="extra_members="):
            changeable["a"] = 1
    for twin in (pickle.loads(pickle.dumps(model)), copy.deepcopy(model)):
        assert (twin, twin.extra, twin.extra_members) == (model, {}, {})
