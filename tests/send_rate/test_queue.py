"""A queue in which a request may take several permits at once, and whose requests may leave late."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesv2kit._rate.queue import MAX_CATCH_UP, Position, RateQueue, catch_up, permits_for


def departures(queue: RateQueue, now: float, sizes: list[float]) -> list[float]:
    """Return when requests leave that join one after the other."""
    return [now + queue.wait(queue.join(now, size), now) for size in sizes]


def test_a_request_leaves_with_its_first_permit_and_the_next_waits_for_all_of_them() -> None:
    assert departures(RateQueue(10, 0), 0, [1, 50, 5, 1, 1]) == [0, 0.1, 5.1, 5.6, 5.7]


# Leaving the queue -------------------------------------------------------------------------------


def test_all_behind_a_request_that_leaves_the_queue_move_up_and_keep_their_order() -> None:
    queue = RateQueue(1, 0)
    first, leaving, second, third = queue.join(0), queue.join(0, 5), queue.join(0, 3), queue.join(0)
    queue.leave(leaving, 0)
    assert [queue.wait(position, 0) for position in (first, second, third)] == [0, 1, 4]
    assert departures(queue, 0, [1]) == [5]
    assert [queue.wait(position, 2) for position in (second, third)] == [0, 2]


def test_no_request_waits_for_adjacent_positions_that_leave_one_by_one() -> None:
    queue = RateQueue(1, 0)
    positions = [queue.join(0) for _ in range(5)]
    for position in (positions[2], positions[1], positions[3]):
        queue.leave(position, 0)
    assert queue.wait(positions[4], 0) == 1
    assert departures(queue, 0, [3, 1]) == [2, 5]


def test_leaving_the_end_of_the_queue_leaves_no_trace() -> None:
    queue = RateQueue(1, 0)
    queue.join(0)
    queue.leave(queue.join(0, 50), 0)
    assert departures(queue, 0, [60, 1]) == [1, 61]


def test_a_queue_moves_past_positions_that_left_even_if_it_is_not_checked() -> None:
    queue = RateQueue(1, 0)
    queue.join(0)
    leaving, last = queue.join(0, 5), queue.join(0, 4)
    queue.leave(leaving, 0)
    assert queue.wait(last, 3) == 0
    assert departures(queue, 3, [1]) == [5]


def test_leaving_after_the_turn_has_come_lets_no_other_request_leave_early() -> None:
    queue = RateQueue(1, 0)
    queue.join(0)
    leaving, behind = queue.join(0, 5), [queue.join(0) for _ in range(3)]
    queue.leave(leaving, 4)
    assert [queue.wait(position, 4) for position in behind] == [0, 1, 2]


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans(), st.floats(0, 3)), min_size=1, max_size=80))
def test_no_two_requests_ever_have_the_same_permit(steps: list[tuple[int, bool, float]]) -> None:
    queue, now = RateQueue(7, 0), 0.0
    waiting: list[Position] = []
    for size, leaves, pause in steps:
        now += pause
        waiting.append(queue.join(now, size))
        if leaves:
            queue.leave(waiting.pop(len(waiting) // 2), now)
    waiting.sort(key=lambda position: position.start)
    for position, following in pairwise(waiting):
        assert position.end <= following.start + 1e-6


def test_a_position_that_is_held_holds_all_behind_it_and_keeps_its_turn() -> None:
    queue = RateQueue(10, 0)
    first, second, third = queue.join(0), queue.join(0, 2), queue.join(0)
    assert queue.wait(first, 0) == 0
    queue.hold(first, 1, 0)
    assert [queue.wait(position, 0) for position in (first, second, third)] == [1, 1.1, 1.3]
    queue.hold(third, 0.5, 0)
    assert [queue.wait(position, 0) for position in (first, second, third)] == [1, 1.1, 1.3]
    assert queue.wait(queue.join(0), 0) == 1.4


def rings(position: Position) -> list[str]:
    """Return a list that shows whether whoever sleeps until a turn was woken."""
    woken: list[str] = []
    assert position.alarm.set(lambda: woken.append("woken"))
    return woken


def test_the_first_waiting_request_is_woken_when_the_queue_moves_up_and_wakes_the_next() -> None:
    queue = RateQueue(1, 0)
    queue.take(queue.join(0), 0)
    leaving, first, second = queue.join(0, 50), queue.join(0), queue.join(0)
    assert [queue.take(position, 0) for position in (leaving, first, second)] == [1, 51, 52]
    woken = [rings(first), rings(second)]
    queue.leave(leaving, 0)
    queue.leave(queue.join(0), 0)
    assert woken == [["woken"], []]
    assert not first.alarm.set(None), "who was about to fall asleep does not"
    assert queue.take(first, 0) == 1
    assert first.alarm.set(None)
    assert queue.take(first, 1) == 0
    assert woken == [["woken"], ["woken"]]
    assert queue.take(second, 1) == 1


@pytest.mark.parametrize("moves_up", ["permits come back", "the rate grows"])
def test_a_waiting_request_is_woken_when_its_turn_comes_earlier(moves_up: str) -> None:
    queue = RateQueue(1, 0)
    queue.take(queue.join(0, 50), 0)
    position = queue.join(0)
    assert queue.take(position, 0) == 50
    woken = rings(position)
    if moves_up == "permits come back":
        queue.give_back(50, 0)
    else:
        queue.set_rate(50, 0)
    assert woken == ["woken"]
    assert queue.take(position, 0) < 50


def test_no_request_is_woken_if_no_turn_comes_earlier() -> None:
    queue = RateQueue(10, 0)
    positions = [queue.join(0) for _ in range(10)]
    for position in positions[1:]:
        queue.take(position, 0)
    woken = [rings(position) for position in positions]
    for number, position in enumerate(positions):
        assert queue.take(position, number / 10 + 0.001 * (number % 3)) == pytest.approx(0, abs=0.01)
    queue.leave(queue.join(2), 2)
    assert sum(map(len, woken)) == 0


def test_positions_of_a_parent_process_keep_no_request_from_being_woken() -> None:
    queue = RateQueue(1, 0)
    lost, mine = queue.join(0), queue.join(0, 9)
    assert queue.take(mine, 0) == 1
    queue.leave(queue.join(0, 5), 0)
    queue.take(lost, -1)
    assert queue.take(mine, 1) == 0
    leaving, next_of_mine = queue.join(1), queue.join(1)
    queue.take(leaving, 1)
    assert queue.take(next_of_mine, 1) == 10
    woken = rings(next_of_mine)
    queue.give_back(9, 1)
    queue.leave(leaving, 1)
    assert woken == ["woken"]


# Taking turns late -------------------------------------------------------------------------------


def test_a_turn_that_is_taken_late_brings_the_requests_behind_no_closer() -> None:
    queue = RateQueue(2, 0)
    positions = [queue.join(0) for _ in range(4)]
    assert queue.take(positions[0], 0) == 0
    assert queue.take(positions[1], 10) == 0, "its turn came at half a second"
    assert queue.take(positions[2], 10) == 0.5
    assert queue.take(positions[3], 10.5) == 0.5


def test_a_queue_that_catches_up_makes_up_for_a_fifth_of_a_second() -> None:
    queue = RateQueue(100, 0, catches_up=True)
    positions = [queue.join(0) for _ in range(50)]
    queue.take(positions[0], 0)
    left_at_once = sum(queue.take(position, 1) == 0 for position in positions[1:])
    assert left_at_once == 1 + 20


def test_a_late_request_after_a_late_one_catches_up_as_well() -> None:
    queue = RateQueue(100, 0, catches_up=True)
    now = 0.0
    for number in range(50):
        now = max(number / 100, now) + 0.001 * (number % 3)  # as one who waits for each response
        position = queue.join(now)
        now += queue.take(position, now)
        assert queue.take(position, now) == 0
    assert now == pytest.approx(0.49, abs=0.003)


def test_a_turn_can_be_taken_early_to_make_a_reservation_first() -> None:
    queue = RateQueue(10, 0)
    first, second = queue.join(0), queue.join(0)
    assert queue.take(first, 0, early=0.08) == 0
    assert queue.take(second, 0, early=0.08) == pytest.approx(0.02)
    assert queue.take(second, 0.02, early=0.08) == 0


def test_a_turn_that_is_taken_out_of_order_delays_no_other() -> None:
    queue = RateQueue(1, 0)
    slow, quick, behind = (queue.join(0) for _ in range(3))
    assert queue.take(quick, 1) == 0
    assert queue.take(slow, 1.5) == 0
    assert queue.take(behind, 2) == 0


@given(
    rate=st.sampled_from([1.0, 2.5, 4.0, 14.0, 100.0]),
    steps=st.lists(
        st.tuples(st.floats(0, 2), st.floats(0, 0.5), st.booleans(), st.booleans()), min_size=20, max_size=120
    ),
)
def test_no_second_exceeds_the_rate_by_a_quarter_however_late_threads_wake(
    rate: float, steps: list[tuple[float, float, bool, bool]]
) -> None:
    queue, now = RateQueue(rate, 0, catches_up=True), 0.0
    waiting: list[Position] = []
    left: list[float] = []
    for pause, late, joins, leaves in steps:
        now += pause * late
        waiting += [queue.join(now, permits_for(1, rate)) for _ in range(5 if joins else 1)]
        if leaves:
            queue.leave(waiting.pop(0), now)
        for position in list(waiting):
            if not queue.take(position, now):
                waiting.remove(position)
                left.append(now)
    allowed = max(rate * 1.25, 1)
    for number, start in enumerate(left):
        assert sum(1 for time in left[number:] if time < start + 1 - 1e-6) <= allowed


@given(st.integers(1, 1000), st.floats(0, 1))
def test_requests_of_at_most_a_quarter_second_never_make_up_for_too_much(rate: int, part: float) -> None:
    size = max(int(rate / 4 * part), 1)
    seconds = catch_up(size, rate)
    assert 0 < seconds <= MAX_CATCH_UP
    # As many as fit into a second that is longer by what they may make up for.
    requests = int((1 + seconds) * rate / permits_for(size, rate) - 1e-9) + 1
    assert requests * size <= 1.25 * rate + 1e-6


# Giving back -------------------------------------------------------------------------------------


def test_unused_permits_are_for_the_next_waiting_request() -> None:
    queue = RateQueue(1, 0)
    first, second, third = queue.join(0, 5), queue.join(0), queue.join(0)
    queue.take(first, 0)
    assert queue.wait(second, 0.5) == 4.5
    queue.give_back(5, 0.5)
    assert [queue.wait(position, 0.5) for position in (second, third)] == [0, 1]


def test_permits_that_are_given_back_are_not_saved_up() -> None:
    queue = RateQueue(1, 0)
    queue.take(queue.join(0), 0)
    for _ in range(100):
        queue.give_back(1, 0)
    assert departures(queue, 0, [1, 1, 1]) == [0, 1, 2]
