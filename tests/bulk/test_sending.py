"""Mailings over real HTTP, with the sync sender and the async one on asyncio and trio."""

import gc
import pickle
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from support.bulk import CLIENT, CONTENT, SETTINGS, Send, address, entries, entry
from support.bulk_server import Behaviour, BulkServer

from sesv2kit import AttemptInfo, CallInfo, Hook, SendRate, errors, models
from sesv2kit.bulk import BulkItem, BulkSender, BulkStoppedError, Report
from sesv2kit.bulk.item import Item
from sesv2kit.bulk.verdict import judge
from sesv2kit.client import SESv2Client

pytestmark = pytest.mark.anyio


def drops(takes: bool) -> Behaviour:
    """Hang up, before or after the mail went out."""
    return Behaviour(drop=True, takes=takes)


async def test_every_entry_is_sent_once_and_has_its_message_id(server: BulkServer, send: Send) -> None:
    mailing = await send(entries(1030))
    assert mailing.error is None
    assert mailing.states == dict.fromkeys(range(1030), "sent")
    for outcome in mailing.outcomes:
        assert outcome.entry == entry(outcome.index)
        assert outcome.message_id == f"id of {address(outcome.index)}"
        assert (outcome.key, outcome.error, outcome.attempts, outcome.resumed) == (None, None, 1, False)
    assert server.taken == dict.fromkeys(map(address, range(1030)), 1)
    assert sorted(map(len, server.requests)) == [30] + [50] * 20
    report = mailing.report
    assert (report.sent, report.settled, report.finished, report.stopped) == (1030, 1030, True, None)
    assert report.rate > 0


async def test_all_arguments_go_into_every_request(server: BulkServer, send: Send) -> None:
    mailing = await send(
        entries(60),
        reply_to_addresses=["answers@example.com"],
        feedback_forwarding_email_address="bounces@example.com",
        default_email_tags=[models.MessageTag(name="mailing", value="7")],
        configuration_set_name="news",
        tenant_name="shop",
    )
    assert mailing.error is None
    assert len(server.bodies) == 2
    for body in server.bodies:
        del body["BulkEmailEntries"]
        assert body == {
            "FromEmailAddress": "shop@example.com",
            "DefaultContent": models.to_wire(CONTENT),
            "ReplyToAddresses": ["answers@example.com"],
            "FeedbackForwardingEmailAddress": "bounces@example.com",
            "DefaultEmailTags": [{"Name": "mailing", "Value": "7"}],
            "ConfigurationSetName": "news",
            "TenantName": "shop",
        }


async def test_so_many_requests_are_in_flight_and_no_more(server: BulkServer, send: Send) -> None:
    server.decide = lambda _addresses: Behaviour(seconds=0.05)
    assert (await send(entries(400), max_in_flight=3)).error is None
    assert server.most_at_once == 3


async def test_an_empty_source_is_an_empty_mailing(server: BulkServer, send: Send) -> None:
    mailing = await send([])
    assert (mailing.outcomes, mailing.error, mailing.report.finished) == ([], None, True)
    assert server.requests == []


async def test_an_endless_source_is_read_only_as_far_as_there_are_requests(server: BulkServer, send: Send) -> None:
    read = 0

    def endless() -> Iterator[models.BulkEmailEntry]:
        nonlocal read
        while True:
            yield entry(read)
            read += 1

    server.decide = lambda _addresses: Behaviour(("ACCOUNT_DAILY_QUOTA_EXCEEDED",))
    mailing = await send(endless(), max_in_flight=2)
    assert isinstance(mailing.error, BulkStoppedError)
    assert read <= 200


@pytest.mark.parametrize("kind", ["asyncio", "trio"], indirect=True)
async def test_an_async_source_is_read_as_well(send: Send) -> None:
    async def source() -> AsyncIterator[models.BulkEmailEntry]:
        for number in range(120):
            yield entry(number)

    assert (await send(source())).states == dict.fromkeys(range(120), "sent")


