"""The rate by itself: what it is, and how throttling and the account change it."""

import math
from typing import Any, cast

import pytest

from sesv2kit import SendRate, errors, models
from sesv2kit._rate.send_rate import account_rate, count_recipients


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


def answer(rate: float | None, quota: float | None = None, sent: float | None = None) -> models.GetAccountResponse:
    """Return an answer of the account."""
    members = models.SendQuota(max_send_rate=rate, max24_hour_send=quota, sent_last24_hours=sent)
    return models.GetAccountResponse(send_quota=members)


@pytest.mark.parametrize("wrong", [0, -1, "14", True, math.nan, math.inf, 1.7e308, [14]])
def test_a_rate_is_a_number_above_0(wrong: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="recipients per second above 0"):
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


def test_who_waits_feels_a_cut(clock: Clock) -> None:
    rate = SendRate(10)
    rate.join(clock.now, 7)
    place = rate.join(clock.now, 1)
    assert rate.wait(place, clock.now) == pytest.approx(0.7)
    rate.throttled()
    assert rate.wait(place, clock.now) == pytest.approx(1)


class DenyingGate:
    """Stands in for Redis, where places come up in three seconds."""

    def take(self, _recipients: int, _rate: float, _left: float | None) -> float:
        """Refuse."""
        return 3.0


def test_while_other_processes_have_all_places_nobody_behind_asks_for_one(clock: Clock) -> None:
    rate = SendRate(10)
    rate.gate = cast(Any, DenyingGate())
    first, second = rate.join(clock.now, 1), rate.join(clock.now, 1)
    clock.now += 0.5
    assert rate.wait(second, clock.now) == 0
    assert rate.ask_others(first, 1) == 3
    assert rate.wait(first, clock.now) == pytest.approx(3)
    assert rate.wait(second, clock.now) == pytest.approx(3.1)


# The account -------------------------------------------------------------------------------------


class FullGate:
    """Stands in for Redis, which does not answer in time."""

    def take(self, _recipients: int, _rate: float, left: float | None) -> float:
        """Use up all the time that is left."""
        return 0.0 if left is None else math.inf


def test_who_has_no_time_to_ask_others_holds_nobody_up(clock: Clock) -> None:
    rate = SendRate(10)
    rate.gate = cast(Any, FullGate())
    first, second = rate.join(clock.now, 1), rate.join(clock.now, 1)
    assert rate.ask_others(first, 1, clock.now + 0.1) == math.inf
    rate.leave(first, clock.now, 1)
    assert rate.wait(second, clock.now) == 0
    assert rate.ask_others(second, 1) == 0


def test_the_account_sets_the_rate_and_the_quota() -> None:
    rate = SendRate()
    rate.update(answer(14, 50_000, 1_000))
    assert (rate.per_second, rate.quota_left) == (14, 49_000)
    rate.update(answer(28, 50_000, 60_000))
    assert (rate.per_second, rate.quota_left) == (28, 0)


@pytest.mark.parametrize("told", [answer(None), answer(-1), answer(0), answer(1.7e308), models.GetAccountResponse()])
def test_an_account_that_names_no_rate_sets_no_limit(told: models.GetAccountResponse) -> None:
    rate = SendRate()
    rate.update(told)
    rate.throttled()
    assert (rate.per_second, rate.quota_left) == (None, None)
    assert [rate.wait(rate.join(1000, 50), 1000) for _ in range(3)] == [0, 0, 0]


def test_an_account_without_a_quota_has_endlessly_much_left() -> None:
    rate = SendRate()
    rate.update(answer(14, -1, 1_000))
    rate.account.spend(50)
    assert rate.quota_left == math.inf


def test_what_leaves_is_taken_off_the_quota_until_the_account_is_asked_again() -> None:
    rate = SendRate()
    rate.account.spend(3)
    assert rate.quota_left is None
    rate.update(answer(14, 200, 100))
    rate.account.spend(3)
    assert rate.quota_left == 97
    rate.account.spend(100)
    assert rate.quota_left == 0
    rate.update(answer(14, 200, 150))
    assert rate.quota_left == 50


def test_a_rate_of_your_own_stays_whatever_the_account_says() -> None:
    rate = SendRate(5)
    rate.update(answer(14, 200, 100))
    assert (rate.per_second, rate.quota_left) == (5, 100)


