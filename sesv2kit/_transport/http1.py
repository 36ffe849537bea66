"""Pure: HTTP/1.1 as h11 speaks it. A request becomes bytes, and bytes become an answer."""

import zlib
from contextlib import suppress
from typing import Final

import h11

from .._core.exceptions import ConfigurationError, ConnectionLostError, ResponseError
from .._core.http import RawResponse, SignedRequest

_MAX_HEAD: Final = 100 * 1024
"""How many bytes the head of an answer may have."""
_PACKED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_BODY_METHODS: Final = frozenset({"POST", "PUT"})


def header_fields(outgoing: SignedRequest) -> list[tuple[bytes, bytes]]:
    """Return the header fields of a request as they travel.

    Raises:
        ConfigurationError: A header is not ASCII.
    """
    try:
        fields = [(name.encode("ascii"), value.encode("ascii")) for name, value in outgoing.headers.items()]
    except UnicodeEncodeError:
        raise ConfigurationError(f"{outgoing.operation}: a hook set a header that is not ASCII") from None
    if outgoing.body or outgoing.method in _BODY_METHODS:
        fields.append((b"content-length", b"%d" % len(outgoing.body)))
    return fields


class Http1:
    """One connection's requests and answers, one after the other.

    Args:
        max_body: How many bytes the body of an answer may have.
    """

    def __init__(self, max_body: int) -> None:
        self._max_body = max_body
        self._h11 = h11.Connection(h11.CLIENT, max_incomplete_event_size=_MAX_HEAD)
        self._outgoing: SignedRequest
        self._head: h11.Response
        self._status: int | None = None
        self._body = bytearray()

    def request(self, outgoing: SignedRequest, target: str) -> bytes:
        """Begin a request, and return its bytes.

        Args:
            outgoing: The request.
            target: The path and query of its URL.

        Raises:
            ConfigurationError: It can't be sent as it is.
        """
        if self._h11.our_state is h11.DONE:
            self._h11.start_next_cycle()
        self._outgoing, self._status, self._body = outgoing, None, bytearray()
        with suppress(h11.LocalProtocolError):
            head = h11.Request(method=outgoing.method, target=target, headers=header_fields(outgoing))
            data = self._h11.send(head) or b""
            if outgoing.body:
                data += self._h11.send(h11.Data(data=outgoing.body)) or b""
            return data + (self._h11.send(h11.EndOfMessage()) or b"")
        # Without h11's error, which quotes the header that it refuses: that may be the session token.
        raise ConfigurationError(f"{outgoing.operation}: the request can't be sent, a header is wrong")

    def receive(self, data: bytes) -> RawResponse | None:
        """Take in bytes of the answer, none at the end of the stream; returns the answer once it is whole.

        Raises:
            ConnectionLostError: It ended too early, or is not HTTP.
            ResponseError: It is larger than it may be, or can't be unpacked.
        """
        if not data and self._h11.their_state is h11.SEND_RESPONSE and not self._h11.trailing_data[0]:
            raise self._lost("the server closed the connection without an answer")
        with suppress(h11.RemoteProtocolError):
            self._h11.receive_data(data)
            while True:
                event = self._h11.next_event()
                if event is h11.NEED_DATA:
                    return None
                if event is h11.PAUSED:
                    raise self._lost("the server changed over to another protocol")
                if isinstance(event, h11.Response):
                    self._head, self._status = event, event.status_code
                elif isinstance(event, h11.Data):
                    self._body += event.data
                    if len(self._body) > self._max_body:
                        raise self._unreadable(too_large(self._max_body))
                elif isinstance(event, h11.EndOfMessage):
                    return self._reply()
        # Without h11's error, which quotes what came: that may be anything.
        raise self._lost("the answer is no HTTP/1.1" if data else "the connection ended before the whole answer came")

    @property
    def is_reusable(self) -> bool:
        """Whether the connection can have another request: both sides are done, and nothing more has come."""
        connection = self._h11
        return connection.our_state is connection.their_state is h11.DONE and not connection.trailing_data[0]

    def _reply(self) -> RawResponse:
        headers: dict[str, str] = {}
        for name, value in self._head.headers:
            key, text = name.decode("ascii"), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        try:
            body = unpacked(bytes(self._body), headers.get("content-encoding"), self._max_body)
        except ValueError as error:
            raise self._unreadable(str(error)) from None
        status = self._head.status_code
        del self._outgoing, self._head, self._body  # an idle connection keeps no mail
        return RawResponse(status, headers, body)

    def _lost(self, told: str) -> ConnectionLostError:
        operation = self._outgoing.operation
        return ConnectionLostError(f"{operation}: {told}", operation=operation, outcome="unknown")

    def _unreadable(self, told: str) -> ResponseError:
        operation = self._outgoing.operation
        told = f"{operation}: the answer can't be read: {told}"
        return ResponseError(told, operation=operation, status_code=self._status)


def too_large(most: int) -> str:
    """Say that a body is larger than it may be."""
    return f"it has more than {most} bytes"


def unpacked(body: bytes, encoding: str | None, most: int) -> bytes:
    """Undo the compression of a body, which was not asked for; one of another kind is left as it is.

    Raises:
        ValueError: It is broken, or larger than it may be.
    """
    if encoding is None or encoding.strip().lower() not in _PACKED:
        return body
    try:
        data = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, most + 1)
    except zlib.error:
        raise ValueError(f"it is no {encoding.strip()}") from None
    if len(data) > most:
        raise ValueError(too_large(most))
    return data
