"""What a template prints, feature by feature."""

from decimal import Decimal
from typing import Any

import pytest

from sesv2kit._handlebars import MissingVariable, RenderError, parse

USER = {"user": {"name": "Ann", "tags": ["a", "b"], "home": {"city": "Bonn"}}, "title": "T"}
ITEMS = {"items": [{"name": "dog", "best": True}, {"name": "cat", "best": False}], "shop": "S"}


def check(text: str, data: dict[str, Any], expected: str) -> None:
    assert parse(text).render(data) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi {{user.name}}!", "Hi Ann!"),
        ("{{ user.name }}{{user/name}}{{./user.name}}{{this.user.name}}{{this/user/name}}", "AnnAnnAnnAnnAnn"),
        ("{{user.home.city}}{{@root.title}}{{user.[name]}}{{[user].[home].city}}", "BonnTAnnBonn"),
        ("{{user.tags.[1]}}{{user.tags.0}}{{user.tags.length}}{{title.length}}{{title.[0]}}", "ba21T"),
        ("{{#with user}}{{name}}{{../title}}{{@root.title}}{{./name}}{{/with}}", "AnnTTAnn"),
        ("{{#with user}}{{#with home}}{{city}}{{../name}}{{../../title}}{{/with}}{{/with}}", "BonnAnnT"),
        ("{{#with user}}{{#if name}}{{../title}}{{/if}}{{/with}}", "T"),
    ],
)
def test_paths(text: str, expected: str) -> None:
    check(text, USER, expected)


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        ("{{[first name]}}", {"first name": "x"}, "x"),
        (r"{{[a\]b]}}{{[c\\d]}}", {"a]b": 1, "c\\d": 2}, "12"),
        ("{{12}}{{true}}{{'a b'}}{{1.50}}{{null}}", dict.fromkeys(("12", "true", "a b", "1.5", "null"), "x"), "xxxxx"),
        ("{{a-b}}{{a:b}}{{é}}{{a_1}}", {"a-b": 1, "a:b": 2, "é": 3, "a_1": 4}, "1234"),
        ("{{elsewhere}}{{asked}}{{trueish}}", {"elsewhere": 1, "asked": 2, "trueish": 3}, "123"),
        ("{{this.if}}{{./log}}{{this.each}}", {"if": 1, "log": 2, "each": 3}, "123"),
    ],
)
def test_names(text: str, data: dict[str, Any], expected: str) -> None:
    check(text, data, expected)


