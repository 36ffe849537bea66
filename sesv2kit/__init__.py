"""A typed client SDK for the Amazon SES API v2, synchronous and asynchronous."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from ._version import __version__

if TYPE_CHECKING:
    from . import errors as errors
    from . import models as models
    from ._aws.credentials import AsyncCredentialsProvider as AsyncCredentialsProvider
    from ._aws.credentials import Credentials as Credentials
    from ._aws.credentials import CredentialsProvider as CredentialsProvider
    from ._call.hooks import AttemptInfo as AttemptInfo
    from ._call.hooks import CallInfo as CallInfo
    from ._call.hooks import Hook as Hook
    from ._call.options import RequestOptions as RequestOptions
    from ._call.paginator import AsyncPaginator as AsyncPaginator
    from ._call.paginator import Paginator as Paginator
    from ._core.model import ResponseMetadata as ResponseMetadata
    from ._rate.send_rate import SendRate as SendRate
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

_HOMES: Final = {
    "AsyncCredentialsProvider": "._aws.credentials",
    "AsyncPaginator": "._call.paginator",
    "AsyncSESv2Client": ".client._aio",
    "AttemptInfo": "._call.hooks",
    "CallInfo": "._call.hooks",
    "Credentials": "._aws.credentials",
    "CredentialsProvider": "._aws.credentials",
    "Hook": "._call.hooks",
    "Paginator": "._call.paginator",
    "RequestOptions": "._call.options",
    "ResponseMetadata": "._core.model",
    "SESv2Client": ".client._sync",
    "SendRate": "._rate.send_rate",
}
"""Each is loaded when it is first used: a program with one client does without the other's half, and pytest, which
imports this package for its fixtures, without all of it."""


def __getattr__(name: str) -> Any:
    if name in ("errors", "models"):
        return import_module(f".{name}", __name__)  # which makes it an attribute
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
