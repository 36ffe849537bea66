"""How many recipients a request has."""

from typing import Any

import pytest

from sesv2kit import models
from sesv2kit._rate.recipients import count_recipients


def to(**addresses: list[str]) -> models.Destination:
    """Return a destination."""
    return models.Destination(**{f"{name}_addresses": given for name, given in addresses.items()})


RAW = b"""From: shop@example.com
To: "Smith, Ann" <ann@example.net>,
 bob@example.net
Cc: c@example.net
To: d@example.net
Subject: =?utf-8?q?To=3A?=

To: nobody@example.net
"""


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ({"destination": to(to=["a"])}, 1),
        ({"destination": to(to=["a", "b"], cc=["c"], bcc=["d", "e"])}, 5),
        ({"destination": None, "content": models.EmailContent(raw=models.RawMessage(data=RAW))}, 4),
        (
            {
                "destination": None,
                "content": models.EmailContent(raw=models.RawMessage(data=RAW.replace(b"\n", b"\r\n"))),
            },
            4,
        ),
        ({"destination": None, "content": models.EmailContent(raw=models.RawMessage(data=memoryview(RAW)))}, 4),
        ({"destination": None, "content": models.EmailContent(raw=models.RawMessage(data=bytearray(RAW)))}, 4),
        ({"destination": to(to=["a"]), "content": models.EmailContent(raw=models.RawMessage(data=RAW))}, 1),
        ({"destination": None, "content": models.EmailContent(raw=models.RawMessage(data=b"\xff"))}, 1),
        ({"destination": models.Destination(), "content": models.EmailContent()}, 1),
        ({"email_address": "ann@example.net", "template_name": "check"}, 1),
        (
            {
                "bulk_email_entries": [
                    models.BulkEmailEntry(destination=to(to=["a"])),
                    models.BulkEmailEntry(destination=to(cc=["b", "c"])),
                ]
            },
            3,
        ),
    ],
)
def test_recipients_are_counted_as_the_service_does(arguments: dict[str, Any], count: int) -> None:
    assert count_recipients(arguments) == count
