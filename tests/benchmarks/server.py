"""The loopback server that all contestants send to: answers every POST at once or after a delay, and counts.

Started as `python server.py 0 0.05`: one port for each delay in seconds, printed as a JSON list. A GET of any
path answers with what its port has counted so far.
"""

import asyncio
import json
import sys
from functools import cache

_JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
_ID = b"x-amzn-RequestId: 7f1b2a4c-5d3e-4a1b-9c8d-0123456789ab\r\n"
_SENT = b'{"MessageId": "0102017f0a1b2c3d-5e6f7a8b-1234-5678-9abc-def012345678-000000"}'
_ANSWER = _JSON % (len(_SENT), _ID, _SENT)
_RESULT = b'{"Status": "SUCCESS", "MessageId": "0102017f0a1b2c3d-5e6f7a8b-1234-5678-9abc-def012345678-000000"}'


@cache
def _bulk_answer(entries: int) -> bytes:
    body = b'{"BulkEmailEntryResults": [%s]}' % b", ".join([_RESULT] * entries)
    return _JSON % (len(body), _ID, body)


class Counts:
    """What one port has seen."""

    def __init__(self) -> None:
        self.connections = 0
        self.requests = 0


class Ses(asyncio.Protocol):
    """One connection. It counts from its first POST on, so that asking for the counts does not change them."""

    def __init__(self, counts: Counts, delay: float) -> None:
        self._counts = counts
        self._delay = delay
        self._received = b""
        self._counted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while True:
            head, end, rest = self._received.partition(b"\r\n\r\n")
            length = _content_length(head)
            if not end or len(rest) < length:
                return
            self._received = rest[length:]
            self._answer(head, rest[:length])

    def _answer(self, head: bytes, sent: bytes) -> None:
        if head.startswith(b"GET"):
            body = json.dumps(vars(self._counts)).encode()
            self._transport.write(_JSON % (len(body), b"", body))
            return
        self._counts.connections += not self._counted
        self._counts.requests += 1
        self._counted = True
        entries = sent.count(b'"Destination"') if b"outbound-bulk-emails" in head else 0
        answer = _bulk_answer(entries) if entries else _ANSWER
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._transport.write, answer)
        else:
            self._transport.write(answer)


def _content_length(head: bytes) -> int:
    _, found, value = head.lower().partition(b"\r\ncontent-length:")
    return int(value.partition(b"\r\n")[0]) if found else 0


async def serve(delays: list[float]) -> None:
    """Serve on one free port for each delay, for ever."""
    loop = asyncio.get_running_loop()
    ports: list[int] = []
    for delay in delays:
        counts = Counts()
        server = await loop.create_server(lambda c=counts, d=delay: Ses(c, d), "127.0.0.1", 0, backlog=1024)  # type: ignore[misc]
        ports.append(server.sockets[0].getsockname()[1])
    print(json.dumps(ports), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve([float(delay) for delay in sys.argv[1:]]))
