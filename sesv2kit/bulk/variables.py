"""Pure: which variables a template uses that its data does not have.

SES accepts such a mail, and then sends nothing: it publishes a RenderingFailure event, if anybody subscribed to it.
Templates are in Handlebars, https://docs.aws.amazon.com/ses/latest/dg/send-personalized-email-advanced.html
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from .._core.model import is_mapping, is_sequence

# No pattern may have two ways to match the same text: the time for a long one would grow with its square.
_TAG: Final = re.compile(r"\{\{([^{}]*)\}\}")
_SCOPE: Final = re.compile(r"(?:@root\.|\.\./|this\.|\./)*")
_NAMES: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_KINDS: Final = ("#", "/", "^", "!", ">", "&", "*")
_MAX_DEPTH: Final = 100
"""How many blocks may be in each other."""
_MAX_DIGITS: Final = 9
"""How many digits the index of an element has at most."""
_MISSING: Final = object()


@attrs.define
class _Block:
    """A part of a template: names of variables, and blocks."""

    kind: str = ""
    path: str = ""
    body: list["str | _Block"] = attrs.field(factory=list["str | _Block"])
    otherwise: list["str | _Block"] = attrs.field(factory=list["str | _Block"])
    is_otherwise: bool = False

    def add(self, part: "str | _Block") -> None:
        """Add a part to the half that is being read."""
        (self.otherwise if self.is_otherwise else self.body).append(part)


def missing_variables(template: str, data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the variables that a template uses and its data does not have, in the order of the template.

    Raises:
        ValueError: A block of the template has no end, or an end without a beginning, or is too deep in others.
    """
    yield from _missing(_parsed(template).body, [data])


def _parsed(template: str) -> _Block:
    stack = [_Block()]
    for tag in _TAG.finditer(template):
        text = tag[1].removeprefix("~").removesuffix("~").strip()
        kind = text[0] if text.startswith(_KINDS) else ""
        words = text[len(kind) :].split()
        if kind in ("!", ">", "*") or not words:
            continue
        if kind == "#":
            if len(stack) > _MAX_DEPTH:
                raise ValueError(f"has more than {_MAX_DEPTH} blocks in each other")
            stack.append(_Block(words[0], words[1] if len(words) > 1 else ""))
        elif kind == "/":
            block = stack.pop()
            if not stack or block.kind != words[0]:
                raise ValueError(f"has {tag[0]} where no such block is open")
            stack[-1].add(block)
        elif words[0] == "else" or kind == "^":
            stack[-1].is_otherwise = True
        elif len(words) == 1:  # otherwise it is a helper
            stack[-1].add(words[0])
    if len(stack) > 1:
        raise ValueError(f"has a block that is not closed: {{{{#{stack[-1].kind} ...}}}}")
    return stack[0]


def _missing(parts: Sequence[str | _Block], scopes: Sequence[Any]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            if _value(part, scopes) is _MISSING:
                yield part
            continue
        value = _value(part.path, scopes)
        is_there = bool(value) and value is not _MISSING
        if part.kind in ("if", "unless"):
            yield from _missing(part.body if is_there == (part.kind == "if") else part.otherwise, scopes)
        elif part.kind == "each" and is_there:
            for element in _elements(value):
                yield from _missing(part.body, [*scopes, element])
        elif part.kind == "with" and is_there:
            yield from _missing(part.body, [*scopes, value])
        elif part.kind in ("each", "with"):
            yield from _missing(part.otherwise, scopes)


def _elements(value: Any) -> Sequence[Any]:
    if is_mapping(value):
        return list(value.values())
    return value if is_sequence(value) else ()


def _value(path: str, scopes: Sequence[Any]) -> Any:
    """Return the value of a path in the innermost scope, or in the one that it names."""
    if path in ("this", ".") or (path.startswith("@") and not path.startswith("@root.")):
        return scopes[-1]
    names = _SCOPE.sub("", path, count=1)
    if not _NAMES.fullmatch(names):
        return None  # a literal, or something that SES alone understands
    value = scopes[0] if path.startswith("@root.") else scopes[max(len(scopes) - 1 - path.count("../"), 0)]
    for name in names.split("."):
        value = _member(value, name)
    return value


def _member(value: Any, name: str) -> Any:
    """Return a member of an object, or an element of a list by its index."""
    if is_mapping(value):
        return value.get(name, _MISSING)
    elements = _elements(value)
    is_index = name.isdecimal() and len(name) <= _MAX_DIGITS and int(name) < len(elements)
    return elements[int(name)] if is_index else _MISSING
