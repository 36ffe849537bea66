"""A rate that processes share over a real Redis server."""

import json
import logging
import math
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import anyio
import pytest
from support.counting import answers
from support.send_rate import (
    PASSWORD,
    RedisServer,
    TimingServer,
    account,
    async_client_at,
    is_send,
    mail,
    refuses,
    running_redis,
)
from support.unit import KINDS, SETTINGS, Kind, ask, close, real_client

import sesv2kit._rate
from sesv2kit import Credentials, SendRate, errors, models
from sesv2kit._rate.account import AccountKey
from sesv2kit.bulk import BulkSender

SENDER = Path(__file__).with_name("sender.py")
each_client = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give Redis all the time that it may need on a busy machine."""
    if find_spec("redis"):
        monkeypatch.setattr("sesv2kit._rate.redis.TIMEOUT", 30.0)


@pytest.fixture
def key(request: pytest.FixtureRequest) -> str:
    """A key in Redis that no other test has."""
    return f"rate of {request.node.name}"


def reserve(rate: SendRate, recipients: int = 1, left: float | None = None) -> float:
    """Reserve permits; returns the seconds to wait for them."""
    seconds = try_to_reserve(rate, recipients, left)
    assert seconds is not None, "Redis responds"
    return seconds


def try_to_reserve(rate: SendRate, recipients: int = 1, left: float | None = None) -> float | None:
    """Reserve permits; returns the seconds to wait for them, None if Redis does not respond."""
    assert rate.limiter is not None
    if not (request := rate.limiter.request(recipients, rate.per_second or 0, left)):
        return None
    wait([request.response], request.max_wait)
    return rate.limiter.take_response(request)


def wait_until(is_true: Callable[[], object]) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + 30
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@contextmanager
def slow_relay(port: int, delay: float) -> Iterator[int]:
    """Pass on what one connection says to a port, and each response after a delay; yields the relay's own port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        relaying = threading.Thread(target=_relay, args=(listener, port, delay), daemon=True)
        relaying.start()
        yield int(listener.getsockname()[1])


def _relay(listener: socket.socket, port: int, delay: float) -> None:
    near = listener.accept()[0]
    with near, socket.create_connection(("127.0.0.1", port)) as far, suppress(OSError):
        while request := near.recv(65536):
            far.sendall(request)
            response = far.recv(65536)
            time.sleep(delay)
            near.sendall(response)


def stored(redis_server: RedisServer, key: str, **values: int) -> dict[str, int]:
    """Return what Redis has stored of a rate; the values are added to it first."""
    with pytest.importorskip("redis").Redis.from_url(redis_server.url, decode_responses=True) as client:
        for name, value in values.items():
            client.hincrby(key, name, value)
        return {name: int(value) for name, value in client.hgetall(key).items()}


@pytest.mark.parametrize(
    ("per_second", "recipients", "distance"),
    [
        (0.1, 1, 10.15),
        (0.3, 3, 10.15),
        (0.4, 1, 2.5375),
        (4, 1, 0.25),
        (4, 50, 12.6875),
        (100, 20, 0.2),
        (100, 50, 0.5075),
    ],
)
def test_each_reservation_is_for_later_than_the_one_before(
    redis_server: RedisServer, key: str, per_second: float, recipients: int, distance: float
) -> None:
    rate = SendRate(per_second, redis=redis_server.url, name=key)
    started = time.monotonic()
    waits = [reserve(rate, recipients) for _ in range(4)]
    took = time.monotonic() - started
    assert waits[0] == 0
    for number, seconds in enumerate(waits):
        assert number * distance - took - 0.001 <= seconds <= number * distance + 0.001


def test_processes_with_the_same_name_share_a_rate_and_others_do_not(redis_server: RedisServer, key: str) -> None:
    one, same, other = (SendRate(0.01, redis=redis_server.url, name=name) for name in (key, key, key + "!"))
    assert [reserve(rate) > 0 for rate in (one, same, one, other)] == [False, True, True, False]