async def test_a_malformed_entry_fails_alone(server: BulkServer, send: Send) -> None:
    source: list[Any] = [*entries(60)]
    source[3] = {"Destination": {"ToAddresses": ["ann@example.net"]}}
    source[7] = models.BulkEmailEntry(destination=models.Destination())
    source[9] = entry(9, others=50)
    source[11] = models.BulkEmailEntry(destination=models.Destination(to_addresses="ann@example.net"))
    source[13] = BulkItem(entry(13), key=13)  # type: ignore[arg-type]
    mailing = await send(source)
    failures = {outcome.index: outcome for outcome in mailing.outcomes if outcome.state == "failed"}
    paths = {
        3: "entry: expected models.BulkEmailEntry",
        7: "entry.destination: has no recipient",
        9: "entry.destination: must have at most 50 recipients, has 51",
        11: "entry.destination.to_addresses: expected a sequence",
        13: "key: expected a str, got int",
    }
    assert failures.keys() == paths.keys()
    for place, told in paths.items():
        error = failures[place].error
        assert isinstance(error, errors.ParamValidationError)
        assert told in str(error)
        assert failures[place].entry is source[place] or place == 13
    assert mailing.report.sent == 55
    assert len(server.requests) == 2
    assert mailing.report.codes == {"ParamValidationError": 5}


async def test_limits_are_the_clients_to_check(server: BulkServer, send: Send) -> None:
    mailing = await send([entry(0, others=50)], {"check_limits": False})
    assert mailing.states == {0: "sent"}


async def test_a_failed_entry_has_the_error_of_its_status(server: BulkServer, send: Send) -> None:
    server.decide = lambda _addresses: Behaviour(("MESSAGE_REJECTED", "SUCCESS", "FAILED"))
    mailing = await send(entries(3))
    by_place = {outcome.index: outcome for outcome in mailing.outcomes}
    assert mailing.states == {0: "failed", 1: "sent", 2: "failed"}
    rejected = by_place[0].error
    assert isinstance(rejected, errors.MessageRejected)
    assert (rejected.code, rejected.message) == ("MESSAGE_REJECTED", "message_rejected for it")
    with pytest.raises(errors.MessageRejected):
        raise rejected
    assert type(by_place[2].error) is errors.APIError
    assert mailing.report.codes == {"MESSAGE_REJECTED": 1, "FAILED": 1}


async def test_only_what_was_throttled_or_met_a_transient_failure_is_sent_again(server: BulkServer, send: Send) -> None:
    first = ("TRANSIENT_FAILURE", "SUCCESS", "MESSAGE_REJECTED", "ACCOUNT_THROTTLED")
    server.decide = lambda _addresses: Behaviour(first if len(server.requests) == 1 else ())
    mailing = await send(entries(5))
    assert mailing.states == {0: "sent", 1: "sent", 2: "failed", 3: "sent", 4: "sent"}
    assert server.requests == [
        list(map(address, range(5))),
        [address(0), address(3)],
    ]
    assert set(server.taken.values()) == {1}
    assert mailing.report.retried == 2
    assert {outcome.index: outcome.attempts for outcome in mailing.outcomes} == {0: 2, 1: 1, 2: 1, 3: 2, 4: 1}


async def test_an_entry_is_tried_so_many_times_and_no_more(server: BulkServer, send: Send) -> None:
    server.decide = lambda addresses: Behaviour(
        tuple("TRANSIENT_FAILURE" if name == address(0) else "SUCCESS" for name in addresses)
    )
    mailing = await send(entries(2), max_attempts=3)
    failed = next(outcome for outcome in mailing.outcomes if outcome.state == "failed")
    assert (failed.index, failed.attempts) == (0, 3)
    assert isinstance(failed.error, errors.InternalServiceErrorException)
    assert sum(address(0) in request for request in server.requests) == 3


@pytest.mark.parametrize("code", ["TooManyRequestsException", "ServiceUnavailable"])
async def test_a_request_that_was_refused_for_now_is_made_again(code: str, server: BulkServer, send: Send) -> None:
    refusal = (429 if code.startswith("Too") else 503, code, "not now")
    server.decide = lambda _addresses: Behaviour(refusal=refusal if len(server.requests) == 1 else None)
    mailing = await send(entries(70))
    assert mailing.states == dict.fromkeys(range(70), "sent")
    assert set(server.taken.values()) == {1}


