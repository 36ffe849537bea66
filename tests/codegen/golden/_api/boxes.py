# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations: boxes."""

from __future__ import annotations

from .. import models
from .._call.caller import Caller
from .._call.options import RequestOptions
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


class BoxesMixin(Caller):
    """The operations of this domain, blocking."""

    def delete_box(
        self,
        *,
        box_name: str,
        with_letters: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Take a box down.

        Args:
            box_name: Name of the box. At least 1 character.
            with_letters: Whether its letters go, too; left out, a box that is not empty stays.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: NotFoundException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://post.example/DeleteBox
        """
        return self._call(
            DELETE_BOX,
            {
                "box_name": box_name,
                "with_letters": with_letters,
            },
            options,
        )
