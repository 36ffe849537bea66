"""What a run decides, one decision a test: without a server, and with a time of its own."""

import math
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from support.bulk import entry
from support.bulk_journal import Own
from support.bulk_world import World, all_taken, scripted, settings_with

from sesv2kit import SendRate, errors, models
from sesv2kit.bulk import BulkItem, BulkStoppedError, EntryRecord, MailingIdentity, Report
from sesv2kit.bulk.intake import Intake
from sesv2kit.bulk.item import Chunk, Item
from sesv2kit.bulk.pace import LEAD, Pace
from sesv2kit.bulk.patience import THROTTLE_PATIENCE, Patience
from sesv2kit.bulk.queue import LINGER, Queue
from sesv2kit.bulk.results import Results
from sesv2kit.bulk.run import Run
from sesv2kit.bulk.steps import Collect, Collected, FindRate, Pull, Pulled, ReadAccount, Step, StopPulling
from sesv2kit.bulk.verdict import Finished, Verdict


def perform(world: World, own: Own | None = None, **settings: Any) -> tuple[Run, BaseException | None]:
    """Perform a run in a world, with a journal or without; returns it, and what it raised."""
    journal = own.open(MailingIdentity(b"")) if own else None
    run = Run(settings_with(**settings), journal, clock=lambda: world.now)
    return run, world.perform(run)


def states(world: World) -> dict[int, str]:
    """Return the state of every entry that has an outcome, by its position."""
    assert len({outcome.index for outcome in world.outcomes}) == len(world.outcomes), "an entry has two outcomes"
    return {outcome.index: outcome.state for outcome in world.outcomes}


# Verdicts ----------------------------------------------------------------------------------------


def test_one_of_two_entries_fails_if_a_request_of_both_is_refused() -> None:
    def respond(chunk: Chunk) -> list[str] | BaseException:
        is_in = any(item.index == 1 for item in chunk)
        return errors.MessageRejected("no", status_code=400) if is_in else all_taken(chunk)

    _run, error = perform(world := World(map(entry, range(2)), respond))
    assert error is None
    assert states(world) == {0: "sent", 1: "failed"}


@pytest.mark.parametrize("error", [errors.CredentialsError("none"), errors.AccessDeniedException("no")])
def test_only_a_quota_is_waited_for(error: errors.SESv2Error) -> None:
    world = World(map(entry, range(2)), scripted(error))
    _run, raised = perform(world, on_quota="wait")
    assert isinstance(raised, BulkStoppedError)
    assert raised.reason is error
    assert (len(raised.untouched), len(world.requests)) == (2, 1)


def test_the_cause_of_an_unknown_outcome_is_the_error_that_ended_the_call() -> None:
    mistake = RuntimeError("a mistake")
    _run, error = perform(world := World(map(entry, range(2)), scripted(mistake)))
    assert isinstance(error, BulkStoppedError)
    for outcome in world.outcomes:
        assert outcome.state == "unknown"
        assert outcome.error
        assert outcome.error.__cause__ is mistake


# Requests ----------------------------------------------------------------------------------------


def test_no_request_begins_after_a_response_that_ends_the_run() -> None:
    suspended = errors.AccountSuspendedException("no", status_code=400)
    world = World(map(entry, range(500)), lambda _chunk: suspended)  # each request ends at once
    run, error = perform(world)
    assert isinstance(error, BulkStoppedError)
    assert len(world.requests) == 1
    assert not run.report.limit_reached


@pytest.mark.parametrize(("count", "named"), [(0, "0 entries"), (1, "1 entry"), (2, "2 entries")])
def test_the_error_of_a_stopped_run_names_the_number_of_entries_that_are_left(count: int, named: str) -> None:
    world = World(map(entry, range(count)), scripted(errors.AccountSuspendedException("no", status_code=400)))
    if not count:
        world = World(map(entry, range(1)), scripted(RuntimeError("a mistake")))
    _run, error = perform(world)
    assert isinstance(error, BulkStoppedError)
    assert f"the run was stopped, with {named} taken and not sent: " in str(error)
    assert len(error.untouched) == count


class ReadsAhead(World):
    """A world whose source gives another element while the run ends."""

    def take(self, step: Step, run: Run) -> object:
        """Take one step."""
        return Pulled([entry(1000)]) if isinstance(step, StopPulling) else super().take(step, run)


