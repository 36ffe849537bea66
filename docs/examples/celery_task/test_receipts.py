"""Tests of the receipts: no broker, no worker, no network.

pytest docs/examples/celery_task
"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import receipts

from sesv2kit import SESv2Client, errors
from sesv2kit.testing import FakeSES


@pytest.fixture(autouse=True)
def queued(
    ses: SESv2Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> list[str]:
    """Use a new database and the fake; return the orders whose task was queued."""
    queued: list[str] = []
    monkeypatch.setattr(receipts, "DATABASE", str(tmp_path / "shop.db"))
    monkeypatch.setattr(receipts, "ses", ses)
    monkeypatch.setattr(receipts.send_receipt, "delay", queued.append)
    receipts.create_tables()
    receipts.place_order("1042", "ann@example.net", "25.00 EUR")
    return queued


def states() -> list[str]:
    """Return the states of all mails."""
    return [state for (state,) in receipts.execute("SELECT state FROM mails")]


def pass_time(seconds: int) -> None:
    """Let all mails be older."""
    receipts.execute("UPDATE mails SET at = at - ?", seconds)


def test_a_task_that_is_delivered_often_sends_once(
    fake_ses: FakeSES, queued: list[str]
) -> None:
    """The second delivery finds the state of the first."""
    assert queued == ["1042"]
    for _ in range(3):
        receipts.send_receipt("1042")
    fake_ses.assert_sent(to="ann@example.net", subject="Your receipt 1042", times=1)
    assert states() == ["sent"]


def test_a_lost_response_is_unknown_until_an_event_says_more(
    fake_ses: FakeSES,
) -> None:
    """It is not sent again, and the event has the key in a tag."""
    fake_ses.faults.on("SendEmail").lose_answer()
    receipts.send_receipt("1042")
    receipts.send_receipt("1042")
    assert (states(), len(fake_ses.outbox)) == (["unknown"], 1)
    receipts.settle(fake_ses.deliver(fake_ses.outbox[0]))
    assert states() == ["sent"]


def test_an_event_that_comes_before_the_loss_is_noticed_counts(
    ses: SESv2Client, fake_ses: FakeSES, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known to be sent is not unknown again."""

    def send_email(**mail: Any) -> None:
        try:
            ses.send_email(**mail)
        finally:
            receipts.settle(fake_ses.deliver(fake_ses.outbox[0]))

    monkeypatch.setattr(receipts, "ses", SimpleNamespace(send_email=send_email))
    fake_ses.faults.on("SendEmail").lose_answer()
    receipts.send_receipt("1042")
    assert states() == ["sent"]


def test_a_refusal_for_now_is_sent_later(fake_ses: FakeSES, queued: list[str]) -> None:
    """The sweep queues it again, after ten minutes."""
    fake_ses.faults.on("SendEmail").error("LimitExceededException", "quota")
    receipts.send_receipt("1042")
    receipts.sweep()
    assert (states(), queued) == (["to send"], ["1042"])
    pass_time(600)
    receipts.sweep()
    receipts.sweep()
    assert queued == ["1042", "1042"]
    receipts.send_receipt("1042")
    assert (states(), len(fake_ses.outbox)) == (["sent"], 1)


def test_a_refusal_for_good_is_not_repeated(
    fake_ses: FakeSES, queued: list[str]
) -> None:
    """Somebody has to look at it."""
    fake_ses.faults.on("SendEmail").error("MessageRejected", "a virus")
    receipts.send_receipt("1042")
    pass_time(600)
    receipts.sweep()
    assert (states(), queued) == (["failed"], ["1042"])


def test_a_delivery_that_fails_early_leaves_the_state_alone(
    ses: SESv2Client, fake_ses: FakeSES
) -> None:
    """Its request never left, so it knows nothing of the one that did."""
    receipts.send_receipt("1042")
    ses.close()
    receipts.send_receipt("1042")
    assert (states(), len(fake_ses.outbox)) == (["sent"], 1)


class DyingClient:
    """A client whose process ends when the request has left."""

    def send_email(
        self, *, options: dict[str, Callable[[], object]], **_mail: object
    ) -> None:
        """Begin to send."""
        options["before_send"]()
        raise KeyboardInterrupt


def test_a_worker_that_died_in_a_request_is_reported(
    fake_ses: FakeSES,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nobody sends the mail again, and nobody forgets it."""
    with monkeypatch.context() as dying:
        dying.setattr(receipts, "ses", DyingClient())
        with pytest.raises(KeyboardInterrupt):
            receipts.send_receipt("1042")
    receipts.send_receipt("1042")
    assert (states(), len(fake_ses.outbox)) == (["in flight"], 0)
    pass_time(600)
    receipts.sweep()
    assert states() == ["unknown"]
    assert "receipt-1042 may have been sent" in caplog.text


def test_an_order_with_a_wrong_address_is_not_placed() -> None:
    """The customer can still correct it."""
    with pytest.raises(errors.ParamValidationError):
        receipts.place_order("1043", "ann at example.net", "25.00 EUR")
    assert receipts.execute("SELECT number FROM orders") == [("1042",)]
