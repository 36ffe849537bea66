"""Small functions, with values that few requests hold."""

import math
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module

import attrs
import httpx
import pytest

from sesv2kit import convert, models
from sesv2kit._core import compiled
from sesv2kit._core.callbacks import is_sync_function
from sesv2kit._core.json_object import parse_object
from sesv2kit._core.lazy import lazy_property
from sesv2kit._core.model import NO_LIMITS, UnionModel, wire
from sesv2kit._core.serde import WireError
from sesv2kit._transport import through_httpx


def test_numbers_are_written_as_json_has_them() -> None:
    assert compiled._float(1.5) == "1.5"
    assert compiled._float(2) == "2"
    assert compiled._int(2) == "2"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnionOfOne(UnionModel):
    """A union to which no second member was added yet."""

    text: str | None = attrs.field(default=None, metadata=wire("Text"))


def test_a_union_may_have_one_member() -> None:
    encode = compiled.json_encoder(UnionOfOne, NO_LIMITS)
    assert encode(UnionOfOne(text="some")) == '{"Text": "some"}'
    with pytest.raises(compiled.UnusualError):
        encode(UnionOfOne())


@pytest.mark.parametrize("value", [math.nan, math.inf, "1", True, None])
def test_a_number_that_is_unusual_takes_the_long_way(value: object) -> None:
    with pytest.raises(compiled.UnusualError):
        compiled._float(value)


@pytest.mark.parametrize("value", [True, 1.0, "1"])
def test_an_integer_that_is_unusual_takes_the_long_way(value: object) -> None:
    with pytest.raises(compiled.UnusualError):
        compiled._int(value)


@pytest.mark.parametrize("value", ["now", datetime(2026, 1, 2)])  # noqa: DTZ001
def test_a_time_that_is_unusual_takes_the_long_way(value: object) -> None:
    with pytest.raises(compiled.UnusualError):
        compiled._datetime(value)


@pytest.mark.parametrize("value", ["text", memoryview(b"x")])
def test_bytes_that_are_unusual_take_the_long_way(value: object) -> None:
    with pytest.raises(compiled.UnusualError):
        compiled._bytes(value)


def test_an_attribute_that_is_computed_once_is_documented_on_the_class() -> None:
    class Box:
        @lazy_property
        def size(self) -> float:
            """The size."""
            return time.monotonic()

    assert Box.size.__doc__ == "The size."
    box = Box()
    assert box.size == box.size


def test_maps_go_from_boto3_s_form_and_back() -> None:
    query = {
        "Id": "1",
        "Namespace": "VDM",
        "Metric": "SEND",
        "Dimensions": {"ISP": "any"},
        "StartDate": datetime(2026, 1, 2, tzinfo=UTC),
        "EndDate": datetime(2026, 1, 2, tzinfo=UTC) + timedelta(days=1),
    }
    arguments = convert.arguments("BatchGetMetricData", {"Queries": [query]})
    assert arguments["queries"][0].dimensions == {"ISP": "any"}
    assert convert.request("BatchGetMetricData", arguments) == {"Queries": [query]}


def test_a_bytearray_goes_into_boto3_s_form_as_bytes() -> None:
    raw = models.RawMessage(data=bytearray(b"x"))
    request = convert.request("SendEmail", {"content": models.EmailContent(raw=raw)})
    assert type(request["Content"]["Raw"]["Data"]) is bytes


def test_a_body_that_arrives_after_the_deadline_is_a_timeout() -> None:
    with pytest.raises(httpx.ReadTimeout):
        through_httpx._add(bytearray(), b"x", 10, time.monotonic() - 1)


def test_the_module_of_the_clients_has_nothing_else() -> None:
    with pytest.raises(AttributeError, match="OtherClient"):
        import_module("sesv2kit.client").OtherClient  # noqa: B018


@pytest.mark.parametrize("encoding", ["ascii", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("space", ["", " \n"])
def test_the_body_of_a_response_is_json_in_any_encoding_of_unicode(encoding: str, space: str) -> None:
    assert parse_object((space + '{"a": [1]}' + space).encode(encoding)) == {"a": [1]}


@pytest.mark.parametrize("text", ['{"a": 1} x', '{"a": 1', "[1]", "nothing"])
def test_a_body_that_is_not_one_json_object_is_refused(text: str) -> None:
    with pytest.raises(WireError):
        parse_object(text.encode())


async def _coroutine() -> None:
    pass


async def _generator() -> AsyncIterator[None]:
    yield


class _AsyncCall:
    async def __call__(self) -> None:
        pass


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (print, True),
        (lambda: None, True),
        (partial(print, 1), True),
        (_AsyncCall, True),
        (_AsyncCall(), False),
        (_coroutine, False),
        (partial(_coroutine), False),
        (_generator, False),
        (None, False),
        ("print", False),
    ],
)
def test_a_function_that_would_have_to_be_awaited_is_known(value: object, *, expected: bool) -> None:
    assert is_sync_function(value) is expected
