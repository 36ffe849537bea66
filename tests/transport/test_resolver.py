"""Hosts and their addresses: one lookup for many connections, in time, and the first address that responds."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import anyio
import httpx
import pytest
from support.clients import REGION, Connect
from support.counting import CountingServer, counting_server
from support.transport import Sender, answers_at, full_listener, open_pool, until

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors
from sesv2kit._transport.resolver import Resolver as PoolResolver
from sesv2kit._transport.resolver import in_turn
from sesv2kit._transport.sockets import Address

pytestmark = pytest.mark.anyio
HOST = "ses.example"


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """Run a server."""
    with counting_server() as server:
        yield server


class Resolver:
    """Finds the addresses of one host as a test says, and counts how often it is asked."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        """The ports on this machine that stand for the addresses of the host."""
        self.lookups = 0
        self.gate = threading.Event()
        """Is open when lookups may end."""
        self.gate.set()
        self._really: Callable[..., Any] = socket.getaddrinfo

    def __call__(self, host: Any, port: Any, *args: Any, **settings: Any) -> list[Any]:
        if host != HOST:
            return self._really(host, port, *args, **settings)
        if settings.get("flags", 0) & socket.AI_NUMERICHOST:
            raise socket.gaierror(socket.EAI_NONAME, "not a number")
        self.lookups += 1
        self.gate.wait(10)
        if not self.ports:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", number)) for number in self.ports]


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch, server: CountingServer) -> Resolver:
    """Stand in for the system's resolver; it finds the server."""
    resolver = Resolver()
    resolver.ports = [server.server_address[1]]
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    return resolver


@pytest.fixture
def url() -> str:
    """Return a URL with a name that the resolver knows."""
    return f"http://{HOST}"


async def send_many(sender: Sender, url: str, number: int) -> None:
    """Send many requests at once."""
    async with anyio.create_task_group() as tasks:
        for _ in range(number):
            tasks.start_soon(sender.send, url)


# Lookups -------------------------------------------------------------------------------------------------------------


async def test_a_cold_burst_makes_one_lookup(kind: str, server: CountingServer, resolver: Resolver, url: str) -> None:
    gate = threading.Event()
    server.script(*(answers_at(gate) for _ in range(200)))
    resolver.gate.clear()
    number = 100 if kind == "sync" else 200  # as many threads as the sender has
    async with open_pool(kind) as sender, anyio.create_task_group() as tasks:
        for _ in range(number):
            tasks.start_soon(sender.send, url)
        await anyio.to_thread.run_sync(until, lambda: resolver.lookups == 1)
        resolver.gate.set()
        await anyio.to_thread.run_sync(until, lambda: len(server.received) == number)
        gate.set()
    assert (resolver.lookups, len(server.connections)) == (1, number)


async def test_addresses_are_kept_for_some_seconds(
    monkeypatch: pytest.MonkeyPatch, kind: str, server: CountingServer, resolver: Resolver, url: str
) -> None:
    async with open_pool(kind, keepalive_expiry=0) as sender:
        for _ in range(3):
            await sender.send(url)
        assert (resolver.lookups, len(server.connections)) == (1, 3)
        monkeypatch.setattr("sesv2kit._transport.resolver.KEPT", 0.0)
        await sender.send(url)
        assert resolver.lookups == 2


async def test_the_addresses_of_a_host_are_taken_in_turn(
    kind: str, server: CountingServer, resolver: Resolver, url: str
) -> None:
    with counting_server() as other:
        resolver.ports.append(other.server_address[1])
        async with open_pool(kind, keepalive_expiry=0) as sender:
            for _ in range(6):
                await sender.send(url)
        assert (len(server.received), len(other.received)) == (3, 3)


def test_families_take_turns_and_the_preferred_one_is_first() -> None:
    six, six_too, four, four_too = (
        Address(family, 6, name)
        for family, name in [
            (socket.AF_INET6, "::1"),
            (socket.AF_INET6, "::2"),
            (socket.AF_INET, "127.0.0.1"),
            (socket.AF_INET, "127.0.0.2"),
        ]
    )
    assert in_turn([six, six_too, four, four_too], 0) == [six, four, six_too, four_too]
    assert in_turn([six, six_too, four, four_too], 1) == [six_too, four_too, six, four]
    assert in_turn([six, four, four_too], 3) == [six, four_too, four]
    assert in_turn([], 3) == []


async def test_a_host_that_is_not_found_sent_nothing_and_is_looked_up_again(
    connect: Connect, server: CountingServer, resolver: Resolver, url: str
) -> None:
    ports, resolver.ports = resolver.ports, []
    async with connect(url, retry_mode="off") as ses:
        with pytest.raises(errors.ConnectError, match="not known") as caught:
            await ses.get_account()
        assert caught.value.outcome == "not_sent"
        resolver.ports = ports
        assert (await ses.get_account()).metadata.attempts == 1
    assert (resolver.lookups, len(server.received)) == (2, 1)


async def test_a_lookup_takes_no_longer_than_connecting_may(
    connect: Connect, server: CountingServer, resolver: Resolver, url: str
) -> None:
    resolver.gate.clear()
    async with connect(url, retry_mode="off", timeout=httpx.Timeout(10, connect=0.1)) as ses:
        with pytest.raises(errors.TimeoutError, match="connecting") as caught:
            await ses.get_account()
        assert caught.value.outcome == "not_sent"
        resolver.gate.set()
        await ses.get_account()  # goes by the lookup of before
    assert (resolver.lookups, len(server.received)) == (1, 1)


