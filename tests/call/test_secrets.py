"""Secrets and bodies show in no repr, and in no local variable of the frames that error trackers record."""

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from types import TracebackType
from typing import Any

import pytest
from support.clients import Connect
from support.counting import Act, CountingServer, answers, hangs_up, never_answers, resets, sends
from support.unit import CONTENT

from sesv2kit import AttemptInfo, CallInfo, Credentials, Hook, errors
from sesv2kit._call.hooks import AnyContext

pytestmark = pytest.mark.anyio

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = "FwoGZXIvYXdzEXAMPLETOKEN"
CREDENTIALS = Credentials("AKIDEXAMPLE", SECRET, TOKEN)
API_KEY = "gateway-api-key-12345"
WIRE = '"Simple":'
"""A part of the request's body, as JSON has it."""
PARSED = "response-text-54321"
"""A part of the response's body."""

FAILURES: dict[str, Act] = {
    "refused": answers(400, b'{"message": "no"}', {"x-amzn-errortype": "MessageRejected"}),
    "refused, in XML": answers(403, b"<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"),
    "failed": answers(500, b"{}"),
    "a page": answers(503, b"<html>no</html>"),
    "no JSON": answers(200, f'{{"MessageId": "{PARSED}'.encode()),
    "another shape": answers(200, f'["{PARSED}"]'.encode()),
    "no message id": answers(200, f'{{"MessageId": {{"a": "{PARSED}"}}}}'.encode()),
    "a redirect": answers(302, PARSED.encode()),
    "too late": never_answers(),
    "hung up": hangs_up(),
    "reset": resets(),
    "not HTTP": sends(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "cut off": sends(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
}


def frames(error: BaseException | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the local variables of every frame that a tracker would record, those of causes included."""
    seen: set[int] = set()
    todo = [error]
    while todo:
        error = todo.pop()
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        todo += [error.__cause__, error.__context__]
        yield f"{type(error).__name__} itself", {"repr": error, "args": error.args, "str": str(error), **vars(error)}
        trace: TracebackType | None = error.__traceback__
        while trace:
            yield f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}", trace.tb_frame.f_locals
            trace = trace.tb_next


def leaks(error: BaseException) -> list[str]:
    """Return where secrets, or a part of a body, can be seen from an error."""
    found: list[str] = []
    for place, variables in frames(error):
        if "/tests/" in place:
            continue
        for name, value in variables.items():
            shown = repr(value)
            texts = (SECRET, TOKEN, "Signature=", API_KEY, WIRE, WIRE.replace('"', '\\"'), PARSED)
            found += [f"{place}: {name} shows {text}" for text in texts if text in shown]
    return found


@pytest.mark.parametrize("act", FAILURES.values(), ids=FAILURES)
async def test_no_frame_of_an_error_shows_a_secret_or_a_body(
    connect: Connect, server: CountingServer, act: Act
) -> None:
    server.script(act)
    async with connect(server.url, credentials=CREDENTIALS, retry_mode="off", timeout=0.5) as ses:
        with pytest.raises(errors.SESv2Error) as caught:
            await ses.send_email(content=CONTENT)
    assert WIRE in server.received[0].body.decode()
    assert leaks(caught.value) == []


async def test_no_frame_of_a_lost_connection_shows_them(connect: Connect) -> None:
    async with connect("http://127.0.0.1:1", credentials=CREDENTIALS, retry_mode="off") as ses:
        with pytest.raises(errors.ConnectError) as caught:
            await ses.send_email(content=CONTENT)
    assert leaks(caught.value) == []


class Keeps(Hook):
    """Keeps what hooks see."""

    def __init__(self) -> None:
        self.seen: list[CallInfo | AttemptInfo] = []

    def around_call(self, call: CallInfo) -> AnyContext:
        self.seen.append(call)
        return nullcontext()

    def around_attempt(self, attempt: AttemptInfo) -> AnyContext:
        self.seen.append(attempt)
        return nullcontext()


async def test_what_hooks_see_shows_no_secret_in_its_repr(connect: Connect, server: CountingServer) -> None:
    hook = Keeps()
    async with connect(server.url, credentials=CREDENTIALS, hooks=[hook]) as ses:
        await ses.send_email(content=CONTENT, options={"headers": {"x-api-key": API_KEY, "x-trace": "t-1"}})
    attempt = hook.seen[1]
    assert isinstance(attempt, AttemptInfo)
    assert attempt.headers["x-amz-security-token"] == TOKEN
    for shown in (*map(repr, hook.seen), repr(attempt.headers), str(attempt.headers), f"{attempt.headers}"):
        for text in (SECRET, TOKEN, "Signature=", API_KEY, WIRE):
            assert text not in shown
    assert "'x-trace': 't-1'" in repr(attempt)
    assert "'x-api-key': '***'" in repr(attempt)


async def test_a_token_in_a_message_of_the_service_is_left_out(connect: Connect, server: CountingServer) -> None:
    """For a wrong signature the service repeats the headers that were signed."""
    message = f"The Canonical String for this request should have been 'POST\nx-amz-security-token:{TOKEN}\n'"
    headers = {"x-amzn-errortype": "InvalidSignatureException"}
    server.script(answers(403, json.dumps({"message": message}).encode(), headers))
    async with connect(server.url, credentials=CREDENTIALS) as ses:
        with pytest.raises(errors.APIError) as caught:
            await ses.get_account()
    assert caught.value.message == message.replace(TOKEN, "***")
    assert leaks(caught.value) == []


def json_error(code: str = "TooManyRequestsException", message: str = "no") -> bytes:
    return json.dumps({"__type": code, "message": message}).encode()


XML = "<ErrorResponse><Error><Code>{}</Code><Message>{}</Message></Error><RequestId>{}</RequestId></ErrorResponse>"
ECHOES: dict[str, Callable[[str], Act]] = {
    "a code in a header": lambda secret: answers(400, b"{}", {"x-amzn-errortype": secret}),
    "a code": lambda secret: answers(400, json_error(code=secret)),
    "a message": lambda secret: answers(400, json_error(message=f"{secret} and {secret}")),
    "a request id": lambda secret: answers(400, json_error(), {"x-amzn-requestid": secret}),
    "any header": lambda secret: answers(400, json_error(), {"x-odd": secret}),
    "a server error": lambda secret: answers(500, json_error(), {"x-amzn-requestid": secret}),
    "XML": lambda secret: answers(400, XML.format(f"C{secret}", secret, secret).encode()),
    "XML with a reference": lambda secret: answers(
        400, XML.format("C", f"&#{ord(secret[0])};{secret[1:]}", 1).encode()
    ),
    "a page": lambda secret: answers(503, f"<html>{secret}".encode()),
    "a page that is cut off in it": lambda secret: answers(503, f"{'x' * 190}{secret}".encode()),
    "a long page that is cut off in it": lambda secret: answers(503, f"<p {' ' * 16_372}>{secret}".encode()),
    "a response that can't be read": lambda secret: answers(200, b"[]", {"x-amzn-requestid": secret}),
    "a redirect": lambda secret: answers(302, b"", {"x-amzn-requestid": secret, "location": secret}),
}


@pytest.mark.parametrize("secret", [TOKEN, SECRET], ids=["token", "secret key"])
@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
async def test_a_secret_that_the_service_repeats_shows_nowhere(
    connect: Connect,
    server: CountingServer,
    caplog: pytest.LogCaptureFixture,
    echo: Callable[[str], Act],
    secret: str,
) -> None:
    hook = Keeps()
    for logs in (False, True):  # which decides who makes the first attempt
        caplog.set_level("DEBUG" if logs else "WARNING", "sesv2kit")
        server.script(echo(secret))
        hooks = [hook] if logs else []
        async with connect(server.url, credentials=CREDENTIALS, retry_mode="off", hooks=hooks) as ses:
            with pytest.raises(errors.SESv2Error) as caught:
                await ses.send_email(content=CONTENT)
        assert leaks(caught.value) == []
        parts = [secret[: len(secret) - cut] for cut in range(8)]
        shown = f"{caught.value} {caught.value.__cause__} {caplog.text} {hook.seen!r}"
        assert [part for part in parts if part in shown] == []


async def test_a_short_secret_is_a_word(connect: Connect, server: CountingServer) -> None:
    """People use such for servers on their machines."""
    server.script(answers(400, json_error(message="the test has failed")))
    async with connect(server.url, credentials=Credentials("test", "test", "test"), retry_mode="off") as ses:
        with pytest.raises(errors.APIError, match="the test has failed"):
            await ses.send_email(content=CONTENT)
