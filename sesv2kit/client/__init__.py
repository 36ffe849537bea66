"""The two clients. Each is loaded when it is first used, so a program with one of them does not load the other."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ._aio import AsyncSESv2Client as AsyncSESv2Client
    from ._sync import SESv2Client as SESv2Client

__all__ = ["AsyncSESv2Client", "SESv2Client"]

_CLIENTS: Final = {"AsyncSESv2Client": "._aio", "SESv2Client": "._sync"}


def __getattr__(name: str) -> Any:
    if name not in _CLIENTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_CLIENTS[name], __name__), name)
    globals()[name] = value
    return value
