"""Mails with large blobs: base64 is made in pieces, beside the event loop, and the service gets the same bytes."""

import base64
import hashlib
import json
import random
import threading
from collections import UserList
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st
from support.clients import Connect
from support.counting import CountingServer, answers, resets

from sesv2kit import AsyncSESv2Client, Credentials, Hook, SESv2Client, errors, models
from sesv2kit._api.messages import SEND_EMAIL
from sesv2kit._call.hooks import AttemptInfo
from sesv2kit._call.request import LargeArgumentsError, build_request
from sesv2kit._core.aio import event_for_threads
from sesv2kit._core.blobs import LargeBody, blob_replacer
from sesv2kit._core.compiled import LARGE_BLOBS
from sesv2kit._transport.http1 import WRITE_AT_ONCE, LargeRequestBytes

pytestmark = pytest.mark.anyio

DATA = random.Random(1).randbytes(999).replace(b"\n", b".") + b"\n"
MAIL = DATA * 1_000
RAW = models.EmailContent(raw=models.RawMessage(data=MAIL))
THROTTLED = answers(429, b'{"message": "slow"}', {"x-amzn-errortype": "TooManyRequestsException"})


def attached(*contents: bytes) -> list[models.Attachment]:
    """Return files."""
    return [
        models.Attachment(file_name=f"{number}.pdf", raw_content=content, content_type="application/pdf")
        for number, content in enumerate(contents)
    ]


def simple(*contents: bytes) -> models.EmailContent:
    """Return a mail with files."""
    return models.EmailContent(
        simple=models.Message(
            subject=models.Content(data="é"),
            body=models.Body(html=models.Content(data='<img src="cid:é">')),
            attachments=attached(*contents),
        )
    )


def template(*contents: bytes) -> models.Template:
    """Return a template with files."""
    return models.Template(template_name="news", template_data='{"name": "Zoë"}', attachments=attached(*contents))


CONTENTS = {
    "raw": RAW,
    "simple": simple(MAIL, b"", b"x", MAIL + b"12"),
    "template": models.EmailContent(template=template(MAIL)),
    "many files": simple(*[DATA * 20] * 20),
}
each_content = pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)


def arguments(content: models.EmailContent) -> dict[str, Any]:
    """Return all arguments of `send_email`."""
    return {argument.name: None for argument in SEND_EMAIL.arguments} | {"content": content}


# The bytes ---------------------------------------------------------------------------------------


@each_content
async def test_the_service_gets_the_whole_mail(
    connect: Connect, server: CountingServer, content: models.EmailContent
) -> None:
    async with connect(server.url) as ses:
        await ses.send_email(content=content)
    (request,) = server.received
    assert request.body == json.dumps({"Content": models.to_wire(content)}).encode()
    assert request.headers["content-length"] == str(len(request.body))


async def test_the_files_of_a_bulk_send_may_be_large(connect: Connect, server: CountingServer) -> None:
    content = models.BulkEmailContent(template=template(MAIL))
    async with connect(server.url) as ses:
        await ses.send_bulk_email(default_content=content, bulk_email_entries=[])
    sent = json.loads(server.received[0].body)
    assert sent["DefaultContent"] == models.to_wire(content)


@each_content
def test_the_body_is_that_of_the_general_path(content: models.EmailContent) -> None:
    body = build_request(SEND_EMAIL, arguments(content), large=True).body
    whole = json.dumps({"Content": models.to_wire(content)}).encode()
    assert isinstance(body, LargeBody)
    assert bytes(body) == whole
    assert len(body) == len(whole)
    assert body.sha256 == hashlib.sha256(whole).hexdigest()


@pytest.mark.parametrize("kind_of_bytes", [bytes, bytearray, memoryview])
def test_a_large_blob_may_be_any_bytes_and_unusual_beside(kind_of_bytes: Any) -> None:
    content = models.EmailContent(raw=models.RawMessage(data=kind_of_bytes(MAIL)))
    given = {**arguments(content), "email_tags": UserList([models.MessageTag(name="a", value="b")])}
    request = build_request(SEND_EMAIL, given, check_limits=False, extra_members={"New": "é"}, large=True)
    assert json.loads(bytes(request.body)) == {
        "Content": {"Raw": {"Data": base64.b64encode(MAIL).decode()}},
        "EmailTags": [{"Name": "a", "Value": "b"}],
        "New": "é",
    }


