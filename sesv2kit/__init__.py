"""A typed client SDK for the Amazon SES API v2, synchronous and asynchronous."""

from . import errors, models
from ._credentials import AsyncCredentialsProvider, Credentials, CredentialsProvider
from ._hooks import AttemptInfo, CallInfo, Hook
from ._model import ResponseMetadata
from ._options import RequestOptions
from ._version import __version__
from .client import AsyncSESv2Client, SESv2Client

__all__ = [
    "AsyncCredentialsProvider",
    "AsyncSESv2Client",
    "AttemptInfo",
    "CallInfo",
    "Credentials",
    "CredentialsProvider",
    "Hook",
    "RequestOptions",
    "ResponseMetadata",
    "SESv2Client",
    "__version__",
    "errors",
    "models",
]
