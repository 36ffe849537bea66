"""A worker without an engine: `Mailing.work`."""

import threading
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest

from sesv2kit.fleet import BatchReport, Mailing
from sesv2kit.testing import FakeSES


def test_it_sends_all_batches_and_reports_each(fake: FakeSES, make: Callable[..., Mailing]) -> None:
    july = make()
    july.enrol(map(str, range(250)))
    done: list[BatchReport] = []
    report = july.work(on_batch=done.append)
    assert (report.status, report.sent) == ("finished", 250)
    assert [(one.number, one.state, one.sent) for one in done] == [(0, "done", 100), (1, "done", 100), (2, "done", 50)]
    assert max(Counter(sent.to[0] for sent in fake.outbox).values()) == 1
    assert july.work().status == "finished"
    assert len(fake.outbox) == 250


def test_a_batch_that_another_worker_takes_at_the_same_moment_is_left_to_it(
    make: Callable[..., Mailing], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sesv2kit.fleet import offers

    july, other = make(), make()
    july.enrol(map(str, range(250)))
    take_offer = offers._take_offer
    taken: list[int] = []

    def take(db: object, mailing: int, number: int, *rest: int) -> bool:
        if not taken:  # the other one is a moment faster
            taken.append(number)
            return False
        return take_offer(db, mailing, number, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(offers, "_take_offer", take)
    numbers: list[int] = []
    july.work(on_batch=lambda report: numbers.append(report.number))
    assert (taken, numbers) == ([0], [1, 0, 2])
    assert other.report().sent == 250


def test_the_batches_of_a_worker_that_died_are_sent(make: Callable[..., Mailing]) -> None:
    july = make()
    july.enrol(map(str, range(250)))
    july.send_batch(july.sweep()[0])
    mailing = july.journal.find("july")
    july.journal.take_back(mailing.id, [1, 2])
    assert july.report().lost == 2
    assert make().work().sent == 250


def test_close_ends_the_threads_of_the_requests(make: Callable[..., Mailing]) -> None:
    july = make()
    july.enrol(map(str, range(250)))
    before = {thread for thread in threading.enumerate() if thread.name.startswith("sesv2kit-fleet")}
    assert july.work().sent == 250
    july.close()
    assert {thread for thread in threading.enumerate() if thread.name.startswith("sesv2kit-fleet")} == before


def test_a_lost_batch_that_another_worker_takes_at_the_same_moment_is_left_to_it(
    make: Callable[..., Mailing], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sesv2kit.fleet import offers

    july = make()
    july.enrol(map(str, range(250)))
    mailing = july.journal.find("july")
    july.journal.take_back(mailing.id, july.sweep())
    take_offer, faster = offers._take_offer, [True]
    # The other one is a moment faster with the first of them.
    monkeypatch.setattr(offers, "_take_offer", lambda *given: False if faster and faster.pop() else take_offer(*given))
    assert july.journal.take(mailing.id, 60_000) == 1
    assert july.journal.take(mailing.id, 60_000) == 0


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_a_worker_waits_longer_and_longer_while_the_mailing_is_paused(
    fake: FakeSES, make: Callable[..., Mailing], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr("sesv2kit.fleet.mailing.time", clock)
    july, other = make(), make()
    july.enrol(["1"])
    other.pause()
    times: list[float] = []
    take = july.journal.take

    def take_and_resume(mailing: int, patience: int) -> int | None:
        times.append(clock.now)
        assert len(times) < 100, "it checks again and again"
        if len(times) % 8 == 0:
            other.resume()
        return take(mailing, patience)

    def pause(_done: BatchReport) -> None:
        other.enrol(["2"])
        other.pause()

    monkeypatch.setattr(july.journal, "take", take_and_resume)
    assert july.work(on_batch=pause).status == "finished"
    assert len(fake.outbox) == 2
    waits = [round(after - before, 6) for before, after in pairwise(times[:8])]
    assert waits[0] < 1, "a mailing that was paused for a moment goes on soon"
    assert waits == sorted(waits)
    assert waits[-2:] == [2.0, 2.0]
    assert round(times[9] - times[8], 6) == waits[0], "after a batch it begins again"


def test_a_waiting_worker_stops_at_once(make: Callable[..., Mailing], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr("sesv2kit.fleet.mailing.time", clock)
    july = make()
    july.enrol(["1"])
    july.pause()
    sleeps: list[float] = []

    def sleep(seconds: float) -> None:
        sleeps.append(seconds)
        clock.now += seconds
        if len(sleeps) == 20:
            july.stop_working()

    takes: list[int] = []

    def take(mailing: int, _patience: int) -> None:
        takes.append(mailing)
        assert len(takes) < 100, "it checks again and again"

    monkeypatch.setattr(july.journal, "take", take)
    monkeypatch.setattr(clock, "sleep", sleep)
    assert july.work().pending == 1
    assert len(sleeps) == 20
    assert max(sleeps) <= 0.1


def test_a_worker_ends_when_the_mailing_is_stopped(make: Callable[..., Mailing]) -> None:
    july = make()
    july.enrol(map(str, range(250)))
    report = july.work(on_batch=lambda _done: july.stop("enough"))
    assert (report.status, report.sent, report.pending) == ("stopped", 100, 150)
