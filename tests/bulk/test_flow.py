"""The decisions of a run, without a server: whatever the answers are, every entry is accounted for."""

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import count, pairwise, starmap
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from support.bulk import entry
from support.bulk_world import Answering, World, all_taken, scripted, settings_with

from sesv2kit import SendRate, errors, models
from sesv2kit.bulk import BulkItem, BulkStoppedError, Outcome
from sesv2kit.bulk.item import MAX_ENTRIES, Chunk
from sesv2kit.bulk.journal import MailingIdentity
from sesv2kit.bulk.pace import CHUNK_SECONDS, LEAD
from sesv2kit.bulk.run import Run
from sesv2kit.bulk.sqlite import SqliteJournal
from sesv2kit.bulk.steps import Collect, Emit, Step

STATUSES = [str(status) for status in models.BulkEmailStatus]
STOPPING = {
    "MAIL_FROM_DOMAIN_NOT_VERIFIED",
    "CONFIGURATION_SET_NOT_FOUND",
    "TEMPLATE_NOT_FOUND",
    "ACCOUNT_SUSPENDED",
    "ACCOUNT_DAILY_QUOTA_EXCEEDED",
    "INVALID_SENDING_POOL_NAME",
    "ACCOUNT_SENDING_PAUSED",
    "CONFIGURATION_SET_SENDING_PAUSED",
}
HARMLESS = sorted(set(STATUSES) - STOPPING)
REFUSALS: list[errors.SESv2Error] = [
    errors.BadRequestException("no", status_code=400),
    errors.MessageRejected("no", status_code=400),
    errors.TooManyRequestsException("slow down", status_code=429),
    errors.ServiceUnavailable("later", status_code=503),
    errors.ConnectError("nobody there", outcome="not_sent"),
    errors.AmbiguousSendError("who knows"),
]
FATAL: list[BaseException] = [
    errors.AccountSuspendedException("no", status_code=400),
    errors.SendingPausedException("no", status_code=400),
    errors.LimitExceededException("no", status_code=400),
    errors.NotFoundException("no", status_code=404),
    errors.AccessDeniedException("no", status_code=400),
    errors.CredentialsError("none"),
    RuntimeError("a mistake"),
]


def answers(data: st.DataObject, statuses: list[str], refusals: list[Any]) -> Answering:
    """Return a function that draws answers: most entries are taken, some are not, some requests are refused."""
    status = st.sampled_from(["SUCCESS"] * len(statuses) + statuses)

    def answer(chunk: Chunk) -> Any:
        results = st.lists(status, min_size=len(chunk), max_size=len(chunk))
        return data.draw(st.one_of(results, results, st.sampled_from(refusals)) if refusals else results)

    return answer


WorldT = TypeVar("WorldT", bound=World)


def world_of(
    size: int, data: st.DataObject, statuses: list[str], refusals: list[Any], of: type[WorldT] = World
) -> WorldT:
    """Return a world with a source of so many entries, of which hypothesis says what happens to them."""
    return of(
        map(entry, range(size)),
        answers(data, statuses, refusals),
        lambda least, most: data.draw(st.integers(least, most)),
    )


def is_ambiguous(word: object) -> bool:
    """Return whether something said of an entry leaves open whether it was sent."""
    return isinstance(word, errors.AmbiguousSendError) or not isinstance(word, str | errors.SESv2Error)


def check_story(outcome: Outcome, history: list[Any], *, resend_unknown: bool) -> None:
    """Check that an outcome is the one that follows from what was said of its entry."""
    assert outcome.attempts == len(history)
    assert "SUCCESS" not in history[:-1], "it was sent again"
    if not resend_unknown:
        assert not any(map(is_ambiguous, history[:-1])), "it was sent again, though it may have been sent"
    if outcome.state == "sent":
        assert history[-1] == "SUCCESS"
        assert outcome.message_id == "id SUCCESS"
        assert outcome.error is None
    elif outcome.state == "failed":
        assert history[-1] != "SUCCESS"
        assert not any(map(is_ambiguous, history))
        assert isinstance(outcome.error, errors.SESv2Error)
    else:
        assert history[-1] != "SUCCESS"
        assert any(map(is_ambiguous, history))
        assert isinstance(outcome.error, errors.AmbiguousSendError)


