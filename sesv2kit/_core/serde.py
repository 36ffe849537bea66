"""Models as the dicts of the wire, and back, by one cattrs converter. It and its hooks are made on first use."""

import base64
import calendar
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, Union, cast, get_args, get_origin

import attrs

from .exceptions import ParamValidationError, Problem
from .forks import IMPORTS
from .model import ABSENT, Model, OpenEnum, is_mapping, is_sequence, wire_of

if TYPE_CHECKING:
    from cattrs import Converter

ModelT = TypeVar("ModelT", bound=Model)
Hook = Callable[[Any], Any]

_JSON_NAMES: Final = {
    "dict": "an object",
    "list": "an array",
    "str": "a string",
    "bool": "a boolean",
    "int": "a number",
    "float": "a number",
    "NoneType": "null",
}


class WireError(ValueError):
    """A received value that does not fit the model. The message does not show the value."""


class _Structure(Protocol):
    def __call__(self, value: Any, cls: Any, /) -> Any: ...


def core_type(annotation: Any) -> Any:
    """Return the core type of an annotation: for `Sequence[Tag] | None` it is `Sequence[Tag]`.

    For a union of an open enum and `str` it is the enum, which accepts any string.
    """
    if get_origin(annotation) not in (Union, types.UnionType):
        return annotation
    members = [member for member in get_args(annotation) if member is not type(None)]
    enums = [member for member in members if _is_enum(member)]
    return (enums or members)[0]


def _is_enum(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, OpenEnum)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Model)


def _is_generic(annotation: Any, origin: type) -> bool:
    return cast(object, get_origin(annotation)) is origin


def wired_fields(cls: type[Model]) -> "list[tuple[attrs.Attribute[Any], str]]":
    """Return the fields that travel, each with its wire name."""
    return [(field, known.name) for field in attrs.fields(cls) if (known := wire_of(field))]


def _unwired(cls: type[Model]) -> list[str]:
    return [field.name for field in attrs.fields(cls) if not wire_of(field)]


# To the wire -------------------------------------------------------------------------------------


def epoch_seconds(moment: datetime) -> int | float:
    """Return a time as it is sent in a JSON body; whole seconds are integers, as botocore writes them."""
    whole = calendar.timegm(moment.utctimetuple())
    return (whole * 10**6 + moment.microsecond) / 10**6 if moment.microsecond else whole


def iso8601(moment: datetime) -> str:
    """Return a time as it is sent in a query: ISO 8601 in UTC."""
    layout = "%Y-%m-%dT%H:%M:%S.%fZ" if moment.microsecond else "%Y-%m-%dT%H:%M:%SZ"
    return moment.astimezone(UTC).strftime(layout)


def plain_text(text: str) -> str:
    """Return the characters of a text, also of a subclass with a `__str__` of its own, such as an `Enum`'s."""
    return str.__str__(text)


def _base64(blob: bytes | bytearray | memoryview) -> str:
    return base64.b64encode(blob).decode("ascii")


def _unstructure_model(cls: type[Model]) -> Hook:
    # Not cattrs' make_dict_unstructure_fn: it writes members that can be absent after all others, and the
    # order of the members is part of what is signed. This loop keeps the model's, and is as fast.
    fields = [
        (
            field.name,
            wire_name,
            field.default is attrs.NOTHING,
            _converter().get_unstructure_hook(core_type(field.type)),
        )
        for field, wire_name in wired_fields(cls)
    ]

    def unstructure(model: Model) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for name, wire_name, is_required, encode in fields:
            value = getattr(model, name)
            if value is not None and (is_required or value is not ABSENT):
                members[wire_name] = encode(value)
        if model.extra:
            members.update(model.extra)
        if model.extra_members:
            members.update(model.extra_members)
        return members

    return unstructure


# From the wire -----------------------------------------------------------------------------------


def _strictly(expected: type | tuple[type, ...], name: str) -> _Structure:
    def structure(value: Any, _cls: Any, /) -> Any:
        if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            raise WireError(f"expected {name}, got {_json_name(value)}")
        return value

    return structure


def _json_name(value: Any) -> str:
    return _JSON_NAMES.get(type(value).__name__, type(value).__name__)


def _structure_int(value: Any, _cls: Any, /) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return cast(int, _strictly(int, "a whole number")(value, int))


def _structure_float(value: Any, _cls: Any, /) -> float:
    number = _strictly((int, float), "a number")(value, float)
    try:
        return float(number)
    except OverflowError as error:
        raise WireError("expected a number, got one out of range") from error


