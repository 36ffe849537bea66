"""SigV4 through botocore: its canonical request and string to sign, on a lean request."""

import hashlib
import hmac
from datetime import datetime
from functools import lru_cache
from typing import Any

import attrs

from ._botocore import botocore
from ._credentials import Credentials

SERVICE = "ses"
"""The name that the signature's credential scope carries."""


@attrs.define
class _Signable:
    """What botocore's signer reads of a request.

    Its headers are all of the client's own making, in lower case, and never X-Amz-Content-SHA256, which
    botocore looks up whatever its case.
    """

    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    context: dict[str, Any]
    params: None = None


@lru_cache(maxsize=64)
def _signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    """Derive the signing key, which changes once a day."""
    key = f"AWS4{secret}".encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def sign(
    *, method: str, url: str, host: str, body: bytes, credentials: Credentials, region: str, now: datetime
) -> dict[str, str]:
    """Return the headers that authenticate a request, with the ones that it signs.

    Args:
        method: The HTTP method.
        url: The whole URL, percent-encoded, as it will be sent.
        host: The Host header.
        body: The body, as it will be sent.
        credentials: Whom the request comes from.
        region: The region of the credential scope.
        now: The time of the signature, in UTC.
    """
    timestamp = now.strftime("%Y%m%dT%H%M%SZ")
    headers = {"host": host, "x-amz-date": timestamp}
    if body:
        headers["content-type"] = "application/json"
    if credentials.token:
        headers["x-amz-security-token"] = credentials.token
    request = _Signable(method, url, headers, body, {"timestamp": timestamp})
    signer = botocore("auth").SigV4Auth(credentials, SERVICE, region)
    string_to_sign: str = signer.string_to_sign(request, signer.canonical_request(request))
    key = _signing_key(credentials.secret_key, timestamp[:8], region, SERVICE)
    signature = hmac.new(key, string_to_sign.encode(), hashlib.sha256).hexdigest()
    signed, scope = signer.signed_headers(headers), signer.scope(request)
    headers["authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders={signed}, Signature={signature}"
    return headers
