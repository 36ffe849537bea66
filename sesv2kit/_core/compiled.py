"""Arguments checked and encoded as JSON text in one pass, by functions that are compiled for each type on first use.

They know what is usual: values of exactly the documented types, within all limits. For anything else they raise
`UnusualError`, and the caller takes the general path, `validation.py` and `serde.py`, which accept more and say what is
wrong. Both paths give the same bytes for what both accept; the tests compare them.
"""

import math
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from json.encoder import encode_basestring_ascii
from operator import attrgetter
from typing import Any, Final, Self, get_args, get_origin

import attrs

from .model import ABSENT, NO_LIMITS, Limits, Model, OpenEnum, wire_of
from .serde import core_type, epoch_seconds
from .validation import is_finite, is_unicode, limit_checks, repeats, rules_of, time_problem

LARGE_BLOBS: Final = 256 * 1024
"""Blobs of more bytes are not usual: they are encoded where that holds up nobody, see `blobs.py`."""

Encode = Callable[[Any], str]
"""Takes a value, and returns it as JSON text."""


class UnusualError(Exception):
    """A value that the general path has to check."""


class Encoded(tuple[Any, ...]):
    """The items of a list, each of which was checked and encoded before.

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
        return _sequence(json_encoder(item, limits.item or Limits()), limits, has_blobs=_has_blobs(item))
    if origin is Mapping:
        key, value = get_args(tp)
        return _mapping(_item_encoder(key, limits.key), _item_encoder(value, limits.value), limits)
    if tp is datetime:
        return _datetime
    if issubclass(tp, Model):
        return _model(tp)
    return _limited(_SCALARS[str if issubclass(tp, OpenEnum) else tp], tp, limits)


def object_encoder(members: Iterable[tuple[Callable[[Any], Any], str, bool, Encode]]) -> Encode:
    """Return the function that encodes a JSON object, given what has its members, and checks them one by one.

    Args:
        members: For each what returns its value, its name on the wire, whether it is required, and its encoder.
    """
    compiled = [
        (get, f"{encode_basestring_ascii(wire_name)}: ", required, encode)
        for get, wire_name, required, encode in members
    ]

    def encode_object(value: Any) -> str:
        parts: list[str] = []
        for get, prefix, required, encode in compiled:
            member = get(value)
            if member is None or member is ABSENT:
                if required:
                    raise UnusualError
            else:
                parts.append(prefix + encode(member))
        return "{" + ", ".join(parts) + "}"

    return encode_object


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
    """Encode items that have blobs, which may be large only together."""
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


def _model(cls: type[Model]) -> Encode:
    members: list[tuple[Callable[[Any], Any], str, bool, Encode]] = []
    for field in attrs.fields(cls):
        known = wire_of(field)
        if known:
            encode_member = _output_only if known.output_only else _item_encoder(field.type, known.limits)
            members.append((attrgetter(field.name), known.name, field.default is attrs.NOTHING, encode_member))
    encode_members, rules = object_encoder(members), rules_of(cls)

    def encode(value: Any) -> str:
        if value.__class__ is not cls or value.extra or value.extra_members:
            raise UnusualError
        text = encode_members(value)
        for rule in rules:
            if rule.problem(partial(getattr, value)):
                raise UnusualError
        return text

    return encode


def _output_only(_value: Any) -> str:
    raise UnusualError
