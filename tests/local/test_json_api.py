"""The JSON API of the local service: every route, and its mistakes."""

import base64
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any

import httpx
import pytest
from support.mails import send, service, simple

from sesv2kit import SESv2Client, events, models
from sesv2kit.testing import FakeSES, SentMail

pytest.importorskip("starlette", reason="the extra sesv2kit[local] is not installed")

from sesv2kit.local import create_app
from sesv2kit.testing.serving import serving

World = tuple[FakeSES, SESv2Client, httpx.Client]
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
HTML = '<p>Hi <a href="https://shop.example/a">a</a></p>'


@pytest.fixture
def world() -> Iterator[World]:
    """A fake service, a client of it, and a client of its JSON API."""
    with (
        service(clock=NEW_YEAR) as (fake, ses),
        serving(create_app(fake)) as url,
        httpx.Client(base_url=url, trust_env=False, verify=False, timeout=60) as api,
    ):
        yield fake, ses, api


def message_of(response: httpx.Response, status: int = 400) -> str:
    """Return the message of an error."""
    assert response.status_code == status, response.text
    assert list(response.json()) == ["message"]
    return str(response.json()["message"])


def test_mails_are_listed_newest_first(world: World) -> None:
    fake, ses, api = world
    for number in range(5):
        send(ses, "Ann <ann@example.net>", content=simple(f"Mail {number}"))
    page = api.get("/_local/messages", params={"limit": 2}).json()
    assert [mail["subject"] for mail in page["messages"]] == ["Mail 4", "Mail 3"]
    assert (page["total"], page["unread"]) == (5, 5)
    rest = api.get("/_local/messages", params={"before": page["next_before"]}).json()
    assert [mail["subject"] for mail in rest["messages"]] == ["Mail 2", "Mail 1", "Mail 0"]
    assert rest["next_before"] is None
    assert rest["messages"][-1] == {
        "id": fake.outbox[0].message_id,
        "sent_at": "2026-01-01T00:00:00+00:00",
        "from": "shop@example.com",
        "to": fake.outbox[0].to,
        "cc": [],
        "bcc": [],
        "subject": "Mail 0",
        "tags": {},
        "template": None,
        "configuration_set": None,
        "tenant": None,
        "status": "sent",
    }


def test_mails_are_searched(world: World) -> None:
    _, ses, api = world
    send(ses, content=simple("Invoice 7"))
    send(ses, content=simple("Welcome"))
    found = api.get("/_local/messages", params={"query": "subject:invoice"}).json()
    assert [mail["subject"] for mail in found["messages"]] == ["Invoice 7"]
    assert (found["total"], found["unread"]) == (1, 2)


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "5000"}, {"limit": ""}, {"before": ""}, {"before": "999999999999999999"}]
)
def test_limits_of_a_list(world: World, query: dict[str, str]) -> None:
    _, ses, api = world
    send(ses)
    assert len(api.get("/_local/messages", params=query).json()["messages"]) == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"limit": "-1"}, "'-1' is not a whole number"),
        ({"before": "x"}, "'x' is not a whole number"),
        ({"before": "1" * 19}, "is not a whole number"),
        ({"before": "\N{SUPERSCRIPT TWO}"}, "is not a whole number"),
        ({"query": "before:nonsense"}, "nonsense"),
    ],
)
def test_lists_that_make_no_sense(world: World, query: dict[str, str], words: str) -> None:
    assert words in message_of(world[2].get("/_local/messages", params=query))


def test_a_mail_with_all_its_parts(world: World) -> None:
    fake, ses, api = world
    attachment = models.Attachment(
        file_name="a.txt", raw_content=b"\0data", content_type="text/plain", content_id="one@example.com"
    )
    send(
        ses,
        content=simple("Parts", text="Hi", html=HTML, attachments=[attachment]),
        reply_to_addresses=["help@example.com"],
        email_tags=[models.MessageTag(name="kind", value="test")],
    )
    mail = fake.outbox[0]
    found = api.get(f"/_local/messages/{mail.message_id}").json()
    assert (found["text"], found["html"]) == ("Hi", HTML)
    assert (found["reply_to"], found["tags"]) == (["help@example.com"], {"kind": "test"})
    assert found["links"] == ["https://shop.example/a"]
    assert base64.b64decode(found["raw"]) == mail.raw
    (part,) = found["attachments"]
    assert base64.b64decode(part.pop("data")) == b"\0data"
    assert part == {"file_name": "a.txt", "content_type": "text/plain", "content_id": part["content_id"], "size": 5}
    assert "one@example.com" in part["content_id"]
    assert ["Subject", "Parts"] in found["headers"]
    assert [event["eventType"] for event in found["events"]] == ["Send"]


