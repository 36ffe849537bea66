"""The scripts that send several mails at once, from threads and from tasks of trio."""

import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.server import ThreadedMotoServer
from moto.ses.models import ses_backends
from support.counting import CountingServer, answers, hangs_up
from support.examples import EXAMPLES, PATIENCE, Crowd, environment

from sesv2kit import Credentials, SESv2Client

ADDRESSES = ["ann@example.net", "ben@example.net", "cleo@example.net"]
AT_ONCE = 10

pytestmark = pytest.mark.parametrize("script", ["threads.py", "trio_script.py"])


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    """Run moto's server for the tests of this module; returns its URL."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def run(script: str, home: Path, ses_url: str, addresses: list[str]) -> dict[str, str]:
    """Run a script, which may print nothing to stderr, and return its output for each address."""
    done = subprocess.run(
        [sys.executable, EXAMPLES / script, *addresses],
        env=environment(home, ses_url),
        cwd=home,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split(": ", 1) for line in done.stdout.splitlines()]
    assert len(lines) == len(addresses)
    return dict(lines)


def test_everybody_gets_a_mail(script: str, moto: str, tmp_path: Path) -> None:
    httpx.post(f"{moto}/moto-api/reset", trust_env=False).raise_for_status()
    with SESv2Client(region="eu-west-1", credentials=Credentials("any", "any"), endpoint_url=moto) as ses:
        ses.create_email_identity(email_identity="shop@example.com")
    output = run(script, tmp_path, moto, ADDRESSES)
    assert sorted(output) == ADDRESSES
    assert [text for text in output.values() if not re.fullmatch(r"sent as [\w-]+", text)] == []
    messages = ses_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"].sent_messages
    assert sorted(message.destinations["ToAddresses"][0] for message in messages) == ADDRESSES


def test_ten_mails_travel_at_once_and_no_more(script: str, ses: CountingServer, tmp_path: Path) -> None:
    crowd = Crowd(AT_ONCE)
    opened_before = len(ses.connections)
    ses.script(*crowd.acts(30))
    output = run(script, tmp_path, ses.url, [f"reader{number}@example.net" for number in range(30)])
    assert set(output.values()) == {f"sent as {number}" for number in range(30)}
    assert crowd.most == AT_ONCE
    assert len(ses.connections) - opened_before <= AT_ONCE


def test_a_mail_that_fails_stops_no_other_and_is_not_sent_twice(
    script: str, ses: CountingServer, tmp_path: Path
) -> None:
    received_before = len(ses.received)
    rejected = answers(400, b'{"message": "no"}', {"x-amzn-errortype": "MessageRejected"})
    ses.script(hangs_up(), rejected, answers(body=b'{"MessageId": "0102"}'))
    output = run(script, tmp_path, ses.url, ADDRESSES)
    for pattern in (r"unsure, not sent again: .+", r"not sent: SendEmail: MessageRejected: .+", r"sent as 0102"):
        assert len([text for text in output.values() if re.fullmatch(pattern, text)]) == 1, output
    assert len(ses.received) - received_before == 3
