"""The base classes of the generated models, open enums, and the facts of a field: its wire name and its limits."""

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar, Final, Self, cast

import attrs

from .rules import MemberRule

_WIRE_KEY: Final = "sesv2kit"
_REDACTED: Final = "'***'"


class Limits:
    """The limits that the reference documents for a value; `item`, `key` and `value` are those of what is inside it."""

    __slots__ = (
        "item",
        "key",
        "max_bytes",
        "max_items",
        "max_length",
        "max_line",
        "maximum",
        "min_items",
        "min_length",
        "minimum",
        "pattern",
        "reserved_prefix",
        "unique",
        "value",
    )

    def __init__(
        self,
        *,
        min_length: int | None = None,
        max_length: int | None = None,
        pattern: str | None = None,
        minimum: int | None = None,
        maximum: int | None = None,
        min_items: int | None = None,
        max_items: int | None = None,
        max_bytes: int | None = None,
        max_line: int | None = None,
        reserved_prefix: str | None = None,
        unique: str | None = None,
        item: "Limits | None" = None,
        key: "Limits | None" = None,
        value: "Limits | None" = None,
    ) -> None:
        self.min_length: int | None = min_length
        self.max_length: int | None = max_length
        self.pattern: str | None = pattern
        self.minimum: int | None = minimum
        self.maximum: int | None = maximum
        self.min_items: int | None = min_items
        self.max_items: int | None = max_items
        self.max_bytes: int | None = max_bytes
        """In UTF-8, of a text."""
        self.max_line: int | None = max_line
        """The bytes of the longest line, without its end."""
        self.reserved_prefix: str | None = reserved_prefix
        """What a text must not start with."""
        self.unique: str | None = unique
        """The member in which any two items of a list must differ."""
        self.item: Limits | None = item
        self.key: Limits | None = key
        self.value: Limits | None = value


NO_LIMITS: Final = Limits()


class Wire:
    """What a model's field is called on the wire, and what is known about its value."""

    __slots__ = ("limits", "name", "output_only", "sensitive")

    def __init__(
        self, name: str, limits: Limits | None = None, sensitive: bool = False, output_only: bool = False
    ) -> None:
        self.name: str = name
        self.limits: Limits | None = limits
        self.sensitive: bool = sensitive
        self.output_only: bool = output_only
        """Whether the service sets it, and a request must not have it."""


def wire(
    name: str, limits: Limits | None = None, *, sensitive: bool = False, output_only: bool = False
) -> dict[str, Wire]:
    """Return the attrs metadata that ties a field to what is known about its value."""
    return {_WIRE_KEY: Wire(name, limits, sensitive, output_only)}


def wire_of(attribute: "attrs.Attribute[Any]") -> Wire | None:
    """Return the wire facts of an attrs attribute; None for one that never travels (`extra`, `metadata`)."""
    return cast("Wire | None", attribute.metadata.get(_WIRE_KEY))


class Absent(tuple[Any, ...]):
    """An empty tuple in place of a list that the service left out.

    Reading code iterates over it like over any tuple; `to_wire` leaves it out again. In a request it counts as not
    given, as None does, so that what was read can be sent; but for a required list it is an empty one.
    """

    __slots__ = ()

    def __reduce__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


class OpenEnum(StrEnum):
    """A str enum that accepts values that the service has added since: each parses to a member of its own."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member

    def __reduce_ex__(self, protocol: Any) -> tuple[type[Self], tuple[str]]:
        return type(self), (self._value_,)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self


def is_sequence(value: Any) -> bool:
    """Return whether a value is a sequence of things, which a text and a blob are not."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray | memoryview)


def is_collection_of(value: Any, fits: Callable[[Any], bool]) -> bool:
    """Return whether a value is a collection, which a text is not, and each of its items fits."""
    if not isinstance(value, Collection) or isinstance(value, str):
        return False
    return all(map(fits, cast("Collection[object]", value)))


