"""White space around tags: `~`, and lines that have nothing but a tag."""

import pytest

from sesv2kit._handlebars import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {{~x~}} b", "a1b"),
        ("a\n\n {{~x}}\n b", "a1\n b"),
        ("a {{~{x}~}} b", "a1b"),
        ("a {{~&x~}} b", "a1b"),
        ("a {{~#if x~}} b {{~else~}} c {{~/if~}} d", "abd"),
        ("a {{#if x ~}} b {{~ else}} c {{/if}} d", "a b d"),
        ("{{#if n}} a {{~^~}} b {{/if}}", "b "),
        ("a {{~#if n}}b{{else if x~}} c {{~/if}} d", "ac d"),
        ("{{#*inline 'p'}}p{{/inline}} a {{~> p~}} b", " apb"),
        ("\u00a0{{~x~}}\u2003\ufeff", "1"),
    ],
)
def test_a_tilde_removes_all_white_space(text: str, expected: str) -> None:
    assert parse(text).render({"x": 1}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n{{#if x}}\nb\n{{/if}}\nc", "a\nb\nc"),
        ("a\n  {{#if x}}  \n  b\n  {{/if}}\t\nc", "a\n  b\nc"),
        ("a\r\n{{#if x}}\r\nb\r\n{{/if}}\r\nc", "a\r\nb\r\nc"),
        ("{{#if n}}\na\n{{else}}\nb\n{{/if}}\n", "b\n"),
        ("{{#if n}}\na\n  {{else if x}}\nb\n{{/if}}", "b\n"),
        ("a\n{{^n}}\nb\n{{/n}}\nc", "a\nb\nc"),
        ("a\n  {{! note }}\nb", "a\nb"),
        ("a\n  {{!-- note\n more --}}  \nb", "a\nb"),
        ("{{! first }}\nb\n{{! last }}", "b\n"),
        ("{{! first }}  ", ""),
        ("  {{! a }} {{! b }}\nc", "   \nc"),
        ("a\n  {{x}}\nb", "a\n  1\nb"),
        ("a\n{{#if x}} b\n{{/if}}\nc", "a\n b\nc"),
        ("a {{#if x}}\nb\n{{/if}} c", "a \nb\n c"),
        ("a\n{{{{x}}}}\n b\n{{{{/x}}}}\nc", "a\n b\nc"),
        ("{{#if x}}\n\n\na{{/if}}", "\n\na"),
        ("{{#*inline 'p'}}\nl\n{{/inline}}\na", "a"),
        ("a {{~! x }}\nb", "a\nb"),
    ],
)
def test_a_line_with_nothing_but_a_tag_is_not_printed(text: str, expected: str) -> None:
    assert parse(text).render({"x": 1}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{#*inline 'p'}}a\nb\n{{/inline}}[\n  {{> p}}\n]", "[\n  a\n  b\n]"),
        ("{{#*inline 'p'}}a\n\nb{{/inline}}[\n\t{{> p}}\n]", "[\n\ta\n\t\n\tb]"),
        ("{{#*inline 'p'}}a\u2028b\rc\n{{/inline}}\n  {{> p}}\n", "  a\u2028b\rc\n"),
        ("{{#*inline 'p'}}a\n{{/inline}}[{{> p}}]", "[a\n]"),
        ("{{#*inline 'p'}}a\n{{/inline}}[\n  {{~> p}}\n]", "[a\n]"),
        ("{{#*inline 'p'}}a\n{{> q}}\n{{/inline}}\n{{#*inline 'q'}}\nb\n{{/inline}}\n  {{> p}}\n", "  a\n  b\n"),
        ("{{#*inline 'p'}}{{/inline}}[\n  {{> p}}\n]", "[\n]"),
        ("{{#> none}}\n  a\n{{/none}}\nb", "  a\nb"),
    ],
)
def test_a_partial_on_its_own_line_is_indented(text: str, expected: str) -> None:
    assert parse(text).render({}) == expected
