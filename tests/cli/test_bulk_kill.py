"""`sesv2kit bulk` is killed in the middle, and goes on by the same command: no row is lost, and none is doubled."""

import csv
import os
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from support.cli import Done, start
from support.long_tests import run_by

from sesv2kit import models
from sesv2kit.testing import FakeSES

ROWS = 10_000
BULK = ("bulk", "news", "readers.csv", "--from", "shop@example.com", "--rate", "1000000", "--outcomes", "outcomes.csv")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")


@pytest.fixture(autouse=True)
def mailing(fake: FakeSES, url: str) -> None:
    """A template and a file of recipients."""
    with fake.client() as ses:
        content = models.EmailTemplateContent(subject="News for {{name}}", text="Dear {{name}}")
        ses.create_email_template(template_name="news", template_content=content)
    rows = "".join(f"r{number}@example.net,Reader {number}\n" for number in range(ROWS))
    Path("readers.csv").write_text(f"email,name\n{rows}")


def end_in_the_middle(fake: FakeSES, number: int) -> Done:
    """Start the mailing, send a signal when some mails are sent, and wait for the end."""
    before = len(fake.outbox)
    process = start(BULK)
    deadline = time.monotonic() + 120
    while len(fake.outbox) < before + 1000:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "nothing is sent"
        time.sleep(0.005)
    process.send_signal(number)
    out, err = process.communicate(timeout=120)
    return Done(process.returncode, out, err)


def run() -> Done:
    """Run the mailing to its end."""
    process = start(BULK)
    out, err = process.communicate(timeout=240)
    return Done(process.returncode, out, err)


def settle(fake: FakeSES) -> None:
    """Wait until the fake has dealt with what the dead have sent."""
    before = -1
    while (count := len(fake.outbox)) != before:
        before = count
        time.sleep(0.2)


def account_for_every_row(fake: FakeSES) -> Counter[str]:
    """Check the outcomes against the outbox; returns how many rows have each state."""
    mails = Counter(mail.to[0] for mail in fake.outbox)
    assert max(mails.values()) == 1, "a row was sent twice"
    with Path("outcomes.csv").open(newline="") as file:
        state = {int(row["index"]): row["state"] for row in csv.DictReader(file)}
    assert sorted(state) == list(range(ROWS)), "a row was lost"
    assert all(mails[f"r{row}@example.net"] == 1 for row in range(ROWS) if state[row] == "sent")
    assert set(mails) <= {f"r{row}@example.net" for row in range(ROWS)}
    return Counter(state.values())


def test_after_sigkill_the_same_command_goes_on(fake: FakeSES) -> None:
    assert end_in_the_middle(fake, signal.SIGKILL).code == -signal.SIGKILL
    settle(fake)
    killed_at = len(fake.outbox)
    assert killed_at < ROWS, "it was over too soon"

    done = run()
    states = account_for_every_row(fake)
    # What was under way when it was killed is unknown, at most 8 requests of 50.
    assert set(states) <= {"sent", "unknown"}
    assert states["unknown"] <= 400
    assert done.code == (5 if states["unknown"] else 0), done
    assert f"{ROWS:,} of {ROWS:,} rows are settled" in done.out


@run_by("soak")
def test_after_ctrl_c_the_command_that_goes_on_is_named_and_nothing_is_unknown(fake: FakeSES) -> None:
    stopped = end_in_the_middle(fake, signal.SIGINT)
    assert stopped.code == 130, stopped
    assert stopped.err.splitlines()[-1].strip() == "sesv2kit " + " ".join(BULK)
    assert "Traceback" not in stopped.err
    assert 0 < len(fake.outbox) < ROWS

    done = run()
    assert done.code == 0, done
    assert account_for_every_row(fake) == {"sent": ROWS}


@run_by("soak")
def test_sigterm_does_the_same(fake: FakeSES) -> None:
    assert end_in_the_middle(fake, signal.SIGTERM).code == 143
    assert run().code == 0
    assert account_for_every_row(fake) == {"sent": ROWS}
