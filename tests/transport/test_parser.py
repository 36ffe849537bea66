"""Responses are read as h11 reads them: the same message, or both refuse. Requests say nothing but what they should.

SESV2KIT_RESPONSES sets how many mutated responses are compared; 1,500,000 took two minutes and showed no difference.
"""

import os
import random
from collections.abc import Iterable, Iterator
from itertools import pairwise

import h11
import pytest

from sesv2kit import errors
from sesv2kit._core.http import SignedRequest
from sesv2kit._core.timeout import DEFAULT_TIMEOUT
from sesv2kit._transport.http1 import Http1
from sesv2kit._transport.parser import MAX_HEAD, BodyTooLargeError, ParsingError, ResponseParser

RESPONSES = int(os.environ.get("SESV2KIT_RESPONSES", "15000"))
NO_LIMIT = 1 << 80
REFUSED = "refused"
Message = tuple[int, dict[str, str], bytes, bool]
"""Status, headers, body, and whether the connection may be used again."""

SEEDS = (
    b'HTTP/1.1 200 OK\r\nDate: Sat\r\nContent-Type: application/json\r\nContent-Length: 7\r\nX-Id: ab\r\n\r\n{"a":1}',
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nTrailer: x\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429 Too Many\r\nContent-Length: 2\r\n\r\n{}",
    b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nuntil the end",
    b"HTTP/1.1 204 No Content\r\n\r\n",
    b"HTTP/1.1 304\r\nContent-Length: 4\r\n\r\n",
    b"HTTP/1.1 200 OK\nA: b\n c\nContent-Length: 3, 3\nContent-Length: 3\n\nabc",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nConnection: keep-alive, Close\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
)
ATOMS = (
    *(b"\r\n", b"\n", b"\r", b" ", b"\t", b":", b",", b"0", b"1", b"5", b"\x00", b"\xff", b"\x85", b"\x0b", b"\x0c"),
    *(b";", b"chunked", b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n", b"\r\n\r\n", b"+", b"-", b"_"),
    *(b"transfer-encoding: gzip, chunked\r\n", b"HTTP/1.1 ", b"HTTP/2.0 200 OK\r\n", b"Connection: close\r\n"),
    *(b"0x", b"a", b"F", b"\xa0", b"99999999999999999999", b"HTTP/1.1 101 S\r\n\r\n", b"HTTP/1.1 199 S\r\n\r\n"),
)


def by_h11(parts: list[bytes]) -> Message | str:
    """Return what h11 makes of a response that comes in parts, before the stream ends."""
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
    connection.send(h11.Request(method="POST", target="/", headers=[("host", "x"), ("content-length", "0")]))
    connection.send(h11.EndOfMessage())
    head: h11.Response | None = None
    body = bytearray()
    try:
        for data in [*parts, b""]:
            connection.receive_data(data)
            while (event := connection.next_event()) is not h11.NEED_DATA:
                if event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
                    return REFUSED
                if isinstance(event, h11.InformationalResponse) and event.status_code == 101:
                    return REFUSED
                if isinstance(event, h11.Response):
                    head = event
                elif isinstance(event, h11.Data):
                    body += event.data
                elif isinstance(event, h11.EndOfMessage):
                    assert head
                    is_done = connection.our_state is connection.their_state is h11.DONE
                    reusable = is_done and not connection.trailing_data[0]
                    return head.status_code, joined(head.headers), bytes(body), reusable
    except h11.RemoteProtocolError:
        pass
    return REFUSED


def joined(fields: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return header fields with the values of repeated ones joined."""
    headers: dict[str, str] = {}
    for name, value in fields:
        key, text = name.decode("ascii"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def fed(parser: ResponseParser, parts: Iterable[bytes]) -> bytes | None:
    """Return the body once it is there."""
    bodies = (parser.feed(part) for part in parts)
    return next((body for body in bodies if body is not None), None)


def by_parser(parts: list[bytes]) -> Message | str:
    """Return what our parser makes of it."""
    parser = ResponseParser(NO_LIMIT)
    try:
        body = fed(parser, [*parts, b""])
    except ParsingError:
        return REFUSED
    assert body is not None
    assert parser.status is not None
    return parser.status, parser.headers, body, parser.keep_alive and not parser.has_surplus


def mutated(chance: random.Random) -> bytes:
    """Return a response with a few faults in it, or none."""
    text = bytearray(chance.choice(SEEDS))
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5))):
        place = chance.randrange(len(text) + 1)
        end = place + chance.randrange(1, 4)
        match chance.randrange(5):
            case 0:
                text[place:place] = chance.choice(ATOMS)
            case 1:
                del text[place:end]
            case 2:
                text[place : place + 1] = chance.choice(ATOMS)
            case 3:
                text[place:place] = bytes([chance.randrange(256)])
            case _:
                start = chance.randrange(len(text) + 1)
                text[place:place] = text[start : start + chance.randrange(30)]
    return bytes(text)


def in_parts(text: bytes, chance: random.Random) -> list[bytes]:
    """Cut a response as a network may."""
    cuts = sorted(chance.randrange(len(text) + 1) for _ in range(chance.choice((0, 0, 1, 2, 4))))
    return [part for part in (text[start:end] for start, end in pairwise([0, *cuts, len(text)])) if part]


def test_mutated_responses_are_read_as_h11_reads_them_or_refused_by_both() -> None:
    chance = random.Random(20261121)
    read = 0
    for _ in range(RESPONSES):
        parts = in_parts(mutated(chance), chance)
        expected, found = by_h11(parts), by_parser(parts)
        if isinstance(expected, str) or isinstance(found, str):
            assert found == expected, parts
            continue
        assert found[:3] == expected[:3], parts
        # Stricter than h11 about using a connection again, never laxer.
        assert expected[3] or not found[3], parts
        read += 1
    assert read > RESPONSES / 10


@pytest.mark.parametrize("seed", SEEDS)
def test_a_response_is_the_same_however_it_is_cut(seed: bytes) -> None:
    whole = by_parser([seed])
    assert whole == by_parser([seed[:1], seed[1:]])
    assert whole[:3] == by_parser([bytes([byte]) for byte in seed])[:3]


def test_a_trickled_head_is_not_searched_again_from_its_beginning() -> None:
    parts = [b"HTTP/1.1 200 OK\r\nX: ", *[b"x"] * MAX_HEAD]
    with pytest.raises(ParsingError, match="head is too large"):
        fed(ResponseParser(NO_LIMIT), parts)


@pytest.mark.parametrize(
    "parts",
    [
        [b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 11],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"6\r\nxxxxxx\r\n", b"5\r\n"],
    ],
)
def test_a_body_that_is_too_large_is_refused_before_it_is_kept(parts: list[bytes]) -> None:
    with pytest.raises(BodyTooLargeError, match="more than 10 bytes"):
        fed(ResponseParser(10), parts)


def test_a_response_with_two_lengths_ends_the_connection() -> None:
    message = by_parser([SEEDS[7]])
    assert message[2:] == (b"", False)


# Requests ----------------------------------------------------------------------------------------


def request(**headers: str) -> SignedRequest:
    """Return a request with these headers, their underscores made hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return SignedRequest("SendEmail", "POST", "http://x/", {"host": "x", **named}, b"{}", DEFAULT_TIMEOUT)


def encoded(signed: SignedRequest) -> bytes:
    """Return the bytes of a request."""
    return bytes(Http1(10).request(signed, "/v2/email?a=%2F").piece(0))


def test_a_request_is_read_by_h11_as_it_was_meant() -> None:
    server = h11.Connection(h11.SERVER)
    server.receive_data(encoded(request(x_one="two  three", empty="")))
    head = server.next_event()
    assert isinstance(head, h11.Request)
    assert (head.method, head.target) == (b"POST", b"/v2/email?a=%2F")
    expected = [(b"host", b"x"), (b"x-one", b"two  three"), (b"empty", b""), (b"content-length", b"2")]
    assert list(head.headers) == expected
    assert isinstance(body := server.next_event(), h11.Data)
    assert body.data == b"{}"
    assert isinstance(server.next_event(), h11.EndOfMessage)


def bad_headers() -> Iterator[dict[str, str]]:
    """Yield headers that would change what the request says."""
    yield from ({"x": value} for value in ("a\r\nEvil: 1", "a\nb", "a\rb", "a\x00b", " a", "a ", "é", "a\x7f"))
    yield from ({name: "1"} for name in ("x y", "x:", "", "é", "x\r\n", "content-length", "Content-Length"))
    yield from ({name: "chunked"} for name in ("transfer-encoding", "Transfer-Encoding"))


@pytest.mark.parametrize("headers", list(bad_headers()), ids=repr)
def test_headers_that_would_change_the_framing_of_the_request_are_refused(headers: dict[str, str]) -> None:
    with pytest.raises(errors.ConfigurationError, match="a header is wrong") as caught:
        encoded(request(**headers))
    assert caught.value.__context__ is None
