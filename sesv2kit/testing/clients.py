"""The clients of a fake service: those of the package, with the service in the place of connections."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from .._aws.credentials import Credentials
from .._call.drivers import AsyncDriver, Driver
from .._call.hooks import Hook
from ..client._aio import AsyncSESv2Client
from ..client._sync import SESv2Client
from .transport import AsyncFakeBackend, FakeBackend

if TYPE_CHECKING:
    from .fake import FakeSES

CREDENTIALS: Final = Credentials("AKIARZPUZDIKABZWK43W", "a-secret-that-opens-nothing")
"""Credentials in the form of AWS's, of the account 123456789012."""


class FakeClient(SESv2Client):
    """A sync client of a fake service."""

    def __init__(self, fake: "FakeSES", **settings: Any) -> None:
        self._fake = fake
        super().__init__(**(_defaults(fake) | settings))

    def _open(self, http_client: object, hooks: Sequence[Hook]) -> None:  # noqa: ARG002 -- there is no HTTP
        self._driver = Driver(FakeBackend(self._fake), hooks)


class FakeAsyncClient(AsyncSESv2Client):
    """An async client of a fake service."""

    def __init__(self, fake: "FakeSES", **settings: Any) -> None:
        self._fake = fake
        super().__init__(**(_defaults(fake) | settings))

    def _open(self, http_client: object, hooks: Sequence[Hook]) -> None:  # noqa: ARG002 -- there is no HTTP
        self._driver = AsyncDriver(AsyncFakeBackend(self._fake), hooks)


def _defaults(fake: "FakeSES") -> dict[str, Any]:
    """Return settings that neither the environment nor the shared files of AWS change."""
    endpoint_url = f"https://email.{fake.region}.amazonaws.com"
    return {"region": fake.region, "credentials": CREDENTIALS, "endpoint_url": endpoint_url, "proxy": ""}
