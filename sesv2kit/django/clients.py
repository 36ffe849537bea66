"""The client that all backends of a process share: Django makes a new backend for every mail."""

import atexit
import threading
from typing import Any

from django.core.signals import setting_changed
from django.dispatch import receiver

from ..client._sync import SESv2Client
from .conf import NAME, client_settings

_making = threading.Lock()
_shared: list[SESv2Client] = []
"""The client, once there is one."""


def shared_client() -> SESv2Client:
    """Return the client of the project's setting. It stays open until the process ends."""
    with _making:
        if not _shared:
            _shared.append(SESv2Client(**client_settings()))
        return _shared[0]


def close_shared() -> None:
    """Close the client; the next mail gets a new one."""
    with _making:
        while _shared:
            _shared.pop().close()


@receiver(setting_changed)
def _forget(*, setting: str, **_details: Any) -> None:
    """Forget the client when a test overrides the setting."""
    if setting == NAME:
        close_shared()


atexit.register(close_shared)
