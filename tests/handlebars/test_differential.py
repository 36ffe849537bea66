"""The engine against handlebars.js: the same templates and data print the same, except for what is named here.

`nox -s handlebars` installs handlebars.js and compares 9,000 templates. Without handlebars.js these tests are skipped;
with one that node finds, `NODE_PATH=<node_modules> pytest tests/handlebars`, they compare fewer.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from support.templates import Generator

from sesv2kit._handlebars import TemplateError, parse

Case = tuple[str, dict[str, Any]]
Render = Callable[[Sequence[Case]], list[str | None]]

COMPARED = int(os.environ.get("SESV2KIT_TEMPLATES", "500"))
AGREEMENT = 0.96

QUIRKS: dict[str, tuple[str, dict[str, Any], str | None, str | None]] = {
    # What it is: the template, the data, what JavaScript prints, what we print; None is an error.
    "the first else decides whether the end of a block is alone on its line": (
        "{{#if a}}{{else if b}}B{{else}}C\n{{/if}}\nD",
        {},
        "C\n\nD",
        "C\nD",
    ),
    "the indent of the end of an `else if` is printed": (
        "{{#if a}}\n{{else if b}}\nB\n  {{/if}}\n",
        {"b": 1},
        "B\n  ",
        "B\n",
    ),
    "the branches of an inverse block with an else exchange their white space": (
        "{{^a}}  x  {{~else~}}  y{{/a}}",
        {},
        "x  ",
        "  x",
    ),
    "an element of a list can't be the end of a path without brackets": ("{{l.0}}", {"l": ["x"]}, None, "x"),
    "null is an empty object inside of a block": (
        "{{#each l}}{{#if true}}{{this}}{{/if}}{{/each}}",
        {"l": [None]},
        "[object Object]",
        "",
    ),
    "the block parameter of a section has no value": ("{{#a as |x|}}{{x}}{{/a}}", {"a": "A"}, "", "A"),
    "the block parameter of a condition is an error": ("{{#if a as |x|}}{{x}}{{/if}}", {"a": "A"}, None, ""),
    "a block parameter is an error in an inline partial of its block": (
        '{{#each a as |x|}}{{#*inline "p"}}{{x}}{{/inline}}{{> p}}{{/each}}',
        {"a": [1]},
        None,
        "",
    ),
    "a list and a text are a context to which arguments are added": (
        '{{#*inline "p"}}{{[0]}}{{x}}{{/inline}}{{> p l x=1}}',
        {"l": ["a"]},
        "a1",
        "1",
    ),
    "lookup in nothing needs no name": ("{{lookup none}}{{lookup none 1 2}}", {}, "", None),
    "a helper may be the start of a path": ("{{#if.x a}}b{{/if.x}}", {"a": 1}, "b", None),
    "a variable with @ may be a helper": ("{{#@if a}}b{{/@if}}", {"a": 1}, "b", None),
    "the name of an inline partial may be a variable": (
        "{{#with a}}{{#*inline b}}x{{/inline}}{{> y}}{{/with}}",
        {"b": "y", "a": {"b": "y"}},
        "x",
        None,
    ),
    "numbers that look like an index are the first keys": (
        "{{#each o}}{{@key}}{{/each}}",
        {"o": {"b": 1, "1": 2}},
        "1b",
        "b1",
    ),
    "large numbers are rounded": ("{{a}}", {"a": 12345678901234567890}, "12345678901234567000", "12345678901234567890"),
    "a character outside of the basic plane counts twice": ("{{a.length}}", {"a": "\U0001f600"}, "2", "1"),
    "a text and a list equal a number, so they are the same context": (
        "{{#with a}}{{#with ../b}}{{../../c}}{{/with}}{{/with}}{{#each l}}{{#each .}}{{../../c}}{{/each}}{{/each}}",
        {"a": 1, "b": "1", "c": "C", "l": [[2]]},
        "",
        "CC",
    ),
    "the character 0 ends a template": ("a\0{{b}}", {"b": 1}, None, "a\x001"),
}


def ours(case: Case) -> str | None:
    """Return what our engine prints, or None for an error."""
    template, data = case
    try:
        return parse(template).render(data, strict=False)
    except TemplateError:
        return None


@pytest.fixture(scope="module")
def javascript() -> Render:
    """Render templates with handlebars.js, or skip the test."""
    node = shutil.which("node")
    module = os.environ.get("SESV2KIT_HANDLEBARS", "handlebars")
    known = node and subprocess.run([node, "-e", f"require({json.dumps(module)})"], capture_output=True, check=False)
    if not known or known.returncode:
        pytest.skip("needs node and handlebars.js: nox -s handlebars")
    command = [str(node), str(Path(__file__).with_name("differential.js")), module]

    def render(cases: Sequence[Case]) -> list[str | None]:
        lines = "".join(json.dumps(case) + "\n" for case in cases)
        run = subprocess.run(command, input=lines.encode(), capture_output=True, check=True, timeout=280)
        return [json.loads(line) for line in run.stdout.decode().rstrip("\n").split("\n")]

    return render


def test_templates_print_what_handlebars_prints(javascript: Render) -> None:
    generator = Generator(seed=20)
    cases = [generator.case() for _ in range(COMPARED)]
    expected = javascript(cases)
    assert len(expected) == len(cases)
    assert sum(text is not None for text in expected) > 0.6 * len(cases), "too few of the templates can be rendered"
    rendered = [(case, text, ours(case)) for case, text in zip(cases, expected, strict=True)]
    different = [found for found in rendered if found[1] != found[2]]
    agreement = 1 - len(different) / len(cases)
    print(f"{agreement:.2%} of {len(cases)} templates agree")
    shortest = sorted(different, key=lambda found: len(found[0][0]))[:5]
    assert agreement >= AGREEMENT, "\n".join(map(repr, shortest))


@pytest.mark.parametrize("name", QUIRKS)
def test_the_known_differences_from_handlebars_are_as_described(javascript: Render, name: str) -> None:
    template, data, expected, ours_is = QUIRKS[name]
    assert ours((template, data)) == ours_is
    assert javascript([(template, data)]) == [expected]
    assert expected != ours_is
