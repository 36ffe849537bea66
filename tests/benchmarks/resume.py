"""Measure how soon a mailing that goes on reaches its first new send: `python tests/benchmarks/resume.py`.

A mailing of a million entries, with keys and a journal, is ended after nine tenths of them. Then it is sent again, with
the same source, and the clock runs until the first entry that had not been sent. The source makes an entry only when it
is to be sent, as `BulkItem` allows. Everything runs in this process, except for `server.py`, on one machine.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from run import environment, serving

from sesv2kit import SESv2Client, models
from sesv2kit.bulk import BulkItem, BulkSender


def entry(number: int) -> models.BulkEmailEntry:
    """Return the entry of a recipient."""
    return models.BulkEmailEntry(destination=models.Destination(to_addresses=[f"recipient{number}@example.net"]))


def items(count: int) -> Iterator[BulkItem]:
    """Yield the entries of the mailing, each with a function that makes it."""
    for number in range(count):
        yield BulkItem(lambda number=number: entry(number), f"{number:08d}")


def sender(ses: SESv2Client, journal: Path) -> BulkSender:
    """Return a sender whose rate is no limit."""
    content = models.BulkEmailContent(template=models.Template(template_name="news", template_data="{}"))
    return BulkSender(
        ses, from_email_address="shop@example.com", default_content=content, send_rate=1e9, journal=journal
    )


def first_new(ses: SESv2Client, journal: Path, count: int) -> tuple[float, float]:
    """Resume; returns the seconds and the seconds of CPU until the first outcome of this run's own."""
    started, started_cpu = time.perf_counter(), time.process_time()
    with closing(sender(ses, journal).send(items(count))) as outcomes:
        next(outcome for outcome in outcomes if not outcome.resumed)
        return time.perf_counter() - started, time.process_time() - started_cpu


def main() -> None:
    """Send nine tenths of a mailing, resume it three times, print the seconds."""
    parser = argparse.ArgumentParser(description="Measure how soon a mailing that goes on sends something new.")
    parser.add_argument("--entries", type=int, default=1_000_000, help="how many entries the mailing has")
    count = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as home, serving(home) as server:
        os.environ.update(environment(home))
        journal = Path(home) / "journal"
        with SESv2Client(endpoint_url=server.fast) as ses:
            known = sum(outcome.state == "sent" for outcome in sender(ses, journal).send(items(count * 9 // 10)))
            print(f"{known:,} of {count:,} entries are sent")
            for _ in range(3):
                seconds, cpu = first_new(ses, journal, count)
                print(f"the first new one after {seconds:.2f} s, {cpu:.2f} s of CPU")


if __name__ == "__main__":
    main()
