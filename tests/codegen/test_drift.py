"""The specification against botocore's model: nothing unaccepted, and every kind of difference is seen."""

import json
import pickle
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from botocore.loaders import Loader

from codegen import __main__ as command
from codegen import drift
from codegen.ir import Spec, SpecError
from codegen.service_model import Bundle, ServiceModel, bundled, documented_rate, fingerprint

Model = dict[str, Any]


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    """What the installed botocore bundles, as plain dicts."""
    found = bundled()
    return attrs.evolve(
        found, model=json.loads(json.dumps(found.model)), paginators=json.loads(json.dumps(found.paginators))
    )


@pytest.fixture(scope="module")
def known(spec: Spec, bundle: Bundle) -> set[str]:
    """The differences that there are."""
    return set(report(spec, bundle))


def report(spec: Spec, bundle: Bundle) -> list[str]:
    """Return the differences."""
    return drift.compare(spec, ServiceModel(bundle), drift.read_seen()).lines()


def acceptance(path: Path, lines: list[str]) -> Path:
    """Write a list of accepted differences."""
    path.write_text(f'[[accepted]]\nreason = "made up"\ndifferences = {json.dumps(lines)}\n', encoding="utf-8")
    return path


def test_nothing_differs_from_the_installed_botocore_but_what_is_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["drift"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.partition(":")[0] for line in lines[:-1]} == {"accepted"}
    assert lines[-1] == f"{len(lines) - 1} differences, 0 of them new; 0 accepted are stale"


def test_both_sides_have_every_operation_and_every_member(spec: Spec, bundle: Bundle) -> None:
    ours, theirs = drift.spec_facts(spec), ServiceModel(bundle).comparable
    members = [len(shape.get("members", ())) for shape in bundle.model["shapes"].values()]
    for facts in (ours, theirs):
        operations = {key[0] for key in facts if key[1:] == ("method",)}
        assert operations == {f"operation {name}" for name in bundle.model["operations"]}
        assert sum(key[-1] == "type" for key in facts) == sum(members)
    differing = sum(fact != theirs.get(key) for key, fact in ours.items())
    assert differing < len(ours) / 50


def test_every_documentation_text_has_its_hash(bundle: Bundle) -> None:
    texts = json.dumps(bundle.model).count('"documentation": ')
    hashes = [fact for key, fact in drift.read_seen().items() if key[-1] == "documentation"]
    assert texts == len(hashes)
    assert [fact for fact in hashes if not re.fullmatch("[0-9a-f]{12}", fact)] == []


def test_every_acceptance_is_listed_once_and_has_a_reason() -> None:
    listed = drift.ACCEPTED.read_text(encoding="utf-8").count("\n    ")
    accepted = drift.read_accepted(drift.ACCEPTED)
    assert len(accepted) == listed
    assert [line for line, reason in accepted.items() if len(reason.split()) < 8] == []


REMOVED = "PutAccountSendingAttributes"
Change = Callable[[Model, Model], object]
"""Changes a model and its paginators in place."""

CHANGES: list[tuple[str, Change]] = [
    (
        f"operation {REMOVED}: spec has it, botocore has none",
        lambda model, _: [
            model["operations"].pop(REMOVED),
            *(model["shapes"].pop(f"{REMOVED}{part}") for part in ("Request", "Response")),
        ],
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
        "type SigningScheme: union: spec has it, botocore has none",
        lambda model, _: model["shapes"]["SigningScheme"].pop("union"),
    ),
    (
        "type Body: union: spec has none, botocore has it",
        lambda model, _: model["shapes"]["Body"].update(union=True),
    ),
    (
        "error MessageRejected: member Code: spec has none, botocore has it",
        lambda model, _: model["shapes"]["MessageRejected"]["members"].update(Code={"shape": "Enabled"}),
    ),
    (
        "operation SendEmail: input Stamp: spec has none, botocore has it",
        lambda model, _: model["shapes"]["SendEmailRequest"]["required"].append("Stamp"),
    ),
    (
        "operation ListTenants: pages: spec has it, botocore has none",
        lambda _, paginators: paginators["pagination"].pop("ListTenants"),
    ),
]


