"""Hooks see every call and every attempt, and can add headers."""

from collections.abc import AsyncGenerator, Generator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest
from support.unit import CALLS, FAULTS, KINDS, Kind, Script, any_client, ask, async_client, ok, refusal, sync_client

from sesv2kit import AsyncSESv2Client, AttemptInfo, CallInfo, Credentials, Hook, SESv2Client, errors

each_client = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip the waiting between attempts."""
    monkeypatch.setattr("sesv2kit._call.pipeline.random.random", lambda: 0.0)


class Diary(Hook):
    """Writes down what happens."""

    def __init__(self, log: list[str] | None = None, name: str = "") -> None:
        self.log: list[str] = [] if log is None else log
        self.calls: list[CallInfo] = []
        self.attempts: list[AttemptInfo] = []
        self._name = name

    @contextmanager
    def around_call(self, call: CallInfo) -> Generator[None]:
        self.calls.append(call)
        yield from self._note(f"{self._name}{call.operation}")

    @contextmanager
    def around_attempt(self, attempt: AttemptInfo) -> Generator[None]:
        self.attempts.append(attempt)
        yield from self._note(f"{self._name}attempt {attempt.number}")

    def _note(self, what: str) -> Generator[None]:
        self.log.append(f"{what} begins")
        try:
            yield
        except BaseException as error:
            self.log.append(f"{what}: {type(error).__name__}")
            raise
        self.log.append(f"{what} ends")


class AsyncDiary(Diary):
    """The same with async context managers."""

    @asynccontextmanager
    async def around_call(self, call: CallInfo) -> AsyncGenerator[None]:  # type: ignore[override]
        await anyio.lowlevel.checkpoint()
        with super().around_call(call):
            yield
        await anyio.lowlevel.checkpoint()

    @asynccontextmanager
    async def around_attempt(self, attempt: AttemptInfo) -> AsyncGenerator[None]:  # type: ignore[override]
        with super().around_attempt(attempt):
            yield


@pytest.mark.anyio
@pytest.mark.parametrize(("kind", "hook"), [("sync", Diary), ("async", Diary), ("async", AsyncDiary)])
async def test_a_hook_runs_around_the_call_and_around_each_attempt(kind: Kind, hook: type[Diary]) -> None:
    diary = hook()
    await ask(any_client(kind, Script(FAULTS["503"], ok()), hooks=[diary]), "get_account")
    assert diary.log == [
        "GetAccount begins",
        "attempt 1 begins",
        "attempt 1 ends",
        "attempt 2 begins",
        "attempt 2 ends",
        "GetAccount ends",
    ]


@pytest.mark.anyio
@each_client
async def test_several_hooks_run_in_their_order_and_end_in_the_other(kind: Kind) -> None:
    log: list[str] = []
    client = any_client(kind, Script(ok()), hooks=[Diary(log, "outer "), Hook(), Diary(log, "inner ")])
    await ask(client, "get_account")
    assert log == [
        "outer GetAccount begins",
        "inner GetAccount begins",
        "outer attempt 1 begins",
        "inner attempt 1 begins",
        "inner attempt 1 ends",
        "outer attempt 1 ends",
        "inner GetAccount ends",
        "outer GetAccount ends",
    ]


@pytest.mark.anyio
@each_client
async def test_a_hook_sees_the_outcome_of_a_call(kind: Kind) -> None:
    diary = Diary()
    await ask(any_client(kind, Script(FAULTS["429"], ok()), hooks=[diary]), "get_account")
    (call,) = diary.calls
    assert (call.operation, call.attempts, call.status_code, call.request_id) == ("GetAccount", 2, 200, "req-1")
    assert call.error is None
    assert call.seconds is not None
    assert call.seconds >= 0
    assert [(attempt.number, attempt.status_code) for attempt in diary.attempts] == [(1, 429), (2, 200)]
    for attempt in diary.attempts:
        assert attempt.call is call
        assert (attempt.method, attempt.url.rpartition("/")[2]) == ("GET", "account")
        assert attempt.response_headers is not None
        assert attempt.response_headers["x-amzn-requestid"] == "req-1"


@pytest.mark.anyio
@each_client
async def test_a_hook_sees_what_a_call_failed_with(kind: Kind) -> None:
    diary = Diary()
    method, arguments = CALLS["send"]
    client = any_client(kind, Script(refusal(400, "MessageRejected"), FAULTS["hung up"]), hooks=[diary])
    with pytest.raises(errors.MessageRejected) as rejected:
        await ask(client, method, **arguments)
    with pytest.raises(errors.AmbiguousSendError) as unsure:
        await ask(client, method, **arguments)
    with pytest.raises(errors.ParamValidationError) as invalid:
        await ask(client, "get_email_identity", email_identity=7)
    assert [call.error for call in diary.calls] == [rejected.value, unsure.value, invalid.value]
    assert [call.status_code for call in diary.calls] == [400, None, None]
    assert [call.attempts for call in diary.calls] == [1, 1, 0]
    assert diary.attempts[1].response_headers is None
    assert "attempt 1: ConnectionLostError" in diary.log
    assert "SendEmail: AmbiguousSendError" in diary.log


class Adds(Hook):
    """Adds a header to every request, another one to each."""

    @contextmanager
    def around_attempt(self, attempt: AttemptInfo) -> Generator[None]:
        assert "authorization" in attempt.headers
        attempt.headers["x-trace"] = f"{attempt.call.operation}-{attempt.number}"
        yield


@pytest.mark.anyio
@each_client
async def test_headers_that_a_hook_adds_travel_and_are_not_signed(kind: Kind) -> None:
    script = Script(FAULTS["503"], ok())
    await ask(any_client(kind, script, hooks=[Adds()]), "get_account")
    assert [request.headers["x-trace"] for request in script.requests] == ["GetAccount-1", "GetAccount-2"]
    assert not any("x-trace" in request.headers["authorization"] for request in script.requests)


# Mistakes in hooks -------------------------------------------------------------------------------


class Returns(Hook):
    """Returns anything."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def around_call(self, call: CallInfo) -> Any:  # noqa: ARG002
        return self._context


