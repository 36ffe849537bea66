"""The clients of a fake service: those of the package, with the service in the place of connections."""

from collections.abc import Sequence
from typing import Any, Final

from .._aws.credentials import Credentials
from .._call.drivers import AsyncDriver, Driver
from .._call.hooks import Hook
from ..client._aio import AsyncSESv2Client
from ..client._sync import SESv2Client
from .transport import AsyncFakeBackend, FakeBackend, Handle

CREDENTIALS: Final = Credentials("AKIARZPUZDIKABZWK43W", "a-secret-that-opens-nothing")
"""Credentials in the form of AWS's, of the account 123456789012."""


class FakeClient(SESv2Client):
    """A sync client of a fake service."""

    def __init__(self, handle: Handle, region: str, **settings: Any) -> None:
        self._handle = handle
        super().__init__(**(_defaults(region) | settings))

    def _open(self, http_client: object, hooks: Sequence[Hook]) -> None:  # noqa: ARG002 -- there is no HTTP
        self._driver = Driver(FakeBackend(self._handle), hooks)


class FakeAsyncClient(AsyncSESv2Client):
    """An async client of a fake service."""

    def __init__(self, handle: Handle, region: str, **settings: Any) -> None:
        self._handle = handle
        super().__init__(**(_defaults(region) | settings))

    def _open(self, http_client: object, hooks: Sequence[Hook]) -> None:  # noqa: ARG002 -- there is no HTTP
        self._driver = AsyncDriver(AsyncFakeBackend(self._handle), hooks)


def _defaults(region: str) -> dict[str, Any]:
    """Return settings that neither the environment nor the shared files of AWS change."""
    endpoint_url = f"https://email.{region}.amazonaws.com"
    return {"region": region, "credentials": CREDENTIALS, "endpoint_url": endpoint_url, "proxy": ""}
