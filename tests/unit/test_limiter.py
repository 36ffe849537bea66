"""Rates: documented limits are obeyed in order, and throttling slows an adaptive client down and no other."""

import os
import signal
import threading
import time

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.unit import FAULTS, KINDS, MOMENT, OPERATIONS, Kind, Script, any_client, ask, ok, refusal, sync_client

from sesv2kit import errors, models
from sesv2kit._rate.limiter import AdaptiveRate, RateLimits
from sesv2kit._rate.queue import LOCK, RateQueue

each_client = pytest.mark.parametrize("kind", KINDS)


class Clock:
    """Stands in for the `time` module: time passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.naps: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds

    async def nap(self, seconds: float) -> None:
        self.sleep(seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let the pipeline sleep in no time."""
    clock = Clock()
    monkeypatch.setattr("sesv2kit._call.pipeline.time", clock)
    monkeypatch.setattr("sesv2kit._call.pacing.time", clock)
    monkeypatch.setattr("sesv2kit._core.http.time", clock)
    monkeypatch.setattr("sesv2kit._transport.through_httpx.time", clock)
    monkeypatch.setattr("sesv2kit._call.drivers.Driver._sleep", lambda _, seconds, _alarm: clock.sleep(seconds))
    monkeypatch.setattr("sesv2kit._call.drivers.AsyncDriver._sleep", lambda _, seconds, _alarm: clock.nap(seconds))
    monkeypatch.setattr("sesv2kit._call.pipeline.random.random", lambda: 0.0)
    return clock


# A queue -----------------------------------------------------------------------------------------


def departures(queue: RateQueue, arrivals: list[float]) -> list[float]:
    """Return when those who arrive at given times leave."""
    return [now + queue.wait(queue.join(now), now) for now in arrivals]


@given(
    st.integers(min_value=1, max_value=50),
    st.lists(st.floats(min_value=0, max_value=0.5), min_size=2, max_size=60),
)
def test_no_second_has_more_calls_than_the_rate_and_all_leave_in_order(rate: int, pauses: list[float]) -> None:
    arrivals = [1000 + sum(pauses[:count]) for count in range(len(pauses))]
    leaves = departures(RateQueue(rate, arrivals[0]), arrivals)
    assert leaves == sorted(leaves)
    assert all(leaves[i + rate] - leaves[i] >= 1 - 1e-6 for i in range(len(leaves) - rate))


def test_a_request_that_joins_an_empty_queue_does_not_wait() -> None:
    assert departures(RateQueue(1, 0), [0, 100, 100, 100]) == [0, 100, 101, 102]


def test_a_new_rate_applies_to_waiting_requests_at_once() -> None:
    queue = RateQueue(1, 0)
    first, last = [queue.join(0) for _ in range(11)][::10]
    assert (queue.wait(first, 0), queue.wait(last, 0)) == (0, 10)
    queue.set_rate(4, 2)
    assert queue.wait(last, 2) == 2
    queue.set_rate(0.5, 3)
    assert queue.wait(last, 3) == 8


def test_no_request_waits_for_positions_that_left_the_queue() -> None:
    queue = RateQueue(1, 0)
    positions = [queue.join(0) for _ in range(100)]
    for position in positions[1:-1]:
        queue.leave(position, 0)
    assert queue.wait(positions[-1], 0) == 1
    assert departures(queue, [0, 0, 0]) == [2, 3, 4]


def test_a_turn_that_has_passed_is_not_given_to_others_after_its_request_left() -> None:
    queue = RateQueue(1, 0)
    queue.join(0)
    queue.leave(queue.join(0), 0)
    assert departures(queue, [5, 5]) == [5, 6]


