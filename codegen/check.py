"""Pure: what is wrong with a specification that could be read."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from .ir import SCALARS, Enum, Error, Member, Operation, Place, Problem, Spec, SpecError, Structure, TypeRef
from .naming import argument_name, enum_member_name

KINDS = ("read", "idempotent", "write", "send")
LOCATIONS = ("path", "query", "body")
METHODS = ("GET", "POST", "PUT", "DELETE")
RETRIES = (None, "throttling", "transient")
RESERVED_MEMBERS = {"extra", "metadata"}
RESERVED_ARGUMENTS = {"self", "options"}
RESERVED_MODELS = {"EmptyResponse", "Model", "Response", "OpenEnum", "to_wire", "from_wire"}
Described = Structure | Enum | Operation | Error | Member

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def check(spec: Spec) -> None:
    """Raise `SpecError` with every mistake in the specification."""
    found = [*_names(spec), *_types(spec), *_operations(spec), *_cycles(spec), *_values(spec)]
    if found:
        raise SpecError(found)


def _all_members(spec: Spec) -> Iterator[Member]:
    for structure in spec.structures():
        yield from structure.members
    for operation in spec.operations():
        yield from (*operation.input, *operation.output)


def _names(spec: Spec) -> Iterator[Problem]:
    """Two names of one kind that become the same in Python."""
    models: dict[str, Place] = {}
    taken = [(structure.name, structure.place) for structure in spec.structures()]
    taken += [(enum.name, enum.place) for enum in spec.enums()]
    taken += [(f"{operation.name}Response", operation.place) for operation in spec.operations()]
    for name, place in taken:
        if name in RESERVED_MODELS:
            yield Problem(place, f"the name {name} is taken by the package itself", "rename it in the specification")
        if name in models:
            yield Problem(place, f"{name} is also at {models[name]}", "rename one, or delete the double")
        models[name] = place
    yield from _collisions((operation.name, operation.place) for operation in spec.operations())
    for structure in spec.structures():
        yield from _collisions(((member.name, member.place) for member in structure.members), RESERVED_MEMBERS)
    for operation in spec.operations():
        yield from _collisions(((member.name, member.place) for member in operation.input), RESERVED_ARGUMENTS)
        yield from _collisions(((member.name, member.place) for member in operation.output), RESERVED_MEMBERS)
    for enum in spec.enums():
        yield from _collisions(((value, enum.place) for value in enum.values), rename=enum_member_name)


def _collisions(
    names: Iterable[tuple[str, Place]],
    reserved: Iterable[str] = (),
    rename: Callable[[str], str] = argument_name,
) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name, place in names:
        python = rename(name)
        if python in reserved:
            yield Problem(place, f"{name} becomes {python}, which the package uses itself", "rename it")
        if python in seen:
            yield Problem(place, f"{name} and {seen[python]} both become {python}", "rename one of them")
        seen[python] = name


def _types(spec: Spec) -> Iterator[Problem]:
    """Members of types that are not there; types that nobody uses."""
    known = {structure.name for structure in spec.structures()} | {enum.name for enum in spec.enums()}
    used: set[str] = set()
    for member in _all_members(spec):
        for name in member.type.named():
            used.add(name)
            if name not in known:
                yield Problem(
                    member.place,
                    f"names the type {name}, which is nowhere",
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
        for code in operation.errors:
            if code not in codes:
                yield Problem(place, f"lists the error {code}, which is nowhere", f"add [error.{code}] to errors.toml")
        yield from _bindings(operation, {enum.name for enum in spec.enums()})
        yield from _paging(operation)
    names = {operation.name: operation for operation in spec.operations()}
    for name, variant in spec.variants.items():
        if name not in names or variant.when not in {member.name for member in names[name].input}:
            what = f"no operation {name} with an argument {variant.when}"
            yield Problem(variant.place, what, "name an operation and one of its arguments")


def _bindings(operation: Operation, enums: set[str]) -> Iterator[Problem]:
    """Path members and the path's placeholders must be the same; each goes in whole, so it is a string."""
    placeholders = _PLACEHOLDER.findall(operation.path)
    bound = {member.wire_name: member for member in operation.input if member.location == "path"}
    for member in operation.input:
        if member.location not in LOCATIONS:
            yield Problem(member.place, f"in is {member.location!r}", f"use one of {', '.join(LOCATIONS)}")
    for name in placeholders:
        if name not in bound:
            remedy = f'give the member that fills it in = "path", or take {{{name}}} out of the path'
            yield Problem(operation.place, f"the path has {{{name}}}, which no member fills", remedy)
    for name, member in bound.items():
        if name not in placeholders:
            remedy = f"add {{{name}}} to the path of {operation.name}, or change in"
            yield Problem(member.place, f"travels in the path, which has no {{{name}}}", remedy)
        if not member.required or member.type.name not in {"string", *enums}:
            remedy = 'write required = true, and type = "string" or an enum'
            yield Problem(member.place, "travels in the path, which takes a text that is always there", remedy)


def _paging(operation: Operation) -> Iterator[Problem]:
    if operation.page is None:
        return
    page = operation.page
    arguments = {member.name for member in operation.input}
    results = {member.name for member in operation.output}
    for name, there in ((page.items, results), (page.token, results & arguments), (page.size, arguments)):
        if name not in there:
            yield Problem(operation.place, f"pages by {name}, which it does not have", "mend page = { ... }")


def _values(spec: Spec) -> Iterator[Problem]:
    described: list[Described] = [
        *spec.structures(),
        *spec.enums(),
        *spec.operations(),
        *spec.errors,
        *_all_members(spec),
    ]
    for thing in described:
        if not thing.doc.strip().endswith("."):
            yield Problem(thing.place, "has no whole sentence as doc", "describe it; end with a full stop")
    for enum in spec.enums():
        for value, doc in enum.values.items():
            if not doc.strip().endswith("."):
                yield Problem(enum.place, f"{value} has no whole sentence as description", "describe it")
    for error in spec.errors:
        if error.retry not in RETRIES:
            yield Problem(error.place, f"retry is {error.retry!r}", "use throttling or transient, or leave it out")
    for member in _all_members(spec):
        for limits in (member.limits, *member.limits.inner.values()):
            try:
                re.compile(str(limits.own.get("pattern", "")))
            except re.error as error:
                yield Problem(member.place, f"the pattern is no regular expression: {error}", "mend it")


def _cycles(spec: Spec) -> Iterator[Problem]:
    """A type that contains itself, or domains that need each other's types, can't be written in any order."""
    members = {structure.name: [member.type for member in structure.members] for structure in spec.structures()}
    places = {structure.name: structure.place for structure in spec.structures()}
    uses = {name: sorted(_named(types) & members.keys()) for name, types in members.items()}
    for cycle in _find_cycles(uses):
        yield Problem(
            places[cycle[0]],
            f"contains itself: {' > '.join([*cycle, cycle[0]])}",
            "take one of the members out, or make it a string",
        )
    home = spec.homes()
    needs: dict[str, list[str]] = {}
    for domain in spec.domains:
        types = [member.type for structure in domain.structures for member in structure.members]
        types += [member.type for operation in domain.operations for member in operation.output]
        needs[domain.name] = sorted({home[name] for name in _named(types) if name in home} - {domain.name})
    for cycle in _find_cycles(needs):
        yield Problem(
            Place(f"{cycle[0]}.toml", 1, ""),
            f"domains need each other's types: {' > '.join([*cycle, cycle[0]])}",
            "move the shared types to one of the files",
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
