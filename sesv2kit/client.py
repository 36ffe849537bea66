"""The two clients: a thin shell over the generated methods."""

from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import httpx

from ._api import AsyncOperations, Operations
from ._config import DEFAULT_TIMEOUT, Arguments, Config, RetryMode, Timeout
from ._credentials import CredentialsLike
from ._exceptions import ConfigurationError
from ._operation import Operation, ResponseT
from ._options import RequestOptions
from ._pipeline import call, drive, drive_async
from ._retry import RetryQuota
from ._transport import AsyncTransport, Transport

HttpT = TypeVar("HttpT", httpx.Client, httpx.AsyncClient)


class _Client(Generic[HttpT]):
    """What both clients share: settings, and what was resolved of them."""

    def __init__(
        self,
        *,
        region: str | None = None,
        profile: str | None = None,
        credentials: CredentialsLike | None = None,
        session: Any = None,
        endpoint_url: str | None = None,
        use_fips: bool | None = None,
        use_dualstack: bool | None = None,
        retry_mode: RetryMode | None = None,
        max_attempts: int | None = None,
        timeout: Timeout = DEFAULT_TIMEOUT,
        check_limits: bool = True,
        http_client: HttpT | None = None,
        user_agent_suffix: str | None = None,
    ) -> None:
        """Set the client up; nothing is read, resolved or opened before the first call.

        Args:
            region: The AWS region, for example `eu-west-1`. Default: AWS_REGION, AWS_DEFAULT_REGION, or the
                profile's `region`.
            profile: The profile of the shared AWS files to use. Default: AWS_PROFILE, else `default`.
            credentials: `Credentials`, botocore credentials, or a function that returns credentials. Default:
                the environment, then what botocore's resolver finds.
            session: A `boto3.Session` or botocore session to take region and credentials from; not together
                with `profile` or `credentials`.
            endpoint_url: A URL to call instead of the service's own. Default: AWS_ENDPOINT_URL_SESV2,
                AWS_ENDPOINT_URL, or the profile's `endpoint_url`.
            use_fips: Whether to call the FIPS endpoint. Default: AWS_USE_FIPS_ENDPOINT, the profile, False.
            use_dualstack: Whether to call the endpoint that also speaks IPv6. Default:
                AWS_USE_DUALSTACK_ENDPOINT, the profile, False.
            retry_mode: `standard` repeats what is safe to repeat, `off` nothing. Default: AWS_RETRY_MODE, the
                profile's `retry_mode`, `standard`.
            max_attempts: How many requests a call makes at most, the first included. Default:
                AWS_MAX_ATTEMPTS, the profile's `max_attempts`, 3.
            timeout: Seconds for each of connecting, writing and reading, or an `httpx.Timeout`; None waits for
                ever. Default: 5 seconds to connect, 30 for the rest.
            check_limits: Whether values past a documented limit are refused before sending. Types and required
                members are checked either way. Default: True.
            http_client: An httpx client to send through; it stays the caller's to close. Default: one of its own.
            user_agent_suffix: Text to add to the User-Agent header.

        Raises:
            ConfigurationError: The arguments don't fit together.
        """
        arguments = Arguments(
            region=region,
            profile=profile,
            credentials=credentials,
            session=session,
            endpoint_url=endpoint_url,
            use_fips=use_fips,
            use_dualstack=use_dualstack,
            retry_mode=retry_mode,
            max_attempts=max_attempts,
            timeout=timeout,
            check_limits=check_limits,
            user_agent_suffix=user_agent_suffix,
        )
        self._config = Config(arguments)
        self._quota = RetryQuota()
        self._closed = False
        self._send_through(http_client)

    def _send_through(self, http_client: HttpT | None) -> None:
        raise NotImplementedError

    @property
    def region(self) -> str | None:
        """The AWS region that was resolved; None if nothing names one."""
        return self._config.region

    @property
    def endpoint_url(self) -> str:
        """The URL that requests go to.

        Raises:
            ConfigurationError: No endpoint fits the settings.
        """
        return self._config.find_target(None).url

    def _check_open(self) -> None:
        if self._closed:
            raise ConfigurationError("the client is closed; make another one")


class SESv2Client(Operations, _Client[httpx.Client]):
    """A synchronous client. Safe to share between threads; opens a connection on first use.

    Use it as a context manager, or call `close` when you are done.
    """

    def _send_through(self, http_client: httpx.Client | None) -> None:
        self._transport = Transport(http_client)

    def _call(
        self, operation: Operation[ResponseT], arguments: dict[str, Any], options: RequestOptions | None
    ) -> ResponseT:
        self._check_open()
        return drive(call(operation, arguments, options, self._config, self._quota), self._transport.send)

    def close(self) -> None:
        """Close the connections. Calls after this raise ConfigurationError."""
        self._closed = True
        self._transport.close()

    def __enter__(self) -> Self:
        self._check_open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncSESv2Client(AsyncOperations, _Client[httpx.AsyncClient]):
    """An asynchronous client, for asyncio and trio. Safe to share between tasks of one event loop.

    Use it as an async context manager, or call `aclose` when you are done.
    """

    def _send_through(self, http_client: httpx.AsyncClient | None) -> None:
        self._transport = AsyncTransport(http_client)

    async def _call(
        self, operation: Operation[ResponseT], arguments: dict[str, Any], options: RequestOptions | None
    ) -> ResponseT:
        self._check_open()
        return await drive_async(call(operation, arguments, options, self._config, self._quota), self._transport.send)

    async def aclose(self) -> None:
        """Close the connections. Calls after this raise ConfigurationError."""
        self._closed = True
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        self._check_open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
