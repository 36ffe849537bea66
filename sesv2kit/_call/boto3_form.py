"""Requests in boto3's form, dicts with the names of AWS's model, as arguments of this package, and back."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast, get_args, get_origin

import attrs

from .._core.exceptions import ParamValidationError, Problem
from .._core.model import Model, is_mapping, is_sequence, wire_of
from .._core.operation import Argument, Operation
from .._core.serde import WireError, core_type, decode_value
from .._core.validation import required
from .request import argument_problems


def read_arguments(operation: Operation[Any], request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a method, by their names in Python, for a request in boto3's form.

    Args:
        operation: The operation's row.
        request: The request, as boto3's method takes it.

    Raises:
        ParamValidationError: A member is unknown, missing or of the wrong type.
    """
    if not is_mapping(request):
        _refuse(operation, [Problem("request", f"expected a mapping, got {type(request).__name__}")])
    known = {_member(argument): argument for argument in operation.arguments}
    problems: list[Problem] = []
    arguments: dict[str, Any] = {}
    for name, value in request.items():
        if name not in known:
            problems.append(_unknown(operation, str(name), known))
        elif value is not None:
            tp = known[name].type()
            if missing := list(_missing(tp, value, name)):
                problems += missing
                continue
            try:
                arguments[known[name].name] = decode_value(tp, _encoded(tp, value), name)
            except WireError as error:
                problems.append(Problem(name, str(error)))
    problems += [required(name) for name, argument in known.items() if argument.required and request.get(name) is None]
    _refuse(operation, problems or argument_problems(operation, arguments, check_limits=False))
    return arguments


def write_request(operation: Operation[Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a request in boto3's form for the arguments of a method; times stay datetimes, and blobs bytes.

    Args:
        operation: The operation's row.
        arguments: The arguments by their names in Python; None is one that is left out.

    Raises:
        ParamValidationError: An argument is unknown, missing or of the wrong type.
    """
    if not is_mapping(arguments):
        _refuse(operation, [Problem("arguments", f"expected a mapping, got {type(arguments).__name__}")])
    known = {argument.name: argument for argument in operation.arguments}
    problems = [_unknown(operation, str(name), known) for name in arguments if name not in known]
    _refuse(operation, problems or argument_problems(operation, arguments, check_limits=False))
    return {_member(known[name]): _plain(value) for name, value in arguments.items() if value is not None}


def _member(argument: Argument) -> str:
    return argument.member_name or argument.wire_name


def _refuse(operation: Operation[Any], problems: Sequence[Problem]) -> None:
    if problems:
        raise ParamValidationError(operation.name, problems)
    return


def _unknown(operation: Operation[Any], name: str, known: Iterable[str]) -> Problem:
    near = difflib.get_close_matches(name, known, n=1)
    return Problem(name, f"{operation.name} has no such member{f'; did you mean {near[0]}?' if near else ''}")


def _missing(tp: Any, value: Any, place: str) -> Iterator[Problem]:
    """Yield the required members that a value lacks. `decode_value` fills them in, as is right for a response."""
    core = core_type(tp)
    if isinstance(core, type) and issubclass(core, Model) and is_mapping(value):
        for field in attrs.fields(core):
            known = wire_of(field)
            if known and value.get(known.name) is not None:
                yield from _missing(field.type, value[known.name], f"{place}.{known.name}")
            elif known and field.default is attrs.NOTHING:
                yield required(f"{place}.{known.name}")
    elif get_origin(core) is Sequence and is_sequence(value):
        for index, item in enumerate(value):
            yield from _missing(get_args(core)[0], item, f"{place}[{index}]")
    elif get_origin(core) is Mapping and is_mapping(value):
        for name, item in value.items():
            yield from _missing(get_args(core)[1], item, f"{place}[{str(name)!r}]")


def _encoded(tp: Any, value: Any) -> Any:
    """Return a value whose blobs are bytes: boto3 also takes text for a blob, and encodes it as UTF-8."""
    core = core_type(tp)
    if core is bytes and isinstance(value, str):
        return value.encode()
    if isinstance(core, type) and issubclass(core, Model) and is_mapping(value):
        fields = {known.name: field.type for field in attrs.fields(core) if (known := wire_of(field))}
        return {name: _encoded(fields.get(name), member) for name, member in value.items()}
    if get_origin(core) is Sequence and is_sequence(value):
        return [_encoded(get_args(core)[0], item) for item in value]
    if get_origin(core) is Mapping and is_mapping(value):
        return {name: _encoded(get_args(core)[1], item) for name, item in value.items()}
    return value


def _plain(value: Any) -> Any:
    """Return a value in boto3's form."""
    if isinstance(value, Model):
        fields = {known.name: field.name for field in attrs.fields(type(value)) if (known := wire_of(field))}
        members = {name: getattr(value, field) for name, field in fields.items()}
        members = {name: _plain(member) for name, member in members.items() if member is not None}
        return {**members, **value.extra_members}
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytearray | memoryview):
        return bytes(cast(bytearray, value))
    if is_mapping(value):
        return {str(name): _plain(member) for name, member in value.items()}
    if is_sequence(value):
        return [_plain(item) for item in value]
    return value
