"""TLS on loopback, with an authority of the test's own."""

import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
import trustme
from support.clients import REGION, Connect
from support.counting import Act, CountingServer, answer_bytes, answers, counting_server, hangs_up, never_answers
from support.transport import (
    TlsServer,
    ends_tls_after,
    server_context,
    silent_listener,
    stalls_after,
    talking_listener,
    until,
)

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors, models
from sesv2kit._core.http import SignedRequest
from sesv2kit._core.timeout import phases
from sesv2kit._transport import tls
from sesv2kit._transport.connections import PoolSettings
from sesv2kit._transport.pool import Pool

pytestmark = pytest.mark.anyio
SENT = b'{"MessageId": "0100"}'
CONTENT = models.EmailContent(raw=models.RawMessage(data=b"x"))


@pytest.fixture(autouse=True)
def fresh_contexts() -> Iterator[None]:
    """Let no test see the TLS context of another."""
    tls._new_ssl_context.cache_clear()
    yield
    tls._new_ssl_context.cache_clear()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Return an authority; making its keys takes a while."""
    return trustme.CA()


@pytest.fixture(autouse=True)
def bundle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, authority: trustme.CA) -> None:
    """Have the client trust the authority, and reach this machine directly."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(path))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[CountingServer]:
    """Run a TLS server."""
    with counting_server(TlsServer(server_context(authority, "localhost"))) as server:
        yield server


async def test_a_call_goes_over_tls_with_the_bundle_of_the_environment(
    connect: Connect, server: CountingServer
) -> None:
    server.script(answers(body=SENT))
    async with connect(server.url) as ses:
        assert (await ses.send_email(content=CONTENT)).message_id == "0100"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_one_tls_connection_serves_many_calls(
    connect: Connect, authority: trustme.CA, version: ssl.TLSVersion
) -> None:
    context = server_context(authority, "localhost")
    context.minimum_version = context.maximum_version = version
    context.num_tickets = 4  # sent after the handshake, they must not make an idle connection look closed
    with counting_server(TlsServer(context)) as server:
        async with connect(server.url) as ses:
            for _ in range(5):
                await ses.get_account()
                await anyio.sleep(0.01)
        assert (len(server.received), len(server.connections)) == (5, 1)


async def test_a_large_mail_and_a_large_response_go_over_tls(connect: Connect, server: CountingServer) -> None:
    server.script(answers(body=SENT, headers={"X-Large": "x" * 50_000}), answers(body=b" " * 3_000_000 + SENT))
    content = models.EmailContent(raw=models.RawMessage(data=b"\n" * 3_000_000))
    async with connect(server.url) as ses:
        for _ in range(2):
            assert (await ses.send_email(content=content)).message_id == "0100"
    assert len(server.connections) == 1


async def test_a_tls_connection_that_the_server_closed_meanwhile_costs_no_mail(
    connect: Connect, server: CountingServer
) -> None:
    async with connect(server.url, retry_mode="off") as ses:
        server.script(answers(body=SENT, headers={"Connection": "keep-alive"}), answers(body=SENT))
        await ses.send_email(content=CONTENT)
        server.connections[0].shutdown(2)
        assert await anyio.to_thread.run_sync(lambda: server.closed.acquire(timeout=10))
        assert (await ses.send_email(content=CONTENT)).metadata.attempts == 1
    assert (len(server.received), len(server.connections)) == (2, 2)


async def test_a_tls_connection_lost_in_a_send_is_ambiguous(connect: Connect, server: CountingServer) -> None:
    server.script(hangs_up())
    async with connect(server.url) as ses:
        with pytest.raises(errors.AmbiguousSendError):
            await ses.send_email(content=CONTENT)
    assert len(server.received) == 1


@pytest.mark.skipif(not hasattr(socket, "TCP_CORK"), reason="needs Linux")
async def test_an_end_of_tls_behind_a_part_of_a_response_is_noticed_at_once(
    connect: Connect, server: CountingServer
) -> None:
    server.script(ends_tls_after(answer_bytes(body=SENT)[:-1]))
    async with connect(server.url, timeout=httpx.Timeout(5, read=None)) as ses:
        with anyio.fail_after(5), pytest.raises(errors.AmbiguousSendError):
            await ses.send_email(content=CONTENT)
    assert len(server.received) == 1


