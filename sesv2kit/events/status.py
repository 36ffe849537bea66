"""Pure: the status of one mail for one recipient, whatever the order in which events come."""

from collections.abc import Iterable
from typing import Final, Literal, cast

import attrs

from .._core.exceptions import ConfigurationError
from .._core.settings import Rule, check_settings
from .event import (
    BounceEvent,
    ClickEvent,
    ComplaintEvent,
    DeliveryDelayEvent,
    DeliveryEvent,
    Event,
    OpenEvent,
    RejectEvent,
    RenderingFailureEvent,
    SendEvent,
)
from .handlers import check_event

State = Literal["sent", "delayed", "delivered", "opened", "clicked", "failed", "rejected", "bounced", "complained"]

_RANK: Final[tuple[State, ...]] = (
    "sent",
    "delayed",
    "delivered",
    "opened",
    "clicked",
    "failed",
    "rejected",
    "bounced",
    "complained",
)
"""Lowest first."""
_STATES: Final[dict[type[Event], State]] = {
    SendEvent: "sent",
    DeliveryDelayEvent: "delayed",
    DeliveryEvent: "delivered",
    OpenEvent: "opened",
    ClickEvent: "clicked",
    RenderingFailureEvent: "failed",
    RejectEvent: "rejected",
    BounceEvent: "bounced",
    ComplaintEvent: "complained",
}
_PROGRESS: Final = frozenset(_RANK[:5])


_KNOWN: Final = frozenset[str](_RANK)


def _read_states(given: Iterable[State | str]) -> frozenset[State]:
    states = frozenset[str](given)
    if not states <= _KNOWN:
        raise ConfigurationError(f"the states of a status must be among {', '.join(_RANK)}")
    return cast("frozenset[State]", states)


@attrs.frozen
class Status:
    """What is known of one mail to one recipient.

    Args:
        states: What happened so far, in any order. Store it as you like, for example as
            `text = ",".join(sorted(status.states))`, which `Status(text.split(","), is_hard_bounce)` reads.
        is_hard_bounce: Whether a bounce was a hard one.

    Raises:
        ConfigurationError: There is no such state.
    """

    states: frozenset[State] = attrs.field(default=frozenset(), converter=_read_states)
    is_hard_bounce: bool = False

    @property
    def state(self) -> State | None:
        """The state that outranks the others; None if nothing is known.

        `sent` < `delayed` < `delivered` < `opened` < `clicked` < `failed` < `rejected` < `bounced` < `complained`.
        """
        return max(self.states, key=_RANK.index, default=None)

    @property
    def progress(self) -> State | None:
        """How far the mail came, whatever happened afterwards: `delivered` stays with a bounce that follows."""
        return max(self.states & _PROGRESS, key=_RANK.index, default=None)


_RULES: Final = {"status": Rule(lambda value: value is None or isinstance(value, Status), "must be a Status, or None")}


def advance(status: Status | None, event: Event) -> Status:
    """Return the status of one mail to one recipient after an event.

    The result does not depend on the order of the events, nor on how often each comes. Call it for each of
    `event.recipients`; an Open or a Click does not say whose it is, so it belongs to every recipient or to none, as you
    decide.

    Args:
        status: The status before; None for none.
        event: An event of that mail. Kinds that say nothing of a delivery, such as Subscription, change nothing.

    Raises:
        ConfigurationError: One of them is something else.
    """
    check_event(event)
    check_settings(_RULES, {"status": status})
    status = status or Status()
    state = _STATES.get(type(event))
    if state is None:
        return status
    is_hard = isinstance(event, BounceEvent) and event.is_hard
    return Status(status.states.union((state,)), status.is_hard_bounce or is_hard)
