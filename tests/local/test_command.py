"""The command `sesv2kit local`, as a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.mails import send

from sesv2kit import Credentials, SESv2Client, errors
from sesv2kit.local.__main__ import main

pytest.importorskip("starlette", reason="the extra sesv2kit[local] is not installed")

if sys.platform == "win32":
    pytest.skip("signals of POSIX", allow_module_level=True)


@contextmanager
def started(*arguments: str, command: tuple[str, ...] = ("sesv2kit.local",)) -> Iterator[subprocess.Popen[str]]:
    """Start the command; it is killed at the end if it has not ended."""
    line = [sys.executable, "-W", "error", "-m", *command, *arguments]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def greeting_of(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Return the URL out of the greeting, and the greeting."""
    assert process.stdout
    assert process.stderr
    lines = [process.stdout.readline() for _ in range(3)]
    found = re.match(r"SES is at +(http://\S+) ", lines[0])
    assert found, process.stderr.read()
    return found[1], "".join(lines)


def url_of(process: subprocess.Popen[str]) -> str:
    """Return the URL out of the greeting."""
    return greeting_of(process)[0]


def end(process: subprocess.Popen[str], number: int = signal.SIGINT) -> tuple[int, str]:
    """Interrupt the command; return its exit code and what it wrote since its greeting."""
    process.send_signal(number)
    output, mistakes = process.communicate(timeout=60)
    return process.returncode, output + mistakes


def client_of(url: str, **settings: Any) -> SESv2Client:
    return SESv2Client(
        region="us-east-1", credentials=Credentials("any", "will do"), endpoint_url=url, retry_mode="off", **settings
    )


@pytest.mark.parametrize(
    ("command", "number"), [(("sesv2kit.local",), signal.SIGINT), (("sesv2kit", "local"), signal.SIGTERM)]
)
def test_it_serves_until_it_is_interrupted(command: tuple[str, ...], number: int) -> None:
    with started("--port", "0", command=command) as process:
        url, greeting = greeting_of(process)
        assert f"Inbox       {url}/" in greeting
        assert "Sending is open to example.com. Ctrl-C ends it." in greeting
        with client_of(url) as ses:
            message_id = send(ses)
        assert httpx.get(f"{url}/_local/messages/{message_id}", trust_env=False).json()["text"] == "Hi"
        assert httpx.get(url, trust_env=False).status_code == 200
        assert end(process, number) == (0, "")


def test_its_options() -> None:
    options = ["--region", "eu-west-1", "--sandbox", "--verified", "shop.example", "--verified", "ann@example.net"]
    with started("--port", "0", "--auto-deliver", "--allow-host", "mail.example", *options) as process:
        url = url_of(process)
        with client_of(url) as ses:
            assert ses.get_account().production_access_enabled is False
            names = [identity.identity_name for identity in ses.list_email_identities().email_identities]
            assert sorted(name or "" for name in names) == ["ann@example.net", "shop.example"]
            with pytest.raises(errors.MessageRejected, match="EU-WEST-1"):
                send(ses)
            message_id = send(ses, "ann@example.net", sender="shop@shop.example")
        named = httpx.get(f"{url}/_local/messages/{message_id}", headers={"host": "mail.example"}, trust_env=False)
        assert named.json()["status"] == "delivered"
        assert end(process)[0] == 0


def test_identities_may_wait_until_they_are_verified() -> None:
    with started("--port", "0", "--no-auto-verify") as process:
        url = url_of(process)
        with client_of(url) as ses, httpx.Client(base_url=url, trust_env=False) as page:
            for name in ("ann@example.net", "shop.example"):
                assert ses.create_email_identity(email_identity=name).verified_for_sending_status is False
            with pytest.raises(errors.MessageRejected):
                send(ses, sender="ann@example.net")
            page.post("/identities", data={"action": "verify", "name": "ann@example.net"})
            assert send(ses, sender="ann@example.net")
            page.post("/_local/clock", json={"seconds": 300})
            assert send(ses, sender="ann@shop.example")
        assert end(process)[0] == 0


def test_a_file_keeps_everything_over_a_restart(tmp_path: Path) -> None:
    options = ["--port", "0", "--db", str(tmp_path / "local.db")]
    with started(*options) as process, client_of(url_of(process)) as ses:
        ses.create_configuration_set(configuration_set_name="kept")
        ids = [send(ses) for _ in range(3)]
        assert end(process, signal.SIGTERM)[0] == 0
    with started(*options) as process:
        url = url_of(process)
        with client_of(url) as ses:
            assert ses.get_configuration_set(configuration_set_name="kept")
            ids.append(send(ses))
        found = httpx.get(f"{url}/_local/messages", trust_env=False).json()
        assert [mail["id"] for mail in found["messages"]] == ids[::-1]
        assert end(process)[0] == 0


def test_events_go_to_a_webhook() -> None:
    pytest.importorskip("cryptography")
    with socket.create_server(("127.0.0.1", 0)) as endpoint:
        endpoint.settimeout(60)
        port = endpoint.getsockname()[1]
        with started("--port", "0", "--webhook", f"http://127.0.0.1:{port}/hook") as process:
            url_of(process)
            connection, _ = endpoint.accept()
            with connection:
                assert connection.recv(1000).startswith(b"POST /hook HTTP/1.1\r\n")
            assert end(process)[0] == 0


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 3
    assert capsys.readouterr() == ("", f"sesv2kit local: can't listen on 127.0.0.1:{port}: Address already in use\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "70000"], "a port is a number from 0 to 65535"),
        (["--host", "no.such.host.invalid"], "can't listen on no.such.host.invalid:0: "),
        (["--webhook", "nonsense"], "a webhook is an HTTP URL"),
        (["--db", "{folder}"], "can't be opened"),
        (["--db", "{folder}/none/local.db"], "can't be opened"),
        (["--db", "{folder}/no.db"], "can't be opened: file is not a database"),
    ],
)
def test_mistakes_are_named(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.db").write_bytes(b"this is a text, and no file of SQLite" * 100)
    given = [argument.format(folder=tmp_path) for argument in arguments]
    assert main(["--port", "0", *given]) == 3
    output, mistakes = capsys.readouterr()
    assert output == ""
    assert mistakes.startswith("sesv2kit local: ")
    assert words in mistakes
    assert mistakes.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--port", "http"], ["--nonsense"]])
def test_options_that_do_not_exist(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: sesv2kit local" in capsys.readouterr().err


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "jinja2"])
def test_it_needs_an_extra(missing: str) -> None:
    program = f"""
import sys
sys.modules[{missing!r}] = None
from sesv2kit.local.__main__ import main
sys.exit(main(["--port", "0"]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("sesv2kit local: ")
    assert done.stderr.endswith("pip install 'sesv2kit[local]'\n")


def test_the_package_needs_an_extra() -> None:
    program = """
import sys
sys.modules["starlette"] = None
sys.modules["starlette.applications"] = None
import sesv2kit.local
for name in sesv2kit.local.__all__:
    try:
        getattr(sesv2kit.local, name)
    except sesv2kit.errors.ConfigurationError as error:
        print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    for line in lines:
        assert re.fullmatch(r"sesv2kit.local needs starlette\S*: pip install 'sesv2kit\[local\]'", line)


def test_the_names_of_the_package() -> None:
    import sesv2kit.local

    assert dir(sesv2kit.local) == ["create_app", "serve"]
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = sesv2kit.local.nonsense
