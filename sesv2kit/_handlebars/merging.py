"""Joins the data of one mail with the default data of all."""

from collections.abc import Mapping
from typing import Any

from .._core.model import is_mapping


def merge(defaults: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return template data over default template data, as SES joins them.

    Objects are joined member by member, at any depth. Everything else of `data`, lists included, takes the place of
    the default.

    Args:
        defaults: The data of the whole request.
        data: The data of one mail.
    """
    merged = {**defaults, **data}
    joined: list[tuple[dict[str, Any], Mapping[str, Any], Mapping[str, Any]]] = [(merged, defaults, data)]
    while joined:
        target, lower, upper = joined.pop()
        for name, value in upper.items():
            default: Any = lower.get(name)
            if is_mapping(value) and is_mapping(default):
                inner: dict[str, Any] = {**default, **value}
                target[name] = inner
                joined.append((inner, default, value))
    return merged
