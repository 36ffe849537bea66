"""Connections of asyncio that fail while they are opened."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from sesv2kit import AsyncSESv2Client, Credentials, errors
from sesv2kit._transport import asyncio_pool

RESPONSE = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"


@contextmanager
def early_server() -> Iterator[str]:
    """Run a server that responds before it has a request; yield its URL."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        accepted: list[socket.socket] = []

        def run() -> None:
            connection, _ = listening.accept()
            accepted.append(connection)
            connection.sendall(RESPONSE)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join(30)
        for connection in accepted:
            connection.close()


def client_of(url: str) -> AsyncSESv2Client:
    return AsyncSESv2Client(
        region="us-east-1", credentials=Credentials("a", "b"), endpoint_url=url, retry_mode="off", proxy=""
    )


def test_bytes_before_the_request_are_not_its_response(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = asyncio_pool._connected

    async def connect_and_wait(addresses: Any) -> Any:
        protocol = await connect(addresses)
        while not protocol.is_readable:  # noqa: ASYNC110 -- what is waited for has no event
            await asyncio.sleep(0.001)
        return protocol

    async def request(url: str) -> None:
        async with client_of(url) as ses:
            with pytest.raises(errors.TransportError) as caught:
                await ses.get_account()
            assert caught.value.outcome == "not_sent"

    monkeypatch.setattr(asyncio_pool, "_connected", connect_and_wait)
    with early_server() as url:
        asyncio.run(request(url))


def test_a_connection_that_the_event_loop_can_not_take_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[socket.socket] = []

    async def fail(_factory: Any, *, sock: socket.socket) -> Any:
        taken.append(sock)
        raise OSError("too many open files")

    async def request(url: str) -> None:
        monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", fail)
        async with client_of(url) as ses:
            with pytest.raises(errors.ConnectError, match="too many open files"):
                await ses.get_account()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        asyncio.run(request(f"http://127.0.0.1:{listening.getsockname()[1]}"))
    assert [connection.fileno() for connection in taken] == [-1]
