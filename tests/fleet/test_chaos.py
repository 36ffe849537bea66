"""A fleet whose workers are killed and frozen loses nothing, sends nothing twice, calls nothing sent that is not.

By default its journal is in SQLite; `nox -s chaos` has every database.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support.fleet import Workers, account_for_all, mailing, work
from support.fleet_database import databases
from support.long_tests import LONG, run_by

from sesv2kit import models
from sesv2kit.fleet import Mailing
from sesv2kit.testing import FakeSES

COUNT = int(os.environ.get("SESV2KIT_FLEET_ENTRIES", "4000"))
"""How many entries there are."""
KILLS = int(os.environ.get("SESV2KIT_FLEET_KILLS", "5"))
BATCH = 200
FREEZES = int(os.environ.get("SESV2KIT_FLEET_FREEZES", "1"))

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL and SIGSTOP")


@pytest.fixture
def ses() -> Iterator[tuple[FakeSES, str]]:
    """A service that responds some time after it has sent, so that many workers die in between."""
    fake = FakeSES(region="eu-west-1")
    content = models.EmailTemplateContent(subject="News", text="There is news.")
    fake.client().create_email_template(template_name="news", template_content=content)
    fake.faults.on("SendBulkEmail").always().stall(0.02)
    with fake, fake.serve() as url:
        yield fake, url


@pytest.fixture(params=[one for one in databases() if LONG or one.id == "sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database."""
    with request.param(tmp_path) as url:
        yield url


def mail(database: str, fake: FakeSES, url: str, *, has_marks: bool) -> tuple[Mailing, Workers]:
    """Send a mailing with four workers, some of which are killed and frozen."""
    july = mailing(database, url, batch_size=BATCH)
    assert july.enrol(map(str, range(COUNT))) == COUNT
    seed = random.randrange(2**32)
    print(f"seed: {seed}")
    workers = Workers(4, work, (database, url, has_marks, {"batch_size": BATCH}), seed)
    try:
        workers.disturb(KILLS, FREEZES, lambda: len(fake.outbox) / COUNT)
        workers.finish(300 + COUNT / 100)
    finally:
        workers.close()
        july.close()
    return july, workers


def test_every_entry_is_accounted_for(database: str, ses: tuple[FakeSES, str]) -> None:
    fake, url = ses
    july, workers = mail(database, fake, url, has_marks=True)
    print(f"{workers.kills} kills, {workers.freezes} freezes")
    assert workers.kills > KILLS / 2, "it was over too soon"
    with closing(july):
        # No more are unknown than were in requests under way at each kill: those of one batch.
        account_for_all(fake, july, COUNT, max_unknown=BATCH * (workers.kills + workers.freezes))


@run_by("chaos")
def test_without_the_commit_before_a_request_entries_are_sent_twice(tmp_path: Path, ses: tuple[FakeSES, str]) -> None:
    fake, url = ses
    mail(f"sqlite:///{tmp_path / 'journal'}", fake, url, has_marks=False)
    taken = Counter(recipient for sent in fake.outbox for recipient in sent.to)
    assert max(taken.values()) > 1, "this test can't find what it is there to find"
