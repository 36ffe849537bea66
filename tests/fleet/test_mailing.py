"""What a mailing of a fleet promises, in one process."""

import gc
import json
import logging
import os
import socket
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from support.bulk import CLIENT, address
from support.fleet import claimed, execute, items, let_leases_end, with_claimed_batch
from support.fleet_database import databases

from sesv2kit import AsyncSESv2Client, Hook, SendRate, SESv2Client, events, models
from sesv2kit.bulk import BulkItem, BulkSender, EntryRecord, MailingIdentity
from sesv2kit.errors import BulkStoppedError, ConfigurationError, ParamValidationError
from sesv2kit.fleet import BatchReport, FleetHook, JournalError, LeaseLostError, Mailing, SharedJournal
from sesv2kit.fleet.batch import BatchJournal
from sesv2kit.testing import FakeSES

Make = Callable[..., Mailing]


def keys(count: int, start: int = 0) -> list[str]:
    return [str(number) for number in range(start, start + count)]


def send_all(mailing: Mailing) -> None:
    """Send what there is to send."""
    while numbers := mailing.sweep():
        for number in numbers:
            mailing.send_batch(number)


def states(mailing: Mailing) -> Counter[str]:
    return Counter(outcome.state for outcome in mailing.outcomes())


def taken(fake: FakeSES) -> Counter[str]:
    return Counter(recipient for mail in fake.outbox for recipient in mail.to)


# Enrolment ---------------------------------------------------------------------------------------


def test_enrolment_can_be_repeated_and_knows_repeated_keys(make: Make) -> None:
    july = make()
    assert july.enrol(["1", "2", "1"]) == 2
    assert july.enrol(["2", "3"]) == 1
    assert [outcome.key for outcome in july.outcomes()] == ["1", "2", "3"]


def test_an_enrolment_reads_keys_as_it_goes(make: Make) -> None:
    july = make()
    seen = 0

    def stream() -> Any:
        nonlocal seen
        for number in range(25_000):
            seen = number
            if number == 20_500:
                raise OSError("the source is gone")
            yield str(number)

    with pytest.raises(OSError, match="gone"):
        july.enrol(stream())
    assert july.report().entries == 20_000
    assert july.enrol(keys(25_000)) == 5_000


def test_an_enrolment_with_keys_are_unique_goes_on_where_it_broke_off(make: Make) -> None:
    july = make()
    assert july.enrol(keys(250), keys_are_unique=True) == 250
    assert july.enrol(keys(400), keys_are_unique=True) == 150
    with pytest.raises(ConfigurationError, match="other keys"):
        july.enrol(keys(400, start=1), keys_are_unique=True)
    with pytest.raises(ConfigurationError, match="enrolled with keys_are_unique"):
        july.enrol(keys(1))


def test_with_keys_are_unique_a_repeated_key_is_refused(make: Make) -> None:
    july = make()
    with pytest.raises(ConfigurationError, match="comes twice"):
        july.enrol(["1", "2", "1"], keys_are_unique=True)
    assert july.report().entries == 0


@pytest.mark.parametrize("differs", [False, True])
def test_two_processes_that_enrol_unique_keys_at_once_enrol_them_once(
    make: Make, monkeypatch: pytest.MonkeyPatch, differs: bool
) -> None:
    """The second one enrols when the first has found what is there, and before it writes."""
    monkeypatch.setattr("sesv2kit.fleet.enrolment._KEYS_AT_A_TIME", 4)
    july, other = make(batch_size=2), make(batch_size=2)

    def stream() -> Any:
        yield "1"
        other.enrol(keys(5, start=1 + differs), keys_are_unique=True)
        yield from keys(4, start=2)

    if differs:
        with pytest.raises(ConfigurationError, match="another process"):
            july.enrol(stream(), keys_are_unique=True)
    else:
        assert july.enrol(stream(), keys_are_unique=True) == 0
    assert [outcome.key for outcome in july.outcomes()] == keys(5, start=1 + differs)


@pytest.mark.parametrize("wrong", ["12", 12, None])
def test_one_text_is_not_taken_for_keys(make: Make, wrong: Any) -> None:
    july = make()
    july.enrol(keys(20))
    for act in (july.enrol, lambda text: july.decide(sent=text), lambda text: july.decide(failed=text)):
        with pytest.raises(ConfigurationError, match="not one str"):
            act(wrong)


@pytest.mark.parametrize("wrong", [[7], ["1", None], b"12"])
def test_what_is_not_a_key_is_not_ignored_by_decide(make: Make, wrong: Any) -> None:
    july = make()
    july.enrol(keys(20))
    for given in ({"sent": wrong}, {"failed": wrong}):
        with pytest.raises(ConfigurationError, match="keys must be str, and not"):
            july.decide(**given)


@pytest.mark.parametrize("reason", [None, 7, b"why"])
def test_the_reason_of_a_stop_is_a_text(make: Make, reason: Any) -> None:
    july = make()
    july.enrol(keys(20))
    with pytest.raises(ConfigurationError, match="reason must be a str"):
        july.stop(reason)
    assert july.report().status == "running"


@pytest.mark.parametrize("rate", ["x", 0, True])
def test_a_send_rate_that_can_not_be_one_is_refused_when_the_mailing_is_made(make: Make, rate: Any) -> None:
    with pytest.raises(ConfigurationError, match="send_rate must be"):
        make(send_rate=rate)


@pytest.mark.parametrize("key", ["", "x" * 256, 7])
def test_a_key_that_cannot_be_used_is_refused(make: Make, key: Any) -> None:
    with pytest.raises(ParamValidationError, match="key"):
        make().enrol([key])


# Sending -----------------------------------------------------------------------------------------


def test_each_entry_is_sent_once_and_has_its_id(make: Make, fake: FakeSES) -> None:
    july = make()
    july.enrol(keys(250))
    send_all(july)
    ids = {mail.to[0]: mail.message_id for mail in fake.outbox}
    assert {o.key: o.message_id for o in july.outcomes()} == {key: ids[address(int(key))] for key in keys(250)}
    report = july.report()
    assert (report.status, report.sent, report.settled, report.done, report.seconds_left) == (
        "finished",
        250,
        250,
        3,
        0,
    )


def test_outcomes_of_many_batches_come_in_their_order(make: Make) -> None:
    july = make(batch_size=2)
    july.enrol(keys(105))
    july.send_batch(50)
    assert [outcome.key for outcome in july.outcomes()] == keys(105)
    assert [outcome.key for outcome in july.outcomes("sent")] == ["100", "101"]
    assert [outcome.key for outcome in july.outcomes("pending")] == [*keys(100), *keys(3, start=102)]


