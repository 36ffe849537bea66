"""What SNS gets for what it posts, from the webhook alone and from the frameworks that it is mounted in."""

import io
import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import httpx
import pytest
from support.events import TOPIC, event
from support.sns import URL, certificate, confirmation, signed

from sesv2kit import errors, events

pytest.importorskip("django", reason="needs Django: python -m pip install --group test")
pytest.importorskip("fastapi", reason="needs FastAPI: python -m pip install --group test")
pytest.importorskip("uvicorn", reason="needs uvicorn: python -m pip install --group test")
import django
import fastapi
import uvicorn
from django.conf import settings
from django.test import AsyncRequestFactory, RequestFactory
from starlette.applications import Starlette
from starlette.routing import Mount

pytestmark = pytest.mark.anyio
JSON = {"content-type": "text/plain; charset=UTF-8", "x-amz-sns-message-type": "Notification"}


class Handled:
    """A handler that keeps events, and fails if it is told to."""

    def __init__(self) -> None:
        self.events: list[events.Event] = []
        self.fails = False

    def __call__(self, found: events.Event) -> None:
        if self.fails:
            raise RuntimeError("the database is away: password=hunter2")
        self.events.append(found)

    async def later(self, found: events.Event) -> None:
        self(found)


@pytest.fixture
def handled() -> Handled:
    """Return a handler."""
    return Handled()


@pytest.fixture
def verifier() -> events.SNSVerifier:
    """Return a verifier with the tests' certificate."""
    return events.SNSVerifier([TOPIC], certificates={URL: certificate()})


def body(**members: Any) -> bytes:
    """Return what SNS posts."""
    return json.dumps(signed(event(), **members)).encode()


BAD = [
    (json.dumps({**signed(event()), "Message": "forged"}).encode(), 403),
    (json.dumps(signed(event(), TopicArn="arn:aws:sns:eu-west-1:999999999999:mine")).encode(), 403),
    (json.dumps(event()).encode(), 403),
    (b"nonsense", 400),
    (b"", 400),
    (b"\xff\xfe", 400),
    (b"[" * 200_000, 400),
    (b"x" * (1024 * 1024 + 1), 413),
    (json.dumps(signed({"notificationType": "Received"})).encode(), 200),
    (json.dumps(signed({"no": "event"})).encode(), 400),
    (json.dumps(signed(event(), SigningCertURL=URL.replace("0123", "9999"))).encode(), 500),
]
"""Bodies that hold nothing to handle, and the status that each gets."""


@pytest.mark.parametrize(("posted", "status"), BAD, ids=[str(number) for number in range(len(BAD))])
async def test_each_body_gets_its_status_and_nothing_is_raised(
    verifier: events.SNSVerifier, handled: Handled, posted: bytes, status: int
) -> None:
    webhook = events.Webhook(handled, verifier)
    assert webhook.handle(posted, {}).status == status
    assert (await webhook.ahandle(posted, {})).status == status
    assert handled.events == []


async def test_an_event_is_handled_and_a_handler_that_fails_has_sns_deliver_it_again(
    verifier: events.SNSVerifier, handled: Handled, caplog: pytest.LogCaptureFixture
) -> None:
    webhook = events.Webhook(handled, verifier)
    assert webhook.handle(body(), JSON) == events.Reply(200, "handled")
    assert await events.Webhook(handled.later, verifier).ahandle(body(), JSON) == events.Reply(200, "handled")
    assert [type(found) for found in handled.events] == [events.BounceEvent] * 2
    handled.fails = True
    for reply in (webhook.handle(body(), JSON), await events.Webhook(handled.later, verifier).ahandle(body(), JSON)):
        assert reply.status == 500
        assert "hunter2" not in reply.body
    assert "SNS will deliver it again" in caplog.text


async def test_an_error_of_the_handler_is_a_failure_whatever_its_type(verifier: events.SNSVerifier) -> None:
    def handle(_event: events.Event) -> None:
        events.parse("something else of the handler")

    for reply in (
        events.Webhook(handle, verifier).handle(body(), {}),
        await events.Webhook(handle, verifier).ahandle(body(), {}),
    ):
        assert reply.status == 500


