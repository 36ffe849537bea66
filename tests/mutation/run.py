"""Change the package in small ways and run the tests: `nox -s mutate`.

A mutant is one wrong change of one line (see `mutants.py`). A test should fail for each; a mutant for which none does
survives. First, the tests of each module run once under coverage, to learn which tests execute which line. Then every
mutant of a sample is written into a copy of the checkout, and the tests that execute its line run until one fails. If
none fails, all tests of the module run: a line that runs once, while a module is loaded or for a value that is kept, is
known to be executed by the first of its tests at best.

Survivors that are equivalent to the code, or that no test should notice, are in `survivors.toml`, each with a reason.
Where a function has several equal lines, `occurrence` says which of them is meant: 1 for the first. Any other survivor
is printed and makes the run fail, and so does a row that fits no mutant, as its line has changed. The sample depends on
the seed and on the text of each mutant alone, so that a change of one function leaves the sample of the others as it
is.

    python tests/mutation/run.py --sample 200 --seed 1 retry serde
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from coverage import CoverageData
from mutants import Mutant, mutants

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SURVIVORS = HERE / "survivors.toml"
Key = tuple[str, str, str, str, int]
"""What a survivor is found by: its file and function, its line before and after, and which of equal ones it is."""
COPIED = ("sesv2kit", "tests", "codegen", "docs", "pyproject.toml", "README.md")
TIMEOUT = 300
"""Seconds after which a mutant counts as noticed, as it made the tests hang; more if all tests take long without it."""


@dataclass(frozen=True)
class Area:
    """Modules of the package and the tests that are about them."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


AREAS: Mapping[str, Area] = {
    "retry": Area(
        ("_call/retry.py",),
        ("tests/unit/test_retries.py", "tests/unit/test_corrections.py", "tests/unit/test_errors.py"),
    ),
    "pipeline": Area(
        ("_call/pipeline.py", "_call/pacing.py", "_call/drivers.py", "_call/shared.py"),
        (
            "tests/bulk/test_sending.py::test_entries_are_unknown_after_an_error_of_a_hook",
            "tests/call",
            "tests/observability",
            "tests/send_rate/test_clients.py",
            "tests/send_rate/test_redis.py::test_processes_that_start_together_call_get_account_once",
            "tests/unit/test_corrections.py",
            "tests/unit/test_errors.py",
            "tests/unit/test_limiter.py",
            "tests/unit/test_retries.py",
            "tests/unit/test_waits.py",
            "tests/waiters",
        ),
    ),
    "pool": Area(
        (
            "_transport/asyncio_pool.py",
            "_transport/connections.py",
            "_transport/http1.py",
            "_transport/parser.py",
            "_transport/pool.py",
            "_transport/slots.py",
        ),
        ("tests/transport", "tests/servers/test_network.py"),
    ),
    "bulk": Area(
        (
            "bulk/checks.py",
            "bulk/drivers.py",
            "bulk/intake.py",
            "bulk/item.py",
            "bulk/pace.py",
            "bulk/patience.py",
            "bulk/queue.py",
            "bulk/report.py",
            "bulk/run.py",
            "bulk/verdict.py",
        ),
        (
            "tests/bulk/test_checks.py",
            "tests/bulk/test_decisions.py",
            "tests/bulk/test_details.py",
            "tests/bulk/test_drivers.py",
            "tests/bulk/test_flow.py",
            "tests/bulk/test_fork.py",
            "tests/bulk/test_journal.py",
            "tests/bulk/test_keys.py",
            "tests/bulk/test_leaving.py",
            "tests/bulk/test_own_journal.py",
            "tests/bulk/test_patience.py",
            "tests/bulk/test_report.py",
            "tests/bulk/test_sending.py",
            "tests/bulk/test_sources.py",
            "tests/bulk/test_stopping.py",
        ),
    ),
    "journal": Area(
        ("bulk/journal.py", "bulk/sqlite.py", "bulk/sqlite_files.py"),
        (
            "tests/bulk/test_flow.py",
            "tests/bulk/test_journal.py",
            "tests/bulk/test_journal_mistakes.py",
            "tests/bulk/test_journal_model.py",
            "tests/bulk/test_own_journal.py",
        ),
    ),
    "fleet": Area(
        (
            "fleet/arguments.py",
            "fleet/batch.py",
            "fleet/enrolment.py",
            "fleet/journal.py",
            "fleet/mailing.py",
            "fleet/offers.py",
            "fleet/outcomes.py",
            "fleet/queries.py",
            "fleet/reports.py",
            "fleet/states.py",
            "fleet/tags.py",
            "fleet/worker.py",
        ),
        (
            "tests/cli/test_fleet.py::test_a_worker_that_stops_working_takes_no_batch",
            "tests/cli/test_fleet.py::test_a_journal_that_is_not_there_is_not_made",
            "tests/cli/test_fleet.py::test_a_lease_that_is_lost_does_not_end_the_work",
            "tests/cli/test_fleet.py::test_a_report_is_one_line_or_a_table",
            "tests/fleet/test_database.py::test_what_two_processes_write_at_the_same_moment_is_all_kept",
            "tests/fleet/test_defaults.py",
            "tests/fleet/test_mailing.py",
            "tests/fleet/test_observed.py",
            "tests/fleet/test_repeated.py",
            "tests/fleet/test_reports.py",
            "tests/fleet/test_working.py",
        ),
    ),
    "blobs": Area(("_core/blobs.py",), ("tests/call/test_large_mails.py",)),
    "operations": Area(
        (
            "testing/_service/constraints.py",
            "testing/_service/exporting.py",
            "testing/_service/importing.py",
            "testing/_service/paging.py",
            "testing/_service/routing.py",
            "testing/_service/operations/account.py",
            "testing/_service/operations/configuration_sets.py",
            "testing/_service/operations/contacts.py",
            "testing/_service/operations/dedicated_ips.py",
            "testing/_service/operations/deliverability.py",
            "testing/_service/operations/endpoints.py",
            "testing/_service/operations/identities.py",
            "testing/_service/operations/insights.py",
            "testing/_service/operations/jobs.py",
            "testing/_service/operations/resources.py",
            "testing/_service/operations/suppression.py",
            "testing/_service/operations/tags.py",
            "testing/_service/operations/templates.py",
            "testing/_service/operations/tenants.py",
        ),
        ("tests/testing/operations", "tests/testing/test_wire.py"),
    ),
    "serde": Area(
        ("_core/serde.py", "_core/compiled.py"),
        (
            "tests/call/test_hostile_responses.py",
            "tests/parity/test_compiled.py",
            "tests/unit/test_errors.py",
            "tests/unit/test_extra_members.py",
            "tests/unit/test_fuzz.py",
            "tests/unit/test_models.py",
            "tests/unit/test_operations.py",
            "tests/unit/test_prose_limits.py",
            "tests/unit/test_small_functions.py",
            "tests/unit/test_validation.py",
        ),
    ),
}
# Much work finds little more in this: a mutant fails early or not at all.
SMALLER = {"SESV2KIT_KILLS": "2", "SESV2KIT_EXAMPLES": "3", "SESV2KIT_MAILS": "100"}


