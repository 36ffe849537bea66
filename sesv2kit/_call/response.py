"""A response becomes a model or an error."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from .._aws.credentials import Credentials, redact
from .._core.compiled import UnusualError
from .._core.exceptions import ResponseError
from .._core.http import RawResponse
from .._core.json_object import parse_object
from .._core.model import ResponseMetadata
from .._core.operation import Operation, ResponseT
from .._core.readers import read_usual
from .._core.serde import WireError, decode_fitting
from .failure import error_of
from .hooks import logger

_PROOFS: Final = ("message_id", "report_id", "bulk_email_entry_results")
"""The members of which one shows that the service itself, and not a proxy, has accepted a mail."""
_MAX_MISFITS: Final = 5
"""How many members that don't fit are logged for a response."""


def read_response(
    operation: Operation[ResponseT], response: RawResponse, attempts: int, credentials: Credentials | None = None
) -> ResponseT:
    """Turn a response into the operation's model.

    Args:
        operation: The operation that was called.
        response: What came back.
        attempts: How many requests were made.
        credentials: Those of the request, of which errors must show nothing.

    Raises:
        APIError: The service refused the request, or failed.
        ResponseError: The response can't be read.
    """
    if response.status >= 400:
        raise error_of(operation.name, response, attempts, credentials)
    read = _read(operation, response)
    # Raised in a frame that does not hold the response's members, for error trackers record its local variables.
    if isinstance(read, str):
        raise ResponseError(
            f"{operation.name}: the response (HTTP {response.status}) can't be read: {redact(read, credentials)}",
            operation=operation.name,
            status_code=response.status,
            request_id=redact(response.request_id, credentials),
            attempts=attempts,
        )
    object.__setattr__(read, "metadata", _metadata(response, attempts))
    return read


def _read(operation: Operation[ResponseT], response: RawResponse) -> ResponseT | str:
    """Return the model of a response, or why there is none."""
    if response.status >= 300:
        return "a redirect, which is not followed"
    try:
        result, misfits = _decode(operation.output(), parse_object(response.body))
    except WireError as error:
        return str(error)
    if misfits:
        listed = "; ".join(misfits[:_MAX_MISFITS]) + ("; ..." if len(misfits) > _MAX_MISFITS else "")
        logger.warning("%s: the response does not fit its model, see `extra`: %s", operation.name, listed)
    if operation.kind == "send" and not any(getattr(result, name, None) for name in _PROOFS):
        return "it does not show whether the mail was accepted"
    return result


def _decode(cls: type[ResponseT], members: Mapping[str, Any]) -> tuple[ResponseT, Sequence[str]]:
    """Return the model of a parsed response, and what does not fit."""
    try:
        return read_usual(cls, members), ()
    except UnusualError:
        pass  # what is raised from here on does not hold this error, whose frames hold the response
    return decode_fitting(cls, members)


def _metadata(response: RawResponse, attempts: int) -> ResponseMetadata:
    return ResponseMetadata(
        request_id=response.request_id, status_code=response.status, attempts=attempts, headers=response.headers
    )
