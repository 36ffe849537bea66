"""Pure: finds the mistakes in a specification that could be read."""

import keyword
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from .handwritten import read_base_errors, read_base_names, read_client_names
from .ir import (
    SCALARS,
    Enum,
    Error,
    Limits,
    Member,
    Operation,
    Place,
    Problem,
    Spec,
    SpecError,
    Structure,
    TypeRef,
    Waiter,
)
from .naming import argument_name, enum_member_name, iterator_name, snake_case, waiter_name
from .prose import prose_problems

KINDS = ("read", "idempotent", "write", "send")
LOCATIONS = ("path", "query", "body")
METHODS = ("GET", "POST", "PUT", "DELETE")
RETRIES = (None, "throttling", "transient")
RESERVED_MEMBERS = {"extra", "extra_members", "metadata"}
RESERVED_ARGUMENTS = {"self", "options"}
RESERVED_METHODS = read_client_names()
RESERVED_MODELS = {
    "EmptyResponse", "Limits", "Mapping", "Model", "OpenEnum", "Response", "Sequence", "UnionModel", "from_wire",
    "to_wire",
}  # fmt: skip
RESERVED_ERRORS = {base.name for base in read_base_errors()}
RESERVED_DOMAINS = {"aio"}
Described = Structure | Enum | Operation | Error | Member | Waiter

_MAX_DELAY = 86_400
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NAME = re.compile(r"`(\w+)`")
_BOUNDS = (("min_length", "max_length"), ("min", "max"), ("min_items", "max_items"))
_LIMITS_OF = {
    "string": {"min_length", "max_length", "pattern"},
    "integer": {"min", "max"},
    "long": {"min", "max"},
    "double": {"min", "max"},
    "list": {"min_items", "max_items", "item"},
    "map": {"min_items", "max_items", "key", "value"},
}


def check(spec: Spec) -> None:
    """Raise `SpecError` with every mistake in the specification."""
    found = [
        *_names(spec), *_types(spec), *_operations(spec), *_waiters(spec), *_bases(spec), *_wire_names(spec),
        *_cycles(spec), *_descriptions(spec), *_errors(spec), *_limits(spec),
        *prose_problems(spec),
    ]  # fmt: skip
    if found:
        raise SpecError(found)


def _all_members(spec: Spec) -> Iterator[Member]:
    for structure in spec.structures():
        yield from structure.members
    for operation in spec.operations():
        yield from (*operation.input, *operation.output)


def _names(spec: Spec) -> Iterator[Problem]:
    """Find names that can't be used in Python, and names of one kind that become the same in Python."""
    domains = ((domain.name, Place(f"{domain.name}.toml", 1, "")) for domain in spec.domains)
    yield from _collisions(domains, RESERVED_DOMAINS, str)
    yield from _collisions(((error.name, error.place) for error in spec.errors), RESERVED_ERRORS, str)
    models: dict[str, Place] = {}
    taken = [(structure.name, structure.place) for structure in spec.structures()]
    taken += [(enum.name, enum.place) for enum in spec.enums()]
    taken += [(f"{operation.name}Response", operation.place) for operation in spec.operations()]
    for name, place in taken:
        yield from _unusable(name, name, place, RESERVED_MODELS)
        if name in models:
            yield Problem(place, f"{name} is also at {models[name]}", "rename one of them, or delete the duplicate")
        models[name] = place
    yield from _methods(spec)
    for structure in spec.structures():
        yield from _collisions(((member.name, member.place) for member in structure.members), RESERVED_MEMBERS)
    for operation in spec.operations():
        yield from _collisions(((member.name, member.place) for member in operation.input), RESERVED_ARGUMENTS)
        yield from _collisions(((member.name, member.place) for member in operation.output), RESERVED_MEMBERS)
    for enum in spec.enums():
        yield from _collisions(((value, enum.place) for value in enum.values), rename=enum_member_name)


