"""TOML files become the IR; what can't be read as such is reported with its place."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .ir import (
    LIMIT_KEYS,
    Domain,
    Enum,
    Error,
    Limits,
    Member,
    Operation,
    Page,
    Place,
    Problem,
    Spec,
    SpecError,
    Structure,
    TypeRef,
    Variant,
)

_MEMBER_KEYS = {
    "type", "in", "wire", "required", *LIMIT_KEYS, "item", "key", "value", "sensitive", "deprecated", "source",
    "note", "doc",
}  # fmt: skip
_KEYS = {
    "operation": {
        "method", "path", "kind", "rate", "page", "errors", "reference", "source", "note", "doc", "input", "output",
    },
    "type": {"reference", "source", "note", "doc", "members", "union"},
    "enum": {"source", "added", "note", "doc", "values"},
    "error": {"status", "common", "retry", "source", "note", "doc"},
}  # fmt: skip


class Loader:
    """Reads one TOML file and remembers what is wrong with it."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self._file = path.name
        self._problems = problems
        text = path.read_text(encoding="utf-8")
        self._lines = {line.strip(): number for number, line in reversed([*enumerate(text.splitlines(), 1)])}
        try:
            self.tables: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.tables = {}
            self.report(Place(self._file, 1, ""), f"is not TOML: {error}", "mend the syntax")

    def place(self, *keys: str) -> Place:
        """Return where a table stands."""
        table = ".".join(keys)
        return Place(self._file, self._lines.get(f"[{table}]", 1), table)

    def report(self, place: Place, what: str, remedy: str) -> None:
        """Remember a mistake."""
        self._problems.append(Problem(place, what, remedy))

    def take(self, place: Place, table: Mapping[str, Any], key: str, kind: type, default: Any = None) -> Any:
        """Return the value of a key; a missing one without default, or one of the wrong type, is a mistake."""
        value = table.get(key, default)
        if value is None:
            self.report(place, f"has no {key}", f"add {key} = ...")
            return kind()
        if not isinstance(value, kind):
            self.report(place, f"{key} is a {type(value).__name__}", f"write a {kind.__name__}")
            return kind()
        return value

    def check_keys(self, place: Place, table: Mapping[str, Any], known: set[str]) -> None:
        """Report keys that mean nothing."""
        for key in table.keys() - known:
            self.report(place, f"has an unknown key {key!r}", f"use one of {', '.join(sorted(known))}")

    def domain(self, name: str) -> Domain:
        """Return the file as a domain."""
        self.check_keys(self.place(), self.tables, {"operation", "type", "enum"})
        return Domain(
            name=name,
            operations=tuple(self._operation(key, table) for key, table in self.tables.get("operation", {}).items()),
            structures=tuple(self._structure(key, table) for key, table in self.tables.get("type", {}).items()),
            enums=tuple(self._enum(key, table) for key, table in self.tables.get("enum", {}).items()),
        )

    def errors(self) -> tuple[Error, ...]:
        """Return the file as the list of errors."""
        self.check_keys(self.place(), self.tables, {"error"})
        return tuple(self._error(key, table) for key, table in self.tables.get("error", {}).items())

    def variants(self) -> Mapping[str, Variant]:
        """Return the other requests that operations can make, by operation."""
        return {name: self._variant(name, table) for name, table in self.tables.get("variant", {}).items()}

    def bases(self) -> Mapping[str, str]:
        """Return the hand-written base classes of models, by model."""
        tables: dict[str, Any] = self.tables.get("model", {})
        return {name: self.take(self.place("model", name), table, "base", str) for name, table in tables.items()}

    def _variant(self, name: str, table: Mapping[str, Any]) -> Variant:
        place = self.place("variant", name)
        return Variant(
            place=place,
            when=self.take(place, table, "when", str),
            method=self.take(place, table, "method", str),
            path=self.take(place, table, "path", str),
        )

    def _operation(self, name: str, table: Mapping[str, Any]) -> Operation:
        place = self.place("operation", name)
        self.check_keys(place, table, _KEYS["operation"])
        page = table.get("page")
        return Operation(
            place=place,
            name=name,
            doc=self.take(place, table, "doc", str),
            method=self.take(place, table, "method", str),
            path=self.take(place, table, "path", str),
            kind=self.take(place, table, "kind", str),
            reference=self.take(place, table, "reference", str),
            errors=tuple(self.take(place, table, "errors", list, [])),
            input=self._members(table.get("input", {}), "operation", name, "input"),
            output=self._members(table.get("output", {}), "operation", name, "output"),
            rate=table.get("rate"),
            page=Page(**page) if page else None,
        )

    def _structure(self, name: str, table: Mapping[str, Any]) -> Structure:
        place = self.place("type", name)
        self.check_keys(place, table, _KEYS["type"])
        return Structure(
            place=place,
            name=name,
            doc=self.take(place, table, "doc", str),
            reference=self.take(place, table, "reference", str),
            members=self._members(table.get("members", {}), "type", name, "members"),
        )

    def _enum(self, name: str, table: Mapping[str, Any]) -> Enum:
        place = self.place("enum", name)
        self.check_keys(place, table, _KEYS["enum"])
        doc = self.take(place, table, "doc", str)
        return Enum(place=place, name=name, doc=doc, values=self.take(place, table, "values", dict))

    def _error(self, name: str, table: Mapping[str, Any]) -> Error:
        place = self.place("error", name)
        self.check_keys(place, table, _KEYS["error"])
        return Error(
            place=place,
            name=name,
            doc=self.take(place, table, "doc", str),
            status=self.take(place, table, "status", int),
            common=table.get("common", False),
            retry=table.get("retry"),
        )

    def _members(self, tables: Mapping[str, Any], *keys: str) -> tuple[Member, ...]:
        return tuple(self._member(self.place(*keys, name), name, table) for name, table in tables.items())

    def _member(self, place: Place, name: str, table: Mapping[str, Any]) -> Member:
        self.check_keys(place, table, _MEMBER_KEYS)
        return Member(
            place=place,
            name=name,
            type=self._type(place, self.take(place, table, "type", str)),
            doc=self.take(place, table, "doc", str),
            location=table.get("in", "body"),
            wire_name=table.get("wire", name),
            required=table.get("required", False),
            limits=_limits(table),
            sensitive=table.get("sensitive", False),
            deprecated=table.get("deprecated", False),
        )

    def _type(self, place: Place, text: str) -> TypeRef:
        name, bracket, rest = text.partition("<")
        arity = {"list": 1, "map": 2}.get(name, 0)
        arguments = rest.removesuffix(">").split(",", arity - 1) if bracket else []
        if bool(bracket) != rest.endswith(">") or len(arguments) != arity:
            self.report(place, f"type {text!r} can't be read", "write a name, list<T> or map<K, V>")
            return TypeRef("string")
        return TypeRef(name, tuple(self._type(place, argument.strip()) for argument in arguments))


def _limits(table: Mapping[str, Any]) -> Limits:
    inner = {key: _limits(table[key]) for key in ("item", "key", "value") if key in table}
    return Limits(own={key: table[key] for key in LIMIT_KEYS if key in table}, inner=inner)


def load(folder: Path, overrides: Path) -> Spec:
    """Read the whole specification.

    Args:
        folder: Where the TOML files are; `errors.toml` is the list of errors, every other a domain.
        overrides: The file of quirks.

    Raises:
        SpecError: A file can't be read; all that is wrong is listed.
    """
    problems: list[Problem] = []
    domains: list[Domain] = []
    errors: tuple[Error, ...] = ()
    for path in sorted(folder.glob("*.toml")):
        loader = Loader(path, problems)
        if path.stem == "errors":
            errors = loader.errors()
        else:
            domains.append(loader.domain(path.stem))
    quirks = Loader(overrides, problems)
    bases, variants = quirks.bases(), quirks.variants()
    if problems:
        raise SpecError(problems)
    return Spec(domains=tuple(domains), errors=errors, bases=bases, variants=variants)