def is_number(value: Any) -> bool:
    """Return whether a value is a number, which a bool is not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_mapping(value: Any) -> bool:
    """Return whether a value is a mapping."""
    return isinstance(value, Mapping)


def _frozen(value: Any) -> Any:
    """Return an immutable, hashable twin of a field's value, so that a list equals the same tuple."""
    if isinstance(value, bytearray | memoryview):
        return bytes(cast(bytearray, value))
    if is_sequence(value):
        return tuple(map(_frozen, value))
    if is_mapping(value):
        return frozenset((key, _frozen(item)) for key, item in value.items())
    return value


def _refuse_change(*_arguments: Any, **_members: Any) -> Any:
    raise TypeError("the members of a model can't be changed; pass extra_members= when you make one")


class _NoMembers(dict[str, Any]):
    """An empty dict that all models share, and that stays empty."""

    __slots__ = ()

    __setitem__ = setdefault = update = __ior__ = cast(Any, _refuse_change)

    def __reduce__(self) -> str:
        return "_NO_MEMBERS"


_NO_MEMBERS: Final = _NoMembers()


class Record:
    """Equality, hash and repr of attrs classes. Generating these methods for each class would take attrs longer."""

    __slots__ = ()

    def _identity(self) -> tuple[Any, ...]:
        return tuple(getattr(self, field.name) for field in _fields(self))

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash((type(self), self._identity()))

    def __repr__(self) -> str:
        shown = [f"{field.name}={getattr(self, field.name)!r}" for field in _fields(self) if field.repr]
        return f"{type(self).__name__}({', '.join(shown)})"


def _fields(record: Record) -> "tuple[attrs.Attribute[Any], ...]":
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cast(Any, type(record)))
    return fields


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Model(Record):
    """The base of every data type. It keeps unknown members, and its repr leaves out what is empty and hides secrets.

    `extra` holds members of a response that this version does not know, by wire name. `extra_members` holds members of
    a request that this version does not know, by wire name and as JSON values.
    `attrs.evolve` makes a changed copy; it starts with an empty `extra`.
    """

    __rules__: ClassVar[tuple[MemberRule, ...]] = ()

    extra: Mapping[str, Any] = attrs.field(default=_NO_MEMBERS, init=False)
    extra_members: Mapping[str, Any] = _NO_MEMBERS

    def _identity(self) -> tuple[Any, ...]:
        return tuple(_frozen(getattr(self, field.name)) for field in _fields(self) if field.name != "metadata")

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={text}" for name, text in _shown(self))
        return f"{type(self).__name__}({shown})"


class UnionModel(Model):
    """The base of every data type of which exactly one member is given."""

    __slots__ = ()


def _shown(model: Model) -> list[tuple[str, str]]:
    shown: list[tuple[str, str]] = []
    for field in attrs.fields(type(model)):
        value = getattr(model, field.name)
        known = wire_of(field)
        if known and value is not None and not (is_sequence(value) and not value):
            shown.append((field.name, _REDACTED if known.sensitive else repr(value)))
    for name, members in (("extra", model.extra), ("extra_members", model.extra_members)):
        if members:
            # A member that is not known may be a secret: its name is shown, its value is not.
            shown.append((name, f"<{', '.join(sorted(map(str, members)))}>"))
    return shown


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ResponseMetadata(Record):
    """The facts of a response."""

    request_id: str | None = None
    """The service's id of the request, for a support case; None when the service sent none."""
    status_code: int = 200
    """The HTTP status of the response."""
    attempts: int = 1
    """How many requests it took, retries included."""
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False)
    """The response's HTTP headers, names in lower case."""


_NO_METADATA: Final = ResponseMetadata()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Response(Model):
    """The base of every response. `metadata` takes no part in equality or repr."""

    metadata: ResponseMetadata = attrs.field(default=_NO_METADATA, init=False)


class EmptyResponse(Response):
    """The response of an operation that returns nothing but success."""

    __slots__ = ()