def test_what_the_source_gives_while_the_run_ends_is_untouched() -> None:
    world = ReadsAhead(map(entry, range(3)), scripted(errors.AccountSuspendedException("no", status_code=400)))
    _run, error = perform(world)
    assert isinstance(error, BulkStoppedError)
    assert [item.entry for item in error.untouched] == [entry(0), entry(1), entry(2), entry(1000)]


def test_a_source_that_gives_nothing_yet_is_polled() -> None:
    steps = Run(settings_with(), clock=lambda: 10.0).steps()
    assert isinstance(next(steps), Pull)
    for step in (steps.send(None), steps.send(Collected())):
        assert isinstance(step, Collect)
        assert step.seconds == LINGER


def test_outcomes_and_progress_come_with_each_response() -> None:
    seen: list[tuple[int, int, bool]] = []

    def note(report: Report) -> None:
        seen.append((report.sent, len(world.outcomes), report.finished))

    world = World(map(entry, range(120)), all_taken)
    _run, error = perform(world, max_in_flight=1, on_progress=note)
    assert error is None
    assert seen == [(50, 50, False), (100, 100, False), (120, 120, False), (120, 120, True)]


@pytest.mark.parametrize(
    ("response", "later"),
    [
        (["SUCCESS"], 1.0),
        (errors.AmbiguousSendError("who knows"), 1.0),  # it may have been sent
        (["MESSAGE_REJECTED"], 0.0),
        (errors.BadRequestException("no", status_code=400), 0.0),
    ],
)
def test_a_request_that_sends_nothing_gives_its_turn_to_the_next(response: Any, later: float) -> None:
    world = World(map(entry, range(4)), scripted(["SUCCESS"], response))
    _run, error = perform(world, rate=SendRate(1.0), max_in_flight=1)
    assert error is None
    assert world.sent_at[2] - world.sent_at[1] == pytest.approx(later)


def test_entries_leave_at_once_when_the_source_has_ended() -> None:
    _run, error = perform(world := World(map(entry, range(3)), all_taken))
    assert (error, world.sent_at) == (None, [0.0])


def test_requests_begin_beside_each_other_without_a_wait() -> None:
    world = World(map(entry, range(150)), all_taken, min)  # no request ends before it has to
    _run, error = perform(world, max_in_flight=3)
    assert (error, world.sent_at, world.most_at_once) == (None, [0.0] * 3, 3)


def test_requests_leave_as_fast_as_the_rate_allows() -> None:
    _run, error = perform(world := World(map(entry, range(8)), all_taken), rate=SendRate(8.0))
    assert error is None
    assert world.sent_at == pytest.approx([0.0, 0.0, 0.25, 0.5])


def test_a_rate_that_was_found_holds_from_the_first_request() -> None:
    known: list[SendRate] = []
    world = World(map(entry, range(3)), all_taken)

    def read() -> None:
        known.append(SendRate(1.0))

    world.read_account = read
    run = Run(settings_with(known_rate=lambda: known[0] if known else None), clock=lambda: world.now)
    assert world.perform(run) is None
    assert world.accounts_read == 1
    assert [len(chunk) for chunk in world.requests] == [1, 1, 1]


def test_an_account_whose_quota_seems_used_up_is_read_again_though_others_share_the_rate() -> None:
    rate = SendRate(1e12)
    rate.update(account(100))
    for known, step in ((None, FindRate), (rate, ReadAccount)):
        run = Run(settings_with(known_rate=lambda known=known: known))
        assert isinstance(next(run.steps()), step)


def test_the_last_mail_of_a_quota_is_sent() -> None:
    rate = SendRate(1e12)
    rate.update(account(99))
    run, error = perform(world := World(map(entry, range(1)), all_taken), rate=rate)
    assert (error, run.report.sent, world.accounts_read) == (None, 1, 0)


@pytest.mark.parametrize(
    ("max_in_flight", "per_second", "requests"),
    [(None, 1e5, 100), (None, 1e6, 8), (None, None, 8), (5, 1000.0, 5), (200, 1000.0, 200)],
)
def test_requests_under_way_are_bounded(max_in_flight: int | None, per_second: float | None, requests: int) -> None:
    pace = Pace(max_in_flight)
    pace.rate = SendRate(per_second) if per_second else None
    while pace.next_time(0.0) <= 0.0:
        pace.begin(0, 0.0)
    assert pace.requests == requests
    assert pace.next_time(0.0) == math.inf
    pace.end()
    assert pace.next_time(0.0) <= 0.0


