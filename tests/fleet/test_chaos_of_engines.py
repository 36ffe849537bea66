"""Everything that a fleet rests on fails: workers, the broker, the database, its connections, the store of the rate.

By default one engine sends a few entries. `nox -s chaos` runs every engine on every database.
"""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from support.fleet import LEASE, account_for_all, mailing
from support.fleet_brokers import RabbitMQ, Redis, Server
from support.fleet_database import MariaDB, Postgres, needs_mariadb, needs_postgresql
from support.fleet_engines import ENGINES, Programs
from support.long_tests import LONG

from sesv2kit import models
from sesv2kit.fleet import Mailing
from sesv2kit.testing import FakeSES

COUNT = int(os.environ.get("SESV2KIT_FLEET_ENTRIES", "600"))
PLAN = {
    "kill": int(os.environ.get("SESV2KIT_FLEET_KILLS", "2")),
    "freeze": int(os.environ.get("SESV2KIT_FLEET_FREEZES", "1")),
    "broker": 2 if LONG else 1,
    "database": 1,
    "cut": 3 if LONG else 1,
    "rate": 1,
}
"""What happens to a mailing, and how often."""
SETTINGS = {
    "batch_size": 200 if LONG else 50,
    "lease": 2 * LEASE if LONG else LEASE,
    "shared_rate": 3000.0 if LONG else 300.0,
}
WORKERS = 4
REQUEST = 50
"""Entries in a request."""

DATABASES = {"postgresql": (Postgres, needs_postgresql()), "mariadb": (MariaDB, needs_mariadb())}
CELLS = product(ENGINES, DATABASES) if LONG else [("dramatiq-redis", "postgresql")]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL and SIGSTOP")


@pytest.fixture
def ses() -> Iterator[tuple[FakeSES, str]]:
    """A service that responds some time after it has sent, so that workers die in between."""
    fake = FakeSES(region="eu-west-1")
    content = models.EmailTemplateContent(subject="News", text="There is news.")
    fake.client().create_email_template(template_name="news", template_content=content)
    fake.faults.on("SendBulkEmail").always().stall(0.02)
    with fake, fake.serve() as url:
        yield fake, url


@pytest.mark.parametrize(
    ("engine", "database"),
    [
        pytest.param(
            engine,
            database,
            marks=[
                DATABASES[database][1],
                pytest.mark.skipif(bool(ENGINES[engine].reason), reason=ENGINES[engine].reason or "is there"),
            ],
        )
        for engine, database in CELLS
    ],
)
def test_every_entry_is_accounted_for(engine: str, database: str, ses: tuple[FakeSES, str], tmp_path: Path) -> None:
    fake, url = ses
    with ExitStack() as stack:
        journal = stack.enter_context(DATABASES[database][0]())
        rates = start(stack, Redis(tmp_path / "rates"))
        is_own = engine == "procrastinate" and isinstance(journal, Postgres)
        broker = journal if is_own else start(stack, ENGINES[engine].broker(tmp_path / "broker"))
        settings = {
            "FLEET_BROKER": broker.url,
            "FLEET_DATABASE": journal.url,
            "FLEET_SES": url,
            "FLEET_RATES": rates.url,
            "FLEET_SETTINGS": json.dumps(SETTINGS),
        }
        july = stack.enter_context(closing(mailing(journal.url, url, batch_size=SETTINGS["batch_size"])))
        assert july.enrol(map(str, range(COUNT))) == COUNT
        programs = Programs([ENGINES[engine].worker] * WORKERS, ENGINES[engine].others, settings, tmp_path / "log")
        for command in ENGINES[engine].setup:
            programs.run(command)

        plan = {event: count for event, count in PLAN.items() if not (is_own and event == "broker")}
        with programs:
            happened = disturb(programs, fake, july, journal, broker, rates, plan)
            programs.wait(lambda: july.report().status == "finished", 300 + COUNT / 100)
        # Whoever dies, is frozen or waits for the database for longer than its lease leaves its requests unknown.
        deaths = happened["kill"] + happened["freeze"] + WORKERS * (happened["database"] + happened["cut"])
        states = account_for_all(fake, july, COUNT, max_unknown=2 * REQUEST * (deaths + programs.restarts))
    assert happened["kill"] > PLAN["kill"] / 2, "it was over too soon"
    print(row(f"{ENGINES[engine].name}, {DATABASES[database][0].__name__}", happened, states))


def start(stack: ExitStack, server: Redis | RabbitMQ | Postgres) -> Any:
    """Start a server, and end it with the stack."""
    if isinstance(server, Postgres):
        return stack.enter_context(server)
    stack.callback(server.close)
    server.start()
    return server


def disturb(
    programs: Programs,
    fake: FakeSES,
    july: Mailing,
    journal: Postgres | MariaDB,
    broker: Server,
    rates: Server,
    plan: dict[str, int],
) -> Counter[str]:
    """Have things fail, evenly over the mailing; returns what did and how often."""
    seed = random.randrange(2**32)
    print(f"seed: {seed}")
    chance = random.Random(seed)

    def restart(server: Server) -> None:
        server.kill()
        until = time.monotonic() + chance.uniform(0.2, 1.0)  # without it; the programs that end are started again
        programs.wait(lambda: time.monotonic() >= until, 60)
        server.start()

    acts: dict[str, Callable[[], object]] = {
        "kill": lambda: programs.kill(chance),
        "freeze": lambda: programs.freeze(chance, 1.5 * float(SETTINGS["lease"])),
        "broker": lambda: restart(broker),
        "database": lambda: restart(journal),
        "cut": journal.cut,
        "rate": lambda: restart(rates),
    }
    events = [event for event, count in plan.items() for _ in range(count)]
    chance.shuffle(events)
    happened: Counter[str] = Counter()
    in_flight = 0.0
    for number, event in enumerate(events):
        share = 0.9 * (number + chance.random()) / len(events)
        programs.wait(lambda share=share: len(fake.outbox) >= share * COUNT, 300 + COUNT / 100)  # type: ignore[misc]
        if event in ("kill", "freeze"):
            report = july.report()
            in_flight += report.in_flight / max(report.active, 1)
        acts[event]()
        happened[event] += 1
    print(f"in flight at kills and freezes, of the average worker: {in_flight:.0f}")
    return happened


def row(name: str, happened: Counter[str], states: Counter[str]) -> str:
    """Return the row of the documentation's table."""
    counts = [COUNT, *(happened[event] for event in PLAN), 0, 0, states["unknown"]]
    return " | ".join(["", name, *(f"{count:,}" for count in counts), ""]).strip()