def changed(bundle: Bundle, change: Change) -> Bundle:
    """Return the bundle with a change."""
    model, paginators = pickle.loads(pickle.dumps((bundle.model, bundle.paginators)))  # faster than deepcopy
    change(model, paginators)
    return attrs.evolve(bundle, model=model, paginators=paginators)


@pytest.mark.parametrize(("line", "change"), CHANGES, ids=[line for line, _ in CHANGES])
def test_a_change_in_botocore_is_one_line_that_names_its_place(
    line: str, change: Change, spec: Spec, bundle: Bundle, known: set[str]
) -> None:
    found = report(spec, changed(bundle, change))
    assert len(found) == len(set(found))
    assert set(found) - known == {line}
    assert known <= set(found)


def shape(name: str, /, **facts: Any) -> Change:
    """Return a change of a shape."""
    return lambda model, _: model["shapes"][name].update(facts)


def member(structure: str, name: str, /, **facts: Any) -> Change:
    """Return a change of a member."""
    return lambda model, _: model["shapes"][structure]["members"][name].update(facts)


def operation(name: str, /, **facts: Any) -> Change:
    """Return a change of an operation."""
    return lambda model, _: model["operations"][name].update(facts)


UNSPOKEN: list[tuple[str, str, Change]] = [
    ("service: metadata: protocol", "rest-json, botocore rpc-v2", lambda m, _: m["metadata"].update(protocol="rpc-v2")),
    (
        "service: metadata: protocols",
        '["rest-json"], botocore ["rest-json", "rpc"]',
        lambda m, _: m["metadata"]["protocols"].append("rpc"),
    ),
    (
        "service: metadata: auth",
        '["aws.auth#sigv4"], botocore ["aws.auth#sigv4a"]',
        lambda m, _: m["metadata"].update(auth=["aws.auth#sigv4a"]),
    ),
    ("service: metadata: signingName", "ses, botocore mail", lambda m, _: m["metadata"].update(signingName="mail")),
    ("service: metadata: apiVersion", "2019-09-27, botocore 3", lambda m, _: m["metadata"].update(apiVersion="3")),
    ("service: metadata: ripeness", "has none, botocore 7", lambda m, _: m["metadata"].update(ripeness=7)),
    (
        "service: clientContextParams: Fast: type",
        "has none, botocore boolean",
        lambda m, _: m.update(clientContextParams={"Fast": {"type": "boolean"}}),
    ),
    ("service: paginators: version", "has none, botocore 2", lambda _, pages: pages.update(version="2")),
    (
        "operation GetAccount: http: responseCode",
        "has none, botocore 201",
        lambda m, _: m["operations"]["GetAccount"]["http"].update(responseCode=201),
    ),
    ("operation GetAccount: deprecated", "has none, botocore true", operation("GetAccount", deprecated=True)),
    (
        "operation GetAccount: deprecatedMessage",
        "has none, botocore Gone.",
        operation("GetAccount", deprecatedMessage="Gone."),
    ),
    (
        "operation GetAccount: endpoint: hostPrefix",
        "has none, botocore {Tenant}.",
        operation("GetAccount", endpoint={"hostPrefix": "{Tenant}."}),
    ),
    (
        "operation GetAccount: auth",
        'has none, botocore ["smithy.api#noAuth"]',
        operation("GetAccount", auth=["smithy.api#noAuth"]),
    ),
    ("operation GetAccount: authtype", "has none, botocore none", operation("GetAccount", authtype="none")),
    ("operation GetAccount: unsignedPayload", "has none, botocore true", operation("GetAccount", unsignedPayload=True)),
    ("operation GetAccount: idempotent", "has none, botocore true", operation("GetAccount", idempotent=True)),
    (
        "operation GetAccount: httpChecksum: requestChecksumRequired",
        "has none, botocore true",
        operation("GetAccount", httpChecksum={"requestChecksumRequired": True}),
    ),
    (
        "operation GetAccount: requestcompression: encodings",
        'has none, botocore ["gzip"]',
        operation("GetAccount", requestcompression={"encodings": ["gzip"]}),
    ),
    ("operation GetAccount: name", "has none, botocore ReadAccount", operation("GetAccount", name="ReadAccount")),
    ("operation SendEmail: input: payload", "has none, botocore Content", shape("SendEmailRequest", payload="Content")),
    (
        "operation SendEmail: input: locationName",
        "has none, botocore Mail",
        lambda m, _: m["operations"]["SendEmail"]["input"].update(locationName="Mail"),
    ),
    (
        "operation SendEmail: error NotFoundException: fault",
        "has none, botocore true",
        lambda m, _: next(
            e for e in m["operations"]["SendEmail"]["errors"] if e["shape"] == "NotFoundException"
        ).update(fault=True),
    ),
    (
        "operation SendEmail: input TenantName: idempotencyToken",
        "has none, botocore true",
        member("SendEmailRequest", "TenantName", idempotencyToken=True),
    ),
    (
        "operation SendEmail: input TenantName: jsonvalue",
        "has none, botocore true",
        member("SendEmailRequest", "TenantName", jsonvalue=True),
    ),
    (
        "operation SendEmail: input TenantName: hostLabel",
        "has none, botocore true",
        member("SendEmailRequest", "TenantName", hostLabel=True),
    ),
    (
        "operation SendEmail: input EndpointId: contextParam: name",
        "EndpointId, botocore Endpoint",
        member("SendEmailRequest", "EndpointId", contextParam={"name": "Endpoint"}),
    ),
    (
        "type BlacklistEntry: member ListingTime: timestampFormat",
        "has none, botocore rfc822",
        member("BlacklistEntry", "ListingTime", timestampFormat="rfc822"),
    ),
    (
        "type Body: member Html: deprecatedSince",
        "has none, botocore 2027",
        member("Body", "Html", deprecatedSince="2027"),
    ),
    ("type Body: member Html: eventpayload", "has none, botocore true", member("Body", "Html", eventpayload=True)),
    ("shape Timestamp: timestampFormat", "has none, botocore iso8601", shape("Timestamp", timestampFormat="iso8601")),
    ("shape MessageTagList: flattened", "has none, botocore true", shape("MessageTagList", flattened=True)),
    (
        "shape MessageTagList: member: locationName",
        "has none, botocore Tag",
        lambda m, _: m["shapes"]["MessageTagList"]["member"].update(locationName="Tag"),
    ),
    ("shape Max24HourSend: box", "has none, botocore true", shape("Max24HourSend", box=True)),
    ("shape RawMessageData: streaming", "has none, botocore true", shape("RawMessageData", streaming=True)),
    (
        "shape UseCaseDescription: deprecatedMessage",
        "Use case description is optional and deprecated, botocore Gone.",
        shape("UseCaseDescription", deprecatedMessage="Gone."),
    ),
    ("shape Stamp", "has none, botocore is used by nothing", lambda m, _: m["shapes"].update(Stamp={"type": "string"})),
    ("type Body: document", "has none, botocore true", shape("Body", document=True)),
    ("enum TlsPolicy: synthetic", "has none, botocore true", shape("TlsPolicy", synthetic=True)),
    (
        "error TooManyRequestsException: retryable: throttling",
        "has none, botocore true",
        shape("TooManyRequestsException", retryable={"throttling": True}),
    ),
    (
        "error ConcurrentModificationException: fault",
        "true, botocore has none",
        lambda m, _: m["shapes"]["ConcurrentModificationException"].pop("fault"),
    ),
    (
        "error MessageRejected: error: code",
        "has none, botocore Rejected",
        lambda m, _: m["shapes"]["MessageRejected"]["error"].update(code="Rejected"),
    ),
    (
        "operation ListTenants: pages: output token",
        "has none, botocore Next",
        lambda _, pages: pages["pagination"]["ListTenants"].update(output_token="Next"),
    ),
    (
        "operation ListTenants: pages: more_results",
        "has none, botocore More",
        lambda _, pages: pages["pagination"]["ListTenants"].update(more_results="More"),
    ),
]


