"""Pure: an operation and its arguments become a request."""

import json
import os
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from .._core.compiled import LARGE_BLOBS, Member, UnusualError, object_encoder
from .._core.exceptions import ParamValidationError, Problem
from .._core.model import ABSENT, NO_LIMITS, is_sequence
from .._core.operation import Argument, Operation
from .._core.serde import encoder, iso8601, plain_text
from .._core.validation import Check, broken_rules, check_extra_members, check_for, required, under

if TYPE_CHECKING:
    from .._core.blobs import LargeBody, Replace

_UNRESERVED = "-_.~"
_WITHOUT_BODY = ("GET", "DELETE")


class Request:
    """A request without its host, its time and its signature."""

    __slots__ = ("body", "method", "path", "query")

    def __init__(self, method: str, path: str, query: str, body: "bytes | LargeBody") -> None:
        self.method: str = method
        self.path: str = path
        """Percent-encoded."""
        self.query: str = query
        """Percent-encoded, without the question mark; empty for none."""
        self.body: bytes | LargeBody = body


class LargeArgumentsError(Exception):
    """The arguments hold such large blobs that encoding them would block other tasks for too long."""


class _Compiled:
    """An argument with its check and the encoder of its JSON form."""

    __slots__ = ("argument", "check", "encode")

    def __init__(self, argument: Argument, check: Check, encode: Callable[[Any], Any]) -> None:
        self.argument: Argument = argument
        self.check: Check = check
        self.encode: Callable[[Any], Any] = encode


@cache
def _compiled(operation: Operation[Any]) -> tuple[_Compiled, ...]:
    def compiled(argument: Argument) -> _Compiled:
        tp = argument.type()
        return _Compiled(argument, check_for(tp, argument.limits), encoder(tp))

    return tuple(map(compiled, operation.arguments))


@cache
def _usual_encoder(operation: Operation[Any]) -> Callable[[Mapping[str, Any]], str] | None:
    """Return the function that checks and encodes usual arguments; None unless all of them travel in the body."""
    arguments = operation.arguments
    if not arguments or any(argument.location != "body" for argument in arguments):
        return None
    members = [
        Member(
            f"value[{argument.name!r}]",
            argument.wire_name,
            argument.required,
            argument.type(),
            argument.limits or NO_LIMITS,
        )
        for argument in arguments
    ]
    return object_encoder(operation.name, "False", members)


def _usual_body(operation: Operation[Any], arguments: Mapping[str, Any]) -> bytes | None:
    """Return the body of a request whose arguments are usual; None if the general path has to check them."""
    encode = _usual_encoder(operation)
    if encode is None:
        return None
    try:
        body = encode(arguments).encode("ascii")
    except UnusualError:
        return None
    return None if operation.rules and broken_rules(operation.rules, arguments.__getitem__) else body


def build_request(
    operation: Operation[Any],
    arguments: Mapping[str, Any],
    *,
    check_limits: bool = True,
    extra_members: Mapping[str, Any] | None = None,
    large: bool = False,
) -> Request:
    """Check the arguments and serialise them.

    Args:
        operation: The operation's row.
        arguments: Values by Python name; None means that the argument was not given.
        check_limits: False skips documented limits (lengths, ranges, sizes, patterns).
        extra_members: Members that the operation's row does not have, by wire name.
        large: Whether to take large blobs, too, which takes a few milliseconds for each megabyte.

    Raises:
        ParamValidationError: Something is missing, has the wrong type, or is past a limit.
        LargeArgumentsError: There are large blobs, and `large` is False.
    """
    usual = _usual_body(operation, arguments) if check_limits and not extra_members else None
    if usual is not None:
        return Request(operation.method, operation.path, "", usual)
    has_large_blobs = _size_of_blobs(operation, arguments) > LARGE_BLOBS
    if has_large_blobs and not large:
        raise LargeArgumentsError
    problems = argument_problems(operation, arguments, check_limits=check_limits)
    extra = extra_members or {}
    problems += under("options['extra_members']", _extra_problems(operation, extra)) if extra else ()
    if problems:
        raise ParamValidationError(operation.name, problems)
    return (_large_request if has_large_blobs else _request)(operation, arguments, extra)


def _request(operation: Operation[Any], arguments: Mapping[str, Any], extra: Mapping[str, Any]) -> Request:
    """Serialise arguments that were checked."""
    path = operation.path
    query: list[tuple[str, str]] = []
    members: dict[str, Any] = {}
    for member in _compiled(operation):
        argument = member.argument
        value = arguments[argument.name]
        if not _is_given(argument, value):
            continue
        if argument.location == "body":
            members[argument.wire_name] = member.encode(value)
        elif argument.location == "path":
            path = path.replace("{" + argument.wire_name + "}", quote(_text(value), safe=_UNRESERVED))
        else:
            query += _pairs(argument.wire_name, value)
    if operation.method in _WITHOUT_BODY:
        query += [pair for name, value in extra.items() for pair in _pairs(name, value)]
    else:
        members |= extra
    return Request(
        operation.method,
        path,
        "&".join(f"{quote(name, safe=_UNRESERVED)}={quote(text, safe=_UNRESERVED)}" for name, text in query),
        _body(members) if members or _has_body(operation) else b"",
    )


