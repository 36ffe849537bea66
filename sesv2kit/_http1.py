"""Pure: HTTP/1.1 as h11 speaks it. A request becomes bytes, and bytes become an answer."""

from collections.abc import Iterator
from typing import Final

import h11

from ._exceptions import ConfigurationError, ConnectionLostError, ResponseError
from ._request import Outgoing
from ._response import Reply

_MAX_HEAD: Final = 100 * 1024
"""How many bytes the head of an answer may have."""
_UNPACKED_AT_A_TIME: Final = 4096
"""A part this small unpacks to no more than some megabytes."""
_BODY_METHODS: Final = frozenset({"POST", "PUT"})


def header_fields(outgoing: Outgoing) -> list[tuple[bytes, bytes]]:
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
        self._outgoing: Outgoing
        self._head: h11.Response
        self._status: int | None = None
        self._body = bytearray()

    def request(self, outgoing: Outgoing, target: str) -> bytes:
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
        try:
            head = h11.Request(method=outgoing.method, target=target, headers=header_fields(outgoing))
            data = self._h11.send(head) or b""
            if outgoing.body:
                data += self._h11.send(h11.Data(data=outgoing.body)) or b""
            return data + (self._h11.send(h11.EndOfMessage()) or b"")
        except h11.LocalProtocolError:
            # h11 quotes the header that it refuses, which may be the session token.
            raise ConfigurationError(f"{outgoing.operation}: the request can't be sent, a header is wrong") from None

    def receive(self, data: bytes) -> Reply | None:
        """Take in bytes of the answer, none at the end of the stream; returns the answer once it is whole.

        Raises:
            ConnectionLostError: It ended too early, or is not HTTP.
            ResponseError: It is larger than it may be, or can't be unpacked.
        """
        if not data and self._h11.their_state is h11.SEND_RESPONSE and not self._h11.trailing_data[0]:
            raise self._lost("the server closed the connection without an answer")
        try:
            self._h11.receive_data(data)
            while True:
                event = self._h11.next_event()
                if event is h11.NEED_DATA:
                    return None
                if isinstance(event, h11.Response):
                    self._head, self._status = event, event.status_code
                elif isinstance(event, h11.Data):
                    self._add(self._body, event.data)
                elif isinstance(event, h11.EndOfMessage):
                    return self._reply()
        except h11.RemoteProtocolError as error:
            raise self._lost(str(error)) from error

    @property
    def is_reusable(self) -> bool:
        """Whether the connection can have another request: both sides are done, and nothing more has come."""
        connection = self._h11
        return connection.our_state is connection.their_state is h11.DONE and not connection.trailing_data[0]

    def _reply(self) -> Reply:
        headers: dict[str, str] = {}
        for name, value in self._head.headers:
            key, text = name.decode("ascii"), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        if "content-encoding" in headers:
            self._unpack(headers["content-encoding"])
        return Reply(self._head.status_code, headers, bytes(self._body))

    def _unpack(self, encoding: str) -> None:
        """Undo the compression of the body, which was not asked for."""
        import httpx

        packed = httpx.Response(200, headers={"content-encoding": encoding}, content=_slices(bytes(self._body)))
        body = bytearray()
        try:
            for part in packed.iter_bytes():
                self._add(body, part)
        except httpx.DecodingError as error:
            raise self._unreadable(str(error)) from error
        self._body = body

    def _add(self, body: bytearray, part: bytes) -> None:
        body += part
        if len(body) > self._max_body:
            raise self._unreadable(f"it has more than {self._max_body} bytes")

    def _lost(self, told: str) -> ConnectionLostError:
        operation = self._outgoing.operation
        return ConnectionLostError(f"{operation}: {told}", operation=operation, outcome="unknown")

    def _unreadable(self, told: str) -> ResponseError:
        operation = self._outgoing.operation
        told = f"{operation}: the answer can't be read: {told}"
        return ResponseError(told, operation=operation, status_code=self._status)


def _slices(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _UNPACKED_AT_A_TIME):
        yield data[start : start + _UNPACKED_AT_A_TIME]
