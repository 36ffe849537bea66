"""A process that forks in the loop over a mailing: the child ends as it would otherwise, and harms nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.bulk import address
from support.bulk_server import Behaviour, BulkServer

SCRIPT = """
import os, sys, time, warnings
from sesv2kit import Credentials, SESv2Client, compose, errors
from sesv2kit.bulk import BulkSender

warnings.simplefilter("ignore", DeprecationWarning)  # of forks with threads
url, path, in_flight, does = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
ses = SESv2Client(region="eu-west-1", credentials=Credentials("key", "secret"), endpoint_url=url)
content = compose.bulk_content("news", {})
sender = BulkSender(
    ses, from_email_address="shop@example.com", default_content=content, max_in_flight=in_flight, journal=path or None
)
mails = [compose.bulk_entry(to=f"r{number}@example.net") for number in range(400)]
parent, children = os.getpid(), []
try:
    for outcome in sender.send(mails):
        if not children:
            children.append(os.fork())
            if not children[0] and does == "exits":
                sys.exit(3)
except errors.ConfigurationError:
    sys.exit(3 if os.getpid() != parent else 4)

end, found = time.monotonic() + 20, 0
while not found and time.monotonic() < end:
    found, status = os.waitpid(children[0], os.WNOHANG)
    time.sleep(0.01)
if not found:
    os.kill(children[0], 9)
    sys.exit("the child hangs")
assert os.waitstatus_to_exitcode(status) == 3
assert sender.report.sent == 400, sender.report
if path:
    assert all(outcome.resumed for outcome in sender.send(mails))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize(
    ("journal", "in_flight", "does"),
    [("journal", 1, "exits"), ("journal", 3, "exits"), ("", 3, "exits"), ("journal", 3, "goes on")],
)
def test_a_child_that_is_forked_in_the_loop_ends_and_leaves_the_run_alone(
    server: BulkServer, tmp_path: Path, journal: str, in_flight: int, does: str
) -> None:
    server.decide = lambda _addresses: Behaviour(seconds=0.02)
    path = str(tmp_path / journal) if journal else ""
    # Without coverage, which takes locks that a child never gets.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, server.url, path, str(in_flight), does],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert server.taken == {address(number): 1 for number in range(400)}
