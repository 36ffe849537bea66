"""The option `before_send`: a function that is called when a request is about to leave."""

from typing import Any

import pytest
from support.clients import Connect
from support.counting import CountingServer, answers
from support.unit import CONTENT

from sesv2kit import SendRate, errors

pytestmark = pytest.mark.anyio

UNAVAILABLE = answers(503, b"{}", {"x-amzn-errortype": "ServiceUnavailable"})


async def test_it_is_called_once_before_the_first_request(connect: Connect, server: CountingServer) -> None:
    received: list[int] = []
    server.script(UNAVAILABLE)
    async with connect(server.url) as ses:
        response = await ses.send_email(
            content=CONTENT, options={"before_send": lambda: received.append(len(server.received))}
        )
    assert response.message_id
    assert received == [0]
    assert len(server.received) == 2


async def test_it_is_not_called_while_the_permit_is_waited_for(connect: Connect, server: CountingServer) -> None:
    rate = SendRate(1.0)
    calls: list[str] = []
    async with connect(server.url, send_rate=rate) as ses:
        await ses.send_email(content=CONTENT, options={"before_send": lambda: None})
        options: Any = {"before_send": lambda: calls.append("called"), "call_timeout": 0.2}
        with pytest.raises(errors.TimeoutError):
            await ses.send_email(content=CONTENT, options=options)
    assert calls == []
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "error",
    [ZeroDivisionError("no"), errors.JournalError("no"), errors.ConnectError("no", outcome="not_sent")],
    ids=lambda error: type(error).__name__,
)
async def test_what_it_raises_ends_the_call_and_gives_the_permits_back(
    connect: Connect, server: CountingServer, error: Exception
) -> None:
    def fail() -> None:
        raise error

    rate = SendRate(1.0)
    async with connect(server.url, send_rate=rate) as ses:
        with pytest.raises(type(error), match="no"):
            await ses.send_email(content=CONTENT, options={"before_send": fail})
        assert server.received == []
        # Without the permit, this one would have to wait for a second.
        await ses.send_email(content=CONTENT, options={"call_timeout": 0.9})
    assert len(server.received) == 1


async def test_it_must_be_a_function(connect: Connect, server: CountingServer) -> None:
    options: Any = {"before_send": "journal"}
    async with connect(server.url) as ses:
        with pytest.raises(errors.ParamValidationError, match="before_send"):
            await ses.send_email(content=CONTENT, options=options)
    assert server.received == []


async def _mark() -> None:
    pytest.fail("called")


@pytest.mark.parametrize("mark", [_mark, lambda: _mark()], ids=["async def", "returns a coroutine"])
async def test_an_async_function_is_refused_and_nothing_is_sent(
    connect: Connect, server: CountingServer, mark: Any
) -> None:
    rate = SendRate(1.0)
    async with connect(server.url, send_rate=rate) as ses:
        with pytest.raises(errors.ParamValidationError, match=r"before_send.*not async"):
            await ses.send_email(content=CONTENT, options={"before_send": mark})
        assert server.received == []
        # The permit was not used.
        await ses.send_email(content=CONTENT, options={"call_timeout": 0.9})
