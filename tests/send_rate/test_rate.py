"""The rate alone: what it is, and how throttling, the account and other processes change it."""

import math
from itertools import pairwise
from typing import Any, cast

import pytest

from sesv2kit import SendRate, errors, models
from sesv2kit._rate.account import AccountKey
from sesv2kit._rate.send_rate import account_rate


class Clock:
    """Stands in for the `time` module."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let time go by only where a test says so."""
    clock = Clock()
    monkeypatch.setattr("sesv2kit._rate.send_rate.time", clock)
    return clock


def response(rate: float | None, quota: float | None = None, sent: float | None = None) -> models.GetAccountResponse:
    """Return a response of GetAccount."""
    members = models.SendQuota(max_send_rate=rate, max24_hour_send=quota, sent_last24_hours=sent)
    return models.GetAccountResponse(send_quota=members)


@pytest.mark.parametrize("wrong", [0, -1, "14", True, math.nan, math.inf, 1.7e308, [14]])
def test_a_rate_is_a_number_above_0(wrong: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"^per_second must be a number of recipients above 0.*, got "):
        SendRate(wrong)


def test_a_rate_shows_what_it_is() -> None:
    assert (repr(SendRate(14)), repr(SendRate(0.5)), repr(SendRate())) == (
        "SendRate(14)",
        "SendRate(0.5)",
        "SendRate()",
    )
    assert (SendRate(14).per_second, SendRate().per_second) == (14, None)


# Throttling --------------------------------------------------------------------------------------


def test_throttling_cuts_the_rate_to_seven_tenths_and_it_grows_back_to_what_it_was(clock: Clock) -> None:
    rate = SendRate(100)
    rate.throttled()
    grown: list[float] = []
    for _ in range(40):
        grown.append(rate.per_second or 0)
        clock.now += 0.25
    assert grown[0] == pytest.approx(70)
    assert grown == sorted(grown)
    assert grown[12] < 100
    assert grown[-1] == 100


def test_many_sends_that_are_throttled_at_once_cut_the_rate_once(clock: Clock) -> None:
    rate = SendRate(100)
    for _ in range(50):
        rate.throttled()
        clock.now += 0.01
    assert 70 <= (rate.per_second or 0) < 100
    clock.now += 0.6
    before = rate.per_second or 0
    rate.throttled()
    assert rate.per_second == pytest.approx(0.7 * before)


def test_throttling_again_and_again_cuts_the_rate_further(clock: Clock) -> None:
    rate = SendRate(100)
    for _ in range(30):
        rate.throttled()
        clock.now += 1
    assert 0.5 <= (rate.per_second or 0) < 20


def test_a_slow_rate_is_not_cut_under_one_recipient_in_two_seconds(clock: Clock) -> None:
    slow, slower = SendRate(0.6), SendRate(0.2)
    slow.throttled()
    slower.throttled()
    assert (slow.per_second, slower.per_second) == (0.5, 0.2)


def test_a_cut_of_the_rate_delays_waiting_requests(clock: Clock) -> None:
    rate = SendRate(10)
    rate.join(clock.now, 7)
    turn = rate.join(clock.now, 1)
    before = rate.wait(turn, clock.now)
    rate.throttled()
    assert rate.wait(turn, clock.now) == pytest.approx(before / 0.7)


def test_a_refused_send_leaves_its_permits_and_its_quota_to_others(clock: Clock) -> None:
    rate = SendRate(10)
    rate.update(response(10, 100, 0))
    first, second = rate.join(clock.now, 2), rate.join(clock.now, 1)
    assert rate.wait(first, clock.now) == 0
    rate.account.spend(2)
    assert rate.wait(second, clock.now) == pytest.approx(0.2)
    rate.give_back(2)
    assert (rate.wait(second, clock.now), rate.quota_left) == (0, 100)


# Other processes ---------------------------------------------------------------------------------


