"""The fake over HTTP: what reaches it, what its faults do to a connection, and how it ends."""

import json
import logging
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

import pytest
from support.mails import send

from sesv2kit import Credentials, SESv2Client, errors
from sesv2kit.testing import FakeSES
from sesv2kit.testing.asgi import MAX_BODY, Api

pytest.importorskip("uvicorn", reason="the extra sesv2kit[local] is not installed")

SIGNED = {"authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/ses/aws4_request"}
PARSERS = {
    "httptools": "uvicorn.protocols.http.httptools_impl:HttpToolsProtocol",
    "h11": "uvicorn.protocols.http.h11_impl:H11Protocol",
}


@pytest.fixture(params=list(PARSERS))
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let uvicorn parse HTTP with one of its parsers; it takes httptools if that is installed."""
    if request.param == "httptools":
        pytest.importorskip("httptools")
    monkeypatch.setitem(sys.modules["uvicorn.config"].HTTP_PROTOCOLS, "auto", PARSERS[request.param])  # type: ignore[attr-defined]
    return str(request.param)


@contextmanager
def served(how: str = "serve") -> Iterator[tuple[FakeSES, str]]:
    """Serve a fake service, alone or with the page around it."""
    if how == "local":
        pytest.importorskip("starlette")
        from sesv2kit.local import serve

        with FakeSES() as fake, serve(fake) as url:
            yield fake, url
    else:
        with FakeSES() as fake, fake.serve() as url:
            yield fake, url


def client_of(url: str, **settings: Any) -> SESv2Client:
    credentials = Credentials("AKIDEXAMPLE", "secret")
    return SESv2Client(
        **({"region": "us-east-1", "credentials": credentials, "retry_mode": "off"} | settings), endpoint_url=url
    )


def requested(
    url: str, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[HTTPResponse, bytes]:
    """Make a request as it is."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("how", ["serve", "local"])
@pytest.mark.parametrize(
    ("fault", "is_sent", "words"),
    [
        ("lose_answer", True, "closed the connection without a response"),
        ("lose_request", False, "closed the connection without a response"),
        ("refuse_connection", False, "closed the connection without a response"),
        ("truncate", True, "the connection ended before the whole response"),
    ],
)
@pytest.mark.usefixtures("parser")
def test_a_connection_breaks(how: str, fault: str, is_sent: bool, words: str, caplog: pytest.LogCaptureFixture) -> None:
    with served(how) as (fake, url), client_of(url) as ses, caplog.at_level(logging.WARNING):
        getattr(fake.faults.on("SendEmail"), fault)()
        with pytest.raises(errors.AmbiguousSendError, match=words):
            send(ses)
        assert len(fake.outbox) == is_sent
        send(ses)
        assert len(fake.outbox) == is_sent + 1
    assert not caplog.records, "the server has nothing to report about a fault that was scripted"


@pytest.mark.parametrize("how", ["serve", "local"])
@pytest.mark.usefixtures("parser")
def test_a_response_takes_too_long(how: str) -> None:
    with served(how) as (fake, url), client_of(url, timeout=0.2) as ses:
        fake.faults.on("SendEmail").stall(60)
        with pytest.raises(errors.AmbiguousSendError) as caught:
            send(ses)
        assert isinstance(caught.value.__cause__, errors.TimeoutError)
        assert len(fake.outbox) == 1


@pytest.mark.usefixtures("parser")
def test_a_response_comes_after_a_while() -> None:
    with served() as (fake, url), client_of(url) as ses:
        fake.faults.on("SendEmail").stall(0.01)
        assert send(ses) == fake.outbox[0].message_id


@pytest.mark.parametrize("how", ["serve", "local"])
@pytest.mark.usefixtures("parser")
def test_a_proxy_responds(how: str) -> None:
    with served(how) as (fake, url), client_of(url) as ses:
        fake.faults.on("GetAccount").status(502)
        with pytest.raises(errors.APIError) as caught:
            ses.get_account()
        assert (caught.value.status_code, caught.value.request_id) == (502, None)


