"""`wait_until_...`: what ends a wait, what does not, and what its errors report."""

import inspect
import json
from collections.abc import Iterator
from typing import Any

import anyio
import attrs
import pytest
from support.clients import OpenClient
from support.counting import Act, CountingServer, answers, hangs_up, never_answers
from support.unit import ask, copies

from sesv2kit import SESv2Client, errors, models
from sesv2kit._api.waiters import EXPORT_JOB_ENDED
from sesv2kit._call.pipeline import new_call
from sesv2kit._call.steps import Call, Sleep
from sesv2kit._call.waiter import Pace, jittered, wait

pytestmark = pytest.mark.anyio

SOON: dict[str, Any] = {"wait_timeout": 20, "initial_delay": 0.001, "max_delay": 0.002}
"""A pace for tests."""
JOB: dict[str, Any] = {"job_id": "j-1", **SOON}


@attrs.frozen
class Case:
    """A waiter, and the members of responses for it."""

    name: str
    arguments: dict[str, Any]
    path: str
    response: type[Any]
    going_on: tuple[dict[str, Any], ...]
    done: tuple[dict[str, Any], ...]
    failed: tuple[tuple[dict[str, Any], str, str | None], ...] = ()
    """Each with its status and the reason."""

    def __str__(self) -> str:
        return self.name


def dkim(status: str) -> dict[str, Any]:
    """Return an identity by the status of its DKIM records."""
    return {"VerifiedForSendingStatus": True, "DkimAttributes": {"Status": status}}


def mail_from(status: str) -> dict[str, Any]:
    """Return an identity by the status of its MAIL FROM domain."""
    return {"MailFromAttributes": {"MailFromDomain": "mail.example.com", "MailFromDomainStatus": status}}


def warm_up(status: str) -> dict[str, Any]:
    """Return a dedicated address by its status."""
    return {"DedicatedIp": {"Ip": "192.0.2.1", "WarmupStatus": status, "WarmupPercentage": 7}}


