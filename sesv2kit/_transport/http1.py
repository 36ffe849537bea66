"""Pure: HTTP/1.1 of a client. A request becomes bytes, and bytes become a response."""

import re
import zlib
from typing import TYPE_CHECKING, Final

from .._core.exceptions import ConfigurationError, ConnectionLostError, ResponseError
from .._core.http import RawResponse, SignedRequest
from .parser import BodyTooLargeError, ParsingError, ResponseParser, too_large

if TYPE_CHECKING:
    from .._core.blobs import LargeBody

WRITE_AT_ONCE: Final = 16 * 1024
"""How many bytes are written at a time: a TLS record, so that it is known whether any of them left."""
_COMPRESSED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_BODY_METHODS: Final = frozenset({"POST", "PUT"})
_FRAMING: Final = frozenset({"content-length", "transfer-encoding"})
"""Header fields that determine where a request ends. Only this module sets them."""
_HEAD: Final = re.compile(
    rb"[A-Z]+ [!-~]+ HTTP/1\.1\r\n(?:[-!#$%&'*+.^_`|~0-9A-Za-z]+: (?:[!-~]+(?:[ \t]+[!-~]+)*)?\r\n)+\r\n"
)


class RequestBytes:
    """The bytes of a request. They show in no repr: error trackers record the locals of the frames that hold them."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes | memoryview) -> None:
        self._data = memoryview(data)

    def __len__(self) -> int:
        return len(self._data)

    def part(self, start: int) -> "RequestBytes":
        """Return what `piece` returns, as an object that does not show in a repr."""
        return RequestBytes(self.piece(start))

    def piece(self, start: int) -> memoryview:
        """Return the bytes from an offset on, at most as many as are written at a time."""
        return self._data[start : start + WRITE_AT_ONCE]


class LargeRequestBytes(RequestBytes):
    """The bytes of a request with a large body, encoded piece by piece."""

    __slots__ = ("_body",)

    def __init__(self, head: bytes, body: "LargeBody") -> None:
        super().__init__(head)
        self._body = body

    def __len__(self) -> int:
        return len(self._data) + len(self._body)

    def piece(self, start: int) -> memoryview:
        """Return the bytes from an offset on, at most as many as are written at a time."""
        head = self._data[start : start + WRITE_AT_ONCE]
        start = max(start - len(self._data), 0)
        return memoryview(bytes(head) + self._body.piece(start, start + WRITE_AT_ONCE - len(head)))


def encode_head(request: SignedRequest, target: str, authorization: str | None = None) -> bytes:
    """Return the head of a request.

    Args:
        request: The request.
        target: The target in the request line.
        authorization: The credentials for the proxy that gets the request.

    Raises:
        ConfigurationError: A header can't be sent as it is.
    """
    if not has_own_framing(request) and (head := _encoded_head(request, target, authorization)):
        return head
    # Neither the header nor its value is named here: that may be the session token.
    raise ConfigurationError(f"{request.operation}: the request can't be sent, a header is wrong or not ASCII")


def has_own_framing(request: SignedRequest) -> bool:
    """Return whether the headers, which hooks may change, determine where the request ends."""
    if not _FRAMING.isdisjoint(request.headers):
        return True
    return not "".join(request.headers).islower() and any(name.lower() in _FRAMING for name in request.headers)


def has_body(request: SignedRequest) -> bool:
    """Return whether a request says how long its body is."""
    return bool(request.body) or request.method in _BODY_METHODS


def _encoded_head(request: SignedRequest, target: str, authorization: str | None) -> bytes | None:
    lines = [f"{request.method} {target} HTTP/1.1", *[f"{name}: {value}" for name, value in request.headers.items()]]
    if has_body(request):
        lines.append(f"content-length: {len(request.body)}")
    if authorization:
        lines.append(f"proxy-authorization: {authorization}")
    try:
        head = "\r\n".join([*lines, "\r\n"]).encode("ascii")
    except UnicodeEncodeError:
        return None
    # Each line is a header field, and there are as many as were given: none of them holds a line break.
    return head if _HEAD.fullmatch(head) and head.count(b"\n") == len(lines) + 1 else None


class Http1:
    """The requests and responses of one connection, one after the other.

    Args:
        max_body: How many bytes the body of a response may have.
    """

    def __init__(self, max_body: int) -> None:
        self._max_body = max_body
        self._parser = ResponseParser(max_body)
        self._operation = ""
        self._keep_alive = False
        """Whether the request lets the connection stay open."""
        self._is_done = False
        """Whether its response is complete."""

    def request(self, request: SignedRequest, target: str, authorization: str | None = None) -> RequestBytes:
        """Begin a request, and return its bytes.

        Args:
            request: The request.
            target: The path and query of its URL; through a proxy, the whole URL.
            authorization: The credentials for the proxy that gets the request.

        Raises:
            ConfigurationError: It can't be sent as it is.
        """
        head = encode_head(request, target, authorization)
        self._parser.begin()
        self._operation = request.operation
        self._keep_alive = "connection" not in request.headers and "upgrade" not in request.headers
        self._is_done = False
        body = request.body
        return RequestBytes(head + body) if isinstance(body, bytes) else LargeRequestBytes(head, body)

    def receive(self, data: bytes) -> RawResponse | None:
        """Take in bytes of the response, none at the end of the stream; returns the response once it is whole.

        Raises:
            ConnectionLostError: It ended too early, or is not HTTP.
            ResponseError: It is larger than it may be, or can't be decompressed.
        """
        body: bytes | None = None
        problem: ParsingError | ValueError | None = None
        parser = self._parser
        try:
            body = parser.feed(data)
            if body is not None and "content-encoding" in parser.headers:
                body = decompressed(body, parser.headers["content-encoding"], self._max_body)
        except (ParsingError, ValueError) as error:
            problem = error
        # The error is raised here, so that its traceback has no frame with the received bytes.
        if problem is not None:
            raise self._failure(problem)
        if body is None or parser.status is None:
            return None
        self._is_done = True
        return RawResponse(parser.status, parser.headers, body)

    @property
    def has_head(self) -> bool:
        """Whether the head of the response has arrived; interim responses do not count."""
        return self._parser.status is not None

    @property
    def is_reusable(self) -> bool:
        """Whether the connection can have another request: its response is complete, and nothing follows it."""
        parser = self._parser
        return self._is_done and self._keep_alive and parser.keep_alive and not parser.has_surplus

    def _failure(self, problem: Exception) -> ConnectionLostError | ResponseError:
        operation = self._operation
        if isinstance(problem, ParsingError) and not isinstance(problem, BodyTooLargeError):
            return ConnectionLostError(f"{operation}: {problem}", operation=operation, outcome="unknown")
        message = f"{operation}: the response can't be read: {problem}"
        return ResponseError(message, operation=operation, status_code=self._parser.status)


class TunnelError(ConnectionError):
    """A proxy's refusal to open a tunnel."""

    def __init__(self, status: int) -> None:
        hint = " (it requires a user and a password, or refuses those of its URL)" if status == 407 else ""
        super().__init__(f"the proxy refused to connect to the endpoint: HTTP {status}{hint}")
        self.is_retryable = status in (408, 425, 429) or status >= 500
        """Whether another attempt may succeed."""


