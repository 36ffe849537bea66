"""Stopping a mailing: by `stop`, by a signal, by a share of failures, by a limit."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import anyio
import pytest
from support.bulk import CLIENT, SETTINGS, Send, address, entries, entry
from support.bulk_server import Behaviour, BulkServer
from support.interruption import Interrupted, Interruption, interrupt

from sesv2kit import AsyncSESv2Client, SESv2Client, errors
from sesv2kit._core import callbacks
from sesv2kit.bulk import AsyncBulkSender, BulkItem, BulkSender, BulkStoppedError, Outcome, Report, drivers

pytestmark = pytest.mark.anyio


Sender = BulkSender | AsyncBulkSender


def endless() -> Iterator[Any]:
    """Yield entries without end."""
    number = 0
    while True:
        yield entry(number)
        number += 1


class Stopped:
    """Runs an endless mailing, and has it stopped while its second request is under way."""

    def __init__(self, server: BulkServer, stop: Callable[[Sender], object], *signals: int) -> None:
        self.server = server
        self.stop = stop
        self.signals = signals
        self.outcomes: list[Outcome] = []
        self.sender: Sender | None = None
        server.decide = self.decide

    def decide(self, _addresses: list[str]) -> Behaviour:
        """Have the run stopped, and respond only then."""
        if len(self.server.requests) == 2 and self.sender:
            self.stop(self.sender)
        return Behaviour()

    async def run(self, kind: str) -> None:
        """Run the mailing to its end."""
        settings = {**SETTINGS, "max_in_flight": 1}
        if kind == "sync":
            with SESv2Client(**CLIENT, endpoint_url=self.server.url) as ses:
                sender = self.sender = BulkSender(ses, **settings)
                with sender.stop_on_signals(*self.signals):
                    self.outcomes += sender.send(endless())
            return
        async with AsyncSESv2Client(**CLIENT, endpoint_url=self.server.url) as async_ses:
            async_sender = self.sender = AsyncBulkSender(async_ses, **settings)
            with async_sender.stop_on_signals(*self.signals):
                async for outcome in async_sender.send(endless()):
                    self.outcomes.append(outcome)


async def test_stop_from_another_thread_begins_nothing_more_and_yields_what_is_under_way(
    server: BulkServer, kind: str
) -> None:
    mailing = Stopped(server, lambda sender: sender.stop())
    with pytest.raises(BulkStoppedError) as caught:
        await mailing.run(kind)
    assert str(caught.value.reason) == "stop() was called"
    assert [outcome.index for outcome in mailing.outcomes] == list(range(100))
    assert len(server.requests) == 2
    untouched = [item.entry for item in caught.value.untouched]
    assert untouched == [entry(number) for number in range(100, 100 + len(untouched))]
    assert mailing.sender
    assert mailing.sender.report.finished


@pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGUSR1])
async def test_a_signal_stops_a_run_and_its_outcomes_are_yielded(
    server: BulkServer, kind: str, number: signal.Signals
) -> None:
    before = signal.getsignal(number)
    signals = (number,) if number == signal.SIGUSR1 else ()
    mailing = Stopped(server, lambda _sender: os.kill(os.getpid(), number), *signals)
    with pytest.raises(BulkStoppedError, match=r"stop\(\) was called"):
        await mailing.run(kind)
    assert signal.getsignal(number) is before
    assert [outcome.index for outcome in mailing.outcomes] == list(range(100))


@pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")
async def test_a_signal_ends_a_wait_for_the_quota(server: BulkServer, kind: str) -> None:
    server.quota = {"Max24HourSend": 200, "MaxSendRate": 14, "SentLast24Hours": 200}
    settings: dict[str, Any] = {**SETTINGS, "on_quota": "wait"}
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM))  # nothing else happens for five minutes

    async def run() -> None:
        if kind == "sync":
            with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
                sender = BulkSender(ses, **settings)
                with sender.stop_on_signals():
                    timer.start()
                    list(sender.send(entries(3)))
        async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as async_ses:
            async_sender = AsyncBulkSender(async_ses, **settings)
            with async_sender.stop_on_signals(), anyio.fail_after(20):
                timer.start()
                async for _outcome in async_sender.send(entries(3)):
                    pass

    with pytest.raises(BulkStoppedError, match=r"stop\(\) was called") as caught:
        await run()
    timer.join()
    assert len(caught.value.untouched) == 3


@pytest.mark.parametrize("wrong", ["SIGINT", None, 0, 10**9, *([signal.SIGKILL] if os.name == "posix" else [])])
def test_a_signal_that_cannot_be_handled_is_refused_and_the_others_are_as_before(wrong: Any) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with SESv2Client(**CLIENT) as ses:
        sender = BulkSender(ses, **SETTINGS)
        context = sender.stop_on_signals(signal.SIGTERM, wrong)
        with pytest.raises(errors.ConfigurationError, match="can't be handled"):
            context.__enter__()
    assert signal.getsignal(signal.SIGTERM) is before


def press_ctrl_c(sender: BulkSender, outcomes: list[Outcome], count: int) -> None:
    """Run a mailing without end, and press Ctrl-C at each of the first outcomes."""
    for outcome in sender.send(endless()):
        outcomes.append(outcome)
        if len(outcomes) <= count:
            signal.raise_signal(signal.SIGINT)


@pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")
def test_the_second_ctrl_c_does_what_it_always_does(server: BulkServer) -> None:
    outcomes: list[Outcome] = []
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = BulkSender(ses, **SETTINGS, max_in_flight=2)
        with sender.stop_on_signals(), pytest.raises(KeyboardInterrupt):
            press_ctrl_c(sender, outcomes, 2)
    assert len(outcomes) == 2
    assert len(outcomes) + len(sender.unread) == sender.report.settled
    assert sum(server.taken.values()) == sender.report.sent


def test_ctrl_c_before_a_run_and_after_it_does_what_it_always_does(server: BulkServer) -> None:
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = BulkSender(ses, **SETTINGS)
        for sent in (0, 3):
            with sender.stop_on_signals():
                assert len(list(sender.send(entries(sent)))) == sent
                with pytest.raises(KeyboardInterrupt):
                    signal.raise_signal(signal.SIGINT)


def test_ctrl_c_without_a_journal_leaves_every_outcome(server: BulkServer) -> None:
    read: list[Outcome] = []
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = BulkSender(ses, **SETTINGS, max_in_flight=3)
        with pytest.raises(KeyboardInterrupt):
            press_ctrl_c(sender, read, 1)
    told = {address(outcome.index): outcome.state for outcome in [*read, *sender.unread]}
    assert told == dict.fromkeys(server.taken, "sent")
    assert len(told) == sender.report.sent
    assert sender.report.finished


def test_ctrl_c_in_a_source_that_is_read_where_it_is_leaves_every_outcome(server: BulkServer) -> None:
    def interrupted() -> Iterator[Any]:
        yield from entries(100)
        ended = threading.Event()
        while sum(server.taken.values()) < 50:
            ended.wait(0.01)
        ended.wait(0.3)  # the response comes meanwhile; the run takes it, and is back here at once
        yield entry(100)
        signal.raise_signal(signal.SIGINT)

    read: list[Outcome] = []
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = BulkSender(ses, **SETTINGS, max_in_flight=1, read_ahead=False)
        with pytest.raises(KeyboardInterrupt):
            read.extend(sender.send(interrupted()))
    found = {address(outcome.index): outcome.state for outcome in [*read, *sender.unread]}
    assert found == dict.fromkeys(server.taken, "sent")
    assert sender.report.in_flight == 0


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it may come as a generator is closed
@pytest.mark.parametrize("first", range(5))
def test_ctrl_c_at_any_moment_of_a_run_loses_no_outcome(server: BulkServer, first: int) -> None:
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        for moment in count(first, 35):
            server.taken.clear()
            sender = BulkSender(ses, **SETTINGS, max_in_flight=1)
            interruption = Interruption(moment, interrupt, Path(drivers.__file__).parent)
            seen: list[Outcome] = []
            sys.setprofile(interruption)
            try:
                for outcome in sender.send(entries(3)):
                    seen.append(outcome)  # noqa: PERF402 -- an interrupted extend would lose the last one
            except Interrupted:
                pass
            finally:
                sys.setprofile(None)
            sent = [address(outcome.index) for outcome in (*seen, *sender.unread) if outcome.state == "sent"]
            assert sorted(sent) == sorted(server.taken.elements()), moment
            if not interruption.happened:
                break
    assert moment > 300


def test_ctrl_c_right_after_a_journal_was_opened_closes_it(server: BulkServer, tmp_path: Path) -> None:
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        for moment in count():
            sender = BulkSender(ses, **SETTINGS, journal=tmp_path / f"journal{moment}")
            interruption = Interruption(moment, interrupt, Path(callbacks.__file__))
            sys.setprofile(interruption)
            try:
                next(sender.send([]), None)
            except Interrupted as error:
                caught = error  # its frames hold the journal
                assert [outcome.state for outcome in sender.send(entries(1))] == ["sent"], caught
            finally:
                sys.setprofile(None)
            if not interruption.happened:
                break
    assert moment > 10


def test_stop_without_a_run_does_nothing(server: BulkServer) -> None:
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        sender = BulkSender(ses, **SETTINGS)
        sender.stop()
        assert len(list(sender.send(entries(3)))) == 3
        sender.stop()


async def test_a_run_stops_when_too_many_entries_fail(server: BulkServer, send: Send) -> None:
    server.decide = lambda _addresses: Behaviour(("MESSAGE_REJECTED",) * 5)
    mailing = await send(endless(), stop_when=0.1, max_in_flight=1)
    assert isinstance(mailing.error, BulkStoppedError)
    assert "10 of 100 entries failed" in str(mailing.error.reason)
    assert len(server.requests) == 2
    assert (await send(entries(300), stop_when=0.11)).error is None


async def test_a_share_of_failures_leaves_out_those_of_earlier_runs(
    server: BulkServer, send: Send, tmp_path: Any
) -> None:
    server.decide = lambda _addresses: Behaviour(("MESSAGE_REJECTED",) * 50)
    await send(entries(90), journal=tmp_path / "journal")
    server.decide = lambda _addresses: Behaviour()
    assert (await send(entries(300), stop_when=0.1, journal=tmp_path / "journal")).error is None


async def test_a_run_stops_when_a_function_of_the_report_returns_true(server: BulkServer, send: Send) -> None:
    bounces = 0

    def too_many(report: Report) -> str | None:
        nonlocal bounces
        bounces += 7
        return f"{bounces} bounces of {report.sent}" if bounces > 10 else None

    mailing = await send(endless(), stop_when=too_many, max_in_flight=1)
    assert isinstance(mailing.error, BulkStoppedError)
    assert str(mailing.error.reason) == "14 bounces of 100"
    assert len(server.requests) == 2


async def test_a_limit_bounds_what_a_run_sends_and_the_source_is_read_no_further(
    server: BulkServer, send: Send, tmp_path: Any
) -> None:
    source = (BulkItem(entry(number), key=str(number)) for number in range(200))
    first = await send(source, limit=70, journal=tmp_path / "journal")
    assert (first.error, first.report.sent, first.report.limit_reached) == (None, 70, True)
    assert next(source).key == "70"
    again = (BulkItem(entry(number), key=str(number)) for number in range(100))
    second = await send(again, limit=70, journal=tmp_path / "journal")
    assert (second.error, second.report.sent, second.report.limit_reached) == (None, 100, False)
    assert server.taken == dict.fromkeys(map(address, range(100)), 1)


async def test_an_error_in_the_callback_leaves_a_right_report_and_every_outcome(server: BulkServer, send: Send) -> None:
    server.decide = lambda addresses: Behaviour(seconds=0.0 if address(0) in addresses else 0.1)

    def broken(report: Report) -> None:
        seen.append(report)
        raise ZeroDivisionError

    seen: list[Report] = []
    mailing = await send(endless(), max_in_flight=3, on_progress=broken)
    assert isinstance(mailing.error, ZeroDivisionError)
    report = mailing.report
    assert (report.sent, report.in_flight, report.finished) == (sum(server.taken.values()), 0, True)
    assert len(seen) == 1
