"""What every SDK is asked for, in boto3's form, and how their results are compared."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

Call: TypeAlias = tuple[str, dict[str, Any]]
"""An operation and its request."""
Result: TypeAlias = Any
"""The members of the response, or `{"error": [code, message]}`."""

CALLS: Final[Sequence[Call]] = [
    (
        "CreateEmailTemplate",
        {
            "TemplateName": "welcome/é",
            "TemplateContent": {
                "Subject": "Hello {{name}}",
                "Text": "Hi {{name}}{{#each items}}, {{this}}{{/each}}",
                "Html": "<p>{{#if vip}}Dear {{/if}}{{name}}</p>",
            },
        },
    ),
    ("GetEmailTemplate", {"TemplateName": "welcome/é"}),
    (
        "SendEmail",
        {
            "FromEmailAddress": "Shop <shop@example.com>",
            "Destination": {"ToAddresses": ["Ann <ann@example.net>"], "BccAddresses": ["bob@example.net"]},
            "Content": {
                "Simple": {
                    "Subject": {"Data": "Grüße"},
                    "Body": {"Text": {"Data": "Hi"}, "Html": {"Data": "<p>Hi</p>"}},
                    "Headers": [{"Name": "X-Kind", "Value": "order"}],
                }
            },
            "EmailTags": [{"Name": "campaign", "Value": "spring"}],
        },
    ),
    (
        "SendEmail",
        {
            "FromEmailAddress": "shop@example.com",
            "Destination": {"ToAddresses": ["ann@example.net"]},
            "Content": {
                "Template": {
                    "TemplateName": "welcome/é",
                    "TemplateData": '{"name": "Ann & Bob", "items": [1, 2], "vip": true}',
                }
            },
        },
    ),
    (
        "SendBulkEmail",
        {
            "FromEmailAddress": "shop@example.com",
            "DefaultContent": {
                "Template": {"TemplateName": "welcome/é", "TemplateData": '{"name": "you", "items": [], "vip": false}'}
            },
            "BulkEmailEntries": [
                {
                    "Destination": {"ToAddresses": ["bounce@simulator.amazonses.com"]},
                    "ReplacementEmailContent": {"ReplacementTemplate": {"ReplacementTemplateData": '{"name": "Ann"}'}},
                },
                {"Destination": {"ToAddresses": ["no address"]}},
            ],
        },
    ),
    ("CreateEmailIdentity", {"EmailIdentity": "example.org", "Tags": [{"Key": "team", "Value": "shop"}]}),
    ("ListEmailIdentities", {"PageSize": 1}),
    ("ListEmailTemplates", {}),
    ("PutSuppressedDestination", {"EmailAddress": "A+b@Example.NET", "Reason": "COMPLAINT"}),
    ("ListSuppressedDestinations", {"Reasons": ["COMPLAINT", "BOUNCE"], "PageSize": 10}),
    ("TestRenderEmailTemplate", {"TemplateName": "welcome/é", "TemplateData": "{}"}),
    ("GetEmailTemplate", {"TemplateName": "other"}),
    ("CreateEmailIdentity", {"EmailIdentity": "example.org"}),
    (
        "SendEmail",
        {
            "FromEmailAddress": "shop@example.net",
            "Destination": {"ToAddresses": ["ann@example.net"]},
            "Content": {"Simple": {"Subject": {"Data": "Hi"}, "Body": {"Text": {"Data": "Hi"}}}},
        },
    ),
    ("GetAccount", {}),
]


def comparable(value: Any, name: str = "") -> Any:
    """Return a result in a form that all SDKs have: times in seconds, numbers without a type."""
    if isinstance(value, Mapping):
        return {
            key: comparable(member, key)
            for key, member in value.items()
            if key not in ("ResponseMetadata", "$metadata") and member is not None
        }
    if isinstance(value, list | tuple):
        return [comparable(item) for item in value]
    if name.endswith(("Timestamp", "Time")) and not isinstance(value, int | float):
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment.timestamp()
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
