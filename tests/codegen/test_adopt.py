"""From drift to generated code: new things of a model are adopted, described and generated."""

import copy
import json
import re
import shutil
from pathlib import Path
from typing import Any

import attrs
import pytest

import codegen
from codegen import __main__ as command
from codegen import adopt, drift
from codegen.__main__ import generate, read_spec
from codegen.ir import SpecError
from codegen.service_model import Bundle, ServiceModel, bundled

Json = dict[str, Any]

NEW_SHAPES: Json = {
    "BuyStampRequest": {
        "type": "structure",
        "required": ["TenantName", "Kind"],
        "members": {
            "TenantName": {"shape": "StampTenant", "location": "uri", "locationName": "Tenant"},
            "Kind": {"shape": "StampKind", "documentation": "The kind."},
            "Prices": {"shape": "StampPrices"},
            "Paper": {"shape": "StampPaper"},
        },
        "documentation": "Buys.",
    },
    "BuyStampResponse": {"type": "structure", "members": {"StampId": {"shape": "StampId"}}},
    "ListStampsRequest": {
        "type": "structure",
        "members": {
            "NextToken": {"shape": "NextToken", "location": "querystring", "locationName": "NextToken"},
            "PageSize": {"shape": "MaxItems", "location": "querystring", "locationName": "PageSize"},
        },
    },
    "ListStampsResponse": {
        "type": "structure",
        "members": {"Stamps": {"shape": "Stamps"}, "NextToken": {"shape": "NextToken"}},
    },
    "Stamps": {"type": "list", "member": {"shape": "Stamp"}, "max": 9},
    "Stamp": {"type": "structure", "members": {"Id": {"shape": "StampId"}, "Kind": {"shape": "StampKind"}}},
    "StampId": {"type": "string", "min": 2, "max": 30, "pattern": "^[a-z\\d]+$", "documentation": "An ID."},
    "StampTenant": {"type": "string", "min": 1},
    "StampKind": {"type": "string", "enum": ["LETTER", "PARCEL-XL"]},
    "StampPrices": {
        "type": "map",
        "key": {"shape": "StampKind"},
        "value": {"shape": "StampPrice"},
        "max": 4,
    },
    "StampPrice": {"type": "integer", "min": 1, "max": 900},
    "StampPaper": {
        "type": "structure",
        "members": {"Plain": {"shape": "Enabled"}, "Glossy": {"shape": "StampSecret"}},
        "union": True,
    },
    "StampSecret": {"type": "string", "sensitive": True},
    "StampSoldOut": {
        "type": "structure",
        "members": {},
        "error": {"httpStatusCode": 429},
        "exception": True,
        "retryable": {"throttling": True},
    },
}
NEW_OPERATIONS: Json = {
    "BuyStamp": {
        "name": "BuyStamp",
        "http": {"method": "POST", "requestUri": "/v2/email/tenants/{Tenant}/stamps"},
        "input": {"shape": "BuyStampRequest"},
        "output": {"shape": "BuyStampResponse"},
        "errors": [{"shape": "StampSoldOut"}, {"shape": "BadRequestException"}],
        "documentation": "<p>Buys.</p><p>You can execute this operation no more than 7 times per second.</p>",
    },
    "ListStamps": {
        "name": "ListStamps",
        "http": {"method": "GET", "requestUri": "/v2/email/tenants/stamps"},
        "input": {"shape": "ListStampsRequest"},
        "output": {"shape": "ListStampsResponse"},
    },
}