def test_computing_the_time_of_the_next_request_takes_no_turn_from_others() -> None:
    pace = Pace(None)
    pace.rate = SendRate(1.0)
    for _ in range(8):
        pace.begin(0, 0.0)
    assert [pace.next_time(0.0) for _ in range(50)] == [0.0] * 50


def test_a_request_holds_no_more_recipients_than_it_may() -> None:
    queue = Queue()
    queue.add([Item(index, None, None, recipients=recipients) for index, recipients in enumerate([1, 1, 5, 1])], 0.0)
    assert [len(queue.take(7, 0.0)), len(queue.take(7, 0.0))] == [3, 1]


# Waiting -----------------------------------------------------------------------------------------


def account(sent: float) -> models.GetAccountResponse:
    """Return what GetAccount says when so many mails of 100 were sent in the last 24 hours."""
    quota = models.SendQuota(max24_hour_send=100, max_send_rate=1e6, sent_last24_hours=sent)
    return models.GetAccountResponse(send_quota=quota)


def test_patience_begins_again_after_a_wait_for_the_quota() -> None:
    throttled = errors.TooManyRequestsException("slow down", status_code=429)
    over = errors.LimitExceededException("Daily message quota exceeded.", status_code=400)

    def respond(_chunk: Chunk) -> Any:
        return next(script, None) or (over if world.now < 2 * THROTTLE_PATIENCE else next(rest, ["SUCCESS"]))

    script, rest = iter([throttled]), iter([throttled])
    world = World(map(entry, range(1)), respond)
    _run, error = perform(world, on_quota="wait")
    assert error is None
    assert states(world) == {0: "sent"}


@pytest.mark.parametrize("on_quota", ["stop", "wait"])
def test_a_first_check_of_the_quota_that_fails_ends_the_run(on_quota: str) -> None:
    rate = SendRate(1e12)
    rate.update(account(50))
    world = World(map(entry, range(100)), all_taken)

    def read() -> None:
        raise errors.AccessDeniedException("no", status_code=403)

    def respond(chunk: Chunk) -> list[str]:
        rate.update(account(100))
        return all_taken(chunk)

    world.read_account, world.answer = read, respond
    _run, error = perform(world, rate=rate, on_quota=on_quota, max_in_flight=1)
    assert isinstance(error, BulkStoppedError)
    assert isinstance(error.reason, errors.AccessDeniedException)
    assert (len(world.outcomes), len(error.untouched)) == (50, 50)


def test_a_request_waits_as_long_as_the_service_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float | None] = []

    def note(_attempt: int, _random: object, asked_for: float | None) -> float:
        asked.append(asked_for)
        return 0.0

    monkeypatch.setattr("sesv2kit.bulk.run.backoff", note)
    slow = errors.TooManyRequestsException("slow down", status_code=429, retry_after=30)
    _run, error = perform(World(map(entry, range(2)), scripted(slow, ["TRANSIENT_FAILURE", "SUCCESS"])))
    assert error is None
    assert asked == [30, None]


@pytest.mark.parametrize("refused", [49, 50])
def test_fifty_refusals_of_single_entries_in_a_row_end_a_run(refused: int) -> None:
    script = [errors.MessageRejected("no", status_code=400)] * refused
    run, error = perform(world := World(map(entry, range(100)), scripted(*script)), rate=SendRate(1.0), max_in_flight=1)
    assert run.report.failed == refused
    assert len(world.requests) == (100 if refused < 50 else 50)
    assert isinstance(error, BulkStoppedError) == (refused >= 50)


def test_an_outage_is_over_for_all_when_one_entry_has_no_attempt_left() -> None:
    patience = Patience(settings_with(max_attempts=3))
    new, old = Item(0, None, None, outages=1), Item(1, None, None, outages=3)
    assert not patience.is_over("outage", [new], 0.0)
    assert patience.is_over("outage", [new, old], 0.0)


def test_an_outage_lasts_from_its_first_failure() -> None:
    patience = Patience(settings_with(max_attempts=1, outage_patience=300.0))
    items = [Item(0, None, None, outages=1)]
    assert not any(patience.is_over("outage", items, now) for now in (1000.0, 1299.0))
    assert patience.is_over("outage", items, 1300.0)


