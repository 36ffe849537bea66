"""Measure what a send through the fake service costs: `nox -s bench-fake`, or `python tests/benchmarks/fake.py`.

- in the process: microseconds of CPU for one small send, client and service together, through a client of `FakeSES`,
  and beside it boto3 inside of moto's `mock_aws`. Both sign and check what they send.
- in a file (`--mails`): the same with `db=`, and the memory of the process after each tenth of the mails.

Times are those of the processor, and shown is the best of the rounds: other programs on the machine only make a round
slower.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from run import table
from support.mails import SENDER, entry, simple, stored, template

from sesv2kit import SESv2Client, models
from sesv2kit.testing import FakeSES

ROUNDS = 10
SENDS = 300
"""In each round."""
PEOPLE = models.Destination(to_addresses=["ann@example.net"])
CONTENT = simple(text="Hi Ann, your order is on its way.", html="<p>Hi Ann, your order is on its way.</p>")
BULK = models.BulkEmailContent(template=models.Template(template_name="welcome", template_data="{}"))

Work = Callable[[], object]


def microseconds(work: Work, per_call: int = 1) -> float:
    """Return what a mail costs."""
    for _ in range(SENDS // 3):
        work()
    best = float("inf")
    for _ in range(ROUNDS):
        begin = process_time()
        for _ in range(SENDS):
            work()
        best = min(best, process_time() - begin)
    return best / SENDS / per_call * 1e6


@contextmanager
def of_the_fake(db: str | None = None) -> Iterator[tuple[FakeSES, SESv2Client]]:
    """Yield a fake service with a template, and its client."""
    with FakeSES(db=db) as fake, fake.client() as ses:
        stored(ses)
        yield fake, ses


def our_rows() -> Iterator[list[str]]:
    """Measure sesv2kit."""
    entries = [entry(f"a{number}@example.net", data='{"name": "Ann"}') for number in range(50)]
    with of_the_fake() as (_, ses):
        works: list[tuple[str, Work, int]] = [
            ("send_email, simple", lambda: send(ses, CONTENT), 1),
            ("send_email, template", lambda: send(ses, template()), 1),
            ("send_bulk_email, each of 50", lambda: send_bulk(ses, entries), 50),
        ]
        for name, work, count in works:
            yield row(f"FakeSES, {name}", microseconds(work, count))


def send(ses: SESv2Client, content: models.EmailContent) -> None:
    """Send one mail."""
    ses.send_email(from_email_address=SENDER, destination=PEOPLE, content=content)


def send_bulk(ses: SESv2Client, entries: list[models.BulkEmailEntry]) -> None:
    """Send fifty mails."""
    ses.send_bulk_email(from_email_address=SENDER, default_content=BULK, bulk_email_entries=entries)


def motos_row() -> list[str]:
    """Measure boto3 inside of moto."""
    import boto3
    from moto import mock_aws

    text, html = "Hi Ann, your order is on its way.", "<p>Hi Ann, your order is on its way.</p>"
    body = {"Text": {"Data": text}, "Html": {"Data": html}}
    with mock_aws():
        client = boto3.client(
            "sesv2", region_name="us-east-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret"
        )
        client.create_email_identity(EmailIdentity=SENDER)

        def work() -> None:
            client.send_email(
                FromEmailAddress=SENDER,
                Destination={"ToAddresses": ["ann@example.net"]},
                Content={"Simple": {"Subject": {"Data": "Hello"}, "Body": body}},
            )

        return row("boto3 in moto, send_email, simple", microseconds(work))


def row(name: str, cost: float) -> list[str]:
    """Return a row of the table."""
    return [name, f"{cost:,.0f} µs", f"{1e6 / cost:,.0f}"]


def memory() -> float:
    """Return the memory of this process, in MB; 0 where the system does not say."""
    path = Path("/proc/self/statm")
    return int(path.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if path.exists() else 0.0


def file_rows(mails: int) -> Iterator[list[str]]:
    """Fill a file, and measure along the way."""
    with tempfile.TemporaryDirectory() as folder, of_the_fake(f"{folder}/ses.db") as (fake, ses):
        for _ in range(10):
            begin = process_time()
            for _ in range(mails // 10):
                send(ses, CONTENT)
            cost = (process_time() - begin) / (mails // 10) * 1e6
            yield [f"{len(fake.outbox):,}", f"{cost:,.0f} µs", f"{memory():,.0f} MB"]


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, default=0, help="mails in a file (default: none, it takes its time)")
    mails = parser.parse_args().mails
    where = f"Python {platform.python_version()}, {platform.machine()}"
    print(f"Measured on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {where}\n")
    if mails:  # before moto is loaded, which takes more memory than all of this
        print(table(["mails in the file", "CPU for a mail", "memory"], list(file_rows(mails))), "\n")
    print(table(["in the process", "CPU for a mail", "mails a second"], [*our_rows(), motos_row()]))


if __name__ == "__main__":
    main()
