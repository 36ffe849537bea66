"""Write new things of botocore's model into the specification.

All facts of the model are filled in. Descriptions are left empty, and so is the `kind` of an operation that is not
plainly a read: `check` refuses the specification until both are written.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from .drift import ACCEPTED, differences, read_accepted, read_seen, see, spec_facts
from .ir import Spec
from .load import load
from .service_model import HAS, Json, Key, ServiceModel, bundled, documented_rate
from .spec_files import KINDS, Files, Table

_ERRORS = "errors"
_MEMBERS = {"input": "input", "output": "output", "member": "members"}
_TOML_KEYS = {"location": "in", "wire name": "wire"}
_READS = re.compile(r"(BatchGet|Get|List|TestRender)[A-Z]")
_OWN_SEGMENTS = 2
"""How many segments at the beginning of a path, `v2/email`, are the same in all domains."""


class AdoptError(Exception):
    """Something can't be adopted; the message says why."""


def main(names: Iterable[str], folder: Path, into: str | None = None, model: ServiceModel | None = None) -> int:
    """Write things of the model into the specification; return the exit status.

    Args:
        names: `CreateStamp` (an operation, a type, an enum or an error) or `SendEmail.StampId` (one member or value).
        folder: The folder of the specification.
        into: The domain that new things go to; left out, the one that they are closest to.
        model: The model; left out, the bundled one.
    """
    model = model or ServiceModel(bundled())
    adoption = Adoption(load(folder, folder.parent / "overrides.toml"), model, Files(folder), into)
    try:
        for name in names:
            adoption.adopt(name)
    except AdoptError as error:
        print(error, file=sys.stderr)
        return 1
    if not adoption.written:
        print("name what to adopt; `python -m codegen drift` lists what is new", file=sys.stderr)
        return 1
    adoption.save()
    print(
        "\n".join(
            [*adoption.written, "Write the empty descriptions; `python -m codegen` names those that are missing."]
        )
    )
    return 0


