"""A typed client SDK for the Amazon SES API v2, synchronous and asynchronous."""

from . import errors, models
from ._aws.credentials import AsyncCredentialsProvider, Credentials, CredentialsProvider
from ._call.hooks import AttemptInfo, CallInfo, Hook
from ._call.options import RequestOptions
from ._call.paginator import AsyncPaginator, Paginator
from ._core.model import ResponseMetadata
from ._rate.send_rate import SendRate
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
