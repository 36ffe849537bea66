# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: boxes."""

import attrs

from .._core.model import Limits, Model, wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BoxAddress(Model):
    """Where a letter goes.

    Args:
        box_name: Name of the box. Must match `[a-z]+`.

    https://post.example/BoxAddress
    """

    box_name: str = attrs.field(metadata=wire("BoxName", Limits(pattern="[a-z]+")))
    """Name of the box. Must match `[a-z]+`."""