@pytest.mark.parametrize("text", ["{{x}}", "{{{x}}}", "{{&x}}", "{{& x }}", "{{{ x }}}"])
def test_html_is_not_escaped(text: str) -> None:
    check(text, {"x": "<b>&\"'`="}, "<b>&\"'`=")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (2.50, "2.5"),
        (-1.5, "-1.5"),
        (100.0, "100"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (-1.25e30, "-1.25e+30"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (0.1 + 0.2, "0.30000000000000004"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        (float("nan"), "NaN"),
        (12345678901234567890, "12345678901234567890"),
        (Decimal("1.10"), "1.10"),
        ([], ""),
        ([1, None, [2.0, True], {"a": 1}], "1,,2,true,[object Object]"),
        ({}, "[object Object]"),
        ("text", "text"),
    ],
)
def test_values_are_printed_as_in_javascript(value: Any, expected: str) -> None:
    check("{{x}}", {"x": value}, expected)


@pytest.mark.parametrize(
    ("value", "is_true"),
    [
        *[(value, False) for value in (None, False, 0, 0.0, "", [], ())],
        *[(value, True) for value in (True, 1, -1.5, "0", "false", " ", [0], {}, {"a": 1})],
    ],
)
def test_conditions(value: Any, is_true: bool) -> None:
    check("{{#if x}}yes{{else}}no{{/if}}", {"x": value}, "yes" if is_true else "no")
    check("{{#unless x}}yes{{else}}no{{/unless}}", {"x": value}, "no" if is_true else "yes")
    shows = is_true or (value == 0 and not isinstance(value, bool | str | list | tuple) and value is not None)
    check("{{#with x}}yes{{else}}no{{/with}}", {"x": value}, "yes" if shows else "no")


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        ("{{#if missing}}a{{/if}}{{#if also.missing}}b{{else}}c{{/if}}", {}, "c"),
        ("{{#if a}}A{{else if b}}B{{else if c}}C{{else}}D{{/if}}", {"a": 1}, "A"),
        ("{{#if a}}A{{else if b}}B{{else if c}}C{{else}}D{{/if}}", {"b": 1}, "B"),
        ("{{#if a}}A{{else if b}}B{{else if c}}C{{else}}D{{/if}}", {"c": 1}, "C"),
        ("{{#if a}}A{{else if b}}B{{else if c}}C{{else}}D{{/if}}", {}, "D"),
        ("{{#if a}}A{{else unless b}}B{{/if}}{{#if a}}A{{^}}C{{/if}}{{#if a}}A{{ else }}D{{/if}}", {}, "BCD"),
        ("{{#unless a}}A{{else with b}}{{c}}{{/unless}}", {"a": 1, "b": {"c": "C"}}, "C"),
        ("{{#if n includeZero=true}}y{{/if}}{{#if n includeZero=false}}x{{/if}}", {"n": 0}, "y"),
        ("{{#unless n includeZero=true}}y{{else}}n{{/unless}}", {"n": 0}, "n"),
        ("{{#if f includeZero=true}}y{{else}}n{{/if}}", {"f": False}, "n"),
        (
            '{{#if "text"}}a{{/if}}{{#if 0}}b{{/if}}{{#if true}}c{{/if}}{{#if null}}d{{/if}}{{#if undefined}}e{{/if}}',
            {},
            "ac",
        ),
    ],
)
def test_if_and_unless(text: str, data: dict[str, Any], expected: str) -> None:
    check(text, data, expected)


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        (
            "{{#each items}}{{name}} is {{#if best}}the best{{else}}a {{@index}}{{/if}}, {{/each}}",
            ITEMS,
            "dog is the best, cat is a 1, ",
        ),
        (
            "{{#each items}}{{../shop}}{{@root.shop}}{{#if @first}}<{{/if}}{{#if @last}}>{{/if}}{{/each}}",
            ITEMS,
            "SS<SS>",
        ),
        ("{{#each items as |item i|}}{{i}}{{item.name}}{{@key}}{{/each}}", ITEMS, "0dog01cat1"),
        (
            "{{#each o as |value key|}}{{key}}={{value}}{{@index}}{{@key}};{{/each}}",
            {"o": {"b": 1, "a": 2}},
            "b=10b;a=21a;",
        ),
        ("{{#each o}}{{this}}{{.}}{{/each}}", {"o": ["x", None, 0]}, "xx00"),
        *[("{{#each x}}a{{else}}none{{/each}}", {"x": empty}, "none") for empty in ([], {}, None, 5, "text", False)],
        ("{{#each x}}a{{else}}none{{/each}}{{#each x}}a{{/each}}", {}, "none"),
        (
            "{{#each rows}}{{#each this}}{{@../index}}{{@index}}{{this}} {{/each}}{{/each}}",
            {"rows": [["a", "b"], ["c"]]},
            "00a 01b 10c ",
        ),
        ("{{#each rows}}{{#each .}}{{../../t}}{{/each}}{{/each}}", {"rows": [[1], [2]], "t": "x"}, "xx"),
        (
            "{{#each a as |x|}}{{#each x as |y|}}{{x.length}}{{y}}{{#with y as |z|}}{{z}}{{/with}}{{/each}}{{/each}}",
            {"a": [[7]]},
            "177",
        ),
        ("{{#each a as |log|}}{{log}}{{log 1}}{{/each}}", {"a": [3]}, "33"),
        ("{{#each a as |x|}}{{this.x}}{{/each}}", {"a": [{"x": 1}]}, "1"),
    ],
)
def test_each(text: str, data: dict[str, Any], expected: str) -> None:
    check(text, data, expected)


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        ("{{#with user}}{{name}}{{else}}nobody{{/with}}", {"user": {"name": "Ann"}}, "Ann"),
        ("{{#with user as |u|}}{{u.name}}{{/with}}", {"user": {"name": "Ann"}}, "Ann"),
        ("{{#user}}{{name}}{{/user}}", {"user": {"name": "Ann"}}, "Ann"),
        ("{{#items}}{{name}}{{@index}}{{/items}}", ITEMS, "dog0cat1"),
        ("{{#items}}{{else}}none{{/items}}{{^items}}none{{/items}}", {"items": []}, "nonenone"),
        ("{{#flag}}{{x}}{{/flag}}{{^flag}}no{{/flag}}", {"flag": True, "x": 1}, "1"),
        ("{{#flag}}yes{{/flag}}{{^flag}}no{{else}}yes{{/flag}}", {"flag": False}, "no"),
        ("{{^flag}}no{{else}}yes{{/flag}}{{^if flag}}no{{^}}yes{{/if}}", {"flag": True}, "yesyes"),
        ("{{#missing}}x{{/missing}}{{^missing}}none{{/missing}}{{^a.b}}none{{/a.b}}", {"a": None}, "nonenone"),
        ("{{#zero}}[{{this}}]{{/zero}}{{#empty}}[{{this}}]{{/empty}}", {"zero": 0, "empty": ""}, "[0][]"),
        ('{{#"a b"}}{{.}}{{/"a b"}}{{#[a b]}}{{.}}{{/"a b"}}', {"a b": 1}, "11"),
    ],
)
def test_contexts(text: str, data: dict[str, Any], expected: str) -> None:
    check(text, data, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{lookup map "a"}}{{lookup map key}}{{lookup list 1}}{{lookup list "length"}}', "1B23"),
        ("{{lookup map 'none'}}{{lookup none 'a'}}{{lookup map null}}{{lookup map undefined}}", ""),
        ("{{lookup (lookup nested 'x') 'y'}}{{#with (lookup nested 'x')}}{{y}}{{/with}}", "ZZ"),
        ("{{#each (lookup nested 'l')}}{{.}}{{/each}}{{#if (lookup map 'b')}}y{{/if}}", "12y"),
        ("{{{lookup map 'b'}}}{{& lookup map 'b'}}{{#lookup map 'b'}}{{/lookup}}", "BBB"),
        ("{{#each keys}}{{lookup ../map .}}{{/each}}{{lookup zero 'x'}}", "1B0"),
        ("{{log 'a' map level='warn'}}{{log}}{{#log}}x{{/log}}{{#if (log map)}}y{{/if}}", ""),
    ],
)
def test_lookup_and_log(text: str, expected: str) -> None:
    data = {
        "map": {"a": 1, "b": "B"},
        "key": "b",
        "list": [1, 2, 3],
        "nested": {"x": {"y": "Z"}, "l": [1, 2]},
        "keys": ["a", "b"],
        "zero": 0,
    }
    check(text, data, expected)


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        (
            '{{#*inline "p"}}[{{name}}]{{/inline}}{{> p}}{{> p user}}{{> p name="x"}}',
            {"name": 1, "user": {"name": 2}},
            "[1][2][x]",
        ),
        ('{{> p user greeting="Hi"}}{{#*inline "p"}}{{greeting}} {{name}}{{/inline}}', {"user": {"name": "A"}}, "Hi A"),
        ('{{#each items}}{{> row}}{{/each}}{{#*inline "row"}}<{{name}}>{{/inline}}', ITEMS, "<dog><cat>"),
        (
            '{{#*inline "p"}}1{{/inline}}{{#*inline "p"}}2{{/inline}}{{> p}}{{> "p"}}{{> (lookup . "n")}}',
            {"n": "p"},
            "222",
        ),
        (
            '{{#*inline "p"}}out{{/inline}}{{#if a}}{{#*inline "p"}}in{{/inline}}{{> p}}{{/if}}{{> p}}',
            {"a": 1},
            "inout",
        ),
        (
            '{{#*inline "t"}}{{v}}{{#each c}}{{> t}}{{/each}}{{/inline}}{{> t}}',
            {"v": 1, "c": [{"v": 2, "c": [{"v": 3}]}]},
            "123",
        ),
        ("{{#> missing}}default {{x}}{{/missing}}", {"x": 1}, "default 1"),
        ('{{#> p}}body {{x}}{{/p}}{{#*inline "p"}}<{{> @partial-block}}>{{/inline}}', {"x": 1}, "<body 1>"),
        (
            '{{#*inline "p"}}{{#each l}}{{> @partial-block}}{{/each}}{{/inline}}{{#> p}}{{this}}{{../t}};{{/p}}',
            {"l": [1, 2], "t": 0},
            "10;20;",
        ),
        ('{{#*inline "p"}}{{@index}}{{/inline}}{{#each l}}{{> p}}{{/each}}', {"l": [5, 6]}, "01"),
        ('{{#with a}}{{#*inline "p"}}{{../t}}{{/inline}}{{> p}}{{> p b}}{{/with}}', {"a": {"b": {}}, "t": "T"}, "TT"),
        ('{{#*inline "p"}}{{x}}{{/inline}}{{> p none x=1}}{{> p list x=2}}', {"list": [1]}, "12"),
        ('{{#*inline 12}}a{{/inline}}{{> 12}}{{#*inline "a/b"}}b{{/inline}}{{> a/b}}', {}, "ab"),
    ],
)
def test_partials(text: str, data: dict[str, Any], expected: str) -> None:
    check(text, data, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a{{! note }}b{{!-- {{x}} }} --}}c{{!}}d{{!----}}e", "abcde"),
        ("a {{~! note ~}} b {{~!-- note --~}} c", "abc"),
        (r"\{{x}} {{x}}", "{{x}} 1"),
        (r"\\{{x}}", r"\1"),
        (r"a\b \n \{{x}} \\{{x}} \{{y}}", r"a\b \n {{x}} \1 {{y}}"),
        ("} }} { }}} {a", "} }} { }}} {a"),
        ("{{{{x}}}} {{x}} {{{{/x}}}}", " {{x}} "),
        ("{{{{x}}}}a{{{{b}}}}c{{{{/b}}}}d{{{{/x}}}}", "a{{{{b}}}}c{{{{/b}}}}d"),
        ("{{{{x}}}}{{{{/x}}}}{{{{if x}}}}{{y}}{{{{/if}}}}", "{{y}}"),
        ("{{'x'}}{{\"x\"}}", "11"),
        ("", ""),
    ],
)
def test_comments_escapes_and_raw_blocks(text: str, expected: str) -> None:
    check(text, {"x": 1}, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'{{#*inline "p"}}{{a}}{{/inline}}{{> p a="x\"y"}}', 'x"y'),
        (r"{{#*inline 'p'}}{{a}}{{/inline}}{{> p a='x\'y' b=1}}", "x'y"),
        ('{{#*inline "p"}}{{a}}{{b}}{{/inline}}{{> p a=1.0 b=-2.50}}', "1-2.5"),
        ('{{#*inline "p"}}{{a}}{{b}}{{c}}{{/inline}}{{> p a=true b=false c=null}}', "truefalse"),
        ('{{#*inline "p"}}{{[a b]}}{{/inline}}{{> p [a b]=(lookup "xyz" 1)}}', "y"),
    ],
)
def test_literals(text: str, expected: str) -> None:
    check(text, {}, expected)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{{x}}", "x"),
        ("{{user.name}}", "user.name"),
        ("{{user.[first name]}}", "user.first name"),
        ("{{user/none}}", "user/none"),
        ("{{x.y.z}}", "x.y.z"),
        ("{{../x}}", "../x"),
        ("{{../../user}}", "../../user"),
        ("{{@index}}", "@index"),
        ("{{@../key}}", "@../key"),
        ("{{#each list}}{{name}}{{/each}}", "name"),
        ("{{list.[5]}}", "list.5"),
        ("{{list.[01]}}", "list.01"),
        ("{{number.x}}", "number.x"),
        ("{{IF user}}", "IF"),
        ("{{#IF user}}{{/IF}}", "IF"),
        ("{{#if (eq user 1)}}{{/if}}", "eq"),
        ("{{user name='x'}}", "user"),
        ("{{#*inline 'p'}}{{this}}{{/inline}}{{> p none}}", "this"),
        ("{{12}}", "12"),
    ],
)
def test_what_the_data_does_not_have_is_named(text: str, name: str) -> None:
    with pytest.raises(MissingVariable) as caught:
        parse(text).render({"user": {}, "list": [1], "number": 5})
    assert caught.value.name == name
    assert str(caught.value) == f"Attribute '{name}' is not present in the rendering data."