JOB_GOING_ON = ({}, {"JobStatus": "CREATED"}, {"JobStatus": "PROCESSING"}, {"JobStatus": "INVENTED_LATER"})
JOB_FAILED = (
    ({"JobStatus": "FAILED", "FailureInfo": {"ErrorMessage": "Access denied"}}, "FAILED", "Access denied"),
    ({"JobStatus": "FAILED", "FailureInfo": {"FailedRecordsS3Url": "https://a.example"}}, "FAILED", None),
    ({"JobStatus": "CANCELLED"}, "CANCELLED", None),
    ({"JobStatus": "ERROR"}, "ERROR", None),
)
CASES = [
    Case(
        "identity_verified",
        {"email_identity": "example.com"},
        "/v2/email/identities/example.com",
        models.GetEmailIdentityResponse,
        going_on=(
            {"VerifiedForSendingStatus": False},
            *({"VerificationStatus": status} for status in ("NOT_STARTED", "PENDING", "TEMPORARY_FAILURE")),
        ),
        done=(
            {"VerifiedForSendingStatus": True},
            {"VerificationStatus": "SUCCESS"},
            {"VerifiedForSendingStatus": True, "VerificationStatus": "TEMPORARY_FAILURE"},
        ),
        failed=(
            ({"VerificationStatus": "FAILED"}, "FAILED", None),
            (
                {"VerificationStatus": "FAILED", "VerificationInfo": {"ErrorType": "HOST_NOT_FOUND"}},
                "FAILED",
                "HOST_NOT_FOUND",
            ),
        ),
    ),
    Case(
        "dkim_verified",
        {"email_identity": "example.com"},
        "/v2/email/identities/example.com",
        models.GetEmailIdentityResponse,
        going_on=({}, *map(dkim, ("NOT_STARTED", "PENDING", "TEMPORARY_FAILURE"))),
        done=(dkim("SUCCESS"),),
        failed=(
            (dkim("FAILED"), "FAILED", None),
            (dkim("FAILED") | {"VerificationInfo": {"ErrorType": "TYPE_NOT_FOUND"}}, "FAILED", "TYPE_NOT_FOUND"),
        ),
    ),
    Case(
        "mail_from_verified",
        {"email_identity": "ann@example.com"},
        "/v2/email/identities/ann%40example.com",
        models.GetEmailIdentityResponse,
        going_on=({}, {"MailFromAttributes": {}}, *map(mail_from, ("PENDING", "TEMPORARY_FAILURE"))),
        done=(mail_from("SUCCESS"),),
        failed=((mail_from("FAILED"), "FAILED", None),),
    ),
    Case(
        "export_job_ended",
        {"job_id": "j-1"},
        "/v2/email/export-jobs/j-1",
        models.GetExportJobResponse,
        going_on=JOB_GOING_ON,
        done=({"JobStatus": "COMPLETED"},),
        failed=JOB_FAILED,
    ),
    Case(
        "import_job_ended",
        {"job_id": "j-1"},
        "/v2/email/import-jobs/j-1",
        models.GetImportJobResponse,
        going_on=JOB_GOING_ON,
        done=({"JobStatus": "COMPLETED", "FailedRecordsCount": 3},),
        failed=JOB_FAILED,
    ),
    Case(
        "multi_region_endpoint_ready",
        {"endpoint_name": "shop"},
        "/v2/email/multi-region-endpoints/shop",
        models.GetMultiRegionEndpointResponse,
        going_on=({}, {"Status": "CREATING"}),
        done=({"Status": "READY"},),
        failed=(({"Status": "FAILED"}, "FAILED", None), ({"Status": "DELETING"}, "DELETING", None)),
    ),
    Case(
        "dedicated_ip_warmed_up",
        {"ip": "192.0.2.1"},
        "/v2/email/dedicated-ips/192.0.2.1",
        models.GetDedicatedIpResponse,
        going_on=({}, warm_up("IN_PROGRESS")),
        done=(warm_up("DONE"), warm_up("NOT_APPLICABLE")),
    ),
    Case(
        "deliverability_test_finished",
        {"report_id": "r-1"},
        "/v2/email/deliverability-dashboard/test-reports/r-1",
        models.GetDeliverabilityTestReportResponse,
        going_on=({}, {"DeliverabilityTestReport": {"DeliverabilityTestStatus": "IN_PROGRESS"}}),
        done=tuple(
            {"DeliverabilityTestReport": {"DeliverabilityTestStatus": status}} for status in ("COMPLETED", "COMPLETE")
        ),
    ),
]
each_case = pytest.mark.parametrize("case", CASES, ids=str)


def says(members: dict[str, Any]) -> Act:
    """Answer with these members."""
    return answers(body=json.dumps(members).encode())


def job(status: str) -> Act:
    """Answer with a job's status."""
    return says({"JobStatus": status})


def refuses(status: int, code: str) -> Act:
    """Answer with a refusal."""
    return answers(status, b'{"message": "no"}', {"x-amzn-errortype": code})


async def wait_for(ses: Any, case: Case, **how: Any) -> Any:
    """Wait at the tests' pace, with either client."""
    return await ask(ses, f"wait_until_{case.name}", **(case.arguments | SOON | how))


async def wait_for_job(ses: Any, **how: Any) -> Any:
    """Wait for an export job at the tests' pace, with either client."""
    return await ask(ses, "wait_until_export_job_ended", **(JOB | how))


# What ends a wait --------------------------------------------------------------------------------


def test_there_is_a_case_for_each_waiter() -> None:
    waiters = {name.removeprefix("wait_until_") for name in dir(SESv2Client) if name.startswith("wait_until_")}
    assert waiters == {case.name for case in CASES}


@each_case
async def test_a_waiter_calls_until_it_is_done_and_returns_the_last_response(
    ses: Any, server: CountingServer, case: Case
) -> None:
    for done in case.done:
        server.received.clear()
        server.script(*map(says, case.going_on), says(done))
        response = await wait_for(ses, case)
        assert response == models.from_wire(case.response, done)
        assert response.metadata.status_code == 200
        assert {(request.method, request.target) for request in server.received} == {("GET", case.path)}
        assert len(server.received) == len(case.going_on) + 1


