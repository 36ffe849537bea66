# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: boxes."""

from __future__ import annotations

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation

DELETE_BOX = Operation(
    name="DeleteBox",
    method="DELETE",
    path="/v1/boxes/{BoxName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("NotFoundException",),
    arguments=(
        Argument("box_name", "BoxName", "path", lambda: str, Limits(min_length=1), required=True),
        Argument("with_letters", "Force", "query", lambda: bool, member_name="WithLetters"),
    ),
)
