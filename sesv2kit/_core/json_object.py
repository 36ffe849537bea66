"""The body of a response as a JSON object, within bounds that keep a hostile one from taking seconds."""

import json
from contextlib import suppress
from typing import Any, Final, cast

from .serde import WireError

LARGE: Final = 256 * 1024
"""A body of more bytes is better parsed where it holds up nobody."""
_MAX_VALUES: Final = 500_000
"""How many values a large body may have. That many take half a second; the largest response of SES has a fraction."""


def parse_object(body: bytes) -> dict[str, Any]:
    """Parse the body of a response; an empty one is an empty object.

    Raises:
        WireError: It is not a JSON object, or has too many values.
    """
    if not body.strip():
        return {}
    if len(body) > LARGE and sum(map(body.count, (b",", b":", b"[", b"{"))) > _MAX_VALUES:
        raise WireError("it has too many values")
    parsed: object = None
    with suppress(ValueError, RecursionError):
        parsed = json.loads(body)
        if not isinstance(parsed, dict):
            raise WireError("expected a JSON object")
        return cast("dict[str, Any]", parsed)
    # Raised here, so that it does not hold the parser's error, which quotes the body.
    raise WireError("not JSON")