async def test_a_lookup_takes_no_longer_than_the_call_may(
    connect: Connect, server: CountingServer, resolver: Resolver, url: str
) -> None:
    resolver.gate.clear()
    async with connect(url, timeout=None, call_timeout=0.2) as ses:
        with pytest.raises(errors.TimeoutError) as caught:
            await ses.get_account()
    resolver.gate.set()
    assert (caught.value.outcome, server.received) == ("not_sent", [])


def test_closing_wakes_a_thread_that_waits_for_a_lookup(resolver: Resolver, url: str, credentials: Credentials) -> None:
    resolver.gate.clear()
    raised: list[BaseException] = []
    ses = SESv2Client(region=REGION, credentials=credentials, endpoint_url=url, retry_mode="off", timeout=None)

    def call() -> None:
        try:
            ses.get_account()
        except errors.SESv2Error as error:
            raised.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    until(lambda: resolver.lookups == 1)
    ses.close()
    thread.join(5)
    assert not thread.is_alive()
    resolver.gate.set()
    assert [type(error) for error in raised] == [errors.ConnectError]


def test_no_call_waits_for_a_lookup_that_could_not_begin(monkeypatch: pytest.MonkeyPatch, resolver: Resolver) -> None:
    def interrupt(_thread: threading.Thread) -> None:
        raise KeyboardInterrupt

    known = PoolResolver()
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", interrupt)
        with pytest.raises(KeyboardInterrupt):
            known.lookup(HOST, 80)
    found = threading.Event()
    known.lookup(HOST, 80).when_ended(found.set)
    assert found.wait(10)


def test_a_lookup_is_made_when_no_thread_can_be_started(monkeypatch: pytest.MonkeyPatch, resolver: Resolver) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert len(PoolResolver().lookup(HOST, 80).addresses()) == 1


def test_a_lookup_outlives_the_event_loop_that_started_it(
    resolver: Resolver, url: str, credentials: Credentials
) -> None:
    resolver.gate.clear()

    async def call() -> None:
        async with AsyncSESv2Client(region=REGION, credentials=credentials, endpoint_url=url) as ses:
            with pytest.raises(errors.TimeoutError):
                await ses.get_account(options={"call_timeout": 0.05})

    asyncio.run(call())
    resolver.gate.set()
    until(lambda: not any(thread.name == "sesv2kit-lookup" for thread in threading.enumerate()))


# Addresses that do not answer ----------------------------------------------------------------------------------------


async def test_an_address_that_does_not_respond_is_not_an_outage(
    connect: Connect, server: CountingServer, resolver: Resolver, url: str
) -> None:
    with full_listener() as dead:
        resolver.ports = [int(dead.rpartition(":")[2]), *resolver.ports]
        async with connect(url, timeout=5, call_timeout=5) as ses:
            for _ in range(3):
                assert (await ses.get_account()).metadata.attempts == 1
    assert len(server.received) == 3


async def test_an_address_that_refuses_is_followed_by_the_next_at_once(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer, resolver: Resolver, url: str
) -> None:
    for module in ("sockets", "asyncio_pool", "trio_pool"):
        monkeypatch.setattr(f"sesv2kit._transport.{module}.HEAD_START", 60.0)
    with socket.create_server(("127.0.0.1", 0)) as gone:
        nobody = gone.getsockname()[1]
    resolver.ports = [nobody, nobody, *resolver.ports]
    async with connect(url, retry_mode="off") as ses:
        assert (await ses.get_account()).metadata.attempts == 1
    assert len(server.received) == 1


async def test_a_host_of_which_no_address_responds_is_a_connect_error(
    connect: Connect, server: CountingServer, resolver: Resolver, url: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        nobody = gone.getsockname()[1]
    resolver.ports = [nobody, nobody]
    async with connect(url, retry_mode="off") as ses:
        with pytest.raises(errors.ConnectError, match=r"refused|Connect call failed") as caught:
            await ses.get_account()
    assert (caught.value.outcome, server.received) == ("not_sent", [])


@pytest.mark.parametrize("kind", ["asyncio", "trio"])
async def test_a_call_can_be_cancelled_while_addresses_do_not_respond(
    connect: Connect, resolver: Resolver, url: str
) -> None:
    with full_listener() as dead:
        resolver.ports = [int(dead.rpartition(":")[2])] * 3
        async with connect(url) as ses:
            with anyio.move_on_after(0.6) as scope:
                await ses.get_account()
        assert scope.cancelled_caught


def test_an_address_that_does_not_respond_is_not_an_outage_on_uvloop(
    server: CountingServer, resolver: Resolver, url: str, credentials: Credentials
) -> None:
    uvloop = pytest.importorskip("uvloop")

    async def call() -> None:
        async with AsyncSESv2Client(region=REGION, credentials=credentials, endpoint_url=url) as ses:
            assert (await ses.get_account(options={"call_timeout": 5})).metadata.attempts == 1

    with full_listener() as dead:
        resolver.ports = [int(dead.rpartition(":")[2]), *resolver.ports]
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(call())
    assert len(server.received) == 1
