# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Requests in boto3's form as keyword arguments of the clients' methods, and back.

`ses.send_email(**convert.arguments("SendEmail", {"FromEmailAddress": ...}))`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Final, Literal, Required, TypedDict, overload

from . import models
from ._call.boto3_form import read_arguments, write_request
from ._core.exceptions import ParamValidationError, Problem
from ._core.operation import Operation

__all__ = [
    "DeleteBoxArguments",
    "GetLetterArguments",
    "ListLettersArguments",
    "SendLetterArguments",
    "arguments",
    "request",
]


class DeleteBoxArguments(TypedDict, total=False):
    """The arguments of `delete_box`."""

    box_name: Required[str]
    with_letters: bool | None


class ListLettersArguments(TypedDict, total=False):
    """The arguments of `list_letters`."""

    statuses: Sequence[models.LetterStatus | Literal["ON_ITS_WAY", "handed-over", "LOST", "BURNT"] | str] | None
    sent_after: datetime | None
    sent_before: datetime | None
    next_token: str | None
    page_size: int | None


class GetLetterArguments(TypedDict, total=False):
    """The arguments of `get_letter`."""

    letter_id: Required[str]
    copy: int | None


class SendLetterArguments(TypedDict, total=False):
    """The arguments of `send_letter`."""

    letter: Required[models.Letter]


_ROWS: Final[Mapping[str, tuple[str, str]]] = {
    "DeleteBox": ("boxes", "DELETE_BOX"),
    "ListLetters": ("letters", "LIST_LETTERS"),
    "GetLetter": ("letters", "GET_LETTER"),
    "SendLetter": ("letters", "SEND_LETTER"),
}
"""The module and the name of each operation's row."""


@overload
def arguments(operation: Literal["DeleteBox"], request: Mapping[str, Any]) -> DeleteBoxArguments: ...


@overload
def arguments(operation: Literal["ListLetters"], request: Mapping[str, Any]) -> ListLettersArguments: ...


@overload
def arguments(operation: Literal["GetLetter"], request: Mapping[str, Any]) -> GetLetterArguments: ...


@overload
def arguments(operation: Literal["SendLetter"], request: Mapping[str, Any]) -> SendLetterArguments: ...
def arguments(operation: str, request: Mapping[str, Any]) -> Any:
    """Turn a request in boto3's form into the keyword arguments of a method.

    Args:
        operation: The name of the operation, for example `SendEmail`.
        request: The request, as boto3's method takes it: dicts, lists, texts, numbers, datetimes and bytes. As with
            boto3, the text of a blob is encoded as UTF-8, not decoded from base64. A value that is None is left out.

    Returns:
        A dict of models and values for `**`. Each operation has a type for it, such as `SendEmailArguments`.

    Raises:
        ParamValidationError: There is no such operation, or a member is unknown, missing or of the wrong type; all
            problems are listed. The call itself checks the documented limits.
    """
    return read_arguments(_row(operation), request)


@overload
def request(operation: Literal["DeleteBox"], arguments: DeleteBoxArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListLetters"], arguments: ListLettersArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetLetter"], arguments: GetLetterArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["SendLetter"], arguments: SendLetterArguments) -> dict[str, Any]: ...
def request(operation: str, arguments: Any) -> dict[str, Any]:
    """Turn the keyword arguments of a method into a request in boto3's form, the reverse of `arguments`.

    Args:
        operation: The name of the operation, for example `SendEmail`.
        arguments: The arguments of the method, without `options`. A value that is None is left out.

    Returns:
        A new dict for boto3's method: times are datetimes, and blobs bytes.

    Raises:
        ParamValidationError: There is no such operation, or an argument is unknown, missing or of the wrong type; all
            problems are listed.
    """
    return write_request(_row(operation), arguments)


def _row(operation: str) -> Operation[Any]:
    if operation not in _ROWS:
        near = get_close_matches(str(operation), _ROWS, n=1)
        advice = f"; did you mean {near[0]}?" if near else ""
        raise ParamValidationError(str(operation), [Problem("operation", f"is not an operation{advice}")])
    module, row = _ROWS[operation]
    found: Operation[Any] = getattr(import_module(f"._api.{module}", __package__), row)
    return found
