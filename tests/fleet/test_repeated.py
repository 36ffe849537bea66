"""Every transaction can be repeated after a commit whose confirmation was lost, at whatever moment."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError
from support.bulk import address
from support.fleet import claimed, items, let_leases_end, with_claimed_batch

from sesv2kit.bulk import BulkItem, EntryRecord
from sesv2kit.errors import ConfigurationError
from sesv2kit.fleet import JournalError, LeaseLostError, Mailing
from sesv2kit.fleet.batch import BatchJournal
from sesv2kit.fleet.database import Database
from sesv2kit.testing import FakeSES

Make = Callable[..., Mailing]


@pytest.fixture
def confirmations_are_lost(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Let half of all transactions be committed without anybody knowing, so that they are repeated."""
    chance = random.Random(7)
    lock = threading.Lock()
    lost: Counter[str] = Counter()
    genuine = Database.run

    def run(self: Database, work: Callable[..., Any], *arguments: Any) -> Any:
        with lock:
            is_lost = chance.random() < 0.5
        if not is_lost:
            return genuine(self, work, *arguments)
        with lock:
            lost[getattr(work, "__name__", "?")] += 1
        genuine(self, work, *arguments)

        def again(db: Any, attempt: int, *given: Any) -> Any:
            return work(db, attempt + 1, *given)

        return genuine(self, again, *arguments)

    monkeypatch.setattr(Database, "run", run)
    return lost


