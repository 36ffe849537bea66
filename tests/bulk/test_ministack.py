"""Against ministack: a template, its values, and what arrives."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

import httpx
import pytest
from support.bulk import Send, address

from sesv2kit import Credentials, SESv2Client, errors, models
from sesv2kit.bulk import BulkStoppedError

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(find_spec("ministack") is None, reason="ministack is not installed"),
]

COUNT = 130


@pytest.fixture(scope="module")
def ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run ministack for the tests of this module; returns its URL."""
    home = str(tmp_path_factory.mktemp("ministack"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1", "SERVICES": "ses", "IOT_MTLS_ENABLED": "0"}
    environment = {"PATH": os.environ["PATH"], "HOME": home, "TMPDIR": home, **settings}
    command = [sys.executable, "-m", "ministack"]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        command, cwd=home, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{url}/_ministack/ready", trust_env=False).is_success:
                    break
            time.sleep(0.05)
        yield url
        process.terminate()


@pytest.fixture
def settings(ministack: str, kind: str) -> dict[str, Any]:
    """An account with a verified sender and a template; returns the settings of its clients."""
    account = {"sync": "111111111111", "asyncio": "222222222222", "trio": "333333333333"}[kind]
    client = {"endpoint_url": ministack, "credentials": Credentials(account, "test")}
    with SESv2Client(region="eu-west-1", endpoint_url=ministack, credentials=Credentials(account, "test")) as ses:
        ses.create_email_identity(email_identity="shop@example.com")
        with suppress(errors.AlreadyExistsException):
            ses.create_email_template(
                template_name="news",
                template_content=models.EmailTemplateContent(subject="Hi {{name}}", text="Dear {{name}},"),
            )
    return client


def entries() -> Iterator[models.BulkEmailEntry]:
    """Return entries, each with a name of its own."""
    for number in range(COUNT):
        values = json.dumps({"name": f"number {number}"})
        yield models.BulkEmailEntry(
            destination=models.Destination(to_addresses=[address(number)]),
            replacement_email_content=models.ReplacementEmailContent(
                replacement_template=models.ReplacementTemplate(replacement_template_data=values)
            ),
        )


def content(template: str) -> models.BulkEmailContent:
    """Return the content that all entries share."""
    return models.BulkEmailContent(template=models.Template(template_name=template, template_data='{"name": "you"}'))


def stored(ministack: str, account: str) -> dict[str, Any]:
    """Return the messages that ministack keeps of an account, by their ids."""
    answer = httpx.get(f"{ministack}/_ministack/ses/messages", params={"account": account}, trust_env=False)
    return {message["MessageId"]: message for message in answer.json()["messages"][account]}


async def test_everybody_gets_a_mail_of_their_own(settings: dict[str, Any], ministack: str, send: Send) -> None:
    mailing = await send(entries(), settings, default_content=content("news"), send_rate=1e6)
    assert mailing.error is None
    assert mailing.states == dict.fromkeys(range(COUNT), "sent")
    kept = stored(ministack, settings["credentials"].access_key)
    for outcome in mailing.outcomes:
        message = kept[outcome.message_id or ""]
        assert address(outcome.index) in json.dumps(message["To"])
        assert message["Subject"] == f"Hi number {outcome.index}"


async def test_a_template_that_is_not_there_ends_the_run(settings: dict[str, Any], send: Send) -> None:
    mailing = await send(entries(), settings, default_content=content("nope"), send_rate=1e6, max_in_flight=1)
    assert isinstance(mailing.error, BulkStoppedError)
    assert isinstance(mailing.error.reason, errors.NotFoundException)
    assert len(mailing.error.untouched) >= 50
