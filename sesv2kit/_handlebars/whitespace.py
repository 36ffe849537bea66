"""White space that a template does not print: where a tag has `~`, and on lines that have nothing but a block's tag."""

from collections.abc import Sequence
from typing import Final

from .lexer import Kind, Tag, Text
from .source import WHITESPACE

_STANDALONE: Final = frozenset(Kind) - {Kind.OUTPUT}


def strip_whitespace(pieces: Sequence[Text | Tag]) -> None:
    """Remove the white space that is not printed from the values of the texts, and set the indents of the partials."""
    for index, tag in enumerate(pieces):
        if isinstance(tag, Text):
            continue
        before = pieces[index - 1] if index else None
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        is_alone = (
            tag.kind in _STANDALONE
            and _ends_line(before, is_first=index <= 1)
            and _starts_line(after, is_last=index + 2 >= len(pieces))
        )
        if isinstance(before, Text):
            _strip_before(before, tag, is_alone=is_alone)
        if isinstance(after, Text):
            _strip_after(after, tag, is_alone=is_alone)


def _ends_line(piece: Text | Tag | None, *, is_first: bool) -> bool:
    """Return whether nothing but white space is between the start of the line and a tag."""
    if not isinstance(piece, Text):
        return piece is None
    rest = piece.original.rstrip(WHITESPACE)
    return "\n" in piece.original[len(rest) :] or (is_first and not rest)


def _starts_line(piece: Text | Tag | None, *, is_last: bool) -> bool:
    """Return whether nothing but white space is between a tag and the end of the line."""
    if not isinstance(piece, Text):
        return piece is None
    rest = piece.original.lstrip(WHITESPACE)
    return "\n" in piece.original[: len(piece.original) - len(rest)] or (is_last and not rest)


def _strip_before(text: Text, tag: Tag, *, is_alone: bool) -> None:
    if tag.strips_left:
        text.value = text.value.rstrip(WHITESPACE)
    elif is_alone:
        line = text.value.rstrip(" \t")
        if tag.kind is Kind.PARTIAL:
            tag.indent = text.value[len(line) :]
        text.value = line


def _strip_after(text: Text, tag: Tag, *, is_alone: bool) -> None:
    if tag.strips_right:
        text.value = text.value.lstrip(WHITESPACE)
    elif is_alone:
        text.value = text.value.lstrip(" \t").removeprefix("\r").removeprefix("\n")
