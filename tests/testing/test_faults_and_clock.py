"""Scripted faults, and the clock that tests move."""

import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import anyio
import pytest
from support.mails import send, service, simple

from sesv2kit import errors, models
from sesv2kit.testing import Clock, FakeSES
from sesv2kit.testing.faults import Rule

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def test_rules_apply_in_their_order_and_one_to_a_request() -> None:
    with service() as (fake, ses):
        fake.faults.on("SendEmail").times(2).throttle()
        fake.faults.on().error("InternalServiceErrorException")
        fake.faults.on("GetAccount").always().error("BadRequestException")
        assert [(name, left, fault.kind) for name, left, fault in fake.faults.pending] == [
            ("SendEmail", 2, "error"),
            ("*", 1, "error"),
            ("GetAccount", None, "error"),
        ]
        for _ in range(2):
            with pytest.raises(errors.TooManyRequestsException):
                send(ses)
        with pytest.raises(errors.InternalServiceErrorException):
            ses.list_email_identities()
        for _ in range(3):
            with pytest.raises(errors.BadRequestException):
                ses.get_account()
        send(ses)
        fake.faults.clear()
        assert ses.get_account().sending_enabled


def test_a_reset_removes_faults() -> None:
    with service() as (fake, ses):
        fake.faults.on().always().throttle()
        fake.reset()
        send(ses)


@pytest.mark.parametrize(("fault", "is_sent"), [("lose_answer", True), ("truncate", True), ("lose_request", False)])
def test_a_lost_response_in_the_process(fault: str, is_sent: bool) -> None:
    with service() as (fake, ses):
        getattr(fake.faults.on("SendEmail"), fault)()
        with pytest.raises(errors.AmbiguousSendError, match="the connection was closed") as caught:
            send(ses)
        assert isinstance(caught.value.__cause__, errors.ConnectionLostError)
        assert len(fake.outbox) == is_sent


@pytest.mark.parametrize("is_async", [False, True])
def test_a_connection_that_is_refused_sends_nothing_and_says_so(is_async: bool) -> None:
    async def send_async(fake: FakeSES) -> None:
        async with fake.async_client(retry_mode="off") as ses:
            await ses.send_email(content=simple())

    with service() as (fake, ses):
        fake.faults.on("SendEmail").refuse_connection()
        with pytest.raises(errors.ConnectError, match="refused") as caught:
            anyio.run(send_async, fake) if is_async else send(ses)
        assert (caught.value.outcome, caught.value.operation, len(fake.outbox)) == ("not_sent", "SendEmail", 0)


def test_a_refused_connection_is_tried_again() -> None:
    with FakeSES() as fake, fake.client() as ses:
        fake.faults.on("SendEmail").refuse_connection()
        assert send(ses) == fake.outbox[0].message_id


def test_a_retry_after_a_lost_response_of_what_may_be_repeated() -> None:
    with FakeSES() as fake, fake.client() as ses:
        fake.faults.on("GetAccount").lose_answer()
        assert ses.get_account().sending_enabled


@pytest.mark.parametrize("seconds", [0.01, 0.0])
def test_a_response_that_comes_late_but_in_time(seconds: float) -> None:
    with service() as (fake, ses):
        fake.faults.on("SendEmail").stall(seconds)
        assert send(ses) == fake.outbox[0].message_id


def test_a_response_that_comes_too_late() -> None:
    with service(sandbox=False) as (fake, _), fake.client(timeout=0.05, retry_mode="off") as ses:
        fake.faults.on("SendEmail").stall(3600)
        with pytest.raises(errors.AmbiguousSendError) as caught:
            send(ses)
        assert isinstance(caught.value.__cause__, errors.TimeoutError)
        assert len(fake.outbox) == 1


@pytest.mark.anyio
async def test_an_async_client_waits_no_longer_than_its_timeout() -> None:
    with FakeSES() as fake:
        async with fake.async_client(timeout=0.05, retry_mode="off") as ses:
            fake.faults.on("GetAccount").stall(3600)
            with pytest.raises(errors.TimeoutError), anyio.fail_after(60):
                await ses.get_account()


def test_without_a_client_a_broken_connection_is_an_error() -> None:
    with FakeSES() as fake:
        fake.faults.on("GetAccount").lose_answer()
        with pytest.raises(errors.ConnectionLostError, match="a scripted fault broke the connection"):
            fake.answer("GET", "/v2/email/account")


@pytest.mark.parametrize(
    ("add", "words"),
    [
        (lambda fake: fake.faults.on("send_email"), "there is no operation 'send_email'"),
        (lambda fake: fake.faults.on().times(0), "at least 1"),
        (lambda fake: fake.faults.on().stall(-1), "from 0 to 86400"),
        (lambda fake: fake.faults.on().stall(math.nan), "from 0 to 86400"),
        (lambda fake: fake.faults.on().stall(math.inf), "from 0 to 86400"),
        (lambda fake: fake.faults.on().status(200), "from 400 to 599"),
        (lambda fake: fake.faults.on().error("NotFoundException", status=200), "from 400 to 599"),
        (lambda fake: fake.faults.on().error("Not\r\nFound"), "is not a code"),
        (lambda fake: fake.faults.on().error(""), "is not a code"),
        (lambda fake: fake.faults.on(["SendEmail"]), "there is no operation"),
        (lambda fake: fake.faults.on().times("2"), "an int of at least 1"),
        (lambda fake: fake.faults.on().times(1.5), "an int of at least 1"),
        (lambda fake: fake.faults.on().times(True), "an int of at least 1"),
        (lambda fake: fake.faults.on().stall("1"), "from 0 to 86400"),
        (lambda fake: fake.faults.on().stall(None), "from 0 to 86400"),
        (lambda fake: fake.faults.on().status("503"), "from 400 to 599"),
        (lambda fake: fake.faults.on().error(404), "is not a code"),
        (lambda fake: fake.faults.on().error("NotFoundException", b"no"), "must be a str"),
        (lambda fake: fake.faults.on().error("NotFoundException", status="404"), "from 400 to 599"),
    ],
)
def test_a_rule_that_makes_no_sense(add: Callable[[FakeSES], Any], words: str) -> None:
    with FakeSES() as fake:
        with pytest.raises(errors.ConfigurationError, match=words):
            add(fake)
        assert not fake.faults.pending


