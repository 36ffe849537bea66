"""Compare the specification with the model of SESv2 that the installed botocore bundles.

Both sides become flat facts, each a value under a path of words that says where it stands, and the facts are
compared. A difference is one line; the ones that are meant stand in accepted.toml, with their reasons.
"""

import importlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from .ir import Limits, Member, Spec

Key = tuple[str, ...]
Facts = Mapping[Key, str]
Found = Iterator[tuple[Key, object]]
Model = Mapping[str, Any]
"""A service model, or a part of it, as botocore's JSON has it."""

ACCEPTED = Path(__file__).parent / "accepted.toml"

_LIMITS = {
    "string": ("min_length", "max_length"),
    "list": ("min_items", "max_items"),
    "map": ("min_items", "max_items"),
}
_INNER = {"list": {"item": "member"}, "map": {"key": "key", "value": "value"}}
_LOCATIONS = {"uri": "path", "querystring": "query", None: "body"}
_PAGE_KEYS = {"items": "result_key", "token": "input_token", "size": "limit_key"}


def main(spec: Spec) -> int:
    """Print every difference, and what is accepted in vain; return 1 if there is anything to look at."""
    model, paginators = bundled()
    found = differences(spec_facts(spec), model_facts(model, paginators))
    accepted = read_accepted(ACCEPTED)
    news, gone = unaccepted(found, accepted), stale(found, accepted)
    told = [f"accepted: {line}" for line in found if line in accepted]
    told += [f"new: {line}; mend codegen/spec, or accept it in codegen/accepted.toml with a reason" for line in news]
    told += [f"stale: {line}; no longer so, take it out of codegen/accepted.toml" for line in gone]
    print("\n".join([*told, f"{len(found)} differences, {len(news)} of them new; {len(gone)} accepted ones are stale"]))
    return 1 if news or gone else 0


def bundled() -> tuple[Model, Model]:
    """Return the installed botocore's model of SESv2, and its paginators."""
    loader = importlib.import_module("botocore.loaders").Loader()
    return loader.load_service_model("sesv2", "service-2"), loader.load_service_model("sesv2", "paginators-1")


def read_accepted(path: Path) -> dict[str, str]:
    """Return the reason of every accepted difference."""
    groups = tomllib.loads(path.read_text(encoding="utf-8"))["accepted"]
    return {line: group["reason"] for group in groups for line in group["differences"]}


def unaccepted(found: Iterable[str], accepted: Mapping[str, str]) -> list[str]:
    """Return the differences that nobody has accepted."""
    return [line for line in found if line not in accepted]


def stale(found: Iterable[str], accepted: Mapping[str, str]) -> list[str]:
    """Return the accepted differences that are no more."""
    return sorted(accepted.keys() - set(found))


def differences(spec: Facts, model: Facts) -> list[str]:
    """Return one line for each difference; a thing that one side lacks altogether is one line."""
    sides = _Side(spec), _Side(model)
    differing = [key for key in sorted(spec.keys() | model.keys()) if spec.get(key) != model.get(key)]
    outermost = dict.fromkeys(_outermost(key, *sides) for key in differing)
    return [f"{': '.join(key)}: spec {sides[0].tell(key)}, botocore {sides[1].tell(key)}" for key in outermost]


