"""Over real sockets: what reaches the server, how often, and the outcome of responses that are not valid."""

import gzip
import json
import re
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from typing import Any

import anyio
import pytest
from support.clients import REGION, Connect
from support.counting import (
    Act,
    CountingServer,
    Received,
    answer_bytes,
    answers,
    counting_server,
    hangs_up,
    hangs_up_before_the_body,
    never_answers,
    resets,
    sends,
)

from sesv2kit import AsyncSESv2Client, Credentials, RequestOptions, SESv2Client, errors, models
from sesv2kit._aws.botocore import botocore

pytestmark = [
    pytest.mark.anyio,
    # On trio, httpx leaves a generator of its own behind when a body breaks off in the middle.
    pytest.mark.filterwarnings("ignore:Async generator 'http(x|core):ResourceWarning"),
]

SENT = b'{"MessageId": "0100"}'
ACCOUNT = b'{"SendingEnabled": true}'
HUGE = "x" * 300_000

# No usable answer: the request may have been acted on, and the same one may pass later.
LOST: dict[str, Act] = {
    "hung up": hangs_up(),
    "reset": resets(),
    "never answered": never_answers(),
    "half a status line": sends(b"HTTP/1.1 20"),
    "half a header": sends(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "head without body": sends(b"HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n"),
    "half a body": sends(b"HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n", SENT[:10]),
    "half a chunk": sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n", SENT[:10]),
    "no last chunk": sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n" + SENT + b"\r\n"),
    "only an interim answer": sends(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "not HTTP": sends(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "a broken chunk size": sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    "a broken length": sends(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + SENT),
    "two lengths": sends(b"HTTP/1.1 200 OK\r\nContent-Length: 21\r\nContent-Length: 5\r\n\r\n" + SENT),
    "a huge header": sends(f"HTTP/1.1 200 OK\r\nX-Huge: {HUGE}\r\nContent-Length: 21\r\n\r\n".encode() + SENT),
}

# An answer that tells of success, but can't be read: it was acted on, and another request would change nothing.
MISFIT = "a member of the wrong type"
UNREADABLE: dict[str, Act] = {
    "half a JSON document": answers(body=SENT[:10]),
    "a page of HTML": answers(body=b"<html>It works!</html>", headers={"Content-Type": "text/html"}),
    "a list": answers(body=b"[]"),
    MISFIT: answers(body=b'{"MessageId": {}, "SendingEnabled": []}'),
    "bytes that are no UTF-8": answers(body=b'{"MessageId": "\xff\xfe"}'),
    "a million brackets": answers(body=b"[" * 1_000_000),
    "gzip that is none": answers(body=SENT, headers={"Content-Encoding": "gzip"}),
    "half of a gzip": answers(body=gzip.compress(SENT * 100)[:30], headers={"Content-Encoding": "gzip"}),
}

# The server failed: it may have acted on the request, and the same one may pass later.
FAILED: dict[str, Act] = {
    "500": answers(500, b'{"message": "oops"}', {"x-amzn-errortype": "InternalFailure"}),
    "500 without a body": answers(500, b""),
    "502 from a proxy": answers(502, b"<html>Bad Gateway</html>", {"Content-Type": "text/html"}),
    "504 from a proxy": answers(504, b"upstream timed out"),
    "503 from a proxy": answers(503, b"upstream connect error or disconnect/reset before headers"),
    "503 with a code of its own": answers(503, b'{"code": "UNAVAILABLE", "message": "no healthy upstream"}'),
}

# The service refused the request for now: it was not acted on, and the same one may pass later.
NOT_NOW: dict[str, Act] = {
    "429": answers(429, b'{"message": "slow down"}', {"x-amzn-errortype": "TooManyRequestsException"}),
    "throttled with 400": answers(400, b'{"__type": "ThrottlingException"}'),
    "503 from AWS": answers(503, b"", {"x-amzn-RequestId": "r-1"}),
}

REDIRECTS = [301, 302, 303, 307, 308]


@pytest.fixture(autouse=True)
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the client make its attempts without a pause between them."""

    def at_once(*_facts: object) -> float:
        return 0.0

    monkeypatch.setattr("sesv2kit._call.pipeline.backoff", at_once)


@pytest.fixture
def server() -> Iterator[CountingServer]:
    """Run a server."""
    with counting_server() as server:
        yield server


@pytest.fixture
async def ses(server: CountingServer, connect: Connect) -> AsyncIterator[AsyncSESv2Client]:
    """Return a client that would make three attempts."""
    async with connect(server.url) as client:
        yield client


def named(acts: dict[str, Act]) -> pytest.MarkDecorator:
    """Run a test once for every act."""
    return pytest.mark.parametrize("act", acts.values(), ids=acts.keys())


def patience(act: Act) -> RequestOptions:
    """Return the options of a call that does not wait long where it would wait in vain."""
    return {"timeout": 0.2} if act is LOST["never answered"] else {}


def content(size: int = 2) -> models.EmailContent:
    """Return a raw message of so many bytes."""
    return models.EmailContent(raw=models.RawMessage(data=b"\n" * size))


# Sends ---------------------------------------------------------------------------------------------------------------


@named(LOST | UNREADABLE | FAILED)
async def test_a_send_whose_outcome_is_unknown_is_made_once(
    ses: AsyncSESv2Client, server: CountingServer, act: Act
) -> None:
    server.script(act)
    with pytest.raises(errors.AmbiguousSendError) as caught:
        await ses.send_email(content=content(), options=patience(act))
    assert len(server.received) == 1
    assert (caught.value.operation, caught.value.outcome, caught.value.attempts) == ("SendEmail", "unknown", 1)
    assert isinstance(caught.value.__cause__, errors.SESv2Error)


async def test_a_send_that_is_cut_off_in_mid_upload_is_made_once(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(hangs_up_before_the_body())
    with pytest.raises(errors.AmbiguousSendError):
        await ses.send_email(content=content(5_000_000))
    assert len(server.received) == 1


async def test_every_operation_that_mails_is_made_once(ses: AsyncSESv2Client, server: CountingServer) -> None:
    entry = models.BulkEmailEntry(destination=models.Destination(to_addresses=["ann@example.net"]))
    template = models.BulkEmailContent(template=models.Template(template_name="a"))
    server.script(hangs_up(), hangs_up())
    with pytest.raises(errors.AmbiguousSendError):
        await ses.send_bulk_email(default_content=template, bulk_email_entries=[entry])
    with pytest.raises(errors.AmbiguousSendError):
        await ses.send_custom_verification_email(email_address="ann@example.net", template_name="a")
    assert len(server.received) == 2


async def test_the_cause_of_an_ambiguous_send_is_the_error_of_the_attempt(
    ses: AsyncSESv2Client, server: CountingServer
) -> None:
    seen: list[object] = []
    for act in (LOST["hung up"], LOST["never answered"], UNREADABLE["a list"], FAILED["500"]):
        server.script(act)
        with pytest.raises(errors.AmbiguousSendError) as caught:
            await ses.send_email(content=content(), options=patience(act))
        seen.append(type(caught.value.__cause__))
    assert seen == [errors.ConnectionLostError, errors.TimeoutError, errors.ResponseError, errors.InternalFailure]


async def test_an_ambiguous_send_is_repeated_on_demand_alone(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(hangs_up(), answers(body=SENT))
    response = await ses.send_email(content=content(), options={"resend_ambiguous": True})
    assert (response.message_id, response.metadata.attempts) == ("0100", 2)
    assert len(server.received) == 2


@named(NOT_NOW)
async def test_a_send_that_was_refused_for_now_is_made_again(
    ses: AsyncSESv2Client, server: CountingServer, act: Act
) -> None:
    server.script(act, answers(body=SENT))
    response = await ses.send_email(content=content())
    assert (response.message_id, response.metadata.attempts) == ("0100", 2)
    assert len(server.received) == 2


async def test_a_send_that_was_refused_for_good_is_made_once(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(answers(400, b'{"message": "no"}', {"x-amzn-ErrorType": "MessageRejected", "x-amzn-RequestId": "7"}))
    with pytest.raises(errors.MessageRejected, match="no") as caught:
        await ses.send_email(content=content())
    assert (caught.value.request_id, caught.value.attempts) == ("7", 1)
    assert len(server.received) == 1


async def test_a_send_to_a_closed_port_was_not_sent(connect: Connect) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        async with connect(f"http://127.0.0.1:{free.getsockname()[1]}") as ses:
            with pytest.raises(errors.ConnectError) as caught:
                await ses.send_email(content=content(), options={"max_attempts": 2})
    assert (caught.value.outcome, caught.value.attempts) == ("not_sent", 2)


# Reads ---------------------------------------------------------------------------------------------------------------


@named(LOST | FAILED | NOT_NOW)
async def test_a_read_is_made_again(ses: AsyncSESv2Client, server: CountingServer, act: Act) -> None:
    server.script(act, answers(body=ACCOUNT))
    response = await ses.get_account(options={"max_attempts": 2, **patience(act)})
    assert (response.sending_enabled, response.metadata.attempts) == (True, 2)
    assert len(server.received) == 2


@named(LOST | FAILED | NOT_NOW)
async def test_a_read_that_keeps_failing_is_an_error_of_the_package(
    ses: AsyncSESv2Client, server: CountingServer, act: Act
) -> None:
    server.script(act, act, act)
    with pytest.raises((errors.TransportError, errors.APIServerError, errors.APIClientError)) as caught:
        await ses.get_account(options={"max_attempts": 2, **patience(act)})
    assert isinstance(caught.value, errors.TransportError | errors.APIError)
    assert caught.value.attempts == 2
    assert len(server.received) == 2


@named({name: act for name, act in UNREADABLE.items() if name != MISFIT})
async def test_a_response_that_can_t_be_read_is_raised_at_once(
    ses: AsyncSESv2Client, server: CountingServer, act: Act
) -> None:
    server.script(act)
    with pytest.raises(errors.ResponseError) as caught:
        await ses.get_account()
    assert (caught.value.operation, caught.value.attempts) == ("GetAccount", 1)
    assert len(server.received) == 1


async def test_a_member_of_the_wrong_type_does_not_lose_a_read(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(UNREADABLE[MISFIT])
    response = await ses.get_account()
    assert (response.sending_enabled, response.extra["SendingEnabled"]) == (None, [])
    assert len(server.received) == 1


async def test_retries_can_be_turned_off(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(hangs_up())
    with pytest.raises(errors.ConnectionLostError):
        await ses.get_account(options={"retry_mode": "off"})
    assert len(server.received) == 1


async def test_a_write_that_is_not_idempotent_and_whose_outcome_is_unknown_is_made_once(
    ses: AsyncSESv2Client, server: CountingServer
) -> None:
    server.script(hangs_up())
    with pytest.raises(errors.ConnectionLostError) as caught:
        await ses.create_email_template(template_name="a", template_content=models.EmailTemplateContent(subject="b"))
    assert caught.value.outcome == "unknown"
    assert len(server.received) == 1


@pytest.mark.parametrize("status", REDIRECTS)
async def test_a_redirect_is_not_followed(ses: AsyncSESv2Client, server: CountingServer, status: int) -> None:
    server.script(answers(status, b"", {"Location": f"{server.url}/elsewhere"}))
    with pytest.raises(errors.ResponseError, match="redirect") as caught:
        await ses.get_account()
    assert caught.value.status_code == status
    assert [request.target for request in server.received] == ["/v2/email/account"]


async def test_the_signature_does_not_go_where_a_redirect_points(ses: AsyncSESv2Client, server: CountingServer) -> None:
    with counting_server() as elsewhere:
        server.script(answers(307, b"", {"Location": f"{elsewhere.url}/v2/email/outbound-emails"}))
        with pytest.raises(errors.SESv2Error):
            await ses.send_email(content=content())
        assert elsewhere.received == []
    assert len(server.received) == 1


# Answers of every other kind -----------------------------------------------------------------------------------------

STRANGE_HEADS = [
    b"HTTP/1.1 099 Too Low\r\nContent-Length: 21",
    b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket",
    b"HTTP/1.1 204 No Content",
    b"HTTP/1.1 304 Not Modified",
    b"HTTP/1.1 600 Too High\r\nContent-Length: 21",
    b"HTTP/1.1 1000 Far Too High\r\nContent-Length: 21",
    b"HTTP/1.1 200\r\nContent-Length: 21",
    b"HTTP/2 200 OK\r\nContent-Length: 21",
    b"HTTP/1.1 200 OK\r\nX-Nul: a\0b\r\nContent-Length: 21",
    b"HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\nContent-Length: 21",
    b"HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 21",
    b"HTTP/1.1 200 OK\r\nX-\xe9: \xff\r\nContent-Length: 21",
    b"HTTP/1.1 200 OK\r\nContent-Length: -1",
    b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5_000,
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=nonsense\r\nContent-Length: 21",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: br, zstd, nonsense\r\nContent-Length: 21",
    b'HTTP/1.1 200 OK\r\nSet-Cookie: \xe9=\xff; domain=[::1; path="\r\nContent-Length: 21',
    b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 21",
    b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe://:::99999999\r\nContent-Length: 21",
    b"HTTP/1.1 400 Bad\r\nx-amzn-errortype: \xff\xfe:#\r\nContent-Length: 21",
    b"HTTP/1.1 429 Slow\r\nRetry-After: \xb2 nan\r\nContent-Length: 21",
    b"\x16\x03\x01\x02\x00\x01",
    b"",
]


async def test_a_response_with_a_malformed_head_gives_a_model_or_an_error_of_the_package(
    ses: AsyncSESv2Client, server: CountingServer
) -> None:
    for head in STRANGE_HEADS:
        server.script(sends(head + b"\r\n\r\n" + SENT), answers(body=SENT))
        with suppress(errors.SESv2Error):
            await ses.send_email(content=content(), options={"max_attempts": 1})
        assert server.closed.acquire(timeout=10)
        assert (await ses.send_email(content=content())).message_id == "0100", head


async def test_a_response_with_random_bytes_gives_a_model_or_an_error_of_the_package(
    ses: AsyncSESv2Client, server: CountingServer
) -> None:
    random = Random(0)
    for _ in range(100):
        garbled = bytearray(answer_bytes(body=SENT, headers={"x-amzn-RequestId": "1"}))
        for _ in range(random.randint(1, 4)):
            garbled[random.randrange(len(garbled))] = random.randrange(256)
        server.script(sends(bytes(garbled)))
        with suppress(errors.SESv2Error):
            await ses.send_email(content=content(), options={"max_attempts": 1})
        assert server.closed.acquire(timeout=10)
    assert len(server.received) == 100


# Answers that are unusual, but good ----------------------------------------------------------------------------------

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n" + SENT[:5] + b"\r\n10\r\n" + SENT[5:] + b"\r\n"


@named(
    {
        "interim answers first": sends(
            b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n", answer_bytes(body=SENT)
        ),
        "chunked": sends(CHUNKED + b"0\r\n\r\n"),
        "chunked with trailers": sends(CHUNKED + b"0\r\nX-Checksum: 1\r\n\r\n"),
        "byte by byte": sends(*(bytes([byte]) for byte in answer_bytes(body=SENT))),
        "gzip": answers(body=gzip.compress(SENT), headers={"Content-Encoding": "gzip"}),
        "gzip in chunks": sends(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
            f"{len(gzip.compress(SENT)):x}\r\n".encode() + gzip.compress(SENT) + b"\r\n0\r\n\r\n",
        ),
        "until the end of the connection": sends(b"HTTP/1.0 200 OK\r\n\r\n", SENT),
        "a large header": answers(body=SENT, headers={"X-Large": "x" * 30_000}),
        "many headers": answers(body=SENT, headers={f"X-Header-{number}": "x" for number in range(500)}),
        "another content type": answers(body=SENT, headers={"Content-Type": "application/x-amz-json-1.1"}),
        "white space around the document": answers(body=b"\n  " + SENT + b"\r\n"),
        "201": answers(201, SENT),
    }
)
async def test_an_unusual_response_is_read(ses: AsyncSESv2Client, server: CountingServer, act: Act) -> None:
    server.script(act)
    assert (await ses.send_email(content=content())).message_id == "0100"
    assert len(server.received) == 1


async def test_the_headers_of_a_response_are_kept(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(answers(body=SENT, headers={"X-Amzn-RequestId": "a1b2", "X-Custom": "Grüße"}))
    metadata = (await ses.send_email(content=content())).metadata
    assert (metadata.request_id, metadata.status_code, metadata.attempts) == ("a1b2", 200, 1)
    assert metadata.headers["x-custom"] == "Grüße"


async def test_a_cookie_is_not_sent_back(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(answers(headers={"Set-Cookie": "session=1; Path=/"}))
    await ses.get_account()
    await ses.get_account()
    assert ["cookie" in request.headers for request in server.received] == [False, False]


# Connections ---------------------------------------------------------------------------------------------------------


async def test_one_connection_serves_many_calls(ses: AsyncSESv2Client, server: CountingServer) -> None:
    for _ in range(5):
        await ses.get_account()
    assert (len(server.received), len(server.connections)) == (5, 1)


async def test_a_connection_that_the_server_closed_meanwhile_costs_no_mail(
    ses: AsyncSESv2Client, server: CountingServer
) -> None:
    server.script(sends(answer_bytes(body=SENT)), answers(body=SENT))
    await ses.send_email(content=content())
    assert server.closed.acquire(timeout=10)
    response = await ses.send_email(content=content())
    assert (response.message_id, response.metadata.attempts) == ("0100", 1)
    assert (len(server.received), len(server.connections)) == (2, 2)


async def test_a_call_after_a_lost_one_works(ses: AsyncSESv2Client, server: CountingServer) -> None:
    for act in LOST.values():
        server.script(act, answers(body=SENT))
        with pytest.raises(errors.AmbiguousSendError):
            await ses.send_email(content=content(), options=patience(act))
        assert (await ses.send_email(content=content())).message_id == "0100"


@pytest.mark.parametrize("kind", ["asyncio", "trio"])
async def test_a_call_after_a_cancelled_one_works(ses: AsyncSESv2Client, server: CountingServer) -> None:
    server.script(never_answers(), answers(body=ACCOUNT))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(ses.get_account)
        await anyio.to_thread.run_sync(server.arrived.acquire)
        tasks.cancel_scope.cancel()
    assert (await ses.get_account()).sending_enabled is True
    assert len(server.received) == 2


@pytest.mark.parametrize("kind", ["asyncio", "trio"])
async def test_many_tasks_share_a_client(ses: AsyncSESv2Client, server: CountingServer) -> None:
    async with anyio.create_task_group() as tasks:
        for _ in range(50):
            tasks.start_soon(ses.get_account)
    assert len(server.received) == 50


def test_many_threads_share_a_client(server: CountingServer, credentials: Credentials) -> None:
    with SESv2Client(region=REGION, credentials=credentials, endpoint_url=server.url) as ses:
        threads = [threading.Thread(target=ses.get_account) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.received) == 50


# Bytes on the wire ---------------------------------------------------------------------------------------------------


def signature_of(request: Received, credentials: Credentials) -> str:
    """Return the signature that botocore computes for the request as it came in."""
    signed = re.search("SignedHeaders=([^,]+)", request.headers["authorization"])
    assert signed
    again = botocore("awsrequest").AWSRequest(
        method=request.method,
        url=f"http://{request.headers['host']}{request.target}",
        headers={name: request.headers[name] for name in signed[1].split(";")},
        data=request.body,
    )
    again.context["timestamp"] = request.headers["x-amz-date"]
    signer = botocore("auth").SigV4Auth(credentials, "ses", REGION)
    return str(signer.signature(signer.string_to_sign(again, signer.canonical_request(again)), again))


@pytest.mark.parametrize(
    ("list_name", "address", "target"),
    [
        ("news", "ann@example.net", "news/contacts/ann%40example.net"),
        ("a/b", "ann+x@example.net", "a%2Fb/contacts/ann%2Bx%40example.net"),
        ("a b", "100%25@example.net", "a%20b/contacts/100%2525%40example.net"),
        ("Größe", "你@example.net", "Gr%C3%B6%C3%9Fe/contacts/%E4%BD%A0%40example.net"),
        ("a?b#c", "x;y=z&a@example.net", "a%3Fb%23c/contacts/x%3By%3Dz%26a%40example.net"),
        ("..x", "~a_b-c.d'!*(),:$@example.net", "..x/contacts/~a_b-c.d%27%21%2A%28%29%2C%3A%24%40example.net"),
        ('\t\\"<>^`{|}', "[a]@x", "%09%5C%22%3C%3E%5E%60%7B%7C%7D/contacts/%5Ba%5D%40x"),
    ],
)
async def test_the_path_travels_as_it_was_signed(
    ses: AsyncSESv2Client,
    server: CountingServer,
    credentials: Credentials,
    list_name: str,
    address: str,
    target: str,
) -> None:
    await ses.get_contact(contact_list_name=list_name, email_address=address)
    (request,) = server.received
    assert request.line == f"GET /v2/email/contact-lists/{target} HTTP/1.1"
    assert request.headers["authorization"].endswith(f"Signature={signature_of(request, credentials)}")


async def test_the_query_travels_as_it_was_signed(
    ses: AsyncSESv2Client, server: CountingServer, credentials: Credentials
) -> None:
    await ses.list_suppressed_destinations(
        reasons=["COMPLAINT", "BOUNCE"],
        start_date=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        next_token="a+b/c==&d e%~é'",
        page_size=10,
    )
    (request,) = server.received
    path, _, query = request.target.partition("?")
    assert (request.method, path) == ("GET", "/v2/email/suppression/addresses")
    assert sorted(query.split("&")) == [
        "NextToken=a%2Bb%2Fc%3D%3D%26d%20e%25~%C3%A9%27",
        "PageSize=10",
        "Reason=BOUNCE",
        "Reason=COMPLAINT",
        "StartDate=2026-01-02T03%3A04%3A05Z",
    ]
    assert query.index("COMPLAINT") < query.index("BOUNCE")
    assert request.headers["authorization"].endswith(f"Signature={signature_of(request, credentials)}")


@pytest.mark.parametrize("token", [None, "a/session+token=="])
async def test_the_body_travels_as_it_was_signed(
    server: CountingServer, connect: Connect, credentials: Credentials, token: str | None
) -> None:
    temporary = Credentials(credentials.access_key, credentials.secret_key, token)
    async with connect(server.url, credentials=temporary) as ses:
        await ses.send_email(
            from_email_address="Größe <shop@example.com>",
            content=models.EmailContent(raw=models.RawMessage(data=bytes(range(256)))),
        )
    (request,) = server.received
    assert request.line == "POST /v2/email/outbound-emails HTTP/1.1"
    body: dict[str, Any] = json.loads(request.body)
    assert body["FromEmailAddress"] == "Größe <shop@example.com>"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["content-length"] == str(len(request.body))
    assert request.headers["host"] == server.url.removeprefix("http://")
    assert request.headers.get("x-amz-security-token") == token
    assert request.headers["authorization"].endswith(f"Signature={signature_of(request, temporary)}")


async def test_every_attempt_is_the_same_request(
    ses: AsyncSESv2Client, server: CountingServer, credentials: Credentials
) -> None:
    server.script(NOT_NOW["429"], NOT_NOW["503 from AWS"], answers(body=SENT))
    await ses.send_email(content=content())
    assert len(server.received) == 3
    assert len({(request.line, request.body) for request in server.received}) == 1
    for request in server.received:
        assert request.headers["authorization"].endswith(f"Signature={signature_of(request, credentials)}")
