"""Limits that only the prose of the documentation states: their checks, and merging them with the formal limits."""

from collections.abc import Iterable, Iterator, Mapping

from .ir import LIMIT_KEYS, Limits, Member, Operation, Problem, Spec, Structure, TypeRef

_LIMITS_OF = {
    "string": {"min_length", "max_length", "max_bytes", "reserved_prefix"},
    "blob": {"max_line"},
    "integer": {"min", "max"},
    "long": {"min", "max"},
    "list": {"min_items", "max_items", "unique", "item"},
    "map": {"min_items", "max_items", "key", "value"},
}
_INNER = {"list": ("item",), "map": ("key", "value")}
_NONE = Limits()


def all_limits(member: Member) -> Limits:
    """Return the formal limits of a member and those of the prose."""
    return _joined(member.limits, member.prose_limits)


def _joined(some: Limits, others: Limits) -> Limits:
    words = some.inner.keys() | others.inner.keys()
    inner = {word: _joined(some.inner.get(word, _NONE), others.inner.get(word, _NONE)) for word in sorted(words)}
    own = {**some.own, **others.own}
    order = [*LIMIT_KEYS, *(key for key in own if key not in LIMIT_KEYS)]
    return Limits(own={key: own[key] for key in order if key in own}, inner=inner)


def prose_problems(spec: Spec) -> Iterator[Problem]:
    """Yield the mistakes in the limits of the prose."""
    structures = {structure.name: structure for structure in spec.structures()}
    for structure in structures.values():
        yield from _of_type(structure)
        for member in structure.members:
            yield from _of_member(member, structures)
    for operation in spec.operations():
        yield from _of_operation(operation)
        for member in (*operation.input, *operation.output):
            yield from _of_member(member, structures)


def _of_type(structure: Structure) -> Iterator[Problem]:
    if structure.union and any(member.required for member in structure.members):
        yield Problem(structure.place, "is a union with a required member", "take required out of its members")
    if structure.together:
        kinds = {member.name: member.type.name for member in structure.members}
        there = [kinds.get(name) for name in structure.together.members]
        if len(there) < 2 or not {*there} <= {"string", "list"} or len({*there}) > 1:
            remedy = "name two or more members of it, all strings or all lists"
            yield Problem(structure.place, "together does not name members that can be counted", remedy)


def _of_operation(operation: Operation) -> Iterator[Problem]:
    kinds = {member.name: member.type.name for member in operation.input}
    required = {member.name for member in operation.input if member.required}
    span, weight = operation.span, operation.weight
    if span and {kinds.get(span.start), kinds.get(span.end)} != {"timestamp"}:
        yield Problem(operation.place, "span is not between two arguments", "name two arguments that are timestamps")
    domains = operation.domains
    if domains and (
        domains.identity not in required
        or kinds[domains.identity] != "string"
        or (domains.needed or domains.only) not in kinds
    ):
        yield Problem(
            operation.place,
            "domains is not about two arguments",
            "name the identity, which is required, and another one",
        )
    if weight and (kinds.get(weight.member) != "list" or operation.rate is None):
        remedy = "name an argument that is a list, and write the rate of the calls, too"
        yield Problem(operation.place, "weight is not the weight of an argument", remedy)


def _of_member(member: Member, structures: Mapping[str, Structure]) -> Iterator[Problem]:
    for ref, formal, prose in _nested(member.type, member.limits, member.prose_limits):
        for key in sorted({*prose.own, *prose.inner} - _LIMITS_OF.get(ref.name, set())):
            remedy = f"use one of {', '.join(sorted(_LIMITS_OF.get(ref.name, ()))) or 'none'}"
            yield Problem(member.place, f"the prose limit {key} says nothing about a {ref}", remedy)
        for key in sorted(formal.own.keys() & prose.own.keys()):
            yield Problem(member.place, f"has {key} as a formal limit and as one of the prose", "remove one of them")
        if "unique" in prose.own and str(prose.own["unique"]) not in _names(ref, structures):
            remedy = "name a member of the type in the list"
            yield Problem(member.place, f"unique names {prose.own['unique']}, which is not a member", remedy)


def _names(ref: TypeRef, structures: Mapping[str, Structure]) -> Iterable[str]:
    inner = structures.get(ref.arguments[0].name) if ref.arguments else None
    return [member.name for member in inner.members] if inner else []


def _nested(ref: TypeRef, formal: Limits, prose: Limits) -> Iterator[tuple[TypeRef, Limits, Limits]]:
    """Yield a type with its limits of both kinds, and the types in it with theirs."""
    yield ref, formal, prose
    for word, inner in zip(_INNER.get(ref.name, ()), ref.arguments, strict=True):
        if word in prose.inner:
            yield from _nested(inner, formal.inner.get(word, _NONE), prose.inner[word])