def _methods(spec: Spec) -> Iterator[Problem]:
    """Find methods with the same name: of operations, iterators and waiters."""
    names: dict[str, str] = {}
    places: list[tuple[str, Place]] = []
    for operation in spec.operations():
        names[operation.name] = snake_case(operation.name)
        places.append((operation.name, operation.place))
        if operation.page:
            pages = f"the iterator of {operation.name}"
            names[pages] = iterator_name(operation.name)
            places.append((pages, operation.place))
    for waiter in spec.waiters:
        names[waiter.name] = waiter_name(waiter.name)
        places.append((waiter.name, waiter.place))
    yield from _collisions(places, RESERVED_METHODS, names.__getitem__)


def _collisions(
    names: Iterable[tuple[str, Place]],
    reserved: Iterable[str] = (),
    rename: Callable[[str], str] = argument_name,
) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name, place in names:
        python = rename(name)
        yield from _unusable(name, python, place, reserved)
        if python in seen:
            yield Problem(place, f"{name} and {seen[python]} both become {python}", "rename one of them")
        seen[python] = name


def _unusable(name: str, python: str, place: Place, reserved: Iterable[str]) -> Iterator[Problem]:
    if python in reserved:
        yield Problem(place, f"{name} becomes {python}, which the package uses itself", "rename it")
    if keyword.iskeyword(python) or not python.isidentifier():
        yield Problem(place, f"{name} becomes {python}, which is not a name in Python", "rename it")


def _types(spec: Spec) -> Iterator[Problem]:
    """Find members of types that are not defined, and types that no member uses."""
    known = {structure.name for structure in spec.structures()} | {enum.name for enum in spec.enums()}
    used: set[str] = set()
    for member in _all_members(spec):
        for name in member.type.named():
            used.add(name)
            if name not in known:
                yield Problem(
                    member.place,
                    f"names the type {name}, which is not defined",
                    f"add [type.{name}] or [enum.{name}] to a file, or use one of {', '.join(SCALARS)}",
                )
    defined: list[Structure | Enum] = [*spec.structures(), *spec.enums()]
    for thing in defined:
        if thing.name not in used:
            yield Problem(thing.place, f"{thing.name} is used by nothing", "delete it, or name it in a member")


def _operations(spec: Spec) -> Iterator[Problem]:
    codes = {error.name for error in spec.errors}
    for operation in spec.operations():
        place = operation.place
        if operation.kind not in KINDS:
            yield Problem(place, f"kind is {operation.kind!r}", f"use one of {', '.join(KINDS)}")
        if operation.method not in METHODS:
            yield Problem(place, f"method is {operation.method!r}", f"use one of {', '.join(METHODS)}")
        if not operation.path.startswith("/"):
            yield Problem(place, f"path is {operation.path!r}", "begin it with /")
        if operation.rate is not None and operation.rate < 1:
            yield Problem(place, f"rate is {operation.rate}", "write the calls per second, at least 1")
        for code in operation.errors:
            if code not in codes:
                yield Problem(
                    place, f"lists the error {code}, which is not defined", f"add [error.{code}] to errors.toml"
                )
        yield from _bindings(operation, {enum.name for enum in spec.enums()})
        yield from _bodies(spec, operation)
        yield from _paging(operation)


