"""Pure: turns the IR into what the templates print, with Python names, annotations, order and docstrings."""

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from .handwritten import BaseError, read_base_errors
from .ir import SCALARS, Domain, Enum, Error, Limits, Member, Operation, Spec, Structure, TypeRef, Waiter
from .naming import (
    argument_name,
    class_prefix,
    constant_name,
    enum_member_name,
    iterator_name,
    snake_case,
    waiter_name,
)
from .prose import all_limits
from .sentences import duration, member_doc, operation_rule, rate_sentence, returns_sentence, type_rules

_LIMIT_NAMES = {"min": "minimum", "max": "maximum"}


@attrs.frozen(kw_only=True)
class Field:
    """An attribute of a model."""

    name: str
    annotation: str
    default: str | None
    wire: str
    """The arguments of `wire(...)`."""
    doc: str


@attrs.frozen(kw_only=True)
class Class:
    """A model."""

    name: str
    bases: tuple[str, ...]
    doc: str
    reference: str
    rules: tuple[str, ...]
    """The Python expressions of limits on several fields at once."""
    fields: tuple[Field, ...]
    is_sent: bool
    """Whether it is part of requests, so that users make it."""


@attrs.frozen(kw_only=True)
class EnumClass:
    """An open enum; `members` are Python name, value and description."""

    name: str
    doc: str
    members: tuple[tuple[str, str, str], ...]


@attrs.frozen(kw_only=True)
class ModelModule:
    """A file of `models/`."""

    name: str
    imports: Mapping[str, tuple[str, ...]]
    bulk_bases: tuple[str, ...]
    enums: tuple[EnumClass, ...]
    classes: tuple[Class, ...]

    def names(self) -> list[str]:
        """Return what the module defines, sorted."""
        return sorted([enum.name for enum in self.enums] + [model.name for model in self.classes])


@attrs.frozen(kw_only=True)
class Argument:
    """An argument of a method."""

    name: str
    annotation: str
    required: bool
    row: str
    """The arguments of `Argument(...)`."""
    doc: str


@attrs.frozen(kw_only=True)
class Pages:
    """The method that goes through the pages of an operation."""

    name: str
    item: str
    """The annotation of an entry."""
    token: str
    """The argument that is the token."""


@attrs.frozen(kw_only=True)
class Method:
    """An operation's row and methods."""

    name: str
    constant: str
    wire_name: str
    row: tuple[str, ...]
    """The lines of `Operation(...)` before its arguments."""
    arguments: tuple[Argument, ...]
    """In the order of the wire."""
    output: str
    prose: str
    """What it does."""
    rate: str
    """The documented rate, as a sentence; empty without one."""
    rules: str
    """The limits on several arguments at once, as sentences; empty without one."""
    returns: str
    raises: str
    reference: str
    pages: Pages | None

    @property
    def doc(self) -> str:
        """The description, with the limits behind it."""
        return " ".join(filter(None, (self.prose, self.rate, self.rules)))

    def signature(self) -> list[Argument]:
        """Return the arguments in the order of the signature."""
        return _required_first(self.arguments)


@attrs.frozen(kw_only=True)
class ApiModule:
    """A file of `_api/`."""

    name: str
    prefix: str
    methods: tuple[Method, ...]


@attrs.frozen(kw_only=True)
class WaiterMethod:
    """A waiter's row and methods."""

    name: str
    constant: str
    module: str
    """The module of the operation."""
    operation: str
    """The constant of the operation."""
    calls: str
    """The method of the operation."""
    row: tuple[str, ...]
    """The lines of `Waiter(...)` after its operation."""
    arguments: tuple[Argument, ...]
    output: str
    wait_timeout: int
    initial_delay: int
    max_delay: int
    longest: str
    """`wait_timeout` in words."""
    can_fail: bool
    doc: str
    raises: str
    reference: str

    def signature(self) -> list[Argument]:
        """Return the operation's arguments in the order of the signature."""
        return _required_first(self.arguments)


@attrs.frozen(kw_only=True)
class ErrorClass:
    """A generated class of errors."""

    name: str
    base: str
    retry: str | None
    status: int
    common: bool
    codes: tuple[str, ...]
    """Its own code and the other ones."""
    daily_quota: bool
    doc: str


@attrs.frozen(kw_only=True)
class Status:
    """A status that means an error."""

    values: tuple[str, ...]
    """The status and its other spellings."""
    error: str
    shared: bool


