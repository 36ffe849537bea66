"""Checks before anything is sent: every problem is found, named by its Python path, and shows no value."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from enum import Enum
from typing import Any, cast

import httpx
import pytest
from botocore import xform_name
from support.refusals import SECRET, passes, problems_of
from support.unit import CONTENT, KINDS, MOMENT, OPERATIONS, BrokenZone, Kind, Script, any_client, ask, ok, sync_client

from sesv2kit import errors, models
from sesv2kit._core.model import Limits
from sesv2kit._core.validation import check_for

ARCHIVE = "arn:aws:ses:eu-west-1:123456789012:mailmanager-archive/a-abcdefghijklmnopqrstuvwx"


def simple(**members: Any) -> models.EmailContent:
    """Return a simple message with some of its members replaced."""
    given: dict[str, Any] = {"subject": models.Content(data="Hello"), "body": models.Body()} | members
    return models.EmailContent(simple=models.Message(**given))


# All problems at once ----------------------------------------------------------------------------


def test_all_problems_are_reported_at_once_each_with_its_path() -> None:
    headers = [models.MessageHeader(name="X-A", value="1")] * 3
    headers.append(models.MessageHeader(name="a:b", value=cast(str, 5)))
    content = simple(subject=models.Content(data=cast(str, None)), headers=headers)
    problems = problems_of(
        "send_email",
        content=content,
        from_email_address=5,
        destination=models.Destination(to_addresses=["ann@example.net", cast(str, None)]),
        tenant_name="",
        options={"nope": 1},
    )
    assert problems == [
        "from_email_address: expected a str, got int",
        "destination.to_addresses[1]: expected a str, got None",
        "content.simple.subject.data: is required",
        "content.simple.headers[3].name: must match ^[!-9;-@A-~]+$",
        "content.simple.headers[3].value: expected a str, got int",
        "tenant_name: must be at least 1 character, is 0",
    ]


def test_the_error_names_the_operation_and_lists_problems_with_path_and_message() -> None:
    with pytest.raises(errors.ParamValidationError) as caught:
        sync_client(Script()).get_contact(contact_list_name="", email_address=cast(str, 5))
    error = caught.value
    assert error.operation == "GetContact"
    assert [problem.path for problem in error.problems] == ["contact_list_name", "email_address"]
    assert str(error).startswith("GetContact: contact_list_name: ")
    assert "; email_address: expected a str, got int" in str(error)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_both_clients_refuse_before_they_look_for_credentials_or_region(kind: Kind) -> None:
    client = any_client(kind, Script(), region=None, credentials=None)
    with pytest.raises(errors.ParamValidationError):
        await ask(client, "get_contact", contact_list_name="news", email_address=None)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_none_for_a_required_argument_is_refused(operation: Any) -> None:
    required = [argument.name for argument in operation.arguments if argument.required]
    if required:
        nothing: dict[str, Any] = dict.fromkeys(required)
        problems = problems_of(xform_name(operation.name), **nothing)
        assert problems == [f"{name}: is required" for name in required]


# Types -------------------------------------------------------------------------------------------

WRONG_TYPES: dict[str, tuple[str, dict[str, Any], str]] = {
    "number for a text": (
        "create_contact_list",
        {"contact_list_name": 5},
        "contact_list_name: expected a str, got int",
    ),
    "bytes for a text": (
        "create_contact_list",
        {"contact_list_name": b"news"},
        "contact_list_name: expected a str, got bytes",
    ),
    "text for a sequence": (
        "send_email",
        {"content": CONTENT, "reply_to_addresses": SECRET},
        "reply_to_addresses: expected a sequence, got str",
    ),
    "set for a sequence": (
        "send_email",
        {"content": CONTENT, "reply_to_addresses": {"ann@example.net"}},
        "reply_to_addresses: expected a sequence, got set",
    ),
    "dict for a sequence": (
        "send_email",
        {"content": CONTENT, "email_tags": {"a": "b"}},
        "email_tags: expected a sequence, got dict",
    ),
    "text for bytes": (
        "send_email",
        {"content": models.EmailContent(raw=models.RawMessage(data=cast(bytes, SECRET)))},
        "content.raw.data: expected bytes, got str",
    ),
    "dict for a model": (
        "send_email",
        {"content": {"Raw": SECRET}},
        "content: expected models.EmailContent, got dict; models.from_wire(models.EmailContent, ...) reads a dict",
    ),
    "another model": (
        "send_email",
        {"content": CONTENT.simple},
        "content: expected models.EmailContent, got Message",
    ),
    "bool for an int": ("list_contact_lists", {"page_size": True}, "page_size: expected an int, got bool"),
    "float for an int": ("list_contact_lists", {"page_size": 1.5}, "page_size: expected an int, got float"),
    "int for a bool": (
        "put_account_sending_attributes",
        {"sending_enabled": 1},
        "sending_enabled: expected a bool, got int",
    ),
    "text for a bool": (
        "put_account_sending_attributes",
        {"sending_enabled": "true"},
        "sending_enabled: expected a bool, got str",
    ),
    "text for a time": (
        "list_suppressed_destinations",
        {"start_date": "2026-01-01"},
        "start_date: expected a datetime, got str",
    ),
    "naive time": (
        "list_suppressed_destinations",
        {"start_date": MOMENT.replace(tzinfo=None)},
        "start_date: expected an aware datetime, got one without a time zone",
    ),
    "list for a text": ("list_tenants", {"next_token": []}, "next_token: expected a str, got list"),
    "list for a mapping": (
        "list_email_identities",
        {"filter": [("a", "b")]},
        "filter: expected a mapping, got list",
    ),
    "number in a mapping": ("list_email_identities", {"filter": {"a": 1}}, "filter['a']: expected a str, got int"),
    "number for a key": ("list_email_identities", {"filter": {1: "a"}}, "filter['1'] (key): expected a str, got int"),
    "number for an enum": (
        "put_suppressed_destination",
        {"email_address": "ann@example.net", "reason": 1},
        "reason: expected a str, got int",
    ),
    "half a surrogate pair": (
        "create_contact_list",
        {"contact_list_name": f"{SECRET}\ud83d"},
        "contact_list_name: has half of a surrogate pair, which can't be encoded",
    ),
    "half a surrogate pair inside": (
        "send_email",
        {"content": simple(subject=models.Content(data="\udc00"))},
        "content.simple.subject.data: has half of a surrogate pair, which can't be encoded",
    ),
}


@pytest.mark.parametrize("check_limits", [True, False])
@pytest.mark.parametrize(("method", "arguments", "problem"), WRONG_TYPES.values(), ids=WRONG_TYPES)
def test_a_value_of_the_wrong_type_is_refused_with_and_without_limits(
    method: str, arguments: dict[str, Any], problem: str, check_limits: bool
) -> None:
    assert problems_of(method, check_limits=check_limits, **arguments) == [problem]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_json_cannot_carry_is_refused(number: float) -> None:
    # No argument of the API is a float at present; a response's model has some.
    check = check_for(float, None)
    assert [problem.message for problem in check(number, False)] == ["expected a finite number"]
    assert [problem.message for problem in check(True, False)] == ["expected a float, got bool"]
    assert not check(1, True)
    assert not check(0.5, True)


@pytest.mark.parametrize("sequence", [["BOUNCE"], ("BOUNCE",), [models.SuppressionListReason.BOUNCE], ["INVENTED"]])
def test_any_sequence_and_any_string_of_an_enum_is_accepted(sequence: Any) -> None:
    passes("list_suppressed_destinations", reasons=sequence)
    passes("put_account_suppression_attributes", suppressed_reasons=sequence)


def test_surrogate_pairs_and_all_other_text_is_accepted() -> None:
    passes("send_email", content=simple(subject=models.Content(data="Grüße 🎉 \x00 \u2028", charset="UTF-8")))


def test_empty_sequences_and_texts_are_sent_where_nothing_forbids_them() -> None:
    passes("send_email", content=simple(subject=models.Content(data="")), reply_to_addresses=[])


# Limits ------------------------------------------------------------------------------------------


def _header(name: str = "X-A", value: str = "1") -> dict[str, Any]:
    return {"content": simple(headers=[models.MessageHeader(name=name, value=value)])}


def _metrics(count: int) -> dict[str, Any]:
    metric = models.ExportMetric(name="SEND", aggregation="VOLUME")
    source = models.MetricsDataSource(
        dimensions={"ISP": ["*"]}, namespace="VDM", metrics=[metric] * count, start_date=MOMENT, end_date=MOMENT
    )
    return _export(models.ExportDataSource(metrics_data_source=source))


def _insights(**members: Any) -> dict[str, Any]:
    source = models.MessageInsightsDataSource(start_date=MOMENT, end_date=MOMENT, **members)
    return _export(models.ExportDataSource(message_insights_data_source=source))


def _export(source: models.ExportDataSource) -> dict[str, Any]:
    return {"export_data_source": source, "export_destination": models.ExportDestination(data_format="CSV")}


def _subjects(*subjects: str) -> dict[str, Any]:
    return _insights(include=models.MessageInsightsFilters(subject=list(subjects)))


def _delivery(seconds: int) -> dict[str, Any]:
    return {"configuration_set_name": "set", "max_delivery_seconds": seconds}


def _recommendations(members: Mapping[str, str]) -> dict[str, Any]:
    return {"filter": members}


Build = Callable[..., dict[str, Any]]
SUBJECT = "export_data_source.message_insights_data_source.include.subject"

LIMITS: dict[str, tuple[str, Build, Any, Any, str]] = {
    # method, arguments of a value, a value at the bound, one past it, the problem
    "shortest text": (
        "send_email",
        lambda name: {"content": CONTENT, "tenant_name": name},
        "t",
        "",
        "tenant_name: must be at least 1 character, is 0",
    ),
    "longest text": (
        "send_email",
        lambda value: _header("A", value),
        "x" * 995,
        "x" * 996,
        "content.simple.headers[0].value: must be at most 995 characters, is 996",
    ),
    "length counts characters": (
        "create_export_job",
        _subjects,
        "ä" * 998,
        "ä" * 999,
        f"{SUBJECT}[0]: must be at most 998 characters, is 999",
    ),
    "pattern": (
        "send_email",
        lambda name: _header(name=name),
        "X-Any~",
        "X Any",
        "content.simple.headers[0].name: must match ^[!-9;-@A-~]+$",
    ),
    "pattern is of the whole text": (
        "send_email",
        lambda value: _header(value=value),
        "one line",
        "two\nlines",
        "content.simple.headers[0].value: must match [ -~]*",
    ),
    "pattern does not stop before a line end": (
        "get_multi_region_endpoint",
        lambda name: {"endpoint_name": name},
        "main_1-a",
        "main\n",
        r"endpoint_name: must match ^[\w\-_]+$",
    ),
    "pattern means ASCII": (
        "get_multi_region_endpoint",
        lambda name: {"endpoint_name": name},
        "main",
        "mäin",
        r"endpoint_name: must match ^[\w\-_]+$",
    ),
    "smallest number": (
        "put_configuration_set_delivery_options",
        _delivery,
        300,
        299,
        "max_delivery_seconds: must be at least 300, is 299",
    ),
    "biggest number": (
        "put_configuration_set_delivery_options",
        _delivery,
        50400,
        50401,
        "max_delivery_seconds: must be at most 50400, is 50401",
    ),
    "number in the query": (
        "list_multi_region_endpoints",
        lambda size: {"page_size": size},
        1000,
        1001,
        "page_size: must be at most 1000, is 1001",
    ),
    "number inside": (
        "create_export_job",
        lambda number: _insights(max_results=number),
        10000,
        0,
        "export_data_source.message_insights_data_source.max_results: must be at least 1, is 0",
    ),
    "largest number of items": (
        "send_email",
        lambda count: {"content": simple(headers=[models.MessageHeader(name="X-A", value="1")] * count)},
        15,
        16,
        "content.simple.headers: must be at most 15 items, is 16",
    ),
    "fewest items": (
        "create_export_job",
        _metrics,
        1,
        0,
        "export_data_source.metrics_data_source.metrics: must be at least 1 item, is 0",
    ),
    "items of a text list": (
        "create_export_job",
        lambda count: _subjects(*["Hello"] * count),
        1,
        2,
        f"{SUBJECT}: must be at most 1 item, is 2",
    ),
    "fewest entries of a map": (
        "list_recommendations",
        _recommendations,
        {"TYPE": "DKIM"},
        {},
        "filter: must be at least 1 item, is 0",
    ),
    "largest number of entries of a map": (
        "list_recommendations",
        _recommendations,
        {"TYPE": "DKIM", "STATUS": "OPEN"},
        {"TYPE": "DKIM", "STATUS": "OPEN", "IMPACT": "LOW"},
        "filter: must be at most 2 items, is 3",
    ),
    "value of a map": (
        "list_recommendations",
        _recommendations,
        {"TYPE": "x" * 512},
        {"TYPE": "x" * 513},
        "filter['TYPE']: must be at most 512 characters, is 513",
    ),
    "two limits of one text": (
        "put_configuration_set_archiving_options",
        lambda arn: {"configuration_set_name": "set", "archive_arn": arn},
        ARCHIVE,
        f"{ARCHIVE}!",
        "archive_arn: must match arn:(aws|aws-[a-z-]+):ses:[a-z]{2,4}-[a-z-]+-[0-9]:[0-9]{1,20}"
        ":mailmanager-archive/a-[a-z0-9]{24,62}",
    ),
}


@pytest.mark.parametrize(("method", "build", "at", "past", "problem"), LIMITS.values(), ids=LIMITS)
def test_a_limit_holds_at_its_bound_and_can_be_turned_off(
    method: str, build: Build, at: Any, past: Any, problem: str
) -> None:
    passes(method, **build(at))
    assert problems_of(method, **build(past)) == [problem]
    passes(method, check_limits=False, **build(past))


def test_the_keys_of_a_map_have_limits_too() -> None:
    # Only responses have such a map at present.
    check = check_for(Mapping[str, str], Limits(key=Limits(min_length=1, max_length=3)))
    assert not check({"abc": "x"}, True)
    assert [str(problem) for problem in check({"abcd": "x", "": "y"}, True)] == [
        "['abcd'] (key): must be at most 3 characters, is 4",
        "[''] (key): must be at least 1 character, is 0",
    ]
    assert not check({"abcd": "x"}, False)


def test_the_sizes_of_the_lists_in_a_map_have_limits_too() -> None:
    def arguments(values: list[str]) -> dict[str, Any]:
        metric = models.ExportMetric(name="SEND", aggregation="VOLUME")
        source = models.MetricsDataSource(
            dimensions={"ISP": values}, namespace="VDM", metrics=[metric], start_date=MOMENT, end_date=MOMENT
        )
        return _export(models.ExportDataSource(metrics_data_source=source))

    path = "export_data_source.metrics_data_source.dimensions['ISP']"
    passes("create_export_job", **arguments(["*"] * 10))
    assert problems_of("create_export_job", **arguments(["*"] * 11)) == [f"{path}: must be at most 10 items, is 11"]
    assert problems_of("create_export_job", **arguments([])) == [f"{path}: must be at least 1 item, is 0"]


def test_the_size_of_a_blob_counts_bytes() -> None:
    check = check_for(bytes, Limits(max_length=2))
    assert not check(b"ab", True)
    assert [problem.message for problem in check(b"abc", True)] == ["must be at most 2 bytes, is 3"]


def test_required_members_count_with_limits_turned_off() -> None:
    content = simple(subject=models.Content(data=cast(str, None)))
    assert problems_of("send_email", check_limits=False, content=content) == [
        "content.simple.subject.data: is required"
    ]


# The path of the request -------------------------------------------------------------------------


@pytest.mark.parametrize("check_limits", [True, False])
@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_name_that_would_address_something_else_is_refused(name: str, check_limits: bool) -> None:
    (problem,) = problems_of("delete_contact_list", check_limits=check_limits, contact_list_name=name)
    assert problem == f"contact_list_name: can't be {name!r}, as it is a part of the request's path"
    assert problems_of("delete_contact", check_limits=False, contact_list_name="news", email_address=name)


@pytest.mark.parametrize("name", ["...", ".a", " ", "a/../b", "%2e%2e", "?x=1", "#", "Zoë"])
def test_any_other_name_is_one_segment_of_the_path(name: str) -> None:
    script = Script(ok())
    sync_client(script).delete_contact_list(contact_list_name=name)
    path = script.requests[0].url.raw_path.decode()
    assert path.count("/") == "/v2/email/contact-lists/x".count("/")
    assert script.requests[0].url.path.endswith(name)
    assert not script.requests[0].url.query


# Options -----------------------------------------------------------------------------------------

WRONG_OPTIONS: dict[str, tuple[Any, str]] = {
    "unknown": (
        {"read_timeout": 5},
        "options['read_timeout']: is not an option; the options are timeout, call_timeout, retry_mode, max_attempts, "
        "resend_ambiguous, headers, extra_members, send_rate, before_send",
    ),
    "no mapping": (5, "options: must be a mapping"),
    **{
        f"timeout {value}": (
            {"timeout": value},
            "options['timeout']: must be seconds above 0, an httpx.Timeout with such values, or None",
        )
        for value in ("5", -1, 0, True, float("nan"), httpx.Timeout(-1))
    },
    **{
        f"call_timeout {value}": ({"call_timeout": value}, "options['call_timeout']: must be seconds above 0, or None")
        for value in ("5", -1, 0, True, float("nan"), httpx.Timeout(5))
    },
    "no attempts": ({"max_attempts": 0}, "options['max_attempts']: must be an int of at least 1"),
    "text for attempts": ({"max_attempts": "3"}, "options['max_attempts']: must be an int of at least 1"),
    "bool for attempts": ({"max_attempts": True}, "options['max_attempts']: must be an int of at least 1"),
    "retry mode": ({"retry_mode": "legacy"}, "options['retry_mode']: must be 'standard', 'adaptive' or 'off'"),
    "resend": ({"resend_ambiguous": "no"}, "options['resend_ambiguous']: must be a bool"),
    "no headers": ({"headers": None}, "options['headers']: must be a mapping"),
    "header lists": ({"headers": [("a", "b")]}, "options['headers']: must be a mapping"),
    "header value": ({"headers": {"x-a": 1}}, "options['headers']['x-a']: must be printable ASCII"),
    "header not ASCII": ({"headers": {"x-a": f"{SECRET}ä"}}, "options['headers']['x-a']: must be printable ASCII"),
    "header with a line end": ({"headers": {"x-a": "b\r\nc: d"}}, "options['headers']['x-a']: must be printable ASCII"),
    "header name": ({"headers": {"x a": "1"}}, "options['headers']['x a']: is not a header name"),
    "empty header name": ({"headers": {"": "1"}}, "options['headers']['']: is not a header name"),
    "number for a header name": ({"headers": {5: "1"}}, "options['headers'][5]: is not a header name"),
    "own header": ({"headers": {"Host": "x"}}, "options['headers']['Host']: is set by the client itself"),
    "signature": (
        {"headers": {"authorization": "x"}},
        "options['headers']['authorization']: is set by the client itself",
    ),
    "amazon's header": (
        {"headers": {"X-Amz-Date": "x"}},
        "options['headers']['X-Amz-Date']: is set by the client itself",
    ),
}


@pytest.mark.parametrize(("options", "problem"), WRONG_OPTIONS.values(), ids=WRONG_OPTIONS)
def test_an_unknown_or_invalid_option_is_refused(options: Any, problem: str) -> None:
    assert problems_of("get_account", options=options) == [problem]


def test_all_wrong_options_are_reported_at_once() -> None:
    problems = problems_of("get_account", options={"a": 1, "max_attempts": 0, "headers": {"host": "x", "x": "\n"}})
    assert [line.partition(": ")[0] for line in problems] == [
        "options['a']",
        "options['max_attempts']",
        "options['headers']['host']",
        "options['headers']['x']",
    ]


def test_right_options_reach_the_request() -> None:
    script = Script(ok())
    options: Any = {"headers": {"X-Trace": "7", "User-Agent": "mine"}, "timeout": httpx.Timeout(3.0, connect=1.0)}
    sync_client(script).get_account(options=options)
    (request,) = script.requests
    assert request.headers["x-trace"] == "7"
    assert request.headers["user-agent"] == "mine"
    assert request.extensions["timeout"] == {"connect": 1.0, "read": 3.0, "write": 3.0, "pool": 3.0}


@pytest.mark.parametrize(("timeout", "seconds"), [(2, 2), (0.5, 0.5), (None, None)])
def test_a_timeout_may_be_seconds_or_none(timeout: Any, seconds: float | None) -> None:
    script = Script(ok())
    sync_client(script).get_account(options={"timeout": timeout})
    assert set(script.requests[0].extensions["timeout"].values()) == {seconds}


def test_no_secret_of_a_wrong_value_is_shown_anywhere() -> None:
    # Each of these holds the secret; `problems_of` looks for it in the whole text.
    assert problems_of("get_contact", contact_list_name="news", email_address=[SECRET])
    assert problems_of("send_email", content=simple(headers=[models.MessageHeader(name=f"{SECRET}:", value="x")]))
    assert problems_of("send_email", content=simple(subject=models.Content(data=cast(str, SECRET.encode()))))
    assert problems_of("create_export_job", **_subjects(SECRET, "x" * 999 + SECRET))
    assert problems_of("list_suppressed_destinations", start_date=cast(datetime, SECRET))


# Values that are unusual -------------------------------------------------------------------------


class Named(str, Enum):  # noqa: UP042 -- a StrEnum is its value anyway
    """An enum of the caller's own; `str` of a member is its name."""

    REASON = "BOUNCE"
    ADDRESS = "ann@example.net"


