"""Proxies: requests are forwarded or go through a tunnel, under the same rules as those that go directly."""

import asyncio
import socket
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import attrs
import httpx
import pytest
import trustme
from support.clients import REGION, Connect
from support.counting import CountingServer, answer_bytes, answers, counting_server, hangs_up, never_answers, sends
from support.tracker import recorded
from support.transport import Proxy, TlsServer, ends_tls_after, running, server_context

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors, models
from sesv2kit._transport import tls
from sesv2kit._transport.route import parse_proxy

pytestmark = pytest.mark.anyio
SENT = b'{"MessageId": "0100"}'
CONTENT = models.EmailContent(raw=models.RawMessage(data=b"x"))
SECRET = "s3cr3t"

Ways = Callable[..., AbstractAsyncContextManager[AsyncSESv2Client]]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Return an authority; making its keys takes a while."""
    return trustme.CA()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, authority: trustme.CA) -> Iterator[None]:
    """Trust the authority, and name no host that the proxy is not for."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    tls._new_ssl_context.cache_clear()
    yield
    tls._new_ssl_context.cache_clear()


@pytest.fixture(autouse=True)
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the client make its attempts without a pause between them."""
    monkeypatch.setattr("sesv2kit._call.pipeline.backoff", lambda *_: 0.0)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """Run a proxy."""
    server = Proxy()
    with running(server):
        yield server


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """Run a server."""
    with counting_server() as server:
        yield server


@pytest.fixture
def tls_server(authority: trustme.CA) -> Iterator[CountingServer]:
    """Run a server behind TLS."""
    with counting_server(TlsServer(server_context(authority, "localhost"))) as server:
        yield server


@attrs.frozen
class Way:
    """A server, and the proxy before it."""

    server: CountingServer
    proxy: Proxy


@pytest.fixture(params=["forward", "tunnel", "forward over TLS", "tunnel over TLS"])
def way(request: pytest.FixtureRequest, authority: trustme.CA) -> Iterator[Way]:
    """Run a server and a proxy, with and without TLS."""
    server = TlsServer(server_context(authority, "localhost")) if "tunnel" in request.param else CountingServer()
    proxy = Proxy(server_context(authority, "localhost") if "over TLS" in request.param else None)
    with counting_server(server), running(proxy):
        yield Way(server, proxy)


@pytest.fixture
def through(connect: Connect, way: Way) -> Ways:
    """Return a function that opens a client that sends through the proxy."""
    return partial(connect, way.server.url, proxy=way.proxy.url)


# Settings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_a_call_goes_through_the_proxy_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer, proxy: Proxy, name: str
) -> None:
    monkeypatch.setenv(name, proxy.url)
    server.script(answers(body=SENT))
    async with connect(server.url) as ses:
        assert (await ses.send_email(content=CONTENT)).message_id == "0100"
    assert proxy.lines == [f"POST {server.url}/v2/email/outbound-emails HTTP/1.1"]
    assert server.received[0].target == "/v2/email/outbound-emails"


async def test_a_tls_call_goes_through_a_tunnel(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, tls_server: CountingServer, proxy: Proxy
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    tls_server.script(answers(body=SENT))
    async with connect(tls_server.url) as ses:
        assert (await ses.send_email(content=CONTENT)).message_id == "0100"
        await ses.get_account()
    assert proxy.lines == [f"CONNECT {tls_server.url.removeprefix('https://')} HTTP/1.1"]
    assert (len(tls_server.received), len(tls_server.connections)) == (2, 1)


@pytest.mark.parametrize("exception", ["127.0.0.1", "*", "example.com, 127.0.0.1"])
async def test_no_proxy_bypasses_the_proxy(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer, proxy: Proxy, exception: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", exception)
    async with connect(server.url) as ses:
        await ses.get_account()
    assert (proxy.lines, len(server.received)) == ([], 1)


@pytest.mark.parametrize(
    "proxy_url", ["ftp://127.0.0.1:1", "http://[::1", "socks5://127.0.0.1:1", "socks5h://127.0.0.1:1", "socks://h:1"]
)
async def test_a_proxy_that_can_t_be_used_is_an_error_of_the_configuration(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer, proxy_url: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy_url)
    async with connect(server.url) as ses:
        with pytest.raises(errors.ConfigurationError, match="SOCKS"):
            await ses.get_account()
    assert server.received == []


# Mails ---------------------------------------------------------------------------------------------------------------


async def test_mails_of_every_size_go_through_every_kind_of_proxy(way: Way, through: Ways) -> None:
    async with through() as ses:
        for size in (1, 20_000, 3_000_000):
            way.server.script(answers(body=SENT + b" " * size))
            content = models.EmailContent(raw=models.RawMessage(data=b"\n" * size))
            assert (await ses.send_email(content=content)).message_id == "0100"
    assert way.server.received[0].target.endswith("/v2/email/outbound-emails")
    assert (len(way.server.received), len(way.server.connections), len(way.proxy.lines)) == (3, 1, 1)


async def test_the_user_and_the_password_of_the_url_go_to_the_proxy_alone(connect: Connect, way: Way) -> None:
    url = way.proxy.url.replace("://", f"://us%40er:{SECRET}%3A@")
    async with connect(way.server.url, proxy=url) as ses:
        await ses.get_account()
    assert way.proxy.authorizations == [f"Basic {b64encode(f'us@er:{SECRET}:'.encode()).decode()}"]
    # A proxy that forwards passes the whole head on, as this one does.
    if way.proxy.lines[0].startswith("CONNECT"):
        assert "proxy-authorization" not in way.server.received[0].headers


def test_a_proxy_s_password_shows_nowhere() -> None:
    assert SECRET not in repr(parse_proxy(f"http://user:{SECRET}@proxy.example:3128"))


async def test_a_page_that_repeats_the_password_of_the_proxy_shows_it_nowhere(connect: Connect) -> None:
    secret = b64encode(f"user:{SECRET}".encode()).decode()
    with counting_server() as proxy:
        proxy.script(answers(407, f"<p>refused: proxy-authorization: Basic {secret}</p>".encode()))
        url = proxy.url.replace("://", f"://user:{SECRET}@")
        async with connect("http://localhost:1", proxy=url) as ses:
            with pytest.raises(errors.APIClientError, match=r"refused: proxy-authorization: Basic \*\*\*") as caught:
                await ses.get_account()
    assert proxy.received[0].headers["proxy-authorization"] == f"Basic {secret}"
    assert secret not in recorded(caught.value)


async def test_a_surplus_response_is_not_that_of_another_request(way: Way, through: Ways) -> None:
    # The server writes two responses at once, and refuses the next mail.
    double = answer_bytes(body=SENT) + answer_bytes(body=b'{"MessageId": "of nobody"}')
    refusal = answers(400, b'{"message": "no"}', {"x-amzn-ErrorType": "MessageRejected"})
    way.server.script(attrs.evolve(sends(double), keep_open=True), refusal)
    async with through() as ses:
        assert (await ses.send_email(content=CONTENT)).message_id == "0100"
        with pytest.raises(errors.MessageRejected):
            await ses.send_email(content=CONTENT)
    assert len(way.server.received) == 2


async def test_a_late_surplus_response_is_not_that_of_another_request(way: Way, through: Ways) -> None:
    stray = answer_bytes(body=b'{"MessageId": "of nobody"}')
    refusal = answers(400, b'{"message": "no"}', {"x-amzn-ErrorType": "MessageRejected"})
    way.server.script(attrs.evolve(sends(answer_bytes(body=SENT), stray), keep_open=True), refusal)
    async with through() as ses:
        assert (await ses.send_email(content=CONTENT)).message_id == "0100"
        await anyio.sleep(0.05)
        with pytest.raises(errors.MessageRejected):
            await ses.send_email(content=CONTENT)
    assert len(way.server.received) == 2


async def test_a_mail_lost_behind_the_proxy_is_ambiguous(way: Way, through: Ways) -> None:
    way.server.script(hangs_up(), never_answers())
    async with through() as ses:
        with pytest.raises(errors.AmbiguousSendError):
            await ses.send_email(content=CONTENT)
        with pytest.raises(errors.AmbiguousSendError):
            await ses.send_email(content=CONTENT, options={"timeout": 0.3})
    assert len(way.server.received) == 2


@pytest.mark.skipif(not hasattr(socket, "TCP_CORK"), reason="needs Linux")
async def test_an_end_of_tls_in_a_tunnel_is_noticed_at_once(way: Way, through: Ways) -> None:
    if not isinstance(way.server, TlsServer):
        pytest.skip("without TLS")
    way.server.script(ends_tls_after(answer_bytes(body=SENT)[:-1]))
    async with through(timeout=httpx.Timeout(5, read=None)) as ses:
        with anyio.fail_after(5), pytest.raises(errors.AmbiguousSendError):
            await ses.send_email(content=CONTENT)
    assert len(way.server.received) == 1


def test_mails_go_through_every_kind_of_proxy_on_uvloop(way: Way, credentials: Credentials) -> None:
    uvloop = pytest.importorskip("uvloop")
    way.server.script(answers(body=SENT), answers(body=SENT))

    async def main() -> None:
        async with AsyncSESv2Client(
            region=REGION, credentials=credentials, endpoint_url=way.server.url, proxy=way.proxy.url
        ) as ses:
            for size in (1, 3_000_000):
                content = models.EmailContent(raw=models.RawMessage(data=b"\n" * size))
                assert (await ses.send_email(content=content)).message_id == "0100"

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
    assert (len(way.server.received), len(way.server.connections)) == (2, 1)


# The proxy fails -----------------------------------------------------------------------------------------------------


async def test_a_proxy_that_is_not_there_sent_nothing(connect: Connect, server: CountingServer) -> None:
    async with connect(server.url, retry_mode="off", proxy="http://127.0.0.1:1") as ses:
        with pytest.raises(errors.ConnectError) as caught:
            await ses.send_email(content=CONTENT)
    assert (caught.value.outcome, server.received) == ("not_sent", [])


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
async def test_a_connection_that_is_refused_names_the_host(connect: Connect, scheme: str, host: str) -> None:
    async with connect(f"{scheme}://{host}:1", retry_mode="off") as ses:
        with pytest.raises(errors.ConnectError) as caught:
            await ses.send_email(content=CONTENT)
    assert str(caught.value).startswith(f"SendEmail: could not connect to {host}:1: ")


def test_a_connection_that_httpx_can_not_make_names_the_host(credentials: Credentials) -> None:
    settings: dict[str, Any] = {"region": REGION, "credentials": credentials, "retry_mode": "off"}
    with (
        httpx.Client(trust_env=False) as client,
        SESv2Client(**settings, endpoint_url="http://127.0.0.1:1", http_client=client) as ses,
        pytest.raises(errors.ConnectError, match=r"^GetAccount: could not connect to 127\.0\.0\.1:1: "),
    ):
        ses.get_account()


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("proxy_scheme", ["http", "https"])
async def test_a_proxy_that_is_refused_is_named_without_its_password(
    connect: Connect, scheme: str, proxy_scheme: str
) -> None:
    proxy = f"{proxy_scheme}://someone:{SECRET}@127.0.0.1:1"
    async with connect(f"{scheme}://mail.example.com", retry_mode="off", proxy=proxy) as ses:
        with pytest.raises(errors.ConnectError) as caught:
            await ses.send_email(content=CONTENT)
    port = {"http": 80, "https": 443}[scheme]
    place = f"mail.example.com:{port} through the proxy 127.0.0.1:1"
    assert str(caught.value).startswith(f"SendEmail: could not connect to {place}: ")
    assert [word for word in (SECRET, "someone") if word in recorded(caught.value)] == []


async def test_an_endpoint_that_the_proxy_can_not_reach_is_named(
    connect: Connect, tls_server: CountingServer, proxy: Proxy
) -> None:
    proxy.responses = [REFUSALS["502"]]
    async with connect(tls_server.url, proxy=proxy.url, retry_mode="off") as ses:
        with pytest.raises(errors.ConnectError) as caught:
            await ses.send_email(content=CONTENT)
    endpoint, through = tls_server.url.removeprefix("https://"), proxy.url.removeprefix("http://")
    assert str(caught.value).startswith(f"SendEmail: could not connect to {endpoint} through the proxy {through}: ")


REFUSALS = {
    "502": b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\nnope",
    "503": b"HTTP/1.1 503 Busy\r\n\r\n",
    "nothing": b"",
    "half a head": b"HTTP/1.1 200 Conn",
    "not HTTP": b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
    "a TLS alert": b"\x15\x03\x01\x00\x02\x02\x28",
    "an endless head": b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 300_000,
    "interim responses": b"HTTP/1.1 102 Processing\r\n\r\n" * 1_000,
    "more than its response": b"HTTP/1.1 200 Connected\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    "the end of the tunnel": b"HTTP/1.1 200 Connected\r\n\r\n",
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS.keys())
async def test_a_tunnel_that_fails_sent_nothing_and_is_tried_again(
    connect: Connect, tls_server: CountingServer, proxy: Proxy, refusal: bytes
) -> None:
    tls_server.script(answers(body=SENT))
    proxy.responses = [refusal]
    async with connect(tls_server.url, proxy=proxy.url) as ses:
        response = await ses.send_email(content=CONTENT)
    assert (response.message_id, response.metadata.attempts) == ("0100", 2)
    assert (len(tls_server.received), len(proxy.lines)) == (1, 2)


async def test_a_tunnel_that_keeps_failing_is_an_error_that_names_the_status(
    connect: Connect, tls_server: CountingServer, proxy: Proxy
) -> None:
    proxy.responses = [REFUSALS["502"]] * 3
    async with connect(tls_server.url, proxy=proxy.url) as ses:
        with pytest.raises(errors.ConnectError, match="HTTP 502") as caught:
            await ses.send_email(content=CONTENT)
    assert (caught.value.outcome, caught.value.attempts) == ("not_sent", 3)
    assert tls_server.received == []


@pytest.mark.parametrize("status", [403, 407])
async def test_a_tunnel_that_is_not_allowed_is_tried_once(
    connect: Connect, tls_server: CountingServer, proxy: Proxy, status: int
) -> None:
    proxy.responses = [f'HTTP/1.1 {status} No\r\nProxy-Authenticate: Basic realm="us"\r\n\r\n'.encode()]
    url = proxy.url.replace("://", f"://user:{SECRET}@")
    async with connect(tls_server.url, proxy=url) as ses:
        with pytest.raises(errors.ConnectError, match=f"HTTP {status}") as caught:
            await ses.send_email(content=CONTENT)
    assert (caught.value.outcome, caught.value.attempts, len(proxy.lines)) == ("not_sent", 1, 1)
    frames = recorded(caught.value)
    assert SECRET not in frames
    assert b64encode(f"user:{SECRET}".encode()).decode() not in frames


@pytest.mark.parametrize("beginning", [b"", b"HTTP/1.1 200 Co", b"HTTP/1.1 200 Connected\r\n\r\n"])
async def test_a_tunnel_that_takes_too_long_sent_nothing(
    connect: Connect, tls_server: CountingServer, proxy: Proxy, beginning: bytes
) -> None:
    proxy.responses, proxy.stalls = [beginning] * 2, True
    async with connect(tls_server.url, proxy=proxy.url, max_attempts=2) as ses:
        with pytest.raises(errors.TimeoutError, match="connecting") as caught:
            await ses.send_email(content=CONTENT, options={"timeout": 0.3})
    assert (caught.value.outcome, caught.value.attempts, len(proxy.lines)) == ("not_sent", 2, 2)
    assert tls_server.received == []


@pytest.mark.skipif(not hasattr(socket, "TCP_CORK"), reason="needs Linux")
@pytest.mark.parametrize("beginning", [b"HTTP/1.1 200 Co", b"HTTP/1.1 200 Connected\r\n\r\n"])
async def test_a_proxy_that_ends_tls_is_noticed_at_once_and_tried_again(
    connect: Connect, authority: trustme.CA, tls_server: CountingServer, beginning: bytes
) -> None:
    tls_server.script(answers(body=SENT))
    with proxy_of(authority, "localhost") as proxy:
        proxy.responses, proxy.ends_tls = [beginning], True
        async with connect(tls_server.url, proxy=proxy.url, timeout=httpx.Timeout(None)) as ses:
            with anyio.fail_after(5):
                response = await ses.send_email(content=CONTENT)
    assert (response.message_id, response.metadata.attempts) == ("0100", 2)
    assert (len(tls_server.received), len(proxy.lines)) == (1, 2)


async def test_a_silent_socks_proxy_does_not_hang(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, tls_server: CountingServer, proxy: Proxy
) -> None:
    proxy.responses, proxy.stalls = [b""], True
    monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("http", "socks5"))
    async with connect(tls_server.url) as ses:
        with pytest.raises(errors.ConfigurationError, match="SOCKS"):
            await ses.send_email(content=CONTENT)


@contextmanager
def proxy_of(authority: trustme.CA, *names: str) -> Iterator[Proxy]:
    """Run a proxy behind TLS."""
    proxy = Proxy(server_context(authority, *names))
    with running(proxy):
        yield proxy


async def test_a_proxy_with_a_certificate_for_another_host_gets_no_word(
    connect: Connect, authority: trustme.CA, server: CountingServer
) -> None:
    with proxy_of(authority, "elsewhere.example") as proxy:
        async with connect(server.url, proxy=proxy.url) as ses:
            with pytest.raises(errors.ConnectError, match="certificate") as caught:
                await ses.send_email(content=CONTENT)
    assert (caught.value.outcome, caught.value.attempts, proxy.lines) == ("not_sent", 1, [])


async def test_an_endpoint_behind_a_tunnel_has_to_show_its_own_certificate(
    connect: Connect, authority: trustme.CA, proxy: Proxy
) -> None:
    with counting_server(TlsServer(server_context(authority, "elsewhere.example"))) as server:
        async with connect(server.url, proxy=proxy.url) as ses:
            with pytest.raises(errors.ConnectError, match="certificate") as caught:
                await ses.send_email(content=CONTENT)
    assert (caught.value.outcome, caught.value.attempts, server.received) == ("not_sent", 1, [])


def test_the_url_of_a_proxy_is_read_as_it_is_meant() -> None:
    cases: dict[str, Any] = {
        "http://proxy.example": ("http://proxy.example", None),
        "http://proxy.example:80/": ("http://proxy.example", None),
        "https://[::1]:8443": ("https://[::1]:8443", None),
        "http://user@proxy.example:3128": ("http://proxy.example:3128", "user:"),
        "http://:word@proxy.example:3128": ("http://proxy.example:3128", ":word"),
    }
    for url, (origin, user) in cases.items():
        found = parse_proxy(url)
        assert found
        assert str(found.origin) == origin
        assert found.authorization == (user and "Basic " + b64encode(user.encode()).decode())
