"""Builds the nodes of a template out of its texts and tags."""

from typing import Final, cast

import attrs

from .expressions import Expressions
from .lexer import Kind, Lexer, Tag, Text
from .nodes import Block, Body, Call, Inline, Literal, Node, Output, Partial
from .source import Source
from .whitespace import strip_whitespace

_MAX_NESTING: Final = 100
"""Blocks inside of each other, each `{{else if ...}}` being inside of the one before it."""
_BLOCKS: Final = (Kind.BLOCK, Kind.INVERSE_BLOCK)
_OPENING: Final = (*_BLOCKS, Kind.INLINE, Kind.PARTIAL_BLOCK, Kind.RAW)


@attrs.define
class _Branch:
    """The part of a block up to its end or its next `{{else}}`; without a call after a plain `{{else}}`."""

    call: Call | None
    params: tuple[str, ...] = ()
    nodes: list[Node] = attrs.field(factory=list[Node])
    inlines: list[Inline] = attrs.field(factory=list[Inline])

    def body(self) -> Body:
        return Body(tuple(self.nodes), tuple(self.inlines))


@attrs.define
class _Open:
    """A block without its end, as yet. The template itself has no tag and no name."""

    tag: Tag | None
    name: str
    branches: list[_Branch]
    partial: Partial | None = None


class Parser:
    """Parses one template.

    Args:
        source: The template.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._stack = [_Open(None, "", [_Branch(None)])]

    def parse(self) -> Body:
        """Return the whole template."""
        pieces = list(Lexer(self._source).pieces())
        strip_whitespace(pieces)
        for piece in pieces:
            if not isinstance(piece, Text):
                self._read(piece)
            elif piece.value:
                self._branch.nodes.append(piece.value)
        last = self._stack[-1]
        if last.tag:
            raise self._source.error(last.tag.offset, f"the block {last.name!r} is not closed")
        return self._branch.body()

    @property
    def _branch(self) -> _Branch:
        return self._stack[-1].branches[-1]

    def _read(self, tag: Tag) -> None:
        reader = Expressions(self._source, tag.tokens)
        if tag.kind is Kind.OUTPUT:
            self._branch.nodes.append(Output(reader.call()))
            reader.end()
        elif tag.kind in _OPENING:
            self._open(tag, reader)
        elif tag.kind in (Kind.ELSE, Kind.ELSE_BLOCK):
            self._add_branch(tag, reader)
        elif tag.kind in (Kind.CLOSE, Kind.RAW_CLOSE):
            self._close(tag, reader)
        elif tag.kind is Kind.PARTIAL:
            self._branch.nodes.append(self._partial(tag, reader))

    def _open(self, tag: Tag, reader: Expressions) -> None:
        self._check_nesting(tag)
        if tag.kind is Kind.PARTIAL_BLOCK:
            partial = self._partial(tag, reader)
            name = "" if isinstance(partial.name, Call) else partial.name
            self._stack.append(_Open(tag, name, [_Branch(None)], partial))
            return
        call = reader.call()
        params = () if tag.kind is Kind.RAW else reader.names()
        reader.end()
        if tag.kind is Kind.INLINE:
            if call.target.original != "inline" or len(call.params) != 1 or not isinstance(call.params[0], Literal):
                raise self._source.error(tag.offset, 'only {{#*inline "name"}} is a decorator of SES')
            call = Call(call.params[0])
            self._stack.append(_Open(tag, "inline", [_Branch(call)]))
            return
        self._stack.append(_Open(tag, call.target.original, [_Branch(call, params)]))

    def _check_nesting(self, tag: Tag) -> None:
        if sum(len(block.branches) for block in self._stack) > _MAX_NESTING:
            raise self._source.error(tag.offset, f"more than {_MAX_NESTING} blocks inside of each other")

    def _add_branch(self, tag: Tag, reader: Expressions) -> None:
        block = self._stack[-1]
        if tag.kind is Kind.ELSE_BLOCK:
            branch = _Branch(reader.call(), reader.names())
            reader.end()
        else:
            branch = _Branch(None)
        if not block.tag or block.tag.kind not in _BLOCKS:
            raise self._source.error(tag.offset, "{{else}} is not inside of a block")
        follows_inverse = block.tag.kind is Kind.INVERSE_BLOCK and branch.call
        if block.branches[-1].call is None or follows_inverse:
            raise self._source.error(tag.offset, "{{else}} has no branch that it could follow")
        self._check_nesting(tag)
        block.branches.append(branch)

    def _close(self, tag: Tag, reader: Expressions) -> None:
        block = self._stack[-1]
        if tag.kind is Kind.CLOSE:
            name = reader.name().original
            reader.end()
        else:
            name = tag.tokens[0].value
        if not block.tag:
            raise self._source.error(tag.offset, f"{name!r} is closed, but was not opened")
        if name != block.name:
            raise self._source.error(tag.offset, f"{name!r} is closed, but {block.name!r} is open")
        self._stack.pop()
        if block.partial:
            self._branch.nodes.append(attrs.evolve(block.partial, body=block.branches[0].body()))
        elif block.tag.kind is Kind.INLINE:
            first = block.branches[0]
            self._branch.inlines.append(Inline(cast(Call, first.call).target.original, first.body()))
        else:
            self._branch.nodes.append(_block(block.branches, is_inverse=block.tag.kind is Kind.INVERSE_BLOCK))

    def _partial(self, tag: Tag, reader: Expressions) -> Partial:
        target = reader.value()
        params, named = reader.arguments()
        reader.end()
        if len(params) > 1:
            raise self._source.error(tag.offset, "a partial has one context at most")
        name = target if isinstance(target, Call) else target.original
        return Partial(name, params[0] if params else None, named, tag.indent)


def _block(branches: list[_Branch], *, is_inverse: bool) -> Block:
    """Return the node of a block; each `{{else if ...}}` is a block in the inverse of the one before it."""
    first, *others = branches
    call = cast(Call, first.call)  # only a plain {{else}} has none, and it is not the first
    inverse = Body()
    for branch in reversed(others):
        inverse = Body((Block(branch.call, branch.body(), inverse, branch.params),)) if branch.call else branch.body()
    if is_inverse:
        return Block(call, inverse, first.body())
    return Block(call, first.body(), inverse, first.params)
