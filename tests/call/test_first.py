"""Calls without hooks make their first attempt on a shorter path. It changes nothing but the cost."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from support.clients import Connect
from support.counting import Act, CountingServer, answers, hangs_up, hangs_up_before_the_body, resets, sends
from support.unit import CONTENT

from sesv2kit import Hook, errors
from sesv2kit._call.response import read_response

pytestmark = pytest.mark.anyio

THROTTLED = answers(400, b'{"message": "slow"}', {"x-amzn-errortype": "ThrottlingException"})
SKEWED = answers(
    403,
    b'{"message": "Signature expired"}',
    {"x-amzn-errortype": "InvalidSignatureException", "date": "Sat, 21 Nov 2026 10:00:00 GMT"},
)
ID = {"x-amzn-RequestId": "r-7"}
SCRIPTS: dict[str, Sequence[Act]] = {
    "success": [answers(headers=ID)],
    "throttled once": [THROTTLED, answers(headers=ID)],
    "throttled for ever": [THROTTLED] * 3,
    "refused": [answers(400, b'{"message": "no"}', {"x-amzn-errortype": "MessageRejected", **ID})],
    "refused without a code": [answers(404, b"<html>not here</html>")],
    "a server error": [answers(500, b"{}", ID)],
    "not implemented": [answers(501, b"{}")] * 3,
    "a 503 of AWS": [answers(503, b"{}", ID), answers(headers=ID)],
    "a 503 of somebody": [answers(503, b"no healthy upstream")],
    "a conflict": [answers(409, b"{}", {"x-amzn-errortype": "ConcurrentModificationException"}), answers()],
    "a redirect": [answers(302, b"", {"location": "https://example.com/"})],
    "no proof": [answers(200, b"{}")],
    "not JSON": [answers(200, b"<html>")],
    "not HTTP": [sends(b"220 mail.example ESMTP\r\n")],
    "a lost connection": [hangs_up()],
    "half a response": [hangs_up_before_the_body()],
    "a reset": [resets()],
    "a wrong clock": [SKEWED, answers(headers=ID)],
    "expired credentials": [answers(403, b"{}", {"x-amzn-errortype": "ExpiredTokenException"})],
}
FACTS = ("code", "status_code", "request_id", "attempts", "outcome", "operation", "message", "retry_after")


async def outcome(
    connect: Connect, server: CountingServer, script: Sequence[Act], call: str, **settings: Any
) -> tuple[Any, ...]:
    """Return what a call ended with, and what the server received."""
    result: tuple[Any, ...]
    async with connect(server.url, **settings) as ses:
        server.script()
        await ses.list_contact_lists()  # what has to be looked up is known from now on
        before = len(server.received)
        server.script(*script)
        try:
            if call == "send":
                sent = await ses.send_email(content=CONTENT, from_email_address="shop@example.com")
                result = ("sent", sent.message_id, sent.metadata.request_id, sent.metadata.attempts)
            else:
                read = await ses.get_account()
                result = ("read", read.metadata.request_id, read.metadata.attempts)
        except errors.SESv2Error as error:
            result = facts_of(error)
    return *result, [(request.line, request.body) for request in server.received[before:]]


def facts_of(error: BaseException | None) -> tuple[Any, ...]:
    """Return what an error says, and what its cause says."""
    if not isinstance(error, errors.SESv2Error):
        return (type(error).__name__,)
    facts = tuple(getattr(error, name, None) for name in FACTS)
    return (type(error).__name__, str(error), *facts, *facts_of(error.__cause__))


NO_RESPONSE = ("not HTTP", "a lost connection", "half a response", "a reset")


def noted(ways: list[bool], function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that notes that it was called."""

    def noting(*arguments: Any) -> Any:
        ways.append(True)
        return function(*arguments)

    return noting


@pytest.mark.parametrize("call", ["send", "read"])
@pytest.mark.parametrize("script", SCRIPTS)
async def test_the_short_way_and_the_pipeline_do_the_same(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer, script: str, call: str
) -> None:
    monkeypatch.setattr("sesv2kit._call.pipeline.backoff", lambda *_: 0.0)
    acts = SCRIPTS[script] if call == "send" else [*SCRIPTS[script], *[answers(headers=ID)] * 3]
    ways: list[bool] = []
    monkeypatch.setattr("sesv2kit._call.first.read_response", noted(ways, read_response))
    short = await outcome(connect, server, acts, call)
    assert ways or script in NO_RESPONSE
    whole = await outcome(connect, server, acts, call, hooks=[Hook()])
    assert short == whole


class Counting(Hook):
    """Counts the attempts that it sees."""

    def __init__(self) -> None:
        self.attempts = 0

    def around_attempt(self, attempt: Any) -> Any:
        self.attempts += 1
        return super().around_attempt(attempt)


async def test_hooks_see_every_attempt(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer
) -> None:
    monkeypatch.setattr("sesv2kit._call.pipeline.backoff", lambda *_: 0.0)
    hook = Counting()
    await outcome(connect, server, SCRIPTS["throttled once"], "send", hooks=[hook])
    assert hook.attempts == 3  # with the call that warms up


async def test_the_time_of_the_first_attempt_counts_for_the_whole_call(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, server: CountingServer
) -> None:
    waits: list[float] = []

    def backoff(*_: Any) -> float:
        waits.append(1.0)
        return 1.0

    monkeypatch.setattr("sesv2kit._call.pipeline.backoff", backoff)
    async with connect(server.url, call_timeout=0.9) as ses:
        await ses.list_contact_lists()
        server.script(THROTTLED, answers())
        with pytest.raises(errors.ThrottlingException):
            await ses.send_email(content=CONTENT)
    assert waits == [1.0]
    assert len(server.received) == 2
