"""Pure: reads HTTP/1.1 responses out of the bytes of a connection, and is strict about where each one ends.

RFC 9112, section 6, defines where a response ends. Where that is ambiguous, the response is refused: if a byte were
read as part of the wrong response, the wrong outcome of a mail would be reported. The tests compare this parser with
h11, byte for byte.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

MAX_HEAD: Final = 100 * 1024
"""Bytes that the head of a response may have; the same for the head of a chunk, and for the trailers."""
MAX_INTERIM: Final = 32
"""Interim responses (1xx) that may come before the final one."""

NOTHING: Final = "the server closed the connection without a response"
ENDED: Final = "the connection ended before the whole response"

# No pattern may have two ways to match the same text: the time for a hostile head would grow with its square.
# Those that are not compiled here are for unusual responses, and are compiled when the first of these is read.
_STATUS_LINE: Final = r"(?a)HTTP/([0-9]\.[0-9]) ([0-9]{3})(?: (?:[ \t]|[^\x00\s])*)?"
_FIELD: Final = r"([-!#$%&'*+.^_`|~0-9A-Za-z]+):([^\x00\n\r\v\f]*)"
_USUAL_HEAD: Final = re.compile(
    rb"HTTP/1\.1 ([2-5][0-9]{2})(?: [ -~]*)?\r\n((?:[-!#$%&'*+.^_`|~0-9A-Za-z]+:[^\x00\n\r\v\f]*\r\n)+)\r\n"
)
_USUAL_FIELD: Final = re.compile(r"([^:]+):([^\r]*)\r\n")
_END_OF_LINES: Final = re.compile(rb"\n\r?\n")
_CHUNK_HEAD: Final = rb"([0-9A-Fa-f]{1,20})(?:;[^\n]*|[ \t]*)\r\n"
_WHITE_SPACE: Final = (" ", "\t")
_LENGTH: Final = re.compile(r"[0-9]{1,20}", re.ASCII)
_WITHOUT_BODY: Final = frozenset({204, 304})
_SWITCHING_PROTOCOLS: Final = 101


class ParsingError(Exception):
    """The bytes can't be read as a response. The message never quotes them, since they may be anything."""