@pytest.mark.parametrize("takes", [True, False])
async def test_the_entries_of_a_lost_connection_are_unknown_and_not_sent_again(
    takes: bool, server: BulkServer, send: Send
) -> None:
    server.decide = lambda addresses: drops(takes) if address(0) in addresses else Behaviour()
    mailing = await send(entries(120), {"retry_mode": "standard"})
    assert mailing.error is None
    assert mailing.states == {**dict.fromkeys(range(120), "sent"), **dict.fromkeys(range(50), "unknown")}
    assert all(
        isinstance(outcome.error, errors.AmbiguousSendError)
        for outcome in mailing.outcomes
        if outcome.state == "unknown"
    )
    assert max(server.taken.values()) == 1
    assert mailing.report.codes == {"AmbiguousSendError": 50}


async def test_unknown_entries_are_sent_again_with_resend_unknown(server: BulkServer, send: Send) -> None:
    server.decide = lambda _addresses: drops(True) if len(server.requests) == 1 else Behaviour()
    mailing = await send(entries(60), resend_unknown=True, max_in_flight=1)
    assert mailing.states == dict.fromkeys(range(60), "sent")
    assert [server.taken[address(place)] for place in range(60)] == [2] * 50 + [1] * 10


async def test_a_response_with_too_few_results_leaves_its_entries_unknown(server: BulkServer, send: Send) -> None:
    server.decide = lambda _addresses: Behaviour(results=2)
    mailing = await send(entries(3))
    assert mailing.states == dict.fromkeys(range(3), "unknown")
    assert "2 results for 3 entries" in str(mailing.outcomes[0].error)


def test_an_entry_without_a_status_in_the_response_is_unknown() -> None:
    (verdict,) = judge(
        [Item(0, None, entry(0))],
        models.SendBulkEmailResponse(bulk_email_entry_results=[models.BulkEmailEntryResult()]),
        resend_unknown=False,
    )
    assert (verdict.state, type(verdict.error)) == ("unknown", errors.AmbiguousSendError)


async def test_a_quota_that_is_used_up_ends_the_run_and_names_what_is_left(server: BulkServer, send: Send) -> None:
    server.decide = lambda _addresses: Behaviour(("SUCCESS", *["ACCOUNT_DAILY_QUOTA_EXCEEDED"] * 49))
    source = iter([BulkItem(entry(number), key=f"user {number}") for number in range(500)])
    mailing = await send(source, max_in_flight=1)
    error = mailing.error
    assert isinstance(error, BulkStoppedError)
    assert isinstance(error.reason, errors.LimitExceededException)
    assert error.__cause__ is error.reason
    assert mailing.states == {0: "sent"}
    left = [*error.untouched, *source]
    assert [item.key for item in left] == [f"user {number}" for number in range(1, 500)], "an entry was lost"
    assert len(error.untouched) < 200
    assert f"{len(error.untouched)} entries taken and not sent" in str(error)
    report = mailing.report
    assert (report.sent, report.untouched, report.stopped) == (1, len(error.untouched), error.reason)
    twin = pickle.loads(pickle.dumps(error))
    assert (str(twin), twin.untouched) == (str(error), error.untouched)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "AccountSuspendedException"),
        (400, "SendingPausedException"),
        (400, "LimitExceededException"),
        (404, "NotFoundException"),
        (403, "AccessDeniedException"),
    ],
)
async def test_a_refusal_that_concerns_every_request_ends_the_run(
    status: int, code: str, server: BulkServer, send: Send
) -> None:
    server.decide = lambda addresses: Behaviour(refusal=None if address(0) in addresses else (status, code, "no"))
    mailing = await send(entries(300), max_in_flight=1)
    assert isinstance(mailing.error, BulkStoppedError)
    assert isinstance(mailing.error.reason, getattr(errors, code))
    assert mailing.states == dict.fromkeys(range(50), "sent")
    assert len(server.requests) == 2


