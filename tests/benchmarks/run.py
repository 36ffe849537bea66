"""Measure sesv2kit beside its peers: `nox -s bench`, or `python tests/benchmarks/run.py` where all are installed.

Contestants: boto3, aiobotocore, capo-sesv2 (blocking and asynchronous), raw httpx (neither signed nor checked), raw
aiohttp with sesv2kit's signing, and the floor: JSON, botocore's signature and a head over a bare asyncio protocol. Each
call is one small send_email, whose arguments are made for each call. All send to one server on this machine
(`server.py`), which runs on a core of its own. Every measurement is a fresh process on the other core
(`contestants.py`), and they take turns: contestant after contestant, scenario after scenario, round after round. Shown
is the median of the rounds. Every contestant may open as many connections as calls are in flight.

- async and sync C: microseconds of the client's CPU for a send, with C calls in flight (tasks or threads).
- "50 ms": the server answers after 50 ms; with throughput and the new connections for a request, once warm.
- TLS: the same over TLS, with certificates of this run.
- 10 MB: a raw mail of that size; how long the event loop stood still, and the peak of memory beyond what was there, in
  sizes of the mail.
- paging: microseconds of CPU for each of 100,000 contacts.
- cold start: milliseconds from the start of the process to the end of its first send, with credentials from the
  environment and without TLS; the memory is the most that this process had.

On a machine with other work the absolute numbers grow; the ratios hold better.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any, Literal

import trustme

HERE = Path(__file__).parent
HISTORY = HERE.parents[1] / "docs" / "performance-history.jsonl"
DELAY = 0.05
PEERS = ("boto3", "botocore", "aiobotocore", "capo-sesv2", "httpx", "httpcore", "aiohttp")
SYNC = ("sesv2kit", "boto3", "capo-sesv2", "httpx")
ASYNC = ("sesv2kit", "aiobotocore", "capo-sesv2", "httpx", "aiohttp", "floor")
CONTESTANTS = tuple(dict.fromkeys((*SYNC, *ASYNC)))


@dataclass(frozen=True)
class Scenario:
    """One way to send."""

    name: str
    kind: Literal["sync", "async"]
    concurrency: int = 1
    slow: bool = False
    """Whether the server takes its time."""
    cold: bool = False
    """Whether a process's first send is measured."""
    tls: bool = False
    work: Literal["send", "large", "page"] = "send"
    only: tuple[str, ...] = ()
    """Who takes part; empty for all."""

    @property
    def contestants(self) -> tuple[str, ...]:
        return self.only or (SYNC if self.kind == "sync" else ASYNC)


SCENARIOS = (
    Scenario("async 1", "async", 1),
    Scenario("async 20", "async", 20),
    Scenario("async 200", "async", 200),
    Scenario("async 100, 50 ms", "async", 100, slow=True),
    Scenario("sync 1", "sync", 1),
    Scenario("sync 100, 50 ms", "sync", 100, slow=True),
    Scenario("async 20, TLS", "async", 20, tls=True, only=("sesv2kit", "aiobotocore", "floor")),
    Scenario("sync 1, TLS", "sync", 1, tls=True, only=("sesv2kit", "boto3")),
    Scenario("async, 10 MB", "async", work="large", only=("sesv2kit", "aiobotocore")),
    Scenario("sync, paging", "sync", work="page", only=("sesv2kit", "boto3")),
    Scenario("cold start, sync", "sync", cold=True),
    Scenario("cold start, async", "async", cold=True),
)
UNITS = {
    "cpu": "CPU for a send, µs",
    "throughput": "sends in a second",
    "new": "new connections for a send",
    "cold": "cold start, ms",
    "memory": "peak memory, MB",
    "stall": "loop stood still, ms",
    "extra": "extra memory, sizes of the mail",
    "item": "CPU for an item, µs",
    "paging memory": "peak memory of paging, MB",
}
ALWAYS = ("cpu", "cold", "memory", "stall", "extra", "item", "paging memory")


@dataclass(frozen=True)
class Measure:
    """Where a number stands: what was measured, in which scenario, of whom."""

    unit: str
    scenario: str
    contestant: str = "sesv2kit"


@dataclass(frozen=True)
class Target:
    """What has to hold of a number, or of its ratio to another one."""

    measure: Measure
    against: Measure | None
    must: float
    aim: float


def _ratio(unit: str, scenario: str, peer: str, must: float, aim: float) -> Target:
    return Target(Measure(unit, scenario), Measure(unit, scenario, peer), must, aim)


