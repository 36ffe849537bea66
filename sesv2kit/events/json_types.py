"""JSON values by their types, also for the type checker."""

from collections.abc import Mapping
from typing import Any, cast


def as_object(value: object) -> Mapping[str, Any] | None:
    """Return a JSON object; None if the value is not one."""
    # The first check is there for speed: that of an abstract class costs ten times as much.
    return cast("Mapping[str, Any]", value) if type(value) is dict or isinstance(value, Mapping) else None


def as_list(value: object) -> list[Any] | None:
    """Return a JSON array; None if the value is not one."""
    return value if isinstance(value, list) else None  # pyright: ignore[reportUnknownVariableType]


def as_text(value: object) -> str | None:
    """Return a JSON string; None if the value is not one."""
    return value if isinstance(value, str) else None
