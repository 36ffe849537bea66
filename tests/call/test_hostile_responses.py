"""Responses that the service never makes: large ones, invalid dates, and lists whose pages form a cycle."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from support.clients import Connect
from support.counting import CountingServer, answers
from support.unit import CONTENT

from sesv2kit import errors
from sesv2kit._call.response import read_response

pytestmark = pytest.mark.anyio

TINY_VALUES = b'{"MessageId": "m-1", "a": [' + b"{}," * 5_000_000 + b"{}]}"


async def test_a_response_of_millions_of_values_is_refused(connect: Connect, server: CountingServer) -> None:
    async with connect(server.url) as ses:
        server.script(answers(200, TINY_VALUES))
        with pytest.raises(errors.ResponseError, match="too many values"):
            await ses.get_account()
        server.script(answers(200, TINY_VALUES))
        with pytest.raises(errors.AmbiguousSendError, match="too many values"):
            await ses.send_email(content=CONTENT)
        server.script(answers(400, TINY_VALUES))
        with pytest.raises(errors.APIClientError):
            await ses.send_email(content=CONTENT)


async def test_a_number_that_no_float_can_be_is_kept_beside_the_model(connect: Connect, server: CountingServer) -> None:
    number = 10**400
    server.script(answers(200, b'{"SendQuota": {"Max24HourSend": %d, "MaxSendRate": 14}}' % number))
    async with connect(server.url) as ses:
        quota = (await ses.get_account()).send_quota
    assert (quota.max24_hour_send, quota.max_send_rate, quota.extra) == (None, 14.0, {"Max24HourSend": number})


@pytest.mark.parametrize(("size", "is_elsewhere"), [(1_000, False), (400_000, True)])
async def test_a_large_response_is_read_beside_the_event_loop(
    connect: Connect, server: CountingServer, kind: str, size: int, is_elsewhere: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def noted(*arguments: Any) -> Any:
        threads.append(threading.get_ident())
        return read_response(*arguments)

    monkeypatch.setattr("sesv2kit._call.pipeline.read_response", noted)
    text = "x, " * (size // 3)
    body = b'{"TemplateName": "news", "TemplateContent": {"Html": "%s"}}' % text.encode()
    server.script(answers(200, body))
    async with connect(server.url) as ses:
        response = await ses.get_email_template(template_name="news")
    assert response.template_content.html == text
    assert (threads != [threading.get_ident()]) is (is_elsewhere and kind != "sync")


async def test_a_large_response_may_be_an_error(connect: Connect, server: CountingServer) -> None:
    headers = {"x-amzn-errortype": "NotFoundException"}
    server.script(answers(404, b'{"message": "%s"}' % (b"no " * 200_000), headers))
    async with connect(server.url) as ses:
        with pytest.raises(errors.NotFoundException):
            await ses.get_email_template(template_name="news")


# Dates -------------------------------------------------------------------------------------------

ODD_DATES = [
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "Fri, 31 Dec 9999 23:59:59 -1200",
    "Mon, 01 Jan 0100 00:00:00 GMT",
    "Mon, 01 Jan 0001 00:00:00 +1400",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    format_datetime(datetime.now(UTC) + timedelta(days=1, hours=1), usegmt=True),
    format_datetime(datetime.now(UTC) - timedelta(days=1, hours=1), usegmt=True),
    "tomorrow",
    "",
]


# The ids are numbers: with the time in them, the workers of pytest-xdist would disagree on the names of the tests.
@pytest.mark.parametrize("date", ODD_DATES, ids=range(len(ODD_DATES)))
async def test_a_date_that_can_not_be_right_does_not_set_the_clock(
    connect: Connect, server: CountingServer, date: str
) -> None:
    skewed = answers(403, b"{}", {"x-amzn-errortype": "RequestTimeTooSkewed", "date": date})
    server.script(skewed)
    async with connect(server.url) as ses:
        with pytest.raises(errors.APIClientError):
            await ses.get_account()
        await ses.get_account()
    assert len(server.received) == 2
    signed = datetime.strptime(server.received[1].headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert abs(signed - datetime.now(UTC)) < timedelta(minutes=5)


# Pages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [b'{"Contacts": [], "NextToken": 7}', b'{"Contacts": {"a": 1}}'])
async def test_a_page_that_can_not_be_read_does_not_end_a_list_in_silence(
    connect: Connect, server: CountingServer, kind: str, page: bytes
) -> None:
    server.script(answers(200, b'{"Contacts": [{"EmailAddress": "a"}], "NextToken": "t"}'), answers(200, page))

    async def read_all(ses: Any) -> None:
        if kind == "sync":
            list(ses._client.iter_contacts(contact_list_name="news"))
        else:
            _ = [contact async for contact in ses.iter_contacts(contact_list_name="news")]

    async with connect(server.url) as ses:
        with pytest.raises(errors.ResponseError, match="ListContacts"):
            await read_all(ses)
    assert len(server.received) == 2


# Time ------------------------------------------------------------------------------------------------

# Without care each takes seconds, or hours: no timeout can end a regular expression.
SLOW_TO_READ = {
    "spaces in a header": (b"HTTP/1.1 503 X\r\nx:" + b" " * 95_000 + b"\0\r\n\r\n", "can't be read"),
    "spaces behind a chunk": (
        b"HTTP/1.1 503 X\r\ntransfer-encoding: chunked\r\n\r\n1;" + b" " * 95_000 + b"\n\r\n",
        "can't be read",
    ),
    "spaces in XML": (b"HTTP/1.1 503 X\r\n\r\n<Error><Code>" + b" " * 16_000 + b"x", "503"),
    "one word again and again": (
        b'HTTP/1.1 429 X\r\nx-amzn-errortype: TooManyRequestsException\r\n\r\n{"message": "%s"}'
        % (b"daily " * 100_000),
        "TooManyRequestsException",
    ),
    "comments without end": (b"HTTP/1.1 503 X\r\n\r\n" + b"<!--" * 4_000, "503"),
}
READ = """
import sys
from sesv2kit import errors
from sesv2kit._call.failure import error_of
from sesv2kit._core.http import RawResponse
from sesv2kit._transport.parser import ParsingError, ResponseParser

