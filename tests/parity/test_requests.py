"""For random valid input, the request is the one that botocore makes: target, body, signature."""

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Any, Final, cast

import anyio
import attrs
import botocore.auth
import botocore.session
import httpx
import pytest
import urllib3
from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from hypothesis import given
from hypothesis import strategies as st
from support.strategies import EXAMPLES, OPERATIONS, arguments, inputs, runs

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, convert

REGION: Final = "eu-west-1"
ENDPOINT: Final = f"https://email.{REGION}.amazonaws.com"
ACCESS_KEY: Final = "AKIDEXAMPLE"
SECRET_KEY: Final = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKENS: Final = (None, "AQoDYXdzEPT//////////wEXAMPLE==")
NOW: Final = datetime(2026, 2, 3, 4, 5, 6, 789, UTC)

_COMPARED_HEADERS = ("authorization", "content-type", "x-amz-date", "x-amz-security-token")


class FrozenTime(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """Return the one moment."""
        return NOW.astimezone(tz)


@attrs.frozen
class Sent:
    """A request as it goes to the wire."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both sides sign at the same second; with awscrt installed botocore has another signer, and another clock."""
    monkeypatch.setitem(botocore.auth.AUTH_TYPE_MAPS, "v4", botocore.auth.SigV4Auth)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: NOW.replace(tzinfo=None))
    monkeypatch.setattr("sesv2kit._call.shared.datetime", FrozenTime)


# A response to a send must show that the mail was taken; the other operations know none of these members.
TAKEN: Final = {"MessageId": "0100", "ReportId": "1", "BulkEmailEntryResults": [{}]}


