"""A database that crashes, loses connections, or is replaced by its standby, in the middle of a mailing."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from support.fleet import Workers, mailing, work
from support.fleet_database import Postgres, find_postgresql, wait_until
from support.long_tests import run_by

from sesv2kit import models
from sesv2kit.fleet import JournalError
from sesv2kit.testing import FakeSES

COUNT = int(os.environ.get("SESV2KIT_FLEET_ENTRIES", "4000"))

pytestmark = pytest.mark.skipif(
    not find_postgresql(), reason="needs `apt-get install postgresql` and `pip install psycopg[binary]`"
)


@pytest.fixture
def ses() -> Iterator[tuple[FakeSES, str]]:
    """A service that responds some time after it has sent."""
    with FakeSES(region="eu-west-1") as fake, fake.serve() as url:
        content = models.EmailTemplateContent(subject="News", text="There is news.")
        fake.client().create_email_template(template_name="news", template_content=content)
        fake.faults.on("SendBulkEmail").always().stall(0.02)
        yield fake, url


def reach(fake: FakeSES, share: float) -> None:
    """Wait until a share of the mailing was sent."""
    deadline = time.monotonic() + 120
    while len(fake.outbox) < share * COUNT:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def sent_twice(fake: FakeSES) -> int:
    """Return how many were sent twice."""
    taken = Counter(recipient for sent in fake.outbox for recipient in sent.to)
    return sum(count > 1 for count in taken.values())


def run(fake: FakeSES, url: str, database: str, act: Callable[[], object], *, guard: bool = True) -> None:
    """Send a mailing with three workers, and do something meanwhile."""
    settings = {"batch_size": 100, "guard": guard, "patience": 30.0}
    with closing(mailing(database, url, **dict(settings))) as july:
        july.enrol(map(str, range(COUNT)))
    workers = Workers(3, work, (database, url, True, settings), 1)
    try:
        act()
        workers.finish(120 + COUNT / 100)
    finally:
        workers.close()


@run_by("chaos")
def test_a_database_that_crashes_and_loses_connections_is_waited_for(ses: tuple[FakeSES, str]) -> None:
    fake, url = ses
    with Postgres() as server:

        def disturb() -> None:
            reach(fake, 0.2)
            server.kill()
            time.sleep(0.5)
            server.start()
            for share in (0.5, 0.7):
                reach(fake, share)
                server.cut()

        run(fake, url, server.url, disturb)
        with closing(mailing(server.url, url)) as july:
            states = Counter(outcome.state for outcome in july.outcomes())
    assert sum(states.values()) == COUNT
    assert set(states) <= {"sent", "unknown"}
    assert sent_twice(fake) == 0
    assert len(fake.outbox) >= states["sent"]


def fail_over(fake: FakeSES, primary: Postgres, standby: Postgres, *, lags: bool) -> Callable[[], object]:
    """Return a function that makes the standby the primary in the middle, without the last marks if it lags."""

    def act() -> None:
        reach(fake, 0.3)
        if lags:
            standby.execute("ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=1'")
            standby.execute("SELECT pg_reload_conf()")
            wait_until(lambda: no_standby(primary))
            reach(fake, 0.5)
        primary.kill()
        standby.promote()

    return act


def no_standby(primary: Postgres) -> None:
    assert primary.execute("SELECT count(*) FROM pg_stat_replication") == 0


def both(primary: Postgres, standby: Postgres) -> str:
    """Return the URL of whichever server takes writes."""
    hosts = f"host=127.0.0.1:{primary.port}&host=127.0.0.1:{standby.port}"
    return f"postgresql+psycopg://postgres@/postgres?{hosts}&target_session_attrs=read-write"


@run_by("chaos")
def test_after_an_asynchronous_failover_the_mailing_stops(ses: tuple[FakeSES, str]) -> None:
    fake, url = ses
    with Postgres() as primary, Postgres(primary=primary) as standby:
        database = both(primary, standby)
        run(fake, url, database, fail_over(fake, primary, standby, lags=True))
        assert sent_twice(fake) == 0
        assert len(fake.outbox) < COUNT, "it was over too soon"
        with closing(mailing(database, url, batch_size=100)) as july:
            with pytest.raises(JournalError, match="another server"):
                july.sweep()
            # What may have been sent is known from events, or becomes unknown.
            assert july.accept_failover() > 0
            july.settle(event for sent in fake.outbox for event in sent.events)
            while numbers := july.sweep():
                for number in numbers:
                    july.send_batch(number)
            assert sent_twice(fake) == 0
            assert july.report().status == "finished"
            july.resend_unknown()
            while numbers := july.sweep():
                for number in numbers:
                    july.send_batch(number)
            assert july.report().sent == COUNT
    assert sent_twice(fake) == 0
    assert len(fake.outbox) == COUNT


@run_by("chaos")
def test_without_the_guard_an_asynchronous_failover_sends_twice(ses: tuple[FakeSES, str]) -> None:
    fake, url = ses
    with Postgres() as primary, Postgres(primary=primary) as standby:
        run(fake, url, both(primary, standby), fail_over(fake, primary, standby, lags=True), guard=False)
    assert sent_twice(fake) > 0, "this test can't find what it is there to find"


def test_a_synchronous_failover_loses_nothing(ses: tuple[FakeSES, str]) -> None:
    fake, url = ses
    with Postgres() as primary, Postgres(primary=primary) as standby:
        primary.configure("synchronous_standby_names = '*'")
        run(fake, url, both(primary, standby), fail_over(fake, primary, standby, lags=False), guard=False)
        with closing(mailing(both(primary, standby), url, guard=False)) as july:
            assert july.report().settled == COUNT
    assert sent_twice(fake) == 0
