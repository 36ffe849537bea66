"""Pure checks of arguments before anything is sent: every problem is found, each with its path."""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any, get_args, get_origin

import attrs

from .exceptions import Problem
from .model import ABSENT, NO_LIMITS, Limits, Model, OpenEnum, UnionModel, is_mapping, is_sequence, wire_of
from .rules import MemberRule, OneOf
from .serde import core_type

Problems = Sequence[Problem]
Check = Callable[[Any, bool], Problems]
"""Takes a value, and whether documented limits count; returns problems with paths relative to the value.

Paths grow on the way up, so that a value without problems costs no path.
"""

_FINE: Problems = ()
_TOO_LARGE = 2**63
_NUMBERS: dict[type, str] = {int: "expected an int of at most 64 bits", float: "expected a finite number"}
_SCALARS: dict[type, tuple[tuple[type, ...], str]] = {
    str: ((str,), "a str"),
    bool: ((bool,), "a bool"),
    int: ((int,), "an int"),
    float: ((int, float), "a float"),
    bytes: ((bytes, bytearray, memoryview), "bytes"),
}


@cache
def check_for(tp: Any, limits: Limits | None) -> Check:
    """Return the compiled check of one type; `tp` is a core type, see `serde.core_type`."""
    known = limits or NO_LIMITS
    origin = get_origin(tp)
    if origin is Sequence:
        return _sequence(check_for(core_type(get_args(tp)[0]), known.item), known)
    if origin is Mapping:
        key, value = get_args(tp)
        return _mapping(check_for(core_type(key), known.key), check_for(core_type(value), known.value), known)
    if tp is datetime:
        return _aware
    if issubclass(tp, Model):
        return _model(tp)
    return _scalar(str if issubclass(tp, OpenEnum) else tp, known)


def under(path: str, problems: Problems) -> list[Problem]:
    """Return the problems with `path` in front of theirs."""
    return [Problem(path + problem.path, problem.message) for problem in problems]


def required(path: str) -> Problem:
    """Return the problem of a required value that is not there."""
    return Problem(path, "is required")


def _type_name(value: Any) -> str:
    return "None" if value is None else type(value).__name__


def _expected(type_words: str, value: Any, advice: str = "") -> Problems:
    return (Problem("", f"expected {type_words}, got {_type_name(value)}{advice}"),)


def _scalar(tp: type, limits: Limits) -> Check:
    accepted, type_words = _SCALARS[tp]
    limited = limit_checks(tp, limits)

    def fits(value: Any) -> bool:
        return isinstance(value, accepted) and (tp is bool or not isinstance(value, bool))

    def check(value: Any, check_limits: bool) -> Problems:
        if not fits(value):
            return _expected(type_words, value)
        if tp in _NUMBERS and not is_finite(value):
            return (Problem("", _NUMBERS[tp]),)
        if tp is bytes and (message := _view_problem(value)):
            return (Problem("", message),)
        if tp is str and not is_unicode(value):
            return (Problem("", "has half of a surrogate pair, which can't be encoded"),)
        if check_limits and limited:
            messages = [limit(value) for limit in limited]
            return [Problem("", message) for message in messages if message]
        return _FINE

    return check


def _view_problem(blob: Any) -> str | None:
    if not isinstance(blob, memoryview):
        return None
    try:
        return None if blob.c_contiguous else "expected bytes in one piece, got a memoryview with gaps"
    except ValueError:
        return "expected bytes, got a memoryview that was released"


def is_finite(number: float) -> bool:
    """Return whether a number can be sent: it is neither infinite nor NaN nor an int of more than 64 bits."""
    return math.isfinite(number) if isinstance(number, float) else -_TOO_LARGE <= number < _TOO_LARGE


