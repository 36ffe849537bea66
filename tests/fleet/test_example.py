"""The example that one command starts: two workers, of which some are killed, and everything adds up."""

import importlib.util
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType, SimpleNamespace

import pytest
from support.long_tests import run_by

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "fleet"

at_length = run_by("chaos")

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL"),
    pytest.mark.skipif(not find_spec("psycopg"), reason="needs `pip install psycopg[binary]`"),
    pytest.mark.skipif(not find_spec("starlette"), reason="needs `pip install sesv2kit[local]`"),
]


@pytest.fixture
def servers() -> ModuleType:
    """The module of the example that starts the servers."""
    spec = importlib.util.spec_from_file_location("fleet_servers", FOLDER / "fleet_servers.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def has_servers(servers: ModuleType) -> None:
    """Skip a test whose servers are not installed."""
    if missing := servers.missing_packages():
        pytest.skip(f"needs `apt-get install {' '.join(missing)}`")


@pytest.fixture
def folder(servers: ModuleType) -> Iterator[Path]:
    """An empty folder that other users can reach: root runs PostgreSQL as one of them."""
    with TemporaryDirectory(prefix="example-") as name:
        Path(name).chmod(0o711)
        yield Path(name)
        for left in Path(name).iterdir():  # a test has failed
            servers.end_processes(left)


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start the example, with a folder for what is temporary."""
    return subprocess.Popen(
        [sys.executable, FOLDER / "run.py", *arguments],
        env={**os.environ, "TMPDIR": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def processes_of(folder: Path) -> list[int]:
    """Return the processes that have a folder in their command line or environment."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        try:
            text = (one / "cmdline").read_bytes() + (one / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in text and int(one.name) != os.getpid():
            found.append(int(one.name))
    return found


@pytest.mark.usefixtures("has_servers")
def test_everything_adds_up_and_nothing_is_left(folder: Path) -> None:
    limits = ("--entries=2000", "--workers=2", "--rate=1000", "--batch-size=200", "--once")
    process = start(folder, *limits)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    assert re.search(r"The journal has +2,000 sent\nThe account counts +2,000 sent\nThe inbox has +2,000 recip", out)
    assert "Nothing is lost, and nothing was sent twice." in out
    assert (list(folder.iterdir()), processes_of(folder)) == ([], [])


@at_length
@pytest.mark.usefixtures("has_servers")
def test_everything_adds_up_though_workers_are_killed(folder: Path) -> None:
    process = start(folder, "--entries=20000", "--rate=500", "--kill", "--once")
    out, err = process.communicate(timeout=1200)
    assert process.returncode == 0, out + err
    assert "Nothing is lost, and nothing was sent twice." in out
    assert int(re.search(r"workers killed +(\d+)", out)[1]) > 3  # type: ignore[index]
    assert (list(folder.iterdir()), processes_of(folder)) == ([], [])


def wait_for(process: "subprocess.Popen[str]", folder: Path, file: str, *, size: int = 0) -> None:
    """Wait until the example has made a file, and written some bytes into it."""
    deadline = time.monotonic() + 120
    while not [found for found in folder.glob(f"*/{file}") if found.stat().st_size >= size]:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.usefixtures("has_servers")
@pytest.mark.parametrize(
    ("file", "number"),
    [
        ("owner.lock", signal.SIGTERM),
        pytest.param("postgresql/data", signal.SIGINT, marks=at_length),
        pytest.param("postgresql.pid", signal.SIGHUP, marks=at_length),
        pytest.param("redis.pid", signal.SIGINT, marks=at_length),
        pytest.param("ses.pid", signal.SIGTERM, marks=at_length),
        pytest.param("worker1.pid", signal.SIGINT, marks=at_length),
    ],
)
def test_a_signal_at_any_moment_stops_and_removes_everything(folder: Path, file: str, number: signal.Signals) -> None:
    process = start(folder, "--entries=100", "--workers=2", "--rate=1", "--once")
    wait_for(process, folder, file)
    process.send_signal(number)
    process.send_signal(number)  # somebody who is impatient
    out, err = process.communicate(timeout=120)
    assert (process.returncode, "Everything is stopped and removed." in out) == (130, True), out + err
    assert "Traceback" not in err
    assert (list(folder.iterdir()), processes_of(folder)) == ([], [])


@at_length
@pytest.mark.usefixtures("has_servers")
def test_the_next_start_ends_what_a_killed_one_has_left(folder: Path) -> None:
    process = start(folder, "--entries=100", "--workers=2", "--rate=1", "--once")
    wait_for(process, folder, "worker2.pid", size=1)
    (first,) = folder.iterdir()
    process.kill()
    process.communicate(timeout=120)
    assert len(processes_of(folder)) > 3  # some servers overwrite their environment with their title
    process = start(folder, "--entries=10", "--workers=1", "--rate=10", "--once")
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    assert f"Removed {first} of a start that was killed: 5 processes ended" in out.replace("\n", "")
    assert (list(folder.iterdir()), processes_of(folder)) == ([], [])


PROCESSES = """
import os, signal, sys, time
import fleet_servers

fleet_servers._END_PATIENCE = 0.5
stubborn = "trap '' TERM; echo; sleep 1000 & wait; wait"
with fleet_servers.own_folder() as folder:
    fleet_servers.Process("willing", ["sleep", "1000"], folder / "willing.log")
    fleet_servers.Process("stubborn", ["sh", "-c", stubborn], folder / "stubborn.log")
    fleet_servers.Process("done", ["true"], folder / "done.log").process.wait()
    while not (folder / "stubborn.log").read_text():
        time.sleep(0.01)
    if "--kill" in sys.argv:
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("is_killed", [False, True])
def test_processes_end_with_the_program_or_at_the_next_start(
    servers: ModuleType, monkeypatch: pytest.MonkeyPatch, folder: Path, is_killed: bool
) -> None:
    line = [sys.executable, "-c", PROCESSES, *(["--kill"] if is_killed else [])]
    environment = {**os.environ, "PYTHONPATH": str(FOLDER), "TMPDIR": str(folder)}
    done = subprocess.run(line, env=environment, check=False, timeout=60)
    assert done.returncode == (-signal.SIGKILL if is_killed else 0)
    assert len(processes_of(folder)) == (3 if is_killed else 0)  # the stubborn one has a child

    monkeypatch.setattr(servers, "_END_PATIENCE", 0.5)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    new = folder / "sesv2kit-fleet-new"  # another program is about to lock it
    new.mkdir()
    lines: list[str] = []
    with servers.own_folder() as running:
        servers.end_what_is_left(lines.append)
        assert {*folder.iterdir()} == {new, running}
    assert processes_of(folder) == []
    assert [text.endswith("of a start that was killed: 2 processes ended") for text in lines] == [True] * is_killed


@pytest.mark.parametrize(("killed", "is_said"), [(None, False), (0, True), (3, False)])
def test_the_report_notes_that_no_worker_was_killed(
    monkeypatch: pytest.MonkeyPatch, killed: int | None, is_said: bool
) -> None:
    for needed in ("celery", "redis", "rich"):
        pytest.importorskip(needed)
    monkeypatch.syspath_prepend(str(FOLDER))
    handler = signal.getsignal(signal.SIGINT)
    try:
        run = importlib.import_module("run")
    finally:
        signal.signal(signal.SIGINT, handler)
        for name in ("run", "fleet_servers"):
            sys.modules.pop(name, None)
    names = ("entries", "batches", "sent", "failed", "unknown", "skipped", "takeovers")
    with run.screen.capture() as printed:
        run.show_report(SimpleNamespace(status="finished", **dict.fromkeys(names, 0)), killed)
    assert ("No worker was killed: the mailing was over before" in printed.get()) == is_said


def test_what_is_missing_is_named_with_the_command(servers: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "postgresql_programs", lambda: None)
    monkeypatch.setattr(servers.os, "geteuid", lambda: 1000)
    with pytest.raises(servers.Problem, match="sudo apt-get install --yes --no-install-recommends postgresql"):
        servers.install_packages(print)


def test_packages_are_installed_without_servers_of_the_machine(
    servers: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two files keep the packages from starting servers; they are there for as long as that takes."""
    cluster, start_up = tmp_path / "createcluster.d" / "no.conf", tmp_path / "policy-rc.d"
    monkeypatch.setattr(servers, "_NO_CLUSTER", cluster)
    monkeypatch.setattr(servers, "_NO_START", start_up)
    found = [["postgresql"], []]
    monkeypatch.setattr(servers, "missing_packages", lambda: found.pop(0))
    monkeypatch.setattr(servers.os, "geteuid", lambda: 0)
    monkeypatch.setattr(servers.shutil, "which", lambda _: "/usr/bin/apt-get")
    ran: list[tuple[list[str], bool, bool]] = []

    def run(command: list[str], **_settings: object) -> "subprocess.CompletedProcess[str]":
        ran.append((command[:2], cluster.exists(), start_up.exists()))
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(servers.subprocess, "run", run)
    servers.install_packages(lambda _: None)
    assert ran == [(["apt-get", "update"], True, True), (["apt-get", "install"], True, True)]
    assert not any(path.exists() for path in (cluster, cluster.parent, start_up))
