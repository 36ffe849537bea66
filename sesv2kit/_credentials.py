"""Where credentials come from: arguments, the environment, and botocore's resolver behind a small door."""

import os
from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

import attrs

from ._exceptions import CredentialsError


@attrs.frozen
class Credentials:
    """Long-lived or temporary AWS credentials.

    Args:
        access_key: The access key id.
        secret_key: The secret access key; never shown.
        token: The session token of temporary credentials; never shown. Default: None.
    """

    access_key: str
    secret_key: str = attrs.field(repr=False)
    token: str | None = attrs.field(default=None, repr=False)


@runtime_checkable
class RefreshableCredentials(Protocol):
    """Credentials of botocore or boto3, which refresh themselves."""

    def get_frozen_credentials(self) -> Any:
        """Return an object with `access_key`, `secret_key` and `token`."""
        ...


CredentialsLike = Credentials | RefreshableCredentials | Callable[[], Credentials]
"""What a client takes as `credentials`: static ones, botocore's, or a function that returns them."""


def from_environment() -> Credentials | None:
    """Return the credentials of AWS_ACCESS_KEY_ID and its companions; None if they are not set."""
    access_key, secret_key = os.environ.get("AWS_ACCESS_KEY_ID"), os.environ.get("AWS_SECRET_ACCESS_KEY")
    if not access_key or not secret_key:
        return None
    token = os.environ.get("AWS_SESSION_TOKEN") or os.environ.get("AWS_SECURITY_TOKEN")
    return Credentials(access_key, secret_key, token or None)


def is_header_text(text: str) -> bool:
    """Return whether a text can stand in an HTTP header."""
    return text.isascii() and text.isprintable()


def frozen(given: CredentialsLike) -> Credentials:
    """Return what to sign with now; asks a server or a file if `given` has to.

    Raises:
        CredentialsError: It can't be loaded, or is not what a header can carry. Never shows a secret.
    """
    try:
        current: Any = given.get_frozen_credentials() if isinstance(given, RefreshableCredentials) else given
        current = current() if callable(current) else current
        found = Credentials(current.access_key, current.secret_key, current.token)
    except CredentialsError:
        raise
    except Exception as error:
        raise CredentialsError(f"the AWS credentials can't be loaded: {type(error).__name__}") from error
    if not found.access_key or not found.secret_key:
        raise CredentialsError("the AWS credentials lack an access key or a secret key")
    parts: tuple[Any, ...] = (found.access_key, found.secret_key, found.token or "")
    if not all(isinstance(part, str) for part in parts):
        raise CredentialsError("the AWS access key, secret key and session token must be texts")
    if not (found.secret_key.isascii() and found.secret_key.isprintable()):
        raise CredentialsError("the AWS secret key has characters that no key has, such as a line end")
    if not is_header_text(found.access_key + (found.token or "")):
        raise CredentialsError("the AWS access key or session token has characters that a header can't carry")
    return found


class CredentialsSource:
    """A client's credentials.

    Args:
        given: What the caller passed, if anything.
        session: Makes, or returns, the botocore session to ask otherwise.
        environment: Whether the environment's keys count; they don't when a profile or session was named.
    """

    def __init__(self, given: CredentialsLike | None, session: Callable[[], Any], *, environment: bool) -> None:
        self._given = given
        self._session = session
        self._environment = environment
        self.static = frozen(given) if isinstance(given, Credentials) else None
        """The credentials, if they never change and are known; needs no `load`, which may block."""

    def load(self) -> Credentials:
        """Return what to sign with now."""
        if self._given is None:
            found = from_environment() if self._environment else None
            self._given = found or _resolve(self._session())
            self.static = frozen(found) if found else None
        return frozen(self._given)


def _resolve(session: Any) -> Any:
    try:
        resolved = session.get_credentials()
    except Exception as error:
        raise CredentialsError(f"the AWS credentials can't be resolved: {error}") from error
    if resolved is None:
        raise CredentialsError(
            "no AWS credentials were found: pass credentials=, set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY, or set up a profile"
        )
    return resolved