@pytest.mark.parametrize(("place", "facts", "change"), UNSPOKEN, ids=[place for place, *_ in UNSPOKEN])
def test_a_change_that_the_specification_has_no_word_for_is_one_line_too(
    place: str, facts: str, change: Change, spec: Spec, bundle: Bundle, known: set[str]
) -> None:
    found = report(spec, changed(bundle, change))
    assert set(found) - known == {f"{place}: seen {facts}"}
    assert known <= set(found)


TEXTS: list[tuple[str, Change]] = [
    ("service: documentation", lambda m, _: m.update(documentation="New.")),
    ("operation SendEmail: documentation", operation("SendEmail", documentation="New.")),
    ("operation SendEmail: input: documentation", shape("SendEmailRequest", documentation="New.")),
    ("operation SendEmail: output: documentation", shape("SendEmailResponse", documentation="New.")),
    ("operation SendEmail: input Content: documentation", member("SendEmailRequest", "Content", documentation="New.")),
    (
        "operation SendEmail: output MessageId: documentation",
        member("SendEmailResponse", "MessageId", documentation="New."),
    ),
    ("type Body: documentation", shape("Body", documentation="New.")),
    ("type Body: member Html: documentation", member("Body", "Html", documentation="New.")),
    ("enum TlsPolicy: documentation", shape("TlsPolicy", documentation="New.")),
    ("shape MessageTagList: documentation", shape("MessageTagList", documentation="New.")),
    ("error MessageRejected: documentation", shape("MessageRejected", documentation="New.")),
]


