"""Which event destinations an event goes to."""

from collections.abc import Sequence

from .... import models
from ..mail_log import StoredMail
from ..records import ConfigurationSet
from ..world import World


def matching_name(event_type: str) -> str:
    """Return how event destinations name a kind of event: `Rendering Failure` is `RENDERING_FAILURE`."""
    return _NAMES.get(event_type, event_type.replace(" ", "_").upper())


_NAMES = {"DeliveryDelay": "DELIVERY_DELAY"}


def destinations_of(world: World, mail: StoredMail, event_type: str) -> Sequence[models.EventDestination]:
    """Return the destinations of a mail's configuration set that want an event.

    Args:
        world: The state of the service.
        mail: The mail.
        event_type: The `eventType`.
    """
    name = mail.facts.get("configuration_set")
    configuration_set = world.records(ConfigurationSet).get(name) if name else None
    if configuration_set is None:
        return ()
    wanted = matching_name(event_type)
    return [
        destination
        for destination in configuration_set.destinations
        if destination.enabled and wanted in destination.matching_event_types
    ]
