"""`sesv2kit fleet`: mailings of a module are started, watched, paused, settled, and sent without an engine."""

import csv
import io
import json
import logging
import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from support.cli import Shell, start
from support.fleet_database import databases

from sesv2kit import models
from sesv2kit.cli import fleet_views, progress
from sesv2kit.fleet import BatchReport, MailingReport
from sesv2kit.testing import FakeSES

if TYPE_CHECKING:
    from sesv2kit.fleet import Mailing

if not find_spec("sqlalchemy"):
    pytest.skip('needs `pip install "sesv2kit[fleet]"`', allow_module_level=True)

MODULE = """
from sesv2kit import SendRate, SESv2Client, compose
from sesv2kit.bulk import BulkItem
from sesv2kit.fleet import Mailing, SharedJournal

def entries_for(keys):
    return [BulkItem(compose.bulk_entry(to=f"user{{key}}@example.net"), key) for key in keys if key != "gone"]

july = Mailing(
    "july",
    journal=SharedJournal({database!r}, require_durable=False, patience={patience}),
    entries=entries_for,
    client=SESv2Client,
    from_email_address="shop@example.com",
    default_content=compose.bulk_content("july"),
    send_rate=SendRate(100_000.0),
    batch_size=100,
    lease=2.0,
)
other = 3
{more}
"""
PLACE = "shop_mailing:july"
COUNT = 250


