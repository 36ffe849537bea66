"""The values of JSON as JavaScript regards them: as texts, as conditions, and as objects with members."""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from .._core.model import is_mapping, is_sequence
from .errors import LimitExceeded

_MAX_NESTING: Final = 100
"""Lists in lists that are printed."""


class Undefined(Enum):
    """The value of what is not there, in contrast to `None`, which is JSON's null."""

    UNDEFINED = "undefined"


UNDEFINED: Final = Undefined.UNDEFINED


def text_of(value: Any, step: Callable[[int], None], depth: int = 0) -> str:
    """Return the text that a template prints for a value.

    Args:
        value: The value.
        step: Called with the number of elements of each list, before they are printed.
        depth: How many lists it is in.
    """
    if value is None or value is UNDEFINED:
        return ""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if is_mapping(value):
        return "[object Object]"
    if is_sequence(value):
        if depth == _MAX_NESTING:
            raise LimitExceeded(f"a list with more than {_MAX_NESTING} lists inside of each other can't be printed")
        step(len(value))
        return ",".join([text_of(element, step, depth + 1) for element in value])
    return str(value)


def key_text(value: Any, step: Callable[[int], None]) -> str:
    """Return a value as the name of a member, see `text_of`."""
    if value is None or value is UNDEFINED:
        return "null" if value is None else "undefined"
    return text_of(value, step)


def number_text(value: float) -> str:
    """Return a number as JavaScript prints it: 1.0 as 1, and an exponent from 1e+21 and below 1e-6."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    number = Decimal(repr(value)).normalize()
    exponent = number.adjusted()
    if -7 < exponent < 21:
        return f"{number:f}"
    digits = "".join(map(str, number.as_tuple().digits))
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{'-' if value < 0 else ''}{digits[0]}{fraction}e{exponent:+d}"


def is_true(value: Any, *, zero: bool = False) -> bool:
    """Return whether a value is true as a condition: all but false, null, undefined, 0, an empty text and a list.

    Args:
        value: The value.
        zero: Whether 0 is true as well.
    """
    if is_sequence(value):
        return len(value) > 0
    if is_mapping(value):
        return True
    if not isinstance(value, bool) and isinstance(value, int | float) and value == 0:
        return zero
    return value is not UNDEFINED and bool(value)


def member(value: Any, name: str) -> Any:
    """Return a member of an object, an element of a list, or a character; undefined if there is none."""
    if is_mapping(value):
        found: Mapping[Any, Any] = value
        return found.get(name, UNDEFINED)
    if isinstance(value, str) or is_sequence(value):
        if name == "length":
            return len(value)
        is_index = name.isascii() and name.isdecimal() and len(name) < 10 and (name == "0" or name[0] != "0")
        return value[int(name)] if is_index and int(name) < len(value) else UNDEFINED
    return UNDEFINED


def is_same(one: Any, other: Any) -> bool:
    """Return whether two values are the same context, so that `../` does not lead from one to the other."""
    if one is other:
        return True
    return isinstance(one, str | int | float) and isinstance(other, str | int | float) and one == other
