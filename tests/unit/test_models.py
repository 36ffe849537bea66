"""Models and enums: values that can be compared, printed, copied, and turned into the wire's dicts and back."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

import attrs
import pytest
from support.unit import CONTENT, MOMENT, MOMENT_EPOCH, Script, copies, ok, sample, sync_client

from sesv2kit import errors, models
from sesv2kit._core.model import ABSENT, Model, OpenEnum, wire_of
from sesv2kit._core.model import wire as named
from sesv2kit._core.serde import decode_fitting

CLASSES: list[type[Model]] = [
    found
    for name in dir(models)
    if isinstance(found := getattr(models, name), type)
    and issubclass(found, Model)
    and found is not models.EmptyResponse
]
ENUMS: list[type[OpenEnum]] = [
    found for name in dir(models) if isinstance(found := getattr(models, name), type) and issubclass(found, OpenEnum)
]
each_class = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
each_enum = pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)


# Every model -------------------------------------------------------------------------------------


@each_class
def test_a_model_goes_to_the_wire_and_back(cls: type[Model]) -> None:
    for full in (True, False):
        given = sample(cls, full=full)
        assert models.to_wire(given.value) == given.wire
        assert models.from_wire(cls, given.wire) == given.value
        assert json.loads(json.dumps(models.to_wire(given.value))) == given.wire


@each_class
def test_a_model_pickles_and_copies(cls: type[Model]) -> None:
    model = models.from_wire(cls, {**sample(cls, full=True).wire, "New": [1]})
    for twin in copies(model):
        assert twin == model
        assert type(twin) is cls
        assert twin.extra == {"New": [1]}


@each_class
def test_a_model_is_frozen_without_a_dict_and_keyword_only(cls: type[Model]) -> None:
    model = sample(cls, full=True).value
    name = next(iter(attrs.fields_dict(cls)))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(model, name, None)
    assert not hasattr(model, "__dict__")
    assert all(field.kw_only for field in attrs.fields(cls))


@each_class
def test_an_empty_response_or_one_of_nulls_is_a_model(cls: type[Model]) -> None:
    nulls = dict.fromkeys(sample(cls, full=True).wire)
    assert models.from_wire(cls, nulls) == models.from_wire(cls, {})
    assert not models.from_wire(cls, nulls).extra


# Equality, hash and repr -------------------------------------------------------------------------


def test_models_are_equal_by_value_whatever_the_kind_of_sequence() -> None:
    lists = models.Destination(to_addresses=["ann@example.net"], cc_addresses=[])
    tuples = models.Destination(to_addresses=("ann@example.net",), cc_addresses=())
    assert lists == tuples
    assert hash(lists) == hash(tuples)
    assert len({lists, tuples}) == 1
    assert lists != models.Destination(to_addresses=["bob@example.net"], cc_addresses=[])


def test_models_of_two_types_are_never_equal() -> None:
    tag, header = models.MessageTag(name="a", value="b"), models.MessageHeader(name="a", value="b")
    assert tag != header
    assert tag != ("a", "b")
    assert models.EmptyResponse() == models.EmptyResponse()


def test_models_with_mappings_and_blobs_are_hashable() -> None:
    policies = models.GetEmailIdentityPoliciesResponse(policies={"a": "1", "b": "2"})
    assert hash(policies) == hash(models.GetEmailIdentityPoliciesResponse(policies={"b": "2", "a": "1"}))
    raw = [models.RawMessage(data=cast(bytes, blob)) for blob in (b"x", bytearray(b"x"), memoryview(b"x"))]
    assert len(set(raw)) == 1


def test_an_enum_and_its_string_make_equal_models() -> None:
    status = models.FeatureStatus.ENABLED
    one, other = (
        models.DashboardAttributes(engagement_metrics=status),
        models.DashboardAttributes(engagement_metrics="ENABLED"),
    )
    assert one == other
    assert hash(one) == hash(other)


def test_a_repr_shows_what_is_there_and_nothing_else() -> None:
    shown = repr(models.Destination(to_addresses=["ann@example.net"], cc_addresses=[], bcc_addresses=None))
    assert shown == "Destination(to_addresses=['ann@example.net'])"
    assert repr(models.Destination()) == "Destination()"


def test_a_repr_shows_false_zero_and_empty_text() -> None:
    assert repr(models.Content(data="")) == "Content(data='')"
    account = models.GetAccountResponse(sending_enabled=False, send_quota=models.SendQuota(sent_last24_hours=0.0))
    assert repr(account) == "GetAccountResponse(send_quota=SendQuota(sent_last24_hours=0.0), sending_enabled=False)"


def test_a_repr_names_the_extra_members_but_not_their_values() -> None:
    model = models.from_wire(models.Content, {"Data": "x", "SecretKey": "hunter2"})
    assert repr(model) == "Content(data='x', extra=<SecretKey>)"


def test_evolve_changes_a_copy() -> None:
    content = models.Content(data="Hello", charset="UTF-8")
    changed = attrs.evolve(content, data="Bye")
    assert (changed.data, changed.charset, content.data) == ("Bye", "UTF-8", "Hello")


def test_a_misspelt_member_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="dta"):
        cast(Any, models.Content)(dta="Hello")
    with pytest.raises(TypeError, match="positional"):
        cast(Any, models.Content)("Hello")


def test_a_misspelt_argument_is_a_type_error_and_nothing_is_sent() -> None:
    script = Script()
    with pytest.raises(TypeError, match="contact_list"):
        cast(Any, sync_client(script)).get_contact_list(contact_list="news")
    assert script.requests == []


# Answers -----------------------------------------------------------------------------------------


def test_metadata_takes_no_part_in_equality_hash_and_repr() -> None:
    answer = sync_client(Script(ok({"MessageId": "01"}))).send_email(content=CONTENT)
    by_hand = models.SendEmailResponse(message_id="01")
    assert answer.metadata.request_id == "req-1"
    assert by_hand.metadata.request_id is None
    assert answer == by_hand
    assert hash(answer) == hash(by_hand)
    assert repr(answer) == "SendEmailResponse(message_id='01')"


def test_a_response_keeps_its_metadata_through_copies_and_pickles() -> None:
    answer = sync_client(Script(ok({"MessageId": "01"}))).send_email(content=CONTENT)
    for twin in copies(answer):
        assert twin.metadata == answer.metadata
        assert twin.metadata.headers["content-type"] == "application/json"


def test_a_list_that_a_response_leaves_out_can_be_iterated() -> None:
    bodies: list[dict[str, Any]] = [{}, {"Contacts": None}, {"Contacts": []}]
    for body in bodies:
        answer = sync_client(Script(ok(body))).list_contacts(contact_list_name="news")
        assert list(answer.contacts) == []
        assert len(answer.contacts) == 0
    assert models.to_wire(models.from_wire(models.ListContactsResponse, {})) == {}
    assert models.to_wire(models.from_wire(models.ListContactsResponse, {"Contacts": []})) == {"Contacts": []}


def test_an_absent_list_stays_absent_through_copies_and_pickles() -> None:
    answer = models.from_wire(models.ListContactsResponse, {})
    for twin in [*copies(answer), *copies(ABSENT)]:
        assert (twin if twin is ABSENT else twin.contacts) is ABSENT


def test_required_members_that_a_response_lacks_have_empty_values() -> None:
    body = {"Results": [{"Id": "q"}], "Errors": []}
    read = models.from_wire(models.BatchGetMetricDataResponse, body)
    assert read.results[0].id == "q"
    report = models.from_wire(models.GetDeliverabilityTestReportResponse, {})
    assert report.deliverability_test_report == models.DeliverabilityTestReport()
    assert report.overall_placement == models.PlacementStatistics()
    assert list(report.isp_placements) == []
    statistics = models.from_wire(models.GetDedicatedIpResponse, {"DedicatedIp": {"Ip": "192.0.2.1"}}).dedicated_ip
    assert statistics is not None
    assert (statistics.ip, statistics.warmup_percentage, statistics.warmup_status) == ("192.0.2.1", 0, "")


# Members that nobody knew of ---------------------------------------------------------------------


def test_unknown_members_of_a_response_are_kept() -> None:
    body = {"MessageId": "01", "NewThing": {"a": [1, None]}, "Gone": None}
    answer = sync_client(Script(ok(body))).send_email(content=CONTENT)
    assert answer.message_id == "01"
    assert answer.extra == {"NewThing": {"a": [1, None]}}
    assert models.to_wire(answer) == {"MessageId": "01", "NewThing": {"a": [1, None]}}
    assert answer != models.SendEmailResponse(message_id="01")


def test_unknown_members_of_nested_models_are_kept_in_these() -> None:
    body = {"SendQuota": {"Max24HourSend": 200.0, "Burst": 5}}
    quota = sync_client(Script(ok(body))).get_account().send_quota
    assert quota is not None
    assert (quota.max24_hour_send, quota.extra) == (200.0, {"Burst": 5})


def test_unknown_members_are_refused_on_the_way_out_with_a_hint() -> None:
    script = Script()
    destination = models.from_wire(models.Destination, {"ToAddress": ["ann@example.net"], "Zzz": 1})
    with pytest.raises(errors.ParamValidationError) as caught:
        sync_client(script, check_limits=False).send_email(content=models.EmailContent(), destination=destination)
    assert [str(problem) for problem in caught.value.problems] == [
        "destination.ToAddress: models.Destination has no such member; did you mean ToAddresses?",
        "destination.Zzz: models.Destination has no such member; extra_members= sends it all the same",
    ]
    assert script.requests == []


def test_evolve_of_a_model_with_unknown_members_starts_without_them() -> None:
    model = models.from_wire(models.Content, {"Data": "x", "New": 1})
    assert not attrs.evolve(model, data="y").extra


# from_wire ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        MOMENT,
        MOMENT.astimezone(timezone(timedelta(hours=2))),
        MOMENT.replace(tzinfo=None),
        MOMENT_EPOCH,
        float(MOMENT_EPOCH),
        "2026-01-02T03:04:05Z",
        "2026-01-02T05:04:05+02:00",
        "2026-01-02T03:04:05",
    ],
)
def test_times_are_read_in_every_form_as_aware_datetimes(given: Any) -> None:
    contact = models.from_wire(models.Contact, {"LastUpdatedTimestamp": given})
    assert contact.last_updated_timestamp == MOMENT
    assert contact.last_updated_timestamp is not None
    assert contact.last_updated_timestamp.utcoffset() is not None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Needs(Model):
    """A model with a required member of each type."""

    text: str = attrs.field(metadata=named("Text"))
    kind: models.SuppressionListReason | str = attrs.field(metadata=named("Kind"))
    yes: bool = attrs.field(metadata=named("Yes"))
    number: int = attrs.field(metadata=named("Number"))
    share: float = attrs.field(metadata=named("Share"))
    at: datetime = attrs.field(metadata=named("At"))
    data: bytes = attrs.field(metadata=named("Data"))
    items: Sequence[str] = attrs.field(metadata=named("Items"))
    names: Mapping[str, str] = attrs.field(metadata=named("Names"))
    quota: models.SendQuota = attrs.field(metadata=named("Quota"))


def test_null_beside_a_misfit_is_as_if_it_was_left_out() -> None:
    read, misfits = decode_fitting(models.SendQuota, {"SentLast24Hours": "many", "MaxSendRate": None})
    assert (read.sent_last24_hours, read.max_send_rate, read.extra) == (None, None, {"SentLast24Hours": "many"})
    assert len(misfits) == 1


@pytest.mark.parametrize("members", [{}, {"Text": 5, "Number": "x"}], ids=["gaps", "misfits"])
def test_required_members_that_a_response_leaves_out_are_empty(members: dict[str, Any]) -> None:
    """The rule is that of Smithy: https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction."""
    read, _ = decode_fitting(Needs, members)
    wired = [field.name for field in attrs.fields(Needs) if wire_of(field)]
    assert {name: getattr(read, name) for name in wired} == {
        "text": "",
        "kind": "",
        "yes": False,
        "number": 0,
        "share": 0.0,
        "at": datetime(1970, 1, 1, tzinfo=UTC),
        "data": b"",
        "items": (),
        "names": {},
        "quota": models.SendQuota(),
    }
    assert (read.yes, type(read.share), read.extra or {}) == (False, float, members)


@pytest.mark.parametrize("name", ["extra", "extra_members", "metadata"])
def test_a_member_named_as_an_attribute_that_does_not_travel_is_an_unknown_one(name: str) -> None:
    read = models.from_wire(models.GetAccountResponse, {name: {"a": 1}})
    assert (read.extra, read.extra_members, read.metadata.request_id) == ({name: {"a": 1}}, {}, None)


def test_times_travel_as_epoch_seconds_with_their_fraction() -> None:
    half = datetime(2026, 1, 2, 3, 4, 5, 500_000, tzinfo=UTC)
    for moment, wire in ((MOMENT, MOMENT_EPOCH), (half, MOMENT_EPOCH + 0.5)):
        assert models.to_wire(models.Contact(last_updated_timestamp=moment)) == {"LastUpdatedTimestamp": wire}
        assert models.from_wire(models.Contact, {"LastUpdatedTimestamp": wire}).last_updated_timestamp == moment
    early = datetime(1969, 12, 31, 23, 59, 58, 250_000, tzinfo=UTC)
    assert models.to_wire(models.Contact(last_updated_timestamp=early)) == {"LastUpdatedTimestamp": -1.75}


@pytest.mark.parametrize("given", [b"\x00\xffraw", bytearray(b"\x00\xffraw"), "AP9yYXc="])
def test_blobs_are_read_from_bytes_and_from_base64(given: Any) -> None:
    message = models.from_wire(models.RawMessage, {"Data": given})
    assert message.data == b"\x00\xffraw"
    assert type(message.data) is bytes


@pytest.mark.parametrize("blob", [b"\x00\xffraw", bytearray(b"\x00\xffraw"), memoryview(b"\x00\xffraw")])
def test_blobs_travel_as_base64(blob: Any) -> None:
    assert models.to_wire(models.RawMessage(data=blob)) == {"Data": "AP9yYXc="}


def test_a_boto3_call_carries_over() -> None:
    wire = {
        "Destination": {"ToAddresses": ("ann@example.net",)},
        "ReplacementEmailContent": {"ReplacementTemplate": {"ReplacementTemplateData": "{}"}},
    }
    entry = models.from_wire(models.BulkEmailEntry, wire)
    assert entry == models.BulkEmailEntry(
        destination=models.Destination(to_addresses=["ann@example.net"]),
        replacement_email_content=models.ReplacementEmailContent(
            replacement_template=models.ReplacementTemplate(replacement_template_data="{}")
        ),
    )


WRONG: dict[str, tuple[type[Model], Any, str]] = {
    "no dict": (models.Content, ["Data"], "expected an object, got an array"),
    "null": (models.Content, None, "expected an object, got null"),
    "number for a text": (models.Content, {"Data": 5}, "expected a string, got a number"),
    "text for a list": (models.Destination, {"ToAddresses": "ann@example.net"}, "expected an array, got a string"),
    "number in a list": (models.Destination, {"ToAddresses": [5]}, "expected a string, got a number"),
    "null in a list": (models.Destination, {"ToAddresses": [None]}, "expected a string, got null"),
    "text for a model": (models.BulkEmailEntry, {"Destination": "x"}, "expected an object, got a string"),
    "text for a bool": (models.GetAccountResponse, {"SendingEnabled": "true"}, "expected a boolean, got a string"),
    "number for a bool": (models.GetAccountResponse, {"SendingEnabled": 1}, "expected a boolean, got a number"),
    "bool for an int": (models.DedicatedIp, {"WarmupPercentage": True}, "expected a whole number, got a boolean"),
    "fraction for an int": (models.DedicatedIp, {"WarmupPercentage": 1.5}, "expected a whole number, got a number"),
    "text for a float": (models.SendQuota, {"MaxSendRate": "14"}, "expected a number, got a string"),
    "number for an enum": (models.DedicatedIp, {"WarmupStatus": 1}, "expected a string, got a number"),
    "no base64": (models.RawMessage, {"Data": "***"}, "expected base64 text"),
    "not even ASCII": (models.RawMessage, {"Data": "ä"}, "expected base64 text"),
    "no time": (models.Contact, {"LastUpdatedTimestamp": "yesterday"}, "expected a time"),
    "bool for a time": (models.Contact, {"LastUpdatedTimestamp": True}, "expected a time, got a boolean"),
    "time out of range": (models.Contact, {"LastUpdatedTimestamp": 1e300}, "expected a time, got a value out of range"),
    "time that is none": (models.Contact, {"LastUpdatedTimestamp": math.nan}, "expected a time"),
    "list for a map": (models.GetEmailIdentityResponse, {"Policies": []}, "expected an object, got an array"),
}


@pytest.mark.parametrize(("cls", "members", "told"), WRONG.values(), ids=WRONG)
def test_a_dict_that_does_not_fit_is_refused_with_a_reason(cls: type[Model], members: Any, told: str) -> None:
    with pytest.raises(errors.ParamValidationError, match=rf"from_wire\({cls.__name__}\)") as caught:
        models.from_wire(cls, members)
    assert told in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "cls", [3, None, "Content", int, models.FeatureStatus, models.Content(data="hunter2")], ids=str
)
def test_from_wire_reads_models_alone(cls: Any) -> None:
    with pytest.raises(errors.ParamValidationError, match=r"^from_wire: cls: must be a model class, such as") as caught:
        models.from_wire(cls, {})
    assert "hunter2" not in str(caught.value)


def test_an_error_of_from_wire_has_the_path_and_shows_no_value() -> None:
    members = {"Simple": {"Subject": {"Data": ["hunter2"]}, "Body": {"Text": {"Data": b"hunter2"}}}}
    with pytest.raises(errors.ParamValidationError) as caught:
        models.from_wire(models.EmailContent, members)
    assert "simple.subject.data" in str(caught.value)
    assert "simple.body.text.data" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_whole_number_may_come_as_a_float() -> None:
    ip = models.from_wire(models.DedicatedIp, {"WarmupPercentage": 100.0})
    assert (ip.warmup_percentage, type(ip.warmup_percentage)) == (100, int)
    quota = models.from_wire(models.SendQuota, {"MaxSendRate": 14})
    assert (quota.max_send_rate, type(quota.max_send_rate)) == (14.0, float)


# to_wire -----------------------------------------------------------------------------------------


def test_absent_members_are_left_out_and_empty_ones_are_sent() -> None:
    assert models.to_wire(models.Destination()) == {}
    destination = models.Destination(to_addresses=[], cc_addresses=("ann@example.net",))
    assert models.to_wire(destination) == {"ToAddresses": [], "CcAddresses": ["ann@example.net"]}
    assert models.to_wire(models.Content(data="", charset=None)) == {"Data": ""}


@pytest.mark.parametrize("wrong", [3, None, "Content", {"Data": "x"}, [models.Content(data="x")], models.Content])
def test_to_wire_takes_models_alone(wrong: Any) -> None:
    expected = rf"^to_wire: model: expected a model of this package, got {type(wrong).__name__}$"
    with pytest.raises(errors.ParamValidationError, match=expected):
        models.to_wire(wrong)


@pytest.mark.parametrize(
    ("cls", "member"), [(models.BulkEmailEntry, "destination"), (models.RawMessage, "data"), (models.Body, "text")]
)
def test_to_wire_refuses_a_member_that_it_can_t_turn_and_does_not_show_it(cls: Any, member: str) -> None:
    with pytest.raises(errors.ParamValidationError) as caught:
        models.to_wire(cls(**{member: "hunter2"}))
    assert str(caught.value) == f"to_wire({cls.__name__}): {cls.__name__}: has a member of the wrong type"
    assert caught.value.__cause__ is None


def test_the_wire_form_is_plain_json_types() -> None:
    attributes = models.DashboardAttributes(engagement_metrics=models.FeatureStatus.ENABLED)
    wire = models.to_wire(attributes)
    assert type(wire["EngagementMetrics"]) is str
    assert wire == {"EngagementMetrics": "ENABLED"}


# Open enums --------------------------------------------------------------------------------------


@each_enum
def test_an_enum_takes_an_unknown_value(enum: type[OpenEnum]) -> None:
    invented = enum("INVENTED_LATER")
    assert isinstance(invented, enum)
    assert invented == "INVENTED_LATER"
    assert invented == enum("INVENTED_LATER")
    assert hash(invented) == hash("INVENTED_LATER")
    assert (str(invented), f"{invented}", invented.value, invented.name) == ("INVENTED_LATER",) * 4
    assert json.dumps({invented: invented}) == '{"INVENTED_LATER": "INVENTED_LATER"}'
    assert "INVENTED_LATER" not in list(enum)
    assert repr(invented)
    for twin in copies(invented):
        assert twin == invented
        assert type(twin) is enum


@each_enum
def test_an_enum_member_is_its_string(enum: type[OpenEnum]) -> None:
    for member in enum:
        assert enum(member.value) is member
        assert member == member.value
        assert json.dumps(member) == f'"{member.value}"'
        for twin in copies(member):
            assert twin is member


@each_enum
def test_an_enum_is_made_of_strings_alone(enum: type[OpenEnum]) -> None:
    for value in (None, 1, b"x", ["x"]):
        with pytest.raises(ValueError, match="is not a valid"):
            enum(cast(Any, value))


def test_a_response_with_a_new_enum_value_compares_as_its_string() -> None:
    answer = sync_client(Script(ok({"EnforcementStatus": "HEALTHY", "SuppressionAttributes": {}}))).get_account()
    assert answer.enforcement_status == "HEALTHY"
    read = models.from_wire(models.DashboardAttributes, {"EngagementMetrics": "PARTLY"})
    assert isinstance(read.engagement_metrics, models.FeatureStatus)
    assert read.engagement_metrics == "PARTLY"
    assert models.to_wire(read) == {"EngagementMetrics": "PARTLY"}
