"""Plain sockets: addresses that fail at once, late or never, and the ways to wait for a socket."""

import asyncio
import select
import socket
import threading
from collections.abc import Iterator

import anyio
import httpx
import pytest
from support.clients import Connect
from support.counting import CountingServer, answers, counting_server, never_answers
from support.transport import answers_at, full_listener, no_tls, open_pool

from sesv2kit import errors
from sesv2kit._core.http import SignedRequest
from sesv2kit._core.timeout import phases
from sesv2kit._transport import asyncio_pool, parser, sockets, trio_pool
from sesv2kit._transport.connections import PoolSettings
from sesv2kit._transport.sockets import Address

pytestmark = pytest.mark.anyio

ON_ASYNCIO = pytest.mark.parametrize("kind", ["asyncio"])

REFUSED_AT_ONCE = Address(socket.AF_INET, 0, ("255.255.255.255", 80))
"""The system refuses a TCP connection to the broadcast address without sending anything."""


def address_of(url: str) -> Address:
    """Return the address of a server on this machine."""
    parsed = httpx.URL(url)
    return Address(socket.AF_INET, 0, (parsed.host, parsed.port))


def free_port() -> Address:
    """Return an address at which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return Address(socket.AF_INET, 0, listener.getsockname())


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """A server that responds."""
    with counting_server() as running:
        yield running


def test_an_address_that_fails_at_once_gives_way_to_the_next(server: CountingServer) -> None:
    with sockets.connect_first([REFUSED_AT_ONCE, address_of(server.url)], lambda: 10, set()) as connection:
        assert connection.getpeername() == server.server_address


def test_the_last_address_that_fails_does_not_end_the_wait_for_the_first() -> None:
    with full_listener() as url, pytest.raises(TimeoutError):
        sockets.connect_first([address_of(url), free_port()], lambda: 0.6, set())


@ON_ASYNCIO
async def test_on_asyncio_the_last_address_that_fails_does_not_end_the_wait_for_the_first(kind: str) -> None:
    async def connect() -> None:
        await asyncio_pool._connect_first([address_of(url), free_port()])

    with full_listener() as url, pytest.raises(TimeoutError):
        await asyncio.wait_for(connect(), 0.6)


@ON_ASYNCIO
async def test_a_second_connection_that_is_made_at_the_same_moment_is_closed(kind: str) -> None:
    spare = socket.socket()

    async def made() -> socket.socket:
        return spare

    task = asyncio.ensure_future(made())
    await task
    asyncio_pool._close_spare(task)
    assert spare.fileno() == -1


@pytest.mark.parametrize("write", [True, False])
def test_without_poll_a_socket_is_waited_for_with_select(monkeypatch: pytest.MonkeyPatch, write: bool) -> None:
    monkeypatch.delattr(select, "poll")
    one, other = socket.socketpair()
    with one, other:
        assert sockets.wait_ready(one, 0, write=write) == (False, write)
        other.send(b"x")
        assert sockets.wait_ready(one, 10, write=write) == (True, write)


def test_without_poll_a_poller_waits_with_select(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(select, "poll")
    one, other = socket.socketpair()
    with one, other:
        poller = sockets.Poller(one)
        assert not poller.is_readable()
        other.send(b"x")
        assert poller.is_readable(10)


def test_a_socket_without_a_number_is_left_alone_in_a_child() -> None:
    sockets.disown([-1])


def test_a_response_may_have_no_headers() -> None:
    assert list(parser._unfolded([])) == []


async def test_no_time_is_left_for_the_connection_after_the_lookup(connect: Connect, server: CountingServer) -> None:
    async with connect(server.url, retry_mode="off", timeout=httpx.Timeout(10, connect=1e-9)) as ses:
        with pytest.raises(errors.TimeoutError) as caught:
            await ses.get_account()
    assert caught.value.outcome == "not_sent"
    assert not server.received


@ON_ASYNCIO
async def test_reading_pauses_while_received_bytes_are_not_taken(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer
) -> None:
    monkeypatch.setattr(asyncio_pool, "_PAUSE_AT", 10)
    server.script(*(answers(body=b'{"SendingEnabled": true}' + b" " * 3_000_000) for _ in range(2)))
    async with connect(server.url) as ses:
        for _ in range(2):
            assert (await ses.get_account()).sending_enabled is True
    assert len(server.connections) == 1


@ON_ASYNCIO
async def test_what_arrives_before_the_request_is_not_its_response(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer
) -> None:
    connected = asyncio_pool._connected

    async def connected_late(addresses: list[Address]) -> asyncio_pool._Protocol:
        protocol = await connected(addresses)
        protocol.get_buffer(-1)[:4] = b"HTTP"
        protocol.buffer_updated(4)
        return protocol

    monkeypatch.setattr(asyncio_pool, "_connected", connected_late)
    async with connect(server.url, retry_mode="off") as ses:
        with pytest.raises(errors.ConnectError) as caught:
            await ses.get_account()
    assert caught.value.outcome == "not_sent"
    assert not server.received


@pytest.mark.parametrize("kind", ["trio"])
async def test_a_request_that_waits_for_a_slot_gets_it_when_another_ends(kind: str) -> None:
    pool = trio_pool.TrioPool(PoolSettings(ssl_context=no_tls, max_connections=1))
    request = SignedRequest("Test", "POST", "http://127.0.0.1/", {}, b"", phases(10.0), None)
    assert pool._take_free_slot()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(pool._wait_for_slot, request)
        await anyio.wait_all_tasks_blocked()
        pool._give_back_slot()
    assert pool._slots.value == 0


@ON_ASYNCIO
async def test_a_free_slot_is_for_the_next_task_if_the_first_was_cancelled(kind: str) -> None:
    slots = asyncio_pool._Slots(1)
    assert slots.take()
    assert not slots.take()
    waiting = [asyncio.ensure_future(slots.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.sleep(0)
    slots.give_back()
    waiting[1].cancel()  # its turn has come already
    await asyncio.gather(*waiting, return_exceptions=True)
    assert [task.cancelled() for task in waiting] == [True, True, False]
    assert not slots.free
    slots.give_back()
    assert slots.free == 1


@ON_ASYNCIO
async def test_a_connection_keeps_to_the_timeout_of_each_request(kind: str, server: CountingServer) -> None:
    async with open_pool(kind) as sender:
        await sender.send(server.url, timeout=20)
        server.script(never_answers())
        with pytest.raises(errors.TimeoutError):
            await sender.send(server.url, timeout=0.1)
        await sender.send(server.url, timeout=0.1)
        await asyncio.sleep(0.2)  # an idle connection has no time limit of a request
        await sender.send(server.url, timeout=0.1)
        gate = threading.Event()
        server.script(answers_at(gate))
        call = asyncio.ensure_future(sender.send(server.url, timeout=20))
        await asyncio.sleep(0.3)  # beyond the time of the request before
        gate.set()
        assert (await call).status == 200
    assert len(server.connections) == 2