def test_an_async_handler_needs_the_async_method(verifier: events.SNSVerifier, handled: Handled) -> None:
    assert events.Webhook(handled.later, verifier).handle(body(), JSON).status == 500


@pytest.mark.parametrize(
    "make", [events.Webhook, events.asgi.Webhook, events.django.webhook, events.django.async_webhook]
)
@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"handler": None}, "handler must be a function"),
        ({"handler": "handled"}, "handler must be a function"),
        ({"verifier": None}, "verifier must be an SNSVerifier"),
        ({"verifier": [TOPIC]}, "verifier must be an SNSVerifier"),
        ({"confirm": "no"}, "confirm must be a bool"),
        ({"max_body": 0}, "max_body must be an int"),
        ({"max_body": "1 MiB"}, "max_body must be an int"),
    ],
)
def test_a_webhook_that_could_take_no_event_is_refused_when_it_is_made(
    make: Any, wrong: dict[str, Any], match: str, verifier: events.SNSVerifier
) -> None:
    with pytest.raises(errors.ConfigurationError, match=match):
        make(**({"handler": lambda _event: None, "verifier": verifier} | wrong))


@pytest.mark.parametrize("seconds", [0, -1, None, "10", float("nan")])
def test_a_time_to_arrive_is_a_number_of_seconds(seconds: Any, verifier: events.SNSVerifier, handled: Handled) -> None:
    with pytest.raises(errors.ConfigurationError, match="read_timeout must be seconds above 0"):
        events.asgi.Webhook(handled, verifier, read_timeout=seconds)


def test_a_sync_view_refuses_an_async_handler(verifier: events.SNSVerifier, handled: Handled) -> None:
    with pytest.raises(errors.ConfigurationError, match="handler is async"):
        events.django.webhook(handled.later, verifier)


async def test_subscriptions_are_confirmed_unless_that_is_switched_off(
    handled: Handled, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params["Action"])
        return httpx.Response(200 if len(asked) < 3 else 500)

    with httpx.Client(transport=httpx.MockTransport(respond)) as client:
        verifier = events.SNSVerifier([TOPIC], certificates={URL: certificate()}, http_client=client)
        question = json.dumps(confirmation()).encode()
        webhook = events.Webhook(handled, verifier)
        assert webhook.handle(question, {}).status == 200
        assert (await webhook.ahandle(question, {})).status == 200
        assert asked == ["ConfirmSubscription"] * 2
        assert webhook.handle(question, {}).status == 500
        assert events.Webhook(handled, verifier, confirm=False).handle(question, {}).status == 200
        assert webhook.handle(json.dumps(confirmation("UnsubscribeConfirmation")).encode(), {}).status == 200
    assert len(asked) == 3
    assert "was deleted" in caplog.text


# ASGI --------------------------------------------------------------------------------------------