@pytest.mark.parametrize("case", [case for case in CASES if case.failed], ids=str)
async def test_a_failure_ends_the_wait_and_has_its_reason(ses: Any, server: CountingServer, case: Case) -> None:
    for failed, status, reason in case.failed:
        server.script(says(case.going_on[0]), says(failed))
        with pytest.raises(errors.WaiterFailedError) as caught:
            await wait_for(ses, case)
        error = caught.value
        assert error.response == models.from_wire(case.response, failed)
        assert (error.status, error.reason) == (status, reason)
        assert type(error.reason) in (str, type(None))
        assert error.operation == case.response.__name__.removesuffix("Response")
        assert str(error).endswith(f" is {status}: {reason}" if reason else f" is {status}")


async def test_a_failed_job_is_described_in_one_line(ses: Any, server: CountingServer) -> None:
    server.script(says(JOB_FAILED[0][0]))
    with pytest.raises(errors.WaiterError, match=r"^GetExportJob: the export job is FAILED: Access denied$"):
        await wait_for_job(ses)


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "NotFoundException"), (403, "AccessDeniedException"), (400, "BadRequestException")],
)
async def test_an_error_that_stays_ends_the_wait(ses: Any, server: CountingServer, status: int, code: str) -> None:
    server.script(job("PROCESSING"), refuses(status, code))
    with pytest.raises(getattr(errors, code)):
        await wait_for_job(ses)
    assert len(server.received) == 2


@pytest.mark.parametrize(
    "trouble",
    [
        refuses(429, "TooManyRequestsException"),
        refuses(400, "ThrottlingException"),
        refuses(500, "InternalServiceErrorException"),
        answers(503, b"<html>"),
        hangs_up(),
    ],
    ids=["429", "throttled", "500", "503", "hung up"],
)
async def test_an_error_that_passes_does_not_end_the_wait(ses: Any, server: CountingServer, trouble: Act) -> None:
    server.script(trouble, job("PROCESSING"), trouble, trouble, job("COMPLETED"))
    assert (await wait_for_job(ses)).job_status == "COMPLETED"
    assert len(server.received) == 5


# Time --------------------------------------------------------------------------------------------


class Clock:
    """A clock that goes forward when it is read, or by hand."""

    def __init__(self, tick: float = 0.0) -> None:
        self.now = 1000.0
        self._tick = tick

    def monotonic(self) -> float:
        """Return the time."""
        self.now += self._tick
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that waiters read, stopped."""
    clock = Clock()
    monkeypatch.setattr("sesv2kit._call.waiter.time", clock)
    return clock


@pytest.fixture
def fast_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make time pass quickly for waiters: each reading of the clock takes a second."""
    monkeypatch.setattr("sesv2kit._call.waiter.time", Clock(tick=1.0))


@pytest.mark.usefixtures("fast_clock")
async def test_when_the_time_runs_out_the_error_has_the_last_response(ses: Any, server: CountingServer) -> None:
    server.script(*[job("PROCESSING")] * 50)
    with pytest.raises(errors.WaiterTimeoutError) as caught:
        await wait_for_job(ses, wait_timeout=10)
    error = caught.value
    assert isinstance(error.response, models.GetExportJobResponse)
    assert (error.response.job_status, error.status) == ("PROCESSING", "PROCESSING")
    assert str(error) == "GetExportJob: the export job is still PROCESSING after 10 seconds"
    assert error.operation == "GetExportJob"
    assert error.__cause__ is None
    assert 1 < len(server.received) < 10


@pytest.mark.usefixtures("fast_clock")
async def test_when_no_call_succeeded_the_error_has_the_last_failure(ses: Any, server: CountingServer) -> None:
    server.script(*[refuses(429, "TooManyRequestsException")] * 50)
    with pytest.raises(errors.WaiterTimeoutError, match=r"^GetExportJob: no response came after 10 seconds$") as caught:
        await wait_for_job(ses, wait_timeout=10)
    assert (caught.value.response, caught.value.status) == (None, None)
    assert isinstance(caught.value.__cause__, errors.TooManyRequestsException)


@pytest.mark.usefixtures("fast_clock")
async def test_failures_of_the_last_calls_do_not_lose_the_last_response(ses: Any, server: CountingServer) -> None:
    server.script(job("PROCESSING"), *[refuses(429, "TooManyRequestsException")] * 50)
    with pytest.raises(errors.WaiterTimeoutError) as caught:
        await wait_for_job(ses, wait_timeout=10)
    assert caught.value.status == "PROCESSING"
    assert isinstance(caught.value.__cause__, errors.TooManyRequestsException)


