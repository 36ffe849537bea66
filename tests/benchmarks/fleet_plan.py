"""A fleet of 1,000 workers and 100 million entries: computed, simulated, and its statements explained.

    nox -s fleet-plan
    python tests/benchmarks/fleet_plan.py --batches 100000 --workers 1000 --rate 10000 --seconds 30

The journal has that many batches; the keys are those of a sample. Workers are threads that do with the journal what
`Mailing.send_batch` does, and wait where it waits for the rate and for SES. They share one pool of connections. What a
request and a batch cost is measured there, and multiplied for other sizes and rates. The program fails if a worker's
statement reads a whole table.
"""

import argparse
import math
import os
import random
import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
from sqlalchemy import Engine, event, text

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.fleet import mailing
from support.fleet_database import Postgres, find_postgresql, mariadb
from support.fleet_plans import WHOLE, Plan, Plans, fill, run_all

from sesv2kit.bulk import EntryRecord
from sesv2kit.fleet import JournalError, Mailing

REQUEST = 50
"""Entries in a request."""
RESPONSE = 0.08
"""Seconds that SES takes to respond."""
LEASE = 60
PATIENCE = 120.0
"""Seconds within which all workers have a batch."""
BILLION = 1e9


@attrs.define
class Costs:
    """What the work cost the database."""

    requests: int = 0
    batches: int = 0
    entries: int = 0
    seconds: float = 0.0
    statements: int = 0
    commits: int = 0
    rows: int = 0
    hot: int = 0
    wal: int = 0
    cpu: float = 0.0
    own_cpu: float = 0.0
    connections: int = 0
    most: int = 0
    begins: list[float] = attrs.field(factory=list[float])


class Pace:
    """Hands out times to leave, a request after another, from the moment when all workers have a batch."""

    def __init__(self, given: argparse.Namespace) -> None:
        self._step = REQUEST / given.rate
        self._seconds = given.seconds
        self._lock = threading.Lock()
        self._all_there = threading.Barrier(given.workers + 1)
        self._next = self.until = 0.0
        self._batch = given.batches // 2

    def begin(self) -> None:
        """Wait until all workers have a batch."""
        if self._all_there.wait(PATIENCE) == 0:
            self._next = time.monotonic()
            self.until = self._next + self._seconds
        self._all_there.wait(PATIENCE)

    def number(self) -> int:
        """Return the batch that the engine has for a worker."""
        with self._lock:
            self._batch += 1
            return self._batch

    def wait(self) -> bool:
        """Wait for a turn; returns whether there is one in time."""
        with self._lock:
            at = self._next = max(self._next + self._step, time.monotonic())
        if at > self.until:
            return False
        time.sleep(max(at - time.monotonic(), 0.0))
        return True


