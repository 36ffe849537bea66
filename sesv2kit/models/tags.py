# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: tags."""

from collections.abc import Sequence

import attrs

from .._core.model import Limits, Model, Response, wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Tag(Model):
    """A label on a resource: a key and a value, both case sensitive.

    A key occurs once per resource. Allowed are Unicode letters, digits, white space and `_ . : / = + -`. The
    prefix `aws:` is reserved for AWS; such tags cannot be edited or removed and do not count toward the 50 a
    resource may have.

    Args:
        key: Key of the tag, unique on its resource. 1 to 128 characters. Must not start with `aws:`, which is
            reserved.
        value: Value of the tag. Use an empty string for a tag that has only a key. At most 256 characters.
            Must not start with `aws:`, which is reserved.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Tag.html
    """

    key: str = attrs.field(metadata=wire("Key", Limits(min_length=1, max_length=128, reserved_prefix="aws:")))
    """Key of the tag, unique on its resource.

    1 to 128 characters. Must not start with `aws:`, which is reserved.
    """
    value: str = attrs.field(metadata=wire("Value", Limits(max_length=256, reserved_prefix="aws:")))
    """Value of the tag.

    Use an empty string for a tag that has only a key. At most 256 characters. Must not start with `aws:`,
    which is reserved.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListTagsForResourceResponse(Response):
    """The response of `list_tags_for_resource`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListTagsForResource.html
    """

    tags: Sequence[Tag] = attrs.field(metadata=wire("Tags"))
    """All tags on the resource, as key and value."""