def test_a_rule_without_a_fault_does_nothing() -> None:
    with service() as (fake, ses):
        assert isinstance(fake.faults.on("SendEmail").times(3), Rule)
        send(ses)


def test_a_clock_runs_with_the_real_time() -> None:
    clock = Clock()
    before = datetime.now(UTC)
    assert before <= clock.now <= datetime.now(UTC)
    assert not clock.stands_still
    clock.advance(3600)
    assert clock.now >= before + timedelta(hours=1)


def test_a_clock_stands_still_until_it_is_moved() -> None:
    clock = Clock(datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))))
    assert clock.stands_still
    assert clock.now == NEW_YEAR
    clock.advance(0)
    clock.advance(timedelta(days=1))
    clock.advance(0.5)
    assert clock.now == NEW_YEAR + timedelta(days=1, seconds=0.5)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (-1, "does not go back"),
        (timedelta(seconds=-1), "does not go back"),
        (math.nan, "number of seconds"),
        (math.inf, "number of seconds"),
        (1e300, "number of seconds"),
        ("3600", "number of seconds"),
        (None, "number of seconds"),
        (timedelta.max, "the year 9998 at most"),
        (8000 * 366 * 86400, "the year 9998 at most"),
    ],
)
def test_a_step_that_no_clock_makes(step: Any, words: str) -> None:
    clock = Clock(NEW_YEAR)
    with pytest.raises(errors.ConfigurationError, match=words):
        clock.advance(step)
    assert clock.now == NEW_YEAR


def test_a_clock_needs_a_time_zone() -> None:
    with pytest.raises(errors.ConfigurationError, match="a time zone"):
        FakeSES(clock=datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "settings",
    [
        {"region": 7},
        {"region": ""},
        {"region": "eu west"},
        {"verified": "example.com"},
        {"verified": 7},
        {"verified": [7]},
        {"verified": [""]},
        {"verified": ["example.com, example.net"]},
        {"sandbox": "no"},
        {"auto_verify": None},
        {"auto_deliver": 1},
        {"clock": 7},
        {"seed": []},
        {"db": 7},
        {"db": b"ses.db"},
    ],
    ids=str,
)
def test_an_argument_of_the_wrong_kind_is_refused_by_its_name(settings: dict[str, Any]) -> None:
    (name,) = settings
    with pytest.raises(errors.ConfigurationError, match=f"^{name} must be"):
        FakeSES(**settings)


def test_mails_have_the_time_of_the_clock() -> None:
    with service(clock=NEW_YEAR) as (fake, ses):
        send(ses)
        fake.clock.advance(86400)
        send(ses, content=simple("Later"))
        assert [mail.sent_at for mail in fake.outbox] == [NEW_YEAR, NEW_YEAR + timedelta(days=1)]
        quota = ses.get_account().send_quota
        assert isinstance(quota, models.SendQuota)
        assert quota.sent_last24_hours == 1


def test_the_real_time_does_not_move_a_clock_that_stands_still() -> None:
    with service(clock=NEW_YEAR) as (fake, _):
        before = time.monotonic()
        while time.monotonic() == before:
            pass
        assert fake.clock.now == NEW_YEAR


def test_a_clock_does_not_start_at_the_end_of_time() -> None:
    with pytest.raises(errors.ConfigurationError, match="before the year 9999"):
        FakeSES(clock=datetime(9999, 12, 31, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    "act",
    [
        lambda fake: fake.verify(None),
        lambda fake: fake.verify(""),
        lambda fake: fake.verify("two names"),
        lambda fake: fake.verify("\ud800"),
        lambda fake: fake.lease_ip(None),
        lambda fake: fake.lease_ip("192.0.2.1", 7),
        lambda fake: fake.visit(None),
        lambda fake: fake.answer(None, "/v2/email/account"),
        lambda fake: fake.answer("GET", None),
        lambda fake: fake.answer("GET", "/v2/email/account", None),
        lambda fake: fake.answer("POST", "/v2/email/tags", body="{}"),
        lambda fake: fake.destinations_of("Open"),
        lambda fake: fake.visit("/x", method=None),
        lambda fake: fake.canned.blocklist("192.0.2.1", "Example"),
        lambda fake: fake.canned.blocklist(7, []),
        lambda fake: fake.canned.domain_statistics("example.com", {}),
        lambda fake: fake.canned.campaign("example.com", None),
        lambda fake: fake.canned.address_insights(None, models.GetEmailAddressInsightsResponse()),
        lambda fake: fake.canned.recommendation("none"),
        lambda fake: fake.canned.reputation(None),
        lambda fake: fake.files.update({"s3://bucket/list.csv": "text"}),
        lambda fake: fake.files.update({7: b""}),
    ],
)
def test_what_a_test_sets_has_to_be_of_the_right_type(act: Callable[[Any], None]) -> None:
    with FakeSES() as fake:
        with pytest.raises(errors.ConfigurationError):
            act(fake)
        assert not fake.files


def test_files_are_kept_as_bytes() -> None:
    with FakeSES() as fake:
        fake.files["s3://bucket/list.csv"] = bytearray(b"ann@example.net")
        assert fake.files["s3://bucket/list.csv"] == b"ann@example.net"