async def test_the_outcomes_of_requests_under_way_are_yielded_before_the_run_stops(
    server: BulkServer, send: Send
) -> None:
    def decide(addresses: list[str]) -> Behaviour:
        if address(0) in addresses:
            return Behaviour(refusal=(400, "SendingPausedException", "paused"), seconds=0.05)
        return Behaviour(seconds=0.15)

    server.decide = decide
    mailing = await send(entries(200), max_in_flight=4)
    assert isinstance(mailing.error, BulkStoppedError)
    assert mailing.states == dict.fromkeys(range(50, 200), "sent")
    assert len(mailing.error.untouched) == 50


async def test_an_error_of_the_source_comes_after_everything_that_it_gave(server: BulkServer, send: Send) -> None:
    def breaks() -> Iterator[models.BulkEmailEntry]:
        yield from entries(70)
        raise ZeroDivisionError

    mailing = await send(breaks())
    assert isinstance(mailing.error, ZeroDivisionError)
    assert mailing.states == dict.fromkeys(range(70), "sent")
    assert mailing.report.finished


async def test_a_service_out_of_reach_ends_the_run_with_everything_left(server: BulkServer, send: Send) -> None:
    mailing = await send(entries(10), {"endpoint_url": "http://127.0.0.1:9"}, send_rate=1e6, max_attempts=2)
    assert isinstance(mailing.error, BulkStoppedError)
    assert isinstance(mailing.error.reason, errors.ConnectError)
    assert len(mailing.error.untouched) == 10
    assert mailing.outcomes == []


def test_a_closed_client_stops_the_run(server: BulkServer) -> None:
    ses = SESv2Client(**CLIENT, endpoint_url=server.url)
    ses.close()
    with pytest.raises(BulkStoppedError, match="closed") as caught:
        list(BulkSender(ses, **SETTINGS, send_rate=1e6).send(entries(1)))
    assert isinstance(caught.value.reason, errors.ConfigurationError)


async def test_a_mailing_whose_every_other_request_is_throttled_is_sent_whole(server: BulkServer, send: Send) -> None:
    def decide(addresses: list[str]) -> Behaviour:
        throttled = len(server.requests) % 2 and len(server.requests) < 30
        return Behaviour(("ACCOUNT_THROTTLED",) * len(addresses) if throttled else ())

    server.decide = decide
    mailing = await send(entries(300), max_attempts=1, max_in_flight=2)
    assert mailing.states == dict.fromkeys(range(300), "sent")
    assert server.taken == dict.fromkeys(map(address, range(300)), 1)


async def test_the_entries_of_a_503_that_no_aws_service_made_are_unknown(server: BulkServer, send: Send) -> None:
    upstream = (503, "", "upstream connect error or disconnect/reset before headers")
    server.decide = lambda addresses: Behaviour(refusal=upstream) if address(0) in addresses else Behaviour()
    mailing = await send(entries(60), {"retry_mode": "standard"})
    assert mailing.states == {**dict.fromkeys(range(60), "sent"), **dict.fromkeys(range(50), "unknown")}
    assert sum(address(0) in request for request in server.requests) == 1


# The rate ----------------------------------------------------------------------------------------


async def test_the_rate_of_the_account_bounds_a_request_and_spaces_them(server: BulkServer, send: Send) -> None:
    server.quota = {"Max24HourSend": 1000, "MaxSendRate": 40, "SentLast24Hours": 0}
    mailing = await send(entries(60))
    assert list(map(len, server.requests)) == [10] * 6
    assert mailing.report.seconds >= 1
    assert server.accounts_read == 1


async def test_a_quota_that_is_used_up_by_getaccount_stops_the_run_before_anything_is_sent(
    server: BulkServer, send: Send
) -> None:
    server.quota = {"Max24HourSend": 200, "MaxSendRate": 14, "SentLast24Hours": 200}
    mailing = await send(entries(60))
    assert isinstance(mailing.error, BulkStoppedError)
    assert isinstance(mailing.error.reason, errors.LimitExceededException)
    assert server.requests == []


