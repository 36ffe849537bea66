"""Parses what is inside of a tag: paths, literals, arguments, calls in parentheses, and names after `as`."""

import re
from collections.abc import Sequence
from typing import Any, Final

import attrs

from .errors import TemplateSyntaxError
from .lexer import Token
from .nodes import Call, Expression, Literal, Path
from .source import Source
from .values import UNDEFINED, number_text

_MAX_NESTING: Final = 30
"""Calls in parentheses, inside of each other."""
_SCOPED: Final = re.compile(r"\.|this(?![A-Za-z0-9_])")
_CONSTANTS: Final[dict[str, Any]] = {"true": True, "false": False, "null": None, "undefined": UNDEFINED}
_LITERALS: Final = ("string", "number", "constant")


@attrs.define
class Expressions:
    """Reads the tokens of one tag."""

    source: Source
    tokens: Sequence[Token]
    position: int = 0
    _nesting: int = 0

    @property
    def next(self) -> Token:
        """The next token. The last one is the end of the tag."""
        return self.tokens[self.position]

    def take(self, *kinds: str) -> Token | None:
        """Return the next token and move behind it if it is of one of these kinds."""
        token = self.next
        if token.kind not in kinds:
            return None
        self.position += 1
        return token

    def unexpected(self) -> TemplateSyntaxError:
        """Return an error about the next token."""
        token = self.next
        what = "the end of the tag" if token.kind == "end" else repr(token.value)
        return self.source.error(token.offset, f"{what} is not expected here")

    def call(self) -> Call:
        """Read a name with its arguments."""
        return Call(self.name(), *self.arguments())

    def arguments(self) -> "tuple[tuple[Expression, ...], dict[str, Expression]]":
        """Read arguments by position, and then those by name."""
        params: list[Expression] = []
        named: dict[str, Expression] = {}
        while self.next.kind not in ("end", "shut", "names"):
            if self.tokens[self.position + 1].kind == "equals":
                token = self.take("name", "segment", "dots")
                if token is None:
                    raise self.unexpected()
                self.position += 1
                named[_segment(token)] = self.value()
            elif named:
                raise self.unexpected()
            else:
                params.append(self.value())
        return tuple(params), named

    def value(self) -> Expression:
        """Read a path, a literal or a call in parentheses."""
        if not self.take("open"):
            return self.name()
        if self._nesting == _MAX_NESTING:
            raise self.source.error(self.next.offset, f"more than {_MAX_NESTING} parentheses inside of each other")
        self._nesting += 1
        call = self.call()
        self._nesting -= 1
        if not self.take("shut"):
            raise self.unexpected()
        return call

    def name(self) -> Path | Literal:
        """Read a path or a literal."""
        if token := self.take(*_LITERALS):
            return _literal(token)
        return self._path(is_data=self.take("data") is not None)

    def names(self) -> tuple[str, ...]:
        """Read the names of `as |one two|`, if it is there."""
        if not self.take("names"):
            return ()
        names: list[str] = []
        while token := self.take("name", "segment", "dots"):
            names.append(_segment(token))
        if not names or not self.take("bar"):
            raise self.unexpected()
        return tuple(names)

    def end(self) -> None:
        """Check that nothing more is in the tag."""
        if self.next.kind != "end":
            raise self.unexpected()

    def _path(self, *, is_data: bool) -> Path:
        start = self.next.offset
        parts: list[str] = []
        original, depth, separator = "@" if is_data else "", 0, ""
        while True:
            # `items.0` is a path as well, although only `items.[0]` is in JavaScript.
            token = self.take("name", "segment", "dots", *(("number", "constant") if separator else ()))
            if token is None:
                raise self.unexpected()
            segment = _segment(token)
            original += separator + segment
            if token.kind == "segment" or segment not in ("..", ".", "this"):
                parts.append(segment)
            elif parts:
                raise self.source.error(start, f"{segment!r} is not at the start of the path {original}")
            elif segment == "..":
                depth += 1
            if (sign := self.take("separator")) is None:
                break
            separator = sign.value
        is_scoped = _SCOPED.match(original) is not None
        return Path(original, tuple(parts), depth, is_data, is_scoped)


def _segment(token: Token) -> str:
    if token.kind != "segment":
        return token.value
    return re.sub(r"\\([\\\]])", r"\1", token.value[1:-1])


def _literal(token: Token) -> Literal:
    if token.kind == "string":
        quote = token.value[0]
        text = token.value[1:-1].replace(f"\\{quote}", quote)
        return Literal(text, text)
    if token.kind == "number":
        number = float(token.value)
        return Literal(number, number_text(number))
    return Literal(_CONSTANTS[token.value], token.value)
