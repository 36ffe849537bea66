"""A typed client SDK for the Amazon SES API v2, synchronous and asynchronous."""

from typing import TYPE_CHECKING, Any

from . import models
from ._credentials import Credentials
from ._model import ResponseMetadata
from ._operation import RequestOptions
from .client import AsyncSESv2Client, SESv2Client

if TYPE_CHECKING:
    from . import errors as errors

    __version__: str

__all__ = [
    "AsyncSESv2Client",
    "Credentials",
    "RequestOptions",
    "ResponseMetadata",
    "SESv2Client",
    "__version__",
    "errors",
    "models",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("sesv2kit")
    if name == "errors":
        from importlib import import_module

        return import_module(".errors", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