def test_refusals_in_a_row_are_those_since_an_entry_was_sent() -> None:
    patience = Patience(settings_with())
    item = Item(0, None, None)
    refused = Verdict("failed", errors.MessageRejected("no", status_code=400))
    for _ in range(49):
        assert patience.find_common_reason(Finished([item], [refused])) is None
    assert patience.find_common_reason(Finished([item, item], [Verdict("sent"), refused])) is None
    for _ in range(49):
        assert patience.find_common_reason(Finished([item], [refused])) is None
    assert patience.find_common_reason(Finished([item], [refused])) is refused.error


def test_a_turn_that_is_given_back_is_that_of_its_recipients() -> None:
    pace = Pace(5)
    pace.rate = SendRate(2.0)
    for _ in range(3):
        pace.begin(2, 0.0)
    assert pace.next_time(0.0) == 3.0 - LEAD
    pace.give_back(2, 0.5)
    assert pace.next_time(0.5) == 2.0 - LEAD
    pace.give_back(8, 0.5)
    assert pace.next_time(0.5) == 0.5 - LEAD


def test_entries_wait_for_others_to_fill_a_request_and_those_that_are_tried_again_do_not() -> None:
    queue = Queue()
    first, second, third = (Item(index, None, None) for index in range(3))
    queue.add([first], 10.0)
    queue.add([second], 10.1)
    queue.add([], 10.2)
    assert queue.ready_at(100, more_to_come=True) == 10.0 + LINGER
    assert queue.ready_at(100, more_to_come=False) == -math.inf
    assert queue.ready_at(2, more_to_come=True) == -math.inf  # it is full
    assert queue.take(1, 10.2) == [first]
    assert queue.ready_at(100, more_to_come=True) == 10.2 + LINGER
    queue.postpone([first], 11.0)
    queue.add([third], 10.3)
    queue.requeue_due(11.0)
    assert queue.ready_at(100, more_to_come=True) == -math.inf
    assert queue.take(100, 11.0) == [first, second, third]
    queue.add([third], 12.0)
    assert queue.ready_at(100, more_to_come=True) == 12.0 + LINGER


# The journal -------------------------------------------------------------------------------------


def keyed(*entries: Any) -> list[BulkItem]:
    """Return elements whose keys are their positions."""
    return [BulkItem(element, str(index)) for index, element in enumerate(entries)]


def known(*rows: tuple[Any, str | None]) -> Own:
    """Return a journal that knows the states, and codes, of the first entries."""
    records = [EntryRecord(str(index), state, None, code) for index, (state, code) in enumerate(rows)]
    return Own({record.key: record for record in records})


@pytest.mark.parametrize("has_keys", [True, False])
def test_a_journal_that_knows_of_too_few_entries_ends_the_run(has_keys: bool) -> None:
    own = Own(forgets=1)
    source = keyed(*map(entry, range(3))) if has_keys else list(map(entry, range(3)))
    run, error = perform(world := World(iter(source), all_taken), own)
    assert isinstance(error, BulkStoppedError)
    assert isinstance(error.reason, errors.JournalError)
    assert "2 states for 3 keys" in str(error.reason)
    assert [item.entry for item in error.untouched] == list(map(entry, range(3)))
    assert (world.requests, world.outcomes, run.report.untouched) == ([], [], 3)


def test_what_was_sent_stays_sent_though_its_entry_is_a_bad_one_now() -> None:
    source = keyed(bad(0), bad(1), entry(2))
    for changes in ({}, {"unique_recipients": True}):
        own = known(("sent", None))
        _run, error = perform(world := World(iter(source), all_taken), own, **changes)
        assert error is None
        assert states(world) == {0: "sent", 1: "failed", 2: "sent"}
        assert [outcome.index for outcome in world.outcomes if outcome.resumed] == [0]


def test_what_failed_in_an_earlier_run_is_tried_again_only_on_request() -> None:
    own = known(("failed", "MESSAGE_REJECTED"), ("failed", "ParamValidationError"), ("failed", "MESSAGE_REJECTED"))
    source = keyed(entry(0), bad(1))
    _run, error = perform(world := World(iter(source), all_taken), own)
    assert error is None
    assert [(outcome.index, outcome.state, outcome.code, outcome.resumed) for outcome in world.outcomes] == [
        (0, "failed", "MESSAGE_REJECTED", True),
        (1, "failed", "ParamValidationError", False),  # the entry is there, and says what is wrong
    ]
    _run, error = perform(world := World(iter(source), all_taken), own, retry_failed=True)
    assert error is None
    assert states(world) == {0: "sent", 1: "failed"}


