"""The facts of the specification, counted and sampled, so that none gets lost unseen."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import codegen
from codegen.ir import Enum, Error, Operation, Spec, Structure
from codegen.naming import snake_case
from codegen.service_model import bundled

FOLDER = Path(codegen.__file__).parent / "spec"
NEWER_OPERATIONS = {
    "operation.AssociateEmailIdentityCertificate",
    "operation.DisassociateEmailIdentityCertificate",
    "operation.ListEmailIdentityCertificates",
    "operation.PutAccountPricingAttributes",
    "operation.PutTenantSuppressionAttributes",
    "operation.UpdateConfigurationSet",
}
NEWER_TYPES = {
    "type.ConfigurationOverrides",
    "type.DefaultSigningScheme",
    "type.IdentityCertificate",
    "type.MessageSecurityOptions",
    "type.PricingAttributes",
    "type.SigningScheme",
    "type.SmimeSigningScheme",
    "type.TenantSuppressionAttributes",
    "type.TrackingConfigurationOverrides",
}
NEWER_ENUMS = {
    "enum.ConfigurationSetFilterKey",
    "enum.IdentityCertificateStatus",
    "enum.IdentityFilterKey",
    "enum.ListTenantsFilterKey",
    "enum.PricingPlan",
    "enum.SignatureFormat",
    "enum.SuppressionListScope",
}
NEWER_MEMBERS = {
    "operation.CreateConfigurationSet.input.MessageSecurityOptions",
    "operation.CreateTenant.input.SuppressionAttributes",
    "operation.CreateTenant.output.SuppressionAttributes",
    "operation.DeleteSuppressedDestination.input.TenantName",
    "operation.GetAccount.output.PricingAttributes",
    "operation.GetConfigurationSet.output.MessageSecurityOptions",
    "operation.GetSuppressedDestination.input.TenantName",
    "operation.ListConfigurationSets.input.Filter",
    "operation.ListEmailIdentities.input.Filter",
    "operation.ListSuppressedDestinations.input.TenantName",
    "operation.ListTenants.input.Filter",
    "operation.PutConfigurationSetSuppressionOptions.input.SuppressionScope",
    "operation.PutSuppressedDestination.input.TenantName",
    "operation.SendBulkEmail.input.ConfigurationOverrides",
    "operation.SendEmail.input.ConfigurationOverrides",
    "type.MessageInsightsFilters.members.TenantName",
    "type.SuppressedDestination.members.TenantName",
    "type.SuppressionOptions.members.SuppressionScope",
    "type.Tenant.members.SuppressionAttributes",
    "type.TenantInfo.members.SendingStatus",
}
NEWER_VALUES = {
    "enum.DkimSigningAttributesOrigin": ["AWS_SES_US_GOV_EAST_1", "AWS_SES_US_GOV_WEST_1"],
    "enum.MetricDimensionName": ["TENANT_NAME"],
}
SOURCE = r"botocore \d+(\.\d+)+"
ONCE_A_SECOND = {
    "CreateCustomVerificationEmailTemplate",
    "CreateEmailIdentityPolicy",
    "CreateEmailTemplate",
    "CreateExportJob",
    "DeleteCustomVerificationEmailTemplate",
    "DeleteEmailIdentityPolicy",
    "DeleteEmailTemplate",
    "GetCustomVerificationEmailTemplate",
    "GetEmailIdentityPolicies",
    "GetMessageInsights",
    "ListCustomVerificationEmailTemplates",
    "ListEmailTemplates",
    "ListRecommendations",
    "PutAccountVdmAttributes",
    "PutConfigurationSetVdmOptions",
    "SendCustomVerificationEmail",
    "TestRenderEmailTemplate",
    "UpdateCustomVerificationEmailTemplate",
    "UpdateEmailIdentityPolicy",
    "UpdateEmailTemplate",
}


def tables(table: dict[str, Any], *keys: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a table and every table under it, by dotted name."""
    yield ".".join(keys), table
    for key, value in table.items():
        if isinstance(value, dict):
            yield from tables(value, *keys, key)


