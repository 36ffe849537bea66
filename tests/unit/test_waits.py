"""What a call does after it has waited for its turn."""

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import anyio
import pytest
from support.counting import counting_server, never_answers
from support.unit import SETTINGS, Script, access_key, ok, refusal, sync_client

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors, models


class Rotated:
    """A provider whose credentials are replaced each time they are loaded."""

    def __init__(self) -> None:
        self._keys = iter(["OLD", "NEW"])

    def load(self) -> Credentials:
        return Credentials(next(self._keys), "secret", "token", expires_at=datetime.now(UTC) + timedelta(hours=1))


def test_a_call_that_waited_for_its_turn_is_signed_with_the_credentials_of_that_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = Script(ok(), refusal(403, "ExpiredTokenException"), ok(), ok())
    ses: SESv2Client = sync_client(script, credentials=Rotated(), obey_rate_limits=True)
    ends = iter([ses.get_account])

    def wait(_driver: object, _seconds: float, _alarm: object) -> None:
        """Let another call refresh the credentials meanwhile; the wait lasts until a turn comes."""
        for call in ends:
            call()
        time.sleep(0.05)

    monkeypatch.setattr("sesv2kit._call.drivers.Driver._sleep", wait)
    for name in ("a", "b"):
        ses.delete_email_template(template_name=name)
    keys = [(request.method, access_key(request)) for request in script.requests]
    assert keys == [("DELETE", "OLD"), ("GET", "OLD"), ("GET", "NEW"), ("DELETE", "NEW")]


def test_a_call_whose_time_ends_in_the_queue_of_adaptive_retries_sent_nothing() -> None:
    script = Script(*[refusal(429, "TooManyRequestsException")] * 2)
    ses = sync_client(script, retry_mode="adaptive", max_attempts=1)
    for _ in range(2):
        with pytest.raises(errors.TooManyRequestsException):
            ses.get_account()
    with pytest.raises(errors.TimeoutError) as caught:
        ses.get_account(options={"call_timeout": 0.001})
    assert caught.value.outcome == "not_sent"


def test_a_call_whose_time_ends_in_the_queue_of_a_weighted_rate_sent_nothing() -> None:
    start = datetime(2026, 1, 2, tzinfo=UTC)
    queries = [
        models.BatchGetMetricDataQuery(
            id=str(number), namespace="VDM", metric="SEND", start_date=start, end_date=start + timedelta(days=1)
        )
        for number in range(160)
    ]
    ses = sync_client(Script(ok(), ok()), obey_rate_limits=True, check_limits=False)
    ses.batch_get_metric_data(queries=queries)
    with pytest.raises(errors.TimeoutError) as caught:
        ses.batch_get_metric_data(queries=queries, options={"call_timeout": 0.001})
    assert caught.value.outcome == "not_sent"


@pytest.mark.anyio
async def test_a_send_whose_time_ends_before_the_account_is_known_was_not_sent() -> None:
    with counting_server() as server:
        server.script(never_answers())
        content = models.EmailContent(template=models.Template(template_name="news", template_data="{}"))
        mail: dict[str, Any] = {"from_email_address": "shop@example.com", "content": content}
        async with (
            AsyncSESv2Client(
                **(SETTINGS | {"endpoint_url": server.url, "send_rate": "account", "retry_mode": "off"})
            ) as ses,
            anyio.create_task_group() as tasks,
        ):
            tasks.start_soon(partial(ses.send_email, **mail))
            await anyio.to_thread.run_sync(server.arrived.acquire)
            with pytest.raises(errors.TimeoutError) as caught:
                await ses.send_email(**mail, options={"call_timeout": 0.1})
            tasks.cancel_scope.cancel()
    assert caught.value.outcome == "not_sent"
    assert len(server.received) == 1