class MalformedResponseError(ParsingError):
    """The bytes are not an HTTP/1.1 response."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"the response is not HTTP/1.1: {problem}")


class IncompleteResponseError(ParsingError):
    """The stream ended too early."""


class BodyTooLargeError(ParsingError):
    """The body has more bytes than it may have."""


class ResponseParser:
    """Reads the responses of one connection, one after the other; `begin` comes before each.

    Args:
        max_body: Bytes that a body may have.
    """

    __slots__ = (
        "_buffer",
        "_chunked_size",
        "_chunks",
        "_in_trailers",
        "_interim",
        "_left",
        "_max_body",
        "_searched",
        "headers",
        "keep_alive",
        "status",
    )

    def __init__(self, max_body: int) -> None:
        self._max_body = max_body
        self._buffer = bytearray()
        self.begin()

    def begin(self) -> None:
        """Prepare for the next response."""
        self.status: int | None = None
        """The status of the final response, once its head is complete."""
        self.headers: dict[str, str] = {}
        """The header fields of the final response, names in lower case; the values of a repeated one are joined."""
        self.keep_alive = False
        """Whether the response allows another request on the connection."""
        self._left: int | None = None
        """Bytes of the body or chunk that are still to be read; None if that is not known, or no chunk has begun."""
        self._chunks: list[bytes] | None = None
        """The chunks so far; None if the body is not chunked."""
        self._chunked_size = 0
        self._in_trailers = False
        self._interim = 0
        self._searched = 0

    @property
    def has_surplus(self) -> bool:
        """Whether bytes have arrived that do not belong to the response."""
        return bool(self._buffer)

    def feed(self, data: bytes) -> bytes | None:
        """Take in bytes, none at the end of the stream; returns the body once the response is complete.

        Raises:
            ParsingError: It is not an HTTP/1.1 response, it ended too early, or its body is too large.
        """
        if self.status is None and not self._buffer and not self._interim:
            body = self._read_usual(data)
            if body is not None:
                return body
        self._buffer += data
        body = None
        if self.status is not None or self._read_head():
            body = self._read_body(ended=not data) if self._chunks is None else self._read_chunks(self._chunks)
        if body is None and not data:
            raise IncompleteResponseError(ENDED if self.status is not None or self._buffer else NOTHING)
        return body

    def _read_usual(self, data: bytes) -> bytes | None:
        """Return the body of a response that arrived whole and has nothing unusual in its head.

        For any other response this returns None, and `feed` reads it step by step. Both paths give the same result for
        a response that both accept.
        """
        head = _USUAL_HEAD.match(data)
        if not head:
            return None
        fields = _USUAL_FIELD.findall(head[2].decode("latin-1"))
        headers = {name.lower(): value.strip(" \t") for name, value in fields}
        length, status = headers.get("content-length", ""), int(head[1])
        if (
            len(headers) < len(fields)  # one is repeated
            or "transfer-encoding" in headers
            or headers.get("connection", "keep-alive").lower() != "keep-alive"
            or status in _WITHOUT_BODY
            or not _LENGTH.fullmatch(length)
            or len(data) - head.end() != int(length)
            or int(length) > self._max_body
            or head.end() > MAX_HEAD
        ):
            return None
        self.status, self.headers, self.keep_alive = status, headers, True
        return data[head.end() :]

    def feed_head(self, data: bytes) -> bool:
        """Take in bytes of a response to CONNECT, whose head is all of it; returns whether it is complete.

        Raises:
            ParsingError: It is not an HTTP/1.1 response, or it ended too early.
        """
        self._buffer += data
        if self._read_head():
            return True
        if not data:
            raise IncompleteResponseError(ENDED if self._buffer else NOTHING)
        return False

    def _read_head(self) -> bool:
        """Read the head of the final response, past interim ones; False if it is not complete yet."""
        while self._interim <= MAX_INTERIM:
            if self._buffer and self._buffer[0] <= 0x20:
                raise MalformedResponseError("it does not begin with a status line")
            lines = self._take_lines()
            if lines is None:
                return False
            matched = re.fullmatch(_STATUS_LINE, lines[0] if lines else "")
            if not matched:
                raise MalformedResponseError("it has no status line")
            headers, status = _headers(lines[1:]), int(matched[2])
            if status < 100:
                raise MalformedResponseError("it has no status")
            if status == _SWITCHING_PROTOCOLS:
                raise ParsingError("the server switched to another protocol")
            if status >= 200:
                self._frame(status, headers, is_http11=matched[1] == "1.1")
                return True
            self._interim += 1
        raise ParsingError("the server sent interim responses without end")

    def _frame(self, status: int, headers: dict[str, str], *, is_http11: bool) -> None:
        """Decide where the body ends."""
        self.status, self.headers = status, headers
        tokens = {token.strip().lower() for token in headers.get("connection", "").split(",")}
        self.keep_alive = is_http11 and "close" not in tokens
        length = headers.get("content-length")
        if status in _WITHOUT_BODY:
            self._left = 0
        elif "transfer-encoding" in headers:
            self._chunks = []
            self.keep_alive = self.keep_alive and length is None  # with both, a proxy may have used the length
        elif length is not None:
            self._left = int(length)
            self._check_size(self._left)
        else:
            self.keep_alive = False  # the end of the stream is the end of the body

    def _read_body(self, *, ended: bool) -> bytes | None:
        if self._left is None:
            self._check_size(len(self._buffer))
            return self._take(len(self._buffer)) if ended else None
        return self._take(self._left) if len(self._buffer) >= self._left else None

    def _read_chunks(self, chunks: list[bytes]) -> bytes | None:
        while not self._in_trailers:
            if self._left is None and not self._read_chunk_head():
                return None
            data = self._take_chunk()
            if data is None:
                return None
            chunks.append(data)
        trailers = self._take_lines()
        if trailers is None:
            return None
        _headers(trailers)
        return b"".join(chunks)

    def _read_chunk_head(self) -> bool:
        """Read the size of the next chunk, which is 0 after the last one; False if it has not arrived yet."""
        end = self._buffer.find(b"\r\n") + 2
        if end < 2:
            self._check_buffer()
            return False
        matched = re.fullmatch(_CHUNK_HEAD, self._take(end))
        if not matched:
            raise MalformedResponseError("the head of a chunk can't be read")
        size = int(matched[1], 16)
        self._in_trailers = size == 0
        self._left = size or None
        self._chunked_size += size
        self._check_size(self._chunked_size)
        return True

    def _take_chunk(self) -> bytes | None:
        """Take a chunk and the line end behind it; None if they are not complete yet."""
        if self._left is None:  # the last chunk is empty, and has no line end of its own
            return b""
        if len(self._buffer) < self._left + 2:
            return None
        data = self._take(self._left)
        if self._take(2) != b"\r\n":
            raise MalformedResponseError("a chunk does not end where it should")
        self._left = None
        return data

    def _take_lines(self) -> list[str] | None:
        """Take the lines up to an empty one, without their ends; None if they are not complete yet."""
        buffer = self._buffer
        for empty in (b"\n", b"\r\n"):
            if buffer.startswith(empty):
                self._take(len(empty))
                return []
        found = _END_OF_LINES.search(buffer, max(self._searched - 2, 0))
        if not found:
            self._searched = len(buffer)
            self._check_buffer()
            return None
        self._searched = 0
        text = self._take(found.end())[: found.start() - found.end()].decode("latin-1")
        return [line.removesuffix("\r") for line in text.split("\n")]

    def _take(self, size: int) -> bytes:
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    def _check_buffer(self) -> None:
        if len(self._buffer) > MAX_HEAD:
            raise MalformedResponseError("its head is too large")

    def _check_size(self, size: int) -> None:
        if size > self._max_body:
            raise BodyTooLargeError(too_large(self._max_body))


def too_large(limit: int) -> str:
    """Return the message for a body that is larger than it may be."""
    return f"it has more than {limit} bytes"


def _headers(lines: Sequence[str]) -> dict[str, str]:
    """Return header fields by their names in lower case.

    Raises:
        MalformedResponseError: A line is not a header field, or the fields that say where the body ends are doubtful.
    """
    headers: dict[str, str] = {}
    lengths: set[str] = set()
    if any(line.startswith(_WHITE_SPACE) for line in lines):
        lines = list(_unfolded(lines))
    for line in lines:
        matched = re.fullmatch(_FIELD, line)
        if not matched:
            raise MalformedResponseError("a line of its head is not a header field")
        name, value = matched[1].lower(), matched[2].strip(" \t")
        if name == "content-length":
            lengths |= {length.strip(" \t") for length in value.split(",")}
        elif name == "transfer-encoding":
            value = value.lower()
            if name in headers or value != "chunked":
                raise MalformedResponseError("its transfer encoding is not chunked alone")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    if lengths:
        headers["content-length"] = length = lengths.pop()
        if lengths or not _LENGTH.fullmatch(length):
            raise MalformedResponseError("its length is not one number")
    return headers


def _unfolded(lines: Iterable[str]) -> Iterator[str]:
    """Join lines that begin with white space to the line before, as RFC 9112, section 5.2, has it."""
    parts: list[str] = []
    for line in lines:
        if not line.startswith(_WHITE_SPACE):
            if parts:
                yield " ".join(parts)
            parts = [line]
        elif not parts:
            raise MalformedResponseError("its first line is a continuation")
        else:
            parts.append(line.lstrip(" \t"))
    if parts:
        yield " ".join(parts)
