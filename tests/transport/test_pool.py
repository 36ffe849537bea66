"""The pools: which connection a request gets, how many there are, who waits, and what is closed when."""

import asyncio
import gc
import threading
import time
from collections.abc import AsyncIterator, Iterator
from functools import partial

import anyio
import attrs
import httpx
import pytest
from support.clients import REGION, Connect
from support.counting import Act, CountingServer, answer_bytes, answers, counting_server, hangs_up, never_answers, sends
from support.transport import (
    Sender,
    answers_after,
    answers_at,
    half_closes,
    no_tls,
    notes_connection,
    open_pool,
    transport_of,
    until,
)

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors
from sesv2kit._core.http import SignedRequest
from sesv2kit._core.timeout import DEFAULT_TIMEOUT
from sesv2kit._transport.asyncio_pool import _Protocol
from sesv2kit._transport.connections import PoolSettings
from sesv2kit._transport.pool import Pool
from sesv2kit._transport.slots import Slot, Slots

pytestmark = pytest.mark.anyio
BOTH = pytest.mark.parametrize("kind", ["sync", "asyncio"])


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """Run a server."""
    with counting_server() as server:
        yield server


@pytest.fixture
async def sender(kind: str) -> AsyncIterator[Sender]:
    """Open a pool of the default size."""
    async with open_pool(kind) as sender:
        yield sender


def server_closed(server: CountingServer, connections: int) -> None:
    """Wait until the server has closed so many connections."""
    for _ in range(connections):
        assert server.closed.acquire(timeout=10)


# Which connection ----------------------------------------------------------------------------------------------------


@BOTH
async def test_the_connection_used_last_is_used_first(sender: Sender, server: CountingServer) -> None:
    gates = [threading.Event() for _ in range(3)]
    used: list[object] = []
    server.script(*(notes_connection(used, answers_at(gate)) for gate in gates))
    calls = []
    for number, _ in enumerate(gates, 1):
        calls.append(asyncio.ensure_future(sender.send(server.url)))
        await asyncio.to_thread(until, lambda number=number: len(used) == number)
    for number in (1, 0, 2):
        gates[number].set()
        await calls[number]
    again: list[object] = []
    server.script(*(notes_connection(again) for _ in range(3)))
    for _ in range(3):
        await sender.send(server.url)
    assert len({*used}) == 3
    assert again == [used[2]] * 3


@BOTH
async def test_there_are_as_many_connections_as_requests_in_flight(sender: Sender, server: CountingServer) -> None:
    server.script(*(answers_after(0.02) for _ in range(1_000)))

    async def caller() -> None:
        for _ in range(5):
            await sender.send(server.url)

    await asyncio.gather(*(caller() for _ in range(100)))
    assert len(server.received) == 500
    assert len(server.connections) <= 105


async def test_every_origin_has_its_own_connections(sender: Sender, server: CountingServer) -> None:
    with counting_server() as other:
        for _ in range(3):
            await sender.send(server.url)
            await sender.send(other.url)
        assert (len(server.connections), len(other.connections)) == (1, 1)


@BOTH
async def test_a_connection_unused_for_too_long_is_not_used_again(kind: str, server: CountingServer) -> None:
    async with open_pool(kind, keepalive_expiry=0.05) as sender:
        await sender.send(server.url)
        await sender.send(server.url)
        await asyncio.sleep(0.1)
        await sender.send(server.url)
    assert (len(server.received), len(server.connections)) == (3, 2)


@BOTH
async def test_connections_that_are_needed_no_more_get_closed(kind: str, server: CountingServer) -> None:
    async with open_pool(kind, keepalive_expiry=0.3) as sender:
        gate = threading.Event()
        server.script(*(answers_at(gate) for _ in range(20)))
        calls = asyncio.gather(*(sender.send(server.url) for _ in range(20)))
        await asyncio.to_thread(until, lambda: len(server.received) == 20)
        gate.set()
        await calls
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            await sender.send(server.url)
            await asyncio.sleep(0.02)
        await asyncio.to_thread(server_closed, server, 19)
        assert len(server.connections) == 20


@BOTH
async def test_connections_that_the_server_closed_get_closed(kind: str, server: CountingServer) -> None:
    async with open_pool(kind) as sender:
        gate = threading.Event()
        server.script(*(answers_at(gate) for _ in range(10)))
        calls = asyncio.gather(*(sender.send(server.url) for _ in range(10)))
        await asyncio.to_thread(until, lambda: len(server.received) == 10)
        gate.set()
        await calls
        for connection in server.connections:
            connection.shutdown(2)
        await asyncio.to_thread(server_closed, server, 10)
        await sender.send(server.url)
        await sender.send(server.url)
        assert (len(server.received), len(server.connections)) == (12, 11)