TARGETS = (
    _ratio("cpu", "async 1", "aiobotocore", 0.24, 0.17),
    _ratio("cpu", "async 20", "aiobotocore", 0.24, 0.17),
    _ratio("cpu", "async 200", "aiobotocore", 0.24, 0.17),
    _ratio("cpu", "async 20", "capo-sesv2", 0.32, 0.23),
    _ratio("cpu", "async 20", "floor", 2.6, 1.8),
    _ratio("cpu", "sync 1", "boto3", 0.22, 0.15),
    _ratio("cpu", "async 20, TLS", "aiobotocore", 0.22, 0.15),
    _ratio("cpu", "sync 1, TLS", "boto3", 0.22, 0.15),
    Target(Measure("cpu", "async 200"), Measure("cpu", "async 20"), 1.1, 1.0),
    Target(Measure("new", "async 100, 50 ms"), None, 0.05, 0.01),
    _ratio("cpu", "sync 100, 50 ms", "boto3", 0.40, 0.30),
    _ratio("cold", "cold start, sync", "boto3", 0.62, 0.50),
    _ratio("cold", "cold start, async", "aiobotocore", 0.40, 0.30),
    Target(Measure("memory", "cold start, sync"), None, 28, 25),
    Target(Measure("memory", "cold start, async"), None, 28, 25),
    Target(Measure("stall", "async, 10 MB"), None, 15, 5),
    Target(Measure("extra", "async, 10 MB"), None, 2.5, 1.5),
)

Numbers = dict[Measure, list[float]]


# Measuring ---------------------------------------------------------------------------------------


def environment(home: str) -> dict[str, str]:
    """Return this process's environment with dummy credentials, without settings of AWS, proxies and Python.

    PYTHONDONTWRITEBYTECODE would make every cold start compile what no user's does.
    """
    hidden = ("AWS_", "PYTHON")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name == "PYTHONPATH" or not (name.startswith(hidden) or name.lower().endswith("_proxy"))
    }
    return kept | {
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "HOME": home,
    }


def use_core(index: int) -> None:
    """Run this process, and those that it starts from now on, on one core; nothing where that can't be said."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {CORES[index]})


CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]


@dataclass(frozen=True)
class Server:
    """Where the server listens."""

    fast: str
    slow: str
    tls: str
    bundle: str
    """The file of the certificate authority that signed the TLS port's certificate."""

    def url(self, scenario: Scenario) -> str:
        """Return where a scenario sends to."""
        return self.tls if scenario.tls else self.slow if scenario.slow else self.fast


