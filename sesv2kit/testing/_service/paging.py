"""Lists come in pages."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from ... import errors
from .constraints import out_of_range

T = TypeVar("T")


def page(
    region: str, listed: str, items: Sequence[T], token: str | None, size: int | None, *, default: int, maximum: int
) -> tuple[Sequence[T], str | None]:
    """Return the entries of a page, and the token of the next one; None after the last.

    Args:
        region: The region, which a token belongs to.
        listed: What is listed, see `listing`; a token belongs to it as well.
        items: All entries, in their order.
        token: The token that the request carries.
        size: The number of entries that the request asks for.
        default: The number if it asks for none.
        maximum: The largest number.

    Raises:
        BadRequestException: The token was not made for this list, or the size is out of range.
    """
    if size is not None and not 1 <= size <= maximum:
        raise errors.BadRequestException(out_of_range("page_size", 1, maximum, size))
    start = _read(token, region, listed) if token else 0
    end = start + (size or default)
    return items[start:end], _write(end, region, listed) if end < len(items) else None


def listing(operation: str, filters: Mapping[str, Any] | None = None) -> str:
    """Return what a token belongs to: an operation and the filters of its request."""
    return operation + json.dumps(filters or {}, sort_keys=True, default=str)


def _mark(region: str, listed: str) -> str:
    return hashlib.blake2b(f"{region} {listed}".encode(), digest_size=9).hexdigest()


def _write(start: int, region: str, listed: str) -> str:
    return base64.b64encode(f"{_mark(region, listed)}:{start}".encode()).decode()


def _read(token: str, region: str, listed: str) -> int:
    try:
        mark, _, start = base64.b64decode(token, validate=True).decode().partition(":")
        if mark == _mark(region, listed):
            return int(start)
    except ValueError:
        pass
    raise errors.BadRequestException("Invalid next token.")
