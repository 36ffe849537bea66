"""Events are posted to webhooks: signed, in order, again after a failure."""

import logging
import queue
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from support.mails import send, service
from support.transport import until

from sesv2kit import errors, events
from sesv2kit.testing import FakeSES

pytest.importorskip("starlette", reason="the extra sesv2kit[local] is not installed")
pytest.importorskip("cryptography", reason="the extra sesv2kit[sns] is not installed")

from sesv2kit.local import serve, webhook


class Endpoint:
    """An endpoint that responds as it is told, 200 by default, and keeps what was posted."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.posts: queue.Queue[tuple[bytes, dict[str, str]]] = queue.Queue()
        self.url = ""

    def next(self) -> tuple[bytes, dict[str, str]]:
        """Return the next post."""
        return self.posts.get(timeout=60)

    def next_message(self, fake: FakeSES) -> events.Notification | events.SubscriptionConfirmation:
        """Return the next post, verified."""
        verifier = events.SNSVerifier([fake.sns.topic_arn], certificates=fake.sns.certificates)
        message = verifier.verify(*self.next())
        assert isinstance(message, events.Notification | events.SubscriptionConfirmation)
        return message


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    """Run an endpoint."""
    found = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status = found.statuses.pop(0) if found.statuses else 200
            # Before the response: the next post comes on another connection, in another thread.
            found.posts.put((body, {name.lower(): value for name, value in self.headers.items()}))
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        found.url = f"http://user:secret@127.0.0.1:{server.server_port}/hook?token=secret"
        yield found
        server.shutdown()


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "_PAUSES", (0.0, 0.0, 0.0, 0.0))


def test_events_are_posted_signed_and_in_their_order() -> None:
    with (
        service() as (fake, ses),
        endpoint() as first,
        endpoint() as second,
        serve(fake, webhooks=[first.url, second.url]),
    ):
        message_id = send(ses)
        fake.deliver(message_id)
        fake.bounce(message_id, "MailboxFull")
        for one in (first, second):
            assert isinstance(one.next_message(fake), events.SubscriptionConfirmation)
            for kind in ("Send", "Delivery", "Bounce"):
                message = one.next_message(fake)
                assert isinstance(message, events.Notification)
                assert [event.type for event in message.events] == [kind]
                assert message.events[0].message_id == message_id


def test_the_package_s_own_webhook_takes_them() -> None:
    seen: list[str] = []
    with service() as (fake, ses), endpoint() as hook, serve(fake, webhooks=[hook.url]):
        send(ses)
        verifier = events.SNSVerifier([fake.sns.topic_arn], certificates=fake.sns.certificates)
        own = events.Webhook(lambda event: seen.append(event.type), verifier, confirm=False)
        assert [own.handle(*hook.next()).status for _ in range(2)] == [200, 200]
    assert seen == ["Send"]


def test_a_post_is_repeated_until_it_is_taken() -> None:
    with service() as (fake, ses), endpoint() as hook:
        hook.statuses[:] = [500, 404, 503]
        with serve(fake, webhooks=[hook.url]):
            send(ses)
            same = [hook.next() for _ in range(4)]
            assert len({headers["x-amz-sns-message-id"] for _, headers in same}) == 1
            assert len({body for body, _ in same}) == 1
            assert same[0][1]["x-amz-sns-message-type"] == "SubscriptionConfirmation"
            assert hook.next()[1]["x-amz-sns-message-type"] == "Notification"


def test_a_webhook_that_fails_does_not_hold_up_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "_PAUSES", (0.0, 600.0))
    with service() as (fake, ses), endpoint() as failing, endpoint() as healthy:
        failing.statuses[:] = [500]
        with serve(fake, webhooks=[failing.url, healthy.url]):
            failing.next()
            send(ses)
            assert isinstance(healthy.next_message(fake), events.SubscriptionConfirmation)
            assert isinstance(healthy.next_message(fake), events.Notification)
            assert failing.posts.empty()


def test_what_is_never_taken_is_logged_without_secrets(caplog: pytest.LogCaptureFixture) -> None:
    with service() as (fake, ses), endpoint() as hook:
        hook.statuses[:] = [500] * 4
        with serve(fake, webhooks=[hook.url]):
            send(ses)
            for _ in range(5):  # the confirmation four times, and the event
                hook.next()
    (record,) = [record for record in caplog.records if record.name == "sesv2kit.local"]
    place = hook.url.partition("@")[2].partition("/")[0]
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith(
        f"the webhook at {place} did not take SubscriptionConfirmation in 4 attempts: HTTP 500; AWS has no subscription"
    )
    assert "confirm=False" in record.getMessage()
    assert "/_local/sns" in record.getMessage()


def test_a_webhook_that_can_not_be_reached_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    logged = threading.Event()

    class Seen(logging.Handler):
        def emit(self, _record: logging.LogRecord) -> None:
            logged.set()

    log, handler = logging.getLogger("sesv2kit.local"), Seen()
    log.addHandler(handler)
    try:
        with service() as (fake, _), serve(fake, webhooks=[f"http://127.0.0.1:{port}"]):
            assert logged.wait(60)
    finally:
        log.removeHandler(handler)
    assert "ConnectError" in caplog.text


def test_the_end_does_not_wait_for_repetitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "_PAUSES", (0.0, 3600.0))
    with service() as (fake, ses), endpoint() as hook:
        hook.statuses[:] = [500] * 100
        with serve(fake, webhooks=[hook.url]):
            send(ses)
            hook.next()
        until(lambda: not [thread for thread in threading.enumerate() if thread.name == "sesv2kit-webhook"])
        send(ses)
        assert hook.posts.empty()
        assert not fake.world.on_event[1:], "only the page's own listener is left"


@pytest.mark.parametrize("url", ["nonsense", "ftp://127.0.0.1/a", "http://", "http://[::1", "http://127.0.0.1:port/"])
def test_something_that_is_not_the_url_of_a_webhook_is_refused(url: str) -> None:
    with FakeSES() as fake:
        with pytest.raises(errors.ConfigurationError, match="a webhook is an HTTP URL"):
            serve(fake, webhooks=[url]).__enter__()
        assert [listener for listener in fake.world.on_event if "Webhooks" in repr(listener)] == []


def test_webhooks_need_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from sesv2kit.testing import sns

    sns._signer.cache_clear()
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with FakeSES() as fake, pytest.raises(errors.ConfigurationError, match=r"sesv2kit\[sns\]"):
        serve(fake, webhooks=["http://127.0.0.1:1"]).__enter__()
    sns._signer.cache_clear()