@dataclass(frozen=True)
class Trial:
    """A mutant of a file, and the tests that execute its line."""

    file: str
    mutant: Mutant
    tests: tuple[str, ...]
    all_tests: tuple[str, ...]
    """The tests that are about the file."""
    timeout: float

    @property
    def key(self) -> Key:
        """What a known survivor is found by."""
        return key_of(self.file, self.mutant)


def key_of(file: str, mutant: Mutant) -> Key:
    """Return what a mutant is found by if it is a known survivor."""
    return file, mutant.function, mutant.before, mutant.after, mutant.occurrence


def copy_checkout(folder: Path) -> Path:
    """Copy what the tests need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "_build"))
        else:
            shutil.copy(source, folder)
    return folder


def environment(folder: Path) -> dict[str, str]:
    """Return the environment in which the tests import the copy."""
    return {**os.environ, **SMALLER, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}


PYTEST = ("pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly")


def lines_by_file(folder: Path, area: Area) -> dict[str, dict[int, list[str]]]:
    """Run the tests of an area once; return which tests execute which line of its files."""
    data = folder / ".coverage"
    data.unlink(missing_ok=True)
    files = [f"sesv2kit/{file}" for file in area.files]
    config = folder / "coverage.ini"
    config.write_text("[run]\nbranch = false\n", encoding="utf-8")
    measured = ("-m", "coverage", "run", f"--rcfile={config}", f"--data-file={data}", f"--include={','.join(files)}")
    settings = environment(folder)
    settings["PYTHONPATH"] = os.pathsep.join((str(folder), str(HERE)))
    command = [sys.executable, *measured, "-m", *PYTEST, "-p", "contexts", *area.tests]
    result = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True)
    if result.returncode:
        raise SystemExit(f"the tests fail without a mutant:\n{result.stdout[-3000:]}{result.stderr[-1000:]}")
    read = CoverageData(str(data))
    read.read()
    return {
        file: {
            line: sorted(test for test in tests if test)
            for line, tests in read.contexts_by_lineno(str(folder / path)).items()
        }
        for file, path in zip(area.files, files, strict=True)
    }


def survives(folder: Path, trial: Trial, tests: tuple[str, ...]) -> bool:
    """Return whether tests pass with a mutant in the copy."""
    path = folder / "sesv2kit" / trial.file
    original = path.read_text(encoding="utf-8")
    path.write_text(trial.mutant.source, encoding="utf-8")
    command = [sys.executable, "-m", *PYTEST, *tests]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(trial.timeout) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            os.killpg(process.pid, 9)
            process.wait()
        path.write_text(original, encoding="utf-8")


def trials(folder: Path, area: Area) -> list[Trial]:
    """Return all mutants of an area."""
    started = time.monotonic()
    lines = lines_by_file(folder, area)
    timeout = max(TIMEOUT, 4 * (time.monotonic() - started))
    executed = Counter(test for by_line in lines.values() for tests in by_line.values() for test in tests)
    return [
        # Those that execute the least code come first: they are about it.
        Trial(
            file,
            mutant,
            tuple(sorted(lines[file].get(mutant.line, []), key=executed.__getitem__)),
            area.tests,
            timeout,
        )
        for file in area.files
        for mutant in mutants((folder / "sesv2kit" / file).read_text(encoding="utf-8"))
    ]


def known_survivors() -> dict[Key, str]:
    """Return the reasons of the listed survivors."""
    listed = tomllib.loads(SURVIVORS.read_text(encoding="utf-8")).get("survivor", []) if SURVIVORS.exists() else []
    return {
        (row["file"], row["function"], row["before"], row["after"], row.get("occurrence", 0)): row["reason"]
        for row in listed
    }


def stale(known: Iterable[Key], package: Path) -> list[Key]:
    """Return the rows that fit no mutant of the files of a package."""
    rows = list(known)
    found = {
        key_of(file, mutant)
        for file in {row[0] for row in rows}
        for mutant in mutants((package / file).read_text(encoding="utf-8"))
    }
    return [row for row in rows if row not in found]


def run_all(chosen: Iterable[Trial], folders: Iterable[Path]) -> list[Trial]:
    """Return the mutants that survive; each folder is a copy in which one runs at a time."""
    free: SimpleQueue[Path] = SimpleQueue()
    copies = list(folders)
    for folder in copies:
        free.put(folder)

    def tried(trial: Trial) -> tuple[Trial, bool]:
        folder = free.get()
        try:
            return trial, all(survives(folder, trial, tests) for tests in (trial.tests, trial.all_tests) if tests)
        finally:
            free.put(folder)

    survivors = []
    with ThreadPoolExecutor(len(copies)) as threads:
        for trial, alive in threads.map(tried, chosen):
            print("s" if alive else ".", end="", flush=True)
            if alive:
                survivors.append(trial)
    print()
    return survivors


def show(trial: Trial) -> str:
    """Return a survivor as a row of `survivors.toml`, without its reason."""
    rows: dict[str, str | int] = {"file": trial.file, "function": trial.mutant.function}
    rows |= {"before": trial.mutant.before, "after": trial.mutant.after}
    if trial.mutant.occurrence:
        rows["occurrence"] = trial.mutant.occurrence
    text = "".join(f"{name} = {json.dumps(value)}\n" for name, value in rows.items())
    where = "" if trial.tests else ": no test was seen to execute it"
    return f"# line {trial.mutant.line}{where}\n[[survivor]]\n{text}"


def main() -> int:
    """Run what the command line says; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("areas", nargs="*", default=list(AREAS), help=f"some of {', '.join(AREAS)}; default: all")
    parser.add_argument("--sample", type=int, default=100, help="how many mutants of an area are tried; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--report-only", action="store_true", help="exit with 0 in spite of survivors")
    given = parser.parse_args()
    known, unknown, count = known_survivors(), [], Counter[str]()
    if rows := stale(known, ROOT / "sesv2kit"):
        parser.error("\n".join([f"rows of {SURVIVORS.name} fit no mutant any more:", *map(str, rows)]))
    with tempfile.TemporaryDirectory() as parent:
        folders = [copy_checkout(Path(parent) / str(number)) for number in range(given.processes)]
        for name in given.areas:
            found = trials(folders[0], AREAS[name])
            found.sort(key=lambda trial: trial.mutant.rank(trial.file, given.seed))
            chosen = found[: given.sample] if given.sample else found
            print(f"{name}: {len(chosen)} of {len(found)} mutants ", end="", flush=True)
            alive = run_all(chosen, folders)
            count.update(tried=len(chosen), survived=len(alive))
            unknown += [trial for trial in alive if trial.key not in known]
    print(f"{count['survived']} of {count['tried']} mutants survive, {len(unknown)} of them without a reason")
    for trial in unknown:
        print(f"\n{show(trial)}", end="")
    return int(bool(unknown) and not given.report_only)


if __name__ == "__main__":
    sys.exit(main())
