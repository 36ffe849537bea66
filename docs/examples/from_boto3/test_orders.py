"""One test, three times: boto3 in moto, sesv2kit in moto, sesv2kit with its fake."""

from collections.abc import Iterator, Sequence

import boto3
import pytest
from moto import mock_aws

from sesv2kit import SESv2Client, compose
from sesv2kit.testing import SentMail


def confirm_with_boto3(to: str) -> str:
    """Send a mail about an order, as it was done before."""
    client = boto3.client("sesv2")
    response = client.send_email(
        FromEmailAddress="shop@example.com",
        Destination={"ToAddresses": [to]},
        Content={
            "Simple": {
                "Subject": {"Data": "Your order"},
                "Body": {"Text": {"Data": "It is on its way."}},
            },
        },
    )
    return str(response["MessageId"])


def confirm(to: str) -> str | None:
    """Send a mail about an order."""
    mail = compose.mail(
        sender="shop@example.com",
        to=to,
        subject="Your order",
        text="It is on its way.",
    )
    with SESv2Client() as ses:
        return ses.send_email(**mail.arguments).message_id


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let moto play AWS, with a sender that is verified."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with mock_aws():
        client = boto3.client("sesv2")
        client.create_email_identity(EmailIdentity="shop@example.com")
        yield


@pytest.mark.usefixtures("aws")
def test_boto3_in_moto() -> None:
    """What you have."""
    assert confirm_with_boto3("ann@example.net")


@pytest.mark.usefixtures("aws")
def test_sesv2kit_in_moto() -> None:
    """The fixture stays; the requests of sesv2kit go to moto as well."""
    assert confirm("ann@example.net")


def test_sesv2kit_with_its_fake(ses_outbox: Sequence[SentMail]) -> None:
    """No fixture of your own, and a look at what was sent."""
    assert confirm("ann@example.net") == ses_outbox[0].message_id
    assert ses_outbox[0].text == "It is on its way."