@pytest.mark.parametrize(("place", "change"), TEXTS, ids=[place for place, _ in TEXTS])
def test_a_changed_description_is_one_line_that_names_what_it_describes(
    place: str, change: Change, spec: Spec, bundle: Bundle, known: set[str]
) -> None:
    (line,) = set(report(spec, changed(bundle, change))) - known
    assert line.startswith(f"{place}: seen ")
    assert line.endswith(f", botocore {fingerprint('New.')}")


def test_markup_and_spaces_are_not_part_of_a_description() -> None:
    assert fingerprint("<p>At  most <i>5</i>.</p>") == fingerprint("At most 5 .")
    assert fingerprint("At most 5.") != fingerprint("At most 6.")


def test_a_rate_in_the_prose_is_compared_with_the_rate_in_the_specification(
    spec: Spec, bundle: Bundle, known: set[str]
) -> None:
    text = "<p>Reads it.</p> <p>You can execute this operation no more than 70 times per second.</p>"
    rate, prose = sorted(
        set(report(spec, changed(bundle, operation("GetEmailTemplate", documentation=text)))) - known, key=len
    )
    assert rate == "operation GetEmailTemplate: rate: spec 50, botocore 70"
    assert prose.startswith("operation GetEmailTemplate: documentation: seen ")


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("no more than once per second.", 1),
        ("<b>No more than</b> 16 times per\nsecond, and so on", 16),
        ("as often as you like", None),
    ],
)
def test_rates_are_read_out_of_prose(text: str, rate: int | None) -> None:
    assert documented_rate({"documentation": text}) == rate
    assert documented_rate({}) is None


def test_a_new_data_file_is_a_difference(spec: Spec, bundle: Bundle, known: set[str]) -> None:
    found = set(report(spec, attrs.evolve(bundle, files=(*bundle.files, "waiters-2"))))
    assert found - known == {"service: file waiters-2: seen has none, botocore has it"}


def test_limits_and_secrets_inside_of_lists_and_maps_are_seen(spec: Spec, bundle: Bundle, known: set[str]) -> None:
    def change(model: Model, _: Model) -> None:
        model["shapes"]["AttachmentFileName"] = {"type": "list", "member": {"shape": "Stamps"}, "max": 9}
        model["shapes"]["Stamps"] = {"type": "map", "key": {"shape": "Word"}, "value": {"shape": "Word"}, "min": 1}
        model["shapes"]["Word"] = {"type": "string", "max": 5, "sensitive": True}

    place = "type Attachment: member FileName"
    assert sorted(line for line in set(report(spec, changed(bundle, change))) - known if line.startswith(place)) == [
        f"{place}: item key max_length: spec has none, botocore 5",
        f"{place}: item min_items: spec has none, botocore 1",
        f"{place}: item value max_length: spec has none, botocore 5",
        f"{place}: max_items: spec has none, botocore 9",
        f"{place}: max_length: spec 255, botocore has none",
        f"{place}: sensitive: spec has none, botocore has it",
        f"{place}: type: spec string, botocore list<map<string, string>>",
    ]


