"""The first attempt of an ordinary call, on a shorter path: without steps, and without the infos that only hooks read.

Almost every call succeeds at the first attempt, so this path determines the cost of a send. It makes no decisions: the
pipeline takes over an error as the outcome of its first attempt, and decides what follows.
"""

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Generic

from .._aws.config import Target
from .._aws.credentials import Credentials
from .._core.exceptions import SESv2Error
from .._core.http import RawResponse, SignedRequest
from .._core.operation import Operation, ResponseT
from .._core.timeout import bounded
from .hooks import logger
from .request import LargeArgumentsError, Request, build_request
from .response import read_response
from .shared import Shared
from .signed import signed_request


class FirstAttempt(Generic[ResponseT]):
    """A first attempt, and its outcome if that was an error."""

    __slots__ = ("credentials", "error", "offset", "operation", "request", "response", "shared", "signed", "started")

    def __init__(
        self,
        operation: Operation[ResponseT],
        request: Request,
        target: Target,
        credentials: Credentials,
        shared: Shared,
        started: float,
    ) -> None:
        self.operation = operation
        self.request = request
        self.credentials = credentials
        self.shared = shared
        self.started = started
        self.offset: timedelta = shared.clock.offset
        call_timeout = bounded(target.call_timeout)
        self.signed: SignedRequest = signed_request(
            operation.name,
            request,
            target,
            credentials,
            shared.clock.now(),
            headers={},
            timeout=target.timeout,
            deadline=None if call_timeout is None else started + call_timeout,
        )
        self.response: RawResponse | None = None
        self.error: SESv2Error | None = None

    def read(self, response: RawResponse) -> ResponseT:
        """Return the model of the response; its errors are raised."""
        self.response = response
        result = read_response(self.operation, response, 1, self.credentials)
        self.shared.quota.give_back(0)
        return result


def first_attempt(
    operation: Operation[ResponseT], arguments: Mapping[str, Any], shared: Shared
) -> FirstAttempt[ResponseT] | None:
    """Return the first attempt of a call, or None if the pipeline has to make it.

    The pipeline makes it if something has to be looked up or waited for first, for a request with large blobs, and
    while calls are logged.

    Raises:
        ParamValidationError: Something is missing, has the wrong type, or is past a limit.
    """
    config = shared.config
    target = config.target(arguments.get("endpoint_id"))
    if target is None or target.retry_mode == "adaptive" or shared.paces or logger.isEnabledFor(logging.DEBUG):
        return None
    credentials = config.credentials.ready()
    if credentials is None:
        return None
    started = time.monotonic()
    try:
        request = build_request(operation, arguments, check_limits=config.check_limits)
    except LargeArgumentsError:
        return None
    return FirstAttempt(operation, request, target, credentials, shared, started)
