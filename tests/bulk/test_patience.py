"""Throttling, outages and quotas: what passes is waited for, and nothing is called failed because of it."""

from collections.abc import Callable
from typing import Any

import pytest
from support.bulk import entries, entry
from support.bulk_world import World, all_taken, settings_with

from sesv2kit import SendRate, errors, models
from sesv2kit.bulk import BulkStoppedError
from sesv2kit.bulk.item import Chunk
from sesv2kit.bulk.pace import Pace
from sesv2kit.bulk.patience import THROTTLE_PATIENCE
from sesv2kit.bulk.run import QUOTA_POLL, Run


@pytest.fixture(autouse=True)
def short_waits() -> None:
    """Wait as long as a user does; no time passes."""


def world_that(decide: Callable[[float, Chunk], Any], size: int = 60) -> World:
    """Return a world in which what comes of a request depends on the time."""
    world = World(map(entry, range(size)), lambda chunk: decide(world.now, chunk))
    return world


def perform(world: World, **settings: Any) -> tuple[Run, BaseException | None]:
    """Perform a run in a world; returns it, and what it raised."""
    run = Run(settings_with(**settings), clock=lambda: world.now)
    return run, world.perform(run)


THROTTLED = errors.TooManyRequestsException("Maximum sending rate exceeded.", status_code=429)
NO_CONNECTION = errors.ConnectError("nobody there", outcome="not_sent")


@pytest.mark.parametrize("as_a_whole", [True, False])
def test_throttling_spends_no_attempt(as_a_whole: bool) -> None:
    throttled: Any = THROTTLED if as_a_whole else ["ACCOUNT_THROTTLED"] * 50
    world = world_that(
        lambda now, chunk: all_taken(chunk) if now > 300 else throttled if as_a_whole else throttled[: len(chunk)]
    )
    run, error = perform(world, max_attempts=1)
    assert error is None
    assert (run.report.sent, run.report.failed) == (60, 0)
    assert max(outcome.attempts for outcome in world.outcomes) > 5


@pytest.mark.parametrize("as_a_whole", [True, False])
def test_a_run_that_is_throttled_for_a_quarter_of_an_hour_ends_with_its_entries_untouched(as_a_whole: bool) -> None:
    world = world_that(lambda _now, chunk: THROTTLED if as_a_whole else ["ACCOUNT_THROTTLED"] * len(chunk))
    run, error = perform(world)
    assert isinstance(error, BulkStoppedError)
    assert isinstance(error.reason, errors.TooManyRequestsException)
    assert [item.entry for item in error.untouched] == entries(60)
    assert (run.report.failed, run.report.untouched, world.outcomes) == (0, 60, [])
    assert THROTTLE_PATIENCE <= world.now < THROTTLE_PATIENCE + 30


def test_patience_begins_again_with_every_entry_that_is_taken() -> None:
    taken_at = [0.0]

    def one_in_ten_minutes(now: float, chunk: Chunk) -> list[str]:
        if now - taken_at[-1] < 600:
            return ["ACCOUNT_THROTTLED"] * len(chunk)
        taken_at.append(now)
        return ["SUCCESS", *["ACCOUNT_THROTTLED"] * (len(chunk) - 1)]

    world = world_that(one_in_ten_minutes, size=10)
    run, error = perform(world)
    assert error is None
    assert run.report.sent == 10
    assert world.now > 4 * THROTTLE_PATIENCE


def test_an_outage_ends_a_run_when_the_attempts_are_used_up() -> None:
    world = world_that(lambda now, chunk: all_taken(chunk) if now > 200 else NO_CONNECTION)
    run, error = perform(world, max_attempts=4)
    assert isinstance(error, BulkStoppedError)
    assert error.reason is NO_CONNECTION
    assert run.report.untouched == 60
    assert 4 <= len(world.requests) <= 2 * 4