def _waiters(spec: Spec) -> Iterator[Problem]:
    """Find waiters of operations that are not defined, paths of members that are not there, and unknown statuses."""
    operations = {operation.name: operation for operation in spec.operations()}
    enums = {enum.name: enum for enum in spec.enums()}
    for waiter in spec.waiters:
        operation = operations.get(waiter.operation)
        if operation is None:
            remedy = "name an operation of the specification"
            yield Problem(waiter.place, f"waits for {waiter.operation}, which is not an operation", remedy)
            continue
        if operation.kind != "read":
            remedy = 'name an operation of kind "read", as it is called again and again'
            yield Problem(waiter.place, f"waits for {operation.name}, whose kind is {operation.kind!r}", remedy)
        paths = {"status": ("string", *enums), "done_if": ("boolean",), "reason": ("string", *enums)}
        for key, types in paths.items():
            path = getattr(waiter, key)
            if path and _at(spec, operation, path) not in types:
                kind = "string or enum" if enums.keys() & {*types} else types[0]
                remedy = f"name members of the response, separated by dots, down to a {kind}"
                yield Problem(waiter.place, f"{key} is {path!r}, which leads to no such member", remedy)
        yield from _statuses(waiter, enums.get(_at(spec, operation, waiter.status)))
        for key, maximum in (("wait_timeout", math.inf), ("initial_delay", _MAX_DELAY), ("max_delay", _MAX_DELAY)):
            seconds = getattr(waiter, key)
            if not 0 < seconds <= maximum:
                remedy = "write seconds above 0" if maximum == math.inf else f"write seconds from 1 to {maximum}"
                yield Problem(waiter.place, f"{key} is {seconds}", remedy)


def _statuses(waiter: Waiter, enum: Enum | None) -> Iterator[Problem]:
    known = {*waiter.unlisted, *(enum.values if enum else (*waiter.done, *waiter.failed))}
    for status in (*waiter.done, *waiter.failed):
        if status not in known:
            yield Problem(waiter.place, f"{status} is not a value of the status", "correct it, or add it to unlisted")
    for status in waiter.unlisted:
        if status in (enum.values if enum else ()) or status not in {*waiter.done, *waiter.failed}:
            yield Problem(waiter.place, f"unlisted has {status}, which it need not have", "remove it")


def _at(spec: Spec, operation: Operation, path: str) -> str:
    """Return the type of the member at a path in an operation's response; empty if there is none."""
    structures = {structure.name: structure.members for structure in spec.structures()}
    members, found = operation.output, ""
    for name in path.split("."):
        found = next((member.type.name for member in members if member.name == name), "")
        members = structures.get(found, ())
    return found


def _bases(spec: Spec) -> Iterator[Problem]:
    models = {structure.name for structure in spec.structures()}
    models |= {f"{operation.name}Response" for operation in spec.operations() if operation.output}
    for name, base in spec.bases.items():
        if name not in models:
            what = f"there is no model {name}"
            yield Problem(base.place, what, "name a type, or <Operation>Response of an operation that has output")


def _bindings(operation: Operation, enums: set[str]) -> Iterator[Problem]:
    """Find differences between the members that travel in the path and its placeholders. Each must be a string."""
    placeholders = _PLACEHOLDER.findall(operation.path)
    bound = {member.wire_name: member for member in operation.input if member.location == "path"}
    for member in operation.input:
        if member.location not in LOCATIONS:
            yield Problem(member.place, f"in is {member.location!r}", f"use one of {', '.join(LOCATIONS)}")
    for name in placeholders:
        if name not in bound:
            remedy = f'give the member that fills it in = "path", or remove {{{name}}} from the path'
            yield Problem(operation.place, f"the path has {{{name}}}, which no member fills", remedy)
    for name, member in bound.items():
        if name not in placeholders:
            remedy = f"add {{{name}}} to the path of {operation.name}, or change in"
            yield Problem(member.place, f"travels in the path, which has no {{{name}}}", remedy)
        if not member.required or member.type.name not in {"string", *enums}:
            remedy = 'write required = true, and type = "string" or an enum'
            yield Problem(member.place, "travels in the path, so it must be a required string", remedy)


def _bodies(spec: Spec, operation: Operation) -> Iterator[Problem]:
    """Find members at a location that can't hold them: a model in the query, anything in the body of a GET."""
    structures = {structure.name for structure in spec.structures()}
    for member in operation.input:
        if member.location == "query" and (member.type.name == "map" or structures & {*member.type.named()}):
            yield Problem(member.place, f"travels in the query, which can't hold a {member.type}", "change in")
        if member.location == "body" and operation.method == "GET":
            yield Problem(member.place, "travels in the body, which a GET does not have", 'write in = "query"')


