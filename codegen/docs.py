"""Writes the pages of the reference for operations, models and enums, in MyST's Markdown."""

import ast
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from .ir import SCALARS, Domain, Member, Operation, Spec, TypeRef
from .naming import argument_name, snake_case
from .plan import Argument, Class, EnumClass, Field, Method, Plan, WaiterMethod
from .render import FROM_TOKEN, waiting_arguments

BANNER: Final = (
    "<!-- Written by `python -m codegen` from codegen/spec and codegen/examples; edit those, not this page. -->\n"
)
_EXAMPLES: Final = Path(__file__).parent / "examples"
_OUTSIDE_CODE: Final = re.compile(r"([\\*_<>\[\]{}$|])")
_ROW: Final = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+) \|$", re.MULTILINE)
_SENTENCE: Final = re.compile(r"(?<=\.) ")
_KINDS: Final = {
    "read": "It changes nothing, so the client repeats it after any temporary error.",
    "idempotent": "Two calls have the effect of one, so the client repeats it after any temporary error.",
    "write": "Two calls may have another effect than one, so the client repeats it only if the service can't have "
    "acted on it.",
    "send": "It sends mail, so the client repeats it only if the service can't have acted on it; "
    "otherwise it ends in an {py:exc}`~sesv2kit.errors.AmbiguousSendError`.",
}
_SENT_BY_RATE: Final = ("SendEmail", "SendBulkEmail")
"""What the account's send rate limits."""


@attrs.frozen(kw_only=True)
class Examples:
    """The examples of a domain."""

    imports: str
    preparation: str
    """The code that creates the resources of the examples; empty if they work in every account."""
    note: str
    """What else the examples need."""
    bodies: Mapping[str, str]
    """By the method that an example is of."""


def read_examples(module: Path) -> Examples:
    """Return the examples of a module: the bodies of its functions, and what it imports."""
    text = module.read_text(encoding="utf-8")
    lines = text.splitlines()
    tree = ast.parse(text)
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    prepare = functions.pop("prepare", None)
    return Examples(
        imports="\n".join(lines[imports[0].lineno - 1 : imports[-1].end_lineno]),
        preparation=_body(prepare, lines) if prepare else "",
        note=(ast.get_docstring(prepare) if prepare else None) or "",
        bodies={name: _body(node, lines) for name, node in functions.items()},
    )


def _body(function: ast.FunctionDef, lines: Sequence[str]) -> str:
    """Return the code of a function, without its docstring and what it returns."""
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    if isinstance(statements[-1], ast.Return):
        statements = statements[:-1]
    return textwrap.dedent("\n".join(lines[statements[0].lineno - 1 : statements[-1].end_lineno]))


def read_behaviours(page: Path) -> dict[str, str]:
    """Return what the local SES does for each operation, from its page."""
    return {name: f"{kind}: {words}" for name, kind, words in _ROW.findall(page.read_text(encoding="utf-8"))}


def pages(spec: Spec, plan: Plan, folder: Path) -> dict[str, str]:
    """Return the text of every generated page by its path in the folder of the documentation."""
    writer = _Writer(spec, plan, read_behaviours(folder / "local-operations.md"))
    files = {
        "operations/index.md": writer.index(),
        "api/enums.md": writer.enums(),
        "api/arguments.md": writer.argument_types(),
    }
    for domain in spec.domains:
        files[f"operations/{domain.name}.md"] = writer.operations(domain)
        files[f"api/models/{domain.name}.md"] = writer.models(domain)
    return {name: f"{text.rstrip()}\n" for name, text in files.items()}


def title(domain: str) -> str:
    """Return the heading of a domain."""
    return domain.replace("_", " ").capitalize().replace("ips", "IPs")