def work(july: Mailing, pace: Pace, size: int, costs: Costs) -> None:
    """Do what a worker does."""
    journal, chance = july.journal, random.Random()
    row = july._mailing()
    skip = chance.randrange(size // REQUEST)  # workers are not all at the start of a batch
    is_first = True
    while is_first or time.monotonic() < pace.until:
        number = pace.number()
        claim = journal.claim(row.id, number, 1000 * LEASE, f"{chance.getrandbits(128):032x}")
        assert not isinstance(claim, str)
        batch = journal.open_batch(claim, 1000 * LEASE, lambda _error: None)
        requests = 0
        done = claim.keys[: skip * REQUEST]
        if done:
            batch.record([EntryRecord(key, "sent", "an earlier request") for key in done])
        if is_first:
            is_first = False
            pace.begin()
        for start in range(skip * REQUEST, size, REQUEST):
            keys = claim.keys[start : start + REQUEST]
            if not pace.wait():
                break
            began = time.monotonic()
            batch.begin(keys)
            seconds = time.monotonic() - began
            time.sleep(chance.uniform(0.5, 1.5) * RESPONSE)
            batch.record([EntryRecord(key, "sent", f"0102018f{chance.getrandbits(160):040x}-000000") for key in keys])
            requests += 1
            costs.begins.append(seconds)
        batch.release()
        journal.offer(row.id, 2000 * LEASE, 4, lost=False)
        skip = 0
        costs.batches += requests > 0


def simulate(july: Mailing, server: Postgres, engine: Engine, size: int, given: argparse.Namespace) -> Costs:
    """Run the workers, and measure the database meanwhile."""
    costs = Costs()
    threading.stack_size(256 * 1024)

    def count(*_arguments: Any) -> None:
        costs.statements += 1

    event.listen(engine, "before_cursor_execute", count)
    pace = Pace(given)
    threads = [threading.Thread(target=work, args=(july, pace, size, costs), daemon=True) for _ in range(given.workers)]
    for thread in threads:
        thread.start()
    pace.begin()
    before, costs.statements = numbers(server), 0
    cpu, own, began = cpu_of(server), time.process_time(), time.monotonic()
    query = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    while time.monotonic() < pace.until:
        time.sleep(1)
        costs.connections = max(costs.connections, int(server.execute(query)) - 1)
    # Batches that are given back at the end do not count: in a mailing, each is given back once.
    costs.seconds, costs.requests, costs.entries = (
        time.monotonic() - began,
        len(costs.begins),
        REQUEST * len(costs.begins),
    )
    costs.cpu, costs.own_cpu = cpu_of(server) - cpu, time.process_time() - own
    for name, value in numbers(server).items():
        setattr(costs, name, value - before[name])
    event.remove(engine, "before_cursor_execute", count)
    for thread in threads:
        thread.join()
    return costs


def numbers(server: Postgres) -> dict[str, int]:
    """Return what the server has counted so far."""
    queries = {
        "commits": "SELECT xact_commit FROM pg_stat_database WHERE datname = 'postgres'",
        "rows": "SELECT sum(n_tup_ins + n_tup_upd) FROM pg_stat_user_tables",
        "hot": "SELECT sum(n_tup_hot_upd) FROM pg_stat_user_tables",
        "wal": "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')",
    }
    return {name: int(server.execute(query)) for name, query in queries.items()}


def cpu_of(server: Postgres) -> float:
    """Return the CPU seconds of a server's processes; those that have ended count in their parent."""
    ticks = 0
    for folder in Path("/proc").iterdir():
        try:
            fields = (folder / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if folder.name == str(server.pid):
            ticks += sum(map(int, fields[11:15]))
        elif fields[1] == str(server.pid):
            ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


# On paper -----------------------------------------------------------------------------------------


@attrs.frozen
class Paper:
    """What a fleet costs, by what a request and a batch cost."""

    rate: int
    size: int
    workers: int

    @property
    def requests(self) -> float:
        """Requests a second."""
        return self.rate / REQUEST

    @property
    def ended(self) -> float:
        """Batches a second."""
        return self.rate / self.size

    @property
    def commits(self) -> float:
        """Transactions a second: two a request, five a batch, a look a request if they are a second apart, renewals."""
        looks = min(self.workers, self.requests)
        return 2 * self.requests + 5 * self.ended + looks + self.workers / (LEASE / 3)

    @property
    def rows(self) -> float:
        """Rows written a second: two updates and an outcome a request; handed out, claimed, released a batch."""
        return 3 * self.requests + 3 * self.ended + self.workers / (LEASE / 3)

    @property
    def wal(self) -> float:
        """Bytes of WAL a second, by what was measured: the states of a batch in each update, an id an entry."""
        updates = 2 * self.requests + 3 * self.ended + self.workers / (LEASE / 3)
        return updates * (self.size * WAL_A_LETTER + WAL_AN_UPDATE) + self.rate * WAL_AN_OUTCOME


WAL_A_LETTER = 1.0
WAL_AN_UPDATE = 150.0
WAL_AN_OUTCOME = 75.0
"""Bytes: an update has the whole text of states, an outcome has position, letter and id."""


def show_paper(workers: int) -> None:
    """Print what a fleet costs by rate and batch size."""
    print(
        "\n| Rate | Batch | Batches of 100 million | Transactions/s | Rows/s | WAL MB/s | WAL of 100 million | Hours |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for rate in (500, 3_000, 10_000, 40_000):
        for size in (100, 500, 1_000, 5_000):
            paper = Paper(rate, size, workers)
            hours = 1e8 / rate / 3600
            whole = paper.wal * 1e8 / rate / BILLION
            print(
                f"| {rate:,} | {size:,} | {math.ceil(1e8 / size):,} | {paper.commits:,.0f} | {paper.rows:,.0f} "
                f"| {paper.wal / 1e6:.2f} | {whole:.0f} GB | {hours:.1f} |"
            )


# Everything ----------------------------------------------------------------------------------------


def show_plans(plans: Sequence[Plan]) -> list[Plan]:
    """Print what each operation reads; returns the statements that read a whole table and must not."""
    by_operation: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        by_operation[plan.operation].append(plan)
    print("\n| Operation | Statements | Rows read | Pages | ms | Whole table |\n|---|---|---|---|---|---|")
    for operation, some in by_operation.items():
        scanned = sorted({name.removeprefix("sesv2kit_fleet_") for plan in some for name in plan.scanned})
        rows, pages = sum(plan.rows for plan in some), sum(plan.buffers for plan in some)
        milliseconds = sum(plan.milliseconds for plan in some)
        print(f"| {operation} | {len(some)} | {rows:,} | {pages:,} | {milliseconds:.1f} | {', '.join(scanned)} |")
    bad = [plan for plan in plans if plan.operation not in WHOLE and (plan.scanned or plan.rows > MAX_ROWS)]
    for plan in bad:
        print(f"\n{plan.operation} reads {plan.rows} rows, and whole tables {plan.scanned}:\n{plan.statement}")
    return bad


MAX_ROWS = 10_000
"""Rows that a statement of a worker reads at most: those of the batches that are handed out, for the sweep."""


def filled(july: Mailing, given: argparse.Namespace, sample: int) -> Engine:
    """Make the journal of a mailing that is half done; returns its engine."""
    july.report()
    engine = july.journal._database._engine_of_process()
    began = time.monotonic()
    with engine.begin() as db:
        fill(db, 1, given.batches, given.size, done=given.batches // 2, sample=sample)
    july.enrol([])  # the database counts its rows
    print(f"{given.batches:,} batches of {given.size:,} entries were made in {time.monotonic() - began:.0f} s")
    return engine


def show_costs(costs: Costs, given: argparse.Namespace) -> None:
    """Print what the workers cost."""
    seconds, entries, begins = costs.seconds, max(costs.entries, 1), sorted(costs.begins)
    print(
        f"{given.workers:,} workers for {seconds:.0f} s: {costs.entries / seconds:,.0f} entries/s, "
        f"{costs.requests:,} requests, {costs.batches:,} batches, {costs.connections} connections\n"
        f"a second: {costs.statements / seconds:,.0f} statements, {costs.commits / seconds:,.0f} commits, "
        f"{costs.rows / seconds:,.0f} rows written, {costs.hot / max(costs.rows, 1):.0%} in place, "
        f"{costs.wal / seconds / 1e6:.2f} MB of WAL\n"
        f"an entry: {costs.wal / entries:.0f} bytes of WAL, {1e6 * costs.cpu / entries:.0f} us of PostgreSQL, "
        f"{1e6 * costs.own_cpu / entries:.0f} us of the workers' journal\n"
        f"mark: {1000 * statistics.median(begins):.1f} ms, p99 {1000 * begins[int(0.99 * len(begins))]:.1f} ms"
    )


def of_postgresql(given: argparse.Namespace) -> list[Plan]:
    """Simulate on PostgreSQL, and explain its statements."""
    # As a server is set up that has some memory; all of it is durable.
    settings = "shared_buffers = 512MB\nmax_wal_size = 4GB\nmax_connections = 100"
    with Postgres(settings) as server, closing(mailing(server.url, batch_size=given.size, lease=LEASE)) as july:
        engine = filled(july, given, 3 * given.workers)
        bytes_of = "SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables"
        print(f"tables: {int(server.execute(bytes_of)) / BILLION:.2f} GB")
        costs = simulate(july, server, engine, given.size, given)
        show_costs(costs, given)
        with engine.begin() as db:  # as after a while, without waiting for autovacuum
            db.execute(text("UPDATE sesv2kit_fleet_batches SET leased_until = 0 WHERE status = 1"))
        plans = Plans(engine)
        run_all(plans, july, given.batches // 2 + 3 * given.workers - 1)
        return plans.plans


def of_mariadb(given: argparse.Namespace) -> list[Plan]:
    """Explain the statements on MariaDB."""
    with (
        TemporaryDirectory() as folder,
        mariadb(Path(folder)) as url,
        closing(mailing(url, batch_size=given.size, lease=LEASE)) as july,
    ):
        plans = Plans(filled(july, given, 100))
        run_all(plans, july, given.batches // 2 + 99)
        return plans.plans


def main() -> int:
    """Do everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", type=int, default=100_000)
    parser.add_argument("--size", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=1_000)
    parser.add_argument("--rate", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--databases", nargs="*", default=["postgresql", "mariadb"])
    given = parser.parse_args()
    show_paper(given.workers)
    bad: list[Plan] = []
    measure: dict[str, Callable[[argparse.Namespace], list[Plan]]] = {
        "postgresql": of_postgresql,
        "mariadb": of_mariadb,
    }
    assert find_postgresql(), "needs `apt-get install postgresql` and `pip install psycopg[binary]`"
    for name in given.databases:
        print(f"\n# {name}\n")
        try:
            bad += show_plans(measure[name](given))
        except JournalError as error:
            print(error)
            return 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