def test_a_mail_that_is_deleted_while_it_is_read_is_404(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fake, ses, api = world
    message_id = send(ses)
    read = SentMail.raw.func

    def deleted_meanwhile(mail: SentMail) -> bytes:
        fake.reset()
        return read(mail)

    monkeypatch.setattr(SentMail, "raw", property(deleted_meanwhile))
    assert "was deleted" in message_of(api.get(f"/_local/messages/{message_id}"), 404)


def test_mails_are_deleted(world: World) -> None:
    fake, ses, api = world
    first, second = send(ses), send(ses)
    assert api.delete(f"/_local/messages/{first}").json() == {}
    assert [mail.message_id for mail in fake.outbox] == [second]
    assert [event.message_id for event in fake.events] == [second]
    assert "no such mail" in message_of(api.delete(f"/_local/messages/{first}"), 404)
    assert "no such mail" in message_of(api.get(f"/_local/messages/{first}"), 404)
    ses.create_configuration_set(configuration_set_name="stays")
    assert api.delete("/_local/messages").status_code == 200
    assert (len(fake.outbox), len(fake.events)) == (0, 0)
    assert ses.get_configuration_set(configuration_set_name="stays")


@pytest.mark.parametrize(
    ("action", "arguments", "kind"),
    [
        ("deliver", None, "Delivery"),
        ("deliver", {"recipients": ["ann@example.net"]}, "Delivery"),
        ("bounce", {"reason": "MailboxFull", "diagnostic": "452 full"}, "Bounce"),
        ("complain", {"feedback_type": "not-spam"}, "Complaint"),
        ("delay", {}, "DeliveryDelay"),
        ("open", {"user_agent": "curl", "is_bot": True}, "Open"),
        ("click", {"url": "https://shop.example/a"}, "Click"),
    ],
)
def test_something_happens_to_a_mail(world: World, action: str, arguments: Any, kind: str) -> None:
    fake, ses, api = world
    message_id = send(ses, content=simple(html=HTML))
    content = b"" if arguments is None else json.dumps(arguments).encode()
    response = api.post(f"/_local/messages/{message_id}/{action}", content=content)
    assert response.status_code == 200, response.text
    (event,) = events.parse(response.content)
    assert (event.type, event.message_id) == (kind, message_id)
    assert event == fake.events[-1]


def test_a_recipient_leaves_a_list(world: World) -> None:
    fake, ses, api = world
    ses.create_contact_list(contact_list_name="people")
    options = models.ListManagementOptions(contact_list_name="people")
    message_id = send(ses, content=simple(text="{{amazonSESUnsubscribeUrl}}"), list_management_options=options)
    response = api.post(f"/_local/messages/{message_id}/unsubscribe", json={"recipient": "ann@example.net"})
    assert response.json()["eventType"] == "Subscription"
    assert ses.get_contact(contact_list_name="people", email_address="ann@example.net").unsubscribe_all
    assert fake.events[-1].type == "Subscription"


@pytest.mark.parametrize(
    ("action", "arguments", "words"),
    [
        ("deliver", {"recipients": ["kim@example.net"]}, "did not go to 'kim@example.net'"),
        ("deliver", {"recipients": "ann@example.net"}, "recipients must be a list of addresses"),
        ("deliver", {"recipients": [1]}, "recipients must be a list of addresses"),
        ("deliver", {"mail": "other"}, "there is no argument 'mail'; there are recipients"),
        ("deliver", {"times": 2}, "there is no argument 'times'"),
        ("bounce", {"reason": "Nonsense"}, "Nonsense"),
        ("bounce", {"reason": None}, "reason must be a text"),
        ("open", {"is_bot": "yes"}, "is_bot must be true or false"),
        ("open", {"ip_address": 5}, "ip_address must be a text"),
        ("click", {"url": "https://shop.example/b"}, "has no link"),
        ("delay", {"reason": "Nonsense"}, "there is no delay"),
        ("unsubscribe", {}, "list"),
    ],
)
def test_something_that_can_not_happen(world: World, action: str, arguments: Any, words: str) -> None:
    fake, ses, api = world
    message_id = send(ses, content=simple(html=HTML))
    assert words in message_of(api.post(f"/_local/messages/{message_id}/{action}", json=arguments))
    assert len(fake.events) == 1


BROKEN = [b"[]", b"7", b"{", b"\xff", b'{"seconds": "\\ud800"}', b'{"a": ' * 100_000]


@pytest.mark.parametrize("body", BROKEN, ids=[str(body[:12]) for body in BROKEN])
def test_bodies_that_are_not_objects(world: World, body: bytes) -> None:
    fake, ses, api = world
    message_id = send(ses)
    for path in (f"/_local/messages/{message_id}/deliver", "/_local/faults"):
        assert message_of(api.post(path, content=body)) == "the body must be a JSON object"
    assert "seconds must be" in message_of(api.post("/_local/clock", content=body))
    assert (len(fake.events), len(fake.faults.pending), fake.clock.now) == (1, 0, NEW_YEAR)


def test_actions_and_mails_that_do_not_exist(world: World) -> None:
    _, ses, api = world
    message_id = send(ses)
    assert "there is no action 'explode'; there are deliver," in message_of(
        api.post(f"/_local/messages/{message_id}/explode"), 404
    )
    assert "no such mail" in message_of(api.post("/_local/messages/none/deliver"), 404)


def test_events_are_followed(world: World) -> None:
    fake, ses, api = world
    assert api.get("/_local/events").json() == {"events": [], "next_after": 0}
    fake.deliver(send(ses))
    page = api.get("/_local/events").json()
    assert ([event["eventType"] for event in page["events"]], page["next_after"]) == (["Send", "Delivery"], 2)
    send(ses)
    page = api.get("/_local/events", params={"after": page["next_after"]}).json()
    assert ([event["eventType"] for event in page["events"]], page["next_after"]) == (["Send"], 3)
    assert "whole number" in message_of(api.get("/_local/events", params={"after": "-1"}))


@pytest.mark.parametrize(
    ("members", "shown"),
    [
        ({"kind": "throttle"}, {"operation": "*", "left": 1, "kind": "error", "code": "TooManyRequestsException"}),
        ({"kind": "lose_answer", "operation": "SendEmail", "times": 3}, {"operation": "SendEmail", "left": 3}),
        ({"kind": "lose_request", "times": None}, {"left": None, "kind": "lose_request"}),
        ({"kind": "truncate"}, {"kind": "truncate"}),
        ({"kind": "stall", "seconds": 0.5}, {"kind": "stall"}),
        ({"kind": "status", "status": 502}, {"kind": "status"}),
        ({"kind": "error", "code": "MessageRejected", "message": "No."}, {"kind": "error", "code": "MessageRejected"}),
    ],
)
def test_faults_are_added_listed_and_removed(world: World, members: dict[str, Any], shown: dict[str, Any]) -> None:
    fake, _, api = world
    response = api.post("/_local/faults", json=members)
    assert (response.status_code, response.json()) == (201, {})
    (fault,) = api.get("/_local/faults").json()["faults"]
    assert fault.items() >= shown.items()
    assert len(fake.faults.pending) == 1
    assert api.delete("/_local/faults").json() == {}
    assert api.get("/_local/faults").json() == {"faults": []}


def test_a_fault_meets_a_request(world: World) -> None:
    _, ses, api = world
    api.post("/_local/faults", json={"operation": "SendEmail", "kind": "error", "code": "SendingPausedException"})
    with pytest.raises(Exception, match="SendingPausedException, as a test wanted"):
        send(ses)
    send(ses)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "kind must be one of throttle, "),
        ({"kind": ["throttle"]}, "kind must be one of"),
        ({"kind": "throttle", "operation": "Nonsense"}, "there is no operation 'Nonsense'"),
        ({"kind": "throttle", "times": 0}, "at least 1"),
        ({"kind": "throttle", "times": "many"}, "an int of at least 1"),
        ({"kind": "throttle", "times": []}, "an int of at least 1"),
        ({"kind": "throttle", "times": 1e999}, "an int of at least 1"),
        ({"kind": "throttle", "times": 1.5}, "an int of at least 1"),
        ({"kind": "throttle", "times": True}, "an int of at least 1"),
        ({"kind": "throttle", "tmies": 2}, "there is no member 'tmies'; there are operation, times, "),
        ({"kind": "throttle", "operation": ["SendEmail"]}, "there is no operation"),
        ({"kind": "stall", "seconds": "two"}, "from 0 to 86400"),
        ({"kind": "stall", "seconds": None}, "from 0 to 86400"),
        ({"kind": "status", "status": "503"}, "from 400 to 599"),
        ({"kind": "error", "code": 5}, "is not a code"),
        ({"kind": "error", "message": 5}, "must be a str"),
        ({"kind": "stall", "seconds": -1}, "from 0 to 86400"),
        ({"kind": "status", "status": 200}, "from 400 to 599"),
        ({"kind": "error", "code": "a b"}, "is not a code"),
    ],
)
def test_faults_that_make_no_sense(world: World, body: dict[str, Any], words: str) -> None:
    fake, _, api = world
    assert words in message_of(api.post("/_local/faults", content=json.dumps(body)))
    assert not fake.faults.pending


