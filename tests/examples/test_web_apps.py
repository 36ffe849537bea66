"""The web apps, each under the servers that it is written for, with real requests from many browsers at once."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
from support.counting import Act, CountingServer, answers, counting_server, hangs_up
from support.examples import EXAMPLES, PATIENCE, App, Crowd, serving

MAIL = {"to": "ann@example.net", "subject": "Your order", "text": "It is on its way."}
SENT = b'{"MessageId": "0102"}'
AT_ONCE = 50
WAVES = 4

UVICORN = ("uvicorn", "--port", "0", "--app-dir", str(EXAMPLES))
# The clients are made before the fork, and the worker processes that share them have threads enough for a whole wave.
GUNICORN = (
    "gunicorn",
    "--no-control-socket",
    "--bind",
    "127.0.0.1:0",
    "--chdir",
    str(EXAMPLES),
    "--preload",
    "--workers",
    "2",
)


@attrs.frozen
class Kind:
    """An example under a server."""

    command: tuple[str, ...]
    path: str = "/mails"
    takes: str = "json"
    """What the app takes: json, or the data of a form."""
    processes: int = 1
    stop: signal.Signals = signal.SIGINT
    """What asks the server to stop. uvicorn hands SIGTERM on, and then Python ends without its warnings."""
    stopping: str = "Shutting down"
    """What the log says when the server begins to stop."""


KINDS = {
    "fastapi": Kind((*UVICORN, "--loop", "asyncio", "fastapi_app:app")),
    "fastapi-uvloop": Kind((*UVICORN, "--loop", "uvloop", "fastapi_app:app")),
    "django-asgi": Kind((*UVICORN, "django_app:asgi"), path="/async/mails", takes="data"),
    "django-wsgi": Kind(
        (*GUNICORN, "--threads", str(AT_ONCE), "django_app:wsgi"),
        takes="data",
        processes=2,
        stop=signal.SIGTERM,
        stopping="Handling signal: term",
    ),
}


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Run every test with each example and server."""
    if "uvloop" in request.param and find_spec("uvloop") is None:
        pytest.skip("uvloop is not installed")
    return KINDS[request.param]


@pytest.fixture(scope="module")
def running(kind: Kind, ses: CountingServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Run a server for the tests of this module."""
    with serving(tmp_path_factory.mktemp("app"), ses.url, *kind.command) as app:
        yield app


@pytest.fixture
def fresh_ses(ses: CountingServer) -> CountingServer:
    """Return the endpoint, with nothing counted yet."""
    ses.received.clear()
    return ses.script()


@pytest.fixture
def http(running: App) -> Iterator[httpx.Client]:
    """A browser."""
    with browser(running) as client:
        yield client


def browser(app: App) -> httpx.Client:
    """Return a browser that can have many requests in flight."""
    limits = httpx.Limits(max_connections=AT_ONCE)
    return httpx.Client(base_url=app.url, trust_env=False, timeout=PATIENCE, limits=limits)


def post(http: httpx.Client, kind: Kind, **changed: str) -> httpx.Response:
    """Make an app send a mail."""
    mail: dict[str, Any] = {kind.takes: MAIL | changed}
    return http.post(kind.path, **mail)


def refuses(status: int, code: str) -> Act:
    """Respond as SES does when it refuses."""
    return answers(status, b'{"message": "no"}', {"x-amzn-errortype": code})


def test_a_mail_is_sent(fresh_ses: CountingServer, http: httpx.Client, kind: Kind) -> None:
    fresh_ses.script(answers(body=SENT))
    response = post(http, kind)
    assert (response.status_code, response.json()) == (201, {"message_id": "0102"})
    (request,) = fresh_ses.received
    sent = json.loads(request.body)
    assert sent["Destination"] == {"ToAddresses": ["ann@example.net"]}
    assert sent["Content"]["Simple"]["Subject"] == {"Data": "Your order", "Charset": "UTF-8"}


def test_a_mail_that_ses_could_not_take_is_refused_with_the_reason(
    fresh_ses: CountingServer, http: httpx.Client, kind: Kind
) -> None:
    response = post(http, kind, campaign="spring\nsale")
    assert response.status_code == 422
    assert "headers['X-Campaign']" in response.text
    assert fresh_ses.received == []


def test_a_mail_without_a_recipient_is_refused(fresh_ses: CountingServer, http: httpx.Client, kind: Kind) -> None:
    mail: dict[str, Any] = {kind.takes: {"subject": "Your order", "text": "It is on its way."}}
    assert http.post(kind.path, **mail).status_code == 422
    assert fresh_ses.received == []


def test_a_mail_that_may_have_been_sent_is_not_sent_again(
    fresh_ses: CountingServer, http: httpx.Client, kind: Kind
) -> None:
    fresh_ses.script(hangs_up())
    response = post(http, kind)
    assert response.status_code == 502
    assert "may have been sent" in response.text
    assert "Retry-After" not in response.headers
    assert len(fresh_ses.received) == 1


def test_a_busy_ses_is_reported_as_try_later(fresh_ses: CountingServer, http: httpx.Client, kind: Kind) -> None:
    fresh_ses.script(*[refuses(429, "TooManyRequestsException")] * 2)
    response = post(http, kind)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert len(fresh_ses.received) == 2


def test_a_refusal_is_reported_with_its_code(fresh_ses: CountingServer, http: httpx.Client, kind: Kind) -> None:
    fresh_ses.script(refuses(400, "MessageRejected"))
    response = post(http, kind)
    assert response.status_code == 502
    assert "MessageRejected" in response.text
    assert len(fresh_ses.received) == 1


def test_many_browsers_are_served_at_once_over_connections_that_are_kept(
    fresh_ses: CountingServer, http: httpx.Client, kind: Kind
) -> None:
    opened_before = len(fresh_ses.connections)
    fresh_ses.script(*Crowd(AT_ONCE).acts(AT_ONCE * WAVES))
    with ThreadPoolExecutor(AT_ONCE) as browsers:
        responses = list(browsers.map(lambda _: post(http, kind), range(AT_ONCE * WAVES)))
    assert {response.status_code for response in responses} == {201}
    assert {int(response.json()["message_id"]) for response in responses} == set(range(AT_ONCE * WAVES))
    assert len(fresh_ses.received) == AT_ONCE * WAVES
    assert len(fresh_ses.connections) - opened_before <= AT_ONCE * kind.processes


def test_a_server_that_stops_finishes_its_mails_and_leaves_nothing_open(kind: Kind, tmp_path: Path) -> None:
    last_mail = Crowd(2)  # the request and this test
    with (
        counting_server() as ses,
        serving(tmp_path, ses.url, *kind.command) as app,
        browser(app) as http,
        ThreadPoolExecutor(1) as thread,
    ):
        ses.script(*last_mail.acts(1))
        response = thread.submit(post, http, kind)
        assert ses.arrived.acquire(timeout=PATIENCE)
        app.process.send_signal(kind.stop)
        app.wait_for(kind.stopping)
        last_mail.barrier.wait(PATIENCE)
        assert response.result().status_code == 201
        assert app.process.wait(PATIENCE) == 0
    assert re.findall(r".*(?:Warning|Traceback|ERROR|Exception).*", app.log.read_text()) == []


@pytest.mark.parametrize("tests", ["test_fastapi_app.py", "test_django_app.py"])
def test_the_tests_of_an_app_pass(tests: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", EXAMPLES / tests]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