sizes = st.one_of(st.integers(0, 120), st.sampled_from([50, 100, 400]))


@examples(max_examples=50)
@given(size=sizes, in_flight=st.integers(1, 4), resend=st.booleans(), data=st.data())
def test_every_entry_ends_in_exactly_one_outcome(size: int, in_flight: int, resend: bool, data: st.DataObject) -> None:
    world = world_of(size, data, HARMLESS, REFUSALS)
    run = Run(settings_with(max_in_flight=in_flight, resend_unknown=resend), clock=lambda: world.now)
    error = world.perform(run)
    assert error is None or isinstance(error, BulkStoppedError)  # refused, or out of reach, for too long
    left = check_accounts(world, run, error)
    assert len(world.outcomes) + len(left) == (world.taken if error else size)
    for outcome in world.outcomes:
        check_story(outcome, world.history[outcome.index], resend_unknown=resend)


@examples(max_examples=50)
@given(size=sizes, in_flight=st.integers(1, 4), data=st.data())
def test_what_concerns_all_entries_ends_the_run_and_what_is_left_is_named(
    size: int, in_flight: int, data: st.DataObject
) -> None:
    world = world_of(size, data, STATUSES, [*REFUSALS, *FATAL])
    run = Run(settings_with(max_in_flight=in_flight), clock=lambda: world.now)
    error = world.perform(run)
    said = [word for words in world.history.values() for word in words]
    if any(word in STOPPING if isinstance(word, str) else word in FATAL for word in said):
        assert isinstance(error, BulkStoppedError)
        assert error.reason is run.report.stopped
    check_accounts(world, run, error)
    for outcome in world.outcomes:
        check_story(outcome, world.history[outcome.index], resend_unknown=False)


@attrs.define
class Leaves(World):
    """A world in which the loop over a run is left."""

    emits_left: int = 0
    """How often outcomes are handed out before."""

    def take(self, step: Step, run: Run) -> object:
        """Take one step, or leave."""
        if isinstance(step, Emit):
            self.emits_left -= 1
            if self.emits_left < 0:
                raise GeneratorExit
        return super().take(step, run)


@examples(max_examples=50)
@given(size=sizes, in_flight=st.integers(1, 4), resend=st.booleans(), emits=st.integers(0, 4), data=st.data())
def test_wherever_the_loop_is_left_every_entry_is_accounted_for(
    size: int, in_flight: int, resend: bool, emits: int, data: st.DataObject
) -> None:
    world = world_of(size, data, HARMLESS, REFUSALS, of=Leaves)
    world.emits_left = emits
    run = Run(settings_with(max_in_flight=in_flight, resend_unknown=resend), clock=lambda: world.now)
    with suppress(GeneratorExit):
        world.perform(run)
    run.end([run.finish(*end) for end in world.under_way])  # as the senders do when what is under way has ended
    report = run.report
    assert (report.settled + report.untouched, report.in_flight, report.finished) == (world.taken, 0, True)
    outcomes = [*world.outcomes, *run.results.outbox]
    assert len(outcomes) == len({outcome.index for outcome in outcomes}) == report.settled
    for outcome in outcomes:
        check_story(outcome, world.history[outcome.index], resend_unknown=resend)
    for index in set(range(world.taken)) - {outcome.index for outcome in outcomes}:
        assert "SUCCESS" not in world.history[index]
        assert not any(map(is_ambiguous, world.history[index]))


