"""Which part of a shared rate a process used recently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesv2kit._rate.share import MIN_SHARE, RecentShare


def take_turns(sizes: list[int], rounds: int, per_second: float = 10) -> list[RecentShare]:
    """Let processes reserve permits one after the other, each its own number; returns their shares."""
    shares = [RecentShare() for _ in sizes]
    total, now = 0, 1000.0
    for _ in range(rounds):
        for size, share in zip(sizes, shares, strict=True):
            total += size
            share.count(size, total, per_second, now)
            now += size / per_second
    return shares


def test_a_process_that_has_reserved_nothing_has_a_small_part() -> None:
    assert RecentShare().value == MIN_SHARE == 0.1


def test_a_process_that_sends_alone_gets_the_whole_rate() -> None:
    (share,) = take_turns([1], 1000)
    assert share.value > 0.95


@given(st.lists(st.integers(1, 50), min_size=1, max_size=9), st.integers(20, 100))
def test_each_process_gets_the_part_that_it_uses(sizes: list[int], rounds: int) -> None:
    shares = take_turns(sizes, rounds, per_second=1)
    for size, share in zip(sizes, shares, strict=True):
        assert share.value == pytest.approx(size / sum(sizes), abs=0.11)


@pytest.mark.parametrize(("rounds", "error"), [(2, 0.1), (3, 0.02), (10, 0.01), (100, 0.01)])
def test_the_parts_are_right_after_a_few_turns(rounds: int, error: float) -> None:
    assert sum(share.value for share in take_turns([25] * 8, rounds, 100)) == pytest.approx(1, abs=error)


def test_in_a_large_fleet_a_part_can_be_small() -> None:
    assert {round(share.value, 3) for share in take_turns([10] * 200, 100, 100)} == {0.005}


def test_what_was_long_ago_counts_little() -> None:
    (share,) = take_turns([10], 100)
    share.count(1, 1001, 10, 2000)
    share.count(1, 2000, 10, 2001)
    assert share.value < 0.02, "others had nearly all since"


def test_a_redis_that_has_lost_its_state_does_no_harm() -> None:
    (share,) = take_turns([10], 100)
    before = share.value
    share.count(10, 10, 10, 1100)
    assert share.value == pytest.approx(before, abs=0.01)


def test_a_redis_that_has_lost_its_state_gives_no_process_a_larger_part() -> None:
    shares = take_turns([3] * 8, 10, 14)
    before = [share.value for share in shares]
    now = 1020.0
    for number, share in enumerate(shares, 1):
        share.count(3, 3 * number, 14, now)
        share.count(0, 24, 14, now + 1)
    assert [share.value for share in shares] == pytest.approx(before, abs=0.02)
