"""What ends a call besides its response: an error of a hook, a cancellation, Ctrl-C, and closing the client."""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import anyio
import anyio.from_thread
import anyio.to_thread
import pytest
from support.clients import AwaitableClient, Connect
from support.counting import CountingServer, answers, hangs_up, never_answers
from support.transport import never_reads
from support.unit import CONTENT

from sesv2kit import AttemptInfo, CallInfo, Hook, errors, models

pytestmark = pytest.mark.anyio

THROTTLED = answers(429, b"{}", {"x-amzn-errortype": "TooManyRequestsException", "retry-after": "20"})


class Fails(Hook):
    """Raises an error before or after the request, and keeps what hooks see of the call."""

    def __init__(self, error: Exception, *, before: bool = False) -> None:
        self.calls: list[CallInfo] = []
        self._error = error
        self._before = before

    @contextmanager
    def around_call(self, call: CallInfo) -> Generator[None]:
        self.calls.append(call)
        yield

    @contextmanager
    def around_attempt(self, attempt: AttemptInfo) -> Generator[None]:  # noqa: ARG002
        if self._before:
            raise self._error
        try:
            yield
        finally:
            raise self._error


OWN = [
    errors.ConnectError("of the hook", outcome="not_sent"),
    errors.TooManyRequestsException("of the hook", status_code=429),
    errors.ExpiredTokenException("of the hook", status_code=403),
    errors.TimeoutError("of the hook"),
    ValueError("of the hook"),
]


@pytest.mark.parametrize("error", OWN, ids=lambda error: type(error).__name__)
async def test_an_error_of_a_hook_after_the_response_sends_no_second_mail(
    connect: Connect, server: CountingServer, error: Exception
) -> None:
    hook = Fails(error)
    async with connect(server.url, hooks=[hook]) as ses:
        with pytest.raises(type(error), match="of the hook") as caught:
            await ses.send_email(content=CONTENT)
    assert caught.value is error
    assert len(server.received) == 1
    assert hook.calls[0].may_have_happened


async def test_an_error_is_of_a_hook_only_if_the_hook_raised_it(connect: Connect, server: CountingServer) -> None:
    server.script(hangs_up(), hangs_up())
    async with connect(server.url, hooks=[Hook()]) as ses:
        with pytest.raises(errors.ConnectionLostError) as caught:
            await ses.create_contact_list(contact_list_name="customers")
        assert not caught.value.is_of_hook
        with pytest.raises(errors.AmbiguousSendError) as caught:
            await ses.send_email(content=CONTENT)
        assert not caught.value.is_of_hook
    for before in (True, False):
        async with connect(server.url, hooks=[Fails(errors.TimeoutError("of the hook"), before=before)]) as ses:
            with pytest.raises(errors.TimeoutError, match="of the hook") as caught:
                await ses.send_email(content=CONTENT)
            assert caught.value.is_of_hook is not before


async def test_an_error_of_a_hook_in_place_of_a_refusal_ends_the_call(connect: Connect, server: CountingServer) -> None:
    server.script(THROTTLED)
    async with connect(server.url, hooks=[Fails(OWN[0])]) as ses:
        with pytest.raises(errors.ConnectError, match="of the hook"):
            await ses.send_email(content=CONTENT)
    assert len(server.received) == 1


@pytest.mark.parametrize("error", OWN, ids=lambda error: type(error).__name__)
async def test_an_error_of_a_hook_before_the_request_sends_nothing(
    connect: Connect, server: CountingServer, error: Exception
) -> None:
    hook = Fails(error, before=True)
    async with connect(server.url, hooks=[hook]) as ses:
        with pytest.raises(type(error), match="of the hook"):
            await ses.send_email(content=CONTENT)
    assert server.received == []
    assert not hook.calls[0].may_have_happened


class Watches(Hook):
    """Keeps what it sees of the calls."""

    def __init__(self) -> None:
        self.calls: list[CallInfo] = []
        self.seen: list[bool] = []

    @contextmanager
    def around_call(self, call: CallInfo) -> Generator[None]:
        self.calls.append(call)
        try:
            yield
        finally:
            self.seen.append(call.may_have_happened)


async def test_a_send_that_was_cancelled_may_have_happened(connect: Connect, server: CountingServer, kind: str) -> None:
    if kind == "sync":
        pytest.skip("a blocking call is not cancelled")
    server.script(never_answers())
    hook = Watches()
    async with connect(server.url, hooks=[hook]) as ses, anyio.create_task_group() as tasks:
        tasks.start_soon(lambda: ses.send_email(content=CONTENT))
        await anyio.to_thread.run_sync(server.arrived.acquire)
        tasks.cancel_scope.cancel()
    assert hook.seen == [True]