async def test_the_time_for_waiting_ends_a_call_that_hangs(ses: Any, server: CountingServer) -> None:
    server.script(never_answers())
    with pytest.raises(errors.WaiterTimeoutError) as caught:
        await wait_for_job(ses, wait_timeout=0.1)
    assert isinstance(caught.value.__cause__, errors.TimeoutError)


@pytest.mark.parametrize("of_the_client", [True, False])
async def test_a_call_of_a_waiter_has_no_more_time_than_its_call_timeout(
    open_client: OpenClient, server: CountingServer, *, of_the_client: bool
) -> None:
    server.script(never_answers(), *[job("COMPLETED")] * 20)
    bound = {"call_timeout": 0.1}
    async with open_client(**(bound if of_the_client else {})) as ses:
        done = await wait_for_job(ses, **({} if of_the_client else {"options": bound}))
    assert done.job_status == "COMPLETED"


async def test_options_are_for_each_of_the_calls(ses: Any, server: CountingServer) -> None:
    server.script(job("PROCESSING"), job("COMPLETED"))
    await wait_for_job(ses, wait_timeout=None, options={"headers": {"x-trace": "7"}})
    assert [request.headers["x-trace"] for request in server.received] == ["7", "7"]


@pytest.fixture
def timeouts(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """Collect the time that each call of a wait is given."""
    timeouts: list[float | None] = []

    def noted(operation: Any, arguments: Any, options: Any, shared: Any) -> Call[Any]:
        timeouts.append(options["call_timeout"])
        return new_call(operation, arguments, options, shared)

    monkeypatch.setattr("sesv2kit._call.waiter.new_call", noted)
    return timeouts


def pauses_of(clock: Clock, pace: Pace, timeouts: list[float | None]) -> Iterator[tuple[float, float | None]]:
    """Yield each pause of a wait for a job that does not end, and the time that the call before it was given."""
    shared = SESv2Client(region="eu-west-1")._shared
    steps = wait(EXPORT_JOB_ENDED, {"job_id": "j-1"}, pace, None, None, shared)
    step = next(steps)
    while True:
        assert isinstance(step, Call)
        given = timeouts[-1]
        try:
            pause = steps.send(models.GetExportJobResponse(job_status="PROCESSING"))
        except errors.WaiterTimeoutError:
            return
        assert isinstance(pause, Sleep)
        clock.now += pause.seconds
        yield pause.seconds, given
        step = next(steps)


def test_pauses_double_up_to_the_longest_and_are_cut_by_up_to_a_half(
    clock: Clock, timeouts: list[float | None]
) -> None:
    found = pauses_of(clock, Pace(None, 2, 30), timeouts)
    for whole in (2, 4, 8, 16, 30, 30, *[30] * 2000):
        pause, given = next(found)
        assert whole / 2 <= pause <= whole
        assert given is None


def test_the_cut_is_at_random() -> None:
    assert (jittered(10, lambda: 0.0), jittered(10, lambda: 0.5), jittered(10, lambda: 1.0)) == (10, 7.5, 5)


def test_no_pause_is_longer_than_the_longest(clock: Clock, timeouts: list[float | None]) -> None:
    assert next(pauses_of(clock, Pace(None, 60, 3), timeouts))[0] <= 3


def test_the_last_call_is_near_the_end_and_has_what_is_left(clock: Clock, timeouts: list[float | None]) -> None:
    found = list(pauses_of(clock, Pace(100, 40, 90), timeouts))
    assert clock.now == 1000 + 99
    left = 100.0
    for pause, given in found:
        assert given == pytest.approx(left)
        left -= pause


# Progress ----------------------------------------------------------------------------------------


async def test_progress_is_reported_with_each_response(ses: Any, server: CountingServer) -> None:
    seen: list[models.GetExportJobResponse] = []
    server.script(job("CREATED"), hangs_up(), job("PROCESSING"), job("COMPLETED"))
    last = await wait_for_job(ses, on_progress=seen.append)
    assert [response.job_status for response in seen] == ["CREATED", "PROCESSING", "COMPLETED"]
    assert seen[-1] is last


async def test_progress_can_be_reported_to_a_coroutine_function(ses: Any, server: CountingServer) -> None:
    seen: list[str | None] = []

    async def on_progress(response: models.GetExportJobResponse) -> None:
        await anyio.lowlevel.checkpoint()
        seen.append(response.job_status)

    server.script(job("CREATED"), job("COMPLETED"))
    if isinstance(ses, SESv2Client):
        with pytest.raises(errors.ConfigurationError, match="on_progress is async"):
            ses.wait_until_export_job_ended(**JOB, on_progress=on_progress)  # type: ignore[arg-type]
        return
    await ses.wait_until_export_job_ended(**JOB, on_progress=on_progress)
    assert seen == ["CREATED", "COMPLETED"]


async def test_an_error_of_the_callback_ends_the_wait(ses: Any, server: CountingServer) -> None:
    def stop(_response: models.GetExportJobResponse) -> None:
        raise errors.ConnectError("not one of the wait's own")

    server.script(job("PROCESSING"))
    with pytest.raises(errors.ConnectError, match="not one of the wait's own"):
        await wait_for_job(ses, on_progress=stop)
    assert len(server.received) == 1


async def test_a_wait_can_be_cancelled(ses: Any, server: CountingServer) -> None:
    server.script(job("PROCESSING"))
    if isinstance(ses, SESv2Client):

        def interrupt(_response: models.GetExportJobResponse) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            ses.wait_until_export_job_ended(**JOB, on_progress=interrupt)
    else:
        with anyio.CancelScope() as scope:
            await ses.wait_until_export_job_ended(job_id="j-1", initial_delay=60, on_progress=lambda _: scope.cancel())
        assert scope.cancelled_caught
    assert len(server.received) == 1
    server.script(job("COMPLETED"))
    assert (await wait_for_job(ses)).job_status == "COMPLETED"


# Mistakes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"wait_timeout": 0}, "wait_timeout"),
        ({"wait_timeout": "60"}, "wait_timeout"),
        ({"wait_timeout": float("nan")}, "wait_timeout"),
        ({"initial_delay": 0}, "initial_delay"),
        ({"initial_delay": True}, "initial_delay"),
        ({"on_progress": 3}, "on_progress"),
        ({"on_progress": ""}, "on_progress"),
        ({"max_delay": -1}, "max_delay"),
        ({"max_delay": 86_401}, "max_delay"),
        ({"options": {"time_out": 1}}, "options['time_out']"),
        ({"options": 7}, "options"),
        ({"options": {"call_timeout": "1"}}, "options['call_timeout']"),
        ({"job_id": 7}, "job_id"),
    ],
)
async def test_wrong_arguments_are_refused_before_anything_is_sent(
    ses: Any, server: CountingServer, wrong: dict[str, Any], path: str
) -> None:
    with pytest.raises(errors.ParamValidationError) as caught:
        await wait_for_job(ses, **wrong)
    assert [problem.path for problem in caught.value.problems] == [path]
    assert server.received == []


def test_the_errors_of_a_wait_copy_and_pickle_whole() -> None:
    response = models.GetExportJobResponse(job_id="j-1", job_status="FAILED")
    facts: dict[str, Any] = {"operation": "GetExportJob", "response": response, "status": "FAILED"}
    failed = errors.WaiterFailedError("it is FAILED", **facts, reason="Access denied")
    timed_out = errors.WaiterTimeoutError("it is still FAILED", **facts)
    for error in (failed, timed_out):
        assert isinstance(error, errors.WaiterError)
        for twin in copies(error):
            assert type(twin) is type(error)
            assert (str(twin), vars(twin)) == (str(error), vars(error))


@each_case
def test_the_docstring_of_a_waiter_has_its_arguments_result_and_errors(case: Case) -> None:
    method = getattr(SESv2Client, f"wait_until_{case.name}")
    docstring = inspect.getdoc(method) or ""
    for name in list(inspect.signature(method).parameters)[1:]:
        assert f"{name}: " in docstring
    assert f"models.{case.response.__name__}: " in docstring
    assert ("WaiterFailedError: " in docstring) is bool(case.failed)
    assert "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Get" in docstring