class Connect:
    """The request for a tunnel through a proxy, and the proxy's response.

    Args:
        host: The host that the tunnel leads to.
        port: Its port.
        authorization: The credentials for the proxy.
    """

    def __init__(self, host: str, port: int, authorization: str | None) -> None:
        name = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
        self._target = f"{name}:{port}"
        self._authorization = authorization
        self._parser = ResponseParser(max_body=0)

    def request(self) -> RequestBytes:
        """Return the bytes of the request."""
        credentials = f"proxy-authorization: {self._authorization}\r\n" if self._authorization else ""
        head = f"CONNECT {self._target} HTTP/1.1\r\nhost: {self._target}\r\n{credentials}\r\n"
        return RequestBytes(head.encode("ascii"))

    def receive(self, data: bytes) -> bool:
        """Take in bytes of the response, none at the end of the stream; returns whether the tunnel is open.

        Raises:
            ConnectionError: The proxy refused, or does not speak HTTP.
        """
        problem = self._problem(data)
        if problem:
            raise ConnectionError(problem)
        status = self._parser.status
        if status is None:
            return False
        if not 200 <= status < 300:
            raise TunnelError(status)
        if self._parser.has_surplus:  # but in TLS the client sends first
            raise ConnectionError("the proxy sent more than its response to CONNECT")
        return True

    def _problem(self, data: bytes) -> str | None:
        try:
            self._parser.feed_head(data)
        except BodyTooLargeError:
            return None  # the body of a refusal, which is not read
        except ParsingError:
            return "the proxy does not speak HTTP/1.1" if data else "the proxy closed the connection"
        return None


def decompressed(body: bytes, encoding: str | None, limit: int) -> bytes:
    """Undo the compression of a body, which was not requested; one of another kind is left as it is.

    Raises:
        ValueError: It is broken, or larger than it may be.
    """
    if not body or encoding is None or encoding.strip().lower() not in _COMPRESSED:
        return body
    decompressor = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        data = decompressor.decompress(body, limit + 1)
    except zlib.error:
        raise ValueError(f"it is not {encoding.strip()}") from None
    if len(data) > limit:
        raise ValueError(too_large(limit))
    if not decompressor.eof:
        raise ValueError(f"its {encoding.strip()} data ends too early")
    return data
