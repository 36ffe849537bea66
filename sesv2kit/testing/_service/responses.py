"""A model or an error becomes a response of the wire."""

import json
from collections.abc import Mapping
from typing import Final

from ..._core.exceptions import APIError
from ..._core.http import RawResponse
from ..._core.model import Response
from ..._core.serde import to_wire

_STATUSES: Final[Mapping[str, int]] = {
    "AccessDeniedException": 403,
    "ConcurrentModificationException": 500,
    "ConflictException": 409,
    "ExpiredTokenException": 403,
    "IncompleteSignature": 403,
    "InternalFailure": 500,
    "InternalServiceErrorException": 500,
    "NotFoundException": 404,
    "RequestEntityTooLargeException": 413,
    "RequestTimeoutException": 408,
    "ServiceUnavailable": 503,
    "TooManyRequestsException": 429,
    "UnknownOperationException": 404,
    "UnrecognizedClientException": 403,
}
"""The HTTP status of the errors that are not a 400."""


def of_model(model: Response, request_id: str) -> RawResponse:
    """Return the response that carries a model."""
    return _response(200, json.dumps(to_wire(model)).encode("ascii"), request_id)


def of_error(error: APIError, request_id: str) -> RawResponse:
    """Return the response that carries an error of the service."""
    status = error.status_code or _STATUSES.get(error.code, 400)
    body = json.dumps({"message": error.message}).encode("ascii")
    return _response(status, body, request_id, {"x-amzn-errortype": error.code})


def _response(status: int, body: bytes, request_id: str, extra: Mapping[str, str] | None = None) -> RawResponse:
    headers = {"content-type": "application/json", "content-length": str(len(body)), "x-amzn-requestid": request_id}
    return RawResponse(status, headers | dict(extra or {}), body)


def page_of_proxy(status: int) -> RawResponse:
    """Return what something in front of the service responds, which has no sign of the service."""
    body = b"<html><body><h1>Service unavailable</h1></body></html>"
    return RawResponse(status, {"content-type": "text/html", "content-length": str(len(body))}, body)