def test_an_async_hook_of_the_sync_client_is_a_configuration_error() -> None:
    script = Script()
    with pytest.raises(errors.ConfigurationError, match="not an async one"):
        sync_client(script, hooks=[AsyncDiary()]).get_account()
    assert script.requests == []


@pytest.mark.anyio
@each_client
async def test_a_hook_that_returns_no_context_manager_is_a_configuration_error(kind: Kind) -> None:
    with pytest.raises(errors.ConfigurationError, match="not NoneType"):
        await ask(any_client(kind, Script(), hooks=[Returns(None)]), "get_account")


class Fails(Hook):
    """Fails at one point."""

    def __init__(self, point: str) -> None:
        self._point = point

    def _at(self, point: str) -> None:
        if point == self._point:
            raise RuntimeError(point)

    @contextmanager
    def around_call(self, call: CallInfo) -> Generator[None]:  # noqa: ARG002
        self._at("before the call")
        yield
        self._at("after the call")

    @contextmanager
    def around_attempt(self, attempt: AttemptInfo) -> Generator[None]:  # noqa: ARG002
        self._at("before the attempt")
        yield
        self._at("after the attempt")


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize(
    ("point", "requests"),
    [("before the call", 0), ("before the attempt", 0), ("after the attempt", 1), ("after the call", 1)],
)
async def test_an_error_of_a_hook_ends_the_call(point: str, requests: int, kind: Kind) -> None:
    script, diary = Script(ok()), Diary()
    with pytest.raises(RuntimeError, match=point):
        await ask(any_client(kind, script, hooks=[diary, Fails(point)]), "get_account")
    assert len(script.requests) == requests
    assert diary.log[-1] == "GetAccount: RuntimeError"


