"""Exit codes and messages, by kind of error."""

import io
import json
import os
import socket
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from support.cli import ROOT, Shell, start

from sesv2kit import __version__, errors
from sesv2kit.cli import failures, main
from sesv2kit.cli.output import clean

SEND = ("send", "--from", "shop@example.com", "--to", "ann@example.net", "--subject", "Hi", "--text", "Hi")
SECRET = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY"


def test_what_the_service_refuses_is_1_with_its_words(shell: Shell) -> None:
    shell.fake.faults.on("SendEmail").error("MessageRejected", "Email address is not verified.")
    done = shell(*SEND)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[0].startswith("sesv2kit: SendEmail: MessageRejected: Email address is not verified.")
    assert "sesv2kit identities list" in done.err.splitlines()[1]


def test_wrong_usage_is_2(shell: Shell) -> None:
    assert shell("send").code == 2
    assert shell("nonsense").code == 2
    assert shell("account", "--nonsense").code == 2


@pytest.mark.parametrize("command", [("account",), SEND])
def test_missing_credentials_are_3(shell: Shell, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    done = shell(*command)
    assert done.code == 3
    assert "--profile" in done.err


def test_a_missing_region_is_3_and_the_message_names_the_option(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")
    done = shell("account")
    assert (done.code, "pass --region, or set AWS_REGION" in done.err) == (3, True), done


def test_credentials_that_are_not_accepted_are_3(shell: Shell) -> None:
    shell.fake.faults.on("GetAccount").error("UnrecognizedClientException", "The security token is invalid.")
    done = shell("account")
    assert done.code == 3
    assert "UnrecognizedClientException" in done.err


def test_a_mail_that_may_have_been_sent_is_4(shell: Shell) -> None:
    shell.fake.faults.on("SendEmail").lose_answer()
    done = shell(*SEND)
    assert (done.code, done.out) == (4, "")
    assert "may have been sent. Check that before you send it again." in done.err
    assert len(shell.fake.outbox) == 1


def test_no_secret_is_shown_whatever_fails(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", "http://127.0.0.1:9")
    for arguments in (SEND, ("account",), ("account", "--endpoint-url", "nonsense")):
        done = shell(*arguments)
        assert done.code in (1, 3)
        assert SECRET not in done.out + done.err


def test_a_message_of_the_service_does_nothing_to_the_terminal(shell: Shell) -> None:
    shell.fake.faults.on("GetAccount").error("BadRequestException", "\x1b[2Jcleared\x07")
    assert "\x1b" not in (err := shell("account").err)
    assert "[2Jcleared" in err


@pytest.mark.parametrize("place", ["before", "after"])
def test_options_about_the_account_may_be_before_and_after_the_command(shell: Shell, url: str, place: str) -> None:
    options = ("--region", "eu-central-1", "--endpoint-url", url, "--json")
    arguments = (*options, "account") if place == "before" else ("account", *options)
    assert '"region": "eu-central-1"' in shell.ok(*arguments)


def test_an_unknown_profile_is_3(shell: Shell) -> None:
    done = shell("account", "--profile", "nobody")
    assert done.code == 3
    assert "nobody" in done.err


def test_version_and_help(shell: Shell) -> None:
    assert shell.ok("--version") == f"sesv2kit {__version__}\n"
    assert "suppression" in shell.ok("--help")
    assert "--dry-run" in shell.ok("bulk", "--help")


def test_completion_for_a_shell() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "_SESV2KIT_COMPLETE": "complete_bash", "COMP_CWORD": "1"}
    environment["COMP_WORDS"] = "sesv2kit ac"
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from sesv2kit.__main__ import main; sys.exit(main())"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["account"], done


def test_the_command_in_a_process_of_its_own(url: str) -> None:
    process = start(["account", "--json"])
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert '"sending_enabled": true' in out


WITHOUT = """
import sys
class Blocked:
    def find_spec(self, name, *_):
        if name.partition(".")[0] in ("typer", "rich"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocked())
from sesv2kit.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(("argument", "code"), [("account", 3), ("local", 0)])
def test_without_the_extra_the_command_names_it_and_local_works(argument: str, code: int, tmp_path: Path) -> None:
    arguments = [argument] if argument == "account" else [argument, "--help"]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done
    if code:
        assert done.stderr == "sesv2kit: the command line needs an extra: pip install 'sesv2kit[cli]'\n"


def test_another_module_that_is_missing_is_not_taken_for_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sesv2kit.cli.app", None)
    with pytest.raises(ModuleNotFoundError, match=r"sesv2kit\.cli\.app"):
        main(["account"])


def test_a_reader_that_closes_the_pipe_ends_the_command_silently(shell: Shell) -> None:
    shell.ok("suppression", "add", "ann@example.net")
    process = start(["suppression", "list", "--json"])
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(60) == 1


def test_values_are_shown_without_control_characters() -> None:
    assert [clean(value) for value in (None, True, 1234, "a\x1b[1m\tb")] == ["", "yes", "1,234", "a\ufffd[1m\tb"]


@pytest.mark.parametrize("character", ["\n", "\r", "\x9b", "\u2028", "\u202e", "\u2066", "\u200f", "\u061c"])
def test_a_value_neither_begins_a_line_nor_changes_the_direction_of_text(character: str) -> None:
    assert clean(f"Ann{character}Ben") == "Ann\ufffdBen"


def test_local_has_its_own_options_also_after_others(shell: Shell) -> None:
    assert "--auto-deliver" in shell.ok("local", "--help")
    assert "--auto-deliver" in shell.ok("--json", "local", "--help")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ParamValidationError("SendEmail", [("to", "is wrong")]), 2),
        (errors.ConfigurationError("no region"), 3),
        (errors.JournalError("full"), 3),
        (errors.AccessDeniedException("no"), 3),
        (errors.ConnectError("refused", outcome="not_sent"), 1),
        (errors.AmbiguousSendError("lost"), 4),
        (errors.BulkStoppedError("stopped", reason=errors.CredentialsError("none")), 3),
        (errors.WaiterTimeoutError("late"), 1),
        (FileNotFoundError(2, "No such file or directory", "x"), 2),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_the_exit_code_of_each_kind_of_error(error: Exception, code: int) -> None:
    assert failures.exit_code(error) == code
    assert 1 <= len(failures.explain(error).splitlines()) <= 2


@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["text", "json"])
def test_a_mail_whose_id_can_t_be_printed_is_reported_as_sent(shell: Shell, as_json: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = start([*SEND, *as_json], stdout=full)
        _, err = process.communicate(timeout=60)
    (mail,) = shell.fake.outbox
    assert (process.returncode, err) == (
        6,
        f"sesv2kit: the output can't be written. The mail was sent as {mail.message_id}\n",
    )


def test_a_mail_whose_id_goes_to_a_closed_pipe_is_reported_as_sent(shell: Shell) -> None:
    process = start(SEND)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 6
    assert shell.fake.outbox[0].message_id in err


@pytest.mark.usefixtures("url")
def test_a_full_disk_under_the_output_is_6() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = start(["account"], stdout=full)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (6, "sesv2kit: the output can't be written: No space left on device\n")


@pytest.mark.usefixtures("url")
def test_output_that_is_redirected_to_a_string_is_complete() -> None:
    with redirect_stdout(io.StringIO()) as out:
        assert main(["account", "--json"]) == 0
    assert json.loads(out.getvalue())["sending_enabled"] is True


def test_a_closed_output_does_not_make_a_sent_mail_fail(shell: Shell) -> None:
    command = 'exec "$@" >&-'
    done = subprocess.run(
        ["sh", "-c", command, "sh", sys.executable, "-m", "sesv2kit", *SEND],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr, len(shell.fake.outbox)) == (0, "", 1)


@pytest.mark.usefixtures("url")
def test_an_encoding_without_a_character_does_not_end_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    process = start(["stats", "--days", "2"])
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "\\u2588 delivered" in out


@pytest.mark.skipif(os.name != "posix", reason="needs os.mkfifo")
@pytest.mark.parametrize(
    ("command", "module", "code"),
    [(("account",), "rich", 130), (("fleet", "--help"), "typer", 130), (("local", "--port=0"), "attrs", 130)],
)
def test_ctrl_c_while_modules_are_imported_ends_the_command_silently(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...], module: str, code: int
) -> None:
    """A module of the same name as one that the command imports waits for ever."""
    fifo = tmp_path / "imported"
    os.mkfifo(fifo)
    waits = f"import time\nopen({str(fifo)!r}, 'w').close()\nwhile True:\n    time.sleep(1)\n"
    (tmp_path / f"{module}.py").write_text(waits)
    monkeypatch.chdir(tmp_path)  # where `python -m` finds modules first
    process = start(command)
    fifo.read_bytes()  # waits until it is imported
    process.send_signal(2)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (code, "", "")


def test_ctrl_c_while_a_mail_is_sent_warns_that_it_may_have_been_sent(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", f"http://127.0.0.1:{silent.getsockname()[1]}")
        process = start(SEND)
        silent.settimeout(60)
        connection, _ = silent.accept()
        with connection:
            connection.settimeout(60)
            assert connection.recv(1)
            process.send_signal(2)
            _, err = process.communicate(timeout=60)
    assert (process.returncode, "The mail may have been sent" in err) == (130, True), err
