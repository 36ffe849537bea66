"""Small wrong changes of a source file, one at a time: what a test suite should notice."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
}
OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "*",
    ast.Mod: "*",
    ast.Pow: "*",
    ast.BitOr: "&",
    ast.BitAnd: "|",
}
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """One change of a file."""

    function: str
    """The qualified name of the function that is changed."""
    line: int
    before: str
    """The changed lines as they are, without indentation."""
    after: str
    """The changed lines as they become."""
    source: str
    """The whole file with the change."""
    occurrence: int = 0
    """Which of several equal changes of equal lines of the function it is, counted from 1; 0 for the only one."""

    def rank(self, file: str, seed: int) -> str:
        """Return a key that puts mutants into an order that looks random and that unrelated changes leave alone."""
        return sha256(f"{seed} {file} {self.function} {self.before} {self.after}".encode()).hexdigest()


@dataclass(frozen=True)
class Edit:
    """A replacement of the text of a node."""

    node: ast.expr | ast.stmt
    text: str


def mutants(source: str) -> list[Mutant]:
    """Return every mutant of a file, in the order of the lines."""
    found = dict.fromkeys(
        _mutant(source, function, edit)
        for function, body in _functions(ast.parse(source))
        for edit in _edits(body, source)
    )
    return list(_numbered(sorted(found, key=lambda mutant: mutant.line)))


def _numbered(found: Iterable[Mutant]) -> Iterator[Mutant]:
    """Number the mutants that differ in nothing but their place."""
    texts = [((mutant.function, mutant.before, mutant.after), mutant) for mutant in found]
    total, seen = Counter(text for text, _ in texts), Counter[tuple[str, str, str]]()
    for text, mutant in texts:
        seen[text] += 1
        yield replace(mutant, occurrence=seen[text]) if total[text] > 1 else mutant


def _functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Return the functions and methods of a file; an inner function is a part of the outer one."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")


def _edits(function: ast.FunctionDef | ast.AsyncFunctionDef, source: str) -> Iterator[Edit]:
    """Return the changes of a function's defaults and body."""
    for default in (*function.args.defaults, *function.args.kw_defaults):
        if default:
            yield from _constant(default)
    for statement in function.body:
        yield from _statement(statement, source)


def _statement(statement: ast.stmt, source: str) -> Iterator[Edit]:
    """Return the changes of a statement and of what is inside it."""

    def text(node: ast.expr) -> str:
        return ast.get_source_segment(source, node) or ""

    match statement:
        case ast.Expr(value=ast.Constant()):
            return  # a docstring
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Delete():
            yield Edit(statement, "pass")
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield Edit(statement, "pass")
        case ast.Return(value=ast.expr() as value) if text(value) != "None":
            yield Edit(statement, "return None")
        case ast.Break():
            yield Edit(statement, "continue")
        case ast.Continue():
            yield Edit(statement, "break")
        case ast.If(test=test) | ast.While(test=test):
            yield Edit(test, f"not ({text(test)})")
        case _:
            pass
    annotation = statement.annotation if isinstance(statement, ast.AnnAssign) else None
    for child in ast.iter_child_nodes(statement):
        if child is annotation or isinstance(child, ast.arguments):
            continue
        yield from _anything(child, source)


def _anything(node: ast.AST, source: str) -> Iterator[Edit]:
    """Return the changes of a node of any kind."""
    if isinstance(node, ast.stmt):
        yield from _statement(node, source)
        return
    if isinstance(node, ast.expr):
        yield from _expression(node, source)
    for child in ast.iter_child_nodes(node):
        yield from _anything(child, source)


def _expression(node: ast.expr, source: str) -> Iterator[Edit]:
    """Return the changes of an expression itself."""

    def text(part: ast.expr) -> str:
        return ast.get_source_segment(source, part) or ""

    match node:
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            yield Edit(node, f"{text(left)} {COMPARISONS[type(operator)]} {text(right)}")
        case ast.BoolOp(op=operator, values=values):
            word = " or " if isinstance(operator, ast.And) else " and "
            yield Edit(node, "(" + word.join(f"({text(value)})" for value in values) + ")")
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield Edit(node, f"({text(operand)})")
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield Edit(node, f"({text(operand)})")
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
            yield Edit(node, f"({text(left)} {OPERATORS[type(operator)]} {text(right)})")
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield Edit(node, f"({text(orelse)} if {text(test)} else {text(body)})")
        case ast.Call(func=ast.Name(id=name) as function) if name in CALLS:
            yield Edit(function, CALLS[name])
        case ast.Constant():
            yield from _constant(node)
        case _:
            pass


def _constant(node: ast.expr) -> Iterator[Edit]:
    """Return another number or truth value; texts stay, for most are messages."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield Edit(node, str(not node.value))
        elif isinstance(node.value, int | float):
            yield Edit(node, str(node.value + 1))


def _mutant(source: str, function: str, edit: Edit) -> Mutant:
    """Apply a change."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        """Return the place of a position of the syntax tree, which counts bytes."""
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    node = edit.node
    begin = offset(node.lineno, node.col_offset)
    end = offset(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
    first, last = starts[node.lineno - 1], starts[node.end_lineno or node.lineno]
    changed = source[:begin] + edit.text + source[end:]
    return Mutant(
        function=function,
        line=node.lineno,
        before=" ".join(source[first:last].split()),
        after=" ".join((source[first:begin] + edit.text + source[end:last]).split()),
        source=changed,
    )
