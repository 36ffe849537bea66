"""Reads the TOML files into the IR, and reports each mistake with its file, line and table."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import attrs

from .ir import (
    LIMIT_KEYS,
    PROSE_KEYS,
    Base,
    Domain,
    Domains,
    Enum,
    Error,
    Limits,
    Member,
    Operation,
    Page,
    Place,
    Problem,
    Span,
    Spec,
    SpecError,
    Structure,
    Together,
    TypeRef,
    Waiter,
    Weight,
)

PartT = TypeVar("PartT", Weight, Span, Together, Domains)

_REFERENCE = "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_{}.html"
"""The page of an operation or a type by its name."""
_INNER_KEYS = ("item", "key", "value")
_TEXT_LIMITS = {"pattern", "reserved_prefix", "unique"}
_MEMBER_KEYS = {
    "type", "wire", "required", *LIMIT_KEYS, *_INNER_KEYS, "prose_limits", "output_only", "sensitive",
    "deprecated", "source", "note", "doc",
}  # fmt: skip
_KEYS = {
    "operation": {
        "method", "path", "kind", "rate", "weight", "span", "domains", "page", "errors", "reference", "source", "note",
        "doc", "input", "output",
    },
    "type": {"reference", "source", "note", "doc", "members", "union", "together"},
    "enum": {"source", "added", "note", "doc", "values"},
    "waiter": {
        "operation", "subject", "status", "done", "failed", "unlisted", "done_if", "reason", "wait_timeout",
        "initial_delay", "max_delay", "note", "doc",
    },
    "value": {"error", "aliases", "shared", "doc"},
    "error": {"status", "common", "retry", "group", "aliases", "daily_quota", "source", "note", "doc"},
    "model": {"base", "reason"},
}  # fmt: skip
_TOML_WORDS = {str: "a text", int: "a number", bool: "true or false", list: "an array", dict: "a table"}


class Loader:
    """Reads one TOML file, and collects its mistakes."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self._file = path.name
        self._problems = problems
        text = path.read_text(encoding="utf-8")
        self._lines = {line.strip(): number for number, line in reversed([*enumerate(text.splitlines(), 1)])}
        try:
            self.tables: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.tables = {}
            line = re.search(r"at line (\d+)", str(error))
            place = Place(self._file, int(line[1]) if line else len(text.splitlines()), "")
            self.report(place, f"is not TOML: {error}", "correct the syntax")

    def place(self, *keys: str) -> Place:
        """Return the place of a table; one without a header has the place of the table around it."""
        headers = (f"[{'.'.join(keys[:length])}]" for length in range(len(keys), 0, -1))
        line = next((self._lines[header] for header in headers if header in self._lines), 1)
        return Place(self._file, line, ".".join(keys))

    def report(self, place: Place, what: str, remedy: str) -> None:
        """Add a mistake."""
        self._problems.append(Problem(place, what, remedy))

    def take(self, place: Place, table: Mapping[str, Any], key: str, kind: type, default: Any = None) -> Any:
        """Return the value of a key; a missing one without default, or one of the wrong type, is a mistake."""
        value = table.get(key, default)
        if value is None:
            self.report(place, f"has no {key}", f"add {key} = ...")
            return kind()
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.report(place, f"{key} is {value!r}", f"write {_TOML_WORDS[kind]}")
            return kind()
        return value

    def take_if_there(self, place: Place, table: Mapping[str, Any], key: str, kind: type) -> Any:
        """Return the value of a key that may be missing, or None."""
        return self.take(place, table, key, kind) if key in table else None

    def take_tables(self, parent: Mapping[str, Any], *keys: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the tables under the last of the keys, by name."""
        place = self.place(*keys)
        tables: dict[str, Any] = self.take(self.place(*keys[:-1]), parent, keys[-1], dict, {})
        for name, table in tables.items():
            if self.take(place, tables, name, dict) is table:
                yield name, table

    def check_keys(self, place: Place, table: Mapping[str, Any], known: set[str]) -> None:
        """Report unknown keys."""
        for key in sorted(table.keys() - known):
            self.report(place, f"has an unknown key {key!r}", f"use one of {', '.join(sorted(known))}")

    def domain(self, name: str) -> Domain:
        """Return the file as a domain."""
        self.check_keys(self.place(), self.tables, {"operation", "type", "enum"})
        return Domain(
            name=name,
            operations=tuple(self._operation(*entry) for entry in self.take_tables(self.tables, "operation")),
            structures=tuple(self._structure(*entry) for entry in self.take_tables(self.tables, "type")),
            enums=tuple(self._enum(*entry) for entry in self.take_tables(self.tables, "enum")),
        )

    def errors(self) -> tuple[Error, ...]:
        """Return the file as the list of errors."""
        self.check_keys(self.place(), self.tables, {"error"})
        return tuple(self._error(*entry) for entry in self.take_tables(self.tables, "error"))

    def waiters(self) -> tuple[Waiter, ...]:
        """Return the file as the list of waiters."""
        self.check_keys(self.place(), self.tables, {"waiter"})
        return tuple(self._waiter(*entry) for entry in self.take_tables(self.tables, "waiter"))

    def bases(self) -> Mapping[str, Base]:
        """Return the file as hand-written base classes by model."""
        self.check_keys(self.place(), self.tables, {"model"})
        return {name: self._base(name, table) for name, table in self.take_tables(self.tables, "model")}

    def _base(self, name: str, table: Mapping[str, Any]) -> Base:
        place = self.place("model", name)
        self.check_keys(place, table, _KEYS["model"])
        self.take(place, table, "reason", str)
        return Base(place=place, name=self.take(place, table, "base", str))

    def _operation(self, name: str, table: Mapping[str, Any]) -> Operation:
        place = self.place("operation", name)
        self.check_keys(place, table, _KEYS["operation"])
        return Operation(
            place=place,
            name=name,
            doc=self.take(place, table, "doc", str),
            method=self.take(place, table, "method", str),
            path=self.take(place, table, "path", str),
            kind=self.take(place, table, "kind", str),
            reference=self.take(place, table, "reference", str, _REFERENCE.format(name)),
            errors=tuple(self.take(place, table, "errors", list, [])),
            input=self._members(table, "operation", name, "input"),
            output=self._members(table, "operation", name, "output"),
            rate=self.take_if_there(place, table, "rate", int),
            weight=self._part(Weight, {"member": str, "rate": int}, table, "operation", name, "weight"),
            span=self._part(Span, {"start": str, "end": str, "max_days": int}, table, "operation", name, "span"),
            domains=self._domains(table, "operation", name, "domains"),
            page=self._page(table, "operation", name, "page") if "page" in table else None,
        )

    def _part(self, cls: type[PartT], kinds: Mapping[str, type], parent: Mapping[str, Any], *keys: str) -> PartT | None:
        """Return a table as an instance of a class, whose attributes are the table's keys; None without the table."""
        if keys[-1] not in parent:
            return None
        place = self.place(*keys)
        table: Mapping[str, Any] = self.take(place, parent, keys[-1], dict)
        self.check_keys(place, table, {*kinds})
        return cls(**{key: self.take(place, table, key, kind) for key, kind in kinds.items()})

    def _domains(self, parent: Mapping[str, Any], *keys: str) -> Domains | None:
        table: Mapping[str, Any] = self.take(self.place(*keys[:-1]), parent, keys[-1], dict, {})
        key = "only" if "only" in table else "needed"
        return self._part(Domains, {"identity": str, key: str}, parent, *keys)

    def _together(self, parent: Mapping[str, Any], *keys: str) -> Together | None:
        together = self._part(Together, {"members": list, "max": int, "noun": str}, parent, *keys)
        return together and attrs.evolve(together, members=tuple(together.members))

    def _page(self, parent: Mapping[str, Any], *keys: str) -> Page:
        place = self.place(*keys)
        table: Mapping[str, Any] = self.take(place, parent, keys[-1], dict)
        self.check_keys(place, table, {"items", "token", "size"})
        items, token, size = (self.take(place, table, key, str) for key in ("items", "token", "size"))
        return Page(items=items, token=token, size=size)

    def _structure(self, name: str, table: Mapping[str, Any]) -> Structure:
        place = self.place("type", name)
        self.check_keys(place, table, _KEYS["type"])
        return Structure(
            place=place,
            name=name,
            doc=self.take(place, table, "doc", str),
            reference=self.take(place, table, "reference", str, _REFERENCE.format(name)),
            members=self._members(table, "type", name, "members"),
            union=self.take(place, table, "union", bool, False),
            together=self._together(table, "type", name, "together"),
        )

    def _enum(self, name: str, table: Mapping[str, Any]) -> Enum:
        place = self.place("enum", name)
        self.check_keys(place, table, _KEYS["enum"])
        doc = self.take(place, table, "doc", str)
        values: Mapping[str, Any] = self.take(place, table, "values", dict)
        docs: dict[str, str] = {}
        errors: dict[str, str] = {}
        aliases: dict[str, tuple[str, ...]] = {}
        shared: set[str] = set()
        for value, facts in values.items():
            if not isinstance(facts, dict):
                docs[value] = self.take(place, values, value, str)
                continue
            known = cast(Mapping[str, Any], facts)
            self.check_keys(place, known, _KEYS["value"])
            docs[value] = self.take(place, known, "doc", str)
            errors[value] = self.take(place, known, "error", str)
            aliases[value] = tuple(self.take(place, known, "aliases", list, []))
            shared |= {value} if self.take(place, known, "shared", bool, False) else set()
        return Enum(
            place=place,
            name=name,
            doc=doc,
            values=docs,
            errors=errors,
            aliases=aliases,
            shared=frozenset(shared),
        )

    def _error(self, name: str, table: Mapping[str, Any]) -> Error:
        place = self.place("error", name)
        self.check_keys(place, table, _KEYS["error"])
        return Error(
            place=place,
            name=name,
            doc=self.take(place, table, "doc", str),
            status=self.take(place, table, "status", int),
            common=self.take(place, table, "common", bool, False),
            retry=self.take_if_there(place, table, "retry", str),
            group=self.take_if_there(place, table, "group", str),
            aliases=tuple(self.take(place, table, "aliases", list, [])),
            daily_quota=self.take(place, table, "daily_quota", bool, False),
        )

    def _waiter(self, name: str, table: Mapping[str, Any]) -> Waiter:
        place = self.place("waiter", name)
        self.check_keys(place, table, _KEYS["waiter"])
        return Waiter(
            place=place,
            name=name,
            doc=self.take(place, table, "doc", str).strip(),
            operation=self.take(place, table, "operation", str),
            subject=self.take(place, table, "subject", str),
            status=self.take(place, table, "status", str),
            done=tuple(self.take(place, table, "done", list)),
            failed=tuple(self.take(place, table, "failed", list, [])),
            unlisted=tuple(self.take(place, table, "unlisted", list, [])),
            done_if=self.take_if_there(place, table, "done_if", str),
            reason=self.take_if_there(place, table, "reason", str),
            wait_timeout=self.take(place, table, "wait_timeout", int),
            initial_delay=self.take(place, table, "initial_delay", int),
            max_delay=self.take(place, table, "max_delay", int),
        )

    def _members(self, parent: Mapping[str, Any], *keys: str) -> tuple[Member, ...]:
        tables = self.take_tables(parent, *keys)
        known = _MEMBER_KEYS | {"in"} if keys[-1] == "input" else _MEMBER_KEYS
        return tuple(self._member(self.place(*keys, name), name, table, known) for name, table in tables)

    def _member(self, place: Place, name: str, table: Mapping[str, Any], known: set[str]) -> Member:
        self.check_keys(place, table, known)
        text = self.take(place, table, "type", str)
        return Member(
            place=place,
            name=name,
            type=self._type(place, text) if text == table.get("type") else TypeRef("string"),
            doc=self.take(place, table, "doc", str),
            location=self.take(place, table, "in", str, "body"),
            wire_name=self.take(place, table, "wire", str, name),
            required=self.take(place, table, "required", bool, False),
            limits=self._limits(place, table, LIMIT_KEYS),
            prose_limits=self._prose_limits(place, table),
            output_only=self.take(place, table, "output_only", bool, False),
            sensitive=self.take(place, table, "sensitive", bool, False),
            deprecated=self.take(place, table, "deprecated", bool, False),
        )

    def _prose_limits(self, place: Place, member: Mapping[str, Any]) -> Limits:
        table: Mapping[str, Any] = self.take(place, member, "prose_limits", dict, {})
        self.check_keys(place, table, {*PROSE_KEYS, *_INNER_KEYS})
        return self._limits(place, table, PROSE_KEYS)

    def _limits(self, place: Place, table: Mapping[str, Any], keys: tuple[str, ...]) -> Limits:
        kinds = {key: str if key in _TEXT_LIMITS else int for key in keys if key in table}
        inner: dict[str, Mapping[str, Any]] = {
            key: self.take(place, table, key, dict) for key in _INNER_KEYS if key in table
        }
        for limits in inner.values():
            self.check_keys(place, limits, {*keys, *_INNER_KEYS})
        return Limits(
            own={key: self.take(place, table, key, kind) for key, kind in kinds.items()},
            inner={key: self._limits(place, limits, keys) for key, limits in inner.items()},
        )

    def _type(self, place: Place, text: str) -> TypeRef:
        name, bracket, rest = text.partition("<")
        arity = {"list": 1, "map": 2}.get(name, 0)
        arguments = rest.removesuffix(">").split(",", arity - 1) if bracket else []
        if not name or bool(bracket) != rest.endswith(">") or len(arguments) != arity:
            self.report(place, f"type {text!r} can't be read", "write a name, list<T> or map<K, V>")
            return TypeRef("string")
        return TypeRef(name, tuple(self._type(place, argument.strip()) for argument in arguments))


def load(folder: Path, overrides: Path) -> Spec:
    """Read the whole specification.

    Args:
        folder: Where the TOML files are; `errors.toml` and `waiters.toml` are the lists of these, every other file is
            a domain.
        overrides: The file of quirks.

    Raises:
        SpecError: A file can't be read; all that is wrong is listed.
    """
    problems: list[Problem] = []
    domains: list[Domain] = []
    errors: tuple[Error, ...] = ()
    waiters: tuple[Waiter, ...] = ()
    for path in sorted(folder.glob("*.toml")):
        loader = Loader(path, problems)
        if path.stem == "errors":
            errors = loader.errors()
        elif path.stem == "waiters":
            waiters = loader.waiters()
        else:
            domains.append(loader.domain(path.stem))
    bases = Loader(overrides, problems).bases()
    if problems:
        raise SpecError(problems)
    return Spec(domains=tuple(domains), errors=errors, waiters=waiters, bases=bases)
