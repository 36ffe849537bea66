"""Retries: what is repeated, how often and after how long; and that no mail is ever sent twice by them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import httpx
import pytest
from support.unit import (
    CALLS,
    FAULTS,
    KINDS,
    OPERATIONS,
    SETTINGS,
    Kind,
    Script,
    access_key,
    any_client,
    ask,
    ok,
    refusal,
    sync_client,
)

from sesv2kit import Credentials, SESv2Client, errors, models
from sesv2kit._call.retry import Failure, RetryQuota, backoff, classify, may_retry
from sesv2kit._core.operation import Kind as OperationKind

# What each fault says of the attempt: REFUSED, nothing was done and another attempt may pass; UNSURE, it may
# have been done; FINAL, another attempt meets the same; DONE, it was done but the response is lost.
REFUSED = ("429", "throttling", "408", "503", "conflict", "no connection", "connect timeout", "pool timeout")
UNSURE = (
    "500",
    "502",
    "503 from a proxy",
    "504",
    "524",
    "aborted",
    "read timeout",
    "write timeout",
    "hung up",
    "reset",
    "write error",
)
FINAL = ("501", "redirect", "limit", "daily quota", "daily quota, throttling", "paused", "not found")
DONE = ("truncated", "not an object")
OPERATION_KINDS: tuple[OperationKind, ...] = ("send", "read", "write", "idempotent")

each_client = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Skip the waiting between attempts; returns the seconds that would have been waited."""
    naps: list[float] = []

    async def nap(seconds: float) -> None:
        naps.append(seconds)

    monkeypatch.setattr("sesv2kit._call.drivers.Driver._sleep", lambda _, seconds, _alarm: naps.append(seconds))
    monkeypatch.setattr("sesv2kit._call.drivers.AsyncDriver._sleep", lambda _, seconds, _alarm: nap(seconds))
    return naps


async def outcome_of(kind: Kind, operation_kind: str, script: Script, **settings: Any) -> Any:
    """Make the call of a kind; returns its response or its error."""
    method, arguments = CALLS[operation_kind]
    try:
        return await ask(any_client(kind, script, **settings), method, **arguments)
    except errors.SESv2Error as error:
        return error


# The whole table, through the pipeline -----------------------------------------------------------


def test_every_fault_is_in_the_table() -> None:
    assert set(REFUSED) | set(UNSURE) | set(FINAL) | set(DONE) == set(FAULTS)


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("operation_kind", OPERATION_KINDS)
@pytest.mark.parametrize("fault", REFUSED)
async def test_what_was_surely_not_done_is_tried_again(
    fault: str, operation_kind: str, kind: Kind, naps: list[float]
) -> None:
    script = Script(FAULTS[fault], ok())
    response = await outcome_of(kind, operation_kind, script)
    assert isinstance(response, models.EmptyResponse | models.GetAccountResponse | models.SendEmailResponse)
    assert response.metadata.attempts == len(script.requests) == 2
    assert len(naps) == 1


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("operation_kind", ["read", "idempotent"])
@pytest.mark.parametrize("fault", UNSURE)
async def test_a_read_or_idempotent_call_is_repeated_even_if_it_may_have_happened(
    fault: str, operation_kind: str, kind: Kind, naps: list[float]
) -> None:
    script = Script(FAULTS[fault], ok())
    response = await outcome_of(kind, operation_kind, script)
    assert response.metadata.attempts == len(script.requests) == 2
    assert len(naps) == 1


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("fault", UNSURE + DONE)
async def test_a_mail_that_may_have_been_sent_is_never_sent_again(fault: str, kind: Kind, naps: list[float]) -> None:
    script = Script(FAULTS[fault])
    error = await outcome_of(kind, "send", script)
    assert type(error) is errors.AmbiguousSendError
    assert isinstance(error.__cause__, errors.APIError | errors.TransportError | errors.ResponseError)
    assert (len(script.requests), naps) == (1, [])


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("fault", UNSURE + DONE)
async def test_a_write_that_may_have_happened_is_not_repeated(fault: str, kind: Kind, naps: list[float]) -> None:
    script = Script(FAULTS[fault])
    error = await outcome_of(kind, "write", script)
    assert isinstance(error, errors.APIError | errors.TransportError | errors.ResponseError)
    assert not isinstance(error, errors.AmbiguousSendError)
    assert (len(script.requests), naps) == (1, [])


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("operation_kind", OPERATION_KINDS)
@pytest.mark.parametrize("fault", FINAL)
async def test_what_would_only_meet_the_same_is_not_tried_again(
    fault: str, operation_kind: str, kind: Kind, naps: list[float]
) -> None:
    script = Script(FAULTS[fault])
    error = await outcome_of(kind, operation_kind, script)
    assert isinstance(error, errors.APIError | errors.ResponseError)
    assert (len(script.requests), naps, error.attempts) == (1, [], 1)