def test_a_reservation_that_would_come_too_late_is_not_made(redis_server: RedisServer, key: str) -> None:
    rate = SendRate(0.1, redis=redis_server.url, name=key)
    assert reserve(rate, left=60) == 0
    assert [reserve(rate, left=5) for _ in range(3)] == [math.inf] * 3
    assert reserve(rate, left=60) <= 10.15


def test_what_is_late_is_made_up_for_within_bounds(redis_server: RedisServer, key: str) -> None:
    rate = SendRate(100, redis=redis_server.url, name=key)
    reserve(rate)
    stored(redis_server, key, next=-50_000, seen=-50_000)
    assert sum(reserve(rate) == 0 for _ in range(50)) >= 5
    stored(redis_server, key, next=-60_000_000, seen=-60_000_000)
    waits = [reserve(rate) for _ in range(50)]
    assert waits[-1] >= 0.49 - 0.15 - 0.3, "a minute without mail saves up nothing"


def test_a_clock_of_redis_that_is_set_back_delays_no_send(redis_server: RedisServer, key: str) -> None:
    rate = SendRate(0.1, redis=redis_server.url, name=key)
    reserve(rate)
    stored(redis_server, key, next=600_000_000, seen=600_000_000)  # as if the clock had been ten minutes ahead
    assert 5 < reserve(rate) <= 10.15
    assert 15 < reserve(rate) <= 20.3


def test_permits_that_are_given_back_are_for_any_process(redis_server: RedisServer, key: str) -> None:
    one, other = (SendRate(0.1, redis=redis_server.url, name=key) for _ in range(2))
    reserve(one, 50)
    assert reserve(other, left=60) == math.inf
    one.give_back(50)
    reserve(one, left=60)  # after the permits are back
    assert 5 < reserve(other) <= 10.15


def test_a_reservation_whose_send_was_cancelled_is_used_by_another_send_of_the_process(
    redis_server: RedisServer, key: str
) -> None:
    rate, other = (SendRate(0.1, redis=redis_server.url, name=key) for _ in range(2))
    assert rate.limiter is not None
    reserve(rate)
    seconds = reserve(rate, 3)
    reserve(other)
    rate.limiter.release(3, seconds)
    assert reserve(rate, 4) > 30, "it is too small"
    assert reserve(rate, left=1) == math.inf, "it is too late"
    assert reserve(rate, 2) == pytest.approx(seconds, abs=5)
    assert reserve(rate, 2) > 30, "it is used up"


def test_a_process_requests_permits_in_the_order_of_its_sends_and_for_many_at_once(
    redis_server: RedisServer, key: str
) -> None:
    with (
        slow_relay(redis_server.port, 0.05) as port,
        ThreadPoolExecutor(20) as threads,
    ):
        rate = SendRate(0.1, redis=f"redis://:{PASSWORD}@127.0.0.1:{port}", name=key)
        reserve(rate)
        asked: list[Future[float]] = []
        for _ in range(20):
            asked.append(threads.submit(reserve, rate))
            time.sleep(0.002)
        waits = [each.result() for each in asked]
    assert waits == sorted(waits)
    assert waits[-1] - waits[0] == pytest.approx(19 * 10.15, abs=2)


def test_the_share_of_a_process_is_what_it_reserved_recently(redis_server: RedisServer, key: str) -> None:
    one, other = (SendRate(1000, redis=redis_server.url, name=key) for _ in range(2))
    assert one.limiter is not None
    assert other.limiter is not None
    assert one.limiter.share == 0.1
    for _ in range(100):
        reserve(one, 150)
        reserve(other, 50)
    assert one.limiter.share == pytest.approx(0.75, abs=0.1)
    assert other.limiter.share == pytest.approx(0.25, abs=0.1)


