"""A rate that processes share over a real Redis server."""

import json
import logging
import socket
import subprocess
import sys
import threading
import time
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
    running_redis,
)
from support.unit import KINDS, Kind, ask, close, real_client

import sesv2kit._rate
from sesv2kit import SendRate, errors

SENDER = Path(__file__).with_name("sender.py")
each_client = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give Redis all the time that it may need on a busy machine."""
    if find_spec("redis") and find_spec("pyrate_limiter"):
        monkeypatch.setattr("sesv2kit._rate.redis.TIMEOUT", 30.0)


@pytest.fixture
def key(request: pytest.FixtureRequest) -> str:
    """A key in Redis that no other test has."""
    return f"rate of {request.node.name}"


def take_all(rate: SendRate, sends: int, recipients: int) -> float:
    """Take places until so many sends could leave; returns how long that took."""
    started = time.monotonic()
    assert rate.gate is not None
    for _ in range(sends):
        while seconds := rate.gate.take(recipients, rate.per_second or 0):
            time.sleep(seconds)
    return time.monotonic() - started


@pytest.mark.parametrize(
    ("per_second", "recipients", "sends"), [(200, 1, 60), (333.3, 3, 40), (2000, 50, 20), (5, 1, 2)]
)
def test_places_come_up_at_the_rate_whatever_the_number_of_recipients(
    redis_server: RedisServer, key: str, per_second: float, recipients: int, sends: int
) -> None:
    taken = take_all(SendRate(per_second, redis=redis_server.url, name=key), sends, recipients)
    early = int(per_second * 0.1)  # a tenth of a second's worth may leave at once
    assert taken >= ((sends - 1) * recipients - early) / per_second - 0.002  # Redis counts in milliseconds


def test_those_with_the_same_name_share_a_rate_and_others_do_not(redis_server: RedisServer, key: str) -> None:
    one, same, other = (SendRate(0.01, redis=redis_server.url, name=name) for name in (key, key, key + "!"))
    for rate, waits in ((one, False), (same, True), (one, True), (other, False)):
        assert rate.gate is not None
        assert (rate.gate.take(1, 0.01) > 0) is waits


def test_a_send_to_more_recipients_than_a_second_has_goes_and_the_next_waits_for_all_of_them(
    redis_server: RedisServer, key: str
) -> None:
    rate = SendRate(10, redis=redis_server.url, name=key)
    assert rate.gate is not None
    assert rate.gate.take(50, 10) == 0
    assert 3 < rate.gate.take(1, 10) <= 5


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
    assert server.seconds >= (39 * 2 - 40) / 400


@pytest.mark.anyio
async def test_tasks_that_wait_and_are_cancelled_take_nothing_from_the_others(
    server: TimingServer, redis_server: RedisServer, key: str
) -> None:
    rate, other = (SendRate(1, redis=redis_server.url, name=key) for _ in range(2))
    async with async_client_at(server.url, send_rate=rate) as client:
        await client.send_email(**mail())
        for _ in range(5):
            with anyio.move_on_after(0.05):
                await client.send_email(**mail(50))
    assert len(server.received) == 1
    assert other.gate is not None
    assert other.gate.take(1, 1) <= 1


@pytest.mark.anyio
@each_client
async def test_a_turn_that_would_come_too_late_is_an_error_and_takes_nothing(
    kind: Kind, server: TimingServer, redis_server: RedisServer, key: str
) -> None:
    other = SendRate(0.1, redis=redis_server.url, name=key)
    assert other.gate is not None
    assert other.gate.take(1, 0.1) == 0
    rate = SendRate(0.1, redis=redis_server.url, name=key)
    client = real_client(kind, server.url, send_rate=rate, call_timeout=5)
    for _ in range(3):
        with pytest.raises(errors.TimeoutError) as caught:
            await ask(client, "send_email", **mail(50))
        assert caught.value.outcome == "not_sent"
    await close(client)
    assert server.received == []
    assert other.gate.take(1, 0.1) <= 10


@pytest.mark.anyio
@each_client
async def test_the_rate_of_the_account_can_be_shared(
    kind: Kind, server: TimingServer, redis_server: RedisServer, key: str
) -> None:
    server.script(account(rate=0.1), answers(), account(rate=0.1))
    for leaves in (True, False):
        rate = SendRate(redis=redis_server.url, name=key)
        client = real_client(kind, server.url, send_rate=rate, call_timeout=5)
        if leaves:
            await ask(client, "send_email", **mail())
        else:
            with pytest.raises(errors.TimeoutError):
                await ask(client, "send_email", **mail())
        await close(client)
    assert [is_send(request) for request in server.received] == [False, True, False]


# Several processes -------------------------------------------------------------------------------


def test_processes_keep_to_the_rate_together_and_each_gets_on(
    server: TimingServer, redis_server: RedisServer, key: str
) -> None:
    rate, seconds, count = 100, 0.8, 3
    settings = json.dumps({"url": server.url, "redis": redis_server.url, "name": key, "rate": rate})
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
    sent = [int(sender.communicate("go\n", timeout=60)[0]) for sender in senders]
    assert len(server.received) == sum(sent)
    early = int(rate * 0.1) + 1
    assert sum(sent) <= rate * server.seconds + early, "together no faster than the rate"
    assert min(sent) > 0, "none is left behind"


# Redis fails -------------------------------------------------------------------------------------


def refusing_url() -> str:
    """Return the URL of a Redis server that is not there."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"redis://:{PASSWORD}@127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.anyio
