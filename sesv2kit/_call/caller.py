"""What the generated methods call: a client, seen from below."""

from typing import Any

from .._core.operation import Operation, ResponseT
from .options import RequestOptions


class Caller:
    """What the generated sync methods stand on."""

    def _call(
        self, operation: Operation[ResponseT], arguments: dict[str, Any], options: RequestOptions | None
    ) -> ResponseT:
        raise NotImplementedError


class AsyncCaller:
    """What the generated async methods stand on."""

    async def _call(
        self, operation: Operation[ResponseT], arguments: dict[str, Any], options: RequestOptions | None
    ) -> ResponseT:
        raise NotImplementedError
