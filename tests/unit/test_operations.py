"""Every operation, sync and async: the request that a call makes, and the response that it gives."""

import inspect
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, quote

import attrs
import httpx
import pytest
import respx
from botocore import xform_name
from support.unit import HOST, MOMENT_ISO, OPERATIONS, Sample, sample

from sesv2kit import AsyncSESv2Client, SESv2Client, models
from sesv2kit._core.model import EmptyResponse, Response
from sesv2kit._core.operation import Argument, Operation
from sesv2kit._core.rules import NeededForDomain

ANSWER_HEADERS = {"x-amzn-RequestId": "7f1c", "x-extra": "kept"}


@attrs.frozen(eq=False)
class Case:
    """A call of an operation with some of its arguments."""

    label: str
    operation: Operation[Any]
    arguments: Sequence[Argument]
    full: bool

    def __str__(self) -> str:
        return f"{self.operation.name}-{self.label}"

    def samples(self) -> list[tuple[Argument, Sample]]:
        """Return the arguments with their values."""
        return [(argument, sample(argument.type(), argument.limits, full=self.full)) for argument in self.arguments]

    def values(self) -> dict[str, Any]:
        """Return what the caller passes."""
        return {argument.name: given.value for argument, given in self.samples()}

    def response(self) -> Sample:
        """Return what the service responds with: everything, or nothing but what shows that a mail was taken."""
        output = self.operation.output()
        if self.full or self.operation.kind == "send":
            return sample(output, full=True)
        return Sample(None, {})


# A multi-region endpoint has a host and a signature of its own, so its argument is left out here.
ELSEWHERE = "endpoint_id"


def _cases() -> list[Case]:
    cases: list[Case] = []
    for operation in OPERATIONS:
        everything = [argument for argument in operation.arguments if argument.name != ELSEWHERE]
        needed = [rule.members[1] for rule in operation.rules if isinstance(rule, NeededForDomain)]
        minimal = [argument for argument in everything if argument.required or argument.name in needed]
        cases.append(Case("minimal", operation, minimal, full=False))
        cases.append(Case("full", operation, everything, full=True))
    return cases


CASES = _cases()
each_case = pytest.mark.parametrize("case", CASES, ids=str)
each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)


def _as_text(given: Sample) -> str:
    """Return a value as a path or a query carries it."""
    return MOMENT_ISO if isinstance(given.value, datetime) else str(given.wire)


def _as_pairs(wire_name: str, given: Sample) -> list[tuple[str, str]]:
    """Return the query's pairs of one argument; a list repeats its name."""
    if isinstance(given.wire, list):
        return [(wire_name, str(item)) for item in given.wire]
    return [(wire_name, _as_text(given))]


def assert_request(case: Case, request: httpx.Request) -> None:
    """Assert that a request is the documented one, with every given member in its place."""
    path = case.operation.path
    query: list[tuple[str, str]] = []
    members: dict[str, Any] = {}
    for argument, given in case.samples():
        if argument.location == "body":
            members[argument.wire_name] = given.wire
        elif argument.location == "path":
            path = path.replace("{" + argument.wire_name + "}", quote(_as_text(given), safe=""))
        else:
            query += _as_pairs(argument.wire_name, given)
    sent_path, _, sent_query = request.url.raw_path.decode("ascii").partition("?")
    assert (request.method, sent_path) == (case.operation.method, path)
    assert "+" not in sent_query
    assert parse_qsl(sent_query, keep_blank_values=True, strict_parsing=bool(sent_query)) == query
    assert json.loads(request.content or b"{}") == members
    assert request.headers.get("content-type") == ("application/json" if request.content else None)
    assert request.headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")


def assert_response(case: Case, response: Response) -> None:
    """Assert that a response is the documented model, filled with what was sent, and has its metadata."""
    assert type(response) is case.operation.output()
    assert isinstance(response, Response)
    if case.full:
        assert response == case.response().value
        assert not response.extra
    assert response.metadata.request_id == "7f1c"
    assert response.metadata.status_code == 200
    assert response.metadata.attempts == 1
    assert response.metadata.headers["x-extra"] == "kept"


