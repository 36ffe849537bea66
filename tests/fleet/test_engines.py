"""Celery and Procrastinate with real workers, some of which are killed."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support.fleet import mailing
from support.fleet_database import Postgres, find_postgresql
from support.send_rate import RedisServer, running_redis

from sesv2kit import models
from sesv2kit.errors import ConfigurationError
from sesv2kit.fleet import LeaseLostError, Mailing, celery, procrastinate
from sesv2kit.testing import FakeSES

COUNT = 3000
HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")


@pytest.fixture
def ses() -> Iterator[tuple[FakeSES, str]]:
    """A service that responds some time after it has sent."""
    with FakeSES(region="eu-west-1") as fake, fake.serve() as url:
        content = models.EmailTemplateContent(subject="News", text="There is news.")
        fake.client().create_email_template(template_name="news", template_content=content)
        fake.faults.on("SendBulkEmail").always().stall(0.02)
        yield fake, url


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A broker."""
    with running_redis(tmp_path) as server:
        yield server


def start(*command: str, **settings: str) -> subprocess.Popen[bytes]:
    """Start a worker, in a group of processes of its own."""
    environment = {**os.environ, **settings, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent), *sys.path])}
    return subprocess.Popen([sys.executable, "-m", *command], env=environment, cwd=HERE, start_new_session=True)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill a worker with its children."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def wait_for(fake: FakeSES, count: int) -> None:
    deadline = time.monotonic() + 120
    while len(fake.outbox) < count:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def wait_until_finished(july: Mailing) -> None:
    deadline = time.monotonic() + 120
    while july.report().status != "finished":
        assert time.monotonic() < deadline, july.report()
        time.sleep(0.2)


def check(fake: FakeSES, july: Mailing) -> None:
    """Compare the journal with what the service has."""
    taken = Counter(recipient for sent in fake.outbox for recipient in sent.to)
    states = Counter(outcome.state for outcome in july.outcomes())
    assert sum(states.values()) == COUNT
    assert set(states) <= {"sent", "unknown"}
    assert max(taken.values()) == 1
    assert states["sent"] <= len(fake.outbox)


