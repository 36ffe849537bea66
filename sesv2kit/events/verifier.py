"""Verification of messages of Amazon SNS: topic, age, certificate and signature."""

import base64
import binascii
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from .._aws.botocore import botocore
from .._core.aio import in_thread
from .._core.exceptions import ConfigurationError
from .._core.lazy import LazyModule
from .._core.model import is_collection_of, is_mapping
from .._core.settings import SWITCH, check_settings
from .certificates import CertificateError, Certificates, fetch, verify
from .sns import (
    Confirmation,
    Headers,
    Notification,
    Rules,
    SignatureError,
    Signed,
    SNSBody,
    SNSMessage,
    check,
    confirmation_url,
    is_raw,
    is_topic_arn,
    raw_notification,
)

if TYPE_CHECKING:
    import httpx
else:
    httpx = LazyModule("httpx")

__all__ = ["CertificateError", "SNSVerifier"]


class SNSVerifier:
    """Verifies that messages come from SNS, for topics of yours, and are fresh. Safe to share.

    Both signature versions are accepted; the version decides on the hash. The certificate is fetched from the address
    of SNS in the topic's region, once, and kept. Needs the extra `sesv2kit[sns]`.

    Args:
        topics: The ARNs of the topics that may send messages. Required, since anybody can have SNS sign a message
            for a topic of their own.
        max_age: How old a message may be; None for any age. SNS delivers again for up to an hour. Default: 2 hours.
        certificates: Certificates in PEM by their URLs, used instead of fetching, as tests do. Default: None.
        http_client: An httpx client to fetch with; it stays the caller's to close. Default: connections of the
            verifier's own, with the CA bundle and the proxy that the environment names.
        accept_raw: Whether to accept messages of subscriptions with raw delivery, which have no signature: whoever
            knows the URL can then send what they like. Default: False, they are refused.

    Raises:
        ConfigurationError: There are no topics, one is not the ARN of a topic, `max_age` is not above 0, or another
            argument is not what it has to be.

    https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
    """

    def __init__(
        self,
        topics: Collection[str],
        *,
        max_age: timedelta | None = timedelta(hours=2),
        certificates: Mapping[str, bytes | str] | None = None,
        http_client: "httpx.Client | None" = None,
        accept_raw: bool = False,
    ) -> None:
        if not is_collection_of(topics, is_topic_arn) or not topics:
            raise ConfigurationError(
                "topics must be the ARNs of SNS topics, at least 1: arn:aws:sns:REGION:ACCOUNT:NAME"
            )
        given: Any = max_age
        if given is not None and not (isinstance(given, timedelta) and given > timedelta()):
            raise ConfigurationError("max_age must be a timedelta above 0, or None")
        if certificates is not None and not (is_mapping(certificates) and all(map(_is_pem, certificates.values()))):
            raise ConfigurationError("certificates must be a mapping of URLs to PEM")
        if http_client is not None:
            from .._transport.through_httpx import check_kind  # which loads httpx

            check_kind(http_client, httpx.Client)
        check_settings({"accept_raw": SWITCH}, {"accept_raw": accept_raw})
        self._rules = Rules(frozenset(topics), max_age, _dns_suffix)
        self._certificates = Certificates(certificates, http_client)
        self._http_client = http_client
        self._accept_raw = accept_raw

    def verify(self, body: SNSBody, headers: Headers | None = None) -> SNSMessage:
        """Return a message once it is verified. Blocks while a certificate is fetched; a fetch takes 5 seconds at most.

        Args:
            body: The body of the request, or the message as read from JSON.
            headers: The headers of the request, if there are any; names in any case.

        Returns:
            A `Notification`, a `SubscriptionConfirmation` or an `UnsubscribeConfirmation`.

        Raises:
            SignatureError: The message is not to be trusted.
            EventError: It is not a message of SNS.
            CertificateError: The certificate can't be fetched; the message may be fine.
            ConfigurationError: The extra is missing, or the headers are not a mapping.
        """
        signed = self._check(body, headers)
        if isinstance(signed, Notification):
            return signed
        return self._verified(signed, self._certificates.load(signed.certificate_url))

    async def averify(self, body: SNSBody, headers: Headers | None = None) -> SNSMessage:
        """Return a message once it is verified, without blocking other tasks, see `verify`."""
        signed = self._check(body, headers)
        if isinstance(signed, Notification):
            return signed
        certificate = self._certificates.ready(signed.certificate_url)
        if certificate is None:
            certificate = await in_thread(lambda: self._certificates.load(signed.certificate_url))
        return self._verified(signed, certificate)

    def confirm(self, message: SNSMessage) -> None:
        """Confirm a subscription. The URL is made of topic and token; the one in the message is never followed.

        Args:
            message: A `SubscriptionConfirmation` that was verified, or an `UnsubscribeConfirmation` to subscribe again.

        Raises:
            CertificateError: SNS can't be reached, or refuses.
            ConfigurationError: It is another message.
        """
        if not isinstance(message, Confirmation):
            raise ConfigurationError(f"a {type(message).__name__} can't be confirmed")
        fetch(confirmation_url(message, _dns_suffix), self._http_client)

    async def aconfirm(self, message: SNSMessage) -> None:
        """Confirm a subscription without blocking other tasks, see `confirm`."""
        await in_thread(lambda: self.confirm(message))

    def _check(self, body: SNSBody, headers: Headers | None) -> Signed | Notification:
        """Return what has to be verified of a message, or a message that was delivered raw."""
        if headers is not None and not hasattr(headers, "items"):  # those of some frameworks are not a `Mapping`
            raise ConfigurationError("headers must be a mapping of names to values, or None")
        given = () if headers is None else headers.items()
        lower, now = {str(name).lower(): value for name, value in given}, datetime.now(UTC)
        if self._accept_raw and is_raw(lower):
            return raw_notification(body, lower, self._rules, now)
        return check(body, lower, self._rules, now)

    def _verified(self, signed: Signed, certificate: Any) -> SNSMessage:
        try:
            signature = base64.b64decode(signed.signature, validate=True)
        except (binascii.Error, ValueError):
            raise SignatureError("the signature is not base64") from None
        verify(certificate, signature, signed.text, signed.hash, signed.message.timestamp)
        return signed.message


def _is_pem(value: object) -> bool:
    return isinstance(value, bytes | str)


@cache
def _dns_suffix(partition: str) -> str | None:
    """Return the DNS suffix of a partition, by botocore's data; None if there is no such partition."""
    partitions = botocore("loaders").Loader().load_data("partitions")["partitions"]
    found = (entry["outputs"]["dnsSuffix"] for entry in partitions if entry["id"] == partition)
    return next(found, None)
