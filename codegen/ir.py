"""The specification as plain, typed values: what `load` makes and everything after it reads."""

from collections.abc import Iterator, Mapping

import attrs

SCALARS = {
    "string": "str",
    "boolean": "bool",
    "integer": "int",
    "long": "int",
    "double": "float",
    "timestamp": "datetime",
    "blob": "bytes",
}
"""The scalar types of the specification and what they are in Python."""

LIMIT_KEYS = ("min_length", "max_length", "pattern", "min", "max", "min_items", "max_items")
PROSE_KEYS = (*(key for key in LIMIT_KEYS if key != "pattern"), "max_bytes", "max_line", "reserved_prefix", "unique")
"""The limits that the prose may state. There are none on characters, as the service may accept more some day."""


@attrs.frozen
class Place:
    """Where something is in the specification."""

    file: str
    line: int
    table: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: [{self.table}]" if self.table else f"{self.file}:{self.line}"


@attrs.frozen
class Problem:
    """A mistake in the specification."""

    place: Place
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.remedy}"


class SpecError(Exception):
    """The specification has mistakes; the message has one line for each."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@attrs.frozen
class TypeRef:
    """A type as a member names it: a scalar, the name of a type or enum, `list` of one, or `map` of two."""

    name: str
    arguments: tuple["TypeRef", ...] = ()

    def __str__(self) -> str:
        return f"{self.name}<{', '.join(map(str, self.arguments))}>" if self.arguments else self.name

    def named(self) -> Iterator[str]:
        """Yield the names of the types and enums in it."""
        if not self.arguments and self.name not in SCALARS:
            yield self.name
        for argument in self.arguments:
            yield from argument.named()


@attrs.frozen(kw_only=True)
class Limits:
    """Documented limits of a value, and of what is in it."""

    own: Mapping[str, int | str] = attrs.field(factory=dict[str, int | str])
    """Of `LIMIT_KEYS`, or of `PROSE_KEYS`."""
    inner: Mapping[str, "Limits"] = attrs.field(factory=dict[str, "Limits"])
    """Under `item`, `key` or `value`."""

    def __bool__(self) -> bool:
        return bool(self.own or self.inner)


@attrs.frozen(kw_only=True)
class Member:
    """A member of a type, of an operation's input, or of its output."""

    place: Place
    name: str
    type: TypeRef
    doc: str
    location: str = "body"
    wire_name: str
    required: bool = False
    limits: Limits
    prose_limits: Limits
    """The limits that only the prose of the documentation states, so that botocore's model does not have them."""
    output_only: bool = False
    """Whether the service sets it in responses, and a request must not have it."""
    sensitive: bool = False
    deprecated: bool = False


@attrs.frozen(kw_only=True)
class Together:
    """A limit of the prose on the sum of the lengths of several members, by wire name."""

    members: tuple[str, ...]
    max: int
    noun: str
    """What is counted, in the plural."""


@attrs.frozen(kw_only=True)
class Span:
    """A limit of the prose on the time between two arguments, by wire name."""

    start: str
    end: str
    max_days: int


@attrs.frozen(kw_only=True)
class Domains:
    """A rule of the prose on an argument that goes with identities that are domains, by wire name."""

    identity: str
    needed: str | None = None
    """The argument that a domain needs, and an address does not."""
    only: str | None = None
    """The argument that only a domain may have."""


@attrs.frozen(kw_only=True)
class Weight:
    """A second documented rate, of the items in an argument, by wire name."""

    member: str
    rate: int
    """Items per second."""


@attrs.frozen(kw_only=True)
class Structure:
    """A data type."""

    place: Place
    name: str
    doc: str
    reference: str
    members: tuple[Member, ...]
    union: bool = False
    """Whether exactly one member must be given."""
    together: Together | None = None


@attrs.frozen(kw_only=True)
class Enum:
    """A set of values that the service knows today."""

    place: Place
    name: str
    doc: str
    values: Mapping[str, str]
    """Each with its description."""
    errors: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """The values that mean an error, each with its code."""
    aliases: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])
    """Other spellings of values that mean an error."""
    shared: frozenset[str] = frozenset()
    """The values whose reason is the account, or an argument that all entries of a request share."""


@attrs.frozen(kw_only=True)
class Page:
    """Which members page an operation, by wire name."""

    items: str
    token: str
    size: str


@attrs.frozen(kw_only=True)
class Base:
    """A hand-written class that a model is also derived from."""

    place: Place
    name: str


@attrs.frozen(kw_only=True)
class Operation:
    """One operation."""

    place: Place
    name: str
    doc: str
    method: str
    path: str
    kind: str
    reference: str
    errors: tuple[str, ...]
    input: tuple[Member, ...]
    output: tuple[Member, ...]
    rate: int | None = None
    weight: Weight | None = None
    span: Span | None = None
    domains: Domains | None = None
    page: Page | None = None


@attrs.frozen(kw_only=True)
class Waiter:
    """What a client can wait for: an operation, and the statuses in its response that end the wait."""

    place: Place
    name: str
    doc: str
    operation: str
    subject: str
    """What the status belongs to, for messages."""
    status: str
    """The path of the status in the response, by wire names: `DkimAttributes.Status`."""
    done: tuple[str, ...]
    failed: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    """Which of these statuses the enum does not have."""
    done_if: str | None = None
    """The path of a boolean that ends the wait, whatever the status."""
    reason: str | None = None
    """The path of the service's explanation of a failure."""
    wait_timeout: int
    initial_delay: int
    max_delay: int


@attrs.frozen(kw_only=True)
class Error:
    """An error code."""

    place: Place
    name: str
    doc: str
    status: int
    common: bool = False
    retry: str | None = None
    group: str | None = None
    """The hand-written class that it is derived from; without one, that of its status."""
    aliases: tuple[str, ...] = ()
    """Other spellings of the code."""
    daily_quota: bool = False
    """Whether a throttling code whose message says that the daily quota is used up is this error, too."""


@attrs.frozen(kw_only=True)
class Domain:
    """What one file of the specification holds."""

    name: str
    operations: tuple[Operation, ...]
    structures: tuple[Structure, ...]
    enums: tuple[Enum, ...]


@attrs.frozen(kw_only=True)
class Spec:
    """The whole specification."""

    domains: tuple[Domain, ...]
    errors: tuple[Error, ...]
    waiters: tuple[Waiter, ...] = ()
    bases: Mapping[str, Base] = attrs.field(factory=dict[str, Base])
    """By the model's name."""

    def homes(self) -> dict[str, str]:
        """Return the domain of every type and enum."""
        homes = {structure.name: domain.name for domain in self.domains for structure in domain.structures}
        return homes | {enum.name: domain.name for domain in self.domains for enum in domain.enums}

    def operations(self) -> Iterator[Operation]:
        """Yield every operation."""
        for domain in self.domains:
            yield from domain.operations

    def structures(self) -> Iterator[Structure]:
        """Yield every data type."""
        for domain in self.domains:
            yield from domain.structures

    def enums(self) -> Iterator[Enum]:
        """Yield every enum."""
        for domain in self.domains:
            yield from domain.enums