async def test_a_call_that_was_cancelled_before_its_request_has_not_happened(
    connect: Connect, server: CountingServer, kind: str
) -> None:
    if kind == "sync":
        pytest.skip("a blocking call is not cancelled")
    server.script(THROTTLED)
    hook = Watches()
    async with connect(server.url, hooks=[hook]) as ses, anyio.create_task_group() as tasks:
        tasks.start_soon(lambda: ses.send_email(content=CONTENT))
        await until_asleep(ses)
        tasks.cancel_scope.cancel()
    assert hook.seen == [False]


class Interrupts(Watches):
    """Stands for Ctrl-C while the response is read."""

    @contextmanager
    def around_attempt(self, attempt: AttemptInfo) -> Generator[None]:  # noqa: ARG002
        yield
        raise KeyboardInterrupt


async def test_a_send_that_ended_by_ctrl_c_may_have_happened(connect: Connect, server: CountingServer) -> None:
    hook = Interrupts()
    async with connect(server.url, hooks=[hook]) as ses:
        with pytest.raises(KeyboardInterrupt):
            await ses.send_email(content=CONTENT)
    assert hook.seen == [True]


async def test_a_send_that_succeeded_or_was_refused_is_not_ambiguous(connect: Connect, server: CountingServer) -> None:
    hook = Watches()
    server.script(answers(400, b"{}", {"x-amzn-errortype": "MessageRejected"}))
    async with connect(server.url, hooks=[hook]) as ses:
        with pytest.raises(errors.MessageRejected):
            await ses.send_email(content=CONTENT)
        await ses.send_email(content=CONTENT)
    assert hook.seen == [False, False]


# Closing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("calls_before", [0, 1], ids=["first call", "later call"])
async def test_a_send_that_closing_the_client_breaks_off_may_have_happened(
    connect: Connect, server: CountingServer, calls_before: int
) -> None:
    async with connect(server.url) as ses:
        for _ in range(calls_before):
            await ses.send_email(content=CONTENT)
            server.arrived.acquire()
        server.script(never_answers())
        raised = await closed_meanwhile(ses, server, content=CONTENT)
    assert isinstance(raised, errors.AmbiguousSendError), repr(raised)


async def test_closing_the_client_breaks_off_a_large_upload(connect: Connect, server: CountingServer) -> None:
    server.script(never_reads())
    content = models.EmailContent(raw=models.RawMessage(data=(b"x" * 76 + b"\r\n") * 200_000))
    async with connect(server.url) as ses:
        raised = await closed_meanwhile(ses, server, content=content)
    assert isinstance(raised, errors.AmbiguousSendError), repr(raised)


async def closed_meanwhile(ses: Any, server: CountingServer, content: models.EmailContent) -> BaseException:
    """Close a client once a mail of it has arrived at the server; returns what the send raised."""
    raised: list[BaseException] = []
    client = ses._client if isinstance(ses, AwaitableClient) else ses

    async def send() -> None:
        try:
            if client is ses:
                await client.send_email(content=content)
            else:
                await anyio.to_thread.run_sync(lambda: client.send_email(content=content))
        except Exception as error:
            raised.append(error)

    with anyio.fail_after(10):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(send)
            await anyio.to_thread.run_sync(server.arrived.acquire)
            await (client.aclose() if client is ses else anyio.to_thread.run_sync(client.close))
    return raised[0]


async def until_asleep(ses: Any) -> None:
    """Wait until a call of a client sleeps."""
    client = ses._client if isinstance(ses, AwaitableClient) else ses
    with anyio.fail_after(10):
        while not client._driver._sleepers:  # noqa: ASYNC110 -- nobody is told when a call begins to sleep
            await anyio.sleep(0.001)


async def closed_while_asleep(ses: Any, method: str, **arguments: Any) -> BaseException:
    """Close a client while a call of it sleeps; returns what the call raised."""
    raised: list[BaseException] = []

    if isinstance(ses, AwaitableClient):
        client = ses._client

        def call() -> None:
            try:
                getattr(client, method)(**arguments)
            except errors.SESv2Error as error:
                raised.append(error)

        thread = threading.Thread(target=call)
        thread.start()
        await until_asleep(ses)
        client.close()
        thread.join(10)
        assert not thread.is_alive()
    else:

        async def call_async() -> None:
            try:
                await getattr(ses, method)(**arguments)
            except errors.SESv2Error as error:
                raised.append(error)

        with anyio.fail_after(10):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(call_async)
                await until_asleep(ses)
                await ses.aclose()
    return raised[0]


async def test_closing_ends_a_call_that_sleeps_before_a_retry(connect: Connect, server: CountingServer) -> None:
    server.script(THROTTLED)
    async with connect(server.url) as ses:
        error = await closed_while_asleep(ses, "send_email", content=CONTENT)
    assert isinstance(error, errors.ConfigurationError)
    assert "closed" in str(error)
    assert len(server.received) == 1