async def test_a_quota_that_seems_used_up_is_read_before_the_run_ends(server: BulkServer, send: Send) -> None:
    # Each entry is throttled at first, which takes nothing of the account's quota.
    server.quota = {"Max24HourSend": 1000, "MaxSendRate": 1e6, "SentLast24Hours": 910}
    server.decide = lambda _addresses: Behaviour(("ACCOUNT_THROTTLED",) * 50 if len(server.requests) < 3 else ())
    mailing = await send(entries(90), max_attempts=9)
    assert mailing.states == dict.fromkeys(range(90), "sent")
    assert server.accounts_read >= 2


async def test_a_rate_that_may_not_be_read_ends_the_run_before_anything_is_read(server: BulkServer, send: Send) -> None:
    server.quota = None
    source = iter(entries(3))
    mailing = await send(source)
    assert isinstance(mailing.error, BulkStoppedError)
    assert isinstance(mailing.error.reason, errors.AccessDeniedException)
    assert next(source) == entry(0)


async def test_a_given_rate_needs_no_account(server: BulkServer, send: Send) -> None:
    server.quota = None
    for settings, client in (({"send_rate": 1e6}, {}), ({}, {"send_rate": SendRate(1e6)})):
        assert (await send(entries(3), client, **settings)).report.sent == 3
    assert server.accounts_read == 0


async def test_throttled_entries_slow_the_rate_that_others_share(server: BulkServer, send: Send) -> None:
    rate = SendRate(1000)
    seen: list[float] = []
    server.decide = lambda _addresses: Behaviour(("ACCOUNT_THROTTLED",) if len(server.requests) == 1 else ())
    assert (
        await send(entries(2), send_rate=rate, on_progress=lambda _: seen.append(rate.per_second or 0))
    ).error is None
    assert min(seen) < 1000


async def test_a_request_holds_few_recipients_at_a_low_rate(server: BulkServer, send: Send) -> None:
    await send(entries(20), send_rate=14.0)
    assert max(map(len, server.requests)) == 3


async def test_more_requests_are_under_way_if_slow_responses_keep_others_from_their_turn(
    server: BulkServer, send: Send
) -> None:
    # 1,000 a second are 20 requests a second; at half a second each, 8 at a time are 16 a second.
    server.decide = lambda _addresses: Behaviour(seconds=0.5)
    mailing = await send(entries(1500), send_rate=1000.0)
    assert mailing.error is None
    assert server.most_at_once > 8


async def test_a_given_bound_of_requests_under_way_is_kept(server: BulkServer, send: Send) -> None:
    server.decide = lambda _addresses: Behaviour(seconds=0.2)
    mailing = await send(entries(600), send_rate=1000.0, max_in_flight=3)
    assert mailing.error is None
    assert server.most_at_once <= 3


async def test_a_rate_without_a_limit_takes_no_more_requests_at_a_time(server: BulkServer, send: Send) -> None:
    server.decide = lambda _addresses: Behaviour(seconds=0.1)
    mailing = await send(entries(1500), send_rate=1e9)
    assert mailing.error is None
    assert server.most_at_once <= 8


# Progress ----------------------------------------------------------------------------------------


async def test_progress_is_reported_after_each_response_and_at_the_end(server: BulkServer, send: Send) -> None:
    told: list[tuple[int, int, bool]] = []

    def note(report: Report) -> None:
        told.append((report.sent, report.in_flight, report.finished))

    await send(entries(110), max_in_flight=1, on_progress=note)
    assert told == [(50, 0, False), (100, 0, False), (110, 0, False), (110, 0, True)]


async def test_an_error_in_the_callback_ends_the_run(server: BulkServer, send: Send) -> None:
    def broken(_report: Report) -> None:
        raise ZeroDivisionError

    mailing = await send(entries(1000), max_in_flight=2, on_progress=broken)
    assert isinstance(mailing.error, ZeroDivisionError)
    assert len(server.requests) <= 3
    assert server.now == 0


