"""Templates that can't be parsed, and inline templates."""

import pickle

import pytest

from sesv2kit._handlebars import TemplateError, TemplateSyntaxError, UnsupportedOperation, parse, parse_inline


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ("Hi {{name", 1, 4, "the tag has no end"),
        ("Hi\n\n  {{name }", 3, 3, "the tag has no end"),
        ("{{", 1, 1, "the tag has no end"),
        ("{{{a}}", 1, 5, "the tag does not end with }}}"),
        ("{{a}}}", 1, 4, "the tag does not end with }}"),
        ("{{{{a}}", 1, 6, "the tag does not end with }}}}"),
        ("{{{{a}}}} x", 1, 1, "the raw block has no end"),
        ("{{{{a}}}} x {{{{/b}}}}", 1, 13, "'b' is closed, but 'a' is open"),
        ("{{}}", 1, 3, "the end of the tag is not expected here"),
        ("{{a/}}", 1, 5, "the end of the tag is not expected here"),
        ("{{a b=}}", 1, 7, "the end of the tag is not expected here"),
        ("{{a b=1 c}}", 1, 9, "'c' is not expected here"),
        ("{{a 'x'=2}}", 1, 5, "\"'x'\" is not expected here"),
        ("{{a (b}}", 1, 7, "the end of the tag is not expected here"),
        ("{{a b)}}", 1, 6, "')' is not expected here"),
        ("{{a $(}}", 1, 5, "'$' is not expected here"),
        ("{{(a b)}}", 1, 3, "'(' is not expected here"),
        ("{{a;}}", 1, 3, "'a' is not expected here"),
        ("{{a/../b}}", 1, 3, "'..' is not at the start of the path a/.."),
        ("{{a/this}}", 1, 3, "'this' is not at the start of the path a/this"),
        ("{{ #if a}}", 1, 4, "'#' is not expected here"),
        ("{{#if a}}", 1, 1, "the block 'if' is not closed"),
        ("{{#if a}}{{#each b}}{{/each}}", 1, 1, "the block 'if' is not closed"),
        ("a\n{{/if}}", 2, 1, "'if' is closed, but was not opened"),
        ("{{#if a}}{{/each}}", 1, 10, "'each' is closed, but 'if' is open"),
        ("{{#if a}}{{/if a}}", 1, 16, "'a' is not expected here"),
        ("{{#each a as |x}}{{/each}}", 1, 16, "the end of the tag is not expected here"),
        ("{{#each a as |x| b}}{{/each}}", 1, 18, "'b' is not expected here"),
        ("{{a as |x|}}", 1, 5, "'as |' is not expected here"),
        ("{{else}}", 1, 1, "{{else}} is not inside of a block"),
        ("{{#*inline 'p'}}{{else}}{{/inline}}", 1, 17, "{{else}} is not inside of a block"),
        ("{{#> p}}{{^}}{{/p}}", 1, 9, "{{else}} is not inside of a block"),
        ("{{#if a}}{{else}}{{else}}{{/if}}", 1, 18, "{{else}} has no branch that it could follow"),
        ("{{#if a}}{{else}}{{else if b}}{{/if}}", 1, 18, "{{else}} has no branch that it could follow"),
        ("{{^if a}}{{else if b}}{{/if}}", 1, 10, "{{else}} has no branch that it could follow"),
        ("{{^a}}{{^}}{{^}}{{/a}}", 1, 12, "{{else}} has no branch that it could follow"),
        ("{{!-- a }}", 1, 1, "the comment has no end"),
        ("{{! a", 1, 1, "the comment has no end"),
        ("{{* a}}", 1, 1, 'only {{#*inline "name"}} is a decorator of SES'),
        ("{{#*a 'p'}}{{/a}}", 1, 1, 'only {{#*inline "name"}} is a decorator of SES'),
        ("{{#*inline p}}{{/inline}}", 1, 1, 'only {{#*inline "name"}} is a decorator of SES'),
        ("{{> p a b}}", 1, 1, "a partial has one context at most"),
        ("{{> p a", 1, 1, "the tag has no end"),
        ("{{#> (lookup . 'a')}}{{/lookup}}", 1, 22, "'lookup' is closed, but '' is open"),
        ("{{#if a}}" * 101 + "{{/if}}" * 101, 1, 901, "more than 100 blocks inside of each other"),
        ("{{#if a}}" + "{{else if a}}" * 101 + "{{/if}}", 1, 1297, "more than 100 blocks inside of each other"),
        ("{{a " + "(a " * 31 + ")" * 31 + "}}", 1, 96, "more than 30 parentheses inside of each other"),
    ],
)
def test_mistakes_are_named_with_their_place(text: str, line: int, column: int, problem: str) -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        parse(text)
    error = caught.value
    assert (error.line, error.column, error.problem) == (line, column, problem)
    assert str(error) == f"line {line}, column {column}: {problem}"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_blocks_may_be_in_each_other() -> None:
    text = "{{#if a}}" * 100 + "{{b}}" + "{{/if}}" * 100
    assert parse(text).render({"a": 1, "b": "x"}) == "x"
    chain = "{{#if a}}" + "{{else if a}}" * 98 + "{{else}}x{{/if}}"
    assert parse(chain).render({}) == "x"


def test_a_template_shows_its_text() -> None:
    assert repr(parse("{{a}}")) == "Template(source='{{a}}')"
    assert parse("{{a}}") == parse("{{a}}")


@pytest.mark.parametrize(
    "text", ["Hi {{name}}", "{{ user.name }}", "{{{a}}}{{&b}}", "{{./if}}", "", r"\{{a}}", "{{! a }}"]
)
def test_an_inline_template_may_have_variables(text: str) -> None:
    data = {"name": 1, "user": {"name": 1}, "a": 1, "b": 1, "if": 1}
    assert parse_inline(text).render(data) == parse(text).render(data)


@pytest.mark.parametrize(
    "text",
    [
        "{{#if a}}{{/if}}",
        "{{#a}}{{/a}}",
        "{{^a}}{{/a}}",
        "{{#each a}}{{/each}}",
        "{{lookup a 'b'}}",
        "{{log}}",
        "{{'log'}}",
        "{{helper x=1}}",
        "{{> p}}",
        "{{#*inline 'p'}}{{/inline}}",
        "{{#> p}}{{/p}}",
        "{{{{a}}}}{{{{/a}}}}",
    ],
)
def test_an_inline_template_may_have_nothing_else(text: str) -> None:
    with pytest.raises(UnsupportedOperation) as caught:
        parse_inline(text)
    assert str(caught.value) == "Template contains unsupported operations."
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_an_inline_template_with_a_syntax_error_is_refused_for_that() -> None:
    with pytest.raises(TemplateSyntaxError):
        parse_inline("{{#if")


def test_every_error_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="line 1"):
        parse("{{")
    assert issubclass(TemplateError, ValueError)