def novelties(bundle: Bundle) -> Bundle:
    """Return the bundle with new operations, members, types, values, limits and errors."""
    model, paginators = copy.deepcopy((dict(bundle.model), dict(bundle.paginators)))
    model["shapes"].update(copy.deepcopy(NEW_SHAPES))
    model["operations"].update(copy.deepcopy(NEW_OPERATIONS))
    paginators["pagination"]["ListStamps"] = {
        "input_token": "NextToken", "output_token": "NextToken", "limit_key": "PageSize", "result_key": "Stamps",
    }  # fmt: skip
    request = model["shapes"]["SendEmailRequest"]["members"]
    model["shapes"]["SendEmailRequest"]["members"] = {
        "Stamp": {"shape": "Stamp", "documentation": "Its stamp."}, **request, "StampIds": {"shape": "Stamps"},
    }  # fmt: skip
    model["shapes"]["SendEmailResponse"]["members"]["StampId"] = {"shape": "StampId"}
    model["operations"]["SendEmail"]["errors"].append({"shape": "StampSoldOut"})
    model["shapes"]["Body"]["members"]["Watch"] = {"shape": "Content"}
    model["shapes"]["TlsPolicy"]["enum"].insert(1, "PREFER")
    model["shapes"]["BulkEmailStatus"]["enum"].append("LOST")
    model["shapes"]["AttachmentFileName"].update(max=300, pattern="[^/]+")
    model["shapes"]["MessageRejected"]["error"]["httpStatusCode"] = 422
    return attrs.evolve(bundle, version="9.9.9", model=model, paginators=paginators)


NAMES = ["BuyStamp", "ListStamps", "SendEmail", "Body.Watch", "TlsPolicy.PREFER", "BulkEmailStatus",
         "Attachment.FileName", "MessageRejected"]  # fmt: skip


@attrs.frozen
class Copy:
    """A copy of the specification and of what was seen, and the model with novelties."""

    folder: Path
    model: ServiceModel

    def adopt(self, *names: str, into: str | None = None) -> int:
        """Adopt things."""
        return adopt.main(names, self.folder / "spec", into, self.model)

    def drift(self) -> int:
        """Compare with the model."""
        return drift.main(read_spec(self.folder / "spec", self.folder / "overrides.toml"), self.model)

    def text(self, name: str) -> str:
        """Return a file of the specification."""
        return (self.folder / "spec" / f"{name}.toml").read_text(encoding="utf-8")

    def mistakes(self) -> list[str]:
        """Return what check refuses."""
        with pytest.raises(SpecError) as caught:
            read_spec(self.folder / "spec", self.folder / "overrides.toml")
        return str(caught.value).splitlines()

    def describe(self) -> None:
        """Write a sentence wherever one is missing, and say what a new operation does."""
        for path in (self.folder / "spec").glob("*.toml"):
            text = path.read_text(encoding="utf-8").replace('kind = ""', 'kind = "write"')
            described = re.sub(r'^(\S+) = ""$', r'\1 = "Now it is described."', text, flags=re.MULTILINE)
            path.write_text(described, encoding="utf-8")


@pytest.fixture(scope="module")
def model() -> ServiceModel:
    """The bundled model with novelties."""
    found = bundled()
    plain = attrs.evolve(
        found, model=json.loads(json.dumps(found.model)), paginators=json.loads(json.dumps(found.paginators))
    )
    return ServiceModel(novelties(plain))


