# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, asynchronous: boxes."""

from __future__ import annotations

from ... import _api, models
from ..._call.caller import AsyncCaller
from ..._call.options import RequestOptions


class AsyncBoxesMixin(AsyncCaller):
    """The operations of this domain, for asyncio and trio."""

    async def delete_box(
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
        return await self._call(
            _api.boxes.DELETE_BOX,
            {
                "box_name": box_name,
                "with_letters": with_letters,
            },
            options,
        )
