"""What a response proves, and what it does not: a mail that may have been sent is never sent again."""

from enum import Enum

import pytest
from support.clients import Connect
from support.counting import Act, CountingServer, answers
from support.unit import CONTENT

from sesv2kit import errors, models

pytestmark = pytest.mark.anyio

ENVOY = b"upstream connect error or disconnect/reset before headers. reset reason: connection termination"
REQUEST_ID = {"x-amzn-RequestId": "r-1"}

UNSURE: dict[str, Act] = {
    "408 of Envoy": answers(408, b"stream timeout", {"content-type": "text/plain"}),
    "503 of Envoy": answers(503, ENVOY, {"content-type": "text/plain"}),
    "503 of a load balancer": answers(503, b"<html><h1>503 Service Temporarily Unavailable</h1></html>"),
    "503 with a code of another API": answers(503, b'{"code": "UNAVAILABLE", "message": "no healthy upstream"}'),
    "502 of a load balancer": answers(502, b"<html><h1>502 Bad Gateway</h1></html>"),
    "504 of a load balancer": answers(504, b""),
    "an empty object": answers(200, b"{}"),
    "an empty body": answers(200, b""),
    "no content": answers(204, b""),
    "a captive portal": answers(200, b'{"login": "https://hotel.example/wifi"}'),
    "an empty id": answers(200, b'{"MessageId": ""}'),
    "an id that is null": answers(200, b'{"MessageId": null}'),
}
REFUSED: dict[str, Act] = {
    "503 with a request id": answers(503, b"", REQUEST_ID),
    "503 with a code in the header": answers(503, b"{}", {"x-amzn-errortype": "ServiceUnavailable"}),
    "503 with a code in the body": answers(503, b'{"__type": "ServiceUnavailable"}'),
    "a conflict": answers(500, b"{}", {"x-amzn-errortype": "ConcurrentModificationException"}),
}


@pytest.mark.parametrize("act", UNSURE.values(), ids=UNSURE)
async def test_a_response_that_proves_nothing_makes_a_send_ambiguous(
    connect: Connect, server: CountingServer, act: Act
) -> None:
    server.script(act)
    async with connect(server.url) as ses:
        with pytest.raises(errors.AmbiguousSendError) as caught:
            await ses.send_email(content=CONTENT)
    assert caught.value.outcome == "unknown"
    assert isinstance(caught.value.__cause__, errors.APIError | errors.ResponseError)
    assert len(server.received) == 1


@pytest.mark.parametrize("body", [b"{}", b'{"BulkEmailEntryResults": []}', b'{"MessageId": "m-1"}'])
async def test_a_bulk_response_without_results_is_ambiguous(
    connect: Connect, server: CountingServer, body: bytes
) -> None:
    server.script(answers(200, body))
    content = models.BulkEmailContent(template=models.Template(template_name="news", template_data="{}"))
    entry = models.BulkEmailEntry(destination=models.Destination(to_addresses=["ann@example.net"]))
    async with connect(server.url) as ses:
        with pytest.raises(errors.AmbiguousSendError):
            await ses.send_bulk_email(default_content=content, bulk_email_entries=[entry])
    assert len(server.received) == 1


@pytest.mark.parametrize("act", REFUSED.values(), ids=REFUSED)
async def test_what_aws_refused_is_sent_again(connect: Connect, server: CountingServer, act: Act) -> None:
    server.script(act)
    async with connect(server.url) as ses:
        assert (await ses.send_email(content=CONTENT)).message_id == "m-1"
        server.script(act)
        await ses.create_contact_list(contact_list_name="news")  # repeating it blindly could do it twice
    assert len(server.received) == 4


@pytest.mark.parametrize("act", [answers(501, b"Not Implemented"), answers(501, b"", REQUEST_ID)])
async def test_what_no_server_can_do_was_certainly_not_done(connect: Connect, server: CountingServer, act: Act) -> None:
    server.script(act)
    async with connect(server.url) as ses:
        with pytest.raises(errors.APIServerError) as caught:
            await ses.send_email(content=CONTENT)
    assert not caught.value.is_retryable
    assert len(server.received) == 1


async def test_an_empty_response_is_enough_for_what_is_not_a_send(connect: Connect, server: CountingServer) -> None:
    server.script(answers(200, b""), answers(204, b""))
    async with connect(server.url) as ses:
        await ses.create_contact_list(contact_list_name="news")
        assert (await ses.get_account()).metadata.status_code == 204


class Source(str, Enum):  # noqa: UP042 -- a StrEnum is its value anyway
    """An enum of the caller's own; `str` of a member is its name."""

    SHOP = "shop"


async def test_a_header_that_is_an_enum_is_sent_as_its_value(connect: Connect, server: CountingServer) -> None:
    async with connect(server.url) as ses:
        await ses.send_email(content=CONTENT, options={"headers": {"x-source": Source.SHOP}})
    assert server.received[0].headers["x-source"] == "shop"