class Number(int, Enum):
    """The same with numbers."""

    SEVEN = 7


def request_of(method: str, **arguments: Any) -> httpx.Request:
    """Return the request of a call."""
    script = Script(ok({}))
    getattr(sync_client(script), method)(**arguments)
    return script.requests[0]


def test_an_enum_of_the_caller_s_own_is_sent_as_its_value() -> None:
    request = request_of("put_suppressed_destination", email_address=Named.ADDRESS, reason=Named.REASON)
    assert json.loads(request.content) == {"EmailAddress": "ann@example.net", "Reason": "BOUNCE"}
    assert request_of("get_suppressed_destination", email_address=Named.ADDRESS).url.path.endswith("/ann@example.net")
    request = request_of("list_suppressed_destinations", reasons=[Named.REASON], page_size=Number.SEVEN)
    assert dict(request.url.params) == {"Reason": "BOUNCE", "PageSize": "7"}
    request = request_of("list_suppressed_destinations", options={"extra_members": {"X": Named.REASON}})
    assert dict(request.url.params) == {"X": "BOUNCE"}


class FarZone(tzinfo):
    """A time zone a week away."""

    def utcoffset(self, _moment: datetime | None) -> timedelta:
        return timedelta(days=7)


BROKEN = datetime(2030, 1, 1, tzinfo=BrokenZone())
EXPORT: dict[str, Any] = {
    "export_data_source": models.ExportDataSource(
        message_insights_data_source=models.MessageInsightsDataSource(start_date=BROKEN, end_date=BROKEN)
    ),
    "export_destination": models.ExportDestination(data_format="CSV"),
}


