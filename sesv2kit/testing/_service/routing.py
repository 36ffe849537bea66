"""A request of the wire becomes an operation and its arguments."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from types import ModuleType
from typing import Any, Final, get_args, get_origin
from urllib.parse import parse_qsl, unquote

import attrs

from ... import _api, errors
from ..._call.request import argument_problems
from ..._core.compiled import UnusualError
from ..._core.json_object import parse_object
from ..._core.model import Model, is_mapping, is_sequence, wire_of
from ..._core.operation import Argument, Operation
from ..._core.readers import Read, usual_reader
from ..._core.serde import WireError, core_type, decode_value
from . import constraints

_OLDER_PATHS: Final[Mapping[tuple[str, str], str]] = {
    ("GET", "/v2/email/identities"): "ListEmailIdentities",
    ("GET", "/v2/email/configuration-sets"): "ListConfigurationSets",
    ("GET", "/v2/email/import-jobs"): "ListImportJobs",
    ("GET", "/v2/email/contact-lists/{ContactListName}/contacts"): "ListContacts",
    ("PUT", "/v1/email/identities/{EmailIdentity}/dkim/signing"): "PutEmailIdentityDkimSigningAttributes",
}
"""Where older SDKs have operations that have moved. The lists have tokens and sizes in the query, filters in the body.

Of botocore's models, 1.29 has all of them, and 1.40 those of identities and configuration sets.
"""
_PLACE: Final = re.compile(r"\{(\w+)\}")
_INTEGER: Final = re.compile(r"-?[0-9]{1,19}")


@attrs.frozen(eq=False)
class Route:
    """An operation, and where it is handled."""

    operation: Operation[Any]
    domain: str
    method_name: str
    """The name of the clients' method, and of the function that handles it."""


@attrs.frozen(eq=False)
class _Found:
    route: Route
    values: Mapping[str, str]
    """The arguments of the path, by their wire names."""


@cache
def routes() -> tuple[Route, ...]:
    """Return the route of every operation."""
    return tuple(
        Route(row, domain, name.lower()) for domain in _api.DOMAINS for name, row in _rows(getattr(_api, domain))
    )


def _rows(module: ModuleType) -> list[tuple[str, Operation[Any]]]:
    return [(name, row) for name, row in vars(module).items() if isinstance(row, Operation)]


@cache
def _by_path() -> tuple[dict[tuple[str, str], Route], dict[tuple[str, int], list[tuple[tuple[str, ...], Route]]]]:
    """Return the routes without arguments in the path, and the others by their number of segments."""
    fixed: dict[tuple[str, str], Route] = {}
    others: dict[tuple[str, int], list[tuple[tuple[str, ...], Route]]] = {}
    by_name = {route.operation.name: route for route in routes()}
    places = [(route.operation.method, route.operation.path, route) for route in routes()]
    places += [(method, path, by_name[name]) for (method, path), name in _OLDER_PATHS.items()]
    for method, path, route in places:
        if "{" not in path:
            fixed[method, path] = route
        else:
            segments = tuple(path.split("/"))
            others.setdefault((method, len(segments)), []).append((segments, route))
    return fixed, others


def _find(method: str, path: str) -> _Found | None:
    fixed, others = _by_path()
    if route := fixed.get((method, path)):
        return _Found(route, {})
    segments = path.split("/")
    for pattern, route in others.get((method, len(segments)), ()):
        values: dict[str, str] = {}
        for place, segment in zip(pattern, segments, strict=True):
            if name := _PLACE.fullmatch(place):
                if not segment:
                    break
                values[name[1]] = unquote(segment)
            elif place != segment:
                break
        else:
            return _Found(route, values)
    return None


def read_request(method: str, path: str, query: str, body: bytes) -> tuple[Route, dict[str, Any]]:
    """Return the route of a request and the arguments that were given, by their Python names.

    Args:
        method: The HTTP method.
        path: The path, percent-encoded.
        query: The query, percent-encoded, without the question mark.
        body: The body.

    Raises:
        UnknownOperationException: No operation has this method and path.
        BadRequestException: The request can't be read, or breaks a documented limit.
    """
    found = _find(method, path)
    if found is None:
        raise errors.UnknownOperationException("The requested operation is not recognized by the service.")
    route = found.route
    is_older = method != route.operation.method
    arguments = _arguments(route.operation, found.values, query, body, is_older=is_older)
    problems = argument_problems(route.operation, arguments, check_limits=True)
    if problems:
        # The service ignores members that it does not know, at any depth.
        arguments = {name: without_extra(value) for name, value in arguments.items()}
        problems = argument_problems(route.operation, arguments, check_limits=True)
    problems += constraints.unknown_values(route.operation, arguments)
    if problems:
        raise errors.BadRequestException(constraints.message(problems))
    return route, arguments


def without_extra(value: Any) -> Any:
    """Return an argument without the members that its models don't know."""
    if isinstance(value, Model):
        # `evolve` leaves `extra` behind.
        known = [field.name for field in attrs.fields(type(value)) if wire_of(field)]
        return attrs.evolve(value, **{name: without_extra(getattr(value, name)) for name in known})
    if is_sequence(value):
        return [without_extra(item) for item in value]
    if is_mapping(value):
        return {name: without_extra(item) for name, item in value.items()}
    return value


def _arguments(
    operation: Operation[Any], values: Mapping[str, str], query: str, body: bytes, *, is_older: bool
) -> dict[str, Any]:
    try:
        members = parse_object(body)
        pairs = parse_qsl(query, keep_blank_values=True) if query else []
        found: dict[str, Any] = {}
        for argument, read in _readers(operation):
            if argument.location == "body" and not (is_older and argument.wire_name not in members):
                value = members.get(argument.wire_name)
            elif argument.location == "path":
                value = values[argument.wire_name]
            else:
                value = _of_query(argument, [text for name, text in pairs if name == argument.wire_name])
            if value is not None:
                found[argument.name] = _read_argument(argument, read, value)
    except WireError as error:
        raise errors.BadRequestException(f"Could not parse request body into json: {error}") from None
    return found


@cache
def _readers(operation: Operation[Any]) -> tuple[tuple[Argument, Read], ...]:
    return tuple((argument, usual_reader(core_type(argument.type()))) for argument in operation.arguments)


def _read_argument(argument: Argument, read: Read, value: Any) -> Any:
    try:
        return read(value)
    except UnusualError:
        return decode_value(argument.type(), value, argument.wire_name)


def _of_query(argument: Argument, texts: Sequence[str]) -> Any:
    """Return what the texts of a query mean as JSON has it; None if there are none."""
    if not texts:
        return None
    tp = argument.type()
    if get_origin(core_type(tp)) is Sequence:
        return [_scalar(get_args(core_type(tp))[0], text) for text in texts]
    return _scalar(tp, texts[-1])


def _scalar(tp: Any, text: str) -> Any:
    return _SCALARS.get(core_type(tp), str)(text)


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise WireError("expected a number")
    return int(text)


def _time(text: str) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        raise WireError("expected a time of ISO 8601") from None


_SCALARS: Final[Mapping[Any, Callable[[str], Any]]] = {int: _integer, datetime: _time}
