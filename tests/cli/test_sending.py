"""`sesv2kit send`."""

import io
import json
import sys
from pathlib import Path

import pytest
from support.cli import Shell

from sesv2kit import models

SEND = ("send", "--from", "shop@example.com", "--to", "ann@example.net")


def test_a_mail_with_texts_files_and_an_image(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    (tmp_path / "terms.txt").write_text("terms")
    (tmp_path / "mail.html").write_text('<p>Hi</p><img src="cid:logo">')
    printed = shell.ok(
        *SEND,
        *("--cc", "ben@example.net", "--bcc", "cleo@example.net", "--reply-to", "help@example.com"),
        *("--subject", "Hello", "--text", "Hi Ann", "--html-file", "mail.html"),
        *("--attach", "terms.txt", "--inline", "logo=logo.png"),
        *("--header", "X-Order=7", "--tag", "kind=order"),
    )
    (mail,) = shell.fake.outbox
    assert printed == f"Sent as {mail.message_id}\n"
    assert (mail.subject, mail.text, mail.html) == ("Hello", "Hi Ann", '<p>Hi</p><img src="cid:logo">')
    assert (mail.to, mail.cc, mail.bcc) == (["ann@example.net"], ["ben@example.net"], ["cleo@example.net"])
    assert mail.reply_to == ["help@example.com"]
    assert {(file.file_name, file.content_id) for file in mail.attachments if not file.is_inline} == {
        ("terms.txt", None)
    }
    assert [file.content_id for file in mail.attachments if file.is_inline] == ["logo"]
    assert ("X-Order", "7") in mail.headers
    assert mail.tags == {"kind": "order"}


def test_a_mail_out_of_a_template_with_data_of_a_file_and_of_the_line(shell: Shell, tmp_path: Path) -> None:
    with shell.fake.client() as ses:
        content = models.EmailTemplateContent(subject="Order {{order.id}}", text="Dear {{name}}")
        ses.create_email_template(template_name="order", template_content=content)
        ses.create_configuration_set(configuration_set_name="web")
    (tmp_path / "data.json").write_text('{"order": {"id": 7}, "name": "Ben"}')
    out = shell.ok(
        *SEND,
        *("--template", "order", "--data", "@data.json", "--var", "name=Ann"),
        *("--configuration-set", "web", "--json"),
    )
    (mail,) = shell.fake.outbox
    assert json.loads(out) == {"message_id": mail.message_id}
    assert (mail.subject, mail.text, mail.configuration_set) == ("Order 7", "Dear Ann", "web")


def test_the_text_can_come_from_standard_input(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Grüße".encode())))
    shell.ok(*SEND, "--subject", "Hello", "--text-file", "-")
    assert shell.fake.outbox[0].text == "Grüße"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--text", "Hi"), "give a --subject, or a --template"),
        (("--subject", "Hi"), "give a --text, an --html, or a file with one of them"),
        (("--subject", "Hi", "--text", "a", "--text-file", "b"), "give either --text or --text-file"),
        (("--subject", "Hi", "--text", "a", "--var", "a=b"), "--data and --var are for a --template"),
        (("--subject", "Hi", "--template", "news"), "--template brings subject and texts with it"),
        (("--template", "news", "--data", "[1]"), "--data takes a JSON object"),
        (("--template", "news", "--data", "{"), "--data is not JSON"),
        (("--template", "news", "--data", "[" * 100_000), "--data is not JSON"),
        (("--template", "news", "--data", "@absent.json"), "absent.json: No such file or directory"),
        (("--template", "news", "--var", "name"), "--var takes NAME=VALUE, not 'name'"),
        (("--template", "news", "--tag", "a=1", "--tag", "a=2"), "--tag has 'a' twice"),
        (("--subject", "Hi", "--text-file", "latin"), "latin is not in UTF-8"),
        (("--subject", "Hi", "--text", "a", "--attach", "absent.pdf"), "--attach: there is no absent.pdf"),
        (("--subject", "Hi", "--text", "a", "--attach", "."), "--attach: . is a folder"),
        (("--subject", "Hi\nBcc: x@example.net", "--text", "a"), "subject"),
    ],
)
def test_wrong_input_is_named_and_nothing_is_sent(
    shell: Shell, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "latin").write_bytes(b"gr\xfc\xdfe")
    done = shell(*SEND, *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("sesv2kit: ")
    assert message in done.err
    assert not shell.fake.outbox
