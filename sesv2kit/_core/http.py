"""The request and the response of the wire: what the call hands to the transport, and what comes back."""

import time
from collections.abc import Mapping

import attrs

from .timeout import Phase, Phases

MAX_BODY = 32 * 1024 * 1024
"""How many bytes the body of an answer may have."""


@attrs.frozen
class SignedRequest:
    """A signed request, ready to travel."""

    operation: str
    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    timeout: Phases
    deadline: float | None = None
    """The `time.monotonic()` at which the answer must be there; None: no limit but the timeouts."""

    def seconds(self, phase: Phase) -> float | None:
        """Return how long a phase may take: its timeout, or the time until the deadline if that is shorter."""
        timeout: float | None = getattr(self.timeout, phase)
        if self.deadline is None:
            return timeout
        left = self.deadline - time.monotonic()
        return left if timeout is None else min(timeout, left)


@attrs.frozen
class RawResponse:
    """An HTTP answer, whole."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def request_id(self) -> str | None:
        """The service's id of the request."""
        return self.headers.get("x-amzn-requestid") or self.headers.get("x-amz-request-id")


def is_header_text(text: str) -> bool:
    """Return whether a text can stand in an HTTP header."""
    return text.isascii() and text.isprintable()
