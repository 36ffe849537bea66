"""No template takes long, fills the memory or fails with an error of Python."""

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sesv2kit._handlebars import LimitExceeded, Template, TemplateError, TemplateSyntaxError, parse, renderer, variables

PIECES = [
    *("{{", "}}", "{{{", "}}}", "{{{{", "}}}}", "{{#", "{{/", "{{^", "{{>", "{{#>", "{{#*inline 'p'}}", "{{/inline}}"),
    *("{{!--", "--}}", "{{!", "else", "{{else}}", "{{#if a}}", "{{/if}}", "{{#each l}}", "{{/each}}", "{{> p}}", "{{&"),
    *("a", "l", "../", "this", ".", "/", "@", "@index", "[", "]", "(", ")", "=", "|", " as |x|", "'", '"', "\\", "~"),
    *(" ", "\n", "\r\n", "1", "-2.5", "true", "null", "undefined", "lookup ", "with ", "p", "é", "\x00", "\u2028"),
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.sampled_from(["a", "l", "x"]), inner)),
    max_leaves=10,
)


@settings(max_examples=300)
@given(TEXTS, st.dictionaries(st.sampled_from(["a", "l", "p"]), VALUES))
def test_any_text_is_rendered_or_refused(text: str, data: dict[str, Any]) -> None:
    try:
        template = parse(text)
        assert all(variables(template))
        template.missing(data)
        rendered = template.render(data, strict=False)
        assert isinstance(rendered, str)
    except TemplateError:
        pass


@given(st.text())
def test_a_text_without_tags_is_printed_unchanged(text: str) -> None:
    if "{{" not in text:
        assert parse(text).render({}) == text


DOUBLING = "".join(f"{{{{#*inline 'p{n}'}}}}{{{{> p{n + 1}}}}}{{{{> p{n + 1}}}}}{{{{/inline}}}}" for n in range(60))


@pytest.mark.parametrize(
    ("text", "data", "message"),
    [
        ("{{#*inline 'p'}}{{> p}}{{/inline}}{{> p}}", {}, "more than 100 blocks and partials inside of each other"),
        ("{{#*inline 'p'}}{{#if a}}{{> p}}{{/if}}{{/inline}}{{> p}}", {"a": 1}, "more than 100 blocks and partials"),
        ("{{#*inline 'p'}}x\n{{> p}}\n{{/inline}} {{> p}}", {}, "more than 100 blocks and partials"),
        (DOUBLING + "{{> p0}}{{#*inline 'p60'}}{{/inline}}", {}, "takes more than 50000 steps"),
        ("{{#each l}}" * 9 + "x" + "{{/each}}" * 9, {"l": [{"l": [0]}]}, ""),
        ("{{#each @root.l}}" * 6 + "x" + "{{/each}}" * 6, {"l": list(range(50))}, "takes more than 50000 steps"),
        ("{{#each @root.l}}" * 4 + "{{/each}}" * 4, {"l": list(range(100))}, "takes more than 50000 steps"),
        (
            "{{#each l}}{{@root.s}}{{/each}}",
            {"l": [0] * 500, "s": "x" * 100_000},
            "makes more than 40000000 characters",
        ),
        (
            "{{#each l}}{{lookup @root @root.s}}{{/each}}",
            {"l": [0] * 500, "s": "x" * 100_000},
            "more than 40000000 char",
        ),
        ("{{#each l}}{{@root.m}}{{/each}}", {"l": [0] * 500, "m": [0] * 5_000}, "takes more than 50000 steps"),
        ("{{#if (lookup m m)}}{{/if}}" * 500, {"m": [0] * 5_000}, "takes more than 50000 steps"),
    ],
)
def test_hostile_templates_end(monkeypatch: pytest.MonkeyPatch, text: str, data: dict[str, Any], message: str) -> None:
    monkeypatch.setattr(renderer, "MAX_STEPS", 50_000)
    template = parse(text)
    if message:
        with pytest.raises(LimitExceeded, match=message):
            template.render(data)
    else:
        assert template.render(data) == ""


