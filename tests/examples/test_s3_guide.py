"""The guide to attachments from S3, against an S3 of this machine."""

import io
import logging
import re
import runpy
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
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
    assert (attachment.filename, attachment.data) == ("may.pdf", b"%PDF-1.7 ...")


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


def test_a_file_without_a_length_is_read_up_to_the_limit_and_no_further(
    aws: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hung_up = Event()

    class Endless(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()  # no Content-Length: the body ends when the connection does
            try:
                while True:
                    self.wfile.write(bytes(1 << 16))
            except OSError:
                hung_up.set()

        def log_message(self, *_arguments: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endless)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(sys, "stdin", io.StringIO("endless.bin ann@example.net\n"))
    monkeypatch.setattr(sys, "argv", [ASYNC, "reports"])
    try:
        with FakeSES() as fake, fake.patched():
            runpy.run_path(str(ROOT / ASYNC), run_name="__main__")
            assert fake.outbox[-1].attachments == []
            assert "sent as" in capsys.readouterr().out
        assert hung_up.wait(PATIENCE)
    finally:
        server.shutdown()
        server.server_close()
