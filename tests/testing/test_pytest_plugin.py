"""The fixtures for pytest, in a run of its own."""

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

TESTS = """
import pytest
from sesv2kit import SESv2Client, compose

MAIL = compose.mail(sender="shop@example.com", to="ann@example.net", subject="Welcome", text="Good to have you.")


def test_a_client_of_the_code_under_test_is_caught(ses_outbox):
    with SESv2Client() as ses:
        ses.send_email(**MAIL.arguments)
    assert [mail.subject for mail in ses_outbox] == ["Welcome"]


def test_the_outbox_is_empty_at_first(ses_outbox):
    assert ses_outbox == []


def test_the_sync_client_sends(ses, fake_ses):
    ses.send_email(**MAIL.arguments)
    fake_ses.assert_sent(to="ann@example.net", subject="Welcome")


@pytest.mark.anyio
async def test_the_async_client_sends(async_ses, ses_outbox):
    await async_ses.send_email(**MAIL.arguments)
    assert len(ses_outbox) == 1


@pytest.mark.fake_ses(region="eu-west-1", sandbox=True)
def test_the_mark_sets_it_up(ses, fake_ses):
    assert fake_ses.region == ses.region == "eu-west-1"
    assert not ses.get_account().production_access_enabled


@pytest.fixture
def anyio_backend():
    return "asyncio"
"""
UNUSED = """
import sys


def test_nothing_of_the_package_is_loaded():
    loaded = {name for name in sys.modules if name.startswith("sesv2kit")}
    assert loaded == {"sesv2kit", "sesv2kit._version", "sesv2kit.testing", "sesv2kit.testing.pytest_plugin"}
"""
IS_INSTALLED = any(point.name == "sesv2kit" for point in entry_points(group="pytest11"))


@pytest.mark.parametrize(("program", "passed"), [(TESTS, 5), (UNUSED, 1)], ids=["used", "unused"])
def test_a_project_of_the_users(tmp_path: Path, program: str, passed: int) -> None:
    (tmp_path / "test_it.py").write_text(program)
    options = ("-q", "-p", "no:cacheprovider", "-W", "error", "--strict-markers")
    plugin = () if IS_INSTALLED else ("-p", "sesv2kit.testing.pytest_plugin")
    command = [sys.executable, "-m", "pytest", *options, *plugin, str(tmp_path / "test_it.py")]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert f"{passed} passed" in run.stdout, run.stdout + run.stderr