class _Writer:
    def __init__(self, spec: Spec, plan: Plan, behaviours: Mapping[str, str]) -> None:
        self._spec = spec
        self._behaviours = behaviours
        self._methods = {method.wire_name: method for module in plan.apis for method in module.methods}
        self._waiters = plan.waiters
        self._models = {model.name: model for module in plan.models for model in module.classes}
        self._enums = {enum.name: enum for module in plan.models for enum in module.enums}
        self._by_hand = set(spec.bases)
        self._used_in = _uses(spec)
        self._roles = {method.name: _method_role(method.name) for method in self._methods.values()}
        self._roles |= {
            method.pages.name: _method_role(method.pages.name) for method in self._methods.values() if method.pages
        }
        self._roles |= {name: _model_role(name) for name in (*self._models, *self._enums)}
        self._roles |= {error.name: _error_role(error.name) for error in plan.errors}
        self._roles |= {base.name: _error_role(base.name) for base in plan.base_errors}

    # Operations ------------------------------------------------------------------------------

    def index(self) -> str:
        introduction = _INTRODUCTION.replace("<count>", str(len(self._methods)))
        lines = [BANNER, "# Operations", "", introduction, "```{toctree}", ":maxdepth: 1", ":hidden:", ""]
        lines += [*(domain.name for domain in self._with_operations()), "```", ""]
        for domain in self._with_operations():
            lines += [f"## {title(domain.name)}", ""]
            for operation in domain.operations:
                method = self._methods[operation.name]
                lines.append(f"- {_method_role(method.name)}: {self._text(_first_sentence(method.prose))}")
            lines.append("")
        return "\n".join(lines)

    def _with_operations(self) -> list[Domain]:
        return [domain for domain in self._spec.domains if domain.operations]

    def operations(self, domain: Domain) -> str:
        examples = read_examples(_EXAMPLES / f"{domain.name}.py")
        lines = [BANNER, f"# {title(domain.name)}", "", "The examples on this page begin with:", ""]
        lines += [*_code(f"{examples.imports}\n\nses = SESv2Client()"), ""]
        if examples.preparation:
            about = "They work with what this program creates; each of them can be run directly after it."
            lines += [
                *textwrap.wrap(" ".join(f"{about} {examples.note}".split()), 120),
                "",
                *_code(examples.preparation),
                "",
            ]
        lines += [
            "With {py:class}`~sesv2kit.AsyncSESv2Client` the methods and arguments are the same: write `await` before "
            "a call, and `async for` for a list.",
            "",
            f"[How to read an entry](index.md#how-to-read-an-entry); [the types](../api/models/{domain.name}.md).",
            "",
            "```{py:currentmodule} sesv2kit",
            "```",
            "",
        ]
        for operation in sorted(domain.operations, key=lambda operation: snake_case(operation.name)):
            lines += [*self._operation(operation, examples), ""]
        names = {snake_case(operation.name) for operation in domain.operations}
        for waiter in self._waiters:
            if waiter.calls in names:
                lines += [*self._waiter(waiter, examples), ""]
        return "\n".join(lines)

    def _operation(self, operation: Operation, examples: Examples) -> Iterator[str]:
        method = self._methods[operation.name]
        members = {argument_name(member.name): member for member in operation.input}
        yield from [f"## {method.name}", "", self._text(method.prose)]
        if method.rules:
            yield from ["", self._text(method.rules)]
        yield from ["", *_code(examples.bodies[method.name]), ""]
        yield from _signature(method.name, self._parameters(method.signature(), members), method.output)
        yield from self._arguments(method.signature(), members)
        yield from self._returns(method.output)
        yield from ["**Errors**", "", self._errors(operation), ""]
        yield from ["**Facts**", "", *self._facts(operation, method), "````"]
        if method.pages:
            parameters = self._parameters(method.signature(), members)
            returned = f"Paginator[{_shown(method.pages.item)}, {method.output}]"
            yield from ["", *_signature(method.pages.name, parameters, returned)]
            yield (
                f"Iterate over all entries, page by page, with the arguments of {_method_role(method.name)}. "
                f"`{method.pages.token}`: {FROM_TOKEN} See [paginators](../paging.md)."
            )
            yield "````"

    def _waiter(self, waiter: WaiterMethod, examples: Examples) -> Iterator[str]:
        (operation,) = (one for one in self._spec.operations() if snake_case(one.name) == waiter.calls)
        members = {argument_name(member.name): member for member in operation.input}
        parameters = self._parameters(waiter.signature(), members)
        parameters += [
            f"wait_timeout: float | None = {waiter.wait_timeout}",
            f"initial_delay: float = {waiter.initial_delay}",
            f"max_delay: float = {waiter.max_delay}",
            f"on_progress: Callable[[{waiter.output}], None] | None = None",
        ]
        yield from [f"## {waiter.name}", "", self._text(waiter.doc), "", *_code(examples.bodies[waiter.name]), ""]
        yield from _signature(waiter.name, parameters, waiter.output)
        yield from self._arguments(waiter.signature(), members)
        kinds = ("float or None", "float", "float", "function")
        for (name, text), kind in zip(waiting_arguments(waiter, asynchronous=False), kinds, strict=True):
            yield from [f"`{name}`: {kind}", f": {self._text(text)}", ""]
        yield from self._returns(waiter.output)
        failed = ["WaiterFailedError"] if waiter.can_fail else []
        names = [*failed, "WaiterTimeoutError", *operation.errors]
        yield from ["**Errors**", "", ", ".join(map(_error_role, names)), ""]
        yield f"It calls {_method_role(waiter.calls)} again and again; see [waiters](../waiting.md)."
        yield "````"

    def _parameters(self, arguments: Iterable[Argument], members: Mapping[str, Member]) -> list[str]:
        return [
            f"{argument.name}: {self._annotation(members[argument.name].type)}"
            + ("" if argument.required else " | None = None")
            for argument in arguments
        ]

    def _arguments(self, arguments: Sequence[Argument], members: Mapping[str, Member]) -> Iterator[str]:
        if arguments:
            yield from ["**Arguments**", ""]
        for argument in arguments:
            needed = ", required" if argument.required else ""
            yield f"`{argument.name}`: {self._words(members[argument.name].type)}{needed}"
            yield from [f": {self._text(argument.doc)}", ""]

    def _returns(self, output: str) -> Iterator[str]:
        name = output.removeprefix("models.")
        yield from ["**Response**", ""]
        if name == "EmptyResponse":
            yield from [f"{_model_role(name)}; its `metadata` has the request id.", ""]
            return
        yield from [f"{_model_role(name)} with", ""]
        for field in self._models[name].fields:
            yield from [f"`{field.name}`", f": {self._text(field.doc)}", ""]

    def _errors(self, operation: Operation) -> str:
        named = ", ".join(map(_error_role, operation.errors))
        return f"{named}{', and ' if named else ''}those of [every call](index.md#errors)."

    def _facts(self, operation: Operation, method: Method) -> Iterator[str]:
        yield f"- Kind: [{operation.kind}](index.md#kinds). {_KINDS[operation.kind]}"
        yield f"- Rate: {_rate(operation, method)}"
        domain = next(one.name for one in self._spec.domains if operation in one.operations)
        anchor = title(domain).lower().replace(" ", "-")
        yield f"- [Local SES](../local-operations.md#{anchor}): {self._behaviours[operation.name]}"
        yield f"- API reference of AWS: [{operation.name}]({method.reference})"

    # Types -----------------------------------------------------------------------------------

    def models(self, domain: Domain) -> str:
        lines = [BANNER, f"# Models: {title(domain.name).lower().replace('ips', 'IPs')}", ""]
        lines += ["```{py:currentmodule} sesv2kit.models", "```", ""]
        if domain.operations:
            lines += [f"The types of [these operations](../../operations/{domain.name}.md).", ""]
        local = [structure.name for structure in domain.structures]
        responses = [f"{operation.name}Response" for operation in domain.operations if operation.output]
        members = {structure.name: structure.members for structure in domain.structures}
        members |= {f"{operation.name}Response": operation.output for operation in domain.operations}
        for heading, names in (("Types", local), ("Responses", responses)):
            if names:
                lines += [f"## {heading}", ""]
            for name in sorted(names):
                lines += [*self._model(self._models[name], domain.name, members[name], heading == "Types"), ""]
        return "\n".join(lines)

    def _model(self, model: Class, module: str, members: Sequence[Member], is_made_by_users: bool) -> Iterator[str]:
        if model.name in self._by_hand:
            yield from self._model_by_hand(model)
            return
        required = [field.name for field in model.fields if not field.default]
        optional = [f"{field.name}=None" for field in model.fields if field.default]
        arguments = f"(*, {', '.join([*required, *optional])})" if is_made_by_users and model.fields else ""
        yield f"````{{py:class}} {model.name}{arguments}"
        yield from [f":canonical: sesv2kit.models.{module}.{model.name}", ":single-line-parameter-list:", ""]
        yield from [self._text(model.doc), "", f"[API reference of AWS]({model.reference})", ""]
        yield from self._where_used(model.name)
        for field, member in zip(model.fields, members, strict=True):
            yield from self._field(model, field, member)
        yield "````"

    def _model_by_hand(self, model: Class) -> Iterator[str]:
        yield from ["```{eval-rst}", f".. autoclass:: sesv2kit.models.{model.name}()", "   :members:"]
        inherited = "Response" if "Response" in model.bases else "Model"
        yield from [f"   :inherited-members: {inherited}", "```", "", *self._where_used(model.name)]

    def _field(self, model: Class, field: Field, member: Member) -> Iterator[str]:
        yield f"```{{py:attribute}} {model.name}.{field.name}"
        optional = " | None" if field.default == "None" else ""
        yield f":type: {self._annotation(member.type, '')}{optional}"
        yield from [":no-contents-entry:", "", self._text(field.doc), "```", ""]

    def _where_used(self, name: str) -> Iterator[str]:
        uses = self._used_in.get(name, ())
        if uses:
            yield from [f"Used in {', '.join(self._roles[use] for use in uses)}.", ""]

    def enums(self) -> str:
        lines = [BANNER, "# Enums", "", _ABOUT_ENUMS, "```{py:currentmodule} sesv2kit.models", "```", ""]
        for domain in self._spec.domains:
            if domain.enums:
                lines += [f"## {title(domain.name)}", ""]
            for enum in sorted(domain.enums, key=lambda enum: enum.name):
                lines += [*self._enum(self._enums[enum.name], domain.name), ""]
        return "\n".join(lines)

    def _enum(self, enum: EnumClass, module: str) -> Iterator[str]:
        yield from [f"````{{py:class}} {enum.name}", f":canonical: sesv2kit.models.{module}.{enum.name}", ""]
        yield from [self._text(enum.doc), "", *self._where_used(enum.name)]
        for name, value, doc in enum.members:
            yield from [f"```{{py:attribute}} {enum.name}.{name}", f":value: {value!r}", ":no-contents-entry:", ""]
            yield from [self._text(doc), "```", ""]
        yield "````"

    def argument_types(self) -> str:
        lines = [BANNER, "# Argument types", "", _ABOUT_ARGUMENTS, "```{py:currentmodule} sesv2kit.convert", "```", ""]
        for domain in self._with_operations():
            lines += [f"## {title(domain.name)}", ""]
            for operation in domain.operations:
                lines += [f"```{{py:class}} {operation.name}Arguments", ":no-contents-entry:", ""]
                lines += [f"The arguments of {_method_role(snake_case(operation.name))}.", "```", ""]
        return "\n".join(lines)

    # Words -----------------------------------------------------------------------------------

    def _annotation(self, ref: TypeRef, prefix: str = "models.") -> str:
        """Return a type for a signature: an enum without its values."""
        if ref.name == "list":
            return f"Sequence[{self._annotation(ref.arguments[0], prefix)}]"
        if ref.name == "map":
            return f"Mapping[{', '.join(self._annotation(inner, prefix) for inner in ref.arguments)}]"
        name = SCALARS.get(ref.name) or f"{prefix}{ref.name}"
        return f"{name} | str" if ref.name in self._enums else name

    def _words(self, ref: TypeRef) -> str:
        """Return a type in words, with links."""
        if ref.name == "list":
            return f"sequence of {self._words(ref.arguments[0])}"
        if ref.name == "map":
            keys, values = ref.arguments
            return f"mapping of {self._words(keys)} to {self._words(values)}"
        if ref.name in self._enums:
            return f"{_model_role(ref.name)} or str"
        return SCALARS.get(ref.name) or _model_role(ref.name)

    def _text(self, text: str) -> str:
        """Return a description as Markdown: what is in backticks links to what it names."""
        parts = re.split(r"`([^`]+)`", text)
        for number, part in enumerate(parts):
            if number % 2:
                parts[number] = self._roles.get(part, f"`{part}`")
            else:
                parts[number] = _OUTSIDE_CODE.sub(r"\\\1", part)
        return "".join(parts)


