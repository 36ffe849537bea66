"""The guides for apps: a sign-up, bounces, a task, a digest. Their programs and their tests run as they are printed."""

import importlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.examples import EXAMPLES, PATIENCE, App, environment
from support.long_tests import run_by
from support.send_rate import running_redis

from sesv2kit.testing import FakeSES

PROGRAMS = ["signing_up", "bounces", "celery_task", "digest"]
DEADLINE = 120
"""Seconds after which a test gives up: a worker takes long to start on a busy machine."""


def test_the_tests_of_the_programs_pass(tmp_path: Path) -> None:
    folders = [EXAMPLES / name for name in PROGRAMS]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *folders]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    """A browser."""
    with httpx.Client(trust_env=False, timeout=PATIENCE) as http:
        yield http


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def trying(program: str, folder: Path, **settings: str) -> Generator[App]:
    """Run a guide's app with its local SES, as the guide says."""
    log = folder / "log"
    inherited = {name: value for name, value in environment(folder, "").items() if not name.startswith("AWS_")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, EXAMPLES / program],
            env={**inherited, **settings, "PYTHONPATH": os.pathsep.join(sys.path)},
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        app = App(process, log)
        app.wait_for("Ctrl-C")
        yield app
    finally:
        process.terminate()
        process.wait(PATIENCE)
    assert not re.findall(r".*(?:Warning|Traceback|ERROR).*", log.read_text())


def until(check: Callable[[], Any]) -> Any:
    """Return what a check returns, as soon as that is true; the app may not listen yet."""
    deadline = time.monotonic() + DEADLINE
    while True:
        try:
            if found := check():
                return found
        except httpx.ConnectError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_sign_up_is_mailed_to_the_local_ses(tmp_path: Path, http: httpx.Client) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with trying("signing_up/try_signup.py", tmp_path, PUBLIC_URL=url) as app:
        inbox = app.url
        response = until(lambda: http.post(f"{url}/sign-ups", json={"address": "ann@example.net"}))
        assert response.status_code == 202
        (mail,) = until(lambda: http.get(f"{inbox}/_local/messages").json()["messages"])
        text = http.get(f"{inbox}/_local/messages/{mail['id']}").json()["text"]
        (link,) = re.findall(r"http\S+token=[\w-]+", text)
        assert http.post(link).text == "<p>Thank you. You are in.</p>"


def test_a_bounce_of_the_local_ses_reaches_the_webhook(tmp_path: Path, http: httpx.Client) -> None:
    with trying("bounces/try_bounces.py", tmp_path, PORT=str(free_port())) as app:
        inbox, question = app.url, app.wait_for(r"http\S+/may-mail\S+")
        assert until(lambda: http.get(question).text) == "true"
        (mail,) = http.get(f"{inbox}/_local/messages").json()["messages"]
        http.post(f"{inbox}/_local/messages/{mail['id']}/bounce", json={"reason": "NoEmail"}).raise_for_status()
        until(lambda: http.get(question).text == "false")