@contextmanager
def serving(folder: str) -> Iterator[Server]:
    """Run the server on the last core."""
    authority = trustme.CA()
    bundle, key = Path(folder, "authority.pem"), Path(folder, "server.pem")
    authority.cert_pem.write_to_path(bundle)
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(key)
    use_core(-1)
    command = [sys.executable, str(HERE / "server.py"), "0", str(DELAY), f"tls={key}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        use_core(0)
        try:
            assert server.stdout
            fast, slow, tls = json.loads(server.stdout.readline())
            plain = "http://127.0.0.1"
            yield Server(f"{plain}:{fast}", f"{plain}:{slow}", f"https://127.0.0.1:{tls}", str(bundle))
        finally:
            server.terminate()


def measure(
    contestant: str, scenario: Scenario, seconds: float, server: Server, env: Mapping[str, str]
) -> dict[str, float]:
    """Make one measurement in a fresh process; returns numbers by unit."""
    arguments = [
        contestant,
        scenario.kind,
        server.url(scenario),
        str(scenario.concurrency),
        str(0 if scenario.cold else seconds),
        scenario.work,
    ]
    if scenario.tls:
        env = {**env, "AWS_CA_BUNDLE": server.bundle}
    command = [sys.executable, "-c", "import contestants; contestants.main()", *arguments]
    started = time.monotonic()
    done = subprocess.run(command, cwd=HERE, env=env, stdout=subprocess.PIPE, text=True, check=True)
    numbers: dict[str, float] = json.loads(done.stdout)
    if scenario.cold:
        return {"cold": (numbers["done_at"] - started) * 1000, "memory": numbers["memory"]}
    return numbers


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    rounds: int
    cold_rounds: int
    """A first send is quick, and told apart from noise only by many."""
    seconds: float
    """How long a measurement of sends under way takes."""


FULL, QUICK = Extent(5, 15, 1.5), Extent(1, 5, 0.4)


def run(scenarios: Collection[Scenario], contestants: Collection[str], extent: Extent) -> Numbers:
    """Let everybody take turns; returns the number of every round."""
    numbers: Numbers = {}
    with tempfile.TemporaryDirectory() as home, serving(home) as server:
        env = environment(home)

        def take_turns(chosen: Iterable[Scenario], kept: Numbers) -> None:
            for scenario, contestant in product(chosen, contestants):
                if contestant in scenario.contestants:
                    for unit, value in measure(contestant, scenario, extent.seconds, server, env).items():
                        kept.setdefault(Measure(unit, scenario.name, contestant), []).append(value)

        warm = [scenario for scenario in scenarios if not scenario.cold]
        cold = [scenario for scenario in scenarios if scenario.cold]
        take_turns(cold, {})  # the first one finds neither files nor bytecode in memory
        for number in range(max(extent.rounds, extent.cold_rounds)):
            print(f"round {number + 1}", file=sys.stderr)
            take_turns(warm if number < extent.rounds else (), numbers)
            take_turns(cold if number < extent.cold_rounds else (), numbers)
    return numbers


# Telling -----------------------------------------------------------------------------------------


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table, its columns aligned."""
    lines = [list(head), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def medians_table(medians: Mapping[Measure, float], contestants: Iterable[str]) -> str:
    """Return the medians, a row for every scenario and unit, a column for every contestant."""
    shown = [name for name in contestants if any(measure.contestant == name for measure in medians)]
    rows = [
        [f"{scenario.name}: {told}", *[_number(medians.get(Measure(unit, scenario.name, name))) for name in shown]]
        for scenario, (unit, told) in product(SCENARIOS, UNITS.items())
        if (unit in ALWAYS or scenario.slow)
        and any(measure.unit == unit and measure.scenario == scenario.name for measure in medians)
    ]
    return table(["", *shown], rows)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.3f}"


def judged(medians: Mapping[Measure, float]) -> list[dict[str, Any]]:
    """Return every target whose numbers are there, with what was measured and whether it holds."""
    found: list[dict[str, Any]] = []
    for target in TARGETS:
        if target.measure not in medians or (target.against and target.against not in medians):
            continue
        value = medians[target.measure] / (medians[target.against] if target.against else 1)
        level = "aim" if value <= target.aim else "must" if value <= target.must else "missed"
        found.append(
            {"target": _told(target), "measured": value, "must": target.must, "aim": target.aim, "holds": level}
        )
    return found


def _told(target: Target) -> str:
    ours, other = target.measure, target.against
    if other is None:
        return f"{ours.scenario}: {UNITS[ours.unit]}"
    return f"{ours.scenario} against {other.contestant if other.contestant != ours.contestant else other.scenario}"


def targets_table(targets: Iterable[Mapping[str, Any]]) -> str:
    """Return the targets as a table."""
    rows = [
        [target["target"], f"{target['measured']:.3g}", str(target["must"]), str(target["aim"]), target["holds"]]
        for target in targets
    ]
    return table(["", "measured", "must", "aim", "holds"], rows)


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def about() -> dict[str, Any]:
    """Return what ran where."""
    from sesv2kit import __version__

    return {
        "commit": _commit(),
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": len(CORES),
        "packages": {"sesv2kit": __version__, **{name: version(name) for name in PEERS}},
    }


def record(facts: Mapping[str, Any], medians: Mapping[Measure, float]) -> None:
    """Add a line to the history: what was measured, of which commit, on which machine."""
    line = {
        **facts,
        "medians": {
            f"{measured.scenario}: {measured.unit}: {measured.contestant}": round(value, 3)
            for measured, value in medians.items()
        },
    }
    with HISTORY.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def main() -> None:
    """Run, print the tables, write the JSON; the exit status is not 0 if a target that must hold was missed."""
    names = [scenario.name for scenario in SCENARIOS]
    parser = argparse.ArgumentParser(description="Measure sesv2kit beside its peers.")
    parser.add_argument("json", nargs="?", type=Path, default=Path("build/bench.json"), help="where the numbers go")
    parser.add_argument("--quick", action="store_true", help="one short round, for a first look")
    parser.add_argument("--contestant", action="append", choices=CONTESTANTS, help="only this one (can be repeated)")
    parser.add_argument("--scenario", action="append", choices=names, help="only this one (can be repeated)")
    parser.add_argument("--record", action="store_true", help="add the medians to docs/performance-history.jsonl")
    given = parser.parse_args()
    contestants = given.contestant or CONTESTANTS
    scenarios = [scenario for scenario in SCENARIOS if scenario.name in (given.scenario or names)]

    numbers = run(scenarios, contestants, QUICK if given.quick else FULL)
    medians = {measured: median(values) for measured, values in numbers.items()}
    targets = judged(medians)
    facts = about()
    packages = ", ".join(f"{name} {number}" for name, number in facts["packages"].items())
    machine = f"Python {facts['python']}, {facts['system']}, {facts['cores']} cores"
    print(f"{facts['date']}, commit {facts['commit']}, {machine}\n{packages}\n")
    print(medians_table(medians, contestants), targets_table(targets), sep="\n\n")
    samples = [
        {**vars(measured), "median": medians[measured], "rounds": values} for measured, values in numbers.items()
    ]
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps({"about": facts, "targets": targets, "numbers": samples}, indent=1) + "\n")
    if given.record:
        record(facts, medians)
    if missed := [target["target"] for target in targets if target["holds"] == "missed"]:
        sys.exit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