parser = ResponseParser(1 << 21)
try:
    parser.feed(sys.stdin.buffer.read())
    print(error_of("GetAccount", RawResponse(parser.status, parser.headers, parser.feed(b"")), 1).code)
except ParsingError:
    print("can't be read")
"""


@pytest.mark.parametrize(("response", "outcome"), SLOW_TO_READ.values(), ids=SLOW_TO_READ)
def test_no_response_takes_long_to_read(response: bytes, outcome: str) -> None:
    # In a process of its own: a thread in a regular expression can't be stopped.
    read = subprocess.run([sys.executable, "-c", READ], input=response, capture_output=True, check=True, timeout=8)
    assert read.stdout.decode().strip() == outcome


# Half a million characters: what reads some of them again for each takes hours.
EXCERPTS = """
from itertools import product
from sesv2kit._call.failure import _excerpt, _of_xml

units = ["<", "<a ", "<!--", "<script", "<script>", "<style></style ", "<Code>", "<Error><Message>", "&", "&#", " "]
for unit, end in product(units, ["", "x", ">"]):
    text = unit * (500_000 // len(unit)) + end
    assert _of_xml(text) is None
    assert len(_excerpt(text, None)) <= 203
"""


def test_a_page_is_read_in_one_go() -> None:
    read = subprocess.run([sys.executable, "-c", EXCERPTS], capture_output=True, timeout=100)
    assert read.returncode == 0, read.stderr


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html><head><title>No</title><style>p {}</style></head><p>Not <b>now</b></html>", "No Not now"),
        ("a limit: 3 < 2", "a limit: 3 < 2"),
        ("<p>3 < 2 and <", "3 < 2 and <"),
        ("<p>Hi<script>if (a > b)", "Hi"),
        ("<p>Hi<!-- a > b", "Hi"),
        ("<p>Hi<SCRIPT>x</script ><!-- y -->there", "Hi there"),
    ],
)
async def test_the_text_of_a_page_is_the_message(
    connect: Connect, server: CountingServer, page: str, words: str
) -> None:
    server.script(answers(400, page.encode()))
    async with connect(server.url) as ses:
        with pytest.raises(errors.APIClientError) as caught:
            await ses.get_account()
    assert caught.value.message == words


@pytest.mark.parametrize("body", [b"&#" + b"1" * 5000 + b";", b"<Error><Code>&#" + b"1" * 5000 + b"</Code></Error>"])
async def test_a_page_with_an_invalid_character_reference_is_an_error_of_the_service(
    connect: Connect, server: CountingServer, body: bytes
) -> None:
    server.script(answers(400, body))
    async with connect(server.url) as ses:
        with pytest.raises(errors.APIClientError):
            await ses.send_email(content=CONTENT)
