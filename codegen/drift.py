"""Compare the specification with the model of SESv2 that the installed botocore bundles.

Both sides become flat facts, each a value under a key such as `operation SendEmail: method`, which are compared. Facts
of the model that the specification can't express, such as documentation texts, are compared with seen.json, which holds
them as they were at the last review. A difference is one line; the intended ones are in accepted.toml, with their
reasons.
"""

import json
import textwrap
import tomllib
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from .ir import Limits, Member, Spec
from .service_model import HAS, Found, Key, ServiceModel, bundled, plain

Facts = Mapping[Key, str]

ACCEPTED = Path(__file__).parent / "accepted.toml"
SEEN = Path(__file__).parent / "seen.json"
_REMEDY = "change codegen/spec (`python -m codegen adopt` helps), or accept it in codegen/accepted.toml with a reason"
_SEEN_REMEDY = "see whether codegen/spec has to change, then run `python -m codegen accept`"


@attrs.frozen
class Report:
    """The result of a comparison: each difference as a line, by its key."""

    comparable: Mapping[Key, str]
    """Between the specification and the model."""
    others: Mapping[Key, str]
    """Between what was seen earlier and the model."""

    def lines(self) -> list[str]:
        """Return every difference."""
        return [*self.comparable.values(), *self.others.values()]


def main(spec: Spec, model: ServiceModel | None = None) -> int:
    """Print each difference, and each accepted one that no longer exists; return 1 if there is anything to review.

    Args:
        spec: The specification.
        model: The model; left out, the bundled one.
    """
    model = model or ServiceModel(bundled())
    report = compare(spec, model, read_seen())
    accepted = read_accepted(ACCEPTED)
    comparable = list(report.comparable.values())
    unaccepted = [line for line in comparable if line not in accepted]
    stale = sorted(accepted.keys() - set(comparable))
    output = [f"accepted: {line}" for line in comparable if line in accepted]
    output += [f"new: {line}; {_REMEDY}" for line in unaccepted]
    for key, line in report.others.items():
        output.append(f"changed: {line}; {_SEEN_REMEDY}")
        output += _text(model.texts.get(key))
    output += [f"stale: {line}; it no longer differs, remove it from codegen/accepted.toml" for line in stale]
    count = len(unaccepted) + len(report.others)
    print(
        "\n".join([*output, f"{len(report.lines())} differences, {count} of them new; {len(stale)} accepted are stale"])
    )
    return 1 if count or stale else 0


def _text(documentation: str | None) -> list[str]:
    """Return the present documentation text, wrapped and indented."""
    wrapped = textwrap.wrap(plain(documentation or ""), 100)
    return [f"    {line}" for line in wrapped]


def compare(spec: Spec, model: ServiceModel, seen: Facts) -> Report:
    """Return the differences. If one side lacks a thing altogether, that is one line."""
    comparable = differences(spec_facts(spec), model.comparable)
    sides = _Side(seen), _Side(model.others)
    others = [key for key in _differing(seen, model.others) if not _is_inside(key, comparable)]
    return Report(comparable, {key: _line(key, "seen", *sides) for key in others})


def _is_inside(key: Key, things: Container[Key]) -> bool:
    return any(key[:length] in things for length in range(1, len(key) + 1))


# What is accepted ----------------------------------------------------------------------------


def read_accepted(path: Path) -> dict[str, str]:
    """Return the reason of every accepted difference."""
    groups = tomllib.loads(path.read_text(encoding="utf-8"))["accepted"]
    return {line: group["reason"] for group in groups for line in group["differences"]}


def read_seen() -> dict[Key, str]:
    """Return the facts of the last review."""
    lines: dict[str, str] = json.loads(SEEN.read_text(encoding="utf-8"))
    return {tuple(line.split(": ")): fact for line, fact in lines.items()}


