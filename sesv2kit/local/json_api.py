"""The JSON API of the local service, for tests in any language: `/_local/...`, and `/_aws/ses` as LocalStack has it."""

import base64
import json
from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any, Final, cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .._core.exceptions import ConfigurationError
from ..events import Event
from ..testing import FakeSES, SentMail
from .inbox import search

_MAX_LIMIT: Final = 1000
_MAX_BODY: Final = 1024 * 1024
"""How many bytes the arguments of a request may have."""
_FAULTS: Final = ("throttle", "lose_request", "lose_answer", "truncate")
_FAULT_MEMBERS: Final = ("operation", "times", "kind", "code", "message", "seconds", "status")
_ACTIONS: Final = ("deliver", "bounce", "complain", "delay", "open", "click", "unsubscribe")


class JsonApi:
    """The routes of the JSON API.

    Args:
        fake: The service.
    """

    def __init__(self, fake: FakeSES) -> None:
        self._fake = fake

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/_local/messages", self.list_messages, methods=["GET"]),
            Route("/_local/messages", self.delete_messages, methods=["DELETE"]),
            Route("/_local/messages/{id}", self.get_message, methods=["GET"]),
            Route("/_local/messages/{id}", self.delete_message, methods=["DELETE"]),
            Route("/_local/messages/{id}/{action}", self.act, methods=["POST"]),
            Route("/_local/events", self.list_events, methods=["GET"]),
            Route("/_local/faults", self.list_faults, methods=["GET"]),
            Route("/_local/faults", self.add_fault, methods=["POST"]),
            Route("/_local/faults", self.clear_faults, methods=["DELETE"]),
            Route("/_local/clock", self.get_clock, methods=["GET"]),
            Route("/_local/clock", self.advance_clock, methods=["POST"]),
            Route("/_local/sns", self.get_sns, methods=["GET"]),
            Route("/_local/reset", self.reset, methods=["POST"]),
            Route("/_aws/ses", self.list_as_localstack, methods=["GET"]),
            Route("/_aws/ses", self.delete_messages, methods=["DELETE"]),
        ]

    async def list_messages(self, request: Request) -> Response:
        """List the newest mails: `query`, `before`, `limit`."""
        try:
            before = _whole(request.query_params.get("before"))
            limit = max(1, min(_whole(request.query_params.get("limit")) or 50, _MAX_LIMIT))
            text = request.query_params.get("query", "")
            found = await run_in_threadpool(search, self._fake, text, before=before, limit=limit)
        except ConfigurationError as error:
            return _refused(str(error))
        return JSONResponse(
            {
                "messages": [summary(mail) for mail in found.mails],
                "total": found.total,
                "unread": found.unread,
                "next_before": found.next_before,
            }
        )

    async def get_message(self, request: Request) -> Response:
        """Return a mail with its parts, its events and its raw message in base64."""
        mail = self._find(request)
        return JSONResponse(await run_in_threadpool(details, mail)) if mail else _missing()

    async def delete_message(self, request: Request) -> Response:
        """Delete a mail and its events."""
        with self._fake.world.database.lock:
            deleted = self._fake.world.mails.delete(request.path_params["id"])
        return JSONResponse({}) if deleted else _missing()

    async def delete_messages(self, _request: Request) -> Response:
        """Delete all mails and events. Resources stay."""
        with self._fake.world.database.lock:
            self._fake.world.mails.clear()
            self._fake.world.events.clear()
        return JSONResponse({})

    async def act(self, request: Request) -> Response:
        """Let something happen to a mail: the action, and its arguments as JSON."""
        action = request.path_params["action"]
        if action not in _ACTIONS:
            return _refused(f"there is no action {action!r}; there are {', '.join(_ACTIONS)}", 404)
        mail = self._find(request)
        if mail is None:
            return _missing()
        arguments = await _members(request)
        if arguments is None:
            return _refused("the body must be a JSON object")
        try:
            act: Callable[..., Event] = getattr(self._fake, action)
            _check_arguments(act, arguments)
            event = await run_in_threadpool(act, mail, **arguments)
        except ConfigurationError as error:
            return _refused(str(error))
        return JSONResponse(dict(event.raw))

    async def list_events(self, request: Request) -> Response:
        """List the events, oldest first, those after a number if `after` names one."""
        try:
            after = _whole(request.query_params.get("after")) or 0
        except ConfigurationError as error:
            return _refused(str(error))
        events = await run_in_threadpool(lambda: self._fake.events[after : after + _MAX_LIMIT])
        return JSONResponse({"events": [dict(event.raw) for event in events], "next_after": after + len(events)})

    async def list_faults(self, _request: Request) -> Response:
        """List the faults that still apply."""
        pending = self._fake.faults.pending
        return JSONResponse(
            {
                "faults": [
                    {"operation": name, "left": left, "kind": fault.kind}
                    | ({"code": fault.code} if fault.code is not None else {})
                    for name, left, fault in pending
                ]
            }
        )

    async def add_fault(self, request: Request) -> Response:
        """Add a fault: `operation`, `times` (null for all), `kind`, and what the kind needs."""
        members = await _members(request)
        if members is None:
            return _refused("the body must be a JSON object")
        try:
            add_fault(self._fake, members)
        except ConfigurationError as error:
            return _refused(str(error))
        return JSONResponse({}, 201)

    async def clear_faults(self, _request: Request) -> Response:
        """Remove all faults."""
        self._fake.faults.clear()
        return JSONResponse({})

    async def get_clock(self, _request: Request) -> Response:
        """Return the time of the service."""
        return JSONResponse({"now": self._fake.clock.now.isoformat()})

    async def advance_clock(self, request: Request) -> Response:
        """Move the clock ahead by `seconds`."""
        members = await _members(request) or {}
        try:
            self._fake.clock.advance(float(members["seconds"]))
        except (ConfigurationError, KeyError, TypeError, ValueError, OverflowError):
            return _refused("seconds must be a number of at least 0, and the clock goes to the year 9998 at most")
        return JSONResponse({"now": self._fake.clock.now.isoformat()})

    async def get_sns(self, _request: Request) -> Response:
        """Return what a receiver of webhooks verifies them with: the topic, and the certificate by its address."""
        sns = self._fake.sns
        try:
            certificates = await run_in_threadpool(lambda: sns.certificates)
        except ConfigurationError as error:  # the extra that signs is missing
            return _refused(str(error), 501)
        return JSONResponse(
            {
                "topic_arn": sns.topic_arn,
                "certificates": {url: certificate.decode("ascii") for url, certificate in certificates.items()},
            }
        )

    async def reset(self, _request: Request) -> Response:
        """Forget everything."""
        await run_in_threadpool(self._fake.reset)
        return JSONResponse({})

    async def list_as_localstack(self, request: Request) -> Response:
        """List mails in the form that users of LocalStack know: `id` and `email` narrow it."""
        wanted, sender = request.query_params.get("id"), request.query_params.get("email")
        found = await run_in_threadpool(search, self._fake, "", limit=_MAX_LIMIT)
        messages = [
            as_localstack(self._fake, mail)
            for mail in reversed(found.mails)
            if wanted in (None, mail.message_id) and sender in (None, mail.sender)
        ]
        return JSONResponse({"messages": messages})

    def _find(self, request: Request) -> SentMail | None:
        return find(self._fake, request.path_params["id"])


