"""Pure and lenient: JSON becomes models. What does not fit its member is left out; the event keeps it in `raw`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from types import UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin

import attrs

from .._core.model import Model, OpenEnum, wire_of
from .json_types import as_list, as_object

ModelT = TypeVar("ModelT", bound=Model)
Reader = Callable[[Any], Any]

_UNFIT: Final = object()
"""What a reader returns for a value that does not fit."""
_SWITCHES: Final[Mapping[str, object]] = {"true": True, "false": False}


def read(cls: type[ModelT], value: object) -> ModelT:
    """Return a model of what fits; empty if the value is not an object at all."""
    given = as_object(value)
    return cls() if given is None else _model(cls, given)


def _model(cls: type[ModelT], given: Mapping[str, Any]) -> ModelT:
    members: dict[str, Any] = {}
    for name, wire_name, reader in _members(cls):  # type: ignore[arg-type]
        found = given.get(wire_name)
        if found is not None and (fitting := reader(found)) is not _UNFIT:
            members[name] = fitting
    return cls(**members)


def read_time(value: object) -> datetime | None:
    """Return a time as SES writes them, always with a time zone; None if it is not one.

    `2017-08-05T00:41:02.669Z` is usual; `2018-10-08T14:05:45 +0000` has been seen. A time without a zone is in UTC.
    """
    if not isinstance(value, str):
        return None
    try:
        time = datetime.fromisoformat(value.replace(" +", "+").replace(" -", "-"))
        if time.tzinfo is None:
            return time.replace(tzinfo=UTC)
        if time.tzinfo is not UTC:
            time.astimezone(UTC)  # a time at the end of the calendar can't be converted, so nobody could use it
        return time  # noqa: TRY300
    except (ValueError, OverflowError):
        return None


@cache
def _members(cls: type[Model]) -> tuple[tuple[str, str, Reader], ...]:
    """Return each member's name, name on the wire, and reader."""
    fields = [(field, wire_of(field)) for field in attrs.fields(attrs.resolve_types(cls))]
    return tuple((field.name, known.name, _reader(field.type)) for field, known in fields if known)


def _reader(tp: Any) -> Reader:
    if get_origin(tp) in (Union, UnionType):
        tp = next(part for part in get_args(tp) if part is not type(None))  # the first is the one to read as
    if get_origin(tp) is Mapping:
        return _mapping(_reader(get_args(tp)[1]))
    if get_origin(tp) is Sequence:
        return _list(_reader(get_args(tp)[0]))
    if tp is datetime:
        return lambda value: _UNFIT if (time := read_time(value)) is None else time
    if tp is bool:
        return _switch
    if issubclass(tp, Model):
        return lambda value: _UNFIT if (given := as_object(value)) is None else _model(tp, given)
    if issubclass(tp, OpenEnum):
        return lambda value: tp(value) if isinstance(value, str) else _UNFIT
    return lambda value: value if type(value) is tp else _UNFIT


def _switch(value: object) -> object:
    """Read a boolean, which the reference calls a text in one place."""
    if isinstance(value, bool):
        return value
    return _SWITCHES.get(value, _UNFIT) if isinstance(value, str) else _UNFIT


def _list(item: Reader) -> Reader:
    def reader(value: object) -> object:
        if (members := as_list(value)) is None:
            return _UNFIT
        return tuple(found for member in members if (found := item(member)) is not _UNFIT)

    return reader


def _mapping(item: Reader) -> Reader:
    def reader(value: object) -> object:
        if (members := as_object(value)) is None:
            return _UNFIT
        return {name: found for name, member in members.items() if (found := item(member)) is not _UNFIT}

    return reader