def test_the_operations_that_make_mails_are_sends() -> None:
    assert {operation.name for operation in OPERATIONS if operation.kind == "send"} == {
        "CreateDeliverabilityTestReport",
        "SendBulkEmail",
        "SendCustomVerificationEmail",
        "SendEmail",
    }


def test_what_creates_or_counts_is_never_taken_for_idempotent() -> None:
    for operation in OPERATIONS:
        if operation.name.startswith(("Create", "Send")):
            assert operation.kind in ("write", "send")
        if operation.kind == "read":
            assert operation.name.startswith(("Get", "List", "BatchGet", "TestRender"))


# How often ---------------------------------------------------------------------------------------


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize(
    ("settings", "options", "attempts"),
    [
        ({}, None, 3),
        ({"max_attempts": 5}, None, 5),
        ({"max_attempts": 1}, None, 1),
        ({"retry_mode": "off"}, None, 1),
        ({"retry_mode": "off", "max_attempts": 5}, None, 1),
        ({"retry_mode": "off"}, {"retry_mode": "standard"}, 3),
        ({}, {"retry_mode": "off"}, 1),
        ({}, {"max_attempts": 4}, 4),
        ({"max_attempts": 5}, {"max_attempts": 1}, 1),
        ({"max_attempts": 5}, {}, 5),
    ],
)
async def test_settings_and_options_limit_the_attempts(
    kind: Kind, settings: dict[str, Any], options: Any, attempts: int, naps: list[float]
) -> None:
    script = Script(*[FAULTS["503"]] * attempts)
    with pytest.raises(errors.APIServerError) as caught:
        await ask(any_client(kind, script, **settings), "get_account", options=options)
    assert caught.value.attempts == len(script.requests) == attempts
    assert len(naps) == attempts - 1


