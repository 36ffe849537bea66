"""Pure: status, headers and bytes become a model or an error."""

import json
from contextlib import suppress
from typing import Any, Final, cast

from .. import errors
from .._core.exceptions import APIError, ResponseError
from .._core.http import RawResponse
from .._core.model import ResponseMetadata
from .._core.operation import Operation, ResponseT
from .._core.serde import WireError, decode

_PROOFS: Final = ("message_id", "report_id", "bulk_email_entry_results")
"""The members of which one shows that the service, and nothing in between, has taken a mail."""


def read_response(operation: Operation[ResponseT], response: RawResponse, attempts: int) -> ResponseT:
    """Turn a response into the operation's model.

    Raises:
        APIError: The service refused the request, or failed.
        ResponseError: The response can't be read.
    """
    if response.status >= 400:
        raise _error(operation.name, response, attempts)
    if response.status >= 300:
        raise _unreadable(operation.name, response, attempts, "a redirect, which is not followed")
    try:
        result = decode(operation.output(), _object(response.body))
    except (ValueError, RecursionError) as error:
        # A decoding error quotes the body; only a WireError of our own is fit to be shown.
        message = str(error) if isinstance(error, WireError) else "not JSON"
        raise _unreadable(operation.name, response, attempts, message) from None
    if operation.kind == "send" and not any(getattr(result, name, None) for name in _PROOFS):
        raise _unreadable(operation.name, response, attempts, "it does not say what became of the mail")
    object.__setattr__(result, "metadata", metadata_of(response, attempts))
    return result


def metadata_of(response: RawResponse, attempts: int) -> ResponseMetadata:
    """Return the facts of how a response came about."""
    return ResponseMetadata(
        request_id=response.request_id, status_code=response.status, attempts=attempts, headers=response.headers
    )


def retry_after(response: RawResponse) -> float | None:
    """Return the seconds that the service asks to wait; None if it asks for nothing that can be read."""
    for name in ("retry-after", "x-amz-retry-after"):
        try:
            seconds = float(response.headers[name])
        except (KeyError, ValueError):
            continue
        if 0 <= seconds < float("inf"):
            return seconds
    return None


def _object(body: bytes) -> dict[str, Any]:
    """Parse a body; an empty one is an empty object."""
    if not body.strip():
        return {}
    parsed: object = json.loads(body)
    if not isinstance(parsed, dict):
        raise WireError("expected a JSON object")
    return cast("dict[str, Any]", parsed)


def _unreadable(operation: str, response: RawResponse, attempts: int, message: str) -> ResponseError:
    return ResponseError(
        f"{operation}: the response (HTTP {response.status}) can't be read: {message}",
        operation=operation,
        status_code=response.status,
        request_id=response.request_id,
        attempts=attempts,
    )


def _error(operation: str, response: RawResponse, attempts: int) -> APIError:
    members: dict[str, Any] = {}
    with suppress(ValueError, RecursionError):
        members = _object(response.body)
    code = _code(
        response.headers.get("x-amzn-errortype"), members.get("__type"), members.get("code"), members.get("Code")
    )
    message = next((members[name] for name in ("message", "Message") if isinstance(members.get(name), str)), "")
    return errors.find_class(code, message, response.status)(
        message,
        code=code or str(response.status),
        operation=operation,
        status_code=response.status,
        request_id=response.request_id,
        attempts=attempts,
        retry_after=retry_after(response),
    )


def _code(*candidates: object) -> str | None:
    """Return the first code there is, without namespace (`aws.ses#`) and address (`:http://...`)."""
    for candidate in candidates:
        if isinstance(candidate, str):
            code = candidate.partition(":")[0].rpartition("#")[2].strip()
            if code:
                return code
    return None
