"""The short way to read usual responses gives what cattrs gives, and accepts nothing more."""

import json
import random
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies import EXAMPLES, answers, runs

from sesv2kit import _api, models
from sesv2kit._core.compiled import UnusualError
from sesv2kit._core.model import Model
from sesv2kit._core.operation import Operation
from sesv2kit._core.readers import read_usual
from sesv2kit._core.serde import decode_fitting

ODD = (
    None,
    5,
    -1,
    1.0,
    1.5,
    1e300,
    10**400,
    float("nan"),
    True,
    "",
    "x",
    "AP8=",
    "é",
    [],
    {},
    ["x"],
    [None],
    {"x": None},
)


def outputs() -> dict[str, type[Model]]:
    """Return the class of the response of every operation that returns something."""
    modules = (import_module(f"sesv2kit._api.{module.name}") for module in iter_modules(_api.__path__))
    rows = (value for module in modules for value in vars(module).values() if isinstance(value, Operation))
    return {row.name: row.output() for row in rows if row.output() is not models.EmptyResponse}


OUTPUTS = outputs()


def read(cls: type[Model], members: Any) -> Model | None:
    """Return what the short way makes of members; None if it leaves them to cattrs."""
    try:
        return read_usual(cls, members)
    except UnusualError:
        return None


def spoiled(value: Any, chance: random.Random) -> Any:
    """Return JSON with something odd in it, somewhere."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        if chance.random() < 0.1:
            return {**value, "Unheard": chance.choice(ODD)}
        name = chance.choice(list(value))
        if chance.random() < 0.1:
            return {key: member for key, member in value.items() if key != name}
        return {**value, name: spoiled(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        place = chance.randrange(len(value))
        return [*value[:place], spoiled(value[place], chance), *value[place + 1 :]]
    return chance.choice(ODD)


@pytest.mark.parametrize("name", OUTPUTS)
def test_both_ways_give_the_same_model(name: str) -> None:
    cls = OUTPUTS[name]
    usual = 0

    @runs(EXAMPLES // 5)
    @given(answers(name), st.randoms(use_true_random=False))
    def compare(members: Any, chance: random.Random) -> None:
        nonlocal usual
        for given_members in (members, *(spoiled(members, chance) for _ in range(5))):
            if isinstance(given_members, dict):
                found = read(cls, given_members)
                expected, misfits = decode_fitting(cls, given_members)
                if found is not None:
                    usual += 1
                    assert not misfits
                    # The repr as well, for 1 equals True and 1.0.
                    assert (found, repr(found)) == (expected, repr(expected)), json.dumps(given_members)

    compare()
    assert usual


def test_what_is_odd_is_left_to_cattrs() -> None:
    for members in ({"SendQuota": []}, {"SendingEnabled": 1}, {"SendQuota": {"Max24HourSend": "5"}}):
        assert read(models.GetAccountResponse, members) is None
    assert read(models.GetEmailIdentityResponse, {"Tags": [{"Key": "x"}]}) is None
    assert read(models.ListContactsResponse, {"Contacts": {}}) is None
    assert read(models.GetEmailIdentityResponse, {"Policies": []}) is None
    assert read(models.GetContactResponse, {"CreatedTimestamp": "2026-01-01"}) is None
    assert read(models.GetContactResponse, {"CreatedTimestamp": 1e300}) is None
