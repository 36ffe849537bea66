"""A typed client SDK for the Amazon SES API v2, synchronous and asynchronous."""

from . import errors, models
from ._credentials import AsyncCredentialsProvider, Credentials, CredentialsProvider
from ._hooks import AttemptInfo, CallInfo, Hook
from ._model import ResponseMetadata
from ._options import RequestOptions
from ._paginator import AsyncPaginator, Paginator
from ._send_rate import SendRate
from ._version import __version__
from .client import AsyncSESv2Client, SESv2Client

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
