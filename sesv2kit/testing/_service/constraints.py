"""What is wrong with arguments, in the service's own form."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final, get_args, get_origin

import attrs

from ..._core.exceptions import Problem
from ..._core.model import Model, OpenEnum, wire_of
from ..._core.operation import Operation
from ..._core.serde import core_type

_MAX_SHOWN: Final = 10
Check = Callable[[Any, str], Sequence[Problem]]
"""Takes a value and its path, and returns the enums in it whose values the service does not have."""


_SIZED: Final = re.compile(r"must be (at least|at most) ([0-9]+) (?:character|byte|item)s?, is .*")
_RANGED: Final = re.compile(r"must be (at least|at most) (-?[0-9]+), is .*")
_PATTERN: Final = re.compile(r"must match (.*)", re.DOTALL)
_COMPARED: Final = {"at least": "greater than or equal to", "at most": "less than or equal to"}
_INDEX: Final = re.compile(r"\[([0-9]+)\]")
_KEY: Final = re.compile(r"\['(.*)'\](?: \(key\))?", re.DOTALL)


def message(problems: Sequence[Problem]) -> str:
    """Return the message of the service for arguments that break constraints."""
    count = len(problems)
    found = "; ".join(
        f"Value at '{_member(problem.path)}' failed to satisfy constraint: Member {_words(problem.message)}"
        for problem in problems[:_MAX_SHOWN]
    )
    return f"{count} validation error{'' if count == 1 else 's'} detected: {found}"


def out_of_range(member: str, minimum: int, maximum: int, value: int) -> str:
    """Return the message of the service for a number that is out of range."""
    words = f"must be at least {minimum}" if value < minimum else f"must be at most {maximum}"
    return message([Problem(member, f"{words}, is {value}")])


def _words(found: str) -> str:
    """Return what a check of the package found in the words of the service, as far as it has words for it."""
    if found == "is required":
        return "must not be null"
    if sized := _SIZED.fullmatch(found):
        return f"must have length {_COMPARED[sized[1]]} {sized[2]}"
    if ranged := _RANGED.fullmatch(found):
        return f"must have value {_COMPARED[ranged[1]]} {ranged[2]}"
    if pattern := _PATTERN.fullmatch(found):
        return f"must satisfy regular expression pattern: {pattern[1]}"
    return found


def _member(path: str) -> str:
    """Return a path in Python names as the service writes it: `tags[0].key_name` as `tags.1.member.keyName`."""
    path = _KEY.sub(lambda match: f".{match[1]}", path)
    path = _INDEX.sub(lambda match: f".{int(match[1]) + 1}.member", path)
    return ".".join(_camel(part) for part in path.split("."))


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def unknown_values(operation: Operation[Any], arguments: Mapping[str, Any]) -> list[Problem]:
    """Return the values of enums that the service does not have: a client lets them pass, as they may be new."""
    return [
        problem for name, check in _checks(operation) if name in arguments for problem in check(arguments[name], name)
    ]


@cache
def _checks(operation: Operation[Any]) -> list[tuple[str, Check]]:
    found = [(argument.name, _check(argument.type())) for argument in operation.arguments]
    return [(name, check) for name, check in found if check is not None]


@cache
def _check(annotation: Any) -> Check | None:
    """Return the check of a type; None for a type without an enum in it."""
    core = core_type(annotation)
    if get_origin(core) is Sequence:
        return _of_items(_check(get_args(core)[0]))
    if get_origin(core) is Mapping:
        return _of_pairs(*map(_check, get_args(core)))
    if isinstance(core, type) and issubclass(core, OpenEnum):
        return _of_enum(core)
    if isinstance(core, type) and issubclass(core, Model):
        return _of_members(core)
    return None


def _of_enum(enum: type[OpenEnum]) -> Check:
    known = frozenset(member.value for member in enum)
    words = f"must satisfy enum value set: [{', '.join(member.value for member in enum)}]"
    return lambda value, path: () if str(value) in known else (Problem(path, words),)


def _of_items(check: Check | None) -> Check | None:
    if check is None:
        return None
    return lambda items, path: [
        problem for index, item in enumerate(items) for problem in check(item, f"{path}.{index + 1}.member")
    ]


def _of_pairs(of_key: Check | None, of_value: Check | None) -> Check | None:
    def check(pairs: Mapping[Any, Any], path: str) -> list[Problem]:
        found: list[Problem] = []
        for key, value in pairs.items():
            found += of_key(key, path) if of_key else ()
            found += of_value(value, f"{path}.{key}") if of_value else ()
        return found

    return check if of_key or of_value else None


def _of_members(cls: type[Model]) -> Check | None:
    fields = [(field.name, _check(field.type)) for field in attrs.fields(cls) if wire_of(field)]
    checks = [(name, check) for name, check in fields if check is not None]

    def check_members(model: Model, path: str) -> list[Problem]:
        return [
            problem
            for name, check in checks
            if (value := getattr(model, name)) is not None
            for problem in check(value, f"{path}.{name}")
        ]

    return check_members if checks else None
