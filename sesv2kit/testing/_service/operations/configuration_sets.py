"""Configuration sets and their event destinations."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from .... import errors, models
from ..paging import listing, page
from ..records import ConfigurationSet
from ..world import World
from .dedicated_ips import find_pool
from .names import check_name

_MAX_DESTINATIONS: Final = 10


def find_configuration_set(world: World, name: str) -> ConfigurationSet:
    """Return a configuration set, or raise NotFoundException."""
    found = world.records(ConfigurationSet).get(name)
    if found is None:
        raise errors.NotFoundException(f"Configuration set <{name}> does not exist.")
    return found


def _change(world: World, name: str, **options: Any) -> models.EmptyResponse:
    found = find_configuration_set(world, name)
    attributes = attrs.evolve(found.attributes, **options)
    world.records(ConfigurationSet)[name] = attrs.evolve(found, attributes=attributes)
    return models.EmptyResponse()


def create_configuration_set(
    world: World,
    *,
    configuration_set_name: str,
    tracking_options: models.TrackingOptions | None = None,
    delivery_options: models.DeliveryOptions | None = None,
    reputation_options: models.ReputationOptions | None = None,
    sending_options: models.SendingOptions | None = None,
    tags: Sequence[models.Tag] = (),
    suppression_options: models.SuppressionOptions | None = None,
    vdm_options: models.VdmOptions | None = None,
    archiving_options: models.ArchivingOptions | None = None,
    message_security_options: models.MessageSecurityOptions | None = None,
) -> models.EmptyResponse:
    """Keep a new configuration set with its options."""
    check_name("configuration set", configuration_set_name)
    if configuration_set_name in world.records(ConfigurationSet):
        raise errors.AlreadyExistsException(f"Configuration set <{configuration_set_name}> already exists.")
    if delivery_options and delivery_options.sending_pool_name:
        find_pool(world, delivery_options.sending_pool_name)
    attributes = models.GetConfigurationSetResponse(
        configuration_set_name=configuration_set_name,
        tracking_options=tracking_options,
        delivery_options=delivery_options or models.DeliveryOptions(tls_policy="OPTIONAL"),
        reputation_options=reputation_options or models.ReputationOptions(reputation_metrics_enabled=False),
        sending_options=sending_options or models.SendingOptions(sending_enabled=True),
        tags=tags,
        suppression_options=suppression_options,
        vdm_options=vdm_options,
        archiving_options=archiving_options,
        message_security_options=message_security_options,
    )
    world.records(ConfigurationSet)[configuration_set_name] = ConfigurationSet(
        name=configuration_set_name, attributes=attributes, created_at=world.now
    )
    return models.EmptyResponse()


def get_configuration_set(world: World, *, configuration_set_name: str) -> models.GetConfigurationSetResponse:
    """Return a configuration set with all its options."""
    return find_configuration_set(world, configuration_set_name).attributes


def update_configuration_set(
    world: World,
    *,
    configuration_set_name: str,
    message_security_options: models.MessageSecurityOptions | None = None,
) -> models.EmptyResponse:
    """Change the options that are given; the others stay."""
    given = {} if message_security_options is None else {"message_security_options": message_security_options}
    return _change(world, configuration_set_name, **given)


def delete_configuration_set(world: World, *, configuration_set_name: str) -> models.EmptyResponse:
    """Delete a configuration set and its event destinations."""
    find_configuration_set(world, configuration_set_name)
    del world.records(ConfigurationSet)[configuration_set_name]
    return models.EmptyResponse()


def list_configuration_sets(
    world: World,
    *,
    filter: Mapping[str, str] | None = None,  # noqa: A002 -- the service's name
    next_token: str | None = None,
    page_size: int | None = None,
) -> models.ListConfigurationSetsResponse:
    """List the names of the configuration sets, or those with a part of the name."""
    part = (filter or {}).get("CONFIGURATION_SET_NAME_CONTAINS", "")
    names = [name for name in world.records(ConfigurationSet) if part in name]
    listed = listing("ListConfigurationSets", filter)
    found, token = page(world.region, listed, names, next_token, page_size, default=50, maximum=1000)
    return models.ListConfigurationSetsResponse(configuration_sets=found, next_token=token)


def put_configuration_set_archiving_options(
    world: World, *, configuration_set_name: str, archive_arn: str | None = None
) -> models.EmptyResponse:
    """Choose the archive of the mails; none ends the archiving."""
    options = models.ArchivingOptions(archive_arn=archive_arn) if archive_arn else None
    return _change(world, configuration_set_name, archiving_options=options)


def put_configuration_set_delivery_options(
    world: World,
    *,
    configuration_set_name: str,
    tls_policy: str | None = None,
    sending_pool_name: str | None = None,
    max_delivery_seconds: int | None = None,
) -> models.EmptyResponse:
    """Choose how mails are delivered."""
    find_configuration_set(world, configuration_set_name)
    if sending_pool_name:
        find_pool(world, sending_pool_name)
    options = models.DeliveryOptions(
        tls_policy=tls_policy or "OPTIONAL",
        sending_pool_name=sending_pool_name,
        max_delivery_seconds=max_delivery_seconds,
    )
    return _change(world, configuration_set_name, delivery_options=options)


def put_configuration_set_reputation_options(
    world: World, *, configuration_set_name: str, reputation_metrics_enabled: bool = False
) -> models.EmptyResponse:
    """Switch the metrics of reputation on or off."""
    before = find_configuration_set(world, configuration_set_name).attributes.reputation_options
    options = attrs.evolve(before or models.ReputationOptions(), reputation_metrics_enabled=reputation_metrics_enabled)
    return _change(world, configuration_set_name, reputation_options=options)


def put_configuration_set_sending_options(
    world: World, *, configuration_set_name: str, sending_enabled: bool = False
) -> models.EmptyResponse:
    """Pause the sending with this configuration set, or take it up again."""
    options = models.SendingOptions(sending_enabled=sending_enabled)
    return _change(world, configuration_set_name, sending_options=options)


def put_configuration_set_suppression_options(
    world: World,
    *,
    configuration_set_name: str,
    suppression_scope: str | None = None,
    suppressed_reasons: Sequence[str] | None = None,
    validation_options: models.SuppressionValidationOptions | None = None,
) -> models.EmptyResponse:
    """Choose which reasons suppress an address: an empty list is none, and no list leaves it to the account."""
    options = models.SuppressionOptions(
        suppression_scope=suppression_scope,
        suppressed_reasons=suppressed_reasons,
        validation_options=validation_options,
    )
    return _change(world, configuration_set_name, suppression_options=options)


def put_configuration_set_tracking_options(
    world: World,
    *,
    configuration_set_name: str,
    custom_redirect_domain: str | None = None,
    https_policy: str | None = None,
) -> models.EmptyResponse:
    """Choose the domain of tracked links; none is a domain of the service."""
    options = None
    if custom_redirect_domain:
        options = models.TrackingOptions(custom_redirect_domain=custom_redirect_domain, https_policy=https_policy)
    return _change(world, configuration_set_name, tracking_options=options)


def put_configuration_set_vdm_options(
    world: World, *, configuration_set_name: str, vdm_options: models.VdmOptions | None = None
) -> models.EmptyResponse:
    """Choose the options of the Virtual Deliverability Manager."""
    return _change(world, configuration_set_name, vdm_options=vdm_options)


def create_configuration_set_event_destination(
    world: World,
    *,
    configuration_set_name: str,
    event_destination_name: str,
    event_destination: models.EventDestinationDefinition,
) -> models.EmptyResponse:
    """Keep a new event destination, at most 10 in a configuration set."""
    found = find_configuration_set(world, configuration_set_name)
    if any(destination.name == event_destination_name for destination in found.destinations):
        raise errors.AlreadyExistsException(
            f"An event destination with name <{event_destination_name}> already exists for configuration set"
            f" <{configuration_set_name}>."
        )
    if len(found.destinations) >= _MAX_DESTINATIONS:
        raise errors.LimitExceededException(
            f"Configuration set <{configuration_set_name}> can have at most {_MAX_DESTINATIONS} event destinations."
        )
    return _put_destinations(
        world, found, [*found.destinations, _destination(event_destination_name, event_destination)]
    )


def get_configuration_set_event_destinations(
    world: World, *, configuration_set_name: str
) -> models.GetConfigurationSetEventDestinationsResponse:
    """Return the event destinations of a configuration set."""
    found = find_configuration_set(world, configuration_set_name)
    return models.GetConfigurationSetEventDestinationsResponse(event_destinations=found.destinations)


def update_configuration_set_event_destination(
    world: World,
    *,
    configuration_set_name: str,
    event_destination_name: str,
    event_destination: models.EventDestinationDefinition,
) -> models.EmptyResponse:
    """Replace an event destination."""
    found = find_configuration_set(world, configuration_set_name)
    position = _position(found, event_destination_name)
    destinations = list(found.destinations)
    destinations[position] = _destination(event_destination_name, event_destination)
    return _put_destinations(world, found, destinations)


def delete_configuration_set_event_destination(
    world: World, *, configuration_set_name: str, event_destination_name: str
) -> models.EmptyResponse:
    """Delete an event destination."""
    found = find_configuration_set(world, configuration_set_name)
    position = _position(found, event_destination_name)
    return _put_destinations(world, found, [*found.destinations[:position], *found.destinations[position + 1 :]])


def _put_destinations(
    world: World, found: ConfigurationSet, destinations: Sequence[models.EventDestination]
) -> models.EmptyResponse:
    world.records(ConfigurationSet)[found.name] = attrs.evolve(found, destinations=destinations)
    return models.EmptyResponse()


def _position(found: ConfigurationSet, name: str) -> int:
    for position, destination in enumerate(found.destinations):
        if destination.name == name:
            return position
    raise errors.NotFoundException(
        f"An event destination with name <{name}> does not exist for configuration set <{found.name}>."
    )


def _destination(name: str, definition: models.EventDestinationDefinition) -> models.EventDestination:
    if not definition.matching_event_types:
        raise errors.BadRequestException("At least one matching event type is required.")
    return models.EventDestination(
        name=name,
        enabled=bool(definition.enabled),
        matching_event_types=definition.matching_event_types,
        kinesis_firehose_destination=definition.kinesis_firehose_destination,
        cloud_watch_destination=definition.cloud_watch_destination,
        sns_destination=definition.sns_destination,
        event_bridge_destination=definition.event_bridge_destination,
        pinpoint_destination=definition.pinpoint_destination,
    )
