"""The synchronous client: the generated methods, with a driver and a transport that block."""

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from .._api.sync import Operations
from .._call.drivers import Driver
from .._call.first import first_attempt
from .._call.hooks import Hook
from .._call.options import RequestOptions
from .._call.pipeline import new_call, read_send_rate
from .._call.steps import Steps
from .._core.constructor import with_own_constructor
from .._core.exceptions import SESv2Error
from .._core.operation import Operation, ResponseT
from .._transport.choice import Transport
from ._base import Client, find_account_id, transport_settings

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")


@with_own_constructor
class SESv2Client(Operations, Client["httpx.Client"]):
    """A synchronous client. Safe to share between threads; opens a connection on first use.

    Use it as a context manager, or call `close` when you are done.
    """

    def _open(self, http_client: "httpx.Client | None", hooks: Sequence[Hook]) -> None:
        self._transport = Transport(http_client, transport_settings(self._config))
        self._driver = Driver(self._transport, hooks)

    def _call(
        self, operation: Operation[ResponseT], arguments: dict[str, Any], options: RequestOptions | None
    ) -> ResponseT:
        first = None if options or self._driver.has_hooks else first_attempt(operation, arguments, self._shared)
        if first:
            try:
                return first.read(self._driver.send(first.signed))
            except SESv2Error as error:
                first.error = error
        call = new_call(operation, arguments, options, self._shared, first)
        return self._driver.call(call, has_begun=first is not None)

    def find_account_id(self) -> str | None:
        """Return the id of the AWS account that the credentials belong to; None if the access key doesn't contain it.

        No request is made, unless credentials have to be loaded.

        Raises:
            CredentialsError: There are no credentials.
        """
        return self._run(find_account_id(self._config))

    def read_send_rate(self, options: RequestOptions | None = None) -> None:
        """Read the account's rate before the first send, if sends keep to it.

        `GetAccount` is called only if no client of this process, and no process that shares the rate over Redis, did so
        in the last five minutes. `send_rate` is then known. Does nothing if the rate is a number, or if there is none.

        Args:
            options: Settings for this call alone, such as another `send_rate`. Default: those of the client.

        Raises:
            APIError: The service refused `GetAccount`, or throttled it for a minute, or for the `call_timeout`.
            TransportError: There was no usable response to it.
        """
        self._run(read_send_rate(options, self._shared))

    def _run(self, steps: Steps[T]) -> T:
        return self._driver.run(steps)

    def close(self) -> None:
        """Close the connections.

        Calls after this raise ConfigurationError; so do calls that wait for a retry or for their turn.
        """
        self._driver.close()

    def __enter__(self) -> Self:
        self._driver.check_open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
