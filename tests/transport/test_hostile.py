"""Hostile responses, hosts and timing: decompression bombs, secrets in responses, slow servers, races."""

import gzip
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest
import trustme
from support.clients import REGION, Connect
from support.counting import Act, CountingServer, answers, counting_server, sends
from support.transport import (
    TlsServer,
    answers_early,
    full_listener,
    open_pool,
    server_context,
    transport_of,
    until,
)

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors, models
from sesv2kit._transport import http1 as _http1
from sesv2kit._transport.pool import Pool

pytestmark = pytest.mark.anyio
BOTH = pytest.mark.parametrize("kind", ["sync", "asyncio"])
LARGE = models.EmailContent(raw=models.RawMessage(data=b"\n" * 8_000_000))


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """Run a server."""
    with counting_server() as server:
        yield server


@pytest.fixture
async def ses(server: CountingServer, connect: Connect) -> AsyncIterator[AsyncSESv2Client]:
    """Return a client that makes one attempt."""
    async with connect(server.url, retry_mode="off") as client:
        yield client


# What comes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["gz\xe9", "br", "gzip, gzip"])
async def test_an_unknown_content_encoding_can_t_be_read(
    ses: AsyncSESv2Client, server: CountingServer, encoding: str
) -> None:
    body = gzip.compress(gzip.compress(b"{}"))
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
    server.script(sends(head.encode("latin-1") + body))
    with pytest.raises(errors.ResponseError, match="not JSON"):
        await ses.get_account()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("GZIP", gzip.compress(b"{}")), ("x-gzip", gzip.compress(b"{}")), ("deflate", zlib.compress(b"{}"))],
    ids=["gzip", "x-gzip", "deflate"],
)
async def test_a_compressed_response_is_decompressed(
    ses: AsyncSESv2Client, server: CountingServer, encoding: str, body: bytes
) -> None:
    server.script(answers(body=body, headers={"Content-Encoding": encoding}))
    assert (await ses.get_account()).metadata.status_code == 200


