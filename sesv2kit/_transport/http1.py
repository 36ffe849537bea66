"""Pure: HTTP/1.1 as h11 speaks it. A request becomes bytes, and bytes become a response."""

import zlib
from contextlib import suppress
from typing import Final

import h11

from .._core.exceptions import ConfigurationError, ConnectionLostError, ResponseError
from .._core.http import RawResponse, SignedRequest

_MAX_HEAD: Final = 100 * 1024
"""How many bytes the head of a response may have."""
_PACKED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_BODY_METHODS: Final = frozenset({"POST", "PUT"})


def header_fields(request: SignedRequest) -> list[tuple[bytes, bytes]]:
    """Return the header fields of a request as they travel.

    Raises:
        ConfigurationError: A header is not ASCII.
    """
    try:
        fields = [(name.encode("ascii"), value.encode("ascii")) for name, value in request.headers.items()]
    except UnicodeEncodeError:
        raise ConfigurationError(f"{request.operation}: a hook set a header that is not ASCII") from None
    if request.body or request.method in _BODY_METHODS:
        fields.append((b"content-length", b"%d" % len(request.body)))
    return fields


class Http1:
    """One connection's requests and responses, one after the other.

    Args:
        max_body: How many bytes the body of a response may have.
    """

    def __init__(self, max_body: int) -> None:
        self._max_body = max_body
        self._h11 = h11.Connection(h11.CLIENT, max_incomplete_event_size=_MAX_HEAD)
        self._request: SignedRequest
        self._head: h11.Response
        self._status: int | None = None
        self._body = bytearray()

    def request(self, request: SignedRequest, target: str) -> bytes:
        """Begin a request, and return its bytes.

        Args:
            request: The request.
            target: The path and query of its URL.

        Raises:
            ConfigurationError: It can't be sent as it is.
        """
        if self._h11.our_state is h11.DONE:
            self._h11.start_next_cycle()
        self._request, self._status, self._body = request, None, bytearray()
        with suppress(h11.LocalProtocolError):
            head = h11.Request(method=request.method, target=target, headers=header_fields(request))
            data = self._h11.send(head) or b""
            if request.body:
                data += self._h11.send(h11.Data(data=request.body)) or b""
            return data + (self._h11.send(h11.EndOfMessage()) or b"")
        # Without h11's error, which quotes the header that it refuses: that may be the session token.
        raise ConfigurationError(f"{request.operation}: the request can't be sent, a header is wrong")

    def receive(self, data: bytes) -> RawResponse | None:
        """Take in bytes of the response, none at the end of the stream; returns the response once it is whole.

        Raises:
            ConnectionLostError: It ended too early, or is not HTTP.
            ResponseError: It is larger than it may be, or can't be unpacked.
        """
        if not data and self._h11.their_state is h11.SEND_RESPONSE and not self._h11.trailing_data[0]:
            raise self._lost("the server closed the connection without a response")
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
                    return self._raw_response()
        # Without h11's error, which quotes what came: that may be anything.
        raise self._lost(
            "the response is not HTTP/1.1" if data else "the connection ended before the whole response came"
        )

    @property
    def is_reusable(self) -> bool:
        """Whether the connection can have another request: both sides are done, and nothing more has come."""
        connection = self._h11
        return connection.our_state is connection.their_state is h11.DONE and not connection.trailing_data[0]

    def _raw_response(self) -> RawResponse:
        headers: dict[str, str] = {}
        for name, value in self._head.headers:
            key, text = name.decode("ascii"), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        try:
            body = unpacked(bytes(self._body), headers.get("content-encoding"), self._max_body)
        except ValueError as error:
            raise self._unreadable(str(error)) from None
        status = self._head.status_code
        del self._request, self._head, self._body  # an idle connection keeps no mail
        return RawResponse(status, headers, body)

    def _lost(self, message: str) -> ConnectionLostError:
        operation = self._request.operation
        return ConnectionLostError(f"{operation}: {message}", operation=operation, outcome="unknown")

    def _unreadable(self, message: str) -> ResponseError:
        operation = self._request.operation
        message = f"{operation}: the response can't be read: {message}"
        return ResponseError(message, operation=operation, status_code=self._status)


def too_large(limit: int) -> str:
    """Say that a body is larger than it may be."""
    return f"it has more than {limit} bytes"


def unpacked(body: bytes, encoding: str | None, limit: int) -> bytes:
    """Undo the compression of a body, which was not asked for; one of another kind is left as it is.

    Raises:
        ValueError: It is broken, or larger than it may be.
    """
    if encoding is None or encoding.strip().lower() not in _PACKED:
        return body
    try:
        data = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, limit + 1)
    except zlib.error:
        raise ValueError(f"it is not {encoding.strip()}") from None
    if len(data) > limit:
        raise ValueError(too_large(limit))
    return data
