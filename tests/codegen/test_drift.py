"""The specification against botocore's model: nothing unaccepted, and every kind of difference is seen."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codegen import __main__ as command
from codegen import drift
from codegen.ir import Spec, SpecError

Model = dict[str, Any]


@pytest.fixture(scope="module")
def bundled() -> tuple[Model, Model]:
    """The installed botocore's model, and its paginators."""
    model, paginators = drift.bundled()
    return json.loads(json.dumps(model)), json.loads(json.dumps(paginators))


@pytest.fixture(scope="module")
def known(spec: Spec, bundled: tuple[Model, Model]) -> set[str]:
    """The differences that there are."""
    return set(drift.differences(drift.spec_facts(spec), drift.model_facts(*bundled)))


def acceptance(path: Path, lines: list[str]) -> Path:
    """Write a list of accepted differences."""
    path.write_text(f'[[accepted]]\nreason = "made up"\ndifferences = {json.dumps(lines)}\n', encoding="utf-8")
    return path


def test_nothing_differs_from_the_installed_botocore_but_what_is_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["drift"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.partition(":")[0] for line in lines[:-1]} == {"accepted"}
    assert lines[-1] == f"{len(lines) - 1} differences, 0 of them new; 0 accepted ones are stale"


def test_both_sides_have_every_operation_and_every_member(spec: Spec, bundled: tuple[Model, Model]) -> None:
    ours, theirs = drift.spec_facts(spec), drift.model_facts(*bundled)
    for facts in (ours, theirs):
        assert sum(key[0].startswith("operation ") and key[1:] == ("method",) for key in facts) == 116
        assert sum(key[-1] == "type" for key in facts) == 831
    assert sum(ours[key] == theirs.get(key) for key in ours) > 3900


def test_every_acceptance_stands_once_and_has_a_reason() -> None:
    listed = drift.ACCEPTED.read_text(encoding="utf-8").count("\n    ")
    accepted = drift.read_accepted(drift.ACCEPTED)
    assert len(accepted) == listed
    assert [line for line, reason in accepted.items() if len(reason.split()) < 8] == []


GET_ACCOUNT_SHAPES = ("GetAccountRequest", "GetAccountResponse")
Change = Callable[[Model, Model], object]
"""Changes a model and its paginators in place."""

CHANGES: list[tuple[str, Change]] = [
    (
        "operation GetAccount: spec has it, botocore has none",
        lambda model, _: [model["operations"].pop("GetAccount"), *map(model["shapes"].pop, GET_ACCOUNT_SHAPES)],
    ),
    (
        "operation ReadMail: spec has none, botocore has it",
        lambda model, _: model["operations"].update(ReadMail={"http": {"method": "GET", "requestUri": "/"}}),
    ),
    (
        "operation SendEmail: method: spec POST, botocore PUT",
        lambda model, _: model["operations"]["SendEmail"]["http"].update(method="PUT"),
    ),
    (
        "operation SendEmail: path: spec /v2/email/outbound-emails, botocore /v3/send",
        lambda model, _: model["operations"]["SendEmail"]["http"].update(requestUri="/v3/send"),
    ),
    (
        "operation SendEmail: error ConflictException: spec has none, botocore has it",
        lambda model, _: model["operations"]["SendEmail"]["errors"].append({"shape": "ConflictException"}),
    ),
    (
        "operation SendEmail: error NotFoundException: spec has it, botocore has none",
        lambda model, _: model["operations"]["SendEmail"]["errors"].remove({"shape": "NotFoundException"}),
    ),
    (
        "operation SendEmail: input EndpointId: spec has it, botocore has none",
        lambda model, _: model["shapes"]["SendEmailRequest"]["members"].pop("EndpointId"),
    ),
    (
        "operation SendEmail: output Cost: spec has none, botocore has it",
        lambda model, _: model["shapes"]["SendEmailResponse"]["members"].update(Cost={"shape": "Enabled"}),
    ),
    (
        "operation SendEmail: input Content: required: spec has it, botocore has none",
        lambda model, _: model["shapes"]["SendEmailRequest"].pop("required"),
    ),
    (
        "operation SendEmail: input ReplyToAddresses: type: spec list<string>, botocore boolean",
        lambda model, _: model["shapes"]["SendEmailRequest"]["members"]["ReplyToAddresses"].update(shape="Enabled"),
    ),
    (
        "operation ListContactLists: input PageSize: location: spec query, botocore header",
        lambda model, _: model["shapes"]["ListContactListsRequest"]["members"]["PageSize"].update(location="header"),
    ),
    (
        "operation ListContactLists: input PageSize: wire name: spec PageSize, botocore Size",
        lambda model, _: model["shapes"]["ListContactListsRequest"]["members"]["PageSize"].update(locationName="Size"),
    ),
    (
        "type Attachment: member FileName: max_length: spec 255, botocore 300",
        lambda model, _: model["shapes"]["AttachmentFileName"].update(max=300),
    ),
    (
        "type Attachment: member FileName: pattern: spec has none, botocore [a-z]",
        lambda model, _: model["shapes"]["AttachmentFileName"].update(pattern="[a-z]"),
    ),
    (
        "type Attachment: member FileName: sensitive: spec has none, botocore has it",
        lambda model, _: model["shapes"]["AttachmentFileName"].update(sensitive=True),
    ),
    (
        "type Body: member Html: deprecated: spec has none, botocore has it",
        lambda model, _: model["shapes"]["Body"]["members"]["Html"].update(deprecated=True),
    ),
    (
        "type Body: member Html: spec has it, botocore has none",
        lambda model, _: model["shapes"]["Body"]["members"].pop("Html"),
    ),
    (
        "type Stamp: spec has none, botocore has it",
        lambda model, _: model["shapes"].update(Stamp={"type": "structure", "members": {"Fee": {"shape": "Enabled"}}}),
    ),
    (
        "enum BulkEmailStatus: value LOST: spec has none, botocore has it",
        lambda model, _: model["shapes"]["BulkEmailStatus"]["enum"].append("LOST"),
    ),
    (
        "enum BulkEmailStatus: value FAILED: spec has it, botocore has none",
        lambda model, _: model["shapes"]["BulkEmailStatus"]["enum"].remove("FAILED"),
    ),
    (
        "enum Stamp: spec has none, botocore has it",
        lambda model, _: model["shapes"].update(Stamp={"type": "string", "enum": ["PAID"]}),
    ),
    (
        "error MessageRejected: status: spec 400, botocore 422",
        lambda model, _: model["shapes"]["MessageRejected"]["error"].update(httpStatusCode=422),
    ),
    (
        "error StampMissing: spec has none, botocore has it",
        lambda model, _: model["shapes"].update(StampMissing={"type": "structure", "members": {}, "exception": True}),
    ),
    (
        "operation ListTenants: pages: size: spec PageSize, botocore MaxResults",
        lambda _, paginators: paginators["pagination"]["ListTenants"].update(limit_key="MaxResults"),
    ),
    (
        "operation ListTenants: pages: spec has it, botocore has none",
        lambda _, paginators: paginators["pagination"].pop("ListTenants"),
    ),
]