@cache
def _blob_replacers(operation: Operation[Any]) -> "Sequence[tuple[str, Callable[[Any, Replace], Any]]]":
    """Return the functions that replace the blobs in each argument that may have some."""
    from .._core.blobs import blob_replacer

    replacers = [(argument.name, blob_replacer(argument.type())) for argument in operation.arguments]
    return [(name, replace_all) for name, replace_all in replacers if replace_all]


def _size_of_blobs(operation: Operation[Any], arguments: Mapping[str, Any]) -> int:
    """Return how many bytes the blobs in arguments have. The arguments were not checked yet."""
    sizes: list[int] = []

    def count(blob: Any) -> Any:
        with suppress(ValueError):  # a memoryview that was released, which the check refuses
            sizes.append(memoryview(blob).nbytes)
        return blob

    for name, replace_all in _blob_replacers(operation):
        replace_all(arguments.get(name), count)
    return sum(sizes)


def _large_request(operation: Operation[Any], arguments: Mapping[str, Any], extra: Mapping[str, Any]) -> Request:
    """Serialise arguments with large blobs: with a marker instead of each blob, at which the body is then split."""
    from .._core.blobs import LargeBody

    blobs: list[bytes] = []
    marker = os.urandom(24)  # random, so that no text contains it

    def take_out(blob: Any) -> bytes:
        blobs.append(bytes(blob))  # copies only what can change until it is sent
        return marker

    marked = {name: replace_all(arguments[name], take_out) for name, replace_all in _blob_replacers(operation)}
    request = _request(operation, {**arguments, **marked}, extra)
    texts = cast(bytes, request.body).split(b64encode(marker))
    return Request(request.method, request.path, request.query, LargeBody(texts, blobs))


def _problems(member: _Compiled, value: Any, check_limits: bool) -> list[Problem]:
    argument = member.argument
    found = member.check(value, check_limits)
    if not found and argument.location == "path" and value in ("", ".", ".."):
        # With any of them, the URL would be that of another resource.
        return [Problem(argument.name, f"can't be {str(value)!r}, as it is a part of the request's path")]
    return under(argument.name, found)


def _is_given(argument: Argument, value: Any) -> bool:
    return value is not None and (argument.required or value is not ABSENT)


def argument_problems(operation: Operation[Any], arguments: Mapping[str, Any], *, check_limits: bool) -> list[Problem]:
    """Return everything that is wrong with the arguments of a call; one that is None or missing was not given."""
    problems: list[Problem] = []
    for member in _compiled(operation):
        argument = member.argument
        value = arguments.get(argument.name)
        if _is_given(argument, value):
            problems += _problems(member, value, check_limits)
        elif argument.required:
            problems.append(required(argument.name))
    if check_limits and not problems:
        problems += broken_rules(operation.rules, arguments.get)
    return problems


def _extra_problems(operation: Operation[Any], extra: Mapping[str, Any]) -> Sequence[Problem]:
    known = {argument.wire_name: argument.name for argument in operation.arguments}
    problems = check_extra_members(extra, known)
    if problems or operation.method not in _WITHOUT_BODY:
        return problems
    values = {name: value if is_sequence(value) else [value] for name, value in extra.items()}
    message = f"must be a str, a number, a bool or a list of these, as it travels in the query of a {operation.method}"
    return [
        Problem(f"[{name!r}]", message)
        for name, items in values.items()
        if not all(isinstance(item, str | int | float) for item in items)
    ]


def _pairs(name: str, value: Any) -> list[tuple[str, str]]:
    """Return an argument as it is sent in the query; a list repeats its name."""
    return [(name, _text(item)) for item in value] if is_sequence(value) else [(name, _text(value))]


@cache
def _has_body(operation: Operation[Any]) -> bool:
    """An operation with members in the body sends one even if it is empty, as botocore does."""
    return any(argument.location == "body" for argument in operation.arguments)


def _body(members: Mapping[str, Any]) -> bytes:
    return json.dumps(members).encode("ascii")


def _text(value: Any) -> str:
    """Return a value as it is sent in a path or a query."""
    if isinstance(value, datetime):
        return iso8601(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return plain_text(value)
    return json.dumps(value)  # a number; a subclass may have a `__str__` of its own