def accept(spec: Spec, names: Collection[str], model: ServiceModel | None = None) -> int:
    """Record in seen.json the present facts of the model that the specification can't express; return 0.

    Args:
        spec: The specification; nothing is recorded of a thing that it lacks.
        names: The operations, types, enums, errors and shapes whose facts are recorded; empty for all.
        model: The model; left out, the bundled one.
    """
    model = model or ServiceModel(bundled())
    found = compare(spec, model, read_seen()).others
    wanted = [key for key in found if not names or key[0].rpartition(" ")[2] in names]
    see(model, set(wanted).__contains__)
    print("\n".join([*(f"seen: {found[key]}" for key in wanted), f"{len(wanted)} changes accepted"]))
    return 0


def see(model: ServiceModel, concerns: Callable[[Key], bool]) -> None:
    """Record the facts of the model that the specification can't express, for the keys that `concerns` is true for."""
    kept = {key: fact for key, fact in read_seen().items() if not concerns(key)}
    facts = kept | {key: fact for key, fact in model.others.items() if concerns(key)}
    lines = {": ".join(key): facts[key] for key in sorted(facts)}
    SEEN.write_text(json.dumps(lines, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


# The comparison ------------------------------------------------------------------------------


def differences(spec: Facts, model: Facts) -> dict[Key, str]:
    """Return one line for each difference, by its key; a thing that one side lacks altogether is one line."""
    sides = _Side(spec), _Side(model)
    outermost = dict.fromkeys(_outermost(key, *sides) for key in _differing(spec, model))
    return {key: _line(key, "spec", *sides) for key in outermost}


def _differing(ours: Facts, model: Facts) -> list[Key]:
    return [key for key in sorted(ours.keys() | model.keys()) if ours.get(key) != model.get(key)]


def _line(key: Key, name: str, ours: "_Side", model: "_Side") -> str:
    return f"{': '.join(key)}: {name} {ours.describe(key)}, botocore {model.describe(key)}"


class _Side:
    """The facts of one side, and everything that has facts under it."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.things = {key[:length] for key in facts for length in range(1, len(key) + 1)}

    def describe(self, key: Key) -> str:
        return self._facts.get(key, HAS if key in self.things else "has none")


def _outermost(key: Key, *sides: _Side) -> Key:
    """Return the shortest beginning of a key that a side lacks; the key itself if both have it."""
    beginnings = (key[:length] for length in range(1, len(key)))
    return next((some for some in beginnings if not all(some in side.things for side in sides)), key)


# The specification ---------------------------------------------------------------------------


def spec_facts(spec: Spec) -> dict[Key, str]:
    """Return the facts of the specification."""
    return {key: str(fact) for key, fact in _spec(spec)}


def _spec(spec: Spec) -> Found:
    for operation in spec.operations():
        key = f"operation {operation.name}"
        yield (key, "method"), operation.method
        yield (key, "path"), operation.path
        if operation.rate is not None:
            yield (key, "rate"), operation.rate
        for code in operation.errors:
            yield (key, f"error {code}"), HAS
        if operation.page:
            for name, value in attrs.asdict(operation.page).items():
                yield (key, "pages", name), value
        yield from _spec_members((key,), "input", operation.input)
        yield from _spec_members((key,), "output", operation.output)
    for structure in spec.structures():
        yield (f"type {structure.name}",), HAS
        if structure.union:
            yield (f"type {structure.name}", "union"), HAS
        yield from _spec_members((f"type {structure.name}",), "member", structure.members)
    for enum in spec.enums():
        for value in enum.values:
            yield (f"enum {enum.name}", f"value {value}"), HAS
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
                yield (*place, flag), HAS
        for limit, value in _spec_limits(member.limits):
            yield (*place, limit), value


def _spec_limits(limits: Limits, inside: str = "") -> Iterator[tuple[str, int | str]]:
    for name, value in limits.own.items():
        yield f"{inside}{name}", value
    for name, inner in limits.inner.items():
        yield from _spec_limits(inner, f"{inside}{name} ")