def test_missing_data_is_printed_as_nothing_if_not_strict() -> None:
    template = parse("Hi {{name}}, {{user.city}}{{@index}}{{../x}}{{#each l}}{{a}}{{/each}}!")
    assert template.render({"l": [1]}, strict=False) == "Hi , !"


def test_all_that_the_data_does_not_have_is_found_at_once() -> None:
    template = parse("{{a}}{{b}}{{#if c}}{{d}}{{else}}{{e}}{{/if}}{{a}}{{#each l}}{{f}}{{/each}}{{no x}}{{g}}")
    assert template.missing({"b": 1, "l": [1, {"f": 2}]}) == ("a", "e", "f", "no")
    assert parse("{{a}}").missing({"a": None}) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{> none}}", "The partial none could not be found"),
        ("{{> @partial-block}}", "The partial @partial-block could not be found"),
        ("{{> (lookup . 'none')}}", "The partial undefined could not be found"),
        ("{{> (lookup . 'x')}}", "The partial null could not be found"),
        ("{{#if x}}{{#*inline 'p'}}{{/inline}}{{else}}{{> p}}{{/if}}", "The partial p could not be found"),
        ("{{#if}}{{/if}}", "#if requires exactly one argument"),
        ("{{#each x y}}{{/each}}", "#each requires exactly one argument"),
        ("{{lookup x}}", "lookup requires two arguments"),
        ("{{if x}}", "if is a block, {{#if ...}}"),
        ("{{each}}", "each is a block, {{#each ...}}"),
        ("{{#if (with x)}}{{/if}}", "with is a block, {{#with ...}}"),
    ],
)
def test_what_can_not_be_rendered(text: str, message: str) -> None:
    with pytest.raises(RenderError) as caught:
        parse(text).render({"x": None})
    assert str(caught.value) == message
