"""`sesv2kit events tail`."""

import io
import json
import re
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from queue import Queue
from typing import Any

import boto3
import httpx
import pytest
from moto.server import ThreadedMotoServer
from support.cli import Shell, start

from sesv2kit.cli import tail
from sesv2kit.cli.failures import OutputProblem
from sesv2kit.cli.output import clean
from sesv2kit.events import Event, SNSVerifier, parse
from sesv2kit.testing import FakeSES


@pytest.fixture
def happened(shell: Shell) -> list[Event]:
    """Two events of a mail."""
    shell.ok("send", "--from", "shop@example.com", "--to", "ann@example.net", "--subject", "Hi", "--text", "Hi")
    mail = shell.fake.outbox[0]
    return [shell.fake.deliver(mail), shell.fake.bounce(mail, "MailboxFull")]


# SQS ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sqs() -> Iterator[str]:
    """A moto server; yields its URL."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def queue(sqs: str, url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, str]]:
    """A client of SQS, and the URL of a queue."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", sqs)
    client = boto3.client("sqs", region_name="eu-west-1")
    made = client.create_queue(QueueName="events", Attributes={"VisibilityTimeout": "0"})["QueueUrl"]
    yield client, made
    client.delete_queue(QueueUrl=made)
    client.close()


def count(client: Any, queue: str) -> int:
    """Return how many messages a queue has."""
    attributes = client.get_queue_attributes(QueueUrl=queue, AttributeNames=["ApproximateNumberOfMessages"])
    return int(attributes["Attributes"]["ApproximateNumberOfMessages"])


def test_events_of_a_queue_each_once_and_they_stay(shell: Shell, queue: tuple[Any, str], happened: list[Event]) -> None:
    client, where = queue
    bodies = [shell.fake.sns.post(happened[0]).body.decode(), "nonsense", json.dumps(dict(happened[1].raw))]
    for body in (bodies[0], *bodies):
        client.send_message(QueueUrl=where, MessageBody=body)
    done = shell("events", "tail", "--queue", where, "--count", "2")
    assert done.code == 0, done
    lines = sorted(done.out.splitlines())
    assert len(lines) == 2
    mail_id = happened[0].message_id
    assert {line.split()[2] for line in lines} == {"Bounce", "Delivery"}
    assert any(line.endswith(f"{mail_id}  ann@example.net Transient MailboxFull") for line in lines)
    assert count(client, where) == 4


def test_delete_removes_what_was_shown(shell: Shell, queue: tuple[Any, str], happened: list[Event]) -> None:
    client, where = queue
    client.send_message(QueueUrl=where, MessageBody=json.dumps(dict(happened[0].raw)))
    out = shell.ok("events", "tail", "--queue", where, "--count", "1", "--delete", "--json")
    found = json.loads(out)
    assert (found["type"], found["recipients"]) == ("Delivery", ["ann@example.net"])
    assert found["event"] == dict(happened[0].raw)
    assert count(client, where) == 0


def test_delete_leaves_what_was_not_shown(shell: Shell, queue: tuple[Any, str], happened: list[Event]) -> None:
    client, where = queue
    entries = [{"Id": str(index), "MessageBody": json.dumps(dict(event.raw))} for index, event in enumerate(happened)]
    client.send_message_batch(QueueUrl=where, Entries=[*entries, {"Id": "other", "MessageBody": "not an event"}])
    shell.ok("events", "tail", "--queue", where, "--count", "1", "--delete")
    assert count(client, where) == 2


def test_a_queue_that_is_not_there_is_1(shell: Shell, queue: tuple[Any, str]) -> None:
    done = shell("events", "tail", "--queue", queue[1] + "x")
    assert (done.code, done.err.startswith("sesv2kit: SQS: ")) == (1, True)


def test_wrong_settings_of_boto3_are_3(shell: Shell, queue: tuple[Any, str]) -> None:
    done = shell("events", "tail", "--queue", queue[1], "--profile", "nobody")
    assert (done.code, "nobody" in done.err) == (3, True)