@pytest.mark.filterwarnings("default")
def test_workers_of_celery_send_a_mailing(ses: tuple[FakeSES, str], redis_server: RedisServer, tmp_path: Path) -> None:
    fake, url = ses
    database = f"sqlite:///{tmp_path / 'journal'}"
    settings = {"FLEET_BROKER": redis_server.url, "FLEET_DATABASE": database, "FLEET_SES": url}
    command = ("celery", "-A", "celery_app", "worker", "--concurrency=2", "--loglevel=warning", "--pool=prefork")
    with closing(mailing(database, url, batch_size=100)) as july:
        july.enrol(map(str, range(COUNT)))
        beat = start(
            "celery", "-A", "celery_app", "beat", "--loglevel=warning", f"--schedule={tmp_path / 'beat'}", **settings
        )
        worker = start(*command, **settings)
        try:
            wait_for(fake, COUNT // 3)
            kill(worker)
            worker = start(*command, **settings)
            wait_until_finished(july)
        finally:
            kill(worker)
            kill(beat)
        check(fake, july)


@pytest.mark.skipif(not find_postgresql(), reason="needs `apt-get install postgresql`")
def test_workers_of_procrastinate_send_a_mailing(ses: tuple[FakeSES, str]) -> None:
    fake, url = ses
    with Postgres() as server:
        settings = {"FLEET_BROKER": server.url, "FLEET_DATABASE": server.url, "FLEET_SES": url}
        program = ("procrastinate", "--app=procrastinate_app.app")
        assert start(*program, "schema", "--apply", **settings).wait() == 0
        command = (*program, "worker", "--concurrency=2")
        with closing(mailing(server.url, url, batch_size=100)) as july:
            july.enrol(map(str, range(COUNT)))
            workers = [start(*command, **settings) for _ in range(2)]
            try:
                wait_for(fake, COUNT // 3)
                kill(workers.pop())
                workers.append(start(*command, **settings))
                wait_until_finished(july)
            finally:
                for worker in workers:
                    kill(worker)
            check(fake, july)


@pytest.mark.skipif(not find_postgresql(), reason="needs `apt-get install postgresql`")
def test_a_sweep_outside_of_a_worker_opens_the_application_of_procrastinate(tmp_path: Path) -> None:
    from procrastinate import App, PsycopgConnector

    with Postgres() as server, closing(mailing(f"sqlite:///{tmp_path / 'journal'}", batch_size=10)) as july:
        app = App(connector=PsycopgConnector(conninfo=server.url.replace("+psycopg", "")))
        with app.open():
            app.schema_manager.apply_schema()
        procrastinate.install(app, [july])
        july.enrol(map(str, range(20)))
        assert july.sweep() == [0, 1]
        with app.open():
            july.enrol(map(str, range(20, 40)))
            july.sweep()
            jobs = app.job_manager.list_jobs()
        assert [job.task_kwargs["number"] for job in jobs][:2] == [0, 1]


def test_two_mailings_of_one_name_are_refused(tmp_path: Path) -> None:
    from celery import Celery

    july = mailing(f"sqlite:///{tmp_path / 'journal'}")
    with pytest.raises(ConfigurationError, match="two mailings"):
        celery.install(Celery("tests"), [july, july])
    with pytest.raises(ConfigurationError, match="sweep_every"):
        celery.install(Celery("tests"), [july], sweep_every=0)


def test_celery_is_set_up_for_batches(tmp_path: Path) -> None:
    from celery import Celery

    app = Celery("tests", broker="memory://")
    july = mailing(f"sqlite:///{tmp_path / 'journal'}")
    celery.install(app, [july], queue="mail")
    task = app.tasks[celery.SEND_BATCH]
    assert (task.acks_late, task.reject_on_worker_lost, task.ignore_result) == (True, True, True)
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.beat_schedule["sesv2kit-sweep-july"]["args"] == ("july",)
    assert procrastinate.SEND_BATCH == celery.SEND_BATCH


def test_the_tasks_of_celery_send_and_sweep_and_a_lost_lease_does_not_fail_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from celery import Celery

    app = Celery("tests", broker="memory://")
    july = mailing(f"sqlite:///{tmp_path / 'journal'}")
    celery.install(app, [july])
    done: list[object] = []
    monkeypatch.setattr(july, "send_batch", done.append)
    monkeypatch.setattr(july, "sweep", lambda: done.append("swept"))
    app.tasks[celery.SEND_BATCH]("july", 7)
    app.tasks[celery.SWEEP]("july")
    assert done == [7, "swept"]
    monkeypatch.setattr(july, "send_batch", lose_lease)
    app.tasks[celery.SEND_BATCH]("july", 7)
    assert "batch 7 was taken over" in caplog.text


def lose_lease(number: int) -> None:
    raise LeaseLostError(f"batch {number} was taken over")


def test_the_tasks_of_procrastinate_send_and_sweep_and_a_lost_lease_does_not_fail_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from procrastinate import App
    from procrastinate.testing import InMemoryConnector

    connector = InMemoryConnector()
    app = App(connector=connector)
    july = mailing(f"sqlite:///{tmp_path / 'journal'}")
    procrastinate.install(app, [july], queue="mail")
    done: list[object] = []
    monkeypatch.setattr(july, "send_batch", done.append)
    monkeypatch.setattr(july, "sweep", lambda: done.append("swept"))
    app.tasks[procrastinate.SEND_BATCH](name="july", number=7)
    app.tasks[procrastinate.SWEEP](timestamp=0)
    assert done == [7, "swept"]
    monkeypatch.setattr(july, "send_batch", lose_lease)
    app.tasks[procrastinate.SEND_BATCH](name="july", number=7)
    assert "batch 7 was taken over" in caplog.text
    assert july.dispatch is not None
    july.dispatch(3)
    (job,) = connector.jobs.values()
    assert (job["task_name"], job["args"], job["queue_name"]) == (
        procrastinate.SEND_BATCH,
        {"name": "july", "number": 3},
        "mail",
    )
