"""Composed mails are sent: what a server gets over real HTTP, from each of the clients."""

import base64
import email
import json
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from support.clients import Connect
from support.compose import ANN, EVERY_BYTE, SHOP, mail, raw_mail
from support.counting import CountingServer, answers, counting_server

from sesv2kit import compose

pytestmark = pytest.mark.anyio

SENT = answers(body=b'{"MessageId": "0102"}')


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """A server that takes every mail."""
    with counting_server() as server:
        yield server


def body_of(server: CountingServer) -> dict[str, Any]:
    """Return the JSON of the one request."""
    (request,) = server.received
    body: dict[str, Any] = json.loads(request.body)
    return body


async def test_every_byte_of_an_attachment_arrives(server: CountingServer, connect: Connect, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(EVERY_BYTE * 3)
    composed = mail(attachments=[tmp_path / "a.bin"], tags={"campaign": "may"}, bcc="hidden@example.org")
    async with connect(server.script(SENT).url) as ses:
        response = await ses.send_email(**composed.arguments, configuration_set_name="main")
    assert response.message_id == "0102"
    body = body_of(server)
    (attachment,) = body["Content"]["Simple"]["Attachments"]
    assert base64.b64decode(attachment.pop("RawContent")) == EVERY_BYTE * 3
    assert attachment == {
        "FileName": "a.bin",
        "ContentType": "application/octet-stream",
        "ContentDisposition": "ATTACHMENT",
        "ContentTransferEncoding": "BASE64",
    }
    assert body["FromEmailAddress"] == SHOP
    assert body["Destination"] == {"ToAddresses": [ANN], "BccAddresses": ["hidden@example.org"]}
    assert body["EmailTags"] == [{"Name": "campaign", "Value": "may"}]
    assert body["ConfigurationSetName"] == "main"


async def test_every_byte_of_an_attachment_arrives_in_a_raw_mail(server: CountingServer, connect: Connect) -> None:
    composed = raw_mail(attachments=[compose.attachment(EVERY_BYTE, file_name="a.bin")], bcc="hidden@example.org")
    async with connect(server.script(SENT).url) as ses:
        await ses.send_email(**composed.arguments)
    data = base64.b64decode(body_of(server)["Content"]["Raw"]["Data"])
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert [part.get_content() for part in message.iter_attachments()][1] == EVERY_BYTE
    assert b"hidden" not in data


async def test_the_content_can_be_sent_alone(server: CountingServer, connect: Connect) -> None:
    composed = compose.template("welcome", {"name": "Müller"}, sender=SHOP, to=ANN)
    async with connect(server.script(SENT).url) as ses:
        await ses.send_email(from_email_address=SHOP, destination=compose.destination(to=ANN), content=composed.content)
    body = body_of(server)
    assert body["Destination"] == {"ToAddresses": [ANN]}
    assert body["Content"] == {"Template": {"TemplateName": "welcome", "TemplateData": '{"name": "Müller"}'}}


async def test_bulk_content_and_entries_arrive(server: CountingServer, connect: Connect) -> None:
    response = answers(body=b'{"BulkEmailEntryResults": [{"Status": "SUCCESS", "MessageId": "0102"}]}')
    async with connect(server.script(response).url) as ses:
        await ses.send_bulk_email(
            from_email_address=SHOP,
            default_content=compose.bulk_content("welcome", {"name": "friend"}),
            bulk_email_entries=[compose.bulk_entry(to=ANN, data={"name": "Ann"})],
        )
    body = body_of(server)
    assert body["DefaultContent"]["Template"]["TemplateData"] == '{"name": "friend"}'
    assert body["BulkEmailEntries"] == [
        {
            "Destination": {"ToAddresses": [ANN]},
            "ReplacementEmailContent": {"ReplacementTemplate": {"ReplacementTemplateData": '{"name": "Ann"}'}},
        }
    ]


def test_compose_is_loaded_on_its_own_and_loads_no_model_before_it_is_used() -> None:
    show = "import json, sys\nprint(json.dumps(sorted(sys.modules)))"
    for code, is_loaded in (("import sesv2kit", False), ("from sesv2kit import compose", True)):
        done = subprocess.run([sys.executable, "-c", f"{code}\n{show}"], capture_output=True, text=True, check=True)
        modules = json.loads(done.stdout)
        assert ("sesv2kit.compose" in modules) is is_loaded
        assert not [name for name in modules if name.startswith(("sesv2kit.models.", "botocore"))]