def check_accounts(world: World, run: Run, error: BaseException | None) -> tuple[BulkItem, ...]:
    """Check that what was taken is either told or left, and that the report says so; returns what is left."""
    left: tuple[BulkItem, ...] = getattr(error, "untouched", ())
    places = {entry(index): index for index in range(world.taken)}
    told = [outcome.index for outcome in world.outcomes]
    named = [places[item.entry] for item in left]
    assert named == sorted(named)
    assert sorted([*told, *named]) == list(range(world.taken))
    assert all(outcome.entry == entry(outcome.index) for outcome in world.outcomes)
    states = Counter(str(outcome.state) for outcome in world.outcomes)
    report = run.report
    assert (report.sent, report.failed, report.unknown) == (states["sent"], states["failed"], states["unknown"])
    assert (report.untouched, report.in_flight, report.finished) == (len(left), 0, True)
    assert sum(report.codes.values()) == report.failed + report.unknown
    return left


@examples(max_examples=40)
@given(size=sizes, in_flight=st.integers(1, 4), data=st.data())
def test_requests_are_few_at_a_time_in_order_and_the_source_is_not_read_far_ahead(
    size: int, in_flight: int, data: st.DataObject
) -> None:
    world = world_of(size, data, ["TRANSIENT_FAILURE", "ACCOUNT_THROTTLED"], [])
    run = Run(settings_with(max_in_flight=in_flight), clock=lambda: world.now)
    assert world.perform(run) is None
    assert all(1 <= len(chunk) <= MAX_ENTRIES for chunk in world.requests)
    assert world.most_at_once <= in_flight
    assert world.furthest <= (in_flight + 2) * MAX_ENTRIES
    first_times = dict.fromkeys(item.index for chunk in world.requests for item in chunk)
    assert list(first_times) == list(range(size))


@pytest.mark.parametrize("size", [0, 1, 49, 50, 51, 1001])
def test_without_failures_every_request_but_the_last_is_full(size: int) -> None:
    world = World(map(entry, range(size)), all_taken)
    assert world.perform(Run(settings_with())) is None
    full, rest = divmod(size, MAX_ENTRIES)
    assert [len(chunk) for chunk in world.requests] == [MAX_ENTRIES] * full + [rest] * (rest > 0)


@examples(max_examples=40)
@given(others=st.lists(st.integers(0, 49), max_size=80), per_second=st.sampled_from([1.0, 2.5, 14.0, 70.0, 1e6]))
def test_a_request_has_no_more_recipients_than_its_part_of_a_second_has_room_for(
    others: list[int], per_second: float
) -> None:
    world = World(starmap(entry, enumerate(others)), all_taken)
    assert world.perform(Run(settings_with(SendRate(per_second)), clock=lambda: world.now)) is None
    recipients = [sum(item.recipients for item in chunk) for chunk in world.requests]
    for number, (chunk, size) in enumerate(zip(world.requests, recipients, strict=True)):
        assert size <= per_second * CHUNK_SECONDS or len(chunk) == 1
        assert world.sent_at[number] >= sum(recipients[:number]) / per_second - LEAD - 1e-6, "it left before its turn"


def test_an_entry_that_may_have_been_sent_stays_unknown_whatever_a_second_request_returns() -> None:
    unsure = errors.AmbiguousSendError("who knows")
    for second in (["MESSAGE_REJECTED"], ["ACCOUNT_SUSPENDED"], errors.AccessDeniedException("no", status_code=403)):
        world = World(iter([entry(0)]), scripted(unsure, second))
        error = world.perform(Run(settings_with(resend_unknown=True), clock=lambda: world.now))  # noqa: B023
        (outcome,) = world.outcomes
        assert (outcome.state, outcome.error, outcome.attempts) == ("unknown", unsure, 2)
        assert not getattr(error, "untouched", ())


def test_a_refusal_is_pinned_on_the_one_entry_that_is_the_reason() -> None:
    bad = 37

    def answer(chunk: Chunk) -> list[str] | BaseException:
        is_in = bad in [item.index for item in chunk]
        return errors.BadRequestException("a bad address", status_code=400) if is_in else all_taken(chunk)

    world = World(map(entry, range(120)), answer)
    assert world.perform(Run(settings_with(), clock=lambda: world.now)) is None
    codes = {outcome.index: outcome.code for outcome in world.outcomes if outcome.state != "sent"}
    assert codes == {bad: "BadRequestException"}
    assert len(world.requests) <= 3 + 2 * 6