def is_unicode(text: str) -> bool:
    """Return whether a text can be encoded, as one with half of a surrogate pair can't."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def limit_checks(tp: type, limits: Limits) -> list[Callable[[Any], str | None]]:
    """Return the checks of one value's limits; each returns what is wrong, if anything is."""
    checks: list[Callable[[Any], str | None]] = []
    unit = " byte" if tp is bytes else " character"
    if limits.min_length is not None or limits.max_length is not None:
        checks.append(lambda value: _outside(len(value), limits.min_length, limits.max_length, unit))
    if limits.max_bytes is not None:
        checks.append(lambda value: _outside(len(value.encode()), None, limits.max_bytes, " byte"))
    if limits.max_line is not None:
        max_line = limits.max_line
        checks.append(lambda value: _long_line(bytes(value), max_line))
    if limits.reserved_prefix is not None:
        prefix = limits.reserved_prefix
        reserved = f"must not start with {prefix}, which is reserved"
        checks.append(lambda value: reserved if value.startswith(prefix) else None)
    if limits.minimum is not None or limits.maximum is not None:
        checks.append(lambda value: _outside(value, limits.minimum, limits.maximum))
    if limits.pattern is not None:
        # The reference's patterns describe the whole value, and mean ASCII by \w.
        pattern = re.compile(limits.pattern, re.ASCII)
        checks.append(lambda value: None if pattern.fullmatch(value) else f"must match {pattern.pattern}")
    return checks


def _outside(size: int | float, minimum: int | None, maximum: int | None, unit: str = "") -> str | None:
    if minimum is not None and size < minimum:
        return f"must be at least {_counted(minimum, unit)}, is {size}"
    if maximum is not None and size > maximum:
        return f"must be at most {_counted(maximum, unit)}, is {size}"
    return None


def _counted(number: int, unit: str) -> str:
    return f"{number}{unit}{'s' if unit and number != 1 else ''}"


def _long_line(text: bytes, maximum: int) -> str | None:
    """Return what is wrong if a line is longer than `maximum` bytes. It searches backwards, so it reads few of them."""
    start = 0
    while len(text) - start > maximum:
        end = text.rfind(b"\n", start, start + maximum + 2)
        if end < 0:
            return f"must have lines of at most {maximum} bytes"
        start = end + 1
    return None


def _count(members: Sequence[Any] | Mapping[Any, Any], limits: Limits) -> list[Problem]:
    message = _outside(len(members), limits.min_items, limits.max_items, " item")
    return [Problem("", message)] if message else []


def _aware(value: Any, _check_limits: bool) -> Problems:
    if not isinstance(value, datetime):
        return _expected("a datetime", value)
    problem = time_problem(value)
    return (Problem("", problem),) if problem else _FINE


def time_problem(moment: datetime) -> str | None:
    """Return why a time can't be sent; None if it can."""
    try:
        if moment.utcoffset() is None:
            return "expected an aware datetime, got one without a time zone"
        moment.utctimetuple()
    except OverflowError:
        return "is out of range in UTC"
    except Exception as error:  # noqa: BLE001 -- a tzinfo may be code of the caller
        return f"expected an aware datetime, got one whose tzinfo raises {type(error).__name__}"
    return None


def repeats(members: Sequence[Any], name: str) -> list[Problem]:
    """Return the problems of items that have the same value of a member."""
    first: dict[Any, int] = {}
    problems: list[Problem] = []
    for index, member in enumerate(members):
        value = getattr(member, name)
        if first.setdefault(value, index) != index:
            problems.append(Problem(f"[{index}].{name}", f"is the same as that of [{first[value]}]"))
    return problems


def broken_rules(rules: Sequence[MemberRule], get: Callable[[str], Any]) -> list[Problem]:
    """Return the problems of members that are valid one by one, but not together; `get` returns a member by name."""
    found = (rule.problem([get(name) for name in rule.members]) for rule in rules)
    return [Problem(*problem) for problem in found if problem]


