"""Arguments checked and encoded as JSON text in one pass, by functions that are compiled for each type on first use.

They handle the usual case: values of exactly the documented types, within all limits. For anything else they raise
`UnusualError`, and the caller takes the general path, `validation.py` and `serde.py`, which accepts more and reports
what is wrong. Both paths give the same bytes for what both accept; the tests compare them.
"""

import math
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from json.encoder import encode_basestring_ascii
from operator import attrgetter
from typing import Any, Final, NamedTuple, Self, get_args, get_origin

import attrs

from .model import ABSENT, NO_LIMITS, Limits, Model, OpenEnum, wire_of
from .serde import core_type, epoch_seconds
from .validation import is_finite, is_unicode, limit_checks, repeats, rules_of, time_problem

LARGE_BLOBS: Final = 256 * 1024
"""Blobs of more bytes take the general path: the async client encodes them in a thread, see `blobs.py`."""

Encode = Callable[[Any], str]
"""Takes a value, and returns it as JSON text."""


class UnusualError(Exception):
    """A value that the general path has to check."""


class Encoded(tuple[Any, ...]):
    """The items of a list, which were checked and encoded one by one before.

    Attributes:
        texts: The JSON text of each.
    """

    texts: Sequence[str]

    def __new__(cls, items: Iterable[Any], texts: Sequence[str]) -> Self:
        """Return such a list."""
        encoded = super().__new__(cls, items)
        encoded.texts = texts
        return encoded


@cache
def json_encoder(tp: Any, limits: Limits) -> Encode:
    """Return the function that checks and encodes values of a core type.

    Args:
        tp: The core type, see `serde.core_type`.
        limits: The documented limits.
    """
    origin = get_origin(tp)
    if origin is Sequence:
        item = core_type(get_args(tp)[0])
        return _sequence(_item_encoder(item, limits.item), limits, has_blobs=_has_blobs(item))
    if origin is Mapping:
        key, value = get_args(tp)
        return _mapping(_item_encoder(key, limits.key), _item_encoder(value, limits.value), limits)
    if tp is datetime:
        return _datetime
    if issubclass(tp, Model):
        return _model(tp)
    return _limited(_SCALARS[str if issubclass(tp, OpenEnum) else tp], tp, limits)


class Member(NamedTuple):
    """A member of a JSON object.

    Attributes:
        get: The Python expression that gets it from `value`.
        wire_name: Its name in the object.
        required: Whether the object must have it.
        type: Its core type, see `serde.core_type`.
        limits: Its documented limits.
        encode: The function that encodes it; None for the encoder of its type.
    """

    get: str
    wire_name: str
    required: bool
    type: Any
    limits: Limits
    encode: Encode | None = None


def object_encoder(name: str, unusual: str, members: Iterable[Member], **names: Any) -> Encode:
    """Return the function that encodes a JSON object, and checks its members one by one.

    Its source is written for these members, as attrs does it for the methods of classes: a loop over them takes three
    times as long. The encoders of members are compiled when the first value needs them.

    Args:
        name: What it encodes, for tracebacks.
        unusual: The Python expression that is true if `value` needs the general path.
        members: The members.
        **names: Values of the other names in these expressions.
    """
    names |= {"UnusualError": UnusualError, "ABSENT": ABSENT, "quote": encode_basestring_ascii}
    lines = ["def encode(value):", f"    if {unusual}:", "        raise UnusualError", "    parts = []"]
    for number, member in enumerate(members):
        encode = f"encode_{number}"
        names[encode] = member.encode or _compiled_on_first_use(names, encode, member)
        text = f"{encode}(member)"
        if condition := _usual_text(member.type, member.limits):
            text = f"(quote(member) if {condition} else {text})"
        lines += [
            f"    member = {member.get}",
            "    if member is not None and member is not ABSENT:",
            f"        parts.append({encode_basestring_ascii(member.wire_name) + ': '!r} + {text})",
        ]
        if member.required:
            lines += ["    else:", "        raise UnusualError"]
    lines.append('    return "{" + ", ".join(parts) + "}"')
    exec(compile("\n".join(lines), f"<encoder of {name}>", "exec"), names)  # noqa: S102 -- of names that we have chosen
    encode_object: Encode = names["encode"]
    return encode_object


def _compiled_on_first_use(names: dict[str, Any], name: str, member: Member) -> Encode:
    """Return a function that compiles the encoder of a member, replaces itself with it, and calls it."""

    def encode(value: Any) -> str:
        names[name] = compiled = json_encoder(member.type, member.limits)
        return compiled(value)

    return encode


