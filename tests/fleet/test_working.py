"""A worker without an engine: `Mailing.work`."""

import threading
from collections import Counter
from collections.abc import Callable

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


def test_a_batch_that_another_worker_takes_at_the_same_moment_is_passed_over(
    make: Callable[..., Mailing], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sesv2kit.fleet import journal

    july, other = make(), make()
    july.enrol(map(str, range(250)))
    take_offer = journal._take_offer
    taken: list[int] = []

    def take(db: object, mailing: int, number: int, *rest: int) -> bool:
        if not taken:  # the other one is a moment faster
            taken.append(number)
            return False
        return take_offer(db, mailing, number, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "_take_offer", take)
    numbers: list[int] = []
    july.work(on_batch=lambda report: numbers.append(report.number))
    assert (taken, numbers) == ([0], [1, 0, 2])
    assert other.report().sent == 250


def test_it_takes_up_what_a_worker_that_died_had(make: Callable[..., Mailing]) -> None:
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


def test_a_lost_batch_that_another_worker_takes_at_the_same_moment_is_passed_over(
    make: Callable[..., Mailing], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sesv2kit.fleet import journal

    july = make()
    july.enrol(map(str, range(250)))
    mailing = july.journal.find("july")
    july.journal.take_back(mailing.id, july.sweep())
    take_offer, faster = journal._take_offer, [True]
    # The other one is a moment faster with the first of them.
    monkeypatch.setattr(journal, "_take_offer", lambda *given: False if faster and faster.pop() else take_offer(*given))
    assert july.journal.take(mailing.id, 60_000) == 1
    assert july.journal.take(mailing.id, 60_000) == 0