def test_the_clock_is_read_and_moved(world: World) -> None:
    fake, _, api = world
    assert api.get("/_local/clock").json() == {"now": "2026-01-01T00:00:00+00:00"}
    assert api.post("/_local/clock", json={"seconds": 90}).json() == {"now": "2026-01-01T00:01:30+00:00"}
    assert api.post("/_local/clock", json={"seconds": "0.5"}).json()["now"].endswith(":30.500000+00:00")
    assert fake.clock.now.year == 2026


@pytest.mark.parametrize("seconds", [-1, None, "soon", [], 1e12, 1e300, float("inf"), float("nan")])
def test_steps_that_no_clock_makes(world: World, seconds: Any) -> None:
    _, ses, api = world
    assert "seconds must be a number" in message_of(api.post("/_local/clock", content=json.dumps({"seconds": seconds})))
    assert api.get("/_local/clock").json() == {"now": "2026-01-01T00:00:00+00:00"}
    send(ses)


def test_everything_is_forgotten(world: World) -> None:
    fake, ses, api = world
    send(ses)
    ses.create_configuration_set(configuration_set_name="gone")
    api.post("/_local/faults", json={"kind": "throttle"})
    assert api.post("/_local/reset").json() == {}
    assert (len(fake.outbox), len(fake.faults.pending)) == (0, 0)
    assert not ses.list_configuration_sets().configuration_sets
    send(ses)