def test_what_may_have_been_sent_earlier_stays_unknown_if_it_can_not_be_sent_again() -> None:
    own = known(("in flight", None), ("unknown", None), ("in flight", None), ("pending", None))
    source = keyed(entry(0), bad(1), load_error(2), entry(3))
    rejected = ["MESSAGE_REJECTED"] * 2
    _run, error = perform(world := World(iter(source), scripted(rejected)), own, resend_unknown=True)
    assert error is None
    assert states(world) == {0: "unknown", 1: "unknown", 2: "unknown", 3: "failed"}
    assert {outcome.code for outcome in world.outcomes} == {"AmbiguousSendError", "MESSAGE_REJECTED"}


@pytest.mark.parametrize(
    ("first", "noted"),
    [
        (["ACCOUNT_THROTTLED", "SUCCESS"], [["pending", "sent"], ["sent", "sent"], ["sent", "sent"]]),
        (
            errors.AmbiguousSendError("who knows"),
            [["unknown"] * 2, ["unknown", "sent"], ["sent", "sent"], ["sent"] * 2],
        ),
    ],
)
def test_the_journal_has_every_outcome_after_each_request(first: Any, noted: list[list[str]]) -> None:
    own, seen = Own(), list[list[str]]()
    script = [first] if isinstance(first, list) else [first, ["ACCOUNT_THROTTLED", "SUCCESS"]]

    def note(_report: Report) -> None:
        seen.append([own.states[key].state for key in ("0", "1")])

    world = World(iter(keyed(entry(0), entry(1))), scripted(*script))
    _run, error = perform(world, own, resend_unknown=True, on_progress=note)
    assert error is None
    assert seen == noted


def test_a_bad_key_is_not_noted_in_the_journal() -> None:
    number: Any = 7
    own = Own()
    source = [
        BulkItem(bad(0), number),
        BulkItem(entry(1), number),
        BulkItem(entry(2), "good"),
        BulkItem(entry(3), "\xe9"),
    ]
    _run, error = perform(world := World(iter(source), all_taken), own)
    assert error is None
    assert states(world) == {0: "failed", 1: "failed", 2: "sent", 3: "sent"}
    assert own.states.keys() == {"good", "\xe9"}


def test_an_entry_without_a_key_that_was_not_loaded_is_not_noted_in_the_journal() -> None:
    own = Own()
    failing: Any = lambda: errors.ConfigurationError("no database")  # noqa: E731
    source = [BulkItem(lambda: entry(0)), BulkItem(failing), entry(2)]
    _run, error = perform(world := World(iter(source), all_taken), own)
    assert isinstance(error, BulkStoppedError)
    assert [item.entry for item in error.untouched] == [
        item.entry if isinstance(item, BulkItem) else item for item in source
    ]
    assert world.requests == []
    assert own.states.keys() == {0, 2}


@pytest.mark.parametrize("keys", [["a", "b"], ["\xe4", "\xdf"], [None, None]])
def test_functions_are_called_for_what_is_to_be_sent_alone(keys: list[str | None]) -> None:
    called: list[int] = []

    def load(number: int) -> models.BulkEmailEntry:
        called.append(number)
        return entry(number)

    own = Own()
    for expected in ([0, 1], [0, 1] if keys[0] is None else []):
        called.clear()
        source = [BulkItem(partial(load, number), key) for number, key in enumerate(keys)]
        _run, error = perform(world := World(iter(source), all_taken), own)
        assert error is None
        assert states(world) == {0: "sent", 1: "sent"}
        assert called == expected


def test_recipients_of_earlier_runs_get_no_second_mail() -> None:
    own = known(("sent", None), ("unknown", None), ("in flight", None), ("failed", "MESSAGE_REJECTED"))
    source = keyed(*map(entry, range(5)), *map(entry, range(5)))
    _run, error = perform(world := World(iter(source), all_taken), own, unique_recipients=True)
    assert error is None
    earlier = {0: "sent", 1: "unknown", 2: "unknown", 3: "failed", 4: "sent"}
    assert states(world) == {**earlier, **dict.fromkeys([5, 6, 7, 9], "failed"), 8: "sent"}


