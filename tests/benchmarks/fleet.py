"""Measure fleets: `nox -s bench-fleet`, or `python tests/benchmarks/fleet.py`; needs PostgreSQL and Redis.

Workers are processes of their own, each with a queue in its memory in place of an engine. Their journal is in a
PostgreSQL of this machine, with the settings of a newly made one. Three tables are printed.

The rate: workers share one over Redis, and send for some seconds to a server that notes when each request came in, and
how many recipients it had. Shown are

- used: the recipients of all requests but the last, by the time from the first request to the last, of the rate;
- worst second: the most recipients in any window of one second, of the rate;
- goal: whether at least 95 % were used, and no second had more than 125 %;
- questions: the exchanges with Redis for each request.

The cost: workers send entries without a limit to a server that responds at once. Beside them, as many processes send
the same entries with `BulkSender`, each its part, with a journal in a file. They take turns; shown are, of the turns,

- entries a second: the most, of all workers together, from the first request to the end of the last worker;
- CPU: the least microseconds of the processes an entry;
- of BulkSender's: the median of how many times the CPU of as many `BulkSender`s that was, in the same turn;
- database: the least microseconds of the server's processes an entry.

The growth: workers send entries without a limit to a server that takes some time for each response; shown are the
entries a second of all workers together, and of each.

The test's server and the database need processors as well: where there are two, two workers have them all. Processes
that compete for processors need more time for the same work, so each is compared with as many others.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import cache
from itertools import product
from operator import truediv
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlopen

from rates import judge, questions, redis_server, running
from run import environment, serving, table

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))

RATES = (50.0, 200.0)
RATE_WORKERS = (1, 4, 16)
MIN_USED = 0.95
MAX_WORST = 1.25
GROWTH_WORKERS = (1, 2, 4, 8)
COST_WORKERS = (1, 2, 4)
CONTESTANTS = ("BulkSender", "fleet")
NO_LIMIT = 1e9


# A worker ----------------------------------------------------------------------------------------


def item_of(key: str) -> Any:
    """Return the entry of a key; whoever calls it has imported the modules."""
    models, bulk = sys.modules["sesv2kit.models"], sys.modules["sesv2kit.bulk"]
    data = json.dumps({"name": f"recipient {key}", "code": f"{key:>08}"})
    template = models.ReplacementTemplate(replacement_template_data=data)
    content = models.ReplacementEmailContent(replacement_template=template)
    destination = models.Destination(to_addresses=[f"recipient{key}@example.net"])
    return bulk.BulkItem(models.BulkEmailEntry(destination=destination, replacement_email_content=content), key)


def settings(rate: Any) -> dict[str, Any]:
    """Return what a mailing and a sender have in common."""
    from sesv2kit import models

    content = models.BulkEmailContent(template=models.Template(template_name="news", template_data="{}"))
    return {"from_email_address": "shop@example.com", "default_content": content, "send_rate": rate}


@cache
def client_of(url: str) -> Any:
    """Return the client of the process."""
    from sesv2kit import SESv2Client

    return SESv2Client(endpoint_url=url)


def mailing(name: str, database: str, url: str, rate: Any, batch_size: int) -> Any:
    """Return a mailing."""
    from sesv2kit.fleet import Mailing, SharedJournal

    return Mailing(
        name,
        journal=SharedJournal(database, require_durable=False),
        entries=lambda keys: [item_of(key) for key in keys],
        client=client_of(url),
        batch_size=batch_size,
        min_offered=1,
        **settings(rate),
    )


def send_batches(mailing: Any) -> None:
    """Send batches until the mailing is finished."""
    queue: deque[int] = deque()
    mailing.dispatch = queue.append
    while True:
        while queue:
            mailing.send_batch(queue.popleft())
        if not mailing.sweep():
            if mailing.report().status == "finished":
                return
            time.sleep(0.05)


def work(name: str, database: str, url: str, rate: float, redis: str | None, batch_size: int, seconds: float) -> None:
    """Be a worker, once a line comes in; prints the CPU that it took. A small mailing loads what a process needs."""
    from sesv2kit import SendRate

    with closing(mailing(f"warm-up-{os.getpid()}", database, url, NO_LIMIT, 10)) as small:
        small.enrol(["a", "b", "c"])
        send_batches(small)
    shared: Any = SendRate(rate, redis=redis, name="fleet", when_lost="wait") if redis else rate
    july = mailing(name, database, url, shared, batch_size)
    july.report()
    print("ready", flush=True)
    sys.stdin.readline()
    if seconds:
        threading.Timer(seconds, os._exit, (0,)).start()
    started = time.process_time()
    send_batches(july)
    print(time.process_time() - started, flush=True)
    july.close()


def send_alone(url: str, first: int, count: int, folder: str) -> None:
    """Send a part of the entries with `BulkSender`; prints the CPU that it took."""
    from sesv2kit import SESv2Client
    from sesv2kit.bulk import BulkSender

    def send(name: str, keys: Iterator[str]) -> int:
        sender = BulkSender(ses, journal=f"{folder}/{name}", **settings(NO_LIMIT))
        return sum(outcome.state == "sent" for outcome in sender.send(map(item_of, keys)))

    with SESv2Client(endpoint_url=url) as ses:
        send("warm-up", iter("abc"))
        print("ready", flush=True)
        sys.stdin.readline()
        started = time.process_time()
        assert send("july", map(str, range(first, first + count))) == count
        print(time.process_time() - started, flush=True)


# Measuring ---------------------------------------------------------------------------------------


def start(home: str, *arguments: Any) -> "subprocess.Popen[str]":
    """Start this program in another role."""
    command = [sys.executable, str(HERE / "fleet.py"), *map(str, arguments)]
    return subprocess.Popen(command, env=environment(home), stdin=-1, stdout=-1, text=True)


def wait_until_ready(processes: Iterable["subprocess.Popen[str]"]) -> None:
    """Wait until all processes have loaded what they need."""
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"


def run(processes: Sequence["subprocess.Popen[str]"]) -> list[str]:
    """Let processes begin at the same moment; returns what each prints."""
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return printed


def measure_rate(
    database: str, rate: float, workers: int, seconds: float, delay: float, batch_size: int
) -> dict[str, float]:
    """Let workers share a rate for some seconds; returns what came of it."""
    name = f"rate-{rate:g}-{workers}"
    with closing(mailing(name, database, "http://127.0.0.1:9", rate, batch_size)) as july:
        july.enrol(map(str, range(int(2 * rate * seconds) + workers * batch_size)), keys_are_unique=True)
    server = [sys.executable, str(HERE / "rates.py"), "--serve", str(delay)]
    with (
        tempfile.TemporaryDirectory() as home,
        redis_server(home) as (redis, _),
        running(server) as serving_mail,
    ):
        assert serving_mail.stdout
        url = f"http://127.0.0.1:{int(serving_mail.stdout.readline())}"
        given = (name, database, url, rate, redis, batch_size, seconds)
        processes = [start(home, "--work", json.dumps(given)) for _ in range(workers)]
        wait_until_ready(processes)
        with urlopen(url) as response:  # what the warm-up has sent does not count
            response.read()
        asked = questions(redis)
        run(processes)
        with urlopen(url) as response:
            judged = judge([(at, recipients) for at, recipients in json.load(response)], rate)
        return judged | {"questions": (questions(redis) - asked) / judged["requests"]}


def measure_cost(
    contestant: str, workers: int, server: Any, url: str, count: int, batch_size: int, home: str
) -> dict[str, float]:
    """Send a mailing once; returns its numbers."""
    if contestant == "BulkSender":
        part = count // workers
        with ExitStack() as stack:
            folders = [stack.enter_context(tempfile.TemporaryDirectory()) for _ in range(workers)]
            processes = [
                start(home, "--alone", url, number * part, part, folder) for number, folder in enumerate(folders)
            ]
            return cost_of(processes, part * workers)
    name = f"cost-{workers}-{time.monotonic_ns()}"
    with closing(mailing(name, server.url, url, NO_LIMIT, batch_size)) as july:
        july.enrol(map(str, range(count)), keys_are_unique=True)
        given = (name, server.url, url, NO_LIMIT, None, batch_size, 0)
        before = server.processor_time()
        numbers = cost_of([start(home, "--work", json.dumps(given)) for _ in range(workers)], count)
        assert july.report().sent == count
    return numbers | {"database": (server.processor_time() - before) / count * 1e6}


def measure_growth(database: str, workers: int, delay: float, count: int, batch_size: int) -> dict[str, float]:
    """Send so many entries for each worker; returns how many a second."""
    name = f"growth-{workers}"
    server = [sys.executable, str(HERE / "rates.py"), "--serve", str(delay)]
    with tempfile.TemporaryDirectory() as home, running(server) as serving_mail:
        assert serving_mail.stdout
        url = f"http://127.0.0.1:{int(serving_mail.stdout.readline())}"
        with closing(mailing(name, database, url, NO_LIMIT, batch_size)) as july:
            july.enrol(map(str, range(count * workers)), keys_are_unique=True)
        given = (name, database, url, NO_LIMIT, None, batch_size, 0)
        return cost_of([start(home, "--work", json.dumps(given)) for _ in range(workers)], count * workers)


def cost_of(processes: Sequence["subprocess.Popen[str]"], count: int) -> dict[str, float]:
    """Return what processes cost that send so many entries together."""
    wait_until_ready(processes)
    started = time.monotonic()
    used = sum(map(float, run(processes)))
    return {"rate": count / (time.monotonic() - started), "cpu": used / count * 1e6}


def rate_table(numbers: Sequence[dict[str, Any]]) -> str:
    """Return the table of rates."""
    rows = [
        [
            f"{row['rate']:g}",
            f"{row['workers']}",
            f"{row['used']:.1%}",
            f"{row['worst']:.0%}",
            "yes" if row["used"] >= MIN_USED and row["worst"] <= MAX_WORST else "no",
            f"{row['requests']:,}",
            f"{row['questions']:.2f}",
        ]
        for row in numbers
    ]
    return table(["rate", "workers", "used", "worst second", "goal", "requests", "questions"], rows)


def cost_table(numbers: Sequence[dict[str, Any]]) -> str:
    """Return the table of costs."""
    turns: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in numbers:
        turns[row["contestant"], row["workers"]].append(row)
    cpu = {who: [row["cpu"] for row in rows] for who, rows in turns.items()}
    rows = [
        [
            contestant,
            f"{workers}",
            f"{max(row['rate'] for row in of_it):,.0f}",
            f"{min(cpu[contestant, workers]):.0f}",
            f"{median(map(truediv, cpu[contestant, workers], cpu['BulkSender', workers])):.2f}",
            f"{min(row['database'] for row in of_it):.0f}" if "database" in of_it[0] else "",
        ]
        for (contestant, workers), of_it in turns.items()
    ]
    titles = ["sent by", "processes", "entries a second", "CPU an entry, µs", "of BulkSender's", "database, µs"]
    return table(titles, rows)


def growth_table(numbers: Sequence[dict[str, Any]]) -> str:
    """Return the table of growth."""
    rows = [
        [f"{row['workers']}", f"{row['rate']:,.0f}", f"{row['rate'] / row['workers']:,.0f}", f"{row['cpu']:.0f}"]
        for row in numbers
    ]
    return table(["workers", "entries a second", "each", "CPU an entry, µs"], rows)


def main() -> None:
    """Run and print the tables; or be a worker."""
    parser = argparse.ArgumentParser(description="Measure fleets.")
    parser.add_argument("json", nargs="?", type=Path, default=Path("build/fleet.json"), help="where the numbers go")
    parser.add_argument("--rates", nargs="*", type=float, default=RATES, help="recipients per second")
    parser.add_argument("--workers", nargs="+", type=int, default=RATE_WORKERS, help="that share the rate")
    parser.add_argument("--seconds", type=float, default=20, help="for each rate")
    parser.add_argument("--delay", type=float, default=0.02, help="seconds that the server takes for a request")
    parser.add_argument("--entries", type=int, default=30_000, help="of each mailing of which the cost is measured")
    parser.add_argument("--growth", nargs="*", type=int, default=GROWTH_WORKERS, help="numbers of workers")
    parser.add_argument("--growth-delay", type=float, default=0.4, help="seconds that the server takes for a request")
    parser.add_argument("--growth-entries", type=int, default=10_000, help="of each worker")
    parser.add_argument("--batch-size", type=int, default=500)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    parser.add_argument("--alone", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        work(*json.loads(given.work))
        return
    if given.alone:
        url, first, count, folder = given.alone
        send_alone(url, int(first), int(count), folder)
        return

    from support.fleet_database import Postgres

    growth: list[dict[str, Any]] = []
    rates: list[dict[str, Any]] = []
    costs: list[dict[str, Any]] = []
    with Postgres() as server:
        for rate, workers in product(given.rates, given.workers):
            rates.append({"rate": rate, "workers": workers})
            rates[-1] |= measure_rate(server.url, rate, workers, given.seconds, given.delay, given.batch_size)
            print(rates[-1], file=sys.stderr)
        for workers in given.growth:
            growth.append({"workers": workers})
            growth[-1] |= measure_growth(
                server.url, workers, given.growth_delay, given.growth_entries, given.batch_size
            )
            print(growth[-1], file=sys.stderr)
        with tempfile.TemporaryDirectory() as home, serving(home) as ses:
            for _, workers, contestant in product(range(given.turns), COST_WORKERS, CONTESTANTS):
                costs.append({"contestant": contestant, "workers": workers})
                costs[-1] |= measure_cost(contestant, workers, server, ses.fast, given.entries, given.batch_size, home)
                print(costs[-1], file=sys.stderr)
    tables = ((rate_table, rates), (growth_table, growth), (cost_table, costs))
    print(*[show(rows) for show, rows in tables if rows], sep="\n\n")
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps({"rates": rates, "growth": growth, "costs": costs}, indent=1) + "\n")


if __name__ == "__main__":
    main()