def test_mails_as_localstack_has_them(world: World) -> None:
    fake, ses, api = world
    first = send(ses, content=simple("First", html=HTML))
    second = send(ses, sender="other@example.com", content=simple("Second"))
    found = api.get("/_aws/ses").json()["messages"]
    assert [mail["Id"] for mail in found] == [first, second]
    raw = message_from_bytes(found[0].pop("RawData").encode())
    assert raw["Subject"] == "First"
    assert found[0] == {
        "Id": first,
        "Region": "us-east-1",
        "Timestamp": "2026-01-01T00:00:00+00:00",
        "Source": "shop@example.com",
        "Destination": {"ToAddresses": ["ann@example.net"], "CcAddresses": [], "BccAddresses": []},
        "Subject": "First",
        "Body": {"text_part": "Hi", "html_part": HTML},
    }
    assert [mail["Id"] for mail in api.get("/_aws/ses", params={"id": second}).json()["messages"]] == [second]
    by_sender = api.get("/_aws/ses", params={"email": "shop@example.com"}).json()["messages"]
    assert [mail["Id"] for mail in by_sender] == [first]
    assert api.delete("/_aws/ses").status_code == 200
    assert not fake.outbox


def test_what_a_verifier_needs(world: World) -> None:
    fake, ses, api = world
    pytest.importorskip("cryptography")
    send(ses)
    facts = api.get("/_local/sns").json()
    verifier = events.SNSVerifier([facts["topic_arn"]], certificates=facts["certificates"])
    message = verifier.verify(*fake.sns.post(fake.events[0]))
    assert isinstance(message, events.Notification)


def test_signing_needs_an_extra(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from sesv2kit.testing import sns

    sns._signer.cache_clear()
    monkeypatch.setitem(sys.modules, "cryptography", None)
    assert "sesv2kit[sns]" in message_of(world[2].get("/_local/sns"), 501)
    sns._signer.cache_clear()


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/_local/messages"), ("POST", "/_local/events"), ("GET", "/_local/reset"), ("GET", "/_local/nonsense/a")],
)
def test_routes_that_do_not_exist(world: World, method: str, path: str) -> None:
    assert message_of(world[2].request(method, path), 404) == f"there is no {method} {path}"


@pytest.mark.parametrize("arguments", [{"recipients": []}, {"recipients": ["x"]}, {"recipients": ["a b@example.net"]}])
def test_something_that_is_not_a_recipient_is_refused(world: World, arguments: dict[str, Any]) -> None:
    fake, ses, api = world
    path = f"/_local/messages/{send(ses)}"
    for action in ("deliver", "bounce", "complain", "delay"):
        assert re.search("recipient|did not go to", message_of(api.post(f"{path}/{action}", json=arguments)))
    assert len(fake.events) == 1


def test_a_body_has_a_limit(world: World) -> None:
    _, _, api = world
    body = b'{"seconds": 1' + b" " * 2_000_000 + b"}"
    message_of(api.post("/_local/clock", content=body))
    assert api.get("/_local/clock").json()["now"].startswith("2026-01-01T00:00:00")


def test_a_stall_ends(world: World) -> None:
    fake, _, api = world
    for seconds in ("Infinity", "1e300", "86401", "-1", "NaN"):
        body = f'{{"kind": "stall", "seconds": {seconds}}}'
        assert "0 to 86400" in message_of(api.post("/_local/faults", content=body))
    assert not fake.faults.pending
