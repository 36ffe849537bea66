"""Documented limits that concern several members of a type, or several arguments of an operation, at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

Get = Callable[[str], Any]
"""Returns the value of a member or argument by its Python name; None if it is not given."""
Broken = tuple[str, str]
"""Where a problem is, relative to what the members belong to, and what it is."""


class OneOf:
    """Exactly one of the members must be given."""

    __slots__ = ("members",)

    def __init__(self, members: tuple[str, ...]) -> None:
        self.members: tuple[str, ...] = members

    def problem(self, get: Get) -> Broken | None:
        """Return what is wrong, if anything is."""
        given = [name for name in self.members if get(name) is not None]
        if len(given) == 1:
            return None
        return "", f"must have exactly one of {_listed(self.members)}, has {_listed(given) or 'none'}"


class Together:
    """The lengths of several members have a limit together."""

    __slots__ = ("maximum", "members", "noun")

    def __init__(self, members: tuple[str, ...], maximum: int, noun: str) -> None:
        self.members: tuple[str, ...] = members
        self.maximum: int = maximum
        self.noun: str = noun
        """What is counted, in the plural."""

    def problem(self, get: Get) -> Broken | None:
        """Return what is wrong, if anything is."""
        size = 0
        for name in self.members:
            value = get(name)
            if value is not None:
                size += len(value)
        if size <= self.maximum:
            return None
        return "", f"must have at most {self.maximum} {self.noun}, has {size}"


class Span:
    """The time between two arguments has a limit."""

    __slots__ = ("end", "max_days", "start")

    def __init__(self, start: str, end: str, max_days: int) -> None:
        self.start: str = start
        self.end: str = end
        self.max_days: int = max_days

    def problem(self, get: Get) -> Broken | None:
        """Return what is wrong, if anything is."""
        start, end = get(self.start), get(self.end)
        if start is None or end is None or end - start <= timedelta(days=self.max_days):
            return None
        return self.end, f"must be at most {self.max_days} days after {self.start}"


class NeededForDomain:
    """An argument must be given if the identity is a domain."""

    __slots__ = ("argument", "identity")

    def __init__(self, identity: str, argument: str) -> None:
        self.identity: str = identity
        self.argument: str = argument

    def problem(self, get: Get) -> Broken | None:
        """Return what is wrong, if anything is."""
        if "@" in get(self.identity) or get(self.argument) is not None:
            return None
        return self.argument, f"is required, as {self.identity} is a domain"


class OnlyForDomain:
    """An argument may be given only if the identity is a domain."""

    __slots__ = ("argument", "identity")

    def __init__(self, identity: str, argument: str) -> None:
        self.identity: str = identity
        self.argument: str = argument

    def problem(self, get: Get) -> Broken | None:
        """Return what is wrong, if anything is."""
        if "@" not in get(self.identity) or get(self.argument) is None:
            return None
        return self.argument, f"may only be given for a domain, and {self.identity} is an address"


Rule = OneOf | Together | Span | NeededForDomain | OnlyForDomain


def _listed(names: "tuple[str, ...] | list[str]") -> str:
    """Return names as a sentence has them: `a, b and c`."""
    *others, last = names or [""]
    return f"{', '.join(others)} and {last}" if others else last
