"""The defaults are those that the reference names."""

import ast
import inspect
import re
from collections.abc import Callable

import pytest

from sesv2kit.fleet import Mailing, SharedJournal

_ARGUMENT = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)
_DEFAULT = re.compile(r"\bDefault:\s+(\d+|True|False|None)\b")


def named_defaults(documented: object) -> dict[str, object]:
    """Return the defaults that a docstring names, by argument."""
    arguments = (inspect.getdoc(documented) or "").partition("Args:")[2]
    return {
        name: ast.literal_eval(default[1])
        for name, words in _ARGUMENT.findall(arguments)
        if (default := _DEFAULT.search(words))
    }


@pytest.mark.parametrize(
    ("documented", "count"),
    [
        (Mailing, 7),
        (Mailing.accept_failover, 1),
        (Mailing.enrol, 1),
        (Mailing.outcomes, 1),
        (Mailing.work, 1),
        (SharedJournal, 3),
        (SharedJournal.accept_failover, 1),
    ],
)
def test_each_default_is_the_one_in_the_reference(documented: Callable[..., object], count: int) -> None:
    defaults = named_defaults(documented)
    assert len(defaults) == count
    parameters = inspect.signature(documented).parameters
    assert {name: parameters[name].default for name in defaults} == defaults
