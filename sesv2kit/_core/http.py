"""The HTTP request that a call passes to the transport, and the response that the transport returns."""

import re
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from .timeout import Phase, Phases

if TYPE_CHECKING:
    from .blobs import LargeBody

MAX_BODY: Final = 32 * 1024 * 1024
"""How many bytes the body of a response may have."""
_HEADER_NAME: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_SECRET_NAME: Final = r"(?i)auth|token|secret|key|cookie|password|signature"


class Headers(dict[str, str]):
    """HTTP headers by name. Those that may hold a secret show no value in the repr, which error trackers record."""

    def __repr__(self) -> str:
        return repr({name: "***" if re.search(_SECRET_NAME, str(name)) else value for name, value in self.items()})


def show_headers(headers: Mapping[str, str]) -> str:
    """Return the repr of headers without secrets."""
    return repr(Headers(headers))


class SignedRequest:
    """A signed request, ready to travel. Its repr shows no secret and nothing of the body."""

    __slots__ = ("body", "deadline", "headers", "method", "operation", "timeout", "url")

    def __init__(
        self,
        operation: str,
        method: str,
        url: str,
        headers: dict[str, str],
        body: "bytes | LargeBody",
        timeout: Phases,
        deadline: float | None = None,
    ) -> None:
        self.operation: str = operation
        self.method: str = method
        self.url: str = url
        self.headers: dict[str, str] = headers
        self.body: bytes | LargeBody = body
        self.timeout: Phases = timeout
        self.deadline: float | None = deadline
        """The `time.monotonic()` at which the response must be there; None: no limit but the timeouts."""

    def __repr__(self) -> str:
        return f"<{self.operation}: {self.method} {self.url}, {show_headers(self.headers)}, {len(self.body)} bytes>"

    def seconds(self, phase: Phase) -> float | None:
        """Return how long a phase may take: its timeout, or the time until the deadline if that is shorter."""
        timeout: float | None = getattr(self.timeout, phase)
        if self.deadline is None:
            return timeout
        left = self.deadline - time.monotonic()
        return left if timeout is None else min(timeout, left)


class RawResponse:
    """A whole HTTP response. Its repr shows neither headers nor body, in which a server may repeat a secret."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status: int = status
        self.headers: Mapping[str, str] = headers
        """Names in lower case."""
        self.body: bytes = body

    def __repr__(self) -> str:
        return f"<response {self.status}, {len(self.body)} bytes>"

    @property
    def request_id(self) -> str | None:
        """The service's id of the request."""
        return self.headers.get("x-amzn-requestid") or self.headers.get("x-amz-request-id")


def is_header_name(name: object) -> bool:
    """Return whether a value can be the name of an HTTP header."""
    return isinstance(name, str) and re.fullmatch(_HEADER_NAME, name) is not None


def is_header_text(text: str) -> bool:
    """Return whether a text can be in an HTTP header."""
    return text.isascii() and text.isprintable()