def test_copies_of_large_objects_are_counted() -> None:
    data = {"l": [0] * 2000, **{f"k{number}": 0 for number in range(1000)}}
    with pytest.raises(LimitExceeded, match="steps"):
        parse("{{#*inline 'p'}}{{/inline}}{{#each l}}{{> p @root x=1}}{{/each}}").render(data)
    inlines = "".join(f"{{{{#*inline 'p{number}'}}}}{{{{/inline}}}}" for number in range(1000))
    with pytest.raises(LimitExceeded, match="steps"):
        parse(inlines + "{{#each l}}{{#*inline 'p'}}{{/inline}}{{/each}}").render(data)


def test_as_much_data_as_a_mail_may_have_is_printed() -> None:
    # SES takes 262,144 characters of data, which are at most 131,071 elements.
    elements = [1] * 131_071
    assert parse("{{#each l}}{{this}},{{/each}}").render({"l": elements}) == "1," * len(elements)


def test_lists_in_lists_are_printed_to_a_limit() -> None:
    value: Any = [1]
    for _ in range(99):
        value = [value]
    assert parse("{{x}}").render({"x": value}) == "1"
    with pytest.raises(LimitExceeded, match="more than 100 lists"):
        parse("{{x}}").render({"x": [value]})


def nested(depth: int) -> Mapping[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"x": value}
    return value


def test_data_may_be_nested_deeply() -> None:
    data = nested(100_000)
    assert parse("{{x}}{{x.x.x}}{{#with x}}{{x}}{{/with}}").render(data) == "[object Object]" * 3


def test_the_variables_of_a_hostile_template_are_found() -> None:
    assert variables(parse(DOUBLING + "{{x}}{{> p0}}{{y}}"))[0] == "x"
    chain = "".join(f"{{{{#*inline 'p{n}'}}}}{{{{> p{n + 1}}}}}{{{{/inline}}}}" for n in range(2000))
    assert variables(parse(chain + "{{x}}{{> p0}}{{y}}")) == ("x", "y")


def test_a_deep_template_fits_in_the_stack_of_an_application() -> None:
    call = "(lookup a " * 29 + "'x'" + ")" * 29
    text = "{{#*inline 'p'}}{{#if a}}{{> p}}{{/if}}{{#if " + call + "}}{{/if}}{{/inline}}{{> p}}"

    def render(depth: int) -> str:
        return render(depth - 1) if depth else parse(text).render({"a": 1})

    with pytest.raises(LimitExceeded):
        render(300)


# What reads some of these characters again for each of them takes minutes.
SCAN = r"""
from itertools import product
from sesv2kit._handlebars import TemplateError, parse, variables

units = [
    "{", "{{", "{{ ", "{{~", "{{!", "{{!--", "{{a}}", "{{{{a}}}}", "\\\\{{a}}", "\\{{", "\\", "{{#a}}", "{{a '",
    "{{a [", "{{else", "{{> p}}", "{{a b=1", "{{a ", " ", "~", "}", "}}", "--",
    "'", "a ", "a.", "../", "1", "\n", "{{a}}\n",
    "{{#a}}{{/a}}\n ", "{{!}} \n", "{{#*inline 'p'}}{{/inline}}", "(a ", "{{a" + " " * 1000,
]
for unit, start, end in product(units, ["", "{{a "], ["", "~}}"]):
    try:
        variables(parse(start + unit * (50_000 // len(unit)) + end))
    except TemplateError:
        pass
print("done")
"""


def test_a_template_is_parsed_in_one_go() -> None:
    # In a process of its own: a thread in a regular expression can't be stopped.
    read = subprocess.run([sys.executable, "-c", SCAN], capture_output=True, check=True, timeout=100)
    assert read.stdout.strip() == b"done"


def test_a_template_may_be_as_large_as_ses_takes() -> None:
    text = "{{#each l}}<p>{{name}}</p>\n{{/each}}" * 12_000
    assert len(text) < 500_000
    assert isinstance(parse(text), Template)
    with pytest.raises(TemplateSyntaxError):
        parse(text + "{{")
