"""Errors: which class a response becomes, what it says, and what it never says."""

import inspect
import json
import logging
import re
import traceback
from collections.abc import Callable
from typing import Any, cast

import httpx
import pytest
from support.unit import (
    CALLS,
    FAULTS,
    KINDS,
    SECRET,
    Answer,
    Fault,
    Kind,
    Script,
    any_client,
    ask,
    close,
    copies,
    loopback,
    ok,
    real_client,
    sync_client,
)

from sesv2kit import Credentials, SESv2Client, errors, models

MODELLED = {
    "AccountSuspendedException": 400,
    "AlreadyExistsException": 400,
    "BadRequestException": 400,
    "ConcurrentModificationException": 500,
    "ConflictException": 409,
    "InternalServiceErrorException": 500,
    "InvalidNextTokenException": 400,
    "LimitExceededException": 400,
    "MailFromDomainNotVerifiedException": 400,
    "MessageRejected": 400,
    "NotFoundException": 404,
    "SendingPausedException": 400,
    "TooManyRequestsException": 429,
}
COMMON = {
    "AccessDeniedException": 403,
    "ExpiredTokenException": 403,
    "IncompleteSignature": 403,
    "InternalFailure": 500,
    "MalformedHttpRequestException": 400,
    "NotAuthorized": 401,
    "OptInRequired": 403,
    "RequestAbortedException": 400,
    "RequestEntityTooLargeException": 413,
    "RequestExpired": 400,
    "RequestTimeoutException": 408,
    "ServiceUnavailable": 503,
    "ThrottlingException": 400,
    "UnrecognizedClientException": 403,
    "UnknownOperationException": 404,
    "ValidationError": 400,
}
STATUS = MODELLED | COMMON

# Codes -------------------------------------------------------------------------------------------

SPELLINGS: dict[str, Callable[[str], tuple[dict[str, str], dict[str, str]]]] = {
    "header": lambda code: ({"x-amzn-errortype": code}, {}),
    "header with suffix": lambda code: ({"x-amzn-ErrorType": f"{code}:http://internal.example/coral/"}, {}),
    "header with prefix": lambda code: ({"x-amzn-errortype": f"com.amazonaws.sesv2#{code}"}, {}),
    "header with both": lambda code: ({"x-amzn-errortype": f"ns#{code}:http://internal.example/"}, {}),
    "__type": lambda code: ({}, {"__type": code}),
    "__type with prefix": lambda code: ({}, {"__type": f"com.amazonaws.sesv2#{code}"}),
    "code": lambda code: ({}, {"code": code}),
    "header before __type before code": lambda code: (
        {"x-amzn-errortype": code},
        {"__type": "BadRequestException", "code": "ConflictException"},
    ),
    "__type before code": lambda code: ({}, {"__type": code, "code": "ConflictException"}),
}


def _client(response: Answer | Fault) -> SESv2Client:
    """Return a client that does not retry, for one response."""
    return sync_client(Script(response), retry_mode="off")


def _refused(response: httpx.Response) -> errors.APIError:
    """Return the error that a read meets."""
    with pytest.raises(errors.APIError) as caught:
        _client(response).get_account()
    return caught.value


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("code", STATUS)
def test_a_code_becomes_its_class_however_it_is_spelt(code: str, spelling: str) -> None:
    headers, members = SPELLINGS[spelling](code)
    response = httpx.Response(STATUS[code], headers=headers, json={"message": "no", **members})
    error = _refused(response)
    assert type(error) is getattr(errors, code)
    assert (error.code, error.status_code, error.message) == (code, STATUS[code], "no")
    assert isinstance(error, errors.APIServerError if STATUS[code] >= 500 else errors.APIClientError)


