"""Random answers are read as botocore reads them, and models lose nothing on the way to the wire and back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx
import pytest
from botocore import xform_name
from botocore.parsers import create_parser
from hypothesis import given
from hypothesis import strategies as st
from support.strategies import (
    EXAMPLES,
    MODEL,
    OPERATIONS,
    PROOFS,
    UNKNOWN,
    answers,
    arguments,
    inputs,
    python_name,
    runs,
    values,
)

from sesv2kit import Credentials, SESv2Client, models

PARSER: Final = create_parser("rest-json")
MODELS: Final = tuple(
    name for name in MODEL.shape_names if MODEL.shape_for(name).type_name == "structure" and name in models.__all__
)


class Service:
    """A service that answers every call with the same bytes."""

    def __init__(self) -> None:
        """Make it, and a client that calls it."""
        self.body = b""
        transport = httpx.MockTransport(lambda _: httpx.Response(200, content=self.body))
        credentials = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        self._client = SESv2Client(
            region="eu-west-1", credentials=credentials, http_client=httpx.Client(transport=transport)
        )

    def answer(self, operation: str, params: Mapping[str, Any], body: bytes) -> Any:
        """Return what our method makes of an answer."""
        self.body = body
        return getattr(self._client, xform_name(operation))(**arguments(operation, params))


@pytest.fixture(scope="module")
def service() -> Service:
    """The service of all tests here."""
    return Service()


def assert_same(shape: Any, ours: Any, theirs: Any) -> None:
    """Compare a value of ours with botocore's, attribute by attribute."""
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            value = getattr(ours, python_name(name))
            if name in theirs:
                assert_same(member, value, theirs[name])
            else:
                assert value is None or value == (), f"{shape.name}.{name} is not in the answer"
    elif shape.type_name == "list":
        assert isinstance(ours, Sequence)
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            assert_same(shape.member, one, other)
    elif shape.type_name == "map":
        assert ours.keys() == theirs.keys()
        for key, other in theirs.items():
            assert_same(shape.value, ours[key], other)
    else:
        assert ours == theirs
        assert isinstance(ours, python_type(shape, theirs))


def python_type(shape: Any, theirs: Any) -> type:
    """Return what our value must be; botocore gives no enums, and leaves a JSON number as it is."""
    if "enum" in shape.metadata:
        found: type = getattr(models, shape.name)
        return found
    return float if shape.type_name == "double" else type(theirs)


@pytest.mark.parametrize("operation", OPERATIONS)
@runs()
@given(data=st.data())
def test_an_answer_is_read_as_botocore_reads_it(service: Service, operation: str, data: st.DataObject) -> None:
    params, answer = data.draw(inputs(operation)), data.draw(answers(operation))
    body = json.dumps(answer).encode()
    shape = MODEL.operation_model(operation).output_shape
    theirs = PARSER.parse({"status_code": 200, "headers": {}, "body": body}, shape)
    ours = service.answer(operation, params, body)
    has_members = bool(shape and shape.members)
    assert type(ours) is (getattr(models, f"{operation}Response") if has_members else models.EmptyResponse)
    assert_same(shape, ours, theirs)
    assert ours.extra == unknown_members(answer)


@pytest.mark.parametrize("name", MODELS)
@runs(EXAMPLES // 2)
@given(data=st.data())
def test_a_model_loses_nothing_between_the_wire_and_the_wire(name: str, data: st.DataObject) -> None:
    members = {**PROOFS.get(name.removesuffix("Response"), {}), **data.draw(values(name, wire=True))}
    model = models.from_wire(getattr(models, name), members)
    assert models.to_wire(model) == members
    assert model.extra == unknown_members(members)


def test_every_model_goes_to_the_wire_and_back() -> None:
    classes = {name for name in models.__all__ if hasattr(getattr(models, name), "extra")}
    assert set(MODELS) == classes - {"EmptyResponse"}


def unknown_members(members: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members that no model has."""
    return {name: member for name, member in members.items() if name == UNKNOWN}
