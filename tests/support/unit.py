"""What the unit tests share: sample values, a scripted transport, both clients, and a server of a few bytes."""

import copy
import inspect
import pickle
import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta, tzinfo
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal, Self, get_args, get_origin, overload

import attrs
import httpx

import sesv2kit._api
from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, models
from sesv2kit._core.model import Limits, Model, OpenEnum, Response, UnionModel, wire_of
from sesv2kit._core.operation import Operation
from sesv2kit._core.serde import core_type

REGION = "eu-west-1"
HOST = "email.eu-west-1.amazonaws.com"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
CREDENTIALS = Credentials("AKIDEXAMPLE", SECRET)
SETTINGS: dict[str, Any] = {"region": REGION, "credentials": CREDENTIALS}

Kind = Literal["sync", "async"]
KINDS: tuple[Kind, ...] = ("sync", "async")
AnyClient = SESv2Client | AsyncSESv2Client


class BrokenZone(tzinfo):
    """A time zone of the caller's own that does not work."""

    def utcoffset(self, _moment: datetime | None) -> timedelta:
        raise KeyError("Europe/Atlantis")


# Clients over a scripted transport ---------------------------------------------------------------

Answer = httpx.Response | Exception
Fault = Callable[[], Answer]


class Script:
    """A transport that gives its answers one after the other, and keeps the requests that it got."""

    def __init__(self, *answers: Answer | Fault) -> None:
        self._answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        assert self._answers, "one request more than there are answers"
        given = self._answers.pop(0)
        answer = given() if callable(given) else given
        if isinstance(answer, Exception):
            raise answer
        return answer


Handler = Callable[[httpx.Request], httpx.Response]


def sync_client(script: Handler, **settings: Any) -> SESv2Client:
    """Return a sync client over a scripted transport."""
    http_client = httpx.Client(transport=httpx.MockTransport(script))
    return SESv2Client(http_client=http_client, **(SETTINGS | settings))


def async_client(script: Handler, **settings: Any) -> AsyncSESv2Client:
    """Return an async client over a scripted transport."""
    http_client = httpx.AsyncClient(transport=httpx.MockTransport(script))
    return AsyncSESv2Client(http_client=http_client, **(SETTINGS | settings))


def any_client(kind: Kind, script: Handler, **settings: Any) -> AnyClient:
    """Return the client of a kind over a scripted transport."""
    return sync_client(script, **settings) if kind == "sync" else async_client(script, **settings)


@overload
def real_client(kind: Literal["sync"], url: str, **settings: Any) -> SESv2Client: ...
@overload
def real_client(kind: Kind, url: str, **settings: Any) -> AnyClient: ...
def real_client(kind: Kind, url: str, **settings: Any) -> AnyClient:
    """Return the client of a kind, with connections of its own to a URL."""
    made = SESv2Client if kind == "sync" else AsyncSESv2Client
    return made(**(SETTINGS | {"endpoint_url": url} | settings))


async def close(client: AnyClient) -> None:
    """Close either client."""
    if isinstance(client, SESv2Client):
        client.close()
    else:
        await client.aclose()


async def ask(client: AnyClient, method: str, **arguments: Any) -> Any:
    """Call a method of either client."""
    answer = getattr(client, method)(**arguments)
    return await answer if inspect.isawaitable(answer) else answer


def ok(members: Mapping[str, Any] | None = None) -> httpx.Response:
    """Return a good answer."""
    return httpx.Response(
        200, json={"MessageId": "m-1"} if members is None else members, headers={"x-amzn-RequestId": "req-1"}
    )


def refusal(status: int, code: str, message: str = "no") -> httpx.Response:
    """Return an answer that says no, as the service spells it."""
    headers = {"x-amzn-ErrorType": code, "x-amzn-RequestId": "req-1"}
    return httpx.Response(status, json={"message": message}, headers=headers)