@pytest.fixture(autouse=True)
def modules(fake: FakeSES, url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A template; and modules of a test are forgotten after it."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    before = set(sys.modules)
    with fake.client() as ses:
        content = models.EmailTemplateContent(subject="News", text="There is news.")
        ses.create_email_template(template_name="july", template_content=content)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("shop_"):
            del sys.modules[name]


@pytest.fixture
def define(tmp_path: Path) -> Callable[..., None]:
    """Write the module of a mailing."""

    def write(database: str | None = None, more: str = "", name: str = "shop_mailing", patience: float = 60.0) -> None:
        url = database or f"sqlite:///{tmp_path / 'journal'}"
        Path(f"{name}.py").write_text(MODULE.format(database=url, more=more, patience=patience))

    return write


def july() -> "closing[Mailing]":
    """Return the mailing of the module, which is closed at the end of a block."""
    one: Mailing = import_module("shop_mailing").july
    return closing(one)


def enrol(count: int = COUNT, *, sends: int = 0) -> None:
    """Take in keys, and send some batches."""
    sys.path.insert(0, str(Path.cwd()))
    with july() as one:
        one.enrol(map(str, range(count)))
        for number in range(sends):
            one.sweep()
            one.send_batch(number)


def keys_of(count: int) -> Path:
    """Return a file of keys."""
    file = Path("keys.txt")
    file.write_text("".join(f"{key}\n" for key in range(count)) + "\n")
    return file


# Sending -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("database", databases()[:2])
def test_a_mailing_is_enrolled_sent_and_written_without_an_engine(
    shell: Shell, define: Callable[..., None], tmp_path: Path, database: Callable[..., Iterator[str]]
) -> None:
    with database(tmp_path) as url:  # type: ignore[attr-defined]
        define(url)
        done = shell("fleet", "start", PLACE, "--keys", keys_of(COUNT), "--work")
        assert done.code == 0, done
        assert [text.partition(",")[0] for text in done.out.splitlines()[:4]] == [
            "250 new keys were enrolled.",
            "batch 0 done: 100 sent",
            "batch 1 done: 100 sent",
            "batch 2 done: 50 sent",
        ]
        assert "Status     finished" in done.out
        assert Counter(mail.to[0] for mail in shell.fake.outbox) == {f"user{n}@example.net": 1 for n in range(COUNT)}

        report = json.loads(shell.ok("fleet", "status", PLACE, "--json"))
        assert (report["status"], report["sent"], report["settled"], report["seconds_left"]) == (
            "finished",
            250,
            250,
            0,
        )
        rows = [*csv.DictReader(io.StringIO(shell.ok("fleet", "outcomes", PLACE)))]
        ids = {mail.to[0]: mail.message_id for mail in shell.fake.outbox}
        assert [row["key"] for row in rows] == [str(key) for key in range(COUNT)]
        assert all((row["state"], row["message_id"]) == ("sent", ids[f"user{row['key']}@example.net"]) for row in rows)

        # It is over: the same command sends nothing again.
        assert shell("fleet", "start", PLACE, "--keys", "keys.txt", "--work").code == 0
        assert len(shell.fake.outbox) == COUNT


def test_several_processes_send_one_mailing_though_one_is_killed(
    fake: FakeSES, shell: Shell, define: Callable[..., None]
) -> None:
    define()
    enrol(1000)
    fake.faults.on("SendBulkEmail").always().stall(0.02)
    processes = [start(["fleet", "start", PLACE, "--work"]) for _ in range(2)]
    deadline = time.monotonic() + 120
    while len(fake.outbox) < 300:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    processes[0].kill()
    processes[0].communicate()
    ends = [(process.communicate(timeout=120), process.returncode) for process in processes[1:]]
    with july() as one:
        report = one.report()
    assert report.status == "finished"
    assert report.sent + report.unknown == 1000
    assert max(Counter(mail.to[0] for mail in fake.outbox).values()) == 1
    assert all(code == (5 if report.unknown else 0) for _, code in ends), ends
    assert all("batch" in out for (out, _), _ in ends)


@pytest.mark.skipif(os.name != "posix", reason="needs SIGINT")
def test_ctrl_c_gives_the_batches_back_and_nothing_is_unknown(
    fake: FakeSES, shell: Shell, define: Callable[..., None]
) -> None:
    define()
    enrol(1000)
    fake.faults.on("SendBulkEmail").always().stall(0.02)
    process = start(["fleet", "start", PLACE, "--work"])
    deadline = time.monotonic() + 120
    while len(fake.outbox) < 150:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Nobody works on it" not in out
    assert "BulkStoppedError" not in err
    assert err.splitlines()[-2:] == ["Nothing is lost. This command goes on:", f"  sesv2kit fleet start {PLACE} --work"]
    with july() as one:
        report = one.report()
        assert (report.status, report.active, report.unknown, report.in_flight) == ("running", 0, 0, 0)
        assert 0 < report.sent < 1000
        assert report.sent == len(fake.outbox)
    assert shell("fleet", "start", PLACE, "--work").code == 0
    assert Counter(mail.to[0] for mail in fake.outbox) == {f"user{n}@example.net": 1 for n in range(1000)}


def test_a_worker_waits_while_the_mailing_is_paused_and_ends_when_it_is_stopped(
    fake: FakeSES, define: Callable[..., None]
) -> None:
    define()
    enrol(1000)
    fake.faults.on("SendBulkEmail").always().stall(0.02)
    process = start(["fleet", "start", PLACE, "--work"])
    deadline = time.monotonic() + 120
    with july() as one:
        while len(fake.outbox) < 100:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        one.pause()
        while one.report().active:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert process.poll() is None
        one.stop("enough")
        out, _err = process.communicate(timeout=60)
        assert (process.returncode, "Reason     enough" in out) == (1, True)
        assert one.report().sent == len(fake.outbox) < 1000


def test_failed_and_unknown_entries_are_sent_again_on_request(
    fake: FakeSES, shell: Shell, define: Callable[..., None]
) -> None:
    define()
    enrol()
    fake.faults.on("SendBulkEmail").times(1).lose_answer()
    done = shell("fleet", "start", PLACE, "--work")
    assert done.code == 5
    assert f"`sesv2kit fleet settle {PLACE} EVENTS.jsonl`." in done.out
    unknown = shell.ok("fleet", "outcomes", PLACE, "--state", "unknown", "--json").splitlines()
    assert len(unknown) == 50
    assert len(fake.outbox) == COUNT
    done = shell("fleet", "start", PLACE, "--work", "--resend-unknown", "--retry-failed")
    assert done.code == 0, done
    assert "0 failed entries are sent again.\n50 unknown entries are sent again." in done.out
    assert len(fake.outbox) == COUNT + 50


def test_a_key_without_an_entry_is_skipped(shell: Shell, define: Callable[..., None]) -> None:
    define()
    Path("keys.txt").write_text("1\ngone\n2\n")
    done = shell("fleet", "start", PLACE, "--keys", "keys.txt", "--work")
    assert "batch 0 done: 2 sent, 1 skipped, in" in done.out
    assert shell.ok("fleet", "outcomes", PLACE, "--state", "skipped").splitlines() == [
        "key,state,message_id,code,batch",
        "gone,skipped,,,0",
    ]
    text = Path("shop_mailing.py").read_text()
    Path("shop_mailing.py").write_text(text.replace('if key != "gone"', "if True"))
    del sys.modules["shop_mailing"]
    assert shell("fleet", "start", PLACE, "--work").out.startswith("Mailing "), "nobody has asked for it"
    done = shell("fleet", "start", PLACE, "--work", "--retry-skipped")
    assert done.out.splitlines()[0] == "1 skipped entries are looked up again."
    assert done.out.splitlines()[1].startswith("batch 0 done: 3 sent, in")
    assert Counter(mail.to[0] for mail in shell.fake.outbox) == {f"user{n}@example.net": 1 for n in (1, 2, "gone")}


def test_a_lease_that_is_lost_does_not_end_the_work(
    shell: Shell, define: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sesv2kit.fleet import LeaseLostError, Mailing

    define()
    enrol()
    send, lost = Mailing.send_batch, []

    def lose(one: Mailing, number: int) -> BatchReport:
        report = send(one, number)
        if not lost:
            lost.append(number)
            raise LeaseLostError("taken over")
        return report

    monkeypatch.setattr(Mailing, "send_batch", lose)
    done = shell("fleet", "start", PLACE, "--work", "--json")
    assert (done.code, json.loads(done.out)["sent"], lost) == (0, COUNT, [0])


# With an engine ----------------------------------------------------------------------------------

ENGINE = """
from celery import Celery
import sesv2kit.fleet.celery
app = Celery("shop", broker="memory://")
sesv2kit.fleet.celery.install(app, [july])
"""


def test_batches_are_handed_to_the_engine(shell: Shell, define: Callable[..., None]) -> None:
    define(more=ENGINE)
    enrol()
    assert shell.ok("fleet", "start", PLACE) == "3 batches were handed out: 0, 1, 2\n"
    assert shell.ok("fleet", "sweep", PLACE, "--json") == '{"handed_out": []}\n'
    assert shell.ok("fleet", "sweep", PLACE).startswith("Nothing is to be handed out: running: 0/250, ")
    assert "Nobody works on it." in shell.ok("fleet", "status", PLACE)


def test_batches_that_the_engine_does_not_take_are_not_lost(shell: Shell, define: Callable[..., None]) -> None:
    define(more="def refuse(number):\n    raise RuntimeError('no broker')\njuly.dispatch = refuse")
    enrol()
    done = shell("fleet", "sweep", PLACE)
    assert (done.code, done.out) == (3, "")
    assert "the engine did not take the batches: RuntimeError: no broker" in done.err
    with july() as one:
        assert (one.report().lost, one.report().offered) == (3, 0)


def test_errors_of_the_network_are_shown_as_they_are(shell: Shell, define: Callable[..., None]) -> None:
    define(more="def refuse(number):\n    raise ConnectionRefusedError(111, 'refused')\njuly.dispatch = refuse")
    enrol()
    assert (shell("fleet", "sweep", PLACE).code, shell("fleet", "start", PLACE).code) == (2, 2)


def test_a_sweep_of_the_command_line_without_an_engine_is_refused(shell: Shell, define: Callable[..., None]) -> None:
    define()
    enrol()
    for name in ("sweep", "start"):
        done = shell("fleet", name, PLACE)
        assert (done.code, f"sesv2kit fleet start {PLACE} --work" in done.err) == (2, True)
    with july() as one:
        assert one.report().waiting == 3


# Deciding ----------------------------------------------------------------------------------------


def test_a_mailing_is_paused_stopped_and_resumed(
    shell: Shell, define: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    define()
    enrol(sends=1)
    assert shell.ok("fleet", "pause", PLACE) == "july is paused\n"
    assert f"`sesv2kit fleet resume {PLACE}` goes on." in shell.ok("fleet", "status", PLACE)
    assert json.loads(shell.ok("fleet", "stop", PLACE, "--reason", "a typo", "--json"))["status"] == "stopped"
    done = shell("fleet", "status", PLACE)
    assert (done.code, "Reason     a typo" in done.out) == (1, True)
    done = shell("fleet", "start", PLACE, "--work")
    assert (done.code, "the mailing is stopped: a typo" in done.err) == (1, True)
    assert shell.ok("fleet", "resume", PLACE) == "july is running\n"
    assert len(shell.fake.outbox) == 100
    # Python prints the warnings of a log that nobody has set up: they would say the same once more.
    warnings = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert not [text for text in warnings if re.search("paused|stopped|running", text)]


def test_events_settle_what_is_unknown(fake: FakeSES, shell: Shell, define: Callable[..., None]) -> None:
    define()
    enrol()
    fake.faults.on("SendBulkEmail").times(1).lose_answer()
    assert shell("fleet", "start", PLACE, "--work").code == 5
    events = [json.dumps(event.raw, default=str) for mail in fake.outbox for event in mail.events]
    in_envelopes = [json.dumps({"type": "Send", "key": "k", "event": json.loads(text)}) for text in events[:100]]
    Path("tail.jsonl").write_text("\n".join(in_envelopes) + "\n\n")
    Path("events.jsonl").write_text("\n".join([*events[100:], "nothing", '{"a": 1}']))
    done = shell("fleet", "settle", PLACE, "tail.jsonl", "events.jsonl")
    assert done.out == "250 events were read, and 50 entries became sent\n0 entries are unknown\n"
    assert (done.code, done.err.count("events.jsonl, line")) == (2, 2)
    again = json.loads(shell.ok("fleet", "settle", PLACE, "tail.jsonl", "--json"))
    assert (again["events"], again["became_sent"], again["unreadable"], again["sent"]) == (100, 0, 0, COUNT)


def test_unknown_entries_are_decided_by_hand(fake: FakeSES, shell: Shell, define: Callable[..., None]) -> None:
    define()
    enrol()
    fake.faults.on("SendBulkEmail").times(1).lose_answer()
    assert shell("fleet", "start", PLACE, "--work").code == 5
    rows = shell.ok("fleet", "outcomes", PLACE, "--state", "unknown", "--json").splitlines()
    keys = [json.loads(row)["key"] for row in rows]
    Path("sent.txt").write_text("\n".join(keys[:40]))
    Path("failed.txt").write_text("\n".join(keys[40:49]))
    printed = shell.ok("fleet", "settle", PLACE, "--sent", "sent.txt", "--failed", "failed.txt")
    assert printed == "49 unknown entries were decided\n1 entries are unknown\n"
    shell.ok("fleet", "outcomes", PLACE, "--state", "unknown", "--output", "unknown.csv")
    ignored = "0 unknown entries were decided\n2 keys were ignored: no unknown entry has them\n1 entries are unknown\n"
    assert shell.ok("fleet", "settle", PLACE, "--sent", "unknown.csv") == ignored
    report = json.loads(shell.ok("fleet", "settle", PLACE, "--sent", "sent.txt", "--json"))
    assert (report["decided"], report["sent"], report["failed"], report["unknown"]) == (0, 240, 9, 1)
    assert f"`sesv2kit fleet start {PLACE} --retry-failed` sends again" in shell("fleet", "status", PLACE).out
    done = shell("fleet", "settle", PLACE)
    assert (done.code, "give files of events, or --sent or --failed" in done.err) == (2, True)


def test_a_worker_that_alone_cannot_send_raises_an_error(
    shell: Shell, define: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    define()
    enrol()
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    done = shell("fleet", "start", PLACE, "--work")
    assert (done.code, "The mailing was stopped: " in done.err) == (1, True), done
    with july() as one:
        assert (one.report().status, one.report().unknown, one.report().lost) == ("running", 0, 1)


def test_a_worker_that_stops_working_takes_no_batch(define: Callable[..., None]) -> None:
    define()
    enrol()
    with july() as one:
        take = one.journal.take

        def take_and_leave(mailing: int, patience: int) -> int | None:
            number = take(mailing, patience)
            one.stop_working()
            return number

        one.journal.take = take_and_leave  # type: ignore[method-assign]
        report = one.work()
        assert (report.sent, report.lost, report.offered) == (0, 1, 0)
        assert one.work().sent == 0, "it is for good"


def test_events_and_keys_come_from_standard_input_too(
    shell: Shell, define: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    define()
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n2\n"))
    done = shell("fleet", "start", PLACE, "--keys", "-", "--work", "--json")
    assert (done.code, json.loads(done.out)["sent"], done.err) == (0, 2, "2 new keys were enrolled.\n")
    events = [json.dumps(event.raw, default=str) for mail in shell.fake.outbox for event in mail.events]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(events)))
    assert shell.ok("fleet", "settle", PLACE, "-").startswith("2 events were read")


def test_a_failover_is_accepted(shell: Shell, define: Callable[..., None]) -> None:
    define()
    enrol(sends=1)
    assert shell.ok("fleet", "accept-failover", PLACE, "--ahead", "0") == "150 entries became unknown\n"
    assert json.loads(shell.ok("fleet", "accept-failover", PLACE, "--json")) == {"unknown": 0}


# Watching ----------------------------------------------------------------------------------------


def test_a_mailing_is_watched_until_its_end(shell: Shell, define: Callable[..., None]) -> None:
    define()
    enrol(sends=3)
    assert shell.ok("fleet", "status", PLACE, "--watch").startswith("finished: 250/250, ")
    assert len(shell.ok("fleet", "status", PLACE, "--watch", "--json").splitlines()) == 1


def test_the_bar_has_counts_rate_and_workers(
    shell: Shell, define: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    define()
    enrol(sends=1)
    drawn = io.StringIO()
    monkeypatch.setattr(progress, "console", lambda **_: Console(file=drawn, force_terminal=True, width=120))
    done = shell("fleet", "start", PLACE, "--work")
    assert (done.code, "batch 1" in done.out) == (0, False)
    assert "/250" in drawn.getvalue()
    shell.ok("fleet", "status", PLACE, "--watch", "--every", "0.1")
    assert "250/250" in drawn.getvalue()


def test_watching_goes_on_while_the_mailing_does(
    shell: Shell, define: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    define()
    enrol(sends=1)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        with july() as one:
            one.stop("enough")

    monkeypatch.setattr("sesv2kit.cli.fleet.time.sleep", wait)
    done = shell("fleet", "status", PLACE, "--watch", "--every", "7")
    assert (done.code, waits) == (1, [7.0])
    assert [text.partition(":")[0] for text in done.out.splitlines()[:2]] == ["running", "stopped"]


REPORT = MailingReport(
    name="july",
    status="running",
    reason=None,
    entries=1000,
    pending=500,
    in_flight=0,
    sent=490,
    failed=6,
    unknown=4,
    skipped=0,
    batches=10,
    waiting=4,
    offered=0,
    active=1,
    lost=0,
    done=5,
    takeovers=2,
    per_second=50.0,
)


def test_a_report_is_one_line_or_a_table() -> None:
    assert fleet_views.line(REPORT) == "running: 500/1,000, 50/s, 0:00:10 left, 6 failed, 4 unknown, 1 at work"
    table = fleet_views.table(REPORT)
    assert (table["Settled"], table["Batches"], table["Time left"]) == (
        "500 (50.0 %)",
        "10: 5 done, 1 active, 4 waiting",
        "0:00:10",
    )
    assert [*fleet_views.hints(REPORT, PLACE)] == []
    stopped = BatchReport(number=3, state="stopped", sent=50, pending=50, seconds=1.0, reason="quota")
    assert fleet_views.batch_line(stopped) == "batch 3 stopped: 50 sent, 50 pending, in 1.0 seconds: quota"


# Mistakes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("shop_mailing", "a mailing is named as MODULE:NAME, such as shop.mailing:july, not 'shop_mailing'"),
        ("shop_mailing:june", "the module shop_mailing has no june; its mailings are july"),
        ("shop_mailing:other", "shop_mailing:other is a int and not a Mailing; its mailings are july"),
        ("json:tool", "the module json has no tool; it has no mailing of sesv2kit.fleet"),
        ("shop_nowhere:july", "there is no module shop_nowhere; run the command in the folder that it is in"),
        ("json.shop:july", "there is no module json.shop; run"),
        ("shop_import:july", "the module shop_import can't be imported: ModuleNotFoundError: No module named 'absent'"),
        ("shop_error:july", "the module shop_error can't be imported: KeyError: 'DATABASE'"),
    ],
)
def test_a_mailing_that_is_not_there_is_a_clear_error(
    shell: Shell, define: Callable[..., None], place: str, message: str
) -> None:
    define()
    Path("shop_import.py").write_text("import absent\n")
    Path("shop_error.py").write_text("\n{}['DATABASE']\n")
    done = shell("fleet", "status", place)
    assert (done.code, message in done.err) == (2, True), done
    if place == "shop_error:july":
        assert "shop_error.py, line 2" in done.err


def test_a_mailing_with_wrong_arguments_is_a_clear_error(shell: Shell, define: Callable[..., None]) -> None:
    define("mongodb://127.0.0.1/shop")
    done = shell("fleet", "status", PLACE)
    assert (done.code, "the URL of the journal can't be used" in done.err) == (3, True)


def test_a_journal_that_is_not_there_is_not_made(shell: Shell, define: Callable[..., None], tmp_path: Path) -> None:
    define()
    for name in ("status", "sweep", "pause", "start", "outcomes"):
        done = shell("fleet", name, PLACE)
        assert (done.code, f"the journal {tmp_path / 'journal'} is not there" in done.err) == (3, True)
    assert not (tmp_path / "journal").exists()


@pytest.mark.skipif(not find_spec("pymysql"), reason="needs `pip install pymysql`")
def test_a_server_that_is_not_there_is_a_clear_error(shell: Shell, define: Callable[..., None]) -> None:
    define("mysql+pymysql://root:not-shown@127.0.0.1:9/shop", patience=0)
    done = shell("fleet", "status", PLACE)
    assert (done.code, "the journal mysql+pymysql://root:***@127.0.0.1:9/shop can't be used" in done.err) == (3, True)
    assert "not-shown" not in done.err


def test_a_mailing_without_keys_is_not_begun(shell: Shell, define: Callable[..., None]) -> None:
    define()
    enrol(0)
    done = shell("fleet", "start", PLACE, "--work")
    assert (done.code, f"`sesv2kit fleet start {PLACE} --keys FILE`" in done.err) == (2, True)
    assert "No keys are enrolled" in shell.ok("fleet", "status", PLACE)
    with july() as one:
        assert one.work().entries == 0


def test_wrong_files_are_named(shell: Shell, define: Callable[..., None]) -> None:
    define()
    Path("latin").write_bytes(b"gr\xfc\xdfe\n")
    Path("keys.txt").write_text("1\n2\n")
    done = shell("fleet", "start", PLACE, "--keys", "latin")
    assert (done.code, done.err) == (2, "sesv2kit: latin is not in UTF-8\n")
    shell.ok("fleet", "start", PLACE, "--keys", "keys.txt", "--work")
    done = shell("fleet", "settle", PLACE, "keys.txt", "latin")
    assert done.code == 2
    assert "sesv2kit: keys.txt, line 1: there is no SES event in a JSON number\n" in done.err
    Path("events.jsonl").write_text("nonsense\n")
    done = shell("fleet", "settle", PLACE, "events.jsonl")
    assert "sesv2kit: events.jsonl, line 1: is not JSON: Expecting value" in done.err
    done = shell("fleet", "settle", PLACE, "--sent", "keys.txt", "--failed", "keys.txt")
    assert (done.code, done.err) == (2, "sesv2kit: --sent and --failed have 2 keys in common, such as '1'\n")


def test_options_that_do_nothing_are_refused(shell: Shell, define: Callable[..., None]) -> None:
    define()
    done = shell("fleet", "status", PLACE, "--region", "eu-west-1")
    assert (done.code, "are not for fleets" in done.err) == (2, True)
    assert shell("fleet", "outcomes", PLACE, "--state", "lost").code == 2
    assert shell("fleet", "outcomes", PLACE, "--output", "outcomes.txt").code == 2


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_outcomes_are_written_to_a_file(shell: Shell, define: Callable[..., None], suffix: str) -> None:
    define()
    enrol(sends=1)
    file = f"outcomes.{suffix}"
    assert shell.ok("fleet", "outcomes", PLACE, "--output", file) == f"250 entries are in {file}\n"
    lines = Path(file).read_text().splitlines()
    assert len(lines) == (251 if suffix == "csv" else 250)
    assert json.loads(shell.ok("fleet", "outcomes", PLACE, "--state", "in-flight", "--output", file, "--json")) == {
        "entries": 0,
        "file": file,
    }
