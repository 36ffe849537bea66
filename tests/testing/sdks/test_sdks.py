"""boto3, the AWS CLI and the JavaScript SDK give what sesv2kit gives.

`nox -s sdks` installs the AWS CLI and the JavaScript SDK. Without them their tests are skipped.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from support.long_tests import run_by

from sesv2kit import Credentials, SESv2Client, convert, errors, models
from sesv2kit.testing import FakeSES

from .scenario import CALLS, Call, Result, comparable

pytest.importorskip("uvicorn")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
REGION = "eu-west-1"
FOLDER = Path(os.environ.get("SESV2KIT_SDKS", ".")).resolve()
"""Where npm has installed the JavaScript SDK."""
CLI_ERROR = re.compile(r"An error occurred \((\w+)\) when calling the \w+ operation: (.*)", re.DOTALL)
Run = Callable[[FakeSES, Sequence[Call]], list[Result]]


def by_sesv2kit(ses: SESv2Client, calls: Sequence[Call]) -> list[Result]:
    found: list[Result] = []
    for operation, request in calls:
        method: Any = getattr(ses, botocore.xform_name(operation))
        try:
            found.append(models.to_wire(method(**convert.arguments(operation, request))))  # pyright: ignore
        except errors.APIError as error:
            found.append({"error": [error.code, error.message]})
    return found


def in_the_process(fake: FakeSES, calls: Sequence[Call]) -> list[Result]:
    """Call the fake without a server."""
    with fake.client(retry_mode="off") as ses:
        return by_sesv2kit(ses, calls)


def over_http(fake: FakeSES, calls: Sequence[Call]) -> list[Result]:
    """Call the fake with sesv2kit over a socket."""
    with (
        fake.serve() as url,
        SESv2Client(
            region=REGION,
            endpoint_url=url,
            credentials=Credentials("AKIAEXAMPLE", "secret"),
            retry_mode="off",
            proxy="",
        ) as ses,
    ):
        return by_sesv2kit(ses, calls)


def with_boto3(fake: FakeSES, calls: Sequence[Call]) -> list[Result]:
    """Call the fake with boto3."""
    found: list[Result] = []
    with fake.serve() as url:
        client: Any = boto3.client(
            "sesv2",
            region_name=REGION,
            endpoint_url=url,
            aws_access_key_id="AKIAEXAMPLE",
            aws_secret_access_key="secret",
            config=Config(retries={"total_max_attempts": 1}, proxies={}),
        )
        for operation, request in calls:
            try:
                found.append(getattr(client, botocore.xform_name(operation))(**request))
            except ClientError as error:
                details: Any = error.response["Error"]
                found.append({"error": [details["Code"], details["Message"]]})
    return found


def with_the_cli(fake: FakeSES, calls: Sequence[Call]) -> list[Result]:
    """Call the fake with the AWS CLI."""
    aws = shutil.which("aws")
    if aws is None:
        pytest.skip("needs the AWS CLI: nox -s sdks")
    with fake.serve() as url:
        return [_by_cli([aws, "--endpoint-url", url], operation, request) for operation, request in calls]


def _by_cli(command: Sequence[str], operation: str, request: dict[str, Any]) -> Result:
    name = botocore.xform_name(operation, "-")
    run = subprocess.run(
        [*command, "--output", "json", "sesv2", name, "--cli-input-json", json.dumps(request)],
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if error := CLI_ERROR.search(run.stderr):
        return {"error": [error[1], error[2].strip()]}
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout or "{}")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON"))}
    return kept | {
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_PAGER": "",
        "NO_PROXY": "127.0.0.1",
    }


def with_javascript(fake: FakeSES, calls: Sequence[Call]) -> list[Result]:
    """Call the fake with the JavaScript SDK."""
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules" / "@aws-sdk" / "client-sesv2").exists():
        pytest.skip("needs node and @aws-sdk/client-sesv2: nox -s sdks")
    with fake.serve() as url:
        run = subprocess.run(
            [node, str(Path(__file__).with_name("call.mjs")), url, REGION, str(FOLDER)],
            input=json.dumps(calls),
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def results(run: Run) -> list[Any]:
    """Return the results of all calls, and the mails and events that they left behind."""
    with FakeSES(region=REGION, clock=NOW, seed="sdks") as fake:
        found = [comparable(result) for result in run(fake, CALLS)]
        mails = [(mail.message_id, mail.raw, mail.recipients, mail.tags) for mail in fake.outbox]
        return [*found, mails, [(event.type, event.mail.message_id) for event in fake.events]]


@pytest.fixture(scope="module")
def expected() -> list[Any]:
    """Return the results of sesv2kit in the process."""
    return results(in_the_process)


def test_the_scenario_sends_and_meets_errors(expected: list[Any]) -> None:
    *calls, mails, events = expected
    assert [call["error"][0] for call in calls if "error" in call] == [
        "BadRequestException",
        "NotFoundException",
        "AlreadyExistsException",
        "MessageRejected",
    ]
    assert len(mails) == 3
    assert [kind for kind, _ in events] == ["Send", "Send", "Send", "Bounce"]


@pytest.mark.parametrize(
    "run", [over_http, with_boto3, pytest.param(with_the_cli, marks=run_by("sdks")), with_javascript]
)
def test_an_sdk_has_the_same_results(run: Run, expected: list[Any]) -> None:
    found = results(run)
    for call, ours, theirs in zip([*CALLS, "mails", "events"], expected, found, strict=True):
        assert theirs == ours, call