@contextmanager
def serving(app: Any) -> Iterator[tuple[str, int]]:
    """Serve an ASGI application with uvicorn in a thread; gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield listener.getsockname()
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def mounted(kind: str, webhook: events.asgi.Webhook) -> Any:
    """Return an application of a framework with the webhook under /ses-events."""
    if kind == "bare":
        return webhook
    if kind == "Starlette":
        return Starlette(routes=[Mount("/ses-events", webhook)])
    app = fastapi.FastAPI()
    app.mount("/ses-events", webhook)
    return app


@pytest.mark.parametrize("kind", ["bare", "Starlette", "FastAPI"])
def test_the_asgi_application_serves_under_a_path_of_each_framework(
    kind: str, verifier: events.SNSVerifier, handled: Handled
) -> None:
    with serving(mounted(kind, events.asgi.Webhook(handled.later, verifier))) as (host, port):
        url = f"http://{host}:{port}/ses-events/"
        good = httpx.post(url, content=body(), headers=JSON)
        assert (good.status_code, good.text) == (200, "handled")
        raw = httpx.post(url, content=body(), headers={"X-Amz-Sns-RawDelivery": "true"})
        assert raw.status_code == 403
        assert httpx.get(url).status_code == 405
        for posted, status in BAD:
            assert httpx.post(url, content=posted).status_code == status
        handled.fails = True
        failed = httpx.post(url, content=body(), headers=JSON)
        assert failed.status_code == 500
        assert "hunter2" not in failed.text
        assert "Traceback" not in failed.text
    assert len(handled.events) == 1


def test_a_slow_request_and_one_that_breaks_off_hold_nothing_up(verifier: events.SNSVerifier, handled: Handled) -> None:
    app = events.asgi.Webhook(handled, verifier, read_timeout=0.2)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
    with serving(app) as address:
        with socket.create_connection(address, timeout=10) as slow:
            slow.sendall(head)
            assert slow.recv(100).startswith(b"HTTP/1.1 408")
        with socket.create_connection(address, timeout=10) as gone:
            gone.sendall(head)
        assert httpx.post(f"http://127.0.0.1:{address[1]}/", content=body()).status_code == 200


async def test_the_application_stops_reading_what_is_too_large(verifier: events.SNSVerifier, handled: Handled) -> None:
    received = 0

    async def receive() -> dict[str, Any]:
        nonlocal received
        received += 1
        return {"type": "http.request", "body": b"x" * 300_000, "more_body": True}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "headers": []}
    await events.asgi.Webhook(handled, verifier)(scope, receive, send)
    assert (sent[0]["status"], received) == (413, 4)
    with pytest.raises(RuntimeError, match="HTTP requests alone"):
        await events.asgi.Webhook(handled, verifier)({"type": "websocket"}, receive, send)


async def test_a_body_that_does_not_arrive_in_time_gets_408(verifier: events.SNSVerifier, handled: Handled) -> None:
    async def receive() -> dict[str, Any]:
        await anyio.sleep_forever()
        return {}

    statuses: list[int] = []

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {"type": "http", "method": "POST", "headers": []}
    await events.asgi.Webhook(handled, verifier, read_timeout=0.01)(scope, receive, send)
    assert statuses == [408]


# Django ------------------------------------------------------------------------------------------


@pytest.fixture
def _django() -> None:
    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["*"], DATA_UPLOAD_MAX_MEMORY_SIZE=1)
        django.setup()


@pytest.mark.usefixtures("_django")
async def test_the_django_views_give_the_same_statuses(verifier: events.SNSVerifier, handled: Handled) -> None:
    view = events.django.webhook(handled, verifier)
    async_view = events.django.async_webhook(handled.later, verifier)
    assert view.csrf_exempt  # type: ignore[attr-defined]
    assert async_view.csrf_exempt  # type: ignore[attr-defined]

    async def statuses(posted: bytes, method: str = "POST", **headers: str) -> list[int]:
        sync = RequestFactory().generic(method, "/", posted, content_type="text/plain", headers=headers)
        later = AsyncRequestFactory().generic(method, "/", posted, content_type="text/plain", headers=headers)
        return [view(sync).status_code, (await async_view(later)).status_code]

    assert await statuses(body()) == [200, 200]
    assert [type(found) for found in handled.events] == [events.BounceEvent] * 2
    assert await statuses(b"", "GET") == [405, 405]
    assert await statuses(body(), **{"x-amz-sns-rawdelivery": "true"}) == [403, 403]
    assert await statuses(body(), **{"x-amz-sns-message-type": "SubscriptionConfirmation"}) == [403, 403]
    for posted, status in BAD:
        assert await statuses(posted) == [status, status]
    handled.fails = True
    assert await statuses(body()) == [500, 500]


@pytest.mark.usefixtures("_django")
def test_a_request_that_breaks_off_is_unreadable_for_django(verifier: events.SNSVerifier, handled: Handled) -> None:
    class Gone(io.BytesIO):
        def read(self, *_size: Any) -> bytes:
            raise OSError("the client has gone")

    request = RequestFactory().generic("POST", "/", b"")
    request._stream = Gone()  # type: ignore[attr-defined]
    assert events.django.webhook(handled, verifier)(request).status_code == 400


# Logs --------------------------------------------------------------------------------------------


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Record what is logged."""
    caplog.set_level(logging.DEBUG, logger="sesv2kit")
    return caplog


async def test_a_refused_message_is_logged_without_its_content(
    verifier: events.SNSVerifier, handled: Handled, logged: pytest.LogCaptureFixture
) -> None:
    events.Webhook(handled, verifier).handle(BAD[0][0], {})
    (record,) = logged.records
    assert record.getMessage() == "a message was refused: the signature is not valid"
    assert record.exc_info is None
