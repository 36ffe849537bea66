"""Signals for what becomes of mails. Each is sent with the class of the event as its sender, and with `event`.

    @receiver(signals.bounced)
    def on_bounce(event, **details): ...

What a receiver raises makes SNS deliver the event again.
"""

from collections.abc import Mapping
from typing import Final

from django.dispatch import Signal

from .. import events

event_received: Final = Signal()
"""Every event."""
sent: Final = Signal()
delivered: Final = Signal()
bounced: Final = Signal()
complained: Final = Signal()
rejected: Final = Signal()
delayed: Final = Signal()
opened: Final = Signal()
clicked: Final = Signal()
rendering_failed: Final = Signal()
subscription_changed: Final = Signal()

BY_CLASS: Final[Mapping[type[events.Event], Signal]] = {
    events.SendEvent: sent,
    events.DeliveryEvent: delivered,
    events.BounceEvent: bounced,
    events.ComplaintEvent: complained,
    events.RejectEvent: rejected,
    events.DeliveryDelayEvent: delayed,
    events.OpenEvent: opened,
    events.ClickEvent: clicked,
    events.RenderingFailureEvent: rendering_failed,
    events.SubscriptionEvent: subscription_changed,
}


def send(event: events.Event) -> None:
    """Send the signals of an event; an error of a receiver is raised."""
    event_received.send(sender=type(event), event=event)
    if signal := BY_CLASS.get(type(event)):
        signal.send(sender=type(event), event=event)