def released_view() -> memoryview:
    """Return a view of bytes that can't be read any more."""
    view = memoryview(b"abcdef")
    view.release()
    return view


UNUSUAL: dict[str, tuple[str, dict[str, Any], str]] = {
    "time before the year 1 in UTC": (
        "list_suppressed_destinations",
        {"start_date": datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))},
        "start_date: is out of range in UTC",
    ),
    "time after the year 9999 in UTC": (
        "list_suppressed_destinations",
        {"end_date": datetime.max.replace(tzinfo=timezone(-timedelta(hours=1)))},
        "end_date: is out of range in UTC",
    ),
    "time whose zone does not work, in the query": (
        "list_suppressed_destinations",
        {"end_date": BROKEN},
        "end_date: expected an aware datetime, got one whose tzinfo raises KeyError",
    ),
    "time of an impossible offset": (
        "list_suppressed_destinations",
        {"end_date": datetime(2030, 1, 1, tzinfo=FarZone())},
        "end_date: expected an aware datetime, got one whose tzinfo raises ValueError",
    ),
    "number of thousands of digits": (
        "list_contact_lists",
        {"page_size": 10**5000},
        "page_size: expected an int of at most 64 bits",
    ),
    "number of thousands of digits past a limit": (
        "put_configuration_set_delivery_options",
        {"configuration_set_name": "news", "max_delivery_seconds": 10**5000},
        "max_delivery_seconds: expected an int of at most 64 bits",
    ),
    "memoryview with gaps": (
        "send_email",
        {"content": models.EmailContent(raw=models.RawMessage(data=cast(bytes, memoryview(b"abcdef")[::2])))},
        "content.raw.data: expected bytes in one piece, got a memoryview with gaps",
    ),
    "memoryview that was released": (
        "send_email",
        {"content": models.EmailContent(raw=models.RawMessage(data=cast(bytes, released_view())))},
        "content.raw.data: expected bytes, got a memoryview that was released",
    ),
    "half of a surrogate pair in the query": (
        "list_contact_lists",
        {"options": {"extra_members": {"X": "\ud800"}}},
        "options['extra_members']['X']: must be a JSON value; models.to_wire turns a model into one",
    ),
}


