"""Renders the nodes of a template, within limits that keep a hostile template from using up the machine."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs

from .._core.model import is_mapping, is_sequence
from .errors import LimitExceeded, MissingVariable, RenderError
from .nodes import Block, Body, Call, Expression, Literal, Output, Partial, Path
from .scope import Closure, Scope
from .values import UNDEFINED, is_true, key_text, member, text_of

MAX_DEPTH: Final = 100
"""Blocks and partials inside of each other."""
MAX_STEPS: Final = 500_000
"""Nodes that are rendered and elements that are printed, each as often as it is."""
MAX_CHARACTERS: Final = 40_000_000
"""Characters that are put together; SES sends mails of at most 40 MB."""

Missing = Callable[[str], None]
"""Called with the name of a variable that the data does not have."""


class Renderer:
    """Renders one template once.

    Args:
        missing: Called with each variable that the data does not have; such a variable is printed as nothing.
    """

    def __init__(self, missing: Missing) -> None:
        self._missing = missing
        self._written: list[str] = []
        self._depth = 0
        self._steps = 0
        self._characters = 0

    def render(self, body: Body, data: Mapping[str, Any]) -> str:
        """Return the text of a template."""
        scope = Scope.of(data)
        self._body(body, scope, attrs.evolve(scope, context=UNDEFINED))
        return "".join(self._written)

    # Limits -----------------------------------------------------------------------------------------

    def _step(self, count: int) -> None:
        self._steps += count
        if self._steps > MAX_STEPS:
            raise LimitExceeded(f"the template takes more than {MAX_STEPS} steps")

    def _counted(self, text: str) -> str:
        self._characters += len(text)
        if self._characters > MAX_CHARACTERS:
            raise LimitExceeded(f"the template makes more than {MAX_CHARACTERS} characters")
        return text

    # Nodes ------------------------------------------------------------------------------------------

    def _body(self, body: Body, scope: Scope, outer: Scope) -> None:
        """Render a part of a template.

        Args:
            body: The part.
            scope: What its paths refer to.
            outer: What the paths of the inline partials that it defines refer to above the partial's own context.
        """
        if self._depth > MAX_DEPTH:
            raise LimitExceeded(f"more than {MAX_DEPTH} blocks and partials inside of each other")
        self._depth += 1
        if body.inlines:
            own = {inline.name: Closure(inline.body, outer) for inline in body.inlines}
            self._step(len(body.inlines) + len(scope.partials))
            scope = attrs.evolve(scope, partials={**scope.partials, **own})
        for node in body.nodes:
            self._step(1)
            if isinstance(node, str):
                self._written.append(self._counted(node))
            elif isinstance(node, Output):
                self._written.append(self._counted(text_of(self._output(node.call, scope), self._step)))
            elif isinstance(node, Block):
                self._block(node, scope)
            else:
                self._partial(node, scope)
        self._depth -= 1

    def _output(self, call: Call, scope: Scope) -> Any:
        if _helper(call, scope) or _is_call(call, scope):
            return self._call(call, scope)
        value = _plain(call.target, scope)
        if value is UNDEFINED:
            self._missing(call.target.original)
        return value

    def _block(self, block: Block, scope: Scope) -> None:
        helper = _helper(block.call, scope)
        if helper in ("lookup", "log"):
            self._written.append(self._counted(text_of(self._call(block.call, scope), self._step)))
        elif helper:
            value, named = self._condition(helper, block.call, scope)
            if helper == "each":
                self._each(block, value, scope)
            elif helper == "with":
                self._with(block, value, scope, is_shown=is_true(value, zero=True))
            else:
                is_shown = is_true(value, zero=is_true(named.get("includeZero", False))) == (helper == "if")
                self._body(block.body if is_shown else block.inverse, scope, scope)
        elif _is_call(block.call, scope):
            raise MissingVariable(block.call.target.original)
        else:
            self._section(block, _plain(block.call.target, scope), scope)

    def _section(self, block: Block, value: Any, scope: Scope) -> None:
        """Render a block that has the name of a variable, as a loop, a condition or a context."""
        if is_sequence(value):
            self._each(block, value, scope)
        elif value is True:
            self._body(block.body, scope, scope)
        else:
            is_shown = value is not None and value is not False and value is not UNDEFINED
            self._with(block, value, scope, is_shown=is_shown)

    def _with(self, block: Block, value: Any, scope: Scope, *, is_shown: bool) -> None:
        if is_shown:
            names = dict(zip(block.params, [value], strict=False))
            self._body(block.body, scope.inner(value, names=names), scope)
        else:
            self._body(block.inverse, scope, scope)

    def _each(self, block: Block, value: Any, scope: Scope) -> None:
        pairs: list[tuple[Any, Any]] = []
        if is_mapping(value):
            pairs = list(value.items())
        elif is_sequence(value):
            elements: Sequence[Any] = value
            pairs = list(enumerate(elements))
        self._step(len(pairs))
        for index, (key, element) in enumerate(pairs):
            data = scope.data.inner(key=key, index=index, first=index == 0, last=index == len(pairs) - 1)
            names = dict(zip(block.params, (element, key), strict=False))
            self._body(block.body, scope.inner(element, data=data, names=names), scope)
        if not pairs:
            self._body(block.inverse, scope, scope)

    def _partial(self, partial: Partial, scope: Scope) -> None:
        name = partial.name if isinstance(partial.name, str) else key_text(self._call(partial.name, scope), self._step)
        own = Closure(partial.body, scope, is_block=True) if partial.body else None
        closure = (scope.block if name == "@partial-block" else scope.partials.get(name)) or own
        if not closure:
            raise RenderError(f"The partial {name} could not be found")
        context = scope.context if partial.context is None else self._value(partial.context, scope)
        if partial.hash:
            base: Mapping[str, Any] = context if is_mapping(context) else {}
            self._step(len(base))
            context = {**base, **self._named(partial.hash, scope)}
        inner = attrs.evolve(
            closure.scope.inner(context),
            data=scope.data,
            partials=scope.partials,
            block=closure.scope.block if closure.is_block else own or scope.block,
        )
        if not partial.indent:
            self._body(closure.body, inner, closure.scope)
            return
        written, self._written = self._written, []
        self._body(closure.body, inner, closure.scope)
        lines = "".join(self._written).split("\n")
        self._written = written
        self._written.append(
            self._counted(
                "\n".join(
                    [partial.indent + line for line in lines[:-1]] + [partial.indent + lines[-1] if lines[-1] else ""]
                )
            )
        )

    # Expressions ------------------------------------------------------------------------------------

    def _value(self, expression: Expression, scope: Scope) -> Any:
        if isinstance(expression, Literal):
            return expression.value
        return scope.value(expression) if isinstance(expression, Path) else self._call(expression, scope)

    def _named(self, values: Mapping[str, Expression], scope: Scope) -> dict[str, Any]:
        return {name: self._value(value, scope) for name, value in values.items()}

    def _condition(self, helper: str, call: Call, scope: Scope) -> tuple[Any, dict[str, Any]]:
        """Return the only argument of a block's helper, and its arguments by name."""
        if len(call.params) != 1:
            raise RenderError(f"#{helper} requires exactly one argument")
        return self._value(call.params[0], scope), self._named(call.hash, scope)

    def _call(self, call: Call, scope: Scope) -> Any:
        """Return the value of a helper that is not a block."""
        helper = _helper(call, scope)
        if not helper:
            raise MissingVariable(call.target.original)
        self._step(1)
        values = [self._value(param, scope) for param in call.params]
        self._named(call.hash, scope)
        if helper == "log":
            return UNDEFINED
        if helper != "lookup":
            raise RenderError(f"{helper} is a block, {{{{#{helper} ...}}}}")
        if len(values) != 2:
            raise RenderError("lookup requires two arguments")
        return (
            member(values[0], self._counted(key_text(values[1], self._step)))
            if is_true(values[0], zero=False)
            else values[0]
        )


HELPERS: Final = frozenset({"each", "if", "log", "lookup", "unless", "with"})


def _helper(call: Call, scope: Scope) -> str:
    """Return the name of the helper of Handlebars that is called; empty if none is."""
    target = call.target
    if isinstance(target, Path) and (not target.is_name or scope.is_parameter(target)):
        return ""
    return target.original if target.original in HELPERS else ""


def _is_call(call: Call, scope: Scope) -> bool:
    """Return whether a helper is called that there is not; arguments of a block parameter mean nothing."""
    is_parameter = isinstance(call.target, Path) and call.target.is_name and scope.is_parameter(call.target)
    return call.has_arguments and not is_parameter


def _plain(target: Path | Literal, scope: Scope) -> Any:
    """Return the value of a variable, which may have the name of a literal."""
    return scope.value(target) if isinstance(target, Path) else member(scope.context, target.original)