class Adoption:
    """Adopts one thing after the other, and what they need.

    Attributes:
        written: A line for each table or key that was written.
    """

    def __init__(self, spec: Spec, model: ServiceModel, files: Files, into: str | None) -> None:
        """Find out what the specification lacks."""
        self.written: list[str] = []
        self._spec = spec
        self._model = model
        self._files = files
        self._into = into
        self._differences = differences(spec_facts(spec), model.comparable)
        self._accepted = read_accepted(ACCEPTED)
        self._homes = spec.homes() | {
            operation.name: domain.name for domain in spec.domains for operation in domain.operations
        }
        self._errors = {error.name for error in spec.errors}
        self._seen: set[Key] = set()
        self._source = f"botocore {model.version}"

    def adopt(self, name: str) -> None:
        """Write one thing, or one part of a thing."""
        owner, _, part = name.partition(".")
        kind = self._kind(owner)
        if owner in self._homes or owner in self._errors:
            self._adopt_parts(kind, owner, part)
        elif part:
            raise AdoptError(f"{name}: the specification has no {kind} {owner}; adopt {owner}")
        else:
            self._add(kind, owner, self._into or self._home(kind, owner))

    def save(self) -> None:
        """Write the files, and record that the new descriptions were read."""
        self._files.save()
        known = {key[0] for key in read_seen()}
        shapes = {(f"{kind} {name}",) for kind in ("shape", "enum") for name in self._shapes()}
        fresh = self._seen | {key for key in shapes if key[0] not in known}
        see(self._model, lambda key: any(key[:length] in fresh for length in range(1, len(key) + 1)))

    def _shapes(self) -> set[str]:
        """Return the shapes that the adopted members lead to."""
        found: set[str] = set()
        for structure, member in self._adopted_members():
            found |= self._model.reached(self._model.shapes[structure]["members"][member]["shape"])
        return found

    def _adopted_members(self) -> Iterator[tuple[str, str]]:
        for key in self._seen:
            kind, _, name = key[0].partition(" ")
            for part, structure in self._structures(kind, name):
                for member in self._model.shapes[structure]["members"]:
                    if len(key) == 1 or key[1] == f"{part} {member}":
                        yield structure, member

    def _structures(self, kind: str, name: str) -> Iterator[tuple[str, str]]:
        """Yield the structures of a thing, each after what drift calls its members."""
        if kind == "operation":
            operation = self._model.operations[name]
            yield from ((part, operation[part]["shape"]) for part in ("input", "output") if part in operation)
        elif kind == "type":
            yield "member", name

    def _kind(self, name: str) -> str:
        for kind in KINDS:
            if any(key[0] == f"{kind} {name}" for key in self._model.comparable):
                return kind
        raise AdoptError(f"{name}: botocore {self._model.version} has no operation, type, enum or error of this name")

    # Where things go -------------------------------------------------------------------------

    def _home(self, kind: str, name: str) -> str:
        """Return the domain that a new thing is closest to: by its path, or by what uses it."""
        if kind == "error":
            return _ERRORS
        near = self._near_operations(name) if kind == "operation" else self._users(name)
        domain = next(near, None)
        if domain is None:
            raise AdoptError(f"{name}: nothing in the specification is close to it; pass --into DOMAIN")
        return domain

    def _near_operations(self, name: str) -> Iterator[str]:
        path = _segments(self._model.operations[name]["http"]["requestUri"])
        shared = {other.name: _shared(path, _segments(other.path)) for other in self._spec.operations()}
        nearest = max(shared, key=shared.__getitem__, default=None)
        if nearest is not None and shared[nearest] > _OWN_SEGMENTS:
            yield self._homes[nearest]

    def _users(self, name: str) -> Iterator[str]:
        for user, domain in self._homes.items():
            kind = "operation" if user in self._model.operations else "type"
            if user in self._model.operations or user in self._model.shapes:
                for _, structure in self._structures(kind, user):
                    if self._model.shapes[structure]["type"] == "structure" and name in self._model.reached(structure):
                        yield domain

    # New things ------------------------------------------------------------------------------

    def _add(self, kind: str, name: str, domain: str) -> None:
        adders: dict[str, Callable[[str, str], None]] = {
            "operation": self._add_operation,
            "type": self._add_type,
            "enum": self._add_enum,
            "error": lambda name, _: self._add_error(name),
        }
        self._homes[name] = domain
        self._seen.add((f"{kind} {name}",))
        adders[kind](name, domain)

    def _add_operation(self, name: str, domain: str) -> None:
        operation = self._model.operations[name]
        facts: dict[str, object] = {
            "method": operation["http"]["method"],
            "path": operation["http"]["requestUri"],
            "kind": "read" if _READS.match(name) else "",
        }
        rate = documented_rate(operation)
        facts |= {"rate": rate} if rate is not None else {}
        page = self._page(name)
        facts |= {"page": page} if page else {}
        codes = sorted(error["shape"] for error in operation.get("errors", ()))
        tables = [Table(("operation", name), facts | {"errors": codes, **self._head()})]
        for part, structure in self._structures("operation", name):
            header = ("operation", name, part)
            tables += [self._member_table((*header, member), structure) for member in self._shape_members(structure)]
        self._insert_group(domain, tables)
        for code in codes:
            self._need_error(code)
        for _, structure in self._structures("operation", name):
            self._need_types(structure, domain)

    def _head(self) -> dict[str, object]:
        return {"source": self._source, "doc": ""}

    def _page(self, name: str) -> dict[str, object] | None:
        """Return how an operation pages: from its paginator, or else guessed from its members."""
        if name in self._model.pages:
            page = self._model.pages[name]
            return {"items": page["result_key"], "token": page["input_token"], "size": page.get("limit_key", "")}
        members = {
            part: {member: self._model.member(structure, member)["type"] for member in self._shape_members(structure)}
            for part, structure in self._structures("operation", name)
        }
        arguments, results = members.get("input", {}), members.get("output", {})
        items = [member for member, kind in results.items() if kind.startswith("list<")]
        sizes = [member for member, kind in arguments.items() if kind == "integer"]
        if "NextToken" in arguments.keys() & results.keys() and len(items) == len(sizes) == 1:
            return {"items": items[0], "token": "NextToken", "size": sizes[0]}
        return None

    def _shape_members(self, structure: str) -> Json:
        members: Json = self._model.shapes[structure]["members"]
        return members

    def _add_type(self, name: str, domain: str) -> None:
        union = {"union": True} if self._model.shapes[name].get("union") else {}
        tables = [Table(("type", name), union | self._head())]
        members = self._shape_members(name)
        tables += [self._member_table(("type", name, "members", member), name) for member in members]
        self._insert_group(domain, tables)
        self._need_types(name, domain)

    def _add_enum(self, name: str, domain: str) -> None:
        values = dict.fromkeys(self._model.shapes[name]["enum"], "")
        tables = [Table(("enum", name), {"source": self._source, "doc": ""}), Table(("enum", name, "values"), values)]
        self._insert_group(domain, tables)

    def _add_error(self, name: str) -> None:
        self._errors.add(name)
        error = self._model.shapes[name].get("error", {})
        retryable = self._model.shapes[name].get("retryable")
        retry = {} if retryable is None else {"retry": "throttling" if retryable.get("throttling") else "transient"}
        facts = {"status": error.get("httpStatusCode", 400), **retry, "source": self._source, "doc": ""}
        self._insert_group(_ERRORS, [Table(("error", name), facts)])

    def _need_error(self, name: str) -> None:
        if name not in self._errors:
            self._add("error", name, _ERRORS)

    def _need_types(self, structure: str, domain: str) -> None:
        """Add the types and enums that the members of a structure name and the specification lacks."""
        for member in self._shape_members(structure).values():
            self._need_type(member["shape"], domain)

    def _need_type(self, shape: str, domain: str) -> None:
        inner = self._model.inner(shape)
        for name in inner.values():
            self._need_type(name, domain)
        if not inner and shape not in self._homes:
            if "enum" in self._model.shapes[shape]:
                self._add("enum", shape, domain)
            elif self._model.is_type(shape):
                self._add("type", shape, domain)

    def _insert_group(self, domain: str, tables: list[Table]) -> None:
        self._files.insert_group(domain, tables)
        self.written += [f"{domain}.toml: [{table.header}] written" for table in tables]

    # New parts of known things ---------------------------------------------------------------

    def _adopt_parts(self, kind: str, owner: str, part: str) -> None:
        keys = [key for key in self._differences if key[0] == f"{kind} {owner}" and len(key) > 1]
        if part:
            keys = [key for key in keys if _is_part(key, kind, owner, part)]
        else:  # what differs on purpose stays
            keys = [key for key in keys if self._differences[key] not in self._accepted]
        there = {key[:length] for key in self._model.comparable for length in range(1, len(key) + 1)}
        if not keys and part and not any(_is_part(key, kind, owner, part) for key in there):
            raise AdoptError(f"{owner}.{part}: botocore {self._model.version} has no member or value of this name")
        if not keys:
            raise AdoptError(f"{owner}{'.' if part else ''}{part}: the specification has all of it")
        for key in self._in_order(kind, owner, keys):
            fact = key[1]
            word, _, name = fact.partition(" ")
            if word in _MEMBERS and len(key) > 2:
                self._change_member(key)
            elif key not in there:
                raise AdoptError(f"{': '.join(key)}: botocore no longer has it; remove it by hand")
            elif word in _MEMBERS:
                self._new_member(kind, owner, word, name)
            elif word == "value":
                self._new_value(owner, name)
            elif word == "error":
                self._new_code(owner, name)
            else:
                self._change(kind, owner, fact)

    def _in_order(self, kind: str, owner: str, keys: list[Key]) -> list[Key]:
        """Return keys in the order that the model has its members and values in."""
        order = [f"value {value}" for value in self._model.shapes.get(owner, {}).get("enum", ())]
        for part, structure in self._structures(kind, owner):
            order += [f"{part} {member}" for member in self._shape_members(structure)]
        return sorted(keys, key=lambda key: order.index(key[1]) if key[1] in order else -1)

    def _change(self, kind: str, owner: str, fact: str) -> None:
        """Change a fact of a thing itself: its method, its path, its rate, its status."""
        text = self._model.comparable.get((f"{kind} {owner}", fact))
        value: object = True if text == HAS else int(text) if text and text.isdigit() else text
        if fact == "pages":
            fact, value = "page", self._page(owner)
        domain = _ERRORS if kind == "error" else self._homes[owner]
        self._files.set(domain, (kind, owner), fact, value)
        self.written.append(f"{domain}.toml: [{kind}.{owner}] {fact} is {value}")

    def _new_code(self, operation: str, code: str) -> None:
        codes = next(other.errors for other in self._spec.operations() if other.name == operation)
        codes = tuple(sorted({*codes, *self._adopted_codes(operation), code}))
        self._seen.add((f"operation {operation}", f"error {code}"))
        self._files.set(self._homes[operation], ("operation", operation), "errors", list(codes))
        self.written.append(f"{self._homes[operation]}.toml: [operation.{operation}] lists {code}")
        self._need_error(code)

    def _adopted_codes(self, operation: str) -> Iterator[str]:
        for key in self._seen:
            if key[0] == f"operation {operation}" and len(key) > 1 and key[1].startswith("error "):
                yield key[1].removeprefix("error ")

    def _new_value(self, enum: str, value: str) -> None:
        domain = self._homes[enum]
        values: list[str] = self._model.shapes[enum]["enum"]
        self._files.insert_key(domain, ("enum", enum, "values"), value, before=values[values.index(value) + 1 :])
        self.written.append(f"{domain}.toml: [enum.{enum}.values] {value} written")

    def _new_member(self, kind: str, owner: str, part: str, name: str) -> None:
        structure = dict(self._structures(kind, owner))[part]
        domain = self._homes[owner]
        header = (kind, owner, _MEMBERS[part], name)
        members = list(self._shape_members(structure))
        table = self._member_table(header, structure, source=self._source)
        self._files.insert_member(domain, table, before=members[members.index(name) + 1 :])
        self.written.append(f"{domain}.toml: [{table.header}] written")
        self._seen.add((f"{kind} {owner}", f"{part} {name}"))
        self._need_type(self._shape_members(structure)[name]["shape"], domain)

    def _change_member(self, key: Key) -> None:
        """Change one fact of a known member; a limit inside of a list or map rewrites the table of these limits."""
        kind, _, owner = key[0].partition(" ")
        part, _, name = key[1].partition(" ")
        structure = dict(self._structures(kind, owner))[part]
        facts = self._member_facts(structure, name)
        fact = _TOML_KEYS.get(key[2], key[2].partition(" ")[0])
        domain = self._homes[owner]
        self._files.set(domain, (kind, owner, _MEMBERS[part], name), fact, facts.get(fact))
        self.written.append(f"{domain}.toml: [{kind}.{owner}.{_MEMBERS[part]}.{name}] {fact} is {facts.get(fact)}")
        if fact == "type":
            self._need_type(self._shape_members(structure)[name]["shape"], domain)

    def _member_table(self, header: tuple[str, ...], structure: str, **more: object) -> Table:
        return Table(header, self._member_facts(structure, header[-1]) | more | {"doc": ""})

    def _member_facts(self, structure: str, name: str) -> dict[str, object]:
        """Return the keys of a member, as the specification writes them."""
        known = self._model.member(structure, name)
        shape = self._shape_members(structure)[name]["shape"]
        facts: dict[str, object] = {"type": known["type"]}
        facts |= {"in": known["location"]} if known["location"] != "body" else {}
        facts |= {"wire": known["wire name"]} if known["wire name"] != name else {}
        facts |= {"required": True} if "required" in known else {}
        facts |= self._limits(shape)
        return facts | {flag: True for flag in ("sensitive", "deprecated") if flag in known}

    def _limits(self, shape: str) -> dict[str, object]:
        inner = {word: self._limits(name) for word, name in self._model.inner(shape).items()}
        return {**self._model.own_limits(shape), **{word: limits for word, limits in inner.items() if limits}}


def _is_part(key: Key, kind: str, owner: str, part: str) -> bool:
    """Return whether a key is about one member or value of a thing."""
    return len(key) > 1 and key[0] == f"{kind} {owner}" and key[1].partition(" ")[2] == part


def _segments(path: str) -> list[str]:
    return path.strip("/").split("/")


def _shared(some: list[str], others: list[str]) -> int:
    """Return how many segments two paths share at their beginnings."""
    pairs = zip(some, others, strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(some), len(others)))
