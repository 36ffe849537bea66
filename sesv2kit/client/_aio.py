"""The asynchronous client: the generated methods, with a driver and a transport for asyncio and trio."""

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from .._api.aio import AsyncOperations
from .._call.drivers import AsyncDriver
from .._call.first import first_attempt
from .._call.hooks import Hook
from .._call.options import RequestOptions
from .._call.pipeline import new_call, read_send_rate
from .._call.steps import Steps
from .._core.aio import in_thread
from .._core.constructor import with_own_constructor
from .._core.exceptions import SESv2Error
from .._core.json_object import LARGE
from .._core.operation import Operation, ResponseT
from .._transport.choice import AsyncTransport
from ._base import Client, find_account_id, transport_settings

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")


@with_own_constructor
class AsyncSESv2Client(AsyncOperations, Client["httpx.AsyncClient"]):
    """An asynchronous client, for asyncio and trio. Safe to share between tasks of one event loop.

    Use it as an async context manager, or call `aclose` when you are done.
    """

    def _open(self, http_client: "httpx.AsyncClient | None", hooks: Sequence[Hook]) -> None:
        self._transport = AsyncTransport(http_client, transport_settings(self._config))
        self._driver = AsyncDriver(self._transport, hooks)

    async def _call(
        self, operation: Operation[ResponseT], arguments: dict[str, Any], options: RequestOptions | None
    ) -> ResponseT:
        first = None if options or self._driver.has_hooks else first_attempt(operation, arguments, self._shared)
        if first:
            try:
                response = await self._driver.send(first.signed)
                if len(response.body) > LARGE:
                    return await in_thread(lambda: first.read(response))
                return first.read(response)
            except SESv2Error as error:
                first.error = error
        call = new_call(operation, arguments, options, self._shared, first)
        return await self._driver.call(call, has_begun=first is not None)

    async def find_account_id(self) -> str | None:
        """Return the id of the AWS account that the credentials belong to; None if the access key doesn't contain it.

        No request is made, unless credentials have to be loaded.

        Raises:
            CredentialsError: There are no credentials.
        """
        return await self._run(find_account_id(self._config))

    async def read_send_rate(self, options: RequestOptions | None = None) -> None:
        """Read the account's rate before the first send, if sends keep to it.

        `GetAccount` is called only if no client of this process, and no process that shares the rate over Redis, did so
        in the last five minutes. `send_rate` is then known. Does nothing if the rate is a number, or if there is none.

        Args:
            options: Settings for this call alone, such as another `send_rate`. Default: those of the client.

        Raises:
            APIError: The service refused `GetAccount`, or throttled it for a minute, or for the `call_timeout`.
            TransportError: There was no usable response to it.
        """
        await self._run(read_send_rate(options, self._shared))

    async def _run(self, steps: Steps[T]) -> T:
        return await self._driver.run(steps)

    async def aclose(self) -> None:
        """Close the connections.

        Calls after this raise ConfigurationError; so do calls that wait for a retry or for their turn.
        """
        await self._driver.aclose()

    async def __aenter__(self) -> Self:
        self._driver.check_open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
