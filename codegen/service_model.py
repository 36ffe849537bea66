"""The model of SESv2 that botocore bundles, as facts in the terms of the specification.

Every key of the model becomes a fact. Facts that the specification can express are compared with it; the others, such
as the text of a description or the authentication scheme, are compared with what was seen at an earlier review.
"""

import hashlib
import html
import importlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import attrs

Key = tuple[str, ...]
Found = Iterator[tuple[Key, object]]
Json = Mapping[str, Any]
"""A service model, or a part of it, as botocore's JSON has it."""

HAS = "has it"
_LIMITS = {
    "string": ("min_length", "max_length"),
    "list": ("min_items", "max_items"),
    "map": ("min_items", "max_items"),
}
_INNER = {"list": {"item": "member"}, "map": {"key": "key", "value": "value"}}
_LOCATIONS = {"uri": "path", "querystring": "query", None: "body"}
_PAGE_KEYS = {"items": "result_key", "token": "input_token", "size": "limit_key"}
_MEMBER_KEYS = {"shape", "location", "locationName", "sensitive", "deprecated"}
_STRUCTURE_KEYS = {"type", "members", "required"}
_VALUE_KEYS = {"type", "min", "max", "pattern", "enum", "member", "key", "value", "sensitive", "deprecated"}
_RATE = re.compile(r"no more than (?:(once)|(\d+) times) per second", re.IGNORECASE)


@attrs.frozen
class Bundle:
    """What botocore bundles of SESv2."""

    version: str
    """The version of botocore."""
    model: Json
    paginators: Json
    files: tuple[str, ...] = ()
    """The names of the data files, without their endings."""


def bundled() -> Bundle:
    """Return what the installed botocore bundles; a model in `~/.aws/models` or `AWS_DATA_PATH` is not read."""
    loaders = importlib.import_module("botocore.loaders")
    data = loaders.Loader.BUILTIN_DATA_PATH
    loader = loaders.Loader(extra_search_paths=[data], include_default_search_paths=False)
    folder = Path(data) / "sesv2" / loader.determine_latest_version("sesv2", "service-2")
    return Bundle(
        version=importlib.import_module("botocore").__version__,
        model=loader.load_service_model("sesv2", "service-2"),
        paginators=loader.load_service_model("sesv2", "paginators-1"),
        files=tuple(sorted({path.name.partition(".")[0] for path in folder.iterdir()})),
    )