@pytest.mark.parametrize("vouched", [True, False])
def test_a_mailing_whose_commits_are_repeated(
    make: Make,
    fake: FakeSES,
    confirmations_are_lost: Counter[str],
    vouched: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sesv2kit.fleet.enrolment._KEYS_AT_A_TIME", 200)
    july = make(entries=lambda keys: items([key for key in keys if key != "7"]))
    july.enrol(map(str, range(1000)), keys_are_unique=vouched)
    assert july.report().entries == 1000
    fake.faults.on("SendBulkEmail").lose_answer()
    fake.faults.on("SendBulkEmail").throttle()
    for _ in range(30):
        for number in july.sweep():
            july.send_batch(number)
    # A batch that was handed out without anybody knowing is handed out again later; here it is taken directly.
    for number in range(july.report().batches):
        july.send_batch(number)
    taken = Counter(recipient for mail in fake.outbox for recipient in mail.to)
    assert max(taken.values()) == 1
    states = Counter(outcome.state for outcome in july.outcomes())
    assert (states["skipped"], states["sent"] + states["unknown"], july.report().status) == (1, 999, "finished")
    july.settle(event for mail in fake.outbox for event in mail.events)
    assert july.report().sent == 999
    ids = {mail.to[0]: mail.message_id for mail in fake.outbox}
    assert all(outcome.message_id == ids[address(int(outcome.key))] for outcome in july.outcomes("sent"))
    assert len(confirmations_are_lost) > 5


def test_a_database_that_is_gone_for_a_moment_is_waited_for(
    make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch
) -> None:
    july = make()
    july.enrol(map(str, range(100)))
    genuine, left = Database._check, 20

    def check(self: Database, connection: Any) -> None:
        nonlocal left
        left -= 1
        if left > 0 and left % 2:
            raise OperationalError("BEGIN", {}, Exception("the server restarts"))
        genuine(self, connection)

    monkeypatch.setattr(Database, "_check", check)
    report = july.send_batch(0)
    assert (report.state, report.sent) == ("done", 100)
    assert len(fake.outbox) == 100


def test_connections_that_are_all_in_use_are_waited_for(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    july = make()
    july.enrol(["1"])
    engine: Any = july.journal._database._engine_of_process()
    engine.pool._timeout = 0.01
    held = [engine.raw_connection() for _ in range(15)]
    free = threading.Timer(0.2, lambda: [connection.close() for connection in held])
    free.start()
    assert july.report().pending == 1
    free.join()
    assert "QueuePool limit" in caplog.text


def test_a_database_that_stays_away_ends_the_batch_before_its_next_request(
    make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch
) -> None:
    def entries(keys: Any) -> Any:
        monkeypatch.setattr(Database, "_check", gone)
        return items(keys)

    def gone(_self: Database, _connection: Any) -> None:
        raise OperationalError("BEGIN", {}, Exception("no server"))

    genuine = Database._check
    july = make(entries=entries, patience=0.0)
    july.enrol(map(str, range(100)))
    with pytest.raises(JournalError, match="no server"):
        july.send_batch(0)
    assert len(fake.outbox) == 0
    monkeypatch.setattr(Database, "_check", genuine)
    assert july.report().pending == 100


@pytest.mark.parametrize("check", [0.0, 60.0])
def test_requests_wait_together_for_a_database_that_stays_away(
    make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch, check: float
) -> None:
    is_gone = threading.Event()
    attempts: Counter[str] = Counter()
    genuine_run, genuine_check = Database.run, Database._check

    def run(self: Database, work: Callable[..., Any], *arguments: Any) -> Any:
        attempts[getattr(work, "__qualname__", "?")] += is_gone.is_set()
        return genuine_run(self, work, *arguments)

    def checked(self: Database, connection: Any) -> None:
        if is_gone.is_set():
            raise OperationalError("BEGIN", {}, Exception("no server"))
        genuine_check(self, connection)

    def begin(self: BatchJournal, keys: Any) -> None:
        is_gone.set()
        genuine_begin(self, keys)

    genuine_begin = BatchJournal.begin
    monkeypatch.setattr(BatchJournal, "begin", begin)
    monkeypatch.setattr("sesv2kit.fleet.batch._CHECK_INTERVAL", check)
    monkeypatch.setattr(Database, "run", run)
    monkeypatch.setattr(Database, "_check", checked)
    july = make(patience=0.2, max_in_flight=20, batch_size=1000)
    july.enrol(map(str, range(1000)))
    with pytest.raises(JournalError, match="no server"):
        july.send_batch(0)
    assert len(fake.outbox) == 0
    assert attempts.total() <= 6, "two for each request would be 40"


def run_twice(self: Database, work: Callable[..., Any], *arguments: Any, genuine: Any = Database.run) -> Any:
    """Commit a transaction, and repeat it as if its confirmation had been lost."""
    genuine(self, work, *arguments)
    return genuine(self, lambda db, attempt, *given: work(db, attempt + 1, *given), *arguments)


def run_after_rollback(self: Database, work: Callable[..., Any], *arguments: Any, genuine: Any = Database.run) -> Any:
    """Commit a transaction in its second attempt, as if the first had met a deadlock."""
    return genuine(self, lambda db, attempt, *given: work(db, attempt + 1, *given), *arguments)


def unreachable(*_given: object) -> None:
    """Stand in for `Database.run` of a database that stays away."""
    raise JournalError("no server")


def test_an_entry_that_an_event_settles_is_not_begun(make: Make) -> None:
    july, batch = with_claimed_batch(make, "1", "2")
    july.journal.settle(july._mailing().id, {0: {0: "id"}})
    with pytest.raises(JournalError, match="settled"):
        batch.begin(["1"])
    batch.begin(["2"])
    batch.record([EntryRecord("2", "sent", "id2")])
    batch.release()
    assert [(o.key, o.state, o.message_id) for o in july.outcomes()] == [("1", "sent", "id"), ("2", "sent", "id2")]


def test_late_responses_settle_unknown_entries(make: Make, fake: FakeSES, database: str) -> None:
    july, batch = with_claimed_batch(make, "1", "2", "3", "4")
    batch.begin(["1", "2", "3"])
    let_leases_end(database)
    report = july.send_batch(0)
    assert (report.unknown, report.sent) == (3, 1)
    late = [
        EntryRecord("1", "failed", None, "MessageRejected"),
        EntryRecord("2", "sent", "id"),
        EntryRecord("3", "pending"),
    ]
    with pytest.raises(LeaseLostError, match="taken over"):
        batch.record(late)
    assert [(o.key, o.state, o.message_id, o.code) for o in july.outcomes()][:3] == [
        ("1", "failed", None, "MessageRejected"),
        ("2", "sent", "id", None),
        ("3", "unknown", None, None),
    ]
    assert (july.report().failed, july.report().sent, july.report().unknown) == (1, 2, 1)
    with pytest.raises(LeaseLostError):
        batch.begin(["1"])
    with pytest.raises(LeaseLostError):
        batch.release()
    assert len(fake.outbox) == 1


def test_what_could_not_be_written_is_written_when_the_batch_is_given_back(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    july, batch = with_claimed_batch(make, "1", "2")
    batch.begin(["1"])
    with monkeypatch.context() as patch:
        patch.setattr(Database, "run", unreachable)
        with pytest.raises(JournalError, match="no server"):
            batch.record([EntryRecord("1", "sent", "id")])
    with pytest.raises(JournalError, match="no server"):
        batch.begin(["2"])
    assert batch.release() == "sp"
    assert [(o.state, o.message_id) for o in july.outcomes()] == [("sent", "id"), ("pending", None)]


def test_a_worker_that_cannot_read_whether_the_mailing_goes_on_waits_once(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, batch = with_claimed_batch(make, "1")
    batch._checked_at -= 60
    calls: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(Database, "run", lambda *given: (calls.append(given), unreachable()))
        for _ in range(2):
            with pytest.raises(JournalError, match="no server"):
                batch.begin(["1"])
    assert len(calls) == 1
    assert batch.release() == "p"


def test_a_refused_entry_does_not_wait_for_a_database_that_stays_away(
    make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[object] = []
    genuine = BatchJournal.begin

    def begin(self: BatchJournal, keys: Any) -> None:
        patch.setattr(Database, "run", lambda *given: (attempts.append(given), unreachable()))
        genuine(self, keys)

    july = make(entries=lambda keys: [BulkItem("nonsense", "1"), *items(keys[1:])], lease=1000)
    july.enrol(["1", "2"])
    with monkeypatch.context() as patch:
        patch.setattr("sesv2kit.fleet.batch._CHECK_INTERVAL", 60.0)
        patch.setattr(BatchJournal, "begin", begin)
        with pytest.raises(JournalError, match="no server"):
            july.send_batch(0)
    assert len(attempts) == 2, "for the mark of the other entry, and to give the batch back"
    assert len(fake.outbox) == 0


def test_a_run_is_stopped_once_when_its_batch_is_lost(make: Make, database: str) -> None:
    july = make()
    july.enrol(["1", "2"])
    mailing = july.journal.find("july").id
    claim = july.journal.claim(mailing, 0, 60_000, "token")
    assert not isinstance(claim, str)
    stopped: list[JournalError] = []
    batch = july.journal.open_batch(claim, 60_000, stopped.append)
    batch.begin(["1"])
    assert stopped == []
    let_leases_end(database)
    claimed(july)
    for key in ("2", "2"):
        with pytest.raises(LeaseLostError):
            batch.begin([key])
    assert [type(error) for error in stopped] == [LeaseLostError]


def test_entries_that_were_not_begun_keep_their_state(make: Make) -> None:
    july, batch = with_claimed_batch(make, "1", "2", "3")
    batch.begin(["2"])
    batch.record([EntryRecord("1", "unknown"), EntryRecord("2", "sent", "id"), EntryRecord("3", "pending")])
    assert batch.release() == "psp"
    assert [o.message_id for o in july.outcomes()] == [None, "id", None]


def test_a_late_response_whose_commit_is_not_confirmed_is_kept_once(
    make: Make, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    july, batch = with_claimed_batch(make, "1", "2")
    batch.begin(["1", "2"])
    let_leases_end(database)
    july.send_batch(0)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "run", run_twice)
        with pytest.raises(LeaseLostError):
            batch.record([EntryRecord("1", "sent", "id"), EntryRecord("2", "failed", None, "MessageRejected")])
    assert [(o.key, o.state, o.message_id, o.code) for o in july.outcomes()] == [
        ("1", "sent", "id", None),
        ("2", "failed", None, "MessageRejected"),
    ]
    report = july.report()
    assert (report.status, report.sent, report.failed) == ("finished", 1, 1)


def test_a_batch_that_is_taken_over_while_it_is_given_back_is_lost(
    make: Make, fake: FakeSES, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    july, batch = with_claimed_batch(make, "1", "2")
    batch.begin(["1"])
    release = BatchJournal._release

    def late(self: BatchJournal, db: Connection, attempt: int) -> str:
        monkeypatch.setattr(BatchJournal, "_release", release)
        db.execute(text("UPDATE sesv2kit_fleet_batches SET token = 'other'"))
        return release(self, db, attempt)

    monkeypatch.setattr(BatchJournal, "_release", late)
    with pytest.raises(LeaseLostError, match="taken over"):
        batch.release()
    let_leases_end(database)
    report = july.send_batch(0)
    assert (report.unknown, report.sent) == (1, 1)
    assert len(fake.outbox) == 1


def test_a_mark_is_durable_although_an_earlier_change_of_its_entry_is_still_being_written(
    make: Make, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that was throttled begins again, while the commit of that is not confirmed yet."""
    july, batch = with_claimed_batch(make, "1", "2")
    batch.begin(["1"])
    genuine = Database.run

    def run(self: Database, work: Callable[..., Any], *arguments: Any) -> Any:
        result = genuine(self, work, *arguments)
        monkeypatch.setattr(Database, "run", genuine)
        july.journal.settle(july._mailing().id, {0: {1: "id"}})  # so that the next write finds another version
        again.start()
        deadline = time.monotonic() + 30
        while batch.states[0] != "i":
            assert time.monotonic() < deadline
            time.sleep(0.001)
        return result

    again = threading.Thread(target=batch.begin, args=(["1"],))
    monkeypatch.setattr(Database, "run", run)
    batch.record([EntryRecord("1", "pending")])
    again.join()
    assert [(o.key, o.state) for o in july.outcomes()] == [("1", "in flight"), ("2", "sent")]


def test_a_late_refusal_is_not_taken_for_one_of_a_later_request(make: Make, fake: FakeSES, database: str) -> None:
    july, batch = with_claimed_batch(make, "1")
    batch.begin(["1"])
    let_leases_end(database)
    assert july.send_batch(0).unknown == 1
    assert july.resend_unknown() == 1
    refusal = [EntryRecord("1", "failed", None, "MessageRejected")]
    with pytest.raises(LeaseLostError):
        batch.record(refusal)
    assert july.report().pending == 1, "it is to be sent again, as was asked"
    fake.faults.on("SendBulkEmail").lose_answer()
    assert july.send_batch(0).unknown == 1
    batch.lost = None
    with pytest.raises(LeaseLostError):
        batch.record(refusal)
    assert [(o.key, o.state) for o in july.outcomes()] == [("1", "unknown")], "the second request has sent it"
    assert len(fake.outbox) == 1


def test_an_event_of_an_entry_that_is_not_there_settles_nothing(make: Make) -> None:
    july = make()
    july.enrol(["1"])
    assert july.journal.settle(july._mailing().id, {0: {7: "id"}, 9: {0: "id"}}) == 0
    assert july.report().pending == 1


def test_what_an_event_settles_while_its_batch_waits_is_done(make: Make, fake: FakeSES) -> None:
    july = make()
    july.enrol(["1", "2"])
    assert july.sweep() == [0]
    assert july.journal.settle(july._mailing().id, {0: {0: "a", 1: "b"}}) == 2
    assert (july.report().status, july.report().sent) == ("finished", 2)
    assert july.send_batch(0).state == "done"
    assert len(fake.outbox) == 0


@pytest.mark.parametrize("run", [run_twice, run_after_rollback])
def test_each_transaction_can_be_repeated(
    make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any]
) -> None:
    july = make()
    with monkeypatch.context() as patch:
        patch.setattr(Database, "run", run)
        assert july.enrol(["1", "2", "3"], keys_are_unique=True) == 3
        batch = claimed(july)
        batch.begin(["1", "2"])
        batch.record([EntryRecord("1", "sent", "id"), EntryRecord("2", "failed", None, "MessageRejected")])
        assert batch.release() == "sfp"
    assert [(o.key, o.state, o.message_id, o.code) for o in july.outcomes()] == [
        ("1", "sent", "id", None),
        ("2", "failed", None, "MessageRejected"),
        ("3", "pending", None, None),
    ]
    assert july.report().entries == 3
    assert len(fake.outbox) == 0


def test_a_mailing_that_two_processes_make_at_once_is_one(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one finds that the first has inserted the row between its look and its own insertion."""
    july, other = make(), make()
    genuine = Connection.begin_nested

    def late(self: Connection) -> Any:
        monkeypatch.setattr(Connection, "begin_nested", genuine)
        columns = "(name, uid, status, batches, entries)"
        values = "('july', 'a', 'running', 0, 0)"
        self.execute(text(f"INSERT INTO sesv2kit_fleet_mailings {columns} VALUES {values}"))
        return genuine(self)

    monkeypatch.setattr(Connection, "begin_nested", late)
    assert july._mailing().uid == "a"
    assert other._mailing() == july._mailing()


def test_a_worker_that_checks_its_lease_finds_that_another_worker_has_its_batch(make: Make, database: str) -> None:
    july, batch = with_claimed_batch(make, "1", "2")
    with pytest.raises(ConfigurationError, match="have a key that is not in it"):
        batch.begin(["7"])
    let_leases_end(database)
    assert july.send_batch(0).sent == 2
    batch._checked_at -= 60
    with pytest.raises(LeaseLostError, match="taken over"):
        batch.check()
    assert july.report().takeovers == 1