def test_a_run_whose_every_entry_is_refused_ends_after_some() -> None:
    world = World(map(entry, range(10_000)), lambda _chunk: errors.BadRequestException("no such tag", status_code=400))
    error = world.perform(Run(settings_with(), clock=lambda: world.now))
    assert isinstance(error, BulkStoppedError)
    assert isinstance(error.reason, errors.BadRequestException)
    assert len(world.requests) < 300


def test_throttling_for_the_24_hour_quota_ends_the_run() -> None:
    over = models.BulkEmailEntryResult(status="ACCOUNT_THROTTLED", error="Daily message quota exceeded.")
    world = World(map(entry, range(3)), lambda chunk: [over] * len(chunk))
    error = world.perform(Run(settings_with(), clock=lambda: world.now))
    assert isinstance(error, BulkStoppedError)
    assert len(error.untouched) == 3


def test_throttled_entries_slow_the_rate_down() -> None:
    rate = SendRate(100.0)
    world = World(map(entry, range(10)), scripted(["ACCOUNT_THROTTLED"] * 10))
    assert world.perform(Run(settings_with(rate), clock=lambda: world.now)) is None
    assert rate.per_second is not None
    assert rate.per_second < 100


@pytest.mark.parametrize("pick", [min, max])
def test_whenever_a_run_dies_the_next_one_carries_on_and_sends_nothing_twice(
    pick: Callable[[int, int], int], tmp_path: Path
) -> None:
    for moment in count(1):
        said: dict[int, list[object]] = defaultdict(list)
        told: dict[int, tuple[str, str | None]] = {}
        for steps in (moment, None):
            rejected = ["MESSAGE_REJECTED", *["SUCCESS"] * 20, "TRANSIENT_FAILURE", *["SUCCESS"] * 28]
            world = World(map(entry, range(120)), scripted(rejected, errors.AmbiguousSendError("who knows")), pick)
            world.history = said
            with closing(SqliteJournal(tmp_path / str(moment), MailingIdentity(b""))) as journal:
                run = Run(settings_with(max_in_flight=2), journal, clock=lambda: world.now)  # noqa: B023
                assert world.perform(run, steps) is None
            for outcome in world.outcomes:
                what = (outcome.state, outcome.message_id)
                assert told.setdefault(outcome.index, what) == what, "it is told otherwise than before"
            has_died = steps is not None and not run.report.finished
            if steps is not None and not has_died:
                return
        assert sorted(told) == list(range(120))
        for place, (state, _) in told.items():
            assert said[place].count("SUCCESS") <= 1, "it was sent twice"
            if state != "unknown":
                assert (state == "sent") == (said[place][-1] == "SUCCESS")


def test_a_request_that_is_too_large_is_split_until_it_fits() -> None:
    too_large = errors.APIClientError("too large", code="413", status_code=413)
    world = World(map(entry, range(40)), lambda chunk: too_large if len(chunk) > 10 else all_taken(chunk))
    assert world.perform(Run(settings_with(), clock=lambda: world.now)) is None
    assert [outcome.state for outcome in world.outcomes] == ["sent"] * 40
    assert sorted(map(len, world.requests)) == [10, 10, 10, 10, 20, 20, 40]


def test_an_entry_that_is_too_large_alone_fails_alone() -> None:
    too_large = errors.APIClientError("too large", code="413", status_code=413)
    world = World(iter([entry(0)]), scripted(too_large))
    assert world.perform(Run(settings_with(), clock=lambda: world.now)) is None
    (outcome,) = world.outcomes
    assert (outcome.state, outcome.error) == ("failed", too_large)