def _broken(status: int, body: bytes) -> httpx.Response:
    """Return an answer that is no JSON object of the service's."""
    return httpx.Response(status, content=body, headers={"x-amzn-RequestId": "req-1"})


FAULTS: Mapping[str, Fault] = {
    "429": lambda: refusal(429, "TooManyRequestsException", "Maximum sending rate exceeded."),
    "throttling": lambda: refusal(400, "ThrottlingException"),
    "408": lambda: refusal(408, "RequestTimeoutException"),
    "503": lambda: _broken(503, b"<html>Service Unavailable</html>"),
    "503 from a proxy": lambda: httpx.Response(503, text="upstream connect error or disconnect/reset before headers"),
    "conflict": lambda: refusal(500, "ConcurrentModificationException"),
    "501": lambda: httpx.Response(501, text="Not Implemented"),
    "500": lambda: refusal(500, "InternalServiceErrorException"),
    "502": lambda: _broken(502, b"<html>Bad Gateway</html>"),
    "504": lambda: _broken(504, b""),
    "524": lambda: _broken(524, b"error code: 524"),
    "aborted": lambda: refusal(400, "RequestAbortedException"),
    "no connection": lambda: httpx.ConnectError("refused"),
    "connect timeout": lambda: httpx.ConnectTimeout(""),
    "pool timeout": lambda: httpx.PoolTimeout(""),
    "read timeout": lambda: httpx.ReadTimeout(""),
    "write timeout": lambda: httpx.WriteTimeout(""),
    "hung up": lambda: httpx.RemoteProtocolError("Server disconnected without sending a response."),
    "reset": lambda: httpx.ReadError("reset"),
    "write error": lambda: httpx.WriteError("broken pipe"),
    "truncated": lambda: _broken(200, b'{"MessageId": "01'),
    "not an object": lambda: _broken(200, b"[]"),
    "redirect": lambda: _broken(302, b""),
    "limit": lambda: refusal(400, "LimitExceededException", "Too many contact lists."),
    "daily quota": lambda: refusal(429, "TooManyRequestsException", "Daily message quota exceeded."),
    "daily quota, throttling": lambda: refusal(400, "ThrottlingException", "Daily message quota exceeded"),
    "paused": lambda: refusal(400, "SendingPausedException"),
    "not found": lambda: refusal(404, "NotFoundException"),
}
"""What can go wrong with one attempt."""


def access_key(request: httpx.Request) -> str:
    """Return the access key that signed a request."""
    found = re.search(r"Credential=([^/]+)/", request.headers["authorization"])
    assert found
    return found[1]


CONTENT = models.EmailContent(
    simple=models.Message(subject=models.Content(data="Hello"), body=models.Body(text=models.Content(data="Hi")))
)

CALLS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "send": ("send_email", {"content": CONTENT}),
    "read": ("get_account", {}),
    "write": ("create_contact_list", {"contact_list_name": "news"}),
    "idempotent": ("put_account_sending_attributes", {"sending_enabled": True}),
}
"""One call of each kind that retries tell apart."""