def test_one_caller_at_a_time_asks_the_account_and_again_after_five_minutes(clock: Clock) -> None:
    rate = SendRate()
    assert (rate.account.claim(clock.now), rate.account.claim(clock.now)) == (True, False)
    rate.account.release(clock.now)
    assert rate.account.claim(clock.now), "the first was given up, so another takes over"
    rate.update(answer(14))
    rate.account.release(clock.now)
    clock.now += 299
    assert not rate.account.claim(clock.now)
    clock.now += 1
    assert rate.account.claim(clock.now)
    rate.account.release(clock.now, errors.ConnectError("no"))
    assert not rate.account.claim(clock.now + 59)
    assert rate.account.claim(clock.now + 60)


def test_a_rate_of_your_own_never_asks_the_account() -> None:
    assert not SendRate(14).account.claim(1e12)


def test_a_first_answer_that_failed_is_asked_for_again_after_the_pause(clock: Clock) -> None:
    rate = SendRate()
    for failures in (1, 2):
        assert rate.account.claim(clock.now)
        rate.account.release(clock.now, errors.ConnectError("no"), pause=2)
        assert rate.account.failures == failures
        assert not rate.account.claim(clock.now + 1)
        clock.now += 2
    assert rate.account.claim(clock.now)
    rate.update(answer(14))
    rate.account.release(clock.now)
    assert rate.account.failures == 0


def test_the_rate_of_an_account_is_one_for_its_endpoint_and_access_key() -> None:
    rate = account_rate("https://a.example", "AKID1")
    rate.update(answer(14))
    assert account_rate("https://a.example", "AKID1") is rate
    assert account_rate("https://a.example", "AKID2") is not rate
    assert account_rate("https://b.example", "AKID1") is not rate
    del rate
    assert account_rate("https://a.example", "AKID1").per_second == 14, "nobody has to keep it"


def test_the_rates_of_keys_that_are_no_longer_used_are_forgotten() -> None:
    account_rate("https://a.example", "OLD").update(answer(14))
    account_rate("https://a.example", "USED").update(answer(28))
    for number in range(99):
        account_rate("https://a.example", f"AKID{number}")
        account_rate("https://a.example", "USED")
    assert account_rate("https://a.example", "USED").per_second == 28
    assert account_rate("https://a.example", "OLD").per_second is None


# Recipients --------------------------------------------------------------------------------------


def to(**addresses: list[str]) -> models.Destination:
    """Return a destination."""
    return models.Destination(**{f"{name}_addresses": given for name, given in addresses.items()})


RAW = b"""From: shop@example.com
To: "Smith, Ann" <ann@example.net>,
 bob@example.net
Cc: c@example.net
To: d@example.net
Subject: =?utf-8?q?To=3A?=

To: nobody@example.net
"""


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ({"destination": to(to=["a"])}, 1),
        ({"destination": to(to=["a", "b"], cc=["c"], bcc=["d", "e"])}, 5),
        ({"destination": None, "content": models.EmailContent(raw=models.RawMessage(data=RAW))}, 4),
        (
            {
                "destination": None,
                "content": models.EmailContent(raw=models.RawMessage(data=RAW.replace(b"\n", b"\r\n"))),
            },
            4,
        ),
        ({"destination": None, "content": models.EmailContent(raw=models.RawMessage(data=memoryview(RAW)))}, 4),
        ({"destination": None, "content": models.EmailContent(raw=models.RawMessage(data=bytearray(RAW)))}, 4),
        ({"destination": to(to=["a"]), "content": models.EmailContent(raw=models.RawMessage(data=RAW))}, 1),
        ({"destination": None, "content": models.EmailContent(raw=models.RawMessage(data=b"\xff"))}, 1),
        ({"destination": models.Destination(), "content": models.EmailContent()}, 1),
        ({"email_address": "ann@example.net", "template_name": "check"}, 1),
        (
            {
                "bulk_email_entries": [
                    models.BulkEmailEntry(destination=to(to=["a"])),
                    models.BulkEmailEntry(destination=to(cc=["b", "c"])),
                ]
            },
            3,
        ),
    ],
)
def test_recipients_are_counted_as_the_service_does(arguments: dict[str, Any], count: int) -> None:
    assert count_recipients(arguments) == count
