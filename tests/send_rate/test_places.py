"""A line in which one may take several places at once."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sesv2kit._limiter import Line


def departures(line: Line, now: float, sizes: list[float]) -> list[float]:
    """Return when those leave who take so many places each, one after the other."""
    return [now + line.wait(line.join(now, size), now) for size in sizes]


def test_who_takes_several_places_leaves_with_the_first_and_the_next_waits_for_all() -> None:
    assert departures(Line(10, 0), 0, [1, 50, 5, 1, 1]) == [0, 0.1, 5.1, 5.6, 5.7]


def test_places_that_were_given_up_go_to_whoever_fits_in() -> None:
    line = Line(1, 0)
    line.join(0)
    given_up = line.join(0, 5)
    line.join(0)
    line.leave(given_up, 5)
    assert departures(line, 0, [3, 4, 2, 1]) == [1, 7, 4, 11]


def test_neighbours_that_are_given_up_one_by_one_make_room_for_many() -> None:
    line = Line(1, 0)
    places = [line.join(0) for _ in range(5)]
    for place in (places[2], places[1], places[3]):
        line.leave(place)
    assert departures(line, 0, [3, 1]) == [1, 5]


def test_places_at_the_end_that_are_given_up_are_as_if_never_taken() -> None:
    line = Line(1, 0)
    line.join(0)
    line.leave(line.join(0, 50), 50)
    assert departures(line, 0, [60, 1]) == [1, 61]


def test_of_places_that_have_come_up_meanwhile_only_the_rest_is_left() -> None:
    line = Line(1, 0)
    line.join(0)
    given_up = line.join(0, 5)
    line.join(0)
    line.leave(given_up, 5)
    assert departures(line, 3, [4, 3]) == [7, 3]


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans(), st.floats(0, 3)), min_size=1, max_size=80))
def test_nobody_ever_holds_a_place_of_somebody_else(steps: list[tuple[int, bool, float]]) -> None:
    line, now = Line(7, 0), 0.0
    held: list[tuple[float, int]] = []
    for size, gives_up, pause in steps:
        now += pause
        held.append((line.join(now, size), size))
        if gives_up:
            line.leave(*held.pop(len(held) // 2))
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