def copies(value: Any) -> list[Any]:
    """Return a value's copies: shallow, deep, and through every protocol of pickle."""
    pickled = [pickle.loads(pickle.dumps(value, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    return [copy.copy(value), copy.deepcopy(value), *pickled]


# Operations and sample values --------------------------------------------------------------------


def _operations() -> Iterator[Operation[Any]]:
    for module in iter_modules(sesv2kit._api.__path__):
        members = vars(import_module(f"sesv2kit._api.{module.name}"))
        yield from (value for value in members.values() if isinstance(value, Operation))


OPERATIONS: Sequence[Operation[Response]] = tuple(sorted({*_operations()}, key=lambda operation: operation.name))

MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
MOMENT_EPOCH = 1767323045
MOMENT_ISO = "2026-01-02T03:04:05Z"

# The first that fits a member's limits is used; the first of all shows whether everything is encoded.
_TEXTS = (
    "Zoë/1 +%&=?",
    "ann@example.net",
    "a-1",
    "Zm9v",
    "s3://bucket/key",
    "arn:aws:acm:eu-west-1:123456789012:certificate/abc",
    "arn:aws:ses:eu-west-1:123456789012:mailmanager-archive/a-abcdefghijklmnopqrstuvwx",
)


@attrs.frozen
class Sample:
    """A value as Python has it, and as JSON carries it."""

    value: Any
    wire: Any


def sample(tp: Any, limits: Limits | None = None, *, full: bool) -> Sample:
    """Return a valid value of a type; a full one has every member, the other one only what is required."""
    tp, limits = core_type(tp), limits or Limits()
    if get_origin(tp) is Sequence:
        item = sample(get_args(tp)[0], limits.item, full=full)
        count = limits.min_items or 1
        return Sample([item.value] * count, [item.wire] * count)
    if get_origin(tp) is Mapping:
        key_type, item_type = get_args(tp)
        key, item = sample(key_type, limits.key, full=full), sample(item_type, limits.value, full=full)
        return Sample({key.value: item.value}, {key.wire: item.wire})
    if issubclass(tp, Model):
        return _sample_model(tp, full=full)
    if issubclass(tp, OpenEnum):
        member = next(iter(tp))
        return Sample(member, member.value)
    if tp is int:
        number = max(limits.minimum or 0, 7)
        return Sample(number, number)
    if tp is str:
        text = next(text for text in _TEXTS if _fits(text, limits))
        return Sample(text, text)
    return {
        bool: Sample(True, True),
        float: Sample(0.5, 0.5),
        bytes: Sample(b"\x00\xffraw", "AP9yYXc="),
        datetime: Sample(MOMENT, MOMENT_EPOCH),
    }[tp]


def _fits(text: str, limits: Limits) -> bool:
    long_enough = (limits.min_length or 0) <= len(text) <= (limits.max_length or len(text))
    return long_enough and (limits.pattern is None or bool(re.fullmatch(limits.pattern, text, re.ASCII)))


def _sample_model(cls: type[Model], *, full: bool) -> Sample:
    values: dict[str, Any] = {}
    members: dict[str, Any] = {}
    is_union = issubclass(cls, UnionModel)
    for field in attrs.fields(cls):
        known = wire_of(field)
        if not known or known.output_only or (is_union and values):
            continue
        if full or is_union or field.default is attrs.NOTHING:
            member = sample(field.type, known.limits, full=full)
            values[field.name], members[known.name] = member.value, member.wire
    return Sample(cls(**values), members)


# A server of a few bytes -------------------------------------------------------------------------


class Loopback:
    """A server on this machine that reads one request a connection, answers with given bytes and hangs up."""

    def __init__(self, answer: bytes | None) -> None:
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.url = f"http://{self.host}"
        self.requests: list[bytes] = []
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # Closing a listening socket does not wake its `accept`, a connection does.
        with suppress(OSError):
            socket.create_connection(self._socket.getsockname()).close()
        self._thread.join()
        self._socket.close()
        for connection in self._open:
            connection.close()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            request = _read_request(connection)
            if not request:
                connection.close()
                return
            self.requests.append(request)
            if self._answer is None:
                self._open.append(connection)
            else:
                connection.sendall(self._answer)
                connection.close()


def _read_request(connection: socket.socket) -> bytes:
    """Return the bytes of one request; empty if the other side hung up before it was whole."""
    request = b""
    while True:
        head, end, body = request.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if end and len(body) >= (int(length[1]) if length else 0):
            return request
        received = connection.recv(65536)
        if not received:
            return b""
        request += received


@contextmanager
def loopback(answer: bytes | None) -> Iterator[Loopback]:
    """Serve the bytes of one answer to every request; None serves none and keeps the line open."""
    with Loopback(answer) as server:
        yield server