@pytest.mark.parametrize("setting", ["on_progress", "stop_when"])
async def test_a_function_of_the_report_that_returns_an_awaitable_ends_the_run(send: Send, setting: str) -> None:
    async def note(_report: Report) -> None:
        pass

    mailing = await send(entries(110), **{setting: lambda report: note(report)})
    assert isinstance(mailing.error, errors.ConfigurationError)
    assert str(mailing.error) == f"{setting} must be a function of the report that is not async"


# Threads -----------------------------------------------------------------------------------------


def test_a_sender_that_is_done_leaves_no_thread(server: BulkServer) -> None:
    with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
        list(BulkSender(ses, **SETTINGS).send(entries(300)))
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("sesv2kit-bulk")]


class Raises(Hook):
    """Raises an error after the response of a bulk request has come, or after the whole call."""

    def __init__(self, error: Exception, *, after_call: bool) -> None:
        self._error = error
        self._after_call = after_call

    @contextmanager
    def around_call(self, call: CallInfo) -> Generator[None]:
        yield
        if self._after_call and call.operation == "SendBulkEmail":
            raise self._error

    @contextmanager
    def around_attempt(self, attempt: AttemptInfo) -> Generator[None]:
        yield
        if not self._after_call and attempt.call.operation == "SendBulkEmail":
            raise self._error