@pytest.mark.parametrize(
    ("variable", "value", "attempts"),
    [("AWS_MAX_ATTEMPTS", "2", 2), ("AWS_RETRY_MODE", "off", 1), ("AWS_RETRY_MODE", "legacy", 3)],
)
def test_the_environment_limits_the_attempts(
    variable: str, value: str, attempts: int, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    script = Script(*[FAULTS["503"]] * attempts)
    with pytest.raises(errors.APIServerError):
        sync_client(script).get_account()
    assert len(script.requests) == attempts


@pytest.mark.parametrize(
    ("variable", "value"),
    [("AWS_MAX_ATTEMPTS", "0"), ("AWS_MAX_ATTEMPTS", "many"), ("AWS_RETRY_MODE", "eager")],
)
def test_an_invalid_setting_in_the_environment_is_a_configuration_error(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    script = Script()
    with pytest.raises(errors.ConfigurationError, match=f"^{variable}, or .* must be .*, is '{value}'$"):
        sync_client(script).get_account()
    assert script.requests == []


@pytest.mark.anyio
@each_client
async def test_a_send_stops_at_the_first_ambiguous_attempt_even_after_a_safe_one(kind: Kind, naps: list[float]) -> None:
    script = Script(FAULTS["429"], FAULTS["hung up"])
    error = await outcome_of(kind, "send", script, max_attempts=5)
    assert type(error) is errors.AmbiguousSendError
    assert error.attempts == len(script.requests) == 2
    assert isinstance(error.__cause__, errors.ConnectionLostError)
    assert error.__cause__.attempts == 2


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("fault", UNSURE)
async def test_resend_ambiguous_repeats_a_send_that_may_have_happened(
    fault: str, kind: Kind, naps: list[float]
) -> None:
    method, arguments = CALLS["send"]
    script = Script(FAULTS[fault], ok({"MessageId": "02"}))
    response = await ask(any_client(kind, script), method, **arguments, options={"resend_ambiguous": True})
    assert (response.message_id, len(script.requests)) == ("02", 2)


@pytest.mark.parametrize("fault", DONE + FINAL)
def test_even_then_a_mail_that_was_taken_or_refused_is_not_sent_again(fault: str, naps: list[float]) -> None:
    script = Script(FAULTS[fault])
    with pytest.raises(errors.SESv2Error):
        sync_client(script).send_email(**CALLS["send"][1], options={"resend_ambiguous": True})
    assert len(script.requests) == 1


def test_resend_ambiguous_ends_with_the_attempts_in_an_ambiguous_send_error(naps: list[float]) -> None:
    script = Script(*[FAULTS["hung up"]] * 3)
    with pytest.raises(errors.AmbiguousSendError) as caught:
        sync_client(script).send_email(**CALLS["send"][1], options={"resend_ambiguous": True})
    assert caught.value.attempts == len(script.requests) == 3


def test_what_stops_a_resend_does_not_hide_that_the_first_may_have_happened(naps: list[float]) -> None:
    def hangs_up() -> httpx.Response | Exception:
        http_client.close()
        return httpx.ReadError("gone")

    script = Script(hangs_up)
    http_client = httpx.Client(transport=httpx.MockTransport(script))
    client = SESv2Client(**SETTINGS, http_client=http_client)
    with pytest.raises(errors.AmbiguousSendError) as caught:
        client.send_email(**CALLS["send"][1], options={"resend_ambiguous": True})
    assert isinstance(caught.value.__cause__, errors.ConfigurationError)
    assert caught.value.outcome == "unknown"
    assert len(script.requests) == 1


def test_an_outage_does_not_become_a_storm_of_retries(naps: list[float]) -> None:
    calls = RetryQuota.CAPACITY // RetryQuota.RETRY_COST // 2
    script = Script(*[FAULTS["503"]] * 3 * calls, FAULTS["503"])
    client = sync_client(script)
    for attempts in [3] * calls + [1]:
        with pytest.raises(errors.APIServerError) as caught:
            client.get_account()
        assert caught.value.attempts == attempts


# How long ----------------------------------------------------------------------------------------


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize(
    ("headers", "chance", "seconds"),
    [
        ({}, 0.5, [0.5, 1.0]),
        ({"retry-after": "7"}, 0.5, [7.0, 7.0]),
        ({"Retry-After": "0.2"}, 0.5, [0.5, 1.0]),
        ({"x-amz-retry-after": "3000"}, 0.0, [3.0, 3.0]),
        ({"retry-after": "86400"}, 0.5, [20.0, 20.0]),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, 0.5, [0.5, 1.0]),
        ({"retry-after": "-5"}, 0.5, [0.5, 1.0]),
        ({"retry-after": "nan"}, 0.5, [0.5, 1.0]),
        ({"retry-after": "inf"}, 0.5, [0.5, 1.0]),
    ],
)
async def test_the_delay_grows_and_respects_retry_after(
    kind: Kind,
    headers: dict[str, str],
    chance: float,
    seconds: list[float],
    naps: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sesv2kit._call.pipeline.random.random", lambda: chance)

    def throttled() -> httpx.Response:
        response = refusal(429, "TooManyRequestsException")
        response.headers.update(headers)
        return response

    script = Script(throttled, throttled, ok())
    assert (await outcome_of(kind, "read", script)).metadata.attempts == 3
    assert naps == seconds


@pytest.mark.anyio
@each_client
async def test_a_client_sleeps_between_attempts_and_succeeds(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sesv2kit._call.pipeline.random.random", lambda: 0.001)
    script = Script(FAULTS["503"], FAULTS["429"], ok())
    assert (await outcome_of(kind, "send", script)).metadata.attempts == 3


def test_an_earlier_wish_to_wait_does_not_outlive_its_attempt(
    naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sesv2kit._call.pipeline.random.random", lambda: 0.0)
    first = refusal(429, "TooManyRequestsException")
    first.headers["retry-after"] = "9"
    sync_client(Script(first, FAULTS["no connection"], ok())).get_account()
    assert naps == [9.0, 0.0]


# Each attempt is a request of its own ------------------------------------------------------------


class Clock:
    """Stands in for `datetime`: each look at it is a minute later."""

    def __init__(self) -> None:
        self._now = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    def now(self, _zone: tzinfo) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now


@pytest.mark.anyio
@each_client
async def test_each_attempt_is_signed_again_with_the_same_body(
    kind: Kind, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sesv2kit._call.shared.datetime", Clock())
    script = Script(FAULTS["429"], FAULTS["503"], ok())
    await outcome_of(kind, "send", script)
    dates = [request.headers["x-amz-date"] for request in script.requests]
    assert dates == ["20260102T030505Z", "20260102T030605Z", "20260102T030705Z"]
    assert len({request.headers["authorization"] for request in script.requests}) == 3
    assert len({request.content for request in script.requests}) == 1
    assert len({str(request.url) for request in script.requests}) == 1


@pytest.mark.anyio
@each_client
async def test_each_attempt_uses_the_present_credentials(kind: Kind, naps: list[float]) -> None:
    keys = iter(["OLD", "NEW"])
    script = Script(FAULTS["429"], ok())
    await outcome_of(kind, "read", script, credentials=lambda: Credentials(next(keys), "secret"))
    assert [access_key(request) for request in script.requests] == ["OLD", "NEW"]


# The pure functions ------------------------------------------------------------------------------


def _api(code: str, status: int, message: str = "") -> errors.APIError:
    """Return the error of a code as the service would have it."""
    cls = errors.BY_CODE.get(code, errors.APIServerError if status >= 500 else errors.APIClientError)
    return cls(message, code=code, status_code=status)


# error, transient, may have happened
FACTS: Sequence[tuple[errors.SESv2Error, bool, bool]] = (
    (_api("TooManyRequestsException", 429), True, False),
    (_api("TooManyRequestsException", 429, "Maximum sending rate exceeded"), True, False),
    (_api("TooManyRequestsException", 429, "Daily message quota exceeded"), False, False),
    (_api("ThrottlingException", 400), True, False),
    (_api("ThrottlingException", 400, "Throttling - your DAILY message quota is used up"), False, False),
    (_api("ThrottlingException", 503), True, False),
    (_api("Invented", 429), True, False),
    (_api("LimitExceededException", 400), False, False),
    (_api("BadRequestException", 400), False, False),
    (_api("NotFoundException", 404), False, False),
    (_api("RequestTimeoutException", 408), True, False),
    (_api("408", 408), False, True),
    (_api("RequestAbortedException", 400), True, True),
    (_api("ServiceUnavailable", 503), True, False),
    (_api("503", 503), True, True),
    (_api("InternalFailure", 500), True, True),
    (_api("InternalServiceErrorException", 500), True, True),
    (_api("ConcurrentModificationException", 500), True, False),
    (_api("501", 501), False, False),
    (_api("502", 502), True, True),
    (_api("504", 504), True, True),
    (_api("599", 599), True, True),
    (errors.ConnectError("", outcome="not_sent"), True, False),
    (errors.TimeoutError("", outcome="not_sent"), True, False),
    (errors.TimeoutError("", outcome="unknown"), True, True),
    (errors.ConnectionLostError("", outcome="unknown"), True, True),
    (errors.ResponseError("", status_code=200), False, True),
    (errors.ResponseError("", status_code=None), False, True),
    (errors.ResponseError("", status_code=299), False, True),
    (errors.ResponseError("", status_code=300), False, False),
    (errors.ResponseError("", status_code=302), False, False),
    (errors.ResponseError("", status_code=499), False, False),
    (errors.ResponseError("", status_code=500), False, True),
    (errors.ConfigurationError(""), False, False),
)


@pytest.mark.parametrize(("error", "transient", "may_have_happened"), FACTS, ids=lambda value: str(value)[:60])
def test_an_error_is_classified_by_its_facts(
    error: errors.SESv2Error, transient: bool, may_have_happened: bool
) -> None:
    assert classify(error) == Failure(transient, may_have_happened)


def test_a_used_up_daily_quota_is_no_throttling_for_the_caller_either() -> None:
    error = _api("TooManyRequestsException", 429, "Daily message quota exceeded.")
    assert (error.is_throttling, error.is_retryable) == (False, False)
    error = _api("TooManyRequestsException", 429, "Maximum sending rate exceeded.")
    assert (error.is_throttling, error.is_retryable) == (True, True)


@pytest.mark.parametrize(
    ("failure", "kinds"),
    [
        (Failure(transient=False, may_have_happened=False), []),
        (Failure(transient=False, may_have_happened=True), []),
        (Failure(transient=True, may_have_happened=False), ["send", "read", "write", "idempotent"]),
        (Failure(transient=True, may_have_happened=True), ["read", "idempotent"]),
    ],
)
def test_a_retry_depends_on_the_failure_and_on_the_kind_of_operation(failure: Failure, kinds: list[str]) -> None:
    assert [kind for kind in OPERATION_KINDS if may_retry(kind, failure)] == kinds


@pytest.mark.parametrize(
    ("attempt", "chance", "retry_after", "seconds"),
    [
        (1, 1.0, None, 1.0),
        (2, 1.0, None, 2.0),
        (3, 1.0, None, 4.0),
        (5, 1.0, None, 16.0),
        (6, 1.0, None, 20.0),
        (1000, 1.0, None, 20.0),
        (3, 0.0, None, 0.0),
        (3, 0.25, None, 1.0),
        (1, 0.0, 5.0, 5.0),
        (4, 1.0, 5.0, 8.0),
        (1, 0.0, 3600.0, 20.0),
        (1, 0.5, 0.0, 0.5),
    ],
)
def test_the_wait_doubles_up_to_a_bound_with_full_jitter(
    attempt: int, chance: float, retry_after: float | None, seconds: float
) -> None:
    assert backoff(attempt, lambda: chance, retry_after) == seconds


def test_the_retry_quota_is_used_up_and_refilled() -> None:
    quota = RetryQuota()
    retries = RetryQuota.CAPACITY // RetryQuota.RETRY_COST
    assert [quota.take() for _ in range(retries + 1)] == [True] * retries + [False]
    quota.give_back(2)
    assert [quota.take() for _ in range(3)] == [True, True, False]
    for _ in range(RetryQuota.RETRY_COST):
        assert quota.take() is False
        quota.give_back(0)
    assert quota.take() is True


def test_the_quota_never_grows_past_its_capacity() -> None:
    quota = RetryQuota()
    quota.give_back(1000)
    taken = 0
    while quota.take():
        taken += 1
    assert taken == RetryQuota.CAPACITY // RetryQuota.RETRY_COST
