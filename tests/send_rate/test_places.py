"""A line in which one may take several places at once."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sesv2kit._rate.limiter import Line


def departures(line: Line, now: float, sizes: list[float]) -> list[float]:
    """Return when those leave who take so many places each, one after the other."""
    return [now + line.wait(line.join(now, size), now) for size in sizes]


def test_who_takes_several_places_leaves_with_the_first_and_the_next_waits_for_all() -> None:
    assert departures(Line(10, 0), 0, [1, 50, 5, 1, 1]) == [0, 0.1, 5.1, 5.6, 5.7]


def test_all_behind_places_that_were_given_up_move_up_and_keep_their_order() -> None:
    line = Line(1, 0)
    first, given_up, second, third = line.join(0), line.join(0, 5), line.join(0, 3), line.join(0)
    line.leave(given_up, 0, 5)
    assert [line.wait(place, 0) for place in (first, second, third)] == [0, 1, 4]
    assert departures(line, 0, [1]) == [5]
    assert [line.wait(place, 2) for place in (second, third)] == [0, 2]


def test_nobody_waits_for_neighbours_that_are_given_up_one_by_one() -> None:
    line = Line(1, 0)
    places = [line.join(0) for _ in range(5)]
    for place in (places[2], places[1], places[3]):
        line.leave(place, 0)
    assert line.wait(places[4], 0) == 1
    assert departures(line, 0, [3, 1]) == [2, 5]


def test_places_at_the_end_that_are_given_up_are_as_if_never_taken() -> None:
    line = Line(1, 0)
    line.join(0)
    line.leave(line.join(0, 50), 0, 50)
    assert departures(line, 0, [60, 1]) == [1, 61]


def test_a_line_that_nobody_looks_at_moves_past_what_was_given_up_all_the_same() -> None:
    line = Line(1, 0)
    line.join(0)
    given_up, last = line.join(0, 5), line.join(0, 4)
    line.leave(given_up, 0, 5)
    assert line.wait(last, 3) == 0
    assert departures(line, 3, [1]) == [5]


def test_places_that_are_given_up_once_their_turn_has_passed_let_nobody_leave_early() -> None:
    line = Line(1, 0)
    line.join(0)
    given_up, behind = line.join(0, 5), [line.join(0) for _ in range(3)]
    line.leave(given_up, 4, 5)
    assert [line.wait(place, 4) for place in behind] == [0, 1, 2]


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans(), st.floats(0, 3)), min_size=1, max_size=80))
def test_nobody_ever_holds_a_place_of_somebody_else(steps: list[tuple[int, bool, float]]) -> None:
    line, now = Line(7, 0), 0.0
    held: list[tuple[float, int]] = []
    for size, gives_up, pause in steps:
        now += pause
        held.append((line.join(now, size), size))
        if gives_up:
            place, places = held.pop(len(held) // 2)
            line.leave(place, now, places)
    held.sort()
    for (place, size), (following, _) in pairwise(held):
        assert place + size <= following + 1e-6


def test_a_place_that_is_held_up_holds_up_all_behind_it_and_keeps_its_turn() -> None:
    line = Line(10, 0)
    first, second, third = line.join(0), line.join(0, 2), line.join(0)
    assert line.wait(first, 0) == 0
    line.hold(first, 1, 0)
    assert [line.wait(place, 0) for place in (first, second, third)] == [1, 1.1, 1.3]
    line.hold(third, 0.5, 0)
    assert [line.wait(place, 0) for place in (first, second, third)] == [1, 1.1, 1.3]
    assert line.wait(line.join(0), 0) == 1.4