def _wire_names(spec: Spec) -> Iterator[Problem]:
    """Find members of one structure, or of one part of a request, with the same wire name."""
    groups = [structure.members for structure in spec.structures()]
    for operation in spec.operations():
        groups.append(operation.output)
        groups += [tuple(other for other in operation.input if other.location == place) for place in LOCATIONS]
    for members in groups:
        seen: dict[str, Member] = {}
        for member in members:
            if member.wire_name in seen:
                what = f"has the wire name {member.wire_name}, as {seen[member.wire_name].name} has"
                yield Problem(member.place, what, "correct wire")
            seen[member.wire_name] = member


def _paging(operation: Operation) -> Iterator[Problem]:
    if operation.page is None:
        return
    page = operation.page
    arguments = {member.name for member in operation.input}
    results = {member.name for member in operation.output}
    for name, there in ((page.items, results), (page.token, results & arguments), (page.size, arguments)):
        if name not in there:
            what = f"pages by {name}, which is not among its members for that"
            yield Problem(
                operation.place, what, f"correct page; what is there: {', '.join(sorted(there)) or 'nothing'}"
            )
    for member in operation.output:
        if member.name == page.items and member.type.name != "list":
            yield Problem(
                member.place, "holds the entries of a page, but is not a list", "correct its type, or correct page"
            )


def _descriptions(spec: Spec) -> Iterator[Problem]:
    described: list[Described] = [
        *spec.structures(),
        *spec.enums(),
        *spec.operations(),
        *spec.errors,
        *spec.waiters,
        *_all_members(spec),
    ]
    for thing in described:
        if not thing.doc.strip().endswith("."):
            yield Problem(thing.place, "has a doc that is not a whole sentence", "describe it; end with a full stop")
    for enum in spec.enums():
        for value, doc in enum.values.items():
            if not doc.strip().endswith("."):
                yield Problem(enum.place, f"{value} has a description that is not a whole sentence", "describe it")
    known = _known_names(spec)
    for place, doc in _docs(spec, described):
        for name in _NAME.findall(doc):
            if name not in known:
                remedy = 'correct it, or write a value that no enum has as `"value"`'
                yield Problem(place, f"names `{name}`, which is not defined", remedy)
    for error in spec.errors:
        if error.retry not in RETRIES:
            yield Problem(error.place, f"retry is {error.retry!r}", "use throttling or transient, or leave it out")


def _docs(spec: Spec, described: Iterable[Described]) -> Iterator[tuple[Place, str]]:
    for thing in described:
        yield thing.place, thing.doc
    for enum in spec.enums():
        for doc in enum.values.values():
            yield enum.place, doc


def _known_names(spec: Spec) -> set[str]:
    """Return everything that a description may name: wire names, their Python names, and values."""
    things: list[Described] = [*spec.structures(), *spec.enums(), *spec.operations(), *spec.errors, *_all_members(spec)]
    names = {thing.name for thing in things}
    values = {value for enum in spec.enums() for value in enum.values}
    values |= {status for waiter in spec.waiters for status in waiter.unlisted}
    return names | {argument_name(name) for name in names} | values | read_base_names()


def _errors(spec: Spec) -> Iterator[Problem]:
    """Find unknown groups, and codes and statuses that mean two errors, or an unknown one."""
    groups = {base.name for base in read_base_errors() if base.name.endswith("Error")}
    codes = {error.name for error in spec.errors}
    meant: dict[str, str] = {}
    found = [(error.place, code, error.name) for error in spec.errors for code in (error.name, *error.aliases)]
    for error in spec.errors:
        if error.group is not None and error.group not in groups:
            remedy = "name a class of sesv2kit/_core/exceptions.py"
            yield Problem(error.place, f"group is {error.group!r}, which is not a hand-written error", remedy)
    for enum in spec.enums():
        for value, code in enum.errors.items():
            found += [(enum.place, status, code) for status in (value, *enum.aliases[value])]
            if code not in codes:
                what = f"{value} means the error {code}, which is not defined"
                yield Problem(enum.place, what, f"add [error.{code}] to errors.toml")
    for place, code, name in found:
        if code in meant:
            yield Problem(place, f"{code} means both {meant[code]} and {name}", "remove it from one of them")
        meant[code] = name


