"""Random templates and data: valid ones of every feature in odd combinations, and slightly damaged ones."""

from random import Random
from typing import Any

NAMES = ("a", "b", "items", "user", "name", "this", ".", "../a", "../../b", "./a", "this.name", "user.name", "user/b")
ODD_NAMES = (
    "items.[0]",
    "items.[0].name",
    "[x y]",
    "items.length",
    "name.[0]",
    "@root.a",
    "@index",
    "@key",
    "@../index",
)
PLACES = (
    "@first",
    "@last",
    "../name",
    "../this",
    "x",
    "i",
    "user.user.a",
    "missing",
    "../missing",
    "a.b.c",
    "@missing",
)
LITERALS = ('"a"', "'b'", "1", "0", "-2.50", "true", "false", "null", "undefined", '""', '"x\\"y"')
SPACES = ("", "", "", " ", "\n", "\n", "  \n", "\n  ", "\r\n", "\t", "\n\n", " \n \n ")
WORDS = (
    "x",
    "Hello ",
    "<b>&amp;</b>",
    "é ",
    "\\",
    "\\\\",
    "}",
    "}}",
    "{",
    "\\{{a}} y ",
    "\\\\{{a}}",
    "1 < 2 ",
    "\u2028",
)
DAMAGE = ("{{", "}}", "~", "#", "/", "{", "}", "\\", '"', " ", "|", "(", ")", "=", "@", ".", "!", "^", "&", ">", "else")


class Generator:
    """Makes templates and data, always the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._one = self._random.choice

    def case(self) -> tuple[str, dict[str, Any]]:
        """Return a template and its data."""
        text = self._body(3)
        for _ in range(self._one((*[0] * 12, 1, 2))):
            text = self._damaged(text)
        return text, self._object(3)

    def _chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def _damaged(self, text: str) -> str:
        place = self._random.randrange(len(text) + 1)
        end = place + self._one((0, 0, 1, 2))
        return text[:place] + self._one((*DAMAGE, "")) + text[end:]

    # Data -------------------------------------------------------------------------------------------

    def _object(self, depth: int) -> dict[str, Any]:
        return {
            name: self._value(depth - 1) for name in ("a", "b", "items", "user", "name", "x y") if self._chance(0.8)
        }

    def _value(self, depth: int) -> Any:
        kind = self._random.random()
        if depth and kind < 0.25:
            return self._object(depth)
        if depth and kind < 0.5:
            return [self._value(depth - 1) for _ in range(self._random.randrange(4))]
        return self._one((True, False, None, 0, 1, -3, 1.0, 2.5, 1e21, 1e-7, "", "txt", "a", "<i>", "0", " l1\nl2 "))

    # Templates --------------------------------------------------------------------------------------

    def _body(self, depth: int) -> str:
        parts: list[str] = []
        for _ in range(self._random.randrange(1, 5)):
            parts += [self._one(SPACES), self._part(depth), self._one(SPACES)]
        return "".join(parts)

    def _part(self, depth: int) -> str:
        kind = self._random.random()
        if kind < 0.2:
            return self._one(WORDS)
        if kind < 0.5 or not depth:
            return self._output()
        if kind < 0.56:
            return self._one(("{{! note }}", "{{!-- a }} b --}}", "{{~! x ~}}", "{{!}}", "{{!----}}", "{{!-- a --~}}"))
        if kind < 0.9:
            return self._block(depth - 1)
        return self._partials(depth - 1)

    def _output(self) -> str:
        left, right = self._strip(), self._strip()
        inner = self._path() if self._chance(0.8) else self._helper()
        if self._chance(0.1):
            return f"{{{{{left}{{{inner}}}{right}}}}}"
        sign = "&" if self._chance(0.05) else self._one(("", "", " "))
        return f"{{{{{left}{sign}{inner}{self._one(('', ' '))}{right}}}}}"

    def _strip(self) -> str:
        return "~" if self._chance(0.1) else ""

    def _path(self) -> str:
        return self._one(self._one((NAMES, NAMES, ODD_NAMES, PLACES)))

    def _argument(self) -> str:
        kind = self._random.random()
        if kind < 0.75:
            return self._path()
        return self._one(LITERALS) if kind < 0.9 else f"({self._helper()})"

    def _helper(self) -> str:
        hash_ = f" h={self._argument()}" if self._chance(0.05) else ""
        name = self._one((*["lookup"] * 20, *["log"] * 3, "unknown", "if", "a"))
        return f"{name} {self._argument()} {self._argument()}{hash_}"

    def _tag(self, text: str) -> str:
        return f"{{{{{self._strip()}{text}{self._strip()}}}}}"

    def _block(self, depth: int) -> str:
        kind = self._random.random()
        name = self._one(("if", "unless", "each", "with")) if kind < 0.8 else self._path()
        argument = f" {self._argument()}" if kind < 0.8 or self._chance(0.01) else ""
        zero = " includeZero=true" if name in ("if", "unless") and self._chance(0.15) else ""
        params = self._one((" as |x|", " as |x i|")) if name in ("each", "with") and self._chance(0.3) else ""
        sign = "^" if self._chance(0.05) else "#"
        parts = [self._tag(f"{sign}{name}{argument}{zero}{params}"), self._body(depth)]
        while sign == "#" and self._chance(0.12):
            parts += [self._tag(f"else {self._one(('if', 'unless', 'with'))} {self._argument()}"), self._body(depth)]
        if self._chance(0.35):
            parts += [self._tag(self._one(("else", "else", "^", " else "))), self._body(depth)]
        return "".join([*parts, self._tag(f"/{name}")])

    def _partials(self, depth: int) -> str:
        kind = self._random.random()
        name = self._one(("p", "q"))
        start = self._tag(f'#*inline "{name}"')
        inline = f"{start}{self._body(depth)}{self._tag('/inline')}{self._one(SPACES)}"
        if kind < 0.15:
            raw = self._one(("a", "items", "with"))
            return "{{{{" + raw + "}}}} {{x}} {{{{/" + raw + "}}}}"
        if kind < 0.3:
            block = f"{self._tag(f'#> {name}')}{self._body(depth)}{self._tag(f'/{name}')}"
            return f"{inline}{block}{self._one(('', '{{> @partial-block}}'))}"
        context = f" {self._argument()}" if self._chance(0.4) else ""
        hash_ = f" name={self._argument()}" if self._chance(0.3) else ""
        called = self._one((name, name, f'"{name}"', f'(lookup @root "{name}")'))
        return inline + self._tag(f"> {called}{context}{hash_}")