# The server ends an idle connection ----------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize(
    "act",
    [
        half_closes(),
        sends(answer_bytes(headers={"Connection": "close"})),
        sends(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
    ],
    ids=["half closed", "Connection: close", "HTTP/1.0"],
)
async def test_a_connection_that_has_ended_is_not_used_again(sender: Sender, server: CountingServer, act: Act) -> None:
    server.script(act, answers())
    await sender.send(server.url)
    await asyncio.sleep(0.05)
    assert (await sender.send(server.url)).status == 200
    assert (len(server.received), len(server.connections)) == (2, 2)


@BOTH
@pytest.mark.parametrize("pause", [0, 0.05])
async def test_a_surplus_response_is_not_that_of_another_request(
    sender: Sender, server: CountingServer, pause: float
) -> None:
    stray = answer_bytes(body=b'{"MessageId": "of another"}')
    data = [answer_bytes() + stray] if not pause else [answer_bytes(), stray]
    act = sends(*data)
    server.script(attrs.evolve(act, keep_open=True), answers(body=b"mine"), answers(body=b"mine"))
    await sender.send(server.url)
    await asyncio.sleep(pause)
    try:
        body = (await sender.send(server.url)).body
    except errors.ConnectError:  # nothing of it was sent, so that it can be sent again
        body = (await sender.send(server.url)).body
    assert body == b"mine"
    assert len(server.received) == 2


async def test_a_surplus_response_is_not_that_of_a_large_request(sender: Sender, server: CountingServer) -> None:
    act = sends(answer_bytes() + answer_bytes(body=b"of another"))
    server.script(attrs.evolve(act, keep_open=True), answers(body=b"mine"))
    await sender.send(server.url)
    assert (await sender.send(server.url, b"x" * 100_000)).body == b"mine"
    assert len(server.received) == 2


# How many, and who waits ---------------------------------------------------------------------------------------------


@BOTH
async def test_no_more_connections_are_made_than_allowed(kind: str, server: CountingServer) -> None:
    server.script(*(answers_after(0.005) for _ in range(60)))
    async with open_pool(kind, max_connections=3) as sender:
        await asyncio.gather(*(sender.send(server.url) for _ in range(60)))
    assert (len(server.received), len(server.connections)) == (60, 3)


@BOTH
async def test_waiting_too_long_for_a_connection_is_a_pool_timeout(kind: str, server: CountingServer) -> None:
    gate = threading.Event()
    server.script(answers_at(gate))
    async with open_pool(kind, max_connections=1) as sender:
        first = asyncio.ensure_future(sender.send(server.url))
        await asyncio.to_thread(server.arrived.acquire)
        for _ in range(3):
            with pytest.raises(
                errors.TimeoutError,
                match=r"waiting for a free connection took longer than 0\.02 seconds, the pool timeout$",
            ):
                await sender.send(server.url, timeout=httpx.Timeout(5, pool=0.02))
        gate.set()
        await first
        await sender.send(server.url)
    assert (len(server.received), len(server.connections)) == (2, 1)


async def test_waiting_too_long_for_a_connection_is_a_timeout_that_sent_nothing(
    monkeypatch: pytest.MonkeyPatch, server: CountingServer, credentials: Credentials
) -> None:
    monkeypatch.setattr("sesv2kit._transport.choice.PoolSettings", partial(PoolSettings, max_connections=1))
    server.script(never_answers())
    async with (
        AsyncSESv2Client(region=REGION, credentials=credentials, endpoint_url=server.url, retry_mode="off") as ses,
        anyio.create_task_group() as tasks,
    ):
        tasks.start_soon(ses.get_account)
        await anyio.to_thread.run_sync(server.arrived.acquire)
        with pytest.raises(errors.TimeoutError) as caught:
            await ses.get_account(options={"timeout": httpx.Timeout(5, pool=0.02)})
        assert caught.value.outcome == "not_sent"
        tasks.cancel_scope.cancel()
    assert len(server.received) == 1


