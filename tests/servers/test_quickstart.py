"""The quickstart, run as a newcomer runs it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

QUICKSTART = Path(__file__).parents[2] / "docs" / "examples" / "quickstart.py"
NOBODY = "http://127.0.0.1:9"

MESSAGE_ID = r"[a-z]+(-[a-z]+)+"
SYNC_LINES = [
    r"identity +shop@example\.com \(EMAIL_ADDRESS\)",
    rf"simple message +{MESSAGE_ID}",
    rf"raw message +{MESSAGE_ID}",
    r"contact +ann@example\.net",
    r"contact +ben@example\.net \(unsubscribed\)",
    r"page +shop@example\.com, news@example\.com",
    r"page +help@example\.com",
    r"refused by SES +NotFoundException \(HTTP 404\): .*no-such-list.*",
    r"never sent +content\.template\.template_name: .+",
    r"never sent +content\.template\.headers\[0\]\.name: .+",
]
ASYNC_LINES = [
    r"identity +billing@example\.com \(EMAIL_ADDRESS\)",
    rf"simple message +{MESSAGE_ID}",
    rf"raw message +{MESSAGE_ID}",
    r"contacts +ann@example\.net, ben@example\.net, cleo@example\.net",
    r"page +shop@example\.com, news@example\.com",
    r"page +help@example\.com, billing@example\.com",
    r"refused by SES +MessageRejected \(HTTP 400\): .+",
]
STORED_LINES = [
    r"simple message +to ann@example\.net: Your order",
    r"raw message +to ann@example\.net: Your invoice",
    r"simple message +to ben@example\.net: Your order",
    r"raw message +to ben@example\.net: Your invoice",
]


@pytest.mark.parametrize("proxy", [None, NOBODY], ids=["no proxy", "a proxy that leads nowhere"])
def test_the_quickstart_runs_without_an_account_and_without_a_network(tmp_path: Path, proxy: str | None) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    if proxy is not None:
        environment |= {"HTTP_PROXY": proxy, "HTTPS_PROXY": proxy, "ALL_PROXY": proxy}
    done = subprocess.run(
        [sys.executable, QUICKSTART], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []

    opening, sync, concurrent, stored = done.stdout.split("\n\n")
    assert re.fullmatch(r"A local SES endpoint: http://127\.0\.0\.1:\d+", opening)
    for part, lines in ((sync, SYNC_LINES), (concurrent, ASYNC_LINES), (stored, STORED_LINES)):
        missing = [line for line in lines if not re.search(rf"^  {line}$", part, re.MULTILINE)]
        assert missing == [], part
