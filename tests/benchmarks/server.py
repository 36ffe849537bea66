"""The loopback server that all contestants send to: it responds to every POST at once or after a delay, and counts.

Started as `python server.py 0 0.05 tls=FILE`: one port for each argument, printed as a JSON list. An argument is a
delay in seconds, or `tls=` with the file of a private key and its certificate, for a port that speaks TLS. A GET of
`/counts` returns what its port has counted so far; a request for contacts, a page of 1,000 out of 100,000.
"""

import asyncio
import json
import ssl
import sys
from functools import cache
from urllib.parse import parse_qs, urlsplit

_JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
_ID = b"x-amzn-RequestId: 7f1b2a4c-5d3e-4a1b-9c8d-0123456789ab\r\n"
_SENT = b'{"MessageId": "0102017f0a1b2c3d-5e6f7a8b-1234-5678-9abc-def012345678-000000"}'
_ANSWER = _JSON % (len(_SENT), _ID, _SENT)
_RESULT = b'{"Status": "SUCCESS", "MessageId": "0102017f0a1b2c3d-5e6f7a8b-1234-5678-9abc-def012345678-000000"}'


CONTACTS = 100_000
PAGE = 1_000


@cache
def _contacts(start: int) -> bytes:
    contacts = [
        {
            "EmailAddress": f"ann-{number}@example.net",
            "TopicPreferences": [{"TopicName": "news", "SubscriptionStatus": "OPT_IN"}],
            "UnsubscribeAll": False,
            "LastUpdatedTimestamp": 1_700_000_000 + number,
        }
        for number in range(start, start + PAGE)
    ]
    following = {"NextToken": str(start + PAGE)} if start + PAGE < CONTACTS else {}
    body = json.dumps({"Contacts": contacts, **following}).encode()
    return _JSON % (len(body), _ID, body)


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
        if head.startswith(b"GET /counts"):
            body = json.dumps(vars(self._counts)).encode()
            self._transport.write(_JSON % (len(body), b"", body))
            return
        if b"/contacts" in head.partition(b"\r\n")[0]:
            token = json.loads(sent or b"{}").get("NextToken") or _query(head, "NextToken") or "0"
            self._transport.write(_contacts(int(token)))
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


def _query(head: bytes, name: str) -> str | None:
    target = head.split(b" ", 2)[1].decode("ascii")
    return next(iter(parse_qs(urlsplit(target).query).get(name, [])), None)


def _content_length(head: bytes) -> int:
    _, found, value = head.lower().partition(b"\r\ncontent-length:")
    return int(value.partition(b"\r\n")[0]) if found else 0


async def serve(ports: list[str]) -> None:
    """Serve on one free port for each argument, for ever."""
    loop = asyncio.get_running_loop()
    numbers: list[int] = []
    for argument in ports:
        context: ssl.SSLContext | None = None
        if argument.startswith("tls="):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(argument.removeprefix("tls="))
        delay = 0.0 if context else float(argument)
        counts = Counts()
        server = await loop.create_server(
            lambda c=counts, d=delay: Ses(c, d),  # type: ignore[misc]
            "127.0.0.1",
            0,
            backlog=1024,
            ssl=context,
        )
        numbers.append(server.sockets[0].getsockname()[1])
    print(json.dumps(numbers), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1:]))
