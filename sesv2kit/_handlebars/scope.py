"""Where a template's paths lead: the contexts, the `@` variables, the block parameters and the partials."""

from collections.abc import Mapping
from typing import Any

import attrs

from .nodes import Body, Path
from .values import UNDEFINED, is_same, member


@attrs.frozen(eq=False)
class Data:
    """The variables that begin with `@`, and those of the loop around this one."""

    values: Mapping[str, Any]
    parent: "Data | None" = None

    def inner(self, **values: Any) -> "Data":
        """Return the variables of a pass of a loop."""
        return Data({**self.values, **values}, self)


@attrs.frozen(eq=False)
class Closure:
    """A partial: what it renders, and the scope in which it is defined."""

    body: Body
    scope: "Scope"
    is_block: bool = False
    """Whether it is what a `{{#> name}}` contains, and not an inline partial."""


@attrs.frozen(eq=False)
class Scope:
    """What the paths of a part of a template refer to."""

    context: Any
    above: "Scope | None"
    data: Data
    names: Mapping[str, Any]
    """The block parameters."""
    partials: Mapping[str, Closure]
    block: Closure | None = None
    """What `{{> @partial-block}}` renders."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Scope":
        """Return the scope of a whole template."""
        return cls(data, None, Data({"root": data}), {}, {})

    def inner(self, context: Any, *, data: Data | None = None, names: Mapping[str, Any] | None = None) -> "Scope":
        """Return the scope of a block with another context."""
        above = self.above if is_same(context, self.context) else self
        known = {**self.names, **names} if names else self.names
        return attrs.evolve(self, context=context, above=above, data=data or self.data, names=known)

    def is_parameter(self, path: Path) -> bool:
        """Return whether a path starts with a block parameter."""
        starts_here = not (path.depth or path.is_scoped or path.is_data)
        return starts_here and bool(path.parts) and path.parts[0] in self.names

    def value(self, path: Path) -> Any:
        """Return the value of a path; undefined if there is none."""
        parts = path.parts
        if path.is_data and parts:
            value: Any = self._variables(path.depth)
        elif self.is_parameter(path):
            value = self.names
        else:
            value = self._context(path.depth)
        for part in parts:
            value = member(value, part)
        return value

    def _variables(self, depth: int) -> Any:
        data: Data | None = self.data
        for _ in range(depth):
            data = data and data.parent
        return data.values if data else UNDEFINED

    def _context(self, depth: int) -> Any:
        scope: Scope | None = self
        for _ in range(depth):
            scope = scope and scope.above
        return scope.context if scope else UNDEFINED
