"""Which variables a template reads, found without any data."""

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from .nodes import Block, Body, Call, Expression, Literal, Output, Partial, Path
from .renderer import HELPERS

_MAX_DEPTH: Final = 100
_MAX_BODIES: Final = 10_000
"""Parts of a template that are read, and how deep they are inside of each other; the rest is left out."""


@attrs.frozen(eq=False)
class _Place:
    """A part of a template: the variable that its paths start from, and what is known in it.

    A variable is None if it can't be known without data. The variable of a whole template is empty.
    """

    variable: str | None
    above: "_Place | None" = None
    names: Mapping[str, str | None] = attrs.field(factory=dict[str, "str | None"])
    partials: Mapping[str, Body] = attrs.field(factory=dict[str, Body])
    active: frozenset[str] = frozenset()
    """The partials that this part is in."""

    def inner(self, variable: str | None, names: Mapping[str, str | None]) -> "_Place":
        return attrs.evolve(self, variable=variable, above=self, names={**self.names, **names})

    def find(self, path: Path) -> str | None:
        """Return the variable that a path leads to."""
        if path.is_data:
            return ".".join(path.parts[1:]) if path.parts[:1] == ("root",) else None
        if path.depth == 0 and not path.is_scoped and path.parts and path.parts[0] in self.names:
            return _joined(self.names[path.parts[0]], path.parts[1:])
        place: _Place | None = self
        for _ in range(path.depth):
            place = place and place.above
        return _joined(place.variable, path.parts) if place else None


def _joined(variable: str | None, parts: tuple[str, ...]) -> str | None:
    return None if variable is None else ".".join([variable, *parts] if variable else parts)


class Reader:
    """Reads one template.

    Args:
        body: The template.
    """

    def __init__(self, body: Body) -> None:
        self._found: dict[str, None] = {}
        self._bodies = 0
        self._depth = 0
        self._body(body, _Place(""))

    def variables(self) -> tuple[str, ...]:
        """Return the variables, in the order of the template; what a loop reads of each element has `[]`."""
        return tuple(self._found)

    def _body(self, body: Body, place: _Place) -> None:
        self._bodies += 1
        if self._bodies > _MAX_BODIES or self._depth > _MAX_DEPTH:
            return
        self._depth += 1
        own = {inline.name: inline.body for inline in body.inlines}
        place = attrs.evolve(place, partials={**place.partials, **own}) if own else place
        for node in body.nodes:
            if isinstance(node, Output):
                self._target(node.call, place)
            elif isinstance(node, Block):
                self._block(node, place)
            elif isinstance(node, Partial):
                self._partial(node, place)
        self._depth -= 1

    def _block(self, block: Block, place: _Place) -> None:
        variable = self._target(block.call, place)
        helper = block.call.target.original if is_helper(block.call) else "with"
        inner = place
        if helper in ("each", "with"):
            element = f"{variable}[]" if helper == "each" and variable is not None else variable
            inner = place.inner(element, dict(zip(block.params, (element, None), strict=False)))
        self._body(block.body, inner)
        self._body(block.inverse, place)

    def _partial(self, partial: Partial, place: _Place) -> None:
        variable = self._value(partial.context, place) if partial.context else place.variable
        names = {name: self._value(value, place) for name, value in partial.hash.items()}
        if isinstance(partial.name, Call):
            self._value(partial.name, place)
            return
        body = place.partials.get(partial.name, partial.body)
        if body and partial.name not in place.active:
            active = place.active | {partial.name}
            self._body(body, attrs.evolve(place.inner(variable, names), active=active))

    def _target(self, call: Call, place: _Place) -> str | None:
        """Read what a tag is about: a variable, or the arguments of a helper. Return the first of them."""
        if not is_helper(call) and not call.has_arguments:
            return self._value(call.target, place, is_name=True)
        return self._arguments(call, place)

    def _arguments(self, call: Call, place: _Place) -> str | None:
        values: Iterable[Expression] = (*call.params, *call.hash.values())
        variables = [self._value(value, place) for value in values]
        return variables[0] if call.params else None

    def _value(self, expression: Expression, place: _Place, *, is_name: bool = False) -> str | None:
        if isinstance(expression, Call):
            self._arguments(expression, place)
            return None
        if isinstance(expression, Literal):
            if not is_name:
                return None
            expression = Path(expression.original, (expression.original,))
        variable = place.find(expression)
        if variable:
            self._found.setdefault(variable)
        return variable


def is_helper(call: Call) -> bool:
    """Return whether a tag has the name of a helper of Handlebars; no block parameter of that name is regarded."""
    return call.target.original in HELPERS and (isinstance(call.target, Literal) or call.target.is_name)
