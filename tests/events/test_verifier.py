"""Signatures of SNS: what is accepted, and each trap."""

import base64
import json
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
import trustme
from support.events import TOPIC, event
from support.sns import URL, certificate, confirmation, private_key, signature, signed, stamp, text_of
from support.transport import server_context

from sesv2kit import errors, events
from sesv2kit.events import certificates as _certificates

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)


@pytest.fixture
def verifier() -> events.SNSVerifier:
    """Return a verifier that has the tests' certificate."""
    return events.SNSVerifier([TOPIC], certificates={URL: certificate()})


class Sns:
    """Stands in for SNS: responds to GET with what is set, and counts."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.responses: list[httpx.Response] = []
        self.client = httpx.Client(transport=httpx.MockTransport(self._respond))

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.responses.pop(0) if self.responses else httpx.Response(200, content=certificate())


@pytest.fixture
def sns() -> Iterator[Sns]:
    """Return what stands in for SNS."""
    sns = Sns()
    with sns.client:
        yield sns


# Accepted ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize("form", [json.dumps, lambda body: json.dumps(body).encode(), lambda body: body])
async def test_a_notification_is_verified(verifier: events.SNSVerifier, version: str, form: Any) -> None:
    body = signed(event(), version=version, Subject="Amazon SES Email Event Notification")
    for message in (verifier.verify(form(body)), await verifier.averify(form(body))):
        assert isinstance(message, events.Notification)
        assert (message.topic_arn, message.subject) == (TOPIC, body["Subject"])
        assert message.message_id == body["MessageId"]
        (found,) = message.events
        assert isinstance(found, events.BounceEvent)
        assert found.envelope == events.Envelope(via="sns", delivery_id=body["MessageId"], topic_arn=TOPIC)


@pytest.mark.parametrize("kind", ["SubscriptionConfirmation", "UnsubscribeConfirmation"])
@pytest.mark.parametrize("version", ["1", "2"])
def test_confirmations_are_verified_with_their_token(verifier: events.SNSVerifier, kind: str, version: str) -> None:
    body = confirmation(kind, SignatureVersion=version) | {}
    body["Signature"] = signature(text_of(body), version)
    message = verifier.verify(body, {"X-Amz-Sns-Message-Type": kind})
    assert type(message).__name__ == kind
    assert isinstance(message, events.SubscriptionConfirmation | events.UnsubscribeConfirmation)
    assert message.token == body["Token"]
    assert body["Token"] not in repr(message)
    with pytest.raises(events.SignatureError):
        verifier.verify({**body, "Token": "another"})


def test_the_members_that_lambda_spells_otherwise_are_understood(verifier: events.SNSVerifier) -> None:
    body = signed(event(), Subject=None)
    body["SigningCertUrl"] = body.pop("SigningCertURL")
    assert isinstance(verifier.verify({**body, "Subject": None}), events.Notification)


def test_the_message_with_which_ses_tests_a_topic_has_no_events(verifier: events.SNSVerifier) -> None:
    body = signed("Successfully validated SNS topic for Amazon SES event publishing.")
    message = verifier.verify(body)
    assert isinstance(message, events.Notification)
    assert message.events == ()


@pytest.mark.parametrize(
    ("partition", "region", "suffix"),
    [
        ("aws", "us-east-1", "amazonaws.com"),
        ("aws-us-gov", "us-gov-west-1", "amazonaws.com"),
        ("aws-cn", "cn-north-1", "amazonaws.com.cn"),
        ("aws-eusc", "eusc-de-east-1", "amazonaws.eu"),
        ("aws-iso", "us-iso-east-1", "c2s.ic.gov"),
        ("aws-iso-b", "us-isob-east-1", "sc2s.sgov.gov"),
    ],
)
def test_each_partition_has_its_own_suffix(partition: str, region: str, suffix: str) -> None:
    topic = f"arn:{partition}:sns:{region}:123456789012:t"
    url = f"https://sns.{region}.{suffix}/SimpleNotificationService-1.pem"
    verifier = events.SNSVerifier([topic], certificates={url: certificate().decode()})
    assert verifier.verify(signed(TopicArn=topic, SigningCertURL=url)).topic_arn == topic
    wrong = f"https://sns.{region}.amazonaws.example/SimpleNotificationService-1.pem"
    with pytest.raises(events.SignatureError, match="certificate"):
        verifier.verify(signed(TopicArn=topic, SigningCertURL=wrong))


# The traps ---------------------------------------------------------------------------------------


def test_1_another_topic_is_refused_before_anything_is_fetched(sns: Sns) -> None:
    verifier = events.SNSVerifier([TOPIC], http_client=sns.client)
    for topic in ("arn:aws:sns:eu-west-1:999999999999:mine", TOPIC + "2", TOPIC[:-1], TOPIC + "\n", None, 7):
        with pytest.raises(events.SignatureError, match="expected topics"):
            verifier.verify(signed(TopicArn=topic))
    assert sns.requests == []


@pytest.mark.parametrize(
    "topics", [[], (), "arn:aws:sns:eu-west-1:123456789012:t", ["ses-events"], [TOPIC, ""], None, 7, [7]]
)
def test_1_topics_are_required_and_exact(topics: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="ARNs of SNS topics"):
        events.SNSVerifier(topics)


@pytest.mark.parametrize("certificates", [["-----BEGIN CERTIFICATE-----"], {URL: None}, {URL: 7}])
def test_certificates_are_a_mapping(certificates: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="certificates must be a mapping"):
        events.SNSVerifier([TOPIC], certificates=certificates)


@pytest.mark.parametrize("value", ["false", 1, None])
def test_a_text_does_not_make_unsigned_messages_accepted(value: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="accept_raw must be a bool"):
        events.SNSVerifier([TOPIC], accept_raw=value)


@pytest.mark.parametrize("client", [httpx.AsyncClient(), "https://sns.eu-west-1.amazonaws.com", 7])
def test_an_http_client_of_another_kind_is_refused_before_the_first_message(client: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"http_client must be an httpx\.Client"):
        events.SNSVerifier([TOPIC], http_client=client)


@pytest.mark.parametrize("kind", [str, bytes, bytearray, memoryview])
def test_a_body_may_be_any_text_or_bytes(kind: Any) -> None:
    posted = json.dumps(signed()).encode()
    body = posted.decode() if kind is str else kind(posted)
    verifier = events.SNSVerifier([TOPIC], certificates={URL: certificate()})
    assert verifier.verify(body) == verifier.verify(signed() | json.loads(posted))
    raw = events.SNSVerifier([TOPIC], accept_raw=True)
    assert raw.verify(body, {"x-amz-sns-rawdelivery": "true", "x-amz-sns-topic-arn": TOPIC}).message == posted.decode()


def test_a_body_that_was_released_is_not_a_message() -> None:
    body = memoryview(b"{}")
    body.release()
    with pytest.raises(events.EventError):
        events.SNSVerifier([TOPIC]).verify(body)


class FrameworkHeaders:
    """The headers of a framework, which are not a `Mapping`, as those of Werkzeug."""

    def items(self) -> list[tuple[str, str]]:
        return [("X-Amz-Sns-Message-Type", "SubscriptionConfirmation")]


async def test_headers_that_are_not_a_mapping_are_refused() -> None:
    verifier = events.SNSVerifier([TOPIC], certificates={URL: certificate()})
    headers: Any
    for headers in ([("x-amz-sns-message-type", "Notification")], 7, "Notification"):
        with pytest.raises(errors.ConfigurationError, match="headers must be a mapping"):
            verifier.verify(signed(), headers)
        with pytest.raises(errors.ConfigurationError, match="headers must be a mapping"):
            await verifier.averify(signed(), headers)
    headers = FrameworkHeaders()
    with pytest.raises(events.SignatureError, match="another type"):
        verifier.verify(signed(), headers)
    for headers in ({7: 7}, {"x-amz-sns-rawdelivery": None}, {b"x-amz-sns-message-type": b"Notification"}):
        assert isinstance(verifier.verify(signed(), headers), events.Notification)


def test_2_what_was_signed_for_one_topic_can_t_be_cut_into_a_message_of_another(verifier: events.SNSVerifier) -> None:
    mine = "arn:aws:sns:eu-west-1:999999999999:mine"
    forged = json.dumps(event())
    # SNS signs this for the attacker's own topic:
    real = signed(f"{forged}\nMessageId\nforged\nTimestamp\n{stamp()}\nTopicArn\n{TOPIC}", TopicArn=mine)
    text = text_of(real)
    assert text.startswith("Message\n")
    # The same text, cut at other places:
    tail = text.partition(f"\nTopicArn\n{TOPIC}")[2]
    recut = {
        **real,
        "Message": forged,
        "MessageId": "forged",
        "Timestamp": real["Message"].split("\n")[4],
        "TopicArn": TOPIC + tail.removesuffix("\nType\nNotification\n"),
    }
    assert text_of(recut) == text
    with pytest.raises(events.SignatureError, match="expected topics"):
        verifier.verify(recut)
    smuggled = {**recut, "TopicArn": TOPIC, "Subject": "x\nTimestamp\n" + stamp()}
    with pytest.raises(events.SignatureError):
        verifier.verify(smuggled)


@pytest.mark.parametrize("name", ["MessageId", "Subject", "Timestamp", "Token", "SubscribeURL"])
@pytest.mark.parametrize("character", ["\n", "\r", "\x00", "\x1f", "\x7f", "\u2028"])
def test_2_no_signed_member_but_the_message_has_control_characters(
    verifier: events.SNSVerifier, name: str, character: str
) -> None:
    make = confirmation if name in ("Token", "SubscribeURL") else signed
    with pytest.raises(events.SignatureError, match=f"{name} of the message has control characters"):
        verifier.verify(make(**{name: f"a{character}b"}))


def test_2_a_message_may_have_lines(verifier: events.SNSVerifier) -> None:
    assert verifier.verify(signed("one\ntwo\n\nTopicArn\nx\n")).message.startswith("one\ntwo")


@pytest.mark.parametrize("name", ["Message", "MessageId", "Timestamp"])
def test_2_every_signed_member_is_text_and_there(verifier: events.SNSVerifier, name: str) -> None:
    with pytest.raises(events.SignatureError, match=f"the message has no {name}"):
        verifier.verify(signed(**{name: None}))
    with pytest.raises(events.SignatureError, match=f"{name} of the message is not"):
        verifier.verify({**signed(), name: 7})


async def test_3_a_fetch_that_failed_is_not_remembered(sns: Sns) -> None:
    verifier = events.SNSVerifier([TOPIC], http_client=sns.client)
    sns.responses = [httpx.Response(503), httpx.Response(302, headers={"location": "https://evil.example.com/"})]
    for _ in range(2):
        with pytest.raises(events.CertificateError):
            await verifier.averify(signed())
    assert isinstance(verifier.verify(signed()), events.Notification)
    assert isinstance(await verifier.averify(signed()), events.Notification)
    assert [str(request.url) for request in sns.requests] == [URL] * 3


def test_3_many_who_wait_cause_one_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[str] = []
    verifier = events.SNSVerifier([TOPIC])
    kept = verifier._certificates

    def fetch(url: str, _client: object) -> Any:
        fetched.append(url)
        deadline = time.monotonic() + 30
        while kept._fetches[url].waiting < 8:
            assert time.monotonic() < deadline
            time.sleep(0.001)
        return type("Response", (), {"body": certificate()})

    monkeypatch.setattr(_certificates, "fetch", fetch)
    message = signed()
    with ThreadPoolExecutor(8) as threads:
        assert len(list(threads.map(lambda _number: verifier.verify(message), range(8)))) == 8
    assert fetched == [URL]
    assert kept._fetches == {}


async def test_3_many_tasks_cause_one_fetch(sns: Sns) -> None:
    verifier = events.SNSVerifier([TOPIC], http_client=sns.client)
    async with anyio.create_task_group() as tasks:
        for _ in range(8):
            tasks.start_soon(verifier.averify, signed())
    assert len(sns.requests) == 1


def test_3_the_certificates_that_are_kept_are_bounded(sns: Sns) -> None:
    verifier = events.SNSVerifier([TOPIC], http_client=sns.client)
    for number in range(40):
        url = f"https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-{number}.pem"
        verifier.verify(signed(SigningCertURL=url))
    assert len(verifier._certificates._loaded) == _certificates.MAX_CERTIFICATES


def test_3_nothing_is_kept_of_fetches_that_failed_and_their_number_is_bounded(
    sns: Sns, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifier = events.SNSVerifier([TOPIC], http_client=sns.client)

    def verify(number: int) -> None:
        url = f"https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-{number}.pem"
        verifier.verify({**signed(), "SigningCertURL": url})

    sns.responses = [httpx.Response(404)] * 20
    for number in range(20):
        with pytest.raises(events.CertificateError, match="status 404"):
            verify(number)
    assert verifier._certificates._fetches == {}
    monkeypatch.setattr(_certificates, "MAX_FETCHES", 0)
    with pytest.raises(events.CertificateError, match="too many certificates"):
        verify(1)


def test_3_a_certificate_is_fetched_over_tls_and_no_redirect_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    responses = [(200, certificate()), (302, b""), (200, b"x" * 70_000), (404, b"")]
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            status, body = responses.pop(0)
            self.send_response(status)
            self.send_header("location", "/elsewhere.pem")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = server_context(authority, "127.0.0.1").wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"https://127.0.0.1:{server.server_port}/SimpleNotificationService-1.pem"
        with pytest.raises(events.CertificateError, match="can't be reached"):
            _certificates.fetch(url, None)  # nobody knows the authority yet
        monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "ca.pem"))
        assert _certificates.fetch(url, None).body == certificate()
        for message in ("status 302", "70000 bytes", "status 404"):
            with pytest.raises(events.CertificateError, match=message):
                _certificates.fetch(url, None)
        server.shutdown()
    assert paths == ["/SimpleNotificationService-1.pem"] * 4
    with pytest.raises(events.CertificateError, match="can't be reached"):
        _certificates.fetch(url, None)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    with pytest.raises(errors.ConfigurationError):
        _certificates.fetch(url, None)


def test_verifying_without_the_extra_names_what_to_install(
    verifier: events.SNSVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = signed()
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(errors.ConfigurationError, match=r"sesv2kit\[sns\]"):
        verifier.verify(body)
    # SNS delivers it again, so that nothing is lost until the extra is installed.
    assert events.Webhook(lambda _event: None, verifier).handle(json.dumps(body).encode(), {}).status == 500


@pytest.mark.parametrize(
    "url",
    [
        "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem",
        "https://evil.example/sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-1.pem",
        "https://a@sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem?x=.pem",
        "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem#a",
        "https://sns.eu-west-1.amazonaws.com/../SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com/other.pem",
        "https://bucket.s3.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem\n",
        None,
        7,
    ],
)
def test_4_a_certificate_comes_from_sns_alone(sns: Sns, url: Any) -> None:
    verifier = events.SNSVerifier([TOPIC], http_client=sns.client)
    with pytest.raises(events.SignatureError, match="certificate"):
        verifier.verify({**signed(), "SigningCertURL": url})
    assert sns.requests == []


@pytest.mark.parametrize("version", ["0", "3", "", "1 ", None, 1.5])
def test_4_a_version_that_is_not_known_is_refused(verifier: events.SNSVerifier, version: Any) -> None:
    with pytest.raises(events.SignatureError, match="version 1 or 2"):
        verifier.verify({**signed(), "SignatureVersion": version})


def test_4_the_version_decides_on_the_hash(verifier: events.SNSVerifier) -> None:
    for signed_with, said in (("1", "2"), ("2", "1")):
        body = {**signed(), "SignatureVersion": said}
        body["Signature"] = signature(text_of(body), signed_with)
        with pytest.raises(events.SignatureError, match="signature is not valid"):
            verifier.verify(body)


def test_5_the_certificate_was_valid_when_the_message_was_made() -> None:
    verifier = events.SNSVerifier([TOPIC], certificates={URL: certificate(days=0)}, max_age=None)
    with pytest.raises(events.SignatureError, match="not valid when"):
        verifier.verify(signed())
    valid = events.SNSVerifier([TOPIC], certificates={URL: certificate()}, max_age=None)
    with pytest.raises(events.SignatureError, match="not valid when"):
        valid.verify(signed(Timestamp=stamp(datetime.now(UTC) - timedelta(days=2))))
    assert valid.verify(signed(Timestamp=stamp(datetime.now(UTC) - timedelta(hours=20))))


def test_5_a_message_is_fresh(verifier: events.SNSVerifier) -> None:
    now = datetime.now(UTC)
    assert verifier.verify(signed(Timestamp=stamp(now - HOUR)))
    assert verifier.verify(signed(Timestamp=stamp(now + timedelta(minutes=4))))
    with pytest.raises(events.SignatureError, match="too old"):
        verifier.verify(signed(Timestamp=stamp(now - 2 * HOUR - timedelta(minutes=1))))
    with pytest.raises(events.SignatureError, match="future"):
        verifier.verify(signed(Timestamp=stamp(now + timedelta(minutes=6))))
    with pytest.raises(events.SignatureError, match="can't be read"):
        verifier.verify(signed(Timestamp="yesterday"))
    strict = events.SNSVerifier([TOPIC], certificates={URL: certificate()}, max_age=timedelta(minutes=10))
    with pytest.raises(events.SignatureError, match="too old"):
        strict.verify(signed(Timestamp=stamp(now - HOUR)))


@pytest.mark.parametrize("max_age", [timedelta(), timedelta(seconds=-1), 7])
def test_5_an_age_is_above_0(max_age: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="max_age"):
        events.SNSVerifier([TOPIC], max_age=max_age)


def test_6_the_header_has_to_agree_and_never_decides(verifier: events.SNSVerifier) -> None:
    assert verifier.verify(signed(), {"x-amz-sns-message-type": "Notification"})
    with pytest.raises(events.SignatureError, match="another type"):
        verifier.verify(signed(), {"X-AMZ-SNS-MESSAGE-TYPE": "SubscriptionConfirmation"})
    with pytest.raises(events.SignatureError, match="a type that SNS does not send"):
        verifier.verify({**signed(), "Type": "Other"}, {"x-amz-sns-message-type": "Other"})


async def test_7_a_confirmation_follows_no_url_that_came(sns: Sns) -> None:
    verifier = events.SNSVerifier([TOPIC], certificates={URL: certificate()}, http_client=sns.client)
    message = verifier.verify(confirmation())
    sns.responses = [httpx.Response(200, text="<ok/>"), httpx.Response(200), httpx.Response(403)]
    verifier.confirm(message)
    await verifier.aconfirm(message)
    for request in sns.requests:
        assert (request.url.scheme, request.url.host) == ("https", "sns.eu-west-1.amazonaws.com")
        assert dict(request.url.params) == {
            "Action": "ConfirmSubscription",
            "TopicArn": TOPIC,
            "Token": "2336412f37",
        }
    with pytest.raises(events.CertificateError, match="status 403"):
        verifier.confirm(message)
    with pytest.raises(errors.ConfigurationError, match="can't be confirmed"):
        verifier.confirm(verifier.verify(signed()))


def test_raw_delivery_has_no_signature(verifier: events.SNSVerifier) -> None:
    with pytest.raises(events.SignatureError, match="raw delivery"):
        verifier.verify(json.dumps(event()), {"x-amz-sns-rawdelivery": "true"})


# Forged and broken -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Message", "MessageId", "Subject", "Timestamp", "TopicArn"])
def test_a_member_that_was_changed_is_noticed(name: str) -> None:
    body = signed(event(), Subject="a")
    changed = {"Timestamp": stamp(datetime.now(UTC) - HOUR), "TopicArn": TOPIC + "2"}.get(name, body[name] + "x")
    verifier = events.SNSVerifier([TOPIC, TOPIC + "2"], certificates={URL: certificate()})
    with pytest.raises(events.SignatureError, match="signature is not valid"):
        verifier.verify({**body, name: changed})


@pytest.mark.parametrize("name", ["sns.amazonaws.com.evil.example", "evil.example"])
def test_a_certificate_of_another_name_is_refused(name: str) -> None:
    verifier = events.SNSVerifier([TOPIC], certificates={URL: certificate(name)})
    with pytest.raises(events.SignatureError, match="not that of SNS"):
        verifier.verify(signed())


def test_a_short_key_is_refused() -> None:
    verifier = events.SNSVerifier([TOPIC], certificates={URL: certificate(size=1024)})
    with pytest.raises(events.SignatureError, match="2048 bits"):
        verifier.verify(signed(size=1024))


@pytest.mark.parametrize("pem", [b"", b"nonsense", certificate()[:200]])
def test_a_certificate_that_can_t_be_read_is_refused(pem: bytes) -> None:
    with pytest.raises(events.SignatureError, match="can't be read"):
        events.SNSVerifier([TOPIC], certificates={URL: pem}).verify(signed())


def test_a_certificate_that_was_not_given_is_not_fetched(sns: Sns) -> None:
    verifier = events.SNSVerifier([TOPIC], certificates={}, http_client=sns.client)
    with pytest.raises(events.CertificateError, match="has no certificate"):
        verifier.verify(signed())
    assert sns.requests == []


def test_a_huge_certificate_is_refused(sns: Sns) -> None:
    sns.responses = [httpx.Response(200, content=b"x" * 70_000)]
    with pytest.raises(events.CertificateError, match="70000 bytes"):
        events.SNSVerifier([TOPIC], http_client=sns.client).verify(signed())


@pytest.mark.parametrize("text", ["%", base64.b64encode(b"short").decode(), "", None, 7])
def test_something_that_is_not_a_signature_is_refused(verifier: events.SNSVerifier, text: Any) -> None:
    with pytest.raises(events.SignatureError):
        verifier.verify({**signed(), "Signature": text})


@pytest.mark.parametrize("body", ["", "nonsense", b"\xff", "[]", "7", "[" * 100_000, None])
def test_what_is_not_a_message_of_sns_is_an_event_error(verifier: events.SNSVerifier, body: Any) -> None:
    with pytest.raises(events.EventError):
        verifier.verify(body)


def test_half_of_a_surrogate_pair_is_refused(verifier: events.SNSVerifier) -> None:
    with pytest.raises(events.SignatureError, match="not Unicode"):
        verifier.verify({**signed(), "Message": "\ud800"})


def test_the_key_of_the_tests_is_one_that_sns_could_have() -> None:
    assert private_key().key_size == 2048


async def test_raw_delivery_is_accepted_with_accept_raw(verifier: events.SNSVerifier) -> None:
    trusting = events.SNSVerifier([TOPIC], accept_raw=True, certificates={URL: certificate()})
    headers = {"X-Amz-Sns-RawDelivery": "true", "X-Amz-Sns-Topic-Arn": TOPIC, "X-Amz-Sns-Message-Id": "m-1"}
    for body in (json.dumps(event()), json.dumps(event()).encode(), event()):
        for message in (trusting.verify(body, headers), await trusting.averify(body, headers)):
            assert isinstance(message, events.Notification)
            assert (message.message_id, message.topic_arn) == ("m-1", TOPIC)
            assert [type(found) for found in message.events] == [events.BounceEvent]
    for topic in ({"X-Amz-Sns-Topic-Arn": TOPIC + "2"}, {"X-Amz-Sns-Topic-Arn": ""}):
        with pytest.raises(events.SignatureError, match="expected topics"):
            trusting.verify(json.dumps(event()), {**headers, **topic})
    with pytest.raises(events.SignatureError):
        trusting.verify({**signed(), "Message": "forged"})
    reply = events.Webhook(lambda _: None, trusting).handle(b"\xff", headers)
    assert reply.status == 400
