"""Signatures: SigV4 by botocore's signer, and SigV4a by the AWS Common Runtime."""

import hmac
from datetime import UTC, datetime
from functools import lru_cache, partial
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .._core.exceptions import ConfigurationError
from .botocore import botocore
from .credentials import Credentials
from .endpoint import Scheme

if TYPE_CHECKING:
    from .._core.blobs import LargeBody

SERVICE = "ses"
"""The service's name in the signature's credential scope."""


class _Headers(dict[str, str]):
    """Headers as botocore's signer reads them. Their repr shows no values: one is the session token."""

    def __repr__(self) -> str:
        return f"<headers {', '.join(self)}>"

    def get_all(self, name: str) -> tuple[str]:
        """Return all values of a header: the one that it has."""
        return (self[name],)


class _Signable:
    """The attributes of a request that botocore's signer reads.

    All its headers are set by the client, with names in lower case. X-Amz-Content-SHA256, which botocore looks up
    without regard to case, is not among them.
    """

    __slots__ = ("body", "context", "headers", "method", "params", "url")

    def __init__(
        self,
        method: str,
        url: str,
        headers: _Headers,
        body: "bytes | LargeBody",
        context: dict[str, Any],
        params: None = None,
    ) -> None:
        self.method: str = method
        self.url: str = url
        self.headers: _Headers = headers
        self.body: bytes | LargeBody = body
        self.context: dict[str, Any] = context
        self.params: None = params


@lru_cache(maxsize=1)
def _signer_class() -> Any:
    signer: type[Any] = botocore("auth").SigV4Auth

    class Signer(signer):  # type: ignore[misc]
        """botocore's signer. It signs all headers as they are, and does not copy them into an `email` message."""

        def headers_to_sign(self, request: _Signable) -> _Headers:
            """Return the headers to sign."""
            return request.headers

        # Many requests have the same path, and those of the same second have the same headers, so both are cached.

        def _normalize_url_path(self, path: str) -> str:
            return path_of(path)

        def canonical_headers(self, headers: _Headers) -> str:
            """Return the headers as they are signed."""
            return fields_of(tuple(headers.items()))

        def signed_headers(self, headers: _Headers) -> str:
            """Return the names of the signed headers."""
            return names_of(tuple(headers))

    general = signer(None, SERVICE, "")

    @lru_cache(maxsize=256)
    def path_of(path: str) -> str:
        return general._normalize_url_path(path)  # type: ignore[no-any-return]  # noqa: SLF001

    @lru_cache(maxsize=16)
    def fields_of(headers: tuple[tuple[str, str], ...]) -> str:
        return general.canonical_headers(_Headers(headers))  # type: ignore[no-any-return]

    @lru_cache(maxsize=16)
    def names_of(names: tuple[str, ...]) -> str:
        return general.signed_headers(names)  # type: ignore[no-any-return]

    return Signer


@lru_cache(maxsize=4)
def _timestamp(second: int) -> str:
    """Return the time of a signature, which many requests of a busy client share."""
    return datetime.fromtimestamp(second, UTC).strftime("%Y%m%dT%H%M%SZ")


def is_loaded() -> bool:
    """Return whether botocore's signer is loaded, which takes a tenth of a second or more."""
    return _signer_class.cache_info().currsize > 0


def load() -> None:
    """Load botocore's signer before there is anything to sign."""
    _signer_class()


@lru_cache(maxsize=64)
def _signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    """Derive the signing key, which changes once a day."""
    key = f"AWS4{secret}".encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def sign(
    *,
    method: str,
    url: str,
    host: str,
    body: "bytes | LargeBody",
    credentials: Credentials,
    region: str,
    now: datetime,
    scheme: Scheme = "sigv4",
) -> dict[str, str]:
    """Return the headers that authenticate a request, including the signed ones.

    Args:
        method: The HTTP method.
        url: The whole URL, percent-encoded, as it will be sent.
        host: The Host header.
        body: The body, as it will be sent.
        credentials: The credentials to sign with.
        region: The region of the credential scope; for `sigv4a` the set of regions, such as `*`.
        now: The time of the signature, in UTC.
        scheme: The kind of signature.
    """
    headers = _Headers(host=host)
    if body:
        headers["content-type"] = "application/json"
    if scheme == "sigv4a":
        return _sign_for_regions(method, url, headers, body, credentials, region, now)
    headers["x-amz-date"] = timestamp = _timestamp(int(now.timestamp()))
    if credentials.token:
        headers["x-amz-security-token"] = credentials.token
    request = _Signable(method, url, headers, body, {"timestamp": timestamp})
    signer = _signer_class()(credentials, SERVICE, region)
    if not isinstance(body, bytes):
        signer.payload = partial(_hash_of_body, body)
    canonical_request: str = signer.canonical_request(request)
    string_to_sign: str = signer.string_to_sign(request, canonical_request)
    key = _signing_key(credentials.secret_key, timestamp[:8], region, SERVICE)
    signature = hmac.digest(key, string_to_sign.encode(), "sha256").hex()
    _, signed, _ = canonical_request.rsplit("\n", 2)
    scope = signer.scope(request)
    headers["authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders={signed}, Signature={signature}"
    return headers


def _hash_of_body(body: "LargeBody", _request: _Signable) -> str:
    return body.sha256


def load_sigv4a() -> tuple[Any, Any]:
    """Return the modules `awscrt.auth` and `awscrt.http`.

    Raises:
        ConfigurationError: They are not installed.
    """
    try:
        return import_module("awscrt.auth"), import_module("awscrt.http")
    except ImportError as error:
        raise ConfigurationError(
            "a multi-region endpoint requires SigV4a signatures: pip install 'sesv2kit[sigv4a]'"
        ) from error


def _sign_for_regions(
    method: str,
    url: str,
    headers: _Headers,
    body: "bytes | LargeBody",
    credentials: Credentials,
    regions: str,
    now: datetime,
) -> dict[str, str]:
    """Sign as botocore's `CrtSigV4AsymAuth` does, with the time passed in."""
    auth, http = load_sigv4a()
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    stream = BytesIO(body) if isinstance(body, bytes) and body else None
    request = http.HttpRequest(method, path, http.HttpHeaders(headers.items()), stream)
    config = auth.AwsSigningConfig(
        algorithm=auth.AwsSigningAlgorithm.V4_ASYMMETRIC,
        signature_type=auth.AwsSignatureType.HTTP_REQUEST_HEADERS,
        credentials_provider=auth.AwsCredentialsProvider.new_static(
            credentials.access_key, credentials.secret_key, credentials.token or None
        ),
        region=regions,
        service=SERVICE,
        date=now,
        signed_body_value=None if isinstance(body, bytes) else body.sha256,
        signed_body_header_type=auth.AwsSignedBodyHeaderType.NONE,
    )
    # With static credentials this ends at once, in this thread.
    auth.aws_sign_request(request, config).result()
    return {name.lower(): value for name, value in request.headers}