async def test_closing_ends_a_call_that_waits_for_its_turn(connect: Connect, server: CountingServer) -> None:
    async with connect(server.url, send_rate=0.01) as ses:
        await ses.send_email(content=CONTENT)
        error = await closed_while_asleep(ses, "send_email", content=CONTENT)
    assert isinstance(error, errors.ConfigurationError)
    assert len(server.received) == 1


async def test_a_call_does_not_begin_to_sleep_when_the_client_was_closed_meanwhile(
    connect: Connect, server: CountingServer
) -> None:
    class Closes(Hook):
        """Closes the client once the response is there."""

        @contextmanager
        def around_attempt(self, attempt: AttemptInfo) -> Generator[None]:  # noqa: ARG002
            yield
            client = ses._client if isinstance(ses, AwaitableClient) else ses
            client._driver.is_closed = True

    server.script(answers(429, b"{}", {"retry-after": "20"}))
    async with connect(server.url, hooks=[Closes()]) as ses:
        with anyio.fail_after(10), pytest.raises(errors.ConfigurationError, match="closed"):
            await ses.get_account()


async def test_closing_ends_a_wait(connect: Connect, server: CountingServer) -> None:
    server.script(answers(200, b'{"JobStatus": "PROCESSING"}'))
    async with connect(server.url) as ses:
        error = await closed_while_asleep(ses, "wait_until_export_job_ended", job_id="j-1")
    assert isinstance(error, errors.ConfigurationError)
    assert len(server.received) == 1


async def test_an_ambiguous_send_stays_ambiguous_when_the_client_is_closed_before_the_retry(
    connect: Connect, server: CountingServer
) -> None:
    server.script(answers(500, b"{}", {"x-amzn-errortype": "InternalFailure", "retry-after": "20"}))
    async with connect(server.url) as ses:
        options = {"resend_ambiguous": True}
        error = await closed_while_asleep(ses, "send_email", content=CONTENT, options=options)
    assert isinstance(error, errors.AmbiguousSendError)


def test_a_client_that_another_thread_closes_ends_its_calls(server: CountingServer) -> None:
    """The async client may be closed from elsewhere than its event loop."""
    from sesv2kit import AsyncSESv2Client, Credentials

    server.script(THROTTLED)
    ses = AsyncSESv2Client(region="eu-west-1", credentials=Credentials("A", "s"), endpoint_url=server.url)
    raised: list[BaseException] = []

    async def call() -> None:
        try:
            await ses.get_account()
        except errors.SESv2Error as error:
            raised.append(error)

    thread = threading.Thread(target=anyio.run, args=(call,))
    thread.start()
    end = time.monotonic() + 10
    while not ses._driver._sleepers and time.monotonic() < end:
        time.sleep(0.001)
    anyio.run(ses.aclose)
    thread.join(10)
    assert not thread.is_alive()
    assert isinstance(raised[0], errors.ConfigurationError)


# Headers of hooks --------------------------------------------------------------------------------


class Sets(Hook):
    """Sets a header, whatever it is; None removes one."""

    def __init__(self, name: Any, value: Any) -> None:
        self._header = name, value

    @contextmanager
    def around_attempt(self, attempt: AttemptInfo) -> Generator[None]:
        name, value = self._header
        if value is None:
            del attempt.headers[name]
        else:
            attempt.headers[name] = value
        yield


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("x-trace", 7),
        ("x-trace", b"7"),
        ("x-trace", "a\r\nx-evil: 1"),
        ("x-trace", "Zoë"),
        ("x trace", "7"),
        ("", "7"),
        (7, "7"),
        ("Authorization", "Bearer s3cret"),
        ("authorization", "Bearer s3cret"),
        ("content-length", "1"),
        ("x-amz-date", "20300101T000000Z"),
        ("host", None),
    ],
)
async def test_a_header_of_a_hook_that_can_not_be_sent_is_an_error_of_the_package(
    connect: Connect, server: CountingServer, name: Any, value: Any
) -> None:
    hook = Watches()
    async with connect(server.url, hooks=[hook, Sets(name, value)]) as ses:
        with pytest.raises(errors.ConfigurationError, match="SendEmail: a hook") as caught:
            await ses.send_email(content=CONTENT)
    assert "s3cret" not in str(caught.value)
    assert server.received == []
    assert hook.seen == [False]


async def test_a_hook_may_remove_what_is_not_signed(connect: Connect, server: CountingServer) -> None:
    async with connect(server.url, hooks=[Sets("user-agent", None)]) as ses:
        await ses.send_email(content=CONTENT)
    assert "user-agent" not in server.received[0].headers


async def test_a_hook_may_replace_what_is_not_signed(connect: Connect, server: CountingServer) -> None:
    async with connect(server.url, hooks=[Sets("user-agent", "shop/1.0"), Sets("X-Amzn-Trace-Id", "Root=1-2")]) as ses:
        await ses.send_email(content=CONTENT)
    assert server.received[0].headers["user-agent"] == "shop/1.0"
    assert server.received[0].headers["x-amzn-trace-id"] == "Root=1-2"