def all_tables() -> dict[str, dict[str, Any]]:
    """Return every table of every file of the specification, by dotted name."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml"))]
    return {name: table for text in texts for name, table in tables(tomllib.loads(text))}


def descriptions(spec: Spec) -> list[tuple[str, str]]:
    """Return the name and description of every operation, type, member, enum, value and error."""
    things: list[Operation | Structure | Enum | Error] = [*spec.operations(), *spec.structures(), *spec.enums()]
    things += spec.errors
    members = [member for structure in spec.structures() for member in structure.members]
    members += [member for operation in spec.operations() for member in (*operation.input, *operation.output)]
    texts = [(thing.name, thing.doc) for thing in (*things, *members)]
    return texts + [pair for enum in spec.enums() for pair in enum.values.items()]


def test_the_specification_has_every_operation_type_and_enum_of_the_bundled_model(spec: Spec) -> None:
    model = bundled().model
    operations = {operation.name for operation in spec.operations()}
    assert model["operations"].keys() <= operations
    ends = ("input", "output")
    outer = {
        found["shape"]
        for found in (operation.get(end) for operation in model["operations"].values() for end in ends)
        if found
    }
    shapes = {
        name: shape for name, shape in model["shapes"].items() if name not in outer and not shape.get("exception")
    }
    types = {name for name, shape in shapes.items() if shape["type"] == "structure"}
    assert types <= {structure.name for structure in spec.structures()}
    assert {name for name, shape in shapes.items() if "enum" in shape} <= {enum.name for enum in spec.enums()}


def test_everything_is_described_in_a_short_plain_text(spec: Spec) -> None:
    texts = descriptions(spec)
    assert [doc for _, doc in texts if not doc.isascii() or not 10 <= len(doc) <= 420 or doc != doc.strip()] == []


def test_no_description_only_repeats_the_name(spec: Spec) -> None:
    def bare(text: str) -> str:
        return "".join(filter(str.isalnum, text)).lower().removeprefix("the")

    assert [name for name, doc in descriptions(spec) if bare(doc) == bare(name)] == []


def test_every_operation_and_type_has_the_address_of_its_page(spec: Spec) -> None:
    start = "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_"
    things: list[Operation | Structure] = [*spec.operations(), *spec.structures()]
    assert [thing.name for thing in things if thing.reference != f"{start}{thing.name}.html"] == []


def test_operations_page_each_with_its_list_token_and_size(spec: Spec) -> None:
    paged = {operation.name: operation for operation in spec.operations() if operation.page}
    assert {operation.kind for operation in paged.values()} == {"read"}
    for operation in paged.values():
        page = operation.page
        assert page is not None
        arguments = {member.name: str(member.type) for member in operation.input}
        results = {member.name: str(member.type) for member in operation.output}
        assert results[page.items].startswith("list<"), operation.name
        assert results[page.token] == arguments[page.token] == "string", operation.name
        assert arguments[page.size] == "integer", operation.name


def test_whatever_has_a_token_in_and_out_pages(spec: Spec) -> None:
    tokens = {"NextToken"}
    both = [
        operation.name
        for operation in spec.operations()
        if tokens & {member.name for member in operation.input} & {member.name for member in operation.output}
    ]
    assert both == [operation.name for operation in spec.operations() if operation.page]


def test_exactly_four_operations_send_mail(spec: Spec) -> None:
    assert {operation.name for operation in spec.operations() if operation.kind == "send"} == {
        "CreateDeliverabilityTestReport",
        "SendBulkEmail",
        "SendCustomVerificationEmail",
        "SendEmail",
    }


def test_reads_are_known_as_such_and_creating_is_never_taken_for_harmless(spec: Spec) -> None:
    reads = {operation.name for operation in spec.operations() if operation.kind == "read"}
    harmless = ("BatchGet", "Get", "List", "TestRender")
    assert reads == {operation.name for operation in spec.operations() if operation.name.startswith(harmless)}
    created = {operation.kind for operation in spec.operations() if operation.name.startswith("Create")}
    assert created == {"send", "write"}


def test_the_documented_rates_are_there(spec: Spec) -> None:
    rates = {operation.name: operation.rate for operation in spec.operations() if operation.rate is not None}
    known = dict.fromkeys(ONCE_A_SECOND, 1) | {"BatchGetMetricData": 16, "GetEmailTemplate": 50}
    assert {name: rates.get(name) for name in known} == known


def test_newer_operations_and_types_name_their_source() -> None:
    there = all_tables()
    marked = {
        name: table["source"] for name, table in there.items() if "source" in table and not name.endswith("added")
    }
    assert set(marked) >= NEWER_OPERATIONS | NEWER_TYPES | NEWER_ENUMS | NEWER_MEMBERS
    assert [source for source in marked.values() if not re.fullmatch(SOURCE, source)] == []


def test_newer_values_of_known_enums_name_their_source() -> None:
    there = all_tables()
    added = {name: table["added"] for name, table in there.items() if "added" in table}
    assert {name: added[name]["values"] for name in NEWER_VALUES} == NEWER_VALUES
    assert [facts["source"] for facts in added.values() if not re.fullmatch(SOURCE, facts["source"])] == []
    assert [name for name, values in NEWER_VALUES.items() if not set(values) <= set(there[name]["values"])] == []


def test_the_specification_notes_where_its_sources_disagree() -> None:
    noted = {name: table["note"] for name, table in all_tables().items() if "note" in table}
    assert "CONFIGURATION_SET_DOES_NOT_EXIST" in noted["enum.BulkEmailStatus"]
    assert "CONFIGURATION_SET_NOT_FOUND" in noted["enum.BulkEmailStatus"]
    assert "type.MessageHeader.members.Value" in noted


def test_secrets_are_marked(spec: Spec) -> None:
    members = [(structure.name, member) for structure in spec.structures() for member in structure.members]
    members += [(operation.name, member) for operation in spec.operations() for member in operation.input]
    secret = {f"{name}.{snake_case(member.name)}" for name, member in members if member.sensitive}
    assert "DkimSigningAttributes.domain_signing_private_key" in secret


def test_what_can_be_repeated_without_harm_is_known_as_such(spec: Spec) -> None:
    kinds = {operation.name: operation.kind for operation in spec.operations()}
    assert kinds["DisassociateEmailIdentityCertificate"] == "idempotent"


def test_blobs_are_described_as_bytes_that_the_package_encodes(spec: Spec) -> None:
    members = [member for structure in spec.structures() for member in structure.members]
    blobs = [member for member in members if member.type.name == "blob"]
    assert blobs
    for member in blobs:
        assert "The package encodes" in member.doc or "the package encodes" in member.doc


def test_no_description_names_a_member_as_if_it_were_its_type(spec: Spec) -> None:
    """A name that is a type's, too, is not turned into the member's name in Python."""
    types = {thing.name for thing in (*spec.structures(), *spec.enums())}
    members = {member.name for structure in spec.structures() for member in structure.members}
    both = types & members
    named = {(name, word) for name, doc in descriptions(spec) for word in re.findall(r"`(\w+)`", doc) if word in both}
    # These two are about the texts of a filter, which are values of the enums.
    assert {word for _, word in named} <= {"IdentityType", "VerificationStatus"}