@pytest.mark.usefixtures("parser")
def test_the_service_refuses() -> None:
    with served() as (fake, url), client_of(url) as ses:
        fake.faults.on("SendEmail").times(2).throttle()
        fake.faults.on("SendEmail").error("MessageRejected", "No.", status=418)
        for _ in range(2):
            with pytest.raises(errors.TooManyRequestsException):
                send(ses)
        with pytest.raises(errors.MessageRejected, match="No") as caught:
            send(ses)
        assert caught.value.status_code == 418
        assert not fake.outbox
        assert not fake.faults.pending


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 403, "MissingAuthenticationTokenException"),
        ({"authorization": "Bearer abc"}, 400, "IncompleteSignature"),
        ({"authorization": "AWS4-HMAC-SHA256 Signature=abc"}, 400, "IncompleteSignature"),
    ],
)
def test_a_request_without_a_signature(headers: dict[str, str], status: int, code: str) -> None:
    with served() as (fake, url):
        response, body = requested(url, "DELETE", "/v2/email/identities/example.com", **headers)
        assert (response.status, response.headers["x-amzn-errortype"]) == (status, code)
        assert json.loads(body)["message"]
        with fake.client() as ses:
            assert ses.get_email_identity(email_identity="example.com")


@pytest.mark.usefixtures("parser")
def test_a_request_that_is_too_large() -> None:
    with served() as (_, url):
        response, body = requested(url, "POST", "/v2/email/outbound-emails", b" " * (MAX_BODY + 1), **SIGNED)
        assert (response.status, response.headers["x-amzn-errortype"]) == (413, "RequestEntityTooLargeException")
        assert str(MAX_BODY) in json.loads(body)["message"]
        assert requested(url, "GET", "/v2/email/account", **SIGNED)[0].status == 200


@pytest.mark.usefixtures("parser")
def test_a_client_that_goes_in_the_middle_of_its_request() -> None:
    with served() as (fake, url):
        host, port = urlsplit(url).hostname, urlsplit(url).port
        head = f"POST /v2/email/outbound-emails HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100\r\n\r\n"
        with socket.create_connection((host, port)) as gone:
            gone.sendall(head.encode() + b"{")
        assert requested(url, "GET", "/v2/email/account", **SIGNED)[0].status == 200
        assert not fake.outbox


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nowhere"), ("PATCH", "/v2/email/account"), ("GET", "/v2/email/tags")]
)
def test_requests_for_no_operation(method: str, path: str) -> None:
    with served() as (_, url):
        response, _body = requested(url, method, path, **SIGNED)
        assert response.status in (400, 404)
        assert response.headers["x-amzn-errortype"]


def test_a_name_in_a_path_arrives_as_it_was_encoded() -> None:
    with served() as (fake, url), client_of(url) as ses, fake.client() as inside:
        ses.create_configuration_set(configuration_set_name="a-b_c")
        ses.create_email_identity(email_identity="o'neil+news%2F@example.net")
        names = [identity.identity_name for identity in inside.list_email_identities().email_identities]
        assert "o'neil+news%2F@example.net" in names


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, FakeSES() as fake:
        port = taken.getsockname()[1]
        with pytest.raises(
            errors.ConfigurationError, match=f"can't listen on 127.0.0.1:{port}: Address already in use"
        ):
            fake.serve(port=port).__enter__()


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("127.0.0.1", -1), ("no.such.host.invalid", 0)])
def test_an_address_that_does_not_exist(host: str, port: int) -> None:
    with FakeSES() as fake, pytest.raises(errors.ConfigurationError, match=f"can't listen on {host}:{port}: "):
        fake.serve(host=host, port=port).__enter__()