def test_what_is_unknown_in_many_batches_is_decided_and_sent_again(
    make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("enrolment", "queries", "journal"):
        monkeypatch.setattr(f"sesv2kit.fleet.{module}._BATCHES_AT_A_TIME", 2)
    july = make(batch_size=1)
    assert july.enrol(keys(7), keys_are_unique=True) == 7
    assert july.enrol(keys(8), keys_are_unique=True) == 1
    for number, key in enumerate(keys(7)):
        batch = claimed(july, number)
        batch.begin([key])
        batch.release()
    assert july.decide(sent=["0", "5"], failed=["6"]) == 3
    assert [(o.key, o.state) for o in july.outcomes() if o.state != "unknown"] == [
        ("0", "sent"),
        ("5", "sent"),
        ("6", "failed"),
        ("7", "pending"),
    ]
    assert july.resend_unknown() == 4
    send_all(july)
    assert sorted(taken(fake)) == [address(number) for number in (1, 2, 3, 4, 7)]


def test_the_journal_keeps_each_outcome_once(make: Make, database: str) -> None:
    july = make()
    july.enrol(keys(250))
    send_all(july)
    engine = create_engine(database)
    with engine.begin() as connection:
        kept = connection.execute(text("SELECT batch, entries FROM sesv2kit_fleet_outcomes")).all()
    engine.dispose()
    places = [(batch, row[0]) for batch, packed in kept for row in json.loads(packed)]
    assert sorted(places) == [(number // 100, number % 100) for number in range(250)]


def test_a_batch_that_is_delivered_again_is_left_alone(make: Make, fake: FakeSES) -> None:
    july = make()
    july.enrol(keys(100))
    assert july.send_batch(0).sent == 100
    assert july.send_batch(0).state == "done"
    assert len(fake.outbox) == 100
    with pytest.raises(ConfigurationError, match="no batch 1"):
        july.send_batch(1)


def test_a_batch_that_another_worker_has_is_left_alone(make: Make, fake: FakeSES) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slow(wanted: Sequence[str]) -> list[BulkItem]:
        inside.set()
        assert go_on.wait(30)
        return items(wanted)

    july = make(entries=slow)
    july.enrol(keys(100))
    worker = threading.Thread(target=july.send_batch, args=(0,))
    worker.start()
    try:
        assert inside.wait(30)
        other = make()
        assert other.send_batch(0).state == "held"
        assert other.sweep() == []
        assert other.report().active == 1
    finally:
        go_on.set()
        worker.join()
    assert set(taken(fake).values()) == {1}


def test_a_key_without_an_entry_is_skipped(make: Make, fake: FakeSES) -> None:
    july = make(entries=lambda wanted: items([key for key in wanted if key != "7"]))
    july.enrol(keys(100))
    report = july.send_batch(0)
    assert (report.state, report.sent, report.skipped) == ("done", 99, 1)
    assert [outcome.key for outcome in july.outcomes("skipped")] == ["7"]
    assert address(7) not in taken(fake)


def test_skipped_entries_are_sent_on_request_if_there_is_an_entry_now(make: Make, fake: FakeSES) -> None:
    gone = {"7", "8"}
    july = make(entries=lambda wanted: items([key for key in wanted if key not in gone]), batch_size=5)
    july.enrol(keys(10))
    send_all(july)
    assert (july.report().status, july.report().skipped) == ("finished", 2)
    gone.remove("7")
    send_all(july)
    assert len(fake.outbox) == 8, "nobody has asked for that"
    assert july.retry_skipped() == 2
    assert (july.report().status, july.report().pending) == ("running", 2)
    send_all(july)
    assert [outcome.key for outcome in july.outcomes("skipped")] == ["8"]
    assert states(july) == {"sent": 9, "skipped": 1}
    assert set(taken(fake).values()) == {1}


def test_an_entry_that_cannot_be_sent_fails_alone(make: Make) -> None:
    def entries(wanted: Sequence[str]) -> list[BulkItem]:
        good = items([key for key in wanted if key != "7"])
        bad = models.BulkEmailEntry(destination=models.Destination(to_addresses=["no address"]))
        return [BulkItem(bad, "7"), *good]

    july = make(entries=entries)
    july.enrol(keys(100))
    assert july.send_batch(0).state == "done"
    assert [(o.key, o.code) for o in july.outcomes("failed")] == [("7", "ParamValidationError")]


def test_failed_entries_are_sent_again_on_request(make: Make, fake: FakeSES) -> None:
    fake.faults.on("SendBulkEmail").times(2).error("MessageRejected", "a virus")
    july = make(batch_size=1, entries=items)
    july.enrol(keys(1))
    fake.faults.clear()
    fake.faults.on("SendBulkEmail").error("MessageRejected", "a virus")
    assert july.send_batch(0).failed == 1
    assert next(july.outcomes()).code == "MessageRejected"
    assert july.retry_failed() == 1
    send_all(july)
    assert states(july) == {"sent": 1}
    assert len(fake.outbox) == 1


async def _async_items(wanted: Sequence[str]) -> list[BulkItem]:
    return items(wanted)


async def _yielding_items(wanted: Sequence[str]) -> AsyncIterator[BulkItem]:
    for item in items(wanted):
        yield item


@pytest.mark.filterwarnings("error")  # a coroutine that nobody awaits would be one
@pytest.mark.parametrize(
    ("entries", "returned"),
    [
        (lambda _: None, "None"),
        (lambda _: 7, "an object of type int"),
        (_async_items, "an object of type coroutine: the function must not be async"),
        (_yielding_items, "an object of type async_generator: the function must not be async"),
        (lambda wanted: {item.key: item for item in items(wanted)}, "type dict with an object of type str in it"),
        (lambda wanted: ({"key": key} for key in wanted), "type generator with an object of type dict in it"),
        (
            lambda wanted: [item.entry for item in items(wanted)],
            "type list with an object of type BulkEmailEntry in it",
        ),
        (lambda wanted: [*items(wanted), None], "type list with None in it"),
        (lambda wanted: [BulkItem(item.entry) for item in items(wanted)], "a BulkItem whose key is None"),
        (lambda wanted: [BulkItem(items(wanted)[0].entry, 0)], "a BulkItem whose key is an object of type int"),  # type: ignore[arg-type]
        (lambda wanted: items([*wanted, "777"]), "a BulkItem with a key that it was not given"),
        (lambda wanted: items([*wanted, "3"]), "two BulkItems with the same key"),
    ],
)
def test_what_is_not_an_iterable_of_entries_of_the_keys_is_refused(
    make: Make, fake: FakeSES, entries: Any, returned: str
) -> None:
    july = make(entries=entries)
    july.enrol(keys(10))
    with pytest.raises(ConfigurationError) as caught:
        july.send_batch(0)
    assert "must return an iterable of BulkItem, one for each key that it was given" in str(caught.value)
    assert "; it returned " in str(caught.value)
    assert returned in str(caught.value)
    assert len(fake.outbox) == 0
    assert (july.report().pending, july.report().active) == (10, 0)
    send_all(make())  # the batch was given back
    assert len(fake.outbox) == 10


def test_a_configuration_error_of_an_entry_ends_the_batch(make: Make, fake: FakeSES) -> None:
    def load() -> models.BulkEmailEntry:
        raise ConfigurationError("no template of this language")

    broken = make(entries=lambda wanted: [BulkItem(load, key) for key in wanted])
    broken.enrol(keys(10))
    with pytest.raises(ConfigurationError, match="language"):
        broken.send_batch(0)
    assert (broken.report().status, broken.report().pending) == ("running", 10)
    send_all(make())
    assert len(fake.outbox) == 10


def test_an_error_of_the_function_for_entries_loses_nothing(make: Make, fake: FakeSES) -> None:
    def fail(_wanted: Sequence[str]) -> list[BulkItem]:
        raise OSError("no database of users")

    broken = make(entries=fail)
    broken.enrol(keys(10))
    with pytest.raises(OSError, match="users"):
        broken.send_batch(0)
    send_all(make())
    assert len(fake.outbox) == 10


# What is not known -------------------------------------------------------------------------------


def lose_response(make: Make, fake: FakeSES) -> Mailing:
    """Return a mailing of which 50 entries were sent, and 50 are unknown that were sent as well."""
    fake.faults.on("SendBulkEmail").lose_answer()
    july = make(max_in_flight=1)
    july.enrol(keys(100))
    assert july.send_batch(0).unknown == 50
    assert len(fake.outbox) == 100
    return july


def test_what_is_unknown_is_not_sent_again(make: Make, fake: FakeSES) -> None:
    july = lose_response(make, fake)
    send_all(july)
    assert len(fake.outbox) == 100
    assert july.report().status == "finished"


def test_unknown_entries_are_sent_again_on_request(make: Make, fake: FakeSES) -> None:
    july = lose_response(make, fake)
    assert july.resend_unknown() == 50
    assert july.report().pending == 50
    send_all(july)
    assert states(july) == {"sent": 100}
    assert len(fake.outbox) == 150


@pytest.mark.parametrize("how", ["pause", "stop_working", "event"])
def test_what_is_to_be_sent_again_still_is_after_an_early_end(
    make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("sesv2kit.fleet.batch._CHECK_INTERVAL", 0.0)
    july = lose_response(make, fake)
    july.resend_unknown()
    first = next(place for place, outcome in enumerate(july.outcomes()) if outcome.state == "unknown")

    def load(item: BulkItem) -> Any:
        if how == "pause":
            july.pause()
        elif how == "stop_working":
            worker.stop_working()
        else:
            july.journal.settle(july._mailing().id, {0: {first: "id"}})
        return item.entry

    worker = make(entries=lambda wanted: [BulkItem(partial(load, item), item.key) for item in items(wanted)])
    report = worker.send_batch(0)
    assert (report.state, report.unknown) == ("paused" if how == "pause" else "open", 0)
    assert (report.sent, report.pending) == ((51, 49) if how == "event" else (50, 50))
    assert len(fake.outbox) == 100
    july.resume()
    send_all(july)
    assert states(july) == {"sent": 100}
    assert len(fake.outbox) == (149 if how == "event" else 150)


def test_what_is_to_be_sent_again_and_cannot_be_is_unknown(make: Make, fake: FakeSES) -> None:
    lose_response(make, fake).resend_unknown()
    july = make(
        entries=lambda wanted: [
            BulkItem(models.BulkEmailEntry(destination=models.Destination()), key) for key in wanted
        ]
    )
    assert july.send_batch(0).state == "done"
    assert states(july) == {"sent": 50, "unknown": 50}


def test_what_is_unknown_in_a_batch_that_is_not_done_is_sent_again_with_it(make: Make, fake: FakeSES) -> None:
    july, batch = with_claimed_batch(make, "1", "2", "3")
    batch.begin(["1"])
    assert batch.release() == "upp"
    assert july.resend_unknown() == 1
    report = july.report()
    assert (report.pending, report.unknown, report.lost) == (3, 0, 1)
    assert july.sweep() == [0]
    assert july.send_batch(0).sent == 3
    assert len(fake.outbox) == 3


def test_a_batch_that_a_worker_has_keeps_its_unknown_entries(make: Make, fake: FakeSES, database: str) -> None:
    july = make()
    july.enrol(["1", "2"])
    claimed(july).begin(["1"])
    let_leases_end(database)
    batch = claimed(july)
    assert july.resend_unknown() == 0
    assert july.retry_failed() == 0
    batch.begin(["2"])
    batch.record([EntryRecord("2", "sent", "id")])
    assert batch.release() == "us"
    assert july.resend_unknown() == 1
    send_all(july)
    assert [mail.to[0] for mail in fake.outbox] == [address(1)]


def test_what_an_event_settles_at_that_moment_is_not_sent_again(
    make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sesv2kit.fleet import journal

    july, batch = with_claimed_batch(make, "1")
    batch.begin(["1"])
    batch.release()
    replace = journal._replace

    def late(db: Any, attempt: int, *given: Any) -> int:
        journal._settle(db, 0, july._mailing().id, 0, [(0, "s", "id", None)])
        return replace(db, attempt, *given)

    monkeypatch.setattr(journal, "_replace", late)
    assert july.resend_unknown() == 0
    send_all(july)
    assert (states(july), len(fake.outbox)) == ({"sent": 1}, 0)


@pytest.mark.parametrize("tags", [7, "ab", {models.MessageTag(name="a", value="b"): 1}, None])
def test_an_entry_with_wrong_members_fails_alone(make: Make, fake: FakeSES, tags: Any) -> None:
    """The tag that each mail gets hides neither wrong tags nor a member that there is not."""

    def entries(wanted: Sequence[str]) -> list[BulkItem]:
        found = items(wanted)
        destination = {"ToAddresses": [address(5)]}
        if tags is None:
            found[5].entry = models.from_wire(
                models.BulkEmailEntry, {"Destination": destination, "ReplacementEmailContents": {}}
            )
        else:
            found[5].entry = models.BulkEmailEntry(
                destination=models.Destination(to_addresses=[address(5)]), replacement_tags=tags
            )
        return found

    july = make(entries=entries)
    july.enrol(keys(10))
    assert july.send_batch(0).state == "done"
    assert [outcome.key for outcome in july.outcomes("failed")] == ["5"]
    assert taken(fake) == {address(number): 1 for number in range(10) if number != 5}


def test_nothing_is_sent_after_stop_working(make: Make, fake: FakeSES) -> None:
    def entries(wanted: Sequence[str]) -> list[BulkItem]:
        july.stop_working()
        calls.append(len(wanted))
        return items(wanted)

    calls: list[int] = []
    july = make(entries=entries)
    july.enrol(keys(10))
    for _ in range(2):  # the first time, it is called just before the run
        report = july.send_batch(0)
        assert (report.state, report.pending) == ("open", 10)
    assert (calls, len(fake.outbox)) == ([10], 0)


def test_a_batch_that_is_sent_while_the_mailing_is_closed_loses_nothing(make: Make, fake: FakeSES) -> None:
    def load(item: BulkItem) -> Any:
        if item.key == "120" and not closed:
            closed.append(True)
            july.close()
        return item.entry

    closed: list[bool] = []
    july = make(
        entries=lambda wanted: [BulkItem(partial(load, item), item.key) for item in items(wanted)],
        batch_size=200,
        max_in_flight=1,
    )
    july.enrol(keys(200))
    with pytest.raises(BulkStoppedError, match="the executor has not run a request"):
        july.send_batch(0)
    assert 0 < len(fake.outbox) <= 120
    assert states(july) == {"sent": len(fake.outbox), "pending": 200 - len(fake.outbox)}
    assert july.send_batch(0).state == "done"
    assert taken(fake) == {address(number): 1 for number in range(200)}


def test_functions_that_return_entries_are_called(make: Make, fake: FakeSES) -> None:
    loaded = make(entries=lambda wanted: [BulkItem(partial(_entry, key), key) for key in wanted])
    loaded.enrol(keys(10))
    assert loaded.send_batch(0).sent == 10
    assert all("sesv2kit-entry" in mail.tags for mail in fake.outbox)


def _entry(key: str) -> Any:
    return items([key])[0].entry


def test_tags_can_be_left_out_and_are_added_to_those_of_the_entry(make: Make, fake: FakeSES) -> None:
    def tagged(wanted: Sequence[str]) -> list[BulkItem]:
        tags = [models.MessageTag(name="topic", value="news")]
        address_of = models.Destination
        return [
            BulkItem(
                models.BulkEmailEntry(destination=address_of(to_addresses=[address(int(key))]), replacement_tags=tags),
                key,
            )
            for key in wanted
        ]

    make(entries=tagged).enrol(["1"])
    assert make(entries=tagged).send_batch(0).sent == 1
    plain = make(entries=tagged, tag_entries=False, name="august")
    plain.enrol(["2"])
    assert plain.send_batch(0).sent == 1
    assert [set(mail.tags) for mail in fake.outbox] == [{"topic", "sesv2kit-entry"}, {"topic"}]


def test_a_tag_keeps_the_extra_members_of_an_entry(make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch) -> None:
    def newer(wanted: Sequence[str]) -> list[BulkItem]:
        destination = models.Destination(to_addresses=[address(1)])
        return [BulkItem(models.BulkEmailEntry(destination=destination, extra_members={"Newer": "x"}), "1")]

    sent: list[Any] = []
    client = fake.client()
    send = client.send_bulk_email
    monkeypatch.setattr(
        client, "send_bulk_email", lambda **given: (sent.extend(given["bulk_email_entries"]), send(**given))[1]
    )
    july = make(entries=newer, client=client)
    july.enrol(["1"])
    assert july.send_batch(0).sent == 1
    assert [entry.extra_members for entry in sent] == [{"Newer": "x"}]


def test_something_that_is_not_an_entry_fails_alone(make: Make, fake: FakeSES) -> None:
    july = make(entries=lambda wanted: [BulkItem("nonsense", key) if key == "1" else items([key])[0] for key in wanted])
    july.enrol(keys(10))
    report = july.send_batch(0)
    assert (report.state, report.failed, report.sent) == ("done", 1, 9)


def test_many_events_are_settled_in_parts(make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sesv2kit.fleet.mailing._EVENTS_AT_A_TIME", 7)
    july = lose_response(make, fake)
    assert july.settle(event for mail in fake.outbox for event in mail.events) == 50


def test_events_settle_what_is_unknown(make: Make, fake: FakeSES) -> None:
    july = lose_response(make, fake)
    other = make(name="august")
    other.enrol(keys(1))
    events = [event for mail in fake.outbox for event in mail.events]
    assert other.settle(events) == 0
    assert july.settle(events) == 50
    assert july.settle(events) == 0
    ids = {mail.to[0]: mail.message_id for mail in fake.outbox}
    assert {o.key: o.message_id for o in july.outcomes("sent")} == {key: ids[address(int(key))] for key in keys(100)}


def test_what_is_unknown_is_settled_by_events_that_arrive_one_by_one(make: Make, fake: FakeSES) -> None:
    july = lose_response(make, fake)
    unknown = {address(int(outcome.key)) for outcome in july.outcomes("unknown")}
    for mail in fake.outbox:
        bounced = fake.bounce(mail) if mail.to[0] in unknown else fake.deliver(mail)
        (parsed,) = events.parse(dict(bounced.raw))
        assert july.settle([parsed]) == (mail.to[0] in unknown)
    assert july.settle(events.parse(dict(fake.outbox[0].events[0].raw))) == 0
    assert states(july) == {"sent": 100}
    assert july.resend_unknown() == 0


@pytest.mark.parametrize(
    ("kind", "body"),
    [("Reject", {"reject": {"reason": "Bad content"}}), ("Subscription", {"subscription": {}}), ("Novelty", {})],
)
def test_any_event_of_a_mail_says_that_it_was_taken(make: Make, fake: FakeSES, kind: str, body: dict[str, Any]) -> None:
    july = lose_response(make, fake)
    found: list[events.Event] = []
    for mail in fake.outbox:
        (send,) = (event for event in mail.events if event.type == "Send")
        found += events.parse({"eventType": kind, "mail": send.raw["mail"], **body})
    assert {event.type for event in found} == {kind}
    assert july.settle(found) == 50
    assert states(july) == {"sent": 100}
    assert july.resend_unknown() == 0


def test_mails_whose_template_could_not_be_filled_in_are_not_sent_again(make: Make, fake: FakeSES) -> None:
    content = models.EmailTemplateContent(subject="News for {{name}}", text="There is news.")
    fake.client().update_email_template(template_name="news", template_content=content)
    fake.faults.on("SendBulkEmail").lose_answer()
    july = make(max_in_flight=1)
    july.enrol(keys(100))
    assert july.send_batch(0).unknown == 50
    assert {type(event) for event in fake.events} == {events.RenderingFailureEvent}
    assert july.settle(fake.events) == 50
    assert states(july) == {"sent": 100}
    ids = {event.recipients[0]: event.message_id for event in fake.events}
    assert {o.key: o.message_id for o in july.outcomes()} == {key: ids[address(int(key))] for key in keys(100)}
    assert july.resend_unknown() == 0


def test_events_without_the_tag_settle_nothing(make: Make, fake: FakeSES) -> None:
    july = lose_response(make, fake)
    account = {"source": "aws.ses", "detail-type": "Sending Paused", "detail": {}}
    legacy = [{"notificationType": "Bounce", "mail": {"messageId": mail.message_id}} for mail in fake.outbox]
    assert july.settle(event for raw in (account, *legacy) for event in events.parse(raw)) == 0
    assert states(july) == {"sent": 50, "unknown": 50}


def test_what_is_unknown_is_decided_by_hand(make: Make, fake: FakeSES) -> None:
    july = lose_response(make, fake)
    unknown = [outcome.key for outcome in july.outcomes("unknown")]
    (sent, *_) = [outcome.key for outcome in july.outcomes("sent")]
    with pytest.raises(ConfigurationError, match="1 keys are both in sent= and in failed="):
        july.decide(sent=unknown[:1], failed=unknown[:1])
    assert july.decide(sent=unknown[:30], failed=[*unknown[30:49], sent, "nobody"]) == 49
    assert july.decide(sent=unknown[:30], failed=unknown[30:49]) == 0
    assert states(july) == {"sent": 80, "failed": 19, "unknown": 1}
    assert {outcome.code for outcome in july.outcomes("failed")} == {"decided"}
    assert july.retry_failed() == 19
    send_all(july)
    assert states(july) == {"sent": 99, "unknown": 1}
    assert len(fake.outbox) == 119


def test_a_function_of_an_entry_that_raises_fails_it_alone(make: Make, fake: FakeSES) -> None:
    def broken() -> models.BulkEmailEntry:
        raise ZeroDivisionError

    def entries(wanted: Sequence[str]) -> list[BulkItem]:
        return [BulkItem(broken if key == "3" else partial(_entry, key), key) for key in wanted]

    july = make(entries=entries)
    july.enrol(keys(10))
    report = july.send_batch(0)
    assert (report.state, report.failed, report.sent) == ("done", 1, 9)
    assert [outcome.key for outcome in july.outcomes("failed")] == ["3"]


# Leases ------------------------------------------------------------------------------------------


def test_a_worker_whose_lease_ended_sends_nothing_more(make: Make, fake: FakeSES, database: str) -> None:
    inside, go_on = threading.Event(), threading.Event()
    caught: list[Exception] = []

    def slow(wanted: Sequence[str]) -> list[BulkItem]:
        inside.set()
        assert go_on.wait(30)
        return items(wanted)

    july = make(entries=slow, lease=1000)
    july.enrol(keys(100))

    def work() -> None:
        try:
            july.send_batch(0)
        except LeaseLostError as error:
            caught.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        assert inside.wait(30)
        let_leases_end(database)
        other = make()
        send_all(other)
        assert len(fake.outbox) == 100
    finally:
        go_on.set()
        worker.join()
    assert len(caught) == 1
    assert len(fake.outbox) == 100
    assert other.report().takeovers == 1


def test_a_response_that_comes_after_the_lease_is_kept(make: Make, fake: FakeSES, database: str) -> None:
    july = make(lease=1000, batch_size=50)
    july.enrol(keys(50))
    with fake.serve() as url:
        fake.faults.on("SendBulkEmail").stall(1.5)
        slow = make(lease=1000, batch_size=50, client=lambda: SESv2Client(**CLIENT, endpoint_url=url))
        worker = threading.Thread(target=pytest.raises, args=(LeaseLostError, slow.send_batch, 0))
        worker.start()
        while len(fake.outbox) < 50:
            time.sleep(0.01)
        let_leases_end(database)
        other = make(client=lambda: SESv2Client(**CLIENT, endpoint_url=url))
        assert other.send_batch(0).unknown == 50
        worker.join()
    assert states(july) == {"sent": 50}
    assert len(fake.outbox) == 50


# Deciding ----------------------------------------------------------------------------------------


def test_pause_and_resume(make: Make, fake: FakeSES, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "sesv2kit")
    july = make()
    july.enrol(keys(100))
    july.pause()
    assert caplog.record_tuples == [("sesv2kit", logging.INFO, "mailing july: paused")]
    assert july.sweep() == []
    assert july.send_batch(0).state == "paused"
    assert july.report().status == "paused"
    july.resume()
    send_all(july)
    assert len(fake.outbox) == 100


@pytest.mark.parametrize("open_database", databases())
def test_a_reason_may_have_any_characters(open_database: Any, make: Make, tmp_path: Path) -> None:
    with open_database(tmp_path) as url:
        july = make(journal=SharedJournal(url, require_durable=False))
        july.stop("a\0b\ud800 ü")
        assert july.report().reason == r"a\x00b\ud800 ü"
        july.close()


def test_a_pause_ends_a_batch_that_is_under_way(make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sesv2kit.fleet.batch._CHECK_INTERVAL", 0.0)
    july = make(max_in_flight=1, batch_size=500)
    july.enrol(keys(500))
    other = make()

    def pausing(wanted: Sequence[str]) -> list[BulkItem]:
        def load(key: str) -> models.BulkEmailEntry:
            if key == "120":
                other.pause()
            return items([key])[0].entry  # type: ignore[return-value]

        return [BulkItem(partial(load, key), key) for key in wanted]

    report = make(max_in_flight=1, entries=pausing, batch_size=500).send_batch(0)
    assert report.state == "paused"
    assert report.sent + report.pending == 500
    assert report.sent == len(fake.outbox) < 500
    other.resume()
    send_all(other)
    assert set(taken(fake).values()) == {1}
    assert len(fake.outbox) == 500


@pytest.mark.parametrize("how", ["pause", "takeover"])
def test_renewing_the_lease_notices_why_the_work_has_to_end(
    make: Make, fake: FakeSES, database: str, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    july, other = make(max_in_flight=1, lease=1000), make()
    july.enrol(keys(100))
    record = BatchJournal.record

    def record_and_renew(self: BatchJournal, rows: Any) -> None:
        monkeypatch.setattr(BatchJournal, "record", record)
        record(self, rows)
        if how == "pause":
            other.pause()
        else:
            let_leases_end(database)
            claimed(other)
        self.renew()

    monkeypatch.setattr(BatchJournal, "record", record_and_renew)
    if how == "pause":
        report = july.send_batch(0)
        assert (report.state, report.sent, report.pending) == ("paused", 50, 50)
    else:
        with pytest.raises(LeaseLostError):
            july.send_batch(0)
    assert (july.report().active, july.report().sent) == (how == "takeover", 50)
    assert len(fake.outbox) == 50


def test_a_pause_ends_the_wait_for_the_rate(make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch) -> None:
    july, other = make(max_in_flight=1, lease=1000, send_rate=SendRate(0.01)), make()
    july.enrol(keys(100))
    record = BatchJournal.record
    reports: list[BatchReport] = []

    def record_and_renew(self: BatchJournal, rows: Any) -> None:
        record(self, rows)
        other.pause()
        self.renew()

    monkeypatch.setattr(BatchJournal, "record", record_and_renew)
    worker = threading.Thread(target=lambda: reports.append(july.send_batch(0)))
    worker.start()
    worker.join(60)  # the next request would leave after 100 seconds
    has_ended = not worker.is_alive()
    july.stop_working()
    worker.join()
    assert [(report.state, report.sent, report.pending) for report in reports] == [("paused", 1, 99)]
    assert has_ended


def test_a_reason_of_the_account_stops_the_mailing_for_all(
    make: Make, fake: FakeSES, caplog: pytest.LogCaptureFixture
) -> None:
    fake.faults.on("SendBulkEmail").error("AccountSuspendedException", "the account is suspended")
    july = make(max_in_flight=1)
    july.enrol(keys(200))
    report = july.send_batch(0)
    assert (report.state, report.pending) == ("stopped", 100)
    assert sum("mailing july: stopped: " in text for text in caplog.messages) == 1
    other = make()
    assert other.send_batch(1).state == "stopped"
    assert "suspended" in str(other.report().reason)
    assert len(fake.outbox) == 0
    other.resume()
    send_all(other)
    assert set(taken(fake).values()) == {1}
    assert len(fake.outbox) == 200


@pytest.mark.parametrize(
    "code", ["ExpiredTokenException", "InvalidClientTokenId", "SignatureDoesNotMatch", "RequestExpired"]
)
def test_a_worker_whose_credentials_are_refused_stops_alone(make: Make, fake: FakeSES, code: str) -> None:
    fake.faults.on("SendBulkEmail").always().error(code, "x")
    july = make(max_in_flight=1)
    july.enrol(keys(100))
    with pytest.raises(BulkStoppedError):
        july.send_batch(0)
    assert (july.report().status, july.report().pending) == ("running", 100)


def test_a_worker_that_cannot_reach_the_service_stops_alone(make: Make, fake: FakeSES) -> None:
    july = make(max_attempts=1)
    july.enrol(keys(100))
    cut_off = make(max_attempts=1, client=lambda: SESv2Client(**CLIENT, endpoint_url="http://127.0.0.1:9"))
    with pytest.raises(BulkStoppedError):
        cut_off.send_batch(0)
    report = july.report()
    assert (report.status, report.pending, report.lost) == ("running", 100, 1)


def test_a_mailing_keeps_its_arguments(make: Make, fake: FakeSES) -> None:
    july = make()
    july.enrol(keys(200))
    july.send_batch(0)
    with pytest.raises(ConfigurationError, match="other arguments"):
        make(from_email_address="other@example.com").send_batch(1)
    assert len(fake.outbox) == 100


def test_a_mailing_is_of_one_account(make: Make) -> None:
    """The account is not known to each worker: not every access key says it."""
    july = make()
    mailing = july.journal.find("july").id

    def identify(account: str | None, **changes: Any) -> None:
        given = {"fingerprint": b"x" * 16, "region": "eu-west-1", "endpoint": "http://a", "account": account}
        july.journal.identify(mailing, MailingIdentity(**(given | changes)))

    identify(None)
    with pytest.raises(ConfigurationError, match="another endpoint"):
        identify("222222222222", endpoint="http://b")
    with pytest.raises(ConfigurationError, match="another region"):
        identify("222222222222", region="eu-west-3")
    with pytest.raises(ConfigurationError, match="other arguments"):
        identify("222222222222", fingerprint=b"y" * 16)
    identify("111111111111")
    identify(None)
    identify("111111111111", endpoint="http://b")
    with pytest.raises(ConfigurationError, match="another account"):
        identify("222222222222")
    with pytest.raises(ConfigurationError, match="another endpoint"):
        identify(None, endpoint="http://b")


def test_a_batch_that_is_claimed_again_is_logged(make: Make, database: str, caplog: pytest.LogCaptureFixture) -> None:
    july = make()
    july.enrol(keys(10))
    claimed(july)
    let_leases_end(database)
    july.send_batch(0)
    assert "mailing july: batch 0 is taken up again: claim 2" in caplog.messages


def test_a_mailing_closes_the_clients_that_it_made_alone(make: Make, fake: FakeSES) -> None:
    made: list[SESv2Client] = []
    shared = fake.client()
    one, other = make(client=lambda: made.append(fake.client()) or made[-1]), make(client=shared)
    one.enrol(keys(400))
    for mailing, numbers in ((one, (0, 1)), (other, (2,)), (one, (3,))):
        assert [mailing.send_batch(number).sent for number in numbers] == [100] * len(numbers)
        mailing.close()
        mailing.close()
    shared.get_account()
    assert len(made) == 2, "a mailing that was closed can be used again"
    for client in made:
        with pytest.raises(ConfigurationError, match="closed"):
            client.get_account()


def test_a_worker_keeps_nothing_of_the_batches_that_it_has_sent(make: Make) -> None:
    def alive() -> list[object]:
        gc.collect()
        return [one for one in gc.get_objects() if type(one) in (BulkSender, BatchJournal)]

    before = alive()  # those of other tests
    july = make(batch_size=10)
    july.enrol(keys(50))
    send_all(july)
    assert len(alive()) <= len(before)


def test_one_line_is_logged_for_each_batch(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "sesv2kit")
    july = make()
    july.enrol(keys(200))
    send_all(july)
    lines = [record.getMessage() for record in caplog.records if "batch" in record.getMessage()]
    assert len(lines) == 2
    assert (
        f"mailing july: batch 0 done on {socket.gethostname()}:{os.getpid()}: sent 100, failed 0, unknown 0" in lines[0]
    )
    assert lines[0].endswith(" s")


def test_what_becomes_of_the_mailing_is_logged_with_its_reason(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "sesv2kit")
    july = make()
    july.pause()
    july.stop("a wrong link")
    july.resume()
    lines = [record.getMessage() for record in caplog.records]
    assert lines == ["mailing july: paused", "mailing july: stopped: a wrong link", "mailing july: running"]


def test_a_batch_that_breaks_off_is_logged(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_wanted: Sequence[str]) -> list[BulkItem]:
        raise OSError("no database of users")

    july = make(entries=fail)
    july.enrol(keys(10))
    with pytest.raises(OSError, match="users"):
        july.send_batch(0)
    (line,) = [record.getMessage() for record in caplog.records if "broke off" in record.getMessage()]
    assert line.startswith(f"mailing july: batch 0 broke off on {socket.gethostname()}:{os.getpid()} after 0.")
    assert line.endswith(" s: OSError")


def test_a_journal_on_another_server_is_refused_until_that_is_accepted(
    make: Make, fake: FakeSES, database: str
) -> None:
    holder = make()
    holder.enrol(map(str, range(300)))
    assert holder.sweep() == [0, 1, 2]
    batch = claimed(holder)
    batch.begin(["0"])
    execute(database, "UPDATE sesv2kit_fleet SET server = 'another'")
    execute(database, "UPDATE sesv2kit_fleet_batches SET status = 0, offered_until = 0 WHERE number > 0")
    july = make()
    for act in (july.sweep, july.report, partial(july.send_batch, 0), partial(july.enrol, ["x"])):
        with pytest.raises(JournalError, match="on another server than before"):
            act()
    for wrong in (-1, "100", True):
        with pytest.raises(ConfigurationError, match="ahead must be an int of at least 0"):
            july.accept_failover(ahead=wrong)  # type: ignore[arg-type]
    assert july.accept_failover(ahead=1) == 200, "the batch that was handed out, and the next"
    with pytest.raises(LeaseLostError):
        batch.begin(["1"])
    assert (july.report().done, july.sweep()) == (2, [2])
    assert july.send_batch(2).sent == 100
    assert (july.work().status, july.report().unknown, len(fake.outbox)) == ("finished", 200, 100)
    assert july.resend_unknown() == 200
    assert july.work().sent == 300


# Handing out -------------------------------------------------------------------------------------


def test_the_queue_stays_short_and_ends_hand_out_the_next(make: Make) -> None:
    july = make(batch_size=1, min_offered=3)
    july.enrol(keys(10))
    handed: list[int] = []
    july.dispatch = handed.append
    assert july.sweep() == [0, 1, 2]
    assert july.sweep() == []
    july.send_batch(handed.pop(0))
    assert handed == [1, 2, 3]


def test_a_batch_that_was_given_back_waits_for_the_next_sweep(make: Make) -> None:
    july = make()
    july.enrol(keys(200))
    assert july.sweep() == [0, 1]
    claimed(july).release()
    handed: list[int] = []
    july.dispatch = handed.append
    assert july.send_batch(1).state == "done"
    assert handed == []
    assert july.sweep() == [0]
    assert handed == [0]


def test_lost_batches_are_handed_out_before_others(make: Make, database: str) -> None:
    july = make(batch_size=1, min_offered=3)
    july.enrol(keys(10))
    assert july.sweep() == [0, 1, 2]
    let_leases_end(database)
    assert july.sweep() == [0, 1, 2]
    for number in (0, 1, 2, 3, 4):
        claimed(july, number)
    assert july.sweep() == [5, 6, 7, 8, 9], "as many as workers are busy"


def test_batches_that_came_during_a_pause_are_handed_out_after_it(make: Make, fake: FakeSES) -> None:
    july = make()
    july.enrol(keys(200))
    numbers = july.sweep()
    july.pause()
    assert [july.send_batch(number).state for number in numbers] == ["paused", "paused"]
    july.resume()
    assert july.sweep() == numbers


def test_a_batch_whose_worker_died_is_handed_out_when_its_lease_ends(make: Make) -> None:
    july = make()
    july.enrol(keys(100))
    assert july.sweep() == [0]
    claim = july.journal.claim(july._mailing().id, 0, 1, "token")
    assert not isinstance(claim, str)
    time.sleep(0.05)
    assert july.report().lost == 1
    assert july.sweep() == [0]


def test_an_engine_that_takes_nothing_does_not_undo_a_batch(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    july = make(min_offered=1)
    july.enrol(keys(200))

    def refuse(_number: int) -> None:
        raise OSError("no broker")

    july.dispatch = refuse
    assert july.send_batch(0).state == "done"
    assert "mailing july: the next batch was not handed out: no broker" in caplog.text
    with pytest.raises(OSError, match="broker"):
        july.sweep()
    july.dispatch = None
    assert july.sweep() == [1]


# Settings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "settings",
    [
        {"batch_size": 0},
        {"batch_size": 5001},
        {"lease": 1},
        {"lease": float("inf")},
        {"name": ""},
        {"name": "july "},
        {"name": "a\0b"},
        {"name": "\ud800"},
        {"min_offered": 0},
        {"entries": []},
        {"name": 7},
        {"lease": "60"},
        {"lease": True},
        {"journal": "sqlite:///july.db"},
        {"client": 7},
        {"tag_entries": None},
        {"max_in_flight": 0},
        {"max_attempts": 0},
        {"options": {"before_send": print}},
        {"hooks": 7},
        {"hooks": [7]},
        {"hooks": [FleetHook]},
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_used_is_refused(make: Make, settings: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        make(**settings)


def test_what_can_t_be_a_hook_of_a_mailing_is_named(make: Make) -> None:
    expected = "a hook must have the method around_batch, as subclasses of FleetHook have; Hook does not"
    with pytest.raises(ConfigurationError, match=f"^{expected}$"):
        make(hooks=[Hook()])


@pytest.mark.parametrize("options", [7, {"timeout": "5"}, {"time": 5}], ids=str)
def test_options_that_cannot_be_used_are_refused(make: Make, options: Any) -> None:
    with pytest.raises(ParamValidationError, match=r"^SendBulkEmail: options"):
        make(options=options)


BAD_DATA = models.BulkEmailContent(template=models.Template(template_name="news", template_data="[]"))
LONG_TAG = [models.MessageTag(name="kind", value="x" * 257)]


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"default_content": None}, "default_content"),
        ({"default_content": "news"}, "default_content"),
        ({"default_content": BAD_DATA}, "default_content.template.template_data"),
        ({"default_email_tags": {"kind": "news"}}, "default_email_tags"),
        ({"reply_to_addresses": "help@example.com"}, "reply_to_addresses"),
        ({"from_email_address": 7}, "from_email_address"),
    ],
    ids=str,
)
def test_what_all_mails_share_is_checked_before_there_is_a_client(
    make: Make, settings: dict[str, Any], path: str
) -> None:
    with pytest.raises(ParamValidationError) as caught:
        make(client=lambda: pytest.fail("a client was made"), **settings)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_limits_are_checked_as_soon_as_there_is_a_client(make: Make, fake: FakeSES) -> None:
    with fake.client() as strict, fake.client(check_limits=False) as lenient:
        with pytest.raises(ParamValidationError, match="default_email_tags"):
            make(client=strict, default_email_tags=LONG_TAG)
        assert make(client=lenient, default_email_tags=LONG_TAG)
    july = make(client=fake.client, default_email_tags=LONG_TAG)
    july.enrol(keys(1))
    with pytest.raises(ParamValidationError, match="default_email_tags"):
        july.send_batch(0)
    assert july.report().pending == 1


@pytest.mark.parametrize("settings", [{"patience": "60"}, {"patience": -1}, {"guard": 1}, {"require_durable": None}])
def test_a_setting_of_a_journal_that_cannot_be_used_is_refused(settings: dict[str, Any]) -> None:
    (name,) = settings
    with pytest.raises(ConfigurationError, match=f"^{name} must be a"):
        SharedJournal("sqlite:///july.db", **settings)


@pytest.mark.parametrize("client", [AsyncSESv2Client, lambda: None], ids=["async", "none"])
def test_a_function_that_returns_no_client_is_refused_before_anything_is_sent(make: Make, client: Any) -> None:
    july = make(client=client)
    july.enrol(keys(2))
    with pytest.raises(ConfigurationError, match="client must return an SESv2Client"):
        july.send_batch(0)
    assert states(july) == {"pending": 2}


@pytest.mark.parametrize("number", ["0", True, -1, 2**31, 10**30], ids=repr)
def test_what_is_not_the_number_of_a_batch_is_refused(make: Make, number: Any) -> None:
    july = make()
    july.enrol(keys(2))
    with pytest.raises(ConfigurationError, match=f"^the mailing has no batch {number}$"):
        july.send_batch(number)


@pytest.mark.parametrize("wrong", [7, None, "Send", [{"eventType": "Send"}]], ids=str)
def test_what_is_not_an_event_is_refused(make: Make, wrong: Any) -> None:
    july = make()
    july.enrol(keys(2))
    with pytest.raises(ConfigurationError, match=r"^events must be"):
        july.settle(wrong)


IN_MEMORY = [
    "sqlite://",
    "sqlite:///:memory:",
    "sqlite:///file::memory:?uri=true",
    "sqlite:///file:x?mode=memory&uri=true",
]


@pytest.mark.parametrize(
    "url", ["postgresql+asyncpg://db/shop", "mysql+aiomysql://db/shop", "sqlite+aiosqlite:///july"]
)
def test_a_driver_for_asyncio_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="not for asyncio"):
        SharedJournal(url)


@pytest.mark.parametrize(
    "url", ["nonsense", *IN_MEMORY, "oracle://somewhere", "sqlite:///a\0b", "sqlite:///a\ud800b", 7, None]
)
def test_a_url_that_cannot_be_used_is_refused(url: Any) -> None:
    with pytest.raises(ConfigurationError):
        SharedJournal(url)


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ({"timeout": 10.0}, None),
        ({"timeout": None}, None),
        ({"timeout": None, "call_timeout": 10.0}, None),
        ({}, {"timeout": 20.0}),
        ({"timeout": 5.0}, {"timeout": 20.0, "call_timeout": 15.0}),
    ],
    ids=str,
)
def test_a_lease_has_to_be_longer_than_the_read_timeout(
    make: Make, fake: FakeSES, given: dict[str, Any], options: Any
) -> None:
    made: list[SESv2Client] = []

    def client() -> SESv2Client:
        made.append(fake.client(**given))
        return made[-1]

    july = make(client=client, lease=10.0, options=options)
    july.enrol(keys(10))
    with pytest.raises(ConfigurationError, match="the lease of 10 seconds is not longer"):
        july.send_batch(0)
    assert len(fake.outbox) == 0
    with pytest.raises(ConfigurationError, match="closed"):
        made[0].get_account()
    assert july.report().pending == 10
    with fake.client(**given) as shared, pytest.raises(ConfigurationError, match="not longer"):
        make(client=shared, lease=10.0, options=options).send_batch(0)


def test_a_lease_that_is_longer_is_taken(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    july = make(lease=10.0, options={"timeout": None, "call_timeout": 9.9})
    july.enrol(keys(200))
    assert july.send_batch(0).sent == 100
    assert "not longer" not in caplog.text
    assert make(lease=10.0).send_batch(1).sent == 100
    assert "the lease of 10 seconds is not longer than the client waits for a response (30 seconds)" in caplog.text


def test_a_database_that_is_not_there_is_a_journal_error(tmp_path: Path, make: Make) -> None:
    journal = SharedJournal(f"sqlite:///{tmp_path / 'missing' / 'journal'}", patience=0)
    with pytest.raises(JournalError, match="can't be used"):
        make(journal=journal).enrol(["1"])


def test_no_state_is_made_up(make: Make) -> None:
    with pytest.raises(ConfigurationError, match="no state 'lost'"):
        make().outcomes("lost")


def test_a_stopped_run_can_be_distinguished_from_a_stopped_mailing() -> None:
    assert not issubclass(BulkStoppedError, JournalError)
    assert issubclass(LeaseLostError, JournalError)


def test_a_mailing_shows_its_name_and_journal(make: Make) -> None:
    assert repr(make()).startswith("Mailing('july', journal=SharedJournal('sqlite:///")
    with pytest.raises(ConfigurationError, match="patience"):
        SharedJournal("sqlite:///july", patience=-1)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_worker_that_was_forked_off_has_connections_of_its_own(make: Make, fake: FakeSES, database: str) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("needs os.fork")
    july = make(entries=items)
    july.enrol(keys(200))
    engine = july.journal._database._engine_of_process()
    child = os.fork()
    if child == 0:
        ok = july.report().pending == 200 and july.journal._database._engine_of_process() is not engine
        os._exit(0 if ok else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert july.journal._database._engine_of_process() is engine
    send_all(july)
    assert len(fake.outbox) == 200
