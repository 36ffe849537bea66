"""Pages of other origins can't reach the local service."""

from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

from sesv2kit import errors
from sesv2kit.testing import FakeSES

pytest.importorskip("starlette", reason="the extra sesv2kit[local] is not installed")

from support.mails import send, service

from sesv2kit.local import create_app, serve
from sesv2kit.local.guard import Guard

SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/ses/aws4_request"}
MAILS = "/_local/messages"
API = "/v2/email/account"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve a fake service with one mail; yield the host and the port."""
    with service() as (fake, ses), serve(fake, hosts=["Mail.test"]) as url:
        send(ses)
        yield url.removeprefix("http://")


def request(address: str, method: str, path: str, headers: dict[str, str]) -> tuple[int, str, str]:
    """Make a request with exactly some headers; return the status, the code of an error, and the body."""
    connection = HTTPConnection(address, timeout=30)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        return response.status, response.headers.get("x-amzn-errortype", ""), response.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8005", "127.0.0.1:1", "[::1]:8005", "[::1]", "mail.test:80"])
def test_names_of_loopback_are_accepted(address: str, host: str) -> None:
    for path in ("/", MAILS):
        assert request(address, "GET", path, {"Host": host})[0] == 200
    assert request(address, "GET", API, {"Host": host} | SIGNED)[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8005", "localhost.evil.example", "127.0.0.1.evil.example", "192.0.2.1", "x"]
)
@pytest.mark.parametrize("path", ["/", MAILS, "/_local/live", "/_aws/ses", "/I0/x", API])
def test_a_foreign_name_that_leads_to_this_machine(address: str, host: str, path: str) -> None:
    status, _, body = request(address, "GET", path, {"Host": host})
    assert status == 403
    name = host.partition(":")[0]
    assert body == f"Refused: this service is not called {name}; start it with --allow-host {name}.\n"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8005"])
def test_a_page_of_a_foreign_name_that_pretends_to_sign(address: str, host: str) -> None:
    """Any credentials do, so a page whose name leads here could make up a signature."""
    status, code, body = request(address, "GET", API, {"Host": host} | SIGNED)
    assert (status, code) == (403, "AccessDeniedException")
    assert "--allow-host" in body
    assert request(address, "GET", MAILS, {"Host": host} | SIGNED)[0] == 403


@pytest.mark.parametrize("host", ["ses:8005", "192.0.2.1:8005", "[2001:db8::1]", "host.docker.internal", "a.localhost"])
def test_programs_in_containers_call_the_api_by_names_that_are_not_public(address: str, host: str) -> None:
    assert request(address, "GET", API, {"Host": host} | SIGNED)[0] == 200
    assert request(address, "GET", MAILS, {"Host": host})[0] == 403


def test_a_request_without_a_host() -> None:
    refusal = Guard(None, ["localhost"])._refusal({"method": "GET", "path": "/", "headers": []})
    assert refusal
    assert refusal.body == b"Refused: a request needs a Host header.\n"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example:8005"},
        {"Origin": "http://localhost:8005"},  # another program on this machine: the request has no port
    ],
)
def test_a_foreign_page_changes_nothing(address: str, headers: dict[str, str]) -> None:
    for method, path in [("DELETE", MAILS), ("POST", "/_local/reset"), ("POST", "/_local/faults")]:
        status, _, body = request(address, method, path, {"Host": "localhost", "Content-Length": "0"} | headers)
        assert (status, body) == (403, "Refused: a page of another origin made this request.\n")
    assert '"total":1' in request(address, "GET", MAILS, {"Host": "localhost"})[2]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost:8005"},
    ],
)
def test_pages_of_the_service_and_programs_change_things(address: str, headers: dict[str, str]) -> None:
    headers = {"Host": "localhost:8005", "Content-Length": "0"} | headers
    assert request(address, "DELETE", "/_local/faults", headers)[0] == 200


def test_any_host_name_is_accepted_with_a_wildcard() -> None:
    with FakeSES() as fake, serve(fake, hosts=["*"]) as url:
        address = url.removeprefix("http://")
        assert request(address, "GET", MAILS, {"Host": "anything.example"})[0] == 200
        foreign = {"Host": "anything.example", "Content-Length": "0", "Origin": "http://evil.example"}
        assert request(address, "POST", "/_local/reset", foreign)[0] == 403


def test_no_foreign_page_may_read_a_response(address: str) -> None:
    """A browser asks before it sends what a form can't send; nothing here says yes."""
    connection = HTTPConnection(address, timeout=30)
    preflight = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    for path in (API, MAILS):
        connection.request("OPTIONS", path, headers=preflight)
        response = connection.getresponse()
        response.read()
        assert response.status >= 400
        assert not [name for name in response.headers if name.lower().startswith("access-control")]
    connection.close()


@pytest.mark.anyio
async def test_the_start_of_a_server_passes() -> None:
    steps = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    sent: list[str] = []

    async def receive() -> Any:
        return next(steps)

    async def respond(message: Any) -> None:
        sent.append(message["type"])

    with FakeSES() as fake:
        await create_app(fake)({"type": "lifespan", "app": None, "state": {}}, receive, respond)
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("fake", lambda _fake: serve(None).__enter__()),
        ("fake", lambda _fake: create_app(None)),
        ("hosts", lambda fake: serve(fake, hosts="mail.test").__enter__()),
        ("hosts", lambda fake: create_app(fake, hosts=[7])),
        ("webhooks", lambda fake: serve(fake, webhooks="http://127.0.0.1:9/").__enter__()),
        ("port", lambda fake: serve(fake, port="8005").__enter__()),
    ],
)
def test_an_argument_of_the_wrong_type_is_refused_by_its_name(name: str, call: Callable[[Any], Any]) -> None:
    with FakeSES() as fake, pytest.raises(errors.ConfigurationError, match=f"^{name} must be "):
        call(fake)
