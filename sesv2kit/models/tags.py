# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: tags."""

from collections.abc import Sequence

import attrs

from .._core.model import Model, Response, wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Tag(Model):
    """A label on a resource: a key and a value, both case sensitive.

    A key occurs once per resource. Allowed are Unicode letters, digits, white space and `_ . : / = + -`. The
    prefix `aws:` is reserved for AWS; such tags cannot be edited or removed and do not count toward the 50 a
    resource may have.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Tag.html
    """

    key: str = attrs.field(metadata=wire("Key"))
    """Key of the tag: 1 to 128 characters, unique on its resource, not starting with `aws:`."""
    value: str = attrs.field(metadata=wire("Value"))
    """Value of the tag, up to 256 characters. Use an empty string for a tag that has only a key."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListTagsForResourceResponse(Response):
    """The response of `list_tags_for_resource`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTagsForResource.html
    """

    tags: Sequence[Tag] = attrs.field(metadata=wire("Tags"))
    """All tags on the resource, as key and value."""
