"""The nodes of a parsed template."""

from collections.abc import Mapping
from typing import Any

import attrs


@attrs.frozen
class Path:
    """A reference to a value, such as `user.name`, `../title`, `this` and `@index`."""

    original: str
    """As the template spells it, without the brackets of literal segments."""
    parts: tuple[str, ...]
    depth: int = 0
    """How many contexts above the current one it starts."""
    is_data: bool = False
    """Whether it starts with `@`."""
    is_scoped: bool = False
    """Whether it starts with `this` or `.`, and so is not the name of a helper or a block parameter."""

    @property
    def is_name(self) -> bool:
        """Whether it can name a helper or a block parameter."""
        return len(self.parts) == 1 and not (self.depth or self.is_scoped or self.is_data)


@attrs.frozen
class Literal:
    """A text, a number, true, false, null or undefined."""

    value: Any
    original: str
    """Its value as a name: `{{12}}` is the variable of the name 12."""


@attrs.frozen
class Call:
    """A path or a literal, with arguments if it is a call of a helper."""

    target: Path | Literal
    params: "tuple[Expression, ...]" = ()
    hash: "Mapping[str, Expression]" = attrs.field(factory=dict[str, Any])

    @property
    def has_arguments(self) -> bool:
        """Whether it can only be a call of a helper."""
        return bool(self.params or self.hash)


Expression = Path | Literal | Call


@attrs.frozen
class Output:
    """`{{name}}`: the text of a value."""

    call: Call


@attrs.frozen
class Body:
    """A part of a template: its nodes, and the inline partials that are defined for all of it."""

    nodes: "tuple[Node, ...]" = ()
    inlines: "tuple[Inline, ...]" = ()


@attrs.frozen
class Block:
    """`{{#name}}...{{else}}...{{/name}}`."""

    call: Call
    body: Body
    inverse: Body
    params: tuple[str, ...] = ()
    """The names after `as`."""


@attrs.frozen
class Inline:
    """`{{#*inline "name"}}...{{/inline}}`: a partial that the template defines itself."""

    name: str
    body: Body


@attrs.frozen
class Partial:
    """`{{> name}}`, or `{{#> name}}...{{/name}}` with a body."""

    name: str | Call
    context: Expression | None
    hash: Mapping[str, Expression]
    indent: str
    """What precedes it on its line, if nothing else is there: each line of its output gets it."""
    body: Body | None = None


Node = str | Output | Block | Partial