async def test_a_response_that_decompresses_to_more_than_the_maximum_is_refused(
    ses: AsyncSESv2Client, server: CountingServer
) -> None:
    bomb = gzip.compress(b" " * 64 * 1024 * 1024)
    server.script(answers(body=bomb, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(errors.ResponseError, match="more than") as caught:
        await ses.get_account()
    assert caught.value.operation == "GetAccount"


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
async def test_a_compressed_response_that_is_cut_off_can_t_be_read(
    ses: AsyncSESv2Client, server: CountingServer, pack: Callable[[bytes], bytes]
) -> None:
    whole = pack(b'{"SendingEnabled": true}')
    server.script(*[answers(body=whole[:-size], headers={"Content-Encoding": "gzip"}) for size in (1, 4)])
    for _ in range(2):
        with pytest.raises(errors.ResponseError, match="ends too early"):
            await ses.get_account()


async def test_an_empty_response_needs_no_decompression(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(answers(body=b"", headers={"Content-Encoding": "gzip"}))
    assert (await ses.get_account()).metadata.status_code == 200


def test_decompression_stops_at_the_limit() -> None:
    assert _http1.decompressed(gzip.compress(b"x" * 100), "gzip", 100) == b"x" * 100
    with pytest.raises(ValueError, match="more than 99 bytes"):
        _http1.decompressed(gzip.compress(b"x" * 100), "gzip", 99)


async def test_a_server_that_changes_over_to_another_protocol_ends_the_call(
    ses: AsyncSESv2Client, server: CountingServer
) -> None:
    server.script(sends(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n"))
    with pytest.raises(errors.ConnectionLostError, match="protocol"):
        await ses.get_account()
    with pytest.raises(errors.ParamValidationError, match="set by the client itself"):
        await ses.get_account(options={"headers": {"Upgrade": "h2c"}})


async def test_errors_do_not_quote_received_bytes(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(sends(b"GARBAGE the-token-that-came-back\r\n\r\n"))
    with pytest.raises(errors.ConnectionLostError) as caught:
        await ses.get_account()
    assert "token" not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


async def test_an_idle_connection_keeps_no_mail(kind: str, server: CountingServer) -> None:
    async with open_pool(kind) as sender:
        await sender.send(server.url, b"a mail")
        (stack,) = sender.pool._connections._idle.values()
        (connection,) = stack
        kept = [*vars(connection).values(), *vars(connection._http).values()]
    assert not any(b"a mail" in bytes(value) for value in kept if isinstance(value, bytes | bytearray))
    assert not hasattr(connection, "_request")
    assert not hasattr(connection._http, "_request")


# What leaves ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def tls_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[CountingServer]:
    """Run a TLS server that the clients trust."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    with counting_server(TlsServer(server_context(authority, "localhost"))) as server:
        yield server


async def test_a_large_mail_that_is_refused_over_tls_before_its_end_is_not_sent_again(
    connect: Connect, tls_server: CountingServer
) -> None:
    async with connect(tls_server.url) as ses:
        for _ in range(3):
            tls_server.script(answers_early(413))
            with pytest.raises((errors.APIError, errors.AmbiguousSendError)):
                await ses.send_email(content=LARGE)
    assert len(tls_server.received) == 3


def reads_slowly() -> Act:
    """Read a large mail bit by bit, always well in time, and answer."""

    def perform(connection: socket.socket, stopping: threading.Event) -> None:
        left = 8_000_000
        while left > 0:
            left -= len(connection.recv(200_000))
            stopping.wait(0.04)
        answers().perform(connection, stopping)

    return Act(perform, read_body=False)


async def test_the_time_for_writing_is_for_each_step_of_a_large_mail(connect: Connect, server: CountingServer) -> None:
    server.script(reads_slowly())
    async with connect(server.url, retry_mode="off", timeout=httpx.Timeout(10, write=1)) as ses:
        began = time.monotonic()
        assert (await ses.send_email(content=LARGE)).metadata.status_code == 200
    assert time.monotonic() - began > 1


# Where to ------------------------------------------------------------------------------------------------------------


async def test_a_call_s_time_is_for_all_addresses_of_a_host(monkeypatch: pytest.MonkeyPatch, connect: Connect) -> None:
    look_up = socket.getaddrinfo

    def six_addresses(host: Any, port: Any, *args: Any, **settings: Any) -> list[Any]:
        if host != "ses.example":
            return look_up(host, port, *args, **settings)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))] * 6

    with full_listener() as url:
        monkeypatch.setattr(socket, "getaddrinfo", six_addresses)
        async with connect(url.replace("127.0.0.1", "ses.example"), call_timeout=0.3) as ses:
            began = time.monotonic()
            with pytest.raises(errors.TimeoutError) as caught:
                await ses.get_account()
    assert caught.value.outcome == "not_sent"
    assert time.monotonic() - began < 1.5


def test_the_next_address_is_tried_when_one_refuses(
    monkeypatch: pytest.MonkeyPatch, server: CountingServer, credentials: Credentials
) -> None:
    port = server.server_address[1]
    with socket.create_server(("127.0.0.1", 0)) as gone:
        nobody = gone.getsockname()[1]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", number)) for number in (nobody, port)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with SESv2Client(region=REGION, credentials=credentials, endpoint_url=server.url) as ses:
        assert ses.get_account().metadata.attempts == 1


@pytest.mark.parametrize("kind", ["asyncio", "trio"])
async def test_a_deadline_while_connecting_through_httpx_sent_nothing(credentials: Credentials, kind: str) -> None:
    with full_listener() as url:
        async with (
            httpx.AsyncClient() as http_client,
            AsyncSESv2Client(
                region=REGION, credentials=credentials, endpoint_url=url, http_client=http_client, call_timeout=0.1
            ) as ses,
        ):
            with pytest.raises(errors.TimeoutError) as caught:
                await ses.send_email(content=models.EmailContent(raw=models.RawMessage(data=b"x")))
    assert (type(caught.value), caught.value.outcome) == (errors.TimeoutError, "not_sent")


@pytest.mark.parametrize("url", ["http://xn--a.invalid", "http://a..b"])
def test_an_invalid_host_name_is_a_configuration_error(url: str, credentials: Credentials) -> None:
    with (
        pytest.raises(errors.ConfigurationError),
        SESv2Client(region=REGION, credentials=credentials, endpoint_url=url, retry_mode="off") as ses,
    ):
        ses.get_account()


@pytest.mark.parametrize("seconds", [1e6, 3e6, 1e9, 1e12])
async def test_any_number_of_seconds_is_one_to_wait_for(
    connect: Connect, server: CountingServer, seconds: float
) -> None:
    async with connect(server.url, timeout=seconds, call_timeout=seconds) as ses:
        assert (await ses.get_account()).metadata.status_code == 200


# When ----------------------------------------------------------------------------------------------------------------

IMPORTS = """
import sys, threading
from sesv2kit import Credentials, SESv2Client

ses = SESv2Client(region="eu-west-1", credentials=Credentials("AKIDEXAMPLE", "secret"), endpoint_url=sys.argv[1])
ses.get_account()
assert "httpcore" not in sys.modules
loading = threading.Thread(target=lambda: __import__("httpcore"))
loading.start()
while loading.is_alive():
    ses.get_account()
"""


def test_a_call_can_be_made_while_another_thread_loads_httpcore(server: CountingServer) -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTS, server.url], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")


def test_closing_wakes_a_thread_that_connects(credentials: Credentials) -> None:
    raised: list[BaseException] = []
    with full_listener() as url:
        ses = SESv2Client(region=REGION, credentials=credentials, endpoint_url=url, retry_mode="off", timeout=20)

        def call() -> None:
            try:
                ses.get_account()
            except errors.SESv2Error as error:
                raised.append(error)

        thread = threading.Thread(target=call)
        thread.start()
        until(lambda: bool(transport_of(ses)._backends) and bool(busy(ses)))
        time.sleep(0.05)
        ses.close()
        thread.join(5)
        assert not thread.is_alive()
    assert [type(error) for error in raised] == [errors.ConnectError]


def busy(ses: SESv2Client) -> set[Any]:
    """Return the connections in use."""
    pool = transport_of(ses)._backends["pool"]
    assert isinstance(pool, Pool)
    return {connection for connection in pool._connections.busy() if connection._socket or connection._under_way}
