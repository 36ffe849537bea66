"""Tags of resources."""

from collections.abc import Sequence

from .... import errors, models
from ..world import World
from .resources import find_resource

_MAX_TAGS = 50


def list_tags_for_resource(world: World, *, resource_arn: str) -> models.ListTagsForResourceResponse:
    """Return the tags of a resource."""
    return models.ListTagsForResourceResponse(tags=find_resource(world, resource_arn).tags)


def tag_resource(world: World, *, resource_arn: str, tags: Sequence[models.Tag]) -> models.EmptyResponse:
    """Add tags to a resource; those with a key that it has replace the values."""
    resource = find_resource(world, resource_arn)
    merged = {tag.key: tag for tag in (*resource.tags, *tags)}
    if len(merged) > _MAX_TAGS:
        raise errors.BadRequestException(f"A resource can have at most {_MAX_TAGS} tags.")
    resource.put_tags(list(merged.values()))
    return models.EmptyResponse()


def untag_resource(world: World, *, resource_arn: str, tag_keys: Sequence[str]) -> models.EmptyResponse:
    """Remove tags from a resource; keys that it does not have are ignored."""
    resource = find_resource(world, resource_arn)
    resource.put_tags([tag for tag in resource.tags if tag.key not in tag_keys])
    return models.EmptyResponse()
