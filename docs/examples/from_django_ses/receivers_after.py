"""The receivers, with the signals of sesv2kit."""

from typing import Any

from django.dispatch import receiver

from sesv2kit.django import signals
from sesv2kit.events import BounceEvent, ComplaintEvent

unwanted: set[str] = set()


@receiver(signals.bounced)
def on_bounce(event: BounceEvent, **_details: Any) -> None:
    """Remember the addresses that do not exist."""
    if event.is_hard:
        unwanted.update(event.recipients)


@receiver(signals.complained)
def on_complaint(event: ComplaintEvent, **_details: Any) -> None:
    """Remember who does not want mail."""
    unwanted.update(event.recipients)
