"""Proxies of the environment: httpx's own clients go through them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from support.clients import Connect
from support.counting import CountingServer, answers, counting_server
from support.transport import Proxy, TlsServer, running, server_context

from sesv2kit import errors, models
from sesv2kit._transport import tls

pytestmark = pytest.mark.anyio
SENT = b'{"MessageId": "0100"}'
CONTENT = models.EmailContent(raw=models.RawMessage(data=b"x"))


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """Run a proxy."""
    server = Proxy()
    with running(server):
        yield server


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, proxy: Proxy) -> None:
    """Name the proxy, and nothing that goes round it."""
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, proxy.url)
        monkeypatch.setenv(name.lower(), proxy.url)


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """Run a server."""
    with counting_server() as server:
        yield server


async def test_a_call_goes_through_the_proxy_of_the_environment(
    connect: Connect, server: CountingServer, proxy: Proxy
) -> None:
    server.script(answers(body=SENT))
    async with connect(server.url) as ses:
        assert (await ses.send_email(content=CONTENT)).message_id == "0100"
    assert proxy.lines == [f"POST {server.url}/v2/email/outbound-emails HTTP/1.1"]
    assert server.received[0].target == "/v2/email/outbound-emails"


async def test_a_tls_call_goes_through_a_tunnel(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, connect: Connect, proxy: Proxy
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    tls._new_ssl_context.cache_clear()
    with counting_server(TlsServer(server_context(authority, "localhost"))) as server:
        server.script(answers(body=SENT))
        async with connect(server.url) as ses:
            assert (await ses.send_email(content=CONTENT)).message_id == "0100"
            await ses.get_account()
        assert proxy.lines == [f"CONNECT {server.url.removeprefix('https://')} HTTP/1.1"]
        assert (len(server.received), len(server.connections)) == (2, 1)


@pytest.mark.parametrize("exception", ["127.0.0.1", "*", "example.com, 127.0.0.1"])
async def test_no_proxy_goes_round_it(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer, proxy: Proxy, exception: str
) -> None:
    monkeypatch.setenv("NO_PROXY", exception)
    async with connect(server.url) as ses:
        await ses.get_account()
    assert (proxy.lines, len(server.received)) == ([], 1)


async def test_a_tunnel_that_is_refused_sent_nothing(connect: Connect, proxy: Proxy) -> None:
    proxy.refuses = True
    async with connect("https://email.example", retry_mode="off") as ses:
        with pytest.raises(errors.ConnectError) as caught:
            await ses.send_email(content=CONTENT)
    assert caught.value.outcome == "not_sent"


async def test_a_proxy_that_is_not_there_sent_nothing(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    async with connect(server.url, retry_mode="off") as ses:
        with pytest.raises(errors.ConnectError) as caught:
            await ses.send_email(content=CONTENT)
    assert (caught.value.outcome, server.received) == ("not_sent", [])


@pytest.mark.parametrize("proxy_url", ["ftp://127.0.0.1:1", "http://[::1", "socks5://127.0.0.1:1"])
async def test_a_proxy_that_can_t_be_used_is_an_error_of_the_configuration(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer, proxy_url: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy_url)
    monkeypatch.setenv("http_proxy", proxy_url)
    async with connect(server.url) as ses:
        with pytest.raises(errors.ConfigurationError, match="proxy"):
            await ses.get_account()
    assert server.received == []
