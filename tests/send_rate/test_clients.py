"""Clients that keep to a send rate, over real HTTP."""

import gc
import socket
import subprocess
import sys
import threading
import time
from typing import Any

import anyio
import pytest
from support.counting import Act, answers, hangs_up, never_answers
from support.send_rate import TimingServer, account, async_client_at, is_send, mail, refuses
from support.transport import until
from support.unit import KINDS, AnyClient, Kind, ask, async_client, close, ok, real_client, sync_client

from sesv2kit import CallInfo, Credentials, Hook, SendRate, SESv2Client, errors, models

each_client = pytest.mark.parametrize("kind", KINDS)
ONE_IN_AGES = 0.001


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach this machine directly, whatever proxy the environment names."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


async def send(client: AnyClient, recipients: int = 1, **options: Any) -> Any:
    """Send a mail to so many recipients."""
    return await ask(client, "send_email", **mail(recipients), options=options)


def refuses_at(gate: threading.Event) -> Act:
    """Refuse a mail when a gate opens."""
    refusal = refuses(400, "MessageRejected")

    def perform(connection: socket.socket, stopping: threading.Event) -> None:
        gate.wait(30)
        refusal.perform(connection, stopping)

    return Act(perform, keep_open=True)


def entries(count: int) -> dict[str, Any]:
    """Return the arguments of a bulk send with so many entries."""
    entry = models.BulkEmailEntry(destination=models.Destination(to_addresses=["ann@example.net"]))
    template = models.BulkEmailContent(template=models.Template(template_name="news", template_data="{}"))
    return {"default_content": template, "bulk_email_entries": [entry] * count}


# The rate is kept --------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_the_sends_of_many_tasks_keep_to_the_rate_in_recipients(server: TimingServer) -> None:
    async with async_client_at(server.url, send_rate=300) as client, anyio.create_task_group() as tasks:
        for _ in range(20):
            tasks.start_soon(send, client, 3)
    assert len(server.received) == 20
    assert server.seconds >= 19 * 3 / 300


def test_the_sends_of_many_threads_keep_to_the_rate(server: TimingServer) -> None:
    with real_client("sync", server.url, send_rate=300) as client:

        def work() -> None:
            for _ in range(10):
                client.send_email(**mail())

        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.received) == 60
    assert server.seconds >= 59 / 300


@pytest.mark.anyio
@each_client
async def test_every_entry_of_a_bulk_send_counts(kind: Kind, server: TimingServer) -> None:
    client = real_client(kind, server.url, send_rate=1000)
    for _ in range(3):
        await ask(client, "send_bulk_email", **entries(50))
    await close(client)
    assert server.seconds >= 100 / 1000


