"""A server and a proxy that often do the wrong thing, and know the truth about each mail."""

import asyncio
import random
import re
import ssl
import threading
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from .counting import answer_bytes

_NUMBER = re.compile(rb'"EmailAddress": ?"([\w.-]+)@example\.com"')
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_THROTTLED = answer_bytes(429, b'{"message": "slow"}', {"x-amzn-errortype": "TooManyRequestsException"})
_REFUSED = answer_bytes(400, b'{"message": "no"}', {"x-amzn-errortype": "MessageRejected"})
_CLOSE = {"Connection": "close"}
_OF_NOBODY = answer_bytes(body=b'{"MessageId": "of nobody"}')


def sent(name: str) -> bytes:
    """Return the response to a mail that was taken."""
    return answer_bytes(body=b'{"MessageId": "%b"}' % name.encode())


class MailServer:
    """Takes mails or refuses them, and answers as it should or not, on an event loop in a thread of its own.

    Args:
        seed: What the faults are chosen by.
        faults: The share of requests that meet one.
        context: What it speaks TLS with; None for a server without TLS.
    """

    def __init__(self, seed: int = 1, faults: float = 0.3, context: ssl.SSLContext | None = None) -> None:
        self.taken: Counter[str] = Counter()
        """How often each mail was taken."""
        self.open = 0
        """How many connections are open."""
        self.requests = 0
        self.faults: Counter[str] = Counter()
        """How often each kind of fault was made."""
        self._faults = faults
        self._random = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._tasks: set[asyncio.Task[None]] = set()
        self._scheme = "https://localhost" if context else "http://127.0.0.1"
        self._server = self._do(asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context, backlog=512))
        self._proxy = self._do(asyncio.start_server(self._pass_on, "127.0.0.1", 0, backlog=512))

    @property
    def url(self) -> str:
        """The URL of the server."""
        return f"{self._scheme}:{self._server.sockets[0].getsockname()[1]}"

    @property
    def proxy_url(self) -> str:
        """The URL of the proxy."""
        return f"http://127.0.0.1:{self._proxy.sockets[0].getsockname()[1]}"

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def stop(self) -> None:
        """Stop the server and the proxy."""
        self._do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _stop(self) -> None:
        self._server.close()
        self._proxy.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0.05)

    # The server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._note_task()
        self.open += 1
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await self._serve_one(reader, writer):
                pass
        self.open -= 1
        writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Serve a request; returns whether the connection stays open."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = int((_LENGTH.search(head) or [0, 0])[1])
        chance = self._random.random() / self._faults
        if chance < 0.05:
            self.faults["refused before the mail has come"] += 1
            writer.write(_REFUSED)
            await writer.drain()
            return False
        if chance < 0.1:
            self.faults["interim response before the mail has come"] += 1
            writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        body = await reader.readexactly(length)
        self.requests += 1
        found = _NUMBER.search(body)
        assert found
        return await self._act(found[1].decode(), writer, self._random.random() / self._faults)

    async def _act(self, name: str, writer: asyncio.StreamWriter, chance: float) -> bool:
        """Take or refuse a mail, and answer; returns whether the connection stays open."""
        if chance < 0.2:
            self.faults["throttled"] += 1
            writer.write(_THROTTLED)
            return True
        if chance < 0.25:
            self.faults["refused"] += 1
            writer.write(_REFUSED)
            return True
        if chance < 0.3:
            self.faults["connection closed, mail not sent"] += 1
            return False
        self.taken[name] += 1
        if chance < 0.35:
            self.faults["connection reset, mail sent"] += 1
            writer.transport.abort()
            return False
        if chance < 0.7:
            return self._answer_wrong(name, writer)
        if chance < 0.85:
            self.faults["late response"] += 1
            await asyncio.sleep(0.03 * self._random.random())
        writer.write(sent(name))
        return True

    def _answer_wrong(self, name: str, writer: asyncio.StreamWriter) -> bool:
        good = sent(name)
        mesh = answer_bytes(503, b"upstream connect error or disconnect/reset before headers")
        fault, wrong, stays_open = self._random.choice(
            [
                ("two responses", good + _OF_NOBODY, True),
                ("response broken off", good[:-1], False),
                ("response broken off", good[: len(good) // 2], False),
                ("response broken off", good[:12], False),
                ("connection closed, mail sent", b"", False),
                ("not HTTP", b"SSH-2.0-OpenSSH_9.6\r\n", False),
                ("500, mail sent", answer_bytes(500), True),
                # What a mesh responds with that lost the connection to a service which had taken the mail.
                ("503 of a mesh, mail sent", mesh, True),
                ("200 without a message id", answer_bytes(200, b"{}"), True),
                ("200 of a web page", answer_bytes(200, b"<html>It works!</html>"), True),
                ("interim response", b"HTTP/1.1 103 Early Hints\r\n\r\n" + good, True),
                (
                    "response that closes the connection",
                    answer_bytes(200, b'{"MessageId": "%b"}' % name.encode(), _CLOSE),
                    False,
                ),
            ]
        )
        self.faults[fault] += 1
        writer.write(wrong)
        return stays_open

    # The proxy

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._note_task()
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._pass_on_one(reader, writer)
        writer.close()

    async def _pass_on_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        chance = self._random.random() / self._faults
        if head.startswith(b"CONNECT") and chance < 0.5:
            self.faults["CONNECT failed"] += 1
            failures = [b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", b"", b"HTTP/1.1 20", _OF_NOBODY]
            writer.write(self._random.choice(failures))
            return
        address = self._server.sockets[0].getsockname()
        upstream_reader, upstream = await asyncio.open_connection(*address)
        try:
            if head.startswith(b"CONNECT"):
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                upstream.write(head)
            await asyncio.wait(
                [
                    asyncio.ensure_future(_pump(reader, upstream)),
                    asyncio.ensure_future(_pump(upstream_reader, writer)),
                ],
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            upstream.close()

    def _note_task(self) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, asyncio.CancelledError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