class FakeLimiter:
    """Stands in for Redis, and responds with the seconds that a test says; None for no response."""

    name = "fake"

    def __init__(self, *responses: float | None) -> None:
        self.responses = list(responses)
        self.is_lost = False
        self.requested: list[int] = []
        self.abandoned: list[object] = []
        self.released: list[tuple[int, float]] = []

    @property
    def part(self) -> float:
        """Return the part of the rate without Redis, or all of it."""
        return 0.25 if self.is_lost else 1.0

    def request(self, recipients: int, _rate: float, _left: float | None) -> object:
        """Note a request."""
        self.requested.append(recipients)
        return object()

    def take_response(self, _request: object) -> float | None:
        """Return what the test says."""
        seconds = self.responses.pop(0)
        self.is_lost = seconds is None
        return seconds

    def abandon(self, request: object) -> None:
        """Note a request that nobody waits for."""
        self.abandoned.append(request)

    def release(self, recipients: int, seconds: float) -> None:
        """Note what is released."""
        self.released.append((recipients, seconds))


def reserve(rate: SendRate, turn: Any, now: float) -> None:
    """Do what a send does whose turn in its process has come."""
    rate.reserve(turn, now)
    rate.settle(turn, now)


def shared_rate(limiter: FakeLimiter, when_lost: Any = "share") -> SendRate:
    """Return a rate of 10 that is shared over a limiter."""
    rate = SendRate(10, when_lost=when_lost)
    rate.limiter = cast(Any, limiter)
    return rate


def test_a_send_makes_one_request_shortly_before_its_turn_and_leaves_when_its_reservation_counts(clock: Clock) -> None:
    limiter = FakeLimiter(0.5, 0.6)
    rate = shared_rate(limiter)
    first, second = rate.join(clock.now, 1), rate.join(clock.now, 1)
    assert (rate.wait(first, clock.now), first.must_reserve) == (0, True)
    reserve(rate, first, clock.now)
    assert (rate.wait(first, clock.now), first.must_reserve) == (0.5, False)
    assert rate.wait(second, clock.now) == pytest.approx(0.55), "it reserves a little before 0.6"
    clock.now += 0.5
    assert rate.wait(first, clock.now) == 0
    clock.now += 0.051
    assert rate.wait(second, clock.now) == pytest.approx(0)
    assert second.must_reserve
    reserve(rate, second, clock.now)
    assert rate.wait(second, clock.now) == pytest.approx(0.6)
    assert limiter.requested == [1, 1]


def test_a_redis_that_responds_late_does_not_slow_down_those_behind(clock: Clock) -> None:
    rate = shared_rate(FakeLimiter(0.0))
    first, second, third = (rate.join(clock.now, 1) for _ in range(3))
    assert rate.wait(first, clock.now) == 0
    rate.reserve(first, clock.now)
    clock.now += 0.3
    rate.settle(first, clock.now)
    assert rate.wait(first, clock.now) == 0
    assert [rate.wait(turn, clock.now) for turn in (second, third)] == [0, 0], "their turns came meanwhile"


def test_a_reservation_of_a_cancelled_send_is_used_by_another_of_the_process(clock: Clock) -> None:
    limiter = FakeLimiter(2.0)
    rate = shared_rate(limiter)
    turn = rate.join(clock.now, 3)
    rate.wait(turn, clock.now)
    reserve(rate, turn, clock.now)
    clock.now += 0.5
    rate.leave(turn, clock.now)
    assert limiter.released == [(3, 1.5)]


def test_a_send_that_leaves_before_redis_responds_abandons_its_request(clock: Clock) -> None:
    limiter = FakeLimiter()
    rate = shared_rate(limiter)
    turn = rate.join(clock.now, 3)
    rate.wait(turn, clock.now)
    request = rate.reserve(turn, clock.now)
    rate.leave(turn, clock.now)
    assert limiter.abandoned == [request]
    assert limiter.released == []


def test_a_send_whose_reservation_would_come_too_late_delays_no_other(clock: Clock) -> None:
    rate = shared_rate(FakeLimiter(math.inf, 0.0))
    first, second = rate.join(clock.now, 5), rate.join(clock.now, 1)
    rate.wait(first, clock.now)
    reserve(rate, first, clock.now)
    assert rate.wait(first, clock.now) == math.inf
    rate.leave(first, clock.now)
    assert (rate.wait(second, clock.now), second.must_reserve) == (0, True)