@attrs.frozen(kw_only=True)
class Plan:
    """Everything that is to be printed."""

    models: tuple[ModelModule, ...]
    apis: tuple[ApiModule, ...]
    waiters: tuple[WaiterMethod, ...]
    errors: tuple[ErrorClass, ...]
    statuses: tuple[Status, ...]
    base_errors: tuple[BaseError, ...]


def plan(spec: Spec) -> Plan:
    """Lay out a checked specification."""
    planner = _Planner(spec)
    return Plan(
        models=tuple(map(planner.model_module, spec.domains)),
        apis=tuple(planner.api_module(domain) for domain in spec.domains if domain.operations),
        waiters=tuple(map(planner.waiter, spec.waiters)),
        errors=tuple(map(planner.error, spec.errors)),
        statuses=tuple(
            Status(values=(value, *enum.aliases[value]), error=error, shared=value in enum.shared)
            for enum in spec.enums()
            for value, error in enum.errors.items()
        ),
        base_errors=read_base_errors(),
    )


class _Planner:
    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._enums = {enum.name: enum for enum in spec.enums()}
        self._structures = {structure.name: structure for structure in spec.structures()}
        self._home = spec.homes()
        self._retried = {error.name for error in spec.errors if error.retry}
        self._received = self._reach(member for operation in spec.operations() for member in operation.output)
        self._python_names = _python_names(spec)
        self._sent = self._reach(member for operation in spec.operations() for member in operation.input)

    def _reach(self, members: Iterable[Member]) -> set[str]:
        """Return the data types that the members lead to."""
        found: set[str] = set()
        todo = [name for member in members for name in member.type.named()]
        while todo:
            name = todo.pop()
            if name in self._structures and name not in found:
                found.add(name)
                todo += [inner for member in self._structures[name].members for inner in member.type.named()]
        return found

    def _annotation(
        self, ref: TypeRef, prefix: str = "", *, core: bool = False, given: bool = False, read: bool = False
    ) -> str:
        """Return a type as Python has it.

        Args:
            ref: The type.
            prefix: Text in front of the names of models and enums.
            core: Whether to name an enum alone, without the `str` beside it.
            given: Whether callers write the value, so that editors should complete the values of an enum.
            read: Whether callers read the value, so that a map's keys are plain strings.
        """
        if ref.name == "list":
            return f"Sequence[{self._annotation(ref.arguments[0], prefix, core=core, given=given, read=read)}]"
        if ref.name == "map":
            keys, values = ref.arguments
            value = self._annotation(values, prefix, core=core, given=given, read=read)
            kinds = ["str"]
            if keys.name in self._enums and (core or (given and not read)):
                # A mapping's key type is invariant, so one of a union would refuse a dict[str, str].
                kinds = [f"{prefix}{keys.name}", *([] if core else [self._literal(keys.name), "str"])]
            return " | ".join(f"Mapping[{kind}, {value}]" for kind in kinds)
        if ref.name in self._enums:
            kinds = [f"{prefix}{ref.name}", *([self._literal(ref.name)] if given else []), "str"]
            return kinds[0] if core else " | ".join(kinds)
        return SCALARS.get(ref.name) or f"{prefix}{ref.name}"

    def _literal(self, enum: str) -> str:
        return f"Literal[{', '.join(map(repr, self._enums[enum].values))}]"

    def _in_python(self, doc: str) -> str:
        """Return a description with the Python names of what it quotes by wire name."""

        def renamed(match: re.Match[str]) -> str:
            return f"`{self._python_names.get(match[1], match[1])}`"

        return re.sub(r"`(\w+)`", renamed, doc)

    def error(self, error: Error) -> ErrorClass:
        return ErrorClass(
            name=error.name,
            base=error.group or ("APIServerError" if error.status >= 500 else "APIClientError"),
            retry=error.retry,
            status=error.status,
            common=error.common,
            codes=(error.name, *error.aliases),
            daily_quota=error.daily_quota,
            doc=self._in_python(error.doc),
        )

    def _enum(self, enum: Enum) -> EnumClass:
        members = tuple((enum_member_name(value), value, self._in_python(doc)) for value, doc in enum.values.items())
        return EnumClass(name=enum.name, doc=self._in_python(enum.doc), members=members)

    # Models ----------------------------------------------------------------------------------

    def model_module(self, domain: Domain) -> ModelModule:
        classes = [self._model(structure) for structure in self._ordered(domain.structures)]
        classes += [self._response(operation) for operation in domain.operations if operation.output]
        members = [member for structure in domain.structures for member in structure.members]
        members += [member for operation in domain.operations for member in operation.output]
        foreign: dict[str, set[str]] = {}
        for name in {name for member in members for name in member.type.named()}:
            if self._home[name] != domain.name:
                foreign.setdefault(self._home[name], set()).add(name)
        return ModelModule(
            name=domain.name,
            imports={module: tuple(sorted(names)) for module, names in sorted(foreign.items())},
            bulk_bases=tuple(
                sorted(
                    self._spec.bases[model.name].name.partition("[")[0]
                    for model in classes
                    if model.name in self._spec.bases
                )
            ),
            enums=tuple(map(self._enum, domain.enums)),
            classes=tuple(classes),
        )

    def _ordered(self, structures: Iterable[Structure]) -> Iterator[Structure]:
        """Yield types after the types that they are made of."""
        local = {structure.name: structure for structure in structures}
        done: set[str] = set()

        def visit(structure: Structure) -> Iterator[Structure]:
            if structure.name in done:
                return
            done.add(structure.name)
            for member in structure.members:
                for name in member.type.named():
                    if name in local:
                        yield from visit(local[name])
            yield structure

        for structure in local.values():
            yield from visit(structure)

    def _model(self, structure: Structure) -> Class:
        return Class(
            name=structure.name,
            bases=self._bases(structure.name, "UnionModel" if structure.union else "Model"),
            doc=self._in_python(" ".join([structure.doc, *type_rules(structure)])),
            reference=structure.reference,
            rules=tuple(_rules(structure)),
            fields=tuple(
                self._field(member, sent=structure.name in self._sent, read=structure.name in self._received)
                for member in structure.members
            ),
            is_sent=structure.name in self._sent,
        )

    def _response(self, operation: Operation) -> Class:
        name = f"{operation.name}Response"
        return Class(
            name=name,
            bases=self._bases(name, "Response"),
            doc=f"The response of `{snake_case(operation.name)}`.",
            reference=operation.reference,
            rules=(),
            fields=tuple(self._field(member, sent=False, read=True) for member in operation.output),
            is_sent=False,
        )

    def _bases(self, name: str, base: str) -> tuple[str, ...]:
        return (self._spec.bases[name].name, base) if name in self._spec.bases else (base,)

    def _field(self, member: Member, *, sent: bool, read: bool) -> Field:
        annotation = self._annotation(member.type, given=sent, read=read)
        default = None if member.required else "ABSENT" if not sent and member.type.name == "list" else "None"
        return Field(
            name=argument_name(member.name),
            annotation=f"{annotation} | None" if default == "None" else annotation,
            default=default,
            wire=", ".join(
                [
                    repr(member.wire_name),
                    *([_limits(limits)] if (limits := all_limits(member)) else []),
                    *(["sensitive=True"] if member.sensitive else []),
                    *(["output_only=True"] if member.output_only else []),
                ]
            ),
            doc=self._in_python(member_doc(member)),
        )

    # Operations ------------------------------------------------------------------------------

    def api_module(self, domain: Domain) -> ApiModule:
        return ApiModule(
            name=domain.name,
            prefix=class_prefix(domain.name),
            methods=tuple(map(self._method, domain.operations)),
        )

    def _method(self, operation: Operation) -> Method:
        output = f"models.{operation.name}Response" if operation.output else "models.EmptyResponse"
        return Method(
            name=snake_case(operation.name),
            constant=constant_name(operation.name),
            wire_name=operation.name,
            row=self._row(operation, output),
            arguments=tuple(map(self._argument, operation.input)),
            output=output,
            prose=self._in_python(operation.doc),
            rate=self._in_python(rate_sentence(operation)),
            rules=self._in_python(operation_rule(operation)),
            returns=self._in_python(returns_sentence(operation)),
            raises=", ".join(operation.errors),
            reference=operation.reference,
            pages=self._pages(operation),
        )

    def waiter(self, waiter: Waiter) -> WaiterMethod:
        homes = {operation.name: domain.name for domain in self._spec.domains for operation in domain.operations}
        (operation,) = (some for some in self._spec.operations() if some.name == waiter.operation)
        row = [f"subject={waiter.subject!r}", f"status={_path(waiter.status)!r}"]
        for key, statuses in (("done", waiter.done), ("failed", waiter.failed)):
            row += [f"{key}=frozenset({{{', '.join(map(repr, statuses))}}})"] if statuses else []
        for key, path in (("done_if", waiter.done_if), ("reason", waiter.reason)):
            row += [f"{key}={_path(path)!r}"] if path else []
        return WaiterMethod(
            name=waiter_name(waiter.name),
            constant=constant_name(waiter.name),
            module=homes[operation.name],
            operation=constant_name(operation.name),
            calls=snake_case(operation.name),
            row=tuple(row),
            arguments=tuple(map(self._argument, operation.input)),
            output=f"models.{operation.name}Response",
            wait_timeout=waiter.wait_timeout,
            initial_delay=waiter.initial_delay,
            max_delay=waiter.max_delay,
            longest=duration(waiter.wait_timeout),
            can_fail=bool(waiter.failed),
            doc=self._in_python(waiter.doc),
            raises=", ".join(code for code in operation.errors if code not in self._retried),
            reference=operation.reference,
        )

    def _pages(self, operation: Operation) -> Pages | None:
        if not operation.page:
            return None
        (entries,) = (member.type for member in operation.output if member.name == operation.page.items)
        return Pages(
            name=iterator_name(operation.name),
            item=self._annotation(entries.arguments[0], "models."),
            token=argument_name(operation.page.token),
        )

    def _row(self, operation: Operation, output: str) -> tuple[str, ...]:
        row = [f"name={operation.name!r}", f"method={operation.method!r}", f"path={operation.path!r}"]
        row += [f"kind={operation.kind!r}", f"output=lambda: {output}", f"errors={operation.errors!r}"]
        if operation.rate is not None:
            row.append(f"rate={operation.rate}")
        if operation.weight:
            row.append(f"weight=Weight({argument_name(operation.weight.member)!r}, {operation.weight.rate})")
        rules = list(_operation_rules(operation))
        row += [f"rules=({', '.join(rules)},)"] if rules else []
        if operation.page:
            page = operation.page
            names = [f"{key}={argument_name(name)!r}" for key, name in (("items", page.items), ("token", page.token))]
            row.append(f"page=Page({', '.join([*names, f'size={argument_name(page.size)!r}'])})")
        return tuple(row)

    def _argument(self, member: Member) -> Argument:
        annotation = self._annotation(member.type, "models.", given=True)
        name = argument_name(member.name)
        row = [repr(name), repr(member.wire_name), repr(member.location)]
        row.append(f"lambda: {self._annotation(member.type, 'models.', core=True)}")
        limits = all_limits(member)
        row += [_limits(limits)] if limits else []
        row += ["required=True"] if member.required else []
        row += [f"member_name={member.name!r}"] if member.wire_name != member.name else []
        return Argument(
            name=name,
            annotation=annotation if member.required else f"{annotation} | None",
            required=member.required,
            row=", ".join(row),
            doc=self._in_python(member_doc(member)),
        )


