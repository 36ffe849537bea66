"""Pure: HTTP/1.1 as h11 speaks it. A request becomes bytes, and bytes become a response."""

import zlib
from contextlib import suppress
from typing import Final

import h11

from .._core.exceptions import ConfigurationError, ConnectionLostError, ResponseError
from .._core.http import RawResponse, SignedRequest

WRITE_AT_ONCE: Final = 16 * 1024
"""How many bytes are written at a time: a TLS record, so that it is known whether any of them left."""
_MAX_HEAD: Final = 100 * 1024
"""How many bytes the head of a response may have."""
_MAX_INTERIM: Final = 32
"""How many interim responses (1xx) may come before a response."""
_COMPRESSED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_BODY_METHODS: Final = frozenset({"POST", "PUT"})

Fields = list[tuple[bytes, bytes]]


class RequestBytes:
    """The bytes of a request. They show in no repr: error trackers record the locals of the frames that hold them."""

    def __init__(self, data: bytes | memoryview) -> None:
        self._data = memoryview(data)

    def __len__(self) -> int:
        return len(self._data)

    def part(self, start: int) -> "RequestBytes":
        """Return the same as `piece`."""
        return RequestBytes(self.piece(start))

    def piece(self, start: int) -> memoryview:
        """Return the bytes from a place on, as many as are written at a time."""
        return self._data[start : start + WRITE_AT_ONCE]


def header_fields(request: SignedRequest) -> Fields:
    """Return the header fields of a request as they travel.

    Raises:
        ConfigurationError: A header is not ASCII.
    """
    fields = _ascii_fields(request)
    if fields is None:
        raise ConfigurationError(f"{request.operation}: a hook set a header that is not ASCII")
    if request.body or request.method in _BODY_METHODS:
        fields.append((b"content-length", b"%d" % len(request.body)))
    return fields


def _ascii_fields(request: SignedRequest) -> Fields | None:
    with suppress(UnicodeEncodeError):
        return [(name.encode("ascii"), value.encode("ascii")) for name, value in request.headers.items()]
    return None


class Http1:
    """The requests and responses of one connection, one after the other.

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
        self._interim = 0

    def request(self, request: SignedRequest, target: str, authorization: bytes | None = None) -> RequestBytes:
        """Begin a request, and return its bytes.

        Args:
            request: The request.
            target: The path and query of its URL; through a proxy, the whole URL.
            authorization: The credentials for the proxy that gets the request.

        Raises:
            ConfigurationError: It can't be sent as it is.
        """
        if self._h11.our_state is h11.DONE:
            self._h11.start_next_cycle()
        self._request, self._status, self._body, self._interim = request, None, bytearray(), 0
        data = self._encoded(target, header_fields(request), authorization)
        # Without h11's error and frames, which hold the header that it refuses: that may be the session token.
        if data is None:
            raise ConfigurationError(f"{request.operation}: the request can't be sent, a header is wrong")
        return data

    def _encoded(self, target: str, fields: Fields, authorization: bytes | None) -> RequestBytes | None:
        if authorization:
            fields.append((b"proxy-authorization", authorization))
        with suppress(h11.LocalProtocolError):
            data = self._h11.send(h11.Request(method=self._request.method, target=target, headers=fields)) or b""
            if self._request.body:
                data += self._h11.send(h11.Data(data=self._request.body)) or b""
            return RequestBytes(data + (self._h11.send(h11.EndOfMessage()) or b""))
        return None

    def receive(self, data: bytes) -> RawResponse | None:
        """Take in bytes of the response, none at the end of the stream; returns the response once it is whole.

        Raises:
            ConnectionLostError: It ended too early, or is not HTTP.
            ResponseError: It is larger than it may be, or can't be decompressed.
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
                    raise self._lost("the server switched to another protocol")
                if isinstance(event, h11.InformationalResponse):
                    self._interim += 1
                    if self._interim > _MAX_INTERIM:
                        raise self._lost("the server sent interim responses without end")
                elif isinstance(event, h11.Response):
                    self._head, self._status = event, event.status_code
                elif isinstance(event, h11.Data):
                    self._body += event.data
                    if len(self._body) > self._max_body:
                        raise self._unreadable(too_large(self._max_body))
                elif isinstance(event, h11.EndOfMessage):
                    return self._raw_response()
        # Without h11's error, which quotes what came: that may be anything.
        raise self._lost("the response is not HTTP/1.1" if data else "the connection ended before the whole response")

    @property
    def has_head(self) -> bool:
        """Whether the head of the response has come; interim responses do not count."""
        return self._status is not None

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
            body = decompressed(bytes(self._body), headers.get("content-encoding"), self._max_body)
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