def test_without_redis_sends_keep_to_the_recent_share_of_the_process(clock: Clock) -> None:
    limiter = FakeLimiter(None)
    rate = shared_rate(limiter)
    first, second = rate.join(clock.now, 1), rate.join(clock.now, 1)
    rate.wait(first, clock.now)
    reserve(rate, first, clock.now)
    assert (rate.wait(first, clock.now), first.must_reserve) == (0, False)
    assert rate.per_second == 2.5
    assert rate.wait(second, clock.now) == pytest.approx(0.4)
    limiter.is_lost = False
    assert rate.per_second == 10


def test_the_first_send_without_redis_is_as_far_from_the_last_as_those_that_follow(clock: Clock) -> None:
    rate = shared_rate(FakeLimiter(0.0, None))
    first, second = rate.join(clock.now, 1), rate.join(clock.now, 1)
    rate.wait(first, clock.now)
    reserve(rate, first, clock.now)
    rate.wait(second, clock.now)
    reserve(rate, second, clock.now)
    assert rate.wait(second, clock.now) == pytest.approx(1.015 / 2.5)


def test_a_process_that_loses_redis_continues_from_its_last_send(clock: Clock) -> None:
    limiter = FakeLimiter(0.0, None)
    rate = shared_rate(limiter)
    turns = [rate.join(clock.now, 1) for _ in range(4)]
    left: list[float] = []
    for turn in turns:
        while seconds := rate.wait(turn, clock.now):
            clock.now += seconds + 1e-6
        while turn.must_reserve:
            limiter.responses = limiter.responses or [None]
            reserve(rate, turn, clock.now)
            clock.now += rate.wait(turn, clock.now)
        left.append(clock.now)
    assert [later - earlier for earlier, later in pairwise(left)] == pytest.approx([0.406, 0.4, 0.4], abs=0.001)


def test_without_redis_sends_wait_with_when_lost_wait(clock: Clock) -> None:
    limiter = FakeLimiter(None, None, 0.0)
    rate = shared_rate(limiter, "wait")
    turn = rate.join(clock.now, 1)
    rate.wait(turn, clock.now)
    for _ in range(2):
        reserve(rate, turn, clock.now)
        assert (rate.wait(turn, clock.now), turn.must_reserve) == (1, True)
        clock.now += 1
    assert rate.per_second == 10
    reserve(rate, turn, clock.now)
    assert (rate.wait(turn, clock.now), turn.must_reserve) == (0, False)


@pytest.mark.parametrize("wrong", ["", "Share", None, True])
def test_when_lost_is_one_of_two_values(wrong: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="when_lost"):
        SendRate(14, when_lost=wrong)


# The account -------------------------------------------------------------------------------------


def test_the_account_sets_the_rate_and_the_quota() -> None:
    rate = SendRate()
    rate.update(response(14, 50_000, 1_000))
    assert (rate.per_second, rate.quota_left) == (14, 49_000)
    rate.update(response(28, 50_000, 60_000))
    assert (rate.per_second, rate.quota_left) == (28, 0)


@pytest.mark.parametrize(
    "account", [response(None), response(-1), response(0), response(1.7e308), models.GetAccountResponse()]
)
def test_an_account_that_names_no_rate_sets_no_limit(account: models.GetAccountResponse) -> None:
    rate = SendRate()
    rate.update(account)
    rate.throttled()
    assert (rate.per_second, rate.quota_left) == (None, None)
    assert [rate.wait(rate.join(1000, 50), 1000) for _ in range(3)] == [0, 0, 0]


def test_an_account_without_a_quota_has_endlessly_much_left() -> None:
    rate = SendRate()
    rate.update(response(14, -1, 1_000))
    rate.account.spend(50)
    assert rate.quota_left == math.inf


