"""The body of a response as a JSON object, within bounds that keep a hostile one from taking seconds."""

import json
from typing import Any, Final, cast

from .serde import WireError

LARGE: Final = 256 * 1024
"""The async client parses a body of more bytes in a thread, so that other tasks can run."""
_MAX_VALUES: Final = 500_000
"""How many values a large body may have. That many take half a second; the largest response of SES has a fraction."""

_DECODER: Final = json.JSONDecoder()
_NOT_JSON: Final = object()


def parse_object(body: bytes) -> dict[str, Any]:
    """Parse the body of a response; an empty one is an empty object.

    Raises:
        WireError: It is not a JSON object, or has too many values.
    """
    if not body or body.isspace():
        return {}
    if len(body) > LARGE and sum(map(body.count, (b",", b":", b"[", b"{"))) > _MAX_VALUES:
        raise WireError("it has too many values")
    try:
        parsed = _parse(body)
    except (ValueError, RecursionError):
        parsed = _NOT_JSON  # raised later, so that the error does not hold the parser's, which quotes the body
    if not isinstance(parsed, dict):
        raise WireError("not JSON" if parsed is _NOT_JSON else "expected a JSON object")
    return cast("dict[str, Any]", parsed)


def _parse(body: bytes) -> object:
    if len(body) > LARGE or not body.isascii():
        return json.loads(body)
    try:
        parsed, end = _DECODER.raw_decode(body.decode("ascii"))  # `json.loads` would detect the encoding first
    except ValueError:
        return json.loads(body)
    return parsed if end == len(body) else json.loads(body)
