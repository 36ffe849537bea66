"""What became of the mails about orders, with the signals of sesv2kit."""

from typing import Any

from django.dispatch import receiver

from sesv2kit.django import signals
from sesv2kit.events import BounceEvent, ComplaintEvent, DeliveryEvent

orders: dict[str, str] = {}


@receiver([signals.delivered, signals.bounced, signals.complained])
def on_event(event: DeliveryEvent | BounceEvent | ComplaintEvent, **_more: Any) -> None:
    """Note the latest event of each order."""
    for order in event.tags.get("order", ()):
        for recipient in event.recipients:
            orders[order] = f"{event.type} {recipient}"
