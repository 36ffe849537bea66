"""A project of Django, as its users run it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("django", minversion="5.2")
pytest.importorskip("uvicorn")
from support.django_mail import BACKEND, HAS_MAILERS, NO_MAILERS, sending_by

from sesv2kit.testing import FakeSES

SETTINGS = """
SECRET_KEY = "made-up"
INSTALLED_APPS = ["sesv2kit.django"]
{mail} = {backend!r}
DEFAULT_FROM_EMAIL = "shop@example.com"
SESV2KIT = {setting}
"""


def manage(
    folder: Path, url: str, *arguments: str, setting: str = "{}", old: bool = not HAS_MAILERS
) -> subprocess.CompletedProcess[str]:
    ((mail, backend),) = sending_by(BACKEND, old=old).items()
    (folder / "shop_settings.py").write_text(SETTINGS.format(mail=mail, backend=backend, setting=setting))
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "shop_settings",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_ENDPOINT_URL_SESV2": url,
        "PYTHONPATH": os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }
    warnings = ["-W", "error", "-W", "ignore:The EMAIL_BACKEND setting is deprecated"]
    command = [sys.executable, *warnings, "-m", "django", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    "old",
    [
        pytest.param(False, id="MAILERS", marks=pytest.mark.skipif(not HAS_MAILERS, reason=NO_MAILERS)),
        pytest.param(True, id="EMAIL_BACKEND"),
    ],
)
def test_the_commands_of_a_project(tmp_path: Path, old: bool) -> None:
    with FakeSES() as fake, fake.serve() as url:
        check = manage(tmp_path, url, "check", old=old)
        assert (check.returncode, check.stdout) == (0, "System check identified no issues (0 silenced).\n"), (
            check.stderr
        )
        sent = manage(tmp_path, url, "ses_test", "ann@example.net", old=old)
        assert "Sent to ann@example.net as " in sent.stdout, sent.stderr
        assert "Mails sent in the last 24 hours: 1, without a limit.\n" in sent.stdout
        usual = manage(tmp_path, url, "sendtestemail", "ben@example.net", old=old)
        assert usual.returncode == 0, usual.stderr
        assert [mail.to for mail in fake.outbox] == [["ann@example.net"], ["ben@example.net"]]
        refused = manage(tmp_path, url, "ses_test", "ann@example.net", "--from", "nobody@elsewhere.example")
        assert refused.returncode == 1
        assert "CommandError: SendEmail: MessageRejected" in refused.stderr


def test_the_test_mail_shows_the_quota(tmp_path: Path) -> None:
    with FakeSES(sandbox=True, verified=["example.com", "ann@example.net"]) as fake, fake.serve() as url:
        sent = manage(tmp_path, url, "ses_test", "ann@example.net")
        assert "Mails sent in the last 24 hours: 1 of 200. The account is in the sandbox.\n" in sent.stdout, sent.stderr


def test_the_check_names_a_wrong_setting(tmp_path: Path) -> None:
    check = manage(tmp_path, "http://127.0.0.1:1", "check", setting='{"tennant": "a"}')
    assert check.returncode == 1
    assert "did you mean 'tenant'?" in check.stderr
