"""Messages of SNS that are really signed, with a certificate made for the tests."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from .events import TOPIC

URL = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem"
ORDER = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}
ORDER["UnsubscribeConfirmation"] = ORDER["SubscriptionConfirmation"]


@cache
def private_key(size: int = 2048) -> rsa.RSAPrivateKey:
    """Return a key of the tests' SNS."""
    return rsa.generate_private_key(public_exponent=65537, key_size=size)


@cache
def certificate(name: str = "sns.amazonaws.com", size: int = 2048, days: int = 365) -> bytes:
    """Return a certificate in PEM, which began a day ago."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private_key(size).public_key())
        .serial_number(7)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
        .sign(private_key(size), hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


def text_of(message: Mapping[str, Any]) -> str:
    """Return what SNS signs of a message."""
    names = [name for name in ORDER[message["Type"]] if message.get(name) is not None]
    return "".join(f"{name}\n{message[name]}\n" for name in names)


def signature(text: str, version: str = "1", size: int = 2048) -> str:
    """Sign a text as SNS does."""
    algorithm = hashes.SHA1() if version == "1" else hashes.SHA256()
    return base64.b64encode(private_key(size).sign(text.encode(), padding.PKCS1v15(), algorithm)).decode()


def stamp(moment: datetime | None = None) -> str:
    """Return a time as SNS writes it; now, if none is given."""
    return (moment or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def signed(message: object = "hello", *, version: str = "1", size: int = 2048, **members: Any) -> dict[str, Any]:
    """Return a signed notification; `members` replace its own before it is signed, and None leaves one out."""
    text = message if isinstance(message, str) else json.dumps(message) + "\n"
    made: dict[str, Any] = {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": TOPIC,
        "Message": text,
        "Timestamp": stamp(),
        "SignatureVersion": version,
        "SigningCertURL": URL,
        **members,
    }
    made = {name: value for name, value in made.items() if value is not None}
    return {**made, "Signature": signature(text_of(made), version, size)}


def confirmation(kind: str = "SubscriptionConfirmation", **members: Any) -> dict[str, Any]:
    """Return the signed question whether a subscription is wanted."""
    facts = {
        "Token": "2336412f37",
        "SubscribeURL": "https://evil.example.com/?Action=ConfirmSubscription",
        "Type": kind,
        **members,
    }
    return signed("You have chosen to subscribe to the topic.", **facts)
