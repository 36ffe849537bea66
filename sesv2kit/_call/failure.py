"""Pure: a response of 4xx or 5xx, of the service or of a proxy, becomes an error."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from .. import errors
from .._aws.credentials import Credentials, redact
from .._core.exceptions import APIError
from .._core.forks import IMPORTS
from .._core.http import RawResponse
from .._core.json_object import parse_object
from .._core.serde import WireError

_READ: Final = 16 * 1024
"""How many bytes of a body that is not JSON are read."""
_EXCERPT: Final = 200
"""How many characters of it an error shows."""
_RETRY_AFTER: Final = {"retry-after": 1.0, "x-amz-retry-after": 0.001}
"""The headers with the time to wait before a retry, and their units in seconds. AWS's own has milliseconds."""
# No pattern may have two ways to match the same text: the time for a hostile body would grow with its square.
_XML_MEMBER: Final = r"<(Code|Message|RequestId|RequestID)>([^<]*)</\1>"
_XML_CODE: Final = r"[A-Za-z][\w.]{0,99}"
# Whatever begins as markup matches, if need be up to the end of the page, so that no part is searched repeatedly.
_MARKUP: Final = r"(?is)<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^>]*>|(<[^>]*)\Z"


class _ErrorBody:
    """The facts in the body of an error response."""

    __slots__ = ("code", "message", "request_id")

    def __init__(self, code: str | None = None, message: str = "", request_id: str | None = None) -> None:
        self.code: str | None = code
        self.message: str = message
        self.request_id: str | None = request_id


def error_of(operation: str, response: RawResponse, attempts: int, credentials: Credentials | None = None) -> APIError:
    """Return the error for a response.

    Args:
        operation: The operation's name.
        response: The response, of 4xx or 5xx.
        attempts: How many requests were made.
        credentials: The credentials of the request. If the signature is wrong, the service repeats what was signed,
            including the session token, which the error must not show.
    """
    body = _read_body(response.body, credentials)
    message = redact(body.message, credentials)
    code = redact(_bare(response.headers.get("x-amzn-errortype")) or body.code, credentials)
    return errors.find_class(code, message, response.status)(
        message,
        code=code or str(response.status),
        operation=operation,
        status_code=response.status,
        request_id=redact(response.request_id or body.request_id, credentials),
        attempts=attempts,
        retry_after=retry_after(response.headers),
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of `Retry-After` or `x-amz-retry-after`; None if there is none that can be read."""
    for name, unit in _RETRY_AFTER.items():
        try:
            seconds = float(headers[name]) * unit
        except (KeyError, ValueError):
            continue
        if 0 <= seconds < float("inf"):
            return seconds
    return None


def _read_body(body: bytes, credentials: Credentials | None) -> _ErrorBody:
    with suppress(WireError):
        return _of_json(parse_object(body))
    # Secrets are replaced in a longer part than is read, as one may be cut off at the end.
    text = redact(body[: 2 * _READ].decode("utf-8", "replace"), credentials)[:_READ]
    return _of_xml(text) or _ErrorBody(message=_excerpt(text, credentials))


def _of_json(members: Mapping[str, Any]) -> _ErrorBody:
    codes = (_bare(members.get(name)) for name in ("__type", "code", "Code"))
    messages = (members.get(name) for name in ("message", "Message"))
    return _ErrorBody(
        next((code for code in codes if code), None),
        next((message for message in messages if isinstance(message, str)), ""),
    )


def _of_xml(text: str) -> _ErrorBody | None:
    """Return the facts of an error in the XML of older AWS protocols; None if the text is not one."""
    found = {name.lower(): _unescaped(value).strip() for name, value in reversed(re.findall(_XML_MEMBER, text))}
    if "<Error" not in text or not re.fullmatch(_XML_CODE, found.get("code", "")):
        return None
    return _ErrorBody(found["code"], found.get("message", ""), found.get("requestid") or None)


def _excerpt(text: str, credentials: Credentials | None) -> str:
    """Return the first words of a page or a text, without markup, in one line of printable characters."""
    words = _unescaped(re.sub(_MARKUP, r" \2", text)).replace("\ufffd", " ")
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    line = redact(line, credentials)
    return line if len(line) <= _EXCERPT else line[:_EXCERPT] + "..."


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    with IMPORTS.lock:
        from html import unescape  # only for errors that are pages

    try:
        return unescape(text)
    except ValueError:  # the number of a character has thousands of digits
        return text


def _bare(code: object) -> str | None:
    """Return a code without its namespace (`aws.ses#`) and its URL (`:http://...`)."""
    return code.partition(":")[0].rpartition("#")[2].strip() or None if isinstance(code, str) else None