def find(fake: FakeSES, message_id: str) -> SentMail | None:
    """Return a mail by its id."""
    with fake.world.database.lock:
        stored = fake.world.mails.find(message_id)
    return SentMail(fake.world, stored) if stored else None


def summary(mail: SentMail) -> dict[str, Any]:
    """Return what a list shows of a mail."""
    return {
        "id": mail.message_id,
        "sent_at": mail.sent_at.isoformat(),
        "from": mail.sender,
        "to": mail.to,
        "cc": mail.cc,
        "bcc": mail.bcc,
        "subject": mail.subject,
        "tags": dict(mail.tags),
        "template": mail.template,
        "configuration_set": mail.configuration_set,
        "tenant": mail.tenant,
        "status": mail.status,
    }


def details(mail: SentMail) -> dict[str, Any]:
    """Return all that there is of a mail."""
    return summary(mail) | {
        "reply_to": mail.reply_to,
        "text": mail.text,
        "html": mail.html,
        "headers": [list(pair) for pair in mail.headers],
        "links": mail.links,
        "template_data": mail.template_data,
        "attachments": [
            {
                "file_name": attachment.file_name,
                "content_type": attachment.content_type,
                "content_id": attachment.content_id,
                "size": len(attachment.data),
                "data": base64.b64encode(attachment.data).decode("ascii"),
            }
            for attachment in mail.attachments
        ],
        "events": [dict(event.raw) for event in mail.events],
        "raw": base64.b64encode(mail.raw).decode("ascii"),
    }