@contextmanager
def working(folder: Path, ses_url: str, broker: str, log: Path) -> Generator["subprocess.Popen[bytes]"]:
    """Run a worker of Celery, in a group of processes of its own, which is killed at the end."""
    paths = [str(EXAMPLES / "celery_task"), str(Path(__file__).parent), *sys.path]
    settings = {
        **environment(folder, ses_url),
        "BROKER_URL": broker,
        "DATABASE": str(folder / "shop.db"),
        "DIED": str(folder / "died"),
        "PYTHONPATH": os.pathsep.join(paths),
    }
    command = ["celery", "--app=dying_worker", "worker", "--concurrency=1", "--loglevel=info"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    with log.open("wb") as output:
        worker = subprocess.Popen(
            [sys.executable, "-m", *command],
            env=settings,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield worker
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
@pytest.mark.filterwarnings("default")
@run_by("soak")
def test_a_killed_worker_of_celery_doubles_no_mail_and_hides_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES / "celery_task"))
    monkeypatch.setenv("DATABASE", str(tmp_path / "shop.db"))
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    logs = [tmp_path / "first", tmp_path / "second"]

    def find(log: Path, text: str) -> Callable[[], bool]:
        return lambda: text in log.read_text()

    with FakeSES() as fake, fake.serve() as url, running_redis(tmp_path) as redis:
        receipts: Any = importlib.import_module("receipts")
        monkeypatch.delitem(sys.modules, "receipts")
        receipts.app.conf.broker_url = redis.url

        def states() -> dict[str, str]:
            return dict(receipts.execute("SELECT key, state FROM mails"))

        with working(tmp_path, url, redis.url, logs[0]):
            # The process of the pool dies after the send; the worker gives the task back to the broker.
            receipts.place_order("1", "ann@example.net", "25.00 EUR")
            until(find(logs[0], "receipt 1: not sent again, it is sent"))
            # The whole worker dies in the request.
            fake.faults.on("SendEmail").stall(PATIENCE)
            receipts.place_order("2", "ben@example.net", "5.00 EUR")
            until(lambda: len(fake.outbox) == 2)
        with working(tmp_path, url, redis.url, logs[1]):
            # The broker delivers the task again after the visibility timeout.
            until(find(logs[1], "receipt 2: not sent again, it is in flight"))
            receipts.place_order("3", "cleo@example.net", "7.00 EUR")
            until(lambda: states()["receipt-3"] == "sent")
        assert sorted(mail.to[0].partition("@")[0] for mail in fake.outbox) == ["ann", "ben", "cleo"]
        assert states() == {"receipt-1": "sent", "receipt-2": "in flight", "receipt-3": "sent"}
        # What is in flight for long is reported, until an event says that it was sent.
        receipts.execute("UPDATE mails SET at = at - 600")
        receipts.sweep()
        assert states()["receipt-2"] == "unknown"
        for mail in fake.outbox:
            receipts.settle(fake.deliver(mail))
        assert set(states().values()) == {"sent"}
        receipts.app.close()


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_digest_that_is_killed_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES / "digest"))
    database = str(tmp_path / "shop.db")
    monkeypatch.setenv("DATABASE", database)
    digest: Any = importlib.import_module("digest")
    monkeypatch.delitem(sys.modules, "digest")
    digest.query("SELECT 1")
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("INSERT INTO articles VALUES ('2026-11-21', 'New beans', 'https://shop.example.com')")
        people = [(f"Reader {number}", f"reader{number}@example.net", f"t{number}") for number in range(600)]
        db.executemany("INSERT INTO subscribers (name, address, token) VALUES (?, ?, ?)", people)
    command = [sys.executable, EXAMPLES / "digest" / "digest.py", "2026-11-21"]
    with FakeSES() as fake, fake.serve() as url:
        fake.settings.send_rate = 400.0
        paths = os.pathsep.join(sys.path)
        settings = {**environment(tmp_path, url), "DATABASE": database, "STATE_DIRECTORY": str(tmp_path)}
        settings |= {"PYTHONPATH": paths, "AWS_REGION": fake.region}
        with subprocess.Popen(command, env=settings, cwd=tmp_path) as killed:
            until(lambda: len(fake.outbox) >= 100)
            killed.kill()
        before = len(fake.outbox)
        assert before < 600
        done = subprocess.run(command, env=settings, cwd=tmp_path, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        taken = Counter(mail.recipients[0] for mail in fake.outbox)
    assert taken.pop(digest.OPERATOR) == 1
    assert max(taken.values()) == 1
    # Only who was in a request when the first run was killed can lack the digest, and the report says so.
    (numbers,) = re.findall(r"(\d+) sent, 0 failed, (\d+) unknown, 0 left", done.stdout)
    sent, unknown = map(int, numbers)
    assert sent + unknown == 600
    assert sent <= len(taken) <= 600
    assert len(re.findall(r"^unknown: \d+, ", done.stdout, re.MULTILINE)) == unknown
