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
from types import ModuleType

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
def folder() -> Iterator[Path]:
    """An empty folder that other users can reach: root runs PostgreSQL as one of them."""
    with TemporaryDirectory(prefix="example-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


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


@at_length
@pytest.mark.usefixtures("has_servers")
def test_ctrl_c_stops_and_removes_everything(folder: Path) -> None:
    process = start(folder, "--entries=100", "--workers=1", "--rate=1", "--once")
    deadline = time.monotonic() + 120
    while not list(folder.glob("*/worker1.log")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, "Everything is stopped and removed." in out) == (130, True), out + err
    assert "Traceback" not in err
    assert (list(folder.iterdir()), processes_of(folder)) == ([], [])


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
