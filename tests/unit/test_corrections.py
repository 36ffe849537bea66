"""Corrections of a wrong clock and of expired credentials, once in a call; and the end of a call at its deadline."""

import math
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.unit import (
    CALLS,
    FAULTS,
    KINDS,
    Answer,
    Fault,
    Kind,
    Script,
    any_client,
    ask,
    close,
    loopback,
    ok,
    real_client,
    refusal,
    sync_client,
)

from sesv2kit import AsyncSESv2Client, Credentials, errors
from sesv2kit._call.retry import RetryQuota
from sesv2kit._call.shared import Clock
from sesv2kit._core.http import RawResponse

HOUR = timedelta(hours=1)
SKEWED = ("InvalidSignatureException", "RequestTimeTooSkewed", "SignatureDoesNotMatch")

each_client = pytest.mark.parametrize("kind", KINDS)
each_call = pytest.mark.parametrize("operation_kind", list(CALLS))


class Naps(list[float]):
    """The seconds that would have been slept."""

    async def nap(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> Naps:
    """Skip the waiting between attempts; without luck, the longest there is."""
    naps = Naps()
    monkeypatch.setattr("sesv2kit._call.drivers.Driver._sleep", lambda _, seconds, _alarm: naps.append(seconds))
    monkeypatch.setattr("sesv2kit._call.drivers.AsyncDriver._sleep", lambda _, seconds, _alarm: naps.nap(seconds))
    monkeypatch.setattr("sesv2kit._call.pipeline.random.random", lambda: 1.0)
    return naps


def dated(code: str, off: timedelta) -> Fault:
    """Return a refusal by a service whose clock is off from ours."""

    def respond() -> httpx.Response:
        response = refusal(403, code)
        response.headers["date"] = format_datetime(datetime.now(UTC) + off, usegmt=True)
        return response

    return respond


def with_date(code: str, date: str) -> httpx.Response:
    """Return a refusal with any text for a date."""
    response = refusal(403, code)
    response.headers["date"] = date
    return response


def signed_at(request: httpx.Request) -> datetime:
    """Return the time that a request was signed with."""
    return datetime.strptime(request.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def is_off_by(request: httpx.Request, off: timedelta) -> bool:
    """Return whether a request was signed at another time than ours."""
    return abs(signed_at(request) - datetime.now(UTC) - off) < timedelta(minutes=1)


async def failure(client: Any, operation_kind: str, **options: Any) -> errors.SESv2Error:
    """Make the call of a kind, which must fail; returns the error."""
    method, arguments = CALLS[operation_kind]
    with pytest.raises(errors.SESv2Error) as caught:
        await ask(client, method, **arguments, options=options)
    return caught.value


# A clock that is off -----------------------------------------------------------------------------


@pytest.mark.anyio
@each_client
@each_call
@pytest.mark.parametrize("code", SKEWED)
@pytest.mark.parametrize("off", [HOUR, -HOUR], ids=["slow", "fast"])
async def test_a_clock_that_is_off_is_corrected_and_the_call_made_again(
    off: timedelta, code: str, operation_kind: str, kind: Kind, naps: Naps
) -> None:
    script = Script(dated(code, off), ok())
    method, arguments = CALLS[operation_kind]
    response = await ask(any_client(kind, script), method, **arguments)
    first, second = script.requests
    assert (is_off_by(first, timedelta()), is_off_by(second, off)) == (True, True)
    assert first.headers["authorization"] != second.headers["authorization"]
    assert (response.metadata.attempts, naps) == (2, [])


@pytest.mark.anyio
@each_client
async def test_later_calls_of_the_client_start_with_the_corrected_clock(kind: Kind) -> None:
    script = Script(dated(SKEWED[0], HOUR), ok(), ok())
    client = any_client(kind, script)
    await ask(client, "get_account")
    await ask(client, "get_account")
    assert [is_off_by(request, HOUR) for request in script.requests] == [False, True, True]


@pytest.mark.anyio
@each_client
async def test_a_second_complaint_about_the_time_is_raised(kind: Kind, naps: Naps) -> None:
    script = Script(dated(SKEWED[0], HOUR), dated(SKEWED[0], -HOUR))
    error = await failure(any_client(kind, script), "send")
    assert isinstance(error, errors.APIError)
    assert (error.code, error.attempts, naps) == (SKEWED[0], 2, [])


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize(
    "response",
    [
        lambda: refusal(403, SKEWED[0]),
        dated(SKEWED[0], timedelta(minutes=1)),
        dated(SKEWED[0], -timedelta(minutes=1)),
        dated("AccessDeniedException", HOUR),
        lambda: with_date(SKEWED[0], "yesterday"),
        lambda: with_date(SKEWED[0], "Fri, 31 Dec 9999 23:59:59 -2359"),
        lambda: with_date(SKEWED[0], "1 Jan 99999999999999999999 00:00:00"),
    ],
    ids=["no date", "a little slow", "a little fast", "another code", "no time", "past all time", "no year"],
)
async def test_a_refusal_that_no_clock_explains_is_raised_at_once(response: Fault, kind: Kind) -> None:
    script = Script(response)
    error = await failure(any_client(kind, script), "read")
    assert isinstance(error, errors.APIError)
    assert (error.attempts, len(script.requests)) == (1, 1)


@given(st.text() | st.datetimes().map(str) | st.datetimes().map(lambda moment: f"{moment:%a, %d %b %Y %H:%M:%S} -2359"))
def test_no_date_makes_the_clock_fail(date: str) -> None:
    clock = Clock()
    clock.correct(RawResponse(403, {"date": date}, b""), timedelta())
    assert clock.now().tzinfo is UTC


@pytest.mark.anyio
async def test_calls_that_met_the_wrong_time_together_are_all_made_again() -> None:
    requests: list[httpx.Request] = []
    all_there = anyio.Event()

    async def respond(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        if len(requests) == 5:
            all_there.set()
        await all_there.wait()
        return ok() if is_off_by(request, HOUR) else dated(SKEWED[0], HOUR)()  # type: ignore[return-value]

    http_client = httpx.AsyncClient(transport=httpx.MockTransport(respond))
    client = AsyncSESv2Client(region="eu-west-1", credentials=Credentials("A", "s"), http_client=http_client)
    async with anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(client.get_account)
    assert len(requests) == 10


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("settings", [{"max_attempts": 1}, {"retry_mode": "off"}], ids=str)
@pytest.mark.parametrize(
    "response", [dated(SKEWED[0], HOUR), lambda: refusal(403, "ExpiredToken")], ids=["time", "key"]
)
async def test_without_retries_nothing_is_corrected(response: Fault, settings: dict[str, Any], kind: Kind) -> None:
    script = Script(response)
    error = await failure(any_client(kind, script, credentials=provider(), **settings), "read")
    assert isinstance(error, errors.APIError)
    assert len(script.requests) == 1


@pytest.mark.anyio
@each_client
async def test_a_correction_does_not_add_a_request_to_those_that_are_allowed(kind: Kind, naps: Naps) -> None:
    script = Script(FAULTS["429"], dated(SKEWED[0], HOUR))
    error = await failure(any_client(kind, script, max_attempts=2), "send")
    assert isinstance(error, errors.APIError)
    assert (error.code, len(script.requests)) == (SKEWED[0], 2)


# Expired credentials -----------------------------------------------------------------------------


def provider(*, lasting: bool = True) -> Callable[[], Credentials]:
    """Return a provider whose credentials are `token-1`, `token-2` and so on."""
    numbers = iter(range(1, 100))
    end = datetime.now(UTC) + HOUR if lasting else None
    return lambda: Credentials("AKIDEXAMPLE", "secret", f"token-{next(numbers)}", expires_at=end)


def tokens(script: Script) -> list[str]:
    """Return the session token of each request."""
    return [request.headers["x-amz-security-token"] for request in script.requests]


@pytest.mark.anyio
@each_client
@each_call
@pytest.mark.parametrize("code", ["ExpiredToken", "ExpiredTokenException"])
async def test_an_expired_token_is_refreshed_and_the_call_made_again(
    code: str, operation_kind: str, kind: Kind, naps: Naps
) -> None:
    script = Script(refusal(403, code), ok(), ok())
    client = any_client(kind, script, credentials=provider())
    method, arguments = CALLS[operation_kind]
    assert (await ask(client, method, **arguments)).metadata.attempts == 2
    await ask(client, "get_account")
    assert tokens(script) == ["token-1", "token-2", "token-2"]
    assert naps == []


@pytest.mark.anyio
@each_client
async def test_a_token_that_is_expired_after_the_refresh_is_raised(kind: Kind) -> None:
    script = Script(refusal(403, "ExpiredToken"), refusal(403, "ExpiredToken"))
    error = await failure(any_client(kind, script, credentials=provider(lasting=False)), "send")
    assert isinstance(error, errors.APIError)
    assert (error.code, error.attempts, tokens(script)) == ("ExpiredToken", 2, ["token-1", "token-2"])


@pytest.mark.anyio
@each_client
async def test_fixed_credentials_that_expired_are_raised_at_once(kind: Kind) -> None:
    script = Script(refusal(403, "ExpiredToken"))
    error = await failure(any_client(kind, script, credentials=Credentials("A", "secret", "token")), "read")
    assert isinstance(error, errors.APIError)
    assert (error.attempts, len(script.requests)) == (1, 1)


# The time of a whole call ------------------------------------------------------------------------


@pytest.mark.anyio
@each_client
async def test_infinity_is_the_same_as_none_for_a_client_and_for_a_call(kind: Kind) -> None:
    client = any_client(kind, Script(ok(), ok()), call_timeout=math.inf)
    await ask(client, "get_account")
    await ask(client, "get_account", options={"call_timeout": math.inf, "timeout": math.inf})


@pytest.mark.anyio
@each_client
@each_call
async def test_no_sleep_ends_after_the_deadline_of_the_call(operation_kind: str, kind: Kind, naps: Naps) -> None:
    script = Script(FAULTS["503"], FAULTS["429"])
    error = await failure(any_client(kind, script, call_timeout=1.9), operation_kind)
    # After 1 second, which the call has, the next wait would take 2.
    assert isinstance(error, errors.TooManyRequestsException)
    assert (error.attempts, naps) == (2, [1.0])


@pytest.mark.anyio
@each_client
async def test_the_time_of_one_call_replaces_that_of_the_client(kind: Kind, naps: Naps) -> None:
    client = any_client(kind, Script(*[FAULTS["503"]] * 5), call_timeout=0.9)
    assert getattr(await failure(client, "read"), "attempts", 0) == 1
    assert getattr(await failure(client, "read", call_timeout=None), "attempts", 0) == 3
    client = any_client(kind, Script(*[FAULTS["503"]] * 5))
    assert getattr(await failure(client, "read", call_timeout=0.9), "attempts", 0) == 1


@pytest.mark.anyio
@each_client
async def test_a_wish_of_the_service_to_wait_past_the_time_of_the_call_ends_it(kind: Kind, naps: Naps) -> None:
    response = refusal(429, "TooManyRequestsException")
    response.headers["retry-after"] = "10"
    error = await failure(any_client(kind, Script(response), call_timeout=9), "send")
    assert isinstance(error, errors.TooManyRequestsException)
    assert (error.retry_after, naps) == (10, [])


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize(("operation_kind", "raised"), [("send", errors.AmbiguousSendError), ("read", None)])
async def test_a_service_that_never_responds_ends_with_the_time_of_the_call(
    operation_kind: str, raised: type[errors.SESv2Error] | None, kind: Kind
) -> None:
    started = time.monotonic()
    with loopback(None) as server:
        client = real_client(kind, server.url, call_timeout=0.2)
        error = await failure(client, operation_kind)
        await close(client)
    assert type(error) is (raised or errors.TimeoutError)
    assert isinstance(error, errors.TransportError)
    assert (error.outcome, error.attempts, len(server.requests)) == ("unknown", 1, 1)
    assert time.monotonic() - started < 10  # not the 30 seconds of one attempt


@pytest.mark.anyio
async def test_a_call_through_the_callers_http_client_ends_in_time_as_well() -> None:
    with loopback(None) as server:
        async with httpx.AsyncClient(trust_env=False) as http_client:
            client = real_client("async", server.url, http_client=http_client, call_timeout=0.2)
            error = await failure(client, "read")
    assert isinstance(error, errors.TimeoutError)


@pytest.mark.anyio
@each_client
async def test_no_request_is_made_if_the_lookup_of_credentials_takes_all_the_time(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [time.monotonic()]
    for module in ("pipeline", "pacing"):
        monkeypatch.setattr(f"sesv2kit._call.{module}.time", Frozen(now))

    def slow() -> Credentials:
        now[0] += 60
        return Credentials("A", "secret")

    script = Script()
    error = await failure(any_client(kind, script, credentials=slow, call_timeout=30), "send")
    assert isinstance(error, errors.TimeoutError)
    assert (error.outcome, error.attempts) == ("not_sent", 0)


class Frozen:
    """Stands in for the pipeline's `time`."""

    def __init__(self, now: list[float]) -> None:
        self._now = now

    def monotonic(self) -> float:
        return self._now[0]


# What is known of a mail survives later attempts -------------------------------------------------


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("then", ["no connection", "429", "not found"])
async def test_a_send_stays_ambiguous_whatever_follows_an_ambiguous_attempt(then: str, kind: Kind, naps: Naps) -> None:
    script = Script(FAULTS["hung up"], FAULTS[then])
    error = await failure(any_client(kind, script), "send", resend_ambiguous=True, max_attempts=2)
    assert type(error) is errors.AmbiguousSendError
    assert (error.outcome, error.attempts) == ("unknown", 2)


@pytest.mark.anyio
@each_client
async def test_a_repeated_write_that_may_have_happened_does_not_claim_that_it_was_not_sent(
    kind: Kind, naps: Naps
) -> None:
    script = Script(FAULTS["read timeout"], FAULTS["no connection"], FAULTS["no connection"])
    error = await failure(any_client(kind, script), "idempotent")
    assert isinstance(error, errors.ConnectError)
    assert error.outcome == "unknown"


# The quota of retries ----------------------------------------------------------------------------


def sequence(*groups: tuple[int, Fault]) -> Iterator[Answer | Fault]:
    """Return responses: so many of each."""
    for count, fault in groups:
        yield from [fault] * count


def test_a_used_up_retry_quota_is_refilled_by_successes(naps: Naps) -> None:
    calls = RetryQuota.CAPACITY // RetryQuota.RETRY_COST // 2
    script = Script(*sequence((3 * calls, FAULTS["503"]), (1, FAULTS["503"]), (5, ok), (1, FAULTS["503"]), (1, ok)))
    client = sync_client(script)
    for attempts in [3] * calls + [1]:
        with pytest.raises(errors.APIServerError) as caught:
            client.get_account()
        assert caught.value.attempts == attempts
    for _ in range(5):
        client.get_account()
    assert client.get_account().metadata.attempts == 2


def test_a_call_that_succeeds_returns_the_price_of_its_retries(naps: Naps) -> None:
    client = sync_client(Script(FAULTS["503"], FAULTS["429"], ok(), ok()))
    quota = client._shared.quota
    for _ in range(10):
        quota.take()
    client.get_account()
    assert quota._left == RetryQuota.CAPACITY - 10 * RetryQuota.RETRY_COST, "two were taken, and two came back"
    client.get_account()
    assert quota._left == RetryQuota.CAPACITY - 10 * RetryQuota.RETRY_COST + 1


def test_a_correction_costs_the_quota_nothing_and_brings_it_nothing(naps: Naps) -> None:
    client = sync_client(Script(dated(SKEWED[0], HOUR), ok()))
    quota = client._shared.quota
    for _ in range(10):
        quota.take()
    client.get_account()
    assert quota._left == RetryQuota.CAPACITY - 10 * RetryQuota.RETRY_COST + 1


def test_the_signature_names_the_day_of_the_service(naps: Naps) -> None:
    script = Script(dated(SKEWED[0], timedelta(hours=23)), ok())
    sync_client(script).get_account()
    days = [re.findall(r"Credential=[^/]+/(\d+)/", request.headers["authorization"])[0] for request in script.requests]
    assert days[1] == f"{datetime.now(UTC) + timedelta(hours=23):%Y%m%d}"