class _Side:
    """The facts of one side, and everything that has facts under it."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.things = {key[:length] for key in facts for length in range(1, len(key) + 1)}

    def tell(self, key: Key) -> str:
        return self._facts.get(key, "has it" if key in self.things else "has none")


def _outermost(key: Key, *sides: _Side) -> Key:
    """Return the shortest beginning of a key that a side lacks; the key itself if both have it."""
    beginnings = (key[:length] for length in range(1, len(key)))
    return next((some for some in beginnings if not all(some in side.things for side in sides)), key)


# The specification ---------------------------------------------------------------------------


def spec_facts(spec: Spec) -> dict[Key, str]:
    """Return what the specification says."""
    return {key: str(fact) for key, fact in _spec(spec)}


def _spec(spec: Spec) -> Found:
    for operation in spec.operations():
        key = f"operation {operation.name}"
        yield (key, "method"), operation.method
        yield (key, "path"), operation.path
        for code in operation.errors:
            yield (key, f"error {code}"), "has it"
        if operation.page:
            for name, value in attrs.asdict(operation.page).items():
                yield (key, "pages", name), value
        yield from _spec_members((key,), "input", operation.input)
        yield from _spec_members((key,), "output", operation.output)
    for structure in spec.structures():
        yield (f"type {structure.name}",), "has it"
        yield from _spec_members((f"type {structure.name}",), "member", structure.members)
    for enum in spec.enums():
        for value in enum.values:
            yield (f"enum {enum.name}", f"value {value}"), "has it"
    for error in spec.errors:
        if not error.common:
            yield (f"error {error.name}", "status"), error.status


def _spec_members(key: Key, kind: str, members: Iterable[Member]) -> Found:
    for member in members:
        place = (*key, f"{kind} {member.name}")
        yield (*place, "type"), member.type
        yield (*place, "location"), member.location
        yield (*place, "wire name"), member.wire_name
        for flag in ("required", "sensitive", "deprecated"):
            if getattr(member, flag):
                yield (*place, flag), "has it"
        yield from _spec_limits(place, member.limits)


def _spec_limits(place: Key, limits: Limits, inside: str = "") -> Found:
    for name, value in limits.own.items():
        yield (*place, f"{inside}{name}"), value
    for name, inner in limits.inner.items():
        yield from _spec_limits(place, inner, f"{inside}{name} ")


# botocore ------------------------------------------------------------------------------------


def model_facts(model: Model, paginators: Model) -> dict[Key, str]:
    """Return what botocore's model says, in the specification's words."""
    return {key: str(fact) for key, fact in _Reader(model).read(paginators["pagination"])}


class _Reader:
    def __init__(self, model: Model) -> None:
        self._operations: Model = model["operations"]
        self._shapes: Model = model["shapes"]

    def read(self, pages: Model) -> Found:
        outer: set[str] = set()
        for name, operation in self._operations.items():
            key = f"operation {name}"
            yield (key, "method"), operation["http"]["method"]
            yield (key, "path"), operation["http"]["requestUri"]
            for error in operation.get("errors", ()):
                yield (key, f"error {error['shape']}"), "has it"
            for kind in ("input", "output"):
                if kind in operation:
                    outer.add(operation[kind]["shape"])
                    yield from self._members((key,), kind, operation[kind]["shape"])
        for name, page in pages.items():
            for ours, theirs in _PAGE_KEYS.items():
                yield (f"operation {name}", "pages", ours), page.get(theirs)
        for name, shape in self._shapes.items():
            if shape.get("exception"):
                yield (f"error {name}", "status"), shape.get("error", {}).get("httpStatusCode")
            elif shape["type"] == "structure" and name not in outer:
                yield (f"type {name}",), "has it"
                yield from self._members((f"type {name}",), "member", name)
            for value in shape.get("enum", ()):
                yield (f"enum {name}", f"value {value}"), "has it"

    def _members(self, key: Key, kind: str, structure: str) -> Found:
        required = self._shapes[structure].get("required", ())
        for name, member in self._shapes[structure]["members"].items():
            place = (*key, f"{kind} {name}")
            yield (*place, "type"), self._type(member["shape"])
            yield (*place, "location"), _LOCATIONS.get(member.get("location"), member.get("location"))
            yield (*place, "wire name"), member.get("locationName", name)
            if name in required:
                yield (*place, "required"), "has it"
            for flag in ("sensitive", "deprecated"):
                if member.get(flag) or self._has(member["shape"], flag):
                    yield (*place, flag), "has it"
            yield from self._limits(place, member["shape"])

    def _inner(self, name: str) -> dict[str, str]:
        """Return the names of the shapes in a list or map, under the specification's words for them."""
        shape = self._shapes[name]
        return {ours: shape[theirs]["shape"] for ours, theirs in _INNER.get(shape["type"], {}).items()}

    def _type(self, name: str) -> str:
        shape = self._shapes[name]
        inner = ", ".join(map(self._type, self._inner(name).values()))
        if inner:
            return f"{shape['type']}<{inner}>"
        return name if shape["type"] == "structure" or "enum" in shape else str(shape["type"])

    def _has(self, name: str, flag: str) -> bool:
        return bool(self._shapes[name].get(flag)) or any(self._has(inner, flag) for inner in self._inner(name).values())

    def _limits(self, place: Key, name: str, inside: str = "") -> Found:
        shape = self._shapes[name]
        for ours, theirs in zip(_LIMITS.get(shape["type"], ("min", "max")), ("min", "max"), strict=True):
            if theirs in shape:
                yield (*place, f"{inside}{ours}"), shape[theirs]
        if "pattern" in shape:
            yield (*place, f"{inside}pattern"), shape["pattern"]
        for word, inner in self._inner(name).items():
            yield from self._limits(place, inner, f"{inside}{word} ")