class Botocore:
    """A client of botocore whose requests stay here.

    Args:
        token: The session token.
    """

    def __init__(self, token: str | None) -> None:
        """Make the client."""
        session = botocore.session.Session()
        self._client = session.create_client(
            "sesv2",
            region_name=REGION,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
            aws_session_token=token,
        )
        self._client.meta.events.register("before-send.sesv2", self._keep)
        self._kept: list[Sent] = []

    def request(self, operation: str, params: Mapping[str, Any]) -> Sent:
        """Return the request that a call makes."""
        getattr(self._client, xform_name(operation))(**params)
        return self._kept.pop()

    def _keep(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        """Keep a signed request, and answer in the service's place."""
        headers = {name.lower(): _text(value) for name, value in request.headers.items()}
        # A query of nothing but an empty list leaves a lone question mark there, which is neither signed nor read.
        url = request.url.removesuffix("?")
        self._kept.append(Sent(request.method, url, _compared(headers), request.body or b""))
        answer = urllib3.HTTPResponse(io.BytesIO(b"{}"), preload_content=False)
        return AWSResponse(request.url, 200, {}, answer)


class Kept:
    """A transport that keeps our requests."""

    def __init__(self) -> None:
        """Start with none."""
        self._kept: list[Sent] = []
        self.transport = httpx.MockTransport(self._keep)

    def last(self) -> Sent:
        """Return the request of the last call, which must have made one only."""
        (sent,) = self._kept
        self._kept.clear()
        return sent

    def _keep(self, request: httpx.Request) -> httpx.Response:
        """Keep a request as the connection would write it, and answer in the service's place."""
        target = request.url.raw_path.decode("ascii")
        url = f"{request.url.scheme}://{request.headers['host']}{target}"
        self._kept.append(Sent(request.method, url, _compared(request.headers), request.content))
        return httpx.Response(200, json=TAKEN)


def _text(value: str | bytes) -> str:
    """Return a header's value as text; botocore has both."""
    return value.decode("ascii") if isinstance(value, bytes) else value


def _compared(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that must be the same; Host, the other signed one, is part of the URL here."""
    return {name: headers[name] for name in _COMPARED_HEADERS if name in headers}


@cache
def theirs(token: str | None) -> Botocore:
    """Return botocore's client; made once, in a test, where the machine's own settings are hidden."""
    return Botocore(token)


@cache
def ours(token: str | None) -> tuple[SESv2Client, Kept]:
    """Return our client, and what keeps its requests."""
    kept = Kept()
    http = httpx.Client(transport=kept.transport)
    return SESv2Client(region=REGION, credentials=Credentials(ACCESS_KEY, SECRET_KEY, token), http_client=http), kept


@cache
def ours_async(token: str | None) -> tuple[AsyncSESv2Client, Kept]:
    """Return our async client, and what keeps its requests."""
    kept = Kept()
    http = httpx.AsyncClient(transport=kept.transport)
    credentials = Credentials(ACCESS_KEY, SECRET_KEY, token)
    return AsyncSESv2Client(region=REGION, credentials=credentials, http_client=http), kept


def expected(operation: str, params: Mapping[str, Any], token: str | None) -> Sent:
    """Return botocore's request."""
    return theirs(token).request(operation, params)


@pytest.mark.parametrize("operation", OPERATIONS)
@runs()
@given(data=st.data())
def test_a_call_makes_the_request_that_botocore_makes(operation: str, data: st.DataObject) -> None:
    params, token = data.draw(inputs(operation)), data.draw(st.sampled_from(TOKENS))
    client, kept = ours(token)
    getattr(client, xform_name(operation))(**arguments(operation, params))
    assert kept.last() == expected(operation, params, token)


@pytest.mark.parametrize("operation", OPERATIONS)
@runs(EXAMPLES // 10)
@given(data=st.data())
def test_a_request_of_boto3_is_converted_to_the_same_request_and_back(operation: str, data: st.DataObject) -> None:
    params = data.draw(inputs(operation))
    client, kept = ours(None)
    wanted = expected(operation, params, None)
    converted: dict[str, Any] = cast(Any, convert.arguments)(operation, params)
    getattr(client, xform_name(operation))(**converted)
    assert kept.last() == wanted
    back: dict[str, Any] = cast(Any, convert.request)(operation, converted)
    assert expected(operation, back, None) == wanted


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("operation", OPERATIONS)
@runs(EXAMPLES // 10)
@given(data=st.data())
def test_an_async_call_makes_the_request_that_botocore_makes(operation: str, backend: str, data: st.DataObject) -> None:
    params, token = data.draw(inputs(operation)), data.draw(st.sampled_from(TOKENS))
    client, kept = ours_async(token)

    async def call() -> None:
        await getattr(client, xform_name(operation))(**arguments(operation, params))

    anyio.run(call, backend=backend)
    assert kept.last() == expected(operation, params, token)


@pytest.mark.parametrize("token", TOKENS)
def test_a_large_mail_makes_the_request_that_botocore_makes(token: str | None) -> None:
    files = [{"RawContent": b"\xfb" * size, "FileName": f"{size}.bin"} for size in (300_000, 0, 300_001, 5)]
    subject, html = {"Data": "\u00e9"}, {"Data": "<p>\u00e9</p>"}
    for content in (
        {"Raw": {"Data": b"a\xff\n" * 200_000}},
        {"Simple": {"Subject": subject, "Body": {"Html": html}, "Attachments": files}},
        {"Template": {"TemplateName": "news", "Attachments": files}},
    ):
        params = {"FromEmailAddress": "shop@example.com", "Content": content}
        wanted = expected("SendEmail", params, token)
        client, kept = ours(token)
        client.send_email(**arguments("SendEmail", params))
        assert kept.last() == wanted
        async_client, async_kept = ours_async(token)
        anyio.run(lambda: async_client.send_email(**arguments("SendEmail", params)))  # noqa: B023 -- it runs at once
        assert async_kept.last() == wanted


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        ("ListConfigurationSets", "/v2/email/list-configuration-sets"),
        ("ListEmailIdentities", "/v2/email/list-identities"),
    ],
)
def test_the_lists_that_moved_are_a_post_with_and_without_a_filter(operation: str, path: str) -> None:
    client, kept = ours(None)
    for passed, body in (({}, {}), ({"filter": {"A": "b"}, "page_size": 5}, {"Filter": {"A": "b"}, "PageSize": 5})):
        getattr(client, xform_name(operation))(**passed)
        sent = kept.last()
        assert (sent.method, sent.url, json.loads(sent.body)) == ("POST", f"{ENDPOINT}{path}", body)