def _usual_text(tp: Any, limits: Limits) -> str:
    """Return the Python expression that is true if `member` is text that only needs quotes; empty for other types."""
    has_lengths = limits.min_length is not None or limits.max_length is not None
    if tp is not str or len(limit_checks(tp, limits)) > has_lengths:
        return ""
    condition = "member.__class__ is str and member.isascii()"
    if limits.min_length is not None:
        condition += f" and len(member) >= {limits.min_length}"
    if limits.max_length is not None:
        condition += f" and len(member) <= {limits.max_length}"
    return condition


def _item_encoder(annotation: Any, limits: Limits | None) -> Encode:
    return json_encoder(core_type(annotation), limits or NO_LIMITS)


def _text(value: Any) -> str:
    if value.__class__ is not str and not isinstance(value, OpenEnum):
        raise UnusualError
    if not value.isascii() and not is_unicode(value):
        raise UnusualError
    return encode_basestring_ascii(value)


def _bool(value: Any) -> str:
    if value is True:
        return "true"
    if value is False:
        return "false"
    raise UnusualError


def _int(value: Any) -> str:
    if value.__class__ is not int or not is_finite(value):
        raise UnusualError
    return repr(value)


def _float(value: Any) -> str:
    if value.__class__ not in (float, int) or not is_finite(value):
        raise UnusualError
    return repr(value)


def _bytes(value: Any) -> str:
    if value.__class__ not in (bytes, bytearray) or len(value) > LARGE_BLOBS:
        raise UnusualError
    return '"' + b64encode(value).decode("ascii") + '"'


def _datetime(value: Any) -> str:
    if not isinstance(value, datetime) or time_problem(value):
        raise UnusualError
    return repr(epoch_seconds(value))


_SCALARS: Mapping[type, Encode] = {str: _text, bool: _bool, int: _int, float: _float, bytes: _bytes}


def _limited(encode: Encode, tp: Any, limits: Limits) -> Encode:
    checks = limit_checks(tp, limits)
    if not checks:
        return encode

    def encode_limited(value: Any) -> str:
        text = encode(value)
        for check in checks:
            if check(value):
                raise UnusualError
        return text

    return encode_limited


def _has_blobs(tp: Any) -> bool:
    """Return whether a type is a model with a blob."""
    return get_origin(tp) is None and attrs.has(tp) and bytes in [core_type(field.type) for field in attrs.fields(tp)]


def _encode_blobs(item: Encode, members: Sequence[Any]) -> str:
    """Encode items that have blobs, unless the blobs are large together."""
    texts: list[str] = []
    size = 0
    for member in members:
        text = item(member)
        size += len(text)
        if size > 2 * LARGE_BLOBS:
            raise UnusualError
        texts.append(text)
    return ", ".join(texts)


def _sequence(item: Encode, limits: Limits, *, has_blobs: bool) -> Encode:
    smallest, largest, unique = limits.min_items or 0, limits.max_items or math.inf, limits.unique

    def encode(value: Any) -> str:
        if value.__class__ is Encoded and smallest <= len(value) <= largest and not unique:
            return f"[{', '.join(value.texts)}]"
        if value.__class__ not in (list, tuple) or not smallest <= len(value) <= largest:
            raise UnusualError
        text = _encode_blobs(item, value) if has_blobs else ", ".join([item(member) for member in value])
        if unique and repeats(value, unique):
            raise UnusualError
        return f"[{text}]"

    return encode


def _mapping(key: Encode, item: Encode, limits: Limits) -> Encode:
    smallest, largest = limits.min_items or 0, limits.max_items or math.inf

    def encode(value: Any) -> str:
        if value.__class__ is not dict or not smallest <= len(value) <= largest:
            raise UnusualError
        members: Mapping[Any, Any] = value
        return "{" + ", ".join([f"{key(name)}: {item(member)}" for name, member in members.items()]) + "}"

    return encode


def _values_of(names: Sequence[str]) -> Callable[[Any], Sequence[Any]]:
    """Return a function that returns the values of members."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: [getattr(value, name) for name in names]  # attrgetter returns no tuple for one


def _model(cls: type[Model]) -> Encode:
    members: list[Member] = []
    for field in attrs.fields(cls):
        if known := wire_of(field):
            is_required = field.default is attrs.NOTHING
            special = _output_only if known.output_only else None
            limits = known.limits or NO_LIMITS
            members.append(
                Member(f"value.{field.name}", known.name, is_required, core_type(field.type), limits, special)
            )
    unusual = "value.__class__ is not cls or value.extra or value.extra_members"
    encode_members = object_encoder(cls.__name__, unusual, members, cls=cls)
    rules = [(rule.problem, _values_of(rule.members)) for rule in rules_of(cls)]
    if not rules:
        return encode_members

    def encode(value: Any) -> str:
        text = encode_members(value)
        for problem, values_of in rules:
            if problem(values_of(value)):
                raise UnusualError
        return text

    return encode


def _output_only(_value: Any) -> str:
    raise UnusualError
