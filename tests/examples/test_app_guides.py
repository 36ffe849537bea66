"""The guides for apps: a sign-up, bounces, a task, a digest. Their programs and their tests run as they are printed."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from support.examples import EXAMPLES, PATIENCE, App, environment

PROGRAMS = ["signing_up"]


def test_the_tests_of_the_programs_pass(tmp_path: Path) -> None:
    folders = [EXAMPLES / name for name in PROGRAMS]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *folders]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def sign_up_app(tmp_path: Path) -> Iterator[tuple[str, App]]:
    """Run the sign-up with its local SES, as the guide says."""
    url = f"http://127.0.0.1:{free_port()}"
    log = tmp_path / "log"
    settings = {name: value for name, value in environment(tmp_path, "").items() if not name.startswith("AWS_")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, EXAMPLES / "signing_up" / "try_it.py"],
            env={**settings, "PUBLIC_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)},
            cwd=tmp_path,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield url, App(process, log)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def test_a_sign_up_is_mailed_to_the_local_ses(sign_up_app: tuple[str, App]) -> None:
    url, app = sign_up_app
    inbox = app.url
    app.wait_for("Ctrl-C")
    with httpx.Client(transport=httpx.HTTPTransport(retries=10), trust_env=False, timeout=PATIENCE) as http:
        assert http.post(f"{url}/sign-ups", json={"address": "ann@example.net"}).status_code == 202
        deadline = time.monotonic() + PATIENCE
        while not (found := http.get(f"{inbox}/_local/messages").json()["messages"]):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        (link,) = re.findall(
            r"http\S+token=[\w-]+", http.get(f"{inbox}/_local/messages/{found[0]['id']}").json()["text"]
        )
        assert http.post(link).text == "<p>Thank you. You are in.</p>"
    assert not re.findall(r".*(?:Warning|Traceback).*", app.log.read_text())