def test_refusals_with_sent_entries_in_between_do_not_end_the_run() -> None:
    # Each request holds one entry; two of three are refused, 80 in all, but never 50 in a row.
    def answer(chunk: Chunk) -> list[str] | BaseException:
        return errors.MessageRejected("no", status_code=400) if chunk[0].index % 3 else all_taken(chunk)

    world = World(map(entry, range(120)), answer)
    run = Run(settings_with(SendRate(1.0), max_in_flight=1), clock=lambda: world.now)
    assert world.perform(run) is None
    assert (run.report.sent, run.report.failed) == (40, 80)


def test_the_wait_grows_with_the_attempts_of_the_entry_that_was_tried_most_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[int] = []
    monkeypatch.setattr("sesv2kit.bulk.run.backoff", lambda attempt, _random, _asked_for: tried.append(attempt) or 0.0)
    # Entry 0 is refused twice, the second time in a request with entry 1, for which it is the first time.
    script = [["TRANSIENT_FAILURE", "SUCCESS"], ["TRANSIENT_FAILURE", "TRANSIENT_FAILURE"], ["SUCCESS", "SUCCESS"]]
    world = World(map(entry, range(3)), scripted(*script))
    rate = SendRate(8.0)
    assert world.perform(Run(settings_with(rate, max_in_flight=1, max_attempts=5), clock=lambda: world.now)) is None
    assert [[item.index for item in chunk] for chunk in world.requests] == [[0, 1], [0, 2], [0, 2]]
    assert tried == [1, 2]


@pytest.mark.parametrize("second", ["TRANSIENT_FAILURE", "ambiguous"])
def test_the_journal_calls_an_entry_unknown_that_may_have_been_sent_and_waits_for_a_retry(
    second: str, tmp_path: Path
) -> None:
    unsure = errors.AmbiguousSendError("who knows")
    world = World(iter([entry(0)]), scripted(unsure, [second] if second != "ambiguous" else unsure))
    with closing(SqliteJournal(tmp_path / "journal", MailingIdentity(b""))) as journal:
        run = Run(settings_with(resend_unknown=True, max_attempts=9), journal, clock=lambda: world.now)
        steps = run.steps()
        value: object = None
        while len(world.requests) < 2 or world.under_way:
            value = world.take(steps.send(value), run)
        steps.close()
        assert journal.look_up([0], [None])[0].state == "unknown"


@pytest.mark.parametrize("is_shared", [True, False])
def test_more_requests_are_under_way_only_if_the_rate_has_room_for_them(is_shared: bool) -> None:
    rate = SendRate(100.0)
    if is_shared:
        rate.join(0.0, 100_000)  # somebody else
    world = World(map(entry, range(2000)), all_taken, min)  # no request ends before all have begun
    run = Run(settings_with(rate, max_in_flight=None), clock=lambda: world.now)
    steps = run.steps()
    value: object = None
    while world.now < 10 and len(world.under_way) < 20 and (is_shared or world.now < 8):
        step = steps.send(value)
        if isinstance(step, Collect) and step.seconds is None:
            break  # a request has to end first
        value = world.take(step, run)
    assert (len(world.under_way) > 8) == (not is_shared)


def begin_times(pick: Callable[[int, int], int]) -> tuple[list[float], int]:
    """Return when the requests of a run begin that are a second apart, and how many are under way at most."""
    world = World(map(entry, range(200)), all_taken, pick)
    run = Run(settings_with(max_in_flight=3), clock=lambda: world.now, spacing=1.0)
    assert world.perform(run) is None
    assert run.report.sent == 200
    return world.sent_at, world.most_at_once


def test_a_request_begins_beside_another_one_only_after_a_while() -> None:
    times, most_at_once = begin_times(min)  # no request ends before it has to
    assert [later - earlier for earlier, later in pairwise(times[:3])] == [1.0, 1.0]
    assert most_at_once == 3


def test_a_request_begins_at_once_if_none_is_under_way() -> None:
    times, most_at_once = begin_times(max)  # each request ends at once
    assert times == [0.0] * 4
    assert most_at_once == 1