def test_only_the_bundled_model_is_read(bundle: Bundle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "sesv2" / "2099-01-01"
    own.mkdir(parents=True)
    for name in ("service-2", "paginators-1"):
        (own / f"{name}.json").write_text('{"metadata": {}, "operations": {}, "shapes": {}, "pagination": {}}')
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    monkeypatch.setattr(Loader, "CUSTOMER_DATA_PATH", str(tmp_path))
    assert Loader().load_service_model("sesv2", "service-2")["operations"] == {}
    assert bundled().model == bundle.model
    assert bundled().files == bundle.files


def test_a_difference_that_is_not_accepted_fails(
    spec: Spec, known: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news, *rest = sorted(known)
    monkeypatch.setattr(drift, "ACCEPTED", acceptance(tmp_path / "accepted.toml", rest))
    assert drift.main(spec) == 1
    output = capsys.readouterr().out
    assert f"new: {news}; change codegen/spec (`python -m codegen adopt` helps), or accept it in " in output
    assert output.endswith(f"{len(known)} differences, 1 of them new; 0 accepted are stale\n")


def test_an_acceptance_that_is_no_longer_needed_fails(
    spec: Spec, known: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = "operation SendEmail: method: spec POST, botocore PUT"
    monkeypatch.setattr(drift, "ACCEPTED", acceptance(tmp_path / "accepted.toml", [*known, gone]))
    assert drift.main(spec) == 1
    output = capsys.readouterr().out
    assert f"stale: {gone}; it no longer differs, remove it from codegen/accepted.toml\n" in output


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of what was seen, that the commands change instead."""
    copied = shutil.copy(drift.SEEN, tmp_path / "seen.json")
    monkeypatch.setattr(drift, "SEEN", Path(copied))
    return Path(copied)


def two_new_texts(model: Model, _: Model) -> None:
    """Change two descriptions, and something that the specification has a word for."""
    operation("SendEmail", documentation="<p>Sends, at most <b>5</b> a minute.</p>")(model, _)
    member("Body", "Html", documentation="Hypertext.")(model, _)
    shape("AttachmentFileName", max=300)(model, _)


def test_a_changed_description_is_shown_as_it_reads_now(
    spec: Spec, bundle: Bundle, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drift.main(spec, model=ServiceModel(changed(bundle, two_new_texts))) == 1
    lines = capsys.readouterr().out.splitlines()
    (place,) = (
        index for index, line in enumerate(lines) if line.startswith("changed: operation SendEmail: documentation")
    )
    assert lines[place].endswith("then run `python -m codegen accept`")
    assert lines[place + 1] == "    Sends, at most 5 a minute."
    assert lines[-1].endswith("3 of them new; 0 accepted are stale")


@pytest.mark.parametrize(
    ("names", "left"), [([], []), (["SendEmail"], ["type Body: member Html: documentation"])], ids=["all", "named"]
)
def test_changed_descriptions_are_accepted_with_one_command(
    names: list[str], left: list[str], spec: Spec, bundle: Bundle, known: set[str], seen: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    before = json.loads(seen.read_text(encoding="utf-8"))
    new = changed(bundle, two_new_texts)
    assert drift.accept(spec, names, ServiceModel(new)) == 0
    assert capsys.readouterr().out.endswith(f"{2 - len(left)} changes accepted\n")
    news = sorted(line.partition(": s")[0] for line in set(report(spec, new)) - known)
    assert news == sorted([*left, "type Attachment: member FileName: max_length"])
    after = json.loads(seen.read_text(encoding="utf-8"))
    assert {name for name in after if after[name] != before[name]} == {
        "operation SendEmail: documentation", "type Body: member Html: documentation"
    } - set(left)  # fmt: skip


def test_the_command_line_accepts_what_is_named(seen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = json.loads(seen.read_text(encoding="utf-8"))
    facts["operation SendEmail: documentation"] = facts["type Body: documentation"] = "old"
    seen.write_text(json.dumps(facts), encoding="utf-8")
    assert command.main(["accept", "SendEmail"]) == 0
    assert capsys.readouterr().out.count("seen: ") == 1
    assert command.main(["drift"]) == 1
    assert command.main(["accept"]) == 0
    assert command.main(["drift"]) == 0
    assert seen.read_text(encoding="utf-8") == (Path(drift.__file__).parent / "seen.json").read_text(encoding="utf-8")


def test_a_specification_with_mistakes_is_not_compared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> Spec:
        raise SpecError([])

    monkeypatch.setattr(command, "read_spec", broken)
    assert command.main(["drift"]) == 1
    assert capsys.readouterr().out == ""