@pytest.mark.anyio
@each_client
async def test_clients_keep_to_a_rate_over_redis(
    kind: Kind, server: TimingServer, redis_server: RedisServer, key: str
) -> None:
    clients = [
        real_client(kind, server.url, send_rate=SendRate(400, redis=redis_server.url, name=key)) for _ in range(2)
    ]
    for _ in range(20):
        for client in clients:
            await ask(client, "send_email", **mail(2))
    for client in clients:
        await close(client)
    assert server.seconds >= (39 * 2 - 40) / 400 - 0.01


@pytest.mark.anyio
async def test_however_many_tasks_wait_each_mail_makes_at_most_one_request_to_redis(
    server: TimingServer, redis_server: RedisServer, key: str
) -> None:
    rate = SendRate(400, redis=redis_server.url, name=key)
    reserve(rate)  # loads the script
    before = scripts_run(redis_server)
    async with async_client_at(server.url, send_rate=rate) as client, anyio.create_task_group() as tasks:
        for _ in range(200):
            tasks.start_soon(lambda: client.send_email(**mail()))
    assert len(server.received) == 200
    assert 0 < scripts_run(redis_server) - before <= 200


def scripts_run(redis_server: RedisServer) -> int:
    """Return how many scripts a Redis server has run."""
    with pytest.importorskip("redis").Redis.from_url(redis_server.url) as client:
        return int(client.info("commandstats")["cmdstat_evalsha"]["calls"])


@pytest.mark.anyio
async def test_tasks_that_wait_and_are_cancelled_take_nothing_from_others(
    server: TimingServer, redis_server: RedisServer, key: str
) -> None:
    rate, other = (SendRate(1, redis=redis_server.url, name=key) for _ in range(2))
    async with async_client_at(server.url, send_rate=rate) as client:
        await client.send_email(**mail())
        for _ in range(5):
            with anyio.move_on_after(0.05):
                await client.send_email(**mail(50))
    assert len(server.received) == 1
    assert reserve(other) <= 1.015


@pytest.mark.anyio
@each_client
async def test_a_turn_that_would_come_too_late_is_an_error_and_takes_nothing(
    kind: Kind, server: TimingServer, redis_server: RedisServer, key: str
) -> None:
    other = SendRate(0.1, redis=redis_server.url, name=key)
    assert reserve(other) == 0
    rate = SendRate(0.1, redis=redis_server.url, name=key)
    client = real_client(kind, server.url, send_rate=rate, call_timeout=5)
    for _ in range(3):
        with pytest.raises(errors.TimeoutError) as caught:
            await ask(client, "send_email", **mail(50))
        assert caught.value.outcome == "not_sent"
    await close(client)
    assert server.received == []
    assert reserve(other) <= 10.15


def run_senders(server: TimingServer, settings: str, count: int, seconds: float) -> list[int]:
    """Let processes send at the same time; returns how many mails each has sent."""
    senders = [
        subprocess.Popen(
            [sys.executable, str(SENDER), settings, str(number), str(seconds)], stdin=-1, stdout=-1, text=True
        )
        for number in range(count)
    ]
    for sender in senders:
        assert sender.stdout is not None
        assert sender.stdout.readline() == "ready\n"
    server.started = time.monotonic()
    return [int(sender.communicate("go\n", timeout=60)[0]) for sender in senders]


def test_permits_that_are_given_back_bring_no_two_large_requests_together(redis_server: RedisServer, key: str) -> None:
    one, other = (SendRate(0.1, redis=redis_server.url, name=key) for _ in range(2))
    reserve(one)
    waits = [reserve(other)]
    one.give_back(1)
    waits += [reserve(one), reserve(other)]
    assert waits == pytest.approx([10.15, 20.3, 30.45], abs=5), "the second is reserved, and would not move up"


# The account -------------------------------------------------------------------------------------

USER, ROLE, ROLE_RENEWED = "AKIDEXAMPLE", "ASIAQNZGKIQY56JQ7WML", "ASIAQNZGKIQY56JQAAAA"