def _required_first(arguments: Iterable[Argument]) -> list[Argument]:
    """Return arguments as a reader wants them."""
    return sorted(arguments, key=lambda argument: not argument.required)


def _python_names(spec: Spec) -> dict[str, str]:
    """Return what operations and members are called in Python; a name that is also a type's stays the type's."""
    members = [member for structure in spec.structures() for member in structure.members]
    members += [member for operation in spec.operations() for member in (*operation.input, *operation.output)]
    names = {member.name: argument_name(member.name) for member in members}
    names |= {operation.name: snake_case(operation.name) for operation in spec.operations()}
    types = {structure.name for structure in spec.structures()} | {enum.name for enum in spec.enums()}
    return {name: python for name, python in names.items() if name not in types}


def _path(path: str) -> str:
    """Return a path of wire names as one of Python names."""
    return ".".join(map(argument_name, path.split(".")))


def _rules(structure: Structure) -> Iterator[str]:
    """Yield the Python expressions of the limits on several members of a type."""
    if structure.together:
        together = structure.together
        yield f"Together({tuple(map(argument_name, together.members))!r}, {together.max}, {together.noun!r})"


def _operation_rules(operation: Operation) -> Iterator[str]:
    """Yield the Python expressions of the limits on several arguments of an operation."""
    span, domains = operation.span, operation.domains
    if span:
        yield f"Span({argument_name(span.start)!r}, {argument_name(span.end)!r}, {span.max_days})"
    if domains and domains.needed:
        yield f"NeededForDomain({argument_name(domains.identity)!r}, {argument_name(domains.needed)!r})"
    if domains and domains.only:
        yield f"OnlyForDomain({argument_name(domains.identity)!r}, {argument_name(domains.only)!r})"


def _limits(limits: Limits) -> str:
    """Return the Python expression of limits."""
    own = {key: argument_name(str(value)) if key == "unique" else value for key, value in limits.own.items()}
    parts = [f"{_LIMIT_NAMES.get(key, key)}={value!r}" for key, value in own.items()]
    parts += [f"{key}={_limits(inner)}" for key, inner in limits.inner.items()]
    return f"Limits({', '.join(parts)})"