def test_an_outage_is_waited_for_as_long_as_outage_patience() -> None:
    world = world_that(lambda now, chunk: all_taken(chunk) if now > 200 else NO_CONNECTION)
    run, error = perform(world, max_attempts=2, outage_patience=300)
    assert error is None
    assert run.report.sent == 60
    world = world_that(lambda _now, _chunk: NO_CONNECTION)
    run, error = perform(world, max_attempts=2, outage_patience=300)
    assert isinstance(error, BulkStoppedError)
    assert 300 <= world.now < 330
    assert run.report.untouched == 60


def test_attempts_are_counted_apart_from_outages() -> None:
    failed: list[str] = []

    def decide(now: float, chunk: Chunk) -> Any:
        if now < 100:
            return NO_CONNECTION
        if len(failed) < 3:
            failed.append("TRANSIENT_FAILURE")
            return ["TRANSIENT_FAILURE"] * len(chunk)
        return all_taken(chunk)

    _run, error = perform(world := world_that(decide, size=3), max_attempts=4, outage_patience=300)
    assert error is None
    assert [outcome.state for outcome in world.outcomes] == ["sent"] * 3


# Quota -------------------------------------------------------------------------------------------


OVER = ["ACCOUNT_DAILY_QUOTA_EXCEEDED"]
DAILY = errors.LimitExceededException("Daily message quota exceeded.", status_code=400)


@pytest.mark.parametrize("as_a_whole", [True, False])
def test_a_quota_can_be_waited_for(as_a_whole: bool) -> None:
    world = world_that(
        lambda now, chunk: all_taken(chunk) if now > 4000 else DAILY if as_a_whole else OVER * len(chunk)
    )
    run, error = perform(world, on_quota="wait", max_attempts=1)
    assert error is None
    assert (run.report.sent, run.report.failed) == (60, 0)
    assert len(world.requests) < 4000 / QUOTA_POLL * 2 + 10
    assert world.accounts_read >= 4000 / QUOTA_POLL - 1


def test_without_waiting_a_quota_ends_the_run() -> None:
    _run, error = perform(world_that(lambda _now, _chunk: DAILY))
    assert isinstance(error, BulkStoppedError)
    assert error.reason is DAILY


def account(sent: float) -> models.GetAccountResponse:
    """Return what GetAccount says when so many mails of 100 were sent in the last 24 hours."""
    quota = models.SendQuota(max24_hour_send=100, max_send_rate=1e6, sent_last24_hours=sent)
    return models.GetAccountResponse(send_quota=quota)


@pytest.mark.parametrize("checks_fail", [True, False])
def test_nothing_is_sent_while_getaccount_reports_that_the_quota_is_used_up(checks_fail: bool) -> None:
    rate = SendRate(1e12)
    rate.update(account(100))
    world = world_that(lambda _now, chunk: all_taken(chunk))

    def read() -> None:
        if checks_fail and 1000 < world.now < 2000:
            raise errors.ServiceUnavailable("later", status_code=503)
        rate.update(account(0 if world.now > 5000 else 100))

    world.read_account = read
    _run, error = perform(world, rate=rate, on_quota="wait")
    assert error is None
    assert min(world.sent_at) > 5000


def test_a_check_of_the_quota_that_fails_ends_a_run_that_does_not_wait() -> None:
    rate = SendRate(1e12)
    rate.update(account(70))
    world = world_that(lambda _now, chunk: all_taken(chunk))

    def read() -> None:
        raise errors.AccessDeniedException("no", status_code=403)

    world.read_account = read
    run = Run(settings_with(rate), clock=lambda: world.now)
    steps = run.steps()
    value: object = None
    while not world.requests:
        value = world.take(steps.send(value), run)
        rate.update(account(100)) if world.requests else None
    error = world.go_on(steps, value, run)
    assert isinstance(error, BulkStoppedError)
    assert isinstance(error.reason, errors.AccessDeniedException)


def test_without_a_rate_a_request_has_no_turn_to_give_back() -> None:
    pace = Pace(None)
    pace.begin(50, 1.0)
    pace.end()
    pace.give_back(50, 1.0)
    assert pace.next_time(1.0) <= 1.0