@pytest.mark.anyio
@pytest.mark.parametrize("code", MODELLED)
async def test_a_code_becomes_its_class_on_the_async_client_too(code: str) -> None:
    response = httpx.Response(STATUS[code], headers={"x-amzn-errortype": code}, json={"message": "no"})
    client = any_client("async", Script(response), retry_mode="off")
    with pytest.raises(getattr(errors, code), match="no"):
        await ask(client, "get_account")


@pytest.mark.parametrize(
    ("status", "base"), [(400, errors.APIClientError), (418, errors.APIClientError), (500, errors.APIServerError)]
)
def test_an_unknown_code_is_kept_and_its_class_is_that_of_the_status(status: int, base: type[errors.APIError]) -> None:
    error = _refused(httpx.Response(status, json={"__type": "InventedException", "message": "new"}))
    assert type(error) is base
    assert (error.code, error.message) == ("InventedException", "new")


@pytest.mark.parametrize("name", ["message", "Message"])
def test_the_message_is_read_in_both_spellings(name: str) -> None:
    assert _refused(httpx.Response(400, json={"code": "NotFoundException", name: "gone"})).message == "gone"


def test_the_text_of_an_error_has_all_that_a_log_needs() -> None:
    headers = {"x-amzn-errortype": "NotFoundException", "x-amzn-requestid": "7f1c"}
    error = _refused(httpx.Response(404, headers=headers, json={"message": "There is no such list."}))
    assert str(error) == "GetAccount: NotFoundException: There is no such list. (HTTP 404, request id 7f1c)"
    assert error.operation == "GetAccount"
    assert error.request_id == "7f1c"
    assert error.attempts == 1


def test_the_text_of_an_error_counts_the_attempts_when_there_were_several() -> None:
    error = errors.ThrottlingException("slow down", operation="GetAccount", status_code=400, attempts=3)
    assert str(error) == "GetAccount: ThrottlingException: slow down (HTTP 400, 3 attempts)"


def test_an_error_that_the_caller_constructs_has_a_message() -> None:
    assert str(errors.NotFoundException()) == "SESv2: NotFoundException: no message"


# Answers that can't be read ----------------------------------------------------------------------

PAGE = b"""<!DOCTYPE html><html><head><title>502 Bad&nbsp;Gateway</title><style>h1 { color: red }</style></head>
<body><!-- no --><h1>502 Bad&nbsp;Gateway</h1><script>alert(1)</script></body></html>"""
ODD_BODIES: dict[str, tuple[bytes, str]] = {
    "HTML": (b"<html><body>Service Unavailable</body></html>", "Service Unavailable"),
    "a page": (PAGE, "502 Bad Gateway 502 Bad Gateway"),
    "empty": (b"", ""),
    "blank": (b" \n", ""),
    "text": (b"no healthy\r\nupstream\x1b[31m", "no healthy upstream [31m"),
    "a long text": (b"no " * 100_000, "no " * 66 + "no..."),
    "list": (b'["NotFoundException"]', '["NotFoundException"]'),
    "string": (b'"NotFoundException"', '"NotFoundException"'),
    "number": (b"42", "42"),
    "null": (b"null", "null"),
    "truncated": (b'{"message": "go', '{"message": "go'),
    "message is a dict": (b'{"message": {"a": 1}}', ""),
    "message is null": (b'{"message": null, "__type": null, "code": null}', ""),
    "code is a number": (b'{"code": 17, "__type": ["x"]}', ""),
    "code is blank": (b'{"code": " ", "__type": "ns#"}', ""),
    "not UTF-8": (b"\xff\xfe no \xff", "no"),
    "XML of another kind": (b"<Response><Code>7</Code></Response>", "7"),
    "too many values": (b"[" + b"0," * 600_000 + b"0]", "[" + "0," * 99 + "0..."),
}


