"""The data of templates: defaults and the data of one mail, and the variables that a template reads."""

import json
from typing import Any

import pytest

from sesv2kit._handlebars import merge, parse, variables


@pytest.mark.parametrize(
    ("defaults", "data", "expected"),
    [
        ({"a": 1}, {}, {"a": 1}),
        ({}, {"a": 1}, {"a": 1}),
        ({"a": 1, "b": 2}, {"b": 3}, {"a": 1, "b": 3}),
        (
            {"u": {"a": 1, "b": {"c": 1, "d": 2}}},
            {"u": {"b": {"c": 3}, "e": 4}},
            {"u": {"a": 1, "b": {"c": 3, "d": 2}, "e": 4}},
        ),
        ({"l": [1, 2], "u": {"l": [{"a": 1}]}}, {"l": [3], "u": {"l": [{"b": 2}]}}, {"l": [3], "u": {"l": [{"b": 2}]}}),
        ({"u": {"a": 1}}, {"u": "x"}, {"u": "x"}),
        ({"u": "x"}, {"u": {"a": 1}}, {"u": {"a": 1}}),
        ({"u": {"a": 1}}, {"u": None}, {"u": None}),
        ({"u": {"a": 1}}, {"u": {}}, {"u": {"a": 1}}),
    ],
)
def test_data_is_joined_member_by_member(
    defaults: dict[str, Any], data: dict[str, Any], expected: dict[str, Any]
) -> None:
    before = json.dumps([defaults, data])
    assert merge(defaults, data) == expected
    assert json.dumps([defaults, data]) == before


def test_data_is_joined_at_any_depth() -> None:
    defaults: dict[str, Any] = {"a": 1}
    data: dict[str, Any] = {"b": 2}
    for _ in range(100_000):
        defaults, data = {"x": defaults}, {"x": data}
    merged = merge(defaults, data)
    while "x" in merged:
        merged = merged["x"]
    assert merged == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{a}} {{user.name}} {{a}} {{./b}} {{this.c}} {{{d}}} {{&e}}", "a user.name b c d e"),
        ("{{this}}{{.}}{{@index}}{{@root}}{{12}}{{'x y'}}", "12 x y"),
        ("{{#if a}}{{b}}{{else if c}}{{d}}{{else}}{{e}}{{/if}}{{#unless f}}{{g}}{{/unless}}", "a b c d e f g"),
        ("{{#if a includeZero=z}}{{/if}}{{lookup m k}}{{log l level=v}}", "a z m k l v"),
        ("{{#each l}}{{name}}{{this}}{{../t}}{{@root.r}}{{@key}}{{else}}{{n}}{{/each}}", "l l[].name l[] t r n"),
        ("{{#each l as |x i|}}{{x.y}}{{i}}{{i.z}}{{this.x}}{{/each}}", "l l[].y l[].x"),
        ("{{#each l}}{{#each m}}{{a}}{{../b}}{{../../c}}{{../../../d}}{{/each}}{{/each}}", "l l[].m l[].m[].a l[].b c"),
        ("{{#with u}}{{a}}{{../b}}{{/with}}{{#u}}{{c}}{{/u}}{{^v}}{{d}}{{/v}}", "u u.a b u.c v d"),
        ("{{#with u as |x|}}{{x.a}}{{#if x.b}}{{c}}{{/if}}{{/with}}", "u u.a u.b u.c"),
        ("{{#each (lookup m k)}}{{a}}{{../b}}{{/each}}{{#if (lookup m 'x')}}{{c}}{{/if}}", "m k b c"),
        ("{{#*inline 'p'}}{{a}}{{n}}{{> p u}}{{/inline}}{{> p u n=w}}{{> (lookup . q)}}", "u w u.a u.u q"),
        ("{{#*inline 'p'}}{{a}}{{> @partial-block}}{{/inline}}{{#> none}}{{b}}{{/none}}{{> other c}}", "b c"),
        ("{{no x y=z}}{{#no x}}{{q}}{{/no}}", "x z x.q"),
    ],
)
def test_the_variables_of_a_template(text: str, expected: str) -> None:
    assert " ".join(variables(parse(text))) == expected


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        ("Dear {{ name }}, {{{html}}} {{! a remark }}", {"name": 1}, ["html"]),
        ("{{user.first}} {{user.last}}", {"user": {"first": "A"}}, ["user.last"]),
        (
            "{{items.0}} {{items.1}} {{items.1111111111}} {{items.-1}}",
            {"items": [1]},
            ["items.1", "items.1111111111", "items.-1"],
        ),
        ("{{#if a}}{{b}}{{else}}{{c}}{{/if}}", {}, ["c"]),
        ("{{#if a}}{{b}}{{else}}{{c}}{{/if}}", {"a": 1}, ["b"]),
        ("{{#unless a}}{{b}}{{/unless}}", {}, ["b"]),
        ("{{#each all}}{{@index}}{{name}}{{../title}}{{/each}}", {"all": [{"name": 1}, {}]}, ["../title", "name"]),
        ("{{#each all}}{{x}}{{else}}{{none}}{{/each}}", {}, ["none"]),
        ("{{#each all}}{{x}}{{/each}}", {"all": {"k": {"x": 1}}}, []),
        ("{{#each all}}{{x}}{{/each}}", {"all": 5}, []),
        ("{{#with user}}{{name}} {{@root.title}}{{/with}}", {"user": {}, "title": 1}, ["name"]),
        ("{{#with user}}{{name}}{{/with}}", {"user": {"id": 1}}, ["name"]),
        ("{{~ a ~}}{{~#if b ~}}{{c}}{{~/if~}}{{{d}}}{{&f}}", {"b": 1}, ["a", "c", "d", "f"]),
        ("{{this.a.b}} {{./a}} {{this}} {{.}} {{@root.a}}", {"a": 1}, ["this.a.b"]),
        ("{{#custom x}}{{y}}{{/custom}} {{z}}", {"z": 1}, ["custom"]),
    ],
)
def test_what_the_data_of_a_mail_does_not_have(text: str, data: dict[str, Any], expected: list[str]) -> None:
    assert list(parse(text).missing(data)) == expected
