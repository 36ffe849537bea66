"""Details of send rates: no rate that is known yet, and Redis that is lost or has much to do."""

import time
from importlib.util import find_spec

import pytest

from sesv2kit import SendRate
from sesv2kit._rate.account import AccountKey
from sesv2kit._rate.send_rate import account_rate

needs_redis = pytest.mark.skipif(not find_spec("redis"), reason="the extra sesv2kit[redis] is not installed")


def test_while_the_rate_of_the_account_is_unknown_no_send_waits_for_a_reservation() -> None:
    rate = account_rate(AccountKey("https://email.example.com", "eu-west-1", "AKIDUNKNOWN"))
    now = time.monotonic()
    turn = rate.join(now, 3)
    rate.settle(turn, now)
    assert (turn.is_reserved, turn.ready_at) == (True, now)
    rate.give_back(3)
    assert not rate.is_known


@needs_redis
def test_permits_are_given_back_to_redis_only_while_it_responds(monkeypatch: pytest.MonkeyPatch) -> None:
    limiter = SendRate(10, redis="redis://127.0.0.1:1").limiter
    assert limiter
    monkeypatch.setattr(type(limiter), "is_lost", True)
    limiter.give_back(3, 10.0)
    assert limiter._pending.empty()


@needs_redis
def test_a_batch_for_redis_has_a_bounded_number_of_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    from sesv2kit._rate.redis import PermitRequest

    monkeypatch.setattr("sesv2kit._rate.redis._MAX_BATCH", 2)
    limiter = SendRate(10, redis="redis://127.0.0.1:1").limiter
    assert limiter
    requests = [PermitRequest(1, 10.0) for _ in range(3)]
    for request in requests:
        limiter._pending.put(request)
    assert list(limiter._next_batch(0)) == requests[:2]
    assert list(limiter._next_batch(0)) == requests[2:]
    assert list(limiter._next_batch(0)) == []