@pytest.mark.parametrize("status", [400, 403, 500, 502, 503])
@pytest.mark.parametrize(("body", "message"), ODD_BODIES.values(), ids=ODD_BODIES)
def test_an_error_whose_body_is_not_json_is_an_error_of_its_status_and_keeps_its_text(
    body: bytes, message: str, status: int
) -> None:
    error = _refused(httpx.Response(status, content=body, headers={"x-amzn-requestid": "7f1c"}))
    assert type(error) is (errors.APIServerError if status >= 500 else errors.APIClientError)
    assert (error.code, error.status_code, error.message) == (str(status), status, message)
    assert f"HTTP {status}" in str(error)
    assert "7f1c" in str(error)


XML = b"""<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type>
<Code>ThrottlingException</Code><Message> Rate &lt; 14 &amp; exceeded </Message></Error>
<RequestId>a97266f7-b062</RequestId></ErrorResponse>"""


def test_an_error_in_xml_has_its_code_message_and_request_id() -> None:
    error = _refused(httpx.Response(400, content=XML))
    assert type(error) is errors.ThrottlingException
    assert (error.message, error.request_id) == ("Rate < 14 & exceeded", "a97266f7-b062")
    assert error.is_throttling


def test_an_error_in_xml_may_be_without_an_envelope() -> None:
    error = _refused(httpx.Response(403, content=b"<?xml version='1.0'?>\n<Error><Code>NewCode</Code></Error>"))
    assert (type(error), error.code, error.message) == (errors.APIClientError, "NewCode", "")


def test_the_code_of_the_header_wins_over_any_body() -> None:
    headers = {"x-amzn-errortype": "NotFoundException"}
    assert type(_refused(httpx.Response(404, headers=headers, content=b"<html>"))) is errors.NotFoundException


UNREADABLE = {
    "truncated": b'{"SendingEnabled": tr',
    "HTML": b"<html></html>",
    "list": b"[]",
    "string": b'"x"',
    "number": b"1",
    "null": b"null",
    "not UTF-8": b'{"EnforcementStatus": "\xff"}',
    "nested too deep": b'{"a":' * 100_000,
    "too many values": b'{"a": [' + b"{}," * 600_000 + b"{}]}",
}


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
async def test_a_response_that_cannot_be_read_is_an_error_of_the_package(body: bytes, kind: Kind) -> None:
    response = httpx.Response(200, content=body, headers={"x-amzn-requestid": "7f1c"})
    script = Script(response)
    with pytest.raises(errors.ResponseError, match=r"GetAccount: the response \(HTTP 200\) can't be read") as caught:
        await ask(any_client(kind, script), "get_account")
    error = caught.value
    assert (error.operation, error.status_code, error.request_id) == ("GetAccount", 200, "7f1c")
    assert len(script.requests) == error.attempts == 1


