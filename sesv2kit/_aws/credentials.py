"""Credentials: the public types, and the checks of what a provider returns."""

import inspect
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Final, Protocol, overload, runtime_checkable

import attrs

from .._core.exceptions import CredentialsError
from .._core.http import is_header_text
from .._core.model import Record
from .._core.validation import time_problem

_MIN_SECRET: Final = 16
"""Minimum characters of a secret that is redacted. A shorter one is from a test, and may be an ordinary word."""


@attrs.frozen(eq=False, repr=False)
class Credentials(Record):
    """Long-lived or temporary AWS credentials.

    Args:
        access_key: The access key id.
        secret_key: The secret access key; never shown.
        token: The session token of temporary credentials; never shown. Default: None.
        expires_at: When temporary credentials expire, with a time zone. Default: None, they do not, or it is not known.
    """

    access_key: str
    secret_key: str
    token: str | None = None
    expires_at: datetime | None = attrs.field(default=None, kw_only=True)

    def __repr__(self) -> str:
        until = f", expires_at={self.expires_at!r}" if self.expires_at else ""
        return f"Credentials(access_key={self.access_key!r}{until})"


@overload
def redact(text: str, credentials: Credentials | None) -> str: ...
@overload
def redact(text: str | None, credentials: Credentials | None) -> str | None: ...
def redact(text: str | None, credentials: Credentials | None) -> str | None:
    """Return a text of the service, which may repeat parts of the request, without the secrets of the credentials."""
    if text and credentials:
        for secret in (credentials.secret_key, credentials.token):
            if secret and len(secret) >= _MIN_SECRET:
                text = text.replace(secret, "***")
    return text


@runtime_checkable
class RefreshableCredentials(Protocol):
    """Credentials of botocore or boto3, which refresh themselves."""

    def get_frozen_credentials(self) -> Any:
        """Return an object with `access_key`, `secret_key` and `token`."""
        ...


class CredentialsProvider(Protocol):
    """An object of yours that loads credentials, and may block while it does.

    The credentials are used until five minutes before `expires_at`; then `load` is called again. Without `expires_at`,
    they are used until the service rejects them as expired. Only one call of `load` runs at a time. An async client
    calls it in a thread.
    """

    def load(self) -> Credentials:
        """Return credentials that are valid now; raise any exception if there are none."""
        ...


class AsyncCredentialsProvider(Protocol):
    """An object of yours that loads credentials without blocking; for async clients only.

    The client uses it like a `CredentialsProvider`. `load` runs in the task that needs the credentials first; if that
    task is cancelled, another waiting task calls it again.
    """

    async def load(self) -> Credentials:
        """Return credentials that are valid now; raise any exception if there are none."""
        ...


CredentialsLike = (
    Credentials
    | RefreshableCredentials
    | CredentialsProvider
    | AsyncCredentialsProvider
    | Callable[[], Credentials]
    | Callable[[], Awaitable[Credentials]]
)
"""What a client takes as `credentials`: static ones, botocore's, a provider, or a function that returns them."""

MfaPrompt = Callable[[str], str]
"""A function that takes a prompt naming the MFA device, and returns the code that the device shows."""


def freeze(found: Any) -> Credentials:
    """Return the credentials to sign with now. Credentials that refresh themselves may make a request.

    Raises:
        CredentialsError: They are not complete, can't be sent in a header, or have expired. No message shows a secret.
    """
    current = found.get_frozen_credentials() if isinstance(found, RefreshableCredentials) else found
    if inspect.isawaitable(current):
        if inspect.iscoroutine(current):
            current.close()
        raise CredentialsError(
            "the AWS credentials come from an async function, which a sync client can't await: "
            "use AsyncSESv2Client, and pass the `async def` function or provider itself"
        )
    if not hasattr(current, "access_key") or not hasattr(current, "secret_key"):
        raise CredentialsError(
            f"AWS credentials must have an access_key and a secret_key; {type(current).__name__} does not"
        )
    credentials = Credentials(
        current.access_key,
        current.secret_key,
        getattr(current, "token", None),
        expires_at=getattr(current, "expires_at", None),
    )
    problem = _find_problem(credentials)
    if problem:
        raise CredentialsError(problem)
    return credentials


def _find_problem(found: Credentials) -> str | None:
    """Return why credentials can't be used; None if they can."""
    if not found.access_key or not found.secret_key:
        return "the AWS credentials lack an access key or a secret key"
    keys: tuple[Any, ...] = (found.access_key, found.secret_key, found.token or "")
    if not all(isinstance(key, str) for key in keys):
        return "the AWS access key, secret key and session token must each be a str"
    if not is_header_text(found.secret_key):
        return "the AWS secret key has a character that is not allowed in a key, such as a line end"
    if not is_header_text(found.access_key + (found.token or "")):
        return "the AWS access key or session token has a character that is not allowed in a header"
    end: Any = found.expires_at
    if end is not None and (not isinstance(end, datetime) or time_problem(end)):
        return "expires_at of the AWS credentials must be a datetime with a time zone"
    if end is not None and end.timestamp() <= time.time():
        return f"the AWS credentials expired at {end.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    return None
