"""The log has one line for each call at the level DEBUG, and never shows the content or the recipients of a mail."""

import logging
from typing import Any

import anyio
import httpx
import pytest
from support.unit import FAULTS, KINDS, Answer, Fault, Kind, Script, any_client, ask, ok, refusal

from sesv2kit import AsyncSESv2Client, Credentials, errors, models

SECRETS = ("ann@example.net", "shop@example.com", "ann", "The subject", "The body", "AKID-KEY", "SECRET-KEY", "TOKEN")
ARGUMENTS: dict[str, Any] = {
    "from_email_address": "shop@example.com",
    "destination": models.Destination(to_addresses=["ann@example.net"]),
    "content": models.EmailContent(
        simple=models.Message(
            subject=models.Content(data="The subject"), body=models.Body(text=models.Content(data="The body"))
        )
    ),
}

each_client = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip the waiting between attempts."""
    monkeypatch.setattr("sesv2kit._call.pipeline.random.random", lambda: 0.0)


@pytest.fixture
def debug(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Keep what the package logs, down to debug."""
    caplog.set_level(logging.DEBUG, "sesv2kit")
    return caplog


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the lines of the package."""
    return [record.getMessage() for record in caplog.records if record.name.startswith("sesv2kit")]


async def send(kind: Kind, *responses: Answer | Fault) -> Any:
    """Send a mail full of secrets; returns the response or the error."""
    credentials = Credentials("AKID-KEY", "SECRET-KEY", "TOKEN")
    try:
        return await ask(any_client(kind, Script(*responses), credentials=credentials), "send_email", **ARGUMENTS)
    except errors.SESv2Error as error:
        return error


@pytest.mark.anyio
@each_client
async def test_a_call_is_one_line_at_debug(kind: Kind, debug: pytest.LogCaptureFixture) -> None:
    await send(kind, FAULTS["429"], ok({"MessageId": "01"}))
    (line,) = lines(debug)
    assert debug.records[-1].levelno == logging.DEBUG
    assert line.startswith("SendEmail done in 0.")
    assert line.endswith(" s, attempts: 2, HTTP status: 200, request id: req-1")


@pytest.mark.anyio
@each_client
async def test_a_failure_is_one_line_with_the_name_of_the_error(kind: Kind, debug: pytest.LogCaptureFixture) -> None:
    await send(kind, refusal(400, "MessageRejected", "Email address ann@example.net is not verified"))
    await send(kind, FAULTS["hung up"])
    rejected, unsure = lines(debug)
    assert rejected.startswith("SendEmail failed with MessageRejected in ")
    assert rejected.endswith("attempts: 1, HTTP status: 400, request id: req-1")
    assert unsure.startswith("SendEmail failed with AmbiguousSendError in ")
    assert unsure.endswith("attempts: 1, HTTP status: None, request id: None")


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("fault", [*FAULTS, "echo"])
async def test_no_log_line_has_a_body_an_address_or_a_secret(
    fault: str, kind: Kind, debug: pytest.LogCaptureFixture
) -> None:
    echo = httpx.Response(400, json={"message": " ".join(SECRETS)}, headers={"x-amzn-errortype": "MessageRejected"})
    failing = FAULTS.get(fault, lambda: echo)
    await send(kind, failing, failing, failing)
    logged = lines(debug)
    assert logged
    assert not [secret for secret in SECRETS if any(secret in line for line in logged)]


@pytest.mark.anyio
@each_client
async def test_what_was_refused_before_sending_is_logged_without_its_values(
    kind: Kind, debug: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(errors.ParamValidationError):
        await ask(any_client(kind, Script()), "get_email_identity", email_identity=["ann@example.net"])
    (line,) = lines(debug)
    assert line.startswith("GetEmailIdentity failed with ParamValidationError")
    assert "ann@example.net" not in line


@pytest.mark.anyio
async def test_a_cancelled_call_is_not_logged_as_done(debug: pytest.LogCaptureFixture) -> None:
    asked = anyio.Event()

    async def never(_request: httpx.Request) -> httpx.Response:
        asked.set()
        await anyio.sleep_forever()
        raise AssertionError

    http_client = httpx.AsyncClient(transport=httpx.MockTransport(never))
    client = AsyncSESv2Client(region="eu-west-1", credentials=Credentials("A", "s"), http_client=http_client)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.get_account)
        await asked.wait()
        tasks.cancel_scope.cancel()
    (line,) = lines(debug)
    assert line.startswith("GetAccount failed with Cancelled")


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize("fault", [None, "503", "hung up"])
async def test_nothing_is_logged_or_formatted_at_other_levels(
    fault: str | None, kind: Kind, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def logged(_call: object) -> None:
        raise AssertionError("prepared a log line that is not written")

    monkeypatch.setattr("sesv2kit._call.hooks.logged", logged)
    caplog.set_level(logging.INFO, "sesv2kit")
    await send(kind, *[FAULTS[fault] if fault else ok] * 3)
    assert lines(caplog) == []