@pytest.fixture
def copied(model: ServiceModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """A copy that the commands change."""
    here = Path(codegen.__file__).parent
    shutil.copytree(here / "spec", tmp_path / "spec")
    shutil.copy(here / "overrides.toml", tmp_path)
    monkeypatch.setattr(drift, "SEEN", Path(shutil.copy(here / "seen.json", tmp_path)))
    return Copy(tmp_path, model)


def test_new_operations_are_adopted_from_drift_to_generated_code(
    copied: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    assert copied.drift() == 1
    reported = capsys.readouterr().out
    for place in ("operation BuyStamp", "operation SendEmail: input Stamp", "type Stamp", "enum StampKind",
                  "error StampSoldOut", "enum TlsPolicy: value PREFER"):  # fmt: skip
        assert f"new: {place}: spec has none, botocore has it;" in reported
    assert "type Attachment: member FileName: max_length: spec 255, botocore 300" in reported

    assert copied.adopt(*NAMES) == 0
    assert "tenants.toml: [operation.BuyStamp] written\n" in capsys.readouterr().out
    mistakes = "\n".join(copied.mistakes())
    for file, table in [
        ("tenants", "operation.BuyStamp"), ("tenants", "operation.BuyStamp.input.Kind"),
        ("errors", "error.StampSoldOut"), ("messages", "operation.SendEmail.input.Stamp"),
        ("messages", "type.Body.members.Watch"),
    ]:  # fmt: skip
        assert re.search(
            rf"^{file}\.toml:\d+: \[{re.escape(table)}\]: has a doc that is not a whole sentence",
            mistakes,
            re.MULTILINE,
        )
    assert re.search(
        r"configuration_sets\.toml:\d+: \[enum\.TlsPolicy\]: PREFER has a description that is not a whole sentence",
        mistakes,
    )
    assert re.search(r"tenants\.toml:\d+: \[operation\.BuyStamp\]: kind is ''; use one of read,", mistakes)

    copied.describe()
    assert copied.drift() == 0
    files = generate(read_spec(copied.folder / "spec", copied.folder / "overrides.toml"))
    assert "def buy_stamp(" in files["_api/sync/tenants.py"]
    assert "def iter_stamps(" in files["_api/sync/tenants.py"]
    assert "rate=7" in files["_api/tenants.py"]
    assert "PARCEL_XL = " in "".join(files.values())
    assert "class StampSoldOut(" in files["errors.py"]
    for text in files.values():
        compile(text, "generated", "exec")


def test_every_fact_of_the_model_is_written(copied: Copy) -> None:
    copied.adopt("BuyStamp")
    assert (
        copied.text("tenants").partition("[operation.BuyStamp]")[2].partition("[operation.CreateTenant]")[0]
        == """
method = "POST"
path = "/v2/email/tenants/{Tenant}/stamps"
kind = ""
rate = 7
errors = ["BadRequestException", "StampSoldOut"]
source = "botocore 9.9.9"
doc = ""

[operation.BuyStamp.input.TenantName]
type = "string"
in = "path"
wire = "Tenant"
required = true
min_length = 1
doc = ""

[operation.BuyStamp.input.Kind]
type = "StampKind"
required = true
doc = ""

[operation.BuyStamp.input.Prices]
type = "map<StampKind, integer>"
max_items = 4
value = { min = 1, max = 900 }
doc = ""

[operation.BuyStamp.input.Paper]
type = "StampPaper"
doc = ""

[operation.BuyStamp.output.StampId]
type = "string"
min_length = 2
max_length = 30
pattern = "^[a-z\\\\d]+$"
doc = ""

"""
    )
    assert "[type.StampPaper]\nunion = true\n" in copied.text("tenants")
    assert '[type.StampPaper.members.Glossy]\ntype = "string"\nsensitive = true\ndoc = ""\n' in copied.text("tenants")
    assert '[enum.StampKind.values]\nLETTER = ""\nPARCEL-XL = ""\n' in copied.text("tenants")
    assert '[error.StampSoldOut]\nstatus = 429\nretry = "throttling"\n' in copied.text("errors")


def test_a_member_goes_to_its_place_in_the_order_of_the_wire(copied: Copy) -> None:
    assert copied.adopt("SendEmail") == 0
    spec = adopt.load(copied.folder / "spec", copied.folder / "overrides.toml")
    (operation,) = (operation for operation in spec.operations() if operation.name == "SendEmail")
    for members, shape in ((operation.input, "SendEmailRequest"), (operation.output, "SendEmailResponse")):
        assert [member.name for member in members] == list(copied.model.shapes[shape]["members"])
    assert "StampSoldOut" in operation.errors


def test_a_part_is_adopted_without_the_others(copied: Copy) -> None:
    assert copied.adopt("SendEmail.StampId") == 0
    assert "[operation.SendEmail.output.StampId]" in copied.text("messages")
    assert "Stamp]" not in copied.text("messages").replace("[operation.SendEmail.output.StampId]", "")
    assert "StampSoldOut" not in copied.text("errors")


def test_a_changed_limit_changes_nothing_else(copied: Copy) -> None:
    before = copied.text("messages")
    assert copied.adopt("Attachment.FileName") == 0
    assert before.count("max_length = 255\n") == 1
    changed = before.replace("max_length = 255\n", 'max_length = 300\npattern = "[^/]+"\n')
    assert copied.text("messages") == changed


def test_values_keep_the_order_of_the_model(copied: Copy) -> None:
    assert copied.adopt("TlsPolicy", "BulkEmailStatus") == 0
    spec = adopt.load(copied.folder / "spec", copied.folder / "overrides.toml")
    values = {enum.name: list(enum.values) for enum in spec.enums()}
    for name in ("TlsPolicy", "BulkEmailStatus"):
        assert sorted(values[name]) == sorted(copied.model.shapes[name]["enum"])
    assert values["TlsPolicy"].index("PREFER") == values["TlsPolicy"].index("OPTIONAL") - 1


def test_everything_else_stays_as_it_is(copied: Copy) -> None:
    names = [path.stem for path in (copied.folder / "spec").glob("*.toml")]
    before = {name: copied.text(name) for name in names}
    assert copied.adopt(*NAMES) == 0
    for name in names:
        lines = set(copied.text(name).splitlines())
        gone = [line for line in before[name].splitlines() if line not in lines]
        assert all(line.startswith(("max_length = 255", "errors = ", "status = 400")) for line in gone), gone


def test_a_new_domain_is_named(copied: Copy) -> None:
    assert copied.adopt("ListStamps", into="stamps") == 0
    assert copied.text("stamps").startswith("# The stamps domain of the Amazon SES API v2.")
    assert '[operation.ListStamps]\nmethod = "GET"\n' in copied.text("stamps")
    assert '\nkind = "read"\n' in copied.text("stamps")


def test_a_type_goes_to_the_domain_of_what_uses_it(copied: Copy) -> None:
    assert copied.adopt("Stamp") == 0
    assert "[type.Stamp]" in copied.text("messages")
    assert "[enum.StampKind]" in copied.text("messages")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["Stempel"], "Stempel: botocore 9.9.9 has no operation, type, enum or error of this name\n"),
        (["GetAccount"], "GetAccount: the specification has all of it\n"),
        (["Body.Html"], "Body.Html: the specification has all of it\n"),
        (["Body.Htm"], "Body.Htm: botocore 9.9.9 has no member or value of this name\n"),
        (["BuyStamp.Kind"], "BuyStamp.Kind: the specification has no operation BuyStamp; adopt BuyStamp\n"),
        (["StampPaper"], "StampPaper: nothing in the specification is close to it; pass --into DOMAIN\n"),
        ([], "name what to adopt; `python -m codegen drift` lists what is new\n"),
        (["BuyStamp", "Stempel"], "Stempel: botocore 9.9.9 has no operation, type, enum or error of this name\n"),
    ],
)
def test_what_cannot_be_adopted_is_refused_and_nothing_is_written(
    names: list[str], message: str, copied: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in copied.folder.rglob("*.*")}
    assert copied.adopt(*names) == 1
    assert capsys.readouterr().err == message
    assert {path: path.read_bytes() for path in copied.folder.rglob("*.*")} == before


def test_what_is_gone_from_botocore_is_left_to_people(copied: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    path = copied.folder / "spec" / "messages.toml"
    text = path.read_text(encoding="utf-8")
    more = '[type.Content.members.Font]\ntype = "string"\ndoc = "Made up."\n\n[type.Destination]\n'
    path.write_text(text.replace("[type.Destination]\n", more), encoding="utf-8")
    assert copied.adopt("Content") == 1
    assert capsys.readouterr().err == "type Content: member Font: botocore no longer has it; remove it by hand\n"


def test_the_command_line_adopts(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["adopt", "GetAccount"]) == 1
    assert command.main(["adopt"]) == 1
    assert capsys.readouterr().err == (
        "GetAccount: the specification has all of it\nname what to adopt; `python -m codegen drift` lists what is new\n"
    )