_INTRODUCTION: Final = """\
The clients have a method for each of the <count> operations of the SES API v2. They are grouped as in the
specification of this package; each group has a page.

## How to read an entry

Each entry shows {py:class}`~sesv2kit.SESv2Client`. {py:class}`~sesv2kit.AsyncSESv2Client` has the same methods with the
same arguments: write `await ses.get_account()` for a call, and `async for` for a list.

An entry has an example, the signature, the arguments with their limits, the members of the response, and the errors.
All arguments are keywords. An argument that is not required may be left out; the service's default then applies. Every
method also takes `options`, {py:class}`~sesv2kit.RequestOptions` for this call alone: timeout, retries, headers.
The tests of the package run each example against the [local SES](../local.md).

## Kinds

The kind of an operation determines after which errors the client repeats a request, see
[errors and retries](../errors.md):

read
: It changes nothing. The client repeats it after any temporary error.

idempotent
: A second, identical request has no further effect. The client repeats it like a read.

write
: A second request may have another effect, or fail because of the first. The client repeats it only if the service
  can't have acted on it.

send
: A second request makes a second mail. The client repeats it only if the service can't have acted on the first. If it
  may have, the call ends in an {py:exc}`~sesv2kit.errors.AmbiguousSendError`.

## Errors

Besides the errors that an entry names, each call can raise these:

- {py:exc}`~sesv2kit.errors.ParamValidationError`: an argument is missing or breaks a limit; nothing was sent.
- {py:exc}`~sesv2kit.errors.CredentialsError` and {py:exc}`~sesv2kit.errors.ConfigurationError`: the client can't work
  as it is set up; nothing was sent.
- {py:exc}`~sesv2kit.errors.AccessError`, {py:exc}`~sesv2kit.errors.ThrottledError` and the other errors that all AWS
  services have in common: the service refused the request.
- {py:exc}`~sesv2kit.errors.APIServerError`: the service failed.
- {py:exc}`~sesv2kit.errors.TransportError`: no usable response came.
- {py:exc}`~sesv2kit.errors.ResponseError`: the response can't be read.
"""
_ABOUT_ARGUMENTS: Final = """\
What {py:func}`sesv2kit.convert.arguments` returns for each operation: a `TypedDict` whose keys are the arguments of the
method, so that type checkers know `ses.send_email(**convert.arguments("SendEmail", request))`.
"""
_ABOUT_ENUMS: Final = """\
Each enum is a `StrEnum`, and open: a value that the service adds later becomes a member of its own when it is read.
Where a request takes an enum, it also takes the plain string, and editors complete the known ones.
"""


