"""One request: routed, handled, and turned into a response."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, Literal

import attrs

from ... import errors
from ..._core.exceptions import APIError
from ..._core.http import RawResponse
from ..._core.model import Response
from ..faults import Fault, Faults, error_of
from . import operations, responses
from .operations.account import end_due_review
from .operations.identities import verify_due_domains
from .operations.jobs import finish_due_jobs
from .routing import Route, read_request
from .world import World

Handler = Callable[..., Response]
_SENDING: Final = ("bulk_messages", "messages")
"""The domains whose operations keep the bytes of their requests."""


@attrs.frozen
class Exchange:
    """What a connection does with a request: the response, and what goes wrong with it."""

    response: RawResponse
    operation: str | None = None
    """The operation; None if the request is for none."""
    broken: Literal["refuse_connection", "lose_request", "lose_answer", "truncate"] | None = None
    """How the connection breaks, if it does."""
    delay: float = 0.0
    """After how many seconds the response comes."""


@cache
def find_handler(route: Route) -> Handler | None:
    """Return the function that handles an operation; None if it is not modelled."""
    name = f"{operations.__name__}.{route.domain}"
    return getattr(import_module(name), route.method_name, None) if find_spec(name) else None


def exchange(world: World, faults: Faults, method: str, path: str, query: str, body: bytes) -> Exchange:
    """Handle a request. The caller holds the lock of the database."""
    request_id = world.new_id()
    operation: str | None = None
    try:
        route, arguments = read_request(method, path, query, body)
        operation = route.operation.name
        end_due_review(world)
        verify_due_domains(world)
        finish_due_jobs(world)
        fault = faults.take(operation)
        if fault:
            return _with_fault(world, route, arguments, body, fault, request_id)
        return Exchange(responses.of_model(_handle(world, route, arguments, body), request_id), operation)
    except APIError as error:
        return Exchange(responses.of_error(error, request_id), operation)


def _handle(world: World, route: Route, arguments: dict[str, Any], body: bytes) -> Response:
    handler = find_handler(route)
    if handler is None:
        raise errors.InternalFailure(f"{route.operation.name} is not modelled by this fake of SES.", status_code=501)
    if route.domain in _SENDING:
        world.database.collect()
        return handler(world, body, **arguments)
    return handler(world, **arguments)


def _with_fault(
    world: World, route: Route, arguments: dict[str, Any], body: bytes, fault: Fault, request_id: str
) -> Exchange:
    operation = route.operation.name
    if fault.kind == "error":
        raise error_of(fault)
    if fault.kind == "status":
        return Exchange(responses.page_of_proxy(fault.status or 503), operation)
    if fault.kind in ("refuse_connection", "lose_request"):
        return Exchange(responses.page_of_proxy(503), operation, broken=fault.kind)
    response = responses.of_model(_handle(world, route, arguments, body), request_id)
    broken = None if fault.kind == "stall" else fault.kind
    return Exchange(response, operation, broken=broken, delay=fault.seconds)
