"""Resources by their ARNs: which there are, and their tags."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import attrs

from .... import errors, models
from ..records import ConfigurationSet, ContactList, CustomVerificationTemplate, Identity, Tenant, identity_key
from ..world import World
from .dedicated_ips import IpPool
from .deliverability import TestReport
from .endpoints import Endpoint
from .templates import EmailTemplate

Tags = Sequence[models.Tag]


@attrs.frozen
class Resource:
    """A resource that has tags."""

    tags: Tags
    put_tags: Callable[[Tags], None]
    """Replaces its tags."""


_TYPES: Final = {"identity": "EMAIL_IDENTITY", "configuration-set": "CONFIGURATION_SET", "template": "EMAIL_TEMPLATE"}


def type_of(arn: str) -> str | None:
    """Return the type of a resource that tenants can have."""
    return _TYPES.get(arn.split(":", 5)[-1].partition("/")[0])


def find_resource(world: World, arn: str) -> Resource:
    """Return a resource of the account, or raise an error of the service.

    Raises:
        BadRequestException: It is not the ARN of a resource in this region and account.
        NotFoundException: There is no such resource.
    """
    prefix = world.arn("")
    kind, _, name = arn.removeprefix(prefix).partition("/")
    if not arn.startswith(prefix) or not name:
        raise errors.BadRequestException(f"Invalid resource ARN: {arn}.")
    found = _find(world, kind, name)
    if found is None:
        raise errors.NotFoundException(f"Resource {arn} does not exist.")
    return found


def _find(world: World, kind: str, name: str) -> Resource | None:
    match kind:
        case "identity":
            return _with_attributes(world, Identity, identity_key(name))
        case "configuration-set":
            return _with_attributes(world, ConfigurationSet, name)
        case "contact-list":
            return _with_attributes(world, ContactList, name)
        case "tenant":
            tenant, _, tenant_id = name.partition("/")
            found = world.records(Tenant).get(tenant)
            is_same = found is not None and found.attributes.tenant_id == tenant_id
            return _with_attributes(world, Tenant, tenant) if is_same else None
        case "template":
            return _with_tags(world, EmailTemplate, name)
        case "custom-verification-email-template":
            return _with_attributes(world, CustomVerificationTemplate, name)
        case "dedicated-ip-pool":
            return _with_tags(world, IpPool, name)
        case "deliverability-test-report":
            return _with_tags(world, TestReport, name)
        case "multi-region-endpoint":
            return _with_tags(world, Endpoint, name)
        case _:
            return None


def _with_attributes(
    world: World,
    cls: type[Identity] | type[ConfigurationSet] | type[ContactList] | type[CustomVerificationTemplate] | type[Tenant],
    key: str,
) -> Resource | None:
    """Return a resource whose tags are in what its operation returns."""
    records = world.records(cls)
    record = records.get(key)
    if record is None:
        return None

    def put(tags: Tags) -> None:
        attributes: Any = record.attributes
        records[key] = attrs.evolve(record, attributes=attrs.evolve(attributes, tags=tags))

    return Resource(record.attributes.tags, put)


def _with_tags(
    world: World,
    cls: type[EmailTemplate] | type[IpPool] | type[TestReport] | type[Endpoint],
    key: str,
) -> Resource | None:
    """Return a resource whose record has tags of its own."""
    records = world.records(cls)
    record = records.get(key)
    if record is None:
        return None

    def put(tags: Tags) -> None:
        records[key] = attrs.evolve(record, tags=tags)

    return Resource(record.tags, put)