def test_without_boto3_the_command_names_it(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3.session", None)
    done = shell("events", "tail", "--queue", "https://sqs.eu-west-1.amazonaws.com/1/x")
    assert (done.code, "pip install boto3" in done.err) == (3, True)


def test_without_cryptography_no_webhook_is_opened(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "find_spec", lambda _name: None)
    done = shell("events", "tail", "--webhook", "0", "--topic", shell.fake.sns.topic_arn)
    assert (done.code, "sesv2kit[sns]" in done.err) == (3, True)


# Webhooks ----------------------------------------------------------------------------------------


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    """A client that reaches this machine directly."""
    with httpx.Client(trust_env=False) as client:
        yield client


def test_posts_without_a_check_on_this_machine(
    shell: Shell, happened: list[Event], http: httpx.Client, url: str
) -> None:
    process = start(["events", "tail", "--webhook", "0", "--no-verify", "--count", "1", "--json"])
    assert process.stderr is not None
    address = re.search(r"http://\S+/", process.stderr.readline())
    assert address is not None
    for post in (shell.fake.sns.confirmation(), shell.fake.sns.post(happened[0])):
        assert http.post(address[0], content=post.body, headers=dict(post.headers)).status_code == 200
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert json.loads(out)["type"] == "Delivery"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_the_output_ends_it_with_6(
    shell: Shell, happened: list[Event], http: httpx.Client, url: str
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = start(["events", "tail", "--webhook", "0", "--no-verify"], stdout=full)
        assert process.stderr is not None
        address = re.search(r"http://\S+/", process.stderr.readline())
        assert address is not None
        post = shell.fake.sns.post(happened[0])
        assert http.post(address[0], content=post.body, headers=dict(post.headers)).status_code == 503
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (6, "sesv2kit: the output can't be written: No space left on device\n")


def test_ctrl_c_ends_it_with_130(url: str) -> None:
    process = start(["events", "tail", "--webhook", "0", "--no-verify"])
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(2)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "")


def listening(monkeypatch: pytest.MonkeyPatch, shell: Shell, fake: FakeSES) -> tuple[str, Callable[[], None]]:
    """Tail the topic of a fake in a thread; returns the address, and what waits for its end."""
    notes: Queue[str] = Queue()
    monkeypatch.setattr(tail, "note", notes.put)
    monkeypatch.setattr(tail, "SNSVerifier", partial(SNSVerifier, certificates=fake.sns.certificates))
    arguments = ("events", "tail", "--webhook", "0", "--topic", fake.sns.topic_arn, "--count", "1")
    thread = threading.Thread(target=shell, args=arguments)
    thread.start()
    found = re.search(r"http://\S+/", notes.get(timeout=60))
    assert found is not None
    return found[0], lambda: thread.join(60)


def test_posts_of_a_topic_are_verified(
    shell: Shell, happened: list[Event], http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(tail, "print_line", shown.append)
    address, wait = listening(monkeypatch, shell, shell.fake)
    good = shell.fake.sns.post(happened[0])
    forged = good.body.replace(b"ann@example.net", b"eve@example.net")
    assert http.post(address, content=forged, headers=dict(good.headers)).status_code == 403
    assert http.post(address, content=b"x" * 1_100_000).status_code == 413
    assert http.get(address).status_code == 501
    assert http.post(address, content=good.body, headers=dict(good.headers)).status_code == 200
    wait()
    assert [line.split()[2] for line in shown] == ["Delivery"]


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        ((), "give either --queue URL or --webhook PORT", 2),
        (("--queue", "x", "--webhook", "1"), "give either --queue URL or --webhook PORT", 2),
        (("--webhook", "0"), "give the --topic that posts", 2),
        (("--webhook", "0", "--no-verify", "--host", "0.0.0.0"), "for this machine alone", 2),
        (("--webhook", "0", "--topic", "nonsense"), "topics must be the ARNs", 3),
        (("--webhook", "99999", "--no-verify"), "can't listen on 127.0.0.1:99999", 3),
    ],
)
def test_wrong_arguments(shell: Shell, arguments: tuple[str, ...], message: str, code: int) -> None:
    done = shell("events", "tail", *arguments)
    assert (done.code, message in done.err) == (code, True), done


# What is shown -----------------------------------------------------------------------------------


def test_each_kind_of_event_has_a_line_and_details() -> None:
    assert tail.line(Event(type="Open")) == f"{'-' * 19}  Open               -"
    raw = {"bounce": ["odd"], "complaint": {"complaintFeedbackType": "abuse"}, "click": {"link": "https://x/"}}
    assert tail.line(Event(type="Click", raw=raw)).endswith("abuse https://x/")


@pytest.mark.parametrize(
    ("queue", "region"),
    [
        ("https://sqs.eu-west-1.amazonaws.com/123456789012/events", "eu-west-1"),
        ("https://eu-north-1.queue.amazonaws.com/123456789012/events", "eu-north-1"),
        ("http://127.0.0.1:5000/123456789012/events", None),
    ],
)
def test_the_url_of_a_queue_names_its_region(queue: str, region: str | None) -> None:
    assert tail.region_of(queue) == region


def test_what_was_seen_is_remembered_within_bounds(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "_MAX_REMEMBERED", 1)
    monkeypatch.setattr(tail, "print_line", (lines := list[str]()).append)
    show = tail.Printer(tail.Session(), None)
    first, second = (Event(type="Open", raw={"number": number}) for number in (1, 2))
    for event in (first, first, second, first):
        show(event)
    assert len(lines) == 3


class Full(io.StringIO):
    """An output on a full disk."""

    def flush(self) -> None:
        """Fail."""
        raise OSError(28, "No space left on device")


def test_a_post_is_confirmed_only_if_its_event_was_shown(
    happened: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    show = tail.Printer(tail.Session(), None)
    body = json.dumps(dict(happened[0].raw)).encode()
    receive = tail._receiver("127.0.0.1", (), show, no_verify=True)
    monkeypatch.setattr(sys, "stdout", Full())
    assert receive(body, {}) == 503
    assert receive(body, {}) == 503
    assert isinstance(show.problem, OutputProblem)
    sys.stdout.close()  # what took the place of the output


def test_an_event_takes_one_line_whatever_is_in_it(happened: list[Event]) -> None:
    raw = {**happened[1].raw, "eventType": "Rendering Failure", "failure": {"errorMessage": "no\n2026 Delivery"}}
    (event,) = parse(json.dumps(raw))
    assert "\n" not in clean(tail.line(event))


def test_a_connection_that_breaks_prints_no_traceback(url: str) -> None:
    process = start(["events", "tail", "--webhook", "0", "--no-verify"])
    assert process.stderr is not None
    port = re.search(r":(\d+)/", process.stderr.readline())
    assert port is not None
    head = b"POST / HTTP/1.1\r\nContent-Length: "
    with socket.create_connection(("127.0.0.1", int(port[1])), timeout=10) as broken:
        broken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing resets it
        broken.sendall(head + b"100\r\n\r\nabc")
    with socket.create_connection(("127.0.0.1", int(port[1])), timeout=10) as other:
        other.sendall(head + b"9" * 5000 + b"\r\n\r\n")
        assert b" 413 " in other.recv(100)
    process.send_signal(2)
    assert process.communicate(timeout=60)[1] == ""
