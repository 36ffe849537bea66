"""Changes the files of the specification as texts, so that comments and order are kept."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

KINDS = ("operation", "type", "enum", "error")
"""The kinds of things, in the order that a file has them in."""
_LAST = "doc"
_HEAD = "# The {} domain of the Amazon SES API v2. Descriptions (`doc`) are this project's own words.\n"


class Table:
    """A table of TOML: its header and its lines."""

    def __init__(self, keys: tuple[str, ...], facts: Mapping[str, object]) -> None:
        """Write the lines of the facts."""
        self.keys = keys
        self.header = ".".join(map(_key, keys))
        lines = [f"{_key(name)} = {_value(value)}" for name, value in facts.items()]
        self.text = "\n".join([f"[{self.header}]", *lines, "", ""])


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else json.dumps(name)


def _value(value: object) -> str:
    if isinstance(value, dict):
        table = cast("dict[str, object]", value)
        return f"{{ {', '.join(f'{_key(name)} = {_value(inner)}' for name, inner in table.items())} }}"
    if isinstance(value, list):
        items = cast("list[object]", value)
        return f"[{', '.join(map(_value, items))}]"
    return json.dumps(value, ensure_ascii=False)


class Files:
    """The files of the specification as texts. Each method changes one of them, and keeps its comments and order."""

    def __init__(self, folder: Path) -> None:
        """Read every file."""
        self._folder = folder
        self._texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}

    def save(self) -> None:
        """Write every file."""
        for name, text in self._texts.items():
            (self._folder / f"{name}.toml").write_text(text.rstrip("\n") + "\n", encoding="utf-8")

    def insert_group(self, name: str, tables: list[Table]) -> None:
        """Insert the tables of a new thing, in the order of the alphabet among the things of its kind."""
        rank = _rank(tables[0].keys)
        later = (place for place, keys in self._headers(name) if _rank(keys[:2]) > rank)
        self._insert(name, next(later, None), "".join(table.text for table in tables))

    def insert_member(self, name: str, table: Table, *, before: list[str]) -> None:
        """Insert a member of a known thing, before the first of the members that follow it."""
        headers = list(self._headers(name))
        siblings = {keys[-1]: place for place, keys in headers if keys[:-1] == table.keys[:-1]}
        place = next((siblings[member] for member in before if member in siblings), None)
        if place is None:
            inside = [index for index, (_, keys) in enumerate(headers) if keys[:2] == table.keys[:2]]
            if table.keys[2] == "input":
                inside = [index for index in inside if headers[index][1][2:3] != ("output",)]
            place = next((start for start, _ in headers[inside[-1] + 1 :]), None)
        self._insert(name, place, table.text)

    def insert_key(self, name: str, keys: tuple[str, ...], key: str, *, before: list[str]) -> None:
        """Insert a key with an empty text into a table, before the first of the keys that follow it."""
        start, end = self._span(name, keys)
        lines = self._texts[name][start:end].rstrip("\n").split("\n")
        there = (index for later in before for index, line in enumerate(lines) if line.startswith(f"{_key(later)} = "))
        lines.insert(next(there, len(lines)), f'{_key(key)} = ""')
        self._replace(name, start, end, lines)

    def set(self, name: str, keys: tuple[str, ...], key: str, value: object) -> None:
        """Change a key of a table; None takes it out."""
        start, end = self._span(name, keys)
        lines = self._texts[name][start:end].rstrip("\n").split("\n")
        line = f"{_key(key)} = {_value(value)}"
        places = [index for index, there in enumerate(lines) if there.startswith(f"{_key(key)} = ")]
        if value is None or value is False:
            lines = [there for index, there in enumerate(lines) if index not in places]
        elif places:
            lines[places[0]] = line
        else:
            last = (index for index, there in enumerate(lines) if there.startswith(f"{_LAST} = "))
            lines.insert(next(last, len(lines)), line)
        self._replace(name, start, end, lines)

    def _replace(self, name: str, start: int, end: int, lines: list[str]) -> None:
        text = self._texts[name]
        self._texts[name] = text[:start] + "\n".join(lines) + "\n\n" + text[end:]

    def _insert(self, name: str, place: int | None, new: str) -> None:
        text = self._texts.get(name, _HEAD.format(name))
        if place is None:
            self._texts[name] = text.rstrip("\n") + "\n\n" + new
        else:
            self._texts[name] = text[:place] + new + text[place:]

    def _headers(self, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the place and the keys of every table."""
        for found in re.finditer(r"^\[([^\]\n]+)\]$", self._texts.get(name, ""), re.MULTILINE):
            yield found.start(), tuple(found[1].split("."))

    def _span(self, name: str, keys: tuple[str, ...]) -> tuple[int, int]:
        """Return where a table begins, and where the next one does."""
        headers = list(self._headers(name))
        index = next((index for index, (_, there) in enumerate(headers) if there == keys), None)
        if index is None:
            raise LookupError(f"{name}.toml has no [{'.'.join(keys)}]")
        following = headers[index + 1 :]
        return headers[index][0], following[0][0] if following else len(self._texts[name])


def _rank(keys: tuple[str, ...]) -> tuple[int, str]:
    return KINDS.index(keys[0]), keys[1]