class Swallows(Hook):
    """Suppresses all errors, of calls and of attempts."""

    @contextmanager
    def _nothing_happened(self) -> Generator[None]:
        with suppress(errors.SESv2Error):
            yield

    def around_call(self, call: CallInfo) -> AbstractContextManager[None]:  # noqa: ARG002
        return self._nothing_happened()

    def around_attempt(self, attempt: AttemptInfo) -> AbstractContextManager[None]:  # noqa: ARG002
        return self._nothing_happened()


@pytest.mark.anyio
@each_client
async def test_a_hook_can_not_make_a_failure_look_like_a_response(kind: Kind) -> None:
    method, arguments = CALLS["send"]
    with pytest.raises(errors.AmbiguousSendError) as caught:
        await ask(any_client(kind, Script(FAULTS["hung up"]), hooks=[Swallows()]), method, **arguments)
    assert isinstance(caught.value.__cause__, errors.ConnectionLostError)


class Translates(Hook):
    """Raises an error of the user's instead of ours."""

    @contextmanager
    def around_call(self, call: CallInfo) -> Generator[None]:
        try:
            yield
        except errors.NotFoundException as error:
            raise LookupError(call.operation) from error


@pytest.mark.anyio
@each_client
async def test_a_hook_can_raise_another_error(kind: Kind) -> None:
    with pytest.raises(LookupError, match="GetAccount"):
        await ask(any_client(kind, Script(FAULTS["not found"]), hooks=[Translates()]), "get_account")


# Cancellation, and httpx's own hooks -------------------------------------------------------------


@pytest.mark.anyio
@pytest.mark.parametrize("hook", [Diary, AsyncDiary])
async def test_a_hook_sees_that_a_call_was_cancelled(hook: type[Diary]) -> None:
    diary, asked = hook(), anyio.Event()

    async def never(_request: httpx.Request) -> httpx.Response:
        asked.set()
        await anyio.sleep_forever()
        raise AssertionError

    http_client = httpx.AsyncClient(transport=httpx.MockTransport(never))
    client = AsyncSESv2Client(
        region="eu-west-1", credentials=Credentials("A", "s"), http_client=http_client, hooks=[diary]
    )
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.get_account)
        await asked.wait()
        tasks.cancel_scope.cancel()
    assert len(diary.log) == 4
    assert diary.log[2].startswith("attempt 1: Cancelled")
    assert diary.log[3].startswith("GetAccount: Cancelled")
    assert diary.calls[0].error is None
    assert diary.calls[0].seconds is not None


def test_the_event_hooks_of_the_callers_httpx_client_run(credentials: Credentials) -> None:
    seen: list[Any] = []
    http_client = httpx.Client(
        transport=httpx.MockTransport(Script(ok())),
        event_hooks={
            "request": [lambda request: seen.append(request.method)],
            "response": [lambda response: seen.append(response.status_code)],
        },
    )
    SESv2Client(region="eu-west-1", credentials=credentials, http_client=http_client).get_account()
    assert seen == ["GET", 200]


@pytest.mark.anyio
async def test_the_event_hooks_of_the_callers_async_httpx_client_run(credentials: Credentials) -> None:
    seen: list[Any] = []

    async def request_hook(request: httpx.Request) -> None:
        seen.append(request.method)

    async def response_hook(response: httpx.Response) -> None:
        seen.append(response.status_code)

    event_hooks: dict[str, list[Any]] = {"request": [request_hook], "response": [response_hook]}
    http_client = httpx.AsyncClient(transport=httpx.MockTransport(Script(ok())), event_hooks=event_hooks)
    client = AsyncSESv2Client(region="eu-west-1", credentials=credentials, http_client=http_client)
    await client.get_account()
    assert seen == ["GET", 200]


@pytest.mark.anyio
async def test_calls_at_the_same_time_are_kept_apart() -> None:
    diary = Diary()
    client = async_client(Script(*[ok()] * 20), hooks=[diary])
    async with anyio.create_task_group() as tasks:
        for _ in range(20):
            tasks.start_soon(client.get_account)
    assert len({id(call) for call in diary.calls}) == 20
    assert {call.attempts for call in diary.calls} == {1}
