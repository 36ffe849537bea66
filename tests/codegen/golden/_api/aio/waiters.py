# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Waiters, asynchronous: methods that call an operation until something is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from ... import _api, models
from ..._call.caller import AsyncCaller
from ..._call.options import RequestOptions
from ..._call.waiter import Pace


class AsyncWaitersMixin(AsyncCaller):
    """The waiters, for asyncio and trio."""

    async def wait_until_letter_delivered(
        self,
        *,
        letter_id: str,
        copy: int | None = None,
        wait_timeout: float | None = 5_400,
        initial_delay: float = 60,
        max_delay: float = 1_200,
        on_progress: Callable[[models.GetLetterResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetLetterResponse:
        """Wait until a letter is delivered.

        Args:
            letter_id: The letter.
            copy: Which copy, of a letter to many.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None sets no bound. Default:
                5,400, which is 90 minutes.
            initial_delay: Seconds between the first two calls; above 0, at most 86,400. The delay doubles
                from call to call, and each is shortened at random by up to a half. Default: 60.
            max_delay: Maximum seconds between two calls; above 0, at most 86,400. Default: 1,200.
            on_progress: Function that is called with each response, the last one too; may be async.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            models.GetLetterResponse: The last response of `get_letter`.

        Raises:
            ParamValidationError: An argument is invalid; nothing was sent.
            WaiterFailedError: It has failed; the error has the response and the reason.
            WaiterTimeoutError: The time ran out; the error has the last response.
            APIError: The service refused a call for good: NotFoundException, or another.

        https://post.example/GetLetter
        """
        arguments = {
            "letter_id": letter_id,
            "copy": copy,
        }
        pace = Pace(wait_timeout, initial_delay, max_delay)
        return await self._wait(_api.waiters.LETTER_DELIVERED, arguments, pace, on_progress, options)

    async def wait_until_letter_read(
        self,
        *,
        letter_id: str,
        copy: int | None = None,
        wait_timeout: float | None = 1,
        initial_delay: float = 1,
        max_delay: float = 1,
        on_progress: Callable[[models.GetLetterResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetLetterResponse:
        """Wait until a letter is read.

        Args:
            letter_id: The letter.
            copy: Which copy, of a letter to many.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None sets no bound. Default: 1,
                which is 1 second.
            initial_delay: Seconds between the first two calls; above 0, at most 86,400. The delay doubles
                from call to call, and each is shortened at random by up to a half. Default: 1.
            max_delay: Maximum seconds between two calls; above 0, at most 86,400. Default: 1.
            on_progress: Function that is called with each response, the last one too; may be async.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            models.GetLetterResponse: The last response of `get_letter`.

        Raises:
            ParamValidationError: An argument is invalid; nothing was sent.
            WaiterTimeoutError: The time ran out; the error has the last response.
            APIError: The service refused a call for good: NotFoundException, or another.

        https://post.example/GetLetter
        """
        arguments = {
            "letter_id": letter_id,
            "copy": copy,
        }
        pace = Pace(wait_timeout, initial_delay, max_delay)
        return await self._wait(_api.waiters.LETTER_READ, arguments, pace, on_progress, options)