def test_what_was_sent_earlier_is_looked_up_faster_than_it_could_be_sent() -> None:
    settings = settings_with()
    own = Own({str(index): EntryRecord(str(index), "sent") for index in range(100)})
    intake = Intake(settings, own.open(MailingIdentity(b"")), Results(settings, lambda: 0.0, None))
    wanted = [intake.elements_to_pull(0, 0, 8)]
    for start in (0, 50, 100):
        take_in(intake, [BulkItem(entry(n), str(n)) for n in range(start, start + 50)])
        wanted.append(intake.elements_to_pull(0, 0, 8))
    assert wanted == [100, 150, 150, 100]


def take_in(intake: Intake, elements: list[BulkItem]) -> None:
    """Have elements taken in."""
    intake.pulling += len(elements)
    steps = intake.take_in(Pulled(elements))
    value: Any = None
    with suppress(StopIteration):
        while True:
            step: Any = steps.send(value)
            value = step.function()


# The source --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waiting", "unsettled", "max_requests", "elements"),
    [
        (0, 0, 1, 100),  # a request, and as many entries for the next one
        (0, 50, 1, 100),
        (1, 51, 1, 99),
        (50, 50, 1, 50),
        (51, 51, 1, 0),  # enough for the next request
        (0, 99, 1, 51),
        (0, 100, 1, 50),  # no more than so many entries are without an outcome
        (0, 150, 1, 0),
        (0, 151, 1, 0),
        (0, 151, 2, 49),
    ],
)
def test_the_source_is_read_as_far_as_requests_need_it(
    waiting: int, unsettled: int, max_requests: int, elements: int
) -> None:
    intake = intake_with()
    assert intake.elements_to_pull(waiting, unsettled, max_requests) == elements


def test_what_was_requested_of_the_source_is_not_requested_again() -> None:
    intake = intake_with()
    intake.pulling = 20
    assert intake.elements_to_pull(0, 0, 1) == 80
    assert intake.elements_to_pull(0, 100, 1) == 30
    intake.pulling = 51
    assert intake.elements_to_pull(0, 0, 1) == 0
    limited = intake_with(limit=70)
    limited.pulling = 20
    assert limited.elements_to_pull(0, 0, 8) == 50


def intake_with(**settings: Any) -> Intake:
    """Return what takes in a source, before it has taken anything."""
    given = settings_with(**settings)
    return Intake(given, None, Results(given, lambda: 0.0, None))


def bad(number: int) -> models.BulkEmailEntry:
    """Return an entry that is not sent."""
    return models.BulkEmailEntry(destination=models.Destination(to_addresses=[f"@{number}"]))


@pytest.mark.parametrize("limit", [1, 50, 70, 170])
def test_a_limit_counts_what_is_sent_and_not_what_is_refused_before(limit: int) -> None:
    source = iter([(bad if number % 2 else entry)(number) for number in range(400)])
    run, error = perform(world := World(source, all_taken), limit=limit)
    assert error is None
    assert Counter(outcome.state for outcome in world.outcomes)["sent"] == limit
    assert run.report.limit_reached
    assert world.taken <= 2 * limit + 100


def test_a_limit_that_the_source_does_not_reach_is_not_reached() -> None:
    for limit in (None, 11):
        run, error = perform(World(map(entry, range(10)), all_taken), limit=limit)
        assert (error, run.report.sent, run.report.limit_reached) == (None, 10, False)


def load_error(number: int) -> Callable[[], Any]:
    """Return a function for which the senders hand in the error that it raises."""
    return lambda: LookupError(number)


@pytest.mark.parametrize("count", [50, 51])
def test_fifty_functions_in_a_row_may_raise(count: int) -> None:
    source = [BulkItem(load_error(number), str(number)) for number in range(count)]
    good = [BulkItem(lambda: entry(0), "good"), *[BulkItem(load_error(n), f"later {n}") for n in range(50)]]
    run, error = perform(World(iter([*source, *good]), all_taken))
    if count == 50:
        assert error is None
        assert (run.report.sent, run.report.failed) == (1, 100)
    else:
        assert isinstance(error, BulkStoppedError)
        assert isinstance(error.source_error, LookupError)
        assert run.report.sent == 0