def _limits(spec: Spec) -> Iterator[Problem]:
    """Find limits that values of their type don't have, and patterns that are not regular expressions."""
    for member in _all_members(spec):
        for ref, limits in _limited(member.type, member.limits):
            for key in sorted({*limits.own, *limits.inner} - _LIMITS_OF.get(ref.name, set())):
                remedy = f"use one of {', '.join(sorted(_LIMITS_OF.get(ref.name, ()))) or 'none'}, or correct the type"
                yield Problem(member.place, f"{key} says nothing about a {ref}", remedy)
            for lower, upper in _BOUNDS:
                if float(limits.own.get(lower, -math.inf)) > float(limits.own.get(upper, math.inf)):
                    what = f"{lower} is {limits.own[lower]}, above {upper} of {limits.own[upper]}"
                    yield Problem(member.place, what, "correct one of them")
            try:
                re.compile(str(limits.own.get("pattern", "")))
            except re.error as error:
                yield Problem(member.place, f"the pattern is not a regular expression: {error}", "correct it")


def _limited(ref: TypeRef, limits: Limits) -> Iterator[tuple[TypeRef, Limits]]:
    """Yield a type with its limits, and the types in it with theirs."""
    yield ref, limits
    for word, inner in zip({"list": ["item"], "map": ["key", "value"]}.get(ref.name, []), ref.arguments, strict=True):
        if word in limits.inner:
            yield from _limited(inner, limits.inner[word])


def _cycles(spec: Spec) -> Iterator[Problem]:
    """Find types that contain themselves, and domains that need each other's types: no order of classes fits them."""
    members = {structure.name: [member.type for member in structure.members] for structure in spec.structures()}
    places = {structure.name: structure.place for structure in spec.structures()}
    uses = {name: sorted(_named(types) & members.keys()) for name, types in members.items()}
    for cycle in _find_cycles(uses):
        yield Problem(
            places[cycle[0]],
            f"contains itself: {' > '.join([*cycle, cycle[0]])}",
            "remove one of the members, or make it a string",
        )
    home = spec.homes()
    needed: dict[str, set[str]] = {}
    for domain in spec.domains:
        types = [member.type for structure in domain.structures for member in structure.members]
        types += [member.type for operation in domain.operations for member in operation.output]
        needed[domain.name] = {name for name in _named(types) if home.get(name, domain.name) != domain.name}
    for cycle in _find_cycles({domain: sorted({home[name] for name in names}) for domain, names in needed.items()}):
        steps = [
            f"{domain} needs {', '.join(sorted(name for name in needed[domain] if home[name] == other))} of {other}"
            for domain, other in zip(cycle, [*cycle[1:], cycle[0]], strict=True)
        ]
        yield Problem(
            Place(f"{cycle[0]}.toml", 1, ""),
            f"domains need each other's types: {'; '.join(steps)}",
            "move types from one file to the other",
        )


def _named(types: Iterable[TypeRef]) -> set[str]:
    return {name for ref in types for name in ref.named()}


def _find_cycles(uses: Mapping[str, list[str]]) -> Iterator[list[str]]:
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> Iterator[list[str]]:
        if name in path:
            yield path[path.index(name) :]
        elif name not in done:
            for other in uses.get(name, ()):
                yield from visit(other, [*path, name])
            done.add(name)

    for name in uses:
        yield from visit(name, [])