@BOTH
async def test_requests_get_connections_in_their_order(kind: str, server: CountingServer) -> None:
    gate = threading.Event()
    server.script(answers_at(gate))
    async with open_pool(kind, max_connections=1) as sender:
        calls = [asyncio.ensure_future(sender.send(f"{server.url}/0"))]
        await asyncio.to_thread(server.arrived.acquire)
        waiting = sender.pool._slots._waiting
        for number in range(1, 8):
            calls.append(asyncio.ensure_future(sender.send(f"{server.url}/{number}")))
            await asyncio.to_thread(until, lambda number=number: len(waiting) == number)
        gate.set()
        await asyncio.gather(*calls)
    assert [request.target for request in server.received] == [f"/{number}" for number in range(8)]


def test_a_free_slot_is_for_the_waiting_thread_and_not_for_a_later_one() -> None:
    slots, first, second, third = Slots(1), Slot(), Slot(), Slot()
    assert slots.take(first, None)
    came: list[bool] = []
    waiter = threading.Thread(target=lambda: came.append(slots.take(second, 10)))
    waiter.start()
    until(lambda: len(slots._waiting) == 1)
    slots.give_back(first)
    assert not slots.take(third, 0)
    slots.give_back(third)
    waiter.join()
    assert came == [True]
    slots.give_back(second)
    assert slots.take(third, 0)


def test_a_slot_that_becomes_free_at_the_timeout_is_passed_on() -> None:
    slots, first, late, next_ = Slots(1), Slot(), Slot(), Slot()
    assert slots.take(first, None)
    assert not slots.take(late, 0)
    slots.give_back(first)  # the late one has its turn now, but has stopped waiting
    slots.give_back(late)
    assert slots.take(next_, 0)
    assert not slots.take(Slot(), 0)


def test_a_slot_whose_holder_is_gone_is_free() -> None:
    slots = Slots(2)
    lost, held = Slot(), Slot()
    assert slots.take(lost, 0)
    assert slots.take(held, 0)
    del lost
    other = Slot()
    assert slots.take(other, 0)
    assert not slots.take(Slot(), 0)
    assert slots.free == 0
    slots.give_back(held)
    slots.give_back(other)
    assert slots.free == 2


@pytest.mark.parametrize("kind", ["asyncio"])
async def test_a_cancelled_waiter_does_not_lose_the_slot(kind: str, server: CountingServer) -> None:
    gate = threading.Event()
    server.script(answers_at(gate))
    async with open_pool(kind, max_connections=1) as sender:
        first = asyncio.ensure_future(sender.send(server.url))
        await asyncio.to_thread(server.arrived.acquire)
        waiter = asyncio.ensure_future(sender.send(server.url))
        await asyncio.sleep(0.01)
        waiter.cancel()
        gate.set()
        await first
        with pytest.raises(asyncio.CancelledError):
            await waiter
        await sender.send(server.url, timeout=httpx.Timeout(5, pool=1))


@pytest.mark.parametrize("kind", ["asyncio"])
async def test_a_task_that_is_cancelled_when_it_gets_its_slot_does_not_lose_it(
    kind: str, server: CountingServer
) -> None:
    async with open_pool(kind, max_connections=1) as sender:
        for _ in range(20):
            first = asyncio.ensure_future(sender.send(server.url))
            await asyncio.sleep(0)
            waiters = [asyncio.ensure_future(sender.send(server.url)) for _ in range(3)]
            # The slot is handed over in the same turn of the event loop in which its new owner is cancelled.
            first.add_done_callback(lambda _, waiters=waiters: waiters[0].cancel())
            results = await asyncio.gather(first, *waiters, return_exceptions=True)
            assert isinstance(results[1], asyncio.CancelledError)
            assert [getattr(result, "status", None) for result in results] == [200, None, 200, 200]


@BOTH
async def test_no_slot_is_lost_in_many_failures(kind: str, server: CountingServer) -> None:
    async with open_pool(kind, max_connections=2) as sender:
        server.script(*(hangs_up() for _ in range(30)))
        results = await asyncio.gather(*(sender.send(server.url) for _ in range(30)), return_exceptions=True)
        assert all(isinstance(result, errors.ConnectionLostError) for result in results)
        await asyncio.gather(*(sender.send(server.url, timeout=httpx.Timeout(5, pool=5)) for _ in range(4)))


def test_many_threads_share_a_pool(server: CountingServer) -> None:
    pool = Pool(PoolSettings(ssl_context=no_tls, max_connections=10))
    failures: list[BaseException] = []

    def caller() -> None:
        try:
            for _ in range(20):
                pool.send(SignedRequest("GetAccount", "GET", server.url, {"host": "localhost"}, b"", DEFAULT_TIMEOUT))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=caller) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pool.close()
    assert failures == []
    assert (len(server.received), len(server.connections) <= 10) == (800, True)


