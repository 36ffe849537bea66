"""What several emulators of SES say of the same requests, by boto3."""

from collections.abc import Sequence
from typing import Any

import boto3
import botocore
from botocore.config import Config
from botocore.exceptions import ClientError

from sesv2kit.testing import FakeSES

Call = tuple[str, dict[str, Any]]
READERS = {"ContactListName": "readers"}
ANN = READERS | {"EmailAddress": "ann@example.net"}
IDENTITY = {"EmailIdentity": "ann@example.net"}
POLICY = IDENTITY | {"PolicyName": "p"}
ARN = {"ResourceArn": "arn:aws:ses:us-east-1:123456789012:identity/ann@example.net"}
EVENTS = {"Enabled": True, "MatchingEventTypes": ["SEND"], "SnsDestination": {"TopicArn": "arn:aws:sns:us-east-1:1:t"}}

BOTH: Sequence[Call] = [
    ("CreateEmailIdentity", IDENTITY),
    ("CreateEmailIdentity", {"EmailIdentity": "example.org"}),
    ("ListEmailIdentities", {}),
    ("CreateConfigurationSet", {"ConfigurationSetName": "news"}),
    ("ListConfigurationSets", {}),
    ("DeleteConfigurationSet", {"ConfigurationSetName": "news"}),
    ("GetConfigurationSet", {"ConfigurationSetName": "news"}),
    ("CreateDedicatedIpPool", {"PoolName": "fast", "ScalingMode": "STANDARD"}),
    ("GetDedicatedIpPool", {"PoolName": "fast"}),
    ("ListDedicatedIpPools", {}),
    ("DeleteDedicatedIpPool", {"PoolName": "fast"}),
    ("DeleteEmailIdentityPolicy", POLICY),
    ("DeleteEmailIdentity", IDENTITY),
]
"""What moto and ministack say alike."""
MOTO: Sequence[Call] = [
    ("CreateEmailIdentity", IDENTITY),
    ("CreateEmailIdentityPolicy", POLICY | {"Policy": '{"Version": "1"}'}),
    ("UpdateEmailIdentityPolicy", POLICY | {"Policy": '{"Version": "2"}'}),
    ("GetEmailIdentityPolicies", IDENTITY),
    ("TagResource", ARN | {"Tags": [{"Key": "team", "Value": "shop"}]}),
    ("ListTagsForResource", ARN),
    ("CreateContactList", READERS),
    ("GetContactList", READERS),
    ("ListContactLists", {}),
    ("CreateContact", ANN),
    ("CreateContact", ANN | {"ContactListName": "other"}),
    ("GetContact", ANN),
    ("GetContact", READERS | {"EmailAddress": "bob@example.net"}),
    ("ListContacts", READERS),
    ("DeleteContact", ANN),
    ("DeleteContact", ANN),
    ("DeleteContactList", READERS),
    ("GetContactList", READERS),
]
MINISTACK: Sequence[Call] = [
    ("CreateConfigurationSet", {"ConfigurationSetName": "news"}),
    ("CreateConfigurationSet", {"ConfigurationSetName": "news"}),
    (
        "CreateConfigurationSetEventDestination",
        {"ConfigurationSetName": "news", "EventDestinationName": "topic", "EventDestination": EVENTS},
    ),
    ("GetConfigurationSetEventDestinations", {"ConfigurationSetName": "news"}),
    ("CreateEmailTemplate", {"TemplateName": "t", "TemplateContent": {"Subject": "S", "Text": "T", "Html": "H"}}),
    ("GetEmailTemplate", {"TemplateName": "t"}),
    ("ListEmailTemplates", {}),
    ("UpdateEmailTemplate", {"TemplateName": "t", "TemplateContent": {"Subject": "S2", "Text": "T", "Html": "H"}}),
    ("GetEmailTemplate", {"TemplateName": "t"}),
    ("DeleteEmailTemplate", {"TemplateName": "t"}),
    (
        "SendEmail",
        {
            "FromEmailAddress": "shop@example.edu",
            "Destination": {"ToAddresses": ["ann@example.net"]},
            "Content": {"Simple": {"Subject": {"Data": "Hi"}, "Body": {"Text": {"Data": "Hi"}}}},
        },
    ),
]
_OWN = frozenset(
    {"ResponseMetadata", "CreatedTimestamp", "LastUpdatedTimestamp", "DkimAttributes", "VerifiedForSendingStatus"}
)
"""The members that the emulators need not have alike: times, and how identities are verified."""


def opinion(url: str, calls: Sequence[Call]) -> list[Any]:
    """Return what a server says of each request: the members of its response, or its error."""
    client: Any = boto3.client(
        "sesv2",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="123456789012",
        aws_secret_access_key="secret",
        config=Config(retries={"total_max_attempts": 1}, proxies={}),
    )
    found: list[Any] = []
    for operation, request in calls:
        try:
            found.append(_shared(getattr(client, botocore.xform_name(operation))(**request)))
        except ClientError as error:
            details: Any = error.response
            status = details["ResponseMetadata"]["HTTPStatusCode"]
            found.append((details["Error"]["Code"], details["Error"]["Message"], status))
    return found


def _shared(value: Any) -> Any:
    if isinstance(value, dict):
        members: dict[str, Any] = value
        # Some leave out a list that has nothing in it.
        return {name: _shared(member) for name, member in members.items() if name not in _OWN and member != []}
    return [_shared(item) for item in value] if isinstance(value, list) else value


def agrees(url: str, calls: Sequence[Call]) -> None:
    """Assert that the fake says what another emulator says."""
    with FakeSES(verified=[]) as fake, fake.serve() as ours:
        expected = opinion(url, calls)
        for call, our, their in zip(calls, opinion(ours, calls), expected, strict=True):
            assert our == their, call
