r"""Splits a template into texts and tags, and each tag into tokens.

`\{{` is not a tag but the text `{{`, and `\\{{` is a backslash before a tag.
"""

import re
from collections.abc import Generator, Iterator
from enum import Enum, auto
from typing import Final, cast

import attrs

from .source import WHITESPACE, Source


class Kind(Enum):
    """The kinds of tags."""

    OUTPUT = auto()
    BLOCK = auto()
    INVERSE_BLOCK = auto()
    ELSE = auto()
    ELSE_BLOCK = auto()
    CLOSE = auto()
    INLINE = auto()
    PARTIAL = auto()
    PARTIAL_BLOCK = auto()
    RAW = auto()
    RAW_CLOSE = auto()
    COMMENT = auto()


@attrs.frozen
class Token:
    """A token of a tag."""

    kind: str
    value: str
    offset: int


@attrs.define
class Text:
    """A text between tags: as it is written, and without the white space that is not printed."""

    original: str
    value: str


@attrs.define
class Tag:
    """A tag.

    Its last token is its end, `}}`. `indent` is what precedes it on its line, if nothing else is there.
    """

    kind: Kind
    tokens: list[Token]
    offset: int
    strips_left: bool = False
    strips_right: bool = False
    indent: str = ""


_SPACE: Final = f"[{WHITESPACE}]"
_NAME: Final = rf"[^{WHITESPACE}!\"#%-,./;->@\[-^`{{-~]+"
_AFTER_NAME: Final = rf"(?=[=~}}{WHITESPACE}/.)|])"
_AFTER_LITERAL: Final = rf"(?=[~}}{WHITESPACE})])"
_TAG: Final = re.compile(rf"{{{{(?P<strip>~?)(?P<sign>#>|#\*|{_SPACE}*else(?![A-Za-z0-9_])|[#>/^{{&!*]?)")
_ELSE_END: Final = re.compile(rf"{_SPACE}*(?P<strip>~?)}}}}")
_TOKEN: Final = re.compile(
    "|".join(
        [
            r"(?P<open>\()",
            r"(?P<shut>\))",
            r"(?P<end>}}}}|}~?}}|~?}})",
            r"(?P<equals>=)",
            rf"(?P<dots>\.\.|\.{_AFTER_NAME})",
            r"(?P<separator>[/.])",
            rf"(?P<space>{_SPACE}+)",
            r"""(?P<string>"(?:\\"|[^"])*"|'(?:\\'|[^'])*')""",
            r"(?P<data>@)",
            rf"(?P<constant>(?:true|false|null|undefined){_AFTER_LITERAL})",
            rf"(?P<number>-?[0-9]+(?:\.[0-9]+)?{_AFTER_LITERAL})",
            rf"(?P<names>as{_SPACE}+\|)",
            r"(?P<bar>\|)",
            rf"(?P<name>{_NAME}{_AFTER_NAME})",
            r"(?P<segment>\[(?:\\\]|[^\]])*\])",
        ]
    )
)
_LITERAL_TAG: Final = re.compile(r"(?s:.{2,}?)(?={{|\\{{|\\\\{{|\Z)")
_RAW_TAG: Final = re.compile(rf"{{{{{{{{(?:/(?P<name>{_NAME})(?=}}}}}}}})}}}}}}}}|(?=[^/]))")
_SIGNS: Final = {
    "": Kind.OUTPUT,
    "&": Kind.OUTPUT,
    "{": Kind.OUTPUT,
    "#": Kind.BLOCK,
    "^": Kind.INVERSE_BLOCK,
    "else": Kind.ELSE_BLOCK,
    "/": Kind.CLOSE,
    "#*": Kind.INLINE,
    ">": Kind.PARTIAL,
    "#>": Kind.PARTIAL_BLOCK,
}


class Lexer:
    """Splits one template.

    Args:
        source: The template.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text

    def pieces(self) -> Iterator[Text | Tag]:
        """Yield the texts and the tags, in their order."""
        offset = 0
        while (start := self._text.find("{{", offset)) >= 0:
            before = self._text[offset:start]
            is_literal = before.endswith("\\") and not before.endswith("\\\\")
            if before := before.removesuffix("\\"):
                yield Text(before, before)
            if is_literal:
                found = cast("re.Match[str]", _LITERAL_TAG.match(self._text, start))
                yield Text(found[0], found[0])
                offset = found.end()
            else:
                offset = yield from self._tag(start)
        if rest := self._text[offset:]:
            yield Text(rest, rest)

    def _tag(self, start: int) -> Generator[Text | Tag, None, int]:
        if self._text.startswith("{{{{", start):
            return (yield from self._raw(start))
        found = cast("re.Match[str]", _TAG.match(self._text, start))
        sign, strips = found["sign"].strip(WHITESPACE), bool(found["strip"])
        if sign == "!":
            return (yield from self._comment(start, strips))
        if sign == "*":
            raise self._source.error(start, 'only {{#*inline "name"}} is a decorator of SES')
        after = _ELSE_END.match(self._text, found.end())
        if sign in ("^", "else") and after:
            end = Token("end", after[0], after.start())
            yield Tag(Kind.ELSE, [end], start, strips, bool(after["strip"]))
            return after.end()
        tokens = list(self._tokens(start, found.end(), is_triple=sign == "{"))
        end = tokens[-1]
        yield Tag(_SIGNS[sign], tokens, start, strips, "~" in end.value)
        return end.offset + len(end.value)

    def _comment(self, start: int, strips: bool) -> Generator[Text | Tag, None, int]:
        text = self._text
        is_long = text.startswith("--", text.index("!", start) + 1)
        found = re.compile("--~?}}" if is_long else "}}").search(text, start + 2)
        if not found:
            raise self._source.error(start, "the comment has no end")
        yield Tag(Kind.COMMENT, [], start, strips, text[found.end() - 3] == "~")
        return found.end()

    def _raw(self, start: int) -> Generator[Text | Tag, None, int]:
        tokens = list(self._tokens(start, start + 4, is_raw=True))
        yield Tag(Kind.RAW, tokens, start)
        begin, depth = tokens[-1].offset + 4, 0
        for found in _RAW_TAG.finditer(self._text, begin):
            depth += 1 if found["name"] is None else -1
            if depth < 0:
                if content := self._text[begin : found.start()]:
                    yield Text(content, content)
                yield Tag(Kind.RAW_CLOSE, [Token("name", found["name"], found.start())], found.start())
                return found.end()
        raise self._source.error(start, "the raw block has no end")

    def _tokens(self, start: int, offset: int, *, is_triple: bool = False, is_raw: bool = False) -> Iterator[Token]:
        while found := _TOKEN.match(self._text, offset):
            kind, offset = str(found.lastgroup), found.end()
            if kind != "space":
                yield Token(kind, found[0], found.start())
            if kind == "end":
                braces = 4 if is_raw else 3 if is_triple else 2
                if found[0].count("}") != braces:
                    raise self._source.error(found.start(), f"the tag does not end with {'}' * braces}")
                return
        if "}}" not in self._text[offset:]:
            raise self._source.error(start, "the tag has no end")
        raise self._source.error(offset, f"{self._text[offset]!r} is not expected here")