def _route(respx_mock: respx.MockRouter, case: Case) -> respx.Route:
    response = httpx.Response(200, json=case.response().wire, headers=ANSWER_HEADERS)
    return respx_mock.route(host=HOST, path__startswith="/v2/email/").mock(return_value=response)


@each_case
def test_a_call_makes_the_documented_request_and_reads_its_response(
    case: Case, client: SESv2Client, respx_mock: respx.MockRouter
) -> None:
    route = _route(respx_mock, case)
    response = getattr(client, xform_name(case.operation.name))(**case.values())
    assert_request(case, route.calls.last.request)
    assert_response(case, response)


@pytest.mark.anyio
@each_case
async def test_an_async_call_makes_the_same_request_and_reads_the_same_response(
    case: Case, async_client: AsyncSESv2Client, respx_mock: respx.MockRouter
) -> None:
    route = _route(respx_mock, case)
    async with async_client:
        response = await getattr(async_client, xform_name(case.operation.name))(**case.values())
    assert_request(case, route.calls.last.request)
    assert_response(case, response)


def test_each_operation_has_its_own_request() -> None:
    requests: dict[tuple[str, str], list[str]] = {}
    for operation in OPERATIONS:
        requests.setdefault((operation.method, operation.path), []).append(operation.name)
    assert [names for names in requests.values() if len(names) > 1] == []
    assert {"SendEmail", "GetAccount", "TagResource"} <= {operation.name for operation in OPERATIONS}


def _methods(client: type[Any]) -> dict[str, str]:
    """Return the signature of every method, without what differs between async and sync."""
    functions = inspect.getmembers(client, inspect.isfunction)
    signatures = {name: str(inspect.signature(function)) for name, function in functions if not name.startswith("_")}
    return {
        name: signature.replace("AsyncPaginator[", "Paginator[").replace("Awaitable[None] | None]", "None]")
        for name, signature in signatures.items()
    }


def test_both_clients_have_the_same_methods_with_the_same_signatures() -> None:
    sync_methods, async_methods = _methods(SESv2Client), _methods(AsyncSESv2Client)
    del sync_methods["close"], async_methods["aclose"]
    assert sync_methods == async_methods
    assert {xform_name(operation.name) for operation in OPERATIONS} <= set(sync_methods)


@each_operation
def test_every_argument_is_keyword_only_and_only_the_required_ones_have_no_default(operation: Operation[Any]) -> None:
    method = getattr(SESv2Client, xform_name(operation.name))
    self, *parameters = inspect.signature(method).parameters.values()
    assert self.name == "self"
    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    defaults = {parameter.name: parameter.default for parameter in parameters}
    expected = {
        argument.name: inspect.Parameter.empty if argument.required else None for argument in operation.arguments
    }
    assert defaults == expected | {"options": None}
    assert parameters[-1].name == "options"


@each_operation
def test_the_docstring_of_every_method_has_its_arguments_result_and_errors(operation: Operation[Any]) -> None:
    for client in (SESv2Client, AsyncSESv2Client):
        doc = inspect.getdoc(getattr(client, xform_name(operation.name))) or ""
        for argument in operation.arguments:
            assert f"{argument.name}: " in doc
        for section in ("Args:", "Raises:"):
            assert section in doc


def test_an_operation_without_a_response_returns_the_shared_empty_response() -> None:
    empty = [operation for operation in OPERATIONS if operation.output() is models.EmptyResponse]
    assert models.EmptyResponse is EmptyResponse
    assert "DeleteContact" in {operation.name for operation in empty}
    for operation in set(OPERATIONS) - set(empty):
        assert operation.output() is getattr(models, f"{operation.name}Response")