@pytest.mark.parametrize(("method", "arguments", "problem"), UNUSUAL.values(), ids=UNUSUAL)
def test_a_value_that_can_not_be_encoded_is_refused(method: str, arguments: dict[str, Any], problem: str) -> None:
    assert problems_of(method, **arguments) == [problem]


@pytest.mark.parametrize("check_limits", [True, False])
def test_times_in_the_body_whose_zone_does_not_work_are_refused(check_limits: bool) -> None:
    script = Script()
    path = "export_data_source.message_insights_data_source"
    with pytest.raises(errors.ParamValidationError) as caught:
        sync_client(script, check_limits=check_limits).create_export_job(**EXPORT)
    assert [str(problem) for problem in caught.value.problems] == [
        f"{path}.{name}: expected an aware datetime, got one whose tzinfo raises KeyError"
        for name in ("start_date", "end_date")
    ]
    assert script.requests == []


@pytest.mark.parametrize("check_limits", [True, False])
def test_a_list_that_a_response_left_out_is_left_out_of_a_request(check_limits: bool) -> None:
    account = models.from_wire(models.GetAccountResponse, {"SuppressionAttributes": {}})
    assert account.suppression_attributes
    script = Script(ok({}))
    reasons = account.suppression_attributes.suppressed_reasons
    client = sync_client(script, check_limits=check_limits)
    client.put_account_suppression_attributes(suppressed_reasons=reasons)
    assert script.requests[0].content == b"{}"


@pytest.mark.parametrize("check_limits", [True, False])
def test_a_list_that_a_response_left_out_is_an_empty_one_where_a_request_needs_one(check_limits: bool) -> None:
    absent = models.from_wire(models.ListContactsResponse, {}).contacts
    script = Script(ok({}), ok({}))
    client = sync_client(script, check_limits=check_limits)
    client.tag_resource(resource_arn=ARCHIVE, tags=cast(Any, absent))
    metrics = models.CloudWatchDestination(dimension_configurations=cast(Any, absent))
    client.create_configuration_set_event_destination(
        configuration_set_name="shop",
        event_destination_name="metrics",
        event_destination=models.EventDestinationDefinition(cloud_watch_destination=metrics),
    )
    bodies = [json.loads(request.content) for request in script.requests]
    assert bodies[0]["Tags"] == []
    assert bodies[1]["EventDestination"] == {"CloudWatchDestination": {"DimensionConfigurations": []}}