MISFITS: dict[str, tuple[dict[str, Any], str]] = {
    "an object for text": (
        {"EnforcementStatus": {"a": "hunter2"}},
        "EnforcementStatus: expected a string, got an object",
    ),
    "text for a number": (
        {"SendQuota": {"Max24HourSend": "hunter2"}},
        "SendQuota.Max24HourSend: expected a number, got a string",
    ),
    "a boolean for a number": (
        {"SendQuota": {"Max24HourSend": True}},
        "SendQuota.Max24HourSend: expected a number, got a boolean",
    ),
    "text for an object": ({"SendQuota": "hunter2"}, "SendQuota: expected an object, got a string"),
    "text for a list": (
        {"SuppressionAttributes": {"SuppressedReasons": "hunter2"}},
        "SuppressionAttributes.SuppressedReasons: expected an array, got a string",
    ),
    "an object in a list of texts": (
        {"SuppressionAttributes": {"SuppressedReasons": ["BOUNCE", {"a": "hunter2"}]}},
        "SuppressionAttributes.SuppressedReasons: expected a string, got an object",
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("misfit", "logged"), MISFITS.values(), ids=MISFITS)
async def test_what_does_not_fit_the_model_is_kept_and_logged_and_the_rest_is_there(
    kind: Kind, misfit: dict[str, Any], logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    members = {"ProductionAccessEnabled": True, "New": 1, **misfit}
    response = await ask(any_client(kind, Script(ok(members))), "get_account")
    assert response.production_access_enabled is True
    assert response.extra["New"] == 1
    assert models.to_wire(response) == members
    (record,) = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert record.name == "sesv2kit"
    message = record.getMessage()
    assert message == f"GetAccount: the response does not fit its model, see `extra`: GetAccountResponse.{logged}"
    assert "hunter2" not in message + repr(response)


def test_a_member_that_every_response_has_is_there_even_if_it_does_not_fit() -> None:
    members = {"TemplateName": {"a": 1}, "TemplateContent": {"Subject": 7, "Text": "Hi"}}
    response = _client(ok(members)).get_email_template(template_name="news")
    assert (response.template_name, response.extra) == ("", {"TemplateName": {"a": 1}})
    assert (response.template_content.text, response.template_content.extra) == ("Hi", {"Subject": 7})


def test_nulls_and_lists_in_maps_are_read_beside_a_misfit() -> None:
    members = {"BlacklistReport": {"192.0.2.1": [{"RblName": 7, "ListingTime": None, "Description": "spam"}]}}
    response = _client(ok(members)).get_blacklist_reports(blacklist_item_names=["192.0.2.1"])
    (entry,) = response.blacklist_report["192.0.2.1"]
    assert (entry.rbl_name, entry.listing_time, entry.description, entry.extra) == (None, None, "spam", {"RblName": 7})


def test_a_response_with_many_misfits_logs_a_few(caplog: pytest.LogCaptureFixture) -> None:
    _client(ok({"Contacts": [{"EmailAddress": 7}] * 50})).list_contacts(contact_list_name="news")
    (record,) = caplog.records
    assert record.getMessage().count("EmailAddress") == 5
    assert record.getMessage().endswith("; ...")


@pytest.mark.parametrize("body", [b"", b" ", b"{}"])
def test_an_empty_response_is_an_empty_model(body: bytes) -> None:
    assert _client(httpx.Response(200, content=body)).get_account() == models.GetAccountResponse()


@pytest.mark.parametrize("status", [301, 302, 303, 304, 307, 308])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.anyio
async def test_a_redirect_is_not_followed(kind: Kind, status: int) -> None:
    script = Script(httpx.Response(status, headers={"location": "https://elsewhere.example/"}))
    with pytest.raises(errors.ResponseError, match="redirect") as caught:
        await ask(any_client(kind, script), "get_account")
    assert caught.value.status_code == status
    assert len(script.requests) == 1


# Sends whose fate is unknown ---------------------------------------------------------------------

UNSURE: dict[str, type[BaseException]] = {
    "truncated": errors.ResponseError,
    "not an object": errors.ResponseError,
    "500": errors.InternalServiceErrorException,
    "502": errors.APIServerError,
    "504": errors.APIServerError,
    "aborted": errors.RequestAbortedException,
    "read timeout": errors.TimeoutError,
    "write timeout": errors.TimeoutError,
    "hung up": errors.ConnectionLostError,
}
SENDS: dict[str, dict[str, Any]] = {
    "send_email": dict(CALLS["send"][1]),
    "send_bulk_email": {"default_content": models.BulkEmailContent(), "bulk_email_entries": []},
    "send_custom_verification_email": {"email_address": "ann@example.net", "template_name": "hello"},
    "create_deliverability_test_report": {"from_email_address": "shop@example.com", **CALLS["send"][1]},
}


@pytest.mark.parametrize("fault", UNSURE)
@pytest.mark.parametrize("method", SENDS)
def test_a_send_whose_outcome_is_unknown_is_an_error_with_its_cause(method: str, fault: str) -> None:
    with pytest.raises(errors.AmbiguousSendError) as caught:
        getattr(_client(FAULTS[fault]), method)(**SENDS[method])
    error, cause = caught.value, caught.value.__cause__
    assert type(cause) is UNSURE[fault]
    assert (error.outcome, error.attempts) == ("unknown", 1)
    assert error.request_id == getattr(cause, "request_id", None)
    assert (error.request_id is None) == isinstance(cause, errors.TransportError)
    assert "not known whether the mail was sent" in str(error)
    assert str(cause) in str(error)


@pytest.mark.parametrize("fault", UNSURE)
def test_a_read_meets_the_cause_itself(fault: str) -> None:
    with pytest.raises(errors.SESv2Error) as caught:
        _client(FAULTS[fault]).list_contacts(contact_list_name="news")
    assert type(caught.value) is UNSURE[fault]


@pytest.mark.parametrize("code", ["MessageRejected", "NotFoundException", "BadRequestException"])
def test_a_send_that_was_refused_is_no_riddle(code: str) -> None:
    response = httpx.Response(STATUS[code], json={"code": code})
    with pytest.raises(getattr(errors, code)):
        _client(response).send_email(content=CALLS["send"][1]["content"])


# Real connections --------------------------------------------------------------------------------


def _http(status: str, body: bytes, *headers: str, length: int | None = None) -> bytes:
    """Return the bytes of an HTTP response."""
    size = len(body) if length is None else length
    head = [f"HTTP/1.1 {status}", f"Content-Length: {size}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


async def _meet(kind: Kind, url: str, error: type[errors.SESv2Error], **settings: Any) -> Any:
    """Make a call over a real connection, and return the error of that class that it meets."""
    client = real_client(kind, url, retry_mode="off", **settings)
    with pytest.raises(error) as caught:
        await ask(client, "get_account")
    await close(client)
    return caught.value


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_a_closed_port_is_a_connect_error_and_nothing_was_sent(kind: Kind) -> None:
    with loopback(b"") as server:
        url = server.url
    error = await _meet(kind, url, errors.ConnectError)
    assert (error.outcome, error.operation) == ("not_sent", "GetAccount")
    assert isinstance(error, errors.TransportError)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "response",
    [b"", b"HTTP/1.1 200 OK\r\nConte", _http("200 OK", b'{"SendingEna', length=100), b"220 mail.example ESMTP\r\n"],
    ids=["hung up", "cut in the headers", "cut in the body", "not HTTP"],
)
async def test_a_broken_response_is_a_lost_connection_whose_outcome_is_unknown(kind: Kind, response: bytes) -> None:
    with loopback(response) as server:
        error = await _meet(kind, server.url, errors.ConnectionLostError)
    assert error.outcome == "unknown"


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_a_missing_response_is_a_timeout_whose_outcome_is_unknown(kind: Kind) -> None:
    with loopback(None) as server:
        error = await _meet(kind, server.url, errors.TimeoutError, timeout=0.1)
    assert error.outcome == "unknown"
    assert not isinstance(error, TimeoutError)


# On trio, httpx leaves its byte stream to the garbage collector when it can't decode, and trio warns of that.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_a_broken_content_encoding_is_a_response_that_cannot_be_read(kind: Kind) -> None:
    with loopback(_http("200 OK", b"not gzip", "Content-Encoding: gzip")) as server:
        await _meet(kind, server.url, errors.ResponseError)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_a_redirect_is_not_followed_over_a_real_connection(kind: Kind) -> None:
    with loopback(b"") as other, loopback(_http("302 Found", b"", f"Location: {other.url}/")) as server:
        error = await _meet(kind, server.url, errors.ResponseError)
        assert (error.status_code, len(server.requests), other.requests) == (302, 1, [])


# What an error keeps -----------------------------------------------------------------------------

PROBLEM = errors.Problem("content.raw.data", "is required")


def _instance(cls: type[errors.SESv2Error]) -> errors.SESv2Error:
    """Return an error of a class with every fact that it can have."""
    facts: dict[str, Any] = {
        "code": "SomeCode",
        "operation": "SendEmail",
        "status_code": 599,
        "request_id": "7f1c",
        "attempts": 3,
        "outcome": "not_sent",
    }
    if cls is errors.ParamValidationError:
        return errors.ParamValidationError("SendEmail", [PROBLEM, PROBLEM])
    known = inspect.signature(cls.__init__).parameters
    return cls("what was seen", **{name: value for name, value in facts.items() if name in known})


CLASSES = [
    cast(type[errors.SESv2Error], getattr(errors, name))
    for name in errors.__all__
    if issubclass(getattr(errors, name), errors.SESv2Error)
]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_error_pickles_and_copies_with_all_its_facts(cls: type[errors.SESv2Error]) -> None:
    error = _instance(cls)
    error.add_note("seen in the nightly run")
    for twin in copies(error):
        assert type(twin) is cls
        assert twin is not error
        assert repr(vars(twin)) == repr(vars(error))
        assert twin.__notes__ == ["seen in the nightly run"]
        assert (str(twin), twin.args) == (str(error), error.args)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_error_is_hashable_and_lives_in_the_public_module(cls: type[errors.SESv2Error]) -> None:
    error = _instance(cls)
    assert {error: 1}[error] == 1
    assert cls.__module__ == "sesv2kit.errors"
    assert cls.__doc__


def test_a_problem_can_be_copied_pickled_and_printed() -> None:
    assert all(twin == PROBLEM for twin in copies(PROBLEM))
    assert str(PROBLEM) == "content.raw.data: is required"


def _drawn() -> list[tuple[str, str | None]]:
    """Return each class that the docstring of `errors` draws, with the one that it stands under."""
    drawn: list[tuple[str, str | None]] = []
    stack: list[tuple[int, str]] = []
    for indent, name in re.findall(r"^( +)([A-Z]\w+)", errors.__doc__ or "", re.MULTILINE):
        while stack and stack[-1][0] >= len(indent):
            stack.pop()
        drawn.append((name, stack[-1][1] if stack else None))
        stack.append((len(indent), name))
    return drawn


def test_the_tree_is_as_the_docstring_draws_it() -> None:
    drawn = dict(_drawn())
    assert set(drawn) == {cls.__name__ for cls in CLASSES}
    for name, parent in drawn.items():
        bases = [base.__name__ for base in getattr(errors, name).__bases__]
        assert bases == [parent or "Exception"]


def test_every_code_has_its_class_in_by_code() -> None:
    assert set(errors.BY_CODE) > set(STATUS)
    assert {cls.__name__ for cls in errors.BY_CODE.values()} == set(STATUS)
    for code in STATUS:
        assert errors.BY_CODE[code] is getattr(errors, code)


GROUPS = {
    "ThrottledError": {"TooManyRequestsException", "ThrottlingException"},
    "QuotaExceededError": {"LimitExceededException"},
    "AccessError": {
        "AccessDeniedException",
        "ExpiredTokenException",
        "IncompleteSignature",
        "NotAuthorized",
        "OptInRequired",
        "RequestExpired",
        "UnrecognizedClientException",
    },
    "SendingStoppedError": {"AccountSuspendedException", "SendingPausedException"},
}


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_catches_the_codes_of_one_reason(group: str) -> None:
    cls = getattr(errors, group)
    assert {code for code in STATUS if issubclass(getattr(errors, code), cls)} == GROUPS[group]
    assert cls.__base__ is errors.APIClientError


@pytest.mark.parametrize(
    ("code", "status", "cls"),
    [
        ("Throttling", 400, errors.ThrottlingException),
        ("ThrottledException", 400, errors.ThrottlingException),
        ("RequestLimitExceeded", 503, errors.ThrottlingException),
        ("AccessDenied", 403, errors.AccessDeniedException),
        ("InvalidClientTokenId", 403, errors.UnrecognizedClientException),
        ("SignatureDoesNotMatch", 403, errors.IncompleteSignature),
        ("TEMPLATE_DOES_NOT_EXIST", 400, errors.NotFoundException),
        ("INVALID_PARAMETER_VALUE", 400, errors.BadRequestException),
        ("InventedLater", 429, errors.ThrottledError),
        ("InventedLater", 403, errors.APIClientError),
        ("InventedLater", 500, errors.APIServerError),
    ],
)
def test_a_code_of_another_spelling_has_the_class_that_it_means(
    code: str, status: int, cls: type[errors.APIError]
) -> None:
    error = _refused(httpx.Response(status, headers={"x-amzn-errortype": code}, json={"message": "no"}))
    assert type(error) is cls
    assert (error.code, error.is_throttling) == (code, issubclass(cls, errors.ThrottledError))


@pytest.mark.parametrize("code", ["TooManyRequestsException", "ThrottlingException", "Throttling", "InventedLater"])
def test_a_used_up_daily_quota_is_one_class_however_it_is_reported(code: str) -> None:
    message = "Daily message quota exceeded."
    error = _refused(httpx.Response(429, headers={"x-amzn-errortype": code}, json={"message": message}))
    assert type(error) is errors.LimitExceededException
    assert isinstance(error, errors.QuotaExceededError)
    assert (error.code, error.is_throttling, error.is_retryable) == (code, False, False)
    entry = models.BulkEmailEntryResult(status="ACCOUNT_THROTTLED", error=message)
    assert (entry.error_class, entry.is_retryable) == (errors.LimitExceededException, False)


@pytest.mark.parametrize(
    ("status", "cls"),
    [
        ("TEMPLATE_DOES_NOT_EXIST", errors.NotFoundException),
        ("CONFIGURATION_SET_DOES_NOT_EXIST", errors.NotFoundException),
        ("INVALID_PARAMETER_VALUE", errors.BadRequestException),
    ],
)
def test_a_status_of_another_spelling_has_the_class_that_it_means(status: str, cls: type[errors.APIError]) -> None:
    entry = models.BulkEmailEntryResult(status=status)
    assert entry.error_class is cls
    assert (status in errors.SHARED_STATUSES) is (cls is errors.NotFoundException)


# Secrets -----------------------------------------------------------------------------------------

TOKEN = "FwoGZXIvYXdzEBYaDEXAMPLETOKEN"


def _traceback(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


@pytest.mark.parametrize(
    "credentials",
    [
        Credentials("AKIDEXAMPLE", SECRET, f"{TOKEN}\n"),
        Credentials(f"AKID{TOKEN}\r\n", SECRET),
        Credentials("AKIDEXAMPLE", f"{SECRET}\n", TOKEN),
        Credentials("AKIDEXAMPLE", f"{SECRET}\udc80", TOKEN),
        Credentials("AKIDEXAMPLE", cast(Any, SECRET.encode()), TOKEN),
        Credentials("AKIDEXAMPLE", SECRET, cast(Any, [TOKEN])),
    ],
    ids=["token", "access key", "secret key", "surrogate", "bytes", "list"],
)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.anyio
async def test_credentials_that_cannot_travel_are_refused_without_being_shown(
    kind: Kind, credentials: Credentials
) -> None:
    script = Script()
    with pytest.raises(errors.CredentialsError) as caught:
        await ask(any_client(kind, script, credentials=credentials), "get_account")
    shown = _traceback(caught.value)
    assert SECRET not in shown
    assert TOKEN not in shown
    assert script.requests == []


def test_credentials_hide_their_secrets_in_their_repr() -> None:
    assert repr(Credentials("AKIDEXAMPLE", SECRET, TOKEN)) == "Credentials(access_key='AKIDEXAMPLE')"


def test_a_private_key_is_hidden_in_the_repr() -> None:
    attributes = models.DkimSigningAttributes(
        domain_signing_selector="s1", domain_signing_private_key="MIIEowIBAAKCAQEA"
    )
    assert repr(attributes) == "DkimSigningAttributes(domain_signing_selector='s1', domain_signing_private_key='***')"
    broken = models.DkimSigningAttributes(domain_signing_private_key="*MIIEowIBAAKCAQEA*")
    with pytest.raises(errors.ParamValidationError) as problem:
        _client(ok()).create_email_identity(email_identity="", dkim_signing_attributes=broken)
    assert "MIIEow" not in _traceback(problem.value)


@pytest.mark.parametrize(
    "fault",
    [*FAULTS.values(), lambda: httpx.LocalProtocolError(f"Illegal header value b'{TOKEN}'")],
    ids=[*FAULTS, "illegal header"],
)
def test_the_traceback_of_an_error_holds_no_secret(fault: Fault) -> None:
    client = sync_client(Script(fault), credentials=Credentials("AKIDEXAMPLE", SECRET, TOKEN), retry_mode="off")
    with pytest.raises(errors.SESv2Error) as caught:
        client.get_account()
    assert SECRET not in _traceback(caught.value)
    assert TOKEN not in _traceback(caught.value)


def test_the_logs_hold_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    credentials = Credentials("AKIDEXAMPLE", SECRET, TOKEN)
    with loopback(_http("200 OK", b'{"SendingEnabled": true}')) as server:
        client = real_client("sync", server.url, credentials=credentials)
        with client:
            assert client.get_account().sending_enabled is True
        assert TOKEN.encode() in server.requests[0]
    assert caplog.records
    assert SECRET not in caplog.text
    assert TOKEN not in caplog.text


def _serialisable(args: tuple[Any, ...]) -> list[Any]:
    """Return the arguments of an error as Celery's JSON result backend keeps them."""
    kept: list[Any] = []
    for argument in args:
        try:
            json.dumps(argument)
        except TypeError:
            kept.append(repr(argument))
        else:
            kept.append(argument)
    return kept


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_error_survives_a_task_queue_that_carries_json(cls: type[errors.SESv2Error]) -> None:
    error = _instance(cls)
    for name, changed in (("attempts", 5), ("outcome", "unknown"), ("is_retryable", False)):
        if name in inspect.signature(cls.__init__).parameters:
            setattr(error, name, changed)
    twin = cls(*json.loads(json.dumps(_serialisable(error.args))))
    assert type(twin) is cls
    assert str(twin) == str(error)
    kept = {name: fact for name, fact in vars(error).items() if name not in ("reason", "__notes__")}
    assert {name: vars(twin)[name] for name in kept} == kept
    assert all(vars(cls(*error.args))[name] == fact for name, fact in kept.items())


def test_the_error_of_a_wait_survives_it_without_the_response() -> None:
    response = models.GetExportJobResponse(job_status="FAILED")
    error = errors.WaiterFailedError("it is FAILED", "GetExportJob", response, "FAILED", "no access")
    assert vars(errors.WaiterFailedError(*error.args)) == vars(error)
    twin = errors.WaiterFailedError(*json.loads(json.dumps(_serialisable(error.args))))
    assert (twin.response, twin.status, twin.reason) == (None, "FAILED", "no access")


def test_the_error_of_a_stopped_run_survives_it_without_the_entries() -> None:
    reason = errors.LimitExceededException("quota", "LimitExceededException")
    error = errors.BulkStoppedError("stopped", reason, [])
    twin = errors.BulkStoppedError(*json.loads(json.dumps(_serialisable(error.args))))
    assert (str(twin), str(twin.reason), twin.untouched) == ("stopped", str(reason), ())


def test_the_arguments_of_an_error_can_be_set() -> None:
    """Some libraries put words of their own before an error's."""
    error = errors.ConnectError("refused", "GetAccount")
    error.args = ("at night: refused",)
    assert str(error) == "at night: refused"
    assert list(error.args) == ["at night: refused", "GetAccount", "unknown", 1, True]
