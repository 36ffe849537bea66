"""Amazon SNS for the fake service: messages that are really signed, with a key and a certificate of its own."""

import base64
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from .._core.exceptions import ConfigurationError
from .._core.model import is_mapping
from ..events import Event
from ._service.sending.bodies import stamp
from ._service.world import ACCOUNT_ID

_NOTIFICATION: Final = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_CONFIRMATION: Final = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")


class Post(NamedTuple):
    """What SNS posts to an endpoint."""

    body: bytes
    headers: Mapping[str, str]


class FakeSNS:
    """What SNS would post for the events of a fake service.

    `SNSVerifier(topics=[fake.sns.topic_arn], certificates=fake.sns.certificates)` verifies it.

    Args:
        region: The AWS region.
    """

    def __init__(self, region: str) -> None:
        self._region = region
        self.topic_arn: str = f"arn:aws:sns:{region}:{ACCOUNT_ID}:ses-events"
        """The topic of the messages, if none is given."""

    @property
    def certificate_url(self) -> str:
        """The address that messages give for the certificate."""
        return f"https://sns.{self._region}.amazonaws.com/SimpleNotificationService-{_signer().serial}.pem"

    @property
    def certificates(self) -> dict[str, bytes]:
        """The certificate by its address, in PEM, for `SNSVerifier(certificates=...)`.

        Raises:
            ConfigurationError: The extra `sns` is missing.
        """
        return {self.certificate_url: _signer().certificate}

    def post(self, event: Event | Mapping[str, Any], *, topic_arn: str | None = None, raw: bool = False) -> Post:
        """Return what SNS posts for an event.

        Args:
            event: An event of the fake service, or one as JSON has it.
            topic_arn: The topic. Default: `topic_arn`.
            raw: Whether the subscription has raw delivery switched on: the event alone is posted, without a signature.
                Default: False.

        Returns:
            Post: The body and the headers.

        Raises:
            ConfigurationError: It is not an event, or the extra `sns` is missing.
        """
        topic = topic_arn or self.topic_arn
        if not isinstance(event, Event) and not is_mapping(event):
            raise ConfigurationError(f"an event of SES or a mapping can be posted, and not {type(event).__name__}")
        text = json.dumps(dict(event.raw if isinstance(event, Event) else event))
        message_id = _new_id()
        headers = self._headers("Notification", message_id, topic)
        if raw:
            return Post(text.encode(), headers | {"x-amz-sns-rawdelivery": "true"})
        members = {
            "Type": "Notification",
            "MessageId": message_id,
            "TopicArn": topic,
            "Subject": "Amazon SES Email Event Notification",
            "Message": text + "\n",
            "Timestamp": stamp(datetime.now(UTC)),
        }
        query = urlencode({"Action": "Unsubscribe", "SubscriptionArn": _subscription_arn(topic)})
        extra = {"UnsubscribeURL": f"https://sns.{self._region}.amazonaws.com/?{query}"}
        return Post(self._signed(members, _NOTIFICATION, extra), headers)

    def confirmation(self, *, topic_arn: str | None = None, token: str | None = None) -> Post:
        """Return what SNS posts to an endpoint that was subscribed to a topic, so that it confirms.

        Args:
            topic_arn: The topic. Default: `topic_arn`.
            token: The token that confirms. Default: a new one.

        Returns:
            Post: The body and the headers.
        """
        topic, token = topic_arn or self.topic_arn, token or uuid.uuid4().hex * 2
        message_id = _new_id()
        query = urlencode({"Action": "ConfirmSubscription", "TopicArn": topic, "Token": token})
        members = {
            "Type": "SubscriptionConfirmation",
            "MessageId": message_id,
            "Token": token,
            "TopicArn": topic,
            "Message": f"You have chosen to subscribe to the topic {topic}.\n"
            "To confirm the subscription, visit the SubscribeURL included in this message.",
            "SubscribeURL": f"https://sns.{self._region}.amazonaws.com/?{query}",
            "Timestamp": stamp(datetime.now(UTC)),
        }
        headers = self._headers("SubscriptionConfirmation", message_id, topic)
        headers.pop("x-amz-sns-subscription-arn")  # there is no subscription yet
        return Post(self._signed(members, _CONFIRMATION, {}), headers)

    def _headers(self, kind: str, message_id: str, topic: str) -> dict[str, str]:
        return {
            "x-amz-sns-message-type": kind,
            "x-amz-sns-message-id": message_id,
            "x-amz-sns-topic-arn": topic,
            "x-amz-sns-subscription-arn": _subscription_arn(topic),
            "content-type": "text/plain; charset=UTF-8",
            "user-agent": "Amazon Simple Notification Service Agent",
        }

    def _signed(self, members: Mapping[str, str], names: tuple[str, ...], extra: Mapping[str, str]) -> bytes:
        text = "".join(f"{name}\n{members[name]}\n" for name in names)
        signed = {
            "SignatureVersion": "2",
            "Signature": _signer().sign(text.encode()),
            "SigningCertURL": self.certificate_url,
        }
        return json.dumps({**members, **signed, **extra}).encode()


def _subscription_arn(topic: str) -> str:
    return f"{topic}:{uuid.uuid5(uuid.NAMESPACE_URL, topic)}"


def _new_id() -> str:
    # Not of the seed: whoever verifies messages may remember their ids over several fakes.
    return str(uuid.uuid4())


class _Signer:
    """A key and its certificate."""

    def __init__(self) -> None:
        try:
            from cryptography import x509
            from cryptography.hazmat.primitives import hashes, serialization
            from cryptography.hazmat.primitives.asymmetric import rsa
        except ImportError as error:
            raise ConfigurationError('signing messages of SNS needs an extra: pip install "sesv2kit[sns]"') from error
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sns.amazonaws.com")])
        begin = datetime.now(UTC) - timedelta(days=1)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(begin + timedelta(days=366))
            .sign(self._key, hashes.SHA256())
        )
        self.serial = f"{made.serial_number:x}"[:32]
        self.certificate = made.public_bytes(serialization.Encoding.PEM)

    def sign(self, text: bytes) -> str:
        """Return the signature of a text, of version 2."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import padding

        return base64.b64encode(self._key.sign(text, padding.PKCS1v15(), hashes.SHA256())).decode()


@cache
def _signer() -> _Signer:
    """Return the key of this process: making one takes a fifth of a second."""
    return _Signer()
