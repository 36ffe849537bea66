"""The guides for apps: a sign-up, bounces, a task, a digest. Their programs and their tests run as they are printed."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.examples import EXAMPLES, PATIENCE, App, environment

PROGRAMS = ["signing_up", "bounces"]


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
def trying(guide: str, folder: Path, **settings: str) -> Generator[App]:
    """Run a guide's app with its local SES, as the guide says."""
    log = folder / "log"
    inherited = {name: value for name, value in environment(folder, "").items() if not name.startswith("AWS_")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, EXAMPLES / guide / "try_it.py"],
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
    deadline = time.monotonic() + PATIENCE
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
    with trying("signing_up", tmp_path, PUBLIC_URL=url) as app:
        inbox = app.url
        response = until(lambda: http.post(f"{url}/sign-ups", json={"address": "ann@example.net"}))
        assert response.status_code == 202
        (mail,) = until(lambda: http.get(f"{inbox}/_local/messages").json()["messages"])
        text = http.get(f"{inbox}/_local/messages/{mail['id']}").json()["text"]
        (link,) = re.findall(r"http\S+token=[\w-]+", text)
        assert http.post(link).text == "<p>Thank you. You are in.</p>"


def test_a_bounce_of_the_local_ses_reaches_the_webhook(tmp_path: Path, http: httpx.Client) -> None:
    with trying("bounces", tmp_path, PORT=str(free_port())) as app:
        inbox, question = app.url, app.wait_for(r"http\S+/may-mail\S+")
        assert until(lambda: http.get(question).text) == "true"
        (mail,) = http.get(f"{inbox}/_local/messages").json()["messages"]
        http.post(f"{inbox}/_local/messages/{mail['id']}/bounce", json={"reason": "NoEmail"}).raise_for_status()
        until(lambda: http.get(question).text == "false")