def test_blobs_of_the_limit_are_encoded_at_once_and_larger_ones_are_not() -> None:
    for contents in ([LARGE_BLOBS], [LARGE_BLOBS // 2] * 2):
        content = simple(*map(bytes, contents))
        assert isinstance(build_request(SEND_EMAIL, arguments(content)).body, bytes)
    for contents in ([LARGE_BLOBS + 1], [LARGE_BLOBS // 2] * 8):
        content = simple(*map(bytes, contents))
        with pytest.raises(LargeArgumentsError):
            build_request(SEND_EMAIL, arguments(content))


def test_what_is_wrong_with_a_large_mail_is_named_as_always() -> None:
    content = models.EmailContent(raw=models.RawMessage(data=b"x" * 300_000))
    with pytest.raises(errors.ParamValidationError, match=r"content\.raw\.data: must have lines of at most 1000 bytes"):
        build_request(SEND_EMAIL, {**arguments(content), "destination": 5}, large=True)
    wrong: Any = [b"x" * 300_000, models.Attachment(file_name="a", raw_content=MAIL), 5]
    template_given = models.Template(template_name="n", attachments=wrong)
    with pytest.raises(errors.ParamValidationError, match=r"attachments\[0\]: expected models.Attachment"):
        build_request(SEND_EMAIL, arguments(models.EmailContent(template=template_given)), large=True)


def test_blobs_are_replaced_in_copies_and_other_values_stay_the_same() -> None:
    replace_all = blob_replacer(models.Template)
    assert replace_all
    odd: Any = models.Template(template_name="news", attachments=[*attached(b"a", b"b"), 5])  # type: ignore[list-item]
    replaced = replace_all(odd, lambda blob: blob * 2)
    assert replaced == models.Template(template_name="news", attachments=[*attached(b"aa", b"bb"), 5])  # type: ignore[list-item]
    assert odd.attachments[0].raw_content == b"a"
    for value in (odd, models.Template(), models.Template(attachments=[]), models.Template(attachments=5), 5, None):  # type: ignore[arg-type]
        assert replace_all(value, lambda blob: blob) is value
    assert blob_replacer(models.Tag) is None


@given(
    texts=st.lists(st.binary(max_size=9), min_size=1, max_size=5),
    blobs=st.lists(st.binary(max_size=30), min_size=4, max_size=4),
    start=st.integers(0, 200),
    size=st.integers(0, 200),
)
def test_a_piece_is_a_slice_of_the_whole(texts: list[bytes], blobs: list[bytes], start: int, size: int) -> None:
    blobs = blobs[: len(texts) - 1]
    whole = texts[0] + b"".join(base64.b64encode(blob) + text for blob, text in zip(blobs, texts[1:], strict=True))
    body = LargeBody(texts, blobs)
    assert len(body) == len(whole)
    assert body.piece(start, start + size) == whole[start : start + size]
    assert body.sha256 == hashlib.sha256(whole).hexdigest()


@given(head=st.binary(max_size=3), place=st.integers(0, 100_000))
def test_the_bytes_of_a_request_are_its_head_and_its_body(head: bytes, place: int) -> None:
    body = LargeBody([b"<", b">"], [DATA * 60])
    data = LargeRequestBytes(head, body)
    whole = head + bytes(body)
    assert len(data) == len(whole)
    assert bytes(data.piece(place)) == whole[place : place + WRITE_AT_ONCE]
    assert bytes(data.part(place).piece(0)) == whole[place : place + WRITE_AT_ONCE]


# Sending -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [len(MAIL), 1_000])
async def test_only_a_large_mail_is_encoded_beside_the_event_loop(
    connect: Connect, server: CountingServer, kind: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    class Noted(LargeBody):
        def __init__(self, *given: Any) -> None:
            threads.append(threading.get_ident())
            super().__init__(*given)

    monkeypatch.setattr("sesv2kit._core.blobs.LargeBody", Noted)
    content = models.EmailContent(raw=models.RawMessage(data=MAIL[:size]))
    async with connect(server.url) as ses:
        await ses.send_email(content=content)
    assert len(threads) == (size == len(MAIL))
    assert (threading.get_ident() in threads) is (kind == "sync" and size == len(MAIL))


async def test_a_retry_sends_the_same_bytes_even_if_the_callers_have_changed(
    connect: Connect, server: CountingServer
) -> None:
    data: Any = bytearray(MAIL)
    seen: list[tuple[int, str]] = []

    class Spoiler(Hook):
        @contextmanager
        def around_attempt(self, attempt: AttemptInfo) -> Iterator[None]:
            seen.append((attempt.number, attempt.url))
            data[:] = b"x" * len(data)
            yield

    server.script(THROTTLED, answers())
    async with connect(server.url, hooks=[Spoiler()]) as ses:
        sent = await ses.send_email(content=models.EmailContent(raw=models.RawMessage(data=data)))
    assert sent.metadata.attempts == 2
    assert [request.body for request in server.received] == [json.dumps({"Content": models.to_wire(RAW)}).encode()] * 2
    assert seen == [(1, f"{server.url}/v2/email/outbound-emails"), (2, f"{server.url}/v2/email/outbound-emails")]


async def test_a_large_mail_that_may_have_been_sent_is_not_sent_again(connect: Connect, server: CountingServer) -> None:
    server.script(resets())
    async with connect(server.url) as ses:
        with pytest.raises(errors.AmbiguousSendError):
            await ses.send_email(content=RAW)
    assert len(server.received) == 1


async def test_a_large_mail_that_is_refused_is_not_sent(connect: Connect, server: CountingServer) -> None:
    content = models.EmailContent(raw=models.RawMessage(data=b"x" * 300_000))
    async with connect(server.url) as ses:
        with pytest.raises(errors.ParamValidationError) as caught:
            await ses.send_email(content=content)
    assert server.received == []
    assert caught.value.__context__ is None


async def test_a_call_that_is_cancelled_while_it_encodes_sends_nothing(
    connect: Connect, server: CountingServer, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "sync":
        pytest.skip("a blocking call is not cancelled")
    begun, set_begun = event_for_threads()
    go_on = threading.Event()

    class Held(LargeBody):
        def __init__(self, *given: Any) -> None:
            set_begun()
            assert go_on.wait(10)
            super().__init__(*given)

    monkeypatch.setattr("sesv2kit._core.blobs.LargeBody", Held)
    async with connect(server.url) as ses:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(lambda: ses.send_email(content=RAW))
            await begun.wait()
            tasks.cancel_scope.cancel()
        go_on.set()
    assert server.received == []


async def test_a_call_whose_time_runs_out_while_it_encodes_sends_nothing(
    connect: Connect, server: CountingServer, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "sync":
        pytest.skip("a blocking call encodes in its own thread")
    go_on = threading.Event()

    class Held(LargeBody):
        def __init__(self, *given: Any) -> None:
            assert go_on.wait(10)
            super().__init__(*given)

    monkeypatch.setattr("sesv2kit._core.blobs.LargeBody", Held)
    async with connect(server.url) as ses:
        with pytest.raises(errors.TimeoutError, match="time ran out before a request was made") as caught:
            await ses.send_email(content=RAW, options={"call_timeout": 0.1})
        go_on.set()
        assert (await ses.send_email(content=RAW, options={"call_timeout": 30})).message_id
    assert caught.value.outcome == "not_sent"
    assert len(server.received) == 1


async def test_a_call_that_has_no_time_left_sends_nothing(connect: Connect, server: CountingServer) -> None:
    async with connect(server.url) as ses:
        with pytest.raises(errors.TimeoutError, match="time ran out before a request was made") as caught:
            await ses.send_email(content=RAW, options={"call_timeout": 1e-9})
    assert caught.value.outcome == "not_sent"
    assert server.received == []


# Through httpx -----------------------------------------------------------------------------------


@each_content
def test_an_httpx_client_sends_the_same(
    server: CountingServer, credentials: Credentials, content: models.EmailContent
) -> None:
    with (
        httpx.Client(verify=False) as http,
        SESv2Client(endpoint_url=server.url, region="eu-west-1", credentials=credentials, http_client=http) as ses,
    ):
        ses.send_email(content=content)
    (request,) = server.received
    assert request.body == json.dumps({"Content": models.to_wire(content)}).encode()
    assert request.headers["content-length"] == str(len(request.body))


@each_content
async def test_an_async_httpx_client_sends_the_same(
    server: CountingServer, credentials: Credentials, content: models.EmailContent
) -> None:
    async with (
        httpx.AsyncClient(verify=False) as http,
        AsyncSESv2Client(endpoint_url=server.url, region="eu-west-1", credentials=credentials, http_client=http) as ses,
    ):
        await ses.send_email(content=content)
    (request,) = server.received
    assert request.body == json.dumps({"Content": models.to_wire(content)}).encode()


@respx.mock
async def test_a_mock_of_httpx_sees_a_large_body(credentials: Credentials) -> None:
    route = respx.post("https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails")
    route.respond(json={"MessageId": "0100"})
    body = json.dumps({"Content": models.to_wire(RAW)}).encode()
    with SESv2Client(region="eu-west-1", credentials=credentials) as ses:
        ses.send_email(content=RAW)
    assert route.calls.last.request.content == body
    async with AsyncSESv2Client(region="eu-west-1", credentials=credentials) as ses_async:
        await ses_async.send_email(content=RAW)
    assert route.calls.last.request.content == body
