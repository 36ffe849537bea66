"""Mocks of the network: requests go through what a test has mocked, so that none reaches the real service unnoticed."""

import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, Final, Literal, Protocol

from .._core.exceptions import ConfigurationError, TransportError
from .._core.http import MAX_BODY, RawResponse, SignedRequest

BackendKind = Literal["pool", "httpx", "moto"]
"""What sends a client's requests: its own connections, an httpx client that a test mocks, or moto."""
_LIBRARIES: Final = ("httpx", "httpcore")
_REPLACED: Final = (
    ("httpx", "HTTPTransport", "handle_request"),
    ("httpx", "AsyncHTTPTransport", "handle_async_request"),
    ("httpcore", "HTTPConnection", "handle_request"),
    ("httpcore", "AsyncHTTPConnection", "handle_async_request"),
    ("httpcore", "ConnectionPool", "handle_request"),
    ("httpcore", "AsyncConnectionPool", "handle_async_request"),
)
"""The methods that mocks of httpx replace: each its module, class and name."""
_genuine: list[Any] = []
"""These methods when they were last found to be unmocked. As long as they are the same, they are not checked again."""


class _Backend(Protocol):
    def send(self, request: SignedRequest, /) -> RawResponse: ...


class _AsyncBackend(Protocol):
    async def send(self, request: SignedRequest, /) -> RawResponse: ...


class Substitute:
    """Takes the requests of all clients that have no httpx client of the caller's."""

    __slots__ = ("async_backend", "backend")

    def __init__(self, backend: _Backend, async_backend: _AsyncBackend) -> None:
        self.backend: _Backend = backend
        self.async_backend: _AsyncBackend = async_backend


_substitutes: list[Substitute] = []
"""Those of the `substituted` contexts that have been entered; the last one is in use."""


@contextmanager
def substituted(substitute: Substitute) -> Generator[None]:
    """Let a substitute take the requests of this process's clients."""
    _substitutes.append(substitute)
    try:
        yield
    finally:
        _substitutes.remove(substitute)


def find_substitute() -> Substitute | None:
    """Return the substitute that is in use."""
    return _substitutes[-1] if _substitutes else None


def find_backend_kind() -> BackendKind:
    """Return what sends the requests of clients now: a test may mock httpx or botocore."""
    modules = sys.modules
    if "moto.core.models" in modules and _is_moto_active(modules):
        return "moto"
    if ("httpx" in modules or "httpcore" in modules) and _is_httpx_mocked(modules):
        return "httpx"
    return "pool"


def _is_httpx_mocked(modules: Mapping[str, Any]) -> bool:
    """Return whether a test put itself in place of httpx: respx, pytest-httpx, vcrpy or a mock of the caller's."""
    global _genuine
    functions: list[Any] = []
    for module, name, method in _REPLACED:
        # The attributes are missing while another thread imports the modules.
        owner = getattr(modules.get(module), name, None)
        if owner is not None:
            functions.append(owner.__dict__.get(method))
    if functions != _genuine:
        if any(map(_is_foreign, functions)):
            return True
        _genuine = functions
    return False


def _is_foreign(function: Any) -> bool:
    # A wrapper may copy every other sign of the function that it wraps, but not its globals. Tracers do not count: they
    # wrap with an object that passes the globals on.
    home = getattr(function, "__globals__", {}).get("__name__", "")
    return home.partition(".")[0] not in _LIBRARIES


def _is_moto_active(modules: Mapping[str, Any]) -> bool:
    stubber = getattr(modules["moto.core.models"], "botocore_stubber", None)
    return getattr(stubber, "enabled", False) is True


class ThroughMoto:
    """Hands requests to moto, which mocks botocore and does not see other connections."""

    def send(self, request: SignedRequest) -> RawResponse:
        """Return the response of moto's active mock.

        Raises:
            ConfigurationError: moto lets the request pass to the network, or does not have the operation.
            TransportError: moto failed.
        """
        stubber = sys.modules["moto.core.models"].botocore_stubber
        # botocore's own class, by way of moto, which has loaded it.
        new_request: Any = sys.modules["moto.core.botocore_stubber"].AWSPreparedRequest
        body = bytes(request.body)
        prepared = new_request(request.method, request.url, request.headers, body, stream_output=False)
        try:
            response = stubber("before-send", prepared)
        except NotImplementedError:  # moto knows the address, and not the operation
            response = None
        except Exception as error:
            message = f"{request.operation}: moto's mock_aws failed: {type(error).__name__}: {error}"
            raise TransportError(
                message, operation=request.operation, outcome="not_sent", is_retryable=False
            ) from error
        if response is None:
            raise ConfigurationError(
                f"{request.operation}: moto's mock_aws is active and does not mock this request, which was not sent; "
                "use sesv2kit.testing.FakeSES, or make the call outside of mock_aws"
            )
        headers = {str(name).lower(): str(value) for name, value in response.headers.items()}
        return RawResponse(response.status_code, headers, bytes(response.content)[:MAX_BODY])

    def close(self) -> None:
        """Do nothing: there are no connections."""

    def disown(self) -> None:
        """Do nothing: there are no connections."""


class AsyncThroughMoto:
    """Hands the requests of an async client to moto, see `ThroughMoto`."""

    def __init__(self) -> None:
        self._through = ThroughMoto()

    async def send(self, request: SignedRequest) -> RawResponse:
        """Return the response of moto's active mock."""
        return self._through.send(request)

    async def aclose(self) -> None:
        """Do nothing: there are no connections."""

    def disown(self) -> None:
        """Do nothing: there are no connections."""
