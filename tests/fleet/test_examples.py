"""The programs of the documentation, one for each engine, run as their users run them."""

import os
import runpy
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from support.examples import EXAMPLES, environment
from support.fleet import mailing
from support.fleet_brokers import end_group
from support.long_tests import run_by
from support.send_rate import running_redis

from sesv2kit import models
from sesv2kit.testing import FakeSES

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs groups of processes")
COUNT = 1000
PROGRAMS = {
    "fleet_dramatiq": ("dramatiq", "fleet_dramatiq", "--processes=1", "--threads=2"),
    "fleet_rq": ("rq.cli", "worker", "--url={redis}", "--quiet", "mailings"),
}


@pytest.mark.parametrize("program", ["fleet_dramatiq", pytest.param("fleet_rq", marks=run_by("chaos"))])
def test_the_program_of_an_engine_sends_a_mailing(program: str, tmp_path: Path) -> None:
    engine, *arguments = PROGRAMS[program]
    pytest.importorskip(engine.partition(".")[0])
    with FakeSES(region="eu-west-1") as fake, fake.serve() as url, running_redis(tmp_path) as redis:
        content = models.EmailTemplateContent(subject="News for {{name}}", text="There is news.")
        fake.client().create_email_template(template_name="july", template_content=content)
        servers = {"SHOP_REDIS": redis.url, "SHOP_DATABASE": f"sqlite:///{tmp_path / 'journal'}"}
        given = environment(tmp_path, url) | servers | {"PYTHONPATH": os.pathsep.join(sys.path)}

        def run(command: str) -> str:
            line = [sys.executable, str(EXAMPLES / f"{program}.py"), command]
            return subprocess.run(line, env=given, cwd=EXAMPLES, capture_output=True, text=True, check=True).stdout

        assert run("start") == f"{COUNT} are new\n2 batches were handed out\n"
        command = [sys.executable, "-m", engine, *(argument.format(redis=redis.url) for argument in arguments)]
        with (tmp_path / "log").open("wb") as log:
            worker = subprocess.Popen(
                command,
                env=given,
                cwd=EXAMPLES,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        deadline = time.monotonic() + 100
        try:
            with closing(mailing(servers["SHOP_DATABASE"])) as july:
                while july.report().status != "finished":
                    assert time.monotonic() < deadline, (tmp_path / "log").read_text()
                    time.sleep(0.1)
        finally:
            end_group(worker)
        assert "status='finished'" in run("report")
        taken = Counter(recipient for sent in fake.outbox for recipient in sent.to)
        assert taken == {f"user{number}@example.net": 1 for number in range(COUNT)}


@pytest.mark.parametrize("arguments", [(), ("begin",)], ids=repr)
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_without_one_of_its_commands_prints_how_it_is_used(
    program: str,
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip(PROGRAMS[program][0].partition(".")[0])
    monkeypatch.setattr(sys, "argv", [f"{program}.py", *arguments])
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(EXAMPLES / f"{program}.py"), run_name="__main__")
    printed = capsys.readouterr()
    assert (end.value.code, printed.out) == (2, "")
    assert f"usage: {program}.py [-h] {{start,sweep,report}}" in printed.err