@pytest.fixture
def forget_accounts(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Know no account any more, as another process."""
    return lambda: monkeypatch.setattr("sesv2kit._rate.send_rate._of_accounts", {})


def what_came(server: TimingServer) -> str:
    """Return a letter for each request: s for a send, a for GetAccount."""
    return "".join("s" if is_send(request) else "a" for request in server.received)


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize(("one", "other"), [(USER, USER), (ROLE, ROLE_RENEWED)])
async def test_what_get_account_said_is_for_all_processes_of_the_same_account(
    kind: Kind,
    one: str,
    other: str,
    server: TimingServer,
    redis_server: RedisServer,
    key: str,
    forget_accounts: Callable[[], None],
) -> None:
    server.script(account(rate=50, quota=100, sent=40))
    for number, access_key in enumerate((one, other)):
        rate = SendRate(redis=redis_server.url, name=key)
        credentials = Credentials(access_key, "secret")
        client = real_client(kind, server.url, send_rate=rate, credentials=credentials)
        await ask(client, "send_email", **mail())
        await close(client)
        assert (rate.per_second, rate.quota_left) == (50, 59)
        wait_until(lambda: len(keys(redis_server, key)) == 2)
        assert what_came(server) == "as" + "s" * number
        forget_accounts()
    names = "".join(name.removeprefix(key) for name in keys(redis_server, key))
    assert not any(secret in names for secret in (one, other, server.url, "029608264753"))


def keys(redis_server: RedisServer, key: str) -> list[str]:
    """Return the names that a rate has in Redis."""
    with pytest.importorskip("redis").Redis.from_url(redis_server.url, decode_responses=True) as client:
        return [name for name in client.scan_iter() if name.startswith(key)]


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("settings", [{"region": "eu-west-2"}, {"credentials": Credentials("AKIDOTHER", "secret")}])
async def test_what_get_account_said_is_not_for_other_accounts_and_regions_whatever_the_name(
    kind: Kind,
    settings: dict[str, Any],
    server: TimingServer,
    redis_server: RedisServer,
    key: str,
) -> None:
    server.script(account(rate=50), answers(), account(rate=70))
    for given, expected in (({}, 50), (settings, 70)):
        rate = SendRate(redis=redis_server.url, name=key)
        client = real_client(kind, server.url, send_rate=rate, **given)
        await ask(client, "send_email", **mail())
        await close(client)
        assert rate.per_second == expected
    assert what_came(server) == "asas"


def test_processes_that_start_together_call_get_account_once(
    server: TimingServer, redis_server: RedisServer, key: str
) -> None:
    server.script(account(rate=200))
    settings = json.dumps({"url": server.url, "redis": redis_server.url, "name": key, "rate": None})
    sent = run_senders(server, settings, 4, 0.1)
    assert what_came(server).count("a") == 1
    assert min(sent) > 0


def test_mailings_of_several_processes_call_get_account_once(
    server: TimingServer, redis_server: RedisServer, key: str, forget_accounts: Callable[[], None]
) -> None:
    taken = answers(body=b'{"BulkEmailEntryResults": [{"Status": "SUCCESS", "MessageId": "1"}]}')
    server.script(account(rate=50), taken, taken)
    entry = models.BulkEmailEntry(destination=models.Destination(to_addresses=["ann@example.net"]))
    content = models.BulkEmailContent(template=models.Template(template_name="news", template_data="{}"))
    for _ in range(2):
        rate = SendRate(redis=redis_server.url, name=key)
        with real_client("sync", server.url, send_rate=rate) as client:
            sender = BulkSender(client, from_email_address="shop@example.com", default_content=content)
            assert [outcome.state for outcome in sender.send([entry])] == ["sent"]
        wait_until(lambda: len(keys(redis_server, key)) == 2)
        forget_accounts()
    assert what_came(server) == "ass"


@pytest.mark.parametrize("is_refused", [True, False])
def test_when_the_process_that_calls_get_account_fails_another_one_does(
    is_refused: bool,
    server: TimingServer,
    redis_server: RedisServer,
    key: str,
    forget_accounts: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("redis")
    monkeypatch.setattr("sesv2kit._call.pacing._CHECK_SHARED", 0.05)
    first, second = (SendRate(redis=redis_server.url, name=key) for _ in range(2))
    if is_refused:
        server.script(refuses(403, "AccessDeniedException"), account(rate=50))
        with (
            real_client("sync", server.url, send_rate=first) as client,
            pytest.raises(errors.AccessDeniedException),
        ):
            client.send_email(**mail())
        forget_accounts()
    else:
        monkeypatch.setattr("sesv2kit._rate.redis_account._LOCK", 300)
        server.script(account(rate=50))
        with real_client("sync", server.url) as client:
            access_key = SETTINGS["credentials"].access_key
            gone = AccountKey(server.url, client.region or "", access_key)
        assert first.limiter
        assert first.limiter.accounts.find(gone).result() is True
        assert first.limiter.accounts.find(gone).result() is True, "it may try again"
        assert second.limiter
        assert second.limiter.accounts.find(gone).result() is False
    with real_client("sync", server.url, send_rate=second) as client:
        client.send_email(**mail())
    assert second.per_second == 50
    assert what_came(server) == ("aas" if is_refused else "as")


def test_a_rate_that_is_known_does_not_wait_for_the_process_that_reads_it_again(
    server: TimingServer, redis_server: RedisServer, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sesv2kit._rate.account.CALL_EVERY", 0.0)
    server.script(account(rate=50))
    rate, other = (SendRate(redis=redis_server.url, name=key) for _ in range(2))
    with real_client("sync", server.url, send_rate=rate) as client:
        client.send_email(**mail())
        wait_until(lambda: len(keys(redis_server, key)) == 2)
        with pytest.importorskip("redis").Redis.from_url(redis_server.url) as admin:
            admin.delete(*(name for name in keys(redis_server, key) if ":account:" in name))
        assert other.limiter
        assert rate.account_key
        assert other.limiter.accounts.find(rate.account_key).result() is True
        client.send_email(**mail())
    assert what_came(server) == "ass"


def test_without_redis_each_process_calls_get_account(server: TimingServer) -> None:
    server.script(account(rate=50))
    rate = SendRate(redis=refusing_url())
    with real_client("sync", server.url, send_rate=rate) as client:
        client.send_email(**mail())
        client.get_account()
    assert what_came(server) == "asa"


def test_a_user_of_redis_who_may_only_use_the_rate_itself_calls_get_account(
    server: TimingServer, redis_server: RedisServer, key: str
) -> None:
    redis = pytest.importorskip("redis")
    key = key.replace(" ", "-")
    with redis.Redis.from_url(redis_server.url) as admin:
        admin.acl_setuser("limited", enabled=True, passwords=["+limited"], keys=[key], commands=["+@all"], reset=True)
        with redis.Redis(port=redis_server.port, username="limited", password="limited") as limited:
            server.script(account(rate=50))
            rate = SendRate(redis=limited, name=key)
            with real_client("sync", server.url, send_rate=rate) as client:
                client.send_email(**mail())
        admin.acl_deluser("limited")
    assert what_came(server) == "as"
    assert keys(redis_server, key) == [key]


# Several processes -------------------------------------------------------------------------------


def test_processes_keep_to_the_rate_together_and_each_gets_on(
    server: TimingServer, redis_server: RedisServer, key: str
) -> None:
    rate, seconds, count = 100, 0.8, 3
    settings = json.dumps({"url": server.url, "redis": redis_server.url, "name": key, "rate": rate})
    sent = run_senders(server, settings, count, seconds)
    assert len(server.received) == sum(sent)
    early = int(rate * 0.1) + 1
    assert sum(sent) <= rate * server.seconds + early, "together they are not faster than the rate"
    assert min(sent) > 0, "none is left behind"


# Redis fails -------------------------------------------------------------------------------------


def refusing_url() -> str:
    """Return the URL of a Redis server that is not there."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"redis://:{PASSWORD}@127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.anyio
@each_client
async def test_without_redis_sends_keep_to_a_tenth_of_the_rate_and_one_warning_is_logged(
    kind: Kind, server: TimingServer, caplog: pytest.LogCaptureFixture
) -> None:
    rate = SendRate(400, redis=refusing_url())
    client = real_client(kind, server.url, send_rate=rate)
    for _ in range(13):
        await ask(client, "send_email", **mail())
    await close(client)
    assert len(server.received) == 13
    assert rate.per_second == 40
    assert server.seconds >= 12 / 40 - 0.1
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "can't be shared over Redis (ConnectionError)" in caplog.text
    assert PASSWORD not in caplog.text


@pytest.mark.anyio
@each_client
async def test_without_redis_nothing_is_sent_with_when_lost_wait(kind: Kind, server: TimingServer) -> None:
    rate = SendRate(1000, redis=refusing_url(), when_lost="wait")
    client = real_client(kind, server.url, send_rate=rate, call_timeout=0.3)
    for _ in range(2):
        with pytest.raises(errors.TimeoutError) as caught:
            await ask(client, "send_email", **mail())
        assert caught.value.outcome == "not_sent"
    await close(client)
    assert server.received == []


@pytest.mark.anyio
@each_client
async def test_sends_that_wait_for_redis_leave_when_it_responds_again(
    kind: Kind, server: TimingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("redis")
    monkeypatch.setattr("sesv2kit._rate.send_rate._CHECK_REDIS", 0.05)
    monkeypatch.setattr("sesv2kit._rate.redis.CHECK_EVERY", 0.05)
    with running_redis(tmp_path) as redis_server:
        rate = SendRate(1000, redis=redis_server.url, when_lost="wait")
        client = real_client(kind, server.url, send_rate=rate, call_timeout=30)
        await ask(client, "send_email", **mail())
    for _ in range(2):
        with pytest.raises(errors.TimeoutError) as caught:
            await ask(client, "send_email", **mail(), options={"call_timeout": 0.1})
        assert caught.value.outcome == "not_sent"
    assert len(server.received) == 1
    with ExitStack() as later:
        restarting = threading.Timer(0.2, lambda: later.enter_context(running_redis(tmp_path, redis_server.port)))
        restarting.start()
        await ask(client, "send_email", **mail())
        restarting.join()
        await close(client)
    assert len(server.received) == 2
    assert caplog.text.count("can't be shared") == 1
    assert caplog.text.count("is shared over Redis again") == 1


def test_a_redis_server_that_stops_and_starts_again(
    server: TimingServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("redis")
    monkeypatch.setattr("sesv2kit._rate.redis.CHECK_EVERY", 0.05)
    with running_redis(tmp_path) as redis_server:
        rate = SendRate(20, redis=redis_server.url)
        with real_client("sync", server.url, send_rate=rate) as client:
            client.send_email(**mail())
            redis_server.process.kill()
            redis_server.process.wait()
            client.send_email(**mail())
            assert "can't be shared over Redis" in caplog.text
    assert 2 <= (rate.per_second or 0) < 4, "a tenth, and the one mail"
    with running_redis(tmp_path, redis_server.port), real_client("sync", server.url, send_rate=rate) as client:
        wait_until(lambda: rate.per_second == 20)
        client.send_email(**mail(50))
        assert reserve(rate) > 0
    assert len(server.received) == 3


def test_a_process_that_is_first_to_find_redis_again_waits_for_the_others(
    redis_server: RedisServer, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis_rate = pytest.importorskip("sesv2kit._rate.redis")
    monkeypatch.setattr(redis_rate, "CHECK_EVERY", 60)
    rate = SendRate(100, redis=redis_server.url, name=key)
    assert rate.limiter is not None
    reserve(rate)
    rate.limiter._mark_lost("Invented")
    alone = rate.per_second
    rate.limiter._mark_found()
    assert (rate.limiter.is_lost, rate.per_second) == (False, alone)
    monkeypatch.setattr(redis_rate, "CHECK_EVERY", 0)
    assert rate.per_second == 100


def test_the_processes_of_a_fleet_keep_to_the_rate_together_without_redis(tmp_path: Path) -> None:
    with running_redis(tmp_path) as redis_server:
        fleet = [SendRate(10_000, redis=redis_server.url) for _ in range(5)]
        for _ in range(60):
            for rate in fleet:
                reserve(rate, 200)
    for rate in fleet:
        assert rate.limiter is not None
        assert try_to_reserve(rate) is None
    assert sum(rate.per_second or 0 for rate in fleet) == pytest.approx(10_000, rel=0.25)


def test_a_redis_server_that_never_responds_delays_sends_only_briefly(
    server: TimingServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    redis_rate = pytest.importorskip("sesv2kit._rate.redis")
    monkeypatch.setattr(redis_rate, "TIMEOUT", 0.05)
    monkeypatch.setattr(redis_rate, "CHECK_EVERY", 60)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        rate = SendRate(1000, redis=f"redis://127.0.0.1:{listener.getsockname()[1]}")
        with real_client("sync", server.url, send_rate=rate) as client:
            for _ in range(5):
                client.send_email(**mail())
    assert len(server.received) == 5
    assert "(TimeoutError)" in caplog.text
    assert len(caplog.records) == 1


@pytest.mark.anyio
@each_client
async def test_redis_does_not_take_more_than_the_calls_time_and_is_not_blamed_for_it(
    kind: Kind, server: TimingServer, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        rate = SendRate(1000, redis=f"redis://127.0.0.1:{listener.getsockname()[1]}")
        client = real_client(kind, server.url, send_rate=rate, call_timeout=0.2)
        with pytest.raises(errors.TimeoutError) as caught:
            await ask(client, "send_email", **mail())
        await close(client)
        assert caught.value.outcome == "not_sent"
        assert caplog.records == []
    assert server.received == []


def test_the_time_that_redis_has_is_for_all_round_trips_together(
    redis_server: RedisServer, key: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis_rate = pytest.importorskip("sesv2kit._rate.redis")
    monkeypatch.setattr(redis_rate, "TIMEOUT", 1.0)
    with slow_relay(redis_server.port, 0.4) as port:
        rate = SendRate(0.1, redis=f"redis://:{PASSWORD}@127.0.0.1:{port}", name=key)
        assert rate.limiter is not None
        assert try_to_reserve(rate) is None
        assert "(TimeoutError)" in caplog.text
        wait_until(lambda: stored(redis_server, key))
        wait_until(lambda: rate.limiter is not None and rate.limiter._released)
        assert rate.limiter.is_lost, "a response that comes too late does not count as one"


@pytest.mark.anyio
@each_client
async def test_a_wrong_password_is_refused_and_not_shown(
    kind: Kind, server: TimingServer, redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    rate = SendRate(10, redis=redis_server.url.replace(PASSWORD, "another-secret"))
    client = real_client(kind, server.url, send_rate=rate)
    for _ in range(2):
        with pytest.raises(errors.ConfigurationError, match="Redis refused") as caught:
            await ask(client, "send_email", **mail())
        assert "secret" not in str(caught.value)
        assert caught.value.__cause__ is None
    await close(client)
    assert server.received == []
    assert caplog.records == []


def test_a_password_that_was_right_and_is_changed_stops_no_mail(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    redis = pytest.importorskip("redis")
    with running_redis(tmp_path) as redis_server:
        rate = SendRate(1000, redis=redis_server.url)
        assert reserve(rate) == 0
        with redis.Redis.from_url(redis_server.url) as admin:
            admin.config_set("requirepass", "another-secret")
            admin.client_kill_filter(_type="normal", skipme=True)
        assert rate.limiter is not None
        assert try_to_reserve(rate) is None
    assert "(AuthenticationError)" in caplog.text


def test_a_key_that_holds_something_else_stops_no_mail(
    redis_server: RedisServer, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.importorskip("redis").Redis.from_url(redis_server.url) as client:
        client.set(key, "somebody else's")
        rate = SendRate(1000, redis=redis_server.url, name=key)
        assert rate.limiter is not None
        assert try_to_reserve(rate) is None
        assert client.get(key) == b"somebody else's"
    assert "can't be shared" in caplog.text


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_child_that_is_forked_during_an_exchange_makes_its_own(redis_server: RedisServer, key: str) -> None:
    with slow_relay(redis_server.port, 0.2) as port, ThreadPoolExecutor(1) as thread:
        rate = SendRate(0.1, redis=f"redis://:{PASSWORD}@127.0.0.1:{port}", name=key)
        waiting = thread.submit(reserve, rate)
        wait_until(lambda: rate.limiter and rate.limiter._exchange_began > 0)
        child = os.fork()
        if not child:
            signal.alarm(20)
            assert rate.limiter is not None
            rate.limiter._redis = pytest.importorskip("redis").Redis.from_url(redis_server.url)
            rate.limiter._script = rate.limiter._redis.register_script(rate.limiter._script.script)
            os._exit(try_to_reserve(rate) is None)
        assert os.waitpid(child, 0)[1] == 0
        waiting.result()


# Setting it up -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost",
        f"http://:{PASSWORD}@h",
        f"redis://:{PASSWORD}@h:port",
        "redis://:not/for-logs@h",
        "redis://h?db=x",
        "redis://h?nope=1",
        "rediss://h?ssl_cert_reqs=bogus",
    ],
)
def test_a_url_that_can_not_be_read_is_refused_and_not_shown(url: str) -> None:
    pytest.importorskip("redis")
    with pytest.raises(errors.ConfigurationError, match="the URL of Redis") as caught:
        SendRate(14, redis=url)
    assert not url or url not in str(caught.value)
    assert "not" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("wrong", [6379, b"redis://h", object()])
def test_a_value_that_is_neither_a_url_nor_a_client_is_refused(wrong: Any) -> None:
    pytest.importorskip("redis")
    with pytest.raises(errors.ConfigurationError, match=r"redis\.Redis"):
        SendRate(14, redis=wrong)


@pytest.mark.parametrize("wrong", [5, None, "", b"rate", "a\nb", "\ud800"])
def test_a_name_that_is_not_text_is_refused(wrong: Any) -> None:
    pytest.importorskip("redis")
    with pytest.raises(errors.ConfigurationError, match=r"^name must be"):
        SendRate(14, redis="redis://h", name=wrong)


def test_a_client_of_your_own_does(redis_server: RedisServer, key: str) -> None:
    redis = pytest.importorskip("redis")
    with redis.Redis(port=redis_server.port, password=PASSWORD, decode_responses=True) as client:
        rate = SendRate(0.5, redis=client, name=key)
        assert [reserve(rate) > 0 for _ in range(2)] == [False, True]


def test_no_text_shows_the_url() -> None:
    pytest.importorskip("redis")
    rate = SendRate(14, redis=f"redis://:{PASSWORD}@redis.example", name="mail")
    assert repr(rate) == "SendRate(14, redis=..., name='mail')"
    assert PASSWORD not in repr(vars(rate)) + repr(vars(rate.limiter))


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    monkeypatch.delitem(sys.modules, "sesv2kit._rate.redis", raising=False)
    monkeypatch.delattr(sesv2kit._rate, "redis", raising=False)
    with pytest.raises(errors.ConfigurationError, match=r"sesv2kit\[redis\]"):
        SendRate(14, redis="redis://localhost")


def test_logging_is_quiet_while_redis_responds(
    redis_server: RedisServer, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="sesv2kit")
    rate = SendRate(1000, redis=redis_server.url, name=key)
    for _ in range(5):
        reserve(rate)
    assert caplog.records == []