def test_recipients_are_subtracted_from_the_quota_until_get_account_is_called_again() -> None:
    rate = SendRate()
    rate.account.spend(3)
    assert rate.quota_left is None
    rate.update(response(14, 200, 100))
    rate.account.spend(3)
    assert rate.quota_left == 97
    rate.account.spend(100)
    assert rate.quota_left == 0
    rate.update(response(14, 200, 150))
    assert rate.quota_left == 50


def test_a_rate_given_as_a_number_does_not_change_with_the_account() -> None:
    rate = SendRate(5)
    rate.update(response(14, 200, 100))
    assert (rate.per_second, rate.quota_left) == (5, 100)


def test_one_caller_at_a_time_calls_get_account_and_again_after_five_minutes(clock: Clock) -> None:
    rate = SendRate()
    assert (rate.account.claim(clock.now), rate.account.claim(clock.now)) == (True, False)
    rate.account.release(clock.now)
    assert rate.account.claim(clock.now), "the first was given up, so another takes over"
    rate.update(response(14))
    rate.account.release(clock.now)
    clock.now += 299
    assert not rate.account.claim(clock.now)
    clock.now += 1
    assert rate.account.claim(clock.now)
    rate.account.release(clock.now, errors.ConnectError("no"))
    assert not rate.account.claim(clock.now + 59)
    assert rate.account.claim(clock.now + 60)


def test_a_caller_interrupted_before_get_account_does_not_keep_others_from_calling_it(clock: Clock) -> None:
    rate = SendRate()
    assert rate.account.claim(clock.now)
    assert not rate.account.claim(clock.now + 59)
    assert rate.account.claim(clock.now + 60), "a signal handler may raise before the claim is released"


def test_a_rate_given_as_a_number_never_calls_get_account() -> None:
    assert not SendRate(14).account.claim(1e12)


def test_a_failed_first_call_of_get_account_is_repeated_after_the_pause(clock: Clock) -> None:
    rate = SendRate()
    for failures in (1, 2):
        assert rate.account.claim(clock.now)
        rate.account.release(clock.now, errors.ConnectError("no"), pause=2)
        assert rate.account.failures == failures
        assert not rate.account.claim(clock.now + 1)
        clock.now += 2
    assert rate.account.claim(clock.now)
    rate.update(response(14))
    rate.account.release(clock.now)
    assert rate.account.failures == 0


def account_key(owner: str = "AKID1", url: str = "https://a.example", region: str = "eu-west-1") -> AccountKey:
    return AccountKey(url, region, owner)


def test_the_rate_of_an_account_is_one_for_its_endpoint_region_and_owner() -> None:
    rate = account_rate(account_key())
    rate.update(response(14))
    assert account_rate(account_key()) is rate
    for other in (account_key("AKID2"), account_key(url="https://b.example"), account_key(region="eu-west-2")):
        assert account_rate(other) is not rate
        assert other.digest != account_key().digest
    del rate
    assert account_rate(account_key()).per_second == 14, "nobody has to keep it"


def test_the_rates_of_keys_that_are_no_longer_used_are_forgotten() -> None:
    account_rate(account_key("OLD")).update(response(14))
    account_rate(account_key("USED")).update(response(28))
    for number in range(99):
        account_rate(account_key(f"AKID{number}"))
        account_rate(account_key("USED"))
    assert account_rate(account_key("USED")).per_second == 28
    assert account_rate(account_key("OLD")).per_second is None


def test_rates_of_the_same_account_share_its_quotas() -> None:
    first, second, other = SendRate(), SendRate(), SendRate()
    first.update(response(14, 100, 0))
    first.use_account(account_key())
    second.use_account(account_key())
    other.use_account(account_key("AKID2"))
    assert (second.per_second, second.quota_left, other.per_second) == (14, 100, None)
    second.update(response(28, 100, 40))
    assert (first.per_second, first.quota_left) == (28, 60)
    assert account_rate(account_key()).per_second == 28


def test_a_name_in_redis_shows_neither_the_account_nor_the_endpoint() -> None:
    digest = account_key("123456789012").digest
    assert len(digest) == 32
    assert "123456789012" not in digest
