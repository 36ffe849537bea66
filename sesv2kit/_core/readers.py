"""Responses turned into models by functions that are compiled for each type on first use.

They handle the usual case: every required member is there, and every value has exactly the documented type. For
anything else they raise `UnusualError`, and the caller takes the general path, `serde.decode_fitting`, which accepts
more and reports what does not fit. Both paths return the same model for what both accept; the tests compare them.
cattrs is loaded for the general path alone.
"""

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast, get_args, get_origin

import attrs

from .compiled import UnusualError
from .model import Model, OpenEnum
from .serde import ModelT, core_type, wired_fields

Read = Callable[[Any], Any]
"""Takes a value of parsed JSON, and returns it as the member of a model."""


def read_usual(cls: type[ModelT], members: Any) -> ModelT:
    """Return the model of a parsed JSON object.

    Args:
        cls: The model's class.
        members: The JSON object.

    Raises:
        UnusualError: The general path has to read it.
    """
    return cast(ModelT, _reader(cast(Any, cls))(members))


def usual_reader(tp: Any) -> Read:
    """Return the function that reads values of a core type, see `serde.core_type`. It can raise `UnusualError`."""
    return _reader(tp)


@cache
def _reader(tp: Any) -> Read:
    """Return the function that reads values of a core type, see `serde.core_type`."""
    origin = get_origin(tp)
    if origin is Sequence:
        return _sequence(_reader(core_type(get_args(tp)[0])))
    if origin is Mapping:
        return _mapping(_reader(core_type(get_args(tp)[1])))
    if issubclass(tp, Model):
        return _model(tp)
    if issubclass(tp, OpenEnum):
        return _enum(tp)
    return _SCALARS.get(tp) or _exactly(tp)


def _exactly(tp: type) -> Read:
    def read(value: Any) -> Any:
        if value.__class__ is not tp:
            raise UnusualError
        return value

    return read


def _float(value: Any) -> float:
    if value.__class__ is not float and value.__class__ is not int:
        raise UnusualError
    try:
        return float(value)
    except OverflowError:
        raise UnusualError from None


def _datetime(value: Any) -> datetime:
    if value.__class__ is not float and value.__class__ is not int:
        raise UnusualError
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        raise UnusualError from None


def _bytes(value: Any) -> bytes:
    if value.__class__ is not str:
        raise UnusualError
    try:
        return b64decode(value, validate=True)
    except ValueError:
        raise UnusualError from None


_SCALARS: Mapping[Any, Read] = {float: _float, datetime: _datetime, bytes: _bytes}


def _enum(enum: type[OpenEnum]) -> Read:
    known = {str(member): member for member in enum}

    def read(value: Any) -> OpenEnum:
        if value.__class__ is not str:
            raise UnusualError
        return known.get(value) or enum(value)

    return read


def _sequence(item: Read) -> Read:
    def read(value: Any) -> tuple[Any, ...]:
        if value.__class__ is not list:
            raise UnusualError
        return tuple([item(member) for member in value])

    return read


def _mapping(item: Read) -> Read:
    def read(value: Any) -> dict[str, Any]:
        if value.__class__ is not dict:
            raise UnusualError
        return {key: item(member) for key, member in value.items()}

    return read


def _model(cls: type[Model]) -> Read:
    known = {wire_name: (field.name, _reader(core_type(field.type))) for field, wire_name in wired_fields(cls)}
    required = frozenset(field.name for field, _ in wired_fields(cls) if field.default is attrs.NOTHING)

    def read(value: Any) -> Model:
        if value.__class__ is not dict:
            raise UnusualError
        given: dict[str, Any] = {}
        extra: dict[str, Any] | None = None
        for wire_name, member in value.items():
            if member is None:
                continue
            field = known.get(wire_name)
            if field is None:
                extra = extra or {}
                extra[wire_name] = member
            else:
                given[field[0]] = field[1](member)
        if required and not given.keys() >= required:
            raise UnusualError
        model = cls(**given)
        if extra:
            object.__setattr__(model, "extra", extra)
        return model

    return read
