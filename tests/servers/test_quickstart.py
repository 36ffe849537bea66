"""The quickstart, run as a newcomer runs it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("starlette")
QUICKSTART = Path(__file__).parents[2] / "docs" / "examples" / "quickstart.py"
NOBODY = "http://127.0.0.1:9"
MESSAGE_ID = r"[0-9a-f]{16}(-[0-9a-f]+)+-000000"
LINES = [
    r"A local SES is running\. Its inbox: (http://127\.0\.0\.1:\d+)",
    rf"A mail with an image and an attachment: {MESSAGE_ID}",
    r"A mailing out of a template: 200 of 200 sent",
    r"Never sent: to: .+",
    r"Refused by SES: Email address is not verified\. .*: someone@elsewhere\.example",
    r"An event: Bounce of bounce@simulator\.amazonses\.com: General",
    r"201 mails are in the inbox: http://127\.0\.0\.1:\d+",
    r"The local SES ends with this program; in a terminal and without --once, both run until Ctrl-C\.",
]


@pytest.mark.parametrize("proxy", [None, NOBODY], ids=["no proxy", "a proxy that leads nowhere"])
def test_the_quickstart_runs_without_an_account_and_without_a_network(tmp_path: Path, proxy: str | None) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    if proxy is not None:
        environment |= {"HTTP_PROXY": proxy, "HTTPS_PROXY": proxy, "ALL_PROXY": proxy}
    done = subprocess.run(
        [sys.executable, QUICKSTART, "--once"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "200/200" in done.stderr  # the progress bar
    assert list(tmp_path.iterdir()) == []
    lines = [line for line in done.stdout.splitlines() if line]
    assert len(lines) == len(LINES), done.stdout
    for line, expected in zip(lines, LINES, strict=True):
        assert re.fullmatch(expected, line), line