@pytest.mark.parametrize("address", [{"host": None}, {"host": b"127.0.0.1"}, {"port": "8005"}, {"port": True}])
def test_an_address_of_the_wrong_type(address: dict[str, Any]) -> None:
    (name,) = address
    with FakeSES() as fake, pytest.raises(errors.ConfigurationError, match=f"^{name} must be "):
        fake.serve(**address).__enter__()


def test_an_address_of_ipv6() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with FakeSES() as fake, fake.serve(host="::1") as url, client_of(url) as ses:
        assert url.startswith("http://[::1]:")
        assert ses.get_account().sending_enabled


def test_serving_needs_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with FakeSES() as fake, pytest.raises(errors.ConfigurationError, match=r"pip install 'sesv2kit\[local\]'"):
        fake.serve().__enter__()


def test_a_server_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    import uvicorn

    monkeypatch.setattr(uvicorn.Server, "run", lambda *_: None)
    with FakeSES() as fake, pytest.raises(errors.ConfigurationError, match="the server did not start"):
        fake.serve().__enter__()


def test_the_port_is_free_at_the_end() -> None:
    with served() as (_, url):
        assert requested(url, "GET", "/v2/email/account", **SIGNED)[0].status == 200
    port = urlsplit(url).port
    with FakeSES() as fake, fake.serve(port=port or 0) as again:
        assert again == url
    assert not [thread for thread in threading.enumerate() if thread.name == "sesv2kit-fake"]


def test_a_request_in_progress_does_not_keep_the_server() -> None:
    """The stalled response is an hour away; the server ends all the same."""
    with served() as (fake, url):
        fake.faults.on("SendEmail").stall(3600)
        done: list[Exception] = []

        def wait() -> None:
            with client_of(url, timeout=60) as ses:
                try:
                    send(ses)
                except errors.SESv2Error as error:
                    done.append(error)

        waiting = threading.Thread(target=wait)
        waiting.start()
        while not fake.outbox:
            waiting.join(0.01)
    waiting.join(30)
    assert isinstance(done[0], errors.AmbiguousSendError)


@pytest.mark.anyio
async def test_the_application_under_other_servers() -> None:
    """Where no connection can be broken from inside, a fault ends the request without a response."""
    with FakeSES() as fake:
        app: Api = fake.app()
        sent: list[Any] = []
        received = iter(
            [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.request", "body": b"}"}]
        )

        async def receive() -> Any:
            return next(received)

        async def respond(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/v2/email/account",
            "query_string": b"",
            "headers": [(b"authorization", SIGNED["authorization"].encode())],
        }
        fake.faults.on("GetAccount").lose_answer()
        await app(scope, receive, respond)
        assert sent == []
        await app({"type": "websocket"}, receive, respond)
        assert sent == []


@pytest.mark.anyio
async def test_the_start_and_the_end_of_a_server() -> None:
    with FakeSES() as fake:
        steps = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
        sent: list[str] = []

        async def receive() -> Any:
            return next(steps)

        async def respond(message: Any) -> None:
            sent.append(message["type"])

        await fake.app()({"type": "lifespan"}, receive, respond)
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


@pytest.mark.usefixtures("parser")
def test_a_client_that_does_not_wait_for_a_stalled_response(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with served() as (fake, url), client_of(url, timeout=0.2) as ses:
        fake.faults.on("SendEmail").stall(3600)
        with pytest.raises(errors.AmbiguousSendError):
            send(ses)
        assert len(fake.outbox) == 1
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("data", [5, None, ["aGk="], "not base64!", "aGk"])
def test_a_message_that_is_not_base64(data: object) -> None:
    body = json.dumps({"FromEmailAddress": "shop@example.com", "Content": {"Raw": {"Data": data}}}).encode()
    with served() as (fake, url):
        response, error = requested(url, "POST", "/v2/email/outbound-emails", body, **SIGNED)
        assert response.status == 400
        assert response.headers["x-amzn-errortype"]
        assert json.loads(error)["message"]
        assert not fake.outbox