def test_threads_never_share_a_position() -> None:
    queue = RateQueue(10, 0)
    positions: list[float] = []

    def join() -> None:
        positions.extend([queue.join(0).start for _ in range(200)])

    threads = [threading.Thread(target=join) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(positions) == list(range(1600))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_process_that_is_forked_while_a_thread_uses_a_queue_can_use_it() -> None:
    queue, is_held = RateQueue(10, 0), threading.Event()

    def hold() -> None:
        with LOCK:
            is_held.set()
            time.sleep(0.05)

    thread = threading.Thread(target=hold)
    thread.start()
    is_held.wait()
    child = os.fork()
    if not child:
        signal.alarm(5)
        queue.join(0)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    queue.join(0)
    thread.join()


def test_each_operation_has_a_queue_of_its_own() -> None:
    limits = RateLimits()
    assert limits.queue("A", 1, 0) is limits.queue("A", 1, 5)
    assert limits.queue("A", 1, 0) is not limits.queue("B", 1, 0)


# Documented limits, through a client -------------------------------------------------------------


def test_operations_with_a_documented_limit_are_known() -> None:
    rates = {operation.name: operation.rate for operation in OPERATIONS if operation.rate}
    assert (rates["DeleteEmailTemplate"], rates["BatchGetMetricData"]) == (1, 16)
    assert "SendEmail" not in rates


@pytest.mark.anyio
@each_client
async def test_a_client_that_obeys_spaces_the_calls_of_an_operation_with_a_limit(kind: Kind, clock: Clock) -> None:
    left: list[float] = []

    def respond(_request: httpx.Request) -> httpx.Response:
        left.append(clock.now)
        return ok({"TemplateName": "news", "TemplateContent": {}})

    client = any_client(kind, respond, obey_rate_limits=True)
    for _ in range(4):
        await ask(client, "delete_email_template", template_name="news")
    assert left == pytest.approx([1000, 1001, 1002, 1003])


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize(("queries", "distance"), [(1, 1 / 16), (10, 1 / 16), (40, 1 / 4)])
async def test_a_second_limit_counts_the_queries_of_a_call(
    queries: int, distance: float, kind: Kind, clock: Clock
) -> None:
    left: list[float] = []

    def respond(_request: httpx.Request) -> httpx.Response:
        left.append(clock.now)
        return ok()

    query = models.BatchGetMetricDataQuery(id="a", namespace="VDM", metric="SEND", start_date=MOMENT, end_date=MOMENT)
    client = any_client(kind, respond, obey_rate_limits=True, check_limits=False)
    for _ in range(4):
        await ask(client, "batch_get_metric_data", queries=[query] * queries)
    assert left == pytest.approx([1000 + number * distance for number in range(4)])


@pytest.mark.anyio
@each_client
async def test_a_call_whose_turn_for_its_items_would_come_too_late_ends_at_once(kind: Kind, clock: Clock) -> None:
    query = models.BatchGetMetricDataQuery(id="a", namespace="VDM", metric="SEND", start_date=MOMENT, end_date=MOMENT)
    script = Script(ok())
    client = any_client(kind, script, obey_rate_limits=True, check_limits=False)
    await ask(client, "batch_get_metric_data", queries=[query] * 160)
    with pytest.raises(errors.TimeoutError, match="ran out before a request") as caught:
        await ask(client, "batch_get_metric_data", queries=[query], options={"call_timeout": 0.5})
    assert caught.value.outcome == "not_sent"
    assert (clock.now, len(script.requests)) == (pytest.approx(1000.0625), 1)


@pytest.mark.anyio
@each_client
async def test_repeated_requests_keep_to_the_limit_too(kind: Kind, clock: Clock) -> None:
    script = Script(FAULTS["503"], FAULTS["503"], ok({"TemplateName": "news", "TemplateContent": {}}))
    await ask(any_client(kind, script, obey_rate_limits=True), "delete_email_template", template_name="news")
    assert clock.now == pytest.approx(1002)


@pytest.mark.anyio
@each_client
async def test_operations_without_a_limit_and_clients_that_do_not_obey_never_wait(kind: Kind, clock: Clock) -> None:
    obeying = any_client(kind, Script(*[ok()] * 5), obey_rate_limits=True)
    other = any_client(kind, Script(*[ok({"TemplateName": "news", "TemplateContent": {}})] * 5))
    for _ in range(5):
        await ask(obeying, "get_account")
        await ask(other, "delete_email_template", template_name="news")
    assert clock.naps == []


@pytest.mark.anyio
async def test_tasks_that_are_cancelled_while_they_wait_do_not_hold_up_others(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    waiting = anyio.Event()

    async def nap(seconds: float) -> None:
        waits.append(seconds)
        waiting.set()
        await anyio.sleep_forever()

    for module in ("pipeline", "pacing"):
        monkeypatch.setattr(f"sesv2kit._call.{module}.time", Clock())
    monkeypatch.setattr("sesv2kit._call.drivers.AsyncDriver._sleep", lambda _, seconds, _alarm: nap(seconds))
    client = any_client("async", Script(ok({"TemplateName": "news", "TemplateContent": {}})), obey_rate_limits=True)
    await ask(client, "delete_email_template", template_name="news")
    for _ in range(10):
        waiting = anyio.Event()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(lambda: ask(client, "delete_email_template", template_name="news"))
            await waiting.wait()
            tasks.cancel_scope.cancel()
    assert waits == pytest.approx([1.0] * 10)
    queue = client._shared.rate_limits.queue("DeleteEmailTemplate", 1, 1000)  # type: ignore[union-attr]
    assert queue.wait(queue.join(1000), 1000) == pytest.approx(1.0)


# What throttling teaches -------------------------------------------------------------------------


def busy(rate: AdaptiveRate, start: float, seconds: float, per_second: int) -> float:
    """Let calls succeed at an even pace; returns the time after them."""
    for number in range(int(seconds * per_second)):
        rate.learn(start + number / per_second, throttled=False)
    return start + seconds


def test_no_request_waits_before_the_first_throttling() -> None:
    rate = AdaptiveRate()
    busy(rate, 1000, 10, 50)
    assert rate.queue is None


def test_a_throttling_cuts_the_measured_rate_and_another_one_the_rate_that_was_left() -> None:
    rate = AdaptiveRate()
    now = busy(rate, 1000, 10, 20)
    rate.learn(now, throttled=True)
    assert rate.measured == pytest.approx(20, rel=0.1)
    assert rate.rate == pytest.approx(0.7 * rate.measured)
    before = rate.rate
    rate.learn(now + 0.01, throttled=True)
    assert rate.rate == pytest.approx(0.7 * before)


def test_the_rate_grows_back_slowly_past_where_it_was_cut_and_then_fast() -> None:
    rate = AdaptiveRate()
    now = busy(rate, 1000, 10, 20)
    rate.learn(now, throttled=True)
    peak = rate.rate / 0.7
    recovery = (peak * 0.3 / 0.4) ** (1 / 3)
    grown: list[float] = []
    for _ in range(10):
        now = busy(rate, now, 0.5, 40)
        grown.append(rate.rate)
        if now - 1010 < recovery:
            assert rate.rate < peak
    assert grown == sorted(grown)
    assert grown[-1] > 1.2 * peak


@given(
    st.lists(
        st.tuples(st.floats(min_value=0, max_value=5), st.booleans()),
        min_size=1,
        max_size=200,
    )
)
def test_the_rate_is_never_under_the_minimum_nor_above_twice_the_measured(steps: list[tuple[float, bool]]) -> None:
    rate, now = AdaptiveRate(), 1000.0
    for pause, throttled in steps:
        now += pause
        rate.learn(now, throttled=throttled)
        assert rate.MIN_RATE <= rate.rate <= max(rate.MIN_RATE, 2 * rate.measured)
        if rate.queue:
            first, second = rate.queue.join(now), rate.queue.join(now)
            assert rate.queue.wait(second, now) - rate.queue.wait(first, now) <= 1 / rate.rate + 1e-6


def test_threads_can_learn_at_once() -> None:
    rate = AdaptiveRate()

    def learn(start: float) -> None:
        for number in range(500):
            rate.learn(start + number / 100, throttled=number % 50 == 49)

    threads = [threading.Thread(target=learn, args=(1000.0,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rate.queue is not None
    assert rate.rate >= rate.MIN_RATE


@pytest.mark.anyio
@each_client
async def test_an_adaptive_client_slows_down_when_it_is_throttled(kind: Kind, clock: Clock) -> None:
    throttled = refusal(429, "TooManyRequestsException")
    script = Script(ok(), ok(), throttled, ok(), ok(), ok())
    client = any_client(kind, script, retry_mode="adaptive")
    await ask(client, "get_account")
    await ask(client, "get_account")
    assert clock.naps == []
    await ask(client, "get_account")
    await ask(client, "get_account")
    await ask(client, "get_account")
    assert clock.naps[:2] == [0.0, 1.0]  # the retry leaves at once; the next waits two seconds, in steps of one
    assert 2 <= clock.now - 1000 <= 4


def test_a_standard_client_does_not_slow_down(clock: Clock) -> None:
    client = sync_client(Script(FAULTS["429"], *[ok()] * 10))
    for _ in range(10):
        client.get_account()
    assert sum(clock.naps) == 0


def test_one_call_can_be_adaptive(clock: Clock) -> None:
    client = sync_client(Script(FAULTS["429"], *[ok()] * 4))
    client.get_account(options={"retry_mode": "adaptive"})
    client.get_account()
    client.get_account()
    assert sum(clock.naps) == 0
    client.get_account(options={"retry_mode": "adaptive"})
    assert clock.now - 1000 == pytest.approx(2)


# Within a call's time ----------------------------------------------------------------------------


@pytest.mark.anyio
@each_client
async def test_a_turn_that_would_come_too_late_is_a_timeout_without_a_request(kind: Kind, clock: Clock) -> None:
    template = {"TemplateName": "news", "TemplateContent": {}}
    script = Script(ok(template), ok(template))
    client = any_client(kind, script, obey_rate_limits=True, call_timeout=0.9)
    await ask(client, "delete_email_template", template_name="news")
    for _ in range(20):
        with pytest.raises(errors.TimeoutError, match="before a request was made") as caught:
            await ask(client, "delete_email_template", template_name="news")
        assert (caught.value.outcome, caught.value.attempts) == ("not_sent", 0)
    assert (len(script.requests), clock.naps) == (1, [])
    # None of those who gave up keeps a position.
    await ask(client, "delete_email_template", template_name="news", options={"call_timeout": 1.5})
    assert clock.now == pytest.approx(1001)


@pytest.mark.anyio
@each_client
async def test_a_repeated_request_whose_turn_would_come_too_late_raises_the_last_error(
    kind: Kind, clock: Clock
) -> None:
    script = Script(FAULTS["503"])
    client = any_client(kind, script, obey_rate_limits=True, call_timeout=0.9)
    with pytest.raises(errors.APIServerError) as caught:
        await ask(client, "delete_email_template", template_name="news")
    assert (caught.value.attempts, len(script.requests)) == (1, 1)