@pytest.mark.parametrize("after_call", [False, True], ids=["after the request", "after the call"])
@pytest.mark.parametrize(
    "error",
    [
        errors.ConnectError("of the hook", outcome="not_sent"),
        errors.TooManyRequestsException("of the hook", status_code=429),
        errors.MessageRejected("of the hook", status_code=400),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_entries_are_unknown_after_an_error_of_a_hook(
    server: BulkServer, send: Send, error: Exception, after_call: bool
) -> None:
    mailing = await send(entries(20), client={"hooks": [Raises(error, after_call=after_call)]}, max_in_flight=1)
    assert isinstance(mailing.error, BulkStoppedError)
    assert mailing.states == dict.fromkeys(range(20), "unknown")
    assert server.taken == dict.fromkeys(map(address, range(20)), 1)


def test_an_executor_is_used_by_several_runs_and_stays_open(server: BulkServer) -> None:
    with SESv2Client(**CLIENT, endpoint_url=server.url) as client, ThreadPoolExecutor(2, "mine") as executor:
        sender = BulkSender(client, **SETTINGS)
        sender.executor = executor
        threads = {thread for thread in threading.enumerate() if thread.name.startswith("sesv2kit-bulk")}
        assert [outcome.state for outcome in sender.send(entries(120))] == ["sent"] * 120
        for outcome in sender.send(entries(500)):  # left early: the requests under way end first
            assert outcome.state == "sent"
            break
        taken = sum(server.taken.values())
        assert executor.submit(lambda: threading.current_thread().name.startswith("mine")).result()
        assert sum(server.taken.values()) == taken
        assert {thread for thread in threading.enumerate() if thread.name.startswith("sesv2kit-bulk")} == threads


def executor_that_is_shut_down() -> Executor:
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    return executor


def executor_that_can_not_start_threads() -> Executor:
    def fail() -> None:
        raise OSError("no memory")

    return ThreadPoolExecutor(1, initializer=fail)


@pytest.mark.parametrize("make", [executor_that_is_shut_down, executor_that_can_not_start_threads])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_executor_that_can_not_be_used_stops_the_run(server: BulkServer, make: Callable[[], Executor]) -> None:
    with SESv2Client(**CLIENT, endpoint_url=server.url) as client:
        sender = BulkSender(client, **SETTINGS)
        sender.executor = make()
        with pytest.raises(BulkStoppedError, match="the executor has not run a request") as stopped:
            list(sender.send(entries(40)))
    assert isinstance(stopped.value.reason.__cause__, RuntimeError)
    assert [item.entry for item in stopped.value.untouched] == entries(40)
    assert (sender.report.untouched, sender.report.in_flight) == (40, 0)
    assert server.requests == []


def test_requests_that_have_ended_take_no_memory(server: BulkServer) -> None:
    class Counting(ThreadPoolExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future = super().submit(fn, *args, **kwargs)
            futures.append(weakref.ref(future))
            return future

    futures: list[weakref.ref[Future[Any]]] = []
    with SESv2Client(**CLIENT, endpoint_url=server.url) as client, Counting(1) as executor:
        sender = BulkSender(client, **SETTINGS, max_in_flight=1)
        sender.executor = executor
        for outcome in sender.send(entries(500)):
            if outcome.index == 450:
                gc.collect()
                assert len(futures) == 10
                assert sum(future() is not None for future in futures) <= 3


@pytest.mark.parametrize("leaves", [False, True])
def test_an_executor_that_is_shut_down_in_a_run_sends_nothing_more(server: BulkServer, leaves: bool) -> None:
    """Requests that wait for a thread are given up; that ends a run that waits for them, also one that was left."""
    leaving, second, goes_on = threading.Event(), threading.Event(), threading.Event()
    with SESv2Client(**CLIENT, endpoint_url=server.url) as client, ThreadPoolExecutor(1) as executor:
        sender = BulkSender(client, **SETTINGS, send_rate=SendRate(1e6))
        sender.executor = executor

        def decide(_addresses: object) -> Behaviour:
            while sender.report.in_flight < 200 and not sender.report.sent:
                second.wait(0.001)
            if len(server.requests) == 2:
                second.set()
                goes_on.wait(10)
            return Behaviour()

        def shut_down() -> None:
            leaving.wait(10)
            second.wait(10)
            executor.shutdown(wait=False, cancel_futures=True)
            goes_on.set()

        server.decide = decide
        shutter = threading.Thread(target=shut_down)
        shutter.start()
        outcomes = sender.send(entries(200))
        assert next(outcomes).state == "sent"
        leaving.set()
        if leaves:
            outcomes.close()
        else:
            with pytest.raises(BulkStoppedError) as stopped:
                list(outcomes)
            assert len(stopped.value.untouched) == 100
        shutter.join()
    assert list(map(len, server.requests)) == [50, 50]
    assert (sender.report.sent, sender.report.untouched, sender.report.in_flight) == (100, 100, 0)


@pytest.mark.parametrize("error", [RuntimeError("can't start new thread"), KeyboardInterrupt("now")])
def test_a_request_that_an_executor_has_refused_is_not_sent_later(server: BulkServer, error: BaseException) -> None:
    class Refusing(Executor):
        def __init__(self) -> None:
            self.works: list[Callable[[], Any]] = []

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            self.works.append(lambda: fn(*args, **kwargs))
            raise error

    with SESv2Client(**CLIENT, endpoint_url=server.url) as client:
        sender = BulkSender(client, **SETTINGS)
        sender.executor = refusing = Refusing()
        expected = BulkStoppedError if isinstance(error, RuntimeError) else KeyboardInterrupt
        with pytest.raises(expected, match=str(error)):
            list(sender.send(entries(3)))
        for work in refusing.works:
            work()
    assert server.requests == []
    assert (sender.report.untouched, sender.report.in_flight) == (3, 0)


def test_a_request_that_nobody_waits_for_any_longer_is_not_sent_later(server: BulkServer) -> None:
    """Ctrl-C ends the wait for the requests under way, one of which an executor has not begun yet."""

    class Interrupted(Future[Any]):
        def exception(self, timeout: float | None = None) -> BaseException | None:
            if not self.done():
                raise KeyboardInterrupt
            return super().exception(timeout)

    class Busy(Executor):
        def __init__(self) -> None:
            self.works: list[Callable[[], Any]] = []

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future = Interrupted()
            self.works.append(lambda: future.set_result(fn(*args, **kwargs)))
            if len(self.works) == 2:
                self.works[0]()
            return future

    with SESv2Client(**CLIENT, endpoint_url=server.url) as client:
        sender = BulkSender(client, **SETTINGS, max_in_flight=2)
        sender.executor = busy = Busy()
        outcomes = sender.send(entries(100))
        next(outcomes)
        with pytest.raises(KeyboardInterrupt):
            outcomes.close()
        assert len(busy.works) == 2
        busy.works[1]()
    assert len(server.requests) == 1
    assert (sender.report.sent, sender.report.untouched, sender.report.in_flight) == (50, 50, 0)
