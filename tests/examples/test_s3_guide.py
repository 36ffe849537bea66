"""The guide to attachments from S3, against an S3 of this machine."""

import io
import logging
import re
import runpy
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Event, Lock, Thread
from typing import Any

import boto3
import httpx
import pytest
from moto.server import ThreadedMotoServer
from support.examples import PATIENCE
from support.guides import check_what_is_shown
from support.pages import ROOT

from sesv2kit.testing import FakeSES

PAGE = "attachments-from-s3.md"
SYNC = "docs/examples/attachments/s3_attachment.py"
ASYNC = "docs/examples/attachments/s3_attachment_async.py"
LARGE = 7 * 1024 * 1024 + 1


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    """An S3 with a small and a large file; yields its URL."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    s3 = boto3.client(
        "s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any"
    )
    s3.create_bucket(Bucket="reports")
    s3.put_object(Bucket="reports", Key="2026/may.pdf", Body=b"%PDF-1.7 ...")
    s3.put_object(Bucket="reports", Key="2026/all.zip", Body=bytes(LARGE))
    yield url
    server.stop()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials and a region, as a user has them."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "any")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "any")


@pytest.fixture
def fake(aws: None, moto: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSES]:
    """The SES that the programs reach; their S3 is moto's."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", moto)
    with FakeSES() as fake, fake.patched():
        yield fake


def test_a_small_file_is_attached(
    fake: FakeSES, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        check_what_is_shown(PAGE, SYNC, monkeypatch, capsys)
    assert end.value.code == 0
    (attachment,) = fake.outbox[-1].attachments
    assert (attachment.file_name, attachment.data) == ("may.pdf", b"%PDF-1.7 ...")


@pytest.mark.parametrize(
    ("script", "arguments", "usage"),
    [(SYNC, [], "bucket key to"), (SYNC, ["reports"], "bucket key to"), (ASYNC, [], "bucket")],
)
def test_without_its_arguments_a_script_says_what_they_are(
    fake: FakeSES,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    script: str,
    arguments: list[str],
    usage: str,
) -> None:
    monkeypatch.setattr(sys, "argv", [script, *arguments])
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(ROOT / script), run_name="__main__")
    assert end.value.code == 2
    assert re.match(rf"usage: \w+\.py \[-h\] {usage}\n", capsys.readouterr().err)
    assert fake.outbox == []


def test_a_large_file_is_a_link_to_the_same_bytes(fake: FakeSES) -> None:
    assert runpy.run_path(str(ROOT / SYNC))["main"]("reports", "2026/all.zip", "ann@example.net") == 0
    mail = fake.outbox[-1]
    assert mail.attachments == []
    (link,) = re.findall(r"http://\S+", mail.text or "")
    assert "X-Amz-Signature=" in link
    assert httpx.get(link, trust_env=False).content == bytes(LARGE)


@pytest.mark.parametrize(("fault", "code", "sent"), [("lose_answer", 4, 1), ("lose_request", 4, 0)])
def test_a_mail_that_may_have_been_sent_is_not_called_unsent(fake: FakeSES, fault: str, code: int, sent: int) -> None:
    getattr(fake.faults.on("SendEmail"), fault)()
    program = runpy.run_path(str(ROOT / SYNC))
    assert program["main"]("reports", "2026/may.pdf", "ann@example.net") == code
    assert len(fake.outbox) == sent


def test_a_missing_file_sends_nothing(fake: FakeSES, capsys: pytest.CaptureFixture[str]) -> None:
    program = runpy.run_path(str(ROOT / SYNC))
    assert program["main"]("reports", "2026/missing.pdf", "ann@example.net") == 1
    assert "was not sent, as S3 failed" in capsys.readouterr().out
    assert fake.outbox == []


def test_many_files_are_sent_and_one_that_is_missing_stops_no_other(
    fake: FakeSES, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = "2026/may.pdf ann@example.net\n2026/missing.pdf ben@example.net\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(wanted))
    check_what_is_shown(PAGE, ASYNC, monkeypatch, capsys)
    assert [mail.to for mail in fake.outbox] == [["ann@example.net"]]


@contextmanager
def s3_that(answer: Callable[[BaseHTTPRequestHandler], None], monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSES]:
    """Run an S3 that answers every request in one way; yields the SES beside it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            answer(self)
            self.close_connection = True

        def log_message(self, *_arguments: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{server.server_port}")
    try:
        with FakeSES() as fake, fake.patched():
            yield fake
    finally:
        server.shutdown()
        server.server_close()


def mail_all(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the program that mails many files."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(wanted))
    monkeypatch.setattr(sys, "argv", [ASYNC, "reports"])
    runpy.run_path(str(ROOT / ASYNC), run_name="__main__")


def test_a_file_without_a_length_is_read_up_to_the_limit_and_no_further(
    aws: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hung_up = Event()

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.end_headers()  # no Content-Length: the body ends when the connection does
        try:
            while True:
                handler.wfile.write(bytes(1 << 16))
        except OSError:
            hung_up.set()

    with s3_that(endless, monkeypatch) as fake:
        mail_all("endless.bin ann@example.net\n", monkeypatch)
        assert fake.outbox[-1].attachments == []
        assert "sent as" in capsys.readouterr().out
        assert hung_up.wait(PATIENCE)


def test_a_part_of_a_file_is_never_attached(
    aws: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks_off(handler: BaseHTTPRequestHandler) -> None:
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(bytes(10))

    with s3_that(breaks_off, monkeypatch) as fake:
        assert runpy.run_path(str(ROOT / SYNC))["main"]("reports", "part.bin", "ann@example.net") == 1
        assert "was not sent, as S3 failed" in capsys.readouterr().out
        mail_all("part.bin ann@example.net\n", monkeypatch)
        assert "not sent: S3: RemoteProtocolError" in capsys.readouterr().out
        assert fake.outbox == []


def test_no_more_files_are_in_memory_than_the_program_says(
    aws: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    four, lock = Barrier(4), Lock()
    now = most = 0

    def in_fours(handler: BaseHTTPRequestHandler) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        four.wait(PATIENCE)
        with lock:
            now -= 1
        handler.send_header("Content-Length", "4")
        handler.end_headers()
        handler.wfile.write(b"file")

    with s3_that(in_fours, monkeypatch) as fake:
        mail_all("".join(f"{number}.bin ann@example.net\n" for number in range(12)), monkeypatch)
        assert len(fake.outbox) == 12
    assert most == 4
    assert capsys.readouterr().out.count("sent as") == 12
