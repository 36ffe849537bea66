"""The certificates that SNS signs with: fetched over HTTPS, once for all callers that wait, and kept for a while."""

import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import attrs

from .._aws.arguments import Arguments
from .._aws.config import Config
from .._core.exceptions import ConfigurationError, SESv2Error
from .._core.http import RawResponse, SignedRequest
from .._core.timeout import Phases
from .._transport.choice import Settings, Transport
from .sns import SignatureError

if TYPE_CHECKING:
    import httpx

MAX_CERTIFICATES: Final = 32
"""Certificates that are kept; each region has one or two at a time."""
MAX_FETCHES: Final = 16
"""Certificates that are fetched at the same time, since anybody can post a message that names another one."""
MAX_SIZE: Final = 64 * 1024
"""Bytes that a certificate may have."""
TIMEOUT: Final = 5.0
"""Seconds that fetching one may take."""
_COMMON_NAME: Final = "sns.amazonaws.com"
_MIN_KEY_SIZE: Final = 2048


class CertificateError(SESv2Error):
    """The certificate of SNS could not be fetched. The message may be genuine, and should be delivered again."""


@attrs.define(eq=False)
class _Fetch:
    """A certificate that is being fetched."""

    lock: threading.Lock = attrs.field(factory=threading.Lock)
    waiting: int = 0


class Certificates:
    """The certificates by their URLs. Safe to share between threads.

    Args:
        given: Certificates in PEM that are used instead of those that the URLs lead to.
        http_client: An httpx client to fetch with; None for a connection for each fetch.
    """

    def __init__(self, given: "Mapping[str, bytes | str] | None", http_client: "httpx.Client | None") -> None:
        self._given = given
        self._http_client = http_client
        self._loaded: dict[str, Any] = {}
        self._fetches: dict[str, _Fetch] = {}
        self._guard = threading.Lock()

    def ready(self, url: str) -> Any:
        """Return the certificate that a URL leads to, if it was loaded before; None otherwise. Never blocks."""
        return self._loaded.get(url)

    def load(self, url: str) -> Any:
        """Return the certificate that a URL leads to. May block.

        Raises:
            CertificateError: It can't be fetched. That is not remembered.
            SignatureError: It is not a certificate of SNS.
        """
        if (certificate := self._loaded.get(url)) is not None:
            return certificate
        with self._fetch_of(url) as fetch, fetch.lock:
            certificate = self._loaded.get(url)
            if certificate is None:
                certificate = read_certificate(self._pem(url))
                self._keep(url, certificate)
        return certificate

    @contextmanager
    def _fetch_of(self, url: str) -> Generator["_Fetch"]:
        """Share a fetch with those who wait for the same certificate, and forget it after the last of them."""
        with self._guard:
            if url not in self._fetches and len(self._fetches) >= MAX_FETCHES:
                raise CertificateError("too many certificates are being fetched")
            fetch = self._fetches.setdefault(url, _Fetch())
            fetch.waiting += 1
        try:
            yield fetch
        finally:
            with self._guard:
                fetch.waiting -= 1
                if not fetch.waiting:
                    del self._fetches[url]

    def _keep(self, url: str, certificate: Any) -> None:
        with self._guard:
            self._loaded[url] = certificate
            if len(self._loaded) > MAX_CERTIFICATES:
                del self._loaded[next(iter(self._loaded))]

    def _pem(self, url: str) -> bytes:
        if self._given is None:
            return fetch(url, self._http_client).body
        try:
            pem = self._given[url]
        except KeyError:
            raise CertificateError("certificates= has no certificate for the URL of the message") from None
        return pem.encode() if isinstance(pem, str) else pem


def fetch(url: str, http_client: "httpx.Client | None") -> RawResponse:
    """Get a URL of SNS, which was checked before. Redirects are not followed.

    Raises:
        CertificateError: There is no response of status 200, or it is too large.
    """
    host, _, _ = url.removeprefix("https://").partition("/")
    config = Config(Arguments(region="us-east-1", endpoint_url=f"https://{host}"))
    settings = Settings(ca_bundle=lambda: config.ca_bundle, proxy=lambda: config.proxy, uses_tls=lambda: True)
    request = SignedRequest(
        operation="SNS",
        method="GET",
        url=url,
        headers={"host": host, "user-agent": config.user_agent},
        body=b"",
        timeout=Phases(connect=TIMEOUT, write=TIMEOUT, read=TIMEOUT, pool=TIMEOUT),
        deadline=time.monotonic() + TIMEOUT,
    )
    transport = Transport(http_client, settings)
    try:
        response = transport.send(request)
    except ConfigurationError:
        raise
    except SESv2Error as error:
        raise CertificateError(f"SNS can't be reached: {error}") from error
    finally:
        transport.close()
    if response.status != 200 or len(response.body) > MAX_SIZE:
        raise CertificateError(f"SNS responded with status {response.status} and {len(response.body)} bytes")
    return response


def read_certificate(pem: bytes) -> Any:
    """Return a certificate of SNS.

    Raises:
        SignatureError: It is not one.
        ConfigurationError: The extra is missing.
    """
    x509, rsa = _cryptography()
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        key = certificate.public_key()
    except (ValueError, TypeError) as error:
        raise SignatureError("the certificate can't be read") from error
    if [name.value for name in names] != [_COMMON_NAME]:
        raise SignatureError("the certificate is not that of SNS")
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < _MIN_KEY_SIZE:
        raise SignatureError("the certificate has no RSA key of at least 2048 bits")
    return certificate


def verify(certificate: Any, signature: bytes, text: bytes, digest: str, timestamp: datetime) -> None:
    """Check a signature.

    Raises:
        SignatureError: It is not valid, or the certificate was not valid when the message was made.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    if not certificate.not_valid_before_utc <= timestamp <= certificate.not_valid_after_utc:
        raise SignatureError("the certificate was not valid when the message was made")
    algorithm = {"sha1": hashes.SHA1, "sha256": hashes.SHA256}[digest]()
    try:
        certificate.public_key().verify(signature, text, padding.PKCS1v15(), algorithm)
    except InvalidSignature:
        raise SignatureError("the signature is not valid") from None


def _cryptography() -> tuple[Any, Any]:
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives.asymmetric import rsa
    except ImportError as error:
        raise ConfigurationError('verifying messages of SNS needs an extra: pip install "sesv2kit[sns]"') from error
    return x509, rsa
