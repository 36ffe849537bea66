"""Whatever bytes come back, only a model or an error of the package comes out."""

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.strategies import EXAMPLES
from support.unit import CONTENT, MOMENT, async_client, sample, sync_client

from sesv2kit import errors, models
from sesv2kit._core.model import Model

QUERY = models.BatchGetMetricDataQuery(id="q", namespace="VDM", metric="SEND", start_date=MOMENT, end_date=MOMENT)
CALLS: dict[str, dict[str, Any]] = {
    "send_email": {"content": CONTENT},
    "get_account": {},
    "list_contacts": {"contact_list_name": "news"},
    "get_email_identity": {"email_identity": "example.com"},
    "batch_get_metric_data": {"queries": [QUERY]},
}
OUTPUTS: dict[str, type[Model]] = {
    "send_email": models.SendEmailResponse,
    "get_account": models.GetAccountResponse,
    "list_contacts": models.ListContactsResponse,
    "get_email_identity": models.GetEmailIdentityResponse,
    "batch_get_metric_data": models.BatchGetMetricDataResponse,
}
DEEP = 100_000


@attrs.frozen
class RawResponse:
    """What the service, or something in between, sends back."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def __call__(self, _request: httpx.Request) -> httpx.Response:
        # As a stream, so that the client decodes the body, as it does with one from the network.
        return httpx.Response(self.status, headers=self.headers, stream=httpx.ByteStream(self.body))


# Bodies ------------------------------------------------------------------------------------------

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**30), 2**63, 1e308, float("nan"), float("inf"), float("-inf")])
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["NotFoundException", "ns#MessageRejected", "\ud800", "x\udfff", "\x00", "2026-01-02T03:04:05Z"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
ERROR_MEMBERS = st.dictionaries(st.sampled_from(["__type", "code", "Code", "message", "Message"]), JSON_VALUES)


def _dump(value: Any) -> bytes:
    """Return JSON with NaN, Infinity and lone surrogates in it, if the value has them."""
    return json.dumps(value).encode()


@st.composite
def mutated_responses(draw: st.DrawFn, method: str) -> bytes:
    """Draw a full and valid response in which one thing was replaced, dropped or cut."""
    response = copy.deepcopy(sample(OUTPUTS[method], full=True).wire)
    places = _places(response)
    holder, key = places[draw(st.integers(0, len(places) - 1))]
    if draw(st.booleans()):
        holder[key] = draw(JSON_VALUES)
    else:
        del holder[key]
    body = bytearray(_dump(response))
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(body)))
        body[start : start + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(body[: draw(st.sampled_from([None, None, len(body) // 2]))])


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every place inside parsed JSON, as what holds it and its key there."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [place for key in keys for place in [(value, key), *_places(value[key])]]


def bodies(method: str) -> st.SearchStrategy[bytes]:
    """Return all sorts of bodies."""
    parsed = JSON_VALUES | ERROR_MEMBERS
    return (
        st.binary(max_size=64)
        | parsed.map(_dump)
        | mutated_responses(method)
        | parsed.map(lambda value: b"\xef\xbb\xbf" + _dump(value))
        | parsed.map(lambda value: json.dumps(value).encode("utf-16"))
        | st.sampled_from(
            [b"", b"null", b"[]", b"{", b'{"a":' * DEEP, b"[" * DEEP, b"[" * DEEP + b"]" * DEEP, b"9" * 5000]
        )
    )


# Heads -------------------------------------------------------------------------------------------

HEADER_VALUES = st.binary(max_size=24) | st.sampled_from(
    [b"NotFoundException", b"ns#ThrottlingException:http://x/", b"gzip", b"br", b"deflate", b"identity, gzip", b"-1"]
)
HEADERS = st.lists(
    st.tuples(
        st.sampled_from([b"x-amzn-errortype", b"x-amzn-requestid", b"retry-after", b"content-type", b"date", b"X-Odd"])
        | st.just(b"content-encoding"),
        HEADER_VALUES,
    ),
    max_size=4,
)
STATUSES = (
    st.just(200)
    | st.sampled_from([201, 204, 301, 304, 400, 403, 404, 413, 429, 500, 502, 503, 504, 599])
    | st.integers(200, 999)
)


def replies(method: str) -> st.SearchStrategy[RawResponse]:
    """Return all sorts of responses to a method of the client."""
    return st.builds(RawResponse, STATUSES, HEADERS, bodies(method))


def _check_outcome(method: str, outcome: Any) -> None:
    """Assert that what came out of a call is the method's model or an error, and as usable as any other."""
    if isinstance(outcome, errors.SESv2Error):
        assert isinstance(outcome, errors.APIError | errors.ResponseError | errors.AmbiguousSendError)
        assert type(pickle.loads(pickle.dumps(outcome))) is type(outcome)
        assert str(outcome)
    else:
        assert type(outcome) is OUTPUTS[method]
        assert repr(outcome)
        assert isinstance(hash(outcome), int)
        assert models.to_wire(outcome) is not None


# What must be tried each time.
NASTY = [
    *[(status, [], b'{"a":' * DEEP) for status in (200, 400, 503)],
    *[(status, [], b"[" * DEEP) for status in (200, 400, 503)],
    *[(status, [], b'{"x": ' + b"[" * 200 + b"]" * 200 + b"}") for status in (200, 400)],
    *[(status, [], b'{"message": "\\ud800", "MessageId": "\\udfff"}') for status in (200, 400)],
    *[(status, [], b'{"message": "\xff"}') for status in (200, 400)],
    *[(status, [], b"9" * 5000) for status in (200, 400)],
    *[(status, [(b"content-encoding", b"gzip")], b"\x1f\x8b broken") for status in (200, 400, 503)],
]


def fuzz(max_examples: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that gives all sorts of responses to a test of `method` and `response`."""

    def decorate(test: Callable[..., Any]) -> Callable[..., Any]:
        drawn = st.sampled_from(sorted(CALLS)).flatmap(lambda method: st.tuples(st.just(method), replies(method)))
        fuzzed = given(drawn=drawn)(test)
        for method in CALLS:
            for status, headers, body in NASTY:
                fuzzed = example(drawn=(method, RawResponse(status, headers, body)))(fuzzed)
        # The fixture that hides the machine's AWS settings need not run for each response.
        checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
        return settings(max_examples=max_examples, suppress_health_check=checks)(fuzzed)

    return decorate


@fuzz(max_examples=50 * EXAMPLES)
def test_any_response_gives_a_model_or_an_error_of_the_package(drawn: tuple[str, RawResponse]) -> None:
    method, response = drawn
    try:
        outcome: Any = getattr(sync_client(response, retry_mode="off"), method)(**CALLS[method])
    except errors.SESv2Error as error:
        outcome = error
    _check_outcome(method, outcome)


# On trio, httpx leaves its byte stream to the garbage collector when it can't decode, and trio warns of that.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.anyio
@fuzz(max_examples=6 * EXAMPLES)
async def test_any_response_gives_a_model_or_an_error_of_the_package_on_the_async_client(
    anyio_backend: str, drawn: tuple[str, RawResponse]
) -> None:
    method, response = drawn
    try:
        outcome = await getattr(async_client(response, retry_mode="off"), method)(**CALLS[method])
    except errors.SESv2Error as error:
        outcome = error
    _check_outcome(method, outcome)