def _sequence(item: Check, limits: Limits) -> Check:
    def check(value: Any, check_limits: bool) -> Problems:
        if not is_sequence(value):
            return _expected("a sequence", value)
        members: Sequence[Any] = value
        problems = _count(members, limits) if check_limits else []
        for index, member in enumerate(members):
            found = item(member, check_limits)
            if found:
                problems += under(f"[{index}]", found)
        if check_limits and limits.unique and not problems:
            problems += repeats(members, limits.unique)
        return problems

    return check


def _mapping(key: Check, item: Check, limits: Limits) -> Check:
    def check(value: Any, check_limits: bool) -> Problems:
        if not is_mapping(value):
            return _expected("a mapping", value)
        members: Mapping[Any, Any] = value
        problems = _count(members, limits) if check_limits else []
        for name, member in members.items():
            problems += under(f"[{str(name)!r}] (key)", key(name, check_limits))
            problems += under(f"[{str(name)!r}]", item(member, check_limits))
        return problems

    return check


def rules_of(cls: type[Model]) -> Sequence[MemberRule]:
    """Return the rules for several members of a model together."""
    if not issubclass(cls, UnionModel):
        return cls.__rules__
    return (OneOf(tuple(field.name for field in attrs.fields(cls) if wire_of(field))), *cls.__rules__)


def _model(cls: type[Model]) -> Check:
    members: list[tuple[str, bool, bool, Check]] = []
    wire_names: dict[str, str] = {}
    for field in attrs.fields(cls):
        known = wire_of(field)
        if known:
            check_member = check_for(core_type(field.type), known.limits)
            members.append((field.name, field.default is attrs.NOTHING, known.output_only, check_member))
            wire_names[known.name] = field.name

    rules = rules_of(cls)

    def check(value: Any, check_limits: bool) -> Problems:
        if not isinstance(value, cls):
            advice = f"; models.from_wire(models.{cls.__name__}, ...) reads a dict"
            return _expected(f"models.{cls.__name__}", value, advice if isinstance(value, dict) else "")
        problems: list[Problem] = []
        for name, is_required, output_only, check_member in members:
            member = getattr(value, name)
            if member is not None and (is_required or member is not ABSENT):
                if output_only and check_limits:
                    problems.append(Problem(f".{name}", "is set by the service in responses; leave it out"))
                    continue
                found = check_member(member, check_limits)
                if found:
                    problems += under(f".{name}", found)
            elif is_required:
                problems.append(required(f".{name}"))
        if value.extra:
            problems += [_unknown(cls, name, wire_names) for name in value.extra]
        if value.extra_members:
            problems += under(".extra_members", check_extra_members(value.extra_members, wire_names))
        # Members that this version does not know may change the rules for several members together.
        elif rules and check_limits and not problems:
            problems += broken_rules(rules, partial(getattr, value))
        return problems

    return check


def _unknown(cls: type[Model], name: str, wire_names: Mapping[str, str]) -> Problem:
    from difflib import get_close_matches

    near = get_close_matches(name, wire_names, n=1)
    advice = f"; did you mean {near[0]}?" if near else "; extra_members= sends it all the same"
    return Problem(f".{name}", f"models.{cls.__name__} has no such member{advice}")


def check_extra_members(members: Any, known: Mapping[str, str]) -> Problems:
    """Return what is wrong with members that a caller sends although the package does not know them.

    Args:
        members: The members by wire name.
        known: The wire names that the package knows in this place, each with its name in Python.
    """
    if not is_mapping(members):
        return _expected("a mapping", members)
    given: Mapping[Any, Any] = members
    problems: list[Problem] = []
    for name, value in given.items():
        if not isinstance(name, str) or not name or not is_unicode(name):
            message = "is not the name of a member"
        elif name in known:
            message = f"is a member that this version knows; pass it as {known[name]}="
        else:
            message = "" if _is_json(value) else "must be a JSON value; models.to_wire turns a model into one"
        problems += [Problem(f"[{str(name)!r}]", message)] if message else []
    return problems


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError):
        return False
    return True
