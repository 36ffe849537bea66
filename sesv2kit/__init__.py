"""A typed client SDK for the Amazon SES API v2, synchronous and asynchronous."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from . import errors, models
from ._aws.credentials import AsyncCredentialsProvider, Credentials, CredentialsProvider
from ._call.hooks import AttemptInfo, CallInfo, Hook
from ._call.options import RequestOptions
from ._call.paginator import AsyncPaginator, Paginator
from ._core.model import ResponseMetadata
from ._rate.send_rate import SendRate
from ._version import __version__

if TYPE_CHECKING:
    from .client import AsyncSESv2Client as AsyncSESv2Client
    from .client import SESv2Client as SESv2Client

__all__ = [
    "AsyncCredentialsProvider",
    "AsyncPaginator",
    "AsyncSESv2Client",
    "AttemptInfo",
    "CallInfo",
    "Credentials",
    "CredentialsProvider",
    "Hook",
    "Paginator",
    "RequestOptions",
    "ResponseMetadata",
    "SESv2Client",
    "SendRate",
    "__version__",
    "errors",
    "models",
]

_CLIENTS: Final = {"AsyncSESv2Client": ".client._aio", "SESv2Client": ".client._sync"}
"""Each is loaded when it is first used: a program with one does without the other's half."""


def __getattr__(name: str) -> Any:
    if name not in _CLIENTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_CLIENTS[name], __name__), name)
    globals()[name] = value
    return value