async def test_a_response_over_tls_that_takes_too_long_is_a_timeout(connect: Connect, server: CountingServer) -> None:
    server.script(never_answers())
    async with connect(server.url, retry_mode="off") as ses:
        with pytest.raises(errors.TimeoutError):
            await ses.get_account(options={"timeout": httpx.Timeout(5, read=0.2)})


async def test_a_certificate_for_another_host_is_refused(connect: Connect, authority: trustme.CA) -> None:
    with counting_server(TlsServer(server_context(authority, "elsewhere.example"))) as server:
        async with connect(server.url) as ses:
            with pytest.raises(errors.ConnectError, match=r"(?i)hostname mismatch") as caught:
                await ses.send_email(content=CONTENT)
        assert (caught.value.outcome, caught.value.attempts, server.received) == ("not_sent", 1, [])


async def test_a_certificate_of_an_unknown_authority_is_refused(connect: Connect) -> None:
    with counting_server(TlsServer(server_context(trustme.CA(), "localhost"))) as server:
        async with connect(server.url) as ses:
            with pytest.raises(errors.ConnectError, match=r"(?i)certificate verify failed") as caught:
                await ses.send_email(content=CONTENT)
        assert (caught.value.outcome, caught.value.attempts, server.received) == ("not_sent", 1, [])
        assert "ca_bundle=" in str(caught.value)
        assert "SSL_CERT_FILE" in str(caught.value)


async def test_an_http_client_that_refuses_a_certificate_makes_one_attempt() -> None:
    with counting_server(TlsServer(server_context(trustme.CA(), "localhost"))) as server:
        settings: dict[str, Any] = {
            "region": REGION,
            "endpoint_url": server.url,
            "credentials": Credentials("AKID", "key"),
        }
        with httpx.Client(trust_env=False) as http, SESv2Client(http_client=http, **settings) as ses:
            with pytest.raises(errors.ConnectError, match=r"(?i)certificate verify failed") as caught:
                ses.send_email(content=CONTENT)
            assert (caught.value.outcome, caught.value.attempts, caught.value.is_retryable) == ("not_sent", 1, False)
        async with httpx.AsyncClient(trust_env=False) as ahttp, AsyncSESv2Client(http_client=ahttp, **settings) as ases:
            with pytest.raises(errors.ConnectError, match=r"(?i)certificate verify failed") as caught:
                await ases.send_email(content=CONTENT)
            assert (caught.value.outcome, caught.value.attempts, caught.value.is_retryable) == ("not_sent", 1, False)