@each_client
async def test_without_redis_mail_goes_out_at_the_rate_of_one_process_and_the_log_says_so_once(
    kind: Kind, server: TimingServer, caplog: pytest.LogCaptureFixture
) -> None:
    client = real_client(kind, server.url, send_rate=SendRate(200, redis=refusing_url()))
    for _ in range(30):
        await ask(client, "send_email", **mail())
    await close(client)
    assert len(server.received) == 30
    assert server.seconds >= 29 / 200
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "can't be shared over Redis (ConnectionError)" in caplog.text
    assert PASSWORD not in caplog.text


def test_a_redis_server_that_stops_and_comes_back(
    server: TimingServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyrate_limiter")
    with running_redis(tmp_path) as redis_server:
        rate = SendRate(1000, redis=redis_server.url)
        with real_client("sync", server.url, send_rate=rate) as client:
            client.send_email(**mail())
            redis_server.process.kill()
            redis_server.process.wait()
            client.send_email(**mail())
            assert "can't be shared over Redis" in caplog.text
    monkeypatch.setattr("sesv2kit._rate.redis.LEFT_ALONE", 0.0)
    with running_redis(tmp_path, redis_server.port), real_client("sync", server.url, send_rate=rate) as client:
        assert rate.gate is not None
        rate.gate._asks_from = 0.0
        client.send_email(**mail(1000))
        assert rate.gate.take(1, 1000) > 0
    assert len(server.received) == 3


def test_a_redis_server_that_never_answers_holds_nobody_up_for_long(
    server: TimingServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    redis_rate = pytest.importorskip("sesv2kit._rate.redis")
    monkeypatch.setattr(redis_rate, "TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        rate = SendRate(1000, redis=f"redis://127.0.0.1:{listener.getsockname()[1]}")
        with real_client("sync", server.url, send_rate=rate) as client:
            for _ in range(5):
                client.send_email(**mail())
        listener.setblocking(False)
        listener.accept()[0].close()
        with pytest.raises(BlockingIOError):
            listener.accept()
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


def relay(listener: socket.socket, port: int, delay: float) -> None:
    """Pass on what the first connection says to a port, and each answer after a delay."""
    near = listener.accept()[0]
    with near, socket.create_connection(("127.0.0.1", port)) as far:
        while asked := near.recv(65536):
            far.sendall(asked)
            answer = far.recv(65536)
            time.sleep(delay)
            near.sendall(answer)


def test_the_time_that_redis_has_is_for_all_round_trips_together(
    redis_server: RedisServer, key: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis_rate = pytest.importorskip("sesv2kit._rate.redis")
    monkeypatch.setattr(redis_rate, "TIMEOUT", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        relaying = threading.Thread(target=relay, args=(listener, redis_server.port, 0.4))
        relaying.start()
        rate = SendRate(0.1, redis=f"redis://:{PASSWORD}@127.0.0.1:{listener.getsockname()[1]}", name=key)
        assert rate.gate is not None
        assert rate.gate.take(1, 0.1) == 0
        assert "(TimeoutError)" in caplog.text
        rate.gate._redis.close()
        relaying.join()


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
        assert rate.gate is not None
        assert rate.gate.take(1, 1000) == 0
        with redis.Redis.from_url(redis_server.url) as admin:
            admin.config_set("requirepass", "another-secret")
            admin.client_kill_filter(_type="normal", skipme=True)
        assert rate.gate.take(1, 1000) == 0
    assert "(AuthenticationError)" in caplog.text


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
def test_what_is_neither_a_url_nor_a_client_is_refused(wrong: Any) -> None:
    pytest.importorskip("redis")
    with pytest.raises(errors.ConfigurationError, match=r"redis\.Redis"):
        SendRate(14, redis=wrong)


@pytest.mark.parametrize("wrong", [5, None, "", b"rate", "a\nb", "\ud800"])
def test_a_name_that_is_no_text_is_refused(wrong: Any) -> None:
    pytest.importorskip("redis")
    with pytest.raises(errors.ConfigurationError, match="the name of a rate"):
        SendRate(14, redis="redis://h", name=wrong)


def test_a_client_of_your_own_does(redis_server: RedisServer, key: str) -> None:
    redis = pytest.importorskip("redis")
    with redis.Redis(port=redis_server.port, password=PASSWORD, decode_responses=True) as client:
        rate = SendRate(0.5, redis=client, name=key)
        assert rate.gate is not None
        assert [rate.gate.take(1, 0.5) > 0 for _ in range(2)] == [False, True]


def test_no_text_shows_the_url() -> None:
    pytest.importorskip("redis")
    rate = SendRate(14, redis=f"redis://:{PASSWORD}@redis.example", name="mail")
    assert repr(rate) == "SendRate(14, redis=..., name='mail')"
    assert PASSWORD not in repr(vars(rate)) + repr(vars(rate.gate))


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrate_limiter", None)
    monkeypatch.delitem(sys.modules, "sesv2kit._rate.redis", raising=False)
    monkeypatch.delattr(sesv2kit._rate, "redis", raising=False)
    with pytest.raises(errors.ConfigurationError, match=r"sesv2kit\[redis\]"):
        SendRate(14, redis="redis://localhost")


def test_logging_is_quiet_while_redis_answers(
    redis_server: RedisServer, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="sesv2kit")
    take_all(SendRate(1000, redis=redis_server.url, name=key), 5, 1)
    assert caplog.records == []
