"""The base classes of the generated methods. The clients implement what they declare."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from .._core.operation import Operation, ResponseT
from .options import RequestOptions
from .shared import Shared
from .steps import Steps
from .waiter import Pace, Waiter, wait

T = TypeVar("T")


class Caller:
    """The base of the generated sync methods."""

    _shared: Shared

    def _call(
        self, operation: Operation[ResponseT], arguments: dict[str, Any], options: RequestOptions | None
    ) -> ResponseT:
        raise NotImplementedError

    def _run(self, steps: Steps[T]) -> T:
        raise NotImplementedError

    def _wait(
        self,
        waiter: Waiter[ResponseT],
        arguments: dict[str, Any],
        pace: Pace,
        on_progress: Callable[[ResponseT], None] | None,
        options: RequestOptions | None,
    ) -> ResponseT:
        return self._run(wait(waiter, arguments, pace, on_progress, options, self._shared))


class AsyncCaller:
    """The base of the generated async methods."""

    _shared: Shared

    async def _call(
        self, operation: Operation[ResponseT], arguments: dict[str, Any], options: RequestOptions | None
    ) -> ResponseT:
        raise NotImplementedError

    async def _run(self, steps: Steps[T]) -> T:
        raise NotImplementedError

    async def _wait(
        self,
        waiter: Waiter[ResponseT],
        arguments: dict[str, Any],
        pace: Pace,
        on_progress: Callable[[ResponseT], Awaitable[None] | None] | None,
        options: RequestOptions | None,
    ) -> ResponseT:
        return await self._run(wait(waiter, arguments, pace, on_progress, options, self._shared))