def _structure_datetime(value: Any, _cls: Any, /) -> datetime:
    """Read epoch seconds, as the service sends them, ISO 8601, or a datetime out of a boto3 dict."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise WireError("expected a time, got a value out of range") from error
    raise WireError(f"expected a time, got {_json_name(value)}")


def _structure_bytes(value: Any, _cls: Any, /) -> bytes:
    """Read base64 text, or bytes out of a boto3 dict."""
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    text = _strictly(str, "base64 text")(value, bytes)
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise WireError("expected base64 text") from error


def _structure_hook(annotation: Any) -> _Structure:
    """Return the compiled function that reads a value of the core type of an annotation."""
    core = core_type(annotation)
    # Not through the converter: it would take an enum for the str that it is, too.
    return _structure_enum(core) if _is_enum(core) else _converter().get_structure_hook(core)


@cache
def _structure_of(annotation: Any) -> tuple[_Structure, Any]:
    """Return the compiled function that reads a value, and the core type that it takes with the value."""
    return _structure_hook(annotation), core_type(annotation)


def _structure_enum(enum: type[OpenEnum]) -> _Structure:
    def structure(value: Any, _cls: Any, /) -> OpenEnum:
        if not isinstance(value, str):
            raise WireError(f"expected a string, got {_json_name(value)}")
        return enum(value)

    return structure


def _structure_sequence(annotation: Any) -> _Structure:
    item_type = core_type(get_args(annotation)[0])
    item = _structure_hook(item_type)

    def structure(value: Any, _cls: Any, /) -> tuple[Any, ...]:
        if not is_sequence(value):
            raise WireError(f"expected an array, got {_json_name(value)}")
        members: Sequence[Any] = value
        return tuple([item(member, item_type) for member in members])

    return structure


def _structure_mapping(annotation: Any) -> _Structure:
    item_type = core_type(get_args(annotation)[1])
    item = _structure_hook(item_type)

    def structure(value: Any, _cls: Any, /) -> dict[str, Any]:
        if not is_mapping(value):
            raise WireError(f"expected an object, got {_json_name(value)}")
        members: Mapping[str, Any] = value
        return {key: item(member, item_type) for key, member in members.items()}

    return structure


def _substitute(annotation: Any) -> Any:
    """Return the value of a required member that a response left out, so that one gap does not lose the rest.

    The rule is Smithy's client error correction:
    https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction
    """
    core = core_type(annotation)
    if _is_model(core):
        return {}
    if get_origin(core) is not None:
        return () if issubclass(get_origin(core), Sequence) else {}
    return {bool: False, int: 0, float: 0.0, datetime: 0}.get(core, "")


def _structure_model(cls: type[Model]) -> _Structure:
    from cattrs.gen import make_dict_structure_fn, override

    fields = wired_fields(cls)
    overrides: dict[str, Any] = {name: override(omit=True) for name in _unwired(cls)}
    for field, wire_name in fields:
        overrides[field.name] = override(rename=wire_name, struct_hook=_structure_hook(field.type))
    known: Callable[[Mapping[str, Any], Any], Model] = make_dict_structure_fn(cls, _converter(), **overrides)
    names = frozenset(name for _, name in fields)
    substitutes = [(name, _substitute(field.type)) for field, name in fields if field.default is attrs.NOTHING]

    def structure(value: Any, _cls: Any, /) -> Model:
        if value.__class__ is not dict and not is_mapping(value):
            raise WireError(f"expected an object, got {_json_name(value)}")
        members: Mapping[str, Any] = value
        if None in members.values():
            members = {name: member for name, member in members.items() if member is not None}
        gaps = {name: substitute for name, substitute in substitutes if name not in members} if substitutes else {}
        model = known({**members, **gaps} if gaps else members, cls)
        if not names.issuperset(members):
            unknown = {name: member for name, member in members.items() if name not in names}
            object.__setattr__(model, "extra", unknown)
        return model

    return structure


# The converter -----------------------------------------------------------------------------------


@cache
def _converter() -> "Converter":
    """Return the converter. Loading cattrs takes as long as ten calls, and usual calls do without it."""
    with IMPORTS.lock:
        from cattrs import Converter

    converter = Converter(unstruct_collection_overrides={Sequence: list})
    converter.register_unstructure_hook(datetime, epoch_seconds)
    for blob in (bytes, bytearray, memoryview):
        converter.register_unstructure_hook(blob, _base64)
    # By class and not by predicate: cattrs would take the hook of `str` first.
    converter.register_unstructure_hook(OpenEnum, plain_text)
    converter.register_unstructure_hook_factory(_is_model, _unstructure_model)
    converter.register_structure_hook(str, _strictly(str, "a string"))
    converter.register_structure_hook(bool, _strictly(bool, "a boolean"))
    converter.register_structure_hook(int, _structure_int)
    converter.register_structure_hook(float, _structure_float)
    converter.register_structure_hook(datetime, _structure_datetime)
    converter.register_structure_hook(bytes, _structure_bytes)
    converter.register_structure_hook_factory(lambda tp: _is_generic(tp, Sequence), _structure_sequence)
    converter.register_structure_hook_factory(lambda tp: _is_generic(tp, Mapping), _structure_mapping)
    converter.register_structure_hook_factory(_is_model, _structure_model)
    return converter


@cache
def encoder(tp: Any) -> Hook:
    """Return the compiled function that turns a value of `tp` into a JSON value."""
    return _converter().get_unstructure_hook(tp)


def decode(cls: type[ModelT], members: Any) -> ModelT:
    """Read a model out of parsed JSON, or raise `WireError` with the place of each thing that does not fit."""
    return cast(ModelT, decode_value(cls, members, cls.__name__))


def decode_value(tp: Any, value: Any, place: str) -> Any:
    """Read a value out of parsed JSON, or raise `WireError` with the place of each thing that does not fit."""
    try:
        structure, core = _structure_of(tp)
        return structure(value, core)
    except WireError:
        raise
    except Exception as error:
        from cattrs import transform_error

        places = transform_error(error, path=place, format_exception=_message)
        raise WireError("; ".join(places)) from error


def decode_fitting(cls: type[ModelT], members: Mapping[str, Any]) -> tuple[ModelT, Sequence[str]]:
    """Read a model out of a parsed JSON object as far as it fits.

    Returns:
        The model, and what does not fit, each with its place. A value that does not fit is in `extra` under its wire
        name, of the model that it is a member of; the member itself is as if the service had left it out.
    """
    try:
        return decode(cls, members), ()
    except WireError:
        pass
    misfits: list[str] = []
    return _fit(cls, members, cls.__name__, misfits), misfits


def _fit(cls: type[ModelT], members: Mapping[str, Any], place: str, misfits: list[str]) -> ModelT:
    from cattrs import BaseValidationError

    fields = {wire_name: field for field, wire_name in wired_fields(cls)}
    values: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, member in members.items():
        if name not in fields:
            extra[name] = member
        elif member is not None:
            try:
                values[fields[name].name] = _fit_value(fields[name].type, member, f"{place}.{name}", misfits)
            except (WireError, BaseValidationError) as error:
                misfits.append(f"{place}.{name}: {_message(error, None)}")
                extra[name] = member
    for field in fields.values():
        if field.name not in values and field.default is attrs.NOTHING:
            values[field.name] = _structure_hook(field.type)(_substitute(field.type), core_type(field.type))
    model = cls(**values)
    object.__setattr__(model, "extra", extra)
    return model


def _fit_value(annotation: Any, value: Any, place: str, misfits: list[str]) -> Any:
    core = core_type(annotation)
    if _is_model(core) and is_mapping(value):
        return _fit(core, value, place, misfits)
    if _is_generic(core, Sequence) and is_sequence(value):
        return tuple(
            _fit_value(get_args(core)[0], item, f"{place}[{index}]", misfits) for index, item in enumerate(value)
        )
    if _is_generic(core, Mapping) and is_mapping(value):
        return {key: _fit_value(get_args(core)[1], item, f"{place}[...]", misfits) for key, item in value.items()}
    return _structure_hook(annotation)(value, core)


def _message(error: BaseException, _type: type[Any] | None) -> str:
    return str(error) if isinstance(error, WireError) else "unexpected value"


def to_wire(model: Model) -> dict[str, Any]:
    """Return a model as the dict that travels: wire names, epoch seconds, base64; absent members left out.

    Args:
        model: Any model of this package. Members in its `extra` and `extra_members` come along.

    Returns:
        A new dict of JSON types, with the names that boto3 uses.

    Raises:
        ParamValidationError: It is not a model, or a member of it has the wrong type.
    """
    given: Any = model
    name = type(given).__name__
    if not isinstance(given, Model):
        raise ParamValidationError("to_wire", [Problem("model", f"expected a model of this package, got {name}")])
    try:
        return cast("dict[str, Any]", encoder(cast(Any, type(given)))(given))
    except (AttributeError, TypeError, ValueError):
        raise ParamValidationError(f"to_wire({name})", [Problem(name, "has a member of the wrong type")]) from None


def from_wire(cls: type[ModelT], members: Mapping[str, Any]) -> ModelT:
    """Read a model out of a dict with wire names, such as boto3 takes and returns.

    Args:
        cls: The model class, for example `models.EmailContent`.
        members: The dict. Times may be datetimes or epoch seconds, blobs bytes or base64 text. Names that
            the model does not have are kept in `extra`; sending such a model raises ParamValidationError.

    Returns:
        The model.

    Raises:
        ParamValidationError: `cls` is not a model class, or a value has the wrong type.
    """
    if not _is_model(cls):
        raise ParamValidationError("from_wire", [Problem("cls", "must be a model class, such as models.EmailContent")])
    try:
        return decode(cls, members)
    except WireError as error:
        raise ParamValidationError(f"from_wire({cls.__name__})", [Problem(cls.__name__, str(error))]) from None