# Closing -------------------------------------------------------------------------------------------------------------


async def test_a_closed_client_raises_a_configuration_error(server: CountingServer, connect: Connect) -> None:
    async with connect(server.url) as ses:
        await ses.get_account()
    with pytest.raises(errors.ConfigurationError, match="closed"):
        await ses.get_account()
    assert len(server.received) == 1
    server_closed(server, 1)


@BOTH
async def test_a_call_in_flight_ends_when_the_pool_closes(sender: Sender, server: CountingServer) -> None:
    server.script(*(never_answers() for _ in range(5)))
    calls = [asyncio.ensure_future(sender.send(server.url, timeout=httpx.Timeout(None))) for _ in range(5)]
    await asyncio.to_thread(until, lambda: len(server.received) == 5)
    await sender.close()
    for call in calls:
        with pytest.raises(errors.ConnectionLostError, match="closed"):
            await call


@BOTH
async def test_closing_the_pool_ends_requests_that_wait_for_a_connection(kind: str, server: CountingServer) -> None:
    server.script(never_answers())
    async with open_pool(kind, max_connections=1) as sender:
        first = asyncio.ensure_future(sender.send(server.url, timeout=httpx.Timeout(None)))
        await asyncio.to_thread(server.arrived.acquire)
        waiter = asyncio.ensure_future(sender.send(server.url, timeout=httpx.Timeout(None)))
        await asyncio.sleep(0.02)
        await sender.close()
        with pytest.raises(errors.ConnectionLostError):
            await first
        with pytest.raises(errors.ConfigurationError, match="closed"):
            await waiter
    assert len(server.received) == 1


@pytest.mark.parametrize("kind", ["asyncio"])
async def test_a_send_in_flight_when_the_client_closes_is_ambiguous(
    server: CountingServer, connect: Connect, kind: str
) -> None:
    server.script(never_answers())
    async with connect(server.url) as ses:
        call = asyncio.ensure_future(ses.send_custom_verification_email(email_address="a@b.c", template_name="t"))
        await asyncio.to_thread(server.arrived.acquire)
    with pytest.raises(errors.AmbiguousSendError):
        await call


def test_a_send_in_flight_in_a_thread_when_the_client_closes_is_ambiguous(
    server: CountingServer, credentials: Credentials
) -> None:
    server.script(never_answers())
    seen: list[BaseException] = []

    def call(ses: SESv2Client) -> None:
        try:
            ses.send_custom_verification_email(email_address="a@b.c", template_name="t", options={"timeout": None})
        except errors.SESv2Error as error:
            seen.append(error)

    with SESv2Client(region=REGION, credentials=credentials, endpoint_url=server.url) as ses:
        thread = threading.Thread(target=call, args=[ses])
        thread.start()
        assert server.arrived.acquire(timeout=10)
    thread.join(10)
    assert [type(error) for error in seen] == [errors.AmbiguousSendError]


# Event loops ---------------------------------------------------------------------------------------------------------


# The connection of the first loop was never closed, which asyncio rightly tells.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_client_in_a_second_event_loop_raises_a_configuration_error(
    server: CountingServer, credentials: Credentials
) -> None:
    ses = AsyncSESv2Client(region=REGION, credentials=credentials, endpoint_url=server.url)

    async def call() -> None:
        await ses.get_account()

    async def call_and_close() -> None:
        async with ses:
            await ses.get_account()

    asyncio.run(call())
    with pytest.raises(errors.ConfigurationError, match="event loop of its first use"):
        asyncio.run(call())
    with pytest.raises(errors.ConfigurationError, match="event loop of its first use"):
        asyncio.run(call_and_close())
    assert len(server.received) == 1
    transport_of(ses)._backends.clear()
    gc.collect()


def test_a_client_closed_from_another_running_loop_closes_in_its_own(
    server: CountingServer, credentials: Credentials
) -> None:
    ses = AsyncSESv2Client(region=REGION, credentials=credentials, endpoint_url=server.url)

    async def call() -> None:
        await ses.get_account()

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(call(), loop).result(10)
    asyncio.run(ses.aclose())
    server_closed(server, 1)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def test_a_wait_that_begins_after_the_end_of_a_connection_ends_at_once() -> None:
    async def wait() -> bool:
        protocol = _Protocol()
        protocol.connection_lost(ConnectionResetError())
        async with asyncio.timeout(5):
            return await protocol.wait(None)

    assert asyncio.run(wait())
