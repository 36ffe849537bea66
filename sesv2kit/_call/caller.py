"""What the generated methods call: a client, seen from below."""

from typing import Any, TypeVar

from .._core.operation import Operation, ResponseT
from .options import RequestOptions
from .shared import Shared
from .steps import Steps

T = TypeVar("T")


class Caller:
    """What the generated sync methods are made of."""

    _shared: Shared

    def _call(
        self, operation: Operation[ResponseT], arguments: dict[str, Any], options: RequestOptions | None
    ) -> ResponseT:
        raise NotImplementedError

    def _run(self, steps: Steps[T]) -> T:
        raise NotImplementedError


class AsyncCaller:
    """What the generated async methods are made of."""

    _shared: Shared

    async def _call(
        self, operation: Operation[ResponseT], arguments: dict[str, Any], options: RequestOptions | None
    ) -> ResponseT:
        raise NotImplementedError

    async def _run(self, steps: Steps[T]) -> T:
        raise NotImplementedError