def plain(documentation: str) -> str:
    """Return a documentation text without its markup, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", documentation)).split())


def fingerprint(documentation: str) -> str:
    """Return a short hash of a documentation text; a change of its markup alone does not change it."""
    return hashlib.sha256(plain(documentation).encode()).hexdigest()[:12]


def documented_rate(operation: Json) -> int | None:
    """Return the calls per second that the documentation of an operation allows, if it says so."""
    found = _RATE.search(plain(operation.get("documentation", "")))
    return int(found[2] or 1) if found else None


class ServiceModel:
    """Reads a bundle.

    Attributes:
        comparable: The facts that the specification can express.
        others: All other facts; a documentation text as its hash.
        texts: The documentation texts, under the keys of their hashes.
    """

    def __init__(self, bundle: Bundle) -> None:
        """Read every key of the model and of the paginators."""
        self.version = bundle.version
        self.operations: Json = bundle.model["operations"]
        self.shapes: Json = bundle.model["shapes"]
        self.pages: Json = bundle.paginators["pagination"]
        self.texts: dict[Key, str] = {}
        self._outer = {
            operation[kind]["shape"]
            for operation in self.operations.values()
            for kind in ("input", "output")
            if kind in operation
        }
        self.comparable = {key: str(fact) for key, fact in self._comparable()}
        self.others = {key: str(fact) for key, fact in self._everything_else(bundle)}

    # Facts that the specification can express ------------------------------------------------

    def _comparable(self) -> Found:
        for name, operation in self.operations.items():
            key = f"operation {name}"
            yield (key, "method"), operation["http"]["method"]
            yield (key, "path"), operation["http"]["requestUri"]
            if documented_rate(operation) is not None:
                yield (key, "rate"), documented_rate(operation)
            for error in operation.get("errors", ()):
                yield (key, f"error {error['shape']}"), HAS
            for kind in ("input", "output"):
                if kind in operation:
                    yield from self._members((key,), kind, operation[kind]["shape"])
        for name, page in self.pages.items():
            for ours, theirs in _PAGE_KEYS.items():
                yield (f"operation {name}", "pages", ours), page.get(theirs)
        for name, shape in self.shapes.items():
            if shape.get("exception"):
                yield (f"error {name}", "status"), shape.get("error", {}).get("httpStatusCode")
                yield from self._members((f"error {name}",), "member", name)
            elif self.is_type(name):
                yield (f"type {name}",), HAS
                if shape.get("union"):
                    yield (f"type {name}", "union"), HAS
                yield from self._members((f"type {name}",), "member", name)
            for value in shape.get("enum", ()):
                yield (f"enum {name}", f"value {value}"), HAS

    def is_type(self, name: str) -> bool:
        """Return whether a shape is a data type, not an error or the input or output of an operation."""
        shape = self.shapes[name]
        return shape["type"] == "structure" and not shape.get("exception") and name not in self._outer

    def _members(self, key: Key, kind: str, structure: str) -> Found:
        members = self.shapes[structure]["members"]
        for name in members:
            place = (*key, f"{kind} {name}")
            for fact, value in self.member(structure, name).items():
                yield (*place, fact), value
        for name in self.shapes[structure].get("required", ()):
            yield (*key, f"{kind} {name}", "required"), HAS

    def member(self, structure: str, name: str) -> dict[str, str]:
        """Return the facts of a member of a structure."""
        member = self.shapes[structure]["members"][name]
        facts: dict[str, object] = {
            "type": self.type(member["shape"]),
            "location": _LOCATIONS.get(member.get("location"), member.get("location")),
            "wire name": member.get("locationName", name),
        }
        if name in self.shapes[structure].get("required", ()):
            facts["required"] = HAS
        for flag in ("sensitive", "deprecated"):
            if member.get(flag) or self._has(member["shape"], flag):
                facts[flag] = HAS
        facts.update(self._limits(member["shape"]))
        return {fact: str(value) for fact, value in facts.items()}

    def inner(self, name: str) -> dict[str, str]:
        """Return the names of the shapes in a list or map, under the specification's words for them."""
        shape = self.shapes[name]
        return {ours: shape[theirs]["shape"] for ours, theirs in _INNER.get(shape["type"], {}).items()}

    def type(self, name: str) -> str:
        """Return the type of a shape, as the specification writes it."""
        shape = self.shapes[name]
        inner = ", ".join(map(self.type, self.inner(name).values()))
        if inner:
            return f"{shape['type']}<{inner}>"
        return name if shape["type"] == "structure" or "enum" in shape else str(shape["type"])

    def _has(self, name: str, flag: str) -> bool:
        return bool(self.shapes[name].get(flag)) or any(self._has(inner, flag) for inner in self.inner(name).values())

    def own_limits(self, name: str) -> dict[str, int | str]:
        """Return the limits of a shape, without those of what is in it."""
        shape = self.shapes[name]
        names = zip(_LIMITS.get(shape["type"], ("min", "max")), ("min", "max"), strict=True)
        limits = {ours: shape[theirs] for ours, theirs in names if theirs in shape}
        return limits | ({"pattern": shape["pattern"]} if "pattern" in shape else {})

    def _limits(self, name: str, inside: str = "") -> Iterator[tuple[str, int | str]]:
        for limit, value in self.own_limits(name).items():
            yield f"{inside}{limit}", value
        for word, inner in self.inner(name).items():
            yield from self._limits(inner, f"{inside}{word} ")

    # Everything else -------------------------------------------------------------------------

    def _everything_else(self, bundle: Bundle) -> Found:
        service = ("service",)
        for file in bundle.files:
            yield (*service, f"file {file}"), HAS
        yield from self._other(service, bundle.model, {"operations", "shapes"})
        yield from self._other((*service, "paginators"), bundle.paginators, {"pagination"})
        for name, operation in self.operations.items():
            yield from self._other_of_operation((f"operation {name}",), name, operation)
        for name, page in self.pages.items():
            key = (f"operation {name}", "pages")
            if page.get("output_token") != page.get("input_token"):
                yield (*key, "output token"), page.get("output_token")
            yield from self._other(key, page, {*_PAGE_KEYS.values(), "output_token"})
        for name in self.shapes:
            yield from self._other_of_shape(name)
        for name in self.shapes.keys() - self.reached():
            if not self.is_type(name) and "enum" not in self.shapes[name] and not self.shapes[name].get("exception"):
                yield (f"shape {name}",), "is used by nothing"

    def _other_of_operation(self, key: Key, name: str, operation: Json) -> Found:
        understood = {"name", "http", "input", "output", "errors"}
        yield from self._other(key, operation, understood)
        if operation.get("name", name) != name:
            yield (*key, "name"), operation["name"]
        yield from self._other((*key, "http"), operation["http"], {"method", "requestUri"})
        for error in operation.get("errors", ()):
            yield from self._other((*key, f"error {error['shape']}"), error, {"shape"})
        for kind in ("input", "output"):
            if kind in operation:
                structure = operation[kind]["shape"]
                yield from self._other((*key, kind), operation[kind], {"shape"})
                yield from self._other((*key, kind), self.shapes[structure], _STRUCTURE_KEYS)
                yield from self._other_of_members(key, kind, structure)

    def _other_of_shape(self, name: str) -> Found:
        shape = self.shapes[name]
        if shape.get("exception"):
            key = (f"error {name}",)
            yield from self._other(key, shape, {*_STRUCTURE_KEYS, "exception", "error"})
            yield from self._other((*key, "error"), shape.get("error", {}), {"httpStatusCode"})
            yield from self._other_of_members(key, "member", name)
        elif self.is_type(name):
            key = (f"type {name}",)
            yield from self._other(key, shape, {*_STRUCTURE_KEYS, "union"})
            yield from self._other_of_members(key, "member", name)
        elif shape["type"] != "structure":
            key = (f"{'enum' if 'enum' in shape else 'shape'} {name}",)
            yield from self._other(key, shape, _VALUE_KEYS)
            for part in ("member", "key", "value"):
                yield from self._other((*key, part), shape.get(part, {}), {"shape"})

    def _other_of_members(self, key: Key, kind: str, structure: str) -> Found:
        for name, member in self.shapes[structure]["members"].items():
            yield from self._other((*key, f"{kind} {name}"), member, _MEMBER_KEYS)

    def _other(self, place: Key, table: Json, understood: Iterable[str]) -> Found:
        for name in table.keys() - set(understood):
            if name == "documentation":
                self.texts[*place, name] = table[name]
                yield (*place, name), fingerprint(table[name])
            else:
                yield from _flat((*place, name), table[name])

    # What belongs together -------------------------------------------------------------------

    def reached(self, *names: str) -> set[str]:
        """Return the shapes that shapes lead to, themselves included; without names, those of all operations."""
        found: set[str] = set()
        todo = list(names or self._outer)
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                shape = self.shapes[name]
                todo += [member["shape"] for member in shape.get("members", {}).values()]
                todo += self.inner(name).values()
        return found


def _flat(place: Key, value: object) -> Found:
    """Yield what is in a value of JSON: one fact for each thing that is not an object."""
    if isinstance(value, Mapping) and value:
        for name, inner in cast("Json", value).items():
            yield from _flat((*place, name), inner)
    else:
        yield place, value if isinstance(value, str) else json.dumps(value)
