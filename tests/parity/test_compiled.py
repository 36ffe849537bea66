"""The one pass that checks and encodes usual arguments gives what the long way gives, and accepts nothing more."""

import random
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies import arguments, inputs, runs

from sesv2kit import _api, errors
from sesv2kit._call import request as _request
from sesv2kit._core.model import Model
from sesv2kit._core.operation import Operation

ODD = (
    None,
    5,
    -1,
    0,
    1.5,
    float("nan"),
    True,
    "",
    "x",
    "x" * 5_000,
    "\ud800",
    "\x00",
    "é",
    b"",
    b"x",
    [],
    (),
    {},
    ["x"],
)


def rows() -> dict[str, Operation[Any]]:
    """Return the row of every operation whose arguments all travel in the body."""
    modules = (import_module(f"sesv2kit._api.{module.name}") for module in iter_modules(_api.__path__))
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Operation))
    return {row.name: row for row in found if _request._usual_encoder(row)}


ROWS = rows()


def long_way(operation: Operation[Any], given: dict[str, Any]) -> bytes | None:
    """Return the body that the long way makes; None if it refuses."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_request, "_usual_body", lambda *_: None)
        try:
            return _request.build_request(operation, given).body
        except errors.ParamValidationError:
            return None


def spoiled(value: Any, chance: random.Random) -> Any:
    """Return a value with something odd in it, somewhere."""
    if chance.random() < 0.2:
        return chance.choice(ODD)
    if isinstance(value, Model):
        names = [field.name for field in attrs.fields(type(value)) if field.init]
        name = chance.choice(names)
        return attrs.evolve(value, **{name: spoiled(getattr(value, name), chance)})
    if isinstance(value, list | tuple) and value:
        place = chance.randrange(len(value))
        return [*value[:place], spoiled(value[place], chance), *value[place + 1 :]]
    if isinstance(value, dict) and value:
        name = chance.choice(list(value))
        return {**value, name: spoiled(value[name], chance)}
    return chance.choice(ODD)


def complete(operation: Operation[Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return arguments as the generated methods pass them: all, with None for those that were left out."""
    return {argument.name: given.get(argument.name) for argument in operation.arguments}


@pytest.mark.parametrize("name", ROWS)
def test_one_pass_gives_the_bytes_of_the_long_way(name: str) -> None:
    row = ROWS[name]
    compared = 0

    @runs()
    @given(inputs(name), st.randoms(use_true_random=False))
    def compare(params: Any, chance: random.Random) -> None:
        nonlocal compared
        arguments_given = complete(row, arguments(name, params))
        usual = _request._usual_body(row, arguments_given)
        assert usual == long_way(row, arguments_given)
        compared += usual is not None
        for _ in range(5):
            odd = complete(row, {**arguments_given, **_one_spoiled(arguments_given, chance)})
            found = _request._usual_body(row, odd)
            assert found is None or found == long_way(row, odd), odd

    compare()
    assert compared


def _one_spoiled(given: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    name = chance.choice(list(given))
    return {name: spoiled(given[name], chance)}


def test_most_operations_with_a_body_take_the_short_way() -> None:
    assert {"SendEmail", "SendBulkEmail", "CreateEmailIdentity"} <= ROWS.keys()