class TunnelError(ConnectionError):
    """A proxy's refusal to open a tunnel."""

    def __init__(self, status: int) -> None:
        hint = " (it wants a user and a password, or refuses those of its URL)" if status == 407 else ""
        super().__init__(f"the proxy refused to connect to the endpoint: HTTP {status}{hint}")
        self.is_retryable = status in (408, 425, 429) or status >= 500
        """Whether the proxy may think better of it."""


class Connect:
    """The request for a tunnel through a proxy, and the proxy's response.

    Args:
        host: The host that the tunnel leads to.
        port: Its port.
        authorization: The credentials for the proxy.
    """

    def __init__(self, host: str, port: int, authorization: bytes | None) -> None:
        self._h11 = h11.Connection(h11.CLIENT, max_incomplete_event_size=_MAX_HEAD)
        self._target = b"[%b]:%d" % (host.encode(), port) if ":" in host else b"%b:%d" % (host.encode("idna"), port)
        self._authorization = authorization
        self._interim = 0

    def request(self) -> RequestBytes:
        """Return the bytes of the request."""
        fields = [(b"host", self._target)]
        if self._authorization:
            fields.append((b"proxy-authorization", self._authorization))
        head = h11.Request(method="CONNECT", target=self._target, headers=fields)
        return RequestBytes((self._h11.send(head) or b"") + (self._h11.send(h11.EndOfMessage()) or b""))

    def receive(self, data: bytes) -> bool:
        """Take in bytes of the response, none at the end of the stream; returns whether the tunnel is open.

        Raises:
            ConnectionError: The proxy refused, or does not speak HTTP.
        """
        status = self._status(data)
        if status is None:
            return False
        if not status:
            raise ConnectionError("the proxy does not speak HTTP/1.1" if data else "the proxy closed the connection")
        if not 200 <= status < 300:
            raise TunnelError(status)
        if self._h11.trailing_data[0]:  # but in TLS the server speaks second
            raise ConnectionError("the proxy sent more than its response to CONNECT")
        return True

    def _status(self, data: bytes) -> int | None:
        """Return the status of the response; None if it has not come yet, 0 if there is none."""
        with suppress(h11.RemoteProtocolError):
            self._h11.receive_data(data)
            while self._interim <= _MAX_INTERIM:
                event = self._h11.next_event()
                if event is h11.NEED_DATA:
                    return None
                if isinstance(event, h11.Response):
                    return event.status_code
                self._interim += 1
        return 0


def too_large(limit: int) -> str:
    """Say that a body is larger than it may be."""
    return f"it has more than {limit} bytes"


def decompressed(body: bytes, encoding: str | None, limit: int) -> bytes:
    """Undo the compression of a body, which was not asked for; one of another kind is left as it is.

    Raises:
        ValueError: It is broken, or larger than it may be.
    """
    if encoding is None or encoding.strip().lower() not in _COMPRESSED:
        return body
    try:
        data = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, limit + 1)
    except zlib.error:
        raise ValueError(f"it is not {encoding.strip()}") from None
    if len(data) > limit:
        raise ValueError(too_large(limit))
    return data