@pytest.mark.anyio
@each_client
async def test_a_request_that_is_made_again_takes_a_permit_again(
    kind: Kind, server: TimingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sesv2kit._call.pipeline.random.random", lambda: 0.0)
    server.script(refuses(503, "ServiceUnavailable"))
    client = real_client(kind, server.url, send_rate=10)
    await send(client)
    await close(client)
    assert len(server.received) == 2
    assert server.seconds >= 0.1


@pytest.mark.anyio
async def test_two_clients_with_the_same_object_keep_to_it_together(server: TimingServer) -> None:
    rate = SendRate(100)
    async with (
        async_client_at(server.url, send_rate=rate) as one,
        async_client_at(server.url, send_rate=rate) as other,
        anyio.create_task_group() as tasks,
    ):
        for _ in range(10):
            tasks.start_soon(send, one)
            tasks.start_soon(send, other)
    assert server.seconds >= 19 / 100
    assert one.send_rate is other.send_rate is rate


# Who keeps to it ---------------------------------------------------------------------------------


@pytest.mark.anyio
@each_client
async def test_only_sends_wait(kind: Kind, server: TimingServer) -> None:
    client = real_client(kind, server.url, send_rate=ONE_IN_AGES, call_timeout=10)
    for _ in range(3):
        await ask(client, "get_account")
        await ask(client, "put_account_sending_attributes", sending_enabled=True)
    await send(client)
    with pytest.raises(errors.TimeoutError):
        await ask(client, "send_bulk_email", **entries(1))
    with pytest.raises(errors.TimeoutError):
        await ask(client, "send_custom_verification_email", email_address="a@example.net", template_name="check")
    await close(client)


@pytest.mark.anyio
@each_client
async def test_a_call_can_have_another_send_rate_or_none(kind: Kind, server: TimingServer) -> None:
    client = real_client(kind, server.url, send_rate=ONE_IN_AGES, call_timeout=10)
    other = SendRate(ONE_IN_AGES)
    await send(client)
    await send(client, send_rate=None)
    await send(client, send_rate=other)
    for rate in (other, ONE_IN_AGES):
        with pytest.raises(errors.TimeoutError):
            await send(client, send_rate=rate)
    await send(client, send_rate=500)
    await close(client)


@pytest.mark.anyio
@each_client
async def test_a_client_without_a_rate_can_make_single_calls_that_keep_to_one(kind: Kind, server: TimingServer) -> None:
    client = real_client(kind, server.url, call_timeout=10)
    await send(client, send_rate=ONE_IN_AGES)
    await send(client)
    with pytest.raises(errors.TimeoutError):
        await send(client, send_rate=ONE_IN_AGES)
    await close(client)
    assert client.send_rate is None


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("wrong", [0, "accounts", True, float("nan"), []])
async def test_a_value_that_is_not_a_rate_is_refused(kind: Kind, wrong: Any, server: TimingServer) -> None:
    with pytest.raises(errors.ConfigurationError, match="send_rate must be"):
        real_client(kind, server.url, send_rate=wrong)
    client = real_client(kind, server.url)
    with pytest.raises(errors.ParamValidationError, match="send_rate"):
        await send(client, send_rate=wrong)
    await close(client)


# Waiting ends ------------------------------------------------------------------------------------


@pytest.mark.anyio
@each_client
async def test_a_turn_that_would_come_too_late_is_an_error_at_once_and_nothing_is_sent(
    kind: Kind, server: TimingServer
) -> None:
    rate = SendRate(ONE_IN_AGES)
    client = real_client(kind, server.url, send_rate=rate, call_timeout=30)
    await send(client)
    for _ in range(20):
        with pytest.raises(errors.TimeoutError, match="before a request was made") as caught:
            await send(client, 50)
        assert (caught.value.outcome, caught.value.attempts) == ("not_sent", 0)
    await close(client)
    assert len(server.received) == 1
    assert seconds_to_wait(rate) <= 1.015 / ONE_IN_AGES, "none of those who gave up keeps a position"


def seconds_to_wait(rate: SendRate) -> float:
    """Return how long the next who joins would have to wait."""
    now = time.monotonic()
    return rate.wait(rate.join(now, 1), now)


@pytest.mark.anyio
async def test_a_task_that_is_cancelled_while_it_waits_leaves_its_position(server: TimingServer) -> None:
    rate = SendRate(ONE_IN_AGES)
    async with async_client_at(server.url, send_rate=rate) as client:
        await send(client)
        for _ in range(5):
            with anyio.move_on_after(0.01):
                await send(client, 50)
    assert len(server.received) == 1
    assert seconds_to_wait(rate) <= 1.015 / ONE_IN_AGES


@pytest.mark.anyio
async def test_requests_behind_a_cancelled_task_move_up(server: TimingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sesv2kit._call.pacing._CHECK_AGAIN", 3600)
    rate = SendRate(1)
    async with async_client_at(server.url, send_rate=rate) as client, anyio.create_task_group() as tasks:
        await send(client)
        waiting = anyio.CancelScope()

        async def wait_and_be_cancelled() -> None:
            with waiting:
                await send(client, 50)

        tasks.start_soon(wait_and_be_cancelled)
        await anyio.sleep(0.05)
        tasks.start_soon(send, client)
        await anyio.sleep(0.05)
        waiting.cancel()
        tasks.cancel_scope.deadline = anyio.current_time() + 30
    assert len(server.received) == 2


def test_a_waiting_thread_is_woken_when_permits_are_given_back(
    server: TimingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sesv2kit._call.pacing._CHECK_AGAIN", 3600)
    refused = threading.Event()
    server.script(refuses_at(refused))
    with real_client("sync", server.url, send_rate=ONE_IN_AGES) as client:

        def fail() -> None:
            with pytest.raises(errors.MessageRejected):
                client.send_email(**mail(50))

        threads = [threading.Thread(target=fail), threading.Thread(target=lambda: client.send_email(**mail()))]
        threads[0].start()
        assert server.arrived.acquire(timeout=30)
        threads[1].start()
        rate = client.send_rate
        until(lambda: bool(rate and rate._queue and rate._queue._waiting))
        refused.set()
        for thread in threads:
            thread.join(30)
    assert len(server.received) == 2


# Throttling --------------------------------------------------------------------------------------


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize(
    ("status", "code", "message", "slower"),
    [
        (429, "TooManyRequestsException", "Maximum sending rate exceeded.", True),
        (400, "ThrottlingException", "Rate exceeded", True),
        (429, "TooManyRequestsException", "Daily message quota exceeded.", False),
        (400, "BadRequestException", "no", False),
    ],
)
async def test_a_send_that_is_throttled_slows_the_rate_down(
    kind: Kind, status: int, code: str, message: str, slower: bool, server: TimingServer
) -> None:
    server.script(refuses(status, code, message))
    rate = SendRate(1000)
    client = real_client(kind, server.url, send_rate=rate, retry_mode="off")
    with pytest.raises(errors.APIError):
        await send(client)
    await close(client)
    assert rate.per_second is not None
    assert (rate.per_second < 1000) is slower


@pytest.mark.anyio
@each_client
async def test_a_call_that_sends_nothing_and_is_throttled_does_not(kind: Kind, server: TimingServer) -> None:
    server.script(refuses(429, "TooManyRequestsException"))
    rate = SendRate(1000)
    client = real_client(kind, server.url, send_rate=rate, retry_mode="off")
    with pytest.raises(errors.APIError):
        await ask(client, "get_account")
    await close(client)
    assert rate.per_second == 1000


# The account -------------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_many_tasks_that_start_at_once_call_get_account_once(server: TimingServer) -> None:
    server.script(account(rate=300, quota=1000, sent=10))
    async with async_client_at(server.url, send_rate="account") as client:
        assert client.send_rate is None
        async with anyio.create_task_group() as tasks:
            for _ in range(30):
                tasks.start_soon(send, client, 2)
        assert client.send_rate is not None
        assert (client.send_rate.per_second, client.send_rate.quota_left) == (300, 930)
    assert [is_send(request) for request in server.received] == [False] + [True] * 30
    assert server.seconds >= 29 * 2 / 300


def test_many_threads_that_start_at_once_call_get_account_once(server: TimingServer) -> None:
    server.script(account(rate=1000))
    with real_client("sync", server.url, send_rate="account") as client:
        threads = [threading.Thread(target=lambda: client.send_email(**mail())) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [is_send(request) for request in server.received] == [False] + [True] * 10


@pytest.mark.anyio
@each_client
async def test_clients_of_the_same_endpoint_and_key_share_the_rate_of_their_account(
    kind: Kind, server: TimingServer
) -> None:
    server.script(account(rate=ONE_IN_AGES))
    one, other = (real_client(kind, server.url, send_rate="account", call_timeout=10) for _ in range(2))
    third = real_client(kind, server.url, send_rate="account", credentials=Credentials("AKIDOTHER", "secret"))
    await send(one)
    with pytest.raises(errors.TimeoutError):
        await send(other)
    await send(third)
    assert one.send_rate is other.send_rate is not third.send_rate
    assert [is_send(request) for request in server.received] == [False, True, False, True]
    for client in (one, other, third):
        await close(client)


@pytest.mark.anyio
@each_client
async def test_the_rate_of_the_account_outlives_the_clients(kind: Kind, server: TimingServer) -> None:
    server.script(account(rate=ONE_IN_AGES))
    for is_first in (True, False):
        client = real_client(kind, server.url, send_rate="account", call_timeout=10)
        if is_first:
            await send(client)
        else:
            with pytest.raises(errors.TimeoutError):
                await send(client)
        await close(client)
        del client
        gc.collect()
    assert [is_send(request) for request in server.received] == [False, True]


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("failure", [refuses(429, "TooManyRequestsException"), refuses(503, "Busy"), hangs_up()])
async def test_a_first_get_account_that_fails_for_now_is_repeated_until_there_is_a_response(
    kind: Kind, failure: Act, server: TimingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sesv2kit._call.pipeline.random.random", lambda: 0.0)
    server.script(*[failure] * 7, account(rate=500))
    client = real_client(kind, server.url, send_rate="account")
    await send(client)
    await close(client)
    assert [is_send(request) for request in server.received] == [False] * 8 + [True]


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("call_timeout", [None, 0.5])
async def test_a_first_get_account_that_keeps_failing_is_an_error_and_nothing_is_sent(
    kind: Kind, call_timeout: float | None, server: TimingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sesv2kit._call.pacing._ACCOUNT_PATIENCE", 0.5)
    monkeypatch.setattr("sesv2kit._call.pipeline.random.random", lambda: 1.0)
    server.script(*[refuses(429, "TooManyRequestsException")] * 5)
    client = real_client(kind, server.url, send_rate="account", call_timeout=call_timeout, retry_mode="off")
    # On a busy machine the last call of GetAccount can end before its connection is there.
    with pytest.raises((errors.TooManyRequestsException, errors.TimeoutError)) as caught:
        await send(client)
    await close(client)
    assert caught.value.operation == "GetAccount"
    assert not any(map(is_send, server.received))


@pytest.mark.anyio
async def test_a_task_with_little_time_does_not_end_the_wait_of_the_others(server: TimingServer) -> None:
    server.script(never_answers(), account())
    async with async_client_at(server.url, send_rate="account") as client, anyio.create_task_group() as tasks:

        async def give_up() -> None:
            with pytest.raises(errors.TimeoutError):
                await send(client, call_timeout=0.2)

        tasks.start_soon(give_up)
        await anyio.to_thread.run_sync(server.arrived.acquire)
        tasks.start_soon(send, client)
    assert [is_send(request) for request in server.received] == [False, False, True]


@pytest.mark.anyio
@each_client
async def test_get_account_is_called_again_after_a_while(
    kind: Kind, server: TimingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sesv2kit._rate.account.CALL_EVERY", 0.0)
    server.script(account(rate=500), answers(), account(rate=600), answers(), refuses(403, "AccessDeniedException"))
    rate = SendRate()
    client = real_client(kind, server.url, send_rate=rate)
    seen: list[float | None] = []
    for _ in range(4):
        await send(client)
        seen.append(rate.per_second)
    await close(client)
    assert seen == [500, 600, 600, 600], "an error leaves the rate as it was, and is not tried again at once"
    assert [is_send(request) for request in server.received] == [False, True, False, True, False, True, True]


@pytest.mark.anyio
@each_client
async def test_a_get_account_of_your_own_refreshes_the_rate(kind: Kind, server: TimingServer) -> None:
    server.script(account(rate=20, quota=100, sent=40), account(rate=30, quota=100, sent=70))
    client = real_client(kind, server.url, send_rate="account")
    for rate, left in ((20, 60), (30, 30)):
        await ask(client, "get_account")
        assert client.send_rate is not None
        assert (client.send_rate.per_second, client.send_rate.quota_left) == (rate, left)
    await send(client)
    await close(client)
    assert [is_send(request) for request in server.received] == [False, False, True]


@pytest.mark.anyio
@each_client
async def test_the_rate_of_the_account_can_be_read_before_the_first_send(kind: Kind, server: TimingServer) -> None:
    server.script(account(rate=20, quota=100, sent=40))
    for _ in range(2):  # two clients of one account
        client = real_client(kind, server.url, send_rate="account")
        await ask(client, "read_send_rate")
        assert client.send_rate is not None
        assert (client.send_rate.per_second, client.send_rate.quota_left) == (20, 60)
        await close(client)
    assert [is_send(request) for request in server.received] == [False]


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("rate", [None, 14, SendRate(14)])
async def test_a_rate_that_is_not_the_accounts_is_not_read(kind: Kind, rate: Any, server: TimingServer) -> None:
    client = real_client(kind, server.url, send_rate=rate)
    await ask(client, "read_send_rate")
    await close(client)
    assert server.received == []


@pytest.mark.anyio
async def test_a_rate_that_another_task_does_not_read_in_time_is_an_error(server: TimingServer) -> None:
    server.script(never_answers(), account())
    async with async_client_at(server.url, send_rate="account") as client, anyio.create_task_group() as tasks:

        async def read() -> None:
            await client.read_send_rate()

        tasks.start_soon(read)
        await anyio.to_thread.run_sync(server.arrived.acquire)
        with pytest.raises(errors.TimeoutError, match="GetAccount") as caught:
            await client.read_send_rate({"call_timeout": 0.1})
        assert caught.value.outcome == "not_sent"
        tasks.cancel_scope.cancel()


@pytest.mark.anyio
async def test_without_the_permission_for_get_account_no_task_sends_and_each_gets_an_error(
    server: TimingServer,
) -> None:
    server.script(*[refuses(403, "AccessDeniedException", "not authorized: ses:GetAccount")] * 20)
    failures: list[errors.SESv2Error] = []

    async def fail() -> None:
        with pytest.raises(errors.AccessDeniedException, match="GetAccount") as caught:
            await send(client)
        failures.append(caught.value)

    async with async_client_at(server.url, send_rate="account") as client, anyio.create_task_group() as tasks:
        assert client.endpoint_url == server.url  # so that nobody has to wait for it, and all ask at once
        for _ in range(10):
            tasks.start_soon(fail)
    assert len({id(error) for error in failures}) == 10
    notes = ["".join(error.__notes__) for error in failures]
    assert all("Allow ses:GetAccount" in note and "send_rate=14" in note for note in notes)
    assert [is_send(request) for request in server.received] == [False]


@pytest.mark.anyio
@each_client
async def test_a_get_account_without_a_response_in_the_calls_time_is_a_timeout_and_nothing_is_sent(
    kind: Kind, server: TimingServer
) -> None:
    server.script(never_answers())
    client = real_client(kind, server.url, send_rate="account", call_timeout=0.2)
    with pytest.raises(errors.TimeoutError) as caught:
        await send(client)
    assert caught.value.outcome == "not_sent"
    await close(client)
    assert not any(map(is_send, server.received))


@pytest.mark.anyio
async def test_when_the_task_that_calls_get_account_is_cancelled_another_one_does(server: TimingServer) -> None:
    server.script(never_answers(), account())
    async with async_client_at(server.url, send_rate="account") as client, anyio.create_task_group() as tasks:
        asking = anyio.CancelScope()

        async def ask_and_be_cancelled() -> None:
            with asking:
                await send(client)

        tasks.start_soon(ask_and_be_cancelled)
        await anyio.to_thread.run_sync(server.arrived.acquire)
        tasks.start_soon(send, client)
        await anyio.wait_all_tasks_blocked()
        assert len(server.received) == 1
        asking.cancel()
    assert [is_send(request) for request in server.received] == [False, False, True]


@pytest.mark.anyio
@each_client
async def test_hooks_see_get_account_as_a_call_of_its_own(kind: Kind) -> None:
    calls: list[CallInfo] = []

    class Seen(Hook):
        def around_call(self, call: CallInfo) -> Any:
            calls.append(call)
            return super().around_call(call)

    make = sync_client if kind == "sync" else async_client
    client = make(lambda _request: ok(), send_rate=SendRate(), hooks=[Seen()])
    await send(client)
    assert [(call.operation, call.attempts) for call in calls] == [("SendEmail", 1), ("GetAccount", 1)]


FIRST_REQUEST = """
import sys
from sesv2kit import Credentials, SendRate, SESv2Client, errors, models
from sesv2kit._transport import tls

class Rate(SendRate):
    def join(self, now, recipients):
        print("botocore.auth" in sys.modules, tls._new_ssl_context.cache_info().currsize)
        return super().join(now, recipients)

url, ca_bundle = sys.argv[1:]
client = SESv2Client(
    region="eu-west-1",
    endpoint_url=url,
    ca_bundle=ca_bundle or None,
    credentials=Credentials("AKID", "secret"),
    send_rate=Rate(1),
    retry_mode="off",
)
destination = models.Destination(to_addresses=["ann@example.net"])
content = models.EmailContent(template=models.Template(template_name="news", template_data="{}"))
try:
    client.send_email(from_email_address="shop@example.com", destination=destination, content=content)
except errors.SESv2Error as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("url", "ca_bundle", "expected"),
    [
        ("http://127.0.0.1:1", "", ["True 0", "ConnectError"]),
        ("https://127.0.0.1:1", "", ["True 1", "ConnectError"]),
        ("https://127.0.0.1:1", "/nowhere", ["True 0", "ConfigurationError"]),
    ],
)
def test_the_first_request_of_a_process_is_not_late_as_what_it_needs_is_loaded_before_its_turn(
    url: str, ca_bundle: str, expected: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_REQUEST, url, ca_bundle], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == expected


def test_a_single_call_can_keep_to_the_rate_of_the_account(server: TimingServer) -> None:
    server.script(account())
    with SESv2Client(region="eu-west-1", credentials=Credentials("AKID", "secret"), endpoint_url=server.url) as client:
        client.send_email(**mail(), options={"send_rate": "account"})
    assert [is_send(request) for request in server.received] == [False, True]