def as_localstack(fake: FakeSES, mail: SentMail) -> dict[str, Any]:
    """Return a mail in the form of LocalStack's `/_aws/ses`."""
    return {
        "Id": mail.message_id,
        "Region": fake.region,
        "Timestamp": mail.sent_at.isoformat(),
        "Source": mail.sender,
        "Destination": {"ToAddresses": mail.to, "CcAddresses": mail.cc, "BccAddresses": mail.bcc},
        "Subject": mail.subject,
        "Body": {"text_part": mail.text, "html_part": mail.html},
        "RawData": mail.raw.decode("utf-8", "replace"),
    }


def add_fault(fake: FakeSES, members: Mapping[str, Any]) -> None:
    """Add a fault out of JSON: `operation`, `times` (None for all), `kind`, and what the kind needs."""
    if unknown := [name for name in members if name not in _FAULT_MEMBERS]:
        raise ConfigurationError(f"there is no member {unknown[0][:50]!r}; there are {', '.join(_FAULT_MEMBERS)}")
    rule = fake.faults.on(members.get("operation", "*"))
    times = members.get("times", 1)
    rule = rule.always() if times is None else rule.times(times)
    kind = members.get("kind")
    if kind in _FAULTS:
        getattr(rule, kind)()
    elif kind == "error":
        rule.error(members.get("code", "InternalServiceErrorException"), members.get("message", ""))
    elif kind == "stall":
        rule.stall(members.get("seconds", 1))
    elif kind == "status":
        rule.status(members.get("status", 503))
    else:
        raise ConfigurationError(f"kind must be one of {', '.join((*_FAULTS, 'error', 'stall', 'status'))}")


async def _members(request: Request) -> dict[str, Any] | None:
    """Return the members of a request's body, none for an empty one; None if it is not a JSON object or too large."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MAX_BODY:
            return None
    try:
        members: object = json.loads(body or b"{}")
        json.dumps(members, ensure_ascii=False).encode()  # surrogates without their other halves are no text
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", members) if isinstance(members, dict) else None


def _check_arguments(act: Callable[..., Event], arguments: Mapping[str, object]) -> None:
    """Check that an action takes arguments.

    Raises:
        ConfigurationError: It does not.
    """
    known = [name for name in signature(act).parameters if name != "mail"]
    for name, value in arguments.items():
        if name not in known:
            raise ConfigurationError(f"there is no argument {name[:50]!r}; there are {', '.join(known)}")
        if name == "recipients":
            kind, fits = (
                "a list of addresses",
                isinstance(value, list) and all(isinstance(one, str) for one in cast("list[object]", value)),
            )
        elif name == "is_bot":
            kind, fits = "true or false", isinstance(value, bool)
        else:
            kind, fits = "a text", isinstance(value, str)
        if not fits:
            raise ConfigurationError(f"{name} must be {kind}")


def _whole(text: str | None) -> int | None:
    if text is None or text == "":
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ConfigurationError(f"{text[:50]!r} is not a whole number of at least 0")
    return int(text)


def _refused(message: str, status: int = 400) -> Response:
    return JSONResponse({"message": message}, status)


def _missing() -> Response:
    return _refused("there is no such mail", 404)