async def test_a_server_without_tls_is_refused(connect: Connect) -> None:
    with talking_listener(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
        async with connect(url, retry_mode="off") as ses:
            with pytest.raises(errors.ConnectError) as caught:
                await ses.send_email(content=CONTENT)
    assert caught.value.outcome == "not_sent"


async def test_a_server_that_ends_the_handshake_is_refused(connect: Connect) -> None:
    with talking_listener(b"") as url:
        async with connect(url, retry_mode="off") as ses:
            with pytest.raises(errors.ConnectError) as caught:
                await ses.send_email(content=CONTENT)
    assert caught.value.outcome == "not_sent"


async def test_a_bundle_that_can_t_be_read_is_an_error_of_the_configuration(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", __file__)
    async with connect(server.url) as ses:
        with pytest.raises(errors.ConfigurationError, match="CA bundle"):
            await ses.get_account()


# One context ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> list[ssl.SSLContext]:
    """Return a list that gets every TLS context that is made."""
    made: list[ssl.SSLContext] = []
    make = ssl.create_default_context

    def noted(**settings: str) -> ssl.SSLContext:
        made.append(make(**settings))
        return made[-1]

    monkeypatch.setattr(ssl, "create_default_context", noted)
    return made


async def test_all_clients_share_one_tls_context(
    connect: Connect, server: CountingServer, contexts: list[ssl.SSLContext]
) -> None:
    for _ in range(3):
        async with connect(server.url) as ses:
            await ses.get_account()
    assert len(contexts) == 1


def test_many_threads_make_one_tls_context(
    server: CountingServer, credentials: Credentials, contexts: list[ssl.SSLContext]
) -> None:
    with SESv2Client(region=REGION, credentials=credentials, endpoint_url=server.url) as ses:
        threads = [threading.Thread(target=ses.get_account) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(server.received), len(contexts)) == (20, 1)


@pytest.mark.parametrize("kind", ["sync", "asyncio"])
async def test_a_plain_endpoint_makes_no_tls_context(connect: Connect, contexts: list[ssl.SSLContext]) -> None:
    with counting_server() as server:
        async with connect(server.url) as ses:
            await ses.get_account()
    assert contexts == []


@pytest.mark.parametrize("kind", ["asyncio", "trio"])
async def test_calls_in_flight_over_tls_end_when_the_client_closes(
    kind: str, credentials: Credentials, server: CountingServer
) -> None:
    server.script(*(never_answers() for _ in range(5)))
    ses = AsyncSESv2Client(region=REGION, credentials=credentials, endpoint_url=server.url, retry_mode="off")
    seen: list[type[Exception]] = []

    async def call() -> None:
        try:
            await ses.get_account(options={"timeout": None})
        except errors.SESv2Error as error:
            seen.append(type(error))

    async with anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(call)
        await anyio.to_thread.run_sync(lambda: until(lambda: len(server.received) == 5))
        await ses.aclose()
    assert seen == [errors.ConnectionLostError] * 5
    until(lambda: len(select.select(server.connections, [], [], 0)[0]) == 5)


# Writing, and closing in the middle ----------------------------------------------------------------------------------


class SmallSocket(socket.socket):
    """A socket that takes less than one TLS record at a time."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if self.family in (socket.AF_INET, socket.AF_INET6):
            self.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)


@contextmanager
def reads_nothing(context: ssl.SSLContext) -> Iterator[str]:
    """Make a TLS handshake, and read nothing after it; yields the URL."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)

        listener.settimeout(20)  # for a client that never connects

        def serve() -> None:
            connection, _ = listener.accept()
            with context.wrap_socket(connection, server_side=True):
                done.wait(10)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"https://localhost:{listener.getsockname()[1]}"
        finally:
            done.set()
            thread.join()


async def test_a_mail_of_which_not_one_tls_record_could_be_written_in_time_may_have_left_in_part(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, authority: trustme.CA
) -> None:
    content = models.EmailContent(raw=models.RawMessage(data=b"\n" * 2_000_000))
    with reads_nothing(server_context(authority, "localhost")) as url:
        monkeypatch.setattr(socket, "socket", SmallSocket)
        async with connect(url, retry_mode="off", timeout=httpx.Timeout(10, write=0.2)) as ses:
            with pytest.raises(errors.AmbiguousSendError, match="sending the request"):
                await ses.send_email(content=content)


async def test_an_early_response_over_tls_need_not_wait_for_the_end_of_the_request(
    connect: Connect, server: CountingServer
) -> None:
    refusal = answer_bytes(400, b'{"message": "no"}', {"x-amzn-ErrorType": "MessageRejected"})
    server.script(Act(stalls_after(refusal).perform, read_body=False))
    content = models.EmailContent(raw=models.RawMessage(data=b"\n" * 20_000_000))
    # Without a time limit for writing: the response is seen although the request could not be written.
    async with connect(server.url, retry_mode="off", timeout=httpx.Timeout(None, read=10)) as ses:
        with pytest.raises(errors.MessageRejected):
            await ses.send_email(content=content)
    assert len(server.received) == 1


class ClosingContext(ssl.SSLContext):
    """Closes a pool right before a handshake."""

    pool: Pool

    def wrap_socket(self, *args: Any, **settings: Any) -> ssl.SSLSocket:
        """Take over a socket, and close the pool."""
        wrapped = super().wrap_socket(*args, **settings)
        self.pool.close()
        return wrapped


def test_no_handshake_begins_when_the_pool_is_closed() -> None:
    context = ClosingContext(ssl.PROTOCOL_TLS_CLIENT)
    context.pool = Pool(PoolSettings(ssl_context=lambda: context))
    with silent_listener() as url:
        request = SignedRequest("GetAccount", "GET", url, {"host": "x"}, b"", phases(5.0))
        with pytest.raises(errors.ConnectError, match="closed") as caught:
            context.pool.send(request)
    assert caught.value.outcome == "not_sent"