def _uses(spec: Spec) -> dict[str, list[str]]:
    """Return the methods and types that each type and enum is directly used in."""
    found: dict[str, dict[str, None]] = {}

    def note(members: Iterable[Member], user: str) -> None:
        for member in members:
            for name in member.type.named():
                found.setdefault(name, {})[user] = None

    for operation in spec.operations():
        note(operation.input, snake_case(operation.name))
        note(operation.output, f"{operation.name}Response")
        if operation.output:
            found.setdefault(f"{operation.name}Response", {})[snake_case(operation.name)] = None
    for structure in spec.structures():
        note(structure.members, structure.name)
    return {name: sorted(users) for name, users in found.items()}


def _signature(name: str, parameters: Iterable[str], returned: str) -> Iterator[str]:
    arguments = ", ".join(["*", *parameters, "options: RequestOptions | None = None"])
    yield f"````{{py:method}} SESv2Client.{name}({arguments}) -> {returned}"
    yield from [":no-contents-entry:", ""]


def _rate(operation: Operation, method: Method) -> str:
    if operation.name in _SENT_BY_RATE:
        return "The service counts recipients per second, see [the send rate](../sending-rate.md)."
    return method.rate or "AWS documents none."


def _shown(annotation: str) -> str:
    """Return the type of an entry without the values of an enum."""
    return re.sub(r" \| Literal\[[^\]]*\]", "", annotation)


def _first_sentence(text: str) -> str:
    return _SENTENCE.split(text.partition("\n")[0])[0]


def _code(text: str) -> list[str]:
    return ["```python", *text.splitlines(), "```"]


def _method_role(name: str) -> str:
    return f"{{py:meth}}`~sesv2kit.SESv2Client.{name}`"


def _model_role(name: str) -> str:
    return f"{{py:class}}`~sesv2kit.models.{name}`"


def _error_role(name: str) -> str:
    return f"{{py:exc}}`~sesv2kit.errors.{name}`"
