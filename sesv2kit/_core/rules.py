"""Documented limits that concern several members of a type, or several arguments of an operation, at once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

Values = Sequence[Any]
"""The values of a rule's members or arguments, in its order; None for one that is not given."""
Broken = tuple[str, str]
"""The path and the message of a problem; the path is relative to the model or the call."""


class OneOf:
    """Exactly one of the members must be given."""

    __slots__ = ("members",)

    def __init__(self, members: tuple[str, ...]) -> None:
        self.members: tuple[str, ...] = members

    def problem(self, values: Values) -> Broken | None:
        """Return what is wrong, if anything is."""
        given = [name for name, value in zip(self.members, values, strict=True) if value is not None]
        if len(given) == 1:
            return None
        return "", f"must have exactly one of {_listed(self.members)}, has {_listed(given) or 'none'}"


class Together:
    """The sum of the lengths of several members has a limit."""

    __slots__ = ("maximum", "members", "noun")

    def __init__(self, members: tuple[str, ...], maximum: int, noun: str) -> None:
        self.members: tuple[str, ...] = members
        self.maximum: int = maximum
        self.noun: str = noun
        """What is counted, in the plural."""

    def problem(self, values: Values) -> Broken | None:
        """Return what is wrong, if anything is."""
        size = 0
        for value in values:
            if value is not None:
                size += len(value)
        if size <= self.maximum:
            return None
        return "", f"must have at most {self.maximum} {self.noun}, has {size}"


class Span:
    """The time between two arguments has a limit."""

    __slots__ = ("max_days", "members")

    def __init__(self, start: str, end: str, max_days: int) -> None:
        self.members: tuple[str, str] = (start, end)
        self.max_days: int = max_days

    def problem(self, values: Values) -> Broken | None:
        """Return what is wrong, if anything is."""
        start, end = values
        if start is None or end is None or end - start <= timedelta(days=self.max_days):
            return None
        start_name, end_name = self.members
        return end_name, f"must be at most {self.max_days} days after {start_name}"


class NeededForDomain:
    """An argument must be given if the identity is a domain."""

    __slots__ = ("members",)

    def __init__(self, identity: str, argument: str) -> None:
        self.members: tuple[str, str] = (identity, argument)

    def problem(self, values: Values) -> Broken | None:
        """Return what is wrong, if anything is."""
        identity, argument = values
        if "@" in identity or argument is not None:
            return None
        identity_name, argument_name = self.members
        return argument_name, f"is required, as {identity_name} is a domain"


class OnlyForDomain:
    """An argument may be given only if the identity is a domain."""

    __slots__ = ("members",)

    def __init__(self, identity: str, argument: str) -> None:
        self.members: tuple[str, str] = (identity, argument)

    def problem(self, values: Values) -> Broken | None:
        """Return what is wrong, if anything is."""
        identity, argument = values
        if "@" not in identity or argument is None:
            return None
        identity_name, argument_name = self.members
        return argument_name, f"may only be given for a domain, and {identity_name} is an address"


MemberRule = OneOf | Together | Span | NeededForDomain | OnlyForDomain


def _listed(names: "tuple[str, ...] | list[str]") -> str:
    """Return names as a sentence has them: `a, b and c`."""
    *others, last = names or [""]
    return f"{', '.join(others)} and {last}" if others else last
