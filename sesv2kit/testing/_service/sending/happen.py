"""Something happens to a mail: an event is kept, and the mail's status follows."""

from collections.abc import Mapping
from typing import Any

from ....events import Event, State, Status, advance, parse
from ....events.event import wire_body
from ....events.parsing import BY_TYPE
from ..mail_log import StoredEvent, StoredMail
from ..world import World
from .mail_object import mail_object


def happen(world: World, mail: StoredMail, kind: str, body: Mapping[str, Any]) -> StoredEvent:
    """Keep an event of a mail, which gives the mail its status.

    Args:
        world: The state of the service.
        mail: The mail.
        kind: The `eventType`.
        body: The body, as SES writes it.
    """
    moment = world.now.timestamp()
    if kind != "Send":  # the status with which a mail begins
        state = _after(mail.status, kind, body)
        if state != mail.status:
            world.mails.set_status(mail, state)
    event = StoredEvent(message_id=mail.message_id, type=kind, occurred_at=moment, body=body)
    world.add_event(mail, event)
    return event


def _after(state: Any, kind: str, body: Mapping[str, Any]) -> State:
    (event,) = parse({"eventType": kind, "mail": {}, _member(kind): body})
    return advance(Status(frozenset({state})), event).state or state


def _member(kind: str) -> str:
    return wire_body(BY_TYPE[kind].body_name)


def wire_event(world: World, mail: StoredMail, event: StoredEvent) -> dict[str, Any]:
    """Return an event as SES publishes it."""
    return {"eventType": event.type, "mail": mail_object(world, mail, event), _member(event.type): event.body}


def typed_event(world: World, mail: StoredMail, event: StoredEvent) -> Event:
    """Return an event as `sesv2kit.events` reads it."""
    return parse(wire_event(world, mail, event))[0]
