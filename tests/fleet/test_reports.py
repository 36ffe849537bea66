"""What `report` counts: batches by who has them, entries by their states, and how fast the mailing is."""

import math
from collections.abc import Callable, Sequence

import pytest
from support.fleet import claimed, execute, items, let_leases_end

from sesv2kit.bulk import BulkItem, EntryRecord
from sesv2kit.fleet import Mailing, MailingReport
from sesv2kit.testing import FakeSES

Make = Callable[..., Mailing]


def batches(report: MailingReport) -> tuple[int, ...]:
    return report.batches, report.waiting, report.offered, report.active, report.lost, report.done, report.takeovers


def entries(report: MailingReport) -> tuple[int, ...]:
    return (
        report.entries,
        report.pending,
        report.in_flight,
        report.sent,
        report.failed,
        report.unknown,
        report.skipped,
    )


def test_batches_and_entries_are_counted_by_where_they_are(make: Make, fake: FakeSES, database: str) -> None:
    def two_of_three(wanted: Sequence[str]) -> list[BulkItem]:
        return items(wanted[:2])

    july = make(batch_size=3, min_offered=2, entries=two_of_three)
    july.enrol(map(str, range(20)))
    assert july.sweep() == [0, 1]
    report = july.report()
    assert batches(report) == (7, 5, 2, 0, 0, 0, 0)
    assert entries(report) == (20, 20, 0, 0, 0, 0, 0)

    batch = claimed(july, 2)
    batch.begin(["6", "7"])
    report = july.report()
    assert batches(report) == (7, 4, 2, 1, 0, 0, 0)
    assert entries(report) == (20, 18, 2, 0, 0, 0, 0)

    batch.record([EntryRecord("6", "sent", "id"), EntryRecord("7", "failed", None, "MessageRejected")])
    july.send_batch(0)
    report = july.report()
    assert batches(report) == (7, 4, 1, 1, 0, 1, 0)
    assert entries(report) == (20, 15, 0, 3, 1, 0, 1)

    claimed(july, 3).begin(["9"])
    let_leases_end(database)
    report = july.report()
    assert batches(report) == (7, 3, 0, 0, 3, 1, 0)
    assert entries(report) == (20, 14, 1, 3, 1, 0, 1)

    assert july.send_batch(3).unknown == 1
    report = july.report()
    assert batches(report) == (7, 3, 0, 0, 2, 2, 1)
    assert entries(report) == (20, 12, 0, 5, 1, 1, 1)

    batch = claimed(july, 1)
    batch.release()
    assert claimed(july, 1).release() == "ppp"
    assert claimed(july, 1).release() == "ppp"
    assert july.report().takeovers == 3
    assert july.resend_unknown() == 1
    report = july.report()
    assert batches(report) == (7, 4, 0, 0, 2, 1, 3)
    assert entries(report) == (20, 13, 0, 5, 1, 0, 1)
    assert (report.settled, report.status) == (7, "running")

    assert july.journal.settle(july.journal.find("july").id, {6: {0: "id"}}) == 1
    assert entries(july.report()) == (20, 12, 0, 6, 1, 0, 1), "an event came before the batch was begun"

    other = make(name="august")
    other.enrol(["1"])
    assert entries(other.report()) == (1, 1, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(("began", "finished", "rate"), [(-1e6, 0, 3.0), (1e6, 0, 3.0 / 60), (1e6, 7e4, 0.0)])
def test_the_rate_is_that_of_the_last_minute(
    make: Make, database: str, began: float, finished: float, rate: float
) -> None:
    """How many milliseconds ago the mailing began, and its batch was finished."""
    july = make(batch_size=3)
    july.enrol(map(str, range(5)))
    assert (july.report().per_second, july.report().seconds_left) == (0.0, None)
    july.send_batch(0)
    claimed(july, 1).begin(["3"])
    execute(database, f"UPDATE sesv2kit_fleet_mailings SET started_at = started_at - {int(began)}")
    execute(database, f"UPDATE sesv2kit_fleet_batches SET done_at = done_at - {int(finished)} WHERE number = 0")
    report = july.report()
    assert math.isclose(report.per_second, rate)
    assert report.seconds_left == (pytest.approx(2 / rate) if rate else None)


def test_a_mailing_without_entries_is_not_finished(make: Make) -> None:
    report = make().report()
    assert (report.status, report.entries, report.seconds_left) == ("running", 0, 0.0)
