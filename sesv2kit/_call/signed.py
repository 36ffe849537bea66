"""Signs a request, as the last thing before it is sent."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache

from .._aws.config import Config, Target
from .._aws.credentials import Credentials
from .._core.exceptions import ConfigurationError
from .._core.forks import IMPORTS
from .._core.http import Headers, SignedRequest
from .._core.timeout import Phases
from .request import Request


@cache
def _sign() -> Callable[..., dict[str, str]]:
    with IMPORTS.lock:
        from .._aws.signing import sign

    return sign


def signer_is_loaded() -> bool:
    """Return whether the signer is loaded."""
    from .._aws.signing import is_loaded

    return is_loaded()


def load_signer(config: Config) -> None:
    """Load the signer and the TLS context, so that the first request takes little longer than others."""
    from .._aws.signing import load
    from .._transport.tls import ssl_context

    load()
    if config.uses_tls:
        with suppress(ConfigurationError):  # reported when a connection is made
            ssl_context(config.ca_bundle)


def signed_request(
    operation: str,
    request: Request,
    target: Target,
    credentials: Credentials,
    now: datetime,
    *,
    headers: Mapping[str, str],
    timeout: Phases,
    deadline: float | None,
) -> SignedRequest:
    """Return a request with its signature, which is good for a few minutes.

    Args:
        operation: The operation's name.
        request: What to sign.
        target: Where it goes.
        credentials: The credentials to sign with.
        now: The time of the signature.
        headers: The headers that the call adds or replaces.
        timeout: The seconds that each phase may take.
        deadline: The `time.monotonic()` at which the call ends; None for no bound.
    """
    url = f"{target.url}{request.path}" + (f"?{request.query}" if request.query else "")
    signature = _sign()(
        method=request.method,
        url=url,
        host=target.host,
        body=request.body,
        credentials=credentials,
        region=target.region,
        now=now,
        scheme=target.signing,
    )
    all_headers = Headers({"user-agent": target.user_agent, **headers, **signature})
    return SignedRequest(operation, request.method, url, all_headers, request.body, timeout, deadline)