@pytest.mark.parametrize(("line", "change"), CHANGES, ids=[line for line, _ in CHANGES])
def test_a_change_in_botocore_is_one_line_that_says_where(
    line: str, change: Change, spec: Spec, bundled: tuple[Model, Model], known: set[str]
) -> None:
    model, paginators = copy.deepcopy(bundled)
    change(model, paginators)
    found = drift.differences(drift.spec_facts(spec), drift.model_facts(model, paginators))
    assert len(found) == len(set(found))
    assert set(found) - known == {line}
    assert known <= set(found)


def test_limits_and_secrets_inside_of_lists_and_maps_are_seen(
    spec: Spec, bundled: tuple[Model, Model], known: set[str]
) -> None:
    model = copy.deepcopy(bundled[0])
    model["shapes"]["AttachmentFileName"] = {"type": "list", "member": {"shape": "Stamps"}, "max": 9}
    model["shapes"]["Stamps"] = {"type": "map", "key": {"shape": "Word"}, "value": {"shape": "Word"}, "min": 1}
    model["shapes"]["Word"] = {"type": "string", "max": 5, "sensitive": True}
    found = drift.differences(drift.spec_facts(spec), drift.model_facts(model, bundled[1]))
    place = "type Attachment: member FileName"
    assert sorted(set(found) - known) == [
        f"{place}: item key max_length: spec has none, botocore 5",
        f"{place}: item min_items: spec has none, botocore 1",
        f"{place}: item value max_length: spec has none, botocore 5",
        f"{place}: max_items: spec has none, botocore 9",
        f"{place}: max_length: spec 255, botocore has none",
        f"{place}: sensitive: spec has none, botocore has it",
        f"{place}: type: spec string, botocore list<map<string, string>>",
    ]


def test_a_difference_that_nobody_accepted_fails(
    spec: Spec, known: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news, *rest = sorted(known)
    monkeypatch.setattr(drift, "ACCEPTED", acceptance(tmp_path / "accepted.toml", rest))
    assert drift.main(spec) == 1
    told = capsys.readouterr().out
    assert f"new: {news}; mend codegen/spec, or accept it in codegen/accepted.toml with a reason\n" in told
    assert told.endswith(f"{len(known)} differences, 1 of them new; 0 accepted ones are stale\n")


def test_an_acceptance_that_is_no_longer_needed_fails(
    spec: Spec, known: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = "operation SendEmail: method: spec POST, botocore PUT"
    monkeypatch.setattr(drift, "ACCEPTED", acceptance(tmp_path / "accepted.toml", [*known, gone]))
    assert drift.main(spec) == 1
    assert f"stale: {gone}; no longer so, take it out of codegen/accepted.toml\n" in capsys.readouterr().out


def test_a_specification_with_mistakes_is_not_compared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> Spec:
        raise SpecError([])

    monkeypatch.setattr(command, "read_spec", broken)
    assert command.main(["drift"]) == 1
    assert capsys.readouterr().out == ""
